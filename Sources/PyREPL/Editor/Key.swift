// What a terminal sends, decoded: characters, control keys, cursor keys (ECMA-48 CSI and SS3 sequences as xterm sends
// them), bracketed paste.
import PyPlatform

/// One key press, or a whole paste.
public enum Key: Equatable, Sendable {
    case text(Character)
    /// Ctrl with a lower-case letter or one of `@ [ \ ] ^ _`.
    case control(Character)
    /// Alt (Meta) with a character.
    case alt(Character)
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete, backspace, enter, tab, shiftTab
    case wordLeft, wordRight, escape
    /// The text between the marks of bracketed paste mode, line ends as `\n`.
    case paste(String)
    /// A sequence with no meaning here.
    case unknown
    /// The terminal is gone.
    case endOfFile
}

/// Reads keys from a terminal in raw mode.
public struct KeyReader {
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var next = 0
    /// How long to wait after ESC for the rest of a sequence, in milliseconds.
    private let escapeDelay: Int32 = 50

    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// True if a key can be read without waiting: the caller may put off drawing.
    public var hasInput: Bool { next < pending.count || isReadable(0) }

    /// The next key; waits for it. Nil when a signal interrupted the wait.
    public mutating func read() -> Key? {
        guard let byte = nextByte(wait: true) else { return interrupted ? nil : .endOfFile }
        switch byte {
        case 0x1B: return readEscape()
        case 0x0D, 0x0A: return .enter
        case 0x09: return .tab
        case 0x7F, 0x08: return .backspace
        case 0x00: return .control("@")
        case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: return .control(Character(Unicode.Scalar(byte + 0x40)))
        default: return .text(readCharacter(first: byte))
        }
    }

    private var interrupted = false

    private func isReadable(_ milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0
    }

    private mutating func nextByte(wait: Bool) -> UInt8? {
        if next < pending.count {
            next += 1
            return pending[next - 1]
        }
        if !wait && !isReadable(escapeDelay) { return nil }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = PyPlatform.read(descriptor, &chunk, chunk.count)
        interrupted = count < 0 && errno == EINTR
        if count <= 0 { return nil }
        pending = Array(chunk.prefix(count))
        next = 1
        return pending[0]
    }

    /// The rest of a UTF-8 sequence; U+FFFD if it is broken off.
    private mutating func readCharacter(first: UInt8) -> Character {
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var bytes = [first]
        while bytes.count < length, let byte = nextByte(wait: false) { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self).first ?? "\u{FFFD}"
    }

    private mutating func readEscape() -> Key {
        guard let byte = nextByte(wait: false) else { return .escape }
        switch byte {
        case 0x5B: return readControlSequence()
        case 0x4F:
            guard let final = nextByte(wait: false) else { return .alt("O") }
            return Self.cursorKey(final, modifier: 1)
        case 0x7F: return .control("w")
        case 0x0D, 0x0A: return .alt("\n")
        default: return .alt(readCharacter(first: byte))
        }
    }

    /// CSI: parameters, then a final byte.
    private mutating func readControlSequence() -> Key {
        var parameters: [Int] = [0]
        while let byte = nextByte(wait: false) {
            switch byte {
            case 0x30...0x39:
                // Bounded: a terminal sends small numbers, anything else is cut.
                parameters[parameters.count - 1] = min(parameters[parameters.count - 1] * 10 + Int(byte - 0x30), 9999)
            case 0x3B:
                if parameters.count < 8 { parameters.append(0) }
            case 0x7E: return readTilde(parameters)
            case 0x40...0x7E: return Self.cursorKey(byte, modifier: parameters.count > 1 ? parameters[1] : 1)
            default: continue
            }
        }
        return .unknown
    }

    private static func cursorKey(_ final: UInt8, modifier: Int) -> Key {
        let byWord = modifier > 2
        switch final {
        case 0x41: return .up
        case 0x42: return .down
        case 0x43: return byWord ? .wordRight : .right
        case 0x44: return byWord ? .wordLeft : .left
        case 0x48: return .home
        case 0x46: return .end
        case 0x5A: return .shiftTab
        case 0x4D: return .enter
        default: return .unknown
        }
    }

    private mutating func readTilde(_ parameters: [Int]) -> Key {
        switch parameters[0] {
        case 1, 7: return .home
        case 2: return .insert
        case 3: return .delete
        case 4, 8: return .end
        case 5: return .pageUp
        case 6: return .pageDown
        case 200: return readPaste()
        default: return .unknown
        }
    }

    /// Everything up to ESC [ 201 ~.
    private mutating func readPaste() -> Key {
        let mark: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
        var bytes: [UInt8] = []
        while let byte = nextByte(wait: true) {
            bytes.append(byte)
            if byte == 0x7E && bytes.suffix(mark.count).elementsEqual(mark) {
                bytes.removeLast(mark.count)
                break
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // Character-wise: "\r\n" is one Character.
        return .paste(String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }))
    }
}
