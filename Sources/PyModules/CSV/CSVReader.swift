// The reader of `_csv`: a state machine over code points. CPython: Modules/_csv.c (parse_process_char, Reader_iternext).
import PyRuntime
import PyUnicode

struct CSVReaderLayout {
    var type: PyType
    var iterator: Value
    var dialect: Value
    var lineNumber: Value
}

private enum ReaderState {
    case startRecord, startField, escaped, inField, inQuoted, escapeInQuoted, quoteInQuoted, eatNewline, afterEscapedNewline
}

/// One record being read.
private struct RecordParser: ~Copyable {
    let vm: VM
    let settings: CSVSettings
    let limit: Int
    let fields: PyList
    var state = ReaderState.startRecord
    var field = TextBuilder(capacity: 64)
    var isNumeric = false

    init(_ vm: VM, _ settings: CSVSettings, limit: Int, fields: PyList) {
        self.vm = vm
        self.settings = settings
        self.limit = limit
        self.fields = fields
    }

    mutating func save() throws(Raised) {
        let text = try vm.str(field)
        field.truncate(0)
        // A builder never narrows: wide text must not make the next fields wide.
        if field.kind > 1 { field = TextBuilder(capacity: 64) }
        field.seen = 0
        if isNumeric {
            isNumeric = false
            try fields.append(vm, try vm.call(vm.types.float.value, text))
        } else {
            try fields.append(vm, text)
        }
    }

    @inline(__always) private mutating func add(_ c: UInt32) throws(Raised) {
        if field.count >= limit { throw vm.csvError("field larger than field limit (\(limit))") }
        field.append(c)
    }

    /// `c` nil: the end of a line.
    mutating func process(_ c: UInt32?) throws(Raised) {
        let isNewline = c == 0x0A || c == 0x0D
        switch state {
        case .startRecord:
            guard c != nil else { return }
            if isNewline {
                state = .eatNewline
                return
            }
            state = .startField
            try startField(c, isNewline)
        case .startField: try startField(c, isNewline)
        case .escaped:
            if let c, isNewline {
                try add(c)
                state = .afterEscapedNewline
                return
            }
            try add(c ?? 0x0A)
            state = .inField
        case .afterEscapedNewline:
            if c != nil { try inField(c, isNewline) }
        case .inField: try inField(c, isNewline)
        case .inQuoted:
            guard let c else { return }
            if settings.escapechar != 0 && c == settings.escapechar {
                state = .escapeInQuoted
            } else if c == settings.quotechar && settings.quotechar != 0 && settings.quoting != CSVQuoting.none {
                state = settings.doublequote ? .quoteInQuoted : .inField
            } else {
                try add(c)
            }
        case .escapeInQuoted:
            try add(c ?? 0x0A)
            state = .inQuoted
        case .quoteInQuoted:
            if settings.quoting != CSVQuoting.none, let c, c == settings.quotechar {
                try add(c)
                state = .inQuoted
            } else if let c, c == settings.delimiter {
                try save()
                state = .startField
            } else if c == nil || isNewline {
                try save()
                state = c == nil ? .startRecord : .eatNewline
            } else if let c, !settings.strict {
                try add(c)
                state = .inField
            } else {
                throw vm.csvError("'\(character(settings.delimiter))' expected after '\(character(settings.quotechar))'")
            }
        case .eatNewline:
            if isNewline { return }
            if c != nil {
                throw vm.csvError("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
            }
            state = .startRecord
        }
    }

    private func character(_ c: UInt32) -> String { Unicode.Scalar(c).map { String(Character($0)) } ?? "?" }

    private mutating func startField(_ c: UInt32?, _ isNewline: Bool) throws(Raised) {
        guard let c, !isNewline else {
            try save()
            state = c == nil ? .startRecord : .eatNewline
            return
        }
        if c == settings.quotechar && settings.quotechar != 0 && settings.quoting != CSVQuoting.none {
            state = .inQuoted
        } else if settings.escapechar != 0 && c == settings.escapechar {
            state = .escaped
        } else if c == 0x20 && settings.skipinitialspace {
            return
        } else if c == settings.delimiter {
            try save()
        } else {
            if settings.quoting == CSVQuoting.nonnumeric { isNumeric = true }
            try add(c)
            state = .inField
        }
    }

    private mutating func inField(_ c: UInt32?, _ isNewline: Bool) throws(Raised) {
        guard let c, !isNewline else {
            try save()
            state = c == nil ? .startRecord : .eatNewline
            return
        }
        if settings.escapechar != 0 && c == settings.escapechar {
            state = .escaped
        } else if c == settings.delimiter {
            try save()
            state = .startField
        } else {
            try add(c)
        }
    }
}

extension VM {
    func defineCSVReader(_ m: ModuleBuilder, _ csv: CSVState) {
        let t = makeType("reader", module: "_csv", size: MemoryLayout<CSVReaderLayout>.size, trace: .words, fieldsEnd: MemoryLayout<CSVReaderLayout>.size, flags: .baseType)
        t.doc("CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.\n")
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in vm.guarded { () throws(Raised) in try vm.nextRow(v) ?? .null } }
        t.member("dialect", offset: 16)
        t.member("line_num", offset: 24)
        readyType(t.type)
        csv.roots[3] = t.type.value
        m.attribute("Reader", t.type.value)
    }

    func newCSVReader(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        try checkUnpack("reader", count)
        let iterator = try iter(a[0])
        let dialect = try csvDialect(count > 1 ? a[1] : .null, a + count, keywords)
        let object = newInstance(csvState().readerType)
        let layout = object.cast(CSVReaderLayout.self)
        layout.pointee.iterator = iterator
        layout.pointee.dialect = dialect
        layout.pointee.lineNumber = Value(small: 0)
        return object
    }

    private func nextRow(_ reader: Value) throws(Raised) -> Value? {
        let layout = reader.cast(CSVReaderLayout.self)
        if layout.pointee.iterator.isNull { throw raise(.systemError, "null argument to internal routine") }
        let fields = try newList()
        var record = RecordParser(self, CSVSettings(layout.pointee.dialect), limit: csvState().fieldLimit, fields: fields)
        repeat {
            guard let line = try next(layout.pointee.iterator) else {
                if record.field.count != 0 || record.state == .inQuoted {
                    if record.settings.strict { throw csvError("unexpected end of data") }
                    try record.save()
                    break
                }
                return nil
            }
            guard isStr(line) else {
                throw csvError("iterator should return strings, not \(typeName(line)) (the file should be opened in text mode)")
            }
            layout.pointee.lineNumber = int(layout.pointee.lineNumber.smallInt + 1)
            let text = PyStr(line).view
            for i in 0..<text.count {
                let c = text[i]
                if c == 0 { throw csvError("line contains NUL") }
                try record.process(c)
            }
            if record.field.isExhausted { throw raiseMemoryError() }
            try record.process(nil)
        } while record.state != .startRecord
        return fields.value
    }
}
