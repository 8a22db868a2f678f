// `MultibyteStreamReader` and `MultibyteStreamWriter`. CPython: Modules/cjkcodecs/multibytecodec.c.
import PyRuntime
import PyUnicode

extension VM {
    // MARK: Reading

    /// - Parameters: size: NULL, None or an int; method: what of the stream is called.
    private func readStream(_ v: Value, _ size: Value, _ method: StaticString) throws(Raised) -> Value {
        var wanted = -1
        if !size.isNull && !size.isNone {
            if !isInt(size) { throw raise(.typeError, "arg 1 must be an integer") }
            wanted = try cSize(size)
        }
        if wanted == 0 { return emptyStr }
        let context = MultibyteContext(v)
        var out = TextBuilder()
        let name = intern(method)
        // One exception serves the whole call, with the bytes of its first failure.
        var exception = Value.null
        while true {
            let given = try wanted < 0
                ? callMethod(context.ref.pointee.stream, name) : callMethod(context.ref.pointee.stream, name, int(wanted))
            guard isBytes(given) else {
                throw raise(.typeError, "stream function returned a non-bytes object (\(typeName(given)))")
            }
            let atEnd = PyBytes(given).count == 0
            let held = context.ref.pointee.pending
            let joined = held.isObject && PyBytes(held).count > 0
            let object = joined ? try joinedBytes(held, PyBytes(given).view) : given
            context.ref.pointee.pending = .null
            var run = MultibyteDecoding(
                codec: multibyteCodec(context.ref.pointee.encoding), errors: context.ref.pointee.errors,
                state: context.ref.pointee.state, object: object, view: PyBytes(object).view)
            run.exception = exception
            do throws(Raised) {
                try decodeComplete(&run, into: &out)
                if atEnd || wanted < 0 { try decodeRest(&run, into: &out) }
            } catch {
                context.ref.pointee.state = run.state
                throw error
            }
            context.ref.pointee.state = run.state
            exception = run.exception
            try keepPending(context, run)
            if wanted < 0 || out.count > 0 || run.view.count == 0 { break }
            // Not a character yet: byte by byte from here.
            wanted = 1
        }
        return try str(out)
    }

    func makeMultibyteReader(_ m: ModuleBuilder) {
        let t = makeMultibyteType("MultibyteStreamReader")
        t.new("(stream, errors='strict')") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let object = try vm.newMultibyteContext(cls, a[1], "StreamReader", argument: "2", encodes: false)
                MultibyteContext(object).ref.pointee.stream = a[0]
                return object
            }
        }
        nameConstructor(t, "StreamReader")
        t.defN("read($self, sizeobj=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.readStream(v, a[0], "read") }
        }
        t.defN("readline($self, sizeobj=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.readStream(v, a[0], "readline") }
        }
        t.defN("readlines($self, sizehintobj=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.callMethod(vm.readStream(v, a[0], "read"), vm.intern("splitlines"), .true)
            }
        }
        t.def0("reset($self, /)", "") { vm, v in
            let context = MultibyteContext(v).ref
            vm.multibyteCodec(context.pointee.encoding).resetDecoder(&context.pointee.state)
            context.pointee.pending = .null
            return .none
        }
        t.member("stream", offset: MemoryLayout<MultibyteContextLayout>.offset(of: \MultibyteContextLayout.stream) ?? 0)
        readyType(t.type)
        m.attribute("MultibyteStreamReader", t.type.value)
    }

    // MARK: Writing

    private func writeStream(_ v: Value, _ text: Value) throws(Raised) {
        let context = MultibyteContext(v)
        let made = try encodeOn(context, text, final: false)
        _ = try callMethod(context.ref.pointee.stream, intern("write"), made)
    }

    func makeMultibyteWriter(_ m: ModuleBuilder) {
        let t = makeMultibyteType("MultibyteStreamWriter")
        t.new("(stream, errors='strict')") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let object = try vm.newMultibyteContext(cls, a[1], "StreamWriter", argument: "2", encodes: true)
                MultibyteContext(object).ref.pointee.stream = a[0]
                return object
            }
        }
        nameConstructor(t, "StreamWriter")
        t.def1("write($self, strobj, /)", "") { vm, v, text in
            vm.guarded { () throws(Raised) in
                try vm.writeStream(v, text)
                return .none
            }
        }
        t.def1("writelines($self, lines, /)", "") { vm, v, lines in
            vm.guarded { () throws(Raised) in
                if !vm.isSequence(lines) { throw vm.raise(.typeError, "arg must be a sequence object") }
                var i = 0
                while i < (try vm.length(lines)) {
                    try vm.writeStream(v, vm.getItem(lines, at: i))
                    i += 1
                }
                return .none
            }
        }
        t.def0("reset($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let context = MultibyteContext(v)
                let held = context.ref.pointee.pending
                if !held.isObject { return .none }
                // What cannot be written is lost.
                context.ref.pointee.pending = .null
                var run = MultibyteEncoding(
                    codec: vm.multibyteCodec(context.ref.pointee.encoding), errors: context.ref.pointee.errors,
                    state: context.ref.pointee.state)
                let made = try vm.encode(PyStr(held), &run, final: true)
                context.ref.pointee.state = run.state
                if PyBytes(made).count > 0 { _ = try vm.callMethod(context.ref.pointee.stream, vm.intern("write"), made) }
                return .none
            }
        }
        t.member("stream", offset: MemoryLayout<MultibyteContextLayout>.offset(of: \MultibyteContextLayout.stream) ?? 0)
        readyType(t.type)
        m.attribute("MultibyteStreamWriter", t.type.value)
    }
}
