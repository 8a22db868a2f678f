// The East Asian tables in use: cells by byte sequence and codes by code point, spread out from the generated streams
// when a codec is first asked for. Layouts: README.md, "Multibyte tables"; made by Scripts/generate_multibyte.py.

/// Where things are in a table, and what a cell says when it is no code point.
enum MultibyteCell {
    /// One byte: its value. Two: 256 + (lead & 127) * 256 + trail. Three, after 8F: 33024 + (second & 127) * 128 + (third & 127).
    static var double: Int { 256 }
    static var triple: Int { 256 + 0x8000 }
    static var count: Int { 256 + 0x8000 + 0x4000 }

    static var none: UInt32 { 0x110000 }
    /// The byte wants another.
    static var lead: UInt32 { 0x110001 }
    /// This and above: two code points, by number.
    static var pair: UInt32 { 0x110002 }
}

/// One encoding's table, both ways.
struct MultibyteTable: Sendable {
    /// A combination that has a code of its own.
    struct Pair: Sendable {
        var first: UInt32
        var second: UInt32
        var code: UInt32
    }

    private(set) var cells: [UInt32]
    /// Number of a page of 256 codes, by code point / 256; page 0 is empty.
    private var pages: [UInt16] = []
    private var codes: [UInt32] = []
    private(set) var pairs: [Pair] = []

    /// A code in the table: the bytes as a number below these bits.
    static var present: UInt32 { 1 << 30 }
    /// The code point may begin a pair.
    static var beginsPair: UInt32 { 1 << 31 }

    /// ASCII, and leads above it.
    init() {
        cells = [UInt32](repeating: MultibyteCell.none, count: MultibyteCell.count)
        for c in 0..<128 { cells[c] = UInt32(c) }
        for c in 128..<256 { cells[c] = MultibyteCell.lead }
    }

    // MARK: Asking

    /// The code of `c` with `beginsPair`, or 0.
    @inline(__always)
    func code(_ c: UInt32) -> UInt32 {
        guard c < 0x110000 else { return 0 }
        let page = Int(pages[Int(c >> 8)])
        return codes[page &* 256 &+ Int(c & 255)]
    }

    func pairCode(_ first: UInt32, _ second: UInt32) -> UInt32? {
        for pair in pairs where pair.first == first && pair.second == second { return pair.code }
        return nil
    }

    @inline(__always)
    func double(_ a: UInt8, _ b: UInt8) -> UInt32 { cells[256 &+ Int(a & 0x7F) &* 256 &+ Int(b)] }
    @inline(__always)
    func triple(_ b: UInt8, _ c: UInt8) -> UInt32 {
        if b & c & 0x80 == 0 { return MultibyteCell.none }
        return cells[0x8100 &+ Int(b & 0x7F) &* 128 &+ Int(c & 0x7F)]
    }

    /// The two code points of a cell that is a pair.
    static func pair(_ cell: UInt32) -> (UInt32, UInt32) {
        let table = UnitTable(MultibyteTables.pairs)
        let at = Int(cell &- MultibyteCell.pair) &* 6
        guard at >= 0, at &+ 6 <= MultibyteTables.pairs.utf8CodeUnitCount else { return (0xFFFD, 0xFFFD) }
        return (UInt32(table.u3(at)), UInt32(table.u3(at + 3)))
    }

    // MARK: Making

    /// Writes the differences of a stream into the cells.
    mutating func apply(_ blob: StaticString) {
        let table = UnitTable(blob), end = blob.utf8CodeUnitCount
        var value = 0, at = 0, i = 0
        func next(_ width: Int) -> Int {
            defer { i += width }
            return table.wide(i, width)
        }
        func put(_ count: Int, step: Int, _ cells: inout [UInt32]) {
            for _ in 0..<count {
                value += step
                cells[at] = UInt32(value)
                at += 1
            }
        }
        while i < end {
            let unit = next(1)
            switch unit {
            case 0..<0x40: put(1, step: (unit << 7 | next(1)) - 4096, &cells)
            case 0x40..<0x60: put(1, step: unit - 0x3F, &cells)
            case 0x60..<0x70: put(unit - 0x5E, step: 1, &cells)
            case 0x70..<0x78: at += unit - 0x6F
            case 0x78: at += next(3)
            case 0x79: put(1, step: next(3) - value, &cells)
            case 0x7A: put(next(2), step: 0, &cells)
            default: put(next(2), step: 1, &cells)
            }
        }
    }

