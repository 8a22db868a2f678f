// `_json`: what `json` does in C: string scanning and escaping, the scanner and the encoder objects. CPython: Modules/_json.c.
// Parsing is in JSONParser.swift, escaping in JSONStrings.swift, encoding in JSONEncoder.swift.
import PyRuntime
import PyUnicode

struct JSONScannerLayout {
    var type: PyType
    var strict: Value
    var objectHook: Value
    var objectPairsHook: Value
    var parseFloat: Value
    var parseInt: Value
    var parseConstant: Value
}

struct JSONEncoderLayout {
    var type: PyType
    var markers: Value
    var defaultFunction: Value
    var encoder: Value
    var indent: Value
    var keySeparator: Value
    var itemSeparator: Value
    var sortKeys: Value
    var skipKeys: Value
    var allowNaN: Value
    /// 1: `encoder` is `encode_basestring_ascii`; 2: `encode_basestring`; 0: something else.
    var fast: Value
}

extension VM {
    public func registerJSON() {
        registerModule("_json") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("json speedups\n" as StaticString))
            m.def1("-encode_basestring_ascii(string, /)", "encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string") { vm, _, text in
                vm.guarded { () throws(Raised) in try vm.jsonQuoted(text, asciiOnly: true) }
            }
            m.def1("-encode_basestring(string, /)", "encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string") { vm, _, text in
                vm.guarded { () throws(Raised) in try vm.jsonQuoted(text, asciiOnly: false) }
            }
            m.defV("-scanstring(string, end, strict=True, /)", """
                scanstring(string, end, strict=True) -> (string, end)

                Scan the string s for a JSON string. End is the index of the
                character in s after the quote that started the JSON string.
                Unescapes all valid JSON string escape sequences and raises ValueError
                on attempt to decode an invalid string. If strict is False then literal
                control characters are allowed in the string.

                Returns a tuple of the decoded string and the index of the character in s
                after the end quote.
                """) { vm, _, arguments, count, keywords in
                vm.guarded { () throws(Raised) in try vm.jsonScanString(arguments, count, keywords) }
            }
            vm.defineScanner(m)
            vm.defineEncoder(m)
            return 0
        }
    }

    /// The escaped and quoted text.
    private func jsonQuoted(_ text: Value, asciiOnly: Bool) throws(Raised) -> Value {
        guard isStr(text) else { throw raise(.typeError, "first argument must be a string, not \(typeName(text))") }
        var out = TextBuilder(capacity: PyStr(text).count + 2)
        appendJSONString(PyStr(text).view, asciiOnly: asciiOnly, to: &out)
        return try str(out)
    }

    private func jsonScanString(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "scanstring() takes no keyword arguments") }
        if count < 2 { throw raise(.typeError, "scanstring() takes at least 2 arguments (\(count) given)") }
        if count > 3 { throw raise(.typeError, "scanstring() takes at most 3 arguments (\(count) given)") }
        let end = try sizeArgument(a[1])
        let strict = count > 2 ? try isTrue(a[2]) : true
        guard isStr(a[0]) else { throw raise(.typeError, "first argument must be a string, not \(typeName(a[0]))") }
        let text = PyStr(a[0])
        if end < 0 || end > text.count { throw raise(.valueError, "end is out of bounds") }
        switch text.kind {
        case 1: return try scanOne(UInt8.self, text, end, strict)
        case 2: return try scanOne(UInt16.self, text, end, strict)
        default: return try scanOne(UInt32.self, text, end, strict)
        }
    }

    private func scanOne<Unit: CodeUnit>(_: Unit.Type, _ text: PyStr, _ start: Int, _ strict: Bool) throws(Raised) -> Value {
        var parser = JSONParser<Unit>(self, text, scanner: nil)
        parser.isStrict = strict
        parser.position = start
        let value = try parser.stringBody(isKey: false)
        return tuple(value, int(parser.position))
    }

    // MARK: Scanner

    private func defineScanner(_ m: ModuleBuilder) {
        let t = makeType("Scanner", module: "_json", size: MemoryLayout<JSONScannerLayout>.size, trace: .words, fieldsEnd: MemoryLayout<JSONScannerLayout>.size, flags: [])
        t.doc("JSON scanner object")
        t.new("make_scanner(context)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let object = vm.newInstance(PyType(cls))
                let layout = object.cast(JSONScannerLayout.self)
                layout.pointee.strict = Value(try vm.isTrue(vm.getAttr(a[0], "strict")))
                layout.pointee.objectHook = try vm.getAttr(a[0], "object_hook")
                layout.pointee.objectPairsHook = try vm.getAttr(a[0], "object_pairs_hook")
                layout.pointee.parseFloat = try vm.getAttr(a[0], "parse_float")
                layout.pointee.parseInt = try vm.getAttr(a[0], "parse_int")
                layout.pointee.parseConstant = try vm.getAttr(a[0], "parse_constant")
                return object
            }
        }
        t.type.slots.call = { vm, scanner, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.callScanner(scanner, arguments, count, keywords) }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("make_scanner")
        t.member("strict", offset: 8, doc: "strict")
        t.member("object_hook", offset: 16, doc: "object_hook")
        t.member("object_pairs_hook", offset: 24)
        t.member("parse_float", offset: 32, doc: "parse_float")
        t.member("parse_int", offset: 40, doc: "parse_int")
        t.member("parse_constant", offset: 48, doc: "parse_constant")
        readyType(t.type)
        m.attribute("make_scanner", t.type.value)
    }

    /// `scan_once(string, idx)`.
    private func callScanner(_ scanner: Value, _ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        let (string, index) = try twoArguments("scan_once", "string", "idx", a, count, keywords)
        guard isStr(string) else { throw raise(.typeError, "first argument must be a string, not \(typeName(string))") }
        let start = try indexInt(index)
        if start < 0 { throw raise(.valueError, "idx cannot be negative") }
        let text = PyStr(string)
        switch text.kind {
        case 1: return try scan(UInt8.self, text, start, scanner)
        case 2: return try scan(UInt16.self, text, start, scanner)
        default: return try scan(UInt32.self, text, start, scanner)
        }
    }

    private func scan<Unit: CodeUnit>(_: Unit.Type, _ text: PyStr, _ start: Int, _ scanner: Value) throws(Raised) -> Value {
        var parser = JSONParser<Unit>(self, text, scanner: scanner)
        parser.position = start
        let value = try parser.value()
        return tuple(value, int(parser.position))
    }

    /// Two required arguments by position or name.
    private func twoArguments(
        _ function: StaticString, _ first: StaticString, _ second: StaticString, _ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> (Value, Value) {
        if count == 2 && keywords.isNull { return (a[0], a[1]) }
        let named = keywords.isNull ? 0 : PyTuple(keywords).count
        if count + named > 2 { throw raise(.typeError, "\(function)() takes at most 2 arguments (\(count + named) given)") }
        var x = count > 0 ? a[0] : Value.null, y = count > 1 ? a[1] : Value.null
        for k in 0..<named {
            let name = PyStr(PyTuple(keywords)[k]).string
            if name == "\(first)" && x.isNull {
                x = a[count + k]
            } else if name == "\(second)" && y.isNull {
                y = a[count + k]
            } else if name == "\(first)" || name == "\(second)" {
                throw raise(.typeError, "argument for \(function)() given by name ('\(name)') and position (\(name == "\(first)" ? 1 : 2))")
            } else {
                throw raise(.typeError, "'\(name)' is an invalid keyword argument for \(function)()")
            }
        }
        if x.isNull { throw raise(.typeError, "\(function)() missing required argument '\(first)' (pos 1)") }
        if y.isNull { throw raise(.typeError, "\(function)() missing required argument '\(second)' (pos 2)") }
        return (x, y)
    }

    // MARK: Encoder

    private func defineEncoder(_ m: ModuleBuilder) {
        let t = makeType("Encoder", module: "_json", size: MemoryLayout<JSONEncoderLayout>.size, trace: .words, fieldsEnd: MemoryLayout<JSONEncoderLayout>.size, flags: [])
        t.doc("_iterencode(obj, _current_indent_level) -> iterable")
        t.new("make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)") { vm, cls, a in
            vm.guarded { () throws(Raised) in try vm.newEncoder(PyType(cls), a) }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("make_encoder")
        t.type.slots.call = { vm, encoder, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let (object, level) = try vm.twoArguments("_iterencode", "obj", "_current_indent_level", arguments, count, keywords)
                _ = try vm.indexInt(level)
                var writer = JSONWriter(vm, encoder)
                var out = TextBuilder(capacity: 256)
                try writer.write(object, &out)
                let list = try vm.newList(capacity: 1)
                try list.append(vm, try vm.str(out))
                return list.value
            }
        }
        let names: [StaticString] = ["markers", "default", "encoder", "indent", "key_separator", "item_separator", "sort_keys", "skipkeys"]
        for (i, name) in names.enumerated() { t.member(name, offset: 8 + i * 8, doc: name) }
        readyType(t.type)
        m.attribute("make_encoder", t.type.value)
    }

    private func newEncoder(_ cls: PyType, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        for i in 4...5 where !isStr(a[i]) { throw raise(.typeError, "make_encoder() argument \(i + 1) must be str, not \(argumentTypeName(a[i]))") }
        let sortKeys = try isTrue(a[6]), skipKeys = try isTrue(a[7]), allowNaN = try isTrue(a[8])
        if !a[0].isNone && !isDict(a[0]) {
            throw raise(.typeError, "make_encoder() argument 1 must be dict or None, not \(argumentTypeName(a[0]))")
        }
        let object = newInstance(cls)
        let layout = object.cast(JSONEncoderLayout.self)
        layout.pointee.markers = a[0]
        layout.pointee.defaultFunction = a[1]
        layout.pointee.encoder = a[2]
        layout.pointee.indent = a[3]
        layout.pointee.keySeparator = a[4]
        layout.pointee.itemSeparator = a[5]
        layout.pointee.sortKeys = Value(sortKeys)
        layout.pointee.skipKeys = Value(skipKeys)
        layout.pointee.allowNaN = Value(allowNaN)
        var fast = 0
        if a[2].isExactly(types.builtinFunction) {
            let name = PyStr(a[2].cast(NativeFunctionLayout.self).pointee.definition.pointee.name).string
            let owner = a[2].cast(NativeFunctionLayout.self).pointee.receiver
            if owner.isExactly(types.module), isStr(owner.cast(ModuleLayout.self).pointee.name),
                PyStr(owner.cast(ModuleLayout.self).pointee.name).string == "_json"
            {
                fast = name == "encode_basestring_ascii" ? 1 : name == "encode_basestring" ? 2 : 0
            }
        }
        layout.pointee.fast = Value(small: fast)
        return object
    }
}
