// Base64 and uuencoded lines. CPython: Modules/binascii.c. Rules: RFC 4648 4; POSIX uuencode.
import PyUnicode

enum Base64 {
    enum Failure: Error {
        /// One character more than a multiple of four: how many there were.
        case lonely(Int)
        case padding
    }

    static func encode(_ input: UnsafeBufferPointer<UInt8>, newline: Bool, into out: inout ByteBuilder) {
        func digit(_ n: UInt8) -> UInt8 { n < 26 ? n + 65 : n < 52 ? n + 71 : n < 62 ? n - 4 : n == 62 ? 0x2B : 0x2F }
        out.reserve(input.count / 3 * 4 + 8)
        var i = 0
        while i < input.count {
            let a = input[i], b = i + 1 < input.count ? input[i + 1] : 0, c = i + 2 < input.count ? input[i + 2] : 0
            out.append(digit(a >> 2))
            out.append(digit((a & 3) << 4 | b >> 4))
            out.append(i + 1 < input.count ? digit((b & 15) << 2 | c >> 6) : 0x3D)
            out.append(i + 2 < input.count ? digit(c & 63) : 0x3D)
            i += 3
        }
        if newline { out.append(10) }
    }

    /// Characters outside the alphabet are passed over; the padding that fills a group ends the data.
    static func decode(_ input: UnsafeBufferPointer<UInt8>, into out: inout ByteBuilder) throws(Failure) {
        out.reserve(input.count / 4 * 3 + 4)
        var quad = 0, pads = 0, left: UInt8 = 0
        for byte in input {
            if byte == 0x3D {
                if quad >= 2 {
                    pads += 1
                    if quad + pads >= 4 { return }
                }
                continue
            }
            guard let value = value(byte) else { continue }
            pads = 0
            switch quad {
            case 0: break
            case 1: out.append(left << 2 | value >> 4)
            case 2: out.append(left << 4 | value >> 2)
            default: out.append(left << 6 | value)
            }
            quad = (quad + 1) & 3
            left = value
        }
        if quad == 0 { return }
        throw quad == 1 ? .lonely(out.count / 3 * 4 + 1) : .padding
    }

    private static func value(_ c: UInt8) -> UInt8? {
        switch c {
        case 65...90: return c - 65
        case 97...122: return c - 71
        case 48...57: return c + 4
        case 0x2B: return 62
        case 0x2F: return 63
        default: return nil
        }
    }
}

enum UUCode {
    enum Failure: Error { case illegal, trailing }

    static let longestLine = 45

    static func decode(_ input: UnsafeBufferPointer<UInt8>) throws(Failure) -> [UInt8] {
        var at = 1, wanted = input.count > 0 ? Int((input[0] &- 32) & 63) : 32
        var out: [UInt8] = [], buffer: UInt32 = 0, bits: UInt32 = 0
        while wanted > 0 {
            var value: UInt8 = 0
            if at < input.count, input[at] != 10, input[at] != 13 {
                let c = input[at]
                if c < 32 || c > 32 + 64 { throw .illegal }
                value = (c - 32) & 63
            }
            at += 1
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> bits))
                wanted -= 1
            }
        }
        while at < input.count {
            let c = input[at]
            if c != 32 && c != 96 && c != 10 && c != 13 { throw .trailing }
            at += 1
        }
        return out
    }

    /// - Precondition: at most `longestLine` bytes.
    static func encode(_ input: UnsafeBufferPointer<UInt8>, backtick: Bool) -> [UInt8] {
        func digit(_ n: UInt8) -> UInt8 { n == 0 && backtick ? 96 : n + 32 }
        var out: [UInt8] = [digit(UInt8(input.count))]
        var i = 0
        while i < input.count {
            let a = input[i], b = i + 1 < input.count ? input[i + 1] : 0, c = i + 2 < input.count ? input[i + 2] : 0
            out += [digit(a >> 2), digit((a & 3) << 4 | b >> 4), digit((b & 15) << 2 | c >> 6), digit(c & 63)]
            i += 3
        }
        out.append(10)
        return out
    }
}
