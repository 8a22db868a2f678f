// The exception classes that native modules make for themselves. CPython: PyErr_NewException.
import PyRuntime

extension VM {
    /// `class name(base): __module__ = module`, with `doc` as its docstring if there is one. May collect.
    func newExceptionClass(_ name: StaticString, module: StaticString, base: ExceptionKind = .exception, doc: StaticString? = nil) throws(Raised) -> Value {
        let dict = newDict()
        try dict.set(self, names.__module__, intern(module))
        if let doc { try dict.set(self, names.__doc__, str(doc)) }
        return try call(types.type.value, str(name), tuple(exceptionType(base).value), dict.value)
    }
}
