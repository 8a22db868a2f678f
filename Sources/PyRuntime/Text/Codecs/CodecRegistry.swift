// The codec registry: search functions, cache, error handlers; encode and decode by any name.
// CPython: Python/codecs.c, Objects/unicodeobject.c (PyUnicode_AsEncodedString, PyUnicode_Decode). Rules: PEP 100, PEP 293.
import PyUnicode

/// Which of the two ways a codec works.
enum CodecDirection {
    case encode, decode

    var verb: StaticString { self == .encode ? "encoding" : "decoding" }
    var noun: StaticString { self == .encode ? "encoder" : "decoder" }
    var function: StaticString { self == .encode ? "codecs.encode()" : "codecs.decode()" }
}

/// The codecs that str.encode and bytes.decode run without asking the registry.
enum DirectCodec {
    case utf8, latin1, ascii, utf16, utf32

    /// - Parameter name: normalised: lower case, `_` for everything else.
    init?(_ name: [UInt8]) {
        switch String(decoding: name, as: UTF8.self) {
        case "utf_8", "utf8": self = .utf8
        case "latin_1", "latin1", "iso_8859_1", "iso8859_1": self = .latin1
        case "ascii", "us_ascii": self = .ascii
        case "utf_16", "utf16": self = .utf16
        case "utf_32", "utf32": self = .utf32
        default: return nil
        }
    }
}

extension VM {
    // MARK: Registry

    private func codecDict(_ which: WritableKeyPath<VMState, Value>) -> PyDict {
        if !state.pointee[keyPath: which].isObject { state.pointee[keyPath: which] = newDict().value }
        return PyDict(state.pointee[keyPath: which])
    }
    var codecCache: PyDict { codecDict(\.codecCache) }
    var codecErrors: PyDict {
        if !state.pointee.codecErrors.isObject {
            state.pointee.codecErrors = newDict().value
            registerStandardHandlers()
        }
        return PyDict(state.pointee.codecErrors)
    }
    func codecSearchPath() throws(Raised) -> PyList {
        if !state.pointee.codecSearch.isObject { state.pointee.codecSearch = try newList().value }
        return PyList(state.pointee.codecSearch)
    }

    func registerCodec(_ function: Value) throws(Raised) {
        guard type(of: function).slots.call != nil else { throw raise(.typeError, "argument must be callable") }
        try codecSearchPath().append(self, function)
    }

    func unregisterCodec(_ function: Value) throws(Raised) {
        let path = try codecSearchPath()
        for i in 0..<path.count where path[i] == function {
            state.pointee.codecCache = newDict().value
            path.remove(at: i)
            return
        }
    }

    /// Lower case; every run of other than ASCII letters, digits and `.` becomes one `_`.
    public func normalizedEncoding(_ name: PyStr) -> [UInt8] {
        var out: [UInt8] = []
        var gap = false
        for i in 0..<name.count {
            let c = name[i]
            if c < 0x80, ASCIICase.isAlnum(UInt8(c)) || c == 0x2E {
                if gap && !out.isEmpty { out.append(0x5F) }
                gap = false
                out.append(ASCIICase.lower(UInt8(c)))
            } else {
                gap = true
            }
        }
        return out
    }

    /// The codec tuple for an encoding. The first question imports `encodings`, which registers its search function.
    public func lookupCodec(_ name: PyStr) throws(Raised) -> Value {
        _ = try checkedCString(name)
        let key = str(utf8: normalizedEncoding(name))
        let cached = try codecCache.get(self, key)
        if !cached.isNull { return cached }
        try importEncodings()
        let path = try codecSearchPath()
        if path.count == 0 { throw raise(.lookupError, "no codec search functions registered: can't find encoding") }
        var i = 0
        while i < path.count {
            let found = try call(path[i], key)
            i += 1
            if found.isNone { continue }
            guard isTuple(found), PyTuple(found).count == 4 else {
                throw raise(.typeError, "codec search functions must return 4-tuples")
            }
            try codecCache.set(self, key, found)
            return found
        }
        throw raise(.lookupError, "unknown encoding: \(name.string)")
    }

