// Calls from the loop: Python functions get a frame in place, everything else goes through its type's call slot.
// Binding of complicated signatures is in Binding.swift. CPython: Objects/call.c, the CALL_* cases of Python/ceval.c.

extension VM {
    /// Pushes the frame of a simple function whose arguments lie at `base`; nil if the signature or a limit says otherwise.
    @inline(__always)
    func pushSimple(
        _ thread: UnsafeMutablePointer<ThreadState>, _ eval: UnsafeMutablePointer<EvalState>,
        _ frame: UnsafeMutablePointer<Frame>, _ callee: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, _ result: Int
    ) -> UnsafeMutablePointer<Frame>? {
        let function = callee.cast(FunctionLayout.self)
        guard let exec = function.pointee.exec, Int(exec.pointee.callShape) == count else { return nil }
        let next = frame + 1
        let end = base + Int(exec.pointee.registerCount)
        let depth = thread.pointee.recursionDepth &+ 1
        if end > thread.pointee.stackLimit || depth > thread.pointee.recursionLimit || next >= eval.pointee.fastLimit
            || thread.pointee.pollReasons != 0
        {
            return nil
        }
        thread.pointee.recursionDepth = depth
        thread.pointee.stackTop = end
        next.pointee.pc = exec.pointee.words
        next.pointee.base = base
        next.pointee.code = exec
        next.pointee.globals = function.pointee.globals
        next.pointee.builtins = function.pointee.builtins
        next.pointee.locals = .null
        next.pointee.function = callee
        next.pointee.object = .null
        next.pointee.owner = .null
        next.pointee.end = end
        next.pointee.result = UInt64(UInt32(truncatingIfNeeded: result))
        eval.pointee.top = next
        var i = count
        let locals = Int(exec.pointee.localCount)
        while i < locals {
            base[i] = .null
            i &+= 1
        }
        if exec.pointee.cellCount | exec.pointee.freeCount != 0 { setUpCells(next) }
        return next
    }

    /// Makes the cells of a new frame and copies the closure's. May collect.
    @inline(never) func setUpCells(_ frame: UnsafeMutablePointer<Frame>) {
        let exec = frame.pointee.code
        let base = frame.pointee.base
        let first = Int(exec.pointee.localCount)
        let cells = Int(exec.pointee.cellCount)
        let free = Int(exec.pointee.freeCount)
        for i in 0..<(cells + free) { base[first + i] = .null }
        for i in 0..<cells {
            let parameter = Int(exec.pointee.cellParameters[i])
            let cell = newCell(parameter >= 0 ? base[parameter] : .null)
            base[first + i] = cell
            if parameter >= 0 { base[parameter] = .null }
        }
        if free > 0 {
            let closure = frame.pointee.function.isObject ? frame.pointee.function.cast(FunctionLayout.self).pointee.closure : .null
            for i in 0..<free {
                base[first + cells + i] = closure.isObject && i < PyTuple(closure).count ? PyTuple(closure)[i] : newCell(.null)
            }
        }
    }

    @inlinable func newCell(_ contents: Value) -> Value {
        let cell = allocateUninitialized(16, types.cell).assumingMemoryBound(to: CellLayout.self)
        cell.pointee.contents = contents
        return Value(cell)
    }

    /// A frame record above the running one with registers at `base` and nothing in them.
    /// - Throws: RecursionError.
    func pushFrame(
        _ exec: UnsafeMutablePointer<ExecCode>, base: UnsafeMutablePointer<Value>, flags: FrameFlags, result: Int
    ) throws(Raised) -> UnsafeMutablePointer<Frame> {
        let thread = self.thread
        let eval = self.eval
        let next = eval.pointee.top + 1
        let end = base + Int(exec.pointee.registerCount)
        let depth = thread.pointee.recursionDepth + 1
        if depth > thread.pointee.recursionLimit || end > thread.pointee.stackLimit || next >= eval.pointee.framesEnd {
            throw raiseRecursion("")
        }
        thread.pointee.recursionDepth = depth
        thread.pointee.stackTop = end
        next.initialize(
            to: Frame(
                pc: exec.pointee.words, base: base, code: exec, globals: .null, builtins: .null, locals: .null,
                function: .null, object: .null, owner: .null, outerHandled: .null, end: end,
                result: UInt64(UInt32(truncatingIfNeeded: result)) | UInt64(flags.rawValue) << 32))
        eval.pointee.top = next
        return next
    }

