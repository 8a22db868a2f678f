// First pass over the names: walks the tree, opens a block for each function, class, lambda and comprehension, and
// records how each name is used in it. This file: the machine; what each node does is in `SymbolTableBuilder+Visit`.
// CPython: Python/symtable.c.
import PyBytecode
import PySyntax
import PyUnicode

/// Builds and analyses the table.
func buildSymbolTable(
    tree: SyntaxTree, names: CompilationNames, future: FutureFeatures, options: CompileOptions, reporter: Reporter
) throws(Refused) -> SymbolTable {
    let table = SymbolTable(names: tree.names)
    var builder = SymbolTableBuilder(
        table: table, tree: TreeView(tree), names: names,
        futureAnnotations: future.flags.contains(.futureAnnotations), depth: DepthCounter(options), reporter: reporter)
    defer { builder.finish() }
    try builder.visit(tree.module)
    try builder.analyze()
    return table
}

/// A `global` or `nonlocal` statement, or what stands for one: where a later error points.
struct Directive {
    var block: UInt32
    var name: NameID
    var span: Span
}

struct SymbolTableBuilder {
    let tree: TreeView
    let table: SymbolTable
    let names: CompilationNames
    let reporter: Reporter
    let futureAnnotations: Bool
    var blocks: GrowBuffer<Block>
    var symbols: GrowBuffer<Symbol>
    /// By name: the symbol of the innermost open block that has it.
    var heads: GrowBuffer<UInt32>
    /// Open blocks, outermost first.
    var open: GrowBuffer<UInt32>
    var directives: GrowBuffer<Directive>
    var current: UInt32 = 0
    var privateName: NameID?
    var depth: DepthCounter

    init(
        table: SymbolTable, tree: TreeView, names: CompilationNames, futureAnnotations: Bool, depth: DepthCounter,
        reporter: Reporter
    ) {
        self.depth = depth
        self.tree = tree
        self.table = table
        self.names = names
        self.reporter = reporter
        self.futureAnnotations = futureAnnotations
        blocks = table.blocks
        symbols = table.symbols
        heads = GrowBuffer(capacity: names.table.count + 64)
        heads.extend(to: names.table.count + 16, filling: 0)
        open = GrowBuffer()
        directives = GrowBuffer()
        blocks.append(Block(name: names.top, kind: .module, node: .module, line: 0, isNested: false, depth: 0))
        symbols.append(Symbol(name: names.top, flags: [], scope: .unknown, block: 0, next: 0, shadowed: 0))
    }

    /// Hands the memory to the table.
    mutating func finish() {
        table.blocks = blocks
        table.symbols = symbols
        heads.free()
        open.free()
        directives.free()
    }

    // MARK: Blocks

    /// Opens a block. Annotation blocks are not linked into the tree of blocks.
    mutating func enter(_ name: NameID, _ kind: BlockKind, _ node: BlockNode, line: Int32) {
        let index = UInt32(blocks.count)
        var block = Block(name: name, kind: kind, node: node, line: line, isNested: false, depth: UInt32(open.count))
        if current != 0 {
            let parent = blocks[Int(current)]
            block.isNested = parent.isNested || parent.kind == .function
            block.iterableDepth = parent.iterableDepth
        }
        blocks.append(block)
        open.append(index)
        if current != 0 && kind != .annotation {
            let parent = Int(current)
            if blocks[parent].firstChild == 0 {
                blocks[parent].firstChild = index
            } else {
                blocks[Int(blocks[parent].lastChild)].nextSibling = index
            }
            blocks[parent].lastChild = index
        }
        current = index
        if kind == .annotation { return }
        switch node {
        case .module: break
        case .stmt(let id): table.blockOfStmt[id.raw] = index
        case .expr(let id): table.blockOfExpr[id.raw] = index
        }
    }

    mutating func leave() {
        hideSymbols(of: Int(current))
        open.truncate(to: open.count - 1)
        current = open.count == 0 ? 0 : open[open.count - 1]
    }

    /// Takes a block's symbols off the heads.
    @inline(__always)
    mutating func hideSymbols(of block: Int) {
        var symbol = blocks[block].firstSymbol
        while symbol != 0 {
            let record = symbols[Int(symbol)]
            heads[Int(record.name.raw)] = record.shadowed
            symbol = record.next
        }
    }

