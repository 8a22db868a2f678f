// The arithmetic slots of `int`: machine words first, then limbs in the heap. CPython: Objects/longobject.c.
import PyNumerics

extension VM {
    @inline(__always) func bothInts(_ a: Value, _ b: Value) -> Bool { isInt(a) && isInt(b) }

    // MARK: + - *

    func intAdd(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if let x = machineInt(a), let y = machineInt(b) {
            let (s, overflow) = x.addingReportingOverflow(y)
            if !overflow { return int(s) }
        }
        return try intSum(a, b, negateB: false)
    }

    func intSubtract(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if let x = machineInt(a), let y = machineInt(b) {
            let (s, overflow) = x.subtractingReportingOverflow(y)
            if !overflow { return int(s) }
        }
        return try intSum(a, b, negateB: true)
    }

    private func intSum(_ a: Value, _ b: Value, negateB: Bool) throws(Raised) -> Value {
        try withLimbs(a) { x, xn, xNegative throws(Raised) in
            try withLimbs(b) { y, yn, sign throws(Raised) in
                let yNegative = sign != negateB
                if xNegative == yNegative {
                    let n = max(xn, yn)
                    let r = try newLimbs(n + 1)
                    let p = VM.limbs(r)
                    p[n] = xn >= yn ? Limbs.add(p, x, xn, y, yn) : Limbs.add(p, y, yn, x, xn)
                    return finishInt(r, n + 1, isNegative: xNegative)
                }
                let order = Limbs.compare(x, xn, y, yn)
                if order == 0 { return Value(small: 0) }
                let n = max(xn, yn)
                let r = try newLimbs(n)
                if order > 0 {
                    Limbs.subtract(VM.limbs(r), x, xn, y, yn)
                    return finishInt(r, n, isNegative: xNegative)
                }
                Limbs.subtract(VM.limbs(r), y, yn, x, xn)
                return finishInt(r, n, isNegative: yNegative)
            }
        }
    }

    func intMultiply(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if let x = machineInt(a), let y = machineInt(b) {
            let (p, overflow) = x.multipliedReportingOverflow(by: y)
            if !overflow { return int(p) }
        }
        return try withLimbs(a) { x, xn, xNegative throws(Raised) in
            try withLimbs(b) { y, yn, yNegative throws(Raised) in
                if xn == 0 || yn == 0 { return Value(small: 0) }
                let r = try newLimbs(xn + yn)
                if xn &* yn >= VM.interruptibleProduct {
                    r.pointee.signedCount = 0
                    try interruptibly { Limbs.multiply(VM.limbs(r), x, xn, y, yn, stop: $0) }
                } else {
                    Limbs.multiply(VM.limbs(r), x, xn, y, yn)
                }
                return finishInt(r, xn + yn, isNegative: xNegative != yNegative)
            }
        }
    }

    // MARK: // % divmod

    func raiseIntZeroDivision() -> Raised { raise(.zeroDivisionError, "integer division or modulo by zero") }

    /// Floor quotient and remainder; either may be skipped (NULL).
    func intDivMod(_ a: Value, _ b: Value, quotient: Bool, remainder: Bool) throws(Raised) -> (Value, Value) {
        if let x = machineInt(a), let y = machineInt(b) {
            if y == 0 { throw raiseIntZeroDivision() }
            let (q0, r0) = x.dividedReportingOverflow(by: y).overflow ? (0, 0) : x.quotientAndRemainder(dividingBy: y)
            if !(x == .min && y == -1) {
                let fix = r0 != 0 && (r0 < 0) != (y < 0)
                return (quotient ? int(fix ? q0 - 1 : q0) : .null, remainder ? int(fix ? r0 + y : r0) : .null)
            }
        }
        return try withLimbs(a) { x, xn, xNegative throws(Raised) in
            try withLimbs(b) { y, yn, yNegative throws(Raised) in
                if yn == 0 { throw raiseIntZeroDivision() }
                // |a| = q |b| + r; with unlike signs and r > 0 the floor is one less and the remainder |b| - r.
                let n = max(xn - yn + 1, 1)
                let r = try newLimbs(yn)
                let rp = VM.limbs(r)
                let q = try quotient || xn >= yn ? newLimbs(n + 1) : nil
                if xn < yn {
                    Limbs.copy(rp, x, xn)
                    Limbs.zero(rp + xn, yn - xn)
                    if let q { VM.limbs(q)[0] = 0 }
                } else if (xn - yn) &* yn >= VM.interruptibleProduct {
                    r.pointee.signedCount = 0
                    q?.pointee.signedCount = 0
                    try interruptibly { Limbs.divide(quotient ? q.map { VM.limbs($0) } : nil, rp, x, xn, y, yn, stop: $0) }
                } else {
                    Limbs.divide(quotient ? q.map { VM.limbs($0) } : nil, rp, x, xn, y, yn)
                }
                let fix = xNegative != yNegative && Limbs.trimmed(rp, yn) != 0
                if fix { Limbs.subtractSame(rp, y, rp, yn) }
                var quotientValue = Value.null
                if let q, quotient {
                    let qp = VM.limbs(q)
                    qp[n] = fix ? Limbs.add1(qp, qp, n, 1) : 0
                    quotientValue = finishInt(q, n + 1, isNegative: xNegative != yNegative)
                }
                return (quotientValue, finishInt(r, yn, isNegative: yNegative))
            }
        }
    }

