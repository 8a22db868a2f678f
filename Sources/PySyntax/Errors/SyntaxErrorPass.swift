// Why a source is refused: finds the error CPython 3.10 reports. Slow and exact; runs only after the fast parser gave up.
// CPython: Parser/pegen.c (_PyPegen_run_parser, _PyPegen_set_syntax_error).
import PyUnicode

public enum SyntaxErrorPass {
    /// The error CPython raises for a source that does not parse; nil if the source is right.
    /// - Complexity: linear in the tokens read, with a large factor; native stack constant.
    public static func check(_ stream: TokenStream, options: ParseOptions) -> SourceError? {
        check(stream, ParseContext(root: stream.source, options: options))
    }

    /// The same for a source inside `context`: a whole source or the expression of an f-string.
    static func check(_ stream: TokenStream, _ context: ParseContext) -> SourceError? {
        let tokens = MistakeTokens(stream, place: context.place, readsFile: context.options.readsFile)
        var machine = PEGMachine(grammar: .shared, tokens: tokens, literals: LiteralCheck(stream: stream, context: context))
        let start = context.isFormat ? "fstring" : startRule(context.options.mode)
        do {
            if try machine.run(start, lookingForMistakes: false) { return nil }
            let last = machine.fill - 1
            _ = try machine.run(start, lookingForMistakes: true)
            return generic(tokens, last: last, fill: machine.fill)
        } catch {
            return prioritised(error, tokens, state: machine.fill - 1)
        }
    }

    /// "incomplete input" where the first reading of a refused source asked for what lies behind its end; else nil.
    static func incomplete(_ stream: TokenStream, _ context: ParseContext) -> SourceError? {
        let tokens = MistakeTokens(stream, place: context.place)
        var machine = PEGMachine(grammar: .shared, tokens: tokens, literals: LiteralCheck(stream: stream, context: context))
        do { if try machine.run(startRule(context.options.mode), lookingForMistakes: false) { return nil } } catch {}
        let last = machine.fill - 1
        if last < 0 { return nil }
        switch tokens[last].kind {
        case .endMarker: break
        case .errorToken:
            guard let error = stream.error else { return nil }
            let message = error.error.message.string
            // A string that goes on behind a backslash ends with the source.
            let goesOn = stream.source.endsInContinuation && message.hasPrefix("unterminated string literal")
            if error.reason != .endOfInput, !goesOn, !message.hasPrefix("unterminated triple-quoted") { return nil }
        case .dedent,
            .newline where last > 0 && (tokens[last - 1].kind == .newline || tokens[last - 1].kind == .dedent):
            // CPython's tokenizer has met the end before it gives the dedents there; a single statement's end is a NEWLINE
            // more, made of the end of the source.
            for index in last..<tokens.count {
                switch tokens[index].kind {
                case .newline, .dedent, .endMarker: continue
                default: return nil
                }
            }
        default: return nil
        }
        return tokens.error("incomplete input", kind: .syntaxError, atToken: last, state: last)
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
