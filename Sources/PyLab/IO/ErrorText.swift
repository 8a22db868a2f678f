// A refused source as CPython's traceback ends, and as JSON. CPython: Lib/traceback.py, Python/pythonrun.c print_error_text().
import PySyntax
import PyUnicode

extension SourceErrorKind {
    /// The exception class.
    var pythonName: String {
        switch self {
        case .syntaxError: "SyntaxError"
        case .indentationError: "IndentationError"
        case .tabError: "TabError"
        case .valueError: "ValueError"
        case .overflowError: "OverflowError"
        case .memoryError: "MemoryError"
        case .recursionError: "RecursionError"
        case .unicodeDecodeError: "UnicodeDecodeError"
        case .systemError: "SystemError"
        }
    }

    var hasPosition: Bool { self == .syntaxError || self == .indentationError || self == .tabError }
}

extension SourceError {
    /// The lines a traceback of CPython 3.10 ends with.
    var report: String {
        var text = ""
        if kind.hasPosition, filename != nil || line != nil {
            text += "  File \"\(filename?.string ?? "<string>")\", line \(line ?? 1)\n"
            text += excerpt
        }
        return text + kind.pythonName + (message.isEmpty ? "" : ": " + message.string)
    }

    /// The source line and the carets under what is wrong.
    private var excerpt: String {
        guard let line = text else { return "" }
        let full = Array(line.string.unicodeScalars)
        var end = full.count
        while end > 0, full[end - 1] == "\n" || full[end - 1] == "\r" { end -= 1 }
        var start = 0
        while start < end, full[start] == " " || full[start] == "\t" || full[start] == "\u{0C}" { start += 1 }
        var shown = ""
        shown.unicodeScalars.append(contentsOf: full[start..<end])
        var result = "    \(shown)\n"
        guard var column = offset, column >= 1 else { return result }
        var last = endOffset ?? column
        if endLine != self.line || last <= 0 || last == column { last = column + 1 }
        column = max(column - 1 - start, 0)
        if column <= end - start {
            let width = max(1, min(last - 1 - start, end - start + 1) - column)
            var blanks = ""
            for index in 0..<column {
                let scalar = start + index < end ? full[start + index] : " "
                blanks.unicodeScalars.append(scalar.properties.isWhitespace ? scalar : " ")
            }
            result += "    " + blanks + String(repeating: "^", count: width) + "\n"
        }
        return result
    }
}
