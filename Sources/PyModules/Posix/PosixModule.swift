// `posix`: the operating system for `os`. The rows are in Posix+*.swift. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

/// A bytes object as a C string.
func cString(_ bytes: Value) -> UnsafePointer<CChar> {
    UnsafeRawPointer(PyBytes(bytes).bytes).assumingMemoryBound(to: CChar.self)
}

extension VM {
    public func registerPosix() {
        registerModule("posix") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                let state = try vm.posixState()
                m.attribute("__doc__", vm.str("""
                    This module provides access to operating system functionality that is
                    standardized by the C Standard and the POSIX standard (a thinly
                    disguised Unix interface).  Refer to the library manual and
                    corresponding Unix manual entries for more information on calls.
                    """ as StaticString))
                vm.addConstants(m, taipan_table_posix)
                m.attribute("sysconf_names", vm.constantsDict(taipan_table_sysconf))
                m.attribute("pathconf_names", vm.constantsDict(taipan_table_pathconf))
                m.attribute("confstr_names", vm.constantsDict(taipan_table_confstr))
                m.attribute("error", vm.exceptionType(.osError).value)
                m.attribute("stat_result", state.statResult.value)
                m.attribute("statvfs_result", state.statvfsResult.value)
                m.attribute("terminal_size", state.terminalSize.value)
                m.attribute("times_result", state.timesResult.value)
                m.attribute("uname_result", state.unameResult.value)
                m.attribute("waitid_result", state.waitidResult.value)
                m.attribute("sched_param", state.schedParam.value)
                m.attribute("DirEntry", state.directoryEntry.value)
                m.attribute("environ", try vm.environment())
                m.attribute("_have_functions", try vm.availableFunctions())
                vm.definePosixFiles(m)
                vm.definePosixDescriptors(m)
                vm.definePosixProcess(m)
                vm.definePosixChildren(m)
            }
        }
    }

    /// The environment as bytes: the first of two entries of one name counts.
    private func environment() throws(Raised) -> Value {
        let dict = newDict()
        for entry in environmentEntries() {
            guard let equals = entry.firstIndex(of: 0x3D) else { continue }
            let name = try bytes(Array(entry[..<equals]))
            if try !dict.get(self, name).isNull { continue }
            try dict.set(self, name, bytes(Array(entry[(equals + 1)...])))
        }
        return dict.value
    }

    /// What `os.supports_dir_fd` and its kin are made from.
    private func availableFunctions() throws(Raised) -> Value {
        let list = try newList()
        for name in [
            "EVENTFD", "FACCESSAT", "FCHDIR", "FCHMOD", "FCHMODAT", "FCHOWN", "FCHOWNAT", "FEXECVE", "FDOPENDIR", "FPATHCONF", "FSTATAT", "FSTATVFS",
            "FTRUNCATE", "FUTIMENS", "FUTIMES", "FUTIMESAT", "LINKAT", "LCHOWN", "LSTAT", "LUTIMES", "MEMFD_CREATE", "MKDIRAT", "MKFIFOAT", "MKNODAT",
            "OPENAT", "READLINKAT", "RENAMEAT", "SYMLINKAT", "UNLINKAT", "UTIMENSAT",
        ] { try list.append(self, str("HAVE_" + name)) }
        return list.value
    }
}
