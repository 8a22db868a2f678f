// `dissect cfg`: basic blocks with depths, edges and exception edges; `--dot` for Graphviz.
import ArgumentParser
import PyBytecode
import PyUnicode

struct CfgCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cfg", abstract: "Prints the flow graph: blocks, stack depths, edges, exception edges.",
        discussion: """
            One line a block: offsets, stack depth on entry, instructions. → where it goes, ↺ a jump back, ! where an
            exception goes, ⇒ it leaves the function.
            """)

    @OptionGroup var target: TargetOptions
    @OptionGroup var optimize: OptimizeOption

    @Flag(help: "Graphviz text.")
    var dot = false

    @Flag(help: "The code objects inside as well.")
    var recursive = false

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    func run() throws {
        let found = try target.code(optimize: optimize.optimize, recordOrigins: json)
        if json { return Output.write(try Document.make(found, options: target.parseOptions, sections: [.source, .code, .blocks])) }
        var pending = [found.code]
        var index = 0
        while let code = pending.popLast() {
            let graph = try verified { () throws(VerificationError) in try FlowGraph(code) }
            if dot {
                Output.write(FlowText.dot(graph, code, index: index))
            } else {
                if recursive { Output.write((index > 0 ? "\n" : "") + "\(code.name.string)  line \(code.firstlineno)\n") }
                Output.write(FlowText.listing(graph, code))
            }
            index += 1
            if recursive { pending += code.nestedCode.reversed() }
        }
    }
}

/// Turns the verifier's finding into the command's complaint.
func verified<T>(_ body: () throws(VerificationError) -> T) throws -> T {
    do throws(VerificationError) {
        return try body()
    } catch {
        throw Refusal.source("the bytecode is not sound: \(error.reason) at offset \(error.offset)")
    }
}

/// The flow graph as text.
enum FlowText {
    static func listing(_ graph: FlowGraph, _ code: CodeObject) -> String {
        var rows: [(left: String, right: String)] = []
        for block in graph.blocks { rows.append((left(block, graph), right(block, graph))) }
        let width = min(rows.map(\.left.count).max() ?? 0, 76)
        var text = ""
        for row in rows {
            text += row.left + String(repeating: " ", count: max(1, width + 2 - row.left.count)) + row.right + "\n"
        }
        return text + "max depth \(graph.stackMap.maxDepth), co_stacksize \(code.stacksize)\n"
    }

    private static func left(_ block: BasicBlock, _ graph: FlowGraph) -> String {
        let last = block.end - 2
        let range = block.start == last ? "@\(last)" : "@\(block.start)-\(last)"
        let digits = String(graph.blocks.count).count
        let id = "B\(block.id)"
        let depth = block.depth.map { "d\($0)" } ?? "unreachable"
        return pad(id, digits + 1) + " " + pad(range, 9) + " " + pad(depth, 3) + " " + names(block, limit: 4)
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// The opcodes' names, the middle of a long block left out.
    private static func names(_ block: BasicBlock, limit: Int) -> String {
        let all = block.instructions.map { $0.opcode?.name ?? "?" }
        if all.count <= limit + 2 { return all.joined(separator: " ") }
        return all.prefix(limit - 1).joined(separator: " ") + " ... " + all.suffix(2).joined(separator: " ")
    }

    private static func right(_ block: BasicBlock, _ graph: FlowGraph) -> String {
        var parts: [String] = []
        if block.isHandler { parts.append("handler") }
        if block.isLoopHead { parts.append("loop head") }
        let last = block.instructions.last?.opcode
        let targets = block.successors.map { edge in
            var text = "B\(edge.target)"
            if last == .forIter { text += edge.kind == .fall ? " next" : " done" }
            return text
        }
        if !targets.isEmpty {
            let isBack = block.successors.contains { $0.isBack && $0.kind == .jump }
            parts.append((isBack ? "↺ " : "→ ") + targets.joined(separator: " | "))
        }
        if let exit = block.exit { parts.append("⇒ \(exit.rawValue)") }
        if let handler = block.handler {
            parts.append("! B\(handler)" + (block.handlerEnd.map { " (to @\($0))" } ?? ""))
        }
        return parts.joined(separator: "  ")
    }

    /// Graphviz: one cluster a code object.
    static func dot(_ graph: FlowGraph, _ code: CodeObject, index: Int) -> String {
        var text = "digraph \"\(escape(code.name.string))\" {\n"
        text += "  node [shape=box, fontname=\"monospace\"];\n"
        for block in graph.blocks {
            var label = "B\(block.id)  depth \(block.depth.map(String.init) ?? "-")\\l"
            for instruction in block.instructions {
                var argument: [UInt8] = []
                Disassembly.appendArgumentText(instruction, in: code, to: &argument)
                let name = instruction.opcode?.name ?? "?"
                let number = instruction.argument.map { " \($0)" } ?? ""
                var detail = String(decoding: argument, as: UTF8.self)
                if detail.count > 40 { detail = detail.prefix(39) + "…" }
                label += escape("\(instruction.offset) \(name)\(number)" + (detail.isEmpty ? "" : " (\(detail))")) + "\\l"
            }
            let style = block.depth == nil ? ", style=dashed, color=gray" : ""
            text += "  c\(index)b\(block.id) [label=\"\(label)\"\(style)];\n"
        }
        for block in graph.blocks {
            for edge in block.successors {
                let label = edge.kind == .taken ? " [label=\"taken\"]" : ""
                text += "  c\(index)b\(block.id) -> c\(index)b\(edge.target)\(label);\n"
            }
            if let handler = block.handler {
                text += "  c\(index)b\(block.id) -> c\(index)b\(handler) [style=dashed, color=red, label=\"!\"];\n"
            }
        }
        return text + "}\n"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
