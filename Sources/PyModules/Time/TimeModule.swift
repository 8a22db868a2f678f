// `time`: minimal for start-up; see Time+*.swift. CPython: Modules/timemodule.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerTime() {
        registerModule("time") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.def0("-time()", "") { _, _ in Value(Double(Clock.realtime.now) * 1e-9) }
            m.def0("-monotonic()", "") { _, _ in Value(Double(Clock.monotonic.now) * 1e-9) }
            m.def0("-perf_counter()", "") { _, _ in Value(Double(Clock.monotonic.now) * 1e-9) }
            m.def0("-time_ns()", "") { vm, _ in vm.int(Int(Clock.realtime.now)) }
            m.def0("-monotonic_ns()", "") { vm, _ in vm.int(Int(Clock.monotonic.now)) }
            m.def0("-perf_counter_ns()", "") { vm, _ in vm.int(Int(Clock.monotonic.now)) }
            m.def0("-process_time()", "") { _, _ in Value(Double(Clock.process.now) * 1e-9) }
            return 0
        }
    }
}
