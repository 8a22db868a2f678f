// Layouts of all builtin types, then their contents in dependency order. One line per type.

extension VM {
    /// What allocation and the collector must know before the first object is made.
    func setLayouts() {
        layout(types.valueBuffer, .buffer, 16)
        layout(types.byteBuffer, .leaf, 16)
        layout(types.dictTable, .dictTable, MemoryLayout<DictTableLayout>.size)
        layout(types.shape, .words, MemoryLayout<ShapeLayout>.size, fieldsEnd: 56)
        layout(types.type, .words, MemoryLayout<TypeLayout>.stride + MemoryLayout<TypeSlots>.stride, fieldsEnd: 8 + 16 * 8 + 8)
        types.type.ref.pointee.flags = .typeSubclass
        layout(types.str, .leaf, 24, item: 1)
        types.str.ref.pointee.flags = .strSubclass
        layout(types.tuple, .tuple, 16, item: 8)
        types.tuple.ref.pointee.flags = .tupleSubclass
        layout(types.dict, .dict, 32)
        types.dict.ref.pointee.flags = .dictSubclass
        layout(types.list, .list, 32)
        types.list.ref.pointee.flags = .listSubclass
        layout(types.int, .leaf, 16, item: 8)
        types.int.ref.pointee.flags = .intSubclass
        layout(types.module, .words, MemoryLayout<ModuleLayout>.size, fieldsEnd: MemoryLayout<ModuleLayout>.size)
    }

    func layout(_ type: PyType, _ kind: TraceKind, _ basicSize: Int, item: Int = 0, fieldsEnd: Int = 0) {
        type.ref.pointee.traceKind = kind
        type.ref.pointee.basicSize = UInt32(basicSize)
        type.ref.pointee.itemSize = UInt32(item)
        type.ref.pointee.fieldsEnd = UInt32(kind == .words && fieldsEnd == 0 ? basicSize : fieldsEnd)
    }

    func installTypes() {}
}
