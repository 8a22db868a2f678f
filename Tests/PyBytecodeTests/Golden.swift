// The recorded files under Tests/Golden. Made by Scripts/record_code.py and Scripts/compare_marshal.py.
import Foundation
import PyBytecode

enum Golden {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden")
    static let samples = ["article", "expressions", "layout", "matching", "statements"]

    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appendingPathComponent(path))) }

    static func rows(_ path: String) throws -> [[String]] {
        String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func code(_ name: String) throws -> CodeObject { try PycFile.read(try bytes("code/\(name).pyc")).code }

    /// The code object and all inside it, in the order of `dis`.
    static func walk(_ code: CodeObject) -> [CodeObject] {
        var all = [code]
        for constant in code.consts { if case .code(let inner) = constant { all += walk(inner) } }
        return all
    }

    /// The text with every address zero.
    static func withoutAddresses(_ text: [UInt8]) -> [UInt8] {
        let mark = Array(" at 0x".utf8)
        var out: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == mark[0], text[index...].starts(with: mark) {
                out += mark + [UInt8(ascii: "0")]
                index += mark.count
                while index < text.count, text[index] != UInt8(ascii: ",") { index += 1 }
            } else {
                out.append(text[index])
                index += 1
            }
        }
        return out
    }

    static func bytes(hex: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = hex[...]
        while rest.count >= 2 {
            result.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return result
    }
}

/// A small generator of numbers, the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
