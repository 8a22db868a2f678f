// `TextIOWrapper`: writing. What is encoded waits in `pending` until there is a chunk of it. CPython: Modules/_io/textio.c.
import PyRuntime
import PyUnicode

extension VM {
    /// Hands the waiting bytes to the buffer. They are gone from here even where that fails.
    func writePending(_ t: PyTextIO) throws(Raised) {
        let count = t.ref.pointee.pendingCount
        if count == 0 { return }
        let cell = t.ref.pointee.pending
        t.ref.pointee.pendingCount = 0
        // The buffer may have to be waited for: what other threads write meanwhile must not come over these bytes.
        t.ref.pointee.pending = .null
        let start = (cell.pointer + MemoryLayout<BufferLayout>.size).assumingMemoryBound(to: UInt8.self)
        try writeBytes(t, .null, UnsafeBufferPointer(start: UnsafePointer(start), count: count))
        if t.ref.pointee.pending.isNull { t.ref.pointee.pending = cell }
    }

    /// `buffer.write` of these bytes; `object` is a bytes object with them, or NULL.
    private func writeBytes(_ t: PyTextIO, _ object: Value, _ view: UnsafeBufferPointer<UInt8>) throws(Raised) {
        if let b = plainBuffer(t), b.ref.pointee.writable {
            _ = try locked(b) { () throws(Raised) in
                if try self.isClosed(b) { throw self.raise(.valueError, "write to closed file") }
                try self.bufferedWrite(b, view.baseAddress, view.count)
                return .none
            }
            return
        }
        let data = object.isNull ? try bytes(view) : object
        while true {
            do {
                _ = try callMethod(t.ref.pointee.buffer, ioName(.write), data)
                return
            } catch {
                if !raisedMatches(.interruptedError) { throw Raised() }
                clearRaised()
            }
        }
    }

    /// `write(text)` on a stream that was found open. Returns nothing: all of it is taken.
    func textWrite(_ t: PyTextIO, _ value: Value) throws(Raised) {
        if t.ref.pointee.encodes == .none { throw unsupported("not writable") }
        var text = PyStr(value)
        var flushes = false
        if t.ref.pointee.lineBuffering || t.ref.pointee.writeEnd != 10 {
            let hasLine = containsCharacter(text, 10)
            if hasLine && t.ref.pointee.writeEnd != 10 {
                let end = t.ref.pointee.writeEnd == 13 ? latin1(13) : str("\r\n" as StaticString)
                text = PyStr(try callMethod(value, ioName(.replace), latin1(10), end))
            }
            if t.ref.pointee.lineBuffering { flushes = hasLine || containsCharacter(text, 13) }
        }
        let encoded = try encodePiece(t, text)
        let view = encoded.isNull ? UnsafeBufferPointer(start: UnsafePointer(text.bytes), count: text.count) : PyBytes(encoded).view
        let chunk = t.ref.pointee.chunkSize
        let (sum, overflow) = t.ref.pointee.pendingCount.addingReportingOverflow(view.count)
        if overflow || sum > chunk { try writePending(t) }
        if view.count >= chunk {
            try writeBytes(t, encoded, view)
        } else if let source = view.baseAddress, view.count > 0 {
            try appendPending(t, source, view.count)
            if t.ref.pointee.pendingCount >= chunk || flushes || t.ref.pointee.writeThrough { try writePending(t) }
        } else if flushes {
            try writePending(t)
        }
        if flushes { try flushBuffer(t) }
        if !t.ref.pointee.decoded.isNull || !t.ref.pointee.snapshot.isNull {
            t.dropDecoded()
            t.ref.pointee.snapshot = .null
        }
        if t.ref.pointee.decodes != .none { try resetDecoder(of: t) }
    }

    @inline(__always) private func appendPending(_ t: PyTextIO, _ source: UnsafePointer<UInt8>, _ count: Int) throws(Raised) {
        let old = t.ref.pointee.pendingCount
        let cell = t.ref.pointee.pending
        if cell.isNull || cell.cast(BufferLayout.self).pointee.byteCount < old + count {
            let fresh = try newByteBuffer(max(min(t.ref.pointee.chunkSize, 1 << 20), old + count))
            if old > 0 { (fresh.pointer + 16).copyMemory(from: cell.pointer + 16, byteCount: old) }
            t.ref.pointee.pending = fresh
        }
        (t.ref.pointee.pending.pointer + 16 + old).copyMemory(from: source, byteCount: count)
        t.ref.pointee.pendingCount = old + count
    }

    func flushBuffer(_ t: PyTextIO) throws(Raised) {
        if let b = plainBuffer(t), b.ref.pointee.writable {
            if try isClosed(b) { throw raise(.valueError, "flush of closed file") }
            _ = try locked(b) { () throws(Raised) in
                try self.bufferedFlush(b)
                return .none
            }
            return
        }
        _ = try callMethod(t.ref.pointee.buffer, ioName(.flush))
    }

    @inline(__always) private func containsCharacter(_ text: PyStr, _ c: UInt8) -> Bool {
        if text.kind == 1 { return findByte(c, text.bytes, text.count) != nil }
        for i in 0..<text.count where text[i] == UInt32(c) { return true }
        return false
    }

    func textFlush(_ t: PyTextIO) throws(Raised) -> Value {
        try checkAttached(t)
        try checkOpen(t)
        t.ref.pointee.telling = t.ref.pointee.seekable
        try writePending(t)
        if let b = plainBuffer(t), b.ref.pointee.writable {
            try flushBuffer(t)
            return .none
        }
        return try callMethod(t.ref.pointee.buffer, ioName(.flush))
    }
}
