// The system's liblzma, found at run time, and a stream of it. Rules: lzma.h and lzma/*.h.
import CShims
import PyPlatform
import PyRuntime

typealias LZStream = UnsafeMutablePointer<taipan_lzma_stream>
typealias LZFilters = UnsafeMutablePointer<taipan_lzma_filter>

struct LZMALibrary: Sendable {
    let easyEncoder: @convention(c) (LZStream, UInt32, Int32) -> Int32
    let streamEncoder: @convention(c) (LZStream, LZFilters, Int32) -> Int32
    let aloneEncoder: @convention(c) (LZStream, UnsafeMutableRawPointer?) -> Int32
    let rawEncoder: @convention(c) (LZStream, LZFilters) -> Int32
    let streamDecoder: @convention(c) (LZStream, UInt64, UInt32) -> Int32
    let aloneDecoder: @convention(c) (LZStream, UInt64) -> Int32
    let autoDecoder: @convention(c) (LZStream, UInt64, UInt32) -> Int32
    let rawDecoder: @convention(c) (LZStream, LZFilters) -> Int32
    let code: @convention(c) (LZStream, Int32) -> Int32
    let end: @convention(c) (LZStream) -> Void
    let getCheck: @convention(c) (LZStream) -> Int32
    let checkIsSupported: @convention(c) (Int32) -> UInt8
    let preset: @convention(c) (UnsafeMutablePointer<taipan_lzma_options_lzma>, UInt32) -> UInt8
    let propertiesSize: @convention(c) (UnsafeMutablePointer<UInt32>, LZFilters) -> Int32
    let propertiesEncode: @convention(c) (LZFilters, UnsafeMutablePointer<UInt8>?) -> Int32
    let propertiesDecode: @convention(c) (LZFilters, UnsafeRawPointer?, UnsafePointer<UInt8>?, Int) -> Int32

    /// nil where the system has no liblzma.
    static let shared = LZMALibrary()

    private init?() {
        guard let library = DynamicLibrary(["liblzma.so.5", "liblzma.so"]) else { return nil }
        func find<F>(_ name: String) -> F? { library.function(name, as: F.self) }
        guard let easyEncoder: @convention(c) (LZStream, UInt32, Int32) -> Int32 = find("lzma_easy_encoder"),
            let streamEncoder: @convention(c) (LZStream, LZFilters, Int32) -> Int32 = find("lzma_stream_encoder"),
            let aloneEncoder: @convention(c) (LZStream, UnsafeMutableRawPointer?) -> Int32 = find("lzma_alone_encoder"),
            let rawEncoder: @convention(c) (LZStream, LZFilters) -> Int32 = find("lzma_raw_encoder"),
            let streamDecoder: @convention(c) (LZStream, UInt64, UInt32) -> Int32 = find("lzma_stream_decoder"),
            let aloneDecoder: @convention(c) (LZStream, UInt64) -> Int32 = find("lzma_alone_decoder"),
            let autoDecoder: @convention(c) (LZStream, UInt64, UInt32) -> Int32 = find("lzma_auto_decoder"),
            let rawDecoder: @convention(c) (LZStream, LZFilters) -> Int32 = find("lzma_raw_decoder"),
            let code: @convention(c) (LZStream, Int32) -> Int32 = find("lzma_code"),
            let end: @convention(c) (LZStream) -> Void = find("lzma_end"),
            let getCheck: @convention(c) (LZStream) -> Int32 = find("lzma_get_check"),
            let checkIsSupported: @convention(c) (Int32) -> UInt8 = find("lzma_check_is_supported"),
            let preset: @convention(c) (UnsafeMutablePointer<taipan_lzma_options_lzma>, UInt32) -> UInt8 = find("lzma_lzma_preset"),
            let propertiesSize: @convention(c) (UnsafeMutablePointer<UInt32>, LZFilters) -> Int32 = find("lzma_properties_size"),
            let propertiesEncode: @convention(c) (LZFilters, UnsafeMutablePointer<UInt8>?) -> Int32 = find("lzma_properties_encode"),
            let propertiesDecode: @convention(c) (LZFilters, UnsafeRawPointer?, UnsafePointer<UInt8>?, Int) -> Int32 =
                find("lzma_properties_decode")
        else { return nil }
        self.easyEncoder = easyEncoder
        self.streamEncoder = streamEncoder
        self.aloneEncoder = aloneEncoder
        self.rawEncoder = rawEncoder
        self.streamDecoder = streamDecoder
        self.aloneDecoder = aloneDecoder
        self.autoDecoder = autoDecoder
        self.rawDecoder = rawDecoder
        self.code = code
        self.end = end
        self.getCheck = getCheck
        self.checkIsSupported = checkIsSupported
        self.preset = preset
        self.propertiesSize = propertiesSize
        self.propertiesEncode = propertiesEncode
        self.propertiesDecode = propertiesDecode
    }
}

