// How many objects with `__del__` may be made between two collections. Reference counts make whoever drops an object pay for
// its finalizer at once; here the debt is paid after a collection, by all threads, and a finalizer that sleeps or waits for
// the lock can take a thousand times as long as making the next object. So what finalizers took sets how many may pile up.

struct FinalizerPace {
    /// New finalizable objects that make a collection due.
    private(set) var allowance = 4096
    /// Of the last collection.
    private var collectionNanoseconds: Int64 = 0

    static var smallest: Int { 256 }
    static var largest: Int { 32768 }
    /// What waits after a collection should be done in this time.
    private static var debtNanoseconds: Int64 { 50_000_000 }

    /// After a collection: where many died and hardly a finalizer is due, more may come.
    mutating func collected(in nanoseconds: Int64, dead: Int, due: Int) {
        collectionNanoseconds = nanoseconds
        if dead > allowance / 2 && due < dead / 8 { allowance = min(FinalizerPace.largest, allowance * 2) }
    }

    /// After `count` finalizers: as many as would take the time of the debt, or of the collection that finds them.
    mutating func ran(_ count: Int, in nanoseconds: Int64) {
        if count < 16 { return }
        let each = max(1, nanoseconds / Int64(count))
        let affordable = max(FinalizerPace.debtNanoseconds, collectionNanoseconds) / each
        allowance = min(FinalizerPace.largest, max(FinalizerPace.smallest, Int(affordable)))
    }
}
