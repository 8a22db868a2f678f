// Sorting: a stable merge sort that takes natural runs, extends short ones by binary insertion, and merges with CPython's
// run-length rules, so that few comparisons are made on ordered data. Merging: List+Merge.swift.
// CPython: Objects/listsort.txt (the idea; TimSort).
//
// Only `<` is asked. Keys that are all small ints, doubles or str are compared without calling anything.

enum KeyKind { case ints, doubles, strings, tuples, mixed }

/// The arrays live in heap buffers: `keys` decides, `values` follows (the same array when there is no key function).
struct Sorter {
    let vm: VM
    let keys: UnsafeMutablePointer<Value>
    /// nil: the keys are the items.
    let values: UnsafeMutablePointer<Value>?
    let tempKeys: UnsafeMutablePointer<Value>
    let tempValues: UnsafeMutablePointer<Value>?
    let kind: KeyKind

    @inline(__always) func less(_ a: Value, _ b: Value) throws(Raised) -> Bool {
        switch kind {
        case .ints: return a.smallInt < b.smallInt
        case .doubles: return a.double < b.double
        case .strings: return vm.strLess(PyStr(a), PyStr(b))
        case .tuples: return try vm.tupleLess(PyTuple(a), PyTuple(b))
        case .mixed:
            if Value.bothSmallInts(a, b) { return a.smallInt < b.smallInt }
            return try vm.compareBool(a, b, .lt)
        }
    }

    /// The length of the run at `low`; a strictly descending one is reversed.
    func countRun(_ low: Int, _ high: Int) throws(Raised) -> Int {
        if low + 1 >= high { return high - low }
        var i = low + 2
        if try less(keys[low + 1], keys[low]) {
            while i < high {
                if try !less(keys[i], keys[i - 1]) { break }
                i += 1
            }
            reverse(low, i)
        } else {
            while i < high {
                if try less(keys[i], keys[i - 1]) { break }
                i += 1
            }
        }
        return i - low
    }

    func reverse(_ low: Int, _ high: Int) {
        var i = low, k = high - 1
        while i < k {
            let x = keys[i]
            keys[i] = keys[k]
            keys[k] = x
            if let values {
                let y = values[i]
                values[i] = values[k]
                values[k] = y
            }
            i += 1
            k -= 1
        }
    }

    /// [low, start) is sorted; sorts [low, high).
    func binaryInsertion(_ low: Int, _ high: Int, _ start: Int) throws(Raised) {
        var start = start == low ? low + 1 : start
        while start < high {
            let pivot = keys[start]
            var l = low, r = start
            while l < r {
                let m = l + (r - l) >> 1
                if try less(pivot, keys[m]) { r = m } else { l = m + 1 }
            }
            var k = start
            while k > l {
                keys[k] = keys[k - 1]
                k -= 1
            }
            keys[l] = pivot
            if let values {
                let value = values[start]
                k = start
                while k > l {
                    values[k] = values[k - 1]
                    k -= 1
                }
                values[l] = value
            }
            start += 1
        }
    }

    func run(_ count: Int) throws(Raised) {
        if count < 2 { return }
        var n = count, odd = 0
        while n >= 64 {
            odd |= n & 1
            n >>= 1
        }
        let minimum = n + odd
        var winsNeeded = 7
        // Pending runs: at most log_phi(2^48) of them.
        try withRuns { starts, lengths throws(Raised) in
            var depth = 0
            var low = 0
            while low < count {
                var length = try countRun(low, count)
                if length < minimum {
                    let forced = min(minimum, count - low)
                    try binaryInsertion(low, low + forced, low + length)
                    length = forced
                }
                starts[depth] = low
                lengths[depth] = length
                depth += 1
                low += length
                while depth > 1 {
                    var at = depth - 2
                    if (at > 0 && lengths[at - 1] <= lengths[at] + lengths[at + 1])
                        || (at > 1 && lengths[at - 2] <= lengths[at - 1] + lengths[at])
                    {
                        if lengths[at - 1] < lengths[at + 1] { at -= 1 }
                    } else if lengths[at] > lengths[at + 1] {
                        break
                    }
                    try mergeAt(at, &depth, starts, lengths, &winsNeeded)
                }
            }
            while depth > 1 {
                var at = depth - 2
                if at > 0 && lengths[at - 1] < lengths[at + 1] { at -= 1 }
                try mergeAt(at, &depth, starts, lengths, &winsNeeded)
            }
        }
    }

    private func mergeAt(
        _ i: Int, _ depth: inout Int, _ starts: UnsafeMutablePointer<Int>, _ lengths: UnsafeMutablePointer<Int>, _ winsNeeded: inout Int
    ) throws(Raised) {
        let a = starts[i], b = starts[i + 1], c = b + lengths[i + 1]
        lengths[i] += lengths[i + 1]
        if i == depth - 3 {
            starts[i + 1] = starts[i + 2]
            lengths[i + 1] = lengths[i + 2]
        }
        depth -= 1
        try merge(a, b, c, &winsNeeded)
    }

    private func withRuns(_ body: (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) throws(Raised) -> Void) throws(Raised) {
        let memory = UnsafeMutablePointer<Int>.allocate(capacity: 200)
        defer { memory.deallocate() }
        try body(memory, memory + 100)
    }
}

