// `int`: constructor, slots, methods. CPython: Objects/longobject.c.
import PyNumerics

extension VM {
    func installInt() {
        let t = TypeBuilder(self, types.int)
        t.doc("""
            int([x]) -> integer
            int(x, base=10) -> integer

            Convert a number or string to an integer, or return 0 if no arguments
            are given.  If x is a number, return x.__int__().  For floating point
            numbers, this truncates towards zero.

            If x is not a number or if base is given, then x must be a string,
            bytes, or bytearray instance representing an integer literal in the
            given base.  The literal can be preceded by '+' or '-' and be surrounded
            by whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.
            Base 0 means to interpret the base from the string as an integer literal.
            >>> int('0b100', base=0)
            4
            """)
        t.new("(x=<unrepresentable>, /, base=<unrepresentable>)") { vm, cls, arguments in
            vm.guarded { () throws(Raised) in
                let x = arguments[0], base = arguments[1]
                let number: Value
                if x.isNull {
                    if !base.isNull { throw vm.raise(.typeError, "int() missing string argument") }
                    number = Value(small: 0)
                } else {
                    number = base.isNull ? try vm.toInt(x) : try vm.toInt(x, base: base)
                }
                return PyType(cls) == vm.types.int ? number : try vm.newIntInstance(PyType(cls), number)
            }
        }
        fillIntSlots()
        fillIntMethods(t)
        fillIntBytes(t)
    }

