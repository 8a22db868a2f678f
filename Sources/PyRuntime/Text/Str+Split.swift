// split, rsplit, splitlines, strip, join. CPython: Objects/stringlib/split.h, Objects/unicodeobject.c (_PyUnicode_JoinArray).
import PyUnicode

extension VM {
    func strSplit(_ text: PyStr, _ separator: Value, _ limit: Int) throws(Raised) -> Value {
        let most = limit < 0 ? Int.max : limit
        if separator.isNone || separator.isNull { return try splitSpaces(text, most) }
        guard isStr(separator) else { throw raise(.typeError, "must be str or None, not \(typeName(separator))") }
        let part = PyStr(separator)
        if part.count == 0 { throw raise(.valueError, "empty separator") }
        let needle = Needle(part.view, in: text.kind)
        let list = try newList(capacity: 4)
        let view = text.view
        var at = 0, n = 0
        while n < most {
            let hit = needle.find(in: view, at, view.count)
            if hit < 0 { break }
            try list.append(self, try substring(text, at, hit))
            at = hit + part.count
            n += 1
        }
        try list.append(self, try substring(text, at, view.count))
        return list.value
    }

    func strSplitRight(_ text: PyStr, _ separator: Value, _ limit: Int) throws(Raised) -> Value {
        let most = limit < 0 ? Int.max : limit
        let list = try newList(capacity: 4)
        let view = text.view
        var end = view.count, n = 0
        if separator.isNone || separator.isNull {
            while n < most {
                while end > 0 && UCD.isSpace(view[end - 1]) { end -= 1 }
                if end == 0 { break }
                var start = end
                while start > 0 && !UCD.isSpace(view[start - 1]) { start -= 1 }
                try list.append(self, try substring(text, start, end))
                end = start
                n += 1
            }
            while end > 0 && UCD.isSpace(view[end - 1]) { end -= 1 }
            if end > 0 { try list.append(self, try substring(text, 0, end)) }
        } else {
            guard isStr(separator) else { throw raise(.typeError, "must be str or None, not \(typeName(separator))") }
            let part = PyStr(separator)
            if part.count == 0 { throw raise(.valueError, "empty separator") }
            let needle = Needle(part.view, in: text.kind)
            while n < most {
                let hit = needle.findLast(in: view, 0, end)
                if hit < 0 { break }
                try list.append(self, try substring(text, hit + part.count, end))
                end = hit
                n += 1
            }
            try list.append(self, try substring(text, 0, end))
        }
        reverseItems(list)
        return list.value
    }

    func reverseItems(_ list: PyList) {
        var i = 0, j = list.count - 1
        while i < j {
            let item = list[i]
            list[i] = list[j]
            list[j] = item
            (i, j) = (i + 1, j - 1)
        }
    }

    private func splitSpaces(_ text: PyStr, _ most: Int) throws(Raised) -> Value {
        let list = try newList(capacity: 4)
        let view = text.view, count = view.count
        var at = 0, n = 0
        while true {
            while at < count && UCD.isSpace(view[at]) { at += 1 }
            if at == count { break }
            if n == most {
                try list.append(self, try substring(text, at, count))
                break
            }
            var end = at + 1
            while end < count && !UCD.isSpace(view[end]) { end += 1 }
            try list.append(self, try substring(text, at, end))
            at = end
            n += 1
        }
        return list.value
    }

    func strSplitLines(_ text: PyStr, keepEnds: Bool) throws(Raised) -> Value {
        let list = try newList(capacity: 4)
        let view = text.view, count = view.count
        var at = 0
        while at < count {
            var end = at
            while end < count && !UCD.isLineBreak(view[end]) { end += 1 }
            var next = end
            if next < count { next += view[next] == 13 && next + 1 < count && view[next + 1] == 10 ? 2 : 1 }
            try list.append(self, try substring(text, at, keepEnds ? next : end))
            at = next
        }
        return list.value
    }

    enum Side { case left, right, both }

