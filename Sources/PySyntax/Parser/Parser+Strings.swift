// String and bytes literals: prefixes, concatenation, escapes. f-strings are next door.
// CPython: Parser/string_parser.c. Rules: Language Reference 2.4.1, 2.4.2.
import PyUnicode

/// What the prefix of a string token says, and where its body is.
struct StringShape {
    var isBytes = false
    var isRaw = false
    var isFormat = false
    var body: Range<Int>

    // Safe: `token` is a string token of the source at `base`: prefix, quotes, body, quotes.
    init(_ token: Token, _ base: UnsafePointer<UInt8>) {
        var at = Int(token.start)
        while base[at] != 34, base[at] != 39 {
            switch base[at] | 0x20 {
            case 98: isBytes = true
            case 114: isRaw = true
            case 102: isFormat = true
            default: break
            }
            at += 1
        }
        let end = Int(token.end)
        let isTriple = end - at >= 6 && base[at + 1] == base[at] && base[at + 2] == base[at]
        let quotes = isTriple ? 3 : 1
        body = at + quotes..<end - quotes
    }
}

extension Parser {
    /// `strings`: one or more string tokens.
    mutating func strings() throws(ParseFailure) -> ExprID {
        let first = position
        let token = tokens[first]
        advance()
        if kind != .string {
            let shape = StringShape(token, base)
            if !shape.isFormat {
                let literal: Literal
                if shape.isBytes {
                    literal = .bytes(try bytesPiece(shape, first))
                } else {
                    literal = .str(try plainText(shape, first))
                }
                return add(.constant(value: tree.add(literal), isU: base[Int(token.start)] == 117), token.span)
            }
        }
        return try concatenated(first)
    }

    private mutating func plainText(_ shape: StringShape, _ index: Int) throws(ParseFailure) -> PyText {
        if !contains(92, shape.body) || shape.isRaw {
            let text = PyText(utf8: Array(UnsafeBufferPointer(start: base + shape.body.lowerBound, count: shape.body.count)))
            if !text.isASCII { try checkUTF8(shape.body) }
            return text
        }
        var out: [UInt8] = []
        out.reserveCapacity(shape.body.count)
        try decodeEscapes(shape.body, index, &out)
        return PyText(utf8: out)
    }

    @inline(__always)
    func contains(_ byte: UInt8, _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound {
            if base[at] == byte { return true }
            at &+= 1
        }
        return false
    }

    @inline(never)
    private mutating func concatenated(_ first: Int) throws(ParseFailure) -> ExprID {
        while kind == .string { advance() }
        let end = position
        var isBytes = false
        var bytes: [UInt8] = []
        var build = FormatBuild(mark: scratch.count)
        for index in first..<end {
            let shape = StringShape(tokens[index], base)
            if shape.isFormat, options.featureVersion < 6 { try require(6, "Format strings are") }
            // CPython reads the literal before it looks whether it fits the others.
            let piece = shape.isBytes ? try bytesPiece(shape, index) : []
            let text = shape.isBytes || shape.isFormat ? nil : try plainText(shape, index)
            if index > first, isBytes != shape.isBytes { throw fail("cannot mix bytes and nonbytes literals") }
            isBytes = shape.isBytes
            if isBytes {
                bytes.append(contentsOf: piece)
            } else if let text {
                build.literalStart = build.literal.isEmpty ? shape.body.lowerBound : build.literalStart
                build.literal.append(contentsOf: text.utf8)
                build.literalEnd = shape.body.upperBound
            } else {
                try formatString(shape, index, first, end - 1, &build)
            }
        }
        let isU = base[Int(tokens[first].start)] == 117
        let place = span(first)
        if isBytes { return add(.constant(value: tree.add(.bytes(bytes)), isU: isU), place) }
        if !build.isFormat { return add(.constant(value: tree.add(.str(PyText(utf8: build.literal))), isU: isU), place) }
        flushLiteral(&build, place, isU)
        return add(.joinedStr(values: list(from: build.mark)), place)
    }

    // MARK: Pieces

    mutating func checkUTF8(_ range: Range<Int>) throws(ParseFailure) {
        let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        if let bad = UTF8Error.first(in: bytes) { throw fail("(unicode error) " + bad.message(in: bytes)) }
    }

    private mutating func bytesPiece(_ shape: StringShape, _ index: Int) throws(ParseFailure) -> [UInt8] {
        var high: UInt8 = 0
        for at in shape.body { high |= base[at] }
        if high >= 0x80 { throw fail("bytes can only contain ASCII literal characters") }
        if shape.isRaw || !contains(92, shape.body) {
            return Array(UnsafeBufferPointer(start: base + shape.body.lowerBound, count: shape.body.count))
        }
        var out: [UInt8] = []
        out.reserveCapacity(shape.body.count)
        var firstInvalid: UInt8?
        var at = shape.body.lowerBound
        let end = shape.body.upperBound
        while at < end {
            let c = base[at]
            at += 1
            if c != 92 {
                out.append(c)
                continue
            }
            let escape = base[at]
            at += 1
            switch escape {
            case 10: break
            case 48...55: out.append(UInt8(truncatingIfNeeded: octal(&at, end)))
            case 120:
                guard at + 1 < end, let high = hexValue(base[at]), let low = hexValue(base[at + 1]) else {
                    throw fail("(value error) invalid \\x escape at position \(at - 2 - shape.body.lowerBound)")
                }
                out.append(UInt8(truncatingIfNeeded: high << 4 | low))
                at += 2
            default:
                if let simple = simpleEscape(escape) {
                    out.append(simple)
                } else {
                    if firstInvalid == nil { firstInvalid = escape }
                    out.append(92)
                    at -= 1
                }
            }
        }
        if let firstInvalid { warnInvalidEscape(firstInvalid, index) }
        return out
    }

