// `float`: an immediate; instances of subclasses live in the heap. CPython: Objects/floatobject.c.
import PyNumerics

extension VM {
    /// The operand as a double if it is a float or an int; nil otherwise.
    @inline(__always) func floatOperand(_ value: Value) throws(Raised) -> Double? {
        if value.isDouble { return value.double }
        if value.isSmallInt { return Double(value.smallInt) }
        if isFloat(value) { return floatValue(value) }
        return isInt(value) ? try intToDouble(value) : nil
    }

    @inline(__always)
    func floatBinary(_ a: Value, _ b: Value, _ body: (Double, Double) throws(Raised) -> Value) -> Value {
        guarded { () throws(Raised) in
            guard let x = try floatOperand(a), let y = try floatOperand(b) else { return .notImplemented }
            return try body(x, y)
        }
    }

    /// A float of the exact type or an instance of `type`. May collect.
    func newFloat(_ type: PyType, _ x: Double) -> Value {
        if type == types.float { return Value(x) }
        let value = newInstance(type)
        value.cast(FloatLayout.self).pointee.value = x
        return value
    }

    func floatPower(_ x: Double, _ y: Double, _ a: Value, _ b: Value) throws(Raised) -> Value {
        switch FloatArithmetic.power(x, y) {
        case .value(let r): return Value(r)
        case .zeroToNegative: throw raise(.zeroDivisionError, "0.0 cannot be raised to a negative power")
        case .overflow: throw raiseErrno(.overflowError, 34, "Numerical result out of range")
        case .complex: return try complexPower(Complex(x, 0), Complex(y, 0))
        }
    }

    /// `OverflowError(34, "Numerical result out of range")`
    func raiseErrno(_ kind: ExceptionKind, _ number: Int, _ message: String) -> Raised {
        raise(kind, args: tuple(Value(small: number), str(message)))
    }

    func floatDivMod(_ x: Double, _ y: Double, _ message: String) throws(Raised) -> (Double, Double) {
        guard let (q, r) = FloatArithmetic.divMod(x, y) else { throw raise(.zeroDivisionError, message) }
        return (q, r)
    }

