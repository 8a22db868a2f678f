// Operators on anything: dispatch with reflected and in-place forms, `__index__`. CPython: Objects/abstract.c.

/// The binary operators, in the order of their slots.
@frozen public enum BinaryOp: UInt8, Sendable {
    case add, subtract, multiply, remainder, power, lshift, rshift, and, xor, or, floorDivide, trueDivide, matrixMultiply, divmod

    public var symbol: StaticString {
        switch self {
        case .add: return "+"
        case .subtract: return "-"
        case .multiply: return "*"
        case .remainder: return "%"
        case .power: return "** or pow()"
        case .lshift: return "<<"
        case .rshift: return ">>"
        case .and: return "&"
        case .xor: return "^"
        case .or: return "|"
        case .floorDivide: return "//"
        case .trueDivide: return "/"
        case .matrixMultiply: return "@"
        case .divmod: return "divmod()"
        }
    }
    public var inplaceSymbol: StaticString {
        switch self {
        case .add: return "+="
        case .subtract: return "-="
        case .multiply: return "*="
        case .remainder: return "%="
        case .power: return "**="
        case .lshift: return "<<="
        case .rshift: return ">>="
        case .and: return "&="
        case .xor: return "^="
        case .or: return "|="
        case .floorDivide: return "//="
        case .trueDivide: return "/="
        case .matrixMultiply: return "@="
        case .divmod: return "divmod()"
        }
    }

    @inlinable func slot(_ slots: UnsafeMutablePointer<TypeSlots>) -> BinarySlot? {
        switch self {
        case .add: return slots.pointee.add
        case .subtract: return slots.pointee.subtract
        case .multiply: return slots.pointee.multiply
        case .remainder: return slots.pointee.remainder
        case .power: return nil
        case .lshift: return slots.pointee.lshift
        case .rshift: return slots.pointee.rshift
        case .and: return slots.pointee.and
        case .xor: return slots.pointee.xor
        case .or: return slots.pointee.or
        case .floorDivide: return slots.pointee.floorDivide
        case .trueDivide: return slots.pointee.trueDivide
        case .matrixMultiply: return slots.pointee.matrixMultiply
        case .divmod: return slots.pointee.divmod
        }
    }

    @inlinable func inplaceSlot(_ slots: UnsafeMutablePointer<TypeSlots>) -> BinarySlot? {
        switch self {
        case .add: return slots.pointee.inplaceAdd
        case .subtract: return slots.pointee.inplaceSubtract
        case .multiply: return slots.pointee.inplaceMultiply
        case .remainder: return slots.pointee.inplaceRemainder
        case .power, .divmod: return nil
        case .lshift: return slots.pointee.inplaceLshift
        case .rshift: return slots.pointee.inplaceRshift
        case .and: return slots.pointee.inplaceAnd
        case .xor: return slots.pointee.inplaceXor
        case .or: return slots.pointee.inplaceOr
        case .floorDivide: return slots.pointee.inplaceFloorDivide
        case .trueDivide: return slots.pointee.inplaceTrueDivide
        case .matrixMultiply: return slots.pointee.inplaceMatrixMultiply
        }
    }
}

extension VM {
    /// `a op b`.
    public func binary(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        if op == .power { return try power(a, b, .none) }
        let result = try binarySlots(op, a, b)
        if result != .notImplemented { return result }
        return try binarySequences(op, a, b)
    }

    /// What sequences do where no number knew how, or the error.
    func binarySequences(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let sa = type(of: a).slotsPointer, sb = type(of: b).slotsPointer
        if op == .add, let concat = sa.pointee.concat { return try check(concat(self, a, b)) }
        if op == .multiply {
            if let slot = sa.pointee.repeated { return try sequenceRepeat(slot, a, b) }
            if let slot = sb.pointee.repeated { return try sequenceRepeat(slot, b, a) }
        }
        if op == .rshift && isBuiltinPrint(a) {
            throw raise(
                .typeError,
                "unsupported operand type(s) for \(op.symbol): '\(typeName(a))' and '\(typeName(b))'. Did you mean \"print(<message>, file=<output_stream>)\"?")
        }
        throw raiseUnsupported(op.symbol, a, b)
    }

    /// `tp_as_sequence` is not NULL: so for every class made by a class statement.
    func hasSequenceMethods(_ type: PyType) -> Bool {
        let slots = type.slots
        return type.flags.contains(.heapType) || slots.contains != nil || slots.item != nil || slots.seqLength != nil || slots.concat != nil
    }

