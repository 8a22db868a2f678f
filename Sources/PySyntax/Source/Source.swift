// Source text as the tokenizer sees it: decoded to UTF-8, line ends normalised to LF, BOM dropped, a final newline
// added in `exec` mode. Decoding itself is in SourceDecoding.swift.
// CPython: Parser/tokenizer.c (decode_str, translate_newlines). Rules: PEP 263; Language Reference 2.1.
import PyUnicode

/// One decoded source. Without a cookie the bytes are taken as UTF-8 unchecked, as CPython does: bad bytes in comments
/// pass, elsewhere the tokenizer or the string parser refuses them.
public final class Source: @unchecked Sendable {
    public let filename: PyText
    /// The encoding named by cookie or BOM, normalised (`utf-8`, `iso-8859-1`, else as written); nil if there is none.
    public let encoding: PyText?
    /// The number of bytes.
    public let count: Int
    /// `count` bytes and `padding` NUL bytes behind them, so that a scanner may look ahead without a bound.
    // Safe: owned by this object, never written after init.
    @usableFromInline nonisolated(unsafe) let base: UnsafeMutablePointer<UInt8>

    /// Takes over text that is decoded and normalised already.
    init(takingNormalised base: UnsafeMutablePointer<UInt8>, count: Int, filename: PyText, encoding: PyText?) {
        self.base = base
        self.count = count
        self.filename = filename
        self.encoding = encoding
    }

    static let padding = 16

    deinit {
        base.deallocate()
        lineTable?.free()
    }

    /// A backslash stands before the line feed at the end.
    // Safe: count >= 2.
    var endsInContinuation: Bool { count >= 2 && base[count - 1] == 10 && base[count - 2] == UInt8(ascii: "\\") }

    private var lineTable: NodeStore<UInt32>?

    private func makeLineTable() -> NodeStore<UInt32> {
        let table = NodeStore<UInt32>()
        var atStart = true
        var index = 0
        // Safe: index < count.
        while index < count {
            if atStart { _ = table.append(UInt32(truncatingIfNeeded: index)) }
            atStart = base[index] == 10
            index += 1
        }
        lineTable = table
        return table
    }

    /// Offset of the first byte of each line; line `n` (from 1) starts at `lineStarts[n - 1]`. Made at first use, for only
    /// errors and the lab ask for lines; not thread-safe before that.
    public var lineStarts: NodeStore<UInt32> { lineTable ?? makeLineTable() }

    /// The byte at `offset`; 0 at and after the end.
    @inlinable
    public func byte(at offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset <= count)
        return base[offset]
    }

    /// A copy of the bytes in `range`, clamped.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        let low = max(0, min(range.lowerBound, count))
        let high = max(low, min(range.upperBound, count))
        return Array(UnsafeBufferPointer(start: base + low, count: high - low))
    }

    /// All the bytes.
    public var bytes: [UInt8] { bytes(in: 0..<count) }

    /// The number of lines.
    public var lineCount: Int { Int(lineStarts.count) }

    /// The byte range of line `number` (from 1) without its newline; empty if there is no such line.
    public func range(ofLine number: Int) -> Range<Int> {
        guard number >= 1, number <= lineCount else { return count..<count }
        let start = Int(lineStarts[UInt32(number - 1)])
        var end = number < lineCount ? Int(lineStarts[UInt32(number)]) : count
        if end > start, base[end - 1] == 10 { end -= 1 }
        return start..<end
    }

    /// Line `number` (from 1) as text, bad UTF-8 replaced by U+FFFD.
    /// - Parameter newline: keep the newline if the line has one.
    public func line(_ number: Int, newline: Bool = false) -> PyText {
        let range = range(ofLine: number)
        let end = newline && range.upperBound < count ? range.upperBound + 1 : range.upperBound
        return PyText(replacingBadUTF8: bytes(in: range.lowerBound..<end))
    }

    /// The number of characters in the first `column` bytes of line `number`.
    public func characterColumn(line number: Int, byteColumn column: Int) -> Int {
        let range = range(ofLine: number)
        let end = min(range.lowerBound + max(0, column), count)
        return PyText(replacingBadUTF8: bytes(in: range.lowerBound..<end)).count
    }
}

extension PyText {
    /// Decodes with the `replace` handler: each maximal bad sequence becomes one U+FFFD, as CPython's decoder does.
    public init(replacingBadUTF8 bytes: [UInt8]) {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            self.init(utf8: bytes)
        } else {
            // Swift's repair follows the same "maximal subpart" practice (Unicode 3.9).
            self.init(String(decoding: bytes, as: UTF8.self))
        }
    }
}
