// Case, padding, predicates, hex, translate, join, repeat of bytes and bytearray. CPython: Objects/bytes_methods.c, Python/pystrhex.c.
import PyUnicode

extension VM {
    func bytesChangeCase(_ s: Value, _ operation: CaseOperation) throws(Raised) -> Value {
        let text = ownBytes(s)
        let (made, target) = try newBytesLike(s, count: text.count)
        if let target, let source = text.baseAddress { ASCIICase.convert(source, text.count, to: target, operation) }
        return made
    }

    @inline(__always)
    func bytesAll(_ s: Value, _ test: (UInt8) -> Bool) -> Value {
        let text = ownBytes(s)
        for byte in text where !test(byte) { return .false }
        return Value(text.count > 0)
    }

    func bytesIsASCII(_ s: Value) -> Value {
        for byte in ownBytes(s) where byte >= 0x80 { return .false }
        return .true
    }

    func bytesIsCase(_ s: Value, upper: Bool) -> Value {
        var cased = false
        for byte in ownBytes(s) {
            if upper ? ASCIICase.isLower(byte) : ASCIICase.isUpper(byte) { return .false }
            if ASCIICase.isAlpha(byte) { cased = true }
        }
        return Value(cased)
    }

    func bytesIsTitle(_ s: Value) -> Value {
        var cased = false, inside = false
        for byte in ownBytes(s) {
            if ASCIICase.isUpper(byte) {
                if inside { return .false }
                (inside, cased) = (true, true)
            } else if ASCIICase.isLower(byte) {
                if !inside { return .false }
                cased = true
            } else {
                inside = false
            }
        }
        return Value(cased)
    }

    func bytesPad(_ s: Value, _ left: Int, _ right: Int, _ fill: UInt8) throws(Raised) -> Value {
        if left <= 0 && right <= 0 { return try sameBytes(s) }
        let text = ownBytes(s)
        let (made, target) = try newBytesLike(s, count: text.count + left + right)
        guard let target else { return made }
        target.update(repeating: fill, count: left)
        if let source = text.baseAddress { (target + left).update(from: source, count: text.count) }
        (target + left + text.count).update(repeating: fill, count: right)
        return made
    }

    func bytesJustify(_ s: Value, _ width: Value, _ fill: Value, _ side: Side, _ name: StaticString) throws(Raised) -> Value {
        let wanted = try sizeArgument(width)
        var character: UInt8 = 0x20
        if !fill.isNull {
            guard isBytes(fill) || isByteArray(fill), ownBytes(fill).count == 1 else {
                throw raise(.typeError, "\(name)() argument 2 must be a byte string of length 1, not \(argumentTypeName(fill))")
            }
            character = ownBytes(fill)[0]
        }
        let margin = wanted - ownBytes(s).count
        if margin <= 0 { return try sameBytes(s) }
        switch side {
        case .left: return try bytesPad(s, 0, margin, character)
        case .right: return try bytesPad(s, margin, 0, character)
        case .both:
            let left = margin / 2 + (margin & wanted & 1)
            return try bytesPad(s, left, margin - left, character)
        }
    }

    func bytesZeroFill(_ s: Value, _ width: Int) throws(Raised) -> Value {
        let count = ownBytes(s).count
        if width <= count { return try sameBytes(s) }
        let made = try bytesPad(s, width - count, 0, 0x30)
        guard count > 0, ownBytes(s)[0] == 0x2B || ownBytes(s)[0] == 0x2D else { return made }
        let target = isBytes(made) ? PyBytes(made).bytes : PyByteArray(made).ref.pointee.bytes
        if let target { (target[0], target[width - count]) = (target[width - count], 0x30) }
        return made
    }

    func bytesExpandTabs(_ s: Value, _ size: Int) throws(Raised) -> Value {
        var out = ByteBuilder(capacity: ownBytes(s).count)
        var column = 0
        for byte in ownBytes(s) {
            if byte == 9 {
                guard size > 0 else { continue }
                let step = size - column % size
                if step > 1 << 20 { try checkAllocation(step + out.count) }
                for _ in 0..<step { out.append(0x20) }
                column += step
            } else {
                column = byte == 10 || byte == 13 ? 0 : column + 1
                out.append(byte)
            }
        }
        return try bytesLike(s, out)
    }

