// Names, keywords, string prefixes, comments and type comments.
// CPython: Parser/tokenizer.c (tok_get, verify_identifier). Rules: Language Reference 2.3; PEP 3131; PEP 484.
import PyUnicode

extension Tokenizer {
    /// A name, or a string with a prefix.
    @inline(__always)
    mutating func name() {
        let start = position
        var at = start
        var high: UInt8 = 0
        var c = base[at]
        repeat {
            high |= c
            at &+= 1
            c = base[at]
        } while (c | 0x20) &- 97 < 26 || c &- 48 < 10 || c == 95 || c >= 0x80
        if c == 34 || c == 39, at - start <= 2, isStringPrefix(start, at) {
            string(prefix: start)
            return
        }
        position = at
        let id: UInt32
        if high < 0x80 {
            id = names._withUnsafeGuaranteedRef { $0.intern(base + start, count: at &- start).raw }
        } else {
            guard let checked = checkedName(start, at) else { return }
            id = checked
        }
        let column = Int32(truncatingIfNeeded: start &- lineStart)
        let endColumn = Int32(truncatingIfNeeded: at &- lineStart)
        var kind = TokenKind.name
        var keyword: UInt8 = 0
        if id < ReservedWord.hardCount {
            keyword = UInt8(truncatingIfNeeded: id &+ 1)
            if keyword == ReservedWord.async.rawValue || keyword == ReservedWord.await.rawValue {
                kind = asyncKind(keyword, at)
                if kind == .name { keyword = 0 }
            }
        }
        tokens.append(
            Token(
                kind: kind, keyword: keyword, name: id, start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: at),
                span: Span(line: line, column: column, endLine: line, endColumn: endColumn)))
    }

    /// Whether `async`/`await` is a keyword here (PEP 492: before 3.7 only inside `async def`).
    private mutating func asyncKind(_ keyword: UInt8, _ end: Int) -> TokenKind {
        let kind: TokenKind = keyword == ReservedWord.async.rawValue ? .async : .await
        if !asyncHacks || asyncDef { return kind }
        guard kind == .async else { return .name }
        var at = end
        while base[at] == 32 || base[at] == 9 || base[at] == 12 { at += 1 }
        let next = base[at + 3 <= count ? at + 3 : at]
        let ends = !((next | 0x20) &- 97 < 26 || next &- 48 < 10 || next == 95 || next >= 0x80)
        guard at + 3 <= count, base[at] == 100, base[at + 1] == 101, base[at + 2] == 102, ends else { return .name }
        asyncDef = true
        asyncDefIndent = indent
        return .async
    }

    /// b, u, r, f, br, rb, fr, rf in any case.
    private func isStringPrefix(_ start: Int, _ end: Int) -> Bool {
        let a = base[start] | 0x20
        if end - start == 1 { return a == 98 || a == 117 || a == 114 || a == 102 }
        let b = base[start + 1] | 0x20
        return (a == 114 && (b == 98 || b == 102)) || (b == 114 && (a == 98 || a == 102))
    }

    /// The id of a name with non-ASCII letters, NFKC normalised; nil after an error.
    @inline(never)
    private mutating func checkedName(_ start: Int, _ end: Int) -> UInt32? {
        let bytes = UnsafeBufferPointer(start: base + start, count: end - start)
        if let bad = UTF8Error.first(in: bytes) {
            decodeError(bad.message(in: bytes))
            return nil
        }
        let text = PyText(utf8: Array(bytes))
        var first = true
        var offset = start
        for c in text.codePoints {
            let width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4
            offset += width
            if first ? (UCD.isXIDStart(c) || c == 95) : UCD.isXIDContinue(c) {
                first = false
                continue
            }
            // At the last character CPython leaves the position where it is, which is the same place.
            let hex = String(c, radix: 16, uppercase: true)
            let number = "U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
            if UCD.isPrintable(c), let scalar = Unicode.Scalar(c) {
                fail("invalid character '\(Character(scalar))' (\(number))", at: offset)
            } else {
                fail("invalid non-printable character \(number)", at: offset)
            }
            return nil
        }
        return names._withUnsafeGuaranteedRef { $0.intern(text.normalized(.nfkc)).raw }
    }

    // MARK: Comments

    enum Comment { case plain, typeComment, typeIgnore }

    /// Skips a comment; emits a type comment.
    mutating func comment() -> Comment {
        let start = position
        var at = start
        while base[at] != 10, at < count { at += 1 }
        position = at
        return options.typeComments ? typeComment(start, at) : .plain
    }

    /// `# type: ...` is a token, `# type: ignore` is kept aside.
    private func typeComment(_ start: Int, _ end: Int) -> Comment {
        let prefix: StaticString = "# type: "
        var at = start
        var matched = 0
        while matched < 8, at < end {
            let want = prefix.utf8Start[matched]
            if want == 32 {
                while base[at] == 32 || base[at] == 9 { at += 1 }
            } else if base[at] == want {
                at += 1
            } else {
                break
            }
            matched += 1
        }
        guard matched == 8 else { return .plain }
        let ignore: StaticString = "ignore"
        var same = 0
        while same < 6, at + same < end, base[at + same] == ignore.utf8Start[same] { same += 1 }
        if same == 6 {
            let next = base[at + 6]
            let plain = (next | 0x20) &- 97 < 26 || next &- 48 < 10 || next >= 0x80
            if at + 6 == end || !plain {
                let tag = PyText(replacingBadUTF8: Array(UnsafeBufferPointer(start: base + at + 6, count: end - at - 6)))
                let line = self.line
                stream._withUnsafeGuaranteedRef { $0.typeIgnores.append(TypeIgnore(line: line, tag: tag)) }
                return .typeIgnore
            }
        }
        emit(.typeComment, from: at, to: end)
        return .typeComment
    }
}
