// Recursion of the compiler's passes is counted, so that a deep tree is RecursionError and never a native overflow.
// CPython counts three of its levels for one compiler level: 1,000 becomes 3,000. Ours stops earlier where the thread's
// stack is smaller than that takes.

/// Counts nesting against a limit, and bytes of stack against a budget.
struct DepthCounter {
    private var depth = 0
    private let limit: Int
    /// The stack must not be used below this address.
    private let floor: UInt

    /// - Parameters: limit: levels; stackBudget: bytes of stack from here.
    @inline(never)
    init(limit: Int, stackBudget: Int) {
        self.limit = limit
        let here = Self.stackAddress()
        let budget = UInt(clamping: stackBudget)
        floor = here > budget ? here - budget : 0
    }

    init(_ options: CompileOptions) { self.init(limit: options.depthLimit, stackBudget: options.stackBudget) }

    /// False when there is no room for one more level. Pair with `leave()`.
    @inline(__always)
    mutating func enter() -> Bool {
        depth += 1
        return depth <= limit && Self.stackAddress() >= floor
    }

    @inline(__always)
    mutating func leave() { depth -= 1 }

    /// Where the native stack stands, near enough; it grows downwards.
    @inline(__always)
    private static func stackAddress() -> UInt {
        var here: UInt8 = 0
        return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
    }
}
