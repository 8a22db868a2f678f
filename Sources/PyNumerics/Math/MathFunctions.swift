// What the `math` module needs beyond libm: gamma functions, exact sums, norms, scaling.
// CPython: Modules/mathmodule.c. Methods: Lanczos' approximation with Boost's coefficients (N = 13, g = 6.0246...);
// Shewchuk, "Adaptive precision floating-point arithmetic".

/// Why a real or complex function has no value. Python: ValueError "math domain error", OverflowError "math range error".
public enum MathError: Error, Sendable { case domain, range }

public enum MathFunctions {
    private static let lanczosG = 6.024680040776729583740234375
    private static let lanczosGMinusHalf = 5.524680040776729583740234375

    /// Lanczos' rational function, in x or in 1/x, whichever does not overflow.
    private static func lanczosSum(_ x: Double) -> Double {
        let top: [Double] = [
            23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
            35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
            6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786772,
            248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
            2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
            8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
            2.5066282746310002701649081771338373386264310793408,
        ]
        let bottom: [Double] = [
            0, 39_916_800, 120_543_840, 150_917_976, 105_258_076, 45_995_730, 13_339_535, 2_637_558, 357_423, 32_670, 1_925, 66, 1,
        ]
        var n = 0.0, d = 0.0
        if x < 5 {
            for i in stride(from: 12, through: 0, by: -1) {
                n = n * x + top[i]
                d = d * x + bottom[i]
            }
        } else {
            for i in 0 ... 12 {
                n = n / x + top[i]
                d = d / x + bottom[i]
            }
        }
        return n / d
    }

    /// sin(pi x), exact at the multiples of one half.
    private static func sinPi(_ x: Double) -> Double {
        let y = Libm.fmod(x.magnitude, 2)
        let r: Double
        switch Int((2 * y).rounded(.toNearestOrAwayFromZero)) {
        case 0: r = Libm.sin(.pi * y)
        case 1: r = Libm.cos(.pi * (y - 0.5))
        case 2: r = Libm.sin(.pi * (1 - y))
        case 3: r = -Libm.cos(.pi * (y - 1.5))
        default: r = Libm.sin(.pi * (y - 2))
        }
        return x.sign == .minus ? -r : r
    }

    public static func gamma(_ x: Double) throws(MathError) -> Double {
        if x.isNaN || x == .infinity { return x }
        if x == -.infinity || x == 0 { throw .domain }
        if x == x.rounded(.down) {
            if x < 0 { throw .domain }
            if x <= 23 {
                var r = 1.0
                for i in stride(from: 2.0, to: x, by: 1) { r *= i }  // Exact: 22! has 51 significant bits.
                return r
            }
        }
        let a = x.magnitude
        if a < 1e-20 {
            let r = 1 / x
            if r.isInfinite { throw .range }
            return r
        }
        if a > 200 {
            if x < 0 { return 0 / sinPi(x) }
            throw .range
        }
        let y = a + lanczosGMinusHalf
        // The rounding error of y, put back at the end.
        let lost = a > lanczosGMinusHalf ? (y - a) - lanczosGMinusHalf : (y - lanczosGMinusHalf) - a
        let z = lost * lanczosG / y
        var r: Double
        if x < 0 {
            r = -.pi / sinPi(a) / a * Libm.exp(y) / lanczosSum(a)
            r -= z * r
            if a < 140 {
                r /= Libm.pow(y, a - 0.5)
            } else {
                let p = Libm.pow(y, a / 2 - 0.25)
                r /= p
                r /= p
            }
        } else {
            r = lanczosSum(a) / Libm.exp(y)
            r += z * r
            if a < 140 {
                r *= Libm.pow(y, a - 0.5)
            } else {
                let p = Libm.pow(y, a / 2 - 0.25)
                r *= p
                r *= p
            }
        }
        if r.isInfinite { throw .range }
        return r
    }

    /// The logarithm of |gamma(x)|.
    public static func logGamma(_ x: Double) throws(MathError) -> Double {
        if x.isNaN { return x }
        if x.isInfinite { return .infinity }
        if x == x.rounded(.down) && x <= 2 {
            if x <= 0 { throw .domain }
            return 0
        }
        let a = x.magnitude
        if a < 1e-20 { return -Libm.log(a) }
        var r = Libm.log(lanczosSum(a)) - lanczosG
        r += (a - 0.5) * (Libm.log(a + lanczosG - 0.5) - 1)
        if x < 0 {
            let logPi = 1.144729885849400174143427351353058711647
            r = logPi - Libm.log(sinPi(a).magnitude) - Libm.log(a) - r
        }
        if r.isInfinite { throw .range }
        return r
    }

