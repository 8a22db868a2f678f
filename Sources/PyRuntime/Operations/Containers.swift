// Iteration, subscripts, length, membership on anything. CPython: Objects/abstract.c, Objects/iterobject.c.

extension VM {
    // MARK: Iteration

    /// `iter(value)`.
    public func iter(_ value: Value) throws(Raised) -> Value {
        let type = self.type(of: value)
        guard let slot = type.slots.iter else {
            if hasSequenceItems(value) { return newSequenceIterator(types.sequenceIterator, value) }
            throw raise(.typeError, "'\(typeName(value))' object is not iterable")
        }
        let result = try check(slot(self, value))
        if self.type(of: result).slots.iternext == nil {
            throw raise(.typeError, "iter() returned non-iterator of type '\(typeName(result))'")
        }
        return result
    }

    /// The next item; nil when exhausted.
    @inlinable public func next(_ iterator: Value) throws(Raised) -> Value? {
        try guardNativeStack()
        guard let slot = type(of: iterator).slots.iternext else {
            throw raise(.typeError, "'\(typeName(iterator))' object is not an iterator")
        }
        // Native loops over endless iterators end by Ctrl-C too.
        if thread.pointee.pollsInNative { try poll(yields: false) }
        let item = slot(self, iterator)
        if !item.isNull { return item }
        if hasRaised {
            if !raisedMatches(.stopIteration) { throw Raised() }
            clearRaised()
        }
        return nil
    }

    /// A sequence iterator over `source` from index 0. May collect.
    public func newSequenceIterator(_ type: PyType, _ source: Value, index: Int = 0) -> Value {
        let layout = allocateUninitialized(32, type).assumingMemoryBound(to: SequenceIteratorLayout.self)
        layout.pointee.source = source
        layout.pointee.index = index
        return Value(layout)
    }

    /// `list(iterable)` as a new list. Items come through the iterator protocol except for exact lists and tuples.
    public func listFrom(_ iterable: Value) throws(Raised) -> PyList {
        let list = try newList()
        try extend(list, iterable)
        return list
    }

    /// Appends every item of `iterable`.
    public func extend(_ list: PyList, _ iterable: Value) throws(Raised) {
        if iterable.isExactly(types.list) || iterable.isExactly(types.tuple) {
            let isList = iterable.isExactly(types.list)
            let count = isList ? PyList(iterable).count : PyTuple(iterable).count
            if count == 0 { return }
            try list.grow(self, to: list.count + count)
            // Safe: grow made room; a list extended by itself reads its buffer after the growth.
            let target = list.ref.pointee.items.unsafelyUnwrapped + list.count
            let source = isList ? PyList(iterable).ref.pointee.items.unsafelyUnwrapped : PyTuple(iterable).items
            target.update(from: source, count: count)
            list.ref.pointee.count += count
            return
        }
        let iterator = try iter(iterable)
        // Only of a range itself: another's `__len__` or `__length_hint__` must be heard first.
        if iterable.isExactly(types.range), iterator.isExactly(types.rangeIterator) { return try extend(list, range: iterator.cast(RangeIteratorLayout.self)) }
        let hint = try lengthHint(iterable, default: 8)
        // Room at once: what claims to be endless is a MemoryError now, not when the machine is full. A hint that no count
        // could hold is taken for a lie, as CPython does.
        let (room, isAbsurd) = list.count.addingReportingOverflow(hint)
        if !isAbsurd {
            if room > 1 << 58 { throw raiseMemoryError() }
            if hint > 0 { try list.grow(self, to: room) }
        }
        while true {
            // A list iterator's source may be this list: items come one at a time.
            let item = try drain(iterator, UnsafeMutableRawPointer(list.ref), VM.listSink)
            if item.isNull { return }
            try list.append(self, item)
        }
    }

