// The object word (DESIGN D1). Declared in CShims so that it may appear in C function types; everything it can do is here.
@_exported import CShims

// A word, seen from the top 16 bits:
//
//   0000  heap pointer, or a small immediate: NULL 0, None 1, False 2, True 3, Ellipsis 4, NotImplemented 5
//   0001  ┐
//    ..   │ double: its bit pattern plus 2^48
//   FFFE  ┘
//   FFFF  48-bit signed integer in the low bits
extension Value {
    @inlinable @inline(__always) public static var null: Value { Value(bits: 0) }
    @inlinable @inline(__always) public static var none: Value { Value(bits: 1) }
    @inlinable @inline(__always) public static var `false`: Value { Value(bits: 2) }
    @inlinable @inline(__always) public static var `true`: Value { Value(bits: 3) }
    @inlinable @inline(__always) public static var ellipsis: Value { Value(bits: 4) }
    @inlinable @inline(__always) public static var notImplemented: Value { Value(bits: 5) }

    @inlinable @inline(__always) static var doubleBias: UInt64 { 1 << 48 }
    @inlinable @inline(__always) static var intTag: UInt64 { 0xFFFF_0000_0000_0000 }
    /// The largest and smallest integers that are immediates.
    @inlinable @inline(__always) public static var maxSmallInt: Int { (1 << 47) - 1 }
    @inlinable @inline(__always) public static var minSmallInt: Int { -(1 << 47) }

    @inlinable @inline(__always) public init(_ bool: Bool) { self.init(bits: bool ? 3 : 2) }

    /// - Precondition: `double` is not a NaN with a payload from outside (see `init(foreign:)`).
    @inlinable @inline(__always) public init(_ double: Double) { self.init(bits: double.bitPattern &+ Value.doubleBias) }

    /// For doubles read from bytes: a NaN whose pattern would collide with the integer tag becomes the plain NaN.
    @inlinable public init(foreign double: Double) {
        self.init(double.bitPattern >= 0xFFFE_0000_0000_0000 ? -Double.nan : double)
    }

    /// - Precondition: `minSmallInt <= int <= maxSmallInt`; see `vm.int(_:)` for any `Int`.
    @inlinable @inline(__always) public init(small int: Int) {
        self.init(bits: UInt64(bitPattern: Int64(int)) | Value.intTag)
    }

    /// The object at `pointer`.
    @inlinable @inline(__always) public init(object pointer: UnsafeMutableRawPointer) {
        self.init(bits: UInt64(UInt(bitPattern: pointer)))
    }
    @inlinable @inline(__always) public init<Layout>(_ pointer: UnsafeMutablePointer<Layout>) {
        self.init(bits: UInt64(UInt(bitPattern: pointer)))
    }

    // MARK: Identity

    @inlinable @inline(__always) public static func == (a: Value, b: Value) -> Bool { a.bits == b.bits }
    @inlinable @inline(__always) public static func != (a: Value, b: Value) -> Bool { a.bits != b.bits }

    // MARK: Kinds

    @inlinable @inline(__always) public var isNull: Bool { bits == 0 }
    @inlinable @inline(__always) public var isNone: Bool { bits == 1 }
    @inlinable @inline(__always) public var isTrue: Bool { bits == 3 }
    @inlinable @inline(__always) public var isFalse: Bool { bits == 2 }
    @inlinable @inline(__always) public var isBool: Bool { bits &- 2 <= 1 }
    @inlinable @inline(__always) public var isSmallInt: Bool { bits >= Value.intTag }
    @inlinable @inline(__always) public var isDouble: Bool { bits &- Value.doubleBias < Value.intTag &- Value.doubleBias }
    /// A pointer into the heap: neither an immediate nor NULL.
    @inlinable @inline(__always) public var isObject: Bool { bits &- 16 < Value.doubleBias &- 16 }
    @inlinable @inline(__always) public static func bothSmallInts(_ a: Value, _ b: Value) -> Bool { a.bits & b.bits >= Value.intTag }

    // MARK: Contents

    /// - Precondition: `isSmallInt`.
    @inlinable @inline(__always) public var smallInt: Int { Int(truncatingIfNeeded: Int64(bitPattern: bits << 16) >> 16) }
    /// - Precondition: `isDouble`.
    @inlinable @inline(__always) public var double: Double { Double(bitPattern: bits &- Value.doubleBias) }
    /// - Precondition: `isObject`.
    @inlinable @inline(__always) public var pointer: UnsafeMutableRawPointer {
        // Safe: an object word is a non-null heap address.
        UnsafeMutableRawPointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }
    /// The object seen through its layout. - Precondition: `isObject`, and the object has that layout.
    @inlinable @inline(__always) public func cast<Layout>(_: Layout.Type = Layout.self) -> UnsafeMutablePointer<Layout> {
        pointer.assumingMemoryBound(to: Layout.self)
    }
    /// The value `offset` bytes into the object. (`load` and `storeBytes` are calls: the compiler does not inline them.)
    @inlinable @inline(__always) func field(_ offset: Int) -> UnsafeMutablePointer<Value> {
        // Safe: offsets come from the object's type or shape.
        (pointer + offset).assumingMemoryBound(to: Value.self)
    }
    /// The type of a heap object. - Precondition: `isObject`.
    @inlinable @inline(__always) public var objectType: PyType { pointer.load(as: PyType.self) }

    /// True for an object whose exact type is `type`.
    @inlinable @inline(__always) public func isExactly(_ type: PyType) -> Bool { isObject && objectType == type }
}
