// `dissect _unparse --batch FILE`: the text of annotations, for the comparison with CPython. In: one expression a line,
// as a JSON string. Out: its text as a JSON string, or null if it does not parse.
import ArgumentParser
import Foundation
import PySyntax
import PyUnicode

struct UnparseBatch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "_unparse", shouldDisplay: false)

    @Option var batch: String

    func run() throws {
        guard let list = Files.read(batch) else { throw Refusal.usage("cannot read \(batch)") }
        for line in list.split(separator: 10) {
            var answer = "null"
            let item = try? JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)
            if let source = item as? String,
                let tree = try? Compilation.tree(
                    Array(source.utf8), filename: "<string>", options: ParseOptions(mode: .eval, ignoreCookie: true)),
                case .expression(let body) = tree.module
            {
                var json = JSONWriter()
                json.value(unparseAnnotation(body, in: tree))
                answer = String(decoding: json.bytes, as: UTF8.self)
            }
            Output.write(answer + "\n")
        }
    }
}
