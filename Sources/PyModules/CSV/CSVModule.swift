// `_csv`: dialects and the module's functions. CPython: Modules/_csv.c. Rules: PEP 305.
// Reading is in CSVReader.swift, writing in CSVWriter.swift.
import PyRuntime
import PyUnicode

struct CSVDialectLayout {
    var type: PyType
    var delimiter: Value
    /// None: no such character.
    var quotechar: Value
    var escapechar: Value
    var lineterminator: Value
    var doublequote: Value
    var skipinitialspace: Value
    var strict: Value
    var quoting: Value
}

/// What one interpreter's `_csv` keeps. Values are rooted through the module dictionary.
final class CSVState {
    var fieldLimit = 128 * 1024
    let roots: UnsafeMutablePointer<Value>
    var dialects: Value { roots[0] }
    var error: PyType { PyType(roots[1]) }
    var dialectType: PyType { PyType(roots[2]) }
    var readerType: PyType { PyType(roots[3]) }
    var writerType: PyType { PyType(roots[4]) }
    init(_ vm: VM) {
        roots = .allocate(capacity: 5)
        roots.initialize(repeating: .none, count: 5)
        vm.addRootRange(roots, count: 5)
    }
    deinit { roots.deallocate() }
}

enum CSVQuoting {
    static var minimal: Int { 0 }
    static var all: Int { 1 }
    static var nonnumeric: Int { 2 }
    static var none: Int { 3 }
}

/// A dialect's settings, unpacked. 0 = no such character.
struct CSVSettings {
    var delimiter: UInt32
    var quotechar: UInt32
    var escapechar: UInt32
    var quoting: Int
    var doublequote: Bool
    var skipinitialspace: Bool
    var strict: Bool

    init(_ dialect: Value) {
        let d = dialect.cast(CSVDialectLayout.self).pointee
        func character(_ v: Value) -> UInt32 { v.isNone ? 0 : PyStr(v).view[0] }
        delimiter = character(d.delimiter)
        quotechar = character(d.quotechar)
        escapechar = character(d.escapechar)
        quoting = d.quoting.smallInt
        doublequote = d.doublequote.isTrue
        skipinitialspace = d.skipinitialspace.isTrue
        strict = d.strict.isTrue
    }
}

private let readerDoc: StaticString = """
        csv_reader = reader(iterable [, dialect='excel']
                            [optional keyword args])
        for row in csv_reader:
            process(row)

    The "iterable" argument can be any object that returns a line
    of input for each iteration, such as a file object or a list.  The
    optional "dialect" parameter is discussed below.  The function
    also accepts optional keyword arguments which override settings
    provided by the dialect.

    The returned object is an iterator.  Each iteration returns a row
    of the CSV file (which can span multiple input lines).

    """
private let writerDoc: StaticString = """
        csv_writer = csv.writer(fileobj [, dialect='excel']
                                [optional keyword args])
        for row in sequence:
            csv_writer.writerow(row)

        [or]

        csv_writer = csv.writer(fileobj [, dialect='excel']
                                [optional keyword args])
        csv_writer.writerows(rows)

    The "fileobj" argument can be any object that supports the file API.

    """

