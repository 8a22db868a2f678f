// Which execution instructions each canonical opcode becomes.
import PyBytecode

extension Lowering {
    /// Lowers instruction `index`; may consume following ones (then it moves `index` past them).
    /// - Returns: whether control can go on to the next instruction.
    mutating func lowerInstruction(_ instruction: CanonicalInstruction) throws(LoweringError) -> Bool {
        let arg = instruction.arg
        switch instruction.op {
        case .nop, .extendedArg: break
        case .genStart, .popTop: stack.removeLast()
        case .popBlock: block = flow.node(block).parent
        case .rotTwo: rotate(2)
        case .rotThree: rotate(3)
        case .rotFour: rotate(4)
        case .rotN: rotate(arg)
        case .dupTop: stack.append(stack[stack.count - 1])
        case .dupTopTwo:
            stack.append(stack[stack.count - 2])
            stack.append(stack[stack.count - 2])
        case .loadConst: stack.append(.constant(arg))
        case .loadFast: lowerLoadFast(arg)
        case .storeFast: storeLocal(arg)
        case .deleteFast: lowerDeleteFast(arg)
        case .loadClosure: stack.append(.register(code.nlocals + arg))

        case .unaryPositive: unary(.positive)
        case .unaryNegative: unary(.negative)
        case .unaryNot: unary(.not)
        case .unaryInvert: unary(.invert)
        case .binaryAdd: binary(.add, k: .addK)
        case .binarySubtract: binary(.sub, k: .subK)
        case .binaryMultiply: binary(.mul, k: .mulK)
        case .binaryTrueDivide: binary(.trueDiv, k: .trueDivK)
        case .binaryFloorDivide: binary(.floorDiv, k: .floorDivK)
        case .binaryModulo: binary(.mod, k: .modK)
        case .binaryPower: binary(.pow, k: .powK)
        case .binaryMatrixMultiply: binary(.matmul)
        case .binaryLshift: binary(.lshift, k: .lshiftK)
        case .binaryRshift: binary(.rshift, k: .rshiftK)
        case .binaryAnd: binary(.and, k: .andK)
        case .binaryXor: binary(.xor)
        case .binaryOr: binary(.or)
        case .inplaceAdd: binary(.add, k: .addK, f: 1)
        case .inplaceSubtract: binary(.sub, k: .subK, f: 1)
        case .inplaceMultiply: binary(.mul, k: .mulK, f: 1)
        case .inplaceTrueDivide: binary(.trueDiv, k: .trueDivK, f: 1)
        case .inplaceFloorDivide: binary(.floorDiv, k: .floorDivK, f: 1)
        case .inplaceModulo: binary(.mod, k: .modK, f: 1)
        case .inplacePower: binary(.pow, k: .powK, f: 1)
        case .inplaceMatrixMultiply: binary(.matmul, f: 1)
        case .inplaceLshift: binary(.lshift, k: .lshiftK, f: 1)
        case .inplaceRshift: binary(.rshift, k: .rshiftK, f: 1)
        case .inplaceAnd: binary(.and, k: .andK, f: 1)
        case .inplaceXor: binary(.xor, f: 1)
        case .inplaceOr: binary(.or, f: 1)
        case .binarySubscr: binary(.subscr, k: .subscrK)
        case .storeSubscr:
            let r = popThree()
            emit(ExecWord.make(.storeSubscr, r.0, r.1, r.2))
        case .deleteSubscr:
            let r = popTwo()
            emit(ExecWord.make(.deleteSubscr, 0, r.0, r.1))

        case .compareOp: return lowerCompare(arg)
        case .isOp: return lowerIs(arg)
        case .containsOp:
            let r = popTwo()
            emitResult(.containsOp, f: arg, r.0, r.1)
        case .jumpForward, .jumpAbsolute:
            materialise(from: 0)
            emitJump(.jump, to: flow.target(of: index) ?? 0)
            return false
        case .popJumpIfFalse: lowerPopJump(.jumpIfFalse)
        case .popJumpIfTrue: lowerPopJump(.jumpIfTrue)
        case .jumpIfFalseOrPop: lowerJumpOrPop(.jumpIfFalse)
        case .jumpIfTrueOrPop: lowerJumpOrPop(.jumpIfTrue)
        case .jumpIfNotExcMatch:
            let r = popTwo()
            materialise(from: 0)
            emitCompareJump(.jumpIfNotExcMatch, f: 0, r.0, r.1, to: flow.target(of: index) ?? 0)
        case .forIter: lowerForIter()
        case .getIter: unary(.getIter)
        case .getYieldFromIter: unary(.getYieldFromIter)
        case .getAiter: unary(.getAiter)
        case .getAwaitable:
            // The message for a bad `async with` depends on the instruction before (3.10).
            let previous = index > 0 ? flow.instruction(index - 1).op : .nop
            let before2 = index > 1 ? flow.instruction(index - 2).op : .nop
            let f = previous == .beforeAsyncWith ? 1 : previous == .withExceptStart
                || (previous == .callFunction && before2 == .dupTop) ? 2 : 0
            let r = popRegister()
            emitResult(.getAwaitable, f: f, r)
        case .getAnext:
            materialise(from: 0)
            emitResult(.getAnext, home(stack.count - 1))
        default: return try lowerRest(instruction)
        }
        return true
    }

