// Reading through a buffer. CPython: Modules/_io/bufferedio.c.
import PyRuntime

extension VM {
    /// Before reading: what was written goes out first.
    @inline(__always) private func beginReading(_ b: PyBuffered) throws(Raised) {
        if b.pending > 0 { try flushPending(b) }
    }

    /// Reads into the free end of storage. nil = would block, 0 = end.
    func fill(_ b: PyBuffered, appending: Bool = false) throws(Raised) -> Int? {
        try beginReading(b)
        if b.ahead == 0 && !appending { b.dropAhead() }
        let start = b.ref.pointee.readEnd
        let got = try rawRead(b, b.bytes + start, b.ref.pointee.size - start)
        if let got { b.ref.pointee.readEnd = start + got }
        return got
    }

    /// Takes `count` bytes that are there already.
    @inline(__always) private func take(_ b: PyBuffered, _ count: Int) throws(Raised) -> Value {
        if count == 0 { return state.pointee.emptyBytes }
        let made = try newBytes(count: count)
        made.bytes.update(from: b.bytes + b.ref.pointee.position, count: count)
        b.ref.pointee.position += count
        return made.value
    }

    /// `read(count)`.
    func bufferedRead(_ b: PyBuffered, _ count: Int) throws(Raised) -> Value {
        if count <= b.ahead && b.pending == 0 { return try take(b, count) }
        try beginReading(b)
        let made = try newBytes(count: count)
        var filled = b.ahead
        made.bytes.update(from: b.bytes + b.ref.pointee.position, count: filled)
        b.dropAhead()
        let size = b.ref.pointee.size
        // Whole buffers go straight to their place.
        while count - filled >= size {
            let wanted = (count - filled) / size * size
            guard let got = try rawRead(b, made.bytes + filled, wanted) else { return try partial(made, filled, blocked: true) }
            if got == 0 { return try partial(made, filled, blocked: false) }
            filled += got
        }
        while filled < count && b.ref.pointee.readEnd < size {
            guard let got = try fill(b, appending: true) else { return try partial(made, filled, blocked: true) }
            if got == 0 { return try partial(made, filled, blocked: false) }
            let n = min(got, count - filled)
            (made.bytes + filled).update(from: b.bytes + b.ref.pointee.position, count: n)
            b.ref.pointee.position += n
            filled += n
        }
        return filled == count ? made.value : try partial(made, filled, blocked: false)
    }

    private func partial(_ made: PyBytes, _ filled: Int, blocked: Bool) throws(Raised) -> Value {
        if blocked && filled == 0 { return .none }
        return try trimmed(made, filled)
    }

    /// `read()`: all to the end.
    func bufferedReadAll(_ b: PyBuffered) throws(Raised) -> Value {
        let ahead = try take(b, b.ahead)
        b.dropAhead()
        try beginReading(b)
        let raw = b.ref.pointee.raw
        if b.ref.pointee.isPlain, !hasOwnAttributes(raw) {
            if PyFileIO(raw).isClosed { throw closedFile() }
            return try joined(b, ahead, try fileReadAll(PyFileIO(raw)))
        }
        let readall = try getAttrIfPresent(raw, ioName(.readall))
        if !readall.isNull {
            let rest = try call(readall)
            if !rest.isNone && !isBytes(rest) { throw raise(.typeError, "readall() should return bytes") }
            return try joined(b, ahead, rest)
        }
        let all = newByteArray()
        try append(all, PyBytes(ahead).view)
        while true {
            let piece = try callMethod(raw, ioName(.read))
            if !piece.isNone && !isBytes(piece) { throw raise(.typeError, "read() should return bytes") }
            if piece.isNone || PyBytes(piece).count == 0 {
                return piece.isNone && all.count == 0 ? piece : try bytes(all.view)
            }
            try append(all, PyBytes(piece).view)
            if b.ref.pointee.rawPosition >= 0 { b.ref.pointee.rawPosition += PyBytes(piece).count }
        }
    }

