// A borrowed PEP 393 buffer: code points of one, two or four bytes. What the runtime's `str` lends to codecs,
// searches and builders; nothing here owns memory.

/// Code points in a buffer that somebody else keeps alive.
@frozen
public struct TextView {
    public let base: UnsafeRawPointer
    /// In code points.
    public let count: Int
    /// Bytes a code point: 1, 2 or 4.
    public let kind: Int

    @inlinable @inline(__always)
    public init(base: UnsafeRawPointer, count: Int, kind: Int) {
        (self.base, self.count, self.kind) = (base, count, kind)
    }

    /// - Precondition: `0 <= index < count`; not checked.
    @inlinable @inline(__always)
    public subscript(index: Int) -> UInt32 {
        // Safe: the index was checked by the caller.
        switch kind {
        case 1: UInt32(base.load(fromByteOffset: index, as: UInt8.self))
        case 2: UInt32(base.load(fromByteOffset: index &* 2, as: UInt16.self))
        default: base.load(fromByteOffset: index &* 4, as: UInt32.self)
        }
    }

    @inlinable @inline(__always)
    public var bytes: UnsafePointer<UInt8> { base.assumingMemoryBound(to: UInt8.self) }
    @inlinable @inline(__always)
    public var words: UnsafePointer<UInt16> { base.assumingMemoryBound(to: UInt16.self) }
    @inlinable @inline(__always)
    public var longs: UnsafePointer<UInt32> { base.assumingMemoryBound(to: UInt32.self) }

    /// `self[start..<end]`. - Precondition: the range is inside.
    @inlinable @inline(__always)
    public func slice(_ start: Int, _ end: Int) -> TextView {
        TextView(base: base + start &* kind, count: end &- start, kind: kind)
    }

    /// An upper bound of the code points, exact enough to choose a kind: 0x7F, 0xFF, 0xFFFF or 0x10FFFF.
    public var maxClass: UInt32 {
        var seen: UInt32 = 0
        switch kind {
        case 1: for i in 0..<count { seen |= UInt32(bytes[i]) }
        case 2: for i in 0..<count { seen |= UInt32(words[i]) }
        default: for i in 0..<count { seen |= longs[i] }
        }
        return seen < 0x80 ? 0x7F : seen < 0x100 ? 0xFF : seen < 0x10000 ? 0xFFFF : 0x10FFFF
    }
}

/// An unsigned integer that holds a code point of a PEP 393 buffer.
public protocol CodeUnit: FixedWidthInteger, UnsignedInteger, BitwiseCopyable {}
extension UInt8: CodeUnit {}
extension UInt16: CodeUnit {}
extension UInt32: CodeUnit {}
