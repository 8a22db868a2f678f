// The lab map: instruction ↔ tree node ↔ token ↔ source span ↔ symbol. Made from a fresh parse, whose node ids are those
// of the compiler's origins (the optimiser replaces nodes in place).
import PyBytecode
import PySyntax
import PyUnicode

struct LabMap {
    let tree: SyntaxTree
    let source: Source
    let tokens: [Token]
    let nodes: [FlatNode]
    /// Position in `nodes` by id.
    let indexOfNode: [String: Int]
    /// For each token the innermost node around it, as a position in `nodes`.
    let nodeOfToken: [Int]
    /// For each node its first and last token; nil for nodes without a position or without tokens.
    let tokensOfNode: [ClosedRange<Int>?]

    init(_ bytes: [UInt8], filename: PyText, options: ParseOptions) throws(SourceError) {
        var options = options
        options.exactSpans = true
        source = try decodeSource(bytes, filename: filename, options: options)
        let stream = tokenize(source, options: options)
        tokens = (0..<stream.count).map { stream[$0] }
        tree = try Compilation.tree(bytes, filename: filename, options: options)
        nodes = flatten(tree)
        var index: [String: Int] = [:]
        for (position, node) in nodes.enumerated() { index[node.id] = position }
        indexOfNode = index
        (nodeOfToken, tokensOfNode) = Self.cover(tokens, nodes)
    }

    /// The definition a target's `::Class.method` means, as a position in `nodes`; nil if it names none. Where a name is
    /// defined twice the last one counts.
    func member(_ path: [String], in filename: String) throws -> Int? {
        var around: Int?
        for name in path where name != "<locals>" {
            let wanted = FlatValue.name(PyText(name))
            let found = nodes.indices.last { position in
                guard nodes[position].isDefinition, scope(of: position) == around else { return false }
                guard case .name(let given)? = nodes[position].fields.first?.value, case .name(let text) = wanted else { return false }
                return given == text
            }
            guard let found else {
                throw Refusal.usage("no \(name) in \(around == nil ? filename : path.joined(separator: "."))")
            }
            around = found
        }
        return around
    }

    /// The statement a node of `nodes` is; nil if it is none.
    func statement(_ position: Int) -> StmtID? {
        let id = nodes[position].id
        guard id.hasPrefix("s"), let raw = UInt32(id.dropFirst()) else { return nil }
        return StmtID(raw: raw)
    }

    /// The innermost definition around a node; nil at module level.
    private func scope(of position: Int) -> Int? {
        var at = nodes[position].parent
        while at >= 0, !nodes[at].isDefinition { at = nodes[at].parent }
        return at >= 0 ? at : nil
    }

    /// Whether node `position` is node `root` or inside it; everything is inside nil.
    func isInside(_ position: Int, _ root: Int?) -> Bool {
        guard let root else { return true }
        var at = position
        while at > root { at = nodes[at].parent }
        return at == root
    }

    /// Where a node really is.
    func span(of node: FlatNode) -> Span? { node.exactSpan ?? node.span }

    /// The node an instruction was made for.
    func node(of origin: InstructionOrigins.Origin?) -> FlatNode? {
        guard let origin else { return nil }
        let letter: String
        switch origin.kind {
        case .expr: letter = "e"
        case .stmt: letter = "s"
        case .pattern: letter = "p"
        case .none, .other: return nil
        }
        return indexOfNode[letter + String(origin.raw)].map { nodes[$0] }
    }

    /// The source between two places of one line or several; at most `limit` bytes.
    func text(of span: Span, limit: Int = 4000) -> String {
        let start = offset(line: Int(span.line), column: Int(span.column))
        let end = offset(line: Int(span.endLine), column: Int(span.endColumn))
        guard start < end else { return "" }
        return String(decoding: source.bytes(in: start..<min(end, start + limit)), as: UTF8.self)
    }

    private func offset(line: Int, column: Int) -> Int {
        min(source.range(ofLine: line).lowerBound + max(0, column), source.count)
    }

    /// A byte column as a count of UTF-16 code units.
    func utf16Column(line: Int, column: Int) -> Int {
        let start = source.range(ofLine: line).lowerBound
        let bytes = source.bytes(in: start..<min(start + max(0, column), source.count))
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
        return String(decoding: bytes, as: UTF8.self).utf16.count
    }

    /// Paints outer nodes first, inner ones over them.
    private static func cover(_ tokens: [Token], _ nodes: [FlatNode]) -> ([Int], [ClosedRange<Int>?]) {
        var owner = [Int](repeating: 0, count: tokens.count)
        var covered = [ClosedRange<Int>?](repeating: nil, count: nodes.count)
        func firstToken(notBefore line: Int32, _ column: Int32) -> Int {
            var low = 0
            var high = tokens.count
            while low < high {
                let middle = (low + high) / 2
                let span = tokens[middle].span
                if (span.line, span.column) < (line, column) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        for (position, node) in nodes.enumerated() {
            guard let span = node.span else { continue }
            let first = firstToken(notBefore: span.line, span.column)
            let end = firstToken(notBefore: span.endLine, span.endColumn)
            if first >= end { continue }
            covered[position] = first...(end - 1)
            for token in first..<end { owner[token] = position }
        }
        return (owner, covered)
    }
}

extension FlatNode {
    /// A `def` or a `class`: what `::` can name.
    var isDefinition: Bool {
        switch type.description {
        case "FunctionDef", "AsyncFunctionDef", "ClassDef": true
        default: false
        }
    }
}
