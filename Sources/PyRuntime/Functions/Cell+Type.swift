// `cell` and `method`. CPython: Objects/cellobject.c, Objects/classobject.c.

extension VM {
    func installCellAndMethodTypes() {
        installCell()
        installMethod()
    }

    private func installCell() {
        let type = types.cell
        layout(type, .words, MemoryLayout<CellLayout>.size)
        type.slots.repr = { vm, c in
            let contents = c.cast(CellLayout.self).pointee.contents
            if contents.isNull { return vm.str("<cell at \(vm.addressText(c)): empty>") }
            return vm.str("<cell at \(vm.addressText(c)): \(vm.typeName(contents)) object at \(vm.addressText(contents))>")
        }
        type.slots.richcompare = { vm, a, b, op in
            guard a.isExactly(vm.types.cell), b.isExactly(vm.types.cell), let op = CompareOp(rawValue: op) else { return .notImplemented }
            let x = a.cast(CellLayout.self).pointee.contents
            let y = b.cast(CellLayout.self).pointee.contents
            if !x.isNull && !y.isNull { return vm.guarded { () throws(Raised) in try vm.richCompare(x, y, op) } }
            // Empty cells sort first.
            let l = x.isNull ? 0 : 1
            let r = y.isNull ? 0 : 1
            switch op {
            case .lt: return Value(l < r)
            case .le: return Value(l <= r)
            case .eq: return Value(l == r)
            case .ne: return Value(l != r)
            case .gt: return Value(l > r)
            case .ge: return Value(l >= r)
            }
        }
        let t = TypeBuilder(self, type)
        t.doc(
            """
            Create a new cell object.

              contents
                the contents of the cell. If not specified, the cell will be empty,
                and 
             further attempts to access its cell_contents attribute will
                raise a ValueError.
            """, signature: "([contents])")
        t.new("(contents=None, /)") { vm, _, a in vm.newCell(a[0]) }
        t.getset("cell_contents", get: { vm, c in
            let contents = c.cast(CellLayout.self).pointee.contents
            if contents.isNull { return vm.guarded { () throws(Raised) in throw vm.raise(.valueError, "Cell is empty") } }
            return contents
        }, set: { _, c, value in
            c.cast(CellLayout.self).pointee.contents = value
            return 0
        })
    }

    private func installMethod() {
        let type = types.method
        layout(type, .words, MemoryLayout<BoundMethodLayout>.size)
        type.ref.pointee.flags.insert([.weakrefable])
        type.slots.repr = { vm, m in vm.guarded { () throws(Raised) in try vm.methodRepr(m) } }
        type.slots.hash = { vm, m in
            vm.guardedInt { () throws(Raised) in
                let layout = m.cast(BoundMethodLayout.self)
                let h = try vm.hashIdentity(layout.pointee.receiver) ^ vm.hash(layout.pointee.function)
                return h == -1 ? -2 : h
            }
        }
        type.slots.richcompare = { vm, a, b, op in
            guard op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue, a.isExactly(vm.types.method), b.isExactly(vm.types.method)
            else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let x = a.cast(BoundMethodLayout.self)
                let y = b.cast(BoundMethodLayout.self)
                var equal = x.pointee.receiver == y.pointee.receiver
                if equal { equal = try vm.compareBool(x.pointee.function, y.pointee.function, .eq) }
                return Value(equal == (op == CompareOp.eq.rawValue))
            }
        }
        type.slots.call = { vm, m, arguments, count, names in
            vm.guarded { () throws(Raised) in try vm.callBoundMethod(m, arguments, count, names) }
        }
        type.slots.descrGet = { _, m, _, _ in m }
        type.slots.getattro = { vm, m, name in
            vm.guarded { () throws(Raised) in
                // The method's own attributes first, then the function's.
                let found = vm.lookup(vm.types.method, name)
                if !found.isNull { return try vm.genericGetAttr(m, name, orNull: false) }
                try vm.guardNativeStack()
                return try vm.getAttr(m.cast(BoundMethodLayout.self).pointee.function, name)
            }
        }
        let t = TypeBuilder(self, type)
        t.doc("method(function, instance)\n\nCreate a bound instance method object.")
        t.new("(function, instance, /)") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if vm.type(of: a[0]).slots.call == nil { throw vm.raise(.typeError, "first argument must be callable") }
                if a[1].isNone { throw vm.raise(.typeError, "instance must not be None") }
                return vm.newBoundMethod(a[0], a[1])
            }
        }
        t.computedMember("__func__", "the function (or other callable) implementing a method",
            get: { _, m in m.cast(BoundMethodLayout.self).pointee.function })
        t.computedMember("__self__", "the instance to which a method is bound", get: { _, m in m.cast(BoundMethodLayout.self).pointee.receiver })
        t.getset("__doc__", get: { vm, m in
            vm.guarded { () throws(Raised) in
                try vm.guardNativeStack()
                return try vm.getAttr(m.cast(BoundMethodLayout.self).pointee.function, vm.names.__doc__)
            }
        })
        t.def0("-__reduce__($self, /)", "") { vm, m in
            vm.guarded { () throws(Raised) in
                let layout = m.cast(BoundMethodLayout.self)
                let getattr = PyDict(vm.state.pointee.builtinsDict).getStr(vm, vm.intern("getattr"))
                let name = try vm.getAttr(layout.pointee.function, vm.names.__name__)
                return vm.tuple(getattr, vm.tuple(layout.pointee.receiver, name))
            }
        }
    }

    private func methodRepr(_ m: Value) throws(Raised) -> Value {
        let layout = m.cast(BoundMethodLayout.self)
        var name = try lookupAttr(layout.pointee.function, names.__qualname__)
        if !isStr(name) { name = try lookupAttr(layout.pointee.function, names.__name__) }
        let shown = isStr(name) ? text(name) : "?"
        return str("<bound method \(shown) of \(try reprText(layout.pointee.receiver))>")
    }

    func callBoundMethod(
        _ m: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value
    ) throws(Raised) -> Value {
        let layout = m.cast(BoundMethodLayout.self)
        let total = count + (names.isNull ? 0 : PyTuple(names).count)
        let slots = try pushStack(total + 1)
        defer { popStack(slots) }
        slots[0] = layout.pointee.receiver
        (slots + 1).update(from: arguments, count: total)
        return try call(layout.pointee.function, slots, count + 1, keywords: names)
    }

    /// Fills in every type that belongs to functions and frames. Called once from the kernel's bootstrap.
    func installExecutionTypes() {
        installFunctionType()
        installCodeType()
        installGeneratorTypes()
        installAsyncGeneratorTypes()
        installAnextAwaitable()
        installFrameTypes()
        installCellAndMethodTypes()
        installHooks()
        state.pointee.extraRoots = { marker, vm in vm.markFrames(marker) }
    }
}
