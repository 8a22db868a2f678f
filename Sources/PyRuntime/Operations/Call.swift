// Calling anything. CPython: Objects/call.c.
//
// The convention everywhere: `arguments` points at `count` positional values followed by one value per name in `keywords`
// (a tuple of str, or NULL). Arguments live on the Python stack of the thread or in any memory the scan sees.

extension VM {
    /// `callable(*arguments)`. NULL never comes out: it is thrown.
    @inlinable
    public func call(_ callable: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, keywords: Value = .null) throws(Raised) -> Value {
        try guardNativeStack()
        guard let slot = type(of: callable).slots.call else { throw raiseNotCallable(callable) }
        return try check(slot(self, callable, arguments, count, keywords))
    }

    @inline(never) public func raiseNotCallable(_ callable: Value) -> Raised {
        raise(.typeError, "'\(typeName(callable))' object is not callable")
    }

    @inlinable public func call(_ callable: Value) throws(Raised) -> Value {
        try call(callable, thread.pointee.stackTop, 0)
    }
    @inlinable public func call(_ callable: Value, _ a: Value) throws(Raised) -> Value {
        if callable.isExactly(types.function) {
            let result = try callPlain(callable, a)
            if !result.isNull { return result }
        }
        let slots = try pushStack(1)
        defer { popStack(slots) }
        slots[0] = a
        return try call(callable, slots, 1)
    }
    @inlinable public func call(_ callable: Value, _ a: Value, _ b: Value) throws(Raised) -> Value {
        if callable.isExactly(types.function) {
            let result = try callPlain(callable, a, b)
            if !result.isNull { return result }
        }
        let slots = try pushStack(2)
        defer { popStack(slots) }
        slots[0] = a
        slots[1] = b
        return try call(callable, slots, 2)
    }
    public func call(_ callable: Value, _ a: Value, _ b: Value, _ c: Value) throws(Raised) -> Value {
        let slots = try pushStack(3)
        defer { popStack(slots) }
        slots[0] = a
        slots[1] = b
        slots[2] = c
        return try call(callable, slots, 3)
    }
    public func call(_ callable: Value, _ a: Value, _ b: Value, _ c: Value, _ d: Value) throws(Raised) -> Value {
        let slots = try pushStack(4)
        defer { popStack(slots) }
        slots[0] = a
        slots[1] = b
        slots[2] = c
        slots[3] = d
        return try call(callable, slots, 4)
    }

    /// `callable(*tuple, **dict)`; `dict` may be NULL.
    public func callWithTuple(_ callable: Value, _ tuple: Value, _ dict: Value = .null) throws(Raised) -> Value {
        let positional = PyTuple(tuple)
        if dict.isNull || PyDict(dict).count == 0 {
            let slots = try pushStack(positional.count)
            defer { popStack(slots) }
            slots.update(from: positional.items, count: positional.count)
            return try call(callable, slots, positional.count)
        }
        let keywords = PyDict(dict)
        let names = try newTuple(keywords.count)
        let total = positional.count + keywords.count
        let slots = try pushStack(total)
        defer { popStack(slots) }
        slots.update(from: positional.items, count: positional.count)
        var position = 0
        var k = 0
        while let (key, value) = keywords.next(&position) {
            if k >= names.count { break }
            if !isStr(key) { throw raise(.typeError, "keywords must be strings") }
            names[k] = key
            slots[positional.count + k] = value
            k += 1
        }
        return try call(callable, slots, positional.count, keywords: names.value)
    }

    /// `receiver.name(*arguments)`, no bound method in between when the attribute is a plain function.
    public func callMethod(_ receiver: Value, _ name: Value) throws(Raised) -> Value {
        let slots = try pushStack(1)
        defer { popStack(slots) }
        slots[0] = receiver
        return try callMethod(slots, 1, name)
    }
    public func callMethod(_ receiver: Value, _ name: Value, _ a: Value) throws(Raised) -> Value {
        let slots = try pushStack(2)
        defer { popStack(slots) }
        slots[0] = receiver
        slots[1] = a
        return try callMethod(slots, 2, name)
    }
    public func callMethod(_ receiver: Value, _ name: Value, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let slots = try pushStack(3)
        defer { popStack(slots) }
        slots[0] = receiver
        slots[1] = a
        slots[2] = b
        return try callMethod(slots, 3, name)
    }
    public func callMethod(_ receiver: Value, _ name: Value, _ a: Value, _ b: Value, _ c: Value) throws(Raised) -> Value {
        let slots = try pushStack(4)
        defer { popStack(slots) }
        slots[0] = receiver
        slots[1] = a
        slots[2] = b
        slots[3] = c
        return try callMethod(slots, 4, name)
    }
    /// `arguments[0]` is the receiver, counted in `count`.
    public func callMethod(_ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ name: Value, keywords: Value = .null) throws(Raised) -> Value {
        var unbound = false
        let callable = try getMethod(arguments[0], name, &unbound)
        if unbound { return try call(callable, arguments, count, keywords: keywords) }
        return try call(callable, arguments + 1, count - 1, keywords: keywords)
    }

