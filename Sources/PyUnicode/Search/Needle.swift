// Searching a text for a text of perhaps another kind: the needle is widened once to the haystack's width.

/// What to look for, in the width of the text to look in.
public struct Needle: ~Copyable {
    private let base: UnsafeRawPointer
    private let owned: UnsafeMutableRawPointer?
    public let count: Int
    /// False: a code point of the needle does not fit the text's width, so it occurs nowhere (unless empty).
    public let fits: Bool

    /// - Parameters: needle: must outlive this value; kind: of the texts to search.
    public init(_ needle: TextView, in kind: Int) {
        count = needle.count
        if needle.kind == kind {
            (base, owned, fits) = (needle.base, nil, true)
        } else if needle.kind > kind {
            (base, owned, fits) = (needle.base, nil, needle.count == 0)
        } else {
            let buffer = UnsafeMutableRawPointer.allocate(byteCount: max(1, needle.count * kind), alignment: 8)
            needle.copy(to: buffer, kind: kind)
            (base, owned, fits) = (UnsafeRawPointer(buffer), buffer, true)
        }
    }

    deinit { owned?.deallocate() }

    /// The first occurrence inside `text[start..<end]`, or -1.
    public func find(in text: TextView, _ start: Int, _ end: Int) -> Int {
        guard fits, start <= end else { return -1 }
        switch text.kind {
        case 1: return TextSearch.find(pointer(UInt8.self), count, text.bytes, start, end)
        case 2: return TextSearch.find(pointer(UInt16.self), count, text.words, start, end)
        default: return TextSearch.find(pointer(UInt32.self), count, text.longs, start, end)
        }
    }

    public func findLast(in text: TextView, _ start: Int, _ end: Int) -> Int {
        guard fits, start <= end else { return -1 }
        switch text.kind {
        case 1: return TextSearch.findLast(pointer(UInt8.self), count, text.bytes, start, end)
        case 2: return TextSearch.findLast(pointer(UInt16.self), count, text.words, start, end)
        default: return TextSearch.findLast(pointer(UInt32.self), count, text.longs, start, end)
        }
    }

    public func count(in text: TextView, _ start: Int, _ end: Int, limit: Int = .max) -> Int {
        guard fits, start <= end else { return 0 }
        switch text.kind {
        case 1: return TextSearch.count(pointer(UInt8.self), count, text.bytes, start, end, limit: limit)
        case 2: return TextSearch.count(pointer(UInt16.self), count, text.words, start, end, limit: limit)
        default: return TextSearch.count(pointer(UInt32.self), count, text.longs, start, end, limit: limit)
        }
    }

    /// Whether the needle stands at `index`. - Precondition: `index + count <= text.count`, `index >= 0`.
    public func matches(_ text: TextView, at index: Int) -> Bool {
        guard fits else { return false }
        let bytes = count * text.kind
        let a = base, b = text.base + index * text.kind
        var i = 0
        while i &+ 8 <= bytes {
            if a.loadUnaligned(fromByteOffset: i, as: UInt64.self) != b.loadUnaligned(fromByteOffset: i, as: UInt64.self) {
                return false
            }
            i &+= 8
        }
        while i < bytes {
            if a.load(fromByteOffset: i, as: UInt8.self) != b.load(fromByteOffset: i, as: UInt8.self) { return false }
            i &+= 1
        }
        return true
    }

    private func pointer<U>(_: U.Type) -> UnsafePointer<U> { base.assumingMemoryBound(to: U.self) }
}
