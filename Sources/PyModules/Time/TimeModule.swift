// `time`: the module, its type and its constants. CPython: Modules/timemodule.c; PEP 418, PEP 564.
import PyPlatform
import PyRuntime

final class TimeState {
    let structTime: PyType
    init(_ structTime: PyType) { self.structTime = structTime }
}

extension VM {
    public func registerTime() {
        registerModule("time") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("""
                This module provides various functions to manipulate time values.

                There are two standard representations of time.  One is the number
                of seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer
                or a floating point number (to represent fractions of seconds).
                The Epoch is system-defined; on Unix, it is generally January 1st, 1970.
                The actual value can be retrieved by calling gmtime(0).

                The other representation is a tuple of 9 integers giving local time.
                The tuple items are:
                  year (including century, e.g. 1998)
                  month (1-12)
                  day (1-31)
                  hours (0-23)
                  minutes (0-59)
                  seconds (0-59)
                  weekday (0-6, Monday is 0)
                  Julian day (day in the year, 1-366)
                  DST (Daylight Savings Time) flag (-1, 0 or 1)
                If the DST flag is 0, the time is given in the regular time zone;
                if it is 1, the time is given in the DST time zone;
                if it is -1, mktime() should guess based on the date and time.

                """ as StaticString))
                m.attribute("_STRUCT_TM_ITEMS", Value(small: 11))
                m.attribute("struct_time", vm.timeState().structTime.value)
                for (name, clock) in clockRows() { m.attribute(name, vm.int(clock)) }
                vm.defineTimeFunctions(m)
                tzset()
                try vm.defineTimeZone(m)
            }
        }
    }

    func timeState() -> TimeState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["time"] as? TimeState { return known }
        let type = makeStructSequence(
            "struct_time", module: "time",
            doc: """
                The time value as returned by gmtime(), localtime(), and strptime(), and
                 accepted by asctime(), mktime() and strftime().  May be considered as a
                 sequence of 9 integers.

                 Note that several fields' values are not the same as those defined by
                 the C language standard for struct tm.  For example, the value of the
                 field tm_year is the actual year, not year - 1900.  See individual
                 fields' descriptions for details.
                """,
            fields: [
                ("tm_year", "year, for example, 1993"), ("tm_mon", "month of year, range [1, 12]"), ("tm_mday", "day of month, range [1, 31]"),
                ("tm_hour", "hours, range [0, 23]"), ("tm_min", "minutes, range [0, 59]"), ("tm_sec", "seconds, range [0, 61])"),
                ("tm_wday", "day of week, range [0, 6], Monday is 0"), ("tm_yday", "day of year, range [1, 366]"),
                ("tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"), ("tm_zone", "abbreviation of timezone name"),
                ("tm_gmtoff", "offset from UTC in seconds"),
            ], visible: 9)
        let made = TimeState(type)
        services.table["time"] = made
        return made
    }

    /// `timezone`, `altzone`, `daylight` and `tzname` from what the C library says of a winter and a summer day.
    func defineTimeZone(_ m: ModuleBuilder) throws(Raised) {
        let year = (365 * 24 + 6) * 3600
        let start = Int(Clock.realtime.now / 1_000_000_000) / year * year
        let winter = try localParts(start), summer = try localParts(start + year / 2)
        let january = -Int(winter.tm_gmtoff), july = -Int(summer.tm_gmtoff)
        // South of the equator January is the summer.
        let isSouthern = january < july
        m.attribute("timezone", int(isSouthern ? july : january))
        m.attribute("altzone", int(isSouthern ? january : july))
        m.attribute("daylight", Value(small: january == july ? 0 : 1))
        let names = (try zoneName(winter), try zoneName(summer))
        m.attribute("tzname", isSouthern ? tuple(names.1, names.0) : tuple(names.0, names.1))
    }

    func zoneName(_ parts: tm) throws(Raised) -> Value {
        guard let zone = parts.tm_zone else { return emptyStr }
        return try fileSystemText(c: zone)
    }
}
