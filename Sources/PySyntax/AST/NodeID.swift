// Typed indices into a `SyntaxTree`. A node is a trivial record in an arena and is named by its index, so the whole
// tree costs no reference counting, and an index is a stable id that the lab can print (`a9`).

/// The index of an expression in its tree.
@frozen public struct ExprID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of a statement in its tree.
@frozen public struct StmtID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of a `match` pattern in its tree.
@frozen public struct PatternID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of an `arguments` record in its tree.
@frozen public struct ArgumentsID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `arg` (a parameter) in its tree.
@frozen public struct ArgID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `keyword` of a call or class definition in its tree.
@frozen public struct KeywordID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `comprehension` clause in its tree.
@frozen public struct ComprehensionID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `excepthandler` in its tree.
@frozen public struct HandlerID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `withitem` in its tree.
@frozen public struct WithItemID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one `match_case` in its tree.
@frozen public struct MatchCaseID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of one import `alias` in its tree.
@frozen public struct AliasID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of a `FunctionDef`/`AsyncFunctionDef` record in its tree.
@frozen public struct FunctionDefID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of a `ClassDef` record in its tree.
@frozen public struct ClassDefID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The index of a constant in the tree's constant pool.
@frozen public struct LiteralID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// An interned identifier of the tree (`tree.names`). Equal text has an equal id, so comparing names compares words.
@frozen public struct NameID: NodeID {
    public let raw: UInt32
    @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// What every typed index has in common.
public protocol NodeID: Hashable, Sendable {
    var raw: UInt32 { get }
    init(raw: UInt32)
}

/// A run of ids in the tree's list pool: `tree[list, i]`, `tree.items(list)`.
@frozen
public struct NodeList<Element: NodeID>: Hashable, Sendable {
    public let start: UInt32
    public let count32: UInt32

    @inlinable
    public init(start: UInt32, count: UInt32) {
        self.start = start
        self.count32 = count
    }

    /// The list with nothing in it.
    @inlinable public static var empty: NodeList { NodeList(start: 0, count: 0) }
    @inlinable public var count: Int { Int(count32) }
    @inlinable public var isEmpty: Bool { count32 == 0 }
}
