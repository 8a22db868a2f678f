// What stands in a slot when the special method is written in Python: look the name up on the type and call it.
// CPython: the slot_* functions of Objects/typeobject.c.

public let hashNotImplemented: HashSlot = { vm, value in
    _ = vm.raise(.typeError, "unhashable type: '\(vm.typeName(value))'")
    return -1
}

/// `__new__` written in Python.
let slotNew: CallSlot = { vm, type, arguments, count, keywords in
    vm.guarded { () throws(Raised) in
        let function = try vm.getAttr(type, vm.names.__new__)
        let extra = keywords.isNull ? 0 : PyTuple(keywords).count
        let slots = try vm.pushStack(count + extra + 1)
        defer { vm.popStack(slots) }
        slots[0] = type
        (slots + 1).update(from: arguments, count: count + extra)
        return try vm.call(function, slots, count + 1, keywords: keywords)
    }
}

extension VM {
    @inline(__always) private func generic<T>(_ slot: SlotID, _ function: T) {
        state.pointee.genericSlots[Int(slot.rawValue)] = unsafeBitCast(function, to: UnsafeRawPointer.self)
    }
    private func isGeneric(_ type: PyType, _ slot: SlotID) -> Bool {
        let slots = UnsafeMutableRawPointer(type.slotsPointer).assumingMemoryBound(to: UnsafeRawPointer?.self)
        return slots[Int(slot.rawValue)] == state.pointee.genericSlots[Int(slot.rawValue)]
    }

    private func required(_ value: Value, _ receiver: Value, _ name: Value) throws(Raised) -> Value {
        if value.isNull { throw raise(.attributeError, value: name) }
        return value
    }

    func genericUnary(_ v: Value, _ name: Value) -> Value {
        guarded { () throws(Raised) in try required(callSpecial(v, name), v, name) }
    }

    func genericInplace(_ a: Value, _ b: Value, _ name: Value) -> Value {
        guarded { () throws(Raised) in
            let result = try callSpecial(a, name, b)
            return result.isNull ? .notImplemented : result
        }
    }

    func genericBinary(_ a: Value, _ b: Value, _ name: Value, _ reflected: Value, _ slot: SlotID) -> Value {
        guarded { () throws(Raised) in
            let ta = type(of: a), tb = type(of: b)
            var tryOther = ta != tb && isGeneric(tb, slot)
            if isGeneric(ta, slot) {
                if tryOther && tb.isSubtype(of: ta) && lookup(ta, reflected) != lookup(tb, reflected) {
                    let result = try callSpecial(b, reflected, a)
                    if !result.isNull && result != .notImplemented { return result }
                    tryOther = false
                }
                let result = try callSpecial(a, name, b)
                if !result.isNull && result != .notImplemented || ta == tb { return result.isNull ? .notImplemented : result }
            }
            if tryOther {
                let result = try callSpecial(b, reflected, a)
                return result.isNull ? .notImplemented : result
            }
            return .notImplemented
        }
    }

    private func genericCompare(_ a: Value, _ b: Value, _ op: Int) -> Value {
        guarded { () throws(Raised) in
            let name: Value
            switch op {
            case 0: name = names.__lt__
            case 1: name = names.__le__
            case 2: name = names.__eq__
            case 3: name = names.__ne__
            case 4: name = names.__gt__
            default: name = names.__ge__
            }
            let method = lookup(type(of: a), name)
            if method.isNull { return .notImplemented }
            if method.isObject && !method.objectType.flags.contains(.methodDescriptor), let get = method.objectType.slots.descrGet {
                // What goes wrong in binding the method counts as absence (as slot_tp_richcompare has it).
                let bound = get(self, method, a, type(of: a).value)
                if bound.isNull {
                    clearRaised()
                    return .notImplemented
                }
                return try call(bound, b)
            }
            let result = try callSpecial(a, name, b)
            return result.isNull ? .notImplemented : result
        }
    }

    private func genericHash(_ v: Value) -> Int {
        guardedInt { () throws(Raised) in
            let method = lookup(type(of: v), names.__hash__)
            if method.isNull || method.isNone { throw raise(.typeError, "unhashable type: '\(typeName(v))'") }
            let result = try callSpecial(v, names.__hash__)
            if !isInt(result) { throw raise(.typeError, "__hash__ method should return an integer") }
            var fits = false
            let n = clampedInt(result, &fits)
            let hash = fits ? n : try self.hash(result)
            return hash == -1 ? -2 : hash
        }
    }