    // MARK: Symbols

    /// The symbol of a (mangled) name in an open block, 0 if it has none.
    mutating func find(_ name: NameID, in block: UInt32) -> UInt32 {
        heads.extend(to: Int(name.raw) + 1, filling: 0)
        var symbol = heads[Int(name.raw)]
        while symbol != 0 && symbols[Int(symbol)].block != block { symbol = symbols[Int(symbol)].shadowed }
        return symbol
    }

    @inline(__always)
    mutating func findInCurrent(_ name: NameID) -> UInt32 {
        heads.extend(to: Int(name.raw) + 1, filling: 0)
        let symbol = heads[Int(name.raw)]
        return symbol != 0 && symbols[Int(symbol)].block == current ? symbol : 0
    }

    /// Appends a new symbol to an open block. `name` must not be there yet.
    mutating func insert(_ name: NameID, _ flags: SymbolFlags, in block: UInt32) -> UInt32 {
        let index = UInt32(symbols.count)
        var record = Symbol(name: name, flags: flags, scope: .unknown, block: block, next: 0, shadowed: 0)
        // Keep each name's chain ordered from the innermost block outwards.
        let depth = blocks[Int(block)].depth
        var inner: UInt32 = 0
        var outer = heads[Int(name.raw)]
        while outer != 0 && blocks[Int(symbols[Int(outer)].block)].depth > depth {
            inner = outer
            outer = symbols[Int(outer)].shadowed
        }
        record.shadowed = outer
        if inner == 0 { heads[Int(name.raw)] = index } else { symbols[Int(inner)].shadowed = index }
        symbols.append(record)
        if blocks[Int(block)].firstSymbol == 0 {
            blocks[Int(block)].firstSymbol = index
        } else {
            symbols[Int(blocks[Int(block)].lastSymbol)].next = index
        }
        blocks[Int(block)].lastSymbol = index
        return index
    }

    /// The flags of `name` in the current block; nothing if it is not there.
    mutating func lookup(_ name: NameID) -> SymbolFlags {
        let symbol = findInCurrent(names.mangle(name, in: privateName))
        return symbol == 0 ? [] : symbols[Int(symbol)].flags
    }

    /// Records a use or definition of `name` in the current block.
    @inline(__always)
    mutating func define(_ name: NameID, _ flags: SymbolFlags, at span: Span) throws(Refused) {
        let mangled = names.mangle(name, in: privateName)
        let symbol = findInCurrent(mangled)
        // The usual case: an ordinary use or assignment outside comprehension targets.
        if symbol != 0 && flags.isDisjoint(with: [.parameter, .global]) && !blocks[Int(current)].isVisitingTarget {
            symbols[Int(symbol)].flags.formUnion(flags)
            return
        }
        try define(name, mangled, flags, in: current, at: span)
    }

    @inline(never)
    mutating func define(
        _ name: NameID, _ mangled: NameID, _ flags: SymbolFlags, in block: UInt32, at span: Span
    ) throws(Refused) {
        var symbol = find(mangled, in: block)
        var all = flags
        if symbol != 0 {
            let known = symbols[Int(symbol)].flags
            if flags.contains(.parameter) && known.contains(.parameter) {
                throw reporter.syntaxError("duplicate argument '\(text(name))' in function definition", at: span)
            }
            all.formUnion(known)
        }
        if blocks[Int(block)].isVisitingTarget {
            if !all.isDisjoint(with: [.global, .nonlocal]) {
                throw reporter.syntaxError(
                    "comprehension inner loop cannot rebind assignment expression target '\(text(name))'", at: span)
            }
            all.insert(.comprehensionTarget)
        }
        if symbol == 0 {
            symbol = insert(mangled, all, in: block)
        } else {
            symbols[Int(symbol)].flags = all
        }
        if flags.contains(.global) {
            // A global statement anywhere makes the name known to the module.
            let module = open[0]
            let known = find(mangled, in: module)
            if known == 0 {
                _ = insert(mangled, flags, in: module)
            } else {
                symbols[Int(known)].flags.formUnion(flags)
            }
        }
    }

    mutating func record(_ name: NameID, at span: Span) {
        directives.append(Directive(block: current, name: names.mangle(name, in: privateName), span: span))
    }

    mutating func text(_ name: NameID) -> String { names.table[name].string }
}
