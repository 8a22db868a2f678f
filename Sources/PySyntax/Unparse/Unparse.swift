// Expressions back to text, as `from __future__ import annotations` stores annotations. An explicit work stack: depth
// costs no native stack. Not `ast.unparse`, which is Python code of the library and prints some things differently.
// CPython: Python/ast_unparse.c. Rules: PEP 563.
import PyNumerics
import PyUnicode

/// The text of an annotation, character for character what CPython 3.10 stores for it.
/// - Complexity: linear in the expression, but for f-strings, whose text is copied once a nesting level.
public func unparseAnnotation(_ expr: ExprID, in tree: SyntaxTree) -> PyText {
    var unparser = Unparser(tree: tree)
    return unparser.run(expr)
}

/// How tightly an operator binds; what binds looser than its surroundings gets parentheses.
struct UnparseLevel: Comparable {
    let raw: UInt8
    static let tuple = UnparseLevel(raw: 0)
    static let test = UnparseLevel(raw: 1)
    static let or = UnparseLevel(raw: 2)
    static let and = UnparseLevel(raw: 3)
    static let not = UnparseLevel(raw: 4)
    static let compare = UnparseLevel(raw: 5)
    static let bitOr = UnparseLevel(raw: 6)
    static let bitXor = UnparseLevel(raw: 7)
    static let bitAnd = UnparseLevel(raw: 8)
    static let shift = UnparseLevel(raw: 9)
    static let arithmetic = UnparseLevel(raw: 10)
    static let term = UnparseLevel(raw: 11)
    static let factor = UnparseLevel(raw: 12)
    static let power = UnparseLevel(raw: 13)
    static let await = UnparseLevel(raw: 14)
    static let atom = UnparseLevel(raw: 15)
    var next: UnparseLevel { UnparseLevel(raw: raw + 1) }
    static func < (a: UnparseLevel, b: UnparseLevel) -> Bool { a.raw < b.raw }
}

struct Unparser {
    let tree: SyntaxTree
    private var out: [UInt8] = []
    private var work: [Work] = []
    /// What the expression at hand expands to, in order; moved to `work` reversed.
    private var parts: [Work] = []

    private enum Work {
        case expr(ExprID, UnparseLevel)
        case text(StaticString)
        case name(NameID)
        case argument(ArgID)
        /// A part of an f-string; `isSpec` inside a format spec.
        case element(ExprID, isSpec: Bool)
        /// The f-string's text starts here; the position waits in `marks`.
        case openString, closeString
        /// The text of a replacement field starts here.
        case openField, closeField
    }
    private var marks: [Int] = []

    init(tree: SyntaxTree) { self.tree = tree }

    mutating func run(_ expr: ExprID) -> PyText {
        work.append(.expr(expr, .test))
        while let next = work.popLast() {
            parts.removeAll(keepingCapacity: true)
            switch next {
            case .text(let text): text.withUTF8Buffer { out.append(contentsOf: $0) }
            case .name(let id): out.append(contentsOf: tree.names[id].utf8)
            case .argument(let id): argument(tree[id])
            case .expr(let id, let level): expand(tree[id], level)
            case .element(let id, let isSpec): element(id, isSpec)
            case .openString, .openField: marks.append(out.count)
            case .closeString:
                let start = marks.popLast() ?? 0
                let body = PyText(utf8: Array(out[start...]))
                out.removeSubrange(start...)
                out.append(0x66)
                PyText.appendRepr(of: body, to: &out)
            case .closeField:
                // `{ {` keeps a set or dict apart from an escaped brace.
                let start = marks.popLast() ?? 0
                if start < out.count, out[start] == 0x7B { out.insert(0x20, at: start) }
            }
            work.append(contentsOf: parts.reversed())
        }
        return PyText(utf8: out)
    }

    // MARK: Parts

    private mutating func say(_ text: StaticString) { parts.append(.text(text)) }
    private mutating func show(_ id: ExprID, _ level: UnparseLevel) { parts.append(.expr(id, level)) }

    private mutating func show(_ list: NodeList<ExprID>, _ level: UnparseLevel, separator: StaticString = ", ") {
        for index in 0..<list.count {
            if index > 0 { say(separator) }
            show(tree[list, index], level)
        }
    }

