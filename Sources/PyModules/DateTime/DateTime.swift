// `datetime.datetime`: making, attributes, arithmetic and comparison. Local time is in DateTime+Local.swift.
// CPython: Modules/_datetimemodule.c (datetime_*). Rules: PEP 495.
import PyRuntime

private let datetimeDoc: StaticString = """
    datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])

    The year, month and day arguments are required. tzinfo may be None, or an
    instance of a tzinfo subclass. The remaining arguments may be ints.

    """

extension VM {
    func defineDateTime(_ m: ModuleBuilder) throws(Raised) {
        let t = makeType("datetime", module: "datetime", base: dates().date, size: MemoryLayout<MomentLayout>.size, trace: .words, fieldsEnd: 16)
        dates().roots[3] = t.type.value
        t.doc(datetimeDoc)
        t.new("function(year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                var m = Moment()
                try vm.readDay(a, &m)
                try vm.readClock(a + 3, &m)
                try vm.checkDate(m)
                try vm.checkTime(m)
                try vm.checkTZInfo(m.tzinfo)
                return vm.newMoment(PyType(cls), m)
            }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("function")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            if count == 1 || count == 2, keywords.isNull, let s = vm.stateBytes(arguments[0], 10), s[2] & 0x7F >= 1, s[2] & 0x7F <= 12 {
                return vm.guarded { () throws(Raised) in
                    var m = Moment()
                    (m.year, m.month, m.fold, m.day) = (Int(s[0]) << 8 | Int(s[1]), Int(s[2] & 0x7F), Int(s[2] >> 7), Int(s[3]))
                    (m.hour, m.minute, m.second) = (Int(s[4]), Int(s[5]), Int(s[6]))
                    m.microsecond = Int(s[7]) << 16 | Int(s[8]) << 8 | Int(s[9])
                    if count == 2 {
                        if !arguments[1].isNone && !vm.isInstance(arguments[1], ofType: vm.dates().tzinfo) { throw vm.raise(.typeError, "bad tzinfo state arg") }
                        m.tzinfo = arguments[1]
                    }
                    return vm.newMoment(PyType(cls), m)
                }
            }
            guard let definition = vm.dates().datetime.ref.pointee.newDefinition else { return .null }
            return vm.invoke(definition, cls, arguments, count, keywords)
        }
        defineClockAttributes(t)
        defineDateTimeMakers(t)
        defineDateTimeMethods(t)
        defineDateTimeSlots(t)
        t.type.slots.getattro = types.object.slots.getattro
        readyType(t.type)
        m.attribute("datetime", t.type.value)
        var high = Moment()
        (high.year, high.month, high.day) = (9999, 12, 31)
        (high.hour, high.minute, high.second, high.microsecond) = (23, 59, 59, 999_999)
        t.attribute("min", newMoment(t.type, Moment()))
        t.attribute("max", newMoment(t.type, high))
        t.attribute("resolution", try newDelta(Delta(0, 0, 1)))
    }

    func dateTimeOffset(_ v: Value) throws(Raised) -> Delta? {
        try offset(v.cast(MomentLayout.self).pointee.tzinfo, "utcoffset", v)
    }

    private func dateTimeState(_ m: Moment, fold: Bool) -> [UInt8] {
        [
            UInt8(m.year >> 8 & 255), UInt8(m.year & 255), UInt8(m.month & 127) | (fold && m.fold == 1 ? 128 : 0), UInt8(m.day & 255),
            UInt8(m.hour & 255), UInt8(m.minute & 255), UInt8(m.second & 255), UInt8(m.microsecond >> 16 & 255), UInt8(m.microsecond >> 8 & 255),
            UInt8(m.microsecond & 255),
        ]
    }

    private func reduceDateTime(_ v: Value, protocolVersion: Int) throws(Raised) -> Value {
        let m = Moment(v)
        let state = try bytes(dateTimeState(m, fold: protocolVersion > 3))
        return tuple(type(of: v).value, m.tzinfo.isNone ? tuple(state) : tuple(state, m.tzinfo))
    }

    private func defineDateTimeMethods(_ t: TypeBuilder) {
        t.def0("-date($self, /)", "Return date object with same year, month and day.") { vm, v in
            var m = Moment()
            let own = Moment(v)
            (m.year, m.month, m.day) = (own.year, own.month, own.day)
            return vm.newMoment(vm.dates().date, m)
        }
        t.def0("-time($self, /)", "Return time object with same time but with tzinfo=None.") { vm, v in vm.clockOf(v, keepZone: false) }
        t.def0("-timetz($self, /)", "Return time object with same time and tzinfo.") { vm, v in vm.clockOf(v, keepZone: true) }
        t.def0("-ctime($self, /)", "Return ctime() style string.") { vm, v in vm.str(vm.ctimeText(Moment(v))) }
        t.def0("-timetuple($self, /)", "Return time tuple, compatible with time.localtime().") { vm, v in
            vm.guarded { () throws(Raised) in
                let m = Moment(v)
                let dst = try vm.offset(m.tzinfo, "dst", v)
                return try vm.structTime(m, dst: dst.map { $0.isZero ? 0 : 1 } ?? -1)
            }
        }
        t.def0("-utctimetuple($self, /)", "Return UTC time tuple, compatible with time.localtime().") { vm, v in
            vm.guarded { () throws(Raised) in
                var m = Moment(v)
                if let offset = try vm.dateTimeOffset(v) {
                    let d = m.sinceStart - offset
                    if d.days < 1 || d.days > Calendar.maxOrdinal { throw vm.raise(.overflowError, "date value out of range") }
                    (m.year, m.month, m.day) = Calendar.date(ordinal: d.days)
                    (m.hour, m.minute, m.second) = (d.seconds / 3600, d.seconds / 60 % 60, d.seconds % 60)
                }
                return try vm.structTime(m, dst: 0)
            }
        }
        t.defN("-isoformat($self, sep='T', timespec='auto')", "[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\nsep is used to separate the year from the time, and defaults to 'T'.\nThe optional argument timespec specifies the number of additional terms\nof the time to include. Valid options are 'auto', 'hours', 'minutes',\n'seconds', 'milliseconds' and 'microseconds'.\n") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var separator = vm.latin1(0x54)
                if !a[0].isNull {
                    guard vm.isStr(a[0]), PyStr(a[0]).count == 1 else {
                        throw vm.raise(.typeError, "isoformat() argument 1 must be a unicode character, not \(vm.argumentTypeName(a[0]))")
                    }
                    separator = a[0]
                }
                let m = Moment(v)
                let clock = try vm.isoTime(m, a[1], argument: 2)
                let zone = vm.offsetText(try vm.dateTimeOffset(v), ":")
                let head = try vm.strConcat(PyStr(vm.str(vm.isoDate(m))), PyStr(separator))
                return try vm.strConcat(PyStr(head), PyStr(vm.str(clock + zone)))
            }
        }
        t.def0("-utcoffset($self, /)", "Return self.tzinfo.utcoffset(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.offsetValue(Moment(v).tzinfo, "utcoffset", v) }
        }
        t.def0("-tzname($self, /)", "Return self.tzinfo.tzname(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.zoneName(Moment(v).tzinfo, v) }
        }
        t.def0("-dst($self, /)", "Return self.tzinfo.dst(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.offsetValue(Moment(v).tzinfo, "dst", v) }
        }
        t.defN("-replace($self, year=0, month=0, day=0, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", "Return datetime with new specified fields.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var m = Moment(v)
                if !a[0].isNull { m.year = try vm.dateInt(a[0]) }
                if !a[1].isNull { m.month = try vm.dateInt(a[1]) }
                if !a[2].isNull { m.day = try vm.dateInt(a[2]) }
                try vm.readClock(a + 3, &m)
                if m.fold != 0 && m.fold != 1 { throw vm.raise(.valueError, "fold must be either 0 or 1") }
                try vm.checkTZInfo(m.tzinfo)
                return try vm.makeDateTime(vm.type(of: v).value, m)
            }
        }
        t.defN("-astimezone($self, tz=None)", "tz -> convert to local time in new timezone tz\n") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.asTimeZone(v, a[0].isNull ? .none : a[0]) }
        }
        t.def0("-timestamp($self, /)", "Return POSIX timestamp as float.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.timestamp(v) }
        }
        t.def1("-__reduce_ex__($self, proto, /)", "__reduce_ex__(proto) -> (cls, state)") { vm, v, proto in
            vm.guarded { () throws(Raised) in try vm.reduceDateTime(v, protocolVersion: vm.dateInt(proto)) }
        }
        t.def0("-__reduce__($self, /)", "__reduce__() -> (cls, state)") { vm, v in
            vm.guarded { () throws(Raised) in try vm.reduceDateTime(v, protocolVersion: 2) }
        }
    }

    private func clockOf(_ v: Value, keepZone: Bool) -> Value {
        let own = Moment(v)
        var m = Moment()
        (m.hour, m.minute, m.second, m.microsecond, m.fold) = (own.hour, own.minute, own.second, own.microsecond, own.fold)
        if keepZone { m.tzinfo = own.tzinfo }
        return newMoment(dates().time, m)
    }

    private func defineDateTimeSlots(_ t: TypeBuilder) {
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let m = Moment(v)
                var text = "\(vm.dateText(v))(\(m.year), \(m.month), \(m.day), \(m.hour), \(m.minute)"
                if m.second != 0 || m.microsecond != 0 { text += ", \(m.second)" }
                if m.microsecond != 0 { text += ", \(m.microsecond)" }
                if m.fold != 0 { text += ", fold=\(m.fold)" }
                if !m.tzinfo.isNone { text += ", tzinfo=\(try vm.reprText(m.tzinfo))" }
                return vm.str(text + ")")
            }
        }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.callMethod(v, vm.intern("isoformat"), vm.str(" " as StaticString)) } }
        s.pointee.hash = { vm, v in vm.guardedInt { () throws(Raised) in try vm.hashDateTime(v) } }
        s.pointee.richcompare = { vm, a, b, op in
            if !vm.isDateTime(b) {
                guard vm.isDate(b) else { return .notImplemented }
                if op == 2 || op == 3 { return Value(op == 3) }
                return vm.guarded { () throws(Raised) in
                    throw vm.raise(.typeError, "can't compare \(vm.typeName(a)) to \(vm.typeName(b))")
                }
            }
            return vm.guarded { () throws(Raised) in try vm.compareDateTimes(a, b, op) }
        }
        s.pointee.add = { vm, a, b in
            vm.guarded { () throws(Raised) in
                if vm.isDateTime(a) { return vm.isDelta(b) ? try vm.shiftDateTime(a, vm.delta(b), negative: false) : .notImplemented }
                return vm.isDelta(a) && vm.isDateTime(b) ? try vm.shiftDateTime(b, vm.delta(a), negative: false) : .notImplemented
            }
        }
        s.pointee.subtract = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isDateTime(a) else { return .notImplemented }
                if vm.isDelta(b) { return try vm.shiftDateTime(a, vm.delta(b), negative: true) }
                guard vm.isDateTime(b) else { return .notImplemented }
                return try vm.newDelta(vm.difference(a, b))
            }
        }
    }

    private func difference(_ a: Value, _ b: Value) throws(Raised) -> Delta {
        let x = Moment(a), y = Moment(b)
        var d = x.sinceStart - y.sinceStart
        if x.tzinfo == y.tzinfo { return d }
        let xo = try dateTimeOffset(a), yo = try dateTimeOffset(b)
        if (xo == nil) != (yo == nil) { throw raise(.typeError, "can't subtract offset-naive and offset-aware datetimes") }
        if let xo, let yo, xo != yo { d = d - (xo - yo) }
        return d
    }

    func shiftDateTime(_ v: Value, _ d: Delta, negative: Bool) throws(Raised) -> Value {
        var m = Moment(v)
        let start = m.sinceStart
        let sum = negative ? start - d : Delta(start.days + d.days, start.seconds + d.seconds, start.microseconds + d.microseconds).normalized
        if sum.days < 1 || sum.days > Calendar.maxOrdinal { throw raise(.overflowError, "date value out of range") }
        (m.year, m.month, m.day) = Calendar.date(ordinal: sum.days)
        (m.hour, m.minute, m.second, m.microsecond) = (sum.seconds / 3600, sum.seconds / 60 % 60, sum.seconds % 60, sum.microseconds)
        m.fold = 0
        return try makeDateTime(type(of: v).value, m)
    }

    private func hashDateTime(_ v: Value) throws(Raised) -> Int {
        let layout = v.cast(MomentLayout.self)
        if layout.pointee.hash != -1 { return layout.pointee.hash }
        var m = Moment(v)
        var source = v
        if m.fold == 1 {
            m.fold = 0
            source = newMoment(dates().datetime, m)
        }
        let hash: Int
        if let offset = try dateTimeOffset(source) {
            hash = try self.hash(newDelta(m.sinceStart - offset))
        } else {
            hash = dateTimeState(m, fold: false).withUnsafeBufferPointer { hashBytes($0) }
        }
        layout.pointee.hash = hash
        return hash
    }

    private func compareDateTimes(_ a: Value, _ b: Value, _ op: Int) throws(Raised) -> Value {
        let x = Moment(a), y = Moment(b)
        if x.tzinfo == y.tzinfo { return orderValue(x.order(y), op) }
        let xo = try dateTimeOffset(a), yo = try dateTimeOffset(b)
        let isEquality = op == 2 || op == 3
        var order: Int
        if xo == yo {
            order = x.order(y)
        } else if let xo, let yo {
            order = (x.sinceStart - xo).order(y.sinceStart - yo)
        } else {
            if isEquality { return Value(op == 3) }
            throw raise(.typeError, "can't compare offset-naive and offset-aware datetimes")
        }
        if isEquality && order == 0 {
            if try foldMatters(x, xo) { order = 1 }
            if try foldMatters(y, yo) { order = 1 }
        }
        return orderValue(order, op)
    }

    /// PEP 495: a time whose offset depends on `fold` equals nothing in another zone.
    private func foldMatters(_ m: Moment, _ known: Delta?) throws(Raised) -> Bool {
        if m.tzinfo.isNone { return false }
        var flipped = m
        flipped.fold = 1 - m.fold
        return try dateTimeOffset(newMoment(dates().datetime, flipped)) != known
    }
}
