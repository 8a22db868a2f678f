// `from __future__ import ...`: which features a module switches on, and where such an import may stand.
// CPython: Python/future.c. Rules: Language Reference 7.11.1; PEP 236.
import PyBytecode
import PySyntax
import PyUnicode

/// The future statements of one module.
struct FutureFeatures {
    var flags: CodeFlags = []
    /// The line of the last future statement, -1 if there is none.
    var lastLine: Int32 = -1
}

/// Reads the future statements at the head of `tree`.
func futureFeatures(of tree: SyntaxTree, reporter: Reporter) throws(Refused) -> FutureFeatures {
    var features = FutureFeatures()
    let body: NodeList<StmtID>
    switch tree.module {
    case .module(let statements, _): body = statements
    case .interactive(let statements): body = statements
    case .expression, .functionType: return features
    }
    guard let future = tree.names.find("__future__") else { return features }
    var done = false
    var previousLine: Int32 = 0
    let first = tree.docstring(of: body) == nil ? 0 : 1
    for id in tree.items(body).dropFirst(first) {
        let span = tree.span(id)
        // Statements joined by semicolons to one that ended the head are still looked at: they may be late futures.
        if done && span.line > previousLine { return features }
        previousLine = span.line
        switch tree[id] {
        case .importFrom(let module, let names, _) where module == future:
            if done {
                throw reporter.syntaxError(
                    "from __future__ imports must occur at the beginning of the file", line: span.line, offset: Int(span.column))
            }
            try check(names, of: tree, span, &features, reporter)
            features.lastLine = span.line
        default:
            done = true
        }
    }
    return features
}

private func check(
    _ names: NodeList<AliasID>, of tree: SyntaxTree, _ span: Span, _ features: inout FutureFeatures, _ reporter: Reporter
) throws(Refused) {
    for id in tree.items(names) {
        let feature = tree.names[tree[id].name].string
        switch feature {
        case "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
            "unicode_literals", "generator_stop":
            break  // Always on in 3.10.
        case "barry_as_FLUFL": features.flags.insert(.futureBarryAsBDFL)
        case "annotations": features.flags.insert(.futureAnnotations)
        case "braces":
            throw reporter.syntaxError("not a chance", line: span.line, offset: Int(span.column) + 1)
        default:
            throw reporter.syntaxError(
                "future feature \(feature.prefixOfScalars(100)) is not defined",
                line: span.line, offset: Int(span.column) + 1)
        }
    }
}

extension String {
    /// The first `count` code points.
    func prefixOfScalars(_ count: Int) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: unicodeScalars.prefix(count))
        return String(result)
    }
}
