// `set` and `frozenset`: CPython's table and probing (linear runs of nine, then the perturbed jump), so that iteration order
// agrees. CPython: Objects/setobject.c.

@frozen public struct PySet {
    public let ref: UnsafeMutablePointer<SetLayout>
    /// - Precondition: a set or frozenset, or an instance of a subclass.
    @inlinable @inline(__always) public init(_ value: Value) { ref = value.cast(SetLayout.self) }
    @inlinable @inline(__always) public var value: Value { Value(ref) }
    @inlinable @inline(__always) public var count: Int { ref.pointee.count }

    private static var linearProbes: Int { 9 }

    /// The slot that holds `key`, or the first empty one of its probe sequence.
    private func slot(_ vm: VM, _ key: Value, _ hash: Int) throws(Raised) -> Int {
        restart: while true {
            guard let table = ref.pointee.table else { return -1 }
            let mask = ref.pointee.mask
            var perturb = UInt(bitPattern: hash)
            var i = hash & mask
            while true {
                var probes = i + PySet.linearProbes <= mask ? PySet.linearProbes : 0
                var k = i
                while true {
                    let entry = table[k]
                    if entry.key.isNull {
                        if entry.hash == 0 { return k }
                    } else if entry.hash == hash {
                        if entry.key == key { return k }
                        let equal = try vm.equalKeys(entry.key, key)
                        if ref.pointee.table != table || ref.pointee.mask != mask || table[k].key != entry.key { continue restart }
                        if equal { return k }
                    }
                    if probes == 0 { break }
                    probes -= 1
                    k += 1
                }
                perturb >>= 5
                i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
            }
        }
    }

    public func contains(_ vm: VM, _ key: Value) throws(Raised) -> Bool { try contains(vm, key, vm.hash(key)) }

    func contains(_ vm: VM, _ key: Value, _ hash: Int) throws(Raised) -> Bool {
        let k = try slot(vm, key, hash)
        guard k >= 0, let table = ref.pointee.table else { return false }
        return !table[k].key.isNull
    }

    /// True if it was new. May collect.
    @discardableResult public func add(_ vm: VM, _ key: Value) throws(Raised) -> Bool { try add(vm, key, vm.hash(key)) }

    @discardableResult func add(_ vm: VM, _ key: Value, _ hash: Int) throws(Raised) -> Bool {
        if ref.pointee.table == nil { try resize(vm, minimum: 0) }
        let k = try slot(vm, key, hash)
        guard let table = ref.pointee.table, table[k].key.isNull else { return false }
        table[k] = SetEntry(key: key, hash: hash)
        ref.pointee.count += 1
        ref.pointee.fill += 1
        if ref.pointee.fill * 5 >= ref.pointee.mask * 3 {
            try resize(vm, minimum: ref.pointee.count > 50000 ? ref.pointee.count * 2 : ref.pointee.count * 4)
        }
        return true
    }

    /// True if it was there.
    @discardableResult public func discard(_ vm: VM, _ key: Value) throws(Raised) -> Bool { try discard(vm, key, vm.hash(key)) }

    @discardableResult func discard(_ vm: VM, _ key: Value, _ hash: Int) throws(Raised) -> Bool {
        let k = try slot(vm, key, hash)
        guard k >= 0, let table = ref.pointee.table, !table[k].key.isNull else { return false }
        table[k] = SetEntry(key: .null, hash: -1)
        ref.pointee.count -= 1
        return true
    }

    /// A power of two above `minimum`. May collect.
    func resize(_ vm: VM, minimum: Int) throws(Raised) {
        var size = 8
        while size <= minimum { size <<= 1 }
        let buffer = try vm.newByteBuffer(size * 16)
        let table = (buffer.pointer + 16).assumingMemoryBound(to: SetEntry.self)
        table.update(repeating: SetEntry(key: .null, hash: 0), count: size)
        if let old = ref.pointee.table {
            for i in 0...ref.pointee.mask where !old[i].key.isNull { PySet.insertClean(table, size - 1, old[i]) }
        }
        ref.pointee.table = table
        ref.pointee.mask = size - 1
        ref.pointee.fill = ref.pointee.count
    }

