// The JSON scanner, specialised for the width of the text's code points. CPython: Modules/_json.c (scan_once_unicode,
// _parse_object_unicode, _parse_array_unicode, _match_number_unicode, scanstring_unicode).
import PyNumerics
import PyRuntime
import PyUnicode

struct JSONParser<Unit: CodeUnit> {
    let vm: VM
    let text: PyStr
    private let units: UnsafePointer<Unit>
    private let count: Int
    private let scanner: UnsafeMutablePointer<JSONScannerLayout>?
    /// Object keys seen in this document: equal keys become one object. NULL until the first.
    private var memo: Value = .null
    var isStrict: Bool
    /// The next code point to read.
    var position = 0

    init(_ vm: VM, _ text: PyStr, scanner: Value?) {
        self.vm = vm
        self.text = text
        // Safe: the object is a local of every caller, and the collector moves nothing.
        units = UnsafeRawPointer(text.bytes).assumingMemoryBound(to: Unit.self)
        count = text.count
        self.scanner = scanner?.cast(JSONScannerLayout.self)
        isStrict = self.scanner?.pointee.strict.isTrue ?? true
    }

    // MARK: Errors

    private func stop(_ index: Int) -> Raised { vm.raise(.stopIteration, value: vm.int(index)) }

    @inline(never) private func fail(_ message: StaticString, _ index: Int) -> Raised {
        do {
            let error = try vm.getAttr(vm.importModule("json.decoder"), "JSONDecodeError")
            let decoder = vm.isType(error) ? error : try vm.getAttr(vm.getItem(PyDict(vm.state.pointee.modules).value, vm.str("json.decoder")), "JSONDecodeError")
            return vm.setRaised(try vm.call(decoder, vm.str(message), text.value, vm.int(index)))
        } catch { return error }
    }

    // MARK: Values

    @inline(__always) private func isSpace(_ c: Unit) -> Bool { c == 0x20 || c == 0x0A || c == 0x0D || c == 0x09 }

    @inline(__always) private mutating func skipSpace() {
        while position < count && isSpace(units[position]) { position &+= 1 }
    }

    private func follows(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        if position + length > count { return false }
        for i in 0..<length where units[position + i] != Unit(truncatingIfNeeded: word.utf8Start[i]) { return false }
        return true
    }

    /// The value at `position`, which moves behind it.
    mutating func value() throws(Raised) -> Value {
        guard position < count else { throw stop(position) }
        switch units[position] {
        case 0x22:
            position &+= 1
            return try stringBody(isKey: false)
        case 0x7B:
            try vm.enterRecursion(" while decoding a JSON object from a unicode string")
            defer { vm.leaveRecursion() }
            position &+= 1
            return try object()
        case 0x5B:
            try vm.enterRecursion(" while decoding a JSON array from a unicode string")
            defer { vm.leaveRecursion() }
            position &+= 1
            return try array()
        case 0x6E where follows("null"):
            position &+= 4
            return .none
        case 0x74 where follows("true"):
            position &+= 4
            return .true
        case 0x66 where follows("false"):
            position &+= 5
            return .false
        case 0x4E where follows("NaN"): return try constant("NaN")
        case 0x49 where follows("Infinity"): return try constant("Infinity")
        case 0x2D where follows("-Infinity"): return try constant("-Infinity")
        default: return try number()
        }
    }

    private mutating func constant(_ name: StaticString) throws(Raised) -> Value {
        position &+= name.utf8CodeUnitCount
        guard let scanner else { return .none }
        return try vm.call(scanner.pointee.parseConstant, vm.intern(name))
    }

    private mutating func array() throws(Raised) -> Value {
        let list = try vm.newList()
        skipSpace()
        if position < count && units[position] == 0x5D {
            position &+= 1
            return list.value
        }
        while true {
            try list.append(vm, try value())
            skipSpace()
            if position < count && units[position] == 0x5D { break }
            guard position < count && units[position] == 0x2C else { throw fail("Expecting ',' delimiter", position) }
            position &+= 1
            skipSpace()
        }
        position &+= 1
        return list.value
    }

