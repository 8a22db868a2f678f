// Exception objects made from native code.

extension VM {
    /// An instance of `type` with `args`, `__init__` not called. May collect.
    public func makeException(_ type: PyType, args: Value) -> Value {
        let value = newInstance(type)
        let layout = value.cast(ExceptionLayout.self)
        layout.pointee.args = args
        layout.pointee.suppressContext = .false
        return value
    }

    /// MemoryError: preallocated text, no growth.
    @inline(never) public func raiseMemoryError() -> Raised {
        setRaised(makeException(exceptionType(.memoryError), args: emptyTuple))
    }
}
