// The text of an uncaught exception, as the interpreter itself prints it (not the `traceback` module).
// CPython: Python/traceback.c, `print_exception_recursive` in Python/pythonrun.c.
import PyPlatform

extension VM {
    /// "Traceback (most recent call last): ..." with causes and contexts, and a final newline. Never raises.
    public func exceptionText(_ exception: Value) -> [UInt8] {
        var out: [UInt8] = []
        var seen: [UInt64] = []
        appendException(exception, &out, &seen)
        return out
    }

    private func appendException(_ start: Value, _ out: inout [UInt8], _ seen: inout [UInt64]) {
        // The chain outermost cause first, without recursion: it may be 100,000 long.
        var chain: [(exception: Value, isCause: Bool)] = []
        var exception = start
        var isCause = false
        while true {
            chain.append((exception, isCause))
            seen.append(exception.bits)
            let layout = exception.cast(ExceptionLayout.self)
            let cause = layout.pointee.cause
            let context = layout.pointee.context
            if cause.isObject && !cause.isNone {
                if wasSeen(cause, chain) { break }
                exception = cause
                isCause = true
            } else if context.isObject && !layout.pointee.suppressContext.isTrue {
                if wasSeen(context, chain) { break }
                exception = context
                isCause = false
            } else {
                break
            }
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

    private func wasSeen(_ exception: Value, _ chain: [(exception: Value, isCause: Bool)]) -> Bool {
        // Chains are short but for the pathological: look back a bounded way, the collector's cycle cut does the rest.
        chain.suffix(5000).contains { $0.exception == exception }
    }

    private func append(_ text: String, _ out: inout [UInt8]) { out.append(contentsOf: text.utf8) }

    private func appendOne(_ exception: Value, _ out: inout [UInt8]) {
        let traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        if traceback.isObject && traceback.isExactly(types.traceback) { appendTraceback(traceback, &out) }
        appendExceptionLine(exception, &out)
    }

    private func appendTraceback(_ first: Value, _ out: inout [UInt8]) {
        append("Traceback (most recent call last):\n", &out)
        var entries: [(filename: Value, name: Value, line: Int?)] = []
        var step = first
        while step.isObject {
            let entry = tracebackEntry(step)
            entries.append((entry.filename, entry.name, entry.line))
            step = entry.next
        }
        let limit = 1000
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
        var repeats = 0
        var last: (filename: Value, name: Value, line: Int?)?
        for entry in entries {
            if let previous = last, previous.filename == entry.filename, previous.name == entry.name, previous.line == entry.line {
                repeats += 1
            } else {
                appendRepeats(repeats, &out)
                repeats = 1
                last = entry
            }
            if repeats <= 3 { appendEntry(entry, &out) }
        }
        appendRepeats(repeats, &out)
    }

    private func appendRepeats(_ repeats: Int, _ out: inout [UInt8]) {
        let more = repeats - 3
        if more > 0 { append("  [Previous line repeated \(more) more time\(more == 1 ? "" : "s")]\n", &out) }
    }

    private func appendEntry(_ entry: (filename: Value, name: Value, line: Int?), _ out: inout [UInt8]) {
        append("  File \"", &out)
        out += PyStr(entry.filename).utf8
        append("\", line \(entry.line.map { String($0) } ?? "None"), in ", &out)
        out += PyStr(entry.name).utf8
        append("\n", &out)
        guard let line = entry.line, let source = sourceLine(PyStr(entry.filename).utf8, line) else { return }
        append("    ", &out)
        out += source
        append("\n", &out)
    }

    /// Line `number` of a file without its end, and without outer blanks if `stripped`; nil if it cannot be read.
    func sourceLine(_ path: [UInt8], _ number: Int, stripped: Bool = true) -> [UInt8]? {
        if path.first == UInt8(ascii: "<") { return nil }
        guard let data = try? readFile(path) else { return nil }
        var line = 1
        var start = 0
        var i = 0
        while i < data.count && line < number {
            if data[i] == 10 || (data[i] == 13 && !(i + 1 < data.count && data[i + 1] == 10)) {
                line += 1
                start = i + 1
            }
            i += 1
        }
        if line != number || start >= data.count { return nil }
        var end = start
        while end < data.count && data[end] != 10 && data[end] != 13 { end += 1 }
        if !stripped { return Array(data[start..<end]) }
        let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 12 }
        while start < end && blank(data[start]) { start += 1 }
        while end > start && blank(data[end - 1]) { end -= 1 }
        return start < end ? Array(data[start..<end]) : nil
    }

    /// "module.Type: message\n"
    private func appendExceptionLine(_ exception: Value, _ out: inout [UInt8]) {
        let type = exception.objectType
        let kept = takeRaised()
        defer { thread.pointee.raised = kept }
        do {
            let module = try getAttrIfPresent(type.value, names.__module__)
            if isStr(module), text(module) != "builtins" {
                out += PyStr(module).utf8
                append(".", &out)
            }
        } catch { clearRaised() }
        out += PyStr(type.ref.pointee.qualname.isObject ? type.ref.pointee.qualname : type.name).utf8
        do {
            let message = try str(of: exception)
            if PyStr(message).count > 0 {
                append(": ", &out)
                out += PyStr(message).utf8
            }
        } catch {
            clearRaised()
            append(": <exception str() failed>", &out)
        }
        append("\n", &out)
    }
}
