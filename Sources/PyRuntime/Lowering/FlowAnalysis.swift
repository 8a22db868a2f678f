// What is known at each canonical instruction before it is lowered: stack depth, the static block stack, which locals are
// certainly bound. A fixed point over the basic blocks. CPython keeps the same facts dynamically (f_blockstack, NULL
// locals), and statically in `mark_stacks` for frame.f_lineno.
import PyBytecode

/// One canonical instruction, EXTENDED_ARG folded in.
struct CanonicalInstruction {
    var op: Opcode
    var arg: Int
    /// Byte offset of the opcode itself (after its EXTENDED_ARGs): what `f_lasti` shows.
    var offset: Int
    /// Byte offset where its EXTENDED_ARGs start: where jumps to it point.
    var start: Int
}

/// What the lowering reads of a `code` object. The object must stay alive meanwhile.
struct CodeView {
    let bytes: UnsafeBufferPointer<UInt8>
    let flags: CodeFlags
    let argcount: Int
    let parameterCount: Int
    let nlocals: Int
    let constCount: Int
    let nameCount: Int
    let varnameCount: Int
    let cellCount: Int
    let freeCount: Int
    /// For each cell variable the parameter it takes its value from, -1 for none.
    let cellParameters: [Int32]
}

/// The running state of the analysis; which locals are bound is in `FlowAnalysis.current`.
private struct FlowState {
    var depth: Int
    /// Index into `FlowAnalysis.nodes`, -1 for none.
    var block: Int32
}

/// All tables are raw memory: this runs once for every function that is ever called.
struct FlowAnalysis: ~Copyable {
    let code: CodeView
    /// Canonical instructions, and how many.
    let instructions: UnsafeMutablePointer<CanonicalInstruction>
    private(set) var count = 0
    /// Instruction index of a byte offset (of `start`) divided by two, -1 elsewhere.
    private let indexOfUnit: UnsafeMutablePointer<Int32>
    private let marks: UnsafeMutablePointer<UInt8>
    /// Entry depth and block of a leader; depth -1 when unreachable.
    private let entryDepths: UnsafeMutablePointer<Int32>
    private let entryBlocks: UnsafeMutablePointer<Int32>
    /// Words of a bit set of locals; the sets of all leaders, in the order in which they were reached.
    let boundWords: Int
    private var bounds: [UInt64] = []
    private let boundPlaces: UnsafeMutablePointer<Int32>
    /// The locals that are bound where the analysis is.
    private var current: [UInt64]
    private(set) var nodes: [UnwindNode] = []
    private var nodeIndex: [UnwindNode: Int32] = [:]
    private var work: [Int32] = []
    private(set) var maxDepth = 0

    private static var leaderMark: UInt8 { 1 }
    private static var targetMark: UInt8 { 2 }

    init(_ code: CodeView) {
        self.code = code
        let units = max(code.bytes.count / 2, 1)
        instructions = .allocate(capacity: units)
        // One allocation for the four tables of indices.
        indexOfUnit = .allocate(capacity: units * 4 + 4)
        indexOfUnit.initialize(repeating: -1, count: units * 4 + 4)
        entryDepths = indexOfUnit + units
        entryBlocks = entryDepths + units
        boundPlaces = entryBlocks + units
        marks = .allocate(capacity: units + 1)
        marks.initialize(repeating: 0, count: units + 1)
        boundWords = (code.nlocals + 63) / 64
        current = [UInt64](repeating: 0, count: boundWords)
    }

    mutating func analyse() throws(LoweringError) {
        try decode()
        try findLeaders()
        try solve()
    }

    deinit {
        instructions.deallocate()
        indexOfUnit.deallocate()
        marks.deallocate()
    }

    @inline(__always) func isLeader(_ i: Int) -> Bool { marks[i] & FlowAnalysis.leaderMark != 0 }
    /// Whether a jump or a handler leads to the instruction.
    @inline(__always) func isTarget(_ i: Int) -> Bool { marks[i] & FlowAnalysis.targetMark != 0 }
    /// Depth of the stack where the leader is entered, nil when unreachable.
    func entryDepth(_ i: Int) -> Int? { entryDepths[i] < 0 ? nil : Int(entryDepths[i]) }
    func entryBlock(_ i: Int) -> Int32 { entryBlocks[i] }
    /// The locals that are bound where the leader is entered.
    func copyBound(_ i: Int, into set: inout [UInt64]) {
        let place = Int(boundPlaces[i]) * boundWords
        for w in 0..<boundWords { set[w] = bounds[place + w] }
    }

