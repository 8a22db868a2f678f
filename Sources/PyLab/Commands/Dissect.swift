// The command tree.
import ArgumentParser

struct Dissect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dissect",
        abstract: "Looks inside Python 3.10: tokens, syntax tree, scopes, code objects, bytecode, flow graph.",
        discussion: """
            TARGET is file.py, file.py::Class.method, -c CODE, - (standard input) or file.pyc. Nothing of it is executed.

              dissect hello.py::hello        one screen about a function
              dissect dis hello.py           what python3.10 -m dis prints
              dissect cfg -c 'while x: y()'  basic blocks, depths, exception edges
              dissect pyc src --out build    compiles a tree to .pyc files

            Exit codes: 0 ok, 2 usage, 3 a source was refused. Colour on a terminal; NO_COLOR and --color never turn it off.
            """,
        version: "dissect (Taipan), Python 3.10",
        subcommands: [
            ShowCommand.self, DisCommand.self, CodeCommand.self, TokensCommand.self, ASTCommand.self,
            ScopesCommand.self, CfgCommand.self, PycCommand.self, ErrorsBatch.self, MarshalBatch.self,
            ParseBatch.self, SymtableBatch.self, UnparseBatch.self,
        ],
        defaultSubcommand: ShowCommand.self
    )
}
