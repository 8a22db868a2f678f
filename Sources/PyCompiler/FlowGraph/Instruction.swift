// The code of one unit while it is being made: trivial instruction records in basic blocks, in buffers that every unit
// of the compilation shares. CPython: `struct instr` and `basicblock` of Python/compile.c.
import PyBytecode

/// One instruction, before its jump target is a number.
struct Instruction {
    var opcode: Opcode
    var originKind: InstructionOrigins.NodeKind = .none
    var arg: UInt32 = 0
    /// The block a jump goes to; -1 if it is no jump.
    var target: Int32 = -1
    /// -1: none; the instruction is artificial.
    var line: Int32
    /// The tree node this was made for.
    var origin: UInt32 = 0
}

extension Opcode {
    /// Carries a target: real jumps and handler set-ups.
    @inline(__always)
    var isJump: Bool {
        switch self {
        case .forIter, .jumpForward, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpAbsolute, .popJumpIfFalse, .popJumpIfTrue,
            .jumpIfNotExcMatch, .setupFinally, .setupWith, .setupAsyncWith:
            true
        default: false
        }
    }

    @inline(__always)
    var isRelativeJump: Bool {
        switch self {
        case .forIter, .jumpForward, .setupFinally, .setupWith, .setupAsyncWith: true
        default: false
        }
    }

    @inline(__always)
    var isSetup: Bool {
        switch self {
        case .setupFinally, .setupWith, .setupAsyncWith: true
        default: false
        }
    }
}

/// A run of instructions entered at its start only. Blocks are numbered in the order they were made.
struct BasicBlock {
    /// Where its instructions lie in the shared buffer.
    var start: Int32 = 0
    var count: Int32 = 0
    /// The block that follows in the code; -1 for none.
    var next: Int32 = -1
    var predecessors: Int32 = 0
    /// Stack depth on entry; `Int32.min` while unknown.
    var startDepth: Int32 = .min
    /// In instructions, from the start of the code.
    var offset: Int32 = 0
    /// Ends in a return or raise.
    var isExit = false
    var hasNoFallthrough = false
}
