// What is known at each canonical instruction before it is lowered: stack depth, the static block stack, which locals are
// certainly bound. A fixed point over the basic blocks. CPython keeps the same facts dynamically (f_blockstack, NULL
// locals), and statically in `mark_stacks` for frame.f_lineno.
import PyBytecode

/// What the lowering reads of a `code` object. The object must stay alive meanwhile.
struct CodeView {
    var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var flags = CodeFlags()
    var argcount = 0
    var parameterCount = 0
    var nlocals = 0
    var constCount = 0
    var nameCount = 0
    var varnameCount = 0
    var cellCount = 0
    var freeCount = 0
}

/// The running state of the analysis; which locals are bound is in `FlowAnalysis.current`.
private struct FlowState {
    var depth: Int
    /// Index into `FlowAnalysis.nodes`, -1 for none.
    var block: Int32
}

struct FlowAnalysis {
    let memory: UnsafeMutablePointer<LoweringMemory>
    /// Canonical instructions.
    private(set) var count = 0
    /// Words of a bit set of locals; `bounds` holds the sets of all leaders, in the order in which they were reached.
    let boundWords: Int
    private(set) var maxDepth = 0

    private static var leaderMark: UInt8 { 1 }
    private static var targetMark: UInt8 { 2 }

    /// - Precondition: the memory holds the code's view.
    init(_ memory: UnsafeMutablePointer<LoweringMemory>) {
        self.memory = memory
        let code = memory.pointee.code
        boundWords = (code.nlocals + 63) / 64
        memory.pointee.instructions.count = 0
        memory.pointee.bounds.count = 0
        memory.pointee.nodes.count = 0
        memory.pointee.nodeTable.count = 0
        memory.pointee.work.count = 0
        memory.pointee.current.fill(boundWords, with: 0)
    }

    mutating func analyse() throws(LoweringError) {
        try decode()
        try findLeaders()
        try solve()
    }

    var code: CodeView {
        unsafeAddress { UnsafePointer(withUnsafeMutablePointer(to: &memory.pointee.code) { $0 }) }
    }
    @inline(__always) func instruction(_ i: Int) -> CanonicalInstruction { memory.pointee.instructions[i] }
    @inline(__always) func isLeader(_ i: Int) -> Bool { memory.pointee.marks[i] & FlowAnalysis.leaderMark != 0 }
    /// Whether a jump or a handler leads to the instruction.
    @inline(__always) func isTarget(_ i: Int) -> Bool { memory.pointee.marks[i] & FlowAnalysis.targetMark != 0 }
    /// Depth of the stack where the leader is entered, -1 when unreachable.
    @inline(__always) func entryDepth(_ i: Int) -> Int { Int(memory.pointee.entryDepths[i]) }
    func entryBlock(_ i: Int) -> Int32 { memory.pointee.entryBlocks[i] }
    /// Copies the locals that are bound where the leader is entered to `bound`.
    func copyBound(_ i: Int) {
        let place = Int(memory.pointee.boundPlaces[i]) * boundWords
        for w in 0..<boundWords { memory.pointee.bound[w] = memory.pointee.bounds[place + w] }
    }
    func node(_ i: Int32) -> UnwindNode { memory.pointee.nodes[Int(i)] }

    // MARK: Decoding

    private mutating func decode() throws(LoweringError) {
        let bytes = code.bytes
        if bytes.isEmpty || bytes.count % 2 != 0 { throw LoweringError(message: "code: co_code is malformed") }
        memory.pointee.instructions.reserve(bytes.count / 2)
        memory.pointee.indexOfUnit.fill(bytes.count / 2, with: -1)
        var offset = 0
        var start = 0
        var extended = 0
        while offset < bytes.count {
            guard let op = Opcode(rawValue: bytes[offset]) else {
                throw LoweringError(message: "unknown opcode \(bytes[offset]) at offset \(offset)")
            }
            let arg = (extended << 8) | Int(bytes[offset + 1])
            if op == .extendedArg {
                if arg > 0xFF_FFFF { throw LoweringError(message: "argument too large at offset \(offset)") }
                extended = arg
            } else {
                memory.pointee.indexOfUnit[start >> 1] = Int32(truncatingIfNeeded: memory.pointee.instructions.count)
                memory.pointee.instructions.append(CanonicalInstruction(op: op, arg: arg, offset: offset, start: start))
                extended = 0
                start = offset + 2
            }
            offset += 2
        }
        count = memory.pointee.instructions.count
        if start != bytes.count { throw LoweringError(message: "code ends in EXTENDED_ARG") }
        memory.pointee.marks.fill(count + 1, with: 0)
        memory.pointee.entryDepths.fill(count, with: -1)
        // Read where an entry depth was set, and set with it.
        memory.pointee.entryBlocks.fill(count, with: -1)
        memory.pointee.boundPlaces.fill(count, with: 0)
    }

