// All builtin types: layouts first (allocation and the collector need them), then names, contents, and the last step.

extension VM {
    func layout(_ type: PyType, _ kind: TraceKind, _ basicSize: Int, item: Int = 0, fieldsEnd: Int = 0) {
        type.ref.pointee.traceKind = kind
        // Whole words: what a subclass adds, attributes above all, begins where its base ends.
        type.ref.pointee.basicSize = UInt32((basicSize + 7) & ~7)
        type.ref.pointee.itemSize = UInt32(item)
        type.ref.pointee.fieldsEnd = UInt32(kind == .words && fieldsEnd == 0 ? basicSize : fieldsEnd)
    }

    /// `.words` with `count` values.
    private func fields(_ type: PyType, _ count: Int) { layout(type, .words, 8 + count * 8) }

    func setLayouts() {
        layout(types.valueBuffer, .buffer, 16)
        layout(types.byteBuffer, .leaf, 16)
        layout(types.dictTable, .dictTable, MemoryLayout<DictTableLayout>.size)
        layout(types.shape, .words, MemoryLayout<ShapeLayout>.size, fieldsEnd: 56)
        layout(types.type, .words, MemoryLayout<TypeLayout>.stride + MemoryLayout<TypeSlots>.stride, fieldsEnd: MemoryLayout<TypeLayout>.offset(of: \TypeLayout.version) ?? 0)
        types.type.ref.pointee.flags = .typeSubclass
        layout(types.str, .str, 24, item: 1)
        types.str.ref.pointee.flags = .strSubclass
        layout(types.bytes, .leaf, 24, item: 1)
        types.bytes.ref.pointee.flags = .bytesSubclass
        layout(types.tuple, .tuple, 16, item: 8)
        types.tuple.ref.pointee.flags = .tupleSubclass
        layout(types.dict, .dict, 32)
        types.dict.ref.pointee.flags = .dictSubclass
        layout(types.list, .list, 32)
        types.list.ref.pointee.flags = .listSubclass
        layout(types.int, .leaf, 16, item: 8)
        types.int.ref.pointee.flags = .intSubclass
        layout(types.bool, .leaf, 16, item: 8)
        layout(types.float, .leaf, 16)
        types.float.ref.pointee.flags = .floatSubclass
        layout(types.complex, .leaf, 24)
        types.complex.ref.pointee.flags = .complexSubclass
        for type in [types.set, types.frozenset] {
            layout(type, .set, MemoryLayout<SetLayout>.size)
            type.ref.pointee.flags = .setSubclass
        }
        layout(types.module, .words, MemoryLayout<ModuleLayout>.size)
        setFunctionLayouts()
        setIteratorLayouts()
    }

    private func setFunctionLayouts() {
        for type in [types.builtinFunction, types.methodDescriptor, types.classMethodDescriptor, types.slotWrapper, types.getSetDescriptor] {
            layout(type, .words, 32, fieldsEnd: 24)
        }
        layout(types.memberDescriptor, .words, MemoryLayout<MemberLayout>.size, fieldsEnd: 32)
        fields(types.methodWrapper, 2)
        fields(types.staticMethod, 1)
        fields(types.classMethod, 1)
        fields(types.property, 6)
        fields(types.superType, 3)
        fields(types.slice, 3)
        fields(types.range, 4)
        fields(types.mappingProxy, 1)
        fields(types.genericAlias, 3)
        fields(types.unionType, 1)
        fields(types.anextAwaitable, 2)
        layout(types.weakref, .words, MemoryLayout<WeakRefLayout>.size, fieldsEnd: 16)
        layout(types.weakProxy, .words, MemoryLayout<WeakRefLayout>.size, fieldsEnd: 16)
        layout(types.weakCallableProxy, .words, MemoryLayout<WeakRefLayout>.size, fieldsEnd: 16)
    }

    private func setIteratorLayouts() {
        for type in [types.listIterator, types.listReverseIterator, types.tupleIterator, types.strIterator, types.bytesIterator,
            types.bytearrayIterator, types.sequenceIterator, types.memoryIterator, types.reversed]
        {
            layout(type, .words, 24, fieldsEnd: 16)
        }
        layout(types.rangeIterator, .leaf, MemoryLayout<RangeIteratorLayout>.size)
        fields(types.longRangeIterator, 4)
        for type in [types.setIterator, types.dictKeyIterator, types.dictValueIterator, types.dictItemIterator, types.dictReverseKeyIterator,
            types.dictReverseValueIterator, types.dictReverseItemIterator]
        {
            layout(type, .words, MemoryLayout<TableIteratorLayout>.size, fieldsEnd: 16)
        }
        for type in [types.dictKeys, types.dictValues, types.dictItems] { fields(type, 1) }
        for type in [types.callableIterator, types.enumerate, types.zip, types.map, types.filter] { fields(type, 2) }
    }

