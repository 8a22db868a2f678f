// The little types: None, Ellipsis, NotImplemented, slice, range, module, mappingproxy, SimpleNamespace.
// CPython: Objects/object.c, sliceobject.c, rangeobject.c, moduleobject.c, descrobject.c, namespaceobject.c.

extension VM {
    func installSmallTypes() {
        installSingletons()
        installSlice()
        installRange()
        installModuleType()
        installMappingProxy()
        installNamespace()
    }

    private func installSingletons() {
        let n = TypeBuilder(self, types.none)
        n.type.slots.repr = { vm, _ in vm.str("None") }
        n.type.slots.bool = { _, _ in 0 }
        n.new("()") { _, _, _ in .none }
        let e = TypeBuilder(self, types.ellipsis)
        e.type.slots.repr = { vm, _ in vm.str("Ellipsis") }
        e.new("()") { _, _, _ in .ellipsis }
        e.def0("-__reduce__($self, /)", "") { vm, _ in vm.str("Ellipsis") }
        let i = TypeBuilder(self, types.notImplemented)
        i.type.slots.repr = { vm, _ in vm.str("NotImplemented") }
        i.type.slots.bool = { vm, _ in
            vm.guardedBool { () throws(Raised) in
                try vm.warn(.deprecationWarning, "NotImplemented should not be used in a boolean context")
                return true
            }
        }
        i.new("()") { _, _, _ in .notImplemented }
        i.def0("-__reduce__($self, /)", "") { vm, _ in vm.str("NotImplemented") }
    }

    // MARK: slice

    /// May collect.
    public func newSlice(_ start: Value, _ stop: Value, _ step: Value = .none) -> Value { newFields(types.slice, start, stop, step) }

