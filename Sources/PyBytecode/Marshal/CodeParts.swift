// From marshalled values to a code object and back: types of the parts, and constants.
// CPython: Objects/codeobject.c PyCode_NewWithPosOnlyArgs().
import PyUnicode

/// The sixteen parts of a code object as they were read, types not yet checked.
struct CodeParts {
    /// argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags.
    var counts = [Int](repeating: 0, count: 6)
    var code = MarshalValue.none
    var consts = MarshalValue.none
    var names = MarshalValue.none
    var varnames = MarshalValue.none
    var freevars = MarshalValue.none
    var cellvars = MarshalValue.none
    var filename = MarshalValue.none
    var name = MarshalValue.none
    var firstlineno = 0
    var linetable = MarshalValue.none

    func makeCode() throws(MarshalError) -> CodeObject {
        guard counts[0...4].allSatisfy({ $0 >= 0 }), counts[1] <= counts[0] else { throw Self.wrongPart }
        guard case .tuple(let pool) = consts else { throw Self.wrongPart }
        let total = counts[0] + counts[2] + (counts[5] & 4 != 0 ? 1 : 0) + (counts[5] & 8 != 0 ? 1 : 0)
        let locals = try Self.texts(varnames)
        guard total <= locals.count else { throw MarshalError(.valueError, "code: varnames is too small") }
        return CodeObject(
            argcount: counts[0], posonlyargcount: counts[1], kwonlyargcount: counts[2], nlocals: counts[3],
            stacksize: counts[4], flags: CodeFlags(rawValue: UInt32(truncatingIfNeeded: counts[5])),
            code: try Self.bytes(code), consts: try pool.asConstants(depth: 0), names: try Self.texts(names),
            varnames: locals, freevars: try Self.texts(freevars), cellvars: try Self.texts(cellvars),
            filename: try Self.text(filename), name: try Self.text(name), firstlineno: firstlineno,
            linetable: try Self.bytes(linetable))
    }

    private static var wrongPart: MarshalError {
        MarshalError(.systemError, "Objects/codeobject.c: bad argument to internal function")
    }

    private static func bytes(_ value: MarshalValue) throws(MarshalError) -> [UInt8] {
        guard case .bytes(let bytes) = value else { throw wrongPart }
        return bytes
    }

    private static func text(_ value: MarshalValue) throws(MarshalError) -> PyText {
        guard case .str(let text, _) = value else { throw wrongPart }
        return text
    }

    private static func texts(_ value: MarshalValue) throws(MarshalError) -> [PyText] {
        guard case .tuple(let node) = value else { throw wrongPart }
        var result: [PyText] = []
        result.reserveCapacity(node.items.count)
        for item in node.items {
            guard case .str(let text, _) = item else {
                throw MarshalError(.systemError, "non-string found in code slot")
            }
            result.append(text)
        }
        return result
    }
}

extension MarshalNode {
    /// The items as constants. Shared nodes are converted once, so the result is no bigger than the data.
    func asConstants(depth: Int) throws(MarshalError) -> [Constant] {
        if let constants { return constants }
        guard !isConverting, depth < Marshal.maxDepth else {
            throw MarshalError(.valueError, "bad marshal data (a constant that contains itself)")
        }
        isConverting = true
        defer { isConverting = false }
        var result: [Constant] = []
        result.reserveCapacity(items.count)
        for item in items { result.append(try item.asConstant(depth: depth + 1)) }
        constants = result
        return result
    }
}

extension MarshalValue {
    /// The value as a member of a constant pool. Lists, dicts and sets, which no compiler puts there, are refused.
    func asConstant(depth: Int) throws(MarshalError) -> Constant {
        switch self {
        case .none: .none
        case .ellipsis: .ellipsis
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .bigInt(let value): .bigInt(value)
        case .float(let bits): .float(bits)
        case .complex(let real, let imaginary): .complex(real, imaginary)
        case .str(let text, _): .str(text)
        case .bytes(let bytes): .bytes(bytes)
        case .tuple(let node): .tuple(try node.asConstants(depth: depth))
        case .frozenset(let node): .frozenset(try node.asConstants(depth: depth))
        case .code(let code): .code(code)
        case .list, .dict, .set, .stopIteration:
            throw MarshalError(.typeError, "a code object's constant of this type is not supported")
        }
    }
}

/// The reader for the common case.
extension CodeObject {
    /// Reads a marshalled code object, as `marshal.loads` of a module's code.
    /// - Throws: MarshalError, also if the value is not a code object.
    public static func unmarshal(_ bytes: [UInt8], at position: Int = 0) throws(MarshalError) -> CodeObject {
        var reader = MarshalReader(bytes, at: position)
        guard case .code(let code) = try reader.read() else {
            throw MarshalError(.typeError, "not a code object")
        }
        return code
    }
}
