// The objects of `_datetime`: memory, making and checking. CPython: Modules/_datetimemodule.c.
import PyRuntime

struct DeltaLayout {
    var type: PyType
    /// -1: not computed.
    var hash: Int
    var days: Int
    var seconds: Int
    var microseconds: Int
}

/// `date`, `datetime` and `time` share one layout; what a type has no use for stays 0.
struct MomentLayout {
    var type: PyType
    /// None, or an instance of `tzinfo`.
    var tzinfo: Value
    var hash: Int
    var year: Int32
    var microsecond: Int32
    var month: UInt8
    var day: UInt8
    var hour: UInt8
    var minute: UInt8
    var second: UInt8
    var fold: UInt8
}

struct TimeZoneLayout {
    var type: PyType
    var offset: Value
    /// NULL: made from the offset.
    var name: Value
}

/// Days, seconds (0..<86400) and microseconds (0..<1000000) of a timedelta.
struct Delta: Equatable {
    var days: Int
    var seconds: Int
    var microseconds: Int

    init(_ days: Int, _ seconds: Int, _ microseconds: Int) {
        (self.days, self.seconds, self.microseconds) = (days, seconds, microseconds)
    }

    /// Carries overflowing parts upwards.
    var normalized: Delta {
        let (carry, us) = floorDivide(microseconds, 1_000_000)
        let (more, s) = floorDivide(seconds + carry, 86400)
        return Delta(days + more, s, us)
    }
    var isZero: Bool { days == 0 && seconds == 0 && microseconds == 0 }
    static func - (a: Delta, b: Delta) -> Delta {
        Delta(a.days - b.days, a.seconds - b.seconds, a.microseconds - b.microseconds).normalized
    }
    func order(_ other: Delta) -> Int {
        if days != other.days { return days < other.days ? -1 : 1 }
        if seconds != other.seconds { return seconds < other.seconds ? -1 : 1 }
        return microseconds == other.microseconds ? 0 : microseconds < other.microseconds ? -1 : 1
    }
}

/// The fields of a date, time or datetime.
struct Moment {
    var year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, microsecond = 0, fold = 0
    var tzinfo: Value = .none

    init() {}
    init(_ object: Value) {
        let m = object.cast(MomentLayout.self).pointee
        (year, month, day) = (Int(m.year), Int(m.month), Int(m.day))
        (hour, minute, second) = (Int(m.hour), Int(m.minute), Int(m.second))
        (microsecond, fold, tzinfo) = (Int(m.microsecond), Int(m.fold), m.tzinfo)
    }

    /// Since the start of year 1's eve, as `Delta`.
    var sinceStart: Delta { Delta(Calendar.ordinal(year, month, day), hour * 3600 + minute * 60 + second, microsecond) }

    /// -1, 0 or 1.
    func order(_ other: Moment, dateOnly: Bool = false, timeOnly: Bool = false) -> Int {
        if !timeOnly, (year, month, day) != (other.year, other.month, other.day) {
            return (year, month, day) < (other.year, other.month, other.day) ? -1 : 1
        }
        let here = (hour, minute, second, microsecond), there = (other.hour, other.minute, other.second, other.microsecond)
        return dateOnly || here == there ? 0 : here < there ? -1 : 1
    }
}

/// The types of one interpreter. Rooted; the memory belongs to the interpreter.
struct DateTimeState {
    let roots: UnsafeMutablePointer<Value>
    var delta: PyType { PyType(roots[0]) }
    var date: PyType { PyType(roots[1]) }
    var time: PyType { PyType(roots[2]) }
    var datetime: PyType { PyType(roots[3]) }
    var tzinfo: PyType { PyType(roots[4]) }
    var timezone: PyType { PyType(roots[5]) }
    var isoCalendar: PyType { PyType(roots[6]) }
    var utc: Value { roots[7] }
}

extension VM {
    @inline(__always) func dates() -> DateTimeState {
        if let roots = state.pointee.dateTimeRoots { return DateTimeState(roots: roots) }
        return makeDates()
    }

    @inline(never) private func makeDates() -> DateTimeState {
        let roots = UnsafeMutablePointer<Value>.allocate(capacity: 10)
        roots.initialize(repeating: .none, count: 10)
        addRootRange(roots, count: 10)
        state.pointee.dateTimeRoots = roots
        return DateTimeState(roots: roots)
    }

