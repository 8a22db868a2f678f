// What one declared builtin is at run time (DESIGN D8): an immortal row, made once per interpreter, that functions and
// descriptors point to. Declared with `TypeBuilder` / `ModuleBuilder` (Builder.swift); called in NativeCall.swift.

/// (vm, self). `self` is the receiver, the class for class methods, the module for functions.
public typealias Native0 = @convention(c) (VM, Value) -> Value
public typealias Native1 = @convention(c) (VM, Value, Value) -> Value
public typealias Native2 = @convention(c) (VM, Value, Value, Value) -> Value
public typealias Native3 = @convention(c) (VM, Value, Value, Value, Value) -> Value
/// Arguments bound by the signature: one slot per parameter, NULL where the caller left a default.
public typealias NativeBound = @convention(c) (VM, Value, UnsafeMutablePointer<Value>) -> Value
/// Arguments as they come: (vm, self, arguments, positional count, keyword names tuple or NULL).
public typealias NativeVariadic = @convention(c) (VM, Value, UnsafeMutablePointer<Value>, Int, Value) -> Value
public typealias NativeGetter = @convention(c) (VM, Value) -> Value
/// value NULL = delete. 0 or -1.
public typealias NativeSetter = @convention(c) (VM, Value, Value) -> Int

/// How `code` is to be called.
@frozen public enum NativeKind: UInt8, Sendable {
    case zero, one, two, three
    case bound
    case variadic
    /// `variadic` without keywords.
    case positional
}

/// - Note: malloc'd, freed with the interpreter; `name` is interned (a root through the intern table's permanent flag).
@frozen public struct NativeDefinition {
    public var code: UnsafeRawPointer
    public var name: Value
    /// "(obj, /)": as declared, from the parenthesis on.
    public var signature: UnsafePointer<UInt8>
    public var signatureLength: Int32
    public var kind: NativeKind
    public var isClassMethod: Bool
    public var isStatic: Bool
    /// `signature` was parsed: `parameters` and the counts below are valid.
    public var isParsed: Bool
    public var doc: UnsafePointer<UInt8>
    public var docLength: Int32
    /// Parameters, `$self` not counted.
    public var parameterCount: Int32
    public var positionalOnlyCount: Int32
    /// Positional parameters (positional-only included).
    public var positionalCount: Int32
    /// Positional parameters without default.
    public var requiredCount: Int32
    /// Interned names, `parameterCount` of them; and whether each has a default.
    public var parameterNames: UnsafeMutablePointer<Value>?
    public var parameterHasDefault: UnsafeMutablePointer<Bool>?
    /// For slot wrappers and getsets: an index or a second pointer. For `__new__` and `__init__`: the type they were declared for.
    public var extra: UnsafeRawPointer?
    /// The type it was declared for, or NULL: for messages ("list.append() takes ...").
    public var owner: Value
    /// `__text_signature__` is None: the signature above serves argument binding only.
    public var hidesSignature: Bool
    /// Wrong arguments are complained of as `PyArg_ParseTuple` does, not as the calling conventions do.
    public var parsesTuple: Bool
}
