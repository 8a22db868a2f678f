// Signal numbers and names. Handlers are installed through CShims, where they only set a flag (async-signal safety).

import CShims

/// The signals this system has, by their names in Python's `signal` module, lowest number first.
public func signalNames() -> [(name: StaticString, number: Int32)] {
    var rows: [(name: StaticString, number: Int32)] = []
    func row(_ name: StaticString, _ number: Int32) { rows.append((name, number)) }
    row("SIGHUP", SIGHUP)
    row("SIGINT", SIGINT)
    row("SIGQUIT", SIGQUIT)
    row("SIGILL", SIGILL)
    row("SIGTRAP", SIGTRAP)
    row("SIGABRT", SIGABRT)
    row("SIGFPE", SIGFPE)
    row("SIGKILL", SIGKILL)
    row("SIGBUS", SIGBUS)
    row("SIGSEGV", SIGSEGV)
    row("SIGSYS", SIGSYS)
    row("SIGPIPE", SIGPIPE)
    row("SIGALRM", SIGALRM)
    row("SIGTERM", SIGTERM)
    row("SIGURG", SIGURG)
    row("SIGSTOP", SIGSTOP)
    row("SIGTSTP", SIGTSTP)
    row("SIGCONT", SIGCONT)
    row("SIGCHLD", SIGCHLD)
    row("SIGTTIN", SIGTTIN)
    row("SIGTTOU", SIGTTOU)
    row("SIGIO", SIGIO)
    row("SIGXCPU", SIGXCPU)
    row("SIGXFSZ", SIGXFSZ)
    row("SIGVTALRM", SIGVTALRM)
    row("SIGPROF", SIGPROF)
    row("SIGWINCH", SIGWINCH)
    row("SIGUSR1", SIGUSR1)
    row("SIGUSR2", SIGUSR2)
    #if os(Linux)
    row("SIGPOLL", SIGPOLL)
    row("SIGPWR", SIGPWR)
    row("SIGSTKFLT", SIGSTKFLT)
    row("SIGCLD", SIGCHLD)
    row("SIGRTMIN", 34)
    row("SIGRTMAX", 64)
    #else
    row("SIGEMT", SIGEMT)
    row("SIGINFO", SIGINFO)
    #endif
    row("SIGIOT", SIGABRT)
    return rows.sorted { $0.number < $1.number }
}

/// The system's words for a signal, nil if it has none.
public func signalDescription(_ number: Int32) -> String? {
    guard let text = strsignal(number) else { return nil }
    let words = String(cString: text)
    return words.hasPrefix("Unknown signal") ? nil : words
}

/// Gives the signals of crashes back to the system. The language's runtime has a crash reporter on them, which would answer
/// for what a Python program does to itself (`os.abort()`). SWIFT_BACKTRACE in the environment asks for the reporter.
public func restoreCrashSignals() {
    if environmentValue("SWIFT_BACKTRACE") != nil { return }
    for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { _ = taipan_signal_set(number, taipan_signal_default) }
}

/// alarm(2): the seconds that were left of the one before.
public func setAlarm(seconds: Int32) -> Int { Int(alarm(UInt32(bitPattern: seconds))) }

/// pause(2).
public func waitForSignal() { _ = pause() }

/// raise(3), to the calling thread.
public func raiseSignal(_ number: Int32) throws(Errno) {
    if raise(number) != 0 { throw Errno.current }
}

/// ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF.
public let intervalTimers: (real: Int32, virtual: Int32, profile: Int32) = (0, 1, 2)

/// An interval timer: microseconds left and of each period.
public struct TimerValue: Sendable {
    public var value: Int64
    public var interval: Int64
    public init(value: Int64, interval: Int64) {
        self.value = value
        self.interval = interval
    }
    fileprivate init(_ timer: itimerval) {
        value = Int64(timer.it_value.tv_sec) &* 1_000_000 &+ Int64(timer.it_value.tv_usec)
        interval = Int64(timer.it_interval.tv_sec) &* 1_000_000 &+ Int64(timer.it_interval.tv_usec)
    }
    fileprivate var timer: itimerval {
        func span(_ microseconds: Int64) -> timeval {
            timeval(tv_sec: .init(microseconds / 1_000_000), tv_usec: .init(microseconds % 1_000_000))
        }
        return itimerval(it_interval: span(interval), it_value: span(value))
    }
}

#if canImport(Glibc)
private func timerKind(_ which: Int32) -> __itimer_which_t { __itimer_which_t(truncatingIfNeeded: which) }
#else
private func timerKind(_ which: Int32) -> Int32 { which }
#endif

/// setitimer(2): what was set before.
public func setIntervalTimer(_ which: Int32, _ value: TimerValue) throws(Errno) -> TimerValue {
    var new = value.timer, old = itimerval()
    if setitimer(timerKind(which), &new, &old) != 0 { throw Errno.current }
    return TimerValue(old)
}

/// getitimer(2).
public func intervalTimer(_ which: Int32) throws(Errno) -> TimerValue {
    var current = itimerval()
    if getitimer(timerKind(which), &current) != 0 { throw Errno.current }
    return TimerValue(current)
}

/// The number of a signal by its name, 0 where the system has none such.
public func signalNumber(_ name: String) -> Int32 { signalNames().first { $0.name.description == name }?.number ?? 0 }
