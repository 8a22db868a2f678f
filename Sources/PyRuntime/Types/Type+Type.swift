// `type`: calling a class, its attributes and methods. CPython: Objects/typeobject.c.

/// `cls(...)`: `__new__`, then `__init__` if the result is an instance.
let typeCallSlot: CallSlot = { vm, cls, arguments, count, keywords in
    let type = PyType(cls)
    if type == vm.types.type {
        let named = keywords.isNull ? 0 : PyTuple(keywords).count
        if count == 1 && named == 0 { return vm.type(of: arguments[0]).value }
        if count != 3 {
            _ = vm.raise(.typeError, count == 1 ? "type() takes no keyword arguments" : "type() takes 1 or 3 arguments")
            return .null
        }
    }
    guard let new = type.slots.new else {
        _ = vm.raise(.typeError, "cannot create '\(vm.typeText(type))' instances")
        return .null
    }
    let object = new(vm, cls, arguments, count, keywords)
    if object.isNull { return .null }
    let actual = vm.type(of: object)
    if actual != type && !actual.isSubtype(of: type) { return object }
    if let initialize = actual.slots.initialize, initialize(vm, object, arguments, count, keywords) < 0 { return .null }
    return object
}

extension VM {
    func installTypeType() {
        let t = TypeBuilder(self, types.type)
        t.doc("type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type")
        t.type.slots.call = typeCallSlot
        t.type.slots.new = typeNewSlot
        t.type.slots.initialize = { vm, _, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                let named = keywords.isNull ? 0 : PyTuple(keywords).count
                if named != 0 && count == 1 { throw vm.raise(.typeError, "type.__init__() takes no keyword arguments") }
                if count != 1 && count != 3 { throw vm.raise(.typeError, "type.__init__() takes 1 or 3 arguments") }
            }
        }
        t.type.slots.getattro = { vm, cls, name in vm.guarded { () throws(Raised) in try vm.typeGetAttr(cls, name, orNull: false) } }
        t.type.slots.setattro = { vm, cls, name, value in vm.guardedStatus { () throws(Raised) in try vm.typeSetAttr(cls, name, value) } }
        t.type.slots.repr = { vm, cls in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                let module = try vm.typeModule(type)
                let qualname = vm.qualnameText(type)
                if module.isObject && vm.isStr(module) && !PyStr(module).equals(PyStr(vm.names.builtins)) {
                    return vm.str("<class '\(PyStr(module).string).\(qualname)'>")
                }
                return vm.str("<class '\(type.flags.contains(.heapType) ? qualname : PyStr(type.name).string)'>")
            }
        }
        t.type.slots.or = { vm, a, b in vm.guarded { () throws(Raised) in try vm.unionOr(a, b) } }
        installTypeMethods(t)
        installTypeAttributes(t)
    }

    /// `__module__`: a str, or whatever a class put there; NULL if unset.
    func typeModule(_ type: PyType) throws(Raised) -> Value {
        if type.flags.contains(.heapType) { return try PyDict(type.dict).get(self, names.__module__) }
        return type.ref.pointee.module
    }

    private func installTypeMethods(_ t: TypeBuilder) {
        t.def0("mro($self, /)", "Return a type's method resolution order.") { vm, cls in
            vm.guarded { () throws(Raised) in try vm.listFrom(vm.c3(PyType(cls))).value }
        }
        t.def0("__subclasses__($self, /)", "Return a list of immediate subclasses.") { vm, cls in
            vm.guarded { () throws(Raised) in
                try vm.subclassList(PyType(cls)).value
            }
        }
        t.defV("-__prepare__(*args, **kwargs)", "__prepare__() -> dict\nused to create the namespace for the class statement", .classMethod) {
            vm, _, _, _, _ in vm.newDict().value
        }
        t.def1("__instancecheck__($self, instance, /)", "Check if an object is an instance.") { vm, cls, object in
            vm.guarded { () throws(Raised) in Value(try vm.recursiveIsInstance(object, cls)) }
        }
        t.def1("__subclasscheck__($self, subclass, /)", "Check if a class is a subclass.") { vm, cls, derived in
            vm.guarded { () throws(Raised) in Value(try vm.recursiveIsSubclass(derived, cls)) }
        }
        t.def0("__dir__($self, /)", "Specialized __dir__ implementation for types.") { vm, cls in
            vm.guarded { () throws(Raised) in
                let dict = vm.newDict()
                try vm.mergeClassDict(dict, cls)
                return try vm.listFrom(dict.value).value
            }
        }
        t.def0("__sizeof__($self, /)", "Return memory consumption of the type object.") { vm, _ in vm.int(1064) }
    }

    /// Adds the attributes of a class and its bases (recursively) to `dict`.
    func mergeClassDict(_ dict: PyDict, _ cls: Value) throws(Raised) {
        try enterRecursion()
        defer { leaveRecursion() }
        let own = try getAttrIfPresent(cls, names.__dict__)
        if !own.isNull {
            let names = try iter(own)
            while let name = try next(names) { try dict.set(self, name, .none) }
        }
        let bases = try getAttrIfPresent(cls, self.names.__bases__)
        if !bases.isNull && isTuple(bases) {
            let tuple = PyTuple(bases)
            for i in 0..<tuple.count { try mergeClassDict(dict, tuple[i]) }
        }
    }

    private func installTypeAttributes(_ t: TypeBuilder) {
        t.getset("__name__", get: { _, cls in PyType(cls).name }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = try vm.checkSettable(cls, "__name__", value)
                if !vm.isStr(value) {
                    throw vm.raise(.typeError, "can only assign string to \(PyStr(type.name).string).__name__, not '\(vm.typeName(value))'")
                }
                try vm.checkTypeName(value)
                type.ref.pointee.name = value
            }
        })
        t.getset("__qualname__", get: { _, cls in
            let type = PyType(cls)
            return type.ref.pointee.qualname.isNull ? type.name : type.ref.pointee.qualname
        }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = try vm.checkSettable(cls, "__qualname__", value)
                if !vm.isStr(value) {
                    throw vm.raise(.typeError, "can only assign string to \(PyStr(type.name).string).__qualname__, not '\(vm.typeName(value))'")
                }
                type.ref.pointee.qualname = value
            }
        })
        t.getset("__module__", get: { vm, cls in
            vm.guarded { () throws(Raised) in
                let module = try vm.typeModule(PyType(cls))
                if module.isNull { throw vm.raise(.attributeError, "__module__") }
                return module
            }
        }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = try vm.checkSettable(cls, "__module__", value)
                try PyDict(type.dict).set(vm, vm.names.__module__, value)
                vm.typeModified(type)
            }
        })
        t.getset("__bases__", get: { _, cls in PyType(cls).ref.pointee.bases }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = try vm.checkSettable(cls, "__bases__", value)
                try vm.setBases(type, value)
            }
        })
        t.computedMember("__base__") { _, cls in
            let base = PyType(cls).base
            return base.isNull ? .none : base
        }
        t.computedMember("__mro__") { _, cls in
            let mro = PyType(cls).mro
            return mro.isNull ? .none : mro
        }
        t.getset("__dict__") { vm, cls in vm.newFields(vm.types.mappingProxy, PyType(cls).dict) }
        t.getset("__doc__", get: { vm, cls in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                if !type.flags.contains(.heapType), !type.ref.pointee.doc.isNull { return type.ref.pointee.doc }
                let doc = try PyDict(type.dict).get(vm, vm.names.__doc__)
                if doc.isNull { return .none }
                if doc.isObject, let get = doc.objectType.slots.descrGet { return try vm.check(get(vm, doc, .null, cls)) }
                return doc
            }
        }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = try vm.checkSettable(cls, "__doc__", value)
                try PyDict(type.dict).set(vm, vm.names.__doc__, value)
                vm.typeModified(type)
            }
        })
        t.getset("__text_signature__") { _, cls in
            let signature = PyType(cls).ref.pointee.textSignature
            return signature.isNull ? .none : signature
        }
        installAnnotationsAndAbstract(t)
        t.computedMember("__basicsize__") { vm, cls in vm.int(Int(PyType(cls).ref.pointee.basicSize) + 8) }
        t.computedMember("__itemsize__") { vm, cls in vm.int(PyType(cls).flags.contains(.strSubclass) ? 0 : Int(PyType(cls).ref.pointee.itemSize)) }
        t.computedMember("__dictoffset__") { vm, cls in vm.int(Int(PyType(cls).ref.pointee.attrsOffset)) }
        t.computedMember("__weakrefoffset__") { vm, cls in vm.int(PyType(cls).flags.contains(.weakrefable) ? 24 : 0) }
        t.computedMember("__flags__") { vm, cls in vm.int(vm.publicFlags(PyType(cls))) }
    }

    /// Whether CPython makes the type when its module is imported: `copyreg` looks past such a type for the base to build on.
    private func isMadeAtImport(_ type: PyType) -> Bool {
        if type.flags.contains(.heapType) || !isStr(type.ref.pointee.module) { return false }
        switch text(type.ref.pointee.module) {
        case "_blake2", "_bz2", "_csv", "_json", "_lzma", "_md5", "_multibytecodec", "_queue", "_random", "_sha1", "_sha256", "_sha3", "_sha512", "_struct",
            "_thread", "array", "functools", "mmap", "operator", "os", "posix", "pyexpat", "re", "select", "unicodedata", "zlib":
            return true
        default: return false
        }
    }

    /// The bits of CPython's tp_flags that programs look at.
    private func publicFlags(_ type: PyType) -> Int {
        let f = type.flags
        var bits = 1 << 12 | 1 << 14
        if f.contains(.heapType) { bits |= 1 << 9 | 1 << 18 }
        if isMadeAtImport(type) { bits |= 1 << 9 }
        if f.contains(.immutable) { bits |= 1 << 8 }
        if f.contains(.disallowInstantiation) { bits |= 1 << 7 }
        if f.contains(.baseType) { bits |= 1 << 10 }
        if f.contains(.abstract) { bits |= 1 << 20 }
        if f.contains(.sequence) { bits |= 1 << 5 }
        if f.contains(.mapping) { bits |= 1 << 6 }
        if f.contains(.matchSelf) { bits |= 1 << 22 }
        if f.contains(.intSubclass) { bits |= 1 << 24 }
        if f.contains(.listSubclass) { bits |= 1 << 25 }
        if f.contains(.tupleSubclass) { bits |= 1 << 26 }
        if f.contains(.bytesSubclass) { bits |= 1 << 27 }
        if f.contains(.strSubclass) { bits |= 1 << 28 }
        if f.contains(.dictSubclass) { bits |= 1 << 29 }
        if f.contains(.exceptionSubclass) { bits |= 1 << 30 }
        if f.contains(.typeSubclass) { bits |= 1 << 31 }
        return bits
    }

    private func installAnnotationsAndAbstract(_ t: TypeBuilder) {
        t.getset("__annotations__", get: { vm, cls in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                guard type.flags.contains(.heapType) else {
                    throw vm.raise(.attributeError, "type object '\(vm.typeText(type))' has no attribute '__annotations__'")
                }
                let dict = PyDict(type.dict)
                let own = try dict.get(vm, vm.names.__annotations__)
                if !own.isNull {
                    if own.isObject, let get = own.objectType.slots.descrGet { return try vm.check(get(vm, own, .null, cls)) }
                    return own
                }
                let fresh = vm.newDict().value
                try dict.set(vm, vm.names.__annotations__, fresh)
                vm.typeModified(type)
                return fresh
            }
        }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = PyType(cls)
                guard type.flags.contains(.heapType) else {
                    throw vm.raise(.typeError, "cannot set '__annotations__' attribute of immutable type '\(vm.typeText(type))'")
                }
                if value.isNull {
                    if try PyDict(type.dict).remove(vm, vm.names.__annotations__).isNull { throw vm.raise(.attributeError, "__annotations__") }
                } else {
                    try PyDict(type.dict).set(vm, vm.names.__annotations__, value)
                }
                vm.typeModified(type)
            }
        })
        t.getset("__abstractmethods__", get: { vm, cls in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                let own = type == vm.types.type ? Value.null : try PyDict(type.dict).get(vm, vm.names.__abstractmethods__)
                if own.isNull { throw vm.raise(.attributeError, value: vm.names.__abstractmethods__) }
                return own
            }
        }, set: { vm, cls, value in
            vm.guardedStatus { () throws(Raised) in
                let type = PyType(cls)
                if value.isNull {
                    if try PyDict(type.dict).remove(vm, vm.names.__abstractmethods__).isNull {
                        throw vm.raise(.attributeError, value: vm.names.__abstractmethods__)
                    }
                    type.ref.pointee.flags.remove(.abstract)
                } else {
                    let abstract = try vm.isTrue(value)
                    try PyDict(type.dict).set(vm, vm.names.__abstractmethods__, value)
                    if abstract { type.ref.pointee.flags.insert(.abstract) } else { type.ref.pointee.flags.remove(.abstract) }
                }
                vm.typeModified(type)
            }
        })
    }

    func checkSettable(_ cls: Value, _ name: StaticString, _ value: Value) throws(Raised) -> PyType {
        let type = PyType(cls)
        if type.flags.contains(.immutable) || !type.flags.contains(.heapType) {
            throw raise(.typeError, "cannot set '\(name)' attribute of immutable type '\(typeText(type))'")
        }
        if value.isNull { throw raise(.typeError, "cannot delete '\(name)' attribute of immutable type '\(typeText(type))'") }
        try audit("object.__setattr__", tuple(cls, intern(name), value))
        return type
    }

    /// `cls.__bases__ = bases`: the layout must stay; MROs of all subclasses are computed anew.
    func setBases(_ type: PyType, _ value: Value) throws(Raised) {
        let name = PyStr(type.name).string
        if !isTuple(value) { throw raise(.typeError, "can only assign tuple to \(name).__bases__, not \(typeName(value))") }
        let bases = PyTuple(value)
        if bases.count == 0 { throw raise(.typeError, "can only assign non-empty tuple to \(name).__bases__, not ()") }
        for i in 0..<bases.count {
            guard isType(bases[i]) else {
                throw raise(.typeError, "\(name).__bases__ must be tuple of classes, not '\(typeName(bases[i]))'")
            }
            var ancestor = bases[i]
            while isType(ancestor), ancestor != type.value { ancestor = PyType(ancestor).base }
            if ancestor == type.value || PyType(bases[i]).isSubtype(of: type) {
                throw raise(.typeError, "a __bases__ item causes an inheritance cycle")
            }
        }
        let base = try bestBase(value)
        let old = PyType(type.base)
        if base != old, solidBase(base) != solidBase(old) || (base.ref.pointee.attrsOffset == 0) != (old.ref.pointee.attrsOffset == 0) && base != types.object && old != types.object {
            throw raise(.typeError, "__bases__ assignment: '\(typeText(base))' object layout differs from '\(typeText(old))'")
        }
        let oldBases = type.ref.pointee.bases, oldBase = type.ref.pointee.base, oldMRO = type.ref.pointee.mro
        type.ref.pointee.bases = value
        type.ref.pointee.base = base.value
        // A metaclass's `mro()` may assign `__bases__` itself: then its assignment stands, and this one ends here.
        do {
            let order = try computeMRO(type)
            if type.ref.pointee.mro == oldMRO { type.ref.pointee.mro = order }
        } catch {
            if type.ref.pointee.bases == value {
                type.ref.pointee.bases = oldBases
                type.ref.pointee.base = oldBase
                type.ref.pointee.mro = oldMRO
            }
            throw error
        }
        if type.ref.pointee.bases != value { return }
        let previous = PyTuple(oldBases)
        for i in 0..<previous.count { removeSubclass(PyType(previous[i]), type) }
        for i in 0..<bases.count { addSubclass(PyType(bases[i]), type) }
        typeModified(type)
        // Pairs of a class and the order it had, for when a later class's `mro()` fails.
        let undo = try newList()
        do { try renewMROs(type, undo) } catch {
            for i in stride(from: 0, to: undo.count, by: 2) {
                PyType(undo[i]).ref.pointee.mro = undo[i + 1]
                typeModified(PyType(undo[i]))
                updateAllSlots(PyType(undo[i]))
            }
            if type.ref.pointee.bases == value {
                for i in 0..<bases.count { removeSubclass(PyType(bases[i]), type) }
                for i in 0..<previous.count { addSubclass(PyType(previous[i]), type) }
                type.ref.pointee.bases = oldBases
                type.ref.pointee.base = oldBase
                type.ref.pointee.mro = oldMRO
                typeModified(type)
                updateAllSlots(type)
            }
            throw error
        }
    }

    private func renewMROs(_ type: PyType, _ undo: PyList) throws(Raised) {
        updateAllSlots(type)
        let list = try subclassList(type)
        for i in 0..<list.count {
            let derived = PyType(list[i])
            let order = try computeMRO(derived)
            try undo.append(self, derived.value)
            try undo.append(self, derived.mro)
            derived.ref.pointee.mro = order
            typeModified(derived)
            try renewMROs(derived, undo)
        }
    }
}
