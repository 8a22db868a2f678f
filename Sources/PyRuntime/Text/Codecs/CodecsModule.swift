// The module `_codecs`: the codecs and the registry as functions. CPython: Modules/_codecsmodule.c.
import PyUnicode

extension VM {
    func registerCodecsModule() {
        registerModule("_codecs") { vm, module in
            vm.fillCodecs(ModuleBuilder(vm, module: module))
            return 0
        }
    }

    /// `codecs.encode(obj, encoding, errors)`: arguments as bound.
    func codecFunction(_ a: UnsafeMutablePointer<Value>, _ direction: CodecDirection) throws(Raised) -> Value {
        let method: StaticString = direction == .encode ? "encode" : "decode"
        let encoding = try codecNameArgument(a[1], method, "encoding") ?? PyStr(str("utf-8" as StaticString))
        _ = try codecNameArgument(a[2], method, "errors")
        return try codecCall(a[0], encoding, a[2], direction, textOnly: false)
    }

    /// The second argument of the encoders and decoders: a str or None.
    func checkErrorsArgument(_ function: StaticString, _ errors: Value) throws(Raised) {
        if errors.isNull || errors.isNone || isStr(errors) { return }
        throw raise(.typeError, "\(function)() argument 2 must be str or None, not \(typeName(errors))")
    }

    /// The first two arguments of a decoder, in the order in which CPython looks at them.
    func checkDecodeArguments(_ function: StaticString, _ data: Value, _ errors: Value, text: Bool = false) throws(Raised) {
        if !hasBuffer(data) && !(text && isStr(data)) { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(data))'") }
        try checkErrorsArgument(function, errors)
    }

    /// The `byteorder` argument: 0 = native with a mark, -1 little, 1 big.
    func orderArgument(_ value: Value) throws(Raised) -> ByteOrder? {
        if value.isNull { return nil }
        let n = try cIntArgument(value)
        return n == 0 ? nil : n < 0 ? .little : .big
    }

    /// A buffer, or a str as UTF-8.
    func withBytesOrText(of value: Value, _ body: (ByteView) throws(Raised) -> Value) throws(Raised) -> Value {
        if isStr(value) {
            let encoded = try encodeUTF8(PyStr(value))
            return try body(PyBytes(encoded).view)
        }
        return try withBytes(of: value, body)
    }

    /// A dict from character to byte for `charmap_encode`.
    func charmapBuild(_ map: PyStr) throws(Raised) -> Value {
        let table = newDict()
        for i in 0..<min(256, map.count) where map[i] != 0xFFFE { try table.set(self, Value(small: Int(map[i])), Value(small: i)) }
        return table.value
    }

    func escapeEncode(_ data: Value) throws(Raised) -> Value {
        var out = ByteBuilder(capacity: PyBytes(data).count)
        if out.isExhausted { throw raiseMemoryError() }
        for byte in PyBytes(data).view {
            switch byte {
            case 0x5C, 0x27:
                out.append(0x5C)
                out.append(byte)
            case 9: out.append("\\t" as StaticString)
            case 10: out.append("\\n" as StaticString)
            case 13: out.append("\\r" as StaticString)
            case 0x20..<0x7F: out.append(byte)
            default:
                out.append("\\x" as StaticString)
                out.appendHex(UInt32(byte), width: 2)
            }
        }
        return tuple(try bytes(out), int(PyBytes(data).count))
    }

