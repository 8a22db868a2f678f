// `dissect _symtable --batch LIST --out DIR`: each source's symbol table as JSON, for Scripts/compare_symtable.py.
// A block: {"name", "type", "lineno", "nested", "optimized"..., "symbols": [[name, flags]...], "children": [...]}.
import ArgumentParser
import Foundation
import PyCompiler
import PySyntax
import PyUnicode

struct SymtableBatch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "_symtable", shouldDisplay: false)

    @OptionGroup var options: BatchOptions

    func run() throws {
        _ = try options.run { (bytes, path) throws(SourceError) in
            do throws(SourceError) {
                let tree = try Compilation.tree(bytes, filename: path, options: ParseOptions())
                let table = try makeSymbolTable(tree: tree, filename: path)
                var json = JSONWriter()
                Self.write(table, table.root, &json)
                return json.bytes
            } catch {
                throw error.withText(from: bytes)
            }
        }
    }

    private static func write(_ table: SymbolTable, _ index: Int, _ json: inout JSONWriter) {
        let block = table[index]
        json.object { json in
            json.field("name", table.names[block.name])
            json.field("type", Int(block.kind.rawValue))
            json.field("lineno", Int(block.line))
            json.field("nested", block.isNested)
            json.key("varnames")
            json.array { json in
                for name in table.parameters(of: index) { json.value(table.names[name]) }
            }
            json.key("symbols")
            json.array { json in
                for symbol in table.symbols(of: index) {
                    json.array { json in
                        json.value(table.names[symbol.name])
                        json.value(symbol.rawFlags)
                    }
                }
            }
            json.key("children")
            json.array { json in
                for child in table.children(of: index) { write(table, child, &json) }
            }
        }
    }
}
