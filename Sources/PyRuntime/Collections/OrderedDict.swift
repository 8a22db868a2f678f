// `collections.OrderedDict`: a dict whose entries may also move. The dict's table keeps insertion order already, so there is
// no list beside it. Slots and methods: OrderedDict+Type.swift. CPython: Objects/odictobject.c.
//
//   entries   · · · c d · e f       deleted entries at the front leave room for `move_to_end(key, last=False)`
//                   ▲ first live entry: remembered together with the table it was found in

struct OrderedDictLayout {
    var dict: DictLayout
    /// The table that `first` speaks of (kept alive, so that no other takes its address); NULL = none.
    var table: Value
    /// All entries before this small int are deleted ones.
    var first: Value
}

struct PyOrderedDict {
    let ref: UnsafeMutablePointer<OrderedDictLayout>
    /// - Precondition: an OrderedDict or an instance of a subclass.
    init(_ value: Value) { ref = value.cast(OrderedDictLayout.self) }
    var value: Value { Value(ref) }
    var dict: PyDict { PyDict(value) }

    /// The number of the first live entry; -1 if there is none. Amortised O(1).
    func firstEntry() -> Int {
        guard dict.count > 0, let table = dict.ref.pointee.table else { return -1 }
        var i = 0
        if ref.pointee.table == Value(table) && ref.pointee.first.isSmallInt { i = ref.pointee.first.smallInt }
        let used = Int(table.pointee.used)
        while i < used && table.pointee.entries[i].key.isNull { i += 1 }
        remember(i)
        return i < used ? i : -1
    }

    /// The number of the last live entry; -1 if there is none. Deleted entries behind it are given up.
    func lastEntry() -> Int {
        guard dict.count > 0, let table = dict.ref.pointee.table else { return -1 }
        let used = Int(table.pointee.used)
        var i = used - 1
        while i >= 0 && table.pointee.entries[i].key.isNull { i -= 1 }
        if i < 0 { return -1 }
        // Their index slots are not free again: the table's capacity pays for them.
        table.pointee.capacity -= UInt32(used - 1 - i)
        table.pointee.used = UInt32(i + 1)
        return i
    }

    private func remember(_ i: Int) {
        guard let table = dict.ref.pointee.table else { return }
        ref.pointee.table = Value(table)
        ref.pointee.first = Value(small: i)
    }

    /// Entry `number` becomes the last one. May collect.
    func moveToEnd(_ vm: VM, _ number: Int) throws(Raised) {
        if number == lastEntry() { return }
        let entry = dict.entry(at: number).pointee
        dict.removeEntry(number)
        try dict.insertNew(vm, entry.key, hash: entry.hash, isStr: vm.isExactStr(entry.key), entry.value)
    }

    /// Entry `number` becomes the first one. May collect.
    func moveToFront(_ vm: VM, _ number: Int) throws(Raised) {
        var first = firstEntry()
        if number == first { return }
        let entry = dict.entry(at: number).pointee
        dict.removeEntry(number)
        var room = false
        if let table = dict.ref.pointee.table { room = first > 0 && table.pointee.used < table.pointee.capacity }
        if !room { first = try makeRoomInFront(vm) }
        guard let table = dict.ref.pointee.table, first > 0 else { return }
        PyDict.place(table, hash: entry.hash, first - 1)
        table.pointee.entries[first - 1] = entry
        table.pointee.capacity -= 1
        dict.ref.pointee.count += 1
        dict.ref.pointee.keysVersion = 0
        remember(first - 1)
    }

    /// A new table with as many deleted entries in front as there are live ones. The first live entry's number. May collect.
    private func makeRoomInFront(_ vm: VM) throws(Raised) -> Int {
        let room = max(8, dict.count)
        let needed = dict.count + 2 * room
        var bits = 3
        while (1 << bits) * 2 / 3 < needed { bits += 1 }
        if bits > 31 { throw vm.raiseMemoryError() }
        let table = try vm.newDictTable(indexBits: bits)
        table.pointee.entries.update(repeating: DictEntry(hash: 0, key: .null, value: .null), count: room)
        var number = room
        if let old = dict.ref.pointee.table {
            table.pointee.strKeysOnly = old.pointee.strKeysOnly
            for i in 0..<Int(old.pointee.used) {
                let entry = old.pointee.entries[i]
                if entry.key.isNull { continue }
                PyDict.place(table, hash: entry.hash, number)
                table.pointee.entries[number] = entry
                number += 1
            }
        }
        table.pointee.used = UInt32(number)
        dict.ref.pointee.table = table
        dict.ref.pointee.keysVersion = 0
        remember(room)
        return room
    }
}
