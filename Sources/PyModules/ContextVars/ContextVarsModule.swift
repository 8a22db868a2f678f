// `_contextvars`: Context, ContextVar, Token. A context's variables are a dict that copies share until one of them changes.
// CPython: Python/context.c (a HAMT there); PEP 567.
import PyRuntime

/// `Context`: what it holds, whose dict may be another's too, and the context that `run` goes back to.
struct ContextLayout {
    var type: PyType
    var variables: Value
    /// The context to go back to; NULL while not entered, None where there was none.
    var previous: Value
    var isShared: Bool
    static var size: Int { 32 }
}

struct ContextVarLayout {
    var type: PyType
    var name: Value
    var initial: Value
    static var size: Int { 24 }
}

struct TokenLayout {
    var type: PyType
    var context: Value
    var variable: Value
    /// NULL: there was none.
    var old: Value
    var isUsed: Bool
    static var size: Int { 40 }
}

extension VM {
    public func registerContextVars() {
        registerModule("_contextvars") { vm, module in
            vm.guardedStatus { () throws(Raised) in try vm.defineContextVars(ModuleBuilder(vm, module: module)) }
        }
    }

    private func defineContextVars(_ m: ModuleBuilder) throws(Raised) {
        m.attribute("__doc__", str("Context Variables" as StaticString))
        let context = makeType("Context", module: "_contextvars", size: ContextLayout.size, trace: .words, fieldsEnd: 24, flags: .weakrefable)
        context.statesGetAttribute()
        fillContext(context)
        readyType(context.type)
        let variable = makeType("ContextVar", module: "_contextvars", size: ContextVarLayout.size, trace: .words, fieldsEnd: 24, flags: [])
        variable.statesGetAttribute()
        fillContextVar(variable)
        variable.type.slots.hash = types.object.slots.hash
        readyType(variable.type)
        let token = makeType("Token", module: "_contextvars", size: TokenLayout.size, trace: .words, fieldsEnd: 32, flags: [])
        token.statesGetAttribute()
        let missing = makeType("Token.MISSING", module: "builtins", size: 8, trace: .leaf, flags: [])
        missing.type.slots.repr = { vm, _ in vm.str("<Token.MISSING>" as StaticString) }
        readyType(missing.type)
        token.attribute("MISSING", newInstance(missing.type))
        fillToken(token)
        readyType(token.type)
        m.attribute("Context", context.type.value)
        m.attribute("ContextVar", variable.type.value)
        m.attribute("Token", token.type.value)
        threading.pointee.contextType = context.type.value
        threading.pointee.contextVarType = variable.type.value
        threading.pointee.tokenType = token.type.value
        m.def0("copy_context($module, /)", "") { vm, _ in vm.copyContext(vm.currentContext()) }
    }

    // MARK: Contexts

    private func newContext() -> Value {
        let variables = newDict().value
        let context = newInstance(PyType(threading.pointee.contextType))
        context.cast(ContextLayout.self).pointee.variables = variables
        return context
    }

    /// The running thread's context; made when first asked for.
    private func currentContext() -> Value {
        let context = thread.pointee.threading.context
        if context.isObject { return context }
        let new = newContext()
        thread.pointee.threading.context = new
        return new
    }

    private func copyContext(_ context: Value) -> Value {
        let copy = newInstance(PyType(threading.pointee.contextType))
        context.cast(ContextLayout.self).pointee.isShared = true
        copy.cast(ContextLayout.self).pointee.isShared = true
        copy.cast(ContextLayout.self).pointee.variables = context.cast(ContextLayout.self).pointee.variables
        return copy
    }

    private func variables(_ context: Value) -> PyDict { PyDict(context.cast(ContextLayout.self).pointee.variables) }

    /// The variables, no other context's any more.
    private func ownVariables(_ context: Value) throws(Raised) -> PyDict {
        let layout = context.cast(ContextLayout.self)
        if layout.pointee.isShared {
            layout.pointee.variables = try PyDict(layout.pointee.variables).copy(self).value
            layout.pointee.isShared = false
        }
        return PyDict(layout.pointee.variables)
    }

    private func checkVariable(_ key: Value) throws(Raised) {
        if !key.isObject || key.objectType.value != threading.pointee.contextVarType {
            throw raise(.typeError, "a ContextVar key was expected, got \(try reprText(key))")
        }
    }

