// What every object can be asked: text, hash, truth, comparison, identity of class. CPython: Objects/object.c, abstract.c.

extension VM {
    // MARK: Text

    /// `repr(value)`: an exact or derived `str`.
    public func repr(_ value: Value) throws(Raised) -> Value {
        let type = self.type(of: value)
        guard let slot = type.slots.repr else { return str("<\(typeText(type)) object>") }
        try enterRecursion(" while getting the repr of an object")
        defer { leaveRecursion() }
        let result = try check(slot(self, value))
        if !isStr(result) { throw raise(.typeError, "__repr__ returned non-string (type \(typeName(result)))") }
        return result
    }

    /// `str(value)`.
    public func str(of value: Value) throws(Raised) -> Value {
        if isExactStr(value) { return value }
        guard let slot = type(of: value).slots.str else { return try repr(value) }
        try enterRecursion(" while getting the str of an object")
        defer { leaveRecursion() }
        let result = try check(slot(self, value))
        if !isStr(result) { throw raise(.typeError, "__str__ returned non-string (type \(typeName(result)))") }
        return result
    }

    /// `PyNumber_Check`: it can be made an int or a float.
    public func isNumber(_ value: Value) -> Bool {
        let slots = type(of: value).slotsPointer
        return slots.pointee.int != nil || slots.pointee.index != nil || slots.pointee.float != nil || isInstance(value, ofType: types.complex)
    }

    /// `repr(value)` as Swift text, for messages.
    public func reprText(_ value: Value) throws(Raised) -> String { try PyStr(repr(value)).string }

    /// `ascii(value)`.
    public func ascii(_ value: Value) throws(Raised) -> Value {
        let text = PyStr(try repr(value))
        if text.isASCII { return text.value }
        var out: [UInt8] = []
        let digits = Array("0123456789abcdef".utf8)
        for i in 0..<text.count {
            let c = text[i]
            if c < 128 {
                out.append(UInt8(c))
                continue
            }
            let (letter, width) = c < 256 ? (UInt8(ascii: "x"), 2) : c < 65536 ? (UInt8(ascii: "u"), 4) : (UInt8(ascii: "U"), 8)
            out.append(UInt8(ascii: "\\"))
            out.append(letter)
            for k in stride(from: (width - 1) * 4, through: 0, by: -4) { out.append(digits[Int(c >> UInt32(k) & 15)]) }
        }
        return str(utf8: out)
    }

    /// `format(value, spec)`; `spec` NULL or a str.
    public func format(_ value: Value, _ spec: Value = .null) throws(Raised) -> Value {
        let spec = spec.isNull ? emptyStr : spec
        if isStr(spec) && PyStr(spec).count == 0 {
            if isExactStr(value) { return value }
            if value.isSmallInt { return try str(of: value) }
        } else if isExactStr(spec) {
            let plain = try formatPlain(value, PyStr(spec))
            if !plain.isNull { return plain }
        }
        var unbound = false
        let method = try lookupSpecial(value, names.__format__, &unbound)
        if method.isNull { throw raise(.typeError, "Type \(typeName(value)) doesn't define __format__") }
        let result = unbound ? try call(method, value, spec) : try call(method, spec)
        if !isStr(result) { throw raise(.typeError, "__format__ must return a str, not \(typeName(result))") }
        return result
    }

    // MARK: Hash and truth

    /// `hash(value)`, never -1.
    @inlinable public func hash(_ value: Value) throws(Raised) -> Int {
        if isExactStr(value) { return strHash(PyStr(value)) }
        if value.isSmallInt {
            let n = value.smallInt
            return n == -1 ? -2 : n
        }
        return try hashSlow(value)
    }
    @inline(never) public func hashSlow(_ value: Value) throws(Raised) -> Int {
        if value.isExactly(types.tuple) {
            try guardNativeStack()
            return try tupleHash(PyTuple(value))
        }
        try guardNativeStack()
        guard let slot = type(of: value).slots.hash else { throw raise(.typeError, "unhashable type: '\(typeName(value))'") }
        let hash = slot(self, value)
        if hash == -1 { throw Raised() }
        return hash
    }
    /// An address as hash: `object.__hash__`.
    @inlinable public func hashIdentity(_ value: Value) -> Int {
        let bits = UInt(value.bits)
        let rotated = Int(bitPattern: bits >> 4 | bits << 60)
        return rotated == -1 ? -2 : rotated
    }