    /// Makes the codes of the cells (the first cell of a code point counts), then the exceptions.
    mutating func invert(_ exceptions: StaticString) {
        pages = [UInt16](repeating: 0, count: 0x1100)
        codes = [UInt32](repeating: 0, count: 256)
        pairs = []
        for at in 0..<MultibyteCell.count {
            let value = cells[at]
            if value < MultibyteCell.none {
                setCode(value, MultibyteTable.number(at), unlessSet: true)
            } else if value >= MultibyteCell.pair {
                let (first, second) = MultibyteTable.pair(value)
                pairs.append(Pair(first: first, second: second, code: MultibyteTable.number(at)))
            }
        }
        let table = UnitTable(exceptions)
        for at in stride(from: 0, to: exceptions.utf8CodeUnitCount, by: 7) {
            setCode(UInt32(table.u3(at)), UInt32(table.wide(at + 3, 4)), unlessSet: false)
        }
        for pair in pairs { mark(pair.first) }
    }

    /// The bytes of a cell as a number.
    private static func number(_ at: Int) -> UInt32 {
        if at < MultibyteCell.double { return UInt32(at) }
        if at < MultibyteCell.triple { return UInt32(0x8000 + at - MultibyteCell.double) }
        let rest = at - MultibyteCell.triple
        return UInt32(0x8F8080 + (rest >> 7) << 8 + (rest & 0x7F))
    }

    private mutating func slot(_ c: UInt32) -> Int {
        let high = Int(c >> 8)
        if pages[high] == 0 {
            pages[high] = UInt16(codes.count / 256)
            codes.append(contentsOf: repeatElement(0, count: 256))
        }
        return Int(pages[high]) * 256 + Int(c & 255)
    }

    private mutating func setCode(_ c: UInt32, _ number: UInt32, unlessSet: Bool) {
        let at = slot(c)
        if unlessSet && codes[at] != 0 { return }
        // An exception 0 takes the code away; no encoding moves U+0000.
        codes[at] = number == 0 && c != 0 ? 0 : number | MultibyteTable.present
    }

    private mutating func mark(_ c: UInt32) {
        let at = slot(c)
        codes[at] |= MultibyteTable.beginsPair
    }

    /// Lays the rows of a 94 by 94 set out 188 to a lead byte, as Shift JIS and Johab do.
    mutating func packRows(of source: MultibyteTable, _ layout: MultibyteLayout) {
        for row in 0..<94 {
            for column in 0..<94 {
                let value = source.double(UInt8(0xA1 + row), UInt8(0xA1 + column))
                switch layout {
                case .johab:
                    // Symbols, then the hanja from row 42 on.
                    if row >= 9 && row <= 40 { continue }
                    pack(value, row * 94 + column + (row > 40 ? 7 * 188 - 42 * 94 : 0), lead: 0xD9, 0x31, 0x4E, 0x91)
                case .shiftJIS, .shiftJISX0213: pack(value, row * 94 + column, lead: 0x81, 0x40, 0x3F, 0x80)
                }
            }
        }
        guard case .shiftJISX0213 = layout else { return }
        for order in 0..<MultibyteTable.plane2Rows {
            let row = MultibyteTable.plane2Row(order)
            for column in 0..<94 {
                let value = source.triple(UInt8(0xA0 + row), UInt8(0xA1 + column))
                pack(value, (94 + order) * 94 + column, lead: 0x81, 0x40, 0x3F, 0x80)
            }
        }
    }

