// The system's zlib, found at run time. Rules: zlib.h.
import CShims
import PyPlatform

typealias ZStream = UnsafeMutablePointer<taipan_z_stream>

/// The functions of zlib that the module calls.
struct ZlibLibrary: Sendable {
    let version: String
    let deflateInit: @convention(c) (ZStream, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32) -> Int32
    let inflateInit: @convention(c) (ZStream, Int32, UnsafePointer<CChar>, Int32) -> Int32
    let deflate: @convention(c) (ZStream, Int32) -> Int32
    let inflate: @convention(c) (ZStream, Int32) -> Int32
    let deflateEnd: @convention(c) (ZStream) -> Int32
    let inflateEnd: @convention(c) (ZStream) -> Int32
    let deflateCopy: @convention(c) (ZStream, ZStream) -> Int32
    let inflateCopy: @convention(c) (ZStream, ZStream) -> Int32
    let deflateSetDictionary: @convention(c) (ZStream, UnsafePointer<UInt8>?, UInt32) -> Int32
    let inflateSetDictionary: @convention(c) (ZStream, UnsafePointer<UInt8>?, UInt32) -> Int32
    let crc32: @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt
    let adler32: @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt

    /// nil where the system has no zlib.
    static let shared = ZlibLibrary()

    private init?() {
        guard let library = DynamicLibrary(["libz.so.1", "libz.so"]),
            let version = library.function("zlibVersion", as: (@convention(c) () -> UnsafePointer<CChar>).self),
            let deflateInit = library.function(
                "deflateInit2_", as: (@convention(c) (ZStream, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32) -> Int32).self),
            let inflateInit = library.function("inflateInit2_", as: (@convention(c) (ZStream, Int32, UnsafePointer<CChar>, Int32) -> Int32).self),
            let deflate = library.function("deflate", as: (@convention(c) (ZStream, Int32) -> Int32).self),
            let inflate = library.function("inflate", as: (@convention(c) (ZStream, Int32) -> Int32).self),
            let deflateEnd = library.function("deflateEnd", as: (@convention(c) (ZStream) -> Int32).self),
            let inflateEnd = library.function("inflateEnd", as: (@convention(c) (ZStream) -> Int32).self),
            let deflateCopy = library.function("deflateCopy", as: (@convention(c) (ZStream, ZStream) -> Int32).self),
            let inflateCopy = library.function("inflateCopy", as: (@convention(c) (ZStream, ZStream) -> Int32).self),
            let deflateSet = library.function("deflateSetDictionary", as: (@convention(c) (ZStream, UnsafePointer<UInt8>?, UInt32) -> Int32).self),
            let inflateSet = library.function("inflateSetDictionary", as: (@convention(c) (ZStream, UnsafePointer<UInt8>?, UInt32) -> Int32).self),
            let crc32 = library.function("crc32", as: (@convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt).self),
            let adler32 = library.function("adler32", as: (@convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt).self)
        else { return nil }
        self.version = String(cString: version())
        self.deflateInit = deflateInit
        self.inflateInit = inflateInit
        self.deflate = deflate
        self.inflate = inflate
        self.deflateEnd = deflateEnd
        self.inflateEnd = inflateEnd
        self.deflateCopy = deflateCopy
        self.inflateCopy = inflateCopy
        deflateSetDictionary = deflateSet
        inflateSetDictionary = inflateSet
        self.crc32 = crc32
        self.adler32 = adler32
    }
}

/// zlib's numbers.
enum Z {
    static let ok: Int32 = 0, streamEnd: Int32 = 1, needDictionary: Int32 = 2
    static let streamError: Int32 = -2, dataError: Int32 = -3, memoryError: Int32 = -4, bufferError: Int32 = -5, versionError: Int32 = -6
    static let noFlush: Int32 = 0, syncFlush: Int32 = 2, finish: Int32 = 4
    static let defaultBuffer = 16384
    /// The most that one call takes or gives.
    static let most = Int(UInt32.max)
}

/// A stream of the library, compressing or decompressing.
final class ZlibStream {
    let library: ZlibLibrary
    let stream: ZStream
    let compresses: Bool
    /// Whether the library keeps a state for it that must be given back.
    private(set) var isOpen = false
    var dictionary: [UInt8]?
    var isAtEnd = false

    init(_ library: ZlibLibrary, compresses: Bool) {
        self.library = library
        self.compresses = compresses
        stream = ZStream.allocate(capacity: 1)
        stream.initialize(to: taipan_z_stream())
    }

