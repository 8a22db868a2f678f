// Character classes and case rules of the matching engine. CPython: Modules/_sre.c; Library: `re`, "Regular Expression Syntax".
import PyPlatform
import PyUnicode

enum SRECharacters {
    @inline(__always)
    static func isWordASCII(_ c: UInt32) -> Bool {
        (c &- 48 < 10) || ((c | 32) &- 97 < 26) || c == 95
    }

    @inline(__always)
    static func isSpaceASCII(_ c: UInt32) -> Bool { c == 32 || c &- 9 < 5 }

    @inline(__always)
    static func lowerASCII(_ c: UInt32) -> UInt32 { c &- 65 < 26 ? c | 32 : c }

    @inline(__always)
    static func isWordUnicode(_ c: UInt32) -> Bool {
        c < 128 ? isWordASCII(c) : UCD.isAlnum(c)
    }

    @inline(__always)
    static func lowerUnicode(_ c: UInt32) -> UInt32 {
        c < 128 ? lowerASCII(c) : UCD.simpleLower(c)
    }

    @inline(never)
    static func upperUnicode(_ c: UInt32) -> UInt32 {
        // Of what grows in upper case (U+00DF) the first, as CPython's Py_UNICODE_TOUPPER has it.
        UCD.upper(c).first
    }

    @inline(never)
    static func lowerLocale(_ c: UInt32) -> UInt32 { c < 256 ? UInt32(truncatingIfNeeded: tolower(Int32(c))) : c }

    @inline(never)
    static func upperLocale(_ c: UInt32) -> UInt32 { c < 256 ? UInt32(truncatingIfNeeded: toupper(Int32(c))) : c }

    @inline(never)
    static func isWordLocale(_ c: UInt32) -> Bool { c < 256 && (isalnum(Int32(c)) != 0 || c == 95) }

    /// Whether `c` is in a CATEGORY_* class.
    @inline(__always)
    static func isIn(category: UInt32, _ c: UInt32) -> Bool {
        switch category {
        case 0: return c &- 48 < 10
        case 1: return !(c &- 48 < 10)
        case 2: return isSpaceASCII(c)
        case 3: return !isSpaceASCII(c)
        case 4: return isWordASCII(c)
        case 5: return !isWordASCII(c)
        case 6: return c == 10
        case 7: return c != 10
        case 8: return isWordLocale(c)
        case 9: return !isWordLocale(c)
        case 10: return c < 128 ? c &- 48 < 10 : UCD.isDecimal(c)
        case 11: return !(c < 128 ? c &- 48 < 10 : UCD.isDecimal(c))
        case 12: return c < 128 ? isSpaceUnicodeASCII(c) : UCD.isSpace(c)
        case 13: return !(c < 128 ? isSpaceUnicodeASCII(c) : UCD.isSpace(c))
        case 14: return isWordUnicode(c)
        case 15: return !isWordUnicode(c)
        case 16: return UCD.isLineBreak(c)
        case 17: return !UCD.isLineBreak(c)
        default: return false
        }
    }

    /// `str.isspace` below 128: ASCII white space and the four separators 0x1C-0x1F.
    @inline(__always)
    private static func isSpaceUnicodeASCII(_ c: UInt32) -> Bool { isSpaceASCII(c) || c &- 0x1C < 4 }

    /// Whether `c` is in the set whose code starts at `set` and ends with FAILURE.
    @inline(__always)
    static func isIn(set: UnsafePointer<UInt32>, _ c: UInt32) -> Bool {
        // Safe: the code was validated, so every set ends with FAILURE and no operand runs over its end.
        var set = set
        var found = true
        while true {
            let op = set[0]
            switch op {
            case SREOpcode.failure:
                return !found
            case SREOpcode.literal:
                if c == set[1] { return found }
                set += 2
            case SREOpcode.category:
                if isIn(category: set[1], c) { return found }
                set += 2
            case SREOpcode.charset:
                if c < 256 && set[1 + Int(c >> 5)] & (1 &<< (c & 31)) != 0 { return found }
                set += 9
            case SREOpcode.range:
                if set[1] <= c && c <= set[2] { return found }
                set += 3
            case SREOpcode.rangeUniIgnore:
                if set[1] <= c && c <= set[2] { return found }
                let upper = upperUnicode(c)
                if set[1] <= upper && upper <= set[2] { return found }
                set += 3
            case SREOpcode.negate:
                found.toggle()
                set += 1
            case SREOpcode.bigCharset:
                let blocks = Int(set[1])
                if c < 65536 {
                    // 256 block numbers of one byte each, four to a word, lowest byte first.
                    let word = set[2 + Int(c >> 10)]
                    let block = Int((word >> ((c >> 8 & 3) * 8)) & 0xFF)
                    let bit = block * 256 + Int(c & 255)
                    if set[66 + bit / 32] & (1 &<< (c & 31)) != 0 { return found }
                }
                set += 66 + blocks * 8
            default:
                return false
            }
        }
    }

    /// `isIn(set:)` for a locale-dependent, case-insensitive set.
    @inline(never)
    static func isInLocaleIgnore(set: UnsafePointer<UInt32>, _ c: UInt32) -> Bool {
        let lower = lowerLocale(c)
        if isIn(set: set, lower) { return true }
        let upper = upperLocale(c)
        return upper != lower && isIn(set: set, upper)
    }
}
