// Suspending and resuming: a suspended generator keeps its registers in its own object; resuming copies them to the top of
// the VM stack and runs the frame in the same loop. Methods of the types are in Functions/Generator+Type.swift.
// CPython: Objects/genobject.c. Rules: PEP 255, 342, 380, 479, 492, 525.
import PyBytecode

extension VM {
    @inline(__always) func generatorRegisters(_ generator: Value) -> UnsafeMutablePointer<Value> {
        (generator.pointer + MemoryLayout<GeneratorLayout>.stride).assumingMemoryBound(to: Value.self)
    }

    func isGeneratorLike(_ value: Value) -> Bool {
        guard value.isObject else { return false }
        let type = value.objectType
        return type == types.generator || type == types.coroutine || type == types.asyncGenerator
    }

    /// A generator, coroutine or async generator around a frame that has not begun. May collect.
    func newGenerator(from frame: UnsafeMutablePointer<Frame>) -> Value {
        let exec = frame.pointee.code
        let generator = newGenerator(exec, frame.pointee.function, frame.pointee.globals, frame.pointee.builtins)
        generator.cast(GeneratorLayout.self).pointee.locals = frame.pointee.locals
        generatorRegisters(generator).update(from: frame.pointee.base, count: Int(exec.pointee.stackBase))
        return generator
    }

    /// The generator of a call whose arguments fit its plain signature, with no frame in between; NULL if they do not. May collect.
    @inline(__always)
    func newGenerator(calling callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) -> Value {
        let function = callee.cast(FunctionLayout.self)
        guard let exec = function.pointee.exec, Int(exec.pointee.generatorShape) == count, thread.pointee.pollReasons == 0,
            eval.pointee.fastLimit == eval.pointee.framesEnd, eval.pointee.coroutineOriginDepth == 0
        else { return .null }
        let free = Int(exec.pointee.freeCount)
        let closure = function.pointee.closure
        if free > 0 && !(closure.isObject && PyTuple(closure).count == free) { return .null }
        let generator = newGenerator(exec, callee, function.pointee.globals, function.pointee.builtins)
        let registers = generatorRegisters(generator)
        for i in 0..<count { registers[i] = arguments[i] }
        for i in 0..<free { registers[Int(exec.pointee.localCount) &+ i] = PyTuple(closure)[i] }
        return generator
    }

    private func newGenerator(
        _ exec: UnsafeMutablePointer<ExecCode>, _ function: Value, _ globals: Value, _ builtins: Value
    ) -> Value {
        let flags = CodeFlags(rawValue: exec.pointee.codeFlags)
        let type = flags.contains(.coroutine) ? types.coroutine : flags.contains(.asyncGenerator) ? types.asyncGenerator : types.generator
        let count = Int(exec.pointee.registerCount)
        let cell = allocateZeroed(MemoryLayout<GeneratorLayout>.stride + count * 8, type)
        let generator = cell.assumingMemoryBound(to: GeneratorLayout.self)
        let code = exec.pointee.code
        generator.pointee.code = code
        generator.pointee.function = function
        generator.pointee.globals = globals
        generator.pointee.builtins = builtins
        generator.pointee.name = function.isObject ? function.cast(FunctionLayout.self).pointee.name : code.cast(CodeLayout.self).pointee.name
        generator.pointee.qualname = function.isObject
            ? function.cast(FunctionLayout.self).pointee.qualname : code.cast(CodeLayout.self).pointee.name
        generator.pointee.pc = exec.pointee.words
        generator.pointee.exec = exec
        generator.pointee.state = .created
        generator.pointee.sendRegister = -1
        generator.pointee.registerCount = Int32(count)
        if type == types.coroutine && eval.pointee.coroutineOriginDepth > 0 { recordOrigin(Value(generator)) }
        if type != types.generator || exec.pointee.hasHandlers { registerFinalizable(Value(generator)) }
        return Value(generator)
    }

