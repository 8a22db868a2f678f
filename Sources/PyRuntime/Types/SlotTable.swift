// The dunder table: which special name stands for which slot, how its wrapper calls the slot, and its documentation. One
// row per name (CPython: slotdefs in Objects/typeobject.c). What a class that defines the name in Python gets in the slot
// is in GenericSlots.swift; the wrapper objects of native slots are in SlotWrapper.swift.

/// How a slot wrapper (`int.__add__`) turns Python arguments into a slot call.
enum WrapperKind: UInt8 {
    case unary, left, right, power, powerReflected, inquiry, length, hash, call, getattro, setattro, delattro
    case lt, le, eq, ne, gt, ge
    case next, descrGet, descrSet, descrDelete, initialize, del
    case getItem, setItem, delItem, item, repeated, contains
}

struct SlotRow {
    var name: Value
    var slot: SlotID
    var kind: WrapperKind
    /// What the wrapper objects of this row point to: name, signature, doc; `extra` holds the row's number.
    var definition: UnsafeMutablePointer<NativeDefinition>
    /// The next rows of the same slot and of the same name, -1 for none.
    var next: Int32 = -1
    var nextOfName: Int32 = -1
}

extension VM {
    private func row(_ declaration: StaticString, _ slot: SlotID, _ kind: WrapperKind, _ doc: StaticString) {
        let definition = makeDefinition(declaration, doc, .variadic, UnsafeRawPointer(raw))
        definition.pointee.extra = UnsafeRawPointer(bitPattern: state.pointee.slotRows.count + 1)
        definition.pointee.hidesSignature = slot == .del
        state.pointee.slotRows.append(SlotRow(name: definition.pointee.name, slot: slot, kind: kind, definition: definition))
    }

    func makeSlotTable() {
        basicRows()
        numberRows()
        inplaceRows()
        containerRows()
        state.pointee.genericSlots = .allocate(capacity: SlotID.allCases.count)
        state.pointee.genericSlots.initialize(repeating: nil, count: SlotID.allCases.count)
        fillGenericSlots()
        chainRows()
    }

    /// Links the rows of each slot and of each name in order.
    private func chainRows() {
        state.pointee.firstSlotRows.fill(SlotID.allCases.count, with: -1)
        state.pointee.firstNameRows.fill(256, with: -1)
        var i = state.pointee.slotRows.count - 1
        while i >= 0 {
            var row = state.pointee.slotRows[i]
            let slot = Int(row.slot.rawValue), name = placeOfName(row.name)
            row.next = state.pointee.firstSlotRows[slot]
            row.nextOfName = state.pointee.firstNameRows[name]
            state.pointee.slotRows[i] = row
            state.pointee.firstSlotRows[slot] = Int32(truncatingIfNeeded: i)
            state.pointee.firstNameRows[name] = Int32(truncatingIfNeeded: i)
            i -= 1
        }
    }

    /// Where the rows of an interned name hang in the table of 256, or would.
    private func placeOfName(_ name: Value) -> Int {
        var place = Int(truncatingIfNeeded: (name.bits >> 4) ^ (name.bits >> 12)) & 255
        while true {
            let row = state.pointee.firstNameRows[place]
            if row < 0 || state.pointee.slotRows[Int(row)].name == name { return place }
            place = (place + 1) & 255
        }
    }

    /// The first row of a name, -1 for none: the others follow by `nextOfName`.
    private func firstRow(ofName key: Value) -> Int32 {
        guard isStr(key), isDunder(PyStr(key)) else { return -1 }
        let name = isExactStr(key) ? internValue(key) : str(utf8: PyStr(key).utf8)
        return state.pointee.firstNameRows[placeOfName(internValue(name))]
    }