    // MARK: Escapes

    private func simpleEscape(_ c: UInt8) -> UInt8? {
        switch c {
        case 92, 39, 34: return c
        case 97: return 7
        case 98: return 8
        case 102: return 12
        case 110: return 10
        case 114: return 13
        case 116: return 9
        case 118: return 11
        default: return nil
        }
    }

    /// Up to three octal digits, the first of which has been read.
    private func octal(_ at: inout Int, _ end: Int) -> UInt32 {
        var value = UInt32(base[at - 1] &- 48)
        var more = 2
        while more > 0, at < end, base[at] &- 48 < 8 {
            value = value << 3 | UInt32(base[at] &- 48)
            at += 1
            more -= 1
        }
        return value
    }

    private func hexValue(_ c: UInt8) -> UInt32? {
        if c &- 48 < 10 { return UInt32(c &- 48) }
        let lower = c | 0x20
        return lower &- 97 < 6 ? UInt32(lower &- 87) : nil
    }

    /// Decodes a str body with backslashes. Positions in messages count as CPython does, which writes every non-ASCII
    /// character as `\UXXXXXXXX` first.
    mutating func decodeEscapes(_ range: Range<Int>, _ index: Int, _ out: inout [UInt8]) throws(ParseFailure) {
        var firstInvalid: UInt8?
        var at = range.lowerBound
        let end = range.upperBound
        /// How much longer CPython's intermediate text is up to here.
        var extra = 0
        while at < end {
            let c = base[at]
            if c < 0x80, c != 92 {
                out.append(c)
                at += 1
                continue
            }
            if c >= 0x80 {
                let start = at
                while at < end, base[at] >= 0x80 { at += 1 }
                try checkUTF8(start..<at)
                for byte in start..<at {
                    out.append(base[byte])
                    extra += base[byte] & 0xC0 == 0x80 ? -1 : 9
                }
                continue
            }
            let start = at
            at += 1
            let escape = at < end ? base[at] : 0
            if at >= end || escape >= 0x80 {
                out.append(92)
                extra += 5
                continue
            }
            at += 1
            switch escape {
            case 10: break
            case 48...55: PyText.append(octal(&at, end), to: &out)
            case 120: try hexEscape(2, "truncated \\xXX escape", start, &at, range, extra, &out)
            case 117: try hexEscape(4, "truncated \\uXXXX escape", start, &at, range, extra, &out)
            case 85: try hexEscape(8, "truncated \\UXXXXXXXX escape", start, &at, range, extra, &out)
            case 78: try namedEscape(start, &at, range, extra, &out)
            default:
                if let simple = simpleEscape(escape) {
                    out.append(simple)
                } else {
                    if firstInvalid == nil { firstInvalid = escape }
                    out.append(92)
                    at -= 1
                }
            }
        }
        if let firstInvalid { warnInvalidEscape(firstInvalid, index) }
    }

    private mutating func escapeError(
        _ reason: String, _ start: Int, _ end: Int, _ range: Range<Int>, _ extra: Int
    ) -> ParseFailure {
        let from = start - range.lowerBound + extra
        var to = end - range.lowerBound + extra
        // Non-ASCII characters inside the escape (`\N{é}`) count tenfold too.
        for at in start..<end where base[at] >= 0x80 { to += base[at] & 0xC0 == 0x80 ? -1 : 9 }
        let place = to == from + 1 ? "byte 0x5c in position \(from)" : "bytes in position \(from)-\(to - 1)"
        return fail("(unicode error) 'unicodeescape' codec can't decode \(place): \(reason)")
    }

    private mutating func hexEscape(
        _ digits: Int, _ truncated: String, _ start: Int, _ at: inout Int, _ range: Range<Int>, _ extra: Int,
        _ out: inout [UInt8]
    ) throws(ParseFailure) {
        var value: UInt32 = 0
        var left = digits
        while left > 0, at < range.upperBound, let digit = hexValue(base[at]) {
            value = value << 4 | digit
            at += 1
            left -= 1
        }
        if left > 0 { throw escapeError(truncated, start, at, range, extra) }
        if value > 0x10FFFF { throw escapeError("illegal Unicode character", start, at, range, extra) }
        PyText.append(value, to: &out)
    }

    private mutating func namedEscape(
        _ start: Int, _ at: inout Int, _ range: Range<Int>, _ extra: Int, _ out: inout [UInt8]
    ) throws(ParseFailure) {
        let malformed = "malformed \\N character escape"
        guard at < range.upperBound, base[at] == 123 else { throw escapeError(malformed, start, at, range, extra) }
        at += 1
        let from = at
        while at < range.upperBound, base[at] != 125 { at += 1 }
        if at >= range.upperBound || at == from { throw escapeError(malformed, start, at, range, extra) }
        let name = UnsafeBufferPointer(start: base + from, count: at - from)
        at += 1
        guard let c = UCD.lookupName(name) else {
            throw escapeError("unknown Unicode character name", start, at, range, extra)
        }
        PyText.append(c, to: &out)
    }

    func warnInvalidEscape(_ c: UInt8, _ index: Int) {
        let message = "invalid escape sequence '\\\(Character(Unicode.Scalar(c)))'"
        let error = context.error(message, at: index, in: stream)
        context.warn(
            SourceWarning(
                category: .deprecationWarning, message: PyText(message), line: Int(tokens[index].span.line), error: error),
            at: index)
    }
}
