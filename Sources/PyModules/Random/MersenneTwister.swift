// MT19937 on memory it is given. Matsumoto and Nishimura, "Mersenne Twister" (1998), with their 2002 initialisation.

/// The generator's 624 words and its position, wherever they lie.
struct MersenneTwister {
    static var size: Int { 624 }
    let words: UnsafeMutablePointer<UInt32>
    let index: UnsafeMutablePointer<Int>

    func seed(_ s: UInt32) {
        words[0] = s
        for i in 1..<MersenneTwister.size {
            let previous = words[i - 1]
            words[i] = 1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(i)
        }
        index.pointee = MersenneTwister.size
    }

    func seed(key: [UInt32]) {
        seed(19_650_218)
        let n = MersenneTwister.size
        var i = 1, j = 0
        for _ in 0..<max(n, key.count) {
            let previous = words[i - 1]
            words[i] = (words[i] ^ (previous ^ previous >> 30) &* 1_664_525) &+ key[j] &+ UInt32(j)
            i += 1
            j += 1
            if i >= n {
                words[0] = words[n - 1]
                i = 1
            }
            if j >= key.count { j = 0 }
        }
        for _ in 0..<n - 1 {
            let previous = words[i - 1]
            words[i] = (words[i] ^ (previous ^ previous >> 30) &* 1_566_083_941) &- UInt32(i)
            i += 1
            if i >= n {
                words[0] = words[n - 1]
                i = 1
            }
        }
        words[0] = 0x8000_0000
    }

    @inline(__always) private func mix(_ a: UInt32, _ b: UInt32, _ far: UInt32) -> UInt32 {
        let y = a & 0x8000_0000 | b & 0x7FFF_FFFF
        return far ^ y >> 1 ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
    }

    private func regenerate() {
        let n = MersenneTwister.size, m = 397
        for k in 0..<n - m { words[k] = mix(words[k], words[k + 1], words[k + m]) }
        for k in n - m..<n - 1 { words[k] = mix(words[k], words[k + 1], words[k + m - n]) }
        words[n - 1] = mix(words[n - 1], words[0], words[m - 1])
        index.pointee = 0
    }

    func next() -> UInt32 {
        if index.pointee >= MersenneTwister.size { regenerate() }
        var y = words[index.pointee]
        index.pointee += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C_5680
        y ^= y << 15 & 0xEFC6_0000
        return y ^ y >> 18
    }

    /// 53 random bits in [0, 1).
    func nextDouble() -> Double {
        let a = Double(next() >> 5), b = Double(next() >> 6)
        return (a * 67_108_864 + b) * (1 / 9_007_199_254_740_992)
    }
}
