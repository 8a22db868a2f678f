// Every property of every code point equals the oracle's, by checksum.
import Foundation
import PyUnicode
import Testing

@Suite struct DatabaseTests {
    let golden: [String: String]
    init() throws { golden = try Golden.checksums() }

    func check(_ name: String, _ line: (UInt32) -> [UInt8]) {
        var sum = LineSum()
        for c: UInt32 in 0..<0x110000 { sum.add(line(c)) }
        #expect(sum.hex == golden[name], "\(name)")
    }

    func text(_ value: StaticString) -> [UInt8] { value.withUTF8Buffer { Array($0) } }
    func text(_ value: String) -> [UInt8] { Array(value.utf8) }

    @Test func predicates() {
        check("flags") { c in
            [
                UCD.isAlpha(c), UCD.isDecimal(c), UCD.isDigit(c), UCD.isNumeric(c), UCD.isAlnum(c), UCD.isSpace(c),
                UCD.isLineBreak(c), UCD.isPrintable(c), UCD.isXIDStart(c), UCD.isXIDContinue(c), UCD.isUpper(c),
                UCD.isLower(c), UCD.isTitle(c),
            ].map { $0 ? 0x31 : 0x30 }
        }
    }

    @Test func databaseFields() {
        check("category") { text(UCD.category($0)) }
        check("bidirectional") { text(UCD.bidirectional($0)) }
        check("combining") { text(String(UCD.combining($0))) }
        check("width") { text(UCD.eastAsianWidth($0)) }
        check("mirrored") { text(UCD.isMirrored($0) ? "1" as String : "0") }
    }

    @Test func numbers() {
        check("decimal") { text(UCD.decimal($0).map { String($0) } ?? "-") }
        check("digit") { text(UCD.digit($0).map { String($0) } ?? "-") }
        check("numeric") { text(String((UCD.numeric($0) ?? -99).bitPattern, radix: 16)) }
    }

    func utf8(_ mapping: UCD.Mapping) -> [UInt8] {
        var out: [UInt8] = []
        for i in 0..<mapping.count { PyText.append(mapping[i], to: &out) }
        return out
    }

    @Test func caseMappings() {
        check("simpleLower") { text(String(UCD.simpleLower($0), radix: 16)) }
        check("lower") { utf8(UCD.lower($0)) }
        check("upper") { utf8(UCD.upper($0)) }
        check("title") { utf8(UCD.title($0)) }
        check("casefold") { utf8(UCD.casefold($0)) }
    }

    @Test func decompositions() {
        check("decomposition") { c in
            guard let (tag, codes) = UCD.decomposition(c) else { return [] }
            let parts = codes.map { String(format: "%04X", $0) }
            return text(((tag.utf8CodeUnitCount > 0 ? [tag.description] : []) + parts).joined(separator: " "))
        }
    }

    @Test func reprs() {
        check("repr") { PyText(codePoints: [$0]).repr().utf8 }
        check("ascii") { PyText(codePoints: [$0, 0x27]).repr(ascii: true).utf8 }
    }

    static let forms: [(String, NormalizationForm)] = [("NFC", .nfc), ("NFD", .nfd), ("NFKC", .nfkc), ("NFKD", .nfkd)]

    @Test func normalFormsOfEveryCharacter() {
        for (name, form) in Self.forms { check(name) { PyText(codePoints: [$0]).normalized(form).utf8 } }
    }

    @Test func normalFormsOfSequences() {
        let pool = (0..<0x110000 as Range<UInt32>).filter {
            UCD.combining($0) != 0 || UCD.decomposition($0) != nil || (0x1100..<0x1200).contains($0)
                || (0xAC00..<0xAC40).contains($0)
        }
        for (name, form) in Self.forms {
            var sum = LineSum(), answers = LineSum()
            var x: UInt64 = 42
            func next() -> Int {
                x = x &* 6364136223846793005 &+ 1442695040888963407
                return Int(x >> 33)
            }
            for _ in 0..<50000 {
                let length = 1 + next() % 8
                let text = PyText(codePoints: (0..<length).map { _ in pool[next() % pool.count] })
                let normal = text.normalized(form)
                sum.add(normal.utf8)
                answers.add(normal == text ? "1" : "0")
                #expect(UCD.quickCheck(text.codePoints, form) != .no || normal != text)
            }
            #expect(sum.hex == golden[name + " sequences"])
            #expect(answers.hex == golden[name + " is"])
        }
    }

    @Test func namesBothWays() {
        check("name") { c in
            guard let name = UCD.name(c) else { return [0x2D] }
            #expect(name.withUnsafeBufferPointer { UCD.lookupName($0) } == c)
            return name
        }
    }

    @Test func aliasesAndSequences() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scripts/data/unicode-aliases.tsv")
        for line in try Golden.lines(at: file) where !line.hasPrefix("#") {
            let parts = line.split(separator: "\t")
            let codes = parts[0].split(separator: " ").compactMap { UInt32($0, radix: 16) }
            var name = parts[1].lowercased()
            let found = name.withUTF8 { UCD.lookup($0) }
            #expect(found == (codes.count == 1 ? .codePoint(codes[0]) : .sequence(codes)))
        }
    }

    @Test(arguments: [
        "cjk unified ideograph-4e00", "CJK UNIFIED IDEOGRAPH-4e00", "HANGUL SYLLABLE ga", "LATIN  SMALL LETTER A",
        "TANGUT IDEOGRAPH-17000", "", " ", "LATIN SMALL LETTER A ", "KEYCAP NUMBER SIGN", "HANGUL SYLLABLE ",
    ])
    func unknownNames(_ name: String) { #expect(UCD.lookupName(name) == nil) }

    @Test func charmapsAndAliases() throws {
        var sum = LineSum(), aliases = LineSum()
        let source = try String(contentsOf: Golden.folder.appendingPathComponent("encodings.txt"), encoding: .utf8)
        for line in source.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            if parts.count == 1 {
                let map = try #require(Charmap(module: parts[0]))
                sum.add(parts[0] + " " + (0...255).map { String(map[$0] ?? 0xFFFE, radix: 16) }.joined(separator: " "))
            } else {
                #expect(EncodingName.module(parts[0]) == parts[1])
                aliases.add(parts[0] + " " + (EncodingName.module(parts[0]) ?? ""))
            }
        }
        #expect(sum.hex == golden["charmaps"])
        #expect(aliases.hex == golden["aliases"])
    }
}
