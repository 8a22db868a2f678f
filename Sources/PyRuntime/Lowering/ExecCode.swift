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

    /// - Parameter constants: the constants as Values, in `co_consts` order.
    static func make(
        _ code: CodeObject, _ lowered: LoweredCode, mode: LoweringMode, value: Value,
        constants: (Int) -> Value, names: UnsafeMutablePointer<Value>
    ) -> UnsafeMutablePointer<ExecCode> {
        let words = copy(lowered.words)
        for (word, index) in lowered.constants { words[word] = constants(index).bits }
        let parameters = code.argcount + code.kwonlyargcount + (code.flags.contains(.varArgs) ? 1 : 0)
            + (code.flags.contains(.varKeywords) ? 1 : 0)
        let sources = code.cellvars.map { cell in
            Int32(code.varnames.prefix(parameters).firstIndex(of: cell) ?? -1)
        }
        let generator = !code.flags.isDisjoint(with: [.generator, .coroutine, .asyncGenerator])
        let simple = !generator && code.kwonlyargcount == 0 && code.flags.isDisjoint(with: [.varArgs, .varKeywords])
            && code.flags.isSuperset(of: [.optimized, .newLocals])
        let exec = UnsafeMutablePointer<ExecCode>.allocate(capacity: 1)
        exec.initialize(
            to: ExecCode(
                words: words, wordCount: Int32(lowered.words.count), registerCount: Int32(lowered.registerCount),
                stackBase: Int32(lowered.stackBase), localCount: Int32(code.nlocals), argumentCount: Int32(code.argcount),
                callShape: simple ? Int32(code.argcount) : -1, cellCount: Int32(code.cellvars.count), freeCount: Int32(code.freevars.count),
                keywordOnlyCount: Int32(code.kwonlyargcount), isSimple: simple, isGenerator: generator, hasHandlers: !lowered.unwinds.isEmpty, mode: mode,
                codeFlags: code.flags.rawValue, names: names, code: value, offsets: copy(lowered.offsets),
                depths: copy(lowered.depths), unwind: copy(lowered.unwind), unwinds: copy(lowered.unwinds),
                live: copy(lowered.live), liveCount: Int32(lowered.live.count),
                cellParameters: copy(sources)))
        if mode == .traced {
            exec.pointee.starts = copy(lowered.starts)
            exec.pointee.unitCount = Int32(lowered.starts.count)
            exec.pointee.lines = copy(code.linesOfUnits())
        }
        return exec
    }

    private static func copy<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        for i in array.indices { (memory + i).initialize(to: array[i]) }
        return memory
    }

    static func free(_ exec: UnsafeMutablePointer<ExecCode>) {
        let e = exec.pointee
        e.words.deallocate()
        e.offsets.deallocate()
        e.depths.deallocate()
        e.unwind.deallocate()
        e.unwinds.deallocate()
        e.live.deallocate()
        e.cellParameters.deallocate()
        e.starts?.deallocate()
        e.lines?.deallocate()
        e.map?.release()
        exec.deallocate()
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