    private func genericLength(_ v: Value) -> Int {
        guardedInt { () throws(Raised) in
            let result = try required(callSpecial(v, names.__len__), v, names.__len__)
            let number = try index(result)
            var fits = false
            let n = clampedInt(number, &fits)
            if n < 0 { throw raise(.valueError, "__len__() should return >= 0") }
            if !fits { throw raise(.overflowError, "cannot fit '\(typeName(number))' into an index-sized integer") }
            return n
        }
    }

    private func genericBool(_ v: Value) -> Int {
        guardedBool { () throws(Raised) in
            let result = try callSpecial(v, names.__bool__)
            if result.isNull { return true }
            if !result.isBool { throw raise(.typeError, "__bool__ should return bool, returned \(typeName(result))") }
            return result.isTrue
        }
    }

    private func genericGetAttribute(_ v: Value, _ name: Value) -> Value {
        guarded { () throws(Raised) in
            let type = self.type(of: v)
            let fallback = lookup(type, names.__getattr__)
            let own = lookup(type, names.__getattribute__)
            let plain = own.isExactly(types.slotWrapper)
                && own.cast(NativeFunctionLayout.self).pointee.owner == types.object.value
            if fallback.isNull {
                return plain ? try genericGetAttr(v, name, orNull: false) : try required(callSpecial(v, names.__getattribute__, name), v, name)
            }
            let result: Value
            if plain {
                result = try genericGetAttr(v, name, orNull: true)
            } else {
                do { result = try callSpecial(v, names.__getattribute__, name) } catch {
                    if !raisedMatches(.attributeError) { throw Raised() }
                    clearRaised()
                    return try callFound(fallback, v, name)
                }
            }
            if !result.isNull { return result }
            return try callFound(fallback, v, name)
        }
    }

    /// Calls an attribute found on the type before, whatever has become of the type since.
    private func callFound(_ found: Value, _ receiver: Value, _ argument: Value) throws(Raised) -> Value {
        if found.isObject {
            let kind = found.objectType
            if kind.flags.contains(.methodDescriptor) { return try call(found, receiver, argument) }
            if let get = kind.slots.descrGet { return try call(check(get(self, found, receiver, type(of: receiver).value)), argument) }
        }
        return try call(found, argument)
    }

