import PyNumerics

// Short names the evaluator uses for kernel operations, and the slow halves of arithmetic, comparison and subscription.

extension VM {
    @inline(__always) func callObject(
        _ callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value
    ) throws(Raised) -> Value {
        try call(callee, arguments, count, keywords: names)
    }
    public func text(_ value: Value) -> String { PyStr(value).string }
    func lookupAttr(_ object: Value, _ name: Value) throws(Raised) -> Value { try getAttrIfPresent(object, name) }
    func updateDict(_ dict: PyDict, from mapping: Value) throws(Raised) {
        if mapping.isExactly(types.dict) { return try dictMerge(dict, mapping) }
        let keys = try callMethod(mapping, names.keys)
        let iterator = try iter(keys)
        while let key = try next(iterator) { try dict.set(self, key, try getItem(mapping, key)) }
    }


    /// A special method bound to its receiver; NULL if the type has none.
    func specialMethod(_ receiver: Value, _ name: Value) throws(Raised) -> Value {
        let found = lookup(type(of: receiver), name)
        if found.isObject, let get = found.objectType.slots.descrGet {
            return try check(get(self, found, receiver, type(of: receiver).value))
        }
        return found
    }

    /// Identity as `is` shows it: equal words. Numbers that are immediates are identical when equal, as small ints are in CPython.
    @inline(__always) func identical(_ a: Value, _ b: Value) -> Bool { a == b }

    // MARK: Arithmetic

    func binaryOperation(_ op: ExecOp) -> BinaryOp {
        switch op {
        case .add, .addK: return .add
        case .sub, .subK: return .subtract
        case .mul, .mulK: return .multiply
        case .trueDiv, .trueDivK: return .trueDivide
        case .floorDiv, .floorDivK: return .floorDivide
        case .mod, .modK: return .remainder
        case .pow, .powK: return .power
        case .matmul: return .matrixMultiply
        case .lshift, .lshiftK: return .lshift
        case .rshift, .rshiftK: return .rshift
        case .and, .andK: return .and
        case .xor: return .xor
        default: return .or
        }
    }

    func operate(_ word: UInt64, _ x: Value, _ y: Value) throws(Raised) -> Value {
        let op = binaryOperation(ExecWord.op(word))
        if let a = wordInt(x), let b = wordInt(y), let result = machineOperation(op, a, b) { return int(result) }
        if op == .add && x.isExactly(types.str) && y.isExactly(types.str) { return try strConcat(PyStr(x), PyStr(y)) }
        if op == .add || op == .subtract || op == .multiply {
            let mixed = mixedFloat(x, y) { a, b in
                op == .add ? Value(a + b) : op == .subtract ? Value(a - b) : Value(a * b)
            }
            if !mixed.isNull { return mixed }
        }
        return ExecWord.f(word) == 0 ? try binary(op, x, y) : try inplace(op, x, y)
    }

    /// An exact int that fits a machine word.
    @inline(__always) private func wordInt(_ value: Value) -> Int? {
        if value.isSmallInt { return value.smallInt }
        guard value.isExactly(types.int) else { return nil }
        let layout = value.cast(IntLayout.self)
        let count = layout.pointee.signedCount
        if count != 1 && count != -1 { return nil }
        let magnitude = VM.limbs(layout)[0]
        if magnitude > UInt64(Int.max) { return nil }
        let n = Int(truncatingIfNeeded: magnitude)
        return count < 0 ? 0 &- n : n
    }

