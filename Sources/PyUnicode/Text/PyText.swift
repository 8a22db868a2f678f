// Python text outside the heap: what tokens, names, constants and messages are made of. The runtime's `str` objects
// (PEP 393 kinds) are made from it. CPython: Objects/unicodeobject.c keeps one type for both.

/// A sequence of code points 0...0x10FFFF, lone surrogates included, held as UTF-8 in the `surrogatepass` form (a
/// surrogate is three bytes). Equality is by code points; never normalised, unlike Swift's `String`.
public struct PyText: Hashable, Sendable {
    /// UTF-8, surrogates encoded as three bytes each.
    public let utf8: [UInt8]
    public let isASCII: Bool

    /// - Precondition: `utf8` is UTF-8 in the `surrogatepass` form.
    @inlinable
    public init(utf8: [UInt8]) {
        self.utf8 = utf8
        var all: UInt8 = 0
        for byte in utf8 { all |= byte }
        isASCII = all < 0x80
    }

    @inlinable
    public init(_ string: String) { self.init(utf8: Array(string.utf8)) }

    @inlinable public static func == (a: PyText, b: PyText) -> Bool { a.utf8 == b.utf8 }
    @inlinable public func hash(into hasher: inout Hasher) { utf8.withUnsafeBytes { hasher.combine(bytes: $0) } }

    @inlinable public var isEmpty: Bool { utf8.isEmpty }

    /// The number of code points. O(n) unless ASCII.
    public var count: Int {
        if isASCII { return utf8.count }
        var n = 0
        for byte in utf8 where byte & 0xC0 != 0x80 { n += 1 }
        return n
    }

    /// For messages: lone surrogates become U+FFFD.
    public var string: String { String(decoding: utf8, as: UTF8.self) }
}

extension PyText: ExpressibleByStringLiteral {
    public init(stringLiteral value: StaticString) {
        self.init(utf8: value.withUTF8Buffer { Array($0) })
    }
}
