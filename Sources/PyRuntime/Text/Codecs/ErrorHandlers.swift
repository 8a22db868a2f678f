// The eight standard error handlers as functions on an exception. CPython: Python/codecs.c. Rules: PEP 293, PEP 383.
import PyUnicode

extension VM {
    func registerStandardHandlers() {
        let errors = PyDict(state.pointee.codecErrors)
        func add(_ name: StaticString, _ declaration: StaticString, _ doc: StaticString, _ code: Native1) {
            let definition = makeDefinition(declaration, doc, .one, unsafeBitCast(code, to: UnsafeRawPointer.self))
            let function = newNative(types.builtinFunction, receiver: .null, owner: .none, definition)
            do { try errors.set(self, intern(name), function) } catch { clearRaised() }
        }
        add("strict", "-strict_errors(exception, /)", "Implements the 'strict' error handling, which raises a UnicodeError on coding errors.") {
            vm, _, e in
            vm.guarded { () throws(Raised) in
                guard vm.isException(e) else { throw vm.raise(.typeError, "codec must pass exception instance") }
                throw vm.setRaised(e)
            }
        }
        add("ignore", "-ignore_errors(exception, /)", "Implements the 'ignore' error handling, which ignores malformed data and continues.") {
            vm, _, e in
            vm.guarded { () throws(Raised) in vm.tuple(vm.emptyStr, vm.int(try vm.unicodeError(e, "edt").end)) }
        }
        add("replace", "-replace_errors(exception, /)", "Implements the 'replace' error handling, which replaces malformed data with a replacement marker.") {
            vm, _, e in
            vm.guarded { () throws(Raised) in
                let range = try vm.unicodeError(e, "edt")
                if range.kind == .unicodeDecodeError { return vm.tuple(vm.str(codePoint: 0xFFFD), vm.int(range.end)) }
                let mark = range.kind == .unicodeEncodeError ? vm.latin1(0x3F) : vm.str(codePoint: 0xFFFD)
                return vm.tuple(try vm.strRepeat(PyStr(mark), range.end - range.start), vm.int(range.end))
            }
        }
        add(
            "xmlcharrefreplace", "-xmlcharrefreplace_errors(exception, /)",
            "Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the appropriate XML character reference."
        ) { vm, _, e in
            vm.guarded { () throws(Raised) in try vm.handlerText(e, "e") { vm, c, out in
                out.append("&#" as StaticString)
                for digit in String(c).utf8 { out.append(UInt32(digit)) }
                out.append(0x3B)
            } }
        }
        add(
            "backslashreplace", "-backslashreplace_errors(exception, /)",
            "Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed escape sequence."
        ) { vm, _, e in
            vm.guarded { () throws(Raised) in try vm.handlerText(e, "edt") { vm, c, out in vm.appendHexEscape(c, &out) } }
        }
        add(
            "namereplace", "-namereplace_errors(exception, /)",
            "Implements the 'namereplace' error handling, which replaces an unencodable character with a \\N{...} escape sequence."
        ) { vm, _, e in
            vm.guarded { () throws(Raised) in try vm.handlerText(e, "e") { vm, c, out in
                guard let name = UCD.name(c) else { return vm.appendHexEscape(c, &out) }
                out.append("\\N{" as StaticString)
                for byte in name { out.append(UInt32(byte)) }
                out.append(0x7D)
            } }
        }
        add("surrogatepass", "-surrogatepass(exception, /)", "") { vm, _, e in vm.guarded { () throws(Raised) in try vm.surrogatePass(e) } }
        add("surrogateescape", "-surrogateescape(exception, /)", "") { vm, _, e in
            vm.guarded { () throws(Raised) in try vm.surrogateEscape(e) }
        }
    }

    struct UnicodeErrorRange {
        var kind: ExceptionKind
        var object: Value
        var start: Int
        var end: Int

        var count: Int { end - start }
    }

    /// What a handler needs of the exception.
    /// - Parameter kinds: which of encode, decode and translate errors it knows: letters e, d, t.
    func unicodeError(_ exception: Value, _ kinds: StaticString) throws(Raised) -> UnicodeErrorRange {
        let known = kinds.withUTF8Buffer { Array($0) }
        var kind: ExceptionKind?
        for (letter, candidate) in [
            (UInt8(0x65), ExceptionKind.unicodeEncodeError), (0x64, .unicodeDecodeError), (0x74, .unicodeTranslateError),
        ] where known.contains(letter) && type(of: exception).isSubtype(of: exceptionType(candidate)) { kind = candidate }
        guard let kind else {
            throw raise(.typeError, "don't know how to handle \(typeName(exception)) in error callback")
        }
        let object = try getAttr(exception, "object")
        let isRight = kind == .unicodeDecodeError ? isBytes(object) : isStr(object)
        guard isRight else {
            throw raise(.typeError, "object attribute must be \(kind == .unicodeDecodeError ? "bytes" : "unicode")")
        }
        let count = kind == .unicodeDecodeError ? PyBytes(object).count : PyStr(object).count
        let start = try sizeArgument(getAttr(exception, "start")), end = try sizeArgument(getAttr(exception, "end"))
        // As CPython's accessors clamp them.
        let low = start < 0 ? 0 : start >= count ? max(0, count - 1) : start
        let high = end < 1 ? min(1, count) : min(end, count)
        return UnicodeErrorRange(kind: kind, object: object, start: low, end: max(low, high))
    }

