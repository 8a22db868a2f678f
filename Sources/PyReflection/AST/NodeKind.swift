// The node classes of `ast` and their fields: names, order and kinds from the abstract grammar in the `ast` module's
// documentation ("Abstract Grammar", 3.10). The classes are made from these rows in ASTTypes.swift.

/// A class of `_ast`, in CPython's order.
enum NodeKind: Int, CaseIterable {
    case AST, mod, Module, Interactive, Expression, FunctionType, stmt, FunctionDef, AsyncFunctionDef, ClassDef
    case Return, Delete, Assign, AugAssign, AnnAssign, For, AsyncFor, While, If, With, AsyncWith, Match, Raise, Try
    case Assert, Import, ImportFrom, Global, Nonlocal, Expr, Pass, Break, Continue, expr, BoolOp, NamedExpr, BinOp
    case UnaryOp, Lambda, IfExp, Dict, Set, ListComp, SetComp, DictComp, GeneratorExp, Await, Yield, YieldFrom
    case Compare, Call, FormattedValue, JoinedStr, Constant, Attribute, Subscript, Starred, Name, List, Tuple, Slice
    case expr_context, Load, Store, Del, boolop, And, Or, `operator`, Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift
    case RShift, BitOr, BitXor, BitAnd, FloorDiv, unaryop, Invert, Not, UAdd, USub, cmpop, Eq, NotEq, Lt, LtE, Gt, GtE
    case Is, IsNot, In, NotIn, comprehension, excepthandler, ExceptHandler, arguments, arg, keyword, alias, withitem
    case match_case, pattern, MatchValue, MatchSingleton, MatchSequence, MatchMapping, MatchClass, MatchStar, MatchAs
    case MatchOr, type_ignore, TypeIgnore

    static let count = NodeKind.allCases.count
    var row: NodeRow { nodeRows[rawValue] }
    var name: StaticString { row.name }
}

/// An attribute of a node.
enum NodeField: Int, CaseIterable {
    case body, type_ignores, argtypes, returns, name, args, decorator_list, type_comment, bases, keywords, value
    case targets, target, op, annotation, simple, iter, orelse, test, items, subject, cases, exc, cause, handlers
    case finalbody, msg, names, module, level, values, left, right, operand, keys, elts, elt, generators, key, ops
    case comparators, `func`, conversion, format_spec, kind, attr, ctx, slice, id, lower, upper, step, ifs, is_async
    case type, posonlyargs, vararg, kwonlyargs, kw_defaults, kwarg, defaults, arg, asname, context_expr, optional_vars
    case pattern, `guard`, patterns, rest, cls, kwd_attrs, kwd_patterns, lineno, tag, col_offset, end_lineno
    case end_col_offset
}

/// One class.
struct NodeRow {
    var name: StaticString
    var base: NodeKind
    /// "type name" pairs as the grammar writes them.
    var fields: StaticString
    /// The instances have a position; `isAbstract`: the class is a sum, its alternatives follow it.
    var hasPosition = false
    var isAbstract = false
}

