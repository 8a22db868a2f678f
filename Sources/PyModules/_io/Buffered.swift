// `BufferedReader`, `BufferedWriter`, `BufferedRandom`: one layout, their state, and the calls to the raw stream below.
// Reading: Buffered+Reading.swift. Writing and positions: Buffered+Writing.swift. Methods: Buffered+Methods.swift.
// CPython: Modules/_io/bufferedio.c; the split in modes is that of Lib/_pyio.py.
//
//   reading:  storage [ consumed | position ..< readEnd | free ]   the raw stream stands at readEnd
//   writing:  storage [ written  | writeStart ..< writeEnd | free ]  the raw stream stands at writeStart
//   At most one of the two regions is not empty.
import PyPlatform
import PyRuntime

struct BufferedLayout {
    var type: PyType
    /// NULL = not initialised, or detached.
    var raw: Value
    /// A byte buffer cell; NULL = closed or not initialised.
    var storage: Value
    // Not values:
    var size: Int
    var position: Int
    var readEnd: Int
    var writeStart: Int
    var writeEnd: Int
    /// Where the raw stream is; -1 = not known.
    var rawPosition: Int
    /// The thread inside, 0 = nobody.
    var owner: UInt
    var isReady: Bool
    var isDetached: Bool
    var readable: Bool
    var writable: Bool
    var finalizing: Bool
    /// This type and `raw`'s are ours: nobody overrides anything, system calls are made directly.
    var isPlain: Bool
}

struct PyBuffered {
    let ref: UnsafeMutablePointer<BufferedLayout>
    init(_ value: Value) { ref = value.cast(BufferedLayout.self) }
    var value: Value { Value(ref) }
    /// - Precondition: there is storage.
    @inline(__always) var bytes: UnsafeMutablePointer<UInt8> {
        (ref.pointee.storage.pointer + MemoryLayout<BufferLayout>.size).assumingMemoryBound(to: UInt8.self)
    }
    /// Bytes read ahead.
    @inline(__always) var ahead: Int { ref.pointee.readEnd - ref.pointee.position }
    @inline(__always) var pending: Int { ref.pointee.writeEnd - ref.pointee.writeStart }
    func dropAhead() {
        ref.pointee.position = 0
        ref.pointee.readEnd = 0
    }
}

extension VM {
    // MARK: State

    func checkReady(_ b: PyBuffered) throws(Raised) {
        if !b.ref.pointee.isReady {
            throw raise(.valueError, b.ref.pointee.isDetached ? "raw stream has been detached" : "I/O operation on uninitialized object")
        }
    }

    /// `closed`, cheaply where nobody can have overridden it.
    @inline(__always) func isClosed(_ b: PyBuffered) throws(Raised) -> Bool {
        if b.ref.pointee.storage.isNull { return true }
        if b.ref.pointee.isPlain { return PyFileIO(b.ref.pointee.raw).isClosed }
        return try isClosed(b.ref.pointee.raw)
    }

    /// ValueError "<what> closed file", unless bytes read ahead are left.
    @inline(__always) func checkOpen(_ b: PyBuffered, _ what: StaticString) throws(Raised) {
        if try isClosed(b) && b.ahead == 0 { throw raise(.valueError, "\(what) closed file") }
    }

    /// One thread at a time; a second entry by the same thread (a signal handler, a raw stream that calls back) is an error.
    @inline(__always) func locked(_ b: PyBuffered, _ body: () throws(Raised) -> Value) throws(Raised) -> Value {
        let me = UInt(bitPattern: thread)
        if b.ref.pointee.owner != 0 { try waitForLock(b, me) }
        b.ref.pointee.owner = me
        defer { b.ref.pointee.owner = 0 }
        return try body()
    }

    @inline(never) private func waitForLock(_ b: PyBuffered, _ me: UInt) throws(Raised) {
        if b.ref.pointee.owner == me {
            throw raise(.runtimeError, "reentrant call inside \(try reprText(b.value))")
        }
        while b.ref.pointee.owner != 0 { try yieldToOtherThreads() }
    }

    func initBuffered(_ v: Value, _ raw: Value, size: Value, readable: Bool, writable: Bool) throws(Raised) {
        let b = PyBuffered(v)
        b.ref.pointee.isReady = false
        b.ref.pointee.isDetached = false
        let wanted = size.isNull ? defaultBufferSize : try sizeArgument(size)
        if readable && writable { _ = try checkAble(raw, .seekable, "File or stream is not seekable.") }
        if readable { _ = try checkAble(raw, .readable, "File or stream is not readable.") }
        if writable { _ = try checkAble(raw, .writable, "File or stream is not writable.") }
        if wanted <= 0 { throw raise(.valueError, "buffer size must be strictly positive") }
        try setUpBuffered(b, raw, wanted, readable: readable, writable: writable)
    }

    /// - Precondition: the raw stream can do what it must.
    func setUpBuffered(_ b: PyBuffered, _ raw: Value, _ size: Int, readable: Bool, writable: Bool) throws(Raised) {
        let storage = try newByteBuffer(size)
        b.ref.pointee.raw = raw
        b.ref.pointee.storage = storage
        b.ref.pointee.size = size
        b.dropAhead()
        b.ref.pointee.writeStart = 0
        b.ref.pointee.writeEnd = 0
        b.ref.pointee.rawPosition = -1
        b.ref.pointee.readable = readable
        b.ref.pointee.writable = writable
        let type = type(of: b.value)
        let own = type.value == io.pointee.bufferedReader || type.value == io.pointee.bufferedWriter || type.value == io.pointee.bufferedRandom
        b.ref.pointee.isPlain = own && raw.isExactly(PyType(io.pointee.fileIO))
        b.ref.pointee.isReady = true
        if b.ref.pointee.isPlain {
            b.ref.pointee.rawPosition = Int(lseek(PyFileIO(raw).descriptor, 0, SEEK_CUR))
        } else {
            do { _ = try rawTell(b) } catch { clearRaised() }
        }
    }

