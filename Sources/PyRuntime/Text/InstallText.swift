// Where the text types enter the runtime: layouts first, then names, slots and methods. Called from VM/InstallTypes.swift.

extension VM {
    /// What allocation and the collector must know. `str` itself is laid out with the first types.
    func setTextLayouts() {
        layout(types.bytes, .leaf, 24, item: 1)
        types.bytes.ref.pointee.flags = .bytesSubclass
        layout(types.bytearray, .custom, MemoryLayout<ByteArrayLayout>.size)
        types.bytearray.ref.pointee.flags = .bytearraySubclass
        layout(types.memoryview, .words, MemoryLayout<MemoryViewLayout>.size, fieldsEnd: 40)
        for type in [types.strIterator, types.bytesIterator, types.bytearrayIterator] {
            layout(type, .words, MemoryLayout<SequenceIteratorLayout>.size, fieldsEnd: 16)
        }
    }

    /// - Precondition: `object` is ready.
    func installText() {
        describe(types.str, "str", base: types.object, flags: [.baseType, .matchSelf])
        describe(types.bytes, "bytes", base: types.object, flags: [.baseType, .matchSelf])
        describe(types.bytearray, "bytearray", base: types.object, flags: [.baseType, .matchSelf])
        describe(types.memoryview, "memoryview", base: types.object, flags: [.weakrefable, .sequence])
        describe(types.strIterator, "str_iterator", base: types.object, flags: .disallowInstantiation)
        describe(types.bytesIterator, "bytes_iterator", base: types.object, flags: .disallowInstantiation)
        describe(types.bytearrayIterator, "bytearray_iterator", base: types.object, flags: .disallowInstantiation)
        installStr()
        installBytes()
        installByteArray()
        installMemoryView()
        for type in [
            types.str, types.bytes, types.bytearray, types.memoryview, types.strIterator, types.bytesIterator, types.bytearrayIterator,
        ] { readyType(type) }
    }
}
