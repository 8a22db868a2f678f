// SHA-1 (FIPS 180-4, 6.1) and MD5 (RFC 1321).
import PyPlatform

struct SHA1: Digest {
    static var blockSize: Int { 64 }
    var digestSize: Int { 20 }
    private var h: (UInt32, UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0)
    private var buffer = DigestBuffer(size: 64)

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = h
        buffer.feed(bytes) { Self.compress(&state, $0) }
        h = state
    }

    func digest() -> [UInt8] {
        var state = h
        buffer.padded(lengthBytes: 8, bigEndian: true).withUnsafeBytes { tail in
            for start in stride(from: 0, to: tail.count, by: 64) {
                Self.compress(&state, UnsafeRawBufferPointer(rebasing: tail[start..<start + 64]))
            }
        }
        return [state.0, state.1, state.2, state.3, state.4].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }

    private static func compress(_ state: inout (UInt32, UInt32, UInt32, UInt32, UInt32), _ block: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { w in
            for t in 0..<16 { w[t] = loadBig32(block, t) }
            for t in 16..<80 { w[t] = rotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1) }
            var (a, b, c, d, e) = state
            for t in 0..<80 {
                let (f, k): (UInt32, UInt32) =
                    switch t / 20 {
                    case 0: (b & c | ~b & d, 0x5A82_7999)
                    case 1: (b ^ c ^ d, 0x6ED9_EBA1)
                    case 2: (b & c | b & d | c & d, 0x8F1B_BCDC)
                    default: (b ^ c ^ d, 0xCA62_C1D6)
                    }
                (e, d, c, b, a) = (d, c, rotateLeft(b, 30), a, rotateLeft(a, 5) &+ f &+ e &+ k &+ w[t])
            }
            state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
        }
    }
}

struct MD5: Digest {
    static var blockSize: Int { 64 }
    var digestSize: Int { 16 }
    private var h: (UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476)
    private var buffer = DigestBuffer(size: 64)
    /// floor(2^32 * abs(sin(i + 1))) (RFC 1321, 3.4).
    private static let sines: [UInt32] = (0..<64).map { UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296) }
    private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = h
        buffer.feed(bytes) { Self.compress(&state, $0) }
        h = state
    }

    func digest() -> [UInt8] {
        var state = h
        buffer.padded(lengthBytes: 8, bigEndian: false).withUnsafeBytes { tail in
            for start in stride(from: 0, to: tail.count, by: 64) {
                Self.compress(&state, UnsafeRawBufferPointer(rebasing: tail[start..<start + 64]))
            }
        }
        return [state.0, state.1, state.2, state.3].flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    private static func compress(_ state: inout (UInt32, UInt32, UInt32, UInt32), _ block: UnsafeRawBufferPointer) {
        var (a, b, c, d) = state
        sines.withUnsafeBufferPointer { sines in
            shifts.withUnsafeBufferPointer { shifts in
                for i in 0..<64 {
                    let (f, g): (UInt32, Int) =
                        switch i / 16 {
                        case 0: (b & c | ~b & d, i)
                        case 1: (d & b | ~d & c, (5 * i + 1) % 16)
                        case 2: (b ^ c ^ d, (3 * i + 5) % 16)
                        default: (c ^ (b | ~d), 7 * i % 16)
                        }
                    let sum = a &+ f &+ sines[i] &+ loadLittle32(block, g)
                    (a, d, c, b) = (d, c, b, b &+ rotateLeft(sum, shifts[i / 16 * 4 + i % 4]))
                }
            }
        }
        state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
    }
}
