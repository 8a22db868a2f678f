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
            fillLoad(word, object, type, name)
        } else if type == types.module {
            fillModule(word, object, name, .loadAttrModule)
        }
        return try getAttr(object, name)
    }

    private func fillLoad(_ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value) {
        let found = lookup(type, name)
        let version = assignVersion(type)
        if version == 0 { return }
        var get = false
        if found.isObject {
            get = found.objectType.slots.descrGet != nil
            if get && found.objectType.slots.descrSet != nil { return }
        }
        if type.ref.pointee.attrsOffset == 0 {
            if !found.isNull && !get { cache(word, .loadAttrClass, version, 0, found.bits) }
            return
        }
        guard let shape = cacheableShape(object, type) else { return }
        let index = shapeIndex(shape, name)
        let capacity = Int(shape.pointee.inlineCapacity)
        if index >= capacity {
            cache(word, .loadAttrOverflow, version, offset: 16 + (index - capacity) * 8, address(shape))
        } else if index >= 0 {
            cache(word, .loadAttrInline, version, offset: inlineOffset(index), address(shape))
        } else if !found.isNull && !get {
            cache(word, .loadAttrClass, version, address(shape), found.bits)
        }
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
            } else if type.ref.pointee.version == UInt32(truncatingIfNeeded: word[1]) {
                if op == .loadAttrClass {
                    if word[2] == 0 || object.pointer.load(fromByteOffset: 8, as: UInt64.self) == word[2] {
                        return Value(bits: word[3])
                    }
                } else if object.pointer.load(fromByteOffset: 8, as: UInt64.self) == word[2] {
                    let overflow = object.pointer.load(fromByteOffset: 16, as: Value.self)
                    return overflow.pointer.load(fromByteOffset: Int(word[1] >> 32), as: Value.self)
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
        if let slot = type.slots.setattro, isGenericSetAttr(slot), let shape = cacheableShape(object, type) {
            fillStore(word, type, name, shape)
        }
        try setAttr(object, name, value)
    }

    private func fillStore(
        _ word: UnsafeMutablePointer<UInt64>, _ type: PyType, _ name: Value, _ shape: UnsafeMutablePointer<ShapeLayout>
    ) {
        let found = lookup(type, name)
        if found.isObject && found.objectType.slots.descrSet != nil { return }
        let version = assignVersion(type)
        if version == 0 { return }
        let index = shapeIndex(shape, name)
        let capacity = Int(shape.pointee.inlineCapacity)
        if index >= 0 {
            if index < capacity { cache(word, .storeAttrInline, version, offset: inlineOffset(index), address(shape)) }
        } else if Int(shape.pointee.count) < min(capacity, maxShapeCount), let next = childShape(shape, name) {
            cache(word, .storeAttrAdd, version, offset: inlineOffset(Int(shape.pointee.count)), address(shape), address(next))
        }
    }

    /// slot[0], slot[1] = method and receiver, or NULL and the attribute.
    @inline(never) func loadMethodSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ slot: UnsafeMutablePointer<Value>
    ) throws(Raised) {
        let name = attrName(frame, word)
        if object.isObject {
            let type = object.objectType
            if let getattro = type.slots.getattro, isGenericGetAttr(getattro) {
                fillMethod(word, object, type, name)
            } else if type == types.module {
                fillModule(word, object, name, .loadMethodModule)
            }
        }
        var unbound = false
        let method = try getMethod(object, name, &unbound)
        slot[0] = unbound ? method : .null
        slot[1] = unbound ? object : method
    }

    private func fillMethod(_ word: UnsafeMutablePointer<UInt64>, _ object: Value, _ type: PyType, _ name: Value) {
        let found = lookup(type, name)
        guard found.isObject, found.objectType.flags.contains(.methodDescriptor) else { return }
        let version = assignVersion(type)
        if version == 0 { return }
        if type.ref.pointee.attrsOffset == 0 {
            cache(word, .loadMethodCached, version, 0, found.bits)
        } else if let shape = cacheableShape(object, type), shapeIndex(shape, name) < 0 {
            cache(word, .loadMethodCached, version, address(shape), found.bits)
        }
    }
}