    private mutating func object() throws(Raised) -> Value {
        let pairsHook = scanner?.pointee.objectPairsHook ?? .none
        if !pairsHook.isNone { return try pairs(pairsHook) }
        let dict = vm.newDict()
        skipSpace()
        if !(position < count && units[position] == 0x7D) {
            while true {
                let (key, item) = try member()
                try dict.set(vm, key, item)
                if try endOfMember() { break }
            }
        }
        position &+= 1
        let hook = scanner?.pointee.objectHook ?? .none
        return hook.isNone ? dict.value : try vm.call(hook, dict.value)
    }

    private mutating func pairs(_ hook: Value) throws(Raised) -> Value {
        let list = try vm.newList()
        skipSpace()
        if !(position < count && units[position] == 0x7D) {
            while true {
                let (key, item) = try member()
                try list.append(vm, vm.tuple(key, item))
                if try endOfMember() { break }
            }
        }
        position &+= 1
        return try vm.call(hook, list.value)
    }

    /// `"key": value`, and the space behind.
    @inline(__always) private mutating func member() throws(Raised) -> (Value, Value) {
        guard position < count && units[position] == 0x22 else {
            throw fail("Expecting property name enclosed in double quotes", position)
        }
        position &+= 1
        let key = try stringBody(isKey: true)
        if !(position < count && units[position] == 0x3A) { skipSpace() }
        guard position < count && units[position] == 0x3A else { throw fail("Expecting ':' delimiter", position) }
        position &+= 1
        skipSpace()
        let item = try value()
        skipSpace()
        return (key, item)
    }

    /// At `}` true; behind a comma and space false.
    @inline(__always) private mutating func endOfMember() throws(Raised) -> Bool {
        if position < count && units[position] == 0x7D { return true }
        guard position < count && units[position] == 0x2C else { throw fail("Expecting ',' delimiter", position) }
        position &+= 1
        skipSpace()
        return false
    }

    // MARK: Numbers

    @inline(__always) private func isDigit(_ i: Int) -> Bool { i < count && units[i] >= 0x30 && units[i] <= 0x39 }