    deinit {
        _ = end()
        stream.deallocate()
    }

    func openDeflate(level: Int32, method: Int32, bits: Int32, memory: Int32, strategy: Int32) -> Int32 {
        let code = library.deflateInit(stream, level, method, bits, memory, strategy, library.version, Int32(MemoryLayout<taipan_z_stream>.size))
        isOpen = code == Z.ok
        return code
    }

    func openInflate(bits: Int32) -> Int32 {
        let code = library.inflateInit(stream, bits, library.version, Int32(MemoryLayout<taipan_z_stream>.size))
        isOpen = code == Z.ok
        return code
    }

    /// Gives back what the library keeps.
    func end() -> Int32 {
        if !isOpen { return Z.ok }
        isOpen = false
        return compresses ? library.deflateEnd(stream) : library.inflateEnd(stream)
    }

    /// A second stream in the same state; nil and the library's code if there cannot be one.
    func copy() -> (ZlibStream?, Int32) {
        let other = ZlibStream(library, compresses: compresses)
        let code = compresses ? library.deflateCopy(other.stream, stream) : library.inflateCopy(other.stream, stream)
        if code != Z.ok { return (nil, code) }
        other.isOpen = true
        other.dictionary = dictionary
        other.isAtEnd = isAtEnd
        return (other, code)
    }

    func setInflateDictionary() -> Int32 {
        guard let dictionary else { return Z.ok }
        return dictionary.withUnsafeBufferPointer { library.inflateSetDictionary(stream, $0.baseAddress, UInt32(truncatingIfNeeded: $0.count)) }
    }

    /// Compresses all of `input`.
    func deflate(_ input: UnsafeBufferPointer<UInt8>, flush: Int32) -> (output: [UInt8], code: Int32) {
        var output: [UInt8] = []
        var code = Z.ok
        var taken = 0
        repeat {
            let count = min(input.count - taken, Z.most)
            stream.pointee.next_in = input.baseAddress.map { $0 + taken }
            stream.pointee.avail_in = UInt32(count)
            taken += count
            let mode = taken == input.count ? flush : Z.noFlush
            repeat {
                let start = output.count
                code = fill(&output, limit: .max, mode)
                if code == Z.streamError || code == Z.memoryError { return (output, code) }
                if output.count == start && code != Z.ok { break }
            } while stream.pointee.avail_out == 0
        } while taken < input.count
        return (output, code)
    }

    /// Decompresses `input` until it is used up, the data end, or `limit` bytes have come out.
    /// - Parameter finishes: nothing follows.
    /// - Returns: `rest`: how many bytes of the input were not used.
    func inflate(_ input: UnsafeBufferPointer<UInt8>, limit: Int, finishes: Bool) -> (output: [UInt8], code: Int32, rest: Int) {
        var output: [UInt8] = []
        var code = Z.ok
        var given = 0
        repeat {
            let count = min(input.count - given, Z.most)
            stream.pointee.next_in = input.baseAddress.map { $0 + given }
            stream.pointee.avail_in = UInt32(count)
            given += count
            let mode = finishes && given == input.count ? Z.finish : Z.syncFlush
            repeat {
                if output.count >= limit { break }
                code = fill(&output, limit: limit, mode)
                if code == Z.needDictionary, dictionary != nil {
                    code = setInflateDictionary()
                    if code == Z.ok {
                        stream.pointee.avail_out = 0
                        continue
                    }
                    return (output, code, -1)
                }
                if code != Z.ok && code != Z.bufferError && code != Z.streamEnd { return (output, code, -1) }
            } while code != Z.streamEnd && stream.pointee.avail_out == 0
        } while code != Z.streamEnd && output.count < limit && given < input.count
        return (output, code, input.count - given + Int(stream.pointee.avail_in))
    }

    /// One call of the library with room for more; at most up to `limit` bytes altogether.
    private func fill(_ output: inout [UInt8], limit: Int, _ mode: Int32) -> Int32 {
        let start = output.count
        let room = min(max(Z.defaultBuffer, min(start, 1 << 26)), limit - start)
        if !mayGrow(output, by: room) { return Z.memoryError }
        var code = Z.ok
        // Safe: the library writes at most `room` bytes behind `start`.
        output.append(contentsOf: repeatElement(0, count: room))
        output.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_out = buffer.baseAddress.map { $0 + start }
            stream.pointee.avail_out = UInt32(room)
            code = compresses ? library.deflate(stream, mode) : library.inflate(stream, mode)
        }
        output.removeLast(Int(stream.pointee.avail_out))
        return code
    }
}
