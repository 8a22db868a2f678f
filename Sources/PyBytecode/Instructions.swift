// `co_code` as a sequence of instructions. CPython: Lib/dis.py `_unpack_opargs`, `findlabels`.

/// One two-byte unit of `co_code`, its argument widened by the EXTENDED_ARG units before it.
public struct Instruction: Hashable, Sendable {
    /// Byte offset of this unit.
    public var offset: Int
    /// Byte offset of the first EXTENDED_ARG that belongs to it; `offset` if there is none.
    public var start: Int
    /// The opcode's number, which may name no opcode.
    public var number: UInt8
    /// Nil for opcodes below 90.
    public var argument: Int?

    public init(offset: Int, start: Int, number: UInt8, argument: Int?) {
        self.offset = offset
        self.start = start
        self.number = number
        self.argument = argument
    }

    /// Nil for a number that CPython 3.10 does not know.
    public var opcode: Opcode? { Opcode(rawValue: number) }

    /// The byte offset it can jump to (for a setup: its handler). Not checked against the code's length.
    public var target: Int? {
        guard let opcode, let argument else { return nil }
        switch opcode.info.argument {
        case .jumpAbsolute: return argument &* 2
        case .jumpRelative: return offset &+ 2 &+ argument &* 2
        case .none, .const, .name, .local, .free, .compare, .count, .invert, .depth, .flags: return nil
        }
    }
}

/// The units of `co_code` in order, EXTENDED_ARG units included (as `dis` lists them). An odd last byte is left out.
public struct Instructions: Sequence, Sendable {
    private let code: [UInt8]

    public init(_ code: [UInt8]) { self.code = code }
    public init(_ code: CodeObject) { self.code = code.code }

    public struct Iterator: IteratorProtocol {
        fileprivate let code: [UInt8]
        fileprivate var offset = 0
        fileprivate var start = 0
        fileprivate var extended = 0

        public mutating func next() -> Instruction? {
            guard offset + 1 < code.count else { return nil }
            let number = code[offset]
            var instruction = Instruction(offset: offset, start: start, number: number, argument: nil)
            if number >= Opcode.haveArgument { instruction.argument = extended | Int(code[offset + 1]) }
            offset += 2
            if number == Opcode.extendedArg.rawValue {
                extended = (instruction.argument ?? 0) &<< 8
            } else {
                extended = 0
                start = offset
            }
            return instruction
        }
    }

    public func makeIterator() -> Iterator { Iterator(code: code) }

    /// The units without the EXTENDED_ARGs: what is executed.
    public var logical: [Instruction] { filter { $0.number != Opcode.extendedArg.rawValue } }

    /// Byte offsets that some instruction can jump to (`dis.findlabels`), ascending.
    public var jumpTargets: Set<Int> { Set(compactMap(\.target)) }
}
