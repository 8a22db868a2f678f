// Calling the system from native modules: the lock given up while waiting, EINTR, errno made an OSError.
// CPython: Py_BEGIN_ALLOW_THREADS and PEP 475's loops; PyErr_SetFromErrno.
import CShims
import PyPlatform
import PyRuntime

/// What a call returned, with `errno` as it was right after.
struct SystemResult {
    let value: Int
    let code: Int32
    var failed: Bool { value == -1 }
}

extension VM {
    /// Runs `body`, which may take long and touches no object. The interpreter lock is given up meanwhile.
    @inline(__always) func unlocked(_ body: () -> Int) -> SystemResult {
        withoutGIL {
            let value = body()
            return SystemResult(value: value, code: errno)
        }
    }

    /// A call that may wait. Interrupted by a signal, it is made again once the handlers have run (PEP 475).
    /// - Throws: what a signal handler raised.
    func waiting(_ body: () -> Int) throws(Raised) -> SystemResult {
        while true {
            let result = unlocked(body)
            if !result.failed || result.code != EINTR { return result }
            try handleSignals()
        }
    }

    /// Before a call that may wait for ever for something to read on `descriptor`, which blocks: collects if the program turns
    /// out to be idle (IdleCollection.swift). Costs a comparison where nothing is to be collected, else a system call.
    func collectBeforeReading(_ descriptor: Int32) throws(Raised) {
        let idle = idleDeadline(-1)
        if idle < 0 { return }
        let milliseconds = Int32(max(0, min(1000, (idle - Clock.monotonic.now) / 1_000_000)))
        let result = unlocked { Int(taipan_socket_wait(descriptor, SocketWait.read.rawValue, milliseconds)) }
        if result.value == 0 { collectAndFinalizeWhenIdle() } else if result.failed { try handleSignals() } else { noteShortWait() }
    }

    /// As `waiting`; -1 becomes an OSError.
    @discardableResult func system(_ body: () -> Int) throws(Raised) -> Int {
        let result = try waiting(body)
        if result.failed { throw osError(result.code) }
        return result.value
    }

    /// As `waiting`; -1 becomes an OSError about `path`.
    @discardableResult func system(_ path: OSPath, _ body: () -> Int) throws(Raised) -> Int {
        let result = try waiting(body)
        if result.failed { throw osError(result.code, path) }
        return result.value
    }

    /// A call that does not wait: no retry, the lock is kept.
    @discardableResult func quick(_ value: Int32) throws(Raised) -> Int {
        if value == -1 { throw osError(errno) }
        return Int(value)
    }

    /// Python's signal handlers, if a signal came.
    @inline(__always) func handleSignals() throws(Raised) {
        try checkSignals()
    }

    // MARK: Errors

    func osError(_ code: Int32) -> Raised { raiseOSError(Int(code), Errno(code).message) }
    func osError(_ code: Int32, filename: Value, _ second: Value = .null) -> Raised {
        raiseOSError(Int(code), Errno(code).message, filename: filename, filename2: second)
    }
    func osError(_ code: Int32, _ path: OSPath) -> Raised {
        path.object.isNull ? osError(code) : osError(code, filename: path.object)
    }
    func osError(_ code: Int32, _ path: OSPath, _ second: OSPath) -> Raised { osError(code, filename: path.object, second.object) }
}
