// The codecs against vectors recorded from the oracle: result, consumed count, and every failure's range and reason.
import Foundation
import PyUnicode
import Testing

@Suite struct CodecTests {
    static func decode(_ name: Substring, _ input: UnsafeBufferPointer<UInt8>, final: Bool) -> (PyText, Int, String) {
        var out = TextBuilder(), at = 0, log: [String] = [], shift = UTF7Decoder(), invalid: Int?
        while true {
            let failure: CodecFailure? =
                switch name {
                case "utf8": UTF8Codec.decode(input, at: &at, into: &out, final: final)
                case "utf7": shift.decode(input, at: &at, into: &out, final: final)
                case "utf16le": UTF16Codec.decode(input, .little, at: &at, into: &out, final: final)
                case "utf16be": UTF16Codec.decode(input, .big, at: &at, into: &out, final: final)
                case "utf32le": UTF32Codec.decode(input, .little, at: &at, into: &out, final: final)
                case "utf32be": UTF32Codec.decode(input, .big, at: &at, into: &out, final: final)
                case "escape":
                    UnicodeEscapeCodec.decode(input, at: &at, into: &out, final: final, firstInvalid: &invalid)
                case "rawescape": RawUnicodeEscapeCodec.decode(input, at: &at, into: &out, final: final)
                default: ASCIICodec.decode(input, at: &at, into: &out)
                }
            guard let failure else { break }
            log.append("\(failure.start),\(failure.end),\(failure.reason)")
            out.append(0xFFFD)
            at = failure.end
        }
        return (out.text, at, log.joined(separator: ";"))
    }

    static func encode(_ name: Substring, _ codes: [UInt32]) -> ([UInt8], String) {
        codes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return ([], "") }
            let text = TextView(base: base, count: codes.count, kind: 4)
            var out = ByteBuilder(), at = 0, log: [String] = []
            while true {
                let failure: CodecFailure?
                switch name {
                case "utf8": failure = UTF8Codec.encode(text, at: &at, into: &out)
                case "utf16le": failure = UTF16Codec.encode(text, .little, at: &at, into: &out)
                case "utf16be": failure = UTF16Codec.encode(text, .big, at: &at, into: &out)
                case "utf32le": failure = UTF32Codec.encode(text, .little, at: &at, into: &out)
                case "utf32be": failure = UTF32Codec.encode(text, .big, at: &at, into: &out)
                case "ascii": failure = ASCIICodec.encode(text, at: &at, into: &out)
                case "latin1": failure = Latin1Codec.encode(text, at: &at, into: &out)
                case "utf7": UTF7Codec.encode(text, into: &out); failure = nil
                case "escape": UnicodeEscapeCodec.encode(text, into: &out); failure = nil
                default: RawUnicodeEscapeCodec.encode(text, into: &out); failure = nil
                }
                guard let failure else { break }
                log.append("\(failure.start),\(failure.end),\(failure.reason)")
                switch name {
                case "utf16le": UTF16Codec.append(unit: 0x3F, .little, &out)
                case "utf16be": UTF16Codec.append(unit: 0x3F, .big, &out)
                case "utf32le": UTF32Codec.append(unit: 0x3F, .little, &out)
                case "utf32be": UTF32Codec.append(unit: 0x3F, .big, &out)
                default: out.append(0x3F)
                }
                at = failure.end
            }
            return (Array(out.bytes), log.joined(separator: ";"))
        }
    }

    @Test func vectorsOfTheOracle() throws {
        var lines = try Golden.lines("codecs.txt")
        if let more = ProcessInfo.processInfo.environment["TAIPAN_CODEC_VECTORS"] {
            lines += try Golden.lines(at: URL(fileURLWithPath: more))
        }
        for line in lines {
            let f = line.split(separator: "\t", omittingEmptySubsequences: false)
            let input = Golden.bytes(hex: f[3]), expected = Golden.bytes(hex: f[4])
            if f[0] == "decode" {
                let (text, used, log) = input.withUnsafeBufferPointer { Self.decode(f[1], $0, final: f[2] == "1") }
                #expect(text.utf8 == expected && String(used) == f[5] && log == f[6], "\(line): \(used) \(log)")
            } else {
                let (bytes, log) = Self.encode(f[1], Array(PyText(utf8: input).codePoints))
                #expect(bytes == expected && log == f[6], "\(line): \(bytes) \(log)")
            }
        }
    }

    @Test func hashesUnderASeed() throws {
        for line in try Golden.lines("hashes.txt") {
            let f = line.split(separator: " ").compactMap { Int($0) }
            let key = HashKey(seed: UInt32(f[0])), n = f[1]
            let bytes = (0..<n).map { UInt8($0 + 1) }
            #expect(bytes.withUnsafeBytes { key.hash($0) } == f[2] && f[2] == f[3])
            #expect([UInt16](repeating: 0x1234, count: n).withUnsafeBytes { key.hash($0) } == f[4])
            #expect([UInt32](repeating: 0x12345, count: n).withUnsafeBytes { key.hash($0) } == f[5])
        }
    }
}
