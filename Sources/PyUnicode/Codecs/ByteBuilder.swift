// Growing bytes, for encoders.
import CShims

/// Bytes under construction. Owns its buffer; the result is copied out of `bytes`.
/// Where memory runs out it forgets what it has and takes what comes after in its place: who uses the result asks `isExhausted`.
@frozen
public struct ByteBuilder: ~Copyable {
    public var base: UnsafeMutablePointer<UInt8>
    public var count: Int
    public var capacity: Int
    /// There was no memory for all of it.
    public var isExhausted: Bool

    public init(capacity wanted: Int = 32) {
        var room = wanted < 16 ? 16 : wanted
        (base, isExhausted) = (builderMemory(&room).assumingMemoryBound(to: UInt8.self), false)
        isExhausted = room < wanted
        capacity = room
        count = 0
    }

    deinit { taipan_free(base) }

    /// What was built so far; valid until the next mutation.
    @inlinable
    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        if count == capacity { grow(1) }
        base[count] = byte
        count &+= 1
    }

    @inlinable
    public mutating func reserve(_ extra: Int) {
        if count &+ extra > capacity { grow(extra) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ extra: Int) {
        let needed = count + extra
        guard !isExhausted, let (fresh, room) = largerMemory(max(needed, capacity + capacity / 16), max(needed, capacity + capacity / 2 + 16)) else { return startOver(extra) }
        fresh.copyMemory(from: base, byteCount: count)
        taipan_free(base)
        (base, capacity) = (fresh.assumingMemoryBound(to: UInt8.self), room)
    }

    private mutating func startOver(_ extra: Int) {
        isExhausted = true
        count = 0
        if extra <= capacity { return }
        taipan_free(base)
        guard let fresh = taipan_allocate(extra) else { taipan_out_of_memory() }
        (base, capacity) = (fresh.assumingMemoryBound(to: UInt8.self), extra)
    }

    public mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        guard let start = more.baseAddress else { return }
        reserve(more.count)
        (base + count).update(from: start, count: more.count)
        count += more.count
    }

    public mutating func append(_ text: StaticString) { text.withUTF8Buffer { append($0) } }

    /// `width` lower-case hexadecimal digits.
    public mutating func appendHex(_ value: UInt32, width: Int) {
        for i in 0..<width {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(4 * (width - 1 - i)) & 15)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

/// The first memory of a builder: as much as it asks for or, where there is none, a little.
func builderMemory(_ room: inout Int) -> UnsafeMutableRawPointer {
    if let memory = taipan_allocate(room) { return memory }
    room = 16
    guard let memory = taipan_allocate(room) else { taipan_out_of_memory() }
    return memory
}

/// `wanted` bytes, or if there are none `needed`; and how many it is. (Growing by less than a part would copy for ever.)
func largerMemory(_ needed: Int, _ wanted: Int) -> (UnsafeMutableRawPointer, Int)? {
    if let memory = taipan_allocate(wanted) { return (memory, wanted) }
    if needed < wanted, let memory = taipan_allocate(needed) { return (memory, needed) }
    return nil
}
