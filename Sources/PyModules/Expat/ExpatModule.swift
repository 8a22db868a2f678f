// `pyexpat` over the system's Expat: the module, its constants and exception. CPython: Modules/pyexpat.c.
import CShims
import PyRuntime

/// Expat's errors: number n is row n - 1. Their texts are the library's own.
private let errorNames: [StaticString] = [
    "XML_ERROR_NO_MEMORY", "XML_ERROR_SYNTAX", "XML_ERROR_NO_ELEMENTS", "XML_ERROR_INVALID_TOKEN", "XML_ERROR_UNCLOSED_TOKEN",
    "XML_ERROR_PARTIAL_CHAR", "XML_ERROR_TAG_MISMATCH", "XML_ERROR_DUPLICATE_ATTRIBUTE", "XML_ERROR_JUNK_AFTER_DOC_ELEMENT",
    "XML_ERROR_PARAM_ENTITY_REF", "XML_ERROR_UNDEFINED_ENTITY", "XML_ERROR_RECURSIVE_ENTITY_REF", "XML_ERROR_ASYNC_ENTITY",
    "XML_ERROR_BAD_CHAR_REF", "XML_ERROR_BINARY_ENTITY_REF", "XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF", "XML_ERROR_MISPLACED_XML_PI",
    "XML_ERROR_UNKNOWN_ENCODING", "XML_ERROR_INCORRECT_ENCODING", "XML_ERROR_UNCLOSED_CDATA_SECTION", "XML_ERROR_EXTERNAL_ENTITY_HANDLING",
    "XML_ERROR_NOT_STANDALONE", "XML_ERROR_UNEXPECTED_STATE", "XML_ERROR_ENTITY_DECLARED_IN_PE", "XML_ERROR_FEATURE_REQUIRES_XML_DTD",
    "XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING", "XML_ERROR_UNBOUND_PREFIX", "XML_ERROR_UNDECLARING_PREFIX", "XML_ERROR_INCOMPLETE_PE",
    "XML_ERROR_XML_DECL", "XML_ERROR_TEXT_DECL", "XML_ERROR_PUBLICID", "XML_ERROR_SUSPENDED", "XML_ERROR_NOT_SUSPENDED", "XML_ERROR_ABORTED",
    "XML_ERROR_FINISHED", "XML_ERROR_SUSPEND_PE",
]