    func bytesTranslate(_ s: Value, _ table: Value, _ delete: Value) throws(Raised) -> Value {
        var map = [UInt8](repeating: 0, count: 256)
        for i in 0..<256 { map[i] = UInt8(i) }
        if !table.isNone {
            try withBytes(of: table) { (view) throws(Raised) in
                if view.count != 256 { throw self.raise(.valueError, "translation table must be 256 characters long") }
                for i in 0..<256 { map[i] = view[i] }
            }
        }
        var drop = [Bool](repeating: false, count: 256)
        if !delete.isNull { try withBytes(of: delete) { (view) throws(Raised) in for byte in view { drop[Int(byte)] = true } } }
        var out = ByteBuilder(capacity: ownBytes(s).count)
        var isChanged = false
        for byte in ownBytes(s) {
            if drop[Int(byte)] || map[Int(byte)] != byte { isChanged = true }
            if !drop[Int(byte)] { out.append(map[Int(byte)]) }
        }
        if !isChanged && s.isExactly(types.bytes) { return s }
        return try bytesLike(s, out)
    }

    func bytesMakeTrans(_ from: Value, _ to: Value) throws(Raised) -> Value {
        try withBytes(of: from) { (from) throws(Raised) -> Value in
            try self.withBytes(of: to) { (to) throws(Raised) -> Value in
                if from.count != to.count { throw self.raise(.valueError, "maketrans arguments must have same length") }
                let made = try self.newBytes(count: 256)
                for i in 0..<256 { made.bytes[i] = UInt8(i) }
                for i in 0..<from.count { made.bytes[Int(from[i])] = to[i] }
                return made.value
            }
        }
    }

    func bytesJoin(_ s: Value, _ iterable: Value) throws(Raised) -> Value {
        let items = try sequenceItems(iterable, "can only join an iterable")
        if sequenceCount(items) == 1 && sequenceItem(items, 0).isExactly(types.bytes) && isBytes(s) { return sequenceItem(items, 0) }
        var out = ByteBuilder(capacity: 64)
        let separator = ownBytes(s)
        var i = 0
        while i < sequenceCount(items) {
            let item = sequenceItem(items, i)
            guard hasBuffer(item), try hasPlainBuffer(item) else {
                throw raise(.typeError, "sequence item \(i): expected a bytes-like object, \(typeName(item)) found")
            }
            if i > 0 { out.append(separator) }
            try withBytes(of: item) { (part) throws(Raised) in
                // What the builder will ask for when it grows.
                if part.count + out.count > out.capacity { try self.checkAllocation(max(part.count + out.count, out.capacity * 2)) }
                out.append(part)
            }
            i += 1
        }
        return try bytesLike(s, out)
    }

    func bytesRepeat(_ s: Value, _ times: Int) throws(Raised) -> Value {
        let text = ownBytes(s)
        if times == 1 && isBytes(s) { return try sameBytes(s) }
        let (total, overflow) = text.count.multipliedReportingOverflow(by: max(0, times))
        if overflow || total > 1 << 46 {
            throw overflow && isBytes(s) ? raise(.overflowError, "repeated bytes are too long") : raiseMemoryError()
        }
        let (made, start) = try newBytesLike(s, count: total)
        guard let target = start, let source = text.baseAddress, total > 0 else { return made }
        if text.count == 1 {
            target.update(repeating: source[0], count: total)
            return made
        }
        target.update(from: source, count: text.count)
        var done = text.count
        while done < total {
            let step = min(done, total - done)
            (target + done).update(from: target, count: step)
            done += step
        }
        return made
    }

    /// `a + b`, of the kind of `a`.
    func bytesConcat(_ a: Value, _ b: Value) throws(Raised) -> Value {
        guard hasBuffer(b), try hasPlainBuffer(b) else {
            throw raise(.typeError, "can't concat \(typeName(b)) to \(typeName(a))")
        }
        return try withBytes(of: b) { (right) throws(Raised) -> Value in
            let left = self.ownBytes(a)
            if right.count == 0 && a.isExactly(self.types.bytes) { return a }
            if left.count == 0 && b.isExactly(self.types.bytes) && a.isExactly(self.types.bytes) { return b }
            let (made, target) = try self.newBytesLike(a, count: left.count + right.count)
            guard let target else { return made }
            if let source = left.baseAddress { target.update(from: source, count: left.count) }
            if let source = right.baseAddress { (target + left.count).update(from: source, count: right.count) }
            return made
        }
    }

    // MARK: Hexadecimal

