// The standard streams of an interpreter, as the environment wants them. CPython: Python/initconfig.c.
import PyModules
import PyPlatform
import PyRuntime

extension StandardStreamOptions {
    /// What -u, the UTF-8 mode and PYTHONIOENCODING say.
    init(_ configuration: Configuration) {
        self.init()
        unbuffered = configuration.unbuffered
        if configuration.utf8Mode > 0 { encoding = "utf-8" } else if configuration.isASCII { encoding = "ascii" }
        if let value = configuration.ioEncoding {
            let parts = String(decoding: value, as: UTF8.self).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if !parts[0].isEmpty { encoding = String(parts[0]) }
            // An encoding without a handler means the strict one.
            if parts.count > 1 && !parts[1].isEmpty {
                errors = String(parts[1])
            } else if !parts[0].isEmpty {
                errors = "strict"
            } else if configuration.utf8Mode > 0 || configuration.isASCII || passesBytesThrough() {
                errors = "surrogateescape"
            }
        } else if configuration.utf8Mode > 0 || configuration.isASCII || passesBytesThrough() {
            errors = "surrogateescape"
        }
    }
}

extension Interpreter {
    /// Puts `sys.stdin`, `sys.stdout`, `sys.stderr` and `open` in their places.
    func installStreams(_ configuration: Configuration) {
        do { try vm.installStandardStreams(StandardStreamOptions(configuration)) } catch { _ = vm.reportUncaught() }
    }

    /// The streams in the encoding of PYTHONIOENCODING, under the name its codec gives itself. One that is not known is a
    /// fatal error.
    func installEncodedStreams(_ configuration: Configuration) throws(Raised) {
        var options = StandardStreamOptions(configuration)
        if let encoding = options.encoding {
            do {
                let codec = try vm.callMethod(vm.importModule("codecs"), vm.intern("lookup"), vm.str(encoding))
                options.encoding = vm.text(try vm.getAttr(codec, vm.intern("name")))
            } catch {
                vm.writeToStandardError(
                    "Fatal Python error: init_stdio_encoding: failed to get the Python codec name of the stdio encoding\n"
                        + "Python runtime state: core initialized\n")
                _ = vm.endProgram()
                vm.flushStandardStreams()
                let digits = String(currentThreadIdent(), radix: 16)
                vm.writeToStandardError(
                    "\nCurrent thread 0x\(String(repeating: "0", count: 16 - digits.count))\(digits) (most recent call first):\n  <no Python frame>\n")
                startFailure = 1
                return
            }
        }
        try vm.installStandardStreams(options)
    }
}
