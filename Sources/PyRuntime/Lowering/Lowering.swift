// Canonical code -> execution form, block by block with a virtual stack: loads of locals and constants are deferred until
// something consumes them, stack shuffles cost nothing, a store patches the destination of what produced the value.
// Which canonical opcode becomes what is `Lowering+Opcodes.swift`.
import PyBytecode

/// Which extra instructions the execution form carries.
enum LoweringMode: UInt8 {
    case plain
    /// With `count` at the start of each block (DESIGN D11).
    case counted
    /// With `trace` before each instruction and nothing deferred: the stack is CPython's, slot for slot.
    case traced
}

struct Lowering: ~Copyable {
    /// Where the value of a stack position is.
    enum Operand: Equatable {
        case register(Int)
        case constant(Int)
    }

    let code: CodeView
    var flow: FlowAnalysis
    let mode: LoweringMode
    var out: LoweredCode
    /// The virtual stack, bottom first.
    var stack: [Operand] = []
    /// Block in force, -1 for none.
    var block: Int32 = -1
    var bound: [UInt64] = []
    /// The instruction being lowered.
    var index = 0
    /// Canonical depth before it.
    var depthBefore = 0
    /// Registers that hold operands before it: see `LiveRun`.
    private var liveBefore: UInt64 = 0
    private var operandDepth = 0
    /// Word whose A field may be redirected by a following STORE_FAST, with the register it names.
    private var forwardable: (word: Int, register: Int)?
    /// Word index of each canonical instruction that starts a block.
    private var wordOfLeader: [Int32] = []
    private var jumps: [(word: Int, target: Int, from: Int, alone: Bool)] = []
    let stackBase: Int
    private(set) var scratch = 0
    /// Where frames may change over to the traced form: see `FrameMap`. Recorded on demand only.
    private var map: FrameMap?

    /// The map of the plain form, made by lowering the code once more.
    static func map(of code: Value) throws(LoweringError) -> FrameMap {
        let view = CodeView(code.cast(CodeLayout.self))
        var lowering = Lowering(view, .plain)
        let map = FrameMap(units: view.bytes.count / 2)
        lowering.map = map
        try lowering.lower()
        return map
    }

    init(_ code: CodeView, _ mode: LoweringMode) {
        self.code = code
        self.mode = mode
        flow = FlowAnalysis(code)
        out = LoweredCode(capacity: code.bytes.count + 16)
        stackBase = code.nlocals + code.cellCount + code.freeCount
    }

    mutating func lower() throws(LoweringError) {
        try flow.analyse()
        scratch = stackBase + flow.maxDepth
        wordOfLeader = [Int32](repeating: -1, count: flow.count)
        out.stackBase = stackBase
        out.registerCount = scratch + 1
        if mode == .traced { out.starts = [Int32](repeating: -1, count: code.bytes.count / 2) }
        if out.registerCount > 0xFFF0 || code.nameCount > 0xFFFF || code.varnameCount < code.nlocals {
            throw LoweringError(message: "code is too large for the interpreter")
        }
        bound = [UInt64](repeating: 0, count: flow.boundWords)
        stack.reserveCapacity(flow.maxDepth + 2)
        out.live.reserveCapacity(min(64, flow.count))
        try run()
    }

    private mutating func run() throws(LoweringError) {
        var reachable = false
        while index < flow.count {
            if flow.isLeader(index) {
                if reachable { materialise(from: 0) }
                if let depth = flow.entryDepth(index) {
                    enter(depth)
                    reachable = true
                } else {
                    reachable = false
                }
            }
            if !reachable {
                index += 1
                continue
            }
            depthBefore = stack.count
            liveBefore = liveRegisters()
            operandDepth = depthDuring(flow.instructions[index])
            recordHere()
            traceHere()
            let at = index
            reachable = try lowerInstruction(flow.instructions[index])
            if index == at { index += 1 }
            if mode == .traced, reachable { materialise(from: 0) }
        }
        patchJumps()
    }

    private mutating func enter(_ depth: Int) {
        wordOfLeader[index] = Int32(truncatingIfNeeded: out.count)
        forwardable = nil
        block = flow.entryBlock(index)
        flow.copyBound(index, into: &bound)
        stack.removeAll(keepingCapacity: true)
        for position in 0..<depth { stack.append(.register(stackBase + position)) }
        depthBefore = depth
        if mode == .counted { countBlock() }
    }

    private mutating func countBlock() {
        var n = 0
        var i = index
        repeat {
            n += 1
            i += 1
        } while i < flow.count && !flow.isLeader(i)
        emit(ExecWord.make(.count) | UInt64(UInt32(truncatingIfNeeded: n)) << 32)
    }

