// `chain`, `accumulate`, `starmap`, `islice`, `pairwise`, `zip_longest`. CPython: Modules/itertoolsmodule.c.

private struct ISliceLayout {
    var type: PyType
    /// NULL = exhausted.
    var source: Value
    // Not values:
    var next: Int
    /// -1 = none.
    var stop: Int
    var step: Int
    var taken: Int
}

extension VM {
    // MARK: chain: a = iterator over iterables or NULL, b = active iterator or NULL

    func makeChain() -> TypeBuilder {
        let t = iteratorType("chain", values: 2)
        library.pointee.chain = t.type
        t.doc("chain(*iterables) --> chain object\n\nReturn a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if !PyType(cls).flags.contains(.heapType) { try vm.rejectKeywords(keywords, "chain") }
                return vm.newChain(cls, try vm.iter(vm.tuple(arguments, count: count)))
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            while true {
                let active = f.pointee.f1
                if !active.isNull {
                    let item = vm.advance(active)
                    if !item.isNull || vm.hasRaised { return item }
                    f.pointee.f1 = .null
                }
                if f.pointee.f0.isNull || vm.pollRaises() { return .null }
                let iterable = vm.advance(f.pointee.f0)
                if iterable.isNull {
                    f.pointee.f0 = .null
                    return .null
                }
                do { f.pointee.f1 = try vm.iter(iterable) } catch {
                    f.pointee.f0 = .null
                    return .null
                }
            }
        }
        t.def1("from_iterable($type, iterable, /)", "Alternative chain() constructor taking a single iterable argument that evaluates lazily.", .classMethod) { vm, cls, iterable in
            vm.guarded { () throws(Raised) in vm.newChain(cls, try vm.iter(iterable)) }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            if f.pointee.f0.isNull { return vm.tuple(vm.type(of: v).value, vm.emptyTuple) }
            return vm.tuple(vm.type(of: v).value, vm.emptyTuple, f.pointee.f1.isNull ? vm.tuple(f.pointee.f0) : vm.tuple(f.pointee.f0, f.pointee.f1))
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let parts = try vm.stateTuple(state)
                if parts.count < 1 || parts.count > 2 {
                    throw vm.raise(.typeError, "function takes at \(parts.count < 1 ? "least 1 argument" : "most 2 arguments") (\(parts.count) given)")
                }
                for i in 0..<parts.count where vm.type(of: parts[i]).slots.iternext == nil {
                    throw vm.raise(.typeError, "Arguments must be iterators.")
                }
                let f = v.cast(FieldsLayout.self)
                f.pointee.f0 = parts[0]
                f.pointee.f1 = parts.count == 2 ? parts[1] : .null
                return .none
            }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        return t
    }

    func newChain(_ cls: Value, _ source: Value) -> Value {
        let v = newInstance(PyType(cls))
        v.cast(FieldsLayout.self).pointee.f0 = source
        return v
    }

    // MARK: accumulate: f0 = source, f1 = function or NULL, f2 = total or NULL, f3 = initial or NULL

