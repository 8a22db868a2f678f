// `_lsprof`: the profiler behind cProfile. It is told of calls natively, so that no frame object is made for them.
// CPython: Modules/_lsprof.c.
import PyPlatform
import PyRuntime

struct ProfilerLayout {
    var type: PyType
    /// NULL: the clock.
    var timer: Value
    /// A list of what the functions are, by index: code objects, descriptions of native ones.
    var functions: Value
    // Not a value:
    var data: UnsafeMutableRawPointer?
    static var size: Int { 32 }
}

/// The module's types, which are immortal.
private final class ProfilerTypes {
    let entry: PyType
    let subentry: PyType
    init(_ entry: PyType, _ subentry: PyType) { (self.entry, self.subentry) = (entry, subentry) }
}

extension VM {
    public func registerProfiler() {
        registerModule("_lsprof") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Fast profiler"))
            let entry = vm.makeStructSequence(
                "profiler_entry", module: "_lsprof", doc: "",
                fields: [
                    ("code", "code object or built-in function name"), ("callcount", "how many times this was called"),
                    ("reccallcount", "how many times called recursively"), ("totaltime", "total time in this entry"),
                    ("inlinetime", "inline time in this entry (not in subcalls)"), ("calls", "details of the calls"),
                ])
            let subentry = vm.makeStructSequence(
                "profiler_subentry", module: "_lsprof", doc: "",
                fields: [
                    ("code", "called code object or built-in function name"), ("callcount", "how many times this is called"),
                    ("reccallcount", "how many times this is called recursively"), ("totaltime", "total time spent in this call"),
                    ("inlinetime", "inline time (not in further subcalls)"),
                ])
            entry.ref.pointee.doc = .none
            subentry.ref.pointee.doc = .none
            vm.state.pointee.services.takeUnretainedValue().table["_lsprof"] = ProfilerTypes(entry, subentry)
            m.attribute("profiler_entry", entry.value)
            m.attribute("profiler_subentry", subentry.value)
            m.attribute("Profiler", vm.makeProfilerType())
            return 0
        }
    }

    private func makeProfilerType() -> Value {
        let t = makeType("Profiler", module: "_lsprof", size: ProfilerLayout.size, trace: .words, fieldsEnd: 24, flags: .baseType)
        t.doc("Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)\n\n    Builds a profiler object using the specified timer function.\n    The default timer is a fast built-in one based on real time.\n    For custom timer functions returning integers, timeunit can\n    be a float specifying a scale (i.e. how long each integer unit\n    is, in seconds).\n")
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(ProfilerLayout.self)
            if let data = layout.pointee.data { Unmanaged<ProfileData>.fromOpaque(data).release() }
            layout.pointee.data = nil
        }
        t.initialize("-(timer=None, timeunit=None, subcalls=True, builtins=True)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let unit = a[1].isNull || a[1].isNone ? 0 : try vm.realDouble(a[1])
                let data = try vm.profileData(v)
                v.cast(ProfilerLayout.self).pointee.timer = a[0].isNone ? .null : a[0]
                data.unit = unit
                data.countsCalled = a[2].isNull ? true : try vm.isTrue(a[2])
                data.countsNative = a[3].isNull ? true : try vm.isTrue(a[3])
                return .none
            }
        }
        defineProfiler(t)
        readyType(t.type)
        return t.type.value
    }

    private func defineProfiler(_ t: TypeBuilder) {
        t.def0("getstats($self, /)", "list of profiler_entry objects.\n\ngetstats() -> list of profiler_entry objects\n\nReturn all information collected by the profiler.\nEach profiler_entry is a tuple-like object with the\nfollowing attributes:\n\n    code          code object\n    callcount     how many times this was called\n    reccallcount  how many times called recursively\n    totaltime     total time in this entry\n    inlinetime    inline time in this entry (not in subcalls)\n    calls         details of the calls\n\nThe calls attribute is either None or a list of\nprofiler_subentry objects:\n\n    code          called code object\n    callcount     how many times this is called\n    reccallcount  how many times this is called recursively\n    totaltime     total time spent in this call\n    inlinetime    inline time (not in further subcalls)") { vm, v in
            vm.guarded { () throws(Raised) in try vm.profilerStatistics(v) }
        }
        t.defN("-enable(subcalls=True, builtins=True)", "enable(subcalls=True, builtins=True)\n\nStart collecting profiling information.\nIf 'subcalls' is True, also records for each function\nstatistics separated according to its current caller.\nIf 'builtins' is True, records the time spent in\nbuilt-in functions separately from their caller.\n") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let data = try vm.profileData(v)
                if !a[0].isNull { data.countsCalled = try vm.indexInt(a[0]) != 0 }
                if !a[1].isNull { data.countsNative = try vm.indexInt(a[1]) != 0 }
                try vm.audit("sys.setprofile", vm.emptyTuple)
                data.isEnabled = true
                vm.setProfile(v, hook: profilerHook)
                return .none
            }
        }
        t.def0("-disable()", "disable()\n\nStop collecting profiling information.\n") { vm, v in
            vm.guarded { () throws(Raised) in
                let data = try vm.profileData(v)
                try vm.audit("sys.setprofile", vm.emptyTuple)
                vm.setProfile(.none)
                data.leaveAll { vm.profilerTime(v, data) }
                data.isEnabled = false
                return .none
            }
        }
        t.def0("-clear()", "clear()\n\nClear all profiling information collected so far.\n") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.profileData(v).clear()
                v.cast(ProfilerLayout.self).pointee.functions = .null
                return .none
            }
        }
    }

    // MARK: State

    /// The counts of a profiler, made when they are first needed.
    private func profileData(_ v: Value) throws(Raised) -> ProfileData {
        let layout = v.cast(ProfilerLayout.self)
        if let known = layout.pointee.data { return Unmanaged<ProfileData>.fromOpaque(known).takeUnretainedValue() }
        let data = ProfileData()
        layout.pointee.data = Unmanaged.passRetained(data).toOpaque()
        registerFinalizable(v)
        return data
    }

    /// The timer's answer in its units: nanoseconds where it has none of its own. What it raises is reported, the time is 0 then.
    fileprivate func profilerTime(_ v: Value, _ data: ProfileData) -> Int64 {
        let timer = v.cast(ProfilerLayout.self).pointee.timer
        if timer.isNull { return Clock.monotonic.now }
        do throws(Raised) {
            let answer = try untraced { () throws(Raised) in try call(timer) }
            if data.unit > 0 { return Int64(try indexInt(answer)) }
            let nanoseconds = try realDouble(answer) * 1e9
            return nanoseconds.magnitude < 9e18 ? Int64(nanoseconds.rounded(.down)) : 0
        } catch {
            // The hook that reports it may be Python's, and is not to be profiled.
            _ = try? untraced { () throws(Raised) in
                writeUnraisable(timer)
                return .none
            }
            return 0
        }
    }

    // MARK: Events

    /// - Parameters: what: a code object, or a native function that is called; ended: it returned or raised.
    fileprivate func profilerEvent(_ v: Value, _ what: Value, ended: Bool) {
        guard let raw = v.cast(ProfilerLayout.self).pointee.data else { return }
        let data = Unmanaged<ProfileData>.fromOpaque(raw).takeUnretainedValue()
        let isNative = !what.isExactly(types.code)
        if isNative && !data.countsNative { return }
        let key = isNative ? UInt(bitPattern: what.cast(NativeFunctionLayout.self).pointee.definition) : UInt(what.bits)
        if ended { return data.leave(data.knownIndex(of: key), at: profilerTime(v, data)) }
        let (index, isNew) = data.index(of: key)
        if isNew {
            do throws(Raised) {
                let layout = v.cast(ProfilerLayout.self)
                if layout.pointee.functions.isNull { layout.pointee.functions = try newList().value }
                try PyList(layout.pointee.functions).append(self, isNative ? describeNative(what) : what)
            } catch { clearRaised() }
        }
        data.enter(index, at: profilerTime(v, data))
    }

    /// "<built-in method builtins.len>", "<method 'append' of 'list' objects>".
    private func describeNative(_ function: Value) throws(Raised) -> Value {
        let receiver = function.cast(NativeFunctionLayout.self).pointee.receiver
        let name = function.cast(NativeFunctionLayout.self).pointee.definition.pointee.name
        if receiver.isNull || receiver.isExactly(types.module) {
            let module = try getAttrIfPresent(function, names.__module__)
            return isStr(module) ? str("<built-in method \(text(module)).\(text(name))>") : str("<built-in method \(text(name))>")
        }
        let descriptor = lookup(type(of: receiver), name)
        return descriptor.isNull ? str("<built-in method \(text(name))>") : try repr(descriptor)
    }

    // MARK: Statistics

    private func profilerStatistics(_ v: Value) throws(Raised) -> Value {
        let data = try profileData(v)
        let list = try newList()
        guard let made = state.pointee.services.takeUnretainedValue().table["_lsprof"] as? ProfilerTypes else { return list.value }
        let unit = data.unit > 0 && !v.cast(ProfilerLayout.self).pointee.timer.isNull ? data.unit : 1e-9
        for (i, function) in data.functions.enumerated() where function.count.calls > 0 {
            var calls = Value.none
            let called = function.called.filter { $0.count.calls > 0 }
            if !called.isEmpty {
                let rows = try newList(capacity: called.count)
                for row in called { try rows.append(self, statistics(v, row.index, row.count, unit, made.subentry, .null)) }
                calls = rows.value
            }
            try list.append(self, statistics(v, i, function.count, unit, made.entry, calls))
        }
        return list.value
    }

    /// - Parameter calls: NULL for what has no such field.
    private func statistics(
        _ v: Value, _ index: Int, _ count: CallCount, _ unit: Double, _ type: PyType, _ calls: Value
    ) throws(Raised) -> Value {
        let fields = try newTuple(6)
        let functions = v.cast(ProfilerLayout.self).pointee.functions
        fields[0] = isList(functions) && index < PyList(functions).count ? PyList(functions)[index] : .none
        fields[1] = int(count.calls)
        fields[2] = int(count.recursive)
        fields[3] = Value(foreign: Double(count.total) * unit)
        fields[4] = Value(foreign: Double(count.inline) * unit)
        fields[5] = calls
        return try newStructSequence(type, fields.items, calls.isNull ? 5 : 6)
    }
}

private let profilerHook: ProfileHook = { vm, profiler, what, ended in vm.profilerEvent(profiler, what, ended: ended != 0) }
