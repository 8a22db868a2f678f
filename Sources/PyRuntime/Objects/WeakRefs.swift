// `weakref.ref` and proxies: kept in a table by the referent's address, cleared by the collector (Heap+Collect.swift).
// CPython: Objects/weakrefobject.c.

import PyPlatform

extension VM {
    func firstWeakRef(_ object: Value) -> Value {
        object.isObject ? Value(bits: heap.pointee.weakRefs.find(object.bits)) : .null
    }

    public func weakRefCount(_ object: Value) -> Int {
        var n = 0
        var ref = firstWeakRef(object)
        while ref.isObject {
            n += 1
            ref = Value(bits: ref.cast(WeakRefLayout.self).pointee.next)
        }
        return n
    }

    /// A list of the weak references to `object`.
    public func weakRefList(_ object: Value) throws(Raised) -> Value {
        let list = try newList()
        var ref = firstWeakRef(object)
        while ref.isObject {
            try list.append(self, ref)
            ref = Value(bits: ref.cast(WeakRefLayout.self).pointee.next)
        }
        return list.value
    }

    /// The live referent, or NULL.
    @inlinable public func referent(_ ref: Value) -> Value { Value(bits: ref.cast(WeakRefLayout.self).pointee.referent) }

    /// `type` is weakref or a proxy type. Plain references without callback are shared. May collect.
    public func newWeakRef(_ type: PyType, _ object: Value, _ callback: Value) throws(Raised) -> Value {
        if !object.isObject || !object.objectType.flags.contains(.weakrefable) {
            throw raise(.typeError, "cannot create weak reference to '\(typeName(object))' object")
        }
        let callback = callback.isNone ? Value.null : callback
        if callback.isNull && (type == types.weakref || type == types.weakProxy || type == types.weakCallableProxy) {
            var ref = firstWeakRef(object)
            while ref.isObject {
                if ref.isExactly(type) && ref.cast(WeakRefLayout.self).pointee.callback.isNull { return ref }
                ref = Value(bits: ref.cast(WeakRefLayout.self).pointee.next)
            }
        }
        let ref = newInstance(type)
        let layout = ref.cast(WeakRefLayout.self)
        layout.pointee.callback = callback
        if callback.isObject { heap.pointee.hasNewCallback = true }
        layout.pointee.referent = object.bits
        layout.pointee.hash = -1
        linkWeakRef(ref, to: object, isPlain: callback.isNull && type == types.weakref)
        return ref
    }

    /// The shared reference comes first, the shared proxy next, then all others, the latest first.
    private func linkWeakRef(_ ref: Value, to object: Value, isPlain: Bool) {
        let layout = ref.cast(WeakRefLayout.self)
        let first = heap.pointee.weakRefs.find(object.bits)
        var last: UInt64 = 0
        var next = first
        while !isPlain && next != 0 {
            let other = Value(bits: next)
            if other.cast(WeakRefLayout.self).pointee.callback.isObject { break }
            if !other.isExactly(types.weakref) && !other.isExactly(types.weakProxy) && !other.isExactly(types.weakCallableProxy) { break }
            if !other.isExactly(types.weakref) && (ref.isExactly(types.weakProxy) || ref.isExactly(types.weakCallableProxy)) && layout.pointee.callback.isNull { break }
            last = next
            next = other.cast(WeakRefLayout.self).pointee.next
        }
        layout.pointee.next = next
        if last == 0 {
            heap.pointee.weakRefs.set(object.bits, ref.bits)
        } else {
            Value(bits: last).cast(WeakRefLayout.self).pointee.next = ref.bits
        }
    }

    /// `weakref.proxy(object, callback)`.
    public func newWeakProxy(_ object: Value, _ callback: Value) throws(Raised) -> Value {
        try newWeakRef(type(of: object).slots.call != nil ? types.weakCallableProxy : types.weakProxy, object, callback)
    }

