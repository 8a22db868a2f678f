// `bytes` and `bytearray` seen from Swift. Types and methods: Bytes+*.swift, ByteArray+*.swift.
// CPython: Objects/bytesobject.c, Objects/bytearrayobject.c.
import PyUnicode

/// Bytes somewhere in memory: a bytes object, a bytearray, any buffer.
typealias ByteView = UnsafeBufferPointer<UInt8>

@frozen public struct PyBytes {
    public let ref: UnsafeMutablePointer<BytesLayout>
    /// - Precondition: bytes or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(BytesLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }
    /// The bytes; a zero follows them.
    @inlinable @inline(__always) public var bytes: UnsafeMutablePointer<UInt8> {
        (UnsafeMutableRawPointer(ref) + 24).assumingMemoryBound(to: UInt8.self)
    }
    @inlinable @inline(__always) public var view: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: UnsafePointer(bytes), count: count)
    }
}

@frozen public struct PyByteArray {
    public let ref: UnsafeMutablePointer<ByteArrayLayout>
    /// - Precondition: a bytearray or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(ByteArrayLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }
    @inlinable @inline(__always) public var view: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: ref.pointee.bytes.map { UnsafePointer($0) }, count: ref.pointee.bytes == nil ? 0 : count)
    }

    /// Changes the size, keeping what fits; new bytes are not set. May collect.
    /// - Throws: BufferError if somebody holds the buffer.
    public func resize(_ vm: VM, _ newCount: Int) throws(Raised) {
        if newCount == count { return }
        try checkExports(vm)
        let used = ref.pointee.bytes.flatMap { bytes in ref.pointee.base.map { bytes - $0 } } ?? 0
        if newCount + used > ref.pointee.capacity || newCount < ref.pointee.capacity / 2 {
            try reallocate(vm, newCount)
        }
        ref.pointee.count = newCount
    }

    /// A dropped memoryview gives its export back only when it is collected: look for such before complaining.
    func checkExports(_ vm: VM) throws(Raised) {
        if ref.pointee.exports == 0 { return }
        vm.collectGarbage()
        if ref.pointee.exports > 0 {
            throw vm.raise(.bufferError, "Existing exports of data: object cannot be re-sized")
        }
    }

    private func reallocate(_ vm: VM, _ newCount: Int) throws(Raised) {
        if newCount == 0 {
            ref.pointee.bytes = nil
            ref.pointee.base = nil
            ref.pointee.capacity = 0
            return
        }
        let growing = newCount > ref.pointee.capacity
        let room = growing && count > 0 ? newCount + newCount >> 3 + (newCount < 9 ? 3 : 6) : newCount + 1
        let cell = try vm.newByteBuffer(room)
        let fresh = (cell.pointer + MemoryLayout<BufferLayout>.size).assumingMemoryBound(to: UInt8.self)
        if let old = ref.pointee.bytes { fresh.update(from: old, count: min(count, newCount)) }
        ref.pointee.bytes = fresh
        ref.pointee.base = fresh
        ref.pointee.capacity = room
    }

    /// Replaces `[start, end)` by `count` bytes, whose place is returned for filling (nil if the array is now empty).
    /// - Precondition: the range is inside.
    func makeRoom(_ vm: VM, _ start: Int, _ end: Int, _ newCount: Int) throws(Raised) -> UnsafeMutablePointer<UInt8>? {
        let old = count, tail = old - end, growth = newCount - (end - start)
        if growth > 0 { try resize(vm, old + growth) }
        if growth < 0 { try checkExports(vm) }
        if growth < 0, start == 0, newCount == 0, let bytes = ref.pointee.bytes, tail > 0 {
            // Deleting at the front moves the start only.
            ref.pointee.bytes = bytes + end
            ref.pointee.count = tail
            return nil
        }
        if growth != 0, tail > 0, let bytes = ref.pointee.bytes {
            (bytes + end + growth).update(from: bytes + end, count: tail)
        }
        if growth < 0 { try resize(vm, old + growth) }
        return ref.pointee.bytes.map { $0 + start }
    }
}

