// The `%` operator of str, bytes and bytearray: one engine, for the directives are the same but for text.
// CPython: Objects/unicodeobject.c (PyUnicode_Format), Objects/bytesobject.c (_PyBytes_FormatEx).
// Rules: Library Reference, printf-style String Formatting.
import PyNumerics
import PyUnicode

/// One directive between `%` and its letter.
private struct Directive {
    var left = false, plus = false, blank = false, alternate = false, zero = false
    var width = -1
    var precision = -1
    var letter: UInt32 = 0
    /// Where the letter stands, for the message.
    var index = 0
    /// The letter follows the digits of a width or precision.
    var afterDigits = false
}

/// The values still to be used.
private struct FormatArguments {
    let values: Value
    let isTuple: Bool
    let mapping: Value
    var next = 0
    var usedMapping = false

    var count: Int { isTuple ? PyTuple(values).count : 1 }
}

extension VM {
    func percentFormat(_ format: PyStr, _ values: Value) throws(Raised) -> Value {
        var out = TextBuilder(capacity: format.count + 32)
        try percentFormat(format.view, values, bytes: false, into: &out)
        return try str(out)
    }

    /// - Parameter bytes: the format is bytes, and so is what comes out (code points below 256).
    func percentFormat(_ format: TextView, _ values: Value, bytes: Bool, into out: inout TextBuilder) throws(Raised) {
        let isTuple = isTuple(values)
        let hasItems = type(of: values).slots.getItem != nil && !isTuple && !isStr(values)
        let mapping = hasItems && !(bytes && (isBytes(values) || isByteArray(values))) ? values : Value.null
        var arguments = FormatArguments(values: values, isTuple: isTuple, mapping: mapping)
        var at = 0
        while at < format.count {
            var end = at
            while end < format.count && format[end] != 0x25 { end += 1 }
            if end > at { out.append(format.slice(at, end)) }
            at = end
            if at == format.count { break }
            at += 1
            var key = Value.null
            if at < format.count, format[at] == 0x25 {
                at += 1
                out.append(0x25)
                continue
            }
            let directive = try parseDirective(format, &at, &arguments, &key, bytes)
            let value = key.isNull ? try nextArgument(&arguments) : key
            try appendDirective(directive, value, bytes, &out)
        }
        let left = arguments.isTuple ? arguments.next < arguments.count : arguments.next == 0 && !arguments.usedMapping && mapping.isNull
        if left { throw raise(.typeError, "not all arguments converted during \(bytes ? "bytes" : "string") formatting") }
    }

    private func nextArgument(_ arguments: inout FormatArguments) throws(Raised) -> Value {
        if arguments.isTuple {
            if arguments.next < arguments.count {
                arguments.next += 1
                return PyTuple(arguments.values)[arguments.next - 1]
            }
        } else if arguments.next == 0 && !arguments.usedMapping {
            arguments.next = 1
            return arguments.values
        }
        throw raise(.typeError, "not enough arguments for format string")
    }

    private func parseDirective(
        _ format: TextView, _ at: inout Int, _ arguments: inout FormatArguments, _ keyed: inout Value, _ bytes: Bool
    ) throws(Raised) -> Directive {
        var d = Directive()
        let end = format.count
        func incomplete() -> Raised { raise(.valueError, "incomplete format") }
        guard at < end else { throw incomplete() }
        if format[at] == 0x28 {
            at += 1
            let start = at
            var depth = 1
            while at < end && depth > 0 {
                if format[at] == 0x29 { depth -= 1 } else if format[at] == 0x28 { depth += 1 }
                at += 1
            }
            if arguments.mapping.isNull { throw raise(.typeError, "format requires a mapping") }
            if depth > 0 { throw raise(.valueError, "incomplete format key") }
            let slice = format.slice(start, at - 1)
            keyed = try getItem(arguments.mapping, bytes ? try newBytes(latin1: slice) : try str(slice))
            arguments.usedMapping = true
        }
        flags: while at < end {
            switch format[at] {
            case 0x2D: d.left = true
            case 0x2B: d.plus = true
            case 0x20: d.blank = true
            case 0x23: d.alternate = true
            case 0x30: d.zero = true
            default: break flags
            }
            at += 1
        }
        if at < end {
            if format[at] == 0x2A {
                at += 1
                d.width = try starArgument(&arguments, "width", bytes)
                if d.width < 0 {
                    d.left = true
                    d.width = d.width == .min ? .max : -d.width
                }
            } else {
                let start = at
                d.width = try directiveNumber(format, &at, "width too big")
                d.afterDigits = at > start
            }
        }
        if at < end, format[at] == 0x2E {
            at += 1
            if at < end, format[at] == 0x2A {
                at += 1
                d.precision = max(0, try starArgument(&arguments, "precision", bytes))
            } else {
                let start = at
                d.precision = max(0, try directiveNumber(format, &at, bytes ? "prec too big" : "precision too big"))
                d.afterDigits = at > start
            }
        }
        if at < end, format[at] == 0x68 || format[at] == 0x6C || format[at] == 0x4C {
            at += 1
            d.afterDigits = false
        }
        guard at < end else { throw incomplete() }
        d.letter = format[at]
        d.index = at
        at += 1
        return d
    }