extension VM {
    func csvState() -> CSVState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["_csv"] as? CSVState { return known }
        let made = CSVState(self)
        services.table["_csv"] = made
        return made
    }

    public func registerCSV() {
        registerModule("_csv") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                let csv = vm.csvState()
                m.attribute("__doc__", vm.str("""
                    CSV parsing and writing.

                    This module provides classes that assist in the reading and writing
                    of Comma Separated Value (CSV) files, and implements the interface
                    described by PEP 305.  Although many CSV files are simple to parse,
                    the format is not formally defined by a stable specification and
                    is subtle enough that parsing lines of a CSV file with something
                    like line.split(",") is bound to fail.  The module supports three
                    basic APIs: reading, writing, and registration of dialects.


                    DIALECT REGISTRATION:

                    Readers and writers support a dialect argument, which is a convenient
                    handle on a group of settings.  When the dialect argument is a string,
                    it identifies one of the dialects previously registered with the module.
                    If it is a class or instance, the attributes of the argument are used as
                    the settings for the reader or writer:

                        class excel:
                            delimiter = ','
                            quotechar = '"'
                            escapechar = None
                            doublequote = True
                            skipinitialspace = False
                            lineterminator = '\\r\\n'
                            quoting = QUOTE_MINIMAL

                    SETTINGS:

                        * quotechar - specifies a one-character string to use as the
                            quoting character.  It defaults to '"'.
                        * delimiter - specifies a one-character string to use as the
                            field separator.  It defaults to ','.
                        * skipinitialspace - specifies how to interpret spaces which
                            immediately follow a delimiter.  It defaults to False, which
                            means that spaces immediately following a delimiter is part
                            of the following field.
                        * lineterminator -  specifies the character sequence which should
                            terminate rows.
                        * quoting - controls when quotes should be generated by the writer.
                            It can take on any of the following module constants:

                            csv.QUOTE_MINIMAL means only when required, for example, when a
                                field contains either the quotechar or the delimiter
                            csv.QUOTE_ALL means that quotes are always placed around fields.
                            csv.QUOTE_NONNUMERIC means that quotes are always placed around
                                fields which do not parse as integers or floating point
                                numbers.
                            csv.QUOTE_NONE means that quotes are never placed around fields.
                        * escapechar - specifies a one-character string used to escape
                            the delimiter when quoting is set to QUOTE_NONE.
                        * doublequote - controls the handling of quotes inside fields.  When
                            True, two consecutive quotes are interpreted as one during read,
                            and when writing, each quote character embedded in the data is
                            written as two quotes

                    """ as StaticString))
                m.attribute("__version__", vm.str("1.0" as StaticString))
                csv.roots[0] = vm.newDict().value
                m.attribute("_dialects", csv.dialects)
                m.attribute("QUOTE_MINIMAL", vm.int(CSVQuoting.minimal))
                m.attribute("QUOTE_ALL", vm.int(CSVQuoting.all))
                m.attribute("QUOTE_NONNUMERIC", vm.int(CSVQuoting.nonnumeric))
                m.attribute("QUOTE_NONE", vm.int(CSVQuoting.none))
                csv.roots[1] = try vm.newExceptionClass("Error", module: "_csv")
                m.attribute("Error", csv.roots[1])
                vm.defineCSVDialect(m, csv)
                vm.defineCSVReader(m, csv)
                vm.defineCSVWriter(m, csv)
                vm.defineCSVFunctions(m)
            }
        }
    }

    func csvError(_ message: String) -> Raised { raise(csvState().error, str(message)) }

    // MARK: Functions

    private func defineCSVFunctions(_ m: ModuleBuilder) {
        m.defV("-reader(*args, **kwargs)", readerDoc) { vm, _, a, n, k in
            vm.guarded { () throws(Raised) in try vm.newCSVReader(a, n, k) }
        }
        m.defV("-writer(*args, **kwargs)", writerDoc) { vm, _, a, n, k in
            vm.guarded { () throws(Raised) in try vm.newCSVWriter(a, n, k) }
        }
        m.def0("-list_dialects()", "Return a list of all know dialect names.\n    names = csv.list_dialects()") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.listFrom(vm.csvState().dialects).value }
        }
        m.defV("-register_dialect(*args, **kwargs)", "Create a mapping from a string name to a dialect class.\n    dialect = csv.register_dialect(name[, dialect[, **fmtparams]])") { vm, _, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.checkUnpack("register_dialect", n)
                guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "dialect name must be a string") }
                let dialect = try vm.csvDialect(n > 1 ? a[1] : .null, a + n, k)
                try PyDict(vm.csvState().dialects).set(vm, a[0], dialect)
                return .none
            }
        }
        m.def1("-unregister_dialect(name, /)", "Delete the name/dialect mapping associated with a string name.\n    csv.unregister_dialect(name)") { vm, _, name in
            vm.guarded { () throws(Raised) in
                if try PyDict(vm.csvState().dialects).remove(vm, name).isNull { throw vm.csvError("unknown dialect") }
                return .none
            }
        }
        m.def1("-get_dialect(name, /)", "Return the dialect instance associated with name.\n    dialect = csv.get_dialect(name)") { vm, _, name in
            vm.guarded { () throws(Raised) in try vm.registeredDialect(name) }
        }
        m.defN("^field_size_limit(limit=None, /)", "Sets an upper limit on parsed fields.\n    csv.field_size_limit([limit])\n\nReturns old limit. If limit is not given, no new limit is set and\nthe old limit is returned") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let csv = vm.csvState()
                let old = csv.fieldLimit
                if !a[0].isNull {
                    guard vm.isInt(a[0]), !a[0].isBool, vm.type(of: a[0]) == vm.types.int else { throw vm.raise(.typeError, "limit must be an integer") }
                    var fits = false
                    let limit = vm.clampedInt(a[0], &fits)
                    if !fits { throw vm.raise(.overflowError, "Python int too large to convert to C long") }
                    csv.fieldLimit = limit
                }
                return vm.int(old)
            }
        }
    }

    /// `PyArg_UnpackTuple(args, "", 1, 2)`.
    func checkUnpack(_ name: StaticString, _ count: Int) throws(Raised) {
        if count < 1 { throw raise(.typeError, " expected at least 1 argument, got \(count)") }
        if count > 2 { throw raise(.typeError, " expected at most 2 arguments, got \(count)") }
    }

    private func registeredDialect(_ name: Value) throws(Raised) -> Value {
        let known = try PyDict(csvState().dialects).get(self, name)
        if known.isNull { throw csvError("unknown dialect") }
        return known
    }

    // MARK: Dialects

    private func defineCSVDialect(_ m: ModuleBuilder, _ csv: CSVState) {
        let t = makeType("Dialect", module: "_csv", size: MemoryLayout<CSVDialectLayout>.size, trace: .words, fieldsEnd: MemoryLayout<CSVDialectLayout>.size)
        t.doc("CSV dialect\n\nThe Dialect type records CSV parsing and generation options.\n")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                if count > 9 { throw vm.raise(.typeError, "function takes at most 9 arguments (\(count) given)") }
                return try vm.makeDialect(PyType(cls), arguments, count, arguments + count, keywords)
            }
        }
        t.getset("delimiter", get: { _, v in v.cast(CSVDialectLayout.self).pointee.delimiter })
        t.getset("quotechar", get: { _, v in v.cast(CSVDialectLayout.self).pointee.quotechar })
        t.getset("escapechar", get: { _, v in v.cast(CSVDialectLayout.self).pointee.escapechar })
        t.getset("lineterminator", get: { _, v in v.cast(CSVDialectLayout.self).pointee.lineterminator })
        t.member("doublequote", offset: 40)
        t.member("skipinitialspace", offset: 48)
        t.member("strict", offset: 56)
        t.getset("quoting", get: { _, v in v.cast(CSVDialectLayout.self).pointee.quoting })
        t.defV("-__reduce__($self, /)", "raises an exception to avoid pickling") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.typeError, "cannot pickle '\(PyStr(vm.type(of: v).name).string)' instances") }
        }
        t.defV("-__reduce_ex__($self, protocol, /)", "raises an exception to avoid pickling") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.typeError, "cannot pickle '\(PyStr(vm.type(of: v).name).string)' instances") }
        }
        readyType(t.type)
        csv.roots[2] = t.type.value
        m.attribute("Dialect", t.type.value)
    }

    /// The dialect for `reader(x, dialect, **keywords)`.
    func csvDialect(_ dialect: Value, _ values: UnsafeMutablePointer<Value>, _ keywords: Value) throws(Raised) -> Value {
        var slot = dialect
        return try withUnsafeMutablePointer(to: &slot) { p throws(Raised) in
            try makeDialect(csvState().dialectType, p, dialect.isNull ? 0 : 1, values, keywords)
        }
    }

    /// Positional: dialect, delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict.
    private func makeDialect(
        _ cls: PyType, _ a: UnsafeMutablePointer<Value>, _ count: Int, _ values: UnsafeMutablePointer<Value>, _ keywords: Value
    ) throws(Raised) -> Value {
        let names: [StaticString] = [
            "dialect", "delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict",
        ]
        let s = try pushStack(9)
        defer { popStack(s) }
        for i in 0..<9 { s[i] = i < count ? a[i] : .null }
        let named = keywords.isNull ? 0 : PyTuple(keywords).count
        for k in 0..<named {
            let name = PyStr(PyTuple(keywords)[k]).string
            guard let at = names.firstIndex(where: { "\($0)" == name }) else {
                throw raise(.typeError, value: message("'", PyTuple(keywords)[k], "' is an invalid keyword argument for this function"))
            }
            if at < count { throw raise(.typeError, "argument for function given by name ('\(name)') and position (\(at + 1))") }
            s[at] = values[k]
        }
        if !s[0].isNull {
            if isStr(s[0]) { s[0] = try registeredDialect(s[0]) }
            var others = false
            for i in 1..<9 where !s[i].isNull { others = true }
            if !others && isInstance(s[0], ofType: csvState().dialectType) { return s[0] }
            for i in 1..<9 where s[i].isNull {
                do throws(Raised) { s[i] = try getAttrIfPresent(s[0], intern(names[i])) } catch { clearRaised() }
            }
        }
        let object = newInstance(cls)
        let d = object.cast(CSVDialectLayout.self)
        d.pointee.delimiter = try dialectCharacter("delimiter", s[1], latin1(0x2C), orNone: false)
        d.pointee.doublequote = Value(s[2].isNull ? true : try isTrue(s[2]))
        d.pointee.escapechar = try dialectCharacter("escapechar", s[3], .none)
        d.pointee.lineterminator = s[4].isNull ? str("\r\n" as StaticString) : s[4]
        if !s[4].isNull && !s[4].isNone && !isStr(s[4]) { throw raise(.typeError, "\"lineterminator\" must be a string") }
        d.pointee.quotechar = try dialectCharacter("quotechar", s[5], latin1(0x22))
        var quoting = 0
        if !s[6].isNull {
            guard isInt(s[6]), type(of: s[6]) == types.int else { throw raise(.typeError, "\"quoting\" must be an integer") }
            var fits = false
            quoting = clampedInt(s[6], &fits)
        }
        d.pointee.skipinitialspace = Value(s[7].isNull ? false : try isTrue(s[7]))
        d.pointee.strict = Value(s[8].isNull ? false : try isTrue(s[8]))
        if quoting < 0 || quoting > 3 { throw raise(.typeError, "bad \"quoting\" value") }
        if d.pointee.delimiter.isNone { throw raise(.typeError, "\"delimiter\" must be a 1-character string") }
        if s[5].isNone && s[6].isNull { quoting = CSVQuoting.none }
        if quoting != CSVQuoting.none && d.pointee.quotechar.isNone { throw raise(.typeError, "quotechar must be set if quoting enabled") }
        if d.pointee.lineterminator.isNone { throw raise(.typeError, "lineterminator must be set") }
        d.pointee.quoting = Value(small: quoting)
        return object
    }

    private func dialectCharacter(_ name: StaticString, _ value: Value, _ fallback: Value, orNone: Bool = true) throws(Raised) -> Value {
        if value.isNull { return fallback }
        if value.isNone && orNone { return .none }
        guard isStr(value) else { throw raise(.typeError, "\"\(name)\" must be string\(orNone ? " or None" : ""), not \(typeName(value))") }
        let text = PyStr(value)
        if text.count > 1 { throw raise(.typeError, "\"\(name)\" must be a 1-character string") }
        if text.count == 0 { return .none }
        return text.view[0] == 0 ? .none : try exactStr(text)
    }
}
