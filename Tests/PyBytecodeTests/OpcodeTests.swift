// Every row of the opcode table against CPython's `opcode` and `dis.stack_effect`.
import PyBytecode
import Testing

@Suite struct OpcodeTests {
    @Test func everyOpcodeOfCPythonIsThere() throws {
        let rows = try Golden.rows("code/opcodes.tsv")
        #expect(rows.count == Opcode.allCases.count)
        for row in rows {
            let opcode = UInt8(row[0]).flatMap(Opcode.init(rawValue:))
            #expect(opcode?.name == row[1])
        }
    }

    @Test func argumentKindsAreCPythons() throws {
        for row in try Golden.rows("code/opcodes.tsv") {
            let opcode = try #require(UInt8(row[0]).flatMap(Opcode.init(rawValue:)))
            let kind: String
            switch opcode.info.argument {
            case .none: kind = "none"
            case .const: kind = "hasconst"
            case .name: kind = "hasname"
            case .local: kind = "haslocal"
            case .free: kind = "hasfree"
            case .compare: kind = "hascompare"
            case .jumpRelative: kind = "hasjrel"
            case .jumpAbsolute: kind = "hasjabs"
            case .count, .invert, .depth, .flags: kind = "number"
            }
            #expect(kind == row[2], "\(row[1])")
            #expect(opcode.hasArgument == (opcode.info.argument != .none), "\(row[1])")
            #expect((opcode.info.flow == .next || opcode.info.flow == .exit) != kind.hasPrefix("hasj"), "\(row[1])")
        }
    }

    @Test func stackEffectsAreCPythons() throws {
        for row in try Golden.rows("code/opcodes.tsv") {
            let opcode = try #require(UInt8(row[0]).flatMap(Opcode.init(rawValue:)))
            for cell in row.dropFirst(3) {
                let parts = cell.split(separator: ":")
                let argument = try #require(Int(parts[0]))
                let effects = parts[1].split(separator: ",").compactMap { Int($0) }
                #expect(opcode.stackEffect(argument: argument, jump: false) == effects[0], "\(row[1]) \(argument)")
                #expect(opcode.stackEffect(argument: argument, jump: true) == effects[1], "\(row[1]) \(argument) taken")
                #expect(opcode.maximumStackEffect(argument: argument) == effects[2], "\(row[1]) \(argument) either")
            }
        }
    }
}
