// The functions of `cmath` for finite arguments; infinities and NaNs are looked up in SpecialComplexValues.
// CPython: Modules/cmathmodule.c. Methods: Kahan, "Branch cuts for complex elementary functions".

public enum ComplexFunctions {
    private static let large = Double.greatestFiniteMagnitude / 4
    private static let sqrtLarge = (Double.greatestFiniteMagnitude / 4).squareRoot()
    private static let logLarge = 708.3964185322641  // log(large), rounded as libm has it
    private static let sqrtSmallest = Double.leastNormalMagnitude.squareRoot()
    private static let ln2 = 0.6931471805599453
    private static let ln10 = 2.302585092994046

    private static func isLarge(_ z: Complex) -> Bool { z.real.magnitude > large || z.imag.magnitude > large }
    private static func copySign(_ m: Double, _ s: Double) -> Double { Double(signOf: s, magnitudeOf: m) }
    private static func finite(_ z: Complex) -> Bool { z.real.isFinite && z.imag.isFinite }
    /// log(|z|) where |z| would overflow.
    private static func logHalved(_ z: Complex) -> Double { Libm.log(Libm.hypot(z.real / 2, z.imag / 2)) + ln2 * 2 }
    /// i * f(-i z) and the like: the circular functions are the hyperbolic ones turned.
    private static func turned(_ z: Complex) -> Complex { Complex(-z.imag, z.real) }
    private static func turnedBack(_ s: Complex) -> Complex { Complex(s.imag, -s.real) }

    private static func checked(_ r: Complex) throws(MathError) -> Complex {
        if r.real.isInfinite || r.imag.isInfinite { throw .range }
        return r
    }

