// Allocation: a bump of the size class's cursor; the slow path finds the next free run, sweeps a block, maps a new one,
// or collects. CPython: Objects/obmalloc.c does this job for reference-counted memory.
import CShims

/// The size class of a cell of `size` bytes. - Precondition: 0 < size <= largestSmallCell.
@inlinable @inline(__always) func sizeClassIndex(_ size: Int) -> Int {
    size <= 512 ? (size &+ 15) >> 4 : bigSizeClassIndex(size)
}

@usableFromInline func bigSizeClassIndex(_ size: Int) -> Int {
    if size <= 1024 { return 33 &+ (size &- 513) >> 7 }
    if size <= 2048 { return 37 &+ (size &- 1025) >> 8 }
    if size <= 4096 { return 41 &+ (size &- 2049) >> 9 }
    var index = 45
    while sizeOfClass(index) < size { index &+= 1 }
    return index
}

@usableFromInline func sizeOfClass(_ index: Int) -> Int {
    if index <= 32 { return index * 16 }
    switch index {
    case 33: return 640
    case 34: return 768
    case 35: return 896
    case 36: return 1024
    case 37: return 1280
    case 38: return 1536
    case 39: return 1792
    case 40: return 2048
    case 41: return 2560
    case 42: return 3072
    case 43: return 3584
    case 44: return 4096
    case 45: return 5376
    case 46: return 6448
    case 47: return 8064
    case 48: return 9216
    case 49: return 10752
    case 50: return 12896
    case 51: return 16128
    case 52: return 21504
    default: return 32256
    }
}

extension VM {
    /// A cell of at least `size` bytes with its type word set and nothing else: the caller fills every field before the
    /// next allocation. NULL (nil) only when memory is exhausted: MemoryError is raised by `allocate`. May collect.
    @inlinable @inline(__always)
    public func allocateUninitialized(_ size: Int, _ type: PyType) -> UnsafeMutableRawPointer {
        if size <= 512 {
            let sizeClass = raw.assumingMemoryBound(to: SizeClass.self) + ((size &+ 15) >> 4)
            let cell = sizeClass.pointee.cursor
            let end = cell &+ UInt((size &+ 15) & ~15)
            if end <= sizeClass.pointee.limit {
                sizeClass.pointee.cursor = end
                // Safe: the run lies in a mapped block.
                let pointer = UnsafeMutableRawPointer(bitPattern: cell).unsafelyUnwrapped
                pointer.storeBytes(of: type, as: PyType.self)
                return pointer
            }
        }
        return allocateSlow(size, type)
    }

    /// Zeroed but for the type word. May collect.
    @inlinable @inline(__always)
    public func allocateZeroed(_ size: Int, _ type: PyType) -> UnsafeMutableRawPointer {
        let cell = allocateUninitialized(size, type)
        // The collector walks user slots to the end of the cell: all of it must be clear.
        let bytes = size <= 512 ? (size &+ 15) & ~15 : cellBytes(size)
        (cell + 8).initializeMemory(as: UInt8.self, repeating: 0, count: bytes &- 8)
        return cell
    }

    /// What a cell of at least `size` bytes really has.
    @usableFromInline func cellBytes(_ size: Int) -> Int { size > largestSmallCell ? size : sizeOfClass(sizeClassIndex(size)) }

