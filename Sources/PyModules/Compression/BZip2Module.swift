// `_bz2` over the system's libbz2, found at run time. Rules: bzlib.h. CPython: Modules/_bz2module.c.
import CShims
import PyPlatform
import PyRuntime

typealias BZStream = UnsafeMutablePointer<taipan_bz_stream>

struct BZip2Library: Sendable {
    let compressInit: @convention(c) (BZStream, Int32, Int32, Int32) -> Int32
    let compress: @convention(c) (BZStream, Int32) -> Int32
    let compressEnd: @convention(c) (BZStream) -> Int32
    let decompressInit: @convention(c) (BZStream, Int32, Int32) -> Int32
    let decompress: @convention(c) (BZStream) -> Int32
    let decompressEnd: @convention(c) (BZStream) -> Int32

    /// nil where the system has no libbz2.
    static let shared = BZip2Library()

    private init?() {
        guard let library = DynamicLibrary(["libbz2.so.1.0", "libbz2.so.1", "libbz2.so"]) else { return nil }
        func find<F>(_ name: String) -> F? { library.function(name, as: F.self) }
        guard let compressInit: @convention(c) (BZStream, Int32, Int32, Int32) -> Int32 = find("BZ2_bzCompressInit"),
            let compress: @convention(c) (BZStream, Int32) -> Int32 = find("BZ2_bzCompress"),
            let compressEnd: @convention(c) (BZStream) -> Int32 = find("BZ2_bzCompressEnd"),
            let decompressInit: @convention(c) (BZStream, Int32, Int32) -> Int32 = find("BZ2_bzDecompressInit"),
            let decompress: @convention(c) (BZStream) -> Int32 = find("BZ2_bzDecompress"),
            let decompressEnd: @convention(c) (BZStream) -> Int32 = find("BZ2_bzDecompressEnd")
        else { return nil }
        self.compressInit = compressInit
        self.compress = compress
        self.compressEnd = compressEnd
        self.decompressInit = decompressInit
        self.decompress = decompress
        self.decompressEnd = decompressEnd
    }
}

final class BZip2Stream: CodingStream {
    let endMessage = "End of stream already reached"
    private let library: BZip2Library
    private let stream: BZStream
    private let compresses: Bool

    private enum Code {
        static let ok: Int32 = 0, runOK: Int32 = 1, flushOK: Int32 = 2, finishOK: Int32 = 3, streamEnd: Int32 = 4
        static let parameter: Int32 = -2, memory: Int32 = -3, data: Int32 = -4, magic: Int32 = -5, io: Int32 = -6, unexpectedEnd: Int32 = -7
        static let run: Int32 = 0, finish: Int32 = 2
    }

    /// A stream that compresses at `level`, or decompresses where that is nil. - Throws: MemoryError and the library's complaints.
    init(_ vm: VM, _ library: BZip2Library, level: Int32?) throws(Raised) {
        self.library = library
        compresses = level != nil
        stream = BZStream.allocate(capacity: 1)
        stream.initialize(to: taipan_bz_stream())
        let code = level.map { library.compressInit(stream, $0, 0, 0) } ?? library.decompressInit(stream, 0, 0)
        if code != Code.ok { throw error(vm, code, .null) }
    }

    var nativeBytes: Int { compresses ? 8 << 20 : 4 << 20 }

    deinit {
        _ = compresses ? library.compressEnd(stream) : library.decompressEnd(stream)
        stream.deallocate()
    }

    func code(_ input: UnsafeBufferPointer<UInt8>, limit: Int, finishes: Bool) -> CodingResult {
        var result = CodingResult()
        var given = 0
        repeat {
            // The library counts in C unsigned ints.
            let count = min(input.count - given, Int(UInt32.max))
            let isLast = given + count == input.count
            if let base = input.baseAddress {
                // Safe: char and unsigned char have one layout; the library only reads.
                stream.pointee.next_in = UnsafeRawPointer(base + given).assumingMemoryBound(to: CChar.self)
            }
            stream.pointee.avail_in = UInt32(count)
            given += count
            pump(&result, limit: limit, finishes: finishes && isLast)
            if result.failure != nil || result.isAtEnd || result.isFull { break }
        } while given < input.count
        result.rest = input.count - given + Int(stream.pointee.avail_in)
        // As `_bz2` counts: with all its input used up a decompressor wants more, even if more would come out.
        result.isFull = false
        return result
    }

