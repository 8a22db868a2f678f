// The text of `ast.dump()`. An explicit work stack instead of recursion: a chain of a million operators is no deeper
// here than a constant. Which fields a node has is in ASTDump+Fields.swift, how constants print in LiteralRepr.swift.
// CPython: Lib/ast.py (dump). Rules: `ast` module documentation, 3.10.
import PyNumerics
import PyUnicode

/// The arguments of `ast.dump`.
public struct DumpOptions: Sendable {
    /// `annotate_fields`.
    public var annotateFields: Bool
    /// `include_attributes`: the positions.
    public var includeAttributes: Bool
    /// `indent`: what one level is indented with; nil for the one-line form.
    public var indent: [UInt8]?

    public init(annotateFields: Bool = true, includeAttributes: Bool = false, indent: [UInt8]? = nil) {
        self.annotateFields = annotateFields
        self.includeAttributes = includeAttributes
        self.indent = indent
    }

    /// `indent` as a number of spaces.
    public init(annotateFields: Bool = true, includeAttributes: Bool = false, indent spaces: Int) {
        self.init(
            annotateFields: annotateFields, includeAttributes: includeAttributes,
            indent: [UInt8](repeating: 0x20, count: max(0, spaces)))
    }
}

/// The text CPython 3.10's `ast.dump` gives for the tree, in UTF-8 (surrogates are escaped, so it is valid).
/// - Complexity: linear in the output; native stack constant.
public func dump(_ tree: SyntaxTree, _ options: DumpOptions = DumpOptions()) -> [UInt8] {
    var dumper = ASTDumper(tree: tree, options: options)
    return dumper.run(.module)
}

/// The same for one expression.
public func dump(_ id: ExprID, in tree: SyntaxTree, _ options: DumpOptions = DumpOptions()) -> [UInt8] {
    var dumper = ASTDumper(tree: tree, options: options)
    return dumper.run(.expr(id))
}

/// The same for one statement.
public func dump(_ id: StmtID, in tree: SyntaxTree, _ options: DumpOptions = DumpOptions()) -> [UInt8] {
    var dumper = ASTDumper(tree: tree, options: options)
    return dumper.run(.stmt(id))
}

/// A value that a field of a node can have.
enum DumpValue {
    case module
    case expr(ExprID), stmt(StmtID), pattern(PatternID), arguments(ArgumentsID), arg(ArgID), keyword(KeywordID)
    case comprehension(ComprehensionID), handler(HandlerID), withItem(WithItemID), matchCase(MatchCaseID)
    case alias(AliasID), typeIgnore(Int)
    case exprs(NodeList<ExprID>), stmts(NodeList<StmtID>), patterns(NodeList<PatternID>), args(NodeList<ArgID>)
    case keywords(NodeList<KeywordID>), comprehensions(NodeList<ComprehensionID>), handlers(NodeList<HandlerID>)
    case withItems(NodeList<WithItemID>), matchCases(NodeList<MatchCaseID>), aliases(NodeList<AliasID>)
    case names(NodeList<NameID>), operators(CompareOperatorList), typeIgnores(Int)
    case literal(LiteralID), name(NameID), text(PyText), int(Int), symbol(StaticString), none
}

/// A node's class, its fields and its position.
struct DumpNode {
    struct Field {
        var name: StaticString
        var value: DumpValue
        var isNamed: Bool
    }
    var name: StaticString = ""
    var fields: [Field] = []
    /// `ast.dump` names the fields after one that it left out, whatever `annotate_fields` says.
    var isNaming = true

    mutating func field(_ name: StaticString, _ value: DumpValue) {
        fields.append(Field(name: name, value: value, isNamed: isNaming))
    }

    /// An optional field: left out if nil.
    mutating func optional(_ name: StaticString, _ value: DumpValue?) {
        if let value { field(name, value) } else { isNaming = true }
    }
}

struct ASTDumper {
    let tree: SyntaxTree
    let options: DumpOptions
    private var out: [UInt8] = []
    private var work: [Work] = []

    private enum Work {
        case value(DumpValue, level: Int32)
        case fieldName(StaticString)
        case text(StaticString)
        /// `,` and a new line at `level`.
        case separator(level: Int32)
    }

    init(tree: SyntaxTree, options: DumpOptions) {
        self.tree = tree
        self.options = options
    }

    mutating func run(_ value: DumpValue) -> [UInt8] {
        work.append(.value(value, level: 0))
        while let next = work.popLast() {
            switch next {
            case .text(let text): write(text)
            case .fieldName(let name):
                write(name)
                out.append(0x3D)
            case .separator(let level): writeSeparator(level: level)
            case .value(let value, let level): write(value, level: level)
            }
        }
        return out
    }

