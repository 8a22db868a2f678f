// The prompt: statements are read, compiled in mode "single" and run in `__main__` until the input ends.
// CPython: `PyRun_InteractiveLoopFlags` in Python/pythonrun.c; Lib/codeop.py for what is complete.
import PyBytecode
import PyPlatform
import PyRuntime
import PyUnicode

/// What reads blocks from a person at a terminal.
public protocol PromptInput: AnyObject {
    /// Reads one block: the prompts are for its first and its following lines.
    func read(first: String, following: String) -> PromptResult
}

/// What was typed.
public enum PromptResult: Sendable {
    case block(String)
    /// Ctrl-C.
    case interrupted
    case endOfFile
}

/// Whether a source text can be run.
public enum Completeness: Sendable {
    case complete
    /// More lines must follow.
    case incomplete
    /// It will be refused whatever follows.
    case refused
}

extension Interpreter {
    /// Reads and runs until the end of the input or `SystemExit`.
    func runPrompt(_ prompt: (any PromptInput)?) -> ProgramEnd {
        do {
            _ = try vm.mainNamespace()
            let sys = PyDict(vm.state.pointee.sysDict)
            for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] as [(StaticString, StaticString)] {
                let key = vm.intern(name)
                if sys.getStr(vm, key).isNull { try sys.set(vm, key, vm.str(text)) }
            }
        } catch { vm.clearRaised() }
        if let prompt { return runBlocks(prompt) }
        return runLines()
    }

    // MARK: At a terminal

    private func runBlocks(_ prompt: any PromptInput) -> ProgramEnd {
        while true {
            vm.flushStandardStreams()
            switch prompt.read(first: promptText("ps1"), following: promptText("ps2")) {
            case .endOfFile:
                try? writeAll(2, [10])
                return .finished
            case .interrupted: vm.writeToStandardError("\nKeyboardInterrupt\n")
            case .block(let text):
                if let end = runBlock(Array(text.utf8)) { return end }
            }
        }
    }

    /// Runs all statements of a block; those in front of the last show their values too.
    private func runBlock(_ block: [UInt8]) -> ProgramEnd? {
        var source = block
        while source.last == 10 { source.removeLast() }
        source.append(10)
        let end = guardingPrompt { () throws(Raised) in
            let module = try vm.mainNamespace()
            if failure(source + [10], dedents: true) != nil {
                if programFailure(source) == nil { return try runStatements(source, module) }
            }
            try runSingle(source + [10], module)
        }
        vm.flushStandardStreams()
        if case .exit = end { return end }
        return nil
    }

    /// A block of several statements, one after the other.
    private func runStatements(_ source: [UInt8], _ module: Value) throws(Raised) {
        let compile = try vm.getItem(vm.state.pointee.builtinsDict, vm.intern("compile"))
        let arguments = try vm.newTuple(4)
        arguments[0] = vm.str(utf8: source)
        arguments[1] = vm.intern("<stdin>")
        arguments[2] = vm.intern("exec")
        arguments[3] = vm.int(0x400)  // PyCF_ONLY_AST
        let tree = try vm.callWithTuple(compile, arguments.value)
        let statements = try vm.listFrom(vm.getAttr(tree, vm.intern("body")))
        let interactive = try vm.getAttr(try vm.importModule("_ast"), vm.intern("Interactive"))
        for i in 0..<statements.count {
            let one = try vm.newList()
            try one.append(vm, statements[i])
            let wrapped = try vm.call(interactive, one.value)
            let code = try vm.call(compile, wrapped, vm.intern("<stdin>"), vm.intern("single"))
            _ = try vm.run(code: code, globals: module, locals: module)
        }
    }

    // MARK: Not at a terminal

    /// CPython's plain loop: prompts on stderr, a compound statement ends with an empty line.
    private func runLines() -> ProgramEnd {
        let lines = InputLines(descriptor: 0)
        while true {
            var source: [UInt8] = []
            var isOpen = true
            while isOpen {
                vm.flushStandardStreams()
                try? writeAll(2, Array(promptText(source.isEmpty ? "ps1" : "ps2").utf8))
                guard let line = lines.next() else {
                    try? writeAll(2, [10])
                    if source.isEmpty { return .finished }
                    break
                }
                // A first line of blanks or a comment says nothing; in a block only an empty line ends it.
                if source.isEmpty, [10, 35, nil].contains(line.first { $0 != 32 && $0 != 9 && $0 != 12 }) {
                    if line.last != 10 { try? writeAll(2, Array((promptText("ps2") + "\n").utf8)) }
                    continue
                }
                let isBlank = line == [10] || line.isEmpty
                if line.last != 10 {
                    // The reader asks once more for the end of the line.
                    try? writeAll(2, Array((promptText("ps2") + "\n").utf8))
                }
                source += line.last == 10 ? line : line + [10]
                switch completeness(source) {
                case .complete, .refused: isOpen = false
                case .incomplete: if isBlank, endsWithBlank(source) { isOpen = false }
                }
            }
            let end = guardingPrompt { () throws(Raised) in try runSingle(source, try vm.mainNamespace()) }
            vm.flushStandardStreams()
            if case .exit = end { return end }
        }
    }

    /// Whether an empty line shows that nothing can complete the block: not in an open bracket or string.
    private func endsWithBlank(_ source: [UInt8]) -> Bool {
        guard let error = failure(source, dedents: true) else { return true }
        let message = error.message.string
        return !["was never closed", "unterminated triple-quoted", "unexpected EOF"].contains { PyUnicode.contains(message, $0) }
    }

    // MARK: Compiling

    /// Whether `source`, lines with their ends, is a whole statement.
    public func completeness(_ source: [UInt8]) -> Completeness {
        let isEmpty = source.split(separator: 10).allSatisfy { line in
            let text = line.drop { $0 == 32 || $0 == 9 || $0 == 12 || $0 == 13 }
            return text.isEmpty || text.first == UInt8(ascii: "#")
        }
        if isEmpty { return .complete }
        var text = source
        if text.last == 10 { text.removeLast() }
        if failure(text, dedents: false) == nil { return .complete }
        guard let error = failure(text + [10], dedents: false), let longer = failure(text + [10, 10], dedents: false) else { return .incomplete }
        if PyUnicode.contains(error.message.string, "was never closed"), PyUnicode.contains(longer.message.string, "was never closed") { return .incomplete }
        return sameError(error, longer) ? .refused : .incomplete
    }

    private func sameError(_ a: CompileFailure, _ b: CompileFailure) -> Bool {
        a.message == b.message && a.line == b.line && a.offset == b.offset && a.endLine == b.endLine && a.endOffset == b.endOffset && a.text == b.text
    }

    /// What is wrong with a statement typed at the prompt.
    private func failure(_ source: [UInt8], dedents: Bool) -> CompileFailure? {
        var request = CompileRequest(source: source, filename: "<stdin>")
        request.mode = .single
        request.isText = true
        request.dontImplyDedent = !dedents
        return compileOnly(request)
    }

    private func programFailure(_ source: [UInt8]) -> CompileFailure? {
        var request = CompileRequest(source: source, filename: "<stdin>")
        request.isText = true
        return compileOnly(request)
    }

    private func compileOnly(_ request: CompileRequest) -> CompileFailure? {
        var warnings: [CompileWarning] = []
        guard let service = vm.compileService else { return CompileFailure(kind: .systemError, message: "no compiler") }
        do throws(CompileFailure) { _ = try service.compile(request, &warnings) } catch { return error }
        return nil
    }

    private func runSingle(_ source: [UInt8], _ module: Value) throws(Raised) {
        var request = CompileRequest(source: source, filename: "<stdin>")
        request.mode = .single
        request.isText = true
        request.optimize = min(vm.configuration.optimize, 2)
        request.futureFlags = promptFlags
        let code: Value
        do { code = try vm.compile(request) } catch {
            vm.endShownLine()
            throw error
        }
        // `from __future__ import x` holds for the statements that follow.
        promptFlags = promptFlags.union(CodeFlags(rawValue: vm.codeFlags(code) & 0x1FE0000))
        _ = try vm.run(code: code, globals: module, locals: module)
    }

    private func guardingPrompt(_ body: () throws(Raised) -> Void) -> ProgramEnd {
        do throws(Raised) {
            try body()
            return .finished
        } catch { return vm.endProgram() }
    }

    private func promptText(_ name: StaticString) -> String {
        let prompt = vm.sysAttribute(vm.intern(name))
        if prompt.isNull { return "" }
        do { return vm.text(try vm.str(of: prompt)) } catch {
            vm.clearRaised()
            return ""
        }
    }

    // MARK: Before the first prompt

    /// `$PYTHONSTARTUP`.
    func runStartupFile() {
        guard !vm.configuration.ignoresEnvironment, let path = environmentValue("PYTHONSTARTUP"), !path.isEmpty else { return }
        let name = vm.systemText(path)
        let data: [UInt8]
        do throws(Errno) { data = try readFile(path) } catch {
            vm.writeToStandardError("Could not open PYTHONSTARTUP\n")
            _ = vm.raiseOSError(Int(error.code), error.message, filename: name)
            _ = vm.endProgram()
            return
        }
        _ = guardingPrompt { () throws(Raised) in
            let module = try vm.mainNamespace()
            try PyDict(module).set(vm, vm.names.__file__, name)
            try runSource(data, PyText(utf8: path), module)
        }
        do {
            let module = try vm.mainNamespace()
            _ = try PyDict(module).remove(vm, vm.names.__file__)
        } catch { vm.clearRaised() }
    }

    /// `sys.__interactivehook__`.
    func runInteractiveHook() {
        let hook = vm.sysAttribute(vm.intern("__interactivehook__"))
        if hook.isNull { return }
        do {
            try vm.audit("cpython.run_interactivehook", vm.tuple(hook))
            _ = try vm.call(hook)
        } catch {
            let exception = vm.takeRaised()
            vm.writeToStandardError("Failed calling sys.__interactivehook__\n")
            if exception.isObject { vm.printException(exception) }
        }
    }
}

/// Lines of a descriptor, with their ends. What was read ahead is nobody else's.
private final class InputLines {
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var ahead: ArraySlice<UInt8> = []
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    func next() -> [UInt8]? {
        while true {
            if pending.last == 10 || isAtEnd {
                let line = pending
                pending = []
                return line.isEmpty ? nil : line
            }
            // As the C library reads: `input()` gets what lies behind this chunk. A terminal gives one line.
            if ahead.isEmpty { ahead = readSome(descriptor, atMost: 4096)[...] }
            if ahead.isEmpty {
                isAtEnd = true
                continue
            }
            let end = ahead.firstIndex(of: 10).map { $0 + 1 } ?? ahead.endIndex
            pending += ahead[..<end]
            ahead = ahead[end...]
            if pending.suffix(2) == [13, 10] { pending.replaceSubrange((pending.count - 2)..., with: [10]) }
        }
    }
}
