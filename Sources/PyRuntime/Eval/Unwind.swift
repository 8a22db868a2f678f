// Exceptions on their way out: traceback entries, static handlers, popping frames. CPython: the `error:` and
// `exception_unwind:` parts of Python/ceval.c, Python/traceback.c.
import PyBytecode

extension VM {
    /// Finds who handles `thread.raised`, popping frames down to `entry`. The handler's frame, its pc at the handler; nil if
    /// `entry` itself was left: native code must go on raising.
    @inline(never) func unwind(to entry: UnsafeMutablePointer<Frame>) -> UnsafeMutablePointer<Frame>? {
        let eval = self.eval
        while true {
            let frame = eval.pointee.top
            if frame < entry { return nil }
            thread.pointee.stackTop = frame.pointee.end
            let offset: Int
            if eval.pointee.isReraise {
                eval.pointee.isReraise = false
                offset = eval.pointee.reraiseOffset
                eval.pointee.reraiseOffset = -1
            } else {
                offset = -1
                addTraceback(frame)
                if eval.pointee.isTracing { traceException(frame, phase: .unwinding) }
            }
            if enterHandler(frame, raisedAt: offset) { return frame }
            // RERAISE takes f_lasti, and so f_lineno, back to where the exception came from.
            if offset >= 0 { frame.pointee.pc = frame.pointee.code.pc(atOffset: offset) }
            if eval.pointee.isTracing { traceUnwind(frame) }
            if leaveByException(frame) { return nil }
        }
    }

    /// The offset that the handler around the running RERAISE was entered from.
    func offsetHandled(_ frame: UnsafeMutablePointer<Frame>) -> Int {
        let exec = frame.pointee.code
        let node = exec.site(at: frame.pointee.pc).pointee.unwind
        guard node >= 0, exec.pointee.unwinds[Int(node)].kind == .restore else { return -1 }
        let saved = frame.pointee.base[Int(exec.pointee.stackBase) + Int(exec.pointee.unwinds[Int(node)].level)]
        return saved.isSmallInt ? saved.smallInt : -1
    }

    /// Walks the static block chain of the instruction the frame stands at. True if a handler was entered.
    /// - Parameter offset: where the exception was first raised, if it was raised again; else -1.
    private func enterHandler(_ frame: UnsafeMutablePointer<Frame>, raisedAt offset: Int) -> Bool {
        let exec = frame.pointee.code
        var node = exec.site(at: frame.pointee.pc).pointee.unwind
        while node >= 0 {
            let block = exec.pointee.unwinds[Int(node)]
            let slots = frame.pointee.base + Int(exec.pointee.stackBase) + Int(block.level)
            switch block.kind {
            case .restore: restoreHandled(frame, slots[1])
            case .handler:
                let exception = takeRaised()
                let outermost = frame.pointee.flags.contains(.generator) && !hasRestore(exec, block.parent)
                slots[0] = Value(small: offset >= 0 ? offset : exec.lastOffset(frame.pointee.pc))
                if offset >= 0, frame.pointee.object.isObject { frame.pointee.object.cast(FrameLayout.self).pointee.previous = offset + 1 }
                slots[1] = outermost ? .null : thread.pointee.handled
                slots[2] = .none
                let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
                slots[3] = traceback.isNull ? .none : traceback
                slots[4] = exception
                slots[5] = exception.objectType.value
                thread.pointee.handled = exception
                frame.pointee.pc = exec.pointee.words + Int(block.target)
                return true
            }
            node = block.parent
        }
        return false
    }

    private func hasRestore(_ exec: UnsafeMutablePointer<ExecCode>, _ start: Int32) -> Bool {
        var node = start
        while node >= 0 {
            if exec.pointee.unwinds[Int(node)].kind == .restore { return true }
            node = exec.pointee.unwinds[Int(node)].parent
        }
        return false
    }

    /// Puts back what was handled before a handler was entered. NULL in a generator stands for "what its resumer handles".
    /// The exception handled before as POP_EXCEPT finds it.
    func popHandled(_ frame: UnsafeMutablePointer<Frame>, _ saved: Value) throws(Raised) {
        guard saved.isNull || saved.isNone || (saved.isObject && isException(saved)) else { throw raiseBadOperand() }
        restoreHandled(frame, saved)
    }

    func restoreHandled(_ frame: UnsafeMutablePointer<Frame>, _ saved: Value) {
        if saved.isNull && frame.pointee.flags.contains(.generator) {
            thread.pointee.handled = frame.pointee.outerHandled
        } else {
            thread.pointee.handled = saved
        }
    }

    /// Pops a frame that does not handle the exception. True if native code called it.
    private func leaveByException(_ frame: UnsafeMutablePointer<Frame>) -> Bool {
        let flags = frame.pointee.flags
        if flags.contains(.generator) {
            convertStopIteration(frame)
            endGenerator(frame)
        } else {
            if flags.contains(.hasObject) { detachFrameObject(frame) }
            popFrame(frame)
        }
        return flags.contains(.entry)
    }

    /// PEP 479: StopIteration leaving a generator becomes RuntimeError; PEP 525 likewise for StopAsyncIteration.
    private func convertStopIteration(_ frame: UnsafeMutablePointer<Frame>) {
        let word = generatorWord(frame.pointee.owner)
        let message: String
        if raisedMatches(.stopIteration) {
            message = "\(word) raised StopIteration"
        } else if frame.pointee.owner.isExactly(types.asyncGenerator) && raisedMatches(.stopAsyncIteration) {
            message = "async generator raised StopAsyncIteration"
        } else {
            return
        }
        let cause = takeRaised()
        _ = raise(.runtimeError, message)
        let exception = thread.pointee.raised
        guard exception.isObject else { return }
        let layout = exception.cast(ExceptionLayout.self)
        layout.pointee.cause = cause
        layout.pointee.context = cause
        layout.pointee.suppressContext = .true
    }

