// `dict_keys`, `dict_values`, `dict_items` and the dict iterators. CPython: Objects/dictobject.c.

extension VM {
    /// The next live entry of a dict iterator; nil at the end. - Throws: RuntimeError when the dict changed size.
    @inlinable public func nextEntry(_ it: UnsafeMutablePointer<TableIteratorLayout>) throws(Raised) -> UnsafeMutablePointer<DictEntry>? {
        let source = it.pointee.source
        if source.isNull { return nil }
        let dict = PyDict(source)
        if dict.count != it.pointee.expectedCount {
            it.pointee.expectedCount = -1
            throw raise(.runtimeError, "dictionary changed size during iteration")
        }
        var i = it.pointee.index
        let used = dict.used
        while i < used {
            let entry = dict.entry(at: i)
            i += 1
            if !entry.pointee.key.isNull {
                if it.pointee.remaining == 0 {
                    it.pointee.source = .null
                    throw raise(.runtimeError, "dictionary keys changed during iteration")
                }
                it.pointee.index = i
                it.pointee.remaining -= 1
                return entry
            }
        }
        it.pointee.source = .null
        return nil
    }

    private func previousEntry(_ it: UnsafeMutablePointer<TableIteratorLayout>) throws(Raised) -> UnsafeMutablePointer<DictEntry>? {
        let source = it.pointee.source
        if source.isNull { return nil }
        let dict = PyDict(source)
        if dict.count != it.pointee.expectedCount {
            it.pointee.expectedCount = -1
            throw raise(.runtimeError, "dictionary changed size during iteration")
        }
        var i = min(it.pointee.index, dict.used - 1)
        while i >= 0 {
            let entry = dict.entry(at: i)
            i -= 1
            if !entry.pointee.key.isNull {
                it.pointee.index = i
                it.pointee.remaining -= 1
                return entry
            }
        }
        it.pointee.source = .null
        return nil
    }

