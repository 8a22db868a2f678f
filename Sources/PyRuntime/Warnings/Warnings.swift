// Issuing warnings: filters, registries, and handing over to `warnings._showwarnmsg`. CPython: Python/_warnings.c; Library:
// `warnings`. The filter list is shared with Lib/warnings.py, which changes it in place.

import PyPlatform
import PyUnicode

extension VM {
    /// `warnings.warn(message, category, stacklevel)` from native code. May run Python.
    /// - Throws: the warning, where a filter turns it into an error.
    public func warn(_ kind: ExceptionKind, _ message: String, stackLevel: Int = 1, source: Value = .null) throws(Raised) {
        try warn(category: exceptionType(kind).value, str(message), stackLevel: stackLevel, source: source)
    }

    /// `message`: text or a Warning instance.
    func warn(category: Value, _ message: Value, stackLevel: Int, source: Value) throws(Raised) {
        let place = try warningPlace(stackLevel)
        try warnExplicit(
            category: category, message: message, filename: place.filename, line: place.line, module: place.module,
            registry: place.registry, source: source)
    }

    /// A message raised as a warning of the compiler: no stack, its own place.
    public func warnExplicit(_ kind: ExceptionKind, _ message: Value, filename: Value, line: Int) throws(Raised) {
        try warnExplicit(
            category: exceptionType(kind).value, message: message, filename: filename, line: line, module: .null, registry: .null,
            source: .null)
    }

    private struct WarningPlace {
        var filename: Value
        var line: Int
        var module: Value
        var registry: Value
    }

    /// The frame `level` calls up, importlib's own not counted.
    private func warningPlace(_ level: Int) throws(Raised) -> WarningPlace {
        var frame = eval.pointee.top
        let bottom = eval.pointee.frames
        if level <= 0 || frame > bottom && isImportFrame(frame) {
            for _ in 1..<max(level, 1) where frame > bottom { frame -= 1 }
        } else {
            var left = level - 1
            while left > 0 && frame > bottom {
                frame -= 1
                if frame > bottom && isImportFrame(frame) { continue }
                left -= 1
            }
        }
        guard frame > bottom else {
            return WarningPlace(filename: intern("sys"), line: 1, module: intern("sys"), registry: try registry(in: state.pointee.sysDict))
        }
        let code = frame.pointee.code.pointee.code
        let line = self.line(ofCode: code, at: frame.pointee.code.lastOffset(frame.pointee.pc)) ?? 0
        let name = try PyDict(frame.pointee.globals).get(self, names.__name__)
        return WarningPlace(
            filename: code.cast(CodeLayout.self).pointee.filename, line: line, module: isStr(name) ? name : str("<string>"),
            registry: try registry(in: frame.pointee.globals))
    }

    private func isImportFrame(_ frame: UnsafeMutablePointer<Frame>) -> Bool {
        let filename = text(frame.pointee.code.pointee.code.cast(CodeLayout.self).pointee.filename)
        return PyUnicode.contains(filename, "importlib") && PyUnicode.contains(filename, "_bootstrap")
    }

    private func registry(in globals: Value) throws(Raised) -> Value {
        let dict = PyDict(globals)
        let found = try dict.get(self, intern("__warningregistry__"))
        if !found.isNull { return found }
        let made = newDict().value
        try dict.set(self, intern("__warningregistry__"), made)
        return made
    }

    /// `warnings.warn_explicit`. NULL where an argument was left out.
    func warnExplicit(
        category: Value, message: Value, filename: Value, line: Int, module: Value, registry: Value, sourceLine: Value = .null,
        source: Value
    ) throws(Raised) {
        if registry.isObject, !isDict(registry) { throw raise(.typeError, "'registry' must be a dict or None") }
        let registry = registry.isNone ? Value.null : registry
        let moduleName = module.isNull ? normalizedModule(filename) : module
        var category = category, message = message
        let text: Value
        if isInstance(message, ofType: exceptionType(.warning)) {
            text = try str(of: message)
            category = type(of: message).value
        } else {
            text = message
            message = try call(category, message)
        }
        let key = tuple(text, category, int(line))
        if registry.isObject, try alreadyWarned(PyDict(registry), key, mark: false) { return }
        let action = try warningAction(category, text, line, moduleName)
        switch self.text(action) {
        case "error":
            throw setRaised(message)
        case "ignore":
            return
        case "always":
            break
        case "once":
            if registry.isObject { try PyDict(registry).set(self, key, .true) }
            let once = try warningsAttribute("onceregistry", import: false) ?? state.pointee.warningOnceRegistry
            guard isDict(once) else { throw raise(.typeError, "_warnings.onceregistry must be a dict, not '\(typeName(once))'") }
            if try alreadyWarned(PyDict(once), tuple(text, category), mark: true) { return }
        case "module":
            if registry.isObject {
                try PyDict(registry).set(self, key, .true)
                if try alreadyWarned(PyDict(registry), tuple(text, category, int(0)), mark: true) { return }
            }
        case "default":
            if registry.isObject { try PyDict(registry).set(self, key, .true) }
        default:
            throw raise(.runtimeError, "Unrecognized action (\(try reprText(action))) in warnings.filters:\n None")
        }
        try showWarning(category, text, message, filename, line, sourceLine, source)
    }