    private func basicRows() {
        row("__repr__($self, /)", .repr, .unary, "Return repr(self).")
        row("__hash__($self, /)", .hash, .hash, "Return hash(self).")
        row("__call__($self, /, *args, **kwargs)", .call, .call, "Call self as a function.")
        row("__str__($self, /)", .str, .unary, "Return str(self).")
        row("__getattribute__($self, name, /)", .getattro, .getattro, "Return getattr(self, name).")
        row("__getattr__($self, name, /)", .getattro, .getattro, "")
        row("__setattr__($self, name, value, /)", .setattro, .setattro, "Implement setattr(self, name, value).")
        row("__delattr__($self, name, /)", .setattro, .delattro, "Implement delattr(self, name).")
        row("__lt__($self, value, /)", .richcompare, .lt, "Return self<value.")
        row("__le__($self, value, /)", .richcompare, .le, "Return self<=value.")
        row("__eq__($self, value, /)", .richcompare, .eq, "Return self==value.")
        row("__ne__($self, value, /)", .richcompare, .ne, "Return self!=value.")
        row("__gt__($self, value, /)", .richcompare, .gt, "Return self>value.")
        row("__ge__($self, value, /)", .richcompare, .ge, "Return self>=value.")
        row("__iter__($self, /)", .iter, .unary, "Implement iter(self).")
        row("__next__($self, /)", .iternext, .next, "Implement next(self).")
        row("__get__($self, instance, owner=None, /)", .descrGet, .descrGet, "Return an attribute of instance, which is of type owner.")
        row("__set__($self, instance, value, /)", .descrSet, .descrSet, "Set an attribute of instance to value.")
        row("__delete__($self, instance, /)", .descrSet, .descrDelete, "Delete an attribute of instance.")
        row(
            "__init__($self, /, *args, **kwargs)", .initialize, .initialize,
            "Initialize self.  See help(type(self)) for accurate signature.")
        row("__del__", .del, .del, "")
        row("__await__($self, /)", .awaitSlot, .unary, "Return an iterator to be used in await expression.")
        row("__aiter__($self, /)", .aiter, .unary, "Return an awaitable, that resolves in asynchronous iterator.")
        row("__anext__($self, /)", .anext, .unary, "Return a value or raise StopAsyncIteration.")
    }

    private func numberRows() {
        row("__add__($self, value, /)", .add, .left, "Return self+value.")
        row("__radd__($self, value, /)", .add, .right, "Return value+self.")
        row("__sub__($self, value, /)", .subtract, .left, "Return self-value.")
        row("__rsub__($self, value, /)", .subtract, .right, "Return value-self.")
        row("__mul__($self, value, /)", .multiply, .left, "Return self*value.")
        row("__rmul__($self, value, /)", .multiply, .right, "Return value*self.")
        row("__mod__($self, value, /)", .remainder, .left, "Return self%value.")
        row("__rmod__($self, value, /)", .remainder, .right, "Return value%self.")
        row("__divmod__($self, value, /)", .divmod, .left, "Return divmod(self, value).")
        row("__rdivmod__($self, value, /)", .divmod, .right, "Return divmod(value, self).")
        row("__pow__($self, value, mod=None, /)", .power, .power, "Return pow(self, value, mod).")
        row("__rpow__($self, value, mod=None, /)", .power, .powerReflected, "Return pow(value, self, mod).")
        row("__neg__($self, /)", .negative, .unary, "-self")
        row("__pos__($self, /)", .positive, .unary, "+self")
        row("__abs__($self, /)", .absolute, .unary, "abs(self)")
        row("__bool__($self, /)", .bool, .inquiry, "True if self else False")
        row("__invert__($self, /)", .invert, .unary, "~self")
        row("__lshift__($self, value, /)", .lshift, .left, "Return self<<value.")
        row("__rlshift__($self, value, /)", .lshift, .right, "Return value<<self.")
        row("__rshift__($self, value, /)", .rshift, .left, "Return self>>value.")
        row("__rrshift__($self, value, /)", .rshift, .right, "Return value>>self.")
        row("__and__($self, value, /)", .and, .left, "Return self&value.")
        row("__rand__($self, value, /)", .and, .right, "Return value&self.")
        row("__xor__($self, value, /)", .xor, .left, "Return self^value.")
        row("__rxor__($self, value, /)", .xor, .right, "Return value^self.")
        row("__or__($self, value, /)", .or, .left, "Return self|value.")
        row("__ror__($self, value, /)", .or, .right, "Return value|self.")
        row("__int__($self, /)", .int, .unary, "int(self)")
        row("__float__($self, /)", .float, .unary, "float(self)")
        row("__floordiv__($self, value, /)", .floorDivide, .left, "Return self//value.")
        row("__rfloordiv__($self, value, /)", .floorDivide, .right, "Return value//self.")
        row("__truediv__($self, value, /)", .trueDivide, .left, "Return self/value.")
        row("__rtruediv__($self, value, /)", .trueDivide, .right, "Return value/self.")
        row(
            "__index__($self, /)", .index, .unary,
            "Return self converted to an integer, if self is suitable for use as an index into a list.")
        row("__matmul__($self, value, /)", .matrixMultiply, .left, "Return self@value.")
        row("__rmatmul__($self, value, /)", .matrixMultiply, .right, "Return value@self.")
    }

