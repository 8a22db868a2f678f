// The section `code` of the dissection document: every code object below the target, its pools and instructions.
import PyBytecode
import PySyntax
import PyUnicode

struct DocumentCode {
    let map: LabMap?
    let scopes: ScopeMap?
    let withBlocks: Bool
    private var ids: [ObjectIdentifier: String] = [:]

    init(map: LabMap?, scopes: ScopeMap?, withBlocks: Bool) {
        self.map = map
        self.scopes = scopes
        self.withBlocks = withBlocks
    }

    private struct Entry {
        var code: CodeObject
        var parent: String?
        /// The node whose code this is.
        var node: String?
    }

    mutating func write(_ root: CodeObject, _ json: inout JSONWriter) throws {
        // Ids in the order of `dis`: a code object, then those among its constants.
        var entries: [Entry] = []
        var pending = [Entry(code: root, parent: nil, node: root.name == "<module>" ? "m0" : nil)]
        while let entry = pending.popLast() {
            let id = "c\(entries.count)"
            ids[ObjectIdentifier(entry.code)] = ids[ObjectIdentifier(entry.code)] ?? id
            entries.append(entry)
            let makers = makers(entry.code)
            pending += entry.code.consts.enumerated().reversed().compactMap { index, constant in
                guard case .code(let inner) = constant else { return nil }
                return Entry(code: inner, parent: id, node: makers[index])
            }
        }
        json.key("code")
        try json.array { json in
            for (index, entry) in entries.enumerated() {
                try write(entry, "c\(index)", &json)
                json.newline()
            }
        }
    }

    /// By constant index: the node of the instruction that loads it.
    private func makers(_ code: CodeObject) -> [Int: String] {
        guard let map, let units = code.origins?.units else { return [:] }
        var result: [Int: String] = [:]
        for instruction in Instructions(code) where instruction.opcode == .loadConst {
            guard units.indices.contains(instruction.offset / 2) else { continue }
            if let argument = instruction.argument, let node = map.node(of: units[instruction.offset / 2]) {
                result[argument] = result[argument] ?? node.id
            }
        }
        return result
    }

    private func write(_ entry: Entry, _ id: String, _ json: inout JSONWriter) throws {
        let code = entry.code
        let graph = try verified { () throws(VerificationError) in try FlowGraph(code) }
        json.object { json in
            json.field("id", id)
            json.field("name", code.name)
            json.field("parent", entry.parent)
            json.field("node", entry.node)
            json.field("filename", code.filename)
            json.field("firstlineno", code.firstlineno)
            json.field("argcount", code.argcount)
            json.field("posonlyargcount", code.posonlyargcount)
            json.field("kwonlyargcount", code.kwonlyargcount)
            json.field("nlocals", code.nlocals)
            json.field("stacksize", code.stacksize)
            json.field("flags", Int(code.flags.rawValue))
            json.field("flag_names", Disassembly.flagNames(code.flags))
            json.field("code", DocumentValue.hex(code.code))
            json.field("linetable", DocumentValue.hex(code.linetable))
            json.field("lnotab", DocumentValue.hex(code.lineTable.lnotab()))
            names("names", code.names, &json)
            names("varnames", code.varnames, &json)
            names("freevars", code.freevars, &json)
            names("cellvars", code.cellvars, &json)
            lines(code, &json)
            consts(code, id, &json)
            instructions(code, id, graph, block(of: entry), &json)
            if withBlocks { blocks(graph, id, &json) }
        }
    }

    private func block(of entry: Entry) -> Int? {
        guard let map, let scopes, let node = entry.node, let position = map.indexOfNode[node] else { return nil }
        return scopes.innerBlock(map.nodes[position])
    }

    private func names(_ key: String, _ names: [PyText], _ json: inout JSONWriter) {
        json.key(key)
        json.array { json in for name in names { json.value(name) } }
    }

    private func lines(_ code: CodeObject, _ json: inout JSONWriter) {
        json.key("lines")
        json.array { json in
            for range in code.lineTable.lines(codeLength: code.code.count) {
                json.array { json in
                    json.value(range.start)
                    json.value(range.end)
                    json.value(range.line)
                }
            }
        }
    }

    private func consts(_ code: CodeObject, _ id: String, _ json: inout JSONWriter) {
        var users: [Int: [Int]] = [:]
        for instruction in Instructions(code) where instruction.opcode == .loadConst {
            if let argument = instruction.argument { users[argument, default: []].append(instruction.offset) }
        }
        json.key("consts")
        json.array { json in
            for (index, constant) in code.consts.enumerated() {
                json.object { json in
                    json.field("id", "\(id).k\(index)")
                    json.key("value")
                    DocumentValue.write(constant, &json) { ids[ObjectIdentifier($0)] }
                    json.field("repr", PyRepr.string(constant))
                    json.key("users")
                    json.array { json in for offset in users[index] ?? [] { json.value("\(id)@\(offset)") } }
                }
            }
        }
    }

