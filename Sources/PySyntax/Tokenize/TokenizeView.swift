// The tokens as the pure-Python `tokenize` module sees them: with comments, non-logical newlines, the encoding, and
// errors of its own. It splits lines at LF only, decodes line by line, and is no relation of the parser's tokenizer.
// The scanner is in TokenizeScanner.swift, the encoding in TokenizeEncoding.swift.
// CPython: Lib/tokenize.py. Rules: `tokenize` module documentation.
import PyUnicode

/// `tokenize.TokenInfo`, without the line.
public struct TokenizeToken: Hashable, Sendable {
    /// The `type`, exact for operators (`exact_type`); `.op` where `tokenize` knows no exact type.
    public var kind: TokenKind
    public var string: PyText
    /// Rows from 1, columns in characters from 0.
    public var startRow: Int
    public var startColumn: Int
    public var endRow: Int
    public var endColumn: Int
}

/// What `tokenize.tokenize` raises.
public struct TokenizeError: Error, Hashable, Sendable {
    public enum Kind: UInt8, Sendable {
        /// `tokenize.TokenError`.
        case tokenError
        case indentationError, syntaxError, unicodeDecodeError
    }
    public var kind: Kind
    public var message: PyText
    public var row: Int?
    public var column: Int?

    /// What `python -m tokenize` writes to standard error.
    public func report(filename: String) -> String {
        if let row, let column { return "\(filename):\(row):\(column): error: \(message.string)" }
        return kind == .unicodeDecodeError
            ? "unexpected error: \(message.string)" : "\(filename): error: \(message.string)"
    }
}

/// The tokens of a source in bytes, as `tokenize.tokenize` yields them: `ENCODING` first, `ENDMARKER` last.
/// - Parameter filename: as messages about the encoding quote it; nil if the source is no file.
/// - Throws: what ends the iteration; `partial` receives the tokens before it.
public func tokenizeView(
    _ bytes: [UInt8], filename: PyText? = nil, partial: ((TokenizeToken) -> Void)? = nil
) throws(TokenizeError) -> [TokenizeToken] {
    var scanner = try TokenizeScanner(bytes, filename: filename)
    do throws(TokenizeError) { try scanner.run() } catch {
        if let partial { scanner.tokens.forEach(partial) }
        throw error
    }
    return scanner.tokens
}

/// What `python -m tokenize` prints; with `exact`, what `python -m tokenize -e` prints.
public func tokenizeText(
    _ bytes: [UInt8], filename: PyText? = nil, exact: Bool = false
) throws(TokenizeError) -> [UInt8] {
    var out: [UInt8] = []
    for token in try tokenizeView(bytes, filename: filename) { token.append(exact: exact, to: &out) }
    return out
}

extension TokenizeToken {
    /// `%-20s%-15s%-15r` and a newline: a line of `python -m tokenize`.
    public func append(exact: Bool, to out: inout [UInt8]) {
        Self.append("\(startRow),\(startColumn)-\(endRow),\(endColumn):", width: 20, to: &out)
        Self.append(exact ? kind.name : kind.isOperator ? "OP" : kind.name, width: 15, to: &out)
        let start = out.count
        PyText.appendRepr(of: string, to: &out)
        var width = 0
        for byte in out[start...] where byte & 0xC0 != 0x80 { width += 1 }
        out.append(contentsOf: repeatElement(0x20, count: max(0, 15 - width)))
        out.append(0x0A)
    }

    private static func append(_ text: String, width: Int, to out: inout [UInt8]) {
        out.append(contentsOf: text.utf8)
        out.append(contentsOf: repeatElement(0x20, count: max(0, width - text.utf8.count)))
    }
}

extension TokenKind {
    /// Punctuation: what `tokenize` gives the type OP.
    public var isOperator: Bool { (rawValue >= 7 && rawValue <= 54) }

    /// `token.tok_name`.
    public var name: String {
        switch self {
        case .endMarker: "ENDMARKER"
        case .name: "NAME"
        case .number: "NUMBER"
        case .string: "STRING"
        case .newline: "NEWLINE"
        case .indent: "INDENT"
        case .dedent: "DEDENT"
        case .lpar: "LPAR"
        case .rpar: "RPAR"
        case .lsqb: "LSQB"
        case .rsqb: "RSQB"
        case .colon: "COLON"
        case .comma: "COMMA"
        case .semi: "SEMI"
        case .plus: "PLUS"
        case .minus: "MINUS"
        case .star: "STAR"
        case .slash: "SLASH"
        case .vbar: "VBAR"
        case .amper: "AMPER"
        case .less: "LESS"
        case .greater: "GREATER"
        case .equal: "EQUAL"
        case .dot: "DOT"
        case .percent: "PERCENT"
        case .lbrace: "LBRACE"
        case .rbrace: "RBRACE"
        case .eqEqual: "EQEQUAL"
        case .notEqual: "NOTEQUAL"
        case .lessEqual: "LESSEQUAL"
        case .greaterEqual: "GREATEREQUAL"
        case .tilde: "TILDE"
        case .circumflex: "CIRCUMFLEX"
        case .leftShift: "LEFTSHIFT"
        case .rightShift: "RIGHTSHIFT"
        case .doubleStar: "DOUBLESTAR"
        case .plusEqual: "PLUSEQUAL"
        case .minEqual: "MINEQUAL"
        case .starEqual: "STAREQUAL"
        case .slashEqual: "SLASHEQUAL"
        case .percentEqual: "PERCENTEQUAL"
        case .amperEqual: "AMPEREQUAL"
        case .vbarEqual: "VBAREQUAL"
        case .circumflexEqual: "CIRCUMFLEXEQUAL"
        case .leftShiftEqual: "LEFTSHIFTEQUAL"
        case .rightShiftEqual: "RIGHTSHIFTEQUAL"
        case .doubleStarEqual: "DOUBLESTAREQUAL"
        case .doubleSlash: "DOUBLESLASH"
        case .doubleSlashEqual: "DOUBLESLASHEQUAL"
        case .at: "AT"
        case .atEqual: "ATEQUAL"
        case .rarrow: "RARROW"
        case .ellipsis: "ELLIPSIS"
        case .colonEqual: "COLONEQUAL"
        case .op: "OP"
        case .await: "AWAIT"
        case .async: "ASYNC"
        case .typeIgnore: "TYPE_IGNORE"
        case .typeComment: "TYPE_COMMENT"
        case .softKeyword: "SOFT_KEYWORD"
        case .errorToken: "ERRORTOKEN"
        case .comment: "COMMENT"
        case .nl: "NL"
        case .encoding: "ENCODING"
        }
    }
}
