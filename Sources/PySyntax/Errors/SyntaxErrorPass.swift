// Why a source is refused: finds the error CPython 3.10 reports. Slow and exact; runs only after the fast parser gave up.
// CPython: Parser/pegen.c (_PyPegen_run_parser, _PyPegen_set_syntax_error).
import PyUnicode

public enum SyntaxErrorPass {
    /// The error CPython raises for a source that does not parse.
    /// - Parameters:
    ///   - stream: its tokens.
    ///   - place: if the source is the expression of an f-string.
    /// - Complexity: linear in the tokens read, with a large factor; native stack constant.
    public static func diagnose(
        _ stream: TokenStream, options: ParseOptions, inFString place: FStringPlace? = nil
    ) -> SourceError {
        check(stream, options: options, inFString: place)
            ?? SourceError(kind: .syntaxError, message: "invalid syntax", filename: stream.source.filename)
    }

    /// The same, nil if the source is right.
    public static func check(
        _ stream: TokenStream, options: ParseOptions, inFString place: FStringPlace? = nil
    ) -> SourceError? {
        let tokens = MistakeTokens(stream, place: place)
        var machine = PEGMachine(grammar: .shared, tokens: tokens, options: options)
        let start = place == nil ? startRule(options.mode) : "fstring"
        do {
            if try machine.run(start, lookingForMistakes: false) { return nil }
            let last = machine.fill - 1
            _ = try machine.run(start, lookingForMistakes: true)
            return generic(tokens, last: last, fill: machine.fill)
        } catch {
            return prioritised(error, tokens, state: machine.fill - 1)
        }
    }

    private static func startRule(_ mode: ParseMode) -> String {
        switch mode {
        case .exec: "file"
        case .eval: "eval"
        case .single: "interactive"
        case .funcType: "func_type"
        }
    }

    /// No rule had anything to say.
    private static func generic(_ tokens: MistakeTokens, last: Int, fill: Int) -> SourceError {
        let state = fill - 1
        // Here the furthest token of both readings counts, for the place of "invalid syntax" that of the first.
        switch tokens[state].kind {
        case .indent: return tokens.error("unexpected indent", kind: .indentationError, atToken: state, state: state)
        case .dedent: return tokens.error("unexpected unindent", kind: .indentationError, atToken: state, state: state)
        default: break
        }
        let span = tokens[last].span
        let error = tokens.error(
            "invalid syntax", kind: .syntaxError, line: Int(span.line), offset: Int(span.column) + 1,
            endLine: Int(span.endLine), endOffset: Int(span.endColumn) + 1, state: state)
        return tokens.laterError(than: state) ?? error
    }

    /// An error found while parsing gives way to one the tokenizer finds later.
    private static func prioritised(_ error: SourceError, _ tokens: MistakeTokens, state: Int) -> SourceError {
        switch error.kind {
        case .syntaxError, .indentationError, .tabError: tokens.laterError(than: state) ?? error
        case .valueError, .overflowError, .memoryError, .recursionError, .unicodeDecodeError, .systemError: error
        }
    }
}
