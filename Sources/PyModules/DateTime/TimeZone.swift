// `datetime.tzinfo` and `datetime.timezone`. CPython: Modules/_datetimemodule.c (tzinfo_*, timezone_*).
import PyRuntime

extension VM {
    // MARK: tzinfo

    func defineTZInfo(_ m: ModuleBuilder) {
        let t = makeType("tzinfo", module: "datetime", size: 8, trace: .words, fieldsEnd: 8)
        dates().roots[4] = t.type.value
        t.doc("Abstract base class for time zone info objects.")
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.type.slots.initialize = { _, _, _, _, _ in 0 }
        t.def1("-tzname($self, dt, /)", "datetime -> string name of time zone.") { vm, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.notImplementedError, "a tzinfo subclass must implement tzname()") }
        }
        t.def1("-utcoffset($self, dt, /)", "datetime -> timedelta showing offset from UTC, negative values indicating West of UTC") { vm, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.notImplementedError, "a tzinfo subclass must implement utcoffset()") }
        }
        t.def1("-dst($self, dt, /)", "datetime -> DST offset as timedelta positive east of UTC.") { vm, _, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.notImplementedError, "a tzinfo subclass must implement dst()") }
        }
        t.def1("-fromutc($self, dt, /)", "datetime in UTC -> datetime in local time.") { vm, tz, dt in
            vm.guarded { () throws(Raised) in try vm.tzinfoFromUTC(tz, dt) }
        }
        t.def0("-__reduce__($self, /)", "-> (cls, state)") { vm, tz in
            vm.guarded { () throws(Raised) in
                let getArguments = try vm.getAttrIfPresent(tz, "__getinitargs__")
                let arguments = getArguments.isNull ? vm.emptyTuple : try vm.call(getArguments)
                let getState = try vm.getAttrIfPresent(tz, "__getstate__")
                var state = Value.none
                if !getState.isNull {
                    state = try vm.call(getState)
                } else {
                    let dict = try vm.getAttrIfPresent(tz, vm.names.__dict__)
                    if !dict.isNull && vm.isDict(dict) && PyDict(dict).count > 0 { state = dict }
                }
                let type = vm.type(of: tz).value
                return state.isNone ? vm.tuple(type, arguments) : vm.tuple(type, arguments, state)
            }
        }
        t.type.slots.getattro = types.object.slots.getattro
        readyType(t.type)
        m.attribute("tzinfo", t.type.value)
    }

    private func tzinfoFromUTC(_ tz: Value, _ dt: Value) throws(Raised) -> Value {
        guard isDateTime(dt) else { throw raise(.typeError, "fromutc: argument must be a datetime") }
        if dt.cast(MomentLayout.self).pointee.tzinfo != tz { throw raise(.valueError, "fromutc: dt.tzinfo is not self") }
        let off = try callMethod(dt, intern("utcoffset"))
        if off.isNone { throw raise(.valueError, "fromutc: non-None utcoffset() result required") }
        let dst = try callMethod(dt, intern("dst"))
        if dst.isNone { throw raise(.valueError, "fromutc: non-None dst() result required") }
        let result = try binary(.add, dt, binary(.subtract, off, dst))
        let again = try callMethod(result, intern("dst"))
        if again.isNone { throw raise(.valueError, "fromutc: tz.dst() gave inconsistent results; cannot convert") }
        return try isTrue(again) ? binary(.add, result, again) : result
    }

    // MARK: timezone

    func defineTimeZoneType(_ m: ModuleBuilder) throws(Raised) {
        let t = makeType("timezone", module: "datetime", base: dates().tzinfo, size: MemoryLayout<TimeZoneLayout>.size, trace: .words, fieldsEnd: MemoryLayout<TimeZoneLayout>.size, flags: [])
        dates().roots[5] = t.type.value
        t.doc("Fixed offset from UTC implementation of tzinfo.")
        t.new("timezone(offset, name=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                guard vm.isDelta(a[0]) else { throw vm.raise(.typeError, "timezone() argument 1 must be datetime.timedelta, not \(vm.argumentTypeName(a[0]))") }
                if !a[1].isNull && !vm.isStr(a[1]) { throw vm.raise(.typeError, "timezone() argument 2 must be str, not \(vm.argumentTypeName(a[1]))") }
                if a[1].isNull && vm.delta(a[0]).isZero { return vm.dates().utc }
                return try vm.newTimeZone(a[0], a[1])
            }
        }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                if v == vm.dates().utc { return vm.str("datetime.timezone.utc" as StaticString) }
                let z = v.cast(TimeZoneLayout.self).pointee
                let name = z.name.isNull ? "" : ", \(try vm.reprText(z.name))"
                return vm.str("\(vm.dateText(v))(\(try vm.reprText(z.offset))\(name))")
            }
        }
        t.type.slots.str = { vm, v in vm.timeZoneName(v) }
        t.type.slots.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in try vm.hash(v.cast(TimeZoneLayout.self).pointee.offset) }
        }
        t.type.slots.richcompare = { vm, a, b, op in
            guard op == 2 || op == 3, b.isExactly(vm.dates().timezone) else { return .notImplemented }
            let same = vm.delta(a.cast(TimeZoneLayout.self).pointee.offset) == vm.delta(b.cast(TimeZoneLayout.self).pointee.offset)
            return Value(same == (op == 2))
        }
        t.def1("-tzname($self, dt, /)", "If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'.") { vm, v, dt in
            vm.guarded { () throws(Raised) in
                try vm.checkZoneArgument("tzname", dt)
                return vm.timeZoneName(v)
            }
        }
        t.def1("-utcoffset($self, dt, /)", "Return fixed offset.") { vm, v, dt in
            vm.guarded { () throws(Raised) in
                try vm.checkZoneArgument("utcoffset", dt)
                return v.cast(TimeZoneLayout.self).pointee.offset
            }
        }
        t.def1("-dst($self, dt, /)", "Return None.") { vm, _, dt in
            vm.guarded { () throws(Raised) in
                try vm.checkZoneArgument("dst", dt)
                return .none
            }
        }
        t.def1("-fromutc($self, dt, /)", "datetime in UTC -> datetime in local time.") { vm, v, dt in
            vm.guarded { () throws(Raised) in
                guard vm.isDateTime(dt) else { throw vm.raise(.typeError, "fromutc: argument must be a datetime") }
                if dt.cast(MomentLayout.self).pointee.tzinfo != v { throw vm.raise(.valueError, "fromutc: dt.tzinfo is not self") }
                return try vm.shiftDateTime(dt, vm.delta(v.cast(TimeZoneLayout.self).pointee.offset), negative: false)
            }
        }
        t.def0("-__getinitargs__($self, /)", "pickle support") { vm, v in
            let z = v.cast(TimeZoneLayout.self).pointee
            return z.name.isNull ? vm.tuple(z.offset) : vm.tuple(z.offset, z.name)
        }
        readyType(t.type)
        m.attribute("timezone", t.type.value)
        dates().roots[7] = try newTimeZone(newDelta(Delta(0, 0, 0)), .null)
        t.attribute("utc", dates().utc)
        t.attribute("min", try newTimeZone(newDelta(Delta(-1, 60, 0)), .null))
        t.attribute("max", try newTimeZone(newDelta(Delta(0, 86340, 0)), .null))
    }

    func newTimeZone(_ offset: Value, _ name: Value) throws(Raised) -> Value {
        let d = delta(offset)
        if (d.days == -1 && d.seconds == 0 && d.microseconds < 1) || d.days < -1 || d.days >= 1 {
            throw raise(
                .valueError,
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not \(try reprText(offset)).")
        }
        let object = newInstance(dates().timezone)
        object.cast(TimeZoneLayout.self).pointee.offset = offset
        object.cast(TimeZoneLayout.self).pointee.name = name
        return object
    }

    private func checkZoneArgument(_ method: StaticString, _ dt: Value) throws(Raised) {
        if dt.isNone || isDateTime(dt) { return }
        throw raise(.typeError, "\(method)(dt) argument must be a datetime instance or None, not \(typeName(dt))")
    }

    private func timeZoneName(_ v: Value) -> Value {
        let z = v.cast(TimeZoneLayout.self).pointee
        if !z.name.isNull { return z.name }
        let d = delta(z.offset)
        return d.isZero ? str("UTC" as StaticString) : str("UTC" + offsetText(d, ":"))
    }
}
