// Starting and ending threads. CPython: `thread_run` in Modules/_threadmodule.c, Python/pystate.c.
import CShims
import PyPlatform

extension VM {
    /// Runs `function(*arguments, **keywords)` in a new thread; `keywords` may be NULL.
    /// - Returns: the thread's ident. - Throws: RuntimeError when the system has no more threads.
    public func startThread(_ function: Value, _ arguments: Value, _ keywords: Value) throws(Raised) -> UInt {
        // Its registers and frame records, and something to run in.
        do { try checkAllocation((1 << 18) * (8 + MemoryLayout<Frame>.stride) + (4 << 20)) } catch {
            clearRaised()
            throw raise(.runtimeError, "can't start new thread")
        }
        let thread = ThreadState.create(stackSlots: 1 << 18, recursionLimit: state.pointee.recursionLimit)
        setUpEvaluation(thread, capacity: 1 << 18)
        setUpThreadPart(thread)
        thread.pointee.threading.function = function
        thread.pointee.threading.arguments = arguments
        thread.pointee.threading.keywords = keywords
        thread.pointee.next = state.pointee.threads
        state.pointee.threads = thread
        threading.pointee.isThreaded = true
        let lock = interpreterLock
        // The least that Python lets one ask for, 32 KiB, is too little for native code of ours or of the system's.
        let asked = threading.pointee.stackSize, size = asked > 0 ? max(asked, 512 << 10) : 0
        let interpreter = UInt(bitPattern: raw), own = UInt(bitPattern: thread)
        do {
            return try PyPlatform.startThread(stackSize: size > 0 ? size : nil) { runThread(interpreter, own, lock) }
        } catch {
            removeThread(thread)
            throw raise(.runtimeError, "can't start new thread")
        }
    }

    /// What the new thread does, holding the lock.
    fileprivate func threadMain(_ thread: UnsafeMutablePointer<ThreadState>) {
        threading.pointee.startedThreads += 1
        let function = thread.pointee.threading.function
        do {
            _ = try callWithTuple(function, thread.pointee.threading.arguments, thread.pointee.threading.keywords)
        } catch {
            if raisedMatches(.systemExit) { clearRaised() } else {
                writeUnraisable(function, message: str("Exception ignored in thread started by"))
            }
        }
        threading.pointee.startedThreads -= 1
        forgetThreadLocals(thread)
        let sentinel = thread.pointee.threading.sentinel
        thread.pointee.threading.sentinel = .null
        removeThread(thread, freeing: false)
        if sentinel.isObject {
            let lock = referent(sentinel)
            if lock.isObject { _ = release(lock.cast(LockLayout.self)) }
        }
    }

    /// The `_thread._local` objects drop what they keep for a thread that ends.
    private func forgetThreadLocals(_ thread: UnsafeMutablePointer<ThreadState>) {
        let list = thread.pointee.threading.locals
        thread.pointee.threading.locals = .null
        guard list.isObject else { return }
        for i in 0..<PyList(list).count {
            let local = referent(PyList(list)[i])
            if local.isObject { ThreadLocal(local).forget(self, serial: thread.pointee.threading.serial) }
        }
    }

    func removeThread(_ thread: UnsafeMutablePointer<ThreadState>, freeing: Bool = true) {
        if state.pointee.threads == thread {
            state.pointee.threads = thread.pointee.next
        } else {
            var before = state.pointee.threads
            while let t = before, t.pointee.next != thread { before = t.pointee.next }
            before?.pointee.next = thread.pointee.next
        }
        if freeing { freeThread(thread) }
    }

    fileprivate func freeThread(_ thread: UnsafeMutablePointer<ThreadState>) {
        tearDownEvaluation(thread)
        tearDownThreadPart(thread)
        thread.pointee.free()
        thread.deallocate()
    }

    /// `posix.fork` in the child: of the threads only this one lives on, and it is the main thread now.
    public func afterFork() {
        let own = thread
        var next = state.pointee.threads
        while let t = next {
            next = t.pointee.next
            // Their stacks are abandoned: whatever system call they stood in never ends here.
            if t != own { t.pointee.savedStackPointer = 0 }
        }
        own.pointee.next = nil
        state.pointee.threads = own
        threading.pointee.mainThread = own
        threading.pointee.startedThreads = 0
        threading.pointee.isThreaded = false
        let interval = switchInterval
        threading.pointee.lock = Unmanaged.passRetained(InterpreterLock())
        switchInterval = interval
        interpreterLock.take(own)
        own.pointee.threadID = currentThreadIdent()
        tearDownThreadPart(own)
        own.pointee.threading.parker = taipan_parker_create()
        own.pointee.threading.waitingFor = 0
        attachSignals()
        // Who waited for it is gone.
        importLock.pointee.waiters = 0
    }

    /// Daemon threads never run Python again: the interpreter is about to end.
    public func stopOtherThreads() {
        guard state.pointee.threads?.pointee.next != nil else { return }
        interpreterLock.doom(allBut: thread)
    }

    /// Asks a thread to raise `exception` (a class or an instance) at its next poll. False if there is no such thread.
    public func raiseAsynchronously(in ident: UInt, _ exception: Value) -> Bool {
        var next = state.pointee.threads
        while let t = next {
            next = t.pointee.next
            guard t.pointee.threadID == ident else { continue }
            t.pointee.scratch3 = exception
            t.pointee.requestPoll(.asyncException)
            return true
        }
        return false
    }
}

/// The body of a thread. It may wait for the lock for ever, while the interpreter is freed.
private func runThread(_ interpreter: UInt, _ own: UInt, _ lock: InterpreterLock) {
    guard let raw = UnsafeMutableRawPointer(bitPattern: interpreter), let thread = UnsafeMutablePointer<ThreadState>(bitPattern: own) else { return }
    lock.take(thread)
    let vm = VM(raw: raw)
    vm.state.pointee.thread = thread
    thread.pointee.readNativeBounds()
    thread.pointee.threadID = currentThreadIdent()
    vm.threadMain(thread)
    // Out of the list: nothing refers to it any more.
    vm.freeThread(thread)
    lock.drop()
}
