// Small additions to the runtime's context that only this target needs.
import PyRuntime
import PyUnicode

extension Interpreter {
    /// `sys.version`.
    public static var version: String { "\(pythonVersion)" }
}

extension VM {
    /// A program file without a cookie must be UTF-8: PEP 263.
    func refuseUndecodable(_ source: [UInt8], _ filename: PyText) throws(Raised) {
        if source.allSatisfy({ $0 < 0x80 }) || source.starts(with: [0xEF, 0xBB, 0xBF]) { return }
        for line in source.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false).prefix(2) {
            if line.contains(UInt8(ascii: "#")), PyUnicode.contains(String(decoding: line, as: UTF8.self), "coding") { return }
        }
        guard let bad = firstInvalidUTF8(source) else { return }
        let line = source[..<bad].reduce(1) { $0 + ($1 == 10 ? 1 : 0) } + 1
        let byte = String(source[bad], radix: 16)
        throw raise(
            .syntaxError,
            "Non-UTF-8 code starting with '\\x\(byte)' in file \(filename.string) on line \(line), but no encoding declared; see https://python.org/dev/peps/pep-0263/ for details")
    }

    /// Where the first byte is that begins no UTF-8 sequence.
    private func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
        var i = 0
        while i < bytes.count {
            let first = bytes[i]
            if first < 0x80 {
                i += 1
                continue
            }
            let length = first >= 0xC2 && first < 0xE0 ? 2 : first & 0xF0 == 0xE0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0
            if length == 0 || i + length > bytes.count { return i }
            for k in 1..<length where bytes[i + k] & 0xC0 != 0x80 { return i }
            let second = bytes[i + 1]
            if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F || first == 0xF0 && second < 0x90 || first == 0xF4 && second > 0x8F { return i }
            i += length
        }
        return nil
    }

    /// A SyntaxError of a file that is being read shows its line with the line's end, and of a string over several lines
    /// only the one it is about.
    func endShownLine(_ source: [UInt8] = []) {
        let exception = takeRaised()
        guard exception.isObject else { return }
        defer { _ = restoreRaised(exception) }
        guard exception.objectType.isSubtype(of: exceptionType(.syntaxError)) else { return }
        do {
            let text = try getAttr(exception, intern("text"))
            guard isStr(text) else { return }
            var line = PyStr(text).utf8
            let number = try getAttr(exception, intern("lineno"))
            if line.dropLast().contains(10), number.isSmallInt, number.smallInt > 0 {
                let lines = source.split(separator: 10, maxSplits: number.smallInt, omittingEmptySubsequences: false)
                if number.smallInt <= lines.count {
                    line = Array(lines[number.smallInt - 1])
                    try setAttr(exception, intern("text"), str(utf8: line))
                }
            }
            if line.last != 10 { try setAttr(exception, intern("text"), str(utf8: line + [10])) }
        } catch { clearRaised() }
    }
}
