// Filling and missing the inline caches of LOAD_ATTR, STORE_ATTR and LOAD_METHOD. A type's version says that no class of its
// MRO changed; a shape says which attributes the instance has and where. CPython: the opcache of Python/ceval.c.

extension VM {
    private func rewrite(_ word: UnsafeMutablePointer<UInt64>, _ op: ExecOp) { word.pointee = word.pointee & ~0xFF | UInt64(op.rawValue) }
    private func attrName(_ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>) -> Value {
        frame.pointee.code.pointee.names[ExecWord.c(word.pointee)]
    }

    /// The shape of an object whose attribute words lie where the caches look; nil for dict mode and other layouts.
    private func cacheableShape(_ object: Value, _ type: PyType) -> UnsafeMutablePointer<ShapeLayout>? {
        guard type.ref.pointee.attrsOffset == 8, let shape = attrs(object, type).pointee.shape, shape.pointee.isDict == 0
        else { return nil }
        return shape
    }

    @inline(__always) private func cache(
        _ word: UnsafeMutablePointer<UInt64>, _ op: ExecOp, _ version: UInt32, offset: Int = 0, _ second: UInt64, _ third: UInt64 = 0
    ) {
        word[1] = UInt64(version) | UInt64(UInt32(truncatingIfNeeded: offset)) << 32
        word[2] = second
        word[3] = third
        rewrite(word, op)
    }

    private func address(_ shape: UnsafeMutablePointer<ShapeLayout>) -> UInt64 { UInt64(UInt(bitPattern: shape)) }

    /// Byte offset of inline attribute `index` in an object whose attribute words begin at 8.
    private func inlineOffset(_ index: Int) -> Int { 8 + MemoryLayout<AttrsLayout>.size + index * 8 }