    // MARK: Arguments

    /// Three int arguments that must be there: what is wrong is said in their order. CPython: PyArg_ParseTupleAndKeywords.
    func dateInts(
        _ a: UnsafeMutablePointer<Value>, _ function: StaticString, _ first: StaticString, _ second: StaticString, _ third: StaticString
    ) throws(Raised) -> (Int, Int, Int) {
        func number(_ i: Int, _ name: StaticString) throws(Raised) -> Int {
            if a[i].isNull { throw raise(.typeError, "\(function) missing required argument '\(name)' (pos \(i + 1))") }
            return try dateInt(a[i])
        }
        return (try number(0, first), try number(1, second), try number(2, third))
    }

    func readDay(_ a: UnsafeMutablePointer<Value>, _ m: inout Moment) throws(Raised) {
        (m.year, m.month, m.day) = try dateInts(a, "function", "year", "month", "day")
    }

    /// A C int argument.
    func dateInt(_ value: Value) throws(Raised) -> Int {
        if value.isSmallInt && value.smallInt.magnitude < 1 << 31 { return value.smallInt }
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        if n > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        if n < Int(Int32.min) { throw raise(.overflowError, "signed integer is less than minimum") }
        return n
    }

    func isDelta(_ v: Value) -> Bool { v.isObject && isInstance(v, ofType: dates().delta) }
    func isDate(_ v: Value) -> Bool { v.isObject && isInstance(v, ofType: dates().date) }
    func isDateTime(_ v: Value) -> Bool { v.isObject && isInstance(v, ofType: dates().datetime) }
    func isTime(_ v: Value) -> Bool { v.isObject && isInstance(v, ofType: dates().time) }

    func checkTZInfo(_ value: Value) throws(Raised) {
        if value.isNone || isInstance(value, ofType: dates().tzinfo) { return }
        throw raise(.typeError, "tzinfo argument must be None or of a tzinfo subclass, not type '\(typeName(value))'")
    }

    func checkDate(_ m: Moment) throws(Raised) {
        if m.year < 1 || m.year > 9999 { throw raise(.valueError, "year \(m.year) is out of range") }
        if m.month < 1 || m.month > 12 { throw raise(.valueError, "month must be in 1..12") }
        if m.day < 1 || m.day > Calendar.daysInMonth(m.year, m.month) { throw raise(.valueError, "day is out of range for month") }
    }

    func checkTime(_ m: Moment) throws(Raised) {
        if m.hour < 0 || m.hour > 23 { throw raise(.valueError, "hour must be in 0..23") }
        if m.minute < 0 || m.minute > 59 { throw raise(.valueError, "minute must be in 0..59") }
        if m.second < 0 || m.second > 59 { throw raise(.valueError, "second must be in 0..59") }
        if m.microsecond < 0 || m.microsecond > 999_999 { throw raise(.valueError, "microsecond must be in 0..999999") }
        if m.fold != 0 && m.fold != 1 { throw raise(.valueError, "fold must be either 0 or 1") }
    }

    // MARK: Making

    /// - Precondition: `m` was checked.
    func newMoment(_ type: PyType, _ m: Moment) -> Value {
        let object = newInstance(type)
        let layout = object.cast(MomentLayout.self)
        layout.pointee.tzinfo = m.tzinfo
        layout.pointee.hash = -1
        layout.pointee.year = Int32(truncatingIfNeeded: m.year)
        layout.pointee.month = UInt8(truncatingIfNeeded: m.month)
        layout.pointee.day = UInt8(truncatingIfNeeded: m.day)
        layout.pointee.hour = UInt8(truncatingIfNeeded: m.hour)
        layout.pointee.minute = UInt8(truncatingIfNeeded: m.minute)
        layout.pointee.second = UInt8(truncatingIfNeeded: m.second)
        layout.pointee.microsecond = Int32(truncatingIfNeeded: m.microsecond)
        layout.pointee.fold = UInt8(truncatingIfNeeded: m.fold)
        return object
    }

    /// A date of `cls`, through its constructor if it is a subclass.
    func makeDate(_ cls: Value, _ m: Moment) throws(Raised) -> Value {
        if cls == dates().date.value {
            try checkDate(m)
            return newMoment(dates().date, m)
        }
        return try call(cls, int(m.year), int(m.month), int(m.day))
    }