    /// May collect. Never fails below sizes that `checkAllocation` lets through.
    @inline(never) public func allocateSlow(_ size: Int, _ type: PyType) -> UnsafeMutableRawPointer {
        let heap = self.heap
        if size > 512 && size <= largestSmallCell {
            // The classes that the inlined path does not know. Under stress `limit` is 0.
            let sizeClass = raw.assumingMemoryBound(to: SizeClass.self) + sizeClassIndex(size)
            let cell = sizeClass.pointee.cursor, end = cell &+ sizeClass.pointee.cellSize
            if end <= sizeClass.pointee.limit {
                sizeClass.pointee.cursor = end
                // Safe: the run lies in a mapped block.
                let pointer = UnsafeMutableRawPointer(bitPattern: cell).unsafelyUnwrapped
                pointer.storeBytes(of: type, as: PyType.self)
                return pointer
            }
        }
        if heap.pointee.shouldCollect(adding: size) { collectFromAllocation(size) }
        var cell: UInt
        if size > largestSmallCell {
            cell = heap.pointee.allocateLarge(size)
        } else {
            let sizeClass = raw.assumingMemoryBound(to: SizeClass.self) + sizeClassIndex(size)
            cell = heap.pointee.refill(sizeClass)
        }
        if cell == 0 { cell = allocateFromReserve(size) }
        // Nothing is left, not even what was kept back: there is no way on.
        if cell == 0 { taipan_out_of_memory() }
        let pointer = UnsafeMutableRawPointer(bitPattern: cell).unsafelyUnwrapped
        pointer.storeBytes(of: type, as: PyType.self)
        if heap.pointee.traces.isOn { traceAllocation(cell, size) }
        return pointer
    }

    /// The system gives nothing more: unless a collection finds enough, something of what was kept back is given up, and the
    /// program is told by a MemoryError at its next poll or its next question for memory.
    @inline(never) private func allocateFromReserve(_ size: Int) -> UInt {
        let heap = self.heap
        let isFirst = !heap.pointee.isScarce
        heap.pointee.isScarce = true
        defer { if isFirst { heap.pointee.isScarce = false } }
        let before = heap.pointee.bytesInUse
        collectForMemory()
        var cell: UInt = 0
        repeat {
            cell = size > largestSmallCell
                ? heap.pointee.allocateLarge(size)
                : heap.pointee.refill(raw.assumingMemoryBound(to: SizeClass.self) + sizeClassIndex(size))
        } while cell == 0 && heap.pointee.releaseReserve(max(size, Heap.reserveStep))
        if before - heap.pointee.liveBytes < Heap.reserveBytes {
            heap.pointee.owe()
            thread.pointee.requestPoll(.memory)
        }
        return cell
    }

    /// A collection, and what it frees goes back to the system. Where the last one is not long ago another finds nothing.
    private func collectForMemory() {
        if heap.pointee.isCollecting || heap.pointee.holdCount > 0 || heap.pointee.allocatedSinceCollection < 2 * Heap.reserveStep { return }
        collectGarbage()
        heap.pointee.finishSweep(self)
        heap.pointee.releaseSpares()
    }

    /// Counts memory outside the heap that an object holds until it is finalized: many such objects are a reason to collect.
    public func noteNativeMemory(_ bytes: Int) { heap.pointee.allocatedSinceCollection += bytes }

    /// To be asked before an allocation whose size depends on the program: MemoryError instead of a doomed attempt.
    /// Cost: a comparison for sizes below 64 KiB.
    @inlinable public func checkAllocation(_ size: Int) throws(Raised) {
        if size < 0 || size > 65536 || heap.pointee.memoryLimit != 0 { try checkLargeAllocation(size) }
    }

    @inline(never) public func checkLargeAllocation(_ size: Int) throws(Raised) {
        if size < 0 || size > 1 << 46 { throw raiseMemoryError() }
        if heap.pointee.owesMemoryError { throw raiseMemoryError() }
        let limit = heap.pointee.memoryLimit
        if limit != 0 && heap.pointee.bytesInUse + size > limit {
            collectGarbage()
            heap.pointee.finishSweep(self)
            if heap.pointee.bytesInUse + size > limit { throw raiseMemoryError() }
        }
        if size > 65536 {
            // The system's answer, before we promise. What is smaller the reserve has room for.
            if size > physicalMemoryBytes() * 2 { throw raiseMemoryError() }
            if heap.pointee.hasRoom(size) { return }
            collectForMemory()
            if !heap.pointee.hasRoom(size) { throw raiseMemoryError() }
        }
    }
}

extension Heap {
    /// Address space kept back for the end of memory; it is never touched. It is given up in steps.
    static var reserveBytes: Int { 32 << 20 }
    static var reserveStep: Int { 2 << 20 }

