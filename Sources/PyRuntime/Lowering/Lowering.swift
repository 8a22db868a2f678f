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

/// `mutating` wherever it costs nothing: a borrowed `self` is copied.
struct Lowering {
    let memory: UnsafeMutablePointer<LoweringMemory>
    var flow: FlowAnalysis
    let mode: LoweringMode
    /// Block in force, -1 for none.
    var block: Int32 = -1
    /// The instruction being lowered.
    var index = 0
    /// Canonical depth before it.
    var depthBefore = 0
    /// Registers that hold operands before it: see `WordSite`.
    private var liveBefore: UInt32 = 0
    private var operandDepth = 0
    /// Word whose A field may be redirected by a following STORE_FAST (-1: none), with the register it names.
    private var forwardableWord = -1
    private var forwardableRegister = 0
    /// The register of the value stack's bottom slot.
    let stackBase: Int
    /// The last register.
    private(set) var scratch = 0
    /// Where frames may change over to the traced form: see `FrameMap`. Recorded on demand only.
    private let map: Unmanaged<FrameMap>?

    /// The map of the plain form, made by lowering the code once more.
    static func map(_ vm: VM, of code: Value) throws(LoweringError) -> FrameMap {
        let memory = vm.loweringMemory
        memory.pointee.view(code.cast(CodeLayout.self))
        let map = FrameMap(units: memory.pointee.code.bytes.count / 2)
        var lowering = Lowering(memory, .plain, map: Unmanaged.passUnretained(map))
        try lowering.lower()
        return map
    }

    /// - Precondition: the memory holds the code's view.
    init(_ memory: UnsafeMutablePointer<LoweringMemory>, _ mode: LoweringMode, map: Unmanaged<FrameMap>? = nil) {
        self.memory = memory
        self.mode = mode
        self.map = map
        flow = FlowAnalysis(memory)
        stackBase = memory.pointee.code.nlocals + memory.pointee.code.cellCount + memory.pointee.code.freeCount
    }

    var code: CodeView { flow.code }
    /// The virtual stack, bottom first.
    @inline(__always) var stack: GrowableArray<Operand> {
        get { memory.pointee.stack }
        nonmutating _modify { yield &memory.pointee.stack }
    }
    /// Words so far.
    @inline(__always) var wordCount: Int { memory.pointee.words.count }
    /// Registers of a frame, scratch included.
    var registerCount: Int { scratch + 1 }

    mutating func lower() throws(LoweringError) {
        try flow.analyse()
        scratch = stackBase + flow.maxDepth
        let units = memory.pointee.code.bytes.count / 2
        if registerCount > 0xFFF0 || memory.pointee.code.nameCount > 0xFFFF || memory.pointee.code.varnameCount < memory.pointee.code.nlocals {
            throw LoweringError(message: "code is too large for the interpreter")
        }
        memory.pointee.words.count = 0
        memory.pointee.words.reserve(units * 3)
        memory.pointee.sites.count = 0
        memory.pointee.sites.reserve(units)
        memory.pointee.constants.count = 0
        memory.pointee.jumps.count = 0
        memory.pointee.stack.count = 0
        memory.pointee.stack.reserve(flow.maxDepth + 2)
        memory.pointee.wordOfLeader.fill(flow.count, with: -1)
        memory.pointee.bound.fill(flow.boundWords, with: 0)
        if mode == .traced { memory.pointee.starts.fill(units, with: -1) }
        try run()
    }

    private mutating func run() throws(LoweringError) {
        var reachable = false
        while index < flow.count {
            if flow.isLeader(index) {
                if reachable { materialise(from: 0) }
                let depth = flow.entryDepth(index)
                reachable = depth >= 0
                if reachable { enter(depth) }
            }
            if !reachable {
                index += 1
                continue
            }
            let instruction = flow.instruction(index)
            depthBefore = stack.count
            liveBefore = liveRegisters()
            // The deepest stack meanwhile: an unpacking writes its first items before it has asked for the last.
            operandDepth = depthBefore + max(0, instruction.op.depthChange(instruction.arg))
            if instruction.op.flow == .setsUp { operandDepth = depthBefore + instruction.op.depthChangeOfJump(instruction.arg) }
            if map != nil { recordHere() }
            if mode == .traced { traceHere() }
            let at = index
            reachable = try lowerInstruction(instruction)
            if index == at { index += 1 }
            if mode == .traced, reachable { materialise(from: 0) }
        }
        patchJumps()
    }

