// `_collections`: `defaultdict`, `_count_elements`, `_tuplegetter`. `deque` and `OrderedDict` have files of their own.
// CPython: Modules/_collectionsmodule.c.

private struct DefaultDictLayout {
    var dict: DictLayout
    /// NULL = None.
    var factory: Value
}

struct TupleGetterLayout {
    var type: PyType
    var doc: Value
    var index: Int
}

extension VM {
    func registerCollections() {
        registerModule("_collections") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory\n" as StaticString))
            if vm.makesTypes(of: .collections) {
                vm.makeDeque()
                vm.makeDequeIterators()
                vm.makeDefaultDict()
                vm.makeTupleGetter()
                vm.makeOrderedDict()
            }
            let types = vm.library
            m.attribute("deque", types.pointee.deque.value)
            m.attribute("defaultdict", types.pointee.defaultDict.value)
            m.attribute("OrderedDict", types.pointee.orderedDict.value)
            m.attribute("_deque_iterator", types.pointee.dequeIterator.value)
            m.attribute("_deque_reverse_iterator", types.pointee.dequeReverseIterator.value)
            m.attribute("_tuplegetter", types.pointee.tupleGetter.value)
            m.def2("_count_elements($module, mapping, iterable, /)", "Count elements in the iterable, updating the mapping") { vm, _, mapping, iterable in
                vm.guarded { () throws(Raised) in
                    try vm.countElements(mapping, iterable)
                    return .none
                }
            }
            return 0
        }
    }

    /// `Counter.update` without Python code, if `mapping` uses dict's own `get` and `__setitem__`.
    private func countElements(_ mapping: Value, _ iterable: Value) throws(Raised) {
        let iterator = try iter(iterable)
        let one = Value(small: 1)
        if isDict(mapping) {
            let type = self.type(of: mapping)
            if lookup(type, names.get) == lookup(types.dict, names.get), lookup(type, names.__setitem__) == lookup(types.dict, names.__setitem__) {
                let dict = PyDict(mapping)
                while let key = try next(iterator) {
                    let hash = try self.hash(key)
                    let old = try dict.get(self, key, hash: hash)
                    if old.isSmallInt && old.smallInt < Value.maxSmallInt {
                        try dict.set(self, key, hash: hash, Value(small: old.smallInt + 1))
                    } else {
                        try dict.set(self, key, hash: hash, old.isNull ? one : binary(.add, old, one))
                    }
                }
                return
            }
        }
        let get = try getAttr(mapping, names.get)
        while let key = try next(iterator) {
            let old = try call(get, key, Value(small: 0))
            try setItem(mapping, key, binary(.add, old, one))
        }
    }

    // MARK: defaultdict

    private func defaultFactory(_ v: Value) -> Value {
        let factory = v.cast(DefaultDictLayout.self).pointee.factory
        return factory.isNull ? .none : factory
    }

    private func makeDefaultDict() {
        let t = makeType("defaultdict", module: "collections", base: types.dict, size: MemoryLayout<DefaultDictLayout>.size, trace: .dict)
        t.statesGetAttribute()
        library.pointee.defaultDict = t.type
        t.type.ref.pointee.extraStart = 32
        t.doc("defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without arguments to produce\na new value when a key is not present, in __getitem__ only.\nA defaultdict compares equal to a dict with the same items.\nAll remaining arguments are treated the same as if they were\npassed to the dict constructor, including keyword arguments.\n")
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                if count > 0 && !arguments[0].isNone && !vm.isCallable(arguments[0]) {
                    throw vm.raise(.typeError, "first argument must be callable or None")
                }
                v.cast(DefaultDictLayout.self).pointee.factory = count > 0 && !arguments[0].isNone ? arguments[0] : .null
                let skipped = min(count, 1)
                try vm.dictUpdate(PyDict(v), arguments + skipped, count - skipped, keywords, "dict")
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                guard let base = vm.types.dict.slots.repr else { return .null }
                let contents = try vm.check(base(vm, v))
                let factory = vm.defaultFactory(v)
                let text: Value
                if factory.isNone {
                    text = try vm.repr(factory)
                } else if try vm.enterRepr(factory) {
                    defer { vm.leaveRepr(factory) }
                    text = try vm.repr(factory)
                } else {
                    text = vm.str("...")
                }
                let parts = try vm.newList(capacity: 2)
                try parts.append(vm, text)
                try parts.append(vm, contents)
                let inner = try vm.joinTexts(parts, open: "(", separator: ", ", close: ")")
                return try vm.joinTwo(vm.type(of: v).name, inner)
            }
        }
        t.type.slots.or = { vm, a, b in
            vm.guarded { () throws(Raised) in
                let isLeft = vm.isInstance(a, ofType: vm.library.pointee.defaultDict)
                let own = isLeft ? a : b
                if !vm.isDict(isLeft ? b : a) { return .notImplemented }
                // Whatever the order, the result is of the type of the one that is a defaultdict.
                let new = try vm.call(vm.type(of: own).value, vm.defaultFactory(own), a)
                if !vm.isDict(new) { return .notImplemented }
                try vm.dictUpdateFrom(PyDict(new), b)
                return new
            }
        }
        t.def1("-__missing__($self, key, /)", "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n  if self.default_factory is None: raise KeyError((key,))\n  self[key] = value = self.default_factory()\n  return value\n") { vm, v, key in
            vm.guarded { () throws(Raised) in
                let factory = v.cast(DefaultDictLayout.self).pointee.factory
                if factory.isNull || factory.isNone { throw vm.raise(.keyError, value: key) }
                let value = try vm.call(factory)
                try vm.setItem(v, key, value)
                return value
            }
        }
        t.def0("-copy($self, /)", "D.copy() -> a shallow copy of D.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.call(vm.type(of: v).value, vm.defaultFactory(v), v) }
        }
        t.def0("-__copy__($self, /)", "D.copy() -> a shallow copy of D.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.call(vm.type(of: v).value, vm.defaultFactory(v), v) }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let factory = vm.defaultFactory(v)
                let args = factory.isNone ? vm.emptyTuple : vm.tuple(factory)
                let items = try vm.iter(vm.callMethod(v, vm.names.items))
                let result = try vm.newTuple(5)
                result[0] = vm.type(of: v).value
                result[1] = args
                result[2] = .none
                result[3] = .none
                result[4] = items
                return result.value
            }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        t.member("default_factory", offset: 32, readOnly: false, doc: "Factory for default value called by __missing__().")
        readyType(t.type)
    }

    // MARK: _tuplegetter

    private func makeTupleGetter() {
        let t = makeType("_tuplegetter", module: "_collections", size: MemoryLayout<TupleGetterLayout>.size, trace: .words, fieldsEnd: 16, flags: [])
        library.pointee.tupleGetter = t.type
        t.new("(index, doc, /)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let index = try vm.sizeArgument(a[0])
                let v = vm.newInstance(PyType(cls))
                v.cast(TupleGetterLayout.self).pointee.doc = a[1]
                v.cast(TupleGetterLayout.self).pointee.index = index
                return v
            }
        }
        t.type.slots.descrGet = { vm, v, instance, _ in
            if instance.isNull { return v }
            let index = v.cast(TupleGetterLayout.self).pointee.index
            if vm.isTuple(instance) {
                let tuple = PyTuple(instance)
                if index >= 0 && index < tuple.count { return tuple[index] }
                return vm.guarded { () throws(Raised) in throw vm.raise(.indexError, "tuple index out of range") }
            }
            if instance.isNone { return v }
            return vm.guarded { () throws(Raised) in
                throw vm.raise(
                    .typeError, "descriptor for index '\(index)' for tuple subclasses doesn't apply to '\(vm.typeName(instance))' object")
            }
        }
        t.type.slots.descrSet = { vm, v, _, value in
            vm.guardedStatus { () throws(Raised) in
                throw vm.raise(.attributeError, value.isNull ? "can't delete attribute" : "can't set attribute")
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(TupleGetterLayout.self).pointee
                return vm.str("\(PyStr(vm.type(of: v).name).string)(\(layout.index), \(try vm.reprText(layout.doc)))")
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            let layout = v.cast(TupleGetterLayout.self).pointee
            return vm.tuple(vm.type(of: v).value, vm.tuple(vm.int(layout.index), layout.doc))
        }
        t.member("__doc__", offset: 8, readOnly: false)
        readyType(t.type)
    }
}
