// The text being edited: a block of lines with a cursor, a kill ring and undo. Knows nothing of terminals.

/// A multi-line text with a cursor. Positions count Characters from 0.
public struct EditBuffer: Sendable {
    public private(set) var characters: [Character] = []
    public private(set) var cursor = 0
    private var undoStack: [(characters: [Character], cursor: Int)] = []
    private var killed: [Character] = []
    private var lastWasKill = false
    private var lastWasTyping = false
    /// The column Up and Down try to keep.
    private var wantedColumn: Int?

    public init() {}

    public var text: String { String(characters) }
    public var isEmpty: Bool { characters.isEmpty }
    public var isAtEnd: Bool { cursor == characters.count }

    /// Replaces everything; the cursor goes to the end.
    public mutating func setText(_ text: String) {
        save()
        characters = Array(text)
        cursor = characters.count
        wantedColumn = nil
    }

    // MARK: Lines

    /// The position of the first character of the cursor's line.
    public var lineStart: Int { (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
    /// The position behind the last character of the cursor's line.
    public var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }
    public var isOnFirstLine: Bool { lineStart == 0 }
    public var isOnLastLine: Bool { lineEnd == characters.count }
    /// The cursor's line up to the cursor.
    public var beforeCursor: String { String(characters[lineStart..<cursor]) }
    public var currentLine: String { String(characters[lineStart..<lineEnd]) }

    // MARK: Moving

    private mutating func move(to position: Int) {
        cursor = max(0, min(position, characters.count))
        wantedColumn = nil
        lastWasKill = false
        lastWasTyping = false
    }

    public mutating func moveLeft() { move(to: cursor - 1) }
    public mutating func moveRight() { move(to: cursor + 1) }
    public mutating func moveToLineStart() { move(to: lineStart) }
    public mutating func moveToLineEnd() { move(to: lineEnd) }
    public mutating func moveToStart() { move(to: 0) }
    public mutating func moveToEnd() { move(to: characters.count) }
    public mutating func moveWordLeft() { move(to: wordStart(before: cursor)) }
    public mutating func moveWordRight() { move(to: wordEnd(after: cursor)) }

    /// To the line above, keeping the column; false on the first line.
    public mutating func moveUp() -> Bool {
        let start = lineStart
        if start == 0 { return false }
        let column = wantedColumn ?? cursor - start
        cursor = start - 1
        cursor = min(lineStart + column, lineEnd)
        wantedColumn = column
        return true
    }

    /// To the line below, keeping the column; false on the last line.
    public mutating func moveDown() -> Bool {
        let end = lineEnd
        if end == characters.count { return false }
        let column = wantedColumn ?? cursor - lineStart
        cursor = end + 1
        cursor = min(lineStart + column, lineEnd)
        wantedColumn = column
        return true
    }

    private static func isWord(_ c: Character) -> Bool { c.isLetter || c.isNumber || c == "_" }

    private func wordStart(before position: Int) -> Int {
        var i = position
        while i > 0 && !Self.isWord(characters[i - 1]) { i -= 1 }
        while i > 0 && Self.isWord(characters[i - 1]) { i -= 1 }
        return i
    }

    private func wordEnd(after position: Int) -> Int {
        var i = position
        while i < characters.count && !Self.isWord(characters[i]) { i += 1 }
        while i < characters.count && Self.isWord(characters[i]) { i += 1 }
        return i
    }

    // MARK: Changing

    private mutating func save() {
        undoStack.append((characters, cursor))
        if undoStack.count > 1000 { undoStack.removeFirst(500) }
        lastWasKill = false
        lastWasTyping = false
        wantedColumn = nil
    }

    /// Inserts at the cursor. Characters typed in a row are undone together.
    public mutating func insert(_ text: String) {
        let typing = text.count == 1 && text != "\n"
        if !(typing && lastWasTyping) { save() }
        characters.insert(contentsOf: text, at: cursor)
        cursor += text.count
        lastWasTyping = typing
        lastWasKill = false
        wantedColumn = nil
    }

    private mutating func remove(_ range: Range<Int>) {
        if range.isEmpty { return }
        save()
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    /// Backspace. In leading blanks it goes back to the previous multiple of four columns.
    public mutating func deleteBackward() {
        let start = lineStart
        if cursor > start && characters[start..<cursor].allSatisfy({ $0 == " " }) {
            let width = (cursor - start - 1) % 4 + 1
            remove(cursor - width..<cursor)
        } else if cursor > 0 {
            remove(cursor - 1..<cursor)
        }
    }

    public mutating func deleteForward() {
        if cursor < characters.count { remove(cursor..<cursor + 1) }
    }

    /// Replaces `range` by `text`, cursor behind it.
    public mutating func replace(_ range: Range<Int>, with text: String) {
        save()
        let range = range.clamped(to: 0..<characters.count)
        characters.replaceSubrange(range, with: text)
        cursor = range.lowerBound + text.count
    }

    private mutating func kill(_ range: Range<Int>, forward: Bool) {
        if range.isEmpty { return }
        let joined = lastWasKill
        let taken = Array(characters[range])
        remove(range)
        killed = joined ? (forward ? killed + taken : taken + killed) : taken
        lastWasKill = true
    }

    /// Ctrl-K: to the end of the line, or the line break itself at the end.
    public mutating func killToLineEnd() {
        let end = lineEnd
        kill(cursor..<(end == cursor ? min(end + 1, characters.count) : end), forward: true)
    }
    public mutating func killToLineStart() { kill(lineStart..<cursor, forward: false) }
    public mutating func killWordBackward() { kill(wordStart(before: cursor)..<cursor, forward: false) }
    public mutating func killWordForward() { kill(cursor..<wordEnd(after: cursor), forward: true) }
    /// Ctrl-Y.
    public mutating func yank() { if !killed.isEmpty { insert(String(killed)) } }

    /// Ctrl-T: exchanges the two characters around the cursor.
    public mutating func transpose() {
        let right = cursor == lineEnd ? cursor - 1 : cursor
        guard right > lineStart else { return }
        save()
        characters.swapAt(right - 1, right)
        cursor = right + 1
    }

    /// Takes back the last change.
    public mutating func undo() {
        guard let last = undoStack.popLast() else { return }
        (characters, cursor) = last
        lastWasTyping = false
        lastWasKill = false
    }
}
