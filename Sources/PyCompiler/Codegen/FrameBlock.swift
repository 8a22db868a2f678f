// What surrounds the statement being compiled: loops, handlers, finally bodies, with blocks. Leaving them by return,
// break or continue takes code for each, written where the leaving happens. CPython: Python/compile.c, `fblockinfo`.
import PyBytecode
import PySyntax

struct FrameBlock {
    enum Kind: UInt8 {
        case whileLoop, forLoop, tryExcept, finallyTry, finallyEnd, with, asyncWith, handlerCleanup, popValue
        case exceptionHandler, asyncComprehension
    }

    var kind: Kind
    var block: Int32
    var exit: Int32 = -1
    /// The finally body.
    var body: NodeList<StmtID> = .empty
    /// The with statement.
    var statement: StmtID?
    /// The name an exception is bound to.
    var name: NameID?
}

extension CodeGenerator {
    /// CPython's CO_MAXBLOCKS.
    private static var maxFrameBlocks: Int { 20 }

    mutating func push(_ block: FrameBlock) throws(Refused) {
        if frameBlocks.count - unit.frameBlockBase >= Self.maxFrameBlocks {
            throw error("too many statically nested blocks")
        }
        frameBlocks.append(block)
    }

    mutating func popFrameBlock() { frameBlocks.truncate(to: frameBlocks.count - 1) }

    /// Writes the code that leaves `block`. `preservesTop`: a value to return lies on the stack.
    mutating func unwind(_ block: FrameBlock, preservesTop: Bool) throws(Refused) {
        switch block.kind {
        case .whileLoop, .exceptionHandler, .asyncComprehension: break
        case .forLoop, .popValue:
            if preservesTop { emit(.rotTwo) }
            emit(.popTop)
        case .tryExcept: emit(.popBlock)
        case .finallyTry:
            // The POP_BLOCK has the line of the statement that leaves.
            emit(.popBlock)
            if preservesTop { try push(FrameBlock(kind: .popValue, block: -1)) }
            try compile(block.body)
            if preservesTop { popFrameBlock() }
            clearPlace()
        case .finallyEnd:
            if preservesTop { emit(.rotFour) }
            emit(.popTop)
            emit(.popTop)
            emit(.popTop)
            if preservesTop { emit(.rotFour) }
            emit(.popExcept)
        case .with, .asyncWith:
            if let statement = block.statement { setPlace(statement) }
            emit(.popBlock)
            if preservesTop { emit(.rotTwo) }
            callExitWithNones()
            if block.kind == .asyncWith { emitAwait() }
            emit(.popTop)
            clearPlace()
        case .handlerCleanup:
            if block.name != nil { emit(.popBlock) }
            if preservesTop { emit(.rotFour) }
            emit(.popExcept)
            if let name = block.name {
                loadNone()
                try access(name, .store)
                try access(name, .del)
            }
        }
    }

    /// Leaves all surrounding blocks, or those up to the innermost loop, which is returned.
    mutating func unwindAll(preservesTop: Bool, toLoop: Bool) throws(Refused) -> FrameBlock? {
        guard frameBlocks.count > unit.frameBlockBase else { return nil }
        let top = frameBlocks[frameBlocks.count - 1]
        if toLoop && (top.kind == .whileLoop || top.kind == .forLoop) { return top }
        popFrameBlock()
        try unwind(top, preservesTop: preservesTop)
        let loop = try unwindAll(preservesTop: preservesTop, toLoop: toLoop)
        frameBlocks.append(top)
        return loop
    }

    /// Calls the `__exit__` on the stack with three Nones.
    mutating func callExitWithNones() {
        loadNone()
        emit(.dupTop)
        emit(.dupTop)
        emit(.callFunction, 3)
    }

    /// Awaits the object on the stack.
    mutating func emitAwait() {
        emit(.getAwaitable)
        loadNone()
        emit(.yieldFrom)
    }
}
