// A refused source as one line of JSON: what the comparison scripts hold against CPython's exception.
import PySyntax
import PyUnicode

enum ErrorJSON {
    static func line(_ error: SourceError, warnings: [SourceWarning] = []) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("ok", false)
            fields(error, &json)
            append(warnings, to: &json)
        }
        return json.bytes
    }

    /// The exception by the names of its attributes.
    static func fields(_ error: SourceError, _ json: inout JSONWriter) {
        json.field("type", error.kind.pythonName)
        json.field("msg", error.message)
        json.field("filename", error.filename)
        json.field("lineno", error.line)
        json.field("offset", error.offset)
        json.field("end_lineno", error.endLine)
        json.field("end_offset", error.endOffset)
        json.field("text", error.text)
    }

    static func success(warnings: [SourceWarning]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("ok", true)
            append(warnings, to: &json)
        }
        return json.bytes
    }

    private static func append(_ warnings: [SourceWarning], to json: inout JSONWriter) {
        json.key("warnings")
        json.array { json in
            for warning in warnings {
                json.array { json in
                    json.value(warning.category == .syntaxWarning ? "SyntaxWarning" : "DeprecationWarning")
                    json.value(warning.message)
                    json.value(warning.line)
                }
            }
        }
    }
}
