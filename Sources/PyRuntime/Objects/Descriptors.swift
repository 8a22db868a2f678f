// `staticmethod`, `classmethod`, `property`, `super`. CPython: Objects/funcobject.c, descrobject.c, typeobject.c.

@frozen public struct PropertyLayout {
    public var type: PyType
    public var getter: Value
    public var setter: Value
    public var deleter: Value
    public var doc: Value
    public var name: Value
    /// True when the docstring is the getter's.
    public var docFromGetter: Value
}

@frozen public struct SuperLayout {
    public var type: PyType
    public var thisClass: Value
    public var object: Value
    public var objectClass: Value
}

extension VM {
    func installDescriptors() {
        installStaticAndClassMethod(TypeBuilder(self, types.staticMethod), isStatic: true)
        installStaticAndClassMethod(TypeBuilder(self, types.classMethod), isStatic: false)
        installProperty()
        installSuper()
    }

    private func installStaticAndClassMethod(_ t: TypeBuilder, isStatic: Bool) {
        giveDict(t.type)
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        if isStatic {
            t.doc(
                "staticmethod(function) -> method\n\nConvert a function to be a static method.\n\nA static method does not receive an implicit first argument.\nTo declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, ...):\n             ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\nneither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\nFor a more advanced concept, see the classmethod builtin.")
            t.type.slots.descrGet = { vm, v, _, _ in
                let function = v.cast(FieldsLayout.self).pointee.f0
                if function.isNull { _ = vm.raise(.runtimeError, "uninitialized staticmethod object") }
                return function
            }
            t.type.slots.call = { vm, v, arguments, count, keywords in
                vm.guarded { () throws(Raised) in try vm.call(v.cast(FieldsLayout.self).pointee.f0, arguments, count, keywords: keywords) }
            }
        } else {
            t.doc(
                "classmethod(function) -> method\n\nConvert a function to be a class method.\n\nA class method receives the class as implicit first argument,\njust like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n      def f(cls, arg1, arg2, ...):\n          ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its class.\nIf a class method is called for a derived class, the derived class\nobject is passed as the implied first argument.\n\nClass methods are different than C++ or Java static methods.\nIf you want those, see the staticmethod builtin.")
            t.type.slots.descrGet = { vm, v, instance, type in
                vm.guarded { () throws(Raised) in
                    try vm.guardNativeStack()
                    let function = v.cast(FieldsLayout.self).pointee.f0
                    if function.isNull { throw vm.raise(.runtimeError, "uninitialized classmethod object") }
                    let cls = type.isNull ? vm.type(of: instance).value : type
                    // 3.9-3.10: a wrapped descriptor is asked with the class.
                    if let get = vm.type(of: function).slots.descrGet { return try vm.check(get(vm, function, cls, cls)) }
                    return vm.newFields(vm.types.method, function, cls)
                }
            }
        }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                let name = vm.isInstance(v, ofType: vm.types.staticMethod) ? "staticmethod" : "classmethod"
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "\(name)() takes no keyword arguments") }
                if count != 1 { throw vm.raise(.typeError, "\(name) expected 1 argument, got \(count)") }
                v.cast(FieldsLayout.self).pointee.f0 = arguments[0]
                try vm.copyWrapperAttributes(v, arguments[0])
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let name = vm.isInstance(v, ofType: vm.types.staticMethod) ? "staticmethod" : "classmethod"
                return vm.str("<\(name)(\(try vm.reprText(v.cast(FieldsLayout.self).pointee.f0)))>")
            }
        }
        t.member("__func__", offset: 8)
        t.member("__wrapped__", offset: 8)
        t.getset("__isabstractmethod__") { vm, v in
            vm.guarded { () throws(Raised) in Value(try vm.isAbstract(v.cast(FieldsLayout.self).pointee.f0)) }
        }
    }

    /// 3.10: the wrapper takes over `__module__`, `__name__`, `__qualname__`, `__doc__`, `__annotations__`.
    private func copyWrapperAttributes(_ wrapper: Value, _ function: Value) throws(Raised) {
        for i in 0..<5 {
            let name: Value
            switch i {
            case 0: name = names.__module__
            case 1: name = names.__name__
            case 2: name = names.__qualname__
            case 3: name = names.__doc__
            default: name = names.__annotations__
            }
            let value = try getAttrIfPresent(function, name)
            if !value.isNull { try setInstanceAttribute(wrapper, type(of: wrapper), name, value) }
        }
    }

    func isAbstract(_ v: Value) throws(Raised) -> Bool {
        if v.isNull { return false }
        try guardNativeStack()
        let flag = try getAttrIfPresent(v, names.__isabstractmethod__)
        return flag.isNull ? false : try isTrue(flag)
    }

    // MARK: property

    private func installProperty() {
        let t = TypeBuilder(self, types.property)
        t.doc(
            "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\nDecorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n        \"I am the 'x' property.\"\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n    @x.deleter\n    def x(self):\n        del self._x",
            signature: "(fget=None, fset=None, fdel=None, doc=None)")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.initialize("(fget=None, fset=None, fdel=None, doc=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let p = v.cast(PropertyLayout.self)
                p.pointee.getter = a[0].isNone ? .null : a[0]
                p.pointee.setter = a[1].isNone ? .null : a[1]
                p.pointee.deleter = a[2].isNone ? .null : a[2]
                p.pointee.doc = a[3].isNull ? .none : a[3]
                p.pointee.docFromGetter = .false
                if (a[3].isNull || a[3].isNone) && !p.pointee.getter.isNull {
                    let doc = try vm.getAttrIfPresent(p.pointee.getter, vm.names.__doc__)
                    if !doc.isNull {
                        // A subclass has a `__doc__` of its own in the class: the getter's goes where assignment puts it.
                        if v.isExactly(vm.types.property) { p.pointee.doc = doc } else { try vm.setAttr(v, vm.names.__doc__, doc) }
                        p.pointee.docFromGetter = .true
                    }
                }
                return .none
            }
        }
        t.type.slots.descrGet = { vm, v, instance, _ in
            if instance.isNull || instance.isNone { return v }
            return vm.guarded { () throws(Raised) in
                let p = v.cast(PropertyLayout.self).pointee
                if p.getter.isNull { throw vm.raise(.attributeError, try vm.propertyMessage("unreadable attribute", p.name)) }
                return try vm.call(p.getter, instance)
            }
        }
        t.type.slots.descrSet = { vm, v, instance, value in
            vm.guardedStatus { () throws(Raised) in
                let p = v.cast(PropertyLayout.self).pointee
                let function = value.isNull ? p.deleter : p.setter
                if function.isNull {
                    throw vm.raise(.attributeError, try vm.propertyMessage(value.isNull ? "can't delete attribute" : "can't set attribute", p.name))
                }
                _ = value.isNull ? try vm.call(function, instance) : try vm.call(function, instance, value)
            }
        }
        t.member("fget", offset: 8)
        t.member("fset", offset: 16)
        t.member("fdel", offset: 24)
        t.member("__doc__", offset: 32, readOnly: false)
        t.def1("-getter($self, object, /)", "Descriptor to obtain a copy of the property with a different getter.") { vm, v, f in vm.copyProperty(v, f, .null, .null) }
        t.def1("-setter($self, object, /)", "Descriptor to obtain a copy of the property with a different setter.") { vm, v, f in vm.copyProperty(v, .null, f, .null) }
        t.def1("-deleter($self, object, /)", "Descriptor to obtain a copy of the property with a different deleter.") { vm, v, f in vm.copyProperty(v, .null, .null, f) }
        t.defV("-__set_name__($self, owner, name, /)", "Method to set name of a property.") { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull { throw vm.raise(.typeError, "__set_name__() takes no keyword arguments") }
                if count != 2 { throw vm.raise(.typeError, "__set_name__() takes 2 positional arguments but \(count) were given") }
                v.cast(PropertyLayout.self).pointee.name = arguments[1]
                return .none
            }
        }
        t.getset("__isabstractmethod__") { vm, v in
            vm.guarded { () throws(Raised) in
                let p = v.cast(PropertyLayout.self).pointee
                if try vm.isAbstract(p.getter) { return .true }
                if try vm.isAbstract(p.setter) { return .true }
                return Value(try vm.isAbstract(p.deleter))
            }
        }
    }

    private func propertyMessage(_ text: String, _ name: Value) throws(Raised) -> String {
        name.isNull ? text : "\(text) \(try reprText(name))"
    }

    private func copyProperty(_ v: Value, _ get: Value, _ set: Value, _ del: Value) -> Value {
        guarded { () throws(Raised) in
            let p = v.cast(PropertyLayout.self).pointee
            let getter = get.isNull || get.isNone ? p.getter : get
            let setter = set.isNull || set.isNone ? p.setter : set
            let deleter = del.isNull || del.isNone ? p.deleter : del
            func orNone(_ x: Value) -> Value { x.isNull ? .none : x }
            let doc = p.docFromGetter.isTrue && !getter.isNull ? Value.none : orNone(p.doc)
            let copy = try call(type(of: v).value, orNone(getter), orNone(setter), orNone(deleter), doc)
            if isInstance(copy, ofType: types.property) { copy.cast(PropertyLayout.self).pointee.name = p.name }
            return copy
        }
    }

    // MARK: super

    /// `super(cls, object)` already checked. May collect.
    func newSuper(_ cls: PyType, _ object: Value) -> Value {
        let value = newInstance(types.superType)
        let s = value.cast(SuperLayout.self)
        s.pointee.thisClass = cls.value
        s.pointee.object = object
        s.pointee.objectClass = isType(object) && PyType(object).isSubtype(of: cls) ? object : type(of: object).value
        return value
    }

    /// The class whose MRO is searched. - Throws: TypeError if `object` does not belong to `cls`.
    public func superCheck(_ cls: Value, _ object: Value) throws(Raised) -> Value {
        if isType(object) && PyType(object).isSubtype(of: PyType(cls)) { return object }
        if type(of: object).isSubtype(of: PyType(cls)) { return type(of: object).value }
        let claimed = try getAttrIfPresent(object, names.__class__)
        if !claimed.isNull && isType(claimed) && claimed != type(of: object).value && PyType(claimed).isSubtype(of: PyType(cls)) { return claimed }
        throw raise(.typeError, "super(type, obj): obj must be an instance or subtype of type")
    }

    /// What comes after `cls` in the MRO of `objectClass` under `name`, bound to `object`; NULL if nothing.
    public func superLookup(_ cls: Value, _ object: Value, _ objectClass: Value, _ name: Value) throws(Raised) -> Value {
        // A class whose `mro()` is still running has none.
        if PyType(objectClass).mro.isNull { return .null }
        let mro = PyTuple(PyType(objectClass).mro)
        var i = 0
        while i < mro.count && mro[i] != cls { i += 1 }
        i += 1
        while i < mro.count {
            let found = try PyDict(PyType(mro[i]).dict).get(self, name)
            if !found.isNull {
                if found.isObject, let get = found.objectType.slots.descrGet {
                    return try check(get(self, found, object == objectClass ? .null : object, objectClass))
                }
                return found
            }
            i += 1
        }
        return .null
    }

    private func installSuper() {
        let t = TypeBuilder(self, types.superType)
        t.doc(
            "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "super() takes no keyword arguments") }
                if count > 2 { throw vm.raise(.typeError, "super() takes at most 2 arguments (\(count) given)") }
                var cls = Value.null, object = Value.null
                if count == 0 {
                    guard let find = vm.state.pointee.hooks.superArguments else { throw vm.raise(.runtimeError, "super(): no current frame") }
                    let pair = try vm.pushStack(2)
                    defer { vm.popStack(pair) }
                    try vm.checkStatus(find(vm, pair))
                    cls = pair[0]
                    object = pair[1]
                } else {
                    cls = arguments[0]
                    if count == 2 && !arguments[1].isNone { object = arguments[1] }
                    if !vm.isType(cls) { throw vm.raise(.typeError, "super() argument 1 must be type, not \(vm.argumentTypeName(cls))") }
                }
                let s = v.cast(SuperLayout.self)
                s.pointee.thisClass = cls
                s.pointee.object = object
                s.pointee.objectClass = object.isNull ? .null : try vm.superCheck(cls, object)
            }
        }
        t.type.slots.getattro = { vm, v, name in
            vm.guarded { () throws(Raised) in
                let s = v.cast(SuperLayout.self).pointee
                if s.objectClass.isNull || (vm.isStr(name) && PyStr(name).equals(PyStr(vm.names.__class__))) {
                    return try vm.genericGetAttr(v, name, orNull: false)
                }
                let found = try vm.superLookup(s.thisClass, s.object, s.objectClass, name)
                return found.isNull ? try vm.genericGetAttr(v, name, orNull: false) : found
            }
        }
        t.type.slots.descrGet = { vm, v, instance, _ in
            vm.guarded { () throws(Raised) in
                let s = v.cast(SuperLayout.self).pointee
                if instance.isNull || instance.isNone || !s.object.isNull { return v }
                if !v.isExactly(vm.types.superType) { return try vm.call(vm.type(of: v).value, s.thisClass, instance) }
                let cls = try vm.superCheck(s.thisClass, instance)
                let bound = vm.newInstance(vm.types.superType)
                bound.cast(SuperLayout.self).pointee.thisClass = s.thisClass
                bound.cast(SuperLayout.self).pointee.object = instance
                bound.cast(SuperLayout.self).pointee.objectClass = cls
                return bound
            }
        }
        t.type.slots.repr = { vm, v in
            let s = v.cast(SuperLayout.self).pointee
            let name = s.thisClass.isNull ? "NULL" : PyStr(PyType(s.thisClass).name).string
            if s.objectClass.isNull { return vm.str("<super: <class '\(name)'>, NULL>") }
            return vm.str("<super: <class '\(name)'>, <\(PyStr(PyType(s.objectClass).name).string) object>>")
        }
        t.member("__thisclass__", offset: 8, doc: "the class invoking super()")
        t.member("__self__", offset: 16, doc: "the instance invoking super(); may be None")
        t.member("__self_class__", offset: 24, doc: "the type of the instance invoking super(); may be None")
    }
}
