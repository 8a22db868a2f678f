// `dict` seen from Swift: the compact, insertion-ordered table. Methods, slots and views: Containers/Dict+*.swift.
// CPython: Objects/dictobject.c (the probing order is the same, so user `__eq__` sees the same calls).
//
//   DictTable cell:  header · indices (1 << bits, of 1/2/4 bytes: -1 empty, -2 deleted, else entry number) · entries

@frozen public struct PyDict {
    public let ref: UnsafeMutablePointer<DictLayout>
    /// - Precondition: a dict or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(DictLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }
    /// Entries to walk, deleted ones (NULL key) included; for `entry(at:)`.
    @inlinable @inline(__always) public var used: Int {
        guard let table = ref.pointee.table else { return 0 }
        return Int(table.pointee.used)
    }
    /// - Precondition: 0 <= i < used.
    @inlinable @inline(__always) public func entry(at i: Int) -> UnsafeMutablePointer<DictEntry> {
        // Safe: used > 0 implies a table.
        ref.pointee.table.unsafelyUnwrapped.pointee.entries + i
    }

    // MARK: Lookup

    /// The value for `key`, NULL if absent.
    /// - Throws: whatever `__hash__` and `__eq__` raise.
    @inlinable public func get(_ vm: VM, _ key: Value) throws(Raised) -> Value {
        if vm.isExactStr(key) { return try get(vm, key, hash: vm.strHash(PyStr(key))) }
        return try get(vm, key, hash: vm.hash(key))
    }

    @inlinable public func get(_ vm: VM, _ key: Value, hash: Int) throws(Raised) -> Value {
        guard let table = ref.pointee.table else { return .null }
        if table.pointee.strKeysOnly != 0 && vm.isExactStr(key) {
            let i = findStr(table, key, hash)
            return i < 0 ? .null : table.pointee.entries[i].value
        }
        let i = try find(vm, key, hash)
        return i < 0 ? .null : entry(at: i).pointee.value
    }

    /// For exact `str` keys: cannot raise when all keys are `str`; a dict with other keys compares them too, errors dropped.
    @inlinable public func getStr(_ vm: VM, _ key: Value) -> Value {
        guard let table = ref.pointee.table else { return .null }
        if table.pointee.strKeysOnly != 0 {
            let i = findStr(table, key, vm.strHash(PyStr(key)))
            return i < 0 ? .null : table.pointee.entries[i].value
        }
        return getStrSlow(vm, key)
    }

    @inline(never) public func getStrSlow(_ vm: VM, _ key: Value) -> Value {
        do { return try get(vm, key, hash: vm.strHash(PyStr(key))) } catch {
            vm.clearRaised()
            return .null
        }
    }

    /// The entry number of an exact `str` key in a table of such keys, or -1. For inline caches too.
    @inlinable public func findStr(_ table: UnsafeMutablePointer<DictTableLayout>, _ key: Value, _ hash: Int) -> Int {
        let mask = UInt(1) << UInt(table.pointee.indexBits) &- 1
        let entries = table.pointee.entries
        var perturb = UInt(bitPattern: hash)
        var i = perturb & mask
        let interned = PyStr(key).isInterned
        while true {
            let index = PyDict.index(table, i)
            if index >= 0 {
                let entry = entries + index
                let candidate = entry.pointee.key
                if candidate == key { return index }
                if entry.pointee.hash == hash {
                    let other = PyStr(candidate)
                    if !(interned && other.isInterned) && other.equals(PyStr(key)) { return index }
                }
            } else if index == -1 {
                return -1
            }
            perturb >>= 5
            i = (i &* 5 &+ perturb &+ 1) & mask
        }
    }

