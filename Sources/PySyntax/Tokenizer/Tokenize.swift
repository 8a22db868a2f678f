// The tokenizer's frame: state, the main loop, line beginnings, brackets. Names, numbers, strings and operators are in
// extensions beside it.
// CPython: Parser/tokenizer.c. Rules: Language Reference 2.1, 2.5-2.7.
import PyUnicode

/// Tokenises a decoded source. Never fails: an error is the last token.
public func tokenize(_ source: Source, options: ParseOptions) -> TokenStream {
    tokenize(source, options: options, names: NameTable())
}

func tokenize(_ source: Source, options: ParseOptions, names: NameTable) -> TokenStream {
    let stream = TokenStream(source: source, names: names)
    stream.tokens.reserve(UInt32(clamping: source.count / 4 + 16))
    var tokenizer = Tokenizer(stream: stream, options: options)
    tokenizer.run()
    tokenizer.release()
    return stream
}

/// The scanner. All its state is trivial; offsets are into the source.
struct Tokenizer {
    let base: UnsafePointer<UInt8>
    let count: Int
    let tokens: NodeStore<Token>
    let names: Unmanaged<NameTable>
    let stream: Unmanaged<TokenStream>
    let options: ParseOptions

    /// Where the next byte is.
    var position = 0
    /// The line of `position`, from 1, and where it starts.
    var line: Int32 = 1
    var lineStart = 0
    /// Where CPython's line buffer starts: a string or a backslash that goes across lines keeps the earlier ones.
    var bufferStart = 0
    var atLineStart = true
    var done = false

    static let maxLevel = 200
    static let maxIndent = 100

    struct Bracket {
        var byte: UInt8
        var line: Int32
        var offset: Int
        var column: Int
    }
    struct Indent {
        var column: Int32
        /// The column with tabs counted as one: both must agree on which is deeper.
        var alternate: Int32
    }
    // Safe: owned until `release`, indexed below the two limits above.
    let brackets: UnsafeMutablePointer<Bracket>
    var level = 0
    let indents: UnsafeMutablePointer<Indent>
    var indent = 0

    /// `feature_version` < 7: `async` and `await` are keywords only inside `async def`.
    let asyncHacks: Bool
    var asyncDef = false
    var asyncDefNewline = false
    var asyncDefIndent = 0

    init(stream: TokenStream, options: ParseOptions) {
        base = UnsafePointer(stream.source.base)
        count = stream.source.count
        tokens = stream.tokens
        names = Unmanaged.passUnretained(stream.names)
        self.stream = Unmanaged.passUnretained(stream)
        self.options = options
        brackets = .allocate(capacity: Self.maxLevel)
        indents = .allocate(capacity: Self.maxIndent)
        indents.initialize(to: Indent(column: 0, alternate: 0))
        asyncHacks = options.featureVersion < 7
    }

    func release() {
        brackets.deallocate()
        indents.deallocate()
    }

    mutating func run() {
        var started = false
        while !done {
            if atLineStart { beginLine() } else { next() }
            if done, options.mode == .single, tokens.count > 0, tokens[tokens.count - 1].kind == .endMarker {
                // The end of an interactive statement stands for a newline, once after each real token, and closes
                // its blocks unless the caller wants to see whether it is finished.
                if tokens.count > 1, tokens[tokens.count - 2].kind != .endMarker, !started {
                    started = true
                    let span = tokens[tokens.count - 1].span
                    tokens.update(tokens.count - 1) { $0.kind = .newline }
                    if indent > 0, !options.dontImplyDedent {
                        for _ in 0..<indent { emitEmpty(.dedent, span) }
                        indent = 0
                        emitEmpty(.newline, span)
                    }
                    emitEmpty(.endMarker, span)
                }
            }
        }
    }

    // MARK: Tokens

    @inline(__always)
    func emit(_ kind: TokenKind, from start: Int, to end: Int) {
        let column = Int32(truncatingIfNeeded: start &- lineStart)
        let endColumn = Int32(truncatingIfNeeded: end &- lineStart)
        tokens.append(
            Token(
                kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                span: Span(line: line, column: column, endLine: line, endColumn: endColumn)))
    }

    /// INDENT, DEDENT and ENDMARKER have no text; CPython gives them column -1.
    func emitEmpty(_ kind: TokenKind, _ span: Span) {
        let at = UInt32(truncatingIfNeeded: position)
        tokens.append(Token(kind: kind, start: at, end: at, span: span))
    }

    /// CPython counts a line when it reads it: at the end of input the line stays the last one.
    var reachedLine: Int32 { position >= count && position == lineStart ? line - 1 : line }

    var emptySpan: Span { Span(line: reachedLine, column: -1, endLine: reachedLine, endColumn: -1) }

    @inline(__always)
    mutating func newLine(at start: Int, keepsBuffer: Bool = false) {
        line &+= 1
        lineStart = start
        if !keepsBuffer { bufferStart = start }
    }

    // MARK: Line beginnings