    private func installSlice() {
        let t = TypeBuilder(self, types.slice)
        t.doc("slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).")
        t.type.slots.new = { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "slice() takes no keyword arguments") }
                switch count {
                case 1: return vm.newSlice(.none, a[0])
                case 2: return vm.newSlice(a[0], a[1])
                case 3: return vm.newSlice(a[0], a[1], a[2])
                default: throw vm.raise(.typeError, "slice expected at \(count < 1 ? "least 1 argument" : "most 3 arguments"), got \(count)")
                }
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let s = v.cast(SliceLayout.self).pointee
                return vm.str("slice(\(try vm.reprText(s.start)), \(try vm.reprText(s.stop)), \(try vm.reprText(s.step)))")
            }
        }
        t.type.slots.hash = hashNotImplemented
        t.type.slots.richcompare = { vm, a, b, op in
            guard b.isExactly(vm.types.slice), let op = CompareOp(rawValue: op) else { return .notImplemented }
            let x = a.cast(SliceLayout.self).pointee, y = b.cast(SliceLayout.self).pointee
            return vm.guarded { () throws(Raised) in
                try vm.compareSequences(vm.tuple(x.start, x.stop, x.step), vm.tuple(y.start, y.stop, y.step), op, isTuple: true)
            }
        }
        t.member("start", offset: 8)
        t.member("stop", offset: 16)
        t.member("step", offset: 24)
        t.def1(
            "-indices($self, len, /)",
            "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\nindices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped in a manner consistent with the\nhandling of normal slices."
        ) { vm, v, length in
            vm.guarded { () throws(Raised) in
                let n = try vm.exactIndex(length)
                if try vm.compareBool(n, Value(small: 0), .lt) { throw vm.raise(.valueError, "length should not be negative") }
                let (start, stop, step) = try vm.bigSliceIndices(v, n)
                return vm.tuple(start, stop, step)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let s = v.cast(SliceLayout.self).pointee
            return vm.tuple(vm.types.slice.value, vm.tuple(s.start, s.stop, s.step))
        }
    }

    // MARK: range

    /// `range(start, stop, step)` of ints, step not zero. May collect.
    public func newRange(_ start: Value, _ stop: Value, _ step: Value) throws(Raised) -> Value {
        newFields(types.range, start, stop, step, try rangeLength(start, stop, step))
    }

    private func rangeLength(_ start: Value, _ stop: Value, _ step: Value) throws(Raised) -> Value {
        if start.isSmallInt && stop.isSmallInt && step.isSmallInt {
            let a = start.smallInt, b = stop.smallInt, s = step.smallInt
            if s > 0 { return int(a < b ? (b - a - 1) / s + 1 : 0) }
            return int(a > b ? (a - b - 1) / -s + 1 : 0)
        }
        let zero = Value(small: 0), one = Value(small: 1)
        let up = try compareBool(step, zero, .gt)
        let low = up ? start : stop, high = up ? stop : start
        if try !compareBool(low, high, .lt) { return zero }
        let size = try up ? step : negative(step)
        let span = try binary(.subtract, binary(.subtract, high, low), one)
        return try binary(.add, binary(.floorDivide, span, size), one)
    }

    private func installRange() {
        let t = TypeBuilder(self, types.range)
        t.doc(
            "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).")
        t.type.slots.new = { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "range() takes no keyword arguments") }
                if count < 1 || count > 3 { throw vm.raise(.typeError, "range expected at \(count < 1 ? "least 1 argument" : "most 3 arguments"), got \(count)") }
                if count == 1 { return try vm.newRange(Value(small: 0), vm.exactIndex(a[0]), Value(small: 1)) }
                let start = try vm.exactIndex(a[0]), stop = try vm.exactIndex(a[1])
                let step = count == 3 ? try vm.exactIndex(a[2]) : Value(small: 1)
                if step.isSmallInt && step.smallInt == 0 { throw vm.raise(.valueError, "range() arg 3 must not be zero") }
                return try vm.newRange(start, stop, step)
            }
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let r = v.cast(RangeLayout.self).pointee
                let step = r.step.isSmallInt && r.step.smallInt == 1 ? "" : ", \(try vm.reprText(r.step))"
                return vm.str("range(\(try vm.reprText(r.start)), \(try vm.reprText(r.stop))\(step))")
            }
        }
        s.pointee.bool = { vm, v in vm.guardedBool { () throws(Raised) in try vm.isTrue(v.cast(RangeLayout.self).pointee.length) } }
        s.pointee.seqLength = { vm, v in
            vm.guardedInt { () throws(Raised) in
                var fits = false
                let n = vm.clampedInt(v.cast(RangeLayout.self).pointee.length, &fits)
                if !fits { throw vm.raise(.overflowError, "Python int too large to convert to C ssize_t") }
                return n
            }
        }
        s.pointee.mapLength = s.pointee.seqLength
        s.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let r = v.cast(RangeLayout.self).pointee
                let empty = try !vm.isTrue(r.length)
                let single = r.length.isSmallInt && r.length.smallInt == 1
                return try vm.hash(vm.tuple(r.length, empty ? .none : r.start, empty || single ? .none : r.step))
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard b.isExactly(vm.types.range), op == 2 || op == 3 else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = a.cast(RangeLayout.self).pointee, y = b.cast(RangeLayout.self).pointee
                var equal = try vm.equalKeys(x.length, y.length)
                if equal, try vm.isTrue(x.length) {
                    equal = try vm.equalKeys(x.start, y.start)
                    if equal && !(x.length.isSmallInt && x.length.smallInt == 1) { equal = try vm.equalKeys(x.step, y.step) }
                }
                return Value(equal == (op == 2))
            }
        }
        s.pointee.iter = { vm, v in vm.guarded { () throws(Raised) in try vm.rangeIterator(v.cast(RangeLayout.self)) } }
        s.pointee.item = { vm, v, i in vm.guarded { () throws(Raised) in try vm.rangeItem(v.cast(RangeLayout.self), vm.int(i)) } }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.rangeGetItem(v, key) } }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                if item.isSmallInt || item.isBool || item.isExactly(vm.types.int) { return try vm.rangeContains(v.cast(RangeLayout.self), item) }
                let iterator = try vm.iter(v)
                while let candidate = try vm.next(iterator) { if try vm.equalKeys(candidate, item) { return true } }
                return false
            }
        }
        t.member("start", offset: 8)
        t.member("stop", offset: 16)
        t.member("step", offset: 24)
        t.def0("-__reversed__($self, /)", "Return a reverse iterator.") { vm, v in
            vm.guarded { () throws(Raised) in
                let r = v.cast(RangeLayout.self).pointee
                if try !vm.isTrue(r.length) { return try vm.iter(vm.newRange(Value(small: 0), Value(small: 0), Value(small: 1))) }
                let last = try vm.rangeItem(v.cast(RangeLayout.self), Value(small: -1))
                let step = try vm.negative(r.step)
                return try vm.iter(vm.newRange(last, vm.binary(.subtract, r.start, r.step), step))
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            let r = v.cast(RangeLayout.self).pointee
            return vm.tuple(vm.types.range.value, vm.tuple(r.start, r.stop, r.step))
        }
        t.def1("-count($self, value, /)", "rangeobject.count(value) -> integer -- return number of occurrences of value") { vm, v, item in
            vm.guarded { () throws(Raised) in
                if item.isSmallInt || item.isBool || item.isExactly(vm.types.int) { return Value(small: try vm.rangeContains(v.cast(RangeLayout.self), item) ? 1 : 0) }
                var n = 0
                let iterator = try vm.iter(v)
                while let candidate = try vm.next(iterator) { if try vm.equalKeys(candidate, item) { n += 1 } }
                return vm.int(n)
            }
        }
        t.def1("-index($self, value, /)", "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                if item.isSmallInt || item.isBool || item.isExactly(vm.types.int) {
                    let r = v.cast(RangeLayout.self)
                    if try vm.rangeContains(r, item) {
                        return try vm.binary(.floorDivide, vm.binary(.subtract, item, r.pointee.start), r.pointee.step)
                    }
                    throw vm.raise(.valueError, "\(try vm.reprText(item)) is not in range")
                }
                var i = 0
                let iterator = try vm.iter(v)
                while let candidate = try vm.next(iterator) {
                    if try vm.equalKeys(candidate, item) { return vm.int(i) }
                    i += 1
                }
                throw vm.raise(.valueError, "sequence.index(x): x not in sequence")
            }
        }
        installRangeIterators()
    }

    /// `operator.index`, as an exact int.
    func exactIndex(_ value: Value) throws(Raised) -> Value {
        let number = try index(value)
        if number.isSmallInt { return number }
        if number.isBool { return Value(small: number.isTrue ? 1 : 0) }
        var fits = false
        let n = clampedInt(number, &fits)
        return fits ? int(n) : number
    }

    private func rangeIterator(_ r: UnsafeMutablePointer<RangeLayout>) throws(Raised) -> Value {
        if r.pointee.start.isSmallInt && r.pointee.step.isSmallInt && r.pointee.length.isSmallInt && r.pointee.stop.isSmallInt {
            let it = allocateUninitialized(MemoryLayout<RangeIteratorLayout>.size, types.rangeIterator).assumingMemoryBound(to: RangeIteratorLayout.self)
            it.pointee.start = r.pointee.start.smallInt
            it.pointee.next = it.pointee.start
            it.pointee.step = r.pointee.step.smallInt
            it.pointee.remaining = r.pointee.length.smallInt
            return Value(it)
        }
        return newFields(types.longRangeIterator, r.pointee.start, r.pointee.step, r.pointee.length, Value(small: 0))
    }

    private func rangeItem(_ r: UnsafeMutablePointer<RangeLayout>, _ i: Value) throws(Raised) -> Value {
        let zero = Value(small: 0)
        var i = i
        if try compareBool(i, zero, .lt) { i = try binary(.add, i, r.pointee.length) }
        if try compareBool(i, zero, .lt) ? true : try compareBool(i, r.pointee.length, .ge) { throw raise(.indexError, "range object index out of range") }
        return try binary(.add, r.pointee.start, binary(.multiply, i, r.pointee.step))
    }

    private func rangeContains(_ r: UnsafeMutablePointer<RangeLayout>, _ item: Value) throws(Raised) -> Bool {
        let up = try compareBool(r.pointee.step, Value(small: 0), .gt)
        let inside = try up
            ? (compareBool(r.pointee.start, item, .le) ? compareBool(item, r.pointee.stop, .lt) : false)
            : (compareBool(r.pointee.stop, item, .lt) ? compareBool(item, r.pointee.start, .le) : false)
        if !inside { return false }
        return try !isTrue(binary(.remainder, binary(.subtract, item, r.pointee.start), r.pointee.step))
    }

    private func rangeGetItem(_ v: Value, _ key: Value) throws(Raised) -> Value {
        let r = v.cast(RangeLayout.self)
        if key.isExactly(types.slice) {
            let (start, stop, step) = try bigSliceIndices(key, r.pointee.length)
            let newStart = try binary(.add, r.pointee.start, binary(.multiply, start, r.pointee.step))
            let newStop = try binary(.add, r.pointee.start, binary(.multiply, stop, r.pointee.step))
            return try newRange(newStart, newStop, binary(.multiply, step, r.pointee.step))
        }
        if !hasIndex(key) { throw raise(.typeError, "range indices must be integers or slices, not \(typeName(key))") }
        return try rangeItem(r, index(key))
    }

    /// `slice.indices` for a length of any size.
    func bigSliceIndices(_ slice: Value, _ length: Value) throws(Raised) -> (Value, Value, Value) {
        let s = slice.cast(SliceLayout.self).pointee
        func isSmall(_ value: Value) -> Bool { value.isSmallInt || value.isNone }
        if length.isSmallInt, isSmall(s.start), isSmall(s.stop), isSmall(s.step) {
            let (a, b, _, _) = try sliceIndices(slice, length: length.smallInt)
            return (int(a), int(b), s.step.isNone ? Value(small: 1) : s.step)
        }
        let length = exactInt(length)
        let zero = Value(small: 0), minusOne = Value(small: -1)
        let step = s.step.isNone ? Value(small: 1) : try sliceIndex(s.step)
        if try !isTrue(step) { throw raise(.valueError, "slice step cannot be zero") }
        let negativeStep = try compareBool(step, zero, .lt)
        let lower = negativeStep ? minusOne : zero
        let upper = negativeStep ? try binary(.add, length, minusOne) : length
        func clamp(_ value: Value, _ fallback: Value) throws(Raised) -> Value {
            if value.isNone { return fallback }
            var i = try sliceIndex(value)
            if try compareBool(i, zero, .lt) {
                i = try binary(.add, i, length)
                if try compareBool(i, lower, .lt) { i = lower }
            } else if try compareBool(i, upper, .gt) {
                i = upper
            }
            return i
        }
        return (try clamp(s.start, negativeStep ? upper : lower), try clamp(s.stop, negativeStep ? lower : upper), step)
    }

    private func sliceIndex(_ value: Value) throws(Raised) -> Value {
        if !hasIndex(value) { throw raise(.typeError, "slice indices must be integers or None or have an __index__ method") }
        return exactInt(try index(value))
    }

    private func installRangeIterators() {
        let t = TypeBuilder(self, types.rangeIterator)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(RangeIteratorLayout.self)
            if it.pointee.remaining <= 0 { return .null }
            let n = it.pointee.next
            it.pointee.next = n &+ it.pointee.step
            it.pointee.remaining -= 1
            return Value(small: n)
        }
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in vm.int(v.cast(RangeIteratorLayout.self).pointee.remaining) }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(RangeIteratorLayout.self).pointee
                let range = try vm.newRange(vm.int(it.start), vm.int(it.next &+ it.step &* it.remaining), vm.int(it.step))
                return vm.tuple(try vm.builtin("iter"), vm.tuple(range), vm.int((it.next &- it.start) / it.step))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(RangeIteratorLayout.self)
                let wanted = try vm.indexInt(state)
                let length = it.pointee.remaining &+ (it.pointee.next &- it.pointee.start) / it.pointee.step
                let index = min(max(0, wanted), length)
                it.pointee.next = it.pointee.start &+ index &* it.pointee.step
                it.pointee.remaining = length &- index
                return .none
            }
        }
        let l = TypeBuilder(self, types.longRangeIterator)
        l.type.slots.iter = { _, v in v }
        l.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                if try vm.compareBool(f.pointee.f3, f.pointee.f2, .ge) { return .null }
                let item = try vm.binary(.add, f.pointee.f0, vm.binary(.multiply, f.pointee.f3, f.pointee.f1))
                f.pointee.f3 = try vm.binary(.add, f.pointee.f3, Value(small: 1))
                return item
            }
        }
        l.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                return try vm.binary(.subtract, f.pointee.f2, f.pointee.f3)
            }
        }
        l.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let stop = try vm.binary(.add, f.pointee.f0, vm.binary(.multiply, f.pointee.f2, f.pointee.f1))
                let range = try vm.newRange(f.pointee.f0, stop, f.pointee.f1)
                return vm.tuple(try vm.builtin("iter"), vm.tuple(range), f.pointee.f3)
            }
        }
        l.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                var position = state
                if try vm.compareBool(position, Value(small: 0), .lt) { position = Value(small: 0) }
                if try vm.compareBool(position, f.pointee.f2, .gt) { position = f.pointee.f2 }
                f.pointee.f3 = position
                return .none
            }
        }
    }

    // MARK: module

    private func installModuleType() {
        let t = TypeBuilder(self, types.module)
        t.doc(
            "Create a module object.\n\nThe name must be a string; the optional doc argument can have any type.", signature: "(name, doc=None)")
        t.type.slots.new = { vm, cls, _, _, _ in
            let v = vm.newInstance(PyType(cls))
            v.cast(ModuleLayout.self).pointee.dict = vm.newDict().value
            return v
        }
        t.initialize("(name, doc=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(a[0]) { throw vm.raise(.typeError, "module.__init__() argument 1 must be str, not \(vm.argumentTypeName(a[0]))") }
                let layout = v.cast(ModuleLayout.self)
                layout.pointee.name = a[0]
                let dict = PyDict(layout.pointee.dict)
                try dict.set(vm, vm.names.__name__, a[0])
                try dict.set(vm, vm.names.__doc__, a[1].isNull ? .none : a[1])
                try dict.set(vm, vm.names.__package__, .none)
                try dict.set(vm, vm.names.__loader__, .none)
                try dict.set(vm, vm.names.__spec__, .none)
                return .none
            }
        }
        t.type.slots.getattro = { vm, v, name in vm.guarded { () throws(Raised) in try vm.moduleGetAttr(v, name, orNull: false) } }
        t.type.slots.setattro = { vm, v, name, value in
            vm.guardedStatus { () throws(Raised) in
                guard vm.isStr(name) else { throw vm.raise(.typeError, "attribute name must be string, not '\(vm.typeName(name))'") }
                let name = vm.isExactStr(name) ? vm.internValue(name) : try vm.internedCopy(name)
                let found = vm.lookup(vm.type(of: v), name)
                if found.isObject, let set = found.objectType.slots.descrSet {
                    try vm.checkStatus(set(vm, found, v, value))
                    return
                }
                let dict = PyDict(v.cast(ModuleLayout.self).pointee.dict)
                if value.isNull {
                    if try dict.remove(vm, name).isNull { throw vm.raise(.attributeError, value: name) }
                } else {
                    try dict.set(vm, name, value)
                }
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = PyDict(v.cast(ModuleLayout.self).pointee.dict)
                let frozen = PyDict(vm.state.pointee.modules.isObject ? vm.state.pointee.modules : vm.newDict().value).getStr(vm, vm.intern("_frozen_importlib"))
                if !frozen.isNull {
                    let function = try vm.getAttrIfPresent(frozen, "_module_repr")
                    if !function.isNull { return try vm.call(function, v) }
                }
                let name = dict.getStr(vm, vm.names.__name__)
                let file = dict.getStr(vm, vm.names.__file__)
                let shown = name.isNull ? "'?'" : try vm.reprText(name)
                if !file.isNull { return vm.str("<module \(shown) from \(try vm.reprText(file))>") }
                return vm.str("<module \(shown) (built-in)>")
            }
        }
        t.computedMember("__dict__") { vm, v in vm.isBareModule(v) ? .none : v.cast(ModuleLayout.self).pointee.dict }
        t.getset("__annotations__", get: { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = try vm.moduleDict(v)
                let own = try dict.get(vm, vm.names.__annotations__)
                if !own.isNull { return own }
                let fresh = vm.newDict().value
                try dict.set(vm, vm.names.__annotations__, fresh)
                return fresh
            }
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                let dict = try vm.moduleDict(v)
                if value.isNull {
                    if try dict.remove(vm, vm.names.__annotations__).isNull { throw vm.raise(.attributeError, value: vm.names.__annotations__) }
                } else {
                    try dict.set(vm, vm.names.__annotations__, value)
                }
            }
        })
        t.def0("-__dir__($self, /)", "__dir__() -> list\nspecialized dir() implementation") { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = try vm.moduleDict(v)
                let hook = try dict.get(vm, vm.names.__dir__)
                if !hook.isNull { return try vm.call(hook) }
                return try vm.listFrom(dict.value).value
            }
        }
    }

    /// A module that `__new__` alone has made: CPython's has no dict yet.
    func isBareModule(_ v: Value) -> Bool {
        let layout = v.cast(ModuleLayout.self)
        return layout.pointee.name.isNull && PyDict(layout.pointee.dict).count == 0
    }

    /// `module.__dict__`, which a subclass may have replaced by something else.
    private func moduleDict(_ v: Value) throws(Raised) -> PyDict {
        let dict = v.isExactly(types.module) && !isBareModule(v) ? v.cast(ModuleLayout.self).pointee.dict : try getAttr(v, names.__dict__)
        if !isDict(dict) { throw raise(.typeError, "<module>.__dict__ is not a dictionary") }
        return PyDict(dict)
    }

    /// - Parameter orNull: NULL stands for an attribute that is not there.
    func moduleGetAttr(_ v: Value, _ name: Value, orNull: Bool) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let dict = PyDict(v.cast(ModuleLayout.self).pointee.dict)
        let key = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let found = lookup(type(of: v), key)
        if found.isObject, let get = found.objectType.slots.descrGet, found.objectType.slots.descrSet != nil {
            return try check(get(self, found, v, type(of: v).value))
        }
        let own = dict.getStr(self, key)
        if !own.isNull { return own }
        if !found.isNull {
            if found.isObject, let get = found.objectType.slots.descrGet { return try check(get(self, found, v, type(of: v).value)) }
            return found
        }
        let hook = dict.getStr(self, names.__getattr__)
        if !hook.isNull { return try call(hook, key) }
        if orNull { return .null }
        let moduleName = dict.getStr(self, names.__name__)
        let text: String
        if !moduleName.isNull && isStr(moduleName) {
            var hint = ""
            let spec = dict.getStr(self, names.__spec__)
            if !spec.isNull && !spec.isNone {
                let initializing = try getAttrIfPresent(spec, "_initializing")
                if !initializing.isNull, try isTrue(initializing) { hint = "partially initialized " }
            }
            text = hint.isEmpty
                ? "module '\(PyStr(moduleName).string)' has no attribute '\(PyStr(key).string)'"
                : "\(hint)module '\(PyStr(moduleName).string)' has no attribute '\(PyStr(key).string)' (most likely due to a circular import)"
        } else {
            text = "module has no attribute '\(PyStr(key).string)'"
        }
        let exception = makeException(exceptionType(.attributeError), args: tuple(str(text)))
        exception.cast(ExceptionLayout.self).pointee.f0 = key
        exception.cast(ExceptionLayout.self).pointee.f1 = v
        throw setRaised(exception)
    }

    // MARK: mappingproxy

    private func installMappingProxy() {
        let t = TypeBuilder(self, types.mappingProxy)
        t.new("(mapping)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                if vm.type(of: a[0]).slots.getItem == nil || vm.isList(a[0]) || vm.isTuple(a[0]) {
                    throw vm.raise(.typeError, "mappingproxy() argument must be a mapping, not \(vm.typeName(a[0]))")
                }
                return vm.newFields(vm.types.mappingProxy, a[0])
            }
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in vm.str("mappingproxy(\(try vm.reprText(v.cast(FieldsLayout.self).pointee.f0)))") } }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.str(of: v.cast(FieldsLayout.self).pointee.f0) } }
        s.pointee.iter = { vm, v in vm.guarded { () throws(Raised) in try vm.iter(v.cast(FieldsLayout.self).pointee.f0) } }
        s.pointee.mapLength = { vm, v in vm.guardedInt { () throws(Raised) in try vm.length(v.cast(FieldsLayout.self).pointee.f0) } }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.getItem(v.cast(FieldsLayout.self).pointee.f0, key) } }
        s.pointee.contains = { vm, v, key in vm.guardedBool { () throws(Raised) in try vm.contains(v.cast(FieldsLayout.self).pointee.f0, key) } }
        s.pointee.hash = hashNotImplemented
        s.pointee.richcompare = { vm, a, b, op in
            vm.guarded { () throws(Raised) in
                guard let op = CompareOp(rawValue: op) else { return .notImplemented }
                return try vm.richCompare(a.cast(FieldsLayout.self).pointee.f0, b, op)
            }
        }
        s.pointee.or = { vm, a, b in
            vm.guarded { () throws(Raised) in
                let x = a.isExactly(vm.types.mappingProxy) ? a.cast(FieldsLayout.self).pointee.f0 : a
                let y = b.isExactly(vm.types.mappingProxy) ? b.cast(FieldsLayout.self).pointee.f0 : b
                return try vm.binary(.or, x, y)
            }
        }
        s.pointee.inplaceOr = { vm, a, b in
            _ = vm.raise(.typeError, "'|=' is not supported by \(vm.typeName(a)); use '|' instead")
            return .null
        }
        t.defN("-get($self, key, default=None, /)", "D.get(k[,d]) -> D[k] if k in D, else d.  d defaults to None.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.get, a[0], a[1].isNull ? .none : a[1])
            }
        }
        t.def0("-keys($self, /)", "D.keys() -> a set-like object providing a view on D's keys") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.keys) }
        }
        t.def0("-values($self, /)", "D.values() -> an object providing a view on D's values") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.values) }
        }
        t.def0("-items($self, /)", "D.items() -> a set-like object providing a view on D's items") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.items) }
        }
        t.def0("-copy($self, /)", "D.copy() -> a shallow copy of D") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.copy) }
        }
        t.def0("-__reversed__($self, /)", "D.__reversed__() -> reverse iterator") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v.cast(FieldsLayout.self).pointee.f0, vm.names.__reversed__) }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    // MARK: SimpleNamespace

    private func installNamespace() {
        let t = TypeBuilder(self, types.simpleNamespace)
        t.doc("A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.type.slots.initialize = { vm, v, a, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                if count != 0 { throw vm.raise(.typeError, "no positional arguments expected") }
                if keywords.isNull { return }
                let names = PyTuple(keywords)
                for i in 0..<names.count {
                    let name = vm.isExactStr(names[i]) ? vm.internValue(names[i]) : try vm.internedCopy(names[i])
                    try vm.setInstanceAttribute(v, vm.type(of: v), name, a[i])
                }
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let type = vm.type(of: v)
                let name = type == vm.types.simpleNamespace ? "namespace" : PyStr(type.name).string
                if try !vm.enterRepr(v) { return vm.str("\(name)(...)") }
                defer { vm.leaveRepr(v) }
                var parts: [String] = []
                let dict = PyDict(try vm.materializeDict(v, type))
                var position = 0
                while let (key, value) = dict.next(&position) {
                    if vm.isStr(key) && PyStr(key).count > 0 { parts.append("\(PyStr(key).string)=\(try vm.reprText(value))") }
                }
                return vm.str("\(name)(\(parts.joined(separator: ", ")))")
            }
        }
        t.type.slots.hash = hashNotImplemented
        t.type.slots.richcompare = { vm, a, b, op in
            guard vm.isInstance(a, ofType: vm.types.simpleNamespace), vm.isInstance(b, ofType: vm.types.simpleNamespace), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                try vm.richCompare(vm.materializeDict(a, vm.type(of: a)), vm.materializeDict(b, vm.type(of: b)), op)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling") { vm, v in
            vm.guarded { () throws(Raised) in vm.tuple(vm.type(of: v).value, vm.emptyTuple, try vm.materializeDict(v, vm.type(of: v))) }
        }
    }
}
