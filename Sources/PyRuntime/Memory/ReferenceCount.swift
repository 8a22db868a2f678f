// `sys.getrefcount`: nobody counts references here, so they are counted when asked for. CPython keeps `ob_refcnt`.

extension VM {
    /// The references to `v` from live objects and from registers, the argument's included. Collects. Cost: the heap.
    /// Values that are no heap objects have as many as CPython's immortal-in-practice ones: plenty.
    func countReferences(_ v: Value) -> Int {
        guard v.isObject else { return 1000 }
        clearDeadRegisters()
        collectGarbage()
        heap.pointee.finishSweep(self)
        var count = 0
        var marker = Marker(heap: heap)
        var found = GrowableArray<Value>()
        defer { found.free() }
        heap.pointee.forEachCell(self) { cell in
            // Buffers and tables are looked at as part of what owns them.
            let kind = Value(bits: UInt64(cell)).objectType.ref.pointee.traceKind
            if kind == .dictTable || kind == .leaf || kind == .str { return true }
            found.count = 0
            marker.recordReferents(of: cell, into: &found)
            if kind == .buffer { return true }
            for i in 0..<found.count where found[i] == v { count += 1 }
            return true
        }
        var thread = state.pointee.threads
        while let t = thread {
            var register = t.pointee.stackBase
            while register < t.pointee.stackTop {
                if register.pointee == v { count += 1 }
                register += 1
            }
            thread = t.pointee.next
        }
        return max(count, 1)
    }
}
