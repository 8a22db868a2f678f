// What `stat` says of a file, in one shape on every system. CPython: Modules/posixmodule.c, `os.stat_result`.

/// The fields of `os.stat_result`, times in nanoseconds.
public struct FileStatus: Sendable {
    public var mode: UInt32
    public var inode: UInt64
    public var device: UInt64
    public var links: UInt64
    public var userID: UInt32
    public var groupID: UInt32
    public var size: Int64
    public var accessTime: Int64
    public var modificationTime: Int64
    public var changeTime: Int64
    public var blockSize: Int64
    public var blocks: Int64
    public var rawDevice: UInt64

    public init(_ status: stat) {
        mode = UInt32(status.st_mode)
        inode = UInt64(status.st_ino)
        device = UInt64(truncatingIfNeeded: status.st_dev)
        links = UInt64(status.st_nlink)
        userID = status.st_uid
        groupID = status.st_gid
        size = Int64(status.st_size)
        #if canImport(Darwin)
        accessTime = status.st_atimespec.nanoseconds
        modificationTime = status.st_mtimespec.nanoseconds
        changeTime = status.st_ctimespec.nanoseconds
        #else
        accessTime = status.st_atim.nanoseconds
        modificationTime = status.st_mtim.nanoseconds
        changeTime = status.st_ctim.nanoseconds
        #endif
        blockSize = Int64(status.st_blksize)
        blocks = Int64(status.st_blocks)
        rawDevice = UInt64(truncatingIfNeeded: status.st_rdev)
    }

    public var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
    public var isRegularFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
    public var isSymbolicLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }

    /// The status of the file at `path`, the link itself where `followLinks` is false.
    public static func of(path: [UInt8], followLinks: Bool = true) throws(Errno) -> FileStatus {
        var status = stat()
        let code = withPath(path) { followLinks ? stat($0, &status) : lstat($0, &status) }
        if code != 0 { throw Errno.current }
        return FileStatus(status)
    }

    /// The status of an open file.
    public static func of(descriptor: Int32) throws(Errno) -> FileStatus {
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw Errno.current }
        return FileStatus(status)
    }
}

/// Calls `body` with `path` as a C string. A path with a NUL byte must be refused by the caller ("embedded null byte").
@inlinable
public func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var bytes = path.map { CChar(bitPattern: $0) }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { body($0.baseAddress!) }
}
