// What 3.10 improves inside and between basic blocks: constant conditions, tuples of constants, swaps, jumps to jumps,
// NOPs. A jump is only threaded where no line would be lost from a trace (PEP 626). CPython: Python/compile.c,
// `optimize_basic_block`, `clean_basic_block`.
import PyBytecode

extension CodeGenerator {
    /// The whole pass, for the blocks reached from `entry`.
    mutating func optimize(entry: Int) throws(Refused) {
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            optimizeBlock(Int(id))
            clean(Int(id), -1)
            id = blocks[Int(id)].next
        }
        extendBlocks()
        removeUnreachable(entry: entry)
        var previous: Int32 = -1
        id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            var line: Int32 = -1
            if previous >= 0 && blocks[Int(previous)].count > 0 { line = lastInstruction(Int(previous)).pointee.line }
            clean(Int(id), line)
            previous = blocks[Int(id)].hasNoFallthrough ? -1 : id
            id = blocks[Int(id)].next
        }
        removeEmptyBlocks(entry: entry)
        if removeJumpsToNext(entry: entry) { removeEmptyBlocks(entry: entry) }
    }

    /// A jump to the block that follows anyway becomes a NOP.
    private mutating func removeJumpsToNext(entry: Int) -> Bool {
        var mayHaveEmptied = false
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let block = Int(id)
            id = blocks[block].next
            guard blocks[block].count > 0 else { continue }
            let last = lastInstruction(block)
            guard last.pointee.opcode == .jumpAbsolute || last.pointee.opcode == .jumpForward,
                last.pointee.target == blocks[block].next
            else { continue }
            blocks[block].hasNoFallthrough = false
            last.pointee.opcode = .nop
            last.pointee.target = -1
            clean(block, -1)
            mayHaveEmptied = true
        }
        return mayHaveEmptied
    }

    private mutating func optimizeBlock(_ block: Int) {
        var index = 0
        // A chain of jumps ends; a ring of them must not keep us.
        var budget = 64 * (Int(blocks[block].count) + 64)
        while index < Int(blocks[block].count) && budget > 0 {
            budget -= 1
            let pointer = instruction(block, index)
            let opcode = pointer.pointee.opcode
            let hasNext = index + 1 < Int(blocks[block].count)
            var target: Instruction?
            if opcode.isJump {
                pointer.pointee.target = skipEmpty(pointer.pointee.target)
                let targetBlock = Int(pointer.pointee.target)
                if blocks[targetBlock].count > 0 { target = instruction(targetBlock, 0).pointee }
            }
            switch opcode {
            case .loadConst:
                if hasNext { foldCondition(block, pointer) }
            case .buildTuple:
                foldTuple(pointer, index, hasNext: hasNext)
            case .jumpIfFalseOrPop, .jumpIfTrueOrPop:
                if let target, threadBooleanJump(pointer, target) { continue }
            case .popJumpIfFalse, .popJumpIfTrue:
                if let target, target.opcode == .jumpAbsolute || target.opcode == .jumpForward,
                    threadJump(pointer, opcode, target)
                {
                    continue
                }
            case .jumpAbsolute, .jumpForward:
                if let target {
                    if target.opcode == .jumpForward, threadJump(pointer, opcode, target) { continue }
                    if target.opcode == .jumpAbsolute, threadJump(pointer, .jumpAbsolute, target) { continue }
                }
            case .forIter:
                if let target, target.opcode == .jumpForward, threadJump(pointer, .forIter, target) { continue }
            case .rotN:
                if pointer.pointee.arg < 2 {
                    pointer.pointee.opcode = .nop
                } else {
                    let count = Int(pointer.pointee.arg)
                    if count == 2 { pointer.pointee.opcode = .rotTwo }
                    if count == 3 { pointer.pointee.opcode = .rotThree }
                    if count == 4 { pointer.pointee.opcode = .rotFour }
                    if index >= count - 1 { foldRotations(pointer - (count - 1), count) }
                }
            default: break
            }
            index += 1
        }
    }

    /// LOAD_CONST before a conditional jump: the jump is taken always or never.
    private mutating func foldCondition(_ block: Int, _ pointer: UnsafeMutablePointer<Instruction>) {
        let jump = pointer + 1
        let number = consts[unit.constBase + Int(pointer.pointee.arg)]
        switch jump.pointee.opcode {
        case .popJumpIfFalse, .popJumpIfTrue:
            let isTaken = pool.isTrue(number) == (jump.pointee.opcode == .popJumpIfTrue)
            pointer.pointee.opcode = .nop
            if isTaken {
                jump.pointee.opcode = .jumpAbsolute
                blocks[block].hasNoFallthrough = true
            } else {
                jump.pointee.opcode = .nop
                jump.pointee.target = -1
            }
        case .jumpIfFalseOrPop, .jumpIfTrueOrPop:
            if pool.isTrue(number) == (jump.pointee.opcode == .jumpIfTrueOrPop) {
                jump.pointee.opcode = .jumpAbsolute
                blocks[block].hasNoFallthrough = true
            } else {
                pointer.pointee.opcode = .nop
                jump.pointee.opcode = .nop
                jump.pointee.target = -1
            }
        default: break
        }
    }

    /// BUILD_TUPLE: of what is unpacked at once, a swap; of constants, a constant.
    private mutating func foldTuple(_ pointer: UnsafeMutablePointer<Instruction>, _ index: Int, hasNext: Bool) {
        let count = Int(pointer.pointee.arg)
        let next = pointer + 1
        if hasNext && next.pointee.opcode == .unpackSequence && next.pointee.arg == pointer.pointee.arg {
            switch count {
            case 1:
                pointer.pointee.opcode = .nop
                next.pointee.opcode = .nop
                return
            case 2:
                pointer.pointee.opcode = .rotTwo
                next.pointee.opcode = .nop
                return
            case 3:
                pointer.pointee.opcode = .rotThree
                next.pointee.opcode = .rotTwo
                return
            default: return
            }
        }
        guard index >= count else { return }
        let first = pointer - count
        for position in 0..<count where first[position].opcode != .loadConst { return }
        var items: [Constant] = []
        items.reserveCapacity(count)
        for position in 0..<count {
            items.append(pool.values[Int(consts[unit.constBase + Int(first[position].arg)])])
            first[position].opcode = .nop
        }
        pointer.pointee.opcode = .loadConst
        pointer.pointee.arg = UInt32(truncatingIfNeeded: self.index(ofConstant: pool.number(of: .tuple(items))))
    }

    /// `a and b or c`: a jump to a jump on the same value. True if the instruction must be looked at again.
    private mutating func threadBooleanJump(_ pointer: UnsafeMutablePointer<Instruction>, _ target: Instruction) -> Bool {
        let onFalse = pointer.pointee.opcode == .jumpIfFalseOrPop
        let popSame: Opcode = onFalse ? .popJumpIfFalse : .popJumpIfTrue
        let same = pointer.pointee.opcode
        let opposite: Opcode = onFalse ? .jumpIfTrueOrPop : .jumpIfFalseOrPop
        guard pointer.pointee.line == target.line else { return false }
        if target.opcode == popSame {
            pointer.pointee.opcode = popSame
            pointer.pointee.target = target.target
            return true
        }
        if target.opcode == .jumpAbsolute || target.opcode == .jumpForward || target.opcode == same {
            if pointer.pointee.target == target.target { return false }
            pointer.pointee.target = target.target
            return true
        }
        if target.opcode == opposite {
            pointer.pointee.opcode = popSame
            pointer.pointee.target = blocks[Int(pointer.pointee.target)].next
            return true
        }
        return false
    }

    /// A jump to a jump on the same line goes where that one goes. True if the instruction must be looked at again.
    private mutating func threadJump(_ pointer: UnsafeMutablePointer<Instruction>, _ opcode: Opcode, _ target: Instruction) -> Bool {
        guard pointer.pointee.line == target.line, pointer.pointee.target != target.target else { return false }
        pointer.pointee.opcode = opcode
        pointer.pointee.target = target.target
        return true
    }

    /// `count` times ROT_N(`count`) is nothing.
    private mutating func foldRotations(_ first: UnsafeMutablePointer<Instruction>, _ count: Int) {
        for position in 0..<count {
            let rotation: Int
            switch first[position].opcode {
            case .rotN: rotation = Int(first[position].arg)
            case .rotFour: rotation = 4
            case .rotThree: rotation = 3
            case .rotTwo: rotation = 2
            default: return
            }
            if rotation != count { return }
        }
        for position in 0..<count { first[position].opcode = .nop }
    }

    /// Drops the NOPs that no line needs.
    private mutating func clean(_ block: Int, _ previousLine: Int32) {
        let record = blocks[block]
        let base = instructions.base + Int(record.start)
        let count = Int(record.count)
        var previousLine = previousLine
        var kept = 0
        for source in 0..<count {
            let line = base[source].line
            if base[source].opcode == .nop {
                if line < 0 || line == previousLine { continue }
                if source < count - 1 {
                    let next = base[source + 1].line
                    if next < 0 || next == line {
                        base[source + 1].line = line
                        continue
                    }
                } else {
                    var next = record.next
                    while next >= 0 && blocks[Int(next)].count == 0 { next = blocks[Int(next)].next }
                    if next >= 0 && instruction(Int(next), 0).pointee.line == line { continue }
                }
            }
            if kept != source { base[kept] = base[source] }
            kept += 1
            previousLine = line
        }
        blocks[block].count = Int32(truncatingIfNeeded: kept)
    }
}
