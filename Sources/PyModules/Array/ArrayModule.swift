// `array`: the module, the constructor and the slots of `array.array`. Methods: Array+Methods.swift.
// CPython: Modules/arraymodule.c.
import PyRuntime

private struct ArrayIteratorLayout {
    var type: PyType
    /// NULL = exhausted.
    var array: Value
    var index: Int
}

extension VM {
    public func registerArray() {
        registerModule("array") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("This module defines an object type which can efficiently represent\nan array of basic values: characters, integers, floating point\nnumbers.  Arrays are sequence types and behave very much like lists,\nexcept that the type of objects stored in them is constrained.\n" as StaticString))
            let iterator = vm.makeType("arrayiterator", module: "array", size: 24, trace: .words, fieldsEnd: 16, flags: .disallowInstantiation)
            vm.fillArrayIterator(iterator)
            let t = vm.makeType("array", module: "array", size: (MemoryLayout<ArrayLayout>.size + 7) & ~7, trace: .words, fieldsEnd: 16, flags: [.baseType, .weakrefable, .sequence])
            t.statesGetAttribute()
            // The class keeps its iterator's class for the `iter` slot.
            t.type.ref.pointee.cache0 = iterator.type.value
            vm.fillArrayType(t)
            m.attribute("array", t.type.value)
            m.attribute("ArrayType", t.type.value)
            m.attribute("typecodes", vm.str(PyArray.codes))
            vm.defineReconstructor(m)
            // Without a standard library there is nothing to register with.
            do {
                let mutableSequence = try vm.getAttr(vm.importModule("collections.abc"), vm.intern("MutableSequence"))
                _ = try vm.callMethod(mutableSequence, vm.intern("register"), t.type.value)
            } catch { vm.clearRaised() }
            return 0
        }
    }

    /// The native class under `type`.
    func arrayType(_ type: PyType) -> PyType {
        var step = type
        while step.flags.contains(.heapType) && step.base.isObject { step = PyType(step.base) }
        return step
    }
    private func isArrayType(_ type: PyType) -> Bool {
        guard let slot = type.slots.buffer else { return false }
        return unsafeBitCast(slot, to: UInt.self) == unsafeBitCast(arrayBufferSlot, to: UInt.self)
    }
    func isArray(_ value: Value) -> Bool { value.isObject && isArrayType(arrayType(value.objectType)) }

    /// Zero items of a type code. May collect.
    func newArray(_ type: PyType, _ code: UInt8) -> PyArray {
        let array = PyArray(newInstance(type))
        array.ref.pointee.code = code
        array.ref.pointee.itemSize = PyArray.size(of: code) ?? 1
        return array
    }

    /// A new array of the native class with the items of `source` from `start` in steps.
    func slice(_ source: PyArray, _ start: Int, _ step: Int, _ count: Int) throws(Raised) -> Value {
        let result = newArray(arrayType(type(of: source.value)), source.code)
        try resize(result, count)
        if count == 0 { return result.value }
        if step == 1 {
            result.bytes.copyMemory(from: source.address(start), byteCount: count * source.itemSize)
        } else {
            for i in 0..<count { result.address(i).copyMemory(from: source.address(start + i * step), byteCount: source.itemSize) }
        }
        return result.value
    }

    // MARK: Construction

    private func newArray(_ cls: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        let type = PyType(cls)
        if !type.flags.contains(.heapType), !keywords.isNull, PyTuple(keywords).count > 0 {
            throw raise(.typeError, "array.array() takes no keyword arguments")
        }
        if count < 1 || count > 2 {
            throw raise(.typeError, "array() takes at \(count < 1 ? "least 1" : "most 2") argument\(count < 1 ? "" : "s") (\(count) given)")
        }
        let code = try typeCode(arguments[0], "array() argument 1")
        let source = count == 2 ? arguments[1] : Value.null
        let isText = code == UInt8(ascii: "u")
        if !source.isNull && !isText {
            let letter = PyStr(arguments[0]).string
            if isStr(source) { throw raise(.typeError, "cannot use a str to initialize an array with typecode '\(letter)'") }
            if isArray(source) && PyArray(source).isText {
                throw raise(.typeError, "cannot use a unicode array to initialize an array with typecode '\(letter)'")
            }
        }
        let isPlain = source.isNull || isList(source) || isTuple(source) || isStr(source) || isArray(source) && PyArray(source).code == code
        if !isPlain, !self.type(of: source).flags.contains(.bytesSubclass), !self.type(of: source).flags.contains(.bytearraySubclass) {
            // CPython asks for the iterator before it looks the code up.
            _ = try iter(source)
        }
        guard PyArray.size(of: code) != nil else {
            throw raise(.valueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        }
        let array = newArray(type, code)
        if source.isNull { return array.value }
        let flags = self.type(of: source).flags
        if isStr(source) {
            try appendText(array, source)
        } else if flags.contains(.bytesSubclass) || flags.contains(.bytearraySubclass) {
            try appendBytes(array, source)
        } else if isArray(source) && PyArray(source).code == code {
            let other = PyArray(source)
            try resize(array, other.count)
            if other.count > 0 { array.bytes.copyMemory(from: other.bytes, byteCount: other.byteCount) }
        } else {
            try appendItems(array, source)
        }
        return array.value
    }

    private func typeCode(_ value: Value, _ what: StaticString) throws(Raised) -> UInt8 {
        guard isStr(value), PyStr(value).count == 1 else {
            throw raise(.typeError, "\(what) must be a unicode character, not \(argumentTypeName(value))")
        }
        return PyStr(value)[0] < 128 ? UInt8(PyStr(value)[0]) : 0
    }

    func appendItems(_ array: PyArray, _ source: Value) throws(Raised) {
        let iterator = try iter(source)
        while let item = try next(iterator) { try appendArrayItem(array, item) }
    }

    func appendText(_ array: PyArray, _ text: Value) throws(Raised) {
        let str = PyStr(text)
        let count = array.count
        try resize(array, count + str.count)
        for i in 0..<str.count { array.address(count + i).storeBytes(of: str[i], as: UInt32.self) }
    }

    func appendBytes(_ array: PyArray, _ source: Value) throws(Raised) {
        var view = try acquireBuffer(source)
        defer { releaseBuffer(&view) }
        if view.itemSize > 1 { throw raise(.typeError, "a bytes-like object is required") }
        let bytes: UnsafeBufferPointer<UInt8>
        let copy: Value
        if view.strides.isNull {
            bytes = view.byteView
            copy = source
        } else {
            copy = try bytesFromBuffer(source)
            bytes = PyBytes(copy).view
        }
        if bytes.count % array.itemSize != 0 { throw raise(.valueError, "bytes length not a multiple of item size") }
        let count = array.count
        if bytes.count == 0 { return }
        try resize(array, count + bytes.count / array.itemSize)
        if let from = bytes.baseAddress { array.address(count).copyMemory(from: from, byteCount: bytes.count) }
        withExtendedLifetime(copy) {}
    }

    private func defineReconstructor(_ m: ModuleBuilder) {
        m.defN("_array_reconstructor($module, arraytype, typecode, mformat_code, items,\n                     /)", "Internal. Used for pickling support.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isType(a[0]) else { throw vm.raise(.typeError, "first argument must be a type object, not \(vm.typeName(a[0]))") }
                let type = PyType(a[0])
                guard vm.isArrayType(vm.arrayType(type)) else {
                    throw vm.raise(.typeError, "\(vm.typeText(type)) is not a subtype of array.array")
                }
                let code = try vm.typeCode(a[1], "_array_reconstructor() argument 2")
                guard PyArray.size(of: code) != nil else { throw vm.raise(.valueError, "second argument must be a valid type code") }
                let format = try vm.indexInt(a[2])
                if format < 0 || format > 21 { throw vm.raise(.valueError, "third argument must be a valid machine format code.") }
                guard vm.type(of: a[3]).flags.contains(.bytesSubclass) else {
                    throw vm.raise(.typeError, "fourth argument should be bytes, not \(vm.typeName(a[3]))")
                }
                let array = vm.newArray(type, format == vm.machineFormat(code) ? code : vm.nativeCode(format) ?? code)
                if format == vm.machineFormat(code) {
                    try vm.appendBytes(array, a[3])
                } else {
                    let items = try vm.decodeMachineItems(UnsafeRawBufferPointer(PyBytes(a[3]).view), format)
                    try vm.appendItems(array, items)
                }
                return array.value
            }
        }
    }

    // MARK: Slots

    private func fillArrayType(_ t: TypeBuilder) {
        t.doc("array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.\n\nArrays represent basic values and behave very much like lists, except\nthe type of objects stored in them is constrained. The type is specified\nat object creation time by using a type code, which is a single character.\nThe following type codes are defined:\n\n    Type code   C Type             Minimum size in bytes\n    'b'         signed integer     1\n    'B'         unsigned integer   1\n    'u'         Unicode character  2 (see note)\n    'h'         signed integer     2\n    'H'         unsigned integer   2\n    'i'         signed integer     2\n    'I'         unsigned integer   2\n    'l'         signed integer     4\n    'L'         unsigned integer   4\n    'q'         signed integer     8 (see note)\n    'Q'         unsigned integer   8 (see note)\n    'f'         floating point     4\n    'd'         floating point     8\n\nNOTE: The 'u' typecode corresponds to Python's unicode character. On\nnarrow builds this is 2-bytes on wide builds this is 4-bytes.\n\nNOTE: The 'q' and 'Q' type codes are only available if the platform\nC compiler used to build Python supports 'long long', or, on Windows,\n'__int64'.\n\nMethods:\n\nappend() -- append a new item to the end of the array\nbuffer_info() -- return information giving the current memory info\nbyteswap() -- byteswap all the items of the array\ncount() -- return number of occurrences of an object\nextend() -- extend array by appending multiple elements from an iterable\nfromfile() -- read items from a file object\nfromlist() -- append items from the list\nfrombytes() -- append items from the string\nindex() -- return index of first occurrence of an object\ninsert() -- insert a new item into the array at a provided position\npop() -- remove and return item (default last)\nremove() -- remove first occurrence of an object\nreverse() -- reverse the order of the items in the array\ntofile() -- write all items to a file object\ntolist() -- return the array converted to an ordinary list\ntobytes() -- return the array converted to a string\n\nAttributes:\n\ntypecode -- the typecode character used to create the array\nitemsize -- the length in bytes of one array item\n")
        let s = t.type.slotsPointer
        s.pointee.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.newArray(cls, arguments, count, keywords) }
        }
        s.pointee.hash = hashNotImplemented
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.arrayRepr(v) } }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isArray(a), vm.isArray(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.compareArrays(PyArray(a), PyArray(b), op) }
        }
        s.pointee.iter = { vm, v in
            let iterator = vm.newInstance(PyType(vm.arrayType(vm.type(of: v)).ref.pointee.cache0))
            iterator.cast(ArrayIteratorLayout.self).pointee.array = v
            return iterator
        }
        s.pointee.seqLength = { _, v in PyArray(v).count }
        s.pointee.item = { vm, v, i in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                if i < 0 || i >= array.count { throw vm.raise(.indexError, "array index out of range") }
                return try vm.arrayItem(array, i)
            }
        }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.getArrayItem(PyArray(v), key) } }
        s.pointee.setItem = { vm, v, key, value in vm.guardedStatus { () throws(Raised) in try vm.assignArray(PyArray(v), key, value) } }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in try vm.findInArray(PyArray(v), item, 0, .max) >= 0 }
        }
        s.pointee.concat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isArray(b) else { throw vm.raise(.typeError, "can only append array (not \"\(vm.typeName(b))\") to array") }
                let x = PyArray(a), y = PyArray(b)
                if x.code != y.code { throw vm.raise(.typeError, "bad argument type for built-in operation") }
                let result = vm.newArray(vm.arrayType(vm.type(of: a)), x.code)
                try vm.resize(result, x.count + y.count)
                if x.count > 0 { result.bytes.copyMemory(from: x.bytes, byteCount: x.byteCount) }
                if y.count > 0 { result.address(x.count).copyMemory(from: y.bytes, byteCount: y.byteCount) }
                return result.value
            }
        }
        s.pointee.inplaceConcat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isArray(b) else { throw vm.raise(.typeError, "can only extend array with array (not \"\(vm.typeName(b))\")") }
                try vm.extendArray(PyArray(a), b)
                return a
            }
        }
        s.pointee.repeated = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                let result = vm.newArray(vm.arrayType(vm.type(of: v)), array.code)
                try vm.fillRepeated(result, array, n)
                return result.value
            }
        }
        s.pointee.inplaceRepeat = { vm, v, n in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                if array.count == 0 || n == 1 { return v }
                let copy = PyArray(try vm.slice(array, 0, 1, array.count))
                try vm.fillRepeated(array, copy, n)
                return v
            }
        }
        s.pointee.buffer = arrayBufferSlot
        s.pointee.releaseBuffer = { _, v, _ in PyArray(v).ref.pointee.exports -= 1 }
        defineArrayMethods(t)
        readyType(t.type)
    }

    private func fillRepeated(_ result: PyArray, _ source: PyArray, _ n: Int) throws(Raised) {
        let n = max(0, n)
        let (total, overflow) = source.count.multipliedReportingOverflow(by: n)
        if overflow { throw raiseMemoryError() }
        try resize(result, total)
        if total == 0 { return }
        for i in 0..<n { result.address(i * source.count).copyMemory(from: source.bytes, byteCount: source.byteCount) }
    }

    private func arrayRepr(_ v: Value) throws(Raised) -> Value {
        let array = PyArray(v)
        let name = PyStr(type(of: v).name).string
        let letter = Character(UnicodeScalar(array.code))
        if array.count == 0 { return str("\(name)('\(letter)')") }
        let items = array.isText ? try arrayText(array) : try arrayList(array)
        let parts = try newList(capacity: 3)
        try parts.append(self, str("\(name)('\(letter)', "))
        try parts.append(self, repr(items))
        try parts.append(self, str(")"))
        return try joinTexts(parts, open: "", separator: "", close: "")
    }

    func arrayText(_ array: PyArray) throws(Raised) -> Value {
        for i in 0..<array.count where array.address(i).load(as: UInt32.self) > 0x10FFFF { _ = try arrayItem(array, i) }
        let start = array.count == 0 ? nil : array.bytes.assumingMemoryBound(to: UInt32.self)
        return try str(codePoints: UnsafeBufferPointer(start: UnsafePointer(start), count: array.count))
    }

    func arrayList(_ array: PyArray) throws(Raised) -> Value {
        let list = try newList(capacity: array.count)
        var i = 0
        while i < array.count {
            try list.append(self, arrayItem(array, i))
            i += 1
        }
        return list.value
    }

    private func compareArrays(_ a: PyArray, _ b: PyArray, _ op: CompareOp) throws(Raised) -> Value {
        if a.count != b.count && (op == .eq || op == .ne) { return Value(op == .ne) }
        var i = 0
        while i < a.count && i < b.count {
            let x = try arrayItem(a, i), y = try arrayItem(b, i)
            if try !isTrue(richCompare(x, y, .eq)) {
                if op == .eq { return .false }
                if op == .ne { return .true }
                return try richCompare(x, y, op)
            }
            i += 1
        }
        return try richCompare(int(a.count), int(b.count), op)
    }

    /// The index of the first item that equals `item`, -1 if there is none.
    func findInArray(_ array: PyArray, _ item: Value, _ start: Int, _ stop: Int) throws(Raised) -> Int {
        var i = start
        while i < min(stop, array.count) {
            if try isTrue(richCompare(arrayItem(array, i), item, .eq)) { return i }
            i += 1
        }
        return -1
    }

    // MARK: Subscripts

    private func arrayIndex(_ array: PyArray, _ key: Value, _ message: StaticString) throws(Raised) -> Int {
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += array.count }
        if i < 0 || i >= array.count { throw raise(.indexError, "\(message)") }
        return i
    }

    private func getArrayItem(_ array: PyArray, _ key: Value) throws(Raised) -> Value {
        if hasIndex(key) { return try arrayItem(array, arrayIndex(array, key, "array index out of range")) }
        guard key.isExactly(types.slice) else { throw raise(.typeError, "array indices must be integers") }
        let (start, _, step, count) = try sliceIndices(key, length: array.count)
        return try slice(array, start, step, count)
    }

    /// `value` NULL deletes.
    private func assignArray(_ array: PyArray, _ key: Value, _ value: Value) throws(Raised) {
        if hasIndex(key) {
            let i = try arrayIndex(array, key, "array assignment index out of range")
            if value.isNull { try makeRoom(array, i, i + 1, 0) } else { try setArrayItem(array, i, value) }
            return
        }
        guard key.isExactly(types.slice) else { throw raise(.typeError, "array indices must be integers") }
        let (first, end, step, count) = try sliceIndices(key, length: array.count)
        if value.isNull { return try deleteSlice(array, first, end, step, count) }
        guard isArray(value) else {
            throw raise(.typeError, "can only assign array (not \"\(typeName(value))\") to array slice")
        }
        if PyArray(value).code != array.code { throw raise(.typeError, "bad argument type for built-in operation") }
        let source = value == array.value ? PyArray(try slice(array, 0, 1, array.count)) : PyArray(value)
        if step == 1 {
            let stop = max(first, end)
            try makeRoom(array, first, stop, source.count)
            if source.count > 0 { array.address(first).copyMemory(from: source.bytes, byteCount: source.byteCount) }
            return
        }
        if source.count == 0 { return try deleteSlice(array, first, end, step, count) }
        if source.count != count {
            throw raise(.valueError, "attempt to assign array of size \(source.count) to extended slice of size \(count)")
        }
        for i in 0..<count { array.address(first + i * step).copyMemory(from: source.address(i), byteCount: array.itemSize) }
    }

    private func deleteSlice(_ array: PyArray, _ first: Int, _ end: Int, _ step: Int, _ count: Int) throws(Raised) {
        if count == 0 { return }
        if step == 1 { return try makeRoom(array, first, max(first, end), 0) }
        try checkExports(array)
        let low = step < 0 ? first + (count - 1) * step : first
        let stride = abs(step)
        var to = low, next = low, left = count
        for from in low..<array.count {
            if left > 0 && from == next {
                left -= 1
                next = left > 0 ? next + stride : next
                continue
            }
            array.address(to).copyMemory(from: array.address(from), byteCount: array.itemSize)
            to += 1
        }
        try resize(array, array.count - count)
    }

    // MARK: Iterator

    private func fillArrayIterator(_ t: TypeBuilder) {
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(ArrayIteratorLayout.self)
            if it.pointee.array.isNull { return .null }
            let array = PyArray(it.pointee.array)
            if it.pointee.index < array.count {
                it.pointee.index += 1
                return vm.guarded { () throws(Raised) in try vm.arrayItem(array, it.pointee.index - 1) }
            }
            it.pointee.array = .null
            return .null
        }
        t.def0("__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(ArrayIteratorLayout.self)
                let iter = try vm.builtin("iter")
                if it.pointee.array.isNull { return vm.tuple(iter, vm.tuple(vm.emptyTuple)) }
                return vm.tuple(iter, vm.tuple(it.pointee.array), vm.int(it.pointee.index))
            }
        }
        t.def1("__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(ArrayIteratorLayout.self)
                let index = try vm.indexInt(state)
                if !it.pointee.array.isNull { it.pointee.index = max(0, min(index, PyArray(it.pointee.array).count)) }
                return .none
            }
        }
        readyType(t.type)
    }
}

private let arrayBufferSlot: BufferSlot = { vm, v, view, _ in
    let array = PyArray(v)
    array.ref.pointee.exports += 1
    view.pointee.owner = v
    view.pointee.bytes = array.ref.pointee.buffer.isNull ? nil : array.bytes
    view.pointee.count = array.byteCount
    view.pointee.itemSize = array.itemSize
    view.pointee.readOnly = 0
    view.pointee.format = vm.latin1(array.isText ? UInt8(ascii: "w") : array.code)
    return 0
}
