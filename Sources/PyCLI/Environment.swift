// The PYTHON* variables and the -X options that set what the command line left open. CPython: Python/initconfig.c.
import PyPlatform
import Taipan

/// A setting that cannot be honoured: CPython ends with a fatal error.
struct FatalConfiguration: Error {
    var function: String
    var message: String
    var isEarly = false
}

extension CommandLineOptions {
    /// Reads the environment (unless -E or -I) and the -X options into the configuration.
    mutating func applyEnvironment() throws(FatalConfiguration) {
        try applyEncodingMode()
        applyFlags()
        try applyHashSeed()
        try applyTracing()
        try applyDigitLimit()
        applyPaths()
        collectWarnOptions()
    }

    /// A PYTHON* variable; nil if unset, empty or not to be looked at.
    private func variable(_ name: String) -> [UInt8]? {
        if configuration.ignoresEnvironment { return nil }
        guard let value = environmentValue(name), !value.isEmpty else { return nil }
        return value
    }

    private func xOption(_ name: String) -> (isSet: Bool, value: [UInt8]?) {
        guard let option = configuration.xOptions.last(where: { $0.name == Array(name.utf8) }) else { return (false, nil) }
        return (true, option.value)
    }

    /// A number at least 0; 1 for anything else that is set.
    private func level(_ name: String) -> Int {
        guard let value = variable(name) else { return 0 }
        guard let number = Int(String(decoding: value, as: UTF8.self)), number >= 0 else { return 1 }
        return number
    }

    private mutating func applyEncodingMode() throws(FatalConfiguration) {
        configuration.devMode = xOption("dev").isSet || variable("PYTHONDEVMODE") != nil
        let option = xOption("utf8")
        if option.isSet {
            switch option.value.map({ String(decoding: $0, as: UTF8.self) }) ?? "1" {
            case "1": configuration.utf8Mode = 1
            case "0": configuration.utf8Mode = 0
            default: throw FatalConfiguration(function: "preconfig_init_utf8_mode", message: "invalid -X utf8 option value", isEarly: true)
            }
        } else if let value = variable("PYTHONUTF8") {
            switch String(decoding: value, as: UTF8.self) {
            case "1": configuration.utf8Mode = 1
            case "0": configuration.utf8Mode = 0
            default:
                throw FatalConfiguration(
                    function: "preconfig_init_utf8_mode", message: "invalid PYTHONUTF8 environment variable value", isEarly: true)
            }
        } else if isPlainLocale() {
            // PEP 540: the C locale means UTF-8.
            configuration.utf8Mode = 1
        }
        // PEP 538: else a UTF-8 locale takes its place, unless that is refused or LC_ALL insists.
        if configuration.utf8Mode == 0, isPlainLocale() {
            configuration.isASCII = !mayCoerceLocale() || variable("PYTHONCOERCECLOCALE") == [UInt8(ascii: "0")]
        }
    }

    private mutating func applyFlags() {
        configuration.debug = max(configuration.debug, level("PYTHONDEBUG"))
        configuration.verbose = max(configuration.verbose, level("PYTHONVERBOSE"))
        configuration.optimize = max(configuration.optimize, level("PYTHONOPTIMIZE"))
        configuration.inspect = max(configuration.inspect, level("PYTHONINSPECT"))
        if level("PYTHONDONTWRITEBYTECODE") > 0 { configuration.dontWriteBytecode = true }
        if level("PYTHONNOUSERSITE") > 0 { configuration.noUserSite = true }
        if level("PYTHONUNBUFFERED") > 0 { configuration.unbuffered = true }
        configuration.faultHandler = xOption("faulthandler").isSet || variable("PYTHONFAULTHANDLER") != nil || configuration.devMode
        configuration.importTime = xOption("importtime").isSet || variable("PYTHONPROFILEIMPORTTIME") != nil
        configuration.warnDefaultEncoding = xOption("warn_default_encoding").isSet || variable("PYTHONWARNDEFAULTENCODING") != nil
        configuration.ioEncoding = variable("PYTHONIOENCODING")
    }

