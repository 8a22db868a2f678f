// Where the text types enter the runtime: slots, methods, the layouts that nobody needs earlier. Called from
// VM/InstallTypes.swift, which has named the types and makes them ready afterwards.

extension VM {
    func installTextTypes() {
        layout(types.bytes, .leaf, 24, item: 1)
        types.bytes.ref.pointee.flags.insert(.bytesSubclass)
        layout(types.bytearray, .custom, MemoryLayout<ByteArrayLayout>.size)
        types.bytearray.ref.pointee.flags.insert(.bytearraySubclass)
        layout(types.memoryview, .words, MemoryLayout<MemoryViewLayout>.size, fieldsEnd: 40)
        for type in [types.strIterator, types.bytesIterator, types.bytearrayIterator] {
            layout(type, .words, MemoryLayout<SequenceIteratorLayout>.size, fieldsEnd: 16)
        }
        do { state.pointee.emptyBytes = try newBytes(count: 0).value } catch { clearRaised() }
        installStr()
        installBytes()
        installByteArray()
        installMemoryView()
        registerCodecsModule()
        registerStringModule()
    }
}
