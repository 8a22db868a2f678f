// `_struct`: the type Struct and the functions that cache its instances. CPython: Modules/_struct.c.
import PyRuntime

/// A compiled format. `codes` is a byte buffer of `StructField`s.
private struct StructLayout {
    var type: PyType
    var format: Value
    var codes: Value
    /// The module's tuple: cache dict, error, Struct, unpack_iterator.
    var shared: Value
    var size: Int
    var fieldCount: Int
    var itemCount: Int
}

private struct UnpackIteratorLayout {
    var type: PyType
    /// NULL = exhausted.
    var structure: Value
    var buffer: Value
    var index: Int
}

extension VM {
    private func layout(_ s: Value) -> UnsafeMutablePointer<StructLayout> { s.cast(StructLayout.self) }
    private func structError(_ shared: Value, _ message: String) -> Raised { raise(PyType(PyTuple(shared)[1]), str(message)) }
    private func fields(_ s: Value) -> UnsafeMutablePointer<StructField> {
        (layout(s).pointee.codes.pointer + 16).assumingMemoryBound(to: StructField.self)
    }
    private func shared(_ module: Value) -> Value { module.cast(ModuleLayout.self).pointee.state }

    public func registerStruct() {
        registerModule("_struct") { vm, module in
            vm.guardedStatus { () throws(Raised) in try vm.fillStructModule(module) }
        }
    }

    private func fillStructModule(_ module: Value) throws(Raised) {
        let m = ModuleBuilder(self, module: module)
        m.attribute("__doc__", str(structDoc))
        let error = try newExceptionClass("error", module: "struct")
        m.attribute("error", error)
        let t = makeType("Struct", module: "_struct", size: MemoryLayout<StructLayout>.size, trace: .words, fieldsEnd: 32, flags: [.baseType, .weakrefable])
        t.statesGetAttribute()
        t.statesSetAttribute()
        m.attribute("Struct", t.type.value)
        let iterator = makeType(
            "unpack_iterator", module: "_struct", size: MemoryLayout<UnpackIteratorLayout>.size, trace: .words, fieldsEnd: 24,
            flags: .disallowInstantiation)
        let cache = newDict()
        module.cast(ModuleLayout.self).pointee.state = tuple(cache.value, error, t.type.value, iterator.type.value)
        t.doc("Struct(fmt) --> compiled struct object\n\n")
        // `Struct.__new__` finds the module's tuple here.
        t.type.ref.pointee.cache2 = shared(module)
        fillStruct(t)
        readyType(t.type)
        fillUnpackIterator(iterator)
        readyType(iterator.type)
        fillStructFunctions(m)
    }

    // MARK: Compiling

    private func compile(_ s: Value, _ format: Value) throws(Raised) {
        var text: [UInt8]
        if isStr(format) {
            let string = PyStr(format)
            text = string.utf8
            if !string.isASCII {
                var i = 0
                while i < string.count && string[i] < 128 { i += 1 }
                let arguments = try newTuple(5)
                arguments[0] = str("ascii" as StaticString)
                arguments[1] = format
                arguments[2] = int(i)
                arguments[3] = int(i + 1)
                arguments[4] = str("ordinal not in range(128)" as StaticString)
                throw raise(.unicodeEncodeError, args: arguments.value)
            }
        } else if type(of: format).flags.contains(.bytesSubclass), let bytes = try bufferBytes(format) {
            text = bytes
        } else {
            throw raise(.typeError, "Struct() argument 1 must be a str or bytes object, not \(typeName(format))")
        }
        let parsed: StructFormat
        if text.contains(0) { throw structError(layout(s).pointee.shared, "embedded null character") }
        do throws(StructFormat.Failure) { parsed = try StructFormat(text) } catch {
            throw structError(layout(s).pointee.shared, error.message)
        }
        let codes = try newByteBuffer(max(1, parsed.fields.count) * MemoryLayout<StructField>.stride)
        let p = (codes.pointer + 16).assumingMemoryBound(to: StructField.self)
        for i in 0..<parsed.fields.count { p[i] = parsed.fields[i] }
        layout(s).pointee.codes = codes
        layout(s).pointee.format = str(utf8: text)
        layout(s).pointee.size = parsed.size
        layout(s).pointee.fieldCount = parsed.fields.count
        layout(s).pointee.itemCount = parsed.itemCount
    }

