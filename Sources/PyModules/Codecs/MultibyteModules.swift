// `_multibytecodec` and the six modules that hand out its codecs. What a codec does with errors: Multibyte+Errors.swift;
// the incremental and stream types: MultibyteIncremental.swift, MultibyteStream.swift. The tables: PyUnicode.
// CPython: Modules/cjkcodecs/multibytecodec.c, cjkcodecs.h.
import PyRuntime
import PyUnicode

/// `_multibytecodec.MultibyteCodec`.
struct MultibyteCodecLayout {
    var type: PyType
    /// `MultibyteCodec.Encoding`.
    var encoding: Int
}

extension VM {
    public func registerMultibyteCodecs() {
        registerModule("_multibytecodec") { vm, module in
            let codec = vm.makeMultibyteCodecType()
            module.cast(ModuleLayout.self).pointee.state = codec
            let m = ModuleBuilder(vm, module: module)
            vm.makeMultibyteEncoder(m)
            vm.makeMultibyteDecoder(m)
            vm.makeMultibyteReader(m)
            vm.makeMultibyteWriter(m)
            m.def1("__create_codec($module, arg, /)", "") { vm, _, _ in
                // The argument is a capsule, and nothing here makes one: codecs come from `getcodec`.
                vm.guarded { () throws(Raised) in throw vm.raise(.valueError, "argument type invalid") }
            }
            return 0
        }
        registerModule("_codecs_cn") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in vm.guarded { () throws(Raised) in try vm.getCodec(name, [.gb2312, .gbk, .gb18030, .hz]) } }
        }
        registerModule("_codecs_hk") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in vm.guarded { () throws(Raised) in try vm.getCodec(name, [.big5hkscs]) } }
        }
        registerModule("_codecs_iso2022") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in
                vm.guarded { () throws(Raised) in
                    try vm.getCodec(
                        name,
                        [.iso2022_kr, .iso2022_jp, .iso2022_jp_1, .iso2022_jp_2, .iso2022_jp_2004, .iso2022_jp_3, .iso2022_jp_ext])
                }
            }
        }
        registerModule("_codecs_jp") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in
                vm.guarded { () throws(Raised) in
                    try vm.getCodec(
                        name, [.shift_jis, .cp932, .euc_jp, .shift_jis_2004, .euc_jis_2004, .euc_jisx0213, .shift_jisx0213])
                }
            }
        }
        registerModule("_codecs_kr") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in vm.guarded { () throws(Raised) in try vm.getCodec(name, [.euc_kr, .cp949, .johab]) } }
        }
        registerModule("_codecs_tw") { vm, module in
            vm.defineGetCodec(module) { vm, _, name in vm.guarded { () throws(Raised) in try vm.getCodec(name, [.big5, .cp950]) } }
        }
    }

    private func defineGetCodec(_ module: Value, _ code: Native1) -> Int {
        ModuleBuilder(self, module: module).def1("-getcodec(name, /)", "", code)
        return 0
    }

    /// The type of codec objects.
    func multibyteCodecType() throws(Raised) -> PyType {
        PyType(try importModule("_multibytecodec").cast(ModuleLayout.self).pointee.state)
    }

    private func getCodec(_ name: Value, _ served: [MultibyteCodec.Encoding]) throws(Raised) -> Value {
        if !isStr(name) { throw raise(.typeError, "encoding name must be a string.") }
        let text = PyStr(name).string
        guard let encoding = served.first(where: { $0.text == text }) else {
            throw raise(.lookupError, "no such codec is supported.")
        }
        let codec = newInstance(try multibyteCodecType())
        codec.cast(MultibyteCodecLayout.self).pointee.encoding = Int(encoding.rawValue)
        return codec
    }

    /// The codec that a layout's number names.
    func multibyteCodec(_ number: Int) -> MultibyteCodec {
        MultibyteCodec(MultibyteCodec.Encoding(rawValue: UInt8(truncatingIfNeeded: number)) ?? .gb2312)
    }

    private func makeMultibyteCodecType() -> Value {
        let t = makeType(
            "MultibyteCodec", module: "_multibytecodec", size: MemoryLayout<MultibyteCodecLayout>.size, trace: .leaf,
            flags: .disallowInstantiation)
        t.defN("encode($self, /, input, errors=None)", """
            Return an encoded string version of `input'.

            'errors' may be given to set a different error handling scheme. Default is
            'strict' meaning that encoding errors raise a UnicodeEncodeError. Other possible
            values are 'ignore', 'replace' and 'xmlcharrefreplace' as well as any other name
            registered with codecs.register_error that can handle UnicodeEncodeErrors.
            """) { vm, v, a in
            vm.guarded { () throws(Raised) in
                let codec = vm.multibyteCodec(v.cast(MultibyteCodecLayout.self).pointee.encoding)
                let errors = try vm.multibyteErrorsArgument(a[1], "encode")
                let text = try vm.multibyteText(a[0])
                var run = MultibyteEncoding(codec: codec, errors: errors, state: codec.initialEncoderState)
                let made = try vm.encode(text, &run, final: true)
                return vm.tuple(made, vm.int(text.count))
            }
        }
        t.defN("decode($self, /, input, errors=None)", """
            Decodes 'input'.

            'errors' may be given to set a different error handling scheme. Default is
            'strict' meaning that encoding errors raise a UnicodeDecodeError. Other possible
            values are 'ignore' and 'replace' as well as any other name registered with
            codecs.register_error that is able to handle UnicodeDecodeErrors."
            """) { vm, v, a in
            vm.guarded { () throws(Raised) in
                let codec = vm.multibyteCodec(v.cast(MultibyteCodecLayout.self).pointee.encoding)
                // Arguments are parsed in order: the buffer first.
                return try vm.withReadableBuffer(a[0]) { (view) throws(Raised) -> Value in
                    let errors = try vm.multibyteErrorsArgument(a[1], "decode")
                    var run = MultibyteDecoding(
                        codec: codec, errors: errors, state: codec.initialDecoderState, object: a[0], view: view)
                    var out = TextBuilder(capacity: view.count)
                    try vm.decodeAll(&run, into: &out)
                    return vm.tuple(try vm.str(out), vm.int(view.count))
                }
            }
        }
        readyType(t.type)
        return t.type.value
    }

    /// NULL for none, else a str.
    func multibyteErrorsArgument(_ value: Value, _ method: StaticString) throws(Raised) -> Value {
        if value.isNull || value.isNone { return .null }
        guard isStr(value) else {
            throw raise(.typeError, "\(method)() argument 'errors' must be str or None, not \(argumentTypeName(value))")
        }
        _ = try checkedCString(PyStr(value))
        return value
    }

    /// Anything is encoded: what is no str as its `str()`.
    func multibyteText(_ value: Value) throws(Raised) -> PyStr {
        PyStr(isStr(value) ? value : try str(of: value))
    }
}
