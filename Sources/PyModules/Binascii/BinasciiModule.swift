// The module `binascii`: base64, hexadecimal, uuencode, CRCs. The binhex and quoted-printable functions are not there yet.
// CPython: Modules/binascii.c. Rules: RFC 4648, RFC 1952.
import PyRuntime
import PyUnicode

extension VM {
    public func registerBinascii() {
        registerModule("binascii") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            do throws(Raised) {
                let type = vm.types.type.value
                let error = try vm.newExceptionClass(type, "Error", vm.exceptionType(.valueError))
                m.attribute("Error", error)
                m.attribute("Incomplete", try vm.newExceptionClass(type, "Incomplete", vm.exceptionType(.exception)))
                module.cast(ModuleLayout.self).pointee.state = error
            } catch { return -1 }
            m.attribute("__doc__", vm.str("Conversion between binary data and ASCII" as StaticString))
            vm.fillBinascii(m)
            return 0
        }
    }

    private func newExceptionClass(_ metatype: Value, _ name: StaticString, _ base: PyType) throws(Raised) -> Value {
        let dict = newDict()
        try dict.set(self, intern("__module__"), intern("binascii"))
        return try call(metatype, str(name), tuple(base.value), dict.value)
    }

    private func binasciiError(_ module: Value, _ message: String) -> Raised {
        raise(PyType(module.cast(ModuleLayout.self).pointee.state), str(message))
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
        m.def1("a2b_base64($module, data, /)", "Decode a line of base64 data.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in try vm.decodeBase64(module, input) }
            }
        }
        m.defN("b2a_base64($module, data, /, *, newline=True)", "Base64-code line of data.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let newline = a[1].isNull ? true : try vm.isTrue(a[1])
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in try vm.encodeBase64(input, newline) }
            }
        }
        defineUnhex(m)
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
        m.defN("crc32($module, data, crc=0, /)", "Compute CRC-32 incrementally.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let seed = a[1].isNull ? 0 : UInt32(truncatingIfNeeded: try vm.indexInt(a[1], overflow: nil))
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in
                    var crc = ~seed
                    for byte in input {
                        crc ^= UInt32(byte)
                        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
                    }
                    return vm.int(Int(~crc))
                }
            }
        }
        m.def2("crc_hqx($module, data, crc, /)", "Compute CRC-CCITT incrementally.") { vm, _, data, seed in
            vm.guarded { () throws(Raised) in
                var crc = UInt32(truncatingIfNeeded: try vm.indexInt(seed, overflow: nil)) & 0xFFFF
                try vm.bufferInput(data) { (input) throws(Raised) in
                    for byte in input {
                        crc ^= UInt32(byte) << 8
                        for _ in 0..<8 { crc = (crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF }
                    }
                }
                return vm.int(Int(crc))
            }
        }
        m.def1("a2b_uu($module, data, /)", "Decode a line of uuencoded data.") { vm, module, data in
            vm.guarded { () throws(Raised) in
                try vm.asciiInput(data) { (input) throws(Raised) -> Value in try vm.decodeUU(module, input) }
            }
        }
        m.defN("b2a_uu($module, data, /, *, backtick=False)", "Uuencode line of data.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let backtick = a[1].isNull ? false : try vm.isTrue(a[1])
                return try vm.bufferInput(a[0]) { (input) throws(Raised) -> Value in try vm.encodeUU(module, input, backtick) }
            }
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

    /// `bytes.hex`, as bytes.
    private func hexBytes(_ data: Value, _ separator: Value, _ group: Value) throws(Raised) -> Value {
        let source = try bytesFromBuffer(data)
        let text = group.isNull
            ? separator.isNull ? try callMethod(source, intern("hex")) : try callMethod(source, intern("hex"), separator)
            : try callMethod(source, intern("hex"), separator.isNull ? latin1(0x3A) : separator, group)
        return try encodeUTF8(PyStr(text))
    }

    // MARK: Base64

    private func encodeBase64(_ input: UnsafeBufferPointer<UInt8>, _ newline: Bool) throws(Raised) -> Value {
        func digit(_ n: UInt8) -> UInt8 { n < 26 ? n + 65 : n < 52 ? n + 71 : n < 62 ? n - 4 : n == 62 ? 0x2B : 0x2F }
        var out = ByteBuilder(capacity: input.count / 3 * 4 + 8)
        var i = 0
        while i < input.count {
            let a = input[i], b = i + 1 < input.count ? input[i + 1] : 0, c = i + 2 < input.count ? input[i + 2] : 0
            out.append(digit(a >> 2))
            out.append(digit((a & 3) << 4 | b >> 4))
            out.append(i + 1 < input.count ? digit((b & 15) << 2 | c >> 6) : 0x3D)
            out.append(i + 2 < input.count ? digit(c & 63) : 0x3D)
            i += 3
        }
        if newline { out.append(10) }
        return try bytes(out.bytes)
    }

    private func decodeBase64(_ module: Value, _ input: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        var out = ByteBuilder(capacity: input.count / 4 * 3 + 4)
        var quad = 0, pads = 0, left: UInt8 = 0
        for byte in input {
            if byte == 0x3D {
                if quad >= 2 {
                    pads += 1
                    if quad + pads >= 4 { return try bytes(out.bytes) }
                }
                continue
            }
            let value: UInt8
            switch byte {
            case 65...90: value = byte - 65
            case 97...122: value = byte - 71
            case 48...57: value = byte + 4
            case 0x2B: value = 62
            case 0x2F: value = 63
            default: continue
            }
            pads = 0
            switch quad {
            case 0:
                quad = 1
                left = value
            case 1:
                quad = 2
                out.append(left << 2 | value >> 4)
                left = value & 15
            case 2:
                quad = 3
                out.append(left << 4 | value >> 2)
                left = value & 3
            default:
                quad = 0
                out.append(left << 6 | value)
                left = 0
            }
        }
        if quad == 0 { return try bytes(out.bytes) }
        if quad == 1 {
            throw binasciiError(
                module,
                "Invalid base64-encoded string: number of data characters (\(out.count / 3 * 4 + 1)) cannot be 1 more than a multiple of 4")
        }
        throw binasciiError(module, "Incorrect padding")
    }

    // MARK: Uuencode

    private func decodeUU(_ module: Value, _ input: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        var at = 1, wanted = input.count > 0 ? Int((input[0] &- 32) & 63) : 32
        var out: [UInt8] = [], buffer: UInt32 = 0, bits: UInt32 = 0
        while wanted > 0 {
            var value: UInt8 = 0
            if at < input.count, input[at] != 10, input[at] != 13 {
                let c = input[at]
                if c < 32 || c > 32 + 64 { throw binasciiError(module, "Illegal char") }
                value = (c - 32) & 63
            }
            at += 1
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> bits))
                wanted -= 1
            }
        }
        while at < input.count {
            let c = input[at]
            if c != 32 && c != 96 && c != 10 && c != 13 { throw binasciiError(module, "Trailing garbage") }
            at += 1
        }
        return try bytes(out)
    }

    private func encodeUU(_ module: Value, _ input: UnsafeBufferPointer<UInt8>, _ backtick: Bool) throws(Raised) -> Value {
        if input.count > 45 { throw binasciiError(module, "At most 45 bytes at once") }
        func digit(_ n: UInt8) -> UInt8 { n == 0 && backtick ? 96 : n + 32 }
        var out: [UInt8] = [digit(UInt8(input.count))]
        var i = 0
        while i < input.count {
            let a = input[i], b = i + 1 < input.count ? input[i + 1] : 0, c = i + 2 < input.count ? input[i + 2] : 0
            out += [digit(a >> 2), digit((a & 3) << 4 | b >> 4), digit((b & 15) << 2 | c >> 6), digit(c & 63)]
            i += 3
        }
        out.append(10)
        return try bytes(out)
    }
}