    private func instructions(_ code: CodeObject, _ id: String, _ graph: FlowGraph, _ block: Int?, _ json: inout JSONWriter) {
        let starts = Dictionary(
            code.lineTable.lineStarts(codeLength: code.code.count).map { ($0.offset, $0.line) },
            uniquingKeysWith: { first, _ in first })
        let targets = Instructions(code).jumpTargets
        let stack = SymbolicStack(code, graph)
        var blockIndex = 0
        json.newline()
        json.key("instructions")
        json.array { json in
            for instruction in Instructions(code) {
                while graph.blocks[blockIndex].end <= instruction.offset, blockIndex + 1 < graph.blocks.count { blockIndex += 1 }
                json.object { json in
                    json.field("id", "\(id)@\(instruction.offset)")
                    json.field("offset", instruction.offset)
                    json.field("bytes", DocumentValue.hex(code.code[instruction.offset..<instruction.offset + 2]))
                    json.field("opcode", Int(instruction.number))
                    json.field("opname", instruction.opcode?.name ?? "<\(instruction.number)>")
                    json.field("arg", instruction.argument)
                    var text: [UInt8] = []
                    Disassembly.appendArgumentText(instruction, in: code, to: &text)
                    json.field("argrepr", PyText(utf8: text))
                    json.field("starts_line", starts[instruction.offset])
                    json.field("is_jump_target", targets.contains(instruction.offset))
                    json.field("block", "\(id).b\(blockIndex)")
                    effects(instruction, stack, &json)
                    links(instruction, code, id, block, &json)
                }
                json.newline()
            }
        }
    }

    private func effects(_ instruction: Instruction, _ stack: SymbolicStack, _ json: inout JSONWriter) {
        guard let opcode = instruction.opcode else { return }
        let (pops, pushes) = opcode.info.stack.traffic(argument: instruction.argument ?? 0, jump: false)
        json.field("pops", pops)
        json.field("pushes", pushes)
        // EXTENDED_ARG units have no state of their own.
        guard opcode != .extendedArg, let before = stack.before[instruction.start], let after = stack.after[instruction.start] else { return }
        json.field("depth", [before.count, after.count])
        json.key("stack")
        json.array { json in for value in after { json.value(value.text) } }
    }

    private func links(_ instruction: Instruction, _ code: CodeObject, _ id: String, _ block: Int?, _ json: inout JSONWriter) {
        if let target = instruction.target { json.field("target", "\(id)@\(target)") }
        if instruction.opcode == .loadConst, let argument = instruction.argument { json.field("const", "\(id).k\(argument)") }
        if let name = name(instruction, code), let block, let symbol = scopes?.symbolID(name, in: block) {
            json.field("symbol", symbol)
        }
        guard let map, let units = code.origins?.units, units.indices.contains(instruction.offset / 2),
            let node = map.node(of: units[instruction.offset / 2])
        else { return }
        json.field("node", node.id)
        if let span = map.span(of: node) {
            json.field("span", Document.numbers(span))
            json.field("utf16", Document.utf16(span, map))
        }
    }

    /// The variable an instruction reads or binds.
    private func name(_ instruction: Instruction, _ code: CodeObject) -> PyText? {
        guard let opcode = instruction.opcode, let argument = instruction.argument else { return nil }
        switch opcode {
        case .loadName, .storeName, .deleteName, .loadGlobal, .storeGlobal, .deleteGlobal:
            return code.names.indices.contains(argument) ? code.names[argument] : nil
        case .loadFast, .storeFast, .deleteFast:
            return code.varnames.indices.contains(argument) ? code.varnames[argument] : nil
        case .loadDeref, .storeDeref, .deleteDeref, .loadClosure, .loadClassderef: return code.derefName(argument)
        default: return nil
        }
    }

    private func blocks(_ graph: FlowGraph, _ id: String, _ json: inout JSONWriter) {
        json.key("blocks")
        json.array { json in
            for block in graph.blocks {
                json.object { json in
                    json.field("id", "\(id).b\(block.id)")
                    json.field("start", block.start)
                    json.field("end", block.end)
                    json.field("depth", block.depth)
                    json.key("edges")
                    json.array { json in
                        for edge in block.successors {
                            json.object { json in
                                json.field("to", "\(id).b\(edge.target)")
                                json.field("kind", edge.kind.rawValue)
                                json.field("back", edge.isBack)
                            }
                        }
                    }
                    json.field("handler", block.handler.map { "\(id).b\($0)" })
                    json.field("exit", block.exit?.rawValue)
                    json.field("is_handler", block.isHandler)
                    json.field("is_loop_head", block.isLoopHead)
                }
            }
        }
    }
}
