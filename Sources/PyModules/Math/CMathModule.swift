// `cmath`: functions of complex numbers. CPython: Modules/cmathmodule.c.
import PyNumerics
import PyRuntime

extension VM {
    /// The argument, or TypeError "must be real number, not str".
    private func complexArgument(_ value: Value) throws(Raised) -> Complex {
        if let z = try toComplex(value) { return z }
        throw raise(.typeError, "must be real number, not \(typeName(value))")
    }

    private func cmathUnary(_ value: Value, _ f: (Complex) throws(MathError) -> Complex) -> Value {
        guarded { () throws(Raised) in
            let z = try complexArgument(value)
            return complex(try cmathResult { () throws(MathError) in try f(z) })
        }
    }

    private func cmathResult(_ f: () throws(MathError) -> Complex) throws(Raised) -> Complex {
        do throws(MathError) { return try f() } catch { throw mathError(error) }
    }

    private func cmathTest(_ value: Value, _ f: (Complex) -> Bool) -> Value {
        guarded { () throws(Raised) in Value(f(try complexArgument(value))) }
    }

    public func registerCMath() {
        registerModule("cmath") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module provides access to mathematical functions for complex
                numbers.
                """ as StaticString))
            m.attribute("pi", Value(Double.pi))
            m.attribute("e", Value(2.718281828459045))
            m.attribute("tau", Value(6.283185307179586))
            m.attribute("inf", Value(Double.infinity))
            m.attribute("nan", Value(Double.nan))
            m.attribute("infj", vm.complex(Complex(0, .infinity)))
            m.attribute("nanj", vm.complex(Complex(0, .nan)))
            vm.fillCMathFunctions(m)
            vm.fillCMathPolar(m)
            return 0
        }
    }

    private func fillCMathFunctions(_ m: ModuleBuilder) {
        m.def1("acos($module, z, /)", "Return the arc cosine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.acos)
        }
        m.def1("acosh($module, z, /)", "Return the inverse hyperbolic cosine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.acosh)
        }
        m.def1("asin($module, z, /)", "Return the arc sine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.asin)
        }
        m.def1("asinh($module, z, /)", "Return the inverse hyperbolic sine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.asinh)
        }
        m.def1("atan($module, z, /)", "Return the arc tangent of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.atan)
        }
        m.def1("atanh($module, z, /)", "Return the inverse hyperbolic tangent of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.atanh)
        }
        m.def1("cos($module, z, /)", "Return the cosine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.cos)
        }
        m.def1("cosh($module, z, /)", "Return the hyperbolic cosine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.cosh)
        }
        m.def1("exp($module, z, /)", "Return the exponential value e**z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.exp)
        }
        m.def1("log10($module, z, /)", "Return the base-10 logarithm of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.log10)
        }
        m.def1("sin($module, z, /)", "Return the sine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.sin)
        }
        m.def1("sinh($module, z, /)", "Return the hyperbolic sine of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.sinh)
        }
        m.def1("sqrt($module, z, /)", "Return the square root of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.sqrt)
        }
        m.def1("tan($module, z, /)", "Return the tangent of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.tan)
        }
        m.def1("tanh($module, z, /)", "Return the hyperbolic tangent of z.") { vm, _, z in
            vm.cmathUnary(z, ComplexFunctions.tanh)
        }
        m.defN("log($module, z, base=<unrepresentable>, /)", """
            log(z[, base]) -> the logarithm of z to the given base.

            If the base is not specified, returns the natural logarithm (base e) of z.
            """) { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                let z = try vm.complexArgument(arguments[0])
                let base = arguments[1].isNull ? nil : try vm.complexArgument(arguments[1])
                let x = try vm.cmathResult { () throws(MathError) in try ComplexFunctions.log(z) }
                guard let base else { return vm.complex(x) }
                let y = try vm.cmathResult { () throws(MathError) in try ComplexFunctions.log(base) }
                guard let r = x.divided(by: y) else { throw vm.mathError(.domain) }
                return vm.complex(r)
            }
        }
    }

    private func fillCMathPolar(_ m: ModuleBuilder) {
        m.def1("phase($module, z, /)", "Return argument, also known as the phase angle, of a complex.") { vm, _, z in
            vm.guarded { () throws(Raised) in
                let z = try vm.complexArgument(z)
                return Value(Libm.atan2(z.imag, z.real))
            }
        }
        m.def1("polar($module, z, /)", """
            Convert a complex from rectangular coordinates to polar coordinates.

            r is the distance from 0 and phi the phase angle.
            """) { vm, _, z in
            vm.guarded { () throws(Raised) in
                let z = try vm.complexArgument(z)
                guard let r = z.absolute else { throw vm.mathError(.range) }
                return vm.tuple(Value(r), Value(Libm.atan2(z.imag, z.real)))
            }
        }
        m.def2("rect($module, r, phi, /)", "Convert from polar coordinates to rectangular coordinates.") { vm, _, r, phi in
            vm.guarded { () throws(Raised) in
                let a = try vm.realDouble(r), b = try vm.realDouble(phi)
                return vm.complex(try vm.cmathResult { () throws(MathError) in try ComplexFunctions.rect(a, b) })
            }
        }
        m.def1("isfinite($module, z, /)", "Return True if both the real and imaginary parts of z are finite, else False.") { vm, _, z in
            vm.cmathTest(z) { $0.real.isFinite && $0.imag.isFinite }
        }
        m.def1("isinf($module, z, /)", "Checks if the real or imaginary part of z is infinite.") { vm, _, z in
            vm.cmathTest(z) { $0.real.isInfinite || $0.imag.isInfinite }
        }
        m.def1("isnan($module, z, /)", "Checks if the real or imaginary part of z not a number (NaN).") { vm, _, z in
            vm.cmathTest(z) { $0.real.isNaN || $0.imag.isNaN }
        }
        m.defN("isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", """
            Determine whether two complex numbers are close in value.

              rel_tol
                maximum difference for being considered "close", relative to the
                magnitude of the input values
              abs_tol
                maximum difference for being considered "close", regardless of the
                magnitude of the input values

            Return True if a is close in value to b, and False otherwise.

            For the values to be considered close, the difference between them must be
            smaller than at least one of the tolerances.

            -inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is
            not close to anything, even itself. inf and -inf are only close to themselves.
            """) { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                let a = try vm.complexArgument(arguments[0]), b = try vm.complexArgument(arguments[1])
                let (relative, absolute) = try vm.checkTolerances(arguments[2], arguments[3])
                if a == b { return .true }
                if a.real.isInfinite || a.imag.isInfinite || b.real.isInfinite || b.imag.isInfinite { return .false }
                func size(_ z: Complex) -> Double { z.absolute ?? .infinity }
                let d = size(a - b)
                return Value(d <= relative * size(b) || d <= relative * size(a) || d <= absolute)
            }
        }
    }
}
