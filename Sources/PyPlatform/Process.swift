// This process: environment, executable, processors, memory in use.
import CShims

/// `NAME=value` entries of the environment as bytes.
public func environmentEntries() -> [[UInt8]] {
    var entries: [[UInt8]] = []
    #if canImport(Darwin)
    var next = _NSGetEnviron().pointee
    #else
    // Safe: environ ends with a NULL entry.
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    #endif
    while let entry = next.pointee {
        entries.append(Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry))))
        next += 1
    }
    return entries
}

/// The value of an environment variable, nil if unset.
public func environmentValue(_ name: String) -> [UInt8]? {
    guard let value = getenv(name) else { return nil }
    return Array(UnsafeBufferPointer(start: value, count: strlen(value))).map { UInt8(bitPattern: $0) }
}

/// The absolute path of the running executable, links resolved, nil where the system does not say.
public func executablePath() -> [UInt8]? {
    #if os(Linux)
    return try? readLink(Array("/proc/self/exe".utf8))
    #elseif canImport(Darwin)
    var size: UInt32 = 0
    _NSGetExecutablePath(nil, &size)
    var buffer = [CChar](repeating: 0, count: Int(size))
    guard _NSGetExecutablePath(&buffer, &size) == 0, let real = realpath(buffer, nil) else { return nil }
    defer { free(real) }
    return Array(UnsafeBufferPointer(start: real, count: strlen(real))).map { UInt8(bitPattern: $0) }
    #else
    return nil
    #endif
}

/// `path` with every symbolic link resolved, nil if it does not exist.
public func realPath(_ path: [UInt8]) -> [UInt8]? {
    guard let real = withPath(path, { realpath($0, nil) }) else { return nil }
    defer { free(real) }
    return Array(UnsafeBufferPointer(start: real, count: strlen(real))).map { UInt8(bitPattern: $0) }
}

/// Processors this system has online.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// The highest resident memory of this process so far, in bytes.
public func peakResidentBytes() -> Int {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss)
    #elseif canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) * 1024
    #else
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss) * 1024
    #endif
}

/// `sys.platform`.
public var platformName: StaticString {
    #if os(Linux) || os(Android)
    "linux"
    #elseif os(iOS)
    "ios"
    #elseif canImport(Darwin)
    "darwin"
    #else
    "unknown"
    #endif
}

/// `size` random bytes from the system's generator.
public func randomBytes(_ size: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes = [UInt8]()
    bytes.reserveCapacity(size + 8)
    while bytes.count < size {
        withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
    }
    bytes.removeLast(bytes.count - size)
    return bytes
}

/// Ends the process, running `atexit` handlers of C.
public func exitProcess(_ status: Int32) -> Never { exit(status) }

/// The process's arguments as bytes, the program's name first.
public func commandLineArguments() -> [[UInt8]] {
    var arguments: [[UInt8]] = []
    var values: UnsafePointer<UnsafeMutablePointer<CChar>?>?
    var count = Int(taipan_arguments(&values))
    if values == nil {
        count = Int(CommandLine.argc)
        values = UnsafePointer(CommandLine.unsafeArgv)
    }
    // Safe: argv has argc entries and each is NUL-terminated.
    for i in 0..<count {
        guard let entry = values?[i] else { break }
        arguments.append(Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry))))
    }
    return arguments
}

/// Ends the process by the default action of SIGINT, as a program that Ctrl-C stopped should.
public func dieOfInterrupt() {
    signal(SIGINT, SIG_DFL)
    kill(getpid(), SIGINT)
}

/// Ends the process at once: no `atexit` handlers, no flushing.
public func exitNow(_ status: Int32) -> Never { _exit(status) }
