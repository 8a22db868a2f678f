// Writes values and code objects in marshal's format, versions 0 to 4. CPython decides by reference counts what may be
// referred to again; here every shared node, every interned and every repeated text may. What is read back is equal.
// CPython: Python/marshal.c w_object().
import PyNumerics
import PyUnicode

/// A writer that appends to `bytes`.
public struct MarshalWriter {
    public private(set) var bytes: [UInt8] = []
    private let version: Int
    private var depth = 0
    private var nextRef: UInt32 = 0
    private var internedRefs: [PyText: UInt32] = [:]
    private var textRefs: [PyText: UInt32] = [:]
    private var nodeRefs: [ObjectIdentifier: UInt32] = [:]

    /// - Parameter version: `marshal.dumps`' second argument; 3 and 4 write references, 4 short forms.
    public init(version: Int = Marshal.version) { self.version = version }

    /// The data of one value.
    public static func dump(_ value: MarshalValue, version: Int = Marshal.version) throws(MarshalError) -> [UInt8] {
        var writer = MarshalWriter(version: version)
        try writer.write(value)
        return writer.bytes
    }

    /// The data of a code object, as in a `.pyc` after its header.
    public static func dump(_ code: CodeObject, version: Int = Marshal.version) throws(MarshalError) -> [UInt8] {
        var writer = MarshalWriter(version: version)
        writer.bytes.reserveCapacity(code.code.count * 4 + 256)
        try writer.write(code)
        return writer.bytes
    }

    // MARK: Values

    /// - Throws: ValueError where values nest deeper than CPython allows.
    public mutating func write(_ value: MarshalValue) throws(MarshalError) {
        try enter()
        defer { depth -= 1 }
        switch value {
        case .none: put(MarshalType.none)
        case .stopIteration: put(MarshalType.stopIteration)
        case .ellipsis: put(MarshalType.ellipsis)
        case .bool(let value): put(value ? MarshalType.true : MarshalType.false)
        case .int(let value): write(int: value)
        case .bigInt(let value): write(limbs: value.magnitude, isNegative: value.isNegative)
        case .float(let bits): write(float: bits)
        case .complex(let real, let imaginary): write(complex: real, imaginary)
        case .str(let text, let interned): write(text: text, interned: interned)
        case .bytes(let value): write(bytes: value)
        case .tuple(let node):
            let isSmall = version >= 4 && node.items.count < 256
            try write(node, isSmall ? MarshalType.smallTuple : MarshalType.tuple)
        case .list(let node): try write(node, MarshalType.list)
        case .set(let node): try write(node, MarshalType.set)
        case .frozenset(let node): try write(node, MarshalType.frozenset)
        case .dict(let node): try write(node, MarshalType.dict)
        case .code(let code): try write(code)
        }
    }

    private mutating func enter() throws(MarshalError) {
        depth += 1
        guard depth <= Marshal.maxDepth else { throw MarshalError(.valueError, "object too deeply nested to marshal") }
    }

    private mutating func write(_ node: MarshalNode, _ type: UInt8) throws(MarshalError) {
        var flag: UInt8 = 0
        // A frozenset is numbered by CPython's reader before its elements and filled in after them: the same order.
        if version >= 3 {
            if let ref = nodeRefs[ObjectIdentifier(node)] { return put(reference: ref) }
            nodeRefs[ObjectIdentifier(node)] = nextRef
            nextRef += 1
            flag = MarshalType.refFlag
        }
        put(type | flag)
        switch type {
        case MarshalType.smallTuple: put(UInt8(truncatingIfNeeded: node.items.count))
        case MarshalType.dict: break
        default: put(int32: node.items.count)
        }
        for item in node.items { try write(item) }
        if type == MarshalType.dict { put(MarshalType.null) }
    }

    // MARK: Code objects

    /// Writes a code object.
    public mutating func write(_ code: CodeObject) throws(MarshalError) {
        try enter()
        defer { depth -= 1 }
        if version >= 3 {
            if let ref = nodeRefs[ObjectIdentifier(code)] { return put(reference: ref) }
            nodeRefs[ObjectIdentifier(code)] = nextRef
            nextRef += 1
            put(MarshalType.code | MarshalType.refFlag)
        } else {
            put(MarshalType.code)
        }
        put(int32: code.argcount)
        put(int32: code.posonlyargcount)
        put(int32: code.kwonlyargcount)
        put(int32: code.nlocals)
        put(int32: code.stacksize)
        put(int32: Int(code.flags.rawValue))
        write(bytes: code.code)
        try write(tuple: code.consts)
        write(names: code.names)
        write(names: code.varnames)
        write(names: code.freevars)
        write(names: code.cellvars)
        write(text: code.filename, interned: false)
        write(text: code.name, interned: true)
        put(int32: code.firstlineno)
        write(bytes: code.linetable)
    }

    private mutating func write(names: [PyText]) {
        putTupleHead(names.count)
        for name in names { write(text: name, interned: true) }
    }