    public static func acos(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.acos, z.real, z.imag) }
        if isLarge(z) {
            let real = Libm.atan2(z.imag.magnitude, z.real)
            let l = logHalved(z)
            return Complex(real, z.real < 0 ? -copySign(l, z.imag) : copySign(l, -z.imag))
        }
        let s1 = try sqrt(Complex(1 - z.real, -z.imag)), s2 = try sqrt(Complex(1 + z.real, z.imag))
        return Complex(2 * Libm.atan2(s1.real, s2.real), Libm.asinh(s2.real * s1.imag - s2.imag * s1.real))
    }

    public static func acosh(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.acosh, z.real, z.imag) }
        if isLarge(z) { return Complex(logHalved(z), Libm.atan2(z.imag, z.real)) }
        let s1 = try sqrt(Complex(z.real - 1, z.imag)), s2 = try sqrt(Complex(z.real + 1, z.imag))
        return Complex(Libm.asinh(s1.real * s2.real + s1.imag * s2.imag), 2 * Libm.atan2(s1.imag, s2.real))
    }

    public static func asin(_ z: Complex) throws(MathError) -> Complex { turnedBack(try asinh(turned(z))) }

    public static func asinh(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.asinh, z.real, z.imag) }
        if isLarge(z) {
            let l = logHalved(z)
            let real = z.imag.sign == .minus ? -copySign(l, -z.real) : copySign(l, z.real)
            return Complex(real, Libm.atan2(z.imag, z.real.magnitude))
        }
        let s1 = try sqrt(Complex(1 + z.imag, -z.real)), s2 = try sqrt(Complex(1 - z.imag, z.real))
        return Complex(
            Libm.asinh(s1.real * s2.imag - s2.real * s1.imag), Libm.atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag))
    }

    public static func atan(_ z: Complex) throws(MathError) -> Complex { turnedBack(try atanh(turned(z))) }

    public static func atanh(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.atanh, z.real, z.imag) }
        if z.real.sign == .minus { return -(try atanh(-z)) }
        let ay = z.imag.magnitude
        if z.real > sqrtLarge || ay > sqrtLarge {
            let h = Libm.hypot(z.real / 2, z.imag / 2)
            return Complex(z.real / 4 / h / h, -copySign(.pi / 2, -z.imag))
        }
        if z.real == 1 && ay < sqrtSmallest {
            if ay == 0 { throw .domain }
            return Complex(
                -Libm.log(ay.squareRoot() / Libm.hypot(ay, 2).squareRoot()), copySign(Libm.atan2(2, -ay) / 2, z.imag))
        }
        let d = 1 - z.real
        return Complex(
            Libm.log1p(4 * z.real / (d * d + ay * ay)) / 4, -Libm.atan2(-2 * z.imag, d * (1 + z.real) - ay * ay) / 2)
    }

    public static func cos(_ z: Complex) throws(MathError) -> Complex { try cosh(turned(z)) }
    public static func sin(_ z: Complex) throws(MathError) -> Complex { turnedBack(try sinh(turned(z))) }
    public static func tan(_ z: Complex) throws(MathError) -> Complex { turnedBack(try tanh(turned(z))) }

    public static func cosh(_ z: Complex) throws(MathError) -> Complex {
        let c = Libm.cos(z.imag), s = Libm.sin(z.imag)
        if !finite(z) {
            if z.real.isInfinite && z.imag.isFinite && z.imag != 0 {
                return Complex(copySign(.infinity, c), z.real > 0 ? copySign(.infinity, s) : -copySign(.infinity, s))
            }
            return try SpecialComplexValues.value(.cosh, z.real, z.imag)
        }
        if z.real.magnitude > logLarge {
            let less = z.real - copySign(1, z.real)
            let e = Libm.exp(1)
            return try checked(Complex(c * Libm.cosh(less) * e, s * Libm.sinh(less) * e))
        }
        return try checked(Complex(c * Libm.cosh(z.real), s * Libm.sinh(z.real)))
    }

    public static func sinh(_ z: Complex) throws(MathError) -> Complex {
        let c = Libm.cos(z.imag), s = Libm.sin(z.imag)
        if !finite(z) {
            if z.real.isInfinite && z.imag.isFinite && z.imag != 0 {
                let real = copySign(.infinity, c)
                return Complex(z.real > 0 ? real : -real, copySign(.infinity, s))
            }
            return try SpecialComplexValues.value(.sinh, z.real, z.imag)
        }
        if z.real.magnitude > logLarge {
            let less = z.real - copySign(1, z.real)
            let e = Libm.exp(1)
            return try checked(Complex(c * Libm.sinh(less) * e, s * Libm.cosh(less) * e))
        }
        return try checked(Complex(c * Libm.sinh(z.real), s * Libm.cosh(z.real)))
    }

    public static func tanh(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) {
            if z.real.isInfinite && z.imag.isFinite && z.imag != 0 {
                return Complex(copySign(1, z.real), copySign(0, 2 * Libm.sin(z.imag) * Libm.cos(z.imag)))
            }
            return try SpecialComplexValues.value(.tanh, z.real, z.imag)
        }
        if z.real.magnitude > logLarge {
            return Complex(
                copySign(1, z.real), 4 * Libm.sin(z.imag) * Libm.cos(z.imag) * Libm.exp(-2 * z.real.magnitude))
        }
        let tx = Libm.tanh(z.real), ty = Libm.tan(z.imag), cx = 1 / Libm.cosh(z.real)
        let both = tx * ty
        let d = 1 + both * both
        return Complex(tx * (1 + ty * ty) / d, ((ty / d) * cx) * cx)
    }

    public static func exp(_ z: Complex) throws(MathError) -> Complex {
        let c = Libm.cos(z.imag), s = Libm.sin(z.imag)
        if !finite(z) {
            if z.real.isInfinite && z.imag.isFinite && z.imag != 0 {
                let m = z.real > 0 ? Double.infinity : 0
                return Complex(copySign(m, c), copySign(m, s))
            }
            return try SpecialComplexValues.value(.exp, z.real, z.imag)
        }
        if z.real > logLarge {
            let l = Libm.exp(z.real - 1), e = Libm.exp(1)
            return try checked(Complex(l * c * e, l * s * e))
        }
        let l = Libm.exp(z.real)
        return try checked(Complex(l * c, l * s))
    }

    public static func log(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.log, z.real, z.imag) }
        let ax = z.real.magnitude, ay = z.imag.magnitude
        let real: Double
        if ax > large || ay > large {
            real = Libm.log(Libm.hypot(ax / 2, ay / 2)) + ln2
        } else if ax < .leastNormalMagnitude && ay < .leastNormalMagnitude {
            if ax == 0 && ay == 0 { throw .domain }
            real = Libm.log(Libm.hypot(ax * 0x1p53, ay * 0x1p53)) - 53 * ln2
        } else {
            let h = Libm.hypot(ax, ay)
            if h >= 0.71 && h <= 1.73 {
                let most = max(ax, ay), least = min(ax, ay)
                real = Libm.log1p((most - 1) * (most + 1) + least * least) / 2
            } else {
                real = Libm.log(h)
            }
        }
        return Complex(real, Libm.atan2(z.imag, z.real))
    }

    public static func log10(_ z: Complex) throws(MathError) -> Complex {
        let r = try log(z)
        return Complex(r.real / ln10, r.imag / ln10)
    }

    public static func sqrt(_ z: Complex) throws(MathError) -> Complex {
        if !finite(z) { return try SpecialComplexValues.value(.sqrt, z.real, z.imag) }
        if z.real == 0 && z.imag == 0 { return Complex(0, z.imag) }
        var ax = z.real.magnitude
        let ay = z.imag.magnitude
        let s: Double
        if ax < .leastNormalMagnitude && ay < .leastNormalMagnitude {
            // Subnormals: up by 2^53, down by 2^27, which halves once on the way.
            ax *= 0x1p53
            s = (ax + Libm.hypot(ax, ay * 0x1p53)).squareRoot() * 0x1p-27
        } else {
            ax /= 8
            s = 2 * (ax + Libm.hypot(ax, ay / 8)).squareRoot()
        }
        let d = ay / (2 * s)
        return z.real >= 0 ? Complex(s, copySign(d, z.imag)) : Complex(d, copySign(s, z.imag))
    }

    public static func rect(_ r: Double, _ phi: Double) throws(MathError) -> Complex {
        if !r.isFinite || !phi.isFinite {
            if r.isInfinite && phi.isFinite && phi != 0 {
                let real = copySign(.infinity, Libm.cos(phi)), imag = copySign(.infinity, Libm.sin(phi))
                return r > 0 ? Complex(real, imag) : Complex(-real, -imag)
            }
            return try SpecialComplexValues.value(.rect, r, phi)
        }
        // sin(-0.0) would lose the sign of r * phi.
        return phi == 0 ? Complex(r, r * phi) : Complex(r * Libm.cos(phi), r * Libm.sin(phi))
    }
}

