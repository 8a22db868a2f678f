// Where CPython 3.10's `Lib/` is (DESIGN D10), and bringing importlib up from it. CPython: Modules/getpath.c and the frozen
// importlib of Python/pylifecycle.c.
import PyBytecode
import PyPlatform
import PyUnicode

/// A directory that holds the pure-Python standard library.
public struct StandardLibrary: Sendable {
    /// The directory with `os.py` in it.
    public let path: [UInt8]
    /// `sys.prefix`.
    public let prefix: [UInt8]

    /// Looks in `home` (PYTHONHOME; then nowhere else), upwards from `directory`, in the usual prefixes, in pyenv's 3.10s.
    public static func locate(home: [UInt8]?, near directory: [UInt8]?) -> StandardLibrary? {
        if let home { return check(Array(home.prefix { $0 != UInt8(ascii: ":") })) }
        if var directory {
            while directory.count > 1 {
                if let found = check(directory) { return found }
                directory = parentDirectory(directory)
            }
        }
        for prefix in ["/usr/local", "/usr", "/opt/homebrew", "/opt/local"] {
            if let found = check(Array(prefix.utf8)) { return found }
        }
        return pyenv()
    }

    private static func check(_ prefix: [UInt8]) -> StandardLibrary? {
        let lib = prefix + Array("/lib/python3.10".utf8)
        return isLibrary(lib) ? StandardLibrary(path: lib, prefix: prefix) : nil
    }

    private static func isLibrary(_ path: [UInt8]) -> Bool {
        guard let status = try? FileStatus.of(path: path + Array("/importlib/_bootstrap.py".utf8)) else { return false }
        return status.isRegularFile
    }

    /// The newest 3.10 that pyenv has.
    private static func pyenv() -> StandardLibrary? {
        guard let root = environmentValue("PYENV_ROOT") ?? environmentValue("HOME").map({ $0 + Array("/.pyenv".utf8) }),
            let entries = try? readDirectory(root + Array("/versions".utf8))
        else { return nil }
        let versions = entries.map(\.name).filter { $0.starts(with: Array("3.10.".utf8)) && $0.allSatisfy { $0 < 128 } }
        let newest = versions.sorted { patch($0) > patch($1) }
        for version in newest {
            if let found = check(root + Array("/versions/".utf8) + version) { return found }
        }
        return nil
    }

    private static func patch(_ version: [UInt8]) -> Int {
        Int(String(decoding: version.dropFirst(5), as: UTF8.self)) ?? -1
    }
}

extension VM {
    /// Brings `importlib` up: from now on `import` finds pure-Python modules. Sets nothing in `sys.path`.
    /// - Throws: what running importlib's two halves raises.
    public func installImportlib() throws(Raised) {
        let bootstrap = try runFrozen("_frozen_importlib")
        let external = try runFrozen("_frozen_importlib_external")
        let imp = try makeLoaded("_imp")
        for name in VM.importlibModules { _ = try makeLoaded(name) }
        state.pointee.importlib = bootstrap
        _ = external
        _ = try callMethod(bootstrap, intern("_install"), state.pointee.sysModule, imp)
        _ = try callMethod(bootstrap, intern("_install_external_importers"))
        try installArchiveHook()
    }

    /// Whether all that importlib leans on is there.
    public var canInstallImportlib: Bool {
        for name in VM.importlibModules {
            let key = intern(name)
            var found = false
            for i in 0..<nativeModuleCount where nativeModuleName(i) == key { found = true }
            if !found { return false }
        }
        return true
    }

    private static var importlibModules: [StaticString] { ["_imp", "_thread", "_warnings", "_weakref", "_io", "marshal", "posix"] }

    /// Sets `sys.builtin_module_names` to what is registered.
    public func publishModuleNames() {
        do {
            let list = try newList()
            for name in ["builtins", "sys"] as [StaticString] { try list.append(self, intern(name)) }
            for i in 0..<nativeModuleCount { try list.append(self, nativeModuleName(i)) }
            try sort(list)
            try PyDict(state.pointee.sysDict).set(self, intern("builtin_module_names"), tupleFrom(list.value))
        } catch { clearRaised() }
    }

    private func makeLoaded(_ name: StaticString) throws(Raised) -> Value {
        let key = intern(name)
        let known = try loadedModule(key)
        if !known.isNull { return known }
        let made = try makeNativeModule(key)
        if made.isNull { throw raise(.importError, "no native module \(name)") }
        try setItem(state.pointee.modules, key, made)
        return made
    }

    private func runFrozen(_ name: StaticString) throws(Raised) -> Value {
        let key = intern(name)
        let module = newModule(key)
        try setItem(state.pointee.modules, key, module)
        let dict = module.cast(ModuleLayout.self).pointee.dict
        try PyDict(dict).set(self, names.__builtins__, state.pointee.builtinsModule)
        _ = try run(code: try frozenCode("\(name)"), globals: dict, locals: dict)
        return module
    }

    /// The code object of a module of `Lib/` that CPython freezes, made from the source or its cached `.pyc`.
    func frozenLibraryCode(_ name: String) throws(Raised) -> Value {
        guard let library = standardLibrary else { throw raise(.importError, "the standard library was not found") }
        let code: Value
        let frozenName: String
        switch name {
        case "_frozen_importlib":
            frozenName = "<frozen importlib._bootstrap>"
            code = try libraryCode(library, "/importlib", "_bootstrap", frozenName)
        case "_frozen_importlib_external":
            frozenName = "<frozen importlib._bootstrap_external>"
            code = try libraryCode(library, "/importlib", "_bootstrap_external", frozenName)
        default:
            frozenName = "<frozen \(name)>"
            code = try libraryCode(library, "", name, frozenName)
        }
        fixFilename(code, from: code.cast(CodeLayout.self).pointee.filename, to: intern(frozenName))
        return code
    }

    /// The module `file` in a directory of `Lib/`, from `__pycache__` if that is fresh, else compiled.
    private func libraryCode(_ library: StandardLibrary, _ directory: String, _ file: String, _ frozenName: String) throws(Raised) -> Value {
        let source = library.path + Array("\(directory)/\(file).py".utf8)
        let cache = library.path + Array("\(directory)/__pycache__/\(file).cpython-310.pyc".utf8)
        if let data = try? readFile(cache), let status = try? FileStatus.of(path: source), let validation = try? PycFile.readHeader(data),
            (try? PycFile.check(
                validation, mtime: UInt32(truncatingIfNeeded: status.modificationTime / 1_000_000_000),
                size: UInt32(truncatingIfNeeded: status.size))) != nil
        {
            var position = PycFile.headerSize
            do {
                let code = try unmarshal(data, position: &position)
                if code.isExactly(types.code) { return code }
            } catch { clearRaised() }
        }
        guard let bytes = try? readFile(source) else { throw raise(.importError, "cannot read \(file).py of the standard library") }
        return try compileFrozen(bytes, frozenName)
    }

    /// - Throws: SystemError where no compiler is installed.
    func compileFrozen(_ source: [UInt8], _ filename: String) throws(Raised) -> Value {
        try compile(CompileRequest(source: source, filename: PyText(filename)))
    }

    /// The standard library this interpreter uses; nil if there is none.
    public var standardLibrary: StandardLibrary? {
        get { (services.table["StandardLibrary"] as? LibraryBox)?.library }
        nonmutating set { services.table["StandardLibrary"] = newValue.map { LibraryBox(library: $0) } }
    }
}

private final class LibraryBox {
    let library: StandardLibrary
    init(library: StandardLibrary) { self.library = library }
}