    // The same, second half: names, calls, containers, exceptions.
    private mutating func lowerRest(_ instruction: CanonicalInstruction) throws(LoweringError) -> Bool {
        let arg = instruction.arg
        switch instruction.op {
        case .loadGlobal: emitResult(.loadGlobal, arg, cacheWords: 3)
        case .loadName: emitResult(.loadName, arg, cacheWords: 3)
        case .storeGlobal: emitWithCache(ExecWord.make(.storeGlobal, popRegister(), arg), 2)
        case .storeName: emitWithCache(ExecWord.make(.storeName, popRegister(), arg), 2)
        case .deleteGlobal: emit(ExecWord.make(.deleteGlobal, 0, arg))
        case .deleteName: emit(ExecWord.make(.deleteName, 0, arg))
        case .loadDeref: emitResult(.loadDeref, code.nlocals + arg)
        case .storeDeref: emit(ExecWord.make(.storeDeref, code.nlocals + arg, popRegister()))
        case .deleteDeref: emit(ExecWord.make(.deleteDeref, code.nlocals + arg))
        case .loadClassderef: emitResult(.loadClassDeref, code.nlocals + arg)
        case .loadAttr:
            let r = popRegister()
            emitResult(.loadAttr, r, arg, cacheWords: 3)
        case .storeAttr:
            let r = popTwo()
            emitWithCache(ExecWord.make(.storeAttr, r.0, r.1, arg), 3)
        case .deleteAttr: emit(ExecWord.make(.deleteAttr, 0, popRegister(), arg))
        case .loadMethod:
            let r = popRegister()
            let slot = home(stack.count)
            emitWithCache(ExecWord.make(.loadMethod, slot, r, arg), 3)
            stack.append(.register(slot))
            stack.append(.register(slot + 1))
        case .callFunction: lowerCall(.call, values: arg + 1, count: arg, cacheWords: 1)
        case .callMethod: lowerCall(.callMethod, values: arg + 2, count: arg, cacheWords: 1)
        case .callFunctionKw: lowerCall(.callKw, values: arg + 2, count: arg, cacheWords: 0)
        case .callFunctionEx:
            let first = popContiguous(2 + (arg & 1))
            if mode == .traced {
                emitResult(.callTraced, f: Int(TracedCall.spread.rawValue), first, arg & 1)
            } else {
                emitResult(.callEx, f: arg & 1, first)
            }
        case .makeFunction:
            let first = popContiguous(instruction.op.pops(arg))
            emitResult(.makeFunction, f: arg, first)
        case .returnValue:
            lowerReturn()
            return false
        case .yieldValue:
            try checkSuspends()
            let r = popRegister()
            forgetOperands()
            emitResult(.yieldValue, r)
        case .yieldFrom:
            try checkSuspends()
            let first = popContiguous(2)
            emitResult(.yieldFrom, first, first + 1)
        case .buildTuple: build(.buildTuple, arg)
        case .buildList: build(.buildList, arg)
        case .buildSet: build(.buildSet, arg)
        case .buildString: build(.buildString, arg)
        case .buildMap:
            let first = popContiguous(2 * arg)
            emitResult(.buildMap, first, arg)
        case .buildConstKeyMap:
            let first = popContiguous(arg + 1)
            emitResult(.buildConstKeyMap, first, arg)
        case .buildSlice: build(.buildSlice, arg == 3 ? 3 : 2)
        case .formatValue:
            let first = arg & 4 == 4 ? popContiguous(2) : popRegister()
            emitResult(.formatValue, f: arg, first)
        case .listAppend: try append(.listAppend, arg)
        case .setAdd: try append(.setAdd, arg)
        case .listExtend: try append(.listExtend, arg)
        case .setUpdate: try append(.setUpdate, arg)
        case .dictUpdate: try append(.dictUpdate, arg)
        case .mapAdd:
            let r = popTwo()
            emit(ExecWord.make(.mapAdd, try register(below: arg), r.0, r.1))
        case .dictMerge:
            let r = popRegister()
            emit(ExecWord.make(.dictMerge, try register(below: arg), r, try register(below: arg + 2)))
        case .listToTuple: unary(.listToTuple)
        case .unpackSequence:
            let r = popRegister()
            let slot = home(stack.count)
            emit(ExecWord.make(.unpackSequence, slot, r, arg))
            for i in 0..<arg { stack.append(.register(slot + i)) }
        case .unpackEx:
            let r = popRegister()
            let slot = home(stack.count)
            emit(ExecWord.make(.unpackEx, slot, r))
            appendWord(UInt64(arg))
            for i in 0...((arg & 0xFF) + (arg >> 8)) { stack.append(.register(slot + i)) }
        case .setupFinally: enterBlock(level: stack.count)
        case .setupAsyncWith: enterBlock(level: stack.count - 1)
        case .setupWith:
            materialise(from: 0)
            emit(ExecWord.make(.setupWith, home(stack.count - 1)))
            enterBlock(level: stack.count)
            stack.append(.register(home(stack.count)))
        case .beforeAsyncWith:
            materialise(from: 0)
            emit(ExecWord.make(.beforeAsyncWith, home(stack.count - 1)))
            stack.append(.register(home(stack.count)))
        case .withExceptStart:
            materialise(from: 0)
            let top = stack.count
            emitResult(.withExceptStart, home(top - 7), home(top - 1))
        case .popExcept:
            materialise(from: 0)
            emit(ExecWord.make(.popExcept, home(stack.count - 2)))
            block = flow.node(block).parent
            stack.removeLast(3)
        case .reraise:
            materialise(from: 0)
            emit(ExecWord.make(.reraise, f: arg, home(stack.count - 2)))
            return false
        case .raiseVarargs:
            if arg > 2 { throw LoweringError(message: "bad RAISE_VARARGS oparg") }
            let r = arg == 2 ? popTwo() : (arg == 1 ? popRegister() : 0, 0)
            emit(ExecWord.make(.raise, f: arg, r.0, r.1))
            return false
        case .endAsyncFor:
            materialise(from: 0)
            emit(ExecWord.make(.endAsyncFor, home(stack.count - 7)))
            block = flow.node(block).parent
            stack.removeLast(7)
        case .loadBuildClass: emitResult(.loadBuildClass)
        case .loadAssertionError: emitResult(.loadAssertionError)
        case .setupAnnotations: emit(ExecWord.make(.setupAnnotations))
        case .importName:
            let r = popTwo()
            emitResult(.importName, r.0, r.1)
            appendWord(UInt64(arg))
        case .importFrom:
            materialise(from: 0)
            emitResult(.importFrom, home(stack.count - 1), arg)
        case .importStar: emit(ExecWord.make(.importStar, popRegister()))
        case .printExpr: emit(ExecWord.make(.printExpr, popRegister()))
        case .getLen: inspect(.getLen)
        case .matchMapping: inspect(.matchMapping)
        case .matchSequence: inspect(.matchSequence)
        case .matchKeys:
            materialise(from: 0)
            let top = stack.count
            emit(ExecWord.make(.matchKeys, home(top), home(top - 2), home(top - 1)))
            stack.append(.register(home(top)))
            stack.append(.register(home(top + 1)))
        case .matchClass:
            if arg > 255 { throw LoweringError(message: "too many positional patterns") }
            let first = popContiguous(3)
            emit(ExecWord.make(.matchClass, f: arg, first))
            stack.append(.register(first))
            stack.append(.register(first + 1))
        case .copyDictWithoutKeys:
            // TOS (the keys) is replaced by the rest of TOS1.
            materialise(from: 0)
            let top = stack.count
            stack.removeLast()
            emitResult(.copyDictWithoutKeys, home(top - 2), home(top - 1))
        default: throw LoweringError(message: "opcode \(instruction.op) cannot be lowered")
        }
        return true
    }

