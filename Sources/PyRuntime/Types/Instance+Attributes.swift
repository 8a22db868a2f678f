// Where instances keep their attributes: hidden classes (shapes) with values inline and in an overflow buffer, or, once
// `__dict__` was asked for or the shape got out of hand, a dict. CPython: Objects/dictobject.c's key-sharing dicts do this job.
//
//   instance   type · ... · shape · overflow · inline values ...          shape ─▶ (parent, key, count, inlineCapacity)
//   dict mode  type · ... · dictShape · dict · (unused)
//
// For inline caches: a shape belongs to one class, so `shape == cached` fixes the class, the name's index and where the
// value is; whether a data descriptor hides it is a question of the class's `version`.

/// Shapes above this many attributes turn into dicts.
@inlinable var maxShapeCount: Int { 128 }

extension VM {
    /// The attribute words of `object`. - Precondition: `type.attrsOffset != 0`.
    @inlinable @inline(__always) public func attrs(_ object: Value, _ type: PyType) -> UnsafeMutablePointer<AttrsLayout> {
        let offset = type.ref.pointee.attrsOffset
        let bytes = offset > 0 ? Int(offset) : offsetAfterItems(object, Int(offset))
        return (object.pointer + bytes).assumingMemoryBound(to: AttrsLayout.self)
    }
    /// Where a field of `TypeLayout.offsetAfterItems` lies in this object.
    @inline(never) public func offsetAfterItems(_ object: Value, _ offset: Int) -> Int { variableEnd(object, object.objectType) - 1 - offset }

