// Writing through a buffer; positions; closing. CPython: Modules/_io/bufferedio.c.
import PyPlatform
import PyRuntime

extension VM {
    /// BlockingIOError with `characters_written`.
    func raiseBlocking(_ written: Int) -> Raised {
        do {
            let all = try newTuple(3)
            all[0] = int(Int(EAGAIN))
            all[1] = str("write could not complete without blocking")
            all[2] = int(written)
            return raise(exceptionType(.blockingIOError), argsTuple: all.value)
        } catch { return Raised() }
    }

    /// Writes the pending region out. On an error what is left stays pending.
    func flushPending(_ b: PyBuffered) throws(Raised) {
        while b.pending > 0 {
            guard let put = try rawWrite(b, b.bytes + b.ref.pointee.writeStart, b.pending) else { throw raiseBlocking(0) }
            b.ref.pointee.writeStart += put
        }
        b.ref.pointee.writeStart = 0
        b.ref.pointee.writeEnd = 0
    }

    /// The raw stream goes back to where the reader is; nothing is read ahead any more.
    func rewind(_ b: PyBuffered) throws(Raised) {
        if b.ahead > 0 { _ = try rawSeek(b, -b.ahead, 1) }
        b.dropAhead()
    }

    /// `flush()` of a writer.
    func bufferedFlush(_ b: PyBuffered) throws(Raised) {
        try flushPending(b)
        if b.ref.pointee.readable { try rewind(b) }
    }

    /// Moves the pending region to the front of storage.
    private func compact(_ b: PyBuffered) {
        let start = b.ref.pointee.writeStart
        if start == 0 { return }
        b.bytes.update(from: b.bytes + start, count: b.pending)
        b.ref.pointee.writeEnd -= start
        b.ref.pointee.writeStart = 0
    }

    @inline(__always) private func put(_ b: PyBuffered, _ source: UnsafePointer<UInt8>, _ count: Int) {
        (b.bytes + b.ref.pointee.writeEnd).update(from: source, count: count)
        b.ref.pointee.writeEnd += count
    }

    /// `write(data)`: all of it, or BlockingIOError.
    func bufferedWrite(_ b: PyBuffered, _ source: UnsafePointer<UInt8>?, _ count: Int) throws(Raised) {
        guard let source, count > 0 else { return }
        if b.ref.pointee.readEnd > 0 { try rewind(b) }
        let size = b.ref.pointee.size
        if count <= size - b.ref.pointee.writeEnd { return put(b, source, count) }
        do { try flushPending(b) } catch {
            if !raisedMatches(.blockingIOError) { throw Raised() }
            // The raw stream takes no more: keep what fits.
            clearRaised()
            compact(b)
            let room = size - b.ref.pointee.writeEnd
            if count <= room { return put(b, source, count) }
            put(b, source, room)
            throw raiseBlocking(room)
        }
        var written = 0
        while count - written > size {
            guard let n = try rawWrite(b, source + written, count - written) else {
                put(b, source + written, size)
                throw raiseBlocking(written + size)
            }
            written += n
            // Signal handlers get their turn in long writes (PEP 475).
            try poll()
        }
        put(b, source + written, count - written)
    }

    // MARK: Positions

    func bufferedTell(_ b: PyBuffered) throws(Raised) -> Int { try rawTell(b) - b.ahead + b.pending }

    func bufferedSeek(_ b: PyBuffered, _ target: Value, _ whenceValue: Value) throws(Raised) -> Value {
        let whence = try cInt(whenceValue)
        try checkReady(b)
        if whence < 0 || whence > 4 { throw raise(.valueError, "whence value \(whence) unsupported") }
        try checkOpen(b, "seek of")
        _ = try checkAble(b.ref.pointee.raw, .seekable, "File or stream is not seekable.")
        var position = try indexInt(target, overflow: .valueError)
        if whence < 2 && b.ref.pointee.readable && b.pending == 0 {
            // Within what is read ahead nothing needs to move but the position.
            let current = b.ref.pointee.rawPosition >= 0 ? b.ref.pointee.rawPosition : try rawTell(b)
            let here = current - b.ahead
            let (step, overflow) = whence == 0 ? position.subtractingReportingOverflow(here) : (position, false)
            if !overflow && step >= -b.ref.pointee.position && step <= b.ahead && b.ref.pointee.readEnd > 0 {
                b.ref.pointee.position += step
                return int(here + step)
            }
        }
        return try locked(b) { () throws(Raised) in
            if self.isClosedNow(b) { throw self.raise(.valueError, "seek of closed file") }
            try self.flushPending(b)
            if whence == 1 {
                let (moved, overflow) = position.subtractingReportingOverflow(b.ahead)
                if overflow { throw self.raise(.overflowError, "new position too large") }
                position = moved
            }
            let at = try self.rawSeek(b, position, whence)
            b.dropAhead()
            return self.int(at)
        }
    }

    func isClosedNow(_ b: PyBuffered) -> Bool { b.ref.pointee.storage.isNull }

    func bufferedTruncate(_ b: PyBuffered, _ size: Value) throws(Raised) -> Value {
        try checkReady(b)
        try checkOpen(b, "truncate of")
        if !b.ref.pointee.writable { throw unsupported("truncate") }
        return try locked(b) { () throws(Raised) in
            try self.bufferedFlush(b)
            let answer = try self.callMethod(b.ref.pointee.raw, self.ioName(.truncate), size.isNull ? .none : size)
            do { _ = try self.rawTell(b) } catch { self.clearRaised() }
            return answer
        }
    }

    // MARK: Closing

    func bufferedClose(_ b: PyBuffered) throws(Raised) -> Value {
        try checkReady(b)
        if try isClosed(b) { return .none }
        if b.ref.pointee.finalizing {
            let raw = b.ref.pointee.raw
            if raw.isExactly(PyType(io.pointee.fileIO)) {
                warnUnclosed(PyFileIO(raw), b.value)
            } else {
                do { _ = try callMethod(raw, ioName(.deallocWarn), b.value) } catch { clearRaised() }
            }
        }
        var pending = Value.null
        do { _ = try callMethod(b.value, ioName(.flush)) } catch { pending = takeRaised() }
        var answer = Value.none
        do {
            // Others wait, and then find the stream closed.
            answer = try locked(b) { () throws(Raised) in try self.callMethod(b.ref.pointee.raw, self.ioName(.close)) }
        } catch {
            let failure = takeRaised()
            dropStorage(b)
            _ = restoreRaised(failure)
            throw chain(pending)
        }
        dropStorage(b)
        if pending.isObject { throw restoreRaised(pending) }
        return answer
    }

    private func dropStorage(_ b: PyBuffered) {
        b.ref.pointee.storage = .null
        b.dropAhead()
        b.ref.pointee.writeStart = 0
        b.ref.pointee.writeEnd = 0
    }

    func bufferedDetach(_ b: PyBuffered) throws(Raised) -> Value {
        try checkReady(b)
        _ = try callMethod(b.value, ioName(.flush))
        let raw = b.ref.pointee.raw
        b.ref.pointee.raw = .null
        b.ref.pointee.isDetached = true
        b.ref.pointee.isReady = false
        return raw.isNull ? .none : raw
    }
}
