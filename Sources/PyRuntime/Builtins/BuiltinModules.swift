// The modules that exist from the start: `builtins`, `sys`, and the registration of `gc` and `_weakref`.
// CPython: Python/bltinmodule.c, Python/sysmodule.c, Modules/gcmodule.c, Modules/_weakref.c.

extension VM {
    func installBuiltinModules() {
        installPlainStreamType()
        state.pointee.modules = newDict().value
        makeBuiltins()
        makeSys()
        registerModule("gc") { vm, module in
            vm.defineGC(ModuleBuilder(vm, module: module))
            return 0
        }
        registerModule("_weakref") { vm, module in
            vm.defineWeakref(ModuleBuilder(vm, module: module))
            return 0
        }
        installImpModule()
        installMarshalModule()
        installWarnings()
        registerLibraryModules()
    }

    private func makeBuiltins() {
        let module = newModule(str(utf8: PyStr(names.builtins).utf8), doc: str("Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' object; Ellipsis represents `...' in slices."))
        state.pointee.builtinsModule = module
        state.pointee.builtinsDict = module.cast(ModuleLayout.self).pointee.dict
        let m = ModuleBuilder(self, module: module)
        m.attribute("__package__", emptyStr)
        defineExecutionBuiltins(m)
        defineBuiltins(m)
        m.attribute("None", .none)
        m.attribute("Ellipsis", .ellipsis)
        m.attribute("NotImplemented", .notImplemented)
        m.attribute("False", .false)
        m.attribute("True", .true)
        for type in [types.bool, types.memoryview, types.bytearray, types.bytes, types.classMethod, types.complex, types.dict, types.enumerate,
            types.filter, types.float, types.frozenset, types.property, types.int, types.list, types.map, types.object, types.range,
            types.reversed, types.set, types.slice, types.staticMethod, types.str, types.superType, types.tuple, types.type, types.zip]
        {
            m.set(type.name, type.value)
        }
        m.attribute("__debug__", .true)
        for kind in ExceptionKind.allCases { m.set(exceptionType(kind).name, exceptionType(kind).value) }
        m.attribute("EnvironmentError", exceptionType(.osError).value)
        m.attribute("IOError", exceptionType(.osError).value)
        addModule(names.builtins, module)
    }

    private func addModule(_ name: Value, _ module: Value) {
        do { try PyDict(state.pointee.modules).set(self, name, module) } catch { clearRaised() }
    }

    private func makeSys() {
        let module = newModule(names.sys, doc: str("This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter."))
        state.pointee.sysModule = module
        state.pointee.sysDict = module.cast(ModuleLayout.self).pointee.dict
        let m = ModuleBuilder(self, module: module)
        m.attribute("__package__", emptyStr)
        defineSys(m)
        defineExecutionSys(m)
        installPlainStreams(m)
        addModule(names.sys, module)
    }

    // MARK: _weakref

    private func defineWeakref(_ m: ModuleBuilder) {
        m.attribute("ref", types.weakref.value)
        m.attribute("ReferenceType", types.weakref.value)
        m.attribute("ProxyType", types.weakProxy.value)
        m.attribute("CallableProxyType", types.weakCallableProxy.value)
        m.def1("getweakrefcount(object, /)", "Return the number of weak references to 'object'.") { vm, _, v in vm.int(vm.weakRefCount(v)) }
        m.def1("-getweakrefs(object, /)", "getweakrefs(object) -- return a list of all weak reference objects\nthat point to 'object'.") { vm, _, v in
            vm.guarded { () throws(Raised) in try vm.weakRefList(v) }
        }
        m.defN("^proxy(object, callback=None, /)", "proxy(object[, callback]) -- create a proxy object that weakly\nreferences 'object'.  'callback', if given, is called with a\nreference to the proxy when 'object' is about to be finalized.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.newWeakProxy(a[0], a[1].isNull ? .none : a[1]) }
        }
        m.def2("_remove_dead_weakref(dct, key, /)", "Atomically remove key from dict if it points to a dead weakref.") { vm, _, dict, key in
            vm.guarded { () throws(Raised) in
                if !vm.isDict(dict) { throw vm.raise(.typeError, "_remove_dead_weakref() argument 1 must be dict, not \(vm.argumentTypeName(dict))") }
                let found = try PyDict(dict).get(vm, key)
                if !found.isNull && vm.isInstance(found, ofType: vm.types.weakref) && vm.referent(found).isNull { _ = try PyDict(dict).remove(vm, key) }
                return .none
            }
        }
    }
}
