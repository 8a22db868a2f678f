// Text that the system knows as bytes: names of files, arguments, the environment. UTF-8, or ASCII in the C locale where
// neither the UTF-8 mode nor a coerced locale makes up for it; what does not decode becomes lone surrogates.
// CPython: Python/fileutils.c. Rules: PEP 383, PEP 538, PEP 540.

extension VM {
    /// `sys.getfilesystemencoding()`.
    public var fileSystemEncoding: Value { state.pointee.fileSystemIsASCII ? intern("ascii") : names.utf8 }

    /// Bytes from the system as text. May collect.
    public func systemText(_ bytes: [UInt8]) -> Value {
        if bytes.allSatisfy({ $0 < 0x80 }) { return str(utf8: bytes) }
        do { return try systemText(bytesObject(bytes)) } catch {
            clearRaised()
            return str(utf8: Array(String(decoding: bytes, as: UTF8.self).utf8))
        }
    }

    /// The same of a bytes object.
    public func systemText(_ bytes: Value) throws(Raised) -> Value {
        try callMethod(bytes, intern("decode"), fileSystemEncoding, names.surrogateescape)
    }

    /// Text as a bytes object for the system.
    /// - Throws: UnicodeEncodeError.
    public func systemBytes(_ text: Value) throws(Raised) -> Value {
        if !state.pointee.fileSystemIsASCII { return try encodeUTF8(PyStr(text), names.surrogateescape) }
        return try callMethod(text, intern("encode"), fileSystemEncoding, names.surrogateescape)
    }
}
