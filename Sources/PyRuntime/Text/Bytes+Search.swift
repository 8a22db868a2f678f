// find, count, replace, split, partition, strip, startswith of bytes and bytearray.
// CPython: Objects/bytes_methods.c, Objects/stringlib.
import PyUnicode

extension VM {
    /// The substring argument: bytes-like, or an int for one byte.
    func withByteTarget<T>(_ value: Value, _ body: (ByteView) throws(Raised) -> T) throws(Raised) -> T {
        if hasBuffer(value) { return try withBytes(of: value, body) }
        guard hasIndex(value) else {
            throw raise(.typeError, "argument should be integer or bytes-like object, not '\(typeName(value))'")
        }
        let byte = try byteValue(value, message: "byte must be in range(0, 256)")
        let one = try bytes([byte])
        return try body(PyBytes(one).view)
    }

    /// An int in 0...255.
    func byteValue(_ value: Value, message: StaticString) throws(Raised) -> UInt8 {
        if value.isSmallInt {
            let n = value.smallInt
            if n >= 0 && n < 256 { return UInt8(n) }
            throw raise(.valueError, "\(message)")
        }
        let n = try indexInt(value, overflow: nil)
        guard n >= 0 && n < 256 else { throw raise(.valueError, "\(message)") }
        return UInt8(n)
    }

    func bytesFind(_ text: ByteView, _ part: ByteView, _ start: Int, _ end: Int, last: Bool = false) -> Int {
        if part.count > end - start || start > end { return -1 }
        guard let base = text.baseAddress, let needle = part.baseAddress else { return part.count > 0 ? -1 : last ? end : start }
        return last
            ? TextSearch.findLast(needle, part.count, base, start, end) : TextSearch.find(needle, part.count, base, start, end)
    }

    func bytesFind(_ s: Value, _ arguments: FindArguments, last: Bool) throws(Raised) -> Int {
        try withByteTarget(arguments.target) { (part) throws(Raised) -> Int in
            var range = arguments
            let text = self.ownBytes(s)
            range.adjust(text.count)
            return self.bytesFind(text, part, range.start, range.end, last: last)
        }
    }

    func bytesIndex(_ s: Value, _ arguments: FindArguments, last: Bool) throws(Raised) -> Value {
        let hit = try bytesFind(s, arguments, last: last)
        if hit < 0 { throw raise(.valueError, "subsection not found") }
        return Value(small: hit)
    }

    func bytesCount(_ s: Value, _ arguments: FindArguments) throws(Raised) -> Value {
        try withByteTarget(arguments.target) { (part) throws(Raised) -> Value in
            var range = arguments
            let text = self.ownBytes(s)
            range.adjust(text.count)
            if part.count > range.end - range.start || range.start > range.end { return Value(small: 0) }
            guard let base = text.baseAddress, let needle = part.baseAddress else { return Value(small: part.count > 0 ? 0 : range.end - range.start + 1) }
            return Value(small: TextSearch.count(needle, part.count, base, range.start, range.end))
        }
    }

    func bytesContains(_ s: Value, _ item: Value) throws(Raised) -> Bool {
        if hasBuffer(item) {
            return try withBytes(of: item) { (part) throws(Raised) -> Bool in
                let text = self.ownBytes(s)
                return self.bytesFind(text, part, 0, text.count) >= 0
            }
        }
        // Whatever `__index__` raises: it is no number then.
        guard hasIndex(item), let number = try? index(item) else {
            clearRaised()
            throw raise(.typeError, "a bytes-like object is required, not '\(typeName(item))'")
        }
        let byte = try byteValue(number, message: "byte must be in range(0, 256)")
        let text = ownBytes(s)
        guard let base = text.baseAddress else { return false }
        return TextSearch.find(byte, base, 0, text.count) >= 0
    }

