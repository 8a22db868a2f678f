// Standard output, buffered, bytes as they are: names and constants may hold what is no valid Unicode.
import Foundation
import PyUnicode

enum Output {
    private final class Buffer: @unchecked Sendable {
        let lock = NSLock()
        var bytes: [UInt8] = []
        /// Standard error, while output is captured; nil otherwise.
        var captured: [UInt8]?
    }
    private static let buffer = Buffer()

    static func write(_ text: String) { write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) {
        buffer.lock.lock()
        buffer.bytes += bytes
        let isFull = buffer.bytes.count > 1 << 16 && buffer.captured == nil
        buffer.lock.unlock()
        if isFull { flush() }
    }

    static func flush() {
        buffer.lock.lock()
        if buffer.captured != nil { return buffer.lock.unlock() }
        let pending = buffer.bytes
        buffer.bytes.removeAll(keepingCapacity: true)
        buffer.lock.unlock()
        put(pending, to: 1)
    }

    static func error(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        buffer.lock.lock()
        if buffer.captured != nil {
            buffer.captured? += bytes
            return buffer.lock.unlock()
        }
        buffer.lock.unlock()
        put(bytes, to: 2)
    }

    /// Runs `body` and returns what it wrote, to standard output and to standard error. Not for two threads at once.
    static func capture(_ body: () -> Void) -> (out: [UInt8], error: [UInt8]) {
        flush()
        buffer.captured = []
        body()
        defer {
            buffer.bytes = []
            buffer.captured = nil
        }
        return (buffer.bytes, buffer.captured ?? [])
    }

    /// Gives up silently when nobody reads any more (a closed pipe).
    private static func put(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            if written <= 0 { return }
            rest = rest.dropFirst(written)
        }
    }
}

/// Whole files as bytes.
enum Files {
    static func read(_ path: String) -> [UInt8]? {
        guard let handle = fopen(path, "rb") else { return nil }
        defer { fclose(handle) }
        var status = stat()
        guard fstat(fileno(handle), &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
        var bytes: [UInt8] = []
        let expected = Int(status.st_size)
        if expected > 0 {
            bytes = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
                count = fread(buffer.baseAddress, 1, expected, handle)
            }
        }
        // Pipes and devices say no size.
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, handle) }
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) -> Bool {
        guard let handle = fopen(path, "wb") else { return false }
        let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, handle) }
        return fclose(handle) == 0 && written == bytes.count
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Seconds since 1970.
    static func modificationTime(_ path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let date = attributes?[.modificationDate] as? Date else { return nil }
        return Int(date.timeIntervalSince1970.rounded(.down))
    }

    static func makeDirectory(_ path: String) -> Bool {
        (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil
    }

    /// All `.py` files below `root`, as paths relative to it, sorted.
    static func pythonFiles(below root: String) -> [String] {
        var found: [String] = []
        var pending = [""]
        while let folder = pending.popLast() {
            let full = folder.isEmpty ? root : root + "/" + folder
            for name in (try? FileManager.default.contentsOfDirectory(atPath: full)) ?? [] {
                let relative = folder.isEmpty ? name : folder + "/" + name
                if name.hasSuffix(".py") {
                    if !isDirectory(root + "/" + relative) { found.append(relative) }
                } else if isDirectory(root + "/" + relative), !isLink(root + "/" + relative) {
                    pending.append(relative)
                }
            }
        }
        return found.sorted()
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
