// SyntaxWarnings about code that can only be a mistake. CPython: Python/compile.c.
import PyNumerics
import PySyntax

extension CodeGenerator {
    /// `x is 'literal'`.
    @inline(never)
    mutating func warnIfIdentityOfLiteral(_ left: ExprID, _ ops: CompareOperatorList, _ comparators: NodeList<ExprID>) {
        for index in 0..<ops.count {
            let op = tree.op(ops, index)
            guard op == .is || op == .isNot else { continue }
            let before = index == 0 ? left : tree[comparators, index - 1]
            if isIdentityArgument(before) && isIdentityArgument(tree[comparators, index]) { continue }
            return warn(
                op == .is
                    ? "\"is\" with a literal. Did you mean \"==\"?" : "\"is not\" with a literal. Did you mean \"!=\"?")
        }
    }

    private mutating func isIdentityArgument(_ id: ExprID) -> Bool {
        guard case .constant(let literal, _) = tree[id] else { return true }
        switch pool.literal(literal) {
        case .none, .bool, .ellipsis: return true
        default: return false
        }
    }

    /// `"text" (argument)`.
    @inline(never)
    mutating func warnIfNotCallable(_ id: ExprID) {
        switch tree[id] {
        case .constant, .tuple, .list, .listComp, .dict, .dictComp, .set, .setComp, .generatorExp, .joinedStr,
            .formattedValue:
            warn("'\(typeName(id) ?? "")' object is not callable; perhaps you missed a comma?")
        default: break
        }
    }

    /// `{1} [0]`.
    @inline(never)
    mutating func warnIfNotSubscriptable(_ id: ExprID) {
        switch tree[id] {
        case .constant(let literal, _):
            switch pool.literal(literal) {
            case .none, .ellipsis, .int, .bigInt, .bool, .float, .complex, .frozenset: break
            case .str, .bytes, .tuple: return
            }
        case .set, .setComp, .generatorExp, .lambda: break
        default: return
        }
        warn("'\(typeName(id) ?? "")' object is not subscriptable; perhaps you missed a comma?")
    }

    /// `[1, 2] ['a']`.
    @inline(never)
    mutating func warnIfBadIndex(_ id: ExprID, _ index: ExprID) {
        guard let indexType = typeName(index), indexType != "int", indexType != "bool" else { return }
        switch tree[id] {
        case .constant(let literal, _):
            switch pool.literal(literal) {
            case .str, .bytes, .tuple: break
            default: return
            }
        case .tuple, .list, .listComp, .joinedStr, .formattedValue: break
        default: return
        }
        warn(
            "\(typeName(id) ?? "") indices must be integers or slices, not \(indexType); perhaps you missed a comma?")
    }

    /// The type an expression certainly has.
    private mutating func typeName(_ id: ExprID) -> String? {
        switch tree[id] {
        case .tuple: return "tuple"
        case .list, .listComp: return "list"
        case .dict, .dictComp: return "dict"
        case .set, .setComp: return "set"
        case .generatorExp: return "generator"
        case .lambda: return "function"
        case .joinedStr, .formattedValue: return "str"
        case .constant(let literal, _):
            switch pool.literal(literal) {
            case .none: return "NoneType"
            case .ellipsis: return "ellipsis"
            case .bool: return "bool"
            case .int, .bigInt: return "int"
            case .float: return "float"
            case .complex: return "complex"
            case .str: return "str"
            case .bytes: return "bytes"
            case .tuple: return "tuple"
            case .frozenset: return "frozenset"
            }
        default: return nil
        }
    }
}
