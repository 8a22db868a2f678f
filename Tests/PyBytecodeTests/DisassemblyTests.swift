// Listings character for character.
import PyBytecode
import Testing

@Suite struct DisassemblyTests {
    @Test(arguments: Golden.samples) func listingIsThatOfDis(sample: String) throws {
        let ours = Golden.withoutAddresses(Disassembly.recursive(try Golden.code(sample)))
        let wanted = Golden.withoutAddresses(try Golden.bytes("code/\(sample).dis"))
        #expect(String(decoding: ours, as: UTF8.self) == String(decoding: wanted, as: UTF8.self))
    }

    @Test(arguments: Golden.samples) func factsAreThoseOfShowCode(sample: String) throws {
        let texts = Golden.walk(try Golden.code(sample)).map(Disassembly.codeInfo)
        let ours = Golden.withoutAddresses(Array(texts.joined(separator: Array("\n\n".utf8)))) + [10]
        let wanted = Golden.withoutAddresses(try Golden.bytes("code/\(sample).info"))
        #expect(String(decoding: ours, as: UTF8.self) == String(decoding: wanted, as: UTF8.self))
    }

    @Test func articlesListing() throws {
        let hello = try #require(Golden.walk(try Golden.code("article")).last)
        var out: [UInt8] = []
        Disassembly.append(hello, to: &out)
        #expect(
            String(decoding: out, as: UTF8.self) == """
                  2           0 LOAD_CONST               1 ('Hello, ')
                              2 LOAD_FAST                0 (name)
                              4 FORMAT_VALUE             0
                              6 LOAD_CONST               2 ('!')
                              8 BUILD_STRING             3
                             10 RETURN_VALUE

                """)
    }

    @Test func currentInstructionHasAnArrow() throws {
        let hello = try #require(Golden.walk(try Golden.code("article")).last)
        var out: [UInt8] = []
        Disassembly.append(hello, current: 4, to: &out)
        #expect(String(decoding: out, as: UTF8.self).contains("\n    -->       4 FORMAT_VALUE"))
    }
}
