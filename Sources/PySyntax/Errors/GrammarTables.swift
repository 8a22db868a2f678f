// The error pass's grammar as tables: rules, alternatives, items. GrammarReader.swift makes them from the text.

/// What a node of the error pass is, as far as messages care.
enum MistakeNodeKind: UInt8 {
    case other, list, literal, name, `true`, `false`, none, ellipsis, tuple, listDisplay, starred, attribute, `subscript`
    case call, expression, compare, `in`, generatorExp, listComp, setComp, dictComp, dict, set, joinedStr, await, yield
    case lambda, ifExp, namedExpr, arguments, keyword, keywordUnpacking, clause

    /// The name in the grammar text.
    static func named(_ text: Substring) -> MistakeNodeKind? {
        switch text {
        case "Other": .other
        case "Sequence": .list
        case "Literal": .literal
        case "Name": .name
        case "True": .true
        case "False": .false
        case "None": MistakeNodeKind.none
        case "Ellipsis": .ellipsis
        case "Tuple": .tuple
        case "List": .listDisplay
        case "Starred": .starred
        case "Attribute": .attribute
        case "Subscript": .subscript
        case "Call": .call
        case "Expression": .expression
        case "Compare": .compare
        case "In": .in
        case "GeneratorExp": .generatorExp
        case "ListComp": .listComp
        case "SetComp": .setComp
        case "DictComp": .dictComp
        case "Dict": .dict
        case "Set": .set
        case "Await": .await
        case "Yield": .yield
        case "Lambda": .lambda
        case "IfExp": .ifExp
        case "NamedExpr": .namedExpr
        case "Arguments": .arguments
        case "Keyword": .keyword
        case "KeywordUnpacking": .keywordUnpacking
        case "Clause": .clause
        default: nil
        }
    }

    /// What messages call it.
    var description: String {
        switch self {
        case .literal, .other, .list, .in, .clause, .arguments, .keyword, .keywordUnpacking: "literal"
        case .name: "name"
        case .true: "True"
        case .false: "False"
        case .none: "None"
        case .ellipsis: "ellipsis"
        case .tuple: "tuple"
        case .listDisplay: "list"
        case .starred: "starred"
        case .attribute: "attribute"
        case .subscript: "subscript"
        case .call: "function call"
        case .expression: "expression"
        case .compare: "comparison"
        case .generatorExp: "generator expression"
        case .listComp: "list comprehension"
        case .setComp: "set comprehension"
        case .dictComp: "dict comprehension"
        case .dict: "dict literal"
        case .set: "set display"
        case .joinedStr: "f-string expression"
        case .await: "await expression"
        case .yield: "yield expression"
        case .lambda: "lambda"
        case .ifExp: "conditional expression"
        case .namedExpr: "named expression"
        }
    }
}

/// A decision that the notation cannot express.
enum MistakeAction: String {
    case assignmentTarget, deleteTarget, loopTarget, missingComma, legacyStatement, bareGenerator, bareGeneratorInCall
    case bareTargets, argumentOrder, missingColon, notEqual, strings, number, realNumber, imaginaryNumber
}

/// Where a mistake is reported.
enum MistakePlace: String {
    case here, at, range, from, block
}

struct GrammarItem {
    enum Operation: UInt8 {
        /// A token of kind `argument`.
        case kind
        /// The keyword `argument`.
        case keyword
        /// A name that is not a keyword.
        case name
        /// The name with text `argument` of the soft texts.
        case soft
        /// Any soft keyword.
        case anySoft
        case rule
        case cut
    }
    enum Mode: UInt8 { case plain, optional, and, not, forced }
    var operation: Operation
    var mode: Mode = .plain
    var argument: Int32 = 0
}

struct GrammarAction {
    enum Kind {
        case pass
        case value(Int)
        case node(MistakeNodeKind, [Int])
        case mistake(MistakePlace, [Int], message: String, names: [String: Int])
        case decide(MistakeAction, [Int])
    }
    var kind: Kind = .pass
    /// `^8 "Assignment expressions are"`
    var version: (minor: Int, subject: String)?
}

struct GrammarAlternative {
    var firstItem: Int32
    var itemCount: Int32
    var action: Int32
    /// Consists of one `invalid_` rule: skipped unless mistakes are looked for.
    var isMistake: Bool
}

struct GrammarRule {
    enum Shape: UInt8 { case choice, loop0, loop1 }
    var firstAlternative: Int32 = 0
    var alternativeCount: Int32 = 0
    var shape: Shape = .choice
    /// CPython remembers its results whether or not mistakes are looked for.
    var isShared = false
    var isLeftRecursive = false
    /// Its results must not be remembered: it takes part in another rule's left recursion.
    var isFresh = false
    /// No mistakes are looked for inside.
    var isStrict = false
    var isAnonymous = false
}

/// The tables. Built once, at the first failing source.
struct ErrorGrammar: Sendable {
    var rules: [GrammarRule] = []
    var alternatives: [GrammarAlternative] = []
    var items: [GrammarItem] = []
    var actions: [GrammarAction] = []
    /// Texts of the soft keywords, by number.
    var softTexts: [[UInt8]] = []
    var ruleNumbers: [String: Int32] = [:]

    static let shared = ErrorGrammar()

    private init() {
        var reader = GrammarReader()
        for text in [Self.statements, Self.invalidStatements, Self.expressions, Self.invalidExpressions, Self.patterns] {
            reader.read(text)
        }
        self = reader.finish(into: self)
    }
}

extension GrammarAction: Sendable {}
extension GrammarAction.Kind: Sendable {}
extension GrammarItem: Sendable {}
extension GrammarAlternative: Sendable {}
extension GrammarRule: Sendable {}
extension MistakeNodeKind: Sendable {}
extension MistakeAction: Sendable {}
extension MistakePlace: Sendable {}
