// `ast` objects back to a syntax tree, with CPython's complaints about what is missing or of the wrong kind. This file: the
// pieces; TreeReader+Nodes.swift: the node classes. What the tree means is checked in TreeValidator.swift afterwards.
// CPython: obj2ast_* in Python/Python-ast.c.
import PyNumerics
import PyRuntime
import PySyntax
import PyUnicode

extension NodeID {
    /// Stands for None in lists that may not hold it: the validator refuses it.
    static var absent: Self { Self(raw: .max) }
    var isAbsent: Bool { raw == .max }
}

struct TreeReader {
    let vm: VM
    let made: ASTState
    let tree = SyntaxTree()
    /// Literals that stand for objects no constant can be: their type's name.
    let invalid = InvalidConstants()

    final class InvalidConstants {
        var types: [UInt32: String] = [:]
        /// FormattedValue conversions the compiler does not know, by expression.
        var conversions: [UInt32: Int] = [:]
    }

    init(_ vm: VM) throws(Raised) {
        self.vm = vm
        made = try vm.astState()
    }

    // MARK: Attributes

    func fieldText(_ field: NodeField) -> StaticString { fieldNames[field.rawValue] }

    func missing(_ field: NodeField, _ owner: StaticString) -> Raised {
        vm.raise(.typeError, "required field \"\(fieldText(field))\" missing from \(owner)")
    }

    /// A required child that was None.
    func needed(_ field: NodeField, _ owner: StaticString) -> Raised {
        vm.raise(.valueError, "field '\(fieldText(field))' is required for \(owner)")
    }

    /// The attribute, or NULL if the node lacks it.
    func optional(_ node: Value, _ field: NodeField) throws(Raised) -> Value {
        try vm.getAttrIfPresent(node, made.name(field))
    }

