// str.format and str.format_map. CPython: Objects/stringlib/unicode_format.h. Rules: Library Reference, Format String Syntax.
import PyUnicode

/// One piece of a format string: literal text, then perhaps a replacement field.
struct FormatPiece {
    var literal: TextView
    var hasField = false
    /// Field name, specification: empty views if absent.
    var name: TextView
    var spec: TextView
    /// 0 if absent.
    var conversion: UInt32 = 0
    var specHasFields = false
}

/// `{}` or `{0}`: one format string may not mix them.
struct FieldNumbering {
    enum Mode { case unknown, automatic, manual }
    var mode = Mode.unknown
    var next = 0
}

/// How a field is looked up.
struct FormatSource {
    /// NULL for format_map.
    var positional: UnsafeMutablePointer<Value>?
    var positionalCount = 0
    /// Keyword names and values, or the mapping.
    var keywordNames = Value.null
    var mapping = Value.null
}

extension VM {
    func strFormat(_ text: PyStr, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        let source = FormatSource(positional: arguments, positionalCount: count, keywordNames: keywords)
        return try formatText(text, source)
    }

    func strFormatMap(_ text: PyStr, _ mapping: Value) throws(Raised) -> Value {
        try formatText(text, FormatSource(mapping: mapping))
    }

    private func formatText(_ text: PyStr, _ source: FormatSource) throws(Raised) -> Value {
        var numbering = FieldNumbering()
        var out = TextBuilder(capacity: text.count + 32)
        try formatInto(&out, text.view, source, &numbering, depth: 2)
        return try str(out)
    }

    private func formatInto(
        _ out: inout TextBuilder, _ text: TextView, _ source: FormatSource, _ numbering: inout FieldNumbering, depth: Int
    ) throws(Raised) {
        if depth <= 0 { throw raise(.valueError, "Max string recursion exceeded") }
        var at = 0
        while let piece = try nextFormatPiece(text, &at) {
            if piece.literal.count > 0 { out.append(piece.literal) }
            guard piece.hasField else { continue }
            var value = try fieldValue(piece.name, source, &numbering)
            switch piece.conversion {
            case 0: break
            case 0x72: value = try repr(value)
            case 0x73: value = try str(of: value)
            case 0x61: value = try ascii(value)
            default:
                let c = piece.conversion
                let shown = c > 32 && c < 127 ? String(UnicodeScalar(UInt8(c))) : "\\x\(String(c, radix: 16))"
                throw raise(.valueError, "Unknown conversion specifier \(shown)")
            }
            let spec: Value
            if piece.specHasFields {
                var inner = TextBuilder()
                try formatInto(&inner, piece.spec, source, &numbering, depth: depth - 1)
                spec = try str(inner)
            } else {
                spec = try str(piece.spec)
            }
            out.append(PyStr(try format(value, spec)).view)
        }
    }

    /// The next piece, nil at the end.
    func nextFormatPiece(_ text: TextView, _ at: inout Int) throws(Raised) -> FormatPiece? {
        guard at < text.count else { return nil }
        let start = at, end = text.count
        let none = text.slice(end, end)
        while at < end && text[at] != 0x7B && text[at] != 0x7D { at += 1 }
        guard at < end else { return FormatPiece(literal: text.slice(start, end), name: none, spec: none) }
        let brace = text[at]
        at += 1
        if at < end && text[at] == brace {
            at += 1
            return FormatPiece(literal: text.slice(start, at - 1), name: none, spec: none)
        }
        if brace == 0x7D { throw raise(.valueError, "Single '}' encountered in format string") }
        if at == end { throw raise(.valueError, "Single '{' encountered in format string") }
        var piece = FormatPiece(literal: text.slice(start, at - 1), hasField: true, name: none, spec: none)
        try parseField(text, &at, &piece)
        return piece
    }

    private func parseField(_ text: TextView, _ at: inout Int, _ piece: inout FormatPiece) throws(Raised) {
        let start = at, end = text.count
        scan: while at < end {
            switch text[at] {
            case 0x7B: throw raise(.valueError, "unexpected '{' in field name")
            case 0x5B:
                while at < end && text[at] != 0x5D { at += 1 }
            case 0x7D, 0x3A, 0x21: break scan
            default: at += 1
            }
        }
        guard at < end else { throw raise(.valueError, "expected '}' before end of string") }
        piece.name = text.slice(start, at)
        let stop = text[at]
        at += 1
        if stop == 0x7D { return }
        if stop == 0x21 {
            guard at < end else { throw raise(.valueError, "end of string while looking for conversion specifier") }
            piece.conversion = text[at]
            at += 1
            if at < end {
                let next = text[at]
                at += 1
                if next == 0x7D { return }
                if next != 0x3A { throw raise(.valueError, "expected ':' after conversion specifier") }
            }
        }
        let specStart = at
        var depth = 1
        while at < end {
            if text[at] == 0x7B {
                piece.specHasFields = true
                depth += 1
            } else if text[at] == 0x7D {
                depth -= 1
                if depth == 0 {
                    piece.spec = text.slice(specStart, at)
                    at += 1
                    return
                }
            }
            at += 1
        }
        throw raise(.valueError, "unmatched '{' in format spec")
    }

