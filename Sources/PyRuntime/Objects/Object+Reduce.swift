// `object.__reduce_ex__`: how copy and pickle take objects apart. CPython: Objects/typeobject.c (reduce_newobj, copyreg).
// Rules: Library Reference, pickle; PEP 307, PEP 3154.

extension VM {
    func objectReduce(_ v: Value, _ protocolNumber: Int) throws(Raised) -> Value {
        if protocolNumber >= 2 { return try reduceNewObject(v) }
        let copyreg = try importModule("copyreg")
        let function = try getAttr(copyreg, "_reduce_ex")
        return try call(function, v, int(protocolNumber))
    }

    private func reduceNewObject(_ v: Value) throws(Raised) -> Value {
        let type = self.type(of: v)
        if type.slots.new == nil { throw raise(.typeError, "cannot pickle '\(typeText(type))' object") }
        var args = Value.null
        var kwargs = Value.null
        // Looked up on the type, as all special methods.
        let given = try callSpecial(v, names.__getnewargs_ex__)
        if !given.isNull {
            if !isTuple(given) { throw raise(.typeError, "__getnewargs_ex__ should return a tuple, not '\(typeName(given))'") }
            let pair = PyTuple(given)
            if pair.count != 2 { throw raise(.valueError, "__getnewargs_ex__ should return a tuple of length 2, not \(pair.count)") }
            if !isTuple(pair[0]) {
                throw raise(.typeError, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '\(typeName(pair[0]))'")
            }
            if !isDict(pair[1]) {
                throw raise(.typeError, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '\(typeName(pair[1]))'")
            }
            args = pair[0]
            kwargs = pair[1]
        } else {
            args = try callSpecial(v, names.__getnewargs__)
            if !args.isNull {
                if !isTuple(args) { throw raise(.typeError, "__getnewargs__ should return a tuple, not '\(typeName(args))'") }
            }
        }
        let hasArgs = !args.isNull
        let copyreg = try importModule("copyreg")
        let constructor: Value
        let newArgs: Value
        if kwargs.isNull || PyDict(kwargs).count == 0 {
            constructor = try getAttr(copyreg, names.__newobj__)
            let count = hasArgs ? PyTuple(args).count : 0
            let all = try newTuple(count + 1)
            all[0] = type.value
            for i in 0..<count { all[i + 1] = PyTuple(args)[i] }
            newArgs = all.value
        } else {
            constructor = try getAttr(copyreg, names.__newobj_ex__)
            newArgs = tuple(type.value, args, kwargs)
        }
        let required = !hasArgs && !isList(v) && !isDict(v)
        let state = try objectState(v, required: required)
        let listItems = isList(v) ? try iter(v) : Value.none
        let dictItems = isDict(v) ? try iter(callMethod(v, names.items)) : Value.none
        let result = try newTuple(5)
        result[0] = constructor
        result[1] = newArgs
        result[2] = state
        result[3] = listItems
        result[4] = dictItems
        return result.value
    }

    /// `__getstate__()` or the dict and slots.
    private func objectState(_ v: Value, required: Bool) throws(Raised) -> Value {
        let get = try getAttrIfPresent(v, names.__getstate__)
        if !get.isNull { return try call(get) }
        let type = self.type(of: v)
        let slots = try slotNames(type)
        if required && type.refusesSlots { throw raise(.typeError, "cannot pickle '\(typeText(type))' object") }
        if required {
            // State that neither the dict nor the slots show would be lost.
            var native = type
            while native.flags.contains(.heapType) && native.base.isObject { native = PyType(native.base) }
            if native.ref.pointee.basicSize > 8 && !native.flags.contains(.exceptionSubclass) && native != types.object
            {
                throw raise(.typeError, "cannot pickle '\(typeText(type))' object")
            }
            if native != types.object && !type.flags.contains(.heapType) && (native.slots.iternext != nil || native == types.module || native.slots.awaitSlot != nil) {
                throw raise(.typeError, "cannot pickle '\(typeText(type))' object")
            }
        }
        var state = Value.none
        if !hasEmptyDict(v, type) {
            state = try getAttrIfPresent(v, names.__dict__)
            if state.isNull { state = .none }
        }
        if slots.isNone || PyList(slots).count == 0 { return state }
        let values = newDict()
        let list = PyList(slots)
        for i in 0..<list.count {
            let value = try getAttrIfPresent(v, list[i])
            if !value.isNull { try values.set(self, list[i], value) }
        }
        return values.count > 0 ? tuple(state, values.value) : state
    }

    /// Whether no attribute of the instance's own was ever set, or all are gone.
    func hasEmptyDict(_ v: Value, _ type: PyType) -> Bool {
        if type.ref.pointee.attrsOffset == 0 { return !type.isSubtype(of: types.module) && type != types.function }
        let attributes = attrs(v, type)
        guard let shape = attributes.pointee.shape else { return true }
        return shape.pointee.isDict != 0 ? PyDict(attributes.pointee.overflow).count == 0 : shape.pointee.count == 0
    }

    /// `copyreg._slotnames(cls)`: a list, or None.
    private func slotNames(_ type: PyType) throws(Raised) -> Value {
        let cached = PyDict(type.dict).getStr(self, names.__slotnames__)
        if !cached.isNull { return cached }
        if !type.flags.contains(.heapType) { return .none }
        let copyreg = try importModule("copyreg")
        let result = try call(getAttr(copyreg, "_slotnames"), type.value)
        if !result.isNone && !isList(result) { throw raise(.typeError, "copyreg._slotnames didn't return a list or None") }
        return result
    }
}
