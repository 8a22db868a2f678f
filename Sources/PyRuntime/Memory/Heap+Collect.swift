// One collection: mark from the roots, settle weak references and finalizers, hand the blocks to the lazy sweep.
// CPython: Modules/gcmodule.c. Rules: PEP 442 for `__del__`; weak references die before finalizers run.
import CShims
import PyPlatform

extension VM {
    /// A complete collection now. Finalizers and callbacks are queued, not run (see `runPendingFinalizers`).
    @inline(never) public func collectGarbage() {
        if heap.pointee.isCollecting { return }
        withUnsafeTemporaryAllocation(of: VM.self, capacity: 1) { buffer in
            buffer[0] = self
            // Safe: the temporary lives through the call.
            taipan_spill_registers(UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped)) { context, stackPointer in
                let vm = context.assumingMemoryBound(to: VM.self).pointee
                vm.collect(stackPointer: stackPointer)
            }
        }
    }

    /// Overwrites the native stack below the caller: the frames of the collection will lie there, and what calls before left would
    /// be found in their gaps.
    @inline(never) func wipeStack() {
        var words: (SIMD64<UInt64>, SIMD64<UInt64>, SIMD64<UInt64>, SIMD64<UInt64>) = (.zero, .zero, .zero, .zero)
        // The call keeps the zeros from being left out: it might read them.
        withUnsafeMutablePointer(to: &words) { pointer in
            pointer.withMemoryRebound(to: UInt.self, capacity: 256) { _ = taipan_save_registers($0 + 240) }
        }
    }

    @inline(never) func collectFromAllocation(_ size: Int) {
        // What calls left in registers of the frames that go on would live for no reason.
        clearDeadRegisters()
        collector.pointee.sparesCycles = !heap.pointee.isEnabled
        collectGarbage()
        collector.pointee.sparesCycles = false
        if heap.pointee.hasPending { thread.pointee.requestPoll(.finalizers) }
    }

    private func collect(stackPointer: UInt) {
        let heap = self.heap
        let start = Clock.monotonic.now
        heap.pointee.isCollecting = true
        heap.pointee.finishSweep(self)
        heap.pointee.clearMarks(self)
        var marker = Marker(heap: heap)
        markRoots(&marker, stackPointer)
        marker.drain()
        if state.pointee.collector.isAskedFor {
            settleAsCPython(&marker)
        } else if state.pointee.collector.sparesCycles {
            settleSparingCycles(&marker)
        } else {
            settleWeakReferences()
            queueFinalizers(&marker) { _ in true }
        }
        let time = Clock.monotonic.now - start
        finishSettling(time)
        // A deep heap's stack is not kept for shallow ones.
        if marker.stack.capacity > 1 << 17 { marker.stack.free() }
        heap.pointee.markStack = marker.stack
        let live = heap.pointee.beginSweep(self)
        heap.pointee.liveBytes = live
        heap.pointee.allocatedSinceCollection = 0
        heap.pointee.threshold = max(Heap.minimumThreshold, live)
        heap.pointee.collections += 1
        if heap.pointee.stressInterval != 0 { heap.pointee.finishSweep(self) }
        heap.pointee.restoreReserve()
        heap.pointee.isCollecting = false
    }

    /// For `gc.collect`. What reference counts would free has its `__del__` called while weak references to it still answer;
    /// the weak references to what is in cycles die first (PEP 442). Counts what of the cycles is not resurrected. Beyond two million dead cells it is an ordinary collection that counts nothing.
    private func settleAsCPython(_ marker: inout Marker) {
        guard var graph = DeadGraph(self, limit: 2 << 20) else {
            settleWeakReferences()
            queueFinalizers(&marker) { _ in true }
            return
        }
        defer { graph.free() }
        reportCollectable(&graph)
        queueFinalizers(&marker) { !graph.isCyclic($0) }
        settleWeakReferences()
        queueFinalizers(&marker) { _ in true }
        let collector = withUnsafeMutablePointer(to: &state.pointee.collector) { $0 }
        let savesAll = collector.pointee.debugFlags & 32 != 0
        for i in 0..<graph.cells.count where !Marker.isMarked(graph.cells[i]) && graph.isCyclic(graph.cells[i]) {
            let value = Value(bits: UInt64(graph.cells[i]))
            let weight = trackedWeight(value)
            if weight == 0 { continue }
            collector.pointee.dead += weight
            if savesAll { collector.pointee.saved.append(value) }
        }
        if savesAll {
            for i in 0..<collector.pointee.saved.count { marker.mark(collector.pointee.saved[i]) }
            marker.drain()
        }
    }

    /// While the program has switched collections off: frees what reference counts would free and nothing else, unless so much
    /// is dead that telling them apart would take longer than all the rest.
    private func settleSparingCycles(_ marker: inout Marker) {
        if var graph = DeadGraph(self, limit: 128 << 10) {
            queueFinalizers(&marker) { !graph.isCyclic($0) }
            for i in 0..<graph.cells.count where graph.isCyclic(graph.cells[i]) { marker.mark(Value(bits: UInt64(graph.cells[i]))) }
            marker.drain()
            graph.free()
        }
        settleWeakReferences()
        queueFinalizers(&marker) { _ in true }
    }

    private func markRoots(_ marker: inout Marker, _ stackPointer: UInt) {
        let state = UInt(bitPattern: self.state)
        marker.markConservatively(from: state, to: state + UInt(MemoryLayout<VMState>.size))
        var threadPointer: UnsafeMutablePointer<ThreadState>? = self.state.pointee.threads
        while let thread = threadPointer {
            let address = UInt(bitPattern: thread)
            marker.markConservatively(from: address, to: address + UInt(MemoryLayout<ThreadState>.size))
            marker.markConservatively(
                from: UInt(bitPattern: thread.pointee.stackBase), to: UInt(bitPattern: thread.pointee.stackTop))
            if thread == self.thread {
                markNativeStack(&marker, thread, from: stackPointer, skipsInnermost: self.state.pointee.collector.isCalledByLoop)
            } else if thread.pointee.savedStackPointer != 0 {
                markNativeStack(
                    &marker, thread, from: thread.pointee.savedStackPointer, skipsInnermost: thread.pointee.threading.holdsNothing)
            }
            marker.drain()
            threadPointer = thread.pointee.next
        }
        let heap = self.heap
        for i in 0..<heap.pointee.roots.count { marker.mark(heap.pointee.roots[i]) }
        for i in 0..<heap.pointee.rootRanges.count {
            let range = heap.pointee.rootRanges[i]
            let start = UInt(bitPattern: range.start)
            marker.markConservatively(from: start, to: start + UInt(range.count) * 8)
        }
        // The rows of builtins live as long as the heap, and so do their names.
        for i in 0..<heap.pointee.definitionCount {
            marker.mark(heap.pointee.definition(i).pointee.name)
        }
        for i in 0..<heap.pointee.traces.files.count { marker.mark(heap.pointee.traces.files[i]) }
        let saved = withUnsafeMutablePointer(to: &self.state.pointee.collector.saved) { $0 }
        for i in 0..<saved.pointee.count { marker.mark(saved.pointee[i]) }
        for i in heap.pointee.pendingDelFirst..<heap.pointee.pendingDel.count { marker.mark(heap.pointee.pendingDel[i]) }
        for i in heap.pointee.pendingCallbackFirst..<heap.pointee.pendingCallbacks.count { marker.mark(heap.pointee.pendingCallbacks[i]) }
        if let hook = self.state.pointee.extraRoots {
            withUnsafeMutablePointer(to: &marker) { hook(MarkerRef(raw: UnsafeMutableRawPointer($0)), self) }
        }
    }

    /// The thread's machine stack, less the frames of `evaluate`: what those keep is in registers too, and stale words in them
    /// would hold objects. - Parameter skipsInnermost: nothing below the innermost of them holds a value.
    private func markNativeStack(
        _ marker: inout Marker, _ thread: UnsafeMutablePointer<ThreadState>, from stackPointer: UInt, skipsInnermost: Bool
    ) {
        var low = stackPointer
        if let raw = thread.pointee.frame {
            let eval = raw.assumingMemoryBound(to: EvalState.self)
            var i = min(eval.pointee.loopCount, EvalState.loopCapacity) - 1
            if skipsInnermost && i >= 0 { low = eval.pointee.loops[i * 2] }
            while i >= 0 {
                let start = eval.pointee.loops[i * 2], end = eval.pointee.loops[i * 2 + 1]
                if start >= low && end > start {
                    marker.markConservatively(from: low, to: start)
                    low = end
                }
                i -= 1
            }
        }
        marker.markConservatively(from: low, to: thread.pointee.nativeStackHigh)
    }

    private func settleWeakReferences() {
        heap.pointee.clearDeadWeakReferences()
        state.pointee.methodCache.clear()
        forgetAttributeSites()
    }

    /// Objects that other dying objects hold come after those, the youngest first: a text stream is closed before its buffer,
    /// that before its file. Rings keep the order in which they were made.
    private func orderPendingDel(_ marker: inout Marker, from first: Int) {
        let heap = self.heap
        let end = heap.pointee.pendingDel.count
        var held = GrowableArray<Value>()
        defer { held.free() }
        // Without memory they keep the order in which they were made.
        guard held.tryReserve(end - first) else { return }
        for i in first..<end {
            marker.push(UInt(heap.pointee.pendingDel[i].bits) | 1)
            marker.drain()
        }
        var kept = first
        for i in first..<end {
            let value = heap.pointee.pendingDel[i]
            if Marker.isMarked(UInt(value.bits)) {
                held.append(value)
            } else {
                heap.pointee.pendingDel[kept] = value
                kept += 1
            }
        }
        // The youngest first, unless they are all held.
        let reverses = kept > first
        for i in 0..<held.count {
            heap.pointee.pendingDel[kept] = held[reverses ? held.count - 1 - i : i]
            kept += 1
        }
    }

    /// Queues the dead objects whose `__del__` is due and that `isWanted` wants, and marks them: what it may look at stays.
    private func queueFinalizers(_ marker: inout Marker, _ isWanted: (UInt) -> Bool) {
        let heap = self.heap
        let first = heap.pointee.pendingDel.count
        for i in 0..<heap.pointee.finalizable.count {
            let cell = heap.pointee.finalizable[i]
            if cell == 0 || Marker.isMarked(cell) { continue }
            let value = Value(bits: UInt64(cell))
            if value.objectType.flags.contains(.hasDel) && !heap.pointee.wasFinalized(cell) && isWanted(cell) {
                if heap.pointee.pendingDel.tryAppend(value) {
                    // It will not be asked again.
                    if !value.objectType.flags.contains(.hasFinalize) { heap.pointee.finalizable[i] = 0 }
                } else {
                    // Without memory it lives on until the next collection.
                    marker.mark(value)
                }
            }
        }
        let end = heap.pointee.pendingDel.count
        if end - first > 1 { orderPendingDel(&marker, from: first) }
        for i in first..<end { marker.mark(heap.pointee.pendingDel[i]) }
        marker.drain()
    }

    /// When nothing more will be marked: native destructors, and the tables that know objects by address.
    private func finishSettling(_ nanoseconds: Int64) {
        let heap = self.heap
        state.pointee.interned.removeUnmarked()
        state.pointee.removeDeadSubclasses()
        heap.pointee.dropDeadWeakReferences()
        heap.pointee.traces.forgetDead()
        var kept = 0
        for i in 0..<heap.pointee.finalizable.count {
            let cell = heap.pointee.finalizable[i]
            if cell == 0 { continue }
            if Marker.isMarked(cell) {
                heap.pointee.finalizable[kept] = cell
                kept += 1
                continue
            }
            let value = Value(bits: UInt64(cell))
            let type = value.objectType
            if type.flags.contains(.hasFinalize) { type.slots.finalize?(self, value) }
        }
        heap.pointee.finalizerPace.collected(in: nanoseconds, dead: heap.pointee.finalizable.count - kept, due: heap.pointee.pendingCount)
        heap.pointee.finalizable.count = kept
        heap.pointee.finalizableSeen = kept
        heap.pointee.hasNewCallback = false
        heap.pointee.finalizableLimit = kept * 2 + heap.pointee.finalizerPace.allowance
        heap.pointee.finalizablePruneAt = heap.pointee.finalizableLimit
        // What was finalized once and is dead was needed until now, so that it was not finalized again.
        if heap.pointee.finalized.count > 0 { heap.pointee.finalized.update { key, value in Marker.isMarked(UInt(key)) ? value : 0 } }
        let young = withUnsafeMutablePointer(to: &state.pointee.collector.young) { $0 }
        if young.pointee.count > 0 { young.pointee.update { key, value in Marker.isMarked(UInt(key)) ? value : 0 } }
    }

    /// Generators and coroutines that ran to their end need no finalizer any more: most never see a collection.
    func forgetFinishedGenerators() {
        let heap = self.heap
        var kept = 0, seen = 0
        for i in 0..<heap.pointee.finalizable.count {
            let cell = heap.pointee.finalizable[i]
            let value = Value(bits: UInt64(cell))
            if isGeneratorLike(value), value.cast(GeneratorLayout.self).pointee.state == .finished { continue }
            heap.pointee.finalizable[kept] = cell
            kept += 1
            if i < heap.pointee.finalizableSeen { seen = kept }
        }
        heap.pointee.finalizable.count = kept
        heap.pointee.finalizableSeen = seen
        heap.pointee.finalizablePruneAt = max(heap.pointee.finalizableLimit, kept + FinalizerPace.largest / 2)
    }

    // MARK: Roots that outlive a frame

    /// Keeps `value` alive until `removeRoot`.
    public func addRoot(_ value: Value) -> RootID {
        if let slot = heap.pointee.freeRootSlots.popLast() {
            heap.pointee.roots[slot] = value
            return RootID(index: slot)
        }
        heap.pointee.roots.append(value)
        return RootID(index: heap.pointee.roots.count - 1)
    }
    public func root(_ id: RootID) -> Value { heap.pointee.roots[id.index] }
    public func setRoot(_ id: RootID, _ value: Value) { heap.pointee.roots[id.index] = value }
    public func removeRoot(_ id: RootID) {
        heap.pointee.roots[id.index] = .null
        heap.pointee.freeRootSlots.append(id.index)
    }
    /// Scans `count` words at `start` at every collection until `removeRootRange`. The memory is the caller's.
    public func addRootRange(_ start: UnsafeMutablePointer<Value>, count: Int) {
        heap.pointee.rootRanges.append(RootRange(start: start, count: count))
    }
    public func removeRootRange(_ start: UnsafeMutablePointer<Value>) {
        for i in 0..<heap.pointee.rootRanges.count where heap.pointee.rootRanges[i].start == start {
            heap.pointee.rootRanges[i] = heap.pointee.rootRanges[heap.pointee.rootRanges.count - 1]
            heap.pointee.rootRanges.count -= 1
            return
        }
    }

    // MARK: Options

    /// Collect at every `interval`-th allocation and fill freed cells with 0xDB: for tests. 0 = off.
    public func setStress(interval: Int) {
        heap.pointee.stressInterval = interval
        heap.pointee.stressCountdown = interval
        limitSizeClasses()
    }

    /// After `slowsAllocation` has changed.
    func limitSizeClasses() {
        let classes = raw.assumingMemoryBound(to: SizeClass.self)
        let isSlow = heap.pointee.slowsAllocation
        for i in 1..<sizeClassCount { classes[i].limit = isSlow ? 0 : classes[i].runEnd }
    }
}

