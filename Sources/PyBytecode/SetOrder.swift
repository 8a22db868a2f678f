// The order in which CPython goes through a frozenset of constants: its hashes and its probing, without a runtime. Text
// is hashed as under PYTHONHASHSEED=0. CPython: Objects/setobject.c (set_add_entry), tuplehash. Rules: PEP 456.
import PyNumerics
import PyUnicode

enum SetOrder {
    /// The elements as CPython would list a frozenset made from them in this order. None, Ellipsis and code objects hash
    /// by address there, so that no order is right: they count as zero here.
    static func listed(_ items: [Constant]) -> [Constant] {
        if items.count < 2 { return items }
        var table = Table(slots: 8)
        for (index, item) in items.enumerated() { table.add(index, hash(item)) }
        return table.order.map { items[$0] }
    }

    /// Open addressing: ten neighbours in a row, then a jump that mixes in the hash's upper bits.
    private struct Table {
        private var slots: [(index: Int, hash: Int)?]
        private var used = 0

        init(slots count: Int) { slots = Array(repeating: nil, count: count) }

        var order: [Int] { slots.compactMap { $0?.index } }

        mutating func add(_ index: Int, _ hash: Int) {
            place(index, hash)
            used += 1
            if used * 5 < (slots.count - 1) * 3 { return }
            let wanted = used > 50000 ? used * 2 : used * 4
            var size = 8
            while size <= wanted { size *= 2 }
            let old = slots
            slots = Array(repeating: nil, count: size)
            for entry in old { if let entry { place(entry.index, entry.hash) } }
        }

        private mutating func place(_ index: Int, _ hash: Int) {
            let mask = UInt(slots.count - 1)
            var perturb = UInt(bitPattern: hash)
            var slot = perturb & mask
            while true {
                let last = slot + 9 <= mask ? slot + 9 : slot
                for candidate in slot...last where slots[Int(candidate)] == nil {
                    slots[Int(candidate)] = (index, hash)
                    return
                }
                perturb >>= 5
                slot = (slot &* 5 &+ 1 &+ perturb) & mask
            }
        }
    }

    static func hash(_ constant: Constant) -> Int {
        switch constant {
        case .none, .ellipsis, .code, .frozenset: return 0
        case .bool(let value): return value ? 1 : 0
        case .int(let value): return NumberHash.integer(value)
        case .bigInt(let value): return value.pythonHash
        case .float(let bits): return NumberHash.float(Double(bitPattern: bits)) ?? 0
        case .complex(let real, let imaginary):
            return NumberHash.complex(
                real: NumberHash.float(Double(bitPattern: real)) ?? 0,
                imaginary: NumberHash.float(Double(bitPattern: imaginary)) ?? 0)
        case .str(let text): return hash(text)
        case .bytes(let bytes): return bytes.withUnsafeBytes { HashKey(seed: 0).hash($0) }
        case .tuple(let items): return hash(tuple: items)
        }
    }

    /// Over the code points in one, two or four bytes each, whatever the widest needs.
    private static func hash(_ text: PyText) -> Int {
        let key = HashKey(seed: 0)
        if text.isASCII { return text.utf8.withUnsafeBytes { key.hash($0) } }
        let points = Array(text.codePoints)
        let widest = points.max() ?? 0
        if widest < 0x100 { return points.map { UInt8(truncatingIfNeeded: $0) }.withUnsafeBytes { key.hash($0) } }
        if widest < 0x10000 { return points.map { UInt16(truncatingIfNeeded: $0) }.withUnsafeBytes { key.hash($0) } }
        return points.withUnsafeBytes { key.hash($0) }
    }

    /// The xxHash rounds of CPython 3.8 and later.
    private static func hash(tuple items: [Constant]) -> Int {
        let start: UInt64 = 2_870_177_450_012_600_261
        var state = start
        for item in items {
            state = state &+ UInt64(bitPattern: Int64(hash(item))) &* 14_029_467_366_897_019_727
            state = (state << 31 | state >> 33) &* 11_400_714_785_074_694_791
        }
        state = state &+ (UInt64(items.count) ^ (start ^ 3_527_539))
        return state == .max ? 1_546_275_796 : Int(truncatingIfNeeded: state)
    }
}
