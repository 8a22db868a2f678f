// What the `_io` types share: their type objects, the names they call by, and the errors they raise.
// One block of plain words per interpreter, a root range, reached through `vm.io`. CPython: Modules/_io/_iomodule.h.
import PyPlatform
import PyRuntime

/// Every field is a `Value`: the whole struct is scanned.
struct IOState {
    // Types.
    var ioBase = Value.null, rawIOBase = Value.null, bufferedIOBase = Value.null, textIOBase = Value.null
    var fileIO = Value.null, bytesIO = Value.null, bytesIOBuffer = Value.null
    var bufferedReader = Value.null, bufferedWriter = Value.null, bufferedRandom = Value.null, bufferedRWPair = Value.null
    var textIOWrapper = Value.null, stringIO = Value.null, newlineDecoder = Value.null
    var unsupportedOperation = Value.null
    /// NUL-free interned names, in the order of `IOName`.
    var names: (
        Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value,
        Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value, Value
    ) = (
        .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null,
        .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null, .null
    )
}

/// Attribute names that the stack looks up on other streams.
enum IOName: Int, CaseIterable {
    case read, readinto, readall, read1, readinto1, readline, peek, write, flush, close, closed, seek, tell, truncate
    case seekable, readable, writable, fileno, isatty, name, mode, raw, detach
    case closedMark, finalizing, deallocWarn, checkClosed
    case decode, encode, getstate, setstate, reset, newlines, replace, encoding, errors

    var text: StaticString {
        switch self {
        case .read: "read"
        case .readinto: "readinto"
        case .readall: "readall"
        case .read1: "read1"
        case .readinto1: "readinto1"
        case .readline: "readline"
        case .peek: "peek"
        case .write: "write"
        case .flush: "flush"
        case .close: "close"
        case .closed: "closed"
        case .seek: "seek"
        case .tell: "tell"
        case .truncate: "truncate"
        case .seekable: "seekable"
        case .readable: "readable"
        case .writable: "writable"
        case .fileno: "fileno"
        case .isatty: "isatty"
        case .name: "name"
        case .mode: "mode"
        case .raw: "raw"
        case .detach: "detach"
        case .closedMark: "__IOBase_closed"
        case .finalizing: "_finalizing"
        case .deallocWarn: "_dealloc_warn"
        case .checkClosed: "_checkClosed"
        case .decode: "decode"
        case .encode: "encode"
        case .getstate: "getstate"
        case .setstate: "setstate"
        case .reset: "reset"
        case .newlines: "newlines"
        case .replace: "replace"
        case .encoding: "encoding"
        case .errors: "errors"
        }
    }
}

extension VM {
    /// - Precondition: `_io` was made (`makeIOState`).
    @inline(__always) var io: UnsafeMutablePointer<IOState> {
        state.pointee.ioState.unsafelyUnwrapped.assumingMemoryBound(to: IOState.self)  // Safe: set before any `_io` object exists.
    }
    @inline(__always) func ioName(_ name: IOName) -> Value {
        // Safe: `names` is as long as IOName has cases.
        UnsafeRawPointer(io).advanced(by: MemoryLayout<IOState>.offset(of: \IOState.names).unsafelyUnwrapped)
            .assumingMemoryBound(to: Value.self)[name.rawValue]
    }

    func makeIOState() {
        if state.pointee.ioState != nil { return }
        let block = UnsafeMutablePointer<IOState>.allocate(capacity: 1)
        block.initialize(to: IOState())
        let words = MemoryLayout<IOState>.size / 8
        addRootRange(UnsafeMutableRawPointer(block).assumingMemoryBound(to: Value.self), count: words)
        state.pointee.ioState = UnsafeMutableRawPointer(block)
        let names = UnsafeMutableRawPointer(block)
            .advanced(by: MemoryLayout<IOState>.offset(of: \IOState.names).unsafelyUnwrapped).assumingMemoryBound(to: Value.self)
        for name in IOName.allCases { names[name.rawValue] = intern(name.text) }
    }

