// `datetime.timedelta`. CPython: Modules/_datetimemodule.c (delta_*).
import PyRuntime

private let deltaDoc: StaticString = """
    Difference between two datetime values.

    timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)

    All arguments are optional and default to 0.
    Arguments may be integers or floats, and may be positive or negative.
    """

extension VM {
    func defineDelta(_ m: ModuleBuilder) throws(Raised) {
        let t = makeType("timedelta", module: "datetime", size: MemoryLayout<DeltaLayout>.size, trace: .leaf)
        dates().roots[0] = t.type.value
        t.doc(deltaDoc)
        t.new("__new__(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)") { vm, cls, a in
            vm.guarded { () throws(Raised) in try vm.constructDelta(PyType(cls), a) }
        }
        t.type.ref.pointee.newDefinition?.pointee.name = intern("__new__")
        t.computedMember("days", "Number of days.", get: { vm, v in vm.int(v.cast(DeltaLayout.self).pointee.days) })
        t.computedMember("seconds", "Number of seconds (>= 0 and less than 1 day).", get: { vm, v in vm.int(v.cast(DeltaLayout.self).pointee.seconds) })
        t.computedMember("microseconds", "Number of microseconds (>= 0 and less than 1 second).", get: { vm, v in vm.int(v.cast(DeltaLayout.self).pointee.microseconds) })
        t.def0("-total_seconds($self, /)", "Total seconds in the duration.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.binary(.trueDivide, vm.microseconds(v), vm.int(1_000_000)) }
        }
        t.def0("-__reduce__($self, /)", "__reduce__() -> (cls, state)") { vm, v in
            let d = vm.delta(v)
            return vm.tuple(vm.type(of: v).value, vm.tuple(vm.int(d.days), vm.int(d.seconds), vm.int(d.microseconds)))
        }
        defineDeltaSlots(t)
        t.type.slots.getattro = types.object.slots.getattro
        readyType(t.type)
        m.attribute("timedelta", t.type.value)
        t.attribute("resolution", try newDelta(Delta(0, 0, 1)))
        t.attribute("min", try newDelta(Delta(-999_999_999, 0, 0)))
        t.attribute("max", try newDelta(Delta(999_999_999, 86399, 999_999)))
    }

    private func constructDelta(_ cls: PyType, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        // CPython adds from the smallest unit to the largest.
        let units: [(index: Int, name: StaticString, factor: Int)] = [
            (2, "microseconds", 1), (3, "milliseconds", 1000), (1, "seconds", 1_000_000), (4, "minutes", 60_000_000),
            (5, "hours", 3_600_000_000), (0, "days", 86_400_000_000), (6, "weeks", 604_800_000_000),
        ]
        var total = int(0)
        var leftover = 0.0
        for unit in units where !a[unit.index].isNull {
            let value = a[unit.index]
            if isInt(value) {
                total = try binary(.add, total, binary(.multiply, value, int(unit.factor)))
            } else if isFloat(value) {
                let x = try realDouble(value)
                if x.isNaN { throw raise(.valueError, "cannot convert float NaN to integer") }
                if x.isInfinite { throw raise(.overflowError, "cannot convert float infinity to integer") }
                let whole = x.rounded(.towardZero)
                total = try binary(.add, total, binary(.multiply, int(truncating: whole), int(unit.factor)))
                if x != whole {
                    let fraction = Double(unit.factor) * (x - whole)
                    let part = fraction.rounded(.towardZero)
                    total = try binary(.add, total, int(truncating: part))
                    leftover += fraction - part
                }
            } else {
                throw raise(.typeError, "unsupported type for timedelta \(unit.name) component: \(typeName(value))")
            }
        }
        if leftover != 0 {
            var whole = leftover.rounded(.toNearestOrAwayFromZero)
            if (whole - leftover).magnitude == 0.5 {
                // Half a microsecond: to the even sum.
                let isOdd = try isTrue(binary(.and, total, int(1))) ? 1.0 : 0.0
                whole = 2 * ((leftover + isOdd) * 0.5).rounded(.toNearestOrAwayFromZero) - isOdd
            }
            total = try binary(.add, total, int(truncating: whole))
        }
        return try deltaFrom(microseconds: total, cls)
    }