    private mutating func enter(_ depth: Int) {
        memory.pointee.wordOfLeader[index] = Int32(truncatingIfNeeded: wordCount)
        forwardableWord = -1
        block = flow.entryBlock(index)
        flow.copyBound(index)
        stack.count = 0
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
        let instruction = flow.instruction(index)
        memory.pointee.starts[instruction.start / 2] = Int32(wordCount)
        memory.pointee.starts[instruction.offset / 2] = Int32(wordCount)
        emit(ExecWord.make(.trace))
    }

    /// The first canonical instruction that the next word may be taken to begin: those after it emitted nothing yet.
    private mutating func recordHere() {
        guard let map = map?.takeUnretainedValue() else { return }
        let instruction = flow.instruction(index)
        let word = wordCount
        // A jump comes here without what led up to the block.
        if flow.isLeader(index) { map.leaders[instruction.start / 2] = Int32(word) } else if map.entries[word] != nil { return }
        let sources = (0..<stack.count).map { stack[$0].code }
        map.entries[word] = FrameMap.Entry(start: Int32(instruction.start), sources: sources)
    }

    // MARK: Emitting

    mutating func emit(_ word: UInt64) {
        forwardableWord = -1
        noteSite()
        memory.pointee.words.append(word)
    }

    /// Adds a word that belongs to the instruction just emitted.
    @inline(__always) mutating func appendWord(_ word: UInt64) { memory.pointee.words.append(word) }

    /// The registers that the virtual stack names.
    private mutating func liveRegisters() -> UInt32 {
        var mask: UInt32 = 0
        let stack = memory.pointee.stack
        let base = Int32(truncatingIfNeeded: stackBase)
        var i = 0
        while i < stack.count {
            // Constants and locals come out beyond 31.
            let bit = UInt32(bitPattern: stack[i].code &- base)
            if bit < 32 { mask |= 1 &<< bit }
            i += 1
        }
        return mask
    }

    /// The operands just popped are handed on by the instruction: the frame does not keep them (YIELD_VALUE).
    mutating func forgetOperands() {
        liveBefore = liveRegisters()
        operandDepth = stack.count
    }

    /// What is known of the next word. An instruction keeps alive what was on the stack before it, what is left after its
    /// operands were popped, and the homes its operands may have been moved to.
    private mutating func noteSite() {
        var mask = liveBefore | liveRegisters()
        let depth = stack.count
        if operandDepth > depth {
            // The bits from `depth` up to `operandDepth`.
            let low = depth >= 32 ? 0 : ~UInt32(0) &<< UInt32(truncatingIfNeeded: depth)
            let high = operandDepth >= 32 ? 0 : ~UInt32(0) &<< UInt32(truncatingIfNeeded: operandDepth)
            mask |= low & ~high
        }
        let site = WordSite(
            word: UInt32(truncatingIfNeeded: wordCount), offset: UInt32(truncatingIfNeeded: flow.instruction(index).offset), live: mask,
            unwind: block, depth: UInt16(truncatingIfNeeded: depthBefore))
        let sites = memory.pointee.sites
        if sites.count > 0 {
            let last = sites[sites.count - 1]
            if last.offset == site.offset && last.live == site.live && last.unwind == site.unwind && last.depth == site.depth { return }
        }
        memory.pointee.sites.append(site)
    }

    mutating func appendConstant(_ constant: Int) {
        memory.pointee.constants.append(Int32(truncatingIfNeeded: wordCount))
        memory.pointee.words.append(UInt64(truncatingIfNeeded: constant))
    }

    func home(_ position: Int) -> Int { stackBase + position }

