// Calling declared builtins: by arity without parsing, or with arguments bound by the signature; and the TypeErrors when
// they do not fit. CPython: Objects/methodobject.c, Python/getargs.c (message texts).

extension VM {
    /// Calls `definition` with `receiver` as self. NULL = raised.
    @inlinable @inline(__always)
    public func invoke(
        _ definition: UnsafeMutablePointer<NativeDefinition>, _ receiver: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
        _ keywords: Value, bound: Bool = false
    ) -> Value {
        let code = definition.pointee.code
        switch definition.pointee.kind {
        case .one where count == 1 && keywords.isNull:
            return unsafeBitCast(code, to: Native1.self)(self, receiver, arguments[0])
        case .zero where count == 0 && keywords.isNull:
            return unsafeBitCast(code, to: Native0.self)(self, receiver)
        case .two where count == 2 && keywords.isNull:
            return unsafeBitCast(code, to: Native2.self)(self, receiver, arguments[0], arguments[1])
        case .three where count == 3 && keywords.isNull:
            return unsafeBitCast(code, to: Native3.self)(self, receiver, arguments[0], arguments[1], arguments[2])
        case .positional where keywords.isNull:
            return unsafeBitCast(code, to: NativeVariadic.self)(self, receiver, arguments, count, keywords)
        case .variadic:
            return unsafeBitCast(code, to: NativeVariadic.self)(self, receiver, arguments, count, keywords)
        default:
            return invokeBound(definition, receiver, arguments, count, keywords, bound: bound)
        }
    }

    /// Binds the arguments by the signature, or says what is wrong with them.
    @inline(never) public func invokeBound(
        _ definition: UnsafeMutablePointer<NativeDefinition>, _ receiver: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
        _ keywords: Value, bound: Bool = false
    ) -> Value {
        if keywords.isNull && definition.pointee.kind == .bound && definition.pointee.isParsed {
            // Positions only, in range, and nothing required by name alone: no need to bind.
            let parameters = Int(definition.pointee.parameterCount)
            if Int(definition.pointee.positionalCount) == parameters && count <= parameters && count >= Int(definition.pointee.requiredCount) {
                let code = unsafeBitCast(definition.pointee.code, to: NativeBound.self)
                if count == parameters { return code(self, receiver, arguments) }
                let slots = thread.pointee.stackTop
                if slots + parameters < thread.pointee.stackLimit {
                    var i = 0
                    while i < parameters {
                        slots[i] = i < count ? arguments[i] : .null
                        i &+= 1
                    }
                    thread.pointee.stackTop = slots + parameters
                    let result = code(self, receiver, slots)
                    thread.pointee.stackTop = slots
                    return result
                }
            }
        }
        return guarded { () throws(Raised) in
            if !definition.pointee.isParsed { parseSignature(definition) }
            let keywordCount = keywords.isNull ? 0 : PyTuple(keywords).count
            let kind = definition.pointee.kind
            if kind != .bound {
                let empty = keywordCount == 0
                let expected = Int(kind.rawValue)
                if kind == .positional {
                    if empty { return try check(unsafeBitCast(definition.pointee.code, to: NativeVariadic.self)(self, receiver, arguments, count, .null)) }
                    throw raise(.typeError, "\(tupleFunctionText(definition, receiver, bound: bound)) takes no keyword arguments")
                }
                if definition.pointee.parsesTuple {
                    if !empty { throw raise(.typeError, "\(tupleFunctionText(definition, receiver, bound: bound)) takes no keyword arguments") }
                    throw raiseTupleCount(definition, count, expected, exactly: true)
                }
                if !empty { throw raise(.typeError, "\(functionText(definition, receiver, bound: bound)) takes no keyword arguments") }
                if kind == .zero { throw raise(.typeError, "\(functionText(definition, receiver, bound: bound)) takes no arguments (\(count) given)") }
                if kind == .one {
                    throw raise(.typeError, "\(functionText(definition, receiver, bound: bound)) takes exactly one argument (\(count) given)")
                }
                throw raise(.typeError, "\(PyStr(definition.pointee.name).string) expected \(expected) arguments, got \(count)")
            }
            let code = unsafeBitCast(definition.pointee.code, to: NativeBound.self)
            let parameters = Int(definition.pointee.parameterCount)
            if count == parameters && keywordCount == 0 && Int(definition.pointee.positionalCount) == parameters {
                return try check(code(self, receiver, arguments))
            }
            let slots = try pushStack(parameters + 1)
            defer { popStack(slots) }
            slots.update(repeating: .null, count: parameters + 1)
            try bind(definition, receiver, arguments, count, keywords, keywordCount, slots, bound: bound)
            return try check(code(self, receiver, slots))
        }
    }

