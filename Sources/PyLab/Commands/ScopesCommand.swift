// `dissect scopes`: the symbol table as a tree.
import ArgumentParser
import PyCompiler
import PySyntax
import PyUnicode

struct ScopesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scopes", abstract: "Prints which names are local, global, cell and free, block by block.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var color: ColorOption

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    func run() throws {
        let source = try target.loadSource()
        let options = target.parseOptions
        let map = try refusing { () throws(SourceError) in
            try LabMap(source.bytes, filename: PyText(source.filename), options: options)
        }
        let table = try refusing { () throws(SourceError) in
            try makeSymbolTable(tree: map.tree, filename: PyText(source.filename))
        }
        if json { return Output.write(try Document.make(map, filename: source.filename, sections: [.source, .ast, .symtable])) }
        var root = table.root
        for name in source.member {
            let wanted = PyText(name)
            guard let child = table.children(of: root).last(where: { table.names[table[$0].name] == wanted }) else {
                throw Refusal.usage("no \(name) in \(source.filename)")
            }
            root = child
        }
        Output.write(Self.tree(table, root, source.filename, color.style))
    }

    private static func tree(_ table: SymbolTable, _ root: Int, _ filename: String, _ style: Style) -> String {
        var out = ""
        // The block and the chain of blocks around it.
        var pending: [(block: Int, around: [Int])] = [(root, [])]
        while let (block, around) = pending.popLast() {
            let facts = table[block]
            let indent = String(repeating: "  ", count: around.count)
            let name = block == table.root ? filename : table.names[facts.name].string
            var notes: [String] = []
            if facts.line > 0 { notes.append("line \(facts.line)") }
            if facts.isNested { notes.append("nested") }
            if facts.isGenerator { notes.append("generator") }
            if facts.isCoroutine { notes.append("coroutine") }
            let tail = notes.isEmpty ? "" : "  " + style.faint(notes.joined(separator: ", "))
            out += "\(indent)\(ScopeText.kind(facts.kind)) \(style.name(name))\(tail)\n"
            let symbols = table.symbols(of: block)
            let width = min(24, symbols.map { table.names[$0.name].string.count }.max() ?? 0)
            for symbol in symbols {
                let text = table.names[symbol.name].string
                let padding = String(repeating: " ", count: max(0, width - text.count))
                let words = ([ScopeText.scope(symbol.scope)] + ScopeText.flags(symbol.flags)).joined(separator: " ")
                let source = symbol.scope == .free ? origin(of: symbol, around, table) : ""
                out += "\(indent)    \(style.operation(text))\(padding)  \(words)\(source)\n"
            }
            pending += table.children(of: block).reversed().map { ($0, around + [block]) }
        }
        return out
    }

    /// Where a free variable's cell is.
    private static func origin(of symbol: Symbol, _ around: [Int], _ table: SymbolTable) -> String {
        for block in around.reversed() {
            let owner = table.symbols(of: block).first { $0.name == symbol.name && $0.scope == .cell }
            if owner != nil { return "  ← cell of \(table.names[table[block].name].string)" }
        }
        return ""
    }
}
