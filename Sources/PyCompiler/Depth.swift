// Recursion of the compiler's passes is counted, so that a deep tree is RecursionError and never a native overflow.
// CPython counts three of its levels for one compiler level: 1,000 becomes 3,000.

/// Counts nesting against a limit.
struct DepthCounter {
    private var depth = 0
    /// CPython's default: the recursion limit times three, less the frames of the caller of `compile()`.
    private let limit: Int

    init(limit: Int = 2990) { self.limit = limit }

    /// False when there is no room for one more level. Pair with `leave()`.
    @inline(__always)
    mutating func enter() -> Bool {
        depth += 1
        return depth <= limit
    }

    @inline(__always)
    mutating func leave() { depth -= 1 }
}
