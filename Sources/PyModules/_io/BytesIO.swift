// `BytesIO`: a stream over bytes in memory. Methods: BytesIO+Methods.swift. CPython: Modules/_io/bytesio.c.
//
// `buffer` is a `bytes` object. While `isShared`, somebody else may hold it (an initial value, what `getvalue` gave): it is
// copied before it is changed. Its length is the capacity, `size` the length of the contents.
import PyRuntime

struct BytesIOLayout {
    var type: PyType
    /// NULL = closed.
    var buffer: Value
    var size: Int
    var position: Int
    /// Live `getbuffer` views.
    var exports: Int
    var isShared: Bool
}

struct PyBytesIO {
    let ref: UnsafeMutablePointer<BytesIOLayout>
    init(_ value: Value) { ref = value.cast(BytesIOLayout.self) }
    var value: Value { Value(ref) }
    var isClosed: Bool { ref.pointee.buffer.isNull }
    /// - Precondition: not closed.
    var bytes: UnsafeMutablePointer<UInt8> { PyBytes(ref.pointee.buffer).bytes }
    var capacity: Int { PyBytes(ref.pointee.buffer).count }
    /// Contents after the position.
    var remaining: Int { max(0, ref.pointee.size - ref.pointee.position) }
}

/// What `getbuffer` exports: it holds its stream.
struct BytesIOBufferLayout {
    var type: PyType
    var source: Value
}

