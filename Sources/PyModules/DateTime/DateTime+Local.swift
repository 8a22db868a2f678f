// `datetime` from and to timestamps and local time, and its other constructors. CPython: Modules/_datetimemodule.c.
import PyRuntime

extension VM {
    // MARK: Seconds

    /// The fields of `time.localtime(seconds)` as seconds since 1 January 1970.
    private func local(_ seconds: Int) throws(Raised) -> Int {
        let t = try call(getAttr(importModule("time"), "localtime"), int(seconds))
        return utcSeconds(try fields(t))
    }

    private func fields(_ t: Value) throws(Raised) -> Moment {
        var m = Moment()
        guard isTuple(t), PyTuple(t).count >= 6 else { throw raise(.typeError, "localtime() must return a struct_time") }
        let p = PyTuple(t)
        m.year = try dateInt(p[0])
        m.month = try dateInt(p[1])
        m.day = try dateInt(p[2])
        m.hour = try dateInt(p[3])
        m.minute = try dateInt(p[4])
        m.second = min(59, try dateInt(p[5]))
        try checkDate(m)
        return m
    }

    private func utcSeconds(_ m: Moment) -> Int {
        (Calendar.ordinal(m.year, m.month, m.day) - Calendar.epochOrdinal) * 86400 + m.hour * 3600 + m.minute * 60 + m.second
    }

    private func utcMoment(_ seconds: Int) throws(Raised) -> Moment {
        let (days, rest) = floorDivide(seconds, 86400)
        let ordinal = days + Calendar.epochOrdinal
        var m = Moment()
        if ordinal < 1 || ordinal > Calendar.maxOrdinal {
            // Whole cycles of 400 years bring it into range.
            let cycles = floorDivide(ordinal - 1, 146_097).quotient
            let year = Calendar.date(ordinal: ordinal - cycles * 146_097).year + cycles * 400
            throw raise(.valueError, "year \(year) is out of range")
        }
        (m.year, m.month, m.day) = Calendar.date(ordinal: ordinal)
        (m.hour, m.minute, m.second) = (rest / 3600, rest / 60 % 60, rest % 60)
        return m
    }

    /// PEP 495: which instant a local time means.
    private func localSeconds(_ m: Moment) throws(Raised) -> Int {
        let t = utcSeconds(m)
        let a = try local(t) - t
        let u1 = t - a
        let t1 = try local(u1)
        var b = t1 - u1
        if t1 == t {
            let u2 = m.fold == 1 ? u1 + 86400 : u1 - 86400
            b = try local(u2) - u2
            if a == b { return u1 }
        }
        let u2 = t - b
        let t2 = try local(u2)
        if t2 == t { return u2 }
        if t1 == t { return u1 }
        return m.fold == 1 ? min(u1, u2) : max(u1, u2)
    }

    func timestamp(_ v: Value) throws(Raised) -> Value {
        let m = Moment(v)
        if !m.tzinfo.isNone, let offset = try dateTimeOffset(v) {
            let d = m.sinceStart - offset
            let seconds = (d.days - Calendar.epochOrdinal) * 86400 + d.seconds
            return try binary(.trueDivide, int(seconds * 1_000_000 + d.microseconds), int(1_000_000))
        }
        return Value(Double(try localSeconds(m)) + Double(m.microsecond) / 1e6)
    }

    /// Seconds and microseconds of a timestamp, rounded half to even.
    private func splitTimestamp(_ value: Value) throws(Raised) -> (Int, Int) {
        if isFloat(value) {
            let x = try realDouble(value)
            if x.isNaN { throw raise(.valueError, "Invalid value NaN (not a number)") }
            var whole = x.rounded(.towardZero)
            var fraction = ((x - whole) * 1e6).rounded(.toNearestOrEven)
            if fraction >= 1e6 {
                fraction -= 1e6
                whole += 1
            } else if fraction < 0 {
                fraction += 1e6
                whole -= 1
            }
            guard let seconds = Int(exactly: whole), seconds.magnitude < 1 << 60 else {
                throw raise(.overflowError, "timestamp out of range for platform time_t")
            }
            return (seconds, Int(fraction))
        }
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits || n.magnitude >= 1 << 60 { throw raise(.overflowError, "timestamp out of range for platform time_t") }
        return (n, 0)
    }

    private func fromTimestamp(_ cls: Value, _ seconds: Int, _ microseconds: Int, utc: Bool, _ tzinfo: Value) throws(Raised) -> Value {
        var m: Moment
        if utc {
            m = try utcMoment(seconds)
        } else {
            m = try fields(call(getAttr(importModule("time"), "localtime"), int(seconds)))
            // A day back: did the clock repeat an hour since?
            if tzinfo.isNone {
                let here = utcSeconds(m)
                let probe = try local(seconds - 86400)
                let transition = here - probe - 86400
                if transition < 0, try local(seconds + transition) == here { m.fold = 1 }
            }
        }
        m.microsecond = microseconds
        m.tzinfo = tzinfo
        return try makeDateTime(cls, m)
    }

    private func zoned(_ made: Value, _ tz: Value) throws(Raised) -> Value {
        tz.isNone ? made : try callMethod(tz, intern("fromutc"), made)
    }

    private func clockNow() throws(Raised) -> (Int, Int) {
        let ns = try indexInt(call(getAttr(importModule("time"), "time_ns")))
        let (seconds, rest) = floorDivide(ns, 1_000_000_000)
        return (seconds, rest / 1000)
    }

    // MARK: Constructors