    // MARK: Names

    private func name(_ type: PyType, _ name: StaticString, _ flags: TypeFlags = [], base: PyType? = nil, module: StaticString = "builtins") {
        describe(type, name, base: base ?? types.object, flags: flags, module: module)
    }

    private func nameTypes() {
        let plain = TypeFlags.disallowInstantiation
        name(types.object, "object", .baseType)
        name(types.type, "type", [.baseType, .weakrefable])
        name(types.none, "NoneType")
        name(types.ellipsis, "ellipsis")
        name(types.notImplemented, "NotImplementedType")
        name(types.int, "int", [.baseType, .matchSelf])
        name(types.bool, "bool", .matchSelf, base: types.int)
        name(types.float, "float", [.baseType, .matchSelf])
        name(types.complex, "complex", .baseType)
        name(types.str, "str", [.baseType, .matchSelf])
        name(types.bytes, "bytes", [.baseType, .matchSelf])
        name(types.bytearray, "bytearray", [.baseType, .matchSelf])
        name(types.memoryview, "memoryview", [.sequence, .weakrefable])
        name(types.tuple, "tuple", [.baseType, .matchSelf, .sequence])
        name(types.list, "list", [.baseType, .matchSelf, .sequence])
        name(types.dict, "dict", [.baseType, .matchSelf, .mapping])
        name(types.set, "set", [.baseType, .matchSelf, .weakrefable])
        name(types.frozenset, "frozenset", [.baseType, .matchSelf, .weakrefable])
        name(types.slice, "slice")
        name(types.range, "range", .sequence)
        name(types.builtinFunction, "builtin_function_or_method", [plain, .weakrefable])
        name(types.methodDescriptor, "method_descriptor", [plain, .methodDescriptor])
        name(types.classMethodDescriptor, "classmethod_descriptor", plain)
        name(types.slotWrapper, "wrapper_descriptor", [plain, .methodDescriptor])
        name(types.methodWrapper, "method-wrapper", plain)
        name(types.getSetDescriptor, "getset_descriptor", plain)
        name(types.memberDescriptor, "member_descriptor", plain)
        name(types.staticMethod, "staticmethod", .baseType)
        name(types.classMethod, "classmethod", .baseType)
        name(types.property, "property", .baseType)
        name(types.superType, "super", .baseType)
        name(types.method, "method", .weakrefable)
        name(types.function, "function", [.weakrefable, .methodDescriptor])
        name(types.code, "code", .weakrefable)
        name(types.cell, "cell")
        name(types.frame, "frame", plain)
        name(types.traceback, "traceback")
        name(types.generator, "generator", [plain, .weakrefable])
        name(types.coroutine, "coroutine", [plain, .weakrefable])
        name(types.coroutineWrapper, "coroutine_wrapper", plain)
        name(types.asyncGenerator, "async_generator", [plain, .weakrefable])
        name(types.asyncGeneratorASend, "async_generator_asend", plain)
        name(types.asyncGeneratorAThrow, "async_generator_athrow", plain)
        name(types.anextAwaitable, "anext_awaitable", plain)
        name(types.asyncGeneratorWrappedValue, "async_generator_wrapped_value", plain)
        nameIterators(plain)
        name(types.module, "module", [.baseType, .weakrefable])
        name(types.mappingProxy, "mappingproxy", .mapping)
        name(types.genericAlias, "GenericAlias", [.baseType, .weakrefable], module: "types")
        name(types.unionType, "UnionType", plain, module: "types")
        name(types.weakref, "ReferenceType", .baseType, module: "weakref")
        name(types.weakProxy, "ProxyType", plain, module: "weakref")
        name(types.weakCallableProxy, "CallableProxyType", plain, module: "weakref")
        name(types.simpleNamespace, "SimpleNamespace", .baseType, module: "types")
        name(types.capsule, "PyCapsule", plain)
        name(types.valueBuffer, "value buffer", plain)
        name(types.byteBuffer, "byte buffer", plain)
        name(types.dictTable, "dict table", plain)
        name(types.shape, "shape", plain)
        for type in [types.attributeDict, types.spare0, types.spare2, types.spare3] { name(type, "spare", plain) }
    }

