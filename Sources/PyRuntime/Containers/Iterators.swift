// Sequence iterators, `enumerate`, `zip`, `map`, `filter`, `reversed`, `iter(callable, sentinel)`.
// CPython: Objects/iterobject.c, enumobject.c, listobject.c, Python/bltinmodule.c.

extension VM {
    /// `next` on a native iterator: NULL at the end or raised; a StopIteration counts as the end.
    @inline(__always) func nextRaw(_ iterator: Value) throws(Raised) -> Value {
        // Native loops over endless iterators end by Ctrl-C too.
        if thread.pointee.pollsInNative { try poll(yields: false) }
        if iterator.isObject {
            let type = iterator.objectType
            if type == types.listIterator {
                let it = iterator.cast(SequenceIteratorLayout.self)
                let i = it.pointee.index
                if it.pointee.source.isObject, i < PyList(it.pointee.source).count {
                    it.pointee.index = i &+ 1
                    return PyList(it.pointee.source)[i]
                }
            } else if type == types.rangeIterator {
                let it = iterator.cast(RangeIteratorLayout.self)
                if it.pointee.remaining > 0 {
                    let value = it.pointee.next
                    it.pointee.next = value &+ it.pointee.step
                    it.pointee.remaining &-= 1
                    return Value(small: value)
                }
            }
        }
        return try nextOrNull(iterator)
    }

    /// `next` on any iterator, NULL at the end.
    @inline(never) func nextOrNull(_ iterator: Value) throws(Raised) -> Value {
        guard let item = try next(iterator) else { return .null }
        return item
    }

