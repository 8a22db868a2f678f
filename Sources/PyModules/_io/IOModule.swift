// `_io`: the module. `open` and its relatives: Open.swift. CPython: Modules/_io/_iomodule.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerIO() {
        registerModule("_io") { vm, module in
            vm.makeIOState()
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("The io module provides the Python interfaces to stream handling. The\nbuiltin open function is defined in this module.\n\nAt the top of the I/O hierarchy is the abstract base class IOBase. It\ndefines the basic interface to a stream. Note, however, that there is no\nseparation between reading and writing to streams; implementations are\nallowed to raise an OSError if they do not support a given operation.\n\nExtending IOBase is RawIOBase which deals simply with the reading and\nwriting of raw bytes to a stream. FileIO subclasses RawIOBase to provide\nan interface to OS files.\n\nBufferedIOBase deals with buffering on a raw byte stream (RawIOBase). Its\nsubclasses, BufferedWriter, BufferedReader, and BufferedRWPair buffer\nstreams that are readable, writable, and both respectively.\nBufferedRandom provides a buffered interface to random access\nstreams. BytesIO is a simple stream of in-memory bytes.\n\nAnother IOBase subclass, TextIOBase, deals with the encoding and decoding\nof streams into text. TextIOWrapper, which extends it, is a buffered text\ninterface to a buffered raw stream (`BufferedIOBase`). Finally, StringIO\nis an in-memory stream for text.\n\nArgument names are not part of the specification, and only the arguments\nof open() are intended to be used as keyword arguments.\n\ndata:\n\nDEFAULT_BUFFER_SIZE\n\n   An int containing the default buffer size used by the module's buffered\n   I/O classes. open() uses the file's blksize (as obtained by os.stat) if\n   possible.\n"))
            m.attribute("DEFAULT_BUFFER_SIZE", Value(small: defaultBufferSize))
            m.attribute("BlockingIOError", vm.exceptionType(.blockingIOError).value)
            do {
                try vm.makeUnsupportedOperation(m)
            } catch { return -1 }
            vm.makeIOBase(m)
            vm.makeRawIOBase(m)
            vm.makeBufferedIOBase(m)
            vm.makeTextIOBase(m)
            vm.makeFileIO(m)
            vm.makeBytesIO(m)
            vm.makeBufferedTypes(m)
            vm.makeBufferedRWPair(m)
            vm.makeNewlineDecoder(m)
            vm.makeTextIOWrapper(m)
            vm.makeStringIO(m)
            vm.defineIOFunctions(m)
            return 0
        }
    }

    /// `class UnsupportedOperation(OSError, ValueError)`: a heap type as in CPython.
    private func makeUnsupportedOperation(_ m: ModuleBuilder) throws(Raised) {
        let type = try newExceptionClass("UnsupportedOperation", module: "io", base: .osError, mixin: .valueError)
        io.pointee.unsupportedOperation = type
        m.attribute("UnsupportedOperation", type)
    }
}
