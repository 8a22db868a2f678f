// `zlib` over the system's library: the module's functions. The objects are in ZlibObjects.swift. CPython: Modules/zlibmodule.c.
import PyNumerics
import PyPlatform
import PyRuntime

/// What the module's functions need.
final class ZlibState {
    let library: ZlibLibrary
    init(_ library: ZlibLibrary) { self.library = library }
}

extension VM {
    public func registerZlib() {
        registerModule("zlib") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                guard let library = ZlibLibrary.shared else {
                    throw vm.raise(.importError, "zlib: the system's library libz.so.1 was not found")
                }
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.\n\nadler32(string[, start]) -- Compute an Adler-32 checksum.\ncompress(data[, level]) -- Compress data, with compression level 0-9 or -1.\ncompressobj([level[, ...]]) -- Return a compressor object.\ncrc32(string[, start]) -- Compute a CRC-32 checksum.\ndecompress(string,[wbits],[bufsize]) -- Decompresses a compressed string.\ndecompressobj([wbits[, zdict]]) -- Return a decompressor object.\n\n'wbits' is window buffer size and container format.\nCompressor objects support compress() and flush() methods; decompressor\nobjects support decompress() and flush()." as StaticString))
                let error = try vm.newExceptionClass("error", module: "zlib")
                m.attribute("error", error)
                for (name, value) in [
                    ("MAX_WBITS", 15), ("DEFLATED", 8), ("DEF_MEM_LEVEL", 8), ("DEF_BUF_SIZE", 16384), ("Z_NO_COMPRESSION", 0), ("Z_BEST_SPEED", 1),
                    ("Z_BEST_COMPRESSION", 9), ("Z_DEFAULT_COMPRESSION", -1), ("Z_FILTERED", 1), ("Z_HUFFMAN_ONLY", 2), ("Z_RLE", 3), ("Z_FIXED", 4),
                    ("Z_DEFAULT_STRATEGY", 0), ("Z_NO_FLUSH", 0), ("Z_PARTIAL_FLUSH", 1), ("Z_SYNC_FLUSH", 2), ("Z_FULL_FLUSH", 3), ("Z_FINISH", 4),
                    ("Z_BLOCK", 5), ("Z_TREES", 6),
                ] as [(StaticString, Int)] { m.attribute(name, vm.int(value)) }
                m.attribute("ZLIB_VERSION", vm.str(library.version))
                m.attribute("ZLIB_RUNTIME_VERSION", vm.str(library.version))
                m.attribute("__version__", vm.str("1.0" as StaticString))
                // The types stay out of the namespace; the module keeps them and its exception.
                let types = try vm.newTuple(3)
                types[0] = error
                types[1] = vm.makeZlibType("Compress", compresses: true)
                types[2] = vm.makeZlibType("Decompress", compresses: false)
                module.cast(ModuleLayout.self).pointee.state = types.value
                for i in 1...2 { PyType(types[i]).ref.pointee.cache0 = types.value }
                vm.defineZlib(m)
            }
        }
    }

    /// The library's complaint about `stream`, or our own words for its code.
    func zlibError(_ error: Value, _ stream: ZStream?, _ code: Int32, _ what: StaticString) -> Raised {
        var text: String?
        if code == Z.versionError {
            text = "library version mismatch"
        } else if let message = stream?.pointee.msg {
            text = String(cString: message)
        } else if code == Z.bufferError {
            text = "incomplete or truncated stream"
        } else if code == Z.streamError {
            text = "inconsistent stream state"
        } else if code == Z.dataError {
            text = "invalid input data"
        }
        return raise(PyType(error), str("Error \(code) \(what)" + (text.map { ": \($0)" } ?? "")))
    }

    private func zlibParts(_ module: Value) -> PyTuple { PyTuple(module.cast(ModuleLayout.self).pointee.state) }

    /// A checksum of the low 32 bits of `seed`.
    private func checksum(
        _ a: UnsafeMutablePointer<Value>, default seed: UInt32, _ update: @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt
    ) throws(Raised) -> Value {
        try requireBuffer(a[0])
        var value = UInt(a[1].isNull ? seed : try cFlags(a[1]))
        var view = try acquireBuffer(a[0])
        defer { releaseBuffer(&view) }
        let copy = view.strides.isNull ? Value.null : try bytesFromBuffer(a[0])
        let bytes = copy.isNull ? view.byteView : PyBytes(copy).view
        var at = 0
        while at < bytes.count {
            let count = min(bytes.count - at, 1 << 30)
            value = update(value, bytes.baseAddress.map { $0 + at }, UInt32(count))
            at += count
        }
        withExtendedLifetime(copy) {}
        return int(Int(value & 0xFFFF_FFFF))
    }

    private func defineZlib(_ m: ModuleBuilder) {
        m.defN("adler32($module, data, value=1, /)", "Compute an Adler-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard let library = ZlibLibrary.shared else { return .none }
                return try vm.checksum(a, default: 1, library.adler32)
            }
        }
        m.defN("crc32($module, data, value=0, /)", "Compute a CRC-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard let library = ZlibLibrary.shared else { return .none }
                return try vm.checksum(a, default: 0, library.crc32)
            }
        }
        m.defN("compress($module, data, /, level=Z_DEFAULT_COMPRESSION)", "Returns a bytes object containing compressed data.\n\n  data\n    Binary data to be compressed.\n  level\n    Compression level, in 0-9 or -1.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.compressAtOnce(vm.zlibParts(module)[0], a) }
        }
        m.defN("decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", "Returns a bytes object containing the uncompressed data.\n\n  data\n    Compressed data.\n  wbits\n    The window buffer size and container format.\n  bufsize\n    The initial output buffer size.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.decompressAtOnce(vm.zlibParts(module)[0], a) }
        }
        m.defN("compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=None)", "Return a compressor object.\n\n  level\n    The compression level (an integer in the range 0-9 or -1; default is\n    currently equivalent to 6).  Higher compression levels are slower,\n    but produce smaller results.\n  method\n    The compression algorithm.  If given, this must be DEFLATED.\n  wbits\n    +9 to +15: The base-two logarithm of the window size.  Include a zlib\n        container.\n    -9 to -15: Generate a raw stream.\n    +25 to +31: Include a gzip container.\n  memLevel\n    Controls the amount of memory used for internal compression state.\n    Valid values range from 1 to 9.  Higher values result in higher memory\n    usage, faster compression, and smaller output.\n  strategy\n    Used to tune the compression algorithm.  Possible values are\n    Z_DEFAULT_STRATEGY, Z_FILTERED, and Z_HUFFMAN_ONLY.\n  zdict\n    The predefined compression dictionary - a sequence of bytes\n    containing subsequences that are likely to occur in the input data.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.newCompressor(vm.zlibParts(module), a) }
        }
        m.defN("decompressobj($module, /, wbits=MAX_WBITS, zdict=b'')", "Return a decompressor object.\n\n  wbits\n    The window buffer size and container format.\n  zdict\n    The predefined compression dictionary.  This must be the same\n    dictionary as used by the compressor that produced the input data.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.newDecompressor(vm.zlibParts(module), a) }
        }
    }

    private func compressAtOnce(_ error: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try requireBuffer(a[0])
        let level = try cInt32(a[1], default: -1)
        let data = try bytesFromBuffer(a[0])
        guard let library = ZlibLibrary.shared else { return .none }
        let z = ZlibStream(library, compresses: true)
        switch z.openDeflate(level: level, method: 8, bits: 15, memory: 8, strategy: 0) {
        case Z.ok: break
        case Z.memoryError: throw raise(.memoryError, "Out of memory while compressing data")
        case Z.streamError: throw raise(PyType(error), str("Bad compression level" as StaticString))
        case let code: throw zlibError(error, z.stream, code, "while compressing data")
        }
        let (output, code) = unlockedData(data) { z.deflate($0, flush: Z.finish) }
        if code == Z.memoryError { throw raiseMemoryError() }
        if code != Z.streamEnd { throw zlibError(error, z.stream, code, "while compressing data") }
        let last = z.end()
        if last != Z.ok { throw zlibError(error, z.stream, last, "while finishing compression") }
        return try bytes(output)
    }

    private func decompressAtOnce(_ error: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try requireBuffer(a[0])
        let bits = try cInt32(a[1], default: 15)
        let size = a[2].isNull ? Z.defaultBuffer : try cSize(a[2])
        let data = try bytesFromBuffer(a[0])
        if size < 0 { throw raise(.valueError, "bufsize must be non-negative") }
        guard let library = ZlibLibrary.shared else { return .none }
        let z = ZlibStream(library, compresses: false)
        switch z.openInflate(bits: bits) {
        case Z.ok: break
        case Z.memoryError: throw raise(.memoryError, "Out of memory while decompressing data")
        case let code: throw zlibError(error, z.stream, code, "while preparing to decompress data")
        }
        let (output, code, _) = unlockedData(data) { z.inflate($0, limit: .max, finishes: true) }
        if code == Z.memoryError { throw raise(.memoryError, "Out of memory while decompressing data") }
        // A stream that ends early is the library's Z_BUF_ERROR, whatever it said last.
        if code != Z.streamEnd { throw zlibError(error, z.stream, code == Z.ok ? Z.bufferError : code, "while decompressing data") }
        let last = z.end()
        if last != Z.ok { throw zlibError(error, z.stream, last, "while finishing decompression") }
        return try bytes(output)
    }

    /// Runs `body` on the contents of a bytes object; the lock is given up for long ones.
    func unlockedData<T>(_ data: Value, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let view = PyBytes(data).view
        // Safe: the object is in this frame, its contents neither move nor change.
        let result = view.count < 65536 ? body(view) : withoutGIL { body(view) }
        withExtendedLifetime(data) {}
        return result
    }
}