    /// The next pair of `zip`, `enumerate` and dict items, put at `slots` in reverse as UNPACK_SEQUENCE leaves it, without a
    /// tuple. 1: done, 0: exhausted, -1: not such an iterator, nothing done. The slots are written at the end only: until then
    /// they are no live registers.
    @inline(never) func iterateUnpacked(_ iterator: Value, _ slots: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Int {
        if count != 2 { return -1 }
        let type = iterator.objectType
        if type == types.zip {
            let fields = iterator.cast(FieldsLayout.self)
            let all = PyTuple(fields.pointee.f0)
            if all.count != 2 { return -1 }
            let first = try nextRaw(all[0])
            let second = first.isNull ? first : try nextRaw(all[1])
            if second.isNull {
                if fields.pointee.f1.isTrue { try zipStrict(all, first.isNull ? 0 : 1) }
                return 0
            }
            slots[1] = first
            slots[0] = second
            return 1
        }
        if type == types.enumerate {
            let fields = iterator.cast(FieldsLayout.self)
            let item = try nextRaw(fields.pointee.f0)
            if item.isNull { return 0 }
            let n = fields.pointee.f1
            fields.pointee.f1 = n.isSmallInt ? int(n.smallInt + 1) : try binary(.add, n, Value(small: 1))
            slots[1] = n
            slots[0] = item
            return 1
        }
        if type == types.dictItemIterator {
            guard let entry = try nextEntry(iterator.cast(TableIteratorLayout.self)) else { return 0 }
            slots[1] = entry.pointee.key
            slots[0] = entry.pointee.value
            return 1
        }
        return -1
    }

    func installIterators() {
        installSequenceIterators()
        installMemoryIterator()
        installCallableIterator()
        installEnumerate()
        installZip()
        installMap()
        installFilter()
        installReversed()
    }

    private func sequence(_ type: PyType, hint: @escaping InquirySlot, next: @escaping UnarySlot) {
        let t = TypeBuilder(self, type)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = next
        _ = hint
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(SequenceIteratorLayout.self)
                if it.pointee.source.isNull { return Value(small: 0) }
                if vm.type(of: it.pointee.source).slots.seqLength == nil && vm.type(of: it.pointee.source).slots.mapLength == nil { return .notImplemented }
                if v.isExactly(vm.types.listReverseIterator) {
                    let left = it.pointee.index + 1
                    return vm.int(PyList(it.pointee.source).count < left ? 0 : left)
                }
                return vm.int(max(0, try vm.length(it.pointee.source) - it.pointee.index))
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(SequenceIteratorLayout.self)
                let reverse = v.isExactly(vm.types.listReverseIterator)
                let function = try reverse ? vm.builtin("reversed") : vm.builtin("iter")
                if it.pointee.source.isNull { return vm.tuple(try vm.builtin("iter"), vm.tuple(v.isExactly(vm.types.strIterator) ? vm.emptyStr : v.isExactly(vm.types.tupleIterator) || v.isExactly(vm.types.sequenceIterator) ? vm.emptyTuple : try vm.newList().value)) }
                return vm.tuple(function, vm.tuple(it.pointee.source), vm.int(it.pointee.index))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(SequenceIteratorLayout.self)
                if !vm.isInt(state) { throw vm.raise(.typeError, "an integer is required") }
                let i = try vm.sizeArgument(state)
                if !it.pointee.source.isNull { it.pointee.index = max(v.isExactly(vm.types.listReverseIterator) ? -1 : 0, i) }
                return .none
            }
        }
    }

    private func installSequenceIterators() {
        sequence(types.listIterator, hint: { _, _ in 0 }) { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull { return .null }
            let list = PyList(it.pointee.source)
            let i = it.pointee.index
            if i < list.count {
                it.pointee.index = i + 1
                return list[i]
            }
            it.pointee.source = .null
            return .null
        }
        sequence(types.tupleIterator, hint: { _, _ in 0 }) { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull { return .null }
            let tuple = PyTuple(it.pointee.source)
            let i = it.pointee.index
            if i < tuple.count {
                it.pointee.index = i + 1
                return tuple[i]
            }
            it.pointee.source = .null
            return .null
        }
        sequence(types.listReverseIterator, hint: { _, _ in 0 }) { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull { return .null }
            let list = PyList(it.pointee.source)
            let i = it.pointee.index
            if i >= 0 && i < list.count {
                it.pointee.index = i - 1
                return list[i]
            }
            it.pointee.index = -1
            it.pointee.source = .null
            return .null
        }
        sequence(types.sequenceIterator, hint: { _, _ in 0 }) { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.index == .max { throw vm.raise(.overflowError, "iter index too large") }
                do {
                    guard let slot = vm.type(of: it.pointee.source).slots.item else { return .null }
                    let item = try vm.check(slot(vm, it.pointee.source, it.pointee.index))
                    it.pointee.index += 1
                    return item
                } catch {
                    if vm.raisedMatches(.indexError) || vm.raisedMatches(.stopIteration) {
                        vm.clearRaised()
                        it.pointee.source = .null
                        return .null
                    }
                    throw Raised()
                }
            }
        }
    }

    /// Views do not change in length: items until the end.
    private func installMemoryIterator() {
        let t = TypeBuilder(self, types.memoryIterator)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.index >= (try vm.length(it.pointee.source)) {
                    it.pointee.source = .null
                    return .null
                }
                guard let slot = vm.type(of: it.pointee.source).slots.item else { return .null }
                it.pointee.index += 1
                return try vm.check(slot(vm, it.pointee.source, it.pointee.index - 1))
            }
        }
    }

    private func installCallableIterator() {
        let t = TypeBuilder(self, types.callableIterator)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            if f.pointee.f0.isNull { return .null }
            return vm.guarded { () throws(Raised) in
                do {
                    let result = try vm.call(f.pointee.f0)
                    if f.pointee.f0.isNull { return .null }
                    if try !vm.equalKeys(f.pointee.f1, result) { return result }
                } catch {
                    if !vm.raisedMatches(.stopIteration) { throw Raised() }
                    vm.clearRaised()
                }
                f.pointee.f0 = .null
                f.pointee.f1 = .null
                return .null
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                // First: looking `iter` up may run Python code that exhausts the iterator.
                let iter = try vm.builtin("iter")
                let f = v.cast(FieldsLayout.self)
                if f.pointee.f0.isNull { return vm.tuple(iter, vm.tuple(vm.emptyTuple)) }
                return vm.tuple(iter, vm.tuple(f.pointee.f0, f.pointee.f1))
            }
        }
    }

    private func installEnumerate() {
        let t = TypeBuilder(self, types.enumerate)
        t.doc(
            "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
            signature: "(iterable, start=0)")
        t.new("(iterable, start=0)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let start = a[1].isNull ? Value(small: 0) : try vm.index(a[1])
                let iterator = try vm.iter(a[0])
                let v = vm.newInstance(PyType(cls))
                v.cast(FieldsLayout.self).pointee.f0 = iterator
                v.cast(FieldsLayout.self).pointee.f1 = start
                return v
            }
        }
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let item = try vm.nextRaw(f.pointee.f0)
                if item.isNull { return .null }
                let n = f.pointee.f1
                f.pointee.f1 = n.isSmallInt ? vm.int(n.smallInt + 1) : try vm.binary(.add, n, Value(small: 1))
                return vm.tuple(n, item)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            return vm.tuple(vm.type(of: v).value, vm.tuple(f.pointee.f0, f.pointee.f1))
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    /// Iterators of all arguments, as a tuple.
    private func iterators(_ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        let tuple = try newTuple(count)
        for i in 0..<count { tuple[i] = try iter(arguments[i]) }
        return tuple.value
    }

    private func installZip() {
        let t = TypeBuilder(self, types.zip)
        t.doc(
            "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nThe zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                var strict = false
                if !keywords.isNull {
                    let names = PyTuple(keywords)
                    if names.count > 1 { throw vm.raise(.typeError, "zip() takes at most 1 keyword argument (\(names.count) given)") }
                    for i in 0..<names.count {
                        if PyStr(names[i]).string != "strict" { throw vm.raise(.typeError, value: vm.message("'", names[i], "' is an invalid keyword argument for zip()")) }
                        strict = try vm.isTrue(arguments[count + i])
                    }
                }
                let all = try vm.newTuple(count)
                for i in 0..<count { all[i] = try vm.iter(arguments[i]) }
                let v = vm.newInstance(PyType(cls))
                v.cast(FieldsLayout.self).pointee.f0 = all.value
                v.cast(FieldsLayout.self).pointee.f1 = Value(strict)
                return v
            }
        }
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in vm.guarded { () throws(Raised) in try vm.zipNext(v.cast(FieldsLayout.self)) } }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            return f.pointee.f1.isTrue ? vm.tuple(vm.type(of: v).value, f.pointee.f0, .true) : vm.tuple(vm.type(of: v).value, f.pointee.f0)
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                v.cast(FieldsLayout.self).pointee.f1 = Value(try vm.isTrue(state))
                return .none
            }
        }
    }

    private func zipNext(_ f: UnsafeMutablePointer<FieldsLayout>) throws(Raised) -> Value {
        let all = PyTuple(f.pointee.f0)
        if all.count == 0 { return .null }
        let result = try newTuple(all.count)
        for i in 0..<all.count {
            let item = try nextRaw(all[i])
            if item.isNull {
                if f.pointee.f1.isTrue { try zipStrict(all, i) }
                return .null
            }
            result[i] = item
        }
        return result.value
    }

    private func zipStrict(_ all: PyTuple, _ i: Int) throws(Raised) {
        if i > 0 {
            throw raise(.valueError, "zip() argument \(i + 1) is shorter than argument\(i == 1 ? " " : "s 1-")\(i)")
        }
        for k in 1..<max(1, all.count) {
            if try !nextRaw(all[k]).isNull {
                throw raise(.valueError, "zip() argument \(k + 1) is longer than argument\(k == 1 ? " " : "s 1-")\(k)")
            }
        }
    }

    private func installMap() {
        let t = TypeBuilder(self, types.map)
        t.doc(
            "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if PyType(cls) == vm.types.map && !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "map() takes no keyword arguments") }
                if count < 2 { throw vm.raise(.typeError, "map() must have at least two arguments.") }
                let all = try vm.iterators(arguments + 1, count - 1)
                let v = vm.newInstance(PyType(cls))
                v.cast(FieldsLayout.self).pointee.f0 = arguments[0]
                v.cast(FieldsLayout.self).pointee.f1 = all
                return v
            }
        }
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let all = PyTuple(f.pointee.f1)
                let slots = try vm.pushStack(all.count)
                defer { vm.popStack(slots) }
                slots.update(repeating: .null, count: all.count)
                for i in 0..<all.count {
                    let item = try vm.nextRaw(all[i])
                    if item.isNull { return .null }
                    slots[i] = item
                }
                return try vm.call(f.pointee.f0, slots, all.count)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let all = PyTuple(f.pointee.f1)
                let args = try vm.newTuple(all.count + 1)
                args[0] = f.pointee.f0
                for i in 0..<all.count { args[i + 1] = all[i] }
                return vm.tuple(vm.type(of: v).value, args.value)
            }
        }
    }

    private func installFilter() {
        let t = TypeBuilder(self, types.filter)
        t.doc(
            "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "filter", count, 2, 2, keywords)
                return vm.newFunctionIterator(cls, arguments[0], try vm.iter(arguments[1]))
            }
        }
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let plain = f.pointee.f0.isNone || f.pointee.f0 == vm.types.bool.value
                while let item = try vm.next(f.pointee.f1) {
                    if try plain ? vm.isTrue(item) : vm.isTrue(vm.call(f.pointee.f0, item)) { return item }
                }
                return .null
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            return vm.tuple(vm.type(of: v).value, vm.tuple(f.pointee.f0, f.pointee.f1))
        }
    }

    private func installReversed() {
        let t = TypeBuilder(self, types.reversed)
        t.doc("Return a reverse iterator over the values of the given sequence.", signature: "(sequence, /)")
        t.new("(sequence, /)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let method = vm.lookup(vm.type(of: a[0]), vm.names.__reversed__)
                if method.isNone { throw vm.raise(.typeError, "'\(vm.typeName(a[0]))' object is not reversible") }
                if !method.isNull { return try vm.callSpecial(a[0], vm.names.__reversed__) }
                if vm.type(of: a[0]).slots.item == nil || vm.isDict(a[0]) { throw vm.raise(.typeError, "'\(vm.typeName(a[0]))' object is not reversible") }
                let n = try vm.length(a[0])
                let v = vm.newInstance(PyType(cls))
                v.cast(SequenceIteratorLayout.self).pointee.source = a[0]
                v.cast(SequenceIteratorLayout.self).pointee.index = n - 1
                return v
            }
        }
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(SequenceIteratorLayout.self)
            if it.pointee.source.isNull || it.pointee.index < 0 {
                it.pointee.source = .null
                return .null
            }
            return vm.guarded { () throws(Raised) in
                do {
                    guard let slot = vm.type(of: it.pointee.source).slots.item else { return .null }
                    let item = try vm.check(slot(vm, it.pointee.source, it.pointee.index))
                    it.pointee.index -= 1
                    return item
                } catch {
                    it.pointee.source = .null
                    if vm.raisedMatches(.indexError) || vm.raisedMatches(.stopIteration) {
                        vm.clearRaised()
                        return .null
                    }
                    throw Raised()
                }
            }
        }
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(SequenceIteratorLayout.self)
                if it.pointee.source.isNull || it.pointee.index < 0 { return Value(small: 0) }
                let position = it.pointee.index + 1
                return vm.int(try vm.length(it.pointee.source) < position ? 0 : position)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let it = v.cast(SequenceIteratorLayout.self).pointee
            if it.source.isNull { return vm.tuple(vm.type(of: v).value, vm.tuple(vm.emptyTuple)) }
            return vm.tuple(vm.type(of: v).value, vm.tuple(it.source), vm.int(it.index))
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if !vm.isInt(state) { throw vm.raise(.typeError, "an integer is required") }
                v.cast(SequenceIteratorLayout.self).pointee.index = max(-1, try vm.sizeArgument(state))
                return .none
            }
        }
    }
}
