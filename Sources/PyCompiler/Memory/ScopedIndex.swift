// "Which number has this name in the code object being made?" without hashing: a table by name id, whose entries are
// stamped with the unit that wrote them and restored when that unit ends.

struct ScopedIndex {
    private struct Change {
        var key: UInt32
        var old: UInt64
    }

    private var slots: GrowBuffer<UInt64>
    private var log: GrowBuffer<Change>

    init(capacity: Int) {
        slots = GrowBuffer(capacity: capacity + 64)
        slots.extend(to: capacity, filling: 0)
        log = GrowBuffer()
    }

    func release() {
        slots.free()
        log.free()
    }

    /// What unit `serial` (from 1) stored for `key`.
    @inline(__always)
    func find(_ key: UInt32, _ serial: UInt32) -> Int? {
        if Int(key) >= slots.count { return nil }
        let slot = slots[Int(key)]
        return UInt32(truncatingIfNeeded: slot >> 32) == serial ? Int(UInt32(truncatingIfNeeded: slot)) : nil
    }

    @inline(__always)
    mutating func set(_ key: UInt32, _ serial: UInt32, _ value: Int) {
        slots.extend(to: Int(key) + 1, filling: 0)
        log.append(Change(key: key, old: slots[Int(key)]))
        slots[Int(key)] = UInt64(serial) << 32 | UInt64(UInt32(truncatingIfNeeded: value))
    }

    var mark: Int { log.count }

    mutating func restore(to mark: Int) {
        while log.count > mark {
            let change = log.popLast()
            slots[Int(change.key)] = change.old
        }
    }
}