    private mutating func open(_ isNeeded: Bool) { if isNeeded { say("(") } }
    private mutating func close(_ isNeeded: Bool) { if isNeeded { say(")") } }

    // MARK: Expressions

    private mutating func expand(_ expr: Expr, _ level: UnparseLevel) {
        switch expr {
        case .boolOp(let op, let values):
            let own = op == .and ? UnparseLevel.and : .or
            open(level > own)
            show(values, own.next, separator: op == .and ? " and " : " or ")
            close(level > own)
        case .binOp(let left, let op, let right): binary(left, op, right, level)
        case .unaryOp(let op, let operand): unary(op, operand, level)
        case .lambda(let args, let body): lambda(args, body, level)
        case .ifExp(let test, let body, let orelse):
            open(level > .test)
            show(body, UnparseLevel.test.next)
            say(" if ")
            show(test, UnparseLevel.test.next)
            say(" else ")
            show(orelse, .test)
            close(level > .test)
        case .dict(let keys, let values): dictionary(keys, values)
        case .set(let elts):
            say("{")
            show(elts, .test)
            say("}")
        case .listComp(let elt, let generators): comprehension("[", elt, nil, generators, "]")
        case .setComp(let elt, let generators): comprehension("{", elt, nil, generators, "}")
        case .generatorExp(let elt, let generators): comprehension("(", elt, nil, generators, ")")
        case .dictComp(let key, let value, let generators): comprehension("{", key, value, generators, "}")
        case .yield(let value):
            say("(yield")
            if let value {
                say(" ")
                show(value, .test)
            }
            say(")")
        case .yieldFrom(let value):
            say("(yield from ")
            show(value, .test)
            say(")")
        case .await(let value):
            open(level > .await)
            say("await ")
            show(value, .atom)
            close(level > .await)
        case .compare(let left, let ops, let comparators):
            open(level > .compare)
            show(left, UnparseLevel.compare.next)
            for index in 0..<min(ops.count, comparators.count) {
                say(Self.text(of: tree.compareOperator(ops, index)))
                show(tree[comparators, index], UnparseLevel.compare.next)
            }
            close(level > .compare)
        case .call(let function, let args, let keywords): call(function, args, keywords)
        case .constant(let value, let isU):
            if isU { out.append(0x75) }
            constant(tree[value])
        case .joinedStr(let values):
            parts.append(.openString)
            for value in tree.items(values) { parts.append(.element(value, isSpec: false)) }
            parts.append(.closeString)
        case .formattedValue(let value, let conversion, let formatSpec): field(value, conversion, formatSpec)
        case .attribute(let value, let attr, _):
            show(value, .atom)
            // `1.real` would be a float and a name.
            say(isInteger(value) ? " ." : ".")
            parts.append(.name(attr))
        case .starred(let value, _):
            say("*")
            show(value, .bitOr)
        case .subscript(let value, let slice, _):
            show(value, .atom)
            say("[")
            show(slice, hasStarred(slice) ? UnparseLevel.tuple.next : .tuple)
            say("]")
        case .name(let id, _): parts.append(.name(id))
        case .list(let elts, _):
            say("[")
            show(elts, .test)
            say("]")
        case .tuple(let elts, _): tuple(elts, level)
        case .slice(let lower, let upper, let step):
            if let lower { show(lower, .test) }
            say(":")
            if let upper { show(upper, .test) }
            if let step {
                say(":")
                show(step, .test)
            }
        case .namedExpr(let target, let value):
            open(level > .tuple)
            show(target, .atom)
            say(" := ")
            show(value, .atom)
            close(level > .tuple)
        }
    }

    private mutating func binary(_ left: ExprID, _ op: Operator, _ right: ExprID, _ level: UnparseLevel) {
        let (text, own): (StaticString, UnparseLevel) =
            switch op {
            case .add: (" + ", .arithmetic)
            case .sub: (" - ", .arithmetic)
            case .mult: (" * ", .term)
            case .matMult: (" @ ", .term)
            case .div: (" / ", .term)
            case .mod: (" % ", .term)
            case .floorDiv: (" // ", .term)
            case .lShift: (" << ", .shift)
            case .rShift: (" >> ", .shift)
            case .bitOr: (" | ", .bitOr)
            case .bitXor: (" ^ ", .bitXor)
            case .bitAnd: (" & ", .bitAnd)
            case .pow: (" ** ", .power)
            }
        open(level > own)
        show(left, op == .pow ? own.next : own)
        say(text)
        show(right, op == .pow ? own : own.next)
        close(level > own)
    }

