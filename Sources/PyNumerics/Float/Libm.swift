// The C library's elementary functions, re-exported under one name so that the rest of the package needs no platform
// import. Only modules by availability here, no operating-system checks.

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(WASILibc)
import WASILibc
#elseif canImport(ucrt)
import ucrt
#endif

/// C's `<math.h>` for doubles.
public enum Libm {
    @inline(__always) public static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
    public static func exp(_ x: Double) -> Double { _exp(x) }
    public static func expm1(_ x: Double) -> Double { _expm1(x) }
    public static func log(_ x: Double) -> Double { _log(x) }
    public static func log2(_ x: Double) -> Double { _log2(x) }
    public static func log10(_ x: Double) -> Double { _log10(x) }
    public static func log1p(_ x: Double) -> Double { _log1p(x) }
    public static func sin(_ x: Double) -> Double { _sin(x) }
    public static func cos(_ x: Double) -> Double { _cos(x) }
    public static func tan(_ x: Double) -> Double { _tan(x) }
    public static func asin(_ x: Double) -> Double { _asin(x) }
    public static func acos(_ x: Double) -> Double { _acos(x) }
    public static func atan(_ x: Double) -> Double { _atan(x) }
    public static func atan2(_ y: Double, _ x: Double) -> Double { _atan2(y, x) }
    public static func sinh(_ x: Double) -> Double { _sinh(x) }
    public static func cosh(_ x: Double) -> Double { _cosh(x) }
    public static func tanh(_ x: Double) -> Double { _tanh(x) }
    public static func asinh(_ x: Double) -> Double { _asinh(x) }
    public static func acosh(_ x: Double) -> Double { _acosh(x) }
    public static func atanh(_ x: Double) -> Double { _atanh(x) }
    public static func erf(_ x: Double) -> Double { _erf(x) }
    public static func erfc(_ x: Double) -> Double { _erfc(x) }
    public static func hypot(_ x: Double, _ y: Double) -> Double { _hypot(x, y) }
    public static func fmod(_ x: Double, _ y: Double) -> Double { _fmod(x, y) }
}

// Same-named members would shadow the C functions inside the enum.
@inline(__always) private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
@inline(__always) private func _exp(_ x: Double) -> Double { exp(x) }
@inline(__always) private func _expm1(_ x: Double) -> Double { expm1(x) }
@inline(__always) private func _log(_ x: Double) -> Double { log(x) }
@inline(__always) private func _log2(_ x: Double) -> Double { log2(x) }
@inline(__always) private func _log10(_ x: Double) -> Double { log10(x) }
@inline(__always) private func _log1p(_ x: Double) -> Double { log1p(x) }
@inline(__always) private func _sin(_ x: Double) -> Double { sin(x) }
@inline(__always) private func _cos(_ x: Double) -> Double { cos(x) }
@inline(__always) private func _tan(_ x: Double) -> Double { tan(x) }
@inline(__always) private func _asin(_ x: Double) -> Double { asin(x) }
@inline(__always) private func _acos(_ x: Double) -> Double { acos(x) }
@inline(__always) private func _atan(_ x: Double) -> Double { atan(x) }
@inline(__always) private func _atan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
@inline(__always) private func _sinh(_ x: Double) -> Double { sinh(x) }
@inline(__always) private func _cosh(_ x: Double) -> Double { cosh(x) }
@inline(__always) private func _tanh(_ x: Double) -> Double { tanh(x) }
@inline(__always) private func _asinh(_ x: Double) -> Double { asinh(x) }
@inline(__always) private func _acosh(_ x: Double) -> Double { acosh(x) }
@inline(__always) private func _atanh(_ x: Double) -> Double { atanh(x) }
@inline(__always) private func _erf(_ x: Double) -> Double { erf(x) }
@inline(__always) private func _erfc(_ x: Double) -> Double { erfc(x) }
@inline(__always) private func _hypot(_ x: Double, _ y: Double) -> Double { hypot(x, y) }
@inline(__always) private func _fmod(_ x: Double, _ y: Double) -> Double { fmod(x, y) }
