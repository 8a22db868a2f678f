// `dissect _marshal`: reads marshalled data, verifies code, writes it back, for the comparison with CPython's marshal.
import ArgumentParser
import Foundation
import PyBytecode
import PyUnicode

struct MarshalBatch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "_marshal", shouldDisplay: false)

    /// Lines of hexadecimal marshal data; the answer is a line of hexadecimal or `!Kind: message`.
    @Option var batch: String?
    /// `.pyc` files, one path a line: read, verified, written to OUT/N.pyc.
    @Option var pycs: String?
    @Option var out: String?
    @Option var version = 4

    func run() throws {
        if let batch { return try echo(batch) }
        guard let pycs, let list = Files.read(pycs) else { throw Refusal.usage("--batch FILE or --pycs LIST") }
        if let out { _ = Files.makeDirectory(out) }
        var verified = 0
        for (index, line) in list.split(separator: 10).enumerated() {
            let path = String(decoding: line, as: UTF8.self)
            guard let data = Files.read(path) else { continue }
            do {
                let file = try PycFile.read(data)
                verified += try Self.verify(file.code, path)
                if let out { _ = Files.write(try file.data(), to: "\(out)/\(index).pyc") }
            } catch {
                Output.write("\(path): \(error)\n")
            }
        }
        Output.write("\(verified) code objects verified\n")
    }

    private static func verify(_ code: CodeObject, _ path: String) throws -> Int {
        var count = 0
        do {
            let map = try StackMap(verifying: code)
            if map.maxDepth != code.stacksize { Output.write("\(path) \(code.name.string): depth \(map.maxDepth) of \(code.stacksize)\n") }
            count += 1
        } catch {
            Output.write("\(path) \(code.name.string):\(code.firstlineno): \(error.reason) at \(error.offset)\n")
        }
        for constant in code.consts {
            if case .code(let inner) = constant { count += try verify(inner, path) }
        }
        return count
    }

    private func echo(_ path: String) throws {
        guard let list = Files.read(path) else { throw Refusal.usage("cannot read \(path)") }
        var lines = list.split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            let data = ErrorsBatch.bytes(hex: String(decoding: line, as: UTF8.self))
            do throws(MarshalError) {
                var reader = MarshalReader(data)
                let value = try reader.read()
                let back = try MarshalWriter.dump(value, version: version)
                Output.write(back.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\n")
            } catch {
                let message = error.message.unicodeScalars.map { $0.isASCII && $0.value >= 32 ? Character($0) : "?" }
                Output.write("!\(error.pythonKind): \(String(message))\n")
            }
        }
    }
}
