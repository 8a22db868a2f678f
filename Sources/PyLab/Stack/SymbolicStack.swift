// What stands on the value stack at each instruction, as source-like text: `'Hello, '  format(name)`. A static walk:
// each block starts from what the first way into it left; what differs between ways is shown as `…`.
import PyBytecode
import PyUnicode

/// A value on the symbolic stack.
struct SymbolicValue: Hashable {
    var text: String
    /// Binds like an atom or a call: needs no parentheses as an operand.
    var isAtom: Bool

    init(_ text: String, isAtom: Bool = true) {
        self.text = text
        self.isAtom = isAtom
    }

    /// As an operand of an operator.
    var operand: String { isAtom ? text : "(\(text))" }

    static let unknown = SymbolicValue("…")
}

/// Stacks by byte offset of the instruction (its first EXTENDED_ARG).
struct SymbolicStack {
    /// Before and after, bottom first. After a jump's condition: the side that falls through.
    private(set) var before: [Int: [SymbolicValue]] = [:]
    private(set) var after: [Int: [SymbolicValue]] = [:]

    /// Texts longer than this are cut in the middle.
    static let widest = 60

    init(_ code: CodeObject, _ graph: FlowGraph) {
        var waiting: [Int: [SymbolicValue]] = [0: []]
        if !code.flags.isDisjoint(with: [.generator, .coroutine, .asyncGenerator]) { waiting[0] = [SymbolicValue("sent")] }
        for block in graph.blocks {
            guard let depth = block.depth else { continue }
            var stack = waiting[block.start] ?? []
            // Reached only from behind or through a handler: nothing is known of what lies below.
            if stack.count != depth { stack = [SymbolicValue](repeating: .unknown, count: depth) }
            for instruction in block.instructions {
                before[instruction.start] = stack
                var jumping = stack
                Interpreter.step(instruction, code, &stack, jump: false)
                after[instruction.start] = stack
                guard let opcode = instruction.opcode, let target = instruction.target else { continue }
                switch opcode.info.flow {
                case .jump, .branch:
                    Interpreter.step(instruction, code, &jumping, jump: true)
                    Self.merge(jumping, into: &waiting[target])
                case .setup:
                    jumping.removeLast(min(jumping.count, opcode == .setupFinally ? 0 : 1))
                    if opcode == .setupWith { jumping.append(SymbolicValue("__exit__")) }
                    jumping += ["old tb", "old value", "old type", "tb", "exception", "type"].map { SymbolicValue($0) }
                    Self.merge(jumping, into: &waiting[target])
                case .next, .exit: break
                }
            }
            if block.successors.contains(where: { $0.kind == .fall }) { Self.merge(stack, into: &waiting[block.end]) }
        }
    }

    private static func merge(_ stack: [SymbolicValue], into place: inout [SymbolicValue]?) {
        guard let known = place, known.count == stack.count else {
            place = place ?? stack
            return
        }
        place = zip(known, stack).map { $0 == $1 ? $0 : .unknown }
    }
}

/// One instruction on a symbolic stack.
private enum Interpreter {
    static func step(_ instruction: Instruction, _ code: CodeObject, _ stack: inout [SymbolicValue], jump: Bool) {
        guard let opcode = instruction.opcode else { return }
        let argument = instruction.argument ?? 0
        let (pops, pushes) = opcode.info.stack.traffic(argument: argument, jump: jump)
        let taken = Array(stack.suffix(pops))
        stack.removeLast(min(pops, stack.count))
        let items = [SymbolicValue](repeating: .unknown, count: max(0, pops - taken.count)) + taken
        let made = result(opcode, argument, items, instruction, code, jump: jump)
        if made.count == pushes {
            stack += made.map(cut)
        } else {
            stack += [SymbolicValue](repeating: .unknown, count: pushes)
        }
    }

    private static func cut(_ value: SymbolicValue) -> SymbolicValue {
        guard value.text.count > SymbolicStack.widest else { return value }
        let half = SymbolicStack.widest / 2 - 1
        return SymbolicValue(value.text.prefix(half) + "…" + value.text.suffix(half), isAtom: value.isAtom)
    }

    private static func list(_ items: some Sequence<SymbolicValue>) -> String {
        items.map(\.text).joined(separator: ", ")
    }

