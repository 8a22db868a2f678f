// The interned strings (weak: a dead string leaves the table at a collection) and the type attribute cache.
import CShims

/// Open-addressed set of interned `str` objects.
public struct InternTable {
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var count = 0
    private var filled = 0
    private static var removed: UInt64 { 1 }

    init(_ heap: inout Heap) {
        // What an interpreter with `site` has at start fits.
        mask = 8191
        slots = heap.takeTable(blocks: 1).bindMemory(to: UInt64.self, capacity: 8192)
    }

    mutating func intern(_ value: Value, hash: Int) -> Value {
        if (filled + 1) * 3 > mask * 2 && !rehash() && filled >= mask { taipan_out_of_memory() }
        var i = hash & mask
        let str = PyStr(value)
        while slots[i] != 0 {
            if slots[i] != InternTable.removed {
                let other = PyStr(Value(bits: slots[i]))
                if other.ref.pointee.hash == hash && other.equals(str) { return other.value }
            }
            i = (i + 1) & mask
        }
        slots[i] = value.bits
        count += 1
        filled += 1
        str.ref.pointee.info |= PyStr.internedBit
        return value
    }

    /// The interned string of these ASCII bytes, NULL if there is none.
    func find(_ text: UnsafeBufferPointer<UInt8>, hash: Int) -> Value {
        var i = hash & mask
        while slots[i] != 0 {
            if slots[i] != InternTable.removed {
                let other = PyStr(Value(bits: slots[i]))
                if other.ref.pointee.hash == hash && other.count == text.count && other.kind == 1, let start = text.baseAddress,
                    bytesEqual(other.bytes, UnsafeMutablePointer(mutating: start), text.count)
                {
                    return other.value
                }
            }
            i = (i + 1) & mask
        }
        return .null
    }

    /// False where there is no memory for a larger table.
    private mutating func rehash() -> Bool {
        let old = slots
        let oldMask = mask
        let newMask = count * 3 > mask ? mask * 2 + 1 : mask
        guard let memory = taipan_map_aligned((newMask + 1) * 8, 4096) else { return false }
        mask = newMask
        slots = memory.bindMemory(to: UInt64.self, capacity: mask + 1)
        filled = count
        for k in 0...oldMask where old[k] > InternTable.removed {
            var i = PyStr(Value(bits: old[k])).ref.pointee.hash & mask
            while slots[i] != 0 { i = (i + 1) & mask }
            slots[i] = old[k]
        }
        taipan_unmap(old, (oldMask + 1) * 8)
        return true
    }

    /// After marking.
    mutating func removeUnmarked() {
        for k in 0...mask where slots[k] > InternTable.removed && !Marker.isMarked(UInt(slots[k])) {
            slots[k] = InternTable.removed
            count -= 1
        }
    }

    func free() { taipan_unmap(slots, (mask + 1) * 8) }
}

/// Direct-mapped: (type version, name) to the value found in the MRO, NULL = known to be absent.
public struct MethodCache {
    @usableFromInline struct Entry {
        @usableFromInline var version: UInt64
        @usableFromInline var name: Value
        @usableFromInline var value: Value
    }
    @usableFromInline let entries: UnsafeMutablePointer<Entry>
    @inlinable static var size: Int { 4096 }
    private static var blocks: Int { (MemoryLayout<Entry>.stride * size + Int(blockSize) - 1) / Int(blockSize) }

    init(_ heap: inout Heap) {
        entries = heap.takeTable(blocks: MethodCache.blocks).bindMemory(to: Entry.self, capacity: MethodCache.size)
    }

    @inlinable @inline(__always) func entry(_ version: UInt32, _ name: Value) -> UnsafeMutablePointer<Entry> {
        let mixed = UInt64(version) &* 0x9E37_79B9 ^ name.bits >> 4
        return entries + Int(truncatingIfNeeded: (mixed ^ mixed >> 12) & UInt64(MethodCache.size - 1))
    }

    func clear() {
        entries.update(repeating: Entry(version: 0, name: .null, value: .null), count: MethodCache.size)
    }

    func free() { taipan_unmap(entries, MethodCache.blocks * Int(blockSize)) }
}

/// Zeroed memory in pages of its own, which cost nothing until they are touched; give it back with `taipan_unmap`.
/// - Parameter touched: all of it will be read before it is written: it is written now, for a page that is read first is mapped twice.
func mapZeroed<Element>(of type: Element.Type, _ count: Int, touched: Bool = false) -> UnsafeMutablePointer<Element> {
    let bytes = MemoryLayout<Element>.stride * count
    guard let memory = taipan_map_aligned(bytes, 4096) else { taipan_out_of_memory() }
    if touched {
        var offset = 0
        while offset < bytes {
            memory.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
            offset += 4096
        }
    }
    return memory.bindMemory(to: Element.self, capacity: count)
}
