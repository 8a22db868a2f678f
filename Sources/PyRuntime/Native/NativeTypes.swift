// `builtin_function_or_method`, `method_descriptor`, `classmethod_descriptor`, `getset_descriptor`, `member_descriptor`.
// CPython: Objects/methodobject.c, Objects/descrobject.c.

/// How a member is read and written.
public enum MemberKind: Int, Sendable {
    /// NULL reads as None; cannot be written.
    case readOnly
    /// NULL reads as None; can be written, deleting sets NULL.
    case optional
    /// `__slots__`: NULL is AttributeError.
    case slot
    /// Writable, cannot be deleted.
    case required
    /// Read and written by functions: what CPython keeps in a C field and this runtime elsewhere.
    case computed
}

@frozen public struct MemberLayout {
    public var type: PyType
    public var name: Value
    public var owner: Value
    public var doc: Value
    /// For `.computed` the address of the `NativeGetter`.
    public var offset: Int
    public var kind: Int
    /// For `.computed` the address of the `NativeSetter`, 0 = read only.
    public var setter: Int
}

extension VM {
    /// A `member_descriptor`: the value at `offset` bytes of instances of `owner`. May collect.
    public func newMember(_ name: Value, owner: PyType, offset: Int, kind: MemberKind, doc: Value) -> Value {
        let layout = allocateZeroed(MemoryLayout<MemberLayout>.size, types.memberDescriptor).assumingMemoryBound(to: MemberLayout.self)
        layout.pointee.name = name
        layout.pointee.owner = owner.value
        layout.pointee.doc = doc
        layout.pointee.offset = offset
        layout.pointee.kind = kind.rawValue
        return Value(layout)
    }

    func definitionDoc(_ definition: UnsafeMutablePointer<NativeDefinition>) -> Value {
        if definition.pointee.docLength == 0 { return .none }
        return str(utf8: UnsafeBufferPointer(start: definition.pointee.doc, count: Int(definition.pointee.docLength)))
    }

    func definitionSignature(_ definition: UnsafeMutablePointer<NativeDefinition>) -> Value {
        if definition.pointee.hidesSignature || definition.pointee.signatureLength == 0 { return .none }
        return str(utf8: UnsafeBufferPointer(start: definition.pointee.signature, count: Int(definition.pointee.signatureLength)))
    }

    /// Module functions show `$module` first, as CPython's do.
    private func functionSignature(_ v: Value) -> Value {
        let layout = v.cast(NativeFunctionLayout.self).pointee
        let plain = definitionSignature(layout.definition)
        guard layout.receiver.isObject, layout.receiver.isExactly(types.module), isStr(plain) else { return plain }
        let text = PyStr(plain).string
        if text.hasPrefix("($") { return plain }
        if !layout.definition.pointee.isParsed { parseSignature(layout.definition) }
        let count = layout.definition.pointee.parameterCount
        if count == 0 { return str("($module, /)") }
        return str(layout.definition.pointee.positionalOnlyCount > 0 ? "($module, \(text.dropFirst())" : "($module, /, \(text.dropFirst())")
    }

    /// "list.append" of a descriptor.
    func definitionQualname(_ descriptor: Value) -> Value {
        let layout = descriptor.cast(NativeFunctionLayout.self).pointee
        let name = PyStr(layout.definition.pointee.name).string
        guard isType(layout.owner) else { return layout.definition.pointee.name }
        return str("\(qualnameText(PyType(layout.owner))).\(name)")
    }

    func qualnameText(_ type: PyType) -> String {
        let qualname = type.ref.pointee.qualname
        return PyStr(isStr(qualname) ? qualname : type.name).string
    }

    /// `0x7f…`: an address as `repr` shows it.
    @inline(never) public func addressText(_ value: Value) -> String { "0x" + String(value.bits, radix: 16) }

    /// The receiver must be an instance of the descriptor's class.
    func checkReceiver(_ descriptor: Value, _ definition: UnsafeMutablePointer<NativeDefinition>, _ owner: PyType, _ receiver: Value) throws(Raised) {
        if isInstance(receiver, ofType: owner) { return }
        throw raise(
            .typeError,
            "descriptor '\(PyStr(definition.pointee.name).string)' for '\(typeText(owner))' objects doesn't apply to a '\(typeName(receiver))' object")
    }

