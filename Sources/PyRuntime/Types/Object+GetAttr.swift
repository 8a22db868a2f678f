// The default attribute protocol: `object.__getattribute__`, `__setattr__`, and `type`'s own. CPython: Objects/object.c
// (PyObject_GenericGetAttr), Objects/typeobject.c. Rules: Language Reference 3.3.2, Descriptor HowTo.

/// `object.__getattribute__`. - Returns NULL with AttributeError set when absent.
let genericGetAttrSlot: BinarySlot = { vm, object, name in
    vm.guarded { () throws(Raised) in try vm.genericGetAttr(object, name, orNull: false) }
}

extension VM {
    @inlinable @inline(__always) func isGenericGetAttr(_ slot: BinarySlot) -> Bool {
        unsafeBitCast(slot, to: UInt.self) == state.pointee.genericGetAttrAddress
    }
    @inlinable @inline(__always) func isGenericSetAttr(_ slot: StoreSlot) -> Bool {
        unsafeBitCast(slot, to: UInt.self) == state.pointee.genericSetAttrAddress
    }

    /// Data descriptors, then the instance, then other class attributes. `orNull`: NULL instead of AttributeError.
    public func genericGetAttr(_ object: Value, _ name: Value, orNull: Bool) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let type = self.type(of: object)
        let found = lookup(type, name)
        var get: DescrGetSlot?
        if found.isObject {
            let slots = found.objectType.slotsPointer
            get = slots.pointee.descrGet
            if let get, slots.pointee.descrSet != nil { return try descriptorResult(get(self, found, object, type.value), orNull) }
        }
        if type.ref.pointee.attrsOffset != 0 {
            let own = instanceAttribute(object, type, name)
            if !own.isNull { return own }
        }
        if type.ref.pointee.solidBase == types.module.value || type == types.function {
            let own = namespaceAttribute(object, type, name)
            if !own.isNull { return own }
        }
        if type.flags.contains(.typeSubclass) {
            // A class asked as any object: what is in its `__dict__` counts as its own, unbound.
            let own = PyDict(PyType(object).dict).getStr(self, name)
            if !own.isNull { return own }
        }
        if let get { return try descriptorResult(get(self, found, object, type.value), orNull) }
        if !found.isNull { return found }
        if orNull { return .null }
        throw raiseNoAttribute(object, name)
    }

    /// What is in the `__dict__` of a module or a function, which keep theirs in a field.
    private func namespaceAttribute(_ object: Value, _ type: PyType, _ name: Value) -> Value {
        let dict = type == types.function ? object.cast(FunctionLayout.self).pointee.dict : object.cast(ModuleLayout.self).pointee.dict
        return dict.isObject && isDict(dict) ? PyDict(dict).getStr(self, name) : .null
    }

    private func descriptorResult(_ result: Value, _ orNull: Bool) throws(Raised) -> Value {
        if !result.isNull { return result }
        if orNull && raisedMatches(.attributeError) {
            clearRaised()
            return .null
        }
        throw Raised()
    }

    /// An interned exact `str` with the text of a `str` subclass instance.
    public func internedCopy(_ name: Value) throws(Raised) -> Value { internValue(try exactStr(name)) }

    /// The exact `str` with the same text.
    public func exactStr(_ value: Value) throws(Raised) -> Value {
        if isExactStr(value) { return value }
        let source = PyStr(value)
        let copy = try newStr(count: source.count, kind: source.kind, ascii: source.isASCII)
        copy.bytes.update(from: source.bytes, count: source.byteCount)
        return copy.value
    }

    /// `object.__setattr__` and `__delattr__` (value NULL).
    public func genericSetAttr(_ object: Value, _ name: Value, _ value: Value) throws(Raised) {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let type = self.type(of: object)
        let found = lookup(type, name)
        if found.isObject, let set = found.objectType.slots.descrSet {
            try checkStatus(set(self, found, object, value))
            return
        }
        if type.ref.pointee.attrsOffset == 0 {
            if found.isNull { throw raiseNoAttribute(object, name) }
            throw raise(.attributeError, "'\(typeName(object))' object attribute '\(PyStr(name).string)' is read-only")
        }
        if value.isNull {
            if try !deleteInstanceAttribute(object, type, name) {
                throw raise(.attributeError, value: name)
            }
        } else {
            try setInstanceAttribute(object, type, name, value)
        }
    }

    /// `type.__getattribute__`: metatype data descriptors, the class's own MRO with `__get__(None, cls)`, other metatype attributes.
    public func typeGetAttr(_ cls: Value, _ name: Value, orNull: Bool) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let meta = type(of: cls)
        let metaFound = lookup(meta, name)
        var metaGet: DescrGetSlot?
        if metaFound.isObject {
            let slots = metaFound.objectType.slotsPointer
            metaGet = slots.pointee.descrGet
            if let metaGet, slots.pointee.descrSet != nil { return try descriptorResult(metaGet(self, metaFound, cls, meta.value), orNull) }
        }
        let found = lookup(PyType(cls), name)
        if !found.isNull {
            if found.isObject, let get = found.objectType.slots.descrGet { return try descriptorResult(get(self, found, .null, cls), orNull) }
            return found
        }
        if let metaGet { return try descriptorResult(metaGet(self, metaFound, cls, meta.value), orNull) }
        if !metaFound.isNull { return metaFound }
        if orNull { return .null }
        let message = message("type object '\(typeText(PyType(cls)))' has no attribute '", name, "'")
        let exception = makeException(exceptionType(.attributeError), args: tuple(message))
        exception.cast(ExceptionLayout.self).pointee.f0 = name
        exception.cast(ExceptionLayout.self).pointee.f1 = cls
        throw setRaised(exception)
    }

    /// `type.__setattr__` and `__delattr__`.
    public func typeSetAttr(_ cls: Value, _ name: Value, _ value: Value) throws(Raised) {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let type = PyType(cls)
        if type.flags.contains(.immutable) {
            throw raise(.typeError, "cannot set '\(PyStr(name).string)' attribute of immutable type '\(typeText(type))'")
        }
        let meta = self.type(of: cls)
        let found = lookup(meta, name)
        if found.isObject, let set = found.objectType.slots.descrSet {
            try checkStatus(set(self, found, cls, value))
            return
        }
        let dict = PyDict(type.dict)
        if value.isNull {
            if try dict.remove(self, name).isNull { throw raise(.attributeError, value: name) }
        } else {
            try dict.set(self, name, value)
        }
        // Attributes of this class's instances become descriptors, or cease to be: every cache that looked at one is void.
        typeModified(name == names.__get__ || name == names.__set__ || name == names.__delete__ ? types.object : type)
        updateSlots(type, name)
    }
}