    func bytesTailMatch(_ s: Value, _ arguments: FindArguments, _ name: StaticString, atEnd: Bool) throws(Raised) -> Value {
        func matches(_ option: Value) throws(Raised) -> Bool {
            try withBytes(of: option) { (part) throws(Raised) -> Bool in
                var range = arguments
                let text = self.ownBytes(s)
                range.adjust(text.count)
                guard range.start <= range.end, part.count <= range.end - range.start else { return false }
                let at = atEnd ? range.end - part.count : range.start
                for i in 0..<part.count where text[at + i] != part[i] { return false }
                return true
            }
        }
        let target = arguments.target
        if isTuple(target) {
            let options = PyTuple(target)
            for i in 0..<options.count where try matches(options[i]) { return .true }
            return .false
        }
        guard hasBuffer(target) else {
            throw raise(.typeError, "\(name) first arg must be bytes or a tuple of bytes, not \(typeName(target))")
        }
        return Value(try matches(target))
    }

    func bytesRemoveAffix(_ s: Value, _ part: Value, suffix: Bool) throws(Raised) -> Value {
        try withBytes(of: part) { (part) throws(Raised) -> Value in
            let text = self.ownBytes(s)
            let at = suffix ? text.count - part.count : 0
            var hit = part.count > 0 && part.count <= text.count
            if hit { for i in 0..<part.count where text[at + i] != part[i] { hit = false; break } }
            if !hit { return try self.sameBytes(s) }
            return try self.bytesLike(s, suffix ? text[..<at] : text[part.count...])
        }
    }

    func bytesPartition(_ s: Value, _ separator: Value, last: Bool) throws(Raised) -> Value {
        // bytearray takes a copy, wherever the bytes lie.
        let kept = isByteArray(s) ? try byteArray(PyBytes(try bytesFromBuffer(separator)).view) : separator
        return try withBytes(of: kept) { (part) throws(Raised) -> Value in
            if part.count == 0 { throw self.raise(.valueError, "empty separator") }
            let text = self.ownBytes(s)
            let hit = self.bytesFind(text, part, 0, text.count, last: last)
            let none = ByteView(start: nil, count: 0)
            if hit < 0 {
                let whole = try self.sameBytes(s)
                let a = try self.bytesLike(s, none), b = try self.bytesLike(s, none)
                return last ? self.tuple(a, b, whole) : self.tuple(whole, a, b)
            }
            let before = try self.bytesLike(s, text[..<hit])
            let after = try self.bytesLike(s, text[(hit + part.count)...])
            return self.tuple(before, kept, after)
        }
    }

    func bytesReplace(_ s: Value, _ old: Value, _ new: Value, _ limit: Int) throws(Raised) -> Value {
        try withBytes(of: old) { (old) throws(Raised) -> Value in
            try self.withBytes(of: new) { (new) throws(Raised) -> Value in
                try self.bytesReplace(s, self.ownBytes(s), old, new, limit < 0 ? .max : limit)
            }
        }
    }

    private func bytesReplace(_ s: Value, _ text: ByteView, _ old: ByteView, _ new: ByteView, _ most: Int) throws(Raised) -> Value {
        if most == 0 || text.count < old.count { return try sameBytes(s) }
        var hits = 0
        if old.count == 0 {
            hits = min(most, text.count + 1)
        } else if let base = text.baseAddress, let needle = old.baseAddress {
            hits = TextSearch.count(needle, old.count, base, 0, text.count, limit: most)
        }
        if hits == 0 || (old.count == 0 && new.count == 0) { return try sameBytes(s) }
        let (growth, overflow) = (new.count - old.count).multipliedReportingOverflow(by: hits)
        if overflow || growth > 1 << 60 { throw raise(.overflowError, "replace bytes is too long") }
        let (made, start) = try newBytesLike(s, count: text.count + growth)
        guard var target = start else { return made }
        func put(_ part: Slice<ByteView>) {
            let view = ByteView(rebasing: part)
            if let from = view.baseAddress { target.update(from: from, count: view.count) }
            target += view.count
        }
        if old.count == 0 {
            for i in 0...text.count {
                if i < hits { put(new[...]) }
                if i < text.count { put(text[i...i]) }
            }
            return made
        }
        var at = 0
        for _ in 0..<hits {
            let hit = bytesFind(text, old, at, text.count)
            put(text[at..<hit])
            put(new[...])
            at = hit + old.count
        }
        put(text[at...])
        return made
    }

