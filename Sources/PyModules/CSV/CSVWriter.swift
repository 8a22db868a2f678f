// The writer of `_csv`. CPython: Modules/_csv.c (join_append_data, csv_writerow).
import PyRuntime
import PyUnicode

struct CSVWriterLayout {
    var type: PyType
    var write: Value
    var dialect: Value
}

extension VM {
    func defineCSVWriter(_ m: ModuleBuilder, _ csv: CSVState) {
        let t = makeType("writer", module: "_csv", size: MemoryLayout<CSVWriterLayout>.size, trace: .words, fieldsEnd: MemoryLayout<CSVWriterLayout>.size, flags: .baseType)
        t.doc("CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.\n")
        t.def1("-writerow($self, seq, /)", "writerow(iterable)\n\nConstruct and write a CSV record from an iterable of fields.  Non-string\nelements will be converted to string.") { vm, v, row in
            vm.guarded { () throws(Raised) in try vm.writeRow(v, row) }
        }
        t.def1("-writerows($self, seqseq, /)", "writerows(iterable of iterables)\n\nConstruct and write a series of iterables to a csv file.  Non-string\nelements will be converted to string.") { vm, v, rows in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.iter(rows)
                while let row = try vm.next(iterator) { _ = try vm.writeRow(v, row) }
                return .none
            }
        }
        t.member("dialect", offset: 16)
        readyType(t.type)
        csv.roots[4] = t.type.value
        m.attribute("Writer", t.type.value)
    }

    func newCSVWriter(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        try checkUnpack("writer", count)
        let write = try getAttrIfPresent(a[0], "write")
        if write.isNull || type(of: write).slots.call == nil { throw raise(.typeError, "argument 1 must have a \"write\" method") }
        let dialect = try csvDialect(count > 1 ? a[1] : .null, a + count, keywords)
        let object = newInstance(csvState().writerType)
        let layout = object.cast(CSVWriterLayout.self)
        layout.pointee.write = write
        layout.pointee.dialect = dialect
        return object
    }

    private func writeRow(_ writer: Value, _ row: Value) throws(Raised) -> Value {
        let layout = writer.cast(CSVWriterLayout.self)
        if layout.pointee.write.isNull { throw raise(.systemError, "null argument to internal routine") }
        let iterator: Value
        do throws(Raised) { iterator = try iter(row) } catch {
            if raisedMatches(.typeError) {
                clearRaised()
                throw csvError("iterable expected, not \(typeName(row))")
            }
            throw error
        }
        let settings = CSVSettings(layout.pointee.dialect)
        let terminator = PyStr(layout.pointee.dialect.cast(CSVDialectLayout.self).pointee.lineterminator)
        var record = TextBuilder(capacity: 128)
        var count = 0
        while let field = try next(iterator) {
            var isQuoted = settings.quoting == CSVQuoting.all
            if settings.quoting == CSVQuoting.nonnumeric { isQuoted = !isNumber(field) }
            let text: Value = isStr(field) ? field : field.isNone ? .null : try str(of: field)
            if count > 0 { record.append(settings.delimiter) }
            try appendField(text, isQuoted, settings, terminator, &record)
            count += 1
        }
        if count > 0 && record.count == 0 {
            if settings.quoting == CSVQuoting.none { throw csvError("single empty field record must be quoted") }
            try appendField(.null, true, settings, terminator, &record)
        }
        record.append(terminator.view)
        return try call(layout.pointee.write, str(record))
    }

    private func appendField(
        _ text: Value, _ quoted: Bool, _ settings: CSVSettings, _ terminator: PyStr, _ record: inout TextBuilder
    ) throws(Raised) {
        var isQuoted = quoted
        var body = TextBuilder(capacity: 32)
        if !text.isNull {
            let view = PyStr(text).view
            for i in 0..<view.count {
                let c = view[i]
                var wantEscape = false
                if c == settings.delimiter || settings.escapechar != 0 && c == settings.escapechar
                    || settings.quotechar != 0 && c == settings.quotechar || isTerminator(c, terminator)
                {
                    if settings.quoting == CSVQuoting.none {
                        wantEscape = true
                    } else {
                        if settings.quotechar != 0 && c == settings.quotechar {
                            if settings.doublequote { body.append(settings.quotechar) } else { wantEscape = true }
                        } else if settings.escapechar != 0 && c == settings.escapechar {
                            wantEscape = true
                        }
                        if !wantEscape { isQuoted = true }
                    }
                    if wantEscape {
                        if settings.escapechar == 0 { throw csvError("need to escape, but no escapechar set") }
                        body.append(settings.escapechar)
                    }
                }
                body.append(c)
            }
        }
        if isQuoted { record.append(settings.quotechar) }
        record.append(body.view)
        if isQuoted { record.append(settings.quotechar) }
    }

    private func isTerminator(_ c: UInt32, _ terminator: PyStr) -> Bool {
        for i in 0..<terminator.count where terminator.view[i] == c { return true }
        return false
    }
}
