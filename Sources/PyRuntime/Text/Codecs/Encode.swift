// Encoding with error handlers. CPython: Objects/unicodeobject.c (unicode_encode_call_errorhandler, unicode_encode_ucs1).
import PyUnicode

/// A text being encoded.
struct EncodeInput {
    let text: PyStr
    let encoding: StaticString
    let errors: Value
    /// Replacement bytes must be a multiple of this.
    var unit = 1
    /// A charmap calls the handler `surrogateescape` like any other, about the whole run.
    var asksHandler = false
    var at = 0
}

extension VM {
    /// Runs `step` to the end of the text. `put` encodes one replacement character, or says that it cannot.
    func encodeLoop(
        _ input: inout EncodeInput, into out: inout ByteBuilder,
        _ step: (TextView, inout Int, inout ByteBuilder) -> CodecFailure?,
        put: (UInt32, inout ByteBuilder) -> Bool
    ) throws(Raised) {
        while let failure = step(input.text.view, &input.at, &out) {
            try handleEncodeFailure(failure, &input, &out, put)
        }
    }

    func handleEncodeFailure(
        _ failure: CodecFailure, _ input: inout EncodeInput, _ out: inout ByteBuilder, _ put: (UInt32, inout ByteBuilder) -> Bool
    ) throws(Raised) {
        var start = failure.start
        switch ErrorMode(self, input.errors) {
        case .ignore:
            input.at = failure.end
            return
        case .replace:
            for _ in start..<failure.end {
                guard put(0x3F, &out) else { throw encodeError(input, failure) }
            }
            input.at = failure.end
            return
        case .backslashReplace:
            var piece = TextBuilder()
            for i in start..<failure.end { appendHexEscape(input.text[i], &piece) }
            for i in 0..<piece.count {
                guard put(piece.view[i], &out) else { throw encodeError(input, failure) }
            }
            input.at = failure.end
            return
        case .surrogateEscape where input.unit == 1 && !input.asksHandler:
            while start < failure.end, input.text[start] &- 0xDC80 < 0x80 {
                out.append(UInt8(truncatingIfNeeded: input.text[start] - 0xDC00))
                start += 1
            }
            input.at = start
            if start == failure.end { return }
        case .strict, .surrogateEscape, .other: break
        }
        try callEncodeHandler(CodecFailure(start, failure.end, failure.reason), &input, &out, put)
    }

    private func encodeError(_ input: EncodeInput, _ failure: CodecFailure) -> Raised {
        do {
            return setRaised(
                try makeUnicodeError(
                    .unicodeEncodeError, str(input.encoding), input.text.value, failure.start, failure.end, str(failure.reason)))
        } catch { return Raised() }
    }

    private func callEncodeHandler(
        _ failure: CodecFailure, _ input: inout EncodeInput, _ out: inout ByteBuilder, _ put: (UInt32, inout ByteBuilder) -> Bool
    ) throws(Raised) {
        guard isStr(input.errors), PyStr(input.errors).string != "strict" else { throw encodeError(input, failure) }
        let handler = try lookupErrorHandler(PyStr(input.errors))
        let exception = try makeUnicodeError(
            .unicodeEncodeError, str(input.encoding), input.text.value, failure.start, failure.end, str(failure.reason))
        let answer = try call(handler, exception)
        guard isTuple(answer), PyTuple(answer).count == 2, isInt(PyTuple(answer)[1]),
            isStr(PyTuple(answer)[0]) || isBytes(PyTuple(answer)[0])
        else { throw raise(.typeError, "encoding error handler must return (str/bytes, int) tuple") }
        input.at = try handlerPosition(PyTuple(answer)[1], input.text.count)
        let replacement = PyTuple(answer)[0]
        if isBytes(replacement) {
            let view = PyBytes(replacement).view
            if view.count % input.unit != 0 { throw setRaised(exception) }
            out.append(view)
            return
        }
        let text = PyStr(replacement).view
        for i in 0..<text.count {
            guard put(text[i], &out) else { throw setRaised(exception) }
        }
    }

    // MARK: The codecs

    public func encodeUTF8(_ text: PyStr, _ errors: Value = .null) throws(Raised) -> Value {
        if text.isASCII { return try bytes(UnsafeBufferPointer(start: UnsafePointer(text.bytes), count: text.count)) }
        var input = EncodeInput(text: text, encoding: "utf-8", errors: errors)
        var out = ByteBuilder(capacity: text.count * 2)
        if out.isExhausted { throw raiseMemoryError() }
        try encodeLoop(&input, into: &out) { UTF8Codec.encode($0, at: &$1, into: &$2) } put: { c, out in
            if c >= 0x80 { return false }
            out.append(UInt8(c))
            return true
        }
        return try bytes(out)
    }

