// `resource`. CPython: Modules/resource.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

final class ResourceState {
    let usage: PyType
    init(_ usage: PyType) { self.usage = usage }
}

extension VM {
    public func registerResource() {
        registerModule("resource") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.addConstants(m, taipan_table_resource)
            m.attribute("error", vm.exceptionType(.osError).value)
            m.attribute("struct_rusage", vm.resourceState().usage.value)
            vm.defineResource(m)
            return 0
        }
    }

    func resourceState() -> ResourceState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["resource"] as? ResourceState { return known }
        let type = makeStructSequence(
            "struct_rusage", module: "resource",
            doc: """
                struct_rusage: Result from getrusage.

                This object may be accessed either as a tuple of
                    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,
                    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)
                or via the attributes ru_utime, ru_stime, ru_maxrss, and so on.
                """,
            fields: [
                ("ru_utime", "user time used"), ("ru_stime", "system time used"), ("ru_maxrss", "max. resident set size"),
                ("ru_ixrss", "shared memory size"), ("ru_idrss", "unshared data size"), ("ru_isrss", "unshared stack size"),
                ("ru_minflt", "page faults not requiring I/O"), ("ru_majflt", "page faults requiring I/O"), ("ru_nswap", "number of swap outs"),
                ("ru_inblock", "block input operations"), ("ru_oublock", "block output operations"), ("ru_msgsnd", "IPC messages sent"),
                ("ru_msgrcv", "IPC messages received"), ("ru_nsignals", "signals received"), ("ru_nvcsw", "voluntary context switches"),
                ("ru_nivcsw", "involuntary context switches"),
            ])
        let made = ResourceState(type)
        services.table["resource"] = made
        return made
    }

    private func defineResource(_ m: ModuleBuilder) {
        m.def0("getpagesize($module, /)", "") { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(sysconf(Int32(_SC_PAGESIZE)))) }
        }
        m.def1("getrlimit($module, resource, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let resource = try vm.limitedResource(a)
                return try vm.resourceLimits(0, resource, .null)
            }
        }
        m.def2("setrlimit($module, resource, limits, /)", "") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let resource = try vm.limitedResource(a)
                _ = try vm.resourceLimits(0, resource, b)
                return .none
            }
        }
        m.def1("getrusage($module, who, /)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let who = try vm.cInt32(a)
                var usage = rusage()
                if taipan_getrusage(who, &usage) == -1 {
                    if errno == EINVAL { throw vm.raise(.valueError, "invalid who parameter") }
                    throw vm.osError(errno)
                }
                return try vm.resourceUsage(usage)
            }
        }
        m.defV("-prlimit(*args, **kwargs)", "prlimit(pid, resource, [limits])") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "resource.prlimit() takes no keyword arguments") }
                if count < 2 || count > 3 { throw vm.raise(.typeError, "resource.prlimit requires 2 to 3 arguments") }
                let pid = try vm.cInt32(a[0]), resource = try vm.limitedResource(a[1])
                return try vm.resourceLimits(pid, resource, count == 3 ? a[2] : .null)
            }
        }
    }

    func limitedResource(_ value: Value) throws(Raised) -> Int32 {
        let resource = try cInt32(value)
        if resource < 0 || resource >= 16 { throw raise(.valueError, "invalid resource specified") }
        return resource
    }

    private func limit(_ value: Value) throws(Raised) -> UInt64 { UInt64(bitPattern: Int64(try cLong(value))) }

    /// Sets (unless NULL) and returns the limits as they were.
    func resourceLimits(_ pid: Int32, _ resource: Int32, _ given: Value) throws(Raised) -> Value {
        var old: [UInt64] = [0, 0]
        var result: Int32
        if given.isNull {
            result = taipan_prlimit(pid, resource, nil, &old)
        } else {
            let pair = PyTuple(try tupleFrom(given))
            if pair.count != 2 { throw raise(.valueError, "expected a tuple of 2 integers") }
            let fresh = [try limit(pair[0]), try limit(pair[1])]
            result = taipan_prlimit(pid, resource, fresh, &old)
        }
        if result == -1 {
            if errno == EINVAL { throw raise(.valueError, given.isNull ? "invalid resource specified" : "current limit exceeds maximum limit") }
            if errno == EPERM && !given.isNull && pid == 0 { throw raise(.valueError, "not allowed to raise maximum limit") }
            throw osError(errno)
        }
        return tuple(int(Int(truncatingIfNeeded: old[0])), int(Int(truncatingIfNeeded: old[1])))
    }

    func resourceUsage(_ usage: rusage) throws(Raised) -> Value {
        let items = try pushStack(16)
        defer { popStack(items) }
        items[0] = Value(Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6)
        items[1] = Value(Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) * 1e-6)
        items[2] = int(usage.ru_maxrss)
        items[3] = int(usage.ru_ixrss)
        items[4] = int(usage.ru_idrss)
        items[5] = int(usage.ru_isrss)
        items[6] = int(usage.ru_minflt)
        items[7] = int(usage.ru_majflt)
        items[8] = int(usage.ru_nswap)
        items[9] = int(usage.ru_inblock)
        items[10] = int(usage.ru_oublock)
        items[11] = int(usage.ru_msgsnd)
        items[12] = int(usage.ru_msgrcv)
        items[13] = int(usage.ru_nsignals)
        items[14] = int(usage.ru_nvcsw)
        items[15] = int(usage.ru_nivcsw)
        return try newStructSequence(resourceState().usage, items, 16)
    }
}
