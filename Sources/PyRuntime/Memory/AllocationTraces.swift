// What `tracemalloc` knows: for each cell allocated while it is on, how much was asked for and by which lines. While it is on no
// size class has cells for the inlined path, so that every allocation comes by `allocateSlow`; off, it costs nothing.
// CPython: Modules/_tracemalloc.c.

struct AllocationTraces {
    private(set) var isOn = false
    /// Frames kept of a traceback, the innermost.
    private(set) var limit = 1
    /// Bytes of what is traced, as far as the collector knows.
    private(set) var current = 0
    private(set) var peak = 0
    /// By cell: the size << 24 | the number of the traceback.
    private var cells = WeakTable()
    /// Frames of all tracebacks: number of the file << 32 | line; 0 is `<unknown>`.
    private var lines = GrowableArray<UInt64>()
    private var stacks = GrowableArray<TracedStack>()
    /// By a hash of their frames: the number of a traceback plus one.
    private var stackNumbers = WeakTable()
    /// What stands for code without a file.
    private var unknown: Value = .null
    /// Names of files: roots.
    private(set) var files = GrowableArray<Value>()
    private var fileNumbers = WeakTable()

    mutating func begin(_ frames: Int, unknown: Value) {
        if isOn { return }
        isOn = true
        limit = frames
        self.unknown = unknown
        clear()
    }

    /// Off, and everything is forgotten.
    mutating func end() {
        isOn = false
        clear()
    }

    mutating func clear() {
        cells.free()
        lines.free()
        stacks.free()
        stackNumbers.free()
        files.free()
        fileNumbers.free()
        current = 0
        peak = 0
        if isOn { _ = number(ofFile: unknown) }
    }

    mutating func resetPeak() { peak = current }

    mutating func pause(_ paused: Bool) { isOn = !paused }

    /// Bytes of these tables.
    var ownBytes: Int { (cells.capacity + stackNumbers.capacity + fileNumbers.capacity) * 16 + lines.capacity * 8 + stacks.capacity * MemoryLayout<TracedStack>.stride }

    mutating func note(_ cell: UInt, _ size: Int, _ stack: Int) {
        cells.set(UInt64(cell), UInt64(size) << 24 | UInt64(stack))
        current += size
        peak = max(peak, current)
    }

    /// After marking: the dead are no longer traced.
    mutating func forgetDead() {
        if cells.count == 0 { return }
        var freed = 0
        cells.update { cell, entry in
            if Marker.isMarked(UInt(cell)) { return entry }
            freed += Int(entry >> 24)
            return 0
        }
        current -= freed
    }

    /// The number of a traceback with these frames.
    mutating func number(of frames: UnsafeBufferPointer<UInt64>, total: Int) -> Int {
        var hash = UInt64(truncatingIfNeeded: total) &* 0x9E37_79B9_7F4A_7C15
        for frame in frames { hash = (hash ^ frame) &* 0x9E37_79B9_7F4A_7C15 ^ hash >> 29 }
        while true {
            let key = hash | 16
            let found = Int(stackNumbers.find(key))
            if found == 0 { break }
            if isStack(found - 1, frames, total) { return found - 1 }
            hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ 1
        }
        // Numbers have 24 bits.
        if stacks.count >= 1 << 24 { return 0 }
        stackNumbers.set(hash | 16, UInt64(stacks.count + 1))
        stacks.append(TracedStack(start: lines.count, count: Int32(frames.count), total: Int32(min(total, 65535))))
        for frame in frames { lines.append(frame) }
        return stacks.count - 1
    }

    private func isStack(_ i: Int, _ frames: UnsafeBufferPointer<UInt64>, _ total: Int) -> Bool {
        let stack = stacks[i]
        if Int(stack.count) != frames.count || Int(stack.total) != min(total, 65535) { return false }
        for k in 0..<frames.count where lines[stack.start + k] != frames[k] { return false }
        return true
    }

    mutating func number(ofFile name: Value) -> UInt64 {
        let known = fileNumbers.find(name.bits)
        if known != 0 { return known - 1 }
        files.append(name)
        fileNumbers.set(name.bits, UInt64(files.count))
        return UInt64(files.count - 1)
    }

    func stack(_ i: Int) -> TracedStack { stacks[i] }
    func line(_ i: Int) -> UInt64 { lines[i] }
    func entry(of cell: UInt64) -> UInt64 { cells.find(cell) }
    func forEach(_ body: (UInt64, UInt64) -> Void) { cells.forEach(body) }
    var count: Int { cells.count }
}

struct TracedStack {
    var start: Int
    var count: Int32
    var total: Int32
}

