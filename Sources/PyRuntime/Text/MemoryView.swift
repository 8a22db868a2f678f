// `memoryview`: shape, strides and items of somebody's buffer. Type and methods: MemoryView+Type.swift.
// CPython: Objects/memoryobject.c. Rules: PEP 3118. Every view holds its own export of the exporter.
import PyNumerics
import PyUnicode

@frozen public struct MemoryViewLayout {
    public var type: PyType
    /// The exporter; NULL once released.
    public var object: Value
    /// A str such as "B" or "@i".
    public var format: Value
    /// Tuples of ints, one per dimension.
    public var shape: Value
    public var strides: Value
    // Not values:
    public var bytes: UnsafeMutableRawPointer?
    public var itemSize: Int
    public var readOnly: Int
    /// Consumers of this view's own buffer.
    public var exports: Int
    public var hash: Int
    /// What the exporter keeps with its export.
    public var exported: BufferView
}

struct PyMemoryView {
    let ref: UnsafeMutablePointer<MemoryViewLayout>
    init(_ value: Value) { ref = value.cast(MemoryViewLayout.self) }
    var value: Value { Value(ref) }
    var isReleased: Bool { ref.pointee.object.isNull }
    var dimensions: Int { PyTuple(ref.pointee.shape).count }
    var itemSize: Int { ref.pointee.itemSize }
    var isReadOnly: Bool { ref.pointee.readOnly != 0 }
    func shape(_ i: Int) -> Int { PyTuple(ref.pointee.shape)[i].smallInt }
    func stride(_ i: Int) -> Int { PyTuple(ref.pointee.strides)[i].smallInt }

    /// Items of all dimensions together.
    var itemCount: Int {
        var n = 1
        for i in 0..<dimensions { n *= shape(i) }
        return n
    }

    var isCContiguous: Bool {
        var expected = itemSize
        for i in stride(from: dimensions - 1) {
            if shape(i) > 1 && stride(i) != expected { return itemCount == 0 }
            expected *= shape(i)
        }
        return true
    }
    var isFContiguous: Bool {
        var expected = itemSize
        for i in 0..<dimensions {
            if shape(i) > 1 && stride(i) != expected { return itemCount == 0 }
            expected *= shape(i)
        }
        return true
    }
    private func stride(from last: Int) -> StrideThrough<Int> { Swift.stride(from: last, through: 0, by: -1) }

    /// The letter of a native single-character format, nil for others.
    var letter: UInt8? { PyMemoryView.letter(ref.pointee.format) }

    static func letter(_ format: Value) -> UInt8? {
        let text = PyStr(format)
        let at = text.count > 0 && text[0] == 0x40 ? 1 : 0
        guard text.count == at + 1, text[at] < 0x80 else { return nil }
        let c = UInt8(text[at])
        return size(of: c) == nil ? nil : c
    }

    static func size(of letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "c"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "?"): 1
        case UInt8(ascii: "h"), UInt8(ascii: "H"): 2
        case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"): 4
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "n"), UInt8(ascii: "N"),
            UInt8(ascii: "d"), UInt8(ascii: "P"):
            8
        default: nil
        }
    }
}

extension VM {
    func isMemoryView(_ value: Value) -> Bool { value.isExactly(types.memoryview) }

    /// - Throws: ValueError after `release()`.
    func memory(_ value: Value) throws(Raised) -> PyMemoryView {
        let view = PyMemoryView(value)
        if view.isReleased { throw raise(.valueError, "operation forbidden on released memoryview object") }
        return view
    }

    /// A memoryview of any exporter. May collect.
    public func newMemoryView(_ object: Value, writable: Bool = false) throws(Raised) -> Value {
        if isMemoryView(object) {
            let old = try memory(object)
            return try derive(old, format: old.ref.pointee.format, itemSize: old.itemSize, shape: old.ref.pointee.shape, strides: old.ref.pointee.strides, bytes: old.ref.pointee.bytes)
        }
        guard hasBuffer(object) else {
            throw raise(.typeError, "memoryview: a bytes-like object is required, not '\(typeName(object))'")
        }
        let exported = try acquireBuffer(object, writable: writable)
        let itemSize = max(1, exported.itemSize)
        let shape = exported.shape.isNull ? tuple(int(exported.count / itemSize)) : exported.shape
        let strides = exported.strides.isNull ? try contiguousStrides(shape, itemSize) : exported.strides
        let format = exported.format.isNull ? latin1(0x42) : exported.format
        return makeMemoryView(object, exported, format, itemSize, shape, strides, exported.bytes, readOnly: exported.readOnly)
    }

