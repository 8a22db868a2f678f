// The options of `python3.10`, parsed as getopt does. CPython: Python/getopt.c, Python/initconfig.c. Rules: "Using Python" 1.1.
import Taipan

/// What the command line asks for.
struct CommandLineOptions {
    /// What to do instead of running something.
    enum Special: Equatable {
        case help
        case version(detailed: Bool)
    }

    var configuration = Configuration()
    var program = Program.standardInput
    var special: Special?
    var skipsFirstLine = false
    /// -R: PYTHONHASHSEED is not looked at.
    var randomizesHashes = false
    var warnOptions: [[UInt8]] = []

    /// A usage error: the line to print before the usage.
    struct Failure: Error { var message: String }

    init(_ arguments: [[UInt8]]) throws(Failure) {
        configuration.originalArguments = arguments
        if let first = arguments.first, !first.isEmpty { configuration.programName = first }
        var scanner = OptionScanner(arguments)
        var versions = 0
        var chosen = false
        scanning: while let option = try scanner.next() {
            switch option.letter {
            case "c":
                program = .command(option.argument)
                chosen = true
                break scanning
            case "m":
                program = .module(option.argument)
                chosen = true
                break scanning
            case "W": warnOptions.append(option.argument)
            case "X": addX(option.argument)
            case "check-hash-based-pycs":
                let mode = String(decoding: option.argument, as: UTF8.self)
                guard ["default", "always", "never"].contains(mode) else {
                    throw Failure(message: "--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n")
                }
                configuration.checkHashPycs = mode
            case "h", "?", "help":
                special = .help
                return
            case "V", "version": versions += 1
            case "x": skipsFirstLine = true
            default: set(option.letter)
            }
        }
        if versions > 0 { special = .version(detailed: versions > 1) }
        var rest = scanner.rest
        switch program {
        case .command where chosen: rest.insert(Array("-c".utf8), at: 0)
        case .module where chosen: rest.insert(Array("-m".utf8), at: 0)
        default:
            if let file = rest.first, file != [UInt8(ascii: "-")] { program = .file(file) }
            if rest.isEmpty { rest = [[]] }
        }
        configuration.arguments = rest
    }

    private mutating func set(_ letter: String) {
        switch letter {
        case "b": configuration.bytesWarning += 1
        case "B": configuration.dontWriteBytecode = true
        case "d": configuration.debug += 1
        case "i":
            configuration.inspect += 1
            configuration.interactive += 1
        case "I":
            configuration.isolated = true
            configuration.ignoresEnvironment = true
            configuration.noUserSite = true
        case "E": configuration.ignoresEnvironment = true
        case "O": configuration.optimize += 1
        case "q": configuration.quiet += 1
        case "s": configuration.noUserSite = true
        case "R": randomizesHashes = true
        case "S": configuration.noSite = true
        case "u": configuration.unbuffered = true
        case "v": configuration.verbose += 1
        default: break  // -t is accepted and means nothing.
        }
    }

    private mutating func addX(_ option: [UInt8]) {
        let equals = option.firstIndex(of: UInt8(ascii: "="))
        configuration.xOptions.append(
            (name: Array(option[..<(equals ?? option.count)]), value: equals.map { Array(option[($0 + 1)...]) }))
    }
}

/// Walks the options in front of the program.
private struct OptionScanner {
    let arguments: [[UInt8]]
    private var index = 1
    private var cluster: ArraySlice<UInt8> = []

    init(_ arguments: [[UInt8]]) { self.arguments = arguments }

    /// What was not looked at.
    var rest: [[UInt8]] { index < arguments.count ? Array(arguments[index...]) : [] }

    mutating func next() throws(CommandLineOptions.Failure) -> (letter: String, argument: [UInt8])? {
        let dash = UInt8(ascii: "-")
        if cluster.isEmpty {
            guard index < arguments.count else { return nil }
            let word = arguments[index]
            if word.first != dash || word.count == 1 { return nil }
            index += 1
            if word == [dash, dash] { return nil }
            if word.starts(with: [dash, dash]) { return try long(String(decoding: word.dropFirst(2), as: UTF8.self)) }
            cluster = word.dropFirst()
        }
        guard let byte = cluster.popFirst() else { return nil }
        let letter = String(decoding: [byte], as: UTF8.self)
        if byte == UInt8(ascii: "J") { throw CommandLineOptions.Failure(message: "-J is reserved for Jython\n") }
        if !"bBcdEhiImOqRsStuvVWxX?".utf8.contains(byte) {
            throw CommandLineOptions.Failure(message: "Unknown option: -\(Self.shown(byte, cluster))\n")
        }
        guard "cmWX".utf8.contains(byte) else { return (letter, []) }
        if !cluster.isEmpty {
            let argument = Array(cluster)
            cluster = []
            return (letter, argument)
        }
        guard index < arguments.count else { throw CommandLineOptions.Failure(message: "Argument expected for the -\(letter) option\n") }
        index += 1
        return (letter, arguments[index - 1])
    }

    /// The letter that `byte` begins, as a message shows it.
    private static func shown(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> String {
        guard let scalar = String(decoding: [byte] + rest, as: UTF8.self).unicodeScalars.first, !scalar.isASCII else {
            return String(decoding: [byte], as: UTF8.self)
        }
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
        return "\\" + (width == 2 ? "x" : width == 4 ? "u" : "U") + String(repeating: "0", count: width - digits.count) + digits
    }

    private mutating func long(_ name: String) throws(CommandLineOptions.Failure) -> (letter: String, argument: [UInt8])? {
        switch name {
        case "help", "version": return (name, [])
        case "check-hash-based-pycs":
            guard index < arguments.count else { throw CommandLineOptions.Failure(message: "Argument expected for the --\(name) options\n") }
            index += 1
            return (name, arguments[index - 1])
        default: throw CommandLineOptions.Failure(message: "unknown option --\(name)\n")
        }
    }
}