extension VM {
    public func registerExpat() {
        registerModule("pyexpat") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                guard let library = ExpatLibrary.shared else {
                    throw vm.raise(.importError, "pyexpat: the system's library libexpat.so.1 was not found")
                }
                try vm.fillExpat(module, library)
            }
        }
    }

    private func fillExpat(_ module: Value, _ library: ExpatLibrary) throws(Raised) {
        let m = ModuleBuilder(self, module: module)
        m.attribute("__doc__", str("Python wrapper for Expat parser." as StaticString))
        let error = try newExceptionClass("ExpatError", module: "xml.parsers.expat")
        m.attribute("error", error)
        m.attribute("ExpatError", error)
        let parts = try newTuple(2)
        parts[0] = error
        parts[1] = .none
        parts[1] = makeExpatType(parts)
        m.attribute("XMLParserType", parts[1])
        module.cast(ModuleLayout.self).pointee.state = parts.value
        m.attribute("EXPAT_VERSION", str(library.version))
        m.attribute("version_info", tuple(int(library.numbers.major), int(library.numbers.minor), int(library.numbers.micro)))
        m.attribute("native_encoding", str("UTF-8" as StaticString))
        m.attribute("features", try expatFeatures(library))
        m.attribute("XML_PARAM_ENTITY_PARSING_NEVER", int(0))
        m.attribute("XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", int(1))
        m.attribute("XML_PARAM_ENTITY_PARSING_ALWAYS", int(2))
        m.attribute("errors", try expatErrors(library))
        m.attribute("model", try expatModel())
        m.def1("ErrorString($module, code, /)", "Returns string error for given number.") { vm, _, code in
            vm.guarded { () throws(Raised) in
                let number = try vm.cLong(code)
                guard let library = ExpatLibrary.shared, let code = Int32(exactly: number), let text = library.errorString(code) else { return .none }
                return vm.str(String(cString: text))
            }
        }
        m.defN("ParserCreate($module, /, encoding=None, namespace_separator=None,\n             intern=<unrepresentable>)", "Return a new XML parser object.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.createExpat(PyTuple(module.cast(ModuleLayout.self).pointee.state), a) }
        }
    }

    private func expatFeatures(_ library: ExpatLibrary) throws(Raised) -> Value {
        let list = try newList()
        var feature = library.features()
        while let row = feature, row.pointee.feature != 0 {
            if let name = row.pointee.name { try list.append(self, tuple(str(String(cString: name)), int(row.pointee.value))) }
            feature = row + 1
        }
        return list.value
    }

    /// A submodule that is in `sys.modules` without an import, as CPython's.
    private func expatSubmodule(_ name: StaticString, _ doc: StaticString) throws(Raised) -> Value {
        let key = intern(name)
        let module = newModule(key, doc: str(doc))
        let modules = try getAttr(importModule("sys"), "modules")
        try setItem(modules, key, module)
        return module
    }

    private func expatErrors(_ library: ExpatLibrary) throws(Raised) -> Value {
        let module = try expatSubmodule("pyexpat.errors", "Constants used to describe error conditions.")
        let m = ModuleBuilder(self, module: module)
        let codes = newDict(), messages = newDict()
        for (i, name) in errorNames.enumerated() {
            guard let text = library.errorString(Int32(i + 1)) else { continue }
            let message = str(String(cString: text)), code = int(i + 1)
            m.attribute(name, message)
            try codes.set(self, message, code)
            try messages.set(self, code, message)
        }
        m.attribute("codes", codes.value)
        m.attribute("messages", messages.value)
        return module
    }

    private func expatModel() throws(Raised) -> Value {
        let module = try expatSubmodule("pyexpat.model", "Constants used to interpret content model information.")
        let m = ModuleBuilder(self, module: module)
        let kinds: [StaticString] = ["EMPTY", "ANY", "MIXED", "NAME", "CHOICE", "SEQ"]
        for (i, kind) in kinds.enumerated() { m.set(intern("XML_CTYPE_\(kind)"), int(i + 1)) }
        let quantifiers: [StaticString] = ["NONE", "OPT", "REP", "PLUS"]
        for (i, quantifier) in quantifiers.enumerated() { m.set(intern("XML_CQUANT_\(quantifier)"), int(i)) }
        return module
    }

    private func createExpat(_ parts: PyTuple, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let encoding = try expatText(a[0], "ParserCreate() argument 'encoding'")
        let separator = try expatText(a[1], "ParserCreate() argument 'namespace_separator'")
        if let separator, separator.count > 2 {
            throw raise(.valueError, "namespace_separator must be at most one character, omitted, or None")
        }
        var intern = a[2]
        if intern.isNull { intern = newDict().value } else if intern.isNone { intern = .null } else if !isDict(intern) {
            throw raise(.typeError, "intern must be a dictionary")
        }
        guard let library = ExpatLibrary.shared else { return .none }
        return try newExpat(PyType(parts[1]), library, intern: intern, handlers: noExpatHandlers(), parent: nil) {
            withCString(encoding) { encoding in withCString(separator) { library.create(encoding, nil, $0) } }
        }
    }

    /// UTF-8 with a zero at the end; nil for None and for what is not given.
    func expatText(_ value: Value, _ what: StaticString) throws(Raised) -> [UInt8]? {
        if value.isNull || value.isNone { return nil }
        guard isStr(value) else { throw raise(.typeError, "\(what) must be str or None, not \(typeName(value))") }
        let text = Array(PyBytes(try encodeUTF8(PyStr(value))).view)
        if text.contains(0) { throw raise(.valueError, "embedded null character") }
        return text + [0]
    }
}

/// `body` with the text as C takes it.
func withCString<T>(_ text: [UInt8]?, _ body: (XMLText?) -> T) -> T {
    guard let text else { return body(nil) }
    // Safe: char and unsigned char have one layout; the text ends with a zero.
    return text.withUnsafeBytes { body($0.bindMemory(to: CChar.self).baseAddress) }
}
