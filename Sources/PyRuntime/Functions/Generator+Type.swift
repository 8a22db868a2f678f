// `generator`, `coroutine` and their methods; async generators are in AsyncGenerator+Type.swift.
// CPython: Objects/genobject.c. Rules: PEP 342, 380, 492.
import PyBytecode

extension VM {
    func installGeneratorTypes() {
        for type in [types.generator, types.coroutine, types.asyncGenerator] {
            type.ref.pointee.basicSize = UInt32(MemoryLayout<GeneratorLayout>.stride)
            type.ref.pointee.traceKind = .custom
            type.ref.pointee.flags.insert([.hasDel, .weakrefable])
            type.slots.trace = { marker, generator in
                // Every word that may be a value: the fields, then the registers.
                let layout = generator.cast(GeneratorLayout.self)
                let fields = (generator.pointer + 8).assumingMemoryBound(to: Value.self)
                let fieldCount = ((MemoryLayout<GeneratorLayout>.offset(of: \GeneratorLayout.pc) ?? 8) - 8) / 8
                for i in 0..<fieldCount { marker.mark(fields[i]) }
                let registers = (generator.pointer + MemoryLayout<GeneratorLayout>.stride).assumingMemoryBound(to: Value.self)
                // Nothing is in them while the frame runs or once it is gone; else what the instruction left live.
                // A delegator is "running" while its delegate is closed or thrown into, and has no frame.
                let state = layout.pointee.state
                if state == .finished || state == .running && layout.pointee.running != nil { return }
                let base = Int(layout.pointee.exec.pointee.stackBase)
                let live = state != .created ? layout.pointee.exec.site(at: layout.pointee.pc).pointee.live : 0
                for i in 0..<Int(layout.pointee.registerCount) where i < base || i >= base + 32 || live & (1 << UInt32(i - base)) != 0 {
                    marker.markConservatively(registers[i].bits)
                }
            }
            type.slots.repr = { vm, g in
                vm.str("<\(vm.generatorReprWord(g)) object \(vm.text(g.cast(GeneratorLayout.self).pointee.qualname)) at \(vm.addressText(g))>")
            }
            type.slots.del = { vm, g in
                vm.guarded { () throws(Raised) in
                    try vm.finalizeGenerator(g)
                    return .none
                }
            }
        }
        installGenerator(TypeBuilder(self, types.generator))
        installCoroutine(TypeBuilder(self, types.coroutine))
        installCoroutineWrapper(TypeBuilder(self, types.coroutineWrapper))
    }

    private func generatorReprWord(_ g: Value) -> String {
        g.isExactly(types.coroutine) ? "coroutine" : g.isExactly(types.asyncGenerator) ? "async_generator" : "generator"
    }

    private func installGenerator(_ t: TypeBuilder) {
        t.type.slots.iter = { _, g in g }
        t.type.slots.iternext = { vm, g in
            vm.guarded { () throws(Raised) in
                let step = try vm.resume(g, .none)
                if !step.finished { return step.value }
                if !step.value.isNone { throw vm.raiseStopIteration(step.value) }
                return .null
            }
        }
        t.def1("-send($self, arg, /)", "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.") { vm, g, v in
            vm.guarded { () throws(Raised) in try vm.generatorSend(g, v) }
        }
        t.defV("-throw($self, type, value=None, tb=None, /)", "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.") { vm, g, a, n, k in
            vm.guarded { () throws(Raised) in try vm.generatorThrow(g, a, n, k) }
        }
        t.def0("-close($self, /)", "close() -> raise GeneratorExit inside generator.") { vm, g in
            vm.guarded { () throws(Raised) in try vm.generatorClose(g) }
        }
        installCommon(t, prefix: "gi")
    }

    private func installCoroutine(_ t: TypeBuilder) {
        t.type.slots.awaitSlot = { vm, c in vm.newFields(vm.types.coroutineWrapper, c) }
        t.def1("-send($self, arg, /)", "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.") { vm, g, v in
            vm.guarded { () throws(Raised) in try vm.generatorSend(g, v) }
        }
        t.defV("-throw($self, type, value=None, tb=None, /)", "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.") { vm, g, a, n, k in
            vm.guarded { () throws(Raised) in try vm.generatorThrow(g, a, n, k) }
        }
        t.def0("-close($self, /)", "close() -> raise GeneratorExit inside coroutine.") { vm, g in
            vm.guarded { () throws(Raised) in try vm.generatorClose(g) }
        }
        installCommon(t, prefix: "cr")
        t.computedMember("cr_origin", get: { vm, g in vm.orNone(g.cast(GeneratorLayout.self).pointee.extra) })
    }

