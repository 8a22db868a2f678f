// `open`, `open_code`, `text_encoding`. CPython: Modules/_io/_iomodule.c. Rules: PEP 3116, PEP 578, PEP 597.
import PyPlatform
import PyRuntime

private struct OpenMode {
    var creating = false, reading = false, writing = false, appending = false, updating = false
    var text = false, binary = false, universal = false
}

extension VM {
    func defineIOFunctions(_ m: ModuleBuilder) {
        m.defN("open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)", "Open file and return a stream.  Raise OSError upon failure.\n\nfile is either a text or byte string giving the name (and the path\nif the file isn't in the current working directory) of the file to\nbe opened or an integer file descriptor of the file to be\nwrapped. (If a file descriptor is given, it is closed when the\nreturned I/O object is closed, unless closefd is set to False.)\n\nmode is an optional string that specifies the mode in which the file\nis opened. It defaults to 'r' which means open for reading in text\nmode.  Other common values are 'w' for writing (truncating the file if\nit already exists), 'x' for creating and writing to a new file, and\n'a' for appending (which on some Unix systems, means that all writes\nappend to the end of the file regardless of the current seek position).\nIn text mode, if encoding is not specified the encoding used is platform\ndependent: locale.getpreferredencoding(False) is called to get the\ncurrent locale encoding. (For reading and writing raw bytes use binary\nmode and leave encoding unspecified.) The available modes are:\n\n========= ===============================================================\nCharacter Meaning\n--------- ---------------------------------------------------------------\n'r'       open for reading (default)\n'w'       open for writing, truncating the file first\n'x'       create a new file and open it for writing\n'a'       open for writing, appending to the end of the file if it exists\n'b'       binary mode\n't'       text mode (default)\n'+'       open a disk file for updating (reading and writing)\n'U'       universal newline mode (deprecated)\n========= ===============================================================\n\nThe default mode is 'rt' (open for reading text). For binary random\naccess, the mode 'w+b' opens and truncates the file to 0 bytes, while\n'r+b' opens the file without truncation. The 'x' mode implies 'w' and\nraises an `FileExistsError` if the file already exists.\n\nPython distinguishes between files opened in binary and text modes,\neven when the underlying operating system doesn't. Files opened in\nbinary mode (appending 'b' to the mode argument) return contents as\nbytes objects without any decoding. In text mode (the default, or when\n't' is appended to the mode argument), the contents of the file are\nreturned as strings, the bytes having been first decoded using a\nplatform-dependent encoding or using the specified encoding if given.\n\n'U' mode is deprecated and will raise an exception in future versions\nof Python.  It has no effect in Python 3.  Use newline to control\nuniversal newlines mode.\n\nbuffering is an optional integer used to set the buffering policy.\nPass 0 to switch buffering off (only allowed in binary mode), 1 to select\nline buffering (only usable in text mode), and an integer > 1 to indicate\nthe size of a fixed-size chunk buffer.  When no buffering argument is\ngiven, the default buffering policy works as follows:\n\n* Binary files are buffered in fixed-size chunks; the size of the buffer\n  is chosen using a heuristic trying to determine the underlying device's\n  \"block size\" and falling back on `io.DEFAULT_BUFFER_SIZE`.\n  On many systems, the buffer will typically be 4096 or 8192 bytes long.\n\n* \"Interactive\" text files (files for which isatty() returns True)\n  use line buffering.  Other text files use the policy described above\n  for binary files.\n\nencoding is the name of the encoding used to decode or encode the\nfile. This should only be used in text mode. The default encoding is\nplatform dependent, but any encoding supported by Python can be\npassed.  See the codecs module for the list of supported encodings.\n\nerrors is an optional string that specifies how encoding errors are to\nbe handled---this argument should not be used in binary mode. Pass\n'strict' to raise a ValueError exception if there is an encoding error\n(the default of None has the same effect), or pass 'ignore' to ignore\nerrors. (Note that ignoring encoding errors can lead to data loss.)\nSee the documentation for codecs.register or run 'help(codecs.Codec)'\nfor a list of the permitted encoding error strings.\n\nnewline controls how universal newlines works (it only applies to text\nmode). It can be None, '', '\\n', '\\r', and '\\r\\n'.  It works as\nfollows:\n\n* On input, if newline is None, universal newlines mode is\n  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n  these are translated into '\\n' before being returned to the\n  caller. If it is '', universal newline mode is enabled, but line\n  endings are returned to the caller untranslated. If it has any of\n  the other legal values, input lines are only terminated by the given\n  string, and the line ending is returned to the caller untranslated.\n\n* On output, if newline is None, any '\\n' characters written are\n  translated to the system default line separator, os.linesep. If\n  newline is '' or '\\n', no translation takes place. If newline is any\n  of the other legal values, any '\\n' characters written are translated\n  to the given string.\n\nIf closefd is False, the underlying file descriptor will be kept open\nwhen the file is closed. This does not work when a file name is given\nand must be True in that case.\n\nA custom opener can be used by passing a callable as *opener*. The\nunderlying file descriptor for the file object is then obtained by\ncalling *opener* with (*file*, *flags*). *opener* must return an open\nfile descriptor (passing os.open as *opener* results in functionality\nsimilar to passing None).\n\nopen() returns a file object whose type depends on the mode, and\nthrough which the standard file operations such as reading and writing\nare performed. When open() is used to open a file in a text mode ('w',\n'r', 'wt', 'rt', etc.), it returns a TextIOWrapper. When used to open\na file in a binary mode, the returned class varies: in read binary\nmode, it returns a BufferedReader; in write binary and append binary\nmodes, it returns a BufferedWriter, and in read/write mode, it returns\na BufferedRandom.\n\nIt is also possible to use a string or bytearray as a file for both\nreading and writing. For strings StringIO can be used like a file\nopened in a text mode, and for bytes a BytesIO can be used like a file\nopened in a binary mode.") { vm, _, a in vm.guarded { () throws(Raised) in try vm.openFile(a) } }
        m.defN("open_code($module, /, path)", "Opens the provided file with the intent to import the contents.\n\nThis may perform extra validation beyond open(), but is otherwise interchangeable\nwith calling open(path, 'rb').") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(a[0]) { throw vm.raise(.typeError, "open_code() argument 'path' must be str, not \(vm.argumentTypeName(a[0]))") }
                return try vm.openBinary(a[0], vm.str("rb" as StaticString))
            }
        }
        m.defN("text_encoding($module, encoding, stacklevel=2, /)", "A helper function to choose the text encoding.\n\nWhen encoding is not None, just return it.\nOtherwise, return the default text encoding (i.e. \"locale\").\n\nThis function emits an EncodingWarning if encoding is None and\nsys.flags.warn_default_encoding is true.\n\nThis can be used in APIs with an encoding=None parameter.\nHowever, please consider using encoding=\"utf-8\" for new APIs.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let level = a[1].isNull ? 2 : try vm.cInt(a[1])
                if !a[0].isNone { return a[0] }
                if try vm.warnsDefaultEncoding() {
                    try vm.warn(.encodingWarning, "'encoding' argument not specified", stackLevel: level)
                }
                return vm.intern("locale")
            }
        }
    }

    private func openBinary(_ path: Value, _ mode: Value) throws(Raised) -> Value {
        let slots = try pushStack(8)
        defer { popStack(slots) }
        slots.update(repeating: .null, count: 8)
        slots[0] = path
        slots[1] = mode
        return try openFile(slots)
    }

    private func parseOpenMode(_ mode: Value) throws(Raised) -> OpenMode {
        var m = OpenMode()
        let text = mode.isNull ? PyStr(latin1(0x72)) : PyStr(mode)
        var seen: UInt32 = 0
        for i in 0..<text.count {
            let c = text[i]
            switch c {
            case 0x78: m.creating = true
            case 0x72: m.reading = true
            case 0x77: m.writing = true
            case 0x61: m.appending = true
            case 0x2B: m.updating = true
            case 0x74: m.text = true
            case 0x62: m.binary = true
            case 0x55:
                m.universal = true
                m.reading = true
            default: throw raise(.valueError, "invalid mode: '\(text.string)'")
            }
            let bit: UInt32 = 1 << (c & 31)
            if seen & bit != 0 { throw raise(.valueError, "invalid mode: '\(text.string)'") }
            seen |= bit
        }
        return m
    }

    /// The arguments of `open`, NULL where not given.
    func openFile(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        if !a[1].isNull && !isStr(a[1]) { throw raise(.typeError, "open() argument 'mode' must be str, not \(argumentTypeName(a[1]))") }
        var buffering = a[2].isNull ? -1 : try cInt(a[2])
        for (i, name) in [(3, "encoding"), (4, "errors"), (5, "newline")] as [(Int, StaticString)] { try checkOptionalStr(a[i], "open", name) }
        let closes = a[6].isNull ? true : try cInt(a[6]) != 0
        var file = a[0]
        if !isInt(file) { file = try fspath(file) }
        let m = try parseOpenMode(a[1])
        try checkOpenMode(m, a)
        var rawMode = ""
        if m.creating { rawMode += "x" }
        if m.reading { rawMode += "r" }
        if m.writing { rawMode += "w" }
        if m.appending { rawMode += "a" }
        if m.updating { rawMode += "+" }
        if m.binary && buffering == 1 {
            try warn(
                .runtimeWarning, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used")
        }
        let raw = newFileIO()
        try openFileIO(PyFileIO(raw), file, mode: str(rawMode), closesDescriptor: closes, opener: a[7])
        var result = raw
        do {
            let isTTY = buffering < 0 && isTerminal(PyFileIO(raw).descriptor)
            let lines = buffering == 1 || isTTY
            if buffering == 1 || buffering < 0 { buffering = PyFileIO(raw).ref.pointee.blockSize }
            if buffering == 0 {
                if !m.binary { throw raise(.valueError, "can't have unbuffered text I/O") }
                return raw
            }
            result = try newBuffered(raw, buffering, reads: m.reading || m.updating, writes: m.creating || m.writing || m.appending || m.updating)
            if m.binary { return result }
            let wrapper = try makeTextIO(
                result, encoding: a[3], errors: a[4], newline: a[5], lineBuffering: lines)
            result = wrapper
            try setAttr(wrapper, ioName(.mode), a[1].isNull ? latin1(0x72) : a[1])
            return wrapper
        } catch {
            let exception = takeRaised()
            do { _ = try callMethod(result, ioName(.close)) } catch { throw chain(exception) }
            throw restoreRaised(exception)
        }
    }

    private func checkOpenMode(_ m: OpenMode, _ a: UnsafeMutablePointer<Value>) throws(Raised) {
        if m.universal {
            if m.creating || m.writing || m.appending || m.updating {
                throw raise(.valueError, "mode U cannot be combined with 'x', 'w', 'a', or '+'")
            }
            try warn(.deprecationWarning, "'U' mode is deprecated")
        }
        if m.text && m.binary { throw raise(.valueError, "can't have text and binary mode at once") }
        let kinds = [m.creating, m.reading, m.writing, m.appending].lazy.filter { $0 }.count
        if kinds > 1 { throw raise(.valueError, "must have exactly one of create/read/write/append mode") }
        if m.binary {
            if !a[3].isNull && !a[3].isNone { throw raise(.valueError, "binary mode doesn't take an encoding argument") }
            if !a[4].isNull && !a[4].isNone { throw raise(.valueError, "binary mode doesn't take an errors argument") }
            if !a[5].isNull && !a[5].isNone { throw raise(.valueError, "binary mode doesn't take a newline argument") }
        }
    }

    func newFileIO() -> Value {
        let type = PyType(io.pointee.fileIO)
        guard let new = type.slots.new else { return .null }
        return new(self, type.value, thread.pointee.stackTop, 0, .null)
    }

    /// The buffer over a FileIO that `open` puts there.
    func newBuffered(_ raw: Value, _ size: Int, reads: Bool, writes: Bool) throws(Raised) -> Value {
        let type = reads && writes ? io.pointee.bufferedRandom : writes ? io.pointee.bufferedWriter : io.pointee.bufferedReader
        let f = PyFileIO(raw)
        if reads && writes, lseek(f.descriptor, 0, SEEK_CUR) < 0 { throw unsupported("File or stream is not seekable.") }
        if size <= 0 { throw raise(.valueError, "buffer size must be strictly positive") }
        let v = newInstance(PyType(type))
        try setUpBuffered(PyBuffered(v), raw, size, readable: reads, writable: writes)
        return v
    }
}
