// `code` objects: a `CodeObject` in the heap with its constants and names as Values, and its execution form once it ran.
// Attributes and methods are in Code+Type.swift. CPython: Objects/codeobject.c.
import PyBytecode
import PyNumerics
import PyUnicode

extension VM {
    /// A `code` object for `code`. Constants are made now; the execution form at the first call. May collect.
    /// - Throws: MemoryError.
    public func newCode(_ code: CodeObject) throws(Raised) -> Value {
        // Everything is on the Python stack until the object holds it.
        let parts = try pushStack(7)
        defer { popStack(parts) }
        for i in 0..<7 { parts[i] = .null }
        parts[0] = try constantTuple(code.consts)
        parts[1] = try nameTuple(code.names)
        parts[2] = try nameTuple(code.varnames)
        parts[3] = try nameTuple(code.freevars)
        parts[4] = try nameTuple(code.cellvars)
        parts[5] = str(code.filename)
        parts[6] = intern(code.name)
        let cell = allocateZeroed(MemoryLayout<CodeLayout>.size, types.code).assumingMemoryBound(to: CodeLayout.self)
        cell.pointee.consts = parts[0]
        cell.pointee.names = parts[1]
        cell.pointee.varnames = parts[2]
        cell.pointee.freevars = parts[3]
        cell.pointee.cellvars = parts[4]
        cell.pointee.filename = parts[5]
        cell.pointee.name = parts[6]
        cell.pointee.code = Unmanaged.passRetained(code).toOpaque()
        cell.pointee.exec = nil
        cell.pointee.traced = nil
        cell.pointee.hash = -1
        registerFinalizable(Value(cell))
        return Value(cell)
    }

    private func nameTuple(_ names: [PyText]) throws(Raised) -> Value {
        if names.isEmpty { return emptyTuple }
        let tuple = try newTuple(names.count)
        for i in names.indices { tuple[i] = intern(names[i]) }
        return tuple.value
    }

    private func constantTuple(_ constants: [Constant]) throws(Raised) -> Value {
        if constants.isEmpty { return emptyTuple }
        let tuple = try newTuple(constants.count)
        for i in constants.indices { tuple[i] = try constantValue(constants[i]) }
        return tuple.value
    }

    /// The object a constant stands for. Strings that look like identifiers are interned, as CPython's compiler does.
    public func constantValue(_ constant: Constant) throws(Raised) -> Value {
        switch constant {
        case .none: return .none
        case .ellipsis: return .ellipsis
        case .bool(let b): return Value(b)
        case .int(let i): return int(i)
        case .bigInt(let big): return intObject(big)
        case .float(let bits): return Value(foreign: Double(bitPattern: bits))
        case .complex(let re, let im): return complexObject(Double(bitPattern: re), Double(bitPattern: im))
        case .str(let text): return looksLikeName(text) ? intern(text) : str(text)
        case .bytes(let bytes): return bytesObject(bytes)
        case .tuple(let items): return try constantTuple(items)
        case .frozenset(let items):
            let list = try newList(capacity: items.count)
            for item in items { try list.append(self, try constantValue(item)) }
            return try call(types.frozenset.value, list.value)
        case .code(let code): return try newCode(code)
        }
    }

    private func looksLikeName(_ text: PyText) -> Bool {
        text.isASCII && text.utf8.allSatisfy { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 || $0 >= 48 && $0 <= 57 || $0 == 95 }
    }

    /// The execution form of a `code` object.
    /// - Throws: SystemError for malformed code.
    func execCode(ofCode value: Value) throws(Raised) -> UnsafeMutablePointer<ExecCode> {
        try execCode(ofCode: value, mode: eval.pointee.isTracing ? .traced : .plain)
    }

    func execCode(ofCode value: Value, mode: LoweringMode) throws(Raised) -> UnsafeMutablePointer<ExecCode> {
        let layout = value.cast(CodeLayout.self)
        let tracing = mode == .traced
        if let exec = tracing ? layout.pointee.traced : layout.pointee.exec { return exec }
        let code = layout.pointee.object
        let lowered: LoweredCode
        do throws(LoweringError) { lowered = try Lowering.lower(code, mode: mode) } catch { throw raise(.systemError, error.message) }
        let constants = PyTuple(layout.pointee.consts)
        let exec = ExecCode.make(
            code, lowered, mode: mode, value: value, constants: { constants[$0] }, names: PyTuple(layout.pointee.names).items)
        if tracing { layout.pointee.traced = exec } else { layout.pointee.exec = exec }
        return exec
    }

    /// Frees what a dead code object owns.
    func finalizeCode(_ value: Value) {
        let layout = value.cast(CodeLayout.self)
        if let exec = layout.pointee.exec { ExecCode.free(exec) }
        if let traced = layout.pointee.traced { ExecCode.free(traced) }
        Unmanaged<CodeObject>.fromOpaque(layout.pointee.code).release()
    }

    // MARK: Functions

    /// `types.FunctionType(code, globals)`. May collect.
    func newFunction(code: Value, globals: Value, qualname: Value) throws(Raised) -> Value {
        let cell = allocateZeroed(MemoryLayout<FunctionLayout>.size, types.function).assumingMemoryBound(to: FunctionLayout.self)
        let codeLayout = code.cast(CodeLayout.self)
        cell.pointee.code = code
        cell.pointee.globals = globals
        cell.pointee.builtins = builtins(for: globals)
        cell.pointee.name = codeLayout.pointee.name
        cell.pointee.qualname = qualname
        let consts = PyTuple(codeLayout.pointee.consts)
        cell.pointee.doc = consts.count > 0 && isStr(consts[0]) ? consts[0] : .none
        cell.pointee.exec = nil
        let module = PyDict(globals).getStr(self, names.__name__)
        cell.pointee.module = module.isNull ? .none : module
        // Functions made again and again from one code object (closures) share the form from the start.
        if let exec = codeLayout.pointee.exec { cell.pointee.exec = exec }
        return Value(cell)
    }

    /// The builtins a frame with these globals sees: `globals['__builtins__']`, a module or a dict; else the real ones.
    func builtins(for globals: Value) -> Value {
        let found = PyDict(globals).getStr(self, names.__builtins__)
        if found.isNull { return state.pointee.builtinsDict }
        if found.isObject && found.objectType.isSubtype(of: types.module) { return found.cast(ModuleLayout.self).pointee.dict }
        return found
    }

    /// MAKE_FUNCTION: operands from `slot` as on CPython's stack: defaults, kwdefaults, annotations, closure, code, qualname.
    @inline(never) func makeFunctionSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ slot: UnsafeMutablePointer<Value>, _ flags: Int
    ) throws(Raised) -> Value {
        var n = 0
        for bit in 0..<4 where flags & (1 << bit) != 0 { n += 1 }
        guard slot[n].isExactly(types.code), isStr(slot[n + 1]) else { throw raise(.systemError, "bad operands of MAKE_FUNCTION") }
        let function = try newFunction(code: slot[n], globals: frame.pointee.globals, qualname: slot[n + 1])
        let layout = function.cast(FunctionLayout.self)
        var i = 0
        if flags & 1 != 0 {
            layout.pointee.defaults = slot[i]
            i += 1
        }
        if flags & 2 != 0 {
            layout.pointee.kwdefaults = slot[i]
            i += 1
        }
        if flags & 4 != 0 {
            layout.pointee.annotations = slot[i]
            i += 1
        }
        if flags & 8 != 0 { layout.pointee.closure = slot[i] }
        return function
    }
}
