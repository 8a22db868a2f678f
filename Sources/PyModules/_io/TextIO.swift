// `TextIOWrapper`: its state, making one, changing its encoding. Decoding and encoding: TextIO+Codecs.swift; reading:
// TextIO+Reading.swift; writing: TextIO+Writing.swift; positions: TextIO+Positions.swift; methods: TextIO+Methods.swift.
// CPython: Modules/_io/textio.c. Rules: PEP 3116, PEP 597.
import PyPlatform
import PyRuntime

/// How text becomes bytes and back. The first three need no codec object.
enum TextCodec: UInt8 {
    case none, utf8, ascii, latin1, object
}

struct TextIOLayout {
    var type: PyType
    /// NULL = not initialised, or detached.
    var buffer: Value
    var encoding: Value
    var errors: Value
    /// Incremental codec objects, for `TextCodec.object`.
    var decoder: Value
    var encoder: Value
    /// Bytes at the end of a chunk that are no character yet (native codecs); NULL = none.
    var carry: Value
    /// Characters decoded, `used` of them handed out; NULL = none.
    var decoded: Value
    /// A byte buffer cell with what was encoded and not written.
    var pending: Value
    /// The bytes that `decoded` came from, and the decoder's flags before them: for `tell`. NULL = none.
    var snapshot: Value
    // Not values:
    var snapshotFlags: Int
    var used: Int
    var pendingCount: Int
    var chunkSize: Int
    /// Bytes per character in the last chunk.
    var ratio: Double
    var newlines: NewlineState
    var decodes: TextCodec
    var encodes: TextCodec
    /// Line ends are looked for by the newline decoder (`newline` None or "").
    var universal: Bool
    /// What ends a line: 10 "\n", 13 "\r", 0 "\r\n", 1 any of them.
    var lineEnd: UInt8
    /// What "\n" becomes when written: 10 itself, 13 "\r", 0 "\r\n".
    var writeEnd: UInt8
    var isReady: Bool
    var isDetached: Bool
    var lineBuffering: Bool
    var writeThrough: Bool
    var seekable: Bool
    var telling: Bool
    var hasRead1: Bool
    var finalizing: Bool
}

struct PyTextIO {
    let ref: UnsafeMutablePointer<TextIOLayout>
    init(_ value: Value) { ref = value.cast(TextIOLayout.self) }
    var value: Value { Value(ref) }

    func dropDecoded() {
        ref.pointee.decoded = .null
        ref.pointee.used = 0
    }
    var left: Int { ref.pointee.decoded.isNull ? 0 : PyStr(ref.pointee.decoded).count - ref.pointee.used }
}

extension VM {
    func checkAttached(_ t: PyTextIO) throws(Raised) {
        if t.ref.pointee.isReady { return }
        throw raise(.valueError, t.ref.pointee.isDetached ? "underlying buffer has been detached" : "I/O operation on uninitialized object")
    }

    /// ValueError on a closed stream, cheaply where nothing can be overridden.
    @inline(__always) func checkOpen(_ t: PyTextIO) throws(Raised) {
        if t.value.isExactly(PyType(io.pointee.textIOWrapper)), let b = plainBuffer(t), b.ref.pointee.isPlain {
            if b.ref.pointee.storage.isNull || PyFileIO(b.ref.pointee.raw).isClosed { throw closedFileDot() }
            return
        }
        try checkNotClosed(t.value)
    }

    /// The buffer if it is one of ours with nothing overridden.
    @inline(__always) func plainBuffer(_ t: PyTextIO) -> PyBuffered? {
        let buffer = t.ref.pointee.buffer
        guard buffer.isObject else { return nil }
        let type = buffer.objectType.value
        guard type == io.pointee.bufferedReader || type == io.pointee.bufferedWriter || type == io.pointee.bufferedRandom else { return nil }
        if attrs(buffer, buffer.objectType).pointee.shape != nil { return nil }
        return PyBuffered(buffer).ref.pointee.isReady ? PyBuffered(buffer) : nil
    }

    // MARK: Making one

    func newTextIO(_ type: PyType) -> Value {
        let v = newInstance(type)
        let t = v.cast(TextIOLayout.self)
        t.pointee.chunkSize = 8192
        t.pointee.lineEnd = 10
        t.pointee.writeEnd = 10
        return v
    }

    /// A new wrapper made from Swift: `open` and the standard streams.
    func makeTextIO(_ buffer: Value, encoding: Value, errors: Value, newline: Value, lineBuffering: Bool, writeThrough: Bool = false)
        throws(Raised) -> Value
    {
        let v = newTextIO(PyType(io.pointee.textIOWrapper))
        try initTextIO(PyTextIO(v), buffer, encoding, errors, newline, lineBuffering, writeThrough)
        return v
    }