    /// The entry number of `key`, or -1. `__eq__` may change the dict: the search starts over when it did.
    @inline(never) public func find(_ vm: VM, _ key: Value, _ hash: Int) throws(Raised) -> Int {
        restart: while true {
            guard let table = ref.pointee.table else { return -1 }
            let mask = UInt(1) << UInt(table.pointee.indexBits) &- 1
            var perturb = UInt(bitPattern: hash)
            var i = perturb & mask
            while true {
                let index = PyDict.index(table, i)
                if index >= 0 {
                    let entry = table.pointee.entries + index
                    let candidate = entry.pointee.key
                    if candidate == key { return index }
                    if entry.pointee.hash == hash {
                        let equal = try vm.equalKeys(candidate, key)
                        if ref.pointee.table != table || entry.pointee.key != candidate { continue restart }
                        if equal { return index }
                    }
                } else if index == -1 {
                    return -1
                }
                perturb >>= 5
                i = (i &* 5 &+ perturb &+ 1) & mask
            }
        }
    }

    // MARK: Change

    /// May collect.
    @inlinable public func set(_ vm: VM, _ key: Value, _ value: Value) throws(Raised) {
        try set(vm, key, hash: vm.isExactStr(key) ? vm.strHash(PyStr(key)) : vm.hash(key), value)
    }

    public func set(_ vm: VM, _ key: Value, hash: Int, _ value: Value) throws(Raised) {
        if key.isSmallInt && setSmallInt(key, hash, value) { return }
        let isStr = vm.isExactStr(key)
        let index: Int
        if let table = ref.pointee.table, isStr && table.pointee.strKeysOnly != 0 {
            index = findStr(table, key, hash)
        } else {
            index = try find(vm, key, hash)
        }
        if index >= 0 {
            entry(at: index).pointee.value = value
            return
        }
        try insertNew(vm, key, hash: hash, isStr: isStr, value)
    }

    /// `self[key] = value` in one walk where no `__eq__` has to be asked and the table has room. False: nothing done.
    private func setSmallInt(_ key: Value, _ hash: Int, _ value: Value) -> Bool {
        guard let table = ref.pointee.table else { return false }
        let mask = UInt(1) << UInt(table.pointee.indexBits) &- 1
        let entries = table.pointee.entries
        var perturb = UInt(bitPattern: hash)
        var i = perturb & mask
        var free: UInt?
        while true {
            let index = PyDict.index(table, i)
            if index >= 0 {
                let entry = entries + index
                if entry.pointee.key == key {
                    entry.pointee.value = value
                    return true
                }
                // Another small int is another key; anything else of this hash may be equal.
                if entry.pointee.hash == hash && !entry.pointee.key.isSmallInt { return false }
            } else {
                if free == nil { free = i }
                if index == -1 { break }
            }
            perturb >>= 5
            i = (i &* 5 &+ perturb &+ 1) & mask
        }
        guard let free, table.pointee.used < table.pointee.capacity else { return false }
        let number = Int(table.pointee.used)
        table.pointee.strKeysOnly = 0
        ref.pointee.keysVersion = 0
        PyDict.setIndex(table, free, number)
        entries[number] = DictEntry(hash: hash, key: key, value: value)
        table.pointee.used = UInt32(truncatingIfNeeded: number &+ 1)
        ref.pointee.count &+= 1
        return true
    }

    /// Appends a key known to be absent. May collect.
    public func insertNew(_ vm: VM, _ key: Value, hash: Int, isStr: Bool, _ value: Value) throws(Raised) {
        var table = ref.pointee.table
        if table == nil || table.unsafelyUnwrapped.pointee.used == table.unsafelyUnwrapped.pointee.capacity {
            // Safe: checked for nil first. CPython grows to three times the live entries.
            try resize(vm, minimum: max(8, count * 3))
            table = ref.pointee.table
        }
        let t = table.unsafelyUnwrapped  // Safe: resize made one.
        if !isStr { t.pointee.strKeysOnly = 0 }
        ref.pointee.keysVersion = 0
        let number = Int(t.pointee.used)
        PyDict.place(t, hash: hash, number)
        t.pointee.entries[number] = DictEntry(hash: hash, key: key, value: value)
        t.pointee.used += 1
        ref.pointee.count += 1
    }

