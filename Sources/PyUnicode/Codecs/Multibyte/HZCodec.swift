// HZ: GB 2312 in seven bits, between ~{ and ~}. CPython: Modules/cjkcodecs/_codecs_cn.c. Rules: RFC 1843.

extension MultibyteCodec {
    /// The state's lowest byte says whether characters have two bytes.
    func decodeHZ(
        _ input: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ out: inout TextBuilder, _ state: inout UInt64, _ final: Bool
    ) -> CodecFailure? {
        let end = input.count
        while at < end {
            let a = input[at]
            let inGB = state & 0xFF != 0
            if a == 0x7E {
                guard at + 1 < end else { return MultibyteCodec.ended(at, end, final) }
                switch (input[at + 1], inGB) {
                case (0x7E, false): out.append(0x7E)
                case (0x7B, false): state = 1
                case (0x7D, true): state = 0
                case (0x0A, false): break
                default: return CodecFailure(at, at + 1, MultibyteCodec.illegal)
                }
                at += 2
                continue
            }
            if a >= 0x80 { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
            if !inGB {
                out.append(UInt32(a))
                at += 1
                continue
            }
            guard at + 1 < end else { return MultibyteCodec.ended(at, end, final) }
            let b = input[at + 1]
            let cell = b < 0x80 ? table.double(a | 0x80, b | 0x80) : MultibyteCell.none
            guard a >= 0x21, cell < MultibyteCell.none else { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
            out.append(cell)
            at += 2
        }
        return nil
    }

    func encodeHZ(_ text: TextView, _ at: inout Int, _ out: inout ByteBuilder, _ state: inout UInt64) -> CodecFailure? {
        while at < text.count {
            let c = text[at]
            if c < 0x80 {
                if state & 0xFF != 0 {
                    out.append("~}" as StaticString)
                    state = 0
                }
                out.append(UInt8(truncatingIfNeeded: c))
                if c == 0x7E { out.append(0x7E) }
            } else {
                let code = table.code(c)
                guard code != 0 else { return CodecFailure(at, at + 1, MultibyteCodec.illegal) }
                if state & 0xFF == 0 {
                    out.append("~{" as StaticString)
                    state = 1
                }
                MultibyteCodec.append(code & 0x7F7F, &out)
            }
            at += 1
        }
        return nil
    }
}