    func makeAccumulate() -> TypeBuilder {
        let t = iteratorType("accumulate", values: 4)
        t.doc("Return series of accumulated sums (or other binary function results).", signature: "(iterable, func=None, *, initial=None)")
        t.new("(iterable, func=None, *, initial=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let source = try vm.iter(a[0])
                let v = vm.newInstance(PyType(cls))
                let f = v.cast(FieldsLayout.self)
                f.pointee.f0 = source
                f.pointee.f1 = a[1].isNone ? .null : a[1]
                f.pointee.f3 = a[2].isNone ? .null : a[2]
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            if !f.pointee.f3.isNull {
                f.pointee.f2 = f.pointee.f3
                f.pointee.f3 = .null
                return f.pointee.f2
            }
            let item = vm.advance(f.pointee.f0)
            if item.isNull { return .null }
            let total = f.pointee.f2
            if total.isNull {
                f.pointee.f2 = item
                return item
            }
            return vm.guarded { () throws(Raised) in
                let function = f.pointee.f1
                let sum: Value
                if !function.isNull {
                    sum = try vm.call(function, total, item)
                } else if Value.bothSmallInts(total, item) {
                    sum = vm.int(total.smallInt &+ item.smallInt)  // Safe: two 48-bit numbers.
                } else {
                    sum = try vm.binary(.add, total, item)
                }
                f.pointee.f2 = sum
                return sum
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.reduceAccumulate(v) }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { _, v, state in
            v.cast(FieldsLayout.self).pointee.f2 = state
            return .none
        }
        return t
    }

    private func reduceAccumulate(_ v: Value) throws(Raised) -> Value {
        let f = v.cast(FieldsLayout.self)
        let function = f.pointee.f1.isNull ? Value.none : f.pointee.f1
        let cls = type(of: v).value
        if !f.pointee.f3.isNull {
            let source = newChain(library.pointee.chain.value, try iter(tuple(tuple(f.pointee.f3), f.pointee.f0)))
            return tuple(cls, tuple(source, function), .none)
        }
        if f.pointee.f2.isNone {
            // A total of None cannot be told from no total: start over behind it.
            let source = newChain(library.pointee.chain.value, try iter(tuple(tuple(.none), f.pointee.f0)))
            let restarted = try call(cls, source, function)
            return tuple(library.pointee.islice.value, tuple(restarted, Value(small: 1), .none))
        }
        return tuple(cls, tuple(f.pointee.f0, function), f.pointee.f2.isNull ? .none : f.pointee.f2)
    }

    // MARK: starmap: f0 = function, f1 = source

    func makeStarMap() -> TypeBuilder {
        let t = iteratorType("starmap", values: 2)
        t.doc("Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.", signature: "(function, iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "starmap", count, 2, 2, keywords)
                return vm.newFunctionIterator(cls, arguments[0], try vm.iter(arguments[1]))
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let arguments = vm.advance(f.pointee.f1)
            if arguments.isNull { return .null }
            return vm.guarded { () throws(Raised) in try vm.callWithTuple(f.pointee.f0, vm.tupleFrom(arguments)) }
        }
        defineFunctionReduce(t)
        return t
    }

    /// An instance with the function first and the iterator second.
    func newFunctionIterator(_ cls: Value, _ function: Value, _ source: Value) -> Value {
        let v = newInstance(PyType(cls))
        v.cast(FieldsLayout.self).pointee.f0 = function
        v.cast(FieldsLayout.self).pointee.f1 = source
        return v
    }

    func defineFunctionReduce(_ t: TypeBuilder) {
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            return vm.tuple(vm.type(of: v).value, vm.tuple(f.pointee.f0, f.pointee.f1))
        }
    }

    // MARK: islice