    /// "a/b.py" is module "a/b".
    private func normalizedModule(_ filename: Value) -> Value {
        guard isStr(filename) else { return str("<unknown>") }
        let name = text(filename)
        if name.isEmpty { return str("<unknown>") }
        return name.hasSuffix(".py") ? str(String(name.dropLast(3))) : filename
    }

    private func alreadyWarned(_ registry: PyDict, _ key: Value, mark: Bool) throws(Raised) -> Bool {
        let version = try registry.get(self, intern("version"))
        if !version.isSmallInt || version.smallInt != state.pointee.warningFiltersVersion {
            registry.clear()
            try registry.set(self, intern("version"), int(state.pointee.warningFiltersVersion))
        } else {
            let found = try registry.get(self, key)
            if !found.isNull, try isTrue(found) { return true }
        }
        if mark { try registry.set(self, key, .true) }
        return false
    }

    /// The action of the first filter that fits.
    private func warningAction(_ category: Value, _ text: Value, _ line: Int, _ module: Value) throws(Raised) -> Value {
        let filters = try warningsAttribute("filters", import: false) ?? state.pointee.warningFilters
        // The last list seen counts where `warnings` has lost its own.
        if isList(filters) { state.pointee.warningFilters = filters }
        guard isList(filters) else { throw raise(.valueError, "_warnings.filters must be a list") }
        var i = 0
        while i < PyList(filters).count {
            let item = PyList(filters)[i]
            guard isTuple(item), PyTuple(item).count == 5 else { throw raise(.valueError, "_warnings.filters item \(i) isn't a 5-tuple") }
            let row = PyTuple(item)
            guard isStr(row[0]) else { throw raise(.typeError, "action must be a string, not '\(typeName(row[0]))'") }
            let filterLine = try indexInt(row[4])
            if try matches(row[1], text), try isSubclass(category, row[2]), try matches(row[3], module), filterLine == 0 || filterLine == line {
                return row[0]
            }
            i += 1
        }
        let fallback = try warningsAttribute("defaultaction", import: false) ?? state.pointee.warningDefaultAction
        guard isStr(fallback) else { throw raise(.typeError, "_warnings.defaultaction must be a string, not '\(typeName(fallback))'") }
        return fallback
    }

    /// None fits all, a text fits itself, anything else is a pattern.
    private func matches(_ pattern: Value, _ text: Value) throws(Raised) -> Bool {
        if pattern.isNone { return true }
        if isExactStr(pattern) { return isStr(text) && PyStr(pattern).equals(PyStr(text)) }
        return try isTrue(callMethod(pattern, intern("match"), text))
    }

    /// An attribute of the Python module `warnings`, nil if it is not there.
    private func warningsAttribute(_ name: StaticString, import load: Bool) throws(Raised) -> Value? {
        if load && state.pointee.importlib.isObject && !state.pointee.isFinalizing { _ = try importModule("warnings") }
        let module = try loadedModule(intern("warnings"))
        if module.isNull || module.isNone { return nil }
        let found = try getAttrIfPresent(module, intern(name))
        return found.isNull ? nil : found
    }

    private func showWarning(
        _ category: Value, _ text: Value, _ message: Value, _ filename: Value, _ line: Int, _ sourceLine: Value, _ source: Value
    ) throws(Raised) {
        guard let show = try warningsAttribute("_showwarnmsg", import: !source.isNull) else {
            let name = PyStr(PyType(category).name).string
            writeToStandardError("\(isStr(filename) ? self.text(filename) : "<unknown>"):\(line): \(name): \(isStr(text) ? self.text(text) : "")\n")
            if isStr(sourceLine) {
                writeToStandardError("  \(String(self.text(sourceLine).drop { $0 == " " || $0 == "\t" || $0 == "\u{0C}" }))\n")
            } else if isStr(filename), let source = shownSourceLine(PyStr(filename).utf8, line) {
                writeToStandardError("  \(String(decoding: source, as: UTF8.self))\n")
            }
            return
        }
        guard let make = try warningsAttribute("WarningMessage", import: false) else {
            throw raise(.runtimeError, "unable to get warnings.WarningMessage")
        }
        let arguments = try newTuple(7)
        arguments[0] = message
        arguments[1] = category
        arguments[2] = filename
        arguments[3] = int(line)
        arguments[4] = .none
        arguments[5] = .none
        arguments[6] = source.isNull ? .none : source
        let warning = try callWithTuple(make, arguments.value)
        _ = try call(show, warning)
    }

    /// Text to `sys.stderr`, or to descriptor 2 before there is one. Errors are dropped: this is the last resort.
    public func writeToStandardError(_ text: String) {
        do {
            let stream = try PyDict(state.pointee.sysDict).get(self, intern("stderr"))
            if stream.isNone { return }
            if !stream.isNull {
                _ = try callMethod(stream, intern("write"), str(text))
                return
            }
        } catch { clearRaised() }
        try? PyPlatform.writeAll(2, Array(text.utf8))
    }
}
