// The text encoding that the environment's locale asks for. CPython: Python/fileutils.c, PEP 538, PEP 540.

/// The value of the variable that decides LC_CTYPE; nil = none set.
private func characterLocale() -> [UInt8]? {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
        if let value = environmentValue(name), !value.isEmpty { return value }
    }
    return nil
}

/// True in the C and POSIX locales, where Python takes UTF-8 and lets undecodable bytes through.
public func isPlainLocale() -> Bool {
    guard let name = characterLocale() else { return true }
    if name == Array("C".utf8) || name == Array("POSIX".utf8) { return true }
    // A locale that the system does not have leaves the process in the C locale.
    guard let before = setlocale(LC_CTYPE, nil).map({ String(cString: $0) }) else { return true }
    let isKnown = setlocale(LC_CTYPE, "") != nil
    setlocale(LC_CTYPE, before)
    return !isKnown
}

/// Whether the environment names the C locale, or none, in a way that a UTF-8 locale may stand in for (PEP 538).
public func mayCoerceLocale() -> Bool {
    if let all = environmentValue("LC_ALL"), !all.isEmpty { return false }
    guard let name = characterLocale() else { return true }
    return name == Array("C".utf8) || name == Array("POSIX".utf8)
}

/// Gives the process the character locale that its environment asks for; UTF-8 in the C locale (PEP 538).
public func adoptCharacterLocale() {
    if isPlainLocale() {
        if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "") }
    } else {
        setlocale(LC_CTYPE, "")
    }
}

/// `locale.nl_langinfo(CODESET)` of the process; "UTF-8" in the C locale (PEP 540).
public func localeEncoding() -> String {
    guard let text = nl_langinfo(nl_item(CODESET)) else { return "UTF-8" }
    let encoding = String(cString: text)
    return encoding.isEmpty || encoding == "ANSI_X3.4-1968" ? "UTF-8" : encoding
}

/// True where the standard streams let undecodable bytes through: the C locale and those it is coerced to (PEP 538).
public func passesBytesThrough() -> Bool {
    guard let name = characterLocale() else { return true }
    return ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"].contains { name == Array($0.utf8) }
}
