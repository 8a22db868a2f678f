// `print` and `input`, and the plain standard streams that stand in `sys` until the `_io` module's are put there.
// CPython: Python/bltinmodule.c.
import PyPlatform

extension VM {
    /// `sys.<name>`; NULL if unset.
    public func sysAttribute(_ name: Value) -> Value {
        state.pointee.sysDict.isObject ? PyDict(state.pointee.sysDict).getStr(self, name) : .null
    }

    func definePrint(_ m: ModuleBuilder) {
        m.defV("-print(...)", "print(value, ..., sep=' ', end='\\n', file=sys.stdout, flush=False)\n\nPrints the values to a stream, or to sys.stdout by default.\nOptional keyword arguments:\nfile:  a file-like object (stream); defaults to the current sys.stdout.\nsep:   string inserted between values, default a space.\nend:   string appended after the last value, default a newline.\nflush: whether to forcibly flush the stream.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in try vm.print(a, count, keywords) }
        }
        m.defN("input(prompt='', /)", "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\ntrailing newline before reading input.\n\nIf the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.\nOn *nix systems, readline is used if available.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.input(a[0]) }
        }
    }

    private func print(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        var sep = Value.null, end = Value.null, file = Value.null, flush = Value.null
        if !keywords.isNull {
            let names = PyTuple(keywords)
            for i in 0..<names.count {
                let value = a[count + i]
                switch PyStr(names[i]).string {
                case "sep": sep = value
                case "end": end = value
                case "file": file = value
                case "flush": flush = value
                case let other: throw raise(.typeError, "'\(other)' is an invalid keyword argument for print()")
                }
            }
        }
        if file.isNull || file.isNone {
            file = sysAttribute(names.stdout)
            if file.isNull { throw raise(.runtimeError, "lost sys.stdout") }
            if file.isNone { return .none }
        }
        try checkPrintText(sep, "sep")
        try checkPrintText(end, "end")
        for i in 0..<count {
            if i > 0 { try write(file, sep.isNull || sep.isNone ? latin1(32) : sep) }
            try write(file, str(of: a[i]))
        }
        try write(file, end.isNull || end.isNone ? latin1(10) : end)
        if !flush.isNull, try isTrue(flush) { _ = try callMethod(file, names.flush) }
        return .none
    }

    @inline(__always) private func checkPrintText(_ value: Value, _ name: StaticString) throws(Raised) {
        if value.isNull || value.isNone || isStr(value) { return }
        throw raise(.typeError, "\(name) must be None or a string, not \(typeName(value))")
    }

    /// `file.write(text)`, the short way where `file` is a stream of `_io` that nobody changed.
    @inline(__always) private func write(_ file: Value, _ text: Value) throws(Raised) {
        if let quick = state.pointee.writeStream {
            let answer = quick(self, file, text)
            if answer > 0 { return }
            if answer < 0 { throw Raised() }
        } else if file.isExactly(types.spare0) {
            return try writePlain(file, text)
        }
        _ = try callMethod(file, names.write, text)
    }

    private func input(_ prompt: Value) throws(Raised) -> Value {
        let stdin = sysAttribute(names.stdin), stdout = sysAttribute(names.stdout), stderr = sysAttribute(names.stderr)
        if stdin.isNull || stdin.isNone { throw raise(.runtimeError, "input(): lost sys.stdin") }
        if stdout.isNull || stdout.isNone { throw raise(.runtimeError, "input(): lost sys.stdout") }
        if stderr.isNull || stderr.isNone { throw raise(.runtimeError, "input(): lost sys.stderr") }
        try audit("builtins.input", tuple(orNone(prompt)))
        do { _ = try callMethod(stderr, names.flush) } catch { clearRaised() }
        if try isTerminalStream(stdin, 0), try isTerminalStream(stdout, 1) { return try terminalInput(prompt, stdin, stdout) }
        if !prompt.isNull { try write(stdout, str(of: prompt)) }
        do { _ = try callMethod(stdout, names.flush) } catch { clearRaised() }
        let line = try callMethod(stdin, names.readline)
        if isBytes(line) { return try bytesLine(line) }
        if !isStr(line) { throw raise(.typeError, "object.readline() returned non-string") }
        let text = PyStr(line)
        if text.count == 0 { throw raise(.eofError, "EOF when reading a line") }
        if text[text.count - 1] != 10 { return line }
        return try substring(text, 0, text.count - 1)
    }