extension VM {
    @inlinable @inline(__always) public func isBytes(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.bytesSubclass.rawValue != 0
    }
    @inlinable @inline(__always) public func isByteArray(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.bytearraySubclass.rawValue != 0
    }

    /// A bytes object of `count` bytes, contents unset. May collect.
    public func newBytes(count: Int) throws(Raised) -> PyBytes {
        if count > 1 << 46 { throw raiseMemoryError() }
        let size = 24 + count + 1
        try checkAllocation(size)
        let layout = allocateUninitialized(size, types.bytes).assumingMemoryBound(to: BytesLayout.self)
        layout.pointee.hash = -1
        layout.pointee.count = count
        let made = PyBytes(Value(layout))
        made.bytes[count] = 0
        return made
    }

    /// May collect. `view` may point into the heap if the native stack holds it.
    public func bytes(_ view: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        guard let start = view.baseAddress, view.count > 0 else { return state.pointee.emptyBytes }
        let made = try newBytes(count: view.count)
        made.bytes.update(from: start, count: view.count)
        return made.value
    }
    public func bytes(_ array: [UInt8]) throws(Raised) -> Value {
        if array.isEmpty { return state.pointee.emptyBytes }
        let made = try newBytes(count: array.count)
        for i in 0..<array.count { made.bytes[i] = array[i] }
        return made.value
    }
    /// What was built. May collect.
    public func bytes(_ builder: borrowing ByteBuilder) throws(Raised) -> Value {
        if builder.isExhausted { throw raiseMemoryError() }
        return try bytes(builder.bytes)
    }
    func bytes(_ slice: Slice<ByteView>) throws(Raised) -> Value { try bytes(ByteView(rebasing: slice)) }

    /// An empty bytearray. May collect.
    public func newByteArray(_ type: PyType? = nil) -> PyByteArray { PyByteArray(newInstance(type ?? types.bytearray)) }

    public func byteArray(_ view: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        let made = newByteArray()
        try made.resize(self, view.count)
        if let start = view.baseAddress, let target = made.ref.pointee.bytes { target.update(from: start, count: view.count) }
        return made.value
    }

    /// The bytes of a bytes or bytearray object; valid until a bytearray changes.
    @inlinable @inline(__always) func ownBytes(_ value: Value) -> UnsafeBufferPointer<UInt8> {
        isBytes(value) ? PyBytes(value).view : PyByteArray(value).view
    }

    /// A new object of the kind of `like`, bytes or bytearray. May collect.
    func bytesLike(_ like: Value, _ view: ByteView) throws(Raised) -> Value {
        try isBytes(like) ? bytes(view) : byteArray(view)
    }
    func bytesLike(_ like: Value, _ builder: borrowing ByteBuilder) throws(Raised) -> Value {
        if builder.isExhausted { throw raiseMemoryError() }
        return try bytesLike(like, builder.bytes)
    }
    func bytesLike(_ like: Value, _ view: Slice<ByteView>) throws(Raised) -> Value { try bytesLike(like, ByteView(rebasing: view)) }

    /// A new object of the kind of `like` with `count` unset bytes, and where they are (nil if none). May collect.
    func newBytesLike(_ like: Value, count: Int) throws(Raised) -> (Value, UnsafeMutablePointer<UInt8>?) {
        if isBytes(like) {
            if count == 0 { return (state.pointee.emptyBytes, nil) }
            let made = try newBytes(count: count)
            return (made.value, made.bytes)
        }
        let made = newByteArray()
        try made.resize(self, count)
        return (made.value, made.ref.pointee.bytes)
    }

    /// The object itself if it is exact `bytes`, else a copy.
    func sameBytes(_ value: Value) throws(Raised) -> Value {
        value.isExactly(types.bytes) ? value : try bytesLike(value, ownBytes(value))
    }

    func newBytes(latin1 text: TextView) throws(Raised) -> Value {
        let made = try newBytes(count: text.count)
        for i in 0..<text.count { made.bytes[i] = UInt8(truncatingIfNeeded: text[i]) }
        return made.value
    }
}
