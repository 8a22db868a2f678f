// Which symbol a node names. A node sits in a block of code; defaults, decorators, annotations and a comprehension's
// first iterable sit in the block around. Rules: Language Reference 4.2.1, 6.2.4, 8.7.
import PyCompiler
import PySyntax
import PyUnicode

struct ScopeMap {
    let table: SymbolTable
    /// By position in `LabMap.nodes`: the id of the symbol it names, `y2.name`.
    private(set) var symbolOfNode: [Int: String] = [:]
    /// By position: the block a node sits in.
    private(set) var blockOfNode: [Int]
    private var idsByBlock: [[PyText: String]]

    /// Nil if the symbol table cannot be made (the names are used against the rules).
    init?(_ map: LabMap, filename: PyText) {
        guard let table = try? makeSymbolTable(tree: map.tree, filename: filename) else { return nil }
        self.table = table
        blockOfNode = [Int](repeating: table.root, count: map.nodes.count)
        idsByBlock = [[:]]
        for block in 1...max(1, table.blockCount) where block <= table.blockCount {
            var ids: [PyText: String] = [:]
            for symbol in table.symbols(of: block) {
                let text = table.names[symbol.name]
                ids[text] = Self.id(block, text)
            }
            idsByBlock.append(ids)
        }
        for position in map.nodes.indices.dropFirst() { blockOfNode[position] = block(of: position, map) }
        for position in map.nodes.indices { symbolOfNode[position] = symbol(of: position, map) }
    }

    static func id(_ block: Int, _ name: PyText) -> String { "y\(block).\(name.string)" }

    /// The id of `name` in `block`, mangled or not.
    func symbolID(_ name: PyText, in block: Int) -> String? {
        guard idsByBlock.indices.contains(block) else { return nil }
        if let id = idsByBlock[block][name] { return id }
        guard name.utf8.starts(with: [0x5F, 0x5F]) else { return nil }
        // A private name: `__x` in class C is `_C__x`.
        return idsByBlock[block].first { $0.key.utf8.first == 0x5F && $0.key.utf8.suffix(name.utf8.count) == name.utf8[...] }?.value
    }

    /// The block made for a node: a function's, class's, lambda's or comprehension's own.
    func innerBlock(_ node: FlatNode) -> Int? {
        guard let raw = UInt32(node.id.dropFirst()) else { return node.parent < 0 ? table.root : nil }
        switch node.type.description {
        case "FunctionDef", "AsyncFunctionDef", "ClassDef": return table.block(of: StmtID(raw: raw))
        case "Lambda", "ListComp", "SetComp", "DictComp", "GeneratorExp": return table.block(of: ExprID(raw: raw))
        default: return nil
        }
    }

    private func block(of position: Int, _ map: LabMap) -> Int {
        let node = map.nodes[position]
        let parent = map.nodes[node.parent]
        let around = blockOfNode[node.parent]
        let field = node.field.description
        switch parent.type.description {
        case "FunctionDef", "AsyncFunctionDef":
            return field == "decorator_list" || field == "returns" ? around : innerBlock(parent) ?? around
        case "ClassDef": return field == "body" ? innerBlock(parent) ?? around : around
        case "Lambda", "ListComp", "SetComp", "DictComp", "GeneratorExp": return innerBlock(parent) ?? around
        case "arguments":
            return field == "defaults" || field == "kw_defaults" ? outer(node.parent, map) : around
        case "arg": return field == "annotation" ? outer(parent.parent, map) : around
        case "comprehension": return field == "iter" && parent.index == 0 ? outer(node.parent, map) : around
        default: return around
        }
    }

    /// The block around the definition that the `arguments` or `comprehension` at `position` belongs to.
    private func outer(_ position: Int, _ map: LabMap) -> Int {
        let owner = map.nodes[position].parent
        return owner >= 0 ? blockOfNode[owner] : table.root
    }

    private func symbol(of position: Int, _ map: LabMap) -> String? {
        let node = map.nodes[position]
        let key: String
        switch node.type.description {
        case "Name": key = "id"
        case "FunctionDef", "AsyncFunctionDef", "ClassDef", "ExceptHandler", "MatchAs", "MatchStar": key = "name"
        case "arg": key = "arg"
        case "alias": key = "asname"
        case "MatchMapping": key = "rest"
        default: return nil
        }
        guard case .name(let text)? = node.fields.first(where: { $0.name.description == key })?.value else {
            return node.type.description == "alias" ? importedName(node, position) : nil
        }
        return symbolID(text, in: blockOfNode[position])
    }

    /// `import a.b` binds `a`.
    private func importedName(_ node: FlatNode, _ position: Int) -> String? {
        guard case .name(let text)? = node.fields.first(where: { $0.name.description == "name" })?.value else { return nil }
        return symbolID(PyText(utf8: Array(text.utf8.prefix { $0 != 0x2E })), in: blockOfNode[position])
    }
}

/// The section `symtable`.
enum DocumentScopes {
    static func write(_ scopes: ScopeMap, _ map: LabMap, _ json: inout JSONWriter) {
        var owner: [Int: String] = [scopes.table.root: "m0"]
        for node in map.nodes { if let block = scopes.innerBlock(node) { owner[block] = node.id } }
        json.key("symtable")
        json.array { json in
            var pending = [(block: scopes.table.root, parent: 0)]
            while let (block, parent) = pending.popLast() {
                write(scopes.table, block, parent, owner[block], &json)
                json.newline()
                pending += scopes.table.children(of: block).reversed().map { ($0, block) }
            }
        }
    }

    private static func write(_ table: SymbolTable, _ block: Int, _ parent: Int, _ node: String?, _ json: inout JSONWriter) {
        let facts = table[block]
        json.object { json in
            json.field("id", "y\(block)")
            json.field("name", table.names[facts.name])
            json.field("type", ScopeText.kind(facts.kind))
            json.field("line", Int(facts.line))
            if parent > 0 { json.field("parent", "y\(parent)") }
            json.field("node", node)
            json.field("nested", facts.isNested)
            json.key("symbols")
            json.array { json in
                for symbol in table.symbols(of: block) {
                    json.object { json in
                        json.field("id", ScopeMap.id(block, table.names[symbol.name]))
                        json.field("name", table.names[symbol.name])
                        json.field("scope", ScopeText.scope(symbol.scope))
                        json.key("flags")
                        json.array { json in for flag in ScopeText.flags(symbol.flags) { json.value(flag) } }
                    }
                }
            }
        }
    }
}

/// Words for scopes and flags.
enum ScopeText {
    static func kind(_ kind: BlockKind) -> String {
        switch kind {
        case .function: "function"
        case .class: "class"
        case .module: "module"
        case .annotation: "annotation"
        }
    }

    static func scope(_ scope: SymbolScope) -> String {
        switch scope {
        case .unknown: "unknown"
        case .local: "local"
        case .globalExplicit: "global explicit"
        case .globalImplicit: "global implicit"
        case .free: "free"
        case .cell: "cell"
        }
    }

    static func flags(_ flags: SymbolFlags) -> [String] {
        let names: [(SymbolFlags, String)] = [
            (.parameter, "parameter"), (.local, "assigned"), (.use, "referenced"), (.global, "declared global"),
            (.nonlocal, "declared nonlocal"), (.imported, "imported"), (.annotated, "annotated"),
            (.comprehensionTarget, "comprehension target"), (.freeInClass, "free in method"),
        ]
        return names.filter { flags.contains($0.0) }.map(\.1)
    }
}
