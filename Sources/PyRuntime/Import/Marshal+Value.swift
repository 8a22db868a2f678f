// Between marshal's trees (PyBytecode) and objects. CPython: Python/marshal.c.
import PyBytecode
import PyNumerics
import PyUnicode

extension VM {
    /// Reads one object from marshalled bytes, from `position` on. May collect.
    /// - Throws: EOFError, ValueError, TypeError with CPython's texts.
    public func unmarshal(_ bytes: [UInt8], position: inout Int) throws(Raised) -> Value {
        let tree: MarshalValue
        do throws(MarshalError) {
            var reader = MarshalReader(bytes, at: position)
            tree = try reader.read()
            position = reader.position
        } catch { throw raise(error) }
        // What a shared node became is kept in a list: it must be findable by the collector.
        var known = MarshalObjects(made: try newList())
        return try object(from: tree, &known, depth: 0)
    }

    /// Marshalled form of `value`.
    /// - Throws: ValueError "unmarshallable object" and for nesting too deep.
    public func marshal(_ value: Value, version: Int) throws(Raised) -> [UInt8] {
        var shared: [UInt64: MarshalNode] = [:]
        let tree = try marshalTree(value, &shared, depth: 0)
        do throws(MarshalError) { return try MarshalWriter.dump(tree, version: version) } catch { throw raise(error) }
    }

    private func raise(_ error: MarshalError) -> Raised {
        switch error.kind {
        case .eofError: raise(.eofError, error.message)
        case .valueError: raise(.valueError, error.message)
        case .typeError: raise(.typeError, error.message)
        case .unicodeDecodeError: raise(.valueError, error.message)
        case .systemError: raise(.systemError, error.message)
        }
    }

    private func object(from tree: MarshalValue, _ known: inout MarshalObjects, depth: Int) throws(Raised) -> Value {
        switch tree {
        case .none: return .none
        case .stopIteration: return exceptionType(.stopIteration).value
        case .ellipsis: return .ellipsis
        case .bool(let value): return Value(value)
        case .int(let value): return int(value)
        case .bigInt(let value): return intObject(value)
        case .float(let bits): return Value(foreign: Double(bitPattern: bits))
        case .complex(let real, let imag): return complexObject(Double(bitPattern: real), Double(bitPattern: imag))
        case .str(let text, let interned): return interned ? intern(text) : str(text)
        case .bytes(let value): return bytesObject(value)
        case .code(let code): return try newCode(code)
        case .tuple(let node):
            if let made = known.find(node) { return made }
            let list = try items(node, &known, depth)
            let tuple = list.count == 0 ? emptyTuple : try self.tuple(list.ref.pointee.items.unsafelyUnwrapped, count: list.count)
            try known.add(self, node, tuple)
            return tuple
        case .list(let node):
            if let made = known.find(node) { return made }
            let list = try newList()
            try known.add(self, node, list.value)
            for item in node.items { try list.append(self, try object(from: item, &known, depth: depth + 1)) }
            return list.value
        case .dict(let node):
            if let made = known.find(node) { return made }
            let dict = newDict()
            try known.add(self, node, dict.value)
            for i in stride(from: 0, to: node.items.count - 1, by: 2) {
                let key = try object(from: node.items[i], &known, depth: depth + 1)
                try dict.set(self, key, try object(from: node.items[i + 1], &known, depth: depth + 1))
            }
            return dict.value
        case .set(let node), .frozenset(let node):
            if let made = known.find(node) { return made }
            let list = try items(node, &known, depth)
            let isSet = if case .set = tree { true } else { false }
            let made = try call((isSet ? types.set : types.frozenset).value, list.value)
            try known.add(self, node, made)
            return made
        }
    }

    private func items(_ node: MarshalNode, _ known: inout MarshalObjects, _ depth: Int) throws(Raised) -> PyList {
        let list = try newList(capacity: node.items.count)
        for item in node.items { try list.append(self, try object(from: item, &known, depth: depth + 1)) }
        return list
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
        if type == types.code { return .code(value.cast(CodeLayout.self).pointee.object) }
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

/// What shared nodes became. The objects are in a list that the native stack holds; here only where.
private struct MarshalObjects {
    let made: PyList
    private var places: [ObjectIdentifier: Int] = [:]

    init(made: PyList) { self.made = made }

    func find(_ node: MarshalNode) -> Value? { places[ObjectIdentifier(node)].map { made[$0] } }

    mutating func add(_ vm: VM, _ node: MarshalNode, _ value: Value) throws(Raised) {
        places[ObjectIdentifier(node)] = made.count
        try made.append(vm, value)
    }
}
