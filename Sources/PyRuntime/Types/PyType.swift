// `type` objects: layout and the hot accessors. Creation is in Type+New.swift, lookup in Type+Lookup.swift.
// CPython: PyTypeObject, Objects/typeobject.c.

/// A type object: one word, freely copied.
@frozen public struct PyType {
    public let ref: UnsafeMutablePointer<TypeLayout>

    @inlinable @inline(__always) public init(ref: UnsafeMutablePointer<TypeLayout>) { self.ref = ref }
    /// - Precondition: `value` is a type object.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(TypeLayout.self) }

    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public static func == (a: PyType, b: PyType) -> Bool { a.ref == b.ref }
    @inlinable @inline(__always) public static func != (a: PyType, b: PyType) -> Bool { a.ref != b.ref }

    /// The slot table, in place.
    @inlinable @inline(__always) public var slots: TypeSlots {
        unsafeAddress { UnsafePointer(slotsPointer) }
        nonmutating unsafeMutableAddress { slotsPointer }
    }
    @inlinable @inline(__always) public var slotsPointer: UnsafeMutablePointer<TypeSlots> {
        UnsafeMutableRawPointer(ref).advanced(by: MemoryLayout<TypeLayout>.stride).assumingMemoryBound(to: TypeSlots.self)
    }

    @inlinable @inline(__always) public var flags: TypeFlags { ref.pointee.flags }
    /// Instances of int, bytes and tuple end in their items, so that nothing can follow. A str could hold its text elsewhere
    /// in CPython: its subclasses have slots and weak references there, and here behind the text.
    public var refusesSlots: Bool { ref.pointee.itemSize != 0 && !flags.contains(.strSubclass) }
    /// The bytes of `__slots__` behind the items of a variable-size type.
    var slotBytesAfterItems: Int {
        var native = self
        while native.flags.contains(.heapType) && native.base.isObject { native = PyType(native.base) }
        return Int(ref.pointee.basicSize) - Int(native.ref.pointee.basicSize)
    }
    /// `tp_name`'s last part: a `str`.
    @inlinable @inline(__always) public var name: Value { ref.pointee.name }
    @inlinable @inline(__always) public var mro: Value { ref.pointee.mro }
    @inlinable @inline(__always) public var dict: Value { ref.pointee.dict }
    /// The solid parent; NULL for `object`.
    @inlinable @inline(__always) public var base: Value { ref.pointee.base }

    /// Whether this is `other` or derived from it, by MRO. No hooks.
    @inlinable public func isSubtype(of other: PyType) -> Bool {
        if self == other { return true }
        let order = ref.pointee.mro
        guard order.isObject else {
            var step = ref.pointee.base
            while step.isObject {
                if step == other.value { return true }
                step = PyType(step).base
            }
            return false
        }
        let tuple = PyTuple(order)
        let target = other.value
        for i in 0..<tuple.count where tuple[i] == target { return true }
        return false
    }
}

/// How the collector walks an instance, decided by the native base.
@frozen public enum TraceKind: UInt8, Sendable {
    /// No references.
    case leaf
    /// `str`: a leaf, but for the growth buffer its text may be in.
    case str
    /// Values from word 1 up to `fieldsEnd`.
    case words
    case tuple, list, dict, dictTable, set
    /// Any word may be a value.
    case buffer
    /// `slots.trace`.
    case custom
}