    func makeISlice() -> TypeBuilder {
        let t = iteratorType("islice", values: 1, words: 4)
        library.pointee.islice = t.type
        t.doc("islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable.  If start is specified, will skip all preceding elements;\notherwise, start defaults to zero.  Step defaults to one.  If\nspecified as another value, step determines how many values are\nskipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "islice", count, 2, 4, keywords)
                var start = 0, stop = -1, step = 1
                let stopArgument = count == 2 ? arguments[1] : arguments[2]
                if count > 2 && !arguments[1].isNone { start = try vm.sliceBound(arguments[1]) }
                if !stopArgument.isNone {
                    stop = try vm.sliceBound(stopArgument)
                    if stop == -1 {
                        throw vm.raise(.valueError, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
                    }
                }
                if start < 0 || stop < -1 {
                    throw vm.raise(.valueError, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
                }
                if count == 4 && !arguments[3].isNone { step = try vm.sliceBound(arguments[3]) }
                if step < 1 { throw vm.raise(.valueError, "Step for islice() must be a positive integer or None.") }
                let source = try vm.iter(arguments[0])
                let v = vm.newInstance(PyType(cls))
                let it = v.cast(ISliceLayout.self)
                it.pointee.source = source
                it.pointee.next = start
                it.pointee.stop = stop
                it.pointee.step = step
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(ISliceLayout.self)
            let source = it.pointee.source
            if source.isNull { return .null }
            while it.pointee.taken < it.pointee.next {
                if vm.advance(source).isNull {
                    it.pointee.source = .null
                    return .null
                }
                it.pointee.taken += 1
                if vm.pollRaises() { return .null }
            }
            let stop = it.pointee.stop
            if stop >= 0 && it.pointee.taken >= stop {
                it.pointee.source = .null
                return .null
            }
            let item = vm.advance(source)
            if item.isNull {
                it.pointee.source = .null
                return .null
            }
            it.pointee.taken += 1
            let (next, overflow) = it.pointee.next.addingReportingOverflow(it.pointee.step)
            it.pointee.next = overflow || (stop >= 0 && next > stop) ? (stop >= 0 ? stop : .max) : next
            return item
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(ISliceLayout.self).pointee
                if it.source.isNull {
                    let empty = try vm.iter(vm.newList().value)
                    return vm.tuple(vm.type(of: v).value, vm.tuple(empty, Value(small: 0)), Value(small: 0))
                }
                let arguments = vm.tuple(it.source, vm.int(it.next), it.stop < 0 ? .none : vm.int(it.stop), vm.int(it.step))
                return vm.tuple(vm.type(of: v).value, arguments, vm.int(it.taken))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if !vm.isInt(state) { throw vm.raise(.typeError, "an integer is required") }
                v.cast(ISliceLayout.self).pointee.taken = try vm.sizeArgument(state)
                return .none
            }
        }
        return t
    }

    /// -1 for whatever is no machine int: the caller refuses it with its own words.
    private func sliceBound(_ value: Value) throws(Raised) -> Int {
        do { return try indexInt(value) } catch {
            clearRaised()
            return -1
        }
    }

    // MARK: pairwise: f0 = source or NULL, f1 = previous item or NULL

    func makePairwise() -> TypeBuilder {
        let t = iteratorType("pairwise", values: 2)
        t.doc("Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...", signature: "(iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "pairwise", count, 1, 1, keywords)
                let source = try vm.iter(arguments[0])
                let v = vm.newInstance(PyType(cls))
                v.cast(FieldsLayout.self).pointee.f0 = source
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let source = f.pointee.f0
            if source.isNull { return .null }
            var old = f.pointee.f1
            if old.isNull {
                old = vm.advance(source)
                f.pointee.f1 = old
                if old.isNull {
                    f.pointee.f0 = .null
                    return .null
                }
            }
            let new = vm.advance(source)
            if new.isNull {
                f.pointee.f0 = .null
                f.pointee.f1 = .null
                return .null
            }
            f.pointee.f1 = new
            return vm.tuple(old, new)
        }
        return t
    }

    // MARK: zip_longest: a = tuple of sources (NULL where exhausted), b = fill value, n = active sources

    func makeZipLongest() -> TypeBuilder {
        let t = iteratorType("zip_longest", values: 2, words: 1)
        t.doc("zip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> zip_longest object\n\nReturn a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.  The .__next__()\nmethod continues until the longest iterable in the argument sequence\nis exhausted and then it raises StopIteration.  When the shorter iterables\nare exhausted, the fillvalue is substituted in their place.  The fillvalue\ndefaults to None or can be specified by a keyword argument.\n")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                var fill = Value.none
                let named = vm.keywordCount(keywords)
                if named > 0 {
                    for i in 0..<named where PyStr(PyTuple(keywords)[i]).string == "fillvalue" { fill = arguments[count + i] }
                    if named > 1 || PyStr(PyTuple(keywords)[0]).string != "fillvalue" {
                        throw vm.raise(.typeError, "zip_longest() got an unexpected keyword argument")
                    }
                }
                let sources = try vm.newTuple(count)
                for i in 0..<count { sources[i] = try vm.iter(arguments[i]) }
                let v = vm.newInstance(PyType(cls))
                let it = v.cast(IteratorLayout2.self)
                it.pointee.a = sources.value
                it.pointee.b = fill
                it.pointee.n = count
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(IteratorLayout2.self)
            let sources = PyTuple(it.pointee.a)
            if sources.count == 0 || it.pointee.n == 0 { return .null }
            return vm.guarded { () throws(Raised) in
                let result = try vm.newTuple(sources.count)
                for i in 0..<sources.count {
                    var item = it.pointee.b
                    if !sources[i].isNull {
                        let next = vm.advance(sources[i])
                        if next.isNull {
                            it.pointee.n -= 1
                            if it.pointee.n == 0 || vm.hasRaised {
                                it.pointee.n = 0
                                return .null
                            }
                            sources[i] = .null
                        } else {
                            item = next
                        }
                    }
                    result[i] = item
                }
                return result.value
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(IteratorLayout2.self)
                let sources = PyTuple(it.pointee.a)
                let arguments = try vm.newTuple(sources.count)
                for i in 0..<sources.count { arguments[i] = sources[i].isNull ? vm.emptyTuple : sources[i] }
                return vm.tuple(vm.type(of: v).value, arguments.value, it.pointee.b)
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { _, v, state in
            v.cast(IteratorLayout2.self).pointee.b = state
            return .none
        }
        return t
    }
}
