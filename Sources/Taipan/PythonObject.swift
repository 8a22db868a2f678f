// An object of an interpreter, held from Swift.
import PyRuntime

/// A reference to a Python object; it keeps the object alive. Use it on its interpreter's thread, and not after `close()`.
///
///     let json = try python.importModule("json")
///     let value = try json.call("loads", "[1, 2.5, null]")
///     Int(try value[0])                    // 1
public final class PythonObject: PythonConvertible, CustomStringConvertible {
    public let interpreter: Interpreter
    private let root: RootID

    init(_ value: Value, _ interpreter: Interpreter) {
        self.interpreter = interpreter
        root = interpreter.vm.addRoot(value)
    }

    deinit { if interpreter.isOpen { interpreter.vm.removeRoot(root) } }

    var value: Value {
        precondition(interpreter.isOpen, "the interpreter is closed")
        return interpreter.vm.root(root)
    }

    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject { self }

    public var isNone: Bool { value.isNone }

    /// The name of the object's class.
    public var typeName: String { interpreter.vm.typeName(value) }

    /// `str(object)`; of an object whose `__str__` raises, its class in angle brackets.
    public var description: String {
        (try? interpreter.entering { vm throws(Raised) in try vm.str(of: value) }).flatMap { String($0) } ?? "<\(typeName) object>"
    }

    /// `repr(object)`.
    public func repr() throws(PythonError) -> String {
        String(try interpreter.entering { vm throws(Raised) in try vm.repr(value) }) ?? ""
    }

    /// `bool(object)`.
    public func isTrue() throws(PythonError) -> Bool {
        let answer = try interpreter.entering { vm throws(Raised) in Value(try vm.isTrue(value)) }
        return answer.value.isTrue
    }

    /// `object.name`.
    public func attribute(_ name: String) throws(PythonError) -> PythonObject {
        try interpreter.entering { vm throws(Raised) in try vm.getAttr(value, vm.intern(name)) }
    }

    /// `object.name = newValue`.
    public func setAttribute(_ name: String, _ newValue: any PythonConvertible) throws(PythonError) {
        _ = try interpreter.entering { vm throws(Raised) in
            try vm.setAttr(value, vm.intern(name), vm.convert(newValue, interpreter))
            return .none
        }
    }

    /// `object[key]`.
    public subscript(_ key: any PythonConvertible) -> PythonObject {
        get throws(PythonError) {
            try interpreter.entering { vm throws(Raised) in try vm.getItem(value, vm.convert(key, interpreter)) }
        }
    }

    /// `object[key] = newValue`.
    public func setItem(_ key: any PythonConvertible, _ newValue: any PythonConvertible) throws(PythonError) {
        _ = try interpreter.entering { vm throws(Raised) in
            try vm.setItem(value, vm.convert(key, interpreter), vm.convert(newValue, interpreter))
            return .none
        }
    }

    /// `object(*arguments, **keywords)`.
    @discardableResult
    public func callAsFunction(
        _ arguments: any PythonConvertible..., keywords: [String: any PythonConvertible] = [:]
    ) throws(PythonError) -> PythonObject {
        try interpreter.entering { vm throws(Raised) in try call(vm, value, arguments, keywords) }
    }

    /// `object.name(*arguments, **keywords)`.
    @discardableResult
    public func call(
        _ name: String, _ arguments: any PythonConvertible..., keywords: [String: any PythonConvertible] = [:]
    ) throws(PythonError) -> PythonObject {
        try interpreter.entering { vm throws(Raised) in try call(vm, vm.getAttr(value, vm.intern(name)), arguments, keywords) }
    }

    private func call(
        _ vm: VM, _ callee: Value, _ arguments: [any PythonConvertible], _ keywords: [String: any PythonConvertible]
    ) throws(Raised) -> Value {
        let tuple = try vm.newTuple(arguments.count)
        for i in arguments.indices { tuple[i] = try vm.convert(arguments[i], interpreter) }
        if keywords.isEmpty { return try vm.callWithTuple(callee, tuple.value) }
        let dict = vm.newDict()
        for (name, argument) in keywords { try dict.set(vm, vm.intern(name), vm.convert(argument, interpreter)) }
        return try vm.callWithTuple(callee, tuple.value, dict.value)
    }

    /// The items of an iterable, all of them: an endless one never returns.
    public func items() throws(PythonError) -> [PythonObject] {
        let list = try interpreter.entering { vm throws(Raised) in try vm.listFrom(value).value }
        let items = PyList(list.value)
        return (0..<items.count).map { PythonObject(items[$0], interpreter) }
    }
}