    private mutating func unary(_ op: UnaryOperator, _ operand: ExprID, _ level: UnparseLevel) {
        let (text, own): (StaticString, UnparseLevel) =
            switch op {
            case .invert: ("~", .factor)
            case .not: ("not ", .not)
            case .uAdd: ("+", .factor)
            case .uSub: ("-", .factor)
            }
        open(level > own)
        say(text)
        show(operand, own)
        close(level > own)
    }

    private mutating func tuple(_ elts: NodeList<ExprID>, _ level: UnparseLevel) {
        if elts.isEmpty { return say("()") }
        open(level > .tuple)
        show(elts, .test)
        if elts.count == 1 { say(",") }
        close(level > .tuple)
    }

    private mutating func dictionary(_ keys: NodeList<ExprID>, _ values: NodeList<ExprID>) {
        say("{")
        for index in 0..<min(keys.count, values.count) {
            if index > 0 { say(", ") }
            let key = tree[keys, index]
            if key.isMissing {
                say("**")
                show(tree[values, index], .bitOr)
            } else {
                show(key, .test)
                say(": ")
                show(tree[values, index], .test)
            }
        }
        say("}")
    }

    private mutating func comprehension(
        _ opening: StaticString, _ elt: ExprID, _ value: ExprID?, _ generators: NodeList<ComprehensionID>,
        _ closing: StaticString
    ) {
        say(opening)
        show(elt, .test)
        if let value {
            say(": ")
            show(value, .test)
        }
        for id in tree.items(generators) {
            let clause = tree[id]
            say(clause.isAsync ? " async for " : " for ")
            show(clause.target, .tuple)
            say(" in ")
            show(clause.iter, UnparseLevel.test.next)
            for condition in tree.items(clause.ifs) {
                say(" if ")
                show(condition, UnparseLevel.test.next)
            }
        }
        say(closing)
    }

    private mutating func call(_ function: ExprID, _ args: NodeList<ExprID>, _ keywords: NodeList<KeywordID>) {
        show(function, .atom)
        if args.count == 1, keywords.isEmpty, case .generatorExp = tree[tree[args, 0]] {
            // A generator as the only argument brings its own parentheses.
            return show(tree[args, 0], .test)
        }
        say("(")
        show(args, .test)
        for index in 0..<keywords.count {
            if index > 0 || !args.isEmpty { say(", ") }
            let keyword = tree[tree[keywords, index]]
            if let name = keyword.arg {
                parts.append(.name(name))
                say("=")
            } else {
                say("**")
            }
            show(keyword.value, .test)
        }
        say(")")
    }

    // MARK: Lambda

    private mutating func lambda(_ id: ArgumentsID, _ body: ExprID, _ level: UnparseLevel) {
        let arguments = tree[id]
        open(level > .test)
        // CPython looks for positional parameters only: `lambda*a: 0`.
        say(arguments.args.isEmpty && arguments.posonlyargs.isEmpty ? "lambda" : "lambda ")
        parameters(arguments)
        say(": ")
        show(body, .test)
        close(level > .test)
    }

