// Finding names in the MRO, with the version-checked cache. CPython: _PyType_Lookup, type_modified.

extension VM {
    /// The value of `name` in the first class of the MRO that has it; NULL if none. No descriptors, no errors. `name` is interned.
    @inlinable public func lookup(_ type: PyType, _ name: Value) -> Value {
        let version = type.ref.pointee.version
        if version != 0 {
            let entry = state.pointee.methodCache.entry(version, name)
            if entry.pointee.version == UInt64(version) && entry.pointee.name == name { return entry.pointee.value }
        }
        return lookupSlow(type, name)
    }

    @inline(never) public func lookupSlow(_ type: PyType, _ name: Value) -> Value {
        var found = Value.null
        let order = type.ref.pointee.mro
        if order.isObject {
            let mro = PyTuple(order)
            for i in 0..<mro.count {
                let dict = PyType(mro[i]).ref.pointee.dict
                if !dict.isObject { continue }
                found = PyDict(dict).getStr(self, name)
                if !found.isNull { break }
            }
        }
        if isExactStr(name) && PyStr(name).isInterned {
            let version = assignVersion(type)
            if version != 0 {
                let entry = state.pointee.methodCache.entry(version, name)
                entry.pointee = MethodCache.Entry(version: UInt64(version), name: name, value: found)
            }
        }
        return found
    }

    /// The type's version tag for caches, made on demand; 0 only when four billion are used up.
    @discardableResult public func assignVersion(_ type: PyType) -> UInt32 {
        if type.ref.pointee.version != 0 { return type.ref.pointee.version }
        if state.pointee.nextTypeVersion == .max { return 0 }
        // Every class of the MRO needs one, so that a change there resets ours.
        let order = type.ref.pointee.mro
        if order.isObject {
            let mro = PyTuple(order)
            for i in 1..<max(1, mro.count) where PyType(mro[i]).ref.pointee.version == 0 {
                state.pointee.nextTypeVersion += 1
                PyType(mro[i]).ref.pointee.version = state.pointee.nextTypeVersion
            }
        }
        state.pointee.nextTypeVersion += 1
        type.ref.pointee.version = state.pointee.nextTypeVersion
        return type.ref.pointee.version
    }

    /// The type's dict or bases changed: its version and its subclasses' are void.
    public func typeModified(_ type: PyType) {
        if type.ref.pointee.version == 0 { return }
        type.ref.pointee.version = 0
        type.ref.pointee.cache0 = .null
        type.ref.pointee.cache1 = .null
        type.ref.pointee.cache2 = .null
        guard let list = type.ref.pointee.subclasses else { return }
        for i in 0..<Int(type.ref.pointee.subclassCount) {
            typeModified(PyType(Value(bits: UInt64(list[i]))))
        }
    }

    /// Sets `type.__dict__[name]` without slot updates or checks: for builders.
    public func setTypeAttribute(_ type: PyType, _ name: Value, _ value: Value) {
        if !type.ref.pointee.dict.isObject { type.ref.pointee.dict = newDict().value }
        do { try PyDict(type.ref.pointee.dict).set(self, name, value) } catch { clearRaised() }
        typeModified(type)
    }

    /// The direct subclasses, kept alive by a list. May collect.
    func subclassList(_ type: PyType) throws(Raised) -> PyList {
        let list = try newList(capacity: Int(type.ref.pointee.subclassCount))
        // A collection forgets dead ones; there is none from here on, for the list has room.
        guard let subclasses = type.ref.pointee.subclasses else { return list }
        for i in 0..<Int(type.ref.pointee.subclassCount) { try list.append(self, Value(bits: UInt64(subclasses[i]))) }
        return list
    }

    func addSubclass(_ base: PyType, _ derived: PyType) {
        let count = base.ref.pointee.subclassCount
        if count == base.ref.pointee.subclassCapacity {
            let capacity = max(4, count * 2)
            let bigger = UnsafeMutablePointer<UInt>.allocate(capacity: Int(capacity))
            if let old = base.ref.pointee.subclasses {
                bigger.update(from: old, count: Int(count))
                old.deallocate()
            }
            base.ref.pointee.subclasses = bigger
            base.ref.pointee.subclassCapacity = capacity
        }
        base.ref.pointee.subclasses?[Int(count)] = UInt(bitPattern: derived.ref)
        base.ref.pointee.subclassCount = count + 1
    }

    func removeSubclass(_ base: PyType, _ derived: PyType) {
        guard let list = base.ref.pointee.subclasses else { return }
        let count = Int(base.ref.pointee.subclassCount)
        for i in 0..<count where list[i] == UInt(bitPattern: derived.ref) {
            (list + i).update(from: list + i + 1, count: count - i - 1)
            base.ref.pointee.subclassCount -= 1
            return
        }
    }
}

extension VMState {
    /// After marking: subclass lists forget dead classes; dead classes give their lists back.
    mutating func removeDeadSubclasses() {
        var kept = 0
        for i in 0..<allTypes.count {
            let type = Value(bits: UInt64(allTypes[i])).cast(TypeLayout.self)
            let alive = Marker.isMarked(allTypes[i])
            if !alive {
                type.pointee.subclasses?.deallocate()
                type.pointee.subclasses = nil
                continue
            }
            allTypes[kept] = allTypes[i]
            kept += 1
            guard let list = type.pointee.subclasses else { continue }
            var n = 0
            for k in 0..<Int(type.pointee.subclassCount) where Marker.isMarked(list[k]) {
                list[n] = list[k]
                n += 1
            }
            type.pointee.subclassCount = UInt32(n)
        }
        allTypes.count = kept
    }
}