    // MARK: /

    func intTrueDivide(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if let x = machineInt(a), let y = machineInt(b), x.magnitude <= 1 << 53, y.magnitude <= 1 << 53, y != 0 {
            return Value(Double(x) / Double(y))
        }
        switch BigInt.trueDivide(bigInt(a), bigInt(b)) {
        case .value(let x): return Value(x)
        case .divisionByZero: throw raise(.zeroDivisionError, "division by zero")
        case .overflow: throw raise(.overflowError, "integer division result too large for a float")
        }
    }

    // MARK: **

    /// `a ** b`, `b >= 0`. The size is checked before the work begins.
    func intPower(_ a: Value, _ b: Value) throws(Raised) -> Value {
        guard let exponent = machineInt(b) else {
            // 0, 1 and -1 have powers of any size; nothing else fits memory.
            if let x = machineInt(a), x.magnitude <= 1 {
                if x == -1 { return Value(small: bigInt(b).isOdd ? -1 : 1) }
                return Value(small: x)
            }
            throw raiseMemoryError()
        }
        if exponent == 0 { return Value(small: 1) }
        if let x = machineInt(a) {
            if exponent == 1 { return int(x) }
            if x == 2 { return try intShiftLeft(Value(small: 1), exponent) }
            // In a word while it fits.
            var result = 1, base = x, e = exponent, fits = true
            while true {
                if e & 1 == 1 {
                    let (p, o) = result.multipliedReportingOverflow(by: base)
                    if o {
                        fits = false
                        break
                    }
                    result = p
                }
                e >>= 1
                if e == 0 { break }
                let (s, o) = base.multipliedReportingOverflow(by: base)
                if o {
                    fits = false
                    break
                }
                base = s
            }
            if fits { return int(result) }
        }
        let (bits, overflow) = bitWidth(a).multipliedReportingOverflow(by: exponent)
        if overflow || bits > 1 << 43 { throw raiseMemoryError() }
        try checkAllocation(bits / 8)
        if bits < 1 << 17 { return try int(bigInt(a).raised(to: exponent)) }
        return try int(try interruptibly { bigInt(a).raised(to: exponent, stop: $0) })
    }

    func intPowerSlot(_ a: Value, _ b: Value, _ c: Value) throws(Raised) -> Value {
        if !isInt(a) || !isInt(b) || !(c.isNone || isInt(c)) { return .notImplemented }
        if c.isNone {
            if isNegativeInt(b) {
                // A float power then: int ** -int.
                return try floatPower(intToDouble(a), intToDouble(b), Value(small: 0), Value(small: 0))
            }
            return try intPower(a, b)
        }
        let base = bigInt(a), exponent = bigInt(b), modulus = bigInt(c)
        let power = bitWidth(b) < 4096 && bitWidth(c) < 4096
            ? base.raised(to: exponent, modulo: modulus) : try interruptibly { base.raised(to: exponent, modulo: modulus, stop: $0) }
        switch power {
        case .value(let r): return try int(r)
        case .zeroModulus: throw raise(.valueError, "pow() 3rd argument cannot be 0")
        case .notInvertible: throw raise(.valueError, "base is not invertible for the given modulus")
        }
    }

    // MARK: Unary

    func intNegative(_ a: Value) throws(Raised) -> Value {
        if let x = machineInt(a), x != .min { return int(-x) }
        return try withLimbs(a) { x, n, negative throws(Raised) in try int(limbs: x, count: n, isNegative: !negative) }
    }

    func intAbsolute(_ a: Value) throws(Raised) -> Value { isNegativeInt(a) ? try intNegative(a) : exactInt(a) }

    // MARK: Comparison and hash

    /// -1, 0 or 1. - Precondition: both ints.
    func compareInts(_ a: Value, _ b: Value) -> Int {
        if let x = machineInt(a) {
            if let y = machineInt(b) { return x < y ? -1 : x == y ? 0 : 1 }
            return isNegativeInt(b) ? 1 : -1
        }
        if machineInt(b) != nil { return isNegativeInt(a) ? -1 : 1 }
        let x = a.cast(IntLayout.self), y = b.cast(IntLayout.self)
        let xn = x.pointee.signedCount, yn = y.pointee.signedCount
        if xn != yn { return xn < yn ? -1 : 1 }
        let c = Limbs.compare(VM.limbs(x), VM.limbs(y), Int(xn.magnitude))
        return xn < 0 ? -c : c
    }

    func intHash(_ a: Value) -> Int {
        if let x = machineInt(a) { return NumberHash.integer(x) }
        let layout = a.cast(IntLayout.self)
        let n = layout.pointee.signedCount
        return NumberHash.integer(VM.limbs(layout), Int(n.magnitude), isNegative: n < 0)
    }

    func ordered(_ order: Int, _ op: CompareOp) -> Value {
        switch op {
        case .lt: return Value(order < 0)
        case .le: return Value(order <= 0)
        case .eq: return Value(order == 0)
        case .ne: return Value(order != 0)
        case .gt: return Value(order > 0)
        case .ge: return Value(order >= 0)
        }
    }
}
