// `groupby` and `tee`. CPython: Modules/itertoolsmodule.c.

private struct GroupByLayout {
    var type: PyType
    var source: Value
    /// None = the items are their own keys.
    var keyFunction: Value
    /// The key of the group handed out last; NULL before the first.
    var targetKey: Value
    var currentKey: Value
    /// The item read ahead; NULL = none.
    var currentValue: Value
    /// Only the group handed out last may still read; not kept alive for anything else.
    var currentGroup: Value
}

/// A piece of the queue behind a family of `tee` iterators.
///
///     data ─▶ [57 items] ─next─▶ [57 items] ─next─▶ ... the last one reads from the source
private struct TeeDataLayout {
    var type: PyType
    var source: Value
    /// A tuple of `teeCells`, NULL beyond `count`.
    var items: Value
    var next: Value
    // Not values:
    var count: Int
    var isReading: Bool
}

private struct TeeLayout {
    var type: PyType
    var data: Value
    var index: Int
}

private var teeCells: Int { 57 }

extension VM {
    // MARK: groupby

    func makeGroupBy() -> TypeBuilder {
        let t = iteratorType("groupby", values: 6)
        library.pointee.groupby = t.type
        t.doc("make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide into groups according to the key function.\n  key\n    A function for computing the group category for each element.\n    If the key function is not specified or is None, the element itself\n    is used for grouping.", signature: "(iterable, key=None)")
        t.new("(iterable, key=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let source = try vm.iter(a[0])
                let v = vm.newInstance(PyType(cls))
                v.cast(GroupByLayout.self).pointee.source = source
                v.cast(GroupByLayout.self).pointee.keyFunction = a[1].isNull ? .none : a[1]
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(GroupByLayout.self)
                it.pointee.currentGroup = .null
                // On to the first item with another key.
                while true {
                    if !it.pointee.currentKey.isNull {
                        if it.pointee.targetKey.isNull { break }
                        if try !vm.equalKeys(it.pointee.targetKey, it.pointee.currentKey) { break }
                    }
                    if try !vm.readGroupItem(it) { return .null }
                }
                it.pointee.targetKey = it.pointee.currentKey
                let group = vm.newFields(vm.library.pointee.grouper, v, it.pointee.targetKey)
                it.pointee.currentGroup = group
                return vm.tuple(it.pointee.currentKey, group)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let it = v.cast(GroupByLayout.self).pointee
            let arguments = vm.tuple(it.source, it.keyFunction)
            if it.targetKey.isNull || it.currentKey.isNull || it.currentValue.isNull { return vm.tuple(vm.type(of: v).value, arguments) }
            return vm.tuple(vm.type(of: v).value, arguments, vm.tuple(it.currentKey, it.currentValue, it.targetKey))
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let parts = try vm.stateTuple(state, size: 3)
                let it = v.cast(GroupByLayout.self)
                it.pointee.currentKey = parts[0]
                it.pointee.currentValue = parts[1]
                it.pointee.targetKey = parts[2]
                return .none
            }
        }
        return t
    }

    /// Reads one item ahead; false at the end.
    private func readGroupItem(_ it: UnsafeMutablePointer<GroupByLayout>) throws(Raised) -> Bool {
        guard let item = try next(it.pointee.source) else { return false }
        let key = it.pointee.keyFunction.isNone ? item : try call(it.pointee.keyFunction, item)
        it.pointee.currentValue = item
        it.pointee.currentKey = key
        return true
    }

    /// f0 = the groupby, f1 = the group's key.
    func makeGrouper() -> TypeBuilder {
        let t = iteratorType("_grouper", values: 2, flags: [])
        library.pointee.grouper = t.type
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "_grouper", count, 2, 2, keywords)
                guard vm.isInstance(arguments[0], ofType: vm.library.pointee.groupby) else {
                    throw vm.raise(.typeError, "_grouper() argument 1 must be itertools.groupby, not \(vm.argumentTypeName(arguments[0]))")
                }
                let group = vm.newFields(vm.library.pointee.grouper, arguments[0], arguments[1])
                arguments[0].cast(GroupByLayout.self).pointee.currentGroup = group
                return group
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let it = f.pointee.f0.cast(GroupByLayout.self)
            if it.pointee.currentGroup != v { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.currentValue.isNull, try !vm.readGroupItem(it) { return .null }
                if try !vm.equalKeys(f.pointee.f1, it.pointee.currentKey) { return .null }
                let item = it.pointee.currentValue
                it.pointee.currentValue = .null
                return item
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                if f.pointee.f0.cast(GroupByLayout.self).pointee.currentGroup != v { return vm.tuple(try vm.builtin("iter"), vm.tuple(vm.emptyTuple)) }
                return vm.tuple(vm.type(of: v).value, vm.tuple(f.pointee.f0, f.pointee.f1))
            }
        }
        return t
    }

    // MARK: tee

    private func newTeeData(_ source: Value) throws(Raised) -> Value {
        let items = try newTuple(teeCells)
        return newFields(library.pointee.teeData, source, items.value)
    }

    private func newTee(_ data: Value, _ index: Int) -> Value {
        let v = newInstance(library.pointee.tee)
        v.cast(TeeLayout.self).pointee.data = data
        v.cast(TeeLayout.self).pointee.index = index
        return v
    }

    private func teeFrom(_ iterable: Value) throws(Raised) -> Value {
        let source = try iter(iterable)
        if source.isExactly(library.pointee.tee) {
            let tee = source.cast(TeeLayout.self).pointee
            return newTee(tee.data, tee.index)
        }
        return newTee(try newTeeData(source), 0)
    }

    private func nextOfTee(_ tee: UnsafeMutablePointer<TeeLayout>) throws(Raised) -> Value {
        if tee.pointee.index >= teeCells {
            let data = tee.pointee.data.cast(TeeDataLayout.self)
            if data.pointee.next.isNull { data.pointee.next = try newTeeData(data.pointee.source) }
            tee.pointee.data = data.pointee.next
            tee.pointee.index = 0
        }
        let data = tee.pointee.data.cast(TeeDataLayout.self)
        let index = tee.pointee.index
        if index >= data.pointee.count {
            if data.pointee.isReading { throw raise(.runtimeError, "cannot re-enter the tee iterator") }
            data.pointee.isReading = true
            let item = advance(data.pointee.source)
            data.pointee.isReading = false
            if item.isNull { return .null }
            if data.pointee.count < teeCells {
                PyTuple(data.pointee.items)[data.pointee.count] = item
                data.pointee.count += 1
            }
        }
        tee.pointee.index = index + 1
        return index < data.pointee.count ? PyTuple(data.pointee.items)[index] : .null
    }

    func makeTeeData() -> TypeBuilder {
        let t = iteratorType("_tee_dataobject", values: 3, words: 2, flags: [])
        library.pointee.teeData = t.type
        t.doc("teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "teedataobject", count, 3, 3, keywords)
                guard vm.isList(arguments[1]) else {
                    throw vm.raise(.typeError, "teedataobject() argument 2 must be list, not \(vm.argumentTypeName(arguments[1]))")
                }
                let v = try vm.newTeeData(vm.iter(arguments[0]))
                let data = v.cast(TeeDataLayout.self)
                let values = PyList(arguments[1])
                if values.count > teeCells { throw vm.raise(.valueError, "Invalid arguments") }
                for i in 0..<values.count { PyTuple(data.pointee.items)[i] = values[i] }
                data.pointee.count = values.count
                if !arguments[2].isNone {
                    if values.count != teeCells { throw vm.raise(.valueError, "Invalid arguments") }
                    if !arguments[2].isExactly(vm.library.pointee.teeData) { throw vm.raise(.valueError, "Invalid arguments") }
                    data.pointee.next = arguments[2]
                }
                return v
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let data = v.cast(TeeDataLayout.self)
                let values = try vm.list(PyTuple(data.pointee.items).items, count: data.pointee.count)
                return vm.tuple(
                    vm.type(of: v).value, vm.tuple(data.pointee.source, values, data.pointee.next.isNull ? .none : data.pointee.next))
            }
        }
        return t
    }

    func makeTee() -> TypeBuilder {
        let t = iteratorType("_tee", values: 1, words: 1, flags: .weakrefable)
        library.pointee.tee = t.type
        t.doc("Iterator wrapped to make it copyable.", signature: "(iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "_tee", count, 1, 1, keywords)
                return try vm.teeFrom(arguments[0])
            }
        }
        t.type.slots.iternext = { vm, v in
            // The common case: the item is there.
            let tee = v.cast(TeeLayout.self)
            let data = tee.pointee.data.cast(TeeDataLayout.self)
            let index = tee.pointee.index
            if index < data.pointee.count {
                tee.pointee.index = index + 1
                return PyTuple(data.pointee.items)[index]
            }
            return vm.guarded { () throws(Raised) in try vm.nextOfTee(tee) }
        }
        t.def0("-__copy__($self, /)", "Returns an independent iterator.") { vm, v in
            let tee = v.cast(TeeLayout.self).pointee
            return vm.newTee(tee.data, tee.index)
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let tee = v.cast(TeeLayout.self).pointee
            return vm.tuple(vm.type(of: v).value, vm.tuple(vm.emptyTuple), vm.tuple(tee.data, Value(small: tee.index)))
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let parts = try vm.stateTuple(state, size: 2)
                guard parts[0].isExactly(vm.library.pointee.teeData) else {
                    throw vm.raise(.typeError, "argument 1 must be itertools._tee_dataobject, not \(vm.argumentTypeName(parts[0]))")
                }
                let index = try vm.indexInt(parts[1])
                if index < 0 || index > teeCells { throw vm.raise(.valueError, "Index out of range") }
                v.cast(TeeLayout.self).pointee.data = parts[0]
                v.cast(TeeLayout.self).pointee.index = index
                return .none
            }
        }
        return t
    }

    func defineTee(_ m: ModuleBuilder) {
        m.defN("tee($module, iterable, n=2, /)", "Returns a tuple of n independent iterators.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let n = a[1].isNull ? 2 : try vm.indexInt(a[1])
                if n < 0 { throw vm.raise(.valueError, "n must be >= 0") }
                let result = try vm.newTuple(n)
                if n == 0 { return vm.emptyTuple }
                var first = try vm.iter(a[0])
                var copy = try vm.getAttrIfPresent(first, vm.names.__copy__)
                if copy.isNull {
                    first = try vm.teeFrom(first)
                    copy = try vm.getAttr(first, vm.names.__copy__)
                }
                result[0] = first
                for i in 1..<max(1, n) { result[i] = try vm.call(copy) }
                return result.value
            }
        }
    }
}