    private mutating func number() throws(Raised) -> Value {
        let start = position
        var i = start
        let isNegative = units[i] == 0x2D
        if isNegative { i &+= 1 }
        guard isDigit(i) else { throw stop(start) }
        var mantissa: UInt64 = 0
        var digits = 0
        if units[i] == 0x30 {
            i &+= 1
            digits = 1
        } else {
            while isDigit(i) {
                if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(units[i]) &- 48 }
                digits &+= 1
                i &+= 1
            }
        }
        var isFloat = false
        var exponent = 0
        if i < count && units[i] == 0x2E && isDigit(i + 1) {
            isFloat = true
            i &+= 1
            while isDigit(i) {
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(units[i]) &- 48
                    exponent &-= 1
                }
                digits &+= 1
                i &+= 1
            }
        }
        if i < count && (units[i] == 0x65 || units[i] == 0x45) {
            var k = i + 1
            var down = false
            if k < count && (units[k] == 0x2B || units[k] == 0x2D) {
                down = units[k] == 0x2D
                k &+= 1
            }
            if isDigit(k) {
                isFloat = true
                var e = 0
                while isDigit(k) {
                    if e < 100_000 { e = e &* 10 &+ Int(units[k]) &- 48 }
                    k &+= 1
                }
                exponent &+= down ? -e : e
                i = k
            }
        }
        position = i
        if isFloat { return try float(start, i, mantissa, exponent, exact: digits <= 19, isNegative) }
        let parseInt = scanner?.pointee.parseInt ?? .none
        if parseInt == vm.types.int.value && digits <= 18 {
            let n = Int(truncatingIfNeeded: mantissa)
            return vm.int(isNegative ? -n : n)
        }
        return try vm.call(parseInt, vm.substring(text, start, i))
    }

    private func float(_ start: Int, _ end: Int, _ mantissa: UInt64, _ exponent: Int, exact: Bool, _ isNegative: Bool) throws(Raised) -> Value {
        let parseFloat = scanner?.pointee.parseFloat ?? .none
        guard parseFloat == vm.types.float.value else { return try vm.call(parseFloat, vm.substring(text, start, end)) }
        // Two exactly representable numbers multiplied or divided round once: the result is correct.
        if exact && mantissa < 1 << 53 && exponent >= -22 && exponent <= 22 {
            let m = Double(mantissa)
            let x = exponent < 0 ? m / exactPowerOfTen(-exponent) : m * exactPowerOfTen(exponent)
            return Value(isNegative ? -x : x)
        }
        var bytes: [UInt8] = []
        for i in start..<end { bytes.append(UInt8(truncatingIfNeeded: units[i])) }
        return Value(FloatText.parse(bytes) ?? 0)
    }

    // MARK: Strings

    /// The string whose opening quote was read.
    mutating func stringBody(isKey: Bool) throws(Raised) -> Value {
        let start = position
        var i = start
        while i < count {
            let c = units[i]
            if c == 0x22 {
                position = i &+ 1
                return try finished(vm.substring(text, start, i), isKey)
            }
            if c == 0x5C || c < 0x20 && isStrict { break }
            i &+= 1
        }
        return try slowString(start, i, isKey)
    }

    @inline(__always) private mutating func finished(_ value: Value, _ isKey: Bool) throws(Raised) -> Value {
        if !isKey { return value }
        if memo.isNull { memo = vm.newDict().value }
        let known = PyDict(memo).getStr(vm, value)
        if !known.isNull { return known }
        try PyDict(memo).set(vm, value, value)
        return value
    }

    /// A string with escapes. `plain` is the first code point that is not plain.
    @inline(never) private mutating func slowString(_ start: Int, _ plain: Int, _ isKey: Bool) throws(Raised) -> Value {
        let begin = start - 1
        var out = TextBuilder(capacity: plain - start + 32)
        var from = start, i = plain
        while true {
            while i < count {
                let c = units[i]
                if c == 0x22 || c == 0x5C { break }
                if c < 0x20 && isStrict { throw fail("Invalid control character at", i) }
                i &+= 1
            }
            guard i < count else { throw fail("Unterminated string starting at", begin) }
            if i > from { out.append(text.view.slice(from, i)) }
            if units[i] == 0x22 {
                position = i + 1
                return try finished(vm.str(out), isKey)
            }
            i &+= 1
            guard i < count else { throw fail("Unterminated string starting at", begin) }
            let c = units[i]
            i &+= 1
            if c != 0x75 {
                guard let plain = unescape(c) else { throw fail("Invalid \\escape", i - 2) }
                out.append(plain)
            } else {
                // `next` is behind the four digits; the closing quote must still follow them.
                guard i + 4 < count, let unit = hexUnit(i) else { throw fail("Invalid \\uXXXX escape", i - 1) }
                var c = unit
                i &+= 4
                if c & 0xFC00 == 0xD800, i + 6 < count, units[i] == 0x5C, units[i + 1] == 0x75 {
                    guard let low = hexUnit(i + 2) else { throw fail("Invalid \\uXXXX escape", i + 1) }
                    if low & 0xFC00 == 0xDC00 {
                        c = 0x10000 + ((c & 0x3FF) << 10 | low & 0x3FF)
                        i &+= 6
                    }
                }
                out.append(c)
            }
            from = i
        }
    }

    private func unescape(_ c: Unit) -> UInt32? {
        switch c {
        case 0x22, 0x5C, 0x2F: UInt32(c)
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: nil
        }
    }

    private func hexUnit(_ at: Int) -> UInt32? {
        var value: UInt32 = 0
        for i in at..<at + 4 {
            let c = UInt32(units[i])
            switch c {
            case 0x30...0x39: value = value << 4 | (c - 0x30)
            case 0x41...0x46: value = value << 4 | (c - 0x37)
            case 0x61...0x66: value = value << 4 | (c - 0x57)
            default: return nil
            }
        }
        return value
    }
}

/// 10^n for 0 <= n <= 22: exact in a double.
private func exactPowerOfTen(_ n: Int) -> Double {
    var result = 1.0, base = 10.0
    var left = n
    while left > 0 {
        if left & 1 == 1 { result *= base }
        base *= base
        left >>= 1
    }
    return result
}
