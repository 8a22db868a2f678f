// Native types: from a filled-in cell to a usable type object (MRO, inherited slots, wrappers). CPython: PyType_Ready.

extension VM {
    /// A new native type of another module. Fill in slots and attributes, then `readyType`. The type is immortal.
    /// `size` and `fieldsEnd` in bytes: see `TraceKind`. May collect.
    public func makeType(
        _ name: StaticString, module: StaticString, base: PyType? = nil, size: Int? = nil, trace: TraceKind? = nil, fieldsEnd: Int = 0,
        item: Int = 0, flags: TypeFlags = .baseType
    ) -> TypeBuilder {
        let type = newTypeCell()
        // Native types are immortal: their instances do not mark them.
        _ = addRoot(type.value)
        let parent = base ?? types.object
        describe(type, name, base: parent, flags: flags, module: module)
        if let size { layout(type, trace ?? .words, size, item: item, fieldsEnd: fieldsEnd) } else { copyLayout(type, from: parent) }
        return TypeBuilder(self, type)
    }

    /// Name, module and base; the base's layout must be known.
    func describe(_ type: PyType, _ name: StaticString, base: PyType, flags: TypeFlags, module: StaticString = "builtins") {
        let interned = intern(name)
        type.ref.pointee.name = interned
        // Where a type is called as its module, the two names are still two objects, as a pickle shows.
        type.ref.pointee.qualname = "\(name)" == "\(module)" ? str(name) : interned
        type.ref.pointee.module = intern(module)
        if type != types.object { type.ref.pointee.base = base.value }
        type.ref.pointee.flags.formUnion(flags.union(.immutable))
        if !type.ref.pointee.dict.isObject { type.ref.pointee.dict = newDict().value }
        if type.ref.pointee.inlineCapacity == 0 { type.ref.pointee.inlineCapacity = 2 }
    }

    func copyLayout(_ type: PyType, from base: PyType) {
        type.ref.pointee.traceKind = base.ref.pointee.traceKind
        type.ref.pointee.basicSize = base.ref.pointee.basicSize
        type.ref.pointee.itemSize = base.ref.pointee.itemSize
        type.ref.pointee.fieldsEnd = base.ref.pointee.fieldsEnd
        type.ref.pointee.extraStart = base.ref.pointee.extraStart
        type.ref.pointee.attrsOffset = base.ref.pointee.attrsOffset
    }

    /// Gives instances a `__dict__` (fixed-size native types). Call before `readyType`.
    public func giveDict(_ type: PyType) {
        let size = (type.ref.pointee.basicSize + 7) & ~7
        type.ref.pointee.basicSize = size
        type.ref.pointee.attrsOffset = Int32(size)
        if type.ref.pointee.extraStart == 0 { type.ref.pointee.extraStart = size }
    }

    /// The last step for a native type. - Precondition: its base is ready.
    public func readyType(_ type: PyType) {
        guard type != types.object else {
            type.ref.pointee.mro = tuple(type.value)
            type.ref.pointee.bases = emptyTuple
            type.ref.pointee.solidBase = type.value
            addSlotWrappers(type)
            finishNew(type)
            setDocAttribute(type)
            return
        }
        let base = PyType(type.base)
        type.ref.pointee.bases = tuple(base.value)
        type.ref.pointee.flags.formUnion(base.flags.intersection(.inherited))
        let rest = PyTuple(base.mro)
        do {
            let mro = try newTuple(rest.count + 1)
            mro[0] = type.value
            for i in 0..<rest.count { mro[i + 1] = rest[i] }
            type.ref.pointee.mro = mro.value
        } catch { clearRaised() }
        let sameLayout = type.ref.pointee.basicSize == base.ref.pointee.basicSize
            && type.ref.pointee.itemSize == base.ref.pointee.itemSize && type.ref.pointee.traceKind == base.ref.pointee.traceKind
        type.ref.pointee.solidBase = sameLayout ? base.ref.pointee.solidBase : type.value
        // The attribute words alone do not make a layout of its own.
        if type.ref.pointee.attrsOffset != 0 && base.ref.pointee.attrsOffset == 0
            && Int(type.ref.pointee.attrsOffset) == Int(base.ref.pointee.basicSize) && type.ref.pointee.traceKind == base.ref.pointee.traceKind
        {
            type.ref.pointee.solidBase = base.ref.pointee.solidBase
        }
        addSlotWrappers(type)
        inheritSlots(type, from: base)
        if type.slots.richcompare != nil && type.slots.hash == nil {
            type.slots.hash = hashNotImplemented
        }
        if isHashNotImplemented(type.slots.hash), PyDict(type.dict).getStr(self, names.__hash__).isNull, type.slots.richcompare != nil,
            !isHashNotImplemented(base.slots.hash)
        {
            setTypeAttribute(type, names.__hash__, .none)
        }
        finishNew(type)
        addSubclass(base, type)
        setDocAttribute(type)
        if type.slots.finalize != nil { type.ref.pointee.flags.insert(.hasFinalize) }
        if type.ref.pointee.attrsOffset != 0 && base.ref.pointee.attrsOffset == 0
            && PyDict(type.dict).getStr(self, names.__dict__).isNull
            && !type.flags.contains(.exceptionSubclass)
        {
            TypeBuilder(self, type).getset("__dict__", nil, get: dictGetter) { vm, v, value in
                if !value.isNull { return dictSetter(vm, v, value) }
                return vm.guardedStatus { () throws(Raised) in throw vm.raise(.typeError, "cannot delete __dict__") }
            }
        }
    }