    private static func insertClean(_ table: UnsafeMutablePointer<SetEntry>, _ mask: Int, _ entry: SetEntry) {
        var perturb = UInt(bitPattern: entry.hash)
        var i = entry.hash & mask
        while true {
            var probes = i + linearProbes <= mask ? linearProbes : 0
            var k = i
            while true {
                if table[k].key.isNull {
                    table[k] = entry
                    return
                }
                if probes == 0 { break }
                probes -= 1
                k += 1
            }
            perturb >>= 5
            i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
        }
    }

    /// The eight entries inside the cell of a set that is exactly `set` or `frozenset`: small sets need no second cell.
    static var inlineOffset: Int { MemoryLayout<SetLayout>.size }
    static var inlineCount: Int { 8 }
    @inline(__always) var hasInlineTable: Bool {
        guard let table = ref.pointee.table else { return false }
        return UInt(bitPattern: table) == UInt(bitPattern: ref) &+ UInt(PySet.inlineOffset)
    }

    /// Takes over what `other`, a new set of nobody else's, holds, table order included. May collect.
    func replace(_ vm: VM, with other: PySet) throws(Raised) {
        if other.hasInlineTable {
            if !hasInlineTable {
                clear()
                try resize(vm, minimum: 0)
            }
            if let table = ref.pointee.table, let source = other.ref.pointee.table {
                table.update(from: source, count: PySet.inlineCount)
            }
        } else {
            ref.pointee.table = other.ref.pointee.table
        }
        ref.pointee.count = other.count
        ref.pointee.fill = other.ref.pointee.fill
        ref.pointee.mask = other.ref.pointee.mask
    }

    /// Adds an int or a string where that needs no `__eq__` of others. False: nothing done. May collect.
    func addPlain(_ vm: VM, _ key: Value) -> Bool {
        let hash: Int
        if key.isSmallInt {
            let n = key.smallInt
            hash = n == -1 ? -2 : n
        } else if vm.isExactStr(key) {
            hash = vm.strHash(PyStr(key))
        } else {
            return false
        }
        guard let table = ref.pointee.table else { return false }
        let mask = ref.pointee.mask
        var perturb = UInt(bitPattern: hash)
        var i = hash & mask
        while true {
            var probes = i + PySet.linearProbes <= mask ? PySet.linearProbes : 0
            var k = i
            while true {
                let entry = table[k]
                if entry.key.isNull {
                    if entry.hash == 0 {
                        // The table has room for one more: it grows when two more would fill three fifths.
                        if (ref.pointee.fill + 1) * 5 >= mask * 3 { return false }
                        table[k] = SetEntry(key: key, hash: hash)
                        ref.pointee.count += 1
                        ref.pointee.fill += 1
                        return true
                    }
                } else if entry.hash == hash {
                    if entry.key == key { return true }
                    if vm.isExactStr(entry.key) && vm.isExactStr(key) {
                        if PyStr(entry.key).equals(PyStr(key)) { return true }
                    } else if !(entry.key.isSmallInt && key.isSmallInt) {
                        return false
                    }
                }
                if probes == 0 { break }
                probes -= 1
                k += 1
            }
            perturb >>= 5
            i = (i &* 5 &+ 1 &+ Int(bitPattern: perturb)) & mask
        }
    }

    public func clear() {
        ref.pointee.table = nil
        ref.pointee.count = 0
        ref.pointee.fill = 0
        ref.pointee.mask = 0
        ref.pointee.finger = 0
    }

    /// Walks the keys: start with 0; nil at the end.
    public func next(_ position: inout Int) -> SetEntry? {
        guard let table = ref.pointee.table else { return nil }
        while position <= ref.pointee.mask {
            let entry = table[position]
            position += 1
            if !entry.key.isNull { return entry }
        }
        return nil
    }

