// The arbitrary-precision integer as a Swift value, for the compiler's constants, marshal and the rarer integer
// functions. The runtime's `int` objects use the same limb routines on heap memory.

/// A signed integer of any size: sign and magnitude, limbs of 64 bits, least significant first, no leading zero limb.
public struct BigInt: Hashable, Sendable {
    public let isNegative: Bool
    public let magnitude: [UInt64]

    public init(isNegative: Bool, magnitude: [UInt64]) {
        if magnitude.last == 0 {
            var limbs = magnitude
            while limbs.last == 0 { limbs.removeLast() }
            self.magnitude = limbs
            self.isNegative = isNegative && !limbs.isEmpty
        } else {
            self.magnitude = magnitude
            self.isNegative = isNegative && !magnitude.isEmpty
        }
    }

    /// `magnitude` has no zero limb on top.
    init(normalised magnitude: [UInt64], isNegative: Bool) {
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isEmpty
    }

    public static let zero = BigInt(normalised: [], isNegative: false)
    public static let one = BigInt(normalised: [1], isNegative: false)

    public init(_ value: Int) {
        self.init(normalised: value == 0 ? [] : [UInt64(value.magnitude)], isNegative: value < 0)
    }

    public init(_ value: UInt64) {
        self.init(normalised: value == 0 ? [] : [value], isNegative: false)
    }

    /// From limbs in memory, leading zeros allowed.
    public init(isNegative: Bool, limbs: LimbPointer, count: Int) {
        let n = Limbs.trimmed(limbs, count)
        self.init(normalised: Array(UnsafeBufferPointer(start: limbs, count: n)), isNegative: isNegative)
    }

    /// A magnitude built in place: `fill` gets `capacity` uninitialised limbs and returns how many it wrote; zero limbs
    /// on top are dropped.
    static func build(_ capacity: Int, isNegative: Bool = false, _ fill: (MutableLimbPointer) -> Int) -> BigInt {
        if capacity == 0 { return .zero }
        let limbs = [UInt64](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            count = Limbs.trimmed(base, fill(base))
        }
        return BigInt(normalised: limbs, isNegative: isNegative)
    }

    /// Calls `body` with the limbs; the pointer is valid only inside.
    @inline(__always)
    public func withLimbs<R>(_ body: (LimbPointer, Int) -> R) -> R {
        if magnitude.isEmpty {
            var none: UInt64 = 0
            return withUnsafePointer(to: &none) { body($0, 0) }
        }
        return magnitude.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped, $0.count) }
    }

    public var isZero: Bool { magnitude.isEmpty }
    public var isOdd: Bool { (magnitude.first ?? 0) & 1 != 0 }
    /// -1, 0 or 1.
    public var signum: Int { magnitude.isEmpty ? 0 : isNegative ? -1 : 1 }
    /// Bits of the magnitude: Python's `int.bit_length()`.
    public var bitWidth: Int { withLimbs { Limbs.bitWidth($0, $1) } }
    /// Ones in the magnitude: Python's `int.bit_count()`.
    public var bitCount: Int { magnitude.reduce(0) { $0 + $1.nonzeroBitCount } }
    public var trailingZeroBitCount: Int {
        guard let i = magnitude.firstIndex(where: { $0 != 0 }) else { return 0 }
        return i * 64 + magnitude[i].trailingZeroBitCount
    }

    /// The value if it fits.
    public var asInt: Int? {
        if magnitude.isEmpty { return 0 }
        if magnitude.count > 1 { return nil }
        let m = magnitude[0]
        if isNegative { return m <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- m) : nil }
        return Int(exactly: m)
    }

    /// The value if it fits in 64 bits without a sign.
    public var asUInt64: UInt64? {
        if magnitude.isEmpty { return 0 }
        return isNegative || magnitude.count > 1 ? nil : magnitude[0]
    }

    /// The low 64 bits in two's complement.
    public var lowWord: UInt64 {
        let m = magnitude.first ?? 0
        return isNegative ? 0 &- m : m
    }

    public var absolute: BigInt { isNegative ? BigInt(normalised: magnitude, isNegative: false) : self }
}

extension BigInt: Comparable {
    public static func < (a: BigInt, b: BigInt) -> Bool { a.compared(to: b) < 0 }

    /// -1, 0 or 1.
    public func compared(to other: BigInt) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let c = withLimbs { a, an in other.withLimbs { b, bn in Limbs.compare(a, an, b, bn) } }
        return isNegative ? -c : c
    }
}

extension BigInt: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}
