// What is known while a pattern is compiled: names captured so far (their values lie on the stack until the whole
// pattern has matched) and where to go when it does not match. CPython: Python/compile.c, `pattern_context`.
import PyBytecode
import PySyntax

struct PatternContext {
    /// Names captured so far; their values lie below `onTop` values of the stack.
    var stores: [NameID] = []
    var allowsIrrefutable = false
    /// Block `n` pops `n` values and then fails.
    var failPop: [Int32] = []
    /// Values above the captures that a failure must pop.
    var onTop = 0
}

extension CodeGenerator {
    mutating func ensureFailPop(_ context: inout PatternContext, _ pops: Int) {
        while context.failPop.count <= pops { context.failPop.append(newBlock()) }
    }

    /// Jumps with `opcode` to the block that cleans up and fails.
    mutating func emitFailJump(_ opcode: Opcode, _ context: inout PatternContext) {
        let pops = context.onTop + context.stores.count
        ensureFailPop(&context, pops)
        emitJump(opcode, context.failPop[pops])
        nextBlock()
    }

    /// Writes the clean-up blocks; what follows is the failure path.
    mutating func emitFailPop(_ context: inout PatternContext) {
        if context.failPop.isEmpty { return nextBlock() }
        var index = context.failPop.count - 1
        while index > 0 {
            use(context.failPop[index])
            emit(.popTop)
            index -= 1
        }
        use(context.failPop[0])
        context.failPop = []
    }

    /// Captures the value on the stack, or drops it where there is no name.
    mutating func capture(_ name: NameID?, _ context: inout PatternContext) throws(Refused) {
        guard let name else { return emit(.popTop) }
        try refuseDebug(name, .store)
        if context.stores.contains(name) { throw duplicateCapture(name) }
        // Below everything that must stay on top.
        emit(.rotN, context.onTop + context.stores.count + 1)
        context.stores.append(name)
    }

    mutating func duplicateCapture(_ name: NameID) -> Refused {
        error("multiple assignments to name \(names.table[name].repr().string) in pattern")
    }
}
