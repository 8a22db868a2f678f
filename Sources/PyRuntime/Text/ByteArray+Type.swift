// The type `bytearray`: constructor, slots, what changes it. Methods: BytesLike+Methods.swift.
// CPython: Objects/bytearrayobject.c.
import PyUnicode

extension VM {
    func installByteArray() {
        let t = TypeBuilder(self, types.bytearray)
        t.doc(
            """
            bytearray(iterable_of_ints) -> bytearray
            bytearray(string, encoding[, errors]) -> bytearray
            bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
            bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
            bytearray() -> empty bytes array

            Construct a mutable bytearray object from:
              - an iterable yielding integers in range(256)
              - a text string encoded using the specified encoding
              - a bytes or a buffer object
              - any object implementing the buffer API.
              - an integer
            """)
        installSharedSlots(types.bytearray)
        let s = types.bytearray.slotsPointer
        s.pointee.new = { vm, type, _, _, _ in vm.newByteArray(PyType(type)).value }
        t.initialize("-(source=None, encoding=None, errors=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.byteArrayInit(PyByteArray(v), a[0], a[1], a[2])
                return .none
            }
        }
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let inner = PyStr(try vm.bytesRepr(PyByteArray(v).view))
                let name = PyStr(vm.type(of: v).name)
                var out = TextBuilder(capacity: inner.count + 16)
                out.append(name.view)
                out.append(0x28)
                out.append(inner.view)
                out.append(0x29)
                return try vm.str(out)
            }
        }
        s.pointee.str = { vm, v in
            vm.guarded { () throws(Raised) in
                // -b
                if vm.state.pointee.bytesWarnings > 0 { try vm.warn(.bytesWarning, "str() on a bytearray instance") }
                return try vm.repr(v)
            }
        }
        s.pointee.iter = { vm, v in vm.newSequenceIterator(vm.types.bytearrayIterator, v) }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.bytesGetItem(v, key) } }
        s.pointee.setItem = { vm, v, key, item in
            vm.guardedStatus { () throws(Raised) in try vm.byteArraySetItem(PyByteArray(v), key, item) }
        }
        s.pointee.inplaceConcat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                try vm.byteArrayExtend(PyByteArray(a), b, concat: true)
                return a
            }
        }
        s.pointee.inplaceRepeat = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let made = try vm.bytesRepeat(v, n)
                try vm.byteArrayReplace(PyByteArray(v), 0, PyByteArray(v).count, PyByteArray(made).view)
                return v
            }
        }
        s.pointee.buffer = { vm, v, view, _ in
            let array = PyByteArray(v)
            array.ref.pointee.exports += 1
            view.pointee.owner = v
            view.pointee.bytes = array.ref.pointee.bytes.map { UnsafeMutableRawPointer($0) }
            view.pointee.count = array.count
            view.pointee.readOnly = 0
            return 0
        }
        s.pointee.releaseBuffer = { _, v, _ in PyByteArray(v).ref.pointee.exports -= 1 }
        s.pointee.trace = { marker, v in
            if let base = PyByteArray(v).ref.pointee.base {
                marker.mark(Value(object: UnsafeMutableRawPointer(base) - MemoryLayout<BufferLayout>.size))
            }
        }
        declareByteArrayMethods()
    }

    func byteArrayInit(_ array: PyByteArray, _ source: Value, _ encoding: Value, _ errors: Value) throws(Raised) {
        if array.count > 0 { try array.resize(self, 0) }
        _ = try codecNameArgument(encoding, "bytearray", "encoding")
        _ = try codecNameArgument(errors, "bytearray", "errors")
        if source.isNull {
            if !encoding.isNull || !errors.isNull { throw raise(.typeError, encoding.isNull ? "errors without a string argument" : "encoding without a string argument") }
            return
        }
        if isStr(source) {
            if encoding.isNull { throw raise(.typeError, "string argument without an encoding") }
            let made = try strEncode(PyStr(source), encoding: encoding, errors: errors, method: "bytearray")
            try byteArrayReplace(array, 0, 0, PyBytes(made).view)
            return
        }
        if !encoding.isNull || !errors.isNull { throw raise(.typeError, encoding.isNull ? "errors without a string argument" : "encoding without a string argument") }
        if hasIndex(source) {
            var count: Int?
            do { count = try indexInt(source) } catch {
                guard raisedMatches(.typeError) else { throw Raised() }
                clearRaised()
            }
            if let count {
                if count < 0 { throw raise(.valueError, "negative count") }
                try array.resize(self, count)
                array.ref.pointee.bytes?.update(repeating: 0, count: count)
                return
            }
        }
        if hasBuffer(source) {
            let copy = try bytesFromBuffer(source)
            try byteArrayReplace(array, 0, 0, PyBytes(copy).view)
            return
        }
        guard type(of: source).slots.iter != nil || type(of: source).slots.item != nil else {
            throw raise(.typeError, "cannot convert '\(typeName(source))' object to bytearray")
        }
        let iterator = try iter(source)
        while let item = try next(iterator) { try byteArrayAppend(array, item) }
    }

    func byteArrayAppend(_ array: PyByteArray, _ item: Value) throws(Raised) {
        let byte = try byteValue(item, message: "byte must be in range(0, 256)")
        let count = array.count
        try array.resize(self, count + 1)
        array.ref.pointee.bytes?[count] = byte
    }

    /// `array[start:end] = view`; `view` may be the array's own bytes.
    func byteArrayReplace(_ array: PyByteArray, _ start: Int, _ end: Int, _ view: ByteView) throws(Raised) {
        if let from = view.baseAddress, let base = array.ref.pointee.base, from >= UnsafePointer(base),
            from < UnsafePointer(base + array.ref.pointee.capacity)
        {
            // Its own bytes: through a copy.
            let copy = PyBytes(try bytes(view))
            try byteArrayReplace(array, start, end, copy.view)
            return
        }
        let target = try array.makeRoom(self, start, end, view.count)
        if let target, let from = view.baseAddress { target.update(from: from, count: view.count) }
    }

    func byteArrayExtend(_ array: PyByteArray, _ source: Value, concat: Bool) throws(Raised) {
        if hasBuffer(source) {
            guard try hasPlainBuffer(source) else {
                throw raise(.typeError, concat ? "can't concat \(typeName(source)) to bytearray" : "can't set bytearray slice from \(typeName(source))")
            }
            try withBytes(of: source) { (view) throws(Raised) in try self.byteArrayReplace(array, array.count, array.count, view) }
            return
        }
        if concat { throw raise(.typeError, "can't concat \(typeName(source)) to bytearray") }
        guard type(of: source).slots.iter != nil || type(of: source).slots.item != nil else {
            throw raise(.typeError, "can't extend bytearray with \(typeName(source))")
        }
        var out = ByteBuilder()
        // Only for its errors: a `__len__` or `__length_hint__` that raises must be heard.
        _ = try lengthHint(source, default: 32)
        try appendInts(source, &out, "byte must be in range(0, 256)")
        if out.isExhausted { throw raiseMemoryError() }
        try byteArrayReplace(array, array.count, array.count, out.bytes)
    }

    func byteArraySetItem(_ array: PyByteArray, _ key: Value, _ item: Value) throws(Raised) {
        if key.isExactly(types.slice) {
            try byteArraySetSlice(array, key, item)
            return
        }
        guard hasIndex(key) else { throw raise(.typeError, "bytearray indices must be integers or slices, not \(typeName(key))") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += array.count }
        if item.isNull {
            guard i >= 0 && i < array.count else { throw raise(.indexError, "bytearray index out of range") }
            _ = try array.makeRoom(self, i, i + 1, 0)
            return
        }
        let byte = try byteValue(item, message: "byte must be in range(0, 256)")
        guard i >= 0 && i < array.count else { throw raise(.indexError, "bytearray index out of range") }
        array.ref.pointee.bytes?[i] = byte
    }

    private func byteArraySetSlice(_ array: PyByteArray, _ key: Value, _ item: Value) throws(Raised) {
        var values = Value.null
        let bounds = try sliceIndices(key, length: array.count)
        if !item.isNull && !(isByteArray(item) && item != array.value) {
            if isStr(item) || isNumber(item) {
                throw raise(.typeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)")
            }
            if hasBuffer(item) {
                values = try bytesFromBuffer(item)
            } else {
                let made = newByteArray()
                try byteArrayInit(made, item, .null, .null)
                values = made.value
            }
        }
        if isByteArray(item) && item != array.value { values = item }
        // What made the bytes may have changed the array.
        let (start, _, step, count) = item.isNull || values == item ? bounds : try sliceIndices(key, length: array.count)
        let view = values.isNull ? ByteView(start: nil, count: 0) : ownBytes(values)
        if step == 1 {
            try byteArrayReplace(array, start, start + count, view)
            return
        }
        if view.count == 0 {
            try byteArrayDelete(array, start, step, count)
            return
        }
        guard view.count == count else {
            throw raise(.valueError, "attempt to assign bytes of size \(view.count) to extended slice of size \(count)")
        }
        if let target = array.ref.pointee.bytes { for i in 0..<count { target[start + i * step] = view[i] } }
    }

    private func byteArrayDelete(_ array: PyByteArray, _ start: Int, _ step: Int, _ count: Int) throws(Raised) {
        if count == 0 { return }
        try array.checkExports(self)
        guard let bytes = array.ref.pointee.bytes else { return }
        let first = step > 0 ? start : start + (count - 1) * step, stride = abs(step)
        var write = first, read = first, left = count
        while read < array.count {
            if left > 0 && (read - first) % stride == 0 {
                left -= 1
            } else {
                bytes[write] = bytes[read]
                write += 1
            }
            read += 1
        }
        try array.resize(self, write)
    }

    func byteArrayPop(_ array: PyByteArray, _ index: Value) throws(Raised) -> Value {
        var i = index.isNull ? -1 : try sizeArgument(index)
        if array.count == 0 { throw raise(.indexError, "pop from empty bytearray") }
        if i < 0 { i += array.count }
        guard i >= 0 && i < array.count else { throw raise(.indexError, "pop index out of range") }
        let byte = array.view[i]
        _ = try array.makeRoom(self, i, i + 1, 0)
        return Value(small: Int(byte))
    }

    func byteArrayInsert(_ array: PyByteArray, _ index: Value, _ item: Value) throws(Raised) {
        let at = try sizeArgument(index)
        let byte = try byteValue(item, message: "byte must be in range(0, 256)")
        let i = at < 0 ? max(0, at + array.count) : min(at, array.count)
        try array.makeRoom(self, i, i, 1)?.pointee = byte
    }

    func byteArrayRemove(_ array: PyByteArray, _ item: Value) throws(Raised) {
        let byte = try byteValue(item, message: "byte must be in range(0, 256)")
        guard let i = array.view.firstIndex(of: byte) else { throw raise(.valueError, "value not found in bytearray") }
        _ = try array.makeRoom(self, i, i + 1, 0)
    }

    /// `(type, (text, 'latin-1'), dict)`, or `(type, (bytes,), dict)` from protocol 3 on.
    func byteArrayReduce(_ array: PyByteArray, _ proto: Int) throws(Raised) -> Value {
        let type = self.type(of: array.value).value
        let dict = try getAttrIfPresent(array.value, names.__dict__)
        let attributes = dict.isNull ? Value.none : dict
        if proto >= 3 { return tuple(type, tuple(try bytes(array.view)), attributes) }
        var out = TextBuilder(capacity: array.count)
        out.append(latin1: array.view)
        return tuple(type, array.count == 0 ? emptyTuple : tuple(try str(out), str("latin-1" as StaticString)), attributes)
    }
}
