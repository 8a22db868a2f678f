// `list` seen from Swift. Methods and slots: Containers/List+Type.swift. CPython: Objects/listobject.c.

@frozen public struct PyList {
    public let ref: UnsafeMutablePointer<ListLayout>
    /// - Precondition: a list or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(ListLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }
    /// - Precondition: 0 <= i < count; read `count` again after anything that may run Python.
    @inlinable @inline(__always) public subscript(i: Int) -> Value {
        get { ref.pointee.items.unsafelyUnwrapped[i] }  // Safe: the caller checked i < count, so there are items.
        nonmutating set { ref.pointee.items.unsafelyUnwrapped[i] = newValue }
    }

    /// May collect.
    /// - Throws: MemoryError.
    @inlinable @inline(__always) public func append(_ vm: VM, _ item: Value) throws(Raised) {
        let count = ref.pointee.count
        if count == ref.pointee.capacity { try grow(vm, to: count + 1) }
        ref.pointee.items.unsafelyUnwrapped[count] = item  // Safe: grow made room.
        ref.pointee.count = count + 1
    }

    /// Capacity for at least `needed` items; over-allocates by an eighth as CPython does.
    @inline(never) public func grow(_ vm: VM, to needed: Int) throws(Raised) {
        if needed <= ref.pointee.capacity { return }
        let wanted = (needed + needed >> 3 + 6) & ~3
        try reallocate(vm, capacity: wanted)
    }

    /// May collect. - Precondition: capacity >= count.
    public func reallocate(_ vm: VM, capacity: Int) throws(Raised) {
        if capacity == 0 {
            ref.pointee.items = nil
            ref.pointee.capacity = 0
            return
        }
        let buffer = try vm.newValueBuffer(capacity)
        let room = (Int(buffer.cast(BufferLayout.self).pointee.byteCount)) >> 3
        let items = (buffer.pointer + 16).assumingMemoryBound(to: Value.self)
        if let old = ref.pointee.items { items.update(from: old, count: ref.pointee.count) }
        (items + ref.pointee.count).update(repeating: .null, count: room - ref.pointee.count)
        ref.pointee.items = items
        ref.pointee.capacity = room
    }

    /// Inserts before `index`, which is clamped. May collect.
    public func insert(_ vm: VM, at index: Int, _ item: Value) throws(Raised) {
        let count = self.count
        try grow(vm, to: count + 1)
        let at = min(max(index, 0), count)
        let items = ref.pointee.items.unsafelyUnwrapped  // Safe: grow made room.
        (items + at + 1).update(from: items + at, count: count - at)
        items[at] = item
        ref.pointee.count = count + 1
    }

    /// - Precondition: 0 <= index < count.
    @discardableResult public func remove(at index: Int) -> Value {
        let items = ref.pointee.items.unsafelyUnwrapped  // Safe: there is at least one item.
        let removed = items[index]
        let count = self.count
        (items + index).update(from: items + index + 1, count: count - index - 1)
        items[count - 1] = .null
        ref.pointee.count = count - 1
        return removed
    }

    public func clear() {
        ref.pointee.count = 0
        ref.pointee.items = nil
        ref.pointee.capacity = 0
    }
}

extension VM {
    /// An empty list with room for `capacity` items. May collect.
    @inlinable public func newList(capacity: Int = 0) throws(Raised) -> PyList {
        let layout = allocateUninitialized(32, types.list).assumingMemoryBound(to: ListLayout.self)
        layout.pointee.count = 0
        layout.pointee.items = nil
        layout.pointee.capacity = 0
        let list = PyList(Value(layout))
        if capacity > 0 { try list.reallocate(self, capacity: capacity) }
        return list
    }
    /// A list of `count` values at `items` (which the scan can see). May collect.
    public func list(_ items: UnsafeMutablePointer<Value>, count: Int) throws(Raised) -> Value {
        if count == 0 { return try newList().value }
        let list = try newList(room: count)
        list.ref.pointee.items.unsafelyUnwrapped.update(from: items, count: count)  // Safe: room for count.
        list.ref.pointee.count = count
        return list.value
    }
    /// An empty list whose buffer has room for `count` items and is not cleared: fill it and set `count` before the next
    /// allocation. May collect. - Precondition: count > 0.
    func newList(room count: Int) throws(Raised) -> PyList {
        let buffer = try newValueBuffer(count)
        let room = buffer.cast(BufferLayout.self).pointee.byteCount >> 3
        let items = (buffer.pointer + 16).assumingMemoryBound(to: Value.self)
        var i = count
        while i < room {
            items[i] = .null
            i &+= 1
        }
        let layout = allocateUninitialized(32, types.list).assumingMemoryBound(to: ListLayout.self)
        layout.pointee.count = 0
        layout.pointee.items = items
        layout.pointee.capacity = room
        return PyList(Value(layout))
    }
    @inlinable @inline(__always) public func isList(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.listSubclass.rawValue != 0
    }

    /// A cell for `count` values, not cleared. May collect.
    public func newValueBuffer(_ count: Int) throws(Raised) -> Value {
        try checkAllocation(count > 1 << 44 ? -1 : 16 + count * 8)
        let size = 16 + count * 8
        let layout = allocateUninitialized(size, types.valueBuffer).assumingMemoryBound(to: BufferLayout.self)
        layout.pointee.byteCount = size <= 512 ? ((size + 15) & ~15) - 16 : count * 8
        return Value(layout)
    }
    /// A cell for `count` bytes, not cleared. May collect.
    public func newByteBuffer(_ count: Int) throws(Raised) -> Value {
        try checkAllocation(count > 1 << 46 ? -1 : 16 + count)
        let layout = allocateUninitialized(16 + count, types.byteBuffer).assumingMemoryBound(to: BufferLayout.self)
        layout.pointee.byteCount = count
        return Value(layout)
    }
}
