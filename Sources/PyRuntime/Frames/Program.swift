// Running a program: `__main__`, what happens to an exception nobody caught, exit status. CPython: Python/pythonrun.c.
import PyPlatform

/// How a program that was run ended.
public enum ProgramEnd: Equatable, Sendable {
    case finished
    /// An exception was shown.
    case failed
    /// SystemExit: the process is to end with this status.
    case exit(Int32)
    /// There was no program to run; unlike after `exit`, `-i` still prompts.
    case unreadable(Int32)
    /// KeyboardInterrupt was shown: the process should die of SIGINT.
    case interrupted
}

extension VM {
    /// `__main__`'s namespace, made at first use and kept in `sys.modules`. May collect.
    public func mainNamespace() throws(Raised) -> Value {
        let known = try loadedModule(names.__main__)
        if known.isObject, known.objectType.isSubtype(of: types.module) { return known.cast(ModuleLayout.self).pointee.dict }
        let module = newModule(names.__main__)
        let dict = PyDict(module.cast(ModuleLayout.self).pointee.dict)
        try dict.set(self, names.__builtins__, state.pointee.builtinsModule)
        try dict.set(self, intern("__annotations__"), newDict().value)
        if importlib.isObject {
            try dict.set(self, names.__loader__, try getAttr(importlib, intern("BuiltinImporter")))
        }
        if state.pointee.modules.isObject { try setItem(state.pointee.modules, names.__main__, module) }
        return dict.value
    }

    /// `__main__`'s namespace with `__file__` and `__cached__`, as for a program file.
    public func mainModule(filename: String?) throws(Raised) -> Value {
        let dict = try mainNamespace()
        if let filename { try PyDict(dict).set(self, names.__file__, str(filename)) }
        try PyDict(dict).set(self, intern("__cached__"), .none)
        return dict
    }

    /// Deals with the exception on its way as the interpreter does at the top: SystemExit ends quietly (unless `inspecting`),
    /// anything else goes to `sys.excepthook`.
    public func endProgram(inspecting: Bool = false) -> ProgramEnd {
        let exception = takeRaised()
        guard exception.isObject else { return .failed }
        if !inspecting, exception.objectType.isSubtype(of: exceptionType(.systemExit)) { return .exit(exitStatus(exception)) }
        if case .exit(let status) = printException(exception) { return .exit(status) }
        return exception.objectType == exceptionType(.keyboardInterrupt) ? .interrupted : .failed
    }

    /// As `endProgram`, as a process exit status.
    public func reportUncaught() -> Int32 {
        switch endProgram() {
        case .finished: 0
        case .failed: 1
        case .exit(let status), .unreadable(let status): status
        case .interrupted: 130
        }
    }

    /// Sets `sys.last_type` and its kin and calls `sys.excepthook(type, value, traceback)`.
    /// - Returns: `.exit` if the hook wants to end the process.
    @discardableResult public func printException(_ exception: Value, setsLast: Bool = true) -> ProgramEnd {
        let type = exception.objectType.value
        let traceback = orNone(exception.cast(ExceptionLayout.self).pointee.traceback)
        guard state.pointee.sysDict.isObject else { return .failed }
        let sys = PyDict(state.pointee.sysDict)
        if setsLast {
            do {
                try sys.set(self, intern("last_type"), type)
                try sys.set(self, intern("last_value"), exception)
                try sys.set(self, intern("last_traceback"), traceback)
            } catch { clearRaised() }
        }
        let hook = sys.getStr(self, intern("excepthook"))
        do { try audit("sys.excepthook", tuple(orNone(hook), type, exception, traceback)) } catch { clearRaised() }
        if hook.isNull {
            writeToStandardError("sys.excepthook is missing\n")
            displayException(exception)
            return .failed
        }
        do {
            _ = try call(hook, type, exception, traceback)
        } catch {
            let second = takeRaised()
            guard second.isObject else { return .failed }
            if second.objectType.isSubtype(of: exceptionType(.systemExit)) { return .exit(exitStatus(second)) }
            writeToStandardError("Error in sys.excepthook:\n")
            displayException(second)
            writeToStandardError("\nOriginal exception was:\n")
            displayException(exception)
        }
        return .failed
    }

    /// The text of an exception on `sys.stderr`, which is flushed.
    public func displayException(_ exception: Value) {
        let stream = sysAttribute(names.stderr)
        if stream.isNull {
            try? writeAll(2, Array("lost sys.stderr\n".utf8))
            return
        }
        if stream.isNone { return }
        let text = exceptionText(exception)
        do {
            try writeShown(text, to: stream)
            _ = try callMethod(stream, names.flush)
        } catch { clearRaised() }
    }

    /// The code of a SystemExit: None is 0, an int is itself, anything else is printed and means 1.
    private func exitStatus(_ exception: Value) -> Int32 {
        var code = exception
        do { code = try getAttr(exception, names.code) } catch { clearRaised() }
        if code.isNone { return 0 }
        if isInt(code) {
            if code.isSmallInt { return Int32(truncatingIfNeeded: code.smallInt) }
            if code.isBool { return code.isTrue ? 1 : 0 }
            do { return Int32(truncatingIfNeeded: try indexInt(code)) } catch {
                clearRaised()
                return -1
            }
        }
        let stream = sysAttribute(names.stderr)
        do {
            let text = try str(of: code)
            if stream.isNull || stream.isNone {
                try? writeAll(2, PyStr(text).utf8)
            } else {
                _ = try callMethod(stream, names.write, text)
            }
        } catch { clearRaised() }
        writeToStandardError("\n")
        return 1
    }

    /// After a program file, however it ended, with what is raised left as it is. CPython: flush_io.
    public func flushAfterProgram() {
        let kept = takeRaised()
        defer { thread.pointee.raised = kept }
        for name in [names.stderr, names.stdout] {
            let stream = sysAttribute(name)
            if !stream.isObject || stream.isNone { continue }
            do { _ = try callMethod(stream, names.flush) } catch { clearRaised() }
        }
    }

    /// `sys.stdout.flush()` and `sys.stderr.flush()`; closed and missing streams are left alone.
    /// - Returns: false if one of them failed; stdout's exception goes to `sys.unraisablehook`.
    @discardableResult public func flushStandardStreams() -> Bool {
        guard state.pointee.sysDict.isObject else { return true }
        var succeeded = true
        for name in [names.stdout, names.stderr] {
            let stream = sysAttribute(name)
            if !stream.isObject || stream.isNone { continue }
            do {
                let closed = try getAttrIfPresent(stream, intern("closed"))
                if !closed.isNull, try isTrue(closed) { continue }
                _ = try callMethod(stream, names.flush)
            } catch {
                succeeded = false
                if name == names.stdout { writeUnraisable(stream) } else { clearRaised() }
            }
        }
        return succeeded
    }
}
