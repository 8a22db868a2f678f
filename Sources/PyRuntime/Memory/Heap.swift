// The heap's memory (DESIGN D2): 64 KiB blocks of equal cells, large cells in blocks of their own, and the table that
// says which addresses are ours. Allocation is in Heap+Allocate.swift, collection in Heap+Collect.swift and Marker.swift.
//
//   block (64 KiB aligned)
//   ┌───────────────┬──────────────┬───────┬───────┬─────
//   │ 4096 mark bits│ BlockHeader  │ cell  │ cell  │ ...        one bit per 16 bytes
//   └───────────────┴──────────────┴───────┴───────┴─────
//   0              512           1024
//
// Word 0 of a live cell is its type's address; of a free cell 0 or odd: (bytes of the free run) | 1, word 1 the next run.
import CShims

@frozen public struct BlockHeader {
    public var cellSize: UInt32
    public var cellCount: UInt32
    /// Multiplying an offset by this and shifting right 32 divides by `cellSize`.
    public var reciprocal: UInt64
    public var sizeClass: UInt32
    /// 1 small cells, 2 one large cell.
    public var kind: UInt32
    /// In a collection that was asked for: the number of the first cell plus one, 0 if all live (`DeadGraph`).
    public var deadNumber: UInt32 = 0
    /// The next block of the same size class, or the next large block.
    public var next: UnsafeMutablePointer<BlockHeader>?
    /// Bytes mapped (large); for small blocks 1 once cells have been used.
    public var mappedBytes: Int
}

@inlinable @inline(__always) var blockSize: UInt { 65536 }
@inlinable @inline(__always) var blockHeaderOffset: UInt { 512 }
@inlinable @inline(__always) var firstCellOffset: UInt { 1024 }

/// Where cells of one size come from. An array of these lies at the start of the memory that `vm` points to.
@frozen public struct SizeClass {
    /// The next free byte of the current run.
    public var cursor: UInt
    /// One past the run; equals `cursor` in stress mode, so that every allocation takes the slow path.
    public var limit: UInt
    /// The true end of the run.
    public var runEnd: UInt
    /// The next free run of the current block, 0 = none.
    public var nextRun: UInt
    public var cellSize: UInt
    public var blocks: UnsafeMutablePointer<BlockHeader>?
    public var unswept: UnsafeMutablePointer<BlockHeader>?
    public var padding: UInt
}

@inlinable @inline(__always) var sizeClassCount: Int { 54 }
/// Bytes; bigger cells get blocks of their own.
@inlinable @inline(__always) var largestSmallCell: Int { 32256 }

/// A stretch of mapped memory that blocks are taken from, one after the other.
struct FreshBlocks {
    private var start: UInt = 0
    private var end: UInt = 0
    private let isLarge: Bool

    init(large: Bool) { isLarge = large }

    static var largePage: Int { 2 << 20 }
    /// The next block needs another mapping.
    var isUsedUp: Bool { end - start < blockSize }

    /// The address of `count` blocks, at most sixteen; 0 if there is no memory. A megabyte is mapped at a time; what is large
    /// in one page of two where the system has such, for a fifth of the cost of 512 small ones.
    mutating func take(_ count: UInt = 1) -> UInt {
        if end - start < count * blockSize {
            unmap()
            let bytes = isLarge ? FreshBlocks.largePage : 1 << 20
            guard let memory = taipan_map_aligned(bytes, isLarge ? bytes : Int(blockSize)) else { return 0 }
            if isLarge { taipan_prefer_large_pages(memory, bytes) }
            start = UInt(bitPattern: memory)
            end = start + UInt(bytes)
        }
        start += count * blockSize
        return start - count * blockSize
    }

    /// Gives back what was not taken.
    mutating func unmap() {
        if end > start { taipan_unmap(UnsafeMutableRawPointer(word(at: start)), Int(end - start)) }
        start = end
    }
}

