// Second pass over the names: decides for each name of each block whether it is local, a cell, free or global.
// One walk down the block tree; what is bound in enclosing functions is a table by name, undone on the way up.
// CPython: Python/symtable.c, which copies sets instead. Rules: Language Reference 4.2.2.
import PySyntax

extension SymbolTableBuilder {
    /// Resolves every block. Errors point at the `global` or `nonlocal` statement that caused them.
    mutating func analyze() throws(Refused) {
        var state = AnalysisState(nameCount: names.table.count)
        defer { state.release() }
        heads.extend(to: names.table.count, filling: 0)
        try analyze(block: 1, &state)
    }

    private mutating func analyze(block index: Int, _ state: inout AnalysisState) throws(Refused) {
        let block = blocks[index]
        let undoMark = state.undo.count
        try resolveOwn(index, block, &state)
        if block.kind == .class { state.setBound(names.dunderClass, true) }
        // Names free in this block lie below this mark, those free in its children above.
        let childMark = state.free.count
        var child = block.firstChild
        while child != 0 {
            try analyze(block: Int(child), &state)
            child = blocks[Int(child)].nextSibling
        }
        state.undo(to: undoMark)
        settleChildren(index, block, childMark, &state)
    }

    /// Gives the block's own names their scope; free ones are pushed on `state.free`, local ones become visible inwards.
    private mutating func resolveOwn(_ index: Int, _ block: Block, _ state: inout AnalysisState) throws(Refused) {
        let insideModule = block.kind != .module
        let isFunction = block.kind == .function
        var symbol = block.firstSymbol
        while symbol != 0 {
            let record = symbols[Int(symbol)]
            let name = record.name
            var scope = SymbolScope.globalImplicit
            if record.flags.contains(.global) {
                if record.flags.contains(.nonlocal) {
                    throw directiveError("name '\(text(name))' is nonlocal and global", name, index)
                }
                scope = .globalExplicit
                if isFunction { state.pending.append(PendingBinding(name: name, isBound: false)) }
            } else if record.flags.contains(.nonlocal) {
                if !insideModule {
                    throw directiveError("nonlocal declaration not allowed at module level", name, index)
                }
                if !state.isBound(name) {
                    throw directiveError("no binding for nonlocal '\(text(name))' found", name, index)
                }
                scope = .free
            } else if !record.flags.isDisjoint(with: .bound) {
                scope = .local
                if isFunction { state.pending.append(PendingBinding(name: name, isBound: true)) }
            } else if insideModule && state.isBound(name) {
                scope = .free
            }
            if scope == .free { state.free.append(name) }
            symbols[Int(symbol)].scope = scope
            symbol = record.next
        }
        while state.pending.count > 0 {
            let binding = state.pending.popLast()
            state.setBound(binding.name, binding.isBound)
        }
    }

    /// Names free in the children: locals here become cells, the rest are free here as well.
    private mutating func settleChildren(_ index: Int, _ block: Block, _ mark: Int, _ state: inout AnalysisState) {
        if state.free.count == mark { return }
        showSymbols(of: index)
        var kept = mark
        for position in mark..<state.free.count {
            let name = state.free[position]
            let symbol = Int(heads[Int(name.raw)])
            let isOwn = symbol != 0 && symbols[symbol].block == UInt32(index)
            if block.kind == .function && isOwn {
                if symbols[symbol].scope == .local { symbols[symbol].scope = .cell }
                if symbols[symbol].scope == .cell { continue }
            }
            if block.kind == .class && name == names.dunderClass {
                blocks[index].needsClassClosure = true
                continue
            }
            if isOwn {
                if block.kind == .class && !symbols[symbol].flags.isDisjoint(with: [.local, .parameter, .imported, .global]) {
                    symbols[symbol].flags.insert(.freeInClass)
                }
            } else if block.kind == .module || state.isBound(name) {
                let new = insert(name, [], in: UInt32(index))
                symbols[Int(new)].scope = .free
            }
            state.free[kept] = name
            kept += 1
        }
        state.free.truncate(to: kept)
        hideSymbols(of: index)
    }

    private mutating func showSymbols(of block: Int) {
        var symbol = blocks[block].firstSymbol
        while symbol != 0 {
            let name = Int(symbols[Int(symbol)].name.raw)
            symbols[Int(symbol)].shadowed = heads[name]
            heads[name] = symbol
            symbol = symbols[Int(symbol)].next
        }
    }

    @inline(never)
    private mutating func directiveError(_ message: String, _ name: NameID, _ block: Int) -> Refused {
        for position in 0..<directives.count {
            let directive = directives[position]
            if directive.block == UInt32(block) && directive.name == name {
                return reporter.syntaxError(message, at: directive.span)
            }
        }
        return reporter.failure(.systemError, message)
    }
}

/// A name that is about to become visible in, or hidden from, enclosed blocks; or how visible it was.
struct PendingBinding {
    var name: NameID
    var isBound: Bool
}

/// What the walk knows about the enclosing blocks.
struct AnalysisState {
    /// By name: bound in an enclosing function (1) or not (0).
    private var bound: GrowBuffer<UInt8>
    /// Changes to `bound`, newest last: name and former value.
    var undo = GrowBuffer<PendingBinding>()
    var pending = GrowBuffer<PendingBinding>()
    /// Names free in the blocks finished so far whose parent is not finished.
    var free = GrowBuffer<NameID>()

    init(nameCount: Int) {
        bound = GrowBuffer(capacity: nameCount)
        bound.extend(to: nameCount, filling: 0)
    }

    func release() {
        bound.free()
        undo.free()
        pending.free()
        free.free()
    }

    @inline(__always)
    func isBound(_ name: NameID) -> Bool { bound[Int(name.raw)] != 0 }

    @inline(__always)
    mutating func setBound(_ name: NameID, _ value: Bool) {
        let old = bound[Int(name.raw)] != 0
        if old == value { return }
        undo.append(PendingBinding(name: name, isBound: old))
        bound[Int(name.raw)] = value ? 1 : 0
    }

    mutating func undo(to mark: Int) {
        while undo.count > mark {
            let change = undo.popLast()
            bound[Int(change.name.raw)] = change.isBound ? 1 : 0
        }
    }
}
