// isalpha and its kin. CPython: Objects/unicodeobject.c (unicode_isalpha_impl, ...).
import PyUnicode

extension VM {
    /// Non-empty and all code points satisfy `test`.
    @inline(__always)
    func strAll(_ text: PyStr, _ test: (UInt32) -> Bool) -> Value {
        let view = text.view
        for i in 0..<view.count where !test(view[i]) { return .false }
        return Value(view.count > 0)
    }

    /// - Parameter upper: `isupper`, else `islower`.
    func strIsCase(_ text: PyStr, upper: Bool) -> Value {
        let view = text.view
        var cased = false
        for i in 0..<view.count {
            let c = view[i]
            if (upper ? UCD.isLower(c) : UCD.isUpper(c)) || UCD.isTitle(c) { return .false }
            if upper ? UCD.isUpper(c) : UCD.isLower(c) { cased = true }
        }
        return Value(cased)
    }

    func strIsTitle(_ text: PyStr) -> Value {
        let view = text.view
        var cased = false, previousCased = false
        for i in 0..<view.count {
            let c = view[i]
            if UCD.isUpper(c) || UCD.isTitle(c) {
                if previousCased { return .false }
                (previousCased, cased) = (true, true)
            } else if UCD.isLower(c) {
                if !previousCased { return .false }
                (previousCased, cased) = (true, true)
            } else {
                previousCased = false
            }
        }
        return Value(cased)
    }

    func strIsIdentifier(_ text: PyStr) -> Value {
        let view = text.view
        guard view.count > 0, UCD.isXIDStart(view[0]) else { return .false }
        for i in 1..<max(1, view.count) where !UCD.isXIDContinue(view[i]) { return .false }
        return .true
    }

    func strIsPrintable(_ text: PyStr) -> Value {
        let view = text.view
        for i in 0..<view.count where !UCD.isPrintable(view[i]) { return .false }
        return .true
    }
}