    /// The instruction index `i` jumps to, nil if it does not jump.
    func target(of i: Int) -> Int? {
        let instruction = self.instruction(i)
        let offset: Int
        switch instruction.op {
        case .jumpForward, .forIter, .setupFinally, .setupWith, .setupAsyncWith:
            offset = instruction.offset + 2 + instruction.arg * 2
        case .jumpAbsolute, .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpIfNotExcMatch:
            offset = instruction.arg * 2
        default: return nil
        }
        if offset < 0 || offset >= code.bytes.count { return -1 }
        return Int(memory.pointee.indexOfUnit[offset >> 1])
    }

    private func findLeaders() throws(LoweringError) {
        let marks = memory.pointee.marks
        marks[0] = FlowAnalysis.leaderMark
        for i in 0..<count {
            let flow = instruction(i).op.flow
            switch flow {
            case .straight, .local, .block: continue
            case .ends: marks[i + 1] |= FlowAnalysis.leaderMark
            case .goes, .branches, .setsUp:
                let target = target(of: i) ?? -1
                if target < 0 { throw LoweringError(message: "jump out of range at offset \(instruction(i).offset)") }
                marks[target] = FlowAnalysis.leaderMark | FlowAnalysis.targetMark
                if flow != .setsUp { marks[i + 1] |= FlowAnalysis.leaderMark }
            }
        }
    }

    // MARK: Fixed point

    /// The number of an unwind node. Most code has a handful.
    func index(of node: UnwindNode) -> Int32 {
        let count = memory.pointee.nodes.count
        if count > 16 { return indexOfMany(node) }
        for i in 0..<count where memory.pointee.nodes[i] == node { return Int32(truncatingIfNeeded: i) }
        memory.pointee.nodes.append(node)
        return Int32(truncatingIfNeeded: count)
    }

    /// The same through an open-addressed table.
    private func indexOfMany(_ node: UnwindNode) -> Int32 {
        let count = memory.pointee.nodes.count
        if memory.pointee.nodeTable.count < count * 2 {
            memory.pointee.nodeTable.fill(1 << (64 - (count * 4).leadingZeroBitCount), with: -1)
            for i in 0..<count { memory.pointee.nodeTable[place(of: memory.pointee.nodes[i])] = Int32(truncatingIfNeeded: i) }
        }
        let place = place(of: node)
        if memory.pointee.nodeTable[place] >= 0 { return memory.pointee.nodeTable[place] }
        memory.pointee.nodeTable[place] = Int32(truncatingIfNeeded: count)
        memory.pointee.nodes.append(node)
        return Int32(truncatingIfNeeded: count)
    }

    /// Where a node is in the table, or where it belongs.
    private func place(of node: UnwindNode) -> Int {
        let table = memory.pointee.nodeTable
        let key = UInt64(UInt32(bitPattern: node.target)) << 32 ^ UInt64(UInt32(bitPattern: node.parent)) &* 0x85EB_CA6B
            ^ UInt64(UInt32(bitPattern: node.level)) << 3 ^ UInt64(node.kind.rawValue)
        var i = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (table.count - 1)
        while table[i] >= 0, memory.pointee.nodes[Int(table[i])] != node { i = (i + 1) & (table.count - 1) }
        return i
    }

    private mutating func solve() throws(LoweringError) {
        let parameters = code.parameterCount
        if parameters > code.nlocals { throw LoweringError(message: "more parameters than locals") }
        let current = memory.pointee.current
        for i in 0..<parameters { current[i >> 6] |= 1 << UInt64(i & 63) }
        // A parameter that is a cell variable is moved out of its local slot on entry.
        for cell in 0..<memory.pointee.cellParameters.count {
            let i = Int(memory.pointee.cellParameters[cell])
            if i >= 0 { current[i >> 6] &= ~(1 << UInt64(i & 63)) }
        }
        let generator: CodeFlags = [.generator, .coroutine, .asyncGenerator]
        let depth = code.flags.isDisjoint(with: generator) ? 0 : 1
        maxDepth = depth
        try merge(0, FlowState(depth: depth, block: -1))
        while let leader = memory.pointee.work.popLast() {
            let i = Int(leader)
            let place = Int(memory.pointee.boundPlaces[i]) * boundWords
            for w in 0..<boundWords { current[w] = memory.pointee.bounds[place + w] }
            try run(from: i, FlowState(depth: entryDepth(i), block: entryBlock(i)))
        }
    }

