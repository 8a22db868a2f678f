// `sys`'s hooks: uncaught and unraisable exceptions, displaying results, breakpoints, auditing.
// CPython: Python/sysmodule.c, Python/errors.c, Python/pythonrun.c. Rules: Library `sys`; PEP 553, PEP 578.
import PyPlatform

extension VM {
    func defineSysHooks(_ m: ModuleBuilder) {
        defineExceptionHooks(m)
        defineInteractiveHooks(m)
        defineAudit(m)
        for (copy, name) in [("__unraisablehook__", "unraisablehook"), ("__excepthook__", "excepthook"), ("__displayhook__", "displayhook"), ("__breakpointhook__", "breakpointhook")] as [(StaticString, StaticString)] {
            m.attribute(copy, m.dict.getStr(self, intern(name)))
        }
        let type = newStructSequenceType("UnraisableHookArgs", module: "builtins", doc: "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.", fields: ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"])
        state.pointee.unraisableArgsType = type.value
    }

    private func defineExceptionHooks(_ m: ModuleBuilder) {
        m.def1("unraisablehook($module, unraisable, /)", "Handle an unraisable exception.\n\nThe unraisable argument has the following attributes:\n\n* exc_type: Exception type.\n* exc_value: Exception value, can be None.\n* exc_traceback: Exception traceback, can be None.\n* err_msg: Error message, can be None.\n* object: Object causing the exception, can be None.") { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                guard vm.type(of: arguments).value == vm.state.pointee.unraisableArgsType else {
                    throw vm.raise(.typeError, "sys.unraisablehook argument type must be UnraisableHookArgs")
                }
                let fields = PyTuple(arguments)
                vm.showUnraisable(type: fields[0], value: fields[1], traceback: fields[2], message: fields[3], object: fields[4])
                return .none
            }
        }
        m.def3("excepthook($module, exctype, value, traceback, /)", "Handle an exception by displaying it with a traceback on sys.stderr.") { vm, _, _, value, traceback in
            vm.guarded { () throws(Raised) in
                guard vm.isException(value) else {
                    vm.writeToStandardError("TypeError: print_exception(): Exception expected for value, \(vm.typeName(value)) found\n")
                    return .none
                }
                let layout = value.cast(ExceptionLayout.self)
                if traceback.isExactly(vm.types.traceback), !layout.pointee.traceback.isObject { layout.pointee.traceback = traceback }
                vm.displayException(value)
                return .none
            }
        }
    }

    // MARK: Unraisable exceptions

    /// Hands the exception on its way to `sys.unraisablehook`: it happened where it cannot be raised, in or about `object`.
    /// May run Python. Never raises.
    public func writeUnraisable(_ object: Value, message: Value = .none) {
        let exception = takeRaised()
        guard exception.isObject else { return }
        let type = exception.objectType.value
        let traceback = orNone(exception.cast(ExceptionLayout.self).pointee.traceback)
        let hook = sysAttribute(intern("unraisablehook"))
        if hook.isObject {
            do {
                let items = try newTuple(5)
                items[0] = type
                items[1] = exception
                items[2] = traceback
                items[3] = message
                items[4] = orNone(object)
                let arguments = try newStructSequence(PyType(state.pointee.unraisableArgsType), items.items, 5)
                try audit("sys.unraisablehook", tuple(hook, arguments))
                _ = try call(hook, arguments)
                return
            } catch {
                let second = takeRaised()
                if second.isObject {
                    showUnraisable(
                        type: second.objectType.value, value: second, traceback: orNone(second.cast(ExceptionLayout.self).pointee.traceback),
                        message: str("Exception ignored in sys.unraisablehook"), object: hook)
                }
                return
            }
        }
        showUnraisable(type: type, value: exception, traceback: traceback, message: message, object: orNone(object))
    }

    private func showUnraisable(type: Value, value: Value, traceback: Value, message: Value, object: Value) {
        let stream = sysAttribute(names.stderr)
        if stream.isNull || stream.isNone { return }
        var out = ShownText()
        let head = isStr(message) ? PyStr(message).utf8 : message.isNone ? [] : Array("<unknown>".utf8)
        if !object.isNone {
            if head.isEmpty {
                out.put("Exception ignored in: ")
            } else {
                out.put(head)
                out.put(": ")
            }
            do { out.put(PyStr(try repr(object)).utf8) } catch {
                clearRaised()
                out.put("<object repr() failed>")
            }
            out.put("\n")
        } else if !head.isEmpty {
            out.put(head)
            out.put(":\n")
        }
        appendUnraisable(type, value, traceback, &out)
        do {
            try writeShown(out, to: stream)
            _ = try callMethod(stream, names.flush)
        } catch { clearRaised() }
    }

    // MARK: Interactive

