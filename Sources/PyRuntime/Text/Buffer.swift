// The buffer protocol from the taker's side. CPython: Objects/abstract.c (PyObject_GetBuffer). Rules: PEP 3118.

extension VM {
    /// The buffer of `value`; give it back with `releaseBuffer`.
    /// - Throws: TypeError "a bytes-like object is required, not 'int'"; BufferError if it is read-only and must not be.
    public func acquireBuffer(_ value: Value, writable: Bool = false) throws(Raised) -> BufferView {
        var view = BufferView()
        guard let slot = type(of: value).slots.buffer else {
            throw raise(.typeError, "a bytes-like object is required, not '\(typeName(value))'")
        }
        try checkStatus(slot(self, value, &view, writable ? 1 : 0))
        return view
    }

    public func releaseBuffer(_ view: inout BufferView) {
        guard view.owner.isObject else { return }
        if let slot = type(of: view.owner).slots.releaseBuffer { slot(self, view.owner, &view) }
        view.owner = .null
    }

    /// Runs `body` on the bytes of any bytes-like object.
    /// - Throws: BufferError if they do not lie side by side.
    func withBytes<T>(of value: Value, _ body: (ByteView) throws(Raised) -> T) throws(Raised) -> T {
        if isBytes(value) { return try body(PyBytes(value).view) }
        if isByteArray(value) { return try body(PyByteArray(value).view) }
        var view = try acquireBuffer(value)
        defer { releaseBuffer(&view) }
        if !view.strides.isNull { throw raise(.bufferError, "memoryview: underlying buffer is not C-contiguous") }
        return try body(view.byteView)
    }

    /// For arguments that are looked at before the ones behind them.
    /// - Throws: TypeError "a bytes-like object is required, not 'int'".
    public func requireBuffer(_ value: Value) throws(Raised) {
        if !hasBuffer(value) { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(value))'") }
    }

    /// Whether the bytes of a buffer's owner can be taken as they lie. - Precondition: `hasBuffer(value)`.
    func hasPlainBuffer(_ value: Value) throws(Raised) -> Bool {
        if !isMemoryView(value) { return true }
        return try memory(value).isCContiguous
    }

    func hasBuffer(_ value: Value) -> Bool { type(of: value).slots.buffer != nil }

    /// A bytes object with the contents of a bytes-like one, in C order. May collect.
    public func bytesFromBuffer(_ value: Value) throws(Raised) -> Value {
        if value.isExactly(types.bytes) { return value }
        var view = try acquireBuffer(value)
        defer { releaseBuffer(&view) }
        if view.strides.isNull { return try bytes(view.byteView) }
        return try memoryToBytes(view)
    }
}

extension BufferView {
    /// - Precondition: contiguous.
    public var byteView: UnsafeBufferPointer<UInt8> {
        guard let bytes, count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: UnsafePointer(bytes.assumingMemoryBound(to: UInt8.self)), count: count)
    }
}
