// What `anext(iterator, default)` returns: awaits the step, and turns StopAsyncIteration into the default.
// CPython: anextawaitable in Objects/iterobject.c.

/// f0: what the iterator's `__anext__` gave; f1: the default.
extension VM {
    func newAnextAwaitable(_ step: Value, _ fallback: Value) -> Value { newFields(types.anextAwaitable, step, fallback) }

    func installAnextAwaitable() {
        let t = TypeBuilder(self, types.anextAwaitable)
        t.type.slots.iter = { _, v in v }
        t.type.slots.awaitSlot = { _, v in v }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.withAnextDefault(v) { (iterator) throws(Raised) in
                    // StopIteration with a value must come through as it is.
                    guard let slot = vm.type(of: iterator).slots.iternext else { return .null }
                    let item = slot(vm, iterator)
                    if item.isNull && vm.hasRaised { throw Raised() }
                    return item
                }
            }
        }
        t.def1("-send($self, arg, /)", "send(arg) -> send 'arg' into the wrapped iterator,\nreturn next yielded value or raise StopIteration.") { vm, v, value in
            vm.guarded { () throws(Raised) in
                try vm.withAnextDefault(v) { (iterator) throws(Raised) in try vm.callMethod(iterator, vm.intern("send"), value) }
            }
        }
        t.defV("-throw(*args)", "throw(typ[,val[,tb]]) -> raise exception in the wrapped iterator,\nreturn next yielded value or raise StopIteration.") { vm, v, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.withAnextDefault(v) { (iterator) throws(Raised) in
                    try vm.call(try vm.getAttr(iterator, vm.intern("throw")), a, n, keywords: k)
                }
            }
        }
        t.defP("-close($self, /)", "close() -> raise GeneratorExit inside generator.") { vm, v, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.withAnextDefault(v) { (iterator) throws(Raised) in try vm.call(try vm.getAttr(iterator, vm.names.close), a, n, keywords: k) }
            }
        }
        t.statesGetAttribute()
    }

    /// `body` on the iterator behind the step; its StopAsyncIteration ends this awaitable with the default.
    private func withAnextDefault(_ v: Value, _ body: (Value) throws(Raised) -> Value) throws(Raised) -> Value {
        let fields = v.cast(FieldsLayout.self)
        do {
            var iterator = try awaitableIterator(fields.pointee.f0)
            if iterator.isExactly(types.coroutine), let slot = types.coroutine.slots.awaitSlot { iterator = try check(slot(self, iterator)) }
            return try body(iterator)
        } catch {
            if !raisedMatches(.stopAsyncIteration) { throw error }
            clearRaised()
            throw raiseStopIteration(fields.pointee.f1)
        }
    }
}