    private func bytesLine(_ line: Value) throws(Raised) -> Value {
        let view = PyBytes(line).view
        if view.count == 0 { throw raise(.eofError, "EOF when reading a line") }
        return view[view.count - 1] == 10 ? try bytes(UnsafeBufferPointer(rebasing: view[0..<(view.count - 1)])) : line
    }

    /// Whether the stream is the process's own standard stream `number`, on a terminal.
    private func isTerminalStream(_ stream: Value, _ number: Int) throws(Raised) -> Bool {
        do throws(Raised) {
            let descriptor = try indexInt(callMethod(stream, intern("fileno")))
            return descriptor == number && isTerminal(Int32(number))
        } catch {
            clearRaised()
            return false
        }
    }

    /// The prompt on the error stream, the line straight from the terminal. CPython: Parser/myreadline.c.
    private func terminalInput(_ prompt: Value, _ stdin: Value, _ stdout: Value) throws(Raised) -> Value {
        do { _ = try callMethod(stdout, names.flush) } catch { clearRaised() }
        if !prompt.isNull {
            let encoded = try encodeUTF8(PyStr(str(of: prompt)), names.surrogateescape)
            let text = Array(PyBytes(encoded).view)
            if text.contains(0) { throw raise(.valueError, "input: prompt string cannot contain null characters") }
            try? writeAll(2, text)
        }
        var line: [UInt8] = []
        while line.last != 10 {
            let answer = try interruptible { () throws(Errno) -> [UInt8] in
                var buffer = [UInt8](repeating: 0, count: 1024)
                let got = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, 1024) }
                if got < 0 { throw Errno.current }
                return Array(buffer[0..<got])
            }
            guard case .success(let piece) = answer, !piece.isEmpty else { break }
            line += piece
        }
        if line.isEmpty { throw raise(.eofError) }
        if line.last == 10 { line.removeLast() }
        let data = try bytes(line)
        let encoding = try getAttr(stdin, names.encoding), errors = try getAttr(stdin, intern("errors"))
        let text = try decodeObject(data, encoding: encoding, errors: errors)
        try audit("builtins.input/result", tuple(text))
        return text
    }

    // MARK: Plain streams

    /// Puts unencoded-buffer writers at `sys.stdout` and `sys.stderr`: UTF-8, flushed at exit or above 8 KiB (stderr at once).
    func installPlainStreams(_ sys: ModuleBuilder) {
        let type = types.spare0
        for (name, number) in [("stdout", 1), ("stderr", 2)] as [(StaticString, Int)] {
            let stream = newFields(type, Value(small: number), .null)
            do { stream.cast(FieldsLayout.self).pointee.f1 = try newList().value } catch { clearRaised() }
            sys.attribute(name, stream)
            sys.attribute(number == 1 ? "__stdout__" : "__stderr__", stream)
        }
        sys.attribute("stdin", .none)
        sys.attribute("__stdin__", .none)
    }

    func installPlainStreamType() {
        let t = TypeBuilder(self, types.spare0)
        layout(types.spare0, .words, 24)
        t.def1("write($self, text, /)", "") { vm, v, text in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(text) { throw vm.raise(.typeError, "write() argument must be str, not \(vm.argumentTypeName(text))") }
                try vm.writePlain(v, text)
                return vm.int(PyStr(text).count)
            }
        }
        t.def0("flush($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.flushPlain(v)
                return .none
            }
        }
        t.def0("isatty($self, /)", "") { _, _ in .false }
        t.def0("fileno($self, /)", "") { _, v in v.cast(FieldsLayout.self).pointee.f0 }
        t.getset("encoding") { vm, _ in vm.names.utf8 }
        t.getset("errors") { vm, _ in vm.names.strict }
    }

    private func writePlain(_ stream: Value, _ text: Value) throws(Raised) {
        let f = stream.cast(FieldsLayout.self)
        let pending = PyList(f.pointee.f1)
        try pending.append(self, text)
        if f.pointee.f0.smallInt == 2 || pending.count >= 512 || PyStr(text).count > 4096 { try flushPlain(stream) }
    }

    private func flushPlain(_ stream: Value) throws(Raised) {
        let f = stream.cast(FieldsLayout.self)
        let pending = PyList(f.pointee.f1)
        if pending.count == 0 { return }
        var bytes: [UInt8] = []
        for i in 0..<pending.count { bytes.append(contentsOf: PyStr(pending[i]).utf8) }
        pending.clear()
        do { try writeAll(Int32(f.pointee.f0.smallInt), bytes) } catch { throw raiseOSError(Int(error.code), error.message) }
    }
}
