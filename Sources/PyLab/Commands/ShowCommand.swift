// `dissect TARGET`: one screen about a function.
import ArgumentParser
import PyBytecode
import PySyntax
import PyUnicode

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One screen about a function, class body or module (what dissect TARGET does).",
        discussion: """
            Signature, flags, stack size, the constants with their users, the names, and for each source line the
            instructions: offset, bytes, depth before→after, the symbolic stack, the place in the source.
            """)

    @OptionGroup var target: TargetOptions
    @OptionGroup var optimize: OptimizeOption
    @OptionGroup var color: ColorOption

    @Flag(help: "The code objects inside as well.")
    var recursive = false

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    func run() throws {
        let found = try target.code(optimize: optimize.optimize, recordOrigins: true)
        if json { return Output.write(try Document.make(found, options: target.parseOptions, sections: Document.Section.all)) }
        let map = try found.map(target.parseOptions)
        var pending = [found.code]
        var isFirst = true
        while let code = pending.popLast() {
            if !isFirst { Output.write("\n") }
            isFirst = false
            Output.write(try Screen(code, found, map, color.style).text())
            if recursive { pending += code.nestedCode.reversed() }
        }
    }
}

extension CodeTarget {
    /// The lab map of the source; nil for a `.pyc`.
    func map(_ options: ParseOptions) throws -> LabMap? {
        guard let source else { return nil }
        return try refusing { () throws(SourceError) in
            try LabMap(source, filename: PyText(filename), options: options)
        }
    }
}

/// The one-screen text of a code object.
struct Screen {
    private let code: CodeObject
    private let target: CodeTarget
    private let map: LabMap?
    private let style: Style
    private let graph: FlowGraph
    private let stack: SymbolicStack
    private let signature: Signature

    init(_ code: CodeObject, _ target: CodeTarget, _ map: LabMap?, _ style: Style) throws {
        self.code = code
        self.target = target
        self.map = map
        self.style = style
        graph = try verified { () throws(VerificationError) in try FlowGraph(code) }
        stack = SymbolicStack(code, graph)
        signature = Signature(code, map)
    }

    func text() -> String {
        var out = header()
        if signature.isFunction { out += "  " + functionLine() + "\n" }
        out += pools()
        out += listing()
        return out
    }

    private func header() -> String {
        let place = target.filename + (signature.kind == "module" ? "" : ":\(code.firstlineno)")
        let flags = Disassembly.flagNames(code.flags).replacing(",", with: "")
        let count = Instructions(code).logical.count
        let parts = [
            "\(signature.kind) \(style.name(signature.text))", place, "flags \(flags)", "stack \(code.stacksize)",
            "\(code.code.count) bytes  \(count) instr  \(graph.blocks.count) block\(graph.blocks.count == 1 ? "" : "s")",
        ]
        return parts.joined(separator: "   ") + "\n"
    }

    private func functionLine() -> String {
        let document = signature.docstring.map { style.constant(Self.short($0, 40)) } ?? "None"
        let closure = code.freevars.isEmpty ? "None" : "(" + code.freevars.map(\.string).joined(separator: ", ") + ")"
        return [
            "__defaults__ \(signature.defaults)", "__kwdefaults__ \(signature.keywordDefaults)", "__closure__ \(closure)",
            "__doc__ \(document)", "__annotations__ \(signature.annotations)",
        ].joined(separator: "   ")
    }

    private static func short(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }

    // MARK: Pools

