// Giving up the interpreter lock around calls that may block, and waiting to be woken. CPython: Py_BEGIN_ALLOW_THREADS, PEP 475.
import CShims
import PyPlatform

extension VM {
    /// Runs `body` while other threads may run Python: for system calls that may block.
    /// Inside nothing may touch a `Value`, the heap or `vm`: make objects before or after.
    /// Objects do not move: a pointer into one that a local still refers to stays good, if nobody can resize it meanwhile.
    /// Costs a test when the program has one thread.
    @inline(never) public func withoutGIL<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T {
        if !threading.pointee.isThreaded { return try body() }
        let thread = self.thread
        let lock = interpreterLock
        // The collector of whoever runs meanwhile finds our registers here, above the saved stack pointer.
        var registers: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) =
            (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        thread.pointee.savedStackPointer = withUnsafeMutablePointer(to: &registers) {
            $0.withMemoryRebound(to: UInt.self, capacity: 16) { taipan_save_registers($0) }
        }
        lock.drop()
        defer {
            lock.take(thread)
            state.pointee.thread = thread
            thread.pointee.savedStackPointer = 0
            withExtendedLifetime(registers) {}
            helpWithFinalizers(thread)
        }
        return try body()
    }

    /// `withoutGIL` for a system call that a signal may interrupt: on EINTR the Python handlers run, and if none raises
    /// the call is made again (PEP 475).
    public func interruptible<T>(_ body: () throws(Errno) -> T) throws(Raised) -> Result<T, Errno> {
        while true {
            let result: Result<T, Errno> = withoutGIL { () -> Result<T, Errno> in
                do throws(Errno) { return .success(try body()) } catch { return .failure(error) }
            }
            guard case .failure(let error) = result, error.isInterrupted else { return result }
            try checkSignals()
        }
    }

    /// The poll's part: another thread asked for the lock.
    func yieldLock() {
        let thread = self.thread
        var registers: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) =
            (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        thread.pointee.savedStackPointer = withUnsafeMutablePointer(to: &registers) {
            $0.withMemoryRebound(to: UInt.self, capacity: 16) { taipan_save_registers($0) }
        }
        interpreterLock.yield(thread)
        state.pointee.thread = thread
        thread.pointee.savedStackPointer = 0
        withExtendedLifetime(registers) {}
        helpWithFinalizers(thread)
    }

    /// Whoever gets the lock while finalizers wait runs some: threads that only make garbage would outrun the one that
    /// found it dead.
    private func helpWithFinalizers(_ thread: UnsafeMutablePointer<ThreadState>) {
        if heap.pointee.hasPending && !thread.pointee.threading.runsFinalizers { thread.pointee.requestPoll(.finalizers) }
    }

    // MARK: Parking

    /// How a wait ended.
    public enum Wakeup { case woken, timedOut, interrupted }

    /// Sleeps until `unpark(address)` or the deadline (nanoseconds on the monotonic clock; negative: none) or a signal.
    /// May wake for nothing: ask again whether what one waits for is so.
    public func park(on address: UInt, until deadline: Int64) -> Wakeup {
        let thread = self.thread
        guard let parker = thread.pointee.threading.parker else { return .timedOut }
        threading.pointee.tickets &+= 1
        thread.pointee.threading.ticket = threading.pointee.tickets
        thread.pointee.threading.waitingFor = address
        let idle = idleDeadline(deadline)
        if idle != deadline { thread.pointee.threading.holdsNothing = isCalledByLoop { isNative($0, "acquire") || isNative($0, "get") } }
        let result = withoutGIL { taipan_parker_wait(parker, idle) }
        let collects = result == 1 && idle != deadline && thread.pointee.threading.waitingFor != 0
        if collects { collectWhenIdle() }
        thread.pointee.threading.holdsNothing = false
        thread.pointee.threading.waitingFor = 0
        if collects {
            runIdleFinalizers()
            return .woken
        }
        return result == 0 ? .woken : result == 1 ? .timedOut : .interrupted
    }

    /// Wakes the thread that has waited longest on `address`. Cost: the number of threads.
    public func unpark(_ address: UInt) {
        var first: UnsafeMutablePointer<ThreadState>?
        var next = state.pointee.threads
        while let t = next {
            if t.pointee.threading.waitingFor == address, first.map({ t.pointee.threading.ticket < $0.pointee.threading.ticket }) ?? true { first = t }
            next = t.pointee.next
        }
        if let first, let parker = first.pointee.threading.parker {
            first.pointee.threading.waitingFor = 0
            taipan_parker_post(parker)
        }
    }
}
