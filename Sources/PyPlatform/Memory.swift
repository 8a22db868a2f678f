// Memory straight from the system for the runtime's heap and stacks.

/// The size of a page in bytes.
public func pageSize() -> Int { sysconf(Int32(_SC_PAGESIZE)) }

#if canImport(Darwin)
private let anonymousMapping = MAP_PRIVATE | MAP_ANON
private let reservedMapping = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
#else
private let anonymousMapping = MAP_PRIVATE | MAP_ANONYMOUS
private let reservedMapping = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
#endif

/// Zeroed memory of `size` bytes at a multiple of `alignment` (a power of two, at least a page); nil when there is no more.
/// Pages cost nothing until touched.
public func mapMemory(size: Int, alignment: Int) -> UnsafeMutableRawPointer? {
    // Safe: the surplus of an over-long mapping is given back on both sides, what remains is exactly [start, start + size).
    let total = size + alignment
    guard let base = mmap(nil, total, PROT_READ | PROT_WRITE, reservedMapping, -1, 0), base != MAP_FAILED else { return nil }
    let address = UInt(bitPattern: base)
    let start = (address + UInt(alignment) - 1) & ~(UInt(alignment) - 1)
    let head = Int(start - address)
    if head > 0 { munmap(base, head) }
    let tail = total - head - size
    if tail > 0 { munmap(base + head + size, tail) }
    return base + head
}

/// Gives memory from `mapMemory` back.
public func unmapMemory(_ base: UnsafeMutableRawPointer, size: Int) { munmap(base, size) }

/// Tells the system that the contents of these whole pages are no longer needed; they read as zero or as they were.
public func discardMemory(_ base: UnsafeMutableRawPointer, size: Int) {
    #if canImport(Darwin)
    madvise(base, size, MADV_FREE)
    #else
    madvise(base, size, MADV_DONTNEED)
    #endif
}