    /// Prepends an entry for `frame` to the traceback of the exception on its way. May collect.
    func addTraceback(_ frame: UnsafeMutablePointer<Frame>) {
        let exception = thread.pointee.raised
        guard exception.isObject else { return }
        let object = frameObject(for: frame)
        let cell = allocateUninitialized(MemoryLayout<TracebackLayout>.size, types.traceback)
            .assumingMemoryBound(to: TracebackLayout.self)
        let next = exception.cast(ExceptionLayout.self).pointee.traceback
        cell.pointee.next = next.isObject ? next : .none
        cell.pointee.frame = object
        cell.pointee.lastOffset = frame.pointee.code.lastOffset(frame.pointee.pc)
        cell.pointee.line = -1
        exception.cast(ExceptionLayout.self).pointee.traceback = Value(cell)
    }

    // MARK: Raising from the loop

    @inline(never) func raiseUnbound(_ frame: UnsafeMutablePointer<Frame>, local: Int) -> Raised {
        let names = PyTuple(frame.pointee.code.pointee.code.cast(CodeLayout.self).pointee.varnames)
        return raise(.unboundLocalError, "local variable '\(text(names[local]))' referenced before assignment")
    }

    @inline(never) func raiseUnbound(_ frame: UnsafeMutablePointer<Frame>, cell register: Int) -> Raised {
        let code = frame.pointee.code.pointee.code.cast(CodeLayout.self)
        let index = register - Int(frame.pointee.code.pointee.localCount)
        let cells = PyTuple(code.pointee.cellvars)
        if index < cells.count {
            return raise(.unboundLocalError, "local variable '\(text(cells[index]))' referenced before assignment")
        }
        let free = PyTuple(code.pointee.freevars)
        return raise(
            .nameError, "free variable '\(text(free[index - cells.count]))' referenced before assignment in enclosing scope")
    }

    /// The poll of a jump: `pc` is at the instruction to go on with.
    @inline(never) func pollAt(_ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<UInt64>) throws(Raised) {
        // The instruction we go to is the one that an interruption belongs to.
        frame.pointee.pc = pc + 1
        try poll()
    }

    /// RAISE_VARARGS.
    @inline(never) func raiseStatement(
        _ frame: UnsafeMutablePointer<Frame>, _ count: Int, _ exception: Value, _ cause: Value
    ) throws(Raised) -> Raised {
        if count == 0 {
            let handled = thread.pointee.handled
            guard handled.isObject else { throw raise(.runtimeError, "No active exception to reraise") }
            eval.pointee.isReraise = true
            restoreTraceback(frame, handled)
            throw restoreRaised(handled)
        }
        let instance = try makeInstance(exception, "exceptions must derive from BaseException")
        if count == 2 {
            let layout = instance.cast(ExceptionLayout.self)
            if cause.isNone {
                layout.pointee.cause = .null
            } else {
                layout.pointee.cause = try makeInstance(cause, "exception causes must derive from BaseException")
            }
            layout.pointee.suppressContext = .true
        }
        throw setRaised(instance)
    }

    /// Gives a handled exception the traceback it had when the frame's innermost handler was entered.
    private func restoreTraceback(_ frame: UnsafeMutablePointer<Frame>, _ handled: Value) {
        let exec = frame.pointee.code
        var node = exec.site(at: frame.pointee.pc).pointee.unwind
        while node >= 0 {
            let block = exec.pointee.unwinds[Int(node)]
            if block.kind == .restore {
                let slots = frame.pointee.base + Int(exec.pointee.stackBase) + Int(block.level)
                if slots[4] == handled { setTraceback(handled, slots[3]) }
                return
            }
            node = block.parent
        }
    }

    func setTraceback(_ exception: Value, _ traceback: Value) {
        guard exception.isObject, traceback.isNone || traceback.isExactly(types.traceback) else { return }
        exception.cast(ExceptionLayout.self).pointee.traceback = traceback.isNone ? .null : traceback
    }

    private func makeInstance(_ value: Value, _ message: String) throws(Raised) -> Value {
        if isExceptionClass(value) {
            let instance = try call(value)
            guard isException(instance) else {
                throw raise(
                    .typeError,
                    "calling \(try reprText(value)) should have returned an instance of BaseException, not \(try reprText(type(of: instance).value))")
            }
            return instance
        }
        if isException(value) { return value }
        throw raise(.typeError, message)
    }

    /// JUMP_IF_NOT_EXC_MATCH: does the raised type match a class or a tuple of classes?
    @inline(never) func exceptionMatches(_ raised: Value, _ wanted: Value) throws(Raised) -> Bool {
        if isTuple(wanted) {
            let tuple = PyTuple(wanted)
            for i in 0..<tuple.count where !isExceptionClass(tuple[i]) { throw cannotCatch() }
            for i in 0..<tuple.count where PyType(raised).isSubtype(of: PyType(tuple[i])) { return true }
            return false
        }
        if !isExceptionClass(wanted) { throw cannotCatch() }
        return PyType(raised).isSubtype(of: PyType(wanted))
    }

    private func cannotCatch() -> Raised {
        raise(.typeError, "catching classes that do not inherit from BaseException is not allowed")
    }
}
