// Collecting while a thread only waits. Where references are counted, a dropped socket or file is closed at once, and programs
// come to wait for that: a server for the end of a connection that its client has forgotten. Nothing is allocated while all
// threads wait, so no collection would ever come. A wait for a lock, a select or the like therefore sleeps a tenth of a second
// at first; if nothing came and an object with a finalizer or a weak reference with a callback was made since the last
// collection, it collects, then sleeps on.
// A wait that ends sooner, and one with nothing of the kind about, costs a comparison.
import PyPlatform

extension VM {
    /// Nanoseconds after which a wait is idle.
    private static var idleDelay: Int64 { 100_000_000 }

    /// Until when a wait may sleep before it calls `collectAndFinalizeWhenIdle` and goes on; `deadline` itself where there is no need.
    /// Nanoseconds on the monotonic clock, negative: for ever.
    @inline(__always) public func idleDeadline(_ deadline: Int64) -> Int64 {
        let heap = self.heap
        if heap.pointee.finalizableSeen >= heap.pointee.finalizable.count && !heap.pointee.hasNewCallback { return deadline }
        return laterIdleDeadline(deadline)
    }

    @inline(never) private func laterIdleDeadline(_ deadline: Int64) -> Int64 {
        let heap = self.heap
        if !heap.pointee.isEnabled || heap.pointee.isCollecting || heap.pointee.holdCount > 0 || thread.pointee.threading.runsFinalizers { return deadline }
        if !heap.pointee.hasNewCallback && !hasNewFinalizer() { return deadline }
        let idle = max(Clock.monotonic.now &+ Self.idleDelay, heap.pointee.nextIdleCollection)
        return deadline >= 0 && deadline <= idle ? deadline : idle
    }

    /// Whether an object that was made since the last collection has something to do when it dies. Generators have it rarely and
    /// are many; code objects give back memory only. What was looked at is not looked at again.
    private func hasNewFinalizer() -> Bool {
        let heap = self.heap
        while heap.pointee.finalizableSeen < heap.pointee.finalizable.count {
            let value = Value(bits: UInt64(heap.pointee.finalizable[heap.pointee.finalizableSeen]))
            if !isGeneratorLike(value) && !value.isExactly(types.code) { return true }
            heap.pointee.finalizableSeen += 1
        }
        return false
    }

    /// A wait that had to be cut short by `idleDeadline` ended before it. Where cutting it short costs a system call, two
    /// thousand of them are reason enough to collect: then it need not be done for a while.
    public func noteShortWait() {
        heap.pointee.shortWaits += 1
        if heap.pointee.shortWaits >= 2000 { collectAndFinalizeWhenIdle() }
    }

    /// Collects and runs what finalizers are due. The next time comes after a hundred times as long as this took.
    /// - Parameter caller: the native function that waits, if it keeps no value but in roots: then what lies on the native stack
    ///   since the loop called it is not looked at (stale words there would hold the very objects that are waited for).
    /// May run Python; never raises.
    @inline(never) public func collectAndFinalizeWhenIdle(_ caller: StaticString? = nil) {
        if let caller { thread.pointee.threading.holdsNothing = isCalledByLoop { isNative($0, caller) } }
        collectWhenIdle()
        thread.pointee.threading.holdsNothing = false
        runIdleFinalizers()
    }

    @inline(never) func collectWhenIdle() {
        let start = Clock.monotonic.now
        clearDeadRegisters()
        collector.pointee.isCalledByLoop = thread.pointee.threading.holdsNothing
        collectGarbage()
        collector.pointee.isCalledByLoop = false
        heap.pointee.shortWaits = 0
        let end = Clock.monotonic.now
        heap.pointee.nextIdleCollection = end &+ (end &- start) &* 100
    }

    func runIdleFinalizers() { if heap.pointee.hasPending { runPendingFinalizers() } }

    /// Whether `callee` is a native function or method of this name.
    func isNative(_ callee: Value, _ name: StaticString) -> Bool {
        guard callee.isExactly(types.builtinFunction) || callee.isExactly(types.methodDescriptor) else { return false }
        return callee.cast(NativeFunctionLayout.self).pointee.definition.pointee.name == intern(name)
    }
}