    // MARK: Groups

    private mutating func rotate(_ count: Int) {
        guard count > 1 else { return }
        let top = stack.pop()
        var position = stack.count - 1
        stack.append(top)
        while position > stack.count - 1 - count {
            stack[position + 1] = stack[position]
            position -= 1
        }
        stack[position + 1] = top
    }

    private mutating func lowerLoadFast(_ local: Int) {
        // A debugger may unbind a local at any time, and jump over its assignment.
        if mode == .traced || !isBound(local) {
            emit(ExecWord.make(.checkLocal, local))
            noteBound(local, true)
        }
        stack.append(.register(local))
    }

    private mutating func lowerDeleteFast(_ local: Int) {
        if stack.contains(.register(local)) { materialise(from: 0) }
        emit(ExecWord.make(.deleteFast, local))
        noteBound(local, false)
    }

    private mutating func emitWithCache(_ word: UInt64, _ cacheWords: Int) {
        emit(word)
        for _ in 0..<cacheWords { appendWord(0) }
    }

    private mutating func unary(_ op: ExecOp) {
        let r = popRegister()
        emitResult(op, r)
    }

    /// Looks at the top without popping it.
    private mutating func inspect(_ op: ExecOp) {
        materialise(from: 0)
        emitResult(op, home(stack.count - 1))
    }

