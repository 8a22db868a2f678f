// `sys`: what the interpreter knows about itself. The parts about frames and tracing are in Functions/ExecutionBuiltins.swift;
// `sys.path`, `argv`, `flags` from the command line are set by the embedder. CPython: Python/sysmodule.c.
import PyPlatform

extension VM {
    private func record(_ type: PyType, _ values: [Value]) -> Value {
        var values = values
        let result: Value? = values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            return try? newStructSequence(type, base, buffer.count)
        }
        return result ?? .none
    }

    func defineSys(_ m: ModuleBuilder) {
        heap.pointee.holdCount += 1
        defer { heap.pointee.holdCount -= 1 }
        defineSysConstants(m)
        defineSysRecords(m)
        defineSysFunctions(m)
    }

    private func defineSysConstants(_ m: ModuleBuilder) {
        m.attribute("version", str("3.10.13 (taipan) [Swift]"))
        m.attribute("hexversion", int(0x030A_0DF0))
        m.attribute("copyright", str("Copyright (c) 2001-2023 Python Software Foundation.\nAll Rights Reserved.\n\nCopyright (c) 2000 BeOpen.com.\nAll Rights Reserved.\n\nCopyright (c) 1995-2001 Corporation for National Research Initiatives.\nAll Rights Reserved.\n\nCopyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.\nAll Rights Reserved."))
        m.attribute("api_version", int(1013))
        m.attribute("maxsize", int(.max))
        m.attribute("maxunicode", int(0x10FFFF))
        m.attribute("byteorder", intern("little"))
        m.attribute("platform", intern(platformName))
        m.attribute("platlibdir", intern("lib"))
        m.attribute("float_repr_style", intern("short"))
        m.attribute("abiflags", emptyStr)
        m.attribute("dont_write_bytecode", .false)
        m.attribute("pycache_prefix", .none)
        m.attribute("modules", state.pointee.modules)
        m.attribute("executable", emptyStr)
        m.attribute("_base_executable", emptyStr)
        m.attribute("_framework", emptyStr)
        m.attribute("_git", tuple(intern("CPython"), emptyStr, emptyStr))
        m.attribute("_home", .none)
        for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] as [StaticString] { m.attribute(name, str("/usr/local")) }
        do {
            for name in ["path", "argv", "orig_argv", "meta_path", "path_hooks", "warnoptions"] as [StaticString] { m.attribute(name, try newList().value) }
        } catch { clearRaised() }
        m.attribute("path_importer_cache", newDict().value)
        m.attribute("_xoptions", newDict().value)
    }

    private func defineSysRecords(_ m: ModuleBuilder) {
        let final = intern("final")
        let version = newStructSequenceType("version_info", module: "sys", doc: "sys.version_info\n\nVersion information as a named tuple.", fields: ["major", "minor", "micro", "releaselevel", "serial"])
        let versionValue = record(version, [int(3), int(10), int(13), final, int(0)])
        m.attribute("version_info", versionValue)
        let hash = newStructSequenceType("hash_info", module: "sys", doc: "hash_info\n\nA named tuple providing parameters used for computing hashes.", fields: ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"])
        m.attribute("hash_info", record(hash, [int(64), int((1 << 61) - 1), int(314159), int(0), int(1_000_003), intern("siphash24"), int(64), int(128), int(0)]))
        let float = newStructSequenceType("float_info", module: "sys", doc: "sys.float_info\n\nA named tuple holding information about the float type.", fields: ["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"])
        m.attribute("float_info", record(float, [
            Value(Double.greatestFiniteMagnitude), int(1024), int(308), Value(Double.leastNormalMagnitude), int(-1021), int(-307), int(15), int(53),
            Value(Double.ulpOfOne), int(2), int(1),
        ]))
        let intInfo = newStructSequenceType("int_info", module: "sys", doc: "sys.int_info\n\nA named tuple that holds information about Python's\ninternal representation of integers.  The attributes are read only.", fields: ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"])
        m.attribute("int_info", record(intInfo, [int(30), int(4), int(4300), int(640)]))
        let thread = newStructSequenceType("thread_info", module: "sys", doc: "sys.thread_info\n\nA named tuple holding information about the thread implementation.", fields: ["name", "lock", "version"])
        m.attribute("thread_info", record(thread, [intern("pthread"), intern("semaphore"), .none]))
        let flags = newStructSequenceType("flags", module: "sys", doc: "sys.flags\n\nFlags provided through command line arguments or environment vars.", fields: ["debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "int_max_str_digits"])
        var values = [Value](repeating: int(0), count: 17)
        values[11] = int(1)
        values[13] = .false
        values[16] = int(4300)
        m.attribute("flags", record(flags, values))
        let implementation = newInstance(types.simpleNamespace)
        do {
            let ns = types.simpleNamespace
            try setInstanceAttribute(implementation, ns, intern("name"), intern("taipan"))
            try setInstanceAttribute(implementation, ns, intern("cache_tag"), intern("cpython-310"))
            try setInstanceAttribute(implementation, ns, intern("version"), versionValue)
            try setInstanceAttribute(implementation, ns, intern("hexversion"), int(0x030A_0DF0))
            try setInstanceAttribute(implementation, ns, intern("_multiarch"), intern("x86_64-linux-gnu"))
        } catch { clearRaised() }
        m.attribute("implementation", implementation)
    }

    private func defineSysFunctions(_ m: ModuleBuilder) {
        m.def1("intern(string, /)", "``Intern'' the given string.\n\nThis enters the string in the (global) table of interned strings whose\npurpose is to speed up dictionary lookups. Return the string itself or\nthe previously interned string object with the same value.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(v) { throw vm.raise(.typeError, "intern() argument must be str, not \(vm.typeName(v))") }
                if !vm.isExactStr(v) { throw vm.raise(.typeError, "can't intern \(vm.typeName(v))") }
                return vm.internValue(v)
            }
        }
        m.def0("getrecursionlimit()", "Return the current value of the recursion limit.\n\nThe recursion limit is the maximum depth of the Python interpreter\nstack.  This limit prevents infinite recursion from causing an overflow\nof the C stack and crashing Python.") { vm, _ in vm.int(vm.state.pointee.recursionLimit) }
        m.def1("setrecursionlimit(limit, /)", "Set the maximum depth of the Python interpreter stack to n.\n\nThis limit prevents infinite recursion from causing an overflow of the C\nstack and crashing Python.  The highest possible limit is platform-\ndependent.") { vm, _, limit in
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
        m.defV("-getsizeof(...)", "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.") { vm, _, a, count, _ in
            vm.guarded { () throws(Raised) in
                if count < 1 { throw vm.raise(.typeError, "getsizeof() missing required argument 'object' (pos 1)") }
                do {
                    let size = try vm.callSpecial(a[0], vm.intern("__sizeof__"))
                    if size.isNull { throw vm.raise(.typeError, "Type \(vm.typeName(a[0])) doesn't define __sizeof__") }
                    return size
                } catch {
                    if count > 1 && vm.raisedMatches(.typeError) {
                        vm.clearRaised()
                        return a[1]
                    }
                    throw Raised()
                }
            }
        }
        m.def1("getrefcount(object, /)", "Return the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount().") { _, _, _ in Value(small: 2) }
        m.def0("getdefaultencoding()", "Return the current default encoding used by the Unicode implementation.") { vm, _ in vm.names.utf8 }
        m.def0("getfilesystemencoding()", "Return the encoding used to convert Unicode filenames to OS filenames.") { vm, _ in vm.names.utf8 }
        m.def0("getfilesystemencodeerrors()", "Return the error mode used Unicode to OS filename conversion.") { vm, _ in vm.names.surrogateescape }
        m.defN("exit(status=None, /)", "Exit the interpreter by raising SystemExit(status).\n\nIf the status is omitted or None, it defaults to zero (i.e., success).\nIf the status is an integer, it will be used as the system exit status.\nIf it is another kind of object, it will be printed and the system\nexit status will be one (i.e., failure).") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if a[0].isNull { throw vm.raise(.systemExit) }
                throw vm.raise(.systemExit, value: a[0])
            }
        }
        m.def0("is_finalizing()", "Return True if Python is exiting.") { vm, _ in Value(vm.state.pointee.isFinalizing) }
        m.def0("getswitchinterval()", "Return the current thread switch interval; see sys.setswitchinterval().") { _, _ in Value(0.005) }
        m.def1("setswitchinterval(interval, /)", "Set the ideal thread switching delay inside the Python interpreter.\n\nThe actual frequency of switching threads can be lower if the\ninterpreter executes long sequences of uninterruptible code\n(this is implementation-specific and workload-dependent).\n\nThe parameter must represent the desired switching delay in seconds\nA typical value is 0.005 (5 milliseconds).") { _, _, _ in .none }
        m.def0("getallocatedblocks()", "Return the number of memory blocks currently allocated.") { vm, _ in vm.int(vm.heap.pointee.bytesInUse / 64) }
        m.def0("get_int_max_str_digits()", "Return the maximum string digits limit for non-binary int<->str conversions.") { vm, _ in
            vm.int(vm.intMaxStrDigits)
        }
        m.defN("set_int_max_str_digits(maxdigits)", "Set the maximum string digits limit for non-binary int<->str conversions.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let n = try vm.indexInt(a[0])
                if n != 0 && n < 640 { throw vm.raise(.valueError, "maxdigits must be 0 or larger than 640") }
                vm.intMaxStrDigits = n
                return .none
            }
        }
        m.defV("-audit(...)", "audit(event, *args)\n\nPasses the event to any audit hooks that are attached.") { _, _, _, _, _ in .none }
        m.defN("addaudithook(hook)", "Adds a new audit hook callback.") { _, _, _ in .none }
        m.def0("_clear_type_cache()", "Clear the internal type lookup cache.") { vm, _ in
            vm.state.pointee.methodCache.clear()
            return .none
        }
        defineSysHooks(m)
    }

    private func defineSysHooks(_ m: ModuleBuilder) {
        m.def1("unraisablehook(unraisable, /)", "Handle an unraisable exception.\n\nThe unraisable argument has the following attributes:\n\n* exc_type: Exception type.\n* exc_value: Exception value, can be None.\n* exc_traceback: Exception traceback, can be None.\n* err_msg: Error message, can be None.\n* object: Object causing the exception, can be None.") { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                let exception = try vm.getAttr(arguments, vm.names.exc_value)
                let message = try vm.getAttr(arguments, "err_msg")
                let object = try vm.getAttr(arguments, vm.names.object)
                let stderr = vm.sysAttribute(vm.names.stderr)
                if stderr.isNull || stderr.isNone { return .none }
                var head = ""
                if !object.isNone {
                    let shown = (try? vm.reprText(object)) ?? "<object repr() failed>"
                    vm.clearRaised()
                    head = message.isNone ? "Exception ignored in: \(shown)\n" : "\(try PyStr(vm.str(of: message)).string): \(shown)\n"
                } else if !message.isNone {
                    head = "\(try PyStr(vm.str(of: message)).string):\n"
                }
                if !head.isEmpty { _ = try vm.callMethod(stderr, vm.names.write, vm.str(head)) }
                if vm.isException(exception) { _ = try vm.callMethod(stderr, vm.names.write, vm.str(utf8: vm.exceptionText(exception))) }
                return .none
            }
        }
        let hook = m.dict.getStr(self, intern("unraisablehook"))
        m.attribute("__unraisablehook__", hook)
        m.def3("excepthook(exctype, value, traceback, /)", "Handle an exception by displaying it with a traceback on sys.stderr.") { vm, _, _, value, _ in
            vm.guarded { () throws(Raised) in
                let stderr = vm.sysAttribute(vm.names.stderr)
                if stderr.isNull || stderr.isNone || !vm.isException(value) { return .none }
                _ = try vm.callMethod(stderr, vm.names.write, vm.str(utf8: vm.exceptionText(value)))
                return .none
            }
        }
        m.attribute("__excepthook__", m.dict.getStr(self, intern("excepthook")))
        m.def1("displayhook(object, /)", "Print an object to sys.stdout and also save it in builtins._") { vm, _, v in
            vm.guarded { () throws(Raised) in
                if v.isNone { return .none }
                let builtins = PyDict(vm.state.pointee.builtinsDict)
                try builtins.set(vm, vm.names.underscore, .none)
                let stdout = vm.sysAttribute(vm.names.stdout)
                if stdout.isNull || stdout.isNone { throw vm.raise(.runtimeError, "lost sys.stdout") }
                _ = try vm.callMethod(stdout, vm.names.write, vm.repr(v))
                _ = try vm.callMethod(stdout, vm.names.write, vm.latin1(10))
                try builtins.set(vm, vm.names.underscore, v)
                return .none
            }
        }
        m.attribute("__displayhook__", m.dict.getStr(self, intern("displayhook")))
        m.defV("-breakpointhook(...)", "breakpointhook(*args, **kws)\n\nThis hook function is called by built-in breakpoint().\n") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let pdb = try vm.importModule("pdb")
                return try vm.call(vm.getAttr(pdb, "set_trace"), a, count, keywords: keywords)
            }
        }
        m.attribute("__breakpointhook__", m.dict.getStr(self, intern("breakpointhook")))
    }
}
