// `slot wrapper` (`int.__add__`) and `method-wrapper` (`(1).__add__`): native slots as Python callables.
// CPython: wrapper_descriptor and wrapperbase functions, Objects/descrobject.c, typeobject.c.

extension VM {
    /// Calls the slot behind `definition` (of `owner`) on `receiver`.
    func callSlotWrapper(
        _ definition: UnsafeMutablePointer<NativeDefinition>, _ owner: PyType, _ receiver: Value,
        _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> Value {
        try guardNativeStack()
        let row = state.pointee.slotRows[Int(bitPattern: definition.pointee.extra) - 1]
        let slots = owner.slotsPointer
        let name = PyStr(row.name).string
        if row.kind == .call {
            guard let slot = slots.pointee.call else { throw raiseNotCallable(receiver) }
            return try check(slot(self, receiver, arguments, count, keywords))
        }
        if row.kind == .initialize {
            guard let slot = slots.pointee.initialize else { return .none }
            try checkStatus(slot(self, receiver, arguments, count, keywords))
            return .none
        }
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "wrapper \(name)() takes no keyword arguments") }
        let table = UnsafeMutableRawPointer(slots).assumingMemoryBound(to: UnsafeRawPointer?.self)
        guard let slot = table[Int(row.slot.rawValue)] else { throw raise(.typeError, "\(name) is not supported") }

