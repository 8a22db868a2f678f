// How builtins are declared (DESIGN D8): one statement each, with signature, docstring and body in one place.
//
//   let t = TypeBuilder(vm, vm.types.list)
//   t.def1("append($self, object, /)", "Append object to the end of the list.") { vm, list, item in
//       vm.guarded { () throws(Raised) in
//           try PyList(list).append(vm, item)
//           return .none
//       }
//   }
//
// def0…def3: exactly that many positional-only arguments, no parsing at all. defN: arguments bound by the signature
// (defaults arrive as NULL). defV: arguments as they come. A leading "-" hides the signature from `__text_signature__`;
// "^" does too, and wrong arguments are complained of as by PyArg_ParseTuple ("f() takes exactly 2 arguments (1 given)").

/// What a method is.
public enum Binding { case instance, classMethod, staticMethod }

/// Declares the attributes of a native type.
public struct TypeBuilder {
    public let vm: VM
    public let type: PyType

    public init(_ vm: VM, _ type: PyType) {
        self.vm = vm
        self.type = type
    }

    public func def0(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: Native0) {
        add(declaration, doc, binding, .zero, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def1(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: Native1) {
        add(declaration, doc, binding, .one, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def2(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: Native2) {
        add(declaration, doc, binding, .two, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def3(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: Native3) {
        add(declaration, doc, binding, .three, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func defN(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: NativeBound) {
        add(declaration, doc, binding, .bound, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func defV(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: NativeVariadic) {
        add(declaration, doc, binding, .variadic, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    /// Like `defV`, refusing keywords.
    public func defP(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding = .instance, _ code: NativeVariadic) {
        add(declaration, doc, binding, .positional, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }

    private func add(_ declaration: StaticString, _ doc: StaticString, _ binding: Binding, _ kind: NativeKind, _ code: UnsafeRawPointer) {
        let definition = vm.makeDefinition(declaration, doc, kind, code)
        definition.pointee.owner = type.value
        let own = definition.pointee.name
        let descriptor: Value
        switch binding {
        case .instance: descriptor = vm.newNative(vm.types.methodDescriptor, receiver: .null, owner: type.value, definition)
        case .classMethod:
            definition.pointee.isClassMethod = true
            descriptor = vm.newNative(vm.types.classMethodDescriptor, receiver: .null, owner: type.value, definition)
        case .staticMethod:
            definition.pointee.isStatic = true
            let function = vm.newNative(vm.types.builtinFunction, receiver: type.value, owner: .none, definition)
            descriptor = vm.newFields(vm.types.staticMethod, function)
        }
        vm.setTypeAttribute(type, own, descriptor)
    }

    /// A computed attribute; without `set` it is read-only.
    public func getset(_ name: StaticString, _ doc: StaticString? = nil, get: NativeGetter?, set: NativeSetter? = nil) {
        getset(getsetDefinition(name, doc, get: get, set: set))
    }

    func getset(_ definition: UnsafeMutablePointer<NativeDefinition>) {
        let descriptor = vm.newNative(vm.types.getSetDescriptor, receiver: .null, owner: type.value, definition)
        vm.setTypeAttribute(type, definition.pointee.name, descriptor)
    }

    /// Lives as long as the interpreter: classes that come and go share theirs.
    func getsetDefinition(
        _ name: StaticString, _ doc: StaticString?, get: NativeGetter?, set: NativeSetter? = nil
    ) -> UnsafeMutablePointer<NativeDefinition> {
        let definition = vm.makeDefinition(name, doc ?? "", .zero, unsafeBitCast(get, to: UnsafeRawPointer?.self) ?? UnsafeRawPointer(vm.raw))
        definition.pointee.isParsed = get != nil  // getsets have no signature: the flag says whether there is a getter.
        definition.pointee.hidesSignature = doc == nil
        definition.pointee.extra = unsafeBitCast(set, to: UnsafeRawPointer?.self)
        return definition
    }

    /// An attribute that is a value at a fixed byte offset of the instance.
    public func member(_ name: StaticString, offset: Int, readOnly: Bool = true, doc: StaticString? = nil) {
        let descriptor = vm.newMember(vm.intern(name), owner: type, offset: offset, kind: readOnly ? .readOnly : .optional, doc: doc.map { vm.str($0) } ?? .null)
        vm.setTypeAttribute(type, vm.intern(name), descriptor)
    }

    /// A member that is no field of the instance here: `member_descriptor` as in CPython, read (and written) by functions.
    public func computedMember(_ name: StaticString, _ doc: StaticString? = nil, get: NativeGetter, set: NativeSetter? = nil) {
        let descriptor = vm.newMember(
            vm.intern(name), owner: type, offset: unsafeBitCast(get, to: Int.self), kind: .computed, doc: doc.map { vm.str($0) } ?? .null)
        descriptor.cast(MemberLayout.self).pointee.setter = unsafeBitCast(set, to: Int.self)
        vm.setTypeAttribute(type, vm.intern(name), descriptor)
    }

    /// The type gives `__getattribute__` itself though it does what `object`'s does: then it shows in `__dict__`.
    public func statesGetAttribute() { type.slots.getattro = genericGetAttrSlot }
    /// The same for `__setattr__` and `__delattr__`.
    public func statesSetAttribute() { type.slots.setattro = vm.types.object.slots.setattro }

    /// A class attribute.
    public func attribute(_ name: StaticString, _ value: Value) { vm.setTypeAttribute(type, vm.intern(name), value) }

    /// The type's docstring and, for the constructor, "(iterable=(), /)"; without it `__text_signature__` is None.
    public func doc(_ text: StaticString, signature: StaticString? = nil) {
        type.ref.pointee.doc = vm.str(text)
        if let signature { type.ref.pointee.textSignature = vm.str(signature) }
    }

    /// The constructor, arguments bound by `signature`: `code(vm, type, arguments)`.
    /// - Parameter name: what complaints about the arguments call it, where that is not the type's name.
    public func new(_ signature: StaticString, called name: StaticString? = nil, _ code: NativeBound) {
        let definition = vm.makeDefinition(signature, "", .bound, unsafeBitCast(code, to: UnsafeRawPointer.self))
        definition.pointee.name = name.map { vm.intern($0) } ?? type.name
        definition.pointee.extra = UnsafeRawPointer(type.ref)
        type.ref.pointee.newDefinition = definition
        type.slots.new = { vm, type, arguments, count, names in
            guard let definition = PyType(type).ref.pointee.newDefinition else { return .null }
            return vm.invoke(definition, type, arguments, count, names)
        }
    }

    /// `__init__`, arguments bound by `signature`: `code(vm, self, arguments)` returns None or NULL.
    public func initialize(_ signature: StaticString, _ code: NativeBound) {
        let definition = vm.makeDefinition(signature, "", .bound, unsafeBitCast(code, to: UnsafeRawPointer.self))
        definition.pointee.name = type.name
        definition.pointee.extra = UnsafeRawPointer(type.ref)
        type.ref.pointee.initDefinition = definition
        type.slots.initialize = { vm, object, arguments, count, names in
            guard let definition = vm.type(of: object).ref.pointee.initDefinition else { return 0 }
            return vm.invoke(definition, object, arguments, count, names).isNull ? -1 : 0
        }
    }
}

/// Declares the contents of a native module.
public struct ModuleBuilder {
    public let vm: VM
    public let module: Value
    public var dict: PyDict { PyDict(module.cast(ModuleLayout.self).pointee.dict) }

    public init(_ vm: VM, module: Value) {
        self.vm = vm
        self.module = module
    }

    public func def0(_ declaration: StaticString, _ doc: StaticString, _ code: Native0) {
        add(declaration, doc, .zero, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def1(_ declaration: StaticString, _ doc: StaticString, _ code: Native1) {
        add(declaration, doc, .one, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def2(_ declaration: StaticString, _ doc: StaticString, _ code: Native2) {
        add(declaration, doc, .two, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func def3(_ declaration: StaticString, _ doc: StaticString, _ code: Native3) {
        add(declaration, doc, .three, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func defN(_ declaration: StaticString, _ doc: StaticString, _ code: NativeBound) {
        add(declaration, doc, .bound, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    public func defV(_ declaration: StaticString, _ doc: StaticString, _ code: NativeVariadic) {
        add(declaration, doc, .variadic, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }
    /// Like `defV`, refusing keywords.
    public func defP(_ declaration: StaticString, _ doc: StaticString, _ code: NativeVariadic) {
        add(declaration, doc, .positional, unsafeBitCast(code, to: UnsafeRawPointer.self))
    }

    private func add(_ declaration: StaticString, _ doc: StaticString, _ kind: NativeKind, _ code: UnsafeRawPointer) {
        let definition = vm.makeDefinition(declaration, doc, kind, code)
        // In a local: nothing else keeps the name while the function is made.
        let own = definition.pointee.name
        let name = module.cast(ModuleLayout.self).pointee.name
        let function = vm.newNative(vm.types.builtinFunction, receiver: module, owner: name, definition)
        set(own, function)
    }

    /// A module attribute.
    public func attribute(_ name: StaticString, _ value: Value) { set(vm.intern(name), value) }
    public func set(_ name: Value, _ value: Value) {
        do { try dict.set(vm, name, value) } catch { vm.clearRaised() }
    }
}