    // MARK: Errors

    /// `io.UnsupportedOperation`.
    func unsupported(_ message: StaticString) -> Raised { raise(PyType(io.pointee.unsupportedOperation), str(message)) }

    func closedFile() -> Raised { raise(.valueError, "I/O operation on closed file") }
    func closedFileDot() -> Raised { raise(.valueError, "I/O operation on closed file.") }

    func raiseErrno(_ error: Errno, filename: Value = .null) -> Raised {
        raiseOSError(Int(error.code), error.message, filename: filename)
    }

    // MARK: System calls

    /// Runs a system call that may block; a negative answer carries `errno`. The one place where the interpreter lock is let go.
    @inline(__always) func blocking(_ call: () -> Int) -> (Int, Errno) {
        withoutGIL {
            let answer = call()
            return (answer, answer < 0 ? Errno.current : Errno(0))
        }
    }

    /// PEP 475: signal handlers run, then the call is tried again.
    func interrupted() throws(Raised) { try checkSignals() }

    /// Lets the thread that is inside a buffer get on.
    func yieldToOtherThreads() throws(Raised) {
        withoutGIL { _ = usleep(200) }
        try checkSignals()
    }

    // MARK: Arguments

    /// `Py_ssize_t(accept={int, NoneType})`: NULL and None give `fallback`.
    func optionalSize(_ value: Value, _ fallback: Int = -1) throws(Raised) -> Int {
        if value.isNull || value.isNone { return fallback }
        if value.isSmallInt { return value.smallInt }
        if !hasIndex(value) { throw raise(.typeError, "argument should be integer or None, not '\(typeName(value))'") }
        return try indexInt(value)
    }

    /// A C `int` argument.
    func cInt(_ value: Value, _ fallback: Int = 0) throws(Raised) -> Int {
        if value.isNull { return fallback }
        if value.isSmallInt && value.smallInt >= Int(Int32.min) && value.smallInt <= Int(Int32.max) { return value.smallInt }
        let n = try index(value)
        var fits = false
        let i = clampedInt(n, &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        if i > Int(Int32.max) || i < Int(Int32.min) { throw raise(.overflowError, "Python int too large to convert to C int") }
        return i
    }

    /// An offset: "Python int too large to convert to C long" where it does not fit.
    func offset(_ value: Value) throws(Raised) -> Int {
        if value.isSmallInt { return value.smallInt }
        var fits = false
        let i = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        return i
    }

    /// Runs `body` on the memory of a writable buffer.
    func withWritableBuffer(_ value: Value, _ method: StaticString, _ body: (UnsafeMutableRawPointer?, Int) throws(Raised) -> Value)
        throws(Raised) -> Value
    {
        var view: BufferView
        do { view = try acquireBuffer(value, writable: true) } catch {
            if raisedMatches(.typeError) || raisedMatches(.bufferError) {
                clearRaised()
                throw raise(.typeError, "\(method)() argument must be read-write bytes-like object, not \(argumentTypeName(value))")
            }
            throw Raised()
        }
        defer { releaseBuffer(&view) }
        if view.readOnly != 0 {
            throw raise(.typeError, "\(method)() argument must be read-write bytes-like object, not \(argumentTypeName(value))")
        }
        if !view.strides.isNull { throw raise(.typeError, "\(method)() argument must be a contiguous buffer, not \(argumentTypeName(value))") }
        return try body(view.bytes, view.count)
    }

    /// Runs `body` on the bytes of a bytes-like object.
    @inline(__always) func withReadableBuffer(_ value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws(Raised) -> Value) throws(Raised) -> Value {
        if value.isExactly(types.bytes) { return try body(PyBytes(value).view) }
        var view = try acquireBuffer(value)
        defer { releaseBuffer(&view) }
        if !view.strides.isNull { throw raise(.bufferError, "memoryview: underlying buffer is not C-contiguous") }
        return try body(view.byteView)
    }
}
