// `str` seen from Swift: PEP 393 kinds. The methods are in Text/. CPython: Objects/unicodeobject.c.
import PyUnicode

@frozen public struct PyStr {
    public let ref: UnsafeMutablePointer<StrLayout>
    /// - Precondition: a str or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(StrLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }

    @inlinable @inline(__always) static var countMask: UInt64 { (1 << 48) - 1 }
    @inlinable @inline(__always) static var asciiBit: UInt64 { 1 << 51 }
    @inlinable @inline(__always) static var internedBit: UInt64 { 1 << 52 }
    /// The word after `info` points to the text in a growth buffer.
    @inlinable @inline(__always) static var sharedBit: UInt64 { 1 << 53 }
    @inlinable @inline(__always) var isShared: Bool { ref.pointee.info & PyStr.sharedBit != 0 }

    /// Code points.
    @inlinable @inline(__always) public var count: Int { Int(truncatingIfNeeded: ref.pointee.info & PyStr.countMask) }
    /// Bytes per code point: 1, 2 or 4.
    @inlinable @inline(__always) public var kind: Int { Int(truncatingIfNeeded: (ref.pointee.info >> 48) & 7) }
    @inlinable @inline(__always) public var isASCII: Bool { ref.pointee.info & PyStr.asciiBit != 0 }
    @inlinable @inline(__always) public var isInterned: Bool { ref.pointee.info & PyStr.internedBit != 0 }
    @inlinable @inline(__always) public var byteCount: Int { count * kind }

    /// Where the code points are: in the cell, or in a growth buffer that longer strings with the same beginning share
    /// (Text/Str+Append.swift).
    @inlinable @inline(__always) var data: UnsafeMutableRawPointer {
        let inCell = UnsafeMutableRawPointer(ref) + 24
        return ref.pointee.info & PyStr.sharedBit == 0 ? inCell : inCell.load(as: UnsafeMutableRawPointer.self)
    }
    @inlinable @inline(__always) public var bytes: UnsafeMutablePointer<UInt8> { data.assumingMemoryBound(to: UInt8.self) }
    @inlinable @inline(__always) public var units16: UnsafeMutablePointer<UInt16> { data.assumingMemoryBound(to: UInt16.self) }
    @inlinable @inline(__always) public var units32: UnsafeMutablePointer<UInt32> { data.assumingMemoryBound(to: UInt32.self) }
    /// The code point at `i`. - Precondition: 0 <= i < count.
    @inlinable @inline(__always) public subscript(i: Int) -> UInt32 {
        switch kind {
        case 1: return UInt32(bytes[i])
        case 2: return UInt32(units16[i])
        default: return units32[i]
        }
    }

    /// Same code points.
    @inlinable public func equals(_ other: PyStr) -> Bool {
        if ref == other.ref { return true }
        let mask = PyStr.countMask | 7 << 48
        if (ref.pointee.info ^ other.ref.pointee.info) & mask != 0 { return false }
        let h = ref.pointee.hash, k = other.ref.pointee.hash
        if h != k && h != -1 && k != -1 { return false }
        return bytesEqual(bytes, other.bytes, byteCount)
    }

    /// The text outside the heap.
    public var text: PyText { PyText(utf8: utf8) }
    /// UTF-8, lone surrogates as three bytes.
    public var utf8: [UInt8] {
        if isASCII { return Array(UnsafeBufferPointer(start: bytes, count: count)) }
        var out: [UInt8] = []
        out.reserveCapacity(count * 2)
        for i in 0..<count { appendUTF8(self[i], to: &out) }
        return out
    }
    /// For messages: lone surrogates become U+FFFD.
    public var string: String {
        if isASCII { return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) }
        return String(decoding: utf8, as: UTF8.self)
    }
}

@inlinable @inline(__always) func bytesEqual(_ a: UnsafeMutablePointer<UInt8>, _ b: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
    var i = 0
    let pa = UnsafeRawPointer(a), pb = UnsafeRawPointer(b)
    while i &+ 8 <= count {
        if pa.loadUnaligned(fromByteOffset: i, as: UInt64.self) != pb.loadUnaligned(fromByteOffset: i, as: UInt64.self) { return false }
        i &+= 8
    }
    while i < count {
        if a[i] != b[i] { return false }
        i &+= 1
    }
    return true
}