    private func newStruct(_ cls: PyType, _ shared: Value) -> Value {
        let s = newInstance(cls)
        layout(s).pointee.shared = shared
        layout(s).pointee.format = .none
        layout(s).pointee.size = -1
        return s
    }

    /// From the cache, or compiled into it.
    private func cachedStruct(_ module: Value, _ format: Value) throws(Raised) -> Value {
        let shared = self.shared(module)
        let cache = PyDict(PyTuple(shared)[0])
        let cacheable = isExactStr(format) || format.isExactly(types.bytes)
        if cacheable {
            let found = try cache.get(self, format)
            if !found.isNull { return found }
        }
        // CPython looks in the cache whatever it is.
        if !cacheable { _ = try hash(format) }
        let s = newStruct(PyType(PyTuple(shared)[2]), shared)
        try compile(s, format)
        if cacheable {
            if cache.count >= 100 { cache.clear() }
            try cache.set(self, format, s)
        }
        return s
    }

    // MARK: Operations

    private func ready(_ s: Value) throws(Raised) {
        if layout(s).pointee.size < 0 { throw raise(.runtimeError, "Struct object is not initialized") }
    }

    private func packItems(_ s: Value, _ values: UnsafeMutablePointer<Value>, _ count: Int, _ name: StaticString) throws(Raised) -> [UInt8] {
        try ready(s)
        let expected = layout(s).pointee.itemCount
        if count != expected {
            throw structError(layout(s).pointee.shared, "\(name) expected \(expected) items for packing (got \(count))")
        }
        try checkAllocation(layout(s).pointee.size)
        var out = [UInt8](repeating: 0, count: layout(s).pointee.size)
        let error = PyTuple(layout(s).pointee.shared)[1]
        try out.withUnsafeMutableBufferPointer { buffer throws(Raised) in
            var item = 0
            for i in 0..<layout(s).pointee.fieldCount {
                let field = fields(s)[i]
                for k in 0..<field.count {
                    guard let base = buffer.baseAddress else {
                        // "0s" and the like: an argument, but no byte.
                        var none: UInt8 = 0
                        try packItem(values[item], field, &none, error)
                        item += 1
                        continue
                    }
                    try packItem(values[item], field, base + field.offset + k * field.size, error)
                    item += 1
                }
            }
        }
        return out
    }

    private func unpackItems(_ s: Value, _ bytes: UnsafePointer<UInt8>) throws(Raised) -> Value {
        let result = try newTuple(layout(s).pointee.itemCount)
        for i in 0..<result.count { result[i] = .none }
        var item = 0
        for i in 0..<layout(s).pointee.fieldCount {
            let field = fields(s)[i]
            for k in 0..<field.count {
                result[item] = try unpackItem(field, bytes + field.offset + k * field.size)
                item += 1
            }
        }
        return result.value
    }

    /// Calls `body` with the bytes of `buffer`. - Throws: TypeError if it has none.
    private func withBytes(_ buffer: Value, _ body: (UnsafePointer<UInt8>, Int) throws(Raised) -> Value) throws(Raised) -> Value {
        let result = try withBuffer(buffer) { p throws(Raised) -> Value in
            guard let base = p.baseAddress else {
                var none: UInt8 = 0
                return try withUnsafePointer(to: &none) { q throws(Raised) in try body(q, 0) }
            }
            return try body(base.assumingMemoryBound(to: UInt8.self), p.count)
        }
        guard let result else { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(buffer))'") }
        return result
    }

    private func unpack(_ s: Value, _ buffer: Value) throws(Raised) -> Value {
        try ready(s)
        return try withBytes(buffer) { p, n throws(Raised) in
            if n != layout(s).pointee.size {
                throw structError(layout(s).pointee.shared, "unpack requires a buffer of \(layout(s).pointee.size) bytes")
            }
            return try unpackItems(s, p)
        }
    }

