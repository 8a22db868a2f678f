// Is this UTF-8 in the `surrogatepass` form? If not, where and why, in CPython's words.
// CPython: Objects/unicodeobject.c, stringlib/codecs.h utf8_decode().

enum UTF8Check {
    struct Problem {
        var byte: UInt8
        var start: Int
        /// One past the last byte that belongs to the problem.
        var end: Int
        var reason: String

        /// The text of CPython's UnicodeDecodeError.
        var message: String {
            if end - start == 1 {
                let digits = String(byte, radix: 16)
                let padded = digits.count < 2 ? "0" + digits : digits
                return "'utf-8' codec can't decode byte 0x\(padded) in position \(start): \(reason)"
            }
            return "'utf-8' codec can't decode bytes in position \(start)-\(end - 1): \(reason)"
        }
    }

    static func firstProblem(in bytes: [UInt8]) -> Problem? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            let (length, low, high): (Int, UInt8, UInt8)
            switch lead {
            case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
            case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
            case 0xE1...0xEF: (length, low, high) = (3, 0x80, 0xBF)
            case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
            case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
            case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
            default: return Problem(byte: lead, start: index, end: index + 1, reason: "invalid start byte")
            }
            if lead == 0xED, index + 1 < bytes.count, bytes[index + 1] >= 0xA0, bytes[index + 1] <= 0xBF {
                // A surrogate, if it is whole; if not, CPython blames its first byte only.
                guard index + 2 < bytes.count, bytes[index + 2] & 0xC0 == 0x80 else {
                    return Problem(byte: lead, start: index, end: index + 1, reason: "invalid continuation byte")
                }
                index += 3
                continue
            }
            for step in 1..<length {
                guard index + step < bytes.count else {
                    return Problem(byte: lead, start: index, end: bytes.count, reason: "unexpected end of data")
                }
                let byte = bytes[index + step]
                let fits = step == 1 ? byte >= low && byte <= high : byte & 0xC0 == 0x80
                guard fits else {
                    return Problem(byte: lead, start: index, end: index + step, reason: "invalid continuation byte")
                }
            }
            index += length
        }
        return nil
    }
}
