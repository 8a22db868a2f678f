// Signals reach Python here: the C handler sets flags, the main thread's next poll (or an interrupted wait) runs the handlers.
// The `_signal` module declares the rest. CPython: `_PyErr_CheckSignalsTstate` in Modules/signalmodule.c.
import CShims
import PyPlatform

extension VM {
    /// Handlers by signal number; `.none` where somebody else's handler is installed. 65 values.
    public var signalHandlers: UnsafeMutablePointer<Value> {
        if let handlers = threading.pointee.signalHandlers { return handlers }
        let count = Int(taipan_signal_limit)
        let handlers = UnsafeMutablePointer<Value>.allocate(capacity: count)
        handlers.initialize(repeating: .null, count: count)
        addRootRange(handlers, count: count)
        threading.pointee.signalHandlers = handlers
        return handlers
    }

    /// The C handler wakes this interpreter's main thread from now on.
    public func attachSignals() {
        let main = threading.pointee.mainThread
        withUnsafeMutablePointer(to: &main.pointee.pollReasons) { taipan_signal_notify($0, ThreadState.PollReasons.signals.rawValue) }
    }

    func detachSignals() {
        taipan_signal_notify(nil, 0)
        threading.pointee.signalHandlers?.deallocate()
        threading.pointee.signalHandlers = nil
    }

    /// Runs the handlers of the signals that came, in the main thread; elsewhere does nothing.
    /// For native code: call it when a system call says EINTR, and now and then in long loops.
    /// - Throws: what a handler raises (KeyboardInterrupt). May run Python.
    public func checkSignals() throws(Raised) {
        guard isMainThread, taipan_signal_take_any() != 0 else { return }
        let error = taipan_signal_wakeup_error()
        if error != 0 { reportWakeup(Errno(error)) }
        for number in 1..<Int(taipan_signal_limit) where taipan_signal_take(Int32(number)) != 0 {
            do { try handleSignal(number) } catch {
                // The others are looked at next time.
                taipan_signal_again()
                thread.pointee.requestPoll(.signals)
                throw error
            }
        }
    }

    /// `signal.set_wakeup_fd`'s descriptor took no more.
    private func reportWakeup(_ error: Errno) {
        if error.wouldBlock && !threading.pointee.warnsOnFullWakeup { return }
        _ = raise(.osError, args: tuple(int(Int(error.code)), str(error.message)))
        writeUnraisable(.none, message: str("Exception ignored when trying to write to the signal wakeup fd"))
    }

    private func handleSignal(_ number: Int) throws(Raised) {
        guard let handlers = threading.pointee.signalHandlers else { return }
        let handler = handlers[number]
        // SIG_DFL and SIG_IGN are small ints (or the enum's members): the signal came before the handler was taken away.
        if handler.isNull || handler.isNone || isInt(handler) { return }
        let frame = frameObject(depth: 0)
        _ = try call(handler, int(number), frame.isNull ? .none : frame)
    }

    /// As if the signal had come: `_thread.interrupt_main`. False if the number is none.
    public func simulateSignal(_ number: Int) -> Bool {
        guard number >= 1, number < Int(taipan_signal_limit) else { return false }
        if let handlers = threading.pointee.signalHandlers {
            let handler = handlers[number]
            if handler.isNull || handler.isNone || isInt(handler) { return true }
            taipan_signal_trip(Int32(number))
        }
        return true
    }
}
