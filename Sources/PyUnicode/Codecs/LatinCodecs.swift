// ASCII and Latin-1. CPython: Objects/unicodeobject.c (PyUnicode_DecodeASCII, unicode_encode_ucs1).

public enum ASCIICodec {
    public static func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let stop = UTF8Codec.endOfASCII(bytes, at, input.count)
        out.append(latin1: UnsafeBufferPointer(start: bytes + at, count: stop - at))
        at = stop
        return stop == input.count ? nil : CodecFailure(stop, stop + 1, "ordinal not in range(128)")
    }

    public static func encode(_ text: TextView, at: inout Int, into out: inout ByteBuilder) -> CodecFailure? {
        NarrowCodec.encode(text, limit: 0x80, "ordinal not in range(128)", at: &at, into: &out)
    }
}

public enum Latin1Codec {
    public static func encode(_ text: TextView, at: inout Int, into out: inout ByteBuilder) -> CodecFailure? {
        NarrowCodec.encode(text, limit: 0x100, "ordinal not in range(256)", at: &at, into: &out)
    }
}

enum NarrowCodec {
    /// One byte a code point below `limit`; a failure covers the whole run of others.
    static func encode(
        _ text: TextView, limit: UInt32, _ reason: StaticString, at: inout Int, into out: inout ByteBuilder
    ) -> CodecFailure? {
        out.reserve(text.count - at)
        while at < text.count {
            let c = text[at]
            if c >= limit {
                var end = at + 1
                while end < text.count && text[end] >= limit { end += 1 }
                return CodecFailure(at, end, reason)
            }
            out.append(UInt8(truncatingIfNeeded: c))
            at += 1
        }
        return nil
    }
}
