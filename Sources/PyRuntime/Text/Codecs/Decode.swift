// Decoding with error handlers: the byte-level codecs of PyUnicode run until they fail, a handler answers, they go on.
// CPython: Objects/unicodeobject.c (unicode_decode_call_errorhandler_writer).
import PyUnicode

/// An input being decoded; an error handler may put another in its place.
struct DecodeInput {
    /// bytes, or whatever provided the buffer.
    var object: Value
    var view: ByteView
    let encoding: StaticString
    /// NULL, None or a str.
    let errors: Value
    var at = 0
}

enum ErrorMode {
    case strict, ignore, replace, surrogateEscape, backslashReplace, other

    init(_ vm: VM, _ errors: Value) {
        guard vm.isStr(errors) else { self = .strict; return }
        switch PyStr(errors).string {
        case "strict": self = .strict
        case "ignore": self = .ignore
        case "replace": self = .replace
        case "surrogateescape": self = .surrogateEscape
        case "backslashreplace": self = .backslashReplace
        default: self = .other
        }
    }
}

extension VM {
    /// Runs `step` to the end of the input, handling its failures.
    func decodeLoop(
        _ input: inout DecodeInput, into out: inout TextBuilder,
        _ step: (ByteView, inout Int, inout TextBuilder) -> CodecFailure?
    ) throws(Raised) {
        while let failure = step(input.view, &input.at, &out) {
            try handleDecodeFailure(failure, &input, &out)
        }
    }

    func handleDecodeFailure(_ failure: CodecFailure, _ input: inout DecodeInput, _ out: inout TextBuilder) throws(Raised) {
        switch ErrorMode(self, input.errors) {
        case .ignore: input.at = failure.end
        case .replace:
            out.append(0xFFFD)
            input.at = failure.end
        case .surrogateEscape where canEscape(input.view, failure):
            // At most three bytes, none of them ASCII.
            var i = failure.start
            while i < failure.end && i < failure.start + 4 && input.view[i] >= 0x80 {
                out.append(0xDC00 + UInt32(input.view[i]))
                i += 1
            }
            input.at = i
        case .backslashReplace:
            for i in failure.start..<failure.end { appendHexEscape(UInt32(input.view[i]), &out) }
            input.at = failure.end
        case .strict, .surrogateEscape, .other: try callDecodeHandler(failure, &input, &out)
        }
    }

    private func canEscape(_ view: ByteView, _ failure: CodecFailure) -> Bool {
        failure.start < failure.end && view[failure.start] >= 0x80
    }

    private func callDecodeHandler(_ failure: CodecFailure, _ input: inout DecodeInput, _ out: inout TextBuilder) throws(Raised) {
        let source = isBytes(input.object) ? input.object : try bytes(input.view)
        let exception = try makeUnicodeError(.unicodeDecodeError, str(input.encoding), source, failure.start, failure.end, str(failure.reason))
        guard isStr(input.errors), PyStr(input.errors).string != "strict" else { throw setRaised(exception) }
        let handler = try lookupErrorHandler(PyStr(input.errors))
        let answer = try call(handler, exception)
        guard isTuple(answer), PyTuple(answer).count == 2, isStr(PyTuple(answer)[0]), isInt(PyTuple(answer)[1]) else {
            throw raise(.typeError, "decoding error handler must return (str, int) tuple")
        }
        let replaced = try getAttr(exception, "object")
        guard isBytes(replaced) else { throw raise(.typeError, "exception attribute object must be bytes") }
        input.object = replaced
        input.view = PyBytes(replaced).view
        input.at = try handlerPosition(PyTuple(answer)[1], input.view.count)
        out.append(PyStr(PyTuple(answer)[0]).view)
    }

    func handlerPosition(_ value: Value, _ count: Int) throws(Raised) -> Int {
        var at = try sizeArgument(value)
        let given = at
        if at < 0 { at += count }
        guard at >= 0 && at <= count else {
            throw raise(.indexError, "position \(given < 0 ? at : given) from error handler out of bounds")
        }
        return at
    }

    // MARK: The codecs

