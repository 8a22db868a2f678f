// The module `unicodedata`, Unicode 13.0, and its object `ucd_3_2_0`, whose methods are the same functions asked of the older
// version. CPython: Modules/unicodedata.c.
import PyRuntime
import PyUnicode

/// What both builders can do: the functions of the module and the methods of `UCD` are declared once.
private protocol FunctionTable {
    func bound(_ declaration: StaticString, _ doc: StaticString, _ code: NativeBound)
    func one(_ declaration: StaticString, _ doc: StaticString, _ code: Native1)
    func two(_ declaration: StaticString, _ doc: StaticString, _ code: Native2)
}
extension ModuleBuilder: FunctionTable {
    fileprivate func bound(_ declaration: StaticString, _ doc: StaticString, _ code: NativeBound) { defN(declaration, doc, code) }
    fileprivate func one(_ declaration: StaticString, _ doc: StaticString, _ code: Native1) { def1(declaration, doc, code) }
    fileprivate func two(_ declaration: StaticString, _ doc: StaticString, _ code: Native2) { def2(declaration, doc, code) }
}
extension TypeBuilder: FunctionTable {
    fileprivate func bound(_ declaration: StaticString, _ doc: StaticString, _ code: NativeBound) { defN(declaration, doc, .instance, code) }
    fileprivate func one(_ declaration: StaticString, _ doc: StaticString, _ code: Native1) { def1(declaration, doc, .instance, code) }
    fileprivate func two(_ declaration: StaticString, _ doc: StaticString, _ code: Native2) { def2(declaration, doc, .instance, code) }
}

