// The standard streams of an interpreter, as the environment wants them. CPython: Python/initconfig.c.
import PyModules
import PyPlatform
import PyRuntime

extension StandardStreamOptions {
    /// What -u, the UTF-8 mode and PYTHONIOENCODING say.
    init(_ configuration: Configuration) {
        self.init()
        unbuffered = configuration.unbuffered
        if configuration.utf8Mode > 0 { encoding = "utf-8" }
        if let value = configuration.ioEncoding {
            let parts = String(decoding: value, as: UTF8.self).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if !parts[0].isEmpty { encoding = String(parts[0]) }
            // An encoding without a handler means the strict one.
            errors = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : "strict"
        } else if configuration.utf8Mode > 0 || Self.isPlainLocale {
            errors = "surrogateescape"
        }
    }

    /// PEP 538 and 540: in the C and POSIX locales, coerced or not, undecodable bytes pass through the standard streams.
    private static var isPlainLocale: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            if let value = environment(name), !value.isEmpty { return ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"].contains(value) }
        }
        return true
    }
}

extension Interpreter {
    /// Puts `sys.stdin`, `sys.stdout`, `sys.stderr` and `open` in their places.
    func installStreams(_ configuration: Configuration) {
        do { try vm.installStandardStreams(StandardStreamOptions(configuration)) } catch { _ = vm.reportUncaught() }
    }
}