/// A value kept alive from outside the heap.
public struct RootID: Hashable, Sendable {
    let index: Int
}

extension Heap {
    var hasPending: Bool { pendingDelFirst < pendingDel.count || pendingCallbackFirst < pendingCallbacks.count }
    /// Finalizers and callbacks that wait.
    var pendingCount: Int { pendingDel.count - pendingDelFirst + (pendingCallbacks.count - pendingCallbackFirst) / 2 }

    /// The next object whose `__del__` is due, in the order of creation.
    mutating func takePendingDel() -> Value? {
        guard pendingDelFirst < pendingDel.count else { return nil }
        let value = pendingDel[pendingDelFirst]
        pendingDelFirst += 1
        if pendingDelFirst == pendingDel.count {
            pendingDel.count = 0
            pendingDelFirst = 0
        }
        return value
    }

    /// The next weak reference callback that is due.
    mutating func takePendingCallback() -> (callback: Value, reference: Value)? {
        guard pendingCallbackFirst + 1 < pendingCallbacks.count else { return nil }
        let pair = (pendingCallbacks[pendingCallbackFirst], pendingCallbacks[pendingCallbackFirst + 1])
        pendingCallbackFirst += 2
        if pendingCallbackFirst == pendingCallbacks.count {
            pendingCallbacks.count = 0
            pendingCallbackFirst = 0
        }
        return pair
    }

