// From source bytes to a code object with the compiler's options spelt the lab's way.
import PyBytecode
import PyCompiler
import PySyntax
import PyUnicode

enum Compilation {
    /// `PySyntax.parse`, which the commands' own `parse` would hide.
    static func tree(
        _ bytes: [UInt8], filename: PyText, options: ParseOptions, diagnostics: Diagnostics = Diagnostics()
    ) throws(SourceError) -> SyntaxTree {
        try parse(source: bytes, filename: filename, options: options, diagnostics: diagnostics)
    }

    static func compile(
        _ bytes: [UInt8], filename: PyText, parseOptions: ParseOptions, optimize: Int, diagnostics: Diagnostics
    ) throws(SourceError) -> CodeObject {
        try compileKeepingTree(
            bytes, filename: filename, parseOptions: parseOptions, optimize: optimize, recordOrigins: false,
            diagnostics: diagnostics
        ).code
    }

    /// The tree is as the optimiser left it; its node ids are those of the code's origins.
    static func compileKeepingTree(
        _ bytes: [UInt8], filename: PyText, parseOptions: ParseOptions, optimize: Int, recordOrigins: Bool,
        diagnostics: Diagnostics
    ) throws(SourceError) -> (code: CodeObject, tree: SyntaxTree) {
        let tree = try tree(bytes, filename: filename, options: parseOptions, diagnostics: diagnostics)
        let options = CompileOptions(optimize: optimize, recordOrigins: recordOrigins)
        let code = try PyCompiler.compile(tree: tree, filename: filename, options: options, diagnostics: diagnostics)
        return (code, tree)
    }
}