    private func importEncodings() throws(Raised) {
        if state.pointee.codecsAsked { return }
        state.pointee.codecsAsked = true
        let name = str("encodings" as StaticString)
        if state.pointee.modules.isObject, !(try PyDict(state.pointee.modules).get(self, name)).isNull { return }
        let importer = PyDict(state.pointee.builtinsDict).getStr(self, intern("__import__"))
        if importer.isNull { return }
        do { _ = try call(importer, name) } catch {
            guard raisedMatches(.importError) else { throw Raised() }
            clearRaised()
        }
    }

    public func lookupErrorHandler(_ name: PyStr) throws(Raised) -> Value {
        let found = try codecErrors.get(self, name.value)
        if found.isNull { throw raise(.lookupError, "unknown error handler name '\(name.string)'") }
        return found
    }

    // MARK: By name

    /// `codecs.encode` and `codecs.decode`: any object to any object.
    /// - Parameter textOnly: refuse codecs that are no text encodings.
    func codecCall(
        _ object: Value, _ encoding: PyStr, _ errors: Value, _ direction: CodecDirection, textOnly: Bool
    ) throws(Raised) -> Value {
        let codec = try lookupCodec(encoding)
        if textOnly && !codec.isExactly(types.tuple) {
            let flag = try getAttrIfPresent(codec, "_is_text_encoding")
            let refused = flag.isNull ? false : try !isTrue(flag)
            if refused {
                throw raise(
                    .lookupError,
                    "'\(encoding.string)' is not a text encoding; use \(direction.function) to handle arbitrary codecs")
            }
        }
        let function = PyTuple(codec)[direction == .encode ? 0 : 1]
        let result: Value
        do throws(Raised) {
            result = try errors.isNull || errors.isNone ? call(function, object) : call(function, object, errors)
        } catch { throw explainCodecError(encoding, direction) }
        guard isTuple(result), PyTuple(result).count == 2 else {
            throw raise(.typeError, "\(direction.noun) must return a tuple (object, integer)")
        }
        return PyTuple(result)[0]
    }

    /// "decoding with 'hex' codec failed (Error: Odd-length string)": only for exceptions that are no more than a text.
    private func explainCodecError(_ encoding: PyStr, _ direction: CodecDirection) -> Raised {
        let exception = takeRaised()
        let kind = type(of: exception)
        // UnicodeError itself is; what derives from it holds more.
        let special: [ExceptionKind] = [.osError, .unicodeEncodeError, .unicodeDecodeError, .unicodeTranslateError, .syntaxError, .importError, .stopIteration, .systemExit, .nameError, .attributeError]
        let args = exception.cast(ExceptionLayout.self).pointee.args
        let plainArgs = isTuple(args) && (PyTuple(args).count == 0 || (PyTuple(args).count == 1 && isStr(PyTuple(args)[0])))
        let sameInit = kind.slots.initialize.map { unsafeBitCast($0, to: UInt.self) }
            == types.baseException.slots.initialize.map { unsafeBitCast($0, to: UInt.self) }
        guard plainArgs, sameInit, hasEmptyDict(exception, kind), !special.contains(where: { kind.isSubtype(of: exceptionType($0)) }) else { return restoreRaised(exception) }
        do {
            let detail = PyStr(try str(of: exception)).string
            let name = typeName(exception)
            let text = "\(direction.verb) with '\(encoding.string)' codec failed (\(name): \(detail))"
            let made = try call(kind.value, str(text))
            guard isException(made) else { return restoreRaised(exception) }
            made.cast(ExceptionLayout.self).pointee.cause = exception
            made.cast(ExceptionLayout.self).pointee.context = exception
            made.cast(ExceptionLayout.self).pointee.suppressContext = .true
            return restoreRaised(made)
        } catch { return restoreRaised(exception) }
    }

