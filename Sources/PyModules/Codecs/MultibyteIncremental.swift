// `MultibyteIncrementalEncoder` and `MultibyteIncrementalDecoder`, and the fields that the stream types share with them.
// CPython: Modules/cjkcodecs/multibytecodec.c.
import PyNumerics
import PyRuntime
import PyUnicode

/// An incremental or stream object.
struct MultibyteContextLayout {
    var type: PyType
    /// A str.
    var errors: Value
    /// What waits for more: a str (encoders) or bytes (decoders); NULL = nothing.
    var pending: Value
    /// Stream types only.
    var stream: Value
    // Not values:
    var encoding: Int
    var state: UInt64
}

struct MultibyteContext {
    let ref: UnsafeMutablePointer<MultibyteContextLayout>
    init(_ value: Value) { ref = value.cast(MultibyteContextLayout.self) }
}

extension VM {
    func makeMultibyteType(_ name: StaticString) -> TypeBuilder {
        let t = makeType(
            name, module: "_multibytecodec", size: MemoryLayout<MultibyteContextLayout>.size, trace: .words, fieldsEnd: 32)
        t.type.slots.initialize = { _, _, _, _, _ in 0 }
        t.getset("errors", "how to treat errors", get: { vm, v in MultibyteContext(v).ref.pointee.errors }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.attributeError, "cannot delete attribute") }
                guard vm.isStr(value) else { throw vm.raise(.typeError, "errors must be a string") }
                MultibyteContext(v).ref.pointee.errors = try vm.upToNull(PyStr(value))
            }
        })
        return t
    }

    /// A C string ends at its first NUL.
    private func upToNull(_ text: PyStr) throws(Raised) -> Value {
        for i in 0..<text.count where text[i] == 0 { return try str(text.view.slice(0, i)) }
        return try exactStr(text)
    }

    /// The constructor of all four: the class says which codec.
    func newMultibyteContext(
        _ cls: Value, _ errors: Value, _ constructor: StaticString, argument: StaticString, encodes: Bool
    ) throws(Raised) -> Value {
        if !errors.isNull {
            guard isStr(errors) else { throw raise(.typeError, "\(constructor)() argument \(argument) must be str, not \(argumentTypeName(errors))") }
            _ = try checkedCString(PyStr(errors))
        }
        let codec = try getAttr(cls, "codec")
        guard type(of: codec) == (try multibyteCodecType()) else { throw raise(.typeError, "codec is unexpected type") }
        let object = newInstance(PyType(cls))
        let context = MultibyteContext(object).ref
        context.pointee.encoding = codec.cast(MultibyteCodecLayout.self).pointee.encoding
        context.pointee.errors = errors.isNull ? names.strict : try exactStr(PyStr(errors))
        let kind = multibyteCodec(context.pointee.encoding)
        context.pointee.state = encodes ? kind.initialEncoderState : kind.initialDecoderState
        return object
    }

    /// The messages of the constructor name it without "Multibyte".
    func nameConstructor(_ t: TypeBuilder, _ name: StaticString) {
        t.type.ref.pointee.newDefinition?.pointee.name = intern(name)
    }

    // MARK: Encoding

    /// Encodes what waited and `input`; what may begin a combination waits on.
    func encodeOn(_ context: MultibyteContext, _ input: Value, final: Bool) throws(Raised) -> Value {
        var text = try multibyteText(input)
        let held = context.ref.pointee.pending
        if held.isObject { text = PyStr(try strConcat(PyStr(held), text)) }
        var run = MultibyteEncoding(
            codec: multibyteCodec(context.ref.pointee.encoding), errors: context.ref.pointee.errors, state: context.ref.pointee.state)
        context.ref.pointee.pending = .null
        let made: Value
        do throws(Raised) { made = try encode(text, &run, final: final) } catch {
            context.ref.pointee.pending = held
            context.ref.pointee.state = run.state
            throw error
        }
        context.ref.pointee.state = run.state
        if run.at < text.count {
            if text.count - run.at > MultibyteCodec.maxPendingCharacters {
                context.ref.pointee.pending = held
                throw raise(.unicodeError, "pending buffer overflow")
            }
            context.ref.pointee.pending = try str(text.view.slice(run.at, text.count))
        }
        return made
    }

    func makeMultibyteEncoder(_ m: ModuleBuilder) {
        let t = makeMultibyteType("MultibyteIncrementalEncoder")
        t.new("(errors='strict')") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                try vm.newMultibyteContext(cls, a[0], "IncrementalEncoder", argument: "1", encodes: true)
            }
        }
        nameConstructor(t, "IncrementalEncoder")
        t.defN("encode($self, /, input, final=False)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let final = try vm.cInt(a[1]) != 0
                return try vm.encodeOn(MultibyteContext(v), a[0], final: final)
            }
        }
        t.def0("getstate($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let context = MultibyteContext(v).ref
                var state: [UInt8] = [0]
                if context.pointee.pending.isObject {
                    let encoded = PyBytes(try vm.encodeUTF8(PyStr(context.pointee.pending)))
                    if encoded.count > MultibyteCodec.maxPendingCharacters * 4 {
                        throw vm.raise(.unicodeError, "pending buffer too large")
                    }
                    state[0] = UInt8(truncatingIfNeeded: encoded.count)
                    state.append(contentsOf: encoded.view)
                }
                for i in 0..<8 { state.append(UInt8(truncatingIfNeeded: context.pointee.state >> UInt64(8 * i))) }
                return try vm.int(BigInt(isNegative: false, magnitude: vm.limbs(state)))
            }
        }
        t.def1("setstate($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if !vm.isInt(state) { throw vm.raise(.typeError, "setstate() argument must be int, not \(vm.argumentTypeName(state))") }
                let bytes = try vm.littleBytes(state, 1 + MultibyteCodec.maxPendingCharacters * 4 + 8)
                let count = Int(bytes[0])
                if count > MultibyteCodec.maxPendingCharacters * 4 { throw vm.raise(.unicodeError, "pending buffer too large") }
                let pending = try bytes[1..<(1 + count)].withUnsafeBufferPointer { (view) throws(Raised) -> Value in
                    try vm.decodeUTF8(view)
                }
                let context = MultibyteContext(v).ref
                context.pointee.pending = pending
                context.pointee.state = 0
                for i in 0..<8 { context.pointee.state |= UInt64(bytes[1 + count + i]) << UInt64(8 * i) }
                return .none
            }
        }
        t.def0("reset($self, /)", "") { vm, v in
            let context = MultibyteContext(v).ref
            var out = ByteBuilder(capacity: 16)
            vm.multibyteCodec(context.pointee.encoding).resetEncoder(&context.pointee.state, into: &out)
            context.pointee.pending = .null
            return .none
        }
        readyType(t.type)
        m.attribute("MultibyteIncrementalEncoder", t.type.value)
    }

    // MARK: Decoding

    /// `pending` and `input` as one.
    func joinedBytes(_ pending: Value, _ input: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        let head = PyBytes(pending)
        let made = try newBytes(count: head.count + input.count)
        if let start = head.view.baseAddress { made.bytes.update(from: start, count: head.count) }
        if let start = input.baseAddress { (made.bytes + head.count).update(from: start, count: input.count) }
        return made.value
    }

    /// Keeps what is not consumed.
    func keepPending(_ context: MultibyteContext, _ run: MultibyteDecoding) throws(Raised) {
        let left = run.view.count - run.at
        guard left > 0 else { return }
        if left > MultibyteCodec.maxPendingBytes { throw raise(.unicodeError, "pending buffer overflow") }
        context.ref.pointee.pending = try bytes(UnsafeBufferPointer(rebasing: run.view[run.at...]))
    }

    private func decodeOn(_ context: MultibyteContext, _ input: Value, final: Bool) throws(Raised) -> Value {
        try withReadableBuffer(input) { (given) throws(Raised) -> Value in
            let held = context.ref.pointee.pending
            let joined = held.isObject && PyBytes(held).count > 0
            let object = joined ? try self.joinedBytes(held, given) : input
            let view = joined ? PyBytes(object).view : given
            var run = MultibyteDecoding(
                codec: self.multibyteCodec(context.ref.pointee.encoding), errors: context.ref.pointee.errors,
                state: context.ref.pointee.state, object: object, view: view)
            context.ref.pointee.pending = .null
            var out = TextBuilder(capacity: view.count)
            do throws(Raised) { try self.decodeComplete(&run, into: &out) } catch {
                context.ref.pointee.state = run.state
                throw error
            }
            context.ref.pointee.state = run.state
            if final {
                do throws(Raised) { try self.decodeRest(&run, into: &out) } catch {
                    context.ref.pointee.pending = held
                    throw error
                }
            }
            try self.keepPending(context, run)
            return try self.str(out)
        }
    }

    func makeMultibyteDecoder(_ m: ModuleBuilder) {
        let t = makeMultibyteType("MultibyteIncrementalDecoder")
        t.new("(errors='strict')") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                try vm.newMultibyteContext(cls, a[0], "IncrementalDecoder", argument: "1", encodes: false)
            }
        }
        nameConstructor(t, "IncrementalDecoder")
        t.defN("decode($self, /, input, final=False)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let final = try vm.cInt(a[1]) != 0
                return try vm.decodeOn(MultibyteContext(v), a[0], final: final)
            }
        }
        t.def0("getstate($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let context = MultibyteContext(v).ref
                let pending = context.pointee.pending.isObject ? context.pointee.pending : vm.state.pointee.emptyBytes
                return vm.tuple(pending, try vm.int(BigInt(context.pointee.state)))
            }
        }
        t.def1("setstate($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if !vm.isTuple(state) { throw vm.raise(.typeError, "setstate() argument must be tuple, not \(vm.argumentTypeName(state))") }
                let parts = PyTuple(state)
                guard parts.count == 2, vm.isBytes(parts[0]), vm.isInt(parts[1]) else {
                    throw vm.raise(.typeError, "setstate(): illegal state argument")
                }
                let bytes = try vm.littleBytes(parts[1], 8)
                if PyBytes(parts[0]).count > MultibyteCodec.maxPendingBytes {
                    throw vm.raise(.unicodeError, "pending buffer too large")
                }
                let context = MultibyteContext(v).ref
                context.pointee.pending = try vm.bytesFromBuffer(parts[0])
                context.pointee.state = 0
                for i in 0..<8 { context.pointee.state |= UInt64(bytes[i]) << UInt64(8 * i) }
                return .none
            }
        }
        t.def0("reset($self, /)", "") { vm, v in
            let context = MultibyteContext(v).ref
            vm.multibyteCodec(context.pointee.encoding).resetDecoder(&context.pointee.state)
            context.pointee.pending = .null
            return .none
        }
        readyType(t.type)
        m.attribute("MultibyteIncrementalDecoder", t.type.value)
    }

    // MARK: States as numbers

    private func limbs(_ bytes: [UInt8]) -> [UInt64] {
        var limbs = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
        for (i, byte) in bytes.enumerated() { limbs[i / 8] |= UInt64(byte) << UInt64(8 * (i % 8)) }
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }

    /// An int as `count` bytes, lowest first.
    private func littleBytes(_ value: Value, _ count: Int) throws(Raised) -> [UInt8] {
        let n = bigInt(value)
        if n.isNegative { throw raise(.overflowError, "can't convert negative int to unsigned") }
        var bytes: [UInt8] = []
        for limb in n.magnitude {
            for i in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: limb >> UInt64(8 * i))) }
        }
        while bytes.count > count && bytes.last == 0 { bytes.removeLast() }
        if bytes.count > count { throw raise(.overflowError, "int too big to convert") }
        while bytes.count < count { bytes.append(0) }
        return bytes
    }

    /// In argument errors None is called by its own name.
}
