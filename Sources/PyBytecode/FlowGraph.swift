// The static flow graph of a code object: basic blocks with depths, edges and exception edges. For people and tools;
// the machine's lowering has its own. CPython: the blocks of Python/compile.c, as far as they can be seen in bytecode.

/// A run of instructions entered only at its first and left only after its last.
public struct BasicBlock: Hashable, Sendable {
    /// Index in `FlowGraph.blocks`.
    public var id: Int
    /// Byte offsets `start ..< end`.
    public var start: Int
    public var end: Int
    /// Depth of the value stack on entry; nil if the block cannot be reached.
    public var depth: Int?
    /// Logical instructions, EXTENDED_ARGs folded in.
    public var instructions: [Instruction]
    /// Where control goes when nothing is raised.
    public var successors: [Edge]
    /// The block that handles an exception raised in the block's first instruction; nil: it leaves the frame.
    public var handler: Int?
    /// Where the protection by `handler` ends inside the block (offset of the POP_BLOCK); nil: it covers the block.
    public var handlerEnd: Int?
    /// It is the handler of some block.
    public var isHandler: Bool
    /// Some edge comes back to it from its own end or later code.
    public var isLoopHead: Bool
    /// How the block ends when it has no successor.
    public var exit: Exit?

    public struct Edge: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            /// To the next instruction.
            case fall
            /// An unconditional jump.
            case jump
            /// The taken side of a conditional jump.
            case taken
        }
        public var kind: Kind
        public var target: Int
        /// It goes backwards.
        public var isBack: Bool
    }

    public enum Exit: String, Hashable, Sendable {
        case `return`, `raise`
    }
}

/// The blocks of one code object in order of their offsets.
public struct FlowGraph: Sendable {
    public let blocks: [BasicBlock]
    public let stackMap: StackMap

    /// - Throws: what the verifier finds; only sound code has a graph.
    public init(_ code: CodeObject) throws(VerificationError) {
        let map = try StackMap(verifying: code)
        stackMap = map
        let instructions = Instructions(code).logical
        let starts = Self.leaders(instructions)
        var blocks = Self.cut(instructions, at: starts, map)
        var index: [Int: Int] = [:]
        for block in blocks { index[block.start] = block.id }
        for id in blocks.indices { Self.connect(&blocks, id, index, map) }
        for block in blocks where block.depth != nil {
            for edge in block.successors where edge.isBack { blocks[edge.target].isLoopHead = true }
            if let handler = block.handler { blocks[handler].isHandler = true }
        }
        self.blocks = blocks
    }

    /// The block that holds the byte offset.
    public func block(at offset: Int) -> BasicBlock? {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].end <= offset { low = middle + 1 } else { high = middle }
        }
        return low < blocks.count && blocks[low].start <= offset ? blocks[low] : nil
    }

    private static func leaders(_ instructions: [Instruction]) -> Set<Int> {
        // A jump names the first EXTENDED_ARG of its target.
        var leaders: Set<Int> = [0]
        for instruction in instructions {
            guard let opcode = instruction.opcode else { continue }
            if let target = instruction.target { leaders.insert(target) }
            if opcode.info.flow != .next { leaders.insert(instruction.offset + 2) }
        }
        return leaders
    }

    private static func cut(_ instructions: [Instruction], at starts: Set<Int>, _ map: StackMap) -> [BasicBlock] {
        var blocks: [BasicBlock] = []
        for instruction in instructions {
            if starts.contains(instruction.start) || blocks.isEmpty {
                let depth = map.depths[instruction.start / 2]
                blocks.append(
                    BasicBlock(
                        id: blocks.count, start: instruction.start, end: instruction.start, depth: depth < 0 ? nil : Int(depth),
                        instructions: [], successors: [], handler: nil, handlerEnd: nil, isHandler: false,
                        isLoopHead: false, exit: nil))
            }
            blocks[blocks.count - 1].instructions.append(instruction)
            blocks[blocks.count - 1].end = instruction.offset + 2
        }
        return blocks
    }

    private static func connect(_ blocks: inout [BasicBlock], _ id: Int, _ index: [Int: Int], _ map: StackMap) {
        guard let last = blocks[id].instructions.last, let opcode = last.opcode else { return }
        let flow = opcode.info.flow
        func add(_ kind: BasicBlock.Edge.Kind, _ offset: Int?) {
            guard let offset, let target = index[offset] else { return }
            blocks[id].successors.append(BasicBlock.Edge(kind: kind, target: target, isBack: target <= id))
        }
        switch flow {
        case .next, .setup: add(.fall, last.offset + 2)
        case .jump: add(.jump, last.target)
        case .branch:
            add(.fall, last.offset + 2)
            add(.taken, last.target)
        case .exit: blocks[id].exit = opcode == .returnValue ? .return : .raise
        }
        let first = map.handler(atUnit: blocks[id].start / 2)
        blocks[id].handler = first.flatMap { index[$0] }
        guard first != nil else { return }
        for instruction in blocks[id].instructions where map.handler(atUnit: instruction.start / 2) != first {
            // The instruction before is the one that ended the protection.
            // What only jumps needs none.
            if instruction.opcode?.info.flow == .jump { break }
            blocks[id].handlerEnd = instruction.start - 2
            break
        }
    }
}
