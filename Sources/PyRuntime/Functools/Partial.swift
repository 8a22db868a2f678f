// `functools.partial`. CPython: Modules/_functoolsmodule.c.

private struct PartialLayout {
    var type: PyType
    var function: Value
    /// An exact tuple.
    var args: Value
    /// A dict.
    var keywords: Value
}

extension VM {
    private func partial(_ v: Value) -> UnsafeMutablePointer<PartialLayout> { v.cast(PartialLayout.self) }

    func makePartial() {
        let t = makeType("partial", module: "functools", size: MemoryLayout<PartialLayout>.size, trace: .words, flags: [.baseType, .weakrefable])
        t.statesGetAttribute()
        t.statesSetAttribute()
        library.pointee.partial = t.type
        giveDict(t.type)
        t.doc("partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.newPartial(PyType(cls), arguments, count, keywords) }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.callPartial(vm.partial(v), arguments, count, keywords) }
        }
        t.type.slots.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.partialRepr(v) } }
        t.member("func", offset: 8, doc: "function object to use in future partial calls")
        t.member("args", offset: 16, doc: "tuple of arguments to future partial calls")
        t.member("keywords", offset: 24, doc: "dictionary of keyword arguments to future partial calls")
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let p = vm.partial(v)
                let state = vm.tuple(p.pointee.function, p.pointee.args, p.pointee.keywords, try vm.stateDict(v))
                return vm.tuple(vm.type(of: v).value, vm.tuple(p.pointee.function), state)
            }
        }
        t.def1("-__setstate__($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                try vm.setPartialState(v, state)
                return .none
            }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        readyType(t.type)
    }

    private func newPartial(_ cls: PyType, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        if count < 1 { throw raise(.typeError, "type 'partial' takes at least one argument") }
        var function = arguments[0]
        if !isCallable(function) { throw raise(.typeError, "the first argument must be callable") }
        var inner = Value.null
        // A partial of a partial becomes one, unless the inner one carries attributes.
        if isInstance(function, ofType: library.pointee.partial), type(of: function).slots.call.map({ unsafeBitCast($0, to: UInt.self) })
            == library.pointee.partial.slots.call.map({ unsafeBitCast($0, to: UInt.self) }), try stateDict(function).isNone
        {
            inner = function
            function = partial(inner).pointee.function
        }
        let before = inner.isNull ? 0 : PyTuple(partial(inner).pointee.args).count
        let args: Value
        if before + count - 1 == 0 {
            args = emptyTuple
        } else {
            let all = try newTuple(before + count - 1)
            for i in 0..<before { all[i] = PyTuple(partial(inner).pointee.args)[i] }
            for i in 1..<max(1, count) { all[before + i - 1] = arguments[i] }
            args = all.value
        }
        let dict = inner.isNull ? newDict() : try PyDict(partial(inner).pointee.keywords).copy(self)
        for i in 0..<keywordCount(keywords) { try dict.set(self, PyTuple(keywords)[i], arguments[count + i]) }
        let v = newInstance(cls)
        partial(v).pointee.function = function
        partial(v).pointee.args = args
        partial(v).pointee.keywords = dict.value
        return v
    }

    private func callPartial(
        _ p: UnsafeMutablePointer<PartialLayout>, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> Value {
        try enterRecursion(" while calling a Python object")
        defer { leaveRecursion() }
        let args = PyTuple(p.pointee.args)
        let own = PyDict(p.pointee.keywords)
        let given = keywordCount(keywords)
        if own.count == 0 {
            let total = args.count + count + given
            let slots = try pushStack(total)
            defer { popStack(slots) }
            slots.update(from: args.items, count: args.count)
            (slots + args.count).update(from: arguments, count: count + given)
            return try call(p.pointee.function, slots, args.count + count, keywords: keywords)
        }
        let merged: PyDict
        if given == 0 {
            merged = own
        } else {
            merged = try own.copy(self)
            for i in 0..<given { try merged.set(self, PyTuple(keywords)[i], arguments[count + i]) }
        }
        let names = try newTuple(merged.count)
        let slots = try pushStack(args.count + count + merged.count)
        defer { popStack(slots) }
        slots.update(from: args.items, count: args.count)
        (slots + args.count).update(from: arguments, count: count)
        var position = 0, k = 0
        while let (key, value) = merged.next(&position) {
            if k >= names.count { break }
            if !isStr(key) { throw raise(.typeError, "keywords must be strings") }
            names[k] = key
            slots[args.count + count + k] = value
            k += 1
        }
        return try call(p.pointee.function, slots, args.count + count, keywords: names.value)
    }

    private func partialRepr(_ v: Value) throws(Raised) -> Value {
        let name = typeText(type(of: v))
        if try !enterRepr(v) { return str("...") }
        defer { leaveRepr(v) }
        try enterRecursion(" while getting the repr of an object")
        defer { leaveRecursion() }
        let parts = try newList()
        let args = partial(v).pointee.args, keywords = partial(v).pointee.keywords
        try parts.append(self, repr(partial(v).pointee.function))
        try appendCallTexts(parts, args, keywords)
        return try joinTwo(str(name), joinTexts(parts, open: "(", separator: ", ", close: ")"))
    }

    private func setPartialState(_ v: Value, _ state: Value) throws(Raised) {
        guard isTuple(state), PyTuple(state).count == 4 else { throw raise(.typeError, "invalid partial state") }
        let parts = PyTuple(state)
        guard isCallable(parts[0]), isTuple(parts[1]), parts[2].isNone || isDict(parts[2]) else { throw raise(.typeError, "invalid partial state") }
        let args = parts[1].isExactly(types.tuple) ? parts[1] : try tuple(PyTuple(parts[1]).items, count: PyTuple(parts[1]).count)
        let keywords: Value
        if parts[2].isNone {
            keywords = newDict().value
        } else if parts[2].isExactly(types.dict) {
            keywords = parts[2]
        } else {
            let copy = newDict()
            try dictMerge(copy, parts[2])
            keywords = copy.value
        }
        partial(v).pointee.function = parts[0]
        partial(v).pointee.args = args
        partial(v).pointee.keywords = keywords
        if parts[3].isNone {
            if try !stateDict(v).isNone { setDict(v, type(of: v), newDict().value) }
        } else {
            if !isDict(parts[3]) { throw raise(.typeError, "invalid partial state") }
            setDict(v, type(of: v), parts[3])
        }
    }
}