    func fillGenericSlots() {
        generic(.repr, { vm, v in vm.genericUnary(v, vm.names.__repr__) } as UnarySlot)
        generic(.str, { vm, v in vm.genericUnary(v, vm.names.__str__) } as UnarySlot)
        generic(.hash, { vm, v in vm.genericHash(v) } as HashSlot)
        generic(.call, { vm, callable, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.enterRecursion(" while calling a Python object")
                defer { vm.leaveRecursion() }
                var unbound = false
                let method = try vm.lookupSpecial(callable, vm.names.__call__, &unbound)
                if method.isNull { throw vm.raiseNotCallable(callable) }
                if !unbound { return try vm.call(method, arguments, count, keywords: keywords) }
                let extra = keywords.isNull ? 0 : PyTuple(keywords).count
                let slots = try vm.pushStack(count + extra + 1)
                defer { vm.popStack(slots) }
                slots[0] = callable
                (slots + 1).update(from: arguments, count: count + extra)
                return try vm.call(method, slots, count + 1, keywords: keywords)
            }
        } as CallSlot)
        generic(.getattro, { vm, v, name in vm.genericGetAttribute(v, name) } as BinarySlot)
        generic(.setattro, { vm, v, name, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { _ = try vm.callSpecial(v, vm.names.__delattr__, name) } else { _ = try vm.callSpecial(v, vm.names.__setattr__, name, value) }
            }
        } as StoreSlot)
        generic(.richcompare, { vm, a, b, op in vm.genericCompare(a, b, op) } as CompareSlot)
        generic(.iter, { vm, v in
            vm.guarded { () throws(Raised) in
                let method = vm.lookup(vm.type(of: v), vm.names.__iter__)
                if method.isNone { throw vm.raise(.typeError, "'\(vm.typeName(v))' object is not iterable") }
                let result = try vm.callSpecial(v, vm.names.__iter__)
                // Only `__getitem__`: the old sequence protocol.
                return result.isNull ? vm.newSequenceIterator(vm.types.sequenceIterator, v) : result
            }
        } as UnarySlot)
        generic(.iternext, { vm, v in vm.genericUnary(v, vm.names.__next__) } as UnarySlot)
        generic(.descrGet, { vm, descriptor, instance, type in
            vm.guarded { () throws(Raised) in
                let result = try vm.callSpecial(
                    descriptor, vm.names.__get__, instance.isNull ? .none : instance, type.isNull ? .none : type)
                return result.isNull ? descriptor : result
            }
        } as DescrGetSlot)
        generic(.descrSet, { vm, descriptor, instance, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull {
                    let result = try vm.callSpecial(descriptor, vm.names.__delete__, instance)
                    if result.isNull { throw vm.raise(.attributeError, value: vm.names.__delete__) }
                } else {
                    let result = try vm.callSpecial(descriptor, vm.names.__set__, instance, value)
                    if result.isNull { throw vm.raise(.attributeError, value: vm.names.__set__) }
                }
            }
        } as StoreSlot)
        generic(.initialize, { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                let extra = keywords.isNull ? 0 : PyTuple(keywords).count
                let slots = try vm.pushStack(count + extra + 1)
                defer { vm.popStack(slots) }
                slots[0] = v
                (slots + 1).update(from: arguments, count: count + extra)
                let result = try vm.callSpecial(slots, count + 1, vm.names.__init__, keywords: keywords)
                if !result.isNone && !result.isNull {
                    throw vm.raise(.typeError, "__init__() should return None, not '\(vm.typeName(result))'")
                }
            }
        } as InitSlot)
        generic(.del, { vm, v in vm.genericUnary(v, vm.names.__del__) } as UnarySlot)
        generic(.awaitSlot, { vm, v in
            vm.guarded { () throws(Raised) in
                let result = try vm.callSpecial(v, vm.names.__await__)
                if result.isNull { throw vm.raise(.attributeError, "object \(vm.typeName(v)) does not have __await__ method") }
                return result
            }
        } as UnarySlot)
        generic(.aiter, { vm, v in vm.genericUnary(v, vm.names.__aiter__) } as UnarySlot)
        generic(.anext, { vm, v in vm.genericUnary(v, vm.names.__anext__) } as UnarySlot)
        fillGenericNumbers()
        fillGenericContainers()
    }

    private func fillGenericNumbers() {
        generic(.add, { vm, a, b in vm.genericBinary(a, b, vm.names.__add__, vm.names.__radd__, .add) } as BinarySlot)
        generic(.subtract, { vm, a, b in vm.genericBinary(a, b, vm.names.__sub__, vm.names.__rsub__, .subtract) } as BinarySlot)
        generic(.multiply, { vm, a, b in vm.genericBinary(a, b, vm.names.__mul__, vm.names.__rmul__, .multiply) } as BinarySlot)
        generic(.remainder, { vm, a, b in vm.genericBinary(a, b, vm.names.__mod__, vm.names.__rmod__, .remainder) } as BinarySlot)
        generic(.divmod, { vm, a, b in vm.genericBinary(a, b, vm.names.__divmod__, vm.names.__rdivmod__, .divmod) } as BinarySlot)
        generic(.lshift, { vm, a, b in vm.genericBinary(a, b, vm.names.__lshift__, vm.names.__rlshift__, .lshift) } as BinarySlot)
        generic(.rshift, { vm, a, b in vm.genericBinary(a, b, vm.names.__rshift__, vm.names.__rrshift__, .rshift) } as BinarySlot)
        generic(.and, { vm, a, b in vm.genericBinary(a, b, vm.names.__and__, vm.names.__rand__, .and) } as BinarySlot)
        generic(.xor, { vm, a, b in vm.genericBinary(a, b, vm.names.__xor__, vm.names.__rxor__, .xor) } as BinarySlot)
        generic(.or, { vm, a, b in vm.genericBinary(a, b, vm.names.__or__, vm.names.__ror__, .or) } as BinarySlot)
        generic(.floorDivide, { vm, a, b in vm.genericBinary(a, b, vm.names.__floordiv__, vm.names.__rfloordiv__, .floorDivide) } as BinarySlot)
        generic(.trueDivide, { vm, a, b in vm.genericBinary(a, b, vm.names.__truediv__, vm.names.__rtruediv__, .trueDivide) } as BinarySlot)
        generic(.matrixMultiply, { vm, a, b in vm.genericBinary(a, b, vm.names.__matmul__, vm.names.__rmatmul__, .matrixMultiply) } as BinarySlot)
        generic(.power, { vm, a, b, modulus in
            if modulus.isNone { return vm.genericBinary(a, b, vm.names.__pow__, vm.names.__rpow__, .power) }
            // Three arguments: only the left operand is asked.
            return vm.guarded { () throws(Raised) in
                if !vm.isGeneric(vm.type(of: a), .power) { return .notImplemented }
                let result = try vm.callSpecial(a, vm.names.__pow__, b, modulus)
                return result.isNull ? .notImplemented : result
            }
        } as TernarySlot)
        generic(.negative, { vm, v in vm.genericUnary(v, vm.names.__neg__) } as UnarySlot)
        generic(.positive, { vm, v in vm.genericUnary(v, vm.names.__pos__) } as UnarySlot)
        generic(.absolute, { vm, v in vm.genericUnary(v, vm.names.__abs__) } as UnarySlot)
        generic(.invert, { vm, v in vm.genericUnary(v, vm.names.__invert__) } as UnarySlot)
        generic(.bool, { vm, v in vm.genericBool(v) } as InquirySlot)
        generic(.int, { vm, v in vm.genericUnary(v, vm.names.__int__) } as UnarySlot)
        generic(.float, { vm, v in vm.genericUnary(v, vm.names.__float__) } as UnarySlot)
        generic(.index, { vm, v in vm.genericUnary(v, vm.names.__index__) } as UnarySlot)
        generic(.inplaceAdd, { vm, a, b in vm.genericInplace(a, b, vm.names.__iadd__) } as BinarySlot)
        generic(.inplaceSubtract, { vm, a, b in vm.genericInplace(a, b, vm.names.__isub__) } as BinarySlot)
        generic(.inplaceMultiply, { vm, a, b in vm.genericInplace(a, b, vm.names.__imul__) } as BinarySlot)
        generic(.inplaceRemainder, { vm, a, b in vm.genericInplace(a, b, vm.names.__imod__) } as BinarySlot)
        generic(.inplacePower, { vm, a, b, _ in vm.genericInplace(a, b, vm.names.__ipow__) } as TernarySlot)
        generic(.inplaceLshift, { vm, a, b in vm.genericInplace(a, b, vm.names.__ilshift__) } as BinarySlot)
        generic(.inplaceRshift, { vm, a, b in vm.genericInplace(a, b, vm.names.__irshift__) } as BinarySlot)
        generic(.inplaceAnd, { vm, a, b in vm.genericInplace(a, b, vm.names.__iand__) } as BinarySlot)
        generic(.inplaceXor, { vm, a, b in vm.genericInplace(a, b, vm.names.__ixor__) } as BinarySlot)
        generic(.inplaceOr, { vm, a, b in vm.genericInplace(a, b, vm.names.__ior__) } as BinarySlot)
        generic(.inplaceFloorDivide, { vm, a, b in vm.genericInplace(a, b, vm.names.__ifloordiv__) } as BinarySlot)
        generic(.inplaceTrueDivide, { vm, a, b in vm.genericInplace(a, b, vm.names.__itruediv__) } as BinarySlot)
        generic(.inplaceMatrixMultiply, { vm, a, b in vm.genericInplace(a, b, vm.names.__imatmul__) } as BinarySlot)
    }

    private func fillGenericContainers() {
        generic(.mapLength, { vm, v in vm.genericLength(v) } as InquirySlot)
        generic(.seqLength, { vm, v in vm.genericLength(v) } as InquirySlot)
        generic(.getItem, { vm, v, key in
            vm.guarded { () throws(Raised) in try vm.required(vm.callSpecial(v, vm.names.__getitem__, key), v, vm.names.__getitem__) }
        } as BinarySlot)
        generic(.item, { vm, v, i in
            vm.guarded { () throws(Raised) in try vm.required(vm.callSpecial(v, vm.names.__getitem__, vm.int(i)), v, vm.names.__getitem__) }
        } as ItemSlot)
        generic(.setItem, { vm, v, key, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull {
                    _ = try vm.required(vm.callSpecial(v, vm.names.__delitem__, key), v, vm.names.__delitem__)
                } else {
                    _ = try vm.required(vm.callSpecial(v, vm.names.__setitem__, key, value), v, vm.names.__setitem__)
                }
            }
        } as StoreSlot)
        generic(.contains, { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                let method = vm.lookup(vm.type(of: v), vm.names.__contains__)
                if method.isNone { throw vm.raise(.typeError, "'\(vm.typeName(v))' object is not a container") }
                return try vm.isTrue(vm.required(vm.callSpecial(v, vm.names.__contains__, item), v, vm.names.__contains__))
            }
        } as ContainsSlot)
    }
}