    private func installCoroutineWrapper(_ t: TypeBuilder) {
        t.type.ref.pointee.basicSize = 16
        t.type.ref.pointee.fieldsEnd = 16
        t.type.ref.pointee.traceKind = .words
        t.doc("A wrapper object implementing __await__ for coroutines.")
        t.type.slots.iter = { _, w in w }
        t.type.slots.iternext = { vm, w in
            vm.guarded { () throws(Raised) in try vm.generatorSend(w.cast(FieldsLayout.self).pointee.f0, .none) }
        }
        t.def1("-send($self, arg, /)", "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.") { vm, w, v in
            vm.guarded { () throws(Raised) in try vm.generatorSend(w.cast(FieldsLayout.self).pointee.f0, v) }
        }
        t.defV("-throw($self, type, value=None, tb=None, /)", "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.") { vm, w, a, n, k in
            vm.guarded { () throws(Raised) in try vm.generatorThrow(w.cast(FieldsLayout.self).pointee.f0, a, n, k) }
        }
        t.def0("-close($self, /)", "close() -> raise GeneratorExit inside coroutine.") { vm, w in
            vm.guarded { () throws(Raised) in try vm.generatorClose(w.cast(FieldsLayout.self).pointee.f0) }
        }
    }

    /// Names, code, frame, running: with the type's prefix.
    func installCommon(_ t: TypeBuilder, prefix: StaticString) {
        let docs: (StaticString, StaticString)
        switch prefix.description {
        case "gi": docs = ("name of the generator", "qualified name of the generator")
        case "cr": docs = ("name of the coroutine", "qualified name of the coroutine")
        default: docs = ("name of the async generator", "qualified name of the async generator")
        }
        t.getset("__name__", docs.0, get: { vm, g in g.cast(GeneratorLayout.self).pointee.name },
            set: { vm, g, v in
                vm.guardedStatus { () throws(Raised) in
                    guard vm.isStr(v) else { throw vm.raise(.typeError, "__name__ must be set to a string object") }
                    g.cast(GeneratorLayout.self).pointee.name = v
                }
            })
        t.getset("__qualname__", docs.1, get: { vm, g in g.cast(GeneratorLayout.self).pointee.qualname },
            set: { vm, g, v in
                vm.guardedStatus { () throws(Raised) in
                    guard vm.isStr(v) else { throw vm.raise(.typeError, "__qualname__ must be set to a string object") }
                    g.cast(GeneratorLayout.self).pointee.qualname = v
                }
            })
        let running: NativeGetter = { vm, g in
            let layout = g.cast(GeneratorLayout.self)
            if g.isExactly(vm.types.asyncGenerator) { return Value(layout.pointee.asyncRunning) }
            return Value(layout.pointee.state == .running)
        }
        let frame: NativeGetter = { vm, g in vm.frameObject(ofGenerator: g) }
        let code: NativeGetter = { vm, g in g.cast(GeneratorLayout.self).pointee.code }
        let delegate: NativeGetter = { vm, g in vm.orNone(vm.delegate(of: g)) }
        switch prefix.description {
        case "gi":
            t.getset("gi_running", get: running)
            t.computedMember("gi_frame", get: frame)
            t.computedMember("gi_code", get: code)
            t.getset("gi_yieldfrom", "object being iterated by yield from, or None", get: delegate)
        case "cr":
            t.getset("cr_running", get: running)
            t.computedMember("cr_frame", get: frame)
            t.computedMember("cr_code", get: code)
            t.getset("cr_await", "object being awaited on, or None", get: delegate)
        default:
            t.computedMember("ag_running", get: running)
            t.computedMember("ag_frame", get: frame)
            t.computedMember("ag_code", get: code)
            t.getset("ag_await", "object being awaited on, or None", get: delegate)
        }
    }

    // MARK: Operations

    /// StopIteration with `value`: a tuple or an exception must be wrapped, or it would become the arguments.
    func raiseStopIteration(_ value: Value) -> Raised {
        if value.isNone { return raise(.stopIteration) }
        return raise(.stopIteration, args: tuple(value))
    }

