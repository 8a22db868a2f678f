// The compiler against recorded answers of CPython 3.10.13 (Tests/Golden/bytecode, made by Scripts/record_bytecode.py).
import Foundation
import PyBytecode
import PyCompiler
import PySyntax
import PyUnicode
import Testing

enum BytecodeGolden {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/bytecode")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func decode(hex: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var high: UInt8?
        for digit in hex where digit > 32 {
            let value = digit < 0x3A ? digit - 0x30 : digit - 0x57
            if let first = high {
                result.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return result
    }

    /// The names of the fields, of the code object or one inside it, that differ.
    static func differences(_ a: CodeObject, _ b: CodeObject) -> [String] {
        var result: [String] = []
        func check(_ same: Bool, _ field: String) {
            if !same { result.append("\(a.name.string):\(a.firstlineno) \(field)") }
        }
        check(a.code == b.code, "co_code")
        check(a.linetable == b.linetable, "co_linetable")
        check(a.names == b.names, "co_names")
        check(a.varnames == b.varnames, "co_varnames")
        check(a.freevars == b.freevars, "co_freevars")
        check(a.cellvars == b.cellvars, "co_cellvars")
        check(a.flags == b.flags, "co_flags")
        check(a.stacksize == b.stacksize, "co_stacksize")
        check(a.firstlineno == b.firstlineno, "co_firstlineno")
        check(
            a.argcount == b.argcount && a.posonlyargcount == b.posonlyargcount && a.kwonlyargcount == b.kwonlyargcount
                && a.nlocals == b.nlocals, "argument counts")
        check(a.name == b.name && a.filename == b.filename, "co_name, co_filename")
        check(a.consts.count == b.consts.count, "number of constants")
        for (x, y) in zip(a.consts, b.consts) {
            switch (x, y) {
            case (.code(let inner), .code(let other)): result += differences(inner, other)
            case (.frozenset(let items), .frozenset(let others)): check(Set(items) == Set(others), "frozenset")
            default: check(x == y, "co_consts")
            }
        }
        return result
    }
}

@Test(arguments: 0..<40, 0..<3)
func sampleCompilesToTheRecordedCode(sample: Int, optimize: Int) throws {
    let source = try BytecodeGolden.bytes("sample-\(sample).py")
    let recorded = try PycFile.read(BytecodeGolden.decode(hex: BytecodeGolden.bytes("sample-\(sample)-\(optimize).hex")))
    let code = try compileSource(
        bytes: source, filename: "sample.py", options: CompileOptions(optimize: optimize))
    #expect(BytecodeGolden.differences(code, recorded.code) == [])
}

@Test func refusalsHaveTheRecordedMessageAndPlace() throws {
    let lines = String(decoding: try BytecodeGolden.bytes("errors.txt"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count > 40)
    for line in lines {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let source = BytecodeGolden.decode(hex: fields[0].utf8)
        do throws(SourceError) {
            _ = try compileSource(bytes: source, filename: "sample.py")
            Issue.record("accepted: \(String(decoding: source, as: UTF8.self))")
        } catch {
            let place = [error.line, error.offset, error.endLine, error.endOffset].map { String($0 ?? -1) }
            #expect([error.message.string] + place == Array(fields[1...]), "\(String(decoding: source, as: UTF8.self))")
        }
    }
}

@Test func originsNameANodeForEveryCodeUnit() throws {
    let source = try BytecodeGolden.bytes("sample-0.py")
    let code = try compileSource(
        bytes: source, filename: "sample.py", options: CompileOptions(recordOrigins: true))
    #expect(code.origins?.units.count == code.code.count / 2)
}

@Test func deepTreesAreRecursionErrors() {
    for source in [String(repeating: "-", count: 5000) + "x", "x" + String(repeating: "+x", count: 5000)] {
        do throws(SourceError) {
            _ = try compileSource(bytes: Array(source.utf8), filename: "deep.py")
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .recursionError || error.kind == .memoryError)
        }
    }
}

@Test func namesOfAClosureAreCellAndFree() throws {
    let source = Array("def f(a):\n    def g():\n        return a\n    return g\n".utf8)
    let tree = try parse(source: source, filename: "t.py", diagnostics: Diagnostics())
    let table = try makeSymbolTable(tree: tree, filename: "t.py")
    let f = table.children(of: table.root)[0]
    let g = table.children(of: f)[0]
    func scope(_ name: PyText, _ block: Int) -> SymbolScope? {
        table.symbols(of: block).first { table.names[$0.name] == name }?.scope
    }
    #expect(scope("a", f) == .cell)
    #expect(scope("a", g) == .free)
    #expect(table[g].isNested && !table[f].isNested)
    #expect(table.parameters(of: f).map { table.names[$0] } == ["a"])
}
