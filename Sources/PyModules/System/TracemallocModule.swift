// `_tracemalloc`: where what lives was allocated. The tables are the heap's (PyRuntime, Memory/AllocationTraces.swift).
// CPython: Modules/_tracemalloc.c.
import PyRuntime

extension VM {
    public func registerTracemalloc() {
        registerModule("_tracemalloc") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Debug module to trace memory blocks allocated by Python." as StaticString))
            vm.defineTraces(m)
            vm.defineTracing(m)
            return 0
        }
    }

    private func defineTraces(_ m: ModuleBuilder) {
        m.def1("_get_object_traceback($module, obj, /)", "Get the traceback where the Python object obj was allocated.\n\nReturn a tuple of (filename: str, lineno: int) tuples.\nReturn None if the tracemalloc module is disabled or did not\ntrace the allocation of the object.") { vm, _, object in
            vm.guarded { () throws(Raised) in try vm.tracedAllocation(of: object) }
        }
        m.def0("_get_traces($module, /)", "Get traces of all memory blocks allocated by Python.\n\nReturn a list of (size: int, traceback: tuple) tuples.\ntraceback is a tuple of (filename: str, lineno: int) tuples.\n\nReturn an empty list if the tracemalloc module is disabled.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.allocationTraces() }
        }
        m.def0("clear_traces($module, /)", "Clear traces of memory blocks allocated by Python.") { vm, _ in
            vm.clearAllocationTraces()
            return .none
        }
        m.def0("get_traceback_limit($module, /)", "Get the maximum number of frames stored in the traceback of a trace.\n\nBy default, a trace of an allocated memory block only stores\nthe most recent frame: the limit is 1.") { vm, _ in vm.int(vm.tracedFrameLimit) }
        m.def0("get_traced_memory($module, /)", "Get the current size and peak size of memory blocks traced by tracemalloc.\n\nReturns a tuple: (current: int, peak: int).") { vm, _ in
            let memory = vm.tracedMemory()
            return vm.tuple(vm.int(memory.current), vm.int(memory.peak))
        }
        m.def0("get_tracemalloc_memory($module, /)", "Get the memory usage in bytes of the tracemalloc module.\n\nThis memory is used internally to trace memory allocations.") { vm, _ in vm.int(vm.tracedMemory().own) }
    }

    private func defineTracing(_ m: ModuleBuilder) {
        m.def0("is_tracing($module, /)", "Return True if the tracemalloc module is tracing Python memory allocations.") { vm, _ in Value(vm.isTracingAllocations) }
        m.def0("reset_peak($module, /)", "Set the peak size of memory blocks traced by tracemalloc to the current size.\n\nDo nothing if the tracemalloc module is not tracing memory allocations.") { vm, _ in
            vm.resetTracedPeak()
            return .none
        }
        m.defN("start($module, nframe=1, /)", "Start tracing Python memory allocations.\n\nAlso set the maximum number of frames stored in the traceback of a\ntrace to nframe.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let frames = a[0].isNull ? 1 : try vm.cInt32(a[0])
                if frames < 1 || frames > 65535 { throw vm.raise(.valueError, "the number of frames must be in range [1; 65535]") }
                vm.startTracingAllocations(frames: Int(frames))
                return .none
            }
        }
        m.def0("stop($module, /)", "Stop tracing Python memory allocations.\n\nAlso clear traces of memory blocks allocated by Python.") { vm, _ in
            vm.stopTracingAllocations()
            return .none
        }
    }
}