    func generatorSend(_ g: Value, _ value: Value) throws(Raised) -> Value {
        let step = try resume(g, value)
        if !step.finished { return step.value }
        throw raiseStopIteration(step.value)
    }

    /// The exception that the arguments of `throw` describe.
    func thrownException(_ a: UnsafeMutablePointer<Value>, _ n: Int, _ keywords: Value) throws(Raised) -> Value {
        if !keywords.isNull { throw raise(.typeError, "throw() takes no keyword arguments") }
        if n < 1 { throw raise(.typeError, "throw expected at least 1 argument, got \(n)") }
        if n > 3 { throw raise(.typeError, "throw expected at most 3 arguments, got \(n)") }
        let kind = a[0]
        let value: Value = n > 1 ? a[1] : .none
        let traceback: Value = n > 2 ? a[2] : .none
        if !traceback.isNone && !traceback.isExactly(types.traceback) {
            throw raise(.typeError, "throw() third argument must be a traceback object")
        }
        let exception: Value
        if isExceptionClass(kind) {
            if isException(value) && value.objectType.isSubtype(of: PyType(kind)) {
                exception = value
            } else {
                exception = madeException(kind, value)
            }
        } else if isException(kind) {
            if !value.isNone { throw raise(.typeError, "instance exception may not have a separate value") }
            exception = kind
        } else {
            throw raise(
                .typeError, "exceptions must be classes or instances deriving from BaseException, not \(typeName(kind))")
        }
        if traceback.isObject { exception.cast(ExceptionLayout.self).pointee.traceback = traceback }
        return exception
    }

    /// `kind(value)`; what goes wrong in making it is the exception instead, as in CPython's normalisation.
    private func madeException(_ kind: Value, _ value: Value) -> Value {
        do {
            let exception = try value.isNone ? call(kind) : isTuple(value) ? callWithTuple(kind, value) : call(kind, value)
            if isException(exception) { return exception }
            throw raise(
                .typeError,
                "calling \(try reprText(kind)) should have returned an instance of BaseException, not \(try reprText(type(of: exception).value))")
        } catch { return takeRaised() }
    }

    func generatorThrow(_ g: Value, _ a: UnsafeMutablePointer<Value>, _ n: Int, _ k: Value) throws(Raised) -> Value {
        let step = try throwInto(g, try thrownException(a, n, k))
        if !step.finished { return step.value }
        throw raiseStopIteration(step.value)
    }

    /// PEP 380: an exception goes to what the generator delegates to first.
    func throwInto(_ g: Value, _ exception: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let inner = delegate(of: g)
        if inner.isNull || g.cast(GeneratorLayout.self).pointee.state == .running { return try resumeThrowing(g, exception) }
        try guardNativeStack()
        if exception.objectType.isSubtype(of: exceptionType(.generatorExit)) {
            do {
                let frame = try showFrame(of: g)
                defer { hideFrame(frame, of: g) }
                try closeDelegate(inner)
            } catch { return try resumeThrowing(g, takeRaised()) }
            return try resumeThrowing(g, exception)
        }
        let outcome: (value: Value, finished: Bool)
        do {
            if isGeneratorLike(inner) {
                let frame = try showFrame(of: g)
                defer { hideFrame(frame, of: g) }
                outcome = try throwInto(inner, exception)
            } else {
                let method = try lookupAttr(inner, intern("throw"))
                if method.isNull { return try resumeThrowing(g, exception) }
                let frame = try showFrame(of: g)
                defer { hideFrame(frame, of: g) }
                outcome = (try call(method, exception), false)
            }
        } catch {
            if raisedMatches(.stopIteration) {
                let exception = takeRaised()
                let value = exception.cast(ExceptionLayout.self).pointee.f0
                return try continueAfterDelegate(g, value.isNull ? .none : value)
            }
            return try resumeThrowing(g, takeRaised())
        }
        if !outcome.finished { return outcome }
        return try continueAfterDelegate(g, outcome.value)
    }

