// Universal newlines (PEP 278): the state machine that `TextIOWrapper` and `StringIO` use, and the type
// `IncrementalNewlineDecoder` around it. CPython: Modules/_io/textio.c.
import PyPlatform
import PyRuntime
import PyUnicode

struct NewlineState {
    /// All line ends become "\n".
    var translates = false
    /// A carriage return that ended the last piece waits: a line feed may follow.
    var pendingReturn = false
    /// Bits: 1 "\r", 2 "\n", 4 "\r\n".
    var seen: UInt8 = 0
}

/// Where a byte is in one-byte text, nil if nowhere.
@inline(__always) func findByte(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count > 0, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
}

extension VM {
    /// One decoded piece (an exact `str`) with its line ends treated.
    func decodeNewlines(_ state: inout NewlineState, _ piece: Value, final: Bool) throws(Raised) -> Value {
        let text = PyStr(piece)
        if !state.pendingReturn && text.kind == 1 && findByte(13, text.bytes, text.count) == nil {
            if state.seen & 2 == 0 && findByte(10, text.bytes, text.count) != nil { state.seen |= 2 }
            return piece
        }
        return try decodeNewlinesSlowly(&state, text, final: final)
    }

    private func decodeNewlinesSlowly(_ state: inout NewlineState, _ text: PyStr, final: Bool) throws(Raised) -> Value {
        var end = text.count
        let leads = state.pendingReturn && (final || end > 0)
        if leads { state.pendingReturn = false }
        if !final && end > 0 && text[end - 1] == 13 {
            state.pendingReturn = true
            end -= 1
        }
        if end == 0 && !leads { return emptyStr }
        var out = TextBuilder(capacity: end + 1)
        var i = leads ? -1 : 0
        while i < end {
            let c = i < 0 ? 13 : text[i]
            i += 1
            if c == 10 {
                state.seen |= 2
            } else if c == 13 {
                if i < end && text[i] == 10 {
                    state.seen |= 4
                    i += 1
                    if !state.translates { out.append(13) }
                    out.append(10)
                    continue
                }
                state.seen |= 1
                if state.translates {
                    out.append(10)
                    continue
                }
            }
            out.append(c)
        }
        return try str(out)
    }

    /// What `newlines` says of the bits seen.
    func newlinesSeen(_ seen: UInt8) -> Value {
        let cr = latin1(13), lf = latin1(10)
        let crlf = seen & 4 != 0 ? str("\r\n" as StaticString) : .null
        switch seen {
        case 1: return cr
        case 2: return lf
        case 3: return tuple(cr, lf)
        case 4: return crlf
        case 5: return tuple(cr, crlf)
        case 6: return tuple(lf, crlf)
        case 7: return tuple(cr, lf, crlf)
        default: return .none
        }
    }

    // MARK: IncrementalNewlineDecoder

    func makeNewlineDecoder(_ m: ModuleBuilder) {
        let t = makeType(
            "IncrementalNewlineDecoder", module: "_io", size: MemoryLayout<NewlineDecoderLayout>.size, trace: .words, fieldsEnd: 24)
        t.doc("Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, translating \\r\\n and \\r into \\n.\nIt also records the types of newlines encountered.  When used with\ntranslate=False, it ensures that the newline sequence is returned in\none piece. When used with decoder=None, it expects unicode strings as\ndecode input and translates newlines without first invoking an external\ndecoder.", signature: "(decoder, translate, errors='strict')")
        io.pointee.newlineDecoder = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in vm.newInstance(PyType(type)) }
        t.initialize("(decoder, translate, errors='strict')") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let d = v.cast(NewlineDecoderLayout.self)
                let translates = try vm.cInt(a[1]) != 0
                d.pointee.errors = a[2].isNull ? vm.names.strict : a[2]
                d.pointee.state = NewlineState(translates: translates)
                d.pointee.decoder = a[0]
                return .none
            }
        }
        t.defN("decode($self, /, input, final=False)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let d = v.cast(NewlineDecoderLayout.self)
                let final = a[1].isNull ? false : try vm.cInt(a[1]) != 0
                try vm.checkNewlineDecoder(d)
                var piece = a[0]
                if !d.pointee.decoder.isNone { piece = try vm.callMethod(d.pointee.decoder, vm.ioName(.decode), a[0], Value(final)) }
                if !vm.isStr(piece) {
                    throw vm.raise(.typeError, "decoder should return a string result, not '\(vm.typeName(piece))'")
                }
                var state = d.pointee.state
                defer { d.pointee.state = state }
                return try vm.decodeNewlines(&state, piece, final: final)
            }
        }
        t.def0("getstate($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let d = v.cast(NewlineDecoderLayout.self)
                try vm.checkNewlineDecoder(d)
                var bytes = vm.state.pointee.emptyBytes
                var flags = 0
                if !d.pointee.decoder.isNone {
                    let inner = try vm.callMethod(d.pointee.decoder, vm.ioName(.getstate))
                    (bytes, flags) = try vm.decoderState(inner)
                }
                return vm.tuple(bytes, vm.int(flags << 1 | (d.pointee.state.pendingReturn ? 1 : 0)))
            }
        }
        t.def1("setstate($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let d = v.cast(NewlineDecoderLayout.self)
                try vm.checkNewlineDecoder(d)
                if !vm.isTuple(state) { throw vm.raise(.typeError, "state argument must be a tuple") }
                let parts = PyTuple(state)
                guard parts.count == 2, vm.isInt(parts[1]), let flags = vm.machineInt(parts[1]) else {
                    throw vm.raise(.typeError, "setstate(): illegal state argument")
                }
                d.pointee.state.pendingReturn = flags & 1 != 0
                if !d.pointee.decoder.isNone {
                    return try vm.callMethod(d.pointee.decoder, vm.ioName(.setstate), vm.tuple(parts[0], vm.int(flags >> 1)))
                }
                return .none
            }
        }
        t.def0("reset($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let d = v.cast(NewlineDecoderLayout.self)
                try vm.checkNewlineDecoder(d)
                d.pointee.state.seen = 0
                d.pointee.state.pendingReturn = false
                return d.pointee.decoder.isNone ? .none : try vm.callMethod(d.pointee.decoder, vm.ioName(.reset))
            }
        }
        t.getset("newlines", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkNewlineDecoder(v.cast(NewlineDecoderLayout.self))
                return vm.newlinesSeen(v.cast(NewlineDecoderLayout.self).pointee.state.seen)
            }
        })
        readyType(t.type)
        m.attribute("IncrementalNewlineDecoder", t.type.value)
    }

    private func checkNewlineDecoder(_ d: UnsafeMutablePointer<NewlineDecoderLayout>) throws(Raised) {
        if d.pointee.decoder.isNull { throw raise(.valueError, "IncrementalNewlineDecoder.__init__() not called") }
    }

    /// The two parts of what a decoder's `getstate` gave.
    func decoderState(_ state: Value) throws(Raised) -> (Value, Int) {
        if !isTuple(state) { throw raise(.typeError, "illegal decoder state") }
        let parts = PyTuple(state)
        guard parts.count == 2, isInt(parts[1]), let flags = machineInt(parts[1]) else { throw raise(.typeError, "illegal decoder state") }
        if !isBytes(parts[0]) {
            throw raise(.typeError, "illegal decoder state: the first item should be a bytes object, not '\(typeName(parts[0]))'")
        }
        return (parts[0], flags)
    }
}

struct NewlineDecoderLayout {
    var type: PyType
    /// NULL = not initialised, None = pieces are text already.
    var decoder: Value
    var errors: Value
    var state: NewlineState
}