    /// Puts a suspended generator on top of the stack. Its state becomes running.
    func pushGenerator(
        _ generator: Value, _ sent: Value, flags: FrameFlags, result: Int
    ) throws(Raised) -> UnsafeMutablePointer<Frame> {
        let layout = generator.cast(GeneratorLayout.self)
        let exec = layout.pointee.exec
        let thread = self.thread
        let eval = self.eval
        let base = thread.pointee.stackTop
        let frame = eval.pointee.top + 1
        let end = base + Int(exec.pointee.registerCount)
        let depth = thread.pointee.recursionDepth &+ 1
        if depth > thread.pointee.recursionLimit || end > thread.pointee.stackLimit || frame >= eval.pointee.framesEnd {
            throw raiseRecursion("")
        }
        thread.pointee.recursionDepth = depth
        thread.pointee.stackTop = end
        copyWords(to: base, from: generatorRegisters(generator), Int(exec.pointee.registerCount))
        frame.pointee.pc = layout.pointee.pc
        frame.pointee.base = base
        frame.pointee.code = exec
        frame.pointee.globals = layout.pointee.globals
        frame.pointee.builtins = layout.pointee.builtins
        frame.pointee.locals = layout.pointee.locals
        frame.pointee.function = layout.pointee.function
        frame.pointee.object = layout.pointee.frame
        frame.pointee.owner = generator
        frame.pointee.outerHandled = thread.pointee.handled
        frame.pointee.end = end
        frame.pointee.result = UInt64(UInt32(truncatingIfNeeded: result)) | UInt64(flags.union(.generator).rawValue) << 32
        eval.pointee.top = frame
        if !layout.pointee.handled.isNull { thread.pointee.handled = layout.pointee.handled }
        if layout.pointee.frame.isObject { layout.pointee.frame.cast(FrameLayout.self).pointee.record = frame }
        if layout.pointee.state == .suspended {
            // A delegation runs its instruction again; `sendRegister` is where it looks for the value.
            base[Int(layout.pointee.sendRegister)] = sent
            if ExecWord.op(frame.pointee.pc[-1]) == .yieldFrom { frame.pointee.pc -= 1 }
        }
        layout.pointee.state = .running
        layout.pointee.running = frame
        if eval.pointee.isTracing {
            trap(exec)
            do { try traceCall(frame) } catch {
                endGenerator(frame)
                throw error
            }
            // What is sent was not the frame's yet as far as a collection could see.
            if layout.pointee.sendRegister >= 0 { base[Int(layout.pointee.sendRegister)] = sent }
        }
        return frame
    }

    /// For a handful of words: a loop beats `memmove`.
    @inline(__always)
    private func copyWords(to target: UnsafeMutablePointer<Value>, from source: UnsafeMutablePointer<Value>, _ count: Int) {
        if count > 24 { return target.update(from: source, count: count) }
        var i = 0
        while i < count {
            target[i] = source[i]
            i &+= 1
        }
    }

    /// Moves the frame's registers back into its generator and takes it off the stack.
    @inline(__always) private func suspend(_ frame: UnsafeMutablePointer<Frame>, sendRegister: Int) {
        let generator = frame.pointee.owner
        let layout = generator.cast(GeneratorLayout.self)
        copyWords(to: generatorRegisters(generator), from: frame.pointee.base, Int(layout.pointee.registerCount))
        layout.pointee.pc = frame.pointee.pc
        layout.pointee.sendRegister = Int32(sendRegister)
        layout.pointee.state = .suspended
        layout.pointee.running = nil
        layout.pointee.handled = frame.pointee.code.pointee.hasHandlers && isInsideHandler(frame) ? thread.pointee.handled : .null
        thread.pointee.handled = frame.pointee.outerHandled
        if layout.pointee.frame.isObject { layout.pointee.frame.cast(FrameLayout.self).pointee.record = nil }
        popFrame(frame)
    }

    /// Whether the instruction the frame stands at lies in an exception handler of its own code.
    /// - Precondition: the code has handlers.
    @inline(never) private func isInsideHandler(_ frame: UnsafeMutablePointer<Frame>) -> Bool {
        let exec = frame.pointee.code
        var node = exec.site(at: frame.pointee.pc).pointee.unwind
        while node >= 0 {
            if exec.pointee.unwinds[Int(node)].kind == .restore { return true }
            node = exec.pointee.unwinds[Int(node)].parent
        }
        return false
    }

    /// Ends a generator's frame, by return or exception. Registers are dropped.
    func endGenerator(_ frame: UnsafeMutablePointer<Frame>) {
        let generator = frame.pointee.owner
        let layout = generator.cast(GeneratorLayout.self)
        if layout.pointee.frame.isObject {
            frame.pointee.object = layout.pointee.frame
            detachFrameObject(frame)
        }
        layout.pointee.pc = frame.pointee.pc
        layout.pointee.state = .finished
        layout.pointee.running = nil
        layout.pointee.handled = .null
        layout.pointee.frame = .null
        thread.pointee.handled = frame.pointee.outerHandled
        let registers = generatorRegisters(generator)
        for i in 0..<Int(layout.pointee.registerCount) { registers[i] = .null }
        popFrame(frame)
    }

    /// YIELD_VALUE. NULL: go on with the top frame; else `evaluate` returns the value.
    @inline(never) func yieldSlow(_ frame: UnsafeMutablePointer<Frame>, _ value: Value, _ sendRegister: Int) throws(Raised) -> Value {
        var value = value
        if frame.pointee.code.pointee.codeFlags & CodeFlags.asyncGenerator.rawValue != 0 { value = wrapAsyncValue(value) }
        if frame.pointee.flags.contains(.traced) { return try yieldTraced(frame, value, sendRegister) }
        return deliverYield(frame, value, sendRegister)
    }

