// `function`: attributes, `__get__`, `__call__`, constructor. CPython: Objects/funcobject.c.
import PyBytecode

extension VM {
    func installFunctionType() {
        let type = types.function
        type.ref.pointee.basicSize = UInt32(MemoryLayout<FunctionLayout>.size)
        type.ref.pointee.fieldsEnd = UInt32(MemoryLayout<FunctionLayout>.offset(of: \FunctionLayout.exec) ?? 0)
        type.ref.pointee.traceKind = .words
        type.ref.pointee.flags.insert([.methodDescriptor, .weakrefable])
        type.slots.repr = { vm, f in
            vm.guarded { () throws(Raised) in
                vm.str("<function \(vm.text(f.cast(FunctionLayout.self).pointee.qualname)) at \(vm.addressText(f))>")
            }
        }
        type.slots.call = { vm, f, arguments, count, names in
            vm.guarded { () throws(Raised) in try vm.callFunctionFromNative(f, arguments, count, names) }
        }
        type.slots.descrGet = { vm, f, instance, _ in
            if instance.isNull || instance.isNone { return f }
            return vm.newBoundMethod(f, instance)
        }
        type.slots.getattro = { vm, f, name in
            vm.guarded { () throws(Raised) in try vm.functionGetAttr(f, name, orNull: false) }
        }
        type.slots.setattro = { vm, f, name, value in
            vm.guardedStatus { () throws(Raised) in try vm.functionSetAttr(f, name, value) }
        }
        let t = TypeBuilder(self, type)
        t.doc(
            """
            Create a function object.

              code
                a code object
              globals
                the globals dictionary
              name
                a string that overrides the name from the code object
              argdefs
                a tuple that specifies the default argument values
              closure
                a tuple that supplies the bindings for free variables
            """, signature: "(code, globals, name=None, argdefs=None, closure=None)")
        t.new("(code, globals, name=None, argdefs=None, closure=None)") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.makeFunction(a) }
        }
        installFunctionAttributes(t)
    }

    /// `value` NULL: deleted.
    private func auditFunctionChange(_ function: Value, _ name: Value, _ value: Value) throws(Raised) {
        if value.isNull {
            try audit("object.__delattr__", tuple(function, name))
        } else {
            try audit("object.__setattr__", tuple(function, name, value))
        }
    }

    private func installFunctionAttributes(_ t: TypeBuilder) {
        t.getset("__code__", get: { vm, f in
                vm.guarded { () throws(Raised) in
                    try vm.audit("object.__getattr__", vm.tuple(f, vm.intern("__code__")))
                    return f.cast(FunctionLayout.self).pointee.code
                }
            },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isExactly(vm.types.code) else { throw vm.raise(.typeError, "__code__ must be set to a code object") }
                    try vm.audit("object.__setattr__", vm.tuple(f, vm.intern("__code__"), value))
                    let free = PyTuple(value.cast(CodeLayout.self).pointee.freevars).count
                    let closure = f.cast(FunctionLayout.self).pointee.closure
                    let have = closure.isObject ? PyTuple(closure).count : 0
                    if free != have {
                        let name = vm.text(f.cast(FunctionLayout.self).pointee.name)
                        throw vm.raise(.valueError, "\(name)() requires a code object with \(have) free vars, not \(free)")
                    }
                    f.cast(FunctionLayout.self).pointee.code = value
                    f.cast(FunctionLayout.self).pointee.exec = nil
                }
            })
        t.getset("__defaults__", get: { vm, f in
                vm.guarded { () throws(Raised) in
                    try vm.audit("object.__getattr__", vm.tuple(f, vm.intern("__defaults__")))
                    return vm.orNone(f.cast(FunctionLayout.self).pointee.defaults)
                }
            },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isNull || value.isNone || vm.isTuple(value) else {
                        throw vm.raise(.typeError, "__defaults__ must be set to a tuple object")
                    }
                    try vm.auditFunctionChange(f, vm.intern("__defaults__"), value)
                    f.cast(FunctionLayout.self).pointee.defaults = value.isNone ? .null : value
                }
            })
        t.getset("__kwdefaults__", get: { vm, f in
                vm.guarded { () throws(Raised) in
                    try vm.audit("object.__getattr__", vm.tuple(f, vm.intern("__kwdefaults__")))
                    return vm.orNone(f.cast(FunctionLayout.self).pointee.kwdefaults)
                }
            },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isNull || value.isNone || vm.isDict(value) else {
                        throw vm.raise(.typeError, "__kwdefaults__ must be set to a dict object")
                    }
                    try vm.auditFunctionChange(f, vm.intern("__kwdefaults__"), value)
                    f.cast(FunctionLayout.self).pointee.kwdefaults = value.isNone ? .null : value
                }
            })
        t.getset("__annotations__", get: { vm, f in vm.guarded { () throws(Raised) in try vm.functionAnnotations(f) } },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isNull || value.isNone || vm.isDict(value) else {
                        throw vm.raise(.typeError, "__annotations__ must be set to a dict object")
                    }
                    f.cast(FunctionLayout.self).pointee.annotations = value.isNone ? .null : value
                }
            })
        t.getset("__dict__", get: { vm, f in vm.functionDict(f).value },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard !value.isNull else { throw vm.raise(.typeError, "cannot delete __dict__") }
                    guard vm.isDict(value) else {
                        throw vm.raise(.typeError, "__dict__ must be set to a dictionary, not a '\(vm.typeName(value))'")
                    }
                    f.cast(FunctionLayout.self).pointee.dict = value
                }
            })
        t.getset("__name__", get: { vm, f in f.cast(FunctionLayout.self).pointee.name },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard vm.isStr(value) else { throw vm.raise(.typeError, "__name__ must be set to a string object") }
                    f.cast(FunctionLayout.self).pointee.name = value
                }
            })
        t.getset("__qualname__", get: { vm, f in f.cast(FunctionLayout.self).pointee.qualname },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard vm.isStr(value) else { throw vm.raise(.typeError, "__qualname__ must be set to a string object") }
                    f.cast(FunctionLayout.self).pointee.qualname = value
                }
            })
        let layout = MemoryLayout<FunctionLayout>.self
        t.member("__doc__", offset: layout.offset(of: \FunctionLayout.doc) ?? 0, readOnly: false)
        t.member("__module__", offset: layout.offset(of: \FunctionLayout.module) ?? 0, readOnly: false)
        t.member("__closure__", offset: layout.offset(of: \FunctionLayout.closure) ?? 0)
        t.member("__globals__", offset: layout.offset(of: \FunctionLayout.globals) ?? 0)
        t.member("__builtins__", offset: layout.offset(of: \FunctionLayout.builtins) ?? 0)
    }

    func orNone(_ value: Value) -> Value { value.isNull ? .none : value }

    func newBoundMethod(_ function: Value, _ receiver: Value) -> Value {
        let cell = allocateUninitialized(MemoryLayout<BoundMethodLayout>.size, types.method)
            .assumingMemoryBound(to: BoundMethodLayout.self)
        cell.pointee.function = function
        cell.pointee.receiver = receiver
        return Value(cell)
    }

    func functionDict(_ f: Value) -> PyDict {
        let layout = f.cast(FunctionLayout.self)
        if layout.pointee.dict.isNull { layout.pointee.dict = newDict().value }
        return PyDict(layout.pointee.dict)
    }

    /// MAKE_FUNCTION leaves a tuple (name, value, ...); it becomes a dict at the first look.
    private func functionAnnotations(_ f: Value) throws(Raised) -> Value {
        let layout = f.cast(FunctionLayout.self)
        let current = layout.pointee.annotations
        if isDict(current) { return current }
        let dict = newDict()
        if isTuple(current) {
            let tuple = PyTuple(current)
            var i = 0
            while i + 1 < tuple.count {
                try dict.set(self, tuple[i], tuple[i + 1])
                i += 2
            }
        }
        layout.pointee.annotations = dict.value
        return dict.value
    }

    /// Data descriptors of the type, then the function's own dict, then the rest of the type.
    /// - Parameter orNull: NULL stands for an attribute that is not there.
    func functionGetAttr(_ f: Value, _ name: Value, orNull: Bool) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let found = lookup(types.function, name)
        var get: DescrGetSlot?
        if found.isObject {
            let kind = found.objectType
            get = kind.slots.descrGet
            if let get, kind.slots.descrSet != nil { return try check(get(self, found, f, types.function.value)) }
        }
        let own = f.cast(FunctionLayout.self).pointee.dict
        if own.isObject {
            let value = try PyDict(own).get(self, name)
            if !value.isNull { return value }
        }
        if let get { return try check(get(self, found, f, types.function.value)) }
        if !found.isNull || orNull { return found }
        throw raiseNoAttribute(f, name)
    }

    private func functionSetAttr(_ f: Value, _ name: Value, _ value: Value) throws(Raised) {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let found = lookup(types.function, name)
        if found.isObject, let set = found.objectType.slots.descrSet {
            return try checkStatus(set(self, found, f, value))
        }
        let dict = functionDict(f)
        if !value.isNull { return try dict.set(self, name, value) }
        if try dict.remove(self, name).isNull { throw raise(.attributeError, value: name) }
    }

    private func makeFunction(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        guard a[0].isExactly(types.code) else {
            throw raise(.typeError, "function() argument 'code' must be code, not \(argumentTypeName(a[0]))")
        }
        guard isDict(a[1]) else {
            throw raise(.typeError, "function() argument 'globals' must be dict, not \(argumentTypeName(a[1]))")
        }
        if !a[2].isNull && !a[2].isNone && !isStr(a[2]) { throw raise(.typeError, "arg 3 (name) must be None or string") }
        if !a[3].isNull && !a[3].isNone && !isTuple(a[3]) { throw raise(.typeError, "arg 4 (defaults) must be None or tuple") }
        try audit("function.__new__", tuple(a[0]))
        let free = PyTuple(a[0].cast(CodeLayout.self).pointee.freevars).count
        let closure = a[4].isNull ? Value.none : a[4]
        if !isTuple(closure) {
            if free > 0 && closure.isNone { throw raise(.typeError, "arg 5 (closure) must be tuple") }
            if !closure.isNone { throw raise(.typeError, "arg 5 (closure) must be None or tuple") }
        }
        let have = closure.isNone ? 0 : PyTuple(closure).count
        if have != free {
            throw raise(
                .valueError, "\(text(a[0].cast(CodeLayout.self).pointee.name)) requires closure of length \(free), not \(have)")
        }
        if have > 0 {
            for i in 0..<have where !PyTuple(closure)[i].isExactly(types.cell) {
                throw raise(.typeError, "arg 5 (closure) expected cell, found \(typeName(PyTuple(closure)[i]))")
            }
        }
        let function = try newFunction(code: a[0], globals: a[1], qualname: a[0].cast(CodeLayout.self).pointee.name)
        let layout = function.cast(FunctionLayout.self)
        if PyDict(a[1]).getStr(self, names.__builtins__).isNull, eval.pointee.top != eval.pointee.frames {
            layout.pointee.builtins = eval.pointee.top.pointee.builtins
        }
        if isStr(a[2]) {
            layout.pointee.name = a[2]
            layout.pointee.qualname = a[2]
        }
        if isTuple(a[3]) { layout.pointee.defaults = a[3] }
        if isTuple(closure) && have > 0 { layout.pointee.closure = closure }
        return function
    }
}
