// `dissect _parse LIST`: reads and parses every file of a list, prints how long each stage took. For work on the parser.
import ArgumentParser
import Foundation
import PySyntax
import PyUnicode

struct ParseBatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "_parse", abstract: "Times decoding, tokenizing and parsing.", shouldDisplay: false)

    @Argument var list: String
    @Option var repeats = 1

    func run() throws {
        guard let names = Files.read(list) else { throw Refusal.usage("cannot read \(list)") }
        let paths = names.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
        let sources = paths.map { (PyText($0), Files.read($0) ?? []) }
        let bytes = sources.reduce(0) { $0 + $1.1.count }
        let options = ParseOptions()
        for _ in 0..<max(1, repeats) {
            var decoding = Duration.zero
            var tokenizing = Duration.zero
            var parsing = Duration.zero
            var refused = 0
            var tokens = 0
            for (name, source) in sources {
                let clock = ContinuousClock()
                let start = clock.now
                guard let decoded = try? decodeSource(source, filename: name, options: options) else {
                    refused += 1
                    continue
                }
                let afterDecoding = clock.now
                let stream = tokenize(decoded, options: options)
                let afterTokenizing = clock.now
                tokens += stream.count
                if (try? PySyntax.parse(stream, options: options, diagnostics: Diagnostics())) == nil { refused += 1 }
                parsing += clock.now - afterTokenizing
                tokenizing += afterTokenizing - afterDecoding
                decoding += afterDecoding - start
            }
            Output.write(
                "\(paths.count) files, \(bytes) bytes, \(tokens) tokens, \(refused) refused: decode \(decoding), "
                    + "tokenize \(tokenizing), parse \(parsing)\n")
        }
    }
}