    public func encodeNarrow(_ text: PyStr, ascii: Bool, _ errors: Value) throws(Raised) -> Value {
        if text.isASCII || (!ascii && text.kind == 1) {
            return try bytes(UnsafeBufferPointer(start: UnsafePointer(text.bytes), count: text.count))
        }
        var input = EncodeInput(text: text, encoding: ascii ? "ascii" : "latin-1", errors: errors)
        var out = ByteBuilder(capacity: text.count)
        if out.isExhausted { throw raiseMemoryError() }
        try encodeLoop(&input, into: &out) {
            ascii ? ASCIICodec.encode($0, at: &$1, into: &$2) : Latin1Codec.encode($0, at: &$1, into: &$2)
        } put: { c, out in
            if c >= (ascii ? 0x80 : 0x100) { return false }
            out.append(UInt8(c))
            return true
        }
        return try bytes(out)
    }

    /// - Parameter order: nil = with a byte order mark, little endian.
    func encodeUTF16(_ text: PyStr, _ errors: Value, order: ByteOrder?) throws(Raised) -> Value {
        let used = order ?? .little
        var input = EncodeInput(text: text, encoding: order == nil ? "utf-16" : used == .little ? "utf-16-le" : "utf-16-be", errors: errors, unit: 2)
        var out = ByteBuilder(capacity: text.count * 2 + 2)
        if out.isExhausted { throw raiseMemoryError() }
        if order == nil { UTF16Codec.append(unit: 0xFEFF, used, &out) }
        try encodeLoop(&input, into: &out) { UTF16Codec.encode($0, used, at: &$1, into: &$2) } put: { c, out in
            if c >= 0x80 { return false }
            UTF16Codec.append(unit: c, used, &out)
            return true
        }
        return try bytes(out)
    }

    func encodeUTF32(_ text: PyStr, _ errors: Value, order: ByteOrder?) throws(Raised) -> Value {
        let used = order ?? .little
        var input = EncodeInput(text: text, encoding: order == nil ? "utf-32" : used == .little ? "utf-32-le" : "utf-32-be", errors: errors, unit: 4)
        var out = ByteBuilder(capacity: text.count * 4 + 4)
        if out.isExhausted { throw raiseMemoryError() }
        if order == nil { UTF32Codec.append(unit: 0xFEFF, used, &out) }
        try encodeLoop(&input, into: &out) { UTF32Codec.encode($0, used, at: &$1, into: &$2) } put: { c, out in
            if c >= 0x80 { return false }
            UTF32Codec.append(unit: c, used, &out)
            return true
        }
        return try bytes(out)
    }

    enum TotalEncoding { case utf7, escape, rawEscape }

    /// The encodings that cannot fail.
    func encodeTotal(_ text: PyStr, _ encoding: TotalEncoding) throws(Raised) -> Value {
        var out = ByteBuilder(capacity: text.count)
        if out.isExhausted { throw raiseMemoryError() }
        switch encoding {
        case .utf7: UTF7Codec.encode(text.view, into: &out)
        case .escape: UnicodeEscapeCodec.encode(text.view, into: &out)
        case .rawEscape: RawUnicodeEscapeCodec.encode(text.view, into: &out)
        }
        return try bytes(out)
    }

    /// What a mapping makes of one character.
    private enum Mapped {
        case byte(UInt8)
        case bytes(Value)
        case undefined
    }

    private func mapCharacter(_ c: UInt32, _ mapping: Value) throws(Raised) -> Mapped {
        let found = try translation(of: c, mapping)
        if found.isNull || found.isNone { return .undefined }
        if isInt(found) {
            guard let n = intValue(found), n >= 0, n < 256 else { throw raise(.typeError, "character mapping must be in range(256)") }
            return .byte(UInt8(n))
        }
        if isBytes(found) { return .bytes(found) }
        throw raise(.typeError, "character mapping must return integer, bytes or None, not \(typeName(found))")
    }

    /// Encodes through a mapping from character to byte, bytes or None.
    func encodeCharmap(_ text: PyStr, _ errors: Value, _ mapping: Value) throws(Raised) -> Value {
        if mapping.isNull || mapping.isNone { return try encodeNarrow(text, ascii: false, errors) }
        var input = EncodeInput(text: text, encoding: "charmap", errors: errors, asksHandler: true)
        var out = ByteBuilder(capacity: text.count)
        if out.isExhausted { throw raiseMemoryError() }
        while input.at < text.count {
            if try appendMapped(text[input.at], mapping, &out) {
                input.at += 1
                continue
            }
            var end = input.at + 1
            var probe = ByteBuilder()
            while end < text.count, try !appendMapped(text[end], mapping, &probe) { end += 1 }
            let failure = CodecFailure(input.at, end, "character maps to <undefined>")
            var trouble = false
            try handleEncodeFailure(failure, &input, &out) { c, out in
                do { return try appendMapped(c, mapping, &out) } catch {
                    trouble = true
                    return true
                }
            }
            if trouble { throw Raised() }
        }
        return try bytes(out)
    }

    private func appendMapped(_ c: UInt32, _ mapping: Value, _ out: inout ByteBuilder) throws(Raised) -> Bool {
        switch try mapCharacter(c, mapping) {
        case .byte(let byte): out.append(byte)
        case .bytes(let value): out.append(PyBytes(value).view)
        case .undefined: return false
        }
        return true
    }
}
