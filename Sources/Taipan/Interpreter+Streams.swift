// The standard streams of an interpreter, as the environment wants them. CPython: Python/initconfig.c.
import PyModules
import PyPlatform
import PyRuntime

extension StandardStreamOptions {
    /// What PYTHONIOENCODING and PYTHONUNBUFFERED say.
    static func fromEnvironment(unbuffered: Bool = false, ignoringEnvironment: Bool = false) -> StandardStreamOptions {
        var options = StandardStreamOptions()
        options.unbuffered = unbuffered
        if ignoringEnvironment { return options }
        if let value = environmentValue("PYTHONUNBUFFERED"), !value.isEmpty { options.unbuffered = true }
        if let value = environment("PYTHONIOENCODING"), !value.isEmpty {
            let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if !parts[0].isEmpty { options.encoding = String(parts[0]) }
            // An encoding without a handler means the strict one.
            options.errors = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : "strict"
        }
        return options
    }
}

extension Interpreter {
    /// Puts `sys.stdin`, `sys.stdout`, `sys.stderr` and `open` in their places.
    func installStreams() {
        do { try vm.installStandardStreams(StandardStreamOptions.fromEnvironment()) } catch { _ = vm.reportUncaught() }
    }
}
