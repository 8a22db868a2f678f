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

/// The facts at a basic block's entry.
struct FlowState {
    var depth: Int
    /// Index into `FlowAnalysis.nodes`, -1 for none.
    var block: Int32
    /// Bit set of locals that are bound on every path.
    var bound: [UInt64]
}

struct FlowAnalysis {
    let code: CodeObject
    private(set) var instructions: [CanonicalInstruction] = []
    /// Instruction index of a byte offset (of `start`), -1 elsewhere.
    private(set) var indexOfOffset: [Int32] = []
    private(set) var isLeader: [Bool] = []
    /// Whether a jump or a handler leads to the instruction.
    private(set) var isTarget: [Bool] = []
    /// Entry state of a leader; nil when unreachable.
    private(set) var entry: [FlowState?] = []
    private(set) var nodes: [UnwindNode] = []
    private var nodeIndex: [UnwindNode: Int32] = [:]
    private(set) var maxDepth = 0

    init(_ code: CodeObject) throws(LoweringError) {
        self.code = code
        try decode()
        try findLeaders()
        try solve()
    }

    // MARK: Decoding

    private mutating func decode() throws(LoweringError) {
        let bytes = code.code
        if bytes.isEmpty || bytes.count % 2 != 0 { throw LoweringError(message: "code: co_code is malformed") }
        indexOfOffset = [Int32](repeating: -1, count: bytes.count)
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
                indexOfOffset[start] = Int32(instructions.count)
                instructions.append(CanonicalInstruction(op: op, arg: arg, offset: offset, start: start))
                extended = 0
                start = offset + 2
            }
            offset += 2
        }
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
        if offset < 0 || offset >= indexOfOffset.count || indexOfOffset[offset] < 0 { return -1 }
        return Int(indexOfOffset[offset])
    }

    private mutating func findLeaders() throws(LoweringError) {
        isLeader = [Bool](repeating: false, count: instructions.count + 1)
        isTarget = isLeader
        isLeader[0] = true
        for i in instructions.indices {
            if let target = target(of: i) {
                if target < 0 { throw LoweringError(message: "jump out of range at offset \(instructions[i].offset)") }
                isLeader[target] = true
                isTarget[target] = true
                if !instructions[i].op.isSetup { isLeader[i + 1] = true }
            } else if instructions[i].op.endsBlock {
                isLeader[i + 1] = true
            }
        }
    }

    // MARK: Fixed point

    private mutating func intern(_ node: UnwindNode) -> Int32 {
        if let known = nodeIndex[node] { return known }
        let index = Int32(nodes.count)
        nodes.append(node)
        nodeIndex[node] = index
        return index
    }

    private mutating func solve() throws(LoweringError) {
        entry = [FlowState?](repeating: nil, count: instructions.count)
        let wordCount = (code.nlocals + 63) / 64
        var bound = [UInt64](repeating: 0, count: wordCount)
        let parameters = code.argcount + code.kwonlyargcount + (code.flags.contains(.varArgs) ? 1 : 0)
            + (code.flags.contains(.varKeywords) ? 1 : 0)
        if parameters > code.nlocals { throw LoweringError(message: "more parameters than locals") }
        for i in 0..<parameters { bound[i >> 6] |= 1 << UInt64(i & 63) }
        // A parameter that is a cell variable is moved out of its local slot on entry.
        for cell in code.cellvars {
            for i in 0..<parameters where code.varnames[i] == cell { bound[i >> 6] &= ~(1 << UInt64(i & 63)) }
        }
        let generator: CodeFlags = [.generator, .coroutine, .asyncGenerator]
        let depth = code.flags.isDisjoint(with: generator) ? 0 : 1
        entry[0] = FlowState(depth: depth, block: -1, bound: bound)
        maxDepth = depth
        var work = [0]
        while let leader = work.popLast() {
            guard let state = entry[leader] else { continue }
            try run(from: leader, state, &work)
        }
    }

    private mutating func merge(_ target: Int, _ state: FlowState, _ work: inout [Int]) throws(LoweringError) {
        guard target < instructions.count else { throw LoweringError(message: "control falls off the end of the code") }
        guard var old = entry[target] else {
            entry[target] = state
            work.append(target)
            return
        }
        if old.depth != state.depth || old.block != state.block {
            throw LoweringError(message: "inconsistent stack at offset \(instructions[target].offset)")
        }
        var changed = false
        for w in old.bound.indices {
            let both = old.bound[w] & state.bound[w]
            if both != old.bound[w] {
                old.bound[w] = both
                changed = true
            }
        }
        if changed {
            entry[target] = old
            work.append(target)
        }
    }

    /// Merges into every handler that an exception at `state` could reach.
    private mutating func mergeHandler(_ state: FlowState, _ work: inout [Int]) throws(LoweringError) {
        var index = state.block
        while index >= 0 {
            let node = nodes[Int(index)]
            if node.kind == .handler {
                let inside = intern(UnwindNode(kind: .restore, target: -1, level: node.level, parent: node.parent))
                let depth = Int(node.level) + 6
                maxDepth = max(maxDepth, depth)
                try merge(Int(node.target), FlowState(depth: depth, block: inside, bound: state.bound), &work)
                return
            }
            index = node.parent
        }
    }

    private mutating func run(from leader: Int, _ entryState: FlowState, _ work: inout [Int]) throws(LoweringError) {
        var state = entryState
        var i = leader
        try mergeHandler(state, &work)
        while true {
            let instruction = instructions[i]
            let fallsTo = try step(i, instruction, &state, &work)
            if state.depth < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            maxDepth = max(maxDepth, state.depth)
            if !fallsTo { return }
            i += 1
            if i >= instructions.count || isLeader[i] {
                try merge(i, state, &work)
                return
            }
        }
    }

    /// Applies one instruction to `state`; true if control can go on to the next.
    private mutating func step(
        _ i: Int, _ instruction: CanonicalInstruction, _ state: inout FlowState, _ work: inout [Int]
    ) throws(LoweringError) -> Bool {
        let op = instruction.op
        let arg = instruction.arg
        try checkIndex(instruction)
        if op.pops(arg) > state.depth { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
        let before = state
        state.depth += op.depthChange(arg, jumping: false)
        switch op {
        case .storeFast: state.bound[arg >> 6] |= 1 << UInt64(arg & 63)
        case .deleteFast:
            state.bound[arg >> 6] &= ~(1 << UInt64(arg & 63))
            try mergeHandler(state, &work)
        case .setupFinally, .setupWith, .setupAsyncWith:
            let level = before.depth + op.depthChange(arg, jumping: true) - 6
            if level < 0 { throw LoweringError(message: "stack underflow at offset \(instruction.offset)") }
            state.block = intern(
                UnwindNode(kind: .handler, target: Int32(target(of: i) ?? 0), level: Int32(level), parent: before.block))
            try mergeHandler(state, &work)
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
            try merge(target(of: i) ?? 0, state, &work)
            return false
        case .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpIfNotExcMatch, .forIter:
            var taken = before
            taken.depth += op.depthChange(arg, jumping: true)
            maxDepth = max(maxDepth, taken.depth)
            try merge(target(of: i) ?? 0, taken, &work)
        default: break
        }
        return true
    }

    /// Refuses an index outside its pool: malformed code must not reach the machine.
    private func checkIndex(_ instruction: CanonicalInstruction) throws(LoweringError) {
        let limit: Int
        switch instruction.op {
        case .loadConst: limit = code.consts.count
        case .loadFast, .storeFast, .deleteFast: limit = code.nlocals
        case .loadName, .storeName, .deleteName, .loadGlobal, .storeGlobal, .deleteGlobal, .loadAttr, .storeAttr, .deleteAttr,
            .loadMethod, .importName, .importFrom:
            limit = code.names.count
        case .loadClosure, .loadDeref, .storeDeref, .deleteDeref, .loadClassderef:
            limit = code.cellvars.count + code.freevars.count
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
