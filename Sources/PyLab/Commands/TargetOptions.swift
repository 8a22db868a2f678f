// What most commands share: which source, how to read it, how to print.
import ArgumentParser
import Foundation
import PySyntax
import PyUnicode

/// `compile()`'s mode on the command line.
enum ModeName: String, ExpressibleByArgument, CaseIterable {
    case exec, eval, single
    case funcType = "func_type"

    var parseMode: ParseMode {
        switch self {
        case .exec: .exec
        case .eval: .eval
        case .single: .single
        case .funcType: .funcType
        }
    }
}

struct TargetOptions: ParsableArguments {
    @Argument(help: "file.py, file.py::Class.method, file.pyc, or - for standard input.")
    var target: String?

    @Option(name: .customShort("c"), parsing: .unconditional, help: ArgumentHelp("Take this text as the source.", valueName: "CODE"))
    var command: String?

    @Option(help: "exec, eval, single or func_type.")
    var mode: ModeName = .exec

    @Flag(name: .customLong("type-comments"), help: "Read type comments.")
    var typeComments = false

    /// The source bytes, the file name for messages, and the member after `::`.
    struct Loaded {
        var bytes: [UInt8]
        var filename: String
        var member: [String]
        var isPyc: Bool
    }

    var parseOptions: ParseOptions {
        ParseOptions(mode: mode.parseMode, typeComments: typeComments, ignoreCookie: command != nil)
    }

    func load() throws -> Loaded {
        if let command {
            guard target == nil || target?.hasPrefix("::") == true else { throw Refusal.usage("give TARGET or -c CODE, not both") }
            let member = target.map { String($0.dropFirst(2)).split(separator: ".").map(String.init) } ?? []
            return Loaded(bytes: Array(command.utf8), filename: "<string>", member: member, isPyc: false)
        }
        guard let target else { throw Refusal.usage("a TARGET is wanted: file.py, file.py::name, file.pyc, - or -c CODE") }
        var path = target
        var member: [String] = []
        if let cut = target.range(of: "::", options: .backwards) {
            path = String(target[..<cut.lowerBound])
            member = target[cut.upperBound...].split(separator: ".").map(String.init)
        }
        let filename = path == "-" ? "<stdin>" : path
        guard let bytes = Files.read(path == "-" ? "/dev/stdin" : path) else {
            throw Refusal.usage("cannot read \(path)")
        }
        return Loaded(bytes: bytes, filename: filename, member: member, isPyc: path.hasSuffix(".pyc"))
    }

    func loadSource() throws -> Loaded {
        let loaded = try load()
        if loaded.isPyc { throw Refusal.usage("\(loaded.filename) holds no source") }
        return loaded
    }
}

/// `--batch LIST --out DIR`: one file a line in, DIR/N.txt or DIR/N.err (JSON) out. For the comparison scripts.
struct BatchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take the paths from this file, one a line.", visibility: .hidden))
    var batch: String?

    @Option(name: .customLong("out"), help: ArgumentHelp("Where the results of --batch go.", visibility: .hidden))
    var out: String?

    @Option(name: .customShort("j"), help: ArgumentHelp("Threads for --batch.", visibility: .hidden))
    var jobs = 1

    /// Runs `body` over the list; false if no batch was asked for.
    func run(_ body: @escaping @Sendable ([UInt8], PyText) throws(SourceError) -> [UInt8]) throws -> Bool {
        guard let batch else { return false }
        guard let out, let list = Files.read(batch), Files.makeDirectory(out) else {
            throw Refusal.usage("--batch LIST --out DIR: LIST must be readable, DIR writable")
        }
        let paths = list.split(separator: 10).map { Array($0) }
        LabThreads.forEach(paths.count, jobs: jobs) { index in
            let path = PyText(utf8: paths[index])
            guard let bytes = Files.read(path.string) else { return }
            do throws(SourceError) {
                _ = Files.write(try body(bytes, path), to: "\(out)/\(index).txt")
            } catch {
                _ = Files.write(ErrorJSON.line(error), to: "\(out)/\(index).err")
            }
        }
        return true
    }
}