    private func extend(_ list: PyList, range: UnsafeMutablePointer<RangeIteratorLayout>) throws(Raised) {
        let count = range.pointee.remaining
        if count <= 0 { return }
        if count > 1 << 44 { throw raiseMemoryError() }
        try list.grow(self, to: list.count + count)
        let target = list.ref.pointee.items.unsafelyUnwrapped + list.count  // Safe: grow made room.
        var next = range.pointee.next
        for i in 0..<count {
            target[i] = Value(small: next)
            next &+= range.pointee.step
        }
        range.pointee.remaining = 0
        list.ref.pointee.count += count
    }

    /// `tuple(iterable)`; an exact tuple is returned as it is.
    public func tupleFrom(_ iterable: Value) throws(Raised) -> Value {
        if iterable.isExactly(types.tuple) { return iterable }
        let list = iterable.isExactly(types.list) ? PyList(iterable) : try listFrom(iterable)
        guard list.count > 0, let items = list.ref.pointee.items else { return emptyTuple }
        return try tuple(items, count: list.count)
    }

    /// PEP 424; `default` when the object does not say.
    public func lengthHint(_ value: Value, default fallback: Int) throws(Raised) -> Int {
        let slots = type(of: value).slotsPointer
        if slots.pointee.mapLength != nil || slots.pointee.seqLength != nil {
            do { return try length(value) } catch {
                if !raisedMatches(.typeError) { throw Raised() }
                clearRaised()
            }
        }
        var unbound = false
        let hook = try lookupSpecial(value, names.__length_hint__, &unbound)
        if hook.isNull { return fallback }
        let result: Value
        do { result = try unbound ? call(hook, value) : call(hook) } catch {
            if !raisedMatches(.typeError) { throw Raised() }
            clearRaised()
            return fallback
        }
        if result == .notImplemented { return fallback }
        if !isInt(result) { throw raise(.typeError, "__length_hint__ must be an integer, not \(typeName(result))") }
        let hint = try indexInt(result)
        if hint < 0 { throw raise(.valueError, "__length_hint__() should return >= 0") }
        return hint
    }

    // MARK: Subscripts

    private func hasSequenceItems(_ value: Value) -> Bool {
        type(of: value).slots.item != nil && !isDict(value)
    }

    /// `value[key]`.
    public func getItem(_ value: Value, _ key: Value) throws(Raised) -> Value {
        let type = self.type(of: value)
        if let slot = type.slots.getItem { return try check(slot(self, value, key)) }
        if type.slots.item != nil {
            if hasIndex(key) { return try getItem(value, at: indexInt(key, overflow: .indexError)) }
            throw raise(.typeError, "sequence index must be integer, not '\(typeName(key))'")
        }
        if isType(value) {
            // type[int] is a plain alias: PEP 585.
            if value == types.type.value { return newGenericAlias(value, key) }
            let hook = try getAttrIfPresent(value, names.__class_getitem__)
            if !hook.isNull { return try call(hook, key) }
        }
        throw raise(.typeError, "'\(typeName(value))' object is not subscriptable")
    }

    /// `value[index]` through the sequence slot; a negative index counts from the end if the length is known.
    public func getItem(_ value: Value, at index: Int) throws(Raised) -> Value {
        let slots = type(of: value).slotsPointer
        guard let slot = slots.pointee.item else {
            if slots.pointee.getItem != nil { throw raise(.typeError, "\(typeName(value)) is not a sequence") }
            throw raise(.typeError, "'\(typeName(value))' object does not support indexing")
        }
        var i = index
        if i < 0, let length = slots.pointee.seqLength {
            let n = length(self, value)
            if n < 0 { throw Raised() }
            i += n
        }
        return try check(slot(self, value, i))
    }

