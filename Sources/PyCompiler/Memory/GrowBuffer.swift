// Growable memory for trivial records, owned by hand: the compiler's symbols, blocks and instructions live in a few of
// these, reused for every code object. The one place in PyCompiler where raw memory is allocated (STYLE 10).

/// A growable stack of trivial records. Copying the struct copies the reference: one owner, who calls `free()`.
struct GrowBuffer<Element> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count: Int
    private var capacity: Int

    init(capacity: Int = 64) {
        precondition(_isPOD(Element.self), "GrowBuffer holds trivial records only")
        self.capacity = max(capacity, 8)
        base = .allocate(capacity: self.capacity)
        count = 0
    }

    func free() { base.deallocate() }

    /// Safe: callers index below `count`; asserted in debug builds.
    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < count)
            yield &base[index]
        }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        (base + count).initialize(to: element)
        count += 1
    }

    @inline(__always)
    mutating func truncate(to newCount: Int) {
        assert(newCount <= count)
        count = newCount
    }

    @inline(__always)
    mutating func popLast() -> Element {
        assert(count > 0)
        count -= 1
        return base[count]
    }

    /// Makes `count` at least `newCount`, filling with `value`.
    @inline(__always)
    mutating func extend(to newCount: Int, filling value: Element) {
        if newCount <= count { return }
        if newCount > capacity { grow(to: newCount) }
        (base + count).initialize(repeating: value, count: newCount - count)
        count = newCount
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let newCapacity = max(capacity * 2, needed)
        let newBase = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
        newBase.moveInitialize(from: base, count: count)
        base.deallocate()
        base = newBase
        capacity = newCapacity
    }
}