/// The collector's and the allocator's state; part of `VMState`.
public struct Heap {
    // Blocks
    var freeBlocks: UnsafeMutablePointer<BlockHeader>?
    /// Blocks mapped and never used: not even their headers were written. In small pages, in large pages.
    var fresh = FreshBlocks(large: false)
    var freshLarge = FreshBlocks(large: true)
    var freeBlockCount = 0
    var largeBlocks: UnsafeMutablePointer<BlockHeader>?
    /// Freed large blocks kept mapped for the next request of the same size (kind 0, pages still registered).
    /// Lists by size in blocks, 1 to `largestSpare`.
    let spareLarge: UnsafeMutablePointer<UnsafeMutablePointer<BlockHeader>?>
    static var largestSpare: Int { 256 }
    var spareLargeBytes = 0
    /// Open-addressed set: page number (address >> 16) to the block that owns the page.
    var pages: UnsafeMutablePointer<PageEntry>
    var pageMask: Int
    var pageCount = 0
    /// Entries that are not empty: pages and tombstones. A search ends at an empty one.
    var pageSlotsUsed = 0
    var lowestAddress: UInt = .max
    var highestAddress: UInt = 0

    // Accounting, in bytes
    /// Handed out since the last collection.
    public internal(set) var allocatedSinceCollection = 0
    /// Live after the last collection (an estimate until sweeping is through).
    public internal(set) var liveBytes = 0
    /// What is in use now, at most.
    public var bytesInUse: Int { liveBytes + allocatedSinceCollection }
    /// A collection starts when `allocatedSinceCollection` passes this.
    public internal(set) var threshold = Heap.minimumThreshold
    /// MemoryError beyond; 0 = no limit.
    public var memoryLimit = 0
    static var minimumThreshold: Int { 16 << 20 }

    // Control
    public internal(set) var isCollecting = false
    /// `gc.disable()`: automatic collections are off (they still happen before a MemoryError).
    public var isEnabled = true
    /// > 0: native code asked for no collection for a while (start-up).
    public var holdCount = 0
    /// Stress mode: collect at every Nth allocation and poison freed cells; 0 = off.
    public internal(set) var stressInterval = 0
    var stressCountdown = 0
    public internal(set) var collections = 0
    /// `tracemalloc`'s.
    var traces = AllocationTraces()
    /// No cells for the inlined path: every allocation comes by `allocateSlow`.
    var slowsAllocation: Bool { stressInterval != 0 || traces.isOn }

    // Roots and weak structures
    var rootRanges = GrowableArray<RootRange>()
    var roots = GrowableArray<Value>()
    var freeRootSlots = GrowableArray<Int>()
    /// Objects with `__del__` or a native destructor.
    var finalizable = GrowableArray<UInt>()
    /// More of them than this, and a collection is due whatever was allocated: finalizers must not pile up.
    var finalizableLimit = FinalizerPace().allowance
    /// The first of them that were there at the last collection, or were looked at since: see IdleCollection.swift.
    var finalizableSeen = 0
    /// A weak reference with a callback was made since.
    var hasNewCallback = false
    var shortWaits = 0
    /// No collection for the sake of an idle program before this time.
    var nextIdleCollection: Int64 = 0
    /// More of them than this, and the finished generators are dropped from the list.
    var finalizablePruneAt = FinalizerPace().allowance
    var finalizerPace = FinalizerPace()
    /// Dead objects whose `__del__` is to be called, and weakref callbacks as pairs (callback, weakref).
    var pendingDel = GrowableArray<Value>()
    var pendingCallbacks = GrowableArray<Value>()
    /// What of them was taken already.
    var pendingDelFirst = 0
    var pendingCallbackFirst = 0
    /// Weak references: open-addressed map from object address to the first `weakref`.
    var weakRefs = WeakTable()
    /// Objects whose `__del__` has been called (PEP 442: once).
    var finalized = WeakTable()
    /// The rows of builtins, `definitionsPerSlab` in each piece of memory.
    private(set) var definitionSlabs = GrowableArray<UnsafeMutablePointer<NativeDefinition>>()
    private(set) var definitionCount = 0
    private static var definitionsPerSlab: Int { Int(blockSize) / MemoryLayout<NativeDefinition>.stride }
    var markStack = GrowableArray<UInt>()
    /// See `allocateFromReserve`.
    var reserve: UnsafeMutableRawPointer?
    /// What is left of it.
    var reserveLeft = 0
    var isScarce = false
    /// Something was taken from the reserve and the program was not told by a MemoryError yet.
    private(set) var owesMemoryError = false

