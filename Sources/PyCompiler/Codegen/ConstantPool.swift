// Every distinct constant of one compilation, numbered. A code object's pool is a list of these numbers, so finding out
// whether a constant is there already compares numbers; equal constants of different code objects share memory.
import PyBytecode
import PySyntax
import PyUnicode

final class ConstantPool {
    private var table: ConstantTable
    /// Sets are equal in whatever order they were written; nil until there is one.
    private var frozensets: [Set<Constant>: UInt32]?
    /// By literal: its number plus one; 0 if not asked for yet.
    private let literalNumbers: UnsafeMutablePointer<UInt32>
    /// By name: the same, for the name's text.
    private var nameNumbers: GrowBuffer<UInt32>
    private let literals: [Literal]
    private let names: NameTable

    init(_ tree: SyntaxTree) {
        literals = tree.literals
        names = tree.names
        let count = literals.count
        literalNumbers = .allocate(capacity: count + 1)
        literalNumbers.initialize(repeating: 0, count: count + 1)
        table = ConstantTable(capacity: count / 2 + names.count / 4 + 16)
        for constant in [.none, .bool(true), .bool(false), .ellipsis] as [Constant] { _ = table.insert(constant) }
        nameNumbers = GrowBuffer(capacity: names.count + 16)
        nameNumbers.extend(to: names.count, filling: 0)
    }

    deinit {
        literalNumbers.deallocate()
        nameNumbers.free()
    }

    static var none: UInt32 { 0 }

    var values: [Constant] { table.values }
    var count: Int { table.count }

    func number(of constant: Constant) -> UInt32 {
        if let known = table.number(of: constant) { return UInt32(known) }
        if case .frozenset(let items) = constant {
            let set = Set(items)
            if let known = frozensets?[set] { return known }
            frozensets = frozensets ?? [:]
            frozensets?[set] = UInt32(count)
        }
        return UInt32(table.insert(constant))
    }

    @inline(__always)
    func number(of literal: LiteralID) -> UInt32 {
        let known = literalNumbers[Int(literal.raw)]
        return known != 0 ? known - 1 : enter(literal)
    }

    @inline(never)
    private func enter(_ literal: LiteralID) -> UInt32 {
        let value = literals[Int(literal.raw)]
        // A NaN equals itself only: every one is a constant of its own.
        let result = value.containsNaN ? UInt32(table.append(Constant(value))) : number(of: Constant(value))
        literalNumbers[Int(literal.raw)] = result + 1
        return result
    }

    func number(ofName name: NameID) -> UInt32 {
        nameNumbers.extend(to: Int(name.raw) + 1, filling: 0)
        let known = nameNumbers[Int(name.raw)]
        if known != 0 { return known - 1 }
        let result = number(of: .str(names[name]))
        nameNumbers[Int(name.raw)] = result + 1
        return result
    }

    func literal(_ id: LiteralID) -> Literal { literals[Int(id.raw)] }

    /// `bool(constant)`.
    func isTrue(_ number: UInt32) -> Bool {
        switch table.values[Int(number)] {
        case .none: false
        case .ellipsis, .bigInt, .code: true
        case .bool(let flag): flag
        case .int(let int): int != 0
        case .float(let bits): Double(bitPattern: bits) != 0
        case .complex(let real, let imag): Double(bitPattern: real) != 0 || Double(bitPattern: imag) != 0
        case .str(let text): !text.isEmpty
        case .bytes(let bytes): !bytes.isEmpty
        case .tuple(let items), .frozenset(let items): !items.isEmpty
        }
    }
}

extension Literal {
    fileprivate var containsNaN: Bool {
        switch self {
        case .float(let bits): Double(bitPattern: bits).isNaN
        case .complex(let real, let imag): Double(bitPattern: real).isNaN || Double(bitPattern: imag).isNaN
        case .tuple(let items), .frozenset(let items): items.contains { $0.containsNaN }
        case .none, .ellipsis, .bool, .int, .bigInt, .str, .bytes: false
        }
    }
}

extension Constant {
    /// The constant a literal stands for.
    init(_ literal: Literal) {
        switch literal {
        case .none: self = .none
        case .ellipsis: self = .ellipsis
        case .bool(let flag): self = .bool(flag)
        case .int(let int): self = .int(int)
        case .bigInt(let big): self = .bigInt(big)
        case .float(let bits): self = .float(bits)
        case .complex(let real, let imag): self = .complex(real, imag)
        case .str(let text): self = .str(text)
        case .bytes(let bytes): self = .bytes(bytes)
        case .tuple(let items): self = .tuple(items.map(Constant.init))
        case .frozenset(let items): self = .frozenset(items.map(Constant.init))
        }
    }
}