    /// `x * 2^n`, rounded once; an error when it overflows.
    public static func ldexp(_ x: Double, _ n: Int) throws(MathError) -> Double {
        if x == 0 || !x.isFinite { return x }
        let (m, e) = frexp(x.magnitude)
        if n > 3000 { throw .range }
        if n < -3000 { return x < 0 ? -0.0 : 0.0 }
        let bits = UInt64(m * 0x1p53) << 11
        guard let r = BigInt.round(bits, exponent: e + n - 64, isNegative: x < 0) else { throw .range }
        return r
    }

    /// `x = m * 2^e`, `0.5 <= |m| < 1`; `(x, 0)` for zeros and what is not finite.
    public static func frexp(_ x: Double) -> (Double, Int) {
        if x == 0 || !x.isFinite { return (x, 0) }
        let e = Int(x.exponent) + 1
        return (x.sign == .minus ? -x.significand / 2 : x.significand / 2, e)
    }

    /// The Euclidean length, scaled by a power of two and summed in doubled precision: correctly rounded but for rare ties.
    public static func norm(_ values: [Double]) -> Double {
        var largest = 0.0
        var nan = false
        for v in values {
            if v.isInfinite { return .infinity }
            if v.isNaN { nan = true }
            largest = max(largest, v.magnitude)
        }
        if nan { return .nan }
        if largest == 0 || values.count == 1 { return largest }
        let e = frexp(largest).1
        let down = min(max(-e, -1023), 1022)  // Both this and what is left of it are normal powers.
        let scale = Double(sign: .plus, exponent: down, significand: 1)
        let scale2 = Double(sign: .plus, exponent: -e - down, significand: 1)
        var high = 0.0, low = 0.0
        for v in values {
            let x = v.magnitude * scale * scale2
            let p = x * x
            let error = (-p).addingProduct(x, x)
            let s = high + p
            let b = s - high
            low += (high - (s - b)) + (p - b) + error
            high = s
        }
        let sum = high + low
        let tail = (high - sum) + low
        let h = sum.squareRoot()
        // One Newton step on the exact residue.
        let residue = (-h).addingProductResidue(h, sum, tail)
        let r = h + residue / (2 * h)
        if e > 1023 {  // The scale back is 2^1024 at most: in two steps.
            return r * 2 * Double(sign: .plus, exponent: e - 1, significand: 1)
        }
        if e < -1021 { return (try? ldexp(r, e)) ?? 0 }
        return r * Double(sign: .plus, exponent: e, significand: 1)
    }
}

extension Double {
    /// `sum + tail - h * h` for `self == -h`, to doubled precision.
    fileprivate func addingProductResidue(_ h: Double, _ sum: Double, _ tail: Double) -> Double {
        let p = h * h
        let error = (-p).addingProduct(h, h)
        return ((sum - p) - error) + tail
    }
}

/// `math.fsum`: partial sums that do not overlap hold the exact total.
public struct ExactSum: Sendable {
    private var partials: [Double] = []
    private var special = 0.0
    private var infinities = 0.0

    public enum Failure: Error, Sendable {
        /// OverflowError: "intermediate overflow in fsum"
        case overflow
        /// ValueError: "-inf + inf in fsum"
        case opposedInfinities
    }

    public init() {}

    public mutating func add(_ value: Double) throws(Failure) {
        var x = value
        var count = 0
        for i in partials.indices {
            var y = partials[i]
            if x.magnitude < y.magnitude { swap(&x, &y) }
            let high = x + y
            let low = y - (high - x)
            if low != 0 {
                partials[count] = low
                count += 1
            }
            x = high
        }
        partials.removeLast(partials.count - count)
        if x == 0 { return }
        if x.isFinite {
            partials.append(x)
            return
        }
        // Not finite: from an operand, or made by the addition.
        if value.isFinite { throw .overflow }
        if value.isInfinite { infinities += value }
        special += value
        partials.removeAll(keepingCapacity: true)
    }

    public func result() throws(Failure) -> Double {
        if special != 0 {
            if infinities.isNaN { throw .opposedInfinities }
            return special
        }
        var i = partials.count - 1
        if i < 0 { return 0 }
        var high = partials[i], low = 0.0
        while i > 0 {
            let x = high
            i -= 1
            let y = partials[i]
            high = x + y
            low = y - (high - x)
            if low != 0 { break }
        }
        // Half-even across the partials: a tie is broken by the sign of what lies below.
        if i > 0 && ((low < 0 && partials[i - 1] < 0) || (low > 0 && partials[i - 1] > 0)) {
            let y = low * 2
            let x = high + y
            if y == x - high { high = x }
        }
        return high
    }
}
