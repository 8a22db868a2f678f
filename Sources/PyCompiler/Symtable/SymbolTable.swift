// What names mean in each block of a module. This file: the finished table and its reading API. Building is in
// `SymbolTableBuilder`, resolution in `SymbolAnalysis`. CPython: Python/symtable.c; `Lib/symtable.py` shows the same data.
// Rules: Language Reference 4.2.
import PyBytecode
import PySyntax
import PyUnicode

/// What kind of block a table is of. Raw values are `_symtable.TYPE_*`.
public enum BlockKind: UInt8, Sendable {
    case function = 0
    case `class` = 1
    case module = 2
    /// An annotation under `from __future__ import annotations`: checked, then forgotten.
    case annotation = 3
}

/// Which comprehension a function block was made for.
public enum ComprehensionKind: UInt8, Sendable {
    case none, list, dict, set, generator
}

/// How a name is used in a block. Raw values are `_symtable.DEF_*` and `USE`.
public struct SymbolFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Named in a `global` statement.
    public static let global = SymbolFlags(rawValue: 1)
    /// Assigned.
    public static let local = SymbolFlags(rawValue: 2)
    public static let parameter = SymbolFlags(rawValue: 4)
    /// Named in a `nonlocal` statement.
    public static let nonlocal = SymbolFlags(rawValue: 8)
    /// Read.
    public static let use = SymbolFlags(rawValue: 16)
    /// Free in an enclosed block.
    public static let free = SymbolFlags(rawValue: 32)
    /// Free in a method, and bound in the class.
    public static let freeInClass = SymbolFlags(rawValue: 64)
    public static let imported = SymbolFlags(rawValue: 128)
    public static let annotated = SymbolFlags(rawValue: 256)
    /// The target of a comprehension's `for`.
    public static let comprehensionTarget = SymbolFlags(rawValue: 512)
    /// Any way of binding in this block.
    public static let bound: SymbolFlags = [.local, .parameter, .imported]
}

/// Where a name lives. Raw values are `_symtable`'s scope numbers; 0 is "not analysed".
public enum SymbolScope: UInt8, Sendable {
    case unknown = 0
    case local = 1
    case globalExplicit = 2
    case globalImplicit = 3
    case free = 4
    case cell = 5
}

/// One name in one block.
public struct Symbol: Sendable {
    /// The name, mangled where mangling applies.
    public internal(set) var name: NameID
    public internal(set) var flags: SymbolFlags
    public internal(set) var scope: SymbolScope
    var block: UInt32
    /// The next symbol of the block in order of first appearance; 0 ends.
    var next: UInt32
    /// While building: the symbol of the same name in the nearest enclosing block that has one; 0 for none.
    var shadowed: UInt32

    /// `_symtable`'s number: the flags with the scope above them.
    public var rawFlags: Int { Int(flags.rawValue) | Int(scope.rawValue) << 11 }
}

/// The tree node a block was made for.
public enum BlockNode: Hashable, Sendable {
    case module
    case stmt(StmtID)
    /// A lambda or a comprehension.
    case expr(ExprID)
}

/// One block of code.
public struct Block: Sendable {
    public internal(set) var name: NameID
    public internal(set) var kind: BlockKind
    public internal(set) var node: BlockNode
    /// The line of the node; 0 for a module.
    public internal(set) var line: Int32
    /// Inside a function, directly or not.
    public internal(set) var isNested: Bool
    public internal(set) var isGenerator = false
    public internal(set) var isCoroutine = false
    public internal(set) var comprehension = ComprehensionKind.none
    public internal(set) var hasVarArgs = false
    public internal(set) var hasVarKeywords = false
    public internal(set) var returnsValue = false
    /// A class whose methods use `__class__` or `super`.
    public internal(set) var needsClassClosure = false
    var depth: UInt32
    /// More than 0 inside the iterable of a comprehension.
    var iterableDepth: UInt32 = 0
    var isVisitingTarget = false
    var firstSymbol: UInt32 = 0
    var lastSymbol: UInt32 = 0
    var firstChild: UInt32 = 0
    var lastChild: UInt32 = 0
    var nextSibling: UInt32 = 0

    init(name: NameID, kind: BlockKind, node: BlockNode, line: Int32, isNested: Bool, depth: UInt32) {
        self.name = name
        self.kind = kind
        self.node = node
        self.line = line
        self.isNested = isNested
        self.depth = depth
    }
}

/// The names of one module, block by block. A block is named by its index; the module is block 1.
public final class SymbolTable: @unchecked Sendable {
    public let names: NameTable
    /// Index 0 of both stands for "none".
    var blocks: GrowBuffer<Block>
    var symbols: GrowBuffer<Symbol>
    /// By statement: the block of a function or class.
    var blockOfStmt: [UInt32: UInt32] = [:]
    /// By expression: the block of a lambda or comprehension.
    var blockOfExpr: [UInt32: UInt32] = [:]

    init(names: NameTable) {
        self.names = names
        blocks = GrowBuffer(capacity: 64)
        symbols = GrowBuffer(capacity: 512)
    }

    deinit {
        blocks.free()
        symbols.free()
    }

    /// The module's block.
    public var root: Int { 1 }
    public var blockCount: Int { blocks.count - 1 }

    /// - Precondition: `1 <= index <= blockCount`.
    public subscript(index: Int) -> Block {
        precondition(index > 0 && index < blocks.count)
        return blocks[index]
    }

    /// The blocks directly inside block `index`, in CPython's order.
    public func children(of index: Int) -> [Int] {
        var result: [Int] = []
        var child = self[index].firstChild
        while child != 0 {
            result.append(Int(child))
            child = blocks[Int(child)].nextSibling
        }
        return result
    }

    /// The names of block `index` in order of first appearance.
    public func symbols(of index: Int) -> [Symbol] {
        var result: [Symbol] = []
        var symbol = self[index].firstSymbol
        while symbol != 0 {
            result.append(symbols[Int(symbol)])
            symbol = symbols[Int(symbol)].next
        }
        return result
    }

    /// The parameters of block `index` in `co_varnames` order.
    public func parameters(of index: Int) -> [NameID] {
        symbols(of: index).filter { $0.flags.contains(.parameter) }.map(\.name)
    }

    /// The block made for a function or class statement.
    public func block(of stmt: StmtID) -> Int? { blockOfStmt[stmt.raw].map(Int.init) }

    /// The block made for a lambda or comprehension.
    public func block(of expr: ExprID) -> Int? { blockOfExpr[expr.raw].map(Int.init) }
}

/// Makes the symbol table of `tree`, as the `symtable` module shows it: no constant folding happens first.
/// - Throws: a SyntaxError about names (`no binding for nonlocal 'x' found`, ...), or RecursionError.
public func makeSymbolTable(
    tree: SyntaxTree, filename: PyText, options: CompileOptions = CompileOptions(),
    diagnostics: Diagnostics = Diagnostics()
) throws(SourceError) -> SymbolTable {
    let reporter = Reporter(filename: filename, diagnostics: diagnostics)
    do throws(Refused) {
        var future = try futureFeatures(of: tree, reporter: reporter)
        future.flags.formUnion(options.futureFlags)
        let names = CompilationNames(tree.names)
        return try buildSymbolTable(
            tree: tree, names: names, future: future, options: options, reporter: reporter)
    } catch {
        throw reporter.takeError()
    }
}
