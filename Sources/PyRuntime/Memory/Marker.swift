// The mark phase: an explicit stack, a bit per cell, one switch over how a type's instances are walked.

struct Marker {
    var stack: GrowableArray<UInt>
    /// There was no memory for an entry of the stack: a marked cell was not walked. `drain` walks all marked cells again then.
    private var hasOverflowed = false
    /// Asking for memory in vain costs more than walking again.
    private var mayGrow = true
    let heap: UnsafeMutablePointer<Heap>
    /// Set while referents are recorded: `trace` slots add to it.
    var recorder: UnsafeMutablePointer<GrowableArray<Value>>?

    init(heap: UnsafeMutablePointer<Heap>) {
        self.heap = heap
        stack = heap.pointee.markStack
        stack.count = 0
    }

    /// Entries there is always room for.
    static var leastStack: Int { 4096 }

    /// Marks what `value` refers to, if it refers to anything.
    @inline(__always) mutating func mark(_ value: Value) {
        if value.isObject && !Marker.isMarked(UInt(value.bits)) { markFresh(UInt(value.bits)) }
    }

    @inline(never) private mutating func markFresh(_ cell: UInt) { markCell(cell) }

    @inline(__always) static func isMarked(_ cell: UInt) -> Bool {
        let bit = (cell & 0xFFFF) >> 4
        // Safe: every cell lies in a block that begins with its mark bits.
        let marks = UnsafeMutablePointer<UInt64>(bitPattern: cell & ~0xFFFF).unsafelyUnwrapped
        return marks[Int(bit >> 6)] & (1 << UInt64(bit & 63)) != 0
    }

    /// True if it was not marked before.
    @inline(__always) mutating func setMark(_ cell: UInt) -> Bool {
        let bit = (cell & 0xFFFF) >> 4
        // Safe: as above.
        let marks = UnsafeMutablePointer<UInt64>(bitPattern: cell & ~0xFFFF).unsafelyUnwrapped
        let mask = UInt64(1) << UInt64(bit & 63)
        let old = marks[Int(bit >> 6)]
        if old & mask != 0 { return false }
        marks[Int(bit >> 6)] = old | mask
        return true
    }

    /// - Precondition: `cell` is the start of a live cell.
    @inline(__always) mutating func markCell(_ cell: UInt) {
        if !setMark(cell) { return }
        let type = Value(bits: UInt64(cell)).objectType
        let layout = type.ref
        if layout.pointee.flags.rawValue & TypeFlags.heapType.rawValue != 0 { push(UInt(bitPattern: layout)) }
        if layout.pointee.extraStart == 0 {
            if layout.pointee.traceKind == .leaf { return }
            if layout.pointee.traceKind == .str {
                let text = PyStr(Value(bits: UInt64(cell)))
                if text.isShared { _ = setMark(UInt(bitPattern: text.data) - PyStr.growthHeader) }
                return
            }
        }
        push(cell | 1)
    }

    @inline(__always) mutating func push(_ entry: UInt) {
        if stack.count < stack.capacity || mayGrow && stack.tryReserve(stack.count + 1) {
            stack.append(entry)
        } else {
            (hasOverflowed, mayGrow) = (true, false)
        }
    }

    /// Marks the cell that the word points into, if it does.
    @inline(__always) mutating func markConservatively(_ word: UInt) {
        let cell = heap.pointee.cell(containing: word)
        if cell != 0 { markCell(cell) }
    }

    mutating func markConservatively(from low: UInt, to high: UInt) {
        var address = low & ~7
        while address < high {
            markConservatively(word(at: address).pointee)
            address += 8
        }
    }

    // MARK: Recording