    private func nameIterators(_ plain: TypeFlags) {
        name(types.listIterator, "list_iterator", plain)
        name(types.listReverseIterator, "list_reverseiterator", plain)
        name(types.tupleIterator, "tuple_iterator", plain)
        name(types.strIterator, "str_iterator", plain)
        name(types.bytesIterator, "bytes_iterator", plain)
        name(types.bytearrayIterator, "bytearray_iterator", plain)
        name(types.rangeIterator, "range_iterator", plain)
        name(types.longRangeIterator, "longrange_iterator", plain)
        name(types.setIterator, "set_iterator", plain)
        name(types.sequenceIterator, "iterator", plain)
        name(types.memoryIterator, "memory_iterator", plain)
        name(types.callableIterator, "callable_iterator", plain)
        name(types.dictKeys, "dict_keys", plain)
        name(types.dictValues, "dict_values", plain)
        name(types.dictItems, "dict_items", plain)
        name(types.dictKeyIterator, "dict_keyiterator", plain)
        name(types.dictValueIterator, "dict_valueiterator", plain)
        name(types.dictItemIterator, "dict_itemiterator", plain)
        name(types.dictReverseKeyIterator, "dict_reversekeyiterator", plain)
        name(types.dictReverseValueIterator, "dict_reversevalueiterator", plain)
        name(types.dictReverseItemIterator, "dict_reverseitemiterator", plain)
        name(types.enumerate, "enumerate", .baseType)
        name(types.zip, "zip", .baseType)
        name(types.map, "map", .baseType)
        name(types.filter, "filter", .baseType)
        name(types.reversed, "reversed", .baseType)
    }

    /// Types that give `__getattribute__` (some `__setattr__`) themselves though it is `object`'s: it shows in their `__dict__`.
    private func stateAccessors() {
        for type in [
            types.bytearray, types.bytes, types.dict, types.enumerate, types.filter, types.frozenset, types.list, types.map, types.memoryview,
            types.property, types.range, types.reversed, types.set, types.slice, types.str, types.tuple, types.zip, types.unionType,
            types.builtinFunction, types.methodDescriptor, types.classMethodDescriptor, types.slotWrapper, types.methodWrapper,
            types.getSetDescriptor, types.memberDescriptor, types.cell, types.code, types.coroutine, types.coroutineWrapper, types.generator,
            types.asyncGenerator, types.asyncGeneratorASend, types.asyncGeneratorAThrow, types.ellipsis, types.frame, types.traceback,
            types.mappingProxy, types.simpleNamespace, types.dictKeys, types.dictValues, types.dictItems,
        ] { TypeBuilder(self, type).statesGetAttribute() }
        for type in [
            types.listIterator, types.listReverseIterator, types.tupleIterator, types.strIterator, types.bytesIterator,
            types.bytearrayIterator, types.rangeIterator, types.longRangeIterator, types.setIterator, types.sequenceIterator, types.memoryIterator,
            types.callableIterator, types.dictKeyIterator, types.dictValueIterator, types.dictItemIterator,
        ] { TypeBuilder(self, type).statesGetAttribute() }
        for type in [types.frame, types.method, types.simpleNamespace] { TypeBuilder(self, type).statesSetAttribute() }
    }

    // MARK: Contents

    func installTypes() {
        state.pointee.genericGetAttrAddress = unsafeBitCast(genericGetAttrSlot, to: UInt.self)
        nameTypes()
        makeSlotTable()
        makeNewWrapperDefinition()
        giveDict(types.module)
        giveDict(types.simpleNamespace)
        installObject()
        installTypeType()
        installNativeTypes()
        installDescriptors()
        installSmallTypes()
        installTuple()
        installList()
        installDict()
        installSet()
        installIterators()
        installAliases()
        installWeakRefs()
        installTextTypes()
        installNumbers()
        installExecutionTypes()
        stateAccessors()
        readyType(types.object)
        readyType(types.type)
        let first = UnsafeMutableRawPointer(typesPointer).assumingMemoryBound(to: PyType.self)
        for i in 0..<(MemoryLayout<BuiltinTypes>.size / MemoryLayout<PyType>.size) {
            let type = first[i]
            if type.mro.isObject || type == types.bool || type == types.baseException { continue }
            readyType(type)
        }
        readyType(types.bool)
        installExceptions()
        installBuiltinModules()
    }
}