    /// Until the piece that was given is used up.
    private func pump(_ result: inout CodingResult, limit: Int, finishes: Bool) {
        while true {
            if result.output.count >= limit {
                result.isFull = true
                return
            }
            if compresses && !finishes && stream.pointee.avail_in == 0 { return }
            var code = Code.ok
            let isDone = appendCoded(&result.output, limit: limit) { start, room in
                stream.pointee.next_out = start.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self) }
                stream.pointee.avail_out = UInt32(room)
                code = compresses ? library.compress(stream, finishes ? Code.finish : Code.run) : library.decompress(stream)
                return room - Int(stream.pointee.avail_out)
            }
            if !isDone { code = Code.memory }
            switch code {
            case Code.streamEnd:
                result.isAtEnd = true
                return
            case Code.ok, Code.runOK, Code.flushOK, Code.finishOK: break
            default:
                result.failure = code
                return
            }
            if !compresses && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0 { return }
        }
    }

    func error(_ vm: VM, _ code: Int32, _ errorType: Value) -> Raised {
        switch code {
        case Code.parameter: vm.raise(.valueError, "Internal error - invalid parameters passed to libbzip2")
        case Code.memory: vm.raiseMemoryError()
        case Code.data, Code.magic: vm.raise(.osError, "Invalid data stream")
        case Code.io: vm.raise(.osError, "Unknown I/O error")
        case Code.unexpectedEnd: vm.raise(.eofError, "Compressed file ended before the logical end-of-stream was detected")
        case -1: vm.raise(.runtimeError, "Internal error - Invalid sequence of commands sent to libbzip2")
        default: vm.raise(.osError, "Unrecognized error from libbzip2: \(code)")
        }
    }
}

extension VM {
    public func registerBZip2() {
        registerModule("_bz2") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                if BZip2Library.shared == nil { throw vm.raise(.importError, "_bz2: the system's library libbz2.so.1.0 was not found") }
                let m = ModuleBuilder(vm, module: module)
                m.attribute("BZ2Compressor", vm.makeBZip2Compressor())
                m.attribute("BZ2Decompressor", vm.makeBZip2Decompressor())
            }
        }
    }

    private func makeBZip2Compressor() -> Value {
        let t = makeCodingType("BZ2Compressor", module: "_bz2", parts: tuple(.none))
        t.doc("Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, as a number between 1 and 9.\n\nFor one-shot compression, use the compress() function instead.", signature: "(compresslevel=9, /)")
        t.initialize("(compresslevel=9, /)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let level = try vm.cInt32(a[0], default: 9)
                if level < 1 || level > 9 { throw vm.raise(.valueError, "compresslevel must be between 1 and 9") }
                guard let library = BZip2Library.shared else { return .none }
                return vm.startCoding(v, try BZip2Stream(vm, library, level: level))
            }
        }
        defineCompressorMethods(t)
        readyType(t.type)
        return t.type.value
    }

    private func makeBZip2Decompressor() -> Value {
        let t = makeCodingType("BZ2Decompressor", module: "_bz2", parts: tuple(.none))
        t.doc("Create a decompressor object for decompressing data incrementally.\n\nFor one-shot decompression, use the decompress() function instead.", signature: "()")
        t.initialize("()") { vm, v, _ in
            vm.guarded { () throws(Raised) in
                guard let library = BZip2Library.shared else { return .none }
                return vm.startCoding(v, try BZip2Stream(vm, library, level: nil))
            }
        }
        defineDecompressorMethods(t)
        readyType(t.type)
        return t.type.value
    }
}