    public func decodeUTF8(_ object: Value, _ view: UnsafeBufferPointer<UInt8>, _ errors: Value, _ at: inout Int, final: Bool) throws(Raised) -> Value {
        guard let start = view.baseAddress, view.count > 0 else { return emptyStr }
        if UTF8Codec.endOfASCII(start, 0, view.count) == view.count {
            at = view.count
            if view.count == 1 { return latin1(start[0]) }
            let made = try newStr(count: view.count, kind: 1, ascii: true)
            made.bytes.update(from: start, count: view.count)
            return made.value
        }
        var input = DecodeInput(object: object, view: view, encoding: "utf-8", errors: errors)
        var out = TextBuilder(capacity: view.count)
        if out.isExhausted { throw raiseMemoryError() }
        try decodeLoop(&input, into: &out) { UTF8Codec.decode($0, at: &$1, into: &$2, final: final) }
        at = input.at
        return try str(out)
    }

    /// UTF-8 with strict errors, for the rest of the runtime.
    public func decodeUTF8(_ view: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        var at = 0
        return try decodeUTF8(.null, view, .null, &at, final: true)
    }

    public func decodeLatin1(_ view: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        guard let start = view.baseAddress else { return emptyStr }
        return try str(TextView(base: UnsafeRawPointer(start), count: view.count, kind: 1))
    }

    public func decodeASCII(_ object: Value, _ view: UnsafeBufferPointer<UInt8>, _ errors: Value) throws(Raised) -> Value {
        var input = DecodeInput(object: object, view: view, encoding: "ascii", errors: errors)
        var out = TextBuilder(capacity: view.count)
        if out.isExhausted { throw raiseMemoryError() }
        try decodeLoop(&input, into: &out) { ASCIICodec.decode($0, at: &$1, into: &$2) }
        return try str(out)
    }

    /// - Parameter order: nil = read the byte order mark, little if there is none; set to what the mark said.
    func decodeUTF16(
        _ object: Value, _ view: ByteView, _ errors: Value, _ order: inout ByteOrder?, _ at: inout Int, final: Bool
    ) throws(Raised) -> Value {
        var skip = 0
        if order == nil, let mark = ByteOrderMark.utf16(view) {
            order = mark
            skip = 2
        }
        let used = order ?? .little
        var input = DecodeInput(object: object, view: view, encoding: used == .little ? "utf-16-le" : "utf-16-be", errors: errors, at: skip)
        var out = TextBuilder(capacity: view.count / 2)
        if out.isExhausted { throw raiseMemoryError() }
        try decodeLoop(&input, into: &out) { UTF16Codec.decode($0, used, at: &$1, into: &$2, final: final) }
        at = input.at
        return try str(out)
    }

    func decodeUTF32(
        _ object: Value, _ view: ByteView, _ errors: Value, _ order: inout ByteOrder?, _ at: inout Int, final: Bool
    ) throws(Raised) -> Value {
        var skip = 0
        if order == nil, let mark = ByteOrderMark.utf32(view) {
            order = mark
            skip = 4
        }
        let used = order ?? .little
        var input = DecodeInput(object: object, view: view, encoding: used == .little ? "utf-32-le" : "utf-32-be", errors: errors, at: skip)
        var out = TextBuilder(capacity: view.count / 4)
        if out.isExhausted { throw raiseMemoryError() }
        try decodeLoop(&input, into: &out) { UTF32Codec.decode($0, used, at: &$1, into: &$2, final: final) }
        at = input.at
        return try str(out)
    }

    func decodeUTF7(_ object: Value, _ view: ByteView, _ errors: Value, _ at: inout Int, final: Bool) throws(Raised) -> Value {
        var input = DecodeInput(object: object, view: view, encoding: "utf7", errors: errors)
        var out = TextBuilder(capacity: view.count)
        if out.isExhausted { throw raiseMemoryError() }
        var decoder = UTF7Decoder()
        try decodeLoop(&input, into: &out) { decoder.decode($0, at: &$1, into: &$2, final: final) }
        at = input.at
        return try str(out)
    }

