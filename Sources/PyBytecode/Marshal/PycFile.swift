// `.pyc` files: a header of 16 bytes, then a marshalled code object. CPython: Lib/importlib/_bootstrap_external.py;
// PEP 552 for the hash-based form.
import PyUnicode

/// What the header says about the source the code was made from.
public enum PycValidation: Hashable, Sendable {
    /// Seconds and size of the source, both modulo 2^32.
    case timestamp(mtime: UInt32, size: UInt32)
    /// SipHash of the source; `checked`: the importer compares it.
    case sourceHash(UInt64, checked: Bool)
}

/// Why importlib refuses a file. `message(name:)` is its text.
public enum PycError: Error, Hashable, Sendable {
    /// ImportError.
    case badMagic([UInt8])
    /// EOFError.
    case shortHeader
    /// ImportError.
    case invalidFlags(UInt32)
    /// ImportError.
    case stale
    /// ImportError.
    case hashMismatch
    /// ImportError.
    case notCode
    case marshal(MarshalError)

    /// CPython's text. `quotedName` is `repr` of the module's name (for `notCode`, of the file's path).
    public func message(quotedName: String) -> String {
        switch self {
        case .badMagic(let magic): "bad magic number in \(quotedName): \(PyRepr.string(bytes: magic))"
        case .shortHeader: "reached EOF while reading pyc header of \(quotedName)"
        case .invalidFlags(let flags): "invalid flags \(flags) in \(quotedName)"
        case .stale: "bytecode is stale for \(quotedName)"
        case .hashMismatch: "hash in bytecode doesn't match hash of source \(quotedName)"
        case .notCode: "Non-code object in \(quotedName)"
        case .marshal(let error): error.message
        }
    }
}

/// A `.pyc` file's contents.
public struct PycFile: Sendable {
    public var validation: PycValidation
    public var code: CodeObject

    public init(validation: PycValidation, code: CodeObject) {
        self.validation = validation
        self.code = code
    }

    /// 3439 and CR LF, as CPython 3.10 writes them.
    public static let magic: [UInt8] = [0x6F, 0x0D, 0x0D, 0x0A]
    public static let headerSize = 16

    /// Reads the header.
    public static func readHeader(_ data: [UInt8]) throws(PycError) -> PycValidation {
        guard data.starts(with: magic) else { throw .badMagic(Array(data.prefix(4))) }
        guard data.count >= headerSize else { throw .shortHeader }
        let flags = UInt32(truncatingIfNeeded: littleEndian(data[4..<8]))
        guard flags & ~0b11 == 0 else { throw .invalidFlags(flags) }
        if flags & 1 != 0 { return .sourceHash(littleEndian(data[8..<16]), checked: flags & 2 != 0) }
        return .timestamp(
            mtime: UInt32(truncatingIfNeeded: littleEndian(data[8..<12])),
            size: UInt32(truncatingIfNeeded: littleEndian(data[12..<16])))
    }

    /// Reads a whole file. Whether it is stale is the caller's question: `check`.
    public static func read(_ data: [UInt8]) throws(PycError) -> PycFile {
        let validation = try readHeader(data)
        let value: MarshalValue
        do throws(MarshalError) {
            var reader = MarshalReader(data, at: headerSize)
            value = try reader.read()
        } catch {
            throw .marshal(error)
        }
        guard case .code(let code) = value else { throw .notCode }
        return PycFile(validation: validation, code: code)
    }

    /// importlib's rule for a timestamp file: time and size must agree.
    public static func check(_ validation: PycValidation, mtime: UInt32, size: UInt32?) throws(PycError) {
        guard case .timestamp(let writtenTime, let writtenSize) = validation else { return }
        guard writtenTime == mtime, size == nil || size == writtenSize else { throw .stale }
    }

    /// importlib's rule for a hash-based file: the hash must agree.
    public static func check(_ validation: PycValidation, sourceHash: UInt64) throws(PycError) {
        guard case .sourceHash(let written, _) = validation else { return }
        guard written == sourceHash else { throw .hashMismatch }
    }

    /// The file's bytes.
    public func data() throws(MarshalError) -> [UInt8] {
        var data = Self.magic
        switch validation {
        case .timestamp(let mtime, let size):
            data += Self.bytes(0, 4) + Self.bytes(UInt64(mtime), 4) + Self.bytes(UInt64(size), 4)
        case .sourceHash(let hash, let checked):
            data += Self.bytes(checked ? 3 : 1, 4) + Self.bytes(hash, 8)
        }
        data += try MarshalWriter.dump(code)
        return data
    }

    /// `_imp.source_hash(importlib.util._RAW_MAGIC_NUMBER, source)`.
    public static func sourceHash(of source: [UInt8]) -> UInt64 {
        sourceHash(of: source, key: littleEndian(magic[...]))
    }

    /// `_imp.source_hash(key, source)`.
    public static func sourceHash(of source: [UInt8], key: UInt64) -> UInt64 { sipHash24(key: key, source) }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    /// SipHash-2-4 with the second half of the key zero.
    private static func sipHash24(key: UInt64, _ data: [UInt8]) -> UInt64 {
        var v0 = key ^ 0x736F_6D65_7073_6575
        var v1: UInt64 = 0x646F_7261_6E64_6F6D
        var v2 = key ^ 0x6C79_6765_6E65_7261
        var v3: UInt64 = 0x7465_6462_7974_6573
        func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
        func round() {
            v0 &+= v1
            v1 = rotate(v1, 13) ^ v0
            v0 = rotate(v0, 32)
            v2 &+= v3
            v3 = rotate(v3, 16) ^ v2
            v0 &+= v3
            v3 = rotate(v3, 21) ^ v0
            v2 &+= v1
            v1 = rotate(v1, 17) ^ v2
            v2 = rotate(v2, 32)
        }
        var index = 0
        while index + 8 <= data.count {
            let word = littleEndian(data[index..<index + 8])
            v3 ^= word
            round()
            round()
            v0 ^= word
            index += 8
        }
        let last = UInt64(truncatingIfNeeded: data.count) << 56 | littleEndian(data[index...])
        v3 ^= last
        round()
        round()
        v0 ^= last
        v2 ^= 0xFF
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }
}