    // MARK: Decoding

    private mutating func decode() throws(LoweringError) {
        let bytes = code.bytes
        if bytes.isEmpty || bytes.count % 2 != 0 { throw LoweringError(message: "code: co_code is malformed") }
        var offset = 0
        var start = 0
        var extended = 0
        var made = 0
        while offset < bytes.count {
            guard let op = Opcode(rawValue: bytes[offset]) else {
                throw LoweringError(message: "unknown opcode \(bytes[offset]) at offset \(offset)")
            }
            let arg = (extended << 8) | Int(bytes[offset + 1])
            if op == .extendedArg {
                if arg > 0xFF_FFFF { throw LoweringError(message: "argument too large at offset \(offset)") }
                extended = arg
            } else {
                indexOfUnit[start >> 1] = Int32(truncatingIfNeeded: made)
                (instructions + made).initialize(to: CanonicalInstruction(op: op, arg: arg, offset: offset, start: start))
                made += 1
                extended = 0
                start = offset + 2
            }
            offset += 2
        }
        count = made
        if start != bytes.count { throw LoweringError(message: "code ends in EXTENDED_ARG") }
    }

    /// The instruction index `i` jumps to, nil if it does not jump.
    func target(of i: Int) -> Int? {
        let instruction = instructions[i]
        let offset: Int
        switch instruction.op {
        case .jumpForward, .forIter, .setupFinally, .setupWith, .setupAsyncWith:
            offset = instruction.offset + 2 + instruction.arg * 2
        case .jumpAbsolute, .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpIfNotExcMatch:
            offset = instruction.arg * 2
        default: return nil
        }
        if offset < 0 || offset >= code.bytes.count { return -1 }
        return Int(indexOfUnit[offset >> 1])
    }

    private func findLeaders() throws(LoweringError) {
        marks[0] = FlowAnalysis.leaderMark
        for i in 0..<count {
            if let target = target(of: i) {
                if target < 0 { throw LoweringError(message: "jump out of range at offset \(instructions[i].offset)") }
                marks[target] = FlowAnalysis.leaderMark | FlowAnalysis.targetMark
                if !instructions[i].op.isSetup { marks[i + 1] |= FlowAnalysis.leaderMark }
            } else if instructions[i].op.endsBlock {
                marks[i + 1] |= FlowAnalysis.leaderMark
            }
        }
    }

    // MARK: Fixed point

    private mutating func intern(_ node: UnwindNode) -> Int32 {
        // Most code has a handful.
        if nodes.count <= 16 {
            for i in nodes.indices where nodes[i] == node { return Int32(truncatingIfNeeded: i) }
        } else {
            if nodeIndex.isEmpty { for i in nodes.indices { nodeIndex[nodes[i]] = Int32(truncatingIfNeeded: i) } }
            if let known = nodeIndex[node] { return known }
        }
        let index = Int32(truncatingIfNeeded: nodes.count)
        nodes.append(node)
        if !nodeIndex.isEmpty { nodeIndex[node] = index }
        return index
    }

    /// The index of a node that the analysis made.
    mutating func index(of node: UnwindNode) -> Int32 { intern(node) }

    private mutating func solve() throws(LoweringError) {
        let parameters = code.parameterCount
        if parameters > code.nlocals { throw LoweringError(message: "more parameters than locals") }
        for i in 0..<parameters { current[i >> 6] |= 1 << UInt64(i & 63) }
        // A parameter that is a cell variable is moved out of its local slot on entry.
        for i in code.cellParameters where i >= 0 { current[Int(i) >> 6] &= ~(1 << UInt64(i & 63)) }
        let generator: CodeFlags = [.generator, .coroutine, .asyncGenerator]
        let depth = code.flags.isDisjoint(with: generator) ? 0 : 1
        maxDepth = depth
        try merge(0, FlowState(depth: depth, block: -1))
        while let leader = work.popLast() {
            let i = Int(leader)
            let place = Int(boundPlaces[i]) * boundWords
            for w in 0..<boundWords { current[w] = bounds[place + w] }
            try run(from: i, FlowState(depth: Int(entryDepths[i]), block: entryBlocks[i]))
        }
    }