    /// `__new__` and `__init__` of positions only let subclasses take keywords: their own `__init__` may want them.
    private func ignoresKeywords(_ definition: NativeDefinition, _ receiver: Value) -> Bool {
        guard let owner = definition.extra, definition.kind == .bound else { return false }
        let type = isType(receiver) ? PyType(receiver) : self.type(of: receiver)
        // set and GenericAlias refuse them from anyone.
        if UnsafeRawPointer(types.set.ref) == owner || UnsafeRawPointer(types.genericAlias.ref) == owner { return false }
        return UnsafeRawPointer(type.ref) != owner
    }

    private func bind(
        _ definition: UnsafeMutablePointer<NativeDefinition>, _ receiver: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
        _ keywords: Value, _ keywordCount: Int, _ slots: UnsafeMutablePointer<Value>, bound: Bool
    ) throws(Raised) {
        let d = definition.pointee
        var name: String { PyStr(d.name).string }
        // What PyArg_ParseTupleAndKeywords was told no name of.
        var shown: String { name == "function" ? name : "\(name)()" }
        let total = Int(d.parameterCount), positional = Int(d.positionalCount), required = Int(d.requiredCount)
        let positionalOnly = Int(d.positionalOnlyCount)
        if positionalOnly == total {
            // METH_FASTCALL: positions only.
            if keywordCount > 0, !ignoresKeywords(d, receiver) {
                let text = d.parsesTuple ? tupleFunctionText(definition, receiver, bound: bound) : functionText(definition, receiver, bound: bound)
                throw raise(.typeError, "\(text) takes no keyword arguments")
            }
            if d.parsesTuple && (count < required || count > total) {
                throw raiseTupleCount(definition, count, count < required ? required : total, exactly: required == total)
            }
            if count < required || count > total {
                let bound = count < required ? required : total
                let word = required == total ? "" : count < required ? "at least " : "at most "
                throw raise(.typeError, "\(name) expected \(word)\(bound) argument\(bound == 1 ? "" : "s"), got \(count)")
            }
            slots.update(from: arguments, count: count)
            return
        }
        let requiredOnly = min(required, positionalOnly)
        if count + keywordCount > total {
            throw raise(
                .typeError,
                "\(shown) takes at most \(total) \(count == 0 ? "keyword " : "")argument\(total == 1 ? "" : "s") (\(count + keywordCount) given)")
        }
        if count > positional {
            if positional == 0 { throw raise(.typeError, "\(shown) takes no positional arguments") }
            throw raise(
                .typeError,
                "\(shown) takes \(required == positional ? "exactly" : "at most") \(positional) positional argument\(positional == 1 ? "" : "s") (\(count) given)")
        }
        if count < requiredOnly {
            throw raise(
                .typeError,
                "\(shown) takes \(requiredOnly < positional ? "at least" : "exactly") \(requiredOnly) positional argument\(requiredOnly == 1 ? "" : "s") (\(count) given)")
        }
        slots.update(from: arguments, count: count)
        let (unknown, twice) = keywordCount > 0 ? bindKeywords(definition, arguments + count, count, PyTuple(keywords), slots) : (.null, -1)
        for i in 0..<total where slots[i].isNull && !hasDefault(d, i) {
            throw raise(.typeError, "\(shown) missing required argument '\(PyStr(parameterName(d, i)).string)' (pos \(i + 1))")
        }
        if twice >= 0 {
            throw raise(.typeError, "argument for \(name)() given by name ('\(PyStr(parameterName(d, twice)).string)') and position (\(twice + 1))")
        }
        if !unknown.isNull { throw raise(.typeError, value: message("'", unknown, "' is an invalid keyword argument for \(name)()")) }
    }

    /// A function that CPython declares METH_VARARGS: called as such it says its bare name, as a descriptor the whole.
    private func tupleFunctionText(_ definition: UnsafeMutablePointer<NativeDefinition>, _ receiver: Value, bound: Bool) -> String {
        if bound || !definition.pointee.owner.isObject { return "\(PyStr(definition.pointee.name).string)()" }
        return functionText(definition, receiver)
    }