    @inline(never) func loadAttrSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value
    ) throws(Raised) -> Value {
        let name = attrName(frame, word)
        guard object.isObject else { return try getAttr(object, name) }
        let type = object.objectType
        guard let slot = type.slots.getattro else { return try getAttr(object, name) }
        if isGenericGetAttr(slot) {
            let site = self.site(.load, name, object, type)
            if site.isHit {
                site.copy(to: word)
                let (found, value) = performLoad(word, object)
                if found { return value }
            }
            if fillLoad(word, object, type, name) { site.remember(word, type.ref.pointee.version) }
        } else if type == types.module {
            fillModule(word, object, name, .loadAttrModule)
        } else if type == types.type {
            let found = cacheableClassAttribute(PyType(object), name)
            if !found.isNull && !found.isExactly(types.classMethod) {
                cache(word, .loadAttrType, PyType(object).ref.pointee.version, 0, found.bits)
            }
        }
        return try getAttr(object, name)
    }

    /// What a specialised load that was just found valid gives; false: it needs a call or is unbound.
    private func performLoad(_ word: UnsafeMutablePointer<UInt64>, _ object: Value) -> (Bool, Value) {
        switch ExecWord.op(word.pointee) {
        case .loadAttrInline, .loadAttrMember:
            let value = object.field(Int(word[1] >> 32)).pointee
            return (!value.isNull, value)
        case .loadAttrClass: return (true, Value(bits: word[3]))
        case .loadAttrOverflow:
            let overflow = object.field(16).pointee
            return (true, overflow.field(Int(word[1] >> 32)).pointee)
        default: return (false, .null)
        }
    }

    /// True if the site was specialised.
    private func fillLoad(_ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value) -> Bool {
        let found = lookup(type, name)
        let version = assignVersion(type)
        if version == 0 { return false }
        var get = false
        if found.isObject {
            get = found.objectType.slots.descrGet != nil
            if get && found.objectType.slots.descrSet != nil { return fillDescriptor(word, found, type, version) }
        }
        if type.ref.pointee.attrsOffset == 0 {
            if found.isNull || get { return false }
            cache(word, .loadAttrClass, version, 0, found.bits)
            return true
        }
        guard let shape = cacheableShape(object, type) else { return false }
        let index = shapeIndex(shape, name)
        let capacity = Int(shape.pointee.inlineCapacity)
        if index >= capacity {
            cache(word, .loadAttrOverflow, version, offset: 16 + (index - capacity) * 8, address(shape))
        } else if index >= 0 {
            cache(word, .loadAttrInline, version, offset: inlineOffset(index), address(shape))
        } else if !found.isNull && !get {
            cache(word, .loadAttrClass, version, address(shape), found.bits)
        } else {
            return false
        }
        return true
    }

    /// Data descriptors that need no look at the instance: fields and properties with Python getters.
    private func fillDescriptor(_ word: UnsafeMutablePointer<UInt64>, _ found: Value, _ type: PyType, _ version: UInt32) -> Bool {
        if let offset = memberOffset(found, type) {
            cache(word, .loadAttrMember, version, offset: offset, 0)
            return true
        }
        if found.isExactly(library.pointee.tupleGetter) && type.flags.contains(.tupleSubclass) {
            let index = found.cast(TupleGetterLayout.self).pointee.index
            if index < 0 { return false }
            cache(word, .loadAttrItem, version, 0, UInt64(index))
            return true
        }
        if found.isExactly(types.property) {
            let getter = found.cast(PropertyLayout.self).pointee.getter
            guard getter.isExactly(types.function) else { return false }
            cache(word, .loadAttrProperty, version, 0, getter.bits)
            return true
        }
        return false
    }

    /// The offset of a plain field that `descriptor` describes in instances of `type`.
    private func memberOffset(_ descriptor: Value, _ type: PyType) -> Int? {
        guard descriptor.isExactly(types.memberDescriptor) else { return nil }
        let member = descriptor.cast(MemberLayout.self)
        if member.pointee.kind == MemberKind.computed.rawValue || member.pointee.offset < 0 { return nil }
        return type.isSubtype(of: PyType(member.pointee.owner)) ? member.pointee.offset : nil
    }

    /// What `cls.name` finds in the MRO where that alone decides and binding does nothing: plain values, functions, static
    /// methods (as they are), class methods of functions (as they are); else NULL. The class has a version then.
    private func cacheableClassAttribute(_ cls: PyType, _ name: Value) -> Value {
        let meta = lookup(types.type, name)
        if meta.isObject && meta.objectType.slots.descrSet != nil { return .null }
        let found = lookup(cls, name)
        if found.isNull { return .null }
        if found.isObject && found.objectType.slots.descrGet != nil {
            let kind = found.objectType
            let wrapped = kind == types.staticMethod || kind == types.classMethod ? found.cast(FieldsLayout.self).pointee.f0 : .null
            if kind == types.classMethod && !wrapped.isExactly(types.function) { return .null }
            if kind == types.staticMethod && wrapped.isNull { return .null }
            if wrapped.isNull && kind != types.function && kind != types.methodDescriptor { return .null }
        }
        return assignVersion(cls) == 0 ? .null : found
    }

    /// A static method's function, any other value itself.
    @inline(__always) private func unwrapped(_ value: Value) -> Value {
        value.isExactly(types.staticMethod) ? value.cast(FieldsLayout.self).pointee.f0 : value
    }

    private func fillModule(_ word: UnsafeMutablePointer<UInt64>, _ module: Value, _ name: Value, _ op: ExecOp) {
        let dict = module.cast(ModuleLayout.self).pointee.dict
        guard dict.isExactly(types.dict), lookup(types.module, name).isNull, let address = valueAddress(PyDict(dict), name) else { return }
        word[1] = PyDict(dict).watchKeys(self)
        word[2] = address
        rewrite(word, op)
    }

    /// The specialised loads that are not in the loop.
    @inline(never) func loadAttrCached(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value
    ) throws(Raised) -> Value {
        if object.isObject {
            let type = object.objectType
            let op = ExecWord.op(word.pointee)
            if op == .loadAttrModule {
                if type == types.module,
                    PyDict(object.cast(ModuleLayout.self).pointee.dict).ref.pointee.keysVersion == word[1]
                {
                    return wordValue(word[2])
                }
            } else if op == .loadAttrType {
                if type == types.type && PyType(object).ref.pointee.version == UInt32(truncatingIfNeeded: word[1]) {
                    return unwrapped(Value(bits: word[3]))
                }
            } else if type.ref.pointee.version == UInt32(truncatingIfNeeded: word[1]) {
                if op == .loadAttrItem {
                    let index = Int(truncatingIfNeeded: word[3])
                    if index < PyTuple(object).count { return PyTuple(object)[index] }
                } else if op == .loadAttrClass {
                    if word[2] == 0 || object.field(8).pointee.bits == word[2] {
                        return Value(bits: word[3])
                    }
                } else if object.field(8).pointee.bits == word[2] {
                    let overflow = object.field(16).pointee
                    return overflow.field(Int(word[1] >> 32)).pointee
                }
            }
        }
        return try loadAttrSlow(frame, word, object)
    }

    @inline(never) func storeAttrSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ value: Value
    ) throws(Raised) {
        let name = attrName(frame, word)
        guard object.isObject else { return try setAttr(object, name, value) }
        let type = object.objectType
        if let slot = type.slots.setattro, isGenericSetAttr(slot) {
            let site = self.site(.store, name, object, type)
            if site.isHit {
                site.copy(to: word)
                let offset = Int(word[1] >> 32)
                object.field(offset).pointee = value
                if ExecWord.op(word.pointee) == .storeAttrAdd { object.field(8).pointee = Value(bits: word[3]) }
                return
            }
            if fillStore(word, object, type, name) { site.remember(word, type.ref.pointee.version) }
        }
        try setAttr(object, name, value)
    }

    private func fillStore(
        _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value
    ) -> Bool {
        let found = lookup(type, name)
        let version = assignVersion(type)
        if version == 0 { return false }
        if found.isObject && found.objectType.slots.descrSet != nil {
            guard let offset = memberOffset(found, type), found.cast(MemberLayout.self).pointee.kind != MemberKind.readOnly.rawValue
            else { return false }
            cache(word, .storeAttrMember, version, offset: offset, 0)
            return true
        }
        guard let shape = cacheableShape(object, type) else { return false }
        let index = shapeIndex(shape, name)
        let capacity = Int(shape.pointee.inlineCapacity)
        if index >= 0 {
            if index >= capacity { return false }
            cache(word, .storeAttrInline, version, offset: inlineOffset(index), address(shape))
            return true
        }
        if Int(shape.pointee.count) < min(capacity, maxShapeCount), let next = childShape(shape, name) {
            cache(word, .storeAttrAdd, version, offset: inlineOffset(Int(shape.pointee.count)), address(shape), address(next))
            return true
        }
        return false
    }

    /// slot[0], slot[1] = method and receiver, or NULL and the attribute.
    @inline(never) func loadMethodSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ slot: UnsafeMutablePointer<Value>
    ) throws(Raised) {
        let name = attrName(frame, word)
        if object.isObject {
            let type = object.objectType
            if let getattro = type.slots.getattro, isGenericGetAttr(getattro) {
                let site = self.site(.method, name, object, type)
                if site.isHit {
                    site.copy(to: word)
                    if ExecWord.op(word.pointee) == .loadMethodWrapped {
                        // Valid now: this comes back here only if the wrapper was given something else to hold.
                        let held = Value(bits: word[3]).cast(FieldsLayout.self).pointee.f0
                        if held.isExactly(types.function) { return try loadMethodWrapped(frame, word, object, slot) }
                    } else {
                        slot[0] = Value(bits: word[3])
                        slot[1] = object
                        return
                    }
                }
                if fillMethod(word, object, type, name) { site.remember(word, type.ref.pointee.version) }
            } else if type == types.module {
                fillModule(word, object, name, .loadMethodModule)
            } else if type == types.type {
                let cls = PyType(object)
                let found = cacheableClassAttribute(cls, name)
                if !found.isNull {
                    let kind: WrappedMethod = found.isExactly(types.classMethod) ? .ofClassBound : .ofClass
                    cache(word, .loadMethodWrapped, cls.ref.pointee.version, offset: Int(kind.rawValue), 0, found.bits)
                }
            }
        }
        var unbound = false
        let method = try getMethod(object, name, &unbound)
        slot[0] = unbound ? method : .null
        slot[1] = unbound ? object : method
    }

    private func fillWrappedMethod(
        _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value, _ found: Value
    ) -> Bool {
        let version = assignVersion(type)
        if version == 0 || !found.cast(FieldsLayout.self).pointee.f0.isExactly(types.function) { return false }
        let kind: WrappedMethod = found.isExactly(types.staticMethod) ? .staticMethod : .classMethod
        if type.ref.pointee.attrsOffset == 0 {
            cache(word, .loadMethodWrapped, version, offset: Int(kind.rawValue), 0, found.bits)
            return true
        }
        guard let shape = cacheableShape(object, type), shapeIndex(shape, name) < 0 else { return false }
        cache(word, .loadMethodWrapped, version, offset: Int(kind.rawValue), address(shape), found.bits)
        return true
    }

    @inline(never) func loadMethodWrapped(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ slot: UnsafeMutablePointer<Value>
    ) throws(Raised) {
        if object.isObject, let kind = WrappedMethod(rawValue: UInt32(truncatingIfNeeded: word[1] >> 32)) {
            let type = object.objectType
            let held = Value(bits: word[3])
            let version = UInt32(truncatingIfNeeded: word[1])
            switch kind {
            case .staticMethod, .classMethod:
                let shapeFits = word[2] == 0 || object.field(8).pointee.bits == word[2]
                if type.ref.pointee.version == version && shapeFits {
                    let function = held.cast(FieldsLayout.self).pointee.f0
                    if function.isExactly(types.function) {
                        slot[0] = kind == .staticMethod ? .null : function
                        slot[1] = kind == .staticMethod ? function : type.value
                        return
                    }
                }
            case .ofClass:
                if type == types.type && PyType(object).ref.pointee.version == version {
                    slot[0] = .null
                    slot[1] = unwrapped(held)
                    return
                }
            case .ofClassBound:
                if type == types.type && PyType(object).ref.pointee.version == version {
                    let function = held.cast(FieldsLayout.self).pointee.f0
                    if function.isExactly(types.function) {
                        slot[0] = function
                        slot[1] = object
                        return
                    }
                }
            }
        }
        try loadMethodSlow(frame, word, object, slot)
    }

    private func fillMethod(_ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value) -> Bool {
        let found = lookup(type, name)
        guard found.isObject else { return false }
        if found.isExactly(types.staticMethod) || found.isExactly(types.classMethod) {
            return fillWrappedMethod(word, object, type, name, found)
        }
        guard found.objectType.flags.contains(.methodDescriptor) else { return false }
        let version = assignVersion(type)
        if version == 0 { return false }
        // The word that must stay as it is for the instance to hide nothing: its shape, or where there is none the type.
        let offset = Int(type.ref.pointee.attrsOffset)
        if offset < 0 { return false }
        if offset > 0, let shape = attrs(object, type).pointee.shape, shape.pointee.isDict != 0 || shapeIndex(shape, name) >= 0 { return false }
        cache(word, .loadMethodCached, version, offset: offset, object.field(offset).pointee.bits, found.bits)
        return true
    }
}

