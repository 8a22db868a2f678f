// The work of `StackMap.init(verifying:)`: abstract interpretation with a work list, each unit visited once.

struct Verifier {
    private let code: CodeObject
    /// The logical instruction at each unit where one starts (its EXTENDED_ARGs included); -1 in between.
    private var starts: [Int32]
    private let instructions: [Instruction]
    private var pending: [Int32] = []
    private var interned: [BlockEntry: Int32] = [:]
    var map: StackMap

    /// Depth and innermost block.
    private struct State {
        var depth: Int
        var block: Int32
    }

    init(_ code: CodeObject) throws(VerificationError) {
        self.code = code
        let length = code.code.count
        guard length > 0 else { throw VerificationError(.emptyCode) }
        guard length % 2 == 0 else { throw VerificationError(.oddLength) }
        guard length < 1 << 30 else { throw VerificationError(.codeTooLong) }
        try Self.checkCounts(code)
        instructions = Instructions(code).logical
        starts = [Int32](repeating: -1, count: length / 2)
        for (index, instruction) in instructions.enumerated() { starts[instruction.start / 2] = Int32(index) }
        if let last = instructions.last {
            guard last.offset + 2 == length else { throw VerificationError(.danglingExtendedArg, at: last.offset + 2) }
        } else {
            throw VerificationError(.danglingExtendedArg, at: 0)
        }
        map = StackMap(units: length / 2)
    }

    private static func checkCounts(_ code: CodeObject) throws(VerificationError) {
        let limit = 1 << 24
        let counts = [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.nlocals, code.stacksize]
        guard counts.allSatisfy({ $0 >= 0 && $0 < limit }), code.posonlyargcount <= code.argcount else {
            throw VerificationError(.badArgumentCounts)
        }
        var parameters = code.argcount + code.kwonlyargcount
        if code.flags.contains(.varArgs) { parameters += 1 }
        if code.flags.contains(.varKeywords) { parameters += 1 }
        guard parameters <= code.nlocals, code.nlocals <= code.varnames.count else {
            throw VerificationError(.tooFewLocalNames)
        }
    }

    mutating func run() throws(VerificationError) {
        let resumable: CodeFlags = [.generator, .coroutine, .asyncGenerator]
        // A generator's frame starts with the value that was sent to start it.
        try reach(0, State(depth: code.flags.isDisjoint(with: resumable) ? 0 : 1, block: -1), from: 0)
        while let unit = pending.popLast() {
            let instruction = instructions[Int(starts[Int(unit)])]
            try visit(instruction, State(depth: Int(map.depths[Int(unit)]), block: map.innermost[Int(unit)]))
        }
    }

    /// Merges `state` into the unit at byte `offset`.
    private mutating func reach(_ offset: Int, _ state: State, from source: Int) throws(VerificationError) {
        guard offset >= 0, offset % 2 == 0, offset / 2 < starts.count, starts[offset / 2] >= 0 else {
            throw VerificationError(offset == code.code.count ? .fallsOffEnd : .targetOutOfRange, at: source)
        }
        guard state.depth <= code.stacksize else { throw VerificationError(.stackOverflow(depth: state.depth), at: source) }
        let unit = offset / 2
        let known = Int(map.depths[unit])
        if known >= 0 {
            guard known == state.depth else { throw VerificationError(.depthMismatch(known, state.depth), at: offset) }
            guard map.innermost[unit] == state.block else { throw VerificationError(.blockMismatch, at: offset) }
            return
        }
        map.depths[unit] = Int32(state.depth)
        map.innermost[unit] = state.block
        map.maxDepth = max(map.maxDepth, state.depth)
        pending.append(Int32(unit))
    }

    private mutating func visit(_ instruction: Instruction, _ state: State) throws(VerificationError) {
        let at = instruction.offset
        guard let opcode = instruction.opcode else { throw VerificationError(.unknownOpcode(instruction.number), at: at) }
        guard at - instruction.start <= 2 * Opcode.maxExtendedArgs, (instruction.argument ?? 0) <= Int(Int32.max) else {
            throw VerificationError(.extendedTooFar, at: at)
        }
        let argument = instruction.argument ?? 0
        let info = opcode.info
        try checkArgument(opcode, info.argument, argument, at)
        guard state.depth >= opcode.requiredDepth(argument: argument) else { throw VerificationError(.stackUnderflow, at: at) }
        let (pops, pushes) = info.stack.traffic(argument: argument, jump: false)
        var next = State(depth: state.depth - pops, block: state.block)
        try checkFloor(next.depth, next.block, opcode, at)
        next.depth += pushes
        try changeBlocks(opcode, state, &next, instruction)

        if info.flow == .branch || info.flow == .jump {
            let (pops, pushes) = info.stack.traffic(argument: argument, jump: true)
            let depth = state.depth - pops + pushes
            try reach(instruction.target ?? -1, State(depth: depth, block: state.block), from: at)
        }
        if info.flow != .jump && info.flow != .exit { try reach(at + 2, next, from: at) }
    }