extension VM {
    func makeBytesIO(_ m: ModuleBuilder) {
        let t = makeType(
            "BytesIO", module: "_io", base: PyType(io.pointee.bufferedIOBase), size: (MemoryLayout<BytesIOLayout>.size + 7) & ~7,
            trace: .words, fieldsEnd: 16)
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.doc("Buffered I/O implementation using an in-memory bytes buffer.", signature: "(initial_bytes=b'')")
        io.pointee.bytesIO = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in
            let v = vm.newInstance(PyType(type))
            let b = v.cast(BytesIOLayout.self)
            b.pointee.buffer = vm.state.pointee.emptyBytes
            b.pointee.isShared = true
            return v
        }
        t.initialize("(initial_bytes=b'')") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                try vm.checkExports(b)
                b.ref.pointee.position = 0
                b.ref.pointee.size = 0
                b.ref.pointee.buffer = vm.state.pointee.emptyBytes
                b.ref.pointee.isShared = true
                let initial = a[0]
                if initial.isNull || initial.isNone { return .none }
                if initial.isExactly(vm.types.bytes) {
                    b.ref.pointee.buffer = initial
                    b.ref.pointee.size = PyBytes(initial).count
                    return .none
                }
                _ = try vm.bytesWrite(b, initial)
                b.ref.pointee.position = 0
                return .none
            }
        }
        defineBytesIO(t)
        readyType(t.type)
        // A plain BytesIO holds nothing that needs closing; subclasses may override `close`.
        t.type.ref.pointee.flags.remove(.hasDel)
        m.attribute("BytesIO", t.type.value)
        makeBytesIOBuffer(m)
    }

    private func makeBytesIOBuffer(_ m: ModuleBuilder) {
        let t = makeType("_BytesIOBuffer", module: "_io", size: MemoryLayout<BytesIOBufferLayout>.size, trace: .words, fieldsEnd: 16)
        io.pointee.bytesIOBuffer = t.type.value
        t.type.ref.pointee.flags.insert(.disallowInstantiation)
        t.type.slots.buffer = { vm, v, view, _ in
            vm.guardedStatus { () throws(Raised) in
                let b = PyBytesIO(v.cast(BytesIOBufferLayout.self).pointee.source)
                if b.isClosed { throw vm.raise(.valueError, "I/O operation on closed file.") }
                if b.ref.pointee.exports == 0 && (b.ref.pointee.isShared || b.capacity != b.ref.pointee.size) {
                    try vm.setCapacity(b, b.ref.pointee.size)
                }
                b.ref.pointee.exports += 1
                view.pointee.owner = v
                view.pointee.bytes = UnsafeMutableRawPointer(b.bytes)
                view.pointee.count = b.ref.pointee.size
                view.pointee.readOnly = 0
            }
        }
        t.type.slots.releaseBuffer = { _, v, _ in
            PyBytesIO(v.cast(BytesIOBufferLayout.self).pointee.source).ref.pointee.exports -= 1
        }
        readyType(t.type)
        m.attribute("_BytesIOBuffer", t.type.value)
    }

    // MARK: Storage

    func checkOpen(_ b: PyBytesIO) throws(Raised) {
        if b.isClosed { throw raise(.valueError, "I/O operation on closed file.") }
    }

    /// A dropped memoryview gives its export back only when it is collected: look for such before complaining.
    func checkExports(_ b: PyBytesIO) throws(Raised) {
        if b.ref.pointee.exports == 0 { return }
        collectGarbage()
        if b.ref.pointee.exports > 0 { throw raise(.bufferError, "Existing exports of data: object cannot be re-sized") }
    }

    /// A private buffer of exactly `capacity` bytes with the contents that fit. May collect.
    func setCapacity(_ b: PyBytesIO, _ capacity: Int) throws(Raised) {
        let fresh = try newBytes(count: capacity)
        fresh.bytes.update(from: b.bytes, count: min(b.ref.pointee.size, capacity))
        b.ref.pointee.buffer = fresh.value
        b.ref.pointee.isShared = false
    }

    /// Makes room for `size` bytes in a private buffer. The contents' size stays.
    @inline(__always) private func reserve(_ b: PyBytesIO, _ size: Int) throws(Raised) {
        if size <= b.capacity && !b.ref.pointee.isShared { return }
        try reserveSlow(b, size)
    }

    @inline(never) private func reserveSlow(_ b: PyBytesIO, _ size: Int) throws(Raised) {
        let capacity = b.capacity
        if size <= capacity { return try setCapacity(b, capacity) }
        let wanted = size < capacity + capacity >> 3 ? size + size >> 3 + (size < 9 ? 3 : 6) : size + size >> 4 + 24
        try setCapacity(b, capacity == 0 ? max(size, 64) : wanted)
    }

    /// Writes the bytes of `data` at the position; how many.
    func bytesWrite(_ b: PyBytesIO, _ data: Value) throws(Raised) -> Value {
        try checkOpen(b)
        try checkExports(b)
        return try withReadableBuffer(data) { view throws(Raised) in
            try self.checkOpen(b)
            guard let source = view.baseAddress, view.count > 0 else { return Value(small: 0) }
            let start = b.ref.pointee.position
            let (end, overflow) = start.addingReportingOverflow(view.count)
            if overflow { throw self.raise(.overflowError, "new buffer size too large") }
            try self.reserve(b, end)
            let size = b.ref.pointee.size
            if start > size { (b.bytes + size).update(repeating: 0, count: start - size) }
            (b.bytes + start).update(from: source, count: view.count)
            b.ref.pointee.position = end
            if end > size { b.ref.pointee.size = end }
            return self.int(view.count)
        }
    }

    /// `count` bytes from the position, which moves on. - Precondition: that many are there.
    func bytesTake(_ b: PyBytesIO, _ count: Int) throws(Raised) -> Value {
        let start = b.ref.pointee.position
        if count > 1 && start == 0 && count == b.capacity && b.ref.pointee.exports == 0 {
            // All of it: no copy until somebody writes.
            b.ref.pointee.isShared = true
            b.ref.pointee.position = count
            return b.ref.pointee.buffer
        }
        b.ref.pointee.position = start + count
        if count == 0 { return state.pointee.emptyBytes }
        let made = try newBytes(count: count)
        made.bytes.update(from: b.bytes + start, count: count)
        return made.value
    }

    /// The length of the line at the position, at most `limit` (negative: no limit).
    func bytesLineLength(_ b: PyBytesIO, _ limit: Int) -> Int {
        var count = b.remaining
        if limit >= 0 && limit < count { count = limit }
        if count == 0 { return 0 }
        return scanNewline(b.bytes + b.ref.pointee.position, count)
    }
}
