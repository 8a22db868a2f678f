// Making classes: `type(name, bases, namespace)` in full. CPython: type_new in Objects/typeobject.c.
// Rules: Language Reference 3.3.3; PEP 487 (`__init_subclass__`, `__set_name__`), PEP 3115.

/// What the steps of one `type.__new__` share.
private struct ClassPlan {
    var meta: PyType
    var name: Value
    var bases: Value
    var base: PyType
    var dict: PyDict
    var slots: Value = .null
    var addsDict = false
    var addsWeakref = false
}

extension VM {
    /// `type.__new__(meta, name, bases, namespace, **keywords)`.
    func typeNew(_ meta: PyType, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        if count != 3 { throw raise(.typeError, "type.__new__() takes exactly 3 arguments (\(count) given)") }
        let name = arguments[0], bases = arguments[1], namespace = arguments[2]
        if !isStr(name) { throw raise(.typeError, "type.__new__() argument 1 must be str, not \(argumentTypeName(name))") }
        if !isTuple(bases) { throw raise(.typeError, "type.__new__() argument 2 must be tuple, not \(argumentTypeName(bases))") }
        if !isDict(namespace) { throw raise(.typeError, "type.__new__() argument 3 must be dict, not \(argumentTypeName(namespace))") }
        let baseTuple = PyTuple(bases)
        for i in 0..<baseTuple.count where !isType(baseTuple[i]) {
            if try hasAttr(baseTuple[i], names.__mro_entries__) {
                throw raise(.typeError, "type() doesn't support MRO entry resolution; use types.new_class()")
            }
        }
        let winner = try calculateMetaclass(meta, bases)
        if winner != meta {
            if let new = winner.slots.new, unsafeBitCast(new, to: UInt.self) != unsafeBitCast(typeNewSlot, to: UInt.self) {
                return try check(new(self, winner.value, arguments, count, keywords))
            }
        }
        let base = try bestBase(bases)
        let allBases = baseTuple.count == 0 ? tuple(types.object.value) : bases
        try checkTypeName(name)
        let dict = newDict()
        var position = 0
        let source = PyDict(namespace)
        while let (key, value) = source.next(&position) { try dict.set(self, key, value) }
        var plan = ClassPlan(meta: winner, name: name, bases: allBases, base: base, dict: dict)
        try planSlots(&plan)
        let type = try makeClass(plan)
        try finishClass(type, plan, keywords)
        return type.value
    }

    /// A class name must be encodable and free of NULs.
    func checkTypeName(_ name: Value) throws(Raised) {
        let text = PyStr(name)
        if !text.isASCII { _ = try encodeUTF8(text) }
        for i in 0..<text.count where text[i] == 0 { throw raise(.valueError, "type name must not contain null characters") }
    }

