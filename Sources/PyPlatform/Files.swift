// Whole-file and directory operations on byte paths. What needs more (offsets, flags, `*at` calls) calls libc itself.

/// Opens, retrying on EINTR, never inherited by child processes (PEP 446).
public func openFile(_ path: [UInt8], flags: Int32, mode: UInt32 = 0o666) throws(Errno) -> Int32 {
    while true {
        let descriptor = withPath(path) { open($0, flags | O_CLOEXEC, mode_t(mode)) }
        if descriptor >= 0 { return descriptor }
        let error = Errno.current
        if error.code != EINTR { throw error }
    }
}

/// Everything from the descriptor's position to its end.
public func readAll(_ descriptor: Int32) throws(Errno) -> [UInt8] {
    var expected = 0
    if let status = try? FileStatus.of(descriptor: descriptor), status.isRegularFile { expected = Int(status.size) }
    var result: [UInt8] = []
    while true {
        // One byte more than a regular file holds, so that one read sees its end.
        let room = max(expected - result.count, 0) + (expected == 0 ? 65536 : result.isEmpty ? 1 : 4096)
        var failure: Errno?
        let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let got = read(descriptor, buffer.baseAddress, room)
            if got < 0 { failure = Errno.current }
            count = max(got, 0)
        }
        if let failure {
            if failure.code == EINTR { continue }
            throw failure
        }
        if chunk.isEmpty { return result }
        if result.isEmpty { result = chunk } else { result += chunk }
    }
}

/// The bytes of the file at `path`.
public func readFile(_ path: [UInt8]) throws(Errno) -> [UInt8] {
    let descriptor = try openFile(path, flags: O_RDONLY)
    defer { close(descriptor) }
    return try readAll(descriptor)
}

/// Writes all of `bytes`, retrying on EINTR and short writes.
public func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Errno) {
    var start = 0
    while start < bytes.count {
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + start, bytes.count - start) }
        if written < 0 {
            let error = Errno.current
            if error.code == EINTR { continue }
            throw error
        }
        start += written
    }
}

/// A directory entry: its name and `d_type` (DT_UNKNOWN where the file system does not say).
public struct DirectoryEntry: Sendable {
    public var name: [UInt8]
    public var inode: UInt64
    public var type: UInt8
}

/// The entries of a directory, `.` and `..` left out, in the order the system gives them.
public func readDirectory(_ path: [UInt8]) throws(Errno) -> [DirectoryEntry] {
    guard let directory = withPath(path, { opendir($0) }) else { throw Errno.current }
    defer { closedir(directory) }
    return try readEntries(directory)
}

/// The entries of a directory open at `descriptor`, which stays open.
public func readDirectory(descriptor: Int32) throws(Errno) -> [DirectoryEntry] {
    let copy = dup(descriptor)
    if copy < 0 { throw Errno.current }
    guard let directory = fdopendir(copy) else {
        let error = Errno.current
        close(copy)
        throw error
    }
    defer { closedir(directory) }
    rewinddir(directory)
    return try readEntries(directory)
}

#if canImport(Darwin)
private typealias DirectoryStream = UnsafeMutablePointer<DIR>
#else
private typealias DirectoryStream = OpaquePointer
#endif

private func readEntries(_ directory: DirectoryStream) throws(Errno) -> [DirectoryEntry] {
    var entries: [DirectoryEntry] = []
    while true {
        errno = 0
        guard let entry = readdir(directory) else {
            if errno != 0 { throw Errno.current }
            return entries
        }
        // Safe: d_name is NUL-terminated inside the record readdir returned.
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw -> [UInt8] in
            guard let start = raw.baseAddress else { return [] }
            if raw[0] == 0x2E, raw[1] == 0 || raw[1] == 0x2E && raw[2] == 0 { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
        }
        if name.isEmpty { continue }
        entries.append(DirectoryEntry(name: name, inode: UInt64(entry.pointee.d_ino), type: entry.pointee.d_type))
    }
}

/// The calling process's working directory.
public func currentDirectory() throws(Errno) -> [UInt8] {
    guard let path = getcwd(nil, 0) else { throw Errno.current }
    defer { free(path) }
    return Array(UnsafeBufferPointer(start: path, count: strlen(path))).map { UInt8(bitPattern: $0) }
}

/// Where a symbolic link points.
public func readLink(_ path: [UInt8]) throws(Errno) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = withPath(path) { readlink($0, &buffer, buffer.count) }
    if count < 0 { throw Errno.current }
    return buffer.prefix(count).map { UInt8(bitPattern: $0) }
}

/// What one `read` gives, empty at the end or on an error; retries on EINTR.
public func readSome(_ descriptor: Int32, atMost count: Int) -> [UInt8] {
    while true {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = read(descriptor, buffer.baseAddress, count)
            filled = max(got, 0)
        }
        if got < 0, Errno.current.code == EINTR { continue }
        return bytes
    }
}
