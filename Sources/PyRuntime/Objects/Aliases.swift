// `types.GenericAlias` (PEP 585) and `types.UnionType` (PEP 604). CPython: Objects/genericaliasobject.c, unionobject.c.

@frozen public struct GenericAliasLayout {
    public var type: PyType
    public var origin: Value
    public var args: Value
    /// NULL until asked for.
    public var parameters: Value
}

extension VM {
    /// `origin[arguments]`: a single argument becomes a tuple. May collect.
    public func newGenericAlias(_ origin: Value, _ arguments: Value) -> Value {
        newFields(types.genericAlias, origin, isTuple(arguments) ? arguments : tuple(arguments))
    }

    private func isTypeVar(_ v: Value) -> Bool {
        let type = self.type(of: v)
        let name = PyStr(type.name).string
        guard name == "TypeVar" else { return false }
        let module = PyDict(type.dict).getStr(self, names.__module__)
        return !module.isNull && isStr(module) && PyStr(module).string == "typing"
    }

    /// The type variables in `args`, each once, in order.
    func collectParameters(_ args: Value) throws(Raised) -> Value {
        let found = try newList()
        func add(_ v: Value) throws(Raised) {
            for i in 0..<found.count where found[i] == v { return }
            try found.append(self, v)
        }
        let tuple = PyTuple(args)
        for i in 0..<tuple.count {
            if isTypeVar(tuple[i]) {
                try add(tuple[i])
            } else if !isType(tuple[i]) {
                let inner = try getAttrIfPresent(tuple[i], names.__parameters__)
                if !inner.isNull && isTuple(inner) {
                    let parameters = PyTuple(inner)
                    for k in 0..<parameters.count { try add(parameters[k]) }
                }
            }
        }
        return try tupleFrom(found.value)
    }

    private func aliasParameters(_ v: Value) throws(Raised) -> Value {
        let layout = v.cast(GenericAliasLayout.self)
        if layout.pointee.parameters.isNull { layout.pointee.parameters = try collectParameters(layout.pointee.args) }
        return layout.pointee.parameters
    }

    /// Replaces the parameters in `args` by `items`.
    func substitute(_ whole: Value, _ args: Value, _ parameters: Value, _ item: Value) throws(Raised) -> Value {
        let names = PyTuple(parameters)
        if names.count == 0 { throw raise(.typeError, "There are no type variables left in \(try reprText(whole))") }
        let items = isTuple(item) ? PyTuple(item) : PyTuple(tuple(item))
        if items.count != names.count {
            throw raise(.typeError, "Too \(items.count > names.count ? "many" : "few") arguments for \(try reprText(whole))")
        }
        func replacement(_ v: Value) -> Value {
            for i in 0..<names.count where names[i] == v { return items[i] }
            return v
        }
        let old = PyTuple(args)
        let new = try newTuple(old.count)
        for i in 0..<old.count {
            let v = old[i]
            if isTypeVar(v) {
                new[i] = replacement(v)
                continue
            }
            let inner = isType(v) ? Value.null : try getAttrIfPresent(v, self.names.__parameters__)
            if !inner.isNull && isTuple(inner) && PyTuple(inner).count > 0 {
                let wanted = PyTuple(inner)
                let values = try newTuple(wanted.count)
                for k in 0..<wanted.count { values[k] = replacement(wanted[k]) }
                new[i] = try getItem(v, values.value)
            } else {
                new[i] = v
            }
        }
        return new.value
    }

    /// How `list[int]` shows its arguments.
    private func aliasItemText(_ v: Value) throws(Raised) -> String {
        if v == .ellipsis { return "..." }
        if v.isExactly(types.genericAlias) { return try reprText(v) }
        let qualname = try getAttrIfPresent(v, names.__qualname__)
        let hasOrigin = try hasAttr(v, names.__origin__) ? try hasAttr(v, names.__args__) : false
        if hasOrigin || qualname.isNull { return try reprText(v) }
        let module = try getAttrIfPresent(v, names.__module__)
        if module.isNull || module.isNone { return try reprText(v) }
        let name = try PyStr(str(of: qualname)).string
        if isStr(module) && PyStr(module).string == "builtins" { return name }
        return "\(try PyStr(str(of: module)).string).\(name)"
    }

