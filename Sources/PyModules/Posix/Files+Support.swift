// What the file functions of `posix` share. CPython: Modules/posixmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    func workingDirectory(asBytes: Bool) throws(Raised) -> Value {
        let path: [UInt8]
        do { path = try currentDirectory() } catch { throw osError(error.code) }
        return try fileSystemResult(path, asBytes: asBytes)
    }

    func unlinkFile(_ a: UnsafeMutablePointer<Value>, _ name: StaticString) throws(Raised) -> Value {
        let path = try osPath(a[0], name), directory = try directory(a[1])
        let result = unlocked { Int(taipan_unlink(directory, path.c, 0)) }
        if result.failed { throw osError(result.code, path) }
        return .none
    }

    func renameFile(_ a: UnsafeMutablePointer<Value>, _ name: StaticString) throws(Raised) -> Value {
        let from = try osPath(a[0], name, "src"), to = try osPath(a[1], name, "dst")
        let fromDirectory = try directory(a[2]), toDirectory = try directory(a[3])
        let result = unlocked { Int(taipan_rename(fromDirectory, from.c, toDirectory, to.c)) }
        if result.failed { throw osError(result.code, from, to) }
        return .none
    }

    func statvfsResult(_ status: statvfs) throws(Raised) -> Value {
        let items = try pushStack(11)
        defer { popStack(items) }
        items[0] = int(unsigned: UInt64(status.f_bsize))
        items[1] = int(unsigned: UInt64(status.f_frsize))
        items[2] = int(unsigned: UInt64(status.f_blocks))
        items[3] = int(unsigned: UInt64(status.f_bfree))
        items[4] = int(unsigned: UInt64(status.f_bavail))
        items[5] = int(unsigned: UInt64(status.f_files))
        items[6] = int(unsigned: UInt64(status.f_ffree))
        items[7] = int(unsigned: UInt64(status.f_favail))
        items[8] = int(unsigned: UInt64(status.f_flag))
        items[9] = int(unsigned: UInt64(status.f_namemax))
        items[10] = int(unsigned: UInt64(status.f_fsid))
        return try newStructSequence(posixState().statvfsResult, items, 11)
    }

    // MARK: Times

    /// `os.utime(path, times=None, *, ns, dir_fd=None, follow_symlinks=True)`.
    func changeTimes(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let path = try osPath(a[0], "utime", descriptor: true)
        let times = a[1].isNull ? Value.none : a[1], nanoseconds = a[2]
        let directory = try directory(a[3]), follow = try cBool(a[4], default: true)
        if !times.isNone && !nanoseconds.isNull { throw raise(.valueError, "utime: you may specify either 'times' or 'ns' but not both") }
        var spec = [timespec(), timespec()]
        var isNow = false
        if !times.isNone {
            guard isTuple(times), PyTuple(times).count == 2 else {
                throw raise(.typeError, "utime: 'times' must be either a tuple of two ints or None")
            }
            spec[0] = try timeSpec(PyTuple(times)[0])
            spec[1] = try timeSpec(PyTuple(times)[1])
        } else if !nanoseconds.isNull {
            guard isTuple(nanoseconds), PyTuple(nanoseconds).count == 2 else { throw raise(.typeError, "utime: 'ns' must be a tuple of two ints") }
            spec[0] = try splitNanoseconds(PyTuple(nanoseconds)[0])
            spec[1] = try splitNanoseconds(PyTuple(nanoseconds)[1])
        } else {
            isNow = true
        }
        try checkDescriptorOptions("utime", path, directory: directory, follow: follow)
        let byDescriptor = path.isDescriptor
        let result = spec.withUnsafeBufferPointer { buffer in
            let pointer = isNow ? nil : buffer.baseAddress
            return unlocked {
                Int(byDescriptor ? taipan_futimens(path.descriptor, pointer) : taipan_utimens(directory, path.c, pointer, follow ? 1 : 0))
            }
        }
        // CPython tells no file name here.
        if result.failed { throw osError(result.code) }
        return .none
    }

    /// Seconds, rounded towards minus infinity to nanoseconds.
    func timeSpec(_ value: Value) throws(Raised) -> timespec {
        if type(of: value).flags.contains(.floatSubclass) || value.isDouble {
            let x = try realDouble(value)
            if x.isNaN { throw raise(.valueError, "Invalid value NaN (not a number)") }
            var whole = x.rounded(.towardZero)
            var nanoseconds = ((x - whole) * 1e9).rounded(.down)
            if nanoseconds >= 1e9 {
                nanoseconds -= 1e9
                whole += 1
            } else if nanoseconds < 0 {
                nanoseconds += 1e9
                whole -= 1
            }
            guard let seconds = Int(exactly: whole), let rest = Int(exactly: nanoseconds) else {
                throw raise(.overflowError, "timestamp out of range for platform time_t")
            }
            return timespec(tv_sec: seconds, tv_nsec: rest)
        }
        var fits = false
        let seconds = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "timestamp out of range for platform time_t") }
        return timespec(tv_sec: seconds, tv_nsec: 0)
    }

    private func splitNanoseconds(_ value: Value) throws(Raised) -> timespec {
        let pair = try binary(.floorDivide, try index(value), int(1_000_000_000))
        let rest = try binary(.remainder, try index(value), int(1_000_000_000))
        var fits = false
        let seconds = clampedInt(pair, &fits)
        if !fits { throw raise(.overflowError, "timestamp out of range for platform time_t") }
        return timespec(tv_sec: seconds, tv_nsec: Int(try cLong(rest)))
    }

    // MARK: Extended attributes

    func getExtendedAttribute(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let path = try osPath(a[0], "getxattr", descriptor: true), name = try osPath(a[1], "getxattr", "attribute")
        let follow = try cBool(a[2], default: true)
        try checkDescriptorOptions("getxattr", path, directory: Int32(TAIPAN_AT_FDCWD), follow: follow)
        for size in [128, 65536] {
            let (bytes, result) = filled(size) { taipan_getxattr(path.isDescriptor ? nil : path.c, path.descriptor, name.c, $0, size, follow ? 1 : 0) }
            if result.failed {
                if result.code == ERANGE { continue }
                throw osError(result.code, path)
            }
            return try self.bytes(bytes)
        }
        throw osError(ERANGE, path)
    }

    func setExtendedAttribute(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let path = try osPath(a[0], "setxattr", descriptor: true), name = try osPath(a[1], "setxattr", "attribute")
        let flags = try cInt32(a[3], default: 0), follow = try cBool(a[4], default: true)
        var view = try acquireBuffer(a[2])
        defer { releaseBuffer(&view) }
        try checkDescriptorOptions("setxattr", path, directory: Int32(TAIPAN_AT_FDCWD), follow: follow)
        let start = UnsafeRawPointer(view.bytes) ?? UnsafeRawPointer(path.c), count = view.count
        let result = unlocked {
            Int(taipan_setxattr(path.isDescriptor ? nil : path.c, path.descriptor, name.c, start, count, flags, follow ? 1 : 0))
        }
        if result.failed { throw osError(result.code, path) }
        return .none
    }

    func listExtendedAttributes(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let path = try osPath(a[0], "listxattr", descriptor: true, none: true), follow = try cBool(a[1], default: true)
        try checkDescriptorOptions("listxattr", path, directory: Int32(TAIPAN_AT_FDCWD), follow: follow)
        for size in [256, 65536] {
            let (bytes, result) = filled(size) {
                taipan_listxattr(path.isDescriptor ? nil : path.c, path.descriptor, $0.assumingMemoryBound(to: CChar.self), size, follow ? 1 : 0)
            }
            if result.failed {
                if result.code == ERANGE { continue }
                throw osError(result.code, path)
            }
            let list = try newList()
            for name in bytes.split(separator: 0) { try list.append(self, fileSystemText(Array(name))) }
            return list.value
        }
        throw osError(ERANGE, path)
    }

    /// `size` bytes of room for a call that says how many it filled.
    func filled(_ size: Int, _ body: (UnsafeMutableRawPointer) -> Int) -> ([UInt8], SystemResult) {
        var result = SystemResult(value: -1, code: EINVAL)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            if let start = buffer.baseAddress { result = unlocked { body(UnsafeMutableRawPointer(start)) } }
            count = max(0, result.value)
        }
        return (bytes, result)
    }
}
