// Polls, budgets, `sys.settrace` and `sys.setprofile`. Frames entered while a trace function is set run the traced lowering,
// where a `trace` instruction stands before each canonical one; those that run already change over (FrameSwitch.swift). CPython: `call_trace`, `maybe_call_line_trace`.
import CShims
import PyBytecode

/// What a profile function is told.
enum ProfileEvent {
    case call, `return`, nativeCall, nativeReturn, nativeException

    var name: StaticString {
        switch self {
        case .call: "call"
        case .return: "return"
        case .nativeCall: "c_call"
        case .nativeReturn: "c_return"
        case .nativeException: "c_exception"
        }
    }
    var isNative: Bool { self != .call && self != .return }
    var isEnd: Bool { self != .call && self != .nativeCall }
}

extension VM {
    /// What a poll may have to do.
    /// `yields`: whether another thread may have the interpreter lock, and finalizers may run.
    @inline(never) public func poll(yields: Bool = true) throws(Raised) {
        let thread = self.thread
        let reasons = ThreadState.PollReasons(rawValue: taipan_flags_take(&thread.pointee.pollReasons))
        if reasons.contains(.lock) { if yields { yieldLock() } else { thread.pointee.requestPoll(.lock) } }
        if reasons.contains(.signals) {
            do { try checkSignals() } catch {
                thread.pointee.requestPoll(reasons.intersection([.finalizers, .asyncException, .memory]))
                throw error
            }
        }
        // Unless it was told in another way since.
        if reasons.contains(.memory) && heap.pointee.owesMemoryError {
            thread.pointee.requestPoll(reasons.intersection([.finalizers, .asyncException]))
            throw raiseMemoryError()
        }
        if reasons.contains(.finalizers) { if yields { runPendingFinalizers() } else { thread.pointee.requestPoll(.finalizers) } }
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
        if !function.isNone { trapRunningFrames() }
    }
    /// `sys.setprofile(function)`.
    /// - Parameter hook: what to call instead, for a native profiler.
    public func setProfile(_ function: Value, hook: ProfileHook? = nil) {
        eval.pointee.profileFunction = function.isNone ? .null : function
        eval.pointee.profileHook = hook
        updateTracing()
        if !function.isNone { trapRunningFrames() }
    }
    public var traceFunction: Value { orNone(eval.pointee.traceFunction) }
    public var profileFunction: Value { orNone(eval.pointee.profileFunction) }

    private func updateTracing() {
        let eval = self.eval
        let on = eval.pointee.traceFunction.isObject || eval.pointee.profileFunction.isObject
        // While a tracer runs nothing is traced: calls take the fast way.
        eval.pointee.fastLimit = on && eval.pointee.tracing == 0 ? eval.pointee.frames : eval.pointee.framesEnd
    }

    var isTraced: Bool { eval.pointee.traceFunction.isObject || eval.pointee.profileFunction.isObject }

    /// Runs `body` with tracing and profiling off.
    public func untraced(_ body: () throws(Raised) -> Value) throws(Raised) -> Value { try tracing(depth: eval.pointee.tracing + 1, body) }
    /// Inside `untraced`: runs `body` as if outside.
    func traced(_ body: () throws(Raised) -> Value) throws(Raised) -> Value { try tracing(depth: eval.pointee.tracing - 1, body) }

    private func tracing(depth: Int32, _ body: () throws(Raised) -> Value) throws(Raised) -> Value {
        let eval = self.eval
        let outer = eval.pointee.tracing
        eval.pointee.tracing = depth
        updateTracing()
        defer {
            eval.pointee.tracing = outer
            updateTracing()
        }
        return try body()
    }

    // MARK: Calling tracers

    /// Calls a tracer with (frame, event, argument). What it does to `frame.f_locals` goes back into the registers.
    private func callTracer(_ function: Value, _ frame: Value, _ event: StaticString, _ argument: Value) throws(Raised) -> Value {
        try untraced { () throws(Raised) in
            let layout = frame.cast(FrameLayout.self)
            if layout.pointee.locals.isObject, isOptimised(layout) { _ = try frameLocals(frame) }
            do throws(Raised) {
                let result = try call(function, frame, intern(event), argument)
                storeLocals(layout)
                return result
            } catch {
                storeLocals(layout)
                if let record = layout.pointee.record { addTraceback(record) }
                throw error
            }
        }
    }

    private func isOptimised(_ layout: UnsafeMutablePointer<FrameLayout>) -> Bool { layout.pointee.exec.pointee.codeFlags & 1 != 0 }

    /// `PyFrame_LocalsToFast`: the locals dict into the registers; names that are not in it become unbound.
    private func storeLocals(_ layout: UnsafeMutablePointer<FrameLayout>) {
        guard layout.pointee.locals.isExactly(types.dict), isOptimised(layout), let registers = layout.pointee.record?.pointee.base else { return }
        let dict = PyDict(layout.pointee.locals)
        let code = layout.pointee.code.cast(CodeLayout.self)
        let names = PyTuple(code.pointee.varnames)
        let count = Int(layout.pointee.exec.pointee.localCount)
        for i in 0..<count {
            let value = dict.getStr(self, names[i])
            if registers[i] == value { continue }
            registers[i] = value
            if value.isNull { layout.pointee.isIrregular = true }
        }
        let cells = PyTuple(code.pointee.cellvars)
        let free = PyTuple(code.pointee.freevars)
        for i in 0..<(cells.count + free.count) {
            let cell = registers[count + i]
            guard cell.isExactly(types.cell) else { continue }
            cell.cast(CellLayout.self).pointee.contents = dict.getStr(self, i < cells.count ? cells[i] : free[i - cells.count])
        }
    }

