// How the tokenizer fails: the last token is an `.errorToken`, the stream holds the error with CPython's place and text.
// CPython: Parser/tokenizer.c (syntaxerror), Parser/pegen.c (tokenizer_error).
import PyUnicode

extension Tokenizer {
    private var source: Source { stream._withUnsafeGuaranteedRef { $0.source } }

    private mutating func stop(_ reason: TokenError.Reason, _ error: SourceError, at: Int) {
        position = min(at, count)
        let open = level > 0 ? brackets[level - 1] : nil
        stream._withUnsafeGuaranteedRef {
            $0.error = TokenError(
                reason: reason, error: error,
                openBracket: open.map { (offset: $0.offset, line: Int($0.line), column: $0.column) })
        }
        emitEmpty(.errorToken, emptySpan)
        done = true
    }

    /// An error with the tokenizer's own message. Its offset counts the characters read so far.
    mutating func fail(_ message: String, at: Int, columns: ClosedRange<Int>? = nil) {
        var error = lexicalError(message, at: at)
        if let columns {
            error.offset = columns.lowerBound
            error.endOffset = columns.upperBound
        }
        stop(.message, error, at: at)
    }

    func lexicalError(_ message: String, at: Int) -> SourceError {
        let number = Int(line)
        let column = source.characterColumn(line: number, byteColumn: at - lineStart)
        return SourceError(
            kind: .syntaxError, message: PyText(message), filename: source.filename, line: number, offset: column,
            endLine: number, endOffset: column, text: source.line(number))
    }

    /// The line buffer up to the end of the line that was reached, and where it starts.
    private func buffer() -> (text: PyText, start: Int, end: Int) {
        let number = Int(reachedLine)
        let range = source.range(ofLine: number)
        // At the end of input the buffer is still the last line's.
        let start = bufferStart < count || count == 0 ? bufferStart : range.lowerBound
        let end = min(range.upperBound + 1, count)
        return (PyText(replacingBadUTF8: source.bytes(in: start..<max(start, end))), start, end)
    }

    /// An error at the error token itself, which has no column: CPython takes the reading position for one.
    private func positionError(_ kind: SourceErrorKind, _ message: String, at: Int) -> SourceError {
        let number = Int(reachedLine)
        let start = source.range(ofLine: number).lowerBound
        let text = buffer().text
        return SourceError(
            kind: kind, message: PyText(message), filename: source.filename, line: number,
            offset: source.errorColumn(in: text, byteColumn: at - start), endLine: number, endOffset: -1, text: text)
    }

    mutating func dedentError() {
        let end = min(source.range(ofLine: Int(line)).upperBound + 1, count)
        let error = positionError(
            .indentationError, "unindent does not match any outer indentation level", at: end)
        stop(.dedent, error, at: end)
    }

    mutating func indentError() {
        failWholeLine(.tabs, .tabError, "inconsistent use of tabs and spaces in indentation")
    }

    mutating func failWholeLine(_ reason: TokenError.Reason, _ kind: SourceErrorKind, _ message: String) {
        let number = Int(reachedLine)
        let error = SourceError(
            kind: kind, message: PyText(message), filename: source.filename, line: number, offset: 1, endLine: number,
            endOffset: 0, text: buffer().text)
        stop(reason, error, at: min(source.range(ofLine: number).upperBound + 1, count))
    }

    /// `position` is behind the backslash. CPython counts the offset from the start of its line buffer.
    mutating func lineContinuationError() {
        let number = Int(reachedLine)
        let at = min(position + 1, count)
        let (text, start, _) = buffer()
        let error = SourceError(
            kind: .syntaxError, message: "unexpected character after line continuation character",
            filename: source.filename, line: number,
            offset: source.errorColumn(in: text, byteColumn: at - start), endLine: number, endOffset: 0, text: text)
        stop(.lineContinuation, error, at: at)
    }

    /// The input ended inside brackets or behind a backslash.
    mutating func endOfInputError() {
        guard level > 0 else {
            stop(.endOfInput, positionError(.syntaxError, "unexpected EOF while parsing", at: count), at: count)
            return
        }
        let open = brackets[level - 1]
        let number = Int(open.line)
        let text = Int(reachedLine) <= number ? buffer().text : source.line(number)
        let error = SourceError(
            kind: .syntaxError, message: PyText("'\(Character(Unicode.Scalar(open.byte)))' was never closed"),
            filename: source.filename, line: number,
            offset: source.errorColumn(in: text, byteColumn: open.column + 1), endLine: number, endOffset: 0, text: text)
        stop(.endOfInput, error, at: count)
    }

    mutating func mismatchError(_ open: Bracket, _ c: UInt8) {
        let closer = Character(Unicode.Scalar(c))
        let opener = Character(Unicode.Scalar(open.byte))
        let place = open.line != line ? " on line \(open.line)" : ""
        fail("closing parenthesis '\(closer)' does not match opening parenthesis '\(opener)'\(place)", at: position + 1)
    }

    mutating func decodeError(_ message: String) {
        stop(.decode, positionError(.syntaxError, "(unicode error) \(message)", at: position), at: position)
    }
}

extension Source {
    /// The `offset` CPython reports for an error at a byte column (both from 1): characters where the encoding is known
    /// to the tokenizer, bytes where the source came as bytes without a cookie.
    func errorColumn(in text: PyText, byteColumn column: Int) -> Int {
        guard encoding != nil else { return column }
        let clamped = min(column, text.utf8.count + 1)
        if clamped <= 0 || text.isASCII { return clamped }
        return PyText(replacingBadUTF8: Array(text.utf8.prefix(clamped))).count
    }
}
