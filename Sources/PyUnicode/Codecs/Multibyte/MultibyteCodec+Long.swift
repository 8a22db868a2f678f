// GB 18030's four bytes, counted through; EUC-KR's eight, a syllable spelt with jamo (KS X 1001 annex 3).

extension MultibyteCodec {
    /// First of the code points beyond the basic plane, as a number of four bytes.
    private static var beyond: UInt32 { 189_000 }

    static func fourBytes(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32? {
        guard a >= 0x81, a <= 0xFE, c >= 0x81, c <= 0xFE, b &- 0x30 < 10, d &- 0x30 < 10 else { return nil }
        let high = (UInt32(a) - 0x81) * 10 + UInt32(b) - 0x30
        let number = (high * 126 + UInt32(c) - 0x81) * 10 + UInt32(d) - 0x30
        let list = MultibyteTable.gb18030Four
        if Int(number) < list.count { return UInt32(list[Int(number)]) }
        return number >= beyond && number - beyond < 0x100000 ? 0x10000 + number - beyond : nil
    }

    /// - Returns: false for a surrogate.
    static func appendFour(_ c: UInt32, _ out: inout ByteBuilder) -> Bool {
        var number: UInt32
        if c > 0x10FFFF { return false }
        if c > 0xFFFF {
            number = c - 0x10000 + beyond
        } else {
            // Where `c` is in the list: it is sorted.
            let list = MultibyteTable.gb18030Four
            var low = 0, high = list.count
            while low < high {
                let middle = (low + high) / 2
                if UInt32(list[middle]) < c { low = middle + 1 } else { high = middle }
            }
            guard low < list.count, UInt32(list[low]) == c else { return false }
            number = UInt32(low)
        }
        let d = number % 10
        number /= 10
        let third = number % 126
        number /= 126
        out.append(UInt8(truncatingIfNeeded: 0x81 + number / 10))
        out.append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
        out.append(UInt8(truncatingIfNeeded: 0x81 + third))
        out.append(UInt8(truncatingIfNeeded: 0x30 + d))
        return true
    }

    // Trail bytes of the jamo in row A4: 19 initials, 21 vowels from BF on, 28 finals (D4 = none).
    private static var initials: StaticString { "!\"$'()12356789:;<=>" }
    private static var finals: StaticString { "T!\"#$%&')*+,-./01245678:;<=>" }

    private static func place(of byte: UInt8, in list: StaticString) -> UInt32? {
        guard byte >= 0x80 else { return nil }
        return list.withUTF8Buffer { buffer in buffer.firstIndex(of: byte & 0x7F).map { UInt32($0) } }
    }

    /// Eight bytes: filler, initial, vowel, final.
    static func syllable(_ bytes: UnsafePointer<UInt8>) -> UInt32? {
        guard bytes[2] == 0xA4, bytes[4] == 0xA4, bytes[6] == 0xA4, bytes[5] >= 0xBF, bytes[5] <= 0xD3,
            let initial = place(of: bytes[3], in: initials), let final = place(of: bytes[7], in: finals)
        else { return nil }
        return 0xAC00 + initial * 588 + (UInt32(bytes[5]) - 0xBF) * 28 + final
    }

    static func appendSyllable(_ c: UInt32, _ out: inout ByteBuilder) -> Bool {
        guard c &- 0xAC00 < 11_172 else { return false }
        let number = c - 0xAC00
        func byte(_ list: StaticString, _ i: UInt32) -> UInt8 { list.withUTF8Buffer { $0[Int(i)] | 0x80 } }
        out.append(0xA4)
        out.append(0xD4)
        out.append(0xA4)
        out.append(byte(initials, number / 588))
        out.append(0xA4)
        out.append(UInt8(truncatingIfNeeded: 0xBF + number / 28 % 21))
        out.append(0xA4)
        out.append(byte(finals, number % 28))
        return true
    }
}
