// `_abc`: the machinery under `abc.ABCMeta`. CPython: Modules/_abc.c. Rules: PEP 3119, Lib/_py_abc.py.
//
// The three weak sets of a class are dicts from the member's address to a weak reference: the heap does not move, and an
// address taken over by a later class shows as a reference to something else.

/// `_abc._abc_data`. The dicts are NULL until something is put in.
private struct ABCDataLayout {
    var type: PyType
    var registry: Value
    var cache: Value
    var negativeCache: Value
    /// `abcCounter` when the negative cache was begun.
    var negativeVersion: Int
}

extension VM {
    func registerABC() {
        registerModule("_abc") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Module contains faster C implementation of abc.ABCMeta" as StaticString))
            vm.defineABC(m)
            return 0
        }
    }

    private func abcData(_ cls: Value) throws(Raised) -> UnsafeMutablePointer<ABCDataLayout> {
        let data = try getAttr(cls, "_abc_impl")
        if !data.isExactly(library.pointee.abcData) { throw raise(.typeError, "_abc_impl is set to a wrong type") }
        return data.cast(ABCDataLayout.self)
    }

    // MARK: Weak sets

    private func weakKey(_ cls: Value) -> Value { Value(small: Int(truncatingIfNeeded: cls.bits >> 4)) }

    private func weakContains(_ set: Value, _ cls: Value) throws(Raised) -> Bool {
        if set.isNull || !cls.isObject { return false }
        let ref = try PyDict(set).get(self, weakKey(cls))
        return !ref.isNull && referent(ref) == cls
    }

    private func weakAdd(_ set: inout Value, _ cls: Value) throws(Raised) {
        if set.isNull { set = newDict().value }
        let dict = PyDict(set)
        let ref = try newWeakRef(types.weakref, cls, .none)
        if dict.count > 32 && dict.count == dict.used && dict.count & (dict.count - 1) == 0 { try dropDead(dict) }
        try dict.set(self, weakKey(cls), ref)
    }

    /// Entries of classes that are gone.
    private func dropDead(_ dict: PyDict) throws(Raised) {
        for i in 0..<dict.used {
            let entry = dict.entry(at: i).pointee
            if !entry.key.isNull && referent(entry.value).isNull { dict.removeEntry(i) }
        }
    }

    /// The live members. May collect.
    private func weakMembers(_ set: Value) throws(Raised) -> PyList {
        let list = try newList()
        if set.isNull { return list }
        var position = 0
        while let (_, ref) = PyDict(set).next(&position) {
            let cls = referent(ref)
            if !cls.isNull { try list.append(self, cls) }
        }
        return list
    }

    private func weakDump(_ set: Value) throws(Raised) -> Value {
        let result = newSet()
        let members = try weakMembers(set)
        for i in 0..<members.count { try result.add(self, newWeakRef(types.weakref, members[i], .none)) }
        return result.value
    }

    // MARK: Setting up a class

    private func computeAbstractMethods(_ cls: Value) throws(Raised) {
        let abstracts = newSet(types.frozenset)
        let space = try getAttr(cls, names.__dict__)
        let pairs = try listFrom(callMethod(space, names.items))
        for i in 0..<pairs.count {
            guard isTuple(pairs[i]), PyTuple(pairs[i]).count == 2 else { throw raise(.typeError, "Iteration over attributes failed") }
            let pair = PyTuple(pairs[i])
            if try isAbstract(pair[1]) { try abstracts.add(self, pair[0]) }
        }
        let bases = try getAttr(cls, names.__bases__)
        if !isTuple(bases) { throw raise(.typeError, "__bases__ is not tuple") }
        for i in 0..<PyTuple(bases).count {
            let inherited = try getAttrIfPresent(PyTuple(bases)[i], names.__abstractmethods__)
            if inherited.isNull { continue }
            let iterator = try iter(inherited)
            while let name = try next(iterator) {
                let value = try isStr(name) ? getAttrIfPresent(cls, isExactStr(name) ? internValue(name) : name) : Value.null
                if !value.isNull, try isAbstract(value) { try abstracts.add(self, name) }
            }
        }
        try setAttr(cls, names.__abstractmethods__, abstracts.value)
    }

    /// `__abc_tpflags__` of the collections ABCs: instances match sequence or mapping patterns.
    private func takePatternFlags(_ cls: Value) throws(Raised) {
        guard isType(cls) else { return }
        let type = PyType(cls)
        let name = intern("__abc_tpflags__" as StaticString)
        let flags = PyDict(type.dict).getStr(self, name)
        guard !flags.isNull, isInt(flags), let bits = machineInt(flags) else { return }
        if bits & 0x60 == 0x60 { throw raise(.typeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING") }
        if bits & 0x20 != 0 { setPatternFlags(type, .sequence) }
        if bits & 0x40 != 0 { setPatternFlags(type, .mapping) }
        try deleteAttr(cls, name)
    }

    private func setPatternFlags(_ type: PyType, _ flag: TypeFlags) {
        type.ref.pointee.flags.subtract([.sequence, .mapping])
        type.ref.pointee.flags.formUnion(flag)
    }

    private func spreadPatternFlags(_ type: PyType, _ flag: TypeFlags) throws(Raised) {
        if type.flags.contains(.immutable) || type.flags.intersection([.sequence, .mapping]) == flag { return }
        try enterRecursion()
        defer { leaveRecursion() }
        setPatternFlags(type, flag)
        guard let list = type.ref.pointee.subclasses else { return }
        for i in 0..<Int(type.ref.pointee.subclassCount) { try spreadPatternFlags(PyType(Value(bits: UInt64(list[i]))), flag) }
    }

    // MARK: Asking

    private func abcSubclassCheck(_ cls: Value, _ subclass: Value) throws(Raised) -> Bool {
        if !isType(subclass) { throw raise(.typeError, "issubclass() arg 1 must be a class") }
        let data = try abcData(cls)
        if try weakContains(data.pointee.cache, subclass) { return true }
        if data.pointee.negativeVersion < library.pointee.abcCounter {
            data.pointee.negativeCache = .null
            data.pointee.negativeVersion = library.pointee.abcCounter
        } else if try weakContains(data.pointee.negativeCache, subclass) {
            return false
        }
        let answer = try callMethod(cls, names.__subclasshook__, subclass)
        if answer.isTrue {
            try weakAdd(&data.pointee.cache, subclass)
            return true
        }
        if answer.isFalse {
            try weakAdd(&data.pointee.negativeCache, subclass)
            return false
        }
        if answer != .notImplemented {
            throw raise(.assertionError, "__subclasshook__ must return either False, True, or NotImplemented")
        }
        if PyType(subclass).isSubtype(of: PyType(cls)) {
            try weakAdd(&data.pointee.cache, subclass)
            return true
        }
        if try weakContains(data.pointee.registry, subclass) { return true }
        let registered = try weakMembers(data.pointee.registry)
        for i in 0..<registered.count where try isSubclass(subclass, registered[i]) {
            try weakAdd(&data.pointee.cache, subclass)
            return true
        }
        let derived = try callMethod(cls, names.__subclasses__)
        if !isList(derived) { throw raise(.typeError, "__subclasses__() must return a list") }
        var i = 0
        while i < PyList(derived).count {
            if try isSubclass(subclass, PyList(derived)[i]) {
                try weakAdd(&data.pointee.cache, subclass)
                return true
            }
            i += 1
        }
        try weakAdd(&data.pointee.negativeCache, subclass)
        return false
    }

    private func abcInstanceCheck(_ cls: Value, _ instance: Value) throws(Raised) -> Value {
        let data = try abcData(cls)
        let claimed = try getAttr(instance, names.__class__)
        if try weakContains(data.pointee.cache, claimed) { return .true }
        let actual = type(of: instance).value
        if actual == claimed {
            if data.pointee.negativeVersion == library.pointee.abcCounter, try weakContains(data.pointee.negativeCache, claimed) { return .false }
            return try callMethod(cls, names.__subclasscheck__, claimed)
        }
        let answer = try callMethod(cls, names.__subclasscheck__, claimed)
        if try isTrue(answer) { return answer }
        return try callMethod(cls, names.__subclasscheck__, actual)
    }

    private func abcRegister(_ cls: Value, _ subclass: Value) throws(Raised) -> Value {
        if !isType(subclass) { throw raise(.typeError, "Can only register classes") }
        if try isSubclass(subclass, cls) { return subclass }
        if try isSubclass(cls, subclass) { throw raise(.runtimeError, "Refusing to create an inheritance cycle") }
        let data = try abcData(cls)
        try weakAdd(&data.pointee.registry, subclass)
        library.pointee.abcCounter += 1
        if isType(cls) {
            let flag = PyType(cls).flags.intersection([.sequence, .mapping])
            if !flag.isEmpty { try spreadPatternFlags(PyType(subclass), flag) }
        }
        return subclass
    }

    // MARK: The module

    private func defineABC(_ m: ModuleBuilder) {
        if makesTypes(of: .abc) { makeABCData() }
        m.def1("_abc_init($module, self, /)", "Internal ABC helper for class set-up. Should be never used outside abc module.") { vm, _, cls in
            vm.guarded { () throws(Raised) in
                try vm.computeAbstractMethods(cls)
                let data = vm.newInstance(vm.library.pointee.abcData)
                data.cast(ABCDataLayout.self).pointee.negativeVersion = vm.library.pointee.abcCounter
                try vm.setAttr(cls, vm.intern("_abc_impl" as StaticString), data)
                try vm.takePatternFlags(cls)
                return .none
            }
        }
        m.def2("_abc_register($module, self, subclass, /)", "Internal ABC helper for subclasss registration. Should be never used outside abc module.") { vm, _, cls, subclass in
            vm.guarded { () throws(Raised) in try vm.abcRegister(cls, subclass) }
        }
        m.def2("_abc_instancecheck($module, self, instance, /)", "Internal ABC helper for instance checks. Should be never used outside abc module.") { vm, _, cls, instance in
            vm.guarded { () throws(Raised) in try vm.abcInstanceCheck(cls, instance) }
        }
        m.def2("_abc_subclasscheck($module, self, subclass, /)", "Internal ABC helper for subclasss checks. Should be never used outside abc module.") { vm, _, cls, subclass in
            vm.guarded { () throws(Raised) in Value(try vm.abcSubclassCheck(cls, subclass)) }
        }
        m.def0("get_cache_token($module, /)", "Returns the current ABC cache token.\n\nThe token is an opaque object (supporting equality testing) identifying the\ncurrent version of the ABC cache for virtual subclasses. The token changes\nwith every call to register() on any ABC.") { vm, _ in
            vm.int(vm.library.pointee.abcCounter)
        }
        m.def1("_get_dump($module, self, /)", "Internal ABC helper for cache and registry debugging.\n\nReturn shallow copies of registry, of both caches, and\nnegative cache version. Don't call this function directly,\ninstead use ABC._dump_registry() for a nice repr.") { vm, _, cls in
            vm.guarded { () throws(Raised) in
                let data = try vm.abcData(cls)
                return vm.tuple(
                    try vm.weakDump(data.pointee.registry), try vm.weakDump(data.pointee.cache), try vm.weakDump(data.pointee.negativeCache),
                    vm.int(data.pointee.negativeVersion))
            }
        }
        m.def1("_reset_registry($module, self, /)", "Internal ABC helper to reset registry of a given class.\n\nShould be only used by refleak.py") { vm, _, cls in
            vm.guarded { () throws(Raised) in
                try vm.abcData(cls).pointee.registry = .null
                return .none
            }
        }
        m.def1("_reset_caches($module, self, /)", "Internal ABC helper to reset both caches of a given class.\n\nShould be only used by refleak.py") { vm, _, cls in
            vm.guarded { () throws(Raised) in
                let data = try vm.abcData(cls)
                data.pointee.cache = .null
                data.pointee.negativeCache = .null
                return .none
            }
        }
    }
    private func makeABCData() {
        let t = makeType("_abc_data", module: "_abc", size: MemoryLayout<ABCDataLayout>.size, trace: .words, fieldsEnd: 32, flags: [])
        t.doc("Internal state held by ABC machinery.")
        t.type.slots.new = { vm, cls, _, count, keywords in
            vm.guarded { () throws(Raised) in
                let data = vm.newInstance(PyType(cls))
                data.cast(ABCDataLayout.self).pointee.negativeVersion = vm.library.pointee.abcCounter
                return data
            }
        }
        readyType(t.type)
        library.pointee.abcData = t.type
    }
}
