// `_signal`: handlers, timers, masks. How a signal reaches Python is in PyRuntime/Threads/Signals.swift.
// CPython: Modules/signalmodule.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerSignal() {
        registerModule("_signal") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("This module provides mechanisms to use signal handlers in Python.\n\nFunctions:\n\nalarm() -- cause SIGALRM after a specified time [Unix only]\nsetitimer() -- cause a signal (described below) after a specified\n               float time and the timer may restart then [Unix only]\ngetitimer() -- get current value of timer [Unix only]\nsignal() -- set the action for a given signal\ngetsignal() -- get the signal action for a given signal\npause() -- wait until a signal arrives [Unix only]\ndefault_int_handler() -- default SIGINT handler\n\nsignal constants:\nSIG_DFL -- used to refer to the system default handler\nSIG_IGN -- used to ignore the signal\nNSIG -- number of defined signals\nSIGINT, SIGTERM, etc. -- signal numbers\n\nitimer constants:\nITIMER_REAL -- decrements in real time, and delivers SIGALRM upon\n               expiration\nITIMER_VIRTUAL -- decrements only when the process is executing,\n               and delivers SIGVTALRM upon expiration\nITIMER_PROF -- decrements both when the process is executing and\n               when the system is executing on behalf of the process.\n               Coupled with ITIMER_VIRTUAL, this timer is usually\n               used to profile the time spent by the application\n               in user and kernel space. SIGPROF is delivered upon\n               expiration.\n\n\n*** IMPORTANT NOTICE ***\nA signal handler function is called with two arguments:\nthe first is the signal number, the second is the interrupted stack frame." as StaticString))
            vm.defineSignalConstants(m)
            vm.defineHandlers(m)
            vm.defineTimers(m)
            vm.defineSignalSets(m)
            vm.defineSending(m)
            return vm.guardedStatus { () throws(Raised) in try vm.defineSignalTypes(m) }
        }
    }

    /// What the command does before anything else: Ctrl-C raises KeyboardInterrupt, a broken pipe is an error, not the end.
    public func installSignalHandlers() {
        _ = taipan_signal_set(Int32(PyPlatform.signalNumber("SIGPIPE")), taipan_signal_ignore)
        _ = taipan_signal_set(Int32(PyPlatform.signalNumber("SIGXFSZ")), taipan_signal_ignore)
        do {
            let handler = try getAttr(importModule("_signal"), intern("default_int_handler"))
            let handlers = filledHandlers()
            if handlers[2].isSmallInt, handlers[2].smallInt == 0, taipan_signal_set(2, taipan_signal_catch) == 0 { handlers[2] = handler }
        } catch { clearRaised() }
    }

    /// The handler table, with what the process started with.
    private func filledHandlers() -> UnsafeMutablePointer<Value> {
        let handlers = signalHandlers
        if !handlers[0].isNull { return handlers }
        handlers[0] = .none
        attachSignals()
        for n in 1..<Int(taipan_signal_limit) {
            let action = taipan_signal_get(Int32(n))
            handlers[n] = action == 0 || action == 1 ? Value(small: Int(action)) : .none
        }
        return handlers
    }

    private func defineSignalConstants(_ m: ModuleBuilder) {
        m.attribute("SIG_DFL", Value(small: 0))
        m.attribute("SIG_IGN", Value(small: 1))
        m.attribute("SIG_BLOCK", Value(small: 0))
        m.attribute("SIG_UNBLOCK", Value(small: 1))
        m.attribute("SIG_SETMASK", Value(small: 2))
        m.attribute("NSIG", Value(small: Int(taipan_signal_limit)))
        for row in signalNames() {
            if row.name.description == "SIGSTKFLT" { continue }  // 3.10 does not know it.
            m.attribute(row.name, int(Int(row.number)))
        }
        m.attribute("ITIMER_REAL", int(Int(intervalTimers.real)))
        m.attribute("ITIMER_VIRTUAL", int(Int(intervalTimers.virtual)))
        m.attribute("ITIMER_PROF", int(Int(intervalTimers.profile)))
    }

    private func defineSignalTypes(_ m: ModuleBuilder) throws(Raised) {
        let error = try newExceptionClass("itimer_error", module: "signal", base: .osError)
        m.attribute("ItimerError", error)
        m.module.cast(ModuleLayout.self).pointee.state = error
        let info = makeStructSequence(
            "struct_siginfo", module: "signal", doc: "struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\nThis object may be accessed either as a tuple of\n(si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\nor via the attributes si_signo, si_code, and so on.",
            fields: [
                ("si_signo", "signal number"), ("si_code", "signal code"), ("si_errno", "errno associated with this signal"),
                ("si_pid", "sending process ID"), ("si_uid", "real user ID of sending process"), ("si_status", "exit value or signal"),
                ("si_band", "band event for SIGPOLL"),
            ])
        m.attribute("struct_siginfo", info.value)
    }

    // MARK: Handlers

    private func signalNumber(_ value: Value) throws(Raised) -> Int {
        let number = try cIntArgument(value)
        if number < 1 || number >= Int(taipan_signal_limit) { throw raise(.valueError, "signal number out of range") }
        return number
    }

    /// `errno` after a system call that failed.
    func raiseErrno(_ error: Errno = .current) -> Raised { raiseOSError(Int(error.code), error.message) }

    private func defineHandlers(_ m: ModuleBuilder) {
        m.def2("default_int_handler($module, signalnum, frame, /)", "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt.") { vm, _, number, _ in
            vm.guarded { () throws(Raised) in
                _ = try vm.cIntArgument(number)
                throw vm.raise(.keyboardInterrupt)
            }
        }
        m.def2("signal($module, signalnum, handler, /)", "Set the action for the given signal.\n\nThe action can be SIG_DFL, SIG_IGN, or a callable Python object.\nThe previous action is returned.  See getsignal() for possible return values.\n\n*** IMPORTANT NOTICE ***\nA signal handler function is called with two arguments:\nthe first is the signal number, the second is the interrupted stack frame.") { vm, _, number, handler in
            vm.guarded { () throws(Raised) in try vm.setSignal(number, handler) }
        }
        m.def1("getsignal($module, signalnum, /)", "Return the current action for the given signal.\n\nThe return value can be:\n  SIG_IGN -- if the signal is being ignored\n  SIG_DFL -- if the default action for the signal is in effect\n  None    -- if an unknown handler is in effect\n  anything else -- the callable Python object used as a handler") { vm, _, number in
            vm.guarded { () throws(Raised) in
                let handler = vm.filledHandlers()[try vm.signalNumber(number)]
                return handler.isNull ? .none : handler
            }
        }
        m.def1("strsignal($module, signalnum, /)", "Return the system description of the given signal.\n\nThe return values can be such as \"Interrupt\", \"Segmentation fault\", etc.\nReturns None if the signal is not recognized.") { vm, _, number in
            vm.guarded { () throws(Raised) in
                guard let text = signalDescription(Int32(try vm.signalNumber(number))) else { return .none }
                return vm.str(text)
            }
        }
        m.def2("siginterrupt($module, signalnum, flag, /)", "Change system call restart behaviour.\n\nIf flag is False, system calls will be restarted when interrupted by\nsignal sig, else system calls will be interrupted.") { vm, _, number, flag in
            vm.guarded { () throws(Raised) in
                let n = try vm.cIntArgument(number), interrupts = try vm.cIntArgument(flag)
                if n < 1 || n >= Int(taipan_signal_limit) { throw vm.raise(.valueError, "signal number out of range") }
                if taipan_signal_interrupts(Int32(n), Int32(interrupts)) < 0 { throw vm.raiseErrno() }
                return .none
            }
        }
        m.defN("-set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", "set_wakeup_fd(fd, *, warn_on_full_buffer=True) -> fd\n\nSets the fd to be written to (with the signal number) when a signal\ncomes in.  A library can use this to wakeup select or poll.\nThe previous fd or -1 is returned.\n\nThe fd must be non-blocking.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = Int32(try vm.cIntArgument(a[0]))
                let warns = a[1].isNull ? true : try vm.isTrue(a[1])
                if !vm.isMainThread { throw vm.raise(.valueError, "set_wakeup_fd only works in main thread of the main interpreter") }
                if descriptor != -1 {
                    let mode = taipan_is_nonblocking(descriptor)
                    if mode < 0 { throw vm.raiseErrno() }
                    if mode == 0 { throw vm.raise(.valueError, "the fd \(descriptor) must be in non-blocking mode") }
                }
                vm.threading.pointee.warnsOnFullWakeup = warns
                return vm.int(Int(taipan_signal_wakeup(descriptor)))
            }
        }
    }

    private func setSignal(_ number: Value, _ handler: Value) throws(Raised) -> Value {
        let n = try cIntArgument(number)
        if !isMainThread { throw raise(.valueError, "signal only works in main thread of the main interpreter") }
        if n < 1 || n >= Int(taipan_signal_limit) { throw raise(.valueError, "signal number out of range") }
        let action: taipan_signal_action
        if type(of: handler).slots.call != nil {
            action = taipan_signal_catch
        } else if isInt(handler), try compareBool(handler, Value(small: 1), .eq) {
            action = taipan_signal_ignore
        } else if isInt(handler), try compareBool(handler, Value(small: 0), .eq) {
            action = taipan_signal_default
        } else {
            throw raise(.typeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
        }
        let handlers = filledHandlers()
        try checkSignals()
        if taipan_signal_set(Int32(n), action) < 0 { throw raiseErrno() }
        let old = handlers[n]
        handlers[n] = handler
        return old
    }

    // MARK: Timers

    private func microseconds(_ value: Value) throws(Raised) -> Int64 {
        let nanoseconds = try timeoutNanoseconds(value)
        return nanoseconds / 1000 + (nanoseconds % 1000 > 0 ? 1 : 0)
    }

    private func timerTuple(_ timer: TimerValue) -> Value {
        tuple(Value(Double(timer.value) / 1e6), Value(Double(timer.interval) / 1e6))
    }

    private func raiseTimerError(_ module: Value, _ error: Errno) -> Raised {
        raise(PyType(module.cast(ModuleLayout.self).pointee.state), argsTuple: tuple(int(Int(error.code)), str(error.message)))
    }

    private func defineTimers(_ m: ModuleBuilder) {
        m.def1("alarm($module, seconds, /)", "Arrange for SIGALRM to arrive after the given number of seconds.") { vm, _, seconds in
            vm.guarded { () throws(Raised) in vm.int(setAlarm(seconds: Int32(try vm.cIntArgument(seconds)))) }
        }
        m.defN("setitimer($module, which, seconds, interval=0.0, /)", "Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).\n\nThe timer will fire after value seconds and after that every interval seconds.\nThe itimer can be cleared by setting seconds to zero.\n\nReturns old values as a tuple: (delay, interval).") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let which = Int32(try vm.cIntArgument(a[0]))
                let value = TimerValue(value: try vm.microseconds(a[1]), interval: a[2].isNull ? 0 : try vm.microseconds(a[2]))
                let before: TimerValue
                do throws(Errno) { before = try setIntervalTimer(which, value) } catch { throw vm.raiseTimerError(module, error) }
                try vm.checkSignals()
                return vm.timerTuple(before)
            }
        }
        m.def1("getitimer($module, which, /)", "Returns current value of given itimer.") { vm, module, which in
            vm.guarded { () throws(Raised) in
                let kind = Int32(try vm.cIntArgument(which))
                do throws(Errno) { return vm.timerTuple(try intervalTimer(kind)) } catch { throw vm.raiseTimerError(module, error) }
            }
        }
        m.def0("pause($module, /)", "Wait until a signal arrives.") { vm, _ in
            vm.guarded { () throws(Raised) in
                vm.withoutGIL { waitForSignal() }
                try vm.checkSignals()
                return .none
            }
        }
    }
}