    /// Measures the indentation, skips blank lines and comments, emits INDENT and DEDENT.
    mutating func beginLine() {
        atLineStart = false
        while true {
            var column: Int32 = 0
            var alternate: Int32 = 0
            // Where the first backslash stands counts as the indentation of the whole logical line.
            var continued: Int32 = 0
            var at = position
            scan: while true {
                switch base[at] {
                case 32:
                    column &+= 1
                    alternate &+= 1
                case 9:
                    column = (column / 8 &+ 1) &* 8
                    alternate &+= 1
                case 12:
                    column = 0
                    alternate = 0
                case 92:
                    continued = continued != 0 ? continued : column
                    position = at + 1
                    guard continueLine(keepsBuffer: false) else { return }
                    at = position - 1
                default: break scan
                }
                at += 1
            }
            position = at
            let c = base[at]
            if c == 35 {
                switch comment() {
                case .typeComment: return
                case .typeIgnore where base[position] != 10: continue
                case .typeIgnore, .plain: break
                }
                at = position
                if base[at] != 10 { return }
            }
            if base[at] == 10 {
                position = at + 1
                newLine(at: position)
                continue
            }
            if c == 35 || level > 0 { return }
            if continued != 0 {
                column = continued
                alternate = continued
            }
            changeIndent(to: Indent(column: column, alternate: alternate))
            return
        }
    }

    private mutating func changeIndent(to new: Indent) {
        var top = indents[indent]
        if new.column == top.column {
            if new.alternate != top.alternate { indentError() }
        } else if new.column > top.column {
            if indent + 1 >= Self.maxIndent {
                failWholeLine(.tooDeep, .indentationError, "too many levels of indentation")
                return
            }
            if new.alternate <= top.alternate {
                indentError()
                return
            }
            indent += 1
            indents[indent] = new
            emitEmpty(.indent, emptySpan)
        } else {
            let old = indent
            while indent > 0, new.column < indents[indent].column { indent -= 1 }
            top = indents[indent]
            if new.column != top.column {
                dedentError()
                return
            }
            if new.alternate != top.alternate {
                indentError()
                return
            }
            for _ in indent..<old { emitEmpty(.dedent, emptySpan) }
        }
        if asyncDef, level == 0, asyncDefNewline, asyncDefIndent >= indent {
            asyncDef = false
            asyncDefNewline = false
        }
    }

    /// A backslash has been read: the line must end here and another must follow.
    mutating func continueLine(keepsBuffer: Bool) -> Bool {
        guard base[position] == 10 else {
            lineContinuationError()
            return false
        }
        position += 1
        newLine(at: position, keepsBuffer: keepsBuffer || position >= count)
        if position >= count {
            endOfInputError()
            return false
        }
        return true
    }

    // MARK: The loop

    /// One token, or the space before it.
    @inline(__always)
    private mutating func next() {
        var at = position
        var c = base[at]
        while c == 32 || c == 9 || c == 12 {
            at &+= 1
            c = base[at]
        }
        position = at
        if (c | 0x20) &- 97 < 26 || c == 95 || c >= 0x80 {
            name()
        } else if c == 10 {
            newline()
        } else if c &- 48 < 10 {
            number()
        } else if c == 34 || c == 39 {
            string(prefix: at)
        } else {
            other(c)
        }
    }

    private mutating func newline() {
        if level == 0 {
            emit(.newline, from: position, to: position)
            atLineStart = true
            if asyncDef { asyncDefNewline = true }
        }
        position &+= 1
        newLine(at: position)
    }

    @inline(never)
    private mutating func other(_ c: UInt8) {
        switch c {
        case 40, 91, 123: open(c)
        case 41, 93, 125: close(c)
        case 35:
            let start = position
            _ = comment()
            // CPython's NEWLINE behind a comment starts where the comment does.
            if base[position] == 10, level == 0 {
                emit(.newline, from: start, to: position)
                atLineStart = true
                if asyncDef { asyncDefNewline = true }
                position += 1
                newLine(at: position)
            }
        case 92:
            position += 1
            _ = continueLine(keepsBuffer: true)
        case 0 where position >= count: endOfInput()
        case 46:
            if base[position + 1] &- 48 < 10 {
                number()
            } else if base[position + 1] == 46, base[position + 2] == 46 {
                operatorToken(.ellipsis, 3)
            } else {
                operatorToken(.dot, 1)
            }
        default: operators(c)
        }
    }

    private mutating func endOfInput() {
        if level > 0 {
            endOfInputError()
            return
        }
        emitEmpty(.endMarker, emptySpan)
        done = true
    }

    @inline(__always)
    mutating func operatorToken(_ kind: TokenKind, _ length: Int) {
        emit(kind, from: position, to: position &+ length)
        position &+= length
    }

    // MARK: Brackets

    private mutating func open(_ c: UInt8) {
        if level >= Self.maxLevel {
            fail("too many nested parentheses", at: position + 1)
            return
        }
        brackets[level] = Bracket(byte: c, line: line, offset: position, column: position - lineStart)
        level += 1
        operatorToken(c == 40 ? .lpar : c == 91 ? .lsqb : .lbrace, 1)
    }

    private mutating func close(_ c: UInt8) {
        if level == 0 {
            fail("unmatched '\(Character(Unicode.Scalar(c)))'", at: position + 1)
            return
        }
        let opener = brackets[level - 1]
        let fits = (opener.byte == 40 && c == 41) || (opener.byte != 40 && c == opener.byte &+ 2)
        if !fits {
            mismatchError(opener, c)
            return
        }
        level -= 1
        operatorToken(c == 41 ? .rpar : c == 93 ? .rsqb : .rbrace, 1)
    }
}
