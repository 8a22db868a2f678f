// The tree as a flat list of described nodes with stable ids, parents first: what the lab prints as JSON and links
// tokens, instructions and symbols to. Which fields a node has is in ASTDump+Fields.swift. No recursion.
import PyUnicode

/// One node of a tree, described.
public struct FlatNode: Sendable {
    /// A letter for the arena and the index in it: `e12`, `s3`.
    public var id: String
    /// The class of the `ast` module: `BinOp`.
    public var type: StaticString
    /// Index of the parent in the list; -1 for the module.
    public var parent: Int
    /// The field of the parent it stands in, and its place there if that is a list.
    public var field: StaticString
    public var index: Int
    /// What CPython reports; nil for nodes without a position.
    public var span: Span?
    /// The true place where that differs (parts of f-strings).
    public var exactSpan: Span?
    public var fields: [(name: StaticString, value: FlatValue)]
}

/// The value of a field.
public enum FlatValue: Sendable {
    case none
    case node(id: String)
    case list([FlatValue])
    case name(PyText)
    case text(PyText)
    case literal(LiteralID)
    case int(Int)
    /// An operator or a context: `Add`, `Load`.
    case symbol(String)
}

/// All nodes of `tree`, parents before children, children in field order.
public func flatten(_ tree: SyntaxTree) -> [FlatNode] {
    let dumper = ASTDumper(tree: tree, options: DumpOptions(includeAttributes: false))
    var nodes: [FlatNode] = []
    var pending: [Pending] = [Pending(value: .module, parent: -1, field: "", index: 0)]
    while let next = pending.popLast() {
        let value = next.value
        let described = dumper.node(value)
        let parent = nodes.count
        var below: [Pending] = []
        var fields: [(name: StaticString, value: FlatValue)] = []
        for field in described.fields {
            var children: [DumpValue] = []
            fields.append((field.name, flat(field.value, tree, &children)))
            for (index, child) in children.enumerated() {
                below.append(Pending(value: child, parent: parent, field: field.name, index: index))
            }
        }
        var exact: Span?
        if case .expr(let id) = value { exact = tree.exactSpans[id] }
        nodes.append(
            FlatNode(
                id: identifier(value), type: described.name, parent: next.parent, field: next.field, index: next.index,
                span: span(value, tree), exactSpan: exact, fields: fields))
        pending += below.reversed()
    }
    return nodes
}

private struct Pending {
    var value: DumpValue
    var parent: Int
    var field: StaticString
    var index: Int
}

private func identifier(_ value: DumpValue) -> String {
    switch value {
    case .module: "m0"
    case .expr(let id): "e\(id.raw)"
    case .stmt(let id): "s\(id.raw)"
    case .pattern(let id): "p\(id.raw)"
    case .arguments(let id): "as\(id.raw)"
    case .arg(let id): "ar\(id.raw)"
    case .keyword(let id): "kw\(id.raw)"
    case .comprehension(let id): "cp\(id.raw)"
    case .handler(let id): "h\(id.raw)"
    case .withItem(let id): "wi\(id.raw)"
    case .matchCase(let id): "mc\(id.raw)"
    case .alias(let id): "al\(id.raw)"
    case .typeIgnore(let index): "ti\(index)"
    case .exprs, .stmts, .patterns, .args, .keywords, .comprehensions, .handlers, .withItems, .matchCases, .aliases,
        .names, .operators, .typeIgnores, .literal, .name, .text, .int, .symbol, .none:
        ""
    }
}

private func span(_ value: DumpValue, _ tree: SyntaxTree) -> Span? {
    switch value {
    case .expr(let id): tree.span(id)
    case .stmt(let id): tree.span(id)
    case .pattern(let id): tree.span(id)
    case .arg(let id): tree[id].span
    case .keyword(let id): tree[id].span
    case .handler(let id): tree[id].span
    case .alias(let id): tree[id].span
    case .module, .arguments, .comprehension, .withItem, .matchCase, .typeIgnore, .exprs, .stmts, .patterns, .args,
        .keywords, .comprehensions, .handlers, .withItems, .matchCases, .aliases, .names, .operators, .typeIgnores,
        .literal, .name, .text, .int, .symbol, .none:
        nil
    }
}

private func flat(_ value: DumpValue, _ tree: SyntaxTree, _ children: inout [DumpValue]) -> FlatValue {
    func list(_ count: Int, _ element: (Int) -> DumpValue) -> FlatValue {
        .list((0..<count).map { flat(element($0), tree, &children) })
    }
    switch value {
    case .none: return .none
    case .literal(let id): return .literal(id)
    case .name(let id): return .name(tree.names[id])
    case .text(let text): return .text(text)
    case .int(let number): return .int(number)
    case .symbol(let text): return .symbol(text.description.filter { $0 != "(" && $0 != ")" })
    case .exprs(let l): return list(l.count) { tree[l, $0].isMissing ? .none : .expr(tree[l, $0]) }
    case .stmts(let l): return list(l.count) { .stmt(tree[l, $0]) }
    case .patterns(let l): return list(l.count) { .pattern(tree[l, $0]) }
    case .args(let l): return list(l.count) { .arg(tree[l, $0]) }
    case .keywords(let l): return list(l.count) { .keyword(tree[l, $0]) }
    case .comprehensions(let l): return list(l.count) { .comprehension(tree[l, $0]) }
    case .handlers(let l): return list(l.count) { .handler(tree[l, $0]) }
    case .withItems(let l): return list(l.count) { .withItem(tree[l, $0]) }
    case .matchCases(let l): return list(l.count) { .matchCase(tree[l, $0]) }
    case .aliases(let l): return list(l.count) { .alias(tree[l, $0]) }
    case .names(let l): return list(l.count) { .name(tree[l, $0]) }
    case .operators(let l): return list(l.count) { .symbol(ASTDumper.name(of: tree.compareOperator(l, $0))) }
    case .typeIgnores(let count): return list(count) { .typeIgnore($0) }
    case .module, .expr, .stmt, .pattern, .arguments, .arg, .keyword, .comprehension, .handler, .withItem, .matchCase,
        .alias, .typeIgnore:
        children.append(value)
        return .node(id: identifier(value))
    }
}
