// The source line of a compiler error. CPython's compiler has no source any more and reads the file again.
// CPython: Python/errors.c, `PyErr_ProgramTextObject`.
import PySyntax
import PyUnicode

extension SourceError {
    /// The error with its `text` read from the file it is about, if it has none yet.
    /// - Parameter file: the file's bytes, always taken for UTF-8, as CPython does here.
    public func withText(from file: [UInt8]) -> SourceError {
        switch kind {
        case .syntaxError, .indentationError, .tabError: break
        case .valueError, .overflowError, .memoryError, .recursionError, .unicodeDecodeError, .systemError: return self
        }
        guard text == nil, let line, line > 0 else { return self }
        var number = 1
        var start = 0
        var index = 0
        while index < file.count {
            let byte = file[index]
            index += 1
            let isReturn = byte == UInt8(ascii: "\r")
            guard isReturn || byte == UInt8(ascii: "\n") else { continue }
            let end = index - 1
            if isReturn && index < file.count && file[index] == UInt8(ascii: "\n") { index += 1 }
            if number == line { return with(file[start..<end] + [UInt8(ascii: "\n")]) }
            number += 1
            start = index
        }
        return number == line && start < file.count ? with(file[start...]) : self
    }

    private func with(_ line: ArraySlice<UInt8>) -> SourceError {
        var result = self
        result.text = PyText(String(decoding: line, as: UTF8.self))
        return result
    }
}
