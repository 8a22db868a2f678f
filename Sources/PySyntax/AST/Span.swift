// Where a node or token stands in the source. Lines count from 1; columns are UTF-8 byte offsets from 0, as in
// CPython's `ast` (Language: `ast` module, "lineno, col_offset, end_lineno, end_col_offset").

/// A half-open range of source text: from `(line, column)` up to, not including, `(endLine, endColumn)`.
@frozen
public struct Span: Hashable, Sendable {
    public var line: Int32
    public var column: Int32
    public var endLine: Int32
    public var endColumn: Int32

    @inlinable
    public init(line: Int32, column: Int32, endLine: Int32, endColumn: Int32) {
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
    }
}
