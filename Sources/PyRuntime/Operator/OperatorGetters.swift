// `operator.itemgetter`, `attrgetter`, `methodcaller`. CPython: Modules/_operator.c.

private struct ItemGetterLayout {
    var type: PyType
    /// What was asked for: a tuple.
    var items: Value
    /// -1, or the only item as a small non-negative index.
    var index: Int
}

private struct AttrGetterLayout {
    var type: PyType
    /// The names as given, for `__reduce__` and `__repr__`.
    var given: Value
    /// One str, or a tuple of parts for a dotted name, for each.
    var paths: Value
}

private struct MethodCallerLayout {
    var type: PyType
    var name: Value
    var args: Value
    /// Dict or NULL.
    var keywords: Value
}

extension VM {
    func makeGetters(_ m: ModuleBuilder) {
        if makesTypes(of: .operators) {
            makeItemGetter()
            makeAttrGetter()
            makeMethodCaller()
        }
        for type in [library.pointee.itemgetter, library.pointee.attrgetter, library.pointee.methodcaller] { m.set(type.name, type.value) }
    }

    // MARK: itemgetter

    private func makeItemGetter() {
        let t = makeType("itemgetter", module: "operator", size: MemoryLayout<ItemGetterLayout>.size, trace: .words, fieldsEnd: 16, flags: [])
        t.statesGetAttribute()
        library.pointee.itemgetter = t.type
        t.doc("itemgetter(item, ...) --> itemgetter object\n\nReturn a callable object that fetches the given item(s) from its operand.\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "itemgetter")
                if count == 0 { try vm.checkArgumentCount("itemgetter", count, 1, 1) }
                let items = try vm.tuple(arguments, count: count)
                let v = vm.newInstance(PyType(cls))
                let layout = v.cast(ItemGetterLayout.self)
                layout.pointee.items = items
                layout.pointee.index = count == 1 && arguments[0].isSmallInt ? max(-1, arguments[0].smallInt) : -1
                return v
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            let layout = v.cast(ItemGetterLayout.self)
            // The common case: a tuple's item by a small index.
            if count == 1 && keywords.isNull && layout.pointee.index >= 0 {
                let index = layout.pointee.index
                if arguments[0].isExactly(vm.types.tuple), index < PyTuple(arguments[0]).count { return PyTuple(arguments[0])[index] }
                if arguments[0].isExactly(vm.types.list), index < PyList(arguments[0]).count { return PyList(arguments[0])[index] }
            }
            return vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "itemgetter")
                try vm.checkArgumentCount("itemgetter", count, 1, 1)
                let items = PyTuple(layout.pointee.items)
                if items.count == 1 { return try vm.getItem(arguments[0], items[0]) }
                let result = try vm.newTuple(items.count)
                for i in 0..<items.count { result[i] = try vm.getItem(arguments[0], items[i]) }
                return result.value
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in try vm.getterRepr(v, v.cast(ItemGetterLayout.self).pointee.items) }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.tuple(vm.type(of: v).value, v.cast(ItemGetterLayout.self).pointee.items)
        }
        readyType(t.type)
    }

    /// "operator.itemgetter(1, 2)".
    private func getterRepr(_ v: Value, _ items: Value) throws(Raised) -> Value {
        let name = typeText(type(of: v))
        if try !enterRepr(v) { return str("\(name)(...)") }
        defer { leaveRepr(v) }
        let tuple = PyTuple(items)
        let parts = try newList(capacity: tuple.count)
        for i in 0..<tuple.count { try parts.append(self, repr(tuple[i])) }
        let inner = try joinTexts(parts, open: "(", separator: ", ", close: ")")
        let whole = try newList(capacity: 2)
        try whole.append(self, str(name))
        try whole.append(self, inner)
        return try joinTexts(whole, open: "", separator: "", close: "")
    }

    // MARK: attrgetter

    private func makeAttrGetter() {
        let t = makeType("attrgetter", module: "operator", size: MemoryLayout<AttrGetterLayout>.size, trace: .words, fieldsEnd: 24, flags: [])
        t.statesGetAttribute()
        library.pointee.attrgetter = t.type
        t.doc("attrgetter(attr, ...) --> attrgetter object\n\nReturn a callable object that fetches the given attribute(s) from its operand.\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "attrgetter")
                if count == 0 { try vm.checkArgumentCount("attrgetter", count, 1, 1) }
                let paths = try vm.newTuple(count)
                for i in 0..<count {
                    if !vm.isStr(arguments[i]) { throw vm.raise(.typeError, "attribute name must be a string") }
                    paths[i] = try vm.attributePath(arguments[i])
                }
                let given = try vm.tuple(arguments, count: count)
                let v = vm.newInstance(PyType(cls))
                v.cast(AttrGetterLayout.self).pointee.given = given
                v.cast(AttrGetterLayout.self).pointee.paths = paths.value
                return v
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "attrgetter")
                try vm.checkArgumentCount("attrgetter", count, 1, 1)
                let paths = PyTuple(v.cast(AttrGetterLayout.self).pointee.paths)
                if paths.count == 1 { return try vm.follow(paths[0], arguments[0]) }
                let result = try vm.newTuple(paths.count)
                for i in 0..<paths.count { result[i] = try vm.follow(paths[i], arguments[0]) }
                return result.value
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in try vm.getterRepr(v, v.cast(AttrGetterLayout.self).pointee.given) }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.tuple(vm.type(of: v).value, v.cast(AttrGetterLayout.self).pointee.given)
        }
        readyType(t.type)
    }

    /// An interned name, or the tuple of a dotted name's parts.
    private func attributePath(_ name: Value) throws(Raised) -> Value {
        let text = PyStr(name)
        let parts = try newList()
        var start = 0
        for i in 0...text.count where i == text.count || text[i] == UInt32(UInt8(ascii: ".")) {
            try parts.append(self, internValue(substring(text, start, i)))
            start = i + 1
        }
        return parts.count == 1 ? parts[0] : try tupleFrom(parts.value)
    }

    private func follow(_ path: Value, _ object: Value) throws(Raised) -> Value {
        if !isTuple(path) { return try getAttr(object, path) }
        var object = object
        for i in 0..<PyTuple(path).count { object = try getAttr(object, PyTuple(path)[i]) }
        return object
    }

    // MARK: methodcaller

    private func makeMethodCaller() {
        let t = makeType("methodcaller", module: "operator", size: MemoryLayout<MethodCallerLayout>.size, trace: .words, fieldsEnd: 32, flags: [])
        t.statesGetAttribute()
        library.pointee.methodcaller = t.type
        t.doc("methodcaller(name, ...) --> methodcaller object\n\nReturn a callable object that calls the given method on its operand.\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if count < 1 { throw vm.raise(.typeError, "methodcaller needs at least one argument, the method name") }
                if !vm.isStr(arguments[0]) { throw vm.raise(.typeError, "method name must be a string") }
                let name = vm.isExactStr(arguments[0]) ? vm.internValue(arguments[0]) : arguments[0]
                let args = try vm.tuple(arguments + 1, count: count - 1)
                let dict = try vm.keywordDict(arguments + count, keywords)
                let v = vm.newInstance(PyType(cls))
                let layout = v.cast(MethodCallerLayout.self)
                layout.pointee.name = name
                layout.pointee.args = args
                layout.pointee.keywords = dict
                return v
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "methodcaller")
                try vm.checkArgumentCount("methodcaller", count, 1, 1)
                let layout = v.cast(MethodCallerLayout.self)
                let args = PyTuple(layout.pointee.args)
                if layout.pointee.keywords.isNull {
                    let slots = try vm.pushStack(args.count + 1)
                    defer { vm.popStack(slots) }
                    slots[0] = arguments[0]
                    (slots + 1).update(from: args.items, count: args.count)
                    return try vm.callMethod(slots, args.count + 1, layout.pointee.name)
                }
                let method = try vm.getAttr(arguments[0], layout.pointee.name)
                return try vm.callWithTuple(method, layout.pointee.args, layout.pointee.keywords)
            }
        }
        t.type.slots.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.methodCallerRepr(v) } }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(MethodCallerLayout.self)
                let args = PyTuple(layout.pointee.args)
                if layout.pointee.keywords.isNull {
                    let all = try vm.newTuple(args.count + 1)
                    all[0] = layout.pointee.name
                    for i in 0..<args.count { all[i + 1] = args[i] }
                    return vm.tuple(vm.type(of: v).value, all.value)
                }
                let partial = try vm.getAttr(vm.importModule("functools"), "partial")
                let bound = try vm.callWithTuple(partial, vm.tuple(vm.type(of: v).value, layout.pointee.name), layout.pointee.keywords)
                return vm.tuple(bound, layout.pointee.args)
            }
        }
        readyType(t.type)
    }

    /// A dict of the keyword arguments that follow the positional ones; NULL if there are none.
    func keywordDict(_ values: UnsafeMutablePointer<Value>, _ keywords: Value) throws(Raised) -> Value {
        let count = keywordCount(keywords)
        if count == 0 { return .null }
        let dict = newDict()
        for i in 0..<count { try dict.set(self, PyTuple(keywords)[i], values[i]) }
        return dict.value
    }

    private func methodCallerRepr(_ v: Value) throws(Raised) -> Value {
        let layout = v.cast(MethodCallerLayout.self)
        let name = typeText(type(of: v))
        if try !enterRepr(v) { return str("\(name)(...)") }
        defer { leaveRepr(v) }
        let parts = try newList()
        try parts.append(self, repr(layout.pointee.name))
        try appendCallTexts(parts, layout.pointee.args, layout.pointee.keywords)
        let inner = try joinTexts(parts, open: "(", separator: ", ", close: ")")
        return try joinTwo(str(name), inner)
    }

    /// The reprs of positional arguments and "name=repr" of keyword ones.
    func appendCallTexts(_ parts: PyList, _ args: Value, _ keywords: Value) throws(Raised) {
        let tuple = PyTuple(args)
        for i in 0..<tuple.count { try parts.append(self, repr(tuple[i])) }
        if keywords.isNull { return }
        var position = 0
        while let (key, value) = PyDict(keywords).next(&position) {
            let pair = try newList(capacity: 2)
            try pair.append(self, str(of: key))
            try pair.append(self, repr(value))
            try parts.append(self, joinTexts(pair, open: "", separator: "=", close: ""))
        }
    }

    func joinTwo(_ a: Value, _ b: Value) throws(Raised) -> Value {
        let both = try newList(capacity: 2)
        try both.append(self, a)
        try both.append(self, b)
        return try joinTexts(both, open: "", separator: "", close: "")
    }
}