    init() {
        spareLarge = .allocate(capacity: Heap.largestSpare + 1)
        spareLarge.initialize(repeating: nil, count: Heap.largestSpare + 1)
        pageMask = 255
        pages = allocateOrEnd(256)
        pages.initialize(repeating: PageEntry(page: 0, block: nil), count: 256)
        markStack.reserve(Marker.leastStack)
        restoreReserve()
    }
}

struct PageEntry {
    var page: UInt
    var block: UnsafeMutablePointer<BlockHeader>?
}

struct RootRange {
    var start: UnsafeMutablePointer<Value>
    var count: Int
}

extension Heap {
    /// The next question whether memory can be had (`checkAllocation`) is answered no.
    mutating func owe() {
        owesMemoryError = true
        if memoryLimit == 0 { memoryLimit = .max }
    }
    mutating func settleDebt() {
        owesMemoryError = false
        if memoryLimit == .max { memoryLimit = 0 }
    }
    /// Address space that must be left after the heap has grown: for what is allocated outside of it, such as these tables when
    /// they next double.
    var headroom: Int {
        8 << 20 + 2 * (finalizable.capacity * 8 + (weakRefs.capacity + finalized.capacity) * 16 + pageMask * MemoryLayout<PageEntry>.stride)
    }
}

// MARK: - Definitions

extension Heap {
    func definition(_ i: Int) -> UnsafeMutablePointer<NativeDefinition> {
        definitionSlabs[i / Heap.definitionsPerSlab] + i % Heap.definitionsPerSlab
    }

    /// Zeroed memory beside the cells, `blocks` times 64 KiB, for a table that is there from the start; give it back with
    /// `taipan_unmap`.
    mutating func takeTable(blocks: Int) -> UnsafeMutableRawPointer {
        let start = freshLarge.take(UInt(blocks))
        if start == 0 { taipan_out_of_memory() }
        return UnsafeMutableRawPointer(word(at: start))
    }

    /// Room for one more, not initialised.
    mutating func newDefinition() -> UnsafeMutablePointer<NativeDefinition> {
        if definitionCount == definitionSlabs.count * Heap.definitionsPerSlab {
            let slab = takeTable(blocks: 1).bindMemory(to: NativeDefinition.self, capacity: Heap.definitionsPerSlab)
            definitionSlabs.append(slab)
        }
        definitionCount += 1
        return definition(definitionCount - 1)
    }

    mutating func freeDefinitions() {
        for i in 0..<definitionCount {
            definition(i).pointee.parameterNames?.deallocate()
            definition(i).pointee.parameterHasDefault?.deallocate()
        }
        for i in 0..<definitionSlabs.count { taipan_unmap(definitionSlabs[i], Int(blockSize)) }
        definitionSlabs.free()
        definitionCount = 0
    }
}

// MARK: - Blocks and pages

extension UnsafeMutablePointer where Pointee == BlockHeader {
    @inlinable @inline(__always) var start: UInt { UInt(bitPattern: self) &- blockHeaderOffset }
    @inlinable @inline(__always) var firstCell: UInt { start &+ firstCellOffset }
    @inlinable @inline(__always) var marks: UnsafeMutablePointer<UInt64> {
        // Safe: the block starts with its mark words.
        UnsafeMutablePointer<UInt64>(bitPattern: start).unsafelyUnwrapped
    }
}

