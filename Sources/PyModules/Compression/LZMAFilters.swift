// Filter chains of `_lzma`: a sequence of dicts to liblzma's structures and back. CPython: Modules/_lzmamodule.c; lzma/filter.h.
import CShims
import PyPlatform
import PyRuntime

/// A chain that liblzma can read; it lives as long as this object.
final class LZMAFilterChain {
    let filters: LZFilters
    private var count = 0

    init() {
        filters = LZFilters.allocate(capacity: LZ.mostFilters + 1)
        filters.initialize(repeating: taipan_lzma_filter(id: .max, options: nil), count: LZ.mostFilters + 1)
    }

    deinit {
        for i in 0..<count { filters[i].options?.deallocate() }
        filters.deallocate()
    }

    /// - Precondition: fewer than `LZ.mostFilters` so far.
    func append<T>(_ id: UInt64, _ options: T) {
        let copy = UnsafeMutablePointer<T>.allocate(capacity: 1)
        copy.initialize(to: options)
        filters[count] = taipan_lzma_filter(id: id, options: UnsafeMutableRawPointer(copy))
        count += 1
    }
}

extension VM {
    /// - Throws: TypeError, ValueError for what is no chain; `error` (LZMAError) for a preset that is none.
    func lzmaChain(_ specifiers: Value, _ library: LZMALibrary, _ error: Value) throws(Raised) -> LZMAFilterChain {
        if isDict(specifiers) { throw raise(.typeError, "dict is not a sequence") }
        let count = try length(specifiers)
        if count > LZ.mostFilters { throw raise(.valueError, "Too many filters - liblzma supports a maximum of \(LZ.mostFilters)") }
        let chain = LZMAFilterChain()
        for i in 0..<count { try appendLZMAFilter(chain, try getItem(specifiers, int(i)), library, error) }
        return chain
    }

    func appendLZMAFilter(_ chain: LZMAFilterChain, _ specifier: Value, _ library: LZMALibrary, _ error: Value) throws(Raised) {
        if try !hasAttr(specifier, intern("keys")) && !isDict(specifier) {
            throw raise(.typeError, "Filter specifier must be a dict or dict-like object")
        }
        let dict = newDict()
        _ = try callMethod(dict.value, intern("update"), specifier)
        let idValue = try dict.get(self, intern("id"))
        if idValue.isNull { throw raise(.valueError, "Filter specifier must have an \"id\" entry") }
        let id = try lzmaUInt64(idValue)
        switch id {
        case LZ.lzma1, LZ.lzma2: chain.append(id, try lzmaOptions(dict, library, error))
        case LZ.delta:
            try refuseOthers(dict, ["id", "dist"], "delta")
            var options = taipan_lzma_options_delta()
            options.dist = try lzmaUInt32(dict, "dist") ?? 1
            chain.append(id, options)
        case LZ.branchFilters:
            try refuseOthers(dict, ["id", "start_offset"], "BCJ")
            chain.append(id, try lzmaUInt32(dict, "start_offset") ?? 0)
        default: throw raise(.valueError, "Invalid filter ID: \(id)")
        }
    }

    private func lzmaOptions(_ dict: PyDict, _ library: LZMALibrary, _ error: Value) throws(Raised) -> taipan_lzma_options_lzma {
        let preset = try lzmaUInt32(dict, "preset") ?? LZ.defaultPreset
        var options = taipan_lzma_options_lzma()
        if library.preset(&options, preset) != 0 { throw raise(PyType(error), str("Invalid compression preset: \(preset)")) }
        try refuseOthers(dict, ["id", "preset", "dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"], "LZMA")
        if let n = try lzmaUInt32(dict, "dict_size") { options.dict_size = n }
        if let n = try lzmaUInt32(dict, "lc") { options.lc = n }
        if let n = try lzmaUInt32(dict, "lp") { options.lp = n }
        if let n = try lzmaUInt32(dict, "pb") { options.pb = n }
        if let n = try lzmaUInt32(dict, "mode") { options.mode = Int32(bitPattern: n) }
        if let n = try lzmaUInt32(dict, "nice_len") { options.nice_len = n }
        if let n = try lzmaUInt32(dict, "mf") { options.mf = Int32(bitPattern: n) }
        if let n = try lzmaUInt32(dict, "depth") { options.depth = n }
        return options
    }

    private func refuseOthers(_ dict: PyDict, _ known: [StaticString], _ what: StaticString) throws(Raised) {
        var position = 0
        while let (key, _) = dict.next(&position) {
            let isKnown = isStr(key) && known.contains { PyStr(intern($0)).equals(PyStr(key)) }
            if !isKnown { throw raise(.valueError, "Invalid filter specifier for \(what) filter") }
        }
    }

    func lzmaUInt64(_ value: Value) throws(Raised) -> UInt64 {
        let n = bigInt(try index(value))
        if n.isNegative { throw raise(.overflowError, "can't convert negative int to unsigned") }
        guard let result = n.asUInt64 else { throw raise(.overflowError, "int too big to convert") }
        return result
    }

    func lzmaUInt32(_ value: Value) throws(Raised) -> UInt32 {
        guard let result = UInt32(exactly: try lzmaUInt64(value)) else { throw raise(.overflowError, "Value too large for uint32_t type") }
        return result
    }

    private func lzmaUInt32(_ dict: PyDict, _ key: StaticString) throws(Raised) -> UInt32? {
        let value = try dict.get(self, intern(key))
        return value.isNull ? nil : try lzmaUInt32(value)
    }

    /// The dict for a filter that liblzma filled in.
    func lzmaSpecifier(_ filter: taipan_lzma_filter) throws(Raised) -> Value {
        let dict = newDict()
        try dict.set(self, intern("id"), int(Int(filter.id)))
        guard let options = filter.options else { return dict.value }
        switch filter.id {
        case LZ.lzma1, LZ.lzma2:
            let o = options.assumingMemoryBound(to: taipan_lzma_options_lzma.self)
            try dict.set(self, intern("dict_size"), int(Int(o.pointee.dict_size)))
            if filter.id == LZ.lzma1 {
                try dict.set(self, intern("lc"), int(Int(o.pointee.lc)))
                try dict.set(self, intern("lp"), int(Int(o.pointee.lp)))
                try dict.set(self, intern("pb"), int(Int(o.pointee.pb)))
            }
        case LZ.delta:
            try dict.set(self, intern("dist"), int(Int(options.assumingMemoryBound(to: taipan_lzma_options_delta.self).pointee.dist)))
        case LZ.branchFilters:
            try dict.set(self, intern("start_offset"), int(Int(options.load(as: UInt32.self))))
        default: throw raise(.valueError, "Invalid filter ID: \(filter.id)")
        }
        return dict.value
    }
}
