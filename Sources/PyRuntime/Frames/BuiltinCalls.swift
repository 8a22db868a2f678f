// `str(n)`, `int(text)`, `list(items)`, `type(x)`, ... from the loop: what the constructors of the commonest types do with one
// plain argument, without binding, `__new__` and `__init__`. Everything else is NULL: the type is called as any other.

extension VM {
    /// `type(*arguments)` for exact builtin types; NULL: not a case of these. May collect.
    @inline(never) func constructBuiltin(_ type: PyType, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        if type.flags.contains(.heapType) { return .null }
        if count == 0 {
            if type == types.list { return try newList().value }
            if type == types.dict { return newDict().value }
            if type == types.set { return newSet().value }
            return .null
        }
        if count != 1 { return .null }
        let argument = arguments[0]
        if type == types.str {
            if isExactStr(argument) { return argument }
            return argument.isSmallInt ? try intText(argument) : .null
        }
        if type == types.int {
            if argument.isSmallInt { return argument }
            if argument.isDouble { return try int(truncating: argument.double) }
            return isExactStr(argument) ? plainInt(PyStr(argument)) : .null
        }
        if type == types.float {
            if argument.isDouble { return argument }
            return argument.isSmallInt ? Value(Double(argument.smallInt)) : .null
        }
        if type == types.bool { return Value(try isTrue(argument)) }
        if type == types.type { return self.type(of: argument).value }
        if type == types.list { return try listFrom(argument).value }
        if type == types.tuple { return try tupleFrom(argument) }
        if type == types.set {
            let set = newSet()
            try setUpdate(set, argument)
            return set.value
        }
        return .null
    }

    /// Up to fourteen ASCII digits with a sign or none; NULL for anything else.
    private func plainInt(_ text: PyStr) -> Value {
        let n = text.count
        if !text.isASCII || n == 0 || n > 14 { return .null }
        let p = text.bytes
        var i = p[0] == UInt8(ascii: "-") || p[0] == UInt8(ascii: "+") ? 1 : 0
        if i == n { return .null }
        var value = 0
        while i < n {
            let digit = Int(p[i] &- 48)
            if digit > 9 { return .null }
            value = value &* 10 &+ digit
            i &+= 1
        }
        return Value(small: p[0] == UInt8(ascii: "-") ? 0 &- value : value)
    }
}