    private func setDocAttribute(_ type: PyType) {
        let dict = PyDict(type.dict)
        if dict.getStr(self, names.__doc__).isNull {
            setTypeAttribute(type, names.__doc__, type.ref.pointee.doc.isNull ? .none : type.ref.pointee.doc)
        }
        if !type.flags.contains(.heapType), type.ref.pointee.module.isObject, !PyStr(type.ref.pointee.module).equals(PyStr(names.builtins)) {
            if dict.getStr(self, names.__module__).isNull { setTypeAttribute(type, names.__module__, type.ref.pointee.module) }
        }
    }

    /// `__new__` as an attribute, for types with a constructor of their own.
    private func finishNew(_ type: PyType) {
        if type.flags.contains(.disallowInstantiation) {
            type.slots.new = nil
            return
        }
        let base = type.base
        guard let own = type.slots.new else { return }
        if base.isObject, !type.flags.contains(.statesNew), let inherited = PyType(base).slots.new, unsafeBitCast(own, to: UInt.self) == unsafeBitCast(inherited, to: UInt.self),
            type.ref.pointee.newDefinition == PyType(base).ref.pointee.newDefinition
        {
            return
        }
        if !PyDict(type.dict).getStr(self, names.__new__).isNull { return }
        let function = newNative(types.builtinFunction, receiver: type.value, owner: .none, state.pointee.newWrapperDefinition.unsafelyUnwrapped)
        setTypeAttribute(type, names.__new__, function)
    }

    /// The one row behind every native `__new__`.
    func makeNewWrapperDefinition() {
        let code: NativeVariadic = { vm, owner, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let type = PyType(owner)
                func name() -> String { vm.typeText(type) }
                if count < 1 { throw vm.raise(.typeError, "\(name()).__new__(): not enough arguments") }
                guard vm.isType(arguments[0]) else {
                    throw vm.raise(.typeError, "\(name()).__new__(X): X is not a type object (\(vm.typeName(arguments[0])))")
                }
                let wanted = PyType(arguments[0])
                guard wanted.isSubtype(of: type) else {
                    let text = vm.typeText(wanted)
                    throw vm.raise(.typeError, "\(name()).__new__(\(text)): \(text) is not a subtype of \(name())")
                }
                // The most derived native constructor must be this one.
                var native = wanted
                while native.flags.contains(.heapType) && native.base.isObject { native = PyType(native.base) }
                if native != type, let b = type.slots.new,
                    native.slots.new.map({ unsafeBitCast($0, to: UInt.self) }) != unsafeBitCast(b, to: UInt.self)
                        || native.ref.pointee.newDefinition != type.ref.pointee.newDefinition
                {
                    throw vm.raise(
                        .typeError, "\(name()).__new__(\(vm.typeText(wanted))) is not safe, use \(vm.typeText(native)).__new__()")
                }
                guard let new = type.slots.new else { throw vm.raise(.typeError, "cannot create '\(name())' instances") }
                return try vm.check(new(vm, wanted.value, arguments + 1, count - 1, keywords))
            }
        }
        let definition = makeDefinition(
            "__new__($type, *args, **kwargs)", "Create and return a new object.  See help(type) for accurate signature.", .variadic,
            unsafeBitCast(code, to: UnsafeRawPointer.self))
        state.pointee.newWrapperDefinition = definition
    }
}
