// `code` objects: a `CodeObject` in the heap with its constants and names as Values, and its execution form once it ran.
// Attributes and methods are in Code+Type.swift. CPython: Objects/codeobject.c.
import PyBytecode
import PyNumerics
import PyUnicode

/// The objects made for the constants of one compilation, so that equal constants are one object, as CPython's compiler has it
/// (`merge_const_one`). `values`, by the numbers of `table`, is a list that the maker of the outermost code keeps on the
/// Python stack.
private final class ConstantPool {
    var table = ConstantTable()
    let values: PyList
    init(_ values: PyList) { self.values = values }
}

extension VM {
    /// A `code` object for `code`. Constants are made now; the execution form at the first call. May collect.
    /// - Throws: MemoryError.
    public func newCode(_ code: CodeObject) throws(Raised) -> Value {
        let held = try pushStack(1)
        defer { popStack(held) }
        held[0] = .null
        let values = try newList()
        held[0] = values.value
        return try newCode(code, sharing: .null, ConstantPool(values))
    }

    private func newCode(_ code: CodeObject, sharing filename: Value, _ pool: ConstantPool) throws(Raised) -> Value {
        // Everything is on the Python stack until the object holds it.
        let parts = try pushStack(9)
        defer { popStack(parts) }
        for i in 0..<9 { parts[i] = .null }
        // One object for all code of a file.
        parts[5] = isStr(filename) && hasText(PyStr(filename), code.filename) ? filename : str(code.filename)
        parts[0] = try constantTuple(code.consts, parts[5], pool)
        parts[1] = try nameTuple(code.names)
        parts[2] = try nameTuple(code.varnames)
        parts[3] = try nameTuple(code.freevars)
        parts[4] = try nameTuple(code.cellvars)
        parts[6] = intern(code.name)
        parts[7] = try pooled(.bytes(code.code), pool)
        parts[8] = try pooled(.bytes(code.linetable), pool)
        let value = newCode(
            CodeFields(
                argcount: code.argcount, posonlyargcount: code.posonlyargcount, kwonlyargcount: code.kwonlyargcount,
                nlocals: code.nlocals, stacksize: code.stacksize, flags: code.flags.rawValue, firstlineno: code.firstlineno,
                instructions: parts[7], consts: parts[0], names: parts[1], varnames: parts[2], freevars: parts[3],
                cellvars: parts[4], filename: parts[5], name: parts[6], lines: parts[8]))
        value.cast(CodeLayout.self).pointee.canonical = Unmanaged.passRetained(code).toOpaque()
        noteFinalizable(code: value)
        return value
    }

    /// A `code` object of checked parts: tuples of the right things, names interned. May collect.
    func newCode(_ fields: CodeFields) -> Value {
        let cell = allocateZeroed(MemoryLayout<CodeLayout>.size, types.code).assumingMemoryBound(to: CodeLayout.self)
        cell.pointee.consts = fields.consts
        cell.pointee.names = fields.names
        cell.pointee.varnames = fields.varnames
        cell.pointee.freevars = fields.freevars
        cell.pointee.cellvars = fields.cellvars
        cell.pointee.filename = fields.filename
        cell.pointee.name = fields.name
        cell.pointee.instructions = fields.instructions
        cell.pointee.lines = fields.lines
        cell.pointee.argcount = fields.argcount
        cell.pointee.posonlyargcount = fields.posonlyargcount
        cell.pointee.kwonlyargcount = fields.kwonlyargcount
        cell.pointee.nlocals = fields.nlocals
        cell.pointee.stacksize = fields.stacksize
        cell.pointee.firstlineno = fields.firstlineno
        cell.pointee.rawFlags = fields.flags
        return Value(cell)
    }

    /// The code object owns native memory: the collector must tell when it dies.
    private func noteFinalizable(code: Value) {
        let layout = code.cast(CodeLayout.self)
        if layout.pointee.isFinalizable { return }
        layout.pointee.isFinalizable = true
        registerFinalizable(code)
    }

    /// The canonical code object, made when it is first asked for.
    func codeObject(_ value: Value) -> CodeObject {
        let layout = value.cast(CodeLayout.self)
        if let known = layout.pointee.canonical { return Unmanaged<CodeObject>.fromOpaque(known).takeUnretainedValue() }
        func texts(_ names: Value) -> [PyText] { (0..<PyTuple(names).count).map { PyStr(PyTuple(names)[$0]).text } }
        let code = CodeObject(
            argcount: layout.pointee.argcount, posonlyargcount: layout.pointee.posonlyargcount,
            kwonlyargcount: layout.pointee.kwonlyargcount, nlocals: layout.pointee.nlocals, stacksize: layout.pointee.stacksize,
            flags: layout.pointee.flags, code: Array(bytesBuffer(layout.pointee.instructions)),
            consts: constants(PyTuple(layout.pointee.consts), depth: 0), names: texts(layout.pointee.names),
            varnames: texts(layout.pointee.varnames), freevars: texts(layout.pointee.freevars), cellvars: texts(layout.pointee.cellvars),
            filename: PyStr(layout.pointee.filename).text, name: PyStr(layout.pointee.name).text,
            firstlineno: layout.pointee.firstlineno, linetable: Array(bytesBuffer(layout.pointee.lines)))
        layout.pointee.canonical = Unmanaged.passRetained(code).toOpaque()
        noteFinalizable(code: value)
        return code
    }

