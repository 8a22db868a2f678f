// `faulthandler`: tracebacks on crashes, on signals, after a time. The text is made in PyRuntime/Threads/FaultDump.swift.
// CPython: Modules/faulthandler.c.
import PyPlatform
import PyRuntime

/// What handlers and the watchdog need to know; one for each process, as signals are.
final class FaultSettings: @unchecked Sendable {
    let lock = Monitor()
    var isEnabled = false
    var descriptor: Int32 = 2
    var allThreads = true
    var users: [Int32: (descriptor: Int32, allThreads: Bool, chain: Bool)] = [:]
    /// The watchdog of this number may speak; others are cancelled.
    var watchdog = 0
    static let shared = FaultSettings()
    static let fatal: [(number: Int32, text: String)] = [
        (signalNumber("SIGBUS"), "Bus error"), (signalNumber("SIGILL"), "Illegal instruction"), (signalNumber("SIGFPE"), "Floating point exception"),
        (signalNumber("SIGABRT"), "Aborted"), (signalNumber("SIGSEGV"), "Segmentation fault"),
    ]
}

private func currentInterpreter() -> VM? { taipan_fault_context().map { VM(raw: $0) } }

/// SIGSEGV and its kin: says where, then dies of the signal.
private func fatalHandler(_ number: Int32) {
    let settings = FaultSettings.shared
    // To the system's default, not to a crash reporter of the language runtime that was there before.
    _ = taipan_fault_release(number)
    _ = taipan_signal_set(number, taipan_signal_default)
    let what = FaultSettings.fatal.first { $0.number == number }?.text ?? "unexpected signal"
    var text = Array("Fatal Python error: \(what)\n\n".utf8)
    if let vm = currentInterpreter() { text += vm.faultText(allThreads: settings.allThreads) + vm.faultModules() }
    try? writeAll(settings.descriptor, text)
    try? raiseSignal(number)
}

private func userHandler(_ number: Int32) {
    guard let row = FaultSettings.shared.users[number] else { return }
    if let vm = currentInterpreter() { try? writeAll(row.descriptor, vm.faultText(allThreads: row.allThreads)) }
    if row.chain { taipan_fault_forward(number) }
}

