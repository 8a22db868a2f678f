// A path as the os functions take it: str, bytes, os.PathLike, sometimes a descriptor or None.
// CPython: path_converter in Modules/posixmodule.c; PEP 383 (surrogateescape), PEP 519 (__fspath__).
import CShims
import PyPlatform
import PyRuntime

/// - Note: holds values: keep it in locals and parameters only.
struct OSPath {
    /// The bytes object that goes to the system; NULL for a descriptor.
    var encoded: Value
    /// What the caller gave, PathLike resolved: the file name of errors. NULL if nothing was given.
    var object: Value
    /// -1 unless the path is a descriptor.
    var descriptor: Int32 = -1
    var isBytes = false

    var isDescriptor: Bool { encoded.isNull }
    /// The path for C. A descriptor's is an address that the system refuses (EFAULT).
    var c: UnsafePointer<CChar> {
        if encoded.isNull { return UnsafePointer(bitPattern: 1).unsafelyUnwrapped }
        return UnsafeRawPointer(PyBytes(encoded).bytes).assumingMemoryBound(to: CChar.self)
    }
    var bytes: [UInt8] { encoded.isNull ? [] : Array(PyBytes(encoded).view) }
}

extension VM {
    /// - Parameters: function: for messages; argument: its name; descriptor: ints are allowed; none: None is, and means ".".
    func osPath(
        _ given: Value, _ function: StaticString, _ argument: StaticString = "path", descriptor: Bool = false, none: Bool = false
    ) throws(Raised) -> OSPath {
        if given.isNull || (none && given.isNone) { return OSPath(encoded: try bytes([0x2E]), object: .null) }
        if isStr(given) { return OSPath(encoded: try fileSystemBytes(given), object: given) }
        if isBytes(given) { return OSPath(encoded: try checkedBytes(given, function, argument), object: given, isBytes: true) }
        if descriptor && hasIndex(given) {
            return OSPath(encoded: .null, object: given, descriptor: try descriptorNumber(given))
        }
        let expected = descriptor
            ? (none ? "string, bytes, os.PathLike, integer or None" : "string, bytes, os.PathLike or integer")
            : none ? "string, bytes, os.PathLike or None" : "string, bytes or os.PathLike"
        let path = try callSpecial(given, names.__fspath__)
        if path.isNull {
            let message = "\(function): \(argument) should be \(expected), not \(typeName(given))"
            guard type(of: given).slots.buffer != nil else { throw raise(.typeError, message) }
            try warn(.deprecationWarning, message)
            let copy = try bytesFromBuffer(given)
            return OSPath(encoded: try checkedBytes(copy, function, argument), object: given, isBytes: true)
        }
        if isStr(path) { return OSPath(encoded: try fileSystemBytes(path), object: path) }
        if isBytes(path) { return OSPath(encoded: try checkedBytes(path, function, argument), object: path, isBytes: true) }
        throw raise(.typeError, "expected \(typeName(given)).__fspath__() to return str or bytes, not \(typeName(path))")
    }

    private func checkedBytes(_ value: Value, _ function: StaticString, _ argument: StaticString) throws(Raised) -> Value {
        if PyBytes(value).view.contains(0) { throw raise(.valueError, "\(function): embedded null character in \(argument)") }
        return value
    }

    /// `os.fspath`.
    func fspath(_ given: Value) throws(Raised) -> Value {
        if isStr(given) || isBytes(given) { return given }
        let path = try callSpecial(given, names.__fspath__)
        if path.isNull { throw raise(.typeError, "expected str, bytes or os.PathLike object, not \(typeName(given))") }
        if isStr(path) || isBytes(path) { return path }
        throw raise(.typeError, "expected \(typeName(given)).__fspath__() to return str or bytes, not \(typeName(path))")
    }

    /// `PyUnicode_FSConverter`: str, bytes or PathLike as a bytes object without NUL.
    func fsConverter(_ given: Value) throws(Raised) -> Value {
        let path = try fspath(given)
        if isStr(path) { return try fileSystemBytes(path) }
        if PyBytes(path).view.contains(0) { throw raise(.valueError, "embedded null byte") }
        return path
    }

    /// A str encoded for the file system. - Precondition: `isStr(text)`.
    func fileSystemBytes(_ text: Value) throws(Raised) -> Value {
        let encoded = try systemBytes(text)
        if PyBytes(encoded).view.contains(0) { throw raise(.valueError, "embedded null byte") }
        return encoded
    }

    /// `os.fsdecode` of bytes from the system.
    func fileSystemText(_ view: UnsafeBufferPointer<UInt8>) throws(Raised) -> Value {
        if state.pointee.fileSystemIsASCII { return try systemText(try bytes(view)) }
        var at = 0
        return try decodeUTF8(.null, view, names.surrogateescape, &at, final: true)
    }
    func fileSystemText(_ bytes: [UInt8]) throws(Raised) -> Value {
        var result = Value.null
        var failed = false
        bytes.withUnsafeBufferPointer { view in
            do { result = try fileSystemText(view) } catch { failed = true }
        }
        if failed { throw Raised() }
        return result
    }
    func fileSystemText(c text: UnsafePointer<CChar>) throws(Raised) -> Value {
        try fileSystemText(UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text)))
    }

    /// str or bytes, as the path was.
    func fileSystemResult(_ bytes: [UInt8], asBytes: Bool) throws(Raised) -> Value {
        asBytes ? try self.bytes(bytes) : try fileSystemText(bytes)
    }
}
