// `dissect pyc`: compiles files and trees to `.pyc`.
import ArgumentParser
import PyBytecode
import PyCompiler
import PySyntax
import PyUnicode

struct PycCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pyc", abstract: "Compiles files or whole trees to .pyc.",
        discussion: """
            With --out, a/b.py below a tree becomes DIR/a/b.pyc. Every refused file is reported on standard error, the
            rest is compiled, and the exit code is 3.
            """)

    @Argument(help: "Files and directories.")
    var sources: [String]

    @Option(name: .customShort("o"), help: ArgumentHelp("Write the one file's code here.", valueName: "FILE"))
    var file: String?

    @Option(name: .customLong("out"), help: ArgumentHelp("Write below this directory.", valueName: "DIR"))
    var directory: String?

    @Flag(name: .customShort("O"), help: "Drop assertions; twice, docstrings too.")
    var optimize: Int

    @Option(name: .customShort("j"), help: ArgumentHelp("Threads.", valueName: "N"))
    var jobs = 1

    @Flag(name: .customLong("errors-json"), help: ArgumentHelp("Report refusals as JSON lines.", visibility: .hidden))
    var errorsJSON = false

    @Flag(help: ArgumentHelp("Write nothing: for timing.", visibility: .hidden))
    var discard = false

    func validate() throws {
        if file != nil && directory != nil { throw ValidationError("Give -o FILE or --out DIR, not both.") }
        if jobs < 1 { throw ValidationError("-j wants at least 1.") }
    }

    private struct Job: Sendable {
        var source: String
        var destination: String
    }

    func run() throws {
        let jobs = try plan()
        let tally = Tally()
        LabThreads.forEach(jobs.count, jobs: self.jobs) { index in
            compile(jobs[index], index, tally)
        }
        // In the order of the files, whichever thread was first.
        for (_, text) in tally.refusals.sorted(by: { $0.key < $1.key }) { Output.error(text) }
        if !tally.refusals.isEmpty { throw Refusal(code: 3, text: "") }
    }

    private func plan() throws -> [Job] {
        var jobs: [Job] = []
        for source in sources {
            var root = source
            while root.count > 1, root.hasSuffix("/") { root.removeLast() }
            if Files.isDirectory(root) {
                guard file == nil else { throw Refusal.usage("-o wants one file, \(root) is a directory") }
                for path in Files.pythonFiles(below: root) {
                    let target = (directory.map { $0 + "/" } ?? root + "/") + path + "c"
                    jobs.append(Job(source: root + "/" + path, destination: target))
                }
            } else {
                let name = root.split(separator: "/").last.map(String.init) ?? root
                let stem = name.hasSuffix(".py") ? name + "c" : name + ".pyc"
                let beside = root.hasSuffix(".py") ? root + "c" : root + ".pyc"
                jobs.append(Job(source: root, destination: file ?? directory.map { $0 + "/" + stem } ?? beside))
            }
        }
        if file != nil && jobs.count != 1 { throw Refusal.usage("-o wants exactly one source") }
        if !discard {
            for folder in Set(jobs.compactMap { job in job.destination.lastIndex(of: "/").map { String(job.destination[..<$0]) } })
            where !folder.isEmpty && !Files.makeDirectory(folder) {
                throw Refusal.usage("cannot make the directory \(folder)")
            }
        }
        return jobs
    }

    private func compile(_ job: Job, _ index: Int, _ tally: Tally) {
        guard let bytes = Files.read(job.source) else {
            return tally.refuse(index, "dissect: cannot read \(job.source)")
        }
        do throws(SourceError) {
            let code = try Compilation.compile(
                bytes, filename: PyText(job.source), parseOptions: ParseOptions(), optimize: optimize,
                diagnostics: Diagnostics())
            let validation = PycValidation.timestamp(
                mtime: UInt32(truncatingIfNeeded: Files.modificationTime(job.source) ?? 0),
                size: UInt32(truncatingIfNeeded: bytes.count))
            guard let data = try? PycFile(validation: validation, code: code).data() else {
                return tally.refuse(index, "dissect: \(job.source): object too deeply nested to marshal")
            }
            if discard { return }
            if !Files.write(data, to: job.destination) { tally.refuse(index, "dissect: cannot write \(job.destination)") }
        } catch {
            if errorsJSON {
                tally.refuse(index, String(decoding: ErrorJSON.line(error, source: job.source), as: UTF8.self))
            } else {
                tally.refuse(index, error.report)
            }
        }
    }
}
