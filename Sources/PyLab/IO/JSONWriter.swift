// JSON text, written front to back: fast, keys in the order they are put, lone surrogates as \u escapes.
import PyUnicode

struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// `pretty` puts each element of the outer levels on a line of its own.
    init() {}

    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func key(_ name: String) {
        separate()
        quote(name.utf8)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func value(_ text: String) {
        separate()
        quote(text.utf8)
        needsComma = true
    }

    mutating func value(_ text: PyText) {
        separate()
        quote(text.utf8)
        needsComma = true
    }

    mutating func value(_ number: Int) { raw(String(number)) }
    mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
    mutating func null() { raw("null") }

    mutating func value(_ numbers: some Sequence<Int>) {
        array { for number in numbers { $0.value(number) } }
    }

    mutating func value(_ number: Int?) {
        if let number { value(number) } else { null() }
    }

    mutating func value(_ text: PyText?) {
        if let text { value(text) } else { null() }
    }

    mutating func value(_ text: String?) {
        if let text { value(text) } else { null() }
    }

    mutating func field(_ name: String, _ text: String?) { key(name); value(text) }
    mutating func field(_ name: String, _ text: PyText?) { key(name); value(text) }
    mutating func field(_ name: String, _ number: Int?) { key(name); value(number) }
    mutating func field(_ name: String, _ flag: Bool) { key(name); value(flag) }
    mutating func field(_ name: String, _ numbers: [Int]) { key(name); value(numbers) }

    mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func raw(_ text: String) {
        separate()
        bytes += text.utf8
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    /// - Parameter text: UTF-8, surrogates in three bytes.
    private mutating func quote(_ text: some Collection<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var surrogate: [UInt8] = []
        for byte in text {
            if !surrogate.isEmpty || byte == 0xED {
                surrogate.append(byte)
                if surrogate.count == 2, byte < 0xA0 {
                    bytes += surrogate
                    surrogate.removeAll()
                } else if surrogate.count == 3 {
                    let code = 0xD000 | (UInt32(surrogate[1]) & 0x3F) << 6 | UInt32(surrogate[2]) & 0x3F
                    bytes += "\\u".utf8
                    bytes += String(code, radix: 16).utf8
                    surrogate.removeAll()
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes += "\\u00".utf8
                if digits.count == 1 { bytes.append(UInt8(ascii: "0")) }
                bytes += digits.utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
