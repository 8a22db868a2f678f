// The sections `source`, `tokens` and `ast` of the dissection document.
import PySyntax
import PyUnicode

enum DocumentSource {
    static func write(_ map: LabMap, _ json: inout JSONWriter) {
        json.key("source")
        json.object { json in
            json.field("encoding", map.source.encoding)
            json.field("lines", map.source.lineCount)
            json.field("text", PyText(replacingBadUTF8: map.source.bytes))
        }
        json.newline()
    }

    static func writeTokens(_ map: LabMap, below root: Int?, _ json: inout JSONWriter) {
        json.key("tokens")
        json.array { json in
            for (index, token) in map.tokens.enumerated() where map.isInside(map.nodeOfToken[index], root) {
                json.object { json in
                    json.field("id", "t\(index)")
                    json.field("type", token.kind.name)
                    json.field("string", PyText(replacingBadUTF8: map.source.bytes(in: Int(token.start)..<Int(token.end))))
                    json.field("span", Document.numbers(token.span))
                    json.field("utf16", Document.utf16(token.span, map))
                    json.field("node", map.nodes[map.nodeOfToken[index]].id)
                }
                json.newline()
            }
        }
    }
}

enum DocumentTree {
    static func write(_ map: LabMap, _ scopes: ScopeMap?, below root: Int?, _ json: inout JSONWriter) {
        json.key("ast")
        json.array { json in
            for (position, node) in map.nodes.enumerated() where map.isInside(position, root) {
                json.object { json in
                    json.field("id", node.id)
                    json.field("type", node.type.description)
                    if node.parent >= 0, position != root { json.field("parent", map.nodes[node.parent].id) }
                    if let span = node.span {
                        json.field("span", Document.numbers(span))
                        if let exact = node.exactSpan, exact != span { json.field("exact_span", Document.numbers(exact)) }
                        json.field("utf16", Document.utf16(node.exactSpan ?? span, map))
                    }
                    if let tokens = map.tokensOfNode[position] {
                        json.key("tokens")
                        json.array { json in
                            json.value("t\(tokens.lowerBound)")
                            json.value("t\(tokens.upperBound)")
                        }
                    }
                    if let symbol = scopes?.symbolOfNode[position] { json.field("symbol", symbol) }
                    json.key("fields")
                    json.object { json in
                        for field in node.fields {
                            json.key(field.name.description)
                            write(field.value, map, &json)
                        }
                    }
                }
                json.newline()
            }
        }
    }

    private static func write(_ value: FlatValue, _ map: LabMap, _ json: inout JSONWriter) {
        switch value {
        case .none: json.null()
        case .node(let id): json.object { $0.field("node", id) }
        case .list(let items): json.array { json in for item in items { write(item, map, &json) } }
        case .name(let text), .text(let text): json.value(text)
        case .literal(let id): DocumentValue.write(map.tree[id], &json)
        case .int(let number): json.value(number)
        case .symbol(let text): json.value(text)
        }
    }
}