    /// All of it in microseconds, an int object.
    func microseconds(_ v: Value) throws(Raised) -> Value {
        let d = delta(v)
        let seconds = d.days * 86400 + d.seconds
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflow2) = product.addingReportingOverflow(d.microseconds)
        if !overflow && !overflow2 { return int(sum) }
        return try binary(.add, binary(.multiply, int(seconds), int(1_000_000)), int(d.microseconds))
    }

    /// A timedelta of that many microseconds.
    func deltaFrom(microseconds: Value, _ type: PyType? = nil) throws(Raised) -> Value {
        if let n = machineInt(microseconds) { return try newDelta(Delta(0, 0, 0) + n, type) }
        let us = try indexInt(binary(.remainder, microseconds, int(1_000_000)))
        let seconds = try binary(.floorDivide, microseconds, int(1_000_000))
        let s = try indexInt(binary(.remainder, seconds, int(86400)))
        let days = try binary(.floorDivide, seconds, int(86400))
        guard let d = machineInt(days), Int32(exactly: d) != nil else {
            throw raise(.overflowError, "Python int too large to convert to C int")
        }
        return try newDelta(Delta(d, s, us), type)
    }

    /// a / b rounded to the nearest int, ties to even.
    private func divideNearest(_ a: Value, _ b: Value) throws(Raised) -> Value {
        let q = try binary(.floorDivide, a, b), r = try binary(.remainder, a, b)
        let twice = try binary(.multiply, r, int(2))
        let isBelow = try compareBool(b, int(0), .lt)
        if try compareBool(twice, b, .eq) { return try isTrue(binary(.and, q, int(1))) ? binary(.add, q, int(1)) : q }
        let up = isBelow ? try compareBool(twice, b, .lt) : try compareBool(twice, b, .gt)
        return up ? try binary(.add, q, int(1)) : q
    }

    private func timesFloat(_ v: Value, _ factor: Value, divide: Bool) throws(Raised) -> Value {
        let ratio = try callMethod(factor, intern("as_integer_ratio"))
        guard isTuple(ratio) else {
            throw raise(.typeError, "unexpected return type from as_integer_ratio(): expected tuple, got '\(typeName(ratio))'")
        }
        guard PyTuple(ratio).count == 2 else { throw raise(.valueError, "as_integer_ratio() must return a 2-tuple") }
        let up = PyTuple(ratio)[divide ? 1 : 0], down = PyTuple(ratio)[divide ? 0 : 1]
        return try deltaFrom(microseconds: divideNearest(binary(.multiply, microseconds(v), up), down))
    }

    private func defineDeltaSlots(_ t: TypeBuilder) {
        let s = t.type.slotsPointer
        s.pointee.repr = { vm, v in
            let d = vm.delta(v)
            var parts: [String] = []
            if d.days != 0 { parts.append("days=\(d.days)") }
            if d.seconds != 0 { parts.append("seconds=\(d.seconds)") }
            if d.microseconds != 0 { parts.append("microseconds=\(d.microseconds)") }
            return vm.str("\(vm.dateText(v))(\(parts.isEmpty ? "0" : parts.joined(separator: ", ")))")
        }
        s.pointee.str = { vm, v in
            let d = vm.delta(v)
            var text = d.days == 0 ? "" : "\(d.days) day\(d.days == 1 || d.days == -1 ? "" : "s"), "
            text += "\(d.seconds / 3600):\(padded(d.seconds / 60 % 60, 2)):\(padded(d.seconds % 60, 2))"
            if d.microseconds != 0 { text += ".\(padded(d.microseconds, 6))" }
            return vm.str(text)
        }
        s.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let layout = v.cast(DeltaLayout.self)
                if layout.pointee.hash == -1 {
                    let d = vm.delta(v)
                    layout.pointee.hash = try vm.hash(vm.tuple(vm.int(d.days), vm.int(d.seconds), vm.int(d.microseconds)))
                }
                return layout.pointee.hash
            }
        }
        s.pointee.richcompare = { vm, a, b, op in
            guard vm.isDelta(b) else { return .notImplemented }
            return vm.orderValue(vm.delta(a).order(vm.delta(b)), op)
        }
        s.pointee.bool = { vm, v in vm.delta(v).isZero ? 0 : 1 }
        s.pointee.negative = { vm, v in
            let d = vm.delta(v)
            return vm.guarded { () throws(Raised) in try vm.newDelta(Delta(-d.days, -d.seconds, -d.microseconds)) }
        }
        s.pointee.positive = { vm, v in vm.guarded { () throws(Raised) in try vm.newDelta(vm.delta(v)) } }
        s.pointee.absolute = { vm, v in
            let d = vm.delta(v)
            return vm.guarded { () throws(Raised) in try vm.newDelta(d.days < 0 ? Delta(-d.days, -d.seconds, -d.microseconds) : d) }
        }
        s.pointee.add = { vm, a, b in
            guard vm.isDelta(a) && vm.isDelta(b) else { return .notImplemented }
            let x = vm.delta(a), y = vm.delta(b)
            return vm.guarded { () throws(Raised) in
                try vm.newDelta(Delta(x.days + y.days, x.seconds + y.seconds, x.microseconds + y.microseconds))
            }
        }
        s.pointee.subtract = { vm, a, b in
            guard vm.isDelta(a) && vm.isDelta(b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in try vm.newDelta(vm.delta(a) - vm.delta(b)) }
        }
        s.pointee.multiply = { vm, a, b in
            vm.guarded { () throws(Raised) in
                let (v, factor) = vm.isDelta(a) ? (a, b) : (b, a)
                guard vm.isDelta(v) else { return .notImplemented }
                if vm.isInt(factor) { return try vm.deltaFrom(microseconds: vm.binary(.multiply, vm.microseconds(v), factor)) }
                return vm.isFloat(factor) ? try vm.timesFloat(v, factor, divide: false) : .notImplemented
            }
        }
        s.pointee.trueDivide = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isDelta(a) else { return .notImplemented }
                if vm.isDelta(b) { return try vm.binary(.trueDivide, vm.microseconds(a), vm.microseconds(b)) }
                if vm.isFloat(b) { return try vm.timesFloat(a, b, divide: true) }
                guard vm.isInt(b) else { return .notImplemented }
                return try vm.deltaFrom(microseconds: vm.divideNearest(vm.microseconds(a), b))
            }
        }
        s.pointee.floorDivide = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isDelta(a) else { return .notImplemented }
                if vm.isDelta(b) { return try vm.binary(.floorDivide, vm.microseconds(a), vm.microseconds(b)) }
                guard vm.isInt(b) else { return .notImplemented }
                return try vm.deltaFrom(microseconds: vm.binary(.floorDivide, vm.microseconds(a), b))
            }
        }
        s.pointee.remainder = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isDelta(a) && vm.isDelta(b) else { return .notImplemented }
                return try vm.deltaFrom(microseconds: vm.binary(.remainder, vm.microseconds(a), vm.microseconds(b)))
            }
        }
        s.pointee.divmod = { vm, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isDelta(a) && vm.isDelta(b) else { return .notImplemented }
                let x = try vm.microseconds(a), y = try vm.microseconds(b)
                let quotient = try vm.binary(.floorDivide, x, y)
                return vm.tuple(quotient, try vm.deltaFrom(microseconds: vm.binary(.remainder, x, y)))
            }
        }
    }
}

extension Delta {
    /// `self` and so many microseconds.
    static func + (a: Delta, microseconds: Int) -> Delta {
        let (seconds, us) = floorDivide(microseconds, 1_000_000)
        let (days, s) = floorDivide(seconds, 86400)
        return Delta(a.days + days, a.seconds + s, a.microseconds + us).normalized
    }
}
