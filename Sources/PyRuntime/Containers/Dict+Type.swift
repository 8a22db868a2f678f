// `dict`: slots and methods. Views are in Dict+Views.swift, the table in Objects/PyDict.swift. CPython: Objects/dictobject.c.

extension VM {
    func installDict() {
        let t = TypeBuilder(self, types.dict)
        t.doc(
            "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in try vm.dictUpdate(PyDict(v), arguments, count, keywords, "dict") }
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.dictRepr(v) } }
        s.pointee.hash = hashNotImplemented
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isDict(b), op == 2 || op == 3 else { return .notImplemented }
            return vm.guarded { () throws(Raised) in Value(try vm.dictsEqual(PyDict(a), PyDict(b)) == (op == 2)) }
        }
        s.pointee.iter = { vm, v in vm.newTableIterator(vm.types.dictKeyIterator, v, PyDict(v).count) }
        s.pointee.mapLength = { _, v in PyDict(v).count }
        s.pointee.contains = { vm, v, key in vm.guardedBool { () throws(Raised) in try !PyDict(v).get(vm, key).isNull } }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.dictGetItem(v, key) } }
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
                guard vm.isDict(a) && vm.isDict(b) else { return .notImplemented }
                let result = try PyDict(a).copy(vm)
                try vm.dictMerge(result, b)
                return result.value
            }
        }
        s.pointee.inplaceOr = { vm, a, b in
            vm.guarded { () throws(Raised) in
                try vm.dictUpdateFrom(PyDict(a), b)
                return a
            }
        }
        installDictMethods(t)
        installDictViews()
    }

    func newTableIterator(_ type: PyType, _ source: Value, _ count: Int) -> Value {
        let layout = allocateUninitialized(MemoryLayout<TableIteratorLayout>.size, type).assumingMemoryBound(to: TableIteratorLayout.self)
        layout.pointee.source = source
        layout.pointee.index = 0
        layout.pointee.expectedCount = count
        layout.pointee.remaining = count
        return Value(layout)
    }

    func dictGetItem(_ v: Value, _ key: Value) throws(Raised) -> Value {
        let found = try PyDict(v).get(self, key)
        if !found.isNull { return found }
        if !v.isExactly(types.dict) {
            let result = try callSpecial(v, names.__missing__, key)
            if !result.isNull { return result }
        }
        throw raise(.keyError, value: key)
    }

    private func dictRepr(_ v: Value) throws(Raised) -> Value {
        let dict = PyDict(v)
        if dict.count == 0 { return str("{}") }
        if try !enterRepr(v) { return str("{...}") }
        defer { leaveRepr(v) }
        let parts = try newList()
        let colon = str(": ")
        var position = 0
        while let (key, value) = dict.next(&position) {
            let pair = try newList(capacity: 3)
            try pair.append(self, repr(key))
            try pair.append(self, colon)
            try pair.append(self, repr(value))
            try parts.append(self, joinTexts(pair, open: "", separator: "", close: ""))
        }
        return try joinTexts(parts, open: "{", separator: ", ", close: "}")
    }

    func dictsEqual(_ a: PyDict, _ b: PyDict) throws(Raised) -> Bool {
        if a.count != b.count { return false }
        var i = 0
        while i < a.used {
            let entry = a.entry(at: i).pointee
            i += 1
            if entry.key.isNull { continue }
            let other = try b.get(self, entry.key, hash: entry.hash)
            if other.isNull { return false }
            if try !equalKeys(entry.value, other) { return false }
        }
        return true
    }

    /// `dict.update(*arguments, **keywords)` and the constructor.
    func dictUpdate(_ dict: PyDict, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value, _ name: String) throws(Raised) {
        if count > 1 { throw raise(.typeError, "\(name) expected at most 1 argument, got \(count)") }
        if count == 1 { try dictUpdateFrom(dict, arguments[0]) }
        if keywords.isNull { return }
        let names = PyTuple(keywords)
        for i in 0..<names.count { try dict.set(self, names[i], arguments[count + i]) }
    }

    func dictUpdateFrom(_ dict: PyDict, _ source: Value) throws(Raised) {
        if isDict(source) { return try dictMerge(dict, source) }
        let keys = try getAttrIfPresent(source, names.keys)
        if !keys.isNull { return try dictMerge(dict, source) }
        let iterator = try iter(source)
        var i = 0
        while let item = try next(iterator) {
            let pair: PyList
            do { pair = item.isExactly(types.list) ? PyList(item) : try listFrom(item) } catch {
                if raisedMatches(.typeError) {
                    clearRaised()
                    throw raise(.typeError, "cannot convert dictionary update sequence element #\(i) to a sequence")
                }
                throw Raised()
            }
            if pair.count != 2 {
                throw raise(.valueError, "dictionary update sequence element #\(i) has length \(pair.count); 2 is required")
            }
            try dict.set(self, pair[0], pair[1])
            i += 1
        }
    }

    /// Every pair of a mapping (a dict, or an object with `keys` and `__getitem__`).
    public func dictMerge(_ dict: PyDict, _ source: Value) throws(Raised) {
        if isDict(source) && (source.isExactly(types.dict) || type(of: source).slots.iter.map { unsafeBitCast($0, to: UInt.self) } == types.dict.slots.iter.map { unsafeBitCast($0, to: UInt.self) }) {
            let other = PyDict(source)
            if other.ref == dict.ref || other.count == 0 { return }
            if dict.count == 0 { return try dict.takeEntries(of: other.copy(self)) }
            var i = 0
            let expected = other.count
            while i < other.used {
                let entry = other.entry(at: i).pointee
                i += 1
                if entry.key.isNull { continue }
                try dict.set(self, entry.key, hash: entry.hash, entry.value)
                if other.count != expected { throw raise(.runtimeError, "dict mutated during update") }
            }
            return
        }
        let keys = try iter(callMethod(source, names.keys))
        while let key = try next(keys) { try dict.set(self, key, getItem(source, key)) }
    }

    private func installDictMethods(_ t: TypeBuilder) {
        t.def1("__contains__($self, key, /)", "True if the dictionary has the specified key, else False.") { vm, v, key in
            vm.guarded { () throws(Raised) in Value(try !PyDict(v).get(vm, key).isNull) }
        }
        t.def1("-__getitem__($self, key, /)", "x.__getitem__(y) <==> x[y]") { vm, v, key in vm.guarded { () throws(Raised) in try vm.dictGetItem(v, key) } }
        t.def0("-__sizeof__($self, /)", "D.__sizeof__() -> size of D in memory, in bytes") { vm, v in vm.int(64 + PyDict(v).used * 24) }
        t.defN("get($self, key, default=None, /)", "Return the value for key if key is in the dictionary, else default.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let found = try PyDict(v).get(vm, a[0])
                return found.isNull ? (a[1].isNull ? .none : a[1]) : found
            }
        }
        t.defN("setdefault($self, key, default=None, /)", "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let dict = PyDict(v)
                let hash = try vm.hash(a[0])
                let found = try dict.get(vm, a[0], hash: hash)
                if !found.isNull { return found }
                let value = a[1].isNull ? Value.none : a[1]
                try dict.insertNew(vm, a[0], hash: hash, isStr: vm.isExactStr(a[0]), value)
                return value
            }
        }
        t.defN(
            "pop($self, key, default=<unrepresentable>, /)",
            "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError."
        ) { vm, v, a in
            vm.guarded { () throws(Raised) in
                let dict = PyDict(v)
                let removed = dict.count == 0 ? Value.null : try dict.remove(vm, a[0])
                if !removed.isNull { return removed }
                if !a[1].isNull { return a[1] }
                throw vm.raise(.keyError, value: a[0])
            }
        }
        t.def0(
            "popitem($self, /)",
            "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty."
        ) { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = PyDict(v)
                if dict.count == 0 { throw vm.raise(.keyError, "popitem(): dictionary is empty") }
                var i = dict.used - 1
                while dict.entry(at: i).pointee.key.isNull { i -= 1 }
                let key = dict.entry(at: i).pointee.key
                let value = dict.removeEntry(i)
                if let table = dict.ref.pointee.table {
                    // The entries' index slots stay taken: capacity pays for them, or probing would run out of empty ones.
                    table.pointee.capacity -= table.pointee.used - UInt32(i)
                    table.pointee.used = UInt32(i)
                }
                return vm.tuple(key, value)
            }
        }
        t.def0("-keys($self, /)", "D.keys() -> a set-like object providing a view on D's keys") { vm, v in vm.newFields(vm.types.dictKeys, v) }
        t.def0("-items($self, /)", "D.items() -> a set-like object providing a view on D's items") { vm, v in vm.newFields(vm.types.dictItems, v) }
        t.def0("-values($self, /)", "D.values() -> an object providing a view on D's values") { vm, v in vm.newFields(vm.types.dictValues, v) }
        t.defV(
            "-update(...)",
            "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\nIf E is present and has a .keys() method, then does:  for k in E: D[k] = E[k]\nIf E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\nIn either case, this is followed by: for k in F:  D[k] = F[k]"
        ) { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.dictUpdate(PyDict(v), arguments, count, keywords, "update")
                return .none
            }
        }
        t.defN("fromkeys($type, iterable, value=None, /)", "Create a new dictionary with keys from iterable and values set to value.", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let value = a[1].isNull ? Value.none : a[1]
                let target = try vm.call(cls)
                if target.isExactly(vm.types.dict), try vm.fillFromHashed(PyDict(target), a[0], value) { return target }
                let iterator = try vm.iter(a[0])
                if target.isExactly(vm.types.dict) {
                    while let key = try vm.next(iterator) { try PyDict(target).set(vm, key, value) }
                } else {
                    while let key = try vm.next(iterator) { try vm.setItem(target, key, value) }
                }
                return target
            }
        }
        t.def0("-clear($self, /)", "D.clear() -> None.  Remove all items from D.") { _, v in
            PyDict(v).clear()
            return .none
        }
        t.def0("-copy($self, /)", "D.copy() -> a shallow copy of D") { vm, v in vm.guarded { () throws(Raised) in try PyDict(v).copy(vm).value } }
        t.def0("__reversed__($self, /)", "Return a reverse iterator over the dict keys.") { vm, v in vm.newReverseDictIterator(vm.types.dictReverseKeyIterator, v) }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    /// `fromkeys` of a dict or a set: the stored hashes serve. False if `source` is neither.
    private func fillFromHashed(_ dict: PyDict, _ source: Value, _ value: Value) throws(Raised) -> Bool {
        if source.isExactly(types.dict) {
            var i = 0
            while i < PyDict(source).used {
                let entry = PyDict(source).entry(at: i).pointee
                i += 1
                if !entry.key.isNull { try dict.set(self, entry.key, hash: entry.hash, value) }
            }
            return true
        }
        guard isExactAnySet(source) else { return false }
        var position = 0
        while let entry = PySet(source).next(&position) { try dict.set(self, entry.key, hash: entry.hash, value) }
        return true
    }

    func newReverseDictIterator(_ type: PyType, _ v: Value) -> Value {
        let iterator = newTableIterator(type, v, PyDict(v).count)
        iterator.cast(TableIteratorLayout.self).pointee.index = PyDict(v).used - 1
        return iterator
    }
}
