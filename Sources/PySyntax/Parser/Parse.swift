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
    _ = stream
    throw SourceError(kind: .systemError, message: "parser is not on main yet")
}

