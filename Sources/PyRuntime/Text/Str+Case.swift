// Case conversion with full mappings and the final-sigma rule. CPython: Objects/unicodeobject.c (case_operation, do_title).
// Rules: Unicode 13.0 section 3.13.
import PyUnicode

extension VM {
    enum CaseOperation { case lower, upper, casefold, swapcase, title, capitalize }

    func strChangeCase(_ text: PyStr, _ operation: CaseOperation) throws(Raised) -> Value {
        if text.isASCII { return try asciiChangeCase(text, operation) }
        var out = TextBuilder(capacity: text.count)
        let view = text.view
        var previousCased = false
        for i in 0..<view.count {
            let c = view[i]
            switch operation {
            case .lower: appendLower(view, i, c, &out)
            case .upper: append(UCD.upper(c), &out)
            case .casefold: append(UCD.casefold(c), &out)
            case .swapcase:
                if UCD.isUpper(c) {
                    appendLower(view, i, c, &out)
                } else if UCD.isLower(c) {
                    append(UCD.upper(c), &out)
                } else {
                    out.append(c)
                }
            case .title:
                if previousCased { appendLower(view, i, c, &out) } else { append(UCD.title(c), &out) }
                previousCased = UCD.isCased(c)
            case .capitalize:
                if i == 0 { append(UCD.title(c), &out) } else { appendLower(view, i, c, &out) }
            }
        }
        return try str(out)
    }

    private func append(_ mapping: UCD.Mapping, _ out: inout TextBuilder) {
        out.append(mapping.first)
        if mapping.count > 1 { out.append(mapping.second) }
        if mapping.count > 2 { out.append(mapping.third) }
    }

    /// Capital sigma at the end of a word becomes U+03C2.
    private func appendLower(_ view: TextView, _ i: Int, _ c: UInt32, _ out: inout TextBuilder) {
        if c != 0x3A3 {
            append(UCD.lower(c), &out)
            return
        }
        var j = i - 1
        while j >= 0 && UCD.isCaseIgnorable(view[j]) { j -= 1 }
        var isFinal = j >= 0 && UCD.isCased(view[j])
        if isFinal {
            j = i + 1
            while j < view.count && UCD.isCaseIgnorable(view[j]) { j += 1 }
            isFinal = j == view.count || !UCD.isCased(view[j])
        }
        out.append(isFinal ? 0x3C2 : 0x3C3)
    }

    private func asciiChangeCase(_ text: PyStr, _ operation: CaseOperation) throws(Raised) -> Value {
        let count = text.count
        if count == 0 { return emptyStr }
        let result = try newStr(count: count, kind: 1, ascii: true)
        ASCIICase.convert(UnsafePointer(text.bytes), count, to: result.bytes, operation)
        return result.value
    }
}

/// Case of ASCII bytes; the bytes types use it too.
enum ASCIICase {
    @inline(__always) static func isUpper(_ b: UInt8) -> Bool { b &- 0x41 < 26 }
    @inline(__always) static func isLower(_ b: UInt8) -> Bool { b &- 0x61 < 26 }
    @inline(__always) static func isAlpha(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 }
    @inline(__always) static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
    @inline(__always) static func isSpace(_ b: UInt8) -> Bool { b == 0x20 || b &- 9 < 5 }
    @inline(__always) static func isAlnum(_ b: UInt8) -> Bool { isAlpha(b) || isDigit(b) }
    @inline(__always) static func lower(_ b: UInt8) -> UInt8 { isUpper(b) ? b | 0x20 : b }
    @inline(__always) static func upper(_ b: UInt8) -> UInt8 { isLower(b) ? b & 0xDF : b }

    static func convert(
        _ source: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>, _ operation: VM.CaseOperation
    ) {
        switch operation {
        case .lower, .casefold: for i in 0..<count { target[i] = lower(source[i]) }
        case .upper: for i in 0..<count { target[i] = upper(source[i]) }
        case .swapcase: for i in 0..<count { target[i] = isAlpha(source[i]) ? source[i] ^ 0x20 : source[i] }
        case .title:
            var inside = false
            for i in 0..<count {
                let b = source[i]
                target[i] = inside ? lower(b) : upper(b)
                inside = isAlpha(b)
            }
        case .capitalize: for i in 0..<count { target[i] = i == 0 ? upper(source[i]) : lower(source[i]) }
        }
    }
}
