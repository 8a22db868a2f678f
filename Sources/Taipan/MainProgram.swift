// Running what the command line names: a file, a directory or archive with `__main__`, `-c`, `-m`, standard input.
// CPython: `pymain_run_python` in Modules/main.c.
import PyBytecode
import PyPlatform
import PyRuntime
import PyUnicode

/// What to run as `__main__`.
public enum Program: Sendable {
    case standardInput
    case command([UInt8])
    case module([UInt8])
    case file([UInt8])
}

extension Interpreter {
    /// Runs `program` to its end, with the prompt afterwards where `-i` wants it.
    /// - Parameters: skipsFirstLine: `-x`; prompt: what reads statements where standard input is a terminal.
    /// - Returns: the process exit status; a program that died of KeyboardInterrupt ends the process by SIGINT instead.
    public func runMain(_ program: Program, skipsFirstLine: Bool = false, prompt: (any PromptInput)? = nil) -> Int32 {
        if let startFailure { return startFailure }
        let configuration = vm.configuration
        let isInteractive = isTerminal(0) || configuration.interactive > 0
        if configuration.quiet == 0, configuration.verbose > 0 || isStandardInput(program) && isInteractive { writeBanner() }
        var end = run(program, skipsFirstLine, prompt, isInteractive)
        // PYTHONINSPECT may have been set by the program.
        var wantsPrompt = configuration.inspect > 0
        if !wantsPrompt, !configuration.ignoresEnvironment, let value = environmentValue("PYTHONINSPECT"), !value.isEmpty { wantsPrompt = true }
        if wantsPrompt, isInteractive, !isStandardInput(program), !isExit(end) { end = runPrompt(prompt) }
        return finish(end)
    }

    /// Compiles and runs source text as the `__main__` program.
    /// - Parameter filename: `__file__` and the name in tracebacks; `__file__` is not set for names like "<string>".
    public func runMain(source: [UInt8], filename: String) -> Int32 {
        finish(guarding { () throws(Raised) in
            let module = try vm.mainModule(filename: filename.hasPrefix("<") ? nil : filename)
            try runSource(source, PyText(filename), module)
        })
    }

    private func isExit(_ end: ProgramEnd) -> Bool { if case .exit = end { true } else { false } }

    private func isStandardInput(_ program: Program) -> Bool { if case .standardInput = program { true } else { false } }

    /// The exit status; flushes the streams and runs finalizers first.
    private func finish(_ end: ProgramEnd) -> Int32 {
        var status: Int32
        switch end {
        case .finished: status = 0
        case .failed: status = 1
        case .exit(let code), .unreadable(let code): status = code
        case .interrupted: status = 130
        }
        if !finalize() { status = 120 }
        if end == .interrupted { dieOfInterrupt() }
        return status
    }

    private func writeBanner() {
        let sys = vm.sysAttribute(vm.intern("version"))
        let version = vm.isStr(sys) ? vm.text(sys) : ""
        var text = "Python \(version) on \(platformName)\n"
        if !vm.configuration.noSite { text += "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n" }
        vm.writeToStandardError(text)
    }

    /// Runs `body`; an exception ends the program as the top level does.
    func guarding(_ body: () throws(Raised) -> Void) -> ProgramEnd {
        do throws(Raised) {
            try body()
            return .finished
        } catch { return vm.endProgram(inspecting: vm.configuration.inspect > 0) }
    }

    private func run(_ program: Program, _ skipsFirstLine: Bool, _ prompt: (any PromptInput)?, _ isInteractive: Bool) -> ProgramEnd {
        switch program {
        case .file(let path):
            if let end = runImportable(absolutePath(path)) { return end }
            insertProgramPath()
            return runFile(path, skipsFirstLine)
        case .command(let source):
            insertProgramPath()
            return guarding { () throws(Raised) in
                let module = try vm.mainNamespace()
                let text = vm.systemText(source)
                do throws(Raised) { _ = try vm.encodeUTF8(PyStr(text)) } catch {
                    vm.writeToStandardError("Unable to decode the command from the command line:\n")
                    throw error
                }
                try vm.audit("cpython.run_command", vm.tuple(text))
                var request = CompileRequest(source: source + [10], filename: "<string>")
                request.isText = true
                request.optimize = min(vm.configuration.optimize, 2)
                _ = try vm.run(code: try vm.compile(request), globals: module, locals: module)
            }
        case .module(let name):
            insertProgramPath()
            return runModule(vm.systemText(name), setsArguments: true)
        case .standardInput:
            insertProgramPath()
            if isInteractive {
                runStartupFile()
                runInteractiveHook()
                return runPrompt(prompt)
            }
            return guarding { () throws(Raised) in
                let module = try vm.mainModule(filename: "<stdin>")
                let source: [UInt8]
                do { source = try readAll(0) } catch { source = [] }
                try vm.audit("cpython.run_stdin", vm.emptyTuple)
                try runSource(source, "<stdin>", module)
            }
        }
    }

    // MARK: Kinds of programs

    /// `runpy._run_module_as_main`.
    private func runModule(_ name: Value, setsArguments: Bool) -> ProgramEnd {
        guarding { () throws(Raised) in
            try vm.audit("cpython.run_module", vm.tuple(name))
            let runpy = try vm.importModule("runpy")
            _ = try vm.callMethod(runpy, vm.intern("_run_module_as_main"), name, Value(setsArguments))
        }
    }

