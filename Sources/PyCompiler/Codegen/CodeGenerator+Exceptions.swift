// try, with and async with. 3.10 writes a finally body twice: once for the way out, once for the exception.
// CPython: Python/compile.c. Rules: Language Reference 8.4, 8.5, 8.9.3.
import PyBytecode
import PySyntax

extension CodeGenerator {
    mutating func compileTryFinally(
        _ body: NodeList<StmtID>, _ handlers: NodeList<HandlerID>, _ orelse: NodeList<StmtID>,
        _ finalbody: NodeList<StmtID>
    ) throws(Refused) {
        let bodyBlock = newBlock()
        let end = newBlock()
        let exit = newBlock()
        emitJump(.setupFinally, end)
        use(bodyBlock)
        try push(FrameBlock(kind: .finallyTry, block: bodyBlock, exit: end, body: finalbody))
        if handlers.isEmpty {
            try compile(body)
        } else {
            try compileTryExcept(body, handlers, orelse)
        }
        emitWithoutLine(.popBlock)
        popFrameBlock()
        try compile(finalbody)
        emitJumpWithoutLine(.jumpForward, exit)
        use(end)
        try push(FrameBlock(kind: .finallyEnd, block: end))
        try compile(finalbody)
        popFrameBlock()
        emit(.reraise, 0)
        use(exit)
    }

    mutating func compileTryExcept(
        _ body: NodeList<StmtID>, _ handlers: NodeList<HandlerID>, _ orelse: NodeList<StmtID>
    ) throws(Refused) {
        let bodyBlock = newBlock()
        var except = newBlock()
        let orelseBlock = newBlock()
        let end = newBlock()
        emitJump(.setupFinally, except)
        use(bodyBlock)
        try push(FrameBlock(kind: .tryExcept, block: bodyBlock))
        try compile(body)
        popFrameBlock()
        emitWithoutLine(.popBlock)
        emitJumpWithoutLine(.jumpForward, orelseBlock)
        use(except)
        // The interpreter pushes a block when it enters a handler.
        try push(FrameBlock(kind: .exceptionHandler, block: -1))
        for index in 0..<handlers.count {
            let handler = tree[tree[handlers, index]]
            span = handler.span
            if handler.type == nil && index < handlers.count - 1 { throw error("default 'except:' must be last") }
            except = newBlock()
            if let type = handler.type {
                emit(.dupTop)
                try compile(type)
                emitJump(.jumpIfNotExcMatch, except)
                nextBlock()
            }
            emit(.popTop)
            if let name = handler.name {
                try compileNamedHandler(name, handler.body, end)
            } else {
                let cleanupBody = newBlock()
                emit(.popTop)
                emit(.popTop)
                use(cleanupBody)
                try push(FrameBlock(kind: .handlerCleanup, block: cleanupBody))
                try compile(handler.body)
                popFrameBlock()
                clearPlace()
                emit(.popExcept)
                emitJump(.jumpForward, end)
            }
            use(except)
        }
        popFrameBlock()
        clearPlace()
        emit(.reraise, 0)
        use(orelseBlock)
        try compile(orelse)
        use(end)
    }

    /// `except X as name`: the name is unbound on every way out.
    private mutating func compileNamedHandler(_ name: NameID, _ body: NodeList<StmtID>, _ end: Int32) throws(Refused) {
        let cleanupEnd = newBlock()
        let cleanupBody = newBlock()
        try access(name, .store)
        emit(.popTop)
        emitJump(.setupFinally, cleanupEnd)
        use(cleanupBody)
        try push(FrameBlock(kind: .handlerCleanup, block: cleanupBody, name: name))
        try compile(body)
        popFrameBlock()
        clearPlace()
        emit(.popBlock)
        emit(.popExcept)
        try unbind(name)
        emitJump(.jumpForward, end)
        use(cleanupEnd)
        clearPlace()
        try unbind(name)
        emit(.reraise, 1)
    }

    private mutating func unbind(_ name: NameID) throws(Refused) {
        loadNone()
        try access(name, .store)
        try access(name, .del)
    }

    // MARK: With

    mutating func compileWith(
        _ id: StmtID, _ items: NodeList<WithItemID>, _ body: NodeList<StmtID>, _ position: Int
    ) throws(Refused) {
        guard position < items.count else { return try compile(body) }
        let item = tree[tree[items, position]]
        let block = newBlock()
        let final = newBlock()
        let exit = newBlock()
        try compile(item.contextExpr)
        emitJump(.setupWith, final)
        use(block)
        try push(FrameBlock(kind: .with, block: block, exit: final, statement: id))
        if let target = item.optionalVars {
            try compile(target)
        } else {
            emit(.popTop)
        }
        try compileWith(id, items, body, position + 1)
        clearPlace()
        emit(.popBlock)
        popFrameBlock()
        setPlace(id)
        callExitWithNones()
        emit(.popTop)
        emitJump(.jumpForward, exit)
        use(final)
        emit(.withExceptStart)
        finishWithException()
        use(exit)
    }

    mutating func compileAsyncWith(
        _ id: StmtID, _ items: NodeList<WithItemID>, _ body: NodeList<StmtID>, _ position: Int
    ) throws(Refused) {
        guard position < items.count else { return try compile(body) }
        if isTopLevelAwait {
            unit.isCoroutine = true
        } else if unit.kind != .asyncFunction {
            throw error("'async with' outside async function")
        }
        let item = tree[tree[items, position]]
        let block = newBlock()
        let final = newBlock()
        let exit = newBlock()
        try compile(item.contextExpr)
        emit(.beforeAsyncWith)
        emitAwait()
        emitJump(.setupAsyncWith, final)
        use(block)
        try push(FrameBlock(kind: .asyncWith, block: block, exit: final, statement: id))
        if let target = item.optionalVars {
            try compile(target)
        } else {
            emit(.popTop)
        }
        try compileAsyncWith(id, items, body, position + 1)
        popFrameBlock()
        emit(.popBlock)
        setPlace(id)
        callExitWithNones()
        emitAwait()
        emit(.popTop)
        emitJump(.jumpAbsolute, exit)
        use(final)
        emit(.withExceptStart)
        emitAwait()
        finishWithException()
        use(exit)
    }

    /// After `__exit__` has seen an exception: re-raise it unless the result is true.
    private mutating func finishWithException() {
        let exit = newBlock()
        emitJump(.popJumpIfTrue, exit)
        nextBlock()
        emit(.reraise, 1)
        use(exit)
        emit(.popTop)
        emit(.popTop)
        emit(.popTop)
        emit(.popExcept)
        emit(.popTop)
    }
}