/// liblzma's numbers.
enum LZ {
    static let ok: Int32 = 0, streamEnd: Int32 = 1, noCheck: Int32 = 2, unsupportedCheck: Int32 = 3, getCheck: Int32 = 4
    static let memory: Int32 = 5, memoryLimit: Int32 = 6, format: Int32 = 7, options: Int32 = 8, data: Int32 = 9, buffer: Int32 = 10
    static let program: Int32 = 11
    static let run: Int32 = 0, finish: Int32 = 3
    static let tellNoCheck: UInt32 = 1, tellAnyCheck: UInt32 = 4
    static let lzma1: UInt64 = 0x4000_0000_0000_0001, lzma2: UInt64 = 0x21, delta: UInt64 = 3
    /// x86, PowerPC, IA-64, ARM, ARM Thumb, SPARC.
    static let branchFilters: ClosedRange<UInt64> = 4...9
    static let mostFilters = 4
    static let checkNone: Int32 = 0, checkCRC64: Int32 = 4, checkUnknown: Int32 = 16
    static let defaultPreset: UInt32 = 6
}

final class LZMAStream: CodingStream {
    let endMessage = "Already at end of stream"
    let library: LZMALibrary
    let stream: LZStream
    private let compresses: Bool
    /// The kind of integrity check, as far as it is known.
    private(set) var check: Int32

    init(_ library: LZMALibrary, compresses: Bool, check: Int32 = LZ.checkUnknown) {
        self.library = library
        self.compresses = compresses
        self.check = check
        stream = LZStream.allocate(capacity: 1)
        stream.initialize(to: taipan_lzma_stream())
    }

    var nativeBytes: Int { compresses ? 16 << 20 : 1 << 20 }

    deinit {
        library.end(stream)
        stream.deallocate()
    }

    func code(_ input: UnsafeBufferPointer<UInt8>, limit: Int, finishes: Bool) -> CodingResult {
        var result = CodingResult()
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = input.count
        while true {
            if result.output.count >= limit {
                result.isFull = true
                break
            }
            var code = LZ.ok
            let isDone = appendCoded(&result.output, limit: limit) { start, room in
                stream.pointee.next_out = start
                stream.pointee.avail_out = room
                code = library.code(stream, finishes ? LZ.finish : LZ.run)
                return room - stream.pointee.avail_out
            }
            if !isDone { code = LZ.memory }
            // No progress because nothing is left to do.
            if code == LZ.buffer && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0 { code = LZ.ok }
            if code == LZ.getCheck || code == LZ.noCheck { check = library.getCheck(stream) }
            if code == LZ.streamEnd {
                result.isAtEnd = true
                break
            }
            if code != LZ.ok && code != LZ.getCheck && code != LZ.noCheck {
                result.failure = code
                break
            }
            if stream.pointee.avail_out > 0 && stream.pointee.avail_in == 0 && !finishes { break }
        }
        result.rest = stream.pointee.avail_in
        return result
    }

    func error(_ vm: VM, _ code: Int32, _ errorType: Value) -> Raised {
        let message =
            switch code {
            case LZ.memory: ""
            case LZ.unsupportedCheck: "Unsupported integrity check"
            case LZ.memoryLimit: "Memory usage limit exceeded"
            case LZ.format: "Input format not supported by decoder"
            case LZ.options: "Invalid or unsupported options"
            case LZ.data: "Corrupt input data"
            case LZ.buffer: "Insufficient buffer space"
            case LZ.program: "Internal error"
            default: "Unrecognized error from liblzma: \(code)"
            }
        return code == LZ.memory ? vm.raiseMemoryError() : vm.raise(PyType(errorType), vm.str(message))
    }
}
