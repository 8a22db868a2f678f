// The product of the lowering, growing, before constants become Values and everything moves to one piece of memory.

/// What the lowering makes of one code object: words and, for each, what the side tables say.
struct LoweredCode: ~Copyable {
    /// The instruction words; words named in `constants` hold an index into `co_consts` instead of a Value.
    private(set) var words: UnsafeMutablePointer<UInt64>
    /// For each word, the byte offset of its canonical instruction: `f_lasti`.
    private(set) var offsets: UnsafeMutablePointer<UInt32>
    /// For each word, what is in force when the instruction raises: an index into `unwinds`, -1 for nothing.
    private(set) var unwind: UnsafeMutablePointer<Int32>
    /// For each word, how deep the canonical value stack is before the instruction.
    private(set) var depths: UnsafeMutablePointer<UInt16>
    private(set) var count = 0
    private var capacity: Int
    /// (word index, constant index) of every constant word.
    var constants: [(word: Int32, index: Int32)] = []
    var unwinds: [UnwindNode] = []
    /// Runs of words with the same live registers, by first word.
    var live: [LiveRun] = []
    /// Traced form: for each code unit that begins an instruction the index of its `trace` word, -1 elsewhere.
    var starts: [Int32] = []
    /// Registers of a frame, scratch included.
    var registerCount = 0
    /// The register of the value stack's bottom slot.
    var stackBase = 0

    init(capacity: Int) {
        self.capacity = capacity
        words = .allocate(capacity: capacity)
        offsets = .allocate(capacity: capacity)
        unwind = .allocate(capacity: capacity)
        depths = .allocate(capacity: capacity)
    }

    deinit {
        words.deallocate()
        offsets.deallocate()
        unwind.deallocate()
        depths.deallocate()
    }

    @inline(__always) mutating func append(_ word: UInt64, offset: Int, block: Int32, depth: Int) {
        if count == capacity { grow() }
        // Safe: grow() made room; offsets and depths of valid code fit.
        words[count] = word
        offsets[count] = UInt32(truncatingIfNeeded: offset)
        unwind[count] = block
        depths[count] = UInt16(truncatingIfNeeded: depth)
        count += 1
    }

    @inline(never) private mutating func grow() {
        let larger = capacity * 2
        func move<Element>(_ old: UnsafeMutablePointer<Element>) -> UnsafeMutablePointer<Element> {
            let new = UnsafeMutablePointer<Element>.allocate(capacity: larger)
            new.update(from: old, count: count)
            old.deallocate()
            return new
        }
        words = move(words)
        offsets = move(offsets)
        unwind = move(unwind)
        depths = move(depths)
        capacity = larger
    }
}

/// Which of the registers from `stackBase` on hold something at the words from `word` to the next run's: bit k for register
/// `stackBase + k`. What is not in it is stale; registers from the 64th on are always taken for live.
struct LiveRun {
    var word: UInt32
    var registers: UInt64
}

/// One element of the static block stack (what CPython 3.10 keeps in `f_blockstack` while it runs).
struct UnwindNode: Hashable {
    enum Kind: UInt8 { case handler, restore }
    /// `handler`: an exception jumps to `target` with six values from stack depth `level`.
    /// `restore`: we are inside a handler; leaving it puts back the handled exception saved at `level`.
    var kind: Kind
    /// Canonical instruction index in the flow analysis, word index in the product.
    var target: Int32
    var level: Int32
    /// The next outer node, -1 for none.
    var parent: Int32
}

/// The code object cannot be run.
struct LoweringError: Error {
    var message: String
}
