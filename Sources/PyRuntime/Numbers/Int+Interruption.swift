// Arithmetic on huge ints that looks for signals and other threads while it works, so that Ctrl-C ends it.
// CPython: SIGCHECK in Objects/longobject.c.
import PyNumerics

extension VM {
    /// Products of this many limb multiplications take about a tenth of a millisecond: from here on it pays to look.
    static var interruptibleProduct: Int { 1 << 17 }

    /// Runs `body`, which hands what it gets to the routines of PyNumerics. Python code may run meanwhile: heap cells that are
    /// being filled must look finished to the collector.
    /// - Throws: what a signal handler raises (KeyboardInterrupt).
    public func interruptibly<R>(_ body: (Interruption) -> R) throws(Raised) -> R {
        let stop = interruption()
        let result = body(stop)
        if stop.isStopped { throw Raised() }
        return result
    }

    /// Stops once a poll raises; the exception is then on its way.
    func interruption() -> Interruption { Interruption { pollRaises() } }

    /// For loops that skip items without end: whether a signal handler or another thread's exception ends them.
    func pollRaises() -> Bool {
        if thread.pointee.pollReasons == 0 { return false }
        do throws(Raised) {
            try poll()
            return false
        } catch { return true }
    }
}
