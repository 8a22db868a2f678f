// UTF-16 and UTF-32 of a known byte order; the byte order mark is read by `ByteOrderMark`.
// CPython: Objects/unicodeobject.c (PyUnicode_DecodeUTF16Stateful, PyUnicode_DecodeUTF32Stateful).

public enum ByteOrderMark {
    /// The order a mark at the front of UTF-16 names, nil without one.
    public static func utf16(_ input: UnsafeBufferPointer<UInt8>) -> ByteOrder? {
        guard input.count >= 2 else { return nil }
        if input[0] == 0xFF && input[1] == 0xFE { return .little }
        return input[0] == 0xFE && input[1] == 0xFF ? .big : nil
    }

    public static func utf32(_ input: UnsafeBufferPointer<UInt8>) -> ByteOrder? {
        guard input.count >= 4 else { return nil }
        if input[0] == 0xFF && input[1] == 0xFE && input[2] == 0 && input[3] == 0 { return .little }
        return input[0] == 0 && input[1] == 0 && input[2] == 0xFE && input[3] == 0xFF ? .big : nil
    }
}

public enum UTF16Codec {
    @inline(__always)
    private static func unit(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ order: ByteOrder) -> UInt32 {
        let a = UInt32(bytes[at]), b = UInt32(bytes[at + 1])
        return order == .little ? b << 8 | a : a << 8 | b
    }

    /// See `UTF8Codec.decode`.
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, _ order: ByteOrder, at: inout Int, into out: inout TextBuilder,
        final: Bool = true
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            guard at + 1 < end else { return final ? CodecFailure(at, end, "truncated data") : nil }
            let c = unit(bytes, at, order)
            if c & 0xF800 != 0xD800 {
                out.append(c)
                at += 2
            } else if c >= 0xDC00 {
                return CodecFailure(at, at + 2, "illegal encoding")
            } else {
                guard at + 3 < end else { return final ? CodecFailure(at, end, "unexpected end of data") : nil }
                let low = unit(bytes, at + 2, order)
                guard low & 0xFC00 == 0xDC00 else { return CodecFailure(at, at + 2, "illegal UTF-16 surrogate") }
                out.append(0x10000 + ((c & 0x3FF) << 10 | low & 0x3FF))
                at += 4
            }
        }
        return nil
    }

    @inline(__always)
    public static func append(unit: UInt32, _ order: ByteOrder, _ out: inout ByteBuilder) {
        let low = UInt8(truncatingIfNeeded: unit), high = UInt8(truncatingIfNeeded: unit >> 8)
        out.append(order == .little ? low : high)
        out.append(order == .little ? high : low)
    }

    public static func encode(
        _ text: TextView, _ order: ByteOrder, at: inout Int, into out: inout ByteBuilder
    ) -> CodecFailure? {
        out.reserve((text.count - at) * 2)
        while at < text.count {
            let c = text[at]
            if c & 0xFFFF_F800 == 0xD800 { return CodecFailure(at, at + 1, "surrogates not allowed") }
            if c < 0x10000 {
                append(unit: c, order, &out)
            } else {
                append(unit: 0xD7C0 + (c >> 10), order, &out)
                append(unit: 0xDC00 | c & 0x3FF, order, &out)
            }
            at += 1
        }
        return nil
    }
}

public enum UTF32Codec {
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, _ order: ByteOrder, at: inout Int, into out: inout TextBuilder,
        final: Bool = true
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            guard at + 3 < end else { return final ? CodecFailure(at, end, "truncated data") : nil }
            var c = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: at, as: UInt32.self)
            c = order == .little ? c.littleEndian : c.bigEndian
            if c > 0x10FFFF { return CodecFailure(at, at + 4, "code point not in range(0x110000)") }
            if c & 0xFFFF_F800 == 0xD800 {
                return CodecFailure(at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)")
            }
            out.append(c)
            at += 4
        }
        return nil
    }

    public static func append(unit c: UInt32, _ order: ByteOrder, _ out: inout ByteBuilder) {
        for i in 0..<4 {
            out.append(UInt8(truncatingIfNeeded: c >> UInt32(8 * (order == .little ? i : 3 - i))))
        }
    }

    public static func encode(
        _ text: TextView, _ order: ByteOrder, at: inout Int, into out: inout ByteBuilder
    ) -> CodecFailure? {
        out.reserve((text.count - at) * 4)
        while at < text.count {
            let c = text[at]
            if c & 0xFFFF_F800 == 0xD800 { return CodecFailure(at, at + 1, "surrogates not allowed") }
            append(unit: c, order, &out)
            at += 1
        }
        return nil
    }
}
