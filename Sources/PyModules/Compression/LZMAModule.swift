// `_lzma` over the system's liblzma: the module and its types. CPython: Modules/_lzmamodule.c.
import CShims
import PyPlatform
import PyRuntime

private enum Container {
    static let auto = 0, xz = 1, alone = 2, raw = 3
}

extension VM {
    public func registerLZMA() {
        registerModule("_lzma") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                if LZMALibrary.shared == nil { throw vm.raise(.importError, "_lzma: the system's library liblzma.so.5 was not found") }
                try vm.fillLZMA(ModuleBuilder(vm, module: module))
            }
        }
    }

    private func fillLZMA(_ m: ModuleBuilder) throws(Raised) {
        for (name, value) in [
            ("FORMAT_AUTO", Container.auto), ("FORMAT_XZ", Container.xz), ("FORMAT_ALONE", Container.alone), ("FORMAT_RAW", Container.raw),
            ("CHECK_NONE", 0), ("CHECK_CRC32", 1), ("CHECK_CRC64", 4), ("CHECK_SHA256", 10), ("CHECK_ID_MAX", 15), ("CHECK_UNKNOWN", 16),
            ("FILTER_LZMA1", Int(LZ.lzma1)), ("FILTER_LZMA2", 33), ("FILTER_DELTA", 3), ("FILTER_X86", 4), ("FILTER_POWERPC", 5),
            ("FILTER_IA64", 6), ("FILTER_ARM", 7), ("FILTER_ARMTHUMB", 8), ("FILTER_SPARC", 9), ("MF_HC3", 3), ("MF_HC4", 4), ("MF_BT2", 18),
            ("MF_BT3", 19), ("MF_BT4", 20), ("MODE_FAST", 1), ("MODE_NORMAL", 2), ("PRESET_DEFAULT", 6), ("PRESET_EXTREME", 1 << 31),
        ] as [(StaticString, Int)] { m.attribute(name, int(value)) }
        let error = try newExceptionClass("LZMAError", module: "_lzma", doc: "Call to liblzma failed.")
        m.attribute("LZMAError", error)
        let parts = tuple(error)
        m.module.cast(ModuleLayout.self).pointee.state = parts
        m.attribute("LZMACompressor", makeLZMACompressor(parts))
        m.attribute("LZMADecompressor", makeLZMADecompressor(parts))
        m.def1("is_check_supported($module, check_id, /)", "Test whether the given integrity check is supported.\n\nAlways returns True for CHECK_NONE and CHECK_CRC32.") { vm, _, id in
            vm.guarded { () throws(Raised) in
                let id = try vm.cInt32(id)
                return Value(LZMALibrary.shared.map { $0.checkIsSupported(id) != 0 } ?? false)
            }
        }
        m.def1("_encode_filter_properties($module, filter, /)", "Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).\n\nThe result does not include the filter ID itself, only the options.") { vm, module, filter in
            vm.guarded { () throws(Raised) in try vm.encodeLZMAProperties(PyTuple(module.cast(ModuleLayout.self).pointee.state)[0], filter) }
        }
        m.def2("_decode_filter_properties($module, filter_id, encoded_props, /)", "Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).\n\nThe result does not include the filter ID itself, only the options.") { vm, module, id, properties in
            vm.guarded { () throws(Raised) in try vm.decodeLZMAProperties(PyTuple(module.cast(ModuleLayout.self).pointee.state)[0], id, properties) }
        }
    }

    private func encodeLZMAProperties(_ error: Value, _ specifier: Value) throws(Raised) -> Value {
        guard let library = LZMALibrary.shared else { return .none }
        let chain = LZMAFilterChain()
        try appendLZMAFilter(chain, specifier, library, error)
        let stream = LZMAStream(library, compresses: true)
        var size: UInt32 = 0
        var code = library.propertiesSize(&size, chain.filters)
        if code != LZ.ok { throw stream.error(self, code, error) }
        var properties = [UInt8](repeating: 0, count: Int(size))
        code = properties.withUnsafeMutableBufferPointer { library.propertiesEncode(chain.filters, $0.baseAddress) }
        if code != LZ.ok { throw stream.error(self, code, error) }
        return try bytes(properties)
    }

    private func decodeLZMAProperties(_ error: Value, _ id: Value, _ properties: Value) throws(Raised) -> Value {
        guard let library = LZMALibrary.shared else { return .none }
        var filter = taipan_lzma_filter(id: try lzmaUInt64(id), options: nil)
        let properties = try bytesFromBuffer(properties)
        let view = PyBytes(properties).view
        let code = library.propertiesDecode(&filter, nil, view.baseAddress, view.count)
        withExtendedLifetime(properties) {}
        if code != LZ.ok { throw LZMAStream(library, compresses: false).error(self, code, error) }
        defer { free(filter.options) }
        return try lzmaSpecifier(filter)
    }

    // MARK: Compressor

    private func makeLZMACompressor(_ parts: Value) -> Value {
        let t = makeCodingType("LZMACompressor", module: "_lzma", parts: parts)
        t.doc("LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCreate a compressor object for compressing data incrementally.\n\nformat specifies the container format to use for the output. This can\nbe FORMAT_XZ (default), FORMAT_ALONE, or FORMAT_RAW.\n\ncheck specifies the integrity check to use. For FORMAT_XZ, the default\nis CHECK_CRC64. FORMAT_ALONE and FORMAT_RAW do not support integrity\nchecks; for these formats, check must be omitted, or be CHECK_NONE.\n\nThe settings used by the compressor can be specified either as a\npreset compression level (with the 'preset' argument), or in detail\nas a custom filter chain (with the 'filters' argument). For FORMAT_XZ\nand FORMAT_ALONE, the default is to use the PRESET_DEFAULT preset\nlevel. For FORMAT_RAW, the caller must always specify a filter chain;\nthe raw compressor does not support preset compression levels.\n\npreset (if provided) should be an integer in the range 0-9, optionally\nOR-ed with the constant PRESET_EXTREME.\n\nfilters (if provided) should be a sequence of dicts. Each dict should\nhave an entry for \"id\" indicating the ID of the filter, plus\nadditional entries for options to the filter.\n\nFor one-shot compression, use the compress() function instead.\n")
        t.initialize("(format=1, check=-1, preset=None, filters=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                vm.startCoding(v, try vm.lzmaEncoder(PyTuple(vm.type(of: v).ref.pointee.cache0)[0], a))
            }
        }
        defineCompressorMethods(t)
        readyType(t.type)
        return t.type.value
    }

    private func lzmaEncoder(_ error: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> LZMAStream {
        let format = a[0].isNull ? Container.xz : Int(try cInt32(a[0]))
        var check = try cInt32(a[1], default: -1)
        let hasPreset = !a[2].isNull && !a[2].isNone, hasFilters = !a[3].isNull && !a[3].isNone
        if hasPreset && hasFilters { throw raise(.valueError, "Cannot specify both preset and filter chain") }
        let preset = hasPreset ? try lzmaUInt32(a[2]) : LZ.defaultPreset
        if format != Container.xz && check != -1 && check != LZ.checkNone {
            throw raise(.valueError, "Integrity checks are only supported by FORMAT_XZ")
        }
        guard let library = LZMALibrary.shared else { throw raise(.importError, "liblzma was not found") }
        let lz = LZMAStream(library, compresses: true)
        let chain = hasFilters ? try lzmaChain(a[3], library, error) : nil
        let code: Int32
        switch format {
        case Container.xz:
            if check == -1 { check = LZ.checkCRC64 }
            code = chain.map { library.streamEncoder(lz.stream, $0.filters, check) } ?? library.easyEncoder(lz.stream, preset, check)
        case Container.alone:
            if let chain {
                guard chain.filters[0].id == LZ.lzma1, chain.filters[1].id == .max else {
                    throw raise(.valueError, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter")
                }
                code = library.aloneEncoder(lz.stream, chain.filters[0].options)
            } else {
                var options = taipan_lzma_options_lzma()
                if library.preset(&options, preset) != 0 { throw raise(PyType(error), str("Invalid compression preset: \(preset)")) }
                code = withUnsafeMutablePointer(to: &options) { library.aloneEncoder(lz.stream, UnsafeMutableRawPointer($0)) }
            }
        case Container.raw:
            guard let chain else { throw raise(.valueError, "Must specify filters for FORMAT_RAW") }
            code = library.rawEncoder(lz.stream, chain.filters)
        default: throw raise(.valueError, "Invalid container format: \(format)")
        }
        withExtendedLifetime(chain) {}
        if code != LZ.ok { throw lz.error(self, code, error) }
        return lz
    }

    // MARK: Decompressor

    private func makeLZMADecompressor(_ parts: Value) -> Value {
        let t = makeCodingType("LZMADecompressor", module: "_lzma", parts: parts)
        t.doc("Create a decompressor object for decompressing data incrementally.\n\n  format\n    Specifies the container format of the input stream.  If this is\n    FORMAT_AUTO (the default), the decompressor will automatically detect\n    whether the input is FORMAT_XZ or FORMAT_ALONE.  Streams created with\n    FORMAT_RAW cannot be autodetected.\n  memlimit\n    Limit the amount of memory used by the decompressor.  This will cause\n    decompression to fail if the input cannot be decompressed within the\n    given limit.\n  filters\n    A custom filter chain.  This argument is required for FORMAT_RAW, and\n    not accepted with any other format.  When provided, this should be a\n    sequence of dicts, each indicating the ID and options for a single\n    filter.\n\nFor one-shot decompression, use the decompress() function instead.", signature: "(format=FORMAT_AUTO, memlimit=None, filters=None)")
        t.initialize("(format=0, memlimit=None, filters=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                vm.startCoding(v, try vm.lzmaDecoder(PyTuple(vm.type(of: v).ref.pointee.cache0)[0], a))
            }
        }
        defineDecompressorMethods(t)
        t.computedMember("check", "ID of the integrity check used by the input stream.") { vm, v in
            vm.guarded { () throws(Raised) in vm.int(Int((try vm.codingObject(v).stream as? LZMAStream)?.check ?? LZ.checkUnknown)) }
        }
        readyType(t.type)
        return t.type.value
    }

    private func lzmaDecoder(_ error: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> LZMAStream {
        let format = a[0].isNull ? Container.auto : Int(try cInt32(a[0]))
        var limit = UInt64.max
        if !a[1].isNull && !a[1].isNone {
            if format == Container.raw { throw raise(.valueError, "Cannot specify memory limit with FORMAT_RAW") }
            limit = try lzmaUInt64(a[1])
        }
        let hasFilters = !a[2].isNull && !a[2].isNone
        if format == Container.raw && !hasFilters { throw raise(.valueError, "Must specify filters for FORMAT_RAW") }
        if format != Container.raw && hasFilters { throw raise(.valueError, "Cannot specify filters except with FORMAT_RAW") }
        guard let library = LZMALibrary.shared else { throw raise(.importError, "liblzma was not found") }
        let tellChecks = LZ.tellAnyCheck | LZ.tellNoCheck
        let known = format == Container.alone || format == Container.raw
        let lz = LZMAStream(library, compresses: false, check: known ? LZ.checkNone : LZ.checkUnknown)
        let code: Int32
        switch format {
        case Container.auto: code = library.autoDecoder(lz.stream, limit, tellChecks)
        case Container.xz: code = library.streamDecoder(lz.stream, limit, tellChecks)
        case Container.alone: code = library.aloneDecoder(lz.stream, limit)
        case Container.raw:
            let chain = try lzmaChain(a[2], library, error)
            code = library.rawDecoder(lz.stream, chain.filters)
            withExtendedLifetime(chain) {}
        default: throw raise(.valueError, "Invalid container format: \(format)")
        }
        if code != LZ.ok { throw lz.error(self, code, error) }
        return lz
    }
}