    /// `-X tracemalloc`, PYTHONTRACEMALLOC, PYTHONMALLOC: the last is checked and no more, there is one allocator.
    private mutating func applyTracing() throws(FatalConfiguration) {
        if let allocator = variable("PYTHONMALLOC"),
            !["default", "debug", "pymalloc", "pymalloc_debug", "malloc", "malloc_debug"].contains(String(decoding: allocator, as: UTF8.self))
        {
            throw FatalConfiguration(function: "preconfig_init_allocator", message: "PYTHONMALLOC: unknown allocator", isEarly: true)
        }
        func count(_ text: [UInt8]) -> Int? { Int32(String(decoding: text, as: UTF8.self)).flatMap { $0 >= 0 && $0 <= 65535 ? Int($0) : nil } }
        if let value = variable("PYTHONTRACEMALLOC") {
            guard let frames = count(value) else {
                throw FatalConfiguration(function: "config_init_tracemalloc", message: "PYTHONTRACEMALLOC: invalid number of frames")
            }
            configuration.tracedFrames = frames
        }
        let option = xOption("tracemalloc")
        if option.isSet { configuration.tracedFrames = 1 }
        if let value = option.value {
            guard let frames = count(value) else {
                throw FatalConfiguration(function: "config_init_tracemalloc", message: "-X tracemalloc=NFRAME: invalid number of frames")
            }
            configuration.tracedFrames = frames
        }
    }

    private mutating func applyHashSeed() throws(FatalConfiguration) {
        guard !randomizesHashes, let value = variable("PYTHONHASHSEED"), value != Array("random".utf8) else { return }
        let text = String(decoding: value, as: UTF8.self)
        // As strtoul reads it: blanks and a sign may stand in front.
        let digits = text.drop { " \t\n\u{0B}\u{0C}\r".contains($0) }
        guard let seed = UInt32(digits) else {
            throw FatalConfiguration(
                function: "config_init_hash_seed", message: "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]")
        }
        configuration.hashSeed = seed
    }

    private mutating func applyDigitLimit() throws(FatalConfiguration) {
        func parsed(_ text: [UInt8]?) -> Int? {
            if let text, text.isEmpty { return 0 }
            guard let text, let number = Int(String(decoding: text, as: UTF8.self)), number == 0 || number >= 640 else { return nil }
            return number
        }
        let problem = "invalid limit; must be >= 640 or 0 for unlimited."
        if let value = variable("PYTHONINTMAXSTRDIGITS") {
            guard let limit = parsed(value) else {
                throw FatalConfiguration(function: "config_init_int_max_str_digits", message: "PYTHONINTMAXSTRDIGITS: \(problem)")
            }
            configuration.intMaxStrDigits = limit
        }
        let option = xOption("int_max_str_digits")
        if option.isSet {
            guard let limit = parsed(option.value) else {
                throw FatalConfiguration(function: "config_init_int_max_str_digits", message: "-X int_max_str_digits: \(problem)")
            }
            configuration.intMaxStrDigits = limit
        }
    }

    private mutating func applyPaths() {
        configuration.home = variable("PYTHONHOME")
        configuration.pythonPath = variable("PYTHONPATH") ?? []
        if let directory = variable("PYTHONPLATLIBDIR") { configuration.platformLibraryDirectory = directory }
        let option = xOption("pycache_prefix")
        if option.isSet {
            configuration.pycachePrefix = option.value.flatMap { $0.isEmpty ? nil : $0 }
        } else {
            configuration.pycachePrefix = variable("PYTHONPYCACHEPREFIX")
        }
    }

    /// `sys.warnoptions`: the last has the highest precedence.
    private mutating func collectWarnOptions() {
        var options: [[UInt8]] = []
        if configuration.devMode { options.append(Array("default".utf8)) }
        if let value = variable("PYTHONWARNINGS") { options += value.split(separator: UInt8(ascii: ",")).map { Array($0) } }
        options += warnOptions
        if configuration.bytesWarning > 0 {
            options.append(Array((configuration.bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning").utf8))
        }
        configuration.warnOptions = options
    }
}
