// How each instruction changes the stack depth, as a flat table for the one pass that asks for every instruction.
// The facts are `Opcode.info`'s. CPython: Python/compile.c, `stack_effect`.
import PyBytecode

struct StackEffects {
    /// Stands for "depends on the argument".
    private static var variable: Int8 { .min }
    /// By opcode: the effect when control falls through, then when it jumps.
    private let table: UnsafeMutablePointer<Int8>

    init() {
        table = .allocate(capacity: 512)
        table.initialize(repeating: Self.variable, count: 512)
        for opcode in Opcode.allCases {
            let index = Int(opcode.rawValue) * 2
            switch opcode.info.stack {
            case .fixed(let pops, let pushes):
                table[index] = pushes - pops
                table[index + 1] = pushes - pops
            case .branch(let pops, let pushes, let jumpPops, let jumpPushes):
                table[index] = pushes - pops
                table[index + 1] = jumpPushes - jumpPops
            case .collect, .collectPairs, .unpack, .unpackEx, .rotate, .raise, .makeFunction, .buildSlice, .callEx,
                .formatValue:
                break
            }
        }
    }

    func release() { table.deallocate() }

    @inline(__always)
    func effect(_ opcode: Opcode, _ arg: UInt32, jump: Bool) -> Int {
        let known = table[Int(opcode.rawValue) * 2 + (jump ? 1 : 0)]
        return known != Self.variable ? Int(known) : opcode.stackEffect(argument: Int(arg), jump: jump)
    }
}
