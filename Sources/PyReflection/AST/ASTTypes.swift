// The classes of `_ast` as objects, made from the rows of NodeKind.swift at first use, and `AST`'s own behaviour.
// CPython: Python/Python-ast.c (generated). Rules: `ast` module documentation.
import PyRuntime

/// What one interpreter keeps of `_ast`: the classes, the instances of classes without fields, the field names. All rooted.
final class ASTState {
    let types: UnsafeMutablePointer<Value>
    /// `Load()`, `Add()`, ...: one instance each, by kind; NULL for other kinds.
    let instances: UnsafeMutablePointer<Value>
    let fields: UnsafeMutablePointer<Value>

    init(_ vm: VM) {
        func table(_ count: Int) -> UnsafeMutablePointer<Value> {
            let table = UnsafeMutablePointer<Value>.allocate(capacity: count)
            table.initialize(repeating: .null, count: count)
            vm.addRootRange(table, count: count)
            return table
        }
        types = table(NodeKind.count)
        instances = table(NodeKind.count)
        fields = table(NodeField.allCases.count)
        for field in NodeField.allCases { fields[field.rawValue] = vm.intern(fieldNames[field.rawValue]) }
    }

    deinit {
        types.deallocate()
        instances.deallocate()
        fields.deallocate()
    }

    func type(_ kind: NodeKind) -> PyType { PyType(types[kind.rawValue]) }
    func name(_ field: NodeField) -> Value { fields[field.rawValue] }
}

extension VM {
    /// The state of `_ast` if it has been used.
    var existingASTState: ASTState? {
        state.pointee.services.takeUnretainedValue().table["_ast"] as? ASTState
    }

    /// The state of `_ast`, made at first use. May collect.
    func astState() throws(Raised) -> ASTState {
        if let known = existingASTState { return known }
        let made = ASTState(self)
        let base = makeASTBase()
        made.types[NodeKind.AST.rawValue] = base.value
        for kind in NodeKind.allCases where kind != .AST { made.types[kind.rawValue] = try makeNodeClass(kind, made) }
        for kind in NodeKind.allCases {
            let row = kind.row
            if row.base == .AST || row.hasPosition || row.base.row.hasPosition || row.fields.utf8CodeUnitCount > 0 || row.base == .mod { continue }
            made.instances[kind.rawValue] = newInstance(made.type(kind))
        }
        state.pointee.services.takeUnretainedValue().table["_ast"] = made
        return made
    }

    private func makeNodeClass(_ kind: NodeKind, _ made: ASTState) throws(Raised) -> Value {
        let row = kind.row
        let fields = gatherFields(row)
        let names = try newTuple(fields.count)
        for i in 0..<fields.count { names[i] = intern(fields[i].name) }
        let namespace = newDict()
        try namespace.set(self, intern("_fields"), names.value)
        try namespace.set(self, intern("__match_args__"), names.value)
        try namespace.set(self, intern("__module__"), intern("ast"))
        try namespace.set(self, intern("__doc__"), str(docText(kind)))
        if row.base == .AST {
            var attributes = emptyTuple
            if row.hasPosition {
                attributes = tuple(
                    made.name(.lineno), made.name(.col_offset), made.name(.end_lineno), made.name(.end_col_offset))
            }
            try namespace.set(self, intern("_attributes"), attributes)
        }
        for field in fields where field.type.hasSuffix("?") { try namespace.set(self, intern(field.name), .none) }
        // A pattern's end is not optional in the grammar of 3.10.
        if row.base == .AST && row.hasPosition && kind != .pattern {
            try namespace.set(self, made.name(.end_lineno), .none)
            try namespace.set(self, made.name(.end_col_offset), .none)
        }
        return try call(types.type.value, intern(row.name), tuple(made.types[row.base.rawValue]), namespace.value)
    }

    private func gatherFields(_ row: NodeRow) -> [(type: String, name: String)] {
        if row.fields.utf8CodeUnitCount == 0 { return [] }
        return row.fields.description.split(separator: ",").map { part in
            let words = part.split(separator: " ")
            return (String(words[0]), words.count > 1 ? String(words[1]) : "")
        }
    }

    /// The docstring is the class's line of the grammar.
    private func docText(_ kind: NodeKind) -> String {
        let row = kind.row
        func own(_ row: NodeRow) -> String { row.fields.utf8CodeUnitCount == 0 ? "\(row.name)" : "\(row.name)(\(row.fields))" }
        if !row.isAbstract { return own(row) }
        let alternatives = nodeRows.filter { $0.base == kind }.map(own)
        let isEnumeration = nodeRows.filter { $0.base == kind }.allSatisfy { $0.fields.utf8CodeUnitCount == 0 }
        let indent = String(repeating: " ", count: row.name.utf8CodeUnitCount + 1)
        return "\(row.name) = " + alternatives.joined(separator: isEnumeration ? " | " : "\n\(indent)| ")
    }

    // MARK: AST

    private func makeASTBase() -> PyType {
        let t = makeType("AST", module: "ast", size: 8, trace: .words, fieldsEnd: 8)
        t.statesGetAttribute()
        t.statesSetAttribute()
        giveDict(t.type)
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.type.slots.initialize = { vm, node, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in try vm.initializeNode(node, arguments, count, keywords) }
        }
        t.def0("-__reduce__($self, /)", "") { vm, node in
            vm.guarded { () throws(Raised) in
                let dict = try vm.getAttrIfPresent(node, vm.names.__dict__)
                if dict.isNull { return vm.tuple(vm.type(of: node).value, vm.emptyTuple) }
                return vm.tuple(vm.type(of: node).value, vm.emptyTuple, dict)
            }
        }
        let empty = emptyTuple
        t.attribute("__match_args__", empty)
        t.attribute("_fields", empty)
        t.attribute("_attributes", empty)
        readyType(t.type)
        // A heap type in CPython too: `ast.AST._fields` may be replaced.
        t.type.ref.pointee.flags.remove(.immutable)
        return t.type
    }

    /// `Node(*fields, **attributes)`.
    private func initializeNode(_ node: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) {
        let type = self.type(of: node)
        let fields = try getAttrIfPresent(type.value, intern("_fields"))
        let names = fields.isNull ? emptyTuple : try tupleFrom(fields)
        let total = PyTuple(names).count
        let title = PyStr(type.name).string
        if count > total {
            throw raise(.typeError, "\(title) constructor takes at most \(total) positional argument\(total == 1 ? "" : "s")")
        }
        for i in 0..<count { try setAttr(node, PyTuple(names)[i], arguments[i]) }
        guard !keywords.isNull else { return }
        let keys = PyTuple(keywords)
        for k in 0..<keys.count {
            for i in 0..<count where try compareBool(PyTuple(names)[i], keys[k], .eq) {
                throw raise(.typeError, "\(title) got multiple values for argument '\(PyStr(keys[k]).string)'")
            }
            try setAttr(node, keys[k], arguments[count + k])
        }
    }

    func registerAST() {
        registerModule("_ast") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let made = try vm.astState()
                let m = ModuleBuilder(vm, module: module)
                m.set(vm.intern("AST"), made.types[0])
                m.attribute("PyCF_ALLOW_TOP_LEVEL_AWAIT", vm.int(0x2000))
                m.attribute("PyCF_ONLY_AST", vm.int(0x400))
                m.attribute("PyCF_TYPE_COMMENTS", vm.int(0x1000))
                for kind in NodeKind.allCases { m.set(vm.intern(kind.name), made.types[kind.rawValue]) }
            }
        }
    }
}
