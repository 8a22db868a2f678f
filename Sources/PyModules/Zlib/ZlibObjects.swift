// `zlib.Compress` and `zlib.Decompress`. CPython: Modules/zlibmodule.c.
import PyPlatform
import PyRuntime

struct ZlibLayout {
    var type: PyType
    /// The tail of the input that belongs to no stream.
    var unusedData: Value
    /// The input that `max_length` left over.
    var unconsumedTail: Value
    /// True once the end of the data was seen.
    var eof: Value
    /// A retained `ZlibObject`.
    var state: UnsafeMutableRawPointer?
    static var size: Int { 40 }
}

/// A stream that threads take turns at.
final class ZlibObject {
    var stream: ZlibStream
    let lock = Monitor()
    init(_ stream: ZlibStream) { self.stream = stream }
}

extension VM {
    func makeZlibType(_ name: StaticString, compresses: Bool) -> Value {
        let t = makeType(name, module: "zlib", size: ZlibLayout.size, trace: .words, fieldsEnd: 32, flags: .disallowInstantiation)
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(ZlibLayout.self)
            if let state = layout.pointee.state { Unmanaged<ZlibObject>.fromOpaque(state).release() }
            layout.pointee.state = nil
        }
        if compresses { defineCompress(t) } else { defineDecompress(t) }
        t.def0("__copy__($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.copyZlib(v) } }
        t.def1("__deepcopy__($self, memo, /)", "") { vm, v, _ in vm.guarded { () throws(Raised) in try vm.copyZlib(v) } }
        readyType(t.type)
        return t.type.value
    }

    private func newZlib(_ type: Value, _ stream: ZlibStream) -> Value {
        let object = newInstance(PyType(type))
        let layout = object.cast(ZlibLayout.self)
        layout.pointee.unusedData = state.pointee.emptyBytes
        layout.pointee.unconsumedTail = state.pointee.emptyBytes
        layout.pointee.eof = .false
        layout.pointee.state = Unmanaged.passRetained(ZlibObject(stream)).toOpaque()
        noteNativeMemory(stream.compresses ? 256 << 10 : 48 << 10)
        return object
    }

    private func zlibObject(_ v: Value) throws(Raised) -> ZlibObject {
        guard let state = v.cast(ZlibLayout.self).pointee.state else { throw raise(.valueError, "Inconsistent stream state") }
        return Unmanaged<ZlibObject>.fromOpaque(state).takeUnretainedValue()
    }

    private func zlibErrorType(_ v: Value) -> Value { PyTuple(type(of: v).ref.pointee.cache0)[0] }

    func newCompressor(_ parts: PyTuple, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let level = try cInt32(a[0], default: -1), method = try cInt32(a[1], default: 8), bits = try cInt32(a[2], default: 15)
        let memory = try cInt32(a[3], default: 8), strategy = try cInt32(a[4], default: 0)
        let dictionary = a[5].isNull || a[5].isNone ? Value.null : try bytesFromBuffer(a[5])
        guard let library = ZlibLibrary.shared else { return .none }
        if dictionary.isObject, PyBytes(dictionary).count > Z.most { throw raise(.overflowError, "zdict length does not fit in an unsigned int") }
        let z = ZlibStream(library, compresses: true)
        switch z.openDeflate(level: level, method: method, bits: bits, memory: memory, strategy: strategy) {
        case Z.ok: break
        case Z.memoryError: throw raise(.memoryError, "Can't allocate memory for compression object")
        case Z.streamError: throw raise(.valueError, "Invalid initialization option")
        case let code: throw zlibError(parts[0], z.stream, code, "while creating compression object")
        }
        if dictionary.isObject {
            let view = PyBytes(dictionary).view
            switch library.deflateSetDictionary(z.stream, view.baseAddress, UInt32(view.count)) {
            case Z.ok: break
            case Z.streamError: throw raise(.valueError, "Invalid dictionary")
            default: throw raise(.valueError, "deflateSetDictionary()")
            }
        }
        return newZlib(parts[1], z)
    }

