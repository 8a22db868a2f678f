// `sys`'s functions about the interpreter itself; those about code and frames are in Functions/ExecutionBuiltins.swift.
// CPython: Python/sysmodule.c.
import PyPlatform

extension VM {
    func defineSysFunctions(_ m: ModuleBuilder) {
        m.def1("intern($module, string, /)", "``Intern'' the given string.\n\nThis enters the string in the (global) table of interned strings whose\npurpose is to speed up dictionary lookups. Return the string itself or\nthe previously interned string object with the same value.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(v) { throw vm.raise(.typeError, "intern() argument must be str, not \(vm.argumentTypeName(v))") }
                if !vm.isExactStr(v) { throw vm.raise(.typeError, "can't intern \(vm.typeName(v))") }
                return vm.internValue(v)
            }
        }
        m.def0("getrecursionlimit($module, /)", "Return the current value of the recursion limit.\n\nThe recursion limit is the maximum depth of the Python interpreter\nstack.  This limit prevents infinite recursion from causing an overflow\nof the C stack and crashing Python.") { vm, _ in vm.int(vm.state.pointee.recursionLimit) }
        m.def1("setrecursionlimit($module, limit, /)", "Set the maximum depth of the Python interpreter stack to n.\n\nThis limit prevents infinite recursion from causing an overflow of the C\nstack and crashing Python.  The highest possible limit is platform-\ndependent.") { vm, _, limit in
            vm.guarded { () throws(Raised) in
                let n = try vm.indexInt(limit)
                if n < 1 { throw vm.raise(.valueError, "recursion limit must be greater or equal than 1") }
                if vm.thread.pointee.recursionDepth >= n {
                    throw vm.raise(.recursionError, "cannot set the recursion limit to \(n) at the recursion depth \(vm.thread.pointee.recursionDepth): the limit is too low")
                }
                vm.state.pointee.recursionLimit = n
                var thread = vm.state.pointee.threads
                while let t = thread {
                    t.pointee.recursionLimit = n
                    thread = t.pointee.next
                }
                return .none
            }
        }
        m.defN("-getsizeof(object, default=None)", "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                do {
                    let size = try vm.callSpecial(a[0], vm.intern("__sizeof__"))
                    if size.isNull { throw vm.raise(.typeError, "Type \(vm.typeName(a[0])) doesn't define __sizeof__") }
                    guard vm.isInt(size) else { throw vm.raise(.typeError, "'\(vm.typeName(size))' object cannot be interpreted as an integer") }
                    if try vm.indexInt(size) < 0 { throw vm.raise(.valueError, "__sizeof__() should return >= 0") }
                    return size
                } catch {
                    if !a[1].isNull && vm.raisedMatches(.typeError) {
                        vm.clearRaised()
                        return a[1]
                    }
                    throw Raised()
                }
            }
        }
        m.def1("getrefcount($module, object, /)", "Return the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount().") { vm, _, v in vm.int(vm.countReferences(v)) }
        m.def0("getdefaultencoding($module, /)", "Return the current default encoding used by the Unicode implementation.") { vm, _ in vm.names.utf8 }
        m.def0("getfilesystemencoding($module, /)", "Return the encoding used to convert Unicode filenames to OS filenames.") { vm, _ in vm.fileSystemEncoding }
        m.def0("getfilesystemencodeerrors($module, /)", "Return the error mode used Unicode to OS filename conversion.") { vm, _ in vm.names.surrogateescape }
        m.defN("exit($module, status=None, /)", "Exit the interpreter by raising SystemExit(status).\n\nIf the status is omitted or None, it defaults to zero (i.e., success).\nIf the status is an integer, it will be used as the system exit status.\nIf it is another kind of object, it will be printed and the system\nexit status will be one (i.e., failure).") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if a[0].isNull { throw vm.raise(.systemExit) }
                if vm.isTuple(a[0]) { throw vm.raise(.systemExit, args: a[0]) }
                throw vm.raise(.systemExit, value: a[0])
            }
        }
        m.def0("is_finalizing($module, /)", "Return True if Python is exiting.") { vm, _ in Value(vm.state.pointee.isFinalizing) }
        m.def0("getswitchinterval($module, /)", "Return the current thread switch interval; see sys.setswitchinterval().") { vm, _ in Value(Double(vm.switchInterval) / 1e9) }
        m.def1("setswitchinterval($module, interval, /)", "Set the ideal thread switching delay inside the Python interpreter.\n\nThe actual frequency of switching threads can be lower if the\ninterpreter executes long sequences of uninterruptible code\n(this is implementation-specific and workload-dependent).\n\nThe parameter must represent the desired switching delay in seconds\nA typical value is 0.005 (5 milliseconds).") { vm, _, interval in
            vm.guarded { () throws(Raised) in
                guard vm.isFloat(interval) || vm.isInt(interval) else { throw vm.raise(.typeError, "must be real number, not \(vm.typeName(interval))") }
                let nanoseconds = try vm.timeoutNanoseconds(interval)
                if nanoseconds <= 0 { throw vm.raise(.valueError, "switch interval must be strictly positive") }
                vm.switchInterval = nanoseconds
                return .none
            }
        }
        m.def0("getallocatedblocks($module, /)", "Return the number of memory blocks currently allocated.") { vm, _ in vm.int(vm.heap.pointee.bytesInUse / 64) }
        m.def0("get_int_max_str_digits($module, /)", "Return the maximum string digits limit for non-binary int<->str conversions.") { vm, _ in
            vm.int(vm.intMaxStrDigits)
        }
        m.defN("set_int_max_str_digits($module, /, maxdigits)", "Set the maximum string digits limit for non-binary int<->str conversions.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isInt(a[0]) else { throw vm.raise(.typeError, "'\(vm.typeName(a[0]))' object cannot be interpreted as an integer") }
                let n = try vm.indexInt(a[0])
                if n != 0 && n < 640 { throw vm.raise(.valueError, "maxdigits must be 0 or larger than 640") }
                vm.intMaxStrDigits = n
                return .none
            }
        }
        m.def0("getdlopenflags($module, /)", "Return the current value of the flags that are used for dlopen calls.\n\nThe flag constants are defined in the os module.") { vm, _ in vm.int(vm.configuration.dlopenFlags) }
        m.def1("setdlopenflags($module, flags, /)", "Set the flags used by the interpreter for dlopen calls.\n\nThis is used, for example, when the interpreter loads extension\nmodules. Among other things, this will enable a lazy resolving of\nsymbols when importing a module, if called as sys.setdlopenflags(0).\nTo share symbols across extension modules, call as\nsys.setdlopenflags(os.RTLD_GLOBAL).  Symbolic names for the flag\nmodules can be found in the os module (RTLD_xxx constants, e.g.\nos.RTLD_LAZY).") { vm, _, flags in
            vm.guarded { () throws(Raised) in
                vm.configuration.dlopenFlags = try vm.indexInt(flags)
                return .none
            }
        }
        m.def0("_deactivate_opcache($module, /)", "Deactivate the opcode cache permanently") { _, _ in .none }
        m.def0("_debugmallocstats($module, /)", "Print summary info to stderr about the state of pymalloc's structures.\n\nIn Py_DEBUG mode, also perform some expensive internal consistency\nchecks.") { vm, _ in
            vm.writeToStandardError("Taipan heap: \(vm.heap.pointee.bytesInUse) bytes in use, \(vm.heap.pointee.collections) collections\n")
            return .none
        }
        m.def0("_clear_type_cache($module, /)", "Clear the internal type lookup cache.") { vm, _ in
            vm.state.pointee.methodCache.clear()
            return .none
        }
    }
}