    private mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { out.append(contentsOf: $0) }
    }

    private mutating func writeSeparator(level: Int32) {
        out.append(0x2C)
        if options.indent != nil { writeLineStart(level: level) } else { out.append(0x20) }
    }

    private mutating func writeLineStart(level: Int32) {
        guard let indent = options.indent else { return }
        out.append(0x0A)
        for _ in 0..<level { out.append(contentsOf: indent) }
    }

    private mutating func write(_ value: DumpValue, level: Int32) {
        switch value {
        case .literal(let id): tree[id].appendRepr(to: &out)
        case .name(let id): PyText.appendRepr(of: tree.names[id], to: &out)
        case .text(let text): PyText.appendRepr(of: text, to: &out)
        case .int(let number): out.append(contentsOf: String(number).utf8)
        case .symbol(let text): write(text)
        case .none: write("None")
        case .exprs(let list):
            writeList(list.count, level: level) { [tree] in
                let id = tree[list, $0]
                return id.isMissing ? .none : .expr(id)
            }
        case .stmts(let list): writeList(list.count, level: level) { [tree] in .stmt(tree[list, $0]) }
        case .patterns(let list): writeList(list.count, level: level) { [tree] in .pattern(tree[list, $0]) }
        case .args(let list): writeList(list.count, level: level) { [tree] in .arg(tree[list, $0]) }
        case .keywords(let list): writeList(list.count, level: level) { [tree] in .keyword(tree[list, $0]) }
        case .comprehensions(let list): writeList(list.count, level: level) { [tree] in .comprehension(tree[list, $0]) }
        case .handlers(let list): writeList(list.count, level: level) { [tree] in .handler(tree[list, $0]) }
        case .withItems(let list): writeList(list.count, level: level) { [tree] in .withItem(tree[list, $0]) }
        case .matchCases(let list): writeList(list.count, level: level) { [tree] in .matchCase(tree[list, $0]) }
        case .aliases(let list): writeList(list.count, level: level) { [tree] in .alias(tree[list, $0]) }
        case .names(let list): writeList(list.count, level: level) { [tree] in .name(tree[list, $0]) }
        case .operators(let list):
            writeList(list.count, level: level) { [tree] in .symbol(Self.name(of: tree.compareOperator(list, $0))) }
        case .typeIgnores(let count): writeList(count, level: level) { .typeIgnore($0) }
        case .module, .expr, .stmt, .pattern, .arguments, .arg, .keyword, .comprehension, .handler, .withItem,
            .matchCase, .alias, .typeIgnore:
            writeNode(node(value), level: level + 1)
        }
    }

    private mutating func writeList(_ count: Int, level: Int32, _ element: (Int) -> DumpValue) {
        if count == 0 { return write("[]") }
        out.append(0x5B)
        writeLineStart(level: level + 1)
        work.append(.text("]"))
        for index in stride(from: count - 1, through: 0, by: -1) {
            work.append(.value(element(index), level: level + 1))
            if index > 0 { work.append(.separator(level: level + 1)) }
        }
    }

    private mutating func writeNode(_ node: DumpNode, level: Int32) {
        write(node.name)
        out.append(0x28)
        work.append(.text(")"))
        let isShort = node.fields.count <= 3 && node.fields.allSatisfy { isSimple($0.value) }
        if !isShort { writeLineStart(level: level) }
        var index = node.fields.count - 1
        while index >= 0 {
            let field = node.fields[index]
            work.append(.value(field.value, level: level))
            if field.isNamed { work.append(.fieldName(field.name)) }
            if index > 0 { work.append(isShort ? .text(", ") : .separator(level: level)) }
            index -= 1
        }
    }

    /// `ast.dump` keeps a node on one line if its fields are few and each is a constant, an empty list or an empty node.
    private func isSimple(_ value: DumpValue) -> Bool {
        switch value {
        case .literal, .name, .text, .int, .symbol, .none: true
        case .exprs(let list): list.isEmpty
        case .stmts(let list): list.isEmpty
        case .patterns(let list): list.isEmpty
        case .args(let list): list.isEmpty
        case .keywords(let list): list.isEmpty
        case .comprehensions(let list): list.isEmpty
        case .handlers(let list): list.isEmpty
        case .withItems(let list): list.isEmpty
        case .matchCases(let list): list.isEmpty
        case .aliases(let list): list.isEmpty
        case .names(let list): list.isEmpty
        case .operators(let list): list.count == 0
        case .typeIgnores(let count): count == 0
        case .expr(let id):
            // Only `Yield()` has no field to print.
            if case .yield(nil) = tree[id] { !options.includeAttributes } else { false }
        case .stmt(let id):
            switch tree[id] {
            case .pass, .break, .continue, .return(value: nil), .raise(exc: nil, cause: nil): !options.includeAttributes
            default: false
            }
        case .pattern(let id):
            switch tree[id] {
            case .matchStar(name: nil), .matchAs(pattern: nil, name: nil): !options.includeAttributes
            default: false
            }
        case .module, .arguments, .arg, .keyword, .comprehension, .handler, .withItem, .matchCase, .alias, .typeIgnore:
            false
        }
    }
}
