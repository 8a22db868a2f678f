// The record of a running call. Records are contiguous in one array per thread, the caller's just below; registers are a
// slice of the thread's VM stack, the callee's overlapping the caller's argument slots (DESIGN D6).
//
//   VM stack   ... │ caller's registers ... callable │ arg0 arg1 │ ...
//                                                    └ callee's base: locals, cells, value stack, scratch
import CShims

struct Frame {
    /// After word 0 of the instruction being executed; for a suspended caller, where it goes on.
    var pc: UnsafeMutablePointer<UInt64>
    var base: UnsafeMutablePointer<Value>
    var code: UnsafeMutablePointer<ExecCode>
    var globals: Value
    var builtins: Value
    /// Namespace of unoptimised code; NULL for functions.
    var locals: Value
    /// The function being called; NULL for module and exec code.
    var function: Value
    /// The frame as Python sees it; NULL until asked for.
    var object: Value
    /// `construct`: the instance; generators: the generator object.
    var owner: Value
    /// Generators: what the resumer was handling.
    var outerHandled: Value
    /// One past the registers: `ThreadState.stackTop` while this frame is on top.
    var end: UnsafeMutablePointer<Value>
    /// Low 32 bits: register of the caller that gets the result; high 32 bits: `FrameFlags`. All flags 0 is the fast return.
    var result: UInt64

    @inline(__always) var flags: FrameFlags {
        get { FrameFlags(rawValue: UInt32(truncatingIfNeeded: result &>> 32)) }
        set { result = (result & 0xFFFF_FFFF) | UInt64(newValue.rawValue) << 32 }
    }
    @inline(__always) var resultRegister: Int { Int(truncatingIfNeeded: result & 0xFFFF_FFFF) }
}

struct FrameFlags: OptionSet {
    let rawValue: UInt32
    /// Returning leaves `evaluate`: native code called.
    static let entry = FrameFlags(rawValue: 1)
    /// `__init__` called by a class: the result is `owner`, what is returned must be None.
    static let construct = FrameFlags(rawValue: 2)
    /// A generator's frame: registers go back to the generator object.
    static let generator = FrameFlags(rawValue: 4)
    /// There is a frame object to leave the registers to.
    static let hasObject = FrameFlags(rawValue: 8)
    /// A generator resumed by FOR_ITER: exhaustion jumps.
    static let forIter = FrameFlags(rawValue: 16)
    /// A generator resumed by YIELD_FROM of the frame below.
    static let yieldFrom = FrameFlags(rawValue: 32)
    /// It reports its return and its yields.
    static let traced = FrameFlags(rawValue: 64)
    /// A generator run by `drain`: what it yields goes to `EvalState.sink`.
    static let sink = FrameFlags(rawValue: 128)
    /// A special method that an instruction of the frame below asked; bits 16 to 23 are its opcode (`finishOperation`).
    static let operation = FrameFlags(rawValue: 256)
    /// With `operation`: of `a op= b`; the in-place method was asked; the reflected one was.
    static let inplaceForm = FrameFlags(rawValue: 512)
    static let askedInplace = FrameFlags(rawValue: 1024)
    static let askedReflected = FrameFlags(rawValue: 2048)
}

/// Tells a native profiler that a code object or native function begins to run or (last argument not 0) ended. Never raises.
public typealias ProfileHook = @convention(c) (VM, Value, Value, Int) -> Void