let nodeRows: [NodeRow] = [
    NodeRow(name: "AST", base: .AST, fields: ""),
    NodeRow(name: "mod", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "Module", base: .mod, fields: "stmt* body, type_ignore* type_ignores"),
    NodeRow(name: "Interactive", base: .mod, fields: "stmt* body"),
    NodeRow(name: "Expression", base: .mod, fields: "expr body"),
    NodeRow(name: "FunctionType", base: .mod, fields: "expr* argtypes, expr returns"),
    NodeRow(name: "stmt", base: .AST, fields: "", hasPosition: true, isAbstract: true),
    NodeRow(name: "FunctionDef", base: .stmt, fields: "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment"),
    NodeRow(name: "AsyncFunctionDef", base: .stmt, fields: "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment"),
    NodeRow(name: "ClassDef", base: .stmt, fields: "identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list"),
    NodeRow(name: "Return", base: .stmt, fields: "expr? value"),
    NodeRow(name: "Delete", base: .stmt, fields: "expr* targets"),
    NodeRow(name: "Assign", base: .stmt, fields: "expr* targets, expr value, string? type_comment"),
    NodeRow(name: "AugAssign", base: .stmt, fields: "expr target, operator op, expr value"),
    NodeRow(name: "AnnAssign", base: .stmt, fields: "expr target, expr annotation, expr? value, int simple"),
    NodeRow(name: "For", base: .stmt, fields: "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment"),
    NodeRow(name: "AsyncFor", base: .stmt, fields: "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment"),
    NodeRow(name: "While", base: .stmt, fields: "expr test, stmt* body, stmt* orelse"),
    NodeRow(name: "If", base: .stmt, fields: "expr test, stmt* body, stmt* orelse"),
    NodeRow(name: "With", base: .stmt, fields: "withitem* items, stmt* body, string? type_comment"),
    NodeRow(name: "AsyncWith", base: .stmt, fields: "withitem* items, stmt* body, string? type_comment"),
    NodeRow(name: "Match", base: .stmt, fields: "expr subject, match_case* cases"),
    NodeRow(name: "Raise", base: .stmt, fields: "expr? exc, expr? cause"),
    NodeRow(name: "Try", base: .stmt, fields: "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody"),
    NodeRow(name: "Assert", base: .stmt, fields: "expr test, expr? msg"),
    NodeRow(name: "Import", base: .stmt, fields: "alias* names"),
    NodeRow(name: "ImportFrom", base: .stmt, fields: "identifier? module, alias* names, int? level"),
    NodeRow(name: "Global", base: .stmt, fields: "identifier* names"),
    NodeRow(name: "Nonlocal", base: .stmt, fields: "identifier* names"),
    NodeRow(name: "Expr", base: .stmt, fields: "expr value"),
    NodeRow(name: "Pass", base: .stmt, fields: ""),
    NodeRow(name: "Break", base: .stmt, fields: ""),
    NodeRow(name: "Continue", base: .stmt, fields: ""),
    NodeRow(name: "expr", base: .AST, fields: "", hasPosition: true, isAbstract: true),
    NodeRow(name: "BoolOp", base: .expr, fields: "boolop op, expr* values"),
    NodeRow(name: "NamedExpr", base: .expr, fields: "expr target, expr value"),
    NodeRow(name: "BinOp", base: .expr, fields: "expr left, operator op, expr right"),
    NodeRow(name: "UnaryOp", base: .expr, fields: "unaryop op, expr operand"),
    NodeRow(name: "Lambda", base: .expr, fields: "arguments args, expr body"),
    NodeRow(name: "IfExp", base: .expr, fields: "expr test, expr body, expr orelse"),
    NodeRow(name: "Dict", base: .expr, fields: "expr* keys, expr* values"),
    NodeRow(name: "Set", base: .expr, fields: "expr* elts"),
    NodeRow(name: "ListComp", base: .expr, fields: "expr elt, comprehension* generators"),
    NodeRow(name: "SetComp", base: .expr, fields: "expr elt, comprehension* generators"),
    NodeRow(name: "DictComp", base: .expr, fields: "expr key, expr value, comprehension* generators"),
    NodeRow(name: "GeneratorExp", base: .expr, fields: "expr elt, comprehension* generators"),
    NodeRow(name: "Await", base: .expr, fields: "expr value"),
    NodeRow(name: "Yield", base: .expr, fields: "expr? value"),
    NodeRow(name: "YieldFrom", base: .expr, fields: "expr value"),
    NodeRow(name: "Compare", base: .expr, fields: "expr left, cmpop* ops, expr* comparators"),
    NodeRow(name: "Call", base: .expr, fields: "expr func, expr* args, keyword* keywords"),
    NodeRow(name: "FormattedValue", base: .expr, fields: "expr value, int conversion, expr? format_spec"),
    NodeRow(name: "JoinedStr", base: .expr, fields: "expr* values"),
    NodeRow(name: "Constant", base: .expr, fields: "constant value, string? kind"),
    NodeRow(name: "Attribute", base: .expr, fields: "expr value, identifier attr, expr_context ctx"),
    NodeRow(name: "Subscript", base: .expr, fields: "expr value, expr slice, expr_context ctx"),
    NodeRow(name: "Starred", base: .expr, fields: "expr value, expr_context ctx"),
    NodeRow(name: "Name", base: .expr, fields: "identifier id, expr_context ctx"),
    NodeRow(name: "List", base: .expr, fields: "expr* elts, expr_context ctx"),
    NodeRow(name: "Tuple", base: .expr, fields: "expr* elts, expr_context ctx"),
    NodeRow(name: "Slice", base: .expr, fields: "expr? lower, expr? upper, expr? step"),
    NodeRow(name: "expr_context", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "Load", base: .expr_context, fields: ""),
    NodeRow(name: "Store", base: .expr_context, fields: ""),
    NodeRow(name: "Del", base: .expr_context, fields: ""),
    NodeRow(name: "boolop", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "And", base: .boolop, fields: ""),
    NodeRow(name: "Or", base: .boolop, fields: ""),
    NodeRow(name: "operator", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "Add", base: .`operator`, fields: ""),
    NodeRow(name: "Sub", base: .`operator`, fields: ""),
    NodeRow(name: "Mult", base: .`operator`, fields: ""),
    NodeRow(name: "MatMult", base: .`operator`, fields: ""),
    NodeRow(name: "Div", base: .`operator`, fields: ""),
    NodeRow(name: "Mod", base: .`operator`, fields: ""),
    NodeRow(name: "Pow", base: .`operator`, fields: ""),
    NodeRow(name: "LShift", base: .`operator`, fields: ""),
    NodeRow(name: "RShift", base: .`operator`, fields: ""),
    NodeRow(name: "BitOr", base: .`operator`, fields: ""),
    NodeRow(name: "BitXor", base: .`operator`, fields: ""),
    NodeRow(name: "BitAnd", base: .`operator`, fields: ""),
    NodeRow(name: "FloorDiv", base: .`operator`, fields: ""),
    NodeRow(name: "unaryop", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "Invert", base: .unaryop, fields: ""),
    NodeRow(name: "Not", base: .unaryop, fields: ""),
    NodeRow(name: "UAdd", base: .unaryop, fields: ""),
    NodeRow(name: "USub", base: .unaryop, fields: ""),
    NodeRow(name: "cmpop", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "Eq", base: .cmpop, fields: ""),
    NodeRow(name: "NotEq", base: .cmpop, fields: ""),
    NodeRow(name: "Lt", base: .cmpop, fields: ""),
    NodeRow(name: "LtE", base: .cmpop, fields: ""),
    NodeRow(name: "Gt", base: .cmpop, fields: ""),
    NodeRow(name: "GtE", base: .cmpop, fields: ""),
    NodeRow(name: "Is", base: .cmpop, fields: ""),
    NodeRow(name: "IsNot", base: .cmpop, fields: ""),
    NodeRow(name: "In", base: .cmpop, fields: ""),
    NodeRow(name: "NotIn", base: .cmpop, fields: ""),
    NodeRow(name: "comprehension", base: .AST, fields: "expr target, expr iter, expr* ifs, int is_async"),
    NodeRow(name: "excepthandler", base: .AST, fields: "", hasPosition: true, isAbstract: true),
    NodeRow(name: "ExceptHandler", base: .excepthandler, fields: "expr? type, identifier? name, stmt* body"),
    NodeRow(name: "arguments", base: .AST, fields: "arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults"),
    NodeRow(name: "arg", base: .AST, fields: "identifier arg, expr? annotation, string? type_comment", hasPosition: true),
    NodeRow(name: "keyword", base: .AST, fields: "identifier? arg, expr value", hasPosition: true),
    NodeRow(name: "alias", base: .AST, fields: "identifier name, identifier? asname", hasPosition: true),
    NodeRow(name: "withitem", base: .AST, fields: "expr context_expr, expr? optional_vars"),
    NodeRow(name: "match_case", base: .AST, fields: "pattern pattern, expr? guard, stmt* body"),
    NodeRow(name: "pattern", base: .AST, fields: "", hasPosition: true, isAbstract: true),
    NodeRow(name: "MatchValue", base: .pattern, fields: "expr value"),
    NodeRow(name: "MatchSingleton", base: .pattern, fields: "constant value"),
    NodeRow(name: "MatchSequence", base: .pattern, fields: "pattern* patterns"),
    NodeRow(name: "MatchMapping", base: .pattern, fields: "expr* keys, pattern* patterns, identifier? rest"),
    NodeRow(name: "MatchClass", base: .pattern, fields: "expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns"),
    NodeRow(name: "MatchStar", base: .pattern, fields: "identifier? name"),
    NodeRow(name: "MatchAs", base: .pattern, fields: "pattern? pattern, identifier? name"),
    NodeRow(name: "MatchOr", base: .pattern, fields: "pattern* patterns"),
    NodeRow(name: "type_ignore", base: .AST, fields: "", isAbstract: true),
    NodeRow(name: "TypeIgnore", base: .type_ignore, fields: "int lineno, string tag"),
]

let fieldNames: [StaticString] = [
    "body", "type_ignores", "argtypes", "returns", "name", "args", "decorator_list", "type_comment", "bases",
    "keywords", "value", "targets", "target", "op", "annotation", "simple", "iter", "orelse", "test", "items",
    "subject", "cases", "exc", "cause", "handlers", "finalbody", "msg", "names", "module", "level", "values", "left",
    "right", "operand", "keys", "elts", "elt", "generators", "key", "ops", "comparators", "func", "conversion",
    "format_spec", "kind", "attr", "ctx", "slice", "id", "lower", "upper", "step", "ifs", "is_async", "type",
    "posonlyargs", "vararg", "kwonlyargs", "kw_defaults", "kwarg", "defaults", "arg", "asname", "context_expr",
    "optional_vars", "pattern", "guard", "patterns", "rest", "cls", "kwd_attrs", "kwd_patterns", "lineno", "tag",
    "col_offset", "end_lineno", "end_col_offset",
]