/// What a `loadMethodWrapped` cache found: in the class of the object, or in the object that is a class.
enum WrappedMethod: UInt32 { case staticMethod = 1, classMethod, ofClass, ofClassBound }

// MARK: - Sites that see several classes

/// What an inline cache held for one (name, type version, shape): a site that sees several classes takes it over from here
/// instead of looking everything up again. Emptied at every collection, for names and shapes may die.
struct AttributeSite {
    enum Use: UInt64 { case load = 1, store, method }
    /// The name's bits and the use.
    var key: UInt64
    /// Type version, and the specialised opcode in the upper half.
    var version: UInt64
    var shape: UInt64
    var word1: UInt64
    var word2: UInt64
    var word3: UInt64

    static let empty = AttributeSite(key: 0, version: 0, shape: 0, word1: 0, word2: 0, word3: 0)
    static var count: Int { 1024 }
}

/// An entry of the table and whether it is the one asked for.
struct AttributeSiteRef {
    let entry: UnsafeMutablePointer<AttributeSite>
    let key: UInt64
    let shape: UInt64
    let isHit: Bool

    @inline(__always) func copy(to word: UnsafeMutablePointer<UInt64>) {
        word[1] = entry.pointee.word1
        word[2] = entry.pointee.word2
        word[3] = entry.pointee.word3
        word.pointee = word.pointee & ~0xFF | entry.pointee.version >> 32
    }

