// What a Match does: groups by number and name. CPython: Modules/_sre.c (match_*).
import PyRuntime
import PyUnicode

extension VM {
    /// The group an index or a name means.
    /// - Throws: IndexError "no such group".
    func matchGroupNumber(_ match: SREMatch, _ key: Value) throws(Raised) -> Int {
        if key.isNull { return 0 }
        var number = -1
        if key.isSmallInt {
            number = key.smallInt
        } else if type(of: key).slots.index != nil {
            number = try indexInt(key, overflow: nil)
        } else {
            let index = SREPattern(match.ref.pointee.pattern).ref.pointee.groupIndex
            if isDict(index), isStr(key) {
                let found = try PyDict(index).get(self, key)
                if !found.isNull { number = try indexInt(found) }
            }
        }
        guard number >= 0 && number <= match.groups else { throw raise(.indexError, "no such group") }
        return number
    }

    func matchGroup(_ match: SREMatch, _ number: Int, _ fallback: Value = .none) throws(Raised) -> Value {
        let low = match.start(number), high = match.end(number)
        return low < 0 ? fallback : try sreSlice(match.ref.pointee.string, low, high)
    }

    func matchGroups(_ match: SREMatch, _ fallback: Value) throws(Raised) -> Value {
        let tuple = try newTuple(match.groups)
        for g in 0..<match.groups { tuple[g] = try matchGroup(match, g + 1, fallback) }
        return tuple.value
    }

    func matchGroupDict(_ match: SREMatch, _ fallback: Value) throws(Raised) -> Value {
        let result = newDict()
        let index = SREPattern(match.ref.pointee.pattern).ref.pointee.groupIndex
        guard isDict(index) else { return result.value }
        var position = 0
        while let (name, number) = PyDict(index).next(&position) {
            try result.set(self, name, try matchGroup(match, matchGroupNumber(match, number), fallback))
        }
        return result.value
    }

    func matchRegs(_ match: SREMatch) throws(Raised) -> Value {
        let tuple = try newTuple(match.groups + 1)
        for g in 0...match.groups { tuple[g] = self.tuple(int(match.start(g)), int(match.end(g))) }
        return tuple.value
    }

    func matchRepr(_ value: Value) throws(Raised) -> Value {
        let match = SREMatch(value)
        var out = TextBuilder()
        out.append("<" as StaticString)
        out.append(PyText(typeText(type(of: value))))
        out.append(PyText(" object; span=(\(match.start(0)), \(match.end(0))), match="))
        out.append(PyStr(try repr(try matchGroup(match, 0))).view)
        out.append(0x3E)
        return try str(out)
    }

    func patternRepr(_ value: Value) throws(Raised) -> Value {
        let pattern = SREPattern(value)
        var flags = pattern.ref.pointee.flags & ~SREPattern.bytesMark
        // UNICODE is what a str pattern is anyway.
        if !pattern.isBytes && flags & (4 | 32 | 256) == 32 { flags &= ~32 }
        var names: [String] = []
        for (bit, name) in [
            (1, "re.TEMPLATE"), (2, "re.IGNORECASE"), (4, "re.LOCALE"), (8, "re.MULTILINE"), (16, "re.DOTALL"), (32, "re.UNICODE"),
            (64, "re.VERBOSE"), (128, "re.DEBUG"), (256, "re.ASCII"),
        ] where flags & bit != 0 {
            names.append(name)
            flags &= ~bit
        }
        if flags != 0 { names.append("0x\(String(flags, radix: 16))") }
        let shown = PyStr(try repr(pattern.ref.pointee.pattern))
        var out = TextBuilder()
        out.append("re.compile(" as StaticString)
        out.append(shown.view.slice(0, min(200, shown.count)))
        if !names.isEmpty { out.append(PyText(", " + names.joined(separator: "|"))) }
        out.append(0x29)
        return try str(out)
    }
}
