// Locks: plain cells. Their fields change under the interpreter lock; those who wait sleep on their thread's parker.
// CPython: Modules/_threadmodule.c, Python/thread_pthread.h.
import PyPlatform

/// `_thread.lock`: bytes 8...
public struct LockLayout {
    public var type: PyType
    public var isLocked: Bool
    var waiters: Int
    public static var size: Int { 24 }
}

/// `_thread.RLock`.
public struct RLockLayout {
    public var type: PyType
    var waiters: Int
    /// `ThreadState.threading.serial` of the owner, and its ident for people; `count` 0 = free.
    var serial: UInt
    public var owner: UInt
    public var count: Int
    public static var size: Int { 40 }
}

extension VM {
    /// Takes a lock. `timeout` in nanoseconds: negative = for ever, 0 = do not wait.
    /// - Returns: false if the time ran out. - Throws: what a signal handler raises. May run Python.
    public func acquire(_ lock: UnsafeMutablePointer<LockLayout>, timeout: Int64) throws(Raised) -> Bool {
        if !lock.pointee.isLocked {
            lock.pointee.isLocked = true
            return true
        }
        if timeout == 0 { return false }
        let deadline = deadline(after: timeout)
        lock.pointee.waiters += 1
        defer { lock.pointee.waiters -= 1 }
        while lock.pointee.isLocked {
            switch park(on: UInt(bitPattern: lock), until: deadline) {
            case .woken: break
            case .timedOut: if lock.pointee.isLocked { return false }
            case .interrupted: try checkSignals()
            }
        }
        lock.pointee.isLocked = true
        return true
    }

    /// `lock.acquire(blocking, timeout)`. A signal that came meanwhile is heard with the lock held, as CPython's loop does right after
    /// the call, and not in what the program calls next: `threading` relies on that.
    public func acquireThenPoll(_ lock: UnsafeMutablePointer<LockLayout>, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let taken = try acquire(lock, timeout: lockTimeout(a[0], a[1]))
        if thread.pointee.pollsInNative { try poll(yields: false) }
        return Value(taken)
    }

    /// - Returns: false if it was not locked.
    public func release(_ lock: UnsafeMutablePointer<LockLayout>) -> Bool {
        if !lock.pointee.isLocked { return false }
        lock.pointee.isLocked = false
        if lock.pointee.waiters > 0 { unpark(UInt(bitPattern: lock)) }
        return true
    }

    /// As above; the owner may take it again.
    public func acquire(_ lock: UnsafeMutablePointer<RLockLayout>, timeout: Int64) throws(Raised) -> Bool {
        if isOwned(lock) {
            let (n, overflow) = lock.pointee.count.addingReportingOverflow(1)
            if overflow { throw raise(.overflowError, "Internal lock count overflowed") }
            lock.pointee.count = n
            return true
        }
        if lock.pointee.count != 0 {
            if timeout == 0 { return false }
            let deadline = deadline(after: timeout)
            lock.pointee.waiters += 1
            defer { lock.pointee.waiters -= 1 }
            while lock.pointee.count != 0 {
                switch park(on: UInt(bitPattern: lock), until: deadline) {
                case .woken: break
                case .timedOut: if lock.pointee.count != 0 { return false }
                case .interrupted: try checkSignals()
                }
            }
        }
        own(lock, owner: currentThreadIdent(), count: 1)
        return true
    }

    public func isOwned(_ lock: UnsafeMutablePointer<RLockLayout>) -> Bool {
        lock.pointee.count > 0 && lock.pointee.serial == thread.pointee.threading.serial
    }

    func own(_ lock: UnsafeMutablePointer<RLockLayout>, owner: UInt, count: Int) {
        lock.pointee.owner = owner
        lock.pointee.serial = thread.pointee.threading.serial
        lock.pointee.count = count
    }

    /// - Throws: RuntimeError if the running thread does not own it.
    public func release(_ lock: UnsafeMutablePointer<RLockLayout>) throws(Raised) {
        if !isOwned(lock) { throw raise(.runtimeError, "cannot release un-acquired lock") }
        lock.pointee.count -= 1
        if lock.pointee.count == 0 { free(lock) }
    }

    /// Gives the lock up however often it was taken; what to give `restore`.
    public func releaseSave(_ lock: UnsafeMutablePointer<RLockLayout>) throws(Raised) -> (count: Int, owner: UInt) {
        if lock.pointee.count == 0 { throw raise(.runtimeError, "cannot release un-acquired lock") }
        let saved = (count: lock.pointee.count, owner: lock.pointee.owner)
        lock.pointee.count = 0
        free(lock)
        return saved
    }

    public func restore(_ lock: UnsafeMutablePointer<RLockLayout>, count: Int, owner: UInt) throws(Raised) {
        while lock.pointee.count != 0 {
            lock.pointee.waiters += 1
            defer { lock.pointee.waiters -= 1 }
            if case .interrupted = park(on: UInt(bitPattern: lock), until: -1) { try checkSignals() }
        }
        own(lock, owner: owner, count: max(count, 0))
    }

    private func free(_ lock: UnsafeMutablePointer<RLockLayout>) {
        lock.pointee.owner = 0
        lock.pointee.serial = 0
        if lock.pointee.waiters > 0 { unpark(UInt(bitPattern: lock)) }
    }

    /// In the child of a fork: nobody else holds it or waits for it.
    public func reinitialize(_ lock: UnsafeMutablePointer<LockLayout>) {
        lock.pointee.isLocked = false
        lock.pointee.waiters = 0
    }
    public func reinitialize(_ lock: UnsafeMutablePointer<RLockLayout>) {
        lock.pointee.owner = 0
        lock.pointee.serial = 0
        lock.pointee.count = 0
        lock.pointee.waiters = 0
    }

    private func deadline(after timeout: Int64) -> Int64 {
        if timeout < 0 { return -1 }
        let (sum, overflow) = Clock.monotonic.now.addingReportingOverflow(timeout)
        return overflow ? .max : sum
    }

    /// `blocking` and `timeout` of `acquire`, NULL where not given, as nanoseconds: negative for ever, 0 not at all.
    public func lockTimeout(_ blocking: Value, _ timeout: Value) throws(Raised) -> Int64 {
        var isBlocking = true
        if !blocking.isNull { isBlocking = try indexInt(blocking) != 0 }
        let nanoseconds = timeout.isNull ? -1_000_000_000 : try timeoutNanoseconds(timeout)
        if !isBlocking {
            if nanoseconds != -1_000_000_000 { throw raise(.valueError, "can't specify a timeout for a non-blocking call") }
            return 0
        }
        if nanoseconds < 0 {
            if nanoseconds != -1_000_000_000 { throw raise(.valueError, "timeout value must be positive") }
            return -1
        }
        // PY_TIMEOUT_MAX: microseconds whose nanoseconds fit.
        return nanoseconds
    }
}
