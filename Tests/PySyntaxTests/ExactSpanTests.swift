// The lab's true spans of f-string parts, which the 3.10 tree does not have.
import PySyntax
import PyUnicode
import Testing

struct ExactSpanTests {
    @Test func partsOfTheArticlesFStringStandWhereTheyAre() throws {
        let text = "def hello(name):\n    return f'Hello, {name}!'\n"
        let tree = try parse(
            source: Array(text.utf8), filename: "hello.py", options: ParseOptions(exactSpans: true), diagnostics: Diagnostics())
        let spans = Set(tree.exactSpans.values)
        #expect(spans == [
            Span(line: 2, column: 13, endLine: 2, endColumn: 20), Span(line: 2, column: 20, endLine: 2, endColumn: 26),
            Span(line: 2, column: 26, endLine: 2, endColumn: 27),
        ])
    }
}
