// The entry of `dissect`. Work runs on a thread with a stack of its own size, so that what counts depth and not bytes
// has room in every build.
import ArgumentParser
import Foundation

/// The lab as a program.
public enum DissectProgram {
    /// Runs `dissect` with the process's arguments and ends the process: 0 ok, 2 usage, 3 source refused.
    public static func main() -> Never {
        let worker = Thread {
            Foundation.exit(run(Array(CommandLine.arguments.dropFirst())))
        }
        worker.stackSize = LabThreads.stackSize
        worker.start()
        while true { sleep(1000) }
    }

    /// Runs one command line inside the process, for tests. One at a time.
    package static func run(capturing arguments: [String]) -> (code: Int32, out: [UInt8], error: String) {
        var code: Int32 = 0
        let written = Output.capture { code = run(arguments) }
        return (code, written.out, String(decoding: written.error, as: UTF8.self))
    }

    static func run(_ arguments: [String]) -> Int32 {
        do {
            var command = try Dissect.parseAsRoot(arguments)
            try command.run()
            Output.flush()
            return 0
        } catch let refusal as Refusal {
            Output.flush()
            if !refusal.text.isEmpty { Output.error(refusal.text) }
            return refusal.code
        } catch {
            Output.flush()
            let code = Dissect.exitCode(for: error)
            let text = Dissect.fullMessage(for: error)
            if code == .success {
                Output.write(text + "\n")
                Output.flush()
                return 0
            }
            Output.error(text)
            return 2
        }
    }
}

/// Ends the command with a message and an exit code.
struct Refusal: Error {
    var code: Int32
    var text: String

    /// The target does not exist, or cannot be what the command wants.
    static func usage(_ text: String) -> Refusal { Refusal(code: 2, text: "dissect: " + text) }
    /// Python's own complaint.
    static func source(_ text: String) -> Refusal { Refusal(code: 3, text: text) }
}
