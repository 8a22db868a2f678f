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
        throw Refusal.usage("the tokenize view is not on main yet")
    }
}
