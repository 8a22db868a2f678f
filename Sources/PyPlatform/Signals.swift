// Signal numbers and names. Handlers are installed through CShims, where they only set a flag (async-signal safety).

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