    @inlinable @inline(__always)
    public func inlineValues(_ attrs: UnsafeMutablePointer<AttrsLayout>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(attrs) + MemoryLayout<AttrsLayout>.size).assumingMemoryBound(to: Value.self)
    }

    /// The address of attribute number `index`. - Precondition: shape mode, index < shape.count.
    @inlinable @inline(__always)
    public func attributeSlot(_ attrs: UnsafeMutablePointer<AttrsLayout>, _ shape: UnsafeMutablePointer<ShapeLayout>, _ index: Int)
        -> UnsafeMutablePointer<Value>
    {
        let capacity = Int(shape.pointee.inlineCapacity)
        if index < capacity { return inlineValues(attrs) + index }
        return (attrs.pointee.overflow.pointer + 16).assumingMemoryBound(to: Value.self) + (index - capacity)
    }

    /// The object's own attribute, NULL if it has none. - Precondition: `type.attrsOffset != 0`, `name` interned.
    @inlinable public func instanceAttribute(_ object: Value, _ type: PyType, _ name: Value) -> Value {
        let attrs = self.attrs(object, type)
        guard let shape = attrs.pointee.shape else { return .null }
        if shape.pointee.isDict != 0 { return PyDict(attrs.pointee.overflow).getStr(self, name) }
        let index = shapeIndex(shape, name)
        return index < 0 ? .null : attributeSlot(attrs, shape, index).pointee
    }

    /// The index of `name` (interned) in the shape, or -1.
    @inlinable public func shapeIndex(_ shape: UnsafeMutablePointer<ShapeLayout>, _ name: Value) -> Int {
        if shape.pointee.count == 0 { return -1 }
        if shape.pointee.key == name { return Int(shape.pointee.count) - 1 }
        if shape.pointee.lookup.isObject || shape.pointee.count > 8 { return shapeTableIndex(shape, name) }
        var step = shape.pointee.parent
        while step.isObject {
            let s = step.cast(ShapeLayout.self)
            if s.pointee.key == name { return Int(s.pointee.count) - 1 }
            step = s.pointee.parent
        }
        return -1
    }

    /// By the shape's own hash table: (key, index + 1) pairs, made at the first question.
    @inline(never) public func shapeTableIndex(_ shape: UnsafeMutablePointer<ShapeLayout>, _ name: Value) -> Int {
        if !shape.pointee.lookup.isObject {
            var size = 16
            while size < Int(shape.pointee.count) * 2 { size *= 2 }
            guard let table = try? newValueBuffer(size * 2) else { return -1 }
            let slots = (table.pointer + 16).assumingMemoryBound(to: Value.self)
            slots.update(repeating: .null, count: size * 2)
            table.cast(BufferLayout.self).pointee.byteCount = size * 16
            var step = Value(shape)
            while step.isObject {
                let s = step.cast(ShapeLayout.self)
                if s.pointee.key.isObject {
                    var i = Int(s.pointee.key.bits >> 4) & (size - 1)
                    while slots[i * 2].isObject { i = (i + 1) & (size - 1) }
                    slots[i * 2] = s.pointee.key
                    slots[i * 2 + 1] = Value(small: Int(s.pointee.count) - 1)
                }
                step = s.pointee.parent
            }
            shape.pointee.lookup = table
        }
        let table = shape.pointee.lookup
        let size = table.cast(BufferLayout.self).pointee.byteCount >> 4
        let slots = (table.pointer + 16).assumingMemoryBound(to: Value.self)
        var i = Int(name.bits >> 4) & (size - 1)
        while slots[i * 2].isObject {
            if slots[i * 2] == name { return slots[i * 2 + 1].smallInt }
            i = (i + 1) & (size - 1)
        }
        return -1
    }

    /// Sets the object's own attribute. May collect. - Precondition: `type.attrsOffset != 0`, `name` an interned str.
    public func setInstanceAttribute(_ object: Value, _ type: PyType, _ name: Value, _ value: Value) throws(Raised) {
        let attrs = self.attrs(object, type)
        let shape: UnsafeMutablePointer<ShapeLayout>
        if let own = attrs.pointee.shape {
            shape = own
        } else {
            shape = rootShape(type, object)
            attrs.pointee.shape = shape
        }
        if shape.pointee.isDict != 0 {
            try PyDict(attrs.pointee.overflow).set(self, name, value)
            return
        }
        let index = shapeIndex(shape, name)
        if index >= 0 {
            attributeSlot(attrs, shape, index).pointee = value
            return
        }
        guard Int(shape.pointee.count) < maxShapeCount, let next = childShape(shape, name) else {
            try PyDict(materializeDict(object, type)).set(self, name, value)
            return
        }
        try appendAttribute(attrs, shape, next, value)
        noteAttributeCount(type, Int(next.pointee.count))
    }

    /// Moves an instance along a known transition: for inline caches too. May collect.
    public func appendAttribute(
        _ attrs: UnsafeMutablePointer<AttrsLayout>, _ shape: UnsafeMutablePointer<ShapeLayout>, _ next: UnsafeMutablePointer<ShapeLayout>,
        _ value: Value
    ) throws(Raised) {
        let index = Int(shape.pointee.count)
        let capacity = Int(shape.pointee.inlineCapacity)
        if index >= capacity {
            let used = index - capacity
            let overflow = attrs.pointee.overflow
            let room = overflow.isObject ? overflow.cast(BufferLayout.self).pointee.byteCount >> 3 : 0
            if used >= room {
                let bigger = try newValueBuffer(max(2, used * 2))
                let slots = (bigger.pointer + 16).assumingMemoryBound(to: Value.self)
                let total = bigger.cast(BufferLayout.self).pointee.byteCount >> 3
                slots.update(repeating: .null, count: total)
                if used > 0 { slots.update(from: (overflow.pointer + 16).assumingMemoryBound(to: Value.self), count: used) }
                attrs.pointee.overflow = bigger
            }
        }
        attributeSlot(attrs, next, index).pointee = value
        attrs.pointee.shape = next
    }

    /// Removes the object's own attribute; false if it has none.
    public func deleteInstanceAttribute(_ object: Value, _ type: PyType, _ name: Value) throws(Raised) -> Bool {
        let attrs = self.attrs(object, type)
        guard let shape = attrs.pointee.shape else { return false }
        if shape.pointee.isDict == 0 {
            let index = shapeIndex(shape, name)
            if index < 0 { return false }
            let count = Int(shape.pointee.count)
            if count <= 8, let without = shapeWithout(index, shape, rootShape(type, object)) {
                for i in index..<(count - 1) { attributeSlot(attrs, shape, i).pointee = attributeSlot(attrs, shape, i + 1).pointee }
                attributeSlot(attrs, shape, count - 1).pointee = .null
                attrs.pointee.shape = without
                return true
            }
        }
        let dict = PyDict(try materializeDict(object, type))
        return try !dict.remove(self, name).isNull
    }

    /// The shape of the same attributes less number `index`; nil if it cannot be had. May collect.
    private func shapeWithout(
        _ index: Int, _ shape: UnsafeMutablePointer<ShapeLayout>, _ root: UnsafeMutablePointer<ShapeLayout>
    ) -> UnsafeMutablePointer<ShapeLayout>? {
        let parent = shape.pointee.parent.isObject && shape.pointee.count > 1 ? shape.pointee.parent.cast(ShapeLayout.self) : root
        if Int(shape.pointee.count) - 1 == index { return parent }
        guard shape.pointee.count > 1, let base = shapeWithout(index, parent, root) else { return nil }
        return childShape(base, shape.pointee.key)
    }

    // MARK: Shapes

    /// The shape of an instance without attributes whose cell has the class's present inline room.
    public func rootShape(_ type: PyType, _ object: Value) -> UnsafeMutablePointer<ShapeLayout> {
        let capacity = inlineRoom(object, type)
        var root = type.ref.pointee.rootShape
        // A chain of roots, one per capacity: a class changes its capacity a few times at most.
        while root.isObject {
            let shape = root.cast(ShapeLayout.self)
            if Int(shape.pointee.inlineCapacity) == capacity { return shape }
            root = shape.pointee.parent
        }
        let shape = newShape(type)
        shape.pointee.inlineCapacity = UInt32(capacity)
        shape.pointee.parent = type.ref.pointee.rootShape
        type.ref.pointee.rootShape = Value(shape)
        return shape
    }

    /// Inline slots that fit in the object's cell.
    func inlineRoom(_ object: Value, _ type: PyType) -> Int {
        let cell = UInt(object.bits)
        let header = blockHeader(at: cell & ~0xFFFF)
        if header.pointee.kind != 1 { return 0 }
        let start = UInt(bitPattern: inlineValues(attrs(object, type)))
        return max(0, Int(cell + UInt(header.pointee.cellSize)) - Int(start)) >> 3
    }

    private func newShape(_ type: PyType) -> UnsafeMutablePointer<ShapeLayout> {
        let shape = allocateZeroed(MemoryLayout<ShapeLayout>.size, types.shape).assumingMemoryBound(to: ShapeLayout.self)
        shape.pointee.owner = type.value
        return shape
    }

    /// The shape after adding `name`; nil when the shape has too many children (the instance should become a dict). May collect.
    public func childShape(_ shape: UnsafeMutablePointer<ShapeLayout>, _ name: Value) -> UnsafeMutablePointer<ShapeLayout>? {
        let only = shape.pointee.onlyChild
        if only.isObject && only.cast(ShapeLayout.self).pointee.key == name { return only.cast(ShapeLayout.self) }
        if shape.pointee.transitions.isObject {
            let found = PyDict(shape.pointee.transitions).getStr(self, name)
            if !found.isNull { return found.cast(ShapeLayout.self) }
            if PyDict(shape.pointee.transitions).count >= 64 { return nil }
        }
        let child = newShape(PyType(shape.pointee.owner))
        child.pointee.parent = shape.pointee.count == 0 ? .null : Value(shape)
        child.pointee.key = name
        child.pointee.count = shape.pointee.count + 1
        child.pointee.inlineCapacity = shape.pointee.inlineCapacity
        if !only.isObject {
            shape.pointee.onlyChild = Value(child)
        } else {
            if !shape.pointee.transitions.isObject { shape.pointee.transitions = newDict().value }
            do { try PyDict(shape.pointee.transitions).set(self, name, Value(child)) } catch {
                clearRaised()
                return nil
            }
        }
        return child
    }

    /// Later instances get room for what this one turned out to need.
    func noteAttributeCount(_ type: PyType, _ count: Int) {
        let wanted = min(count, 24)
        if wanted > Int(type.ref.pointee.inlineCapacity) { type.ref.pointee.inlineCapacity = UInt16(wanted) }
    }

    // MARK: The dict

    /// `object.__dict__`, made if need be: from then on the instance is in dict mode. May collect.
    public func materializeDict(_ object: Value, _ type: PyType) throws(Raised) -> Value {
        let attrs = self.attrs(object, type)
        if let shape = attrs.pointee.shape, shape.pointee.isDict != 0 { return attrs.pointee.overflow }
        let dict = newDict()
        if let shape = attrs.pointee.shape {
            let count = Int(shape.pointee.count)
            try dict.resize(self, minimum: max(8, count * 3 / 2 + 1))
            let keys = try newTuple(count)
            var step = Value(shape)
            while step.isObject {
                let s = step.cast(ShapeLayout.self)
                if s.pointee.count == 0 { break }
                keys[Int(s.pointee.count) - 1] = s.pointee.key
                step = s.pointee.parent
            }
            for i in 0..<count { try dict.set(self, keys[i], attributeSlot(attrs, shape, i).pointee) }
        }
        setDict(object, type, dict.value)
        return dict.value
    }

    /// `object.__dict__ = dict`.
    public func setDict(_ object: Value, _ type: PyType, _ dict: Value) {
        if !type.ref.pointee.dictShape.isObject {
            let shape = newShape(type)
            shape.pointee.isDict = 1
            type.ref.pointee.dictShape = Value(shape)
        }
        let attrs = self.attrs(object, type)
        if let old = attrs.pointee.shape, old.pointee.isDict == 0 {
            let capacity = Int(old.pointee.inlineCapacity)
            inlineValues(attrs).update(repeating: .null, count: min(capacity, Int(old.pointee.count)))
        }
        attrs.pointee.shape = type.ref.pointee.dictShape.cast(ShapeLayout.self)
        attrs.pointee.overflow = dict
    }

    /// The dict if the object is in dict mode already, else NULL.
    public func existingDict(_ object: Value, _ type: PyType) -> Value {
        guard type.ref.pointee.attrsOffset != 0 else { return .null }
        let attrs = self.attrs(object, type)
        guard let shape = attrs.pointee.shape, shape.pointee.isDict != 0 else { return .null }
        return attrs.pointee.overflow
    }

    // MARK: Making instances

    /// A zeroed instance of `type` (fixed size) with the class's inline room; registered if it has a finalizer. May collect.
    @inlinable public func newInstance(_ type: PyType) -> Value {
        let layout = type.ref
        var size = Int(layout.pointee.basicSize)
        if layout.pointee.attrsOffset != 0 { size += MemoryLayout<AttrsLayout>.size + Int(layout.pointee.inlineCapacity) * 8 }
        let cell = allocateZeroed(size, type)
        let value = Value(object: cell)
        if layout.pointee.flags.rawValue & (TypeFlags.hasDel.rawValue | TypeFlags.hasFinalize.rawValue) != 0 { registerFinalizable(value) }
        return value
    }

    /// As `newInstance`, for variable-size types: `itemBytes` lie after `basicSize`.
    public func newVariableInstance(_ type: PyType, itemBytes: Int) throws(Raised) -> Value {
        let layout = type.ref
        if itemBytes > 1 << 46 { throw raiseMemoryError() }
        var size = (Int(layout.pointee.basicSize) + itemBytes + 7) & ~7
        if layout.pointee.attrsOffset != 0 { size += MemoryLayout<AttrsLayout>.size + Int(layout.pointee.inlineCapacity) * 8 }
        try checkAllocation(size)
        let value = Value(object: allocateZeroed(size, type))
        if layout.pointee.flags.rawValue & (TypeFlags.hasDel.rawValue | TypeFlags.hasFinalize.rawValue) != 0 { registerFinalizable(value) }
        return value
    }

    /// The collector will look at the object's `__del__` or native destructor when it is dead.
    @inline(never) public func registerFinalizable(_ value: Value) {
        let heap = self.heap
        heap.pointee.finalizable.append(UInt(value.bits))
        if heap.pointee.finalizable.count > heap.pointee.finalizablePruneAt { forgetFinishedGenerators() }
    }

    /// An object that was made just now and is given up: its `__del__` will not run. O(1) for the last one registered.
    @inline(never) func forgetFinalizable(_ value: Value) {
        let heap = self.heap
        let count = heap.pointee.finalizable.count
        var i = count - 1
        while i >= 0, heap.pointee.finalizable[i] != UInt(value.bits) { i -= 1 }
        if i < 0 { return }
        for k in i..<count - 1 { heap.pointee.finalizable[k] = heap.pointee.finalizable[k + 1] }
        heap.pointee.finalizable.count = count - 1
        // What comes next takes a place that an idle wait may have looked at.
        if i < heap.pointee.finalizableSeen { heap.pointee.finalizableSeen -= 1 }
    }
}
