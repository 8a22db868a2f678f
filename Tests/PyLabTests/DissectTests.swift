// The commands of `dissect`, run inside the process on the golden samples.
import Foundation
import PyLab
import Testing

@Suite(.serialized) struct DissectTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/code").path
    private static let samples = ["article", "expressions", "layout", "matching", "statements"]

    private func dissect(_ arguments: String...) -> (code: Int32, out: String, error: String) {
        let result = DissectProgram.run(capturing: arguments)
        return (result.code, String(decoding: result.out, as: UTF8.self), result.error)
    }

    @Test func articlesListingComesOutOfTheSource() {
        let result = dissect("dis", Self.golden + "/article.py::hello")
        #expect(result.code == 0)
        #expect(
            result.out == """
                  2           0 LOAD_CONST               1 ('Hello, ')
                              2 LOAD_FAST                0 (name)
                              4 FORMAT_VALUE             0
                              6 LOAD_CONST               2 ('!')
                              8 BUILD_STRING             3
                             10 RETURN_VALUE

                """)
    }

    /// The listing of what we compile is CPython's, recorded; a set's constant may show its elements in another order.
    @Test(arguments: samples) func sourceAndPycGiveOneListing(sample: String) throws {
        func lines(_ path: String) -> [String] {
            let result = DissectProgram.run(capturing: ["dis", path])
            return String(decoding: result.out, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.contains("frozenset({") && !$0.contains(" at 0x") }.map(String.init)
        }
        #expect(lines(Self.golden + "/\(sample).py") == lines(Self.golden + "/\(sample).pyc"), "\(sample)")
    }

    @Test func oneScreenShowsTheStackAndTheExactSpans() {
        let out = dissect("--color", "never", Self.golden + "/article.py::hello").out
        for row in [
            "function hello(name)", "flags OPTIMIZED NEWLOCALS NOFREE   stack 3   12 bytes  6 instr  1 block",
            "0 None (docstring slot, never loaded)", "1 'Hello, ' @0", "0 name  parameter @2",
            "2 | return f'Hello, {name}!'", "2:13-20  Hello,·", "2:20-26  {name}", "'Hello, ' format(name) '!'  2:26-27  !",
        ] {
            #expect(out.contains(row), "\(row)")
        }
    }

    @Test func exitCodesSayWhatWentWrong() {
        #expect(dissect("dis", "-c", "x = 1").code == 0)
        #expect(dissect("dis", "-c", "x = (").code == 3)
        #expect(dissect("dis", "-c", "x = (").error.contains("SyntaxError: '(' was never closed"))
        #expect(dissect("dis", "no-such-file.py").code == 2)
        #expect(dissect("dis", Self.golden + "/article.py::nobody").code == 2)
        #expect(dissect("--no-such-option").code == 2)
        #expect(dissect("--help").code == 0)
    }

    @Test func scopesAreATree() {
        let out = dissect("scopes", "--color", "never", "-c", "def f():\n    n = 1\n    def g():\n        return n\n    return g\n").out
        #expect(out.contains("module <string>\n    f  local assigned\n  function f  line 1\n"))
        #expect(out.contains("n  free referenced  ← cell of f"))
    }

    @Test func flowGraphShowsHandlers() {
        let source = "def f(xs, n):\n    for x in xs:\n        try:\n            n += x\n        except TypeError as e:\n            print(e)\n    return n\n"
        let out = dissect("cfg", "-c", source, "::f").out
        #expect(out.contains("loop head"))
        #expect(out.contains("d7"))
        #expect(out.contains("! B"))
        #expect(out.hasSuffix("max depth 11, co_stacksize 11\n"))
        #expect(dissect("cfg", "--dot", "-c", source, "::f").out.hasPrefix("digraph"))
    }

    /// Every id that an item names exists.
    @Test(arguments: samples) func documentsLinksResolve(sample: String) throws {
        let out = dissect("show", "--json", Self.golden + "/\(sample).py").out
        // A lone surrogate is `\\ud800` in the document, as Python's json writes it; JSONSerialization refuses that.
        let text = out.replacingOccurrences(
            of: #"(?<!\\)\\u[dD][89a-fA-F][0-9a-fA-F]{2}"#, with: "\u{FFFD}", options: .regularExpression)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "taipan.dissection/1")
        var ids = Set<String>()
        var references: [String] = []
        func visit(_ value: Any, _ key: String) {
            if let object = value as? [String: Any] {
                if let id = object["id"] as? String, object["$"] == nil { ids.insert(id) }
                if object["$"] as? String == "code", let id = object["id"] as? String { references.append(id) }
                for (key, inner) in object where key != "value" && key != "fields" && key != "source" { visit(inner, key) }
                if let fields = object["fields"] as? [String: Any] {
                    for inner in fields.values { visit(inner, "") }
                }
                if let value = object["value"] as? [String: Any] { visit(value, "") }
            } else if let list = value as? [Any] {
                for inner in list { visit(inner, key) }
            } else if let text = value as? String,
                ["node", "parent", "symbol", "const", "target", "block", "users", "to", "handler", "tokens"].contains(key)
            {
                references.append(text)
            }
        }
        visit(document, "")
        #expect(references.count > 20)
        let dangling = references.filter { !ids.contains($0) }
        #expect(dangling.isEmpty, "\(Set(dangling).prefix(5))")
    }

    @Test func tokensLinkToTheirNodes() throws {
        let out = dissect("tokens", "--json", Self.golden + "/article.py::hello").out
        let document = try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
        let tokens = try #require(document["tokens"] as? [[String: Any]])
        let nodes = Set(try #require(document["ast"] as? [[String: Any]]).compactMap { $0["id"] as? String })
        #expect(tokens.first?["string"] as? String == "def")
        #expect(tokens.allSatisfy { nodes.contains($0["node"] as? String ?? "") })
    }

    @Test func pycSaysWhatItWrote() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("taipan-\(UInt32.random(in: 0...UInt32.max)).pyc")
        defer { try? FileManager.default.removeItem(at: file) }
        let out = dissect("pyc", Self.golden + "/article.py", "-o", file.path, "--json").out
        let document = try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
        let files = try #require(document["files"] as? [[String: Any]])
        #expect(files.first?["pyc"] as? String == file.path)
        #expect(files.first?["magic"] as? String == "6f0d0d0a")
        #expect(files.first?["size"] as? Int == (try Data(contentsOf: file)).count)
        #expect(files.first?["code"] as? String == "c0")
        #expect((document["code"] as? [[String: Any]])?.first?["id"] as? String == "c0")
    }

    @Test func frozensetsAreListedInCPythonsOrder() {
        let out = dissect("dis", "-c", "x in {1, 'a', 'b', 'zeta', 3.5, (1, 'a'), b'q'}").out
        #expect(out.contains("(frozenset({1, 3.5, 'b', b'q', 'zeta', 'a', (1, 'a')}))"))
    }

    @Test func treesCompileIntoTrees() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("taipan-lab-\(UInt32.random(in: 0...UInt32.max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("src/a")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        try Data("x = 1\n".utf8).write(to: source.appendingPathComponent("good.py"))
        try Data("x = = 1\n".utf8).write(to: source.appendingPathComponent("bad.py"))
        let out = folder.appendingPathComponent("out").path
        let result = dissect("pyc", folder.appendingPathComponent("src").path, "--out", out, "-j", "2")
        #expect(result.code == 3)
        #expect(result.error.contains("bad.py\", line 1") && result.error.contains("SyntaxError: invalid syntax"))
        #expect(dissect("dis", out + "/a/good.pyc").out.hasPrefix("  1           0 LOAD_CONST               0 (1)\n"))
        #expect(!FileManager.default.fileExists(atPath: out + "/a/bad.pyc"))
    }

    @Test func filesKeepTheirRelativePathAndNoneIsOverwritten() throws {
        let relative = "Tests/Golden/code/article.py"
        try #require(FileManager.default.fileExists(atPath: relative), "the tests run in the package's folder")
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("taipan-lab-\(UInt32.random(in: 0...UInt32.max))").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let twins = dissect("pyc", Self.golden + "/article.py", Self.golden + "/../code/article.py", "--out", out)
        #expect(twins.code == 2 && twins.error.contains("would both become \(out)/article.pyc"))
        #expect(!FileManager.default.fileExists(atPath: out))
        #expect(dissect("pyc", "./" + relative, "--out", out).code == 0)
        #expect(FileManager.default.fileExists(atPath: out + "/Tests/Golden/code/article.pyc"))
    }
}
