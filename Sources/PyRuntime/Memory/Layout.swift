// The memory of every kernel object, field by field. Word 0 of each cell is its type. Layout structs are trivial; they are
// looked at through `UnsafeMutablePointer<Layout>` only, never copied. Value fields come first so that `.words` traces them.

/// Word 0: what every object begins with.
@frozen public struct ObjectLayout {
    public var type: PyType
}

/// `.words`-traced objects of up to N values use this for access by index: cell method, bound method, iterator pairs...
@frozen public struct FieldsLayout {
    public var type: PyType
    public var f0: Value
    public var f1: Value
    public var f2: Value
    public var f3: Value
    public var f4: Value
    public var f5: Value
    public var f6: Value
    public var f7: Value
}

@frozen public struct TupleLayout {
    public var type: PyType
    public var count: Int
    // items follow
}

@frozen public struct ListLayout {
    public var type: PyType
    public var count: Int
    /// Points into a `valueBuffer` cell, after its two header words; nil when capacity is 0.
    public var items: UnsafeMutablePointer<Value>?
    public var capacity: Int
}

/// A heap cell of plain words: list storage, overflow attributes. Traced conservatively when only the native stack holds it.
@frozen public struct BufferLayout {
    public var type: PyType
    /// Bytes that follow.
    public var byteCount: Int
}

/// `int` outside the 48-bit range, and every instance of an `int` subclass. Sign and magnitude, limbs of 64 bits, least significant first.
@frozen public struct IntLayout {
    public var type: PyType
    /// The number of limbs; negative for a negative int; 0 is zero. No leading zero limb.
    public var signedCount: Int
    // limbs follow
}

/// Instances of `float` subclasses only: a plain float is an immediate.
@frozen public struct FloatLayout {
    public var type: PyType
    public var value: Double
}

@frozen public struct ComplexLayout {
    public var type: PyType
    public var real: Double
    public var imag: Double
}

/// PEP 393: code points of 1, 2 or 4 bytes, lone surrogates allowed.
@frozen public struct StrLayout {
    public var type: PyType
    /// -1 = not computed yet.
    public var hash: Int
    /// Bits 0-47 the number of code points, 48-50 bytes per code point (1, 2, 4), 51 all ASCII, 52 interned, 53 text in a growth buffer.
    public var info: UInt64
    // code points follow
}

@frozen public struct BytesLayout {
    public var type: PyType
    public var hash: Int
    public var count: Int
    // bytes follow, then a zero byte
}

/// `bytearray`: bytes in a `byteBuffer` cell.
@frozen public struct ByteArrayLayout {
    public var type: PyType
    public var count: Int
    /// Into a byte buffer cell after its header; may be past its start after a deletion at the front.
    public var bytes: UnsafeMutablePointer<UInt8>?
    public var capacity: Int
    /// Live buffer exports: the size may not change while > 0.
    public var exports: Int
    /// The start of the buffer cell's bytes.
    public var base: UnsafeMutablePointer<UInt8>?
}

@frozen public struct DictLayout {
    public var type: PyType
    /// Live entries.
    public var count: Int
    public var table: UnsafeMutablePointer<DictTableLayout>?
    /// For inline caches: 0 = nobody watches; else unique, and 0 again as soon as a key is added or removed or the table moves.
    public var keysVersion: UInt64
}

/// Heap cell: this header, `1 << indexBits` indices of 1, 2 or 4 bytes (8-aligned), then `capacity` entries.
@frozen public struct DictTableLayout {
    public var type: PyType
    public var indexBits: UInt8
    /// log2 of the bytes of one index.
    public var indexShift: UInt8
    public var unused: UInt16
    /// Entries that fit.
    public var capacity: UInt32
    /// Entries used so far, deleted ones included.
    public var used: UInt32
    /// All keys are exact `str`.
    public var strKeysOnly: UInt32
    public var entries: UnsafeMutablePointer<DictEntry>
}

/// A deleted entry has a NULL key.
@frozen public struct DictEntry {
    public var hash: Int
    public var key: Value
    public var value: Value
}

@frozen public struct SetLayout {
    public var type: PyType
    /// Live keys.
    public var count: Int
    /// Live and deleted keys.
    public var fill: Int
    public var mask: Int
    /// In a buffer cell after its header.
    public var table: UnsafeMutablePointer<SetEntry>?
    /// frozenset only: cached hash, -1 = none.
    public var hash: Int
    /// Where `pop` goes on looking.
    public var finger: Int
}

