// `dissect _errors --batch FILE`: JSON lines in, JSON lines out, for the comparison of refusals and warnings.
// In: {"source": text} or {"hex": bytes}, optional "filename", "mode", "optimize", "compile" (false: parse only),
// "feature_version", "type_comments". Out: {"ok": true, ...} or the exception's attributes.
import ArgumentParser
import Foundation
import PySyntax
import PyUnicode

struct ErrorsBatch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "_errors", shouldDisplay: false)

    @Option var batch: String
    @Option(name: .customShort("j")) var jobs = 1

    func run() throws {
        guard let list = Files.read(batch) else { throw Refusal.usage("cannot read \(batch)") }
        let lines = list.split(separator: 10).map { Array($0) }
        let tally = Tally()
        LabThreads.forEach(lines.count, jobs: jobs) { index in
            tally.refuse(index, String(decoding: Self.answer(lines[index]), as: UTF8.self))
        }
        let answers = tally.refusals
        for index in lines.indices { Output.write((answers[index] ?? "{}") + "\n") }
    }

    private static func answer(_ line: [UInt8]) -> [UInt8] {
        guard let item = (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any] else {
            return Array("{\"bad\":\"not a JSON object\"}".utf8)
        }
        var options = ParseOptions()
        options.mode = (item["mode"] as? String).flatMap(ModeName.init(rawValue:))?.parseMode ?? .exec
        options.featureVersion = item["feature_version"] as? Int ?? 10
        options.typeComments = item["type_comments"] as? Bool ?? false
        options.ignoreCookie = item["source"] != nil
        let bytes = (item["source"] as? String).map { Array($0.utf8) } ?? bytes(hex: item["hex"] as? String ?? "")
        let filename = PyText(item["filename"] as? String ?? "<string>")
        let diagnostics = Diagnostics()
        do throws(SourceError) {
            if item["compile"] as? Bool ?? true {
                _ = try Compilation.compile(
                    bytes, filename: filename, parseOptions: options, optimize: item["optimize"] as? Int ?? 0,
                    diagnostics: diagnostics)
            } else {
                _ = try Compilation.tree(bytes, filename: filename, options: options, diagnostics: diagnostics)
            }
            return ErrorJSON.success(warnings: diagnostics.warnings)
        } catch {
            return ErrorJSON.line(error, warnings: diagnostics.warnings)
        }
    }

    static func bytes(hex: String) -> [UInt8] {
        var result: [UInt8] = []
        var high: UInt8?
        for character in hex.utf8 {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - 87
            default: continue
            }
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return result
    }
}
