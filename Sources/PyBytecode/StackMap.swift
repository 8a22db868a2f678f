// The verifier: walks every path of a code object once and proves that the value stack and the block stack are the same
// on all of them, that targets and pool indices are in range, and that nothing runs off the end. It is what stands
// between a malformed `.pyc` and the machine. CPython has none; rules: Python/ceval.c, Python/compile.c stackdepth().

/// Why a code object must not be run.
public struct VerificationError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case emptyCode, oddLength, codeTooLong, badArgumentCounts, tooFewLocalNames
        case unknownOpcode(UInt8), extendedTooFar, danglingExtendedArg, argumentOutOfRange, targetOutOfRange
        case stackUnderflow, stackOverflow(depth: Int), depthMismatch(Int, Int), blockMismatch, blockStackOverflow
        case noBlock, wrongBlock, belowBlock, fallsOffEnd
    }
    public var reason: Reason
    /// Byte offset of the instruction, or -1 for the code object as a whole.
    public var offset: Int

    public init(_ reason: Reason, at offset: Int = -1) {
        self.reason = reason
        self.offset = offset
    }
}

/// One entry of the block stack that is in force at an instruction.
public struct BlockEntry: Hashable, Sendable {
    public enum Kind: UInt8, Sendable {
        /// A try or with block: an exception cuts the stack to `level`, pushes six values and goes to `handler`.
        case setup
        /// A handler being run: `level` values lie below its six.
        case handler
    }
    public var kind: Kind
    /// Byte offset of the handler's first instruction.
    public var handler: Int32
    public var level: Int32
    /// Index of the entry below in `StackMap.blocks`; -1 at the bottom.
    public var parent: Int32
    /// How many entries there are from here down.
    public var height: Int32
}

/// What the verifier found out: for each two-byte unit the depth and the blocks on entry.
public struct StackMap: Sendable {
    /// Depth on entry by unit (`offset / 2`); -1 where the code cannot be reached or in an EXTENDED_ARG.
    public internal(set) var depths: [Int32]
    /// Innermost block on entry by unit, an index into `blocks`; -1 for none.
    public internal(set) var innermost: [Int32]
    public internal(set) var blocks: [BlockEntry]
    /// Greatest depth on any path. Never more than `co_stacksize`.
    public internal(set) var maxDepth: Int

    /// The greatest number of blocks a frame can hold (CO_MAXBLOCKS).
    public static let maxBlocks = 20

    /// Verifies `code`. Complexity: O(length of `co_code`). Constants that are code objects are not entered.
    public init(verifying code: CodeObject) throws(VerificationError) {
        var verifier = try Verifier(code)
        try verifier.run()
        self = verifier.map
    }

    init(units: Int) {
        depths = [Int32](repeating: -1, count: units)
        innermost = depths
        blocks = []
        maxDepth = 0
    }

    /// The handler an exception at `unit` goes to, nil if it leaves the frame.
    public func handler(atUnit unit: Int) -> Int? {
        guard innermost.indices.contains(unit) else { return nil }
        var index = innermost[unit]
        while index >= 0 {
            let block = blocks[Int(index)]
            if block.kind == .setup { return Int(block.handler) }
            index = block.parent
        }
        return nil
    }
}

extension CodeObject {
    /// Verifies this code object and every code object among its constants, tuples included.
    public func verifyRecursively() throws(VerificationError) {
        var pending: [CodeObject] = [self]
        while let code = pending.popLast() {
            _ = try StackMap(verifying: code)
            for constant in code.consts { if case .code(let inner) = constant { pending.append(inner) } }
        }
    }
}
