// What compressors and decompressors of `_bz2` and `_lzma` share: the library's stream behind a lock, the input that a limited
// `decompress` left over. CPython: Modules/_bz2module.c, _lzmamodule.c.
import CShims
import PyPlatform
import PyRuntime

/// A stream of a library.
protocol CodingStream: AnyObject {
    /// Gives the library `input` and takes what comes out, `limit` bytes at the most, until the input is used up, the data
    /// end, or the library complains. `finishes`: no more input follows.
    func code(_ input: UnsafeBufferPointer<UInt8>, limit: Int, finishes: Bool) -> CodingResult
    /// About how much memory the library takes for it.
    var nativeBytes: Int { get }
    /// What `decompress` says behind the end of the data.
    var endMessage: String { get }
    /// The exception for a failed call.
    func error(_ vm: VM, _ code: Int32, _ errorType: Value) -> Raised
}

struct CodingResult {
    var output: [UInt8] = []
    /// Input bytes that were not used.
    var rest = 0
    var isAtEnd = false
    /// The output was full: more may come without input.
    var isFull = false
    /// The library's code for a failure; nil: none.
    var failure: Int32?
}

struct CodingLayout {
    var type: PyType
    var unusedData: Value
    var eof: Value
    var needsInput: Value
    /// The module's parts: a tuple of its exception, or None.
    var parts: Value
    /// A retained `CodingObject`.
    var state: UnsafeMutableRawPointer?
    static var size: Int { 48 }
}

/// A stream that threads take turns at.
final class CodingObject {
    let stream: any CodingStream
    let lock = Monitor()
    /// Input that a limited `decompress` did not come to.
    var held: [UInt8] = []
    var isFlushed = false
    init(_ stream: any CodingStream) { self.stream = stream }
}

/// Whether there is memory for an array that grows: twice what it has, for a while beside it.
func mayGrow(_ output: [UInt8], by room: Int) -> Bool {
    output.count + room <= output.capacity || room < 65536 || taipan_has_room(output.count * 2 + room + 1 << 20) != 0
}

/// Appends to `output` in growing steps: `step` is told where to write and how much fits, and returns how much it wrote.
/// False if there is no memory for more.
func appendCoded(_ output: inout [UInt8], limit: Int, _ step: (UnsafeMutablePointer<UInt8>?, Int) -> Int) -> Bool {
    let start = output.count
    let room = min(max(16384, min(start, 1 << 26)), limit - start)
    if !mayGrow(output, by: room) { return false }
    output.append(contentsOf: repeatElement(0, count: room))
    // Safe: `step` writes at most `room` bytes behind `start`.
    let written = output.withUnsafeMutableBufferPointer { step($0.baseAddress.map { $0 + start }, room) }
    output.removeLast(room - written)
    return true
}

