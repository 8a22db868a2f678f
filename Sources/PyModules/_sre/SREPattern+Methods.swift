// What a Pattern does: match, search, findall, split, sub. CPython: Modules/_sre.c (_sre_SRE_Pattern_*_impl).
import PyRuntime
import PyUnicode

extension VM {
    func sreMatch(_ pattern: SREPattern, _ a: UnsafeMutablePointer<Value>, _ mode: SREMode) throws(Raised) -> Value {
        try withSubject(pattern, a[0], a[1], a[2]) { (subject, start, end) throws(Raised) -> Value in
            try self.withMarks(pattern) { (marks) throws(Raised) -> Value in
                guard let found = try self.sreRun(pattern, subject.view, mode, start: start, end: end, marks: marks) else { return .none }
                return try self.newMatch(pattern, a[0], found, marks, pos: start, endpos: end)
            }
        }
    }

    /// Calls `body` for every non-overlapping match, until it answers false. An empty match may follow another one,
    /// but not touch it (3.7's rule).
    func sreForEach(
        _ pattern: SREPattern, _ view: TextView, _ start: Int, _ end: Int, _ marks: UnsafeMutablePointer<Int>,
        _ body: (SREFound) throws(Raised) -> Bool
    ) throws(Raised) {
        var at = start, mustAdvance = false
        while at <= end {
            guard let found = try sreRun(pattern, view, .search, start: at, end: end, mustAdvance: mustAdvance, marks: marks) else { return }
            if try !body(found) { return }
            mustAdvance = found.start == found.end
            at = found.end
        }
    }

    func sreFindAll(_ pattern: SREPattern, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try withSubject(pattern, a[0], a[1], a[2]) { (subject, start, end) throws(Raised) -> Value in
            let list = try self.newList()
            try self.withMarks(pattern) { (marks) throws(Raised) in
                try self.sreForEach(pattern, subject.view, start, end, marks) { (found) throws(Raised) -> Bool in
                    try list.append(self, try self.findAllItem(pattern, a[0], found, marks))
                    return true
                }
            }
            return list.value
        }
    }

    private func emptyOf(_ subject: Value) throws(Raised) -> Value { isStr(subject) ? emptyStr : try bytes([]) }

    private func findAllItem(_ pattern: SREPattern, _ string: Value, _ found: SREFound, _ marks: UnsafeMutablePointer<Int>) throws(Raised) -> Value {
        func group(_ g: Int) throws(Raised) -> Value {
            let low = marks[g * 2], high = marks[g * 2 + 1]
            return low < 0 || high < 0 ? try emptyOf(string) : try sreSlice(string, low, high)
        }
        if pattern.groups == 0 { return try sreSlice(string, found.start, found.end) }
        if pattern.groups == 1 { return try group(0) }
        let tuple = try newTuple(pattern.groups)
        for g in 0..<pattern.groups { tuple[g] = try group(g) }
        return tuple.value
    }

    func sreSplit(_ pattern: SREPattern, _ string: Value, _ maxSplit: Value) throws(Raised) -> Value {
        let limit = maxSplit.isNull ? 0 : try indexInt(maxSplit)
        return try withSubject(pattern, string, .null, .null) { (subject, start, end) throws(Raised) -> Value in
            let list = try self.newList()
            var last = 0, count = 0
            try self.withMarks(pattern) { (marks) throws(Raised) in
                try self.sreForEach(pattern, subject.view, start, end, marks) { (found) throws(Raised) -> Bool in
                    if limit > 0 && count >= limit { return false }
                    try list.append(self, try self.sreSlice(string, last, found.start))
                    for g in 0..<pattern.groups {
                        let low = marks[g * 2], high = marks[g * 2 + 1]
                        try list.append(self, low < 0 || high < 0 ? .none : try self.sreSlice(string, low, high))
                    }
                    last = found.end
                    count += 1
                    return true
                }
            }
            try list.append(self, try self.sreSlice(string, last, end))
            return list.value
        }
    }

    /// The replacement: a text to put in as it is, or a callable.
    private func sreTemplate(_ pattern: SREPattern, _ replacement: Value) throws(Raised) -> (Value, isCallable: Bool) {
        if type(of: replacement).slots.call != nil { return (replacement, true) }
        var literal = false
        if isStr(replacement) {
            literal = !PyStr(replacement).view.contains(0x5C)
        } else if type(of: replacement).slots.buffer != nil {
            var buffer = try acquireBuffer(replacement)
            literal = !buffer.byteView.contains(0x5C)
            releaseBuffer(&buffer)
        }
        if literal { return (replacement, false) }
        let made = try callModuleFunction("re", "_subx", pattern.value, replacement)
        return (made, type(of: made).slots.call != nil)
    }

