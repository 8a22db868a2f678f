// `tuple` seen from Swift. Methods and slots: Containers/Tuple+Type.swift. CPython: Objects/tupleobject.c.

@frozen public struct PyTuple {
    public let ref: UnsafeMutablePointer<TupleLayout>
    /// - Precondition: a tuple or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(TupleLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }
    /// Valid while the tuple lives; tuples do not change.
    @inlinable @inline(__always) public var items: UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(ref) + 16).assumingMemoryBound(to: Value.self)
    }
    /// - Precondition: 0 <= i < count. Storing is for a tuple nobody else has seen.
    @inlinable @inline(__always) public subscript(i: Int) -> Value {
        get { items[i] }
        nonmutating set { items[i] = newValue }
    }
}

extension VM {
    /// A tuple of `count` items, all NULL: fill it before anything else sees it. May collect.
    /// - Throws: MemoryError.
    @inlinable public func newTuple(_ count: Int) throws(Raised) -> PyTuple {
        if count > 4096 { try checkAllocation(16 + count &* 8) }
        let cell = allocateUninitialized(16 + count * 8, types.tuple)
        let layout = cell.assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = count
        let tuple = PyTuple(Value(layout))
        var i = 0
        while i < count {
            tuple.items[i] = .null
            i &+= 1
        }
        return tuple
    }
    /// May collect.
    @inlinable public func tuple(_ a: Value) -> Value {
        let layout = allocateUninitialized(24, types.tuple).assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = 1
        let tuple = PyTuple(Value(layout))
        tuple.items[0] = a
        return tuple.value
    }
    @inlinable public func tuple(_ a: Value, _ b: Value) -> Value {
        let layout = allocateUninitialized(32, types.tuple).assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = 2
        let tuple = PyTuple(Value(layout))
        tuple.items[0] = a
        tuple.items[1] = b
        return tuple.value
    }
    @inlinable public func tuple(_ a: Value, _ b: Value, _ c: Value) -> Value {
        let layout = allocateUninitialized(40, types.tuple).assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = 3
        let tuple = PyTuple(Value(layout))
        tuple.items[0] = a
        tuple.items[1] = b
        tuple.items[2] = c
        return tuple.value
    }
    public func tuple(_ a: Value, _ b: Value, _ c: Value, _ d: Value) -> Value {
        let layout = allocateUninitialized(48, types.tuple).assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = 4
        let tuple = PyTuple(Value(layout))
        tuple.items[0] = a
        tuple.items[1] = b
        tuple.items[2] = c
        tuple.items[3] = d
        return tuple.value
    }
    /// A tuple of `count` values at `items` (which the scan can see). The empty tuple is shared. May collect.
    @inlinable public func tuple(_ items: UnsafeMutablePointer<Value>, count: Int) throws(Raised) -> Value {
        if count == 0 { return emptyTuple }
        if count > 4096 { try checkAllocation(16 + count &* 8) }
        let layout = allocateUninitialized(16 + count * 8, types.tuple).assumingMemoryBound(to: TupleLayout.self)
        layout.pointee.count = count
        let tuple = PyTuple(Value(layout))
        if count > 8 {
            tuple.items.update(from: items, count: count)
        } else {
            // For a handful of words: a loop beats `memmove`.
            var i = 0
            while i < count {
                tuple.items[i] = items[i]
                i &+= 1
            }
        }
        return tuple.value
    }

    @inlinable @inline(__always) public func isTuple(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.tupleSubclass.rawValue != 0
    }
}