extension VM {
    func makeCodingType(_ name: StaticString, module: StaticString, parts: Value) -> TypeBuilder {
        let t = makeType(name, module: module, size: CodingLayout.size, trace: .words, fieldsEnd: 40, flags: [])
        t.type.ref.pointee.cache0 = parts
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(CodingLayout.self)
            if let state = layout.pointee.state { Unmanaged<CodingObject>.fromOpaque(state).release() }
            layout.pointee.state = nil
        }
        t.type.slots.new = { vm, type, _, _, _ in vm.newInstance(PyType(type)) }
        return t
    }

    /// What `__init__` does: the object works on `stream` from now on.
    func startCoding(_ object: Value, _ stream: any CodingStream) -> Value {
        let layout = object.cast(CodingLayout.self)
        layout.pointee.unusedData = state.pointee.emptyBytes
        layout.pointee.eof = .false
        layout.pointee.needsInput = .true
        layout.pointee.parts = type(of: object).ref.pointee.cache0
        noteNativeMemory(stream.nativeBytes)
        let old = layout.pointee.state
        layout.pointee.state = Unmanaged.passRetained(CodingObject(stream)).toOpaque()
        if let old { Unmanaged<CodingObject>.fromOpaque(old).release() }
        return .none
    }

    func codingObject(_ v: Value) throws(Raised) -> CodingObject {
        guard let state = v.cast(CodingLayout.self).pointee.state else { throw raise(.valueError, "the stream was not initialised") }
        return Unmanaged<CodingObject>.fromOpaque(state).takeUnretainedValue()
    }

    private func run(_ object: CodingObject, _ data: Value, limit: Int, finishes: Bool) -> CodingResult {
        let view = PyBytes(data).view
        // Safe: the bytes are in this frame, neither move nor change; the lock keeps other threads out of the stream.
        let result = withoutGIL {
            object.lock.lock()
            defer { object.lock.unlock() }
            return object.stream.code(view, limit: limit, finishes: finishes)
        }
        withExtendedLifetime(data) {}
        return result
    }

    func compressPiece(_ v: Value, _ data: Value) throws(Raised) -> Value {
        let bytes = try bytesFromBuffer(data)
        let object = try codingObject(v)
        if object.isFlushed { throw raise(.valueError, "Compressor has been flushed") }
        return try codingOutput(v, object, run(object, bytes, limit: .max, finishes: false))
    }

    func flushCompressor(_ v: Value) throws(Raised) -> Value {
        let object = try codingObject(v)
        if object.isFlushed { throw raise(.valueError, "Repeated call to flush()") }
        object.isFlushed = true
        return try codingOutput(v, object, run(object, state.pointee.emptyBytes, limit: .max, finishes: true))
    }

    private func codingOutput(_ v: Value, _ object: CodingObject, _ result: CodingResult) throws(Raised) -> Value {
        if let code = result.failure { throw object.stream.error(self, code, PyTuple(v.cast(CodingLayout.self).pointee.parts)[0]) }
        return try bytes(result.output)
    }

    /// `decompress(data, max_length)`. - Throws: EOFError behind the end of the data.
    func decompressPiece(_ v: Value, _ data: Value, limit: Int) throws(Raised) -> Value {
        var bytes = try bytesFromBuffer(data)
        let object = try codingObject(v)
        let layout = v.cast(CodingLayout.self)
        if layout.pointee.eof == .true { throw raise(.eofError, object.stream.endMessage) }
        if !object.held.isEmpty {
            bytes = try self.bytes(object.held + Array(PyBytes(bytes).view))
            object.held = []
        }
        let result = run(object, bytes, limit: limit < 0 ? .max : limit, finishes: false)
        let output = try codingOutput(v, object, result)
        let view = PyBytes(bytes).view
        let tail = UnsafeBufferPointer(rebasing: view[(view.count - result.rest)...])
        if result.isAtEnd {
            layout.pointee.eof = .true
            layout.pointee.needsInput = .false
            if !tail.isEmpty { layout.pointee.unusedData = try self.bytes(tail) }
        } else {
            object.held = Array(tail)
            layout.pointee.needsInput = Value(tail.isEmpty && !result.isFull)
        }
        withExtendedLifetime(bytes) {}
        return output
    }

    func defineCompressorMethods(_ t: TypeBuilder) {
        t.def1("compress($self, data, /)", "Provide data to the compressor object.\n\nReturns a chunk of compressed data if possible, or b'' otherwise.\n\nWhen you have finished providing data to the compressor, call the\nflush() method to finish the compression process.") { vm, v, data in
            vm.guarded { () throws(Raised) in try vm.compressPiece(v, data) }
        }
        t.def0("flush($self, /)", "Finish the compression process.\n\nReturns the compressed data left in internal buffers.\n\nThe compressor object may not be used after this method is called.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.flushCompressor(v) }
        }
    }

    func defineDecompressorMethods(_ t: TypeBuilder) {
        t.defN("decompress($self, /, data, max_length=-1)", "Decompress *data*, returning uncompressed data as bytes.\n\nIf *max_length* is nonnegative, returns at most *max_length* bytes of\ndecompressed data. If this limit is reached and further output can be\nproduced, *self.needs_input* will be set to ``False``. In this case, the next\ncall to *decompress()* may provide *data* as b'' to obtain more of the output.\n\nIf all of the input data was decompressed and returned (either because this\nwas less than *max_length* bytes, or because *max_length* was negative),\n*self.needs_input* will be set to True.\n\nAttempting to decompress data after the end of stream is reached raises an\nEOFError.  Any data found after the end of the stream is ignored and saved in\nthe unused_data attribute.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let limit = a[1].isNull ? -1 : try vm.cSize(a[1])
                return try vm.decompressPiece(v, a[0], limit: limit)
            }
        }
        t.member("eof", offset: 16, doc: "True if the end-of-stream marker has been reached.")
        t.member("unused_data", offset: 8, doc: "Data found after the end of the compressed stream.")
        t.member("needs_input", offset: 24, doc: "True if more input is needed before more decompressed data can be produced.")
    }
}
