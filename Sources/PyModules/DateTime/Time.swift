// `datetime.time`. CPython: Modules/_datetimemodule.c (time_*).
import PyRuntime

private let timeDoc: StaticString = """
    time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object

    All arguments are optional. tzinfo may be None, or an instance of
    a tzinfo subclass. The remaining arguments may be ints.

    """

extension VM {
    func defineTime(_ m: ModuleBuilder) throws(Raised) {
        let t = makeType("time", module: "datetime", size: MemoryLayout<MomentLayout>.size, trace: .words, fieldsEnd: 16)
        dates().roots[2] = t.type.value
        t.doc(timeDoc)
        t.new("function(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                var m = Moment()
                try vm.readClock(a, &m)
                try vm.checkTime(m)
                try vm.checkTZInfo(m.tzinfo)
                return vm.newMoment(PyType(cls), m)
            }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("function")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            if count == 1 || count == 2, keywords.isNull, let s = vm.stateBytes(arguments[0], 6), s[0] & 0x7F < 24 {
                return vm.guarded { () throws(Raised) in
                    var m = Moment()
                    (m.hour, m.fold, m.minute, m.second) = (Int(s[0] & 0x7F), Int(s[0] >> 7), Int(s[1]), Int(s[2]))
                    m.microsecond = Int(s[3]) << 16 | Int(s[4]) << 8 | Int(s[5])
                    if count == 2 {
                        if !arguments[1].isNone && !vm.isInstance(arguments[1], ofType: vm.dates().tzinfo) { throw vm.raise(.typeError, "bad tzinfo state arg") }
                        m.tzinfo = arguments[1]
                    }
                    return vm.newMoment(PyType(cls), m)
                }
            }
            guard let definition = vm.dates().time.ref.pointee.newDefinition else { return .null }
            return vm.invoke(definition, cls, arguments, count, keywords)
        }
        defineClockAttributes(t)
        defineTimeMethods(t)
        defineTimeSlots(t)
        t.type.slots.getattro = types.object.slots.getattro
        readyType(t.type)
        m.attribute("time", t.type.value)
        var high = Moment()
        (high.hour, high.minute, high.second, high.microsecond) = (23, 59, 59, 999_999)
        t.attribute("min", newMoment(t.type, Moment()))
        t.attribute("max", newMoment(t.type, high))
        t.attribute("resolution", try newDelta(Delta(0, 0, 1)))
    }

    /// hour, minute, second, microsecond, tzinfo, fold from six slots.
    func readClock(_ a: UnsafeMutablePointer<Value>, _ m: inout Moment) throws(Raised) {
        if !a[0].isNull { m.hour = try dateInt(a[0]) }
        if !a[1].isNull { m.minute = try dateInt(a[1]) }
        if !a[2].isNull { m.second = try dateInt(a[2]) }
        if !a[3].isNull { m.microsecond = try dateInt(a[3]) }
        if !a[4].isNull { m.tzinfo = a[4] }
        if !a[5].isNull { m.fold = try dateInt(a[5]) }
    }

    func defineClockAttributes(_ t: TypeBuilder) {
        t.getset("hour", get: { vm, v in vm.int(Moment(v).hour) })
        t.getset("minute", get: { vm, v in vm.int(Moment(v).minute) })
        t.getset("second", get: { vm, v in vm.int(Moment(v).second) })
        t.getset("microsecond", get: { vm, v in vm.int(Moment(v).microsecond) })
        t.getset("tzinfo", get: { _, v in v.cast(MomentLayout.self).pointee.tzinfo })
        t.getset("fold", get: { vm, v in vm.int(Moment(v).fold) })
    }

    private func timeOffset(_ v: Value) throws(Raised) -> Delta? {
        try offset(v.cast(MomentLayout.self).pointee.tzinfo, "utcoffset", .none)
    }

    private func timeState(_ m: Moment, fold: Bool) throws(Raised) -> [UInt8] {
        [
            UInt8(m.hour & 127) | (fold && m.fold == 1 ? 128 : 0), UInt8(m.minute & 255), UInt8(m.second & 255), UInt8(m.microsecond >> 16 & 255),
            UInt8(m.microsecond >> 8 & 255), UInt8(m.microsecond & 255),
        ]
    }

    private func reduceTime(_ v: Value, protocolVersion: Int) throws(Raised) -> Value {
        let m = Moment(v)
        let state = try bytes(timeState(m, fold: protocolVersion > 3))
        return tuple(type(of: v).value, m.tzinfo.isNone ? tuple(state) : tuple(state, m.tzinfo))
    }

    private func defineTimeMethods(_ t: TypeBuilder) {
        t.defN("-isoformat($self, timespec='auto')", "Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\nThe optional argument timespec specifies the number of additional terms\nof the time to include. Valid options are 'auto', 'hours', 'minutes',\n'seconds', 'milliseconds' and 'microseconds'.\n") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let text = try vm.isoTime(Moment(v), a[0])
                return vm.str(text + vm.offsetText(try vm.timeOffset(v), ":"))
            }
        }
        t.defN("-strftime($self, format)", "format -> strftime() style string.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let m = Moment(v)
                let tuple = try vm.newTuple(9)
                for (i, n) in [1900, 1, 1, m.hour, m.minute, m.second, 0, 1, -1].enumerated() { tuple[i] = vm.int(n) }
                return try vm.wrapStrftime(v, a[0], tuple.value, .none)
            }
        }
        t.def1("^__format__($self, spec, /)", "Formats self with strftime.") { vm, v, spec in
            vm.guarded { () throws(Raised) in try vm.formatMoment(v, spec) }
        }
        t.def0("-utcoffset($self, /)", "Return self.tzinfo.utcoffset(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.offsetValue(Moment(v).tzinfo, "utcoffset", .none) }
        }
        t.def0("-tzname($self, /)", "Return self.tzinfo.tzname(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.zoneName(Moment(v).tzinfo, .none) }
        }
        t.def0("-dst($self, /)", "Return self.tzinfo.dst(self).") { vm, v in
            vm.guarded { () throws(Raised) in try vm.offsetValue(Moment(v).tzinfo, "dst", .none) }
        }
        t.defN("-replace($self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", "Return time with new specified fields.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var m = Moment(v)
                try vm.readClock(a, &m)
                if m.fold != 0 && m.fold != 1 { throw vm.raise(.valueError, "fold must be either 0 or 1") }
                try vm.checkTZInfo(m.tzinfo)
                return try vm.makeTime(vm.type(of: v).value, m)
            }
        }
        t.def1("-fromisoformat($type, text, /)", "string -> time from time.isoformat() output", .classMethod) { vm, cls, text in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(text) else { throw vm.raise(.typeError, "fromisoformat: argument must be str") }
                var m = Moment()
                guard try vm.parseISOTime(PyStr(text).utf8, &m) else { throw try vm.invalidISO(text) }
                try vm.checkTime(m)
                return try vm.makeTime(cls, m)
            }
        }
        t.def1("-__reduce_ex__($self, proto, /)", "__reduce_ex__(proto) -> (cls, state)") { vm, v, proto in
            vm.guarded { () throws(Raised) in try vm.reduceTime(v, protocolVersion: vm.dateInt(proto)) }
        }
        t.def0("-__reduce__($self, /)", "__reduce__() -> (cls, state)") { vm, v in
            vm.guarded { () throws(Raised) in try vm.reduceTime(v, protocolVersion: 2) }
        }
    }

    private func defineTimeSlots(_ t: TypeBuilder) {
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let m = Moment(v)
                var text = "\(vm.dateText(v))(\(m.hour), \(m.minute)"
                if m.second != 0 || m.microsecond != 0 { text += ", \(m.second)" }
                if m.microsecond != 0 { text += ", \(m.microsecond)" }
                if !m.tzinfo.isNone { text += ", tzinfo=\(try vm.reprText(m.tzinfo))" }
                if m.fold != 0 { text += ", fold=\(m.fold)" }
                return vm.str(text + ")")
            }
        }
        s.pointee.str = { vm, v in vm.guarded { () throws(Raised) in try vm.callMethod(v, vm.intern("isoformat")) } }
        s.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let layout = v.cast(MomentLayout.self)
                if layout.pointee.hash != -1 { return layout.pointee.hash }
                var m = Moment(v)
                var source = v
                if m.fold == 1 {
                    m.fold = 0
                    source = vm.newMoment(vm.dates().time, m)
                }
                let hash: Int
                if let offset = try vm.timeOffset(source) {
                    let d = Delta(0, m.hour * 3600 + m.minute * 60 + m.second, m.microsecond) - offset
                    hash = try vm.hash(vm.newDelta(d))
                } else {
                    hash = try vm.timeState(m, fold: false).withUnsafeBufferPointer { vm.hashBytes($0) }
                }
                layout.pointee.hash = hash
                return hash
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isTime(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.compareTimes(a, b, op) }
        }
    }

    private func compareTimes(_ a: Value, _ b: Value, _ op: Int) throws(Raised) -> Value {
        let x = Moment(a), y = Moment(b)
        if x.tzinfo == y.tzinfo { return orderValue(x.order(y, timeOnly: true), op) }
        let xo = try timeOffset(a), yo = try timeOffset(b)
        if xo == yo {
            let order = x.order(y, timeOnly: true)
            if (op == 2 || op == 3) && order == 0 {
                if try foldMatters(a, x, xo) { return Value(op == 3) }
                if try foldMatters(b, y, yo) { return Value(op == 3) }
            }
            return orderValue(order, op)
        }
        guard let xo, let yo else {
            if op == 2 || op == 3 { return Value(op == 3) }
            throw raise(.typeError, "can't compare offset-naive and offset-aware times")
        }
        let p = Delta(0, x.hour * 3600 + x.minute * 60 + x.second, x.microsecond) - xo
        let q = Delta(0, y.hour * 3600 + y.minute * 60 + y.second, y.microsecond) - yo
        return orderValue(p.order(q), op)
    }

    private func foldMatters(_ v: Value, _ m: Moment, _ known: Delta?) throws(Raised) -> Bool {
        if m.tzinfo.isNone { return false }
        var flipped = m
        flipped.fold = 1 - m.fold
        return try timeOffset(newMoment(dates().time, flipped)) != known
    }
}