/// The part of a thread's state that the evaluation loop owns; `ThreadState.frame` points at it.
struct EvalState {
    /// The running frame; `frames` itself (a sentinel) when nothing runs.
    var top: UnsafeMutablePointer<Frame>
    let frames: UnsafeMutablePointer<Frame>
    /// Pushing at or above raises RecursionError whatever the recursion limit is.
    let framesEnd: UnsafeMutablePointer<Frame>
    /// As `framesEnd`, or `frames` to send every call down the slow path while something traces.
    var fastLimit: UnsafeMutablePointer<Frame>
    /// The exception on its way was raised again: this frame is in its traceback already.
    var isReraise = false
    /// With `isReraise`: the offset of the instruction that first raised it, -1 if RERAISE does not go back there.
    var reraiseOffset = -1
    /// > 0 while a trace or profile function runs.
    var tracing: Int32 = 0
    /// NULL when off.
    var traceFunction: Value = .null
    var profileFunction: Value = .null
    /// What is called instead of calling it: of a native profiler.
    var profileHook: ProfileHook?
    var asyncGenFirstIter: Value = .null
    var asyncGenFinalizer: Value = .null
    var coroutineOriginDepth = 0

    /// Inline caches by name, class and shape: see `AttributeSite`.
    let sites: UnsafeMutablePointer<AttributeSite>

    /// Where the machine frames of `evaluate` lie, innermost last: pairs (low, high). All that the loop keeps there is in
    /// registers too, so that the collector steps over it (stale words would keep objects).
    let loops: UnsafeMutablePointer<UInt>
    /// Activations of `evaluate`; those beyond `loopCapacity` are not recorded.
    var loopCount = 0
    static let loopCapacity = 1 << 15

    /// Where the frames flagged `sink` put what they yield; of the innermost `drain`.
    var sink: ItemSink?
    var sinkContext: UnsafeMutableRawPointer?

    /// Canonical instructions left, in counted form.
    var budget = Int.max

    /// Whether new frames report events.
    var isTracing: Bool { tracing == 0 && (traceFunction.isObject || profileFunction.isObject) }

    /// Address space, not memory: pages are touched as they are used.
    static let frameCapacity = 1 << 20

    init(stack: UnsafeMutablePointer<Value>, capacity: Int = EvalState.frameCapacity) {
        frames = .allocate(capacity: capacity)
        framesEnd = frames + (capacity - 16)
        fastLimit = framesEnd
        loops = .allocate(capacity: EvalState.loopCapacity * 2)
        sites = mapZeroed(of: AttributeSite.self, AttributeSite.count, touched: true)
        top = frames
        frames.initialize(to: Frame.sentinel(stack))
    }

    /// Frees the records. - Precondition: nothing runs.
    func deallocate() {
        frames.pointee.code.pointee.words.deallocate()
        frames.pointee.code.deallocate()
        frames.deallocate()
        loops.deallocate()
        taipan_unmap(sites, MemoryLayout<AttributeSite>.stride * AttributeSite.count)
    }
}

extension Frame {
    /// The record below the outermost call: no registers.
    static func sentinel(_ stack: UnsafeMutablePointer<Value>) -> Frame {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        words.initialize(to: 0)
        let code = UnsafeMutablePointer<ExecCode>.allocate(capacity: 1)
        // Nothing executes here.
        let site = UnsafeMutablePointer<WordSite>.allocate(capacity: 1)
        site.initialize(to: WordSite(word: 0, offset: 0, live: .max, unwind: -1, depth: 0))
        let nothing = UnsafeMutableRawPointer(words)
        code.initialize(
            to: ExecCode(
                words: words, wordCount: 0, registerCount: 0, stackBase: 0, localCount: 0, argumentCount: 0, callShape: -1,
                cellCount: 0, freeCount: 0, keywordOnlyCount: 0, positionalOnlyCount: 0, generatorShape: -1, isSimple: false, isGenerator: false, hasHandlers: false, mode: .plain,
                codeFlags: 0, names: stack, code: .null, sites: site, siteCount: 1,
                unwinds: nothing.assumingMemoryBound(to: UnwindNode.self),
                cellParameters: nothing.assumingMemoryBound(to: Int32.self)))
        return Frame(
            pc: words, base: stack, code: code, globals: .null, builtins: .null, locals: .null, function: .null,
            object: .null, owner: .null, outerHandled: .null, end: stack, result: 0)
    }
}
