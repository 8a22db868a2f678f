// The evaluation loop: one switch over the execution form. Fast paths are here; what calls out is in Eval/Slow*.swift and
// never inlined. Discipline: before anything that may raise, collect or look at frames, `frame.pointee.pc = pc`.
// CPython: Python/ceval.c.
import CShims

extension VM {
    @inline(__always) var eval: UnsafeMutablePointer<EvalState> {
        // Safe: set when the thread state is made, freed with it.
        thread.pointee.frame.unsafelyUnwrapped.assumingMemoryBound(to: EvalState.self)
    }

    /// Runs from the frame on top, which has the `entry` flag, until it returns, yields or raises.
    /// - Parameter throwing: start by raising `thread.raised` where the frame stands (generator `throw`).
    /// - Throws: what the frame lets through; it is popped then.
    @inline(never)
    func evaluate(throwing: Bool) throws(Raised) -> Value {
        let vm = self
        let thread = vm.thread
        let eval = vm.eval
        let entry = eval.pointee.top
        var frame = entry
        let loop = eval.pointee.loopCount
        if loop < EvalState.loopCapacity { taipan_frame_bounds(eval.pointee.loops + loop &* 2) }
        eval.pointee.loopCount = loop &+ 1
        defer { eval.pointee.loopCount = loop }
        if throwing {
            guard let handler = vm.unwind(to: entry) else { throw Raised() }
            frame = handler
        }
        var pc = frame.pointee.pc
        var regs = frame.pointee.base
        while true {
            do throws(Raised) {
                while true {
                    let word = pc.pointee
                    pc += 1
                    switch ExecWord.op(word) {
                    case .nop: break
                    case .move: regs[ExecWord.a(word)] = regs[ExecWord.b(word)]
                    case .loadConst:
                        regs[ExecWord.a(word)] = Value(bits: pc.pointee)
                        pc += 1
                    case .checkLocal:
                        if regs[ExecWord.a(word)].isNull {
                            frame.pointee.pc = pc
                            throw vm.raiseUnbound(frame, local: ExecWord.a(word))
                        }
                    case .deleteFast:
                        if regs[ExecWord.a(word)].isNull {
                            frame.pointee.pc = pc
                            throw vm.raiseUnbound(frame, local: ExecWord.a(word))
                        }
                        regs[ExecWord.a(word)] = .null

                    // MARK: Jumps
                    case .jump: pc += ExecWord.off(word)
                    case .jumpBack:
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpIfFalse:
                        let truth = fastTruth(regs[ExecWord.a(word)])
                        if truth == 1 { break }
                        if truth < 0 {
                            frame.pointee.pc = pc
                            if try vm.isTrue(regs[ExecWord.a(word)]) { break }
                        }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpIfTrue:
                        let truth = fastTruth(regs[ExecWord.a(word)])
                        if truth == 0 { break }
                        if truth < 0 {
                            frame.pointee.pc = pc
                            if try !vm.isTrue(regs[ExecWord.a(word)]) { break }
                        }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }

                    // MARK: Arithmetic
                    case .add:
                        let r = fastAdd(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .sub:
                        let r = fastSub(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .mul:
                        let r = fastMul(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .trueDiv:
                        let r = fastTrueDiv(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .floorDiv:
                        let r = fastFloorDiv(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .mod:
                        let r = fastMod(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .lshift:
                        let r = fastLshift(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .rshift:
                        let r = fastRshift(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .and:
                        let r = fastAnd(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .or:
                        let r = fastOr(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .xor:
                        let r = fastXor(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .pow, .matmul:
                        frame.pointee.pc = pc
                        try vm.binarySlow(word, regs)
                    case .addK:
                        let r = fastAdd(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .subK:
                        let r = fastSub(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .mulK:
                        let r = fastMul(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .trueDivK:
                        let r = fastTrueDiv(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .floorDivK:
                        let r = fastFloorDiv(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .modK:
                        let r = fastMod(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .lshiftK:
                        let r = fastLshift(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .rshiftK:
                        let r = fastRshift(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .andK:
                        let r = fastAnd(regs[ExecWord.b(word)], Value(bits: pc.pointee))
                        pc += 1
                        if !r.isNull { regs[ExecWord.a(word)] = r; break }
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .powK:
                        pc += 1
                        frame.pointee.pc = pc
                        try vm.binaryConstantSlow(word, regs, pc)
                    case .negative:
                        let x = regs[ExecWord.b(word)]
                        if x.isSmallInt && x.smallInt != Value.minSmallInt {
                            regs[ExecWord.a(word)] = Value(small: -x.smallInt)
                            break
                        }
                        if x.isDouble { regs[ExecWord.a(word)] = Value(-x.double); break }
                        frame.pointee.pc = pc
                        try vm.unarySlow(word, regs)
                    case .positive, .invert:
                        frame.pointee.pc = pc
                        try vm.unarySlow(word, regs)
                    case .not:
                        let truth = fastTruth(regs[ExecWord.b(word)])
                        if truth >= 0 { regs[ExecWord.a(word)] = Value(truth == 0); break }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = Value(try !vm.isTrue(regs[ExecWord.b(word)]))

                    // MARK: Comparisons
                    case .compare:
                        frame.pointee.pc = pc
                        try vm.compareToValue(word, regs)
                    case .jumpLt:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], <, <)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .lt)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpLe:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], <=, <=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .le)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpEq:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], ==, ==)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .eq)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpNe:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], !=, !=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .ne)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpGt:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], >, >)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .gt)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpGe:
                        var truth = fastCompare(regs[ExecWord.a(word)], regs[ExecWord.b(word)], >=, >=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], regs[ExecWord.b(word)], .ge)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpLtK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, <, <)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .lt)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpLeK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, <=, <=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .le)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpEqK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, ==, ==)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .eq)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpNeK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, !=, !=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .ne)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpGtK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, >, >)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .gt)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpGeK:
                        let k = Value(bits: pc.pointee)
                        var truth = fastCompare(regs[ExecWord.a(word)], k, >=, >=)
                        if truth < 0 {
                            frame.pointee.pc = pc
                            truth = try vm.compareSlow(regs[ExecWord.a(word)], k, .ge)
                        }
                        if truth != ExecWord.f(word) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .isOp:
                        let same = vm.identical(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        regs[ExecWord.a(word)] = Value(same != (ExecWord.f(word) != 0))
                    case .jumpIs:
                        let same = vm.identical(regs[ExecWord.a(word)], regs[ExecWord.b(word)])
                        if same != (ExecWord.f(word) != 0) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .jumpIsK:
                        let same = vm.identical(regs[ExecWord.a(word)], Value(bits: pc.pointee))
                        if same != (ExecWord.f(word) != 0) { pc += 1; break }
                        pc += ExecWord.off(word)
                        if thread.pointee.pollReasons != 0 { try vm.pollAt(frame, pc) }
                    case .containsOp:
                        frame.pointee.pc = pc
                        let found = try vm.containsSlow(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                        regs[ExecWord.a(word)] = Value(found != (ExecWord.f(word) != 0))
                    case .jumpIfNotExcMatch:
                        frame.pointee.pc = pc
                        if try vm.exceptionMatches(regs[ExecWord.a(word)], regs[ExecWord.b(word)]) { pc += 1; break }
                        pc += ExecWord.distance(pc.pointee)

                    // MARK: Subscripts and attributes
                    case .subscr:
                        let container = regs[ExecWord.b(word)]
                        let key = regs[ExecWord.c(word)]
                        if container.isObject && key.isSmallInt {
                            let item = vm.fastItem(container, key.smallInt)
                            if !item.isNull { regs[ExecWord.a(word)] = item; break }
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.subscrSlow(container, key)
                    case .subscrK:
                        let container = regs[ExecWord.b(word)]
                        let key = Value(bits: pc.pointee)
                        pc += 1
                        if container.isObject && key.isSmallInt {
                            let item = vm.fastItem(container, key.smallInt)
                            if !item.isNull { regs[ExecWord.a(word)] = item; break }
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.subscrSlow(container, key)
                    case .storeSubscr:
                        let container = regs[ExecWord.b(word)]
                        let key = regs[ExecWord.c(word)]
                        if key.isSmallInt && container.isExactly(vm.types.list) {
                            let list = container.cast(ListLayout.self)
                            var i = key.smallInt
                            if i < 0 { i += list.pointee.count }
                            if i >= 0 && i < list.pointee.count, let items = list.pointee.items {
                                items[i] = regs[ExecWord.a(word)]
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.storeSubscrSlow(container, key, regs[ExecWord.a(word)])
                    case .deleteSubscr:
                        frame.pointee.pc = pc
                        try vm.deleteItem(regs[ExecWord.b(word)], regs[ExecWord.c(word)])
                    case .loadAttr:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadAttrSlow(frame, pc - 1, regs[ExecWord.b(word)])
                        pc += 3
                    case .loadAttrInline:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let version = object.objectType.ref.pointee.version
                            let cache = pc.pointee
                            if version == UInt32(truncatingIfNeeded: cache),
                                object.pointer.load(fromByteOffset: 8, as: UInt64.self) == pc[1]
                            {
                                regs[ExecWord.a(word)] = object.pointer.load(
                                    fromByteOffset: Int(truncatingIfNeeded: cache &>> 32), as: Value.self)
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadAttrSlow(frame, pc - 1, object)
                        pc += 3
                    case .loadAttrMember:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let cache = pc.pointee
                            if object.objectType.ref.pointee.version == UInt32(truncatingIfNeeded: cache) {
                                let value = object.pointer.load(fromByteOffset: Int(truncatingIfNeeded: cache &>> 32), as: Value.self)
                                if !value.isNull {
                                    regs[ExecWord.a(word)] = value
                                    pc += 3
                                    break
                                }
                            }
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadAttrSlow(frame, pc - 1, object)
                        pc += 3
                    case .loadAttrProperty:
                        let object = regs[ExecWord.b(word)]
                        let slot = frame.pointee.end
                        if object.isObject, slot < thread.pointee.stackLimit,
                            object.objectType.ref.pointee.version == UInt32(truncatingIfNeeded: pc.pointee)
                        {
                            slot.pointee = object
                            frame.pointee.pc = pc + 3
                            if let next = vm.pushSimple(thread, eval, frame, Value(bits: pc[2]), slot, 1, ExecWord.a(word)) {
                                frame = next
                                pc = next.pointee.code.pointee.words
                                regs = slot
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadAttrSlow(frame, pc - 1, object)
                        pc += 3
                    case .loadAttrOverflow, .loadAttrClass, .loadAttrModule, .loadAttrType, .loadAttrItem:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadAttrCached(frame, pc - 1, regs[ExecWord.b(word)])
                        pc += 3
                    case .storeAttr:
                        frame.pointee.pc = pc
                        try vm.storeAttrSlow(frame, pc - 1, regs[ExecWord.b(word)], regs[ExecWord.a(word)])
                        pc += 3
                    case .storeAttrInline:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let version = object.objectType.ref.pointee.version
                            let cache = pc.pointee
                            if version == UInt32(truncatingIfNeeded: cache),
                                object.pointer.load(fromByteOffset: 8, as: UInt64.self) == pc[1]
                            {
                                object.pointer.storeBytes(
                                    of: regs[ExecWord.a(word)], toByteOffset: Int(truncatingIfNeeded: cache &>> 32), as: Value.self)
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.storeAttrSlow(frame, pc - 1, object, regs[ExecWord.a(word)])
                        pc += 3
                    case .storeAttrMember:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let cache = pc.pointee
                            if object.objectType.ref.pointee.version == UInt32(truncatingIfNeeded: cache) {
                                object.pointer.storeBytes(
                                    of: regs[ExecWord.a(word)], toByteOffset: Int(truncatingIfNeeded: cache &>> 32), as: Value.self)
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.storeAttrSlow(frame, pc - 1, object, regs[ExecWord.a(word)])
                        pc += 3
                    case .storeAttrAdd:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let version = object.objectType.ref.pointee.version
                            let cache = pc.pointee
                            if version == UInt32(truncatingIfNeeded: cache),
                                object.pointer.load(fromByteOffset: 8, as: UInt64.self) == pc[1]
                            {
                                object.pointer.storeBytes(
                                    of: regs[ExecWord.a(word)], toByteOffset: Int(truncatingIfNeeded: cache &>> 32), as: Value.self)
                                object.pointer.storeBytes(of: pc[2], toByteOffset: 8, as: UInt64.self)
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.storeAttrSlow(frame, pc - 1, object, regs[ExecWord.a(word)])
                        pc += 3
                    case .deleteAttr:
                        frame.pointee.pc = pc
                        try vm.deleteAttr(regs[ExecWord.b(word)], frame.pointee.code.pointee.names[ExecWord.c(word)])
                    case .loadMethod:
                        frame.pointee.pc = pc
                        try vm.loadMethodSlow(frame, pc - 1, regs[ExecWord.b(word)], regs + ExecWord.a(word))
                        pc += 3
                    case .loadMethodCached:
                        let object = regs[ExecWord.b(word)]
                        if object.isObject {
                            let version = object.objectType.ref.pointee.version
                            if version == UInt32(truncatingIfNeeded: pc.pointee),
                                pc[1] == 0 || object.pointer.load(fromByteOffset: 8, as: UInt64.self) == pc[1]
                            {
                                let slot = regs + ExecWord.a(word)
                                slot[0] = Value(bits: pc[2])
                                slot[1] = object
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.loadMethodSlow(frame, pc - 1, object, regs + ExecWord.a(word))
                        pc += 3
                    case .loadMethodModule:
                        let object = regs[ExecWord.b(word)]
                        if object.isExactly(vm.types.module) {
                            let dict = object.cast(ModuleLayout.self).pointee.dict.cast(DictLayout.self)
                            if dict.pointee.keysVersion == pc[0] {
                                let slot = regs + ExecWord.a(word)
                                slot[0] = .null
                                slot[1] = wordValue(pc[1])
                                pc += 3
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.loadMethodSlow(frame, pc - 1, object, regs + ExecWord.a(word))
                        pc += 3

                    case .loadMethodWrapped:
                        frame.pointee.pc = pc
                        try vm.loadMethodWrapped(frame, pc - 1, regs[ExecWord.b(word)], regs + ExecWord.a(word))
                        pc += 3

                    // MARK: Names
                    case .loadGlobalModule:
                        if frame.pointee.globals.cast(DictLayout.self).pointee.keysVersion == pc[0] {
                            regs[ExecWord.a(word)] = wordValue(pc[2])
                            pc += 3
                            break
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadGlobalSlow(frame, pc - 1)
                        pc += 3
                    case .loadGlobalBuiltin:
                        if frame.pointee.globals.cast(DictLayout.self).pointee.keysVersion == pc[0],
                            frame.pointee.builtins.cast(DictLayout.self).pointee.keysVersion == pc[1]
                        {
                            regs[ExecWord.a(word)] = wordValue(pc[2])
                            pc += 3
                            break
                        }
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadGlobalSlow(frame, pc - 1)
                        pc += 3
                    case .loadGlobal:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadGlobalSlow(frame, pc - 1)
                        pc += 3
                    case .storeGlobal:
                        if pc[0] != 0, frame.pointee.globals.cast(DictLayout.self).pointee.keysVersion == pc[0] {
                            setWordValue(pc[1], regs[ExecWord.a(word)])
                            pc += 2
                            break
                        }
                        frame.pointee.pc = pc
                        try vm.storeGlobalSlow(frame, pc - 1, regs[ExecWord.a(word)])
                        pc += 2
                    case .deleteGlobal:
                        frame.pointee.pc = pc
                        try vm.deleteGlobalSlow(frame, ExecWord.b(word))
                    case .loadName:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadNameSlow(frame, pc - 1)
                        pc += 3
                    case .storeName:
                        if pc[0] != 0, frame.pointee.locals == frame.pointee.globals,
                            frame.pointee.globals.cast(DictLayout.self).pointee.keysVersion == pc[0]
                        {
                            setWordValue(pc[1], regs[ExecWord.a(word)])
                            pc += 2
                            break
                        }
                        frame.pointee.pc = pc
                        try vm.storeNameSlow(frame, pc - 1, regs[ExecWord.a(word)])
                        pc += 2
                    case .deleteName:
                        frame.pointee.pc = pc
                        try vm.deleteNameSlow(frame, ExecWord.b(word))
                    case .loadDeref:
                        let contents = regs[ExecWord.b(word)].cast(CellLayout.self).pointee.contents
                        if contents.isNull {
                            frame.pointee.pc = pc
                            throw vm.raiseUnbound(frame, cell: ExecWord.b(word))
                        }
                        regs[ExecWord.a(word)] = contents
                    case .storeDeref:
                        regs[ExecWord.a(word)].cast(CellLayout.self).pointee.contents = regs[ExecWord.b(word)]
                    case .deleteDeref:
                        let cell = regs[ExecWord.a(word)].cast(CellLayout.self)
                        if cell.pointee.contents.isNull {
                            frame.pointee.pc = pc
                            throw vm.raiseUnbound(frame, cell: ExecWord.a(word))
                        }
                        cell.pointee.contents = .null
                    case .loadClassDeref:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.loadClassDerefSlow(frame, ExecWord.b(word))

                    // MARK: Calls
                    case .call:
                        let slot = regs + ExecWord.b(word)
                        let count = ExecWord.c(word)
                        pc += 1
                        frame.pointee.pc = pc
                        let callee = slot.pointee
                        if callee.isExactly(vm.types.function),
                            let next = vm.pushSimple(thread, eval, frame, callee, slot + 1, count, ExecWord.a(word))
                        {
                            frame = next
                            pc = next.pointee.code.pointee.words
                            regs = slot + 1
                            break
                        }
                        if try vm.callSlow(frame, slot, slot + 1, count, .null, ExecWord.a(word)) {
                            frame = eval.pointee.top
                            pc = frame.pointee.pc
                            regs = frame.pointee.base
                        }
                    case .callMethod:
                        let slot = regs + ExecWord.b(word)
                        let count = ExecWord.c(word)
                        pc += 1
                        frame.pointee.pc = pc
                        let callee = slot.pointee
                        if callee.isExactly(vm.types.function),
                            let next = vm.pushSimple(thread, eval, frame, callee, slot + 1, count + 1, ExecWord.a(word))
                        {
                            frame = next
                            pc = next.pointee.code.pointee.words
                            regs = slot + 1
                            break
                        }
                        if callee.isNull, slot[1].isExactly(vm.types.function),
                            let next = vm.pushSimple(thread, eval, frame, slot[1], slot + 2, count, ExecWord.a(word))
                        {
                            frame = next
                            pc = next.pointee.code.pointee.words
                            regs = slot + 2
                            break
                        }
                        if try vm.callMethodSlow(frame, slot, count, ExecWord.a(word)) {
                            frame = eval.pointee.top
                            pc = frame.pointee.pc
                            regs = frame.pointee.base
                        }
                    case .callKw:
                        let slot = regs + ExecWord.b(word)
                        let count = ExecWord.c(word)
                        frame.pointee.pc = pc
                        try vm.checkKeywordNames(slot[count + 1], count)
                        if try vm.callSlow(frame, slot, slot + 1, count, slot[count + 1], ExecWord.a(word)) {
                            frame = eval.pointee.top
                            pc = frame.pointee.pc
                            regs = frame.pointee.base
                        }
                    case .callEx:
                        frame.pointee.pc = pc
                        if try vm.callExSlow(frame, regs + ExecWord.b(word), ExecWord.f(word) != 0, ExecWord.a(word)) {
                            frame = eval.pointee.top
                            pc = frame.pointee.pc
                            regs = frame.pointee.base
                        }
                    case .makeFunction:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.makeFunctionSlow(frame, regs + ExecWord.b(word), ExecWord.f(word))
                    case .returnValue, .returnConst:
                        let value = ExecWord.op(word) == .returnValue ? regs[ExecWord.a(word)] : Value(bits: pc.pointee)
                        let result = frame.pointee.result
                        if result &>> 32 == 0 {
                            frame -= 1
                            eval.pointee.top = frame
                            thread.pointee.recursionDepth &-= 1
                            thread.pointee.stackTop = frame.pointee.end
                            regs = frame.pointee.base
                            pc = frame.pointee.pc
                            regs[Int(truncatingIfNeeded: result)] = value
                            break
                        }
                        frame.pointee.pc = pc
                        let out = try vm.leaveSlow(frame, value)
                        if !out.isNull { return out }
                        frame = eval.pointee.top
                        pc = frame.pointee.pc
                        regs = frame.pointee.base

                    // MARK: Generators
                    case .yieldValue:
                        frame.pointee.pc = pc
                        let out = try vm.yieldSlow(frame, regs[ExecWord.b(word)], ExecWord.a(word))
                        if !out.isNull { return out }
                        frame = eval.pointee.top
                        pc = frame.pointee.pc
                        regs = frame.pointee.base
                    case .yieldFrom:
                        frame.pointee.pc = pc
                        let out = try vm.yieldFromSlow(frame, word)
                        if !out.isNull { return out }
                        frame = eval.pointee.top
                        pc = frame.pointee.pc
                        regs = frame.pointee.base
                    case .forIter:
                        let iterator = regs[ExecWord.b(word)]
                        if iterator.isObject {
                            let type = iterator.objectType
                            if type == vm.types.rangeIterator {
                                let range = iterator.cast(RangeIteratorLayout.self)
                                let remaining = range.pointee.remaining
                                if remaining <= 0 { pc += ExecWord.distance(pc.pointee); break }
                                let next = range.pointee.next
                                regs[ExecWord.a(word)] = Value(small: next)
                                range.pointee.next = next &+ range.pointee.step
                                range.pointee.remaining = remaining &- 1
                                pc += 1
                                break
                            }
                            if type == vm.types.listIterator {
                                let sequence = iterator.cast(SequenceIteratorLayout.self)
                                let source = sequence.pointee.source
                                if source.isNull { pc += ExecWord.distance(pc.pointee); break }
                                let list = source.cast(ListLayout.self)
                                let index = sequence.pointee.index
                                if index < list.pointee.count, let items = list.pointee.items {
                                    regs[ExecWord.a(word)] = items[index]
                                    sequence.pointee.index = index &+ 1
                                    pc += 1
                                    break
                                }
                                sequence.pointee.source = .null
                                pc += ExecWord.distance(pc.pointee)
                                break
                            }
                            if type == vm.types.tupleIterator {
                                let sequence = iterator.cast(SequenceIteratorLayout.self)
                                let source = sequence.pointee.source
                                if source.isNull { pc += ExecWord.distance(pc.pointee); break }
                                let index = sequence.pointee.index
                                if index < PyTuple(source).count {
                                    regs[ExecWord.a(word)] = PyTuple(source)[index]
                                    sequence.pointee.index = index &+ 1
                                    pc += 1
                                    break
                                }
                                sequence.pointee.source = .null
                                pc += ExecWord.distance(pc.pointee)
                                break
                            }
                            if type == vm.types.generator {
                                frame.pointee.pc = pc + 1
                                if try vm.forIterGenerator(frame, iterator, ExecWord.a(word)) {
                                    frame = eval.pointee.top
                                    pc = frame.pointee.pc
                                    regs = frame.pointee.base
                                } else {
                                    pc += ExecWord.distance(pc.pointee)
                                }
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        if iterator.isObject && ExecWord.op(pc[1]) == .unpackSequence && ExecWord.b(pc[1]) == ExecWord.a(word)
                            && ExecWord.a(pc[1]) == ExecWord.a(word)
                        {
                            // What was to be unpacked is nobody's but the unpacking's.
                            let step = try vm.iterateUnpacked(iterator, regs + ExecWord.a(pc[1]), ExecWord.c(pc[1]))
                            if step > 0 { pc += 2; break }
                            if step == 0 { pc += ExecWord.distance(pc.pointee); break }
                        }
                        let item = try vm.iterateSlow(iterator)
                        if item.isNull {
                            pc += ExecWord.distance(pc.pointee)
                        } else {
                            regs[ExecWord.a(word)] = item
                            pc += 1
                        }

                    // MARK: Everything else
                    case .listAppend:
                        frame.pointee.pc = pc
                        try vm.listAppend(regs[ExecWord.a(word)], regs[ExecWord.b(word)])
                    case .buildTuple:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.tuple(regs + ExecWord.b(word), count: ExecWord.c(word))
                    case .buildList:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.list(regs + ExecWord.b(word), count: ExecWord.c(word))
                    case .unpackSequence:
                        let source = regs[ExecWord.b(word)]
                        if source.isExactly(vm.types.tuple) {
                            let tuple = PyTuple(source)
                            let count = ExecWord.c(word)
                            if tuple.count == count {
                                let slot = regs + ExecWord.a(word)
                                for i in 0..<count { slot[count &- 1 &- i] = tuple[i] }
                                break
                            }
                        }
                        frame.pointee.pc = pc
                        try vm.unpackSlow(source, ExecWord.c(word), regs + ExecWord.a(word))
                    case .importName, .unpackEx:
                        pc += 1
                        frame.pointee.pc = pc
                        try vm.executeCold(frame, word, pc)
                    case .getIter:
                        frame.pointee.pc = pc
                        regs[ExecWord.a(word)] = try vm.iter(regs[ExecWord.b(word)])
                    case .buildSet, .buildString, .buildMap, .buildConstKeyMap, .buildSlice, .formatValue, .setAdd, .mapAdd,
                        .listExtend, .setUpdate, .dictUpdate, .dictMerge, .listToTuple, .raise, .reraise, .popExcept,
                        .withExceptStart, .setupWith, .beforeAsyncWith, .endAsyncFor, .loadBuildClass, .loadAssertionError,
                        .setupAnnotations, .importFrom, .importStar, .printExpr, .getLen, .matchMapping, .matchSequence,
                        .matchKeys, .matchClass, .copyDictWithoutKeys, .count, .getYieldFromIter, .getAwaitable, .getAiter,
                        .getAnext:
                        frame.pointee.pc = pc
                        try vm.executeCold(frame, word, pc)
                    case .trace:
                        frame.pointee.pc = pc
                        try vm.traceSlow(frame)
                        pc = frame.pointee.pc
                    case .trap:
                        try vm.trapped(frame, pc)
                        pc = frame.pointee.pc
                    case .callTraced:
                        frame.pointee.pc = pc
                        try vm.callTraced(frame, word)
                        frame = eval.pointee.top
                        pc = frame.pointee.pc
                        regs = frame.pointee.base
                    }
                }
            } catch {
                guard let handler = vm.unwind(to: entry) else { throw Raised() }
                frame = handler
                pc = handler.pointee.pc
                regs = handler.pointee.base
            }
        }
    }
}

/// The value at an address kept in an inline cache.
@inline(__always) func wordValue(_ address: UInt64) -> Value {
    // Safe: the caller checked that the table the address lies in has not moved.
    UnsafePointer<Value>(bitPattern: UInt(address)).unsafelyUnwrapped.pointee
}
@inline(__always) func setWordValue(_ address: UInt64, _ value: Value) {
    // Safe: as above.
    UnsafeMutablePointer<Value>(bitPattern: UInt(address)).unsafelyUnwrapped.pointee = value
}
