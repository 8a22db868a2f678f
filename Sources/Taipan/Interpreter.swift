// The embedding API: an isolated Python inside a Swift program. README.md says what may be done from where.
import PyBytecode
import PyModules
import PyPlatform
import PyReflection
import PyRuntime
import PyUnicode

/// One Python interpreter. Use it on the thread that made it.
public final class Interpreter {
    /// The context that every runtime call takes. For targets of this package.
    package let vm: VM
    private var isOpen = true

    /// Makes an interpreter with its builtins and native modules.
    public init() {
        var options = VMOptions()
        if let stress = environment("TAIPAN_GC_STRESS"), let n = Int(stress) { options.gcStress = n }
        vm = VM.create(options)
        vm.registerNativeModules()
        vm.installCompiler()
        startUp()
        vm.installSignalHandlers()
    }

    /// Brings importlib up over the standard library, if there is one.
    private func startUp() {
        installStreams()
        vm.publishModuleNames()
        guard let library = StandardLibrary.locate(), vm.canInstallImportlib else { return }
        vm.standardLibrary = library
        do {
            try vm.installImportlib()
            try vm.setModulePath(library.path)
        } catch {
            _ = vm.reportUncaught()
        }
    }

    deinit { close() }

    /// Ends the interpreter and frees its memory. Nothing may be called afterwards.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        vm.destroy()
    }

    /// Compiles and runs source text as the `__main__` program.
    /// - Parameter filename: `__file__` and the name in tracebacks; `__file__` is not set for names like "<string>".
    public func runMain(source: [UInt8], filename: String) -> Int32 {
        do {
            let module = try vm.mainModule(filename: filename.hasPrefix("<") ? nil : filename)
            let code = try vm.compile(CompileRequest(source: source, filename: PyText(filename)))
            _ = try vm.run(code: code, globals: module, locals: module)
            return finish(0)
        } catch {
            return finish(vm.reportUncaught())
        }
    }

    private func finish(_ status: Int32) -> Int32 {
        let end = vm.finalize()
        return end == 0 ? status : end
    }

    /// Runs a `.pyc` file's contents as the `__main__` program.
    public func runMain(pyc data: [UInt8], filename: String) -> Int32 {
        do throws(PycError) {
            return runMain(try PycFile.read(data).code, filename: filename)
        } catch {
            try? writeAll(2, Array("RuntimeError: Bad magic number in .pyc file\n".utf8))
            return 1
        }
    }

    /// Runs a code object as the `__main__` program.
    /// - Returns: the process exit status: 0, 1 after an uncaught exception (printed on stderr), or what `SystemExit` says.
    public func runMain(_ code: CodeObject, filename: String) -> Int32 {
        do {
            let module = try vm.mainModule(filename: filename)
            _ = try vm.run(code: try vm.newCode(code), globals: module, locals: module)
            return finish(0)
        } catch {
            return finish(vm.reportUncaught())
        }
    }
}

/// An environment variable, nil if unset.
func environment(_ name: String) -> String? {
    environmentValue(name).map { String(decoding: $0, as: UTF8.self) }
}