extension VM {
    /// `tracemalloc.start`: nothing if it is on.
    public func startTracingAllocations(frames: Int) {
        heap.pointee.traces.begin(frames, unknown: intern("<unknown>"))
        limitSizeClasses()
    }

    public func stopTracingAllocations() {
        heap.pointee.traces.end()
        limitSizeClasses()
    }

    public func clearAllocationTraces() { if isTracingAllocations { heap.pointee.traces.clear() } }
    public func resetTracedPeak() {
        forgetDeadAllocations()
        heap.pointee.traces.resetPeak()
    }
    public var isTracingAllocations: Bool { heap.pointee.traces.isOn }
    public var tracedFrameLimit: Int { heap.pointee.traces.limit }
    /// Current, peak and what the tables take.
    public func tracedMemory() -> (current: Int, peak: Int, own: Int) {
        forgetDeadAllocations()
        return (heap.pointee.traces.current, heap.pointee.traces.peak, heap.pointee.traces.ownBytes)
    }

    /// What is dead counts no more, as where it dies at the last reference.
    private func forgetDeadAllocations() {
        if !isTracingAllocations { return }
        clearDeadRegisters()
        collectGarbage()
        if heap.pointee.hasPending { thread.pointee.requestPoll(.finalizers) }
    }

    /// `allocateSlow`'s part: nothing in here allocates from the heap.
    @inline(never) func traceAllocation(_ cell: UInt, _ size: Int) {
        let eval = self.eval
        let depth = eval.pointee.top - eval.pointee.frames
        let count = min(depth, heap.pointee.traces.limit)
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, count)) { frames in
            for i in 0..<count { frames[i] = tracedLine(eval.pointee.top - i) }
            // Outside of all frames CPython says "<unknown>", line 0.
            if count == 0 { frames[0] = 0 }
            let known = UnsafeBufferPointer(rebasing: frames[0..<max(1, count)])
            heap.pointee.traces.note(cell, size, heap.pointee.traces.number(of: known, total: max(1, depth)))
        }
    }

    private func tracedLine(_ frame: UnsafeMutablePointer<Frame>) -> UInt64 {
        let code = frame.pointee.code.pointee.code
        guard code.isObject else { return 0 }
        let file = heap.pointee.traces.number(ofFile: code.cast(CodeLayout.self).pointee.filename)
        let line = line(inCode: code, at: max(0, frame.pointee.code.lastOffset(frame.pointee.pc))) ?? 0
        return file << 32 | UInt64(UInt32(truncatingIfNeeded: line))
    }

    /// (filename, line) pairs, the innermost first. May collect.
    private func tracedFrames(_ number: Int) throws(Raised) -> Value {
        let stack = heap.pointee.traces.stack(number)
        let frames = try newTuple(Int(stack.count))
        for i in 0..<Int(stack.count) {
            let line = heap.pointee.traces.line(stack.start + i)
            frames[i] = tuple(heap.pointee.traces.files[Int(line >> 32)], int(Int(line & 0xFFFF_FFFF)))
        }
        return frames.value
    }

    /// The frames that allocated `object`, None if that was not traced.
    public func tracedAllocation(of object: Value) throws(Raised) -> Value {
        guard isTracingAllocations, object.isObject else { return .none }
        let entry = heap.pointee.traces.entry(of: object.bits)
        return entry == 0 ? .none : try pausingTraces { () throws(Raised) in try tracedFrames(Int(entry & 0xFF_FFFF)) }
    }

    /// `_tracemalloc._get_traces()`: (domain, size, frames, how many frames there were) of each cell.
    public func allocationTraces() throws(Raised) -> Value {
        if !isTracingAllocations { return try newList().value }
        forgetDeadAllocations()
        return try pausingTraces { () throws(Raised) in
            var entries = GrowableArray<UInt64>()
            defer { entries.free() }
            entries.reserve(heap.pointee.traces.count)
            heap.pointee.traces.forEach { _, entry in entries.append(entry) }
            let list = try newList(capacity: entries.count)
            let known = newDict()
            for i in 0..<entries.count {
                let number = Int(entries[i] & 0xFF_FFFF)
                var frames = try known.get(self, int(number))
                if frames.isNull {
                    frames = try tracedFrames(number)
                    try known.set(self, int(number), frames)
                }
                try list.append(self, tuple(Value(small: 0), int(Int(entries[i] >> 24)), frames, int(Int(heap.pointee.traces.stack(number).total))))
            }
            return list.value
        }
    }

    /// What the module allocates for its answers is not traced.
    private func pausingTraces(_ body: () throws(Raised) -> Value) throws(Raised) -> Value {
        heap.pointee.traces.pause(true)
        defer { heap.pointee.traces.pause(false) }
        return try body()
    }
}
