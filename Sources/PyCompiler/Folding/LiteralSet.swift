// Python equality between literals, for the elements of a frozenset: `1`, `True` and `1.0` are one element.
import PyNumerics
import PySyntax

enum LiteralSet {
    /// The elements of the set display `items`: of equal ones the first stays.
    static func distinct(_ items: [Literal]) -> [Literal] {
        var seen: Set<Literal> = []
        var result: [Literal] = []
        for item in items where seen.insert(canonical(item)).inserted { result.append(item) }
        return result
    }

    /// One value for all literals that are equal in Python.
    static func canonical(_ value: Literal) -> Literal {
        switch value {
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .float(let bits): return canonical(Double(bitPattern: bits))
        case .complex(let real, let imag):
            if Double(bitPattern: imag) == 0 { return canonical(Double(bitPattern: real)) }
            return .complex((Double(bitPattern: real) + 0).bitPattern, imag)
        case .tuple(let items): return .tuple(items.map(canonical))
        case .frozenset(let items): return .frozenset(items.map(canonical))
        case .none, .ellipsis, .int, .bigInt, .str, .bytes: return value
        }
    }

    private static func canonical(_ value: Double) -> Literal {
        if value == value.rounded(.towardZero), let int = BigInt(value) {
            return int.asInt.map { .int($0) } ?? .bigInt(int)
        }
        return .float(value.bitPattern)
    }
}
