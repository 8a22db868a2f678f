// What a marked heap left dead, as a graph: which of it CPython's reference counts would have freed by themselves, and which
// lies in cycles or hangs on them. `gc.collect()` counts the latter; `__del__` and weak references tell the two apart.
// CPython: `deduce_unreachable` in Modules/gcmodule.c finds the same set by subtracting internal references.

struct DeadGraph {
    private(set) var cells = GrowableArray<UInt>()
    /// References from dead cells that are not freed yet; `freed` once the cell's own count reached nothing.
    private var incoming = GrowableArray<Int32>()
    /// Open-addressed: cell number plus one, 0 = empty.
    private var slots: UnsafeMutablePointer<UInt32>
    private var mask: Int
    private var referents = GrowableArray<Value>()

    private static var freed: Int32 { -1 }

    /// Nil if more than `limit` cells are dead: the graph would cost more time and memory than it is worth.
    /// - Precondition: marking is done, nothing is left to sweep.
    init?(_ vm: VM, limit: Int) {
        var found = GrowableArray<UInt>()
        vm.heap.pointee.forEachCell(vm) { cell in
            if !Marker.isMarked(cell) { found.append(cell) }
            return found.count <= limit
        }
        if found.count > limit {
            found.free()
            return nil
        }
        cells = found
        var capacity = 16
        while capacity < cells.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        for i in 0..<cells.count {
            incoming.append(0)
            var slot = hash(cells[i])
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: i + 1)
        }
        peel(vm)
    }

    mutating func free() {
        cells.free()
        incoming.free()
        referents.free()
        slots.deallocate()
    }

    private func hash(_ cell: UInt) -> Int { Int(truncatingIfNeeded: ((cell >> 4) &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask }

    /// The number of a dead cell, -1 if it is none.
    private func number(_ cell: UInt) -> Int {
        var slot = hash(cell)
        while slots[slot] != 0 {
            let i = Int(slots[slot]) - 1
            if cells[i] == cell { return i }
            slot = (slot + 1) & mask
        }
        return -1
    }

    /// Whether the dead cell lies in a cycle or is held by one.
    func isCyclic(_ cell: UInt) -> Bool {
        let i = number(cell)
        return i >= 0 && incoming[i] != DeadGraph.freed
    }

    /// Frees, as reference counts would: what nothing dead refers to goes, and with it its references.
    private mutating func peel(_ vm: VM) {
        var marker = Marker(heap: vm.heap)
        for i in 0..<cells.count { forEachDeadReferent(i, &marker) { $0.incoming[$1] += 1 } }
        var work = GrowableArray<Int>()
        defer { work.free() }
        for i in 0..<cells.count where incoming[i] == 0 { work.append(i) }
        while let i = work.popLast() {
            incoming[i] = DeadGraph.freed
            forEachDeadReferent(i, &marker) { graph, k in
                graph.incoming[k] -= 1
                if graph.incoming[k] == 0 { work.append(k) }
            }
        }
    }

    private mutating func forEachDeadReferent(_ i: Int, _ marker: inout Marker, _ body: (inout DeadGraph, Int) -> Void) {
        let cell = cells[i]
        referents.count = 0
        marker.recordReferents(of: cell, into: &referents)
        let type = Value(bits: UInt64(cell)).objectType
        if type.flags.contains(.heapType) { referents.append(type.value) }
        for k in 0..<referents.count where referents[k].isObject {
            let target = number(UInt(referents[k].bits))
            if target >= 0 && incoming[target] != DeadGraph.freed { body(&self, target) }
        }
    }
}
