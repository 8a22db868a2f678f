// Polls, budgets, `sys.settrace` and `sys.setprofile`. Frames entered while a trace function is set run the traced lowering,
// where a `trace` instruction stands before each canonical one. CPython: `call_trace`, `maybe_call_line_trace`.
import CShims
import PyBytecode

extension VM {
    /// What a poll may have to do.
    @inline(never) public func poll() throws(Raised) {
        let thread = self.thread
        let reasons = ThreadState.PollReasons(rawValue: taipan_flags_take(&thread.pointee.pollReasons))
        if reasons.contains(.lock) { yieldLock() }
        if reasons.contains(.signals) {
            do { try checkSignals() } catch {
                thread.pointee.requestPoll(reasons.intersection([.finalizers, .asyncException]))
                throw error
            }
        }
        if reasons.contains(.finalizers) { runPendingFinalizers() }
        if reasons.contains(.asyncException) {
            let exception = thread.pointee.scratch3
            thread.pointee.scratch3 = .null
            if exception.isObject { throw isExceptionClass(exception) ? raise(PyType(exception), argsTuple: emptyTuple) : setRaised(exception) }
        }
    }

    /// `count` of the counted lowering.
    @inline(never) func countInstructions(_ n: Int) throws(Raised) {
        let eval = self.eval
        eval.pointee.budget -= n
        if eval.pointee.budget < 0 {
            eval.pointee.budget = 0
            throw raise(.runtimeError, "instruction budget exceeded")
        }
    }

    /// `sys.settrace(function)`; None or NULL turns tracing off.
    public func setTrace(_ function: Value) {
        eval.pointee.traceFunction = function.isNone ? .null : function
        updateTracing()
    }
    /// `sys.setprofile(function)`.
    public func setProfile(_ function: Value) {
        eval.pointee.profileFunction = function.isNone ? .null : function
        updateTracing()
    }
    public var traceFunction: Value { orNone(eval.pointee.traceFunction) }
    public var profileFunction: Value { orNone(eval.pointee.profileFunction) }

    private func updateTracing() {
        let eval = self.eval
        let on = eval.pointee.traceFunction.isObject || eval.pointee.profileFunction.isObject
        eval.pointee.fastLimit = on ? eval.pointee.frames : eval.pointee.framesEnd
    }

    /// Calls a trace function with (frame, event, argument); an exception in it turns tracing off.
    private func callTracer(_ function: Value, _ frame: Value, _ event: StaticString, _ argument: Value) throws(Raised) -> Value {
        let eval = self.eval
        eval.pointee.tracing += 1
        defer { eval.pointee.tracing -= 1 }
        do { return try call(function, frame, intern(event), argument) } catch {
            eval.pointee.traceFunction = .null
            eval.pointee.profileFunction = .null
            updateTracing()
            throw error
        }
    }

    /// The `call` event of a frame that is about to run its first instruction (or goes on, if a generator).
    @inline(never) func traceCall(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.isTracing else { return }
        frame.pointee.flags.insert(.traced)
        let object = frameObject(for: frame)
        if eval.pointee.traceFunction.isObject {
            let local = try callTracer(eval.pointee.traceFunction, object, "call", .none)
            object.cast(FrameLayout.self).pointee.trace = local.isNone ? .null : local
        }
        if eval.pointee.profileFunction.isObject { _ = try callTracer(eval.pointee.profileFunction, object, "call", .none) }
    }

    /// `traceCall` for a frame just pushed: an exception in the tracer takes the frame off.
    func beginTrace(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        do { try traceCall(frame) } catch {
            if frame.pointee.flags.contains(.hasObject) { detachFrameObject(frame) }
            popFrame(frame)
            throw error
        }
    }

    /// Before each canonical instruction of a traced frame. `frame.pc` is inside the instruction that follows.
    @inline(never) func traceSlow(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.tracing == 0, eval.pointee.traceFunction.isObject, frame.pointee.object.isObject else { return }
        let layout = frame.pointee.object.cast(FrameLayout.self)
        guard layout.pointee.trace.isObject else { return }
        let offset = frame.pointee.code.pointee.lastOffset(frame.pointee.pc)
        let code = layout.pointee.code.cast(CodeLayout.self).pointee.object
        // A line event where the line is not the previous instruction's, and after a jump backwards. The previous offset is
        // kept plus one, so that a new frame's zero means "none".
        let previous = layout.pointee.lastOffset - 1
        layout.pointee.lastOffset = offset + 1
        if layout.pointee.traceLines, let line = code.lineRange(at: offset).line,
            offset < previous || previous < 0 || line != code.lineRange(at: previous).line
        {
            try traceEvent(layout, frame, "line", .none)
        }
        if layout.pointee.traceOpcodes { try traceEvent(layout, frame, "opcode", .none) }
    }

    private func traceEvent(
        _ layout: UnsafeMutablePointer<FrameLayout>, _ frame: UnsafeMutablePointer<Frame>, _ event: StaticString, _ argument: Value
    ) throws(Raised) {
        let local = try callTracer(layout.pointee.trace, frame.pointee.object, event, argument)
        layout.pointee.trace = local.isNone ? layout.pointee.trace : local
    }

    /// The `return` event; `value` NULL when an exception leaves the frame.
    @inline(never) func traceReturn(_ frame: UnsafeMutablePointer<Frame>, _ value: Value) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.isTracing, frame.pointee.object.isObject else { return }
        let object = frame.pointee.object
        let layout = object.cast(FrameLayout.self)
        if eval.pointee.traceFunction.isObject && layout.pointee.trace.isObject {
            try traceEvent(layout, frame, "return", orNone(value))
        }
        if eval.pointee.profileFunction.isObject { _ = try callTracer(eval.pointee.profileFunction, object, "return", orNone(value)) }
    }

    /// The `exception` event. An exception in the tracer replaces the one on its way.
    @inline(never) func traceException(_ frame: UnsafeMutablePointer<Frame>) {
        let eval = self.eval
        guard eval.pointee.isTracing, eval.pointee.traceFunction.isObject, frame.pointee.object.isObject else { return }
        let layout = frame.pointee.object.cast(FrameLayout.self)
        guard layout.pointee.trace.isObject else { return }
        let exception = takeRaised()
        guard exception.isObject else { return }
        let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        do {
            try traceEvent(layout, frame, "exception", tuple(exception.objectType.value, exception, orNone(traceback)))
            _ = restoreRaised(exception)
        } catch { return }
    }

    /// The `return` event of a frame that an exception leaves.
    @inline(never) func traceUnwind(_ frame: UnsafeMutablePointer<Frame>) {
        let exception = takeRaised()
        do {
            try traceReturn(frame, .null)
            _ = restoreRaised(exception)
        } catch { return }
    }
}

extension CodeObject {
    /// The line table range that contains a byte offset.
    func lineRange(at offset: Int) -> (start: Int, end: Int, line: Int?) {
        for range in lineRanges() where offset >= range.start && offset < range.end { return range }
        return (0, 0, nil)
    }
}
