// The operator enumerations of the abstract grammar (`ast` module documentation, "Abstract Grammar"), 3.10.

/// `expr_context`.
@frozen public enum ExprContext: UInt8, Sendable, CaseIterable {
    case load, store, del
}

/// `boolop`.
@frozen public enum BoolOperator: UInt8, Sendable, CaseIterable {
    case and, or
}

/// `operator`: the binary operators, in the order of the abstract grammar.
@frozen public enum Operator: UInt8, Sendable, CaseIterable {
    case add, sub, mult, matMult, div, mod, pow, lShift, rShift, bitOr, bitXor, bitAnd, floorDiv
}

/// `unaryop`.
@frozen public enum UnaryOperator: UInt8, Sendable, CaseIterable {
    case invert, not, uAdd, uSub
}

/// `cmpop`.
@frozen public enum CompareOperator: UInt8, Sendable, CaseIterable {
    case eq, notEq, lt, ltE, gt, gtE, `is`, isNot, `in`, notIn
}

/// A run of comparison operators in the tree's operator pool: `tree.operators(list)`.
@frozen
public struct CompareOperatorList: Hashable, Sendable {
    public let start: UInt32
    public let count32: UInt32

    @inlinable
    public init(start: UInt32, count: UInt32) {
        self.start = start
        self.count32 = count
    }

    @inlinable public var count: Int { Int(count32) }
}

/// The conversion of a `FormattedValue`: -1 none, else the character after `!`.
@frozen public enum Conversion: Int8, Sendable, CaseIterable {
    case none = -1
    case ascii = 97
    case repr = 114
    case str = 115
}