    /// If there is room for it.
    mutating func restoreReserve() {
        if reserveLeft == Heap.reserveBytes || isScarce { return }
        guard let whole = taipan_map_aligned(Heap.reserveBytes, Int(blockSize)) else { return }
        releaseReserve(reserveLeft)
        (reserve, reserveLeft) = (whole, Heap.reserveBytes)
    }

    /// Gives up `size` bytes of it or what is left; false if nothing is.
    @discardableResult mutating func releaseReserve(_ size: Int) -> Bool {
        guard let reserve, reserveLeft > 0 else { return false }
        let bytes = min(reserveLeft, (size + 65535) & ~65535)
        reserveLeft -= bytes
        taipan_unmap(reserve + reserveLeft, bytes)
        if reserveLeft == 0 { self.reserve = nil }
        return true
    }

    /// Whether `size` bytes can be mapped and what must be left is left.
    func hasRoom(_ size: Int) -> Bool {
        let wanted = (size + headroom + 131071) & ~65535
        if taipan_has_room(wanted) == 0 { return false }
        // Without a limit the system may still refuse what it will never have.
        if size <= 1 << 20 { return true }
        guard let trial = taipan_map_aligned(wanted, Int(blockSize)) else { return false }
        taipan_unmap(trial, wanted)
        return true
    }

    /// The blocks kept for the next large object go back to the system.
    mutating func releaseSpares() {
        if spareLargeBytes == 0 { return }
        for size in 1...Heap.largestSpare {
            while let block = spareLarge[size] {
                spareLarge[size] = block.pointee.next
                let bytes = block.pointee.mappedBytes
                spareLargeBytes -= bytes
                removePages(start: block.start, bytes: bytes)
                taipan_unmap(UnsafeMutableRawPointer(block.marks), bytes)
            }
        }
    }

    @inline(__always) mutating func shouldCollect(adding size: Int) -> Bool {
        if isCollecting || holdCount > 0 { return false }
        if stressInterval != 0 {
            stressCountdown -= 1
            if stressCountdown <= 0 {
                stressCountdown = stressInterval
                return true
            }
        }
        // Reference counts go on freeing when collections are off: then it takes four times as much (`settleSparingCycles`).
        return allocatedSinceCollection + size > (isEnabled ? threshold : threshold * 4) || finalizable.count > finalizableLimit
    }

    /// The next automatic collection comes within an eighth of a megabyte.
    mutating func collectSoon() { threshold = min(threshold, allocatedSinceCollection + (128 << 10)) }

    /// A cell from the next free run of the class. 0 = no memory.
    mutating func refill(_ sizeClass: UnsafeMutablePointer<SizeClass>) -> UInt {
        let size = sizeClass.pointee.cellSize
        while true {
            if sizeClass.pointee.cursor &+ size <= sizeClass.pointee.runEnd {
                let cell = sizeClass.pointee.cursor
                sizeClass.pointee.cursor = cell + size
                sizeClass.pointee.limit = slowsAllocation ? 0 : sizeClass.pointee.runEnd
                return cell
            }
            if sizeClass.pointee.nextRun != 0 {
                enterRun(sizeClass, sizeClass.pointee.nextRun)
                continue
            }
            if let block = sizeClass.pointee.unswept {
                sizeClass.pointee.unswept = block.pointee.next
                let run = sweep(block, sizeClass, keepsEmpty: true)
                if run != 0 { enterRun(sizeClass, run) }
                continue
            }
            guard let block = newBlock(sizeClass) else { return 0 }
            let bytes = UInt(block.pointee.cellCount) * UInt(block.pointee.cellSize)
            sizeClass.pointee.cursor = block.firstCell
            sizeClass.pointee.runEnd = block.firstCell + bytes
            sizeClass.pointee.nextRun = 0
            allocatedSinceCollection += Int(bytes)
        }
    }

    private mutating func enterRun(_ sizeClass: UnsafeMutablePointer<SizeClass>, _ run: UInt) {
        let bytes = word(at: run).pointee & ~1
        let next = word(at: run)[1]
        word(at: run).pointee = 0
        sizeClass.pointee.cursor = run
        sizeClass.pointee.runEnd = run + bytes
        sizeClass.pointee.nextRun = next
        allocatedSinceCollection += Int(bytes)
    }

