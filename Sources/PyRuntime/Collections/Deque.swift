// `collections.deque` as a ring buffer: the layout and the moves. Methods: Deque+Type.swift. CPython: Modules/_collectionsmodule.c
// (a list of blocks there; the order and the errors are the same).
//
//   buffer   · · · e f a b c d · ·      item i is at (head + i) & (capacity - 1)
//                      ▲ head

struct DequeLayout {
    var type: PyType
    /// A `valueBuffer` cell, NULL while nothing was put in. Unused slots are NULL.
    var buffer: Value
    // Not values:
    var head: Int
    var count: Int
    /// A power of two, or 0.
    var capacity: Int
    /// -1 = unbounded.
    var limit: Int
    /// Changes with every change of length or order: iterators compare it.
    var state: Int
}

struct PyDeque {
    let ref: UnsafeMutablePointer<DequeLayout>
    /// - Precondition: a deque or an instance of a subclass.
    @inline(__always) init(_ value: Value) { ref = value.cast(DequeLayout.self) }
    @inline(__always) var value: Value { Value(ref) }
    @inline(__always) var count: Int { ref.pointee.count }
    @inline(__always) var limit: Int { ref.pointee.limit }

    @inline(__always) private var slots: UnsafeMutablePointer<Value> {
        // Safe: capacity > 0 implies a buffer.
        (ref.pointee.buffer.pointer + 16).assumingMemoryBound(to: Value.self)
    }
    @inline(__always) private func position(_ i: Int) -> Int { (ref.pointee.head &+ i) & (ref.pointee.capacity &- 1) }

    /// - Precondition: 0 <= i < count.
    @inline(__always) subscript(i: Int) -> Value {
        get { slots[position(i)] }
        nonmutating set { slots[position(i)] = newValue }
    }

    @inline(__always) func changed() { ref.pointee.state &+= 1 }

    /// Room for one more. May collect.
    @inline(never) private func grow(_ vm: VM) throws(Raised) {
        let old = ref.pointee.capacity
        let capacity = max(8, old * 2)
        let buffer = try vm.newValueBuffer(capacity)
        let new = (buffer.pointer + 16).assumingMemoryBound(to: Value.self)
        new.update(repeating: .null, count: buffer.cast(BufferLayout.self).pointee.byteCount >> 3)
        for i in 0..<count { new[i] = self[i] }
        ref.pointee.buffer = buffer
        ref.pointee.head = 0
        ref.pointee.capacity = capacity
    }

    /// Adds at the right end, dropping from the left beyond the limit. May collect.
    @inline(__always) func append(_ vm: VM, _ item: Value) throws(Raised) {
        if ref.pointee.count == ref.pointee.capacity { try grow(vm) }
        slots[position(ref.pointee.count)] = item
        ref.pointee.count += 1
        if ref.pointee.count > ref.pointee.limit && ref.pointee.limit >= 0 { _ = takeFirst() } else { changed() }
    }
    /// Adds at the left end, dropping from the right beyond the limit. May collect.
    @inline(__always) func appendLeft(_ vm: VM, _ item: Value) throws(Raised) {
        if ref.pointee.count == ref.pointee.capacity { try grow(vm) }
        ref.pointee.head = position(-1)
        slots[ref.pointee.head] = item
        ref.pointee.count += 1
        if ref.pointee.count > ref.pointee.limit && ref.pointee.limit >= 0 { _ = takeLast() } else { changed() }
    }

    /// - Precondition: count > 0.
    @inline(__always) func takeFirst() -> Value {
        let item = slots[ref.pointee.head]
        slots[ref.pointee.head] = .null
        ref.pointee.head = position(1)
        ref.pointee.count -= 1
        changed()
        return item
    }
    /// - Precondition: count > 0.
    @inline(__always) func takeLast() -> Value {
        let last = position(ref.pointee.count - 1)
        let item = slots[last]
        slots[last] = .null
        ref.pointee.count -= 1
        changed()
        return item
    }

    /// `n` steps to the right; any n.
    func rotate(_ n: Int) {
        if count <= 1 || n == 0 { return }
        var n = n % count
        if n > count / 2 { n -= count }
        if n < -(count / 2) { n += count }
        let isFull = count == ref.pointee.capacity
        while n > 0 {
            let last = position(count - 1)
            let item = slots[last]
            if !isFull { slots[last] = .null }
            ref.pointee.head = position(-1)
            slots[ref.pointee.head] = item
            n -= 1
        }
        while n < 0 {
            let first = ref.pointee.head
            let item = slots[first]
            if !isFull { slots[first] = .null }
            slots[position(count)] = item
            ref.pointee.head = position(1)
            n += 1
        }
        changed()
    }

    /// - Precondition: 0 <= index <= count, and the limit allows one more. May collect.
    func insert(_ vm: VM, at index: Int, _ item: Value) throws(Raised) {
        if index * 2 < count {
            try appendLeft(vm, item)
            for i in 0..<index { self[i] = self[i + 1] }
        } else {
            try append(vm, item)
            var i = count - 1
            while i > index {
                self[i] = self[i - 1]
                i -= 1
            }
        }
        self[index] = item
    }

    /// - Precondition: 0 <= index < count.
    func remove(at index: Int) {
        if index * 2 < count {
            var i = index
            while i > 0 {
                self[i] = self[i - 1]
                i -= 1
            }
            _ = takeFirst()
        } else {
            for i in index..<(count - 1) { self[i] = self[i + 1] }
            _ = takeLast()
        }
    }

    func clear() {
        ref.pointee.buffer = .null
        ref.pointee.head = 0
        ref.pointee.count = 0
        ref.pointee.capacity = 0
        changed()
    }

    func reverse() {
        var i = 0, k = count - 1
        while i < k {
            let item = self[i]
            self[i] = self[k]
            self[k] = item
            i += 1
            k -= 1
        }
    }
}
