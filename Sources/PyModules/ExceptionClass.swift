// The exception classes that native modules make for themselves. CPython: PyErr_NewException.
import PyRuntime

extension VM {
    /// `class name(base): __module__ = module`, with `doc` as its docstring if there is one; a second base with `mixin`. May collect.
    func newExceptionClass(
        _ name: StaticString, module: StaticString, base: ExceptionKind = .exception, mixin: ExceptionKind? = nil, doc: StaticString? = nil
    ) throws(Raised) -> Value {
        let dict = newDict()
        try dict.set(self, names.__module__, intern(module))
        if let doc { try dict.set(self, names.__doc__, str(doc)) }
        let first = exceptionType(base).value
        let bases = mixin.map { tuple(first, exceptionType($0).value) } ?? tuple(first)
        return try call(types.type.value, str(name), bases, dict.value)
    }
}
