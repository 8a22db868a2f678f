// A trivial reference to a `NodeStore` for the tokenizer and parser: no retain, no release, no class metadata.

/// Appends to and reads from a store that someone else keeps alive.
struct StoreHandle<Element> {
    // Safe: valid while the store lives, which the owner of the handle guarantees.
    let header: UnsafeMutablePointer<NodeStore<Element>.Storage>

    @inline(__always) var count: UInt32 { header.pointee.count }

    @inline(__always)
    subscript(index: UInt32) -> Element {
        precondition(index < header.pointee.count)
        return header.pointee.base[Int(index)]
    }

    @inline(__always) @discardableResult
    func append(_ element: Element) -> UInt32 {
        if header.pointee.count == header.pointee.capacity { NodeStore<Element>.grow(header) }
        let index = header.pointee.count
        (header.pointee.base + Int(index)).initialize(to: element)
        header.pointee.count = index + 1
        return index
    }

    /// Changes an element in place.
    @inline(__always)
    func update(_ index: UInt32, _ body: (inout Element) -> Void) {
        precondition(index < header.pointee.count)
        body(&header.pointee.base[Int(index)])
    }

    @inline(__always)
    func truncate(to count: UInt32) {
        precondition(count <= header.pointee.count)
        header.pointee.count = count
    }
}

extension NodeStore {
    /// A handle that is valid while this store lives.
    var handle: StoreHandle<Element> { StoreHandle(header: header) }

    /// Makes room for `capacity` elements in all.
    func reserve(_ capacity: UInt32) {
        guard capacity > header.pointee.capacity else { return }
        Self.resize(header, to: capacity)
    }
}
