// The `taipan` command: arguments to an interpreter run. CPython: Modules/main.c, Python/initconfig.c.
import PyPlatform
import PyREPL
import Taipan

/// Runs the command and returns its exit status.
/// - Parameter arguments: the process's, the program's name first, as bytes.
public func runCommand(_ arguments: [[UInt8]]) -> Int32 {
    let name = String(decoding: arguments.first ?? [], as: UTF8.self)
    var options: CommandLineOptions
    do throws(CommandLineOptions.Failure) { options = try CommandLineOptions(arguments) } catch {
        write(2, error.message + usageLine(name) + "Try `python -h' for more information.\n")
        return 2
    }
    do throws(FatalConfiguration) { try options.applyEnvironment() } catch {
        let state = error.isEarly ? "preinitializing" : "preinitialized"
        write(2, "Fatal Python error: \(error.function): \(error.message)\nPython runtime state: \(state)\n\n")
        return 1
    }
    switch options.special {
    case .help:
        write(1, usageLine(name) + "\(optionsHelp)")
        return 0
    case .version(let detailed):
        write(1, "Python \(detailed ? Interpreter.version : "3.10.13")\n")
        return 0
    case nil: break
    }
    restoreCrashSignals()
    let interpreter = Interpreter(options.configuration, program: arguments.first ?? [])
    let status = interpreter.runMain(options.program, skipsFirstLine: options.skipsFirstLine, prompt: TerminalPrompt.ifOnTerminal(interpreter))
    // The process ends here: its memory need not be given back piece by piece, and everything was flushed.
    exitNow(status)
}

private func write(_ descriptor: Int32, _ text: String) { try? writeAll(descriptor, Array(text.utf8)) }