    /// A datetime of `cls`, through its constructor if it is a subclass.
    func makeDateTime(_ cls: Value, _ m: Moment) throws(Raised) -> Value {
        if cls == dates().datetime.value {
            try checkDate(m)
            try checkTime(m)
            return newMoment(dates().datetime, m)
        }
        let a = try pushStack(9)
        defer { popStack(a) }
        (a[0], a[1], a[2], a[3]) = (int(m.year), int(m.month), int(m.day), int(m.hour))
        (a[4], a[5], a[6], a[7]) = (int(m.minute), int(m.second), int(m.microsecond), m.tzinfo)
        a[8] = .null
        let made = try call(cls, a, 8)
        if m.fold != 0 && isDateTime(made) { made.cast(MomentLayout.self).pointee.fold = UInt8(truncatingIfNeeded: m.fold) }
        return made
    }

    /// A time of `cls`, through its constructor if it is a subclass.
    func makeTime(_ cls: Value, _ m: Moment) throws(Raised) -> Value {
        if cls == dates().time.value {
            try checkTime(m)
            return newMoment(dates().time, m)
        }
        let a = try pushStack(6)
        defer { popStack(a) }
        (a[0], a[1], a[2], a[3], a[4]) = (int(m.hour), int(m.minute), int(m.second), int(m.microsecond), m.tzinfo)
        a[5] = .null
        let made = try call(cls, a, 5)
        if m.fold != 0 && isTime(made) { made.cast(MomentLayout.self).pointee.fold = UInt8(truncatingIfNeeded: m.fold) }
        return made
    }

    // MARK: tzinfo

    /// `tzinfo.utcoffset(argument)` or `dst`: nil for None.
    func offset(_ tzinfo: Value, _ method: StaticString, _ argument: Value) throws(Raised) -> Delta? {
        if tzinfo.isNone { return nil }
        if tzinfo.isExactly(dates().timezone) && "\(method)" == "utcoffset" { return delta(tzinfo.cast(TimeZoneLayout.self).pointee.offset) }
        let result = try callMethod(tzinfo, intern(method), argument)
        if result.isNone { return nil }
        guard isDelta(result) else {
            throw raise(.typeError, "tzinfo.\(method)() must return None or timedelta, not '\(typeName(result))'")
        }
        let d = delta(result)
        if (d.days == -1 && d.seconds == 0 && d.microseconds < 1) || d.days < -1 || d.days >= 1 {
            throw raise(.valueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
        }
        return d
    }

    func offsetValue(_ tzinfo: Value, _ method: StaticString, _ argument: Value) throws(Raised) -> Value {
        guard let d = try offset(tzinfo, method, argument) else { return .none }
        return try newDelta(d)
    }

    func zoneName(_ tzinfo: Value, _ argument: Value) throws(Raised) -> Value {
        if tzinfo.isNone { return .none }
        let result = try callMethod(tzinfo, intern("tzname"), argument)
        if result.isNone || isStr(result) { return result }
        throw raise(.typeError, "tzinfo.tzname() must return None or a string, not '\(typeName(result))'")
    }

    // MARK: Deltas

    func delta(_ v: Value) -> Delta {
        let d = v.cast(DeltaLayout.self).pointee
        return Delta(d.days, d.seconds, d.microseconds)
    }

    /// - Throws: OverflowError beyond a thousand million days.
    func newDelta(_ d: Delta, _ type: PyType? = nil) throws(Raised) -> Value {
        let n = d.normalized
        if n.days < -999_999_999 || n.days > 999_999_999 {
            throw raise(.overflowError, "days=\(n.days); must have magnitude <= 999999999")
        }
        let object = newInstance(type ?? dates().delta)
        let layout = object.cast(DeltaLayout.self)
        layout.pointee.hash = -1
        layout.pointee.days = n.days
        layout.pointee.seconds = n.seconds
        layout.pointee.microseconds = n.microseconds
        return object
    }

    /// `op` applied to what -1, 0 or 1 says about two things.
    func orderValue(_ order: Int, _ op: Int) -> Value {
        switch op {
        case 0: Value(order < 0)
        case 1: Value(order <= 0)
        case 2: Value(order == 0)
        case 3: Value(order != 0)
        case 4: Value(order > 0)
        default: Value(order >= 0)
        }
    }

    func dateText(_ v: Value) -> String { typeName(v) }
}