    func newDecompressor(_ parts: PyTuple, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let bits = try cInt32(a[0], default: 15)
        var dictionary: [UInt8]?
        if !a[1].isNull {
            if type(of: a[1]).slots.buffer == nil { throw raise(.typeError, "zdict argument must support the buffer protocol") }
            dictionary = Array(PyBytes(try bytesFromBuffer(a[1])).view)
            if let dictionary, dictionary.count > Z.most { throw raise(.overflowError, "zdict length does not fit in an unsigned int") }
        }
        guard let library = ZlibLibrary.shared else { return .none }
        let z = ZlibStream(library, compresses: false)
        z.dictionary = dictionary
        switch z.openInflate(bits: bits) {
        case Z.ok: break
        case Z.memoryError: throw raise(.memoryError, "Can't allocate memory for decompression object")
        case Z.streamError: throw raise(.valueError, "Invalid initialization option")
        case let code: throw zlibError(parts[0], z.stream, code, "while creating decompression object")
        }
        // A raw stream does not ask for its dictionary.
        if dictionary != nil, bits < 0 {
            let code = z.setInflateDictionary()
            if code != Z.ok { throw zlibError(parts[0], z.stream, code, "while setting zdict") }
        }
        return newZlib(parts[2], z)
    }

    /// Runs `body` with the object to itself.
    private func locked<T>(_ object: ZlibObject, _ data: Value, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let view = PyBytes(data).view
        // Safe: as in `unlockedData`; the lock keeps another thread out of the stream meanwhile.
        let result = withoutGIL {
            object.lock.lock()
            defer { object.lock.unlock() }
            return body(view)
        }
        withExtendedLifetime(data) {}
        return result
    }

    private func copyZlib(_ v: Value) throws(Raised) -> Value {
        let object = try zlibObject(v)
        let layout = v.cast(ZlibLayout.self)
        guard object.stream.isOpen else { throw raise(.valueError, "Inconsistent stream state") }
        let (copy, code) = locked(object, state.pointee.emptyBytes) { _ in object.stream.copy() }
        guard let copy else {
            switch code {
            case Z.streamError: throw raise(.valueError, "Inconsistent stream state")
            case Z.memoryError: throw raise(.memoryError, object.stream.compresses ? "Can't allocate memory for compression object" : "Can't allocate memory for decompression object")
            default: throw zlibError(zlibErrorType(v), object.stream.stream, code, object.stream.compresses ? "while copying compression object" : "while copying decompression object")
            }
        }
        let made = newZlib(type(of: v).value, copy)
        let other = made.cast(ZlibLayout.self)
        other.pointee.unusedData = layout.pointee.unusedData
        other.pointee.unconsumedTail = layout.pointee.unconsumedTail
        other.pointee.eof = layout.pointee.eof
        return made
    }

