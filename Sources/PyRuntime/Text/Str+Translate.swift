// str.translate and str.maketrans. CPython: Objects/unicodeobject.c (_PyUnicode_TranslateCharmap, unicode_maketrans).
import PyUnicode

extension VM {
    func strTranslate(_ text: PyStr, _ table: Value) throws(Raised) -> Value {
        let view = text.view
        var out = TextBuilder(capacity: view.count)
        for i in 0..<view.count {
            let c = view[i]
            switch try translation(of: c, table) {
            case let mapped where mapped.isNull: out.append(c)
            case let mapped where mapped.isNone: break
            case let mapped:
                if isStr(mapped) {
                    out.append(PyStr(mapped).view)
                } else {
                    out.append(try mappedCharacter(mapped))
                }
            }
        }
        return try str(out)
    }

    /// `table[c]`, NULL if the lookup says LookupError.
    func translation(of c: UInt32, _ table: Value) throws(Raised) -> Value {
        let key = Value(small: Int(c))
        if table.isExactly(types.dict) { return try PyDict(table).get(self, key) }
        do { return try getItem(table, key) } catch {
            guard raisedMatches(.lookupError) else { throw Raised() }
            clearRaised()
            return .null
        }
    }

    private func mappedCharacter(_ value: Value) throws(Raised) -> UInt32 {
        guard isInt(value) else { throw raise(.typeError, "character mapping must return integer, None or str") }
        guard let n = intValue(value), n >= 0, n <= 0x10FFFF else {
            throw raise(.valueError, "character mapping must be in range(0x110000)")
        }
        return UInt32(n)
    }

    func strMakeTrans(_ x: Value, _ y: Value, _ z: Value) throws(Raised) -> Value {
        let table = newDict()
        if y.isNull {
            guard isDict(x) else { throw raise(.typeError, "if you give only one argument to maketrans it must be a dict") }
            var position = 0
            while let (key, value) = PyDict(x).next(&position) {
                var ordinal = key
                if isStr(key) {
                    guard PyStr(key).count == 1 else { throw raise(.valueError, "string keys in translate table must be of length 1") }
                    ordinal = Value(small: Int(PyStr(key)[0]))
                } else if !isInt(key) {
                    throw raise(.typeError, "keys in translate table must be strings or integers")
                }
                try table.set(self, ordinal, value)
            }
            return table.value
        }
        guard isStr(y) else { throw raise(.typeError, "maketrans() argument 2 must be str, not \(argumentTypeName(y))") }
        guard z.isNull || isStr(z) else { throw raise(.typeError, "maketrans() argument 3 must be str, not \(argumentTypeName(z))") }
        guard isStr(x) else { throw raise(.typeError, "first maketrans argument must be a string if there is a second argument") }
        let from = PyStr(x), to = PyStr(y)
        guard from.count == to.count else { throw raise(.valueError, "the first two maketrans arguments must have equal length") }
        for i in 0..<from.count { try table.set(self, Value(small: Int(from[i])), Value(small: Int(to[i]))) }
        if !z.isNull { for i in 0..<PyStr(z).count { try table.set(self, Value(small: Int(PyStr(z)[i])), .none) } }
        return table.value
    }
}