    /// - Parameter name: the method's, for the message.
    func strStrip(_ text: PyStr, _ characters: Value, _ side: Side, _ name: StaticString) throws(Raised) -> Value {
        let view = text.view
        var start = 0, end = view.count
        if characters.isNone || characters.isNull {
            if side != .right { while start < end && UCD.isSpace(view[start]) { start += 1 } }
            if side != .left { while end > start && UCD.isSpace(view[end - 1]) { end -= 1 } }
            return try substring(text, start, end)
        }
        guard isStr(characters) else { throw raise(.typeError, "\(name) arg must be None or str") }
        let set = PyStr(characters).view
        func isIn(_ c: UInt32) -> Bool {
            for i in 0..<set.count where set[i] == c { return true }
            return false
        }
        if side != .right { while start < end && isIn(view[start]) { start += 1 } }
        if side != .left { while end > start && isIn(view[end - 1]) { end -= 1 } }
        return try substring(text, start, end)
    }

    public func strJoin(_ separator: PyStr, _ iterable: Value) throws(Raised) -> Value {
        let items = try sequenceItems(iterable, "can only join an iterable")
        let count = sequenceCount(items)
        if count == 0 { return emptyStr }
        if count == 1 {
            let only = sequenceItem(items, 0)
            if isExactStr(only) { return only }
        }
        let isList = self.isList(items)
        var total = 0, seen = separator.isASCII || count == 1 ? 0x7F : separator.kind == 1 ? 0xFF : separator.kind == 2 ? 0xFFFF : 0x10FFFF
        for i in 0..<count {
            let item = isList ? PyList(items)[i] : PyTuple(items)[i]
            guard isStr(item) else {
                throw raise(.typeError, "sequence item \(i): expected str instance, \(typeName(item)) found")
            }
            let part = PyStr(item)
            total &+= part.count
            if !part.isASCII { seen = max(seen, part.kind == 1 ? 0xFF : part.kind == 2 ? 0xFFFF : 0x10FFFF) }
        }
        let (gaps, overflow) = separator.count.multipliedReportingOverflow(by: count - 1)
        if overflow || gaps > 1 << 44 { throw raise(.overflowError, "join() result is too long for a Python string") }
        total += gaps
        if total == 0 { return emptyStr }
        let kind = seen < 0x100 ? 1 : seen < 0x10000 ? 2 : 4
        let result = try newStr(count: total, kind: kind, ascii: seen < 0x80)
        if kind == 1 {
            joinBytes(separator, items, count, result.bytes)
            return result.value
        }
        var target = UnsafeMutableRawPointer(result.bytes)
        let gap = separator.view
        for i in 0..<count {
            if i > 0 && gap.count > 0 {
                gap.copy(to: target, kind: kind)
                target += gap.count * kind
            }
            let part = PyStr(sequenceItem(items, i)).view
            part.copy(to: target, kind: kind)
            target += part.count * kind
        }
        return result.value
    }

    /// Parts and separator of one byte a code point.
    private func joinBytes(_ separator: PyStr, _ items: Value, _ count: Int, _ start: UnsafeMutablePointer<UInt8>) {
        let isList = self.isList(items)
        let gap = separator.bytes, gapCount = separator.count
        var target = start
        for i in 0..<count {
            if i > 0 {
                var k = 0
                while k < gapCount {
                    target[k] = gap[k]
                    k &+= 1
                }
                target += gapCount
            }
            let part = PyStr(isList ? PyList(items)[i] : PyTuple(items)[i])
            target.update(from: part.bytes, count: part.count)
            target += part.count
        }
    }

    /// A list or tuple as it is, anything else as a new list; TypeError `message` if it is not iterable.
    func sequenceItems(_ value: Value, _ message: StaticString) throws(Raised) -> Value {
        if isList(value) || isTuple(value) { return value }
        let kind = type(of: value)
        if kind.slots.iter == nil && kind.slots.item == nil { throw raise(.typeError, "\(message)") }
        return try listFrom(value).value
    }
    func sequenceCount(_ items: Value) -> Int { isList(items) ? PyList(items).count : PyTuple(items).count }
    func sequenceItem(_ items: Value, _ i: Int) -> Value { isList(items) ? PyList(items)[i] : PyTuple(items)[i] }
}