    func installDictViews() {
        installView(types.dictKeys) { vm, v in vm.newTableIterator(vm.types.dictKeyIterator, v.cast(FieldsLayout.self).pointee.f0, PyDict(v.cast(FieldsLayout.self).pointee.f0).count) }
        installView(types.dictValues) { vm, v in vm.newTableIterator(vm.types.dictValueIterator, v.cast(FieldsLayout.self).pointee.f0, PyDict(v.cast(FieldsLayout.self).pointee.f0).count) }
        installView(types.dictItems) { vm, v in vm.newTableIterator(vm.types.dictItemIterator, v.cast(FieldsLayout.self).pointee.f0, PyDict(v.cast(FieldsLayout.self).pointee.f0).count) }
        types.dictKeys.slots.contains = { vm, v, key in
            vm.guardedBool { () throws(Raised) in try !PyDict(v.cast(FieldsLayout.self).pointee.f0).get(vm, key).isNull }
        }
        types.dictItems.slots.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                guard vm.isTuple(item), PyTuple(item).count == 2 else { return false }
                let found = try PyDict(v.cast(FieldsLayout.self).pointee.f0).get(vm, PyTuple(item)[0])
                return found.isNull ? false : try vm.equalKeys(found, PyTuple(item)[1])
            }
        }
        TypeBuilder(self, types.dictKeys).def0("-__reversed__($self, /)", "Return a reverse iterator over the dict keys.") { vm, v in
            vm.newReverseDictIterator(vm.types.dictReverseKeyIterator, v.cast(FieldsLayout.self).pointee.f0)
        }
        TypeBuilder(self, types.dictValues).def0("-__reversed__($self, /)", "Return a reverse iterator over the dict values.") { vm, v in
            vm.newReverseDictIterator(vm.types.dictReverseValueIterator, v.cast(FieldsLayout.self).pointee.f0)
        }
        TypeBuilder(self, types.dictItems).def0("-__reversed__($self, /)", "Return a reverse iterator over the dict items.") { vm, v in
            vm.newReverseDictIterator(vm.types.dictReverseItemIterator, v.cast(FieldsLayout.self).pointee.f0)
        }
        installSetOperations(types.dictKeys)
        installSetOperations(types.dictItems)
        installDictIterator(types.dictKeyIterator) { vm, v in
            vm.guarded { () throws(Raised) in try vm.nextEntry(v.cast(TableIteratorLayout.self))?.pointee.key ?? .null }
        }
        installDictIterator(types.dictValueIterator) { vm, v in
            vm.guarded { () throws(Raised) in try vm.nextEntry(v.cast(TableIteratorLayout.self))?.pointee.value ?? .null }
        }
        installDictIterator(types.dictItemIterator) { vm, v in
            vm.guarded { () throws(Raised) in
                guard let entry = try vm.nextEntry(v.cast(TableIteratorLayout.self)) else { return .null }
                return vm.tuple(entry.pointee.key, entry.pointee.value)
            }
        }
        installDictIterator(types.dictReverseKeyIterator) { vm, v in
            vm.guarded { () throws(Raised) in try vm.previousEntry(v.cast(TableIteratorLayout.self))?.pointee.key ?? .null }
        }
        installDictIterator(types.dictReverseValueIterator) { vm, v in
            vm.guarded { () throws(Raised) in try vm.previousEntry(v.cast(TableIteratorLayout.self))?.pointee.value ?? .null }
        }
        installDictIterator(types.dictReverseItemIterator) { vm, v in
            vm.guarded { () throws(Raised) in
                guard let entry = try vm.previousEntry(v.cast(TableIteratorLayout.self)) else { return .null }
                return vm.tuple(entry.pointee.key, entry.pointee.value)
            }
        }
    }

    private func installView(_ type: PyType, _ iter: @escaping UnarySlot) {
        let t = TypeBuilder(self, type)
        t.type.slots.iter = iter
        t.type.slots.seqLength = { _, v in PyDict(v.cast(FieldsLayout.self).pointee.f0).count }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                if try !vm.enterRepr(v) { return vm.str("...") }
                defer { vm.leaveRepr(v) }
                let name = PyStr(vm.type(of: v).name).string
                return vm.str("\(name)(\(try vm.reprText(vm.listFrom(v).value)))")
            }
        }
        t.getset("mapping", "dictionary that this view refers to") { vm, v in vm.newFields(vm.types.mappingProxy, v.cast(FieldsLayout.self).pointee.f0) }
    }

    private func installDictIterator(_ type: PyType, _ next: @escaping UnarySlot) {
        let t = TypeBuilder(self, type)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = next
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            let it = v.cast(TableIteratorLayout.self)
            if it.pointee.source.isNull || PyDict(it.pointee.source).count != it.pointee.expectedCount { return Value(small: 0) }
            return vm.int(it.pointee.remaining)
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(TableIteratorLayout.self)
                let copy = vm.newTableIterator(vm.type(of: v), it.pointee.source, it.pointee.expectedCount)
                copy.cast(TableIteratorLayout.self).pointee.index = it.pointee.index
                copy.cast(TableIteratorLayout.self).pointee.remaining = it.pointee.remaining
                return vm.tuple(try vm.builtin("iter"), vm.tuple(try vm.listFrom(copy).value))
            }
        }
    }

    /// The set algebra of `dict_keys` and `dict_items`: results are sets.
    private func installSetOperations(_ type: PyType) {
        let s = type.slotsPointer
        s.pointee.and = { vm, a, b in vm.guarded { () throws(Raised) in try vm.viewIntersection(a, b) } }
        s.pointee.or = { vm, a, b in vm.viewOperation(a, b, "update") }
        s.pointee.xor = { vm, a, b in vm.viewOperation(a, b, "symmetric_difference_update") }
        s.pointee.subtract = { vm, a, b in vm.viewOperation(a, b, "difference_update") }
        s.pointee.hash = hashNotImplemented
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isSet(b) || b.isExactly(vm.types.dictKeys) || b.isExactly(vm.types.dictItems), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = try vm.length(a), y = try vm.length(b)
                func all(_ p: Value, _ q: Value) throws(Raised) -> Bool {
                    let iterator = try vm.iter(p)
                    while let item = try vm.next(iterator) { if try !vm.contains(q, item) { return false } }
                    return true
                }
                switch op {
                case .eq: return Value(x == y ? try all(a, b) : false)
                case .ne: return Value(!(x == y ? try all(a, b) : false))
                case .lt: return Value(x < y ? try all(a, b) : false)
                case .le: return Value(x <= y ? try all(a, b) : false)
                case .gt: return Value(x > y ? try all(b, a) : false)
                case .ge: return Value(x >= y ? try all(b, a) : false)
                }
            }
        }
        TypeBuilder(self, type).def1("-isdisjoint($self, other, /)", "Return True if the view and the given iterable have a null intersection.") { vm, v, other in
            vm.guarded { () throws(Raised) in
                var (walked, asked) = (other, v)
                // The smaller of two that can be asked is walked through.
                if other == v { return try Value(vm.length(v) == 0) }
                if vm.isSet(other) || other.isExactly(vm.types.dictKeys) || other.isExactly(vm.types.dictItems), try vm.length(other) > vm.length(v) {
                    (walked, asked) = (v, other)
                }
                let iterator = try vm.iter(walked)
                while let item = try vm.next(iterator) { if try vm.contains(asked, item) { return .false } }
                return .true
            }
        }
    }

    /// What is in both: the other operand is walked through and the view asked, so that items need no hash that are in no view.
    private func viewIntersection(_ a: Value, _ b: Value) throws(Raised) -> Value {
        func isView(_ v: Value) -> Bool { v.isExactly(types.dictKeys) || v.isExactly(types.dictItems) }
        // A reflected call: the view is on the right.
        var (view, other) = isView(a) ? (a, b) : (b, a)
        if isView(other), try length(other) > length(view) { (view, other) = (other, view) }
        let result = try call(types.set.value)
        if isView(view), other.isExactly(types.set), try length(view) <= length(other) {
            return try callMethod(other, intern("intersection"), view)
        }
        let iterator = try iter(other)
        while let item = try next(iterator) { if try contains(view, item) { try PySet(result).add(self, item) } }
        return result
    }

    private func viewOperation(_ a: Value, _ b: Value, _ method: StaticString) -> Value {
        guarded { () throws(Raised) in
            let set = try call(types.set.value, a)
            _ = try callMethod(set, intern(method), b)
            return set
        }
    }
}