    private mutating func binary(_ op: ExecOp, k: ExecOp? = nil, f: Int = 0) {
        if let k, let constant = stack.top.constant {
            prepare(2)
            if stack.top.constant == constant {
                stack.removeLast()
                let r = popRegister()
                emitResult(k, f: f, r, constant: constant)
                return
            }
        }
        let r = popTwo()
        emitResult(op, f: f, r.0, r.1)
    }

    private mutating func build(_ op: ExecOp, _ count: Int) {
        let first = popContiguous(count)
        emitResult(op, first, count)
    }

    private mutating func lowerCall(_ op: ExecOp, values: Int, count: Int, cacheWords: Int) {
        let first = popContiguous(values)
        if mode == .traced {
            emitResult(.callTraced, f: Int(TracedCall(op).rawValue), first, count)
        } else {
            emitResult(op, first, count, cacheWords: cacheWords)
        }
    }

    /// The register of stack position `depth - below` after the operands were popped.
    private mutating func register(below: Int) throws(LoweringError) -> Int {
        let position = stack.count - below
        if below < 1 || position < 0 { throw LoweringError(message: "operand outside of the stack") }
        if let r = stack[position].register { return r }
        materialise(from: position)
        return home(position)
    }

    private func checkSuspends() throws(LoweringError) {
        if code.flags.isDisjoint(with: [.generator, .coroutine, .asyncGenerator]) { throw LoweringError(message: "yield outside of a generator") }
    }

    private mutating func append(_ op: ExecOp, _ arg: Int) throws(LoweringError) {
        let r = popRegister()
        emit(ExecWord.make(op, try register(below: arg), r))
    }

    private mutating func enterBlock(level: Int) {
        // An exception leaves exactly the slots below the level: they must hold their values from here on.
        materialise(from: 0)
        let target = Int32(flow.target(of: index) ?? 0)
        block = flow.index(of: UnwindNode(kind: .handler, target: target, level: Int32(level), parent: block))
    }

    // MARK: Control

    private mutating func emitJump(_ op: ExecOp, _ a: Int = 0, to target: Int) {
        let backward = flow.instruction(target).offset <= flow.instruction(index).offset
        let word = wordCount
        emit(ExecWord.make(op == .jump && backward ? .jumpBack : op, a))
        jumpFromLastWord(to: target, instructionWord: word, alone: false)
    }

    private mutating func emitCompareJump(_ op: ExecOp, f: Int, _ a: Int, _ b: Int, to target: Int) {
        let word = wordCount
        emit(ExecWord.make(op, f: f, a, b))
        appendWord(0)
        jumpFromLastWord(to: target, instructionWord: word, alone: true)
    }

    /// Brings everything below the top `operands` positions home without disturbing those operands, if that is possible;
    /// else moves the operands home too.
    private mutating func settle(below operands: Int) {
        let limit = stack.count - operands
        for position in 0..<limit where stack[position] != .register(home(position)) {
            if let r = stack[position].register, r >= stackBase { return materialise(from: 0) }
            if stack.contains(.register(home(position)), from: limit) { return materialise(from: 0) }
        }
        // The operands stay in the memory above the end meanwhile.
        stack.count = limit
        materialise(from: 0)
        stack.count = limit + operands
    }

