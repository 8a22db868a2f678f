// The value of an operator between two constants, with the limits 3.10 puts on what it folds. Nil means "not folded":
// the operation raises, gives something too big, or is not between constants' types. CPython: Python/ast_opt.c.
import PyNumerics
import PySyntax
import PyUnicode

/// Folding of operators over literals.
enum LiteralArithmetic {
    // 3.10's limits.
    private static let maxIntBits = 128
    private static let maxCollectionItems = 256
    private static let maxTextSize = 4096
    private static let maxTotalItems = 1024

    /// `bool(value)`.
    static func isTrue(_ value: Literal) -> Bool {
        switch value {
        case .none: false
        case .ellipsis: true
        case .bool(let flag): flag
        case .int(let int): int != 0
        case .bigInt: true
        case .float(let bits): Double(bitPattern: bits) != 0
        case .complex(let real, let imag): Double(bitPattern: real) != 0 || Double(bitPattern: imag) != 0
        case .str(let text): !text.isEmpty
        case .bytes(let bytes): !bytes.isEmpty
        case .tuple(let items), .frozenset(let items): !items.isEmpty
        }
    }

    static func unary(_ op: UnaryOperator, _ value: Literal) -> Literal? {
        if op == .not { return .bool(!isTrue(value)) }
        guard let number = Number(value) else { return nil }
        switch (op, number) {
        case (.uAdd, .int(let int)): return literal(int)
        case (.uAdd, _): return value
        case (.uSub, .int(let int)): return literal(-int)
        case (.uSub, .float(let double)): return literal(-double)
        case (.uSub, .complex(let complex)): return literal(-complex)
        case (.invert, .int(let int)): return literal(~int)
        default: return nil
        }
    }

    static func binary(_ op: Operator, _ left: Literal, _ right: Literal) -> Literal? {
        // Small ints, the bulk of what sources fold.
        if case .int(let a) = left, case .int(let b) = right, let result = smallInts(op, a, b) { return .int(result) }
        switch op {
        case .matMult: return nil
        case .add:
            if let joined = concatenate(left, right) { return joined }
        case .mult:
            if let repeated = multiplySequence(left, right) { return repeated.value }
        case .bitAnd, .bitOr, .bitXor:
            if case .bool(let a) = left, case .bool(let b) = right {
                return .bool(op == .bitAnd ? a && b : op == .bitOr ? a || b : a != b)
            }
        default: break
        }
        guard let a = Number(left), let b = Number(right) else { return nil }
        if case .int(let x) = a, case .int(let y) = b { return ints(op, x, y) }
        if case .complex = a { return complexes(op, a.complex, b.complex) }
        if case .complex = b { return complexes(op, a.complex, b.complex) }
        guard let x = a.double, let y = b.double else { return nil }
        return floats(op, x, y)
    }

    /// `container[index]`.
    static func subscript_(_ container: Literal, _ index: Literal) -> Literal? {
        let position: Int
        switch index {
        case .int(let int): position = int
        case .bool(let flag): position = flag ? 1 : 0
        default: return nil
        }
        func resolve(_ count: Int) -> Int? {
            let resolved = position < 0 ? position + count : position
            return resolved >= 0 && resolved < count ? resolved : nil
        }
        switch container {
        case .tuple(let items): return resolve(items.count).map { items[$0] }
        case .bytes(let bytes): return resolve(bytes.count).map { .int(Int(bytes[$0])) }
        case .str(let text):
            guard let at = resolve(text.count) else { return nil }
            if text.isASCII { return .str(PyText(utf8: [text.utf8[at]])) }
            let points = Array(text.codePoints)
            return .str(PyText(codePoints: [points[at]]))
        default: return nil
        }
    }

    // MARK: Numbers

    private enum Number {
        case int(BigInt)
        case float(Double)
        case complex(Complex)

        init?(_ value: Literal) {
            switch value {
            case .bool(let flag): self = .int(BigInt(flag ? 1 : 0))
            case .int(let int): self = .int(BigInt(int))
            case .bigInt(let big): self = .int(big)
            case .float(let bits): self = .float(Double(bitPattern: bits))
            case .complex(let real, let imag):
                self = .complex(Complex(Double(bitPattern: real), Double(bitPattern: imag)))
            default: return nil
            }
        }

        /// Nil if an int is too large for a float.
        var double: Double? {
            switch self {
            case .int(let int): int.asDouble
            case .float(let double): double
            case .complex: nil
            }
        }

        var complex: Complex? {
            if case .complex(let value) = self { return value }
            return double.map { Complex($0, 0) }
        }
    }

    private static func literal(_ int: BigInt) -> Literal { int.asInt.map { .int($0) } ?? .bigInt(int) }
    private static func literal(_ double: Double) -> Literal { .float(double.bitPattern) }
    private static func literal(_ value: Complex) -> Literal { .complex(value.real.bitPattern, value.imag.bitPattern) }

    private static func smallInts(_ op: Operator, _ a: Int, _ b: Int) -> Int? {
        let bound = 1 << 31
        guard a > -bound && a < bound && b > -bound && b < bound else { return nil }
        switch op {
        case .add: return a + b
        case .sub: return a - b
        case .mult: return a * b
        case .bitAnd: return a & b
        case .bitOr: return a | b
        case .bitXor: return a ^ b
        default: return nil
        }
    }

