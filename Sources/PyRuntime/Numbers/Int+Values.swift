// `int` seen from Swift: 48-bit immediates, heap limbs outside that range and for subclass instances, and bools. Reading,
// making, converting. CPython: Objects/longobject.c.
import PyNumerics

extension VM {
    // MARK: Reading

    /// The value of an int that fits a machine word; nil for a bigger one. - Precondition: `isInt(value)`.
    @inlinable @inline(__always) public func machineInt(_ value: Value) -> Int? {
        if value.isSmallInt { return value.smallInt }
        return slowMachineInt(value)
    }

    @usableFromInline func slowMachineInt(_ value: Value) -> Int? {
        var fits = false
        let n = clampedInt(value, &fits)
        return fits ? n : nil
    }

    /// Calls `body` with the magnitude's limbs (valid only inside; a zero has none) and the sign. - Precondition: `isInt(value)`.
    @inline(__always)
    func withLimbs<R>(_ value: Value, _ body: (LimbPointer, Int, Bool) throws(Raised) -> R) throws(Raised) -> R {
        if value.isObject {
            let layout = value.cast(IntLayout.self)
            let n = layout.pointee.signedCount
            return try body(VM.limbs(layout), Int(n.magnitude), n < 0)
        }
        let n = value.isSmallInt ? value.smallInt : value.isTrue ? 1 : 0
        var limb = UInt64(n.magnitude)
        return try withUnsafePointer(to: &limb) { p throws(Raised) in try body(p, n == 0 ? 0 : 1, n < 0) }
    }

    @inline(__always) static func limbs(_ layout: UnsafeMutablePointer<IntLayout>) -> MutableLimbPointer {
        (UnsafeMutableRawPointer(layout) + 16).assumingMemoryBound(to: UInt64.self)
    }

    /// A copy outside the heap. - Precondition: `isInt(value)`.
    public func bigInt(_ value: Value) -> BigInt {
        if !value.isObject { return BigInt(value.isSmallInt ? value.smallInt : value.isTrue ? 1 : 0) }
        let layout = value.cast(IntLayout.self)
        let n = layout.pointee.signedCount
        return BigInt(isNegative: n < 0, limbs: VM.limbs(layout), count: Int(n.magnitude))
    }

    /// -1, 0 or 1. - Precondition: `isInt(value)`.
    func signum(_ value: Value) -> Int {
        if value.isObject { return value.cast(IntLayout.self).pointee.signedCount.signum() }
        return value.isSmallInt ? value.smallInt.signum() : value.isTrue ? 1 : 0
    }

    public func isNegativeInt(_ value: Value) -> Bool { signum(value) < 0 }

    func bitWidth(_ value: Value) -> Int {
        if value.isObject {
            let layout = value.cast(IntLayout.self)
            return Limbs.bitWidth(VM.limbs(layout), Int(layout.pointee.signedCount.magnitude))
        }
        let n = value.isSmallInt ? value.smallInt.magnitude : value.isTrue ? 1 : 0
        return 64 - n.leadingZeroBitCount
    }

    /// The value as a double, correctly rounded.
    /// - Throws: OverflowError "int too large to convert to float". - Precondition: `isInt(value)`.
    public func intToDouble(_ value: Value) throws(Raised) -> Double {
        if value.isSmallInt { return Double(value.smallInt) }
        if let n = machineInt(value) { return Double(n) }
        guard let x = bigInt(value).asDouble else { throw raise(.overflowError, "int too large to convert to float") }
        return x
    }

    /// The value as an exact `int`: bools and subclass instances are converted. May collect.
    func exactInt(_ value: Value) -> Value {
        if value.isSmallInt || value.isExactly(types.int) { return value }
        if value.isBool { return Value(small: value.isTrue ? 1 : 0) }
        let layout = value.cast(IntLayout.self)
        let n = Int(layout.pointee.signedCount.magnitude)
        if n <= 1, let small = machineInt(value) { return int(small) }
        guard let copy = try? newLimbs(n) else { return value }
        Limbs.copy(VM.limbs(copy), VM.limbs(layout), n)
        return finishInt(copy, n, isNegative: layout.pointee.signedCount < 0)
    }

    // MARK: Making

    /// A cell for an int of `count` limbs, unset: fill it and hand it to `finishInt` before anything else. May collect.
    @inline(__always)
    func newLimbs(_ count: Int) throws(Raised) -> UnsafeMutablePointer<IntLayout> {
        let size = 16 + count * 8
        try checkAllocation(size)
        return allocateUninitialized(size, types.int).assumingMemoryBound(to: IntLayout.self)
    }

    /// The int whose magnitude is in the cell: an immediate if it fits.
    @inline(__always)
    func finishInt(_ layout: UnsafeMutablePointer<IntLayout>, _ count: Int, isNegative: Bool) -> Value {
        let limbs = VM.limbs(layout)
        let n = Limbs.trimmed(limbs, count)
        if n <= 1 {
            let limb = n == 0 ? 0 : limbs[0]
            if limb <= UInt64(Value.maxSmallInt) { return Value(small: isNegative ? -Int(limb) : Int(limb)) }
            if isNegative && limb == UInt64(Value.maxSmallInt) + 1 { return Value(small: Value.minSmallInt) }
        }
        layout.pointee.signedCount = isNegative ? -n : n
        return Value(layout)
    }

    /// From limbs anywhere, zeros on top allowed. May collect.
    public func int(limbs: LimbPointer, count: Int, isNegative: Bool) throws(Raised) -> Value {
        let n = Limbs.trimmed(limbs, count)
        if n == 0 { return Value(small: 0) }
        let layout = try newLimbs(n)
        Limbs.copy(VM.limbs(layout), limbs, n)
        return finishInt(layout, n, isNegative: isNegative)
    }

    /// May collect.
    public func int(_ n: BigInt) throws(Raised) -> Value {
        if let small = n.asInt { return int(small) }
        let count = n.magnitude.count
        let layout = try newLimbs(count)
        n.withLimbs { p, count in Limbs.copy(VM.limbs(layout), p, count) }
        return finishInt(layout, count, isNegative: n.isNegative)
    }

    /// The integer part of a finite double. May collect.
    /// - Throws: OverflowError, ValueError for infinities and NaNs.
    public func int(truncating x: Double) throws(Raised) -> Value {
        if x.magnitude < 0x1p62 { return int(Int(x)) }
        guard let n = BigInt(x) else {
            if x.isNaN { throw raise(.valueError, "cannot convert float NaN to integer") }
            throw raise(.overflowError, "cannot convert float infinity to integer")
        }
        return try int(n)
    }

    /// An instance of the int subclass `type` with the value of `number`. May collect.
    func newIntInstance(_ type: PyType, _ number: Value) throws(Raised) -> Value {
        let count = number.isObject ? Int(number.cast(IntLayout.self).pointee.signedCount.magnitude) : bitWidth(number) == 0 ? 0 : 1
        // At least one limb of room, so that an odd word never starts the attributes.
        let value = try newVariableInstance(type, itemBytes: count * 8)
        let layout = value.cast(IntLayout.self)
        layout.pointee.signedCount = isNegativeInt(number) ? -count : count
        try withLimbs(number) { p, n, _ in Limbs.copy(VM.limbs(layout), p, n) }
        return value
    }
}