    /// `value[key] = item`; NULL deletes.
    public func setItem(_ value: Value, _ key: Value, _ item: Value) throws(Raised) {
        guard let slot = type(of: value).slots.setItem else {
            if hasSequenceMethods(type(of: value)), hasIndex(key) { _ = try indexInt(key, overflow: .indexError) }
            throw raise(.typeError, "'\(typeName(value))' object does not support item \(item.isNull ? "deletion" : "assignment")")
        }
        try checkStatus(slot(self, value, key, item))
    }
    public func deleteItem(_ value: Value, _ key: Value) throws(Raised) {
        guard let slot = type(of: value).slots.setItem else {
            // The words of PySequence_DelItem and of PyObject_DelItem.
            if hasSequenceMethods(type(of: value)), hasIndex(key) {
                _ = try indexInt(key, overflow: .indexError)
                throw raise(.typeError, "'\(typeName(value))' object doesn't support item deletion")
            }
            throw raise(.typeError, "'\(typeName(value))' object does not support item deletion")
        }
        try checkStatus(slot(self, value, key, .null))
    }

    // MARK: Length and membership

    /// `len(value)`.
    public func length(_ value: Value) throws(Raised) -> Int {
        let slots = type(of: value).slotsPointer
        guard let slot = slots.pointee.seqLength ?? slots.pointee.mapLength else {
            throw raise(.typeError, "object of type '\(typeName(value))' has no len()")
        }
        let n = slot(self, value)
        if n < 0 { throw Raised() }
        return n
    }

    /// `item in container`.
    public func contains(_ container: Value, _ item: Value) throws(Raised) -> Bool {
        if let slot = type(of: container).slots.contains {
            let answer = slot(self, container, item)
            if answer < 0 { throw Raised() }
            return answer != 0
        }
        let type = self.type(of: container)
        if type.slots.iter == nil && !hasSequenceItems(container) {
            throw raise(.typeError, "argument of type '\(typeName(container))' is not iterable")
        }
        let iterator = try iter(container)
        while let candidate = try next(iterator) {
            if try compareBool(candidate, item, .eq) { return true }
        }
        return false
    }

    /// A slice's start, stop and step for a sequence of `length`, clamped; and how many items it selects. The length is read
    /// after `__index__` of the three has run, which may have changed it.
    public func sliceIndices(
        _ slice: Value, length currentLength: @autoclosure () -> Int
    ) throws(Raised) -> (start: Int, stop: Int, step: Int, count: Int) {
        let s = slice.cast(SliceLayout.self).pointee
        let step = s.step.isNone ? 1 : try sliceIndex(s.step)
        if step == 0 { throw raise(.valueError, "slice step cannot be zero") }
        // Never -Int.min: the step is only ever used to divide lengths.
        let safeStep = step == .min ? -.max : step
        var start = s.start.isNone ? (safeStep < 0 ? .max : 0) : try sliceIndex(s.start)
        var stop = s.stop.isNone ? (safeStep < 0 ? .min : .max) : try sliceIndex(s.stop)
        let length = currentLength()
        if start < 0 {
            start = start &+ length
            if start < 0 { start = safeStep < 0 ? -1 : 0 }
        } else if start >= length {
            start = safeStep < 0 ? length - 1 : length
        }
        if stop < 0 {
            stop = stop == .min ? -1 : stop + length
            if stop < 0 { stop = safeStep < 0 ? -1 : 0 }
        } else if stop >= length {
            stop = safeStep < 0 ? length - 1 : length
        }
        var count = 0
        if safeStep < 0 {
            if stop < start { count = (start - stop - 1) / -safeStep + 1 }
        } else if start < stop {
            count = (stop - start - 1) / safeStep + 1
        }
        // A step past the end selects one item at most: kept near the length, adding it to an index cannot overflow.
        let bound = length < .max - 2 ? length + 2 : .max
        return (start, stop, min(max(safeStep, -bound), bound), count)
    }

    private func sliceIndex(_ value: Value) throws(Raised) -> Int {
        if !hasIndex(value) { throw raise(.typeError, "slice indices must be integers or None or have an __index__ method") }
        return try indexInt(value, overflow: nil)
    }
}
