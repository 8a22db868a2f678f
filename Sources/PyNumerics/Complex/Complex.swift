// Complex numbers as a pair of doubles, with Python's division and powers.
// CPython: Objects/complexobject.c.

public struct Complex: Equatable, Hashable, Sendable {
    public var real: Double
    public var imag: Double

    @inlinable public init(_ real: Double, _ imag: Double) {
        self.real = real
        self.imag = imag
    }

    @inlinable public static func + (a: Complex, b: Complex) -> Complex { Complex(a.real + b.real, a.imag + b.imag) }
    @inlinable public static func - (a: Complex, b: Complex) -> Complex { Complex(a.real - b.real, a.imag - b.imag) }
    @inlinable public static prefix func - (a: Complex) -> Complex { Complex(-a.real, -a.imag) }
    @inlinable public static func * (a: Complex, b: Complex) -> Complex {
        Complex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real)
    }

    /// Smith's division, scaled by the divisor's larger part; nil for a divisor of 0.
    public func divided(by b: Complex) -> Complex? {
        let re = b.real.magnitude, im = b.imag.magnitude
        if re >= im {
            if re == 0 { return nil }
            let ratio = b.imag / b.real
            let d = b.real + b.imag * ratio
            return Complex((real + imag * ratio) / d, (imag - real * ratio) / d)
        }
        if im >= re {
            let ratio = b.real / b.imag
            let d = b.real * ratio + b.imag
            return Complex((real * ratio + imag) / d, (imag * ratio - real) / d)
        }
        return Complex(.nan, .nan)  // A NaN in the divisor.
    }

    public enum Power: Sendable, Equatable {
        case value(Complex)
        /// ZeroDivisionError: "0.0 to a negative or complex power"
        case zeroBase
        /// OverflowError: "complex exponentiation"
        case overflow
    }

    /// `self ** e`: repeated squaring for integers up to 100, polar form for the rest.
    public func raised(to e: Complex) -> Power {
        let r: Complex
        if e.imag == 0 && e.real == e.real.rounded(.down) && e.real.magnitude <= 100 {
            let n = Int(e.real)
            if n > 0 {
                r = raised(toCount: n)
            } else {
                guard let q = Complex(1, 0).divided(by: raised(toCount: -n)) else { return .zeroBase }
                r = q
            }
        } else if e.real == 0 && e.imag == 0 {
            r = Complex(1, 0)
        } else if real == 0 && imag == 0 {
            if e.imag != 0 || e.real < 0 { return .zeroBase }
            r = Complex(0, 0)
        } else {
            let size = Libm.hypot(real, imag)
            let angle = Libm.atan2(imag, real)
            var length = Libm.pow(size, e.real)
            var phase = angle * e.real
            if e.imag != 0 {
                length /= Libm.exp(angle * e.imag)
                phase += e.imag * Libm.log(size)
            }
            // C's cos of an infinity is a domain error, which CPython reports as for a base of 0.
            if phase.isInfinite { return .zeroBase }
            r = Complex(length * Libm.cos(phase), length * Libm.sin(phase))
        }
        return r.real.isInfinite || r.imag.isInfinite ? .overflow : .value(r)
    }

    private func raised(toCount n: Int) -> Complex {
        var r = Complex(1, 0), p = self
        var mask = 1
        while n >= mask {
            if n & mask != 0 { r = r * p }
            mask <<= 1
            p = p * p
        }
        return r
    }

    /// `abs(complex)`; nil on overflow ("absolute value too large").
    public var absolute: Double? {
        if !real.isFinite || !imag.isFinite {
            return real.isInfinite || imag.isInfinite ? .infinity : .nan
        }
        let r = Libm.hypot(real, imag)
        return r.isFinite ? r : nil
    }

    /// Python's repr: "1j", "(1+2j)", "(-0-0j)". A real part of +0 is left out.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    public var bytes: [UInt8] {
        var out = FloatText.reprBytes(imag, addDotZero: false)
        out.append(UInt8(ascii: "j"))
        if real == 0 && real.sign == .plus { return out }
        if out.first != UInt8(ascii: "-") { out.insert(UInt8(ascii: "+"), at: 0) }
        return [UInt8(ascii: "(")] + FloatText.reprBytes(real, addDotZero: false) + out + [UInt8(ascii: ")")]
    }

    /// Text as `complex()` takes it, blanks already off both ends; optional parentheses, underscores between digits.
    public static func parse(_ text: some RandomAccessCollection<UInt8>) -> Complex? {
        func blank(_ c: UInt8) -> Bool { c == 32 || (c >= 9 && c <= 13) }
        var s = Array(text)[...]
        if s.contains(UInt8(ascii: "_")) {
            guard let plain = withoutUnderscores(s) else { return nil }
            s = plain[...]
        }
        s = s.drop(while: blank)
        while let c = s.last, blank(c) { s.removeLast() }
        if s.first == UInt8(ascii: "(") {
            guard s.last == UInt8(ascii: ")"), s.count >= 2 else { return nil }
            s = s.dropFirst().dropLast()
            s = s.drop(while: blank)
            while let c = s.last, blank(c) { s.removeLast() }
        }
        func isUnit(_ c: UInt8?) -> Bool { c == UInt8(ascii: "j") || c == UInt8(ascii: "J") }
        func isSign(_ c: UInt8?) -> Bool { c == UInt8(ascii: "+") || c == UInt8(ascii: "-") }
        // x, xj, x+yj, x+j, +j, j
        if let (x, n) = FloatText.parsePrefix(s) {
            s = s.dropFirst(n)
            if isSign(s.first) {
                let y: Double
                if let (value, m) = FloatText.parsePrefix(s) {
                    y = value
                    s = s.dropFirst(m)
                } else {
                    y = s.first == UInt8(ascii: "-") ? -1 : 1
                    s = s.dropFirst()
                }
                return isUnit(s.first) && s.count == 1 ? Complex(x, y) : nil
            }
            if isUnit(s.first) { return s.count == 1 ? Complex(0, x) : nil }
            return s.isEmpty ? Complex(x, 0) : nil
        }
        var y = 1.0
        if isSign(s.first) {
            y = s.first == UInt8(ascii: "-") ? -1 : 1
            s = s.dropFirst()
        }
        return isUnit(s.first) && s.count == 1 ? Complex(0, y) : nil
    }

    /// Whether each underscore stands between digits.
    public static func hasGoodUnderscores(_ s: ArraySlice<UInt8>) -> Bool { withoutUnderscores(s) != nil }

    /// Drops underscores that stand between digits; nil if one does not.
    private static func withoutUnderscores(_ s: ArraySlice<UInt8>) -> [UInt8]? {
        var out = [UInt8]()
        var previous: UInt8 = 0
        for c in s {
            if c == UInt8(ascii: "_") {
                guard previous >= 48 && previous <= 57 else { return nil }
            } else {
                if previous == UInt8(ascii: "_") && !(c >= 48 && c <= 57) { return nil }
                out.append(c)
            }
            previous = c
        }
        return previous == UInt8(ascii: "_") ? nil : out
    }
}
