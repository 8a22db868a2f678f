// Encoding names: normalisation and aliases of the `encodings` package. CPython: Lib/encodings/__init__.py, aliases.py.

public enum EncodingName {
    /// `encodings.normalize_encoding`, lower-cased: runs of anything but ASCII letters, digits and `.` become one `_`.
    public static func normalize(_ name: String) -> String {
        var out: [UInt8] = []
        var gap = false
        for byte in name.utf8 {
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if lower &- 0x61 < 26 || lower &- 0x30 < 10 || lower == 0x2E {
                if gap && !out.isEmpty { out.append(0x5F) }
                out.append(lower)
                gap = false
            } else {
                gap = true
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The module of `encodings` that serves `name` (`latin-1` gives `latin_1`, `cp819` too), or nil if none does.
    public static func module(_ name: String) -> String? {
        let normal = normalize(name)
        if let module = alias(normal) { return module }
        let undotted = String(decoding: normal.utf8.map { $0 == 0x2E ? 0x5F : $0 }, as: UTF8.self)
        return undotted == normal ? nil : alias(undotted)
    }

    private static func alias(_ name: String) -> String? {
        guard !name.isEmpty else { return nil }
        var key = Array(name.utf8)
        key.append(0x3D)
        return CharmapTables.aliases.withUTF8Buffer { table in
            var at = 0
            while at < table.count {
                var end = at
                while end < table.count && table[end] != 0x0A { end += 1 }
                if table[at..<end].starts(with: key) {
                    return String(decoding: table[(at + key.count)..<end], as: UTF8.self)
                }
                at = end + 1
            }
            return nil
        }
    }
}