    private func joined(_ b: PyBuffered, _ head: Value, _ tail: Value) throws(Raised) -> Value {
        if tail.isNone { return PyBytes(head).count == 0 ? tail : head }
        if b.ref.pointee.rawPosition >= 0 { b.ref.pointee.rawPosition += PyBytes(tail).count }
        if PyBytes(head).count == 0 { return tail }
        let made = try newBytes(count: PyBytes(head).count + PyBytes(tail).count)
        made.bytes.update(from: PyBytes(head).bytes, count: PyBytes(head).count)
        (made.bytes + PyBytes(head).count).update(from: PyBytes(tail).bytes, count: PyBytes(tail).count)
        return made.value
    }

    func append(_ array: PyByteArray, _ view: UnsafeBufferPointer<UInt8>) throws(Raised) {
        guard let source = view.baseAddress, view.count > 0 else { return }
        let old = array.count
        try array.resize(self, old + view.count)
        if let target = array.ref.pointee.bytes { (target + old).update(from: source, count: view.count) }
    }

    /// `read1(count)`: at most one raw read.
    func bufferedRead1(_ b: PyBuffered, _ count: Int) throws(Raised) -> Value {
        let count = count < 0 ? b.ref.pointee.size : count
        if count == 0 { return state.pointee.emptyBytes }
        try beginReading(b)
        if b.ahead > 0 { return try take(b, min(b.ahead, count)) }
        b.dropAhead()
        let made = try newBytes(count: count)
        let got = try rawRead(b, made.bytes, count) ?? 0
        return try trimmed(made, got)
    }

    /// `peek()`: what is there, after one raw read if nothing is.
    func bufferedPeek(_ b: PyBuffered) throws(Raised) -> Value {
        try beginReading(b)
        if b.ahead == 0 { _ = try fill(b) }
        return try bytes(UnsafeBufferPointer(start: b.bytes + b.ref.pointee.position, count: b.ahead))
    }

    /// `readinto` and, with `once`, `readinto1`.
    func bufferedReadInto(_ b: PyBuffered, _ target: UnsafeMutableRawPointer?, _ count: Int, once: Bool) throws(Raised) -> Value {
        guard let target else { return Value(small: 0) }
        let out = target.assumingMemoryBound(to: UInt8.self)
        var filled = 0
        func drain() {
            let n = min(b.ahead, count - filled)
            if n == 0 { return }
            (out + filled).update(from: b.bytes + b.ref.pointee.position, count: n)
            b.ref.pointee.position += n
            filled += n
        }
        drain()
        if filled == count { return int(filled) }
        try beginReading(b)
        b.dropAhead()
        while filled < count {
            let before = filled
            let got: Int?
            if count - filled > b.ref.pointee.size {
                got = try rawRead(b, out + filled, count - filled)
                filled += got ?? 0
            } else {
                // `readinto1` does not fill the buffer for the sake of a little more.
                if once && filled > 0 { break }
                got = try fill(b)
                drain()
            }
            guard let got else {
                if before == 0 { return .none }
                break
            }
            if got == 0 || once { break }
        }
        return int(filled)
    }

    /// `readline(limit)`; negative: no limit.
    func bufferedReadline(_ b: PyBuffered, _ limit: Int) throws(Raised) -> Value {
        if b.pending == 0 {
            let most = limit >= 0 && limit < b.ahead ? limit : b.ahead
            if most > 0 {
                let start = b.bytes + b.ref.pointee.position
                let n = scanNewline(start, most)
                if start[n - 1] == 10 || n == limit { return try take(b, n) }
            } else if limit == 0 {
                return state.pointee.emptyBytes
            }
        }
        try beginReading(b)
        let line = newByteArray()
        while limit < 0 || line.count < limit {
            if b.ahead == 0 {
                b.dropAhead()
                guard let got = try fill(b), got > 0 else { break }
            }
            let most = limit < 0 ? b.ahead : min(b.ahead, limit - line.count)
            let start = b.bytes + b.ref.pointee.position
            let n = scanNewline(start, most)
            b.ref.pointee.position += n
            let ends = start[n - 1] == 10
            if ends && line.count == 0 { return try bytes(UnsafeBufferPointer(start: start, count: n)) }
            try append(line, UnsafeBufferPointer(start: start, count: n))
            if ends { break }
        }
        return try bytes(line.view)
    }
}