    /// An event for the frame's own trace function (`call`: for the thread's). What it returns traces on; an exception ends tracing.
    private func traceEvent(_ object: Value, _ callee: Value, _ event: StaticString, _ argument: Value) throws(Raised) {
        let layout = object.cast(FrameLayout.self)
        do {
            let local = try callTracer(callee, object, event, argument)
            if !local.isNone { layout.pointee.trace = local }
        } catch {
            eval.pointee.traceFunction = .null
            layout.pointee.trace = .null
            updateTracing()
            throw error
        }
    }

    /// An event for the profile function. An exception in it ends profiling.
    func profileEvent(_ frame: UnsafeMutablePointer<Frame>, _ event: ProfileEvent, _ argument: Value) throws(Raised) {
        let function = eval.pointee.profileFunction
        guard function.isObject, eval.pointee.tracing == 0 else { return }
        if let hook = eval.pointee.profileHook {
            return hook(self, function, event.isNative ? argument : frame.pointee.code.pointee.code, event.isEnd ? 1 : 0)
        }
        do { _ = try callTracer(function, frameObject(for: frame), event.name, argument) } catch {
            eval.pointee.profileFunction = .null
            updateTracing()
            throw error
        }
    }

    // MARK: Events

    /// The `call` event of a frame that is about to run its first instruction (or goes on, if a generator).
    @inline(never) func traceCall(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.isTracing else { return }
        frame.pointee.flags.insert(.traced)
        let object = frameObject(for: frame)
        if eval.pointee.traceFunction.isObject { try traceEvent(object, eval.pointee.traceFunction, "call", .none) }
        try profileEvent(frame, .call, .none)
    }

    /// `traceCall` for a frame just pushed: an exception in the tracer takes the frame off.
    func beginTrace(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        do { try traceCall(frame) } catch {
            abandon(frame)
            throw error
        }
    }

    /// Takes off a frame that its tracer's exception leaves: its own handlers do not see it.
    private func abandon(_ frame: UnsafeMutablePointer<Frame>) {
        if frame.pointee.flags.contains(.generator) { return endGenerator(frame) }
        if frame.pointee.flags.contains(.hasObject) { detachFrameObject(frame) }
        popFrame(frame)
    }

    /// Before each canonical instruction of a traced frame. The frame's pc is past the `trace` word, and where it goes on afterwards.
    @inline(never) func traceSlow(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.traceFunction.isObject, eval.pointee.tracing == 0 else {
            if eval.pointee.profileFunction.isNull { leaveTracedForm(frame) }
            return
        }
        guard frame.pointee.object.isObject else { return }
        let object = frame.pointee.object
        let layout = object.cast(FrameLayout.self)
        let exec = frame.pointee.code
        let offset = Int(exec.site(at: frame.pointee.pc).pointee.offset)
        let previous = layout.pointee.previous - 1
        layout.pointee.previous = offset + 1
        guard layout.pointee.trace.isObject, let lines = exec.pointee.lines else { return }
        // A line event where the line is not the previous instruction's, and after a jump backwards.
        let line = lines[offset / 2]
        if layout.pointee.traceLines, line >= 0, offset < previous || previous < 0 || line != lines[previous / 2] {
            try traceEvent(object, layout.pointee.trace, "line", .none)
        }
        if layout.pointee.traceOpcodes, layout.pointee.trace.isObject, eval.pointee.traceFunction.isObject {
            try traceEvent(object, layout.pointee.trace, "opcode", .none)
        }
    }

    /// The `return` event; `value` NULL when an exception leaves the frame. If the tracer raises, the frame is taken off.
    @inline(never) func traceReturn(_ frame: UnsafeMutablePointer<Frame>, _ value: Value, _ phase: FramePhase) throws(Raised) {
        do { try reportReturn(frame, value, phase) } catch {
            abandon(frame)
            throw error
        }
    }

    private func reportReturn(_ frame: UnsafeMutablePointer<Frame>, _ value: Value, _ phase: FramePhase) throws(Raised) {
        let eval = self.eval
        guard eval.pointee.isTracing else { return }
        let object = frameObject(for: frame)
        let layout = object.cast(FrameLayout.self)
        layout.pointee.phase = phase
        defer { layout.pointee.phase = .executing }
        var failed = false
        if eval.pointee.traceFunction.isObject && layout.pointee.trace.isObject {
            do { try traceEvent(object, layout.pointee.trace, "return", orNone(value)) } catch { failed = true }
        }
        // The profiler hears of it all the same.
        let exception = takeRaised()
        try profileEvent(frame, .return, failed ? .none : orNone(value))
        if failed { throw restoreRaised(exception) }
    }

    /// The `exception` event. An exception in the tracer replaces the one on its way.
    @inline(never) func traceException(_ frame: UnsafeMutablePointer<Frame>, phase: FramePhase) {
        let eval = self.eval
        guard eval.pointee.isTracing, eval.pointee.traceFunction.isObject, frame.pointee.object.isObject else { return }
        let object = frame.pointee.object
        let layout = object.cast(FrameLayout.self)
        guard layout.pointee.trace.isObject else { return }
        let exception = takeRaised()
        guard exception.isObject else { return }
        layout.pointee.phase = phase
        defer { layout.pointee.phase = .executing }
        let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        do {
            try traceEvent(object, layout.pointee.trace, "exception", tuple(exception.objectType.value, exception, orNone(traceback)))
            _ = restoreRaised(exception)
        } catch { return }
    }

    /// The `return` event of a frame that an exception leaves.
    @inline(never) func traceUnwind(_ frame: UnsafeMutablePointer<Frame>) {
        let exception = takeRaised()
        do {
            try reportReturn(frame, .null, .unwinding)
            _ = restoreRaised(exception)
        } catch { return }
    }
}
