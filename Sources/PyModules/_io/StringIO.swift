// `StringIO`: a stream over text in memory. Methods: StringIO+Methods.swift. CPython: Modules/_io/stringio.c.
//
// The text lies in a byte buffer cell with 1, 2 or 4 bytes a character, the narrowest kind that was ever needed.
import PyRuntime
import PyUnicode

struct StringIOLayout {
    var type: PyType
    /// A byte buffer cell; NULL = nothing written yet.
    var storage: Value
    /// What `newline` was: None or a str. NULL = not initialised.
    var newline: Value
    var size: Int
    var position: Int
    /// Characters that fit.
    var capacity: Int
    /// Bytes a character.
    var kind: Int
    var isASCII: Bool
    var isReady: Bool
    var isClosed: Bool
    /// Line ends go through the newline decoder when written.
    var universal: Bool
    var newlines: NewlineState
    /// As in TextIOLayout.
    var lineEnd: UInt8
    var writeEnd: UInt8
}

struct PyStringIO {
    let ref: UnsafeMutablePointer<StringIOLayout>
    init(_ value: Value) { ref = value.cast(StringIOLayout.self) }
    var value: Value { Value(ref) }
    /// - Precondition: there is storage.
    @inline(__always) var base: UnsafeMutableRawPointer { ref.pointee.storage.pointer + MemoryLayout<BufferLayout>.size }
    func view(_ start: Int, _ end: Int) -> TextView {
        TextView(base: UnsafeRawPointer(base) + start * ref.pointee.kind, count: end - start, kind: ref.pointee.kind)
    }
}