    func codecNameArgument(_ value: Value, _ method: StaticString, _ argument: StaticString) throws(Raised) -> PyStr? {
        if value.isNull { return nil }
        guard isStr(value) else {
            throw raise(.typeError, "\(method)() argument '\(argument)' must be str, not \(argumentTypeName(value))")
        }
        _ = try checkedCString(PyStr(value))
        return PyStr(value)
    }

    /// `text.encode(encoding, errors)`: a bytes object.
    func strEncode(_ text: PyStr, encoding: Value, errors: Value, method: StaticString) throws(Raised) -> Value {
        let name = try codecNameArgument(encoding, method, "encoding")
        let handler = try codecNameArgument(errors, method, "errors")
        if state.pointee.devMode && !state.pointee.isFinalizing {
            if let name { _ = try lookupCodec(name) }
            if let handler { _ = try lookupErrorHandler(handler) }
        }
        if let direct = name.map({ DirectCodec(normalizedEncoding($0)) }) ?? .utf8 {
            switch direct {
            case .utf8: return try encodeUTF8(text, errors)
            case .latin1: return try encodeNarrow(text, ascii: false, errors)
            case .ascii: return try encodeNarrow(text, ascii: true, errors)
            case .utf16: return try encodeUTF16(text, errors, order: nil)
            case .utf32: return try encodeUTF32(text, errors, order: nil)
            }
        }
        guard let name else { return try encodeUTF8(text, errors) }
        let made = try codecCall(text.value, name, errors, .encode, textOnly: true)
        if isBytes(made) { return made }
        if isByteArray(made) { return try bytes(PyByteArray(made).view) }
        throw raise(
            .typeError,
            "'\(name.string)' encoder returned '\(typeName(made))' instead of 'bytes'; use codecs.encode() to encode to arbitrary types")
    }

    /// `str(object, encoding, errors)`, `bytes.decode`: a str.
    func decodeObject(_ object: Value, encoding: Value, errors: Value, method: StaticString = "str") throws(Raised) -> Value {
        let name = try codecNameArgument(encoding, method, "encoding")
        let handler = try codecNameArgument(errors, method, "errors")
        if state.pointee.devMode && !state.pointee.isFinalizing {
            if let name { _ = try lookupCodec(name) }
            if let handler { _ = try lookupErrorHandler(handler) }
        }
        if isStr(object) { throw raise(.typeError, "decoding str is not supported") }
        guard hasBuffer(object) else {
            throw raise(.typeError, "decoding to str: need a bytes-like object, \(typeName(object)) found")
        }
        let direct = name.map { DirectCodec(normalizedEncoding($0)) } ?? .utf8
        return try withBytes(of: object) { (view) throws(Raised) -> Value in
            if view.count == 0 { return self.emptyStr }
            if let direct {
                var at = 0
                switch direct {
                case .utf8: return try self.decodeUTF8(object, view, errors, &at, final: true)
                case .latin1: return try self.decodeLatin1(view)
                case .ascii: return try self.decodeASCII(object, view, errors)
                case .utf16:
                    var order: ByteOrder?
                    return try self.decodeUTF16(object, view, errors, &order, &at, final: true)
                case .utf32:
                    var order: ByteOrder?
                    return try self.decodeUTF32(object, view, errors, &order, &at, final: true)
                }
            }
            guard let name else { return self.emptyStr }
            let argument = self.isBytes(object) || self.isByteArray(object) ? object : try self.bytesFromBuffer(object)
            let made = try self.codecCall(argument, name, errors, .decode, textOnly: true)
            if self.isStr(made) { return made }
            throw self.raise(
                .typeError,
                "'\(name.string)' decoder returned '\(self.typeName(made))' instead of 'str'; use codecs.decode() to decode to arbitrary types")
        }
    }
}