    func floatText(_ x: Double) -> Value {
        let short = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: FloatText.shortCapacity) { buffer in
            guard let p = buffer.baseAddress else { return Value.null }
            let count = FloatText.writeShort(p, x)
            return count > 0 ? str(utf8: UnsafeBufferPointer(start: p, count: count)) : .null
        }
        return short.isNull ? str(utf8: FloatText.reprBytes(x, addDotZero: true)) : short
    }

    /// Comparison of a float with a float or an int, exactly.
    func floatCompare(_ a: Value, _ b: Value, _ op: CompareOp) -> Value {
        let x = floatValue(a)
        if isFloat(b) {
            let y = floatValue(b)
            switch op {
            case .lt: return Value(x < y)
            case .le: return Value(x <= y)
            case .eq: return Value(x == y)
            case .ne: return Value(x != y)
            case .gt: return Value(x > y)
            case .ge: return Value(x >= y)
            }
        }
        if !isInt(b) { return .notImplemented }
        // A NaN is unequal to and unordered with everything.
        guard let order = bigInt(b).compared(to: x) else { return Value(op == .ne) }
        return ordered(-order, op)
    }

    func floatHash(_ value: Value) -> Int {
        let x = floatValue(value)
        // 3.10 hashes a NaN by identity; an immediate's identity is its bits.
        return NumberHash.float(x) ?? hashIdentity(value)
    }

    func installFloat() {
        let t = TypeBuilder(self, types.float)
        t.doc("Convert a string or number to a floating point number, if possible.", signature: "(x=0, /)")
        t.new("(x=0, /)") { vm, cls, arguments in
            vm.guarded { () throws(Raised) in
                let x = arguments[0].isNull ? 0 : try vm.toDouble(arguments[0])
                return vm.newFloat(PyType(cls), x)
            }
        }
        fillFloatSlots()
        fillFloatMethods(t)
    }

    private func fillFloatSlots() {
        let slots = types.float.slotsPointer
        slots.pointee.getattro = genericGetAttrSlot
        slots.pointee.repr = { vm, a in vm.floatText(vm.floatValue(a)) }
        slots.pointee.hash = { vm, a in vm.floatHash(a) }
        slots.pointee.richcompare = { vm, a, b, op in
            guard let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.floatCompare(a, b, op)
        }
        slots.pointee.add = { vm, a, b in vm.floatBinary(a, b) { Value($0 + $1) } }
        slots.pointee.subtract = { vm, a, b in vm.floatBinary(a, b) { Value($0 - $1) } }
        slots.pointee.multiply = { vm, a, b in vm.floatBinary(a, b) { Value($0 * $1) } }
        slots.pointee.trueDivide = { vm, a, b in
            vm.floatBinary(a, b) { x, y throws(Raised) in
                if y == 0 { throw vm.raise(.zeroDivisionError, "float division by zero") }
                return Value(x / y)
            }
        }
        slots.pointee.remainder = { vm, a, b in
            vm.floatBinary(a, b) { x, y throws(Raised) in
                guard let r = FloatArithmetic.modulo(x, y) else { throw vm.raise(.zeroDivisionError, "float modulo") }
                return Value(r)
            }
        }
        slots.pointee.floorDivide = { vm, a, b in
            vm.floatBinary(a, b) { x, y throws(Raised) in Value(try vm.floatDivMod(x, y, "float floor division by zero").0) }
        }
        slots.pointee.divmod = { vm, a, b in
            vm.floatBinary(a, b) { x, y throws(Raised) in
                let (q, r) = try vm.floatDivMod(x, y, "float divmod()")
                return vm.tuple(Value(q), Value(r))
            }
        }
        slots.pointee.power = { vm, a, b, c in
            if !c.isNone {
                return vm.guarded { () throws(Raised) in
                    throw vm.raise(.typeError, "pow() 3rd argument not allowed unless all arguments are integers")
                }
            }
            return vm.floatBinary(a, b) { x, y throws(Raised) in try vm.floatPower(x, y, a, b) }
        }
        slots.pointee.negative = { vm, a in Value(-vm.floatValue(a)) }
        slots.pointee.positive = { vm, a in Value(vm.floatValue(a)) }
        slots.pointee.absolute = { vm, a in Value(vm.floatValue(a).magnitude) }
        slots.pointee.bool = { vm, a in vm.floatValue(a) == 0 ? 0 : 1 }
        slots.pointee.int = { vm, a in vm.guarded { () throws(Raised) in try vm.int(truncating: vm.floatValue(a)) } }
        slots.pointee.float = { vm, a in Value(vm.floatValue(a)) }
    }

    private func fillFloatMethods(_ t: TypeBuilder) {
        t.def0("conjugate($self, /)", "Return self, the complex conjugate of any float.") { vm, a in Value(vm.floatValue(a)) }
        t.def0("__trunc__($self, /)", "Return the Integral closest to x between 0 and x.") { vm, a in
            vm.guarded { () throws(Raised) in try vm.int(truncating: vm.floatValue(a)) }
        }
        t.def0("__floor__($self, /)", "Return the floor as an Integral.") { vm, a in
            vm.guarded { () throws(Raised) in try vm.int(truncating: vm.floatValue(a).rounded(.down)) }
        }
        t.def0("__ceil__($self, /)", "Return the ceiling as an Integral.") { vm, a in
            vm.guarded { () throws(Raised) in try vm.int(truncating: vm.floatValue(a).rounded(.up)) }
        }
        t.defN("__round__($self, ndigits=None, /)", """
            Return the Integral closest to x, rounding half toward even.

            When an argument is passed, work like built-in round(x, ndigits).
            """) { vm, a, arguments in
            vm.guarded { () throws(Raised) in try vm.roundFloat(vm.floatValue(a), arguments[0]) }
        }
        t.def0("as_integer_ratio($self, /)", """
            Return integer ratio.

            Return a pair of integers, whose ratio is exactly equal to the original float
            and with a positive denominator.

            Raise OverflowError on infinities and a ValueError on NaNs.

            >>> (10.0).as_integer_ratio()
            (10, 1)
            >>> (0.0).as_integer_ratio()
            (0, 1)
            >>> (-.25).as_integer_ratio()
            (-1, 4)
            """) { vm, a in
            vm.guarded { () throws(Raised) in
                let x = vm.floatValue(a)
                guard let (n, d) = FloatArithmetic.integerRatio(x) else {
                    if x.isNaN { throw vm.raise(.valueError, "cannot convert NaN to integer ratio") }
                    throw vm.raise(.overflowError, "cannot convert Infinity to integer ratio")
                }
                let numerator = try vm.int(n)
                return vm.tuple(numerator, try vm.int(d))
            }
        }
        t.def1("fromhex($type, string, /)", """
            Create a floating-point number from a hexadecimal string.

            >>> float.fromhex('0x1.ffffp10')
            2047.984375
            >>> float.fromhex('-0x1p-1074')
            -5e-324
            """, .classMethod) { vm, cls, text in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(text) { throw vm.raise(.typeError, "bad argument type for built-in operation") }
                switch FloatText.parseHex(Array(PyBytes(try vm.encodeUTF8(PyStr(text))).view)) {
                case .value(let x):
                    return PyType(cls) == vm.types.float ? Value(x) : try vm.call(cls, Value(x))
                case .invalid: throw vm.raise(.valueError, "invalid hexadecimal floating-point string")
                case .overflow: throw vm.raise(.overflowError, "hexadecimal value too large to represent as a float")
                }
            }
        }
        t.def0("hex($self, /)", """
            Return a hexadecimal representation of a floating-point number.

            >>> (-0.1).hex()
            '-0x1.999999999999ap-4'
            >>> 3.14159.hex()
            '0x1.921f9f01b866ep+1'
            """) { vm, a in vm.str(FloatText.hex(vm.floatValue(a))) }
        t.def0("is_integer($self, /)", "Return True if the float is an integer.") { vm, a in
            let x = vm.floatValue(a)
            return Value(x.isFinite && x == x.rounded(.down))
        }
        t.def0("__getnewargs__($self, /)", "") { vm, a in vm.tuple(Value(vm.floatValue(a))) }
        t.def1("__format__($self, format_spec, /)", "Formats the float according to format_spec.") { vm, a, spec in
            vm.guarded { () throws(Raised) in try vm.formatFloat(a, spec) }
        }
        fillFloatFormats(t)
        t.getset("real", "the real part of a complex number", get: { vm, a in Value(vm.floatValue(a)) })
        t.getset("imag", "the imaginary part of a complex number", get: { _, _ in Value(0.0) })
    }

    private func fillFloatFormats(_ t: TypeBuilder) {
        t.def1("__getformat__($type, typestr, /)", """
            You probably don't want to use this function.

              typestr
                Must be 'double' or 'float'.

            It exists mainly to be used in Python's test suite.

            This function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,
            little-endian' best describes the format of floating point numbers used by the
            C type named by typestr.
            """, .classMethod) { vm, _, kind in
            vm.guarded { () throws(Raised) in
                try vm.checkFloatKind(kind, "__getformat__")
                let bit: UInt8 = PyStr(kind).string == "double" ? 1 : 2
                if vm.state.pointee.unknownFloatFormats & bit != 0 { return vm.str("unknown" as StaticString) }
                return vm.str(1.littleEndian == 1 ? "IEEE, little-endian" : "IEEE, big-endian")
            }
        }
        t.def2("__setformat__($type, typestr, fmt, /)", """
            You probably don't want to use this function.

              typestr
                Must be 'double' or 'float'.
              fmt
                Must be one of 'unknown', 'IEEE, big-endian' or 'IEEE, little-endian',
                and in addition can only be one of the latter two if it appears to
                match the underlying C reality.

            It exists mainly to be used in Python's test suite.

            Override the automatic determination of C-level floating point type.
            This affects how floats are converted to and from binary strings.
            """, .classMethod) { vm, _, kind, format in
            vm.guarded { () throws(Raised) in
                try vm.checkFloatKind(kind, "__setformat__")
                let text = vm.isStr(format) ? PyStr(format).string : ""
                let native = 1.littleEndian == 1 ? "IEEE, little-endian" : "IEEE, big-endian"
                let name = PyStr(kind).string
                if text == "unknown" || text == native {
                    let bit: UInt8 = name == "double" ? 1 : 2
                    if text == native { vm.state.pointee.unknownFloatFormats &= ~bit } else { vm.state.pointee.unknownFloatFormats |= bit }
                    return .none
                }
                if text == "IEEE, little-endian" || text == "IEEE, big-endian" {
                    throw vm.raise(.valueError, "can only set \(name) format to 'unknown' or the detected platform value")
                }
                throw vm.raise(.valueError, "__setformat__() argument 2 must be 'unknown', 'IEEE, little-endian' or 'IEEE, big-endian'")
            }
        }
    }

    private func checkFloatKind(_ kind: Value, _ function: StaticString) throws(Raised) {
        if !isStr(kind) { throw raise(.typeError, "\(function)() argument\(function.utf8Start[2] == UInt8(ascii: "s") ? " 1" : "") must be str, not \(argumentTypeName(kind))") }
        let text = PyStr(kind).string
        if text != "double" && text != "float" {
            throw raise(.valueError, "\(function)() argument 1 must be 'double' or 'float'")
        }
    }

    /// `round(x)` or `round(x, digits)`.
    func roundFloat(_ x: Double, _ digits: Value) throws(Raised) -> Value {
        if digits.isNull || digits.isNone { return try int(truncating: x.rounded(.toNearestOrEven)) }
        let n = try indexInt(digits, overflow: nil)
        guard let r = FloatArithmetic.round(x, digits: n) else {
            throw raise(.overflowError, "rounded value too large to represent")
        }
        return Value(r)
    }
}