    /// A special method looked up on the type: NULL if the type has none. `unbound`: pass the receiver first.
    public func lookupSpecial(_ receiver: Value, _ name: Value, _ unbound: inout Bool) throws(Raised) -> Value {
        let type = self.type(of: receiver)
        let found = lookup(type, name)
        if found.isNull { return .null }
        if found.isObject {
            let kind = found.objectType
            if kind.flags.contains(.methodDescriptor) {
                unbound = true
                return found
            }
            if let get = kind.slots.descrGet {
                unbound = false
                return try check(get(self, found, receiver, type.value))
            }
        }
        unbound = false
        return found
    }

    /// `type(receiver).name(receiver)`; NULL if there is no such method.
    public func callSpecial(_ receiver: Value, _ name: Value) throws(Raised) -> Value {
        let found = lookup(type(of: receiver), name)
        if found.isNull { return .null }
        if found.isExactly(types.function) {
            let result = try callPlain(found, receiver)
            if !result.isNull { return result }
        }
        let slots = try pushStack(1)
        defer { popStack(slots) }
        slots[0] = receiver
        return try callSpecial(slots, 1, name)
    }
    public func callSpecial(_ receiver: Value, _ name: Value, _ a: Value) throws(Raised) -> Value {
        let found = lookup(type(of: receiver), name)
        if found.isNull { return .null }
        if found.isExactly(types.function) {
            let result = try callPlain(found, receiver, a)
            if !result.isNull { return result }
        }
        let slots = try pushStack(2)
        defer { popStack(slots) }
        slots[0] = receiver
        slots[1] = a
        return try callSpecial(slots, 2, name)
    }
    public func callSpecial(_ receiver: Value, _ name: Value, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let slots = try pushStack(3)
        defer { popStack(slots) }
        slots[0] = receiver
        slots[1] = a
        slots[2] = b
        return try callSpecial(slots, 3, name)
    }
    public func callSpecial(_ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ name: Value, keywords: Value = .null) throws(Raised) -> Value {
        var unbound = false
        let callable = try lookupSpecial(arguments[0], name, &unbound)
        if callable.isNull { return .null }
        if unbound { return try call(callable, arguments, count, keywords: keywords) }
        return try call(callable, arguments + 1, count - 1, keywords: keywords)
    }

    // MARK: Depth

    /// Counts one native level; every operation that can come back to itself through user code or nesting takes it.
    /// - Throws: RecursionError " while …" at the interpreter's limit or near the end of the native stack.
    @inlinable @inline(__always) public func enterRecursion(_ what: StaticString = "") throws(Raised) {
        let thread = self.thread
        let depth = thread.pointee.recursionDepth + 1
        if depth > thread.pointee.recursionLimit || taipan_frame_address() < thread.pointee.nativeStackLimit {
            throw raiseRecursion(what)
        }
        thread.pointee.recursionDepth = depth
    }
    /// The part of `enterRecursion` for what nests deeply without being calls: towers of iterators, tuples in tuples, methods
    /// of methods. They are not counted, as in CPython, but the native stack ends somewhere.
    @inlinable @inline(__always) public func guardNativeStack() throws(Raised) {
        if taipan_frame_address() < thread.pointee.nativeStackLimit { throw raiseRecursion("") }
    }
    @inlinable @inline(__always) public func leaveRecursion() { thread.pointee.recursionDepth &-= 1 }

    @inline(never) public func raiseRecursion(_ what: StaticString) -> Raised {
        let thread = self.thread
        // Room to make the exception and to handle it.
        let limit = thread.pointee.recursionLimit, low = thread.pointee.nativeStackLimit
        thread.pointee.recursionLimit = .max
        thread.pointee.nativeStackLimit = low > 65536 ? low - 65536 : 0
        defer {
            thread.pointee.recursionLimit = limit
            thread.pointee.nativeStackLimit = low
        }
        return setRaised(makeException(exceptionType(.recursionError), args: tuple(str("maximum recursion depth exceeded\(what)"))))
    }

    @inline(never) public func raiseStackOverflow() -> Raised { raiseRecursion("") }
}
