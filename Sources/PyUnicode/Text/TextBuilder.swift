// Growing text of unknown width: begins with one byte a code point and widens when it must, so that the finished
// buffer has the narrowest kind. CPython: _PyUnicodeWriter in Objects/unicodeobject.c.
import CShims

/// Text under construction. Owns its buffer; the result is copied out of `view`. Without memory as `ByteBuilder`.
@frozen
public struct TextBuilder: ~Copyable {
    public var base: UnsafeMutableRawPointer
    /// In code points.
    public var count: Int
    public var capacity: Int
    /// 1, 2 or 4.
    public var kind: Int
    /// All code points or-ed together: `seen < 0x80` says ASCII.
    public var seen: UInt32
    /// There was no memory for all of it.
    public var isExhausted: Bool

    public init(capacity wanted: Int = 32) {
        var room = wanted < 16 ? 16 : wanted
        base = builderMemory(&room)
        isExhausted = room < wanted
        capacity = room
        count = 0
        kind = 1
        seen = 0
    }

    deinit { taipan_free(base) }

    /// What was built so far; valid until the next mutation.
    @inlinable
    public var view: TextView { TextView(base: UnsafeRawPointer(base), count: count, kind: kind) }

    @inlinable
    public var isASCII: Bool { seen < 0x80 }

    @inlinable @inline(__always)
    public mutating func append(_ c: UInt32) {
        seen |= c
        if kind == 1 && c < 0x100 && count < capacity {
            base.storeBytes(of: UInt8(truncatingIfNeeded: c), toByteOffset: count, as: UInt8.self)
            count &+= 1
        } else {
            slowAppend(c)
        }
    }

    @usableFromInline @inline(never)
    mutating func slowAppend(_ c: UInt32) {
        reserve(1, kind: c < 0x100 ? 1 : c < 0x10000 ? 2 : 4)
        switch kind {
        case 1: base.storeBytes(of: UInt8(truncatingIfNeeded: c), toByteOffset: count, as: UInt8.self)
        case 2: base.storeBytes(of: UInt16(truncatingIfNeeded: c), toByteOffset: count &* 2, as: UInt16.self)
        default: base.storeBytes(of: c, toByteOffset: count &* 4, as: UInt32.self)
        }
        count &+= 1
    }

    /// Makes room for `extra` more code points of at least `wanted` bytes each.
    @inlinable
    public mutating func reserve(_ extra: Int, kind wanted: Int) {
        if wanted > kind || count &+ extra > capacity { grow(extra, wanted) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ extra: Int, _ wanted: Int) {
        let newKind = max(kind, wanted)
        let needed = count + extra
        let room = needed <= capacity ? capacity : max(needed, capacity + capacity / 2 + 16)
        guard !isExhausted, let (fresh, bytes) = largerMemory(min(room, max(needed, capacity + capacity / 16)) * newKind, room * newKind) else { return startOver(extra, newKind) }
        TextView(base: UnsafeRawPointer(base), count: count, kind: kind).copy(to: fresh, kind: newKind)
        taipan_free(base)
        (base, capacity, kind) = (fresh, bytes / newKind, newKind)
    }

    private mutating func startOver(_ extra: Int, _ newKind: Int) {
        isExhausted = true
        count = 0
        (capacity, kind) = (capacity * kind / newKind, newKind)
        if extra <= capacity { return }
        taipan_free(base)
        guard let fresh = taipan_allocate(extra * newKind) else { taipan_out_of_memory() }
        (base, capacity) = (fresh, extra)
    }

    /// Appends text of any kind.
    public mutating func append(_ text: TextView) {
        guard text.count > 0 else { return }
        let top = text.kind == 1 && kind > 1 ? 0xFF : text.maxClass
        reserve(text.count, kind: top < 0x100 ? 1 : top < 0x10000 ? 2 : 4)
        text.copy(to: base + count &* kind, kind: kind)
        count += text.count
        seen |= text.kind == 1 && kind > 1 ? text.maxClass : top
    }

    /// Appends bytes as Latin-1.
    public mutating func append(latin1 bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        append(TextView(base: UnsafeRawPointer(start), count: bytes.count, kind: 1))
    }

    public mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(latin1: $0) }
    }

    public mutating func append(_ text: PyText) {
        if text.isASCII {
            text.utf8.withUnsafeBufferPointer { append(latin1: $0) }
        } else {
            for c in text.codePoints { append(c) }
        }
    }

    /// Drops everything from `newCount` on. The kind stays.
    public mutating func truncate(_ newCount: Int) { if newCount < count { count = newCount } }

    /// For tests and messages.
    public var text: PyText { PyText(view) }
}

extension TextView {
    /// Copies the code points to `target`, where each takes `kind` bytes.
    /// - Precondition: every code point fits, the room is there, and the buffers do not overlap.
    public func copy(to target: UnsafeMutableRawPointer, kind wide: Int) {
        if wide == kind {
            target.copyMemory(from: base, byteCount: count &* kind)
            return
        }
        switch (kind, wide) {
        case (1, 2): convert(bytes, target, as: UInt16.self)
        case (1, _): convert(bytes, target, as: UInt32.self)
        case (2, 1): convert(words, target, as: UInt8.self)
        case (2, _): convert(words, target, as: UInt32.self)
        case (_, 1): convert(longs, target, as: UInt8.self)
        default: convert(longs, target, as: UInt16.self)
        }
    }

    @inline(__always)
    private func convert<S: CodeUnit, T: CodeUnit>(_ source: UnsafePointer<S>, _ target: UnsafeMutableRawPointer, as: T.Type) {
        let out = target.assumingMemoryBound(to: T.self)
        for i in 0..<count { out[i] = T(truncatingIfNeeded: source[i]) }
    }
}

extension PyText {
    public init(_ view: TextView) {
        if view.kind == 1 && view.maxClass < 0x80 {
            self.init(utf8: Array(UnsafeBufferPointer(start: view.bytes, count: view.count)))
        } else {
            self.init(codePoints: (0..<view.count).lazy.map { view[$0] })
        }
    }
}
