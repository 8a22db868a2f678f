// `TextIOWrapper`: `tell` and `seek` by opaque cookies: a byte position at which the decoder can start, its flags, and how
// far to decode from there. CPython: Modules/_io/textio.c; the method is that of Lib/_pyio.py.
//
//   cookie, least significant first: position 64 bits · flags 32 · bytes to feed 32 · characters to skip 32 · need end 8
import PyNumerics
import PyRuntime

private struct Cookie {
    var position = 0
    var flags = 0
    var bytesToFeed = 0
    var charactersToSkip = 0
    var needsEnd = false
}

extension VM {
    private func cookieValue(_ c: Cookie) throws(Raised) -> Value {
        if c.flags == 0 && c.bytesToFeed == 0 && c.charactersToSkip == 0 && !c.needsEnd { return int(c.position) }
        var limbs: [UInt64] = [
            UInt64(bitPattern: Int64(c.position)),
            UInt64(UInt32(truncatingIfNeeded: c.flags)) | UInt64(UInt32(truncatingIfNeeded: c.bytesToFeed)) << 32,
            UInt64(UInt32(truncatingIfNeeded: c.charactersToSkip)) | (c.needsEnd ? 1 << 32 : 0),
        ]
        while limbs.last == 0 { limbs.removeLast() }
        return try int(BigInt(isNegative: false, magnitude: limbs))
    }

    private func cookie(_ value: Value) throws(Raised) -> Cookie {
        if value.isSmallInt { return Cookie(position: value.smallInt) }
        let limbs = bigInt(try index(value)).magnitude
        if limbs.count > 3 || (limbs.count == 3 && limbs[2] >> 40 != 0) { throw raise(.overflowError, "int too big to convert") }
        var c = Cookie()
        if limbs.count > 0 { c.position = Int(truncatingIfNeeded: limbs[0]) }
        if limbs.count > 1 {
            c.flags = Int(Int32(truncatingIfNeeded: limbs[1]))
            c.bytesToFeed = Int(Int32(truncatingIfNeeded: limbs[1] >> 32))
        }
        if limbs.count > 2 {
            c.charactersToSkip = Int(Int32(truncatingIfNeeded: limbs[2]))
            c.needsEnd = limbs[2] >> 32 != 0
        }
        return c
    }

    // MARK: tell

    func textTell(_ t: PyTextIO) throws(Raised) -> Value {
        try checkAttached(t)
        try checkOpen(t)
        if !t.ref.pointee.seekable { throw unsupported("underlying stream is not seekable") }
        if !t.ref.pointee.telling { throw raise(.osError, "telling position disabled by next() call") }
        try writePending(t)
        _ = try callMethod(t.value, ioName(.flush))
        let at = try callMethod(t.ref.pointee.buffer, ioName(.tell))
        if t.ref.pointee.decodes == .none || t.ref.pointee.snapshot.isNull { return at }
        let input = t.ref.pointee.snapshot
        // A cookie's flags are a C int: iso2022_kr's after a shift are more.
        if t.ref.pointee.snapshotFlags > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        var c = Cookie(position: try indexInt(at) - PyBytes(input).count, flags: t.ref.pointee.snapshotFlags)
        if t.ref.pointee.decoded.isNull || t.ref.pointee.used == 0 { return try cookieValue(c) }
        c.charactersToSkip = t.ref.pointee.used
        let (savedBytes, savedFlags) = try decoderState(of: t)
        let savedNewlines = t.ref.pointee.newlines
        do { try locate(t, input, &c) } catch {
            let exception = takeRaised()
            do { try setDecoderState(of: t, savedBytes, savedFlags) } catch { clearRaised() }
            throw restoreRaised(exception)
        }
        try setDecoderState(of: t, savedBytes, savedFlags)
        t.ref.pointee.newlines.seen = savedNewlines.seen
        return try cookieValue(c)
    }

    private func countDecoded(_ t: PyTextIO, _ input: Value, _ start: Int, _ end: Int, final: Bool = false) throws(Raised) -> Int {
        let piece = try bytes(UnsafeBufferPointer(rebasing: PyBytes(input).view[start..<end]))
        return PyStr(try decodeChunk(t, piece, final: final)).count
    }

