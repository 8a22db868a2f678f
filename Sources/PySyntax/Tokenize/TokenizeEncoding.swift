// How the `tokenize` module finds the encoding of a source, and decodes one line.
// CPython: Lib/tokenize.py (detect_encoding). Rules: PEP 263.
import PyUnicode

struct TokenizeEncoding {
    /// What the ENCODING token shows.
    let name: String
    private let codec: Codec

    private enum Codec {
        case utf8, ascii, latin1
        case charmap(Charmap)
        case multibyte(MultibyteCodec)
    }

    /// Looks at the byte order mark and the first two lines.
    /// - Throws: SyntaxError, as `detect_encoding`.
    init(_ bytes: [UInt8], filename: PyText?) throws(TokenizeError) {
        let hasBOM = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var found: (name: String, codec: Codec)?
        var start = hasBOM ? 3 : 0
        for _ in 0..<2 where found == nil && start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            let line = Array(bytes[start..<end])
            found = try Self.cookie(line, hasBOM: hasBOM, filename: filename)
            if !Self.isBlank(line) { break }
            start = end
        }
        name = found?.name ?? "utf-8"
        codec = found?.codec ?? .utf8
    }

    private static func quoted(_ filename: PyText?) -> String? { filename.map { $0.repr().string } }

    private static func error(_ message: String) -> TokenizeError {
        TokenizeError(kind: .syntaxError, message: PyText(message))
    }

    private static func cookie(
        _ line: [UInt8], hasBOM: Bool, filename: PyText?
    ) throws(TokenizeError) -> (name: String, codec: Codec)? {
        if UTF8Text.firstError(line) != nil {
            throw error("invalid or missing encoding declaration" + (quoted(filename).map { " for " + $0 } ?? ""))
        }
        guard let written = cookieName(line) else { return nil }
        let name = normalised(written)
        guard let codec = codec(name) else {
            throw error(
                quoted(filename).map { "unknown encoding for \($0): \(name)" } ?? "unknown encoding: \(name)")
        }
        if hasBOM, name != "utf-8" {
            throw error(quoted(filename).map { "encoding problem for \($0): utf-8" } ?? "encoding problem: utf-8")
        }
        return (name, codec)
    }

    private static func codec(_ name: String) -> Codec? {
        switch EncodingName.module(name) {
        case "utf_8", "utf_8_sig": return .utf8
        case "ascii": return .ascii
        case "latin_1", "iso8859_1": return .latin1
        case let module?:
            return MultibyteCodec(module: module).map { .multibyte($0) } ?? Charmap(module: module).map { .charmap($0) }
        case nil: return nil
        }
    }

    /// `[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`
    private static func cookieName(_ line: [UInt8]) -> String? {
        var at = 0
        while at < line.count, line[at] == 0x20 || line[at] == 0x09 || line[at] == 0x0C { at += 1 }
        guard at < line.count, line[at] == 0x23 else { return nil }
        let word = Array("coding".utf8)
        while at + 7 <= line.count, line[at] != 0x0A {
            defer { at += 1 }
            guard line[at...].starts(with: word), line[at + 6] == 0x3A || line[at + 6] == 0x3D else { continue }
            var start = at + 7
            while start < line.count, line[start] == 0x20 || line[start] == 0x09 { start += 1 }
            var end = start
            while end < line.count, isCookieByte(line[end]) { end += 1 }
            if end > start { return String(decoding: line[start..<end], as: UTF8.self) }
        }
        return nil
    }

    private static func isCookieByte(_ c: UInt8) -> Bool {
        (c | 0x20) &- 0x61 < 26 || c &- 0x30 < 10 || c == 0x2D || c == 0x5F || c == 0x2E
    }

    private static func normalised(_ name: String) -> String {
        let short = String(
            decoding: name.utf8.prefix(12).map { $0 == 0x5F ? 0x2D : $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
        if short == "utf-8" || short.hasPrefix("utf-8-") { return "utf-8" }
        for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] where short == latin || short.hasPrefix(latin + "-") {
            return "iso-8859-1"
        }
        return name
    }

    /// Nothing but blanks and perhaps a comment.
    private static func isBlank(_ line: [UInt8]) -> Bool {
        for byte in line where byte != 0x20 && byte != 0x09 && byte != 0x0C {
            return byte == 0x23 || byte == 0x0A || byte == 0x0D
        }
        return true
    }

    /// The characters of a line.
    func decode(_ line: ArraySlice<UInt8>) throws(TokenizeError) -> [UInt32] {
        switch codec {
        case .utf8:
            if let bad = UTF8Text.firstError(Array(line)) { throw Self.failure("utf-8", line, bad) }
            return Array(PyText(utf8: Array(line)).codePoints)
        case .ascii:
            if let at = line.firstIndex(where: { $0 >= 0x80 }) {
                let place = at - line.startIndex
                throw Self.failure("ascii", line, (place, place + 1, "ordinal not in range(128)"))
            }
            return line.map { UInt32($0) }
        case .latin1: return line.map { UInt32($0) }
        case .charmap(let map):
            var result: [UInt32] = []
            for (index, byte) in line.enumerated() {
                guard let code = map[byte] else {
                    throw Self.failure("charmap", line, (index, index + 1, "character maps to <undefined>"))
                }
                result.append(code)
            }
            return result
        case .multibyte(let codec): return try Self.decode(line, codec)
        }
    }

    private static func decode(_ line: ArraySlice<UInt8>, _ codec: MultibyteCodec) throws(TokenizeError) -> [UInt32] {
        var out = TextBuilder(capacity: line.count)
        var at = 0, state = codec.initialDecoderState
        let failure = line.withUnsafeBufferPointer { codec.decode($0, at: &at, into: &out, state: &state) }
        if let bad = failure { throw Self.failure(codec.name.description, line, (bad.start, bad.end, bad.reason.description)) }
        return (0..<out.count).map { out.view[$0] }
    }

    private static func failure(
        _ codec: String, _ line: ArraySlice<UInt8>, _ bad: (start: Int, end: Int, reason: String)
    ) -> TokenizeError {
        let place: String
        if bad.end == bad.start + 1 {
            let digits = String(line[line.startIndex + bad.start], radix: 16)
            place = "byte 0x\(digits.utf8.count < 2 ? "0" : "")\(digits) in position \(bad.start)"
        } else {
            place = "bytes in position \(bad.start)-\(bad.end - 1)"
        }
        return TokenizeError(
            kind: .unicodeDecodeError, message: PyText("'\(codec)' codec can't decode \(place): \(bad.reason)"))
    }
}

enum UTF8Text {
    /// The first sequence of bytes that is not UTF-8, and why.
    static func firstError(_ bytes: [UInt8]) -> (start: Int, end: Int, reason: String)? {
        var at = 0
        while at < bytes.count {
            let lead = bytes[at]
            if lead < 0x80 {
                at += 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            if lead < 0xC2 || lead > 0xF4 { return (at, at + 1, "invalid start byte") }
            for step in 1..<length {
                guard at + step < bytes.count else { return (at, bytes.count, "unexpected end of data") }
                let low: UInt8 = step > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
                let high: UInt8 = step > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
                if bytes[at + step] < low || bytes[at + step] > high {
                    return (at, at + step, "invalid continuation byte")
                }
            }
            at += length
        }
        return nil
    }
}
