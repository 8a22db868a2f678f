// `TextIOWrapper`: reading characters and lines. CPython: Modules/_io/textio.c.
import PyRuntime
import PyUnicode

extension VM {
    /// Replaces the decoded text by that of the next chunk. False = the end.
    func readChunk(_ t: PyTextIO, hint: Int) throws(Raised) -> Bool {
        if t.ref.pointee.decodes == .none { throw unsupported("not readable") }
        var before = Value.null
        var flags = 0
        // Kept: another thread may turn it on meanwhile.
        let telling = t.ref.pointee.telling
        if telling { (before, flags) = try decoderState(of: t) }
        var size = t.ref.pointee.chunkSize
        if hint > 0 {
            let guess = t.ref.pointee.ratio * Double(hint)
            if guess > Double(size) { size = guess < 1e15 ? Int(guess) : Int(Int32.max) }
        }
        let chunk: Value
        if t.ref.pointee.hasRead1, let b = plainBuffer(t), b.ref.pointee.readable {
            try checkOpen(b, "read of")
            chunk = try locked(b) { () throws(Raised) in try self.bufferedRead1(b, size) }
        } else {
            chunk = try callMethod(t.ref.pointee.buffer, ioName(t.ref.pointee.hasRead1 ? .read1 : .read), int(size))
        }
        if !chunk.isExactly(types.bytes) && type(of: chunk).slots.buffer == nil {
            throw raise(
                .typeError,
                "underlying \(t.ref.pointee.hasRead1 ? "read1" : "read")() should have returned a bytes-like object, not '\(typeName(chunk))'")
        }
        let count = chunk.isExactly(types.bytes) ? PyBytes(chunk).count : try length(chunk)
        let text = try decodeChunk(t, chunk, final: count == 0)
        t.ref.pointee.decoded = text
        t.ref.pointee.used = 0
        let characters = PyStr(text).count
        t.ref.pointee.ratio = characters > 0 ? Double(count) / Double(characters) : 0
        if telling {
            let input = chunk.isExactly(types.bytes) ? chunk : try bytesFromBuffer(chunk)
            t.ref.pointee.snapshotFlags = flags
            if PyBytes(before).count == 0 {
                t.ref.pointee.snapshot = input
            } else {
                let joined = try newBytes(count: PyBytes(before).count + PyBytes(input).count)
                joined.bytes.update(from: PyBytes(before).bytes, count: PyBytes(before).count)
                (joined.bytes + PyBytes(before).count).update(from: PyBytes(input).bytes, count: PyBytes(input).count)
                t.ref.pointee.snapshot = joined.value
            }
        }
        return count > 0 || characters > 0
    }

    /// Up to `count` of the characters that are there; negative: all.
    private func takeDecoded(_ t: PyTextIO, _ count: Int) throws(Raised) -> Value {
        let left = t.left
        if left == 0 { return emptyStr }
        let n = count < 0 || count > left ? left : count
        let used = t.ref.pointee.used
        t.ref.pointee.used = used + n
        return try substring(PyStr(t.ref.pointee.decoded), used, used + n)
    }

    func textRead(_ t: PyTextIO, _ count: Int) throws(Raised) -> Value {
        if t.ref.pointee.decodes == .none { throw unsupported("not readable") }
        try writePending(t)
        if count < 0 {
            let bytes = try callMethod(t.ref.pointee.buffer, ioName(.read))
            let rest = try decodeRest(t, bytes)
            let head = try takeDecoded(t, -1)
            t.ref.pointee.snapshot = .null
            t.dropDecoded()
            if PyStr(head).count == 0 { return rest }
            if PyStr(rest).count == 0 { return head }
            return try binary(.add, head, rest)
        }
        let head = try takeDecoded(t, count)
        var remaining = count - PyStr(head).count
        if remaining == 0 { return head }
        let pieces = try newList()
        if PyStr(head).count > 0 { try pieces.append(self, head) }
        while remaining > 0 {
            if try !readChunk(t, hint: remaining) { break }
            let piece = try takeDecoded(t, remaining)
            remaining -= PyStr(piece).count
            try pieces.append(self, piece)
        }
        return pieces.count == 1 ? pieces[0] : try strJoin(PyStr(emptyStr), pieces.value)
    }

    private func decodeRest(_ t: PyTextIO, _ bytes: Value) throws(Raised) -> Value {
        if t.ref.pointee.decodes == .object {
            // The decoder sees whatever `read` gave, and complains itself.
            return try decodeChunk(t, bytes, final: true)
        }
        if type(of: bytes).slots.buffer == nil { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(bytes))'") }
        return try decodeChunk(t, bytes, final: true)
    }

    // MARK: Lines

    /// The end of the line that begins at `start`, at most `end`; negative if it goes on.
    @inline(__always) func lineEnd(_ text: TextView, _ start: Int, _ end: Int, _ kind: UInt8) -> Int {
        if kind == 10 && text.kind == 1 {
            guard let found = findByte(10, text.bytes + start, end - start) else { return -1 }
            return start + found + 1
        }
        return lineEndSlow(text, start, end, kind)
    }

    @inline(never) private func lineEndSlow(_ text: TextView, _ start: Int, _ end: Int, _ kind: UInt8) -> Int {
        var i = start
        switch kind {
        case 10, 13:
            let wanted = UInt32(kind)
            while i < end {
                if text[i] == wanted { return i + 1 }
                i += 1
            }
        case 0:
            while i + 1 < end {
                if text[i] == 13 && text[i + 1] == 10 { return i + 2 }
                i += 1
            }
        default:
            while i < end {
                let c = text[i]
                i += 1
                if c == 10 { return i }
                if c == 13 { return i < end && text[i] == 10 ? i + 1 : i }
            }
        }
        return -1
    }

    func textReadline(_ t: PyTextIO, _ limit: Int) throws(Raised) -> Value {
        if t.ref.pointee.pendingCount > 0 { try writePending(t) }
        var pieces: PyList?
        var taken = 0
        var endsInReturn = false
        let kind = t.ref.pointee.lineEnd
        while limit < 0 || taken < limit {
            if t.left == 0 {
                if try !readChunk(t, hint: 0) {
                    t.dropDecoded()
                    t.ref.pointee.snapshot = .null
                    break
                }
                if t.left == 0 { continue }
            }
            let text = PyStr(t.ref.pointee.decoded)
            let start = t.ref.pointee.used
            let most = limit < 0 ? text.count : min(text.count, start + limit - taken)
            var end = lineEnd(text.view, start, most, kind)
            if kind == 0 && endsInReturn && text[start] == 10 { end = start + 1 }
            let stop = end < 0 ? most : end
            t.ref.pointee.used = stop
            taken += stop - start
            let piece = try substring(text, start, stop)
            if end >= 0 && pieces == nil { return piece }
            if pieces == nil { pieces = try newList() }
            try pieces?.append(self, piece)
            if end >= 0 { break }
            endsInReturn = text[stop - 1] == 13
        }
        guard let pieces else { return emptyStr }
        return pieces.count == 1 ? pieces[0] : try strJoin(PyStr(emptyStr), pieces.value)
    }
}
