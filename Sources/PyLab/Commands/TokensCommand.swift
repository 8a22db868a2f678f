// `dissect tokens`: the tokens as `python -m tokenize` prints them.
import ArgumentParser
import PySyntax
import PyUnicode

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Prints the tokens as python -m tokenize does.")

    @OptionGroup var target: TargetOptions
    @OptionGroup var batch: BatchOptions

    @Flag(name: [.customShort("e"), .customLong("exact")], help: "Name operators by their exact type.")
    var exact = false

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
        do throws(TokenizeError) {
            Output.write(try tokenizeText(source.bytes, filename: PyText(source.filename), exact: exact))
        } catch {
            throw Refusal.source(error.report(filename: source.filename))
        }
    }
}