    private mutating func traceHere() {
        guard mode == .traced else { return }
        let instruction = flow.instructions[index]
        out.starts[instruction.start / 2] = Int32(out.count)
        out.starts[instruction.offset / 2] = Int32(out.count)
        emit(ExecWord.make(.trace))
    }

    /// The first canonical instruction that the next word may be taken to begin: those after it emitted nothing yet.
    private func recordHere() {
        guard let map else { return }
        let instruction = flow.instructions[index]
        let word = out.count
        // A jump comes here without what led up to the block.
        if flow.isLeader(index) { map.leaders[instruction.start / 2] = Int32(word) } else if map.entries[word] != nil { return }
        let sources = stack.map { operand -> Int32 in
            switch operand {
            case .register(let r): return Int32(r)
            case .constant(let k): return -1 - Int32(k)
            }
        }
        map.entries[word] = FrameMap.Entry(start: Int32(instruction.start), sources: sources)
    }

    // MARK: Emitting

    mutating func emit(_ word: UInt64) {
        forwardable = nil
        noteLive()
        appendWord(word)
    }

    /// Adds a word that belongs to the instruction just emitted.
    mutating func appendWord(_ word: UInt64) {
        out.append(word, offset: flow.instructions[index].offset, block: block, depth: depthBefore)
    }

    /// The registers that the virtual stack names. (`mutating`: a borrowed `self` would be copied.)
    private mutating func liveRegisters() -> UInt64 {
        var mask: UInt64 = 0
        for operand in stack {
            if case .register(let r) = operand, r >= stackBase, r < stackBase + 64 { mask |= 1 << UInt64(r - stackBase) }
        }
        return mask
    }

    /// The deepest stack while an instruction runs: an unpacking writes its first items before it has asked for the last.
    private func depthDuring(_ instruction: CanonicalInstruction) -> Int {
        let change = max(instruction.op.depthChange(instruction.arg, jumping: false), instruction.op.depthChange(instruction.arg, jumping: true))
        return stack.count + max(0, change)
    }

    /// The operands just popped are handed on by the instruction: the frame does not keep them (YIELD_VALUE).
    mutating func forgetOperands() {
        liveBefore = liveRegisters()
        operandDepth = stack.count
    }

    /// An instruction keeps alive what was on the stack before it, what is left after its operands were popped, and the
    /// homes its operands may have been moved to.
    private mutating func noteLive() {
        var mask = liveBefore | liveRegisters()
        var position = stack.count
        while position < min(operandDepth, 64) {
            mask |= 1 << UInt64(position)
            position += 1
        }
        if out.live.last?.registers != mask { out.live.append(LiveRun(word: UInt32(out.count), registers: mask)) }
    }

    mutating func appendConstant(_ constant: Int) {
        out.constants.append((Int32(truncatingIfNeeded: out.count), Int32(truncatingIfNeeded: constant)))
        appendWord(0)
    }

    func home(_ position: Int) -> Int { stackBase + position }

    /// Emits an instruction whose A field is the home of the next stack position, and pushes that position.
    mutating func emitResult(_ op: ExecOp, f: Int = 0, _ b: Int = 0, _ c: Int = 0, constant: Int? = nil, cacheWords: Int = 0) {
        let register = home(stack.count)
        // After a rotation and a pop, a deeper position may still live there.
        if stack.contains(.register(register)) { materialise(from: 0) }
        let word = out.count
        emit(ExecWord.make(op, f: f, register, b, c))
        if let constant { appendConstant(constant) }
        for _ in 0..<cacheWords { appendWord(0) }
        stack.append(.register(register))
        if mode != .traced { forwardable = (word, register) }
    }

    /// Puts the jump distance to `target` in the last word emitted: alone in it, or in its upper half.
    mutating func jumpFromLastWord(to target: Int, instructionWord: Int, alone: Bool) {
        jumps.append((out.count - 1, target, instructionWord + 1, alone))
    }

