// `sys.stdin`, `sys.stdout`, `sys.stderr` as the start-up makes them, and the short way from `print` into them.
// CPython: Python/pylifecycle.c (init_sys_streams), Python/bltinmodule.c.
import PyPlatform
import PyRuntime

/// What the command line and the environment say about the standard streams.
public struct StandardStreamOptions: Sendable {
    /// `-u`, PYTHONUNBUFFERED.
    public var unbuffered = false
    /// PYTHONIOENCODING before the colon; nil = the locale's.
    public var encoding: String?
    /// PYTHONIOENCODING after the colon.
    public var errors: String?
    public init() {}
}

extension VM {
    /// Makes `open` and the three streams, puts them into `builtins` and `sys`. Imports nothing.
    public func installStandardStreams(_ options: StandardStreamOptions = StandardStreamOptions()) throws(Raised) {
        if !state.pointee.fileSystemIsASCII { adoptCharacterLocale() }
        let key = intern("_io")
        var module = state.pointee.modules.isObject ? try PyDict(state.pointee.modules).get(self, key) : .null
        if module.isNull {
            module = try makeNativeModule(key)
            if module.isNull { return }
            try PyDict(state.pointee.modules).set(self, key, module)
        }
        let open = try getAttr(module, intern("open"))
        try PyDict(state.pointee.builtinsDict).set(self, intern("open"), open)
        state.pointee.writeStream = { vm, file, text in vm.writeQuickly(file, text) }
        state.pointee.isStreamSettled = { vm, stream in vm.isSettled(stream) }
        let defaultErrors: StaticString = passesBytesThrough() ? "surrogateescape" : "strict"
        let errors = options.errors.map { str($0) } ?? str(defaultErrors)
        let encoding = str(options.encoding ?? "utf-8")
        let sys = PyDict(state.pointee.sysDict)
        for (name, shadow, number) in [("stdin", "__stdin__", 0), ("stdout", "__stdout__", 1), ("stderr", "__stderr__", 2)] as [(StaticString, StaticString, Int)] {
            let handler = number == 2 ? names.backslashreplace : errors
            let stream = try makeStandardStream(number, name, encoding, handler, options.unbuffered)
            try sys.set(self, intern(name), stream)
            try sys.set(self, intern(shadow), stream)
        }
    }

    /// What `open` takes where no encoding is given.
    func localeCodec() -> Value { str(state.pointee.fileSystemIsASCII ? "ANSI_X3.4-1968" : localeEncoding()) }

    /// Closed, or nothing unwritten over a descriptor that is not its to close.
    private func isSettled(_ v: Value) -> Bool {
        let type = v.objectType.value
        if type == io.pointee.fileIO {
            let file = PyFileIO(v)
            return file.isClosed || !file.ref.pointee.closesDescriptor
        }
        if type == io.pointee.bufferedReader || type == io.pointee.bufferedWriter || type == io.pointee.bufferedRandom {
            let buffered = PyBuffered(v).ref
            if !buffered.pointee.isReady || buffered.pointee.isDetached { return true }
            return buffered.pointee.isPlain && buffered.pointee.writeStart >= buffered.pointee.writeEnd && isSettled(buffered.pointee.raw)
        }
        if type == io.pointee.textIOWrapper {
            let text = PyTextIO(v).ref
            if !text.pointee.isReady || text.pointee.isDetached { return true }
            return text.pointee.pendingCount == 0 && text.pointee.buffer.isObject && isSettled(text.pointee.buffer)
        }
        return false
    }

    /// None where the descriptor is closed.
    private func makeStandardStream(_ number: Int, _ name: StaticString, _ encoding: Value, _ errors: Value, _ unbuffered: Bool)
        throws(Raised) -> Value
    {
        guard (try? FileStatus.of(descriptor: Int32(number))) != nil else { return .none }
        let writes = number > 0
        let raw = newFileIO()
        try openFileIO(PyFileIO(raw), int(number), mode: latin1(writes ? 0x77 : 0x72), closesDescriptor: false, opener: .null)
        try setAttr(raw, ioName(.name), str("<\(name)>"))
        let isTTY = isTerminal(Int32(number))
        var buffer = raw
        if !unbuffered || !writes {
            buffer = try newBuffered(raw, max(1, PyFileIO(raw).ref.pointee.blockSize), reads: !writes, writes: writes)
        }
        let stream = try makeTextIO(
            buffer, encoding: encoding, errors: errors, newline: latin1(10), lineBuffering: !unbuffered && (isTTY || number == 2),
            writeThrough: unbuffered && writes)
        try setAttr(stream, ioName(.mode), latin1(writes ? 0x77 : 0x72))
        return stream
    }

    /// `print`'s way: 1 = written, 0 = not a plain stream of ours, -1 = raised.
    private func writeQuickly(_ file: Value, _ text: Value) -> Int {
        guard file.isExactly(PyType(io.pointee.textIOWrapper)) else { return 0 }
        let t = PyTextIO(file)
        if !t.ref.pointee.isReady { return 0 }
        // `write` may hide in the instance: a stream of ours has its `mode` and no more.
        if let shape = attrs(file, file.objectType).pointee.shape, shape.pointee.isDict != 0 || shape.pointee.count > 1 { return 0 }
        return guardedStatus { () throws(Raised) in
            try checkOpen(t)
            try textWrite(t, text)
        } < 0 ? -1 : 1
    }
}