    /// Emits an instruction whose A field is the home of the next stack position, and pushes that position.
    mutating func emitResult(_ op: ExecOp, f: Int = 0, _ b: Int = 0, _ c: Int = 0, constant: Int? = nil, cacheWords: Int = 0) {
        let register = home(stack.count)
        // After a rotation and a pop, a deeper position may still live there.
        if stack.contains(.register(register)) { materialise(from: 0) }
        let word = wordCount
        emit(ExecWord.make(op, f: f, register, b, c))
        if let constant { appendConstant(constant) }
        for _ in 0..<cacheWords { appendWord(0) }
        stack.append(.register(register))
        if mode != .traced {
            forwardableWord = word
            forwardableRegister = register
        }
    }

    /// Puts the jump distance to `target` in the last word emitted: alone in it, or in its upper half.
    mutating func jumpFromLastWord(to target: Int, instructionWord: Int, alone: Bool) {
        memory.pointee.jumps.append(
            PendingJump(
                word: Int32(truncatingIfNeeded: wordCount - 1), target: Int32(truncatingIfNeeded: target),
                from: Int32(truncatingIfNeeded: instructionWord + 1), alone: alone))
    }

    private mutating func patchJumps() {
        let words = memory.pointee.words
        for i in 0..<memory.pointee.jumps.count {
            let jump = memory.pointee.jumps[i]
            let bits = UInt64(UInt32(bitPattern: memory.pointee.wordOfLeader[Int(jump.target)] &- jump.from))
            words[Int(jump.word)] |= jump.alone ? bits : bits << 32
        }
        let nodes = memory.pointee.nodes
        for i in 0..<nodes.count where nodes[i].kind == .handler {
            nodes[i].target = memory.pointee.wordOfLeader[Int(nodes[i].target)]
        }
    }

    // MARK: Virtual stack

    /// Makes the top `count` positions safe to pop: afterwards no deeper position lives in a register that the
    /// instruction's results (at those homes and above) will overwrite.
    mutating func prepare(_ count: Int) {
        let newDepth = stack.count - count
        let limit = home(newDepth)
        for position in 0..<newDepth {
            if let r = stack[position].register, r >= limit { return materialise(from: 0) }
        }
    }

    /// Makes sure that the top `count` operands are registers: constants are loaded into their homes.
    private mutating func loadConstants(_ count: Int) {
        prepare(count)
        let first = stack.count - count
        for position in first..<stack.count {
            guard let k = stack[position].constant else { continue }
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
        stack.pop().register ?? 0
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
            if let r = stack[position].register, r >= stackBase, r != home(position) { crosses = true }
        }
        if crosses { return moveAcross(from: first) }
        // The usual case: constants and locals, which no move overwrites.
        for position in first..<max(first, stack.count) {
            if let r = stack[position].register {
                if r == home(position) { continue }
                emit(ExecWord.make(.move, home(position), r))
            } else if let k = stack[position].constant {
                loadConstant(k, into: home(position))
            }
            stack[position] = .register(home(position))
        }
    }

    /// The same where values change places among the stack's registers.
    private mutating func moveAcross(from first: Int) {
        var pending: [(to: Int, from: Int)] = []
        for position in first..<max(first, stack.count) {
            if let r = stack[position].register, r != home(position) { pending.append((home(position), r)) }
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
            if let k = stack[position].constant { loadConstant(k, into: home(position)) }
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
        let top = stack.pop()
        if let k = top.constant {
            loadConstant(k, into: local)
        } else if let r = top.register, r != local {
            if forwardableWord >= 0, forwardableRegister == r, !stack.contains(top) {
                let word = memory.pointee.words[forwardableWord]
                memory.pointee.words[forwardableWord] = word & ~(0xFFFF << 16) | UInt64(local) << 16
                forwardableWord = -1
                // The value never was on the stack: no frame can be said to stand before this store.
                map?.takeUnretainedValue().entries[wordCount] = nil
            } else {
                emit(ExecWord.make(.move, local, r))
            }
        }
        noteBound(local, true)
    }

    mutating func isBound(_ local: Int) -> Bool { memory.pointee.bound[local >> 6] & (1 << UInt64(local & 63)) != 0 }

    mutating func noteBound(_ local: Int, _ value: Bool) {
        let bit: UInt64 = 1 << UInt64(local & 63)
        if value { memory.pointee.bound[local >> 6] |= bit } else { memory.pointee.bound[local >> 6] &= ~bit }
    }
}
