// Clocks in whole nanoseconds. CPython: Python/pytime.c, Modules/timemodule.c; PEP 418, PEP 564.

/// The clocks Python's `time` module shows.
public enum Clock: Sendable, CaseIterable {
    /// Seconds since 1970, may jump (`time.time`).
    case realtime
    /// Never goes back, counts from an arbitrary moment (`time.monotonic`, `time.perf_counter`).
    case monotonic
    /// CPU time of this process (`time.process_time`).
    case process
    /// CPU time of this thread (`time.thread_time`).
    case thread

    private var id: clockid_t {
        switch self {
        case .realtime: CLOCK_REALTIME
        case .monotonic: CLOCK_MONOTONIC
        case .process: CLOCK_PROCESS_CPUTIME_ID
        case .thread: CLOCK_THREAD_CPUTIME_ID
        }
    }

    /// What `time.get_clock_info` says implements this clock.
    public var implementation: StaticString {
        switch self {
        case .realtime: "clock_gettime(CLOCK_REALTIME)"
        case .monotonic: "clock_gettime(CLOCK_MONOTONIC)"
        case .process: "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)"
        case .thread: "clock_gettime(CLOCK_THREAD_CPUTIME_ID)"
        }
    }

    /// The time on this clock in nanoseconds.
    public var now: Int64 {
        var spec = timespec()
        clock_gettime(id, &spec)
        return spec.nanoseconds
    }

    /// The smallest step of this clock in nanoseconds.
    public var resolution: Int64 {
        var spec = timespec()
        clock_getres(id, &spec)
        return spec.nanoseconds
    }
}

extension timespec {
    /// From nanoseconds, rounded towards the past so that `tv_nsec` is never negative.
    public init(nanoseconds: Int64) {
        var seconds = nanoseconds / 1_000_000_000
        var rest = nanoseconds % 1_000_000_000
        if rest < 0 {
            seconds -= 1
            rest += 1_000_000_000
        }
        self.init(tv_sec: Int(seconds), tv_nsec: Int(rest))
    }

    /// In nanoseconds; saturates at the range of `Int64`.
    public var nanoseconds: Int64 {
        let (product, overflow) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return tv_sec < 0 ? .min : .max }
        let (sum, carry) = product.addingReportingOverflow(Int64(tv_nsec))
        return carry ? .max : sum
    }
}

/// Suspends the calling thread for at most `nanoseconds`; ends early, throwing EINTR, when a signal arrives (PEP 475 is the caller's).
public func sleep(nanoseconds: Int64) throws(Errno) {
    var spec = timespec(nanoseconds: max(0, nanoseconds))
    if nanosleep(&spec, nil) != 0 { throw Errno.current }
}

/// The numbers `time.clock_gettime` takes, by name.
public func clockRows() -> [(name: StaticString, number: Int)] {
    #if os(Linux)
    return [
        ("CLOCK_REALTIME", 0), ("CLOCK_MONOTONIC", 1), ("CLOCK_PROCESS_CPUTIME_ID", 2), ("CLOCK_THREAD_CPUTIME_ID", 3), ("CLOCK_MONOTONIC_RAW", 4),
        ("CLOCK_BOOTTIME", 7), ("CLOCK_TAI", 11),
    ]
    #else
    return [
        ("CLOCK_REALTIME", Int(CLOCK_REALTIME.rawValue)), ("CLOCK_MONOTONIC", Int(CLOCK_MONOTONIC.rawValue)),
        ("CLOCK_PROCESS_CPUTIME_ID", Int(CLOCK_PROCESS_CPUTIME_ID.rawValue)), ("CLOCK_THREAD_CPUTIME_ID", Int(CLOCK_THREAD_CPUTIME_ID.rawValue)),
    ]
    #endif
}
