// unicode_escape and raw_unicode_escape. CPython: Objects/unicodeobject.c (_PyUnicode_DecodeUnicodeEscapeInternal,
// PyUnicode_AsRawUnicodeEscapeString). Rules: Language Reference 2.4.1.

public enum UnicodeEscapeCodec {
    /// See `UTF8Codec.decode`.
    /// - Parameter firstInvalid: set to the index behind the backslash of the first unknown escape (`\q`), once.
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder, final: Bool = true,
        firstInvalid: inout Int?
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            var stop = at
            while stop < end && bytes[stop] != 0x5C { stop += 1 }
            if stop > at {
                out.append(latin1: UnsafeBufferPointer(start: bytes + at, count: stop - at))
                at = stop
                continue
            }
            guard at + 1 < end else { return final ? CodecFailure(at, end, "\\ at end of string") : nil }
            let letter = bytes[at + 1]
            if let plain = simple(letter) {
                if plain < 0x100 { out.append(plain) }
                at += 2
                continue
            }
            switch letter {
            case 0x30...0x37: octal(bytes, &at, end, &out)
            case 0x78, 0x75, 0x55:
                let width = letter == 0x78 ? 2 : letter == 0x75 ? 4 : 8
                switch HexEscape.read(bytes, at + 2, end, width) {
                case .value(let c):
                    if c > 0x10FFFF { return CodecFailure(at, at + 2 + width, "illegal Unicode character") }
                    out.append(c)
                    at += 2 + width
                case .short(let stop):
                    if stop == end && !final { return nil }
                    return CodecFailure(at, stop, HexEscape.reason(width))
                }
            case 0x4E:
                switch named(bytes, at, end) {
                case .character(let c, let stop):
                    out.append(c)
                    at = stop
                case .failure(let failure): return failure
                case .incomplete(let failure): return final ? failure : nil
                }
            default:
                if firstInvalid == nil { firstInvalid = at + 1 }
                out.append(0x5C)
                at += 1
                out.append(UInt32(letter))
                at += 1
            }
        }
        return nil
    }

    /// One-letter escapes; 0x100 stands for a backslash-newline, which gives nothing.
    private static func simple(_ letter: UInt8) -> UInt32? {
        switch letter {
        case 0x0A: 0x100
        case 0x5C, 0x27, 0x22: UInt32(letter)
        case 0x62: 8
        case 0x74: 9
        case 0x6E: 10
        case 0x72: 13
        case 0x66: 12
        case 0x76: 11
        case 0x61: 7
        default: nil
        }
    }

    private static func octal(_ bytes: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, _ out: inout TextBuilder) {
        var value: UInt32 = 0
        let limit = min(end, at + 4)
        at += 1
        while at < limit, bytes[at] &- 0x30 < 8 {
            value = value << 3 | UInt32(bytes[at] - 0x30)
            at += 1
        }
        out.append(value)
    }

    private enum Name {
        case character(UInt32, Int)
        case failure(CodecFailure)
        case incomplete(CodecFailure)
    }

    private static func named(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Name {
        let malformed: StaticString = "malformed \\N character escape"
        guard at + 2 < end else { return .incomplete(CodecFailure(at, at + 2, malformed)) }
        guard bytes[at + 2] == 0x7B else { return .failure(CodecFailure(at, at + 2, malformed)) }
        var close = at + 3
        while close < end && bytes[close] != 0x7D { close += 1 }
        guard close < end else { return .incomplete(CodecFailure(at, end, malformed)) }
        guard close > at + 3 else { return .failure(CodecFailure(at, at + 3, malformed)) }
        let name = UnsafeBufferPointer(start: bytes + at + 3, count: close - at - 3)
        guard let c = UCD.lookupName(name) else {
            return .failure(CodecFailure(at, close + 1, "unknown Unicode character name"))
        }
        return .character(c, close + 1)
    }

    /// `str.encode('unicode_escape')`.
    public static func encode(_ text: TextView, into out: inout ByteBuilder) {
        out.reserve(text.count)
        for i in 0..<text.count {
            let c = text[i]
            switch c {
            case 0x5C: out.append("\\\\")
            case 0x09: out.append("\\t")
            case 0x0A: out.append("\\n")
            case 0x0D: out.append("\\r")
            case 0x20..<0x7F: out.append(UInt8(truncatingIfNeeded: c))
            default:
                out.append(c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U")
                out.appendHex(c, width: c < 0x100 ? 2 : c < 0x10000 ? 4 : 8)
            }
        }
    }
}

public enum RawUnicodeEscapeCodec {
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder, final: Bool = true
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            guard bytes[at] == 0x5C else {
                out.append(UInt32(bytes[at]))
                at += 1
                continue
            }
            guard at + 1 < end else {
                if final {
                    out.append(0x5C)
                    at = end
                }
                return nil
            }
            let letter = bytes[at + 1]
            guard letter == 0x75 || letter == 0x55 else {
                out.append(0x5C)
                out.append(UInt32(letter))
                at += 2
                continue
            }
            let width = letter == 0x75 ? 4 : 8
            switch HexEscape.read(bytes, at + 2, end, width) {
            case .value(let c):
                if c > 0x10FFFF { return CodecFailure(at, at + 2 + width, "\\Uxxxxxxxx out of range") }
                out.append(c)
                at += 2 + width
            case .short(let stop):
                if stop == end && !final { return nil }
                return CodecFailure(at, stop, HexEscape.reason(width))
            }
        }
        return nil
    }

    public static func encode(_ text: TextView, into out: inout ByteBuilder) {
        out.reserve(text.count)
        for i in 0..<text.count {
            let c = text[i]
            if c < 0x100 {
                out.append(UInt8(truncatingIfNeeded: c))
            } else {
                out.append(c < 0x10000 ? "\\u" : "\\U")
                out.appendHex(c, width: c < 0x10000 ? 4 : 8)
            }
        }
    }
}

enum HexEscape {
    enum Read {
        case value(UInt32)
        /// Not enough digits; the index behind the last one.
        case short(Int)
    }

    static func read(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ width: Int) -> Read {
        var value: UInt32 = 0
        for i in start..<(start + width) {
            guard i < end, let digit = digit(bytes[i]) else { return .short(min(i, end)) }
            value = value << 4 | digit
        }
        return .value(value)
    }

    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x37
        case 0x61...0x66: UInt32(byte) - 0x57
        default: nil
        }
    }

    static func reason(_ width: Int) -> StaticString {
        switch width {
        case 2: "truncated \\xXX escape"
        case 4: "truncated \\uXXXX escape"
        default: "truncated \\UXXXXXXXX escape"
        }
    }
}