    /// The state with the `current` bound locals reaches `target`.
    private mutating func merge(_ target: Int, _ state: FlowState) throws(LoweringError) {
        guard target < count else { throw LoweringError(message: "control falls off the end of the code") }
        if entryDepths[target] < 0 {
            entryDepths[target] = Int32(truncatingIfNeeded: state.depth)
            entryBlocks[target] = state.block
            boundPlaces[target] = boundWords == 0 ? 0 : Int32(truncatingIfNeeded: bounds.count / boundWords)
            for w in 0..<boundWords { bounds.append(current[w]) }
            work.append(Int32(truncatingIfNeeded: target))
            return
        }
        if Int(entryDepths[target]) != state.depth || entryBlocks[target] != state.block {
            throw LoweringError(message: "inconsistent stack at offset \(instructions[target].offset)")
        }
        var changed = false
        let place = Int(boundPlaces[target]) * boundWords
        for w in 0..<boundWords {
            let both = bounds[place + w] & current[w]
            if both != bounds[place + w] {
                bounds[place + w] = both
                changed = true
            }
        }
        if changed { work.append(Int32(truncatingIfNeeded: target)) }
    }

    /// Merges into every handler that an exception at `state` could reach.
    private mutating func mergeHandler(_ state: FlowState) throws(LoweringError) {
        var index = state.block
        while index >= 0 {
            let node = nodes[Int(index)]
            if node.kind == .handler {
                let inside = intern(UnwindNode(kind: .restore, target: -1, level: node.level, parent: node.parent))
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
            let instruction = instructions[i]
            let fallsTo = try step(i, instruction, &state)
            if state.depth < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            maxDepth = max(maxDepth, state.depth)
            if !fallsTo { return }
            i += 1
            if i >= count || isLeader(i) {
                try merge(i, state)
                return
            }
        }
    }

    /// Applies one instruction to `state`; true if control can go on to the next.
    private mutating func step(
        _ i: Int, _ instruction: CanonicalInstruction, _ state: inout FlowState
    ) throws(LoweringError) -> Bool {
        let op = instruction.op
        let arg = instruction.arg
        try checkIndex(instruction)
        if op.pops(arg) > state.depth { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
        let before = state
        state.depth += op.depthChange(arg, jumping: false)
        switch op {
        case .storeFast: current[arg >> 6] |= 1 << UInt64(arg & 63)
        case .deleteFast:
            current[arg >> 6] &= ~(1 << UInt64(arg & 63))
            try mergeHandler(state)
        case .setupFinally, .setupWith, .setupAsyncWith:
            let level = before.depth + op.depthChange(arg, jumping: true) - 6
            if level < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            state.block = intern(
                UnwindNode(kind: .handler, target: Int32(truncatingIfNeeded: target(of: i) ?? 0), level: Int32(truncatingIfNeeded: level), parent: before.block))
            try mergeHandler(state)
        case .popBlock:
            guard state.block >= 0, nodes[Int(state.block)].kind == .handler else {
                throw LoweringError(message: "POP_BLOCK without a block at offset \(instruction.offset)")
            }
            state.block = nodes[Int(state.block)].parent
        case .popExcept, .endAsyncFor:
            guard state.block >= 0, nodes[Int(state.block)].kind == .restore else {
                throw LoweringError(message: "no handler to leave at offset \(instruction.offset)")
            }
            state.block = nodes[Int(state.block)].parent
        case .returnValue, .reraise, .raiseVarargs: return false
        case .jumpForward, .jumpAbsolute:
            try merge(target(of: i) ?? 0, state)
            return false
        case .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpIfNotExcMatch, .forIter:
            var taken = before
            taken.depth += op.depthChange(arg, jumping: true)
            maxDepth = max(maxDepth, taken.depth)
            try merge(target(of: i) ?? 0, taken)
        default: break
        }
        return true
    }

    /// Refuses an index outside its pool: malformed code must not reach the machine.
    private func checkIndex(_ instruction: CanonicalInstruction) throws(LoweringError) {
        let limit: Int
        switch instruction.op {
        case .loadConst: limit = code.constCount
        case .loadFast, .storeFast, .deleteFast: limit = code.nlocals
        case .loadName, .storeName, .deleteName, .loadGlobal, .storeGlobal, .deleteGlobal, .loadAttr, .storeAttr, .deleteAttr,
            .loadMethod, .importName, .importFrom:
            limit = code.nameCount
        case .loadClosure, .loadDeref, .storeDeref, .deleteDeref, .loadClassderef:
            limit = code.cellCount + code.freeCount
        case .compareOp: limit = 6
        default: return
        }
        if instruction.arg >= limit { throw LoweringError(message: "index out of range at offset \(instruction.offset)") }
    }
}

extension Opcode {
    var isSetup: Bool { self == .setupFinally || self == .setupWith || self == .setupAsyncWith }
    var endsBlock: Bool { self == .returnValue || self == .reraise || self == .raiseVarargs }
}
