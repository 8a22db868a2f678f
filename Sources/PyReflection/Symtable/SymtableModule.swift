// `_symtable`: the compiler's symbol table as objects. CPython: Modules/symtablemodule.c, the entry type of Python/symtable.c.
import PyCompiler
import PyRuntime
import PySyntax
import PyUnicode

/// `symtable entry`.
private struct EntryLayout {
    var type: PyType
    var id: Value
    var name: Value
    var symbols: Value
    var varnames: Value
    var children: Value
    var nested: Value
    var kind: Value
    var lineno: Value
}

extension VM {
    func registerSymtable() {
        registerModule("_symtable") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            let t = vm.makeType("symtable entry", module: "builtins", size: 72, trace: .words, fieldsEnd: 72, flags: .disallowInstantiation)
            t.type.slots.repr = { vm, v in
                let entry = v.cast(EntryLayout.self).pointee
                return vm.guarded { () throws(Raised) in
                    let name = try PyStr(vm.str(of: entry.name)).string
                    return vm.str("<symtable entry \(name)(\(try vm.reprText(entry.id))), line \(try vm.reprText(entry.lineno))>")
                }
            }
            t.member("id", offset: 8)
            t.member("name", offset: 16)
            t.member("symbols", offset: 24)
            t.member("varnames", offset: 32)
            t.member("children", offset: 40)
            t.member("nested", offset: 48)
            t.member("type", offset: 56)
            t.member("lineno", offset: 64)
            vm.readyType(t.type)
            // For `symtable()` below; CPython's module has no name for it.
            module.cast(ModuleLayout.self).pointee.state = t.type.value
            let constants: [(StaticString, Int)] = [
                ("USE", 16), ("DEF_GLOBAL", 1), ("DEF_NONLOCAL", 8), ("DEF_LOCAL", 2), ("DEF_PARAM", 4), ("DEF_FREE", 32),
                ("DEF_FREE_CLASS", 64), ("DEF_IMPORT", 128), ("DEF_BOUND", 134), ("DEF_ANNOT", 256), ("TYPE_FUNCTION", 0),
                ("TYPE_CLASS", 1), ("TYPE_MODULE", 2), ("LOCAL", 1), ("GLOBAL_EXPLICIT", 2), ("GLOBAL_IMPLICIT", 3), ("FREE", 4),
                ("CELL", 5), ("SCOPE_OFF", 11), ("SCOPE_MASK", 15),
            ]
            for (name, value) in constants { m.set(vm.intern(name), vm.int(value)) }
            m.def3("symtable($module, source, filename, startstr, /)", "Return symbol and scope dictionaries used internally by compiler.") {
                vm, module, source, filename, start in
                vm.guarded { () throws(Raised) in try vm.makeSymtable(module, source, filename, start) }
            }
            return 0
        }
    }

    private func makeSymtable(_ module: Value, _ source: Value, _ filename: Value, _ start: Value) throws(Raised) -> Value {
        guard isStr(start) else { throw raise(.typeError, "symtable() argument 3 must be str, not \(argumentTypeName(start))") }
        let path = try sourceFileName(filename)
        var request = try sourceRequest(source, "symtable", "a string or bytes object", path)
        let mode: ParseMode
        switch PyStr(start).string {
        case "exec": mode = .exec
        case "eval": mode = .eval
        case "single": mode = .single
        default: throw raise(.valueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'")
        }
        if isStr(source) { request.isText = true }
        var options = ParseOptions(mode: mode, ignoreCookie: request.isText)
        options.stackBudget = min(options.stackBudget, nativeStackRoom)
        let diagnostics = Diagnostics()
        let made: Result<SymbolTable, CompileFailure>
        do throws(SourceError) {
            let tree = try parse(source: request.source, filename: path, options: options, diagnostics: diagnostics)
            made = .success(
                try makeSymbolTable(tree: tree, filename: path, options: CompileOptions(stackBudget: min(2 << 20, nativeStackRoom)), diagnostics: diagnostics))
        } catch {
            made = .failure(failure(error))
        }
        try issue(compileWarnings(diagnostics), path)
        switch made {
        case .failure(let failure): throw raise(failure)
        case .success(let table):
            let type = module.cast(ModuleLayout.self).pointee.state
            return try entry(table, table.root, PyType(type))
        }
    }

    private func entry(_ table: SymbolTable, _ index: Int, _ type: PyType) throws(Raised) -> Value {
        try enterRecursion()
        defer { leaveRecursion() }
        let block = table[index]
        let object = newInstance(type)
        let layout = object.cast(EntryLayout.self)
        layout.pointee.id = int(Int(truncatingIfNeeded: object.bits))
        layout.pointee.name = str(table.names[block.name])
        layout.pointee.nested = int(block.isNested ? 1 : 0)
        layout.pointee.kind = int(Int(block.kind.rawValue))
        layout.pointee.lineno = int(Int(block.line))
        let symbols = newDict()
        layout.pointee.symbols = symbols.value
        let varnames = try newList()
        layout.pointee.varnames = varnames.value
        for symbol in table.symbols(of: index) {
            let name = intern(table.names[symbol.name])
            try symbols.set(self, name, int(symbol.rawFlags))
            if symbol.flags.contains(.parameter) { try varnames.append(self, name) }
        }
        let children = try newList()
        layout.pointee.children = children.value
        for child in table.children(of: index) where table[child].kind != .annotation {
            try children.append(self, try entry(table, child, type))
        }
        return object
    }
}
