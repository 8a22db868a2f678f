// The value of a `Constant` node. It grows beyond what source can spell (tuples, frozensets) because constant
// folding and trees handed in through `compile(ast)` put those there.
import PyNumerics
import PyUnicode

/// A constant value. Equality and hashing are by type and exact value: `1`, `True` and `1.0` differ, `0.0` and `-0.0`
/// differ (floats compare by bit pattern), as CPython's constant keys do.
public enum Literal: Hashable, Sendable {
    case none
    case ellipsis
    case bool(Bool)
    case int(Int)
    /// Only values outside the range of `Int`.
    case bigInt(BigInt)
    /// The bit pattern of a double.
    case float(UInt64)
    /// The bit patterns of the real and the imaginary part.
    case complex(UInt64, UInt64)
    case str(PyText)
    case bytes([UInt8])
    case tuple([Literal])
    case frozenset([Literal])
}
