// `dissect tokens`: the tokens as `python -m tokenize` prints them.
import ArgumentParser
import PySyntax
import PyUnicode

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Prints the tokens as python -m tokenize does.",
        discussion: "With --json: the tokens the parser reads, each with the innermost node around it.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var batch: BatchOptions

    @Flag(name: [.customShort("e"), .customLong("exact")], help: "Name operators by their exact type.")
    var exact = false

    @Flag(name: .customLong("json"), help: "Print the dissection document (Documentation/Dissection.md).")
    var json = false

    func run() throws {
        let exact = exact
        let done = try batch.run { (bytes, path) throws(SourceError) in
            do throws(TokenizeError) { return try tokenizeText(bytes, filename: path, exact: exact) } catch {
                throw SourceError(
                    kind: error.kind == .indentationError ? .indentationError : .syntaxError, message: error.message,
                    filename: path, line: error.row, offset: error.column)
            }
        }
        if done { return }
        let source = try target.loadSource()
        if json { return Output.write(try document(source)) }
        // A member's tokens: those in its lines.
        let map = source.member.isEmpty ? nil : try parsed(source)
        let span = try map?.member(source.member, in: source.filename).flatMap { map?.nodes[$0].span }
        do throws(TokenizeError) {
            var out: [UInt8] = []
            for token in try tokenizeView(source.bytes, filename: PyText(source.filename)) {
                if let span, token.startRow < span.line || token.startRow > span.endLine { continue }
                token.append(exact: exact, to: &out)
            }
            Output.write(out)
        } catch {
            throw Refusal.source(error.report(filename: source.filename))
        }
    }

    private func parsed(_ source: TargetOptions.Loaded) throws -> LabMap {
        let options = target.parseOptions
        return try refusing { () throws(SourceError) in
            try LabMap(source.bytes, filename: PyText(source.filename), options: options)
        }
    }

    private func document(_ source: TargetOptions.Loaded) throws -> [UInt8] {
        let map = try parsed(source)
        let member = try map.member(source.member, in: source.filename)
        return try Document.make(
            map, filename: source.filename, member: source.member, below: member, sections: [.source, .tokens, .ast])
    }
}
