// The way in: a tree, or source bytes, to a code object.
import PyBytecode
import PySyntax
import PyUnicode

/// Compiles `tree`, which constant folding changes in place.
/// - Throws: a SyntaxError of the compiler (`'return' outside function`, ...), or RecursionError for too deep a tree.
///   `text` of the error is left nil: CPython reads it from the file of that name, which is the caller's business.
public func compile(
    tree: SyntaxTree, filename: PyText, options: CompileOptions = CompileOptions(),
    diagnostics: Diagnostics = Diagnostics()
) throws(SourceError) -> CodeObject {
    let reporter = Reporter(filename: filename, diagnostics: diagnostics)
    do throws(Refused) {
        var future = try futureFeatures(of: tree, reporter: reporter)
        future.flags.formUnion(options.futureFlags)
        let futureAnnotations = future.flags.contains(.futureAnnotations)
        var folder = Folder(tree, options: options, futureAnnotations: futureAnnotations, reporter: reporter)
        try folder.fold(tree.module)
        let names = CompilationNames(tree.names)
        let table = try buildSymbolTable(
            tree: tree, names: names, future: future, options: options, reporter: reporter)
        var generator = CodeGenerator(
            syntax: tree, names: names, table: table, future: future, options: options, reporter: reporter)
        defer { generator.release() }
        return try generator.compile(tree.module)
    } catch {
        throw reporter.takeError()
    }
}

/// Decodes, parses and compiles `bytes`.
/// - Throws: whatever the parser or the compiler finds wrong.
public func compileSource(
    bytes: [UInt8], filename: PyText, parseOptions: ParseOptions = ParseOptions(),
    options: CompileOptions = CompileOptions(), diagnostics: Diagnostics = Diagnostics()
) throws(SourceError) -> CodeObject {
    var parseOptions = parseOptions
    if options.futureFlags.contains(.futureBarryAsBDFL) { parseOptions.barryAsBDFL = true }
    let tree = try parse(source: bytes, filename: filename, options: parseOptions, diagnostics: diagnostics)
    return try compile(tree: tree, filename: filename, options: options, diagnostics: diagnostics)
}