    /// While an exception is thrown into the delegate the delegator is running too, and its frame stands below the delegate's.
    private func showFrame(of g: Value) throws(Raised) -> UnsafeMutablePointer<Frame> {
        let layout = g.cast(GeneratorLayout.self)
        let exec = layout.pointee.exec
        let base = thread.pointee.stackTop
        let frame = try pushFrame(exec, base: base, flags: [.generator, .entry], result: 0)
        base.update(from: generatorRegisters(g), count: Int(exec.pointee.registerCount))
        frame.pointee.pc = layout.pointee.pc
        frame.pointee.globals = layout.pointee.globals
        frame.pointee.builtins = layout.pointee.builtins
        frame.pointee.locals = layout.pointee.locals
        frame.pointee.function = layout.pointee.function
        frame.pointee.owner = g
        frame.pointee.object = layout.pointee.frame
        frame.pointee.outerHandled = thread.pointee.handled
        if layout.pointee.frame.isObject { layout.pointee.frame.cast(FrameLayout.self).pointee.record = frame }
        layout.pointee.state = .running
        layout.pointee.running = frame
        return frame
    }

    private func hideFrame(_ frame: UnsafeMutablePointer<Frame>, of g: Value) {
        let layout = g.cast(GeneratorLayout.self)
        layout.pointee.state = .suspended
        layout.pointee.running = nil
        if layout.pointee.frame.isObject { layout.pointee.frame.cast(FrameLayout.self).pointee.record = nil }
        let base = frame.pointee.base
        popFrame(frame)
        // Native code may hold values above the frame below.
        thread.pointee.stackTop = base
    }

    /// The delegate has returned `value`: the delegator goes on after its YIELD_FROM.
    private func continueAfterDelegate(_ g: Value, _ value: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let layout = g.cast(GeneratorLayout.self)
        let word = layout.pointee.pc[-1]
        try enterNative()
        let stackTop = thread.pointee.stackTop
        defer {
            thread.pointee.stackTop = stackTop
            leaveNative()
        }
        let frame = try pushGenerator(g, .none, flags: .entry, result: 0)
        // `pushGenerator` went back to the YIELD_FROM: skip it and put its result in place.
        frame.pointee.pc = layout.pointee.pc
        frame.pointee.base[ExecWord.a(word)] = value
        let result = try evaluate(throwing: false)
        return (result, layout.pointee.state == .finished)
    }

    private func closeDelegate(_ inner: Value) throws(Raised) {
        if inner.isExactly(types.generator) || inner.isExactly(types.coroutine) {
            _ = try generatorClose(inner)
            return
        }
        let method: Value
        do { method = try lookupAttr(inner, names.close) } catch {
            // PEP 380: a failing look-up of `close` is reported, not raised.
            writeUnraisable(inner)
            return
        }
        if !method.isNull { _ = try call(method) }
    }

    func generatorClose(_ g: Value) throws(Raised) -> Value {
        let layout = g.cast(GeneratorLayout.self)
        switch layout.pointee.state {
        case .finished: return .none
        case .created:
            layout.pointee.state = .finished
            layout.pointee.frame = .null
            return .none
        case .running: throw raise(.valueError, "\(generatorWord(g)) already executing")
        case .suspended: break
        }
        _ = raise(.generatorExit)
        let exception = takeRaised()
        do {
            let step = try throwInto(g, exception)
            if step.finished { return .none }
        } catch {
            if raisedMatches(.generatorExit) || raisedMatches(.stopIteration) {
                clearRaised()
                return .none
            }
            throw error
        }
        throw raise(.runtimeError, "\(generatorWord(g)) ignored GeneratorExit")
    }

    /// A dead generator's `finally` blocks run; a coroutine never awaited says so.
    func finalizeGenerator(_ g: Value) throws(Raised) {
        let layout = g.cast(GeneratorLayout.self)
        switch layout.pointee.state {
        case .finished, .running: return
        case .created:
            layout.pointee.state = .finished
            if g.isExactly(types.coroutine) { warnUnawaited(g) }
        case .suspended:
            if g.isExactly(types.asyncGenerator), layout.pointee.extra.isObject, !layout.pointee.asyncClosed {
                _ = try call(layout.pointee.extra, g)
                return
            }
            if layout.pointee.exec.pointee.hasHandlers { _ = try generatorClose(g) } else { layout.pointee.state = .finished }
        }
    }