    func escapeDecode(_ data: Value, _ errors: Value) throws(Raised) -> Value {
        try withBytesOrText(of: data) { (view) throws(Raised) -> Value in
            var out = ByteBuilder(capacity: view.count), at = 0
            var invalid: UInt8?
            func hex(_ i: Int) -> UInt8? {
                guard i < view.count else { return nil }
                let c = view[i]
                return c &- 0x30 < 10 ? c - 0x30 : (c | 0x20) &- 0x61 < 6 ? (c | 0x20) - 0x57 : nil
            }
            while at < view.count {
                if view[at] != 0x5C {
                    out.append(view[at])
                    at += 1
                    continue
                }
                guard at + 1 < view.count else { throw self.raise(.valueError, "Trailing \\ in string") }
                let letter = view[at + 1]
                at += 2
                switch letter {
                case 10: break
                case 0x5C, 0x27, 0x22: out.append(letter)
                case 0x62: out.append(8)
                case 0x66: out.append(12)
                case 0x74: out.append(9)
                case 0x6E: out.append(10)
                case 0x72: out.append(13)
                case 0x76: out.append(11)
                case 0x61: out.append(7)
                case 0x30...0x37:
                    var value = UInt32(letter - 0x30), digits = 1
                    while digits < 3, at < view.count, view[at] &- 0x30 < 8 {
                        value = value << 3 | UInt32(view[at] - 0x30)
                        at += 1
                        digits += 1
                    }
                    out.append(UInt8(truncatingIfNeeded: value))
                case 0x78:
                    if let high = hex(at), let low = hex(at + 1) {
                        out.append(high << 4 | low)
                        at += 2
                        continue
                    }
                    let mode = self.isStr(errors) ? PyStr(errors).string : "strict"
                    switch mode {
                    case "strict": throw self.raise(.valueError, "invalid \\x escape at position \(at - 2)")
                    case "replace": out.append(0x3F)
                    case "ignore": break
                    default: throw self.raise(.valueError, "decoding error; unknown error handling code: \(mode)")
                    }
                    if hex(at) != nil { at += 1 }
                default:
                    if invalid == nil { invalid = letter }
                    out.append(0x5C)
                    at -= 1
                }
            }
            if let invalid { try self.warnText(.deprecationWarning, "invalid escape sequence '\\\(String(UnicodeScalar(invalid)))'") }
            return self.tuple(try self.bytes(out), self.int(view.count))
        }
    }