    private static func ints(_ op: Operator, _ a: BigInt, _ b: BigInt) -> Literal? {
        switch op {
        case .add: return literal(a + b)
        case .sub: return literal(a - b)
        case .mult:
            if !a.isZero && !b.isZero && a.bitWidth + b.bitWidth > maxIntBits { return nil }
            return literal(a * b)
        case .div:
            if case .value(let quotient) = BigInt.trueDivide(a, b) { return literal(quotient) }
            return nil
        case .floorDiv: return a.floorQuotient(by: b).map(literal)
        case .mod: return a.modulo(b).map(literal)
        case .pow:
            if b.isNegative {
                guard let x = a.asDouble, let y = b.asDouble else { return nil }
                return floats(.pow, x, y)
            }
            if a.isZero { return .int(b.isZero ? 1 : 0) }
            if b.isZero { return .int(1) }
            guard let exponent = b.asInt, a.bitWidth <= maxIntBits / exponent else { return nil }
            return literal(a.raised(to: exponent))
        case .lShift:
            if b.isNegative { return nil }
            if a.isZero { return .int(0) }
            guard let bits = b.asInt, bits <= maxIntBits, a.bitWidth <= maxIntBits - bits else { return nil }
            return literal(a.shiftedLeft(by: bits))
        case .rShift:
            if b.isNegative { return nil }
            guard let bits = b.asInt else { return .int(a.isNegative ? -1 : 0) }
            return literal(a.shiftedRight(by: bits))
        case .bitAnd: return literal(a & b)
        case .bitOr: return literal(a | b)
        case .bitXor: return literal(a ^ b)
        case .matMult: return nil
        }
    }

    private static func floats(_ op: Operator, _ a: Double, _ b: Double) -> Literal? {
        switch op {
        case .add: return literal(a + b)
        case .sub: return literal(a - b)
        case .mult: return literal(a * b)
        case .div: return b == 0 ? nil : literal(a / b)
        case .floorDiv: return FloatArithmetic.divMod(a, b).map { literal($0.quotient) }
        case .mod: return FloatArithmetic.modulo(a, b).map { literal($0) }
        case .pow:
            switch FloatArithmetic.power(a, b) {
            case .value(let power): return literal(power)
            case .complex: return complexes(.pow, Complex(a, 0), Complex(b, 0))
            case .zeroToNegative, .overflow: return nil
            }
        default: return nil
        }
    }

    private static func complexes(_ op: Operator, _ left: Complex?, _ right: Complex?) -> Literal? {
        guard let a = left, let b = right else { return nil }
        switch op {
        case .add: return literal(a + b)
        case .sub: return literal(a - b)
        case .mult: return literal(a * b)
        case .div: return a.divided(by: b).map { literal($0) }
        case .pow:
            if case .value(let power) = a.raised(to: b) { return literal(power) }
            return nil
        default: return nil
        }
    }

    // MARK: Sequences

    private static func concatenate(_ left: Literal, _ right: Literal) -> Literal? {
        switch (left, right) {
        case (.str(let a), .str(let b)): .str(PyText(utf8: a.utf8 + b.utf8))
        case (.bytes(let a), .bytes(let b)): .bytes(a + b)
        case (.tuple(let a), .tuple(let b)): .tuple(a + b)
        default: nil
        }
    }

    /// Nil if neither side is a sequence; a nil value if it is one and is not folded.
    private static func multiplySequence(_ left: Literal, _ right: Literal) -> (value: Literal?, Void)? {
        let sequence: Literal
        let times: Literal
        switch (left, right) {
        case (.str, _), (.bytes, _), (.tuple, _): (sequence, times) = (left, right)
        case (_, .str), (_, .bytes), (_, .tuple): (sequence, times) = (right, left)
        default: return nil
        }
        let count: Int
        switch times {
        case .int(let int): count = int
        case .bool(let flag): count = flag ? 1 : 0
        // Not even an empty sequence is repeated 2**63 times: OverflowError.
        default: return (nil, ())
        }
        switch sequence {
        case .str(let text):
            let size = text.count
            if size > 0 && (count < 0 || count > maxTextSize / size) { return (nil, ()) }
            return (.str(PyText(utf8: repeated(text.utf8, count))), ())
        case .bytes(let bytes):
            if !bytes.isEmpty && (count < 0 || count > maxTextSize / bytes.count) { return (nil, ()) }
            return (.bytes(repeated(bytes, count)), ())
        case .tuple(let items):
            if !items.isEmpty {
                if count < 0 || count > maxCollectionItems / items.count { return (nil, ()) }
                if count > 0 && complexity(sequence, within: maxTotalItems / count) < 0 { return (nil, ()) }
            }
            return (.tuple(repeated(items, count)), ())
        default: return (nil, ())
        }
    }

    private static func repeated<Element>(_ items: [Element], _ count: Int) -> [Element] {
        if items.isEmpty || count <= 0 { return [] }
        var result: [Element] = []
        result.reserveCapacity(items.count * count)
        for _ in 0..<count { result.append(contentsOf: items) }
        return result
    }

    /// What is left of `limit` after all items, nested ones included; negative if it does not suffice.
    private static func complexity(_ value: Literal, within limit: Int) -> Int {
        switch value {
        case .tuple(let items):
            var left = limit - items.count
            for item in items where left >= 0 { left = complexity(item, within: left) }
            return left
        case .frozenset(let items): return limit - items.count
        default: return limit
        }
    }
}
