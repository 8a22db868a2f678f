// `_statistics`: one function. CPython: Modules/_statisticsmodule.c.
// Wichura, M.J. (1988), "Algorithm AS241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (3): 477-484.
import PyNumerics
import PyRuntime

/// The coefficients of one rational approximation, highest power first; the denominator's last one is 1.
private struct Rational {
    var n7, n6, n5, n4, n3, n2, n1, n0: Double
    var d7, d6, d5, d4, d3, d2, d1: Double

    func numerator(_ r: Double) -> Double { ((((((n7 * r + n6) * r + n5) * r + n4) * r + n3) * r + n2) * r + n1) * r + n0 }
    func denominator(_ r: Double) -> Double { ((((((d7 * r + d6) * r + d5) * r + d4) * r + d3) * r + d2) * r + d1) * r + 1 }
}

private var centre: Rational {
    Rational(
        n7: 2.5090809287301226727e+3, n6: 3.3430575583588128105e+4, n5: 6.7265770927008700853e+4, n4: 4.5921953931549871457e+4, n3: 1.3731693765509461125e+4, n2: 1.9715909503065514427e+3, n1: 1.3314166789178437745e+2, n0: 3.3871328727963666080e+0,
        d7: 5.2264952788528545610e+3, d6: 2.8729085735721942674e+4, d5: 3.9307895800092710610e+4, d4: 2.1213794301586595867e+4, d3: 5.3941960214247511077e+3, d2: 6.8718700749205790830e+2, d1: 4.2313330701600911252e+1)
}
private var middle: Rational {
    Rational(
        n7: 7.74545014278341407640e-4, n6: 2.27238449892691845833e-2, n5: 2.41780725177450611770e-1, n4: 1.27045825245236838258e+0, n3: 3.64784832476320460504e+0, n2: 5.76949722146069140550e+0, n1: 4.63033784615654529590e+0, n0: 1.42343711074968357734e+0,
        d7: 1.05075007164441684324e-9, d6: 5.47593808499534494600e-4, d5: 1.51986665636164571966e-2, d4: 1.48103976427480074590e-1, d3: 6.89767334985100004550e-1, d2: 1.67638483018380384940e+0, d1: 2.05319162663775882187e+0)
}
private var tail: Rational {
    Rational(
        n7: 2.01033439929228813265e-7, n6: 2.71155556874348757815e-5, n5: 1.24266094738807843860e-3, n4: 2.65321895265761230930e-2, n3: 2.96560571828504891230e-1, n2: 1.78482653991729133580e+0, n1: 5.46378491116411436990e+0, n0: 6.65790464350110377720e+0,
        d7: 2.04426310338993978564e-15, d6: 1.42151175831644588870e-7, d5: 1.84631831751005468180e-5, d4: 7.86869131145613259100e-4, d3: 1.48753612908506148525e-2, d2: 1.36929880922735805310e-1, d1: 5.99832206555887937690e-1)
}

extension VM {
    public func registerStatistics() {
        registerModule("_statistics") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Accelerators for the statistics module.\n" as StaticString))
            m.def3("_normal_dist_inv_cdf($module, p, mu, sigma, /)", "") { vm, _, p, mu, sigma in
                vm.guarded { () throws(Raised) in
                    let p = try vm.toDouble(p), mu = try vm.toDouble(mu), sigma = try vm.toDouble(sigma)
                    // NaN passes, and comes out again.
                    guard !(p <= 0 || p >= 1 || sigma <= 0), let x = p.isNaN ? p : inverseNormal(p) else {
                        throw vm.raise(.valueError, "inv_cdf undefined for these parameters")
                    }
                    return Value(mu + x * sigma)
                }
            }
            return 0
        }
    }
}

/// The standard normal distribution's percentage point at 0 < `p` < 1.
private func inverseNormal(_ p: Double) -> Double? {
    let q = p - 0.5
    if abs(q) <= 0.425 {
        let r = 0.180625 - q * q
        return centre.numerator(r) * q / centre.denominator(r)
    }
    let side = q <= 0 ? p : 1 - p
    if side <= 0 || side >= 1 { return nil }
    let r = (-Libm.log(side)).squareRoot()
    let table = r <= 5 ? middle : tail
    let s = r <= 5 ? r - 1.6 : r - 5
    let x = table.numerator(s) / table.denominator(s)
    return q < 0 ? -x : x
}
