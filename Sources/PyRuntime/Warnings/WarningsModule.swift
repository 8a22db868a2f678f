// `_warnings`. Lib/warnings.py takes `filters`, `_defaultaction` and `_onceregistry` over as they are.

extension VM {
    /// The default filters of a release build (Library: `warnings`, "Default Warning Filter").
    func installWarnings() {
        do {
            let list = try newList(capacity: 5)
            func add(_ action: StaticString, _ kind: ExceptionKind, _ module: Value) throws(Raised) {
                let row = try newTuple(5)
                row[0] = intern(action)
                row[1] = .none
                row[2] = exceptionType(kind).value
                row[3] = module
                row[4] = int(0)
                try list.append(self, row.value)
            }
            try add("default", .deprecationWarning, intern("__main__"))
            try add("ignore", .deprecationWarning, .none)
            try add("ignore", .pendingDeprecationWarning, .none)
            try add("ignore", .importWarning, .none)
            try add("ignore", .resourceWarning, .none)
            state.pointee.warningFilters = list.value
            state.pointee.warningOnceRegistry = newDict().value
            state.pointee.warningDefaultAction = intern("default")
        } catch { clearRaised() }
        registerModule("_warnings") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up."))
            m.attribute("filters", vm.state.pointee.warningFilters)
            m.attribute("_onceregistry", vm.state.pointee.warningOnceRegistry)
            m.attribute("_defaultaction", vm.state.pointee.warningDefaultAction)
            m.defN(
                "warn($module, /, message, category=None, stacklevel=1, source=None)",
                "Issue a warning, or maybe ignore it or raise an exception."
            ) { vm, module, a in
                vm.guarded { () throws(Raised) in
                    let level = a[2].isNull ? 1 : try vm.indexInt(a[2])
                    try vm.warn(category: try vm.warningCategory(a[0], a[1]), a[0], stackLevel: level, source: a[3].isNone ? .null : a[3])
                    return .none
                }
            }
            m.defN(
                "-warn_explicit($module, /, message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)",
                "Low-level interface to warnings functionality."
            ) { vm, module, a in
                vm.guarded { () throws(Raised) in
                    guard vm.isStr(a[2]) else {
                        throw vm.raise(.typeError, "warn_explicit() argument 3 must be str, not \(vm.argumentTypeName(a[2]))")
                    }
                    if !a[6].isNull, !a[6].isNone, !vm.isDict(a[6]) {
                        throw vm.raise(.typeError, "module_globals must be a dict, not '\(vm.typeName(a[6]))'")
                    }
                    try vm.warnExplicit(
                        category: a[1], message: a[0], filename: a[2], line: try vm.indexInt(a[3]),
                        module: a[4].isNone ? .null : a[4], registry: a[5].isNone ? .null : a[5], source: a[7].isNone ? .null : a[7])
                    return .none
                }
            }
            m.def0("-_filters_mutated()", "") { vm, module in
                vm.state.pointee.warningFiltersVersion += 1
                return .none
            }
            return 0
        }
    }

    /// What kind of warning `warn(message, category)` means.
    func warningCategory(_ message: Value, _ category: Value) throws(Raised) -> Value {
        let warning = exceptionType(.warning)
        if isInstance(message, ofType: warning) { return type(of: message).value }
        if category.isNull || category.isNone { return exceptionType(.userWarning).value }
        guard isType(category), PyType(category).isSubtype(of: warning) else {
            throw raise(.typeError, "category must be a Warning subclass, not '\(typeName(category))'")
        }
        return category
    }
}