    func initTextIO(
        _ t: PyTextIO, _ buffer: Value, _ encoding: Value, _ errors: Value, _ newline: Value, _ lineBuffering: Bool, _ writeThrough: Bool
    ) throws(Raised) {
        t.ref.pointee.isReady = false
        t.ref.pointee.isDetached = false
        try checkNewline(newline)
        var name = encoding
        if name.isNull || name.isNone {
            name = .null
            if try warnsDefaultEncoding() { try warn(.encodingWarning, "'encoding' argument not specified") }
        } else if PyStr(name).equals(PyStr(str("locale" as StaticString))) {
            name = .null
        }
        if name.isNull { name = localeCodec() }
        t.ref.pointee.encoder = .null
        t.ref.pointee.decoder = .null
        t.ref.pointee.carry = .null
        t.ref.pointee.snapshot = .null
        t.ref.pointee.pendingCount = 0
        t.dropDecoded()
        t.ref.pointee.ratio = 0
        let errors = errors.isNull || errors.isNone ? names.strict : errors
        let codec = try textCodec(name, "codecs.open()")
        if try isDevelopmentMode() { _ = try lookupErrorHandler(PyStr(errors)) }
        t.ref.pointee.encoding = name
        t.ref.pointee.errors = errors
        setNewline(t, newline)
        t.ref.pointee.buffer = buffer
        t.ref.pointee.lineBuffering = lineBuffering
        t.ref.pointee.writeThrough = writeThrough
        if let b = plainBuffer(t), b.ref.pointee.isPlain {
            let raw = PyFileIO(b.ref.pointee.raw)
            if raw.isClosed { throw closedFile() }
            try setDecoder(t, codec, name, errors, readable: b.ref.pointee.readable)
            try setEncoder(t, codec, name, errors, writable: b.ref.pointee.writable)
            if raw.ref.pointee.seekable < 0 { raw.ref.pointee.seekable = lseek(raw.descriptor, 0, SEEK_CUR) < 0 ? 0 : 1 }
            t.ref.pointee.seekable = raw.ref.pointee.seekable == 1
            t.ref.pointee.hasRead1 = b.ref.pointee.readable
        } else {
            try setDecoder(t, codec, name, errors, readable: try isTrue(callMethod(buffer, ioName(.readable))))
            try setEncoder(t, codec, name, errors, writable: try isTrue(callMethod(buffer, ioName(.writable))))
            t.ref.pointee.seekable = try isTrue(callMethod(buffer, ioName(.seekable)))
            t.ref.pointee.hasRead1 = try hasAttr(buffer, ioName(.read1))
        }
        t.ref.pointee.telling = t.ref.pointee.seekable
        try fixEncoderState(t)
        t.ref.pointee.isReady = true
    }

    func checkNewline(_ newline: Value) throws(Raised) {
        if newline.isNull || newline.isNone { return }
        switch PyStr(newline).string {
        case "", "\n", "\r", "\r\n": return
        case let other: throw raise(.valueError, "illegal newline value: \(other)")
        }
    }

    func setNewline(_ t: PyTextIO, _ newline: Value) {
        let isNone = newline.isNull || newline.isNone
        let text = isNone ? PyStr(emptyStr) : PyStr(newline)
        t.ref.pointee.universal = text.count == 0
        t.ref.pointee.newlines = NewlineState(translates: isNone)
        // "\r\n" is two characters for the search, but one here: 0.
        let kind: UInt8 = text.count == 2 ? 0 : text.count == 1 ? UInt8(truncatingIfNeeded: text[0]) : 1
        t.ref.pointee.lineEnd = isNone ? 10 : kind
        t.ref.pointee.writeEnd = text.count == 0 ? 10 : kind
    }

    /// `sys.flags[index]` is 1 or True.
    private func sysFlag(_ index: Int) -> Bool {
        let flags = sysAttribute(intern("flags"))
        if flags.isNull || !isTuple(flags) || PyTuple(flags).count <= index { return false }
        return PyTuple(flags)[index] == Value(small: 1) || PyTuple(flags)[index].isTrue
    }

    /// `sys.flags.warn_default_encoding`.
    func warnsDefaultEncoding() throws(Raised) -> Bool { sysFlag(15) }

    /// `sys.flags.dev_mode`: names of error handlers are checked at once.
    private func isDevelopmentMode() throws(Raised) -> Bool { sysFlag(13) }

    // MARK: Codecs

