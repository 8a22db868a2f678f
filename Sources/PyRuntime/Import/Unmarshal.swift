// Reads marshalled data straight into objects: no tree in between, for this is how every imported module comes in. Every
// size is checked against what is left, nesting is limited, no input traps; messages are CPython's.
// CPython: Python/marshal.c r_object(). The reader of trees, for tools, is PyBytecode's `MarshalReader`.
import PyBytecode
import PyUnicode

extension VM {
    /// Reads one object from marshalled bytes, from `position` on; the bytes must stay where they are. May collect.
    /// - Throws: EOFError, ValueError, TypeError with CPython's texts.
    func unmarshal(_ bytes: UnsafeBufferPointer<UInt8>, position: inout Int) throws(Raised) -> Value {
        var reader = Unmarshaller(
            vm: self, bytes: bytes, position: position, refs: try newList(capacity: min(bytes.count / 32, 4096)))
        defer { position = reader.position }
        let value = try reader.readObject()
        if value.isNull { throw raise(.typeError, "NULL object in marshal data for object") }
        return value
    }

    /// As above, from an array.
    public func unmarshal(_ bytes: [UInt8], position: inout Int) throws(Raised) -> Value {
        try bytes.withUnsafeBufferPointer { buffer throws(Raised) in try unmarshal(buffer, position: &position) }
    }
}

/// One run of the reader.
private struct Unmarshaller {
    let vm: VM
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next value begins.
    var position: Int
    /// What references can name, by index. NULL: reserved for an object that is not finished.
    let refs: PyList
    var depth = 0
    /// Inside a code object's constants, where no list, dict or set may be.
    var isInConstants = false

    init(vm: VM, bytes: UnsafeBufferPointer<UInt8>, position: Int, refs: PyList) {
        self.vm = vm
        self.bytes = bytes
        self.position = min(max(position, 0), bytes.count)
        self.refs = refs
    }

    // MARK: Objects

    /// NULL is the NULL object, which ends a dict.
    mutating func readObject() throws(Raised) -> Value {
        guard position < bytes.count else { throw vm.raise(.eofError, "EOF read where object expected") }
        let byte = bytes[position]
        position += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Marshal.maxDepth else { throw vm.raise(.valueError, "recursion limit exceeded") }
        let isRef = byte & 0x80 != 0
        let type = byte & 0x7F
        switch type {
        case UInt8(ascii: "0"): return .null
        case UInt8(ascii: "N"): return .none
        case UInt8(ascii: "F"): return .false
        case UInt8(ascii: "T"): return .true
        case UInt8(ascii: "S"):
            try refuseInConstants()
            return vm.exceptionType(.stopIteration).value
        case UInt8(ascii: "."): return .ellipsis
        case UInt8(ascii: "r"): return try readReference()
        case UInt8(ascii: "Z"): return try readShortText(isRef, isInterned: true)
        case UInt8(ascii: "z"): return try readShortText(isRef, isInterned: false)
        case UInt8(ascii: ")"): return try readTuple(try readSmallCount(), isRef)
        case UInt8(ascii: "("): return try readTuple(try readSize("tuple"), isRef)
        case UInt8(ascii: "["): return try readList(isRef)
        case UInt8(ascii: "<"), UInt8(ascii: ">"): return try readSet(isFrozen: type == UInt8(ascii: ">"), isRef)
        case UInt8(ascii: "{"): return try readDict(isRef)
        case UInt8(ascii: "c"): return try readCode(isRef)
        default:
            let value = try readAtom(type)
            if isRef { try refs.append(vm, value) }
            return value
        }
    }

    /// A constant of a code object that its canonical form cannot hold.
    private func refuseInConstants() throws(Raised) {
        if isInConstants { throw vm.raise(.typeError, "a code object's constant of this type is not supported") }
    }

    private mutating func readReference() throws(Raised) -> Value {
        let index = try readInt32()
        guard index >= 0, index < refs.count, !refs[index].isNull else {
            throw vm.raise(.valueError, "bad marshal data (invalid reference)")
        }
        let value = refs[index]
        if isInConstants, value.isObject {
            let type = value.objectType
            if type == vm.types.list || type == vm.types.dict || type == vm.types.set || type == vm.types.type { try refuseInConstants() }
        }
        return value
    }

