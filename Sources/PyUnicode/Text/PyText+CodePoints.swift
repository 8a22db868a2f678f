// PyText as code points: iteration, building, identifiers, normalisation.

extension PyText {
    /// Appends one code point, surrogates included, to UTF-8 in the `surrogatepass` form.
    @inlinable
    public static func append(_ c: UInt32, to out: inout [UInt8]) {
        if c < 0x80 {
            out.append(UInt8(truncatingIfNeeded: c))
        } else if c < 0x800 {
            out.append(UInt8(truncatingIfNeeded: 0xC0 | c >> 6))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
        } else if c < 0x10000 {
            out.append(UInt8(truncatingIfNeeded: 0xE0 | c >> 12))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
        } else {
            out.append(UInt8(truncatingIfNeeded: 0xF0 | c >> 18 & 7))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 12 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | c & 0x3F))
        }
    }

    /// - Parameter codePoints: values above 0x10FFFF are a mistake of the caller and become nonsense, not a trap.
    public init(codePoints: some Sequence<UInt32>) {
        var out: [UInt8] = []
        out.reserveCapacity(codePoints.underestimatedCount)
        for c in codePoints { PyText.append(c, to: &out) }
        self.init(utf8: out)
    }

    public var codePoints: CodePointView { CodePointView(utf8: utf8) }

    /// The code points of UTF-8 in the `surrogatepass` form.
    public struct CodePointView: Sequence, Sendable {
        let utf8: [UInt8]

        public var underestimatedCount: Int { utf8.count / 4 }
        public func makeIterator() -> Iterator { Iterator(utf8: utf8) }

        public struct Iterator: IteratorProtocol, Sendable {
            let utf8: [UInt8]
            var index = 0

            init(utf8: [UInt8]) { self.utf8 = utf8 }

            @inline(__always)
            private mutating func trail() -> UInt32 {
                guard index < utf8.count else { return 0 }
                index += 1
                return UInt32(utf8[index - 1] & 0x3F)
            }

            public mutating func next() -> UInt32? {
                guard index < utf8.count else { return nil }
                let lead = UInt32(utf8[index])
                index += 1
                if lead < 0x80 { return lead }
                if lead < 0xE0 { return (lead & 0x1F) << 6 | trail() }
                if lead < 0xF0 { return (lead & 0x0F) << 12 | trail() << 6 | trail() }
                return (lead & 7) << 18 | trail() << 12 | trail() << 6 | trail()
            }
        }
    }

    /// `str.isidentifier`.
    public var isIdentifier: Bool {
        var first = true
        for c in codePoints {
            guard first ? UCD.isXIDStart(c) : UCD.isXIDContinue(c) else { return false }
            first = false
        }
        return !first
    }

    /// The text in `form`. ASCII text is its own normal form in all four.
    public func normalized(_ form: NormalizationForm) -> PyText {
        if isASCII || UCD.quickCheck(codePoints, form) == .yes { return self }
        return PyText(codePoints: UCD.normalize(codePoints, form))
    }
}
