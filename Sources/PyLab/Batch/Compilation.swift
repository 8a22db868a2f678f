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
        var options = options
        options.stackBudget = LabThreads.stackSize / 2
        return try parse(source: bytes, filename: filename, options: options, diagnostics: diagnostics)
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
        let options = CompileOptions(
            optimize: min(optimize, 2), recordOrigins: recordOrigins, stackBudget: LabThreads.stackSize / 2)
        do throws(SourceError) {
            let code = try PyCompiler.compile(tree: tree, filename: filename, options: options, diagnostics: diagnostics)
            return (code, tree)
        } catch {
            throw withText(error)
        }
    }

    /// The compiler's errors carry no text: CPython reads the line from the file of that name, if there is one.
    private static func withText(_ error: SourceError) -> SourceError {
        guard error.kind.hasPosition, error.text == nil, let line = error.line, let name = error.filename,
            !name.string.hasPrefix("<"), let bytes = Files.read(name.string),
            let source = try? decodeSource(bytes, filename: name, options: ParseOptions()), line <= source.lineCount
        else { return error }
        var error = error
        error.text = source.line(line, newline: true)
        return error
    }
}
