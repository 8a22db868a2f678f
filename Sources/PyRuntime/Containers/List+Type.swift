// `list`: slots and methods. Sorting is in List+Sort.swift. CPython: Objects/listobject.c.

extension VM {
    func installList() {
        let t = TypeBuilder(self, types.list)
        t.doc(
            "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
            signature: "(iterable=(), /)")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.initialize("(iterable=(), /)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                PyList(v).clear()
                if !a[0].isNull { try vm.extend(PyList(v), a[0]) }
                return .none
            }
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            if PyList(v).count == 0 { return vm.str("[]") }
            return vm.guarded { () throws(Raised) in try vm.reprItems(v, open: "[", close: "]", cycle: "[...]", isTuple: false) }
        }
        s.pointee.hash = hashNotImplemented
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isList(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.compareSequences(a, b, op, isTuple: false) }
        }
        s.pointee.iter = { vm, v in vm.newSequenceIterator(vm.types.listIterator, v) }
        s.pointee.seqLength = { _, v in PyList(v).count }
        s.pointee.mapLength = { _, v in PyList(v).count }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                let list = PyList(v)
                var i = 0
                while i < list.count {
                    if try vm.equalKeys(list[i], item) { return true }
                    i += 1
                }
                return false
            }
        }
        s.pointee.item = { vm, v, i in
            let list = PyList(v)
            if i >= 0 && i < list.count { return list[i] }
            _ = vm.raise(.indexError, "list index out of range")
            return .null
        }
        s.pointee.getItem = { vm, v, key in
            if key.isSmallInt {
                let list = PyList(v)
                var i = key.smallInt
                if i < 0 { i += list.count }
                if i >= 0 && i < list.count { return list[i] }
            }
            return vm.guarded { () throws(Raised) in try vm.listGetItem(PyList(v), key) }
        }
        s.pointee.setItem = { vm, v, key, value in vm.guardedStatus { () throws(Raised) in try vm.listSetItem(PyList(v), key, value) } }
        s.pointee.concat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                if !vm.isList(b) { throw vm.raise(.typeError, "can only concatenate list (not \"\(vm.typeName(b))\") to list") }
                let x = PyList(a), y = PyList(b)
                let result = x.count + y.count == 0 ? try vm.newList() : try vm.newList(room: x.count + y.count)
                try vm.appendItems(result, x)
                try vm.appendItems(result, y)
                return result.value
            }
        }
        s.pointee.inplaceConcat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                try vm.extend(PyList(a), b)
                return a
            }
        }
        s.pointee.repeated = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let result = try vm.newList()
                try vm.repeatItems(result, PyList(v), n)
                return result.value
            }
        }
        s.pointee.inplaceRepeat = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let list = PyList(v)
                if n <= 0 {
                    list.clear()
                } else if list.count > 0 && n > 1 {
                    let copy = try vm.newList(capacity: list.count)
                    try vm.appendItems(copy, list)
                    try vm.repeatItems(list, copy, n - 1)
                }
                return v
            }
        }
        installListMethods(t)
    }

    func appendItems(_ list: PyList, _ source: PyList) throws(Raised) {
        let count = source.count
        if count == 0 { return }
        try list.grow(self, to: list.count + count)
        // Safe: grow made room; both have items.
        (list.ref.pointee.items.unsafelyUnwrapped + list.count).update(from: source.ref.pointee.items.unsafelyUnwrapped, count: count)
        list.ref.pointee.count += count
    }

    private func repeatItems(_ list: PyList, _ source: PyList, _ n: Int) throws(Raised) {
        if n <= 0 || source.count == 0 { return }
        let (total, overflow) = source.count.multipliedReportingOverflow(by: n)
        if overflow || total > 1 << 44 { throw raiseMemoryError() }
        try list.grow(self, to: list.count + total)
        guard let items = list.ref.pointee.items, let from = source.ref.pointee.items else { return }
        let target = items + list.count
        if source.count == 1 {
            target.update(repeating: from[0], count: total)
        } else {
            for k in 0..<n { (target + k * source.count).update(from: from, count: source.count) }
        }
        list.ref.pointee.count += total
    }

    private func listGetItem(_ list: PyList, _ key: Value) throws(Raised) -> Value {
        if key.isExactly(types.slice) {
            let (start, _, step, count) = try sliceIndices(key, length: list.count)
            if count > 0 && step == 1 && start >= 0 && start + count <= list.count {
                let result = try newList(room: count)
                if let from = list.ref.pointee.items { result.ref.pointee.items?.update(from: from + start, count: count) }
                result.ref.pointee.count = count
                return result.value
            }
            let result = try newList(capacity: count)
            var at = start
            for i in 0..<count where at < list.count {
                result.ref.pointee.items.unsafelyUnwrapped[i] = list[at]  // Safe: capacity >= count.
                at += step
            }
            result.ref.pointee.count = count
            return result.value
        }
        if !hasIndex(key) { throw raise(.typeError, "list indices must be integers or slices, not \(typeName(key))") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += list.count }
        if i < 0 || i >= list.count { throw raise(.indexError, "list index out of range") }
        return list[i]
    }

    func listSetItem(_ list: PyList, _ key: Value, _ value: Value) throws(Raised) {
        if key.isExactly(types.slice) { return try listSetSlice(list, key, value) }
        if !hasIndex(key) { throw raise(.typeError, "list indices must be integers or slices, not \(typeName(key))") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += list.count }
        if i < 0 || i >= list.count { throw raise(.indexError, "list assignment index out of range") }
        if value.isNull { list.remove(at: i) } else { list[i] = value }
    }

    /// Replaces items [start, stop) by `count` values at `source`.
    func replace(_ list: PyList, _ start: Int, _ stop: Int, _ source: UnsafeMutablePointer<Value>?, _ count: Int) throws(Raised) {
        let old = list.count
        let new = old - (stop - start) + count
        if new > old { try list.grow(self, to: new) }
        guard let items = list.ref.pointee.items else { return }
        (items + start + count).update(from: items + stop, count: old - stop)
        if let source { (items + start).update(from: source, count: count) }
        if new < old { (items + new).update(repeating: .null, count: old - new) }
        list.ref.pointee.count = new
    }

    private func listSetSlice(_ list: PyList, _ key: Value, _ value: Value) throws(Raised) {
        let plain = key.cast(SliceLayout.self).pointee.step.isNone
        if value.isNull {
            let (start, stop, step, count) = try sliceIndices(key, length: list.count)
            if count == 0 { return }
            if step == 1 { return try replace(list, start, max(start, stop), nil, 0) }
            // Keep what is not selected, in order.
            let low = step > 0 ? start : start + step * (count - 1)
            let stride = abs(step)
            var write = low
            var next = low
            var left = count
            for read in low..<list.count {
                if left > 0 && read == next {
                    next += stride
                    left -= 1
                    continue
                }
                list[write] = list[read]
                write += 1
            }
            for i in write..<list.count { list[i] = .null }
            list.ref.pointee.count = write
            return
        }
        let source: PyList
        if value.isExactly(types.list) && value != list.value {
            source = PyList(value)
        } else {
            do { source = try listFrom(value) } catch {
                if raisedMatches(.typeError) && type(of: value).slots.iter == nil && type(of: value).slots.item == nil {
                    clearRaised()
                    throw raise(.typeError, plain ? "can only assign an iterable" : "must assign iterable to extended slice")
                }
                throw Raised()
            }
        }
        // The indices come after the source: its iteration may have changed the list.
        let (start, stop, step, count) = try sliceIndices(key, length: list.count)
        if step == 1 { return try replace(list, start, max(start, stop), source.ref.pointee.items, source.count) }
        if source.count != count {
            throw raise(.valueError, "attempt to assign sequence of size \(source.count) to extended slice of size \(count)")
        }
        var at = start
        for i in 0..<count {
            list[at] = source[i]
            at += step
        }
    }

    private func installListMethods(_ t: TypeBuilder) {
        t.def0("__reversed__($self, /)", "Return a reverse iterator over the list.") { vm, v in
            vm.newSequenceIterator(vm.types.listReverseIterator, v, index: PyList(v).count - 1)
        }
        t.def0("__sizeof__($self, /)", "Return the size of the list in memory, in bytes.") { vm, v in vm.int(40 + PyList(v).ref.pointee.capacity * 8) }
        t.def0("clear($self, /)", "Remove all items from list.") { _, v in
            PyList(v).clear()
            return .none
        }
        t.def0("copy($self, /)", "Return a shallow copy of the list.") { vm, v in
            vm.guarded { () throws(Raised) in
                let result = try vm.newList(capacity: PyList(v).count)
                try vm.appendItems(result, PyList(v))
                return result.value
            }
        }
        t.def1("append($self, object, /)", "Append object to the end of the list.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                try PyList(v).append(vm, item)
                return .none
            }
        }
        t.def2("insert($self, index, object, /)", "Insert object before index.") { vm, v, index, item in
            vm.guarded { () throws(Raised) in
                var i = try vm.sizeArgument(index)
                if i < 0 { i = max(0, i + PyList(v).count) }
                try PyList(v).insert(vm, at: i, item)
                return .none
            }
        }
        t.def1("extend($self, iterable, /)", "Extend list by appending elements from the iterable.") { vm, v, iterable in
            vm.guarded { () throws(Raised) in
                try vm.extend(PyList(v), iterable)
                return .none
            }
        }
        t.defN("pop($self, index=-1, /)", "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var i = a[0].isNull ? -1 : try vm.sizeArgument(a[0])
                let list = PyList(v)
                if list.count == 0 { throw vm.raise(.indexError, "pop from empty list") }
                if i < 0 { i += list.count }
                if i < 0 || i >= list.count { throw vm.raise(.indexError, "pop index out of range") }
                return list.remove(at: i)
            }
        }
        t.def1("remove($self, value, /)", "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let list = PyList(v)
                var i = 0
                while i < list.count {
                    if try vm.equalKeys(list[i], item) {
                        if i < list.count { list.remove(at: i) }
                        return .none
                    }
                    i += 1
                }
                throw vm.raise(.valueError, "list.remove(x): x not in list")
            }
        }
        t.defN(
            "index($self, value, start=0, stop=sys.maxsize, /)", "Return first index of value.\n\nRaises ValueError if the value is not present."
        ) { vm, v, a in
            vm.guarded { () throws(Raised) in
                let list = PyList(v)
                let start = try vm.searchBound(a[1], list.count, default: 0)
                let stop = try vm.searchBound(a[2], list.count, default: .max)
                var i = start
                while i < stop && i < list.count {
                    if try vm.equalKeys(list[i], a[0]) { return vm.int(i) }
                    i += 1
                }
                throw vm.raise(.valueError, "\(try vm.reprText(a[0])) is not in list")
            }
        }
        t.def1("count($self, value, /)", "Return number of occurrences of value.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let list = PyList(v)
                var n = 0
                var i = 0
                while i < list.count {
                    if try vm.equalKeys(list[i], item) { n += 1 }
                    i += 1
                }
                return vm.int(n)
            }
        }
        t.def0("reverse($self, /)", "Reverse *IN PLACE*.") { _, v in
            let list = PyList(v)
            var i = 0, k = list.count - 1
            while i < k {
                let x = list[i]
                list[i] = list[k]
                list[k] = x
                i += 1
                k -= 1
            }
            return .none
        }
        t.defN(
            "sort($self, /, *, key=None, reverse=False)",
            "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list itself is modified) and stable (i.e. the\norder of two equal elements is maintained).\n\nIf a key function is given, apply it once to each list item and sort them,\nascending or descending, according to their function values.\n\nThe reverse flag can be set to sort in descending order."
        ) { vm, v, a in
            vm.guarded { () throws(Raised) in
                let reverse = a[1].isNull ? false : try vm.indexInt(a[1].isBool || vm.hasIndex(a[1]) ? a[1] : vm.index(a[1])) != 0
                try vm.sort(PyList(v), key: a[0].isNull || a[0].isNone ? .null : a[0], reverse: reverse)
                return .none
            }
        }
        t.def1("-__getitem__($self, key, /)", "x.__getitem__(y) <==> x[y]") { vm, v, key in
            vm.guarded { () throws(Raised) in try vm.listGetItem(PyList(v), key) }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }
}
