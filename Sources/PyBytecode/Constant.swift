// The values a code object's constant pool can hold.
import PyNumerics
import PyUnicode

/// A constant. Equality and hashing are by type and exact value: `1`, `True` and `1.0` differ, `0.0` and `-0.0` differ.
public enum Constant: Hashable, Sendable {
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
    case tuple([Constant])
    /// Elements in the order they were written; equality is CPython's set equality for compiler-made sets, which have no duplicates.
    case frozenset([Constant])
    case code(CodeObject)
}
