// From native code into the loop: calling a Python function, running a code object in given namespaces, class bodies.
// CPython: `_PyFunction_Vectorcall`, `PyEval_EvalCode`, `builtin___build_class__`.
import PyBytecode

extension VM {
    /// The frame that is pushed next is what counts; here the native stack is watched.
    @inline(__always) func enterNative() throws(Raised) { try guardNativeStack() }
    @inline(__always) func leaveNative() {}

    /// Makes the thread's frame records. Called once per thread before anything runs.
    func setUpEvaluation(_ thread: UnsafeMutablePointer<ThreadState>, capacity: Int = EvalState.frameCapacity) {
        let eval = UnsafeMutablePointer<EvalState>.allocate(capacity: 1)
        eval.initialize(to: EvalState(stack: thread.pointee.stackBase, capacity: capacity))
        thread.pointee.frame = UnsafeMutableRawPointer(eval)
    }

    func tearDownEvaluation(_ thread: UnsafeMutablePointer<ThreadState>) {
        guard let raw = thread.pointee.frame else { return }
        let eval = raw.assumingMemoryBound(to: EvalState.self)
        eval.pointee.deallocate()
        eval.deallocate()
        thread.pointee.frame = nil
    }

    /// Marks what the frame records and the evaluator's state hold.
    func markFrames(_ marker: MarkerRef) {
        var thread = state.pointee.threads
        while let t = thread {
            if let raw = t.pointee.frame { markFrames(marker, raw.assumingMemoryBound(to: EvalState.self)) }
            thread = t.pointee.next
        }
    }

    private func markFrames(_ marker: MarkerRef, _ eval: UnsafeMutablePointer<EvalState>) {
        var frame = eval.pointee.frames + 1
        while frame <= eval.pointee.top {
            // The record points at the execution form, which is not a cell: `eval` of a string has nobody else to hold its code.
            marker.mark(frame.pointee.code.pointee.code)
            marker.mark(frame.pointee.globals)
            marker.mark(frame.pointee.builtins)
            marker.mark(frame.pointee.locals)
            marker.mark(frame.pointee.function)
            marker.mark(frame.pointee.object)
            marker.mark(frame.pointee.owner)
            // Only generators' records have it: elsewhere it is left over from another call.
            if frame.pointee.flags.contains(.generator) { marker.mark(frame.pointee.outerHandled) }
            frame += 1
        }
        marker.mark(eval.pointee.traceFunction)
        marker.mark(eval.pointee.profileFunction)
        marker.mark(eval.pointee.asyncGenFirstIter)
        marker.mark(eval.pointee.asyncGenFinalizer)
    }

    /// The call slot of functions. `count` positional arguments, then the values of `names`.
    @inline(never) func callFunctionFromNative(
        _ callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value
    ) throws(Raised) -> Value {
        if names.isNull {
            let value = try callSimpleFromNative(callee, arguments, count)
            if !value.isNull { return value }
            let generator = newGenerator(calling: callee, arguments, count)
            if !generator.isNull { return generator }
        }
        try enterNative()
        defer { leaveNative() }
        if thread.pointee.pollReasons != 0 { try poll() }
        let exec = try execCode(of: callee)
        let base = thread.pointee.stackTop
        // Native code may have put arguments above the running frame: the callee starts above them, and the frame below
        // gets its stack end back when the callee is gone.
        let frame = try pushFunctionFrame(callee, exec, base: base, flags: .entry, result: 0)
        defer { thread.pointee.stackTop = base }
        do {
            try bindArguments(frame, arguments, count, names)
        } catch {
            popFrame(frame)
            throw error
        }
        setUpCellsIfAny(frame)
        if exec.pointee.isGenerator {
            let generator = newGenerator(from: frame)
            popFrame(frame)
            return generator
        }
        if exec.pointee.mode == .traced { try beginTrace(frame) }
        return try evaluate(throwing: false)
    }

    /// As above where the arguments fit a plain signature and nothing wants attention; NULL: nothing was done.
    @inline(__always) private func callSimpleFromNative(
        _ callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
    ) throws(Raised) -> Value {
        let base = thread.pointee.stackTop
        if base + count > thread.pointee.stackLimit { return .null }
        var i = 0
        while i < count {
            base[i] = arguments[i]
            i &+= 1
        }
        return try callPlaced(callee, count)
    }

    /// Calls a Python function whose arguments lie at the top of the stack, if they fit a plain signature; else NULL.
    @inline(__always) private func callPlaced(_ callee: Value, _ count: Int) throws(Raised) -> Value {
        if taipan_frame_address() < thread.pointee.nativeStackLimit { return .null }
        let base = thread.pointee.stackTop
        let eval = self.eval
        guard let frame = pushSimple(thread, eval, eval.pointee.top, callee, base, count, 0) else { return .null }
        frame.pointee.flags = .entry
        defer { thread.pointee.stackTop = base }
        return try evaluate(throwing: false)
    }

    /// `function(a)` of a Python function with one plain parameter; NULL if it is not so simple: nothing was done.
    @usableFromInline @inline(never) func callPlain(_ function: Value, _ a: Value) throws(Raised) -> Value {
        let base = thread.pointee.stackTop
        if base + 1 > thread.pointee.stackLimit { return .null }
        base[0] = a
        return try callPlaced(function, 1)
    }
    @usableFromInline @inline(never) func callPlain(_ function: Value, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let base = thread.pointee.stackTop
        if base + 2 > thread.pointee.stackLimit { return .null }
        base[0] = a
        base[1] = b
        return try callPlaced(function, 2)
    }