func appendUTF8(_ c: UInt32, to out: inout [UInt8]) {
    if c < 0x80 {
        out.append(UInt8(c))
    } else if c < 0x800 {
        out.append(UInt8(0xC0 | c >> 6))
        out.append(UInt8(0x80 | c & 0x3F))
    } else if c < 0x10000 {
        out.append(UInt8(0xE0 | c >> 12))
        out.append(UInt8(0x80 | c >> 6 & 0x3F))
        out.append(UInt8(0x80 | c & 0x3F))
    } else {
        out.append(UInt8(0xF0 | c >> 18))
        out.append(UInt8(0x80 | c >> 12 & 0x3F))
        out.append(UInt8(0x80 | c >> 6 & 0x3F))
        out.append(UInt8(0x80 | c & 0x3F))
    }
}

extension VM {
    @inlinable @inline(__always) public func isStr(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.strSubclass.rawValue != 0
    }
    @inlinable @inline(__always) public func isExactStr(_ value: Value) -> Bool { value.isExactly(types.str) }

    /// A str of `count` code points of `kind` bytes each, contents unset. `ascii` must be true iff all will be below 128.
    /// The caller keeps the form canonical: kind 2 only if some code point is above 255, kind 4 only above 65535. May collect.
    public func newStr(count: Int, kind: Int, ascii: Bool) throws(Raised) -> PyStr {
        if count > 1 << 44 { throw raiseMemoryError() }
        let size = 24 + (count + 1) * kind
        try checkAllocation(size)
        let layout = allocateUninitialized(size, types.str).assumingMemoryBound(to: StrLayout.self)
        layout.pointee.hash = -1
        layout.pointee.info = UInt64(count) | UInt64(kind) << 48 | (ascii ? PyStr.asciiBit : 0)
        let str = PyStr(Value(layout))
        // A zero follows the text: C functions and scanners like it.
        switch kind {
        case 1: str.bytes[count] = 0
        case 2: str.units16[count] = 0
        default: str.units32[count] = 0
        }
        return str
    }

    /// From UTF-8 in the surrogatepass form. - Precondition: valid. May collect.
    public func str(utf8: UnsafeBufferPointer<UInt8>) -> Value {
        guard let base = utf8.baseAddress, utf8.count > 0 else { return emptyStr }
        do {
            if isASCIIText(utf8) {
                if utf8.count == 1 { return latin1(UInt8(base[0])) }
                let result = try newStr(count: utf8.count, kind: 1, ascii: true)
                result.bytes.update(from: base, count: utf8.count)
                return result.value
            }
            return try wideStr(utf8)
        } catch { return emptyStr }
    }

    private func wideStr(_ utf8: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        var count = 0
        var largest: UInt32 = 0
        var i = 0
        while i < utf8.count {
            let (c, n) = decodeUTF8(utf8, i)
            largest = max(largest, c)
            count += 1
            i += n
        }
        if count == 1 && largest < 256 { return latin1(UInt8(largest)) }
        let kind = largest < 256 ? 1 : largest < 65536 ? 2 : 4
        let result = try newStr(count: count, kind: kind, ascii: false)
        i = 0
        for k in 0..<count {
            let (c, n) = decodeUTF8(utf8, i)
            i += n
            switch kind {
            case 1: result.bytes[k] = UInt8(c)
            case 2: result.units16[k] = UInt16(c)
            default: result.units32[k] = c
            }
        }
        return result.value
    }