extension VM {
    public func registerFaultHandler() {
        registerModule("faulthandler") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("faulthandler module." as StaticString))
            vm.defineFaultHandler(m)
            vm.defineWatchdog(m)
            vm.defineCrashes(m)
            return 0
        }
    }

    /// The descriptor of a file argument: None is sys.stderr.
    private func faultDescriptor(_ file: Value) throws(Raised) -> Int32 {
        var file = file
        if file.isNull || file.isNone {
            file = PyDict(state.pointee.sysDict).getStr(self, names.stderr)
            if file.isNull { throw raise(.runtimeError, "unable to get sys.stderr") }
            if file.isNone { throw raise(.runtimeError, "sys.stderr is None") }
        } else if isInt(file) {
            let n = try indexInt(file)
            if n < 0 || n > Int(Int32.max) { throw raise(.valueError, "file is not a valid file descripter") }
            return Int32(n)
        }
        let number = try callMethod(file, intern("fileno"))
        guard number.isSmallInt, number.smallInt >= 0, number.smallInt <= Int(Int32.max) else {
            throw raise(.runtimeError, "file.fileno() is not a valid file descriptor")
        }
        do { _ = try callMethod(file, names.flush) } catch { clearRaised() }
        // What is kept by number must not be closed meanwhile.
        threading.pointee.faultFile = file
        return Int32(number.smallInt)
    }

    private func defineFaultHandler(_ m: ModuleBuilder) {
        m.defN("-dump_traceback(file=sys.stderr, all_threads=True)", "dump_traceback(file=sys.stderr, all_threads=True): dump the traceback of the current thread, or of all threads if all_threads is True, into file") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let all = a[1].isNull ? true : try vm.indexInt(a[1]) != 0
                let descriptor = try vm.faultDescriptor(a[0])
                try? writeAll(descriptor, vm.faultText(allThreads: all))
                return .none
            }
        }
        m.defN("-enable(file=sys.stderr, all_threads=True)", "enable(file=sys.stderr, all_threads=True): enable the fault handler") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let all = a[1].isNull ? true : try vm.indexInt(a[1]) != 0
                let settings = FaultSettings.shared
                settings.descriptor = try vm.faultDescriptor(a[0])
                settings.allThreads = all
                if !settings.isEnabled {
                    taipan_fault_set_context(vm.raw)
                    for row in FaultSettings.fatal where taipan_fault_catch(row.number, fatalHandler, 1) < 0 { throw vm.raiseErrno() }
                    settings.isEnabled = true
                }
                return .none
            }
        }
        m.def0("-disable()", "disable(): disable the fault handler") { _, _ in
            let settings = FaultSettings.shared
            if !settings.isEnabled { return .false }
            settings.isEnabled = false
            for row in FaultSettings.fatal { _ = taipan_fault_release(row.number) }
            return .true
        }
        m.def0("-is_enabled()", "is_enabled()->bool: check if the handler is enabled") { _, _ in Value(FaultSettings.shared.isEnabled) }
        m.defN("-register(signum, file=sys.stderr, all_threads=True, chain=False)", "register(signum, file=sys.stderr, all_threads=True, chain=False): register a handler for the signal 'signum': dump the traceback of the current thread, or of all threads if all_threads is True, into file") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let number = try vm.userSignal(a[0])
                let all = a[2].isNull ? true : try vm.indexInt(a[2]) != 0
                let chain = a[3].isNull ? false : try vm.indexInt(a[3]) != 0
                let descriptor = try vm.faultDescriptor(a[1])
                taipan_fault_set_context(vm.raw)
                FaultSettings.shared.users[number] = (descriptor, all, chain)
                if taipan_fault_catch(number, userHandler, chain ? 1 : 0) < 0 { throw vm.raiseErrno() }
                return .none
            }
        }
        m.def1("^unregister(signum, /)", "unregister(signum): unregister the handler of the signal 'signum' registered by register()") { vm, _, number in
            vm.guarded { () throws(Raised) in
                let n = try vm.userSignal(number)
                if FaultSettings.shared.users.removeValue(forKey: n) == nil { return .false }
                return Value(taipan_fault_release(n) != 0)
            }
        }
    }

    private func userSignal(_ value: Value) throws(Raised) -> Int32 {
        let n = try cIntArgument(value)
        if FaultSettings.fatal.contains(where: { Int($0.number) == n }) { throw raise(.runtimeError, "signal \(n) cannot be registered, use enable() instead") }
        if n < 1 || n >= Int(taipan_signal_limit) { throw raise(.valueError, "signal number out of range") }
        return Int32(n)
    }

    private func defineWatchdog(_ m: ModuleBuilder) {
        m.defN("-dump_traceback_later(timeout, repeat=False, file=sys.stderr, exit=False)", "dump_traceback_later(timeout, repeat=False, file=sys.stderrn, exit=False):\ndump the traceback of all threads in timeout seconds,\nor each timeout seconds if repeat is True. If exit is True, call _exit(1) which is not safe.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let timeout = try vm.timeoutNanoseconds(a[0])
                if timeout < 1000 { throw vm.raise(.valueError, "timeout must be greater than 0") }
                let repeats = a[1].isNull ? false : try vm.indexInt(a[1]) != 0
                let exits = a[3].isNull ? false : try vm.indexInt(a[3]) != 0
                let descriptor = try vm.faultDescriptor(a[2])
                taipan_fault_set_context(vm.raw)
                let settings = FaultSettings.shared
                settings.lock.lock()
                settings.watchdog += 1
                let number = settings.watchdog
                settings.lock.broadcast()
                settings.lock.unlock()
                let header = Array("Timeout (\(watchdogSpan(timeout)))!\n".utf8)
                do {
                    _ = try PyPlatform.startThread { watch(number, timeout, repeats, exits, descriptor, header) }
                } catch { throw vm.raise(.runtimeError, "unable to start watchdog thread") }
                return .none
            }
        }
        m.def0("-cancel_dump_traceback_later()", "cancel_dump_traceback_later():\ncancel the previous call to dump_traceback_later().") { _, _ in
            let settings = FaultSettings.shared
            settings.lock.lock()
            settings.watchdog += 1
            settings.lock.broadcast()
            settings.lock.unlock()
            return .none
        }
    }

    private func defineCrashes(_ m: ModuleBuilder) {
        m.defN("-_read_null()", "_read_null(): read from NULL, raise a SIGSEGV or SIGBUS signal depending on the platform") { _, _, _ in
            taipan_fault_read_null()
            return .none
        }
        m.defN("-_sigsegv(release_gil=False, /)", "_sigsegv(release_gil=False): raise a SIGSEGV signal") { _, _, _ in
            try? raiseSignal(signalNumber("SIGSEGV"))
            return .none
        }
        m.def0("-_fatal_error_c_thread()", "fatal_error_c_thread(): call Py_FatalError() in a new C thread.") { vm, _ in
            vm.guarded { () throws(Raised) in
                taipan_fault_set_context(vm.raw)
                do { _ = try PyPlatform.startThread { dieInThread() } } catch {
                    throw vm.raise(.runtimeError, "unable to start the thread")
                }
                // It ends the process.
                while true { vm.withoutGIL { waitForSignal() } }
            }
        }
        m.def0("-_sigabrt()", "_sigabrt(): raise a SIGABRT signal") { _, _ in
            try? raiseSignal(signalNumber("SIGABRT"))
            return .none
        }
        m.def0("-_sigfpe()", "_sigfpe(): raise a SIGFPE signal") { _, _ in
            try? raiseSignal(signalNumber("SIGFPE"))
            return .none
        }
    }
}

/// A fatal error where no Python runs.
private func dieInThread() {
    _ = taipan_fault_release(signalNumber("SIGABRT"))
    var text = Array("Fatal Python error: faulthandler_fatal_error_thread: in new thread\nPython runtime state: initialized\n\n".utf8)
    if let vm = currentInterpreter() { text += vm.faultText(allThreads: true) + vm.faultModules() }
    try? writeAll(FaultSettings.shared.descriptor, text)
    try? raiseSignal(signalNumber("SIGABRT"))
}

/// The watchdog thread.
private func watch(_ number: Int, _ timeout: Int64, _ repeats: Bool, _ exits: Bool, _ descriptor: Int32, _ header: [UInt8]) {
    let settings = FaultSettings.shared
    settings.lock.lock()
    defer { settings.lock.unlock() }
    repeat {
        let (sum, overflow) = Clock.monotonic.now.addingReportingOverflow(timeout)
        let deadline = overflow ? Int64.max : sum
        while settings.watchdog == number, settings.lock.wait(until: deadline) {}
        if settings.watchdog != number { return }
        try? writeAll(descriptor, header)
        if let vm = currentInterpreter() { try? writeAll(descriptor, vm.faultText(allThreads: true)) }
        if exits { exitNow(1) }
    } while repeats
}

/// "0:00:01.500000".
private func watchdogSpan(_ nanoseconds: Int64) -> String {
    func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let seconds = nanoseconds / 1_000_000_000, microseconds = nanoseconds % 1_000_000_000 / 1000
    let clock = "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if microseconds == 0 { return clock }
    let digits = String(microseconds)
    return clock + "." + String(repeating: "0", count: 6 - digits.count) + digits
}