    private func constants(_ items: PyTuple, depth: Int) -> [Constant] {
        (0..<items.count).map { i in
            let item = items[i]
            // The reader of marshalled data bounds the depth; a tuple that holds itself can only be forged.
            if item.isExactly(types.tuple) { return depth > Marshal.maxDepth ? .none : .tuple(constants(PyTuple(item), depth: depth + 1)) }
            do { return try constant(from: item) } catch {
                clearRaised()
                return .none
            }
        }
    }

    /// The bytes of an exact `bytes` object, while it lives.
    func bytesBuffer(_ value: Value) -> UnsafeBufferPointer<UInt8> {
        let start = (value.pointer + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: value.cast(BytesLayout.self).pointee.count)
    }

    private func hasText(_ string: PyStr, _ text: PyText) -> Bool {
        string.isASCII && text.utf8.elementsEqual(UnsafeBufferPointer(start: string.bytes, count: string.count))
    }

    private func nameTuple(_ names: [PyText]) throws(Raised) -> Value {
        if names.isEmpty { return emptyTuple }
        let tuple = try newTuple(names.count)
        for i in names.indices { tuple[i] = intern(names[i]) }
        return tuple.value
    }

    private func constantTuple(_ constants: [Constant], _ filename: Value, _ pool: ConstantPool?) throws(Raised) -> Value {
        if constants.isEmpty { return emptyTuple }
        let tuple = try newTuple(constants.count)
        for i in constants.indices {
            if case .code(let code) = constants[i], let pool {
                tuple[i] = try newCode(code, sharing: filename, pool)
            } else {
                tuple[i] = try pooled(constants[i], pool)
            }
        }
        return tuple.value
    }

    /// The one object of this compilation for a constant that is an object of its own.
    private func pooled(_ constant: Constant, _ pool: ConstantPool?) throws(Raised) -> Value {
        switch constant {
        case .none, .ellipsis, .bool, .int, .float, .code: return try constantValue(constant, pool)
        case .bigInt, .complex, .str, .bytes, .tuple, .frozenset: break
        }
        guard let pool else { return try constantValue(constant, nil) }
        if let known = pool.table.number(of: constant) { return pool.values[known] }
        // A tuple's items come before the tuple.
        let value = try constantValue(constant, pool)
        _ = pool.table.insert(constant)
        try pool.values.append(self, value)
        return value
    }

    /// The object a constant stands for. Strings that look like identifiers are interned, as CPython's compiler does.
    public func constantValue(_ constant: Constant) throws(Raised) -> Value { try constantValue(constant, nil) }

    private func constantValue(_ constant: Constant, _ pool: ConstantPool?) throws(Raised) -> Value {
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
        case .tuple(let items): return try constantTuple(items, .null, pool)
        case .frozenset(let items):
            let list = try newList(capacity: items.count)
            for item in items { try list.append(self, try pooled(item, pool)) }
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
        let exec: UnsafeMutablePointer<ExecCode>
        do throws(LoweringError) { exec = try ExecCode.make(self, value, mode, lines: tracing ? codeObject(value).linesOfUnits() : []) } catch { throw raise(.systemError, error.message) }
        if tracing { layout.pointee.traced = exec } else { layout.pointee.exec = exec }
        noteFinalizable(code: value)
        return exec
    }

    /// Frees what a dead code object owns.
    func finalizeCode(_ value: Value) {
        let layout = value.cast(CodeLayout.self)
        if let exec = layout.pointee.exec { ExecCode.free(exec) }
        if let traced = layout.pointee.traced { ExecCode.free(traced) }
        if let canonical = layout.pointee.canonical { Unmanaged<CodeObject>.fromOpaque(canonical).release() }
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
            guard slot[i].isExactly(types.tuple) else { throw raiseBadOperand() }
            layout.pointee.defaults = slot[i]
            i += 1
        }
        if flags & 2 != 0 {
            guard slot[i].isExactly(types.dict) else { throw raiseBadOperand() }
            layout.pointee.kwdefaults = slot[i]
            i += 1
        }
        if flags & 4 != 0 {
            guard slot[i].isExactly(types.tuple) || slot[i].isExactly(types.dict) else { throw raiseBadOperand() }
            layout.pointee.annotations = slot[i]
            i += 1
        }
        if flags & 8 != 0 {
            guard slot[i].isExactly(types.tuple) else { throw raiseBadOperand() }
            for k in 0..<PyTuple(slot[i]).count where !PyTuple(slot[i])[k].isExactly(types.cell) { throw raiseBadOperand() }
            layout.pointee.closure = slot[i]
        }
        return function
    }
}

/// What a code object is made of.
struct CodeFields {
    var argcount = 0
    var posonlyargcount = 0
    var kwonlyargcount = 0
    var nlocals = 0
    var stacksize = 0
    var flags: UInt32 = 0
    var firstlineno = 0
    var instructions = Value.null
    var consts = Value.null
    var names = Value.null
    var varnames = Value.null
    var freevars = Value.null
    var cellvars = Value.null
    var filename = Value.null
    var name = Value.null
    var lines = Value.null
}
