import PyNumerics
import PyUnicode

// Until PyUnicode's tables and PyNumerics' conversion are on main.
enum CodePoint {
    static func isPrintable(_ code: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(code) else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        case .spaceSeparator: return code == 0x20
        default: return true
        }
    }
}

extension BigInt {
    var description: String {
        var limbs = magnitude
        if limbs.isEmpty { return "0" }
        var chunks: [UInt64] = []
        while !limbs.isEmpty {
            var remainder: UInt64 = 0
            for i in limbs.indices.reversed() {
                let (q, r) = (10_000_000_000_000_000_000 as UInt64).dividingFullWidth((remainder, limbs[i]))
                limbs[i] = q
                remainder = r
            }
            while limbs.last == 0 { limbs.removeLast() }
            chunks.append(remainder)
        }
        var text = isNegative ? "-" : ""
        text += String(chunks.last ?? 0)
        for chunk in chunks.dropLast().reversed() {
            let part = String(chunk)
            text += String(repeating: "0", count: 19 - part.count) + part
        }
        return text
    }
}