    /// Adds the keys of another set as CPython's set_merge does: a fresh table keeps the other's order.
    func merge(_ vm: VM, _ other: PySet) throws(Raised) {
        if other.ref == ref || other.count == 0 { return }
        if (ref.pointee.fill + other.count) * 5 >= ref.pointee.mask * 3 { try resize(vm, minimum: (count + other.count) * 2) }
        if ref.pointee.fill == 0 && ref.pointee.mask == other.ref.pointee.mask && other.ref.pointee.fill == other.count,
            let table = ref.pointee.table, let source = other.ref.pointee.table
        {
            table.update(from: source, count: ref.pointee.mask + 1)
            ref.pointee.fill = other.count
            ref.pointee.count = other.count
            return
        }
        if ref.pointee.fill == 0, let table = ref.pointee.table {
            var position = 0
            while let entry = other.next(&position) { PySet.insertClean(table, ref.pointee.mask, entry) }
            ref.pointee.fill = other.count
            ref.pointee.count = other.count
            return
        }
        var position = 0
        while let entry = other.next(&position) { try add(vm, entry.key, entry.hash) }
    }
}

extension VM {
    /// `frozenset()`: always one object, the first that was made.
    private func theEmptyFrozenset(_ made: Value) -> Value {
        if state.pointee.emptyFrozenset.isNull {
            _ = addRoot(made)
            state.pointee.emptyFrozenset = made
        }
        return state.pointee.emptyFrozenset
    }

    @inlinable @inline(__always) public func isSet(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.setSubclass.rawValue != 0
    }
    func isExactAnySet(_ value: Value) -> Bool { value.isExactly(types.set) || value.isExactly(types.frozenset) }

    /// An empty set. May collect.
    public func newSet(_ type: PyType? = nil) -> PySet {
        let type = type ?? types.set
        if type != types.set && type != types.frozenset {
            let value = newInstance(type)
            value.cast(SetLayout.self).pointee.hash = -1
            return PySet(value)
        }
        let cell = allocateUninitialized(PySet.inlineOffset + PySet.inlineCount * MemoryLayout<SetEntry>.stride, type)
        let table = (cell + PySet.inlineOffset).assumingMemoryBound(to: SetEntry.self)
        var i = 0
        while i < PySet.inlineCount {
            table[i] = SetEntry(key: .null, hash: 0)
            i &+= 1
        }
        let layout = cell.assumingMemoryBound(to: SetLayout.self)
        layout.pointee.count = 0
        layout.pointee.fill = 0
        layout.pointee.mask = PySet.inlineCount - 1
        layout.pointee.table = table
        layout.pointee.hash = -1
        layout.pointee.finger = 0
        return PySet(Value(layout))
    }

    /// Adds every item of `iterable`.
    public func setUpdate(_ set: PySet, _ iterable: Value) throws(Raised) {
        if isSet(iterable) { return try set.merge(self, PySet(iterable)) }
        if iterable.isExactly(types.dict) {
            let dict = PyDict(iterable)
            if (set.ref.pointee.fill + dict.count) * 5 >= set.ref.pointee.mask * 3 { try set.resize(self, minimum: (set.count + dict.count) * 2) }
            var i = 0
            while i < dict.used {
                let entry = dict.entry(at: i).pointee
                i += 1
                if !entry.key.isNull { try set.add(self, entry.key, entry.hash) }
            }
            return
        }
        if iterable.isExactly(types.list) || iterable.isExactly(types.tuple) {
            let isList = iterable.isExactly(types.list)
            var i = 0
            while i < (isList ? PyList(iterable).count : PyTuple(iterable).count) {
                let item = isList ? PyList(iterable)[i] : PyTuple(iterable)[i]
                i &+= 1
                if !set.addPlain(self, item) { try set.add(self, item) }
            }
            return
        }
        let iterator = try iter(iterable)
        if iterator.isExactly(types.generator) {
            while true {
                let item = try drain(iterator, UnsafeMutableRawPointer(set.ref), VM.setSink)
                if item.isNull { return }
                try set.add(self, item)
            }
        }
        while true {
            let item = try nextRaw(iterator)
            if item.isNull { return }
            if !set.addPlain(self, item) { try set.add(self, item) }
        }
    }

    /// The operand as a set: itself, or a new set of its items.
    private func asSet(_ value: Value) throws(Raised) -> PySet {
        if isSet(value) { return PySet(value) }
        let set = newSet()
        try setUpdate(set, value)
        return set
    }

