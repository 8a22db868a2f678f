// `_signal`: masks, waiting, sending. Sets of signals are words: bit n - 1 for signal n. CPython: Modules/signalmodule.c.
import PyPlatform
import PyRuntime

extension VM {
    /// An iterable of signal numbers as a word.
    private func signalSet(_ iterable: Value) throws(Raised) -> UInt64 {
        let valid = taipan_signal_valid()
        let iterator = try iter(iterable)
        var set: UInt64 = 0
        while let item = try next(iterator) {
            let number = try indexInt(item, overflow: nil)
            if number < 1 || number >= Int(taipan_signal_limit) {
                throw raise(.valueError, "signal number \(number) out of range")
            }
            let bit = UInt64(1) << UInt64(number - 1)
            if valid & bit == 0 {
                try warn(.runtimeWarning, "invalid signal number \(number), please use valid_signals()")
                continue
            }
            set |= bit
        }
        return set
    }

    private func signalSetObject(_ bits: UInt64) throws(Raised) -> Value {
        let set = newSet()
        for n in 1..<Int(taipan_signal_limit) where bits >> UInt64(n - 1) & 1 != 0 { try set.add(self, int(n)) }
        return set.value
    }

    func defineSignalSets(_ m: ModuleBuilder) {
        m.def2("pthread_sigmask($module, how, mask, /)", "Fetch and/or change the signal mask of the calling thread.") { vm, _, how, mask in
            vm.guarded { () throws(Raised) in
                let kind = try vm.cIntArgument(how), set = try vm.signalSet(mask)
                var old: UInt64 = 0
                if kind < 0 || kind > 2 { throw vm.raiseErrno(Errno.invalidArgument) }
                if taipan_signal_mask(Int32(kind), set, &old) < 0 { throw vm.raiseErrno() }
                // Signals that were let through are here now.
                try vm.checkSignals()
                return try vm.signalSetObject(old)
            }
        }
        m.def0("sigpending($module, /)", "Examine pending signals.\n\nReturns a set of signal numbers that are pending for delivery to\nthe calling thread.") { vm, _ in
            vm.guarded { () throws(Raised) in
                var set: UInt64 = 0
                if taipan_signal_pending(&set) < 0 { throw vm.raiseErrno() }
                return try vm.signalSetObject(set)
            }
        }
        m.def0("valid_signals($module, /)", "Return a set of valid signal numbers on this platform.\n\nThe signal numbers returned by this function can be safely passed to\nfunctions like `pthread_sigmask`.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.signalSetObject(taipan_signal_valid()) }
        }
        m.def1("sigwait($module, sigset, /)", "Wait for a signal.\n\nSuspend execution of the calling thread until the delivery of one of the\nsignals specified in the signal set sigset.  The function accepts the signal\nand returns the signal number.") { vm, _, sigset in
            vm.guarded { () throws(Raised) in
                let set = try vm.signalSet(sigset)
                var number: Int32 = 0
                let error = vm.withoutGIL { taipan_signal_sigwait(set, &number) }
                if error != 0 { throw vm.raiseErrno(Errno(error)) }
                return vm.int(Int(number))
            }
        }
        m.def1("sigwaitinfo($module, sigset, /)", "Wait synchronously until one of the signals in *sigset* is delivered.\n\nReturns a struct_siginfo containing information about the signal.") { vm, module, sigset in
            vm.guarded { () throws(Raised) in try vm.awaitSignal(module, vm.signalSet(sigset), -1) }
        }
        m.def2("sigtimedwait($module, sigset, timeout, /)", "Like sigwaitinfo(), but with a timeout.\n\nThe timeout is specified in seconds, with floating point numbers allowed.") { vm, module, sigset, timeout in
            vm.guarded { () throws(Raised) in
                let set = try vm.signalSet(sigset)
                let nanoseconds = try vm.timeoutNanoseconds(timeout)
                if nanoseconds < 0 { throw vm.raise(.valueError, "timeout must be non-negative") }
                return try vm.awaitSignal(module, set, nanoseconds)
            }
        }
    }

    /// `timeout` in nanoseconds, negative: for ever. None when the time is over.
    private func awaitSignal(_ module: Value, _ set: UInt64, _ timeout: Int64) throws(Raised) -> Value {
        let start = Clock.monotonic.now
        var left = timeout
        while true {
            var info: (Int64, Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0, 0)
            let error: Errno? = withUnsafeMutablePointer(to: &info) { pointer in
                pointer.withMemoryRebound(to: Int64.self, capacity: 7) { words in
                    withoutGIL { taipan_signal_await(set, left, words) < 0 ? Errno.current : nil }
                }
            }
            guard let error else {
                let values = try newTuple(7)
                values[0] = int(Int(info.0))
                values[1] = int(Int(info.1))
                values[2] = int(Int(info.2))
                values[3] = int(Int(info.3))
                values[4] = int(Int(info.4))
                values[5] = int(Int(info.5))
                values[6] = int(Int(info.6))
                return try newStructSequence(PyType(getAttr(module, intern("struct_siginfo"))), values.items, 7)
            }
            if error.wouldBlock && timeout >= 0 { return .none }
            if !error.isInterrupted { throw raiseErrno(error) }
            try checkSignals()
            if timeout >= 0 {
                left = timeout - (Clock.monotonic.now - start)
                if left < 0 { return .none }
            }
        }
    }

    func defineSending(_ m: ModuleBuilder) {
        m.def1("raise_signal($module, signalnum, /)", "Send a signal to the executing process.") { vm, _, number in
            vm.guarded { () throws(Raised) in
                let n = Int32(try vm.cIntArgument(number))
                let error: Errno? = vm.withoutGIL {
                    do throws(Errno) {
                        try raiseSignal(n)
                        return nil
                    } catch { return error }
                }
                if let error { throw vm.raiseErrno(error) }
                try vm.checkSignals()
                return .none
            }
        }
        m.def2("pthread_kill($module, thread_id, signalnum, /)", "Send a signal to a thread.") { vm, _, thread, number in
            vm.guarded { () throws(Raised) in
                let ident = try vm.indexInt(thread), n = Int32(try vm.cIntArgument(number))
                let error = taipan_signal_thread(UInt(bitPattern: ident), n)
                if error != 0 { throw vm.raiseErrno(Errno(error)) }
                try vm.checkSignals()
                return .none
            }
        }
        m.defN("pidfd_send_signal($module, pidfd, signalnum, siginfo=None, flags=0, /)", "Send a signal to a process referred to by a pid file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = Int32(try vm.cIntArgument(a[0])), n = Int32(try vm.cIntArgument(a[1]))
                let flags = a[3].isNull ? 0 : try vm.indexInt(a[3])
                if !a[2].isNull && !a[2].isNone { throw vm.raise(.typeError, "siginfo must be None") }
                if taipan_signal_pidfd(descriptor, n, UInt32(truncatingIfNeeded: flags)) < 0 { throw vm.raiseErrno() }
                try vm.checkSignals()
                return .none
            }
        }
    }
}
