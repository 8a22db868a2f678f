// Refused sources, annotations, tokens and trees against what CPython 3.10 was recorded to say
// (Scripts/record_errors.py).
import Foundation
import PySyntax
import PyUnicode
import Testing

private enum ErrorsGolden {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/errors")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func lines(_ name: String) throws -> [Any] {
        try Data(contentsOf: folder.appendingPathComponent(name)).split(separator: 10).map {
            try JSONSerialization.jsonObject(with: $0)
        }
    }
}

@Suite struct GoldenErrorsTests {
    @Test func refusedSourcesAreReportedAsCPythonDoes() throws {
        for case let item as [String: Any] in try ErrorsGolden.lines("errors.jsonl") {
            guard let source = item["source"] as? String, let want = item["want"] as? [Any] else { continue }
            var options = ParseOptions(ignoreCookie: true)
            if item["mode"] as? String == "single" { options.mode = .single }
            if item["mode"] as? String == "eval" { options.mode = .eval }
            let found = Self.outcome(Array(source.utf8), options)
            // An exception that is no SyntaxError has a type and a text only.
            #expect(found.prefix(want.count).elementsEqual(want.map { "\($0)" }), "\(source.debugDescription)")
        }
    }

    private static func outcome(_ source: [UInt8], _ options: ParseOptions) -> [String] {
        do throws(SourceError) {
            _ = try parse(source: source, filename: "<string>", options: options, diagnostics: Diagnostics())
            return ["accepted"]
        } catch {
            let kind = "\(error.kind)"
            let missing = "\(NSNull())"
            func show(_ number: Int?) -> String { number.map { "\($0)" } ?? missing }
            return [
                kind.prefix(1).uppercased() + kind.dropFirst(), error.message.string, error.filename?.string ?? missing,
                show(error.line), show(error.offset), show(error.endLine), show(error.endOffset),
                error.text?.string ?? missing,
            ]
        }
    }

    @Test func annotationsBecomeTheTextCPythonStores() throws {
        for case let item as [String] in try ErrorsGolden.lines("unparse.jsonl") {
            let tree = try parse(
                source: Array(item[0].utf8), filename: "<string>", options: ParseOptions(mode: .eval, ignoreCookie: true),
                diagnostics: Diagnostics())
            guard case .expression(let body) = tree.module else {
                Issue.record("no expression")
                continue
            }
            #expect(unparseAnnotation(body, in: tree).string == item[1])
        }
    }

    @Test func tokensPrintAsTheTokenizeModuleDoes() throws {
        let found = try tokenizeText(ErrorsGolden.bytes("sample.py"), exact: true)
        #expect(found == (try ErrorsGolden.bytes("sample.tokens")))
    }

    @Test func treesPrintAsASTDumpDoes() throws {
        let tree = try parse(
            source: ErrorsGolden.bytes("sample.py"), filename: "sample.py", options: ParseOptions(), diagnostics: Diagnostics())
        let found = dump(tree, DumpOptions(includeAttributes: true, indent: 1))
        #expect(found + [10] == (try ErrorsGolden.bytes("sample.ast")))
    }

    @Test func tokenizeErrorsAreItsOwn() {
        let cases = [("'''a", "EOF in multi-line string", 1), ("(1\n", "EOF in multi-line statement", 2)]
        for (source, message, row) in cases {
            do throws(TokenizeError) {
                _ = try tokenizeView(Array(source.utf8))
                Issue.record("no error")
            } catch {
                #expect(error.kind == .tokenError)
                #expect(error.message.string == message)
                #expect(error.row == row && error.column == 0)
            }
        }
    }

    @Test func deepNestingIsRefusedNotFatal() {
        for piece in ["(", "[", "{", "-", "not ", "lambda: ", "f(", "a if b else ", "a**", "(lambda x=("] {
            let source = Array(String(repeating: piece, count: 20_000).utf8)
            #expect(Self.outcome(source, ParseOptions(ignoreCookie: true)) != ["accepted"])
        }
    }
}
