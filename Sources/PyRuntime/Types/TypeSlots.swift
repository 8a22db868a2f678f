// The slot table: plain C-convention pointers (DESIGN D7). One field per slot; `SlotID` numbers them in the same order, so
// that inheritance and the dunder table treat the struct as an array. CPython: PyTypeObject and its sub-tables.

public typealias UnarySlot = @convention(c) (VM, Value) -> Value
public typealias BinarySlot = @convention(c) (VM, Value, Value) -> Value
public typealias TernarySlot = @convention(c) (VM, Value, Value, Value) -> Value
/// (vm, callable or self, arguments, positional count, tuple of keyword names or NULL); keyword values follow the positionals.
public typealias CallSlot = @convention(c) (VM, Value, UnsafeMutablePointer<Value>, Int, Value) -> Value
/// 0 done, -1 raised.
public typealias InitSlot = @convention(c) (VM, Value, UnsafeMutablePointer<Value>, Int, Value) -> Int
/// The hash, never -1; -1 raised.
public typealias HashSlot = @convention(c) (VM, Value) -> Int
/// 1, 0, or -1 raised. For `length`: the length or -1.
public typealias InquirySlot = @convention(c) (VM, Value) -> Int
public typealias ContainsSlot = @convention(c) (VM, Value, Value) -> Int
/// (vm, self, key or name, value or NULL to delete): 0 or -1.
public typealias StoreSlot = @convention(c) (VM, Value, Value, Value) -> Int
/// (vm, a, b, CompareOp.rawValue)
public typealias CompareSlot = @convention(c) (VM, Value, Value, Int) -> Value
/// (vm, self, index)
public typealias ItemSlot = @convention(c) (VM, Value, Int) -> Value
/// (vm, descriptor, instance or NULL, type)
public typealias DescrGetSlot = @convention(c) (VM, Value, Value, Value) -> Value
/// Native destructor: called once when the object is found dead, may not touch other heap objects.
public typealias FinalizeSlot = @convention(c) (VM, Value) -> Void
/// Marks everything the object refers to (besides `.words` and user slots, which the collector does itself).
public typealias TraceSlot = @convention(c) (MarkerRef, Value) -> Void
/// (vm, self, out view, writable): fills the view. 0 or -1 raised.
public typealias BufferSlot = @convention(c) (VM, Value, UnsafeMutablePointer<BufferView>, Int) -> Int
public typealias ReleaseBufferSlot = @convention(c) (VM, Value, UnsafeMutablePointer<BufferView>) -> Void

/// Comparison operators, numbered as CPython's `cmp_op`.
@frozen public enum CompareOp: Int, Sendable {
    case lt = 0, le, eq, ne, gt, ge

    /// The operator with its operands exchanged.
    @inlinable public var reflected: CompareOp {
        switch self {
        case .lt: return .gt
        case .le: return .ge
        case .eq: return .eq
        case .ne: return .ne
        case .gt: return .lt
        case .ge: return .le
        }
    }
    public var symbol: StaticString {
        switch self {
        case .lt: return "<"
        case .le: return "<="
        case .eq: return "=="
        case .ne: return "!="
        case .gt: return ">"
        case .ge: return ">="
        }
    }
}

/// NULL pointers mean "the type does not do this". Order = `SlotID`.
@frozen public struct TypeSlots {
    public var repr: UnarySlot?
    public var str: UnarySlot?
    public var hash: HashSlot?
    public var call: CallSlot?
    public var getattro: BinarySlot?
    public var setattro: StoreSlot?
    public var richcompare: CompareSlot?
    public var iter: UnarySlot?
    /// NULL without an exception = exhausted.
    public var iternext: UnarySlot?
    public var descrGet: DescrGetSlot?
    public var descrSet: StoreSlot?
    public var initialize: InitSlot?
    /// (vm, type, args, nargs, kwnames)
    public var new: CallSlot?
    /// `__del__`
    public var del: UnarySlot?
    public var awaitSlot: UnarySlot?
    public var aiter: UnarySlot?
    public var anext: UnarySlot?
    // Numbers
    public var add: BinarySlot?
    public var subtract: BinarySlot?
    public var multiply: BinarySlot?
    public var remainder: BinarySlot?
    public var divmod: BinarySlot?
    public var power: TernarySlot?
    public var negative: UnarySlot?
    public var positive: UnarySlot?
    public var absolute: UnarySlot?
    public var bool: InquirySlot?
    public var invert: UnarySlot?
    public var lshift: BinarySlot?
    public var rshift: BinarySlot?
    public var and: BinarySlot?
    public var xor: BinarySlot?
    public var or: BinarySlot?
    public var int: UnarySlot?
    public var float: UnarySlot?
    public var inplaceAdd: BinarySlot?
    public var inplaceSubtract: BinarySlot?
    public var inplaceMultiply: BinarySlot?
    public var inplaceRemainder: BinarySlot?
    public var inplacePower: TernarySlot?
    public var inplaceLshift: BinarySlot?
    public var inplaceRshift: BinarySlot?
    public var inplaceAnd: BinarySlot?
    public var inplaceXor: BinarySlot?
    public var inplaceOr: BinarySlot?
    public var floorDivide: BinarySlot?
    public var trueDivide: BinarySlot?
    public var inplaceFloorDivide: BinarySlot?
    public var inplaceTrueDivide: BinarySlot?
    public var index: UnarySlot?
    public var matrixMultiply: BinarySlot?
    public var inplaceMatrixMultiply: BinarySlot?
    // Mappings
    public var mapLength: InquirySlot?
    public var getItem: BinarySlot?
    public var setItem: StoreSlot?
    // Sequences
    public var seqLength: InquirySlot?
    public var concat: BinarySlot?
    /// (vm, self, count)
    public var repeated: ItemSlot?
    /// `__getitem__` by a non-negative index; used by sequence iteration and `operator`.
    public var item: ItemSlot?
    public var contains: ContainsSlot?
    public var inplaceConcat: BinarySlot?
    public var inplaceRepeat: ItemSlot?
    // Not reachable from Python
    public var buffer: BufferSlot?
    public var releaseBuffer: ReleaseBufferSlot?
    public var finalize: FinalizeSlot?
    public var trace: TraceSlot?

    public init() {}
}

/// The index of each slot in `TypeSlots`.
@frozen public enum SlotID: UInt8, CaseIterable, Sendable {
    case repr, str, hash, call, getattro, setattro, richcompare, iter, iternext, descrGet, descrSet, initialize, new, del
    case awaitSlot, aiter, anext
    case add, subtract, multiply, remainder, divmod, power, negative, positive, absolute, bool, invert, lshift, rshift
    case and, xor, or, int, float
    case inplaceAdd, inplaceSubtract, inplaceMultiply, inplaceRemainder, inplacePower, inplaceLshift, inplaceRshift
    case inplaceAnd, inplaceXor, inplaceOr, floorDivide, trueDivide, inplaceFloorDivide, inplaceTrueDivide, index
    case matrixMultiply, inplaceMatrixMultiply
    case mapLength, getItem, setItem
    case seqLength, concat, repeated, item, contains, inplaceConcat, inplaceRepeat
    case buffer, releaseBuffer, finalize, trace
}
