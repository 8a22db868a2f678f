// Shifts and bitwise operators of `int`. CPython: long_lshift, long_rshift, long_bitwise in Objects/longobject.c.
import PyNumerics

extension VM {
    /// `a << bits`, `bits >= 0`.
    func intShiftLeft(_ a: Value, _ bits: Int) throws(Raised) -> Value {
        if let x = machineInt(a) {
            if x == 0 { return Value(small: 0) }
            if bits < 63 {
                let r = x << bits
                if r >> bits == x { return int(r) }
            }
        }
        return try withLimbs(a) { x, n, negative throws(Raised) in
            let whole = bits / 64
            if whole > 1 << 40 { throw raiseMemoryError() }
            let r = try newLimbs(n + whole + 1)
            let p = VM.limbs(r)
            Limbs.zero(p, whole)
            p[whole + n] = Limbs.shiftLeft(p + whole, x, n, bits % 64)
            return finishInt(r, n + whole + 1, isNegative: negative)
        }
    }

    /// `a >> bits`, `bits >= 0`: floor.
    func intShiftRight(_ a: Value, _ bits: Int) throws(Raised) -> Value {
        if let x = machineInt(a) { return int(x >> min(bits, 63)) }
        return try withLimbs(a) { x, n, negative throws(Raised) in
            let whole = bits / 64
            if whole >= n { return Value(small: negative ? -1 : 0) }
            let size = n - whole
            let r = try newLimbs(size + 1)
            let p = VM.limbs(r)
            let lost = Limbs.shiftRight(p, x + whole, size, bits % 64) != 0 || Limbs.trimmed(x, whole) != 0
            p[size] = negative && lost ? Limbs.add1(p, p, size, 1) : 0
            return finishInt(r, size + 1, isNegative: negative)
        }
    }

    /// `a << b` or `a >> b` with any int `b`.
    func intShift(_ a: Value, _ b: Value, left: Bool) throws(Raised) -> Value {
        if isNegativeInt(b) { throw raise(.valueError, "negative shift count") }
        guard let bits = machineInt(b) else {
            if signum(a) == 0 { return Value(small: 0) }
            // CPython's limit is a number of 30-bit digits: below it there is just no memory.
            if left {
                if try compareBool(b, intShiftLeft(Value(small: 30), 63), .lt) { throw raiseMemoryError() }
                throw raise(.overflowError, "too many digits in integer")
            }
            return Value(small: isNegativeInt(a) ? -1 : 0)
        }
        return left ? try intShiftLeft(a, bits) : try intShiftRight(a, bits)
    }

    func intBitwise(_ op: Limbs.Bitwise, _ a: Value, _ b: Value) throws(Raised) -> Value {
        if let x = machineInt(a), let y = machineInt(b) {
            switch op {
            case .and: return int(x & y)
            case .or: return int(x | y)
            case .xor: return int(x ^ y)
            }
        }
        return try withLimbs(a) { x, xn, xNegative throws(Raised) in
            try withLimbs(b) { y, yn, yNegative throws(Raised) in
                let n = max(xn, yn) + 1
                let r = try newLimbs(n)
                let negative = Limbs.bitwise(op, VM.limbs(r), n, x, xn, xNegative, y, yn, yNegative)
                return finishInt(r, n, isNegative: negative)
            }
        }
    }

    func intInvert(_ a: Value) throws(Raised) -> Value {
        if let x = machineInt(a) { return int(~x) }
        return try intSubtract(Value(small: -1), a)
    }
}
