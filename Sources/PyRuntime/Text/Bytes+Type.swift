// The type `bytes`: constructor, slots, iterators of bytes and bytearray. Methods: BytesLike+Methods.swift.
// CPython: Objects/bytesobject.c (PyBytes_Type, bytes_new_impl).
import PyUnicode

extension VM {
    func installBytes() {
        let t = TypeBuilder(self, types.bytes)
        t.doc(
            """
            bytes(iterable_of_ints) -> bytes
            bytes(string, encoding[, errors]) -> bytes
            bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
            bytes(int) -> bytes object of size given by the parameter initialized with null bytes
            bytes() -> empty bytes object

            Construct an immutable array of bytes from:
              - an iterable yielding integers in range(256)
              - a text string encoded using the specified encoding
              - any object implementing the buffer API.
              - an integer
            """)
        t.new("-(source=None, encoding=None, errors=None)") { vm, type, a in
            vm.guarded { () throws(Raised) in
                let made = try vm.bytesFrom(a[0], a[1], a[2])
                if PyType(type) == vm.types.bytes { return made }
                let source = PyBytes(made)
                let value = try vm.newVariableInstance(PyType(type), itemBytes: source.count + 1)
                value.cast(BytesLayout.self).pointee.hash = -1
                value.cast(BytesLayout.self).pointee.count = source.count
                PyBytes(value).bytes.update(from: source.bytes, count: source.count)
                return value
            }
        }
        installSharedSlots(types.bytes)
        let s = types.bytes.slotsPointer
        s.pointee.hash = { vm, v in
            let cached = v.cast(BytesLayout.self).pointee.hash
            if cached != -1 { return cached }
            let hash = vm.hashBytes(PyBytes(v).view)
            v.cast(BytesLayout.self).pointee.hash = hash
            return hash
        }
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.bytesRepr(PyBytes(v).view) } }
        s.pointee.str = { vm, v in
            vm.guarded { () throws(Raised) in
                // -b
                if vm.state.pointee.bytesWarnings > 0 { try vm.warn(.bytesWarning, "str() on a bytes instance") }
                return try vm.repr(v)
            }
        }
        s.pointee.iter = { vm, v in vm.newSequenceIterator(vm.types.bytesIterator, v) }
        s.pointee.buffer = { vm, v, view, writable in
            if writable != 0 {
                _ = vm.raise(.bufferError, "Object is not writable.")
                return -1
            }
            view.pointee.owner = v
            view.pointee.bytes = UnsafeMutableRawPointer(PyBytes(v).bytes)
            view.pointee.count = PyBytes(v).count
            view.pointee.readOnly = 1
            return 0
        }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.bytesGetItem(v, key) } }
        declareBytesMethods()
        installBytesIterator(types.bytesIterator)
        installBytesIterator(types.bytearrayIterator)
    }

    /// What bytes and bytearray do alike.
    func installSharedSlots(_ type: PyType) {
        let s = type.slotsPointer
        s.pointee.richcompare = { vm, a, b, op in
            if vm.state.pointee.bytesWarnings > 0, op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue, vm.isStr(a) || vm.isStr(b) {
                let other = vm.isStr(a) ? b : a
                let status = vm.guardedStatus { () throws(Raised) in
                    try vm.warn(.bytesWarning, "Comparison between \(vm.isBytes(other) ? "bytes" : "bytearray") and string")
                }
                if status < 0 { return .null }
            } else if vm.state.pointee.bytesWarnings > 0, op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue, vm.isBytes(a), vm.isInt(b) {
                let status = vm.guardedStatus { () throws(Raised) in try vm.warn(.bytesWarning, "Comparison between bytes and int") }
                if status < 0 { return .null }
            }
            return vm.bytesCompare(a, b, op)
        }
        s.pointee.seqLength = { vm, v in vm.ownBytes(v).count }
        s.pointee.mapLength = { vm, v in vm.ownBytes(v).count }
        s.pointee.item = { vm, v, i in
            vm.guarded { () throws(Raised) in
                let text = vm.ownBytes(v)
                guard i >= 0 && i < text.count else {
                    throw vm.raise(.indexError, vm.isBytes(v) ? "index out of range" : "bytearray index out of range")
                }
                return Value(small: Int(text[i]))
            }
        }
        s.pointee.concat = { vm, a, b in vm.guarded { () throws(Raised) in try vm.bytesConcat(a, b) } }
        s.pointee.repeated = { vm, v, n in vm.guarded { () throws(Raised) in try vm.bytesRepeat(v, n) } }
        s.pointee.contains = { vm, v, item in vm.guardedBool { () throws(Raised) in try vm.bytesContains(v, item) } }
        // A slot each: `__rmod__` of one must not take the other's format.
        if type == types.bytes {
            s.pointee.remainder = { vm, a, b in
                vm.isBytes(a) ? vm.guarded { () throws(Raised) in try vm.bytesPercent(a, b) } : .notImplemented
            }
        } else {
            s.pointee.remainder = { vm, a, b in
                vm.isByteArray(a) ? vm.guarded { () throws(Raised) in try vm.bytesPercent(a, b) } : .notImplemented
            }
        }
    }

    func bytesPercent(_ format: Value, _ values: Value) throws(Raised) -> Value {
        let copy = try bytesFromBuffer(format)
        let view = TextView(base: UnsafeRawPointer(PyBytes(copy).bytes), count: PyBytes(copy).count, kind: 1)
        var out = TextBuilder(capacity: view.count + 32)
        try percentFormat(view, values, bytes: true, into: &out)
        if out.isExhausted { throw raiseMemoryError() }
        return try bytesLike(format, ByteView(start: out.view.bytes, count: out.count))
    }

    func bytesGetItem(_ s: Value, _ key: Value) throws(Raised) -> Value {
        let text = ownBytes(s)
        if key.isExactly(types.slice) {
            let (start, _, step, count) = try sliceIndices(key, length: text.count)
            if step == 1 {
                if count == text.count { return try sameBytes(s) }
                return try bytesLike(s, text[start..<(start + count)])
            }
            let (made, target) = try newBytesLike(s, count: count)
            if let target { for i in 0..<count { target[i] = text[start + i * step] } }
            return made
        }
        let name = isBytes(s) ? "byte" : "bytearray"
        guard hasIndex(key) else { throw raise(.typeError, "\(name) indices must be integers or slices, not \(typeName(key))") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += text.count }
        guard i >= 0 && i < text.count else {
            throw raise(.indexError, isBytes(s) ? "index out of range" : "bytearray index out of range")
        }
        return Value(small: Int(text[i]))
    }

    // MARK: Construction

    /// `bytes(source, encoding, errors)`.
    func bytesFrom(_ source: Value, _ encoding: Value, _ errors: Value) throws(Raised) -> Value {
        if source.isNull {
            _ = try codecNameArgument(encoding, "bytes", "encoding")
            _ = try codecNameArgument(errors, "bytes", "errors")
            if !encoding.isNull { throw raise(.typeError, "encoding without a string argument") }
            if !errors.isNull { throw raise(.typeError, "errors without a string argument") }
            return state.pointee.emptyBytes
        }
        _ = try codecNameArgument(encoding, "bytes", "encoding")
        _ = try codecNameArgument(errors, "bytes", "errors")
        if !encoding.isNull {
            guard isStr(source) else { throw raise(.typeError, "encoding without a string argument") }
            return try strEncode(PyStr(source), encoding: encoding, errors: errors, method: "bytes")
        }
        if !errors.isNull {
            throw raise(.typeError, isStr(source) ? "string argument without an encoding" : "errors without a string argument")
        }
        if let made = try bytesByMethod(source) { return made }
        if isStr(source) { throw raise(.typeError, "string argument without an encoding") }
        if hasIndex(source) {
            let count: Int
            do { count = try indexInt(source) } catch {
                guard raisedMatches(.typeError) else { throw Raised() }
                clearRaised()
                return try bytesFromObject(source)
            }
            if count < 0 { throw raise(.valueError, "negative count") }
            if count == 0 { return state.pointee.emptyBytes }
            let made = try newBytes(count: count)
            made.bytes.update(repeating: 0, count: count)
            return made.value
        }
        return try bytesFromObject(source)
    }

    /// What `__bytes__` gives; nil if there is none.
    private func bytesByMethod(_ source: Value) throws(Raised) -> Value? {
        if source.isExactly(types.bytes) { return nil }
        let made = try callSpecial(source, names.__bytes__)
        if made.isNull { return nil }
        guard isBytes(made) else { throw raise(.typeError, "__bytes__ returned non-bytes (type \(typeName(made)))") }
        return made
    }

    /// The bytes of an object: by `__bytes__`, of a buffer, of an iterable of ints; a count is not meant. CPython: PyObject_Bytes.
    func bytesOf(_ source: Value) throws(Raised) -> Value {
        if let made = try bytesByMethod(source) { return made }
        return try bytesFromObject(source)
    }

    /// From a buffer or an iterable of ints.
    func bytesFromObject(_ source: Value) throws(Raised) -> Value {
        if hasBuffer(source) { return try bytesFromBuffer(source) }
        guard !isStr(source), type(of: source).slots.iter != nil || type(of: source).slots.item != nil else {
            throw raise(.typeError, "cannot convert '\(typeName(source))' object to bytes")
        }
        var out = ByteBuilder()
        try appendInts(source, &out, "bytes must be in range(0, 256)")
        return try bytes(out)
    }

    func appendInts(_ source: Value, _ out: inout ByteBuilder, _ message: StaticString) throws(Raised) {
        let iterator = try iter(source)
        while let item = try next(iterator) { out.append(try byteValue(item, message: message)) }
    }

    private func installBytesIterator(_ type: PyType) {
        let t = TypeBuilder(self, type)
        let s = type.slotsPointer
        s.pointee.iter = { _, v in v }
        s.pointee.iternext = { vm, v in
            let layout = v.cast(SequenceIteratorLayout.self)
            let source = layout.pointee.source
            if source.isNull { return .null }
            let text = vm.ownBytes(source), i = layout.pointee.index
            if i >= text.count {
                layout.pointee.source = .null
                return .null
            }
            layout.pointee.index = i + 1
            return Value(small: Int(text[i]))
        }
        t.def0("-__length_hint__()", "Private method returning an estimate of len(list(it)).") { vm, v in
            let layout = v.cast(SequenceIteratorLayout.self)
            let source = layout.pointee.source
            return Value(small: source.isNull ? 0 : max(0, vm.ownBytes(source).count - layout.pointee.index))
        }
        t.def0("-__reduce__()", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(SequenceIteratorLayout.self)
                let iter = try vm.getItem(vm.state.pointee.builtinsDict, vm.intern("iter"))
                let source = layout.pointee.source
                if source.isNull { return vm.tuple(iter, vm.tuple(vm.emptyTuple)) }
                return vm.tuple(iter, vm.tuple(source), Value(small: layout.pointee.index))
            }
        }
        t.def1("-__setstate__(state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(SequenceIteratorLayout.self)
                if !vm.isInt(state) { throw vm.raise(.typeError, "an integer is required") }
                let index = try vm.sizeArgument(state), source = layout.pointee.source
                if !source.isNull { layout.pointee.index = min(max(0, index), vm.ownBytes(source).count) }
                return .none
            }
        }
    }
}