    private static func result(
        _ opcode: Opcode, _ argument: Int, _ items: [SymbolicValue], _ instruction: Instruction, _ code: CodeObject, jump: Bool
    ) -> [SymbolicValue] {
        func name() -> String {
            var out: [UInt8] = []
            Disassembly.appendArgumentText(instruction, in: code, to: &out)
            return String(decoding: out, as: UTF8.self)
        }
        func at(_ index: Int) -> SymbolicValue { items.indices.contains(index) ? items[index] : .unknown }
        if let text = binaryOperator(opcode) {
            return [SymbolicValue("\(at(0).operand) \(text) \(at(1).operand)", isAtom: false)]
        }
        switch opcode {
        case .rotTwo: return [at(1), at(0)]
        case .rotThree: return [at(2), at(0), at(1)]
        case .rotFour: return [at(3), at(0), at(1), at(2)]
        case .rotN: return items.isEmpty ? [] : [items[items.count - 1]] + items.dropLast()
        case .dupTop: return [at(0), at(0)]
        case .dupTopTwo: return [at(0), at(1), at(0), at(1)]
        case .unaryPositive: return [SymbolicValue("+" + at(0).operand, isAtom: false)]
        case .unaryNegative: return [SymbolicValue("-" + at(0).operand, isAtom: false)]
        case .unaryInvert: return [SymbolicValue("~" + at(0).operand, isAtom: false)]
        case .unaryNot: return [SymbolicValue("not " + at(0).operand, isAtom: false)]
        case .binarySubscr: return [SymbolicValue("\(at(0).operand)[\(at(1).text)]")]
        case .compareOp: return [SymbolicValue("\(at(0).operand) \(name()) \(at(1).operand)", isAtom: false)]
        case .isOp: return [SymbolicValue("\(at(0).operand) \(argument == 0 ? "is" : "is not") \(at(1).operand)", isAtom: false)]
        case .containsOp:
            return [SymbolicValue("\(at(0).operand) \(argument == 0 ? "in" : "not in") \(at(1).operand)", isAtom: false)]
        case .loadConst:
            guard code.consts.indices.contains(argument) else { return [.unknown] }
            if case .code(let inner) = code.consts[argument] { return [SymbolicValue("<code \(inner.name.string)>")] }
            return [SymbolicValue(name())]
        case .loadName, .loadGlobal, .loadFast, .loadDeref, .loadClassderef: return [SymbolicValue(name())]
        case .loadClosure: return [SymbolicValue("cell \(name())")]
        case .loadAttr: return [SymbolicValue("\(at(0).operand).\(name())")]
        case .loadMethod: return [SymbolicValue("\(at(0).operand).\(name())"), SymbolicValue("self")]
        case .callMethod: return [SymbolicValue("\(at(0).operand)(\(list(items.dropFirst(2))))")]
        case .callFunction: return [SymbolicValue("\(at(0).operand)(\(list(items.dropFirst())))")]
        case .callFunctionKw: return [keywordCall(items, argument, code)]
        case .callFunctionEx:
            return [SymbolicValue("\(at(0).operand)(*\(at(1).operand)\(items.count > 2 ? ", **" + at(2).operand : ""))")]
        case .loadBuildClass: return [SymbolicValue("__build_class__")]
        case .loadAssertionError: return [SymbolicValue("AssertionError")]
        case .makeFunction: return [SymbolicValue("<function \(at(items.count - 1).text)>")]
        case .buildTuple: return [SymbolicValue("(\(list(items))\(items.count == 1 ? "," : ""))")]
        case .buildList: return [SymbolicValue("[\(list(items))]")]
        case .buildSet: return [SymbolicValue(items.isEmpty ? "set()" : "{\(list(items))}")]
        case .buildMap:
            let pairs = stride(from: 0, to: items.count - 1, by: 2).map { "\(items[$0].text): \(items[$0 + 1].text)" }
            return [SymbolicValue("{\(pairs.joined(separator: ", "))}")]
        case .buildConstKeyMap: return [SymbolicValue("{\(at(items.count - 1).text): \(list(items.dropLast()))}")]
        case .buildString: return [joined(items)]
        case .buildSlice: return [SymbolicValue(items.map(\.text).joined(separator: ":"))]
        case .formatValue: return [formatted(items, argument)]
        case .listToTuple: return [SymbolicValue("tuple(\(at(0).text))")]
        case .getIter, .getYieldFromIter: return [SymbolicValue("iter(\(at(0).text))")]
        case .getAiter: return [SymbolicValue("aiter(\(at(0).text))")]
        case .getAnext: return [at(0), SymbolicValue("anext(\(at(0).text))")]
        case .getAwaitable: return [SymbolicValue("awaitable(\(at(0).text))")]
        case .getLen: return [at(0), SymbolicValue("len(\(at(0).text))")]
        case .forIter: return jump ? [] : [at(0), SymbolicValue("next(\(at(0).text))")]
        case .yieldValue: return [SymbolicValue("sent")]
        case .yieldFrom: return [SymbolicValue("result of \(at(0).operand)", isAtom: false)]
        case .importName: return [SymbolicValue("module \(name())", isAtom: false)]
        case .importFrom: return [at(0), SymbolicValue(name())]
        case .matchMapping: return [at(0), SymbolicValue("is mapping", isAtom: false)]
        case .matchSequence: return [at(0), SymbolicValue("is sequence", isAtom: false)]
        case .matchKeys: return [at(0), at(1), SymbolicValue("values"), SymbolicValue("found")]
        case .matchClass: return [SymbolicValue("attributes"), SymbolicValue("matched")]
        case .copyDictWithoutKeys: return [at(0), SymbolicValue("rest")]
        case .setupWith: return [SymbolicValue("__exit__"), SymbolicValue("\(at(0).operand).__enter__()")]
        case .setupAsyncWith: return [at(0)]
        case .beforeAsyncWith: return [SymbolicValue("__aexit__"), SymbolicValue("\(at(0).operand).__aenter__()")]
        case .withExceptStart: return items + [SymbolicValue("__exit__(…)")]
        case .unpackSequence:
            return (0..<min(argument, 1 << 16)).reversed().map { SymbolicValue("\(at(0).operand)[\($0)]") }
        case .jumpIfFalseOrPop, .jumpIfTrueOrPop: return jump ? [at(0)] : []
        default: return []
        }
    }

