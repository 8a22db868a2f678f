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