@frozen public struct TypeFlags: OptionSet, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Made by a class statement or `type()`; mutable.
    @inlinable public static var heapType: TypeFlags { TypeFlags(rawValue: 1 << 0) }
    /// May be subclassed.
    @inlinable public static var baseType: TypeFlags { TypeFlags(rawValue: 1 << 1) }
    @inlinable public static var weakrefable: TypeFlags { TypeFlags(rawValue: 1 << 2) }
    /// `__del__` anywhere in the MRO.
    @inlinable public static var hasDel: TypeFlags { TypeFlags(rawValue: 1 << 3) }
    /// A native destructor to run when an instance dies.
    @inlinable public static var hasFinalize: TypeFlags { TypeFlags(rawValue: 1 << 4) }
    @inlinable public static var abstract: TypeFlags { TypeFlags(rawValue: 1 << 5) }
    /// Py_TPFLAGS_SEQUENCE / MAPPING for `match`.
    @inlinable public static var sequence: TypeFlags { TypeFlags(rawValue: 1 << 6) }
    @inlinable public static var mapping: TypeFlags { TypeFlags(rawValue: 1 << 7) }
    /// A single positional sub-pattern captures the subject (`int(x)`).
    @inlinable public static var matchSelf: TypeFlags { TypeFlags(rawValue: 1 << 8) }
    /// `type(x)` called from Python cannot create it.
    @inlinable public static var disallowInstantiation: TypeFlags { TypeFlags(rawValue: 1 << 9) }
    /// Functions and method descriptors: `LOAD_METHOD` may leave `self` unbound.
    @inlinable public static var methodDescriptor: TypeFlags { TypeFlags(rawValue: 1 << 10) }
    /// Attributes cannot be set (native types, 3.10's IMMUTABLETYPE).
    @inlinable public static var immutable: TypeFlags { TypeFlags(rawValue: 1 << 11) }
    /// `__new__` is an attribute of its own though inherited.
    @inlinable public static var statesNew: TypeFlags { TypeFlags(rawValue: 1 << 12) }
    /// Fast subclass tests.
    @inlinable public static var intSubclass: TypeFlags { TypeFlags(rawValue: 1 << 16) }
    @inlinable public static var listSubclass: TypeFlags { TypeFlags(rawValue: 1 << 17) }
    @inlinable public static var tupleSubclass: TypeFlags { TypeFlags(rawValue: 1 << 18) }
    @inlinable public static var strSubclass: TypeFlags { TypeFlags(rawValue: 1 << 19) }
    @inlinable public static var bytesSubclass: TypeFlags { TypeFlags(rawValue: 1 << 20) }
    @inlinable public static var dictSubclass: TypeFlags { TypeFlags(rawValue: 1 << 21) }
    @inlinable public static var exceptionSubclass: TypeFlags { TypeFlags(rawValue: 1 << 22) }
    @inlinable public static var typeSubclass: TypeFlags { TypeFlags(rawValue: 1 << 23) }
    @inlinable public static var floatSubclass: TypeFlags { TypeFlags(rawValue: 1 << 24) }
    @inlinable public static var setSubclass: TypeFlags { TypeFlags(rawValue: 1 << 25) }
    @inlinable public static var complexSubclass: TypeFlags { TypeFlags(rawValue: 1 << 26) }
    @inlinable public static var bytearraySubclass: TypeFlags { TypeFlags(rawValue: 1 << 27) }
    /// All the fast-subclass bits: inherited.
    @inlinable public static var inherited: TypeFlags { TypeFlags(rawValue: 0x0FFF_0000 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 3 | 1 << 4 | 1 << 2) }
}

/// The fixed part; `TypeSlots` follow it. Values first: `.words` traces them.
@frozen public struct TypeLayout {
    /// The metaclass.
    public var type: PyType
    public var name: Value
    public var qualname: Value
    /// `tp_name`'s module part for native types ("builtins"); heap types keep `__module__` in `dict`.
    public var module: Value
    public var base: Value
    public var bases: Value
    public var mro: Value
    public var dict: Value
    public var doc: Value
    /// Hidden-class root for instances; NULL until the first instance with attributes.
    public var rootShape: Value
    /// The shape all dict-mode instances share.
    public var dictShape: Value
    /// `str` like "($self, /)" or NULL.
    public var textSignature: Value
    /// The slot names tuple (`__slots__`), or NULL.
    public var slotNames: Value
    /// Free for native types.
    public var cache0: Value
    /// The `__init__` of a class that calls construct in place (`pushConstructor`); NULL until then and after changes.
    public var cache1: Value
    public var cache2: Value
    /// The layout family: two bases conflict unless one's family root is derived from the other's. CPython's solid base.
    public var solidBase: Value
    // -- not values from here
    /// For inline caches and the method cache: 0 = none; unique in the interpreter; a change anywhere in the MRO resets it.
    public var version: UInt32
    public var flags: TypeFlags
    public var traceKind: TraceKind
    public var padding: UInt8
    /// Inline attribute slots that the next instance gets.
    public var inlineCapacity: UInt16
    /// Fixed bytes of an instance, header, fields and `__slots__` included, attribute words not.
    public var basicSize: UInt32
    /// Bytes per item of a variable-size type; 0 = fixed size.
    public var itemSize: UInt32
    /// Byte offset of `AttrsLayout`; 0 = no `__dict__`; below zero = behind the items, see `offsetAfterItems`.
    public var attrsOffset: Int32
    /// End in bytes of the values that `.words` traces.
    public var fieldsEnd: UInt32
    /// Where user `__slots__` values begin: everything from there to the end of the cell is values; 0 = nothing.
    public var extraStart: UInt32
    /// How the native constructor and initialiser bind their arguments; inherited.
    public var newDefinition: UnsafeMutablePointer<NativeDefinition>?
    public var initDefinition: UnsafeMutablePointer<NativeDefinition>?
    /// Weak: addresses of direct subclasses, malloc'd.
    public var subclasses: UnsafeMutablePointer<UInt>?
    public var subclassCount: UInt32
    public var subclassCapacity: UInt32
}