/// Values at infinities, NaNs and signed zeros: C99 Annex G as CPython has it, recorded from CPython 3.10.
public enum SpecialComplexValues {
    enum Function { case acos, acosh, asinh, atanh, cosh, exp, log, sinh, sqrt, tanh, rect }

    /// Rows: real part -inf, negative, -0, +0, positive, inf, nan; columns the same of the imaginary part; two letters
    /// each. 0 zero, I infinity, P pi, H pi/2, Q pi/4, T 3pi/4, U one, in lower case negative; n NaN; E a domain error.
    private static func table(_ f: Function) -> StaticString {
        switch f {
        case .acos: "TIPIPIPiPiTinIHI........HinnHI........HiHnHI........HiHnHI........HinnQI0I0I0i0iQinInInnnnnnnnninn"
        case .acosh: "ItIpIpIPIPITInIh........IHnnIh........IHnnIh........IHnnIh........IHnnIqIoIoI0I0IQInInnnnnnnnnInnn"
        case .asinh: "iqioioi0i0iQinih........iHnnih........iHnnIh........IHnnIh........IHnnIqIoIoI0I0IQInInnnnon0nnInnn"
        case .atanh: "ohohohoHoHoHonoh........oHnnoh........oHon0h........0H0n0h........0Hnn0h0h0h0H0H0H0n0hnnnnnnnn0Hnn"
        case .cosh: "EEIII0IoIiEEInEE........EEnnEE........EEn0EE........EEn0EE........EEnnEEIiIoI0IIEEInnnnnn0n0nnnnnn"
        case .exp: "000o0o00000000EE........EEnnEE........EEnnEE........EEnnEE........EEnnEEIiIoI0IIEEInnnnnnon0nnnnnn"
        case .log: "ItIpIpIPIPITInIh........IHnnIh........IHnnIh........IHnnIh........IHnnIqIoIoI0I0IQInInnnnnnnnnInnn"
        case .sinh: "EEiiioi0iIEEInEE........EEnnEE........EE0nEE........EE0nEE........EEnnEEIiIoI0IIEEInnnnnnon0nnnnnn"
        case .sqrt: "Ii0i0i0I0IIInIIi........IInnIi........IInnIi........IInnIi........IInnIiIoIoI0I0IIInIinnnnnnnnIInn"
        case .tanh: "u0uouou0u0u0u0EE........EEnnEE........EEnnEE........EEnnEE........EEnnU0UoUoU0U0U0U0nnnnnon0nnnnnn"
        case .rect: "EEiIi0ioiiEEInEE........EEnn00........000000........0000EE........EEnnEEIiIoI0IIEEInnnnnn0n0nnnnnn"
        }
    }

    private static func kind(_ x: Double) -> Int {
        if x.isNaN { return 6 }
        if x.isInfinite { return x < 0 ? 0 : 5 }
        if x == 0 { return x.sign == .minus ? 2 : 3 }
        return x < 0 ? 1 : 4
    }

    private static func decode(_ c: UInt8) -> Double {
        let m: Double
        switch c | 0x20 {
        case UInt8(ascii: "0"), UInt8(ascii: "o"): m = 0
        case UInt8(ascii: "i"): m = .infinity
        case UInt8(ascii: "p"): m = .pi
        case UInt8(ascii: "h"): m = .pi / 2
        case UInt8(ascii: "q"): m = .pi / 4
        case UInt8(ascii: "t"): m = 3 * .pi / 4
        case UInt8(ascii: "u"): m = 1
        default: m = .nan
        }
        return c >= 97 ? -m : m
    }

    static func value(_ f: Function, _ re: Double, _ im: Double) throws(MathError) -> Complex {
        let at = (kind(re) * 7 + kind(im)) * 2
        let text = table(f)
        let a = text.utf8Start[at], b = text.utf8Start[at + 1]  // Safe: 98 letters, at <= 96.
        if a == UInt8(ascii: "E") { throw .domain }
        return Complex(decode(a), decode(b))
    }
}
