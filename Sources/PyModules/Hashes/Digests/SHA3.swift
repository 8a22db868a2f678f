// SHA-3 and SHAKE: the Keccak sponge (FIPS 202).

struct SHA3: Digest {
    static var blockSize: Int { 0 }
    /// Bytes absorbed per permutation.
    let rate: Int
    let digestSize: Int
    private let suffix: UInt8
    private var lanes = [UInt64](repeating: 0, count: 25)
    private var buffer: DigestBuffer

    /// SHA3-224, -256, -384 or -512 by their output in bytes.
    init(digestSize: Int) {
        self.digestSize = digestSize
        rate = 200 - 2 * digestSize
        suffix = 0x06
        buffer = DigestBuffer(size: rate)
    }

    /// SHAKE128 or SHAKE256.
    init(shake bits: Int) {
        digestSize = 0
        rate = 200 - bits / 4
        suffix = 0x1F
        buffer = DigestBuffer(size: rate)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = lanes
        buffer.feed(bytes) { Self.absorb(&state, $0) }
        lanes = state
    }

    func digest() -> [UInt8] { digest(count: digestSize) }

    /// The first `count` bytes of output.
    func digest(count: Int) -> [UInt8] {
        var state = lanes
        var last = buffer.pending
        last.append(suffix)
        last.append(contentsOf: repeatElement(0, count: rate - last.count))
        last[rate - 1] |= 0x80
        last.withUnsafeBytes { Self.absorb(&state, $0) }
        var out: [UInt8] = []
        out.reserveCapacity(count + rate)
        while out.count < count {
            for lane in 0..<rate / 8 { withUnsafeBytes(of: state[lane].littleEndian) { out.append(contentsOf: $0) } }
            if out.count < count { Self.permute(&state) }
        }
        return Array(out.prefix(count))
    }

    private static func absorb(_ state: inout [UInt64], _ block: UnsafeRawBufferPointer) {
        for lane in 0..<block.count / 8 { state[lane] ^= loadLittle64(block, lane) }
        permute(&state)
    }

    /// The round constants' linear feedback shift register (FIPS 202, 3.2.5).
    private static let roundConstants: [UInt64] = {
        var constants: [UInt64] = []
        var register: UInt8 = 1
        for _ in 0..<24 {
            var constant: UInt64 = 0
            for j in 0..<7 {
                if register & 1 == 1 { constant |= 1 << ((1 << UInt64(j)) - 1) }
                register = register & 0x80 != 0 ? register << 1 ^ 0x71 : register << 1
            }
            constants.append(constant)
        }
        return constants
    }()

    /// Keccak-f[1600].
    private static func permute(_ a: inout [UInt64]) {
        var column = [UInt64](repeating: 0, count: 5)
        for round in 0..<24 {
            for x in 0..<5 { column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] }
            for x in 0..<5 {
                let d = column[(x + 4) % 5] ^ rotateRight(column[(x + 1) % 5], 63)
                for y in stride(from: 0, to: 25, by: 5) { a[x + y] ^= d }
            }
            var (x, y) = (1, 0)
            var moving = a[1]
            for t in 0..<24 {
                (x, y) = (y, (2 * x + 3 * y) % 5)
                let rotation = UInt64((t + 1) * (t + 2) / 2 % 64)
                let rotated = rotation == 0 ? moving : rotateRight(moving, 64 - rotation)
                moving = a[x + 5 * y]
                a[x + 5 * y] = rotated
            }
            for y in stride(from: 0, to: 25, by: 5) {
                let row = (a[y], a[y + 1], a[y + 2], a[y + 3], a[y + 4])
                a[y] = row.0 ^ ~row.1 & row.2
                a[y + 1] = row.1 ^ ~row.2 & row.3
                a[y + 2] = row.2 ^ ~row.3 & row.4
                a[y + 3] = row.3 ^ ~row.4 & row.0
                a[y + 4] = row.4 ^ ~row.0 & row.1
            }
            a[0] ^= roundConstants[round]
        }
    }
}
