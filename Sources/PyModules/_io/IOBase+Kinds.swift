// `_BufferedIOBase` and `_TextIOBase`: the operations that subclasses must bring themselves.
// CPython: Modules/_io/bufferedio.c, textio.c.
import PyRuntime

extension VM {
    func makeBufferedIOBase(_ m: ModuleBuilder) {
        let t = makeType("_BufferedIOBase", module: "_io", base: PyType(io.pointee.ioBase))
        t.doc("Base class for buffered IO objects.\n\nThe main difference with RawIOBase is that the read() method\nsupports omitting the size argument, and does not have a default\nimplementation that defers to readinto().\n\nIn addition, read(), readinto() and write() may raise\nBlockingIOError if the underlying raw stream is in non-blocking\nmode and not ready; unlike their raw counterparts, they will never\nreturn None.\n\nA typical implementation should not inherit from a RawIOBase\nimplementation, but wrap one.\n")
        io.pointee.bufferedIOBase = t.type.value
        t.def0("detach($self, /)", "Disconnect this buffer from its underlying raw stream and return it.\n\nAfter the raw stream has been detached, the buffer is in an unusable\nstate.") { vm, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("detach") } }
        t.defV("-read(...)", "Read and return up to n bytes.\n\nIf the argument is omitted, None, or negative, reads and\nreturns all data until EOF.\n\nIf the argument is positive, and the underlying raw stream is\nnot 'interactive', multiple raw reads may be issued to satisfy\nthe byte count (unless EOF is reached first).  But for\ninteractive raw streams (as well as sockets and pipes), at most\none raw read will be issued, and a short result does not imply\nthat EOF is imminent.\n\nReturns an empty bytes object on EOF.\n\nReturns None if the underlying raw stream was open in non-blocking\nmode and no data is available at the moment.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("read") } }
        t.defV("-read1(...)", "Read and return up to n bytes, with at most one read() call\nto the underlying raw stream. A short result does not imply\nthat EOF is imminent.\n\nReturns an empty bytes object on EOF.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("read1") } }
        t.def1("readinto($self, buffer, /)", "") { vm, v, buffer in
            vm.guarded { () throws(Raised) in try vm.readintoByRead(v, buffer, .read, "readinto") }
        }
        t.def1("readinto1($self, buffer, /)", "") { vm, v, buffer in
            vm.guarded { () throws(Raised) in try vm.readintoByRead(v, buffer, .read1, "readinto1") }
        }
        t.defV("-write(...)", "Write the given buffer to the IO stream.\n\nReturns the number of bytes written, which is always the length of b\nin bytes.\n\nRaises BlockingIOError if the buffer is full and the\nunderlying raw stream cannot accept more data at the moment.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("write") } }
        readyType(t.type)
        m.attribute("_BufferedIOBase", t.type.value)
    }

    private func readintoByRead(_ v: Value, _ buffer: Value, _ method: IOName, _ name: StaticString) throws(Raised) -> Value {
        try withWritableBuffer(buffer, name) { target, count throws(Raised) in
            let data = try self.callMethod(v, self.ioName(method), self.int(count))
            if !self.isBytes(data) { throw self.raise(.typeError, "read() should return bytes") }
            let view = PyBytes(data).view
            if view.count > count {
                throw self.raise(.valueError, "read() returned too much data: \(count) bytes requested, \(view.count) returned")
            }
            if let source = view.baseAddress, let target { target.copyMemory(from: source, byteCount: view.count) }
            return self.int(view.count)
        }
    }

    func makeTextIOBase(_ m: ModuleBuilder) {
        let t = makeType("_TextIOBase", module: "_io", base: PyType(io.pointee.ioBase))
        t.doc("Base class for text I/O.\n\nThis class provides a character and line based interface to stream\nI/O. There is no readinto method because Python's character strings\nare immutable.\n")
        io.pointee.textIOBase = t.type.value
        t.defV("-detach(...)", "Separate the underlying buffer from the TextIOBase and return it.\n\nAfter the underlying buffer has been detached, the TextIO is in an\nunusable state.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("detach") } }
        t.defV("-read(...)", "Read at most n characters from stream.\n\nRead from underlying buffer until we have n characters or we hit EOF.\nIf n is negative or omitted, read until EOF.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("read") } }
        t.defV("-readline(...)", "Read until newline or EOF.\n\nReturns an empty string if EOF is hit immediately.\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("readline") } }
        t.defV("-write(...)", "Write string to stream.\nReturns the number of characters written (which is always equal to\nthe length of the string).\n") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("write") } }
        t.getset("encoding", "Encoding of the text stream.\n\nSubclasses should override.\n", get: { _, _ in .none })
        t.getset("newlines", "Line endings translated so far.\n\nOnly line endings translated during reading are considered.\n\nSubclasses should override.\n", get: { _, _ in .none })
        t.getset("errors", "The error setting of the decoder or encoder.\n\nSubclasses should override.\n", get: { _, _ in .none })
        readyType(t.type)
        m.attribute("_TextIOBase", t.type.value)
    }
}