    /// The most derived metaclass. - Throws: TypeError for a conflict.
    public func calculateMetaclass(_ meta: PyType, _ bases: Value) throws(Raised) -> PyType {
        var winner = meta
        let tuple = PyTuple(bases)
        for i in 0..<tuple.count {
            let candidate = type(of: tuple[i])
            if winner.isSubtype(of: candidate) { continue }
            if candidate.isSubtype(of: winner) {
                winner = candidate
                continue
            }
            throw raise(
                .typeError,
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
        }
        return winner
    }

    /// The base whose instance layout the new class extends.
    func bestBase(_ bases: Value) throws(Raised) -> PyType {
        let tuple = PyTuple(bases)
        if tuple.count == 0 { return types.object }
        var winner: PyType?
        var best = types.object
        for i in 0..<tuple.count {
            guard isType(tuple[i]) else { throw raise(.typeError, "bases must be types") }
            let candidateBase = PyType(tuple[i])
            if !candidateBase.flags.contains(.baseType) {
                throw raise(.typeError, "type '\(typeText(candidateBase))' is not an acceptable base type")
            }
            let solid = solidBase(candidateBase)
            if let current = winner {
                if current.isSubtype(of: solid) { continue }
                if !solid.isSubtype(of: current) { throw raise(.typeError, "multiple bases have instance lay-out conflict") }
            }
            winner = solid
            best = candidateBase
        }
        return best
    }

    func solidBase(_ type: PyType) -> PyType {
        type.ref.pointee.solidBase.isObject ? PyType(type.ref.pointee.solidBase) : types.object
    }

    // MARK: __slots__

    private func planSlots(_ plan: inout ClassPlan) throws(Raised) {
        let base = plan.base
        // Classes keep their attributes in the class dict: metaclasses add none.
        let mayAddDict = base.ref.pointee.attrsOffset == 0 && !base.flags.contains(.typeSubclass)
        let mayAddWeak = !base.flags.contains(.weakrefable) && !base.refusesSlots
        var slots = try plan.dict.get(self, names.__slots__)
        if slots.isNull {
            plan.addsDict = mayAddDict
            plan.addsWeakref = mayAddWeak
            return
        }
        slots = isStr(slots) ? tuple(slots) : try tupleFrom(slots)
        let wanted = PyTuple(slots)
        if wanted.count > 0 && (base.refusesSlots || base.flags.contains(.typeSubclass)) {
            throw raise(.typeError, "nonempty __slots__ not supported for subtype of '\(PyStr(base.name).string)'")
        }
        let kept = try newList(capacity: wanted.count)
        for i in 0..<wanted.count {
            let item = wanted[i]
            if !isStr(item) { throw raise(.typeError, "__slots__ items must be strings, not '\(typeName(item))'") }
            if !strIsIdentifier(PyStr(item)).isTrue { throw raise(.typeError, "__slots__ must be identifiers") }
            if PyStr(item).equals(PyStr(names.__dict__)) {
                if !mayAddDict || plan.addsDict { throw raise(.typeError, "__dict__ slot disallowed: we already got one") }
                plan.addsDict = true
                continue
            }
            if PyStr(item).equals(PyStr(names.__weakref__)) {
                if !mayAddWeak || plan.addsWeakref {
                    throw raise(.typeError, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
                }
                plan.addsWeakref = true
                continue
            }
            let mangled = mangle(plan.name, item)
            try kept.append(self, mangled)
            if try !plan.dict.get(self, mangled).isNull && !PyStr(mangled).equals(PyStr(names.__qualname__))
                && !PyStr(mangled).equals(PyStr(names.__classcell__))
            {
                throw raise(.valueError, "\(try reprText(mangled)) in __slots__ conflicts with class variable")
            }
        }
        try sort(kept)
        plan.slots = try tupleFrom(kept.value)
        // Another base with a dict or weak references brings them in.
        let bases = PyTuple(plan.bases)
        for i in 0..<bases.count where bases[i] != base.value {
            let other = PyType(bases[i])
            if mayAddDict && other.ref.pointee.attrsOffset != 0 { plan.addsDict = true }
            if mayAddWeak && other.flags.contains(.weakrefable) { plan.addsWeakref = true }
        }
    }

    /// `__private` inside class `_C` becomes `_C__private`. The result is interned.
    public func mangle(_ className: Value, _ name: Value) -> Value {
        let text = PyStr(name), cls = PyStr(className)
        let n = text.count
        if n < 3 || text[0] != 95 || text[1] != 95 || (text[n - 1] == 95 && text[n - 2] == 95) { return isExactStr(name) ? internValue(name) : name }
        for i in 0..<n where text[i] == 46 { return internValue(name) }
        var i = 0
        while i < cls.count && cls[i] == 95 { i += 1 }
        if i == cls.count { return internValue(name) }
        var out: [UInt8] = [95]
        for k in i..<cls.count { appendUTF8(cls[k], to: &out) }
        out.append(contentsOf: text.utf8)
        return internValue(str(utf8: out))
    }

    // MARK: The type object

    private func makeClass(_ plan: ClassPlan) throws(Raised) -> PyType {
        let base = plan.base
        // A metaclass may have its own instance layout.
        let cell = newInstance(plan.meta)
        let type = PyType(cell)
        let t = type.ref
        t.pointee.name = try exactStr(plan.name)
        t.pointee.base = base.value
        t.pointee.bases = plan.bases
        t.pointee.dict = plan.dict.value
        // Sequence or mapping for patterns: the first class of the MRO that is one decides (inheritNativeParts).
        t.pointee.flags = base.flags.intersection(.inherited).subtracting([.sequence, .mapping]).union([.heapType, .baseType])
        t.pointee.traceKind = base.ref.pointee.traceKind
        t.pointee.fieldsEnd = base.ref.pointee.fieldsEnd
        t.pointee.basicSize = base.ref.pointee.basicSize
        t.pointee.itemSize = base.ref.pointee.itemSize
        t.pointee.extraStart = base.ref.pointee.extraStart
        t.pointee.inlineCapacity = 2
        state.pointee.allTypes.append(UInt(bitPattern: t))
        try setQualname(type, plan)
        try setModuleAndDoc(type, plan)
        try wrapImplicitMethods(plan.dict)
        // Before the slots: one of them may bear the cell's name.
        try setClassCell(type, plan.dict)
        addSlotMembers(type, plan)
        if plan.addsDict || base.ref.pointee.attrsOffset != 0 {
            let variable = t.pointee.itemSize != 0
            t.pointee.attrsOffset = variable ? TypeLayout.offsetAfterItems(type.slotBytesAfterItems) : Int32(t.pointee.basicSize)
            if t.pointee.extraStart == 0 { t.pointee.extraStart = variable ? TypeLayout.extraAfterItems : t.pointee.basicSize }
        }
        let addsLayout = !plan.slots.isNull && PyTuple(plan.slots).count > 0
        t.pointee.solidBase = addsLayout ? type.value : solidBase(base).value
        if plan.addsWeakref { t.pointee.flags.insert(.weakrefable) }
        if plan.addsDict { addDictDescriptor(type) }
        if plan.addsWeakref { addWeakrefDescriptor(type) }
        try setLast(plan.dict)
        return type
    }

    /// What CPython adds when it makes the class ready, after the descriptors.
    private func setLast(_ dict: PyDict) throws(Raised) {
        if try dict.get(self, names.__doc__).isNull { try dict.set(self, names.__doc__, .none) }
        // Comparison without a hash of its own: instances are unhashable.
        if try !dict.get(self, names.__eq__).isNull, try dict.get(self, names.__hash__).isNull { try dict.set(self, names.__hash__, .none) }
    }

    private func setQualname(_ type: PyType, _ plan: ClassPlan) throws(Raised) {
        let qualname = try plan.dict.get(self, names.__qualname__)
        if qualname.isNull {
            type.ref.pointee.qualname = type.name
            return
        }
        if !isStr(qualname) { throw raise(.typeError, "type __qualname__ must be a str, not \(typeName(qualname))") }
        type.ref.pointee.qualname = qualname
        _ = try plan.dict.remove(self, names.__qualname__)
    }

    private func setModuleAndDoc(_ type: PyType, _ plan: ClassPlan) throws(Raised) {
        if try plan.dict.get(self, names.__module__).isNull, let current = state.pointee.hooks.currentGlobals {
            let globals = current(self)
            if globals.isObject {
                let module = PyDict(globals).getStr(self, names.__name__)
                if !module.isNull { try plan.dict.set(self, names.__module__, module) }
            }
        }
        let doc = try plan.dict.get(self, names.__doc__)
        if isStr(doc) {
            if !PyStr(doc).isASCII { _ = try encodeUTF8(PyStr(doc)) }
            type.ref.pointee.doc = doc
        }
    }

    /// `__new__` is a static method; `__init_subclass__` and `__class_getitem__` are class methods.
    private func wrapImplicitMethods(_ dict: PyDict) throws(Raised) {
        let new = try dict.get(self, names.__new__)
        if new.isExactly(types.function) { try dict.set(self, names.__new__, newFields(types.staticMethod, new)) }
        for name in [0, 1] {
            let key = name == 0 ? names.__init_subclass__ : names.__class_getitem__
            let method = try dict.get(self, key)
            if method.isExactly(types.function) { try dict.set(self, key, newFields(types.classMethod, method)) }
        }
    }

    private func addSlotMembers(_ type: PyType, _ plan: ClassPlan) {
        if plan.slots.isNull { return }
        let slots = PyTuple(plan.slots)
        type.ref.pointee.slotNames = plan.slots
        if slots.count == 0 { return }
        let variable = type.ref.pointee.itemSize != 0
        let start = (type.ref.pointee.basicSize + 7) & ~7
        let first = variable ? Int(TypeLayout.offsetAfterItems(type.slotBytesAfterItems)) : Int(start)
        if type.ref.pointee.extraStart == 0 { type.ref.pointee.extraStart = variable ? TypeLayout.extraAfterItems : start }
        for i in 0..<slots.count {
            let name = isExactStr(slots[i]) ? internValue(slots[i]) : slots[i]
            setTypeAttribute(type, name, newMember(name, owner: type, offset: variable ? first - i * 8 : first + i * 8, kind: .slot, doc: .null))
        }
        type.ref.pointee.basicSize = start + UInt32(slots.count) * 8
    }

    private func addDictDescriptor(_ type: PyType) {
        if !PyDict(type.dict).getStr(self, names.__dict__).isNull { return }
        let builder = TypeBuilder(self, type)
        let definition = state.pointee.dictDefinition
            ?? builder.getsetDefinition("__dict__", "dictionary for instance variables (if defined)", get: dictGetter, set: dictSetter)
        state.pointee.dictDefinition = definition
        builder.getset(definition)
    }
    private func addWeakrefDescriptor(_ type: PyType) {
        if !PyDict(type.dict).getStr(self, names.__weakref__).isNull { return }
        let builder = TypeBuilder(self, type)
        let definition = state.pointee.weakrefDefinition
            ?? builder.getsetDefinition("__weakref__", "list of weak references to the object (if defined)", get: { vm, v in
                let first = vm.firstWeakRef(v)
                return first.isNull ? .none : first
            })
        state.pointee.weakrefDefinition = definition
        builder.getset(definition)
    }

    // MARK: The last steps

    private func finishClass(_ type: PyType, _ plan: ClassPlan, _ keywords: Value) throws(Raised) {
        let bases = PyTuple(plan.bases)
        type.ref.pointee.mro = try computeMRO(type)
        for i in 0..<bases.count { addSubclass(PyType(bases[i]), type) }
        inheritNativeParts(type)
        updateAllSlots(type)
        try callSetName(type, plan.dict)
        try callInitSubclass(type, keywords)
    }

    /// What no dunder stands for: buffers, destructors, sequence slots of the native base; flags of all bases.
    func inheritNativeParts(_ type: PyType) {
        let mro = PyTuple(type.mro)
        for i in 1..<max(1, mro.count) {
            let base = PyType(mro[i])
            if type.slots.buffer == nil {
                type.slots.buffer = base.slots.buffer
                type.slots.releaseBuffer = base.slots.releaseBuffer
            }
            if type.slots.finalize == nil { type.slots.finalize = base.slots.finalize }
            if type.slots.trace == nil { type.slots.trace = base.slots.trace }
            if type.ref.pointee.newDefinition == nil { type.ref.pointee.newDefinition = base.ref.pointee.newDefinition }
            if type.ref.pointee.initDefinition == nil { type.ref.pointee.initDefinition = base.ref.pointee.initDefinition }
            if base.flags.contains(.hasDel) { type.ref.pointee.flags.insert(.hasDel) }
            if base.flags.contains(.weakrefable) { type.ref.pointee.flags.insert(.weakrefable) }
            if !type.flags.contains(.sequence) && !type.flags.contains(.mapping) {
                type.ref.pointee.flags.formUnion(base.flags.intersection([.sequence, .mapping]))
            }
        }
    }

    private func setClassCell(_ type: PyType, _ dict: PyDict) throws(Raised) {
        let cell = try dict.get(self, names.__classcell__)
        if cell.isNull { return }
        if !cell.isExactly(types.cell) {
            throw raise(.typeError, "type.__new__(): __classcell__ must be a nonlocal cell, not \(try reprText(self.type(of: cell).value))")
        }
        cell.cast(CellLayout.self).pointee.contents = type.value
        _ = try dict.remove(self, names.__classcell__)
    }

    private func callSetName(_ type: PyType, _ dict: PyDict) throws(Raised) {
        let snapshot = try dict.copy(self)
        var position = 0
        while let (key, value) = snapshot.next(&position) {
            guard value.isObject, !lookup(value.objectType, names.__set_name__).isNull else { continue }
            do { _ = try callSpecial(value, names.__set_name__, type.value, key) } catch {
                let cause = takeRaised()
                let text = "Error calling __set_name__ on '\(typeName(value))' instance \((try? reprText(key)) ?? "?") in '\(PyStr(type.name).string)'"
                let exception = makeException(exceptionType(.runtimeError), args: tuple(str(text)))
                exception.cast(ExceptionLayout.self).pointee.cause = cause
                exception.cast(ExceptionLayout.self).pointee.suppressContext = .true
                exception.cast(ExceptionLayout.self).pointee.context = cause
                throw restoreRaised(exception)
            }
        }
    }

    private func callInitSubclass(_ type: PyType, _ keywords: Value) throws(Raised) {
        // A metaclass's `mro()` may have left the class itself out.
        let order = PyTuple(type.mro)
        var belongs = false
        for i in 0..<order.count where order[i] == type.value { belongs = true }
        if !belongs { throw raise(.typeError, "super(type, obj): obj must be an instance or subtype of type") }
        let proxy = newSuper(type, type.value)
        let hook = try getAttr(proxy, names.__init_subclass__)
        let count = keywords.isNull ? 0 : PyTuple(keywords).count
        // Keyword values lie after the three positional arguments of `type.__new__`.
        let slots = try pushStack(count + 1)
        defer { popStack(slots) }
        if count > 0, let values = classKeywordValues { slots.update(from: values, count: count) }
        _ = try call(hook, slots, 0, keywords: count > 0 ? keywords : .null)
    }

    /// The keyword values of the class statement being executed: kept on the thread, since class creation may nest.
    private var classKeywordValues: UnsafeMutablePointer<Value>? {
        UnsafeMutablePointer(bitPattern: thread.pointee.word3)
    }

    // MARK: MRO

    /// The MRO tuple: the metaclass's `mro()` if it has its own, else C3.
    func computeMRO(_ type: PyType) throws(Raised) -> Value {
        let meta = self.type(of: type.value)
        if meta != types.type {
            let method = lookup(meta, names.mro)
            if !(method.isExactly(types.methodDescriptor) && method.cast(NativeFunctionLayout.self).pointee.owner == types.type.value) {
                let result = try tupleFrom(callMethod(type.value, names.mro))
                let tuple = PyTuple(result)
                for i in 0..<tuple.count {
                    if !isType(tuple[i]) { throw raise(.typeError, "mro() returned a non-class ('\(typeName(tuple[i]))')") }
                    if !type.isLayoutCompatible(PyType(tuple[i]), self) {
                        throw raise(.typeError, "mro() returned base with unsuitable layout ('\(typeText(PyType(tuple[i])))')")
                    }
                }
                return result
            }
        }
        return try c3(type)
    }

    func c3(_ type: PyType) throws(Raised) -> Value {
        let bases = PyTuple(type.ref.pointee.bases)
        for i in 0..<bases.count where PyType(bases[i]).mro.isNull {
            throw raise(.typeError, "Cannot extend an incomplete type '\(typeText(PyType(bases[i])))'")
        }
        if bases.count == 1 {
            // The common case is a prefix.
            let rest = PyTuple(PyType(bases[0]).mro)
            let result = try newTuple(rest.count + 1)
            result[0] = type.value
            for i in 0..<rest.count { result[i + 1] = rest[i] }
            return result.value
        }
        for i in 0..<bases.count {
            for k in 0..<i where bases[i] == bases[k] {
                throw raise(.typeError, "duplicate base class \(PyStr(PyType(bases[i]).name).string)")
            }
        }
        // Sequences to merge: each base's MRO, then the bases themselves.
        let result = try newList(capacity: 8)
        try result.append(self, type.value)
        let total = bases.count + 1
        var positions = [Int](repeating: 0, count: total)
        func sequence(_ i: Int) -> PyTuple { i < bases.count ? PyTuple(PyType(bases[i]).mro) : bases }
        while true {
            var chosen = Value.null
            var remaining = false
            for i in 0..<total where positions[i] < sequence(i).count {
                remaining = true
                let candidate = sequence(i)[positions[i]]
                var inTail = false
                for k in 0..<total where !inTail {
                    let s = sequence(k)
                    if positions[k] + 1 < s.count {
                        for m in (positions[k] + 1)..<s.count where s[m] == candidate {
                            inTail = true
                            break
                        }
                    }
                }
                if !inTail {
                    chosen = candidate
                    break
                }
            }
            if !remaining { return try tupleFrom(result.value) }
            if chosen.isNull { throw raiseMROConflict(bases, positions) }
            try result.append(self, chosen)
            for i in 0..<total where positions[i] < sequence(i).count && sequence(i)[positions[i]] == chosen { positions[i] += 1 }
        }
    }

    private func raiseMROConflict(_ bases: PyTuple, _ positions: [Int]) -> Raised {
        var seen: [UInt64] = []
        var texts: [String] = []
        for i in 0..<positions.count {
            let s = i < bases.count ? PyTuple(PyType(bases[i]).mro) : bases
            if positions[i] < s.count {
                let value = s[positions[i]]
                if seen.contains(value.bits) { continue }
                seen.append(value.bits)
                texts.append(PyStr(PyType(value).name).string)
            }
        }
        return raise(.typeError, "Cannot create a consistent method resolution\norder (MRO) for bases \(texts.joined(separator: ", "))")
    }
}

extension PyType {
    func isLayoutCompatible(_ other: PyType, _ vm: VM) -> Bool {
        let own = vm.solidBase(PyType(base))
        return own.isSubtype(of: vm.solidBase(other)) || self == other
    }
}

let typeNewSlot: CallSlot = { vm, meta, arguments, count, keywords in
    vm.guarded { () throws(Raised) in
        let saved = vm.thread.pointee.word3
        vm.thread.pointee.word3 = UInt(bitPattern: arguments + count)
        defer { vm.thread.pointee.word3 = saved }
        return try vm.typeNew(PyType(meta), arguments, count, keywords)
    }
}

extension VM {
    /// Classes and modules keep attributes elsewhere: their `__dict__` is the native type's, whatever class's descriptor is asked.
    func nativeDictDescriptor(_ type: PyType) -> Value {
        if type.flags.contains(.typeSubclass) { return PyDict(types.type.dict).getStr(self, names.__dict__) }
        if type.isSubtype(of: types.module) { return PyDict(types.module.dict).getStr(self, names.__dict__) }
        return .null
    }
}

/// `instance.__dict__`.
let dictGetter: NativeGetter = { vm, object in
    vm.guarded { () throws(Raised) in
        let type = vm.type(of: object)
        let native = vm.nativeDictDescriptor(type)
        if native.isObject, let get = native.objectType.slots.descrGet { return try vm.check(get(vm, native, object, type.value)) }
        if type.ref.pointee.attrsOffset == 0 { throw vm.raise(.attributeError, "This object has no __dict__") }
        return try vm.materializeDict(object, type)
    }
}
let dictSetter: NativeSetter = { vm, object, value in
    vm.guardedStatus { () throws(Raised) in
        let type = vm.type(of: object)
        let native = vm.nativeDictDescriptor(type)
        if native.isObject, let set = native.objectType.slots.descrSet { return try vm.checkStatus(set(vm, native, object, value)) }
        if type.ref.pointee.attrsOffset == 0 { throw vm.raise(.attributeError, "This object has no __dict__") }
        if value.isNull {
            vm.setDict(object, type, vm.newDict().value)
            return
        }
        if !vm.isDict(value) { throw vm.raise(.typeError, "__dict__ must be set to a dictionary, not a '\(vm.typeName(value))'") }
        vm.setDict(object, type, value)
    }
}
