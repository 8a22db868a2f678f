// Shape of the flow graph: what ends a block, what can be reached, which small exit blocks are copied.
// CPython: Python/compile.c, second half.
import PyBytecode

extension CodeGenerator {
    /// Exit blocks up to this size are copied to where they are jumped to.
    private static var maxCopySize: Int32 { 4 }

    @inline(__always)
    mutating func instruction(_ block: Int, _ index: Int) -> UnsafeMutablePointer<Instruction> {
        instructions.base + (Int(blocks[block].start) + index)
    }

    @inline(__always)
    mutating func lastInstruction(_ block: Int) -> UnsafeMutablePointer<Instruction> {
        instruction(block, Int(blocks[block].count) - 1)
    }

    /// The first block at or after `block` that has instructions.
    @inline(__always)
    mutating func skipEmpty(_ block: Int32) -> Int32 {
        var result = block
        while blocks[Int(result)].count == 0 && blocks[Int(result)].next >= 0 { result = blocks[Int(result)].next }
        return result
    }

    /// Marks exits and blocks that are never fallen out of, and points jumps past empty blocks.
    mutating func normalizeBlocks() throws(Refused) {
        for block in unit.blockBase..<blocks.count {
            let count = Int(blocks[block].count)
            for index in 0..<count {
                let pointer = instruction(block, index)
                switch pointer.pointee.opcode {
                case .returnValue, .raiseVarargs, .reraise:
                    blocks[block].isExit = true
                    blocks[block].hasNoFallthrough = true
                case .jumpAbsolute, .jumpForward:
                    blocks[block].hasNoFallthrough = true
                    pointer.pointee.target = skipEmpty(pointer.pointee.target)
                case .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .forIter:
                    pointer.pointee.target = skipEmpty(pointer.pointee.target)
                default: break
                }
            }
        }
    }

    /// Appends a copy of `source`'s instructions to `block`, which moves to the end of the buffer if it is not there.
    private mutating func append(_ source: Int, to block: Int) {
        makeRoom(block)
        for index in 0..<Int(blocks[source].count) { instructions.append(instruction(source, index).pointee) }
        blocks[block].count += blocks[source].count
    }

    mutating func append(_ new: Instruction, to block: Int) {
        makeRoom(block)
        instructions.append(new)
        blocks[block].count += 1
    }

    private mutating func makeRoom(_ block: Int) {
        let record = blocks[block]
        if Int(record.start + record.count) == instructions.count { return }
        let start = instructions.count
        for index in 0..<Int(record.count) { instructions.append(instructions[Int(record.start) + index]) }
        blocks[block].start = Int32(truncatingIfNeeded: start)
    }

    /// A block that ends in a jump to a small exit block gets that block's code instead. Newest block first, as in 3.10.
    mutating func extendBlocks() {
        var block = blocks.count - 1
        while block >= unit.blockBase {
            extend(block)
            block -= 1
        }
    }

    private mutating func extend(_ block: Int) {
        guard blocks[block].count > 0 else { return }
        let last = lastInstruction(block)
        guard last.pointee.opcode == .jumpAbsolute || last.pointee.opcode == .jumpForward else { return }
        let target = Int(last.pointee.target)
        guard blocks[target].isExit && blocks[target].count <= Self.maxCopySize else { return }
        last.pointee.opcode = .nop
        last.pointee.target = -1
        append(target, to: block)
        blocks[block].isExit = true
    }

    /// Counts the ways into each block that can be reached from the entry; empties the others.
    mutating func removeUnreachable(entry: Int) {
        worklist.truncate(to: 0)
        blocks[entry].predecessors = 1
        worklist.append(Int32(truncatingIfNeeded: entry))
        while worklist.count > 0 {
            let block = Int(worklist.popLast())
            if blocks[block].next >= 0 && !blocks[block].hasNoFallthrough { reach(blocks[block].next) }
            for index in 0..<Int(blocks[block].count) {
                let pointer = instruction(block, index)
                if pointer.pointee.opcode.isJump { reach(pointer.pointee.target) }
            }
        }
        var block = Int32(truncatingIfNeeded: entry)
        while block >= 0 {
            if blocks[Int(block)].predecessors == 0 {
                blocks[Int(block)].count = 0
                blocks[Int(block)].hasNoFallthrough = false
            }
            block = blocks[Int(block)].next
        }
    }

    private mutating func reach(_ block: Int32) {
        if blocks[Int(block)].predecessors == 0 { worklist.append(block) }
        blocks[Int(block)].predecessors += 1
    }

    /// Takes empty blocks out of the chain and points jumps past them.
    mutating func removeEmptyBlocks(entry: Int) {
        var block = Int32(truncatingIfNeeded: entry)
        while block >= 0 {
            let next = blocks[Int(block)].next
            if next >= 0 { blocks[Int(block)].next = skipEmpty(next) }
            block = blocks[Int(block)].next
        }
        block = Int32(truncatingIfNeeded: entry)
        while block >= 0 {
            if blocks[Int(block)].count > 0 {
                let last = lastInstruction(Int(block))
                if last.pointee.opcode.isJump { last.pointee.target = skipEmpty(last.pointee.target) }
            }
            block = blocks[Int(block)].next
        }
    }

