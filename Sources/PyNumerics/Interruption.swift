// How a computation that may take seconds is stopped: huge products, quotients, powers, digits. CPython looks for signals
// in the same places (SIGCHECK in Objects/longobject.c), though not inside one product.

/// What a long computation asks now and then whether to go on. Once stopped, every routine that knows of it returns at once
/// with a result of no meaning; the caller looks at `isStopped`.
public final class Interruption {
    private let poll: () -> Bool
    public private(set) var isStopped = false

    /// - Parameter poll: true to stop. Called about every 0.1 ms; it may take its time.
    public init(_ poll: @escaping () -> Bool) { self.poll = poll }

    /// Whether to stop.
    func check() -> Bool {
        if !isStopped && poll() { isStopped = true }
        return isStopped
    }
}

extension Limbs {
    /// From this many limbs on one step of a computation is worth a look at the interruption.
    static var interruptibleCount: Int { 256 }
}
