// The verifier accepts what CPython compiles and nothing that would leave the stack, the pools or the code.
import PyBytecode
import PyUnicode
import Testing

@Suite struct VerifierTests {
    static func code(
        _ bytes: [UInt8], consts: [Constant] = [.none], stacksize: Int = 10, varnames: [PyText] = [], flags: CodeFlags = []
    ) -> CodeObject {
        CodeObject(
            argcount: 0, posonlyargcount: 0, kwonlyargcount: 0, nlocals: varnames.count, stacksize: stacksize, flags: flags,
            code: bytes, consts: consts, names: [], varnames: varnames, freevars: [], cellvars: [], filename: "f", name: "f",
            firstlineno: 1, linetable: [])
    }

    static func reason(_ code: CodeObject) -> VerificationError.Reason? {
        do throws(VerificationError) {
            _ = try StackMap(verifying: code)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: Golden.samples) func compiledCodeIsSoundAndStacksizeIsItsDepth(sample: String) throws {
        for file in [sample, sample + ".opt-2"] {
            for code in Golden.walk(try Golden.code(file)) {
                #expect(try StackMap(verifying: code).maxDepth == code.stacksize, "\(code.name.string)")
            }
        }
    }

    @Test func refusesWhatWouldGoWrong() {
        #expect(Self.reason(Self.code([])) == .emptyCode)
        #expect(Self.reason(Self.code([100])) == .oddLength)
        #expect(Self.reason(Self.code([100, 0, 83, 0])) == nil)
        #expect(Self.reason(Self.code([100, 1, 83, 0])) == .argumentOutOfRange)
        #expect(Self.reason(Self.code([83, 0])) == .stackUnderflow)
        #expect(Self.reason(Self.code([100, 0])) == .fallsOffEnd)
        #expect(Self.reason(Self.code([113, 9])) == .targetOutOfRange)
        #expect(Self.reason(Self.code([0, 0])) == .unknownOpcode(0))
        #expect(Self.reason(Self.code([144, 0])) == .danglingExtendedArg)
        #expect(Self.reason(Self.code([100, 0, 83, 0], stacksize: 0)) == .stackOverflow(depth: 1))
        #expect(Self.reason(Self.code([124, 0, 83, 0])) == .argumentOutOfRange)
        #expect(Self.reason(Self.code([87, 0, 100, 0, 83, 0])) == .noBlock)
        // A jump into the middle of an extended instruction.
        #expect(Self.reason(Self.code([113, 2, 144, 0, 100, 0, 83, 0])) == .targetOutOfRange)
        // One more value each time round.
        #expect(Self.reason(Self.code([100, 0, 113, 0])) == .depthMismatch(0, 1))
        // Below the block: the handler would find too few values.
        #expect(Self.reason(Self.code([100, 0, 122, 2, 1, 0, 100, 0, 119, 0])) == .belowBlock)
    }

    @Test func flowGraphShowsHandlersAndLoops() throws {
        let tries = try #require(Golden.walk(try Golden.code("statements")).first { $0.name == "tries" })
        let graph = try FlowGraph(tries)
        #expect(graph.blocks.contains { $0.isHandler })
        #expect(graph.blocks.contains { $0.isLoopHead })
        #expect(graph.blocks.contains { $0.handler != nil })
        #expect(graph.blocks.first?.depth == 0)
        for block in graph.blocks where block.depth != nil {
            #expect(!block.successors.isEmpty || block.exit != nil)
            #expect(graph.block(at: block.start)?.id == block.id)
        }
    }

    /// Random bytes and mutated real code: an answer each time, never a trap.
    @Test func neverTraps() throws {
        var random = SplitMix(state: 3)
        let codes = try Golden.samples.flatMap { Golden.walk(try Golden.code($0)) }
        var sound = 0
        for round in 0..<60_000 {
            guard let original = codes.randomElement(using: &random) else { break }
            var bytes = original.code
            if round % 4 == 0 { bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) } }
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...170, using: &random)
            }
            let code = Self.code(
                bytes, consts: original.consts, stacksize: original.stacksize, varnames: original.varnames, flags: original.flags)
            if Self.reason(code) == nil { sound += 1 }
            if round % 50 == 0 { _ = Disassembly.recursive(code, depth: 0) }
        }
        #expect(sound > 0)
    }
}
