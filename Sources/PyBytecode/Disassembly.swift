// Listings, character for character those of CPython 3.10's `dis` module. Output is bytes: names and constants may hold
// lone surrogates. CPython: Lib/dis.py.
import PyUnicode

/// `dis.dis`, `dis.disassemble`, `dis.code_info`.
public enum Disassembly {
    /// What `dis` says about an instruction's argument: `argrepr`, empty if it has nothing to say.
    public static func appendArgumentText(_ instruction: Instruction, in code: CodeObject, to out: inout [UInt8]) {
        guard let opcode = instruction.opcode, let argument = instruction.argument else { return }
        switch opcode.info.argument {
        case .const:
            if code.consts.indices.contains(argument) { PyRepr.append(code.consts[argument], to: &out) }
        case .name:
            if code.names.indices.contains(argument) { out += code.names[argument].utf8 }
        case .local:
            if code.varnames.indices.contains(argument) { out += code.varnames[argument].utf8 }
        case .free:
            if let name = code.derefName(argument) { out += name.utf8 }
        case .jumpAbsolute, .jumpRelative:
            out += "to \(instruction.target ?? 0)".utf8
        case .compare:
            if let name = Opcode.comparisonName(argument) { out += name.description.utf8 }
        case .flags, .count, .invert, .depth, .none:
            appendFlags(opcode, argument, to: &out)
        }
    }

    private static func appendFlags(_ opcode: Opcode, _ argument: Int, to out: inout [UInt8]) {
        if opcode == .formatValue {
            let conversion = ["", "str", "repr", "ascii"][argument & 3]
            out += conversion.utf8
            if argument & 4 != 0 { out += (conversion.isEmpty ? "with format" : ", with format").utf8 }
        } else if opcode == .makeFunction {
            let parts = ["defaults", "kwdefaults", "annotations", "closure"]
            let present = parts.enumerated().filter { argument & 1 << $0.offset != 0 }.map(\.element)
            out += present.joined(separator: ", ").utf8
        }
    }

    /// `dis.dis(code)`: the listing, then those of the code objects among the constants.
    /// - Parameter depth: how many levels of nested code to enter; nil for all.
    public static func recursive(_ code: CodeObject, depth: Int? = nil) -> [UInt8] {
        var out: [UInt8] = []
        // A stack of its own: nesting is the input's.
        var pending: [(code: CodeObject, level: Int)] = [(code, 0)]
        while let (code, level) = pending.popLast() {
            if level > 0 {
                out += "\nDisassembly of ".utf8
                PyRepr.append(code, to: &out)
                out += ":\n".utf8
            }
            append(code, to: &out)
            if let depth, level >= depth { continue }
            for constant in code.consts.reversed() {
                if case .code(let inner) = constant { pending.append((inner, level + 1)) }
            }
        }
        return out
    }

    /// `dis.disassemble(code, lasti)`.
    /// - Parameter current: the byte offset that gets the `-->` arrow.
    public static func append(_ code: CodeObject, current: Int = -1, to out: inout [UInt8]) {
        let starts = code.lineTable.lineStarts(codeLength: code.code.count)
        let lines = Dictionary(starts.map { ($0.offset, $0.line) }, uniquingKeysWith: { first, _ in first })
        let instructions = Instructions(code)
        let targets = instructions.jumpTargets
        let lastLine = starts.map(\.line).max() ?? 0
        let lineWidth = starts.isEmpty ? 0 : lastLine >= 1000 ? String(lastLine).utf8.count : 3
        let lastOffset = code.code.count - 2
        let offsetWidth = lastOffset >= 10000 ? String(lastOffset).utf8.count : 4
        for instruction in instructions {
            let line = lines[instruction.offset]
            if line != nil && instruction.offset > 0 { out.append(10) }
            let start = out.count
            if lineWidth > 0 {
                appendRight(line.map { String($0) } ?? "", lineWidth, to: &out)
                out.append(32)
            }
            out += (instruction.offset == current ? "--> " : "    ").utf8
            out += (targets.contains(instruction.offset) ? ">> " : "   ").utf8
            appendRight(String(instruction.offset), offsetWidth, to: &out)
            out.append(32)
            appendOperation(instruction, code, to: &out)
            while out.count > start, out.last == 32 || out.last == 10 { out.removeLast() }
            out.append(10)
        }
    }

