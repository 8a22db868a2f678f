// Values of number tokens. CPython: Parser/action_helpers.c (parsenumber). Rules: Language Reference 2.4.4-2.4.7.
import PyNumerics
import PyUnicode

extension Parser {
    mutating func number() throws(ParseFailure) -> ExprID {
        let token = tokens[position]
        let place = token.span
        let literal: Literal
        let length = Int(token.end - token.start)
        var small = 0
        var index = Int(token.start)
        let end = Int(token.end)
        // Up to 18 plain digits need no more than a loop. Safe: tokens lie inside the source.
        if length <= 18 {
            while index < end, base[index] &- 48 < 10 {
                small = small &* 10 &+ Int(base[index] &- 48)
                index &+= 1
            }
        }
        if index == end {
            literal = .int(small)
        } else {
            literal = try longNumber(token)
        }
        position &+= 1
        return add(.constant(value: tree.add(literal), isU: false), place)
    }

    @inline(never)
    private mutating func longNumber(_ token: Token) throws(ParseFailure) -> Literal {
        let text = stream.text(token)
        let digits = text.filter { $0 != 95 }
        if digits.count != text.count, options.featureVersion < 6 {
            throw fail("Underscores in numeric literals are only supported in Python 3.6 and greater", at: position)
        }
        let last = (digits.last ?? 48) | 0x20
        if digits.count > 2, digits[0] == 48 {
            switch digits[1] | 0x20 {
            case 120: return integer(digits.dropFirst(2), bits: 4)
            case 111: return integer(digits.dropFirst(2), bits: 3)
            case 98: return integer(digits.dropFirst(2), bits: 1)
            default: break
            }
        }
        if last == 106 { return .complex(0, double(digits.dropLast()).bitPattern) }
        if digits.contains(where: { $0 == 46 || $0 | 0x20 == 101 }) { return .float(double(digits[...]).bitPattern) }
        return try decimal(digits)
    }

    /// A value in base 2, 8 or 16.
    private func integer(_ digits: ArraySlice<UInt8>, bits: Int) -> Literal {
        var limbs: [UInt64] = []
        var limb: UInt64 = 0
        var filled = 0
        for digit in digits.reversed() {
            let value = UInt64(digit < 58 ? digit &- 48 : (digit | 0x20) &- 87)
            limb |= value << UInt64(filled)
            filled += bits
            if filled >= 64 {
                limbs.append(limb)
                filled -= 64
                limb = filled > 0 ? value >> UInt64(bits - filled) : 0
            }
        }
        limbs.append(limb)
        return literal(limbs)
    }

    private func literal(_ limbs: [UInt64]) -> Literal {
        let value = BigInt(isNegative: false, magnitude: limbs)
        if value.magnitude.isEmpty { return .int(0) }
        if value.magnitude.count == 1, let small = Int(exactly: value.magnitude[0]) { return .int(small) }
        return .bigInt(value)
    }

    private mutating func decimal(_ digits: [UInt8]) throws(ParseFailure) -> Literal {
        if options.intMaxStrDigits > 0, digits.count > options.intMaxStrDigits {
            let failure = fail(
                "Exceeds the limit (\(options.intMaxStrDigits)) for integer string conversion: value has \(digits.count) digits; use "
                    + "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer "
                    + "literals to avoid decimal conversion limits.", at: position)
            // CPython gives no columns here.
            error?.offset = 0
            error?.endOffset = 0
            throw failure
        }
        var limbs: [UInt64] = []
        var index = 0
        while index < digits.count {
            // Nineteen digits are the most that fit a limb.
            let stop = min(index + 19, digits.count)
            var chunk: UInt64 = 0
            var scale: UInt64 = 1
            for digit in digits[index..<stop] {
                chunk = chunk &* 10 &+ UInt64(digit &- 48)
                scale = scale &* 10
            }
            var carry = chunk
            for at in limbs.indices {
                let product = limbs[at].multipliedFullWidth(by: scale)
                let (sum, overflow) = product.low.addingReportingOverflow(carry)
                limbs[at] = sum
                carry = product.high &+ (overflow ? 1 : 0)
            }
            if carry != 0 { limbs.append(carry) }
            index = stop
        }
        return literal(limbs)
    }

    /// A float, correctly rounded.
    private func double(_ digits: ArraySlice<UInt8>) -> Double {
        // Up to 15 digits over a power of ten up to 22: both are exact doubles, so one division rounds once.
        var mantissa: UInt64 = 0
        var scale = 0
        var sawDot = false
        var isPlain = digits.count <= 16
        if isPlain {
            for digit in digits {
                if digit == 46 { sawDot = true } else if digit &- 48 < 10 {
                    mantissa = mantissa &* 10 &+ UInt64(digit &- 48)
                    if sawDot { scale += 1 }
                } else {
                    isPlain = false
                    break
                }
            }
        }
        if isPlain, mantissa < 1 << 53 {
            var power = 1.0
            for _ in 0..<scale { power *= 10 }
            return Double(mantissa) / power
        }
        return Double(String(decoding: digits, as: UTF8.self)) ?? .infinity
    }
}