    private func unpackFrom(_ s: Value, _ buffer: Value, _ offset: Value) throws(Raised) -> Value {
        try ready(s)
        if type(of: buffer).slots.buffer == nil { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(buffer))'") }
        let start = offset.isNull ? 0 : try sizeArgument(offset)
        let size = layout(s).pointee.size
        return try withBytes(buffer) { p, n throws(Raised) in
            var at = start
            if at < 0 {
                if at + size > 0 { throw structError(layout(s).pointee.shared, "not enough data to unpack \(size) bytes at offset \(at)") }
                if at + n < 0 { throw structError(layout(s).pointee.shared, "offset \(at) out of range for \(n)-byte buffer") }
                at += n
            }
            if n - at < size {
                throw structError(
                    layout(s).pointee.shared,
                    "unpack_from requires a buffer of at least \(UInt(bitPattern: size) &+ UInt(bitPattern: at)) bytes for unpacking \(size) bytes at offset \(at) (actual buffer size is \(n))")
            }
            return try unpackItems(s, p + at)
        }
    }

    private func packInto(_ s: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        try ready(s)
        let shared = layout(s).pointee.shared
        if count == 0 { throw structError(shared, "pack_into expected buffer argument") }
        if count == 1 { throw structError(shared, "pack_into expected offset argument") }
        let size = layout(s).pointee.size
        if count - 2 != layout(s).pointee.itemCount {
            throw structError(shared, "pack_into expected \(layout(s).pointee.itemCount) items for packing (got \(count - 2))")
        }
        let target = arguments[0]
        guard let slot = type(of: target).slots.buffer else {
            throw raise(.typeError, "argument must be read-write bytes-like object, not \(argumentTypeName(target))")
        }
        var view = BufferView()
        if slot(self, target, &view, 1) < 0 {
            clearRaised()
            throw raise(.typeError, "argument must be read-write bytes-like object, not \(argumentTypeName(target))")
        }
        defer { type(of: target).slots.releaseBuffer?(self, target, &view) }
        if view.readOnly != 0 { throw raise(.typeError, "argument must be read-write bytes-like object, not \(argumentTypeName(target))") }
        var at = try indexInt(arguments[1], overflow: .indexError)
        if at < 0 {
            if at + size > 0 { throw structError(shared, "no space to pack \(size) bytes at offset \(at)") }
            if at + view.count < 0 { throw structError(shared, "offset \(at) out of range for \(view.count)-byte buffer") }
            at += view.count
        }
        if view.count - at < size {
            throw structError(
                shared,
                "pack_into requires a buffer of at least \(UInt(bitPattern: size) &+ UInt(bitPattern: at)) bytes for packing \(size) bytes at offset \(at) (actual buffer size is \(view.count))")
        }
        let bytes = try packItems(s, arguments + 2, count - 2, "pack_into")
        if let base = view.bytes {
            for i in 0..<bytes.count { (base + at + i).storeBytes(of: bytes[i], as: UInt8.self) }
        }
        return .none
    }

    private func iterUnpack(_ s: Value, _ buffer: Value) throws(Raised) -> Value {
        try ready(s)
        let shared = layout(s).pointee.shared, size = layout(s).pointee.size
        if size == 0 { throw structError(shared, "cannot iteratively unpack with a struct of length 0") }
        _ = try withBytes(buffer) { _, n throws(Raised) in
            if n % size != 0 { throw structError(shared, "iterative unpacking requires a buffer of a multiple of \(size) bytes") }
            return .none
        }
        let iterator = newInstance(PyType(PyTuple(shared)[3]))
        iterator.cast(UnpackIteratorLayout.self).pointee.structure = s
        iterator.cast(UnpackIteratorLayout.self).pointee.buffer = buffer
        return iterator
    }

    // MARK: Declarations