extension VM {
    public func registerUnicodeData() {
        registerModule("unicodedata") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module provides access to the Unicode Character Database which
                defines character properties for all Unicode characters. The data in
                this database is based on the UnicodeData.txt file version
                13.0.0 which is publicly available from ftp://ftp.unicode.org/.

                The module uses the same names and symbols as defined by the
                UnicodeData File Format 13.0.0.
                """ as StaticString))
            m.attribute("unidata_version", vm.str(UCD.version))
            vm.fillUnicodeData(m)
            let t = vm.makeType("UCD", module: "unicodedata", size: 8, trace: .leaf, flags: .disallowInstantiation)
            vm.fillUnicodeData(t)
            t.statesGetAttribute()
            t.computedMember("unidata_version") { vm, _ in vm.str(UCD3.version) }
            vm.readyType(t.type)
            m.attribute("UCD", t.type.value)
            m.attribute("ucd_3_2_0", vm.newInstance(t.type))
            return 0
        }
    }

    /// Whether `ucd_3_2_0` is asked and not the module.
    private func isOld(_ receiver: Value) -> Bool { !receiver.isExactly(types.module) }

    /// A str of one character.
    func oneCharacter(_ value: Value, _ what: StaticString) throws(Raised) -> UInt32 {
        guard isStr(value), PyStr(value).count == 1 else {
            throw raise(.typeError, "\(what) must be a unicode character, not \(argumentTypeName(value))")
        }
        return PyStr(value)[0]
    }

    private func decompositionText(_ c: UInt32, old: Bool) -> Value {
        guard let (tag, codes) = old ? UCD3.decomposition(c) : UCD.decomposition(c) else { return emptyStr }
        var parts = tag.utf8CodeUnitCount > 0 ? ["\(tag)"] : []
        for code in codes {
            let hex = String(code, radix: 16, uppercase: true)
            parts.append(String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex)
        }
        return str(parts.joined(separator: " "))
    }

    private func lookupCharacter(_ name: Value, old: Bool) throws(Raised) -> Value {
        var text: [UInt8]
        if isStr(name) {
            text = Array(PyBytes(try encodeUTF8(PyStr(name))).view)
        } else if isByteArray(name) {
            throw raise(.typeError, "lookup() argument must be read-only bytes-like object, not bytearray")
        } else {
            var buffer = try acquireBuffer(name)
            text = Array(buffer.byteView)
            releaseBuffer(&buffer)
        }
        if text.count > 256 { throw raise(.keyError, "name too long") }
        switch text.withUnsafeBufferPointer({ UCD.lookup($0) }) {
        // Aliases came later than 3.2: the name itself must be meant.
        case .codePoint(let c) where !old || UCD3.name(c) == text.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }: return str(codePoint: c)
        case .sequence(let codes) where !old: return try codes.withUnsafeBufferPointer { codes throws(Raised) in try str(codePoints: codes) }
        default: throw raise(.keyError, "undefined character name '\(String(decoding: text, as: UTF8.self))'")
        }
    }

    private func normalForm(_ form: Value, _ text: Value, _ name: StaticString) throws(Raised) -> NormalizationForm {
        guard isStr(form) else { throw raise(.typeError, "\(name)() argument 1 must be str, not \(argumentTypeName(form))") }
        guard isStr(text) else { throw raise(.typeError, "\(name)() argument 2 must be str, not \(argumentTypeName(text))") }
        switch PyStr(form).string {
        case "NFC": return .nfc
        case "NFD": return .nfd
        case "NFKC": return .nfkc
        case "NFKD": return .nfkd
        default: throw raise(.valueError, "invalid normalization form")
        }
    }

    private func normalized(_ text: PyStr, _ form: NormalizationForm, old: Bool) -> [UInt32]? {
        if text.isASCII { return nil }
        let view = text.view
        let codes = (0..<view.count).lazy.map { view[$0] }
        if old { return UCD.normalize(codes, form, version3: true) }
        return UCD.quickCheck(codes, form) == .yes ? nil : UCD.normalize(codes, form)
    }

    private func fillUnicodeData(_ m: some FunctionTable) {
        m.bound("decimal($self, chr, default=<unrepresentable>, /)", """
            Converts a Unicode character into its equivalent decimal value.

            Returns the decimal value assigned to the character chr as integer.
            If no such value is defined, default is returned, or, if not given,
            ValueError is raised.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a[0], "decimal() argument 1")
                if let found = vm.isOld(s) ? UCD3.decimal(c) : UCD.decimal(c) { return vm.int(found) }
                if !a[1].isNull { return a[1] }
                throw vm.raise(.valueError, "not a decimal")
            }
        }
        m.bound("digit($self, chr, default=<unrepresentable>, /)", """
            Converts a Unicode character into its equivalent digit value.

            Returns the digit value assigned to the character chr as integer.
            If no such value is defined, default is returned, or, if not given,
            ValueError is raised.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a[0], "digit() argument 1")
                if let found = UCD.digit(c) { return vm.int(found) }
                if !a[1].isNull { return a[1] }
                throw vm.raise(.valueError, "not a digit")
            }
        }
        m.bound("numeric($self, chr, default=<unrepresentable>, /)", """
            Converts a Unicode character into its equivalent numeric value.

            Returns the numeric value assigned to the character chr as float.
            If no such value is defined, default is returned, or, if not given,
            ValueError is raised.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a[0], "numeric() argument 1")
                if let found = vm.isOld(s) ? UCD3.numeric(c) : UCD.numeric(c) { return Value(found) }
                if !a[1].isNull { return a[1] }
                throw vm.raise(.valueError, "not a numeric character")
            }
        }
        m.one("category($self, chr, /)", "Returns the general category assigned to the character chr as string.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "category() argument")
                return vm.str(vm.isOld(s) ? UCD3.category(c) : UCD.category(c))
            }
        }
        m.one("bidirectional($self, chr, /)", """
            Returns the bidirectional class assigned to the character chr as string.

            If no such value is defined, an empty string is returned.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "bidirectional() argument")
                return vm.str(vm.isOld(s) ? UCD3.bidirectional(c) : UCD.bidirectional(c))
            }
        }
        m.one("combining($self, chr, /)", """
            Returns the canonical combining class assigned to the character chr as integer.

            Returns 0 if no combining class is defined.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "combining() argument")
                return vm.int(vm.isOld(s) ? UCD3.combining(c) : UCD.combining(c))
            }
        }
        m.one("mirrored($self, chr, /)", """
            Returns the mirrored property assigned to the character chr as integer.

            Returns 1 if the character has been identified as a "mirrored"
            character in bidirectional text, 0 otherwise.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "mirrored() argument")
                return Value(small: (vm.isOld(s) ? UCD3.isMirrored(c) : UCD.isMirrored(c)) ? 1 : 0)
            }
        }
        m.one("east_asian_width($self, chr, /)", "Returns the east asian width assigned to the character chr as string.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "east_asian_width() argument")
                return vm.str(vm.isOld(s) ? UCD3.eastAsianWidth(c) : UCD.eastAsianWidth(c))
            }
        }
        m.one("decomposition($self, chr, /)", """
            Returns the character decomposition mapping assigned to the character chr as string.

            An empty string is returned in case no such mapping is defined.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a, "decomposition() argument")
                return vm.decompositionText(c, old: vm.isOld(s))
            }
        }
        m.bound("name($self, chr, default=<unrepresentable>, /)", """
            Returns the name assigned to the character chr as a string.

            If no name is defined, default is returned, or, if not given,
            ValueError is raised.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let c = try vm.oneCharacter(a[0], "name() argument 1")
                if let name = vm.isOld(s) ? UCD3.name(c) : UCD.name(c) { return vm.str(utf8: name) }
                if !a[1].isNull { return a[1] }
                throw vm.raise(.valueError, "no such name")
            }
        }
        m.one("lookup($self, name, /)", """
            Look up character by name.

            If a character with the given name is found, return the
            corresponding character.  If not found, KeyError is raised.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.lookupCharacter(a, old: vm.isOld(s))
            }
        }
        m.two("is_normalized($self, form, unistr, /)", """
            Return whether the Unicode string unistr is in the normal form 'form'.

            Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
            """) { vm, s, form, text in
            vm.guarded { () throws(Raised) in
                let wanted = try vm.normalForm(form, text, "is_normalized")
                guard let codes = vm.normalized(PyStr(text), wanted, old: vm.isOld(s)) else { return .true }
                let view = PyStr(text).view
                return Value(codes.count == view.count && codes.indices.allSatisfy { codes[$0] == view[$0] })
            }
        }
        m.two("normalize($self, form, unistr, /)", """
            Return the normal form 'form' for the Unicode string unistr.

            Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
            """) { vm, s, form, text in
            vm.guarded { () throws(Raised) in
                let wanted = try vm.normalForm(form, text, "normalize")
                guard let codes = vm.normalized(PyStr(text), wanted, old: vm.isOld(s)) else { return try vm.exactStr(PyStr(text)) }
                return try codes.withUnsafeBufferPointer { codes throws(Raised) in try vm.str(codePoints: codes) }
            }
        }
    }
}
