// The table of native modules: name to initialiser, run at the first import. CPython: Python/import.c's inittab, PEP 489.

/// Fills in a freshly made module: `ModuleBuilder` statements. NULL-free: 0 or -1 raised.
public typealias NativeModuleInit = @convention(c) (VM, Value) -> Int

struct NativeModuleRow {
    var name: Value
    var initialize: NativeModuleInit
    var isFrozenPackage: Bool
}

extension VM {
    /// Makes `name` importable; the initialiser runs at the first import.
    public func registerModule(_ name: StaticString, _ initialize: NativeModuleInit) {
        let interned = intern(name)
        _ = addRoot(interned)
        for i in 0..<state.pointee.nativeModules.count where state.pointee.nativeModules[i].name == interned {
            state.pointee.nativeModules[i].initialize = initialize
            return
        }
        state.pointee.nativeModules.append(NativeModuleRow(name: interned, initialize: initialize, isFrozenPackage: false))
    }

    /// The number of registered native modules, and their names in order.
    public var nativeModuleCount: Int { state.pointee.nativeModules.count }
    public func nativeModuleName(_ i: Int) -> Value { state.pointee.nativeModules[i].name }

    /// Whether `import` would make a native module of this name; `sys` and `builtins` are there without.
    func isNativeModule(_ name: Value) -> Bool {
        for i in 0..<nativeModuleCount where PyStr(nativeModuleName(i)).equals(PyStr(name)) { return true }
        return false
    }

    /// Makes and fills a native module; NULL if there is none of that name. Not put into `sys.modules` here.
    public func makeNativeModule(_ name: Value) throws(Raised) -> Value {
        for i in 0..<state.pointee.nativeModules.count {
            let row = state.pointee.nativeModules[i]
            if row.name != name && !PyStr(row.name).equals(PyStr(name)) { continue }
            // A text of its own, as in CPython: pickles tell it from the interned names of types.
            let module = newModule(str(utf8: PyStr(row.name).utf8))
            try checkStatus(row.initialize(self, module))
            return module
        }
        return .null
    }

    /// An empty module object. May collect.
    public func newModule(_ name: Value, doc: Value = .none) -> Value {
        let dict = newDict()
        let layout = newInstance(types.module).cast(ModuleLayout.self)
        layout.pointee.dict = dict.value
        layout.pointee.name = name
        do {
            try dict.set(self, names.__name__, name)
            try dict.set(self, names.__doc__, doc)
            try dict.set(self, names.__package__, .none)
            try dict.set(self, names.__loader__, .none)
            try dict.set(self, names.__spec__, .none)
        } catch { clearRaised() }
        return Value(layout)
    }
}