    /// Calls `body` with every cell in use until it answers false. - Precondition: nothing is left to sweep.
    func forEachCell(_ vm: VM, _ body: (UInt) -> Bool) {
        let classes = vm.raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount {
            var block = classes[i].blocks
            while let b = block {
                let size = UInt(b.pointee.cellSize), end = b.firstCell + size * UInt(b.pointee.cellCount)
                var cell = b.firstCell
                while cell < end {
                    let header = word(at: cell).pointee
                    if header & 1 != 0 {
                        // A free run says how long it is.
                        cell += max(header & ~1, size)
                        continue
                    }
                    if header != 0 && !body(cell) { return }
                    cell += size
                }
                block = b.pointee.next
            }
        }
        var large = largeBlocks
        while let b = large {
            let header = word(at: b.firstCell).pointee
            if header != 0 && header & 1 == 0 && !body(b.firstCell) { return }
            large = b.pointee.next
        }
    }

    func wasFinalized(_ cell: UInt) -> Bool { finalized.contains(UInt64(cell)) }

    mutating func clearMarks(_ vm: VM) {
        let classes = vm.raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount {
            var block = classes[i].blocks
            while let b = block {
                UnsafeMutableRawPointer(b.marks).initializeMemory(as: UInt8.self, repeating: 0, count: 512)
                block = b.pointee.next
            }
        }
        var large = largeBlocks
        while let b = large {
            b.marks[1] = 0  // Safe: a large cell's only bit is number 64.
            large = b.pointee.next
        }
    }

