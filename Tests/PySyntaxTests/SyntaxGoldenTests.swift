// Every recorded source gives CPython 3.10's tree, or its refusal, and its warnings. Recorded by Scripts/record_syntax.py.
import Foundation
import PySyntax
import PyUnicode
import Testing

struct SyntaxGoldenTests {
    @Test func recordedSourcesParseAsRecorded() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Golden/Syntax/cases.jsonl")
        let lines = try Data(contentsOf: file).split(separator: 10)
        #expect(lines.count > 1000)
        for line in lines {
            let item = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let (got, warnings) = outcome(of: item)
            let label = String(decoding: line.prefix(200), as: UTF8.self)
            if let dump = item["dump"] as? String {
                #expect(got == .tree(dump), "\(label)")
            } else if let error = item["error"] as? [Any] {
                #expect(got == .refused(error.map { "\($0)" }), "\(label)")
            }
            if item["dump"] != nil {
                let wanted = (item["warnings"] as? [[Any]] ?? []).map { $0.map { "\($0)" } }
                #expect(warnings == wanted, "\(label)")
            }
        }
    }

    enum Outcome: Equatable {
        case tree(String)
        case refused([String])
    }

    private func outcome(of item: [String: Any]) -> (Outcome, [[String]]) {
        var options = ParseOptions()
        switch item["mode"] as? String {
        case "eval": options.mode = .eval
        case "single": options.mode = .single
        case "func_type": options.mode = .funcType
        default: options.mode = .exec
        }
        options.featureVersion = item["feature_version"] as? Int ?? 10
        options.typeComments = item["type_comments"] as? Bool ?? false
        var bytes: [UInt8] = []
        if let source = item["source"] as? String {
            options.ignoreCookie = true
            bytes = Array(source.utf8)
        } else if let hex = item["hex"] as? String {
            var digits = hex[...]
            while let byte = UInt8(digits.prefix(2), radix: 16) {
                bytes.append(byte)
                digits = digits.dropFirst(2)
            }
        }
        let diagnostics = Diagnostics()
        do throws(SourceError) {
            let tree = try parse(source: bytes, filename: "<golden>", options: options, diagnostics: diagnostics)
            let text = dump(tree, DumpOptions(annotateFields: true, includeAttributes: true, indent: nil))
            let warnings = diagnostics.warnings.map {
                [$0.category == .syntaxWarning ? "SyntaxWarning" : "DeprecationWarning", $0.message.string, "\($0.line)"]
            }
            return (.tree(String(decoding: text, as: UTF8.self)), warnings)
        } catch {
            return (.refused(Self.fields(error)), [])
        }
    }

    private static func fields(_ error: SourceError) -> [String] {
        let name: String
        switch error.kind {
        case .syntaxError: name = "SyntaxError"
        case .indentationError: name = "IndentationError"
        case .tabError: name = "TabError"
        case .valueError: name = "ValueError"
        case .overflowError: name = "OverflowError"
        case .memoryError: name = "MemoryError"
        case .recursionError: name = "RecursionError"
        case .unicodeDecodeError: name = "UnicodeDecodeError"
        case .systemError: name = "SystemError"
        }
        let numbers = [error.line, error.offset, error.endLine, error.endOffset].map { $0.map { "\($0)" } ?? "<null>" }
        return [name, error.message.string] + numbers + [error.text?.string ?? "<null>"]
    }
}