    func decodeEscapes(
        _ object: Value, _ view: ByteView, _ errors: Value, _ at: inout Int, raw: Bool, final: Bool
    ) throws(Raised) -> Value {
        var input = DecodeInput(object: object, view: view, encoding: raw ? "rawunicodeescape" : "unicodeescape", errors: errors)
        var out = TextBuilder(capacity: view.count)
        if out.isExhausted { throw raiseMemoryError() }
        var invalid: Int?
        try decodeLoop(&input, into: &out) {
            raw
                ? RawUnicodeEscapeCodec.decode($0, at: &$1, into: &$2, final: final)
                : UnicodeEscapeCodec.decode($0, at: &$1, into: &$2, final: final, firstInvalid: &invalid)
        }
        if let invalid, invalid < view.count {
            let c = view[invalid]
            try warnText(.deprecationWarning, "invalid escape sequence '\\\(String(UnicodeScalar(c)))'")
        }
        at = input.at
        return try str(out)
    }

    /// Decodes through a mapping: a str of characters by byte, or anything from byte to character, str or None.
    func decodeCharmap(_ object: Value, _ view: ByteView, _ errors: Value, _ mapping: Value) throws(Raised) -> Value {
        if mapping.isNull || mapping.isNone { return try decodeLatin1(view) }
        var input = DecodeInput(object: object, view: view, encoding: "charmap", errors: errors)
        var out = TextBuilder(capacity: view.count)
        if out.isExhausted { throw raiseMemoryError() }
        let undefined: StaticString = "character maps to <undefined>"
        if isStr(mapping) {
            let table = PyStr(mapping).view
            try decodeLoop(&input, into: &out) { (view, at, out) in
                while at < view.count {
                    let byte = Int(view[at])
                    let c = byte < table.count ? table[byte] : 0xFFFE
                    if c == 0xFFFE { return CodecFailure(at, at + 1, undefined) }
                    out.append(c)
                    at += 1
                }
                return nil
            }
            return try str(out)
        }
        while input.at < input.view.count {
            let mapped = try translation(of: UInt32(input.view[input.at]), mapping)
            if mapped.isNull || mapped.isNone || (isInt(mapped) && intValue(mapped) == 0xFFFE)
                || (isStr(mapped) && PyStr(mapped).count == 1 && PyStr(mapped)[0] == 0xFFFE)
            {
                try handleDecodeFailure(CodecFailure(input.at, input.at + 1, undefined), &input, &out)
                continue
            }
            if isStr(mapped) {
                out.append(PyStr(mapped).view)
            } else if isInt(mapped) {
                guard let n = intValue(mapped), n >= 0, n <= 0x10FFFF else {
                    throw raise(.typeError, "character mapping must be in range(0x110000)")
                }
                out.append(UInt32(n))
            } else {
                throw raise(.typeError, "character mapping must return integer, None or str")
            }
            input.at += 1
        }
        return try str(out)
    }

    // MARK: Errors

    /// An instance of UnicodeDecodeError or UnicodeEncodeError.
    func makeUnicodeError(
        _ kind: ExceptionKind, _ encoding: Value, _ object: Value, _ start: Int, _ end: Int, _ reason: Value
    ) throws(Raised) -> Value {
        let args = try newTuple(5)
        args[0] = encoding
        args[1] = object
        args[2] = int(start)
        args[3] = int(end)
        args[4] = reason
        return try callWithTuple(exceptionType(kind).value, args.value)
    }

    /// `warnings.warn(category(message))`, if the machinery is there.
    func warnText(_ category: ExceptionKind, _ message: String) throws(Raised) {
        let name = intern("_warnings")
        guard state.pointee.modules.isObject else { return }
        var module = try PyDict(state.pointee.modules).get(self, name)
        if module.isNull { module = try PyDict(state.pointee.modules).get(self, intern("warnings")) }
        if module.isNull { return }
        let warn = try getAttrIfPresent(module, "warn")
        if !warn.isNull { _ = try call(warn, str(message), exceptionType(category).value) }
    }
}