    /// Leaves the blocks that have something to free for the classes to sweep when they need cells. The bytes that live.
    mutating func beginSweep(_ vm: VM) -> Int {
        var live = 0
        let classes = vm.raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount {
            var next = classes[i].blocks
            classes[i].blocks = nil
            while let block = next {
                next = block.pointee.next
                let marked = markCount(block)
                live += marked * Int(block.pointee.cellSize)
                if marked == Int(block.pointee.cellCount) {
                    block.pointee.next = classes[i].blocks
                    classes[i].blocks = block
                } else {
                    block.pointee.next = classes[i].unswept
                    classes[i].unswept = block
                }
            }
            classes[i].cursor = 0
            classes[i].limit = 0
            classes[i].runEnd = 0
            classes[i].nextRun = 0
        }
        var large = largeBlocks
        largeBlocks = nil
        while let block = large {
            large = block.pointee.next
            if block.marks[1] & 1 != 0 {
                live += block.pointee.mappedBytes
                block.pointee.next = largeBlocks
                largeBlocks = block
            } else {
                let bytes = block.pointee.mappedBytes
                if stressInterval == 0 && bytes >> 16 <= Heap.largestSpare && spareLargeBytes + bytes <= 24 << 20 + liveBytes / 8 {
                    block.pointee.kind = 0
                    block.pointee.next = spareLarge[bytes >> 16]
                    spareLarge[bytes >> 16] = block
                    spareLargeBytes += bytes
                    continue
                }
                removePages(start: block.start, bytes: bytes)
                taipan_unmap(UnsafeMutableRawPointer(block.marks), bytes)
            }
        }
        return live
    }

