// No nesting overflows the stack, even a small one.
import Foundation
import PySyntax
import PyUnicode
import Testing

struct DepthTests {
    /// Runs `body` on a thread with 512 KiB of stack.
    private func onSmallStack(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            body()
            done.signal()
        }
        thread.stackSize = 512 << 10
        thread.start()
        done.wait()
    }

    private static func outcome(_ text: String) -> SourceErrorKind? {
        do throws(SourceError) {
            _ = try parse(source: Array(text.utf8), filename: "<deep>", options: ParseOptions(ignoreCookie: true), diagnostics: Diagnostics())
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func bracketsNestAsDeepAsCPythonTakesThem() {
        onSmallStack {
            for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("{1:", "}")] {
                let text = String(repeating: open, count: 200) + "1" + String(repeating: close, count: 200)
                #expect(Self.outcome(text) == nil, "\(open)")
                #expect(Self.outcome(open + text + close) == .syntaxError, "\(open)")
            }
        }
    }

    @Test func rightRecursionEndsInMemoryError() {
        onSmallStack {
            for unit in ["-", "not ", "a**", "lambda:", "a if b else ", "lambda x="] {
                #expect(Self.outcome(String(repeating: unit, count: 500) + "1" + (unit == "lambda x=" ? String(repeating: ":1", count: 500) : "")) == nil, "\(unit)")
                #expect(Self.outcome(String(repeating: unit, count: 100_000) + "1") == .memoryError, "\(unit)")
            }
        }
    }

    @Test func leftRecursionHasNoLimit() {
        onSmallStack {
            for unit in [".b", "()", "[0]", "+b", "<b", " and b", ",b", "=b"] {
                #expect(Self.outcome("a" + String(repeating: unit, count: 100_000)) == nil, "\(unit)")
            }
        }
    }

    @Test func cutAndRepeatedSourcesEndCleanly() {
        onSmallStack {
            for unit in ["(", "f'{", "x = '''", "match x:\n case ", "if x:\n ", "\\\n", "#", "@a\n", "def f(", "'", "f\"{'", "[x for x in "] {
                for count in [1, 10, 150, 1000] { _ = Self.outcome(String(repeating: unit, count: count)) }
            }
        }
    }
}
