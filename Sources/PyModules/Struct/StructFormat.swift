// The format strings of `struct`: byte order, sizes, alignment, repeat counts. No objects.
// CPython: prepare_s, native_table in Modules/_struct.c.

/// One item of a format: what, where, how wide, how many.
struct StructField {
    var code: UInt8
    /// Lower-case letters of the standard modes are range-checked differently from the native ones.
    var isNative: Bool
    var bigEndian: Bool
    var offset: Int
    /// Bytes of one; for `s` and `p` the whole string.
    var size: Int
    var count: Int
}

struct StructFormat {
    var fields: [StructField] = []
    var size = 0
    /// Python values that pack takes and unpack gives.
    var itemCount = 0

    /// What is wrong, as struct.error says it.
    struct Failure: Error { var message: String }

    private static func nativeSize(_ c: UInt8) -> (size: Int, alignment: Int)? {
        switch c {
        case UInt8(ascii: "x"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "c"), UInt8(ascii: "s"), UInt8(ascii: "p"): return (1, 1)
        case UInt8(ascii: "?"): return (1, 1)
        case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "e"): return (2, 2)
        case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"): return (4, 4)
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "n"), UInt8(ascii: "N"),
            UInt8(ascii: "P"), UInt8(ascii: "d"):
            return (8, 8)
        default: return nil
        }
    }

    private static func standardSize(_ c: UInt8) -> Int? {
        switch c {
        case UInt8(ascii: "l"), UInt8(ascii: "L"): return 4
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "P"): return nil
        default: return nativeSize(c)?.size
        }
    }

    init(_ text: [UInt8]) throws(Failure) {
        var i = 0
        var native = true, big = 1.littleEndian != 1
        if let first = text.first {
            switch first {
            case UInt8(ascii: "@"): i = 1
            case UInt8(ascii: "="):
                native = false
                i = 1
            case UInt8(ascii: "<"):
                native = false
                big = false
                i = 1
            case UInt8(ascii: ">"), UInt8(ascii: "!"):
                native = false
                big = true
                i = 1
            default: break
            }
        }
        while i < text.count {
            var c = text[i]
            i += 1
            if c == 32 || (c >= 9 && c <= 13) { continue }
            var count = 1
            if c >= 48 && c <= 57 {
                count = Int(c) - 48
                while i < text.count, text[i] >= 48, text[i] <= 57 {
                    let (m, o1) = count.multipliedReportingOverflow(by: 10)
                    let (a, o2) = m.addingReportingOverflow(Int(text[i]) - 48)
                    if o1 || o2 { throw Failure(message: "total struct size too long") }
                    count = a
                    i += 1
                }
                if i >= text.count { throw Failure(message: "repeat count given without format specifier") }
                c = text[i]
                i += 1
            }
            try add(c, count, native: native, big: big)
        }
    }

    private mutating func add(_ c: UInt8, _ count: Int, native: Bool, big: Bool) throws(Failure) {
        guard let width = native ? StructFormat.nativeSize(c)?.size : StructFormat.standardSize(c) else {
            throw Failure(message: "bad char in struct format")
        }
        if native, let alignment = StructFormat.nativeSize(c)?.alignment {
            let (padded, overflow) = size.addingReportingOverflow(alignment - 1)
            if overflow { throw Failure(message: "total struct size too long") }
            size = padded / alignment * alignment
        }
        let (bytes, o1) = width.multipliedReportingOverflow(by: count)
        let (end, o2) = size.addingReportingOverflow(bytes)
        if o1 || o2 { throw Failure(message: "total struct size too long") }
        switch c {
        case UInt8(ascii: "s"), UInt8(ascii: "p"):
            fields.append(StructField(code: c, isNative: native, bigEndian: big, offset: size, size: count, count: 1))
            itemCount += 1
        case UInt8(ascii: "x"): break
        default:
            if count > 0 {
                fields.append(StructField(code: c, isNative: native, bigEndian: big, offset: size, size: width, count: count))
                itemCount += count
            }
        }
        size = end
    }
}

/// IEEE 754 half precision.
enum HalfFloat {
    /// nil if the value is too large.
    static func bits(_ x: Double) -> UInt16? {
        let sign: UInt16 = x.sign == .minus ? 0x8000 : 0
        if x.isNaN { return sign | 0x7E00 }
        if x.isInfinite { return sign | 0x7C00 }
        let m = x.magnitude
        // The last place is 2^-24 below 2^-14, then follows the exponent.
        let exponent = m == 0 ? -24 : max(Int(m.exponent) - 10, -24)
        let units = (m / Double(sign: .plus, exponent: exponent, significand: 1)).rounded(.toNearestOrEven)
        if units * Double(sign: .plus, exponent: exponent, significand: 1) >= 65536 { return nil }
        var n = UInt16(units)
        var e = exponent
        if n >= 2048 {
            n /= 2
            e += 1
        }
        return sign | (n < 1024 ? n : UInt16(e + 25) << 10 | (n & 0x3FF))
    }

    static func value(_ bits: UInt16) -> Double {
        let e = Int(bits >> 10 & 31), f = Double(bits & 0x3FF)
        let m: Double
        switch e {
        case 0: m = f * 0x1p-24
        case 31: m = f == 0 ? .infinity : .nan
        default: m = (f + 1024) * Double(sign: .plus, exponent: e - 25, significand: 1)
        }
        return bits & 0x8000 == 0 ? m : -m
    }
}