    /// nil: the result does not fit, or is not this simple.
    @inline(__always) private func machineOperation(_ op: BinaryOp, _ a: Int, _ b: Int) -> Int? {
        switch op {
        case .add:
            let (r, overflow) = a.addingReportingOverflow(b)
            return overflow ? nil : r
        case .subtract:
            let (r, overflow) = a.subtractingReportingOverflow(b)
            return overflow ? nil : r
        case .multiply:
            let (r, overflow) = a.multipliedReportingOverflow(by: b)
            return overflow ? nil : r
        case .and: return a & b
        case .or: return a | b
        case .xor: return a ^ b
        case .remainder:
            if b <= 0 { return nil }
            let r = a % b
            return r < 0 ? r + b : r
        case .floorDivide:
            if b <= 0 { return nil }
            let (q, r) = a.quotientAndRemainder(dividingBy: b)
            return r < 0 ? q - 1 : q
        case .rshift: return b < 0 ? nil : a >> min(b, 63)
        case .lshift: return b < 0 || b > 62 || a.magnitude.leadingZeroBitCount <= b + 1 ? nil : a << b
        default: return nil
        }
    }

    // MARK: Comparison

    /// 1 or 0: the truth of a comparison that a jump of the running frame asks for.
    @inline(never) func compareSlow(_ x: Value, _ y: Value, _ op: CompareOp) throws(Raised) -> Int {
        if x.isObject && y.isObject && x.objectType == types.str && y.objectType == types.str {
            let holds: Bool
            switch op {
            case .eq: holds = x == y || PyStr(x).equals(PyStr(y))
            case .ne: holds = x != y && !PyStr(x).equals(PyStr(y))
            case .lt: holds = strLess(PyStr(x), PyStr(y))
            case .gt: holds = strLess(PyStr(y), PyStr(x))
            case .le: holds = !strLess(PyStr(y), PyStr(x))
            case .ge: holds = !strLess(PyStr(x), PyStr(y))
            }
            return holds ? 1 : 0
        }
        if op != .eq && op != .ne && x.isExactly(types.str) && y.isExactly(types.str) { return try compareBool(x, y, op) ? 1 : 0 }
        let frame = eval.pointee.top
        if pushCompare(frame, frame.pointee.pc[-1], x, y, op) { throw Raised() }
        // Unlike containers, an operator asks `__eq__` even for identical operands.
        let result = try richCompare(x, y, op)
        if result.isBool { return result.isTrue ? 1 : 0 }
        return try isTrue(result) ? 1 : 0
    }

    @inline(never) func compareToValue(_ word: UInt64, _ regs: UnsafeMutablePointer<Value>) throws(Raised) {
        let op = CompareOp(rawValue: ExecWord.f(word)) ?? .eq
        let x = regs[ExecWord.b(word)], y = regs[ExecWord.c(word)]
        if Value.bothSmallInts(x, y) {
            regs[ExecWord.a(word)] = Value(compare(x.smallInt, y.smallInt, op))
            return
        }
        if x.isDouble && y.isDouble {
            // Not `compareBoolSlow`: an operator does not take a NaN for equal to itself.
            regs[ExecWord.a(word)] = Value(compare(x.double, y.double, op))
            return
        }
        if x.isExactly(types.str) && y.isExactly(types.str) && x != y {
            regs[ExecWord.a(word)] = Value(try compareBoolSlow(x, y, op))
            return
        }
        if pushCompare(eval.pointee.top, word, x, y, op) { throw Raised() }
        regs[ExecWord.a(word)] = try richCompare(x, y, op)
    }

    @inline(never) func containsSlow(_ item: Value, _ container: Value) throws(Raised) -> Bool {
        if container.isExactly(types.dict) { return try !PyDict(container).get(self, item).isNull }
        if (item.isSmallInt || isExactStr(item)) && isExactAnySet(container) { return try PySet(container).contains(self, item) }
        let frame = eval.pointee.top
        if pushContains(frame, frame.pointee.pc[-1], item, container) { throw Raised() }
        return try contains(container, item)
    }

    // MARK: Items

    /// `list[i]` and `tuple[i]` in range; else NULL.
    @inline(__always) func fastItem(_ container: Value, _ index: Int) -> Value {
        let type = container.objectType
        if type == types.list {
            let list = container.cast(ListLayout.self)
            let count = list.pointee.count
            let i = index < 0 ? index &+ count : index
            if i >= 0 && i < count, let items = list.pointee.items { return items[i] }
        } else if type == types.tuple {
            let tuple = PyTuple(container)
            let count = tuple.count
            let i = index < 0 ? index &+ count : index
            if i >= 0 && i < count { return tuple.items[i] }
        }
        return .null
    }

