// The oracle's recorded answers (Tests/Golden/unicode), and the checksum that both sides compute.
import Foundation
import PyUnicode

enum Golden {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/unicode")

    static func lines(_ name: String) throws -> [Substring] {
        try lines(at: folder.appendingPathComponent(name))
    }

    static func lines(at url: URL) throws -> [Substring] {
        String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
    }

    static func checksums() throws -> [String: String] {
        var out: [String: String] = [:]
        for line in try lines("checksums.txt") {
            let parts = line.split(separator: "\t")
            out[String(parts[0])] = String(parts[1])
        }
        return out
    }

    static func bytes(hex: Substring) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// zlib's CRC-32 over lines.
struct LineSum {
    private var crc: UInt32 = 0xFFFF_FFFF
    private let table: [UInt32] = (0..<256).map { n in
        (0..<8).reduce(UInt32(n)) { c, _ in c & 1 == 1 ? 0xEDB8_8320 ^ (c >> 1) : c >> 1 }
    }

    mutating func add(_ line: [UInt8]) {
        for byte in line { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
        crc = table[Int((crc ^ 10) & 0xFF)] ^ (crc >> 8)
    }

    mutating func add(_ line: String) { add(Array(line.utf8)) }

    var hex: String {
        let text = String(crc ^ 0xFFFF_FFFF, radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }
}