    private func defineInteractiveHooks(_ m: ModuleBuilder) {
        m.def1("displayhook($module, object, /)", "Print an object to sys.stdout and also save it in builtins._") { vm, _, v in
            vm.guarded { () throws(Raised) in
                let builtins = try vm.loadedModule(vm.names.builtins)
                if builtins.isNull { throw vm.raise(.runtimeError, "lost builtins module") }
                if v.isNone { return .none }
                try vm.setAttr(builtins, vm.names.underscore, .none)
                let stdout = vm.sysAttribute(vm.names.stdout)
                if stdout.isNull || stdout.isNone { throw vm.raise(.runtimeError, "lost sys.stdout") }
                try vm.writeDisplayed(vm.repr(v), to: stdout)
                _ = try vm.callMethod(stdout, vm.names.write, vm.latin1(10))
                try vm.setAttr(builtins, vm.names.underscore, v)
                return .none
            }
        }
        m.defV("-breakpointhook(...)", "breakpointhook(*args, **kws)\n\nThis hook function is called by built-in breakpoint().\n") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in try vm.enterDebugger(a, count, keywords) }
        }
    }

    /// What the stream's encoding cannot say is written with backslashes.
    private func writeDisplayed(_ text: Value, to stream: Value) throws(Raised) {
        do {
            _ = try callMethod(stream, names.write, text)
        } catch {
            guard raisedMatches(.unicodeEncodeError) else { throw Raised() }
            clearRaised()
            let encoding = try getAttr(stream, intern("encoding"))
            let bytes = try callMethod(text, intern("encode"), encoding, intern("backslashreplace"))
            let buffer = try getAttrIfPresent(stream, intern("buffer"))
            if buffer.isNull {
                _ = try callMethod(stream, names.write, try callMethod(bytes, intern("decode"), encoding, names.strict))
            } else {
                _ = try callMethod(buffer, names.write, bytes)
            }
        }
    }

    /// PEP 553: `$PYTHONBREAKPOINT` names the debugger.
    private func enterDebugger(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        var target = "pdb.set_trace"
        if !configuration.ignoresEnvironment, let chosen = environmentValue("PYTHONBREAKPOINT"), !chosen.isEmpty {
            target = String(decoding: chosen, as: UTF8.self)
        }
        if target == "0" { return .none }
        let dot = target.lastIndex(of: ".")
        let moduleName = dot.map { String(target[..<$0]) } ?? "builtins"
        let attribute = dot.map { String(target[target.index(after: $0)...]) } ?? target
        let hook: Value
        do {
            if moduleName.isEmpty { throw raise(.valueError, "Empty module name") }
            _ = try importModule(str(moduleName), globals: .null, fromList: .null, level: 0)
            let module = try loadedModule(str(moduleName))
            hook = try getAttr(module, intern(attribute))
        } catch {
            guard raisedMatches(.importError) || raisedMatches(.attributeError) || raisedMatches(.valueError) else { throw Raised() }
            clearRaised()
            try warn(.runtimeWarning, "Ignoring unimportable $PYTHONBREAKPOINT: \"\(target)\"")
            return .none
        }
        return try call(hook, a, count, keywords: keywords)
    }

    // MARK: Auditing

    private func defineAudit(_ m: ModuleBuilder) {
        m.defV("-audit(...)", "audit(event, *args)\n\nPasses the event to any audit hooks that are attached.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull { throw vm.raise(.typeError, "sys.audit() takes no keyword arguments") }
                if count == 0 { throw vm.raise(.typeError, "audit() missing 1 required positional argument: 'event'") }
                if vm.state.pointee.auditHooks.isNull { return .none }
                guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "expected str for argument 'event', not \(vm.typeName(a[0]))") }
                let arguments = try vm.tuple(a + 1, count: count - 1)
                try vm.runAuditHooks(a[0], arguments)
                return .none
            }
        }
        m.defN("addaudithook($module, /, hook)", "Adds a new audit hook callback.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if vm.state.pointee.auditHooks.isNull {
                    vm.state.pointee.auditHooks = try vm.newList().value
                } else {
                    do { try vm.runAuditHooks(vm.intern("sys.addaudithook"), vm.emptyTuple) } catch {
                        // A hook that refuses with RuntimeError refuses quietly.
                        guard vm.raisedMatches(.exception) else { throw Raised() }
                        vm.clearRaised()
                        return .none
                    }
                }
                try PyList(vm.state.pointee.auditHooks).append(vm, a[0])
                return .none
            }
        }
    }

    /// A hook is not traced unless its `__cantrace__` is true.
    func runAuditHooks(_ event: Value, _ arguments: Value) throws(Raised) {
        let hooks = PyList(state.pointee.auditHooks)
        var i = 0
        while i < hooks.count {
            let hook = hooks[i]
            i += 1
            if !isTraced {
                _ = try call(hook, event, arguments)
                continue
            }
            _ = try untraced { () throws(Raised) in
                let mark = try getAttrIfPresent(hook, intern("__cantrace__"))
                if mark.isNull { return try call(hook, event, arguments) }
                return try isTrue(mark) ? try traced { () throws(Raised) in try call(hook, event, arguments) } : try call(hook, event, arguments)
            }
        }
    }

    /// `sys.audit(event, *arguments)`, the arguments a tuple; costs one test where no hook was added.
    @inline(__always) public func audit(_ event: StaticString, _ arguments: @autoclosure () -> Value) throws(Raised) {
        if state.pointee.auditHooks.isNull { return }
        try runAuditHooks(intern(event), arguments())
    }
}
