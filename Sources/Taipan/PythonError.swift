// A Python exception as a Swift error.
import PyRuntime

/// An exception that a call into Python did not catch. It holds text only, so that it may outlive its interpreter and cross threads.
public struct PythonError: Error, Sendable, CustomStringConvertible {
    /// The exception's class: "ValueError", with its module where that is not `builtins`: "json.decoder.JSONDecodeError".
    public let type: String
    /// `str(exception)`.
    public let message: String
    /// What `python3.10` prints for it on standard error, ending in a newline: traceback, causes and contexts included.
    public let traceback: String

    public var description: String { message.isEmpty ? type : "\(type): \(message)" }
}

extension VM {
    /// Takes the exception on its way as a Swift error.
    func takeError() -> PythonError {
        let exception = takeRaised()
        guard exception.isObject else {
            return PythonError(type: "SystemError", message: "error return without exception set", traceback: "")
        }
        let traceback = String(decoding: exceptionText(exception).bytes, as: UTF8.self)
        var message = ""
        do { message = try text(str(of: exception)) } catch { clearRaised() }
        return PythonError(type: qualifiedName(of: exception.objectType), message: message, traceback: traceback)
    }

    private func qualifiedName(of type: PyType) -> String {
        do {
            let name = try text(getAttr(type.value, "__qualname__"))
            let module = try getAttr(type.value, "__module__")
            return isStr(module) && text(module) != "builtins" ? text(module) + "." + name : name
        } catch {
            clearRaised()
            return text(type.name)
        }
    }
}
