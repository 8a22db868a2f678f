// One line of a vector file, "name argument ... = result", evaluated here. The files are recorded from CPython by
// Scripts/record_numerics.py; integers travel in hexadecimal, floats as their 16-digit bit pattern.

import PyNumerics

enum Vectors {
    /// The result as the recorder would print it, or nil if the line is not understood.
    static func evaluate(_ name: Substring, _ a: [Substring]) -> String? {
        switch name {
        case "add": pair(a) { hex($0 + $1) }
        case "sub": pair(a) { hex($0 - $1) }
        case "mul": pair(a) { hex($0 * $1) }
        case "sqr": one(a) { hex($0 * $0) + " " + hex($0.squared) }
        case "divmod": pair(a) { x, y in x.floorDivision(by: y).map { hex($0.quotient) + " " + hex($0.remainder) } ?? "zero" }
        case "mod": pair(a) { x, y in x.modulo(y).map(hex) ?? "zero" }
        case "and": pair(a) { hex($0 & $1) }
        case "or": pair(a) { hex($0 | $1) }
        case "xor": pair(a) { hex($0 ^ $1) }
        case "inv": one(a) { hex(~$0) }
        case "lsh": shift(a) { hex($0.shiftedLeft(by: $1)) }
        case "rsh": shift(a) { hex($0.shiftedRight(by: $1)) }
        case "pow": shift(a) { hex($0.raised(to: $1)) }
        case "powmod": powmod(a)
        case "gcd": pair(a) { hex(.gcd($0, $1)) }
        case "isqrt": one(a) { hex($0.squareRoot) }
        case "bits": one(a) { "\($0.bitWidth) \($0.bitCount)" }
        case "hash": one(a) { String($0.pythonHash) }
        case "str": shift(a) { $0.text(base: $1) }
        case "int": a.count == 2 ? Int(a[1]).flatMap { b in BigInt(digits: Array(a[0].utf8), base: b).map(hex) } ?? "bad" : nil
        case "float": one(a) { $0.asDouble.map(bits) ?? "overflow" }
        case "truediv": pair(a) { truediv($0, $1) }
        case "cmpf": a.count == 2 ? big(a[0]).flatMap { x in double(a[1]).map { x.compared(to: $0).map(String.init) ?? "nan" } } : nil
        case "frexp": one(a) { let (f, e) = $0.frexp; return "\(bits(f)) \(e)" }
        default: floats(name, a)
        }
    }

    private static func floats(_ name: Substring, _ a: [Substring]) -> String? {
        switch name {
        case "toint": real(a) { BigInt($0).map(hex) ?? "bad" }
        case "repr": real(a) { FloatText.repr($0) }
        case "fhash": real(a) { NumberHash.float($0).map(String.init) ?? "nan" }
        case "hex": real(a) { FloatText.hex($0) }
        case "ratio": real(a) { FloatArithmetic.integerRatio($0).map { hex($0.0) + " " + hex($0.1) } ?? "bad" }
        case "parse": a.count == 1 ? FloatText.parse(Array(a[0].utf8)).map(bits) ?? "bad" : nil
        case "parsehex": a.count == 1 ? parseHex(a[0]) : nil
        case "round": a.count == 2 ? double(a[0]).flatMap { x in Int(a[1]).map { FloatArithmetic.round(x, digits: $0).map(bits) ?? "overflow" } } : nil
        case "format": format(a)
        case "fdivmod": reals(a) { x, y in FloatArithmetic.divMod(x, y).map { bits($0.quotient) + " " + bits($0.remainder) } ?? "zero" }
        case "fmod": reals(a) { x, y in FloatArithmetic.modulo(x, y).map(bits) ?? "zero" }
        case "fpow": reals(a) { power($0, $1) }
        case "crepr": reals(a) { Complex($0, $1).description }
        case "cparse": a.count == 1 ? Complex.parse(Array(a[0].utf8)).map { bits($0.real) + " " + bits($0.imag) } ?? "bad" : nil
        case "chash": reals(a) { Vectors.complexHash($0, $1) }
        case "cmul": complexes(a) { bits($0 * $1) }
        case "cdiv": complexes(a) { x, y in x.divided(by: y).map(bits) ?? "zero" }
        case "cpow": complexes(a) { complexPower($0, $1) }
        default: MathVectors.evaluate(name, a)
        }
    }