    @inline(never) func subscrSlow(_ container: Value, _ key: Value) throws(Raised) -> Value {
        let frame = eval.pointee.top
        if pushItem(frame, frame.pointee.pc[-1], container, key) { throw Raised() }
        return try subscrPlain(container, key)
    }

    @inline(__always) private func subscrPlain(_ container: Value, _ key: Value) throws(Raised) -> Value {
        if container.isExactly(types.dict) {
            let found = try PyDict(container).get(self, key)
            if !found.isNull { return found }
        } else if key.isSmallInt && container.isExactly(types.str) {
            let text = PyStr(container)
            let i = key.smallInt < 0 ? key.smallInt &+ text.count : key.smallInt
            if i >= 0 && i < text.count { return str(codePoint: text[i]) }
        }
        return try getItem(container, key)
    }

    /// The same with a constant key, which the frame's pc is past.
    @inline(never) func subscrConstantSlow(_ container: Value, _ key: Value) throws(Raised) -> Value {
        let frame = eval.pointee.top
        if pushItem(frame, frame.pointee.pc[-2], container, key) { throw Raised() }
        return try subscrPlain(container, key)
    }

    @inline(never) func storeSubscrSlow(_ container: Value, _ key: Value, _ value: Value) throws(Raised) {
        if container.isExactly(types.dict) { return try PyDict(container).set(self, key, value) }
        if pushStoreItem(eval.pointee.top, container, key, value) { throw Raised() }
        try setItem(container, key, value)
    }

    /// The next item for FOR_ITER, NULL when exhausted.
    @inline(never) func iterateSlow(_ iterator: Value) throws(Raised) -> Value {
        if iterator.isObject {
            let type = iterator.objectType
            if type == types.dictKeyIterator {
                guard let entry = try nextEntry(iterator.cast(TableIteratorLayout.self)) else { return .null }
                return entry.pointee.key
            }
            if type == types.setIterator { return try nextOfSet(iterator.cast(TableIteratorLayout.self)) }
            if type == types.dictValueIterator {
                guard let entry = try nextEntry(iterator.cast(TableIteratorLayout.self)) else { return .null }
                return entry.pointee.value
            }
        }
        let frame = eval.pointee.top
        if pushNext(frame, frame.pointee.pc[-1], iterator) { throw Raised() }
        guard let slot = type(of: iterator).slots.iternext else {
            throw raise(.typeError, "'\(typeName(iterator))' object is not an iterator")
        }
        let item = slot(self, iterator)
        if item.isNull && hasRaised {
            if !raisedMatches(.stopIteration) { throw Raised() }
            if eval.pointee.traceFunction.isObject {
                traceException(eval.pointee.top, phase: .executing)
                if !raisedMatches(.stopIteration) { throw Raised() }
            }
            clearRaised()
        }
        return item
    }

    /// LIST_APPEND.
    @inline(__always) func listAppend(_ list: Value, _ item: Value) throws(Raised) {
        guard list.isExactly(types.list) else { throw raiseBadOperand() }
        try PyList(list).append(self, item)
    }

    /// Code that no compiler wrote can give an instruction anything to work on.
    @inline(never) func raiseBadOperand() -> Raised { raise(.systemError, "bad operand of an instruction") }

    /// What CALL_FUNCTION_KW takes for names: a tuple of at most `count` strings.
    @inline(__always) func checkKeywordNames(_ names: Value, _ count: Int) throws(Raised) {
        guard names.isExactly(types.tuple), PyTuple(names).count <= count else { throw raiseBadOperand() }
        for i in 0..<PyTuple(names).count where !isStr(PyTuple(names)[i]) { throw raiseBadOperand() }
    }

