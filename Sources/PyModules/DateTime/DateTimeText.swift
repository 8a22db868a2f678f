// Text of dates and times: ISO 8601 both ways, strftime with %z, %Z and %f. CPython: Modules/_datetimemodule.c.
import PyRuntime
import PyUnicode

extension VM {
    // MARK: Offsets

    /// "+05:30", with `separator` between the parts; empty without an offset.
    func offsetText(_ offset: Delta?, _ separator: String) -> String {
        guard var d = offset else { return "" }
        var sign = "+"
        if d.days < 0 {
            sign = "-"
            d = Delta(-d.days, -d.seconds, -d.microseconds).normalized
        }
        var text = "\(sign)\(padded(d.seconds / 3600, 2))\(separator)\(padded(d.seconds / 60 % 60, 2))"
        if d.seconds % 60 != 0 || d.microseconds != 0 { text += "\(separator)\(padded(d.seconds % 60, 2))" }
        if d.microseconds != 0 { text += ".\(padded(d.microseconds, 6))" }
        return text
    }

    // MARK: isoformat

    func isoDate(_ m: Moment) -> String { "\(padded(m.year, 4))-\(padded(m.month, 2))-\(padded(m.day, 2))" }

    func isoTime(_ m: Moment, _ timespec: Value, argument: Int = 1) throws(Raised) -> String {
        var spec = "auto"
        if !timespec.isNull {
            guard isStr(timespec) else { throw raise(.typeError, "isoformat() argument \(argument) must be str, not \(argumentTypeName(timespec))") }
            spec = PyStr(timespec).string
        }
        let hm = "\(padded(m.hour, 2)):\(padded(m.minute, 2))", s = padded(m.second, 2)
        switch spec {
        case "auto": return m.microsecond == 0 ? "\(hm):\(s)" : "\(hm):\(s).\(padded(m.microsecond, 6))"
        case "hours": return padded(m.hour, 2)
        case "minutes": return hm
        case "seconds": return "\(hm):\(s)"
        case "milliseconds": return "\(hm):\(s).\(padded(m.microsecond / 1000, 3))"
        case "microseconds": return "\(hm):\(s).\(padded(m.microsecond, 6))"
        default: throw raise(.valueError, "Unknown timespec value")
        }
    }

    // MARK: fromisoformat

    func invalidISO(_ text: Value) throws(Raised) -> Raised {
        raise(.valueError, "Invalid isoformat string: \(try reprText(text))")
    }

    func parseISODate(_ c: ArraySlice<UInt8>) -> (Int, Int, Int)? {
        let t = Array(c)
        guard t.count == 10, t[4] == 0x2D, t[7] == 0x2D, let y = digits(t[0..<4]), let m = digits(t[5..<7]), let d = digits(t[8..<10]) else {
            return nil
        }
        return (y, m, d)
    }

    func digits(_ t: ArraySlice<UInt8>) -> Int? {
        var n = 0
        if t.isEmpty { return nil }
        for c in t {
            guard c >= 48 && c <= 57 else { return nil }
            n = n * 10 + Int(c) - 48
        }
        return n
    }

    /// "HH[:MM[:SS[.fff[fff]]]]".
    private func parseClock(_ t: [UInt8]) -> (Int, Int, Int, Int)? {
        var parts = [0, 0, 0]
        var at = 0
        for i in 0..<3 {
            guard at + 2 <= t.count, let n = digits(t[at..<at + 2]) else { return nil }
            parts[i] = n
            at += 2
            if at == t.count { return (parts[0], parts[1], parts[2], 0) }
            if i < 2 {
                guard t[at] == 0x3A else { return nil }
                at += 1
            }
        }
        guard t[at] == 0x2E else { return nil }
        let rest = t[(at + 1)...]
        guard rest.count == 3 || rest.count == 6, let n = digits(rest) else { return nil }
        return (parts[0], parts[1], parts[2], rest.count == 3 ? n * 1000 : n)
    }