    func installWeakRefs() {
        let t = TypeBuilder(self, types.weakref)
        t.type.slots.new = { vm, cls, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if count < 1 || count > 2 { throw vm.raise(.typeError, "__new__ expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)") }
                return try vm.newWeakRef(PyType(cls), a[0], count == 2 ? a[1] : .none)
            }
        }
        t.type.slots.initialize = { vm, _, _, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "ref() takes no keyword arguments") }
                if count < 1 || count > 2 {
                    throw vm.raise(.typeError, "__init__ expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)")
                }
            }
        }
        t.type.slots.call = { vm, v, _, count, keywords in
            if count != 0 || !(keywords.isNull || PyTuple(keywords).count == 0) {
                _ = vm.raise(.typeError, "weakref() takes no arguments (\(count) given)")
                return .null
            }
            let object = vm.referent(v)
            return object.isNull ? .none : object
        }
        t.type.slots.hash = { vm, v in
            let layout = v.cast(WeakRefLayout.self)
            if layout.pointee.hash != -1 { return layout.pointee.hash }
            return vm.guardedInt { () throws(Raised) in
                let object = vm.referent(v)
                if object.isNull { throw vm.raise(.typeError, "weak object has gone away") }
                let h = try vm.hash(object)
                layout.pointee.hash = h
                return h
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let object = vm.referent(v)
                if object.isNull { return vm.str("<weakref at \(vm.addressText(v)); dead>") }
                let name = try vm.getAttrIfPresent(object, vm.names.__name__)
                let suffix = !name.isNull && vm.isStr(name) ? " (\(PyStr(name).string))" : ""
                return vm.str("<weakref at \(vm.addressText(v)); to '\(PyStr(vm.type(of: object).name).string)' at \(vm.addressText(object))\(suffix)>")
            }
        }
        t.type.slots.richcompare = { vm, a, b, op in
            guard (op == 2 || op == 3) && vm.isInstance(b, ofType: vm.types.weakref), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = vm.referent(a), y = vm.referent(b)
                if x.isNull || y.isNull { return Value((a == b) == (op == .eq)) }
                return try vm.richCompare(x, y, op)
            }
        }
        t.computedMember("__callback__") { _, v in
            let callback = v.cast(WeakRefLayout.self).pointee.callback
            return callback.isNull ? .none : callback
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        installProxy(types.weakProxy)
        installProxy(types.weakCallableProxy)
        types.weakCallableProxy.slots.call = { vm, v, a, count, keywords in
            vm.guarded { () throws(Raised) in try vm.call(vm.proxied(v), a, count, keywords: keywords) }
        }
    }

    /// The object behind a proxy (the value itself if it is none). - Throws: ReferenceError if it is dead.
    func proxied(_ v: Value) throws(Raised) -> Value {
        guard v.isExactly(types.weakProxy) || v.isExactly(types.weakCallableProxy) else { return v }
        let object = referent(v)
        if object.isNull { throw raise(.referenceError, "weakly-referenced object no longer exists") }
        return object
    }

    private func installProxy(_ type: PyType) {
        let s = type.slotsPointer
        s.pointee.getattro = { vm, v, name in vm.guarded { () throws(Raised) in try vm.getAttr(vm.proxied(v), name) } }
        s.pointee.setattro = { vm, v, name, value in vm.guardedStatus { () throws(Raised) in try vm.setAttr(vm.proxied(v), name, value) } }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.str(of: vm.proxied(v)) } }
        s.pointee.repr = { vm, v in
            let object = vm.referent(v)
            return vm.str("<weakproxy at \(vm.addressText(v)) to \(object.isNull ? "NoneType" : PyStr(vm.type(of: object).name).string) at \(vm.addressText(object))>")
        }
        s.pointee.hash = hashNotImplemented
        s.pointee.richcompare = { vm, a, b, op in
            vm.guarded { () throws(Raised) in
                guard let op = CompareOp(rawValue: op) else { return .notImplemented }
                return try vm.richCompare(vm.proxied(a), vm.proxied(b), op)
            }
        }
        s.pointee.bool = { vm, v in vm.guardedBool { () throws(Raised) in try vm.isTrue(vm.proxied(v)) } }
        s.pointee.iter = { vm, v in vm.guarded { () throws(Raised) in try vm.iter(vm.proxied(v)) } }
        s.pointee.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let object = try vm.proxied(v)
                if vm.type(of: object).slots.iternext == nil {
                    throw vm.raise(.typeError, "Weakref proxy referenced a non-iterator '\(vm.typeName(object))' object")
                }
                return try vm.nextRaw(object)
            }
        }
        s.pointee.mapLength = { vm, v in vm.guardedInt { () throws(Raised) in try vm.length(vm.proxied(v)) } }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.getItem(vm.proxied(v), key) } }
        s.pointee.setItem = { vm, v, key, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { try vm.deleteItem(vm.proxied(v), key) } else { try vm.setItem(vm.proxied(v), key, value) }
            }
        }
        s.pointee.contains = { vm, v, item in vm.guardedBool { () throws(Raised) in try vm.contains(vm.proxied(v), item) } }
        s.pointee.add = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.add, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.subtract = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.subtract, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.multiply = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.multiply, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.trueDivide = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.trueDivide, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.floorDivide = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.floorDivide, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.remainder = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.remainder, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.and = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.and, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.or = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.or, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.xor = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.xor, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.lshift = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.lshift, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.rshift = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.rshift, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceAdd = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.add, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceSubtract = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.subtract, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceMultiply = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.multiply, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceRemainder = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.remainder, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceLshift = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.lshift, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceRshift = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.rshift, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceAnd = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.and, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceXor = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.xor, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceOr = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.or, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceFloorDivide = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.floorDivide, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceTrueDivide = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.trueDivide, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.inplaceMatrixMultiply = { vm, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.matrixMultiply, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.matrixMultiply = { vm, a, b in vm.guarded { () throws(Raised) in try vm.binary(.matrixMultiply, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.negative = { vm, v in vm.guarded { () throws(Raised) in try vm.negative(vm.proxied(v)) } }
        s.pointee.positive = { vm, v in vm.guarded { () throws(Raised) in try vm.positive(vm.proxied(v)) } }
        s.pointee.absolute = { vm, v in vm.guarded { () throws(Raised) in try vm.absolute(vm.proxied(v)) } }
        s.pointee.invert = { vm, v in vm.guarded { () throws(Raised) in try vm.invert(vm.proxied(v)) } }
        s.pointee.index = { vm, v in vm.guarded { () throws(Raised) in try vm.index(vm.proxied(v)) } }
        s.pointee.divmod = { vm, a, b in vm.guarded { () throws(Raised) in try vm.call(vm.builtin("divmod"), vm.proxied(a), vm.proxied(b)) } }
        s.pointee.power = { vm, a, b, m in
            vm.guarded { () throws(Raised) in try vm.call(vm.builtin("pow"), vm.proxied(a), vm.proxied(b), vm.proxied(m)) }
        }
        s.pointee.inplacePower = { vm, a, b, _ in vm.guarded { () throws(Raised) in try vm.inplace(.power, vm.proxied(a), vm.proxied(b)) } }
        s.pointee.int = { vm, v in vm.guarded { () throws(Raised) in try vm.toInt(vm.proxied(v)) } }
        s.pointee.float = { vm, v in vm.guarded { () throws(Raised) in try vm.call(vm.types.float.value, vm.proxied(v)) } }
        if type != types.weakProxy { return }
        let t = TypeBuilder(self, type)
        t.def0("-__bytes__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in try vm.call(vm.types.bytes.value, vm.proxied(v)) }
        }
        t.def0("-__reversed__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(vm.proxied(v), vm.names.__reversed__) }
        }
    }

    // MARK: Pending finalizers

    /// Runs queued `__del__` methods and weak reference callbacks; errors go to the unraisable hook. Called at a poll.
    /// Other threads may run others meanwhile; one thread does not begin another while one is running.
    public func runPendingFinalizers() {
        let thread = self.thread
        if thread.pointee.threading.runsFinalizers { return }
        thread.pointee.threading.runsFinalizers = true
        defer { thread.pointee.threading.runsFinalizers = false }
        let raised = takeRaised()
        defer { if raised.isObject { _ = restoreRaised(raised) } }
        // Those that wait now: where other threads make more all the time, this one must come back to its own work.
        let due = heap.pointee.pendingCount, start = Clock.monotonic.now
        var run = 0
        while run < due && runPendingFinalizer() { run += 1 }
        heap.pointee.finalizerPace.ran(run, in: Clock.monotonic.now - start)
        if heap.pointee.hasPending { thread.pointee.requestPoll(.finalizers) }
    }

    /// One of them; false if there was none. A function of its own: the next collection finds no word of it on the stack.
    @inline(never) private func runPendingFinalizer() -> Bool {
        if let (callback, ref) = heap.pointee.takePendingCallback() {
            do { _ = try call(callback, ref) } catch { writeUnraisable(callback) }
            return true
        }
        guard let object = heap.pointee.takePendingDel() else { return false }
        // Without memory `gc.is_finalized` does not know.
        _ = heap.pointee.finalized.trySet(object.bits, 1)
        if let del = type(of: object).slots.del, del(self, object).isNull {
            // A generator's is about the generator; an instance's about the method of its class.
            writeUnraisable(type(of: object).flags.contains(.heapType) ? lookup(type(of: object), names.__del__) : object)
        }
        return true
    }
}
