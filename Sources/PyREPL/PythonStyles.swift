// Which parts of a block look how: a small scanner, not the tokenizer, for blocks are unfinished most of the time.

enum PythonStyles {
    private static let keywords: Set<String> = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ]
    private static let builtins: Set<String> = [
        "abs", "all", "any", "bool", "bytes", "callable", "chr", "dict", "dir", "enumerate", "filter", "float", "format", "frozenset",
        "getattr", "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "list", "map",
        "max", "min", "next", "object", "open", "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set", "setattr",
        "slice", "sorted", "str", "sum", "super", "tuple", "type", "vars", "zip",
    ]

    static func ranges(of block: String) -> [StyledRange] {
        let text = Array(block)
        var result: [StyledRange] = []
        var i = 0
        var afterDefinition = false
        while i < text.count {
            let start = i
            let c = text[i]
            if c == "#" {
                while i < text.count, text[i] != "\n" { i += 1 }
                result.append(StyledRange(range: start..<i, style: .comment))
            } else if c == "\"" || c == "'" {
                i = endOfString(text, i)
                result.append(StyledRange(range: start..<i, style: .string))
            } else if c.isLetter || c == "_" {
                while i < text.count, text[i].isLetter || text[i].isNumber || text[i] == "_" { i += 1 }
                let word = String(text[start..<i])
                if i < text.count, text[i] == "\"" || text[i] == "'", word.count < 3, word.lowercased().allSatisfy({ "rbuf".contains($0) }) {
                    i = endOfString(text, i)
                    result.append(StyledRange(range: start..<i, style: .string))
                } else if afterDefinition {
                    result.append(StyledRange(range: start..<i, style: .definition))
                    afterDefinition = false
                } else if keywords.contains(word) {
                    result.append(StyledRange(range: start..<i, style: .keyword))
                    afterDefinition = word == "def" || word == "class"
                } else if builtins.contains(word), start == 0 || text[start - 1] != "." {
                    result.append(StyledRange(range: start..<i, style: .builtin))
                }
            } else if c.isNumber {
                while i < text.count, text[i].isLetter || text[i].isNumber || text[i] == "." || text[i] == "_" { i += 1 }
                result.append(StyledRange(range: start..<i, style: .number))
            } else {
                i += 1
            }
        }
        return result
    }

    /// Behind the literal whose quote is at `start`; an unfinished one ends with its line, a triple-quoted one with the text.
    private static func endOfString(_ text: [Character], _ start: Int) -> Int {
        let quote = text[start]
        let isTriple = start + 2 < text.count && text[start + 1] == quote && text[start + 2] == quote
        var i = start + (isTriple ? 3 : 1)
        while i < text.count {
            if text[i] == "\\" {
                i += 2
            } else if text[i] == quote, !isTriple {
                return i + 1
            } else if isTriple, text[i] == quote, i + 2 < text.count, text[i + 1] == quote, text[i + 2] == quote {
                return i + 3
            } else if text[i] == "\n", !isTriple {
                return i
            } else {
                i += 1
            }
        }
        return text.count
    }
}
