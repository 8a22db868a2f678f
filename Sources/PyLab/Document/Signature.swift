// What a code object is, and the header of its definition: from the tree where there is one, else from its own fields.
import PyBytecode
import PySyntax
import PyUnicode

struct Signature {
    /// `function`, `class`, `module`, `lambda`, `comprehension`, `generator`, `coroutine`, ...
    let kind: String
    /// `hello(name, *, sep=' ')`; the file's name for a module.
    let text: String
    let isFunction: Bool
    /// A lambda or comprehension: it has no docstring slot.
    let isAnonymous: Bool
    private(set) var defaults = "None"
    private(set) var keywordDefaults = "None"
    private(set) var annotations = "{}"
    let docstring: String?

    init(_ code: CodeObject, _ map: LabMap?) {
        let name = code.name.string
        isFunction = code.flags.contains([.optimized, .newLocals])
        isAnonymous = name.hasPrefix("<")
        kind = Self.kind(code, name, isFunction)
        if isFunction, !isAnonymous, case .str(let text)? = code.consts.first {
            docstring = PyRepr.string(.str(text))
        } else {
            docstring = nil
        }
        guard isFunction else {
            text = kind == "module" ? code.filename.string.split(separator: "/").last.map(String.init) ?? name : name
            return
        }
        var parameters = Parameters(code)
        if let map, let node = Self.definition(of: code, map) { parameters.read(node, map) }
        text = name + "(" + parameters.list(code) + ")" + (parameters.returns.map { " -> \($0)" } ?? "")
        if !parameters.defaults.isEmpty {
            let values = parameters.defaults.map(\.value)
            defaults = "(" + values.joined(separator: ", ") + (values.count == 1 ? ",)" : ")")
        }
        if !parameters.keywordDefaults.isEmpty {
            keywordDefaults = "{" + parameters.keywordDefaults.map { "'\($0.name)': \($0.value)" }.joined(separator: ", ") + "}"
        }
        var notes = parameters.annotations.map { "'\($0.name)': \($0.value)" }
        if let returns = parameters.returns { notes.append("'return': \(returns)") }
        annotations = "{" + notes.joined(separator: ", ") + "}"
    }

    private static func kind(_ code: CodeObject, _ name: String, _ isFunction: Bool) -> String {
        if !isFunction { return name == "<module>" ? "module" : "class" }
        if name == "<lambda>" { return "lambda" }
        if name.hasPrefix("<") { return "comprehension" }
        if code.flags.contains(.asyncGenerator) { return "async generator" }
        if code.flags.contains(.coroutine) { return "coroutine" }
        return code.flags.contains(.generator) ? "generator" : "function"
    }

    /// The `FunctionDef` or `Lambda` the code was made from.
    private static func definition(of code: CodeObject, _ map: LabMap) -> FlatNode? {
        let wanted: FlatValue = .name(code.name)
        return map.nodes.first { node in
            let type = node.type.description
            if type == "Lambda" { return code.name.string == "<lambda>" && Int(node.span?.line ?? 0) == code.firstlineno }
            guard type == "FunctionDef" || type == "AsyncFunctionDef" else { return false }
            guard case .name(let name)? = node.fields.first(where: { $0.name.description == "name" })?.value,
                case .name(let text) = wanted, name == text
            else { return false }
            // The first decorator's line, if there is one.
            guard case .list(let decorators)? = node.fields.first(where: { $0.name.description == "decorator_list" })?.value,
                case .node(let id)? = decorators.first, let index = map.indexOfNode[id]
            else { return Int(node.span?.line ?? 0) == code.firstlineno }
            return Int(map.nodes[index].span?.line ?? 0) == code.firstlineno
        }
    }
}

/// The parameters of a function with the source of their defaults and annotations.
private struct Parameters {
    typealias Entry = (name: String, value: String)
    var defaults: [Entry] = []
    var keywordDefaults: [Entry] = []
    var annotations: [Entry] = []
    var returns: String?
    private let names: [String]

    init(_ code: CodeObject) { names = code.varnames.map(\.string) }

    mutating func read(_ node: FlatNode, _ map: LabMap) {
        returns = expression(field("returns", of: node), map)
        guard case .node(let id)? = field("args", of: node), let index = map.indexOfNode[id] else { return }
        let arguments = map.nodes[index]
        let positional = list("posonlyargs", of: arguments) + list("args", of: arguments)
        let values = list("defaults", of: arguments)
        for (argument, value) in zip(positional.suffix(values.count), values) {
            if let name = name(argument, map), let text = expression(value, map) { defaults.append((name, text)) }
        }
        for (argument, value) in zip(list("kwonlyargs", of: arguments), list("kw_defaults", of: arguments)) {
            if let name = name(argument, map), let text = expression(value, map) { keywordDefaults.append((name, text)) }
        }
        var all = positional + list("kwonlyargs", of: arguments)
        for special in ["vararg", "kwarg"] { if let value = field(special, of: arguments) { all.append(value) } }
        for argument in all {
            guard case .node(let id) = argument, let index = map.indexOfNode[id], let name = name(argument, map) else { continue }
            if let text = expression(field("annotation", of: map.nodes[index]), map) { annotations.append((name, text)) }
        }
    }

    /// The parameter list as it would be written.
    func list(_ code: CodeObject) -> String {
        var parts: [String] = []
        func add(_ index: Int, _ prefix: String, _ values: [Entry]) {
            guard names.indices.contains(index) else { return }
            var text = prefix + names[index]
            let note = annotations.first { $0.name == names[index] }?.value
            if let note { text += ": " + note }
            if let value = values.first(where: { $0.name == names[index] })?.value {
                text += note == nil ? "=\(value)" : " = \(value)"
            }
            parts.append(text)
        }
        for index in 0..<code.argcount {
            add(index, "", defaults)
            if index == code.posonlyargcount - 1 { parts.append("/") }
        }
        var next = code.argcount + code.kwonlyargcount
        if code.flags.contains(.varArgs) {
            add(next, "*", [])
            next += 1
        } else if code.kwonlyargcount > 0 {
            parts.append("*")
        }
        for index in code.argcount..<(code.argcount + code.kwonlyargcount) { add(index, "", keywordDefaults) }
        if code.flags.contains(.varKeywords) { add(next, "**", []) }
        return parts.joined(separator: ", ")
    }

    private func field(_ name: String, of node: FlatNode) -> FlatValue? {
        node.fields.first { $0.name.description == name }?.value
    }

    private func list(_ name: String, of node: FlatNode) -> [FlatValue] {
        if case .list(let items)? = field(name, of: node) { items } else { [] }
    }

    private func name(_ value: FlatValue, _ map: LabMap) -> String? {
        guard case .node(let id) = value, let index = map.indexOfNode[id],
            case .name(let name)? = field("arg", of: map.nodes[index])
        else { return nil }
        return name.string
    }

    private func expression(_ value: FlatValue?, _ map: LabMap) -> String? {
        guard case .node(let id)? = value, let index = map.indexOfNode[id], let span = map.nodes[index].span else { return nil }
        let text = map.text(of: span, limit: 60).replacing("\n", with: " ")
        return text.utf8.count >= 60 ? text + "…" : text
    }
}