    private mutating func parameters(_ arguments: Arguments) {
        var isFirst = true
        func comma(_ parts: inout [Work]) {
            if !isFirst { parts.append(.text(", ")) }
            isFirst = false
        }
        let posonly = arguments.posonlyargs.count
        let total = posonly + arguments.args.count
        for index in 0..<total {
            comma(&parts)
            parts.append(.argument(index < posonly ? tree[arguments.posonlyargs, index] : tree[arguments.args, index - posonly]))
            let fromEnd = total - index
            if fromEnd <= arguments.defaults.count {
                say("=")
                show(tree[arguments.defaults, arguments.defaults.count - fromEnd], .test)
            }
            if posonly > 0, index == posonly - 1 { say(", /") }
        }
        if arguments.vararg != nil || !arguments.kwonlyargs.isEmpty {
            comma(&parts)
            say("*")
            if let vararg = arguments.vararg { parts.append(.argument(vararg)) }
        }
        for index in 0..<arguments.kwonlyargs.count {
            comma(&parts)
            parts.append(.argument(tree[arguments.kwonlyargs, index]))
            if index < arguments.kwDefaults.count, !tree[arguments.kwDefaults, index].isMissing {
                say("=")
                show(tree[arguments.kwDefaults, index], .test)
            }
        }
        if let kwarg = arguments.kwarg {
            comma(&parts)
            say("**")
            parts.append(.argument(kwarg))
        }
    }

    private mutating func argument(_ arg: Arg) {
        parts.append(.name(arg.arg))
        if let annotation = arg.annotation {
            say(": ")
            show(annotation, .test)
        }
    }

    // MARK: Constants and f-strings

    private mutating func constant(_ literal: Literal) {
        switch literal {
        case .ellipsis: out.append(contentsOf: "...".utf8)
        case .float, .complex:
            // There is no literal for infinity; 1e309 is the least power of ten that overflows.
            let text = String(decoding: literal.pythonRepr, as: UTF8.self)
            var rest = Substring(text)
            while let i = rest.firstIndex(of: "i"), rest[i...].hasPrefix("inf") {
                out.append(contentsOf: rest[..<i].utf8)
                out.append(contentsOf: "1e309".utf8)
                rest = rest[rest.index(i, offsetBy: 3)...]
            }
            out.append(contentsOf: rest.utf8)
        case .tuple(let items):
            out.append(0x28)
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(contentsOf: ", ".utf8) }
                constant(item)
            }
            if items.count == 1 { out.append(0x2C) }
            out.append(0x29)
        case .none, .bool, .int, .bigInt, .str, .bytes, .frozenset: literal.appendRepr(to: &out)
        }
    }

    private mutating func element(_ id: ExprID, _ isSpec: Bool) {
        switch tree[id] {
        case .constant(let value, _):
            guard case .str(let text) = tree[value] else { return constant(tree[value]) }
            for byte in text.utf8 {
                if byte == 0x7B || byte == 0x7D { out.append(byte) }
                out.append(byte)
            }
        case .joinedStr(let values):
            // A format spec is text in the f-string around it; another f-string is one of its own.
            if !isSpec { parts.append(.openString) }
            for value in tree.items(values) { parts.append(.element(value, isSpec: isSpec)) }
            if !isSpec { parts.append(.closeString) }
        case .formattedValue(let value, let conversion, let formatSpec): field(value, conversion, formatSpec)
        default: show(id, .test)
        }
    }

    private mutating func field(_ value: ExprID, _ conversion: Conversion, _ formatSpec: ExprID?) {
        say("{")
        parts.append(.openField)
        show(value, UnparseLevel.test.next)
        parts.append(.closeField)
        switch conversion {
        case .none: break
        case .ascii: say("!a")
        case .repr: say("!r")
        case .str: say("!s")
        }
        if let formatSpec {
            say(":")
            parts.append(.element(formatSpec, isSpec: true))
        }
        say("}")
    }

    // MARK: Questions

    private func isInteger(_ id: ExprID) -> Bool {
        guard case .constant(let value, _) = tree[id] else { return false }
        switch tree[value] {
        case .int, .bigInt: return true
        case .none, .ellipsis, .bool, .float, .complex, .str, .bytes, .tuple, .frozenset: return false
        }
    }

    private func hasStarred(_ id: ExprID) -> Bool {
        guard case .tuple(let elts, _) = tree[id] else { return false }
        return tree.items(elts).contains { if case .starred = tree[$0] { true } else { false } }
    }

    private static func text(of op: CompareOperator) -> StaticString {
        switch op {
        case .eq: " == "
        case .notEq: " != "
        case .lt: " < "
        case .ltE: " <= "
        case .gt: " > "
        case .gtE: " >= "
        case .is: " is "
        case .isNot: " is not "
        case .in: " in "
        case .notIn: " not in "
        }
    }
}