    private mutating func readAtom(_ type: UInt8) throws(Raised) -> Value {
        switch type {
        case UInt8(ascii: "i"): return vm.int(try readInt32())
        case UInt8(ascii: "I"): return vm.int(Int(Int64(bitPattern: try readBits())))
        case UInt8(ascii: "g"): return Value(foreign: Double(bitPattern: try readBits()))
        case UInt8(ascii: "y"):
            let real = try readBits()
            return vm.complexObject(Double(bitPattern: real), Double(bitPattern: try readBits()))
        case UInt8(ascii: "s"):
            let size = try readSize("bytes object")
            let start = try need(size)
            return try vm.bytesObject(copying: UnsafeBufferPointer(rebasing: bytes[start..<start + size]))
        case UInt8(ascii: "a"), UInt8(ascii: "A"): return try readText(try readSize("string"), isInterned: type == UInt8(ascii: "A"))
        case UInt8(ascii: "u"), UInt8(ascii: "t"):
            let start = position
            let size = try readSize("string")
            let at = try need(size)
            let text = UnsafeBufferPointer(rebasing: bytes[at..<at + size])
            if !text.allSatisfy({ $0 < 0x80 }) {
                position = start
                return try readRare(type, 4 + size)
            }
            return type == UInt8(ascii: "t") ? vm.intern(utf8: text) : vm.str(utf8: text)
        case UInt8(ascii: "l"):
            let start = position
            let size = try readInt32()
            position = start
            return try readRare(type, 4 + 2 * abs(size))
        case UInt8(ascii: "f"): return try readRare(type, position < bytes.count ? 1 + Int(bytes[position]) : 0)
        case UInt8(ascii: "x"):
            let first = position < bytes.count ? 1 + Int(bytes[position]) : 0
            let second = position + first < bytes.count ? 1 + Int(bytes[position + first]) : 0
            return try readRare(type, first + second)
        default: throw vm.raise(.valueError, "bad marshal data (unknown type code)")
        }
    }

    /// What is rare goes through the reader of trees: `size` bytes after the type byte.
    private mutating func readRare(_ type: UInt8, _ size: Int) throws(Raised) -> Value {
        let end = min(position + size, bytes.count)
        let tree: MarshalValue
        do throws(MarshalError) {
            var reader = MarshalReader([type] + bytes[position..<end])
            tree = try reader.read()
            position = min(position + reader.position - 1, bytes.count)
        } catch { throw vm.raise(error) }
        switch tree {
        case .int(let value): return vm.int(value)
        case .bigInt(let value): return vm.intObject(value)
        case .float(let bits): return Value(foreign: Double(bitPattern: bits))
        case .complex(let real, let imag): return vm.complexObject(Double(bitPattern: real), Double(bitPattern: imag))
        case .str(let text, let interned): return interned ? vm.intern(text) : vm.str(text)
        default: throw vm.raise(.valueError, "bad marshal data (unknown type code)")
        }
    }

    // MARK: Texts

    private mutating func readShortText(_ isRef: Bool, isInterned: Bool) throws(Raised) -> Value {
        guard position < bytes.count else { throw vm.raise(.eofError, "EOF read where object expected") }
        let size = Int(bytes[position])
        position += 1
        let value = try readText(size, isInterned: isInterned)
        if isRef { try refs.append(vm, value) }
        return value
    }