    /// Removes `key`; NULL if it was absent, else its value.
    public func remove(_ vm: VM, _ key: Value) throws(Raised) -> Value {
        let hash = try vm.isExactStr(key) ? vm.strHash(PyStr(key)) : vm.hash(key)
        let index = try find(vm, key, hash)
        return index < 0 ? .null : removeEntry(index)
    }

    /// Removes entry `number`, which is live. Its value.
    @discardableResult public func removeEntry(_ number: Int) -> Value {
        let table = ref.pointee.table.unsafelyUnwrapped  // Safe: there is a live entry.
        let entry = table.pointee.entries + number
        let mask = UInt(1) << UInt(table.pointee.indexBits) &- 1
        var perturb = UInt(bitPattern: entry.pointee.hash)
        var i = perturb & mask
        while PyDict.index(table, i) != number {
            perturb >>= 5
            i = (i &* 5 &+ perturb &+ 1) & mask
        }
        PyDict.setIndex(table, i, -2)
        let value = entry.pointee.value
        entry.pointee.key = .null
        entry.pointee.value = .null
        ref.pointee.count -= 1
        ref.pointee.keysVersion = 0
        return value
    }

    public func clear() {
        ref.pointee.table = nil
        ref.pointee.count = 0
        ref.pointee.keysVersion = 0
    }

    /// Walks live entries: start with `position = 0`; nil at the end. Insertions during the walk are seen, deletions skipped.
    @inlinable public func next(_ position: inout Int) -> (key: Value, value: Value)? {
        guard let table = ref.pointee.table else { return nil }
        while position < Int(table.pointee.used) {
            let entry = table.pointee.entries + position
            position += 1
            if !entry.pointee.key.isNull { return (entry.pointee.key, entry.pointee.value) }
        }
        return nil
    }

    // MARK: Tables

    @inlinable @inline(__always) static func indices(_ table: UnsafeMutablePointer<DictTableLayout>) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(table) + MemoryLayout<DictTableLayout>.size
    }
    @inlinable @inline(__always) static func index(_ table: UnsafeMutablePointer<DictTableLayout>, _ i: UInt) -> Int {
        let base = indices(table)
        switch table.pointee.indexShift {
        case 0: return Int(base.load(fromByteOffset: Int(i), as: Int8.self))
        case 1: return Int(base.load(fromByteOffset: Int(i) << 1, as: Int16.self))
        default: return Int(base.load(fromByteOffset: Int(i) << 2, as: Int32.self))
        }
    }
    static func setIndex(_ table: UnsafeMutablePointer<DictTableLayout>, _ i: UInt, _ number: Int) {
        let base = indices(table)
        switch table.pointee.indexShift {
        case 0: base.storeBytes(of: Int8(truncatingIfNeeded: number), toByteOffset: Int(i), as: Int8.self)
        case 1: base.storeBytes(of: Int16(truncatingIfNeeded: number), toByteOffset: Int(i) << 1, as: Int16.self)
        default: base.storeBytes(of: Int32(truncatingIfNeeded: number), toByteOffset: Int(i) << 2, as: Int32.self)
        }
    }
    /// Puts `number` at the first free index of the probe sequence of `hash`.
    @inline(__always) static func place(_ table: UnsafeMutablePointer<DictTableLayout>, hash: Int, _ number: Int) {
        let mask = UInt(1) << UInt(table.pointee.indexBits) &- 1
        var perturb = UInt(bitPattern: hash)
        var i = perturb & mask
        while index(table, i) >= 0 {
            perturb >>= 5
            i = (i &* 5 &+ perturb &+ 1) & mask
        }
        setIndex(table, i, number)
    }

    /// A table with an index of at least `minimum` slots (two thirds usable), live entries moved over. May collect.
    public func resize(_ vm: VM, minimum: Int) throws(Raised) {
        var bits = 3
        while 1 << bits < minimum { bits += 1 }
        if bits > 31 { throw vm.raiseMemoryError() }
        let table = try vm.newDictTable(indexBits: bits)
        var number = 0
        if let old = ref.pointee.table {
            table.pointee.strKeysOnly = old.pointee.strKeysOnly
            for k in 0..<Int(old.pointee.used) {
                let entry = old.pointee.entries[k]
                if entry.key.isNull { continue }
                PyDict.place(table, hash: entry.hash, number)
                table.pointee.entries[number] = entry
                number += 1
            }
        }
        table.pointee.used = UInt32(number)
        ref.pointee.table = table
        ref.pointee.keysVersion = 0
    }

    /// The version for inline caches: made on demand.
    @inlinable public func watchKeys(_ vm: VM) -> UInt64 {
        if ref.pointee.keysVersion == 0 {
            vm.state.pointee.nextDictVersion += 1
            ref.pointee.keysVersion = vm.state.pointee.nextDictVersion
        }
        return ref.pointee.keysVersion
    }

    /// Becomes what `other` is, which nobody else sees. - Precondition: empty.
    func takeEntries(of other: PyDict) {
        ref.pointee.table = other.ref.pointee.table
        ref.pointee.count = other.count
        ref.pointee.keysVersion = 0
    }

    /// A dict with the same entries in the same order. May collect.
    public func copy(_ vm: VM) throws(Raised) -> PyDict {
        let result = vm.newDict()
        guard let old = ref.pointee.table, count > 0 else { return result }
        if Int(old.pointee.used) == count {
            let table = try vm.newDictTable(indexBits: Int(old.pointee.indexBits))
            table.pointee.strKeysOnly = old.pointee.strKeysOnly
            table.pointee.used = old.pointee.used
            PyDict.indices(table).copyMemory(from: PyDict.indices(old), byteCount: 1 << (Int(old.pointee.indexBits) + Int(old.pointee.indexShift)))
            table.pointee.entries.update(from: old.pointee.entries, count: count)
            result.ref.pointee.table = table
            result.ref.pointee.count = count
            return result
        }
        result.ref.pointee.table = old
        result.ref.pointee.count = count
        try result.resize(vm, minimum: count * 3 / 2 + 1)
        return result
    }
}