    /// Concatenates `count` strings: BUILD_STRING.
    func joinStrings(_ items: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        if count == 0 { return emptyStr }
        var total = 0
        var kind = 1
        var ascii = true
        for i in 0..<count {
            guard isStr(items[i]) else { throw raise(.systemError, "BUILD_STRING of something else than str") }
            let part = PyStr(items[i])
            total += part.count
            kind = max(kind, part.kind)
            if !part.isASCII { ascii = false }
        }
        let result = try newStr(count: total, kind: kind, ascii: ascii)
        var at = 0
        for i in 0..<count {
            let part = PyStr(items[i])
            copyCharacters(part, into: result, at: at)
            at += part.count
        }
        return result.value
    }
}

// MARK: - Objects made here until their types' files offer a constructor

extension VM {
    func complexObject(_ real: Double, _ imag: Double) -> Value {
        let cell = allocateUninitialized(MemoryLayout<ComplexLayout>.size, types.complex).assumingMemoryBound(to: ComplexLayout.self)
        cell.pointee.real = real
        cell.pointee.imag = imag
        return Value(cell)
    }

    func bytesObject(_ bytes: [UInt8]) -> Value {
        if bytes.isEmpty { return state.pointee.emptyBytes }
        return bytes.withUnsafeBufferPointer { newBytes($0) }
    }

    /// A copy of the bytes. May collect.
    /// - Throws: MemoryError.
    func bytesObject(copying bytes: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        if bytes.isEmpty { return state.pointee.emptyBytes }
        try checkAllocation(MemoryLayout<BytesLayout>.size + bytes.count + 1)
        return newBytes(bytes)
    }

    private func newBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        let size = MemoryLayout<BytesLayout>.size + bytes.count + 1
        let cell = allocateUninitialized(size, types.bytes).assumingMemoryBound(to: BytesLayout.self)
        cell.pointee.hash = -1
        cell.pointee.count = bytes.count
        let start = (UnsafeMutableRawPointer(cell) + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        if let source = bytes.baseAddress { start.update(from: source, count: bytes.count) }
        start[bytes.count] = 0
        return Value(cell)
    }

    func intObject(_ big: BigInt) -> Value {
        let count = big.magnitude.count
        let cell = allocateZeroed(MemoryLayout<IntLayout>.size + count * 8, types.int).assumingMemoryBound(to: IntLayout.self)
        cell.pointee.signedCount = big.isNegative ? -count : count
        let limbs = (UnsafeMutableRawPointer(cell) + MemoryLayout<IntLayout>.size).assumingMemoryBound(to: UInt64.self)
        for i in 0..<count { limbs[i] = big.magnitude[i] }
        return Value(cell)
    }

    /// Code points of `part` into `result` from index `at`; `result` is at least as wide.
    func copyCharacters(_ part: PyStr, into result: PyStr, at: Int) {
        let count = part.count
        if part.kind == result.kind {
            (result.bytes + at * result.kind).update(from: part.bytes, count: part.byteCount)
        } else if result.kind == 2 {
            for i in 0..<count { result.units16[at + i] = UInt16(part.bytes[i]) }
        } else if part.kind == 1 {
            for i in 0..<count { result.units32[at + i] = UInt32(part.bytes[i]) }
        } else {
            for i in 0..<count { result.units32[at + i] = UInt32(part.units16[i]) }
        }
    }

    func setAdd(_ set: Value, _ item: Value) throws(Raised) {
        guard set.isExactly(types.set) else { throw raiseBadOperand() }
        if !PySet(set).addPlain(self, item) { try PySet(set).add(self, item) }
    }
    func setUpdate(_ set: Value, _ items: Value) throws(Raised) {
        guard set.isExactly(types.set) else { throw raiseBadOperand() }
        try setUpdate(PySet(set), items)
    }

    /// Whether calling `type` makes an instance the ordinary way: `type.__call__`, `object.__new__`.
    func isPlainObjectNew(_ type: PyType) -> Bool {
        guard let new = type.slots.new, let objectNew = types.object.slots.new else { return false }
        return unsafeBitCast(new, to: UInt.self) == unsafeBitCast(objectNew, to: UInt.self)
    }
}
