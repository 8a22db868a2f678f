// The raw memory that every lowering of an interpreter works in, one at a time: it grows to what the largest code object
// needed and stays, for this runs once for every function that is ever called. What comes out is copied to where it belongs.
import PyBytecode

/// One canonical instruction, EXTENDED_ARG folded in.
struct CanonicalInstruction {
    let op: Opcode
    private let argument: UInt32
    private let offset32: UInt32
    private let start32: UInt32

    init(op: Opcode, arg: Int, offset: Int, start: Int) {
        self.op = op
        argument = UInt32(truncatingIfNeeded: arg)
        offset32 = UInt32(truncatingIfNeeded: offset)
        start32 = UInt32(truncatingIfNeeded: start)
    }

    var arg: Int { Int(argument) }
    /// Byte offset of the opcode itself (after its EXTENDED_ARGs): what `f_lasti` shows.
    var offset: Int { Int(offset32) }
    /// Byte offset where its EXTENDED_ARGs start: where jumps to it point.
    var start: Int { Int(start32) }
}

/// Where the value of a stack position is.
struct Operand: Equatable {
    /// A register, or -1 - the index of a constant.
    let code: Int32

    static func register(_ r: Int) -> Operand { Operand(code: Int32(truncatingIfNeeded: r)) }
    static func constant(_ k: Int) -> Operand { Operand(code: Int32(truncatingIfNeeded: -1 - k)) }
    var register: Int? { code >= 0 ? Int(code) : nil }
    var constant: Int? { code < 0 ? -1 - Int(code) : nil }
}

/// What is known of the words from `word` to the next site's.
struct WordSite: Equatable {
    var word: UInt32
    /// Byte offset of their canonical instruction: `f_lasti`.
    var offset: UInt32
    /// Which of the registers from `stackBase` on hold something there: bit k for register `stackBase + k`. What is not in it is
    /// stale; registers from the 32nd on are always taken for live.
    var live: UInt32
    /// What is in force when the instruction raises: an index into the unwind nodes, -1 for nothing.
    var unwind: Int32
    /// How deep the canonical value stack is before the instruction.
    var depth: UInt16
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

/// A jump whose distance is not known yet: from word `from` to the instruction `target`, to be put into `word`.
struct PendingJump {
    var word: Int32
    var target: Int32
    var from: Int32
    var alone: Bool
}

struct LoweringMemory {
    /// What is lowered, and for each of its cell variables the parameter it takes its value from, -1 for none.
    var code = CodeView()
    var cellParameters = GrowableArray<Int32>()
    // The analysis
    var instructions = GrowableArray<CanonicalInstruction>()
    /// By code unit: the instruction that starts there, -1 for none.
    var indexOfUnit = GrowableArray<Int32>()
    /// By instruction: `FlowAnalysis`'s marks.
    var marks = GrowableArray<UInt8>()
    /// By leader: depth on entry (-1: unreachable), block in force, place of the bound locals in `bounds`.
    var entryDepths = GrowableArray<Int32>()
    var entryBlocks = GrowableArray<Int32>()
    var boundPlaces = GrowableArray<Int32>()
    var bounds = GrowableArray<UInt64>()
    var current = GrowableArray<UInt64>()
    var nodes = GrowableArray<UnwindNode>()
    var nodeTable = GrowableArray<Int32>()
    var work = GrowableArray<Int32>()
    // The product
    /// The instruction words; words named in `constants` hold an index into `co_consts` instead of a Value.
    var words = GrowableArray<UInt64>()
    var sites = GrowableArray<WordSite>()
    /// The words that are constants.
    var constants = GrowableArray<Int32>()
    var jumps = GrowableArray<PendingJump>()
    /// By instruction: the word at which a leader starts.
    var wordOfLeader = GrowableArray<Int32>()
    /// Traced form: for each code unit that begins an instruction the index of its `trace` word, -1 elsewhere.
    var starts = GrowableArray<Int32>()
    /// The virtual stack, bottom first, and the locals that are bound.
    var stack = GrowableArray<Operand>()
    var bound = GrowableArray<UInt64>()

    mutating func free() {
        cellParameters.free()
        instructions.free()
        indexOfUnit.free()
        marks.free()
        entryDepths.free()
        entryBlocks.free()
        boundPlaces.free()
        bounds.free()
        current.free()
        nodes.free()
        nodeTable.free()
        work.free()
        words.free()
        sites.free()
        constants.free()
        jumps.free()
        wordOfLeader.free()
        starts.free()
        stack.free()
        bound.free()
    }
}

extension GrowableArray where Element == Operand {
    mutating func removeLast(_ n: Int = 1) { count -= n }
    /// - Precondition: not empty; the flow analysis counted.
    @inline(__always) var top: Operand { self[count - 1] }
    @inline(__always) mutating func pop() -> Operand {
        count -= 1
        return self[count]
    }
    func contains(_ operand: Operand, from first: Int = 0) -> Bool {
        var i = first
        while i < count {
            if self[i] == operand { return true }
            i += 1
        }
        return false
    }
}

/// The code object cannot be run.
struct LoweringError: Error {
    var message: String
}

extension VM {
    var loweringMemory: UnsafeMutablePointer<LoweringMemory> { withUnsafeMutablePointer(to: &state.pointee.lowering) { $0 } }
}
