// Entered blocks, newest last, kept in a file that CPython's REPLs can share: one entry a line, a line break inside an
// entry written as CR LF (as 3.13's _pyrepl does).
import PyPlatform

/// The blocks entered so far.
public struct History: Sendable {
    public private(set) var entries: [String] = []
    private let limit: Int
    private var added = 0

    public init(limit: Int = 10_000) { self.limit = limit }

    /// Adds a block; one equal to the newest, or blank, is not added.
    public mutating func add(_ entry: String) {
        let entry = String(entry.reversed().drop { $0.isWhitespace }.reversed())
        if entry.isEmpty || entries.last == entry { return }
        entries.append(entry)
        added += 1
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
    }

    /// Reads a history file; a missing or unreadable one is an empty history.
    public mutating func load(path: [UInt8]) {
        guard let bytes = try? readFile(path) else { return }
        var block: [Substring.UnicodeScalarView] = []
        for line in String(decoding: bytes, as: UTF8.self).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: true) {
            if line.last == "\r" {
                block.append(line.dropLast())
            } else {
                block.append(line)
                entries.append(block.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n"))
                block = []
            }
        }
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
    }

    /// Writes the newest entries to the file, readable by its owner only. False if that failed.
    public func store(path: [UInt8]) -> Bool {
        if added == 0 { return true }
        var bytes: [UInt8] = []
        for entry in entries.suffix(limit) {
            for scalar in entry.unicodeScalars {
                if scalar == "\n" { bytes.append(0x0D) }
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            bytes.append(0x0A)
        }
        do {
            let descriptor = try openFile(path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
            defer { close(descriptor) }
            try writeAll(descriptor, bytes)
            return true
        } catch {
            return false
        }
    }

    /// The newest entry before `index` that begins with `prefix`.
    public func previous(before index: Int, prefix: String) -> Int? {
        entries[..<min(index, entries.count)].lastIndex { $0.hasPrefix(prefix) }
    }

    /// The oldest entry after `index` that begins with `prefix`.
    public func next(after index: Int, prefix: String) -> Int? {
        guard index + 1 < entries.count else { return nil }
        return entries[(index + 1)...].firstIndex { $0.hasPrefix(prefix) }
    }

    /// The newest entry before `index` that contains `part`.
    public func search(_ part: String, before index: Int) -> Int? {
        if part.isEmpty { return nil }
        let pattern = Array(part)
        return entries[..<min(index, entries.count)].lastIndex { Self.contains(Array($0), pattern) }
    }

    private static func contains(_ text: [Character], _ pattern: [Character]) -> Bool {
        guard text.count >= pattern.count else { return false }
        return (0...(text.count - pattern.count)).contains { text[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }
}