    /// What `list[int]` answers itself; all else is asked of `list`.
    private static let aliasAttributes = [
        "__origin__", "__args__", "__parameters__", "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__",
    ]

    func installAliases() {
        let t = TypeBuilder(self, types.genericAlias)
        t.doc("Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).")
        t.new("(origin, args, /)") { vm, cls, a in
            let alias = vm.newInstance(PyType(cls))
            let layout = alias.cast(GenericAliasLayout.self)
            layout.pointee.origin = a[0]
            layout.pointee.args = vm.isTuple(a[1]) ? a[1] : vm.tuple(a[1])
            return alias
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(GenericAliasLayout.self).pointee
                let args = PyTuple(layout.args)
                var parts: [String] = []
                for i in 0..<args.count { parts.append(try vm.aliasItemText(args[i])) }
                return vm.str("\(try vm.aliasItemText(layout.origin))[\(args.count == 0 ? "()" : parts.joined(separator: ", "))]")
            }
        }
        s.pointee.call = { vm, v, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let result = try vm.call(v.cast(GenericAliasLayout.self).pointee.origin, a, count, keywords: keywords)
                do { try vm.setAttr(result, vm.names.__orig_class__, v) } catch {
                    if !vm.raisedMatches(.attributeError) && !vm.raisedMatches(.typeError) { throw Raised() }
                    vm.clearRaised()
                }
                return result
            }
        }
        s.pointee.getItem = { vm, v, item in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(GenericAliasLayout.self)
                let args = try vm.substitute(v, layout.pointee.args, vm.aliasParameters(v), item)
                return vm.newGenericAlias(layout.pointee.origin, args)
            }
        }
        s.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let layout = v.cast(GenericAliasLayout.self).pointee
                let h = try vm.hash(layout.origin) ^ vm.hash(layout.args)
                return h == -1 ? -2 : h
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard (op == 2 || op == 3) && vm.isInstance(b, ofType: vm.types.genericAlias) else { return .notImplemented }
            let x = a.cast(GenericAliasLayout.self).pointee, y = b.cast(GenericAliasLayout.self).pointee
            return vm.guarded { () throws(Raised) in
                let equal = try vm.equalKeys(x.origin, y.origin) ? try vm.equalKeys(x.args, y.args) : false
                return Value(equal == (op == 2))
            }
        }
        s.pointee.or = { vm, a, b in vm.guarded { () throws(Raised) in try vm.unionOr(a, b) } }
        s.pointee.getattro = { vm, v, name in
            vm.guarded { () throws(Raised) in
                if vm.isStr(name) {
                    if !Self.aliasAttributes.contains(PyStr(name).string) {
                        return try vm.getAttr(v.cast(GenericAliasLayout.self).pointee.origin, name)
                    }
                }
                return try vm.genericGetAttr(v, name, orNull: false)
            }
        }
        t.member("__origin__", offset: 8)
        t.member("__args__", offset: 16)
        t.getset("__parameters__", "Type variables in the GenericAlias.") { vm, v in vm.guarded { () throws(Raised) in try vm.aliasParameters(v) } }
        t.def1("-__mro_entries__($self, bases, /)", "") { vm, v, _ in vm.tuple(v.cast(GenericAliasLayout.self).pointee.origin) }
        t.def1("-__instancecheck__($self, instance, /)", "") { vm, _, _ in
            _ = vm.raise(.typeError, "isinstance() argument 2 cannot be a parameterized generic")
            return .null
        }
        t.def1("-__subclasscheck__($self, cls, /)", "") { vm, _, _ in
            _ = vm.raise(.typeError, "issubclass() argument 2 cannot be a parameterized generic")
            return .null
        }
        t.def0("-__dir__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let dir = try vm.getItem(vm.state.pointee.builtinsDict, vm.intern("dir"))
                let names = try vm.listFrom(vm.call(dir, v.cast(GenericAliasLayout.self).pointee.origin))
                for name in Self.aliasAttributes {
                    let name = vm.intern(name)
                    if try !vm.contains(names.value, name) { try names.append(vm, name) }
                }
                return names.value
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            let layout = v.cast(GenericAliasLayout.self).pointee
            return vm.tuple(vm.type(of: v).value, vm.tuple(layout.origin, layout.args))
        }
        installUnion()
    }

    // MARK: Unions

    private func isUnionable(_ v: Value) -> Bool {
        v.isNone || isType(v) || isInstance(v, ofType: types.genericAlias) || v.isExactly(types.unionType)
    }

    /// `a | b` of types; NotImplemented for anything else.
    func unionOr(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if !isUnionable(a) || !isUnionable(b) { return .notImplemented }
        let flat = try newList()
        for v in [0, 1] {
            let side = v == 0 ? a : b
            if side.isExactly(types.unionType) {
                let args = PyTuple(side.cast(FieldsLayout.self).pointee.f0)
                for i in 0..<args.count { try flat.append(self, args[i]) }
            } else {
                try flat.append(self, side.isNone ? types.none.value : side)
            }
        }
        let unique = try newList()
        for i in 0..<flat.count {
            var seen = false
            for k in 0..<unique.count where !seen {
                let x = unique[k], y = flat[i]
                // An alias equals aliases only, whatever its own `__eq__` says of a class.
                if isInstance(x, ofType: types.genericAlias) == isInstance(y, ofType: types.genericAlias) {
                    seen = x == y ? true : try equalKeys(x, y)
                }
            }
            if !seen { try unique.append(self, flat[i]) }
        }
        if unique.count == 1 { return unique[0] }
        return newFields(types.unionType, try tupleFrom(unique.value))
    }

    private func installUnion() {
        let t = TypeBuilder(self, types.unionType)
        t.doc("Represent a PEP 604 union type\n\nE.g. for int | str")
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let args = PyTuple(v.cast(FieldsLayout.self).pointee.f0)
                var parts: [String] = []
                for i in 0..<args.count { parts.append(args[i] == vm.types.none.value ? "None" : try vm.aliasItemText(args[i])) }
                return vm.str(parts.joined(separator: " | "))
            }
        }
        s.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let set = vm.newSet(vm.types.frozenset)
                try vm.setUpdate(set, v.cast(FieldsLayout.self).pointee.f0)
                return vm.frozensetHash(set)
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard (op == 2 || op == 3) && b.isExactly(vm.types.unionType) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = vm.newSet(), y = vm.newSet()
                try vm.setUpdate(x, a.cast(FieldsLayout.self).pointee.f0)
                try vm.setUpdate(y, b.cast(FieldsLayout.self).pointee.f0)
                return Value(try vm.equalKeys(x.value, y.value) == (op == 2))
            }
        }
        s.pointee.or = { vm, a, b in vm.guarded { () throws(Raised) in try vm.unionOr(a, b) } }
        s.pointee.getItem = { vm, v, item in
            vm.guarded { () throws(Raised) in
                let args = v.cast(FieldsLayout.self).pointee.f0
                let new = PyTuple(try vm.substitute(v, args, vm.collectParameters(args), item))
                var result = new[0]
                for i in 1..<max(1, new.count) { result = try vm.binary(.or, result, new[i]) }
                return result
            }
        }
        t.member("__args__", offset: 8)
        t.getset("__parameters__", "Type variables in the types.UnionType.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.collectParameters(v.cast(FieldsLayout.self).pointee.f0) }
        }
        t.def1("-__instancecheck__($self, instance, /)", "") { vm, v, object in
            vm.guarded { () throws(Raised) in
                let args = PyTuple(v.cast(FieldsLayout.self).pointee.f0)
                for i in 0..<args.count where vm.isInstance(args[i], ofType: vm.types.genericAlias) {
                    throw vm.raise(.typeError, "isinstance() argument 2 cannot contain a parameterized generic")
                }
                for i in 0..<args.count where try vm.isInstance(object, args[i]) { return .true }
                return .false
            }
        }
        t.def1("-__subclasscheck__($self, cls, /)", "") { vm, v, cls in
            vm.guarded { () throws(Raised) in
                if !vm.isType(cls) { throw vm.raise(.typeError, "issubclass() arg 1 must be a class") }
                let args = PyTuple(v.cast(FieldsLayout.self).pointee.f0)
                for i in 0..<args.count where vm.isInstance(args[i], ofType: vm.types.genericAlias) {
                    throw vm.raise(.typeError, "issubclass() argument 2 cannot contain a parameterized generic")
                }
                for i in 0..<args.count where try vm.isSubclass(cls, args[i]) { return .true }
                return .false
            }
        }
    }
}
