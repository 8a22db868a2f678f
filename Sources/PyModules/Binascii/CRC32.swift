// The check sum of zip and gzip. CPython: Modules/binascii.c. Rules: RFC 1952 8.

enum CRC32 {
    static func sum(_ input: UnsafeBufferPointer<UInt8>, seed: UInt32) -> UInt32 {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { table in
            var crc = ~seed
            // A table pays once it is shorter than the input.
            guard input.count > 256 else {
                for byte in input { crc = step(crc ^ UInt32(byte)) }
                return ~crc
            }
            for i in 0..<256 { table[i] = step(UInt32(i)) }
            for byte in input { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
            return ~crc
        }
    }

    private static func step(_ value: UInt32) -> UInt32 {
        var crc = value
        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
        return crc
    }
}
