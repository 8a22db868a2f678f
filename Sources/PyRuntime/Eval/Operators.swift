// Operators of Python classes: a special method that is a plain Python function becomes a frame of the same loop, its operands
// in place above the running frame. What the loop does with the value is in `finishOperation`; what is not this simple goes
// through the type's slots. A frame so pushed is announced by `throw Raised()` with no exception set: the loop's `catch` goes on
// with the frame on top, and its fast paths know nothing of all this. CPython: the slot_* functions of Objects/typeobject.c, binary_op1 in Objects/abstract.c.
//
//   running frame's registers │ a │ b │ self │ argument ...
//                         end ┘       └ base of the method's frame

extension VM {
    /// Whether the class of `value` was made by a class statement.
    @inline(__always) private func isClassInstance(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.heapType.rawValue != 0
    }

    /// Pushes `function` on `arguments`; `a` and `b` are kept for `finishOperation`. False: nothing was done.
    @inline(__always) private func pushOperation(
        _ frame: UnsafeMutablePointer<Frame>, _ op: ExecOp, _ stage: FrameFlags, _ function: Value, result: Int,
        keeping a: Value = .null, _ b: Value = .null, on count: Int, _ first: Value, _ second: Value = .null, _ third: Value = .null
    ) -> Bool {
        let end = frame.pointee.end
        if end + 5 > thread.pointee.stackLimit { return false }
        end[0] = a
        end[1] = b
        end[2] = first
        if count > 1 { end[3] = second }
        if count > 2 { end[4] = third }
        guard let next = pushSimple(thread, eval, frame, function, end + 2, count, result) else { return false }
        next.pointee.flags = FrameFlags(rawValue: FrameFlags.operation.rawValue | stage.rawValue | UInt32(op.rawValue) << 16)
        return true
    }

    // MARK: Asking

    /// `a op b` for the instruction `word`. False: nothing was done.
    private func pushBinary(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ op: BinaryOp, _ a: Value, _ b: Value) -> Bool {
        guard let names = operatorNames(op) else { return false }
        let code = ExecWord.op(word), result = ExecWord.a(word), inplace = ExecWord.f(word) != 0
        if isClassInstance(a) {
            let ta = a.objectType
            if isClassInstance(b) {
                // A subclass may have the first word.
                let tb = b.objectType
                if tb != ta && tb.isSubtype(of: ta) { return false }
            }
            if inplace {
                let function = lookup(ta, names.inplace)
                if !function.isNull {
                    if !function.isExactly(types.function) { return false }
                    return pushOperation(frame, code, [.inplaceForm, .askedInplace], function, result: result, keeping: a, b, on: 2, a, b)
                }
            }
            let function = lookup(ta, names.plain)
            guard function.isExactly(types.function) else { return false }
            return pushOperation(frame, code, inplace ? .inplaceForm : [], function, result: result, keeping: a, b, on: 2, a, b)
        }
        // Numbers know nothing of classes that are no numbers.
        if (a.isSmallInt || a.isDouble) && isClassInstance(b) {
            let tb = b.objectType
            if tb.flags.contains(.intSubclass) || tb.isSubtype(of: types.float) { return false }
            let function = lookup(tb, names.reflected)
            guard function.isExactly(types.function) else { return false }
            let stage: FrameFlags = inplace ? [.inplaceForm, .askedReflected] : .askedReflected
            return pushOperation(frame, code, stage, function, result: result, keeping: a, b, on: 2, b, a)
        }
        return false
    }

    @inline(never) func binarySlow(_ word: UInt64, _ regs: UnsafeMutablePointer<Value>) throws(Raised) {
        let a = regs[ExecWord.b(word)], b = regs[ExecWord.c(word)]
        if (isClassInstance(a) || isClassInstance(b))
            && pushBinary(eval.pointee.top, word, binaryOperation(ExecWord.op(word)), a, b)
        {
            throw Raised()
        }
        regs[ExecWord.a(word)] = try operate(word, a, b)
    }

    /// `pc` is past the constant.
    @inline(never) func binaryConstantSlow(
        _ word: UInt64, _ regs: UnsafeMutablePointer<Value>, _ pc: UnsafeMutablePointer<UInt64>
    ) throws(Raised) {
        let a = regs[ExecWord.b(word)], b = Value(bits: pc[-1])
        if isClassInstance(a) && pushBinary(eval.pointee.top, word, binaryOperation(ExecWord.op(word)), a, b) { throw Raised() }
        regs[ExecWord.a(word)] = try operate(word, a, b)
    }