    func remember(_ word: UnsafeMutablePointer<UInt64>, _ version: UInt32) {
        entry.pointee = AttributeSite(
            key: key, version: UInt64(version) | (word.pointee & 0xFF) << 32, shape: shape, word1: word[1], word2: word[2], word3: word[3])
    }
}

extension VM {
    @inline(__always) func site(_ use: AttributeSite.Use, _ name: Value, _ object: Value, _ type: PyType) -> AttributeSiteRef {
        let offset = Int(type.ref.pointee.attrsOffset)
        let shape = offset > 0 ? object.field(offset).pointee.bits : 0
        let version = type.ref.pointee.version
        let key = name.bits | use.rawValue
        let mixed = (key ^ shape >> 4 ^ UInt64(version) << 5) &* 0x9E37_79B9_7F4A_7C15
        let entry = eval.pointee.sites + Int(truncatingIfNeeded: mixed >> 54)
        let hit = version != 0 && entry.pointee.key == key && entry.pointee.shape == shape
            && UInt32(truncatingIfNeeded: entry.pointee.version) == version
        return AttributeSiteRef(entry: entry, key: key, shape: shape, isHit: hit)
    }

    /// For the collector.
    func forgetAttributeSites() {
        var thread = state.pointee.threads
        while let t = thread {
            if let raw = t.pointee.frame {
                raw.assumingMemoryBound(to: EvalState.self).pointee.sites.update(repeating: .empty, count: AttributeSite.count)
            }
            thread = t.pointee.next
        }
    }
}