    private func pools() -> String {
        var users: [ArgumentKind: [Int: [Int]]] = [:]
        for instruction in Instructions(code).logical {
            guard let kind = instruction.opcode?.info.argument, let argument = instruction.argument else { continue }
            users[kind, default: [:]][argument, default: []].append(instruction.offset)
        }
        var out = ""
        let consts = code.consts.enumerated().map { index, constant in
            let used = users[.const]?[index] ?? []
            let slot = index == 0 && signature.isFunction && !signature.isAnonymous
            let note = slot && used.isEmpty ? "(docstring slot, never loaded)" : used.isEmpty ? "(never loaded)" : offsets(used)
            return "\(index) \(style.constant(Self.short(PyRepr.string(constant), 50))) \(style.faint(note))"
        }
        out += rows("co_consts", consts)
        let parameters = code.argcount + code.kwonlyargcount + (code.flags.contains(.varArgs) ? 1 : 0) + (code.flags.contains(.varKeywords) ? 1 : 0)
        let locals = code.varnames.enumerated().map { index, name in
            "\(index) \(name.string)\(index < parameters ? "  parameter" : "") \(style.faint(offsets(users[.local]?[index] ?? [])))"
        }
        let names = code.names.enumerated().map { "\($0) \($1.string) \(style.faint(offsets(users[.name]?[$0] ?? [])))" }
        let cells = code.cellvars.enumerated().map { "\($0) \($1.string) \(style.faint(offsets(users[.free]?[$0] ?? [])))" }
        let free = code.freevars.enumerated().map {
            let index = $0 + code.cellvars.count
            return "\(index) \($1.string) \(style.faint(offsets(users[.free]?[index] ?? [])))"
        }
        var empty = ""
        for (title, items) in [("co_varnames", locals), ("co_names", names), ("co_freevars", free), ("co_cellvars", cells)] {
            if items.isEmpty { empty += (empty.isEmpty ? "" : "   ") + title + " ()" } else { out += rows(title, items) }
        }
        return empty.isEmpty ? out : out + "  " + empty + "\n"
    }

    private func offsets(_ all: [Int]) -> String {
        all.count <= 4 ? all.map { "@\($0)" }.joined(separator: " ") : "@\(all[0]) @\(all[1]) … @\(all[all.count - 1]) (\(all.count)×)"
    }

    /// A pool in as few lines as fit the page.
    private func rows(_ title: String, _ items: [String]) -> String {
        guard !items.isEmpty else { return "  \(title) ()\n" }
        var out = ""
        var line = "  " + title + String(repeating: " ", count: max(1, 12 - title.count))
        let indent = String(repeating: " ", count: 14)
        var used = 0
        for item in items {
            if used > 0 && Self.visible(line) + Self.visible(item) > 108 {
                out += line + "\n"
                line = indent
                used = 0
            }
            line += (used > 0 ? "  " : " ") + item
            used += 1
        }
        return out + line + "\n"
    }