    /// Finds the last place before the wanted character where decoding can start, and what to do from there.
    private func locate(_ t: PyTextIO, _ input: Value, _ c: inout Cookie) throws(Raised) {
        let total = PyBytes(input).count
        let empty = state.pointee.emptyBytes
        var skip = min(total, max(0, Int(t.ref.pointee.ratio * Double(c.charactersToSkip))))
        var step = 1
        var found = false
        while skip > 0 {
            try setDecoderState(of: t, empty, c.flags)
            let n = try countDecoded(t, input, 0, skip)
            if n <= c.charactersToSkip {
                let (rest, flags) = try decoderState(of: t)
                if PyBytes(rest).count == 0 {
                    c.flags = flags
                    c.charactersToSkip -= n
                    found = true
                    break
                }
                skip -= PyBytes(rest).count
                step = 1
            } else {
                skip -= step
                step *= 2
            }
        }
        if !found {
            skip = 0
            try setDecoderState(of: t, empty, c.flags)
        }
        c.position += skip
        if c.charactersToSkip == 0 { return }
        // Byte by byte, noting every place where the decoder holds nothing back.
        var fed = 0, decoded = 0
        var i = skip
        let startFlags = c.flags
        var flags = startFlags
        while i < total {
            fed += 1
            decoded += try countDecoded(t, input, i, i + 1)
            i += 1
            let (rest, now) = try decoderState(of: t)
            flags = now
            if PyBytes(rest).count == 0 && decoded <= c.charactersToSkip {
                c.position += fed
                c.charactersToSkip -= decoded
                c.flags = flags
                fed = 0
                decoded = 0
            }
            if decoded >= c.charactersToSkip { break }
        }
        if decoded < c.charactersToSkip {
            decoded += try countDecoded(t, input, total, total, final: true)
            c.needsEnd = true
            if decoded < c.charactersToSkip { throw raise(.osError, "can't reconstruct logical file position") }
        }
        c.bytesToFeed = fed
    }

    // MARK: seek

    func textSeek(_ t: PyTextIO, _ cookieGiven: Value, _ whenceGiven: Value) throws(Raised) -> Value {
        let whence = try cInt(whenceGiven)
        try checkAttached(t)
        try checkOpen(t)
        if !t.ref.pointee.seekable { throw unsupported("underlying stream is not seekable") }
        var target = cookieGiven
        switch whence {
        case 0: break
        case 1:
            if try !compareBool(target, Value(small: 0), .eq) { throw unsupported("can't do nonzero cur-relative seeks") }
            target = try callMethod(t.value, ioName(.tell))
        case 2:
            if try !compareBool(target, Value(small: 0), .eq) { throw unsupported("can't do nonzero end-relative seeks") }
            _ = try callMethod(t.value, ioName(.flush))
            t.dropDecoded()
            t.ref.pointee.snapshot = .null
            try resetDecoder(of: t)
            let end = try callMethod(t.ref.pointee.buffer, ioName(.seek), Value(small: 0), Value(small: 2))
            try resetEncoder(of: t, atStart: try compareBool(end, Value(small: 0), .eq))
            return end
        default: throw raise(.valueError, "invalid whence (\(whence), should be 0, 1 or 2)")
        }
        if try compareBool(target, Value(small: 0), .lt) { throw raise(.valueError, "negative seek position \(try reprText(target))") }
        _ = try callMethod(t.value, ioName(.flush))
        let c = try cookie(target)
        _ = try callMethod(t.ref.pointee.buffer, ioName(.seek), int(c.position))
        t.dropDecoded()
        t.ref.pointee.snapshot = .null
        if t.ref.pointee.decodes != .none {
            if c.position == 0 && c.flags == 0 {
                try resetDecoder(of: t)
            } else {
                try setDecoderState(of: t, state.pointee.emptyBytes, c.flags)
            }
        }
        if c.charactersToSkip != 0 {
            let input = try callMethod(t.ref.pointee.buffer, ioName(.read), int(c.bytesToFeed))
            if !isBytes(input) {
                throw raise(.typeError, "underlying read() should have returned a bytes object, not '\(typeName(input))'")
            }
            t.ref.pointee.snapshot = input
            t.ref.pointee.snapshotFlags = c.flags
            let text = try decodeChunk(t, input, final: c.needsEnd)
            t.ref.pointee.decoded = text
            t.ref.pointee.used = 0
            if PyStr(text).count < c.charactersToSkip || c.charactersToSkip < 0 {
                throw raise(.osError, "can't restore logical file position")
            }
            t.ref.pointee.used = c.charactersToSkip
        } else {
            t.ref.pointee.snapshot = state.pointee.emptyBytes
            t.ref.pointee.snapshotFlags = c.flags
        }
        try resetEncoder(of: t, atStart: c.position == 0 && c.flags == 0)
        return target
    }
}