    func required(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> Value {
        let value = try optional(node, field)
        if value.isNull { throw missing(field, owner) }
        return value
    }

    func integer(_ value: Value) throws(Raised) -> Int32 {
        guard vm.isInt(value) else { throw vm.raise(.valueError, "invalid integer value: \(try vm.reprText(value))") }
        var fits = false
        let n = vm.clampedInt(value, &fits)
        if !fits { throw vm.raise(.overflowError, "Python int too large to convert to C int") }
        guard let narrow = Int32(exactly: n) else { throw vm.raise(.overflowError, "Python int too large to convert to C int") }
        return narrow
    }

    func integer(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> Int32 {
        try integer(required(node, field, owner))
    }

    func optionalInteger(_ node: Value, _ field: NodeField) throws(Raised) -> Int32 {
        let value = try optional(node, field)
        return value.isNull || value.isNone ? 0 : try integer(value)
    }

    func span(_ node: Value, _ owner: StaticString, endRequired: Bool = false) throws(Raised) -> Span {
        let line = try integer(node, .lineno, owner)
        let column = try integer(node, .col_offset, owner)
        if endRequired {
            return Span(
                line: line, column: column, endLine: try integer(node, .end_lineno, owner), endColumn: try integer(node, .end_col_offset, owner))
        }
        return Span(
            line: line, column: column, endLine: try optionalInteger(node, .end_lineno), endColumn: try optionalInteger(node, .end_col_offset))
    }

    func identifier(_ value: Value) throws(Raised) -> NameID? {
        if value.isNull || value.isNone { return nil }
        guard vm.isExactStr(value) else { throw vm.raise(.typeError, "AST identifier must be of type str") }
        return tree.names.intern(PyStr(value).text)
    }

    func identifier(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> NameID? {
        try identifier(required(node, field, owner))
    }

    func typeComment(_ node: Value) throws(Raised) -> LiteralID? {
        let value = try optional(node, .type_comment)
        if value.isNull || value.isNone { return nil }
        return tree.add(.str(try string(value)))
    }

    func string(_ value: Value) throws(Raised) -> PyText {
        if vm.isExactStr(value) { return PyStr(value).text }
        if value.isExactly(vm.types.bytes) { return PyText(utf8: Array(PyBytes(value).view)) }
        throw vm.raise(.typeError, "AST string must be of type str")
    }

    func expr(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> ExprID? {
        try expr(required(node, field, owner))
    }
    func optionalExpr(_ node: Value, _ field: NodeField) throws(Raised) -> ExprID? {
        let value = try optional(node, field)
        return value.isNull ? nil : try expr(value)
    }

    // MARK: Lists

    func list<ID: NodeID>(
        _ node: Value, _ field: NodeField, _ owner: StaticString, _ read: (Value) throws(Raised) -> ID?
    ) throws(Raised) -> NodeList<ID> {
        let value = try required(node, field, owner)
        guard vm.isList(value) else {
            throw vm.raise(.typeError, "\(owner) field \"\(fieldText(field))\" must be a list, not a \(vm.typeName(value))")
        }
        let count = PyList(value).count
        var ids: [ID] = []
        ids.reserveCapacity(count)
        for i in 0..<count {
            guard i < PyList(value).count else { throw changed(field, owner) }
            ids.append(try read(PyList(value)[i]) ?? .absent)
            if PyList(value).count != count { throw changed(field, owner) }
        }
        return tree.list(ids)
    }

    private func changed(_ field: NodeField, _ owner: StaticString) -> Raised {
        vm.raise(.runtimeError, "\(owner) field \"\(fieldText(field))\" changed size during iteration")
    }

    func exprs(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> NodeList<ExprID> {
        try list(node, field, owner) { v throws(Raised) in try expr(v) }
    }
    func stmts(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> NodeList<StmtID> {
        try list(node, field, owner) { v throws(Raised) in try stmt(v) }
    }
    func patterns(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> NodeList<PatternID> {
        try list(node, field, owner) { v throws(Raised) in try pattern(v) }
    }
    func identifiers(_ node: Value, _ field: NodeField, _ owner: StaticString) throws(Raised) -> NodeList<NameID> {
        try list(node, field, owner) { v throws(Raised) in try identifier(v) }
    }

    // MARK: Kinds

    /// Which alternative of a sum the object is: by its exact type, else by `isinstance` in order.
    func kind(_ node: Value, _ first: NodeKind, _ last: NodeKind, _ sum: StaticString) throws(Raised) -> NodeKind {
        let type = vm.type(of: node).value
        for raw in first.rawValue...last.rawValue where made.types[raw] == type { return NodeKind(rawValue: raw) ?? first }
        for raw in first.rawValue...last.rawValue where try vm.isInstance(node, made.types[raw]) { return NodeKind(rawValue: raw) ?? first }
        throw vm.raise(.typeError, "expected some sort of \(sum), but got \(try vm.reprText(node))")
    }

    func context(_ node: Value, _ owner: StaticString) throws(Raised) -> ExprContext? {
        let value = try required(node, .ctx, owner)
        let kind = try kind(value, .Load, .Del, "expr_context")
        return ExprContext(rawValue: UInt8(truncatingIfNeeded: kind.rawValue - NodeKind.Load.rawValue))
    }

    func binaryOperator(_ node: Value, _ owner: StaticString) throws(Raised) -> Operator? {
        let value = try required(node, .op, owner)
        let kind = try kind(value, .Add, .FloorDiv, "operator")
        return Operator(rawValue: UInt8(truncatingIfNeeded: kind.rawValue - NodeKind.Add.rawValue))
    }

    func compareOperators(_ node: Value) throws(Raised) -> CompareOperatorList {
        let value = try required(node, .ops, "Compare")
        guard vm.isList(value) else {
            throw vm.raise(.typeError, "Compare field \"ops\" must be a list, not a \(vm.typeName(value))")
        }
        var ops: [CompareOperator] = []
        let count = PyList(value).count
        for i in 0..<count {
            guard i < PyList(value).count else { throw changed(.ops, "Compare") }
            let item = PyList(value)[i]
            let kind = try kind(item, .Eq, .NotIn, "cmpop")
            ops.append(CompareOperator(rawValue: UInt8(truncatingIfNeeded: kind.rawValue - NodeKind.Eq.rawValue)) ?? .eq)
        }
        return tree.list(ops)
    }

    // MARK: Constants

    func literal(_ value: Value) throws(Raised) -> LiteralID {
        switch try constant(value) {
        case .literal(let literal): return tree.add(literal)
        case .invalid(let typeName):
            let id = tree.add(.none)
            invalid.types[id.raw] = typeName
            return id
        }
    }

    private enum Outcome {
        case literal(Literal)
        case invalid(String)
    }

    private func constant(_ value: Value) throws(Raised) -> Outcome {
        if value.isNone { return .literal(.none) }
        if value == .ellipsis { return .literal(.ellipsis) }
        if value.isBool { return .literal(.bool(value.isTrue)) }
        if value.isSmallInt { return .literal(.int(value.smallInt)) }
        if value.isDouble { return .literal(.float(value.double.bitPattern)) }
        let type = vm.type(of: value)
        if type == vm.types.int {
            var fits = false
            let n = vm.clampedInt(value, &fits)
            return .literal(fits ? .int(n) : .bigInt(vm.bigInt(value)))
        }
        if type == vm.types.str { return .literal(.str(PyStr(value).text)) }
        if type == vm.types.bytes { return .literal(.bytes(Array(PyBytes(value).view))) }
        if type == vm.types.complex {
            let z = value.cast(ComplexLayout.self).pointee
            return .literal(.complex(z.real.bitPattern, z.imag.bitPattern))
        }
        if type == vm.types.tuple || type == vm.types.frozenset {
            let items = type == vm.types.tuple ? value : try vm.tupleFrom(value)
            try vm.enterRecursion(" during compilation")
            defer { vm.leaveRecursion() }
            var parts: [Literal] = []
            for i in 0..<PyTuple(items).count {
                switch try constant(PyTuple(items)[i]) {
                case .literal(let part): parts.append(part)
                case .invalid(let name): return .invalid(name)
                }
            }
            return .literal(type == vm.types.tuple ? .tuple(parts) : .frozenset(parts))
        }
        return .invalid(vm.typeName(value))
    }
}