    /// The values that a cell holds, instead of marking them: for `gc.get_referents`.
    mutating func recordReferents(of cell: UInt, into found: inout GrowableArray<Value>) {
        let value = Value(bits: UInt64(cell))
        let type = value.objectType
        func record(_ start: UInt, _ end: UInt) {
            var address = start
            while address < end {
                let word = Value(bits: UInt64(word(at: address).pointee))
                if !word.isNull { found.append(word) }
                address += 8
            }
        }
        func recordTable(_ table: UnsafeMutablePointer<DictTableLayout>) {
            for i in 0..<Int(table.pointee.used) where !table.pointee.entries[i].key.isNull {
                found.append(table.pointee.entries[i].key)
                found.append(table.pointee.entries[i].value)
            }
        }
        switch type.ref.pointee.traceKind {
        case .leaf, .str: break
        case .words: record(cell + 8, cell + UInt(type.ref.pointee.fieldsEnd))
        case .tuple: record(cell + 16, cell + 16 + UInt(word(at: cell + 8).pointee) * 8)
        case .list:
            let list = value.cast(ListLayout.self)
            if let items = list.pointee.items { record(UInt(bitPattern: items), UInt(bitPattern: items) + UInt(list.pointee.count) * 8) }
        case .dict: if let table = value.cast(DictLayout.self).pointee.table { recordTable(table) }
        case .dictTable: recordTable(value.cast(DictTableLayout.self))
        case .set:
            let set = value.cast(SetLayout.self)
            if let table = set.pointee.table {
                for i in 0...set.pointee.mask where table[i].key.isObject || !table[i].key.isNull { found.append(table[i].key) }
            }
        case .buffer:
            var address = cell + 16
            let end = address + UInt(value.cast(BufferLayout.self).pointee.byteCount)
            while address + 8 <= end {
                let target = heap.pointee.cell(containing: word(at: address).pointee)
                if target != 0 { found.append(Value(bits: UInt64(target))) }
                address += 8
            }
        case .custom:
            recorder = withUnsafeMutablePointer(to: &found) { $0 }
            withUnsafeMutablePointer(to: &self) { type.slots.trace?(MarkerRef(raw: UnsafeMutableRawPointer($0)), value) }
            recorder = nil
        }
        let extra = type.ref.pointee.extraStart
        if extra == 0 { return }
        let header = blockHeader(at: cell & ~0xFFFF)
        let size = header.pointee.kind == 1 ? UInt(header.pointee.cellSize) : UInt(header.pointee.mappedBytes) - firstCellOffset
        record(cell + (extra == TypeLayout.extraAfterItems ? UInt(variableEnd(value, type)) : UInt(extra)), cell + size)
    }

    /// Until nothing is left: entries are cells to walk (bit 0 set) or cells to mark first.
    mutating func drain() {
        drainStack()
        // Each round marks more, if only what the stack has room for.
        while hasOverflowed {
            hasOverflowed = false
            let marker = withUnsafeMutablePointer(to: &self) { $0 }
            heap.pointee.forEachCell(VM(raw: UnsafeMutableRawPointer(heap) - vmStateOffset)) { cell in
                if Marker.isMarked(cell) { marker.pointee.walkAgain(cell) }
                return true
            }
        }
    }

    private mutating func drainStack() {
        while let entry = stack.popLast() {
            if entry & 1 == 0 {
                markCell(entry)
            } else {
                trace(entry & ~1)
            }
        }
    }

    private mutating func walkAgain(_ cell: UInt) {
        let type = Value(bits: UInt64(cell)).objectType
        if type.flags.contains(.heapType) { markCell(UInt(bitPattern: type.ref)) }
        if type.ref.pointee.traceKind != .str || type.ref.pointee.extraStart != 0 { trace(cell) }
        drainStack()
    }

    private mutating func markWords(_ start: UInt, _ end: UInt) {
        var address = start
        while address < end {
            mark(Value(bits: UInt64(word(at: address).pointee)))
            address += 8
        }
    }

