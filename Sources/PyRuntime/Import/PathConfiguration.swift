// `sys.prefix`, `sys.executable` and the first `sys.path`, as CPython derives them from the executable, the environment and
// `pyvenv.cfg`. CPython: Modules/getpath.c. Rules: Library `site`, "Using Python" 1.2; PEP 405.
import PyPlatform

extension Configuration {
    /// Fills in executable, prefixes and module path.
    /// - Parameter program: `argv[0]`.
    /// - Returns: the standard library they belong to, nil if there is none.
    public mutating func computePaths(program: [UInt8]) -> StandardLibrary? {
        executable = Configuration.findExecutable(program)
        baseExecutable = executable
        let found = StandardLibrary.locate(home: home, near: libraryStart())
        if let found {
            prefix = found.prefix
            execPrefix = found.prefix
        }
        if let home, let colon = home.firstIndex(of: UInt8(ascii: ":")) { execPrefix = Array(home[(colon + 1)...]) }
        basePrefix = prefix
        baseExecPrefix = execPrefix
        modulePath = []
        if !pythonPath.isEmpty {
            modulePath += pythonPath.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Array($0) }
        }
        if found != nil {
            let lib = Array("/".utf8) + platformLibraryDirectory
            modulePath.append(prefix + lib + Array("/python310.zip".utf8))
            modulePath.append(prefix + Array("/lib/python3.10".utf8))
            modulePath.append(execPrefix + Array("/lib/python3.10/lib-dynload".utf8))
        }
        return found
    }

    /// Where to look for the library first: the `home` of a virtual environment, else the executable's own directory.
    private mutating func libraryStart() -> [UInt8]? {
        let directory = parentDirectory(executable)
        for candidate in [directory, parentDirectory(directory)] {
            guard let data = try? readFile(candidate + Array("/pyvenv.cfg".utf8)) else { continue }
            for line in data.split(separator: 10) {
                let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
                guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).filter({ $0 != " " }) == "home" else { continue }
                let value = parts[1].drop { $0 == 32 }
                let name = executable[(executable.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
                let trimmed = Array(value.reversed().drop { $0 == 32 || $0 == 13 }.reversed())
                baseExecutable = trimmed + [UInt8(ascii: "/")] + name
                return trimmed
            }
        }
        return executablePath().map { parentDirectory($0) }
    }

    /// The absolute path of the program as it was called, not resolved.
    private static func findExecutable(_ program: [UInt8]) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        if program.first == slash { return program }
        if program.contains(slash) { return absolutePath(program, tidy: true) }
        if program.isEmpty { return [] }
        let path = environmentValue("PATH") ?? []
        for directory in path.split(separator: UInt8(ascii: ":")) {
            let candidate = Array(directory) + [slash] + program
            if let status = try? FileStatus.of(path: candidate), status.isRegularFile, status.mode & 0o111 != 0 {
                return absolutePath(candidate, tidy: true)
            }
        }
        return []
    }
}

/// `path` below the working directory, a leading "./" dropped if `tidy`; as it is if absolute.
public func absolutePath(_ path: [UInt8], tidy: Bool = false) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    if path.first == slash { return path }
    guard let directory = try? currentDirectory() else { return path }
    var rest = path[...]
    while tidy, rest.starts(with: [UInt8(ascii: "."), slash]) { rest = rest.dropFirst(2) }
    return directory + (directory.last == slash ? [] : [slash]) + rest
}

func parentDirectory(_ path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { return path.isEmpty ? [] : [UInt8(ascii: "/")] }
    return Array(path[..<slash])
}