    /// `a op= b`.
    public func inplace(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        if op == .power { return try inplacePower(a, b) }
        let sa = type(of: a).slotsPointer
        if let slot = op.inplaceSlot(sa) {
            let result = slot(self, a, b)
            if result != .notImplemented { return try check(result) }
        }
        let result = try binarySlots(op, a, b)
        if result != .notImplemented { return result }
        return try inplaceSequences(op, a, b)
    }

    /// As `binarySequences`.
    func inplaceSequences(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let sa = type(of: a).slotsPointer
        if op == .add {
            if let slot = sa.pointee.inplaceConcat ?? sa.pointee.concat { return try check(slot(self, a, b)) }
        }
        if op == .multiply {
            if let slot = sa.pointee.inplaceRepeat ?? sa.pointee.repeated { return try sequenceRepeat(slot, a, b) }
            // CPython asks the right operand only if the left one's type has no sequence methods at all.
            if !hasSequenceMethods(type(of: a)), let slot = type(of: b).slots.repeated { return try sequenceRepeat(slot, b, a) }
        }
        throw raiseUnsupported(op.inplaceSymbol, a, b)
    }

    /// The slots only: NotImplemented if neither operand knows how.
    @inlinable public func binarySlots(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let ta = type(of: a), tb = type(of: b)
        let left = op.slot(ta.slotsPointer)
        var right = ta == tb ? nil : op.slot(tb.slotsPointer)
        if let l = left, let r = right, unsafeBitCast(l, to: UInt.self) == unsafeBitCast(r, to: UInt.self) { right = nil }
        if let l = left {
            if let r = right, tb.isSubtype(of: ta) {
                let result = r(self, a, b)
                if result != .notImplemented { return try check(result) }
                right = nil
            }
            let result = l(self, a, b)
            if result != .notImplemented { return try check(result) }
        }
        if let r = right {
            let result = r(self, a, b)
            if result != .notImplemented { return try check(result) }
        }
        return .notImplemented
    }

    @inline(never) public func raiseUnsupported(_ symbol: StaticString, _ a: Value, _ b: Value) -> Raised {
        raise(.typeError, "unsupported operand type(s) for \(symbol): '\(typeName(a))' and '\(typeName(b))'")
    }

    private func isBuiltinPrint(_ value: Value) -> Bool {
        value.isExactly(types.builtinFunction)
            && PyStr(value.cast(NativeFunctionLayout.self).pointee.definition.pointee.name).string == "print"
    }

    func sequenceRepeat(_ slot: ItemSlot, _ sequence: Value, _ count: Value) throws(Raised) -> Value {
        if !hasIndex(count) { throw raise(.typeError, "can't multiply sequence by non-int of type '\(typeName(count))'") }
        let n = try indexInt(count, overflow: .overflowError)
        return try check(slot(self, sequence, n))
    }

    /// `pow(a, b, modulus)`; modulus None for `a ** b`.
    public func power(_ a: Value, _ b: Value, _ modulus: Value) throws(Raised) -> Value {
        let result = try powerSlots(a, b, modulus)
        if result != .notImplemented { return result }
        if modulus.isNone { throw raiseUnsupported(BinaryOp.power.symbol, a, b) }
        throw raise(
            .typeError,
            "unsupported operand type(s) for ** or pow(): '\(typeName(a))', '\(typeName(b))', '\(typeName(modulus))'")
    }

    private func powerSlots(_ a: Value, _ b: Value, _ modulus: Value) throws(Raised) -> Value {
        let ta = type(of: a), tb = type(of: b), tm = type(of: modulus)
        let left = ta.slots.power
        var right = ta == tb ? nil : tb.slots.power
        if let l = left, let r = right, unsafeBitCast(l, to: UInt.self) == unsafeBitCast(r, to: UInt.self) { right = nil }
        if let l = left {
            if let r = right, tb.isSubtype(of: ta) {
                let result = r(self, a, b, modulus)
                if result != .notImplemented { return try check(result) }
                right = nil
            }
            let result = l(self, a, b, modulus)
            if result != .notImplemented { return try check(result) }
        }
        if let r = right {
            let result = r(self, a, b, modulus)
            if result != .notImplemented { return try check(result) }
        }
        if let m = tm.slots.power, tm != ta, tm != tb {
            let result = m(self, a, b, modulus)
            if result != .notImplemented { return try check(result) }
        }
        return .notImplemented
    }

    private func inplacePower(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if let slot = type(of: a).slots.inplacePower {
            let result = slot(self, a, b, .none)
            if result != .notImplemented { return try check(result) }
        }
        let result = try powerSlots(a, b, .none)
        if result != .notImplemented { return result }
        throw raiseUnsupported("**=", a, b)
    }

