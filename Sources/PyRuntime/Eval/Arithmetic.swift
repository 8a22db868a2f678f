// Fast paths of arithmetic and comparison on immediates: 48-bit ints and doubles. NULL means "not here": the caller goes to
// the slow path. The int helpers work on values shifted to the top of the word, where the processor's overflow flag is ours.

@inline(__always) func shifted(_ v: Value) -> Int64 { Int64(bitPattern: v.bits &<< 16) }
@inline(__always) func unshifted(_ s: Int64) -> Value { Value(bits: UInt64(bitPattern: s) &>> 16 | Value.intTag) }

@inline(__always) func fastAdd(_ x: Value, _ y: Value) -> Value {
    if Value.bothSmallInts(x, y) {
        let (s, overflow) = shifted(x).addingReportingOverflow(shifted(y))
        return overflow ? .null : unshifted(s)
    }
    return x.isDouble && y.isDouble ? Value(x.double + y.double) : .null
}

@inline(__always) func fastSub(_ x: Value, _ y: Value) -> Value {
    if Value.bothSmallInts(x, y) {
        let (s, overflow) = shifted(x).subtractingReportingOverflow(shifted(y))
        return overflow ? .null : unshifted(s)
    }
    return x.isDouble && y.isDouble ? Value(x.double - y.double) : .null
}

@inline(__always) func fastMul(_ x: Value, _ y: Value) -> Value {
    if Value.bothSmallInts(x, y) {
        let (s, overflow) = shifted(x).multipliedReportingOverflow(by: Int64(y.smallInt))
        return overflow ? .null : unshifted(s)
    }
    return x.isDouble && y.isDouble ? Value(x.double * y.double) : .null
}

@inline(__always) func fastTrueDiv(_ x: Value, _ y: Value) -> Value {
    if x.isDouble && y.isDouble && y.double != 0 { return Value(x.double / y.double) }
    // Safe for exactness: 48-bit ints are exact doubles.
    if Value.bothSmallInts(x, y) && y.smallInt != 0 { return Value(Double(x.smallInt) / Double(y.smallInt)) }
    return mixedFloat(x, y) { $1 != 0 ? Value($0 / $1) : .null }
}

/// int with float or float with int, as two doubles.
@inline(__always) func mixedFloat(_ x: Value, _ y: Value, _ body: (Double, Double) -> Value) -> Value {
    if x.isDouble && y.isSmallInt { return body(x.double, Double(y.smallInt)) }
    if x.isSmallInt && y.isDouble { return body(Double(x.smallInt), y.double) }
    return .null
}

@inline(__always) func fastFloorDiv(_ x: Value, _ y: Value) -> Value {
    guard Value.bothSmallInts(x, y) else { return .null }
    let a = x.smallInt
    let b = y.smallInt
    // -2^47 // -1 does not fit.
    if b == 0 || b == -1 { return .null }
    let q = a / b
    return Value(small: (a % b != 0 && (a < 0) != (b < 0)) ? q &- 1 : q)
}

@inline(__always) func fastMod(_ x: Value, _ y: Value) -> Value {
    guard Value.bothSmallInts(x, y) else { return .null }
    let a = x.smallInt
    let b = y.smallInt
    if b == 0 || b == -1 { return .null }
    let r = a % b
    return Value(small: (r != 0 && (r < 0) != (b < 0)) ? r &+ b : r)
}

@inline(__always) func fastLshift(_ x: Value, _ y: Value) -> Value {
    guard Value.bothSmallInts(x, y) else { return .null }
    let count = y.smallInt
    guard count >= 0 && count < 47 else { return .null }
    let a = shifted(x)
    let r = a &<< Int64(count)
    return (r &>> Int64(count)) == a ? unshifted(r) : .null
}

@inline(__always) func fastRshift(_ x: Value, _ y: Value) -> Value {
    guard Value.bothSmallInts(x, y) else { return .null }
    let count = y.smallInt
    guard count >= 0 else { return .null }
    return Value(small: x.smallInt &>> min(count, 63))
}

@inline(__always) func fastAnd(_ x: Value, _ y: Value) -> Value {
    // The tags survive `and`.
    Value.bothSmallInts(x, y) ? Value(bits: x.bits & y.bits) : .null
}
@inline(__always) func fastOr(_ x: Value, _ y: Value) -> Value {
    Value.bothSmallInts(x, y) ? Value(bits: x.bits | y.bits) : .null
}
@inline(__always) func fastXor(_ x: Value, _ y: Value) -> Value {
    Value.bothSmallInts(x, y) ? Value(bits: (x.bits ^ y.bits) | Value.intTag) : .null
}

/// Truth of what needs no call: 1, 0, or -1 for "ask".
@inline(__always) func fastTruth(_ v: Value) -> Int {
    if v.isBool { return Int(truncatingIfNeeded: v.bits & 1) }
    if v.isNone { return 0 }
    if v.isSmallInt { return v.bits != Value.intTag ? 1 : 0 }
    return -1
}

/// Comparison of two ints or two doubles: 1, 0, or -1 for "ask".
@inline(__always) func fastCompare(
    _ x: Value, _ y: Value, _ ints: (Int64, Int64) -> Bool, _ doubles: (Double, Double) -> Bool
) -> Int {
    if Value.bothSmallInts(x, y) { return ints(shifted(x), shifted(y)) ? 1 : 0 }
    if x.isDouble && y.isDouble { return doubles(x.double, y.double) ? 1 : 0 }
    return -1
}