    /// Characters on the screen: escape sequences take none.
    private static func visible(_ text: String) -> Int {
        var count = 0
        var isEscape = false
        for character in text {
            if character == "\u{1B}" { isEscape = true } else if !isEscape { count += 1 } else if character == "m" { isEscape = false }
        }
        return count
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - visible(text)))
    }

    // MARK: Instructions

    private struct Row {
        var line: Int?
        var offset: Int
        var bytes: String
        var name: String
        var argument: String
        var detail: String
        var depth: String
        var stack: String
        var place: String
        var source: String
        var isTarget: Bool
    }

    private func listing() -> String {
        let rows = makeRows()
        let nameWidth = max(12, rows.map(\.name.count).max() ?? 0)
        let numberWidth = rows.map(\.argument.count).max() ?? 0
        let detailWidth = min(24, rows.map(\.detail.count).max() ?? 0)
        let stackWidth = min(52, max(5, rows.map(\.stack.count).max() ?? 0))
        let bytesWidth = max(5, rows.map(\.bytes.count).max() ?? 0)
        let placeWidth = rows.map(\.place.count).max() ?? 0
        let offsetWidth = max(3, String(code.code.count).count)
        var out = ""
        var line: Int?
        var isFirst = true
        for row in rows {
            if isFirst || (row.line != nil && row.line != line) {
                line = row.line
                out += lineText(row.line)
                if isFirst {
                    let head = "  " + Self.pad("off", offsetWidth) + " " + Self.pad("bytes", bytesWidth) + "  "
                    let middle = Self.pad("instruction", nameWidth + 1 + numberWidth + 1 + detailWidth + 5)
                    out += style.faint(head + middle + " " + Self.pad("stack", stackWidth) + "  source") + "\n"
                    isFirst = false
                }
            }
            let offset = String(repeating: " ", count: max(0, offsetWidth - String(row.offset).count)) + String(row.offset)
            var text = (row.isTarget ? "» " : "  ") + offset + " " + style.faint(Self.pad(row.bytes, bytesWidth)) + "  "
            text += style.operation(Self.pad(row.name, nameWidth)) + " "
            text += String(repeating: " ", count: numberWidth - row.argument.count) + row.argument + " "
            text += Self.pad(Self.short(row.detail, detailWidth), detailWidth) + " " + Self.pad(row.depth, 4) + " "
            text += style.constant(Self.pad(Self.short(row.stack, stackWidth), stackWidth)) + "  "
            text += style.faint(Self.pad(row.place, placeWidth)) + "  " + style.source(row.source)
            while text.last == " " { text.removeLast() }
            out += text + "\n"
        }
        return out
    }

    private func lineText(_ line: Int?) -> String {
        guard let line else { return "  - | (no line)\n" }
        guard let map else { return "  \(line) |\n" }
        let range = map.source.range(ofLine: line)
        let text = String(decoding: map.source.bytes(in: range), as: UTF8.self)
        let trimmed = text.drop { $0 == " " || $0 == "\t" || $0 == "\u{0C}" }
        return "  \(line) | \(style.source(String(trimmed)))\n"
    }

    private func makeRows() -> [Row] {
        let table = code.lineTable
        let ranges = table.lines(codeLength: code.code.count)
        let targets = Instructions(code).jumpTargets
        var rangeIndex = 0
        return Instructions(code).logical.map { instruction in
            while rangeIndex < ranges.count, ranges[rangeIndex].end <= instruction.offset { rangeIndex += 1 }
            let line = rangeIndex < ranges.count ? ranges[rangeIndex].line : nil
            var detail: [UInt8] = []
            Disassembly.appendArgumentText(instruction, in: code, to: &detail)
            let before = stack.before[instruction.start]?.count
            let after = stack.after[instruction.start]
            let node = map?.node(of: origin(instruction))
            let span = node.flatMap { map?.span(of: $0) }
            var shown = (after ?? []).map(\.text).joined(separator: " ")
            if instruction.opcode == .returnValue { shown = "⏎" }
            if instruction.opcode?.info.flow == .exit && instruction.opcode != .returnValue { shown = "raise" }
            return Row(
                line: line, offset: instruction.offset, bytes: hex(instruction), name: instruction.opcode?.name ?? "?",
                argument: instruction.argument.map(String.init) ?? "", detail: String(decoding: detail, as: UTF8.self),
                depth: before.map { "\($0)→\(after?.count ?? 0)" } ?? "", stack: shown, place: span.map(Self.place) ?? "",
                source: span.map(excerpt) ?? "", isTarget: targets.contains(instruction.start))
        }
    }

    private func origin(_ instruction: Instruction) -> InstructionOrigins.Origin? {
        guard let units = code.origins?.units, units.indices.contains(instruction.offset / 2) else { return nil }
        return units[instruction.offset / 2]
    }

    private func hex(_ instruction: Instruction) -> String {
        code.code[instruction.start..<instruction.offset + 2].map { byte in
            let text = String(byte, radix: 16)
            return text.count < 2 ? "0" + text : text
        }.joined(separator: " ")
    }

    private static func place(_ span: Span) -> String {
        span.line == span.endLine
            ? "\(span.line):\(span.column)-\(span.endColumn)" : "\(span.line):\(span.column)-\(span.endLine):\(span.endColumn)"
    }

    /// The source of a span, blanks at its ends made visible, on one line.
    private func excerpt(_ span: Span) -> String {
        guard let map else { return "" }
        var text = map.text(of: span, limit: 200)
        if let cut = text.firstIndex(of: "\n") { text = text[..<cut] + "…" }
        let body = text.drop { $0 == " " }
        let lead = text.count - body.count
        let trail = body.reversed().prefix { $0 == " " }.count
        if lead < text.count {
            text = String(repeating: "·", count: lead) + body.dropLast(trail) + String(repeating: "·", count: trail)
        }
        return Self.short(text, 28)
    }
}
