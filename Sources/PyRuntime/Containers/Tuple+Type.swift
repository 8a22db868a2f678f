// `tuple`: slots and methods. CPython: Objects/tupleobject.c.

extension VM {
    func installTuple() {
        let t = TypeBuilder(self, types.tuple)
        t.doc(
            "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
            signature: "(iterable=(), /)")
        t.new("(iterable=(), /)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                let items = a[0].isNull ? vm.emptyTuple : try vm.tupleFrom(a[0])
                if type == vm.types.tuple { return items }
                let source = PyTuple(items)
                let value = try vm.newVariableInstance(type, itemBytes: source.count * 8)
                value.cast(TupleLayout.self).pointee.count = source.count
                PyTuple(value).items.update(from: source.items, count: source.count)
                return value
            }
        }
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            if PyTuple(v).count == 0 { return vm.str("()") }
            return vm.guarded { () throws(Raised) in try vm.reprItems(v, open: "(", close: ")", cycle: "(...)", isTuple: true) }
        }
        s.pointee.hash = { vm, v in vm.guardedInt { () throws(Raised) in try vm.tupleHash(PyTuple(v)) } }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isTuple(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.compareSequences(a, b, op, isTuple: true) }
        }
        s.pointee.iter = { vm, v in vm.newSequenceIterator(vm.types.tupleIterator, v) }
        s.pointee.seqLength = { _, v in PyTuple(v).count }
        s.pointee.mapLength = { _, v in PyTuple(v).count }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                let tuple = PyTuple(v)
                for i in 0..<tuple.count where try vm.equalKeys(tuple[i], item) { return true }
                return false
            }
        }
        s.pointee.item = { vm, v, i in
            let tuple = PyTuple(v)
            if i >= 0 && i < tuple.count { return tuple[i] }
            _ = vm.raise(.indexError, "tuple index out of range")
            return .null
        }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.tupleGetItem(PyTuple(v), key) } }
        s.pointee.concat = { vm, a, b in vm.guarded { () throws(Raised) in try vm.tupleConcat(a, b) } }
        s.pointee.repeated = { vm, v, n in vm.guarded { () throws(Raised) in try vm.tupleRepeat(PyTuple(v), n) } }
        t.def0("__getnewargs__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in vm.tuple(try vm.tuple(PyTuple(v).items, count: PyTuple(v).count)) }
        }
        t.def1("count($self, value, /)", "Return number of occurrences of value.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let tuple = PyTuple(v)
                var n = 0
                for i in 0..<tuple.count where try vm.equalKeys(tuple[i], item) { n += 1 }
                return vm.int(n)
            }
        }
        t.defN("index($self, value, start=0, stop=sys.maxsize, /)", "Return first index of value.\n\nRaises ValueError if the value is not present.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let tuple = PyTuple(v)
                let start = try vm.searchBound(a[1], tuple.count, default: 0)
                let stop = min(try vm.searchBound(a[2], tuple.count, default: tuple.count), tuple.count)
                var i = start
                while i < stop {
                    if try vm.equalKeys(tuple[i], a[0]) { return vm.int(i) }
                    i += 1
                }
                throw vm.raise(.valueError, "tuple.index(x): x not in tuple")
            }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    /// xxHash-like mixing as CPython 3.8+ does it, so that sets of tuples have its order.
    public func tupleHash(_ tuple: PyTuple) throws(Raised) -> Int {
        let p1: UInt = 11_400_714_785_074_694_791, p2: UInt = 14_029_467_366_897_019_727, p5: UInt = 2_870_177_450_012_600_261
        var acc = p5
        for i in 0..<tuple.count {
            let lane = UInt(bitPattern: try hash(tuple[i]))
            acc &+= lane &* p2
            acc = acc << 31 | acc >> 33
            acc &*= p1
        }
        acc &+= UInt(tuple.count) ^ (p5 ^ 3_527_539)
        return acc == .max ? 1_546_275_796 : Int(bitPattern: acc)
    }

    private func tupleGetItem(_ tuple: PyTuple, _ key: Value) throws(Raised) -> Value {
        if key.isExactly(types.slice) {
            let (start, _, step, count) = try sliceIndices(key, length: tuple.count)
            if count == 0 { return emptyTuple }
            if count == tuple.count && step == 1 && tuple.value.isExactly(types.tuple) { return tuple.value }
            let result = try newTuple(count)
            var at = start
            for i in 0..<count {
                result[i] = tuple[at]
                at += step
            }
            return result.value
        }
        if !hasIndex(key) { throw raise(.typeError, "tuple indices must be integers or slices, not \(typeName(key))") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += tuple.count }
        if i < 0 || i >= tuple.count { throw raise(.indexError, "tuple index out of range") }
        return tuple[i]
    }

    private func tupleConcat(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if !isTuple(b) { throw raise(.typeError, "can only concatenate tuple (not \"\(typeName(b))\") to tuple") }
        let x = PyTuple(a), y = PyTuple(b)
        if x.count == 0 && b.isExactly(types.tuple) { return b }
        if y.count == 0 && a.isExactly(types.tuple) { return a }
        let result = try newTuple(x.count + y.count)
        result.items.update(from: x.items, count: x.count)
        (result.items + x.count).update(from: y.items, count: y.count)
        return result.value
    }

    private func tupleRepeat(_ tuple: PyTuple, _ n: Int) throws(Raised) -> Value {
        if tuple.count == 0 || n == 1, tuple.value.isExactly(types.tuple) { return tuple.value }
        if n <= 0 || tuple.count == 0 { return emptyTuple }
        let (total, overflow) = tuple.count.multipliedReportingOverflow(by: n)
        if overflow || total > 1 << 44 { throw raiseMemoryError() }
        let result = try newTuple(total)
        for k in 0..<n { (result.items + k * tuple.count).update(from: tuple.items, count: tuple.count) }
        return result.value
    }
}
