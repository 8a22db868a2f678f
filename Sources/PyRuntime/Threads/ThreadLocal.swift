// `_thread._local`: a namespace for each thread. The object keeps a dict from the thread's serial number to its namespace;
// the thread keeps weak references to such objects, to drop its part when it ends. CPython: `local` in Modules/_threadmodule.c.

/// `_thread._local`.
public struct ThreadLocalLayout {
    public var type: PyType
    /// What `__init__` of each new thread gets.
    var arguments: Value
    /// dict or NULL.
    var keywords: Value
    /// dict: serial → namespace dict.
    var namespaces: Value
    /// The last namespace asked for: its thread and itself.
    var lastNamespace: Value
    var lastSerial: UInt
    public static var size: Int { 48 }
    public static var fieldsEnd: Int { 40 }
}

public struct ThreadLocal {
    let ref: UnsafeMutablePointer<ThreadLocalLayout>
    public init(_ value: Value) { ref = value.cast(ThreadLocalLayout.self) }
    public var value: Value { Value(ref) }

    /// A new object of `type`, with a namespace for the running thread; `__init__` is the caller's business.
    public static func make(_ vm: VM, _ type: PyType, _ arguments: Value, _ keywords: Value) throws(Raised) -> ThreadLocal {
        let namespaces = vm.newDict().value
        let local = ThreadLocal(vm.newInstance(type))
        local.ref.pointee.arguments = arguments
        local.ref.pointee.keywords = keywords
        local.ref.pointee.namespaces = namespaces
        _ = try local.addNamespace(vm)
        return local
    }

    private func addNamespace(_ vm: VM) throws(Raised) -> Value {
        let thread = vm.thread
        let serial = thread.pointee.threading.serial
        let namespace = vm.newDict().value
        if thread.pointee.threading.locals.isNull { thread.pointee.threading.locals = try vm.newList().value }
        let reference = try vm.newWeakRef(vm.types.weakref, value, .none)
        try PyList(thread.pointee.threading.locals).append(vm, reference)
        try PyDict(ref.pointee.namespaces).set(vm, vm.int(Int(bitPattern: serial)), namespace)
        remember(namespace, serial)
        return namespace
    }

    private func remember(_ namespace: Value, _ serial: UInt) {
        ref.pointee.lastNamespace = namespace
        ref.pointee.lastSerial = serial
    }

    /// The running thread's namespace; made, and `__init__` called again, at its first use in a thread. May run Python.
    public func namespace(_ vm: VM) throws(Raised) -> Value {
        let serial = vm.thread.pointee.threading.serial
        if ref.pointee.lastSerial == serial { return ref.pointee.lastNamespace }
        let found = try PyDict(ref.pointee.namespaces).get(vm, vm.int(Int(bitPattern: serial)))
        if found.isObject {
            remember(found, serial)
            return found
        }
        let namespace = try addNamespace(vm)
        let type = value.objectType
        if let initialize = type.slots.initialize, !vm.isObjectInit(type) {
            do { try callInit(vm, initialize) } catch {
                forget(vm, serial: serial)
                throw error
            }
        }
        return namespace
    }

    private func callInit(_ vm: VM, _ initialize: InitSlot) throws(Raised) {
        let positional = PyTuple(ref.pointee.arguments)
        let keywords = ref.pointee.keywords.isObject ? PyDict(ref.pointee.keywords).count : 0
        let names = keywords > 0 ? try vm.newTuple(keywords) : PyTuple(vm.emptyTuple)
        let slots = try vm.pushStack(positional.count + keywords)
        defer { vm.popStack(slots) }
        slots.update(from: positional.items, count: positional.count)
        if keywords > 0 {
            var position = 0, k = 0
            while let (key, item) = PyDict(ref.pointee.keywords).next(&position), k < keywords {
                names[k] = key
                slots[positional.count + k] = item
                k += 1
            }
        }
        try vm.checkStatus(initialize(vm, value, slots, positional.count, keywords > 0 ? names.value : .null))
    }

    func forget(_ vm: VM, serial: UInt) {
        if ref.pointee.lastSerial == serial { remember(.null, 0) }
        do { _ = try PyDict(ref.pointee.namespaces).remove(vm, vm.int(Int(bitPattern: serial))) } catch { vm.clearRaised() }
    }
}

extension VM {
    /// Whether `type.__init__` is `object.__init__`.
    public func isObjectInit(_ type: PyType) -> Bool {
        unsafeBitCast(type.slots.initialize, to: UInt.self) == unsafeBitCast(types.object.slots.initialize, to: UInt.self)
    }

    /// `object.__getattribute__` with the instance's namespace given.
    public func getAttr(_ object: Value, _ name: Value, namespace: Value) throws(Raised) -> Value {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let type = self.type(of: object)
        let found = lookup(type, name)
        let get = found.isObject ? found.objectType.slots.descrGet : nil
        if let get, found.objectType.slots.descrSet != nil { return try check(get(self, found, object, type.value)) }
        let own = try PyDict(namespace).get(self, name)
        if !own.isNull { return own }
        if let get { return try check(get(self, found, object, type.value)) }
        if !found.isNull { return found }
        throw raiseNoAttribute(object, name)
    }

    /// `object.__setattr__` and, with NULL, `__delattr__` with the instance's namespace given.
    public func setAttr(_ object: Value, _ name: Value, _ value: Value, namespace: Value) throws(Raised) {
        guard isStr(name) else { throw raise(.typeError, "attribute name must be string, not '\(typeName(name))'") }
        let name = isExactStr(name) ? internValue(name) : try internedCopy(name)
        let found = lookup(type(of: object), name)
        if found.isObject, let set = found.objectType.slots.descrSet { return try checkStatus(set(self, found, object, value)) }
        if !value.isNull { return try PyDict(namespace).set(self, name, value) }
        if try PyDict(namespace).remove(self, name).isNull { throw raise(.attributeError, value: name) }
    }
}
