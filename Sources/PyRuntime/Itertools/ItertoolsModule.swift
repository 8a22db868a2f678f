// `itertools`: the module and what its iterators share. CPython: Modules/itertoolsmodule.c.

extension VM {
    func registerItertools() {
        registerModule("itertools") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Functional tools for creating and using iterators.\n\nInfinite iterators:\ncount(start=0, step=1) --> start, start+step, start+2*step, ...\ncycle(p) --> p0, p1, ... plast, p0, p1, ...\nrepeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times\n\nIterators terminating on the shortest input sequence:\naccumulate(p[, func]) --> p0, p0+p1, p0+p1+p2\nchain(p, q, ...) --> p0, p1, ... plast, q0, q1, ...\nchain.from_iterable([p, q, ...]) --> p0, p1, ... plast, q0, q1, ...\ncompress(data, selectors) --> (d[0] if s[0]), (d[1] if s[1]), ...\ndropwhile(pred, seq) --> seq[n], seq[n+1], starting when pred fails\ngroupby(iterable[, keyfunc]) --> sub-iterators grouped by value of keyfunc(v)\nfilterfalse(pred, seq) --> elements of seq where pred(elem) is False\nislice(seq, [start,] stop [, step]) --> elements from\n       seq[start:stop:step]\npairwise(s) --> (s[0],s[1]), (s[1],s[2]), (s[2], s[3]), ...\nstarmap(fun, seq) --> fun(*seq[0]), fun(*seq[1]), ...\ntee(it, n=2) --> (it1, it2 , ... itn) splits one iterator into n\ntakewhile(pred, seq) --> seq[0], seq[1], until pred fails\nzip_longest(p, q, ...) --> (p[0], q[0]), (p[1], q[1]), ...\n\nCombinatoric generators:\nproduct(p, q, ... [repeat=1]) --> cartesian product\npermutations(p[, r])\ncombinations(p, r)\ncombinations_with_replacement(p, r)\n" as StaticString))
            if vm.makesTypes(of: .itertools) { vm.makeItertoolsTypes() }
            let all = PyTuple(vm.library.pointee.itertoolsTypes)
            for i in 0..<all.count { m.set(PyType(all[i]).name, all[i]) }
            vm.defineTee(m)
            return 0
        }
    }

    private func makeItertoolsTypes() {
        do {
            let list = try newList()
            for t in [makeCount(), makeRepeat(), makeCycle(), makeChain(), makeAccumulate(), makeStarMap(), makeISlice(), makePairwise(),
                makeZipLongest(), makeDropWhile(), makeTakeWhile(), makeFilterFalse(), makeCompress(), makeGroupBy(), makeGrouper(),
                makeTeeData(), makeTee(), makeProduct(), makePermutations(), makeCombinations(), makeCombinationsWithReplacement()]
            {
                // CPython's `tee` inherits it.
                if PyStr(t.type.name).string != "_tee" { t.type.slots.getattro = types.object.slots.getattro }
                t.type.slots.iter = t.type.slots.iternext == nil ? nil : { _, v in v }
                readyType(t.type)
                try list.append(self, t.type.value)
            }
            let all = try tupleFrom(list.value)
            _ = addRoot(all)
            library.pointee.itertoolsTypes = all
        } catch { clearRaised() }
    }

    /// An iterator type of this module: `values` traced words, then `words` plain ones.
    func iteratorType(_ name: StaticString, values: Int, words: Int = 0, flags: TypeFlags = .baseType) -> TypeBuilder {
        makeType(name, module: "itertools", size: 8 + (values + words) * 8, trace: .words, fieldsEnd: 8 + values * 8, flags: flags)
    }

    /// The next item of `iterator`; NULL when it is exhausted or has raised (`hasRaised` tells).
    @inline(__always) func advance(_ iterator: Value) -> Value {
        do throws(Raised) { try guardNativeStack() } catch { return .null }
        guard let slot = type(of: iterator).slots.iternext else { return advanceWithout(iterator) }
        let item = slot(self, iterator)
        if item.isNull && hasRaised { endOfIteration() }
        return item
    }

    /// A StopIteration means the end; other exceptions stay.
    @inline(never) private func endOfIteration() { if raisedMatches(.stopIteration) { clearRaised() } }

    @inline(never) private func advanceWithout(_ iterator: Value) -> Value {
        guarded { () throws(Raised) in throw raise(.typeError, "'\(typeName(iterator))' object is not an iterator") }
    }

    /// Positional arguments of a constructor; keywords are refused except for subclasses, whose `__init__` may take them.
    func positionalOnly(_ cls: Value, _ name: StaticString, _ count: Int, _ low: Int, _ high: Int, _ keywords: Value) throws(Raised) {
        if !PyType(cls).flags.contains(.heapType) { try rejectKeywords(keywords, name) }
        try checkArgumentCount(name, count, low, high)
    }

    /// A tuple handed to `__setstate__`, of `size` items unless -1.
    func stateTuple(_ state: Value, size: Int = -1) throws(Raised) -> PyTuple {
        if !isTuple(state) { throw raise(.typeError, "state is not a tuple") }
        let tuple = PyTuple(state)
        if size >= 0 && tuple.count != size {
            throw raise(.typeError, "function takes exactly \(size) argument\(size == 1 ? "" : "s") (\(tuple.count) given)")
        }
        return tuple
    }
}

// MARK: Layouts

/// Four values and four numbers: enough for most iterators. Types use a prefix of the values, so the numbers' place differs.
struct IteratorLayout1 {
    var type: PyType
    var a: Value
    var n: Int
    var m: Int
    var k: Int
    var l: Int
}
struct IteratorLayout2 {
    var type: PyType
    var a: Value
    var b: Value
    var n: Int
    var m: Int
}
