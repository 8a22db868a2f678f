// Marshal and `.pyc` against recorded answers of CPython, and against mutated data.
import PyBytecode
import PyNumerics
import PyUnicode
import Testing

@Suite struct MarshalTests {
    private static func read(_ data: [UInt8]) -> Result<MarshalValue, MarshalError> {
        var reader = MarshalReader(data)
        do throws(MarshalError) { return .success(try reader.read()) } catch { return .failure(error) }
    }

    @Test func refusesWhatCPythonRefusesInItsWords() throws {
        for row in try Golden.rows("marshal/cases.tsv") where row.count == 2 {
            switch Self.read(Golden.bytes(hex: row[0])) {
            case .success: #expect(row[1] == "ok", "\(row[0])")
            case .failure(let error):
                // CPython's SystemError names a line of its own source; float texts are quoted differently.
                if row[1].hasPrefix("SystemError") { continue }
                let wanted = row[1].split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
                if wanted.hasPrefix("could not convert string to float") { continue }
                #expect(error.message == wanted, "\(row[0])")
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4]) func valuesComeBack(version: Int) throws {
        let big = BigInt(isNegative: true, magnitude: [1, 2, 3])
        let list = MarshalValue.list(MarshalNode([.int(1), .str("x", interned: false)]))
        let values: [MarshalValue] = [
            .none, .bool(true), .ellipsis, .stopIteration, .int(Int.max), .int(Int.min), .int(-1), .bigInt(big),
            .float((0.1).bitPattern), .float((-0.0).bitPattern), .float(Double.infinity.bitPattern), .float(Double.leastNonzeroMagnitude.bitPattern),
            .complex((1e300).bitPattern, (-2.5).bitPattern), .str("ä€😀", interned: true), .bytes([0, 255]),
            .tuple(MarshalNode([list, list])), .dict(MarshalNode([.int(1), list])), .set(MarshalNode([.int(7)])),
            .frozenset(MarshalNode()), .tuple(MarshalNode((0..<300).map { .int($0) })),
        ]
        for value in values {
            let data = try MarshalWriter.dump(value, version: version)
            let back = try Self.read(data).get()
            #expect(try MarshalWriter.dump(back, version: version) == data)
        }
    }

    @Test func sharedNodesStayShared() throws {
        let inner = MarshalNode([.int(1)])
        let data = try MarshalWriter.dump(.tuple(MarshalNode([.list(inner), .list(inner)])))
        guard case .tuple(let outer) = try Self.read(data).get(), case .list(let a) = outer.items[0],
            case .list(let b) = outer.items[1]
        else {
            Issue.record("not a tuple of lists")
            return
        }
        #expect(a === b)
    }

    @Test func nestingIsLimited() throws {
        var data: [UInt8] = []
        for _ in 0..<5000 { data += [0x29, 1] }
        data.append(UInt8(ascii: "N"))
        guard case .failure(let error) = Self.read(data) else {
            Issue.record("5000 levels were read")
            return
        }
        #expect(error == MarshalError(.valueError, "recursion limit exceeded"))
        var value = MarshalValue.none
        for _ in 0..<3000 { value = .tuple(MarshalNode([value])) }
        #expect(throws: MarshalError(.valueError, "object too deeply nested to marshal")) { try MarshalWriter.dump(value) }
    }

    @Test func hugeSizesTakeNoMemory() {
        for type in "([<>su" {
            let data = [type.asciiValue ?? 0, 0xFF, 0xFF, 0xFF, 0x7F]
            guard case .failure(let error) = Self.read(data) else {
                Issue.record("\(type) was read")
                continue
            }
            #expect(error.kind == .eofError)
        }
    }

    @Test(arguments: Golden.samples) func codeComesBackFieldForField(sample: String) throws {
        let code = try Golden.code(sample)
        let again = try CodeObject.unmarshal(try MarshalWriter.dump(code))
        for (a, b) in zip(Golden.walk(code), Golden.walk(again)) {
            #expect(a == b)
            #expect(a.filename == b.filename && a.linetable == b.linetable && a.stacksize == b.stacksize)
        }
    }

    @Test func pycHeadersFollowImportlib() throws {
        let code = try Golden.code("article")
        let file = try PycFile(validation: .timestamp(mtime: 7, size: 9), code: code).data()
        #expect(try PycFile.read(file).validation == .timestamp(mtime: 7, size: 9))
        #expect(throws: PycError.shortHeader) { try PycFile.read(Array(file[..<10])) }
        #expect(throws: PycError.badMagic([1, 2])) { try PycFile.read([1, 2]) }
        #expect(throws: PycError.invalidFlags(4)) { try PycFile.read(PycFile.magic + [4, 0, 0, 0] + file[8...]) }
        #expect(throws: PycError.stale) { try PycFile.check(.timestamp(mtime: 7, size: 9), mtime: 7, size: 8) }
        let hash = PycFile.sourceHash(of: Array("x = 1\n".utf8))
        #expect(hash == Self.oracleHash)
        let hashed = try PycFile(validation: .sourceHash(hash, checked: true), code: code).data()
        #expect(try PycFile.readHeader(hashed) == .sourceHash(hash, checked: true))
        #expect(throws: PycError.hashMismatch) { try PycFile.check(.sourceHash(1, checked: true), sourceHash: 2) }
        let message = PycError.badMagic([0x6F, 0]).message(quotedName: "'m'")
        #expect(message == #"bad magic number in 'm': b'o\x00'"#)
    }

    /// `_imp.source_hash(importlib.util._RAW_MAGIC_NUMBER, b'x = 1\n')`.
    private static let oracleHash: UInt64 = 0xbfbe8c8ce2ad4ad9

    @Test func mutatedDataNeverTraps() throws {
        var random = SplitMix(state: 11)
        let files = try Golden.samples.map { try Golden.bytes("code/\($0).pyc") }
        var read = 0
        for _ in 0..<20_000 {
            guard var data = files.randomElement(using: &random) else { break }
            if data.count > 3000 { data = Array(data[..<3000]) }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                data[Int.random(in: 16..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let file = try? PycFile.read(data) {
                read += 1
                _ = try? file.code.verifyRecursively()
                if read % 100 == 0 { _ = Disassembly.recursive(file.code) }
            }
        }
        #expect(read > 0)
    }
}
