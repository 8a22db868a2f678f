// The front end's fuzzer: parses, compiles, marshals and disassembles mutated sources in this process. A crash leaves its
// input in OUT/current; a hang is ended by an alarm and leaves it there as well.
//
//   fuzz-frontend --corpus DIR [--count N] [--seed S] [--first K] [--out DIR]
//   fuzz-frontend --replay FILE...
import Foundation
import PyBytecode
import PyCompiler
import PySyntax
import PyUnicode

/// Runs every stage on one input. Anything but an answer or a `SourceError` is a bug and ends the process.
nonisolated func exercise(_ input: [UInt8]) {
    let filename: PyText = "<fuzz>"
    for mode in [ParseMode.exec, .eval, .single, .funcType] {
        // exec always, the others by the input's own bytes, so that a replay does the same.
        if mode != .exec && Int(input.count) % 5 != Int(mode.rawValue) { continue }
        let diagnostics = Diagnostics()
        var options = ParseOptions(mode: mode)
        options.typeComments = input.count % 3 == 0
        guard let tree = try? parse(source: input, filename: filename, options: options, diagnostics: diagnostics) else { continue }
        if mode == .funcType { continue }
        guard let code = try? compile(tree: tree, filename: filename, options: CompileOptions(), diagnostics: diagnostics) else { continue }
        guard let bytes = try? MarshalWriter.dump(code) else { continue }
        guard let back = try? CodeObject.unmarshal(bytes) else { fatalError("own marshal refused") }
        precondition(back == code, "marshal changed the code")
        mutateMarshal(bytes)
    }
}

/// The loader on a damaged copy: an error or a value, never a crash.
nonisolated func mutateMarshal(_ bytes: [UInt8]) {
    var g = Generator(state: UInt64(bytes.count) &* 77 &+ UInt64(bytes.last ?? 0))
    var damaged = bytes
    for _ in 0..<1 + g.below(4) { damaged[g.below(damaged.count)] = UInt8(truncatingIfNeeded: g.next()) }
    if g.chance(20) { damaged.removeLast(g.below(damaged.count)) }
    _ = try? CodeObject.unmarshal(damaged)
}

/// Unbuffered: a crash must not take the count with it.
nonisolated func report(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

var arguments = Array(CommandLine.arguments.dropFirst())
@MainActor func option(_ name: String) -> String? {
    guard let i = arguments.firstIndex(of: name), i + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(i...i + 1) }
    return arguments[i + 1]
}
if let i = arguments.firstIndex(of: "--replay") {
    for path in arguments[(i + 1)...] {
        guard let data = FileManager.default.contents(atPath: path) else { fatalError("cannot read \(path)") }
        exercise([UInt8](data))
        print("\(path): ok")
    }
    exit(0)
}
let count = Int(option("--count") ?? "") ?? 100_000
let seed = UInt64(option("--seed") ?? "") ?? 1
let first = Int(option("--first") ?? "") ?? 0
let out = option("--out") ?? "."
guard let corpusPath = option("--corpus") else {
    print("usage: fuzz-frontend --corpus DIR [--count N] [--seed S] [--first K] [--out DIR] | --replay FILE...")
    exit(2)
}
var corpus: [[UInt8]] = []
for case let name as String in FileManager.default.enumerator(atPath: corpusPath) ?? .init() where name.hasSuffix(".py") {
    if let data = FileManager.default.contents(atPath: corpusPath + "/" + name), data.count < 200_000 { corpus.append([UInt8](data)) }
    if corpus.count >= 1500 { break }
}
corpus.sort { $0.lexicographicallyPrecedes($1) }
try? FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
let mutator = Mutator(corpus: corpus)
let descriptor = open(out + "/current", O_RDWR | O_CREAT | O_TRUNC, 0o644)
guard descriptor >= 0 else { fatalError("cannot write \(out)/current") }
let started = Date()
for number in first..<first + count {
    var g = Generator(state: seed &* 0x1000_0000 &+ UInt64(number))
    let input = mutator.make(&g)
    // Kept before the run: what a crash leaves behind is the input that did it.
    ftruncate(descriptor, 0)
    input.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    // Wall time: generous, for a machine that does other things too.
    alarm(120)
    exercise(input)
    if (number + 1) % 50_000 == 0 { report("\(number + 1) inputs, \(Int(Date().timeIntervalSince(started))) s") }
}
alarm(0)
unlink(out + "/current")
report("\(count) inputs from \(corpus.count) sources, seed \(seed): no crash, no hang, \(Int(Date().timeIntervalSince(started))) s")
