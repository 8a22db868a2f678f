// Argument conventions shared by the methods of str, bytes and bytearray: optional ranges, counts, sizes.
// CPython: Python/getargs.c, Objects/abstract.c (PyNumber_AsSsize_t), Python/ceval.c (_PyEval_SliceIndex).
import PyUnicode

/// The arguments of `find`, `count`, `startswith` and kin.
struct FindArguments {
    var target: Value
    var start: Int
    var end: Int

    /// Clamps the range to a length; `start` may stay above `end`.
    mutating func adjust(_ count: Int) {
        if end > count { end = count } else if end < 0 { end = max(0, end + count) }
        if start < 0 { start = max(0, start + count) }
    }
}

extension VM {
    /// A slice bound: None gives `fallback`; ints beyond the machine's are clamped.
    func sliceBound(_ value: Value, _ fallback: Int) throws(Raised) -> Int {
        if value.isNone || value.isNull { return fallback }
        if value.isSmallInt { return value.smallInt }
        guard type(of: value).slots.index != nil else {
            throw raise(.typeError, "slice indices must be integers or None or have an __index__ method")
        }
        return try indexInt(value, overflow: nil)
    }

    /// An int object as an `Int`, nil if it does not fit.
    func intValue(_ int: Value) -> Int? {
        var fits = false
        let n = clampedInt(int, &fits)
        return fits ? n : nil
    }

    /// An argument that CPython takes as a C string.
    /// - Throws: UnicodeEncodeError for lone surrogates; ValueError "embedded null character".
    public func checkedCString(_ text: PyStr) throws(Raised) -> String {
        if !text.isASCII { _ = try encodeUTF8(text) }
        for i in 0..<text.count where text[i] == 0 { throw raise(.valueError, "embedded null character") }
        return text.string
    }

    /// "n" in CPython's argument formats: OverflowError beyond a machine word.
    public func sizeArgument(_ value: Value) throws(Raised) -> Int {
        if value.isSmallInt { return value.smallInt }
        let number = try index(value)
        guard let n = intValue(number) else {
            throw raise(.overflowError, "Python int too large to convert to C ssize_t")
        }
        return n
    }

    /// A C int, as Argument Clinic converts it. CPython: _PyLong_AsInt.
    public func cIntArgument(_ value: Value) throws(Raised) -> Int {
        let number = value.isSmallInt ? value : try index(value)
        guard let n = intValue(number), n <= Int(Int32.max), n >= Int(Int32.min) else {
            throw raise(.overflowError, "Python int too large to convert to C int")
        }
        return n
    }

    /// `name(sub[, start[, end]])`, positional only, with `PyArg_ParseTuple`'s complaints.
    func findArguments(
        _ name: StaticString, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> FindArguments {
        if count < 1 { throw raise(.typeError, "\(name)() takes at least 1 argument (\(count) given)") }
        if count > 3 { throw raise(.typeError, "\(name)() takes at most 3 arguments (\(count) given)") }
        return FindArguments(
            target: arguments[0], start: count > 1 ? try sliceBound(arguments[1], 0) : 0,
            end: count > 2 ? try sliceBound(arguments[2], .max) : .max)
    }
}
