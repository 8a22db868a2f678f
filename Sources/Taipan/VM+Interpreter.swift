// Small additions to the runtime's context that only this target needs.
import PyRuntime

extension Interpreter {
    /// `sys.version`.
    public static var version: String { "\(pythonVersion)" }
}

extension VM {
    /// A SyntaxError of a file that is being read shows its line with the line's end.
    func endShownLine() {
        let exception = takeRaised()
        guard exception.isObject else { return }
        defer { _ = restoreRaised(exception) }
        guard exception.objectType.isSubtype(of: exceptionType(.syntaxError)) else { return }
        do {
            let text = try getAttr(exception, intern("text"))
            guard isStr(text) else { return }
            let line = PyStr(text).utf8
            if line.last != 10 { try setAttr(exception, intern("text"), str(utf8: line + [10])) }
        } catch { clearRaised() }
    }
}
