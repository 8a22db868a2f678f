// The interpreter lock (GIL): who runs Python, and how it passes from thread to thread. A thread that waits longer than the
// switch interval asks the holder to give it up at its next poll; the holder then waits until somebody else has had it.
// CPython: Python/ceval_gil.h. Decision: Documentation/Decisions/Threads.md.
import PyPlatform

/// The lock of one interpreter.
// Safe: everything in it is guarded by its monitors.
final class InterpreterLock: @unchecked Sendable {
    private let gate = Monitor()
    private let handover = Monitor()
    private var holder: UnsafeMutablePointer<ThreadState>?
    private var lastHolder: UnsafeMutablePointer<ThreadState>?
    private var switches = 0
    /// Nanoseconds a waiter waits before it asks.
    var interval: Int64 = 5_000_000
    /// The interpreter ends: threads other than this one never come back.
    private var survivor: UnsafeMutablePointer<ThreadState>?

    /// Waits for the lock. Never returns in a thread that outlived its interpreter.
    func take(_ thread: UnsafeMutablePointer<ThreadState>) {
        gate.lock()
        while holder != nil && !isDoomed(thread) {
            let before = switches
            if !gate.wait(until: Clock.monotonic.now &+ interval), before == switches, let holder {
                holder.pointee.requestPoll(.lock)
            }
        }
        if isDoomed(thread) {
            gate.unlock()
            sleepForEver()
        }
        handover.lock()
        holder = thread
        if lastHolder != thread {
            lastHolder = thread
            switches &+= 1
        }
        handover.signal()
        handover.unlock()
        gate.unlock()
    }

    private func isDoomed(_ thread: UnsafeMutablePointer<ThreadState>) -> Bool { survivor != nil && survivor != thread }

    func drop() {
        gate.lock()
        holder = nil
        gate.signal()
        gate.unlock()
    }

    /// Lets another thread that waits have the lock for a while.
    func yield(_ thread: UnsafeMutablePointer<ThreadState>) {
        drop()
        handover.lock()
        // Somebody asked: wait until it has taken over, or it would starve. A waiter that gave up meanwhile costs a little time.
        let deadline = Clock.monotonic.now &+ 10_000_000
        while lastHolder == thread && handover.wait(until: deadline) {}
        handover.unlock()
        take(thread)
    }

    /// From now on only `thread` gets the lock.
    func doom(allBut thread: UnsafeMutablePointer<ThreadState>) {
        gate.lock()
        survivor = thread
        gate.broadcast()
        gate.unlock()
    }

    private func sleepForEver() -> Never {
        while true { try? sleep(nanoseconds: 3_600_000_000_000) }
    }
}
