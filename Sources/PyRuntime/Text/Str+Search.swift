// find, count, startswith, replace, partition, removeprefix, `in`. CPython: Objects/unicodeobject.c, stringlib/find.h,
// stringlib/partition.h; the searches themselves are PyUnicode's.
import PyUnicode

extension VM {
    func strNeedle(_ value: Value) throws(Raised) -> PyStr {
        try expectStr(value, "must be str, not \(typeName(value))")
    }

    func strFind(_ text: PyStr, _ arguments: FindArguments, last: Bool) throws(Raised) -> Int {
        let wanted = try strNeedle(arguments.target)
        var range = arguments
        range.adjust(text.count)
        let needle = Needle(wanted.view, in: text.kind)
        return last ? needle.findLast(in: text.view, range.start, range.end) : needle.find(in: text.view, range.start, range.end)
    }

    func strCount(_ text: PyStr, _ arguments: FindArguments) throws(Raised) -> Value {
        let wanted = try strNeedle(arguments.target)
        var range = arguments
        range.adjust(text.count)
        if wanted.count > range.end - range.start || range.start > range.end { return Value(small: 0) }
        return Value(small: Needle(wanted.view, in: text.kind).count(in: text.view, range.start, range.end))
    }

    func strContains(_ text: PyStr, _ wanted: PyStr) -> Bool {
        if wanted.count == 1 && wanted.kind <= text.kind {
            let c = wanted[0]
            switch text.kind {
            case 1: return TextSearch.find(UInt8(truncatingIfNeeded: c), UnsafePointer(text.bytes), 0, text.count) >= 0
            case 2: return TextSearch.find(UInt16(truncatingIfNeeded: c), UnsafePointer(text.units16), 0, text.count) >= 0
            default: return TextSearch.find(c, UnsafePointer(text.units32), 0, text.count) >= 0
            }
        }
        if wanted.count > text.count { return false }
        return Needle(wanted.view, in: text.kind).find(in: text.view, 0, text.count) >= 0
    }

    /// - Parameter name: "startswith" or "endswith".
    func strTailMatch(_ text: PyStr, _ arguments: FindArguments, _ name: StaticString, atEnd: Bool) throws(Raised) -> Value {
        var range = arguments
        range.adjust(text.count)
        let target = arguments.target
        if isTuple(target) {
            let options = PyTuple(target)
            for i in 0..<options.count {
                guard isStr(options[i]) else {
                    throw raise(.typeError, "tuple for \(name) must only contain str, not \(typeName(options[i]))")
                }
                if tailMatches(text, PyStr(options[i]), range, atEnd) { return .true }
            }
            return .false
        }
        guard isStr(target) else {
            throw raise(.typeError, "\(name) first arg must be str or a tuple of str, not \(typeName(target))")
        }
        return Value(tailMatches(text, PyStr(target), range, atEnd))
    }

    private func tailMatches(_ text: PyStr, _ part: PyStr, _ range: FindArguments, _ atEnd: Bool) -> Bool {
        guard range.start <= range.end, part.count <= range.end - range.start else { return false }
        return Needle(part.view, in: text.kind).matches(text.view, at: atEnd ? range.end - part.count : range.start)
    }

    func strRemoveAffix(_ text: PyStr, _ part: PyStr, suffix: Bool) throws(Raised) -> Value {
        let all = FindArguments(target: .null, start: 0, end: text.count)
        guard part.count > 0, tailMatches(text, part, all, suffix) else { return try exactStr(text) }
        return suffix ? try substring(text, 0, text.count - part.count) : try substring(text, part.count, text.count)
    }

    func strPartition(_ text: PyStr, _ separator: Value, last: Bool) throws(Raised) -> Value {
        let part = try strNeedle(separator)
        if part.count == 0 { throw raise(.valueError, "empty separator") }
        let needle = Needle(part.view, in: text.kind)
        let hit = last ? needle.findLast(in: text.view, 0, text.count) : needle.find(in: text.view, 0, text.count)
        if hit < 0 {
            let whole = try exactStr(text)
            return last ? tuple(emptyStr, emptyStr, whole) : tuple(whole, emptyStr, emptyStr)
        }
        let before = try substring(text, 0, hit)
        let after = try substring(text, hit + part.count, text.count)
        return tuple(before, part.value, after)
    }

