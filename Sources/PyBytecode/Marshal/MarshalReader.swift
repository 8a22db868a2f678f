// Reads marshalled data, versions 0 to 4, from untrusted bytes: every size is checked against what is left before
// memory is taken, nesting is limited, no input traps. Messages are CPython's. CPython: Python/marshal.c r_object().
import PyNumerics
import PyUnicode

/// A reader over a buffer. Several values may follow each other.
public struct MarshalReader {
    private let bytes: [UInt8]
    /// Where the next value begins.
    public private(set) var position: Int
    /// What references can name, by index. Nil: reserved for an object that is not finished.
    private var refs: [MarshalValue?] = []
    private var depth = 0

    public init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = min(max(position, 0), bytes.count)
    }

    /// Reads one value.
    public mutating func read() throws(MarshalError) -> MarshalValue {
        refs.removeAll(keepingCapacity: true)
        guard let value = try readObject() else { throw MarshalError(.typeError, "NULL object in marshal data for object") }
        return value
    }

    // MARK: Objects

    /// Nil is the NULL object, which ends a dict.
    private mutating func readObject() throws(MarshalError) -> MarshalValue? {
        guard position < bytes.count else { throw MarshalError(.eofError, "EOF read where object expected") }
        let byte = bytes[position]
        position += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Marshal.maxDepth else { throw MarshalError(.valueError, "recursion limit exceeded") }
        let isRef = byte & MarshalType.refFlag != 0
        let type = byte & ~MarshalType.refFlag
        switch type {
        case MarshalType.null: return nil
        case MarshalType.none: return MarshalValue.none
        case MarshalType.false: return .bool(false)
        case MarshalType.true: return .bool(true)
        case MarshalType.stopIteration: return .stopIteration
        case MarshalType.ellipsis: return .ellipsis
        case MarshalType.ref: return try readReference()
        case MarshalType.tuple, MarshalType.smallTuple, MarshalType.list, MarshalType.set, MarshalType.frozenset:
            return try readSequence(type, isRef)
        case MarshalType.dict: return try readDict(isRef)
        case MarshalType.code: return try readCode(isRef)
        default:
            let value = try readAtom(type)
            if isRef { refs.append(value) }
            return value
        }
    }

    @inline(never)
    private mutating func readReference() throws(MarshalError) -> MarshalValue {
        let index = try readInt32()
        guard index >= 0, index < refs.count, let value = refs[index] else {
            throw MarshalError(.valueError, "bad marshal data (invalid reference)")
        }
        return value
    }

    @inline(never)
    private mutating func readAtom(_ type: UInt8) throws(MarshalError) -> MarshalValue {
        switch type {
        case MarshalType.int: return .int(try readInt32())
        case MarshalType.int64: return .int(Int(Int64(bitPattern: try readDouble())))
        case MarshalType.long: return try readLong()
        case MarshalType.binaryFloat: return .float(try readDouble())
        case MarshalType.binaryComplex:
            let real = try readDouble()
            return .complex(real, try readDouble())
        case MarshalType.float: return .float(try readFloatText())
        case MarshalType.complex:
            let real = try readFloatText()
            return .complex(real, try readFloatText())
        case MarshalType.string: return .bytes(try take(try readSize("bytes object")))
        case MarshalType.ascii, MarshalType.asciiInterned:
            return .str(try readLatin1(try readSize("string")), interned: type == MarshalType.asciiInterned)
        case MarshalType.shortASCII, MarshalType.shortASCIIInterned:
            return .str(try readLatin1(Int(try readByte())), interned: type == MarshalType.shortASCIIInterned)
        case MarshalType.unicode, MarshalType.interned:
            let text = try take(try readSize("string"))
            if let problem = UTF8Check.firstProblem(in: text) { throw MarshalError(.unicodeDecodeError, problem.message) }
            return .str(PyText(utf8: text), interned: type == MarshalType.interned)
        default: throw MarshalError(.valueError, "bad marshal data (unknown type code)")
        }
    }

    @inline(never)
    private mutating func readSequence(_ type: UInt8, _ isRef: Bool) throws(MarshalError) -> MarshalValue {
        let name =
            switch type {
            case MarshalType.list: "list"
            case MarshalType.set, MarshalType.frozenset: "set"
            default: "tuple"
            }
        // A missing count byte reads as 255, and the first element then meets the end.
        let count = type == MarshalType.smallTuple ? (try? readByte()).map(Int.init) ?? 255 : try readSize(name)
        let node = MarshalNode()
        let value: MarshalValue =
            switch type {
            case MarshalType.list: .list(node)
            case MarshalType.set: .set(node)
            case MarshalType.frozenset: .frozenset(node)
            default: .tuple(node)
            }
        // A frozenset cannot be seen before it is complete; the others can, through a reference from inside.
        let hidden = type == MarshalType.frozenset && count > 0
        let slot = refs.count
        if isRef { refs.append(hidden ? nil : value) }
        // Each element takes a byte at least: no more room than the data could fill.
        node.items.reserveCapacity(min(count, bytes.count - position))
        for _ in 0..<count {
            guard let item = try readObject() else {
                throw MarshalError(.typeError, "NULL object in marshal data for \(name)")
            }
            node.items.append(item)
        }
        if isRef && hidden { refs[slot] = value }
        return value
    }

    @inline(never)
    private mutating func readDict(_ isRef: Bool) throws(MarshalError) -> MarshalValue {
        let node = MarshalNode()
        if isRef { refs.append(.dict(node)) }
        while let key = try readObject() {
            guard let value = try readObject() else { break }
            node.items.append(key)
            node.items.append(value)
        }
        return .dict(node)
    }

    @inline(never)
    private mutating func readCode(_ isRef: Bool) throws(MarshalError) -> MarshalValue {
        let slot = refs.count
        if isRef { refs.append(nil) }
        var parts = CodeParts()
        for index in parts.counts.indices { parts.counts[index] = try readInt32() }
        parts.code = try readPart()
        parts.consts = try readPart()
        parts.names = try readPart()
        parts.varnames = try readPart()
        parts.freevars = try readPart()
        parts.cellvars = try readPart()
        parts.filename = try readPart()
        parts.name = try readPart()
        parts.firstlineno = try readInt32()
        parts.linetable = try readPart()
        let value = MarshalValue.code(try parts.makeCode())
        if isRef { refs[slot] = value }
        return value
    }

    private mutating func readPart() throws(MarshalError) -> MarshalValue {
        guard let value = try readObject() else { throw MarshalError(.typeError, "NULL object in marshal data for object") }
        return value
    }

    // MARK: Pieces

    private mutating func readByte() throws(MarshalError) -> UInt8 {
        guard position < bytes.count else { throw MarshalError(.eofError, "EOF read where object expected") }
        position += 1
        return bytes[position - 1]
    }

    private mutating func need(_ count: Int) throws(MarshalError) -> Int {
        guard count <= bytes.count - position else {
            // CPython's reader has then used up the data.
            position = bytes.count
            throw MarshalError(.eofError, "marshal data too short")
        }
        position += count
        return position - count
    }

    private mutating func take(_ count: Int) throws(MarshalError) -> [UInt8] {
        let start = try need(count)
        return Array(bytes[start..<start + count])
    }

    private mutating func readInt32() throws(MarshalError) -> Int {
        let at = try need(4)
        let low = UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8
        return Int(Int32(bitPattern: low | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24))
    }

    private mutating func readSize(_ what: String) throws(MarshalError) -> Int {
        let size = try readInt32()
        guard size >= 0 else { throw MarshalError(.valueError, "bad marshal data (\(what) size out of range)") }
        return size
    }

    private mutating func readDouble() throws(MarshalError) -> UInt64 {
        let at = try need(8)
        var bits: UInt64 = 0
        for index in 0..<8 { bits |= UInt64(bytes[at + index]) << UInt64(8 * index) }
        return bits
    }

    private mutating func readFloatText() throws(MarshalError) -> UInt64 {
        let text = try take(Int(try readByte()))
        let string = String(decoding: text, as: UTF8.self)
        // Only what CPython's own writer makes: no spaces, no hexadecimal, no underscores.
        let allowed = text.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): true
            default: false
            }
        }
        let lowered = string.lowercased()
        let unsigned = lowered.first == "-" || lowered.first == "+" ? String(lowered.dropFirst()) : lowered
        if unsigned == "inf" || unsigned == "infinity" {
            return (lowered.first == "-" ? -Double.infinity : .infinity).bitPattern
        }
        if unsigned == "nan" { return lowered.first == "-" ? Double.nan.bitPattern | 1 << 63 : Double.nan.bitPattern }
        guard allowed, let value = Double(string) else {
            throw MarshalError(.valueError, "could not convert string to float: '\(string)'")
        }
        return value.bitPattern
    }

    private mutating func readLatin1(_ count: Int) throws(MarshalError) -> PyText {
        let raw = try take(count)
        if raw.allSatisfy({ $0 < 0x80 }) { return PyText(utf8: raw) }
        var utf8: [UInt8] = []
        utf8.reserveCapacity(count * 2)
        for byte in raw {
            if byte < 0x80 { utf8.append(byte) } else { utf8 += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
        }
        return PyText(utf8: utf8)
    }

    /// Digits of 15 bits, least significant first; the sign is the count's.
    private mutating func readLong() throws(MarshalError) -> MarshalValue {
        let size = try readInt32()
        guard size != Int(Int32.min) else { throw MarshalError(.valueError, "bad marshal data (long size out of range)") }
        let count = abs(size)
        if count == 0 { return .int(0) }
        var limbs: [UInt64] = []
        limbs.reserveCapacity(min(count, (bytes.count - position) / 2) * 15 / 64 + 1)
        var pending: UInt64 = 0
        var bits = 0
        for index in 0..<count {
            let at = try need(2)
            let digit = UInt64(bytes[at]) | UInt64(bytes[at + 1]) << 8
            guard digit < 1 << 15 else { throw MarshalError(.valueError, "bad marshal data (digit out of range in long)") }
            guard digit != 0 || index < count - 1 else {
                throw MarshalError(.valueError, "bad marshal data (unnormalized long data)")
            }
            pending |= digit << UInt64(bits)
            bits += 15
            if bits >= 64 {
                limbs.append(pending)
                bits -= 64
                pending = digit >> UInt64(15 - bits)
            }
        }
        limbs.append(pending)
        return MarshalValue(BigInt(isNegative: size < 0, magnitude: limbs))
    }
}

extension MarshalValue {
    /// `.int` if the value fits, else `.bigInt`.
    public init(_ big: BigInt) {
        if big.magnitude.isEmpty {
            self = .int(0)
        } else if big.magnitude.count == 1, big.magnitude[0] <= UInt64(Int.max) {
            self = .int(big.isNegative ? -Int(big.magnitude[0]) : Int(big.magnitude[0]))
        } else if big.magnitude.count == 1, big.isNegative, big.magnitude[0] == UInt64(Int.max) + 1 {
            self = .int(Int.min)
        } else {
            self = .bigInt(big)
        }
    }
}
