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
    return name == Array("C".utf8) || name == Array("POSIX".utf8)
}

/// `locale.nl_langinfo(CODESET)` under the environment's locale; "UTF-8" in the C locale (PEP 540).
public func localeEncoding() -> String {
    if isPlainLocale() { return "UTF-8" }
    let name = String(decoding: characterLocale() ?? [], as: UTF8.self)
    let lower = name.lowercased()
    if lower.hasSuffix(".utf-8") || lower.hasSuffix(".utf8") { return "UTF-8" }
    guard let locale = newlocale(LC_CTYPE_MASK, name, nil) else { return "UTF-8" }
    defer { freelocale(locale) }
    guard let text = nl_langinfo_l(nl_item(CODESET), locale) else { return "UTF-8" }
    let encoding = String(cString: text)
    // An unknown locale is the C locale.
    return encoding.isEmpty || encoding == "ANSI_X3.4-1968" ? "UTF-8" : encoding
}

/// True where the standard streams let undecodable bytes through: the C locale and those it is coerced to (PEP 538).
public func passesBytesThrough() -> Bool {
    guard let name = characterLocale() else { return true }
    return ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"].contains { name == Array($0.utf8) }
}
