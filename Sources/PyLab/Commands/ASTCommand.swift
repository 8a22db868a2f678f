// `dissect ast`: the syntax tree as `python -m ast` prints it.
import ArgumentParser
import PySyntax
import PyUnicode

struct ASTCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ast", abstract: "Prints the syntax tree as ast.dump does.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var batch: BatchOptions

    @Flag(name: [.customShort("a"), .customLong("include-attributes")], help: "With line and column of each node.")
    var attributes = false

    @Option(name: [.customShort("i"), .customLong("indent")], help: "Blanks a level; -1 for all on one line.")
    var indent = 3

    @Flag(name: .customLong("no-fields"), help: "Leave out the names of fields.")
    var noFields = false

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    func run() throws {
        let options = DumpOptions(
            annotateFields: !noFields, includeAttributes: attributes,
            indent: indent < 0 ? nil : [UInt8](repeating: 32, count: min(indent, 100)))
        let parseOptions = target.parseOptions
        let done = try batch.run { (bytes, path) throws(SourceError) in
            dump(try Compilation.tree(bytes, filename: path, options: parseOptions), options)
        }
        if done { return }
        let source = try target.loadSource()
        if json || !source.member.isEmpty {
            let map = try refusing { () throws(SourceError) in
                try LabMap(source.bytes, filename: PyText(source.filename), options: parseOptions)
            }
            let member = try map.member(source.member, in: source.filename)
            if json {
                return Output.write(
                    try Document.make(
                        map, filename: source.filename, member: source.member, below: member, sections: [.source, .tokens, .ast]))
            }
            if let id = member.flatMap({ map.statement($0) }) { Output.write(dump(id, in: map.tree, options)) }
            return Output.write("\n")
        }
        let tree = try refusing { () throws(SourceError) in
            try Compilation.tree(source.bytes, filename: PyText(source.filename), options: parseOptions)
        }
        Output.write(dump(tree, options))
        Output.write("\n")
    }
}

/// Turns Python's complaint into the command's.
func refusing<T>(_ body: () throws(SourceError) -> T) throws -> T {
    do {
        return try body()
    } catch {
        throw Refusal.source(error.report)
    }
}
