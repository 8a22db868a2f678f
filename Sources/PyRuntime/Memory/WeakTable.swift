// Which objects have weak references, and which have had their `__del__`: open-addressed tables keyed by address, kept
// outside the heap. Objects do not move, so addresses are identities.
import CShims

/// Map from an object's bits to the first `weakref` object's bits.
struct WeakTable {
    private var keys: UnsafeMutablePointer<UInt64>?
    private var values: UnsafeMutablePointer<UInt64>?
    private(set) var capacity = 0
    private(set) var count = 0
    private var filled = 0

    private static var removed: UInt64 { 1 }

    @inline(__always) private func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: ((key >> 4) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (capacity - 1)
    }

    func find(_ key: UInt64) -> UInt64 {
        guard let keys, let values, count > 0 else { return 0 }
        var i = slot(key)
        while keys[i] != 0 {
            if keys[i] == key { return values[i] }
            i = (i + 1) & (capacity - 1)
        }
        return 0
    }

    func contains(_ key: UInt64) -> Bool { find(key) != 0 }

    /// Without memory the process ends.
    mutating func set(_ key: UInt64, _ value: UInt64) {
        if !trySet(key, value) { taipan_out_of_memory() }
    }

    /// False where there is no memory for another entry.
    mutating func trySet(_ key: UInt64, _ value: UInt64) -> Bool {
        if filled * 2 >= capacity && !rehash() && filled + 1 >= capacity { return false }
        guard let keys, let values else { return false }
        var i = slot(key)
        while keys[i] > WeakTable.removed {
            if keys[i] == key {
                values[i] = value
                return true
            }
            i = (i + 1) & (capacity - 1)
        }
        // A removed slot may precede the key itself.
        var k = i
        while keys[k] != 0 {
            if keys[k] == key {
                values[k] = value
                return true
            }
            k = (k + 1) & (capacity - 1)
        }
        if keys[i] == 0 { filled += 1 }
        keys[i] = key
        values[i] = value
        count += 1
        return true
    }

    mutating func remove(_ key: UInt64) {
        guard let keys, let values, count > 0 else { return }
        var i = slot(key)
        while keys[i] != 0 {
            if keys[i] == key {
                keys[i] = WeakTable.removed
                values[i] = 0
                count -= 1
                return
            }
            i = (i + 1) & (capacity - 1)
        }
    }

    /// Calls `body(key, value)` for each entry; the result replaces the value, 0 removes the entry.
    mutating func update(_ body: (UInt64, UInt64) -> UInt64) {
        guard let keys, let values else { return }
        for i in 0..<capacity where keys[i] > WeakTable.removed {
            let value = body(keys[i], values[i])
            values[i] = value
            if value == 0 {
                keys[i] = WeakTable.removed
                count -= 1
            }
        }
    }

    func forEach(_ body: (UInt64, UInt64) -> Void) {
        guard let keys, let values else { return }
        for i in 0..<capacity where keys[i] > WeakTable.removed { body(keys[i], values[i]) }
    }

    private mutating func rehash() -> Bool {
        let oldKeys = keys, oldValues = values, oldCapacity = capacity
        let newCapacity = max(16, count * 4 <= capacity ? capacity : capacity * 2)
        guard let newKeys = taipan_allocate(newCapacity * 8) else { return false }
        guard let newValues = taipan_allocate(newCapacity * 8) else {
            taipan_free(newKeys)
            return false
        }
        capacity = newCapacity
        keys = newKeys.bindMemory(to: UInt64.self, capacity: capacity)
        keys?.initialize(repeating: 0, count: capacity)
        values = newValues.bindMemory(to: UInt64.self, capacity: capacity)
        values?.initialize(repeating: 0, count: capacity)
        count = 0
        filled = 0
        guard let oldKeys, let oldValues else { return true }
        for i in 0..<oldCapacity where oldKeys[i] > WeakTable.removed { set(oldKeys[i], oldValues[i]) }
        taipan_free(oldKeys)
        taipan_free(oldValues)
        return true
    }

    mutating func free() {
        taipan_free(keys)
        taipan_free(values)
        keys = nil
        values = nil
        capacity = 0
        count = 0
        filled = 0
    }
}

extension Heap {
    /// After marking from the roots: the weak references to dead objects are cleared; the callbacks of those that live are queued.
    mutating func clearDeadWeakReferences() {
        if weakRefs.count == 0 { return }
        var callbacks = pendingCallbacks
        weakRefs.update { key, first in
            if Marker.isMarked(UInt(key)) { return first }
            var current = first
            while current != 0 {
                let ref = Value(bits: current).cast(WeakRefLayout.self)
                let next = ref.pointee.next
                ref.pointee.referent = 0
                ref.pointee.next = 0
                if ref.pointee.callback.isObject && Marker.isMarked(UInt(current)) {
                    callbacks.append(ref.pointee.callback)
                    callbacks.append(Value(bits: current))
                }
                ref.pointee.callback = .null
                current = next
            }
            return 0
        }
        pendingCallbacks = callbacks
    }

    /// When nothing more will be marked: dead `weakref` objects leave the chains of what they refer to.
    mutating func dropDeadWeakReferences() {
        if weakRefs.count == 0 { return }
        weakRefs.update { _, first in
            var kept: UInt64 = 0
            var lastKept: UInt64 = 0
            var current = first
            while current != 0 {
                let ref = Value(bits: current).cast(WeakRefLayout.self)
                let next = ref.pointee.next
                if Marker.isMarked(UInt(current)) {
                    if lastKept == 0 { kept = current } else { Value(bits: lastKept).cast(WeakRefLayout.self).pointee.next = current }
                    ref.pointee.next = 0
                    lastKept = current
                }
                current = next
            }
            return kept
        }
    }
}