    private mutating func write(tuple items: [Constant]) throws(MarshalError) {
        try enter()
        defer { depth -= 1 }
        putTupleHead(items.count)
        for item in items { try write(constant: item) }
    }

    private mutating func write(constant: Constant) throws(MarshalError) {
        switch constant {
        case .none: put(MarshalType.none)
        case .ellipsis: put(MarshalType.ellipsis)
        case .bool(let value): put(value ? MarshalType.true : MarshalType.false)
        case .int(let value): write(int: value)
        case .bigInt(let value): write(limbs: value.magnitude, isNegative: value.isNegative)
        case .float(let bits): write(float: bits)
        case .complex(let real, let imaginary): write(complex: real, imaginary)
        case .str(let text): write(text: text, interned: text.looksLikeName)
        case .bytes(let value): write(bytes: value)
        case .tuple(let items): try write(tuple: items)
        case .frozenset(let items):
            try enter()
            defer { depth -= 1 }
            put(MarshalType.frozenset)
            put(int32: items.count)
            for item in items { try write(constant: item) }
        case .code(let code): try write(code)
        }
    }

    private mutating func putTupleHead(_ count: Int) {
        if version >= 4 && count < 256 {
            put(MarshalType.smallTuple)
            put(UInt8(truncatingIfNeeded: count))
        } else {
            put(MarshalType.tuple)
            put(int32: count)
        }
    }

    // MARK: Atoms

    private mutating func write(int value: Int) {
        if let small = Int32(exactly: value) {
            put(MarshalType.int)
            put(int32: Int(small))
        } else {
            write(limbs: [UInt64(value.magnitude)], isNegative: value < 0)
        }
    }

    private mutating func write(limbs: [UInt64], isNegative: Bool) {
        put(MarshalType.long)
        let bits = limbs.isEmpty ? 0 : limbs.count * 64 - (limbs.last?.leadingZeroBitCount ?? 0)
        let count = (bits + 14) / 15
        put(int32: isNegative ? -count : count)
        for index in 0..<count {
            let bit = index * 15
            var digit = limbs[bit / 64] >> UInt64(bit % 64)
            if bit % 64 > 49, bit / 64 + 1 < limbs.count { digit |= limbs[bit / 64 + 1] << UInt64(64 - bit % 64) }
            put(UInt8(truncatingIfNeeded: digit))
            put(UInt8(truncatingIfNeeded: digit >> 8) & 0x7F)
        }
    }

    private mutating func write(float bits: UInt64) {
        if version > 1 {
            put(MarshalType.binaryFloat)
            put(bits: bits)
        } else {
            put(MarshalType.float)
            put(floatText: bits)
        }
    }

    private mutating func write(complex real: UInt64, _ imaginary: UInt64) {
        if version > 1 {
            put(MarshalType.binaryComplex)
            put(bits: real)
            put(bits: imaginary)
        } else {
            put(MarshalType.complex)
            put(floatText: real)
            put(floatText: imaginary)
        }
    }

    private mutating func write(bytes value: [UInt8]) {
        put(MarshalType.string)
        put(int32: value.count)
        bytes += value
    }

    private mutating func write(text: PyText, interned: Bool) {
        var flag: UInt8 = 0
        let interned = interned && version >= 1
        // One table for both kinds would lose whether a text is interned.
        if version >= 3 {
            if let ref = interned ? internedRefs[text] : textRefs[text] { return put(reference: ref) }
            if interned { internedRefs[text] = nextRef } else { textRefs[text] = nextRef }
            nextRef += 1
            flag = MarshalType.refFlag
        }
        if version >= 4 && text.isASCII {
            if text.utf8.count < 256 {
                put((interned ? MarshalType.shortASCIIInterned : MarshalType.shortASCII) | flag)
                put(UInt8(truncatingIfNeeded: text.utf8.count))
            } else {
                put((interned ? MarshalType.asciiInterned : MarshalType.ascii) | flag)
                put(int32: text.utf8.count)
            }
        } else {
            put((interned && version >= 3 ? MarshalType.interned : MarshalType.unicode) | flag)
            put(int32: text.utf8.count)
        }
        bytes += text.utf8
    }

    // MARK: Bytes

    private mutating func put(_ byte: UInt8) { bytes.append(byte) }

    private mutating func put(reference: UInt32) {
        put(MarshalType.ref)
        put(int32: Int(reference))
    }

    private mutating func put(int32 value: Int) {
        let bits = UInt32(truncatingIfNeeded: value)
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }

    private mutating func put(bits: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    private mutating func put(floatText bits: UInt64) {
        let text = FloatText.format(Double(bitPattern: bits), type: UInt8(ascii: "g"), precision: 17)
        put(UInt8(truncatingIfNeeded: text.count))
        bytes += text
    }
}

extension PyText {
    /// Whether CPython interns a constant with this text: ASCII letters, digits and underscores only.
    public var looksLikeName: Bool {
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): continue
            default: return false
            }
        }
        return true
    }
}
