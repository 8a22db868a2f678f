// The execution form in raw memory: what a frame's pc walks over. Made from `LoweredCode` at a code object's first call;
// freed with the code object. Constants in the words are kept alive by the code object's constant tuple.
import PyBytecode

struct ExecCode {
    var words: UnsafeMutablePointer<UInt64>
    var wordCount: Int32
    var registerCount: Int32
    var stackBase: Int32
    var localCount: Int32
    var argumentCount: Int32
    /// `argumentCount` if a call with exactly that many positional arguments may put the frame in place, else -1.
    var callShape: Int32
    var cellCount: Int32
    var freeCount: Int32
    var keywordOnlyCount: Int32
    var positionalOnlyCount: Int32
    /// `argumentCount` if a generator's registers may be filled from exactly that many positional arguments, else -1.
    var generatorShape: Int32
    var isSimple: Bool
    var isGenerator: Bool
    /// Whether an abandoned generator has handlers to run.
    var hasHandlers: Bool
    var mode: LoweringMode
    var codeFlags: UInt32
    /// Items of `co_names`.
    var names: UnsafeMutablePointer<Value>
    /// The code object, not owned.
    var code: Value
    var offsets: UnsafeMutablePointer<UInt32>
    var depths: UnsafeMutablePointer<UInt16>
    var unwind: UnsafeMutablePointer<Int32>
    var unwinds: UnsafeMutablePointer<UnwindNode>
    /// Live registers by run of words.
    var live: UnsafeMutablePointer<LiveRun>
    var liveCount: Int32
    /// For each cell variable the parameter it takes its value from, -1 for none.
    var cellParameters: UnsafeMutablePointer<Int32>
    /// Traced form: the `trace` word of each code unit that begins an instruction, and the line of each unit; -1 for none.
    var starts: UnsafeMutablePointer<Int32>? = nil
    var lines: UnsafeMutablePointer<Int32>? = nil
    var unitCount: Int32 = 0
    /// Plain form: how its frames change over to the traced form; made when that first happens.
    var map: Unmanaged<FrameMap>? = nil

    /// Lowers the `code` object `value`, which must outlive the result.
    /// - Parameter lines: for the traced form, `linesOfUnits`.
    static func make(_ value: Value, _ mode: LoweringMode, lines: [Int32] = []) throws(LoweringError) -> UnsafeMutablePointer<ExecCode> {
        let layout = value.cast(CodeLayout.self)
        let view = CodeView(layout)
        var lowering = Lowering(view, mode)
        try lowering.lower()
        let constants = PyTuple(layout.pointee.consts)
        for (word, index) in lowering.out.constants { lowering.out.words[Int(word)] = constants[Int(index)].bits }
        let flags = view.flags
        let generator = !flags.isDisjoint(with: [.generator, .coroutine, .asyncGenerator])
        let simple = !generator && layout.pointee.kwonlyargcount == 0 && flags.isDisjoint(with: [.varArgs, .varKeywords])
            && flags.isSuperset(of: [.optimized, .newLocals])
        let plainGenerator = generator && layout.pointee.kwonlyargcount == 0 && view.cellCount == 0 && mode == .plain
            && flags.isDisjoint(with: [.varArgs, .varKeywords]) && flags.isSuperset(of: [.optimized, .newLocals])

        // One piece of memory: the record, the words, the side tables in the order of their alignment.
        let count = lowering.out.count
        let unwinds = lowering.out.unwinds.count
        let head = MemoryLayout<ExecCode>.stride
        let cells = view.cellParameters.count
        let lives = lowering.out.live.count
        let bytes = head + count * 18 + lives * MemoryLayout<LiveRun>.stride + unwinds * MemoryLayout<UnwindNode>.stride + cells * 4
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        var next = memory + head
        func place<Element>(_ source: UnsafePointer<Element>?, _ count: Int) -> UnsafeMutablePointer<Element> {
            // Safe: `bytes` counted every table.
            let table = next.assumingMemoryBound(to: Element.self)
            if let source, count > 0 { table.initialize(from: source, count: count) }
            next += count * MemoryLayout<Element>.stride
            return table
        }
        let words = place(UnsafePointer(lowering.out.words), count)
        let live = lowering.out.live.withUnsafeBufferPointer { place($0.baseAddress, lives) }
        let unwindTable = lowering.out.unwinds.withUnsafeBufferPointer { place($0.baseAddress, unwinds) }
        let offsets = place(UnsafePointer(lowering.out.offsets), count)
        let unwind = place(UnsafePointer(lowering.out.unwind), count)
        let cellParameters = view.cellParameters.withUnsafeBufferPointer { place($0.baseAddress, cells) }
        let depths = place(UnsafePointer(lowering.out.depths), count)
        let exec = memory.assumingMemoryBound(to: ExecCode.self)
        exec.initialize(
            to: ExecCode(
                words: words, wordCount: Int32(count), registerCount: Int32(lowering.out.registerCount),
                stackBase: Int32(lowering.out.stackBase), localCount: Int32(view.nlocals), argumentCount: Int32(view.argcount),
                callShape: simple ? Int32(view.argcount) : -1, cellCount: Int32(view.cellCount), freeCount: Int32(view.freeCount),
                keywordOnlyCount: Int32(layout.pointee.kwonlyargcount),
                positionalOnlyCount: Int32(layout.pointee.posonlyargcount), generatorShape: plainGenerator ? Int32(view.argcount) : -1,
                isSimple: simple, isGenerator: generator,
                hasHandlers: unwinds > 0, mode: mode, codeFlags: flags.rawValue, names: PyTuple(layout.pointee.names).items,
                code: value, offsets: offsets, depths: depths, unwind: unwind, unwinds: unwindTable,
                live: live, liveCount: Int32(lives), cellParameters: cellParameters))
        if mode == .traced {
            exec.pointee.starts = copy(lowering.out.starts)
            exec.pointee.unitCount = Int32(lowering.out.starts.count)
            exec.pointee.lines = copy(lines)
        }
        return exec
    }