    private func inplaceRows() {
        row("__iadd__($self, value, /)", .inplaceAdd, .left, "Return self+=value.")
        row("__isub__($self, value, /)", .inplaceSubtract, .left, "Return self-=value.")
        row("__imul__($self, value, /)", .inplaceMultiply, .left, "Return self*=value.")
        row("__imod__($self, value, /)", .inplaceRemainder, .left, "Return self%=value.")
        row("__ipow__($self, value, /)", .inplacePower, .power, "Return self**=value.")
        row("__ilshift__($self, value, /)", .inplaceLshift, .left, "Return self<<=value.")
        row("__irshift__($self, value, /)", .inplaceRshift, .left, "Return self>>=value.")
        row("__iand__($self, value, /)", .inplaceAnd, .left, "Return self&=value.")
        row("__ixor__($self, value, /)", .inplaceXor, .left, "Return self^=value.")
        row("__ior__($self, value, /)", .inplaceOr, .left, "Return self|=value.")
        row("__ifloordiv__($self, value, /)", .inplaceFloorDivide, .left, "Return self//=value.")
        row("__itruediv__($self, value, /)", .inplaceTrueDivide, .left, "Return self/=value.")
        row("__imatmul__($self, value, /)", .inplaceMatrixMultiply, .left, "Return self@=value.")
    }

    private func containerRows() {
        row("__len__($self, /)", .mapLength, .length, "Return len(self).")
        row("__getitem__($self, key, /)", .getItem, .getItem, "Return self[key].")
        row("__setitem__($self, key, value, /)", .setItem, .setItem, "Set self[key] to value.")
        row("__delitem__($self, key, /)", .setItem, .delItem, "Delete self[key].")
        row("__len__($self, /)", .seqLength, .length, "Return len(self).")
        row("__add__($self, value, /)", .concat, .left, "Return self+value.")
        row("__mul__($self, value, /)", .repeated, .repeated, "Return self*value.")
        row("__rmul__($self, value, /)", .repeated, .repeated, "Return value*self.")
        row("__getitem__($self, key, /)", .item, .item, "Return self[key].")
        row("__contains__($self, key, /)", .contains, .contains, "Return key in self.")
        row("__iadd__($self, value, /)", .inplaceConcat, .left, "Implement self+=value.")
        row("__imul__($self, value, /)", .inplaceRepeat, .repeated, "Implement self*=value.")
    }

    // MARK: Types and slots