    @inline(never) func unarySlow(_ word: UInt64, _ regs: UnsafeMutablePointer<Value>) throws(Raised) {
        let x = regs[ExecWord.b(word)], op = ExecWord.op(word)
        if isClassInstance(x) {
            let name = op == .negative ? names.__neg__ : op == .positive ? names.__pos__ : names.__invert__
            let function = lookup(x.objectType, name)
            if function.isExactly(types.function)
                && pushOperation(eval.pointee.top, op, [], function, result: ExecWord.a(word), on: 1, x)
            {
                throw Raised()
            }
        }
        switch op {
        case .negative: regs[ExecWord.a(word)] = try negative(x)
        case .positive: regs[ExecWord.a(word)] = try positive(x)
        default: regs[ExecWord.a(word)] = try invert(x)
        }
    }

    /// A comparison of `x` with anything, for the instruction `word`. False: nothing was done.
    func pushCompare(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ x: Value, _ y: Value, _ op: CompareOp) -> Bool {
        guard isClassInstance(x) else { return false }
        let tx = x.objectType
        if isClassInstance(y) {
            let ty = y.objectType
            if ty != tx && ty.isSubtype(of: tx) { return false }
        }
        let function = lookup(tx, comparisonName(op))
        guard function.isExactly(types.function) else { return false }
        return pushOperation(frame, ExecWord.op(word), [], function, result: ExecWord.a(word), keeping: x, y, on: 2, x, y)
    }

    /// `container[key]`. False: nothing was done.
    func pushItem(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ container: Value, _ key: Value) -> Bool {
        guard isClassInstance(container) else { return false }
        let function = lookup(container.objectType, names.__getitem__)
        guard function.isExactly(types.function) else { return false }
        return pushOperation(frame, ExecWord.op(word), [], function, result: ExecWord.a(word), on: 2, container, key)
    }

    /// `container[key] = value`. False: nothing was done.
    func pushStoreItem(_ frame: UnsafeMutablePointer<Frame>, _ container: Value, _ key: Value, _ value: Value) -> Bool {
        guard isClassInstance(container) else { return false }
        let function = lookup(container.objectType, names.__setitem__)
        guard function.isExactly(types.function) else { return false }
        return pushOperation(frame, .storeSubscr, [], function, result: 0, on: 3, container, key, value)
    }

    /// `item in container`. False: nothing was done.
    func pushContains(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ item: Value, _ container: Value) -> Bool {
        guard isClassInstance(container) else { return false }
        let function = lookup(container.objectType, names.__contains__)
        guard function.isExactly(types.function) else { return false }
        return pushOperation(frame, .containsOp, [], function, result: ExecWord.a(word), on: 2, container, item)
    }

    /// The next item of an iterator that is a Python object. False: nothing was done.
    func pushNext(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ iterator: Value) -> Bool {
        guard isClassInstance(iterator) else { return false }
        let function = lookup(iterator.objectType, names.__next__)
        guard function.isExactly(types.function) else { return false }
        return pushOperation(frame, .forIter, [], function, result: ExecWord.a(word), on: 1, iterator)
    }

    /// `with manager`: `__exit__`, bound, takes the manager's register, and `__enter__` runs. False: nothing was done.
    func pushEnter(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64) -> Bool {
        let slot = frame.pointee.base + ExecWord.a(word)
        let manager = slot[0]
        guard isClassInstance(manager) else { return false }
        let enter = lookup(manager.objectType, names.__enter__), exit = lookup(manager.objectType, names.__exit__)
        guard enter.isExactly(types.function), exit.isExactly(types.function) else { return false }
        let bound = newBoundMethod(exit, manager)
        guard pushOperation(frame, .setupWith, [], enter, result: ExecWord.a(word) + 1, on: 1, manager) else { return false }
        slot[0] = bound
        slot[1] = .none
        return true
    }

    // MARK: Answering

    /// What the loop does with `value`, which the special method of an instruction of `frame` returned. `frame` is on top again.
    @inline(never) func finishOperation(
        _ frame: UnsafeMutablePointer<Frame>, _ flags: FrameFlags, _ value: Value, result: Int
    ) throws(Raised) {
        let op = ExecOp(rawValue: UInt8(truncatingIfNeeded: flags.rawValue >> 16)) ?? .nop
        let regs = frame.pointee.base
        let pc = frame.pointee.pc
        switch op {
        case .subscr, .subscrK, .negative, .positive, .invert, .setupWith: regs[result] = value
        case .storeSubscr: break
        case .forIter:
            regs[result] = value
            frame.pointee.pc = pc + 1
        case .containsOp: regs[result] = Value(try isTrue(value) != (ExecWord.f(pc[-1]) != 0))
        case .compare:
            let comparison = CompareOp(rawValue: ExecWord.f(pc[-1])) ?? .eq
            regs[result] = try value == .notImplemented
                ? richCompareReflected(frame.pointee.end[0], frame.pointee.end[1], comparison) : value
        case .jumpLt, .jumpLtK, .jumpLe, .jumpLeK, .jumpEq, .jumpEqK, .jumpNe, .jumpNeK, .jumpGt, .jumpGtK, .jumpGe, .jumpGeK:
            try finishCompareJump(frame, op, value)
        default:
            regs[result] = try value == .notImplemented
                ? operatorAfter(binaryOperation(op), flags, frame.pointee.end[0], frame.pointee.end[1]) : value
        }
    }