    // MARK: Unary

    public func negative(_ a: Value) throws(Raised) -> Value {
        guard let slot = type(of: a).slots.negative else { throw raise(.typeError, "bad operand type for unary -: '\(typeName(a))'") }
        return try check(slot(self, a))
    }
    public func positive(_ a: Value) throws(Raised) -> Value {
        guard let slot = type(of: a).slots.positive else { throw raise(.typeError, "bad operand type for unary +: '\(typeName(a))'") }
        return try check(slot(self, a))
    }
    public func invert(_ a: Value) throws(Raised) -> Value {
        guard let slot = type(of: a).slots.invert else { throw raise(.typeError, "bad operand type for unary ~: '\(typeName(a))'") }
        return try check(slot(self, a))
    }
    public func absolute(_ a: Value) throws(Raised) -> Value {
        guard let slot = type(of: a).slots.absolute else { throw raise(.typeError, "bad operand type for abs(): '\(typeName(a))'") }
        return try check(slot(self, a))
    }

    // MARK: Index

    @inlinable public func isInt(_ value: Value) -> Bool {
        value.isSmallInt || value.isBool || (value.isObject && value.objectType.flags.rawValue & TypeFlags.intSubclass.rawValue != 0)
    }
    public func hasIndex(_ value: Value) -> Bool { isInt(value) || type(of: value).slots.index != nil }

    /// `operator.index(value)`: an int (exact unless the value is an int subclass instance already).
    public func index(_ value: Value) throws(Raised) -> Value {
        if isInt(value) { return value }
        guard let slot = type(of: value).slots.index else {
            throw raise(.typeError, "'\(typeName(value))' object cannot be interpreted as an integer")
        }
        return try checkedInt(check(slot(self, value)), "__index__")
    }

    /// `value` as a machine int. Out of range: `overflow` raised ("cannot fit 'int' into an index-sized integer"), or clamped when nil.
    @inlinable public func indexInt(_ value: Value, overflow: ExceptionKind? = .overflowError) throws(Raised) -> Int {
        if value.isSmallInt { return value.smallInt }
        return try indexIntSlow(value, overflow: overflow)
    }
    @inline(never) public func indexIntSlow(_ value: Value, overflow: ExceptionKind?) throws(Raised) -> Int {
        let number = try index(value)
        var fits = false
        let result = clampedInt(number, &fits)
        if !fits, let overflow { throw raise(overflow, "cannot fit '\(typeName(value))' into an index-sized integer") }
        return result
    }

    /// An int's value, saturated to `Int`; `fits` says whether it was exact. - Precondition: `isInt(value)`.
    public func clampedInt(_ value: Value, _ fits: inout Bool) -> Int {
        fits = true
        if value.isSmallInt { return value.smallInt }
        if value.isBool { return value.isTrue ? 1 : 0 }
        let layout = value.cast(IntLayout.self)
        let count = layout.pointee.signedCount
        if count == 0 { return 0 }
        let limb = (UnsafeMutableRawPointer(layout) + 16).load(as: UInt64.self)
        if count == 1 && limb <= UInt64(Int.max) { return Int(limb) }
        if count == -1 && limb <= UInt64(Int.max) + 1 { return Int(truncatingIfNeeded: 0 &- limb) }
        fits = false
        return count > 0 ? .max : .min
    }

    /// An int object of any `Int`. May collect outside 48 bits.
    @inlinable @inline(__always) public func int(_ n: Int) -> Value {
        n <= Value.maxSmallInt && n >= Value.minSmallInt ? Value(small: n) : newBigInt(n)
    }
    @inline(never) public func newBigInt(_ n: Int) -> Value {
        let layout = allocateUninitialized(24, types.int).assumingMemoryBound(to: IntLayout.self)
        layout.pointee.signedCount = n < 0 ? -1 : 1
        (UnsafeMutableRawPointer(layout) + 16).storeBytes(of: UInt64(n.magnitude), as: UInt64.self)
        return Value(layout)
    }
    public func int(unsigned n: UInt64) -> Value {
        if n <= UInt64(Value.maxSmallInt) { return Value(small: Int(n)) }
        let layout = allocateUninitialized(24, types.int).assumingMemoryBound(to: IntLayout.self)
        layout.pointee.signedCount = 1
        (UnsafeMutableRawPointer(layout) + 16).storeBytes(of: n, as: UInt64.self)
        return Value(layout)
    }
}