    /// `warnings._warn_unawaited_coroutine` knows where the coroutine was made; without it the bare message.
    private func warnUnawaited(_ coroutine: Value) {
        var isWarned = false
        do {
            let warnings = state.pointee.isFinalizing ? try loadedModule(intern("warnings")) : try importModule("warnings")
            let function = warnings.isObject ? try lookupAttr(warnings, intern("_warn_unawaited_coroutine")) : .null
            if function.isObject {
                _ = try call(function, coroutine)
                isWarned = true
            }
        } catch {
            if raisedMatches(.runtimeWarning) { isWarned = true }
            writeUnraisable(coroutine)
        }
        if isWarned { return }
        do {
            try warn(.runtimeWarning, "coroutine '\(text(coroutine.cast(GeneratorLayout.self).pointee.qualname))' was never awaited")
        } catch { writeUnraisable(coroutine) }
    }

    // MARK: The await protocol

    /// GET_YIELD_FROM_ITER.
    func yieldFromIterator(_ frame: UnsafeMutablePointer<Frame>, _ value: Value) throws(Raised) -> Value {
        if value.isExactly(types.coroutine) {
            let flags = CodeFlags(rawValue: frame.pointee.code.pointee.codeFlags)
            if flags.isDisjoint(with: [.coroutine, .iterableCoroutine]) {
                throw raise(.typeError, "cannot 'yield from' a coroutine object in a non-coroutine generator")
            }
            return value
        }
        if value.isExactly(types.generator) { return value }
        return try iter(value)
    }

    private func isIterableCoroutine(_ value: Value) -> Bool {
        value.isExactly(types.generator)
            && value.cast(GeneratorLayout.self).pointee.exec.pointee.codeFlags & CodeFlags.iterableCoroutine.rawValue != 0
    }

    /// The iterator `await` drives: `_PyCoro_GetAwaitableIter`.
    func awaitableIterator(_ value: Value) throws(Raised) -> Value {
        if value.isExactly(types.coroutine) || isIterableCoroutine(value) { return value }
        guard let slot = type(of: value).slots.awaitSlot else {
            throw raise(.typeError, "object \(typeName(value)) can't be used in 'await' expression")
        }
        let iterator = try check(slot(self, value))
        if iterator.isExactly(types.coroutine) || isIterableCoroutine(iterator) {
            throw raise(.typeError, "__await__() returned a coroutine")
        }
        if type(of: iterator).slots.iternext == nil {
            throw raise(.typeError, "__await__() returned non-iterator of type '\(typeName(iterator))'")
        }
        return iterator
    }

    /// GET_AWAITABLE. `context`: 1 after BEFORE_ASYNC_WITH, 2 after the call of `__aexit__`.
    func awaitable(_ value: Value, _ context: Int) throws(Raised) -> Value {
        if context != 0 && type(of: value).slots.awaitSlot == nil && !isIterableCoroutine(value) {
            let method = context == 1 ? "__aenter__" : "__aexit__"
            throw raise(.typeError, "'async with' received an object from \(method) that does not implement __await__: \(typeName(value))")
        }
        let iterator = try awaitableIterator(value)
        if iterator.isExactly(types.coroutine), !delegate(of: iterator).isNull || iterator.cast(GeneratorLayout.self).pointee.state == .running {
            throw raise(.runtimeError, "coroutine is being awaited already")
        }
        return iterator
    }

    /// GET_AITER.
    func asyncIterator(_ value: Value) throws(Raised) -> Value {
        guard let slot = type(of: value).slots.aiter else {
            throw raise(.typeError, "'async for' requires an object with __aiter__ method, got \(typeName(value))")
        }
        let iterator = try check(slot(self, value))
        if type(of: iterator).slots.anext == nil {
            throw raise(
                .typeError, "'async for' received an object from __aiter__ that does not implement __anext__: \(typeName(iterator))")
        }
        return iterator
    }

    /// GET_ANEXT: what is awaited for the next item.
    func asyncNext(_ iterator: Value) throws(Raised) -> Value {
        guard let slot = type(of: iterator).slots.anext else {
            throw raise(.typeError, "'async for' requires an iterator with __anext__ method, got \(typeName(iterator))")
        }
        let next = try check(slot(self, iterator))
        if iterator.isExactly(types.asyncGenerator) { return next }
        do { return try awaitableIterator(next) } catch {
            let cause = takeRaised()
            _ = raise(
                .typeError, "'async for' received an invalid object from __anext__: \(typeName(next))")
            let exception = thread.pointee.raised
            if exception.isObject {
                exception.cast(ExceptionLayout.self).pointee.cause = cause
                exception.cast(ExceptionLayout.self).pointee.context = cause
                exception.cast(ExceptionLayout.self).pointee.suppressContext = .true
            }
            throw error
        }
    }
}