    private func fillContext(_ t: TypeBuilder) {
        t.type.slots.new = { vm, _, _, count, names in
            vm.guarded { () throws(Raised) in
                if count > 0 || !(names.isNull || PyTuple(names).count == 0) { throw vm.raise(.typeError, "Context() does not accept any arguments") }
                return vm.newContext()
            }
        }
        t.type.slots.iter = { vm, context in vm.guarded { () throws(Raised) in try vm.iter(vm.variables(context).copy(vm).value) } }
        t.type.slots.mapLength = { vm, context in vm.variables(context).count }
        t.type.slots.hash = hashNotImplemented
        t.type.slots.contains = { vm, context, key in
            vm.guardedBool { () throws(Raised) in
                try vm.checkVariable(key)
                return !(try vm.variables(context).get(vm, key)).isNull
            }
        }
        t.type.slots.getItem = { vm, context, key in
            vm.guarded { () throws(Raised) in
                try vm.checkVariable(key)
                let value = try vm.variables(context).get(vm, key)
                if value.isNull { throw vm.raise(.keyError, value: key) }
                return value
            }
        }
        t.type.slots.richcompare = { vm, a, b, op in
            vm.guarded { () throws(Raised) in
                guard b.isObject, b.objectType == a.objectType, op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue else { return .notImplemented }
                let same = try vm.compareBool(vm.variables(a).value, vm.variables(b).value, .eq)
                return Value(same == (op == CompareOp.eq.rawValue))
            }
        }
        t.defN("get($self, key, default=None, /)", "Return the value for `key` if `key` has the value in the context object.\n\nIf `key` does not exist, return `default`. If `default` is not given,\nreturn None.") { vm, context, a in
            vm.guarded { () throws(Raised) in
                try vm.checkVariable(a[0])
                let value = try vm.variables(context).get(vm, a[0])
                return value.isNull ? (a[1].isNull ? .none : a[1]) : value
            }
        }
        t.def0("items($self, /)", "Return all variables and their values in the context object.\n\nThe result is returned as a list of 2-tuples (variable, value).") { vm, context in vm.contextList(context) { vm, key, value in vm.tuple(key, value) } }
        t.def0("keys($self, /)", "Return a list of all variables in the context object.") { vm, context in vm.contextList(context) { _, key, _ in key } }
        t.def0("values($self, /)", "Return a list of all variables' values in the context object.") { vm, context in vm.contextList(context) { _, _, value in value } }
        t.def0("copy($self, /)", "Return a shallow copy of the context object.") { vm, context in vm.copyContext(context) }
        t.defV("-run($self, callable, *args, **kwargs)", "") { vm, context, a, count, names in
            vm.guarded { () throws(Raised) in try vm.runIn(context, a, count, names) }
        }
    }

    private func contextList(_ context: Value, _ item: (VM, Value, Value) -> Value) -> Value {
        guarded { () throws(Raised) in
            let list = try newList()
            var position = 0
            while let (key, value) = variables(context).next(&position) { try list.append(self, item(self, key, value)) }
            return list.value
        }
    }

    private func runIn(_ context: Value, _ a: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value) throws(Raised) -> Value {
        if count < 1 { throw raise(.typeError, "run() missing 1 required positional argument") }
        let layout = context.cast(ContextLayout.self)
        if !layout.pointee.previous.isNull { throw raise(.runtimeError, "cannot enter context: \(try reprText(context)) is already entered") }
        let before = thread.pointee.threading.context
        layout.pointee.previous = before.isNull ? .none : before
        thread.pointee.threading.context = context
        defer {
            thread.pointee.threading.context = before
            layout.pointee.previous = .null
        }
        return try call(a[0], a + 1, count - 1, keywords: names)
    }

    // MARK: Variables