    static func big(_ s: Substring) -> BigInt? {
        let negative = s.hasPrefix("-")
        guard let m = BigInt(digits: Array((negative ? s.dropFirst() : s).utf8), base: 16) else { return nil }
        return negative ? -m : m
    }

    static func hex(_ x: BigInt) -> String { x.text(base: 16) }
    static func double(_ s: Substring) -> Double? { UInt64(s, radix: 16).map(Double.init(bitPattern:)) }

    static func bits(_ x: Double) -> String {
        if x.isNaN { return "nan" }
        let s = String(x.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - s.utf8.count) + s
    }

    static func bits(_ c: Complex) -> String { bits(c.real) + " " + bits(c.imag) }

    static func one(_ a: [Substring], _ f: (BigInt) -> String) -> String? { a.count == 1 ? big(a[0]).map(f) : nil }

    static func pair(_ a: [Substring], _ f: (BigInt, BigInt) -> String) -> String? {
        guard a.count == 2, let x = big(a[0]), let y = big(a[1]) else { return nil }
        return f(x, y)
    }

    /// An integer in hex and a small one in decimal.
    static func shift(_ a: [Substring], _ f: (BigInt, Int) -> String) -> String? {
        guard a.count == 2, let x = big(a[0]), let n = Int(a[1]) else { return nil }
        return f(x, n)
    }

    static func real(_ a: [Substring], _ f: (Double) -> String) -> String? { a.count == 1 ? double(a[0]).map(f) : nil }

    static func reals(_ a: [Substring], _ f: (Double, Double) -> String) -> String? {
        guard a.count == 2, let x = double(a[0]), let y = double(a[1]) else { return nil }
        return f(x, y)
    }

    static func complexes(_ a: [Substring], _ f: (Complex, Complex) -> String) -> String? {
        let d = a.compactMap(double)
        return d.count == 4 ? f(Complex(d[0], d[1]), Complex(d[2], d[3])) : nil
    }

    private static func powmod(_ a: [Substring]) -> String? {
        guard a.count == 3, let x = big(a[0]), let e = big(a[1]), let m = big(a[2]) else { return nil }
        switch x.raised(to: e, modulo: m) {
        case .value(let r): return hex(r)
        case .zeroModulus: return "zero"
        case .notInvertible: return "inverse"
        }
    }

    private static func truediv(_ x: BigInt, _ y: BigInt) -> String {
        switch BigInt.trueDivide(x, y) {
        case .value(let r): bits(r)
        case .divisionByZero: "zero"
        case .overflow: "overflow"
        }
    }

    private static func power(_ x: Double, _ y: Double) -> String {
        switch FloatArithmetic.power(x, y) {
        case .value(let r): bits(r)
        case .zeroToNegative: "zero"
        case .complex: "complex"
        case .overflow: "overflow"
        }
    }

    private static func complexPower(_ x: Complex, _ y: Complex) -> String {
        switch x.raised(to: y) {
        case .value(let r): bits(r)
        case .zeroBase: "zero"
        case .overflow: "overflow"
        }
    }

    private static func complexHash(_ x: Double, _ y: Double) -> String {
        guard let a = NumberHash.float(x), let b = NumberHash.float(y) else { return "nan" }
        return String(NumberHash.complex(real: a, imaginary: b))
    }

    private static func parseHex(_ s: Substring) -> String {
        switch FloatText.parseHex(Array(s.utf8)) {
        case .value(let x): bits(x)
        case .invalid: "bad"
        case .overflow: "overflow"
        }
    }

    /// format BITS TYPE PRECISION FLAGS, as `'%' + flags + '.' + precision + type` of the % operator.
    private static func format(_ a: [Substring]) -> String? {
        guard a.count == 4, let x = double(a[0]), let type = a[1].utf8.first, let precision = Int(a[2]) else { return nil }
        var flags: FloatText.FormatFlags = []
        if a[3].contains("#") { flags.insert(.alternate) }
        if a[3].contains("+") { flags.insert(.sign) }
        return String(decoding: FloatText.format(x, type: type, precision: precision, flags: flags), as: UTF8.self)
    }
}