extension VM {
    func makeStringIO(_ m: ModuleBuilder) {
        let t = makeType(
            "StringIO", module: "_io", base: PyType(io.pointee.textIOBase), size: (MemoryLayout<StringIOLayout>.size + 7) & ~7, trace: .words,
            fieldsEnd: 24)
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.doc("Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  The newline\nargument is like the one of TextIOWrapper's constructor.", signature: "(initial_value='', newline='\\n')")
        io.pointee.stringIO = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in
            let v = vm.newInstance(PyType(type))
            v.cast(StringIOLayout.self).pointee.kind = 1
            v.cast(StringIOLayout.self).pointee.isASCII = true
            return v
        }
        t.initialize("(initial_value='', newline='\\n')") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.initStringIO(PyStringIO(v), a[0], a[1].isNull ? vm.latin1(10) : a[1])
                return .none
            }
        }
        defineStringIO(t)
        readyType(t.type)
        // A plain StringIO holds nothing that needs closing; subclasses may override `close`.
        t.type.ref.pointee.flags.remove(.hasDel)
        m.attribute("StringIO", t.type.value)
    }

    func initStringIO(_ s: PyStringIO, _ initial: Value, _ newline: Value) throws(Raised) {
        s.ref.pointee.isReady = false
        if !newline.isNone {
            if !isStr(newline) { throw raise(.typeError, "newline must be str or None, not \(typeName(newline))") }
            switch PyStr(newline).string {
            case "", "\n", "\r", "\r\n": break
            default: throw raise(.valueError, "illegal newline value: \(try reprText(newline))")
            }
        }
        if !initial.isNull && !initial.isNone && !isStr(initial) {
            throw raise(.typeError, "initial_value must be str or None, not \(typeName(initial))")
        }
        s.ref.pointee.size = 0
        s.ref.pointee.position = 0
        s.ref.pointee.storage = .null
        s.ref.pointee.capacity = 0
        s.ref.pointee.kind = 1
        s.ref.pointee.isASCII = true
        s.ref.pointee.newline = newline
        let text = newline.isNone ? PyStr(emptyStr) : PyStr(newline)
        s.ref.pointee.universal = text.count == 0
        s.ref.pointee.newlines = NewlineState(translates: newline.isNone)
        let kind: UInt8 = text.count == 2 ? 0 : text.count == 1 ? UInt8(truncatingIfNeeded: text[0]) : 1
        s.ref.pointee.lineEnd = newline.isNone ? 10 : kind
        s.ref.pointee.writeEnd = text.count == 0 ? 10 : kind
        s.ref.pointee.isClosed = false
        if !initial.isNull && !initial.isNone {
            try stringWrite(s, initial)
            s.ref.pointee.position = 0
        }
        s.ref.pointee.isReady = true
    }

    func checkOpen(_ s: PyStringIO) throws(Raised) {
        if s.ref.pointee.isReady && !s.ref.pointee.isClosed { return }
        if !s.ref.pointee.isReady { throw raise(.valueError, "I/O operation on uninitialized object") }
        throw closedFile()
    }

    // MARK: Writing

    /// Room for `size` characters of `kind` bytes, contents kept. May collect.
    private func reserve(_ s: PyStringIO, _ size: Int, _ kind: Int) throws(Raised) {
        let old = s.ref.pointee
        if size <= old.capacity && kind <= old.kind && old.storage.isObject { return }
        let wide = max(kind, old.kind)
        var capacity = max(size, 32)
        if size > old.capacity && old.size > 0 { capacity = size + size >> 1 }
        if capacity > 1 << 44 { throw raise(.overflowError, "new buffer size too large") }
        let fresh = try newByteBuffer(capacity * wide)
        if old.size > 0 { s.view(0, old.size).copy(to: fresh.pointer + MemoryLayout<BufferLayout>.size, kind: wide) }
        s.ref.pointee.storage = fresh
        s.ref.pointee.capacity = capacity
        s.ref.pointee.kind = wide
    }

    /// `write(text)`, `text` a str.
    func stringWrite(_ s: PyStringIO, _ value: Value) throws(Raised) {
        var piece = value
        if s.ref.pointee.universal {
            if !isExactStr(piece) { piece = try exactStr(piece) }
            var state = s.ref.pointee.newlines
            defer { s.ref.pointee.newlines = state }
            piece = try decodeNewlines(&state, piece, final: true)
        }
        if s.ref.pointee.writeEnd != 10 {
            let end = s.ref.pointee.writeEnd == 13 ? latin1(13) : str("\r\n" as StaticString)
            piece = try callMethod(piece, ioName(.replace), latin1(10), end)
        }
        let text = PyStr(piece)
        let count = text.count
        if count == 0 { return }
        let start = s.ref.pointee.position
        let (end, overflow) = start.addingReportingOverflow(count)
        if overflow { throw raise(.overflowError, "new position too large") }
        try reserve(s, end, text.kind)
        let size = s.ref.pointee.size, kind = s.ref.pointee.kind
        if start > size { (s.base + size * kind).initializeMemory(as: UInt8.self, repeating: 0, count: (start - size) * kind) }
        if !text.isASCII { s.ref.pointee.isASCII = false }
        if kind == 1 {
            (s.base + start).copyMemory(from: text.bytes, byteCount: count)
        } else {
            text.view.copy(to: s.base + start * kind, kind: kind)
        }
        s.ref.pointee.position = end
        if end > size { s.ref.pointee.size = end }
    }

    // MARK: Reading

    /// `[start, end)` as a str. May collect.
    func stringSlice(_ s: PyStringIO, _ start: Int, _ end: Int) throws(Raised) -> Value {
        if start >= end { return emptyStr }
        if s.ref.pointee.isASCII && end - start > 1 {
            let made = try newStr(count: end - start, kind: 1, ascii: true)
            UnsafeMutableRawPointer(made.bytes).copyMemory(from: s.base + start, byteCount: end - start)
            return made.value
        }
        return try str(s.view(start, end))
    }

    func stringReadline(_ s: PyStringIO, _ limit: Int) throws(Raised) -> Value {
        let start = s.ref.pointee.position
        if start >= s.ref.pointee.size { return emptyStr }
        var most = s.ref.pointee.size
        if limit >= 0 && limit < most - start { most = start + limit }
        if most == start { return emptyStr }
        var end = lineEnd(s.view(0, s.ref.pointee.size), start, most, s.ref.pointee.lineEnd)
        if end < 0 { end = most }
        s.ref.pointee.position = end
        return try stringSlice(s, start, end)
    }
}