    private mutating func readText(_ size: Int, isInterned: Bool) throws(Raised) -> Value {
        let start = try need(size)
        let text = UnsafeBufferPointer(rebasing: bytes[start..<start + size])
        if isASCIIText(text) { return isInterned ? vm.intern(utf8: text) : vm.str(utf8: text) }
        // Not ASCII after all: the bytes are code points.
        let string = vm.str(PyText(utf8: text.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }))
        return isInterned ? vm.internValue(string) : string
    }

    // MARK: Containers

    /// A missing count byte reads as 255, and the first element then meets the end.
    private mutating func readSmallCount() throws(Raised) -> Int {
        guard position < bytes.count else { return 255 }
        position += 1
        return Int(bytes[position - 1])
    }

    private mutating func readItem(_ container: StaticString) throws(Raised) -> Value {
        let item = try readObject()
        if item.isNull { throw vm.raise(.typeError, "NULL object in marshal data for \(container)") }
        return item
    }

    private mutating func readTuple(_ count: Int, _ isRef: Bool) throws(Raised) -> Value {
        if count == 0 {
            if isRef { try refs.append(vm, vm.emptyTuple) }
            return vm.emptyTuple
        }
        if count > bytes.count - position { return try readDoomed(count, "tuple", isRef) }
        let tuple = try vm.newTuple(count)
        if isRef { try refs.append(vm, tuple.value) }
        for i in 0..<count { tuple[i] = try readItem("tuple") }
        return tuple.value
    }

    /// A container that cannot be complete: reads on to the error that CPython meets.
    private mutating func readDoomed(_ count: Int, _ container: StaticString, _ isRef: Bool) throws(Raised) -> Value {
        if isRef { try refs.append(vm, .null) }
        for _ in 0..<count { _ = try readItem(container) }
        throw vm.raise(.eofError, "EOF read where object expected")
    }

    private mutating func readList(_ isRef: Bool) throws(Raised) -> Value {
        try refuseInConstants()
        let count = try readSize("list")
        if count > bytes.count - position { return try readDoomed(count, "list", isRef) }
        let list = try vm.newList(capacity: count)
        if isRef { try refs.append(vm, list.value) }
        for _ in 0..<count { try list.append(vm, try readItem("list")) }
        return list.value
    }

    private mutating func readSet(isFrozen: Bool, _ isRef: Bool) throws(Raised) -> Value {
        if !isFrozen { try refuseInConstants() }
        let count = try readSize("set")
        // A frozenset cannot be seen before it is complete.
        let slot = refs.count
        if isFrozen {
            if isRef { try refs.append(vm, .null) }
            let items = try vm.newList(capacity: min(count, bytes.count - position))
            for _ in 0..<count { try items.append(vm, try readItem("set")) }
            let set = try vm.call(vm.types.frozenset.value, items.value)
            if isRef { refs[slot] = set }
            return set
        }
        let set = vm.newSet()
        if isRef { try refs.append(vm, set.value) }
        for _ in 0..<count { try set.add(vm, try readItem("set")) }
        return set.value
    }

    private mutating func readDict(_ isRef: Bool) throws(Raised) -> Value {
        try refuseInConstants()
        let dict = vm.newDict()
        if isRef { try refs.append(vm, dict.value) }
        while true {
            let key = try readObject()
            if key.isNull { break }
            let value = try readObject()
            if value.isNull { break }
            try dict.set(vm, key, value)
        }
        return dict.value
    }

    // MARK: Code

    private mutating func readCode(_ isRef: Bool) throws(Raised) -> Value {
        let slot = refs.count
        if isRef { try refs.append(vm, .null) }
        let outer = isInConstants
        isInConstants = false
        defer { isInConstants = outer }
        var parts = CodeFields()
        parts.argcount = try readInt32()
        parts.posonlyargcount = try readInt32()
        parts.kwonlyargcount = try readInt32()
        parts.nlocals = try readInt32()
        parts.stacksize = try readInt32()
        parts.flags = UInt32(truncatingIfNeeded: try readInt32())
        parts.instructions = try readItem("object")
        isInConstants = true
        parts.consts = try readItem("object")
        isInConstants = false
        parts.names = try readItem("object")
        parts.varnames = try readItem("object")
        parts.freevars = try readItem("object")
        parts.cellvars = try readItem("object")
        parts.filename = try readItem("object")
        parts.name = try readItem("object")
        parts.firstlineno = try readInt32()
        parts.lines = try readItem("object")
        let code = try makeCode(parts)
        if isRef { refs[slot] = code }
        return code
    }

    private func makeCode(_ parts: CodeFields) throws(Raised) -> Value {
        var parts = parts
        guard parts.argcount >= 0, parts.posonlyargcount >= 0, parts.kwonlyargcount >= 0, parts.nlocals >= 0, parts.stacksize >= 0,
            parts.posonlyargcount <= parts.argcount, parts.consts.isExactly(vm.types.tuple)
        else { throw wrongPart() }
        let total = parts.argcount + parts.kwonlyargcount + (parts.flags & 4 != 0 ? 1 : 0) + (parts.flags & 8 != 0 ? 1 : 0)
        parts.varnames = try internNames(parts.varnames)
        if total > PyTuple(parts.varnames).count { throw vm.raise(.valueError, "code: varnames is too small") }
        guard parts.instructions.isExactly(vm.types.bytes) else { throw wrongPart() }
        parts.names = try internNames(parts.names)
        parts.freevars = try internNames(parts.freevars)
        parts.cellvars = try internNames(parts.cellvars)
        guard parts.filename.isExactly(vm.types.str), parts.name.isExactly(vm.types.str), parts.lines.isExactly(vm.types.bytes)
        else { throw wrongPart() }
        parts.name = vm.internValue(parts.name)
        return vm.newCode(parts)
    }

    private func wrongPart() -> Raised { vm.raise(.systemError, "Objects/codeobject.c: bad argument to internal function") }

    /// The machine compares names by address.
    private func internNames(_ names: Value) throws(Raised) -> Value {
        guard names.isExactly(vm.types.tuple) else { throw wrongPart() }
        let tuple = PyTuple(names)
        for i in 0..<tuple.count {
            guard tuple[i].isExactly(vm.types.str) else { throw vm.raise(.systemError, "non-string found in code slot") }
            if !PyStr(tuple[i]).isInterned { tuple[i] = vm.internValue(tuple[i]) }
        }
        return names
    }

    // MARK: Pieces

    @inline(__always) private mutating func need(_ count: Int) throws(Raised) -> Int {
        guard count <= bytes.count - position else {
            // CPython's reader has then used up the data.
            position = bytes.count
            throw vm.raise(.eofError, "marshal data too short")
        }
        position += count
        return position - count
    }

    @inline(__always) private mutating func readInt32() throws(Raised) -> Int {
        let at = try need(4)
        // Safe: `need` checked the four bytes.
        let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        return Int(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: Int32.self)))
    }

    private mutating func readSize(_ what: StaticString) throws(Raised) -> Int {
        let size = try readInt32()
        guard size >= 0 else { throw vm.raise(.valueError, "bad marshal data (\(what) size out of range)") }
        return size
    }

    private mutating func readBits() throws(Raised) -> UInt64 {
        let at = try need(8)
        let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