    func bytesHex(_ text: ByteView, _ separator: Value, _ group: Value) throws(Raised) -> Value {
        var mark: UInt8?
        let perGroup = group.isNull ? 1 : try cIntArgument(group)
        if !separator.isNull {
            if try length(separator) != 1 { throw raise(.valueError, "sep must be length 1.") }
            if isStr(separator) {
                guard PyStr(separator).count == 1 else { throw raise(.valueError, "sep must be length 1.") }
                guard PyStr(separator)[0] < 0x80 else { throw raise(.valueError, "sep must be ASCII.") }
                mark = PyStr(separator).bytes[0]
            } else if isBytes(separator) {
                guard PyBytes(separator).count == 1 else { throw raise(.valueError, "sep must be length 1.") }
                mark = PyBytes(separator).bytes[0]
                if PyBytes(separator).bytes[0] >= 0x80 { throw raise(.valueError, "sep must be ASCII.") }
            } else {
                throw raise(.typeError, "sep must be str or bytes.")
            }
        }
        let size = Int(perGroup.magnitude)
        if text.count == 0 { return emptyStr }
        let marks = mark == nil || size == 0 || size >= text.count ? 0 : (text.count - 1) / size
        let made = try newStr(count: text.count * 2 + marks, kind: 1, ascii: true)
        var target = made.bytes
        for i in 0..<text.count {
            if marks > 0, i > 0, let mark {
                // Positive: groups are counted from the right.
                let boundary = perGroup > 0 ? (text.count - i) % size == 0 : i % size == 0
                if boundary {
                    target[0] = mark
                    target += 1
                }
            }
            target[0] = hexDigit(text[i] >> 4)
            target[1] = hexDigit(text[i] & 15)
            target += 2
        }
        return made.value
    }

    /// The bytes that a string of hexadecimal pairs and spaces means.
    func bytesFromHex(_ value: Value) throws(Raised) -> [UInt8] {
        guard isStr(value) else { throw raise(.typeError, "fromhex() argument must be str, not \(argumentTypeName(value))") }
        let text = PyStr(value)
        var out: [UInt8] = []
        func digit(_ i: Int) -> UInt8? {
            guard i < text.count else { return nil }
            switch text[i] {
            case 0x30...0x39: return UInt8(text[i] - 0x30)
            case 0x41...0x46: return UInt8(text[i] - 0x37)
            case 0x61...0x66: return UInt8(text[i] - 0x57)
            default: return nil
            }
        }
        var i = 0
        while i < text.count {
            if text[i] < 0x80 && ASCIICase.isSpace(UInt8(text[i])) {
                i += 1
                continue
            }
            guard let high = digit(i) else { throw raise(.valueError, "non-hexadecimal number found in fromhex() arg at position \(i)") }
            guard let low = digit(i + 1) else {
                throw raise(.valueError, "non-hexadecimal number found in fromhex() arg at position \(i + 1)")
            }
            out.append(high << 4 | low)
            i += 2
        }
        return out
    }

    // MARK: Text

    /// `b'...'`
    func bytesRepr(_ text: ByteView) throws(Raised) -> Value {
        var single = false, double = false
        for byte in text {
            if byte == 0x27 { single = true } else if byte == 0x22 { double = true }
        }
        let quote: UInt8 = single && !double ? 0x22 : 0x27
        var out = TextBuilder(capacity: text.count + 3)
        out.append(0x62)
        out.append(UInt32(quote))
        for byte in text {
            switch byte {
            case 0x5C, quote:
                out.append(0x5C)
                out.append(UInt32(byte))
            case 9: out.append("\\t" as StaticString)
            case 10: out.append("\\n" as StaticString)
            case 13: out.append("\\r" as StaticString)
            case 0x20..<0x7F: out.append(UInt32(byte))
            default: appendHexEscape(UInt32(byte), &out)
            }
        }
        out.append(UInt32(quote))
        return try str(out)
    }

    func bytesCompare(_ a: Value, _ b: Value, _ op: Int) -> Value {
        guard let op = CompareOp(rawValue: op), hasBuffer(b) else { return .notImplemented }
        // bytes knows its own kind only: the other side's method compares the rest.
        if isBytes(a) && !isBytes(b) { return .notImplemented }
        return guarded { () throws(Raised) in
            if try !hasPlainBuffer(b) { return .notImplemented }
            return try withBytes(of: b) { (y) throws(Raised) -> Value in
                let x = self.ownBytes(a)
                var order = 0
                let n = min(x.count, y.count)
                if (op == .eq || op == .ne) && x.count != y.count { return Value(op == .ne) }
                var i = 0
                while i < n && x[i] == y[i] { i += 1 }
                order = i < n ? Int(x[i]) - Int(y[i]) : x.count - y.count
                switch op {
                case .eq: return Value(order == 0)
                case .ne: return Value(order != 0)
                case .lt: return Value(order < 0)
                case .le: return Value(order <= 0)
                case .gt: return Value(order > 0)
                case .ge: return Value(order >= 0)
                }
            }
        }
    }
}
