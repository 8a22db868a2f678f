// Which source line each instruction belongs to: the PEP 626 table of 3.10 (`co_linetable`), read and written, and the
// older `co_lnotab` derived from it. CPython: Objects/codeobject.c, Objects/lnotab_notes.txt.
//
// The table is pairs of bytes: how far the range reaches (unsigned), how the line changes (signed). A change of -128
// says that the range has no line, and leaves the running line as it was.

/// A run of bytecode that belongs to one line: byte offsets `start ..< end`. Nil: no line.
public struct LineRange: Hashable, Sendable {
    public var start: Int
    public var end: Int
    public var line: Int?

    public init(start: Int, end: Int, line: Int?) {
        self.start = start
        self.end = end
        self.line = line
    }
}

/// A line table and the line it starts from.
public struct LineTable: Hashable, Sendable {
    public let bytes: [UInt8]
    public let firstLine: Int

    public init(bytes: [UInt8], firstLine: Int) {
        self.bytes = bytes
        self.firstLine = firstLine
    }

    /// Every entry as it stands, empty ranges included. `running` is the line counter, which goes on under ranges without a line.
    private func forEachEntry(_ body: (_ range: LineRange, _ running: Int) -> Bool) {
        var line = firstLine
        var end = 0
        var index = 0
        while index + 1 < bytes.count {
            let start = end
            end += Int(bytes[index])
            let change = Int(Int8(bitPattern: bytes[index + 1]))
            if change != -128 { line += change }
            index += 2
            // CPython keeps "no line" as -1, so a table that counts below zero has no lines there either.
            let range = LineRange(start: start, end: end, line: change == -128 || line < 0 ? nil : line)
            if !body(range, line) { return }
        }
    }

    /// `code.co_lines()`: runs of equal lines, joined, empty ones left out.
    public func lines(codeLength: Int) -> [LineRange] {
        var result: [LineRange] = []
        forEachEntry { range, _ in
            if let last = result.last, last.line == range.line {
                result[result.count - 1].end = range.end
                return true
            }
            if range.start >= codeLength { return false }
            if range.start != range.end { result.append(range) }
            return true
        }
        return result
    }

    /// `dis.findlinestarts`: offsets at which a line begins that differs from the last one seen.
    public func lineStarts(codeLength: Int) -> [(offset: Int, line: Int)] {
        var result: [(offset: Int, line: Int)] = []
        for range in lines(codeLength: codeLength) {
            guard let line = range.line, line != result.last?.line else { continue }
            result.append((range.start, line))
        }
        return result
    }

    /// The line of the instruction at `offset` (bytes), as `frame.f_lineno` says it. Nil: none, or outside the code.
    public func line(at offset: Int) -> Int? {
        var found: Int?
        forEachEntry { range, _ in
            guard offset >= range.start, offset < range.end else { return true }
            found = range.line
            return false
        }
        return found
    }

    /// `co_lnotab`: the pre-PEP 626 form that CPython still derives for old tools.
    public func lnotab() -> [UInt8] {
        var table: [UInt8] = []
        var line = firstLine
        var offset = 0
        forEachEntry { range, running in
            if running == line { return true }
            var advance = range.start - offset
            var change = running - line
            while advance > 255 {
                table += [255, 0]
                advance -= 255
            }
            while change > 127 || change < -128 {
                let step = change > 0 ? 127 : -128
                table += [UInt8(truncatingIfNeeded: advance), UInt8(bitPattern: Int8(step))]
                advance = 0
                change -= step
            }
            table += [UInt8(truncatingIfNeeded: advance), UInt8(bitPattern: Int8(change))]
            line = running
            offset = range.start
            return true
        }
        return table
    }
}

/// Writes a line table, run after run of instructions.
public struct LineTableBuilder {
    public private(set) var bytes: [UInt8] = []
    private var previousLine: Int

    public init(firstLine: Int) { previousLine = firstLine }

    /// Appends a run of `length` bytes of code. A negative line means none. Runs of equal lines must be joined by the caller.
    public mutating func append(line: Int, length: Int) {
        guard length > 0 else { return }
        var rest = length
        var change = -128
        if line >= 0 {
            change = line - previousLine
            previousLine = line
            while change > 127 || change < -127 {
                let step = change > 0 ? 127 : -127
                emit(0, step)
                change -= step
            }
        }
        // 254: the longest even number of bytes an entry can say.
        while rest > 254 {
            emit(254, change)
            change = line >= 0 ? 0 : -128
            rest -= 254
        }
        emit(rest, change)
    }

    private mutating func emit(_ length: Int, _ change: Int) {
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(UInt8(bitPattern: Int8(truncatingIfNeeded: change)))
    }
}

extension CodeObject {
    public var lineTable: LineTable { LineTable(bytes: linetable, firstLine: firstlineno) }
}
