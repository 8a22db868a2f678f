// `os.stat_result` and what fills it. CPython: fill_time, _pystat_fromstructstat in Modules/posixmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    func makeStatResult() -> PyType {
        let type = makeStructSequence(
            "stat_result", module: "os",
            doc: """
                stat_result: Result from stat, fstat, or lstat.

                This object may be accessed either as a tuple of
                  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)
                or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.

                Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,
                or st_flags, they are available as attributes only.

                See os.stat for more information.
                """,
            fields: [
                ("st_mode", "protection bits"), ("st_ino", "inode"), ("st_dev", "device"), ("st_nlink", "number of hard links"),
                ("st_uid", "user ID of owner"), ("st_gid", "group ID of owner"), ("st_size", "total size, in bytes"),
                ("", ""), ("", ""), ("", ""),
                ("st_atime", "time of last access"), ("st_mtime", "time of last modification"), ("st_ctime", "time of last change"),
                ("st_atime_ns", "time of last access in nanoseconds"), ("st_mtime_ns", "time of last modification in nanoseconds"),
                ("st_ctime_ns", "time of last change in nanoseconds"), ("st_blksize", "blocksize for filesystem I/O"),
                ("st_blocks", "number of blocks allocated"), ("st_rdev", "device type (if inode device)"),
            ], visible: 10)
        // Float times that were not given are the integer ones.
        type.ref.pointee.cache0 = .null
        let t = TypeBuilder(self, type)
        t.new("-__new__(sequence, dict=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let result = try vm.makeStructSequence(PyType(cls), from: a[0], a[1])
                let items = PyTuple(result).items
                for i in 7...9 where items[i + 3].isNone { items[i + 3] = items[i] }
                return result
            }
        }
        type.ref.pointee.newDefinition?.pointee.name = intern("structseq")
        return type
    }

    /// `os.stat`, `lstat`, `fstat`, `DirEntry.stat`: looks and makes the result.
    func statResult(_ path: OSPath, directory: Int32, follow: Bool) throws(Raised) -> Value {
        var status = stat()
        let failed = unlocked {
            Int(path.isDescriptor && path.descriptor != -1 ? fstat(path.descriptor, &status) : taipan_stat(directory, path.c, follow ? 1 : 0, &status))
        }
        if failed.failed { throw osError(failed.code, path) }
        return try statResult(status)
    }

    func statResult(_ status: stat) throws(Raised) -> Value {
        let fields = FileStatus(status)
        let items = try pushStack(19)
        defer { popStack(items) }
        for i in 0..<19 { items[i] = .none }
        items[0] = int(Int(fields.mode))
        items[1] = int(unsigned: fields.inode)
        items[2] = int(unsigned: fields.device)
        items[3] = int(unsigned: fields.links)
        items[4] = ownerValue(fields.userID)
        items[5] = ownerValue(fields.groupID)
        items[6] = int(Int(fields.size))
        try fillTime(items, 0, fields.accessTime)
        try fillTime(items, 1, fields.modificationTime)
        try fillTime(items, 2, fields.changeTime)
        items[16] = int(Int(fields.blockSize))
        items[17] = int(Int(fields.blocks))
        items[18] = int(unsigned: fields.rawDevice)
        return try newStructSequence(posixState().statResult, items, 19)
    }

    private func fillTime(_ items: UnsafeMutablePointer<Value>, _ which: Int, _ nanoseconds: Int64) throws(Raised) {
        var seconds = nanoseconds / 1_000_000_000, rest = nanoseconds % 1_000_000_000
        if rest < 0 {
            seconds -= 1
            rest += 1_000_000_000
        }
        items[7 + which] = int(Int(seconds))
        items[10 + which] = Value(Double(seconds) + 1e-9 * Double(rest))
        items[13 + which] = int(Int(nanoseconds))
    }

    /// `follow_symlinks` and `dir_fd` do not go with a descriptor.
    func checkDescriptorOptions(_ name: StaticString, _ path: OSPath, directory: Int32, follow: Bool) throws(Raised) {
        guard path.isDescriptor else { return }
        if directory != Int32(TAIPAN_AT_FDCWD) { throw raise(.valueError, "\(name): can't specify dir_fd without matching path") }
        if !follow { throw raise(.valueError, "\(name): cannot use fd and follow_symlinks together") }
    }
}
