// How a pass refuses a source: an empty typed error, with the `SourceError` kept aside, so that the many throwing calls
// of the recursive passes stay cheap.
import PySyntax
import PyUnicode

/// Thrown inside the compiler; what is wrong waits in `Reporter.error`.
struct Refused: Error {}

/// Makes the errors and warnings of one compilation.
final class Reporter {
    let filename: PyText
    let diagnostics: Diagnostics
    private(set) var error: SourceError?

    init(filename: PyText, diagnostics: Diagnostics) {
        self.filename = filename
        self.diagnostics = diagnostics
    }

    /// A SyntaxError at `span`. Offsets are byte columns counted from 1, as CPython's compiler gives them.
    func syntaxError(_ message: String, at span: Span) -> Refused {
        refuse(makeError(PyText(message), span))
    }

    func syntaxError(_ message: PyText, at span: Span) -> Refused {
        refuse(makeError(message, span))
    }

    /// A SyntaxError of which CPython gives the start only.
    func syntaxError(_ message: String, line: Int32, offset: Int) -> Refused {
        refuse(
            SourceError(
                kind: .syntaxError, message: PyText(message), filename: filename, line: Int(line), offset: offset,
                endLine: Int(line)))
    }

    /// An error that is not a SyntaxError: no place.
    func failure(_ kind: SourceErrorKind, _ message: String) -> Refused {
        refuse(SourceError(kind: kind, message: PyText(message), filename: nil))
    }

    func recursionError() -> Refused {
        failure(.recursionError, "maximum recursion depth exceeded during compilation")
    }

    func refuse(_ error: SourceError) -> Refused {
        if self.error == nil { self.error = error }
        return Refused()
    }

    func warn(_ message: String, at span: Span) {
        let text = PyText(message)
        diagnostics.warnings.append(
            SourceWarning(
                category: .syntaxWarning, message: text, line: Int(span.line), error: makeError(text, span)))
    }

    private func makeError(_ message: PyText, _ span: Span) -> SourceError {
        SourceError(
            kind: .syntaxError, message: message, filename: filename, line: Int(span.line),
            offset: Int(span.column) + 1, endLine: Int(span.endLine), endOffset: Int(span.endColumn) + 1)
    }

    /// The error a pass stopped with.
    func takeError() -> SourceError {
        error ?? SourceError(kind: .systemError, message: "compilation failed without a reason")
    }
}
