// Attribute access on anything. The default machinery (MRO, descriptors, shapes) is in Types/Type+Lookup.swift and
// Types/Instance+Attributes.swift. CPython: Objects/object.c.

extension VM {
    /// `object.name`. `name` is an exact `str`, interned for speed.
    @inlinable public func getAttr(_ object: Value, _ name: Value) throws(Raised) -> Value {
        guard let slot = type(of: object).slots.getattro else { throw raiseNoAttribute(object, name) }
        let result = slot(self, object, name)
        if result.isNull { throw noteMissingAttribute(object, name) }
        return result
    }

    /// An AttributeError that does not say of what: for suggestions, and PEP 657's forerunner in 3.10 (`name` and `obj`).
    @inline(never) public func noteMissingAttribute(_ object: Value, _ name: Value) -> Raised {
        let exception = thread.pointee.raised
        if raisedMatches(.attributeError), exception.isObject, isException(exception) {
            let layout = exception.cast(ExceptionLayout.self)
            if layout.pointee.f0.isNull && layout.pointee.f1.isNull {
                layout.pointee.f0 = name
                layout.pointee.f1 = object
            }
        }
        return Raised()
    }

    /// `getattr(object, name, NULL)`: NULL instead of AttributeError.
    public func getAttrIfPresent(_ object: Value, _ name: Value) throws(Raised) -> Value {
        let type = self.type(of: object)
        guard let slot = type.slots.getattro else { return .null }
        // The common machinery says "absent" without making an exception.
        if isGenericGetAttr(slot) { return try genericGetAttr(object, name, orNull: true) }
        do throws(Raised) {
            if type == types.function { return try functionGetAttr(object, name, orNull: true) }
            if type == types.module { return try moduleGetAttr(object, name, orNull: true) }
            return try check(slot(self, object, name))
        } catch {}
        if raisedMatches(.attributeError) {
            clearRaised()
            return .null
        }
        throw Raised()
    }

    /// `object.name = value`; NULL deletes.
    public func setAttr(_ object: Value, _ name: Value, _ value: Value) throws(Raised) {
        guard let slot = type(of: object).slots.setattro else {
            let kind = type(of: object).slots.getattro == nil ? "has no attributes" : "has only read-only attributes"
            throw raise(.typeError, "'\(typeName(object))' object \(kind) (\(value.isNull ? "del" : "assign to") .\(PyStr(name).string))")
        }
        let interned = isExactStr(name) ? internValue(name) : name
        try checkStatus(slot(self, object, interned, value))
    }
    public func deleteAttr(_ object: Value, _ name: Value) throws(Raised) { try setAttr(object, name, .null) }

    public func hasAttr(_ object: Value, _ name: Value) throws(Raised) -> Bool {
        try !getAttrIfPresent(object, name).isNull
    }

    public func getAttr(_ object: Value, _ name: StaticString) throws(Raised) -> Value { try getAttr(object, intern(name)) }
    public func getAttrIfPresent(_ object: Value, _ name: StaticString) throws(Raised) -> Value {
        try getAttrIfPresent(object, intern(name))
    }

    /// For `object.name(...)`: the callable, and whether the receiver must be passed as its first argument.
    public func getMethod(_ object: Value, _ name: Value, _ unbound: inout Bool) throws(Raised) -> Value {
        unbound = false
        let type = self.type(of: object)
        guard let slot = type.slots.getattro, isGenericGetAttr(slot) else { return try getAttr(object, name) }
        let found = lookup(type, name)
        var get: DescrGetSlot?
        if found.isObject {
            let kind = found.objectType
            if kind.flags.contains(.methodDescriptor) {
                // Functions are non-data descriptors: an instance attribute wins.
                if type.ref.pointee.attrsOffset != 0 {
                    let own = instanceAttribute(object, type, name)
                    if !own.isNull { return own }
                }
                unbound = true
                return found
            }
            get = kind.slots.descrGet
            if let get, kind.slots.descrSet != nil { return try check(get(self, found, object, type.value)) }
        }
        if type.ref.pointee.attrsOffset != 0 {
            let own = instanceAttribute(object, type, name)
            if !own.isNull { return own }
        }
        if let get { return try check(get(self, found, object, type.value)) }
        if !found.isNull { return found }
        throw raiseNoAttribute(object, name)
    }

    /// AttributeError with `name` and `obj` set.
    @inline(never) public func raiseNoAttribute(_ object: Value, _ name: Value) -> Raised {
        let message = message("'\(typeName(object))' object has no attribute '", name, "'")
        let exception = makeException(exceptionType(.attributeError), args: tuple(message))
        exception.cast(ExceptionLayout.self).pointee.f0 = name
        exception.cast(ExceptionLayout.self).pointee.f1 = object
        return setRaised(exception)
    }

    /// What a complaint about an argument calls its type: None goes by its own name. CPython: _PyArg_BadArgument.
    @inline(never) public func argumentTypeName(_ value: Value) -> String { value.isNone ? "None" : typeName(value) }

    /// `type(value).__name__` as text.
    @inline(never) public func typeName(_ value: Value) -> String {
        if value.isNull { return "NULL" }
        return typeText(type(of: value))
    }
    /// `tp_name` as CPython's messages show it: dotted for native types outside builtins ("collections.deque"), else the name.
    @inline(never) public func typeText(_ type: PyType) -> String {
        let name = PyStr(type.name).string
        if type.flags.contains(.heapType) { return name }
        let module = type.ref.pointee.module
        if module.isObject, isStr(module) {
            let text = PyStr(module).string
            if text != "builtins" { return "\(text).\(name)" }
        }
        return name
    }
}