    // MARK: Splitting

    func bytesSplit(_ s: Value, _ separator: Value, _ limit: Int, fromRight: Bool) throws(Raised) -> Value {
        let most = limit < 0 ? Int.max : limit
        if separator.isNone || separator.isNull { return try bytesSplitSpaces(s, most, fromRight) }
        return try withBytes(of: separator) { (part) throws(Raised) -> Value in
            if part.count == 0 { throw self.raise(.valueError, "empty separator") }
            let list = try self.newList(capacity: 4)
            let text = self.ownBytes(s)
            var at = 0, end = text.count, n = 0
            while n < most {
                let hit = self.bytesFind(text, part, at, end, last: fromRight)
                if hit < 0 { break }
                if fromRight {
                    try list.append(self, try self.bytesLike(s, text[(hit + part.count)..<end]))
                    end = hit
                } else {
                    try list.append(self, try self.bytesLike(s, text[at..<hit]))
                    at = hit + part.count
                }
                n += 1
            }
            try list.append(self, try self.bytesLike(s, text[at..<end]))
            if fromRight { self.reverseItems(list) }
            return list.value
        }
    }

    private func bytesSplitSpaces(_ s: Value, _ most: Int, _ fromRight: Bool) throws(Raised) -> Value {
        let list = try newList(capacity: 4)
        let text = ownBytes(s)
        var at = 0, end = text.count, n = 0
        func trimFront() { while at < end && ASCIICase.isSpace(text[at]) { at += 1 } }
        func trimBack() { while end > at && ASCIICase.isSpace(text[end - 1]) { end -= 1 } }
        while n < most {
            if fromRight { trimBack() } else { trimFront() }
            if at == end { break }
            if fromRight {
                var start = end
                while start > at && !ASCIICase.isSpace(text[start - 1]) { start -= 1 }
                try list.append(self, try bytesLike(s, text[start..<end]))
                end = start
            } else {
                var stop = at
                while stop < end && !ASCIICase.isSpace(text[stop]) { stop += 1 }
                try list.append(self, try bytesLike(s, text[at..<stop]))
                at = stop
            }
            n += 1
        }
        if fromRight { trimBack() } else { trimFront() }
        if at < end {
            // What the limit left over keeps its inner and far spaces, but not the near ones.
            try list.append(self, try bytesLike(s, text[(fromRight ? 0 : at)..<end]))
        }
        if fromRight { reverseItems(list) }
        return list.value
    }

    func bytesSplitLines(_ s: Value, keepEnds: Bool) throws(Raised) -> Value {
        let list = try newList(capacity: 4)
        let text = ownBytes(s)
        var at = 0
        while at < text.count {
            var end = at
            while end < text.count && text[end] != 10 && text[end] != 13 { end += 1 }
            var next = end
            if next < text.count { next += text[next] == 13 && next + 1 < text.count && text[next + 1] == 10 ? 2 : 1 }
            try list.append(self, try bytesLike(s, text[at..<(keepEnds ? next : end)]))
            at = next
        }
        return list.value
    }

    func bytesStrip(_ s: Value, _ characters: Value, _ side: Side) throws(Raised) -> Value {
        func strip(_ isIn: (UInt8) -> Bool) throws(Raised) -> Value {
            let text = self.ownBytes(s)
            var start = 0, end = text.count
            if side != .right { while start < end && isIn(text[start]) { start += 1 } }
            if side != .left { while end > start && isIn(text[end - 1]) { end -= 1 } }
            if end - start == text.count { return try self.sameBytes(s) }
            return try self.bytesLike(s, text[start..<end])
        }
        if characters.isNone || characters.isNull { return try strip { ASCIICase.isSpace($0) } }
        return try withBytes(of: characters) { (set) throws(Raised) -> Value in try strip { set.contains($0) } }
    }
}
