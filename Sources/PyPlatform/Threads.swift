// Threads, mutexes and conditions with time limits, on pthreads. CPython: Python/thread_pthread.h.
import CShims

/// Starts a detached thread with a stack of `stackSize` bytes (the system's default where nil) that runs `body` once.
/// - Returns: the thread's ident as `threading.get_ident` shows it.
/// - Throws: EAGAIN when the system has no more threads.
@discardableResult
public func startThread(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) throws(Errno) -> UInt {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize {
        let code = pthread_attr_setstacksize(&attributes, stackSize)
        if code != 0 { throw Errno(code) }
    }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    #if canImport(Darwin)
    var thread: pthread_t?
    let code = pthread_create(&thread, &attributes, { argument in
        Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        return nil
    }, box.toOpaque())
    #else
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
    }, box.toOpaque())
    #endif
    if code != 0 {
        box.release()
        throw Errno(code)
    }
    #if canImport(Darwin)
    return UInt(bitPattern: thread)
    #else
    return UInt(thread)
    #endif
}

/// The calling thread's ident.
public func currentThreadIdent() -> UInt {
    #if canImport(Darwin)
    UInt(bitPattern: pthread_self())
    #else
    UInt(pthread_self())
    #endif
}

/// The number the kernel gives the calling thread (`threading.get_native_id`).
public func currentThreadNativeID() -> UInt64 {
    #if os(Linux)
    return taipan_kernel_thread_id()
    #elseif canImport(Darwin)
    var id: UInt64 = 0
    pthread_threadid_np(nil, &id)
    return id
    #else
    return UInt64(currentThreadIdent())
    #endif
}

/// A mutual-exclusion lock with one condition, at an address of its own. Not recursive; any thread may unlock.
public final class Monitor: @unchecked Sendable {
    // Safe: pthread objects need a stable address, so they live in memory this object owns alone.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    public init() {
        pthread_mutex_init(mutex, nil)
        #if canImport(Darwin)
        pthread_cond_init(condition, nil)
        #else
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    public func lock() { pthread_mutex_lock(mutex) }
    public func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }
    public func unlock() { pthread_mutex_unlock(mutex) }

    /// Wakes one waiter. Call with the lock held.
    public func signal() { pthread_cond_signal(condition) }
    /// Wakes every waiter. Call with the lock held.
    public func broadcast() { pthread_cond_broadcast(condition) }
    /// Gives the lock up, waits to be woken (or for nothing at all), takes the lock again.
    public func wait() { pthread_cond_wait(condition, mutex) }

    /// As `wait`, but no longer than until `deadline` on the monotonic clock, in nanoseconds.
    /// - Returns: false when the time ran out.
    public func wait(until deadline: Int64) -> Bool {
        #if canImport(Darwin)
        var span = timespec(nanoseconds: max(0, deadline - Clock.monotonic.now))
        return pthread_cond_timedwait_relative_np(condition, mutex, &span) != ETIMEDOUT
        #else
        var moment = timespec(nanoseconds: deadline)
        return pthread_cond_timedwait(condition, mutex, &moment) != ETIMEDOUT
        #endif
    }
}
