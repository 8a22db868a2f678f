// The product of the lowering as plain Swift arrays, before constants become Values and the words move to raw memory.

/// What the lowering makes of one code object.
struct LoweredCode {
    /// The instruction words; words named in `constants` hold an index into `co_consts` instead of a Value.
    var words: [UInt64] = []
    /// (word index, constant index) of every constant word.
    var constants: [(word: Int, index: Int)] = []
    /// For each word, the byte offset of its canonical instruction: `f_lasti`.
    var offsets: [UInt32] = []
    /// For each word, how deep the canonical value stack is before the instruction.
    var depths: [UInt16] = []
    /// For each word, what is in force when the instruction raises: an index into `unwinds`, -1 for nothing.
    var unwind: [Int32] = []
    var unwinds: [UnwindNode] = []
    /// Runs of words with the same live registers, by first word.
    var live: [LiveRun] = []
    /// Traced form: for each code unit that begins an instruction the index of its `trace` word, -1 elsewhere.
    var starts: [Int32] = []
    /// Registers of a frame, scratch included.
    var registerCount = 0
    /// The register of the value stack's bottom slot.
    var stackBase = 0
    /// The register that receives the first value sent to a generator, if the code is one.
    var isGenerator = false
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
