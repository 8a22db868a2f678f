// From objects to marshal's trees (PyBytecode); the other way is Unmarshal.swift. CPython: Python/marshal.c.
import PyBytecode
import PyNumerics
import PyUnicode

/// Containers that were seen, and about how many bytes all of the tree takes.
private struct SharedNodes {
    var nodes: [UInt64: MarshalNode] = [:]
    var bytes = 0
    var promised = 1 << 20
}

extension VM {
    /// Marshalled form of `value`.
    /// - Throws: ValueError "unmarshallable object" and for nesting too deep.
    public func marshal(_ value: Value, version: Int) throws(Raised) -> [UInt8] {
        var shared = SharedNodes()
        let tree = try marshalTree(value, &shared, depth: 0)
        // The stream grows by doubling, beside its tree.
        try checkAllocation(shared.bytes * 2)
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

    private func marshalTree(_ value: Value, _ shared: inout SharedNodes, depth: Int) throws(Raised) -> MarshalValue {
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
        if type == types.str {
            try note(PyStr(value).byteCount + 64, &shared)
            return .str(PyStr(value).text, interned: PyStr(value).isInterned)
        }
        if type == types.code { return .code(codeObject(value)) }
        if type == types.tuple || type == types.list || type == types.dict || type == types.set || type == types.frozenset {
            if let node = shared.nodes[value.bits] { return container(type, node) }
            try note(256, &shared)
            let node = MarshalNode()
            // Known before its contents are looked at: a list may hold itself.
            shared.nodes[value.bits] = node
            node.fill(try marshalItems(value, type, &shared, depth))
            return container(type, node)
        }
        if isBytesLike(value) {
            let contents = try bytesContents(value)
            try note(contents.count, &shared)
            return .bytes(contents)
        }
        throw raise(.valueError, "unmarshallable object")
    }

    /// Asks for room now and then: the tree lies outside the heap.
    private func note(_ bytes: Int, _ shared: inout SharedNodes) throws(Raised) {
        shared.bytes += bytes
        if shared.bytes <= shared.promised { return }
        shared.promised = shared.bytes + 1 << 20
        try checkAllocation(bytes + 1 << 20)
    }

    private func container(_ type: PyType, _ node: MarshalNode) -> MarshalValue {
        if type == types.tuple { return .tuple(node) }
        if type == types.list { return .list(node) }
        if type == types.dict { return .dict(node) }
        return type == types.set ? .set(node) : .frozenset(node)
    }

    private func marshalItems(_ value: Value, _ type: PyType, _ shared: inout SharedNodes, _ depth: Int) throws(Raised) -> [MarshalValue] {
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