    private mutating func lowerPopJump(_ op: ExecOp) {
        settle(below: 1)
        let r = popRegister()
        emitJump(op, r, to: flow.target(of: index) ?? 0)
    }

    private mutating func lowerJumpOrPop(_ op: ExecOp) {
        materialise(from: 0)
        emitJump(op, home(stack.count - 1), to: flow.target(of: index) ?? 0)
        stack.removeLast()
    }

    /// The conditional jump after the current instruction if it can be fused with it: (wanted truth, target).
    private mutating func fusableJump() -> (sense: Int, target: Int)? {
        let next = index + 1
        guard mode != .traced, next < flow.count, !flow.isLeader(next) else { return nil }
        switch flow.instruction(next).op {
        case .popJumpIfFalse: return (0, flow.target(of: next) ?? 0)
        case .popJumpIfTrue: return (1, flow.target(of: next) ?? 0)
        default: return nil
        }
    }

    private mutating func lowerCompare(_ kind: Int) -> Bool {
        guard let jump = fusableJump() else {
            let r = popTwo()
            emitResult(.compare, f: kind, r.0, r.1)
            return true
        }
        settle(below: 2)
        if let k = stack.top.constant {
            stack.removeLast()
            let r = popRegister()
            emitConstantJump(comparison(kind).constant, sense: jump.sense, r, k, to: jump.target)
        } else {
            let r = popTwo()
            emitCompareJump(comparison(kind).plain, f: jump.sense, r.0, r.1, to: jump.target)
        }
        index += 2
        return true
    }

    /// The fused forms of COMPARE_OP's six kinds.
    private func comparison(_ kind: Int) -> (plain: ExecOp, constant: ExecOp) {
        switch kind {
        case 0: return (.jumpLt, .jumpLtK)
        case 1: return (.jumpLe, .jumpLeK)
        case 2: return (.jumpEq, .jumpEqK)
        case 3: return (.jumpNe, .jumpNeK)
        case 4: return (.jumpGt, .jumpGtK)
        default: return (.jumpGe, .jumpGeK)
        }
    }

    private mutating func emitConstantJump(_ op: ExecOp, sense: Int, _ a: Int, _ constant: Int, to target: Int) {
        let word = wordCount
        emit(ExecWord.make(op, f: sense, a))
        jumpFromLastWord(to: target, instructionWord: word, alone: false)
        appendConstant(constant)
    }

    private mutating func lowerIs(_ invert: Int) -> Bool {
        guard let jump = fusableJump() else {
            let r = popTwo()
            emitResult(.isOp, f: invert, r.0, r.1)
            return true
        }
        settle(below: 2)
        let sense = jump.sense ^ (invert & 1)
        if let k = stack.top.constant {
            stack.removeLast()
            let r = popRegister()
            emitConstantJump(.jumpIsK, sense: sense, r, k, to: jump.target)
        } else {
            let r = popTwo()
            emitCompareJump(.jumpIs, f: sense, r.0, r.1, to: jump.target)
        }
        index += 2
        return true
    }

    private mutating func lowerForIter() {
        materialise(from: 0)
        let iterator = home(stack.count - 1)
        var destination = home(stack.count)
        let target = flow.target(of: index) ?? 0
        let next = index + 1
        var fused = false
        if mode != .traced, next < flow.count, flow.instruction(next).op == .storeFast, !isTarget(next) {
            destination = flow.instruction(next).arg
            fused = true
        }
        let word = wordCount
        emit(ExecWord.make(.forIter, destination, iterator))
        appendWord(0)
        jumpFromLastWord(to: target, instructionWord: word, alone: true)
        if fused {
            noteBound(destination, true)
            index += 2
        } else {
            stack.append(.register(destination))
        }
    }

    /// Whether something other than falling through reaches instruction `i`.
    private func isTarget(_ i: Int) -> Bool { flow.isTarget(i) }

    private mutating func lowerReturn() {
        if let k = stack.top.constant, mode != .traced {
            stack.removeLast()
            emit(ExecWord.make(.returnConst))
            appendConstant(k)
        } else {
            emit(ExecWord.make(.returnValue, popRegister()))
        }
    }
}
