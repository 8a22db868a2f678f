// `datetime.date` and the module itself. CPython: Modules/_datetimemodule.c (date_*).
import PyRuntime

extension VM {
    public func registerDateTime() {
        registerModule("_datetime") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("Fast implementation of the datetime type." as StaticString))
                m.attribute("MINYEAR", vm.int(1))
                m.attribute("MAXYEAR", vm.int(9999))
                try vm.defineDelta(m)
                vm.defineTZInfo(m)
                try vm.defineIsoCalendar()
                try vm.defineDate(m)
                try vm.defineTime(m)
                try vm.defineDateTime(m)
                try vm.defineTimeZoneType(m)
            }
        }
    }

    /// The named tuple of `isocalendar()`.
    private func defineIsoCalendar() throws(Raised) {
        let t = makeType("IsoCalendarDate", module: "datetime", base: types.tuple, flags: [])
        dates().roots[6] = t.type.value
        t.doc("The result of date.isocalendar() or datetime.isocalendar()\n\nThis object may be accessed either as a tuple of\n  ((year, week, weekday))\nor via the object attributes as named in the above tuple.")
        t.getset("year", get: { _, v in PyTuple(v)[0] })
        t.getset("week", get: { _, v in PyTuple(v)[1] })
        t.getset("weekday", get: { _, v in PyTuple(v)[2] })
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let p = PyTuple(v)
                return vm.str("datetime.IsoCalendarDate(year=\(try vm.reprText(p[0])), week=\(try vm.reprText(p[1])), weekday=\(try vm.reprText(p[2])))")
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let p = PyTuple(v)
                return vm.tuple(vm.types.tuple.value, vm.tuple(vm.tuple(p[0], p[1], p[2])))
            }
        }
        readyType(t.type)
    }

    private func newIsoCalendar(_ m: Moment) throws(Raised) -> Value {
        let iso = Calendar.isoCalendar(m.year, m.month, m.day)
        let plain = try newTuple(3)
        (plain[0], plain[1], plain[2]) = (int(iso.year), int(iso.week), int(iso.weekday))
        let object = try newVariableInstance(dates().isoCalendar, itemBytes: 24)
        let tuple = object.cast(TupleLayout.self)
        tuple.pointee.count = 3
        for i in 0..<3 { PyTuple(object)[i] = plain[i] }
        return object
    }

    private func defineDate(_ m: ModuleBuilder) throws(Raised) {
        let t = makeType("date", module: "datetime", size: MemoryLayout<MomentLayout>.size, trace: .words, fieldsEnd: 16)
        dates().roots[1] = t.type.value
        t.doc("date(year, month, day) --> date object")
        t.new("function(year=None, month=None, day=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                var m = Moment()
                try vm.readDay(a, &m)
                try vm.checkDate(m)
                return vm.newMoment(PyType(cls), m)
            }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("function")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            // A pickled state.
            if count == 1, keywords.isNull, let s = vm.stateBytes(arguments[0], 4), s[2] >= 1, s[2] <= 12 {
                var m = Moment()
                (m.year, m.month, m.day) = (Int(s[0]) << 8 | Int(s[1]), Int(s[2]), Int(s[3]))
                return vm.newMoment(PyType(cls), m)
            }
            guard let definition = vm.dates().date.ref.pointee.newDefinition else { return .null }
            return vm.invoke(definition, cls, arguments, count, keywords)
        }
        t.getset("year", get: { vm, v in vm.int(Moment(v).year) })
        t.getset("month", get: { vm, v in vm.int(Moment(v).month) })
        t.getset("day", get: { vm, v in vm.int(Moment(v).day) })
        defineDateMakers(t)
        defineDateMethods(t)
        defineDateSlots(t)
        t.type.slots.getattro = types.object.slots.getattro
        readyType(t.type)
        m.attribute("date", t.type.value)
        var low = Moment(), high = Moment()
        (low.year, high.year, high.month, high.day) = (1, 9999, 12, 31)
        t.attribute("min", newMoment(t.type, low))
        t.attribute("max", newMoment(t.type, high))
        t.attribute("resolution", try newDelta(Delta(1, 0, 0)))
    }

    private func defineDateMakers(_ t: TypeBuilder) {
        t.def1("fromtimestamp($type, timestamp, /)", "Create a date from a POSIX timestamp.\n\nThe timestamp is a number, e.g. created via time.time(), that is interpreted\nas local time.", .classMethod) { vm, cls, timestamp in
            vm.guarded { () throws(Raised) in
                let local = try vm.call(vm.getAttr(vm.importModule("time"), "localtime"), timestamp)
                return try vm.call(cls, vm.getAttr(local, "tm_year"), vm.getAttr(local, "tm_mon"), vm.getAttr(local, "tm_mday"))
            }
        }
        t.def1("^fromordinal($type, ordinal, /)", "int -> date corresponding to a proleptic Gregorian ordinal.", .classMethod) { vm, cls, ordinal in
            vm.guarded { () throws(Raised) in
                let n = try vm.dateInt(ordinal)
                if n < 1 { throw vm.raise(.valueError, "ordinal must be >= 1") }
                var m = Moment()
                (m.year, m.month, m.day) = Calendar.date(ordinal: n)
                try vm.checkDate(m)
                return try vm.makeDate(cls, m)
            }
        }
        t.def1("-fromisoformat($type, text, /)", "str -> Construct a date from the output of date.isoformat()", .classMethod) { vm, cls, text in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(text) else { throw vm.raise(.typeError, "fromisoformat: argument must be str") }
                guard let (y, mo, d) = vm.parseISODate(PyStr(text).utf8[...]) else { throw try vm.invalidISO(text) }
                var m = Moment()
                (m.year, m.month, m.day) = (y, mo, d)
                try vm.checkDate(m)
                return try vm.makeDate(cls, m)
            }
        }
        t.defN("-fromisocalendar($type, year=None, week=None, day=None)", "int, int, int -> Construct a date from the ISO year, week number and weekday.\n\nThis is the inverse of the date.isocalendar() function", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let year: Int, week: Int, day: Int
                do throws(Raised) { (year, week, day) = try vm.dateInts(a, "fromisocalendar()", "year", "week", "day") } catch {
                    if !vm.raisedMatches(.overflowError) { throw error }
                    vm.clearRaised()
                    throw vm.raise(.valueError, "ISO calendar component out of range")
                }
                if year < 1 || year > 9999 { throw vm.raise(.valueError, "Year is out of range: \(year)") }
                if week < 1 || week > 53 { throw vm.raise(.valueError, "Invalid week: \(week)") }
                if week == 53 {
                    let first = Calendar.weekday(year, 1, 1)
                    if !(first == 3 || first == 2 && Calendar.isLeap(year)) { throw vm.raise(.valueError, "Invalid week: \(week)") }
                }
                if day < 1 || day > 7 { throw vm.raise(.valueError, "Invalid day: \(day) (range is [1, 7])") }
                let ordinal = Calendar.isoWeekOne(year) + (week - 1) * 7 + day - 1
                var m = Moment()
                if ordinal < 1 { m.year = 0 } else { (m.year, m.month, m.day) = Calendar.date(ordinal: ordinal) }
                try vm.checkDate(m)
                return try vm.makeDate(cls, m)
            }
        }
        t.def0("-today($type, /)", "Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).", .classMethod) { vm, cls in
            vm.guarded { () throws(Raised) in
                let now = try vm.call(vm.getAttr(vm.importModule("time"), "time"))
                return try vm.callMethod(cls, vm.intern("fromtimestamp"), now)
            }
        }
    }

    private func defineDateMethods(_ t: TypeBuilder) {
        t.def0("-ctime($self, /)", "Return ctime() style string.") { vm, v in vm.str(vm.ctimeText(Moment(v))) }
        t.defN("-strftime($self, format)", "format -> strftime() style string.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let timeTuple = try vm.callMethod(v, vm.intern("timetuple"))
                return try vm.wrapStrftime(v, a[0], timeTuple, v)
            }
        }
        t.def1("^__format__($self, spec, /)", "Formats self with strftime.") { vm, v, spec in
            vm.guarded { () throws(Raised) in try vm.formatMoment(v, spec) }
        }
        t.def0("-timetuple($self, /)", "Return time tuple, compatible with time.localtime().") { vm, v in
            vm.guarded { () throws(Raised) in
                var m = Moment(v)
                (m.hour, m.minute, m.second) = (0, 0, 0)
                return try vm.structTime(m, dst: -1)
            }
        }
        t.def0("-isocalendar($self, /)", "Return a named tuple containing ISO year, week number, and weekday.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.newIsoCalendar(Moment(v)) }
        }
        t.def0("-isoformat($self, /)", "Return string in ISO 8601 format, YYYY-MM-DD.") { vm, v in vm.str(vm.isoDate(Moment(v))) }
        t.def0("-isoweekday($self, /)", "Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7") { vm, v in
            let m = Moment(v)
            return vm.int(Calendar.weekday(m.year, m.month, m.day) + 1)
        }
        t.def0("-toordinal($self, /)", "Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1.") { vm, v in
            let m = Moment(v)
            return vm.int(Calendar.ordinal(m.year, m.month, m.day))
        }
        t.def0("-weekday($self, /)", "Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6") { vm, v in
            let m = Moment(v)
            return vm.int(Calendar.weekday(m.year, m.month, m.day))
        }
        t.defN("-replace($self, year=0, month=0, day=0)", "Return date with new specified fields.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var m = Moment(v)
                if !a[0].isNull { m.year = try vm.dateInt(a[0]) }
                if !a[1].isNull { m.month = try vm.dateInt(a[1]) }
                if !a[2].isNull { m.day = try vm.dateInt(a[2]) }
                return try vm.makeDate(vm.type(of: v).value, m)
            }
        }
        t.def0("-__reduce__($self, /)", "__reduce__() -> (cls, state)") { vm, v in
            vm.guarded { () throws(Raised) in
                let m = Moment(v)
                let state = try vm.bytes([UInt8(m.year >> 8 & 255), UInt8(m.year & 255), UInt8(m.month & 255), UInt8(m.day & 255)])
                return vm.tuple(vm.type(of: v).value, vm.tuple(state))
            }
        }
    }

    private func defineDateSlots(_ t: TypeBuilder) {
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            let m = Moment(v)
            return vm.str("\(vm.dateText(v))(\(m.year), \(m.month), \(m.day))")
        }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.callMethod(v, vm.intern("isoformat")) } }
        s.pointee.hash = { vm, v in
            let m = Moment(v)
            let state = [UInt8(m.year >> 8 & 255), UInt8(m.year & 255), UInt8(m.month & 255), UInt8(m.day & 255)]
            return state.withUnsafeBufferPointer { vm.hashBytes($0) }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isDate(b) else { return .notImplemented }
            return vm.orderValue(Moment(a).order(Moment(b), dateOnly: true), op)
        }
        s.pointee.add = { vm, a, b in
            if vm.isDateTime(a) || vm.isDateTime(b) { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                if vm.isDate(a) { return vm.isDelta(b) ? try vm.shiftDate(a, vm.delta(b).days) : .notImplemented }
                return vm.isDelta(a) ? try vm.shiftDate(b, vm.delta(a).days) : .notImplemented
            }
        }
        s.pointee.subtract = { vm, a, b in
            if vm.isDateTime(a) || vm.isDateTime(b) || !vm.isDate(a) { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                if vm.isDate(b) {
                    let x = Moment(a), y = Moment(b)
                    return try vm.newDelta(Delta(Calendar.ordinal(x.year, x.month, x.day) - Calendar.ordinal(y.year, y.month, y.day), 0, 0))
                }
                return vm.isDelta(b) ? try vm.shiftDate(a, -vm.delta(b).days) : .notImplemented
            }
        }
    }

    private func shiftDate(_ v: Value, _ days: Int) throws(Raised) -> Value {
        var m = Moment(v)
        let ordinal = Calendar.ordinal(m.year, m.month, m.day) + days
        if ordinal < 1 || ordinal > Calendar.maxOrdinal { throw raise(.overflowError, "date value out of range") }
        (m.year, m.month, m.day) = Calendar.date(ordinal: ordinal)
        return try makeDate(type(of: v).value, m)
    }
}