    /// Runs a code object: module, exec or class body.
    /// - Parameter function: for class bodies, the function whose closure the code sees; else NULL.
    public func run(code: Value, globals: Value, locals: Value, function: Value = .null) throws(Raised) -> Value {
        try enterNative()
        defer { leaveNative() }
        let exec = try execCode(ofCode: code)
        let base = thread.pointee.stackTop
        let frame = try pushFrame(exec, base: base, flags: .entry, result: 0)
        defer { thread.pointee.stackTop = base }
        frame.pointee.globals = globals
        frame.pointee.builtins = builtins(for: globals)
        frame.pointee.locals = exec.pointee.codeFlags & 1 != 0 ? .null : locals
        frame.pointee.function = function
        for i in 0..<Int(exec.pointee.stackBase) { base[i] = .null }
        setUpCellsIfAny(frame)
        if exec.pointee.isGenerator {
            let generator = newGenerator(from: frame)
            popFrame(frame)
            return generator
        }
        if exec.pointee.mode == .traced { try beginTrace(frame) }
        return try evaluate(throwing: false)
    }

    /// `__build_class__(func, name, *bases, metaclass=None, **kwds)`.
    func buildClass(_ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywordNames: Value) throws(Raised) -> Value {
        if count < 2 { throw raise(.typeError, "__build_class__: not enough arguments") }
        let function = arguments[0]
        guard function.isExactly(types.function) else { throw raise(.typeError, "__build_class__: func must be a function") }
        let name = arguments[1]
        guard isStr(name) else { throw raise(.typeError, "__build_class__: name is not a string") }
        let originalBases = try tuple(arguments + 2, count: count - 2)
        let bases = try updateBases(originalBases)
        let keywords = newDict()
        var meta: Value = .null
        if !keywordNames.isNull {
            let names = PyTuple(keywordNames)
            for i in 0..<names.count {
                if PyStr(names[i]).equals(PyStr(self.names.metaclass)) {
                    meta = arguments[count + i]
                } else {
                    try keywords.set(self, names[i], arguments[count + i])
                }
            }
        }
        if meta.isNull { meta = PyTuple(bases).count > 0 ? type(of: PyTuple(bases)[0]).value : types.type.value }
        if isType(meta) { meta = try winningMetaclass(meta, PyTuple(bases)) }
        let namespace = try prepareNamespace(meta, name, bases, keywords)
        let cell = try run(
            code: function.cast(FunctionLayout.self).pointee.code, globals: function.cast(FunctionLayout.self).pointee.globals,
            locals: namespace, function: function)
        if bases != originalBases { try setItem(namespace, names.__orig_bases__, originalBases) }
        let classArguments = tuple(name, bases, namespace)
        let cls = try callWithTuple(meta, classArguments, keywords.value)
        if isType(cls) && cell.isExactly(types.cell) {
            let held = cell.cast(CellLayout.self).pointee.contents
            if held.isNull {
                throw raise(
                    .runtimeError,
                    "__class__ not set defining \(try reprText(name)) as \(try reprText(cls)). Was __classcell__ propagated to type.__new__?")
            }
            if held != cls {
                throw raise(
                    .typeError, "__class__ set to \(try reprText(held)) defining \(try reprText(name)) as \(try reprText(cls))")
            }
        }
        return cls
    }

    private func prepareNamespace(_ meta: Value, _ name: Value, _ bases: Value, _ keywords: PyDict) throws(Raised) -> Value {
        let prepare = try lookupAttr(meta, names.__prepare__)
        if prepare.isNull { return newDict().value }
        let namespace = try callWithTuple(prepare, tuple(name, bases), keywords.value)
        let type = self.type(of: namespace)
        if type.slots.getItem == nil {
            let metaName = isType(meta) ? text(PyType(meta).name) : "<metaclass>"
            throw raise(.typeError, "\(metaName).__prepare__() must return a mapping, not \(typeName(namespace))")
        }
        return namespace
    }

    /// The most derived metaclass among `meta` and the bases' types.
    private func winningMetaclass(_ meta: Value, _ bases: PyTuple) throws(Raised) -> Value {
        var winner = meta
        for i in 0..<bases.count {
            let candidate = type(of: bases[i])
            if PyType(winner).isSubtype(of: candidate) { continue }
            if candidate.isSubtype(of: PyType(winner)) {
                winner = candidate.value
                continue
            }
            throw raise(
                .typeError,
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
        }
        return winner
    }

    /// PEP 560: bases that are not classes may stand for others.
    private func updateBases(_ bases: Value) throws(Raised) -> Value {
        let tuple = PyTuple(bases)
        var replaced: PyList?
        for i in 0..<tuple.count {
            let base = tuple[i]
            if isType(base) {
                if let replaced { try replaced.append(self, base) }
                continue
            }
            let method = try lookupAttr(base, names.__mro_entries__)
            if method.isNull {
                if let replaced { try replaced.append(self, base) }
                continue
            }
            let entries = try call(method, bases)
            guard isTuple(entries) else { throw raise(.typeError, "__mro_entries__ must return a tuple") }
            let list: PyList
            if let replaced { list = replaced } else {
                list = try newList()
                for k in 0..<i { try list.append(self, tuple[k]) }
                replaced = list
            }
            for k in 0..<PyTuple(entries).count { try list.append(self, PyTuple(entries)[k]) }
        }
        guard let replaced else { return bases }
        return try tupleFrom(replaced.value)
    }
}