    private func fillStruct(_ t: TypeBuilder) {
        t.type.slots.new = { vm, cls, _, _, _ in
            var base = PyType(cls)
            while base.flags.contains(.heapType) && base.base.isObject { base = PyType(base.base) }
            return vm.newStruct(PyType(cls), base.ref.pointee.cache2)
        }
        t.initialize("(format)") { vm, s, arguments in
            vm.guarded { () throws(Raised) in
                try vm.compile(s, arguments[0])
                return .none
            }
        }
        t.def1("iter_unpack($self, buffer, /)", """
            Return an iterator yielding tuples.

            Tuples are unpacked from the given bytes source, like a repeated
            invocation of unpack_from().

            Requires that the bytes length be a multiple of the struct size.
            """) { vm, s, buffer in vm.guarded { () throws(Raised) in try vm.iterUnpack(s, buffer) } }
        t.defV("-pack($self, *values)", """
            S.pack(v1, v2, ...) -> bytes

            Return a bytes object containing values v1, v2, ... packed according
            to the format string S.format.  See help(struct) for more on format
            strings.
            """) { vm, s, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.refuseKeywords(keywords, "Struct.pack")
                return try vm.newBytesObject(vm.packItems(s, arguments, count, "pack"))
            }
        }
        t.defV("-pack_into($self, buffer, offset, *values)", """
            S.pack_into(buffer, offset, v1, v2, ...)

            Pack the values v1, v2, ... according to the format string S.format
            and write the packed bytes into the writable buffer buf starting at
            offset.  Note that the offset is a required argument.  See
            help(struct) for more on format strings.
            """) { vm, s, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.refuseKeywords(keywords, "Struct.pack_into")
                return try vm.packInto(s, arguments, count)
            }
        }
        t.def1("unpack($self, buffer, /)", """
            Return a tuple containing unpacked values.

            Unpack according to the format string Struct.format. The buffer's size
            in bytes must be Struct.size.

            See help(struct) for more on format strings.
            """) { vm, s, buffer in vm.guarded { () throws(Raised) in try vm.unpack(s, buffer) } }
        t.defN("unpack_from($self, /, buffer, offset=0)", """
            Return a tuple containing unpacked values.

            Values are unpacked according to the format string Struct.format.

            The buffer's size in bytes, starting at position offset, must be
            at least Struct.size.

            See help(struct) for more on format strings.
            """) { vm, s, arguments in vm.guarded { () throws(Raised) in try vm.unpackFrom(s, arguments[0], arguments[1]) } }
        t.def0("-__sizeof__($self, /)", "S.__sizeof__() -> size of S in memory, in bytes") { vm, s in
            vm.int(56 + 32 * (vm.layout(s).pointee.fieldCount + 1))
        }
        t.getset("format", "struct format string", get: { vm, s in vm.layout(s).pointee.format })
        t.getset("size", "struct size in bytes", get: { vm, s in vm.int(vm.layout(s).pointee.size) })
    }

    private func fillUnpackIterator(_ t: TypeBuilder) {
        t.type.slots.iter = { _, it in it }
        t.type.slots.iternext = { vm, it in
            vm.guarded { () throws(Raised) in
                let state = it.cast(UnpackIteratorLayout.self)
                let s = state.pointee.structure
                if s.isNull { return .null }
                let size = vm.layout(s).pointee.size, at = state.pointee.index
                return try vm.withBytes(state.pointee.buffer) { p, n throws(Raised) in
                    if at + size > n {
                        state.pointee.structure = .null
                        state.pointee.buffer = .null
                        return .null
                    }
                    state.pointee.index = at + size
                    return try vm.unpackItems(s, p + at)
                }
            }
        }
        t.def0("-__length_hint__($self, /)", "") { vm, it in
            vm.guarded { () throws(Raised) in
                let state = it.cast(UnpackIteratorLayout.self)
                let s = state.pointee.structure
                if s.isNull { return Value(small: 0) }
                return try vm.withBytes(state.pointee.buffer) { _, n throws(Raised) in
                    vm.int((n - state.pointee.index) / vm.layout(s).pointee.size)
                }
            }
        }
    }

    private func fillStructFunctions(_ m: ModuleBuilder) {
        m.def0("_clearcache($module, /)", "Clear the internal cache.") { vm, module in
            PyDict(PyTuple(vm.shared(module))[0]).clear()
            return .none
        }
        m.def1("calcsize($module, format, /)", "Return size in bytes of the struct described by the format string.") { vm, module, format in
            vm.guarded { () throws(Raised) in vm.int(vm.layout(try vm.cachedStruct(module, format)).pointee.size) }
        }
        m.def2("iter_unpack($module, format, buffer, /)", """
            Return an iterator yielding tuples unpacked from the given bytes.

            The bytes are unpacked according to the format string, like
            a repeated invocation of unpack_from().

            Requires that the bytes length be a multiple of the format struct size.
            """) { vm, module, format, buffer in
            vm.guarded { () throws(Raised) in try vm.iterUnpack(vm.cachedStruct(module, format), buffer) }
        }
        m.defV("-pack($module, format, *values)", """
            pack(format, v1, v2, ...) -> bytes

            Return a bytes object containing the values v1, v2, ... packed according
            to the format string.  See help(struct) for more on format strings.
            """) { vm, module, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.refuseKeywords(keywords, "_struct.pack")
                if count == 0 { throw vm.raise(.typeError, "missing format argument") }
                return try vm.newBytesObject(vm.packItems(vm.cachedStruct(module, arguments[0]), arguments + 1, count - 1, "pack"))
            }
        }
        m.defV("-pack_into($module, format, buffer, offset, *values)", """
            pack_into(format, buffer, offset, v1, v2, ...)

            Pack the values v1, v2, ... according to the format string and write
            the packed bytes into the writable buffer buf starting at offset.  Note
            that the offset is a required argument.  See help(struct) for more
            on format strings.
            """) { vm, module, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.refuseKeywords(keywords, "_struct.pack_into")
                if count == 0 { throw vm.raise(.typeError, "missing format argument") }
                return try vm.packInto(vm.cachedStruct(module, arguments[0]), arguments + 1, count - 1)
            }
        }
        m.def2("unpack($module, format, buffer, /)", """
            Return a tuple containing values unpacked according to the format string.

            The buffer's size in bytes must be calcsize(format).

            See help(struct) for more on format strings.
            """) { vm, module, format, buffer in
            vm.guarded { () throws(Raised) in try vm.unpack(vm.cachedStruct(module, format), buffer) }
        }
        m.defN("unpack_from($module, format, /, buffer, offset=0)", """
            Return a tuple containing values unpacked according to the format string.

            The buffer's size, minus offset, must be at least calcsize(format).

            See help(struct) for more on format strings.
            """) { vm, module, arguments in
            vm.guarded { () throws(Raised) in
                try vm.unpackFrom(vm.cachedStruct(module, arguments[0]), arguments[1], arguments[2])
            }
        }
    }

    private var structDoc: StaticString {
        """
        Functions to convert between Python values and C structs.
        Python bytes objects are used to hold the data representing the C struct
        and also as format strings (explained below) to describe the layout of data
        in the C struct.

        The optional first format char indicates byte order, size and alignment:
          @: native order, size & alignment (default)
          =: native order, std. size & alignment
          <: little-endian, std. size & alignment
          >: big-endian, std. size & alignment
          !: same as >

        The remaining chars indicate types of args and must match exactly;
        these can be preceded by a decimal repeat count:
          x: pad byte (no data); c:char; b:signed byte; B:unsigned byte;
          ?: _Bool (requires C99; if not available, char is used instead)
          h:short; H:unsigned short; i:int; I:unsigned int;
          l:long; L:unsigned long; f:float; d:double; e:half-float.
        Special cases (preceding decimal count indicates length):
          s:string (array of char); p: pascal string (with count byte).
        Special cases (only available in native format):
          n:ssize_t; N:size_t;
          P:an integer type that is wide enough to hold a pointer.
        Special case (not in native mode unless 'long long' in platform C):
          q:long long; Q:unsigned long long
        Whitespace between formats is ignored.

        The variable struct.error is an exception raised on errors.

        """
    }
}