    private func fillContextVar(_ t: TypeBuilder) {
        t.type.slots.new = { vm, cls, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let named = keywords.isNull ? 0 : PyTuple(keywords).count
                if count + named > 2 { throw vm.raise(.typeError, "ContextVar() takes at most 2 arguments (\(count + named) given)") }
                if count > 1 { throw vm.raise(.typeError, "ContextVar() takes at most 1 positional argument (\(count) given)") }
                if count != 1 { throw vm.raise(.typeError, "ContextVar() takes exactly 1 positional argument (\(count) given)") }
                for i in 0..<named where !PyStr(PyTuple(keywords)[i]).equals(PyStr(vm.intern("default"))) {
                    throw vm.raise(.typeError, "'\(PyStr(PyTuple(keywords)[i]).string)' is an invalid keyword argument for ContextVar()")
                }
                if !vm.isStr(a[0]) { throw vm.raise(.typeError, "context variable name must be a str") }
                let variable = vm.newInstance(PyType(cls))
                variable.cast(ContextVarLayout.self).pointee.name = a[0]
                variable.cast(ContextVarLayout.self).pointee.initial = named > 0 ? a[1] : .null
                return variable
            }
        }
        t.type.slots.repr = { vm, variable in
            vm.guarded { () throws(Raised) in
                let layout = variable.cast(ContextVarLayout.self)
                let initial = layout.pointee.initial.isNull ? "" : " default=\(try vm.reprText(layout.pointee.initial))"
                return vm.str("<ContextVar name=\(try vm.reprText(layout.pointee.name))\(initial) at \(vm.addressText(variable))>")
            }
        }
        t.member("name", offset: 8)
        t.defN("get($self, default=<unrepresentable>, /)", "Return a value for the context variable for the current context.\n\nIf there is no value for the variable in the current context, the method will:\n * return the value of the default argument of the method, if provided; or\n * return the default value for the context variable, if it was created\n   with one; or\n * raise a LookupError.") { vm, variable, a in
            vm.guarded { () throws(Raised) in
                let context = vm.thread.pointee.threading.context
                if context.isObject {
                    let value = try vm.variables(context).get(vm, variable)
                    if !value.isNull { return value }
                }
                if !a[0].isNull { return a[0] }
                let initial = variable.cast(ContextVarLayout.self).pointee.initial
                if initial.isNull { throw vm.raise(.lookupError, value: variable) }
                return initial
            }
        }
        t.def1("set($self, value, /)", "Call to set a new value for the context variable in the current context.\n\nThe required value argument is the new value for the context variable.\n\nReturns a Token object that can be used to restore the variable to its previous\nvalue via the `ContextVar.reset()` method.") { vm, variable, value in
            vm.guarded { () throws(Raised) in
                let context = vm.currentContext()
                let old = try vm.variables(context).get(vm, variable)
                let token = vm.newInstance(PyType(vm.threading.pointee.tokenType))
                let layout = token.cast(TokenLayout.self)
                layout.pointee.context = context
                layout.pointee.variable = variable
                layout.pointee.old = old
                try vm.ownVariables(context).set(vm, variable, value)
                return token
            }
        }
        t.def1("reset($self, token, /)", "Reset the context variable.\n\nThe variable is reset to the value it had before the `ContextVar.set()` that\ncreated the token was used.") { vm, variable, token in
            vm.guarded { () throws(Raised) in
                if !token.isObject || token.objectType.value != vm.threading.pointee.tokenType {
                    throw vm.raise(.typeError, "expected an instance of Token, got \(try vm.reprText(token))")
                }
                try vm.resetVariable(variable, token)
                return .none
            }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }

    private func resetVariable(_ variable: Value, _ token: Value) throws(Raised) {
        let layout = token.cast(TokenLayout.self)
        if layout.pointee.isUsed { throw raise(.runtimeError, "\(try reprText(token)) has already been used once") }
        if layout.pointee.variable != variable { throw raise(.valueError, "\(try reprText(token)) was created by a different ContextVar") }
        let context = currentContext()
        if layout.pointee.context != context { throw raise(.valueError, "\(try reprText(token)) was created in a different Context") }
        layout.pointee.isUsed = true
        if layout.pointee.old.isNull {
            if try ownVariables(context).remove(self, variable).isNull { throw raise(.lookupError, value: variable) }
        } else {
            try ownVariables(context).set(self, variable, layout.pointee.old)
        }
    }

    private func fillToken(_ t: TypeBuilder) {
        t.type.slots.new = { vm, _, _, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.runtimeError, "Tokens can only be created by ContextVars") }
        }
        t.type.slots.repr = { vm, token in
            vm.guarded { () throws(Raised) in
                let layout = token.cast(TokenLayout.self)
                return vm.str("<Token\(layout.pointee.isUsed ? " used" : "") var=\(try vm.reprText(layout.pointee.variable)) at \(vm.addressText(token))>")
            }
        }
        t.getset("var", get: { _, token in token.cast(TokenLayout.self).pointee.variable })
        t.getset("old_value", get: { vm, token in
            let old = token.cast(TokenLayout.self).pointee.old
            return old.isNull ? vm.lookup(token.objectType, vm.intern("MISSING")) : old
        })
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
        t.type.slots.hash = hashNotImplemented
    }
}
