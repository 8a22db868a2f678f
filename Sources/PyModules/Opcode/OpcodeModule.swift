// `_opcode`. CPython: Modules/_opcode.c. The facts are `Opcode.info`'s.
import PyBytecode
import PyRuntime

extension VM {
    public func registerOpcode() {
        registerModule("_opcode") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Opcode support module." as StaticString))
            m.defN("stack_effect($module, opcode, oparg=None, /, *, jump=None)", "Compute the stack effect of the opcode.") { vm, _, a in
                vm.guarded { () throws(Raised) in vm.int(try vm.stackEffect(a[0], a[1], a[2])) }
            }
            return 0
        }
    }

    private func stackEffect(_ opcode: Value, _ argument: Value, _ jump: Value) throws(Raised) -> Int {
        let number = try cIntArgument(opcode)
        var oparg = 0
        let hasArgument = !argument.isNull && !argument.isNone
        if number >= Int(Opcode.haveArgument) {
            if !hasArgument { throw raise(.valueError, "stack_effect: opcode requires oparg but oparg was not specified") }
            oparg = try cIntArgument(argument)
        } else if hasArgument {
            throw raise(.valueError, "stack_effect: opcode does not permit oparg but oparg was specified")
        }
        if !jump.isNull && !jump.isNone && !jump.isBool {
            throw raise(.valueError, "stack_effect: jump must be False, True or None")
        }
        guard let byte = UInt8(exactly: number), let operation = Opcode(rawValue: byte) else {
            throw raise(.valueError, "invalid opcode or oparg")
        }
        if jump.isNull || jump.isNone { return operation.maximumStackEffect(argument: oparg) }
        return operation.stackEffect(argument: oparg, jump: jump.isTrue)
    }
}