    func installNativeTypes() {
        installBuiltinFunction()
        installMethodDescriptor()
        installClassMethodDescriptor()
        installGetSet()
        installMember()
        installSlotWrapperTypes()
    }

    /// `__name__`, `__qualname__`, `__doc__`, `__text_signature__`, and the owner under `ownerName`.
    func installDescriptorAttributes(_ t: TypeBuilder, ownerName: StaticString, isCallable: Bool = true, reduces: Bool = true) {
        t.computedMember("__name__") { _, v in v.cast(NativeFunctionLayout.self).pointee.definition.pointee.name }
        t.getset("__qualname__") { vm, v in vm.definitionQualname(v) }
        t.getset("__doc__") { vm, v in vm.definitionDoc(v.cast(NativeFunctionLayout.self).pointee.definition) }
        if isCallable {
            t.getset("__text_signature__") { vm, v in vm.definitionSignature(v.cast(NativeFunctionLayout.self).pointee.definition) }
        }
        t.computedMember(ownerName) { _, v in v.cast(NativeFunctionLayout.self).pointee.owner }
        if !reduces { return }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                let getattr = try vm.builtin("getattr")
                return vm.tuple(getattr, vm.tuple(layout.owner, layout.definition.pointee.name))
            }
        }
    }

    private func installBuiltinFunction() {
        let t = TypeBuilder(self, types.builtinFunction)
        t.type.slots.call = { vm, v, arguments, count, keywords in
            let layout = v.cast(NativeFunctionLayout.self)
            return vm.invoke(layout.pointee.definition, layout.pointee.receiver, arguments, count, keywords, bound: true)
        }
        t.type.slots.repr = { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            let name = PyStr(layout.definition.pointee.name).string
            if layout.receiver.isNull || layout.receiver.isExactly(vm.types.module) { return vm.str("<built-in function \(name)>") }
            return vm.str("<built-in method \(name) of \(vm.typeName(layout.receiver)) object at \(vm.addressText(layout.receiver))>")
        }
        t.type.slots.hash = { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            let mixed = Int(bitPattern: UInt(layout.receiver.bits) >> 4) ^ Int(bitPattern: layout.definition) >> 4
            return mixed == -1 ? -2 : mixed
        }
        t.type.slots.richcompare = { vm, a, b, op in
            guard (op == 2 || op == 3) && b.isExactly(vm.types.builtinFunction) else { return .notImplemented }
            let x = a.cast(NativeFunctionLayout.self).pointee, y = b.cast(NativeFunctionLayout.self).pointee
            return Value((x.receiver == y.receiver && x.definition == y.definition) == (op == 2))
        }
        t.getset("__name__") { _, v in v.cast(NativeFunctionLayout.self).pointee.definition.pointee.name }
        t.getset("__qualname__") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                let name = layout.definition.pointee.name
                if layout.receiver.isNull || layout.receiver.isExactly(vm.types.module) { return name }
                let owner = vm.isType(layout.receiver) ? PyType(layout.receiver) : vm.type(of: layout.receiver)
                return vm.str("\(vm.qualnameText(owner)).\(PyStr(name).string)")
            }
        }
        t.getset("__doc__") { vm, v in vm.definitionDoc(v.cast(NativeFunctionLayout.self).pointee.definition) }
        t.getset("__text_signature__") { vm, v in vm.functionSignature(v) }
        t.getset("__self__") { _, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            // A static method has its class for the repr only.
            return layout.receiver.isNull || layout.definition.pointee.isStatic ? .none : layout.receiver
        }
        t.getset("__module__", get: { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            return layout.owner.isNull ? .none : layout.owner
        })
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                let name = layout.definition.pointee.name
                if layout.receiver.isNull || layout.receiver.isExactly(vm.types.module) { return name }
                return vm.tuple(try vm.builtin("getattr"), vm.tuple(layout.receiver, name))
            }
        }
    }

    private func installMethodDescriptor() {
        let t = TypeBuilder(self, types.methodDescriptor)
        t.type.ref.pointee.flags.insert(.methodDescriptor)
        t.type.slots.call = { vm, v, arguments, count, keywords in
            let layout = v.cast(NativeFunctionLayout.self)
            let definition = layout.pointee.definition
            if count >= 1 && vm.isInstance(arguments[0], ofType: PyType(layout.pointee.owner)) {
                return vm.invoke(definition, arguments[0], arguments + 1, count - 1, keywords)
            }
            return vm.guarded { () throws(Raised) in
                let owner = PyType(layout.pointee.owner)
                let name = PyStr(definition.pointee.name).string
                if count < 1 { throw vm.raise(.typeError, "unbound method \(vm.qualnameText(owner)).\(name)() needs an argument") }
                throw vm.raise(
                    .typeError,
                    "descriptor '\(name)' for '\(vm.typeText(owner))' objects doesn't apply to a '\(vm.typeName(arguments[0]))' object")
            }
        }
        t.type.slots.repr = { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            return vm.str("<method '\(PyStr(layout.definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.owner)))' objects>")
        }
        t.type.slots.descrGet = { vm, v, instance, type in
            if instance.isNull { return v }
            return vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                try vm.checkReceiver(v, layout.definition, PyType(layout.owner), instance)
                return vm.newNative(vm.types.builtinFunction, receiver: instance, owner: .null, layout.definition)
            }
        }
        installDescriptorAttributes(t, ownerName: "__objclass__")
    }

    private func installClassMethodDescriptor() {
        let t = TypeBuilder(self, types.classMethodDescriptor)
        t.type.slots.repr = { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            return vm.str("<method '\(PyStr(layout.definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.owner)))' objects>")
        }
        t.type.slots.descrGet = { vm, v, instance, type in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                func name() -> String { PyStr(layout.definition.pointee.name).string }
                let owner = PyType(layout.owner)
                var cls = type
                if cls.isNull {
                    if instance.isNull {
                        throw vm.raise(.typeError, "descriptor '\(name())' for type '\(vm.typeText(owner))' needs either an object or a type")
                    }
                    cls = vm.type(of: instance).value
                }
                guard vm.isType(cls) else {
                    throw vm.raise(
                        .typeError, "descriptor '\(name())' for type '\(vm.typeText(owner))' needs a type, not a '\(vm.typeName(cls))' as arg 2")
                }
                guard PyType(cls).isSubtype(of: owner) else {
                    throw vm.raise(
                        .typeError,
                        "descriptor '\(name())' requires a subtype of '\(vm.typeText(owner))' but received '\(vm.typeText(PyType(cls)))'")
                }
                return vm.newNative(vm.types.builtinFunction, receiver: cls, owner: .null, layout.definition)
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self).pointee
                let name = PyStr(layout.definition.pointee.name).string
                if count < 1 {
                    throw vm.raise(.typeError, "descriptor '\(name)' of '\(vm.typeText(PyType(layout.owner)))' object needs an argument")
                }
                guard vm.isType(arguments[0]), PyType(arguments[0]).isSubtype(of: PyType(layout.owner)) else {
                    throw vm.raise(.typeError, "descriptor '\(name)' requires a type but received a '\(vm.typeName(arguments[0]))' instance")
                }
                return try vm.check(vm.invoke(layout.definition, arguments[0], arguments + 1, count - 1, keywords))
            }
        }
        installDescriptorAttributes(t, ownerName: "__objclass__", reduces: false)
    }

    private func installGetSet() {
        let t = TypeBuilder(self, types.getSetDescriptor)
        t.type.slots.repr = { vm, v in
            let layout = v.cast(NativeFunctionLayout.self).pointee
            return vm.str("<attribute '\(PyStr(layout.definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.owner)))' objects>")
        }
        t.type.slots.descrGet = { vm, v, instance, type in
            if instance.isNull { return v }
            let layout = v.cast(NativeFunctionLayout.self)
            let definition = layout.pointee.definition
            return vm.guarded { () throws(Raised) in
                try vm.checkReceiver(v, definition, PyType(layout.pointee.owner), instance)
                if !definition.pointee.isParsed {
                    throw vm.raise(
                        .attributeError,
                        "attribute '\(PyStr(definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.pointee.owner)))' objects is not readable")
                }
                return try vm.check(unsafeBitCast(definition.pointee.code, to: NativeGetter.self)(vm, instance))
            }
        }
        t.type.slots.descrSet = { vm, v, instance, value in
            vm.guardedStatus { () throws(Raised) in
                let layout = v.cast(NativeFunctionLayout.self)
                let definition = layout.pointee.definition
                try vm.checkReceiver(v, definition, PyType(layout.pointee.owner), instance)
                guard let setter = definition.pointee.extra else {
                    throw vm.raise(
                        .attributeError,
                        "attribute '\(PyStr(definition.pointee.name).string)' of '\(vm.typeText(PyType(layout.pointee.owner)))' objects is not writable")
                }
                try vm.checkStatus(unsafeBitCast(setter, to: NativeSetter.self)(vm, instance, value))
            }
        }
        installDescriptorAttributes(t, ownerName: "__objclass__", isCallable: false, reduces: false)
    }

    private func installMember() {
        let t = TypeBuilder(self, types.memberDescriptor)
        t.type.slots.repr = { vm, v in
            let layout = v.cast(MemberLayout.self).pointee
            return vm.str("<member '\(PyStr(layout.name).string)' of '\(vm.typeText(PyType(layout.owner)))' objects>")
        }
        t.type.slots.descrGet = { vm, v, instance, type in
            if instance.isNull { return v }
            return vm.guarded { () throws(Raised) in
                let layout = v.cast(MemberLayout.self)
                try vm.checkMemberReceiver(layout, instance)
                if layout.pointee.kind == MemberKind.computed.rawValue {
                    return try vm.check(unsafeBitCast(layout.pointee.offset, to: NativeGetter.self)(vm, instance))
                }
                let value = vm.memberAddress(layout, instance).pointee
                if !value.isNull { return value }
                if layout.pointee.kind == MemberKind.slot.rawValue {
                    throw vm.raise(.attributeError, "'\(vm.typeName(instance))' object has no attribute '\(PyStr(layout.pointee.name).string)'")
                }
                return .none
            }
        }
        t.type.slots.descrSet = { vm, v, instance, value in
            vm.guardedStatus { () throws(Raised) in
                let layout = v.cast(MemberLayout.self)
                try vm.checkMemberReceiver(layout, instance)
                let kind = layout.pointee.kind
                if kind == MemberKind.computed.rawValue && layout.pointee.setter != 0 {
                    if value.isNull { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                    return try vm.checkStatus(unsafeBitCast(layout.pointee.setter, to: NativeSetter.self)(vm, instance, value))
                }
                if kind == MemberKind.readOnly.rawValue || kind == MemberKind.computed.rawValue {
                    throw vm.raise(.attributeError, "readonly attribute")
                }
                let address = vm.memberAddress(layout, instance)
                if value.isNull {
                    if kind == MemberKind.required.rawValue { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                    if kind == MemberKind.slot.rawValue && address.pointee.isNull { throw vm.raise(.attributeError, value: layout.pointee.name) }
                }
                address.pointee = value
            }
        }
        t.computedMember("__name__") { _, v in v.cast(MemberLayout.self).pointee.name }
        t.getset("__qualname__") { vm, v in
            let layout = v.cast(MemberLayout.self).pointee
            return vm.str("\(vm.qualnameText(PyType(layout.owner))).\(PyStr(layout.name).string)")
        }
        t.getset("__doc__") { _, v in
            let doc = v.cast(MemberLayout.self).pointee.doc
            return doc.isNull ? .none : doc
        }
        t.computedMember("__objclass__") { _, v in v.cast(MemberLayout.self).pointee.owner }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(MemberLayout.self).pointee
                return vm.tuple(try vm.builtin("getattr"), vm.tuple(layout.owner, layout.name))
            }
        }
    }

    /// - Precondition: `instance` has the member's layout, which is not a computed one's.
    func memberAddress(_ layout: UnsafeMutablePointer<MemberLayout>, _ instance: Value) -> UnsafeMutablePointer<Value> {
        let offset = layout.pointee.offset
        return (instance.pointer + (offset > 0 ? offset : offsetAfterItems(instance, offset))).assumingMemoryBound(to: Value.self)
    }

    func checkMemberReceiver(_ layout: UnsafeMutablePointer<MemberLayout>, _ instance: Value) throws(Raised) {
        let owner = PyType(layout.pointee.owner)
        if instance.isObject && instance.objectType.isSubtype(of: owner) { return }
        throw raise(
            .typeError,
            "descriptor '\(PyStr(layout.pointee.name).string)' for '\(typeText(owner))' objects doesn't apply to a '\(typeName(instance))' object")
    }

    /// A name from the builtins module.
    public func builtin(_ name: StaticString) throws(Raised) -> Value {
        let value = PyDict(state.pointee.builtinsDict).getStr(self, intern(name))
        if value.isNull { throw raise(.attributeError, "module 'builtins' has no attribute '\(name)'") }
        return value
    }
}
