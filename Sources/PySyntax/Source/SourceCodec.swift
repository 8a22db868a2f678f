// The encodings a cookie may name, decoding only.
// CPython: Python/codecs.c, Lib/encodings. Rules: PEP 263.
import PyUnicode

enum SourceCodec {
    struct Failure: Error { var message: String }

    /// Decodes to UTF-8.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, encoding name: String) -> Result<[UInt8], Failure> {
        let module = EncodingName.module(name)
        switch module {
        case "utf_8", "utf_8_sig":
            if let bad = UTF8Error.first(in: bytes) { return .failure(Failure(message: bad.message(in: bytes))) }
            return .success(Array(bytes))
        case "ascii", "idna": return ascii(bytes)
        case "latin_1", "iso8859_1", "charmap":
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes { PyText.append(UInt32(byte), to: &out) }
            return .success(out)
        case "utf_16": return utf16(bytes, ByteOrderMark.utf16(bytes))
        case "utf_16_le": return utf16(bytes, .little, hasMark: false)
        case "utf_16_be": return utf16(bytes, .big, hasMark: false)
        case "utf_32": return utf32(bytes, ByteOrderMark.utf32(bytes))
        case "utf_32_le": return utf32(bytes, .little, hasMark: false)
        case "utf_32_be": return utf32(bytes, .big, hasMark: false)
        case "utf_7": return utf7(bytes)
        case "unicode_escape": return unicodeEscape(bytes)
        case "raw_unicode_escape": return rawUnicodeEscape(bytes)
        case "undefined":
            return .failure(Failure(message: "decoding with 'undefined' codec failed (UnicodeError: undefined encoding)"))
        case "base64_codec", "bz2_codec", "zlib_codec", "quopri_codec", "uu_codec", "hex_codec", "rot_13":
            return .failure(
                Failure(message: "'\(name)' is not a text encoding; use codecs.decode() to handle arbitrary codecs"))
        default:
            guard let module else { return unknown(name) }
            if let codec = MultibyteCodec(module: module) { return multibyte(bytes, codec) }
            guard let charmap = Charmap(module: module) else { return unknown(name) }
            switch charmap.decode(bytes) {
            case .success(let text): return .success(text)
            case .failure(let bad):
                let message = decodeMessage(
                    codec: "charmap", bytes: bytes, start: bad.index, end: bad.index + 1,
                    reason: "character maps to <undefined>")
                return .failure(Failure(message: message))
            }
        }
    }

    private static func unknown(_ name: String) -> Result<[UInt8], Failure> {
        .failure(Failure(message: "unknown encoding: \(name)"))
    }

    private static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], Failure> {
        guard let at = bytes.firstIndex(where: { $0 >= 0x80 }) else { return .success(Array(bytes)) }
        let message = decodeMessage(
            codec: "ascii", bytes: bytes, start: at, end: at + 1, reason: "ordinal not in range(128)")
        return .failure(Failure(message: message))
    }

    private static func multibyte(_ bytes: UnsafeBufferPointer<UInt8>, _ codec: MultibyteCodec) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = 0, state = codec.initialDecoderState
        let failure = codec.decode(bytes, at: &at, into: &out, state: &state)
        return finish(codec.name.description, bytes, failure, out)
    }

    private static func finish(
        _ codec: String, _ bytes: UnsafeBufferPointer<UInt8>, _ failure: CodecFailure?, _ out: borrowing TextBuilder
    ) -> Result<[UInt8], Failure> {
        guard let failure else { return .success(out.text.utf8) }
        let message = decodeMessage(
            codec: codec, bytes: bytes, start: failure.start, end: failure.end, reason: failure.reason.description)
        return .failure(Failure(message: message))
    }

    private static func utf16(
        _ bytes: UnsafeBufferPointer<UInt8>, _ order: ByteOrder?, hasMark: Bool = true
    ) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = hasMark && order != nil ? 2 : 0
        let failure = UTF16Codec.decode(bytes, order ?? .little, at: &at, into: &out)
        return finish(order == .big ? "utf-16-be" : "utf-16-le", bytes, failure, out)
    }

    private static func utf32(
        _ bytes: UnsafeBufferPointer<UInt8>, _ order: ByteOrder?, hasMark: Bool = true
    ) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = hasMark && order != nil ? 4 : 0
        let failure = UTF32Codec.decode(bytes, order ?? .little, at: &at, into: &out)
        return finish(order == .big ? "utf-32-be" : "utf-32-le", bytes, failure, out)
    }

    private static func utf7(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = 0
        var decoder = UTF7Decoder()
        let failure = decoder.decode(bytes, at: &at, into: &out)
        return finish("utf7", bytes, failure, out)
    }

    private static func unicodeEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = 0
        var invalid: Int?
        let failure = UnicodeEscapeCodec.decode(bytes, at: &at, into: &out, firstInvalid: &invalid)
        return finish("unicodeescape", bytes, failure, out)
    }

    private static func rawUnicodeEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], Failure> {
        var out = TextBuilder(capacity: bytes.count)
        var at = 0
        let failure = RawUnicodeEscapeCodec.decode(bytes, at: &at, into: &out)
        return finish("rawunicodeescape", bytes, failure, out)
    }
}
