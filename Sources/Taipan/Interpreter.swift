// The embedding API: an isolated Python inside a Swift program. README.md says what may be done from where.
import PyBytecode
import PyModules
import PyPlatform
import PyReflection
import PyRuntime
import PyUnicode

/// What an interpreter is started with; the defaults are those of `python3.10` without options.
public typealias Configuration = PyRuntime.Configuration

/// One Python interpreter. Use it on the thread that made it.
public final class Interpreter {
    /// The context that every runtime call takes. For targets of this package.
    package let vm: VM
    private(set) var isOpen = true
    /// `__future__` features that statements at the prompt have switched on.
    var promptFlags: CodeFlags = []

    /// Makes an interpreter with its builtins, native modules and, if a standard library is found, `importlib` and `site`.
    /// - Parameters: configuration: flags, arguments and where to look; program: `argv[0]`.
    public init(_ configuration: Configuration = Configuration(), program: [UInt8] = []) {
        var options = VMOptions()
        if let stress = environment("TAIPAN_GC_STRESS"), let n = Int(stress) { options.gcStress = n }
        options.hashSeed = configuration.hashSeed
        vm = VM.create(options)
        vm.registerNativeModules()
        vm.installCompiler()
        startUp(configuration, program)
        vm.installSignalHandlers()
    }

    /// `sys` as configured, importlib over the standard library, warnings, `site`.
    private func startUp(_ given: Configuration, _ program: [UInt8]) {
        var configuration = given
        let library = configuration.computePaths(program: program)
        vm.standardLibrary = library
        do {
            vm.publishModuleNames()
            try vm.configureSys(configuration)
            // What only `encodings` knows must wait for importlib.
            var plain = configuration
            plain.ioEncoding = nil
            installStreams(plain)
            guard library != nil, vm.canInstallImportlib else { return }
            try vm.installImportlib()
            if configuration.ioEncoding != nil { try installEncodedStreams(configuration) }
            if startFailure != nil { return }
            if configuration.faultHandler { _ = try vm.callMethod(vm.importModule("faulthandler"), vm.intern("enable")) }
            if configuration.tracedFrames > 0 { vm.startTracingAllocations(frames: configuration.tracedFrames) }
            if !configuration.warnOptions.isEmpty { _ = try vm.importModule("warnings") }
            _ = try vm.mainNamespace()
            if !configuration.noSite { _ = try vm.importModule("site") }
        } catch {
            if case .exit(let status) = vm.endProgram() { startFailure = status } else { startFailure = 1 }
        }
    }

    /// `-I`: nothing of the user's is read.
    public var isIsolated: Bool { vm.configuration.isolated }

    /// The exit status where start-up itself failed.
    package internal(set) var startFailure: Int32?

    deinit { close() }

    /// Ends the interpreter and frees its memory. Nothing may be called afterwards.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        vm.destroy()
    }

    /// Flushes what the program wrote, and runs what it registered for its end.
    /// - Returns: false if something could not be written.
    package func finalize() -> Bool { vm.finalize() == 0 }
}

/// An environment variable, nil if unset.
func environment(_ name: String) -> String? {
    environmentValue(name).map { String(decoding: $0, as: UTF8.self) }
}