    /// A set used as key to look in a set is taken as a frozenset of the same items.
    private func setKeyHash(_ key: Value) throws(Raised) -> (Value, Int) {
        if key.isObject && isSet(key) && isHashNotImplemented(type(of: key).slots.hash) {
            let copy = newSet(types.frozenset)
            try copy.merge(self, PySet(key))
            return (copy.value, frozensetHash(copy))
        }
        return (key, try hash(key))
    }

    func frozensetHash(_ set: PySet) -> Int {
        if set.ref.pointee.hash != -1 { return set.ref.pointee.hash }
        var hash: UInt = 0
        func shuffle(_ h: UInt) -> UInt { ((h ^ 89_869_747) ^ (h << 16)) &* 3_644_798_167 }
        if let table = set.ref.pointee.table {
            for i in 0...set.ref.pointee.mask where !table[i].key.isNull { hash ^= shuffle(UInt(bitPattern: table[i].hash)) }
        }
        hash ^= (UInt(set.count) &+ 1) &* 1_927_868_237
        hash ^= (hash >> 11) ^ (hash >> 25)
        hash = hash &* 69069 &+ 907_133_923
        let result = hash == .max ? 590_923_713 : Int(bitPattern: hash)
        set.ref.pointee.hash = result
        return result
    }

    func installSet() {
        let t = TypeBuilder(self, types.set)
        t.doc("set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newSet(PyType(cls)).value }
        t.initialize("(iterable=(), /)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                PySet(v).clear()
                PySet(v).ref.pointee.hash = -1
                if !a[0].isNull { try vm.setUpdate(PySet(v), a[0]) }
                return .none
            }
        }
        t.type.slots.hash = hashNotImplemented
        let f = TypeBuilder(self, types.frozenset)
        f.doc("frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.")
        f.new("(iterable=(), /)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                if type == vm.types.frozenset {
                    if a[0].isExactly(type) { return a[0] }
                    let set = vm.newSet(type)
                    if !a[0].isNull { try vm.setUpdate(set, a[0]) }
                    return set.count == 0 ? vm.theEmptyFrozenset(set.value) : set.value
                }
                let set = vm.newSet(type)
                if !a[0].isNull { try vm.setUpdate(set, a[0]) }
                return set.value
            }
        }
        f.type.slots.hash = { vm, v in vm.frozensetHash(PySet(v)) }
        for builder in [t, f] {
            installSetSlots(builder.type.slotsPointer)
            installSetMethods(builder)
        }
        installMutableSet(t)
        let i = TypeBuilder(self, types.setIterator)
        i.type.slots.iter = { _, v in v }
        i.type.slots.iternext = { vm, v in vm.guarded { () throws(Raised) in try vm.nextOfSet(v.cast(TableIteratorLayout.self)) } }
        i.def0("-__length_hint__($self, /)", "Private method returning an estimate of len(list(it)).") { vm, v in
            let it = v.cast(TableIteratorLayout.self)
            if it.pointee.source.isNull || PySet(it.pointee.source).count != it.pointee.expectedCount { return Value(small: 0) }
            return vm.int(it.pointee.remaining)
        }
        i.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(TableIteratorLayout.self)
                let list = try vm.newList()
                if !it.pointee.source.isNull {
                    var position = it.pointee.index
                    while let entry = PySet(it.pointee.source).next(&position) { try list.append(vm, entry.key) }
                }
                return vm.tuple(try vm.builtin("iter"), vm.tuple(list.value))
            }
        }
    }

    /// The next key of a set iterator, NULL at the end.
    func nextOfSet(_ it: UnsafeMutablePointer<TableIteratorLayout>) throws(Raised) -> Value {
        if it.pointee.source.isNull { return .null }
        let set = PySet(it.pointee.source)
        if set.count != it.pointee.expectedCount {
            it.pointee.expectedCount = -1
            throw raise(.runtimeError, "Set changed size during iteration")
        }
        if let table = set.ref.pointee.table {
            let mask = set.ref.pointee.mask
            var i = it.pointee.index
            while i <= mask {
                let key = table[i].key
                i &+= 1
                if !key.isNull {
                    it.pointee.index = i
                    it.pointee.remaining &-= 1
                    return key
                }
            }
        }
        it.pointee.source = .null
        return .null
    }

    /// A new set of the same kind as `v` (subclasses give the base kind).
    private func sameKind(_ v: Value) -> PySet { newSet(type(of: v).isSubtype(of: types.frozenset) ? types.frozenset : types.set) }

    private func copySet(_ v: Value) throws(Raised) -> PySet {
        let result = sameKind(v)
        try result.merge(self, PySet(v))
        return result
    }

    private func isSubset(_ a: PySet, _ b: PySet) throws(Raised) -> Bool {
        if a.count > b.count { return false }
        var position = 0
        while let entry = a.next(&position) { if try !b.contains(self, entry.key, entry.hash) { return false } }
        return true
    }

    private func setIntersection(_ v: Value, _ other: Value) throws(Raised) -> PySet {
        let result = sameKind(v)
        if isSet(other) {
            // The smaller one is walked; ties walk the other, as CPython does.
            let (walked, probed) = PySet(other).count > PySet(v).count ? (PySet(v), PySet(other)) : (PySet(other), PySet(v))
            var position = 0
            while let entry = walked.next(&position) { if try probed.contains(self, entry.key, entry.hash) { try result.add(self, entry.key, entry.hash) } }
            return result
        }
        let iterator = try iter(other)
        while let item = try next(iterator) {
            let h = try hash(item)
            if try PySet(v).contains(self, item, h) { try result.add(self, item, h) }
        }
        return result
    }

    private func setDifference(_ v: Value, _ other: Value) throws(Raised) -> PySet {
        if !isSet(other) && !other.isExactly(types.dict) {
            let result = try copySet(v)
            try differenceUpdate(result, other)
            return result
        }
        let result = sameKind(v)
        if isSet(other) && PySet(v).count >> 2 > PySet(other).count {
            let copy = try copySet(v)
            try differenceUpdate(copy, other)
            return copy
        }
        var position = 0
        while let entry = PySet(v).next(&position) {
            let there = isSet(other) ? try PySet(other).contains(self, entry.key, entry.hash) : try !PyDict(other).get(self, entry.key, hash: entry.hash).isNull
            if !there { try result.add(self, entry.key, entry.hash) }
        }
        return result
    }

    private func differenceUpdate(_ set: PySet, _ other: Value) throws(Raised) {
        if other == set.value { return set.clear() }
        if isSet(other) {
            var position = 0
            while let entry = PySet(other).next(&position) { try set.discard(self, entry.key, entry.hash) }
        } else {
            let iterator = try iter(other)
            while let item = try next(iterator) { try set.discard(self, item) }
        }
        if (set.ref.pointee.fill - set.count) * 5 > set.ref.pointee.mask, set.ref.pointee.table != nil {
            try set.resize(self, minimum: set.count > 50000 ? set.count * 2 : set.count * 4)
        }
    }

    /// The other's items first, then those of `v`: the order of insertion is CPython's.
    private func symmetricDifference(_ v: Value, _ other: Value) throws(Raised) -> Value {
        let result = sameKind(v)
        try setUpdate(result, other)
        try symmetricUpdate(result, v)
        return result.value
    }

    private func symmetricUpdate(_ set: PySet, _ other: Value) throws(Raised) {
        if other == set.value { return set.clear() }
        let second = try asSet(other)
        var position = 0
        while let entry = second.next(&position) {
            if try !set.discard(self, entry.key, entry.hash) { try set.add(self, entry.key, entry.hash) }
        }
    }

    private func installSetSlots(_ s: UnsafeMutablePointer<TypeSlots>) {
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let name = PyStr(vm.type(of: v).name).string
                if PySet(v).count == 0 { return vm.str("\(name)()") }
                if try !vm.enterRepr(v) { return vm.str("\(name)(...)") }
                defer { vm.leaveRepr(v) }
                let items = try vm.listFrom(v)
                let text = PyStr(try vm.repr(items.value)).string
                let inner = "{" + text.dropFirst().dropLast() + "}"
                return vm.str(vm.type(of: v) == vm.types.set ? inner : "\(name)(\(inner))")
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isSet(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = PySet(a), y = PySet(b)
                switch op {
                case .eq, .ne:
                    let hx = x.ref.pointee.hash, hy = y.ref.pointee.hash
                    let differ = x.count != y.count || (hx != -1 && hy != -1 && hx != hy)
                    let equal = differ ? false : try vm.isSubset(x, y)
                    return Value(equal == (op == .eq))
                case .lt: return Value(x.count < y.count ? try vm.isSubset(x, y) : false)
                case .le: return Value(try vm.isSubset(x, y))
                case .gt: return Value(x.count > y.count ? try vm.isSubset(y, x) : false)
                case .ge: return Value(try vm.isSubset(y, x))
                }
            }
        }
        s.pointee.iter = { vm, v in vm.newTableIterator(vm.types.setIterator, v, PySet(v).count) }
        s.pointee.seqLength = { _, v in PySet(v).count }
        s.pointee.contains = { vm, v, key in
            vm.guardedBool { () throws(Raised) in
                let (k, h) = try vm.setKeyHash(key)
                return try PySet(v).contains(vm, k, h)
            }
        }
        s.pointee.and = { vm, a, b in
            guard vm.isSet(a) && vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.setIntersection(a, b).value }
        }
        s.pointee.or = { vm, a, b in
            guard vm.isSet(a) && vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let result = try vm.copySet(a)
                try vm.setUpdate(result, b)
                return result.value
            }
        }
        s.pointee.subtract = { vm, a, b in
            guard vm.isSet(a) && vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.setDifference(a, b).value }
        }
        s.pointee.xor = { vm, a, b in
            guard vm.isSet(a) && vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.symmetricDifference(a, b) }
        }
    }

    private func installSetMethods(_ t: TypeBuilder) {
        t.def1("-__contains__($self, object, /)", "x.__contains__(y) <==> y in x.") { vm, v, key in
            vm.guarded { () throws(Raised) in
                let (k, h) = try vm.setKeyHash(key)
                return Value(try PySet(v).contains(vm, k, h))
            }
        }
        t.def0("-copy($self, /)", "Return a shallow copy of a set.") { vm, v in
            if v.isExactly(vm.types.frozenset) { return v }
            return vm.guarded { () throws(Raised) in try vm.copySet(v).value }
        }
        t.defP("-union(...)", "Return the union of sets as a new set.\n\n(i.e. all elements that are in either set.)") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                let result = try vm.copySet(v)
                for i in 0..<count { try vm.setUpdate(result, a[i]) }
                return result.value
            }
        }
        t.defP("-intersection(...)", "Return the intersection of two sets as a new set.\n\n(i.e. all elements that are in both sets.)") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                if count == 0 { return try vm.copySet(v).value }
                var result = try vm.setIntersection(v, a[0])
                for i in 1..<max(1, count) { result = try vm.setIntersection(result.value, a[i]) }
                return result.value
            }
        }
        t.defP("-difference(...)", "Return the difference of two or more sets as a new set.\n\n(i.e. all elements that are in this set but not the others.)") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                if count == 0 { return try vm.copySet(v).value }
                let result = try vm.setDifference(v, a[0])
                for i in 1..<max(1, count) { try vm.differenceUpdate(result, a[i]) }
                return result.value
            }
        }
        t.def1("-symmetric_difference($self, other, /)", "Return the symmetric difference of two sets as a new set.\n\n(i.e. all elements that are in exactly one of the sets.)") { vm, v, other in
            vm.guarded { () throws(Raised) in
                try vm.symmetricDifference(v, other)
            }
        }
        t.def1("-isdisjoint($self, other, /)", "Return True if two sets have a null intersection.") { vm, v, other in
            vm.guarded { () throws(Raised) in
                if other == v { return Value(PySet(v).count == 0) }
                let iterator = try vm.iter(other)
                while let item = try vm.next(iterator) { if try PySet(v).contains(vm, item) { return .false } }
                return .true
            }
        }
        t.def1("-issubset($self, other, /)", "Report whether another set contains this set.") { vm, v, other in
            vm.guarded { () throws(Raised) in Value(try vm.isSubset(PySet(v), vm.asSet(other))) }
        }
        t.def1("-issuperset($self, other, /)", "Report whether this set contains another set.") { vm, v, other in
            vm.guarded { () throws(Raised) in
                if vm.isSet(other) { return Value(try vm.isSubset(PySet(other), PySet(v))) }
                let iterator = try vm.iter(other)
                while let item = try vm.next(iterator) { if try !PySet(v).contains(vm, item) { return .false } }
                return .true
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let dict = try vm.getAttrIfPresent(v, vm.names.__dict__)
                return vm.tuple(vm.type(of: v).value, vm.tuple(try vm.listFrom(v).value), dict.isNull ? .none : dict)
            }
        }
        t.def0("-__sizeof__($self, /)", "S.__sizeof__() -> size of S in memory, in bytes") { vm, v in vm.int(200 + PySet(v).ref.pointee.mask * 16) }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    private func installMutableSet(_ t: TypeBuilder) {
        let s = t.type.slotsPointer
        s.pointee.inplaceOr = { vm, a, b in
            guard vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                try vm.setUpdate(PySet(a), b)
                return a
            }
        }
        s.pointee.inplaceAnd = { vm, a, b in
            guard vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                try PySet(a).replace(vm, with: vm.setIntersection(a, b))
                return a
            }
        }
        s.pointee.inplaceSubtract = { vm, a, b in
            guard vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                try vm.differenceUpdate(PySet(a), b)
                return a
            }
        }
        s.pointee.inplaceXor = { vm, a, b in
            guard vm.isSet(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                try vm.symmetricUpdate(PySet(a), b)
                return a
            }
        }
        t.def1("-add($self, object, /)", "Add an element to a set.\n\nThis has no effect if the element is already present.") { vm, v, key in
            vm.guarded { () throws(Raised) in
                try PySet(v).add(vm, key)
                return .none
            }
        }
        t.def1("-discard($self, object, /)", "Remove an element from a set if it is a member.\n\nIf the element is not a member, do nothing.") { vm, v, key in
            vm.guarded { () throws(Raised) in
                let (k, h) = try vm.setKeyHash(key)
                try PySet(v).discard(vm, k, h)
                return .none
            }
        }
        t.def1("-remove($self, object, /)", "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.") { vm, v, key in
            vm.guarded { () throws(Raised) in
                let (k, h) = try vm.setKeyHash(key)
                if try !PySet(v).discard(vm, k, h) { throw vm.raise(.keyError, value: key) }
                return .none
            }
        }
        t.def0("-pop($self, /)", "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.") { vm, v in
            vm.guarded { () throws(Raised) in
                let set = PySet(v)
                guard set.count > 0, let table = set.ref.pointee.table else { throw vm.raise(.keyError, "pop from an empty set") }
                var i = set.ref.pointee.finger & set.ref.pointee.mask
                while table[i].key.isNull { i = (i + 1) & set.ref.pointee.mask }
                let key = table[i].key
                table[i] = SetEntry(key: .null, hash: -1)
                set.ref.pointee.count -= 1
                set.ref.pointee.finger = i + 1
                return key
            }
        }
        t.def0("-clear($self, /)", "Remove all elements from this set.") { _, v in
            PySet(v).clear()
            return .none
        }
        t.defP("-update(...)", "Update a set with the union of itself and others.") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                for i in 0..<count { try vm.setUpdate(PySet(v), a[i]) }
                return .none
            }
        }
        t.defP("-intersection_update(...)", "Update a set with the intersection of itself and another.") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                var result = try vm.copySet(v)
                for i in 0..<count { result = try vm.setIntersection(result.value, a[i]) }
                try PySet(v).replace(vm, with: result)
                return .none
            }
        }
        t.defP("-difference_update(...)", "Remove all elements of another set from this set.") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                for i in 0..<count { try vm.differenceUpdate(PySet(v), a[i]) }
                return .none
            }
        }
        t.def1("-symmetric_difference_update($self, other, /)", "Update a set with the symmetric difference of itself and another.") { vm, v, other in
            vm.guarded { () throws(Raised) in
                try vm.symmetricUpdate(PySet(v), other)
                return .none
            }
        }
    }
}
