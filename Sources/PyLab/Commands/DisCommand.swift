// `dissect dis` and `dissect code`: the listing and the facts of code objects as CPython's `dis` module prints them.
import ArgumentParser
import PyBytecode
import PySyntax
import PyUnicode

struct OptimizeOption: ParsableArguments {
    @Flag(name: .customShort("O"), help: "Drop assertions; twice, docstrings too.")
    var optimize: Int
}

struct DisCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dis", abstract: "Prints bytecode as python -m dis does; reads .pyc files too.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var optimize: OptimizeOption

    @Option(help: "How many levels of nested code to enter; all without it.")
    var depth: Int?

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    @OptionGroup var batch: BatchOptions

    func run() throws {
        let depth = self.depth
        if try batch.runPycs({ Disassembly.recursive($0, depth: depth) }) { return }
        let found = try target.code(optimize: optimize.optimize, recordOrigins: json)
        if json { return Output.write(try Document.make(found, options: target.parseOptions, sections: [.source, .code])) }
        Output.write(Disassembly.recursive(found.code, depth: depth))
    }
}

struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Prints the fields of a code object as dis.show_code does.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var optimize: OptimizeOption

    @Flag(help: "The code objects inside as well.")
    var recursive = false

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    @OptionGroup var batch: BatchOptions

    func run() throws {
        if try batch.runPycs({ Self.text($0, recursive: true) }) { return }
        let found = try target.code(optimize: optimize.optimize, recordOrigins: json)
        if json { return Output.write(try Document.make(found, options: target.parseOptions, sections: [.source, .code])) }
        Output.write(Self.text(found.code, recursive: recursive))
    }

    private static func text(_ code: CodeObject, recursive: Bool) -> [UInt8] {
        var out: [UInt8] = []
        var pending = [code]
        while let code = pending.popLast() {
            if !out.isEmpty { out.append(10) }
            out += Disassembly.codeInfo(code)
            out.append(10)
            if recursive { pending += code.nestedCode.reversed() }
        }
        return out
    }
}

extension BatchOptions {
    /// Like `run`, over `.pyc` files.
    func runPycs(_ body: @escaping @Sendable (CodeObject) -> [UInt8]) throws -> Bool {
        try run { (bytes, path) throws(SourceError) in
            do throws(PycError) {
                return body(try PycFile.read(bytes).code)
            } catch {
                throw SourceError(kind: .valueError, message: PyText(error.message(quotedName: path.string)))
            }
        }
    }
}
