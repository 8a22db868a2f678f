// Running Python from Swift. CPython's counterpart is the very high level layer (c-api/veryhigh).
import PyRuntime
import PyUnicode

extension Interpreter {
    /// Runs statements in `__main__`, as `exec` does.
    /// - Parameters: source: the program's text; filename: its name in tracebacks.
    /// - Throws: the exception that it did not catch, SyntaxError and SystemExit included.
    public func run(_ source: String, filename: String = "<string>") throws(PythonError) {
        _ = try execute(source, filename, "exec")
    }

    /// The value of an expression, with `__main__`'s names.
    public func evaluate(_ expression: String) throws(PythonError) -> PythonObject {
        try execute(expression, "<string>", "eval")
    }

    /// `import name`: the module called `name`, also where that is below a package ("os.path").
    public func importModule(_ name: String) throws(PythonError) -> PythonObject {
        try entering { vm throws(Raised) in
            try vm.call(vm.getAttr(vm.importModule("importlib"), "import_module"), vm.str(name))
        }
    }

    /// A name of `__main__`.
    /// - Throws: NameError if there is none.
    public func global(_ name: String) throws(PythonError) -> PythonObject {
        try entering { vm throws(Raised) in
            let found = PyDict(try vm.mainNamespace()).getStr(vm, vm.intern(name))
            if found.isNull { throw vm.raise(.nameError, "name '\(name)' is not defined") }
            return found
        }
    }

    /// Binds a name of `__main__`.
    public func setGlobal(_ name: String, _ value: any PythonConvertible) throws(PythonError) {
        _ = try entering { vm throws(Raised) in
            try PyDict(vm.mainNamespace()).set(vm, vm.intern(name), vm.convert(value, self))
            return .none
        }
    }

    /// None.
    public var none: PythonObject { object(.none) }

    private func execute(_ source: String, _ filename: String, _ mode: StaticString) throws(PythonError) -> PythonObject {
        try entering { vm throws(Raised) in
            let module = try vm.mainNamespace()
            let code = try vm.call(
                vm.getItem(vm.state.pointee.builtinsDict, vm.intern("compile")), vm.str(source), vm.str(filename), vm.intern(mode))
            return try vm.run(code: code, globals: module, locals: module)
        }
    }

    func object(_ value: Value) -> PythonObject { PythonObject(value, self) }

    /// Runs `body` in the machine; what it raised becomes a Swift error.
    func entering(_ body: (VM) throws(Raised) -> Value) throws(PythonError) -> PythonObject {
        precondition(isOpen, "the interpreter is closed")
        do throws(Raised) { return object(try body(vm)) } catch { throw vm.takeError() }
    }
}