    /// Nothing may be taken from below the innermost block: an exception in between would find too few values.
    private func checkFloor(_ depth: Int, _ block: Int32, _ opcode: Opcode, _ at: Int) throws(VerificationError) {
        guard block >= 0 else { return }
        let entry = map.blocks[Int(block)]
        // These take the handler's own values, and their block with them. A return leaves all blocks.
        if opcode == .popExcept || opcode == .endAsyncFor || opcode == .returnValue { return }
        // These only look, or move and cannot fail.
        switch opcode {
        case .withExceptStart, .getAnext, .getLen, .matchMapping, .matchSequence, .matchKeys, .importFrom: return
        case .dupTop, .dupTopTwo, .rotTwo, .rotThree, .rotFour, .rotN: return
        default: break
        }
        let floor = Int(entry.level) + (entry.kind == .handler ? 3 : 0)
        guard depth >= floor else { throw VerificationError(.belowBlock, at: at) }
    }

    private mutating func changeBlocks(
        _ opcode: Opcode, _ state: State, _ next: inout State, _ instruction: Instruction
    ) throws(VerificationError) {
        let at = instruction.offset
        if opcode.info.flow == .setup {
            // The values that a setup leaves in front of the block's own: SETUP_WITH's __enter__ result, SETUP_ASYNC_WITH's value.
            let level = next.depth - (opcode == .setupFinally ? 0 : 1)
            let handler = instruction.target ?? -1
            let outer = state.block
            next.block = try push(.setup, handler, level, outer, at)
            let handling = try push(.handler, handler, level, outer, at)
            try reach(handler, State(depth: level + 6, block: handling), from: at)
        } else if opcode == .popBlock {
            next.block = try pop(.setup, state.block, at).parent
        } else if opcode == .popExcept {
            let entry = try pop(.handler, state.block, at)
            guard state.depth >= Int(entry.level) + 3 else { throw VerificationError(.belowBlock, at: at) }
            next.block = entry.parent
        } else if opcode == .endAsyncFor {
            let entry = try pop(.handler, state.block, at)
            guard state.depth >= Int(entry.level) + 6 else { throw VerificationError(.belowBlock, at: at) }
            next.block = entry.parent
        } else if opcode == .reraise, instruction.argument ?? 0 != 0 {
            _ = try pop(.handler, state.block, at)
        }
    }

    private func pop(_ kind: BlockEntry.Kind, _ block: Int32, _ at: Int) throws(VerificationError) -> BlockEntry {
        guard block >= 0 else { throw VerificationError(.noBlock, at: at) }
        let entry = map.blocks[Int(block)]
        guard entry.kind == kind else { throw VerificationError(.wrongBlock, at: at) }
        return entry
    }

    private mutating func push(
        _ kind: BlockEntry.Kind, _ handler: Int, _ level: Int, _ parent: Int32, _ at: Int
    ) throws(VerificationError) -> Int32 {
        let height = parent < 0 ? 1 : map.blocks[Int(parent)].height + 1
        guard height <= StackMap.maxBlocks else { throw VerificationError(.blockStackOverflow, at: at) }
        // Handlers that are the same for everyone but who set them up are one entry, so that paths can meet.
        let entry = BlockEntry(
            kind: kind, handler: Int32(truncatingIfNeeded: handler), level: Int32(level), parent: parent, height: height)
        if let index = interned[entry] { return index }
        let index = Int32(map.blocks.count)
        map.blocks.append(entry)
        interned[entry] = index
        return index
    }

    private func checkArgument(
        _ opcode: Opcode, _ kind: ArgumentKind, _ argument: Int, _ at: Int
    ) throws(VerificationError) {
        let limit: Int
        switch kind {
        case .none: return
        case .const: limit = code.consts.count
        case .name: limit = code.names.count
        case .local: limit = code.nlocals
        case .free: limit = code.cellvars.count + code.freevars.count
        case .compare: limit = 6
        case .invert: limit = 2
        // Bounded so that sums cannot overflow; the depth check does the rest.
        case .jumpRelative, .jumpAbsolute: return
        case .count: limit = opcode == .raiseVarargs ? 3 : opcode == .buildSlice ? 4 : 1 << 28
        case .depth: limit = 1 << 28
        case .flags:
            switch opcode {
            case .genStart: limit = 3
            case .makeFunction: limit = 16
            case .formatValue: limit = 8
            case .callFunctionEx, .reraise: limit = 2
            default: return
            }
        }
        // Cells come first, then free variables: one range, but LOAD_CLASSDEREF reads free variables only.
        let lowest =
            opcode == .loadClassderef ? code.cellvars.count : opcode == .buildSlice ? 2 : opcode == .rotN || kind == .depth ? 1 : 0
        guard argument >= lowest, argument < limit else { throw VerificationError(.argumentOutOfRange, at: at) }
    }
}
