// `_stat`: constants and tests of file modes. CPython: Modules/_stat.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerStat() {
        registerModule("_stat") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.defineStatConstants(m)
            vm.defineStatFunctions(m)
            return 0
        }
    }

    /// A mode as the tests take it.
    private func fileMode(_ value: Value) throws(Raised) -> Int {
        if !isInt(value) { throw raise(.typeError, "an integer is required") }
        let mode = try cUnsignedLong(value)
        guard let result = UInt32(exactly: mode) else { throw raise(.overflowError, "mode out of range") }
        return Int(result)
    }

    private func defineStatConstants(_ m: ModuleBuilder) {
        m.attribute("__doc__", str("""
            S_IFMT_: file type bits
            S_IFDIR: directory
            S_IFCHR: character device
            S_IFBLK: block device
            S_IFREG: regular file
            S_IFIFO: fifo (named pipe)
            S_IFLNK: symbolic link
            S_IFSOCK: socket file
            S_IFDOOR: door
            S_IFPORT: event port
            S_IFWHT: whiteout

            S_ISUID: set UID bit
            S_ISGID: set GID bit
            S_ENFMT: file locking enforcement
            S_ISVTX: sticky bit
            S_IREAD: Unix V7 synonym for S_IRUSR
            S_IWRITE: Unix V7 synonym for S_IWUSR
            S_IEXEC: Unix V7 synonym for S_IXUSR
            S_IRWXU: mask for owner permissions
            S_IRUSR: read by owner
            S_IWUSR: write by owner
            S_IXUSR: execute by owner
            S_IRWXG: mask for group permissions
            S_IRGRP: read by group
            S_IWGRP: write by group
            S_IXGRP: execute by group
            S_IRWXO: mask for others (not in group) permissions
            S_IROTH: read by others
            S_IWOTH: write by others
            S_IXOTH: execute by others

            UF_NODUMP: do not dump file
            UF_IMMUTABLE: file may not be changed
            UF_APPEND: file may only be appended to
            UF_OPAQUE: directory is opaque when viewed through a union stack
            UF_NOUNLINK: file may not be renamed or deleted
            UF_COMPRESSED: OS X: file is hfs-compressed
            UF_HIDDEN: OS X: file should not be displayed
            SF_ARCHIVED: file may be archived
            SF_IMMUTABLE: file may not be changed
            SF_APPEND: file may only be appended to
            SF_NOUNLINK: file may not be renamed or deleted
            SF_SNAPSHOT: file is a snapshot file

            ST_MODE
            ST_INO
            ST_DEV
            ST_NLINK
            ST_UID
            ST_GID
            ST_SIZE
            ST_ATIME
            ST_MTIME
            ST_CTIME

            FILE_ATTRIBUTE_*: Windows file attribute constants
                               (only present on Windows)

            """ as StaticString))
        m.attribute("SF_APPEND", Value(small: 262144))
        m.attribute("SF_ARCHIVED", Value(small: 65536))
        m.attribute("SF_IMMUTABLE", Value(small: 131072))
        m.attribute("SF_NOUNLINK", Value(small: 1048576))
        m.attribute("SF_SNAPSHOT", Value(small: 2097152))
        m.attribute("ST_ATIME", Value(small: 7))
        m.attribute("ST_CTIME", Value(small: 9))
        m.attribute("ST_DEV", Value(small: 2))
        m.attribute("ST_GID", Value(small: 5))
        m.attribute("ST_INO", Value(small: 1))
        m.attribute("ST_MODE", Value(small: 0))
        m.attribute("ST_MTIME", Value(small: 8))
        m.attribute("ST_NLINK", Value(small: 3))
        m.attribute("ST_SIZE", Value(small: 6))
        m.attribute("ST_UID", Value(small: 4))
        m.attribute("S_ENFMT", Value(small: 0o2000))
        m.attribute("S_IEXEC", Value(small: 0o100))
        m.attribute("S_IFBLK", Value(small: 0o60000))
        m.attribute("S_IFCHR", Value(small: 0o20000))
        m.attribute("S_IFDIR", Value(small: 0o40000))
        m.attribute("S_IFDOOR", Value(small: 0o0))
        m.attribute("S_IFIFO", Value(small: 0o10000))
        m.attribute("S_IFLNK", Value(small: 0o120000))
        m.attribute("S_IFPORT", Value(small: 0o0))
        m.attribute("S_IFREG", Value(small: 0o100000))
        m.attribute("S_IFSOCK", Value(small: 0o140000))
        m.attribute("S_IFWHT", Value(small: 0o0))
        m.attribute("S_IREAD", Value(small: 0o400))
        m.attribute("S_IRGRP", Value(small: 0o40))
        m.attribute("S_IROTH", Value(small: 0o4))
        m.attribute("S_IRUSR", Value(small: 0o400))
        m.attribute("S_IRWXG", Value(small: 0o70))
        m.attribute("S_IRWXO", Value(small: 0o7))
        m.attribute("S_IRWXU", Value(small: 0o700))
        m.attribute("S_ISGID", Value(small: 0o2000))
        m.attribute("S_ISUID", Value(small: 0o4000))
        m.attribute("S_ISVTX", Value(small: 0o1000))
        m.attribute("S_IWGRP", Value(small: 0o20))
        m.attribute("S_IWOTH", Value(small: 0o2))
        m.attribute("S_IWRITE", Value(small: 0o200))
        m.attribute("S_IWUSR", Value(small: 0o200))
        m.attribute("S_IXGRP", Value(small: 0o10))
        m.attribute("S_IXOTH", Value(small: 0o1))
        m.attribute("S_IXUSR", Value(small: 0o100))
        m.attribute("UF_APPEND", Value(small: 4))
        m.attribute("UF_COMPRESSED", Value(small: 32))
        m.attribute("UF_HIDDEN", Value(small: 32768))
        m.attribute("UF_IMMUTABLE", Value(small: 2))
        m.attribute("UF_NODUMP", Value(small: 1))
        m.attribute("UF_NOUNLINK", Value(small: 16))
        m.attribute("UF_OPAQUE", Value(small: 8))
    }

    private func defineStatFunctions(_ m: ModuleBuilder) {
        m.def1("-S_ISBLK(mode, /)", "S_ISBLK(mode) -> bool\n\nReturn True if mode is from a block special device file.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o060000) }
        }
        m.def1("-S_ISCHR(mode, /)", "S_ISCHR(mode) -> bool\n\nReturn True if mode is from a character special device file.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o020000) }
        }
        m.def1("-S_ISDIR(mode, /)", "S_ISDIR(mode) -> bool\n\nReturn True if mode is from a directory.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o040000) }
        }
        m.def1("-S_ISFIFO(mode, /)", "S_ISFIFO(mode) -> bool\n\nReturn True if mode is from a FIFO (named pipe).") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o010000) }
        }
        m.def1("-S_ISLNK(mode, /)", "S_ISLNK(mode) -> bool\n\nReturn True if mode is from a symbolic link.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o120000) }
        }
        m.def1("-S_ISREG(mode, /)", "S_ISREG(mode) -> bool\n\nReturn True if mode is from a regular file.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o100000) }
        }
        m.def1("-S_ISSOCK(mode, /)", "S_ISSOCK(mode) -> bool\n\nReturn True if mode is from a socket.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(try vm.fileMode(a) & 0o170000 == 0o140000) }
        }
        m.def1("-S_ISDOOR(mode, /)", "S_ISDOOR(mode) -> bool\n\nReturn True if mode is from a door.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                _ = try vm.fileMode(a)
                return .false
            }
        }
        m.def1("-S_ISPORT(mode, /)", "S_ISPORT(mode) -> bool\n\nReturn True if mode is from an event port.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                _ = try vm.fileMode(a)
                return .false
            }
        }
        m.def1("-S_ISWHT(mode, /)", "S_ISWHT(mode) -> bool\n\nReturn True if mode is from a whiteout.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                _ = try vm.fileMode(a)
                return .false
            }
        }
        m.def1("-S_IMODE(mode, /)", "Return the portion of the file's mode that can be set by os.chmod().") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(small: try vm.fileMode(a) & 0o7777) }
        }
        m.def1("-S_IFMT(mode, /)", "Return the portion of the file's mode that describes the file type.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(small: try vm.fileMode(a) & 0o170000) }
        }
        m.def1("-filemode(mode, /)", "Convert a file's mode to a string of the form '-rwxrwxrwx'") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.str(fileModeText(try vm.fileMode(a))) }
        }
    }
}

/// "-rwxr-xr-x".
private func fileModeText(_ mode: Int) -> String {
    let kind: Character
    switch mode & 0o170000 {
    case 0o100000: kind = "-"
    case 0o040000: kind = "d"
    case 0o120000: kind = "l"
    case 0o060000: kind = "b"
    case 0o020000: kind = "c"
    case 0o010000: kind = "p"
    case 0o140000: kind = "s"
    default: kind = "?"
    }
    var text = String(kind)
    for (shift, special, letter) in [(6, 0o4000, "s"), (3, 0o2000, "s"), (0, 0o1000, "t")] {
        let bits = mode >> shift
        text += bits & 4 != 0 ? "r" : "-"
        text += bits & 2 != 0 ? "w" : "-"
        if mode & special != 0 { text += bits & 1 != 0 ? letter : letter.uppercased() } else { text += bits & 1 != 0 ? "x" : "-" }
    }
    return text
}
