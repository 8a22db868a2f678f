// The text of an exception as the interpreter itself prints it (not the `traceback` module): causes and contexts, a
// SyntaxError's line and carets, the last line with its suggestion. CPython: `PyErr_Display` in Python/pythonrun.c.

extension VM {
    /// "Traceback (most recent call last): ..." with causes and contexts, and a final newline. Never raises. May run Python.
    public func exceptionText(_ exception: Value) -> [UInt8] {
        let kept = takeRaised()
        defer { thread.pointee.raised = kept }
        var out: [UInt8] = []
        appendException(exception, &out)
        return out
    }

    private func appendException(_ start: Value, _ out: inout [UInt8]) {
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
                append(
                    chain[i].isCause
                        ? "\nThe above exception was the direct cause of the following exception:\n\n"
                        : "\nDuring handling of the above exception, another exception occurred:\n\n", &out)
            }
        }
    }

    func append(_ text: String, _ out: inout [UInt8]) { out.append(contentsOf: text.utf8) }

    private func appendOne(_ exception: Value, _ out: inout [UInt8]) {
        let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        if traceback.isObject && traceback.isExactly(types.traceback) { appendTraceback(traceback, &out) }
        var message = Value.null
        if exception.objectType.isSubtype(of: exceptionType(.syntaxError)) {
            message = appendSyntaxErrorPlace(exception, &out)
        }
        appendExceptionLine(exception, message, &out)
    }

    /// "module.Type: message. Did you mean: 'x'?\n". `shown` replaces the message where it is not NULL.
    private func appendExceptionLine(_ exception: Value, _ shown: Value, _ out: inout [UInt8]) {
        appendTypeName(exception.objectType, &out)
        do {
            let message = shown.isNull ? try str(of: exception) : try str(of: shown)
            if PyStr(message).count > 0 || !shown.isNull {
                append(": ", &out)
                out += PyStr(message).utf8
            }
        } catch {
            clearRaised()
            append(": <exception str() failed>", &out)
        }
        if let suggestion = suggestion(for: exception) {
            append(". Did you mean: '", &out)
            out += suggestion
            append("'?", &out)
        }
        append("\n", &out)
    }

    /// "module.Name", without the module if it is `builtins`.
    private func appendTypeName(_ type: PyType, _ out: inout [UInt8], unknown: String = "<unknown>.") {
        var module = Value.null
        do { module = try getAttrIfPresent(type.value, names.__module__) } catch { clearRaised() }
        if module.isNull || !isStr(module) {
            append(unknown, &out)
        } else if text(module) != "builtins" {
            out += PyStr(module).utf8
            append(".", &out)
        }
        out += PyStr(type.ref.pointee.qualname.isObject ? type.ref.pointee.qualname : type.name).utf8
    }

    /// What `sys.unraisablehook` shows of an exception: its traceback, no chain, then its line.
    func unraisableText(_ type: Value, _ exception: Value, _ traceback: Value) -> [UInt8] {
        var out: [UInt8] = []
        if traceback.isObject && traceback.isExactly(types.traceback) { appendTraceback(traceback, &out) }
        guard isType(type) else { return out }
        appendTypeName(PyType(type), &out, unknown: "<unknown>")
        if exception.isObject {
            append(": ", &out)
            do { out += PyStr(try str(of: exception)).utf8 } catch {
                clearRaised()
                append("<exception str() failed>", &out)
            }
        }
        append("\n", &out)
        return out
    }

    // MARK: Syntax errors

    /// '  File "x", line 1' and the line with its carets. The bare message, NULL if the attributes are not what they should be.
    private func appendSyntaxErrorPlace(_ exception: Value, _ out: inout [UInt8]) -> Value {
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
            append("  File \"", &out)
            out += filename.isNone ? Array("<string>".utf8) : PyStr(try str(of: filename)).utf8
            append("\", line \(line)\n", &out)
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
    private func appendMarkedLine(_ source: [UInt8], _ offset: Int, _ endOffset: Int, _ out: inout [UInt8]) {
        let carets = endOffset > 0 && endOffset > offset ? endOffset - offset : 1
        var line = source[...].drop { $0 == 32 || $0 == 9 || $0 == 12 }
        if line.last == 10 { line.removeLast() }
        var column = min(offset - 1 - (line.startIndex), line.count)
        // Of a text with several lines, only from the line with the column on.
        while let newline = line.firstIndex(of: 10), newline - line.startIndex < column {
            column -= newline + 1 - line.startIndex
            line = line[(newline + 1)...]
        }
        append("    ", &out)
        out += line
        append("\n", &out)
        if column < 0 { return }
        append("    ", &out)
        out += [UInt8](repeating: 32, count: column)
        out += [UInt8](repeating: UInt8(ascii: "^"), count: min(carets, 1 << 20))
        append("\n", &out)
    }
}