    /// Fills the time fields of `m`; false if the text is malformed.
    func parseISOTime(_ t: [UInt8], _ m: inout Moment) throws(Raised) -> Bool {
        let zone = t.firstIndex { $0 == 0x2B || $0 == 0x2D }
        guard let clock = parseClock(Array(t[0..<(zone ?? t.count)])) else { return false }
        (m.hour, m.minute, m.second, m.microsecond) = clock
        guard let zone else { return true }
        let text = Array(t[(zone + 1)...])
        // HH:MM, HH:MM:SS or HH:MM:SS.ffffff
        guard text.count == 5 || text.count == 8 || text.count == 15, let o = parseClock(text) else { return false }
        let sign = t[zone] == 0x2D ? -1 : 1
        let d = Delta(0, sign * (o.0 * 3600 + o.1 * 60 + o.2), sign * o.3).normalized
        m.tzinfo = o.0 * 3600 + o.1 * 60 + o.2 == 0 ? dates().utc : try newTimeZone(newDelta(d), .null)
        return true
    }

    // MARK: strftime

    /// `time.strftime` after %z, %Z and %f were filled in. `tzArgument` is what tzinfo's methods are asked about.
    func wrapStrftime(_ object: Value, _ format: Value, _ timeTuple: Value, _ tzArgument: Value) throws(Raised) -> Value {
        guard isStr(format) else { throw raise(.typeError, "strftime() argument 1 must be str, not \(argumentTypeName(format))") }
        let isClock = isDateTime(object) || isTime(object)
        let tzinfo = isClock ? object.cast(MomentLayout.self).pointee.tzinfo : Value.none
        let text = PyStr(format).view
        var out = TextBuilder(capacity: text.count + 16)
        var i = 0
        while i < text.count {
            let c = text[i]
            i += 1
            guard c == 0x25, i < text.count else {
                out.append(c)
                continue
            }
            let directive = text[i]
            i += 1
            switch directive {
            case 0x7A: out.append(PyText(offsetText(try offset(tzinfo, "utcoffset", tzArgument), "")))
            case 0x5A:
                let name = try zoneName(tzinfo, tzArgument)
                if isStr(name) {
                    let doubled = try callMethod(name, intern("replace"), str("%"), str("%%"))
                    guard isStr(doubled) else { throw raise(.typeError, "tzname.replace() did not return a string") }
                    out.append(PyStr(doubled).view)
                }
            case 0x66: out.append(PyText(padded(isClock ? Moment(object).microsecond : 0, 6)))
            default:
                out.append(0x25)
                out.append(directive)
            }
        }
        return try call(getAttr(importModule("time"), "strftime"), str(out), timeTuple)
    }

    /// `time.struct_time` of the fields.
    func structTime(_ m: Moment, dst: Int) throws(Raised) -> Value {
        let t = try newTuple(9)
        let yearDay = Calendar.daysBefore(month: m.month, in: m.year) + m.day
        let fields = [m.year, m.month, m.day, m.hour, m.minute, m.second, Calendar.weekday(m.year, m.month, m.day), yearDay, dst]
        for i in 0..<9 { t[i] = int(fields[i]) }
        return try call(getAttr(importModule("time"), "struct_time"), t.value)
    }

    /// `__format__`: `str(self)` for an empty specification, else strftime.
    func formatMoment(_ v: Value, _ spec: Value) throws(Raised) -> Value {
        guard isStr(spec) else { throw raise(.typeError, "__format__() argument 1 must be str, not \(argumentTypeName(spec))") }
        if PyStr(spec).count == 0 { return try str(of: v) }
        return try callMethod(v, intern("strftime"), spec)
    }

    func ctimeText(_ m: Moment) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = m.day < 10 ? " \(m.day)" : "\(m.day)"
        return "\(days[Calendar.weekday(m.year, m.month, m.day)]) \(months[(m.month - 1) % 12]) \(day) "
            + "\(padded(m.hour, 2)):\(padded(m.minute, 2)):\(padded(m.second, 2)) \(padded(m.year, 4))"
    }

    /// Bytes of a pickled state, or of the text Python 2 pickled.
    func stateBytes(_ v: Value, _ count: Int) -> [UInt8]? {
        if isBytes(v) {
            let view = PyBytes(v).view
            return view.count == count ? Array(view) : nil
        }
        guard isStr(v), PyStr(v).count == count, PyStr(v).kind == 1 else { return nil }
        return (0..<count).map { UInt8(truncatingIfNeeded: PyStr(v).view[$0]) }
    }
}
