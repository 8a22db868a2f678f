// `complex`. CPython: Objects/complexobject.c.
import PyNumerics

extension VM {
    @inlinable @inline(__always) public func isComplex(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.complexSubclass.rawValue != 0
    }

    /// - Precondition: `isComplex(value)`.
    func complexValue(_ value: Value) -> Complex {
        let layout = value.cast(ComplexLayout.self)
        return Complex(layout.pointee.real, layout.pointee.imag)
    }

    /// May collect.
    public func complex(_ z: Complex) -> Value { newComplex(types.complex, z) }

    func newComplex(_ type: PyType, _ z: Complex) -> Value {
        let value = newInstance(type)
        let layout = value.cast(ComplexLayout.self)
        layout.pointee.real = z.real
        layout.pointee.imag = z.imag
        return value
    }

    /// The operand of an operator; nil if it is no number.
    private func complexOperand(_ value: Value) throws(Raised) -> Complex? {
        if isComplex(value) { return complexValue(value) }
        return try floatOperand(value).map { Complex($0, 0) }
    }

    func complexBinary(_ a: Value, _ b: Value, _ body: (Complex, Complex) throws(Raised) -> Value) -> Value {
        guarded { () throws(Raised) in
            guard let x = try complexOperand(a), let y = try complexOperand(b) else { return .notImplemented }
            return try body(x, y)
        }
    }

    func complexPower(_ x: Complex, _ y: Complex) throws(Raised) -> Value {
        switch x.raised(to: y) {
        case .value(let z): return complex(z)
        case .zeroBase: throw raise(.zeroDivisionError, "0.0 to a negative or complex power")
        case .overflow: throw raise(.overflowError, "complex exponentiation")
        }
    }

    /// By `__complex__`, `__float__` or `__index__`; nil if it is no number. For `cmath` and the constructor.
    public func toComplex(_ value: Value) throws(Raised) -> Complex? {
        if value.isExactly(types.complex) { return complexValue(value) }
        let result = try callSpecial(value, names.__complex__)
        if !result.isNull {
            if !isComplex(result) {
                throw raise(.typeError, "__complex__ returned non-complex (type \(typeName(result)))")
            }
            if !result.isExactly(types.complex) {
                try warnDeprecated(
                    "__complex__ returned non-complex (type \(typeName(result))).  The ability to return an instance of a strict subclass of complex is deprecated, and may not be supported in a future version of Python.")
            }
            return complexValue(result)
        }
        if isComplex(value) { return complexValue(value) }
        return try realNumber(value).map { Complex($0, 0) }
    }

    /// Whether `realNumber` takes it.
    private func hasReal(_ value: Value) -> Bool {
        let slots = type(of: value).slotsPointer
        return isFloat(value) || isInt(value) || slots.pointee.float != nil || slots.pointee.index != nil
    }

    private func makeComplex(_ cls: PyType, _ real: Value, _ imag: Value) throws(Raised) -> Value {
        if real.isExactly(types.complex) && imag.isNull && cls == types.complex { return real }
        if isStr(real) {
            if !imag.isNull { throw raise(.typeError, "complex() can't take second arg if first is a string") }
            let text = asciiNumber(PyStr(real))
            guard let z = Complex.parse(text) else {
                if text.contains(UInt8(ascii: "_")) && !Complex.hasGoodUnderscores(text[...]) {
                    throw raise(.valueError, "could not convert string to complex: \(try reprText(real))")
                }
                throw raise(.valueError, "complex() arg is a malformed string")
            }
            return newComplex(cls, z)
        }
        if !imag.isNull && isStr(imag) { throw raise(.typeError, "complex() second arg can't be a string") }
        var z = Complex(0, 0)
        var realIsComplex = false
        if !real.isNull {
            // A complex, or an object with __complex__, may bring an imaginary part along.
            realIsComplex = isComplex(real) || !lookup(type(of: real), names.__complex__).isNull
            // The types of both are looked at before a `__float__` or `__index__` is asked.
            if !imag.isNull && (realIsComplex || hasReal(real)) && !isComplex(imag) && !hasReal(imag) {
                if realIsComplex { _ = try toComplex(real) }
                throw raise(.typeError, "complex() second argument must be a number, not '\(typeName(imag))'")
            }
            guard let x = try toComplex(real) else {
                throw raise(.typeError, "complex() first argument must be a string or a number, not '\(typeName(real))'")
            }
            z = x
        }
        if imag.isNull { return newComplex(cls, z) }
        if isComplex(imag) {
            // real + imag * 1j, both complex.
            let y = complexValue(imag)
            return newComplex(cls, Complex(z.real - y.imag, realIsComplex ? z.imag + y.real : y.real))
        }
        guard let y = try realNumber(imag) else {
            throw raise(.typeError, "complex() second argument must be a number, not '\(typeName(imag))'")
        }
        return newComplex(cls, Complex(z.real, realIsComplex ? z.imag + y : y))
    }