    private func fillIntSlots() {
        let slots = types.int.slotsPointer
        slots.pointee.getattro = genericGetAttrSlot
        slots.pointee.repr = { vm, a in vm.guarded { () throws(Raised) in try vm.intText(a) } }
        slots.pointee.hash = { vm, a in vm.intHash(a) }
        slots.pointee.richcompare = { vm, a, b, op in
            guard vm.bothInts(a, b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.ordered(vm.compareInts(a, b), op)
        }
        slots.pointee.add = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intAdd(a, b) } : .notImplemented
        }
        slots.pointee.subtract = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intSubtract(a, b) } : .notImplemented
        }
        slots.pointee.multiply = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intMultiply(a, b) } : .notImplemented
        }
        slots.pointee.remainder = { vm, a, b in
            vm.bothInts(a, b)
                ? vm.guarded { () throws(Raised) in try vm.intDivMod(a, b, quotient: false, remainder: true).1 } : .notImplemented
        }
        slots.pointee.floorDivide = { vm, a, b in
            vm.bothInts(a, b)
                ? vm.guarded { () throws(Raised) in try vm.intDivMod(a, b, quotient: true, remainder: false).0 } : .notImplemented
        }
        slots.pointee.divmod = { vm, a, b in
            if !vm.bothInts(a, b) { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let (q, r) = try vm.intDivMod(a, b, quotient: true, remainder: true)
                return vm.tuple(q, r)
            }
        }
        slots.pointee.trueDivide = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intTrueDivide(a, b) } : .notImplemented
        }
        slots.pointee.power = { vm, a, b, c in vm.guarded { () throws(Raised) in try vm.intPowerSlot(a, b, c) } }
        slots.pointee.negative = { vm, a in vm.guarded { () throws(Raised) in try vm.intNegative(a) } }
        slots.pointee.positive = { vm, a in vm.exactInt(a) }
        slots.pointee.absolute = { vm, a in vm.guarded { () throws(Raised) in try vm.intAbsolute(a) } }
        slots.pointee.bool = { vm, a in vm.signum(a) == 0 ? 0 : 1 }
        slots.pointee.invert = { vm, a in vm.guarded { () throws(Raised) in try vm.intInvert(a) } }
        slots.pointee.lshift = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intShift(a, b, left: true) } : .notImplemented
        }
        slots.pointee.rshift = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intShift(a, b, left: false) } : .notImplemented
        }
        slots.pointee.and = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.and, a, b) } : .notImplemented
        }
        slots.pointee.or = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.or, a, b) } : .notImplemented
        }
        slots.pointee.xor = { vm, a, b in
            vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.xor, a, b) } : .notImplemented
        }
        slots.pointee.int = { vm, a in vm.exactInt(a) }
        slots.pointee.index = { vm, a in vm.exactInt(a) }
        slots.pointee.float = { vm, a in vm.guarded { () throws(Raised) in Value(try vm.intToDouble(a)) } }
    }

    private func fillIntMethods(_ t: TypeBuilder) {
        t.def0("-conjugate($self, /)", "Returns self, the complex conjugate of any int.") { vm, a in vm.exactInt(a) }
        t.def0("bit_length($self, /)", """
            Number of bits necessary to represent self in binary.

            >>> bin(37)
            '0b100101'
            >>> (37).bit_length()
            6
            """) { vm, a in vm.int(vm.bitWidth(a)) }
        t.def0("bit_count($self, /)", """
            Number of ones in the binary representation of the absolute value of self.

            Also known as the population count.

            >>> bin(13)
            '0b1101'
            >>> (13).bit_count()
            3
            """) { vm, a in vm.int(vm.bigInt(a).bitCount) }
        t.def0("as_integer_ratio($self, /)", """
            Return integer ratio.

            Return a pair of integers, whose ratio is exactly equal to the original int
            and with a positive denominator.

            >>> (10).as_integer_ratio()
            (10, 1)
            >>> (-10).as_integer_ratio()
            (-10, 1)
            >>> (0).as_integer_ratio()
            (0, 1)
            """) { vm, a in vm.tuple(vm.exactInt(a), Value(small: 1)) }
        t.def0("-__trunc__($self, /)", "Truncating an Integral returns itself.") { vm, a in vm.exactInt(a) }
        t.def0("-__floor__($self, /)", "Flooring an Integral returns itself.") { vm, a in vm.exactInt(a) }
        t.def0("-__ceil__($self, /)", "Ceiling of an Integral returns itself.") { vm, a in vm.exactInt(a) }
        t.defN("__round__($self, ndigits=<unrepresentable>, /)", """
            Rounding an Integral returns itself.

            Rounding with an ndigits argument also returns an integer.
            """) { vm, a, arguments in
            vm.guarded { () throws(Raised) in
                if arguments[0].isNull { return vm.exactInt(a) }
                return try vm.roundInt(a, vm.index(arguments[0]))
            }
        }
        t.def0("__getnewargs__($self, /)", "") { vm, a in vm.tuple(vm.exactInt(a)) }
        t.def1("__format__($self, format_spec, /)", "") { vm, a, spec in
            vm.guarded { () throws(Raised) in try vm.formatInt(a, spec) }
        }
        t.def0("__sizeof__($self, /)", "Returns size in memory, in bytes.") { vm, a in
            // As CPython counts: a header of 24 bytes and 30 bits in every 4.
            vm.int(24 + 4 * ((vm.bitWidth(a) + 29) / 30))
        }
        t.getset("real", "the real part of a complex number", get: { vm, a in vm.exactInt(a) })
        t.getset("imag", "the imaginary part of a complex number", get: { _, _ in Value(small: 0) })
        t.getset("numerator", "the numerator of a rational number in lowest terms", get: { vm, a in vm.exactInt(a) })
        t.getset("denominator", "the denominator of a rational number in lowest terms", get: { _, _ in Value(small: 1) })
    }

    /// To a multiple of `10 ** -digits`, ties to even.
    func roundInt(_ a: Value, _ digits: Value) throws(Raised) -> Value {
        if !isNegativeInt(digits) { return exactInt(a) }
        // Half of 10^n is above |a| once n decimal digits are more than a's.
        guard let n = machineInt(digits), -n <= bitWidth(a) / 3 + 1 else { return Value(small: 0) }
        let x = bigInt(a), unit = BigInt(10).raised(to: -n)
        guard var (q, r) = x.floorDivision(by: unit) else { return exactInt(a) }
        let c = r.shiftedLeft(by: 1).compared(to: unit)
        if c > 0 || (c == 0 && q.isOdd) { r -= unit }
        q = x - r
        return try int(q)
    }

    private func fillIntBytes(_ t: TypeBuilder) {
        t.defN("to_bytes($self, /, length, byteorder, *, signed=False)", """
            Return an array of bytes representing an integer.

              length
                Length of bytes object to use.  An OverflowError is raised if the
                integer is not representable with the given number of bytes.
              byteorder
                The byte order used to represent the integer.  If byteorder is 'big',
                the most significant byte is at the beginning of the byte array.  If
                byteorder is 'little', the most significant byte is at the end of the
                byte array.  To request the native byte order of the host system, use
                `sys.byteorder' as the byte order value.
              signed
                Determines whether two's complement is used to represent the integer.
                If signed is False and a negative integer is given, an OverflowError
                is raised.
            """) { vm, a, arguments in
            vm.guarded { () throws(Raised) in
                let length = try vm.sizeArgument(arguments[0])
                let big = try vm.isBigEndian(arguments[1], "to_bytes")
                let signed = arguments[2].isNull ? false : try vm.isTrue(arguments[2])
                if length < 0 { throw vm.raise(.valueError, "length argument must be non-negative") }
                // -1 in no bytes at all is what CPython makes of it.
                if length == 0 && signed && a.isSmallInt && a.smallInt == -1 { return vm.state.pointee.emptyBytes }
                if a.isSmallInt && length <= 16 && length > 0 { return try vm.smallIntBytes(a.smallInt, length, big, signed) }
                try vm.checkAllocation(length)
                var out = [UInt8](repeating: 0, count: length)
                let n = vm.bigInt(a)
                let failure = out.withUnsafeMutableBytes { p -> BigInt.BytesError? in
                    do throws(BigInt.BytesError) { try n.write(to: p, bigEndian: big, signed: signed) } catch { return error }
                    return nil
                }
                switch failure {
                case .negative: throw vm.raise(.overflowError, "can't convert negative int to unsigned")
                case .tooBig: throw vm.raise(.overflowError, "int too big to convert")
                case nil: break
                }
                return try vm.newBytesObject(out)
            }
        }
        t.defN("from_bytes($type, /, bytes, byteorder, *, signed=False)", """
            Return the integer represented by the given array of bytes.

              bytes
                Holds the array of bytes to convert.  The argument must either
                support the buffer protocol or be an iterable object producing bytes.
                Bytes and bytearray are examples of built-in objects that support the
                buffer protocol.
              byteorder
                The byte order used to represent the integer.  If byteorder is 'big',
                the most significant byte is at the beginning of the byte array.  If
                byteorder is 'little', the most significant byte is at the end of the
                byte array.  To request the native byte order of the host system, use
                `sys.byteorder' as the byte order value.
              signed
                Indicates whether two's complement is used to represent the integer.
            """, .classMethod) { vm, cls, arguments in
            vm.guarded { () throws(Raised) in
                let big = try vm.isBigEndian(arguments[1], "from_bytes")
                let signed = arguments[2].isNull ? false : try vm.isTrue(arguments[2])
                var source = arguments[0]
                if source.isExactly(vm.types.bytes), let n = vm.wordFromBytes(PyBytes(source).view, big, signed) {
                    return PyType(cls) == vm.types.int ? vm.int(n) : try vm.call(cls, vm.int(n))
                }
                source = try vm.bytesOf(source)
                let n = try vm.withBuffer(source) { p throws(Raised) in BigInt(bytes: p, bigEndian: big, signed: signed) }
                let number = try vm.int(n ?? .zero)
                return PyType(cls) == vm.types.int ? number : try vm.call(cls, number)
            }
        }
    }

    func isBigEndian(_ order: Value, _ function: StaticString) throws(Raised) -> Bool {
        if !isStr(order) { throw raise(.typeError, "\(function)() argument 'byteorder' must be str, not \(argumentTypeName(order))") }
        if isWord(PyStr(order), "little") { return false }
        if isWord(PyStr(order), "big") { return true }
        throw raise(.valueError, "byteorder must be either 'little' or 'big'")
    }

    private func isWord(_ text: PyStr, _ word: StaticString) -> Bool {
        guard text.isASCII, text.count == word.utf8CodeUnitCount else { return false }
        for i in 0..<text.count where text.bytes[i] != word.utf8Start[i] { return false }
        return true
    }

    /// `n.to_bytes` where the bytes fit on the stack. - Precondition: `0 < length <= 16`.
    private func smallIntBytes(_ n: Int, _ length: Int, _ bigEndian: Bool, _ signed: Bool) throws(Raised) -> Value {
        if n < 0 && !signed { throw raise(.overflowError, "can't convert negative int to unsigned") }
        let bits = signed ? (n < 0 ? ~n : n).bitWidth - (n < 0 ? ~n : n).leadingZeroBitCount + 1 : n.bitWidth - n.leadingZeroBitCount
        if bits > length * 8 { throw raise(.overflowError, "int too big to convert") }
        let copied: Result<Value, Raised> = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { out in
            for i in 0..<length {
                let byte = UInt8(truncatingIfNeeded: n >> min(63, i * 8))
                out[bigEndian ? length - 1 - i : i] = byte
            }
            do throws(Raised) { return .success(try bytesObject(copying: UnsafeBufferPointer(out))) } catch { return .failure(error) }
        }
        return try copied.get()
    }

    /// What `bytes` say if a machine word holds it.
    private func wordFromBytes(_ bytes: UnsafeBufferPointer<UInt8>, _ bigEndian: Bool, _ signed: Bool) -> Int? {
        let count = bytes.count
        if count == 0 || count > 8 { return nil }
        var word: UInt64 = 0
        for i in 0..<count { word = word << 8 | UInt64(bytes[bigEndian ? i : count - 1 - i]) }
        if !signed { return Int(exactly: word) }
        let unused = UInt64(64 - count * 8)
        return Int(bitPattern: UInt(word << unused)) >> Int(unused)
    }
}
