// `count`, `repeat`, `cycle`. CPython: Modules/itertoolsmodule.c.

extension VM {
    // MARK: count: a = next value, b = step

    func makeCount() -> TypeBuilder {
        let t = iteratorType("count", values: 2)
        t.doc("Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n            x += step", signature: "(start=0, step=1)")
        t.new("(start=0, step=1)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                for i in 0..<2 where !a[i].isNull && !vm.isNumber(a[i]) { throw vm.raise(.typeError, "a number is required") }
                var start = a[0].isNull ? Value(small: 0) : a[0]
                var step = a[1].isNull ? Value(small: 1) : a[1]
                // Counting machine integers by one forgets the classes of start and step.
                if vm.isInt(start), vm.isInt(step), vm.machineInt(step) == 1, let n = vm.machineInt(start) {
                    start = vm.int(n)
                    step = Value(small: 1)
                }
                let v = vm.newInstance(PyType(cls))
                v.cast(FieldsLayout.self).pointee.f0 = start
                v.cast(FieldsLayout.self).pointee.f1 = step
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let value = f.pointee.f0
            if Value.bothSmallInts(value, f.pointee.f1) {
                // Safe: two 48-bit numbers.
                f.pointee.f0 = vm.int(value.smallInt &+ f.pointee.f1.smallInt)
                return value
            }
            return vm.guarded { () throws(Raised) in
                f.pointee.f0 = try vm.binary(.add, value, f.pointee.f1)
                return value
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let step = f.pointee.f1
                let name = PyStr(vm.type(of: v).name).string
                let first = try vm.reprText(f.pointee.f0)
                if vm.isInt(step) && vm.machineInt(step) == 1 { return vm.str("\(name)(\(first))") }
                return vm.str("\(name)(\(first), \(try vm.reprText(step)))")
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let f = v.cast(FieldsLayout.self)
            let isPlain = f.pointee.f1 == Value(small: 1) && (f.pointee.f0.isSmallInt || f.pointee.f0.isExactly(vm.types.int) && vm.machineInt(f.pointee.f0) != nil)
            return vm.tuple(vm.type(of: v).value, isPlain ? vm.tuple(f.pointee.f0) : vm.tuple(f.pointee.f0, f.pointee.f1))
        }
        return t
    }

    // MARK: repeat: a = object, n = times left or -1

    func makeRepeat() -> TypeBuilder {
        let t = iteratorType("repeat", values: 1, words: 1)
        t.doc("repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.")
        t.new("(object, times=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let times = a[1].isNull ? -1 : max(0, try vm.sizeArgument(a[1]))
                let v = vm.newInstance(PyType(cls))
                v.cast(IteratorLayout1.self).pointee.a = a[0]
                v.cast(IteratorLayout1.self).pointee.n = times
                return v
            }
        }
        t.type.slots.iternext = { _, v in
            let it = v.cast(IteratorLayout1.self)
            if it.pointee.n == 0 { return .null }
            if it.pointee.n > 0 { it.pointee.n -= 1 }
            return it.pointee.a
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(IteratorLayout1.self)
                let name = PyStr(vm.type(of: v).name).string
                let text = try vm.reprText(it.pointee.a)
                return vm.str(it.pointee.n < 0 ? "\(name)(\(text))" : "\(name)(\(text), \(it.pointee.n))")
            }
        }
        t.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            vm.guarded { () throws(Raised) in
                let n = v.cast(IteratorLayout1.self).pointee.n
                if n < 0 { throw vm.raise(.typeError, "len() of unsized object") }
                return vm.int(n)
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let it = v.cast(IteratorLayout1.self).pointee
            return vm.tuple(vm.type(of: v).value, it.n < 0 ? vm.tuple(it.a) : vm.tuple(it.a, vm.int(it.n)))
        }
        return t
    }

    // MARK: cycle: a = source or NULL, b = saved items, n = next saved index, m = 1: nothing more to save

    func makeCycle() -> TypeBuilder {
        let t = iteratorType("cycle", values: 2, words: 2)
        t.doc("Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.", signature: "(iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "cycle", count, 1, 1, keywords)
                let source = try vm.iter(arguments[0])
                let saved = try vm.newList()
                let v = vm.newInstance(PyType(cls))
                v.cast(IteratorLayout2.self).pointee.a = source
                v.cast(IteratorLayout2.self).pointee.b = saved.value
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(IteratorLayout2.self)
            if !it.pointee.a.isNull {
                let item = vm.advance(it.pointee.a)
                if !item.isNull {
                    if it.pointee.m != 0 { return item }
                    return vm.guarded { () throws(Raised) in
                        try PyList(it.pointee.b).append(vm, item)
                        return item
                    }
                }
                if vm.hasRaised { return .null }
                it.pointee.a = .null
            }
            let saved = PyList(it.pointee.b)
            if it.pointee.n >= saved.count { it.pointee.n = 0 }
            if saved.count == 0 { return .null }
            it.pointee.n += 1
            return saved[it.pointee.n - 1]
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(IteratorLayout2.self)
                if it.pointee.a.isNull {
                    let source = try vm.iter(it.pointee.b)
                    if it.pointee.n > 0 { _ = try vm.callMethod(source, vm.names.__setstate__, vm.int(it.pointee.n)) }
                    return vm.tuple(vm.type(of: v).value, vm.tuple(source), vm.tuple(it.pointee.b, .true))
                }
                return vm.tuple(vm.type(of: v).value, vm.tuple(it.pointee.a), vm.tuple(it.pointee.b, Value(it.pointee.m != 0)))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let parts = try vm.stateTuple(state, size: 2)
                if !vm.isList(parts[0]) { throw vm.raise(.typeError, "argument 1 must be list, not \(vm.argumentTypeName(parts[0]))") }
                let isSaved = try vm.indexInt(parts[1]) != 0
                let it = v.cast(IteratorLayout2.self)
                it.pointee.b = parts[0]
                it.pointee.m = isSaved ? 1 : 0
                it.pointee.n = 0
                return .none
            }
        }
        return t
    }
}