        // Where CPython unpacks with an empty function name the text begins with a blank.
        func expect(_ wanted: Int, _ prefix: StaticString = "") throws(Raised) {
            if count != wanted { throw raise(.typeError, "\(prefix)expected \(wanted) argument\(wanted == 1 ? "" : "s"), got \(count)") }
        }
        switch row.kind {
        case .unary:
            try expect(0)
            return try check(unsafeBitCast(slot, to: UnarySlot.self)(self, receiver))
        case .next:
            try expect(0)
            let item = unsafeBitCast(slot, to: UnarySlot.self)(self, receiver)
            if item.isNull && !hasRaised { throw raise(.stopIteration) }
            return try check(item)
        case .del:
            try expect(0)
            _ = unsafeBitCast(slot, to: UnarySlot.self)(self, receiver)
            return .none
        case .left:
            try expect(1)
            return try check(unsafeBitCast(slot, to: BinarySlot.self)(self, receiver, arguments[0]))
        case .right:
            try expect(1)
            return try check(unsafeBitCast(slot, to: BinarySlot.self)(self, arguments[0], receiver))
        case .power, .powerReflected:
            if count < 1 || count > 2 {
                throw raise(.typeError, " expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)")
            }
            let modulus = count == 2 ? arguments[1] : .none
            let f = unsafeBitCast(slot, to: TernarySlot.self)
            return try check(row.kind == .power ? f(self, receiver, arguments[0], modulus) : f(self, arguments[0], receiver, modulus))
        case .inquiry:
            try expect(0)
            let answer = unsafeBitCast(slot, to: InquirySlot.self)(self, receiver)
            if answer < 0 { throw Raised() }
            return Value(answer != 0)
        case .length, .hash:
            try expect(0)
            let n = unsafeBitCast(slot, to: InquirySlot.self)(self, receiver)
            if n == -1 { throw Raised() }
            return int(n)
        case .getattro, .getItem:
            try expect(1)
            if row.kind == .getattro { try checkAttributeName(arguments[0]) }
            return try check(unsafeBitCast(slot, to: BinarySlot.self)(self, receiver, arguments[0]))
        case .setattro, .setItem, .descrSet:
            try expect(2, " ")
            if row.kind == .setattro {
                try checkAttributeName(arguments[0])
                try checkSetattr(receiver, owner, "__setattr__")
            }
            try checkStatus(unsafeBitCast(slot, to: StoreSlot.self)(self, receiver, arguments[0], arguments[1]))
            return .none
        case .delattro, .delItem, .descrDelete:
            try expect(1)
            if row.kind == .delattro {
                try checkAttributeName(arguments[0])
                try checkSetattr(receiver, owner, "__delattr__")
            }
            try checkStatus(unsafeBitCast(slot, to: StoreSlot.self)(self, receiver, arguments[0], .null))
            return .none
        case .lt, .le, .eq, .ne, .gt, .ge:
            try expect(1)
            let op = Int(row.kind.rawValue) - Int(WrapperKind.lt.rawValue)
            return try check(unsafeBitCast(slot, to: CompareSlot.self)(self, receiver, arguments[0], op))
        case .descrGet:
            if count < 1 || count > 2 {
                throw raise(.typeError, " expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)")
            }
            let instance = arguments[0].isNone ? Value.null : arguments[0]
            let type = count == 2 && !arguments[1].isNone ? arguments[1] : Value.null
            if instance.isNull && type.isNull { throw raise(.typeError, "__get__(None, None) is invalid") }
            return try check(unsafeBitCast(slot, to: DescrGetSlot.self)(self, receiver, instance, type))
        case .item, .repeated:
            try expect(1, row.kind == .repeated ? " " : "")
            var i = try indexInt(arguments[0])
            if row.kind == .item && i < 0, let length = slots.pointee.seqLength {
                let n = length(self, receiver)
                if n < 0 { throw Raised() }
                i += n
            }
            return try check(unsafeBitCast(slot, to: ItemSlot.self)(self, receiver, i))
        case .contains:
            try expect(1)
            let answer = unsafeBitCast(slot, to: ContainsSlot.self)(self, receiver, arguments[0])
            if answer < 0 { throw Raised() }
            return Value(answer != 0)
        case .call, .initialize:
            return .none
        }
    }

    private func checkAttributeName(_ name: Value) throws(Raised) {
        if !isStr(name) { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
    }

    /// `object.__setattr__(cls, …)` must not get around a metatype's own `__setattr__`.
    private func checkSetattr(_ receiver: Value, _ owner: PyType, _ name: StaticString) throws(Raised) {
        var base = type(of: receiver)
        while base.flags.contains(.heapType) && base.base.isObject { base = PyType(base.base) }
        if let native = base.slots.setattro, let own = owner.slots.setattro,
            unsafeBitCast(native, to: UInt.self) != unsafeBitCast(own, to: UInt.self), base != owner, !owner.isSubtype(of: base)
        {
            throw raise(.typeError, "can't apply this \(name) to \(typeName(receiver)) object")
        }
    }

    func installSlotWrapperTypes() {
        let t = TypeBuilder(self, types.slotWrapper)
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                return vm.str("<slot wrapper '\(PyStr(layout.definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.owner)))' objects>")
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                let owner = PyType(layout.owner)
                let name = PyStr(layout.definition.pointee.name).string
                if count < 1 { throw vm.raise(.typeError, "descriptor '\(name)' of '\(vm.typeText(owner))' object needs an argument") }
                if !vm.isInstance(arguments[0], ofType: owner) {
                    throw vm.raise(
                        .typeError,
                        "descriptor '\(name)' requires a '\(vm.typeText(owner))' object but received a '\(vm.typeName(arguments[0]))'")
                }
                return try vm.callSlotWrapper(layout.definition, owner, arguments[0], arguments + 1, count - 1, keywords)
            }
        }
        t.type.slots.descrGet = { vm, v, instance, _ in
            if instance.isNull { return v }
            return vm.newFields(vm.types.methodWrapper, v, instance)
        }
        installDescriptorAttributes(t, ownerName: "__objclass__")

        let m = TypeBuilder(self, types.methodWrapper)
        m.type.slots.repr = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let layout = f.pointee.f0.cast(NativeFunctionLayout.self).pointee
            return vm.str("<method-wrapper '\(PyStr(layout.definition.pointee.name).string)' of \(vm.typeName(f.pointee.f1)) object at \(vm.addressText(f.pointee.f1))>")
        }
        m.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let layout = f.pointee.f0.cast(NativeFunctionLayout.self).pointee
                return try vm.callSlotWrapper(layout.definition, PyType(layout.owner), f.pointee.f1, arguments, count, keywords)
            }
        }
        m.type.slots.hash = { vm, v in
            let f = v.cast(FieldsLayout.self)
            let mixed = vm.hashIdentity(f.pointee.f0) ^ vm.hashIdentity(f.pointee.f1)
            return mixed == -1 ? -2 : mixed
        }
        m.type.slots.richcompare = { vm, a, b, op in
            guard (op == 2 || op == 3) && b.isExactly(vm.types.methodWrapper) else { return .notImplemented }
            let x = a.cast(FieldsLayout.self), y = b.cast(FieldsLayout.self)
            return Value((x.pointee.f0 == y.pointee.f0 && x.pointee.f1 == y.pointee.f1) == (op == 2))
        }
        m.computedMember("__self__") { _, v in v.cast(FieldsLayout.self).pointee.f1 }
        m.getset("__name__") { _, v in v.cast(FieldsLayout.self).pointee.f0.cast(NativeFunctionLayout.self).pointee.definition.pointee.name }
        m.getset("__qualname__") { vm, v in vm.definitionQualname(v.cast(FieldsLayout.self).pointee.f0) }
        m.getset("__objclass__") { _, v in v.cast(FieldsLayout.self).pointee.f0.cast(NativeFunctionLayout.self).pointee.owner }
        m.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = v.cast(FieldsLayout.self)
                let name = f.pointee.f0.cast(NativeFunctionLayout.self).pointee.definition.pointee.name
                return vm.tuple(try vm.builtin("getattr"), vm.tuple(f.pointee.f1, name))
            }
        }
        m.getset("__doc__") { vm, v in vm.definitionDoc(v.cast(FieldsLayout.self).pointee.f0.cast(NativeFunctionLayout.self).pointee.definition) }
        m.getset("__text_signature__") { vm, v in
            vm.definitionSignature(v.cast(FieldsLayout.self).pointee.f0.cast(NativeFunctionLayout.self).pointee.definition)
        }
    }
}
