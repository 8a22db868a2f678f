// ISO 2022 in its seven-bit Japanese and Korean forms: escape sequences designate sets to G0, G1 and G2.
// The sets are those of the EUC tables. CPython: Modules/cjkcodecs/_codecs_iso2022.c. Rules: RFC 1468, 1554, 1557, 2237.

/// What the eight bytes of state mean: G0, G1, G2, G3, flags.
enum ISO2022State {
    static var shifted: UInt64 { 1 << 32 }
    /// An escape sequence that is not ours runs through until a capital letter or `@`.
    static var escaping: UInt64 { 2 << 32 }

    @inline(__always) static func g(_ number: UInt64, _ state: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: state >> (8 * number)) }
    @inline(__always) static func set(_ number: UInt64, _ mark: UInt8, _ state: inout UInt64) {
        state = state & ~(0xFF << (8 * number)) | UInt64(mark) << (8 * number)
    }

    static func reset(_ state: inout UInt64) {
        state &= ~shifted
        set(0, ISO2022Set.ascii.rawValue, &state)
    }

    static func finish(_ state: inout UInt64, _ out: inout ByteBuilder) {
        if state & shifted != 0 { out.append(0x0F) }
        state &= ~shifted
        if g(0, state) != ISO2022Set.ascii.rawValue {
            out.append("\u{1B}(B" as StaticString)
            set(0, ISO2022Set.ascii.rawValue, &state)
        }
    }
}

/// The sets by their final bytes; 80 is added for two-byte sets.
enum ISO2022Set: UInt8 {
    case ascii = 0x42, jisx0201Roman = 0x4A, jisx0201Kana = 0x49
    case latin1 = 0x41, greek = 0x46
    case jisx0208Old = 0xC0, gb2312 = 0xC1, jisx0208 = 0xC2, ksx1001 = 0xC3, jisx0212 = 0xC4
    case jisx0213Plane1 = 0xCF, jisx0213Plane2 = 0xD0, jisx0213Plane1Of2004 = 0xD1

    var isDouble: Bool { rawValue >= 0x80 }
}

/// One of the ISO 2022 encodings.
struct ISO2022Family {
    /// In the order in which the encoder tries them; the last ones are for decoding only.
    let encoded: [ISO2022Set]
    let decoded: [ISO2022Set]
    /// SO and SI shift, and sets are designated to G1.
    var shifts = false
    /// ESC N reads a character of G2.
    var hasG2 = false
    /// What may begin a pair of JIS X 0213 is held back at the end.
    var waitsForPairs = false
    /// ESC & @ may precede the designation of JIS X 0208.
    var announces = true
}

extension MultibyteCodec {
    var iso2022: ISO2022Family? {
        switch encoding {
        case .iso2022_kr: ISO2022Family(encoded: [.ksx1001], decoded: [], shifts: true, announces: false)
        case .iso2022_jp: ISO2022Family(encoded: [.jisx0208, .jisx0201Roman], decoded: [.jisx0208Old])
        case .iso2022_jp_1: ISO2022Family(encoded: [.jisx0208, .jisx0212, .jisx0201Roman], decoded: [.jisx0208Old])
        case .iso2022_jp_2:
            ISO2022Family(
                encoded: [.jisx0208, .jisx0212, .ksx1001, .gb2312, .jisx0201Roman], decoded: [.jisx0208Old, .latin1, .greek],
                hasG2: true)
        case .iso2022_jp_2004:
            ISO2022Family(
                encoded: [.jisx0208, .jisx0213Plane1Of2004, .jisx0213Plane2], decoded: [], waitsForPairs: true)
        case .iso2022_jp_3:
            ISO2022Family(encoded: [.jisx0208, .jisx0213Plane1, .jisx0213Plane2], decoded: [], waitsForPairs: true)
        case .iso2022_jp_ext:
            ISO2022Family(encoded: [.jisx0208, .jisx0212, .jisx0201Roman, .jisx0201Kana], decoded: [.jisx0208Old])
        default: nil
        }
    }

    // MARK: Sets

    /// JIS X 0213 of the right year.
    private var jisx0213: MultibyteTable { encoding == .iso2022_jp_3 ? .eucJISX0213 : .eucJIS2004 }

    private func decode(_ set: ISO2022Set, _ a: UInt8, _ b: UInt8) -> UInt32 {
        let none = MultibyteCell.none
        if !set.isDouble {
            switch set {
            case .jisx0201Roman: return a >= 0x80 ? none : a == 0x5C ? 0xA5 : a == 0x7E ? 0x203E : UInt32(a)
            case .jisx0201Kana: return a &- 0x21 < 63 ? 0xFF40 + UInt32(a) : none
            default: return a < 0x80 ? UInt32(a) : none
            }
        }
        guard a < 0x80, b < 0x80, a > 0x20, b > 0x20 else { return none }
        let high = a | 0x80, low = b | 0x80
        switch set {
        case .jisx0208, .jisx0208Old: return MultibyteTable.eucJP.double(high, low)
        case .jisx0212: return MultibyteTable.eucJP.triple(high, low)
        case .gb2312: return MultibyteTable.gb2312.double(high, low)
        case .ksx1001: return high == 0xA4 && low == 0xD4 ? 0x3164 : MultibyteTable.eucKR.double(high, low)
        case .jisx0213Plane1, .jisx0213Plane1Of2004:
            // The tilde is ASCII's here.
            return high == 0xA2 && low == 0xB2 ? 0x7E : jisx0213.double(high, low)
        case .jisx0213Plane2:
            if encoding == .iso2022_jp_3 && high == 0xFD && low == 0xBB { return 0x9B1C }
            return MultibyteTable.isPlane2(row: Int(high) - 0xA0) ? jisx0213.triple(high, low) : none
        default: return none
        }
    }

