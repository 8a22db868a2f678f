// The entries of a traceback as the interpreter itself prints them. CPython: Python/traceback.c.

extension VM {
    /// "Traceback (most recent call last):" and the entries, at most `sys.tracebacklimit` of them.
    func appendTraceback(_ first: Value, _ out: inout ShownText) {
        var limit = 1000
        let wanted = sysAttribute(intern("tracebacklimit"))
        if !wanted.isNull, isInt(wanted) {
            do {
                if try compareBool(wanted, int(0), .le) { return }
                limit = wanted.isSmallInt ? wanted.smallInt : wanted.isBool ? 1 : Int.max
            } catch { clearRaised() }
            if limit <= 0 { return }
        }
        out.put("Traceback (most recent call last):\n")
        var total = 0
        var step = first
        while step.isObject {
            total += 1
            step = step.cast(TracebackLayout.self).pointee.next
        }
        step = first
        while total > limit {
            total -= 1
            step = step.cast(TracebackLayout.self).pointee.next
        }
        var repeats = 0
        var lastFile = Value.null, lastName = Value.null
        var lastLine: Int?
        while step.isObject {
            let entry = tracebackEntry(step)
            if lastFile.isNull || lastLine != entry.line || !same(lastFile, entry.filename) || !same(lastName, entry.name) {
                appendRepeats(repeats, &out)
                repeats = 0
                lastFile = entry.filename
                lastName = entry.name
                lastLine = entry.line
            }
            repeats += 1
            if repeats <= 3 { appendEntry(entry.filename, entry.name, entry.line, &out) }
            step = entry.next
        }
        appendRepeats(repeats, &out)
    }

    private func same(_ a: Value, _ b: Value) -> Bool { a == b || isStr(a) && isStr(b) && PyStr(a).equals(PyStr(b)) }

    private func appendRepeats(_ repeats: Int, _ out: inout ShownText) {
        let more = repeats - 3
        if more > 0 { out.put("  [Previous line repeated \(more) more time\(more == 1 ? "" : "s")]\n") }
    }

    private func appendEntry(_ filename: Value, _ name: Value, _ line: Int?, _ out: inout ShownText) {
        let place = "\", line \(line.map { String($0) } ?? "None"), in "
        out.put(Array("  File \"".utf8) + PyStr(filename).utf8 + Array(place.utf8) + PyStr(name).utf8 + [10])
        guard let line, let source = shownSourceLine(PyStr(filename).utf8, line) else { return }
        out.put("    ")
        out.put(source)
        out.put("\n")
    }
}
