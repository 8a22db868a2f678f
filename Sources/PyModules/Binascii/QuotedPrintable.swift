// `binascii.a2b_qp` and `b2a_qp`: quoted-printable text. CPython: Modules/binascii.c. Rules: RFC 2045 6.7; RFC 2047 4.2
// for headers, where `_` is a space.

enum QuotedPrintable {
    /// A line, its soft break included, has at most this many characters.
    private static let lineLimit = 76
    private static let lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " "), tab = UInt8(ascii: "\t"), equals = UInt8(ascii: "=")

    // MARK: Decoding

    /// What is no valid escape stands for itself.
    static func decode(_ input: UnsafeBufferPointer<UInt8>, header: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(input.count)
        var at = 0
        while at < input.count {
            let c = input[at]
            at += 1
            if c != equals {
                out.append(header && c == UInt8(ascii: "_") ? space : c)
                continue
            }
            guard at < input.count else { break }
            let next = input[at]
            if next == lineFeed || next == carriageReturn {
                // A soft line break: whatever stands before the line feed goes with it.
                while at < input.count && input[at] != lineFeed { at += 1 }
                at += 1
            } else if next == equals {
                // "==" is how some writers spell an equals sign.
                out.append(equals)
                at += 1
            } else if at + 1 < input.count, let high = hexDigit(next), let low = hexDigit(input[at + 1]) {
                out.append(high << 4 | low)
                at += 2
            } else {
                out.append(equals)
            }
        }
        return out
    }

    private static func hexDigit(_ c: UInt8) -> UInt8? {
        switch c {
        case 0x30...0x39: return c - 0x30
        case 0x41...0x46: return c - 0x37
        case 0x61...0x66: return c - 0x57
        default: return nil
        }
    }

    // MARK: Encoding

    struct Style {
        /// Blanks are escaped, not only those at the end of a line.
        var quoteTabs: Bool
        /// Line ends stay line ends; otherwise they are bytes like others.
        var isText: Bool
        /// A space becomes `_`.
        var header: Bool
    }

    static func encode(_ input: UnsafeBufferPointer<UInt8>, _ style: Style) -> [UInt8] {
        // The first line end says how the others are written.
        let first = input.firstIndex(of: lineFeed)
        var encoder = Encoder(input: input, style: style, crlf: first.map { $0 > 0 && input[$0 - 1] == carriageReturn } ?? false)
        encoder.run()
        return encoder.out
    }

    private struct Encoder {
        let input: UnsafeBufferPointer<UInt8>
        let style: Style
        let crlf: Bool
        var out: [UInt8] = []
        var column = 0

        mutating func run() {
            out.reserveCapacity(input.count)
            var at = 0
            while at < input.count {
                let c = input[at]
                if style.isText && (c == lineFeed || (c == carriageReturn && next(at) == lineFeed)) {
                    endLine()
                    at += c == lineFeed ? 1 : 2
                    continue
                }
                if isEscaped(c, at) {
                    if column + 3 >= lineLimit { softBreak() }
                    escape(c)
                    column += 3
                } else {
                    // A line may be full to the limit if nothing follows on it.
                    let isLast = at + 1 == input.count || next(at) == lineFeed
                    if !isLast && column + 1 >= lineLimit { softBreak() }
                    out.append(style.header && c == space ? UInt8(ascii: "_") : c)
                    column += 1
                }
                at += 1
            }
        }

        private func next(_ at: Int) -> UInt8? { at + 1 < input.count ? input[at + 1] : nil }

        private func isEscaped(_ c: UInt8, _ at: Int) -> Bool {
            switch c {
            case equals: return true
            case UInt8(ascii: "_"): return style.header
            case UInt8(ascii: "."):
                // Alone on its line it would end a message (RFC 5321).
                guard column == 0 else { return false }
                guard let following = next(at) else { return true }
                return following == lineFeed || following == carriageReturn || following == 0
            case lineFeed, carriageReturn: return !style.isText
            case space, tab: return style.quoteTabs || at + 1 == input.count
            default: return c < 33 || c > 126
            }
        }

        private mutating func escape(_ c: UInt8) {
            out.append(equals)
            for digit in [c >> 4, c & 15] { out.append(digit < 10 ? digit + 0x30 : digit + 0x37) }
        }

        private mutating func softBreak() {
            out.append(equals)
            breakLine()
        }

        private mutating func endLine() {
            // White space at the end of a line would be lost in transport.
            if let last = out.last, last == space || last == tab {
                out.removeLast()
                escape(last)
            }
            breakLine()
        }

        private mutating func breakLine() {
            if crlf { out.append(carriageReturn) }
            out.append(lineFeed)
            column = 0
        }
    }
}
