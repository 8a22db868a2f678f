// co_lines, co_lnotab and dis.findlinestarts against CPython's, and the writer against the reader.
import Foundation
import PyBytecode
import Testing

@Suite struct LineTableTests {
    private struct Recorded: Decodable {
        var name: String
        var lines: [[Int?]]
        var lnotab: String
        var starts: [[Int]]
    }

    @Test(arguments: Golden.samples) func tablesReadAsCPythonReadsThem(sample: String) throws {
        let recorded = try JSONDecoder().decode([Recorded].self, from: Data(try Golden.bytes("code/\(sample).lines")))
        let codes = Golden.walk(try Golden.code(sample))
        #expect(codes.count == recorded.count)
        for (code, wanted) in zip(codes, recorded) {
            let ranges = code.lineTable.lines(codeLength: code.code.count)
            #expect(ranges.map { [$0.start, $0.end, $0.line] } == wanted.lines, "\(wanted.name)")
            #expect(code.lineTable.lnotab() == Golden.bytes(hex: wanted.lnotab), "\(wanted.name)")
            let starts = code.lineTable.lineStarts(codeLength: code.code.count)
            #expect(starts.map { [$0.offset, $0.line] } == wanted.starts, "\(wanted.name)")
        }
    }

    @Test(arguments: Golden.samples) func everyOffsetHasTheLineOfItsRange(sample: String) throws {
        for code in Golden.walk(try Golden.code(sample)) {
            for range in code.lineTable.lines(codeLength: code.code.count) {
                for offset in range.start..<range.end { #expect(code.lineTable.line(at: offset) == range.line) }
            }
        }
    }

    @Test func writerSpeaksOfLongRangesAndFarLines() {
        var builder = LineTableBuilder(firstLine: 10)
        let runs = [(10, 2), (500, 600), (-1, 4), (499, 254), (1, 2), (-1, 1000), (100_000, 2)]
        for (line, length) in runs { builder.append(line: line, length: length) }
        let total = runs.map(\.1).reduce(0, +)
        let ranges = LineTable(bytes: builder.bytes, firstLine: 10).lines(codeLength: total)
        #expect(ranges.map { $0.line ?? -1 } == runs.map(\.0))
        #expect(ranges.map { $0.end - $0.start } == runs.map(\.1))
    }
}