    /// Makes the wrapper objects for the slots a native type fills itself. Explicit declarations of the same name win.
    func addSlotWrappers(_ type: PyType) {
        let slots = UnsafeMutableRawPointer(type.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        if !type.ref.pointee.dict.isObject { type.ref.pointee.dict = newDict().value }
        let dict = PyDict(type.dict)
        for i in 0..<state.pointee.slotRows.count {
            let row = state.pointee.slotRows[i]
            if slots[Int(row.slot.rawValue)] == nil || !dict.getStr(self, row.name).isNull { continue }
            if row.name == names.__getattr__ { continue }
            if row.slot == .hash && isHashNotImplemented(type.slots.hash) {
                setTypeAttribute(type, row.name, .none)
                continue
            }
            // `operator -=` rows etc. exist only where the slot does; descriptors without deletion still show `__delete__`, as CPython's do.
            setTypeAttribute(type, row.name, newNative(types.slotWrapper, receiver: .null, owner: type.value, row.definition))
        }
    }

    func isHashNotImplemented(_ slot: HashSlot?) -> Bool {
        guard let slot else { return false }
        return unsafeBitCast(slot, to: UInt.self) == unsafeBitCast(hashNotImplemented, to: UInt.self)
    }

    /// Copies from `base` the slots that `type` leaves empty.
    func inheritSlots(_ type: PyType, from base: PyType) {
        let own = UnsafeMutableRawPointer(type.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        let theirs = UnsafeMutableRawPointer(base.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        // Comparison and hash go together: a type that defines `==` alone does not inherit the hash.
        let hashRow = Int(SlotID.hash.rawValue), compareRow = Int(SlotID.richcompare.rawValue)
        let inheritsHash = own[hashRow] == nil && own[compareRow] == nil
        for i in 0..<SlotID.allCases.count where own[i] == nil {
            if (i == hashRow || i == compareRow) && !inheritsHash { continue }
            own[i] = theirs[i]
        }
        if type.ref.pointee.newDefinition == nil { type.ref.pointee.newDefinition = base.ref.pointee.newDefinition }
        if type.ref.pointee.initDefinition == nil { type.ref.pointee.initDefinition = base.ref.pointee.initDefinition }
    }

    /// After `type.name = …` or `del`: the slots that `name` stands for, here and in all subclasses.
    func updateSlots(_ type: PyType, _ name: Value) {
        if name == names.__new__ {
            updateNew(type)
            return
        }
        let first = firstRow(ofName: name)
        if first < 0 { return }
        updateSlots(type, first)
        updateSubclassSlots(type, name, first)
    }

    private func isDunder(_ text: PyStr) -> Bool { text.count > 4 && text[0] == 95 && text[1] == 95 }

    private func updateSubclassSlots(_ type: PyType, _ name: Value, _ first: Int32) {
        guard let list = type.ref.pointee.subclasses else { return }
        for i in 0..<Int(type.ref.pointee.subclassCount) {
            let derived = PyType(Value(bits: UInt64(list[i])))
            if !PyDict(derived.dict).getStr(self, name).isNull { continue }
            updateSlots(derived, first)
            updateSubclassSlots(derived, name, first)
        }
    }

    /// The slots of the rows of one name.
    private func updateSlots(_ type: PyType, _ first: Int32) {
        var next = first
        while next >= 0 {
            let row = state.pointee.slotRows[Int(next)]
            next = row.nextOfName
            updateSlot(type, row.slot)
        }
    }

    /// All slots of a class made in Python, from what the MRO says.
    func updateAllSlots(_ type: PyType) {
        if updateOwnSlots(type) { return }
        // Rows of one slot need not be adjacent: go by slot.
        for slot in SlotID.allCases where slot != .new && slot.rawValue <= SlotID.inplaceRepeat.rawValue { updateSlot(type, slot) }
        updateNew(type)
    }

    /// The first base's slots, but for those whose names the class defines or a class that the first base does not know:
    /// for all other names the MRO says what the base's says.
    /// - Returns: false where a metaclass made an MRO that does not keep the base's order.
    private func updateOwnSlots(_ type: PyType) -> Bool {
        let mro = PyTuple(type.mro)
        guard mro.count > 1, PyTuple(type.ref.pointee.bases).count > 0 else { return false }
        let base = PyType(PyTuple(type.ref.pointee.bases)[0])
        let inherited = PyTuple(base.mro)
        var known = 0
        for i in 1..<mro.count where known < inherited.count && mro[i] == inherited[known] { known += 1 }
        guard mro[0] == type.value, known == inherited.count else { return false }
        let own = UnsafeMutableRawPointer(type.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        let theirs = UnsafeMutableRawPointer(base.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        for i in 0...Int(SlotID.inplaceRepeat.rawValue) where i != Int(SlotID.new.rawValue) { own[i] = theirs[i] }
        var done: (UInt64, UInt64) = (0, 0)
        known = 0
        for i in 0..<mro.count {
            if known < inherited.count && mro[i] == inherited[known] {
                known += 1
            } else if PyType(mro[i]).dict.isObject {
                updateSlots(type, namedIn: PyDict(PyType(mro[i]).dict), &done)
            }
        }
        updateNew(type)
        return true
    }

    /// The slots whose names are keys of `dict`, each once.
    private func updateSlots(_ type: PyType, namedIn dict: PyDict, _ done: inout (UInt64, UInt64)) {
        let rows = state.pointee.slotRows
        var position = 0
        while let item = dict.next(&position) {
            var next = firstRow(ofName: item.key)
            while next >= 0 {
                let slot = rows[Int(next)].slot
                next = rows[Int(next)].nextOfName
                let bit = UInt64(1) << UInt64(slot.rawValue & 63)
                if slot == .new || (slot.rawValue < 64 ? done.0 : done.1) & bit != 0 { continue }
                if slot.rawValue < 64 { done.0 |= bit } else { done.1 |= bit }
                updateSlot(type, slot)
            }
        }
    }

    private func updateNew(_ type: PyType) {
        let found = lookup(type, names.__new__)
        if found.isExactly(types.builtinFunction), let owner = newWrapperOwner(found) {
            type.slots.new = owner.slots.new
        } else if !found.isNull {
            type.slots.new = slotNew
        }
        guard let list = type.ref.pointee.subclasses else { return }
        for i in 0..<Int(type.ref.pointee.subclassCount) { updateNew(PyType(Value(bits: UInt64(list[i])))) }
    }

    /// The type whose `__new__` this builtin is, or nil.
    func newWrapperOwner(_ function: Value) -> PyType? {
        let layout = function.cast(NativeFunctionLayout.self)
        return layout.pointee.definition.pointee.name == names.__new__ && isType(layout.pointee.receiver) ? PyType(layout.pointee.receiver) : nil
    }

    /// Native code if the names of the slot all lead to the same native slot; the generic function if any leads to Python; else empty.
    private func updateSlot(_ type: PyType, _ slot: SlotID) {
        let own = UnsafeMutableRawPointer(type.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        var native: UnsafeRawPointer?
        var needsGeneric = false
        var hasDel = false
        var next = state.pointee.firstSlotRows[Int(slot.rawValue)]
        while next >= 0 {
            let row = state.pointee.slotRows[Int(next)]
            next = row.next
            let found = lookup(type, row.name)
            if found.isNull { continue }
            if slot == .del { hasDel = true }
            if slot == .hash && found.isNone {
                native = unsafeBitCast(hashNotImplemented, to: UnsafeRawPointer.self)
                continue
            }
            if found.isExactly(types.slotWrapper) {
                let layout = found.cast(NativeFunctionLayout.self)
                let owner = PyType(layout.pointee.owner)
                if layout.pointee.definition.pointee.name == row.name && type.isSubtype(of: owner) {
                    let slots = UnsafeMutableRawPointer(owner.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
                    let pointer = slots[Int(slot.rawValue)]
                    guard let pointer else { continue }
                    if native == nil || native == pointer {
                        native = pointer
                        continue
                    }
                }
            }
            if slot == .concat || slot == .repeated || slot == .inplaceConcat || slot == .inplaceRepeat { continue }
            needsGeneric = true
        }
        own[Int(slot.rawValue)] = needsGeneric ? state.pointee.genericSlots[Int(slot.rawValue)] : native
        if slot == .getattro && !needsGeneric && native == nil { own[Int(slot.rawValue)] = UnsafeRawPointer(bitPattern: state.pointee.genericGetAttrAddress) }
        if hasDel { type.ref.pointee.flags.insert(.hasDel) }
    }
}