    // MARK: The raw stream

    /// Reads into storage or elsewhere. nil = would block.
    func rawRead(_ b: PyBuffered, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Raised) -> Int? {
        let got: Int
        if b.ref.pointee.isPlain, !hasOwnAttributes(b.ref.pointee.raw) {
            let f = PyFileIO(b.ref.pointee.raw)
            if f.isClosed { throw closedFile() }
            if !f.ref.pointee.readable { throw unsupported("File not open for reading") }
            guard let n = try fileRead(f, into: UnsafeMutableRawPointer(target), count) else { return nil }
            got = n
        } else {
            guard let n = try rawReadByMethod(b, target, count) else { return nil }
            got = n
        }
        if got > 0 && b.ref.pointee.rawPosition >= 0 { b.ref.pointee.rawPosition += got }
        return got
    }

    private func rawReadByMethod(_ b: PyBuffered, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Raised) -> Int? {
        let window = newByteArray()
        try window.resize(self, count)
        window.ref.pointee.bytes?.update(repeating: 0, count: count)
        let view = try newMemoryView(window.value, writable: true)
        var answer = Value.null
        while answer.isNull {
            do { answer = try callMethod(b.ref.pointee.raw, ioName(.readinto), view) } catch {
                if !raisedInterrupted() { throw Raised() }
            }
        }
        if answer.isNone { return nil }
        let n: Int
        do { n = try indexInt(answer, overflow: .valueError) } catch {
            let cause = takeRaised()
            let raised = raise(.osError, "raw readinto() failed")
            let exception = thread.pointee.raised
            if exception.isObject && cause.isObject {
                exception.cast(ExceptionLayout.self).pointee.cause = cause
                exception.cast(ExceptionLayout.self).pointee.context = cause
                exception.cast(ExceptionLayout.self).pointee.suppressContext = .true
            }
            throw raised
        }
        if n < 0 || n > count {
            throw raise(.osError, "raw readinto() returned invalid length \(n) (should have been between 0 and \(count))")
        }
        if n > 0, let source = window.ref.pointee.bytes { target.update(from: source, count: min(n, window.count)) }
        return n
    }

    /// Whether attributes of the instance may hide a FileIO's methods: it has more than its `name`.
    @inline(__always) func hasOwnAttributes(_ raw: Value) -> Bool {
        guard let shape = attrs(raw, raw.objectType).pointee.shape else { return false }
        return shape.pointee.isDict != 0 || shape.pointee.count > 1
    }

    /// True for an InterruptedError on its way, which is dropped: the signal's handlers have run.
    private func raisedInterrupted() -> Bool {
        if !raisedMatches(.interruptedError) { return false }
        clearRaised()
        return true
    }

    /// nil = would block.
    func rawWrite(_ b: PyBuffered, _ source: UnsafePointer<UInt8>, _ count: Int) throws(Raised) -> Int? {
        let put: Int
        if b.ref.pointee.isPlain, !hasOwnAttributes(b.ref.pointee.raw) {
            let f = PyFileIO(b.ref.pointee.raw)
            if f.isClosed { throw closedFile() }
            if !f.ref.pointee.writable { throw unsupported("File not open for writing") }
            guard let n = try fileWrite(f, source, count) else { return nil }
            put = n
        } else {
            let view = try newMemoryView(try bytes(UnsafeBufferPointer(start: source, count: count)))
            var answer = Value.null
            while answer.isNull {
                do { answer = try callMethod(b.ref.pointee.raw, ioName(.write), view) } catch {
                    if !raisedInterrupted() { throw Raised() }
                }
            }
            if answer.isNone { return nil }
            put = try indexInt(answer, overflow: .valueError)
            if put < 0 || put > count {
                throw raise(.osError, "raw write() returned invalid length \(put) (should have been between 0 and \(count))")
            }
        }
        if put > 0 && b.ref.pointee.rawPosition >= 0 { b.ref.pointee.rawPosition += put }
        return put
    }

    func rawTell(_ b: PyBuffered) throws(Raised) -> Int {
        if b.ref.pointee.isPlain, !hasOwnAttributes(b.ref.pointee.raw) {
            let f = PyFileIO(b.ref.pointee.raw)
            if f.isClosed { throw closedFile() }
            b.ref.pointee.rawPosition = try fileSeek(f, 0, 1)
            return b.ref.pointee.rawPosition
        }
        b.ref.pointee.rawPosition = -1
        let n = try offsetAnswer(try callMethod(b.ref.pointee.raw, ioName(.tell)))
        b.ref.pointee.rawPosition = n
        return n
    }

    func rawSeek(_ b: PyBuffered, _ target: Int, _ whence: Int) throws(Raised) -> Int {
        if b.ref.pointee.isPlain, !hasOwnAttributes(b.ref.pointee.raw) {
            let f = PyFileIO(b.ref.pointee.raw)
            if f.isClosed { throw closedFile() }
            b.ref.pointee.rawPosition = try fileSeek(f, target, whence)
            return b.ref.pointee.rawPosition
        }
        b.ref.pointee.rawPosition = -1
        let n = try offsetAnswer(try callMethod(b.ref.pointee.raw, ioName(.seek), int(target), Value(small: whence)))
        b.ref.pointee.rawPosition = n
        return n
    }

    private func offsetAnswer(_ answer: Value) throws(Raised) -> Int {
        let n = try indexInt(answer, overflow: .valueError)
        if n < 0 { throw raise(.osError, "Raw stream returned invalid position \(n)") }
        return n
    }
}
