// The interactive editor: whole blocks are edited and recalled as one (PEP 762), Emacs keys, Ctrl-R search, completion,
// bracketed paste. It neither knows Python nor runs anything: what is complete, how it is coloured and what completes a
// word are questions to its `LineEditorDelegate`.
import PyPlatform

/// What the editor asks of the language.
public protocol LineEditorDelegate: AnyObject {
    /// Whether `block` can be run as it is; otherwise Enter adds a line.
    func isComplete(_ block: String) -> Bool
    /// Styled parts of `block` in order.
    func styles(for block: String) -> [StyledRange]
    /// What could stand at the cursor instead of the part of `block` from `start` (in Characters) to the cursor.
    func completions(for block: String, cursor: Int) -> (start: Int, candidates: [String])
}

/// How an edit ended.
public enum EditResult: Equatable, Sendable {
    case block(String)
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D on an empty block, or the terminal is gone.
    case endOfFile
}

/// Edits blocks on a terminal.
public final class LineEditor {
    private let input: Int32
    private var screen: Screen
    private var buffer = EditBuffer()
    public var history: History
    private weak var delegate: (any LineEditorDelegate)?

    private var firstPrompt = "", followingPrompt = ""
    /// Where in the history the block shown is; `history.entries.count` for the new one.
    private var place = 0
    private var draft = ""
    private var footer = ""
    private var prefixSearch: String?

    public init(input: Int32 = 0, output: Int32 = 1, usesColor: Bool, history: History, delegate: any LineEditorDelegate) {
        self.input = input
        self.history = history
        self.delegate = delegate
        screen = Screen(descriptor: output, usesColor: usesColor)
    }

    /// Lets the user edit one block. The terminal is in raw mode meanwhile and as before afterwards.
    public func edit(first: String, following: String) -> EditResult {
        guard let mode = TerminalMode.enterRaw(input, keepSignals: false) else { return .endOfFile }
        screen.write("\u{1B}[?2004h")
        defer {
            screen.write("\u{1B}[?2004l")
            mode.restore(input)
        }
        (firstPrompt, followingPrompt) = (first, following)
        buffer = EditBuffer()
        place = history.entries.count
        draft = ""
        footer = ""
        var keys = KeyReader(descriptor: input)
        draw()
        while true {
            guard let key = keys.read() else {
                draw()
                continue
            }
            footer = ""
            if let result = handle(key, &keys) {
                buffer.moveToEnd()
                draw()
                if result == .interrupted { screen.write("^C") }
                screen.finish()
                if case .block(let text) = result { history.add(text) }
                return result
            }
            if !keys.hasInput { draw() }
        }
    }

    private func draw() {
        let styles = delegate?.styles(for: buffer.text) ?? []
        screen.draw(buffer, first: firstPrompt, following: followingPrompt, styles: styles, footer: footer)
    }

    // MARK: Keys

    private func handle(_ key: Key, _ keys: inout KeyReader) -> EditResult? {
        if key != .pageUp && key != .pageDown { prefixSearch = nil }
        switch key {
        case .text(let c): buffer.insert(String(c))
        case .paste(let text): buffer.insert(text)
        case .enter: return enter()
        case .alt("\n"): insertLine()
        case .tab: complete()
        case .shiftTab: dedent()
        case .backspace: buffer.deleteBackward()
        case .delete: buffer.deleteForward()
        case .left: buffer.moveLeft()
        case .right: buffer.moveRight()
        case .up: if !buffer.moveUp() { recall(place - 1) }
        case .down: if !buffer.moveDown() { recall(place + 1) }
        case .home: buffer.moveToLineStart()
        case .end: buffer.moveToLineEnd()
        case .wordLeft, .alt("b"): buffer.moveWordLeft()
        case .wordRight, .alt("f"): buffer.moveWordRight()
        case .pageUp: searchPrefix(backward: true)
        case .pageDown: searchPrefix(backward: false)
        case .alt("d"): buffer.killWordForward()
        case .alt("<"): buffer.moveToStart()
        case .alt(">"): buffer.moveToEnd()
        case .endOfFile: return .endOfFile
        case .control(let c): return handleControl(c, &keys)
        case .escape, .alt, .insert, .unknown: break
        }
        return nil
    }

    private func handleControl(_ c: Character, _ keys: inout KeyReader) -> EditResult? {
        switch c {
        case "a": buffer.moveToLineStart()
        case "b": buffer.moveLeft()
        case "c": return .interrupted
        case "d":
            if buffer.isEmpty { return .endOfFile }
            buffer.deleteForward()
        case "e": buffer.moveToLineEnd()
        case "f": buffer.moveRight()
        case "k": buffer.killToLineEnd()
        case "l": screen.clear()
        case "n": if !buffer.moveDown() { recall(place + 1) }
        case "p": if !buffer.moveUp() { recall(place - 1) }
        case "r": return search(&keys)
        case "t": buffer.transpose()
        case "u": buffer.killToLineStart()
        case "w": buffer.killWordBackward()
        case "y": buffer.yank()
        case "_": buffer.undo()
        case "z":
            // Job control as a cooked terminal would do it.
            screen.finish()
            kill(getpid(), SIGTSTP)
        default: break
        }
        return nil
    }

