// Bytes to `Source`: NUL check, line ends, BOM, PEP 263 cookie, decoding.
// CPython: Parser/tokenizer.c (translate_newlines, check_bom, get_coding_spec, decode_str). Rules: PEP 263.
import PyUnicode

/// Decodes a source: PEP 263 cookie, BOM, line ends.
/// - Throws: ValueError for NUL bytes; SyntaxError for a bad cookie or bytes the encoding does not have.
public func decodeSource(_ bytes: [UInt8], filename: PyText, options: ParseOptions) throws(SourceError) -> Source {
    let addNewline = options.mode == .exec
    // Safe: one byte more than the input for the newline, and the padding.
    let base = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1 + Source.padding)
    let length = bytes.withUnsafeBufferPointer { normaliseLineEnds($0, into: base, addNewline: addNewline) }
    guard let length else {
        base.deallocate()
        throw SourceError(kind: .valueError, message: "source code string cannot contain null bytes")
    }
    var count = length
    (base + count).initialize(repeating: 0, count: Source.padding)
    if options.ignoreCookie {
        return Source(takingNormalised: base, count: count, filename: filename, encoding: "utf-8")
    }

    let hasBOM = count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF
    if hasBOM {
        // Safe: the bytes behind the BOM, padding included, move down inside the same allocation.
        base.update(from: base + 3, count: count - 3 + Source.padding)
        count -= 3
    }
    guard let cookie = findCookie(base, count) else {
        return Source(takingNormalised: base, count: count, filename: filename, encoding: hasBOM ? "utf-8" : nil)
    }
    if hasBOM, cookie != "utf-8" {
        base.deallocate()
        throw cookieError("encoding problem: \(cookie) with BOM", filename)
    }
    if cookie == "utf-8" {
        return Source(takingNormalised: base, count: count, filename: filename, encoding: "utf-8")
    }
    defer { base.deallocate() }
    let decoded: [UInt8]
    switch SourceCodec.decode(UnsafeBufferPointer(start: base, count: count), encoding: cookie) {
    case .success(let text): decoded = text
    case .failure(let failure): throw cookieError(failure.message, filename)
    }
    let target = UnsafeMutablePointer<UInt8>.allocate(capacity: decoded.count + Source.padding)
    for index in decoded.indices { (target + index).initialize(to: decoded[index]) }
    (target + decoded.count).initialize(repeating: 0, count: Source.padding)
    return Source(takingNormalised: target, count: decoded.count, filename: filename, encoding: PyText(cookie))
}

private func cookieError(_ message: String, _ filename: PyText) -> SourceError {
    SourceError(kind: .syntaxError, message: PyText(message), filename: filename, line: 0, offset: -1)
}

/// Copies with CR and CRLF turned into LF. Nil if there is a NUL.
private func normaliseLineEnds(
    _ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<UInt8>, addNewline: Bool
) -> Int? {
    var input = 0
    var output = 0
    let count = bytes.count
    let ones = SIMD16<UInt8>(repeating: 13)
    if let base = bytes.baseAddress {
        while input < count {
            // Whole blocks without NUL and CR are copied as they are.
            // Safe: 16 bytes are left in the input; the target is at least as big.
            while input + 16 <= count {
                let block = UnsafeRawPointer(base + input).loadUnaligned(as: SIMD16<UInt8>.self)
                if any((block .== ones) .| (block .== SIMD16<UInt8>())) { break }
                UnsafeMutableRawPointer(target + output).storeBytes(of: block, as: SIMD16<UInt8>.self)
                input += 16
                output += 16
            }
            let stop = min(input + 16, count)
            while input < stop {
                let byte = base[input]
                if byte == 0 { return nil }
                if byte == 13 {
                    target[output] = 10
                    if input + 1 < count, base[input + 1] == 10 { input += 1 }
                } else {
                    target[output] = byte
                }
                input += 1
                output += 1
            }
        }
    }
    if addNewline, output > 0, target[output - 1] != 10 {
        target[output] = 10
        output += 1
    } else if addNewline, count > 1, bytes[count - 1] == 10, bytes[count - 2] == 13 {
        // CPython overlooks that CRLF ends the last line and adds an empty one.
        target[output] = 10
        output += 1
    } else if addNewline, output == 0 {
        // CPython adds a newline to an empty source too.
        target[0] = 10
        output = 1
    }
    return output
}

/// The encoding a cookie in the first two lines names, normalised.
private func findCookie(_ base: UnsafeMutablePointer<UInt8>, _ count: Int) -> String? {
    var start = 0
    for _ in 0..<2 {
        var end = start
        while end < count, base[end] != 10 { end += 1 }
        // CPython looks at lines that end with a newline only.
        if end >= count { return nil }
        var index = start
        while index < end, base[index] == 32 || base[index] == 9 || base[index] == 12 { index += 1 }
        if index < end {
            guard base[index] == 35 else { return nil }
            if let name = cookie(in: UnsafeBufferPointer(start: base + index, count: end - index)) { return name }
        }
        if end >= count { return nil }
        start = end + 1
    }
    return nil
}

/// Finds `coding[:=][ \t]*([-_.a-zA-Z0-9]+)` in a comment.
private func cookie(in line: UnsafeBufferPointer<UInt8>) -> String? {
    let word: StaticString = "coding"
    var index = 0
    while index + 6 < line.count {
        var matched = 0
        while matched < 6, line[index + matched] == word.utf8Start[matched] { matched += 1 }
        let separator = line[index + 6]
        if matched == 6, separator == 58 || separator == 61 {
            var at = index + 7
            while at < line.count, line[at] == 32 || line[at] == 9 { at += 1 }
            let start = at
            while at < line.count, isCookieByte(line[at]) { at += 1 }
            if at > start { return normalisedCookie(String(decoding: line[start..<at], as: UTF8.self)) }
        }
        index += 1
    }
    return nil
}

private func isCookieByte(_ c: UInt8) -> Bool {
    (c | 0x20) &- 97 < 26 || c &- 48 < 10 || c == 45 || c == 95 || c == 46
}

/// The names that CPython's tokenizer knows without asking the codec registry.
private func normalisedCookie(_ name: String) -> String {
    let short = String(decoding: name.utf8.prefix(12).map { $0 == 95 ? 45 : $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    if short == "utf-8" || short.hasPrefix("utf-8-") { return "utf-8" }
    for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] where short == latin || short.hasPrefix(latin + "-") {
        return "iso-8859-1"
    }
    return name
}
