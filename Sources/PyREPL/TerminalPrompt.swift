// The prompt at a terminal: the line editor, told about Python by an interpreter. CPython has readline here.
import PyPlatform
import Taipan

/// Reads blocks with the line editor; the history is kept in `~/.python_history`, as CPython's `site` keeps it.
public final class TerminalPrompt: PromptInput, LineEditorDelegate {
    private let interpreter: Interpreter
    private var editor: LineEditor?
    private let historyPath: [UInt8]?

    /// nil unless both standard input and output are terminals that can be edited on.
    public static func ifOnTerminal(_ interpreter: Interpreter) -> TerminalPrompt? {
        guard isTerminal(0), isTerminal(1), environmentValue("TERM") != Array("dumb".utf8), environmentValue("PYTHON_BASIC_REPL") == nil else {
            return nil
        }
        return TerminalPrompt(interpreter)
    }

    init(_ interpreter: Interpreter) {
        self.interpreter = interpreter
        historyPath = interpreter.isIsolated ? nil : environmentValue("HOME").map { $0 + Array("/.python_history".utf8) }
    }

    public func read(first: String, following: String) -> PromptResult {
        let editor = self.editor ?? makeEditor()
        switch editor.edit(first: first, following: following) {
        case .block(let text):
            if let historyPath { _ = editor.history.store(path: historyPath) }
            return .block(text)
        case .interrupted: return .interrupted
        case .endOfFile: return .endOfFile
        }
    }

    private func makeEditor() -> LineEditor {
        var history = History()
        if let historyPath { history.load(path: historyPath) }
        let noColor = environmentValue("NO_COLOR").map { !$0.isEmpty } ?? false
        let made = LineEditor(usesColor: !noColor, history: history, delegate: self)
        editor = made
        return made
    }

    // MARK: What the editor asks

    /// A compound statement is complete when an empty line follows it.
    public func isComplete(_ block: String) -> Bool {
        var lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.count > 1, let last = lines.last, last.allSatisfy(\.isWhitespace) { lines[lines.count - 1] = "" }
        switch interpreter.completeness(Array((lines.joined(separator: "\n") + "\n").utf8)) {
        case .complete, .refused: return true
        case .incomplete: return false
        }
    }

    public func styles(for block: String) -> [StyledRange] { PythonStyles.ranges(of: block) }

    public func completions(for block: String, cursor: Int) -> (start: Int, candidates: [String]) {
        let text = Array(block)
        let end = min(cursor, text.count)
        var start = end
        while start > 0, text[start - 1].isLetter || text[start - 1].isNumber || text[start - 1] == "_" || text[start - 1] == "." { start -= 1 }
        let word = String(text[start..<end])
        return (start, word.isEmpty ? [] : interpreter.completions(of: word))
    }
}