    private func enter() -> EditResult? {
        let text = buffer.text
        let lastLineIsBlank = buffer.isOnLastLine && buffer.currentLine.allSatisfy(\.isWhitespace)
        if text.allSatisfy(\.isWhitespace) { return .block("") }
        if buffer.isOnLastLine && lastLineIsBlank && text.contains("\n") { return .block(text) }
        if delegate?.isComplete(text) ?? true { return .block(text) }
        insertLine()
        return nil
    }

    /// A line break with the indentation the next line is likely to have.
    private func insertLine() {
        let before = buffer.beforeCursor
        var indent = String(before.prefix { $0 == " " || $0 == "\t" })
        let code = before.reversed().drop { $0.isWhitespace }
        if code.first == ":" {
            indent += "    "
        } else {
            let words = before.split { $0.isWhitespace }
            if let first = words.first, ["return", "pass", "break", "continue", "raise"].contains(first), indent.hasSuffix("    ") {
                indent.removeLast(4)
            }
        }
        buffer.insert("\n" + indent)
    }

    private func dedent() {
        let start = buffer.lineStart
        let blanks = min(buffer.currentLine.prefix { $0 == " " }.count, 4)
        if blanks > 0 {
            let column = buffer.cursor - start
            buffer.replace(start..<start + blanks, with: "")
            for _ in 0..<max(0, column - blanks) { buffer.moveRight() }
        }
    }

    // MARK: History

    private func recall(_ index: Int) {
        guard index >= 0, index <= history.entries.count, index != place else { return }
        if place == history.entries.count { draft = buffer.text }
        place = index
        buffer.setText(index == history.entries.count ? draft : history.entries[index])
    }

    private func searchPrefix(backward: Bool) {
        let prefix = prefixSearch ?? String(buffer.characters[..<buffer.cursor])
        prefixSearch = prefix
        let found = backward ? history.previous(before: place, prefix: prefix) : history.next(after: place, prefix: prefix)
        if let found { recall(found) } else if !backward { recall(history.entries.count) }
    }

    /// Ctrl-R: incremental search backwards.
    private func search(_ keys: inout KeyReader) -> EditResult? {
        var part = "", found = place
        let before = (place, buffer.text)
        while true {
            footer = "(search) \(part)" + (found < history.entries.count || part.isEmpty ? "" : "  [no match]")
            draw()
            guard let key = keys.read() else { continue }
            switch key {
            case .text(let c):
                part.append(c)
                if let hit = history.search(part, before: min(found + 1, history.entries.count)) { found = hit }
            case .backspace:
                if !part.isEmpty { part.removeLast() }
                found = history.search(part, before: history.entries.count) ?? history.entries.count
            case .control("r"):
                if let hit = history.search(part, before: found) { found = hit }
            case .control("g"), .control("c"), .escape:
                footer = ""
                place = before.0
                buffer.setText(before.1)
                return nil
            case .endOfFile:
                return .endOfFile
            default:
                footer = ""
                // Any other key takes the match and does what it does.
                return key == .enter ? nil : handle(key, &keys)
            }
            if found < history.entries.count { recall(found) }
        }
    }

    // MARK: Completion

    private func complete() {
        // In leading blanks, Tab indents to the next multiple of four.
        if buffer.beforeCursor.allSatisfy({ $0 == " " }) {
            buffer.insert(String(repeating: " ", count: 4 - buffer.beforeCursor.count % 4))
            return
        }
        guard let (start, candidates) = delegate?.completions(for: buffer.text, cursor: buffer.cursor), !candidates.isEmpty,
            start >= 0, start <= buffer.cursor
        else { return }
        let common = candidates.dropFirst().reduce(candidates[0]) { Self.commonPrefix($0, $1) }
        let typed = String(buffer.characters[start..<buffer.cursor])
        if common.count > typed.count || candidates.count == 1 {
            buffer.replace(start..<buffer.cursor, with: common)
        }
        if candidates.count > 1 { footer = Self.inColumns(candidates, width: terminalSize(input)?.columns ?? 80) }
    }

    private static func commonPrefix(_ a: String, _ b: String) -> String {
        String(zip(a, b).prefix { $0 == $1 }.map(\.0))
    }

    /// At most a dozen rows of candidates.
    private static func inColumns(_ words: [String], width: Int) -> String {
        let cell = (words.map(\.count).max() ?? 0) + 2
        let perRow = max(1, width / cell)
        var rows: [String] = []
        for start in stride(from: 0, to: words.count, by: perRow) {
            if rows.count == 12 {
                rows.append("... \(words.count - start) more")
                break
            }
            rows.append(words[start..<min(start + perRow, words.count)].map { $0.padded(to: cell) }.joined())
        }
        return rows.joined(separator: "\n")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
