// `_locale`: the C library's locale. Message catalogues are not looked up: `gettext` and its kin answer the text itself.
// CPython: Modules/_localemodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

final class LocaleState {
    let error: RootID
    init(_ error: RootID) { self.error = error }
}

extension VM {
    public func registerLocale() {
        registerModule("_locale") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("Support for POSIX locales." as StaticString))
                vm.addConstants(m, taipan_table_locale)
                m.attribute("Error", try vm.localeErrorType())
                vm.defineLocale(m)
                // CPython takes LC_CTYPE from the environment when it starts; PEP 538 coerces the C locale.
                if !vm.state.pointee.fileSystemIsASCII, let name = setlocale(LC_CTYPE, nil), String(cString: name) == "C" {
                    if setlocale(LC_CTYPE, "").map({ String(cString: $0) }) ?? "C" == "C" { _ = setlocale(LC_CTYPE, "C.UTF-8") }
                }
            }
        }
    }

    private func localeErrorType() throws(Raised) -> Value {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["_locale"] as? LocaleState { return root(known.error) }
        let type = try newExceptionClass("Error", module: "locale")
        services.table["_locale"] = LocaleState(addRoot(type))
        return type
    }

    func localeError(_ message: StaticString) throws(Raised) -> Raised { raise(PyType(try localeErrorType()), str(message)) }

    private func defineLocale(_ m: ModuleBuilder) {
        m.defN("setlocale($module, category, locale=<unrepresentable>, /)", "Activates/queries locale processing.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.setLocale(a) }
        }
        m.def0("localeconv($module, /)", "Returns numeric and monetary locale-specific parameters.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.localeConventions() }
        }
        m.def1("nl_langinfo($module, key, /)", "Return the value for the locale information associated with key.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let key = try vm.cInt32(a)
                if !vm.isLanginfoKey(key) { throw vm.raise(.valueError, "unsupported langinfo constant") }
                guard let text = taipan_nl_langinfo(key) else { return vm.emptyStr }
                return try vm.fileSystemText(c: text)
            }
        }
        m.def2("strcoll($module, os1, os2, /)", "Compares two strings according to the locale.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let first = try vm.localeText(a, "strcoll", 1), second = try vm.localeText(b, "strcoll", 2)
                return vm.int32(strcoll(cString(first), cString(second)))
            }
        }
        m.def1("strxfrm($module, string, /)", "Return a string that can be used as a key for locale-aware comparisons.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.localeText(a, "strxfrm", 0)
                let size = strxfrm(nil, cString(text), 0)
                var buffer = [CChar](repeating: 0, count: size + 1)
                _ = strxfrm(&buffer, cString(text), buffer.count)
                return try vm.fileSystemText(buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
            }
        }
        m.def0("_get_locale_encoding($module, /)", "Get the current locale encoding.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.str("UTF-8" as StaticString) }
        }
        m.def1("gettext($module, msg, /)", """
            gettext(msg) -> string

            Return translation of msg.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                _ = try vm.localeText(a, "gettext", 0)
                return a
            }
        }
        m.def2("dgettext($module, domain, msg, /)", """
            dgettext(domain, msg) -> string

            Return translation of msg in domain.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                if !a.isNone { _ = try vm.localeText(a, "dgettext", 1, orNone: true) }
                _ = try vm.localeText(b, "dgettext", 2)
                return b
            }
        }
        m.def3("dcgettext($module, domain, msg, category, /)", "Return translation of msg in domain and category.") { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                if !a.isNone { _ = try vm.localeText(a, "dcgettext", 1, orNone: true) }
                _ = (try vm.localeText(b, "dcgettext", 2), try vm.cInt32(c))
                return b
            }
        }
        m.def1("textdomain($module, domain, /)", "Set the C library's textdmain to domain, returning the new domain.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if a.isNone { return vm.str("messages" as StaticString) }
                let domain = PyBytes(try vm.localeText(a, "textdomain", 0, orNone: true)).view
                return domain.count == 0 ? vm.str("messages" as StaticString) : try vm.fileSystemText(Array(domain))
            }
        }
        m.def2("bindtextdomain($module, domain, dir, /)", "Bind the C library's domain to dir.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let domain = try vm.localeText(a, "bindtextdomain", 1)
                if PyBytes(domain).count == 0 { throw try vm.localeError("domain must be a non-empty string") }
                return b.isNone ? vm.str("/usr/share/locale" as StaticString) : try vm.fileSystemText(Array(PyBytes(try vm.fsConverter(b)).view))
            }
        }
        m.def2("bind_textdomain_codeset($module, domain, codeset, /)", "Bind the C library's domain to codeset.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                _ = try vm.localeText(a, "bind_textdomain_codeset", 1)
                if !b.isNone { _ = try vm.localeText(b, "bind_textdomain_codeset", 2, orNone: true) }
                return b
            }
        }
    }

    /// A str argument as a C string. number 0: the only one.
    func localeText(_ value: Value, _ function: StaticString, _ number: Int, orNone: Bool = false) throws(Raised) -> Value {
        guard isStr(value) else {
            throw raise(
                .typeError,
                "\(function)() argument \(number == 0 ? "" : "\(number) ")must be str\(orNone ? " or None" : ""), not \(argumentTypeName(value))")
        }
        let text = try encodeUTF8(PyStr(value), names.surrogateescape)
        if PyBytes(text).view.contains(0) { throw raise(.valueError, "embedded null character") }
        return text
    }

    func setLocale(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let category = try cInt32(a[0])
        if a[1].isNull || a[1].isNone {
            guard let name = setlocale(category, nil) else { throw try localeError("locale query failed") }
            return try fileSystemText(c: name)
        }
        guard isStr(a[1]) else { throw raise(.typeError, "setlocale() argument 2 must be str or None, not \(argumentTypeName(a[1]))") }
        let wanted = try localeText(a[1], "setlocale", 2)
        guard let name = setlocale(category, cString(wanted)) else { throw try localeError("unsupported locale setting") }
        return try fileSystemText(c: name)
    }

    func isLanginfoKey(_ key: Int32) -> Bool {
        var row = taipan_constants(taipan_table_locale)
        while let name = row.pointee.name {
            let text = String(cString: name)
            if row.pointee.value == Int64(key) && !text.hasPrefix("LC_") && text != "CHAR_MAX" { return true }
            row += 1
        }
        return false
    }

    private func groups(_ text: UnsafePointer<CChar>) throws(Raised) -> Value {
        let list = try newList()
        var at = text
        while at.pointee != 0 && at.pointee != CChar.max {
            try list.append(self, Value(small: Int(at.pointee)))
            at += 1
        }
        if list.count > 0 { try list.append(self, Value(small: Int(at.pointee))) }
        return list.value
    }

    func localeConventions() throws(Raised) -> Value {
        let dict = newDict()
        let texts: [(StaticString, Int32)] = [
            ("int_curr_symbol", 3), ("currency_symbol", 4), ("mon_decimal_point", 5), ("mon_thousands_sep", 6), ("mon_grouping", 7),
            ("positive_sign", 8), ("negative_sign", 9),
        ]
        for (name, which) in texts {
            let text = taipan_localeconv_text(which)
            try dict.set(self, intern(name), which == 7 ? groups(text) : fileSystemText(c: text))
        }
        let numbers: [StaticString] = [
            "int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes", "n_sep_by_space", "p_sign_posn", "n_sign_posn",
        ]
        for (i, name) in numbers.enumerated() { try dict.set(self, intern(name), int32(taipan_localeconv_number(Int32(i)))) }
        try dict.set(self, intern("decimal_point"), fileSystemText(c: taipan_localeconv_text(0)))
        try dict.set(self, intern("thousands_sep"), fileSystemText(c: taipan_localeconv_text(1)))
        try dict.set(self, intern("grouping"), groups(taipan_localeconv_text(2)))
        return dict.value
    }
}