    /// The code of `c` in seven bits, or nil.
    private func encode(_ set: ISO2022Set, _ c: UInt32) -> UInt32? {
        func double(_ table: MultibyteTable) -> UInt32? {
            let code = table.code(c) & 0xFF_FFFF
            // 8E leads to half-width kana, 8F to the third byte.
            return code >= 0xA1A1 && code <= 0xFFFF ? code & 0x7F7F : nil
        }
        func triple(_ table: MultibyteTable) -> UInt32? {
            let code = table.code(c) & 0xFF_FFFF
            return code > 0xFFFF ? code & 0x7F7F : nil
        }
        func plane2(_ table: MultibyteTable) -> UInt32? {
            guard let code = triple(table), MultibyteTable.isPlane2(row: Int(code >> 8) - 0x20) else { return nil }
            return code
        }
        switch set {
        case .jisx0208: return double(.eucJP)
        case .jisx0212: return triple(.eucJP)
        case .ksx1001: return double(.eucKR)
        case .gb2312: return double(.gb2312)
        case .jisx0213Plane1, .jisx0213Plane1Of2004: return c == 0xFF5E ? nil : double(jisx0213)
        case .jisx0213Plane2: return plane2(jisx0213)
        case .jisx0201Roman: return c == 0xA5 ? 0x5C : c == 0x203E ? 0x7E : nil
        case .jisx0201Kana: return c &- 0xFF61 < 63 ? c - 0xFF40 : nil
        default: return nil
        }
    }

    // MARK: Decoding

    private enum Escape {
        case designated(Int)
        case incomplete
        case illegal(Int)
    }

    func decodeISO2022(
        _ input: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ out: inout TextBuilder, _ state: inout UInt64, _ final: Bool
    ) -> CodecFailure? {
        guard let family = iso2022 else { return nil }
        let end = input.count
        func illegal(_ length: Int) -> CodecFailure { CodecFailure(at, at + length, MultibyteCodec.illegal) }
        while at < end {
            let a = input[at]
            if state & ISO2022State.escaping != 0 {
                out.append(UInt32(a))
                at += 1
                if isFinal(a) { state &= ~ISO2022State.escaping }
                continue
            }
            switch a {
            case 0x1B:
                guard at + 1 < end else { return MultibyteCodec.ended(at, end, final) }
                let b = input[at + 1]
                if isIntermediate(b) {
                    switch escape(input, at, &state, family) {
                    case .designated(let length): at += length
                    case .incomplete: return MultibyteCodec.ended(at, end, final)
                    case .illegal(let length): return illegal(length)
                    }
                } else if family.hasG2 && b == 0x4E {
                    guard at + 2 < end else { return MultibyteCodec.ended(at, end, final) }
                    guard let c = single(input[at + 2], state) else { return illegal(3) }
                    out.append(c)
                    at += 3
                } else {
                    out.append(0x1B)
                    state |= ISO2022State.escaping
                    at += 1
                }
            case 0x0F where family.shifts:
                state &= ~ISO2022State.shifted
                at += 1
            case 0x0E where family.shifts:
                state |= ISO2022State.shifted
                at += 1
            case 0x0A:
                state &= ~ISO2022State.shifted
                out.append(0x0A)
                at += 1
            case 0..<0x20:
                out.append(UInt32(a))
                at += 1
            case 0x80...: return illegal(1)
            default:
                let mark = ISO2022State.g(state & ISO2022State.shifted != 0 ? 1 : 0, state)
                guard mark != ISO2022Set.ascii.rawValue else {
                    out.append(UInt32(a))
                    at += 1
                    continue
                }
                guard let set = ISO2022Set(rawValue: mark) else { return illegal(1) }
                let width = set.isDouble ? 2 : 1
                guard at + width <= end else { return MultibyteCodec.ended(at, end, final) }
                let cell = decode(set, a, width == 2 ? input[at + 1] : 0)
                if cell < MultibyteCell.none {
                    out.append(cell)
                } else if cell >= MultibyteCell.pair {
                    let (first, second) = MultibyteTable.pair(cell)
                    out.append(first)
                    out.append(second)
                } else {
                    return illegal(width)
                }
                at += width
            }
        }
        return nil
    }

