// `FileIO`: reading, writing, positions, attributes. CPython: Modules/_io/fileio.c.
import PyPlatform
import PyRuntime

extension VM {
    func defineFileIOMethods(_ t: TypeBuilder) {
        defineFileIOTransfer(t)
        defineFileIOPositions(t)
        defineFileIOState(t)
    }

    private func defineFileIOTransfer(_ t: TypeBuilder) {
        t.defN("read($self, size=-1, /)", "Read at most size bytes, returned as bytes.\n\nOnly makes one system call, so less data may be returned than requested.\nIn non-blocking mode, returns None if no data is available.\nReturn an empty bytes object at EOF.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                let size = try vm.optionalSize(a[0])
                if f.isClosed { throw vm.closedFile() }
                if !f.ref.pointee.readable { throw vm.unsupported("File not open for reading") }
                return size < 0 ? try vm.fileReadAll(f) : try vm.fileRead(f, size)
            }
        }
        t.def0("readall($self, /)", "Read all data from the file, returned as bytes.\n\nIn non-blocking mode, returns as much as is immediately available,\nor None if no data is available.  Return an empty bytes object at EOF.") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return try vm.fileReadAll(PyFileIO(v))
            }
        }
        t.def1("readinto($self, buffer, /)", "Same as RawIOBase.readinto().") { vm, v, buffer in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                return try vm.withWritableBuffer(buffer, "readinto") { target, count throws(Raised) in
                    if f.isClosed { throw vm.closedFile() }
                    if !f.ref.pointee.readable { throw vm.unsupported("File not open for reading") }
                    return vm.countOrNone(try vm.fileRead(f, into: target, count))
                }
            }
        }
        t.def1("write($self, b, /)", "Write buffer b to file, return number of bytes written.\n\nOnly makes one system call, so not all of the data may be written.\nThe number of bytes actually written is returned.  In non-blocking mode,\nreturns None if the write would block.") { vm, v, data in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                return try vm.withReadableBuffer(data) { view throws(Raised) in
                    if f.isClosed { throw vm.closedFile() }
                    if !f.ref.pointee.writable { throw vm.unsupported("File not open for writing") }
                    let put = try vm.fileWrite(f, view.baseAddress, view.count)
                    // A signal may have cut it short: its handler runs here, not a few instructions later.
                    if let put, put < view.count { try vm.interrupted() }
                    return vm.countOrNone(put)
                }
            }
        }
    }

    /// nil (would block) is None.
    func countOrNone(_ count: Int?) -> Value { count.map { int($0) } ?? .none }

    /// One `read`. nil = would block.
    func fileRead(_ f: PyFileIO, into target: UnsafeMutableRawPointer?, _ count: Int) throws(Raised) -> Int? {
        let fd = f.descriptor
        // A place to point at where there is none: reading nothing still reports errors.
        var nothing: UInt8 = 0
        while true {
            let (got, error) = blocking {
                if let target { return read(fd, target, min(count, maxTransfer)) }
                return read(fd, &nothing, 0)
            }
            if got >= 0 { return got }
            switch error.code {
            case EINTR: try interrupted()
            case EAGAIN: return nil
            default: throw raiseErrno(error)
            }
        }
    }

    /// One `write`. nil = would block.
    func fileWrite(_ f: PyFileIO, _ source: UnsafePointer<UInt8>?, _ count: Int) throws(Raised) -> Int? {
        let fd = f.descriptor
        var nothing: UInt8 = 0
        while true {
            let (put, error) = blocking {
                if let source { return write(fd, source, min(count, maxTransfer)) }
                return write(fd, &nothing, 0)
            }
            if put >= 0 { return put }
            switch error.code {
            case EINTR: try interrupted()
            case EAGAIN: return nil
            default: throw raiseErrno(error)
            }
        }
    }

    func fileRead(_ f: PyFileIO, _ size: Int) throws(Raised) -> Value {
        let size = min(size, maxTransfer)
        if size == 0 {
            guard try fileRead(f, into: nil, 0) != nil else { return .none }
            return state.pointee.emptyBytes
        }
        let made = try newBytes(count: size)
        guard let got = try fileRead(f, into: UnsafeMutableRawPointer(made.bytes), size) else { return .none }
        return try trimmed(made, got)
    }

    /// The first `count` bytes of a bytes object nobody has seen yet: in place where little would be wasted. May collect.
    func trimmed(_ made: PyBytes, _ count: Int) throws(Raised) -> Value {
        if count == made.count { return made.value }
        if count < made.count - made.count >> 3 { return try bytes(UnsafeBufferPointer(rebasing: made.view[0..<count])) }
        if count == 0 { return state.pointee.emptyBytes }
        made.ref.pointee.count = count
        made.bytes[count] = 0
        return made.value
    }

    /// Everything to the end: the size of a regular file says how much to ask for.
    func fileReadAll(_ f: PyFileIO) throws(Raised) -> Value {
        var room = 8192
        if let status = try? FileStatus.of(descriptor: f.descriptor) {
            let at = Int(lseek(f.descriptor, 0, SEEK_CUR))
            let size = Int(status.size)
            // One byte more, so that one read meets the end.
            if size > 0 && at >= 0 && at <= size && size - at < 1 << 40 { room = max(size - at + 1, 1) }
        }
        var made = try newBytes(count: room)
        var filled = 0
        while true {
            if filled >= made.count {
                let larger = try newBytes(count: grown(made.count))
                larger.bytes.update(from: made.bytes, count: filled)
                made = larger
            }
            guard let got = try fileRead(f, into: UnsafeMutableRawPointer(made.bytes + filled), made.count - filled) else {
                if filled > 0 { break }
                return .none
            }
            if got == 0 { break }
            filled += got
        }
        return try trimmed(made, filled)
    }

    private func grown(_ size: Int) -> Int { size < 65536 ? size + max(256, size) : size < 1 << 26 ? size * 2 : size + size >> 3 }

    // MARK: Positions

    private func defineFileIOPositions(_ t: TypeBuilder) {
        t.defN("seek($self, pos, whence=0, /)", "Move to new file position and return the file position.\n\nArgument offset is a byte count.  Optional argument whence defaults to\nSEEK_SET or 0 (offset from start of file, offset should be >= 0); other values\nare SEEK_CUR or 1 (move relative to current position, positive or negative),\nand SEEK_END or 2 (move relative to end of file, usually negative, although\nmany platforms allow seeking beyond the end of a file).\n\nNote that not all file objects are seekable.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                let whence = try vm.cInt(a[1])
                if f.isClosed { throw vm.closedFile() }
                return vm.int(try vm.fileSeek(f, try vm.offset(a[0]), whence))
            }
        }
        t.def0("tell($self, /)", "Current file position.\n\nCan raise OSError for non seekable files.") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return vm.int(try vm.fileSeek(PyFileIO(v), 0, 1))
            }
        }
        t.defN("truncate($self, size=None, /)", "Truncate the file to at most size bytes and return the truncated size.\n\nSize defaults to the current file position, as returned by tell().\nThe current file position is changed to the value of size.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                if f.isClosed { throw vm.closedFile() }
                if !f.ref.pointee.writable { throw vm.unsupported("File not open for writing") }
                let size = a[0].isNull || a[0].isNone ? try vm.fileSeek(f, 0, 1) : try vm.offset(a[0])
                while true {
                    let (answer, error) = vm.blocking { Int(ftruncate(f.descriptor, off_t(size))) }
                    if answer == 0 { break }
                    if error.code != EINTR { throw vm.raiseErrno(error) }
                    try vm.interrupted()
                }
                return vm.int(size)
            }
        }
    }

    func fileSeek(_ f: PyFileIO, _ position: Int, _ whence: Int) throws(Raised) -> Int {
        let (at, error) = blocking { Int(lseek(f.descriptor, off_t(position), Int32(truncatingIfNeeded: whence))) }
        if f.ref.pointee.seekable < 0 { f.ref.pointee.seekable = at >= 0 ? 1 : 0 }
        if at < 0 { throw raiseErrno(error) }
        return at
    }

    // MARK: State

    private func defineFileIOState(_ t: TypeBuilder) {
        t.def0("close($self, /)", "Close the file.\n\nA closed file cannot be used for further I/O operations.  close() may be\ncalled more than once without error.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.closeFileIO(PyFileIO(v))
                return .none
            }
        }
        t.def0("seekable($self, /)", "True if file supports random-access.") { vm, v in
            vm.guarded { () throws(Raised) in
                let f = PyFileIO(v)
                if f.isClosed { throw vm.closedFile() }
                if f.ref.pointee.seekable < 0 { f.ref.pointee.seekable = lseek(f.descriptor, 0, SEEK_CUR) < 0 ? 0 : 1 }
                return Value(f.ref.pointee.seekable == 1)
            }
        }
        t.def0("readable($self, /)", "True if file was opened in a read mode.") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return Value(PyFileIO(v).ref.pointee.readable)
            }
        }
        t.def0("writable($self, /)", "True if file was opened in a write mode.") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return Value(PyFileIO(v).ref.pointee.writable)
            }
        }
        t.def0("fileno($self, /)", "Return the underlying file descriptor (an integer).") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return vm.int(PyFileIO(v).ref.pointee.descriptor)
            }
        }
        t.def0("isatty($self, /)", "True if the file is connected to a TTY device.") { vm, v in
            vm.guarded { () throws(Raised) in
                if PyFileIO(v).isClosed { throw vm.closedFile() }
                return Value(isTerminal(PyFileIO(v).descriptor))
            }
        }
        t.def1("-_dealloc_warn($self, source, /)", "") { vm, v, source in
            vm.warnUnclosed(PyFileIO(v), source)
            return .none
        }
        t.computedMember("_blksize", nil, get: { vm, v in vm.int(PyFileIO(v).ref.pointee.blockSize) }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                PyFileIO(v).ref.pointee.blockSize = try vm.indexInt(value) & 0xFFFF_FFFF
            }
        })
        t.computedMember("_finalizing", nil, get: { _, v in Value(PyFileIO(v).ref.pointee.finalizing) }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                if !value.isBool { throw vm.raise(.typeError, "attribute value type must be bool") }
                PyFileIO(v).ref.pointee.finalizing = value.isTrue
            }
        })
        t.getset("closed", "True if the file is closed", get: { _, v in Value(PyFileIO(v).isClosed) })
        t.getset("closefd", "True if the file descriptor will be closed by close().", get: { _, v in Value(PyFileIO(v).ref.pointee.closesDescriptor) })
        t.getset("mode", "String giving the file mode", get: { vm, v in vm.str(PyFileIO(v).mode) })
    }
}

/// What one system call moves at most.
private var maxTransfer: Int { Int(Int32.max) & ~4095 }
