// `TextIOWrapper`: bytes to text and back, by the native codecs or by codec objects, with the state `tell` needs.
// CPython: Modules/_io/textio.c; Lib/codecs.py (BufferedIncrementalDecoder).
import PyRuntime
import PyUnicode

extension VM {
    /// The text of one more piece of the file. `chunk` is a bytes-like object.
    func decodeChunk(_ t: PyTextIO, _ chunk: Value, final: Bool) throws(Raised) -> Value {
        var piece: Value
        if t.ref.pointee.decodes == .object {
            piece = try callMethod(t.ref.pointee.decoder, ioName(.decode), chunk, Value(final))
            if !isStr(piece) { throw raise(.typeError, "decoder should return a string result, not '\(typeName(piece))'") }
        } else {
            piece = try decodeNatively(t, chunk, final: final)
        }
        if !t.ref.pointee.universal { return piece }
        if !isExactStr(piece) { piece = try exactStr(piece) }
        var state = t.ref.pointee.newlines
        defer { t.ref.pointee.newlines = state }
        return try decodeNewlines(&state, piece, final: final)
    }

    private func decodeNatively(_ t: PyTextIO, _ chunk: Value, final: Bool) throws(Raised) -> Value {
        var object = chunk
        if !object.isExactly(types.bytes) { object = try bytesFromBuffer(chunk) }
        let carry = t.ref.pointee.carry
        if carry.isObject {
            let head = PyBytes(carry), tail = PyBytes(object)
            let joined = try newBytes(count: head.count + tail.count)
            joined.bytes.update(from: head.bytes, count: head.count)
            (joined.bytes + head.count).update(from: tail.bytes, count: tail.count)
            object = joined.value
        }
        let view = PyBytes(object).view
        var at = view.count
        let text: Value
        switch t.ref.pointee.decodes {
        case .utf8:
            at = 0
            text = try decodeUTF8(object, view, t.ref.pointee.errors, &at, final: final)
        case .ascii: text = try decodeASCII(object, view, t.ref.pointee.errors)
        case .latin1: text = try decodeLatin1(view)
        case .object, .none: throw unsupported("not readable")
        }
        t.ref.pointee.carry = at < view.count ? try bytes(UnsafeBufferPointer(rebasing: view[at...])) : .null
        return text
    }

    // MARK: Decoder state

    /// Bytes not decoded yet, and the flags.
    func decoderState(of t: PyTextIO) throws(Raised) -> (Value, Int) {
        var bytes = t.ref.pointee.carry.isObject ? t.ref.pointee.carry : state.pointee.emptyBytes
        var flags = 0
        if t.ref.pointee.decodes == .object {
            (bytes, flags) = try decoderState(try callMethod(t.ref.pointee.decoder, ioName(.getstate)))
        }
        if t.ref.pointee.universal { flags = flags << 1 | (t.ref.pointee.newlines.pendingReturn ? 1 : 0) }
        return (bytes, flags)
    }

    func setDecoderState(of t: PyTextIO, _ bytes: Value, _ flags: Int) throws(Raised) {
        var flags = flags
        if t.ref.pointee.universal {
            t.ref.pointee.newlines.pendingReturn = flags & 1 != 0
            flags >>= 1
        }
        if t.ref.pointee.decodes == .object {
            _ = try callMethod(t.ref.pointee.decoder, ioName(.setstate), tuple(bytes, int(flags)))
        } else {
            t.ref.pointee.carry = PyBytes(bytes).count > 0 ? bytes : .null
        }
    }

    func resetDecoder(of t: PyTextIO) throws(Raised) {
        if t.ref.pointee.decodes == .none { return }
        t.ref.pointee.carry = .null
        if t.ref.pointee.universal {
            t.ref.pointee.newlines.seen = 0
            t.ref.pointee.newlines.pendingReturn = false
        }
        if t.ref.pointee.decodes == .object { _ = try callMethod(t.ref.pointee.decoder, ioName(.reset)) }
    }

    /// After a seek: a codec that begins with a mark must know whether it is at the start.
    func resetEncoder(of t: PyTextIO, atStart: Bool) throws(Raised) {
        if t.ref.pointee.encodes != .object { return }
        if atStart {
            _ = try callMethod(t.ref.pointee.encoder, ioName(.reset))
        } else {
            _ = try callMethod(t.ref.pointee.encoder, ioName(.setstate), Value(small: 0))
        }
    }

    // MARK: Encoding

    /// The encoded text as a bytes object; NULL where the text's own bytes are it.
    @inline(__always) func encodePiece(_ t: PyTextIO, _ text: PyStr) throws(Raised) -> Value {
        switch t.ref.pointee.encodes {
        case .utf8:
            if text.isASCII { return .null }
            return try encodeUTF8(text, t.ref.pointee.errors)
        case .latin1:
            if text.kind == 1 { return .null }
            return try encodeNarrow(text, ascii: false, t.ref.pointee.errors)
        case .ascii:
            if text.isASCII { return .null }
            return try encodeNarrow(text, ascii: true, t.ref.pointee.errors)
        case .object, .none: return try encodeByObject(t, text)
        }
    }

    private func encodeByObject(_ t: PyTextIO, _ text: PyStr) throws(Raised) -> Value {
        if t.ref.pointee.encodes == .none { throw unsupported("not writable") }
        let made = try callMethod(t.ref.pointee.encoder, ioName(.encode), text.value)
        if !isBytes(made) { throw raise(.typeError, "encoder should return a bytes object, not '\(typeName(made))'") }
        return made
    }
}
