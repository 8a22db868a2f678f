// The module `binascii`: declarations, arguments, errors, and hexadecimal. The codings themselves are in the files beside.
// CPython: Modules/binascii.c. Rules: RFC 4648, RFC 1952.
import PyNumerics
import PyRuntime
import PyUnicode

extension VM {
    public func registerBinascii() {
        registerModule("binascii") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            do throws(Raised) {
                let error = try vm.newExceptionClass("Error", module: "binascii", base: .valueError)
                m.attribute("Error", error)
                let incomplete = try vm.newExceptionClass("Incomplete", module: "binascii")
                m.attribute("Incomplete", incomplete)
                module.cast(ModuleLayout.self).pointee.state = vm.tuple(error, incomplete)
            } catch { return -1 }
            m.attribute("__doc__", vm.str("Conversion between binary data and ASCII" as StaticString))
            vm.fillBinascii(m)
            return 0
        }
    }

    private func binasciiError(_ module: Value, _ message: String) -> Raised {
        raise(PyType(PyTuple(module.cast(ModuleLayout.self).pointee.state)[0]), str(message))
    }

    /// A buffer, or an ASCII str.
    private func asciiInput<T>(_ value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws(Raised) -> T) throws(Raised) -> T {
        if isStr(value) {
            let text = PyStr(value)
            guard text.isASCII else { throw raise(.valueError, "string argument should contain only ASCII characters") }
            return try body(UnsafeBufferPointer(start: UnsafePointer(text.bytes), count: text.count))
        }
        guard type(of: value).slots.buffer != nil else {
            throw raise(.typeError, "argument should be bytes, buffer or ASCII string, not '\(typeName(value))'")
        }
        return try bufferInput(value, body)
    }

    private func bufferInput<T>(_ value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws(Raised) -> T) throws(Raised) -> T {
        let copy = try bytesFromBuffer(value)
        return try body(PyBytes(copy).view)
    }

    private func fillBinascii(_ m: ModuleBuilder) {
        defineBase64(m)
        defineUnhex(m)
        defineHex(m)
        defineSums(m)
        defineQuotedPrintable(m)
        defineBinHex(m)
    }

    private func defineBase64(_ m: ModuleBuilder) {
        m.def1("a2b_base64($module, data, /)", "Decode a line of base64 data.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in
                    var out = ByteBuilder()
                    do throws(Base64.Failure) { try Base64.decode(input, into: &out) } catch { throw vm.base64Error(module, error) }
                    return try vm.bytes(out)
                }
            }
        }
        m.defN("b2a_base64($module, data, /, *, newline=True)", "Base64-code line of data.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.requireBuffer(a[0])
                let newline = try vm.flag(a[1], default: true)
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in
                    var out = ByteBuilder()
                    Base64.encode(input, newline: newline, into: &out)
                    return try vm.bytes(out)
                }
            }
        }
        m.def1("a2b_uu($module, data, /)", "Decode a line of uuencoded data.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in
                    let decoded: [UInt8]
                    do throws(UUCode.Failure) { decoded = try UUCode.decode(input) } catch {
                        throw vm.binasciiError(module, error == .illegal ? "Illegal char" : "Trailing garbage")
                    }
                    return try vm.bytes(decoded)
                }
            }
        }
        m.defN("b2a_uu($module, data, /, *, backtick=False)", "Uuencode line of data.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.requireBuffer(a[0])
                let backtick = try vm.flag(a[1], default: false)
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in
                    if input.count > UUCode.longestLine { throw vm.binasciiError(module, "At most \(UUCode.longestLine) bytes at once") }
                    return try vm.bytes(UUCode.encode(input, backtick: backtick))
                }
            }
        }
    }

    private func base64Error(_ module: Value, _ failure: Base64.Failure) -> Raised {
        switch failure {
        case .padding: return binasciiError(module, "Incorrect padding")
        case .lonely(let count):
            return binasciiError(
                module, "Invalid base64-encoded string: number of data characters (\(count)) cannot be 1 more than a multiple of 4")
        }
    }

    private func defineSums(_ m: ModuleBuilder) {
        m.defN("crc32($module, data, crc=0, /)", "Compute CRC-32 incrementally.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.requireBuffer(a[0])
                let seed = a[1].isNull ? 0 : try vm.maskedInt(a[1])
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in vm.int(Int(CRC32.sum(input, seed: seed))) }
            }
        }
        m.def2("crc_hqx($module, data, crc, /)", "Compute CRC-CCITT incrementally.") { vm, _, data, seed in
            vm.guarded { () throws(Raised) in
                try vm.requireBuffer(data)
                let seed = try vm.maskedInt(seed)
                return try vm.bufferInput(data) { (input) throws(Raised) -> Value in vm.int(Int(BinHex.crc(input, seed: seed))) }
            }
        }
    }

    /// A yes or no given as a C int.
    private func flag(_ value: Value, default fallback: Bool) throws(Raised) -> Bool {
        value.isNull ? fallback : try cIntArgument(value) != 0
    }

    /// The low 32 bits of an int of any size.
    private func maskedInt(_ value: Value) throws(Raised) -> UInt32 {
        UInt32(truncatingIfNeeded: bigInt(try index(value)).lowWord)
    }

    private func defineQuotedPrintable(_ m: ModuleBuilder) {
        m.defN("a2b_qp($module, /, data, header=False)", "Decode a string of qp-encoded data.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(a[0]) { (input) throws(Raised) -> Value in
                    try vm.bytes(QuotedPrintable.decode(input, header: try vm.flag(a[1], default: false)))
                }
            }
        }
        m.defN("b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)", """
            Encode a string using quoted-printable encoding.

            On encoding, when istext is set, newlines are not encoded, and white
            space at end of lines is.  When istext is not set, \\r and \\n (CR/LF)
            are both encoded.  When quotetabs is set, space and tabs are encoded.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.requireBuffer(a[0])
                let style = QuotedPrintable.Style(
                    quoteTabs: try vm.flag(a[1], default: false), isText: try vm.flag(a[2], default: true),
                    header: try vm.flag(a[3], default: false))
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in
                    try vm.bytes(QuotedPrintable.encode(input, style))
                }
            }
        }
    }

    private func defineBinHex(_ m: ModuleBuilder) {
        m.def1("a2b_hqx($module, data, /)", "Decode .hqx coding.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in
                    try vm.warnBinHex("a2b_hqx")
                    let decoded: (bytes: [UInt8], ended: Bool)
                    do throws(BinHex.Failure) { decoded = try BinHex.decode(input) } catch {
                        throw vm.binHexError(module, error, incomplete: "String has incomplete number of bytes")
                    }
                    return vm.tuple(try vm.bytes(decoded.bytes), vm.int(decoded.ended ? 1 : 0))
                }
            }
        }
        m.def1("b2a_hqx($module, data, /)", "Encode .hqx data.") { vm, _, data in
            vm.guarded { () throws(Raised) in
                try vm.bufferInput(data) { (input) throws(Raised) -> Value in
                    try vm.warnBinHex("b2a_hqx")
                    return try vm.bytes(BinHex.encode(input))
                }
            }
        }
        m.def1("rlecode_hqx($module, data, /)", "Binhex RLE-code binary data.") { vm, _, data in
            vm.guarded { () throws(Raised) in
                try vm.bufferInput(data) { (input) throws(Raised) -> Value in
                    try vm.warnBinHex("rlecode_hqx")
                    return try vm.bytes(BinHex.encodeRuns(input))
                }
            }
        }
        m.def1("rledecode_hqx($module, data, /)", "Decode hexbin RLE-coded string.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.bufferInput(data) { (input) throws(Raised) -> Value in
                    try vm.warnBinHex("rledecode_hqx")
                    let decoded: [UInt8]
                    do throws(BinHex.Failure) { decoded = try BinHex.decodeRuns(input) } catch {
                        throw vm.binHexError(module, error, incomplete: nil)
                    }
                    return try vm.bytes(decoded)
                }
            }
        }
    }

    private func warnBinHex(_ name: StaticString) throws(Raised) {
        try warn(.deprecationWarning, "binascii.\(name)() is deprecated")
    }

    private func binHexError(_ module: Value, _ failure: BinHex.Failure, incomplete message: String?) -> Raised {
        switch failure {
        case .illegal: return binasciiError(module, "Illegal char")
        case .orphan: return binasciiError(module, "Orphaned RLE code at start")
        case .incomplete:
            let type = PyType(PyTuple(module.cast(ModuleLayout.self).pointee.state)[1])
            return raise(type, argsTuple: message.map { tuple(str($0)) } ?? emptyTuple)
        }
    }

    private func defineHex(_ m: ModuleBuilder) {
        m.defN("b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)", """
            Hexadecimal representation of binary data.

              sep
                An optional single character or byte to separate hex bytes.
              bytes_per_sep
                How many bytes between separators.  Positive values count from the
                right, negative values count from the left.

            The return value is a bytes object.  This function is also
            available as "hexlify()".

            Example:
            >>> binascii.b2a_hex(b'\\xb9\\x01\\xef')
            b'b901ef'
            >>> binascii.hexlify(b'\\xb9\\x01\\xef', ':')
            b'b9:01:ef'
            >>> binascii.b2a_hex(b'\\xb9\\x01\\xef', b'_', 2)
            b'b9_01ef'
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.hexBytes(a[0], a[1], a[2]) }
        }
        m.defN("hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)", """
            Hexadecimal representation of binary data.

              sep
                An optional single character or byte to separate hex bytes.
              bytes_per_sep
                How many bytes between separators.  Positive values count from the
                right, negative values count from the left.

            The return value is a bytes object.  This function is also
            available as "b2a_hex()".
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.hexBytes(a[0], a[1], a[2]) }
        }
    }

    private func defineUnhex(_ m: ModuleBuilder) {
        let code: Native1 = { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in
                    if input.count % 2 != 0 { throw vm.binasciiError(module, "Odd-length string") }
                    var out: [UInt8] = []
                    out.reserveCapacity(input.count / 2)
                    for i in stride(from: 0, to: input.count, by: 2) {
                        guard let high = vm.hexValue(input[i]), let low = vm.hexValue(input[i + 1]) else {
                            throw vm.binasciiError(module, "Non-hexadecimal digit found")
                        }
                        out.append(high << 4 | low)
                    }
                    return try vm.bytes(out)
                }
            }
        }
        m.def1("a2b_hex($module, hexstr, /)", """
            Binary data of hexadecimal representation.

            hexstr must contain an even number of hex digits (upper or lower case).
            This function is also available as "unhexlify()".
            """, code)
        m.def1("unhexlify($module, hexstr, /)", """
            Binary data of hexadecimal representation.

            hexstr must contain an even number of hex digits (upper or lower case).
            """, code)
    }

    private func hexValue(_ c: UInt8) -> UInt8? {
        if c &- 0x30 < 10 { return c - 0x30 }
        let lower = c | 0x20
        return lower &- 0x61 < 6 ? lower - 0x57 : nil
    }

    private var colon: UInt8 { 0x3A }

    /// The separator if it is one byte or character from 128 to 255.
    private func separatorByte(_ separator: Value) -> UInt8? {
        if separator.isNull { return nil }
        if isStr(separator) {
            let text = PyStr(separator)
            return text.count == 1 && text[0] > 127 && text[0] < 256 ? UInt8(text[0]) : nil
        }
        guard isBytes(separator) else { return nil }
        let bytes = PyBytes(separator).view
        return bytes.count == 1 && bytes[0] > 127 ? bytes[0] : nil
    }

    /// `bytes.hex`, as bytes.
    private func hexBytes(_ data: Value, _ separator: Value, _ group: Value) throws(Raised) -> Value {
        let source = try bytesFromBuffer(data)
        // `bytes.hex` makes text and refuses a separator beyond ASCII; here any byte may be one.
        let byte = separatorByte(separator)
        let separator = byte == nil ? separator : latin1(colon)
        let text = group.isNull
            ? separator.isNull ? try callMethod(source, intern("hex")) : try callMethod(source, intern("hex"), separator)
            : separator.isNull ? try callMethod(source, intern("hex")) : try callMethod(source, intern("hex"), separator, group)
        guard let byte else { return try encodeUTF8(PyStr(text)) }
        let digits = PyStr(text)
        return try bytes(UnsafeBufferPointer(start: digits.bytes, count: digits.count).map { $0 == colon ? byte : $0 })
    }
}
