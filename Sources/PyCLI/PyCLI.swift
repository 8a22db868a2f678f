// The `taipan` command: arguments to an interpreter run. CPython: Modules/main.c, Python/initconfig.c.
import PyPlatform
import Taipan

/// Runs the command and returns its exit status.
public func runCommand(_ arguments: [String]) -> Int32 {
    guard arguments.count > 1 else {
        try? writeAll(2, Array("usage: taipan FILE | -c CODE\n".utf8))
        return 2
    }
    if arguments[1] == "-c", arguments.count > 2 {
        let interpreter = Interpreter()
        defer { interpreter.close() }
        return interpreter.runMain(source: Array(arguments[2].utf8), filename: "<string>")
    }
    let path = arguments[1]
    let data: [UInt8]
    do { data = try readFile(Array(path.utf8)) } catch {
        try? writeAll(2, Array("taipan: can't open file '\(path)': [Errno \(error.code)] \(error.message)\n".utf8))
        return 2
    }
    let interpreter = Interpreter()
    defer { interpreter.close() }
    if path.hasSuffix(".pyc") { return interpreter.runMain(pyc: data, filename: path) }
    return interpreter.runMain(source: data, filename: path)
}
