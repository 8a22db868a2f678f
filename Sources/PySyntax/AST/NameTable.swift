// Interned identifiers: text to `NameID` and back. The tokenizer interns straight from the source bytes, so a name
// costs one hash and one comparison per occurrence and one allocation per distinct text.
import PyUnicode

/// Identifiers of one tree. Ids are dense from 0, so a table indexed by `NameID.raw` is an array. The first 38 ids are
/// the keywords and soft keywords, in the order of `ReservedWord`, whether or not they occur.
public final class NameTable: @unchecked Sendable {
    private struct Entry {
        var hash: UInt32
        var length: UInt32
        var offset: UInt32
    }

    private struct Slots {
        var base: UnsafeMutablePointer<UInt32>
        var mask: Int
    }

    private var texts: [PyText] = []
    private let entries = NodeStore<Entry>()
    /// The bytes of all names, one behind the other.
    private let pool = NodeStore<UInt8>()
    // Safe: owned; `mask + 1` initialised slots, each 0 (free) or id + 1.
    private let slots: UnsafeMutablePointer<Slots>

    public init() {
        let capacity = 512
        slots = .allocate(capacity: 1)
        let base = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        base.initialize(repeating: 0, count: capacity)
        slots.initialize(to: Slots(base: base, mask: capacity - 1))
        texts.reserveCapacity(192)
        let words: StaticString = """
            False None True and as assert async await break class continue def del elif else except finally for from \
            global if import in is lambda nonlocal not or pass raise return try while with yield match case _
            """
        let start = words.utf8Start
        var from = 0
        for index in 0...words.utf8CodeUnitCount where index == words.utf8CodeUnitCount || start[index] == 32 {
            _ = intern(start + from, count: index - from)
            from = index + 1
        }
    }

    deinit {
        slots.pointee.base.deallocate()
        slots.deallocate()
        entries.free()
        pool.free()
    }

    public var count: Int { Int(entries.count) }

    public subscript(id: NameID) -> PyText { texts[Int(id.raw)] }

    /// The id of `text`, new or known.
    public func intern(_ text: PyText) -> NameID {
        text.utf8.withUnsafeBufferPointer { bytes in
            if let start = bytes.baseAddress { return intern(start, count: bytes.count) }
            let nothing: StaticString = ""
            return intern(nothing.utf8Start, count: 0)
        }
    }

    /// The id of `text` if it is known.
    public func find(_ text: PyText) -> NameID? {
        text.utf8.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return nil }
            let hash = Self.hash(start, bytes.count)
            var index = Int(hash) & slots.pointee.mask
            while true {
                let slot = slots.pointee.base[index]
                if slot == 0 { return nil }
                if matches(slot - 1, hash, start, bytes.count) { return NameID(raw: slot - 1) }
                index = (index + 1) & slots.pointee.mask
            }
        }
    }

    /// The id of the name spelled by `count` bytes at `start`.
    func intern(_ start: UnsafePointer<UInt8>, count: Int) -> NameID {
        let hash = Self.hash(start, count)
        let table = slots.pointee
        var index = Int(hash) & table.mask
        while true {
            let slot = table.base[index]
            if slot == 0 { return insert(start, count, hash, at: index) }
            if matches(slot - 1, hash, start, count) { return NameID(raw: slot - 1) }
            index = (index + 1) & table.mask
        }
    }

    @inline(__always)
    private func matches(_ id: UInt32, _ hash: UInt32, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let entry = entries[id]
        if entry.hash != hash || Int(entry.length) != count { return false }
        // Safe: an entry's bytes lie inside the pool.
        let known = pool.header.pointee.base + Int(entry.offset)
        var index = 0
        while index < count {
            if known[index] != start[index] { return false }
            index += 1
        }
        return true
    }

    @inline(never)
    private func insert(_ start: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt32, at index: Int) -> NameID {
        let offset = pool.count
        for byte in 0..<count { _ = pool.append(start[byte]) }
        let id = entries.append(Entry(hash: hash, length: UInt32(truncatingIfNeeded: count), offset: offset))
        texts.append(PyText(utf8: Array(UnsafeBufferPointer(start: start, count: count))))
        slots.pointee.base[index] = id + 1
        if Int(entries.count) * 2 > slots.pointee.mask { rehash() }
        return NameID(raw: id)
    }

    private func rehash() {
        let capacity = (slots.pointee.mask + 1) * 4
        let base = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        base.initialize(repeating: 0, count: capacity)
        for id in 0..<entries.count {
            var index = Int(entries[id].hash) & (capacity - 1)
            while base[index] != 0 { index = (index + 1) & (capacity - 1) }
            base[index] = id + 1
        }
        slots.pointee.base.deallocate()
        slots.pointee = Slots(base: base, mask: capacity - 1)
    }

    @inline(__always)
    private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 &+ UInt64(truncatingIfNeeded: count)
        var index = 0
        while index + 8 <= count {
            hash = (hash ^ UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index += 8
        }
        var tail: UInt64 = 0
        while index < count {
            tail = tail << 8 | UInt64(start[index])
            index += 1
        }
        hash = (hash ^ tail) &* 0xFF51_AFD7_ED55_8CCD
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}

/// The 35 hard keywords, and the soft ones behind them. `rawValue - 1` is the `NameID` of the word in every table.
@frozen
public enum ReservedWord: UInt8, Sendable, CaseIterable {
    case none = 0
    case `False`, `None`, `True`, and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`, except
    case finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise, `return`, `try`
    case `while`, with, yield
    /// Soft: plain names to the tokenizer.
    case match, `case`, underscore

    /// The id of the word in every `NameTable`.
    public var name: NameID { NameID(raw: UInt32(rawValue) &- 1) }
    /// The first id that is no hard keyword.
    @inlinable static var hardCount: UInt32 { 35 }
}
