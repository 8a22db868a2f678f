// How a frame of the plain form becomes a frame of the traced form and back: at the words where canonical instructions begin,
// where the values of the canonical stack are. The two forms share their registers; only the deferred loads differ.
// Made on demand by lowering the code again (`Lowering.map`): the plain form itself carries nothing for it.

final class FrameMap {
    struct Entry {
        /// Byte offset at which the canonical instruction starts.
        var start: Int32
        /// Where each stack position's value is, bottom first: a register, or -1 - index of a constant.
        var sources: [Int32]
    }

    /// By word of the plain form.
    var entries: [Int: Entry] = [:]
    /// Words of the plain form at which the basic blocks start, by code unit; -1 elsewhere. There every stack position is at home.
    var leaders: [Int32]
    /// The opcodes that traps were written over.
    private var saved: [(word: Int, op: UInt8)] = []
    private(set) var isInstalled = false

    init(units: Int) { leaders = [Int32](repeating: -1, count: units) }

    /// Writes a trap over each entry. A YIELD_FROM keeps its opcode: suspended generators are recognised by it.
    func install(_ words: UnsafeMutablePointer<UInt64>) {
        if isInstalled { return }
        isInstalled = true
        saved.removeAll(keepingCapacity: true)
        for word in entries.keys where ExecWord.op(words[word]) != .yieldFrom {
            saved.append((word, UInt8(truncatingIfNeeded: words[word])))
            words[word] = words[word] & ~0xFF | UInt64(ExecOp.trap.rawValue)
        }
    }

    func uninstall(_ words: UnsafeMutablePointer<UInt64>) {
        if !isInstalled { return }
        isInstalled = false
        // An inline cache may have been written over the trap meanwhile: it stays.
        for (word, op) in saved where ExecWord.op(words[word]) == .trap { words[word] = words[word] & ~0xFF | UInt64(op) }
    }
}