    mutating func finishSweep(_ vm: VM) {
        let classes = vm.raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount {
            while let block = classes[i].unswept {
                classes[i].unswept = block.pointee.next
                let run = sweep(block, classes + i)
                if run != 0 {
                    // Keep the runs: chain this block's in front of what the class has.
                    var last = run
                    while word(at: last)[1] != 0 { last = word(at: last)[1] }
                    word(at: last)[1] = classes[i].nextRun
                    classes[i].nextRun = run
                }
            }
        }
        releaseSurplus()
    }

    /// Frees the block's unmarked cells. The first free run, or 0 if the block is full or went back to the free blocks.
    /// - Parameter keepsEmpty: the class needs cells: a block without live ones stays with it, as one run.
    mutating func sweep(
        _ block: UnsafeMutablePointer<BlockHeader>, _ sizeClass: UnsafeMutablePointer<SizeClass>, keepsEmpty: Bool = false
    ) -> UInt {
        let size = UInt(block.pointee.cellSize)
        let end = block.firstCell + size * UInt(block.pointee.cellCount)
        if keepsEmpty && stressInterval == 0 && markCount(block) == 0 {
            var cell = block.firstCell
            while cell < end {
                word(at: cell).pointee = 0
                cell += size
            }
            word(at: block.firstCell).pointee = (end - block.firstCell) | 1
            word(at: block.firstCell)[1] = 0
            block.pointee.next = sizeClass.pointee.blocks
            sizeClass.pointee.blocks = block
            return block.firstCell
        }
        var firstRun: UInt = 0
        var lastRun: UInt = 0
        var cell = block.firstCell
        let poison = stressInterval != 0
        while cell < end {
            if Marker.isMarked(cell) {
                cell += size
                continue
            }
            let start = cell
            while cell < end && !Marker.isMarked(cell) {
                word(at: cell).pointee = 0
                if poison {
                    UnsafeMutableRawPointer(word(at: cell + 8)).initializeMemory(as: UInt8.self, repeating: 0xDB, count: Int(size) - 8)
                }
                cell += size
            }
            if start == block.firstCell && cell == end {
                block.pointee.kind = 0
                block.pointee.next = freeBlocks
                freeBlocks = block
                freeBlockCount += 1
                return 0
            }
            word(at: start).pointee = (cell - start) | 1
            word(at: start)[1] = 0
            if lastRun != 0 { word(at: lastRun)[1] = start } else { firstRun = start }
            lastRun = start
        }
        block.pointee.next = sizeClass.pointee.blocks
        sizeClass.pointee.blocks = block
        return firstRun
    }

    /// How many cells are marked.
    private func markCount(_ block: UnsafeMutablePointer<BlockHeader>) -> Int {
        var count = 0
        for i in 0..<64 { count &+= block.marks[i].nonzeroBitCount }
        return count
    }

    private mutating func releaseSurplus() {
        let keep = max(256, threshold >> 16)
        while freeBlockCount > keep, let block = freeBlocks {
            freeBlocks = block.pointee.next
            freeBlockCount -= 1
            removePages(start: block.start, bytes: Int(blockSize))
            taipan_unmap(UnsafeMutableRawPointer(block.marks), Int(blockSize))
        }
    }
}
