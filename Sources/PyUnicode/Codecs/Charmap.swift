// The single-byte charmaps of the `encodings` package, decoding side. CPython: Lib/encodings/cp1252.py and its kin.

/// A table of 256 code points, all in the basic plane.
public struct Charmap: Sendable {
    private let number: Int

    /// The charmap that encoding `name` (any alias, any spelling) means, or nil if it is no single-byte charmap.
    public init?(encoding name: String) {
        guard let module = EncodingName.module(name) else { return nil }
        self.init(module: module)
    }

    /// - Parameter module: as in `encodings.cp1252`: `cp1252`, `koi8_r`, `iso8859_15`, `mac_roman`.
    public init?(module: String) {
        let key = Array(module.utf8)
        let found = CharmapTables.names.withUTF8Buffer { names -> Int? in
            var at = 0
            for number in 0..<CharmapTables.count {
                var end = at
                while end < names.count && names[end] != 0x0A { end += 1 }
                if names[at..<end].elementsEqual(key) { return number }
                at = end + 1
            }
            return nil
        }
        guard let found else { return nil }
        number = found
    }

    /// What `byte` means, or nil if it means nothing.
    public subscript(byte: UInt8) -> UInt32? {
        let c = UnitTable(CharmapTables.tables).u3((number * 256 + Int(byte)) * 3)
        return c == 0xFFFE ? nil : UInt32(c)
    }

    /// Decodes `bytes` to UTF-8, or gives the index of the first byte that means nothing
    /// (`character maps to <undefined>`).
    public func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], CharmapUndefined> {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        for (i, byte) in bytes.enumerated() {
            guard let c = self[byte] else { return .failure(CharmapUndefined(index: i)) }
            PyText.append(c, to: &out)
        }
        return .success(out)
    }
}

/// A byte without meaning in a charmap.
public struct CharmapUndefined: Error, Sendable, Equatable {
    public let index: Int
}
