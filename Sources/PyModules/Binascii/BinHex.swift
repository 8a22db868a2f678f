// The codings of BinHex 4 files: six bits a character, and runs of equal bytes. CPython: Modules/binascii.c. Rules: RFC 1741.

enum BinHex {
    /// The character of each six bits.
    private static let alphabet: StaticString = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
    /// Says that a repetition count follows; itself written with a count of 0.
    private static let runMark: UInt8 = 0x90

    enum Failure: Error {
        /// A character that is not in the alphabet.
        case illegal
        /// The input ends amid a byte, or before a count.
        case incomplete
        /// A count with no byte before it.
        case orphan
    }

    // MARK: Six bits a character

    static func encode(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        alphabet.withUTF8Buffer { alphabet in
            var out: [UInt8] = []
            out.reserveCapacity((input.count * 4 + 2) / 3)
            var held: UInt32 = 0, bits: UInt32 = 0
            for byte in input {
                held = held << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    out.append(alphabet[Int(held >> bits & 63)])
                }
            }
            if bits > 0 { out.append(alphabet[Int(held << (6 - bits) & 63)]) }
            return out
        }
    }

    /// The bytes, and whether the colon that ends a file was met.
    static func decode(_ input: UnsafeBufferPointer<UInt8>) throws(Failure) -> (bytes: [UInt8], ended: Bool) {
        let values = decodingTable()
        var out: [UInt8] = []
        out.reserveCapacity(input.count / 4 * 3 + 3)
        var held: UInt32 = 0, bits: UInt32 = 0
        for c in input {
            if c == 10 || c == 13 { continue }
            if c == UInt8(ascii: ":") { return (out, true) }
            let value = values[Int(c)]
            if value == .max { throw .illegal }
            held = held << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: held >> bits))
            }
        }
        if bits > 0 { throw .incomplete }
        return (out, false)
    }

    private static func decodingTable() -> [UInt8] {
        var table = [UInt8](repeating: .max, count: 256)
        alphabet.withUTF8Buffer { alphabet in
            for (value, c) in alphabet.enumerated() { table[Int(c)] = UInt8(value) }
        }
        return table
    }

    // MARK: Runs

    static func encodeRuns(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(input.count)
        var at = 0
        while at < input.count {
            let byte = input[at]
            if byte == runMark {
                out += [runMark, 0]
                at += 1
                continue
            }
            var end = at + 1
            while end < input.count && end - at < 255 && input[end] == byte { end += 1 }
            // Three alike are no longer than the run that would say so.
            if end - at > 3 {
                out += [byte, runMark, UInt8(end - at)]
                at = end
            } else {
                out.append(byte)
                at += 1
            }
        }
        return out
    }

    static func decodeRuns(_ input: UnsafeBufferPointer<UInt8>) throws(Failure) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(input.count)
        var at = 0
        while at < input.count {
            let byte = input[at]
            at += 1
            if byte != runMark {
                out.append(byte)
                continue
            }
            guard at < input.count else { throw .incomplete }
            let count = Int(input[at])
            at += 1
            if count == 0 {
                out.append(runMark)
            } else if let last = out.last {
                out += repeatElement(last, count: count - 1)
            } else {
                throw .orphan
            }
        }
        return out
    }

    // MARK: Check sum

    static func crc(_ input: UnsafeBufferPointer<UInt8>, seed: UInt32) -> UInt32 {
        var crc = seed & 0xFFFF
        for byte in input {
            crc ^= UInt32(byte) << 8
            for _ in 0..<8 { crc = (crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF }
        }
        return crc
    }
}