    private static func copy<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        for i in array.indices { (memory + i).initialize(to: array[i]) }
        return memory
    }

    static func free(_ exec: UnsafeMutablePointer<ExecCode>) {
        exec.pointee.starts?.deallocate()
        exec.pointee.lines?.deallocate()
        exec.pointee.map?.release()
        UnsafeMutableRawPointer(exec).deallocate()
    }

    /// The word index of the instruction that `pc` is inside or just after (`pc` never points at a word 0 being executed).
    func wordIndex(_ pc: UnsafeMutablePointer<UInt64>) -> Int {
        let index = pc - words - 1
        return index < 0 ? 0 : min(index, Int(wordCount) - 1)
    }
    /// The live registers at the instruction that `pc` is inside or just after: see `LiveRun`.
    func liveRegisters(_ pc: UnsafeMutablePointer<UInt64>) -> UInt64 {
        let word = UInt32(truncatingIfNeeded: wordIndex(pc))
        var low = 0, high = Int(liveCount)
        while low < high {
            let middle = (low + high) / 2
            if live[middle].word <= word { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? .max : live[low - 1].registers
    }

    /// A pc inside the first instruction at a byte offset or after it.
    func pc(atOffset offset: Int) -> UnsafeMutablePointer<UInt64> {
        var low = 0
        var high = Int(wordCount)
        while low < high {
            let middle = (low + high) / 2
            if Int(offsets[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return words + min(low + 1, Int(wordCount))
    }
    /// `f_lasti` in bytes; -1 before the first instruction.
    func lastOffset(_ pc: UnsafeMutablePointer<UInt64>) -> Int {
        pc == words ? -1 : Int(offsets[wordIndex(pc)])
    }
}

extension CodeView {
    init(_ layout: UnsafeMutablePointer<CodeLayout>) {
        let fields = layout.pointee
        let instructions = fields.instructions.cast(BytesLayout.self)
        let start = (fields.instructions.pointer + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        bytes = UnsafeBufferPointer(start: start, count: instructions.pointee.count)
        flags = fields.flags
        argcount = fields.argcount
        parameterCount = fields.parameterCount
        nlocals = fields.nlocals
        constCount = PyTuple(fields.consts).count
        nameCount = PyTuple(fields.names).count
        let varnames = PyTuple(fields.varnames)
        varnameCount = varnames.count
        let cells = PyTuple(fields.cellvars)
        cellCount = cells.count
        freeCount = PyTuple(fields.freevars).count
        let limit = min(fields.parameterCount, varnames.count)
        // Names are interned: one text, one object.
        cellParameters = cells.count == 0 ? [] : (0..<cells.count).map { cell in
            Int32(truncatingIfNeeded: (0..<limit).first { varnames[$0] == cells[cell] } ?? -1)
        }
    }
}