    private func starArgument(_ arguments: inout FormatArguments, _ what: String, _ bytes: Bool) throws(Raised) -> Int {
        let value = try nextArgument(&arguments)
        guard isInt(value) else { throw raise(.typeError, "* wants int") }
        guard let n = intValue(value) else {
            throw raise(.overflowError, "Python int too large to convert to C \(what == "width" ? "ssize_t" : "int")")
        }
        if what != "width" && (n > Int(Int32.max) || n < Int(Int32.min)) {
            throw raise(.overflowError, n > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum")
        }
        return n
    }

    private func directiveNumber(_ format: TextView, _ at: inout Int, _ message: StaticString) throws(Raised) -> Int {
        let start = at
        var n = 0
        while at < format.count, format[at] &- 0x30 < 10 {
            let (product, a) = n.multipliedReportingOverflow(by: 10)
            let (sum, b) = product.addingReportingOverflow(Int(format[at]) - 0x30)
            if a || b || (message.utf8CodeUnitCount > 13 || message.utf8CodeUnitCount < 13) && sum > Int(Int32.max) {
                throw raise(.valueError, "\(message)")
            }
            n = sum
            at += 1
        }
        return at == start ? -1 : n
    }

    private func appendDirective(_ d: Directive, _ value: Value, _ bytes: Bool, _ out: inout TextBuilder) throws(Raised) {
        if d.width < 0 && d.precision < 0 {
            if d.letter == 0x73 && !bytes && isExactStr(value) { return out.append(PyStr(value).view) }
            if d.letter == 0x64 && value.isSmallInt && !d.plus && !d.blank { return appendDecimal(value.smallInt, &out) }
        }
        if d.letter == 0x66 && value.isDouble && d.width < 0 && !d.alternate && !d.plus && !d.blank && appendFixed(value.double, d, &out) {
            return
        }
        switch d.letter {
        case 0x64, 0x69, 0x75, 0x6F, 0x78, 0x58:
            try padNumber(integerDirective(d, value, bytes), d, &out)
        case 0x65, 0x45, 0x66, 0x46, 0x67, 0x47:
            try padNumber(floatDirective(d, value, bytes), d, &out)
        case 0x63:
            let c = bytes ? try byteCharacter(value) : try character(value)
            try padText(&out, d, 1) { out in out.append(c) }
        case 0x73 where !bytes, 0x72, 0x61:
            let text: PyStr
            if d.letter == 0x73 {
                text = PyStr(try str(of: value))
            } else {
                text = PyStr(try d.letter == 0x72 && !bytes ? repr(value) : ascii(value))
            }
            let count = d.precision >= 0 ? min(d.precision, text.count) : text.count
            try padText(&out, d, count) { out in out.append(text.view.slice(0, count)) }
        case 0x73 where bytes, 0x62 where bytes:
            let part = try bytesDirective(value)
            let whole = PyBytes(part)
            let count = d.precision >= 0 ? min(d.precision, whole.count) : whole.count
            try padText(&out, d, count) { out in
                out.append(latin1: UnsafeBufferPointer(start: UnsafePointer(whole.bytes), count: count))
            }
        default:
            let c = d.letter
            // CPython reads the letter as a signed char there, which its message cannot show.
            if bytes && c > 127 && !d.afterDigits { throw raise(.valueError, "") }
            let shown = c > 31 && c < 127 || bytes ? String(UnicodeScalar(UInt8(truncatingIfNeeded: c))) : "?"
            throw raise(.valueError, "unsupported format character '\(shown)' (0x\(String(c, radix: 16))) at index \(d.index)")
        }
    }

    private func padText(
        _ out: inout TextBuilder, _ d: Directive, _ count: Int, _ body: (inout TextBuilder) throws(Raised) -> Void
    ) throws(Raised) {
        let margin = d.width > count ? d.width - count : 0
        if margin > 1 << 20 { try checkAllocation(margin > 1 << 46 ? -1 : margin * out.kind) }
        if !d.left { for _ in 0..<margin { out.append(0x20) } }
        try body(&out)
        if d.left { for _ in 0..<margin { out.append(0x20) } }
    }

    /// ASCII digits, with their sign and prefix in front.
    private func padNumber(_ digits: [UInt8], _ d: Directive, _ out: inout TextBuilder) throws(Raised) {
        var start = 0
        var sign: UInt8 = 0
        if digits.first == 0x2D || digits.first == 0x2B {
            sign = digits[0]
            start = 1
        } else if d.plus {
            sign = 0x2B
        } else if d.blank {
            sign = 0x20
        }
        var prefix = 0
        if d.alternate && (d.letter == 0x78 || d.letter == 0x58 || d.letter == 0x6F) { prefix = 2 }
        let count = digits.count - start + (sign == 0 ? 0 : 1)
        let margin = d.width > count ? d.width - count : 0
        if margin > 1 << 20 { try checkAllocation(margin > 1 << 46 ? -1 : margin) }
        let zeros = d.zero && !d.left
        if !zeros && !d.left { for _ in 0..<margin { out.append(0x20) } }
        if sign != 0 { out.append(UInt32(sign)) }
        for i in 0..<prefix { out.append(UInt32(digits[start + i])) }
        if zeros { for _ in 0..<margin { out.append(0x30) } }
        for i in (start + prefix)..<digits.count { out.append(UInt32(digits[i])) }
        if d.left { for _ in 0..<margin { out.append(0x20) } }
    }

    // MARK: Values

    private func integerDirective(_ d: Directive, _ value: Value, _ bytes: Bool) throws(Raised) -> [UInt8] {
        let isDecimal = d.letter == 0x64 || d.letter == 0x69 || d.letter == 0x75
        let number = try integerOperand(value, decimal: isDecimal, bytes && isDecimal ? 0x64 : d.letter)
        let base = isDecimal ? 10 : d.letter == 0x6F ? 8 : 16
        var (negative, digits) = intDigits(number, base: base)
        if d.letter == 0x58 { for i in digits.indices where digits[i] >= 0x61 { digits[i] -= 0x20 } }
        if d.precision > digits.count {
            if d.precision > 1 << 20 { try checkAllocation(d.precision) }
            digits = [UInt8](repeating: 0x30, count: d.precision - digits.count) + digits
        }
        if d.alternate && !isDecimal { digits = [0x30, UInt8(truncatingIfNeeded: d.letter)] + digits }
        if negative { digits.insert(0x2D, at: 0) }
        negative = false
        return digits
    }

    private func integerOperand(_ value: Value, decimal: Bool, _ letter: UInt32) throws(Raised) -> Value {
        if isInt(value) { return value }
        if isNumber(value) {
            do {
                return try decimal ? toInt(value) : index(value)
            } catch {
                guard raisedMatches(.typeError) else { throw Raised() }
                clearRaised()
            }
        }
        let shown = Character(Unicode.Scalar(UInt8(truncatingIfNeeded: letter)))
        let wanted = decimal ? "a real number" : "an integer"
        throw raise(.typeError, "%\(shown) format: \(wanted) is required, not \(typeName(value))")
    }

    /// `%.Nf` of a float of modest size. False: nothing done.
    private func appendFixed(_ x: Double, _ d: Directive, _ out: inout TextBuilder) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: FloatText.fixedCapacity) { buffer in
            guard let p = buffer.baseAddress else { return false }
            let count = FloatText.writeFixed(p, x.magnitude, precision: d.precision < 0 ? 6 : d.precision)
            if count == 0 { return false }
            if x.sign == .minus { out.append(0x2D) }
            out.append(latin1: UnsafeBufferPointer(start: p, count: count))
            return true
        }
    }

    private func appendDecimal(_ n: Int, _ out: inout TextBuilder) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            guard let p = buffer.baseAddress else { return }
            if n < 0 { out.append(0x2D) }
            out.append(latin1: UnsafeBufferPointer(start: p, count: Limbs.writeWord(p, UInt64(n.magnitude), base: 10)))
        }
    }

    /// The magnitude of an int in ASCII digits, and its sign.
    func intDigits(_ value: Value, base: Int) -> (Bool, [UInt8]) {
        if value.isSmallInt || value.isBool {
            let n = value.isSmallInt ? value.smallInt : value.isTrue ? 1 : 0
            let digits = [UInt8](unsafeUninitializedCapacity: 72) { buffer, used in
                if let p = buffer.baseAddress { used = Limbs.writeWord(p, UInt64(n.magnitude), base: base) }
            }
            return (n < 0, digits)
        }
        let layout = value.cast(IntLayout.self)
        let signed = layout.pointee.signedCount
        let limbs = (UnsafeMutableRawPointer(layout) + 16).assumingMemoryBound(to: UInt64.self)
        let count = Int(signed.magnitude)
        if count == 0 { return (false, [0x30]) }
        let capacity = Limbs.digitCapacity(count, base: base)
        let digits = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, used in
            guard let start = buffer.baseAddress else { return }
            used = Limbs.writeDigits(start, UnsafePointer(limbs), count, base: base)
        }
        return (signed < 0, digits)
    }

    private func floatDirective(_ d: Directive, _ value: Value, _ bytes: Bool) throws(Raised) -> [UInt8] {
        let x: Double
        do { x = try realDouble(value) } catch {
            if bytes {
                clearRaised()
                throw raise(.typeError, "float argument required, not \(typeName(value))")
            }
            throw Raised()
        }
        let precision = d.precision < 0 ? 6 : d.precision
        if precision > 1 << 20 { try checkAllocation(precision) }
        return FloatText.format(x, type: UInt8(truncatingIfNeeded: d.letter), precision: precision, flags: d.alternate ? .alternate : [])
    }

    private func character(_ value: Value) throws(Raised) -> UInt32 {
        if isStr(value) {
            if PyStr(value).count == 1 { return PyStr(value)[0] }
            throw raise(.typeError, "%c requires int or char")
        }
        guard hasIndex(value) else { throw raise(.typeError, "%c requires int or char") }
        guard let n = intValue(try index(value)) else {
            throw raise(.overflowError, "%c arg not in range(0x110000)")
        }
        guard n >= 0 && n <= 0x10FFFF else { throw raise(.overflowError, "%c arg not in range(0x110000)") }
        return UInt32(n)
    }

    private func byteCharacter(_ value: Value) throws(Raised) -> UInt32 {
        if isBytes(value) && PyBytes(value).count == 1 { return UInt32(PyBytes(value).bytes[0]) }
        if isByteArray(value) && value.cast(ByteArrayLayout.self).pointee.count == 1, let p = value.cast(ByteArrayLayout.self).pointee.bytes {
            return UInt32(p[0])
        }
        if hasIndex(value) {
            guard let n = intValue(try index(value)), n >= 0 && n < 256 else {
                throw raise(.overflowError, "%c arg not in range(256)")
            }
            return UInt32(n)
        }
        throw raise(.typeError, "%c requires an integer in range(256) or a single byte")
    }

    /// `%b`: anything with a buffer or `__bytes__`, as a bytes object.
    private func bytesDirective(_ value: Value) throws(Raised) -> Value {
        if isBytes(value) { return value }
        if type(of: value).slots.buffer != nil { return try bytesFromBuffer(value) }
        let made = try callSpecial(value, names.__bytes__)
        if made.isNull {
            throw raise(
                .typeError,
                "%b requires a bytes-like object, or an object that implements __bytes__, not '\(typeName(value))'")
        }
        guard isBytes(made) else { throw raise(.typeError, "__bytes__ returned non-bytes (type \(typeName(made)))") }
        return made
    }
}
