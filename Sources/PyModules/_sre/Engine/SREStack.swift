// Growable memory of the matching engine. The only file of `_sre` that makes raw pointers (STYLE 10).

/// A stack of trivial records that keeps its memory between matches and has none before the first push. The owner frees it.
struct SREStack<Element: BitwiseCopyable> {
    private var memory: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private(set) var count = 0

    // Safe: asked for only when something was pushed.
    @inline(__always) private var base: UnsafeMutablePointer<Element> { memory.unsafelyUnwrapped }

    func free() { memory?.deallocate() }

    @inline(__always)
    mutating func push(_ element: Element) {
        if count == capacity { grow() }
        // Safe: count < capacity.
        (base + count).initialize(to: element)
        count += 1
    }

    @inline(__always)
    mutating func pop() -> Element {
        // Safe: callers pop only what they see by `count`.
        count -= 1
        return base[count]
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    @inline(__always)
    mutating func truncate(to height: Int) { count = height }

    @inline(never)
    private mutating func grow() {
        let wanted = capacity == 0 ? 32 : capacity * 2
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
        if let memory {
            larger.moveInitialize(from: memory, count: count)
            memory.deallocate()
        }
        memory = larger
        capacity = wanted
    }
}