    private func isFinal(_ byte: UInt8) -> Bool { byte >= 0x40 && byte <= 0x5A }
    private func isIntermediate(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x29, 0x24, 0x2E, 0x26: true
        default: false
        }
    }

    /// A character of G2, after ESC N.
    private func single(_ byte: UInt8, _ state: UInt64) -> UInt32? {
        switch ISO2022Set(rawValue: ISO2022State.g(2, state)) {
        case .latin1: return byte < 0x80 ? UInt32(byte) + 0x80 : nil
        case .greek:
            let high = byte ^ 0x80
            if high < 0xA0 { return UInt32(high) }
            // The edition of 1987: the three of 2003 are not in it.
            if high == 0xA4 || high == 0xA5 || high == 0xAA { return nil }
            return Charmap(module: "iso8859_7")?[high]
        default: return byte < 0x80 ? UInt32(byte) : nil
        }
    }

    /// An escape sequence at `at`: designates, or says why not.
    private func escape(
        _ input: UnsafeBufferPointer<UInt8>, _ at: Int, _ state: inout UInt64, _ family: ISO2022Family
    ) -> Escape {
        // Its length: up to a capital letter, at most 16 bytes.
        var i = 1
        while true {
            if i >= 16 { return .illegal(1) }
            if at + i >= input.count { return .incomplete }
            if isFinal(input[at + i]) { break }
            if family.announces && i + 1 < input.count - at && input[at + i] == 0x26 && input[at + i + 1] == 0x40 { i += 2 }
            i += 1
        }
        let length = i + 1
        let second = input[at + 1], third = input[at + 2 < input.count ? at + 2 : at]
        var mark: UInt8
        var target: UInt64 = 0
        switch length {
        case 3:
            if second == 0x24 {
                mark = third | 0x80
            } else {
                mark = third
                switch second {
                case 0x28: target = 0
                case 0x29: target = 1
                case 0x2E where family.hasG2: target = 2
                default: return .illegal(3)
                }
            }
        case 4:
            guard second == 0x24 else { return .illegal(4) }
            mark = input[at + 3] | 0x80
            switch third {
            case 0x28: target = 0
            case 0x29: target = 1
            default: return .illegal(4)
            }
        case 6:
            guard family.announces, second == 0x26, third == 0x40, input[at + 3] == 0x1B, input[at + 4] == 0x24, input[at + 5] == 0x42
            else { return .illegal(6) }
            mark = ISO2022Set.jisx0208.rawValue
        default: return .illegal(length)
        }
        if mark != ISO2022Set.ascii.rawValue {
            guard let set = ISO2022Set(rawValue: mark), family.encoded.contains(set) || family.decoded.contains(set) else {
                return .illegal(length)
            }
        }
        ISO2022State.set(target, mark, &state)
        return .designated(length)
    }

    // MARK: Encoding

    func encodeISO2022(
        _ text: TextView, _ at: inout Int, _ out: inout ByteBuilder, _ state: inout UInt64, _ final: Bool
    ) -> CodecFailure? {
        guard let family = iso2022 else { return nil }
        while at < text.count {
            let c = text[at]
            if c < 0x80 {
                if ISO2022State.g(0, state) != ISO2022Set.ascii.rawValue {
                    out.append("\u{1B}(B" as StaticString)
                    ISO2022State.set(0, ISO2022Set.ascii.rawValue, &state)
                }
                if state & ISO2022State.shifted != 0 {
                    out.append(0x0F)
                    state &= ~ISO2022State.shifted
                }
                out.append(UInt8(truncatingIfNeeded: c))
                at += 1
                continue
            }
            // 3.10 waits for what may combine, and then writes the two apart.
            if family.waitsForPairs && at + 1 == text.count && !final && jisx0213.code(c) & MultibyteTable.beginsPair != 0 {
                return nil
            }
            var chosen: (set: ISO2022Set, code: UInt32)?
            for set in family.encoded {
                if let code = encode(set, c) {
                    chosen = (set, code)
                    break
                }
            }
            guard let chosen else { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
            designate(chosen.set, family, &state, &out)
            if chosen.set.isDouble { out.append(UInt8(truncatingIfNeeded: chosen.code >> 8)) }
            out.append(UInt8(truncatingIfNeeded: chosen.code))
            at += 1
        }
        return nil
    }

    private func designate(_ set: ISO2022Set, _ family: ISO2022Family, _ state: inout UInt64, _ out: inout ByteBuilder) {
        let target: UInt64 = family.shifts ? 1 : 0
        if !family.shifts && state & ISO2022State.shifted != 0 {
            out.append(0x0F)
            state &= ~ISO2022State.shifted
        }
        if ISO2022State.g(target, state) != set.rawValue {
            out.append(0x1B)
            if set.isDouble { out.append(0x24) }
            // JIS X 0208 has the short form of the first standard.
            if target == 1 { out.append(0x29) } else if set != .jisx0208 { out.append(0x28) }
            out.append(set.rawValue & 0x7F)
            ISO2022State.set(target, set.rawValue, &state)
        }
        if target == 1 && state & ISO2022State.shifted == 0 {
            out.append(0x0E)
            state |= ISO2022State.shifted
        }
    }
}
