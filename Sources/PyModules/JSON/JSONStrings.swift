// Escaping text for JSON (RFC 8259, 7). CPython: Modules/_json.c (ascii_escape_unicode, escape_unicode).
import PyUnicode

/// Appends `text` in quotes, escaped; with `asciiOnly` everything beyond ASCII becomes `\uXXXX`.
func appendJSONString(_ text: TextView, asciiOnly: Bool, to out: inout TextBuilder) {
    out.append(0x22)
    switch text.kind {
    case 1: escape(text.bytes, text, asciiOnly, &out)
    case 2: escape(text.words, text, asciiOnly, &out)
    default: escape(text.longs, text, asciiOnly, &out)
    }
    out.append(0x22)
}

private func escape<Unit: CodeUnit>(_ units: UnsafePointer<Unit>, _ text: TextView, _ asciiOnly: Bool, _ out: inout TextBuilder) {
    var start = 0, i = 0
    let count = text.count
    while i < count {
        let c = units[i]
        if c >= 0x20 && c != 0x22 && c != 0x5C && (c < 0x7F || !asciiOnly || c == 0x7F) {
            i &+= 1
            continue
        }
        if i > start { out.append(text.slice(start, i)) }
        i &+= 1
        start = i
        escapeOne(UInt32(c), &out)
    }
    if count > start { out.append(start == 0 ? text : text.slice(start, count)) }
}

@inline(never) private func escapeOne(_ c: UInt32, _ out: inout TextBuilder) {
    let letter: UInt32
    switch c {
    case 0x22, 0x5C: letter = c
    case 0x08: letter = 0x62
    case 0x0C: letter = 0x66
    case 0x0A: letter = 0x6E
    case 0x0D: letter = 0x72
    case 0x09: letter = 0x74
    case 0x10000...:
        let v = c - 0x10000
        appendHex(0xD800 | v >> 10, &out)
        appendHex(0xDC00 | v & 0x3FF, &out)
        return
    default:
        appendHex(c, &out)
        return
    }
    out.append(0x5C)
    out.append(letter)
}

private func appendHex(_ c: UInt32, _ out: inout TextBuilder) {
    out.append(0x5C)
    out.append(0x75)
    for shift: UInt32 in [12, 8, 4, 0] {
        let digit = c >> shift & 15
        out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
}