    /// Literal parts and formatted values side by side: an f-string again.
    private static func joined(_ items: [SymbolicValue]) -> SymbolicValue {
        var text = "f'"
        for item in items {
            if item.text.hasPrefix("format("), item.text.hasSuffix(")") {
                text += "{" + item.text.dropFirst(7).dropLast() + "}"
            } else if item.text.count >= 2, item.text.hasPrefix("'"), item.text.hasSuffix("'") {
                text += item.text.dropFirst().dropLast().replacing("{", with: "{{").replacing("}", with: "}}")
            } else {
                return SymbolicValue("''.join(\(list(items)))")
            }
        }
        return SymbolicValue(text + "'")
    }

    private static func formatted(_ items: [SymbolicValue], _ argument: Int) -> SymbolicValue {
        let value = items.first ?? .unknown
        let inner =
            switch argument & 3 {
            case 1: "str(\(value.text))"
            case 2: "repr(\(value.text))"
            case 3: "ascii(\(value.text))"
            default: value.text
            }
        return SymbolicValue("format(\(inner)\(items.count > 1 ? ", " + items[1].text : ""))")
    }

    private static func keywordCall(_ items: [SymbolicValue], _ argument: Int, _ code: CodeObject) -> SymbolicValue {
        guard items.count >= 2 else { return .unknown }
        // The names are the tuple on top, as text: ('a', 'b').
        let names = items[items.count - 1].text.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        let arguments = items[1..<(items.count - 1)]
        let plain = max(0, arguments.count - names.count)
        var parts = arguments.prefix(plain).map(\.text)
        for (name, value) in zip(names, arguments.dropFirst(plain)) { parts.append("\(name)=\(value.text)") }
        return SymbolicValue("\(items[0].operand)(\(parts.joined(separator: ", ")))")
    }

    private static func binaryOperator(_ opcode: Opcode) -> String? {
        switch opcode {
        case .binaryPower, .inplacePower: "**"
        case .binaryMultiply, .inplaceMultiply: "*"
        case .binaryMatrixMultiply, .inplaceMatrixMultiply: "@"
        case .binaryModulo, .inplaceModulo: "%"
        case .binaryAdd, .inplaceAdd: "+"
        case .binarySubtract, .inplaceSubtract: "-"
        case .binaryFloorDivide, .inplaceFloorDivide: "//"
        case .binaryTrueDivide, .inplaceTrueDivide: "/"
        case .binaryLshift, .inplaceLshift: "<<"
        case .binaryRshift, .inplaceRshift: ">>"
        case .binaryAnd, .inplaceAnd: "&"
        case .binaryXor, .inplaceXor: "^"
        case .binaryOr, .inplaceOr: "|"
        default: nil
        }
    }
}
