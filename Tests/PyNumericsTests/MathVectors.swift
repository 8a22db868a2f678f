// The functions of `math` and `cmath` in vector files.

import PyNumerics

enum MathVectors {
    static func evaluate(_ name: Substring, _ a: [Substring]) -> String? {
        let d = a.compactMap(Vectors.double)
        if name.hasPrefix("c."), d.count == 2 { return complex(name.dropFirst(2), Complex(d[0], d[1])) }
        switch name {
        case "gamma": return text { () throws(MathError) in Vectors.bits(try MathFunctions.gamma(d[0])) }
        case "lgamma": return text { () throws(MathError) in Vectors.bits(try MathFunctions.logGamma(d[0])) }
        case "ldexp": return text { () throws(MathError) in Vectors.bits(try MathFunctions.ldexp(d[0], Int(a[1]) ?? 0)) }
        case "mfrexp":
            let (m, e) = MathFunctions.frexp(d[0])
            return "\(Vectors.bits(m)) \(e)"
        case "norm": return Vectors.bits(MathFunctions.norm(d))
        case "fsum": return sum(d)
        case "factorial": return Vectors.hex(.factorial(Int(a[0]) ?? 0))
        case "comb": return Vectors.hex(.combinations(Vectors.big(a[0]) ?? 0, Int(a[1]) ?? 0))
        case "perm": return Vectors.hex(.permutations(Vectors.big(a[0]) ?? 0, Int(a[1]) ?? 0))
        case "lcm": return Vectors.pair(a) { Vectors.hex(.lcm($0, $1)) }
        case "tobytes": return toBytes(a)
        case "fmt": return FormatVectors.evaluate(a)
        case "frombytes": return fromBytes(a)
        default: return nil
        }
    }

    private static func text(_ f: () throws(MathError) -> String) -> String {
        do { return try f() } catch { return error == .domain ? "domain" : "range" }
    }

    private static func complex(_ name: Substring, _ z: Complex) -> String? {
        func run(_ f: (Complex) throws(MathError) -> Complex) -> String {
            text { () throws(MathError) in Vectors.bits(try f(z)) }
        }
        switch name {
        case "acos": return run(ComplexFunctions.acos)
        case "acosh": return run(ComplexFunctions.acosh)
        case "asin": return run(ComplexFunctions.asin)
        case "asinh": return run(ComplexFunctions.asinh)
        case "atan": return run(ComplexFunctions.atan)
        case "atanh": return run(ComplexFunctions.atanh)
        case "cos": return run(ComplexFunctions.cos)
        case "cosh": return run(ComplexFunctions.cosh)
        case "exp": return run(ComplexFunctions.exp)
        case "log": return run(ComplexFunctions.log)
        case "log10": return run(ComplexFunctions.log10)
        case "sin": return run(ComplexFunctions.sin)
        case "sinh": return run(ComplexFunctions.sinh)
        case "sqrt": return run(ComplexFunctions.sqrt)
        case "tan": return run(ComplexFunctions.tan)
        case "tanh": return run(ComplexFunctions.tanh)
        case "rect": return text { () throws(MathError) in Vectors.bits(try ComplexFunctions.rect(z.real, z.imag)) }
        default: return nil
        }
    }

    private static func sum(_ d: [Double]) -> String {
        var s = ExactSum()
        do throws(ExactSum.Failure) {
            for x in d { try s.add(x) }
            return Vectors.bits(try s.result())
        } catch {
            return error == .overflow ? "overflow" : "bad"
        }
    }

    /// tobytes N LENGTH (le|be)(u|s)
    private static func toBytes(_ a: [Substring]) -> String? {
        guard let x = Vectors.big(a[0]), let n = Int(a[1]) else { return nil }
        var out = [UInt8](repeating: 0, count: n)
        let error = out.withUnsafeMutableBytes { p -> BigInt.BytesError? in
            do throws(BigInt.BytesError) { try x.write(to: p, bigEndian: a[2].hasPrefix("be"), signed: a[2].hasSuffix("s")) } catch { return error }
            return nil
        }
        if error != nil { return "overflow" }
        return "x" + out.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// frombytes xHEX (le|be)(u|s)
    private static func fromBytes(_ a: [Substring]) -> String? {
        let digits = Array(a[0].dropFirst().utf8).compactMap(BigInt.digitValue)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
        return bytes.withUnsafeBytes { Vectors.hex(BigInt(bytes: $0, bigEndian: a[1].hasPrefix("be"), signed: a[1].hasSuffix("s"))) }
    }
}

/// fmt KIND ARGUMENT SPEC, the spec as hex code points joined by '.', as `format(x, spec)`.
enum FormatVectors {
    static func evaluate(_ a: [Substring]) -> String? {
        guard a.count == 3 else { return nil }
        let points = a[2].dropFirst().split(separator: ".").compactMap { UInt32($0, radix: 16) }
        do throws(FormatError) {
            let field: FormattedField
            switch a[0] {
            case "i":
                guard let x = Vectors.big(a[1]) else { return nil }
                let spec = try FormatSpec.parse(points, defaultType: 0x64)
                switch spec.type {
                case 0x62, 0x64, 0x6E, 0x6F, 0x78, 0x58:
                    field = try spec.integer { (x.isNegative, x.absolute.digits(base: $0)) }
                case 0x65, 0x45, 0x66, 0x46, 0x67, 0x47, 0x25: field = try spec.float(x.asDouble ?? 0)
                default: throw FormatSpec.unknown(spec.type, "int")
                }
            case "f":
                guard let x = Vectors.double(a[1]) else { return nil }
                let spec = try FormatSpec.parse(points)
                switch spec.type {
                case 0, 0x6E, 0x65, 0x45, 0x66, 0x46, 0x67, 0x47, 0x25: field = try spec.float(x)
                default: throw FormatSpec.unknown(spec.type, "float")
                }
            default:
                let d = a[1].split(separator: ",").compactMap(Vectors.double)
                let spec = try FormatSpec.parse(points)
                switch spec.type {
                case 0, 0x6E, 0x65, 0x45, 0x66, 0x46, 0x67, 0x47: field = try spec.complex(Complex(d[0], d[1]))
                default: throw FormatSpec.unknown(spec.type, "complex")
                }
            }
            return "<" + field.codePoints.map { String($0, radix: 16) }.joined(separator: ".")
        } catch {
            return "!" + error.message
        }
    }
}
