// What threads add to the interpreter's and the thread's state. CPython: Include/internal/pycore_interp.h, pystate.h.
import CShims
import PyPlatform

/// The interpreter's part; `VMState.threading`. Values in it are roots.
public struct ThreadingState {
    var lock: Unmanaged<InterpreterLock>
    /// The thread that made the interpreter: signals are handled there.
    public var mainThread: UnsafeMutablePointer<ThreadState>
    /// More than one thread state exists, or did: the lock is really taken and dropped.
    var isThreaded = false
    /// Threads started and not yet ended (`_thread._count`).
    public var startedThreads = 0
    /// `_thread.stack_size`, 0 = the system's.
    public var stackSize = 0
    /// `_imp.acquire_lock`'s: an RLock outside the heap.
    let importLock: UnsafeMutablePointer<RLockLayout>
    /// Order of arrival of those who wait for locks, and serial numbers of threads.
    var tickets: UInt = 0
    var serials: UInt = 0
    /// `_thread.lock`, NULL before the module is made.
    public var lockType: Value = .null
    /// The type of `_thread._ExceptHookArgs`, NULL before the module is made.
    public var exceptHookArguments: Value = .null
    /// Handlers by signal number (Signals.swift); nil before anything asks.
    public var warnsOnFullWakeup = true
    /// Types and exceptions of `_contextvars` and `_queue`, NULL before those modules are made.
    public var contextType: Value = .null
    public var contextVarType: Value = .null
    public var tokenType: Value = .null
    public var queueEmpty: Value = .null
    /// The file that `faulthandler` writes to.
    public var faultFile: Value = .null
    /// `atexit`'s functions: a list of (function, arguments, keywords) or NULL.
    public var exitFunctions: Value = .null
    var signalHandlers: UnsafeMutablePointer<Value>?

    init(mainThread: UnsafeMutablePointer<ThreadState>) {
        self.mainThread = mainThread
        lock = Unmanaged.passRetained(InterpreterLock())
        importLock = .allocate(capacity: 1)
        UnsafeMutableRawPointer(importLock).initializeMemory(as: UInt8.self, repeating: 0, count: RLockLayout.size)
    }
}

/// A thread's part; `ThreadState.threading`. Scanned.
public struct ThreadPart {
    /// Never used twice, unlike `threadID`.
    public var serial: UInt = 0
    /// What the thread sleeps on.
    var parker: UnsafeMutableRawPointer?
    /// The address it waits for, 0 = none, and since when (a ticket).
    var waitingFor: UInt = 0
    /// While it waits: no native code since the loop holds a value but that address.
    var holdsNothing = false
    var ticket: UInt = 0
    /// Released when the thread is gone (`_thread._set_sentinel`): a weak reference to a lock.
    public var sentinel: Value = .null
    /// Weak references to the `_thread._local` objects that have something for this thread: a list or NULL.
    var locals: Value = .null
    /// What a new thread calls: function, argument tuple, keyword dict or NULL.
    var function: Value = .null
    var arguments: Value = .null
    var keywords: Value = .null
    /// `contextvars`: the current context, NULL before it is asked for, and how deep `Context.run` is.
    public var context: Value = .null
    public var contextVersion: UInt = 0
    /// In `runPendingFinalizers`.
    var runsFinalizers = false

    init() {}
}

extension VM {
    @inlinable @inline(__always) public var threading: UnsafeMutablePointer<ThreadingState> {
        withUnsafeMutablePointer(to: &state.pointee.threading) { $0 }
    }

    /// Called once, when the interpreter has its first thread.
    func setUpThreading() {
        let thread = self.thread
        withUnsafeMutablePointer(to: &state.pointee.threading) { $0.initialize(to: ThreadingState(mainThread: thread)) }
        setUpThreadPart(thread)
        thread.pointee.threadID = currentThreadIdent()
        interpreterLock.take(thread)
    }

    func setUpThreadPart(_ thread: UnsafeMutablePointer<ThreadState>) {
        withUnsafeMutablePointer(to: &thread.pointee.threading) { $0.initialize(to: ThreadPart()) }
        threading.pointee.serials &+= 1
        thread.pointee.threading.serial = threading.pointee.serials
        thread.pointee.threading.parker = taipan_parker_create()
    }

    func tearDownThreadPart(_ thread: UnsafeMutablePointer<ThreadState>) {
        if let parker = thread.pointee.threading.parker { taipan_parker_free(parker) }
        thread.pointee.threading.parker = nil
    }

    func tearDownThreading() {
        threading.pointee.lock.release()
        threading.pointee.importLock.deallocate()
    }

    /// Held while modules are made; a fork waits for it.
    public var importLock: UnsafeMutablePointer<RLockLayout> { threading.pointee.importLock }

    var interpreterLock: InterpreterLock { threading.pointee.lock._withUnsafeGuaranteedRef { $0 } }

    /// Whether the running thread is the one that handles signals.
    public var isMainThread: Bool { thread == threading.pointee.mainThread }

    /// `sys.getswitchinterval` and `setswitchinterval`, in nanoseconds.
    public var switchInterval: Int64 {
        get { interpreterLock.interval }
        nonmutating set { interpreterLock.interval = newValue }
    }

    /// Seconds (int or float) as nanoseconds, rounded away from zero: what time limits are made from.
    /// - Throws: TypeError, ValueError for NaN, OverflowError.
    public func timeoutNanoseconds(_ value: Value) throws(Raised) -> Int64 {
        if isFloat(value) {
            let seconds = floatValue(value)
            if seconds.isNaN { throw raise(.valueError, "Invalid value NaN (not a number)") }
            let scaled = (seconds * 1e9).rounded(.awayFromZero)
            guard let n = Int64(exactly: scaled) else { throw raise(.overflowError, "timestamp too large to convert to C _PyTime_t") }
            return n
        }
        var fits = false
        let seconds = clampedInt(try index(value), &fits)
        let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        if !fits || overflow { throw raise(.overflowError, "timestamp too large to convert to C _PyTime_t") }
        return product
    }
}