    /// The `return` event of a yield, in which a debugger may jump: then what is sent goes nowhere.
    private func yieldTraced(_ frame: UnsafeMutablePointer<Frame>, _ value: Value, _ sendRegister: Int) throws(Raised) -> Value {
        let pc = frame.pointee.pc
        try traceReturn(frame, value, .suspended)
        let register = frame.pointee.pc == pc ? sendRegister : Int(frame.pointee.code.pointee.registerCount) - 1
        return deliverYield(frame, value, register)
    }

    /// Suspends the frame, and those that delegate to it, and hands `value` to who resumed them.
    private func deliverYield(_ start: UnsafeMutablePointer<Frame>, _ value: Value, _ register: Int) -> Value {
        var frame = start
        var sendRegister = register
        while true {
            let flags = frame.pointee.flags
            let result = frame.pointee.resultRegister
            if flags.contains(.sink) && offerToSink(frame, value, sendRegister) { return .null }
            suspend(frame, sendRegister: sendRegister)
            if flags.contains(.entry) { return value }
            let below = frame - 1
            if flags.contains(.forIter) {
                below.pointee.base[result] = value
                return .null
            }
            // yieldFrom: the frame below stands after word 0 of its YIELD_FROM and yields the same value.
            sendRegister = ExecWord.c(below.pointee.pc[-1])
            frame = below
        }
    }

    /// RETURN_VALUE of a generator.
    func finishGenerator(_ frame: UnsafeMutablePointer<Frame>, _ value: Value) throws(Raised) -> Value {
        let flags = frame.pointee.flags
        let result = frame.pointee.resultRegister
        endGenerator(frame)
        if flags.contains(.entry) { return value }
        let below = frame - 1
        if flags.contains(.forIter) {
            if !value.isNone && eval.pointee.traceFunction.isObject { try reportStopIteration(below, value) }
            // `pc` stands after the two words of FOR_ITER; the distance counts from the second.
            below.pointee.pc += ExecWord.distance(below.pointee.pc[-1]) - 1
            return .null
        }
        below.pointee.base[result] = value
        return .null
    }

    /// FOR_ITER's iterator ended with a value: tracers hear of the StopIteration that carries it.
    private func reportStopIteration(_ frame: UnsafeMutablePointer<Frame>, _ value: Value) throws(Raised) {
        _ = raiseStopIteration(value)
        traceException(frame, phase: .executing)
        if !raisedMatches(.stopIteration) { throw Raised() }
        clearRaised()
    }

    /// FOR_ITER over a generator: true if its frame was pushed, false if it is exhausted already.
    @inline(never) func forIterGenerator(_ frame: UnsafeMutablePointer<Frame>, _ generator: Value, _ result: Int) throws(Raised) -> Bool {
        switch generator.cast(GeneratorLayout.self).pointee.state {
        case .finished: return false
        case .running: throw raise(.valueError, "generator already executing")
        case .created, .suspended:
            _ = try pushGenerator(generator, .none, flags: .forIter, result: result)
            return true
        }
    }

    /// YIELD_FROM. NULL: go on with the top frame; else `evaluate` returns the value.
    @inline(never) func yieldFromSlow(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64) throws(Raised) -> Value {
        let base = frame.pointee.base
        let receiver = base[ExecWord.b(word)]
        let sent = base[ExecWord.c(word)]
        let traced = eval.pointee.isTracing
        if receiver.isExactly(types.generator) || receiver.isExactly(types.coroutine) {
            let layout = receiver.cast(GeneratorLayout.self)
            switch layout.pointee.state {
            case .created, .suspended:
                if layout.pointee.state == .created && !sent.isNone {
                    throw raise(.typeError, "can't send non-None value to a just-started \(generatorWord(receiver))")
                }
                if !traced {
                    _ = try pushGenerator(receiver, sent, flags: .yieldFrom, result: ExecWord.a(word))
                    return .null
                }
            case .running: throw raise(.valueError, "\(generatorWord(receiver)) already executing")
            case .finished:
                if receiver.isExactly(types.coroutine) { throw raise(.runtimeError, "cannot reuse already awaited coroutine") }
                base[ExecWord.a(word)] = .none
                return .null
            }
        }
        let outcome = try traced && eval.pointee.traceFunction.isObject ? sendTraced(frame, receiver, sent) : sendTo(receiver, sent)
        if outcome.finished {
            base[ExecWord.a(word)] = outcome.value
            return .null
        }
        if traced { return try yieldTraced(frame, outcome.value, ExecWord.c(word)) }
        return deliverYield(frame, outcome.value, ExecWord.c(word))
    }

    func generatorWord(_ generator: Value) -> StaticString {
        let type = generator.objectType
        return type == types.coroutine ? "coroutine" : type == types.asyncGenerator ? "async generator" : "generator"
    }