    // MARK: Field names

    /// A decimal number that is all of `text`, or -1.
    func fieldIndex(_ text: TextView) throws(Raised) -> Int {
        if text.count == 0 { return -1 }
        var n = 0
        for i in 0..<text.count {
            guard let digit = UCD.decimal(text[i]) else { return -1 }
            let (product, a) = n.multipliedReportingOverflow(by: 10)
            let (sum, b) = product.addingReportingOverflow(digit)
            if a || b { throw raise(.valueError, "Too many decimal digits in format string") }
            n = sum
        }
        return n
    }

    /// The end of the first part of a field name.
    func firstPartEnd(_ name: TextView) -> Int {
        var end = 0
        while end < name.count && name[end] != 0x2E && name[end] != 0x5B { end += 1 }
        return end
    }

    private func fieldValue(_ name: TextView, _ source: FormatSource, _ numbering: inout FieldNumbering) throws(Raised) -> Value {
        let firstEnd = firstPartEnd(name)
        let first = name.slice(0, firstEnd)
        var index = try fieldIndex(first)
        if first.count == 0 || index >= 0 {
            let mode: FieldNumbering.Mode = first.count == 0 ? .automatic : .manual
            if numbering.mode == .unknown { numbering.mode = mode }
            if numbering.mode != mode {
                throw raise(
                    .valueError,
                    mode == .manual
                        ? "cannot switch from automatic field numbering to manual field specification"
                        : "cannot switch from manual field specification to automatic field numbering")
            }
            if mode == .automatic {
                index = numbering.next
                numbering.next += 1
            }
        }
        var value: Value
        if index >= 0 {
            guard let positional = source.positional else {
                throw raise(.valueError, "Format string contains positional fields")
            }
            guard index < source.positionalCount else {
                throw raise(.indexError, "Replacement index \(index) out of range for positional args tuple")
            }
            value = positional[index]
        } else {
            value = try keywordField(try str(first), source)
        }
        var at = firstEnd
        while let part = try nextFieldPart(name, &at) {
            if part.isAttribute {
                value = try getAttr(value, internValue(try str(part.text)))
            } else if part.index >= 0 {
                value = try getItem(value, int(part.index))
            } else {
                value = try getItem(value, try str(part.text))
            }
        }
        return value
    }

    private func keywordField(_ key: Value, _ source: FormatSource) throws(Raised) -> Value {
        if !source.mapping.isNull { return try getItem(source.mapping, key) }
        if !source.keywordNames.isNull, let values = source.positional {
            let names = PyTuple(source.keywordNames)
            for i in 0..<names.count where PyStr(names[i]).equals(PyStr(key)) { return values[source.positionalCount + i] }
        }
        throw raise(.keyError, value: key)
    }

    struct FieldPart {
        var isAttribute: Bool
        var text: TextView
        /// -1: not a number.
        var index = -1
    }

    /// `.name` or `[key]` at `at`, nil at the end.
    func nextFieldPart(_ name: TextView, _ at: inout Int) throws(Raised) -> FieldPart? {
        guard at < name.count else { return nil }
        let kind = name[at]
        at += 1
        let start = at
        if kind == 0x2E {
            while at < name.count && name[at] != 0x2E && name[at] != 0x5B { at += 1 }
            if at == start { throw raise(.valueError, "Empty attribute in format string") }
            return FieldPart(isAttribute: true, text: name.slice(start, at))
        }
        guard kind == 0x5B else {
            throw raise(.valueError, "Only '.' or '[' may follow ']' in format field specifier")
        }
        while at < name.count && name[at] != 0x5D { at += 1 }
        guard at < name.count else { throw raise(.valueError, "Missing ']' in format string") }
        let key = name.slice(start, at)
        at += 1
        if key.count == 0 { throw raise(.valueError, "Empty attribute in format string") }
        return FieldPart(isAttribute: false, text: key, index: try fieldIndex(key))
    }
}