    /// `bool(value)`.
    @inlinable @inline(__always) public func isTrue(_ value: Value) throws(Raised) -> Bool {
        if value.isBool { return value.isTrue }
        if value.isNone { return false }
        if value.isSmallInt { return value.bits != Value.intTag }
        return try isTrueSlow(value)
    }
    @inline(never) public func isTrueSlow(_ value: Value) throws(Raised) -> Bool {
        if value.isDouble { return value.double != 0 }
        let slots = type(of: value).slotsPointer
        let answer: Int
        if let slot = slots.pointee.bool {
            answer = slot(self, value)
        } else if let slot = slots.pointee.mapLength {
            answer = slot(self, value)
        } else if let slot = slots.pointee.seqLength {
            answer = slot(self, value)
        } else {
            return true
        }
        if answer < 0 { throw Raised() }
        return answer > 0
    }

    // MARK: Comparison

    /// `a op b`, whatever it returns.
    @inlinable public func richCompare(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Value {
        if Value.bothSmallInts(a, b) { return Value(compare(a.smallInt, b.smallInt, op)) }
        return try richCompareSlow(a, b, op)
    }

    /// `a op b` of native values.
    @inlinable @inline(__always) func compare<Number: Comparable>(_ a: Number, _ b: Number, _ op: CompareOp) -> Bool {
        switch op {
        case .lt: return a < b
        case .le: return a <= b
        case .eq: return a == b
        case .ne: return a != b
        case .gt: return a > b
        case .ge: return a >= b
        }
    }

    @inline(never) public func richCompareSlow(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Value {
        try enterRecursion(" in comparison")
        defer { leaveRecursion() }
        let ta = type(of: a), tb = type(of: b)
        var triedReflected = false
        if ta != tb, let slot = tb.slots.richcompare, tb.isSubtype(of: ta) {
            triedReflected = true
            let result = slot(self, b, a, op.reflected.rawValue)
            if result != .notImplemented { return try check(result) }
        }
        if let slot = ta.slots.richcompare {
            let result = slot(self, a, b, op.rawValue)
            if result != .notImplemented { return try check(result) }
        }
        if !triedReflected { return try richCompareReflected(a, b, op) }
        return try identityOrError(a, b, op)
    }

    /// The rest of a comparison after the left operand said NotImplemented.
    func richCompareReflected(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Value {
        if let slot = type(of: b).slots.richcompare {
            let result = slot(self, b, a, op.reflected.rawValue)
            if result != .notImplemented { return try check(result) }
        }
        return try identityOrError(a, b, op)
    }

    private func identityOrError(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Value {
        switch op {
        case .eq: return Value(a == b)
        case .ne: return Value(a != b)
        case .lt, .le, .gt, .ge:
            throw raise(
                .typeError, "'\(op.symbol)' not supported between instances of '\(typeName(a))' and '\(typeName(b))'")
        }
    }

    /// `bool(a op b)`, with identity implying equality (`PyObject_RichCompareBool`).
    @inlinable public func compareBool(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Bool {
        if Value.bothSmallInts(a, b) { return compare(a.smallInt, b.smallInt, op) }
        if a == b && !a.isDouble {
            if op == .eq { return true }
            if op == .ne { return false }
        }
        return try compareBoolSlow(a, b, op)
    }
    @inline(never) public func compareBoolSlow(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Bool {
        if a == b {
            // The same NaN object: identity wins, as in CPython's containers.
            if op == .eq { return true }
            if op == .ne { return false }
        }
        if a.isDouble && b.isDouble {
            return compare(a.double, b.double, op)
        }
        if isExactStr(a) && isExactStr(b) {
            switch op {
            case .eq: return PyStr(a).equals(PyStr(b))
            case .ne: return !PyStr(a).equals(PyStr(b))
            case .lt: return strLess(PyStr(a), PyStr(b))
            case .gt: return strLess(PyStr(b), PyStr(a))
            case .le: return !strLess(PyStr(b), PyStr(a))
            case .ge: return !strLess(PyStr(a), PyStr(b))
            }
        }
        if (op == .eq || op == .ne) && a.isExactly(types.tuple) && b.isExactly(types.tuple) {
            return try equalTuples(PyTuple(a), PyTuple(b)) == (op == .eq)
        }
        return try isTrue(richCompareSlow(a, b, op))
    }

    /// `a == b` of exact tuples: item by item as far as both go, then the lengths.
    private func equalTuples(_ a: PyTuple, _ b: PyTuple) throws(Raised) -> Bool {
        try enterRecursion(" in comparison")
        defer { leaveRecursion() }
        let count = min(a.count, b.count)
        var i = 0
        while i < count {
            let x = a[i], y = b[i]
            i &+= 1
            if Value.bothSmallInts(x, y) {
                if x != y { return false }
            } else if isExactStr(x) && isExactStr(y) {
                if x != y && !PyStr(x).equals(PyStr(y)) { return false }
            } else if try !equalKeys(x, y) {
                return false
            }
        }
        return a.count == b.count
    }

    /// Key equality in dicts and sets: identity or `==`.
    @inlinable public func equalKeys(_ a: Value, _ b: Value) throws(Raised) -> Bool { try compareBool(a, b, .eq) }

    // MARK: Class tests

    /// Exact layout test without hooks: `PyObject_TypeCheck`.
    @inlinable public func isInstance(_ value: Value, ofType type: PyType) -> Bool { self.type(of: value).isSubtype(of: type) }

    @inlinable @inline(__always) public func isType(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.typeSubclass.rawValue != 0
    }
    @inlinable @inline(__always) public func isException(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.exceptionSubclass.rawValue != 0
    }
    /// A class derived from BaseException.
    @inlinable public func isExceptionClass(_ value: Value) -> Bool {
        isType(value) && PyType(value).flags.rawValue & TypeFlags.exceptionSubclass.rawValue != 0
    }

    /// `isinstance(value, cls)` with every hook.
    public func isInstance(_ value: Value, _ cls: Value) throws(Raised) -> Bool {
        if type(of: value).value == cls { return true }
        if cls.isExactly(types.type) { return try recursiveIsInstance(value, cls) }
        if isTuple(cls) {
            try enterRecursion(" in __instancecheck__")
            defer { leaveRecursion() }
            let choices = PyTuple(cls)
            for i in 0..<choices.count where try isInstance(value, choices[i]) { return true }
            return false
        }
        var unbound = false
        let hook = try lookupSpecial(cls, names.__instancecheck__, &unbound)
        if !hook.isNull {
            try enterRecursion(" in __instancecheck__")
            defer { leaveRecursion() }
            return try isTrue(unbound ? call(hook, cls, value) : call(hook, value))
        }
        return try recursiveIsInstance(value, cls)
    }

    /// Without `__instancecheck__`: the MRO, then `__class__`.
    public func recursiveIsInstance(_ value: Value, _ cls: Value) throws(Raised) -> Bool {
        if isType(cls) {
            if type(of: value).isSubtype(of: PyType(cls)) { return true }
            let claimed = try getAttrIfPresent(value, names.__class__)
            if !claimed.isNull && claimed != type(of: value).value && isType(claimed) { return PyType(claimed).isSubtype(of: PyType(cls)) }
            return false
        }
        if try abstractBases(cls).isNull {
            throw raise(.typeError, "isinstance() arg 2 must be a type, a tuple of types, or a union")
        }
        let claimed = try getAttrIfPresent(value, names.__class__)
        if claimed.isNull { return false }
        return try abstractIsSubclass(claimed, cls)
    }

    /// `issubclass(derived, cls)` with every hook.
    public func isSubclass(_ derived: Value, _ cls: Value) throws(Raised) -> Bool {
        if cls.isExactly(types.type) {
            if derived == cls { return true }
            return try recursiveIsSubclass(derived, cls)
        }
        if isTuple(cls) {
            try enterRecursion(" in __subclasscheck__")
            defer { leaveRecursion() }
            let choices = PyTuple(cls)
            for i in 0..<choices.count where try isSubclass(derived, choices[i]) { return true }
            return false
        }
        var unbound = false
        let hook = try lookupSpecial(cls, names.__subclasscheck__, &unbound)
        if !hook.isNull {
            try enterRecursion(" in __subclasscheck__")
            defer { leaveRecursion() }
            return try isTrue(unbound ? call(hook, cls, derived) : call(hook, derived))
        }
        return try recursiveIsSubclass(derived, cls)
    }

    public func recursiveIsSubclass(_ derived: Value, _ cls: Value) throws(Raised) -> Bool {
        if isType(derived) && isType(cls) { return PyType(derived).isSubtype(of: PyType(cls)) }
        if try abstractBases(derived).isNull { throw raise(.typeError, "issubclass() arg 1 must be a class") }
        if !isExactly(cls, types.unionType), try abstractBases(cls).isNull {
            throw raise(.typeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union")
        }
        return try abstractIsSubclass(derived, cls)
    }

    private func isExactly(_ value: Value, _ type: PyType) -> Bool { value.isExactly(type) }

    /// `__bases__` if it is a tuple, else NULL.
    private func abstractBases(_ cls: Value) throws(Raised) -> Value {
        let bases = try getAttrIfPresent(cls, names.__bases__)
        return !bases.isNull && isTuple(bases) ? bases : .null
    }

    private func abstractIsSubclass(_ derived: Value, _ cls: Value) throws(Raised) -> Bool {
        var current = derived
        while true {
            if current == cls { return true }
            let bases = try abstractBases(current)
            if bases.isNull { return false }
            let tuple = PyTuple(bases)
            if tuple.count == 0 { return false }
            if tuple.count == 1 {
                current = tuple[0]
                continue
            }
            try enterRecursion(" in __issubclass__")
            defer { leaveRecursion() }
            for i in 0..<tuple.count where try abstractIsSubclass(tuple[i], cls) { return true }
            return false
        }
    }
}
