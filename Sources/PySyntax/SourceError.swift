// What is wrong with a source, as CPython 3.10 says it, and the warnings a source can cause.
import PyUnicode

/// The exception class a refused source raises.
public enum SourceErrorKind: UInt8, Sendable {
    case syntaxError, indentationError, tabError
    /// Not SyntaxErrors, but raised by `compile()` as well.
    case valueError, overflowError, memoryError, recursionError, unicodeDecodeError, systemError
}

/// A refused source: the attributes of CPython's `SyntaxError`.
public struct SourceError: Error, Hashable, Sendable {
    public var kind: SourceErrorKind
    public var message: PyText
    public var filename: PyText?
    /// From 1. Nil where CPython leaves `lineno` None.
    public var line: Int?
    /// In characters from 1, as `SyntaxError.offset`.
    public var offset: Int?
    public var endLine: Int?
    public var endOffset: Int?
    /// The source line, as `SyntaxError.text`.
    public var text: PyText?

    public init(
        kind: SourceErrorKind, message: PyText, filename: PyText? = nil, line: Int? = nil, offset: Int? = nil,
        endLine: Int? = nil, endOffset: Int? = nil, text: PyText? = nil
    ) {
        self.kind = kind
        self.message = message
        self.filename = filename
        self.line = line
        self.offset = offset
        self.endLine = endLine
        self.endOffset = endOffset
        self.text = text
    }
}

/// A warning a source causes. The caller issues them in order; where a filter turns one into an error, CPython raises
/// `error` instead.
public struct SourceWarning: Hashable, Sendable {
    public enum Category: UInt8, Sendable { case syntaxWarning, deprecationWarning }
    public var category: Category
    public var message: PyText
    public var line: Int
    /// The SyntaxError that replaces the warning when it is turned into an error.
    public var error: SourceError

    public init(category: Category, message: PyText, line: Int, error: SourceError) {
        self.category = category
        self.message = message
        self.line = line
        self.error = error
    }
}

/// Collects the warnings of one compilation, across parser and compiler, in CPython's order.
public final class Diagnostics {
    public var warnings: [SourceWarning] = []
    public init() {}
}
