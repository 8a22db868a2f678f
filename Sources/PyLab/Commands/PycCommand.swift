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
            With --out, a/b.py below a tree becomes DIR/a/b.pyc, and so does a file given as a/b.py; two sources that
            would become the same file are refused. Every refused file is reported on standard error, the rest is
            compiled, and the exit code is 3.
            """)

    @Argument(help: "Files and directories.")
    var sources: [String] = []

    @Option(name: .customShort("o"), help: ArgumentHelp("Write the one file's code here.", valueName: "FILE"))
    var file: String?

    @Option(name: .customLong("out"), help: ArgumentHelp("Write below this directory.", valueName: "DIR"))
    var directory: String?

    @Flag(name: .customShort("O"), help: "Drop assertions; twice, docstrings too.")
    var optimize: Int

    @Option(name: .customShort("j"), help: ArgumentHelp("Threads.", valueName: "N"))
    var jobs = 1

    @Option(help: ArgumentHelp("Paths, one a line; DIR/N.txt or DIR/N.err out.", visibility: .hidden))
    var batch: String?

    @Flag(help: ArgumentHelp("Write nothing: for timing.", visibility: .hidden))
    var discard = false

    @Flag(name: .customLong("json"), help: "Print what was written, and all about the one file if there is just one.")
    var json = false

    func validate() throws {
        if file != nil && directory != nil { throw ValidationError("Give -o FILE or --out DIR, not both.") }
        if jobs < 1 { throw ValidationError("-j wants at least 1.") }
    }

    private struct Job: Sendable {
        var source: String
        var destination: String
    }

    func run() throws {
        if try runBatch() { return }
        if sources.isEmpty { throw Refusal.usage("pyc wants files or directories") }
        let jobs = try plan()
        let tally = Tally()
        LabThreads.forEach(jobs.count, jobs: self.jobs) { index in
            compile(jobs[index], index, tally)
        }
        if json { Output.write(try document(jobs, tally)) }
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
                let below = directory.map { $0 + "/" + Self.pathBelow(root) } ?? root
                jobs.append(Job(source: root, destination: file ?? (below.hasSuffix(".py") ? below + "c" : below + ".pyc")))
            }
        }
        if file != nil && jobs.count != 1 { throw Refusal.usage("-o wants exactly one source") }
        var writers: [String: String] = [:]
        for job in jobs {
            if let other = writers.updateValue(job.source, forKey: job.destination), other != job.source {
                throw Refusal.usage("\(other) and \(job.source) would both become \(job.destination)")
            }
        }
        if !discard {
            for folder in Set(jobs.compactMap { job in job.destination.lastIndex(of: "/").map { String(job.destination[..<$0]) } })
            where !folder.isEmpty && !Files.makeDirectory(folder) {
                throw Refusal.usage("cannot make the directory \(folder)")
            }
        }
        return jobs
    }

    /// Where a file named on the command line comes to lie in `--out`'s directory: a relative path as it is, of one that
    /// starts at the root or climbs (`../`) the name alone.
    private static func pathBelow(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        if path.hasPrefix("/") || parts.contains("..") { return parts.last.map(String.init) ?? path }
        return parts.joined(separator: "/")
    }

    private func compile(_ job: Job, _ index: Int, _ tally: Tally) {
        guard let bytes = Files.read(job.source) else {
            return tally.refuse(index, "dissect: cannot read \(job.source)")
        }
        do throws(SourceError) {
            if discard {
                _ = try Compilation.compile(
                    bytes, filename: PyText(job.source), parseOptions: ParseOptions(), optimize: optimize,
                    diagnostics: Diagnostics())
                return
            }
            let data = try Self.pyc(bytes, path: PyText(job.source), optimize: optimize)
            if !Files.write(data, to: job.destination) { tally.refuse(index, "dissect: cannot write \(job.destination)") }
            if json { tally.wrote(index, header: Array(data.prefix(16)), count: data.count) }
        } catch {
            tally.refuse(index, error.report, error)
        }
    }

    /// The file's bytes, with the source's time and size in the header.
    private static func pyc(_ bytes: [UInt8], path: PyText, optimize: Int) throws(SourceError) -> [UInt8] {
        let code: CodeObject
        do throws(SourceError) {
            code = try Compilation.compile(
                bytes, filename: path, parseOptions: ParseOptions(), optimize: optimize, diagnostics: Diagnostics())
        } catch {
            throw error.withText(from: bytes)
        }
        let validation = PycValidation.timestamp(
            mtime: UInt32(truncatingIfNeeded: Files.modificationTime(path.string) ?? 0),
            size: UInt32(truncatingIfNeeded: bytes.count))
        do throws(MarshalError) {
            return try PycFile(validation: validation, code: code).data()
        } catch {
            throw SourceError(kind: .valueError, message: PyText(error.message), filename: path)
        }
    }

    private func document(_ jobs: [Job], _ tally: Tally) throws -> [UInt8] {
        let files = jobs.enumerated().map { index, job in
            CompiledFile(
                source: job.source, destination: job.destination, written: tally.files[index],
                refusal: tally.refusals[index], error: tally.errors[index])
        }
        guard jobs.count == 1, tally.refusals.isEmpty, let bytes = Files.read(jobs[0].source) else {
            return try Document.make(files, nil)
        }
        let (code, tree) = try refusing { () throws(SourceError) in
            try Compilation.compileKeepingTree(
                bytes, filename: PyText(jobs[0].source), parseOptions: ParseOptions(), optimize: optimize,
                recordOrigins: true, diagnostics: Diagnostics())
        }
        let target = CodeTarget(code: code, module: code, path: [], filename: jobs[0].source, source: bytes, tree: tree)
        return try Document.make(files, target)
    }

    private func runBatch() throws -> Bool {
        var options = BatchOptions()
        options.batch = batch
        options.out = directory
        options.jobs = jobs
        let optimize = self.optimize
        return try options.run { (bytes, path) throws(SourceError) in
            try Self.pyc(bytes, path: path, optimize: optimize)
        }
    }
}
