// `__import__`: absolute and relative names, packages, from-lists. Finding and loading is importlib's (Lib/importlib, run
// as `_frozen_importlib`); before it is up, or without a Lib, only native modules can be imported.
// CPython: Python/import.c. Rules: Language Reference 5, PEP 328, PEP 366.
import PyUnicode

extension VM {
    /// `__import__(name, globals, locals, fromlist, level)`; NULL where an argument was left out. May collect.
    /// - Throws: ImportError, ValueError, KeyError, TypeError as CPython does, and what the module raises.
    public func importModule(_ name: Value, globals: Value, fromList: Value, level: Int) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "module name must be a string") }
        if level < 0 { throw raise(.valueError, "level must be >= 0") }
        let absolute: Value
        if level > 0 {
            absolute = try resolveName(name, globals, level)
        } else {
            if PyStr(name).count == 0 { throw raise(.valueError, "Empty module name") }
            absolute = name
        }
        var module = try loadedModule(absolute)
        if module.isNull || module.isNone {
            module = try findAndLoad(absolute)
        } else {
            try waitUntilInitialized(module, absolute)
        }
        let wantsNames = fromList.isNull || fromList.isNone ? false : try isTrue(fromList)
        if wantsNames {
            let path = try getAttrIfPresent(module, intern("__path__"))
            guard !path.isNull, importlib.isObject else { return module }
            let importFunction = try getItem(state.pointee.builtinsDict, names.__import__)
            return try trimmingImportFrames { () throws(Raised) in
                try self.callMethod(importlib, intern("_handle_fromlist"), module, fromList, importFunction)
            }
        }
        return try topLevelModule(name, absolute, module, level)
    }

    /// `import a.b.c` binds `a`; a relative `from . import` without names binds the part that the written name stands for.
    private func topLevelModule(_ name: Value, _ absolute: Value, _ module: Value, _ level: Int) throws(Raised) -> Value {
        let text = PyStr(name).utf8
        guard level == 0 || !text.isEmpty, let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return module }
        if level == 0 {
            return try importModule(str(utf8: Array(text[..<dot])), globals: .null, fromList: .null, level: 0)
        }
        let full = PyStr(absolute).utf8
        let wanted = str(utf8: Array(full.prefix(full.count - (text.count - dot))))
        let top = try loadedModule(wanted)
        if top.isNull { throw raise(.keyError, "\(try reprText(wanted)) not in sys.modules as expected") }
        return top
    }

    /// `importlib.import_module` for native code: the module itself, not its top-level package. May collect.
    public func importModule(_ name: StaticString) throws(Raised) -> Value {
        let key = intern(name)
        let module = try loadedModule(key)
        if !module.isNull && !module.isNone { return module }
        return try findAndLoad(key)
    }

    /// The entry of `sys.modules`, NULL if there is none.
    public func loadedModule(_ name: Value) throws(Raised) -> Value {
        let modules = state.pointee.modules
        if isDict(modules) && modules.isExactly(types.dict) { return try PyDict(modules).get(self, name) }
        if !modules.isObject { throw raise(.runtimeError, "unable to get sys.modules") }
        do { return try getItem(modules, name) } catch {
            if !raisedMatches(.keyError) { throw error }
            clearRaised()
            return .null
        }
    }

    /// `_frozen_importlib`, NULL before it is up.
    var importlib: Value { state.pointee.importlib }

    private func auditImport(_ name: Value) throws(Raised) {
        let arguments = try newTuple(5)
        arguments[0] = name
        arguments[1] = .none
        for (i, list) in (["path", "meta_path", "path_hooks"] as [StaticString]).enumerated() {
            arguments[2 + i] = orNone(sysAttribute(intern(list)))
        }
        try audit("import", arguments.value)
    }

    private func findAndLoad(_ name: Value) throws(Raised) -> Value {
        if state.pointee.auditHooks.isObject { try auditImport(name) }
        if importlib.isObject {
            let importFunction = try getItem(state.pointee.builtinsDict, names.__import__)
            return try timingImport(name) { () throws(Raised) in
                try trimmingImportFrames { () throws(Raised) in
                    try self.callMethod(importlib, intern("_find_and_load"), name, importFunction)
                }
            }
        }
        let module = try makeNativeModule(name)
        if module.isNull { throw raiseNoModule(name) }
        try setItem(state.pointee.modules, name, module)
        return module
    }

    /// ModuleNotFoundError; says in one line what is missing when there is no standard library at all.
    private func raiseNoModule(_ name: Value) -> Raised {
        let text = PyStr(name).string
        let hint = "; the pure-Python standard library was not found: install CPython 3.10 or set PYTHONHOME to one"
        let raised = raise(.moduleNotFoundError, "No module named '\(text)'" + (importlib.isObject ? "" : hint))
        let exception = takeRaised()
        do { try setAttr(exception, intern("name"), name) } catch { clearRaised() }
        _ = raised
        return restoreRaised(exception)
    }

    /// Another thread may still be running the module's body.
    private func waitUntilInitialized(_ module: Value, _ name: Value) throws(Raised) {
        guard importlib.isObject else { return }
        let spec = try getAttrIfPresent(module, names.__spec__)
        if spec.isNull || spec.isNone { return }
        let flag = try getAttrIfPresent(spec, intern("_initializing"))
        if flag.isNull { return }
        if try isTrue(flag) { _ = try callMethod(importlib, intern("_lock_unlock_module"), name) }
    }

    // MARK: Relative names

    /// The absolute name of `level` dots and `name`, seen from a module with these globals.
    private func resolveName(_ name: Value, _ globals: Value, _ level: Int) throws(Raised) -> Value {
        guard !globals.isNull, isDict(globals) else {
            if globals.isNull { throw raise(.keyError, "'__name__' not in globals") }
            throw raise(.typeError, "globals must be a dict")
        }
        let package = try packageName(PyDict(globals))
        var base = PyStr(package).utf8
        if base.isEmpty { throw raise(.importError, "attempted relative import with no known parent package") }
        for _ in 1..<max(level, 1) {
            guard let dot = base.lastIndex(of: UInt8(ascii: ".")) else {
                throw raise(.importError, "attempted relative import beyond top-level package")
            }
            base.removeSubrange(dot...)
        }
        let rest = PyStr(name).utf8
        return str(utf8: rest.isEmpty ? base : base + [UInt8(ascii: ".")] + rest)
    }

    /// PEP 366: `__package__`, else `__spec__.parent`, else what `__name__` says.
    private func packageName(_ globals: PyDict) throws(Raised) -> Value {
        let package = try globals.get(self, names.__package__)
        let spec = try globals.get(self, names.__spec__)
        if !package.isNull && !package.isNone {
            guard isStr(package) else { throw raise(.typeError, "__package__ must be a string") }
            if !spec.isNull && !spec.isNone {
                let parent = try getAttr(spec, intern("parent"))
                if try !compareBool(package, parent, .eq) {
                    try warn(.importWarning, "__package__ != __spec__.parent")
                }
            }
            return package
        }
        if !spec.isNull && !spec.isNone {
            let parent = try getAttr(spec, intern("parent"))
            guard isStr(parent) else { throw raise(.typeError, "__spec__.parent must be a string") }
            return parent
        }
        try warn(
            .importWarning,
            "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__")
        let name = try globals.get(self, names.__name__)
        if name.isNull { throw raise(.keyError, "'__name__' not in globals") }
        guard isStr(name) else { throw raise(.typeError, "__name__ must be a string") }
        if try !globals.get(self, intern("__path__")).isNull { return name }
        let text = PyStr(name).utf8
        guard let dot = text.lastIndex(of: UInt8(ascii: ".")) else { return emptyStr }
        return str(utf8: Array(text[..<dot]))
    }
}
