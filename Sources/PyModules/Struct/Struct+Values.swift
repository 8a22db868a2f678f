// Python values to bytes and back, one format item at a time. CPython: the np_, bp_ and lp_ functions of Modules/_struct.c.
import PyNumerics
import PyRuntime

extension VM {
    // MARK: Packing

    /// Writes `value` as one item at `out`; `errorType` is struct.error.
    func packItem(_ value: Value, _ field: StructField, _ out: UnsafeMutablePointer<UInt8>, _ errorType: Value) throws(Raised) {
        func refuse(_ message: String) -> Raised { raise(PyType(errorType), str(message)) }
        switch field.code {
        case UInt8(ascii: "?"): out[0] = try isTrue(value) ? 1 : 0
        case UInt8(ascii: "c"):
            guard type(of: value).flags.contains(.bytesSubclass), let bytes = try bufferBytes(value), bytes.count == 1 else {
                throw refuse("char format requires a bytes object of length 1")
            }
            out[0] = bytes[0]
        case UInt8(ascii: "s"), UInt8(ascii: "p"):
            let flags = type(of: value).flags
            guard flags.contains(.bytesSubclass) || flags.contains(.bytearraySubclass), let bytes = try bufferBytes(value) else {
                throw refuse("argument for '\(field.code == UInt8(ascii: "s") ? "s" : "p")' must be a bytes object")
            }
            packText(bytes, field, out)
        case UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "d"):
            let x: Double
            do throws(Raised) { x = try realDouble(value) } catch {
                clearRaised()
                throw refuse("required argument is not a float")
            }
            do { try packDouble(x, field, out) } catch {
                if isInt(value), raisedMatches(.overflowError) {
                    clearRaised()
                    throw refuse("int too large to convert")
                }
                throw error
            }
        default: store(try packInt(value, field, errorType), field, out)
        }
    }

    private func packText(_ bytes: [UInt8], _ field: StructField, _ out: UnsafeMutablePointer<UInt8>) {
        if field.code == UInt8(ascii: "s") {
            for i in 0..<min(bytes.count, field.size) { out[i] = bytes[i] }
        } else if field.size > 0 {
            let n = min(bytes.count, field.size - 1)
            for i in 0..<n { out[i + 1] = bytes[i] }
            out[0] = UInt8(min(n, 255))
        }
    }

    private func packDouble(_ x: Double, _ field: StructField, _ out: UnsafeMutablePointer<UInt8>) throws(Raised) {
        switch field.code {
        case UInt8(ascii: "d"): store(x.bitPattern, field, out)
        case UInt8(ascii: "f"):
            let f = Float(x)
            if f.isInfinite && x.isFinite && !field.isNative { throw raise(.overflowError, "float too large to pack with f format") }
            store(UInt64(f.bitPattern), field, out)
        default:
            guard let bits = HalfFloat.bits(x) else { throw raise(.overflowError, "float too large to pack with e format") }
            store(UInt64(bits), field, out)
        }
    }

    private func store(_ bits: UInt64, _ field: StructField, _ out: UnsafeMutablePointer<UInt8>) {
        for i in 0..<field.size {
            out[field.bigEndian ? field.size - 1 - i : i] = UInt8(truncatingIfNeeded: bits >> UInt64(i * 8))
        }
    }

    /// The low 64 bits of an integer argument, range-checked.
    private func packInt(_ value: Value, _ field: StructField, _ errorType: Value) throws(Raised) -> UInt64 {
        func refuse(_ message: String) -> Raised { raise(PyType(errorType), str(message)) }
        var number = value
        if !isInt(value) {
            if !hasIndex(value) { throw refuse("required argument is not an integer") }
            number = try index(value)
        }
        // An overflow of the conversion is struct.error only where the argument is an int.
        func overflow(_ message: String) -> Raised { isInt(value) ? refuse("int too large to convert") : raise(.overflowError, message) }
        if field.code == UInt8(ascii: "P") {
            let n = bigInt(number)
            if n.isNegative ? machineInt(number) == nil : n.asUInt64 == nil {
                throw overflow("Python int too large to convert to C \(n.isNegative ? "long" : "unsigned long")")
            }
            return n.lowWord
        }
        let signed = field.code >= 97
        let outOfRange = "argument out of range"
        // The other byte order has functions of its own.
        let isForeign = field.bigEndian
        if isForeign && field.size == 8 {
            if signed {
                guard let n = machineInt(number) else { throw overflow("int too big to convert") }
                return UInt64(bitPattern: Int64(n))
            }
            guard let n = bigInt(number).asUInt64 else {
                throw overflow(bigInt(number).isNegative ? "can't convert negative int to unsigned" : "int too big to convert")
            }
            return n
        }
        // The narrow codes look at a C long first; the wide unsigned ones at an unsigned long.
        if field.size <= 2 && !(isForeign && field.size == 2 && !signed) || signed {
            guard let n = machineInt(number) else { throw refuse(outOfRange) }
            if field.size == 8 { return UInt64(bitPattern: Int64(n)) }
            let bits = field.size * 8
            let low = signed ? -(1 << (bits - 1)) : 0, high = signed ? 1 << (bits - 1) - 1 : 1 << bits - 1
            if n < low || n > high {
                switch field.code {
                case UInt8(ascii: "b"): throw refuse("byte format requires -128 <= number <= 127")
                case UInt8(ascii: "B"): throw refuse("ubyte format requires 0 <= number <= 255")
                case UInt8(ascii: "h") where !isForeign: throw refuse("short format requires (-0x7fff - 1) <= number <= 0x7fff")
                case UInt8(ascii: "H"): throw refuse("ushort format requires 0 <= number <= (0x7fff * 2 + 1)")
                default:
                    let letter = Character(UnicodeScalar(field.code))
                    throw refuse("'\(letter)' format requires \(low) <= number <= \(high)")
                }
            }
            return UInt64(bitPattern: Int64(n))
        }
        guard let n = bigInt(number).asUInt64 else { throw refuse(outOfRange) }
        let most: UInt64 = field.size == 8 ? .max : 1 << UInt64(field.size * 8) - 1
        if n > most { throw refuse("'\(Character(UnicodeScalar(field.code)))' format requires 0 <= number <= \(most)") }
        return n
    }

    // MARK: Unpacking

    /// After `float.__setformat__(…, "unknown")`.
    private func raiseSpecialFloat() -> Raised { raise(.valueError, "can't unpack IEEE 754 special value on non-IEEE platform") }

    func unpackItem(_ field: StructField, _ bytes: UnsafePointer<UInt8>) throws(Raised) -> Value {
        switch field.code {
        case UInt8(ascii: "c"): return try newBytesObject([bytes[0]])
        case UInt8(ascii: "s"): return try newBytesObject(Array(UnsafeBufferPointer(start: bytes, count: field.size)))
        case UInt8(ascii: "p"):
            if field.size == 0 { return try newBytesObject([]) }
            let n = min(Int(bytes[0]), field.size - 1)
            return try newBytesObject(Array(UnsafeBufferPointer(start: bytes + 1, count: n)))
        case UInt8(ascii: "?"): return Value(bytes[0] != 0)
        default: break
        }
        var bits: UInt64 = 0
        for i in 0..<field.size { bits |= UInt64(bytes[field.bigEndian ? field.size - 1 - i : i]) << UInt64(i * 8) }
        switch field.code {
        case UInt8(ascii: "d"):
            if state.pointee.unknownFloatFormats & 1 != 0, !Double(bitPattern: bits).isFinite { throw raiseSpecialFloat() }
            return Value(foreign: Double(bitPattern: bits))
        case UInt8(ascii: "f"):
            if state.pointee.unknownFloatFormats & 2 != 0, !Float(bitPattern: UInt32(truncatingIfNeeded: bits)).isFinite { throw raiseSpecialFloat() }
            return Value(foreign: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case UInt8(ascii: "e"): return Value(HalfFloat.value(UInt16(truncatingIfNeeded: bits)))
        default: break
        }
        if field.code >= 97 {
            let shift = UInt64(64 - field.size * 8)
            return int(Int(Int64(bitPattern: bits << shift) >> Int64(shift)))
        }
        return int(unsigned: bits)
    }
}
