// What `marshal` can carry, as a tree with shared nodes: between the bytes and the runtime's objects or the code object.
// CPython: Python/marshal.c; documentation: `marshal`.
import PyNumerics
import PyUnicode

/// One marshalled value. Containers are shared nodes, because references in the data may point at them, even from inside.
public enum MarshalValue: Sendable {
    case none
    case stopIteration
    case ellipsis
    case bool(Bool)
    case int(Int)
    /// Only values outside the range of `Int`.
    case bigInt(BigInt)
    /// Bit pattern of a double.
    case float(UInt64)
    case complex(UInt64, UInt64)
    case str(PyText, interned: Bool)
    case bytes([UInt8])
    case tuple(MarshalNode)
    case list(MarshalNode)
    /// Keys and values in turn.
    case dict(MarshalNode)
    case set(MarshalNode)
    case frozenset(MarshalNode)
    case code(CodeObject)
}

/// The contents of a container. Two values with the same node are the same Python object.
public final class MarshalNode: @unchecked Sendable {
    /// Filled by the reader before anyone else sees the node; not changed afterwards.
    public internal(set) var items: [MarshalValue]
    /// What the node became as a constant; the reader's own use.
    var constants: [Constant]?
    var isConverting = false

    public init(_ items: [MarshalValue] = []) { self.items = items }

    /// For a node that must exist before its contents (an object inside itself). Call once, before anyone reads it.
    public func fill(_ items: [MarshalValue]) { self.items = items }
}

/// Why data could not be read or a value not written, as CPython says it.
public struct MarshalError: Error, Hashable, Sendable {
    public enum Kind: UInt8, Sendable { case eofError, valueError, typeError, unicodeDecodeError, systemError }
    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// The type byte of an object in the data; the top bit says that later references may name it.
package enum MarshalType {
    package static let null = UInt8(ascii: "0")
    package static let none = UInt8(ascii: "N")
    package static let `false` = UInt8(ascii: "F")
    package static let `true` = UInt8(ascii: "T")
    package static let stopIteration = UInt8(ascii: "S")
    package static let ellipsis = UInt8(ascii: ".")
    package static let int = UInt8(ascii: "i")
    /// Written by Python 2 only; still read.
    package static let int64 = UInt8(ascii: "I")
    package static let float = UInt8(ascii: "f")
    package static let binaryFloat = UInt8(ascii: "g")
    package static let complex = UInt8(ascii: "x")
    package static let binaryComplex = UInt8(ascii: "y")
    package static let long = UInt8(ascii: "l")
    package static let string = UInt8(ascii: "s")
    package static let interned = UInt8(ascii: "t")
    package static let ref = UInt8(ascii: "r")
    package static let tuple = UInt8(ascii: "(")
    package static let list = UInt8(ascii: "[")
    package static let dict = UInt8(ascii: "{")
    package static let code = UInt8(ascii: "c")
    package static let unicode = UInt8(ascii: "u")
    package static let set = UInt8(ascii: "<")
    package static let frozenset = UInt8(ascii: ">")
    package static let ascii = UInt8(ascii: "a")
    package static let asciiInterned = UInt8(ascii: "A")
    package static let smallTuple = UInt8(ascii: ")")
    package static let shortASCII = UInt8(ascii: "z")
    package static let shortASCIIInterned = UInt8(ascii: "Z")
    package static let refFlag: UInt8 = 0x80
}

/// Facts about the format.
public enum Marshal {
    /// The version CPython 3.10 writes.
    public static let version = 4
    /// How deep objects may nest (MAX_MARSHAL_STACK_DEPTH).
    public static let maxDepth = 2000
}