    private func finishCompareJump(_ frame: UnsafeMutablePointer<Frame>, _ op: ExecOp, _ value: Value) throws(Raised) {
        let pc = frame.pointee.pc
        let comparison: CompareOp
        switch op {
        case .jumpLt, .jumpLtK: comparison = .lt
        case .jumpLe, .jumpLeK: comparison = .le
        case .jumpEq, .jumpEqK: comparison = .eq
        case .jumpNe, .jumpNeK: comparison = .ne
        case .jumpGt, .jumpGtK: comparison = .gt
        default: comparison = .ge
        }
        var value = value
        if value == .notImplemented { value = try richCompareReflected(frame.pointee.end[0], frame.pointee.end[1], comparison) }
        let truth = try isTrue(value) ? 1 : 0
        if truth != ExecWord.f(pc[-1]) {
            frame.pointee.pc = pc + 1
        } else {
            switch op {
            case .jumpLtK, .jumpLeK, .jumpEqK, .jumpNeK, .jumpGtK, .jumpGeK: frame.pointee.pc = pc + ExecWord.off(pc[-1])
            default: frame.pointee.pc = pc + ExecWord.distance(pc.pointee)
            }
        }
    }

    /// What is left to ask after a method said NotImplemented.
    private func operatorAfter(_ op: BinaryOp, _ flags: FrameFlags, _ a: Value, _ b: Value) throws(Raised) -> Value {
        var result = Value.notImplemented
        if flags.contains(.askedInplace) {
            result = try binarySlots(op, a, b)
        } else if !flags.contains(.askedReflected) {
            result = try askReflected(op, a, b)
        }
        if result != .notImplemented { return result }
        return flags.contains(.inplaceForm) ? try inplaceSequences(op, a, b) : try binarySequences(op, a, b)
    }

    /// The right operand, when the left one's Python method gave up.
    private func askReflected(_ op: BinaryOp, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let ta = type(of: a), tb = type(of: b)
        guard ta != tb, let slot = op.slot(tb.slotsPointer) else { return .notImplemented }
        let own = op.slot(ta.slotsPointer).map { unsafeBitCast($0, to: UInt.self) }
        if own != unsafeBitCast(slot, to: UInt.self) { return try check(slot(self, a, b)) }
        // Both have the slot of Python methods, which would ask the left one again.
        guard let names = operatorNames(op) else { return .notImplemented }
        let result = try callSpecial(b, names.reflected, a)
        return result.isNull ? .notImplemented : result
    }

    /// The iterator of a FOR_ITER raised: true if it was StopIteration, and the loop's frame goes on behind the loop.
    func endIteration(_ frame: UnsafeMutablePointer<Frame>) -> Bool {
        if !raisedMatches(.stopIteration) { return false }
        if eval.pointee.traceFunction.isObject {
            traceException(frame, phase: .executing)
            if !raisedMatches(.stopIteration) { return false }
        }
        clearRaised()
        frame.pointee.pc += ExecWord.distance(frame.pointee.pc.pointee)
        return true
    }

    // MARK: Names

    private func comparisonName(_ op: CompareOp) -> Value {
        switch op {
        case .lt: return names.__lt__
        case .le: return names.__le__
        case .eq: return names.__eq__
        case .ne: return names.__ne__
        case .gt: return names.__gt__
        case .ge: return names.__ge__
        }
    }

    private func operatorNames(_ op: BinaryOp) -> (plain: Value, reflected: Value, inplace: Value)? {
        switch op {
        case .add: return (names.__add__, names.__radd__, names.__iadd__)
        case .subtract: return (names.__sub__, names.__rsub__, names.__isub__)
        case .multiply: return (names.__mul__, names.__rmul__, names.__imul__)
        case .remainder: return (names.__mod__, names.__rmod__, names.__imod__)
        case .lshift: return (names.__lshift__, names.__rlshift__, names.__ilshift__)
        case .rshift: return (names.__rshift__, names.__rrshift__, names.__irshift__)
        case .and: return (names.__and__, names.__rand__, names.__iand__)
        case .xor: return (names.__xor__, names.__rxor__, names.__ixor__)
        case .or: return (names.__or__, names.__ror__, names.__ior__)
        case .floorDivide: return (names.__floordiv__, names.__rfloordiv__, names.__ifloordiv__)
        case .trueDivide: return (names.__truediv__, names.__rtruediv__, names.__itruediv__)
        case .matrixMultiply: return (names.__matmul__, names.__rmatmul__, names.__imatmul__)
        case .power, .divmod: return nil
        }
    }
}
