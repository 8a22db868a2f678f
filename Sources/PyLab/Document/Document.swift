// The dissection document: everything the lab knows about a target as JSON, schema `taipan.dissection/1`, ids linking
// tokens, nodes, symbols, constants and instructions. Described in Documentation/Dissection.md.
import PyBytecode
import PyCompiler
import PyNumerics
import PySyntax
import PyUnicode

struct Document {
    enum Section: CaseIterable {
        case source, tokens, ast, symtable, code, blocks
        static let all = Set(allCases)
    }

    static let schema = "taipan.dissection/1"

    private var json = JSONWriter()
    private let target: CodeTarget?
    private let filename: String?
    private var member: [String]
    private var below: Int?
    private var files: [CompiledFile]?
    private let map: LabMap?
    private let scopes: ScopeMap?
    private let sections: Set<Section>

    /// The document of a compiled target.
    static func make(_ target: CodeTarget, options: ParseOptions, sections: Set<Section>) throws -> [UInt8] {
        let map = try target.map(options)
        let scopes = map.flatMap { ScopeMap($0, filename: PyText(target.filename)) }
        var document = Document(target: target, filename: target.filename, map: map, scopes: scopes, sections: sections)
        try document.write()
        return document.json.bytes
    }

    /// The document of a source that need not compile: tokens, tree, scopes.
    /// - Parameter below: the member's node, a position in `map.nodes`: tokens and nodes outside it are left out.
    static func make(
        _ map: LabMap, filename: String, member: [String] = [], below: Int? = nil, sections: Set<Section>
    ) throws -> [UInt8] {
        let scopes = sections.contains(.symtable) ? ScopeMap(map, filename: PyText(filename)) : nil
        var document = Document(target: nil, filename: filename, map: map, scopes: scopes, sections: sections)
        document.member = member
        document.below = below
        try document.write()
        return document.json.bytes
    }

    /// The document of `dissect pyc`: what became of each file, and all about the one source if there is just one.
    static func make(_ files: [CompiledFile], _ target: CodeTarget?) throws -> [UInt8] {
        let map = try target?.map(ParseOptions())
        let scopes = map.flatMap { ScopeMap($0, filename: PyText(target?.filename ?? "")) }
        let sections: Set<Section> = target == nil ? [] : [.source, .tokens, .ast, .symtable, .code]
        var document = Document(target: target, filename: target?.filename, map: map, scopes: scopes, sections: sections)
        document.files = files
        try document.write()
        return document.json.bytes
    }

    private init(target: CodeTarget?, filename: String?, map: LabMap?, scopes: ScopeMap?, sections: Set<Section>) {
        self.target = target
        self.filename = filename
        member = target?.path.map(\.string) ?? []
        self.map = map
        self.scopes = scopes
        self.sections = sections
    }

    private mutating func write() throws {
        var json = JSONWriter()
        try json.object { json in
            json.field("schema", Self.schema)
            json.field("python", "3.10")
            if let filename { json.field("filename", filename) }
            if !member.isEmpty { json.field("member", member.joined(separator: ".")) }
            if let files { CompiledFile.write(files, hasCode: target != nil, &json) }
            if let map {
                if sections.contains(.source) { DocumentSource.write(map, &json) }
                if sections.contains(.tokens) { DocumentSource.writeTokens(map, below: below, &json) }
                if sections.contains(.ast) { DocumentTree.write(map, scopes, below: below, &json) }
                if sections.contains(.symtable), let scopes { DocumentScopes.write(scopes, map, &json) }
            }
            if sections.contains(.code), let target {
                var writer = DocumentCode(map: map, scopes: scopes, withBlocks: sections.contains(.blocks))
                try writer.write(target.code, &json)
            }
        }
        json.newline()
        self.json = json
    }

    /// `[line, column, endLine, endColumn]`, columns in bytes.
    static func numbers(_ span: Span) -> [Int] {
        // INDENT and DEDENT have no columns of their own.
        [Int(span.line), max(0, Int(span.column)), Int(span.endLine), max(0, Int(span.endColumn))]
    }

    /// The same with columns in UTF-16 units.
    static func utf16(_ span: Span, _ map: LabMap) -> [Int] {
        [
            Int(span.line), map.utf16Column(line: Int(span.line), column: Int(span.column)), Int(span.endLine),
            map.utf16Column(line: Int(span.endLine), column: Int(span.endColumn)),
        ]
    }
}

/// Constants and literals as JSON values; what JSON lacks is tagged: `{"$":"bytes","hex":"00ff"}`.
enum DocumentValue {
    static func write(_ constant: Constant, _ json: inout JSONWriter, codeID: (CodeObject) -> String?) {
        switch constant {
        case .none: json.null()
        case .ellipsis: tag("ellipsis", &json)
        case .bool(let value): json.value(value)
        case .int(let value):
            // Beyond 2^53 readers of JSON lose digits.
            if value.magnitude < 1 << 53 { json.value(value) } else { tag("int", "value", String(value), &json) }
        case .bigInt(let value): tag("int", "value", value.description, &json)
        case .float(let bits): tag("float", "repr", PyRepr.string(.float(bits)), &json)
        case .complex(let real, let imaginary): tag("complex", "repr", PyRepr.string(.complex(real, imaginary)), &json)
        case .str(let text): json.value(text)
        case .bytes(let bytes): tag("bytes", "hex", hex(bytes), &json)
        case .tuple(let items): list("tuple", items, &json, codeID)
        case .frozenset(let items): list("frozenset", items, &json, codeID)
        case .code(let code): tag("code", "id", codeID(code) ?? "", &json)
        }
    }

    private static func tag(_ name: String, _ key: String? = nil, _ value: String = "", _ json: inout JSONWriter) {
        json.object { json in
            json.field("$", name)
            if let key { json.field(key, value) }
        }
    }

    private static func tag(_ name: String, _ json: inout JSONWriter) { tag(name, nil, "", &json) }

    private static func list(
        _ name: String, _ items: [Constant], _ json: inout JSONWriter, _ codeID: (CodeObject) -> String?
    ) {
        json.object { json in
            json.field("$", name)
            json.key("items")
            json.array { json in for item in items { write(item, &json, codeID: codeID) } }
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }

    static func write(_ literal: Literal, _ json: inout JSONWriter) {
        write(constant(literal), &json) { _ in nil }
    }

    private static func constant(_ literal: Literal) -> Constant {
        switch literal {
        case .none: .none
        case .ellipsis: .ellipsis
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .bigInt(let value): .bigInt(value)
        case .float(let bits): .float(bits)
        case .complex(let real, let imaginary): .complex(real, imaginary)
        case .str(let text): .str(text)
        case .bytes(let bytes): .bytes(bytes)
        case .tuple(let items): .tuple(items.map(constant))
        case .frozenset(let items): .frozenset(items.map(constant))
        }
    }
}
