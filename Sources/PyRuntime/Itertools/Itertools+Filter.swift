// `dropwhile`, `takewhile`, `filterfalse`, `compress`. CPython: Modules/itertoolsmodule.c.

extension VM {
    // MARK: dropwhile, takewhile: a = predicate, b = source, n = 1: the predicate is not asked any more

    func makeDropWhile() -> TypeBuilder {
        let t = iteratorType("dropwhile", values: 2, words: 1)
        t.doc("Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.", signature: "(predicate, iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "dropwhile", count, 2, 2, keywords)
                return vm.newFunctionIterator(cls, arguments[0], try vm.iter(arguments[1]))
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(IteratorLayout2.self)
            while true {
                let item = vm.advance(it.pointee.b)
                if item.isNull || it.pointee.n != 0 { return item }
                do {
                    if try !vm.isTrue(vm.call(it.pointee.a, item)) {
                        it.pointee.n = 1
                        return item
                    }
                } catch { return .null }
                if vm.pollRaises() { return .null }
            }
        }
        defineWhileState(t)
        return t
    }

    func makeTakeWhile() -> TypeBuilder {
        let t = iteratorType("takewhile", values: 2, words: 1)
        t.doc("Return successive entries from an iterable as long as the predicate evaluates to true for each entry.", signature: "(predicate, iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "takewhile", count, 2, 2, keywords)
                return vm.newFunctionIterator(cls, arguments[0], try vm.iter(arguments[1]))
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(IteratorLayout2.self)
            if it.pointee.n != 0 { return .null }
            let item = vm.advance(it.pointee.b)
            if item.isNull { return .null }
            return vm.guarded { () throws(Raised) in
                if try vm.isTrue(vm.call(it.pointee.a, item)) { return item }
                it.pointee.n = 1
                return .null
            }
        }
        defineWhileState(t)
        return t
    }

    private func defineWhileState(_ t: TypeBuilder) {
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            let it = v.cast(IteratorLayout2.self).pointee
            return vm.tuple(vm.type(of: v).value, vm.tuple(it.a, it.b), Value(small: it.n))
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                v.cast(IteratorLayout2.self).pointee.n = try vm.isTrue(state) ? 1 : 0
                return .none
            }
        }
    }

    func makeFilterFalse() -> TypeBuilder {
        let t = iteratorType("filterfalse", values: 2)
        t.doc("Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.", signature: "(function, iterable, /)")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.positionalOnly(cls, "filterfalse", count, 2, 2, keywords)
                return vm.newFunctionIterator(cls, arguments[0], try vm.iter(arguments[1]))
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let isPlain = f.pointee.f0.isNone || f.pointee.f0 == vm.types.bool.value
            while true {
                let item = vm.advance(f.pointee.f1)
                if item.isNull { return .null }
                do {
                    if try !vm.isTrue(isPlain ? item : vm.call(f.pointee.f0, item)) { return item }
                } catch { return .null }
                if vm.pollRaises() { return .null }
            }
        }
        defineFunctionReduce(t)
        return t
    }

    // MARK: compress: f0 = data, f1 = selectors

    func makeCompress() -> TypeBuilder {
        let t = iteratorType("compress", values: 2)
        t.doc("Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the selectors to\nchoose the data elements.", signature: "(data, selectors)")
        t.new("(data, selectors)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let data = try vm.iter(a[0])
                return vm.newFunctionIterator(cls, data, try vm.iter(a[1]))
            }
        }
        t.type.slots.iternext = { vm, v in
            let f = v.cast(FieldsLayout.self)
            while true {
                let item = vm.advance(f.pointee.f0)
                if item.isNull { return .null }
                let selector = vm.advance(f.pointee.f1)
                if selector.isNull { return .null }
                do { if try vm.isTrue(selector) { return item } } catch { return .null }
                if vm.pollRaises() { return .null }
            }
        }
        defineFunctionReduce(t)
        return t
    }
}
