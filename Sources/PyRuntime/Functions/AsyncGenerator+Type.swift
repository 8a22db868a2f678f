// `async_generator`: `__anext__`, `asend`, `athrow`, `aclose` and the awaitables they return.
// CPython: Objects/genobject.c. Rules: PEP 525.

/// `async_generator_asend` (f1 = value sent) and `async_generator_athrow` (f1 = exception or NULL for aclose); f0 the generator,
/// f2 state: 0 not begun, 1 iterating, 2 closed.
extension VM {
    func wrapAsyncValue(_ value: Value) -> Value { newFields(types.asyncGeneratorWrappedValue, value) }

    func installAsyncGeneratorTypes() {
        for type in [types.asyncGeneratorWrappedValue, types.asyncGeneratorASend, types.asyncGeneratorAThrow] {
            type.ref.pointee.basicSize = 32
            type.ref.pointee.fieldsEnd = 32
            type.ref.pointee.traceKind = .words
        }
        let t = TypeBuilder(self, types.asyncGenerator)
        installCommon(t, prefix: "ag")
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        t.type.slots.aiter = { _, g in g }
        t.type.slots.anext = { vm, g in vm.guarded { () throws(Raised) in try vm.newAsyncStep(vm.types.asyncGeneratorASend, g, .none) } }
        t.def1("-asend($self, value, /)", "asend(v) -> send 'v' in generator.") { vm, g, v in
            vm.guarded { () throws(Raised) in try vm.newAsyncStep(vm.types.asyncGeneratorASend, g, v) }
        }
        t.def0("-aclose($self, /)", "aclose() -> raise GeneratorExit inside generator.") { vm, g in
            vm.guarded { () throws(Raised) in try vm.newAsyncStep(vm.types.asyncGeneratorAThrow, g, .null) }
        }
        t.defV("-athrow($self, type, value=None, tb=None, /)", "athrow(typ[,val[,tb]]) -> raise exception in generator.") { vm, g, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.newAsyncStep(vm.types.asyncGeneratorAThrow, g, try vm.thrownException(a, n, k))
            }
        }
        installStep(TypeBuilder(self, types.asyncGeneratorASend))
        installStep(TypeBuilder(self, types.asyncGeneratorAThrow))
    }

    private func installStep(_ t: TypeBuilder) {
        t.type.slots.iter = { _, s in s }
        t.type.slots.awaitSlot = { _, s in s }
        t.type.slots.iternext = { vm, s in vm.guarded { () throws(Raised) in try vm.asyncStepValue(vm.asyncStepSend(s, .none)) } }
        t.def1("-send($self, value, /)", "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.") { vm, s, v in vm.guarded { () throws(Raised) in try vm.asyncStepValue(vm.asyncStepSend(s, v)) } }
        t.defV("-throw($self, type, value=None, tb=None, /)", "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.") { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                let fields = s.cast(FieldsLayout.self)
                let isSend = s.isExactly(vm.types.asyncGeneratorASend)
                if fields.pointee.f2.smallInt == 2 {
                    throw vm.raise(.runtimeError, isSend ? "cannot reuse already awaited __anext__()/asend()" : "cannot reuse already awaited aclose()/athrow()")
                }
                let exception = try vm.thrownException(a, n, k)
                return try vm.asyncStepValue(vm.finishAsyncStep(s) { () throws(Raised) in try vm.throwInto(fields.pointee.f0, exception) })
            }
        }
        t.def0("-close($self, /)", "close() -> raise GeneratorExit inside generator.") { _, s in
            s.cast(FieldsLayout.self).pointee.f2 = Value(small: 2)
            return .none
        }
    }

    private func newAsyncStep(_ type: PyType, _ generator: Value, _ argument: Value) throws(Raised) -> Value {
        try initializeAsyncHooks(generator)
        return newFields(type, generator, argument, Value(small: 0))
    }

    /// The first iteration tells the event loop: `sys.set_asyncgen_hooks`.
    private func initializeAsyncHooks(_ generator: Value) throws(Raised) {
        let layout = generator.cast(GeneratorLayout.self)
        if layout.pointee.hooksInited { return }
        layout.pointee.hooksInited = true
        layout.pointee.extra = eval.pointee.asyncGenFinalizer
        let first = eval.pointee.asyncGenFirstIter
        if first.isObject { _ = try call(first, generator) }
    }

    /// The end of a step is a StopIteration for who drives it by methods.
    private func asyncStepValue(_ outcome: (value: Value, finished: Bool)) throws(Raised) -> Value {
        if outcome.finished { throw outcome.value.isNull ? raise(.stopIteration) : raiseStopIteration(outcome.value) }
        return outcome.value
    }

    /// One drive of a step; finished: with the value of the StopIteration, NULL for one without.
    func asyncStepSend(_ step: Value, _ value: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let fields = step.cast(FieldsLayout.self)
        let generator = fields.pointee.f0
        let layout = generator.cast(GeneratorLayout.self)
        let isSend = step.isExactly(types.asyncGeneratorASend)
        var value = value
        switch fields.pointee.f2.smallInt {
        case 2: throw raise(.runtimeError, isSend ? "cannot reuse already awaited __anext__()/asend()" : "cannot reuse already awaited aclose()/athrow()")
        case 0:
            if isSend {
                if layout.pointee.asyncRunning { throw raise(.runtimeError, "anext(): asynchronous generator is already running") }
                if value.isNone { value = fields.pointee.f1 }
            } else {
                return try beginAsyncThrow(step)
            }
            layout.pointee.asyncRunning = true
            fields.pointee.f2 = Value(small: 1)
        default: break
        }
        return try finishAsyncStep(step) { () throws(Raised) in try resume(generator, value) }
    }

    private func beginAsyncThrow(_ step: Value) throws(Raised) -> (value: Value, finished: Bool) {
        let fields = step.cast(FieldsLayout.self)
        let generator = fields.pointee.f0
        let layout = generator.cast(GeneratorLayout.self)
        let isClose = fields.pointee.f1.isNull
        if layout.pointee.asyncRunning {
            throw raise(.runtimeError, isClose ? "aclose(): asynchronous generator is already running" : "athrow(): asynchronous generator is already running")
        }
        if layout.pointee.asyncClosed || layout.pointee.state == .finished {
            fields.pointee.f2 = Value(small: 2)
            if isClose { return (.null, true) }
            throw raise(.stopAsyncIteration)
        }
        fields.pointee.f2 = Value(small: 1)
        layout.pointee.asyncRunning = true
        if isClose {
            layout.pointee.asyncClosed = true
            _ = raise(.generatorExit)
            let exit = takeRaised()
            return try finishAsyncStep(step) { () throws(Raised) in try throwInto(generator, exit) }
        }
        return try finishAsyncStep(step) { () throws(Raised) in try throwInto(generator, fields.pointee.f1) }
    }

    /// What one drive of the generator means to who awaits the step.
    private func finishAsyncStep(
        _ step: Value, _ drive: () throws(Raised) -> (value: Value, finished: Bool)
    ) throws(Raised) -> (value: Value, finished: Bool) {
        let fields = step.cast(FieldsLayout.self)
        let layout = fields.pointee.f0.cast(GeneratorLayout.self)
        let isClose = step.isExactly(types.asyncGeneratorAThrow) && fields.pointee.f1.isNull
        let outcome: (value: Value, finished: Bool)
        do { outcome = try drive() } catch {
            layout.pointee.asyncRunning = false
            fields.pointee.f2 = Value(small: 2)
            if isClose && (raisedMatches(.stopAsyncIteration) || raisedMatches(.generatorExit)) {
                clearRaised()
                return (.null, true)
            }
            throw error
        }
        if outcome.finished {
            layout.pointee.asyncRunning = false
            layout.pointee.asyncClosed = true
            fields.pointee.f2 = Value(small: 2)
            if isClose { return (.null, true) }
            throw raise(.stopAsyncIteration)
        }
        if outcome.value.isExactly(types.asyncGeneratorWrappedValue) {
            layout.pointee.asyncRunning = false
            fields.pointee.f2 = Value(small: 2)
            if isClose { throw raise(.runtimeError, "async generator ignored GeneratorExit") }
            return (outcome.value.cast(FieldsLayout.self).pointee.f0, true)
        }
        return (outcome.value, false)
    }

    /// `cr_origin`: (filename, line, name) triples of the callers.
    func recordOrigin(_ coroutine: Value) {
        let depth = eval.pointee.coroutineOriginDepth
        do {
            let list = try newList()
            // The frame on top is the coroutine's own.
            var frame = eval.pointee.top - 1
            while list.count < depth && frame > eval.pointee.frames {
                let code = frame.pointee.code.pointee.code
                let line = self.line(ofCode: code, at: frame.pointee.code.lastOffset(frame.pointee.pc)) ?? 0
                let layout = code.cast(CodeLayout.self)
                try list.append(self, tuple(layout.pointee.filename, int(line), layout.pointee.name))
                frame -= 1
            }
            coroutine.cast(GeneratorLayout.self).pointee.extra = try tupleFrom(list.value)
        } catch { clearRaised() }
    }
}