    /// Another view of the same exporter.
    func derive(
        _ view: PyMemoryView, format: Value, itemSize: Int, shape: Value, strides: Value, bytes: UnsafeMutableRawPointer?,
        readOnly: Bool? = nil
    ) throws(Raised) -> Value {
        let exported = try acquireBuffer(view.ref.pointee.object)
        return makeMemoryView(
            view.ref.pointee.object, exported, format, itemSize, shape, strides, bytes,
            readOnly: readOnly.map { $0 ? 1 : 0 } ?? view.ref.pointee.readOnly)
    }

    private func makeMemoryView(
        _ object: Value, _ exported: BufferView, _ format: Value, _ itemSize: Int, _ shape: Value, _ strides: Value,
        _ bytes: UnsafeMutableRawPointer?, readOnly: Int
    ) -> Value {
        let made = newInstance(types.memoryview)
        let layout = made.cast(MemoryViewLayout.self)
        layout.pointee.object = object
        layout.pointee.format = format
        layout.pointee.shape = shape
        layout.pointee.strides = strides
        layout.pointee.bytes = bytes
        layout.pointee.itemSize = itemSize
        layout.pointee.readOnly = readOnly
        layout.pointee.hash = -1
        layout.pointee.exported = exported
        return made
    }

    func contiguousStrides(_ shape: Value, _ itemSize: Int) throws(Raised) -> Value {
        let sizes = PyTuple(shape)
        let strides = try newTuple(sizes.count)
        var step = itemSize
        for i in Swift.stride(from: sizes.count - 1, through: 0, by: -1) {
            strides[i] = int(step)
            step *= sizes[i].smallInt
        }
        return strides.value
    }

    func releaseMemoryView(_ value: Value) throws(Raised) {
        let view = PyMemoryView(value)
        if view.isReleased { return }
        // A dropped view of this one gives its export back only when it is collected.
        if view.ref.pointee.exports > 0 { collectGarbage() }
        let exports = view.ref.pointee.exports
        if exports > 0 { throw raise(.bufferError, "memoryview has \(exports) exported buffer\(exports == 1 ? "" : "s")") }
        dropExport(view)
    }

    /// Also the native destructor.
    func dropExport(_ view: PyMemoryView) {
        let object = view.ref.pointee.object
        if object.isNull { return }
        view.ref.pointee.object = .null
        if let slot = type(of: object).slots.releaseBuffer { slot(self, object, &view.ref.pointee.exported) }
    }

    // MARK: Items

    /// Every item's address in C order (`fortran`: the first index fastest).
    func forEachItem(_ view: PyMemoryView, fortran: Bool = false, _ body: (UnsafeMutableRawPointer) throws(Raised) -> Void) throws(Raised) {
        guard let bytes = view.ref.pointee.bytes else { return }
        let dimensions = view.dimensions
        var index = [Int](repeating: 0, count: dimensions)
        var left = view.itemCount
        var offset = 0
        while left > 0 {
            try body(bytes + offset)
            left -= 1
            if left == 0 { break }
            var d = fortran ? 0 : dimensions - 1
            while d >= 0 && d < dimensions {
                index[d] += 1
                offset += view.stride(d)
                if index[d] < view.shape(d) { break }
                offset -= view.stride(d) * index[d]
                index[d] = 0
                d += fortran ? 1 : -1
            }
        }
    }

    func memoryToBytes(_ view: BufferView) throws(Raised) -> Value {
        guard isMemoryView(view.owner) else { return try bytes(view.byteView) }
        return try memoryBytes(PyMemoryView(view.owner), fortran: false)
    }

    func memoryBytes(_ view: PyMemoryView, fortran: Bool) throws(Raised) -> Value {
        let made = try newBytes(count: view.itemCount * view.itemSize)
        if made.count == 0 { return state.pointee.emptyBytes }
        if !fortran, view.isCContiguous, let source = view.ref.pointee.bytes {
            UnsafeMutableRawPointer(made.bytes).copyMemory(from: source, byteCount: made.count)
            return made.value
        }
        var target = UnsafeMutableRawPointer(made.bytes)
        try forEachItem(view, fortran: fortran) { (item) throws(Raised) in
            target.copyMemory(from: item, byteCount: view.itemSize)
            target += view.itemSize
        }
        return made.value
    }

    func unsupportedFormat(_ view: PyMemoryView) -> Raised {
        raise(.notImplementedError, "memoryview: format \(PyStr(view.ref.pointee.format).string) not supported")
    }

