// `sys`: what the interpreter knows about itself. The parts about frames and tracing are in Functions/ExecutionBuiltins.swift;
// `sys.path`, `argv`, `flags` from the command line are set by the embedder. CPython: Python/sysmodule.c.
import PyPlatform

/// `sys.version`.
public let pythonVersion: StaticString = "3.10.13 (taipan, Nov 22 2026, 00:00:00) [Swift 6.3]"

extension VM {
    func record(_ type: PyType, _ values: [Value]) -> Value {
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
        defineSysRecords(m)
        defineSysConstants(m)
        defineSysFunctions(m)
        defineSysHooks(m)
    }

    private func defineSysConstants(_ m: ModuleBuilder) {
        m.attribute("version", str(pythonVersion))
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
        m.attribute("modules", state.pointee.modules)
        m.attribute("_framework", emptyStr)
        m.attribute("_git", tuple(intern("CPython"), emptyStr, emptyStr))
        m.attribute("stdlib_module_names", standardLibraryNames())
        m.attribute("path_importer_cache", newDict().value)
        do {
            for name in ["meta_path", "path_hooks"] as [StaticString] { m.attribute(name, try newList().value) }
            try configureSys(Configuration(), m.dict)
        } catch { clearRaised() }
    }

    /// `sys.stdlib_module_names`.
    private func standardLibraryNames() -> Value {
        do {
            let set = newSet(types.frozenset)
            let text = UnsafeBufferPointer(start: standardLibraryModules.utf8Start, count: standardLibraryModules.utf8CodeUnitCount)
            var start = 0
            for i in 0...text.count where i == text.count || text[i] == 32 || text[i] == 10 {
                if i > start { try set.add(self, intern(utf8: UnsafeBufferPointer(rebasing: text[start..<i]))) }
                start = i + 1
            }
            return set.value
        } catch {
            clearRaised()
            return .none
        }
    }

    private func defineSysRecords(_ m: ModuleBuilder) {
        m.attribute("__doc__", str("""
            This module provides access to some objects used or maintained by the
            interpreter and to functions that interact strongly with the interpreter.

            Dynamic objects:

            argv -- command line arguments; argv[0] is the script pathname if known
            path -- module search path; path[0] is the script directory, else ''
            modules -- dictionary of loaded modules

            displayhook -- called to show results in an interactive session
            excepthook -- called to handle any uncaught exception other than SystemExit
              To customize printing in an interactive session or to install a custom
              top-level exception handler, assign other functions to replace these.

            stdin -- standard input file object; used by input()
            stdout -- standard output file object; used by print()
            stderr -- standard error object; used for error messages
              By assigning other file objects (or objects that behave like files)
              to these, it is possible to redirect all of the interpreter's I/O.

            last_type -- type of last uncaught exception
            last_value -- value of last uncaught exception
            last_traceback -- traceback of last uncaught exception
              These three are only available in an interactive session after a
              traceback has been printed.

            Static objects:

            builtin_module_names -- tuple of module names built into this interpreter
            copyright -- copyright notice pertaining to this interpreter
            exec_prefix -- prefix used to find the machine-specific Python library
            executable -- absolute path of the executable binary of the Python interpreter
            float_info -- a named tuple with information about the float implementation.
            float_repr_style -- string indicating the style of repr() output for floats
            hash_info -- a named tuple with information about the hash algorithm.
            hexversion -- version information encoded as a single integer
            implementation -- Python implementation information.
            int_info -- a named tuple with information about the int implementation.
            maxsize -- the largest supported length of containers.
            maxunicode -- the value of the largest Unicode code point
            platform -- platform identifier
            prefix -- prefix used to find the Python library
            thread_info -- a named tuple with information about the thread implementation.
            version -- the version of this interpreter as a string
            version_info -- version information as a named tuple
            __stdin__ -- the original stdin; don't touch!
            __stdout__ -- the original stdout; don't touch!
            __stderr__ -- the original stderr; don't touch!
            __displayhook__ -- the original displayhook; don't touch!
            __excepthook__ -- the original excepthook; don't touch!

            Functions:

            displayhook() -- print an object to the screen, and save it in builtins._
            excepthook() -- print an exception and its traceback to sys.stderr
            exc_info() -- return thread-safe information about the current exception
            exit() -- exit the interpreter by raising SystemExit
            getdlopenflags() -- returns flags to be used for dlopen() calls
            getprofile() -- get the global profiling function
            getrefcount() -- return the reference count for an object (plus one :-)
            getrecursionlimit() -- return the max recursion depth for the interpreter
            getsizeof() -- return the size of an object in bytes
            gettrace() -- get the global debug tracing function
            setdlopenflags() -- set the flags to be used for dlopen() calls
            setprofile() -- set the global profiling function
            setrecursionlimit() -- set the max recursion depth for the interpreter
            settrace() -- set the global debug tracing function

            """ as StaticString))
        let final = intern("final")
        let version = makeStructSequence("version_info", module: "sys", doc: "sys.version_info\n\nVersion information as a named tuple.", fields: [("major", ""), ("minor", ""), ("micro", ""), ("releaselevel", ""), ("serial", "")], canBeMade: false)
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
        let hooks = newStructSequenceType("asyncgen_hooks", module: "builtins", doc: "asyncgen_hooks\n\nA named tuple providing information about asynchronous\ngenerators hooks.  The attributes are read only.", fields: ["firstiter", "finalizer"])
        state.pointee.asyncGenHooksType = hooks.value
        state.pointee.flagsType = makeStructSequence("flags", module: "sys", doc: "sys.flags\n\nFlags provided through command line arguments or environment vars.", fields: [("debug", "-d"), ("inspect", "-i"), ("interactive", "-i"), ("optimize", "-O or -OO"), ("dont_write_bytecode", "-B"), ("no_user_site", "-s"), ("no_site", "-S"), ("ignore_environment", "-E"), ("verbose", "-v"), ("bytes_warning", "-b"), ("quiet", "-q"), ("hash_randomization", "-R"), ("isolated", "-I"), ("dev_mode", "-X dev"), ("utf8_mode", "-X utf8"), ("warn_default_encoding", "-X warn_default_encoding"), ("int_max_str_digits", "-X int_max_str_digits")], canBeMade: false).value
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
}
