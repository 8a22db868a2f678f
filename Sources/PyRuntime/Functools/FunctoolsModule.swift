// `_functools`: `reduce` and `cmp_to_key`; `partial` and the LRU cache have files of their own.
// CPython: Modules/_functoolsmodule.c.

private struct KeyWrapperLayout {
    var type: PyType
    var compare: Value
    /// NULL in what `cmp_to_key` returns.
    var object: Value
}

extension VM {
    func registerFunctools() {
        registerModule("_functools") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Tools that operate on functions." as StaticString))
            if vm.makesTypes(of: .functools) {
                vm.makePartial()
                vm.makeLRUCache()
                vm.makeKeyWrapper()
            }
            m.attribute("partial", vm.library.pointee.partial.value)
            m.attribute("_lru_cache_wrapper", vm.library.pointee.lruCache.value)
            vm.defineFunctools(m)
            return 0
        }
    }

    private func defineFunctools(_ m: ModuleBuilder) {
        m.defV("-reduce(function, iterable, initial, /)", "reduce(function, iterable[, initial]) -> value\n\nApply a function of two arguments cumulatively to the items of a sequence\nor iterable, from left to right, so as to reduce the iterable to a single\nvalue.  For example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5]) calculates\n((((1+2)+3)+4)+5).  If initial is present, it is placed before the items\nof the iterable in the calculation, and serves as a default when the\niterable is empty.") { vm, _, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.rejectKeywords(keywords, "reduce")
                try vm.checkArgumentCount("reduce", count, 2, 3)
                return try vm.reduce(arguments[0], arguments[1], count == 3 ? arguments[2] : .null)
            }
        }
        m.defV("-cmp_to_key(mycmp)", "Convert a cmp= function into a key= function.") { vm, _, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let compare = try vm.onlyArgument("cmp_to_key", "mycmp", arguments, count, keywords)
                return vm.newFields(vm.library.pointee.keyWrapper, compare)
            }
        }
    }

    /// One argument by position or by name.
    private func onlyArgument(
        _ function: StaticString, _ name: StaticString, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> Value {
        let named = keywordCount(keywords)
        if count + named > 1 { throw raise(.typeError, "\(function)() takes at most 1 argument (\(count + named) given)") }
        if count == 1 { return arguments[0] }
        if named == 0 { throw raise(.typeError, "\(function)() missing required argument '\(name)' (pos 1)") }
        if PyStr(PyTuple(keywords)[0]).string != name.description {
            throw raise(.typeError, "\(function)() missing required argument '\(name)' (pos 1)")
        }
        return arguments[0]
    }

    private func reduce(_ function: Value, _ iterable: Value, _ initial: Value) throws(Raised) -> Value {
        let iterator: Value
        do { iterator = try iter(iterable) } catch {
            if !raisedMatches(.typeError) { throw Raised() }
            clearRaised()
            throw raise(.typeError, "reduce() arg 2 must support iteration")
        }
        var result = initial
        if result.isNull {
            guard let first = try next(iterator) else { throw raise(.typeError, "reduce() of empty iterable with no initial value") }
            result = first
        }
        while let item = try next(iterator) { result = try call(function, result, item) }
        return result
    }

    // MARK: cmp_to_key

    private func makeKeyWrapper() {
        let t = makeType("KeyWrapper", module: "functools", size: MemoryLayout<KeyWrapperLayout>.size, trace: .words, flags: .disallowInstantiation)
        library.pointee.keyWrapper = t.type
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let object = try vm.onlyArgument("K", "obj", arguments, count, keywords)
                return vm.newFields(vm.library.pointee.keyWrapper, v.cast(KeyWrapperLayout.self).pointee.compare, object)
            }
        }
        t.type.slots.hash = hashNotImplemented
        t.type.slots.richcompare = { vm, a, b, op in
            vm.guarded { () throws(Raised) in
                guard b.isExactly(vm.library.pointee.keyWrapper) else { throw vm.raise(.typeError, "other argument must be K instance") }
                let x = a.cast(KeyWrapperLayout.self).pointee, y = b.cast(KeyWrapperLayout.self).pointee
                if x.object.isNull || y.object.isNull { throw vm.raise(.attributeError, "object") }
                let order = try vm.call(x.compare, x.object, y.object)
                return try vm.richCompare(order, Value(small: 0), CompareOp(rawValue: op) ?? .lt)
            }
        }
        t.member("obj", offset: 16, readOnly: false, doc: "Value wrapped by a key function.")
        readyType(t.type)
    }
}