    func strReplace(_ text: PyStr, _ old: PyStr, _ new: PyStr, _ limit: Int) throws(Raised) -> Value {
        let most = limit < 0 ? Int.max : limit
        if most == 0 || (text.count == 0 && old.count > 0) || old.kind > text.kind { return try exactStr(text) }
        if old.count == 0 { return try interleave(text, new, most) }
        let needle = Needle(old.view, in: text.kind)
        var hit = needle.find(in: text.view, 0, text.count)
        if hit < 0 { return try exactStr(text) }
        if old.count == 1 && new.count == 1 && text.kind == 1 && new.kind == 1 { return try replaceByte(text, old, new, most) }
        let view = text.view
        // Count first: the result is allocated once, in its final size.
        let count = needle.count(in: view, 0, text.count, limit: most)
        let (growth, overflow) = (new.count - old.count).multipliedReportingOverflow(by: count)
        if overflow { throw raise(.overflowError, "replace string is too long") }
        let total = text.count + growth
        if total == 0 { return emptyStr }
        guard text.isASCII && new.isASCII && total > 1 else { return try replaceWide(text, old.count, new, needle, hit, count) }
        let result = try newStr(count: total, kind: 1, ascii: true)
        var target = result.bytes
        var at = 0
        for _ in 0..<count {
            target.update(from: text.bytes + at, count: hit - at)
            target += hit - at
            target.update(from: new.bytes, count: new.count)
            target += new.count
            at = hit + old.count
            hit = needle.find(in: view, at, view.count)
            if hit < 0 { break }
        }
        target.update(from: text.bytes + at, count: view.count - at)
        return result.value
    }

    /// The result may be narrower than its parts: built, then narrowed.
    private func replaceWide(
        _ text: PyStr, _ oldCount: Int, _ new: PyStr, _ needle: borrowing Needle, _ first: Int, _ count: Int
    ) throws(Raised) -> Value {
        var out = TextBuilder(capacity: text.count)
        let view = text.view
        var at = 0, hit = first
        for _ in 0..<count {
            out.append(view.slice(at, hit))
            out.append(new.view)
            at = hit + oldCount
            hit = needle.find(in: view, at, view.count)
            if hit < 0 { break }
        }
        out.append(view.slice(at, view.count))
        return try str(out)
    }

    private func replaceByte(_ text: PyStr, _ old: PyStr, _ new: PyStr, _ limit: Int) throws(Raised) -> Value {
        let from = old.bytes[0], to = new.bytes[0], count = text.count
        if count == 1 { return try exactStr(new) }
        let result = try newStr(count: count, kind: 1, ascii: text.isASCII && to < 0x80)
        let source = text.bytes, target = result.bytes
        var left = limit
        for i in 0..<count {
            let hit = source[i] == from && left > 0
            if hit { left -= 1 }
            target[i] = hit ? to : source[i]
        }
        return text.isASCII ? result.value : try str(result.view)
    }

    /// `'ab'.replace('', '-')`.
    private func interleave(_ text: PyStr, _ new: PyStr, _ limit: Int) throws(Raised) -> Value {
        if new.count == 0 { return try exactStr(text) }
        let gaps = min(limit, text.count + 1)
        let (extra, overflow) = gaps.multipliedReportingOverflow(by: new.count)
        if overflow { throw raise(.overflowError, "replace string is too long") }
        try checkAllocation((extra + text.count) * max(text.kind, new.kind))
        var out = TextBuilder(capacity: text.count + extra)
        let view = text.view
        for i in 0...view.count {
            if i < gaps { out.append(new.view) }
            if i < view.count { out.append(view[i]) }
        }
        return try str(out)
    }
}
