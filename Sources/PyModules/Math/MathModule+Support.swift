// Arguments and errors shared by `math` and `cmath`. CPython: math_1, math_2, is_error in Modules/mathmodule.c.
import PyNumerics
import PyRuntime

extension VM {
    func mathError(_ error: MathError) -> Raised {
        switch error {
        case .domain: return raise(.valueError, "math domain error")
        case .range: return raise(.overflowError, "math range error")
        }
    }

    /// A libm function: a NaN from a number is a domain error, an infinity from a finite number a range or domain error.
    func mathUnary(_ x: Value, overflows: Bool = false, _ f: (Double) -> Double) -> Value {
        guarded { () throws(Raised) in
            let x = try realDouble(x)
            let r = f(x)
            if r.isNaN && !x.isNaN { throw mathError(.domain) }
            if r.isInfinite && x.isFinite { throw mathError(overflows ? .range : .domain) }
            return Value(r)
        }
    }

    /// A function that reports its own errors.
    func mathChecked(_ x: Value, _ f: (Double) throws(MathError) -> Double) -> Value {
        guarded { () throws(Raised) in
            let x = try realDouble(x)
            let r: Double
            do throws(MathError) { r = try f(x) } catch { throw mathError(error) }
            return Value(r)
        }
    }

    func mathBinary(_ x: Value, _ y: Value, _ f: (Double, Double) -> Double) -> Value {
        guarded { () throws(Raised) in
            let x = try realDouble(x), y = try realDouble(y)
            let r = f(x, y)
            if r.isNaN && !x.isNaN && !y.isNaN { throw mathError(.domain) }
            if r.isInfinite && x.isFinite && y.isFinite { throw mathError(.range) }
            return Value(r)
        }
    }

    /// `f(x)` for a logarithm; ints of any size.
    func mathLog(_ x: Value, _ f: (Double) -> Double) throws(Raised) -> Double {
        if isInt(x) {
            let n = bigInt(x)
            if n.signum <= 0 { throw mathError(.domain) }
            if let d = n.asDouble { return f(d) }
            let (m, e) = n.frexp
            return f(m) + f(2) * Double(e)
        }
        let d = try realDouble(x)
        if d.isNaN || d == .infinity { return d }
        if d <= 0 { throw mathError(.domain) }
        return f(d)
    }

    /// Arguments of `gcd` and `lcm`: ints, no keywords.
    func foldInts(
        _ name: StaticString, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value, start: BigInt,
        _ f: (BigInt, BigInt, Interruption?) -> BigInt
    ) -> Value {
        guarded { () throws(Raised) in
            if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "math.\(name)() takes no keyword arguments") }
            if count == 2, let a = arguments[0].isSmallInt ? arguments[0].smallInt : nil, arguments[1].isSmallInt, start.isZero {
                var x = a.magnitude, y = arguments[1].smallInt.magnitude
                while y != 0 { (x, y) = (y, x % y) }
                return int(Int(x))
            }
            var result = start
            for i in 0..<count {
                let next = bigInt(try index(arguments[i]))
                result = try interruptibly { f(result, next, $0) }
            }
            return try int(result)
        }
    }

    /// `isclose` on magnitudes already subtracted.
    func checkTolerances(_ relative: Value, _ absolute: Value) throws(Raised) -> (Double, Double) {
        let r = relative.isNull ? 1e-9 : try realDouble(relative)
        let a = absolute.isNull ? 0.0 : try realDouble(absolute)
        if r < 0 || a < 0 { throw raise(.valueError, "tolerances must be non-negative") }
        return (r, a)
    }

    /// math.pow: C's pow with Python's errors.
    func mathPower(_ x: Double, _ y: Double) throws(Raised) -> Double {
        if !x.isFinite || !y.isFinite {
            if x.isNaN { return y == 0 ? 1 : x }
            if y.isNaN { return x == 1 ? 1 : y }
            if x.isInfinite {
                let odd = y.isFinite && Libm.fmod(y.magnitude, 2) == 1
                if y > 0 { return odd ? x : x.magnitude }
                if y == 0 { return 1 }
                return odd ? Double(signOf: x, magnitudeOf: 0) : 0
            }
            if x.magnitude == 1 { return 1 }
            if y > 0 && x.magnitude > 1 { return y }
            if y < 0 && x.magnitude < 1 {
                if x == 0 { throw mathError(.domain) }
                return -y
            }
            return 0
        }
        let r = Libm.pow(x, y)
        if r.isNaN { throw mathError(.domain) }
        if r.isInfinite { throw mathError(x == 0 ? .domain : .range) }
        return r
    }

    func floatTuple(_ iterable: Value) throws(Raised) -> [Double] {
        let items = PyTuple(isTuple(iterable) ? iterable : try tupleFrom(iterable))
        var out: [Double] = []
        for i in 0..<items.count { out.append(try realDouble(items[i])) }
        return out
    }
}
