// Python inside a Swift program, through the public interface alone. Needs no standard library.
import Taipan
import Testing

@Suite(.serialized) struct EmbeddingTests {
    private let python: Interpreter = {
        var configuration = Configuration()
        configuration.noSite = true
        return Interpreter(configuration)
    }()

    private func error(_ body: () throws -> Void) -> PythonError? {
        do { try body() } catch { return error as? PythonError }
        return nil
    }

    @Test func expressionsHaveValues() throws {
        #expect(Int(try python.evaluate("6 * 7")) == 42)
        #expect(Double(try python.evaluate("1 / 4")) == 0.25)
        #expect(String(try python.evaluate("'Hello, ' + 'world!'")) == "Hello, world!")
        #expect(Bool(try python.evaluate("1 < 2 < 3")) == true)
        #expect(try python.evaluate("None").isNone)
        #expect(Int(try python.evaluate("2 ** 64")) == nil)
        #expect(try python.evaluate("2 ** 64").description == "18446744073709551616")
        #expect(Int(try python.evaluate("'1'")) == nil)
        #expect(String(try python.evaluate("1")) == nil)
        #expect(Bool(try python.evaluate("1")) == nil)
    }

    @Test func theArticlesFunctionIsCalledFromSwift() throws {
        try python.run("def hello(name):\n    return f'Hello, {name}!'\n")
        let hello = try python.global("hello")
        #expect(hello.typeName == "function")
        #expect(String(try hello("world")) == "Hello, world!")
        #expect(String(try hello(keywords: ["name": "Swift"])) == "Hello, Swift!")
        #expect(try hello.attribute("__code__").attribute("co_consts").repr() == "(None, 'Hello, ', '!')")
        #expect(try hello.attribute("__code__").attribute("co_code").repr() == #"b'd\x01|\x00\x9b\x00d\x02\x9d\x03S\x00'"#)
    }

    @Test func valuesCrossBothWays() throws {
        try python.setGlobal("rows", [["a", "b"], ["ü", "🐍"]])
        #expect(try python.evaluate("rows").repr() == "[['a', 'b'], ['ü', '🐍']]")
        try python.setGlobal("prices", ["tea": 1.5])
        #expect(Double(try python.evaluate("prices")["tea"]) == 1.5)
        try python.setGlobal("missing", Int?.none)
        #expect(try python.evaluate("missing is None").isTrue())
        try python.setGlobal("edge", [Int.min, Int.max])
        #expect(try python.evaluate("edge == [-2 ** 63, 2 ** 63 - 1]").isTrue())
        #expect(try python.evaluate("range(5)").items().map { Int($0) } == [0, 1, 2, 3, 4])
        try python.evaluate("prices").setItem("coffee", 2)
        #expect(Int(try python.evaluate("len(prices)")) == 2)
    }

    @Test func exceptionsAreSwiftErrors() throws {
        try python.run("def f(x):\n    return 1 // x\n", filename: "division.py")
        let zero = try #require(error { try python.global("f")(0) })
        #expect(zero.type == "ZeroDivisionError" && zero.message == "integer division or modulo by zero")
        #expect(zero.traceback.hasPrefix("Traceback (most recent call last):\n  File \"division.py\", line 2, in f\n"))
        #expect(zero.traceback.hasSuffix("ZeroDivisionError: integer division or modulo by zero\n"))
        #expect(error { try python.run("x = = 1") }?.type == "SyntaxError")
        #expect(error { _ = try python.global("nowhere") }?.description == "NameError: name 'nowhere' is not defined")
        #expect(error { try python.run("raise SystemExit(3)") }?.type == "SystemExit")
        #expect(error { try python.run("class E(Exception): pass\nraise E('mine')") }?.type == "__main__.E")
        // The interpreter goes on.
        #expect(Int(try python.evaluate("f(1)")) == 1)
    }

    @Test func endlessProgramsOfEveryKindOnlyRaise() throws {
        try python.run("def f(): return f()")
        #expect(error { _ = try python.evaluate("f()") }?.type == "RecursionError")
        #expect(error { _ = try python.evaluate("'x' * 10 ** 15") }?.type == "MemoryError")
    }

    @Test func heldObjectsSurviveCollections() throws {
        let held = try (0..<200).map { try python.evaluate("['kept', \($0)]") }
        try python.run("import gc\nfor _ in range(3):\n    junk = [[i] for i in range(20000)]\n    gc.collect()\n")
        for (i, object) in held.enumerated() { #expect(Int(try object[1]) == i) }
    }

    @Test func interpretersAreIsolated() throws {
        var configuration = Configuration()
        configuration.noSite = true
        let other = Interpreter(configuration)
        try python.setGlobal("shared", 1)
        #expect(error { _ = try other.global("shared") }?.type == "NameError")
        try other.run("import sys\nsys.taipan_test = 1\nint_of = int")
        #expect(try python.evaluate("hasattr(__import__('sys'), 'taipan_test')").isTrue() == false)
        other.close()
        #expect(Int(try python.evaluate("shared")) == 1)
    }
}
