// `_operator`: the operators as functions. The getter objects are in OperatorGetters.swift. CPython: Modules/_operator.c.

extension VM {
    func registerOperator() {
        registerModule("_operator") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.  The function names are those\nused for special methods; variants without leading and trailing\n'__' are also provided for convenience." as StaticString))
            vm.defineComparisons(m)
            vm.defineArithmetic(m)
            vm.defineInplace(m)
            vm.defineSequenceOperators(m)
            vm.makeGetters(m)
            return 0
        }
    }

    private func defineComparisons(_ m: ModuleBuilder) {
        m.def1("truth($module, a, /)", "Return True if a is true, False otherwise.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.isTrue(a)) }
        }
        m.def1("not_($module, a, /)", "Same as not a.") { vm, _, a in vm.guarded { () throws(Raised) in Value(try !vm.isTrue(a)) } }
        m.def2("is_($module, a, b, /)", "Same as a is b.") { _, _, a, b in Value(a == b) }
        m.def2("is_not($module, a, b, /)", "Same as a is not b.") { _, _, a, b in Value(a != b) }
        m.def2("lt($module, a, b, /)", "Same as a < b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .lt) } }
        m.def2("le($module, a, b, /)", "Same as a <= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .le) } }
        m.def2("eq($module, a, b, /)", "Same as a == b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .eq) } }
        m.def2("ne($module, a, b, /)", "Same as a != b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .ne) } }
        m.def2("gt($module, a, b, /)", "Same as a > b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .gt) } }
        m.def2("ge($module, a, b, /)", "Same as a >= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.richCompare(a, b, .ge) } }
        m.def2("_compare_digest($module, a, b, /)", "Return 'a == b'.\n\nThis function uses an approach designed to prevent\ntiming analysis, making it appropriate for cryptography.\n\na and b must both be of the same type: either str (ASCII only),\nor any bytes-like object.\n\nNote: If a and b are of different lengths, or if an error occurs,\na timing attack could theoretically reveal information about the\ntypes and lengths of a and b--but not their values.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.compareDigest(a, b) }
        }
    }

    private func defineArithmetic(_ m: ModuleBuilder) {
        m.def2("add($module, a, b, /)", "Same as a + b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.add, a, b) } }
        m.def2("sub($module, a, b, /)", "Same as a - b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.subtract, a, b) } }
        m.def2("mul($module, a, b, /)", "Same as a * b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.multiply, a, b) } }
        m.def2("matmul($module, a, b, /)", "Same as a @ b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.matrixMultiply, a, b) } }
        m.def2("floordiv($module, a, b, /)", "Same as a // b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.floorDivide, a, b) } }
        m.def2("truediv($module, a, b, /)", "Same as a / b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.trueDivide, a, b) } }
        m.def2("mod($module, a, b, /)", "Same as a % b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.remainder, a, b) } }
        m.def2("pow($module, a, b, /)", "Same as a ** b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.power, a, b) } }
        m.def2("lshift($module, a, b, /)", "Same as a << b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.lshift, a, b) } }
        m.def2("rshift($module, a, b, /)", "Same as a >> b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.rshift, a, b) } }
        m.def2("and_($module, a, b, /)", "Same as a & b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.and, a, b) } }
        m.def2("xor($module, a, b, /)", "Same as a ^ b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.xor, a, b) } }
        m.def2("or_($module, a, b, /)", "Same as a | b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.binary(.or, a, b) } }
        m.def1("neg($module, a, /)", "Same as -a.") { vm, _, a in vm.guarded { () throws(Raised) in try vm.negative(a) } }
        m.def1("pos($module, a, /)", "Same as +a.") { vm, _, a in vm.guarded { () throws(Raised) in try vm.positive(a) } }
        m.def1("abs($module, a, /)", "Same as abs(a).") { vm, _, a in vm.guarded { () throws(Raised) in try vm.absolute(a) } }
        m.def1("inv($module, a, /)", "Same as ~a.") { vm, _, a in vm.guarded { () throws(Raised) in try vm.invert(a) } }
        m.def1("invert($module, a, /)", "Same as ~a.") { vm, _, a in vm.guarded { () throws(Raised) in try vm.invert(a) } }
        m.def1("index($module, a, /)", "Same as a.__index__()") { vm, _, a in vm.guarded { () throws(Raised) in vm.exactInt(try vm.index(a)) } }
    }

    private func defineInplace(_ m: ModuleBuilder) {
        m.def2("iadd($module, a, b, /)", "Same as a += b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.add, a, b) } }
        m.def2("isub($module, a, b, /)", "Same as a -= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.subtract, a, b) } }
        m.def2("imul($module, a, b, /)", "Same as a *= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.multiply, a, b) } }
        m.def2("imatmul($module, a, b, /)", "Same as a @= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.matrixMultiply, a, b) } }
        m.def2("ifloordiv($module, a, b, /)", "Same as a //= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.floorDivide, a, b) } }
        m.def2("itruediv($module, a, b, /)", "Same as a /= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.trueDivide, a, b) } }
        m.def2("imod($module, a, b, /)", "Same as a %= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.remainder, a, b) } }
        m.def2("ipow($module, a, b, /)", "Same as a **= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.power, a, b) } }
        m.def2("ilshift($module, a, b, /)", "Same as a <<= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.lshift, a, b) } }
        m.def2("irshift($module, a, b, /)", "Same as a >>= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.rshift, a, b) } }
        m.def2("iand($module, a, b, /)", "Same as a &= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.and, a, b) } }
        m.def2("ixor($module, a, b, /)", "Same as a ^= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.xor, a, b) } }
        m.def2("ior($module, a, b, /)", "Same as a |= b.") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.inplace(.or, a, b) } }
    }

    private func defineSequenceOperators(_ m: ModuleBuilder) {
        m.def2("concat($module, a, b, /)", "Same as a + b, for a and b sequences.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.concatenate(a, b, inplace: false) }
        }
        m.def2("iconcat($module, a, b, /)", "Same as a += b, for a and b sequences.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.concatenate(a, b, inplace: true) }
        }
        m.def2("contains($module, a, b, /)", "Same as b in a (note reversed operands).") { vm, _, a, b in
            vm.guarded { () throws(Raised) in Value(try vm.contains(a, b)) }
        }
        m.def2("countOf($module, a, b, /)", "Return the number of items in a which are, or which equal, b.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.searchIterator(a)
                var n = 0
                while let item = try vm.next(iterator) { if try vm.compareBool(item, b, .eq) { n += 1 } }
                return vm.int(n)
            }
        }
        m.def2("indexOf($module, a, b, /)", "Return the first index of b in a.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.searchIterator(a)
                var n = 0
                while let item = try vm.next(iterator) {
                    if try vm.compareBool(item, b, .eq) { return vm.int(n) }
                    n += 1
                }
                throw vm.raise(.valueError, "sequence.index(x): x not in sequence")
            }
        }
        m.def2("getitem($module, a, b, /)", "Same as a[b].") { vm, _, a, b in vm.guarded { () throws(Raised) in try vm.getItem(a, b) } }
        m.def3("setitem($module, a, b, c, /)", "Same as a[b] = c.") { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                try vm.setItem(a, b, c)
                return .none
            }
        }
        m.def2("delitem($module, a, b, /)", "Same as del a[b].") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                try vm.deleteItem(a, b)
                return .none
            }
        }
        m.defN("length_hint($module, obj, default=0, /)", "Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building from an iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or under-estimate by an arbitrary amount.\nThe result will be an integer >= 0.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let fallback = a[1].isNull ? 0 : try vm.sizeArgument(a[1])
                return vm.int(try vm.lengthHint(a[0], default: fallback))
            }
        }
    }

    /// `iter`, with the words of `_PySequence_IterSearch`.
    private func searchIterator(_ sequence: Value) throws(Raised) -> Value {
        do { return try iter(sequence) } catch {
            if !raisedMatches(.typeError) { throw Raised() }
            clearRaised()
            throw raise(.typeError, "argument of type '\(typeName(sequence))' is not iterable")
        }
    }

    private func isSequence(_ value: Value) -> Bool { type(of: value).slots.item != nil && !isDict(value) }

    /// `PySequence_Concat`: `+` between sequences only.
    private func concatenate(_ a: Value, _ b: Value, inplace: Bool) throws(Raised) -> Value {
        let slots = type(of: a).slotsPointer
        if inplace, let slot = slots.pointee.inplaceConcat { return try check(slot(self, a, b)) }
        if let slot = slots.pointee.concat { return try check(slot(self, a, b)) }
        let adds = slots.pointee.add != nil || type(of: b).slots.add != nil
        if adds && isSequence(a) && isSequence(b) { return try inplace ? self.inplace(.add, a, b) : binary(.add, a, b) }
        throw raise(.typeError, "'\(typeName(a))' object can't be concatenated")
    }

    private func compareDigest(_ a: Value, _ b: Value) throws(Raised) -> Value {
        if isStr(a) && isStr(b) {
            let x = PyStr(a), y = PyStr(b)
            if !x.isASCII || !y.isASCII { throw raise(.typeError, "comparing strings with non-ASCII characters is not supported") }
            return Value(constantTimeEqual(UnsafeBufferPointer(start: x.bytes, count: x.count), UnsafeBufferPointer(start: y.bytes, count: y.count)))
        }
        if type(of: a).slots.buffer == nil && type(of: b).slots.buffer == nil {
            throw raise(.typeError, "unsupported operand types(s) or combination of types: '\(typeName(a))' and '\(typeName(b))'")
        }
        return try withBytes(of: a) { (x) throws(Raised) in
            try withBytes(of: b) { (y) throws(Raised) in Value(constantTimeEqual(x, y)) }
        }
    }

    /// Looks at every byte of `b` whatever it finds.
    private func constantTimeEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let left = a.count == b.count ? a : b
        var difference: UInt8 = a.count == b.count ? 0 : 1
        for i in 0..<b.count { difference |= left[i] ^ b[i] }
        return difference == 0
    }
}