    private mutating func newBlock(_ sizeClass: UnsafeMutablePointer<SizeClass>) -> UnsafeMutablePointer<BlockHeader>? {
        var isFresh = false
        guard let block = takeBlock(isFirst: sizeClass.pointee.blocks == nil, &isFresh) else { return nil }
        let size = UInt32(sizeClass.pointee.cellSize)
        // The sweep left word 0 of each of its cells clear. A fresh block is not read: that would map its page twice.
        let staleSize = isFresh || block.pointee.mappedBytes == 0 ? size : block.pointee.cellSize
        block.pointee.cellSize = size
        // Unoptimised code copies whole layouts of small objects: a few bytes past the last cell must be readable.
        block.pointee.cellCount = (UInt32(blockSize - firstCellOffset) - (size < 80 ? 80 : 0)) / size
        block.pointee.reciprocal = (UInt64(1) << 32) / UInt64(size) + 1
        block.pointee.kind = 1
        if staleSize != size {
            // A used block of other cells: stale words at the new cell boundaries would look like live cells.
            var cell = block.firstCell
            for _ in 0..<block.pointee.cellCount {
                word(at: cell).pointee = 0
                cell += UInt(size)
            }
        }
        block.pointee.mappedBytes = 1
        block.pointee.next = sizeClass.pointee.blocks
        sizeClass.pointee.blocks = block
        return block
    }

    /// A free block: a used one, else the next of a fresh mapping. The first block of a size stays half empty in a small
    /// program and comes in small pages; the others fill up.
    private mutating func takeBlock(isFirst: Bool, _ isFresh: inout Bool) -> UnsafeMutablePointer<BlockHeader>? {
        if let block = freeBlocks {
            freeBlocks = block.pointee.next
            freeBlockCount -= 1
            return block
        }
        let isUsedUp = isFirst ? fresh.isUsedUp : freshLarge.isUsedUp
        if isUsedUp && !isScarce && taipan_has_room(headroom) == 0 { return nil }
        isFresh = true
        var start = isFirst ? fresh.take() : freshLarge.take()
        if start == 0 && !isFirst { start = fresh.take() }
        guard start != 0 else { return nil }
        addPages(of: blockHeader(at: start), start: start, bytes: Int(blockSize))
        return blockHeader(at: start)
    }

    /// A spare large block of `bytes`, or up to an eighth more.
    private mutating func takeSpare(_ bytes: Int) -> UnsafeMutablePointer<BlockHeader>? {
        let wanted = bytes >> 16
        if wanted > Heap.largestSpare { return nil }
        for size in wanted...min(Heap.largestSpare, wanted + wanted >> 3) {
            guard let block = spareLarge[size] else { continue }
            spareLarge[size] = block.pointee.next
            spareLargeBytes -= block.pointee.mappedBytes
            return block
        }
        return nil
    }

    mutating func allocateLarge(_ size: Int) -> UInt {
        let bytes = (size + Int(firstCellOffset) + 65535) & ~65535
        if spareLargeBytes > 0, let block = takeSpare(bytes) {
            block.pointee.kind = 2
            block.pointee.next = largeBlocks
            largeBlocks = block
            allocatedSinceCollection += block.pointee.mappedBytes
            return block.firstCell
        }
        guard let memory = taipan_map_aligned(bytes, Int(blockSize)) else { return 0 }
        if bytes >= 2 * FreshBlocks.largePage { taipan_prefer_large_pages(memory, bytes) }
        let block = blockHeader(at: UInt(bitPattern: memory))
        block.pointee = BlockHeader(
            cellSize: 0, cellCount: 1, reciprocal: 0, sizeClass: 0, kind: 2, next: largeBlocks, mappedBytes: bytes)
        largeBlocks = block
        addPages(of: block, start: block.start, bytes: bytes)
        allocatedSinceCollection += bytes
        return block.firstCell
    }
}
