// From objects to marshal's trees (PyBytecode); the other way is Unmarshal.swift. CPython: Python/marshal.c.
import PyBytecode
import PyNumerics
import PyUnicode

extension VM {
    /// Marshalled form of `value`.
    /// - Throws: ValueError "unmarshallable object" and for nesting too deep.
    public func marshal(_ value: Value, version: Int) throws(Raised) -> [UInt8] {
        var shared: [UInt64: MarshalNode] = [:]
        let tree = try marshalTree(value, &shared, depth: 0)
        do throws(MarshalError) { return try MarshalWriter.dump(tree, version: version) } catch { throw raise(error) }
    }

    func raise(_ error: MarshalError) -> Raised {
        switch error.kind {
        case .eofError: raise(.eofError, error.message)
        case .valueError: raise(.valueError, error.message)
        case .typeError: raise(.typeError, error.message)
        case .unicodeDecodeError: raise(.valueError, error.message)
        case .systemError: raise(.systemError, error.message)
        }
    }

    private func marshalTree(_ value: Value, _ shared: inout [UInt64: MarshalNode], depth: Int) throws(Raised) -> MarshalValue {
        if depth > Marshal.maxDepth { throw raise(.valueError, "object too deeply nested to marshal") }
        if value.isNone { return MarshalValue.none }
        if value.isBool { return .bool(value.isTrue) }
        if value == .ellipsis { return .ellipsis }
        if value.isSmallInt { return .int(value.smallInt) }
        if value.isDouble { return .float(value.double.bitPattern) }
        if value == exceptionType(.stopIteration).value { return .stopIteration }
        guard value.isObject else { throw raise(.valueError, "unmarshallable object") }
        let type = value.objectType
        if type == types.int { return marshalInt(value) }
        if type == types.complex {
            let layout = value.cast(ComplexLayout.self)
            return .complex(layout.pointee.real.bitPattern, layout.pointee.imag.bitPattern)
        }
        if type == types.str { return .str(PyStr(value).text, interned: PyStr(value).isInterned) }
        if type == types.code { return .code(codeObject(value)) }
        if type == types.tuple || type == types.list || type == types.dict || type == types.set || type == types.frozenset {
            if let node = shared[value.bits] { return container(type, node) }
            let node = MarshalNode()
            // Known before its contents are looked at: a list may hold itself.
            shared[value.bits] = node
            node.fill(try marshalItems(value, type, &shared, depth))
            return container(type, node)
        }
        if isBytesLike(value) { return .bytes(try bytesContents(value)) }
        throw raise(.valueError, "unmarshallable object")
    }

    private func container(_ type: PyType, _ node: MarshalNode) -> MarshalValue {
        if type == types.tuple { return .tuple(node) }
        if type == types.list { return .list(node) }
        if type == types.dict { return .dict(node) }
        return type == types.set ? .set(node) : .frozenset(node)
    }

    private func marshalItems(_ value: Value, _ type: PyType, _ shared: inout [UInt64: MarshalNode], _ depth: Int) throws(Raised) -> [MarshalValue] {
        var contents: [MarshalValue] = []
        if type == types.dict {
            var position = 0
            while let (key, item) = PyDict(value).next(&position) {
                contents.append(try marshalTree(key, &shared, depth: depth + 1))
                contents.append(try marshalTree(item, &shared, depth: depth + 1))
            }
            return contents
        }
        let items = PyTuple(type == types.tuple ? value : try tupleFrom(value))
        for i in 0..<items.count { contents.append(try marshalTree(items[i], &shared, depth: depth + 1)) }
        return contents
    }

    private func marshalInt(_ value: Value) -> MarshalValue {
        let layout = value.cast(IntLayout.self)
        let count = abs(layout.pointee.signedCount)
        let limbs = (value.pointer + MemoryLayout<IntLayout>.size).assumingMemoryBound(to: UInt64.self)
        let big = BigInt(isNegative: layout.pointee.signedCount < 0, magnitude: (0..<count).map { limbs[$0] })
        if let small = big.asInt { return .int(small) }
        return .bigInt(big)
    }

    private func isBytesLike(_ value: Value) -> Bool { type(of: value).slots.buffer != nil }
}