    /// One step of any iterator or coroutine: `PyIter_Send`.
    func sendTo(_ receiver: Value, _ sent: Value) throws(Raised) -> (value: Value, finished: Bool) {
        if isGeneratorLike(receiver) { return try resume(receiver, sent) }
        if receiver.isExactly(types.asyncGeneratorASend) {
            let outcome = try asyncStepSend(receiver, sent)
            return (outcome.value.isNull ? .none : outcome.value, outcome.finished)
        }
        if sent.isNone {
            if let next = type(of: receiver).slots.iternext {
                let value = next(self, receiver)
                if !value.isNull { return (value, false) }
                if !hasRaised { return (.none, true) }
                return (try stopIterationValue(), true)
            }
        }
        do {
            let value = try callMethod(receiver, names.send, sent)
            return (value, false)
        } catch {
            return (try stopIterationValue(), true)
        }
    }

    /// `sendTo` while a trace function is set: CPython goes through the methods then, and reports their StopIteration.
    private func sendTraced(_ frame: UnsafeMutablePointer<Frame>, _ receiver: Value, _ sent: Value) throws(Raised) -> (value: Value, finished: Bool) {
        if sent.isNone, let next = type(of: receiver).slots.iternext {
            let value = next(self, receiver)
            if !value.isNull { return (value, false) }
            if !hasRaised { return (.none, true) }
        } else {
            do { return (try callMethod(receiver, names.send, sent), false) } catch {}
        }
        if raisedMatches(.stopIteration) { traceException(frame, phase: .executing) }
        return (try stopIterationValue(), true)
    }

    /// The value of the StopIteration on its way, which is caught; rethrows anything else.
    func stopIterationValue() throws(Raised) -> Value {
        guard raisedMatches(.stopIteration) else { throw Raised() }
        let exception = takeRaised()
        let value = exception.cast(ExceptionLayout.self).pointee.f0
        return value.isNull ? .none : value
    }

    /// Runs a generator from native code until it yields or returns.
    /// - Throws: what it raises; ValueError if it is running.
    func resume(_ generator: Value, _ sent: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let layout = generator.cast(GeneratorLayout.self)
        switch layout.pointee.state {
        case .running: throw raise(.valueError, "\(generatorWord(generator)) already executing")
        case .finished:
            if generator.isExactly(types.coroutine) { throw raise(.runtimeError, "cannot reuse already awaited coroutine") }
            return (.none, true)
        case .created:
            if !sent.isNone {
                throw raise(.typeError, "can't send non-None value to a just-started \(generatorWord(generator))")
            }
        case .suspended: break
        }
        try enterNative()
        // Native code may hold values above the running frame: they stay where they are when the generator's frame goes.
        let stackTop = thread.pointee.stackTop
        defer {
            thread.pointee.stackTop = stackTop
            leaveNative()
        }
        _ = try pushGenerator(generator, sent, flags: .entry, result: 0)
        let value = try evaluate(throwing: false)
        return (value, layout.pointee.state == .finished)
    }

    /// Raises `exception` inside a generator where it stands, from native code.
    func resumeThrowing(_ generator: Value, _ exception: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let layout = generator.cast(GeneratorLayout.self)
        switch layout.pointee.state {
        case .running: throw raise(.valueError, "\(generatorWord(generator)) already executing")
        case .finished:
            if generator.isExactly(types.coroutine) { throw raise(.runtimeError, "cannot reuse already awaited coroutine") }
            throw restoreRaised(exception)
        case .created, .suspended: break
        }
        try enterNative()
        // Native code may hold values above the running frame: they stay where they are when the generator's frame goes.
        let stackTop = thread.pointee.stackTop
        defer {
            thread.pointee.stackTop = stackTop
            leaveNative()
        }
        let state = layout.pointee.state
        let frame = try pushGenerator(generator, .none, flags: .entry, result: 0)
        // The frame stands where it yielded, not where it would go on.
        frame.pointee.pc = layout.pointee.pc
        if state == .created { frame.pointee.pc = layout.pointee.exec.pointee.words + 1 }
        // Its context is what the generator handles itself, never what the thrower handles.
        _ = layout.pointee.handled.isNull ? restoreRaised(exception) : setRaised(exception)
        let value = try evaluate(throwing: true)
        return (value, layout.pointee.state == .finished)
    }

    /// What the generator delegates to: `gi_yieldfrom`, NULL if nothing.
    func delegate(of generator: Value) -> Value {
        let layout = generator.cast(GeneratorLayout.self)
        guard layout.pointee.state == .suspended else { return .null }
        let word = layout.pointee.pc[-1]
        guard ExecWord.op(word) == .yieldFrom else { return .null }
        return generatorRegisters(generator)[ExecWord.b(word)]
    }
}