    /// An encoding by name: native, or its codec object.
    func textCodec(_ name: Value, _ instead: StaticString) throws(Raised) -> (TextCodec, Value) {
        let text = PyStr(name)
        _ = try checkedCString(text)
        switch String(decoding: normalizedEncoding(text), as: UTF8.self) {
        case "utf_8", "utf8": return (.utf8, .null)
        case "latin_1", "latin1", "iso_8859_1", "iso8859_1": return (.latin1, .null)
        case "ascii", "us_ascii": return (.ascii, .null)
        default: break
        }
        let codec = try lookupCodec(text)
        let flag = try getAttrIfPresent(codec, "_is_text_encoding")
        if !flag.isNull, try !isTrue(flag) {
            throw raise(.lookupError, "'\(text.string)' is not a text encoding; use \(instead) to handle arbitrary codecs")
        }
        return (.object, codec)
    }

    func setDecoder(_ t: PyTextIO, _ codec: (TextCodec, Value), _ name: Value, _ errors: Value, readable: Bool) throws(Raised) {
        t.ref.pointee.decodes = .none
        t.ref.pointee.decoder = .null
        if !readable { return }
        if codec.0 == .object { t.ref.pointee.decoder = try incrementalCodec(codec.1, "incrementaldecoder", errors) }
        t.ref.pointee.decodes = codec.0
    }

    func setEncoder(_ t: PyTextIO, _ codec: (TextCodec, Value), _ name: Value, _ errors: Value, writable: Bool) throws(Raised) {
        t.ref.pointee.encodes = .none
        t.ref.pointee.encoder = .null
        if !writable { return }
        if codec.0 == .object { t.ref.pointee.encoder = try incrementalCodec(codec.1, "incrementalencoder", errors) }
        t.ref.pointee.encodes = codec.0
    }

    private func incrementalCodec(_ codec: Value, _ which: StaticString, _ errors: Value) throws(Raised) -> Value {
        let factory = try getAttr(codec, which)
        return errors.isNull ? try call(factory) : try call(factory, errors)
    }

    /// Appending to a file must not write a second byte order mark.
    func fixEncoderState(_ t: PyTextIO) throws(Raised) {
        if !t.ref.pointee.seekable || t.ref.pointee.encodes != .object { return }
        let at = try callMethod(t.ref.pointee.buffer, ioName(.tell))
        if try compareBool(at, Value(small: 0), .eq) { return }
        _ = try callMethod(t.ref.pointee.encoder, ioName(.setstate), Value(small: 0))
    }

    /// `reconfigure`: NULL = not given.
    func reconfigure(
        _ t: PyTextIO, encoding: Value, errors: Value, newline: Value, lineBuffering: Value, writeThrough: Value
    ) throws(Raised) {
        let hasEncoding = !encoding.isNull && !encoding.isNone, hasErrors = !errors.isNull && !errors.isNone
        if !t.ref.pointee.decoded.isNull && (hasEncoding || hasErrors || !newline.isNull) {
            throw unsupported("It is not possible to set the encoding or newline of stream after the first read")
        }
        if !newline.isNull && !newline.isNone {
            if !isStr(newline) {
                throw raise(.typeError, "reconfigure() argument 'newline' must be str or None, not \(argumentTypeName(newline))")
            }
            try checkNewline(newline)
        }
        let lines = try optionalBool(lineBuffering, t.ref.pointee.lineBuffering)
        let through = try optionalBool(writeThrough, t.ref.pointee.writeThrough)
        _ = try callMethod(t.value, ioName(.flush))
        if hasEncoding || hasErrors || !newline.isNull {
            let name = hasEncoding ? encoding : t.ref.pointee.encoding
            let handler = hasErrors ? errors : hasEncoding ? names.strict : t.ref.pointee.errors
            if !isStr(name) || !isStr(handler) { throw raise(.typeError, "bad argument type for built-in operation") }
            var chosen = name
            if PyStr(name).equals(PyStr(str("locale" as StaticString))) { chosen = localeCodec() }
            let codec = try textCodec(chosen, "codecs.open()")
            if !newline.isNull { setNewline(t, newline) }
            try setDecoder(t, codec, chosen, handler, readable: try isTrue(callMethod(t.ref.pointee.buffer, ioName(.readable))))
            try setEncoder(t, codec, chosen, handler, writable: try isTrue(callMethod(t.ref.pointee.buffer, ioName(.writable))))
            t.ref.pointee.carry = .null
            t.ref.pointee.encoding = chosen
            t.ref.pointee.errors = handler
            try fixEncoderState(t)
        }
        t.ref.pointee.lineBuffering = lines
        t.ref.pointee.writeThrough = through
    }

    private func optionalBool(_ value: Value, _ fallback: Bool) throws(Raised) -> Bool {
        if value.isNull || value.isNone { return fallback }
        return try indexInt(value) != 0
    }
}
