// The entry everyone uses: source bytes to tree, or CPython's error.
import PyUnicode

/// Parses a source as `compile()` would.
/// - Parameters:
///   - bytes: the source in its own encoding, or UTF-8 with `options.ignoreCookie`.
///   - filename: for errors and warnings.
///   - diagnostics: collects the warnings.
/// - Throws: what CPython 3.10 raises for this source.
public func parse(
    source bytes: [UInt8], filename: PyText, options: ParseOptions = ParseOptions(), diagnostics: Diagnostics
) throws(SourceError) -> SyntaxTree {
    let source = try decodeSource(bytes, filename: filename, options: options)
    let stream = tokenize(source, options: options)
    return try parse(stream, options: options, diagnostics: diagnostics)
}

/// Parses tokens.
public func parse(
    _ stream: TokenStream, options: ParseOptions, diagnostics: Diagnostics
) throws(SourceError) -> SyntaxTree {
    let tree = SyntaxTree(names: stream.names)
    let context = ParseContext(root: stream.source, options: options)
    var parser = Parser(stream: stream, tree: tree, options: options, context: context)
    let result: Result<Module, ParseFailure>
    do throws(ParseFailure) { result = .success(try parser.module()) } catch { result = .failure(error) }
    report(stream, context, diagnostics)
    switch result {
    case .success(let module):
        tree.module = module
        return tree
    case .failure:
        if options.allowIncompleteInput, let error = SyntaxErrorPass.incomplete(stream, context) { throw error }
        throw context.diagnose(parser)
    }
}

/// Hands over the warnings of tokenizer and parser in source order.
private func report(_ stream: TokenStream, _ context: ParseContext, _ diagnostics: Diagnostics) {
    if stream.warnings.isEmpty, context.warnings.isEmpty { return }
    var all = stream.warnings.map { ($0.token, 0, $0.warning) }
    for (order, entry) in context.warnings.enumerated() { all.append((entry.token, order + 1, entry.warning)) }
    all.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    diagnostics.warnings.append(contentsOf: all.map { $0.2 })
}
