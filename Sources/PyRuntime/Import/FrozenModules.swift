// Frozen modules as `_imp` shows them: importlib's own two, `zipimport`, and the greeting that CPython freezes to try the machinery
// with. CPython: Python/frozen.c, Python/import.c.

extension VM {
    func declareFrozenImporter(_ m: ModuleBuilder) {
        m.def1("is_frozen($module, name, /)", "Returns True if the module name corresponds to a frozen module.") { vm, module, name in
            vm.guarded { () throws(Raised) in Value(try vm.isFrozenName(name, "is_frozen")) }
        }
        m.def1("is_frozen_package($module, name, /)", "Returns True if the module name is of a frozen package.") { vm, module, name in
            vm.guarded { () throws(Raised) in
                if try !vm.isFrozenName(name, "is_frozen_package") { throw try vm.raiseNotFrozen(name) }
                return Value(vm.isFrozenPackage(name))
            }
        }
        m.def1("get_frozen_object($module, name, /)", "Create a code object for a frozen module.") { vm, module, name in
            vm.guarded { () throws(Raised) in
                if try !vm.isFrozenName(name, "get_frozen_object") { throw try vm.raiseNotFrozen(name) }
                return try vm.frozenCode(PyStr(name).string)
            }
        }
        m.def1("init_frozen($module, name, /)", "Initializes a frozen module.") { vm, module, name in
            vm.guarded { () throws(Raised) in
                if try !vm.isFrozenName(name, "init_frozen") { return .none }
                let loaded = try vm.loadedModule(name)
                return loaded.isNull ? try vm.initializeFrozen(name) : loaded
            }
        }
    }

    private func isFrozenName(_ name: Value, _ function: StaticString) throws(Raised) -> Bool {
        guard isStr(name) else { throw raise(.typeError, "\(function)() argument must be str, not \(argumentTypeName(name))") }
        let text = PyStr(name).string
        return text == "_frozen_importlib" || text == "_frozen_importlib_external" || text == "zipimport" || isFrozenGreeting(text)
    }

    private func isFrozenGreeting(_ name: String) -> Bool { name == "__hello__" || name == "__phello__" || name == "__phello__.spam" }
    private func isFrozenPackage(_ name: Value) -> Bool { PyStr(name).string == "__phello__" }

    private func raiseNotFrozen(_ name: Value) throws(Raised) -> Raised { raise(.importError, "No such frozen object named \(try reprText(name))") }

    /// A new module in `sys.modules` that has run the frozen code. May collect.
    private func initializeFrozen(_ name: Value) throws(Raised) -> Value {
        let code = try frozenCode(PyStr(name).string)
        let module = newModule(name)
        let globals = module.cast(ModuleLayout.self).pointee.dict
        if isFrozenPackage(name) { try PyDict(globals).set(self, intern("__path__"), newList().value) }
        if PyDict(globals).getStr(self, names.__builtins__).isNull {
            try PyDict(globals).set(self, names.__builtins__, state.pointee.builtinsDict)
        }
        let modules = state.pointee.modules
        try setItem(modules, name, module)
        _ = try run(code: code, globals: globals, locals: globals, function: .null)
        return module
    }

    /// The code object of one of the modules that CPython freezes.
    func frozenCode(_ name: String) throws(Raised) -> Value {
        if isFrozenGreeting(name) {
            return try compileFrozen(Array("initialized = True\nprint(\"Hello world!\")\n".utf8), "<frozen hello>")
        }
        return try frozenLibraryCode(name)
    }
}