    private func decodeUTF8(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> (UInt32, Int) {
        let a = UInt32(b[i])
        if a < 0x80 { return (a, 1) }
        func next(_ k: Int) -> UInt32 { i + k < b.count ? UInt32(b[i + k] & 0x3F) : 0 }
        if a < 0xE0 { return ((a & 0x1F) << 6 | next(1), 2) }
        if a < 0xF0 { return ((a & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
        return ((a & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
    }

    /// May collect.
    public func str(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { str(utf8: $0) }
    }
    public func str(_ text: StaticString) -> Value {
        text.withUTF8Buffer { str(utf8: $0) }
    }
    public func str(_ text: PyText) -> Value {
        text.utf8.withUnsafeBufferPointer { str(utf8: $0) }
    }
    public func str(utf8: [UInt8]) -> Value { utf8.withUnsafeBufferPointer { str(utf8: $0) } }

    /// From code points that need not be canonical. May collect.
    public func str(codePoints: UnsafeBufferPointer<UInt32>) throws(Raised) -> Value {
        if codePoints.isEmpty { return emptyStr }
        var largest: UInt32 = 0
        for c in codePoints { largest |= c }
        if codePoints.count == 1 { return str(codePoint: codePoints[0]) }
        let result = try newStr(count: codePoints.count, kind: largest < 256 ? 1 : largest < 65536 ? 2 : 4, ascii: largest < 128)
        switch result.kind {
        case 1: for k in 0..<codePoints.count { result.bytes[k] = UInt8(truncatingIfNeeded: codePoints[k]) }
        case 2: for k in 0..<codePoints.count { result.units16[k] = UInt16(truncatingIfNeeded: codePoints[k]) }
        default: for k in 0..<codePoints.count { result.units32[k] = codePoints[k] }
        }
        return result.value
    }

    /// A one-character string; Latin-1 ones are shared. May collect.
    @inlinable public func str(codePoint c: UInt32) -> Value {
        c < 256 ? latin1(UInt8(truncatingIfNeeded: c)) : newCharacter(c)
    }
    @inlinable @inline(__always) public func latin1(_ byte: UInt8) -> Value { state.pointee.latin1[Int(byte)] }

    @usableFromInline func newCharacter(_ c: UInt32) -> Value {
        do {
            let result = try newStr(count: 1, kind: c < 65536 ? 2 : 4, ascii: false)
            if c < 65536 { result.units16[0] = UInt16(c) } else { result.units32[0] = c }
            return result.value
        } catch { return emptyStr }
    }

    /// The one shared object for this text. May collect.
    public func intern(_ text: StaticString) -> Value { text.withUTF8Buffer { intern(utf8: $0) } }
    public func intern(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { intern(utf8: $0) }
    }
    public func intern(_ text: PyText) -> Value { text.utf8.withUnsafeBufferPointer { intern(utf8: $0) } }
    /// From UTF-8 in the surrogatepass form: looked for before it is made. - Precondition: valid. May collect.
    public func intern(utf8: UnsafeBufferPointer<UInt8>) -> Value {
        if utf8.count < 2 || !isASCIIText(utf8) { return internValue(str(utf8: utf8)) }
        let hash = hashBytes(utf8)
        let known = state.pointee.interned.find(utf8, hash: hash)
        if !known.isNull { return known }
        guard let base = utf8.baseAddress, let made = try? newStr(count: utf8.count, kind: 1, ascii: true) else { return emptyStr }
        made.bytes.update(from: base, count: utf8.count)
        made.ref.pointee.hash = hash
        return state.pointee.interned.intern(made.value, hash: hash)
    }
    /// - Precondition: an exact `str`.
    @inlinable @inline(__always) public func internValue(_ value: Value) -> Value {
        PyStr(value).isInterned ? value : internSlow(value)
    }
    @inline(never) public func internSlow(_ value: Value) -> Value {
        state.pointee.interned.intern(value, hash: strHash(PyStr(value)))
    }

    /// `hash(str)`: cached SipHash. Never -1.
    @inlinable @inline(__always) public func strHash(_ str: PyStr) -> Int {
        let cached = str.ref.pointee.hash
        return cached != -1 ? cached : computeStrHash(str)
    }
    @inline(never) public func computeStrHash(_ str: PyStr) -> Int {
        let hash = hashBytes(UnsafeBufferPointer(start: str.bytes, count: str.byteCount))
        str.ref.pointee.hash = hash
        return hash
    }

    /// SipHash-2-4 under the interpreter's key; 0 for no bytes, never -1.
    public func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if bytes.count == 0 { return 0 }
        let hash = Int(bitPattern: UInt(sipHash24(bytes, key: state.pointee.hashKey)))
        return hash == -1 ? -2 : hash
    }
}

/// Whether all bytes are below 128.
@inline(__always) func isASCIIText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var all: UInt64 = 0
    var i = 0
    while i + 8 <= raw.count {
        all |= raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        i += 8
    }
    while i < raw.count {
        all |= UInt64(raw[i])
        i += 1
    }
    return all & 0x8080_8080_8080_8080 == 0
}