    private func defineCompress(_ t: TypeBuilder) {
        t.def1("compress($self, data, /)", "Returns a bytes object containing compressed data.\n\n  data\n    Binary data to be compressed.\n\nAfter calling this function, some of the input data may still\nbe stored in internal buffers for later processing.\nCall the flush() method to clear these buffers.") { vm, v, data in
            vm.guarded { () throws(Raised) in
                let data = try vm.bytesFromBuffer(data)
                let object = try vm.zlibObject(v)
                let (output, code) = vm.locked(object, data) { object.stream.deflate($0, flush: Z.noFlush) }
                if code == Z.streamError { throw vm.zlibError(vm.zlibErrorType(v), object.stream.stream, code, "while compressing data") }
                return try vm.bytes(output)
            }
        }
        t.defN("flush($self, mode=zlib.Z_FINISH, /)", "Return a bytes object containing any remaining compressed data.\n\n  mode\n    One of the constants Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH.\n    If mode == Z_FINISH, the compressor object can no longer be\n    used after calling the flush() method.  Otherwise, more data\n    can still be compressed.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let mode = try vm.cInt32(a[0], default: Z.finish)
                if mode == Z.noFlush { return vm.state.pointee.emptyBytes }
                let object = try vm.zlibObject(v)
                let (output, code) = vm.locked(object, vm.state.pointee.emptyBytes) { object.stream.deflate($0, flush: mode) }
                if code == Z.streamError { throw vm.zlibError(vm.zlibErrorType(v), object.stream.stream, code, "while flushing") }
                if code == Z.streamEnd && mode == Z.finish {
                    let last = object.stream.end()
                    if last != Z.ok { throw vm.zlibError(vm.zlibErrorType(v), object.stream.stream, last, "while finishing compression") }
                } else if code != Z.ok && code != Z.bufferError {
                    throw vm.zlibError(vm.zlibErrorType(v), object.stream.stream, code, "while flushing")
                }
                return try vm.bytes(output)
            }
        }
        t.def0("copy($self, /)", "Return a copy of the compression object.") { vm, v in vm.guarded { () throws(Raised) in try vm.copyZlib(v) } }
    }

    private func defineDecompress(_ t: TypeBuilder) {
        t.defN("decompress($self, data, /, max_length=0)", "Return a bytes object containing the decompressed version of the data.\n\n  data\n    The binary data to decompress.\n  max_length\n    The maximum allowable length of the decompressed data.\n    Unconsumed input data will be stored in\n    the unconsumed_tail attribute.\n\nAfter calling this function, some of the input data may still be stored in\ninternal buffers for later processing.\nCall the flush() method to clear these buffers.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let limit = a[1].isNull ? 0 : try vm.cSize(a[1])
                let data = try vm.bytesFromBuffer(a[0])
                if limit < 0 { throw vm.raise(.valueError, "max_length must be non-negative") }
                let object = try vm.zlibObject(v)
                let (output, code, rest) = vm.locked(object, data) { object.stream.inflate($0, limit: limit == 0 ? .max : limit, finishes: false) }
                if rest < 0 { throw vm.inflateError(v, object, code) }
                try vm.keepRest(v, data, rest, atEnd: code == Z.streamEnd)
                return try vm.bytes(output)
            }
        }
        t.defN("flush($self, length=zlib.DEF_BUF_SIZE, /)", "Return a bytes object containing any remaining decompressed data.\n\n  length\n    the initial size of the output buffer.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let length = a[0].isNull ? Z.defaultBuffer : try vm.cSize(a[0])
                if length <= 0 { throw vm.raise(.valueError, "length must be greater than zero") }
                let object = try vm.zlibObject(v)
                let data = v.cast(ZlibLayout.self).pointee.unconsumedTail
                let (output, code, rest) = vm.locked(object, data) { object.stream.inflate($0, limit: .max, finishes: true) }
                if rest >= 0 {
                    try vm.keepRest(v, data, rest, atEnd: code == Z.streamEnd)
                } else if code == Z.needDictionary || code == Z.memoryError {
                    throw vm.inflateError(v, object, code)
                }
                if code == Z.streamEnd {
                    let last = object.stream.end()
                    if last != Z.ok { throw vm.zlibError(vm.zlibErrorType(v), object.stream.stream, last, "while finishing decompression") }
                }
                return try vm.bytes(output)
            }
        }
        t.def0("copy($self, /)", "Return a copy of the decompression object.") { vm, v in vm.guarded { () throws(Raised) in try vm.copyZlib(v) } }
        t.member("unused_data", offset: 8)
        t.member("unconsumed_tail", offset: 16)
        t.member("eof", offset: 24)
    }

    private func inflateError(_ v: Value, _ object: ZlibObject, _ code: Int32) -> Raised {
        if code == Z.memoryError { return raiseMemoryError() }
        return zlibError(zlibErrorType(v), object.stream.stream, code, "while decompressing data")
    }

    /// Files the last `rest` bytes of the input: behind the end of the data they are nobody's, before it they must come again.
    private func keepRest(_ v: Value, _ data: Value, _ rest: Int, atEnd: Bool) throws(Raised) {
        let layout = v.cast(ZlibLayout.self)
        let view = PyBytes(data).view
        let tail = UnsafeBufferPointer(rebasing: view[(view.count - min(rest, view.count))...])
        if atEnd {
            if tail.count > 0 { layout.pointee.unusedData = try bytes(Array(PyBytes(layout.pointee.unusedData).view) + Array(tail)) }
            layout.pointee.unconsumedTail = state.pointee.emptyBytes
            layout.pointee.eof = .true
        } else if rest > 0 || PyBytes(layout.pointee.unconsumedTail).count > 0 {
            layout.pointee.unconsumedTail = try bytes(tail)
        }
        withExtendedLifetime(data) {}
    }
}
