// UTF-8 both ways. CPython: Objects/unicodeobject.c (unicode_decode_utf8, unicode_encode_utf8), stringlib/codecs.h.
// Rules: Unicode 13.0 table 3-7; an error covers the maximal subpart (D93b).

public enum UTF8Codec {
    /// Decodes `input[at...]` into `out`.
    /// - Parameters: at: moves behind what was consumed, to the failure's start if there is one.
    ///   final: false leaves an incomplete sequence at the end unconsumed.
    /// - Returns: nil when done.
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder, final: Bool = true
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            if bytes[at] < 0x80 {
                let stop = endOfASCII(bytes, at, end)
                out.append(latin1: UnsafeBufferPointer(start: bytes + at, count: stop - at))
                at = stop
                continue
            }
            switch sequence(bytes, at, end) {
            case .character(let c, let length):
                out.append(c)
                at += length
                at = decodeWide(bytes, at, end, &out)
            case .invalid(let length, let reason):
                // A surrogate cut in two may be wanted whole by `surrogatepass`.
                if !final && end - at == 2 && bytes[at] == 0xED && bytes[at + 1] & 0xE0 == 0xA0 { return nil }
                return CodecFailure(at, at + length, reason)
            case .incomplete(let length):
                if !final { return nil }
                return CodecFailure(at, at + length, "unexpected end of data")
            }
        }
        return nil
    }

    /// The first byte that is not ASCII, or `end`; eight bytes a step.
    public static func endOfASCII(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        var i = start
        let raw = UnsafeRawPointer(bytes)
        while i &+ 8 <= end {
            // Safe: eight bytes remain.
            let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080
            if word != 0 { return i &+ word.littleEndian.trailingZeroBitCount &>> 3 }
            i &+= 8
        }
        while i < end && bytes[i] < 0x80 { i &+= 1 }
        return i
    }

    /// A run of valid sequences that fit two-byte text, the common case after the first wide character.
    private static func decodeWide(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ out: inout TextBuilder
    ) -> Int {
        guard out.kind == 2 else { return start }
        out.reserve(end - start, kind: 2)
        let words = out.base.assumingMemoryBound(to: UInt16.self)
        var i = start, n = out.count
        var seen: UInt32 = 0
        while i < end {
            let a = UInt32(bytes[i])
            if a < 0x80 {
                words[n] = UInt16(a)
                i &+= 1
            } else if a &- 0xC2 < 0x1E, i &+ 1 < end, bytes[i &+ 1] & 0xC0 == 0x80 {
                let c = (a & 0x1F) << 6 | UInt32(bytes[i &+ 1] & 0x3F)
                words[n] = UInt16(truncatingIfNeeded: c)
                seen |= c
                i &+= 2
            } else if a &- 0xE0 < 0x10, i &+ 2 < end, bytes[i &+ 1] & 0xC0 == 0x80, bytes[i &+ 2] & 0xC0 == 0x80 {
                let c = (a & 0xF) << 12 | UInt32(bytes[i &+ 1] & 0x3F) << 6 | UInt32(bytes[i &+ 2] & 0x3F)
                if c < 0x800 || c & 0xF800 == 0xD800 { break }
                words[n] = UInt16(truncatingIfNeeded: c)
                seen |= c
                i &+= 3
            } else {
                break
            }
            n &+= 1
        }
        out.count = n
        out.seen |= seen
        return i
    }

    enum Step {
        case character(UInt32, Int)
        case invalid(Int, StaticString)
        /// The input ends inside a sequence that is valid so far.
        case incomplete(Int)
    }

    /// The sequence at `at`, whose first byte is not ASCII.
    @inline(__always)
    static func sequence(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Step {
        let a = bytes[at], left = end - at
        if a < 0xC2 || a > 0xF4 { return .invalid(1, "invalid start byte") }
        let wanted = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4
        guard left > 1 else { return .incomplete(1) }
        let b = bytes[at + 1]
        let low: UInt8 = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF
        if b < low || b > high { return .invalid(1, "invalid continuation byte") }
        if wanted == 2 { return .character(UInt32(a & 0x1F) << 6 | UInt32(b & 0x3F), 2) }
        guard left > 2 else { return .incomplete(2) }
        let c = bytes[at + 2]
        if c & 0xC0 != 0x80 { return .invalid(2, "invalid continuation byte") }
        if wanted == 3 {
            return .character(UInt32(a & 0xF) << 12 | UInt32(b & 0x3F) << 6 | UInt32(c & 0x3F), 3)
        }
        guard left > 3 else { return .incomplete(3) }
        let d = bytes[at + 3]
        if d & 0xC0 != 0x80 { return .invalid(3, "invalid continuation byte") }
        return .character(
            UInt32(a & 7) << 18 | UInt32(b & 0x3F) << 12 | UInt32(c & 0x3F) << 6 | UInt32(d & 0x3F), 4)
    }

    /// Encodes `text[at...]`; stops at a run of surrogates.
    public static func encode(_ text: TextView, at: inout Int, into out: inout ByteBuilder) -> CodecFailure? {
        out.reserve(text.count - at)
        while at < text.count {
            let c = text[at]
            if c < 0x80 {
                out.append(UInt8(truncatingIfNeeded: c))
            } else if c < 0x800 {
                out.append(UInt8(truncatingIfNeeded: 0xC0 | c >> 6))
                out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
            } else if c & 0xFFFF_F800 == 0xD800 {
                var end = at + 1
                while end < text.count && text[end] & 0xFFFF_F800 == 0xD800 { end += 1 }
                return CodecFailure(at, end, "surrogates not allowed")
            } else if c < 0x10000 {
                appendThree(c, &out)
            } else {
                out.append(UInt8(truncatingIfNeeded: 0xF0 | c >> 18))
                out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 12 & 0x3F))
                out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F))
                out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
            }
            at += 1
        }
        return nil
    }

    /// Three bytes, surrogates included (`surrogatepass`).
    public static func appendThree(_ c: UInt32, _ out: inout ByteBuilder) {
        out.append(UInt8(truncatingIfNeeded: 0xE0 | c >> 12))
        out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F))
        out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
    }
}