    /// Takes the top record off.
    @inline(__always) func popFrame(_ frame: UnsafeMutablePointer<Frame>) {
        let thread = self.thread
        let below = frame - 1
        eval.pointee.top = below
        thread.pointee.recursionDepth -= 1
        thread.pointee.stackTop = below.pointee.end
    }

    /// The execution form of the function, made at its first call.
    func execCode(of function: Value) throws(Raised) -> UnsafeMutablePointer<ExecCode> {
        let layout = function.cast(FunctionLayout.self)
        if let exec = layout.pointee.exec, !eval.pointee.isTracing { return exec }
        let exec = try execCode(ofCode: layout.pointee.code)
        if exec.pointee.mode == .plain { layout.pointee.exec = exec }
        return exec
    }

    // MARK: From the loop

    /// Calls `slot[0]` with arguments at `arguments`, `count` of them including keyword values.
    /// - Returns: true if a frame was pushed; else the result is in register `result` of `frame`.
    @inline(never) func callSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ slot: UnsafeMutablePointer<Value>, _ arguments: UnsafeMutablePointer<Value>,
        _ count: Int, _ names: Value, _ result: Int
    ) throws(Raised) -> Bool {
        let callee = slot.pointee
        if callee.isObject {
            let type = callee.objectType
            if type == types.function { return try callFunction(frame, callee, arguments, count, names, result) }
            if type == types.builtinFunction && names.isNull {
                let native = callee.cast(NativeFunctionLayout.self)
                let value = try check(invoke(native.pointee.definition, native.pointee.receiver, arguments, count, .null, bound: true))
                runFinalizersAfterCall()
                frame.pointee.base[result] = value
                return false
            }
            if type == types.method {
                let method = callee.cast(BoundMethodLayout.self)
                let function = method.pointee.function
                if function.isExactly(types.function) {
                    // The callable's slot becomes the receiver's: the arguments are in place.
                    slot.pointee = method.pointee.receiver
                    if slot + 1 == arguments { return try callFunction(frame, function, slot, count + 1, names, result) }
                }
            }
            if type == types.type && slot + 1 == arguments {
                if names.isNull && pushConstructor(frame, slot, count, result) != nil { return true }
                if names.isNull {
                    let made = try constructBuiltin(PyType(callee), arguments, count)
                    if !made.isNull {
                        frame.pointee.base[result] = made
                        return false
                    }
                }
                if let pushed = try constructInPlace(frame, PyType(callee), slot, count, names, result) { return pushed }
            }
        }
        if callee.isObject && slot + 1 == arguments && callee.objectType.flags.contains(.heapType) {
            let function = lookup(callee.objectType, self.names.__call__)
            // The instance in the callable's slot is the first argument.
            if function.isExactly(types.function) { return try callFunction(frame, function, slot, count + 1, names, result) }
        }
        let nameCount = names.isNull ? 0 : PyTuple(names).count
        frame.pointee.base[result] = try callObject(callee, arguments, count - nameCount, names)
        return false
    }

    /// What a collection inside a native function queued is run before the program goes on, as where it dies by its count.
    @inline(__always) private func runFinalizersAfterCall() {
        if thread.pointee.pollReasons & ThreadState.PollReasons.finalizers.rawValue != 0 { runPendingFinalizers() }
    }

    @inline(never) func callMethodSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ slot: UnsafeMutablePointer<Value>, _ count: Int, _ result: Int
    ) throws(Raised) -> Bool {
        let method = slot.pointee
        if method.isNull { return try callSlow(frame, slot + 1, slot + 2, count, .null, result) }
        if method.objectType == types.function { return try callFunction(frame, method, slot + 1, count + 1, .null, result) }
        if method.objectType == types.methodDescriptor {
            let native = method.cast(NativeFunctionLayout.self)
            if slot[1].isObject ? slot[1].objectType == PyType(native.pointee.owner) : type(of: slot[1]).isSubtype(of: PyType(native.pointee.owner)) {
                let value = try check(invoke(native.pointee.definition, slot[1], slot + 2, count, .null))
                runFinalizersAfterCall()
                frame.pointee.base[result] = value
            } else {
                frame.pointee.base[result] = try callObject(method, slot + 1, count + 1, .null)
            }
            return false
        }
        frame.pointee.base[result] = try callObject(method, slot + 1, count + 1, .null)
        return false
    }

    /// A Python function of any signature; `count` includes the keyword values that `names` names.
    @inline(never) func callFunction(
        _ frame: UnsafeMutablePointer<Frame>, _ callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
        _ names: Value, _ result: Int, owner: Value = .null, flags: FrameFlags = []
    ) throws(Raised) -> Bool {
        if let exec = callee.cast(FunctionLayout.self).pointee.exec, exec.pointee.callShape >= 0,
            let base = placePlain(frame, callee, exec, arguments, count, names),
            let next = pushSimple(thread, eval, frame, callee, base, Int(exec.pointee.callShape), result)
        {
            if !flags.isEmpty {
                next.pointee.flags = flags
                next.pointee.owner = owner
            }
            return true
        }
        if names.isNull && flags.isEmpty {
            let generator = newGenerator(calling: callee, arguments, count)
            if !generator.isNull {
                frame.pointee.base[result] = generator
                return false
            }
        }
        if thread.pointee.pollReasons != 0 { try poll() }
        let exec = try execCode(of: callee)
        let inPlace = names.isNull && Int(exec.pointee.callShape) == count && !exec.pointee.isGenerator
        let base = inPlace ? arguments : frame.pointee.end
        let next = try pushFunctionFrame(callee, exec, base: base, flags: flags, result: result)
        next.pointee.owner = owner
        let nameCount = names.isNull ? 0 : PyTuple(names).count
        do {
            try bindArguments(next, arguments, count - nameCount, names)
        } catch {
            // The error belongs to the caller: the callee has not begun.
            popFrame(next)
            throw error
        }
        setUpCellsIfAny(next)
        if exec.pointee.isGenerator {
            let generator = newGenerator(from: next)
            popFrame(next)
            frame.pointee.base[result] = generator
            return false
        }
        if exec.pointee.mode == .traced { try beginTrace(next) }
        return true
    }

    /// Puts the arguments of a call where a frame of plain positional parameters begins: defaults filled in, keywords by name.
    /// Where that is; nil if they do not fit so, or there is no room: then nothing but free stack has changed.
    private func placePlain(
        _ frame: UnsafeMutablePointer<Frame>, _ callee: Value, _ exec: UnsafeMutablePointer<ExecCode>,
        _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value
    ) -> UnsafeMutablePointer<Value>? {
        let wanted = Int(exec.pointee.callShape)
        if count > wanted { return nil }
        if names.isNull && count == wanted { return arguments }
        let function = callee.cast(FunctionLayout.self)
        let defaults = function.pointee.defaults
        let defaultCount = defaults.isObject ? PyTuple(defaults).count : 0
        let firstDefault = wanted &- defaultCount
        let base = names.isNull ? arguments : frame.pointee.end
        if base + wanted > thread.pointee.stackLimit { return nil }
        if names.isNull {
            if count < firstDefault { return nil }
            for i in count..<wanted { base[i] = PyTuple(defaults)[i &- firstDefault] }
            return base
        }
        let keywords = PyTuple(names)
        let positional = count &- keywords.count
        if positional < 0 { return nil }
        for i in 0..<wanted { base[i] = i < positional ? arguments[i] : .null }
        let parameters = PyTuple(exec.pointee.code.cast(CodeLayout.self).pointee.varnames)
        if parameters.count < wanted { return nil }
        for k in 0..<keywords.count {
            let name = keywords[k]
            var i = max(positional, Int(exec.pointee.positionalOnlyCount))
            while i < wanted && parameters[i] != name { i &+= 1 }
            if i >= wanted || !base[i].isNull { return nil }
            base[i] = arguments[positional &+ k]
        }
        for i in positional..<max(positional, wanted) where base[i].isNull {
            if i < firstDefault { return nil }
            base[i] = PyTuple(defaults)[i &- firstDefault]
        }
        return base
    }

    /// Pushes a frame for `callee` with its namespaces set.
    func pushFunctionFrame(
        _ callee: Value, _ exec: UnsafeMutablePointer<ExecCode>, base: UnsafeMutablePointer<Value>, flags: FrameFlags, result: Int
    ) throws(Raised) -> UnsafeMutablePointer<Frame> {
        let next = try pushFrame(exec, base: base, flags: flags, result: result)
        let function = callee.cast(FunctionLayout.self)
        next.pointee.globals = function.pointee.globals
        next.pointee.builtins = function.pointee.builtins
        next.pointee.function = callee
        if exec.pointee.codeFlags & 1 == 0 {
            // Not CO_OPTIMIZED (a class body called as a function, exec'd code): names live in a dict.
            next.pointee.locals = exec.pointee.codeFlags & 2 != 0 ? newDict().value : function.pointee.globals
        }
        return next
    }

    func setUpCellsIfAny(_ frame: UnsafeMutablePointer<Frame>) {
        if frame.pointee.code.pointee.cellCount | frame.pointee.code.pointee.freeCount != 0 { setUpCells(frame) }
    }

    /// `f(*args, **kwargs)`: slot[0] callable, slot[1] any iterable, slot[2] any mapping.
    @inline(never) func callExSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ slot: UnsafeMutablePointer<Value>, _ hasKeywords: Bool, _ result: Int
    ) throws(Raised) -> Bool {
        let callee = slot[0]
        if !slot[1].isExactly(types.tuple) { slot[1] = try starArguments(callee, slot[1]) }
        let positional = PyTuple(slot[1])
        let count = positional.count
        var total = count
        var names: Value = .null
        let arguments = frame.pointee.end
        if hasKeywords {
            if !slot[2].isExactly(types.dict) { slot[2] = try doubleStarArguments(callee, slot[2]) }
            total += PyDict(slot[2]).count
        }
        // Above the frame, the callable's slot first, so that constructors find their place.
        let area = try pushStack(total + 1)
        area[0] = callee
        for i in 0..<total { area[1 + i] = .null }
        for i in 0..<count { area[1 + i] = positional[i] }
        if hasKeywords && total > count { names = try spreadKeywords(PyDict(slot[2]), into: area + 1 + count) }
        let savedEnd = frame.pointee.end
        // The frame's registers reach over the arguments while the call binds them.
        frame.pointee.end = area + total + 1
        defer {
            frame.pointee.end = savedEnd
            if eval.pointee.top == frame { thread.pointee.stackTop = savedEnd }
        }
        _ = arguments
        return try callSlow(frame, area, area + 1, total, names, result)
    }

    private func starArguments(_ callee: Value, _ iterable: Value) throws(Raised) -> Value {
        let type = self.type(of: iterable)
        if type.slots.iter == nil && type.slots.item == nil && type.slots.getItem == nil {
            throw raise(.typeError, "\(functionText(callee)) argument after * must be an iterable, not \(typeName(iterable))")
        }
        return try tupleFrom(iterable)
    }

    private func doubleStarArguments(_ callee: Value, _ mapping: Value) throws(Raised) -> Value {
        let dict = newDict()
        do {
            try updateDict(dict, from: mapping)
        } catch {
            if raisedMatches(.attributeError) {
                clearRaised()
                throw raise(.typeError, "\(functionText(callee)) argument after ** must be a mapping, not \(typeName(mapping))")
            }
            throw error
        }
        return dict.value
    }

    /// Values into place, their names as a tuple.
    private func spreadKeywords(_ dict: PyDict, into area: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let names = try newTuple(dict.count)
        var n = 0
        for i in 0..<dict.used {
            let entry = dict.entry(at: i)
            if entry.pointee.key.isNull { continue }
            if !isStr(entry.pointee.key) { throw raise(.typeError, "keywords must be strings") }
            if n < names.count {
                names[n] = entry.pointee.key
                area[n] = entry.pointee.value
                n += 1
            }
        }
        return names.value
    }

    /// "f()" for messages: `_PyObject_FunctionStr`.
    func functionText(_ callee: Value) -> String {
        let saved = takeRaised()
        defer { thread.pointee.raised = saved }
        do {
            let qualname = try getAttr(callee, names.__qualname__)
            guard isStr(qualname) else { return try strText(callee) }
            let module = try lookupAttr(callee, names.__module__)
            if isStr(module), text(module) != "builtins" { return "\(text(module)).\(text(qualname))()" }
            return "\(text(qualname))()"
        } catch {
            clearRaised()
            do { return try strText(callee) } catch {
                clearRaised()
                return "?"
            }
        }
    }

    private func strText(_ value: Value) throws(Raised) -> String { text(try str(of: value)) }

    // MARK: Instances

    /// What `object.__new__` makes.
    @inline(__always) private func newPlainInstance(_ type: PyType) -> Value {
        let instance = newInstance(type)
        if type.ref.pointee.attrsOffset > 0 { attrs(instance, type).pointee.shape = rootShape(type, instance) }
        return instance
    }

    /// The frame of `__init__` for a class that `constructInPlace` has met, arguments in place; nil if something is not plain.
    @inline(__always) private func pushConstructor(
        _ frame: UnsafeMutablePointer<Frame>, _ slot: UnsafeMutablePointer<Value>, _ count: Int, _ result: Int
    ) -> UnsafeMutablePointer<Frame>? {
        let callee = slot.pointee
        let type = PyType(callee)
        let initializer = type.ref.pointee.cache1
        guard initializer.isExactly(types.function), !type.flags.contains(.abstract) else { return nil }
        guard let exec = initializer.cast(FunctionLayout.self).pointee.exec, Int(exec.pointee.callShape) == count &+ 1 else { return nil }
        let instance = newPlainInstance(type)
        slot.pointee = instance
        guard let next = pushSimple(thread, eval, frame, initializer, slot, count &+ 1, result) else {
            // Another instance will be made (a collection found finalizers to run): nobody shall hear of this one.
            forgetFinalizable(instance)
            slot.pointee = callee
            return nil
        }
        next.pointee.flags = .construct
        next.pointee.owner = instance
        return next
    }

    /// `C(...)` where `C` makes instances the ordinary way and `__init__` is a Python function: the new instance takes the
    /// class's slot and `__init__` runs in place. nil if this is not such a class.
    private func constructInPlace(
        _ frame: UnsafeMutablePointer<Frame>, _ type: PyType, _ slot: UnsafeMutablePointer<Value>, _ count: Int,
        _ names: Value, _ result: Int
    ) throws(Raised) -> Bool? {
        guard type.flags.contains(.heapType), !type.flags.contains(.abstract), isPlainObjectNew(type) else { return nil }
        let initializer = lookup(type, self.names.__init__)
        if count == 0 && names.isNull && initializer == lookup(types.object, self.names.__init__) {
            // `object.__init__` has nothing to do and nothing to refuse.
            let instance = newPlainInstance(type)
            frame.pointee.base[result] = instance
            return false
        }
        guard initializer.isExactly(types.function) else { return nil }
        // A class that `pushConstructor` serves from now on, until something changes in its MRO.
        if assignVersion(type) != 0 { type.ref.pointee.cache1 = initializer }
        let instance = newPlainInstance(type)
        slot.pointee = instance
        return try callFunction(
            frame, initializer, slot, count + 1, names, result, owner: instance, flags: .construct)
    }

    /// What to do when a frame with flags returns. The value if `evaluate` must return it, else NULL: go on with the top frame.
    @inline(never) func leaveSlow(_ frame: UnsafeMutablePointer<Frame>, _ value: Value) throws(Raised) -> Value {
        let flags = frame.pointee.flags
        var value = value
        if flags.contains(.traced) { try traceReturn(frame, value, .returning) }
        if flags.contains(.generator) { return try finishGenerator(frame, value) }
        if flags.contains(.hasObject) { detachFrameObject(frame) }
        let result = frame.pointee.resultRegister
        let owner = frame.pointee.owner
        popFrame(frame)
        if flags.contains(.construct) {
            if !value.isNone {
                throw raise(.typeError, "__init__() should return None, not '\(typeName(value))'")
            }
            value = owner
        }
        if flags.contains(.entry) { return value }
        if flags.contains(.operation) {
            try finishOperation(frame - 1, flags, value, result: result)
            return .null
        }
        (frame - 1).pointee.base[result] = value
        return .null
    }
}
