// The arbitrary-precision integer as a Swift value, for the compiler's constants and marshal. The runtime's `int`
// objects use the same limb routines on heap memory.

/// A signed integer of any size: sign and magnitude, limbs of 64 bits, least significant first, no leading zero limb.
public struct BigInt: Hashable, Sendable {
    public let isNegative: Bool
    public let magnitude: [UInt64]

    public init(isNegative: Bool, magnitude: [UInt64]) {
        var limbs = magnitude
        while limbs.last == 0 { limbs.removeLast() }
        self.magnitude = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }
}
