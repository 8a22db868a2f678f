// `collections.deque`: constructor, slots, methods, iterators. CPython: Modules/_collectionsmodule.c.

private struct DequeIteratorLayout {
    var type: PyType
    /// NULL = exhausted.
    var deque: Value
    // Not values:
    var index: Int
    var state: Int
    var remaining: Int
}

extension VM {
    func isDeque(_ value: Value) -> Bool { isInstance(value, ofType: library.pointee.deque) }

    func makeDeque() {
        let t = makeType("deque", module: "collections", size: MemoryLayout<DequeLayout>.size, trace: .words, fieldsEnd: 16, flags: [.baseType, .weakrefable, .sequence])
        t.statesGetAttribute()
        library.pointee.deque = t.type
        t.doc("deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence optimized for data accesses near its endpoints.")
        t.type.slots.new = { vm, cls, _, _, _ in
            let v = vm.newInstance(PyType(cls))
            PyDeque(v).ref.pointee.limit = -1
            return v
        }
        t.initialize("(iterable=(), maxlen=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var limit = -1
                if !a[1].isNull && !a[1].isNone {
                    if !vm.isInt(a[1]) { throw vm.raise(.typeError, "an integer is required") }
                    var fits = false
                    limit = vm.clampedInt(a[1], &fits)
                    if !fits { throw vm.raise(.overflowError, "Python int too large to convert to C ssize_t") }
                    if limit < 0 { throw vm.raise(.valueError, "maxlen must be non-negative") }
                }
                let deque = PyDeque(v)
                deque.ref.pointee.limit = limit
                if deque.count > 0 { deque.clear() }
                if !a[0].isNull { try vm.extendDeque(deque, a[0]) }
                return .none
            }
        }
        fillDequeSlots(t.type.slotsPointer)
        defineDequeEnds(t)
        defineDequeItems(t)
        t.getset("maxlen", "maximum size of a deque or None if unbounded") { vm, v in
            PyDeque(v).limit < 0 ? .none : vm.int(PyDeque(v).limit)
        }
        readyType(t.type)
    }

    // MARK: Building

    private func extendDeque(_ deque: PyDeque, _ source: Value) throws(Raised) {
        // Extending by itself: the items of now.
        let source = source == deque.value ? try listFrom(source).value : source
        let iterator = try iter(source)
        if deque.limit == 0 {
            while try next(iterator) != nil {}
            return
        }
        while let item = try next(iterator) { try deque.append(self, item) }
    }

    private func extendDequeLeft(_ deque: PyDeque, _ source: Value) throws(Raised) {
        let source = source == deque.value ? try listFrom(source).value : source
        let iterator = try iter(source)
        if deque.limit == 0 {
            while try next(iterator) != nil {}
            return
        }
        while let item = try next(iterator) { try deque.appendLeft(self, item) }
    }

    private func newDeque(limit: Int) -> PyDeque {
        let v = newInstance(library.pointee.deque)
        PyDeque(v).ref.pointee.limit = limit
        return PyDeque(v)
    }

    private func copyDeque(_ v: Value) throws(Raised) -> Value {
        let deque = PyDeque(v)
        if v.isExactly(library.pointee.deque) {
            let copy = newDeque(limit: deque.limit)
            for i in 0..<deque.count { try copy.append(self, deque[i]) }
            return copy.value
        }
        let cls = type(of: v).value
        let result = try deque.limit < 0 ? call(cls, v) : call(cls, v, int(deque.limit))
        if !isDeque(result) {
            throw raise(.typeError, "\(typeText(PyType(cls)))() must return a deque, not \(typeName(result))")
        }
        return result
    }

    // MARK: Slots

    private func fillDequeSlots(_ s: UnsafeMutablePointer<TypeSlots>) {
        s.pointee.hash = hashNotImplemented
        s.pointee.iter = { vm, v in vm.newDequeIterator(vm.library.pointee.dequeIterator, v) }
        s.pointee.seqLength = { _, v in PyDeque(v).count }
        s.pointee.bool = { _, v in PyDeque(v).count > 0 ? 1 : 0 }
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.dequeRepr(v) } }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isDeque(a), vm.isDeque(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in Value(try vm.compareDeques(a, b, op)) }
        }
        s.pointee.item = { vm, v, i in
            let deque = PyDeque(v)
            if i >= 0 && i < deque.count { return deque[i] }
            return vm.guarded { () throws(Raised) in throw vm.raise(.indexError, "deque index out of range") }
        }
        s.pointee.getItem = { vm, v, key in
            let deque = PyDeque(v)
            if key.isSmallInt {
                var i = key.smallInt
                if i < 0 { i += deque.count }
                if i >= 0 && i < deque.count { return deque[i] }
            }
            return vm.guarded { () throws(Raised) in deque[try vm.dequeIndex(deque, key)] }
        }
        s.pointee.setItem = { vm, v, key, item in
            vm.guardedStatus { () throws(Raised) in
                let deque = PyDeque(v)
                let i = try vm.dequeIndex(deque, key)
                if item.isNull { deque.remove(at: i) } else { deque[i] = item }
            }
        }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                let deque = PyDeque(v)
                let state = deque.ref.pointee.state
                var i = 0
                while i < deque.count {
                    if try vm.compareBool(deque[i], item, .eq) { return true }
                    if deque.ref.pointee.state != state { throw vm.raise(.runtimeError, "deque mutated during iteration") }
                    i += 1
                }
                return false
            }
        }
        s.pointee.concat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                if !vm.isDeque(b) {
                    throw vm.raise(.typeError, "can only concatenate deque (not \"\(vm.typeName(b))\") to deque")
                }
                let result = try vm.copyDeque(a)
                try vm.extendDeque(PyDeque(result), b)
                return result
            }
        }
        s.pointee.inplaceConcat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                try vm.extendDeque(PyDeque(a), b)
                return a
            }
        }
        s.pointee.repeated = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let copy = try vm.copyDeque(v)
                try vm.repeatDeque(PyDeque(copy), n)
                return copy
            }
        }
        s.pointee.inplaceRepeat = { vm, v, n in
            vm.guarded { () throws(Raised) in
                try vm.repeatDeque(PyDeque(v), n)
                return v
            }
        }
    }

    private func repeatDeque(_ deque: PyDeque, _ n: Int) throws(Raised) {
        let size = deque.count
        if size == 0 || n == 1 { return }
        if n <= 0 { return deque.clear() }
        let (total, overflow) = size.multipliedReportingOverflow(by: n)
        // More copies than the limit holds are not made.
        var copies = n
        if deque.limit >= 0 && (overflow || total > deque.limit) { copies = (deque.limit + size - 1) / size }
        if overflow && deque.limit < 0 { throw raiseMemoryError() }
        if deque.limit < 0 { try checkAllocation(total > 1 << 42 ? -1 : total * 8) }
        if copies < 2 && deque.limit >= 0 && size >= deque.limit { copies = 1 }
        let items = try tupleOfDeque(deque)
        for _ in 1..<max(1, copies) {
            for i in 0..<size { try deque.append(self, PyTuple(items)[i]) }
        }
    }

    private func tupleOfDeque(_ deque: PyDeque) throws(Raised) -> Value {
        let tuple = try newTuple(deque.count)
        for i in 0..<min(tuple.count, deque.count) { tuple[i] = deque[i] }
        return tuple.value
    }

    private func dequeIndex(_ deque: PyDeque, _ key: Value) throws(Raised) -> Int {
        var i = try indexInt(key)
        if i < 0 { i += deque.count }
        if i < 0 || i >= deque.count { throw raise(.indexError, "deque index out of range") }
        return i
    }

    private func dequeRepr(_ v: Value) throws(Raised) -> Value {
        if try !enterRepr(v) { return str("[...]") }
        defer { leaveRepr(v) }
        let list = try repr(listFrom(v).value)
        let name = PyStr(type(of: v).name).string
        let parts = try newList(capacity: 3)
        try parts.append(self, str("\(name)("))
        try parts.append(self, list)
        try parts.append(self, str(PyDeque(v).limit < 0 ? ")" : ", maxlen=\(PyDeque(v).limit))"))
        return try joinTexts(parts, open: "", separator: "", close: "")
    }

    private func compareDeques(_ a: Value, _ b: Value, _ op: CompareOp) throws(Raised) -> Bool {
        let x = PyDeque(a), y = PyDeque(b)
        if a == b && (op == .eq || op == .ne) { return op == .eq }
        if x.count != y.count && (op == .eq || op == .ne) { return op == .ne }
        let left = try iter(a), right = try iter(b)
        while true {
            let p = try nextRaw(left), q = try nextRaw(right)
            if p.isNull || q.isNull {
                return compare(p.isNull ? (q.isNull ? 0 : -1) : 1, 0, op)
            }
            if try !equalKeys(p, q) {
                if op == .eq { return false }
                if op == .ne { return true }
                return try isTrue(richCompare(p, q, op))
            }
        }
    }

    // MARK: Methods

    private func defineDequeEnds(_ t: TypeBuilder) {
        t.def1("-append($self, item, /)", "Add an element to the right side of the deque.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                try PyDeque(v).append(vm, item)
                return .none
            }
        }
        t.def1("-appendleft($self, item, /)", "Add an element to the left side of the deque.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                try PyDeque(v).appendLeft(vm, item)
                return .none
            }
        }
        t.def0("-pop($self, /)", "Remove and return the rightmost element.") { vm, v in
            if PyDeque(v).count > 0 { return PyDeque(v).takeLast() }
            return vm.guarded { () throws(Raised) in throw vm.raise(.indexError, "pop from an empty deque") }
        }
        t.def0("-popleft($self, /)", "Remove and return the leftmost element.") { vm, v in
            if PyDeque(v).count > 0 { return PyDeque(v).takeFirst() }
            return vm.guarded { () throws(Raised) in throw vm.raise(.indexError, "pop from an empty deque") }
        }
        t.def1("-extend($self, iterable, /)", "Extend the right side of the deque with elements from the iterable") { vm, v, source in
            vm.guarded { () throws(Raised) in
                try vm.extendDeque(PyDeque(v), source)
                return .none
            }
        }
        t.def1("-extendleft($self, iterable, /)", "Extend the left side of the deque with elements from the iterable") { vm, v, source in
            vm.guarded { () throws(Raised) in
                try vm.extendDequeLeft(PyDeque(v), source)
                return .none
            }
        }
        t.defV("-rotate($self, n=1, /)", "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.") { vm, v, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.refuseKeywords(keywords, "deque.rotate")
                if count > 1 { throw vm.raise(.typeError, "deque.rotate expected at most 1 argument, got \(count)") }
                PyDeque(v).rotate(count == 0 ? 1 : try vm.sizeArgument(a[0]))
                return .none
            }
        }
        t.def0("-clear($self, /)", "Remove all elements from the deque.") { _, v in
            PyDeque(v).clear()
            return .none
        }
        t.def0("-reverse($self, /)", "D.reverse() -- reverse *IN PLACE*") { _, v in
            PyDeque(v).reverse()
            return .none
        }
        t.def0("-copy($self, /)", "Return a shallow copy of a deque.") { vm, v in vm.guarded { () throws(Raised) in try vm.copyDeque(v) } }
        t.def0("-__copy__($self, /)", "Return a shallow copy of a deque.") { vm, v in vm.guarded { () throws(Raised) in try vm.copyDeque(v) } }
        t.def0("-__reversed__($self, /)", "D.__reversed__() -- return a reverse iterator over the deque") { vm, v in
            vm.newDequeIterator(vm.library.pointee.dequeReverseIterator, v)
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let state = try vm.stateDict(v)
                let limit = PyDeque(v).limit
                let args = limit < 0 ? vm.emptyTuple : vm.tuple(vm.emptyTuple, vm.int(limit))
                return vm.tuple(vm.type(of: v).value, args, state, try vm.iter(v))
            }
        }
        t.def0("-__sizeof__($self, /)", "D.__sizeof__() -- size of D in memory, in bytes") { vm, v in
            vm.int(Int(vm.type(of: v).ref.pointee.basicSize) + 16 + PyDeque(v).ref.pointee.capacity * 8)
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    private func defineDequeItems(_ t: TypeBuilder) {
        t.def1("-count($self, value, /)", "D.count(value) -> integer -- return number of occurrences of value") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let deque = PyDeque(v)
                let state = deque.ref.pointee.state
                var n = 0, i = 0
                while i < deque.count {
                    if try vm.compareBool(deque[i], item, .eq) { n += 1 }
                    if deque.ref.pointee.state != state { throw vm.raise(.runtimeError, "deque mutated during iteration") }
                    i += 1
                }
                return vm.int(n)
            }
        }
        t.defN("^index($self, value, start=0, stop=None, /)", "D.index(value, [start, [stop]]) -> integer -- return first index of value.\nRaises ValueError if the value is not present.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let deque = PyDeque(v)
                var i = try vm.searchBound(a[1], deque.count, default: 0)
                let stop = try vm.searchBound(a[2], deque.count, default: deque.count)
                let state = deque.ref.pointee.state
                while i < min(stop, deque.count) {
                    if try vm.compareBool(deque[i], a[0], .eq) { return vm.int(i) }
                    if deque.ref.pointee.state != state { throw vm.raise(.runtimeError, "deque mutated during iteration") }
                    i += 1
                }
                throw vm.raise(.valueError, "\(try vm.reprText(a[0])) is not in deque")
            }
        }
        t.def2("^insert($self, index, value, /)", "D.insert(index, object) -- insert object before index") { vm, v, index, item in
            vm.guarded { () throws(Raised) in
                let deque = PyDeque(v)
                var i = try vm.sizeArgument(index)
                if deque.limit >= 0 && deque.count >= deque.limit { throw vm.raise(.indexError, "deque already at its maximum size") }
                if i < 0 { i = max(0, i + deque.count) }
                try deque.insert(vm, at: min(i, deque.count), item)
                return .none
            }
        }
        t.def1("-remove($self, value, /)", "D.remove(value) -- remove first occurrence of value.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let deque = PyDeque(v)
                let state = deque.ref.pointee.state
                var i = 0
                while i < deque.count {
                    let isEqual = try vm.compareBool(deque[i], item, .eq)
                    if deque.ref.pointee.state != state { throw vm.raise(.indexError, "deque mutated during remove().") }
                    if isEqual {
                        deque.remove(at: i)
                        return .none
                    }
                    i += 1
                }
                throw vm.raise(.valueError, "\(try vm.reprText(item)) is not in deque")
            }
        }
    }

    // MARK: Iterators

    private func newDequeIterator(_ type: PyType, _ deque: Value) -> Value {
        let layout = allocateUninitialized(MemoryLayout<DequeIteratorLayout>.size, type).assumingMemoryBound(to: DequeIteratorLayout.self)
        let d = PyDeque(deque)
        layout.pointee.deque = deque
        layout.pointee.index = type == library.pointee.dequeIterator ? 0 : d.count - 1
        layout.pointee.state = d.ref.pointee.state
        layout.pointee.remaining = d.count
        return Value(layout)
    }

    private func nextOfDeque(_ it: UnsafeMutablePointer<DequeIteratorLayout>, step: Int) -> Value {
        if it.pointee.deque.isNull { return .null }
        let deque = PyDeque(it.pointee.deque)
        if it.pointee.state != deque.ref.pointee.state {
            it.pointee.remaining = 0
            return guarded { () throws(Raised) in throw raise(.runtimeError, "deque mutated during iteration") }
        }
        if it.pointee.remaining <= 0 { return .null }
        let item = deque[it.pointee.index]
        it.pointee.index += step
        it.pointee.remaining -= 1
        return item
    }

    func makeDequeIterators() {
        let forward = makeType("_deque_iterator", module: "_collections", size: MemoryLayout<DequeIteratorLayout>.size, trace: .words, fieldsEnd: 16, flags: [])
        forward.statesGetAttribute()
        library.pointee.dequeIterator = forward.type
        forward.type.slots.iternext = { vm, v in vm.nextOfDeque(v.cast(DequeIteratorLayout.self), step: 1) }
        forward.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.restoreDequeIterator(vm.library.pointee.dequeIterator, arguments, count) }
        }
        defineDequeIterator(forward)
        let backward = makeType("_deque_reverse_iterator", module: "_collections", size: MemoryLayout<DequeIteratorLayout>.size, trace: .words, fieldsEnd: 16, flags: [])
        backward.statesGetAttribute()
        library.pointee.dequeReverseIterator = backward.type
        backward.type.slots.iternext = { vm, v in vm.nextOfDeque(v.cast(DequeIteratorLayout.self), step: -1) }
        backward.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.restoreDequeIterator(vm.library.pointee.dequeReverseIterator, arguments, count) }
        }
        defineDequeIterator(backward)
    }

    private func restoreDequeIterator(_ type: PyType, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        if count < 1 || count > 2 {
            throw raise(.typeError, "function takes \(count < 1 ? "at least 1 argument" : "at most 2 arguments") (\(count) given)")
        }
        if !isDeque(arguments[0]) {
            throw raise(.typeError, "argument 1 must be collections.deque, not \(argumentTypeName(arguments[0]))")
        }
        let skipped = count == 2 ? try indexInt(arguments[1]) : 0
        let iterator = newDequeIterator(type, arguments[0])
        let layout = iterator.cast(DequeIteratorLayout.self)
        let steps = min(max(0, skipped), layout.pointee.remaining)
        layout.pointee.index += type == library.pointee.dequeIterator ? steps : -steps
        layout.pointee.remaining -= steps
        return iterator
    }

    private func defineDequeIterator(_ t: TypeBuilder) {
        t.type.slots.iter = { _, v in v }
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            vm.int(v.cast(DequeIteratorLayout.self).pointee.remaining)
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let it = v.cast(DequeIteratorLayout.self).pointee
            return vm.tuple(vm.type(of: v).value, vm.tuple(it.deque, vm.int(PyDeque(it.deque).count - it.remaining)))
        }
        readyType(t.type)
    }
}