    private mutating func pack(_ value: UInt32, _ slot: Int, lead: Int, _ first: Int, _ count: Int, _ second: Int) {
        let (high, low) = slot.quotientAndRemainder(dividingBy: 188)
        var byte = lead + high
        if first == 0x40 && byte > 0x9F { byte += 0x40 }
        guard byte >= 0x80 && byte <= 0xFF else { return }
        cells[256 + (byte & 0x7F) * 256 + (low < count ? first + low : second + low - count)] = value
    }

    /// Rows of JIS X 0213's second plane, in Shift JIS's order: 1, 8, 3, 4, 5, 12 to 15, 78 to 94.
    static var plane2Rows: Int { 26 }
    static func plane2Row(_ order: Int) -> Int {
        switch order {
        case 0: 1
        case 1: 8
        case 2, 3, 4: order + 1
        case 5...8: order + 7
        default: order + 69
        }
    }
    /// Whether a row (1 to 94) belongs to that plane; the others of the three-byte sequences are JIS X 0212's.
    static func isPlane2(row: Int) -> Bool {
        switch row {
        case 1, 3...5, 8, 12...15, 78...94: true
        default: false
        }
    }
}

enum MultibyteLayout { case johab, shiftJIS, shiftJISX0213 }

/// The tables, each made once when first needed.
extension MultibyteTable {
    private init(_ base: MultibyteTable, _ stream: StaticString, _ exceptions: StaticString) {
        self = base
        apply(stream)
        invert(exceptions)
    }

    private init(packing source: MultibyteTable, _ layout: MultibyteLayout, _ stream: StaticString, _ exceptions: StaticString) {
        self.init()
        packRows(of: source, layout)
        apply(stream)
        invert(exceptions)
    }

    private typealias T = MultibyteTables
    static let gb2312 = MultibyteTable(MultibyteTable(), T.gb2312, T.gb2312Encode)
    static let gbk = MultibyteTable(gb2312, T.gbk, T.gbkEncode)
    static let gb18030 = MultibyteTable(gbk, T.gb18030, T.gb18030Encode)
    static let big5 = MultibyteTable(MultibyteTable(), T.big5, T.big5Encode)
    static let cp950 = MultibyteTable(big5, T.cp950, T.cp950Encode)
    static let big5hkscs = MultibyteTable(big5, T.big5hkscs, T.big5hkscsEncode)
    static let eucKR = MultibyteTable(MultibyteTable(), T.eucKr, T.eucKrEncode)
    static let cp949 = MultibyteTable(eucKR, T.cp949, T.cp949Encode)
    static let johab = MultibyteTable(packing: eucKR, .johab, T.johab, T.johabEncode)
    static let eucJP = MultibyteTable(MultibyteTable(), T.eucJp, T.eucJpEncode)
    static let shiftJIS = MultibyteTable(packing: eucJP, .shiftJIS, T.shiftJis, T.shiftJisEncode)
    static let cp932 = MultibyteTable(shiftJIS, T.cp932, T.cp932Encode)
    static let eucJIS2004 = MultibyteTable(eucJP, T.eucJis2004, T.eucJis2004Encode)
    static let eucJISX0213 = MultibyteTable(eucJIS2004, T.eucJisx0213, T.eucJisx0213Encode)
    static let shiftJIS2004 = MultibyteTable(packing: eucJIS2004, .shiftJISX0213, T.shiftJis2004, T.shiftJis2004Encode)
    static let shiftJISX0213 = MultibyteTable(shiftJIS2004, T.shiftJisx0213, T.shiftJisx0213Encode)

    /// GB 18030's four-byte codes in the basic plane: the code points without a shorter code, in order.
    static let gb18030Four: [UInt16] = {
        var list: [UInt16] = []
        list.reserveCapacity(39_420)
        for c in UInt32(0x80)...0xFFFF where c & 0xF800 != 0xD800 && gb18030.code(c) == 0 { list.append(UInt16(c)) }
        return list
    }()
}
