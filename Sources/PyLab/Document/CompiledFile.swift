// The section `files` of the dissection document of `dissect pyc`: what became of each source.
import PySyntax
import PyUnicode

struct CompiledFile {
    var source: String
    var destination: String
    /// The header and the size of what was written; nil if nothing was.
    var written: (header: [UInt8], count: Int)?
    /// Why nothing was written, as standard error says it.
    var refusal: String?
    /// Python's own complaint, if that is the reason.
    var error: SourceError?

    static func write(_ files: [CompiledFile], hasCode: Bool, _ json: inout JSONWriter) {
        json.key("files")
        json.array { json in
            for (index, file) in files.enumerated() {
                file.write("f\(index)", hasCode: hasCode, &json)
                json.newline()
            }
        }
    }

    private func write(_ id: String, hasCode: Bool, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", id)
            json.field("source", source)
            json.field("pyc", written == nil ? nil : destination)
            if let written {
                json.field("magic", DocumentValue.hex(written.header.prefix(4)))
                json.field("flags", word(written.header, 4))
                json.field("mtime", word(written.header, 8))
                json.field("source_size", word(written.header, 12))
                json.field("size", written.count)
                if hasCode { json.field("code", "c0") }
            }
            json.field("refusal", refusal)
            if let error {
                json.key("error")
                json.object { json in ErrorJSON.fields(error, &json) }
            }
        }
    }

    /// The little-endian 32-bit word at `offset`.
    private func word(_ bytes: [UInt8], _ offset: Int) -> Int? {
        guard bytes.count >= offset + 4 else { return nil }
        return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
