// Values that cross from Swift to Python, and back.
import PyRuntime

/// A Swift value that Python can be given: numbers, text, bytes, optionals (None), arrays (list), dictionaries (dict), and
/// `PythonObject` itself.
public protocol PythonConvertible {
    /// The value as an object of `interpreter`.
    func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject
}

extension Bool: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject { interpreter.object(Value(self)) }

    /// The object's value if it is exactly True or False.
    public init?(_ object: PythonObject) {
        guard object.value.isBool else { return nil }
        self = object.value.isTrue
    }
}

extension Int: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject { interpreter.object(interpreter.vm.int(self)) }

    /// The value of an `int` (bools and subclasses included) that fits; nil for others.
    public init?(_ object: PythonObject) {
        let vm = object.interpreter.vm
        guard vm.isInt(object.value) else { return nil }
        var fits = false
        self = vm.clampedInt(object.value, &fits)
        if !fits { return nil }
    }
}

extension Double: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject { interpreter.object(Value(foreign: self)) }

    /// The value of a `float`, or of an `int` that is exactly a Double; nil for others.
    public init?(_ object: PythonObject) {
        let vm = object.interpreter.vm
        if vm.isFloat(object.value) {
            self = vm.floatValue(object.value)
        } else if let int = Int(object), let exact = Double(exactly: int) {
            self = exact
        } else {
            return nil
        }
    }
}

extension String: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject { interpreter.object(interpreter.vm.str(self)) }

    /// The text of a `str`; nil for others. (`description` is `str()` of any object.) A lone surrogate becomes U+FFFD.
    public init?(_ object: PythonObject) {
        guard object.interpreter.vm.isStr(object.value) else { return nil }
        self = object.interpreter.vm.text(object.value)
    }
}

extension Optional: PythonConvertible where Wrapped: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject {
        if let self { try self.pythonObject(in: interpreter) } else { interpreter.none }
    }
}

extension Array: PythonConvertible where Element: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject {
        try interpreter.entering { vm throws(Raised) in
            let list = try vm.newList()
            // The list is reachable from this frame: what is appended needs no root of its own.
            for element in self { try list.append(vm, vm.convert(element, interpreter)) }
            return list.value
        }
    }
}

extension Dictionary: PythonConvertible where Key: PythonConvertible, Value: PythonConvertible {
    public func pythonObject(in interpreter: Interpreter) throws(PythonError) -> PythonObject {
        try interpreter.entering { vm throws(Raised) in
            let dict = vm.newDict()
            for (key, value) in self { try dict.set(vm, vm.convert(key, interpreter), vm.convert(value, interpreter)) }
            return dict.value
        }
    }
}

extension VM {
    /// - Throws: what the conversion raised, raised again as a RuntimeError of the same text.
    func convert(_ swift: any PythonConvertible, _ interpreter: Interpreter) throws(Raised) -> PyRuntime.Value {
        do throws(PythonError) { return try swift.pythonObject(in: interpreter).value } catch {
            throw raise(.runtimeError, error.description)
        }
    }
}