/// key NULL = empty; key NULL with hash -1 = deleted.
@frozen public struct SetEntry {
    public var key: Value
    public var hash: Int
}

/// An instance's attribute words, at `type.attrsOffset` (8 for classes derived straight from `object`), then the inline slots.
@frozen public struct AttrsLayout {
    public var shape: UnsafeMutablePointer<ShapeLayout>?
    /// Values beyond the inline slots: a `valueBuffer` cell (its start); in dict mode the dict object.
    public var overflow: Value
}

/// A hidden class: which attribute names an instance has, in insertion order. One tree per (type, inline capacity).
@frozen public struct ShapeLayout {
    public var type: PyType
    /// The class whose instances have this shape.
    public var owner: Value
    public var parent: Value
    /// The attribute that the step from `parent` added.
    public var key: Value
    /// Dict from name to child shape, or one child's key directly below, or NULL.
    public var transitions: Value
    public var onlyChild: Value
    /// A table cell of (key, index) pairs, made at the first lookup; NULL before.
    public var lookup: Value
    /// Attributes.
    public var count: UInt32
    /// Values stored in the object itself.
    public var inlineCapacity: UInt32
    /// 1: attributes live in a dict (`overflow`).
    public var isDict: UInt32
    public var unused: UInt32
}

/// BaseException: fixed fields, then `fields` named by the type's members (`OSError.errno`, `StopIteration.value`, ...).
@frozen public struct ExceptionLayout {
    public var type: PyType
    public var args: Value
    public var traceback: Value
    public var context: Value
    public var cause: Value
    /// True or False.
    public var suppressContext: Value
    public var f0: Value
    public var f1: Value
    public var f2: Value
    public var f3: Value
    public var f4: Value
    public var f5: Value
    public var f6: Value
    public var f7: Value
}

@frozen public struct CellLayout {
    public var type: PyType
    /// NULL = empty.
    public var contents: Value
}

@frozen public struct BoundMethodLayout {
    public var type: PyType
    public var function: Value
    public var receiver: Value
}

/// `builtin_function_or_method`, `method_descriptor`, `classmethod_descriptor`, slot wrappers: a pointer to the immortal row.
@frozen public struct NativeFunctionLayout {
    public var type: PyType
    /// What it is bound to: the module for a function, the object for a method; NULL for descriptors.
    public var receiver: Value
    /// `__module__` for functions, `__objclass__` for descriptors.
    public var owner: Value
    public var definition: UnsafeMutablePointer<NativeDefinition>
}

@frozen public struct SliceLayout {
    public var type: PyType
    public var start: Value
    public var stop: Value
    public var step: Value
}

/// `range`: when all of start, stop, step and length are small, `length` is a small int; else any ints.
@frozen public struct RangeLayout {
    public var type: PyType
    public var start: Value
    public var stop: Value
    public var step: Value
    public var length: Value
}

/// `range_iterator` over small ints.
@frozen public struct RangeIteratorLayout {
    public var type: PyType
    public var next: Int
    public var step: Int
    public var remaining: Int
    /// For pickling: the whole range and how far it is used.
    public var start: Int
}

/// Sequence iterators (list, tuple, str, bytes, ...): `source` NULL = exhausted.
@frozen public struct SequenceIteratorLayout {
    public var type: PyType
    public var source: Value
    public var index: Int
}

/// Iterators over a dict or a set, and their views' iterators.
@frozen public struct TableIteratorLayout {
    public var type: PyType
    public var source: Value
    /// Entry index.
    public var index: Int
    /// The count when iteration began: a change is an error.
    public var expectedCount: Int
    public var remaining: Int
}

@frozen public struct ModuleLayout {
    public var type: PyType
    public var dict: Value
    public var name: Value
    /// Native module state: a `valueBuffer`, or NULL.
    public var state: Value
}

@frozen public struct WeakRefLayout {
    public var type: PyType
    public var callback: Value
    /// Not traced: the object's bits, 0 once it is dead.
    public var referent: UInt64
    /// Not traced: the next weak reference to the same object.
    public var next: UInt64
    /// -1 = not computed.
    public var hash: Int
}
