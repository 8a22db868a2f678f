// Where bytes stop being UTF-8, in the words of CPython's decoder.
// CPython: Objects/stringlib/codecs.h. Rules: Unicode Standard table 3-7.
import PyUnicode

/// The first place in a byte sequence that is not UTF-8.
struct UTF8Error {
    var start: Int
    var end: Int
    var reason: StaticString

    /// Finds the first error, nil if the bytes are good.
    static func first(in bytes: UnsafeBufferPointer<UInt8>) -> UTF8Error? {
        var index = 0
        let count = bytes.count
        while index < count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            guard lead >= 0xC2, lead <= 0xF4 else {
                return UTF8Error(start: index, end: index + 1, reason: "invalid start byte")
            }
            let need = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
            var got = 0
            while got < need {
                let at = index + 1 + got
                guard at < count else { return UTF8Error(start: index, end: count, reason: "unexpected end of data") }
                var low: UInt8 = 0x80
                var high: UInt8 = 0xBF
                if got == 0 {
                    // The second byte excludes overlong forms, surrogates and values past 0x10FFFF.
                    if lead == 0xE0 { low = 0xA0 } else if lead == 0xED { high = 0x9F } else if lead == 0xF0 { low = 0x90 } else if lead == 0xF4 { high = 0x8F }
                }
                guard bytes[at] >= low, bytes[at] <= high else {
                    return UTF8Error(start: index, end: at, reason: "invalid continuation byte")
                }
                got += 1
            }
            index += need + 1
        }
        return nil
    }

    /// `str(UnicodeDecodeError)` for this error.
    func message(codec: String = "utf-8", in bytes: UnsafeBufferPointer<UInt8>) -> String {
        decodeMessage(codec: codec, bytes: bytes, start: start, end: end, reason: reason.description)
    }
}

/// `str(UnicodeDecodeError(codec, bytes, start, end, reason))`.
func decodeMessage(codec: String, bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int, reason: String) -> String {
    if end == start + 1, start < bytes.count {
        let hex = String(bytes[start], radix: 16)
        let padded = hex.utf8.count < 2 ? "0" + hex : hex
        return "'\(codec)' codec can't decode byte 0x\(padded) in position \(start): \(reason)"
    }
    return "'\(codec)' codec can't decode bytes in position \(start)-\(end - 1): \(reason)"
}
