// Single lines of source files, for tracebacks and syntax errors. CPython: `_Py_DisplaySourceLine` in Python/traceback.c.
import PyPlatform
import PyUnicode

extension VM {
    /// The line as a traceback shows it: decoded to UTF-8, without its indentation and end. The file is looked for as it is
    /// named and then, by its last part, in the directories of `sys.path`. nil if there is no such line.
    func shownSourceLine(_ path: [UInt8], _ number: Int) -> [UInt8]? {
        // CPython opens the file through `io`, which is gone by the end and which an audit hook may forbid.
        if state.pointee.isFinalizing { return nil }
        do { try audit("open", tuple(str(utf8: path), str("rb" as StaticString), Value(small: 0x80000))) } catch {
            clearRaised()
            return nil
        }
        guard let line = sourceLine(path, number, searching: true) else { return nil }
        return Array(line.drop { $0 == 32 || $0 == 9 || $0 == 12 })
    }

    /// Line `number` of a file, decoded as its cookie says, without its end; nil if it cannot be read.
    func sourceLine(_ path: [UInt8], _ number: Int, searching: Bool = false) -> [UInt8]? {
        guard !path.isEmpty, !path.contains(0), number > 0 else { return nil }
        let encoded = encodedPath(path)
        if let data = readRegular(encoded) { return line(number, of: data) }
        guard searching else { return nil }
        let tail = encoded.lastIndex(of: UInt8(ascii: "/")).map { Array(encoded[($0 + 1)...]) } ?? encoded
        let directories = sysAttribute(intern("path"))
        guard !directories.isNull, isList(directories) else { return nil }
        for i in 0..<PyList(directories).count where isStr(PyList(directories)[i]) {
            var candidate = encodedPath(PyStr(PyList(directories)[i]).utf8)
            if candidate.contains(0) { continue }
            if !candidate.isEmpty, candidate.last != UInt8(ascii: "/") { candidate.append(UInt8(ascii: "/")) }
            if let data = readRegular(candidate + tail) { return line(number, of: data) }
        }
        return nil
    }

    private func readRegular(_ path: [UInt8]) -> [UInt8]? {
        guard let status = try? FileStatus.of(path: path), !status.isDirectory else { return nil }
        return try? readFile(path)
    }

    /// UTF-8 with lone surrogates of "surrogateescape" turned back into the bytes they stand for.
    func encodedPath(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0xED) else { return text }
        var out: [UInt8] = []
        var i = 0
        while i < text.count {
            if text[i] == 0xED, i + 2 < text.count, text[i + 1] == 0xB2 || text[i + 1] == 0xB3 {
                out.append((text[i + 1] == 0xB3 ? 0xC0 : 0x80) | text[i + 2] & 0x3F)
                i += 3
            } else {
                out.append(text[i])
                i += 1
            }
        }
        return out
    }

    private func line(_ number: Int, of data: [UInt8]) -> [UInt8]? {
        var line = 1
        var start = 0
        var i = 0
        while i < data.count && line < number {
            if data[i] == 10 || (data[i] == 13 && !(i + 1 < data.count && data[i + 1] == 10)) {
                line += 1
                start = i + 1
            }
            i += 1
        }
        if line != number || start >= data.count { return nil }
        var end = start
        while end < data.count && data[end] != 10 && data[end] != 13 { end += 1 }
        if number == 1, data.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
        let bytes = Array(data[start..<end])
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        return decoded(bytes, encoding: sourceEncoding(data))
    }

    private func decoded(_ bytes: [UInt8], encoding: [UInt8]?) -> [UInt8]? {
        do {
            let name = encoding.map { str(utf8: $0) } ?? names.utf8
            let text = try callMethod(bytesObject(bytes), intern("decode"), name, names.strict)
            return isStr(text) ? PyStr(text).utf8 : nil
        } catch {
            clearRaised()
            return nil
        }
    }

    /// PEP 263: the cookie in one of the first two lines.
    private func sourceEncoding(_ data: [UInt8]) -> [UInt8]? {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { return nil }
        for line in data.prefix(1024).split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false).prefix(2) {
            let text = line.drop { $0 == 32 || $0 == 9 || $0 == 12 }
            guard text.first == UInt8(ascii: "#") else {
                if text.isEmpty || text.first == 13 { continue }
                return nil
            }
            let word = Array("coding".utf8)
            var rest = text
            while rest.count > word.count {
                if rest.starts(with: word), let mark = rest.dropFirst(word.count).first, mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") {
                    let name = rest.dropFirst(word.count + 1).drop { $0 == 32 || $0 == 9 }.prefix {
                        $0 >= 48 && $0 <= 57 || ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 == 45 || $0 == 46 || $0 == 95
                    }
                    if !name.isEmpty { return Array(name) }
                }
                rest = rest.dropFirst()
            }
        }
        return nil
    }
}
