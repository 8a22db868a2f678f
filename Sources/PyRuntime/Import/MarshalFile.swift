// What `marshal.load` takes from a file object: the bytes of one value and not one more, so that the file stays right behind
// it and need not be able to seek. Only the shape is looked at here; `Unmarshal.swift` makes the value and finds the faults.
// CPython: r_string() in Python/marshal.c, which asks `readinto` for each piece.
import PyBytecode

struct MarshalFile {
    let vm: VM
    let file: Value
    private(set) var bytes: [UInt8] = []

    /// What is still to come, the next one last.
    private enum Step {
        case objects(Int)
        /// Keys and values until the NULL object.
        case untilNull
        case raw(Int)
    }

    private enum Found { case object, null, nonsense }

    init(_ vm: VM, _ file: Value) {
        self.vm = vm
        self.file = file
    }

    /// Reads one value; stops in front of what makes no sense.
    /// - Throws: EOFError; ValueError where the file claims to have read more than was asked for; what `readinto` raises.
    mutating func readValue() throws(Raised) {
        var steps: [Step] = [.objects(1)]
        while let step = steps.popLast() {
            switch step {
            case .raw(let count): try take(count)
            case .objects(let count):
                if count > 1 { steps.append(.objects(count - 1)) }
                if count > 0, try readObject(&steps) == .nonsense { return }
            case .untilNull:
                let depth = steps.count
                steps.append(.untilNull)
                switch try readObject(&steps) {
                case .object: break
                case .null: steps.removeSubrange(depth...)
                case .nonsense: return
                }
            }
        }
    }

    private mutating func readObject(_ steps: inout [Step]) throws(Raised) -> Found {
        do { try take(1) } catch {
            vm.clearRaised()
            throw vm.raise(.eofError, "EOF read where object expected")
        }
        switch (bytes.last ?? 0) & ~MarshalType.refFlag {
        case MarshalType.null: return .null
        case MarshalType.none, MarshalType.false, MarshalType.true, MarshalType.stopIteration, MarshalType.ellipsis: break
        case MarshalType.int, MarshalType.ref: try take(4)
        case MarshalType.int64, MarshalType.binaryFloat: try take(8)
        case MarshalType.binaryComplex: steps += [.raw(8), .raw(8)]
        case MarshalType.float: try take(try count8())
        case MarshalType.complex:
            try take(try count8())
            try take(try count8())
        case MarshalType.shortASCII, MarshalType.shortASCIIInterned: try take(try count8())
        case MarshalType.smallTuple: steps.append(.objects(try count8()))
        case MarshalType.string, MarshalType.ascii, MarshalType.asciiInterned, MarshalType.unicode, MarshalType.interned:
            guard let count = try count32() else { return .nonsense }
            try take(count)
        case MarshalType.long: try take(2 * abs(try int32()))
        case MarshalType.tuple, MarshalType.list, MarshalType.set, MarshalType.frozenset:
            guard let count = try count32() else { return .nonsense }
            steps.append(.objects(count))
        case MarshalType.dict: steps.append(.untilNull)
        case MarshalType.code:
            for _ in 0..<6 { try take(4) }
            // Bytecode to name, the first line, the line table.
            steps += [.objects(1), .raw(4), .objects(8)]
        default: return .nonsense
        }
        return .object
    }

    // MARK: Pieces

    private mutating func count8() throws(Raised) -> Int {
        try take(1)
        return Int(bytes.last ?? 0)
    }

    private mutating func int32() throws(Raised) -> Int {
        try take(4)
        var n: UInt32 = 0
        for byte in bytes.suffix(4).reversed() { n = n << 8 | UInt32(byte) }
        return Int(Int32(bitPattern: n))
    }

    /// nil: negative.
    private mutating func count32() throws(Raised) -> Int? {
        let n = try int32()
        return n < 0 ? nil : n
    }

    /// Asks the file for the next `count` bytes.
    private mutating func take(_ count: Int) throws(Raised) {
        if count == 0 { return }
        let buffer = try vm.call(vm.types.bytearray.value, vm.int(count))
        let answer = try vm.callMethod(file, vm.intern("readinto"), vm.newMemoryView(buffer))
        let read = try vm.indexInt(answer, overflow: .valueError)
        if read > count {
            throw vm.raise(.valueError, "read() returned too much data: \(count) bytes requested, \(read) returned")
        }
        if read < count { throw vm.raise(.eofError, "EOF read where not expected") }
        bytes += PyByteArray(buffer).view.prefix(count)
    }
}
