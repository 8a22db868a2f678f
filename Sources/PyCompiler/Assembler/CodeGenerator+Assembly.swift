// From basic blocks to a code object: jump offsets with EXTENDED_ARG, bytes, line table, pools.
// CPython: Python/compile.c, `assemble`, `makecode`. Line table: PEP 626.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    /// Finishes the current unit. `addNone`: falling off the end returns None rather than the value on the stack.
    mutating func assemble(addNone: Bool) throws(Refused) -> CodeObject {
        finishBlock()
        let current = Int(unit.currentBlock)
        if blocks[current].count == 0 || lastInstruction(current).pointee.opcode != .returnValue {
            clearPlace()
            if addNone { loadNone() }
            emit(.returnValue)
            finishBlock()
        }
        let entry = unit.blockBase
        try normalizeBlocks()
        extendBlocks()
        insertGeneratorStart(entry)
        try optimize(entry: entry)
        duplicateExitsWithoutLine()
        trimConstants(entry)
        propagateLines(entry: entry)
        guaranteeExitLines(entry: entry)
        let stackSize = try stackDepth(entry: entry)
        orientJumps(entry)
        resolveJumps(entry)
        return makeCode(entry, stackSize)
    }

    private mutating func insertGeneratorStart(_ entry: Int) {
        guard unit.isGenerator || unit.isCoroutine else { return }
        let flags = codeFlags()
        let kind: UInt32
        if flags.contains(.coroutine) {
            kind = 1
        } else if flags.contains(.asyncGenerator) {
            kind = 2
        } else if flags.contains(.generator) {
            kind = 0
        } else {
            return
        }
        let count = Int(blocks[entry].count)
        append(Instruction(opcode: .genStart, arg: kind, line: -1), to: entry)
        let base = instruction(entry, 0)
        var index = count
        while index > 0 {
            base[index] = base[index - 1]
            index -= 1
        }
        base[0] = Instruction(opcode: .genStart, originKind: originKind, arg: kind, line: -1, origin: origin)
    }

    /// Constants at the end of the pool that nothing loads are dropped; the first is the docstring and stays.
    private mutating func trimConstants(_ entry: Int) {
        var highest = 0
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let record = blocks[Int(id)]
            for index in 0..<Int(record.count) {
                let instruction = instructions[Int(record.start) + index]
                if instruction.opcode == .loadConst && Int(instruction.arg) > highest { highest = Int(instruction.arg) }
            }
            id = record.next
        }
        let end = unit.constBase + highest + 1
        if end < consts.count { consts.truncate(to: end) }
    }

    /// Code units an argument takes, its instruction included.
    @inline(__always)
    private mutating func size(_ arg: UInt32) -> Int {
        arg <= 0xFF ? 1 : arg <= 0xFFFF ? 2 : arg <= 0xFF_FFFF ? 3 : 4
    }

    /// A jump ahead is relative, a jump back absolute.
    private mutating func orientJumps(_ entry: Int) {
        var position: Int32 = 0
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            blocks[Int(id)].offset = position
            position += 1
            id = blocks[Int(id)].next
        }
        id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let record = blocks[Int(id)]
            id = record.next
            if record.count == 0 { continue }
            let last = instructions.base + Int(record.start + record.count - 1)
            guard last.pointee.opcode == .jumpAbsolute || last.pointee.opcode == .jumpForward else { continue }
            let isAhead = blocks[Int(last.pointee.target)].offset > record.offset
            last.pointee.opcode = isAhead ? .jumpForward : .jumpAbsolute
        }
    }

    /// Turns targets into arguments. A longer argument moves what follows, so this goes round until nothing changes.
    private mutating func resolveJumps(_ entry: Int) {
        var isSettled = false
        while !isSettled {
            isSettled = true
            var offset = 0
            var id = Int32(truncatingIfNeeded: entry)
            while id >= 0 {
                blocks[Int(id)].offset = Int32(truncatingIfNeeded: offset)
                let record = blocks[Int(id)]
                let base = instructions.base + Int(record.start)
                for index in 0..<Int(record.count) { offset += size(base[index].arg) }
                id = record.next
            }
            id = Int32(truncatingIfNeeded: entry)
            while id >= 0 {
                let record = blocks[Int(id)]
                let base = instructions.base + Int(record.start)
                var offset = Int(record.offset)
                for index in 0..<Int(record.count) {
                    let oldSize = size(base[index].arg)
                    offset += oldSize
                    guard base[index].opcode.isJump else { continue }
                    var arg = Int(blocks[Int(base[index].target)].offset)
                    if base[index].opcode.isRelativeJump { arg -= offset }
                    base[index].arg = UInt32(truncatingIfNeeded: arg)
                    if size(base[index].arg) != oldSize { isSettled = false }
                }
                id = record.next
            }
        }
    }

    private mutating func makeCode(_ entry: Int, _ stackSize: Int) -> CodeObject {
        var code: [UInt8] = []
        var lines = LineTableBuilder(firstLine: Int(unit.firstLine))
        var origins: [InstructionOrigins.Origin] = []
        let records = options.recordOrigins
        code.reserveCapacity((instructions.count - unit.instructionBase) * 2)
        var runLine = unit.firstLine
        var runStart = 0
        var id = Int32(truncatingIfNeeded: entry)
        while id >= 0 {
            let record = blocks[Int(id)]
            let base = instructions.base + Int(record.start)
            for index in 0..<Int(record.count) {
                let instruction = base[index]
                if instruction.line != runLine && instruction.line != 0 {
                    lines.append(line: Int(runLine), length: code.count - runStart)
                    runStart = code.count
                    runLine = instruction.line
                }
                let extra = size(instruction.arg) - 1
                var shift = extra * 8
                while shift > 0 {
                    code.append(Opcode.extendedArg.rawValue)
                    code.append(UInt8(truncatingIfNeeded: instruction.arg >> UInt32(shift)))
                    shift -= 8
                }
                code.append(instruction.opcode.rawValue)
                code.append(UInt8(truncatingIfNeeded: instruction.arg))
                if records {
                    let origin = InstructionOrigins.Origin(kind: instruction.originKind, raw: instruction.origin)
                    for _ in 0...extra { origins.append(origin) }
                }
            }
            id = record.next
        }
        lines.append(line: Int(runLine), length: code.count - runStart)
        let cells = unit.derefBase + unit.cellCount
        return CodeObject(
            argcount: unit.argcount + unit.posonlyargcount, posonlyargcount: unit.posonlyargcount,
            kwonlyargcount: unit.kwonlyargcount, nlocals: varnames.count - unit.varnameBase, stacksize: stackSize,
            flags: codeFlags(), code: code,
            consts: (unit.constBase..<consts.count).map { pool.values[Int(consts[$0])] },
            names: (unit.nameBase..<unitNames.count).map { names.table[unitNames[$0]] },
            varnames: (unit.varnameBase..<varnames.count).map { names.table[varnames[$0]] },
            freevars: (cells..<derefs.count).map { names.table[derefs[$0]] },
            cellvars: (unit.derefBase..<cells).map { names.table[derefs[$0]] },
            filename: reporter.filename, name: names.table[unit.name], firstlineno: Int(unit.firstLine),
            linetable: lines.bytes, origins: records ? InstructionOrigins(units: origins) : nil)
    }
}