    @inline(__always) private mutating func trace(_ cell: UInt) {
        let value = Value(bits: UInt64(cell))
        let type = value.objectType
        switch type.ref.pointee.traceKind {
        case .leaf, .str: break
        case .words: markWords(cell + 8, cell + UInt(type.ref.pointee.fieldsEnd))
        case .tuple: markWords(cell + 16, cell + 16 + UInt(word(at: cell + 8).pointee) * 8)
        case .list:
            let list = value.cast(ListLayout.self)
            if let items = list.pointee.items {
                let start = UInt(bitPattern: items)
                _ = setMark(start - 16)
                markWords(start, start + UInt(list.pointee.count) * 8)
            }
        case .dict:
            if let table = value.cast(DictLayout.self).pointee.table, setMark(UInt(bitPattern: table)) { traceTable(table) }
        case .dictTable: traceTable(value.cast(DictTableLayout.self))
        case .set:
            let set = value.cast(SetLayout.self)
            if let table = set.pointee.table {
                if UInt(bitPattern: table) != cell + UInt(PySet.inlineOffset) { _ = setMark(UInt(bitPattern: table) - 16) }
                for i in 0...set.pointee.mask { mark(table[i].key) }
            }
        case .buffer: markConservatively(from: cell + 16, to: cell + 16 + UInt(value.cast(BufferLayout.self).pointee.byteCount))
        case .custom: withUnsafeMutablePointer(to: &self) { type.slots.trace?(MarkerRef(raw: UnsafeMutableRawPointer($0)), value) }
        }
        let extra = type.ref.pointee.extraStart
        if extra != 0 { traceExtra(cell, type, extra) }
    }

    private mutating func traceTable(_ table: UnsafeMutablePointer<DictTableLayout>) {
        let entries = table.pointee.entries
        for i in 0..<Int(table.pointee.used) {
            mark(entries[i].key)
            mark(entries[i].value)
        }
    }

    /// User slots and attribute words: all words to the end of the cell are values (zero-filled at birth).
    private mutating func traceExtra(_ cell: UInt, _ type: PyType, _ extra: UInt32) {
        let header = blockHeader(at: cell & ~0xFFFF)
        let size = header.pointee.kind == 1 ? UInt(header.pointee.cellSize) : UInt(header.pointee.mappedBytes) - firstCellOffset
        let start = extra == TypeLayout.extraAfterItems ? UInt(variableEnd(Value(bits: UInt64(cell)), type)) : UInt(extra)
        markWords(cell + start, cell + size)
    }
}

extension MarkerRef {
    /// For words that may be stale: marks the live cell that `word` points into, if there is one.
    public func markConservatively(_ word: UInt64) {
        let marker = raw.assumingMemoryBound(to: Marker.self)
        guard let recorder = marker.pointee.recorder else { return marker.pointee.markConservatively(UInt(word)) }
        let cell = marker.pointee.heap.pointee.cell(containing: UInt(word))
        if cell != 0 { recorder.pointee.append(Value(bits: UInt64(cell))) }
    }
    /// Marks what `value` refers to, if it refers to anything: what `trace` slots call for each field.
    public func mark(_ value: Value) {
        if !value.isObject { return }
        let marker = raw.assumingMemoryBound(to: Marker.self)
        if let recorder = marker.pointee.recorder { recorder.pointee.append(value) } else { marker.pointee.mark(value) }
    }
}

extension TypeLayout {
    /// `extraStart` of variable-size types: the attribute words lie after the items.
    static var extraAfterItems: UInt32 { .max }
    /// What stands for an offset where the field lies `bytes` behind the items: below zero.
    static func offsetAfterItems(_ bytes: Int) -> Int32 { -1 - Int32(bytes) }
}

/// Where the items of a variable-size object end, in bytes from its start, rounded up to a word.
@inline(never) func variableEnd(_ value: Value, _ type: PyType) -> Int {
    let flags = type.flags
    if flags.contains(.tupleSubclass) { return 16 + value.cast(TupleLayout.self).pointee.count * 8 }
    if flags.contains(.intSubclass) { return 16 + abs(value.cast(IntLayout.self).pointee.signedCount) * 8 }
    if flags.contains(.strSubclass) { return (24 + PyStr(value).byteCount + 1 + 7) & ~7 }
    if flags.contains(.bytesSubclass) { return (24 + value.cast(BytesLayout.self).pointee.count + 1 + 7) & ~7 }
    return Int(type.ref.pointee.basicSize)
}