    /// For functions that look at their arguments themselves.
    public func refuseKeywords(_ keywords: Value, _ function: StaticString) throws(Raised) {
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "\(function)() takes no keyword arguments") }
    }

    private func raiseTupleCount(_ definition: UnsafeMutablePointer<NativeDefinition>, _ count: Int, _ wanted: Int, exactly: Bool) -> Raised {
        let word = exactly ? "exactly" : count < wanted ? "at least" : "at most"
        return raise(
            .typeError,
            "\(PyStr(definition.pointee.name).string)() takes \(word) \(wanted) argument\(wanted == 1 ? "" : "s") (\(count) given)")
    }

    /// - Returns: the first name that is no parameter, or NULL, and the first parameter that a position gave already, or -1: what
    ///   is missing is said before both.
    private func bindKeywords(
        _ definition: UnsafeMutablePointer<NativeDefinition>, _ values: UnsafeMutablePointer<Value>, _ positionalGiven: Int, _ names: PyTuple,
        _ slots: UnsafeMutablePointer<Value>
    ) -> (unknown: Value, twice: Int) {
        var unknown = Value.null, twice = -1
        let d = definition.pointee
        for k in 0..<names.count {
            let name = names[k]
            var found = -1
            for i in Int(d.positionalOnlyCount)..<Int(d.parameterCount) {
                let candidate = parameterName(d, i)
                if candidate == name || PyStr(candidate).equals(PyStr(name)) {
                    found = i
                    break
                }
            }
            if found < 0 {
                if unknown.isNull { unknown = name }
                continue
            }
            if found < positionalGiven {
                if twice < 0 || found < twice { twice = found }
                continue
            }
            slots[found] = values[k]
        }
        return (unknown, twice)
    }

    private func hasDefault(_ d: NativeDefinition, _ i: Int) -> Bool { d.parameterHasDefault?[i] ?? true }
    private func parameterName(_ d: NativeDefinition, _ i: Int) -> Value { d.parameterNames?[i] ?? emptyStr }

    /// "list.append()", "len()", "time.sleep()": `_PyObject_FunctionStr`.
    /// `bound`: called as a method of `receiver`, whose class it names, not the class that declares it.
    func functionText(_ definition: UnsafeMutablePointer<NativeDefinition>, _ receiver: Value, bound: Bool = false) -> String {
        let name = PyStr(definition.pointee.name).string
        if bound && definition.pointee.owner.isObject && !receiver.isNull {
            // A bound method of a module looks like a function of it.
            if receiver.isExactly(types.module) { return "\(name)()" }
            return "\(qualnameText(isType(receiver) ? PyType(receiver) : type(of: receiver))).\(name)()"
        }
        if definition.pointee.owner.isObject { return "\(PyStr(PyType(definition.pointee.owner).name).string).\(name)()" }
        if receiver.isExactly(types.module) {
            let module = receiver.cast(ModuleLayout.self).pointee.name
            if isStr(module) && PyStr(module).string != "builtins" { return "\(PyStr(module).string).\(name)()" }
        }
        return "\(name)()"
    }

    // MARK: Signatures

    /// Fills in names and counts from the declaration's text.
    @inline(never) func parseSignature(_ definition: UnsafeMutablePointer<NativeDefinition>) {
        let text = UnsafeBufferPointer(start: definition.pointee.signature, count: Int(definition.pointee.signatureLength))
        var parts: [(start: Int, end: Int)] = []
        var depth = 0
        var quote: UInt8 = 0
        var start = 1
        for i in 0..<text.count {
            let c = text[i]
            if quote != 0 {
                if c == quote { quote = 0 }
                continue
            }
            switch c {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = c
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { parts.append((start, i)) }
            case UInt8(ascii: ",") where depth == 1:
                parts.append((start, i))
                start = i + 1
            default: break
            }
        }
        var names: [StaticSlice] = []
        var positionalOnly = 0
        var positional = -1
        for part in parts {
            var low = part.start, high = part.end
            while low < high && text[low] <= 32 { low += 1 }
            while low < high && text[high - 1] <= 32 { high -= 1 }
            if low == high || text[low] == UInt8(ascii: "$") { continue }
            if text[low] == UInt8(ascii: "/") {
                positionalOnly = names.count
                continue
            }
            if text[low] == UInt8(ascii: "*") {
                positional = names.count
                continue
            }
            var end = low
            while end < high && text[end] != UInt8(ascii: "=") && text[end] != UInt8(ascii: ":") { end += 1 }
            var nameEnd = end
            while nameEnd > low && text[nameEnd - 1] == 32 { nameEnd -= 1 }
            names.append(StaticSlice(start: low, end: nameEnd, hasDefault: end < high))
        }
        if positional < 0 { positional = names.count }
        let nameSlots = UnsafeMutablePointer<Value>.allocate(capacity: max(1, names.count))
        nameSlots.initialize(repeating: .null, count: max(1, names.count))
        addRootRange(nameSlots, count: max(1, names.count))
        let defaults = UnsafeMutablePointer<Bool>.allocate(capacity: max(1, names.count))
        var required = 0
        for (i, slice) in names.enumerated() {
            nameSlots[i] = intern(utf8: UnsafeBufferPointer(rebasing: text[slice.start..<slice.end]))
            defaults[i] = slice.hasDefault
            if !slice.hasDefault && i < positional { required = i + 1 }
        }
        definition.pointee.parameterNames = nameSlots
        definition.pointee.parameterHasDefault = defaults
        definition.pointee.parameterCount = Int32(names.count)
        definition.pointee.positionalOnlyCount = Int32(positionalOnly)
        definition.pointee.positionalCount = Int32(positional)
        definition.pointee.requiredCount = Int32(required)
        definition.pointee.isParsed = true
    }

    // MARK: Making

    /// An immortal row. `declaration` is "name(signature)", a leading "-" hides the signature; a constructor's begins with "(".
    func makeDefinition(_ declaration: StaticString, _ doc: StaticString, _ kind: NativeKind, _ code: UnsafeRawPointer)
        -> UnsafeMutablePointer<NativeDefinition>
    {
        // Safe: StaticStrings are UTF-8 in static memory for the life of the process.
        var start = declaration.utf8Start
        var length = declaration.utf8CodeUnitCount
        var hidden = false
        let parsesTuple = length > 0 && start[0] == UInt8(ascii: "^")
        if length > 0 && start[0] == UInt8(ascii: "-") || parsesTuple {
            hidden = true
            start += 1
            length -= 1
        }
        var nameLength = 0
        while nameLength < length && start[nameLength] != UInt8(ascii: "(") { nameLength += 1 }
        let name = nameLength == 0 ? emptyStr : intern(utf8: UnsafeBufferPointer(start: start, count: nameLength))
        let definition = heap.pointee.newDefinition()
        definition.initialize(to: NativeDefinition(
            code: code, name: name, signature: start + nameLength, signatureLength: Int32(length - nameLength), kind: kind,
            isClassMethod: false, isStatic: false, isParsed: false, doc: doc.utf8Start, docLength: Int32(doc.utf8CodeUnitCount),
            parameterCount: 0, positionalOnlyCount: 0, positionalCount: 0, requiredCount: 0, parameterNames: nil, parameterHasDefault: nil,
            extra: nil, owner: .null, hidesSignature: hidden, parsesTuple: parsesTuple))
        return definition
    }

    /// A `builtin_function_or_method` or descriptor for `definition`. May collect.
    public func newNative(_ type: PyType, receiver: Value, owner: Value, _ definition: UnsafeMutablePointer<NativeDefinition>) -> Value {
        let layout = allocateUninitialized(32, type).assumingMemoryBound(to: NativeFunctionLayout.self)
        layout.pointee.receiver = receiver
        layout.pointee.owner = owner
        layout.pointee.definition = definition
        return Value(layout)
    }

    /// An object of one to four leading value fields. May collect.
    public func newFields(_ type: PyType, _ a: Value, _ b: Value = .null, _ c: Value = .null, _ d: Value = .null) -> Value {
        let size = max(16, Int(type.ref.pointee.basicSize))
        // `staticmethod` and `classmethod` have attributes behind their field.
        let attributes = type.ref.pointee.attrsOffset != 0 ? MemoryLayout<AttrsLayout>.size + Int(type.ref.pointee.inlineCapacity) * 8 : 0
        let layout = allocateZeroed(size + attributes, type).assumingMemoryBound(to: FieldsLayout.self)
        layout.pointee.f0 = a
        if size >= 24 { layout.pointee.f1 = b }
        if size >= 32 { layout.pointee.f2 = c }
        if size >= 40 { layout.pointee.f3 = d }
        return Value(layout)
    }
}

private struct StaticSlice {
    var start: Int
    var end: Int
    var hasDefault: Bool
}
