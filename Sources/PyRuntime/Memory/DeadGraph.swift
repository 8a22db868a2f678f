// What a marked heap left dead, as a graph: which of it CPython's reference counts would have freed by themselves, and which
// lies in cycles or hangs on them. `gc.collect()` counts the latter; `__del__` and weak references tell the two apart.
// CPython: `deduce_unreachable` in Modules/gcmodule.c finds the same set by subtracting internal references.
import CShims

struct DeadGraph {
    private(set) var cells = GrowableArray<UInt>()
    /// By number: references from dead cells that are not freed yet; `freed` once the cell's own count reached nothing,
    /// `alive` for cells that are none of ours. A block with dead cells has a run of numbers, one for each of its cells.
    private var incoming: UnsafeMutablePointer<Int32>
    private var referents = GrowableArray<Value>()
    private let heap: UnsafeMutablePointer<Heap>
    /// A page that is the first of a block.
    private var knownPage: UInt = 0

    private static var freed: Int32 { -1 }
    private static var alive: Int32 { -2 }

    /// Nil if more than `limit` cells are dead, or there is no memory: the graph would cost more than it is worth.
    /// - Precondition: marking is done, nothing is left to sweep.
    init?(_ vm: VM, limit: Int) {
        var found = GrowableArray<UInt>()
        var isComplete = true
        vm.heap.pointee.forEachCell(vm) { cell in
            if !Marker.isMarked(cell) { isComplete = found.count < limit && found.tryAppend(cell) }
            return isComplete
        }
        if !isComplete {
            found.free()
            return nil
        }
        cells = found
        heap = vm.heap
        // Cells of a block follow each other.
        var block: UInt = 0
        var total = 0
        for i in 0..<cells.count where cells[i] & ~0xFFFF != block {
            block = cells[i] & ~0xFFFF
            let header = blockHeader(at: block)
            header.pointee.deadNumber = UInt32(truncatingIfNeeded: total + 1)
            total += Int(header.pointee.cellCount)
        }
        guard let memory = taipan_allocate(max(1, total) * MemoryLayout<Int32>.stride) else {
            for i in 0..<cells.count { blockHeader(at: cells[i] & ~0xFFFF).pointee.deadNumber = 0 }
            cells.free()
            return nil
        }
        incoming = memory.bindMemory(to: Int32.self, capacity: total)
        incoming.initialize(repeating: DeadGraph.alive, count: total)
        for i in 0..<cells.count { incoming[place(cells[i])] = 0 }
        peel(vm)
    }

    mutating func free() {
        for i in 0..<cells.count { blockHeader(at: cells[i] & ~0xFFFF).pointee.deadNumber = 0 }
        cells.free()
        taipan_free(incoming)
        referents.free()
    }

    /// The number of a cell in a block that has numbers.
    @inline(__always) private func place(_ cell: UInt) -> Int {
        let header = blockHeader(at: cell & ~0xFFFF)
        let offset = UInt64(cell &- header.firstCell)
        return Int(header.pointee.deadNumber) - 1 + Int(truncatingIfNeeded: (offset &* header.pointee.reciprocal) >> 32)
    }

    /// The number of a dead cell, -1 if it is none: fields of the dead may never have been filled.
    @inline(__always) private mutating func number(_ cell: UInt) -> Int {
        if cell >> 16 != knownPage {
            guard let block = heap.pointee.block(owning: cell), block.start == cell & ~0xFFFF else { return -1 }
            knownPage = cell >> 16
        }
        let header = blockHeader(at: cell & ~0xFFFF)
        if header.pointee.deadNumber == 0 || cell < header.firstCell { return -1 }
        let n = place(cell)
        let index = n - Int(header.pointee.deadNumber) + 1
        if index >= Int(header.pointee.cellCount) || header.firstCell + UInt(index) * UInt(header.pointee.cellSize) != cell { return -1 }
        return incoming[n] == DeadGraph.alive ? -1 : n
    }

    /// Whether the dead cell lies in a cycle or is held by one.
    mutating func isCyclic(_ cell: UInt) -> Bool {
        let i = number(cell)
        return i >= 0 && incoming[i] != DeadGraph.freed
    }

    /// Frees, as reference counts would: what nothing dead refers to goes, and with it its references.
    private mutating func peel(_ vm: VM) {
        var marker = Marker(heap: vm.heap)
        for i in 0..<cells.count { forEachDeadReferent(cells[i], &marker) { graph, _, n in graph.incoming[n] += 1 } }
        var work = GrowableArray<UInt>()
        defer { work.free() }
        for i in 0..<cells.count where incoming[place(cells[i])] == 0 { work.append(cells[i]) }
        while let cell = work.popLast() {
            incoming[place(cell)] = DeadGraph.freed
            forEachDeadReferent(cell, &marker) { graph, target, n in
                graph.incoming[n] -= 1
                if graph.incoming[n] == 0 { work.append(target) }
            }
        }
    }

    @inline(__always)
    private mutating func forEachDeadReferent(_ cell: UInt, _ marker: inout Marker, _ body: (inout DeadGraph, UInt, Int) -> Void) {
        referents.count = 0
        marker.recordReferents(of: cell, into: &referents)
        let type = Value(bits: UInt64(cell)).objectType
        if type.flags.contains(.heapType) { referents.append(type.value) }
        for k in 0..<referents.count where referents[k].isObject {
            let target = UInt(referents[k].bits)
            let n = number(target)
            if n >= 0 && incoming[n] != DeadGraph.freed { body(&self, target, n) }
        }
    }
}