    func callModuleFunction(_ module: StaticString, _ function: StaticString, _ a: Value, _ b: Value, _ c: Value = .null) throws(Raised) -> Value {
        let modules = state.pointee.modules
        var found = modules.isObject ? try PyDict(modules).get(self, intern(module)) : .null
        if found.isNull {
            let importer = try getItem(state.pointee.builtinsDict, intern("__import__"))
            found = try call(importer, intern(module))
        }
        let callable = try getAttr(found, function)
        return c.isNull ? try call(callable, a, b) : try call(callable, a, b, c)
    }

    /// (new text, number of replacements).
    func sreSubstitute(_ pattern: SREPattern, _ replacement: Value, _ string: Value, _ countValue: Value) throws(Raised) -> (Value, Int) {
        let limit = countValue.isNull ? 0 : try indexInt(countValue)
        let (filter, isCallable) = try sreTemplate(pattern, replacement)
        return try withSubject(pattern, string, .null, .null) { (subject, start, end) throws(Raised) -> (Value, Int) in
            var pieces = TextBuilder(capacity: subject.view.count)
            var last = 0, count = 0
            try self.withMarks(pattern) { (marks) throws(Raised) in
                try self.sreForEach(pattern, subject.view, start, end, marks) { (found) throws(Raised) -> Bool in
                    if limit > 0 && count >= limit { return false }
                    pieces.append(subject.view.slice(last, found.start))
                    var item = filter
                    if isCallable {
                        let match = try self.newMatch(pattern, string, found, marks, pos: start, endpos: end)
                        item = try self.call(filter, match)
                    }
                    if !item.isNone { try self.appendPiece(item, subject.isBytes, count, &pieces) }
                    last = found.end
                    count += 1
                    return true
                }
            }
            if count == 0 && (self.isExactStr(string) || string.isExactly(self.types.bytes)) { return (string, 0) }
            pieces.append(subject.view.slice(last, end))
            return (subject.isBytes ? try self.bytes(pieces.latin1Bytes) : try self.str(pieces), count)
        }
    }

    private func appendPiece(_ item: Value, _ isBytes: Bool, _ index: Int, _ out: inout TextBuilder) throws(Raised) {
        if isBytes {
            guard type(of: item).slots.buffer != nil else {
                throw raise(.typeError, "sequence item \(index): expected a bytes-like object, \(typeName(item)) found")
            }
            var buffer = try acquireBuffer(item)
            out.append(latin1: buffer.byteView)
            releaseBuffer(&buffer)
        } else {
            guard isStr(item) else { throw raise(.typeError, "sequence item \(index): expected str instance, \(typeName(item)) found") }
            out.append(PyStr(item).view)
        }
    }

    // MARK: Scanner

    func newScanner(_ pattern: SREPattern, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let bounds = try sreBounds(a[1], a[2])
        var subject = try sreSubject(pattern, a[0])
        let (start, end) = sreClamp(bounds, subject.view.count)
        sreRelease(&subject)
        let export = subject.isBytes && !isBytes(a[0]) ? try newMemoryView(a[0]) : .null
        let made = newInstance(pattern.type(2))
        let scanner = made.cast(ScannerLayout.self)
        scanner.pointee.pattern = pattern.value
        scanner.pointee.string = a[0]
        scanner.pointee.export = export
        scanner.pointee.at = start
        scanner.pointee.endpos = end
        return made
    }

    /// NULL when there is nothing more.
    func scannerNext(_ value: Value, _ mode: SREMode) throws(Raised) -> Value {
        let scanner = value.cast(ScannerLayout.self)
        if scanner.pointee.isDone { return .null }
        let pattern = SREPattern(scanner.pointee.pattern), string = scanner.pointee.string
        var subject = try sreSubject(pattern, string)
        defer { sreRelease(&subject) }
        let end = min(scanner.pointee.endpos, subject.view.count), at = scanner.pointee.at
        return try withMarks(pattern) { (marks) throws(Raised) -> Value in
            guard
                let found = try self.sreRun(
                    pattern, subject.view, mode, start: at, end: end, mustAdvance: scanner.pointee.mustAdvance, marks: marks)
            else {
                scanner.pointee.isDone = true
                if !scanner.pointee.export.isNull { _ = try self.callMethod(scanner.pointee.export, self.intern("release")) }
                return .null
            }
            scanner.pointee.mustAdvance = found.start == found.end
            scanner.pointee.at = found.end
            return try self.newMatch(pattern, string, found, marks, pos: at, endpos: end)
        }
    }
}

extension TextView {
    func contains(_ c: UInt32) -> Bool {
        for i in 0..<count where self[i] == c { return true }
        return false
    }
}

extension TextBuilder {
    /// - Precondition: `kind` is 1.
    var latin1Bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: view.bytes, count: kind == 1 ? count : 0) }
}