    private mutating func patchJumps() {
        for jump in jumps {
            let distance = Int(wordOfLeader[jump.target]) - jump.from
            let bits = UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: distance)))
            out.words[jump.word] |= jump.alone ? bits : bits << 32
        }
        out.unwinds = flow.nodes
        for i in out.unwinds.indices where out.unwinds[i].kind == .handler {
            out.unwinds[i].target = wordOfLeader[Int(out.unwinds[i].target)]
        }
    }

    // MARK: Virtual stack

    /// Makes the top `count` positions safe to pop: afterwards no deeper position lives in a register that the
    /// instruction's results (at those homes and above) will overwrite.
    mutating func prepare(_ count: Int) {
        let newDepth = stack.count - count
        let limit = home(newDepth)
        for position in 0..<newDepth {
            if case .register(let r) = stack[position], r >= limit { return materialise(from: 0) }
        }
    }

    /// Makes sure that the top `count` operands are registers: constants are loaded into their homes.
    private mutating func loadConstants(_ count: Int) {
        prepare(count)
        let first = stack.count - count
        for position in first..<stack.count {
            guard case .constant(let k) = stack[position] else { continue }
            if stack.contains(.register(home(position))) {
                materialise(from: first)
                break
            }
            loadConstant(k, into: home(position))
            stack[position] = .register(home(position))
        }
    }

    /// Takes the top of the stack, a register by now.
    private mutating func takeRegister() -> Int {
        if case .register(let r)? = stack.popLast() { return r }
        return 0
    }

    mutating func popRegister() -> Int {
        loadConstants(1)
        return takeRegister()
    }
    mutating func popTwo() -> (Int, Int) {
        loadConstants(2)
        let second = takeRegister()
        return (takeRegister(), second)
    }
    mutating func popThree() -> (Int, Int, Int) {
        loadConstants(3)
        let third = takeRegister()
        let second = takeRegister()
        return (takeRegister(), second, third)
    }

    /// Pops the top `count` operands after moving each to its home; the register of the first.
    mutating func popContiguous(_ count: Int) -> Int {
        prepare(count)
        materialise(from: stack.count - count)
        stack.removeLast(count)
        return home(stack.count)
    }

    private mutating func loadConstant(_ k: Int, into register: Int) {
        emit(ExecWord.make(.loadConst, register))
        appendConstant(k)
    }

    /// Moves every position from `first` up to its home register: a parallel move, cycles through the scratch register.
    mutating func materialise(from first: Int) {
        var crosses = false
        for position in first..<max(first, stack.count) {
            if case .register(let r) = stack[position], r >= stackBase, r != home(position) { crosses = true }
        }
        if crosses { return moveAcross(from: first) }
        // The usual case: constants and locals, which no move overwrites.
        for position in first..<max(first, stack.count) {
            switch stack[position] {
            case .constant(let k): loadConstant(k, into: home(position))
            case .register(let r): if r != home(position) { emit(ExecWord.make(.move, home(position), r)) } else { continue }
            }
            stack[position] = .register(home(position))
        }
    }

    /// The same where values change places among the stack's registers.
    private mutating func moveAcross(from first: Int) {
        var pending: [(to: Int, from: Int)] = []
        for position in first..<max(first, stack.count) {
            if case .register(let r) = stack[position], r != home(position) { pending.append((home(position), r)) }
        }
        while !pending.isEmpty {
            if let ready = pending.firstIndex(where: { move in !pending.contains { $0.from == move.to } }) {
                let move = pending.remove(at: ready)
                emit(ExecWord.make(.move, move.to, move.from))
            } else {
                let blocked = pending[0].to
                emit(ExecWord.make(.move, scratch, blocked))
                for i in pending.indices where pending[i].from == blocked { pending[i].from = scratch }
            }
        }
        for position in first..<max(first, stack.count) {
            if case .constant(let k) = stack[position] { loadConstant(k, into: home(position)) }
            stack[position] = .register(home(position))
        }
    }

    /// Stores the top of the stack into local `local`, redirecting the instruction that made it when that is possible.
    mutating func storeLocal(_ local: Int) {
        for position in 0..<(stack.count - 1) where stack[position] == .register(local) {
            if stack.contains(.register(home(position))) {
                materialise(from: 0)
                break
            }
            emit(ExecWord.make(.move, home(position), local))
            stack[position] = .register(home(position))
        }
        let top = stack.removeLast()
        switch top {
        case .constant(let k): loadConstant(k, into: local)
        case .register(let r):
            if r == local { break }
            if let forward = forwardable, forward.register == r, !stack.contains(top) {
                out.words[forward.word] = out.words[forward.word] & ~(0xFFFF << 16) | UInt64(local) << 16
                forwardable = nil
                // The value never was on the stack: no frame can be said to stand before this store.
                map?.entries[out.count] = nil
            } else {
                emit(ExecWord.make(.move, local, r))
            }
        }
        bound[local >> 6] |= 1 << UInt64(local & 63)
    }

    mutating func isBound(_ local: Int) -> Bool { bound[local >> 6] & (1 << UInt64(local & 63)) != 0 }

    mutating func noteBound(_ local: Int, _ value: Bool) {
        if value { bound[local >> 6] |= 1 << UInt64(local & 63) } else { bound[local >> 6] &= ~(1 << UInt64(local & 63)) }
    }
}
