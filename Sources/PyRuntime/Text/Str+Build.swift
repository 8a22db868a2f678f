// Making `str` objects from views, builders and slices of others, always in the narrowest kind.
// CPython: Objects/unicodeobject.c (PyUnicode_Substring, PyUnicode_FromKindAndData).
import PyUnicode

extension PyStr {
    /// The code points; valid while the object lives (the collector does not move it, and finds it by interior pointers).
    @inlinable @inline(__always) public var view: TextView {
        TextView(base: UnsafeRawPointer(data), count: count, kind: kind)
    }
}

extension VM {
    /// A `str` of the code points of `view`, narrowed if they allow it. May collect.
    public func str(_ view: TextView) throws(Raised) -> Value {
        if view.count == 0 { return emptyStr }
        if view.count == 1 { return str(codePoint: view[0]) }
        let top = view.maxClass
        return try str(view, kind: top < 0x100 ? 1 : top < 0x10000 ? 2 : 4, ascii: top < 0x80)
    }

    /// As above, kind and ASCII-ness known. - Precondition: they are right, and `view` has at least two code points.
    func str(_ view: TextView, kind: Int, ascii: Bool) throws(Raised) -> Value {
        let result = try newStr(count: view.count, kind: kind, ascii: ascii)
        view.copy(to: UnsafeMutableRawPointer(result.bytes), kind: kind)
        return result.value
    }

    /// What was built. May collect.
    public func str(_ builder: borrowing TextBuilder) throws(Raised) -> Value {
        if builder.isExhausted { throw raiseMemoryError() }
        if builder.count < 2 { return try str(builder.view) }
        // A builder's kind is exact unless something was dropped from it.
        if builder.kind == 1 { return try str(builder.view, kind: 1, ascii: builder.isASCII) }
        return try str(builder.view)
    }

    /// `text[start..<end]`; the object itself if that is all of an exact `str`. May collect.
    /// - Precondition: `0 <= start <= end <= count`.
    public func substring(_ text: PyStr, _ start: Int, _ end: Int) throws(Raised) -> Value {
        let count = end - start
        if count == text.count && isExactStr(text.value) { return text.value }
        if count == 0 { return emptyStr }
        if text.isASCII {
            if count == 1 { return latin1(text.bytes[start]) }
            let result = try newStr(count: count, kind: 1, ascii: true)
            let source = text.bytes + start, target = result.bytes
            if count > 16 {
                target.update(from: source, count: count)
            } else {
                var i = 0
                while i < count {
                    target[i] = source[i]
                    i &+= 1
                }
            }
            return result.value
        }
        let slice = text.view.slice(start, end)
        if count == 1 { return str(codePoint: slice[0]) }
        return try str(slice)
    }

    /// The text as an exact `str`: itself unless it is of a subclass. May collect.
    public func exactStr(_ text: PyStr) throws(Raised) -> Value {
        isExactStr(text.value) ? text.value : try str(text.view)
    }

    /// `before`, the text of `name` whatever code points it has (Swift's strings hold no lone surrogates), `after`. May collect.
    public func message(_ before: String, _ name: Value, _ after: String) -> Value {
        let text = PyStr(name)
        if text.isASCII { return str(before + text.string + after) }
        var builder = TextBuilder()
        for scalar in before.unicodeScalars { builder.append(scalar.value) }
        for i in 0..<text.count { builder.append(text[i]) }
        for scalar in after.unicodeScalars { builder.append(scalar.value) }
        return (try? str(builder)) ?? emptyStr
    }

    /// For messages that show an argument's type.
    func expectStr(_ value: Value, _ message: @autoclosure () -> String) throws(Raised) -> PyStr {
        if isStr(value) { return PyStr(value) }
        throw raise(.typeError, message())
    }
}
