// `object`: construction, text, comparison, `__class__`, `__dir__`, `__init_subclass__`, reduction for copy and pickle.
// CPython: Objects/typeobject.c (object_*).

extension VM {
    func installObject() {
        let t = TypeBuilder(self, types.object)
        t.doc(
            """
            The base class of the class hierarchy.

            When called, it accepts no arguments and returns a new featureless
            instance that has no instance attributes and cannot be given any.

            """, signature: "()")
        t.type.slots.new = { vm, cls, arguments, count, keywords in vm.guarded { () throws(Raised) in try vm.objectNew(PyType(cls), count, keywords) } }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            if count == 0 && (keywords.isNull || PyTuple(keywords).count == 0) { return 0 }
            return vm.guardedStatus { () throws(Raised) in try vm.objectInit(v) }
        }
        t.type.slots.getattro = genericGetAttrSlot
        t.type.slots.setattro = { vm, v, name, value in vm.guardedStatus { () throws(Raised) in try vm.genericSetAttr(v, name, value) } }
        state.pointee.genericSetAttrAddress = t.type.slots.setattro.map { unsafeBitCast($0, to: UInt.self) } ?? 0
        t.type.slots.hash = { vm, v in vm.hashIdentity(v) }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let type = vm.type(of: v)
                let module = try vm.typeModule(type)
                if module.isObject && vm.isStr(module) && !PyStr(module).equals(PyStr(vm.names.builtins)) {
                    return vm.str("<\(PyStr(module).string).\(vm.qualnameText(type)) object at \(vm.addressText(v))>")
                }
                return vm.str("<\(vm.typeName(v)) object at \(vm.addressText(v))>")
            }
        }
        t.type.slots.str = { vm, v in vm.guarded { () throws(Raised) in try vm.repr(v) } }
        t.type.slots.richcompare = { vm, a, b, op in
            switch op {
            case 2: return a == b ? .true : .notImplemented
            case 3:
                guard let equal = vm.type(of: a).slots.richcompare else { return .notImplemented }
                let result = equal(vm, a, b, 2)
                if result.isNull || result == .notImplemented { return result }
                return vm.guarded { () throws(Raised) in Value(try !vm.isTrue(result)) }
            default: return .notImplemented
            }
        }
        t.getset("__class__", "the object's class", get: { vm, v in vm.type(of: v).value }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in try vm.setClass(v, value) }
        })
        installObjectMethods(t)
    }

    private func objectNew(_ type: PyType, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        let excess = count > 0 || !(keywords.isNull || PyTuple(keywords).count == 0)
        if excess {
            if !sameSlot(type.slots.new, types.object.slots.new) {
                throw raise(.typeError, "object.__new__() takes exactly one argument (the type to instantiate)")
            }
            if sameSlot(type.slots.initialize, types.object.slots.initialize) {
                throw raise(.typeError, "\(PyStr(type.name).string)() takes no arguments")
            }
        }
        if type.flags.contains(.abstract) { throw try raiseAbstract(type) }
        return newInstance(type)
    }

    private func sameSlot<T>(_ a: T?, _ b: T?) -> Bool { unsafeBitCast(a, to: UInt.self) == unsafeBitCast(b, to: UInt.self) }

    private func raiseAbstract(_ type: PyType) throws(Raised) -> Raised {
        let names = try listFrom(getAttr(type.value, self.names.__abstractmethods__))
        try sort(names)
        var texts: [String] = []
        for i in 0..<names.count { texts.append(isStr(names[i]) ? PyStr(names[i]).string : try reprText(names[i])) }
        let plural = texts.count > 1 ? "s" : ""
        return raise(
            .typeError, "Can't instantiate abstract class \(PyStr(type.name).string) with abstract method\(plural) \(texts.joined(separator: ", "))")
    }

    private func objectInit(_ v: Value) throws(Raised) {
        let type = self.type(of: v)
        if !sameSlot(type.slots.initialize, types.object.slots.initialize) {
            throw raise(.typeError, "object.__init__() takes exactly one argument (the instance to initialize)")
        }
        if sameSlot(type.slots.new, types.object.slots.new) {
            throw raise(.typeError, "\(PyStr(type.name).string).__init__() takes exactly one argument (the instance to initialize)")
        }
    }

    /// `object.__class__ = cls`.
    private func setClass(_ v: Value, _ value: Value) throws(Raised) {
        if value.isNull { throw raise(.typeError, "can't delete __class__ attribute") }
        guard isType(value) else { throw raise(.typeError, "__class__ must be set to a class, not '\(typeName(value))' object") }
        try audit("object.__setattr__", tuple(v, intern("__class__"), value))
        let new = PyType(value), old = type(of: v)
        if new == old { return }
        let isModule = new.isSubtype(of: types.module) && old.isSubtype(of: types.module)
        if !isModule && (!new.flags.contains(.heapType) || !old.flags.contains(.heapType)) {
            throw raise(.typeError, "__class__ assignment only supported for heap types or ModuleType subclasses")
        }
        let a = new.ref.pointee, b = old.ref.pointee
        let compatible = a.basicSize == b.basicSize && a.itemSize == b.itemSize && a.traceKind == b.traceKind
            && (a.attrsOffset == 0) == (b.attrsOffset == 0) && a.attrsOffset == b.attrsOffset && solidBase(new) == solidBase(old)
            || isModule || sameSlotLayout(new, old)
        if !compatible || !isModule && new.flags.contains(.weakrefable) != old.flags.contains(.weakrefable) {
            throw raise(.typeError, "__class__ assignment: '\(PyStr(new.name).string)' object layout differs from '\(PyStr(old.name).string)'")
        }
        if b.attrsOffset != 0 {
            // Shapes belong to one class: carry the attributes over as a dict.
            let attrs = self.attrs(v, old)
            if attrs.pointee.shape != nil {
                let dict = try materializeDict(v, old)
                v.cast(ObjectLayout.self).pointee.type = new
                setDict(v, new, dict)
            }
        }
        v.cast(ObjectLayout.self).pointee.type = new
        if new.flags.contains(.hasDel) && !old.flags.contains(.hasDel) { registerFinalizable(v) }
    }

    private func sameSlotLayout(_ a: PyType, _ b: PyType) -> Bool {
        let x = a.ref.pointee, y = b.ref.pointee
        if x.basicSize != y.basicSize || x.attrsOffset != y.attrsOffset || a.base != b.base { return false }
        guard x.slotNames.isObject && y.slotNames.isObject else { return false }
        let s = PyTuple(x.slotNames), t = PyTuple(y.slotNames)
        if s.count != t.count { return false }
        for i in 0..<s.count where !PyStr(s[i]).equals(PyStr(t[i])) { return false }
        return true
    }

    private func installObjectMethods(_ t: TypeBuilder) {
        t.def0("__dir__($self, /)", "Default dir() implementation.") { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = vm.newDict()
                let own = try vm.getAttrIfPresent(v, vm.names.__dict__)
                if !own.isNull && vm.isDict(own) {
                    var position = 0
                    while let (key, _) = PyDict(own).next(&position) { try dict.set(vm, key, .none) }
                }
                let cls = try vm.getAttrIfPresent(v, vm.names.__class__)
                if !cls.isNull { try vm.mergeClassDict(dict, cls) }
                return try vm.listFrom(dict.value).value
            }
        }
        t.def1("__format__($self, format_spec, /)", "Default object formatter.") { vm, v, spec in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(spec) { throw vm.raise(.typeError, "__format__() argument must be str, not \(vm.argumentTypeName(spec))") }
                if PyStr(spec).count > 0 {
                    throw vm.raise(.typeError, "unsupported format string passed to \(vm.typeName(v)).__format__")
                }
                return try vm.str(of: v)
            }
        }
        t.def0("__sizeof__($self, /)", "Size of object in memory, in bytes.") { vm, v in vm.int(Int(vm.type(of: v).ref.pointee.basicSize) + 8) }
        t.defV(
            "-__init_subclass__(*args, **kwargs)",
            "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may be\noverridden to extend subclasses.\n",
            .classMethod
        ) { vm, cls, _, count, keywords in
            if count == 0 && (keywords.isNull || PyTuple(keywords).count == 0) { return .none }
            _ = vm.raise(.typeError, "\(PyStr(PyType(cls).name).string).__init_subclass__() takes no \(count == 0 ? "keyword " : "")arguments\(count == 0 ? "" : " (\(count) given)")")
            return .null
        }
        t.defV(
            "-__subclasshook__(*args)",
            "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).\n",
            .classMethod
        ) { _, _, _, _, _ in .notImplemented }
        t.def0("__reduce__($self, /)", "Helper for pickle.") { vm, v in vm.guarded { () throws(Raised) in try vm.objectReduce(v, 0) } }
        t.def1("__reduce_ex__($self, protocol, /)", "Helper for pickle.") { vm, v, protocolNumber in
            vm.guarded { () throws(Raised) in
                let n = try vm.indexInt(protocolNumber)
                let reduce = try vm.getAttrIfPresent(v, vm.names.__reduce__)
                if !reduce.isNull {
                    let own = vm.lookup(vm.type(of: v), vm.names.__reduce__)
                    if own != PyDict(vm.types.object.dict).getStr(vm, vm.names.__reduce__) { return try vm.call(reduce) }
                }
                return try vm.objectReduce(v, n)
            }
        }
    }
}
