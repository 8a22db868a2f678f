// The East Asian codecs: names, states, and which engine serves which. Engines: MultibyteCodec+Tables.swift (one, two or
// three bytes a character), MultibyteCodec+Long.swift (GB 18030's four, EUC-KR's eight), HZCodec.swift,
// ISO2022Codec.swift. CPython: Modules/cjkcodecs. Rules: RFC 1468, 1554, 1557, 1843, 2237.

/// One of the 24 encodings. Works as the other codecs do (README.md): until done or stuck, resumable after an error.
public struct MultibyteCodec: Sendable {
    public enum Encoding: UInt8, CaseIterable, Sendable {
        case gb2312, gbk, gb18030, hz
        case big5hkscs
        case iso2022_kr, iso2022_jp, iso2022_jp_1, iso2022_jp_2, iso2022_jp_2004, iso2022_jp_3, iso2022_jp_ext
        case shift_jis, cp932, euc_jp, shift_jis_2004, euc_jis_2004, euc_jisx0213, shift_jisx0213
        case euc_kr, cp949, johab
        case big5, cp950
    }

    /// The longest piece of input that a decoder may hold back, in bytes, and an encoder, in code points.
    public static var maxPendingBytes: Int { 8 }
    public static var maxPendingCharacters: Int { 2 }

    public let encoding: Encoding
    let table: MultibyteTable

    /// - Parameter module: as in `encodings.euc_jp`.
    public init?(module: String) {
        guard let encoding = Encoding.allCases.first(where: { $0.text == module }) else { return nil }
        self.init(encoding)
    }

    public init(_ encoding: Encoding) {
        self.encoding = encoding
        table = encoding.table
    }

    /// The name errors carry.
    public var name: StaticString { encoding.name }

    // MARK: States
    // Eight bytes as CPython keeps them, lowest first, for `getstate`: ISO 2022 has G0 to G3 and flags, HZ a flag.

    public var initialDecoderState: UInt64 { iso2022 == nil ? 0 : 0x424242 }
    public var initialEncoderState: UInt64 { iso2022 == nil ? 0 : 0x4242 }

    /// What `reset` makes of a decoder's state.
    public func resetDecoder(_ state: inout UInt64) {
        if iso2022 != nil { ISO2022State.reset(&state) } else if encoding == .hz { state = 0 }
    }

    /// Ends an encoding: back to ASCII.
    public func resetEncoder(_ state: inout UInt64, into out: inout ByteBuilder) {
        if iso2022 != nil {
            ISO2022State.finish(&state, &out)
        } else if encoding == .hz {
            if state & 0xFF != 0 { out.append("~}" as StaticString) }
            state = 0
        }
    }

    // MARK: Both ways

    /// Decodes `input[at...]`. A failure's start is `at`; without `final` an incomplete sequence stays unconsumed.
    public func decode(
        _ input: UnsafeBufferPointer<UInt8>, at: inout Int, into out: inout TextBuilder, state: inout UInt64, final: Bool = true
    ) -> CodecFailure? {
        switch encoding {
        case .hz: decodeHZ(input, &at, &out, &state, final)
        case .gb18030: decodeTable(input, &at, &out, final, long: .gb18030)
        case .euc_kr: decodeTable(input, &at, &out, final, long: .eucKR)
        case .euc_jisx0213, .shift_jisx0213: decodeTable(input, &at, &out, final, long: .revised)
        case .iso2022_kr, .iso2022_jp, .iso2022_jp_1, .iso2022_jp_2, .iso2022_jp_2004, .iso2022_jp_3, .iso2022_jp_ext:
            decodeISO2022(input, &at, &out, &state, final)
        default: decodeTable(input, &at, &out, final, long: .none)
        }
    }

    /// Encodes `text[at...]`. Without `final`, a character that may begin a combination stays unconsumed at the end.
    public func encode(
        _ text: TextView, at: inout Int, into out: inout ByteBuilder, state: inout UInt64, final: Bool = true
    ) -> CodecFailure? {
        switch encoding {
        case .hz: encodeHZ(text, &at, &out, &state)
        case .iso2022_kr, .iso2022_jp, .iso2022_jp_1, .iso2022_jp_2, .iso2022_jp_2004, .iso2022_jp_3, .iso2022_jp_ext:
            encodeISO2022(text, &at, &out, &state, final)
        default: encodeTable(text, &at, &out, final)
        }
    }

    static var illegal: StaticString { "illegal multibyte sequence" }
    static var incomplete: StaticString { "incomplete multibyte sequence" }

    /// The input ends inside a sequence.
    @inline(__always)
    static func ended(_ at: Int, _ end: Int, _ final: Bool) -> CodecFailure? {
        final ? CodecFailure(at, end, incomplete) : nil
    }
}

extension MultibyteCodec.Encoding {
    public var name: StaticString {
        switch self {
        case .gb2312: "gb2312"
        case .gbk: "gbk"
        case .gb18030: "gb18030"
        case .hz: "hz"
        case .big5hkscs: "big5hkscs"
        case .iso2022_kr: "iso2022_kr"
        case .iso2022_jp: "iso2022_jp"
        case .iso2022_jp_1: "iso2022_jp_1"
        case .iso2022_jp_2: "iso2022_jp_2"
        case .iso2022_jp_2004: "iso2022_jp_2004"
        case .iso2022_jp_3: "iso2022_jp_3"
        case .iso2022_jp_ext: "iso2022_jp_ext"
        case .shift_jis: "shift_jis"
        case .cp932: "cp932"
        case .euc_jp: "euc_jp"
        case .shift_jis_2004: "shift_jis_2004"
        case .euc_jis_2004: "euc_jis_2004"
        case .euc_jisx0213: "euc_jisx0213"
        case .shift_jisx0213: "shift_jisx0213"
        case .euc_kr: "euc_kr"
        case .cp949: "cp949"
        case .johab: "johab"
        case .big5: "big5"
        case .cp950: "cp950"
        }
    }

    public var text: String { name.description }

    /// The table of a codec of fixed width; what shifts between sets has its main set.
    var table: MultibyteTable {
        switch self {
        case .gb2312, .hz: .gb2312
        case .gbk: .gbk
        case .gb18030: .gb18030
        case .big5hkscs: .big5hkscs
        case .iso2022_kr, .euc_kr: .eucKR
        case .iso2022_jp, .iso2022_jp_1, .iso2022_jp_2, .iso2022_jp_2004, .iso2022_jp_3, .iso2022_jp_ext, .euc_jp: .eucJP
        case .shift_jis: .shiftJIS
        case .cp932: .cp932
        case .shift_jis_2004: .shiftJIS2004
        case .euc_jis_2004: .eucJIS2004
        case .euc_jisx0213: .eucJISX0213
        case .shift_jisx0213: .shiftJISX0213
        case .cp949: .cp949
        case .johab: .johab
        case .big5: .big5
        case .cp950: .cp950
        }
    }
}
