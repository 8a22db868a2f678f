// UTF-7 (RFC 2152). CPython: Objects/unicodeobject.c (PyUnicode_DecodeUTF7Stateful, _PyUnicode_EncodeUTF7).

/// Decoding has state between calls (an error handler may be called in the middle of a shift).
public struct UTF7Decoder {
    private var inShift = false
    private var bits = 0
    private var buffer: UInt32 = 0
    private var surrogate: UInt32 = 0
    /// Where the current shift began, in the input and in the output.
    private var shiftStart = 0
    private var shiftOutput = 0

    public init() {}

    static func base64(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }

    /// See `UTF8Codec.decode`. If `final` is false, an open shift sequence stays unconsumed and its output is dropped.
    public mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder, final: Bool = true
    ) -> CodecFailure? {
        while at < input.count {
            let byte = input[at]
            if inShift {
                if let failure = shifted(byte, &at, &out) { return failure }
            } else if byte == 0x2B {
                shiftStart = at
                if at + 1 < input.count, input[at + 1] == 0x2D {
                    out.append(0x2B)
                    at += 2
                } else if at + 1 < input.count, UTF7Decoder.base64(input[at + 1]) == nil {
                    at += 2
                    return CodecFailure(shiftStart, at, "ill-formed sequence")
                } else {
                    at += 1
                    (inShift, bits, buffer, surrogate, shiftOutput) = (true, 0, 0, 0, out.count)
                }
            } else if byte < 0x80 {
                out.append(UInt32(byte))
                at += 1
            } else {
                at += 1
                return CodecFailure(at - 1, at, "unexpected special character")
            }
        }
        guard inShift else { return nil }
        if !final {
            at = shiftStart
            out.truncate(shiftOutput)
            inShift = false
        } else if surrogate != 0 || bits >= 6 || (bits > 0 && buffer != 0) {
            (surrogate, bits, buffer, inShift) = (0, 0, 0, false)
            return CodecFailure(shiftStart, input.count, "unterminated shift sequence")
        }
        return nil
    }

    private mutating func shifted(_ byte: UInt8, _ at: inout Int, _ out: inout TextBuilder) -> CodecFailure? {
        if let value = UTF7Decoder.base64(byte) {
            buffer = buffer << 6 | value
            bits += 6
            at += 1
            guard bits >= 16 else { return nil }
            bits -= 16
            let unit = buffer >> UInt32(bits)
            buffer &= (1 << UInt32(bits)) - 1
            if surrogate != 0 {
                let high = surrogate
                surrogate = 0
                if unit & 0xFC00 == 0xDC00 {
                    out.append(0x10000 + ((high & 0x3FF) << 10 | unit & 0x3FF))
                    return nil
                }
                out.append(high)
            }
            if unit & 0xFC00 == 0xD800 { surrogate = unit } else { out.append(unit) }
            return nil
        }
        inShift = false
        if bits >= 6 {
            at += 1
            return CodecFailure(shiftStart, at, "partial character in shift sequence")
        }
        if bits > 0 && buffer != 0 {
            at += 1
            return CodecFailure(shiftStart, at, "non-zero padding bits in shift sequence")
        }
        if surrogate != 0 && byte < 0x80 && byte != 0x2B { out.append(surrogate) }
        surrogate = 0
        if byte == 0x2D { at += 1 }
        return nil
    }
}

public enum UTF7Codec {
    /// RFC 2152's sets D and O and white space stand for themselves.
    private static func isDirect(_ c: UInt32) -> Bool {
        switch c {
        case 0x09, 0x0A, 0x0D, 0x20...0x2A, 0x2C...0x5B, 0x5D...0x7D: true
        default: false
        }
    }

    /// Encodes everything: surrogates too are written as their units.
    public static func encode(_ text: TextView, into out: inout ByteBuilder) {
        var inShift = false, bits: UInt32 = 0, buffer: UInt32 = 0
        func digit(_ value: UInt32) -> UInt8 {
            let v = UInt8(truncatingIfNeeded: value & 63)
            return v < 26 ? v + 0x41 : v < 52 ? v + 71 : v < 62 ? v - 4 : v == 62 ? 0x2B : 0x2F
        }
        for i in 0..<text.count {
            let c = text[i]
            if isDirect(c) {
                if inShift {
                    if bits > 0 { out.append(digit(buffer << (6 - bits))) }
                    (inShift, bits, buffer) = (false, 0, 0)
                    if UTF7Decoder.base64(UInt8(truncatingIfNeeded: c)) != nil || c == 0x2D { out.append(0x2D) }
                }
                out.append(UInt8(truncatingIfNeeded: c))
                continue
            }
            if !inShift {
                out.append(0x2B)
                if c == 0x2B {
                    out.append(0x2D)
                    continue
                }
                inShift = true
            }
            let units: [UInt32] = c > 0xFFFF ? [0xD7C0 + (c >> 10), 0xDC00 | c & 0x3FF] : [c]
            for unit in units {
                buffer = buffer << 16 | unit
                bits += 16
                while bits >= 6 {
                    bits -= 6
                    out.append(digit(buffer >> bits))
                }
                buffer &= (1 << bits) - 1
            }
        }
        if inShift {
            if bits > 0 { out.append(digit(buffer << (6 - bits))) }
            out.append(0x2D)
        }
    }
}
