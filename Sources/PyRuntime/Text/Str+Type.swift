// The type `str`: slots, constructor, iterator. Methods are declared in Str+Methods.swift.
// CPython: Objects/unicodeobject.c (PyUnicode_Type).
import PyUnicode

extension VM {
    func installStr() {
        let t = TypeBuilder(self, types.str)
        t.doc(
            """
            str(object='') -> str
            str(bytes_or_buffer[, encoding[, errors]]) -> str

            Create a new string object from the given object. If encoding or
            errors is specified, then the object must expose a data buffer
            that will be decoded using the given encoding and error handler.
            Otherwise, returns the result of object.__str__() (if defined)
            or repr(object).
            encoding defaults to sys.getdefaultencoding().
            errors defaults to 'strict'.
            """)
        t.new("-(object=None, encoding=None, errors=None)") { vm, type, a in
            vm.guarded { () throws(Raised) in try vm.newStrObject(PyType(type), a[0], a[1], a[2]) }
        }
        installStrSlots()
        declareStrMethods()
        installStrIterator()
    }

    private func installStrSlots() {
        let s = types.str.slotsPointer
        s.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.strRepr(PyStr(v)) } }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.exactStr(PyStr(v)) } }
        s.pointee.hash = { vm, v in vm.strHash(PyStr(v)) }
        s.pointee.richcompare = { vm, a, b, op in vm.strCompare(a, b, op) }
        s.pointee.iter = { vm, v in vm.newSequenceIterator(vm.types.strIterator, v) }
        s.pointee.seqLength = { _, v in PyStr(v).count }
        s.pointee.mapLength = { _, v in PyStr(v).count }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.strGetItem(PyStr(v), key) } }
        s.pointee.item = { vm, v, i in
            vm.guarded { () throws(Raised) in
                let text = PyStr(v)
                guard i >= 0 && i < text.count else { throw vm.raise(.indexError, "string index out of range") }
                return vm.str(codePoint: text[i])
            }
        }
        s.pointee.concat = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(b) else {
                    throw vm.raise(.typeError, "can only concatenate str (not \"\(vm.typeName(b))\") to str")
                }
                return try vm.strConcat(PyStr(a), PyStr(b))
            }
        }
        s.pointee.repeated = { vm, v, n in vm.guarded { () throws(Raised) in try vm.strRepeat(PyStr(v), n) } }
        s.pointee.contains = { vm, v, item in
            vm.guardedBool { () throws(Raised) in
                guard vm.isStr(item) else {
                    throw vm.raise(.typeError, "'in <string>' requires string as left operand, not \(vm.typeName(item))")
                }
                return vm.strContains(PyStr(v), PyStr(item))
            }
        }
        s.pointee.remainder = { vm, a, b in
            if !vm.isStr(a) { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.percentFormat(PyStr(a), b) }
        }
    }

    private func installStrIterator() {
        let t = TypeBuilder(self, types.strIterator)
        let s = types.strIterator.slotsPointer
        s.pointee.iter = { _, v in v }
        s.pointee.iternext = { vm, v in
            let layout = v.cast(SequenceIteratorLayout.self)
            let source = layout.pointee.source
            if source.isNull { return .null }
            let text = PyStr(source), i = layout.pointee.index
            if i >= text.count {
                layout.pointee.source = .null
                return .null
            }
            layout.pointee.index = i + 1
            return vm.str(codePoint: text[i])
        }
        t.def0("-__length_hint__()", "Private method returning an estimate of len(list(it)).") { vm, v in
            let layout = v.cast(SequenceIteratorLayout.self)
            let source = layout.pointee.source
            return Value(small: source.isNull ? 0 : max(0, PyStr(source).count - layout.pointee.index))
        }
        t.def0("-__reduce__()", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(SequenceIteratorLayout.self)
                let iter = try vm.getItem(vm.state.pointee.builtinsDict, vm.intern("iter"))
                let source = layout.pointee.source
                if source.isNull { return vm.tuple(iter, vm.tuple(vm.emptyStr)) }
                return vm.tuple(iter, vm.tuple(source), Value(small: layout.pointee.index))
            }
        }
        t.def1("-__setstate__(state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(SequenceIteratorLayout.self)
                let index = try vm.sizeArgument(state), source = layout.pointee.source
                if !source.isNull { layout.pointee.index = min(max(0, index), PyStr(source).count) }
                return .none
            }
        }
    }

    // MARK: Construction

    func newStrObject(_ type: PyType, _ object: Value, _ encoding: Value, _ errors: Value) throws(Raised) -> Value {
        let text: Value
        if object.isNull {
            text = emptyStr
        } else if encoding.isNull && errors.isNull {
            text = try str(of: object)
        } else {
            text = try decodeObject(object, encoding: encoding, errors: errors)
        }
        if type == types.str { return text }
        let source = PyStr(text)
        return try newStrSubclass(type, source)
    }

    /// An instance of a subclass with the text of `source`. May collect.
    func newStrSubclass(_ type: PyType, _ source: PyStr) throws(Raised) -> Value {
        let layout = try newVariableInstance(type, itemBytes: (source.count + 1) * source.kind).cast(StrLayout.self)
        layout.pointee.hash = source.ref.pointee.hash
        layout.pointee.info = source.ref.pointee.info & ~(PyStr.internedBit | PyStr.sharedBit)
        let copy = PyStr(Value(layout))
        copy.bytes.update(from: source.bytes, count: source.byteCount)
        return copy.value
    }

    // MARK: Slots

    func strRepr(_ text: PyStr) throws(Raised) -> Value {
        let view = text.view
        if text.isASCII {
            // The common case: nothing to escape.
            var plain = true
            for i in 0..<view.count {
                let b = view.bytes[i]
                if b < 0x20 || b >= 0x7F || b == 0x27 || b == 0x5C {
                    plain = false
                    break
                }
            }
            if plain {
                let result = try newStr(count: view.count + 2, kind: 1, ascii: true)
                result.bytes[0] = 0x27
                (result.bytes + 1).update(from: view.bytes, count: view.count)
                result.bytes[view.count + 1] = 0x27
                return result.value
            }
        }
        var single = false, double = false
        for i in 0..<view.count {
            let c = view[i]
            if c == 0x27 { single = true } else if c == 0x22 { double = true }
        }
        let quote: UInt32 = single && !double ? 0x22 : 0x27
        var out = TextBuilder(capacity: view.count + 2)
        out.append(quote)
        for i in 0..<view.count { appendEscaped(view[i], quote: quote, &out) }
        out.append(quote)
        return try str(out)
    }

    private func appendEscaped(_ c: UInt32, quote: UInt32, _ out: inout TextBuilder) {
        switch c {
        case 0x5C, quote:
            out.append(0x5C)
            out.append(c)
        case 0x0A: out.append("\\n" as StaticString)
        case 0x0D: out.append("\\r" as StaticString)
        case 0x09: out.append("\\t" as StaticString)
        default:
            if UCD.isPrintable(c) {
                out.append(c)
            } else {
                appendHexEscape(c, &out)
            }
        }
    }

    /// `\x7f`, `\u2028`, `\U0010ffff`.
    func appendHexEscape(_ c: UInt32, _ out: inout TextBuilder) {
        let width: UInt32 = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8
        out.append(0x5C)
        out.append(width == 2 ? 0x78 : width == 4 ? 0x75 : 0x55)
        for i in 0..<width { out.append(UInt32(hexDigit(UInt8(truncatingIfNeeded: c >> (4 * (width - 1 - i)) & 15)))) }
    }

    @inline(__always) func hexDigit(_ n: UInt8) -> UInt8 { n < 10 ? 0x30 + n : 0x57 + n }

    func strCompare(_ a: Value, _ b: Value, _ op: Int) -> Value {
        guard isStr(a), isStr(b), let op = CompareOp(rawValue: op) else { return .notImplemented }
        let x = PyStr(a), y = PyStr(b)
        switch op {
        case .eq: return Value(x.equals(y))
        case .ne: return Value(!x.equals(y))
        case .lt: return Value(strOrder(x, y) < 0)
        case .le: return Value(strOrder(x, y) <= 0)
        case .gt: return Value(strOrder(x, y) > 0)
        case .ge: return Value(strOrder(x, y) >= 0)
        }
    }

    /// Negative, zero or positive, by code points.
    public func strOrder(_ a: PyStr, _ b: PyStr) -> Int {
        if a.ref == b.ref { return 0 }
        let n = min(a.count, b.count)
        if a.kind == 1 && b.kind == 1 {
            let x = a.bytes, y = b.bytes
            var i = 0
            while i &+ 8 <= n {
                let u = UnsafeRawPointer(x).loadUnaligned(fromByteOffset: i, as: UInt64.self)
                let v = UnsafeRawPointer(y).loadUnaligned(fromByteOffset: i, as: UInt64.self)
                if u != v { return u.bigEndian < v.bigEndian ? -1 : 1 }
                i &+= 8
            }
            while i < n {
                if x[i] != y[i] { return x[i] < y[i] ? -1 : 1 }
                i &+= 1
            }
        } else {
            for i in 0..<n where a[i] != b[i] { return a[i] < b[i] ? -1 : 1 }
        }
        return a.count - b.count
    }

    func strGetItem(_ text: PyStr, _ key: Value) throws(Raised) -> Value {
        if key.isExactly(types.slice) {
            let (start, _, step, count) = try sliceIndices(key, length: text.count)
            if count == 0 { return emptyStr }
            if step == 1 { return try substring(text, start, start + count) }
            if text.isASCII && count > 1 {
                let result = try newStr(count: count, kind: 1, ascii: true)
                let source = text.bytes, target = result.bytes
                var at = start
                for i in 0..<count {
                    target[i] = source[at]
                    at &+= step
                }
                return result.value
            }
            var out = TextBuilder(capacity: count)
            let view = text.view
            for i in 0..<count { out.append(view[start + i * step]) }
            return try str(out)
        }
        guard hasIndex(key) else { throw raise(.typeError, "string indices must be integers") }
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i += text.count }
        guard i >= 0 && i < text.count else { throw raise(.indexError, "string index out of range") }
        return str(codePoint: text[i])
    }

    /// What CPython's object would take.
    func strSizeOf(_ text: PyStr) -> Int {
        if text.isASCII { return 49 + text.count }
        return (text.kind == 1 ? 73 : text.kind == 2 ? 74 : 76) + text.count * text.kind
    }
}