    func unpackItem(_ view: PyMemoryView, _ p: UnsafeRawPointer) throws(Raised) -> Value {
        guard let letter = view.letter else { throw unsupportedFormat(view) }
        switch letter {
        case UInt8(ascii: "B"): return Value(small: Int(p.load(as: UInt8.self)))
        case UInt8(ascii: "b"): return Value(small: Int(p.load(as: Int8.self)))
        case UInt8(ascii: "?"): return Value(p.load(as: UInt8.self) != 0)
        case UInt8(ascii: "c"): return try bytes([p.load(as: UInt8.self)])
        case UInt8(ascii: "h"): return Value(small: Int(p.loadUnaligned(as: Int16.self)))
        case UInt8(ascii: "H"): return Value(small: Int(p.loadUnaligned(as: UInt16.self)))
        case UInt8(ascii: "i"): return Value(small: Int(p.loadUnaligned(as: Int32.self)))
        case UInt8(ascii: "I"): return Value(small: Int(p.loadUnaligned(as: UInt32.self)))
        case UInt8(ascii: "l"), UInt8(ascii: "q"), UInt8(ascii: "n"): return int(p.loadUnaligned(as: Int.self))
        case UInt8(ascii: "f"): return Value(foreign: Double(p.loadUnaligned(as: Float.self)))
        case UInt8(ascii: "d"): return Value(foreign: p.loadUnaligned(as: Double.self))
        default: return int(unsigned: p.loadUnaligned(as: UInt64.self))
        }
    }

    func packItem(_ view: PyMemoryView, _ p: UnsafeMutableRawPointer, _ value: Value) throws(Raised) {
        guard let letter = view.letter else { throw unsupportedFormat(view) }
        let format = PyStr(view.ref.pointee.format).string
        func badType() -> Raised { raise(.typeError, "memoryview: invalid type for format '\(format)'") }
        func badValue() -> Raised { raise(.valueError, "memoryview: invalid value for format '\(format)'") }
        /// A conversion ran user code, which may have released the view.
        func checkHeld() throws(Raised) {
            if view.isReleased { throw raise(.valueError, "operation forbidden on released memoryview object") }
        }
        switch letter {
        case UInt8(ascii: "?"):
            let truth: UInt8 = try isTrue(value) ? 1 : 0
            try checkHeld()
            p.storeBytes(of: truth, as: UInt8.self)
        case UInt8(ascii: "c"):
            guard isBytes(value) else { throw badType() }
            guard PyBytes(value).count == 1 else { throw badValue() }
            p.storeBytes(of: PyBytes(value).bytes[0], as: UInt8.self)
        case UInt8(ascii: "f"), UInt8(ascii: "d"):
            let x: Double
            do { x = try realDouble(value) } catch {
                guard raisedMatches(.typeError) else { throw Raised() }
                clearRaised()
                throw badType()
            }
            try checkHeld()
            if letter == UInt8(ascii: "d") { p.storeBytes(of: x, as: Double.self) } else { p.storeBytes(of: Float(x), as: Float.self) }
        case UInt8(ascii: "P"):
            // A pointer: an int itself, of either sign.
            guard isInt(value) else { throw badType() }
            let n = bigInt(value)
            guard n.isNegative ? machineInt(value) != nil : n.asUInt64 != nil else { throw badValue() }
            p.storeBytes(of: n.lowWord, as: UInt64.self)
        default:
            guard hasIndex(value) else { throw badType() }
            let number = try index(value)
            try checkHeld()
            try packInteger(letter, number, p, badValue)
        }
    }

    private func packInteger(_ letter: UInt8, _ number: Value, _ p: UnsafeMutableRawPointer, _ bad: () -> Raised) throws(Raised) {
        func store<I: FixedWidthInteger>(_: I.Type) throws(Raised) {
            guard let n = intValue(number), let exact = I(exactly: n) else { throw bad() }
            p.storeBytes(of: exact, as: I.self)
        }
        switch letter {
        case UInt8(ascii: "b"): try store(Int8.self)
        case UInt8(ascii: "B"): try store(UInt8.self)
        case UInt8(ascii: "h"): try store(Int16.self)
        case UInt8(ascii: "H"): try store(UInt16.self)
        case UInt8(ascii: "i"): try store(Int32.self)
        case UInt8(ascii: "I"): try store(UInt32.self)
        case UInt8(ascii: "l"), UInt8(ascii: "q"), UInt8(ascii: "n"): try store(Int.self)
        default:
            if intValue(number) != nil { return try store(UInt64.self) }
            let layout = number.cast(IntLayout.self)
            guard layout.pointee.signedCount == 1 else { throw bad() }
            p.storeBytes(of: (UnsafeMutableRawPointer(layout) + 16).load(as: UInt64.self), as: UInt64.self)
        }
    }
}