    func defineDateTimeMakers(_ t: TypeBuilder) {
        t.defN("now($type, /, tz=None)", "Returns new datetime object representing current time local to tz.\n\n  tz\n    Timezone object.\n\nIf no tz is specified, uses local timezone.", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let tz = a[0].isNull ? .none : a[0]
                try vm.checkTZInfo(tz)
                let (s, us) = try vm.clockNow()
                return try vm.zoned(vm.fromTimestamp(cls, s, us, utc: !tz.isNone, tz), tz)
            }
        }
        t.def0("-utcnow($type, /)", "Return a new datetime representing UTC day and time.", .classMethod) { vm, cls in
            vm.guarded { () throws(Raised) in
                let (s, us) = try vm.clockNow()
                return try vm.fromTimestamp(cls, s, us, utc: true, .none)
            }
        }
        t.defN("-fromtimestamp($type, timestamp, tz=None)", "timestamp[, tz] -> tz's local time from POSIX timestamp.", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let tz = a[1].isNull ? .none : a[1]
                try vm.checkTZInfo(tz)
                let (s, us) = try vm.splitTimestamp(a[0])
                return try vm.zoned(vm.fromTimestamp(cls, s, us, utc: !tz.isNone, tz), tz)
            }
        }
        t.def1("^utcfromtimestamp($type, timestamp, /)", "Construct a naive UTC datetime from a POSIX timestamp.", .classMethod) { vm, cls, timestamp in
            vm.guarded { () throws(Raised) in
                let (s, us) = try vm.splitTimestamp(timestamp)
                return try vm.fromTimestamp(cls, s, us, utc: true, .none)
            }
        }
        t.def2("^strptime($type, string, format, /)", "string, format -> new datetime parsed from a string (like time.strptime()).", .classMethod) { vm, cls, string, format in
            vm.guarded { () throws(Raised) in
                for (i, v) in [string, format].enumerated() where !vm.isStr(v) {
                    throw vm.raise(.typeError, "strptime() argument \(i + 1) must be str, not \(vm.argumentTypeName(v))")
                }
                return try vm.call(vm.getAttr(vm.importModule("_strptime"), "_strptime_datetime"), cls, string, format)
            }
        }
        t.defN("-combine($type, date, time=None, tzinfo=None)", "date, time -> datetime with same date and time fields", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                guard vm.isDate(a[0]) else { throw vm.raise(.typeError, "combine() argument 1 must be datetime.date, not \(vm.argumentTypeName(a[0]))") }
                if a[1].isNull { throw vm.raise(.typeError, "combine() missing required argument 'time' (pos 2)") }
                guard vm.isTime(a[1]) else { throw vm.raise(.typeError, "combine() argument 2 must be datetime.time, not \(vm.argumentTypeName(a[1]))") }
                let date = Moment(a[0])
                var m = Moment(a[1])
                (m.year, m.month, m.day) = (date.year, date.month, date.day)
                if !a[2].isNull { m.tzinfo = a[2] }
                try vm.checkTZInfo(m.tzinfo)
                return try vm.makeDateTime(cls, m)
            }
        }
        t.def1("-fromisoformat($type, text, /)", "string -> datetime from datetime.isoformat() output", .classMethod) { vm, cls, text in
            vm.guarded { () throws(Raised) in try vm.dateTimeFromISO(cls, text) }
        }
    }

    private func dateTimeFromISO(_ cls: Value, _ text: Value) throws(Raised) -> Value {
        guard isStr(text) else { throw raise(.typeError, "fromisoformat: argument must be str") }
        let view = PyStr(text).view
        // The separator may be any one character, a lone surrogate included.
        guard view.count >= 10 else { throw try invalidISO(text) }
        var head: [UInt8] = [], tail: [UInt8] = []
        for i in 0..<view.count where i != 10 {
            guard let c = UInt8(exactly: view[i]), c < 128 else { throw try invalidISO(text) }
            if i < 10 { head.append(c) } else { tail.append(c) }
        }
        guard let (y, mo, d) = parseISODate(head[...]) else { throw try invalidISO(text) }
        var m = Moment()
        if view.count > 10, try !parseISOTime(tail, &m) { throw try invalidISO(text) }
        (m.year, m.month, m.day) = (y, mo, d)
        try checkDate(m)
        try checkTime(m)
        return try makeDateTime(cls, m)
    }

    // MARK: astimezone

    /// The zone of the system at that instant, as a `timezone`.
    private func systemZone(_ seconds: Int) throws(Raised) -> Value {
        let t = try call(getAttr(importModule("time"), "localtime"), int(seconds))
        let gmtoff = try indexInt(getAttr(t, "tm_gmtoff"))
        return try newTimeZone(newDelta(Delta(0, gmtoff, 0)), getAttr(t, "tm_zone"))
    }

    func asTimeZone(_ v: Value, _ zone: Value) throws(Raised) -> Value {
        var tz = zone
        try checkTZInfo(tz)
        var m = Moment(v)
        if !m.tzinfo.isNone && m.tzinfo == tz { return v }
        var offset = try dateTimeOffset(v)
        if offset == nil {
            // Naive: it is system local time.
            let own = try systemZone(localSeconds(m))
            offset = delta(own.cast(TimeZoneLayout.self).pointee.offset)
        }
        guard let offset else { return v }
        let d = m.sinceStart - offset
        if d.days < 1 || d.days > Calendar.maxOrdinal { throw raise(.overflowError, "date value out of range") }
        (m.year, m.month, m.day) = Calendar.date(ordinal: d.days)
        (m.hour, m.minute, m.second, m.microsecond) = (d.seconds / 3600, d.seconds / 60 % 60, d.seconds % 60, d.microseconds)
        m.fold = 0
        if tz.isNone { tz = try systemZone(utcSeconds(m)) }
        m.tzinfo = tz
        return try callMethod(tz, intern("fromutc"), makeDateTime(type(of: v).value, m))
    }
}