    func installComplex() {
        let t = TypeBuilder(self, types.complex)
        t.doc("""
            Create a complex number from a real part and an optional imaginary part.

            This is equivalent to (real + imag*1j) where imag defaults to 0.
            """, signature: "(real=0, imag=0)")
        t.new("(real=0, imag=0)") { vm, cls, arguments in
            vm.guarded { () throws(Raised) in try vm.makeComplex(PyType(cls), arguments[0], arguments[1]) }
        }
        fillComplexSlots()
        t.def0("conjugate($self, /)", "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.") { vm, a in
            let z = vm.complexValue(a)
            return vm.complex(Complex(z.real, -z.imag))
        }
        t.def0("__getnewargs__($self, /)", "") { vm, a in
            let z = vm.complexValue(a)
            return vm.tuple(Value(z.real), Value(z.imag))
        }
        t.def1("__format__($self, format_spec, /)", "Convert to a string according to format_spec.") { vm, a, spec in
            vm.guarded { () throws(Raised) in try vm.formatComplex(a, spec) }
        }
        t.computedMember("real", "the real part of a complex number", get: { vm, a in Value(vm.complexValue(a).real) })
        t.computedMember("imag", "the imaginary part of a complex number", get: { vm, a in Value(vm.complexValue(a).imag) })
    }

    private func fillComplexSlots() {
        let slots = types.complex.slotsPointer
        slots.pointee.getattro = genericGetAttrSlot
        slots.pointee.repr = { vm, a in vm.str(utf8: vm.complexValue(a).bytes) }
        slots.pointee.hash = { vm, a in
            let z = vm.complexValue(a)
            let identity = vm.hashIdentity(a)
            return NumberHash.complex(real: NumberHash.float(z.real) ?? identity, imaginary: NumberHash.float(z.imag) ?? identity)
        }
        slots.pointee.richcompare = { vm, a, b, op in
            guard let op = CompareOp(rawValue: op), op == .eq || op == .ne, vm.isComplex(a) else { return .notImplemented }
            let z = vm.complexValue(a)
            let equal: Bool
            if vm.isComplex(b) {
                equal = z == vm.complexValue(b)
            } else if vm.isFloat(b) {
                equal = z.imag == 0 && z.real == vm.floatValue(b)
            } else if vm.isInt(b) {
                equal = z.imag == 0 && vm.bigInt(b).compared(to: z.real) == 0
            } else {
                return .notImplemented
            }
            return Value(equal == (op == .eq))
        }
        slots.pointee.add = { vm, a, b in vm.complexBinary(a, b) { x, y in vm.complex(x + y) } }
        slots.pointee.subtract = { vm, a, b in vm.complexBinary(a, b) { x, y in vm.complex(x - y) } }
        slots.pointee.multiply = { vm, a, b in vm.complexBinary(a, b) { x, y in vm.complex(x * y) } }
        slots.pointee.trueDivide = { vm, a, b in
            vm.complexBinary(a, b) { x, y throws(Raised) in
                guard let z = x.divided(by: y) else { throw vm.raise(.zeroDivisionError, "complex division by zero") }
                return vm.complex(z)
            }
        }
        slots.pointee.power = { vm, a, b, c in
            vm.complexBinary(a, b) { x, y throws(Raised) in
                if !c.isNone { throw vm.raise(.valueError, "complex modulo") }
                return try vm.complexPower(x, y)
            }
        }
        slots.pointee.negative = { vm, a in vm.complex(-vm.complexValue(a)) }
        slots.pointee.positive = { vm, a in vm.complex(vm.complexValue(a)) }
        slots.pointee.absolute = { vm, a in
            vm.guarded { () throws(Raised) in
                guard let x = vm.complexValue(a).absolute else { throw vm.raise(.overflowError, "absolute value too large") }
                return Value(x)
            }
        }
        slots.pointee.bool = { vm, a in
            let z = vm.complexValue(a)
            return z.real == 0 && z.imag == 0 ? 0 : 1
        }
    }

    /// Slots and attributes of the numeric types; their cells are described before and readied after this.
    func installNumbers() {
        installInt()
        installBool()
        installFloat()
        installComplex()
    }
}
