// `int(x)`, `float(x)`, `complex(x)` of anything: the protocols, the texts, the messages.
// CPython: PyNumber_Long, PyNumber_Float in Objects/abstract.c.
import PyNumerics

extension VM {
    /// Calls `body` with the bytes of a buffer provider; nil if `value` is none.
    /// - Throws: BufferError if they do not lie side by side.
    public func withBuffer<R>(_ value: Value, _ body: (UnsafeRawBufferPointer) throws(Raised) -> R) throws(Raised) -> R? {
        guard let slot = type(of: value).slots.buffer else { return nil }
        var view = BufferView()
        if slot(self, value, &view, 0) < 0 { throw Raised() }
        defer { type(of: value).slots.releaseBuffer?(self, value, &view) }
        if !view.strides.isNull { throw raise(.bufferError, "memoryview: underlying buffer is not C-contiguous") }
        return try body(UnsafeRawBufferPointer(start: view.bytes, count: view.count))
    }

    /// A copy of a buffer provider's bytes.
    public func bufferBytes(_ value: Value) throws(Raised) -> [UInt8]? {
        try withBuffer(value) { p throws(Raised) in Array(p) }
    }

    /// A bytes object. May collect.
    public func newBytesObject(_ bytes: [UInt8]) throws(Raised) -> Value {
        let size = 24 + bytes.count + 1
        try checkAllocation(size)
        let layout = allocateUninitialized(size, types.bytes).assumingMemoryBound(to: BytesLayout.self)
        layout.pointee.hash = -1
        layout.pointee.count = bytes.count
        let p = (UnsafeMutableRawPointer(layout) + 24).assumingMemoryBound(to: UInt8.self)
        for i in 0..<bytes.count { p[i] = bytes[i] }
        p[bytes.count] = 0
        return Value(layout)
    }

    /// May call Python.
    public func warnDeprecated(_ message: String) throws(Raised) { try warn(.deprecationWarning, message) }

    /// `int(value)` without a base: an exact int. May call Python.
    public func toInt(_ value: Value) throws(Raised) -> Value {
        if value.isSmallInt { return value }
        if value.isDouble { return try int(truncating: value.double) }
        if value.isExactly(types.int) { return value }
        let slots = type(of: value).slotsPointer
        if let slot = slots.pointee.int { return exactInt(try checkedInt(check(slot(self, value)), "__int__")) }
        if slots.pointee.index != nil { return exactInt(try index(value)) }
        let truncated = try callSpecial(value, names.__trunc__)
        if !truncated.isNull {
            if isInt(truncated) { return exactInt(truncated) }
            if type(of: truncated).slots.index != nil { return exactInt(try index(truncated)) }
            throw raise(.typeError, "__trunc__ returned non-Integral (type \(typeName(truncated)))")
        }
        if isStr(value) { return try parseInt(asciiNumber(PyStr(value)), base: 10, source: value) }
        if let bytes = try bufferBytes(value) {
            return try parseInt(bytes, base: 10, source: bytesForMessage(value, bytes))
        }
        throw raise(.typeError, "int() argument must be a string, a bytes-like object or a real number, not '\(typeName(value))'")
    }

    /// What the message of a refused bytes-like object shows: itself, or its bytes.
    func bytesForMessage(_ value: Value, _ bytes: [UInt8]) throws(Raised) -> Value {
        if value.isExactly(types.bytes) { return value }
        return try newBytesObject(bytes)
    }

    /// What `__int__` or `__index__` returned: an int, with a warning if of a strict subclass.
    func checkedInt(_ result: Value, _ method: StaticString) throws(Raised) -> Value {
        if result.isSmallInt || result.isExactly(types.int) { return result }
        if !isInt(result) { throw raise(.typeError, "\(method) returned non-int (type \(typeName(result)))") }
        try warnDeprecated(
            "\(method) returned non-int (type \(typeName(result))).  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported in a future version of Python.")
        return result
    }

    /// `int(text, base)`.
    func toInt(_ text: Value, base: Value) throws(Raised) -> Value {
        var fits = false
        let b = clampedInt(try index(base), &fits)
        if (b != 0 && b < 2) || b > 36 { throw raise(.valueError, "int() base must be >= 2 and <= 36, or 0") }
        if isStr(text) { return try parseInt(asciiNumber(PyStr(text)), base: b, source: text) }
        if type(of: text).flags.contains(.bytesSubclass) || type(of: text).flags.contains(.bytearraySubclass),
            let bytes = try bufferBytes(text)
        {
            return try parseInt(bytes, base: b, source: bytesForMessage(text, bytes))
        }
        throw raise(.typeError, "int() can't convert non-string with explicit base")
    }

    // MARK: Float

    /// `float(value)` as a double. May call Python.
    public func toDouble(_ value: Value) throws(Raised) -> Double {
        if let x = try realNumber(value) { return x }
        if isStr(value) { return try parseFloat(asciiNumber(PyStr(value)), source: value) }
        if let bytes = try bufferBytes(value) { return try parseFloat(bytes, source: value) }
        throw raise(.typeError, "float() argument must be a string or a real number, not '\(typeName(value))'")
    }

    /// `PyFloat_AsDouble`: numbers only; TypeError "must be real number, not str" for the rest.
    public func realDouble(_ value: Value) throws(Raised) -> Double {
        if value.isDouble { return value.double }
        if value.isSmallInt { return Double(value.smallInt) }
        if let x = try realNumber(value) { return x }
        throw raise(.typeError, "must be real number, not \(typeName(value))")
    }

    /// By `__float__`, `__index__` or being a float; nil if it is no number.
    func realNumber(_ value: Value) throws(Raised) -> Double? {
        if value.isDouble { return value.double }
        if value.isSmallInt { return Double(value.smallInt) }
        let type = self.type(of: value)
        if type.flags.contains(.floatSubclass) && type.slots.float == types.float.slots.float { return value.cast(FloatLayout.self).pointee.value }
        if let slot = type.slots.float {
            let result = try check(slot(self, value))
            if result.isDouble { return result.double }
            if !self.type(of: result).flags.contains(.floatSubclass) {
                throw raise(.typeError, "\(typeName(value)).__float__ returned non-float (type \(typeName(result)))")
            }
            try warnDeprecated(
                "\(typeName(value)).__float__ returned non-float (type \(typeName(result))).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python.")
            return result.cast(FloatLayout.self).pointee.value
        }
        if isInt(value) || type.slots.index != nil { return try intToDouble(index(value)) }
        return nil
    }

    func parseFloat(_ text: [UInt8], source: Value) throws(Raised) -> Double {
        var start = 0, end = text.count
        while start < end && IntSyntax.isBlank(text[start]) { start += 1 }
        while end > start && IntSyntax.isBlank(text[end - 1]) { end -= 1 }
        guard let x = FloatText.parse(text[start..<end]) else {
            throw raise(.valueError, "could not convert string to float: \(try reprText(source))")
        }
        return x
    }

    /// The double in a float or an instance of a subclass. - Precondition: `isFloat(value)`.
    @inlinable @inline(__always) public func floatValue(_ value: Value) -> Double {
        value.isDouble ? value.double : value.cast(FloatLayout.self).pointee.value
    }

    @inlinable @inline(__always) public func isFloat(_ value: Value) -> Bool {
        value.isDouble || (value.isObject && value.objectType.flags.rawValue & TypeFlags.floatSubclass.rawValue != 0)
    }
}

extension Optional where Wrapped == UnarySlot {
    static func == (a: Self, b: Self) -> Bool { unsafeBitCast(a, to: UInt.self) == unsafeBitCast(b, to: UInt.self) }
}
