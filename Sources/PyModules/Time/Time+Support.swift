// Seconds in and out, broken-down time, formatting. CPython: Modules/timemodule.c, Python/pytime.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

/// Nanoseconds as C's pair, rounded towards the past. (PyPlatform's own initialiser is not visible where CShims is imported too.)
func timeSpecification(_ nanoseconds: Int64) -> timespec {
    var seconds = nanoseconds / 1_000_000_000, rest = nanoseconds % 1_000_000_000
    if rest < 0 {
        seconds -= 1
        rest += 1_000_000_000
    }
    return timespec(tv_sec: Int(seconds), tv_nsec: Int(rest))
}

func nanosecondCount(_ spec: timespec) -> Int64 {
    let (product, overflow) = Int64(spec.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? (spec.tv_sec < 0 ? .min : .max) : product &+ Int64(spec.tv_nsec)
}

func gmtime_r_checked(_ seconds: Int, _ parts: inout tm) -> Int32 {
    var seconds = time_t(seconds)
    errno = 0
    return gmtime_r(&seconds, &parts) == nil ? -1 : 0
}

/// "Sun Nov 22 21:44:39 2026". - Precondition: the fields are in range.
func timeText(_ parts: tm) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let day = days[max(0, min(6, Int(parts.tm_wday)))], month = months[max(0, min(11, Int(parts.tm_mon)))]
    return "\(day) \(month)\(parts.tm_mday < 10 ? "  " : " ")\(parts.tm_mday) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) \(Int(parts.tm_year) + 1900)"
}

extension VM {
    /// Seconds (int or float) as nanoseconds.
    func nanoseconds(_ value: Value, rounding: FloatingPointRoundingRule) throws(Raised) -> Int64 {
        if value.isDouble || type(of: value).flags.contains(.floatSubclass) {
            let x = try realDouble(value)
            if x.isNaN { throw raise(.valueError, "Invalid value NaN (not a number)") }
            let scaled = (x * 1e9).rounded(rounding)
            guard let result = Int64(exactly: scaled) else { throw raise(.overflowError, "timestamp too large to convert to C _PyTime_t") }
            return result
        }
        var fits = false
        let n = clampedInt(try index(value), &fits)
        let (result, overflow) = n.multipliedReportingOverflow(by: 1_000_000_000)
        if !fits || overflow { throw raise(.overflowError, "timestamp too large to convert to C _PyTime_t") }
        return Int64(result)
    }

