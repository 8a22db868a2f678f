// Growable memory for trivial records. A Swift array inside a class pays an exclusivity check and a retain per
// access; this pays a bounds check only, and no class metadata are made for each element type when a program starts.
// The one place in PySyntax where raw pointers are made (STYLE 10).

/// A growable run of trivial elements, indexed by `UInt32`: a reference, copied freely and freed by its owner's `deinit`.
/// Elements are never deinitialised: `Element` must be trivial.
public struct NodeStore<Element>: @unchecked Sendable {
    // Behind a pointer, because a stored `var` of a class pays an exclusivity check per access.
    // Safe: `base` owns room for `capacity` elements, of which the first `count` are initialised.
    @usableFromInline nonisolated(unsafe) let header: UnsafeMutablePointer<Storage>
    @inlinable var storage: Storage {
        @inline(__always) get { header.pointee }
        @inline(__always) nonmutating _modify { yield &header.pointee }
    }

    @usableFromInline
    struct Storage {
        @usableFromInline var base: UnsafeMutablePointer<Element>
        @usableFromInline var count: UInt32
        @usableFromInline var capacity: UInt32
        @usableFromInline
        init(base: UnsafeMutablePointer<Element>, count: UInt32, capacity: UInt32) {
            self.base = base
            self.count = count
            self.capacity = capacity
        }
    }

    public init() {
        precondition(_isPOD(Element.self), "NodeStore holds trivial records only")
        header = .allocate(capacity: 1)
        header.initialize(to: Storage(base: .allocate(capacity: 16), count: 0, capacity: 16))
    }

    /// Gives the memory back. - Precondition: no copy of this reference is used any more.
    public func free() {
        header.pointee.base.deallocate()
        header.deallocate()
    }

    /// The number of elements.
    @inlinable public var count: UInt32 { storage.count }

    /// The elements' memory, for passes that read every node. Valid until the next append; `count` elements.
    @inlinable public var elements: UnsafeMutablePointer<Element> { storage.base }

    @inlinable
    public subscript(index: UInt32) -> Element {
        precondition(index < storage.count)
        return storage.base[Int(index)]
    }

    /// Appends and returns the index of the new element. Amortised O(1).
    @inlinable
    @discardableResult
    public func append(_ element: Element) -> UInt32 {
        if storage.count == storage.capacity { grow() }
        let index = storage.count
        (storage.base + Int(index)).initialize(to: element)
        storage.count = index + 1
        return index
    }

    /// Changes an element in place. `body` must not touch the store.
    @inlinable
    public func update(_ index: UInt32, _ body: (inout Element) -> Void) {
        precondition(index < storage.count)
        body(&storage.base[Int(index)])
    }

    /// Drops the elements from `count` on (the parser takes back what a failed alternative made).
    @inlinable
    public func truncate(to count: UInt32) {
        precondition(count <= storage.count)
        storage.count = count
    }

    @usableFromInline @inline(never)
    func grow() {
        precondition(header.pointee.capacity < 1 << 30, "more than 2^30 nodes")
        resize(to: header.pointee.capacity * 2)
    }

    /// Makes room for `capacity` elements in all.
    func reserve(_ capacity: UInt32) {
        if capacity > header.pointee.capacity { resize(to: capacity) }
    }

    private func resize(to capacity: UInt32) {
        let base = UnsafeMutablePointer<Element>.allocate(capacity: Int(capacity))
        base.moveInitialize(from: header.pointee.base, count: Int(header.pointee.count))
        header.pointee.base.deallocate()
        header.pointee.base = base
        header.pointee.capacity = capacity
    }
}
