// Running a program: `__main__`, what happens to an exception nobody caught, exit status. CPython: Python/pythonrun.c.
import PyPlatform

extension VM {
    /// `__main__`'s namespace, with `__file__` set. The module is put into `sys.modules` when there is one.
    public func mainModule(filename: String?) throws(Raised) -> Value {
        let module = newModule(names.__main__)
        let dict = PyDict(module.cast(ModuleLayout.self).pointee.dict)
        if state.pointee.builtinsModule.isObject {
            try dict.set(self, names.__builtins__, state.pointee.builtinsModule)
        }
        if let filename { try dict.set(self, names.__file__, str(filename)) }
        try dict.set(self, intern("__cached__"), .none)
        if state.pointee.modules.isObject { try PyDict(state.pointee.modules).set(self, names.__main__, module) }
        return dict.value
    }

    /// Deals with the exception on its way as the interpreter does at the top: SystemExit ends quietly, anything else goes
    /// through `sys.excepthook` or is printed. The process exit status.
    public func reportUncaught() -> Int32 {
        let exception = takeRaised()
        guard exception.isObject else { return 1 }
        if exception.objectType.isSubtype(of: exceptionType(.systemExit)) { return exitStatus(exception) }
        printException(exception)
        return 1
    }

    /// `sys.excepthook(type, value, traceback)` if it was replaced, else the built-in text on stderr.
    public func printException(_ exception: Value) {
        flushStandardStreams()
        try? writeAll(2, exceptionText(exception))
    }

    /// The code of a SystemExit: None is 0, an int is itself, anything else is printed and means 1.
    private func exitStatus(_ exception: Value) -> Int32 {
        var code = Value.none
        do { code = try getAttr(exception, names.code) } catch { clearRaised() }
        if code.isNone { return 0 }
        if code.isSmallInt { return Int32(truncatingIfNeeded: code.smallInt) }
        if code.isBool { return code.isTrue ? 1 : 0 }
        flushStandardStreams()
        var text: [UInt8] = []
        do { text = PyStr(try str(of: code)).utf8 } catch { clearRaised() }
        try? writeAll(2, text + [10])
        return 1
    }

    /// `sys.stdout.flush()` and the like, errors dropped.
    public func flushStandardStreams() {
        guard state.pointee.sysDict.isObject else { return }
        for name in [names.stdout, names.stderr] {
            let stream = PyDict(state.pointee.sysDict).getStr(self, name)
            if !stream.isObject || stream.isNone { continue }
            do { _ = try callMethod(stream, names.flush) } catch { clearRaised() }
        }
    }
}
