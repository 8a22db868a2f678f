// center, ljust, rjust, zfill, expandtabs, repeat, concat. CPython: Objects/unicodeobject.c.
import PyUnicode

extension VM {
    /// `left` and `right` fill characters around the text.
    func strPad(_ text: PyStr, _ left: Int, _ right: Int, _ fill: UInt32) throws(Raised) -> Value {
        if left <= 0 && right <= 0 { return try exactStr(text) }
        let total = text.count + max(0, left) + max(0, right)
        let kind = max(text.kind, fill < 0x100 ? 1 : fill < 0x10000 ? 2 : 4)
        if total == 1 { return str(codePoint: fill) }
        let result = try newStr(count: total, kind: kind, ascii: text.isASCII && fill < 0x80)
        let target = UnsafeMutableRawPointer(result.bytes)
        strFill(target, kind, 0, left, fill)
        text.view.copy(to: target + max(0, left) * kind, kind: kind)
        strFill(target, kind, total - max(0, right), total, fill)
        return result.value
    }

    private func strFill(_ target: UnsafeMutableRawPointer, _ kind: Int, _ start: Int, _ end: Int, _ fill: UInt32) {
        if start >= end { return }
        switch kind {
        case 1: target.assumingMemoryBound(to: UInt8.self).advanced(by: start).update(repeating: UInt8(truncatingIfNeeded: fill), count: end - start)
        case 2: target.assumingMemoryBound(to: UInt16.self).advanced(by: start).update(repeating: UInt16(truncatingIfNeeded: fill), count: end - start)
        default: target.assumingMemoryBound(to: UInt32.self).advanced(by: start).update(repeating: fill, count: end - start)
        }
    }

    /// The fill character argument of center, ljust, rjust.
    func fillCharacter(_ value: Value) throws(Raised) -> UInt32 {
        if value.isNull { return 0x20 }
        guard isStr(value) else {
            throw raise(.typeError, "The fill character must be a unicode character, not \(typeName(value))")
        }
        guard PyStr(value).count == 1 else { throw raise(.typeError, "The fill character must be exactly one character long") }
        return PyStr(value)[0]
    }

    /// - Parameter side: where the text goes.
    func strJustify(_ text: PyStr, _ width: Value, _ fill: Value, _ side: Side) throws(Raised) -> Value {
        let wanted = try sizeArgument(width)
        let character = try fillCharacter(fill)
        if wanted <= text.count { return try exactStr(text) }
        let margin = wanted - text.count
        switch side {
        case .left: return try strPad(text, 0, margin, character)
        case .right: return try strPad(text, margin, 0, character)
        case .both:
            let left = margin / 2 + (margin & wanted & 1)
            return try strPad(text, left, margin - left, character)
        }
    }

    func strZeroFill(_ text: PyStr, _ width: Int) throws(Raised) -> Value {
        if width <= text.count { return try exactStr(text) }
        let result = try strPad(text, width - text.count, 0, 0x30)
        guard text.count > 0, text[0] == 0x2B || text[0] == 0x2D else { return result }
        // The sign moves in front of the zeros.
        let padded = PyStr(result), at = width - text.count
        switch padded.kind {
        case 1: (padded.bytes[0], padded.bytes[at]) = (padded.bytes[at], 0x30)
        case 2: (padded.units16[0], padded.units16[at]) = (padded.units16[at], 0x30)
        default: (padded.units32[0], padded.units32[at]) = (padded.units32[at], 0x30)
        }
        return result
    }

    func strExpandTabs(_ text: PyStr, _ size: Int) throws(Raised) -> Value {
        let view = text.view
        var total = 0, column = 0, found = false
        for i in 0..<view.count {
            let c = view[i]
            if c == 9 {
                found = true
                if size > 0 {
                    let step = size - column % size
                    let (sum, overflow) = total.addingReportingOverflow(step)
                    if overflow { throw raise(.overflowError, "new string is too long") }
                    column += step
                    total = sum
                }
            } else {
                column = c == 10 || c == 13 ? 0 : column + 1
                total += 1
            }
        }
        if !found { return try exactStr(text) }
        try checkAllocation(total > 1 << 44 ? -1 : total * text.kind)
        var out = TextBuilder(capacity: total)
        column = 0
        for i in 0..<view.count {
            let c = view[i]
            if c == 9 {
                guard size > 0 else { continue }
                let step = size - column % size
                for _ in 0..<step { out.append(0x20) }
                column += step
            } else {
                column = c == 10 || c == 13 ? 0 : column + 1
                out.append(c)
            }
        }
        return try str(out)
    }

    func strRepeat(_ text: PyStr, _ times: Int) throws(Raised) -> Value {
        if times <= 0 || text.count == 0 { return emptyStr }
        if times == 1 { return try exactStr(text) }
        let (total, overflow) = text.count.multipliedReportingOverflow(by: times)
        if overflow || total > 1 << 44 { throw overflow ? raise(.overflowError, "repeated string is too long") : raiseMemoryError() }
        let result = try newStr(count: total, kind: text.kind, ascii: text.isASCII)
        let target = UnsafeMutableRawPointer(result.bytes)
        if text.count == 1 {
            strFill(target, text.kind, 0, total, text[0])
            return result.value
        }
        // Doubling copies.
        let unit = text.byteCount, whole = unit * times
        target.copyMemory(from: text.bytes, byteCount: unit)
        var done = unit
        while done < whole {
            let step = min(done, whole - done)
            (target + done).copyMemory(from: target, byteCount: step)
            done += step
        }
        return result.value
    }

    /// `a + b`. May collect.
    @inlinable public func strConcat(_ a: PyStr, _ b: PyStr) throws(Raised) -> Value {
        let m = a.count, n = b.count
        if n == 0 && isExactStr(a.value) { return a.value }
        if m == 0 && isExactStr(b.value) { return b.value }
        if m &+ n >= VM.growthMinimum && n <= m { return try strExtend(a, b) }
        if a.kind == 1 && b.kind == 1 {
            if m &+ n < 2 { return try strConcatWide(a, b) }
            let result = try newStr(count: m &+ n, kind: 1, ascii: a.isASCII && b.isASCII)
            result.bytes.update(from: a.bytes, count: m)
            (result.bytes + m).update(from: b.bytes, count: n)
            return result.value
        }
        return try strConcatWide(a, b)
    }

    @usableFromInline @inline(never)
    func strConcatWide(_ a: PyStr, _ b: PyStr) throws(Raised) -> Value {
        let total = a.count + b.count, kind = max(a.kind, b.kind)
        if total == 0 { return emptyStr }
        if total == 1 { return str(codePoint: a.count == 1 ? a[0] : b[0]) }
        let result = try newStr(count: total, kind: kind, ascii: a.isASCII && b.isASCII)
        let target = UnsafeMutableRawPointer(result.bytes)
        a.view.copy(to: target, kind: kind)
        b.view.copy(to: target + a.count * kind, kind: kind)
        return result.value
    }
}
