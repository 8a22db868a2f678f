// Growing bytes, for encoders.

/// Bytes under construction. Owns its buffer; the result is copied out of `bytes`.
@frozen
public struct ByteBuilder: ~Copyable {
    public var base: UnsafeMutablePointer<UInt8>
    public var count: Int
    public var capacity: Int

    @inlinable
    public init(capacity: Int = 32) {
        let room = capacity < 16 ? 16 : capacity
        base = .allocate(capacity: room)
        self.capacity = room
        count = 0
    }

    @inlinable
    deinit { base.deallocate() }

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
        let room = max(count + extra, capacity + capacity / 2 + 16)
        let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        fresh.update(from: base, count: count)
        base.deallocate()
        (base, capacity) = (fresh, room)
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