    private static func appendOperation(_ instruction: Instruction, _ code: CodeObject, to out: inout [UInt8]) {
        let name = instruction.opcode?.name ?? "<\(instruction.number)>"
        out += name.utf8
        guard let argument = instruction.argument else { return }
        out += repeatElement(32, count: max(0, 20 - name.utf8.count) + 1)
        appendRight(String(argument), 5, to: &out)
        let mark = out.count
        out += " (".utf8
        let open = out.count
        appendArgumentText(instruction, in: code, to: &out)
        if out.count == open { out.removeLast(out.count - mark) } else { out.append(UInt8(ascii: ")")) }
    }

    private static func appendRight(_ text: String, _ width: Int, to out: inout [UInt8]) {
        out += repeatElement(32, count: max(0, width - text.utf8.count))
        out += text.utf8
    }

    /// `dis.pretty_flags`.
    public static func flagNames(_ flags: CodeFlags) -> String {
        if flags.rawValue == 0 { return "0x0" }
        let known = [
            "OPTIMIZED", "NEWLOCALS", "VARARGS", "VARKEYWORDS", "NESTED", "GENERATOR", "NOFREE", "COROUTINE",
            "ITERABLE_COROUTINE", "ASYNC_GENERATOR",
        ]
        var names: [String] = []
        for bit in 0..<32 where flags.rawValue & 1 << UInt32(bit) != 0 {
            names.append(bit < known.count ? known[bit] : "0x" + String(UInt32(1) << UInt32(bit), radix: 16))
        }
        return names.joined(separator: ", ")
    }

    /// `dis.code_info(code)`, what `dis.show_code` prints.
    public static func codeInfo(_ code: CodeObject) -> [UInt8] {
        var out: [UInt8] = []
        out += "Name:              ".utf8 + code.name.utf8
        out += "\nFilename:          ".utf8 + code.filename.utf8
        out += "\nArgument count:    \(code.argcount)".utf8
        out += "\nPositional-only arguments: \(code.posonlyargcount)".utf8
        out += "\nKw-only arguments: \(code.kwonlyargcount)".utf8
        out += "\nNumber of locals:  \(code.nlocals)".utf8
        out += "\nStack size:        \(code.stacksize)".utf8
        out += "\nFlags:             \(flagNames(code.flags))".utf8
        if !code.consts.isEmpty {
            out += "\nConstants:".utf8
            for (index, constant) in code.consts.enumerated() {
                appendIndex(index, to: &out)
                PyRepr.append(constant, to: &out)
            }
        }
        append("Names", code.names, to: &out)
        append("Variable names", code.varnames, to: &out)
        append("Free variables", code.freevars, to: &out)
        append("Cell variables", code.cellvars, to: &out)
        return out
    }

    private static func appendIndex(_ index: Int, to out: inout [UInt8]) {
        out.append(10)
        appendRight(String(index), 4, to: &out)
        out += ": ".utf8
    }

    private static func append(_ title: String, _ names: [PyText], to out: inout [UInt8]) {
        if names.isEmpty { return }
        out += "\n\(title):".utf8
        for (index, name) in names.enumerated() {
            appendIndex(index, to: &out)
            out += name.utf8
        }
    }
}

extension CodeObject {
    /// The name of a cell or free variable by its index in the instructions: cells first.
    public func derefName(_ index: Int) -> PyText? {
        if cellvars.indices.contains(index) { return cellvars[index] }
        let free = index - cellvars.count
        return freevars.indices.contains(free) ? freevars[free] : nil
    }
}