    private func handlerText(
        _ exception: Value, _ kinds: StaticString, _ body: (VM, UInt32, inout TextBuilder) -> Void
    ) throws(Raised) -> Value {
        let range = try unicodeError(exception, kinds)
        var out = TextBuilder()
        for i in range.start..<range.end {
            let c = range.kind == .unicodeDecodeError ? UInt32(PyBytes(range.object).bytes[i]) : PyStr(range.object)[i]
            body(self, c, &out)
        }
        return tuple(try str(out), int(range.end))
    }

    private func surrogateEscape(_ exception: Value) throws(Raised) -> Value {
        let range = try unicodeError(exception, "ed")
        if range.kind == .unicodeEncodeError {
            var out = ByteBuilder()
            for i in range.start..<range.end {
                let c = PyStr(range.object)[i]
                guard c &- 0xDC80 < 0x80 else { throw setRaised(exception) }
                out.append(UInt8(truncatingIfNeeded: c - 0xDC00))
            }
            return tuple(try bytes(out), int(range.end))
        }
        var out = TextBuilder()
        var at = range.start
        while at < range.end && at < range.start + 4, PyBytes(range.object).bytes[at] >= 0x80 {
            out.append(0xDC00 + UInt32(PyBytes(range.object).bytes[at]))
            at += 1
        }
        if at == range.start { throw setRaised(exception) }
        return tuple(try str(out), int(at))
    }

    private enum UnicodeForm { case utf8, utf16(ByteOrder), utf32(ByteOrder) }

    private func unicodeForm(_ encoding: Value) -> UnicodeForm? {
        guard isStr(encoding) else { return nil }
        switch String(decoding: normalizedEncoding(PyStr(encoding)), as: UTF8.self) {
        case "utf_8", "utf8", "cp65001": return .utf8
        case "utf_16", "utf16", "utf_16_le", "utf16le", "utf16_le", "utf_16le": return .utf16(.little)
        case "utf_16_be", "utf16be", "utf16_be", "utf_16be": return .utf16(.big)
        case "utf_32", "utf32", "utf_32_le", "utf32le", "utf32_le", "utf_32le": return .utf32(.little)
        case "utf_32_be", "utf32be", "utf32_be", "utf_32be": return .utf32(.big)
        default: return nil
        }
    }

    private func surrogatePass(_ exception: Value) throws(Raised) -> Value {
        let range = try unicodeError(exception, "ed")
        guard let form = unicodeForm(try getAttr(exception, "encoding")) else { throw setRaised(exception) }
        if range.kind == .unicodeEncodeError {
            var out = ByteBuilder()
            for i in range.start..<range.end {
                let c = PyStr(range.object)[i]
                guard c & 0xFFFF_F800 == 0xD800 else { throw setRaised(exception) }
                switch form {
                case .utf8: UTF8Codec.appendThree(c, &out)
                case .utf16(let order): UTF16Codec.append(unit: c, order, &out)
                case .utf32(let order): UTF32Codec.append(unit: c, order, &out)
                }
            }
            return tuple(try bytes(out), int(range.end))
        }
        let view = PyBytes(range.object).view, at = range.start
        func byte(_ i: Int) -> UInt32 { at + i < view.count ? UInt32(view[at + i]) : 0 }
        var c: UInt32 = 0
        let width: Int
        switch form {
        case .utf8:
            width = 3
            if byte(0) & 0xF0 == 0xE0 && byte(1) & 0xC0 == 0x80 && byte(2) & 0xC0 == 0x80 {
                c = (byte(0) & 15) << 12 | (byte(1) & 63) << 6 | byte(2) & 63
            }
        case .utf16(let order):
            width = 2
            c = order == .little ? byte(1) << 8 | byte(0) : byte(0) << 8 | byte(1)
        case .utf32(let order):
            width = 4
            c = order == .little
                ? byte(3) << 24 | byte(2) << 16 | byte(1) << 8 | byte(0) : byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3)
        }
        guard at + width <= view.count, c & 0xFFFF_F800 == 0xD800 else { throw setRaised(exception) }
        return tuple(str(codePoint: c), int(at + width))
    }
}
