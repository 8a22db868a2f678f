// What an interpreter is started with: command line, environment, paths. Bytes are as the system gave them.
// CPython: PyConfig in Include/cpython/initconfig.h. Rules: PEP 587.

/// The settings behind `sys.flags`, `sys.argv`, `sys.path` and the rest of what the command line decides.
public struct Configuration: Sendable {
    public var isolated = false
    public var ignoresEnvironment = false
    public var debug = 0
    public var inspect = 0
    public var interactive = 0
    public var optimize = 0
    public var dontWriteBytecode = false
    public var noUserSite = false
    public var noSite = false
    public var verbose = 0
    public var bytesWarning = 0
    public var quiet = 0
    public var unbuffered = false
    public var devMode = false
    public var utf8Mode = 0
    /// The C locale is to be taken at its word: the file system, the standard streams and the locale are ASCII.
    public var isASCII = false
    public var warnDefaultEncoding = false
    /// -1: not given.
    public var intMaxStrDigits = -1
    /// `PYTHONHASHSEED`: nil is random.
    public var hashSeed: UInt32?
    public var importTime = false
    public var faultHandler = false
    /// Frames `tracemalloc` keeps from the start; 0: it is off.
    public var tracedFrames = 0
    /// "default", "always" or "never".
    public var checkHashPycs = "default"
    public var pycachePrefix: [UInt8]?
    /// In `sys.warnoptions`' order.
    public var warnOptions: [[UInt8]] = []
    /// `-X name=value`, nil where there is no value.
    public var xOptions: [(name: [UInt8], value: [UInt8]?)] = []
    public var arguments: [[UInt8]] = [[]]
    public var originalArguments: [[UInt8]] = []
    /// `argv[0]` as given, for messages.
    public var programName: [UInt8] = Array("taipan".utf8)
    public var executable: [UInt8] = []
    public var baseExecutable: [UInt8] = []
    /// PYTHONHOME.
    public var home: [UInt8]?
    /// PYTHONPATH.
    public var pythonPath: [UInt8] = []
    public var platformLibraryDirectory: [UInt8] = Array("lib".utf8)
    public var prefix: [UInt8] = Array("/usr/local".utf8)
    public var basePrefix: [UInt8] = Array("/usr/local".utf8)
    public var execPrefix: [UInt8] = Array("/usr/local".utf8)
    public var baseExecPrefix: [UInt8] = Array("/usr/local".utf8)
    public var modulePath: [[UInt8]] = []
    /// PYTHONIOENCODING.
    public var ioEncoding: [UInt8]?
    /// `sys.setdlopenflags`: RTLD_NOW.
    public var dlopenFlags = 2

    public init() {}
}

extension VM {
    /// The configuration `sys` was set up with.
    public var configuration: Configuration {
        get { (services.table["Configuration"] as? ConfigurationBox)?.value ?? Configuration() }
        nonmutating set {
            if let box = services.table["Configuration"] as? ConfigurationBox { box.value = newValue } else {
                services.table["Configuration"] = ConfigurationBox(newValue)
            }
        }
    }

    var services: Services { state.pointee.services.takeUnretainedValue() }

    /// Sets what `sys` says of the configuration. May collect.
    public func configureSys(_ configuration: Configuration) throws(Raised) {
        self.configuration = configuration
        if configuration.importTime { services.table["ImportTimes"] = ImportTimes() }
        state.pointee.bytesWarnings = configuration.bytesWarning
        state.pointee.fileSystemIsASCII = configuration.isASCII
        state.pointee.isVerbose = configuration.verbose > 0
        if configuration.intMaxStrDigits >= 0 { intMaxStrDigits = configuration.intMaxStrDigits }
        try configureSys(configuration, PyDict(state.pointee.sysDict))
        if configuration.optimize > 0, state.pointee.builtinsDict.isObject {
            try PyDict(state.pointee.builtinsDict).set(self, intern("__debug__"), .false)
        }
    }

    func configureSys(_ c: Configuration, _ sys: PyDict) throws(Raised) {
        func set(_ name: StaticString, _ value: Value) throws(Raised) { try sys.set(self, intern(name), value) }
        try set("argv", systemTexts(c.arguments))
        try set("orig_argv", systemTexts(c.originalArguments))
        try set("warnoptions", systemTexts(c.warnOptions))
        try set("path", systemTexts(c.modulePath))
        try set("executable", systemText(c.executable))
        try set("_base_executable", systemText(c.baseExecutable))
        try set("prefix", systemText(c.prefix))
        try set("base_prefix", systemText(c.basePrefix))
        try set("exec_prefix", systemText(c.execPrefix))
        try set("base_exec_prefix", systemText(c.baseExecPrefix))
        try set("platlibdir", systemText(c.platformLibraryDirectory))
        try set("_home", .none)
        try set("dont_write_bytecode", Value(c.dontWriteBytecode))
        try set("pycache_prefix", c.pycachePrefix.map { systemText($0) } ?? .none)
        let options = newDict()
        for option in c.xOptions { try options.set(self, systemText(option.name), option.value.map { systemText($0) } ?? .true) }
        try set("_xoptions", options.value)
        try set("flags", try flags(c))
        state.pointee.devMode = c.devMode
    }

    private func systemTexts(_ texts: [[UInt8]]) throws(Raised) -> Value {
        let list = try newList(capacity: texts.count)
        for text in texts { try list.append(self, systemText(text)) }
        return list.value
    }

    private func flags(_ c: Configuration) throws(Raised) -> Value {
        let items = try newTuple(17)
        func number(_ flag: Bool) -> Value { Value(small: flag ? 1 : 0) }
        items[0] = int(c.debug)
        items[1] = int(c.inspect)
        items[2] = int(c.interactive)
        items[3] = int(c.optimize)
        items[4] = number(c.dontWriteBytecode)
        items[5] = number(c.noUserSite || c.isolated)
        items[6] = number(c.noSite)
        items[7] = number(c.ignoresEnvironment || c.isolated)
        items[8] = int(c.verbose)
        items[9] = int(c.bytesWarning)
        items[10] = int(c.quiet)
        items[11] = number(c.hashSeed != 0)
        items[12] = number(c.isolated)
        items[13] = Value(c.devMode)
        items[14] = int(c.utf8Mode)
        items[15] = number(c.warnDefaultEncoding)
        items[16] = int(c.intMaxStrDigits)
        return try newStructSequence(PyType(state.pointee.flagsType), items.items, 17)
    }
}

private final class ConfigurationBox {
    var value: Configuration
    init(_ value: Configuration) { self.value = value }
}
