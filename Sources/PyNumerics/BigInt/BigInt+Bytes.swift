// Integers to and from bytes, either order, with or without a sign.
// CPython: _PyLong_FromByteArray, _PyLong_AsByteArray in Objects/longobject.c.

extension BigInt {
    /// From bytes, least significant first unless `bigEndian`; two's complement if `signed`.
    public init(bytes: UnsafeRawBufferPointer, bigEndian: Bool, signed: Bool) {
        let count = bytes.count
        guard count > 0 else {
            self = .zero
            return
        }
        let negative = signed && bytes[bigEndian ? 0 : count - 1] & 0x80 != 0
        let limbs = (count + 7) / 8
        self = BigInt.build(limbs, isNegative: negative) { r in
            for i in 0 ..< limbs {
                var word: UInt64 = 0
                let start = i * 8, end = min(start + 8, count)
                for j in start ..< end {
                    word |= UInt64(bytes[bigEndian ? count - 1 - j : j]) << UInt64((j - start) * 8)
                }
                if negative && end - start < 8 { word |= ~0 << UInt64((end - start) * 8) }
                r[i] = word
            }
            if negative { Limbs.negate(r, limbs) }
            return limbs
        }
    }

    public enum BytesError: Error, Sendable {
        /// OverflowError: "can't convert negative int to unsigned"
        case negative
        /// OverflowError: "int too big to convert"
        case tooBig
    }

    /// Fills `out`; two's complement if `signed`.
    public func write(to out: UnsafeMutableRawBufferPointer, bigEndian: Bool, signed: Bool) throws(BytesError) {
        if isNegative && !signed { throw .negative }
        let count = out.count
        if !magnitude.isEmpty {
            // -2^(8n-1) is the one value whose sign bit belongs to the magnitude.
            let bits = bitWidth
            let minimum = isNegative && trailingZeroBitCount == bits - 1
            if bits + (signed && !minimum ? 1 : 0) > count * 8 { throw .tooBig }
        }
        var carry: UInt64 = isNegative ? 1 : 0
        var i = 0
        while i * 8 < count {
            var word = i < magnitude.count ? magnitude[i] : 0
            if isNegative {
                let (w, c) = (~word).addingReportingOverflow(carry)
                word = w
                carry = c ? 1 : 0
            }
            for j in 0 ..< min(8, count - i * 8) {
                let at = i * 8 + j
                out[bigEndian ? count - 1 - at : at] = UInt8(truncatingIfNeeded: word >> UInt64(j * 8))
            }
            i += 1
        }
    }
}

extension Limbs {
    /// `r = -r` in two's complement over `n` limbs.
    public static func negate(_ r: MutableLimbPointer, _ n: Int) {
        var carry: UInt64 = 1
        for i in 0 ..< n {
            let (w, c) = (~r[i]).addingReportingOverflow(carry)
            r[i] = w
            carry = c ? 1 : 0
        }
    }
}