extension VM {
    @inlinable @inline(__always) public func isDict(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.dictSubclass.rawValue != 0
    }

    /// An empty dict. May collect.
    @inlinable public func newDict() -> PyDict {
        let layout = allocateUninitialized(32, types.dict).assumingMemoryBound(to: DictLayout.self)
        layout.pointee.count = 0
        layout.pointee.table = nil
        layout.pointee.keysVersion = 0
        return PyDict(Value(layout))
    }

    /// An empty dict with room for `count` keys.
    public func newDict(capacity count: Int) throws(Raised) -> PyDict {
        let dict = newDict()
        if count > 5 { try dict.resize(self, minimum: count * 3 / 2 + 1) }
        return dict
    }

    func newDictTable(indexBits bits: Int) throws(Raised) -> UnsafeMutablePointer<DictTableLayout> {
        let slots = 1 << bits
        let shift = bits <= 7 ? 0 : bits <= 15 ? 1 : 2
        let usable = slots * 2 / 3
        let header = MemoryLayout<DictTableLayout>.size
        let size = header + slots << shift + usable * MemoryLayout<DictEntry>.stride
        try checkAllocation(size)
        let table = allocateUninitialized(header + (slots << shift) + usable * MemoryLayout<DictEntry>.stride, types.dictTable)
            .assumingMemoryBound(to: DictTableLayout.self)
        let indices = UnsafeMutableRawPointer(table) + header
        table.pointee.indexBits = UInt8(bits)
        table.pointee.indexShift = UInt8(shift)
        table.pointee.capacity = UInt32(usable)
        table.pointee.used = 0
        table.pointee.strKeysOnly = 1
        table.pointee.entries = (indices + (slots << shift)).assumingMemoryBound(to: DictEntry.self)
        indices.initializeMemory(as: UInt8.self, repeating: 0xFF, count: slots << shift)
        return table
    }
}