    // MARK: Lines

    private mutating func isExitWithoutLine(_ block: Int32) -> Bool {
        let record = blocks[Int(block)]
        return record.isExit && record.count > 0 && instructions[Int(record.start)].line < 0
    }

    /// An exit block without a line is copied for each jump to it, so that each copy takes the line of its jump (PEP 626).
    mutating func duplicateExitsWithoutLine() {
        var block = blocks.count - 1
        while block >= unit.blockBase {
            duplicateExit(of: block)
            block -= 1
        }
        for block in unit.blockBase..<blocks.count {
            while blocks[block].next >= 0 && blocks[Int(blocks[block].next)].count == 0 {
                blocks[block].next = blocks[Int(blocks[block].next)].next
            }
        }
        // What is left is reached by falling through only.
        block = blocks.count - 1
        while block >= unit.blockBase {
            let record = blocks[block]
            if !record.hasNoFallthrough && record.next >= 0 && record.count > 0 && isExitWithoutLine(record.next) {
                instruction(Int(record.next), 0).pointee.line = lastInstruction(block).pointee.line
            }
            block -= 1
        }
    }

    private mutating func duplicateExit(of block: Int) {
        guard blocks[block].count > 0 else { return }
        let last = lastInstruction(block).pointee
        guard last.opcode.isJump && !last.opcode.isSetup else { return }
        let target = Int(last.target)
        guard isExitWithoutLine(last.target) && blocks[target].predecessors > 1 else { return }
        let copy = Int(newBlock())
        blocks[copy].start = Int32(truncatingIfNeeded: instructions.count)
        append(target, to: copy)
        instruction(copy, 0).pointee.line = last.line
        lastInstruction(block).pointee.target = Int32(truncatingIfNeeded: copy)
        blocks[target].predecessors -= 1
        blocks[copy].predecessors = 1
        blocks[copy].next = blocks[target].next
        blocks[copy].isExit = blocks[target].isExit
        blocks[copy].hasNoFallthrough = blocks[target].hasNoFallthrough
        blocks[target].next = Int32(truncatingIfNeeded: copy)
    }

    /// Instructions without a line take that of the one before, within a block and into blocks entered one way only.
    mutating func propagateLines(entry: Int) {
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let block = Int(id)
            let record = blocks[block]
            id = record.next
            if record.count == 0 { continue }
            var line: Int32 = -1
            let base = instructions.base + Int(record.start)
            for index in 0..<Int(record.count) {
                if base[index].line < 0 { base[index].line = line } else { line = base[index].line }
            }
            if !record.hasNoFallthrough && record.next >= 0 && blocks[Int(record.next)].predecessors == 1 {
                giveLine(line, to: record.next)
            }
            let last = base[Int(record.count) - 1]
            if last.opcode.isJump && !last.opcode.isSetup && blocks[Int(last.target)].predecessors == 1 {
                giveLine(line, to: last.target)
            }
        }
    }

    private mutating func giveLine(_ line: Int32, to block: Int32) {
        let record = blocks[Int(block)]
        if record.count > 0 && instructions[Int(record.start)].line < 0 { instructions[Int(record.start)].line = line }
    }

    /// A return always has a line.
    mutating func guaranteeExitLines(entry: Int) {
        var line = unit.firstLine
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let record = blocks[Int(id)]
            id = record.next
            if record.count == 0 { continue }
            let base = instructions.base + Int(record.start)
            let last = base[Int(record.count) - 1]
            if last.line >= 0 {
                line = last.line
            } else if last.opcode == .returnValue {
                for index in 0..<Int(record.count) { base[index].line = line }
            }
        }
    }

    // MARK: Stack

    /// The deepest the stack can get.
    mutating func stackDepth(entry: Int) throws(Refused) -> Int {
        worklist.truncate(to: 0)
        var deepest = 0
        // A generator starts with the value sent to it.
        push(entry, unit.isGenerator || unit.isCoroutine ? 1 : 0)
        while worklist.count > 0 {
            let block = Int(worklist.popLast())
            let record = blocks[block]
            var depth = Int(record.startDepth)
            var next = record.next
            for index in 0..<Int(record.count) {
                let instruction = instruction(block, index).pointee
                let after = depth + effects.effect(instruction.opcode, instruction.arg, jump: false)
                if after > deepest { deepest = after }
                if instruction.opcode.isJump {
                    let target = depth + effects.effect(instruction.opcode, instruction.arg, jump: true)
                    if target > deepest { deepest = target }
                    push(Int(instruction.target), target)
                }
                depth = after
                switch instruction.opcode {
                case .jumpAbsolute, .jumpForward, .returnValue, .raiseVarargs, .reraise: next = -1
                default: continue
                }
                break
            }
            if next >= 0 { push(Int(next), depth) }
        }
        return deepest
    }

    private mutating func push(_ block: Int, _ depth: Int) {
        if Int(blocks[block].startDepth) < depth && blocks[block].startDepth < 100 {
            blocks[block].startDepth = Int32(truncatingIfNeeded: depth)
            worklist.append(Int32(truncatingIfNeeded: block))
        }
    }
}
