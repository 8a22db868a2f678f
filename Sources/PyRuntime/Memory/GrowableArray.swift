// What the collector keeps its own lists in: memory outside the heap that may be asked for in vain.
import CShims

/// A malloc'd array of trivial elements.
struct GrowableArray<Element> {
    private(set) var base: UnsafeMutablePointer<Element>?
    var count = 0
    private(set) var capacity = 0

    @inline(__always) subscript(i: Int) -> Element {
        get { base.unsafelyUnwrapped[i] }  // Safe: callers keep 0 <= i < count.
        nonmutating set { base.unsafelyUnwrapped[i] = newValue }
    }
    @inline(__always) mutating func append(_ element: Element) {
        if count == capacity { reserve(count + 1) }
        base.unsafelyUnwrapped[count] = element  // Safe: reserve() made room.
        count += 1
    }
    /// False where there is no memory for it.
    @inline(__always) mutating func tryAppend(_ element: Element) -> Bool {
        if count == capacity && !tryReserve(count + 1) { return false }
        base.unsafelyUnwrapped[count] = element  // Safe: tryReserve() made room.
        count += 1
        return true
    }
    @inline(__always) mutating func popLast() -> Element? {
        if count == 0 { return nil }
        count -= 1
        return base.unsafelyUnwrapped[count]
    }
    /// Room for `wanted` elements. Without memory the process ends.
    mutating func reserve(_ wanted: Int) {
        if !tryReserve(wanted) { taipan_out_of_memory() }
    }
    /// Room for `wanted` elements, if there is memory.
    @inline(never) mutating func tryReserve(_ wanted: Int) -> Bool {
        if wanted <= capacity { return true }
        let newCapacity = max(wanted, 16, capacity * 2)
        guard let memory = taipan_allocate(newCapacity * MemoryLayout<Element>.stride) else { return false }
        let bigger = memory.bindMemory(to: Element.self, capacity: newCapacity)
        if let base {
            bigger.update(from: base, count: count)
            taipan_free(base)
        }
        base = bigger
        capacity = newCapacity
        return true
    }
    /// `wanted` elements, each of them `element`.
    mutating func fill(_ wanted: Int, with element: Element) {
        count = 0
        reserve(wanted)
        base?.update(repeating: element, count: wanted)
        count = wanted
    }
    mutating func free() {
        taipan_free(base)
        base = nil
        count = 0
        capacity = 0
    }
}

/// Memory for `count` elements, not initialised, to be freed by `taipan_free`. Without memory the process ends.
func allocateOrEnd<Element>(_ count: Int) -> UnsafeMutablePointer<Element> {
    guard let memory = taipan_allocate(count * MemoryLayout<Element>.stride) else { taipan_out_of_memory() }
    return memory.bindMemory(to: Element.self, capacity: count)
}
