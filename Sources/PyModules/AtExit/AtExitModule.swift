// `atexit`: functions to call when the interpreter ends. The list lives in the interpreter's state; finalisation calls
// `runExitFunctions` (PyRuntime/Threads/Finalize.swift). CPython: Modules/atexitmodule.c.
import PyRuntime

extension VM {
    public func registerAtExit() {
        registerModule("atexit") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n" as StaticString))
            vm.defineAtExit(m)
            return 0
        }
    }

    private func exitFunctions() throws(Raised) -> PyList {
        if threading.pointee.exitFunctions.isNull { threading.pointee.exitFunctions = try newList().value }
        return PyList(threading.pointee.exitFunctions)
    }

    private func defineAtExit(_ m: ModuleBuilder) {
        m.defV("-register($module, func, *args, **kwargs)", "register(func, *args, **kwargs) -> func\n\nRegister a function to be executed upon normal program termination\n\n    func - function to be called at exit\n    args - optional arguments to pass to func\n    kwargs - optional keyword arguments to pass to func\n\n    func is returned to facilitate usage as a decorator.") { vm, _, a, count, names in
            vm.guarded { () throws(Raised) in
                if count == 0 { throw vm.raise(.typeError, "register() takes at least 1 argument (0 given)") }
                if vm.type(of: a[0]).slots.call == nil { throw vm.raise(.typeError, "the first argument must be callable") }
                var keywords = Value.null
                if !names.isNull && PyTuple(names).count > 0 {
                    let dict = vm.newDict()
                    for i in 0..<PyTuple(names).count { try dict.set(vm, PyTuple(names)[i], a[count + i]) }
                    keywords = dict.value
                }
                let arguments = try vm.tuple(a + 1, count: count - 1)
                try vm.exitFunctions().append(vm, vm.tuple(a[0], arguments, keywords.isNull ? .none : keywords))
                return a[0]
            }
        }
        m.def0("-_clear($module, /)", "_clear() -> None\n\nClear the list of previously registered exit functions.") { vm, _ in
            vm.threading.pointee.exitFunctions = .null
            return .none
        }
        m.def1("-unregister($module, func, /)", "unregister(func) -> None\n\nUnregister an exit function which was previously registered using\natexit.register\n\n    func - function to be unregistered") { vm, _, function in
            vm.guarded { () throws(Raised) in
                let list = try vm.exitFunctions()
                var i = 0
                while i < list.count {
                    let entry = list[i]
                    i += 1
                    // Its place stays: `_ncallbacks` counts places.
                    if entry.isNone { continue }
                    let same = try vm.compareBool(PyTuple(entry)[0], function, .eq)
                    if same && i <= list.count && list[i - 1] == entry { list[i - 1] = .none }
                }
                return .none
            }
        }
        m.def0("-_run_exitfuncs($module, /)", "_run_exitfuncs() -> None\n\nRun all registered exit functions.\n\nIf a callback raises an exception, it is logged with sys.unraisablehook.") { vm, _ in
            vm.runExitFunctions()
            return .none
        }
        m.def0("-_ncallbacks($module, /)", "_ncallbacks() -> int\n\nReturn the number of registered exit functions.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(try vm.exitFunctions().count) }
        }
    }
}
