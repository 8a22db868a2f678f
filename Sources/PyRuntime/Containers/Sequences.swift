// What list and tuple share: text with a guard against cycles, comparison, search. CPython: Objects/listobject.c, tupleobject.c.

extension VM {
    /// False if `value` is being printed already further up (`[[...]]`). Balance a true answer with `leaveRepr`.
    public func enterRepr(_ value: Value) throws(Raised) -> Bool {
        let thread = self.thread
        if !thread.pointee.reprStack.isObject { thread.pointee.reprStack = try newList().value }
        let list = PyList(thread.pointee.reprStack)
        for i in 0..<list.count where list[i] == value { return false }
        try list.append(self, value)
        return true
    }
    public func leaveRepr(_ value: Value) {
        guard thread.pointee.reprStack.isObject else { return }
        let list = PyList(thread.pointee.reprStack)
        var i = list.count - 1
        while i >= 0 {
            if list[i] == value {
                list.remove(at: i)
                return
            }
            i -= 1
        }
    }

    /// `open` + reprs joined by ", " + `close`.
    func reprItems(_ value: Value, open: StaticString, close: StaticString, cycle: StaticString, isTuple: Bool) throws(Raised) -> Value {
        if try !enterRepr(value) { return str(cycle) }
        defer { leaveRepr(value) }
        let parts = try newList()
        func count() -> Int { isTuple ? PyTuple(value).count : PyList(value).count }
        var i = 0
        while i < count() {
            try parts.append(self, repr(isTuple ? PyTuple(value)[i] : PyList(value)[i]))
            i += 1
        }
        return try joinTexts(parts, open: open, separator: ", ", close: isTuple && i == 1 ? ",)" : close)
    }

    /// Concatenates the `str` items of `parts`. May collect.
    public func joinTexts(_ parts: PyList, open: StaticString, separator: StaticString, close: StaticString) throws(Raised) -> Value {
        var total = open.utf8CodeUnitCount + close.utf8CodeUnitCount + separator.utf8CodeUnitCount * max(0, parts.count - 1)
        var kind = 1
        var ascii = true
        for i in 0..<parts.count {
            let part = PyStr(parts[i])
            total += part.count
            kind = max(kind, part.kind)
            ascii = ascii && part.isASCII
        }
        if total == 0 { return emptyStr }
        let result = try newStr(count: total, kind: kind, ascii: ascii)
        var at = 0
        func put(_ text: StaticString) {
            for k in 0..<text.utf8CodeUnitCount { store(result, at + k, UInt32(text.utf8Start[k])) }
            at += text.utf8CodeUnitCount
        }
        put(open)
        for i in 0..<parts.count {
            if i > 0 { put(separator) }
            let part = PyStr(parts[i])
            if part.kind == kind {
                (result.bytes + at * kind).update(from: part.bytes, count: part.byteCount)
            } else {
                for k in 0..<part.count { store(result, at + k, part[k]) }
            }
            at += part.count
        }
        put(close)
        return result.value
    }

    @inline(__always) private func store(_ s: PyStr, _ i: Int, _ c: UInt32) {
        switch s.kind {
        case 1: s.bytes[i] = UInt8(truncatingIfNeeded: c)
        case 2: s.units16[i] = UInt16(truncatingIfNeeded: c)
        default: s.units32[i] = c
        }
    }

    /// Lexicographic comparison; sizes are read again at each step, since `__eq__` may change a list.
    func compareSequences(_ a: Value, _ b: Value, _ op: CompareOp, isTuple: Bool) throws(Raised) -> Value {
        func count(_ v: Value) -> Int { isTuple ? PyTuple(v).count : PyList(v).count }
        func item(_ v: Value, _ i: Int) -> Value { isTuple ? PyTuple(v)[i] : PyList(v)[i] }
        if !isTuple && count(a) != count(b) && (op == .eq || op == .ne) { return Value(op == .ne) }
        var i = 0
        while i < count(a) && i < count(b) {
            let x = item(a, i), y = item(b, i)
            if try !equalKeys(x, y) {
                if i >= count(a) || i >= count(b) { break }
                if op == .eq { return .false }
                if op == .ne { return .true }
                if isExactStr(x) && isExactStr(y) { return Value(try compareBool(x, y, op)) }
                return try richCompare(x, y, op)
            }
            i += 1
        }
        return Value(compare(count(a), count(b), op))
    }

    /// Clamps `index(value, start, stop)` bounds.
    func searchBound(_ value: Value, _ count: Int, default fallback: Int) throws(Raised) -> Int {
        if value.isNull { return fallback }
        if !hasIndex(value) { throw raise(.typeError, "slice indices must be integers or have an __index__ method") }
        var i = try indexInt(value, overflow: nil)
        if i < 0 {
            i += count
            if i < 0 { i = 0 }
        }
        return i
    }
}
