// `_thread._excepthook`: what `threading` does with an exception that leaves `Thread.run`. CPython: `thread_excepthook`.
import PyRuntime

extension VM {
    func threadExceptHook(_ arguments: Value) throws(Raised) -> Value {
        guard arguments.isObject, arguments.objectType.value == threading.pointee.exceptHookArguments, PyTuple(arguments).count >= 4 else {
            throw raise(.typeError, "_thread.excepthook argument type must be ExceptHookArgs")
        }
        let type = PyTuple(arguments)[0], value = PyTuple(arguments)[1], traceback = PyTuple(arguments)[2], thread = PyTuple(arguments)[3]
        // SystemExit ends a thread silently.
        if type == exceptionType(.systemExit).value { return .none }
        var file = PyDict(state.pointee.sysDict).getStr(self, names.stderr)
        if file.isNull || file.isNone {
            if thread.isNone { return .none }
            file = try getAttrIfPresent(thread, intern("_stderr"))
            if file.isNull || file.isNone { return .none }
        }
        var name = Value.null
        if !thread.isNone { name = try getAttrIfPresent(thread, names.name) }
        let title = name.isNull ? "\(threadIdent)" : PyStr(try str(of: name)).string
        for piece in ["Exception in thread ", title, ":\n"] { _ = try callMethod(file, names.write, str(piece)) }
        try writeException(to: file, type, value, traceback)
        if !(try getAttrIfPresent(file, names.flush)).isNull { _ = try callMethod(file, names.flush) }
        return .none
    }

    /// The traceback text of an exception given in three parts, to a Python stream.
    private func writeException(to file: Value, _ type: Value, _ value: Value, _ traceback: Value) throws(Raised) {
        guard value.isObject, value.objectType.flags.contains(.exceptionSubclass) else {
            let text = isType(type) ? PyStr(PyType(type).name).string : PyStr(try str(of: type)).string
            let tail = value.isNone ? "" : ": \(PyStr(try str(of: value)).string)"
            _ = try callMethod(file, names.write, str("\(text)\(tail)\n"))
            return
        }
        _ = traceback
        try writeShown(exceptionText(value), to: file)
    }

    private var threadIdent: UInt { thread.pointee.threadID }
}
