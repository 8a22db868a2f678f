// Struct sequences: tuples whose items have names (`sys.version_info`, `os.stat_result`). CPython: Objects/structseq.c.
//
// An instance is a tuple cell with room for every field; `count` says only the visible ones. The words after them are
// traced like any variable-size object's extra words.

extension VM {
    /// A struct sequence type without field docstrings.
    public func newStructSequenceType(
        _ name: StaticString, module: StaticString, doc: StaticString, fields: [StaticString], visible: Int? = nil
    ) -> PyType {
        makeStructSequence(name, module: module, doc: doc, fields: fields.map { ($0, "" as StaticString) }, visible: visible)
    }

    /// A struct sequence type. Fields named "" are unnamed: items of the tuple only. `visible` counts them in.
    public func makeStructSequence(
        _ name: StaticString, module: StaticString, doc: StaticString, fields: [(StaticString, StaticString)], visible: Int? = nil,
        canBeMade: Bool = true
    ) -> PyType {
        let t = makeType(name, module: module, base: types.tuple, flags: [])
        t.type.ref.pointee.doc = str(doc)
        t.type.ref.pointee.extraStart = TypeLayout.extraAfterItems
        // `.tuple` needs no `fieldsEnd`: here it holds visible and all fields.
        t.type.ref.pointee.fieldsEnd = UInt32(truncatingIfNeeded: (visible ?? fields.count) << 16 | fields.count)
        t.type.slots.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.structSequenceRepr(v) } }
        if canBeMade {
            t.new("-__new__(sequence, dict=None)") { vm, cls, a in
                vm.guarded { () throws(Raised) in try vm.makeStructSequence(PyType(cls), from: a[0], a[1]) }
            }
            t.type.ref.pointee.newDefinition?.pointee.name = intern("structseq")
        } else {
            t.type.slots.new = { vm, type, _, _, _ in
                _ = vm.raise(.typeError, "cannot create '\(vm.typeText(PyType(type)))' instances")
                return .null
            }
        }
        let shown = visible ?? fields.count
        var unnamed = 0, namedShown = 0
        do {
            let names = try newTuple(shown)
            for (i, field) in fields.enumerated() {
                if field.0.utf8CodeUnitCount == 0 {
                    unnamed += 1
                    continue
                }
                t.member(field.0, offset: 16 + i * 8, doc: field.1.utf8CodeUnitCount == 0 ? nil : field.1)
                if i < shown {
                    names[namedShown] = intern(field.0)
                    namedShown += 1
                }
            }
            setTypeAttribute(t.type, self.names.__match_args__, try tuple(names.items, count: namedShown))
            // Names in the order of the members: what `repr` shows beside the items.
            let all = try newTuple(fields.count - unnamed)
            var k = 0
            for field in fields where field.0.utf8CodeUnitCount != 0 {
                all[k] = intern(field.0)
                k += 1
            }
            t.type.ref.pointee.slotNames = all.value
        } catch { clearRaised() }
        t.attribute("n_fields", int(fields.count))
        t.attribute("n_sequence_fields", int(shown))
        t.attribute("n_unnamed_fields", int(unnamed))
        t.def0("-__reduce__($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.structSequenceReduce(v) } }
        readyType(t.type)
        return t.type
    }

    func structFieldCount(_ type: PyType, _ name: StaticString) -> Int {
        let n = PyDict(type.dict).getStr(self, intern(name))
        return n.isSmallInt ? n.smallInt : 0
    }

    private func structSequenceRepr(_ v: Value) throws(Raised) -> Value {
        let tuple = PyTuple(v)
        let type = self.type(of: v)
        let names = PyTuple(type.ref.pointee.slotNames)
        try enterRecursion(" while getting the repr of an object")
        defer { leaveRecursion() }
        let parts = try newList(capacity: tuple.count)
        for i in 0..<min(tuple.count, names.count) {
            let item = try repr(tuple[i])
            try parts.append(self, strConcat(PyStr(str("\(PyStr(names[i]).string)=")), PyStr(item)))
        }
        let text = try joinTexts(parts, open: "(", separator: ", ", close: ")")
        return try strConcat(PyStr(str(typeText(type))), PyStr(text))
    }

    public func makeStructSequence(_ type: PyType, from sequence: Value, _ dict: Value) throws(Raised) -> Value {
        let source: PyTuple
        do { source = PyTuple(try tupleFrom(sequence)) } catch {
            if raisedMatches(.typeError) {
                clearRaised()
                throw raise(.typeError, "constructor requires a sequence")
            }
            throw error
        }
        if !dict.isNull && !isDict(dict) { throw raise(.typeError, "\(typeText(type))() takes a dict as second arg, if any") }
        let wanted = Int(type.ref.pointee.fieldsEnd & 0xFFFF), minimum = Int(type.ref.pointee.fieldsEnd >> 16)
        let count = source.count
        if count < minimum || count > wanted {
            let word = minimum == wanted ? "a \(wanted)-sequence" : count < minimum ? "an at least \(minimum)-sequence" : "an at most \(wanted)-sequence"
            throw raise(.typeError, "\(typeText(type))() takes \(word) (\(count)-sequence given)")
        }
        let result = try newStructSequence(type, source.items, count)
        if dict.isNull { return result }
        let names = PyTuple(type.ref.pointee.slotNames)
        let unnamed = structFieldCount(type, "n_unnamed_fields")
        for i in count..<max(wanted, count) {
            let value = try PyDict(dict).get(self, names[i - unnamed])
            if !value.isNull { PyTuple(result).items[i] = value }
        }
        return result
    }

    private func structSequenceReduce(_ v: Value) throws(Raised) -> Value {
        let type = self.type(of: v), tuple = PyTuple(v)
        let names = PyTuple(type.ref.pointee.slotNames)
        let wanted = Int(type.ref.pointee.fieldsEnd & 0xFFFF), unnamed = structFieldCount(type, "n_unnamed_fields")
        let hidden = newDict()
        for i in tuple.count..<max(wanted, tuple.count) { try hidden.set(self, names[i - unnamed], tuple.items[i]) }
        return self.tuple(type.value, self.tuple(try self.tuple(tuple.items, count: tuple.count), hidden.value))
    }

    /// An instance of a struct sequence type: `count` values in the order of the fields, the rest None. May collect.
    public func newStructSequence(_ type: PyType, _ items: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        let fields = Int(type.ref.pointee.fieldsEnd & 0xFFFF), visible = Int(type.ref.pointee.fieldsEnd >> 16)
        let value = try newVariableInstance(type, itemBytes: fields * 8)
        let tuple = PyTuple(value)
        value.cast(TupleLayout.self).pointee.count = visible
        for i in 0..<fields { tuple.items[i] = i < count ? items[i] : .none }
        return value
    }
}
