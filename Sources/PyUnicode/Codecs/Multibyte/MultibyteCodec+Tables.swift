// The engine for encodings where one, two or three bytes are a character: EUC, Shift JIS, Big5, GBK, UHC, Johab.
// CPython: Modules/cjkcodecs/_codecs_{cn,hk,jp,kr,tw}.c.

extension MultibyteCodec {
    /// What an encoding has beside its table.
    enum LongForm {
        case none, gb18030, eucKR
        /// JIS X 0213:2000 refuses what came in 2004, whole.
        case revised
    }

    func decodeTable(
        _ input: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ out: inout TextBuilder, _ final: Bool, long: LongForm
    ) -> CodecFailure? {
        guard let bytes = input.baseAddress else { return nil }
        let end = input.count
        while at < end {
            let a = bytes[at]
            var cell = table.cells[Int(a)]
            if cell < MultibyteCell.none {
                out.append(cell)
                at += 1
                continue
            }
            if cell == MultibyteCell.none { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
            guard at + 1 < end else { return MultibyteCodec.ended(at, end, final) }
            let b = bytes[at + 1]
            var length = 2
            switch long {
            case .gb18030 where b &- 0x30 < 10:
                guard at + 3 < end else { return MultibyteCodec.ended(at, end, final) }
                guard let c = MultibyteCodec.fourBytes(a, b, bytes[at + 2], bytes[at + 3]) else {
                    return CodecFailure(at, at + 1, MultibyteCodec.illegal)
                }
                (cell, length) = (c, 4)
            case .eucKR where a == 0xA4 && b == 0xD4:
                guard at + 7 < end else { return MultibyteCodec.ended(at, end, final) }
                guard let c = MultibyteCodec.syllable(bytes + at) else { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
                (cell, length) = (c, 8)
            default:
                cell = table.double(a, b)
                if cell == MultibyteCell.none && a == 0x8F && hasTriples {
                    guard at + 2 < end else { return MultibyteCodec.ended(at, end, final) }
                    cell = table.triple(b, bytes[at + 2])
                    length = 3
                }
            }
            if cell < MultibyteCell.none {
                out.append(cell)
            } else if cell >= MultibyteCell.pair {
                let (first, second) = MultibyteTable.pair(cell)
                out.append(first)
                out.append(second)
            } else {
                let whole = long == .revised && length == 2 && isRevision(a, b)
                return CodecFailure(at, at + (whole ? 2 : 1), MultibyteCodec.illegal)
            }
            at += length
        }
        return nil
    }

    /// 8F begins three bytes.
    private var hasTriples: Bool {
        switch encoding {
        case .euc_jp, .euc_jis_2004, .euc_jisx0213: true
        default: false
        }
    }

    /// Added to JIS X 0213 in 2004: in the newer table only.
    private func isRevision(_ a: UInt8, _ b: UInt8) -> Bool {
        let newer: MultibyteTable = encoding == .euc_jisx0213 ? .eucJIS2004 : .shiftJIS2004
        return newer.double(a, b) != MultibyteCell.none
    }

    func encodeTable(_ text: TextView, _ at: inout Int, _ out: inout ByteBuilder, _ final: Bool) -> CodecFailure? {
        out.reserve(text.count - at)
        while at < text.count {
            let c = text[at]
            let found = table.code(c)
            guard found != 0 else {
                if encoding == .gb18030, MultibyteCodec.appendFour(c, &out) {
                    at += 1
                    continue
                }
                if encoding == .euc_kr, MultibyteCodec.appendSyllable(c, &out) {
                    at += 1
                    continue
                }
                return CodecFailure(at, at + 1, MultibyteCodec.illegal)
            }
            if found & MultibyteTable.beginsPair != 0 {
                if at + 1 < text.count {
                    if let code = table.pairCode(c, text[at + 1]) {
                        MultibyteCodec.append(code, &out)
                        at += 2
                        continue
                    }
                } else if !final {
                    return nil
                }
            }
            MultibyteCodec.append(found & 0xFF_FFFF, &out)
            at += 1
        }
        return nil
    }

    /// The bytes of a code, high ones first.
    @inline(__always)
    static func append(_ code: UInt32, _ out: inout ByteBuilder) {
        if code > 0xFFFF { out.append(UInt8(truncatingIfNeeded: code >> 16)) }
        if code > 0xFF { out.append(UInt8(truncatingIfNeeded: code >> 8)) }
        out.append(UInt8(truncatingIfNeeded: code))
    }
}
