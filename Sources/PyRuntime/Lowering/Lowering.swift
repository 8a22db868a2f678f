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

struct Lowering {
    /// Where the value of a stack position is.
    enum Operand: Equatable {
        case register(Int)
        case constant(Int)
    }

    let code: CodeObject
    let flow: FlowAnalysis
    let mode: LoweringMode
    var out = LoweredCode()
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
    private var wordOfLeader: [Int32]
    private var jumps: [(word: Int, target: Int, from: Int, alone: Bool)] = []
    let stackBase: Int
    let scratch: Int
    /// Where frames may change over to the traced form: see `FrameMap`. Recorded on demand only.
    private var map: FrameMap?

    static func lower(_ code: CodeObject, mode: LoweringMode = .plain) throws(LoweringError) -> LoweredCode {
        var lowering = try Lowering(code, mode)
        try lowering.run()
        return lowering.out
    }

    /// The map of the plain form, made by lowering the code once more.
    static func map(of code: CodeObject) throws(LoweringError) -> FrameMap {
        var lowering = try Lowering(code, .plain)
        let map = FrameMap(units: code.code.count / 2)
        lowering.map = map
        try lowering.run()
        return map
    }

    private init(_ code: CodeObject, _ mode: LoweringMode) throws(LoweringError) {
        self.code = code
        self.mode = mode
        flow = try FlowAnalysis(code)
        stackBase = code.nlocals + code.cellvars.count + code.freevars.count
        scratch = stackBase + flow.maxDepth
        wordOfLeader = [Int32](repeating: -1, count: flow.instructions.count)
        out.stackBase = stackBase
        out.registerCount = scratch + 1
        if mode == .traced { out.starts = [Int32](repeating: -1, count: code.code.count / 2) }
        if out.registerCount > 0xFFF0 || code.names.count > 0xFFFF || code.varnames.count < code.nlocals {
            throw LoweringError(message: "code is too large for the interpreter")
        }
    }

    private mutating func run() throws(LoweringError) {
        let instructions = flow.instructions
        var reachable = false
        while index < instructions.count {
            if flow.isLeader[index] {
                if reachable { materialise(from: 0) }
                if let state = flow.entry[index] {
                    enter(state)
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
            operandDepth = stack.count
            recordHere()
            traceHere()
            let at = index
            reachable = try lowerInstruction(instructions[index])
            if index == at { index += 1 }
            if mode == .traced, reachable { materialise(from: 0) }
        }
        patchJumps()
    }

    private mutating func enter(_ state: FlowState) {
        wordOfLeader[index] = Int32(out.words.count)
        forwardable = nil
        block = state.block
        bound = state.bound
        stack.removeAll(keepingCapacity: true)
        for position in 0..<state.depth { stack.append(.register(stackBase + position)) }
        depthBefore = state.depth
        if mode == .counted { countBlock() }
    }

    private mutating func countBlock() {
        var n = 0
        var i = index
        repeat {
            n += 1
            i += 1
        } while i < flow.instructions.count && !flow.isLeader[i]
        emit(ExecWord.make(.count) | UInt64(UInt32(truncatingIfNeeded: n)) << 32)
    }

    private mutating func traceHere() {
        guard mode == .traced else { return }
        let instruction = flow.instructions[index]
        out.starts[instruction.start / 2] = Int32(out.words.count)
        out.starts[instruction.offset / 2] = Int32(out.words.count)
        emit(ExecWord.make(.trace))
    }

    /// The first canonical instruction that the next word may be taken to begin: those after it emitted nothing yet.
    private func recordHere() {
        guard let map else { return }
        let instruction = flow.instructions[index]
        let word = out.words.count
        // A jump comes here without what led up to the block.
        if flow.isLeader[index] { map.leaders[instruction.start / 2] = Int32(word) } else if map.entries[word] != nil { return }
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
        out.words.append(word)
        out.offsets.append(UInt32(flow.instructions[index].offset))
        out.depths.append(UInt16(truncatingIfNeeded: depthBefore))
        out.unwind.append(block)
    }

    /// The registers that the virtual stack names.
    private func liveRegisters() -> UInt64 {
        var mask: UInt64 = 0
        for operand in stack {
            if case .register(let r) = operand, r >= stackBase, r < stackBase + 64 { mask |= 1 << UInt64(r - stackBase) }
        }
        return mask
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
        if out.live.last?.registers != mask { out.live.append(LiveRun(word: UInt32(out.words.count), registers: mask)) }
    }

    mutating func appendConstant(_ constant: Int) {
        out.constants.append((out.words.count, constant))
        appendWord(0)
    }

    func home(_ position: Int) -> Int { stackBase + position }

    /// Emits an instruction whose A field is the home of the next stack position, and pushes that position.
    mutating func emitResult(_ op: ExecOp, f: Int = 0, _ b: Int = 0, _ c: Int = 0, constant: Int? = nil, cacheWords: Int = 0) {
        let register = home(stack.count)
        // After a rotation and a pop, a deeper position may still live there.
        if stack.contains(.register(register)) { materialise(from: 0) }
        let word = out.words.count
        emit(ExecWord.make(op, f: f, register, b, c))
        if let constant { appendConstant(constant) }
        for _ in 0..<cacheWords { appendWord(0) }
        stack.append(.register(register))
        if mode != .traced { forwardable = (word, register) }
    }

    /// Puts the jump distance to `target` in the last word emitted: alone in it, or in its upper half.
    mutating func jumpFromLastWord(to target: Int, instructionWord: Int, alone: Bool) {
        jumps.append((out.words.count - 1, target, instructionWord + 1, alone))
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

    /// Pops the top `count` operands into registers, bottom first. Constants are loaded into their homes.
    mutating func popRegisters(_ count: Int) -> [Int] {
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
        var registers: [Int] = []
        registers.reserveCapacity(count)
        for position in first..<stack.count {
            if case .register(let r) = stack[position] { registers.append(r) }
        }
        stack.removeLast(count)
        return registers
    }

    /// Pops the top `count` operands after moving each to its home; the register of the first.
    mutating func popContiguous(_ count: Int) -> Int {
        prepare(count)
        materialise(from: stack.count - count)
        stack.removeLast(count)
        return home(stack.count)
    }

    mutating func popRegister() -> Int { popRegisters(1)[0] }

    private mutating func loadConstant(_ k: Int, into register: Int) {
        emit(ExecWord.make(.loadConst, register))
        appendConstant(k)
    }

    /// Moves every position from `first` up to its home register: a parallel move, cycles through the scratch register.
    mutating func materialise(from first: Int) {
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
                map?.entries[out.words.count] = nil
            } else {
                emit(ExecWord.make(.move, local, r))
            }
        }
        bound[local >> 6] |= 1 << UInt64(local & 63)
    }

    func isBound(_ local: Int) -> Bool { bound[local >> 6] & (1 << UInt64(local & 63)) != 0 }

    mutating func noteBound(_ local: Int, _ value: Bool) {
        if value { bound[local >> 6] |= 1 << UInt64(local & 63) } else { bound[local >> 6] &= ~(1 << UInt64(local & 63)) }
    }
}