    /// The state with the `current` bound locals reaches `target`.
    private func merge(_ target: Int, _ state: FlowState) throws(LoweringError) {
        guard target < count else { throw LoweringError(message: "control falls off the end of the code") }
        if entryDepth(target) < 0 {
            memory.pointee.entryDepths[target] = Int32(truncatingIfNeeded: state.depth)
            memory.pointee.entryBlocks[target] = state.block
            if boundWords > 0 {
                memory.pointee.boundPlaces[target] = Int32(truncatingIfNeeded: memory.pointee.bounds.count / boundWords)
                for w in 0..<boundWords { memory.pointee.bounds.append(memory.pointee.current[w]) }
            }
            memory.pointee.work.append(Int32(truncatingIfNeeded: target))
            return
        }
        if entryDepth(target) != state.depth || entryBlock(target) != state.block {
            throw LoweringError(message: "inconsistent stack at offset \(instruction(target).offset)")
        }
        var changed = false
        let place = Int(memory.pointee.boundPlaces[target]) * boundWords
        for w in 0..<boundWords {
            let both = memory.pointee.bounds[place + w] & memory.pointee.current[w]
            if both != memory.pointee.bounds[place + w] {
                memory.pointee.bounds[place + w] = both
                changed = true
            }
        }
        if changed { memory.pointee.work.append(Int32(truncatingIfNeeded: target)) }
    }

    /// Merges into every handler that an exception at `state` could reach.
    private mutating func mergeHandler(_ state: FlowState) throws(LoweringError) {
        var index = state.block
        while index >= 0 {
            let node = self.node(index)
            if node.kind == .handler {
                let inside = self.index(of: UnwindNode(kind: .restore, target: -1, level: node.level, parent: node.parent))
                let depth = Int(node.level) + 6
                maxDepth = max(maxDepth, depth)
                try merge(Int(node.target), FlowState(depth: depth, block: inside))
                return
            }
            index = node.parent
        }
    }

    private mutating func run(from leader: Int, _ entryState: FlowState) throws(LoweringError) {
        var state = entryState
        var i = leader
        try mergeHandler(state)
        while true {
            let instruction = self.instruction(i)
            let op = instruction.op
            let arg = instruction.arg
            if arg >= limit(op.pool) { throw LoweringError(message: "index out of range at offset \(instruction.offset)") }
            if op.pops(arg) > state.depth { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            let before = state
            state.depth += op.depthChange(arg)
            if state.depth < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            maxDepth = max(maxDepth, state.depth)
            if op.flow != .straight, try !step(i, instruction, before, &state) { return }
            i += 1
            if i >= count || isLeader(i) {
                try merge(i, state)
                return
            }
        }
    }

    /// How many a pool holds. Malformed code must not reach the machine.
    @inline(__always) private func limit(_ pool: Opcode.Pool) -> Int {
        switch pool {
        case .none: return .max
        case .constants: return code.constCount
        case .locals: return code.nlocals
        case .names: return code.nameCount
        case .cells: return code.cellCount + code.freeCount
        case .comparisons: return 6
        }
    }

    /// Applies what an instruction does beyond the depth; true if control can go on to the next.
    private mutating func step(
        _ i: Int, _ instruction: CanonicalInstruction, _ before: FlowState, _ state: inout FlowState
    ) throws(LoweringError) -> Bool {
        let op = instruction.op
        let arg = instruction.arg
        switch op.flow {
        case .straight: return true
        case .local:
            let bit: UInt64 = 1 << UInt64(arg & 63)
            if op == .storeFast {
                memory.pointee.current[arg >> 6] |= bit
            } else {
                memory.pointee.current[arg >> 6] &= ~bit
                try mergeHandler(state)
            }
            return true
        case .setsUp:
            let level = before.depth + op.depthChangeOfJump(arg) - 6
            if level < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            state.block = index(
                of: UnwindNode(
                    kind: .handler, target: Int32(truncatingIfNeeded: target(of: i) ?? 0), level: Int32(truncatingIfNeeded: level),
                    parent: before.block))
            try mergeHandler(state)
            return true
        case .block:
            let wanted: UnwindNode.Kind = op == .popBlock ? .handler : .restore
            guard state.block >= 0, node(state.block).kind == wanted else {
                let problem = op == .popBlock ? "POP_BLOCK without a block" : "no handler to leave"
                throw LoweringError(message: "\(problem) at offset \(instruction.offset)")
            }
            state.block = node(state.block).parent
            return true
        case .ends: return false
        case .goes:
            try merge(target(of: i) ?? 0, state)
            return false
        case .branches:
            var taken = before
            taken.depth += op.depthChangeOfJump(arg)
            maxDepth = max(maxDepth, taken.depth)
            try merge(target(of: i) ?? 0, taken)
            return true
        }
    }
}
