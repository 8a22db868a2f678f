// `+` of long strings in amortised constant time a character. The text of a long sum lies in a growth buffer with room to
// spare; the next sum that extends exactly that text writes behind it and shares the buffer. A string never sees more than
// its own `count`, so all of them stay immutable. CPython gets the same by resizing a string with one reference.
//
//   growth buffer (a byteBuffer cell):  type · bytes that follow · bytes used │ text ... room │ zeros

extension PyStr {
    /// Bytes before the text in a growth buffer.
    static var growthHeader: UInt { 24 }
}

extension VM {
    /// Sums of fewer bytes are copied.
    @inlinable static var growthMinimum: Int { 1024 }

    /// `a + b` where `b` is not the longer one and the sum is long. May collect.
    @usableFromInline @inline(never)
    func strExtend(_ a: PyStr, _ b: PyStr) throws(Raised) -> Value {
        let kind = max(a.kind, b.kind)
        let ascii = a.isASCII && b.isASCII
        let count = a.count + b.count
        let bytes = count * kind
        if a.isShared && a.kind == kind {
            let buffer = a.data - Int(PyStr.growthHeader)
            let used = (buffer + 16).assumingMemoryBound(to: Int.self)
            // Four zero bytes stay behind the text.
            let room = buffer.assumingMemoryBound(to: BufferLayout.self).pointee.byteCount - 8 - 4
            if used.pointee == a.byteCount && bytes <= room {
                used.pointee = bytes
                let result = newSharedStr(buffer, count, kind, ascii)
                copyCharacters(b, into: result, at: a.count)
                return result.value
            }
        }
        let room = bytes + bytes / 4
        let buffer = try newByteBuffer(8 + room + 4).pointer
        (buffer + 16).storeBytes(of: bytes, as: Int.self)
        (buffer + Int(PyStr.growthHeader) + bytes).initializeMemory(as: UInt8.self, repeating: 0, count: room + 4 - bytes)
        let result = newSharedStr(buffer, count, kind, ascii)
        copyCharacters(a, into: result, at: 0)
        copyCharacters(b, into: result, at: a.count)
        return result.value
    }

    private func newSharedStr(_ buffer: UnsafeMutableRawPointer, _ count: Int, _ kind: Int, _ ascii: Bool) -> PyStr {
        let cell = allocateUninitialized(32, types.str)
        let layout = cell.assumingMemoryBound(to: StrLayout.self)
        layout.pointee.hash = -1
        layout.pointee.info = UInt64(count) | UInt64(kind) << 48 | (ascii ? PyStr.asciiBit : 0) | PyStr.sharedBit
        (cell + 24).storeBytes(of: buffer + Int(PyStr.growthHeader), as: UnsafeMutableRawPointer.self)
        return PyStr(Value(layout))
    }
}
