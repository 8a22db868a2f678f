// The text of an exception as the interpreter itself prints it (not the `traceback` module): causes and contexts, a
// SyntaxError's line and carets, the last line with its suggestion. CPython: `PyErr_Display` in Python/pythonrun.c.

/// Text in the pieces in which CPython writes it: a stream that is a program's own sees each.
public struct ShownText {
    public private(set) var bytes: [UInt8] = []
    /// Where the pieces end.
    private var ends: [Int] = []

    mutating func put(_ piece: [UInt8]) {
        bytes += piece
        ends.append(bytes.count)
    }
    mutating func put(_ piece: String) { put(Array(piece.utf8)) }
    mutating func put(repeated byte: UInt8, _ count: Int) { for _ in 0..<count { put([byte]) } }

    var pieces: [ArraySlice<UInt8>] {
        var start = 0
        return ends.map { end in
            defer { start = end }
            return bytes[start..<end]
        }
    }
}

extension VM {
    /// "Traceback (most recent call last): ..." with causes and contexts, and a final newline. Never raises. May run Python.
    public func exceptionText(_ exception: Value) -> ShownText {
        let kept = takeRaised()
        defer { thread.pointee.raised = kept }
        var out = ShownText()
        appendException(exception, &out)
        return out
    }

    /// `stream.write` of a text: of the whole where the stream is the interpreter's own kind, else piece by piece.
    public func writeShown(_ shown: ShownText, to stream: Value) throws(Raised) {
        if !isProgramsOwn(stream) {
            _ = try callMethod(stream, names.write, str(utf8: shown.bytes))
            return
        }
        for piece in shown.pieces { _ = try callMethod(stream, names.write, str(utf8: Array(piece))) }
    }

    private func isProgramsOwn(_ stream: Value) -> Bool { type(of: stream).flags.contains(.heapType) }

    private func appendException(_ start: Value, _ out: inout ShownText) {
        // The chain outermost cause first, without recursion: it may be 100,000 long. All of it hangs from `start`.
        var chain: [(exception: Value, isCause: Bool)] = [(start, false)]
        var seen: Set<UInt64> = [start.bits]
        while let last = chain.last?.exception {
            let layout = last.cast(ExceptionLayout.self)
            let cause = layout.pointee.cause
            let context = layout.pointee.context
            let isCause = cause.isObject
            let next = isCause ? cause : context.isObject && !layout.pointee.suppressContext.isTrue ? context : .null
            if !next.isObject || !seen.insert(next.bits).inserted { break }
            chain.append((next, isCause))
        }
        for i in stride(from: chain.count - 1, through: 0, by: -1) {
            appendOne(chain[i].exception, &out)
            if i > 0 {
                out.put(
                    chain[i].isCause
                        ? "\nThe above exception was the direct cause of the following exception:\n\n"
                        : "\nDuring handling of the above exception, another exception occurred:\n\n")
            }
        }
    }

    private func appendOne(_ exception: Value, _ out: inout ShownText) {
        let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        if traceback.isObject && traceback.isExactly(types.traceback) { appendTraceback(traceback, &out) }
        var message = Value.null
        if exception.objectType.isSubtype(of: exceptionType(.syntaxError)) {
            message = appendSyntaxErrorPlace(exception, &out)
        }
        appendExceptionLine(exception, message, &out)
    }

    /// "module.Type: message. Did you mean: 'x'?\n". `shown` replaces the message where it is not NULL.
    private func appendExceptionLine(_ exception: Value, _ shown: Value, _ out: inout ShownText) {
        appendTypeName(exception.objectType, &out)
        do {
            let message = shown.isNull ? try str(of: exception) : try str(of: shown)
            if shown.isNone {
                // A SyntaxError without a message has nothing to say.
            } else {
                if PyStr(message).count > 0 || !shown.isNull { out.put(": ") }
                out.put(PyStr(message).utf8)
            }
        } catch {
            clearRaised()
            out.put(": <exception str() failed>")
        }
        if let suggestion = suggestion(for: exception) {
            out.put(". Did you mean: '")
            out.put(suggestion)
            out.put("'?")
        }
        out.put("\n")
    }

