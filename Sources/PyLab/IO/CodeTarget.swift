// From a TARGET to the code object it means.
import PyBytecode
import PySyntax
import PyUnicode

/// A code object with the source it came from, if there is one.
struct CodeTarget {
    var code: CodeObject
    /// The module's code; `code` is it or inside it.
    var module: CodeObject
    /// Names from the module down to `code`.
    var path: [PyText]
    var filename: String
    var source: [UInt8]?
    /// The tree as the compiler left it, with exact spans; nil for a `.pyc`.
    var tree: SyntaxTree?
    var warnings: [SourceWarning] = []
}

extension TargetOptions {
    func code(optimize: Int, recordOrigins: Bool = false) throws -> CodeTarget {
        let loaded = try load()
        var result: CodeTarget
        if loaded.isPyc {
            let code = try Self.readPyc(loaded)
            result = CodeTarget(code: code, module: code, path: [], filename: loaded.filename, source: nil, tree: nil)
        } else {
            let diagnostics = Diagnostics()
            let compiled = try refusing { () throws(SourceError) in
                try Compilation.compileKeepingTree(
                    loaded.bytes, filename: PyText(loaded.filename), parseOptions: parseOptions, optimize: optimize,
                    recordOrigins: recordOrigins, diagnostics: diagnostics)
            }
            result = CodeTarget(
                code: compiled.code, module: compiled.code, path: [], filename: loaded.filename, source: loaded.bytes,
                tree: compiled.tree, warnings: diagnostics.warnings)
        }
        try result.descend(loaded.member)
        return result
    }

    private static func readPyc(_ loaded: Loaded) throws -> CodeObject {
        do throws(PycError) {
            return try PycFile.read(loaded.bytes).code
        } catch {
            var quoted: [UInt8] = []
            PyText.appendRepr(of: PyText(loaded.filename), to: &quoted)
            let kind =
                switch error {
                case .shortHeader: "EOFError"
                case .marshal(let inner): inner.pythonKind
                default: "ImportError"
                }
            throw Refusal.source("\(kind): \(error.message(quotedName: String(decoding: quoted, as: UTF8.self)))")
        }
    }
}

extension CodeTarget {
    /// Goes down to a member: `Class.method`. Where a name is defined twice the last one counts, as it does in Python.
    mutating func descend(_ member: [String]) throws {
        for name in member where name != "<locals>" {
            let wanted = PyText(name)
            guard let inner = code.nestedCode.last(where: { $0.name == wanted }) else {
                let names = code.nestedCode.map(\.name.string)
                let known = names.isEmpty ? "there is nothing inside" : "there is " + names.joined(separator: ", ")
                throw Refusal.usage("no \(name) in \(path.last?.string ?? filename): \(known)")
            }
            code = inner
            path.append(wanted)
        }
    }
}

extension CodeObject {
    /// The code objects among the constants, in order.
    var nestedCode: [CodeObject] {
        consts.compactMap { constant in
            if case .code(let code) = constant { code } else { nil }
        }
    }
}

extension MarshalError {
    /// The exception class.
    var pythonKind: String {
        switch kind {
        case .eofError: "EOFError"
        case .valueError: "ValueError"
        case .typeError: "TypeError"
        case .unicodeDecodeError: "UnicodeDecodeError"
        case .systemError: "SystemError"
        }
    }
}