    /// A directory or an archive: what a path hook takes. nil if none does.
    private func runImportable(_ path: [UInt8]) -> ProgramEnd? {
        if let status = try? FileStatus.of(path: path), status.isRegularFile, !looksLikeArchive(path) { return nil }
        do {
            let importer = try vm.callMethod(vm.importModule("pkgutil"), vm.intern("get_importer"), vm.systemText(path))
            if importer.isNone { return nil }
            try insertPath(path)
        } catch {
            vm.clearRaised()
            return nil
        }
        return runModule(vm.names.__main__, setsArguments: false)
    }

    /// Whether the file could be a ZIP archive: `zipimport` finds the directory at its end.
    private func looksLikeArchive(_ path: [UInt8]) -> Bool {
        guard let data = try? readFile(path), data.count >= 22 else { return false }
        let mark: [UInt8] = [0x50, 0x4B, 5, 6]
        var i = data.count - 22
        let first = max(0, data.count - 22 - 65535)
        while i >= first {
            if data[i] == mark[0], Array(data[i..<(i + 4)]) == mark { return true }
            i -= 1
        }
        return false
    }

    private func runFile(_ path: [UInt8], _ skipsFirstLine: Bool) -> ProgramEnd {
        let full = absolutePath(path)
        let program = String(decoding: vm.configuration.programName, as: UTF8.self)
        let shown = vm.quoted(vm.systemText(full))
        let data: [UInt8]
        if let status = try? FileStatus.of(path: full), status.isDirectory {
            vm.writeToStandardError("\(program): \(shown) is a directory, cannot continue\n")
            return .unreadable(1)
        }
        do throws(Errno) { data = try readFile(full) } catch {
            vm.writeToStandardError("\(program): can't open file \(shown): [Errno \(error.code)] \(error.message)\n")
            return .unreadable(2)
        }
        return guarding { () throws(Raised) in
            let name = vm.systemText(full)
            try vm.audit("cpython.run_file", vm.tuple(name))
            let module = try vm.mainNamespace()
            try PyDict(module).set(vm, vm.names.__file__, name)
            try PyDict(module).set(vm, vm.intern("__cached__"), .none)
            if full.suffix(4) == Array(".pyc".utf8) || data.starts(with: PycFile.magic) {
                try setLoader("SourcelessFileLoader", name, module)
                return try runCompiled(data, module)
            }
            try setLoader("SourceFileLoader", name, module)
            var source = data[...]
            // -x leaves the end of the first line, so that line numbers stay.
            if skipsFirstLine { source = source.drop { $0 != 10 } }
            try runSource(Array(source), PyStr(name).text, module)
            try forget(module)
        }
    }

    /// After a program file `__file__` and `__cached__` are gone: `-i` goes on in the same namespace.
    private func forget(_ module: Value) throws(Raised) {
        guard vm.configuration.inspect > 0 else { return }
        for name in [vm.names.__file__, vm.intern("__cached__")] { _ = try PyDict(module).remove(vm, name) }
    }

    private func setLoader(_ kind: StaticString, _ name: Value, _ module: Value) throws(Raised) {
        let external = try vm.loadedModule(vm.intern("_frozen_importlib_external"))
        if external.isNull { return }
        let loader = try vm.call(vm.getAttr(external, vm.intern(kind)), vm.names.__main__, name)
        try PyDict(module).set(vm, vm.names.__loader__, loader)
    }

    private func runCompiled(_ data: [UInt8], _ module: Value) throws(Raised) {
        let code: CodeObject
        do throws(PycError) { code = try PycFile.read(data).code } catch {
            throw vm.raise(.runtimeError, data.starts(with: PycFile.magic) ? "Bad code object in .pyc file" : "Bad magic number in .pyc file")
        }
        _ = try vm.run(code: try vm.newCode(code), globals: module, locals: module)
    }

    func runSource(_ source: [UInt8], _ filename: PyText, _ module: Value) throws(Raised) {
        try vm.refuseUndecodable(source, filename)
        var request = CompileRequest(source: source.contains(0) ? withoutNulls(source) : source, filename: filename)
        request.optimize = min(vm.configuration.optimize, 2)
        request.readsFile = true
        defer { vm.flushAfterProgram() }
        let code: Value
        do { code = try vm.compile(request) } catch {
            vm.endShownLine(source)
            throw error
        }
        _ = try vm.run(code: code, globals: module, locals: module)
    }

    /// A line of a program file ends at a NUL byte, as the C library's line reader sees it; its line break goes too, and
    /// the next line goes on where it stopped.
    private func withoutNulls(_ source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isCut = false
        for byte in source {
            if byte == 0 { isCut = true }
            if !isCut { result.append(byte) }
            if byte == 10 { isCut = false }
        }
        return result
    }

    // MARK: sys.path

    /// Puts the program's directory, or '' for none, in front of `sys.path` (unless isolated).
    private func insertProgramPath() {
        let configuration = vm.configuration
        guard !configuration.isolated, let first = configuration.arguments.first else { return }
        var directory: [UInt8] = []
        switch first {
        case Array("-m".utf8):
            guard let current = try? currentDirectory() else { return }
            directory = current
        case Array("-c".utf8), [UInt8(ascii: "-")], []: break
        default:
            var path = first
            if let link = try? readLink(path) {
                let base = path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[...$0]) } ?? []
                path = link.first == UInt8(ascii: "/") ? link : base + link
            }
            let real = realPath(path) ?? absolutePath(path)
            directory = real.lastIndex(of: UInt8(ascii: "/")).map { $0 == 0 ? [real[0]] : Array(real[..<$0]) } ?? []
        }
        do { try insertPath(directory) } catch { vm.clearRaised() }
    }

    private func insertPath(_ directory: [UInt8]) throws(Raised) {
        let path = vm.sysAttribute(vm.intern("path"))
        if path.isNull || !vm.isList(path) { return }
        try PyList(path).insert(vm, at: 0, vm.systemText(directory))
    }
}