    /// "module.Name", without the module if it is `builtins`.
    private func appendTypeName(_ type: PyType, _ out: inout ShownText, unknown: String = "<unknown>.") {
        var module = Value.null
        do { module = try getAttrIfPresent(type.value, names.__module__) } catch { clearRaised() }
        if module.isNull || !isStr(module) {
            out.put(unknown)
        } else if text(module) != "builtins" {
            out.put(PyStr(module).utf8)
            out.put(".")
        }
        out.put(PyStr(type.ref.pointee.qualname.isObject ? type.ref.pointee.qualname : type.name).utf8)
    }

    /// What `sys.unraisablehook` shows of an exception: its traceback, no chain, then its line.
    func appendUnraisable(_ type: Value, _ exception: Value, _ traceback: Value, _ out: inout ShownText) {
        if traceback.isObject && traceback.isExactly(types.traceback) { appendTraceback(traceback, &out) }
        guard isType(type) else { return }
        appendTypeName(PyType(type), &out, unknown: "<unknown>")
        if exception.isObject {
            out.put(": ")
            do { out.put(PyStr(try str(of: exception)).utf8) } catch {
                clearRaised()
                out.put("<exception str() failed>")
            }
        }
        out.put("\n")
    }

    // MARK: Syntax errors

    /// '  File "x", line 1' and the line with its carets. The bare message, NULL if the attributes are not what they should be.
    private func appendSyntaxErrorPlace(_ exception: Value, _ out: inout ShownText) -> Value {
        do {
            guard hasAttribute(exception, "print_file_and_line") else { return .null }
            let message = try getAttr(exception, "msg")
            let filename = try getAttr(exception, "filename")
            guard let line = try number(exception, "lineno") else { return .null }
            let offset = try number(exception, "offset", orNone: -1) ?? -1
            // Only SyntaxError itself shows a range; its subclasses point at one column.
            let hasRange = type(of: exception) == exceptionType(.syntaxError)
            let endLine = hasRange ? try number(exception, "end_lineno", orNone: line) ?? line : line
            var endOffset = hasRange ? try number(exception, "end_offset", orNone: -1) ?? -1 : -1
            let text = try getAttr(exception, "text")
            let shownName = filename.isNone ? Array("<string>".utf8) : PyStr(try str(of: filename)).utf8
            out.put(Array("  File \"".utf8) + shownName + Array("\", line \(line)\n".utf8))
            if isStr(text) {
                let shown = PyStr(text).utf8
                if endLine > line { endOffset = shown.count }
                endOffset = min(endOffset, shown.count + 1)
                appendMarkedLine(shown, offset, endOffset, &out)
            }
            return message
        } catch {
            clearRaised()
            return .null
        }
    }

    private func hasAttribute(_ object: Value, _ name: StaticString) -> Bool {
        do { return try !getAttrIfPresent(object, intern(name)).isNull } catch {
            clearRaised()
            return false
        }
    }

    private func number(_ exception: Value, _ name: StaticString, orNone fallback: Int? = nil) throws(Raised) -> Int? {
        let value = try getAttr(exception, intern(name))
        if value.isNone { return fallback }
        return try indexInt(value)
    }

    /// The line without its indentation and a caret row under columns `offset` to `endOffset` (from 1, in UTF-8 bytes).
    private func appendMarkedLine(_ source: [UInt8], _ offset: Int, _ endOffset: Int, _ out: inout ShownText) {
        let carets = endOffset > 0 && endOffset > offset ? endOffset - offset : 1
        var line = source[...].drop { $0 == 32 || $0 == 9 || $0 == 12 }
        let isEnded = line.last == 10
        if isEnded { line.removeLast() }
        var column = min(offset - 1 - (line.startIndex), line.count)
        // Of a text with several lines, only from the line with the column on.
        while let newline = line.firstIndex(of: 10), newline - line.startIndex < column {
            column -= newline + 1 - line.startIndex
            line = line[(newline + 1)...]
        }
        out.put("    ")
        out.put(Array(line) + (isEnded ? [10] : []))
        if !isEnded { out.put("\n") }
        if column < 0 { return }
        out.put("    ")
        out.put(repeated: 32, column)
        out.put(repeated: UInt8(ascii: "^"), min(carets, 1 << 20))
        out.put("\n")
    }
}
