// A Python exception in Swift (DESIGN D4): an empty error; the exception object waits in the thread state.

/// "An exception is set in `vm.thread.pointee.raised`."
@frozen public struct Raised: Error {
    @inlinable @inline(__always) public init() {}
}

extension VM {
    /// Makes an exception of `kind` with `message` as its only argument and sets it. Use: `throw vm.raise(.typeError, "…")`.
    @inline(never) public func raise(_ kind: ExceptionKind, _ message: String) -> Raised {
        raise(exceptionType(kind), str(message))
    }

    /// As above, no message.
    @inline(never) public func raise(_ kind: ExceptionKind) -> Raised {
        setRaised(makeException(exceptionType(kind), args: emptyTuple))
    }

    /// One argument of any kind: `throw vm.raise(.keyError, value: key)`.
    @inline(never) public func raise(_ kind: ExceptionKind, value: Value) -> Raised { raise(exceptionType(kind), value) }

    /// Several arguments.
    @inline(never) public func raise(_ kind: ExceptionKind, args: Value) -> Raised { raise(exceptionType(kind), argsTuple: args) }

    @inline(never) public func raise(_ type: PyType, _ argument: Value) -> Raised { raise(type, argsTuple: tuple(argument)) }

    /// Calls the type, as `raise type(*args)` does, so that every field is set.
    @inline(never) public func raise(_ type: PyType, argsTuple: Value) -> Raised {
        do {
            let exception = try callWithTuple(type.value, argsTuple)
            return setRaised(exception)
        } catch { return Raised() }
    }

    /// Sets `exception` (an instance of BaseException) as the exception on its way. The exception being handled becomes its context.
    @inline(never) public func setRaised(_ exception: Value) -> Raised {
        let thread = self.thread
        let handled = thread.pointee.handled
        if handled.isObject && handled != exception { setContext(exception, handled) }
        thread.pointee.raised = exception
        return Raised()
    }

    /// Puts back an exception taken with `takeRaised`: no context is added.
    @inlinable public func restoreRaised(_ exception: Value) -> Raised {
        thread.pointee.raised = exception
        return Raised()
    }

    /// The exception on its way, which is thereby caught. NULL if there is none.
    @inlinable @inline(__always) public func takeRaised() -> Value {
        let exception = thread.pointee.raised
        thread.pointee.raised = .null
        return exception
    }

    /// Drops the exception on its way.
    @inlinable @inline(__always) public func clearRaised() { thread.pointee.raised = .null }

    /// Whether the exception on its way is of `kind` or derived from it.
    public func raisedMatches(_ kind: ExceptionKind) -> Bool {
        let raised = thread.pointee.raised
        return raised.isObject && raised.objectType.isSubtype(of: exceptionType(kind))
    }

    @inlinable @inline(__always) public func exceptionType(_ kind: ExceptionKind) -> PyType {
        state.pointee.exceptionTypes[Int(kind.rawValue)]
    }

    /// Not done yet, by name; `Scripts/metrics` lists the calls.
    @inline(never) public func unimplemented(_ what: StaticString) -> Raised {
        raise(.notImplementedError, "taipan: \(what) is not implemented yet")
    }

    /// Implicit chaining: `exception.__context__ = context`, without making a cycle.
    func setContext(_ exception: Value, _ context: Value) {
        // The chain from `context` must not lead back to `exception`: cut it there. Floyd's second pointer guards against older cycles.
        var step = context
        var slow = context
        var odd = false
        while true {
            let next = step.cast(ExceptionLayout.self).pointee.context
            if !next.isObject { break }
            if next == exception {
                step.cast(ExceptionLayout.self).pointee.context = .null
                break
            }
            step = next
            if odd {
                slow = slow.cast(ExceptionLayout.self).pointee.context
                if slow == step { break }
            }
            odd.toggle()
        }
        exception.cast(ExceptionLayout.self).pointee.context = context
    }

    /// Runs a body that may raise inside a slot: NULL says it raised.
    @inlinable @inline(__always) public func guarded(_ body: () throws(Raised) -> Value) -> Value {
        do { return try body() } catch { return .null }
    }
    /// For slots that return 0 or -1.
    @inlinable @inline(__always) public func guardedStatus(_ body: () throws(Raised) -> Void) -> Int {
        do {
            try body()
            return 0
        } catch { return -1 }
    }
    /// For slots that return a number or -1.
    @inlinable @inline(__always) public func guardedInt(_ body: () throws(Raised) -> Int) -> Int {
        do { return try body() } catch { return -1 }
    }
    /// For slots that return 1, 0 or -1.
    @inlinable @inline(__always) public func guardedBool(_ body: () throws(Raised) -> Bool) -> Int {
        do { return try body() ? 1 : 0 } catch { return -1 }
    }
    /// The other way: a slot's NULL becomes a throw.
    @inlinable @inline(__always) public func check(_ value: Value) throws(Raised) -> Value {
        if value.isNull { throw Raised() }
        return value
    }
    @inlinable @inline(__always) public func checkStatus(_ status: Int) throws(Raised) {
        if status < 0 { throw Raised() }
    }
}
