// Running a multibyte codec with an error handler. The rules differ a little from the other codecs': a handler's
// replacement for encoding may be bytes, text is encoded strictly, and the exception's object cannot be exchanged.
// CPython: Modules/cjkcodecs/multibytecodec.c (multibytecodec_encerror, multibytecodec_decerror).
import PyRuntime
import PyUnicode

/// A text on its way out.
struct MultibyteEncoding {
    let codec: MultibyteCodec
    /// NULL = strict, or a str.
    let errors: Value
    var state: UInt64
    /// How many code points were consumed.
    var at = 0
    /// The exception of the first failure, which the later ones change and show again. On the stack only.
    var exception = Value.null
}

/// Bytes on their way in. `view` stays valid while `object`, which the caller holds, lends it.
struct MultibyteDecoding {
    let codec: MultibyteCodec
    let errors: Value
    var state: UInt64
    /// What lent the bytes, for the exception; any buffer.
    let object: Value
    let view: UnsafeBufferPointer<UInt8>
    var at = 0
    /// As in `MultibyteEncoding`.
    var exception = Value.null
}

private enum Handling {
    case strict, ignore, replace, other

    init(_ vm: VM, _ errors: Value) {
        guard vm.isStr(errors) else { self = .strict; return }
        switch PyStr(errors).string {
        case "strict": self = .strict
        case "ignore": self = .ignore
        case "replace": self = .replace
        default: self = .other
        }
    }
}

extension VM {
    // MARK: Encoding

    /// The bytes of `text` from `run.at` on. `final`: nothing is held back, and the encoding ends in ASCII.
    func encode(_ text: PyStr, _ run: inout MultibyteEncoding, final: Bool) throws(Raised) -> Value {
        var out = ByteBuilder(capacity: text.count + 16)
        if out.isExhausted { throw raiseMemoryError() }
        while let failure = run.codec.encode(text.view, at: &run.at, into: &out, state: &run.state, final: final) {
            try handleEncoding(failure, text, &run, &out)
        }
        if final { run.codec.resetEncoder(&run.state, into: &out) }
        return try bytes(out)
    }

    private func handleEncoding(
        _ failure: CodecFailure, _ text: PyStr, _ run: inout MultibyteEncoding, _ out: inout ByteBuilder
    ) throws(Raised) {
        switch Handling(self, run.errors) {
        case .strict: throw setRaised(try unicodeError(.unicodeEncodeError, run.codec, text.value, failure, &run.exception))
        case .ignore: run.at = failure.end
        case .replace:
            var mark: UInt8 = 0x3F
            let ok = withUnsafePointer(to: &mark) { p in
                var at = 0
                let view = TextView(base: UnsafeRawPointer(p), count: 1, kind: 1)
                return run.codec.encode(view, at: &at, into: &out, state: &run.state) == nil
            }
            if !ok { out.append(0x3F) }
            run.at = failure.end
        case .other:
            let exception = try unicodeError(.unicodeEncodeError, run.codec, text.value, failure, &run.exception)
            let answer = try call(try lookupErrorHandler(PyStr(run.errors)), exception)
            guard isTuple(answer), PyTuple(answer).count == 2, isInt(PyTuple(answer)[1]),
                isStr(PyTuple(answer)[0]) || isBytes(PyTuple(answer)[0])
            else { throw raise(.typeError, "encoding error handler must return (str, int) tuple") }
            let replacement = PyTuple(answer)[0]
            if isBytes(replacement) {
                out.append(PyBytes(replacement).view)
            } else {
                var at = 0
                if let bad = run.codec.encode(PyStr(replacement).view, at: &at, into: &out, state: &run.state) {
                    var fresh = Value.null
                    throw setRaised(try unicodeError(.unicodeEncodeError, run.codec, replacement, bad, &fresh))
                }
            }
            run.at = try handlerPosition(PyTuple(answer)[1], text.count)
        }
    }

    // MARK: Decoding

    /// Decodes to the end of the input.
    func decodeAll(_ run: inout MultibyteDecoding, into out: inout TextBuilder) throws(Raised) {
        while let failure = run.codec.decode(run.view, at: &run.at, into: &out, state: &run.state) {
            try handleDecoding(failure, &run, &out)
        }
    }

    /// Decodes what is complete; the rest stays (`run.at < run.view.count`).
    func decodeComplete(_ run: inout MultibyteDecoding, into out: inout TextBuilder) throws(Raised) {
        while let failure = run.codec.decode(run.view, at: &run.at, into: &out, state: &run.state, final: false) {
            try handleDecoding(failure, &run, &out)
        }
    }

    /// The input ends here: what is left is an error.
    func decodeRest(_ run: inout MultibyteDecoding, into out: inout TextBuilder) throws(Raised) {
        if run.at < run.view.count {
            try handleDecoding(CodecFailure(run.at, run.view.count, "incomplete multibyte sequence"), &run, &out)
        }
    }

    private func handleDecoding(_ failure: CodecFailure, _ run: inout MultibyteDecoding, _ out: inout TextBuilder) throws(Raised) {
        let handling = Handling(self, run.errors)
        switch handling {
        case .ignore: run.at = failure.end
        case .replace:
            out.append(0xFFFD)
            run.at = failure.end
        case .strict, .other:
            let source = !run.exception.isNull || run.object.isExactly(types.bytes) ? run.object : try bytes(run.view)
            let exception = try unicodeError(.unicodeDecodeError, run.codec, source, failure, &run.exception)
            if handling == .strict { throw setRaised(exception) }
            let answer = try call(try lookupErrorHandler(PyStr(run.errors)), exception)
            guard isTuple(answer), PyTuple(answer).count == 2, isInt(PyTuple(answer)[1]), isStr(PyTuple(answer)[0]) else {
                throw raise(.typeError, "decoding error handler must return (str, int) tuple")
            }
            out.append(PyStr(PyTuple(answer)[0]).view)
            run.at = try handlerPosition(PyTuple(answer)[1], run.view.count)
        }
    }

    // MARK: Both

    private func unicodeError(
        _ kind: ExceptionKind, _ codec: MultibyteCodec, _ object: Value, _ failure: CodecFailure, _ known: inout Value
    ) throws(Raised) -> Value {
        if !known.isNull {
            try setAttr(known, intern("start"), int(failure.start))
            try setAttr(known, intern("end"), int(failure.end))
            try setAttr(known, intern("reason"), str(failure.reason))
            return known
        }
        let args = try newTuple(5)
        args[0] = str(codec.name)
        args[1] = object
        args[2] = int(failure.start)
        args[3] = int(failure.end)
        args[4] = str(failure.reason)
        known = try callWithTuple(exceptionType(kind).value, args.value)
        return known
    }

    private func handlerPosition(_ value: Value, _ count: Int) throws(Raised) -> Int {
        var fits = false
        var at = clampedInt(value, &fits)
        // A number beyond a word counts as -1, unadjusted.
        if !fits { at = -1 } else if at < 0 { at += count }
        guard at >= 0 && at <= count else { throw raise(.indexError, "position \(at) from error handler out of bounds") }
        return at
    }
}
