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
        let module = newModule(names.builtins, doc: str("Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' object; Ellipsis represents `...' in slices."))
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

    // MARK: gc

    private func defineGC(_ m: ModuleBuilder) {
        m.def0("enable()", "Enable automatic garbage collection.") { vm, _ in
            vm.heap.pointee.isEnabled = true
            return .none
        }
        m.def0("disable()", "Disable automatic garbage collection.") { vm, _ in
            vm.heap.pointee.isEnabled = false
            return .none
        }
        m.def0("isenabled()", "Returns true if automatic garbage collection is enabled.") { vm, _ in Value(vm.heap.pointee.isEnabled) }
        m.defN("collect(generation=2)", "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional argument\nmay be an integer specifying which generation to collect.  A ValueError\nis raised if the generation number is invalid.\n\nThe number of unreachable objects is returned.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if !a[0].isNull {
                    let n = try vm.indexInt(a[0])
                    if n < 0 || n > 2 { throw vm.raise(.valueError, "invalid generation") }
                }
                vm.collectGarbage()
                var freed = 0
                // Finalizers may leave more behind: until nothing is pending.
                for _ in 0..<10 where vm.heap.pointee.hasPending {
                    freed += vm.heap.pointee.pendingDel.count
                    vm.runPendingFinalizers()
                    vm.collectGarbage()
                }
                return vm.int(freed)
            }
        }
        m.def0("get_count()", "Return a three-tuple of the current collection counts.") { vm, _ in
            vm.tuple(vm.int(vm.heap.pointee.allocatedSinceCollection >> 6), Value(small: 0), Value(small: 0))
        }
        m.def0("get_threshold()", "Return the current collection thresholds.") { vm, _ in vm.tuple(Value(small: 700), Value(small: 10), Value(small: 10)) }
        m.defV("-set_threshold(...)", "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\nSets the collection thresholds.  Setting threshold0 to zero disables\ncollection.\n") { vm, _, a, count, _ in
            if count > 0 && a[0].isSmallInt { vm.heap.pointee.isEnabled = a[0].smallInt != 0 }
            return .none
        }
        m.def0("get_debug()", "Get the garbage collection debugging flags.") { _, _ in Value(small: 0) }
        m.def1("set_debug(flags, /)", "Set the garbage collection debugging flags.") { _, _, _ in .none }
        m.def0("freeze()", "Freeze all current tracked objects and ignore them for future collections.") { _, _ in .none }
        m.def0("unfreeze()", "Unfreeze all objects in the permanent generation.") { _, _ in .none }
        m.def0("get_freeze_count()", "Return the number of objects in the permanent generation.") { _, _ in Value(small: 0) }
        m.def0("get_stats()", "Return a list of dictionaries containing per-generation statistics.") { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                for i in 0..<3 {
                    let dict = vm.newDict()
                    try dict.set(vm, vm.intern("collections"), vm.int(i == 2 ? vm.heap.pointee.collections : 0))
                    try dict.set(vm, vm.intern("collected"), Value(small: 0))
                    try dict.set(vm, vm.intern("uncollectable"), Value(small: 0))
                    try list.append(vm, dict.value)
                }
                return list.value
            }
        }
        m.def1("is_tracked(obj, /)", "Returns true if the object is tracked by the garbage collector.") { _, _, v in
            Value(v.isObject && v.objectType.ref.pointee.traceKind != .leaf && v.objectType.ref.pointee.traceKind != .str)
        }
        m.def1("is_finalized(obj, /)", "Returns true if the object has been already finalized by the GC.") { vm, _, v in
            Value(v.isObject && vm.heap.pointee.finalized.contains(v.bits))
        }
        m.defN("get_objects(generation=None)", "Return a list of objects tracked by the collector (excluding the list returned).") { vm, _, _ in
            vm.guarded { () throws(Raised) in throw vm.unimplemented("gc.get_objects") }
        }
        m.defV("-get_referrers(...)", "get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs.") { vm, _, _, _, _ in
            vm.guarded { () throws(Raised) in throw vm.unimplemented("gc.get_referrers") }
        }
        m.defV("-get_referents(...)", "get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs.") { vm, _, _, _, _ in
            vm.guarded { () throws(Raised) in throw vm.unimplemented("gc.get_referents") }
        }
        do {
            m.attribute("garbage", try newList().value)
            m.attribute("callbacks", try newList().value)
        } catch { clearRaised() }
        m.attribute("DEBUG_STATS", Value(small: 1))
        m.attribute("DEBUG_COLLECTABLE", Value(small: 2))
        m.attribute("DEBUG_UNCOLLECTABLE", Value(small: 4))
        m.attribute("DEBUG_SAVEALL", Value(small: 32))
        m.attribute("DEBUG_LEAK", Value(small: 38))
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
        m.defN("-proxy(object, callback=None, /)", "proxy(object[, callback]) -- create a proxy object that weakly\nreferences 'object'.  'callback', if given, is called with a\nreference to the proxy when 'object' is about to be finalized.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.newWeakProxy(a[0], a[1].isNull ? .none : a[1]) }
        }
        m.def2("_remove_dead_weakref(dct, key, /)", "Atomically remove key from dict if it points to a dead weakref.") { vm, _, dict, key in
            vm.guarded { () throws(Raised) in
                if !vm.isDict(dict) { throw vm.raise(.typeError, "_remove_dead_weakref() argument 1 must be dict, not \(vm.typeName(dict))") }
                let found = try PyDict(dict).get(vm, key)
                if !found.isNull && vm.isInstance(found, ofType: vm.types.weakref) && vm.referent(found).isNull { _ = try PyDict(dict).remove(vm, key) }
                return .none
            }
        }
    }
}
