// The module `_imp`: what importlib asks of the runtime. There are no dynamic extension modules; the two frozen ones are
// importlib's own halves. CPython: Python/import.c.
import PyBytecode

extension VM {
    func installImpModule() {
        registerModule("_imp") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("(Extremely) low-level import machinery bits as used by importlib and imp."))
            m.attribute("check_hash_based_pycs", vm.intern(vm.configuration.checkHashPycs))
            vm.declareImportLock(m)
            vm.declareBuiltinImporter(m)
            vm.declareFrozenImporter(m)
            vm.declareDynamicImporter(m)
            m.defN("source_hash($module, /, key, source)", "") { vm, module, a in
                vm.guarded { () throws(Raised) in
                    let number = try vm.index(a[0])
                    guard let key = vm.intValue(number) else { throw vm.raise(.overflowError, "Python int too large to convert to C long") }
                    let hash = PycFile.sourceHash(of: try vm.bytesContents(a[1]), key: UInt64(truncatingIfNeeded: key))
                    return vm.bytesObject((0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt64($0))) })
                }
            }
            m.def2(
                "_fix_co_filename($module, code, path, /)",
                "Changes code.co_filename to specify the passed-in file path.\n\n  code\n    Code object to change.\n  path\n    File path to use."
            ) { vm, module, code, path in
                vm.guarded { () throws(Raised) in
                    guard code.isExactly(vm.types.code) else {
                        throw vm.raise(.typeError, "_fix_co_filename() argument 1 must be code, not \(vm.argumentTypeName(code))")
                    }
                    guard vm.isStr(path) else {
                        throw vm.raise(.typeError, "_fix_co_filename() argument 2 must be str, not \(vm.argumentTypeName(path))")
                    }
                    vm.fixFilename(code, from: code.cast(CodeLayout.self).pointee.filename, to: path)
                    return .none
                }
            }
            return 0
        }
    }

    /// This code and the code in its constants that came from the same file.
    func fixFilename(_ code: Value, from old: Value, to new: Value) {
        let layout = code.cast(CodeLayout.self)
        guard PyStr(layout.pointee.filename).equals(PyStr(old)), !PyStr(old).equals(PyStr(new)) else { return }
        layout.pointee.filename = new
        if let known = layout.pointee.canonical {
            // It names the old file.
            layout.pointee.canonical = nil
            Unmanaged<CodeObject>.fromOpaque(known).release()
        }
        let constants = PyTuple(layout.pointee.consts)
        for i in 0..<constants.count where constants[i].isExactly(types.code) { fixFilename(constants[i], from: old, to: new) }
    }

    // MARK: The import lock

    private func declareImportLock(_ m: ModuleBuilder) {
        // Guards importlib's tables between threads; its per-module locks do the rest.
        m.def0("lock_held($module, /)", "Return True if the import lock is currently held, else False.\n\nOn platforms without threads, return False.") { vm, module in
            Value(vm.importLock.pointee.count > 0)
        }
        m.def0("acquire_lock($module, /)", "Acquires the interpreter's import lock for the current thread.\n\nThis lock should be used by import hooks to ensure thread-safety when importing\nmodules. On platforms without threads, this function does nothing.") { vm, module in
            vm.guarded { () throws(Raised) in
                _ = try vm.acquire(vm.importLock, timeout: -1)
                return .none
            }
        }
        m.def0("release_lock($module, /)", "Release the interpreter's import lock.\n\nOn platforms without threads, this function does nothing.") { vm, module in
            vm.guarded { () throws(Raised) in
                if !vm.isOwned(vm.importLock) { throw vm.raise(.runtimeError, "not holding the import lock") }
                try vm.release(vm.importLock)
                return .none
            }
        }
    }

    // MARK: Native modules

    private func declareBuiltinImporter(_ m: ModuleBuilder) {
        m.def1("create_builtin($module, spec, /)", "Create an extension module.") { vm, module, spec in
            vm.guarded { () throws(Raised) in
                let name = try vm.getAttr(spec, vm.names.name)
                guard vm.isStr(name) else { throw vm.raise(.typeError, "expected str, got \(vm.typeName(name)) object") }
                let known = try vm.loadedModule(name)
                if !known.isNull && !known.isNone && vm.type(of: known) == vm.types.module { return known }
                let made = try vm.makeNativeModule(name)
                return made.isNull ? .none : made
            }
        }
        m.def1("exec_builtin($module, mod, /)", "Initialize a built-in module.") { vm, module, mod in vm.int(0) }
        m.def1("is_builtin($module, name, /)", "Returns True if the module name corresponds to a built-in module.") { vm, module, name in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(name) else { throw vm.raise(.typeError, "is_builtin() argument must be str, not \(vm.argumentTypeName(name))") }
                // -1: there from the start, cannot be initialised again.
                let text = PyStr(name).string
                if text == "sys" || text == "builtins" { return vm.int(-1) }
                return vm.int(vm.isNativeModule(name) ? 1 : 0)
            }
        }
    }

    // MARK: Dynamic modules

    private func declareDynamicImporter(_ m: ModuleBuilder) {
        m.def0("extension_suffixes($module, /)", "Returns the list of file suffixes used to identify extension modules.") { vm, module in
            vm.guarded { () throws(Raised) in try vm.newList().value }
        }
    }
}