@inline(__always) func blockHeader(at start: UInt) -> UnsafeMutablePointer<BlockHeader> {
    // Safe: `start` is a mapped block's address.
    UnsafeMutablePointer(bitPattern: start + blockHeaderOffset).unsafelyUnwrapped
}

@inline(__always) func word(at address: UInt) -> UnsafeMutablePointer<UInt> {
    // Safe: callers pass addresses of cells or stack words.
    UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
}

extension Heap {
    /// The block that owns the page of `address`, or nil.
    @inline(__always) func block(owning address: UInt) -> UnsafeMutablePointer<BlockHeader>? {
        if address &- lowestAddress >= highestAddress &- lowestAddress { return nil }
        let page = address >> 16
        var i = Int(truncatingIfNeeded: (page &* 0x9E37_79B9_7F4A_7C15) >> 32) & pageMask
        while true {
            let entry = pages[i]
            if entry.page == page { return entry.block }
            if entry.page == 0 { return nil }
            i = (i + 1) & pageMask
        }
    }

    mutating func addPages(of block: UnsafeMutablePointer<BlockHeader>, start: UInt, bytes: Int) {
        lowestAddress = min(lowestAddress, start)
        highestAddress = max(highestAddress, start + UInt(bytes))
        let pageTotal = (bytes + 65535) >> 16
        if (pageSlotsUsed + pageTotal) * 2 > pageMask { growPages(for: pageCount + pageTotal) }
        for k in 0..<pageTotal { insertPage((start >> 16) + UInt(k), block) }
        pageCount += pageTotal
    }

    private mutating func growPages(for needed: Int) {
        let old = pages
        let oldCount = pageMask + 1
        var size = oldCount
        while size < needed * 4 { size *= 2 }
        pages = allocateOrEnd(size)
        pages.initialize(repeating: PageEntry(page: 0, block: nil), count: size)
        pageMask = size - 1
        pageSlotsUsed = 0
        for i in 0..<oldCount where old[i].page > 1 { insertPage(old[i].page, old[i].block) }
        taipan_free(old)
    }

    private mutating func insertPage(_ page: UInt, _ block: UnsafeMutablePointer<BlockHeader>?) {
        var i = Int(truncatingIfNeeded: (page &* 0x9E37_79B9_7F4A_7C15) >> 32) & pageMask
        while pages[i].page > 1 { i = (i + 1) & pageMask }
        if pages[i].page == 0 { pageSlotsUsed += 1 }
        pages[i] = PageEntry(page: page, block: block)
    }

    /// Page 1 marks a removed entry.
    mutating func removePages(start: UInt, bytes: Int) {
        let pageTotal = (bytes + 65535) >> 16
        for k in 0..<pageTotal {
            let page = (start >> 16) + UInt(k)
            var i = Int(truncatingIfNeeded: (page &* 0x9E37_79B9_7F4A_7C15) >> 32) & pageMask
            while pages[i].page != page { i = (i + 1) & pageMask }
            pages[i] = PageEntry(page: 1, block: nil)
        }
        pageCount -= pageTotal
        if pageCount < 0 { pageCount = 0 }
    }

    /// The start of the live cell that contains `address`, or 0.
    func cell(containing address: UInt) -> UInt {
        guard let block = block(owning: address) else { return 0 }
        let first = block.firstCell
        if address < first { return 0 }
        if block.pointee.kind == 2 {
            return word(at: first).pointee & 1 == 0 && word(at: first).pointee != 0 ? first : 0
        }
        if block.pointee.kind != 1 { return 0 }
        let index = UInt(truncatingIfNeeded: (UInt64(address - first) &* block.pointee.reciprocal) >> 32)
        if index >= UInt(block.pointee.cellCount) { return 0 }
        let cell = first + index * UInt(block.pointee.cellSize)
        let header = word(at: cell).pointee
        return header != 0 && header & 1 == 0 ? cell : 0
    }
}