extension VM {
    /// `list.sort(key=…, reverse=…)`. The list is empty while it is sorted; a change by the key or comparison is ValueError.
    public func sort(_ list: PyList, key: Value = .null, reverse: Bool = false) throws(Raised) {
        let count = list.count
        let items = list.ref.pointee.items, capacity = list.ref.pointee.capacity
        list.ref.pointee.count = 0
        list.ref.pointee.items = nil
        list.ref.pointee.capacity = 0
        guard let items, count > 0 else { return }
        // The items' buffer stays alive through this interior pointer on the stack; it is traced as a buffer.
        var failed = false
        do {
            try sortItems(items, count, key, reverse)
        } catch { failed = true }
        let changed = list.ref.pointee.items != nil
        list.ref.pointee.count = count
        list.ref.pointee.items = items
        list.ref.pointee.capacity = capacity
        if failed { throw Raised() }
        if changed { throw raise(.valueError, "list modified during sort") }
    }

    private func sortItems(_ items: UnsafeMutablePointer<Value>, _ count: Int, _ key: Value, _ reverse: Bool) throws(Raised) {
        var keys = items
        var values: UnsafeMutablePointer<Value>?
        var holder = Value.null
        if !key.isNull {
            holder = try newValueBuffer(count)
            keys = (holder.pointer + 16).assumingMemoryBound(to: Value.self)
            keys.update(repeating: .null, count: holder.cast(BufferLayout.self).pointee.byteCount >> 3)
            for i in 0..<count { keys[i] = try call(key, items[i]) }
            values = items
        }
        let temp = try newValueBuffer(count)
        let tempKeys = (temp.pointer + 16).assumingMemoryBound(to: Value.self)
        tempKeys.update(repeating: .null, count: temp.cast(BufferLayout.self).pointee.byteCount >> 3)
        var tempValues: UnsafeMutablePointer<Value>?
        var temp2 = Value.null
        if values != nil {
            temp2 = try newValueBuffer(count)
            tempValues = (temp2.pointer + 16).assumingMemoryBound(to: Value.self)
            tempValues?.update(repeating: .null, count: temp2.cast(BufferLayout.self).pointee.byteCount >> 3)
        }
        let sorter = Sorter(vm: self, keys: keys, values: values, tempKeys: tempKeys, tempValues: tempValues, kind: keyKind(keys, count))
        if reverse { sorter.reverse(0, count) }
        do {
            try sorter.run(count)
        } catch {
            if reverse { sorter.reverse(0, count) }
            throw Raised()
        }
        if reverse { sorter.reverse(0, count) }
        withExtendedLifetime((holder, temp, temp2)) {}
    }

    private func keyKind(_ keys: UnsafeMutablePointer<Value>, _ count: Int) -> KeyKind {
        var ints = true, doubles = true, strings = true, tuples = true
        for i in 0..<count {
            let k = keys[i]
            ints = ints && k.isSmallInt
            doubles = doubles && k.isDouble
            strings = strings && isExactStr(k)
            tuples = tuples && k.isExactly(types.tuple)
            if !ints && !doubles && !strings && !tuples { return .mixed }
        }
        return ints ? .ints : doubles ? .doubles : strings ? .strings : .tuples
    }

    /// `a < b` of exact tuples: the first items that differ decide. The same `__eq__` and `__lt__` are asked as by the operator.
    fileprivate func tupleLess(_ a: PyTuple, _ b: PyTuple) throws(Raised) -> Bool {
        let n = min(a.count, b.count)
        var i = 0
        while i < n {
            let x = a[i], y = b[i]
            i &+= 1
            if Value.bothSmallInts(x, y) {
                if x == y { continue }
                return x.smallInt < y.smallInt
            }
            if isExactStr(x) && isExactStr(y) {
                if x == y || PyStr(x).equals(PyStr(y)) { continue }
                return strLess(PyStr(x), PyStr(y))
            }
            if try equalKeys(x, y) { continue }
            if x.isDouble && y.isDouble { return x.double < y.double }
            return try isTrue(richCompare(x, y, .lt))
        }
        return a.count < b.count
    }

    /// Code point order.
    public func strLess(_ a: PyStr, _ b: PyStr) -> Bool {
        let n = min(a.count, b.count)
        if a.kind == 1 && b.kind == 1 {
            let pa = a.bytes, pb = b.bytes
            var i = 0
            // Eight at a time: big-endian words compare as their bytes do.
            while i &+ 8 <= n {
                let x = UnsafeRawPointer(pa + i).loadUnaligned(as: UInt64.self), y = UnsafeRawPointer(pb + i).loadUnaligned(as: UInt64.self)
                if x != y { return UInt64(bigEndian: x) < UInt64(bigEndian: y) }
                i &+= 8
            }
            if i &+ 4 <= n {
                let x = UnsafeRawPointer(pa + i).loadUnaligned(as: UInt32.self), y = UnsafeRawPointer(pb + i).loadUnaligned(as: UInt32.self)
                if x != y { return UInt32(bigEndian: x) < UInt32(bigEndian: y) }
                i &+= 4
            }
            while i < n {
                if pa[i] != pb[i] { return pa[i] < pb[i] }
                i &+= 1
            }
            return a.count < b.count
        }
        for i in 0..<n {
            let x = a[i], y = b[i]
            if x != y { return x < y }
        }
        return a.count < b.count
    }
}