    private func fillCodecs(_ m: ModuleBuilder) {
        m.def1("register($module, search_function, /)", """
            Register a codec search function.

            Search functions are expected to take one argument, the encoding name in
            all lower case letters, and either return None, or a tuple of functions
            (encoder, decoder, stream_reader, stream_writer) (or a CodecInfo object).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.registerCodec(a)
                return .none
            }
        }
        m.def1("unregister($module, search_function, /)", """
            Unregister a codec search function and clear the registry's cache.

            If the search function is not registered, do nothing.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.unregisterCodec(a)
                return .none
            }
        }
        m.def1("lookup($module, encoding, /)", "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.lookupCodec(vm.expectStr(a, "lookup() argument must be str, not \(vm.argumentTypeName(a))"))
            }
        }
        m.defN("encode($module, /, obj, encoding='utf-8', errors='strict')", """
            Encodes obj using the codec registered for encoding.

            The default encoding is 'utf-8'.  errors may be given to set a
            different error handling scheme.  Default is 'strict' meaning that encoding
            errors raise a ValueError.  Other possible values are 'ignore', 'replace'
            and 'backslashreplace' as well as any other name registered with
            codecs.register_error that can handle ValueErrors.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.codecFunction(a, .encode)
            }
        }
        m.defN("decode($module, /, obj, encoding='utf-8', errors='strict')", """
            Decodes obj using the codec registered for encoding.

            Default encoding is 'utf-8'.  errors may be given to set a
            different error handling scheme.  Default is 'strict' meaning that encoding
            errors raise a ValueError.  Other possible values are 'ignore', 'replace'
            and 'backslashreplace' as well as any other name registered with
            codecs.register_error that can handle ValueErrors.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.codecFunction(a, .decode)
            }
        }
        m.defN("escape_encode($module, data, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isBytes(a[0]) else { throw vm.raise(.typeError, "escape_encode() argument 1 must be bytes, not \(vm.argumentTypeName(a[0]))") }
                try vm.checkErrorsArgument("escape_encode", a[1])
                return try vm.escapeEncode(a[0])
            }
        }
        m.defN("escape_decode($module, data, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("escape_decode", a[0], a[1], text: true)
                return try vm.escapeDecode(a[0], a[1])
            }
        }
        m.defN("utf_8_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_8_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_8_encode", a[1])
                return vm.tuple(try vm.encodeUTF8(text, a[1]), vm.int(text.count))
            }
        }
        m.defN("utf_8_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_8_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    let text = try vm.decodeUTF8(a[0], view, a[1], &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_7_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_7_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_7_encode", a[1])
                return vm.tuple(try vm.encodeTotal(text, .utf7), vm.int(text.count))
            }
        }
        m.defN("utf_7_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_7_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    let text = try vm.decodeUTF7(a[0], view, a[1], &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_16_encode($module, str, errors=None, byteorder=0, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_16_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_16_encode", a[1])
                return vm.tuple(try vm.encodeUTF16(text, a[1], order: vm.orderArgument(a[2])), vm.int(text.count))
            }
        }
        m.defN("utf_16_le_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_16_le_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_16_le_encode", a[1])
                return vm.tuple(try vm.encodeUTF16(text, a[1], order: .little), vm.int(text.count))
            }
        }
        m.defN("utf_16_be_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_16_be_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_16_be_encode", a[1])
                return vm.tuple(try vm.encodeUTF16(text, a[1], order: .big), vm.int(text.count))
            }
        }
        m.defN("utf_16_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_16_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder?
                    let text = try vm.decodeUTF16(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_16_le_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_16_le_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder? = .little
                    let text = try vm.decodeUTF16(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_16_be_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_16_be_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder? = .big
                    let text = try vm.decodeUTF16(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_16_ex_decode($module, data, errors=None, byteorder=0, final=False,\n                 /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_16_ex_decode", a[0], a[1])
                let final = a[3].isNull ? false : try vm.cIntArgument(a[3]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0, order = try vm.orderArgument(a[2])
                    let text = try vm.decodeUTF16(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at), Value(small: order == nil ? 0 : order == .little ? -1 : 1))
                }
            }
        }
        m.defN("utf_32_encode($module, str, errors=None, byteorder=0, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_32_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_32_encode", a[1])
                return vm.tuple(try vm.encodeUTF32(text, a[1], order: vm.orderArgument(a[2])), vm.int(text.count))
            }
        }
        m.defN("utf_32_le_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_32_le_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_32_le_encode", a[1])
                return vm.tuple(try vm.encodeUTF32(text, a[1], order: .little), vm.int(text.count))
            }
        }
        m.defN("utf_32_be_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "utf_32_be_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("utf_32_be_encode", a[1])
                return vm.tuple(try vm.encodeUTF32(text, a[1], order: .big), vm.int(text.count))
            }
        }
        m.defN("utf_32_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_32_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder?
                    let text = try vm.decodeUTF32(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_32_le_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_32_le_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder? = .little
                    let text = try vm.decodeUTF32(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_32_be_decode($module, data, errors=None, final=False, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_32_be_decode", a[0], a[1])
                let final = a[2].isNull ? false : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    var order: ByteOrder? = .big
                    let text = try vm.decodeUTF32(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("utf_32_ex_decode($module, data, errors=None, byteorder=0, final=False,\n                 /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("utf_32_ex_decode", a[0], a[1])
                let final = a[3].isNull ? false : try vm.cIntArgument(a[3]) != 0
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0, order = try vm.orderArgument(a[2])
                    let text = try vm.decodeUTF32(a[0], view, a[1], &order, &at, final: final)
                    return vm.tuple(text, vm.int(at), Value(small: order == nil ? 0 : order == .little ? -1 : 1))
                }
            }
        }
        m.defN("unicode_escape_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "unicode_escape_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("unicode_escape_encode", a[1])
                return vm.tuple(try vm.encodeTotal(text, .escape), vm.int(text.count))
            }
        }
        m.defN("unicode_escape_decode($module, data, errors=None, final=True, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("unicode_escape_decode", a[0], a[1], text: true)
                let final = a[2].isNull ? true : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytesOrText(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    let text = try vm.decodeEscapes(a[0], view, a[1], &at, raw: false, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("raw_unicode_escape_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "raw_unicode_escape_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("raw_unicode_escape_encode", a[1])
                return vm.tuple(try vm.encodeTotal(text, .rawEscape), vm.int(text.count))
            }
        }
        m.defN("raw_unicode_escape_decode($module, data, errors=None, final=True, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("raw_unicode_escape_decode", a[0], a[1], text: true)
                let final = a[2].isNull ? true : try vm.cIntArgument(a[2]) != 0
                return try vm.withBytesOrText(of: a[0]) { (view) throws(Raised) -> Value in
                    var at = 0
                    let text = try vm.decodeEscapes(a[0], view, a[1], &at, raw: true, final: final)
                    return vm.tuple(text, vm.int(at))
                }
            }
        }
        m.defN("latin_1_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "latin_1_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("latin_1_encode", a[1])
                return vm.tuple(try vm.encodeNarrow(text, ascii: false, a[1]), vm.int(text.count))
            }
        }
        m.defN("latin_1_decode($module, data, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("latin_1_decode", a[0], a[1])
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    vm.tuple(try vm.decodeLatin1(view), vm.int(view.count))
                }
            }
        }
        m.defN("ascii_encode($module, str, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "ascii_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("ascii_encode", a[1])
                return vm.tuple(try vm.encodeNarrow(text, ascii: true, a[1]), vm.int(text.count))
            }
        }
        m.defN("ascii_decode($module, data, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("ascii_decode", a[0], a[1])
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    vm.tuple(try vm.decodeASCII(a[0], view, a[1]), vm.int(view.count))
                }
            }
        }
        m.defN("charmap_encode($module, str, errors=None, mapping=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.expectStr(a[0], "charmap_encode() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                try vm.checkErrorsArgument("charmap_encode", a[1])
                return vm.tuple(try vm.encodeCharmap(text, a[1], a[2]), vm.int(text.count))
            }
        }
        m.defN("charmap_decode($module, data, errors=None, mapping=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("charmap_decode", a[0], a[1])
                return try vm.withBytes(of: a[0]) { (view) throws(Raised) -> Value in
                    vm.tuple(try vm.decodeCharmap(a[0], view, a[1], a[2]), vm.int(view.count))
                }
            }
        }
        m.def1("charmap_build($module, map, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let map = try vm.expectStr(a, "charmap_build() argument must be str, not \(vm.argumentTypeName(a))")
                if map.count == 0 { throw vm.raise(.typeError, "bad argument type for built-in operation") }
                return try vm.charmapBuild(map)
            }
        }
        m.defN("readbuffer_encode($module, data, errors=None, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.checkDecodeArguments("readbuffer_encode", a[0], a[1], text: true)
                if vm.isStr(a[0]) {
                    let made = try vm.encodeUTF8(PyStr(a[0]))
                    return vm.tuple(made, vm.int(PyBytes(made).count))
                }
                let made = try vm.bytesFromBuffer(a[0])
                return vm.tuple(made, vm.int(PyBytes(made).count))
            }
        }
        m.def2("register_error($module, errors, handler, /)", """
            Register the specified error handler under the name errors.

            handler must be a callable object, that will be called with an exception
            instance containing information about the location of the encoding/decoding
            error and must return a (replacement, new position) tuple.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let name = try vm.expectStr(a, "register_error() argument 1 must be str, not \(vm.argumentTypeName(a))")
                guard vm.type(of: b).slots.call != nil else { throw vm.raise(.typeError, "handler must be callable") }
                try vm.codecErrors.set(vm, name.value, b)
                return .none
            }
        }
        m.def1("lookup_error($module, name, /)", """
            lookup_error(errors) -> handler

            Return the error handler for the specified error handling name or raise a
            LookupError, if no handler exists under this name.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.lookupErrorHandler(vm.expectStr(a, "lookup_error() argument must be str, not \(vm.argumentTypeName(a))"))
            }
        }
    }
}
