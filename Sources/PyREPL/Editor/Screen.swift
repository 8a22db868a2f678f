// Draws a block with its prompts on the terminal below where it began: wraps at the right edge, redraws as a whole,
// puts the cursor in place.
import PyPlatform

/// How a run of text looks.
public enum Style: Sendable, Hashable {
    case plain, keyword, string, number, comment, builtin, definition, error, prompt, dim

    /// SGR parameters that read well on dark and light backgrounds.
    var code: StaticString {
        switch self {
        case .plain: "0"
        case .keyword: "1;34"
        case .string: "32"
        case .number: "33"
        case .comment: "31"
        case .builtin: "36"
        case .definition: "1"
        case .error: "1;31"
        case .prompt: "1;35"
        case .dim: "2"
        }
    }
}

/// A styled part of a text, in Characters from its start.
public struct StyledRange: Sendable {
    public var range: Range<Int>
    public var style: Style
    public init(range: Range<Int>, style: Style) {
        self.range = range
        self.style = style
    }
}

/// The part of the terminal that the editor owns.
struct Screen {
    let descriptor: Int32
    let usesColor: Bool
    /// The row, counted from the block's first, where the terminal's cursor is.
    private var cursorRow = 0

    init(descriptor: Int32, usesColor: Bool) {
        self.descriptor = descriptor
        self.usesColor = usesColor
    }

    private var columns: Int { max(terminalSize(descriptor)?.columns ?? 80, 10) }

    /// Columns a character takes: 2 for wide ones, 0 for marks that combine.
    static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        let value = scalar.value
        if value < 0x300 { return value < 32 ? 2 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        let wide =
            scalar.properties.isEmojiPresentation || (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
            || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value) || (0xFE30...0xFE6F).contains(value)
            || (0xFF00...0xFF60).contains(value) || (0xFFE0...0xFFE6).contains(value) || (0x20000...0x3FFFD).contains(value)
        return wide ? 2 : 1
    }

    /// Redraws everything.
    mutating func draw(_ buffer: EditBuffer, first: String, following: String, styles: [StyledRange], footer: String = "") {
        let columns = columns
        var out = ""
        if cursorRow > 0 { out += "\u{1B}[\(cursorRow)A" }
        out += "\r\u{1B}[J"
        var row = 0, column = 0, cursorAt = (row: 0, column: 0)
        var styleIndex = 0, current = Style.plain

        func advance(_ width: Int, _ text: String) {
            if column + width > columns {
                row += 1
                column = 0
            }
            out += text
            column += width
            if column == columns {
                // Terminals put off the wrap: force it, so that rows are what they are counted to be.
                out += " \r"
                row += 1
                column = 0
            }
        }
        func setStyle(_ style: Style) {
            if usesColor && style != current {
                out += "\u{1B}[0m"
                if style != .plain { out += "\u{1B}[\(style.code)m" }
                current = style
            }
        }
        func prompt(_ text: String) {
            setStyle(.prompt)
            for c in text { advance(Self.width(c), String(c)) }
            setStyle(.plain)
        }

        prompt(first)
        for (i, c) in buffer.characters.enumerated() {
            if i == buffer.cursor { cursorAt = (row, column) }
            while styleIndex < styles.count && styles[styleIndex].range.upperBound <= i { styleIndex += 1 }
            let style = styleIndex < styles.count && styles[styleIndex].range.contains(i) ? styles[styleIndex].style : .plain
            if c == "\n" {
                setStyle(.plain)
                out += "\r\n"
                row += 1
                column = 0
                prompt(following)
            } else if c == "\t" {
                advance(1, " ")
                while column % 8 != 0 { advance(1, " ") }
            } else if let ascii = c.asciiValue, ascii < 32 {
                advance(2, "^" + String(Unicode.Scalar(ascii + 64)))
            } else {
                setStyle(style)
                advance(Self.width(c), String(c))
            }
        }
        if buffer.isAtEnd { cursorAt = (row, column) }
        setStyle(.plain)
        for line in footer.split(separator: "\n", omittingEmptySubsequences: false) where !footer.isEmpty {
            out += "\r\n"
            row += 1
            out += String(line.prefix(columns - 1))
        }
        if row > cursorAt.row { out += "\u{1B}[\(row - cursorAt.row)A" }
        out += "\r"
        if cursorAt.column > 0 { out += "\u{1B}[\(cursorAt.column)C" }
        cursorRow = cursorAt.row
        write(out)
    }

    /// Leaves the block: the cursor goes to a fresh line below it.
    mutating func finish() {
        cursorRow = 0
        write("\r\n")
    }

    mutating func clear() {
        cursorRow = 0
        write("\u{1B}[H\u{1B}[2J")
    }

    func write(_ text: String) {
        // A terminal that went away is noticed by the next read.
        try? writeAll(descriptor, Array(text.utf8))
    }
}
