// `math`: the real functions. CPython: Modules/mathmodule.c.
import PyNumerics
import PyRuntime

extension VM {
    public func registerMath() {
        registerModule("math") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module provides access to the mathematical functions
                defined by the C standard.
                """ as StaticString))
            m.attribute("pi", Value(Double.pi))
            m.attribute("e", Value(2.718281828459045))
            m.attribute("tau", Value(6.283185307179586))
            m.attribute("inf", Value(Double.infinity))
            m.attribute("nan", Value(Double.nan))
            vm.fillMathElementary(m)
            vm.fillMathParts(m)
            vm.fillMathIntegers(m)
            vm.fillMathSums(m)
            return 0
        }
    }

    private func fillMathElementary(_ m: ModuleBuilder) {
        m.def1("acos($module, x, /)", """
            Return the arc cosine (measured in radians) of x.

            The result is between 0 and pi.
            """) { vm, _, x in vm.mathUnary(x, Libm.acos) }
        m.def1("acosh($module, x, /)", "Return the inverse hyperbolic cosine of x.") { vm, _, x in vm.mathUnary(x, Libm.acosh) }
        m.def1("asin($module, x, /)", """
            Return the arc sine (measured in radians) of x.

            The result is between -pi/2 and pi/2.
            """) { vm, _, x in vm.mathUnary(x, Libm.asin) }
        m.def1("asinh($module, x, /)", "Return the inverse hyperbolic sine of x.") { vm, _, x in vm.mathUnary(x, Libm.asinh) }
        m.def1("atan($module, x, /)", """
            Return the arc tangent (measured in radians) of x.

            The result is between -pi/2 and pi/2.
            """) { vm, _, x in vm.mathUnary(x, Libm.atan) }
        m.def2("atan2($module, y, x, /)", """
            Return the arc tangent (measured in radians) of y/x.

            Unlike atan(y/x), the signs of both x and y are considered.
            """) { vm, _, y, x in vm.mathBinary(y, x, Libm.atan2) }
        m.def1("atanh($module, x, /)", "Return the inverse hyperbolic tangent of x.") { vm, _, x in vm.mathUnary(x, Libm.atanh) }
        m.def1("cos($module, x, /)", "Return the cosine of x (measured in radians).") { vm, _, x in vm.mathUnary(x, Libm.cos) }
        m.def1("cosh($module, x, /)", "Return the hyperbolic cosine of x.") { vm, _, x in
            vm.mathUnary(x, overflows: true, Libm.cosh)
        }
        m.def1("degrees($module, x, /)", "Convert angle x from radians to degrees.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x) * (180 / .pi)) }
        }
        m.def1("erf($module, x, /)", "Error function at x.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(Libm.erf(try vm.realDouble(x))) }
        }
        m.def1("erfc($module, x, /)", "Complementary error function at x.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(Libm.erfc(try vm.realDouble(x))) }
        }
        m.def1("exp($module, x, /)", "Return e raised to the power of x.") { vm, _, x in vm.mathUnary(x, overflows: true, Libm.exp) }
        m.def1("expm1($module, x, /)", """
            Return exp(x)-1.

            This function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.
            """) { vm, _, x in vm.mathUnary(x, overflows: true, Libm.expm1) }
        m.def1("gamma($module, x, /)", "Gamma function at x.") { vm, _, x in vm.mathChecked(x, MathFunctions.gamma) }
        m.def1("lgamma($module, x, /)", "Natural logarithm of absolute value of Gamma function at x.") { vm, _, x in
            vm.mathChecked(x, MathFunctions.logGamma)
        }
        m.defV("-log($module, x, base=<unrepresentable>, /)", """
            log(x, [base=math.e])
            Return the logarithm of x to the given base.

            If the base not specified, returns the natural logarithm (base e) of x.
            """) { vm, _, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "log() takes no keyword arguments") }
                if count < 1 || count > 2 { throw vm.raise(.typeError, "math.log requires 1 to 2 arguments") }
                let x = try vm.mathLog(arguments[0], Libm.log)
                if count == 1 { return Value(x) }
                let base = try vm.mathLog(arguments[1], Libm.log)
                if base == 0 { throw vm.raise(.zeroDivisionError, "float division by zero") }
                return Value(x / base)
            }
        }
        m.def1("log10($module, x, /)", "Return the base 10 logarithm of x.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.mathLog(x, Libm.log10)) }
        }
        m.def1("log1p($module, x, /)", """
            Return the natural logarithm of 1+x (base e).

            The result is computed in a way which is accurate for x near zero.
            """) { vm, _, x in vm.mathUnary(x, Libm.log1p) }
        m.def1("log2($module, x, /)", "Return the base 2 logarithm of x.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.mathLog(x, Libm.log2)) }
        }
        m.def2("pow($module, x, y, /)", "Return x**y (x to the power of y).") { vm, _, x, y in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x)
                return Value(try vm.mathPower(a, vm.realDouble(y)))
            }
        }
        m.def1("radians($module, x, /)", "Convert angle x from degrees to radians.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x) * (.pi / 180)) }
        }
        m.def1("sin($module, x, /)", "Return the sine of x (measured in radians).") { vm, _, x in vm.mathUnary(x, Libm.sin) }
        m.def1("sinh($module, x, /)", "Return the hyperbolic sine of x.") { vm, _, x in vm.mathUnary(x, overflows: true, Libm.sinh) }
        m.def1("sqrt($module, x, /)", "Return the square root of x.") { vm, _, x in vm.mathUnary(x) { $0.squareRoot() } }
        m.def1("tan($module, x, /)", "Return the tangent of x (measured in radians).") { vm, _, x in vm.mathUnary(x, Libm.tan) }
        m.def1("tanh($module, x, /)", "Return the hyperbolic tangent of x.") { vm, _, x in vm.mathUnary(x, Libm.tanh) }
    }

    private func fillMathParts(_ m: ModuleBuilder) {
        m.def1("ceil($module, x, /)", """
            Return the ceiling of x as an Integral.

            This is the smallest integer >= x.
            """) { vm, _, x in
            vm.guarded { () throws(Raised) in
                if !x.isDouble {
                    let r = try vm.callSpecial(x, vm.names.__ceil__)
                    if !r.isNull { return r }
                }
                return try vm.int(truncating: vm.realDouble(x).rounded(.up))
            }
        }
        m.def1("floor($module, x, /)", """
            Return the floor of x as an Integral.

            This is the largest integer <= x.
            """) { vm, _, x in
            vm.guarded { () throws(Raised) in
                if !x.isDouble {
                    let r = try vm.callSpecial(x, vm.names.__floor__)
                    if !r.isNull { return r }
                }
                return try vm.int(truncating: vm.realDouble(x).rounded(.down))
            }
        }
        m.def1("trunc($module, x, /)", """
            Truncates the Real x to the nearest Integral toward 0.

            Uses the __trunc__ magic method.
            """) { vm, _, x in
            vm.guarded { () throws(Raised) in
                if x.isDouble { return try vm.int(truncating: x.double) }
                let r = try vm.callSpecial(x, vm.names.__trunc__)
                if r.isNull { throw vm.raise(.typeError, "type \(vm.typeName(x)) doesn't define __trunc__ method") }
                return r
            }
        }
        m.def2("copysign($module, x, y, /)", """
            Return a float with the magnitude (absolute value) of x but the sign of y.

            On platforms that support signed zeros, copysign(1.0, -0.0)
            returns -1.0.

            """) { vm, _, x, y in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x)
                return Value(Double(signOf: try vm.realDouble(y), magnitudeOf: a))
            }
        }
        m.def1("fabs($module, x, /)", "Return the absolute value of the float x.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x).magnitude) }
        }
        m.def2("fmod($module, x, y, /)", """
            Return fmod(x, y), according to platform C.

            x % y may differ.
            """) { vm, _, x, y in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x), b = try vm.realDouble(y)
                if b.isInfinite && a.isFinite { return Value(a) }
                let r = Libm.fmod(a, b)
                if r.isNaN && !a.isNaN && !b.isNaN { throw vm.mathError(.domain) }
                return Value(r)
            }
        }
        m.def1("frexp($module, x, /)", """
            Return the mantissa and exponent of x, as pair (m, e).

            m is a float and e is an int, such that x = m * 2.**e.
            If x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.
            """) { vm, _, x in
            vm.guarded { () throws(Raised) in
                let (m, e) = MathFunctions.frexp(try vm.realDouble(x))
                return vm.tuple(Value(m), Value(small: e))
            }
        }
        m.def2("ldexp($module, x, i, /)", """
            Return x * (2**i).

            This is essentially the inverse of frexp().
            """) { vm, _, x, i in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x)
                if !vm.isInt(i) { throw vm.raise(.typeError, "Expected an int as second argument to ldexp.") }
                var fits = false
                let n = vm.clampedInt(i, &fits)
                let r: Double
                do throws(MathError) { r = try MathFunctions.ldexp(a, n) } catch { throw vm.mathError(error) }
                return Value(r)
            }
        }
        m.def1("modf($module, x, /)", """
            Return the fractional and integer parts of x.

            Both results carry the sign of x and are floats.
            """) { vm, _, x in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x)
                if a.isInfinite { return vm.tuple(Value(Double(signOf: a, magnitudeOf: 0)), Value(a)) }
                let whole = a.rounded(.towardZero)
                return vm.tuple(Value(Double(signOf: a, magnitudeOf: a - whole)), Value(whole))
            }
        }
        m.def2("remainder($module, x, y, /)", """
            Difference between x and the closest integer multiple of y.

            Return x - n*y where n*y is the closest integer multiple of y.
            In the case where x is exactly halfway between two multiples of
            y, the nearest even value of n is used. The result is always exact.
            """) { vm, _, x, y in
            vm.mathBinary(x, y) { a, b in
                if b.isInfinite && a.isFinite { return a }
                let r = a.remainder(dividingBy: b)
                return r == 0 ? Double(signOf: a, magnitudeOf: 0) : r
            }
        }
        m.def2("nextafter($module, x, y, /)", "Return the next floating-point value after x towards y.") { vm, _, x, y in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x), b = try vm.realDouble(y)
                if a.isNaN || b.isNaN { return Value(Double.nan) }
                return Value(a == b ? b : a < b ? a.nextUp : a.nextDown)
            }
        }
        m.def1("ulp($module, x, /)", "Return the value of the least significant bit of the float x.") { vm, _, x in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(x)
                if a.isNaN { return Value(a) }
                return Value(a.isInfinite ? .infinity : a.magnitude.ulp)
            }
        }
        m.def1("isfinite($module, x, /)", "Return True if x is neither an infinity nor a NaN, and False otherwise.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x).isFinite) }
        }
        m.def1("isinf($module, x, /)", "Return True if x is a positive or negative infinity, and False otherwise.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x).isInfinite) }
        }
        m.def1("isnan($module, x, /)", "Return True if x is a NaN (not a number), and False otherwise.") { vm, _, x in
            vm.guarded { () throws(Raised) in Value(try vm.realDouble(x).isNaN) }
        }
        m.defN("isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", """
            Determine whether two floating point numbers are close in value.

              rel_tol
                maximum difference for being considered "close", relative to the
                magnitude of the input values
              abs_tol
                maximum difference for being considered "close", regardless of the
                magnitude of the input values

            Return True if a is close in value to b, and False otherwise.

            For the values to be considered close, the difference between them
            must be smaller than at least one of the tolerances.

            -inf, inf and NaN behave similarly to the IEEE 754 Standard.  That
            is, NaN is not close to anything, even itself.  inf and -inf are
            only close to themselves.
            """) { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(arguments[0]), b = try vm.realDouble(arguments[1])
                let (relative, absolute) = try vm.checkTolerances(arguments[2], arguments[3])
                if a == b { return .true }
                if a.isInfinite || b.isInfinite { return .false }
                let d = (b - a).magnitude
                return Value(d <= (relative * b).magnitude || d <= (relative * a).magnitude || d <= absolute)
            }
        }
    }

    private func fillMathIntegers(_ m: ModuleBuilder) {
        m.def2("comb($module, n, k, /)", """
            Number of ways to choose k items from n items without repetition and without order.

            Evaluates to n! / (k! * (n - k)!) when k <= n and evaluates
            to zero when k > n.

            Also called the binomial coefficient because it is equivalent
            to the coefficient of k-th term in polynomial expansion of the
            expression (1 + x)**n.

            Raises TypeError if either of the arguments are not integers.
            Raises ValueError if either of the arguments are negative.
            """) { vm, _, n, k in
            vm.guarded { () throws(Raised) in
                let a = vm.bigInt(try vm.index(n)), b = vm.bigInt(try vm.index(k))
                if a.isNegative { throw vm.raise(.valueError, "n must be a non-negative integer") }
                if b.isNegative { throw vm.raise(.valueError, "k must be a non-negative integer") }
                if a < b { return Value(small: 0) }
                guard let count = min(b, a - b).asInt else {
                    throw vm.raise(.overflowError, "min(n - k, k) must not exceed \(Int.max)")
                }
                return try vm.int(try vm.interruptibly { BigInt.combinations(a, count, stop: $0) })
            }
        }
        m.defN("perm($module, n, k=None, /)", """
            Number of ways to choose k items from n items without repetition and with order.

            Evaluates to n! / (n - k)! when k <= n and evaluates
            to zero when k > n.

            If k is not specified or is None, then k defaults to n
            and the function returns n!.

            Raises TypeError if either of the arguments are not integers.
            Raises ValueError if either of the arguments are negative.
            """) { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                if arguments[1].isNull || arguments[1].isNone { return try vm.mathFactorial(arguments[0]) }
                let a = vm.bigInt(try vm.index(arguments[0])), b = vm.bigInt(try vm.index(arguments[1]))
                if a.isNegative { throw vm.raise(.valueError, "n must be a non-negative integer") }
                if b.isNegative { throw vm.raise(.valueError, "k must be a non-negative integer") }
                if a < b { return Value(small: 0) }
                guard let count = b.asInt else { throw vm.raise(.overflowError, "k must not exceed \(Int.max)") }
                return try vm.int(try vm.interruptibly { BigInt.permutations(a, count, stop: $0) })
            }
        }
        m.def1("factorial($module, x, /)", """
            Find x!.

            Raise a ValueError if x is negative or non-integral.
            """) { vm, _, x in vm.guarded { () throws(Raised) in try vm.mathFactorial(x) } }
        m.defV("gcd($module, *integers)", "Greatest Common Divisor.") { vm, _, arguments, count, keywords in
            vm.foldInts("gcd", arguments, count, keywords, start: .zero) { BigInt.gcd($0, $1, stop: $2) }
        }
        m.defV("lcm($module, *integers)", "Least Common Multiple.") { vm, _, arguments, count, keywords in
            vm.foldInts("lcm", arguments, count, keywords, start: .one) { BigInt.lcm($0, $1, stop: $2) }
        }
        m.def1("isqrt($module, n, /)", "Return the integer part of the square root of the input.") { vm, _, n in
            vm.guarded { () throws(Raised) in
                let a = vm.bigInt(try vm.index(n))
                if a.isNegative { throw vm.raise(.valueError, "isqrt() argument must be nonnegative") }
                return try vm.int(try vm.interruptibly { a.squareRoot(stop: $0) })
            }
        }
    }

    private func mathFactorial(_ x: Value) throws(Raised) -> Value {
        let number = try index(x)
        var fits = false
        let n = clampedInt(number, &fits)
        if n < 0 { throw raise(.valueError, "factorial() not defined for negative values") }
        if !fits { throw raise(.overflowError, "factorial() argument should not exceed \(Int.max)") }
        // n! has more than n bits from here on: what does not fit memory is refused now.
        if n > 1 << 34 { throw raiseMemoryError() }
        return try int(n < 1000 ? BigInt.factorial(n) : try interruptibly { BigInt.factorial(n, stop: $0) })
    }

    private func fillMathSums(_ m: ModuleBuilder) {
        m.def1("fsum($module, seq, /)", """
            Return an accurate floating point sum of values in the iterable seq.

            Assumes IEEE-754 floating point arithmetic.
            """) { vm, _, sequence in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.iter(sequence)
                var sum = ExactSum()
                while let item = try vm.next(iterator) {
                    let x = try vm.realDouble(item)
                    do throws(ExactSum.Failure) { try sum.add(x) } catch { throw vm.sumError(error) }
                }
                let r: Double
                do throws(ExactSum.Failure) { r = try sum.result() } catch { throw vm.sumError(error) }
                return Value(r)
            }
        }
        m.defV("-hypot($module, *coordinates)", """
            hypot(*coordinates) -> value

            Multidimensional Euclidean distance from the origin to a point.

            Roughly equivalent to:
                sqrt(sum(x**2 for x in coordinates))

            For a two dimensional point (x, y), gives the hypotenuse
            using the Pythagorean theorem:  sqrt(x*x + y*y).

            For example, the hypotenuse of a 3/4/5 right triangle is:

                >>> hypot(3.0, 4.0)
                5.0

            """) { vm, _, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 {
                    throw vm.raise(.typeError, "math.hypot() takes no keyword arguments")
                }
                var values: [Double] = []
                for i in 0..<count { values.append(try vm.realDouble(arguments[i])) }
                return Value(MathFunctions.norm(values))
            }
        }
        m.def2("dist($module, p, q, /)", """
            Return the Euclidean distance between two points p and q.

            The points should be specified as sequences (or iterables) of
            coordinates.  Both inputs must have the same dimension.

            Roughly equivalent to:
                sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))
            """) { vm, _, p, q in
            vm.guarded { () throws(Raised) in
                // Both are looked at before what is in them.
                let first = PyTuple(vm.isTuple(p) ? p : try vm.tupleFrom(p)), second = PyTuple(vm.isTuple(q) ? q : try vm.tupleFrom(q))
                if first.count != second.count { throw vm.raise(.valueError, "both points must have the same number of dimensions") }
                let a = try vm.floatTuple(first.value), b = try vm.floatTuple(second.value)
                return Value(MathFunctions.norm(zip(a, b).map { $0 - $1 }))
            }
        }
        m.defN("prod($module, iterable, /, *, start=1)", """
            Calculate the product of all the elements in the input iterable.

            The default start value for the product is 1.

            When the iterable is empty, return the start value.  This function is
            intended specifically for use with numeric values and may reject
            non-numeric types.
            """) { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.iter(arguments[0])
                var product = arguments[1].isNull ? Value(small: 1) : arguments[1]
                while let item = try vm.next(iterator) { product = try vm.binary(.multiply, product, item) }
                return product
            }
        }
    }

    private func sumError(_ failure: ExactSum.Failure) -> Raised {
        switch failure {
        case .overflow: return raise(.overflowError, "intermediate overflow in fsum")
        case .opposedInfinities: return raise(.valueError, "-inf + inf in fsum")
        }
    }
}
