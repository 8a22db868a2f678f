// Fragments of sound: signed samples of one to four bytes, the low byte first, and the codings of one sample (u-law, A-law,
// ADPCM). No objects. Rules: ITU-T G.711; IMA, Recommended Practices for Enhancing Digital Audio Compatibility (1992).

/// The samples of a fragment. - Precondition: `bytes.count` is a multiple of `width`.
struct Samples {
    let bytes: UnsafeBufferPointer<UInt8>
    let width: Int

    var count: Int { bytes.count / width }
    subscript(i: Int) -> Int { Samples.read(bytes, i * width, width) }
    /// Scaled to 32 bits.
    func wide(_ i: Int) -> Int { self[i] << (32 - 8 * width) }

    /// The sample that begins at byte `at`.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ width: Int) -> Int {
        var n = Int(Int8(bitPattern: bytes[at + width - 1]))
        var i = width - 2
        while i >= 0 {
            n = n << 8 | Int(bytes[at + i])
            i -= 1
        }
        return n
    }

    static func smallest(_ width: Int) -> Int { -(1 << (8 * width - 1)) }
    static func largest(_ width: Int) -> Int { 1 << (8 * width - 1) - 1 }

    /// The sample next below `value`, or the nearest there is.
    static func fit(_ value: Double, _ width: Int) -> Int {
        let low = Double(smallest(width)), high = Double(largest(width))
        if value.isNaN { return Int(Int32.min) }
        return Int((value > high ? high : value < low + 1 ? low : value).rounded(.down))
    }
}

/// A fragment that is being written.
struct SampleWriter {
    private(set) var bytes: [UInt8] = []
    let width: Int

    init(width: Int, count: Int) {
        self.width = width
        bytes.reserveCapacity(width * count)
    }

    mutating func append(_ sample: Int) {
        for i in 0..<width { bytes.append(UInt8(truncatingIfNeeded: sample >> (8 * i))) }
    }
    /// A sample of 32 bits.
    mutating func append(wide sample: Int) { append(sample >> (32 - 8 * width)) }
}

enum ULaw {
    /// - Parameter sample: 14 bits.
    static func encode(_ sample: Int) -> UInt8 {
        let mask: UInt8 = sample < 0 ? 0x7F : 0xFF
        let magnitude = min(abs(sample), 8159) + 33
        // The segment is where the highest bit stands.
        let segment = max(0, Int.bitWidth - magnitude.leadingZeroBitCount - 6)
        if segment >= 8 { return 0x7F ^ mask }
        return UInt8(segment << 4 | (magnitude >> (segment + 1)) & 15) ^ mask
    }

    /// 16 bits.
    static func decode(_ code: UInt8) -> Int {
        let u = Int(~code)
        let t = ((u & 15) << 3 + 132) << ((u & 0x70) >> 4)
        return u & 0x80 != 0 ? 132 - t : t - 132
    }
}

enum ALaw {
    /// - Parameter sample: 13 bits.
    static func encode(_ sample: Int) -> UInt8 {
        let mask: UInt8 = sample < 0 ? 0x55 : 0xD5
        let magnitude = sample < 0 ? -sample - 1 : sample
        let segment = max(0, Int.bitWidth - magnitude.leadingZeroBitCount - 5)
        if segment >= 8 { return 0x7F ^ mask }
        return UInt8(segment << 4 | (magnitude >> max(segment, 1)) & 15) ^ mask
    }

    /// 16 bits.
    static func decode(_ code: UInt8) -> Int {
        let a = Int(code ^ 0x55)
        let segment = (a & 0x70) >> 4
        var t = (a & 15) << 4
        t = segment == 0 ? t + 8 : (t + 0x108) << (segment - 1)
        return a & 0x80 != 0 ? t : -t
    }
}

/// The predictor of IMA ADPCM: four bits a sample.
struct ADPCM {
    /// The last value, 16 bits.
    var value: Int
    /// Of the step, 0 to 88.
    var index: Int

    var isValid: Bool { value >= -0x8000 && value <= 0x7FFF && index >= 0 && index <= 88 }

    mutating func encode(_ sample: Int) -> UInt8 {
        let difference = sample - value
        var rest = abs(difference), step = ADPCM.step(index)
        var code = 0
        for bit in [4, 2, 1] {
            if rest >= step {
                code |= bit
                rest -= step
            }
            step >>= 1
        }
        if difference < 0 { code |= 8 }
        advance(code)
        return UInt8(code)
    }

    mutating func decode(_ code: UInt8) -> Int {
        advance(Int(code))
        return value
    }

    private mutating func advance(_ code: Int) {
        let step = ADPCM.step(index)
        var change = step >> 3
        for (i, bit) in [4, 2, 1].enumerated() where code & bit != 0 { change += step >> i }
        value = min(max(code & 8 != 0 ? value - change : value + change, -0x8000), 0x7FFF)
        index = min(max(index + (code & 4 == 0 ? -1 : (code & 3) * 2 + 2), 0), 88)
    }

    private static func step(_ index: Int) -> Int { Int(steps[index]) }

    /// Each a tenth larger than the one before it.
    private static let steps: [Int16] = [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157,
        173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707,
        1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635,
        13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
    ]
}
