// The execution form in raw memory: what a frame's pc walks over. Made from the product in `LoweringMemory` at a code object's first call;
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
    /// The side table: what is known of each run of words, ascending; the first is for word 0.
    var sites: UnsafeMutablePointer<WordSite>
    var siteCount: Int32
    var unwinds: UnsafeMutablePointer<UnwindNode>
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
    static func make(
        _ vm: VM, _ value: Value, _ mode: LoweringMode, lines: [Int32] = []
    ) throws(LoweringError) -> UnsafeMutablePointer<ExecCode> {
        let layout = value.cast(CodeLayout.self)
        let memory = vm.loweringMemory
        memory.pointee.view(layout)
        var lowering = Lowering(memory, mode)
        try lowering.lower()
        let constants = PyTuple(layout.pointee.consts)
        for i in 0..<memory.pointee.constants.count {
            let word = Int(memory.pointee.constants[i])
            memory.pointee.words[word] = constants[Int(memory.pointee.words[word])].bits
        }
        let flags = layout.pointee.flags
        let generator = !flags.isDisjoint(with: [.generator, .coroutine, .asyncGenerator])
        let simple = !generator && layout.pointee.kwonlyargcount == 0 && flags.isDisjoint(with: [.varArgs, .varKeywords])
            && flags.isSuperset(of: [.optimized, .newLocals])
        let plainGenerator = generator && layout.pointee.kwonlyargcount == 0 && memory.pointee.code.cellCount == 0 && mode == .plain
            && flags.isDisjoint(with: [.varArgs, .varKeywords]) && flags.isSuperset(of: [.optimized, .newLocals])

        // One piece of memory: the record, the words, the side tables in the order of their alignment.
        let product = memory.pointee
        let count = product.words.count
        let head = MemoryLayout<ExecCode>.stride
        let bytes = head + count * 8 + product.sites.count * MemoryLayout<WordSite>.stride
            + product.nodes.count * MemoryLayout<UnwindNode>.stride + product.cellParameters.count * 4
        let piece = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 8)
        var next = piece + head
        func place<Element>(_ source: GrowableArray<Element>) -> UnsafeMutablePointer<Element> {
            // Safe: `bytes` counted every table.
            let table = next.assumingMemoryBound(to: Element.self)
            if let base = source.base { table.initialize(from: base, count: source.count) }
            next += source.count * MemoryLayout<Element>.stride
            return table
        }
        let words = place(product.words)
        let sites = place(product.sites)
        let unwinds = place(product.nodes)
        let cellParameters = place(product.cellParameters)
        let exec = piece.assumingMemoryBound(to: ExecCode.self)
        exec.initialize(
            to: ExecCode(
                words: words, wordCount: Int32(count), registerCount: Int32(lowering.registerCount),
                stackBase: Int32(lowering.stackBase), localCount: Int32(product.code.nlocals), argumentCount: Int32(product.code.argcount),
                callShape: simple ? Int32(product.code.argcount) : -1, cellCount: Int32(product.code.cellCount),
                freeCount: Int32(product.code.freeCount), keywordOnlyCount: Int32(layout.pointee.kwonlyargcount),
                positionalOnlyCount: Int32(layout.pointee.posonlyargcount),
                generatorShape: plainGenerator ? Int32(product.code.argcount) : -1, isSimple: simple, isGenerator: generator,
                hasHandlers: product.nodes.count > 0, mode: mode, codeFlags: flags.rawValue, names: PyTuple(layout.pointee.names).items,
                code: value, sites: sites, siteCount: Int32(product.sites.count), unwinds: unwinds, cellParameters: cellParameters))
        if mode == .traced {
            let units = product.starts.count
            let starts = UnsafeMutablePointer<Int32>.allocate(capacity: units)
            let lineTable = UnsafeMutablePointer<Int32>.allocate(capacity: units)
            for i in 0..<units {
                starts[i] = product.starts[i]
                lineTable[i] = i < lines.count ? lines[i] : -1
            }
            exec.pointee.starts = starts
            exec.pointee.lines = lineTable
            exec.pointee.unitCount = Int32(units)
        }
        return exec
    }

    static func free(_ exec: UnsafeMutablePointer<ExecCode>) {
        exec.pointee.starts?.deallocate()
        exec.pointee.lines?.deallocate()
        exec.pointee.map?.release()
        UnsafeMutableRawPointer(exec).deallocate()
    }
}

extension UnsafeMutablePointer where Pointee == ExecCode {
    /// The word index of the instruction that `pc` is inside or just after (`pc` never points at a word 0 being executed).
    func wordIndex(_ pc: UnsafeMutablePointer<UInt64>) -> Int {
        let index = pc - pointee.words - 1
        return index < 0 ? 0 : min(index, Int(pointee.wordCount) - 1)
    }

    /// What is known of the word with this index.
    func site(word: Int) -> UnsafeMutablePointer<WordSite> {
        let sites = pointee.sites
        // The last site that begins at or before the word.
        var low = 0
        var length = Int(pointee.siteCount)
        while length > 1 {
            let half = length >> 1
            if Int(sites[low + half].word) <= word { low += half }
            length -= half
        }
        return sites + low
    }
    /// The same for the instruction that `pc` is inside or just after.
    func site(at pc: UnsafeMutablePointer<UInt64>) -> UnsafeMutablePointer<WordSite> { site(word: wordIndex(pc)) }

    /// A pc inside the first instruction at a byte offset or after it.
    func pc(atOffset offset: Int) -> UnsafeMutablePointer<UInt64> {
        var low = 0
        var high = Int(pointee.siteCount)
        while low < high {
            let middle = (low + high) / 2
            if Int(pointee.sites[middle].offset) < offset { low = middle + 1 } else { high = middle }
        }
        let word = low < Int(pointee.siteCount) ? Int(pointee.sites[low].word) : Int(pointee.wordCount)
        return pointee.words + min(word + 1, Int(pointee.wordCount))
    }
    /// `f_lasti` in bytes; -1 before the first instruction.
    func lastOffset(_ pc: UnsafeMutablePointer<UInt64>) -> Int {
        pc == pointee.words ? -1 : Int(site(at: pc).pointee.offset)
    }
}

extension LoweringMemory {
    /// Sets what is to be lowered. The object must stay alive meanwhile.
    mutating func view(_ layout: UnsafeMutablePointer<CodeLayout>) {
        let instructions = layout.pointee.instructions
        let start = (instructions.pointer + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        code.bytes = UnsafeBufferPointer(start: start, count: instructions.cast(BytesLayout.self).pointee.count)
        code.flags = layout.pointee.flags
        code.argcount = layout.pointee.argcount
        code.parameterCount = layout.pointee.parameterCount
        code.nlocals = layout.pointee.nlocals
        code.constCount = PyTuple(layout.pointee.consts).count
        code.nameCount = PyTuple(layout.pointee.names).count
        let varnames = PyTuple(layout.pointee.varnames)
        code.varnameCount = varnames.count
        let cells = PyTuple(layout.pointee.cellvars)
        code.cellCount = cells.count
        code.freeCount = PyTuple(layout.pointee.freevars).count
        let limit = min(code.parameterCount, varnames.count)
        cellParameters.fill(cells.count, with: -1)
        for cell in 0..<cells.count {
            // Names are interned: one text, one object.
            for i in 0..<limit where varnames[i] == cells[cell] {
                cellParameters[cell] = Int32(truncatingIfNeeded: i)
                break
            }
        }
    }
}
