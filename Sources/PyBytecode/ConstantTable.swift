// Distinct constants, numbered. A table of numbers beside an array, not a Dictionary: one of those makes generic metadata
// and looks through all conformances of the program when it is first used, which a short program would notice.

/// Constants in the order of their first appearance, found by value in O(1).
public struct ConstantTable {
    public private(set) var values: [Constant]
    /// Open-addressed: number + 1, 0 = free. A power of two, at least twice as many as entries.
    private var slots: [UInt32]
    private var entered = 0

    /// - Parameter capacity: how many constants to expect.
    public init(capacity: Int = 16) {
        values = []
        var size = 32
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    public var count: Int { values.count }

    /// The number of an equal constant, nil if there is none. Equality is `Constant`'s: type and bits, not value.
    public func number(of constant: Constant) -> Int? {
        var i = constant.hashValue & (slots.count - 1)
        while slots[i] != 0 {
            let number = Int(slots[i]) - 1
            if values[number] == constant { return number }
            i = (i + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Enters a constant that is not there and returns its number.
    public mutating func insert(_ constant: Constant) -> Int {
        if (entered + 1) * 2 > slots.count { grow() }
        let number = append(constant)
        enter(number)
        entered += 1
        return number
    }

    /// Adds a constant that no other shall be found equal to (a NaN).
    public mutating func append(_ constant: Constant) -> Int {
        values.append(constant)
        return values.count - 1
    }

    private mutating func enter(_ number: Int) {
        var i = values[number].hashValue & (slots.count - 1)
        while slots[i] != 0 { i = (i + 1) & (slots.count - 1) }
        slots[i] = UInt32(truncatingIfNeeded: number + 1)
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 { enter(Int(slot) - 1) }
    }
}
