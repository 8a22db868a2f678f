// `collections.OrderedDict`: slots, methods, views, iterators. CPython: Objects/odictobject.c.

/// What an `odict_iterator` yields.
private enum OrderedKind: Int { case keys, values, items }

private struct OrderedIteratorLayout {
    var type: PyType
    /// NULL = exhausted.
    var dict: Value
    // Not values:
    var index: Int
    /// The dict's `keysVersion` when iteration began.
    var version: UInt64
    var count: Int
    var kind: Int
    var isReversed: Bool
}

extension VM {
    private func isOrdered(_ value: Value) -> Bool { isInstance(value, ofType: library.pointee.orderedDict) }
    private func isPlainOrdered(_ value: Value) -> Bool { value.isExactly(library.pointee.orderedDict) }

    func makeOrderedDict() {
        let t = makeType("OrderedDict", module: "collections", base: types.dict, size: MemoryLayout<OrderedDictLayout>.size, trace: .dict, flags: [.baseType, .weakrefable])
        library.pointee.orderedDict = t.type
        t.type.ref.pointee.extraStart = 32
        giveDict(t.type)
        t.doc("Dictionary that remembers insertion order")
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                if count > 1 { throw vm.raise(.typeError, "expected at most 1 arguments, got \(count)") }
                try vm.updateMutableMapping(v, arguments, count, keywords)
            }
        }
        fillOrderedSlots(t.type.slotsPointer)
        defineOrderedItems(t)
        defineOrderedWhole(t)
        makeOrderedIterator()
        makeOrderedViews()
        readyType(t.type)
    }

    // MARK: Slots

    private func fillOrderedSlots(_ s: UnsafeMutablePointer<TypeSlots>) {
        s.pointee.hash = hashNotImplemented
        s.pointee.iter = { vm, v in vm.newOrderedIterator(v, .keys, isReversed: false) }
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.orderedRepr(v) } }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isDict(b), op == 2 || op == 3 else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                var same = try vm.dictsEqual(PyDict(a), PyDict(b))
                if same && vm.isOrdered(b) { same = try vm.sameOrder(a, b) }
                return Value(same == (op == 2))
            }
        }
        // Of its own, so that `collections` sees a class that stores by itself.
        s.pointee.setItem = { vm, v, key, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull {
                    if try PyDict(v).remove(vm, key).isNull { throw vm.raise(.keyError, value: key) }
                } else {
                    try PyDict(v).set(vm, key, value)
                }
            }
        }
        s.pointee.or = { vm, a, b in
            vm.guarded { () throws(Raised) in
                if !vm.isDict(a) || !vm.isDict(b) { return .notImplemented }
                let cls = vm.type(of: vm.isOrdered(a) ? a : b).value
                let new = try vm.call(cls, a)
                try vm.updateMapping(new, b)
                return new
            }
        }
        s.pointee.inplaceOr = { vm, a, b in
            vm.guarded { () throws(Raised) in
                try vm.updateMapping(a, b)
                return a
            }
        }
    }

    private func sameOrder(_ a: Value, _ b: Value) throws(Raised) -> Bool {
        let left = newOrderedIterator(a, .keys, isReversed: false), right = newOrderedIterator(b, .keys, isReversed: false)
        while true {
            let x = try nextRaw(left), y = try nextRaw(right)
            if x.isNull || y.isNull { return x.isNull && y.isNull }
            if try !equalKeys(x, y) { return false }
        }
    }

    private func orderedRepr(_ v: Value) throws(Raised) -> Value {
        let name = PyStr(type(of: v).name).string
        if PyDict(v).count == 0 { return str("\(name)()") }
        if try !enterRepr(v) { return str("...") }
        defer { leaveRepr(v) }
        let pairs: Value
        if isPlainOrdered(v) {
            pairs = try listFrom(newOrderedIterator(v, .items, isReversed: false)).value
        } else {
            pairs = try listFrom(callMethod(v, names.items)).value
        }
        let parts = try newList(capacity: 3)
        try parts.append(self, str("\(name)("))
        try parts.append(self, repr(pairs))
        try parts.append(self, str(")"))
        return try joinTexts(parts, open: "", separator: "", close: "")
    }

    // MARK: Updating as a mutable mapping does

    private func updateMutableMapping(_ v: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) {
        if count > 1 { throw raise(.typeError, "update() takes at most 1 positional argument (\(count) given)") }
        if count == 1 { try updateMapping(v, arguments[0]) }
        for i in 0..<keywordCount(keywords) { try setItem(v, PyTuple(keywords)[i], arguments[count + i]) }
    }

    private func updateMapping(_ v: Value, _ source: Value) throws(Raised) {
        if source.isExactly(types.dict) || isPlainOrdered(source) {
            let dict = PyDict(source)
            if isPlainOrdered(v) && dict.ref != PyDict(v).ref {
                let version = dict.watchKeys(self)
                for i in 0..<dict.used {
                    if i >= dict.used { break }
                    let entry = dict.entry(at: i).pointee
                    if entry.key.isNull { continue }
                    try PyDict(v).set(self, entry.key, hash: entry.hash, entry.value)
                    if dict.ref.pointee.keysVersion != version { throw raise(.runtimeError, "dict mutated during update") }
                }
                return
            }
        }
        if source.isExactly(types.dict) { return try addPairs(v, listFrom(callMethod(source, names.items)).value) }
        let keys = try getAttrIfPresent(source, names.keys)
        if !keys.isNull {
            let iterator = try iter(call(keys))
            while let key = try next(iterator) { try setItem(v, key, getItem(source, key)) }
            return
        }
        let items = try getAttrIfPresent(source, names.items)
        try addPairs(v, items.isNull ? source : call(items))
    }

    private func addPairs(_ v: Value, _ pairs: Value) throws(Raised) {
        let iterator = try iter(pairs)
        while let pair = try next(iterator) {
            let parts = try iter(pair)
            guard let key = try next(parts) else { throw raise(.valueError, "need more than 0 values to unpack") }
            guard let value = try next(parts) else { throw raise(.valueError, "need more than 1 value to unpack") }
            if try next(parts) != nil { throw raise(.valueError, "too many values to unpack (expected 2)") }
            try setItem(v, key, value)
        }
    }

    // MARK: Methods on one item

    private func defineOrderedItems(_ t: TypeBuilder) {
        t.defN("setdefault($self, /, key, default=None)", "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let fallback = a[1].isNull ? Value.none : a[1]
                if vm.isPlainOrdered(v) {
                    let hash = try vm.hash(a[0])
                    let found = try PyDict(v).get(vm, a[0], hash: hash)
                    if !found.isNull { return found }
                    try PyDict(v).set(vm, a[0], hash: hash, fallback)
                    return fallback
                }
                if try vm.contains(v, a[0]) { return try vm.getItem(v, a[0]) }
                try vm.setItem(v, a[0], fallback)
                return fallback
            }
        }
        t.defN("pop($self, /, key, default=<unrepresentable>)", "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let value = try vm.takeOrdered(v, a[0])
                if !value.isNull { return value }
                if !a[1].isNull { return a[1] }
                throw vm.raiseMissingKey(a[0])
            }
        }
        t.defN("popitem($self, /, last=True)", "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if false.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let last = try a[0].isNull ? true : vm.isTrue(a[0])
                let od = PyOrderedDict(v)
                let number = last ? od.lastEntry() : od.firstEntry()
                if number < 0 { throw vm.raise(.keyError, "dictionary is empty") }
                let key = od.dict.entry(at: number).pointee.key
                if vm.isPlainOrdered(v) { return vm.tuple(key, od.dict.removeEntry(number)) }
                let value = try vm.takeOrdered(v, key)
                if value.isNull { throw vm.raiseMissingKey(key) }
                return vm.tuple(key, value)
            }
        }
        t.defN("move_to_end($self, /, key, last=True)", "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let last = try a[1].isNull ? true : vm.isTrue(a[1])
                let od = PyOrderedDict(v)
                let number = try od.dict.find(vm, a[0], vm.hash(a[0]))
                if number < 0 { throw vm.raiseMissingKey(a[0]) }
                if last { try od.moveToEnd(vm, number) } else { try od.moveToFront(vm, number) }
                return .none
            }
        }
    }

    /// Removes `key` and returns its value, NULL if it is not there. A subclass's own methods are used.
    private func takeOrdered(_ v: Value, _ key: Value) throws(Raised) -> Value {
        if isPlainOrdered(v) { return try PyDict(v).remove(self, key) }
        if try !contains(v, key) { return .null }
        let value = try getItem(v, key)
        try deleteItem(v, key)
        return value
    }

    // MARK: Methods on the whole

    private func defineOrderedWhole(_ t: TypeBuilder) {
        t.defN("fromkeys($type, /, iterable, value=None)", "Create a new ordered dictionary with keys from iterable and values set to value.", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let target = try vm.call(cls)
                let iterator = try vm.iter(a[0])
                while let key = try vm.next(iterator) { try vm.setItem(target, key, a[1].isNull ? .none : a[1]) }
                return target
            }
        }
        t.def0("-keys($self, /)", "") { vm, v in vm.newFields(vm.library.pointee.orderedKeys, v) }
        t.def0("-values($self, /)", "") { vm, v in vm.newFields(vm.library.pointee.orderedValues, v) }
        t.def0("-items($self, /)", "") { vm, v in vm.newFields(vm.library.pointee.orderedItems, v) }
        t.defV("-update(...)", "") { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.updateMutableMapping(v, arguments, count, keywords)
                return .none
            }
        }
        t.def0("-clear($self, /)", "od.clear() -> None.  Remove all items from od.") { _, v in
            PyDict(v).clear()
            PyOrderedDict(v).ref.pointee.table = .null
            return .none
        }
        t.def0("-copy($self, /)", "od.copy() -> a shallow copy of od") { vm, v in
            vm.guarded { () throws(Raised) in
                let copy = try vm.call(vm.isPlainOrdered(v) ? vm.library.pointee.orderedDict.value : vm.type(of: v).value)
                let iterator = vm.newOrderedIterator(v, .keys, isReversed: false)
                while let key = try vm.next(iterator) {
                    try vm.setItem(copy, key, vm.isPlainOrdered(v) ? PyDict(v).get(vm, key) : vm.getItem(v, key))
                }
                return copy
            }
        }
        t.def0("-__reversed__($self, /)", "od.__reversed__() <==> reversed(od)") { vm, v in vm.newOrderedIterator(v, .keys, isReversed: true) }
        t.def0("-__sizeof__($self, /)", "") { vm, v in vm.int(96 + PyDict(v).used * 24) }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.guarded { () throws(Raised) in
                var state = try vm.getAttrIfPresent(v, vm.names.__dict__)
                if state.isNull { state = .none }
                if vm.isDict(state) && PyDict(state).count == 0 { state = .none }
                let items = try vm.iter(vm.callMethod(v, vm.names.items))
                let result = try vm.newTuple(5)
                result[0] = vm.type(of: v).value
                result[1] = vm.emptyTuple
                result[2] = state
                result[3] = .none
                result[4] = items
                return result.value
            }
        }
    }

    // MARK: Iterators and views

    private func newOrderedIterator(_ v: Value, _ kind: OrderedKind, isReversed: Bool) -> Value {
        let layout = allocateUninitialized(MemoryLayout<OrderedIteratorLayout>.size, library.pointee.orderedIterator)
            .assumingMemoryBound(to: OrderedIteratorLayout.self)
        let dict = PyDict(v)
        layout.pointee.dict = v
        layout.pointee.index = isReversed ? dict.used - 1 : PyOrderedDict(v).firstEntry()
        layout.pointee.version = dict.watchKeys(self)
        layout.pointee.count = dict.count
        layout.pointee.kind = kind.rawValue
        layout.pointee.isReversed = isReversed
        return Value(layout)
    }

    private func nextOrdered(_ it: UnsafeMutablePointer<OrderedIteratorLayout>) throws(Raised) -> Value {
        if it.pointee.dict.isNull { return .null }
        let dict = PyDict(it.pointee.dict)
        if dict.ref.pointee.keysVersion != it.pointee.version { throw raise(.runtimeError, "OrderedDict mutated during iteration") }
        let used = dict.used
        var i = it.pointee.index
        while i >= 0 && i < used {
            let entry = dict.entry(at: i)
            i += it.pointee.isReversed ? -1 : 1
            if entry.pointee.key.isNull { continue }
            it.pointee.index = i
            switch it.pointee.kind {
            case OrderedKind.keys.rawValue: return entry.pointee.key
            case OrderedKind.values.rawValue: return entry.pointee.value
            default: return tuple(entry.pointee.key, entry.pointee.value)
            }
        }
        it.pointee.dict = .null
        return .null
    }

    private func makeOrderedIterator() {
        let t = makeType("odict_iterator", module: "builtins", size: MemoryLayout<OrderedIteratorLayout>.size, trace: .words, fieldsEnd: 16, flags: .disallowInstantiation)
        library.pointee.orderedIterator = t.type
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in vm.guarded { () throws(Raised) in try vm.nextOrdered(v.cast(OrderedIteratorLayout.self)) } }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.guarded { () throws(Raised) in
                // The iterator itself stays where it is.
                let copy = vm.newFields(vm.library.pointee.orderedIterator, .null)
                copy.cast(OrderedIteratorLayout.self).pointee = v.cast(OrderedIteratorLayout.self).pointee
                return vm.tuple(try vm.builtin("iter"), vm.tuple(try vm.listFrom(copy).value))
            }
        }
        readyType(t.type)
    }

    private func viewed(_ v: Value) -> Value { v.cast(FieldsLayout.self).pointee.f0 }

    private func makeOrderedViews() {
        let keys = makeType("odict_keys", module: "builtins", base: types.dictKeys, flags: .disallowInstantiation)
        library.pointee.orderedKeys = keys.type
        keys.type.slots.iter = { vm, v in vm.newOrderedIterator(vm.viewed(v), .keys, isReversed: false) }
        keys.def0("-__reversed__($self, /)", "") { vm, v in vm.newOrderedIterator(vm.viewed(v), .keys, isReversed: true) }
        readyType(keys.type)
        let values = makeType("odict_values", module: "builtins", base: types.dictValues, flags: .disallowInstantiation)
        library.pointee.orderedValues = values.type
        values.type.slots.iter = { vm, v in vm.newOrderedIterator(vm.viewed(v), .values, isReversed: false) }
        values.def0("-__reversed__($self, /)", "") { vm, v in vm.newOrderedIterator(vm.viewed(v), .values, isReversed: true) }
        readyType(values.type)
        let items = makeType("odict_items", module: "builtins", base: types.dictItems, flags: .disallowInstantiation)
        library.pointee.orderedItems = items.type
        items.type.slots.iter = { vm, v in vm.newOrderedIterator(vm.viewed(v), .items, isReversed: false) }
        items.def0("-__reversed__($self, /)", "") { vm, v in vm.newOrderedIterator(vm.viewed(v), .items, isReversed: true) }
        readyType(items.type)
    }

    /// PyErr_SetObject's way with a key: a tuple is all the arguments, None none.
    fileprivate func raiseMissingKey(_ key: Value) -> Raised {
        if key.isNone { return raise(.keyError) }
        return isTuple(key) ? raise(.keyError, args: key) : raise(.keyError, value: key)
    }
}
