// `FileIO`: a stream over a file descriptor; opening and closing. Reading, writing, positions: FileIO+Methods.swift.
// CPython: Modules/_io/fileio.c. Rules: PEP 446 (not inherited), PEP 475 (EINTR).
import PyPlatform
import PyRuntime

struct FileIOLayout {
    var type: PyType
    /// -1 = closed.
    var descriptor: Int
    var blockSize: Int
    var created: Bool
    var readable: Bool
    var writable: Bool
    var appending: Bool
    /// -1 = not asked yet.
    var seekable: Int8
    var closesDescriptor: Bool
    var finalizing: Bool
}

struct PyFileIO {
    let ref: UnsafeMutablePointer<FileIOLayout>
    init(_ value: Value) { ref = value.cast(FileIOLayout.self) }
    var value: Value { Value(ref) }
    var descriptor: Int32 { Int32(truncatingIfNeeded: ref.pointee.descriptor) }
    var isClosed: Bool { ref.pointee.descriptor < 0 }

    var mode: StaticString {
        let f = ref.pointee
        if f.created { return f.readable ? "xb+" : "xb" }
        if f.appending { return f.readable ? "ab+" : "ab" }
        if f.readable { return f.writable ? "rb+" : "rb" }
        return "wb"
    }
}

extension VM {
    func makeFileIO(_ m: ModuleBuilder) {
        let t = makeType("FileIO", module: "_io", base: PyType(io.pointee.rawIOBase), size: (MemoryLayout<FileIOLayout>.size + 7) & ~7, trace: .leaf)
        t.statesGetAttribute()
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.doc("Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading,\nwriting, exclusive creation or appending.  The file will be created if it\ndoesn't exist when opened for writing or appending; it will be truncated\nwhen opened for writing.  A FileExistsError will be raised if it already\nexists when opened for creating. Opening a file for creating implies\nwriting so this mode behaves in a similar way to 'w'.Add a '+' to the mode\nto allow simultaneous reading and writing. A custom opener can be used by\npassing a callable as *opener*. The underlying file descriptor for the file\nobject is then obtained by calling opener with (*name*, *flags*).\n*opener* must return an open file descriptor (passing os.open as *opener*\nresults in functionality similar to passing None).", signature: "(file, mode='r', closefd=True, opener=None)")
        io.pointee.fileIO = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in
            let v = vm.newInstance(PyType(type))
            let f = v.cast(FileIOLayout.self)
            f.pointee.descriptor = -1
            f.pointee.seekable = -1
            f.pointee.closesDescriptor = true
            f.pointee.blockSize = defaultBufferSize
            return v
        }
        t.initialize("(file, mode='r', closefd=True, opener=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                if !a[1].isNull && !vm.isStr(a[1]) {
                    throw vm.raise(.typeError, "FileIO() argument 'mode' must be str, not \(vm.argumentTypeName(a[1]))")
                }
                let closes = a[2].isNull ? true : try vm.isTrue(a[2])
                try vm.openFileIO(PyFileIO(v), a[0], mode: a[1], closesDescriptor: closes, opener: a[3])
                return .none
            }
        }
        t.type.slots.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.fileIORepr(PyFileIO(v)) } }
        defineFileIOMethods(t)
        readyType(t.type)
        m.attribute("FileIO", t.type.value)
    }

    // MARK: Opening

    private func parseMode(_ f: PyFileIO, _ mode: Value) throws(Raised) -> Int32 {
        var chosen = false, plus = false
        var flags: Int32 = 0
        let duplicate: StaticString = "Must have exactly one of create/read/write/append mode and at most one plus"
        let text = mode.isNull ? PyStr(latin1(0x72)) : PyStr(mode)
        for i in 0..<text.count {
            switch text[i] {
            case 0x62: continue
            case 0x2B:
                if plus { throw raise(.valueError, "\(duplicate)") }
                f.ref.pointee.readable = true
                f.ref.pointee.writable = true
                plus = true
                continue
            case 0x78, 0x72, 0x77, 0x61:
                if chosen { throw raise(.valueError, "\(duplicate)") }
                chosen = true
            default: throw raise(.valueError, "invalid mode: \(text.string)")
            }
            switch text[i] {
            case 0x78:
                f.ref.pointee.created = true
                f.ref.pointee.writable = true
                flags |= O_EXCL | O_CREAT
            case 0x72: f.ref.pointee.readable = true
            case 0x77:
                f.ref.pointee.writable = true
                flags |= O_CREAT | O_TRUNC
            default:
                f.ref.pointee.writable = true
                f.ref.pointee.appending = true
                flags |= O_APPEND | O_CREAT
            }
        }
        if !chosen { throw raise(.valueError, "\(duplicate)") }
        let access = f.ref.pointee
        flags |= access.readable && access.writable ? O_RDWR : access.readable ? O_RDONLY : O_WRONLY
        return flags | O_CLOEXEC
    }

    func openFileIO(_ f: PyFileIO, _ file: Value, mode: Value, closesDescriptor: Bool, opener: Value) throws(Raised) {
        if !f.isClosed {
            if f.ref.pointee.closesDescriptor { try closeDescriptor(f) } else { f.ref.pointee.descriptor = -1 }
        }
        var given = -1
        if isInt(file) {
            var fits = false
            let n = clampedInt(file, &fits)
            if fits && n < 0 { throw raise(.valueError, "negative file descriptor") }
            if fits && n <= Int(Int32.max) { given = n }
        }
        let path = given < 0 ? try fileSystemPath(file) : []
        f.ref.pointee.created = false
        f.ref.pointee.readable = false
        f.ref.pointee.writable = false
        f.ref.pointee.appending = false
        f.ref.pointee.seekable = -1
        let flags = try parseMode(f, mode)
        try audit("open", tuple(file, mode.isNull ? str("r") : mode, int(Int(flags))))
        if given >= 0 {
            f.ref.pointee.descriptor = given
            f.ref.pointee.closesDescriptor = closesDescriptor
        } else {
            f.ref.pointee.closesDescriptor = true
            if !closesDescriptor { throw raise(.valueError, "Cannot use closefd=False with file name") }
            if opener.isNull || opener.isNone {
                f.ref.pointee.descriptor = try openPath(path, flags, file)
            } else {
                try openByOpener(f, file, flags, opener)
            }
        }
        do { try examine(f, file, isOwn: given < 0) } catch {
            if given >= 0 {
                f.ref.pointee.descriptor = -1
            } else {
                let exception = takeRaised()
                do { try closeDescriptor(f) } catch { throw chain(exception) }
                throw restoreRaised(exception)
            }
            throw Raised()
        }
    }

    /// Runs the collector once where the process is out of descriptors: dropped files hold theirs until then.
    private func openPath(_ path: [UInt8], _ flags: Int32, _ file: Value) throws(Raised) -> Int {
        var collected = false
        while true {
            let (fd, error) = blocking { Int(withPath(path) { open($0, flags, 0o666) }) }
            if fd >= 0 { return fd }
            if error.code == EINTR {
                try interrupted()
                continue
            }
            if error.code == EMFILE && !collected {
                collected = true
                collectGarbage()
                runPendingFinalizers()
                continue
            }
            throw raiseErrno(error, filename: file)
        }
    }

    private func openByOpener(_ f: PyFileIO, _ file: Value, _ flags: Int32, _ opener: Value) throws(Raised) {
        let answer = try call(opener, file, int(Int(flags)))
        if !isInt(answer) { throw raise(.typeError, "expected integer from opener") }
        let fd = try cInt(answer)
        if fd < 0 { throw raise(.valueError, "opener returned \(fd)") }
        f.ref.pointee.descriptor = fd
        let old = fcntl(Int32(fd), F_GETFD)
        if old >= 0 && old & FD_CLOEXEC == 0 { _ = fcntl(Int32(fd), F_SETFD, old | FD_CLOEXEC) }
    }

    private func examine(_ f: PyFileIO, _ file: Value, isOwn: Bool) throws(Raised) {
        f.ref.pointee.blockSize = defaultBufferSize
        do throws(Errno) {
            let status = try FileStatus.of(descriptor: f.descriptor)
            if status.isDirectory { throw Errno(EISDIR) }
            if status.blockSize > 1 { f.ref.pointee.blockSize = Int(status.blockSize) }
        } catch {
            // Other failures of fstat are of no interest here.
            if error.code == EISDIR { throw raiseErrno(error, filename: file) }
            if error.code == EBADF { throw raiseErrno(error) }
        }
        try setAttr(f.value, ioName(.name), file)
        if f.ref.pointee.appending {
            let end = lseek(f.descriptor, 0, SEEK_END)
            f.ref.pointee.seekable = end < 0 ? 0 : 1
            if end < 0 && errno != ESPIPE { throw raiseErrno(Errno.current) }
        }
    }

    /// `os.fspath`, then `fsencode`: the bytes of a path.
    func fileSystemPath(_ file: Value) throws(Raised) -> [UInt8] {
        var path = file
        if !isStr(path) && !isBytes(path) {
            path = try callSpecial(file, intern("__fspath__"))
            if path.isNull { throw raise(.typeError, "expected str, bytes or os.PathLike object, not \(typeName(file))") }
            if !isStr(path) && !isBytes(path) {
                throw raise(.typeError, "expected \(typeName(file)).__fspath__() to return str or bytes, not \(typeName(path))")
            }
        }
        let encoded = isStr(path) ? try systemBytes(path) : path
        let result = Array(PyBytes(encoded).view)
        if result.contains(0) { throw raise(.valueError, "embedded null byte") }
        return result
    }

    // MARK: Closing

    /// Closes the descriptor itself; EINTR is not retried (the descriptor is gone).
    func closeDescriptor(_ f: PyFileIO) throws(Raised) {
        let fd = f.descriptor
        if fd < 0 { return }
        f.ref.pointee.descriptor = -1
        let (answer, error) = blocking { Int(close(fd)) }
        if answer < 0 && error.code != EINTR { throw raiseErrno(error) }
    }

    func closeFileIO(_ f: PyFileIO) throws(Raised) {
        let v = f.value
        var pending = Value.null
        do { _ = try markClosed(v, PyType(io.pointee.rawIOBase)) } catch { pending = takeRaised() }
        if !f.ref.pointee.closesDescriptor {
            f.ref.pointee.descriptor = -1
        } else {
            if f.ref.pointee.finalizing { warnUnclosed(f, v) }
            do { try closeDescriptor(f) } catch { throw chain(pending) }
        }
        if pending.isObject { throw restoreRaised(pending) }
    }

    /// Calls `type.close(v)`.
    private func markClosed(_ v: Value, _ type: PyType) throws(Raised) -> Value {
        try call(getAttr(type.value, ioName(.close)), v)
    }

    /// ResourceWarning "unclosed file <source>"; errors go to the unraisable hook.
    func warnUnclosed(_ f: PyFileIO, _ source: Value) {
        if f.isClosed || !f.ref.pointee.closesDescriptor { return }
        let earlier = takeRaised()
        defer { thread.pointee.raised = earlier }
        do {
            try warn(.resourceWarning, "unclosed file \(try reprText(source))", source: source)
        } catch {
            if raisedMatches(.warning) { writeUnraisable(f.value) } else { clearRaised() }
        }
    }

    private func fileIORepr(_ f: PyFileIO) throws(Raised) -> Value {
        if f.isClosed { return str("<_io.FileIO [closed]>") }
        let closes = f.ref.pointee.closesDescriptor ? "True" : "False"
        let name = try getAttrIfPresent(f.value, ioName(.name))
        if name.isNull { return str("<_io.FileIO fd=\(f.descriptor) mode='\(f.mode)' closefd=\(closes)>") }
        let text = try reprInside(f.value, name)
        return str("<_io.FileIO name=\(text) mode='\(f.mode)' closefd=\(closes)>")
    }

    /// `repr(name)` inside the repr of `v`: RuntimeError where that leads back to `v`.
    func reprInside(_ v: Value, _ name: Value) throws(Raised) -> String {
        if try !enterRepr(v) { throw raise(.runtimeError, "reentrant call inside \(typeName(v)).__repr__") }
        defer { leaveRepr(v) }
        return try reprText(name)
    }
}