    /// A time_t, rounded down; now if there is none.
    func wholeSeconds(_ value: Value) throws(Raised) -> Int {
        if value.isNull || value.isNone { return Int(Clock.realtime.now / 1_000_000_000) }
        if value.isDouble || type(of: value).flags.contains(.floatSubclass) {
            let x = try realDouble(value)
            if x.isNaN { throw raise(.valueError, "Invalid value NaN (not a number)") }
            guard let result = Int(exactly: x.rounded(.down)) else { throw raise(.overflowError, "timestamp out of range for platform time_t") }
            return result
        }
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "timestamp out of range for platform time_t") }
        return n
    }

    /// A C int of a time tuple.
    private func timeField(_ value: Value) throws(Raised) -> Int32 {
        let n = try cLong(value)
        if n > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        if n < Int(Int32.min) { throw raise(.overflowError, "signed integer is less than minimum") }
        return Int32(n)
    }

    func clockNumber(_ value: Value) throws(Raised) -> clockid_t { clockid_t(truncatingIfNeeded: try timeField(value)) }

    func clockTime(_ value: Value) throws(Raised) -> timespec {
        let clock = try clockNumber(value)
        var spec = timespec()
        try quick(clock_gettime(clock, &spec))
        return spec
    }

    /// Sleeps the whole time, whatever signals come (PEP 475).
    func sleepFor(_ nanoseconds: Int64) throws(Raised) {
        let (sum, overflow) = Clock.monotonic.now.addingReportingOverflow(nanoseconds)
        let deadline = overflow ? Int64.max : sum
        var left = nanoseconds
        while true {
            let duration = left
            let result = unlocked {
                var spec = timeSpecification(max(0, duration))
                return Int(nanosleep(&spec, nil))
            }
            // A signal that came just before is answered before the sleeper goes on.
            if !result.failed { return try handleSignals() }
            if result.code != EINTR { throw osError(result.code) }
            try handleSignals()
            left = deadline - Clock.monotonic.now
            if left < 0 { return }
        }
    }

    func localParts(_ seconds: Int) throws(Raised) -> tm {
        var seconds = time_t(seconds), parts = tm()
        errno = 0
        if localtime_r(&seconds, &parts) == nil { throw osError(errno == 0 ? EINVAL : errno) }
        return parts
    }

    func structTime(_ parts: tm) throws(Raised) -> Value { try structTime(parts, zone: zoneName(parts), offset: Int(parts.tm_gmtoff)) }

    func structTime(_ parts: tm, zone: Value, offset: Int) throws(Raised) -> Value {
        let items = try pushStack(11)
        defer { popStack(items) }
        items[0] = int(Int(parts.tm_year) + 1900)
        items[1] = int(Int(parts.tm_mon) + 1)
        items[2] = int32(parts.tm_mday)
        items[3] = int32(parts.tm_hour)
        items[4] = int32(parts.tm_min)
        items[5] = int32(parts.tm_sec)
        items[6] = Value(small: (Int(parts.tm_wday) + 6) % 7)
        items[7] = int(Int(parts.tm_yday) + 1)
        items[8] = int32(parts.tm_isdst)
        items[9] = zone
        items[10] = int(offset)
        return try newStructSequence(timeState().structTime, items, 11)
    }

    /// A time tuple taken apart; the zone (or NULL) and the offset are those of a `struct_time`.
    func timeParts(_ value: Value, _ function: StaticString) throws(Raised) -> (parts: tm, zone: Value, offset: Int) {
        guard isTuple(value) else { throw raise(.typeError, "Tuple or struct_time argument required") }
        let tuple = PyTuple(value)
        if tuple.count != 9 { throw raise(.typeError, "\(function)(): illegal time tuple argument") }
        var parts = tm()
        let year = try timeField(tuple[0])
        let month = try timeField(tuple[1])
        parts.tm_mday = try timeField(tuple[2])
        parts.tm_hour = try timeField(tuple[3])
        parts.tm_min = try timeField(tuple[4])
        parts.tm_sec = try timeField(tuple[5])
        let weekday = try timeField(tuple[6])
        let day = try timeField(tuple[7])
        parts.tm_isdst = try timeField(tuple[8])
        if year < Int32.min + 1900 { throw raise(.overflowError, "year out of range") }
        parts.tm_year = year - 1900
        parts.tm_mon = month &- 1
        parts.tm_wday = (weekday &+ 1) % 7
        parts.tm_yday = day &- 1
        if value.isExactly(timeState().structTime) {
            let zone = tuple.items[9], offset = tuple.items[10]
            if !zone.isNone && !isStr(zone) { throw raise(.typeError, "bad argument type for built-in operation") }
            let number = offset.isNone ? 0 : try cLong(offset)
            return (parts, zone.isNone ? .null : zone, number)
        }
        return (parts, .null, 0)
    }

    /// Refuses what would lead `asctime` and `strftime` astray.
    func checkedParts(_ given: tm) throws(Raised) -> tm {
        var parts = given
        if parts.tm_mon == -1 { parts.tm_mon = 0 }
        if parts.tm_mon < 0 || parts.tm_mon > 11 { throw raise(.valueError, "month out of range") }
        if parts.tm_mday == 0 { parts.tm_mday = 1 }
        if parts.tm_mday < 0 || parts.tm_mday > 31 { throw raise(.valueError, "day of month out of range") }
        if parts.tm_hour < 0 || parts.tm_hour > 23 { throw raise(.valueError, "hour out of range") }
        if parts.tm_min < 0 || parts.tm_min > 59 { throw raise(.valueError, "minute out of range") }
        if parts.tm_sec < 0 || parts.tm_sec > 61 { throw raise(.valueError, "seconds out of range") }
        if parts.tm_wday < 0 { throw raise(.valueError, "day of week out of range") }
        if parts.tm_yday == -1 { parts.tm_yday = 0 }
        if parts.tm_yday < 0 || parts.tm_yday > 365 { throw raise(.valueError, "day of year out of range") }
        return parts
    }

    /// `time.strftime(format, tuple)`.
    func formatTime(_ format: Value, _ tuple: Value) throws(Raised) -> Value {
        var parts: tm
        var zone = Value.null
        if tuple.isNull {
            parts = try localParts(wholeSeconds(.null))
        } else {
            let given = try timeParts(tuple, "strftime")
            parts = try checkedParts(given.parts)
            if !given.zone.isNull { zone = try encodeUTF8(PyStr(given.zone), names.surrogateescape) }
            parts.tm_gmtoff = given.offset
        }
        parts.tm_isdst = max(-1, min(1, parts.tm_isdst))
        let encoded = try encodeUTF8(PyStr(format), names.surrogateescape)
        let pattern = PyBytes(encoded)
        if pattern.view.contains(0) { throw raise(.valueError, "embedded null character") }
        if pattern.count == 0 { return emptyStr }
        if !zone.isNull { parts.tm_zone = cString(zone) }
        var size = 1024
        while true {
            var made = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                if let start = buffer.baseAddress {
                    made = strftime(UnsafeMutableRawPointer(start).assumingMemoryBound(to: CChar.self), size, cString(encoded), &parts)
                }
                count = made
            }
            // Nothing made may also mean that there is nothing to show ("%p" in some locales).
            if made > 0 || size >= 256 * pattern.count && size > 1024 {
                withExtendedLifetime(zone) {}
                return try fileSystemText(bytes)
            }
            size *= 2
        }
    }

    func clockInfo(_ name: String) throws(Raised) -> Value {
        let clock: Clock
        switch name {
        case "time": clock = .realtime
        case "monotonic", "perf_counter": clock = .monotonic
        case "process_time": clock = .process
        case "thread_time": clock = .thread
        default: throw raise(.valueError, "unknown clock")
        }
        let dict = newDict()
        try dict.set(self, intern("implementation"), str(clock.implementation))
        try dict.set(self, intern("monotonic"), Value(name != "time"))
        try dict.set(self, intern("adjustable"), Value(name == "time"))
        try dict.set(self, intern("resolution"), Value(Double(clock.resolution) * 1e-9))
        return try callWithTuple(types.simpleNamespace.value, emptyTuple, dict.value)
    }
}
