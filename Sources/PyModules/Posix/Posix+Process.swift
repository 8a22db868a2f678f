// `posix`: this process, its environment, wait statuses. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    func definePosixProcess(_ m: ModuleBuilder) {
        m.def0("getpid($module, /)", "Return the current process id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(getpid())) }
        }
        m.def0("getppid($module, /)", """
            Return the parent's process id.

            If the parent process has already exited, Windows machines will still
            return its id; others systems will return the id of the 'init' process (1).
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(getppid())) }
        }
        m.def0("getuid($module, /)", "Return the current process's user id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.ownerValue(getuid()) }
        }
        m.def0("geteuid($module, /)", "Return the current process's effective user id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.ownerValue(geteuid()) }
        }
        m.def0("getgid($module, /)", "Return the current process's group id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.ownerValue(getgid()) }
        }
        m.def0("getegid($module, /)", "Return the current process's effective group id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.ownerValue(getegid()) }
        }
        m.def0("cpu_count($module, /)", """
            Return the number of CPUs in the system; return None if indeterminable.

            This number is not equivalent to the number of CPUs the current process can
            use.  The number of usable CPUs can be obtained with
            ``len(os.sched_getaffinity(0))``
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(processorCount()) }
        }
        m.def1("urandom($module, size, /)", "Return a bytes object containing random bytes suitable for cryptographic use.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let size = try vm.cSize(a)
                if size < 0 { throw vm.raise(.valueError, "negative argument not allowed") }
                try vm.checkAllocation(size)
                return try vm.bytes(randomBytes(size))
            }
        }
        m.def2("putenv($module, name, value, /)", "Change or add an environment variable.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let name = try vm.fsConverter(a), value = try vm.fsConverter(b)
                if PyBytes(name).view.contains(0x3D) { throw vm.raise(.valueError, "illegal environment variable name") }
                try vm.quick(setenv(cString(name), cString(value), 1))
                return .none
            }
        }
        m.def1("unsetenv($module, name, /)", "Delete an environment variable.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.fsConverter(a)
                try vm.quick(unsetenv(cString(name)))
                return .none
            }
        }
        m.def1("strerror($module, code, /)", "Translate an error code to a message string.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let code = try vm.cInt32(a)
                return vm.str(Errno(code).message)
            }
        }
        m.defN("_exit($module, /, status)", "Exit to the system with specified status, without normal exit processing.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let status = try vm.cInt32(a[0])
                _exit(status)
            }
        }
        m.def0("abort($module, /)", """
            Abort the interpreter immediately.

            This function 'dumps core' or otherwise fails in the hardest way possible
            on the hosting operating system.  This function never returns.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                abort()
            }
        }
        m.def1("WCOREDUMP($module, status, /)", "Return True if the process returning status was dumped to a core file.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(taipan_wait_status(7, try vm.cInt32(a)) != 0) }
        }
        m.defN("WIFEXITED($module, /, status)", "Return True if the process returning status exited via the exit() system call.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(taipan_wait_status(0, try vm.cInt32(a[0])) != 0) }
        }
        m.defN("WIFSIGNALED($module, /, status)", "Return True if the process returning status was terminated by a signal.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(taipan_wait_status(1, try vm.cInt32(a[0])) != 0) }
        }
        m.defN("WIFSTOPPED($module, /, status)", "Return True if the process returning status was stopped.") { vm, _, a in
            vm.guarded { () throws(Raised) in Value(taipan_wait_status(2, try vm.cInt32(a[0])) != 0) }
        }
        m.defN("WIFCONTINUED($module, /, status)", """
            Return True if a particular process was continued from a job control stop.

            Return True if the process returning status was continued from a
            job control stop.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in Value(taipan_wait_status(3, try vm.cInt32(a[0])) != 0) }
        }
        m.defN("WEXITSTATUS($module, /, status)", "Return the process return code from status.") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int32(taipan_wait_status(4, try vm.cInt32(a[0]))) }
        }
        m.defN("WTERMSIG($module, /, status)", "Return the signal that terminated the process that provided the status value.") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int32(taipan_wait_status(5, try vm.cInt32(a[0]))) }
        }
        m.defN("WSTOPSIG($module, /, status)", "Return the signal that stopped the process that provided the status value.") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int32(taipan_wait_status(6, try vm.cInt32(a[0]))) }
        }
        m.defN("waitstatus_to_exitcode($module, /, status)", """
            Convert a wait status to an exit code.

            On Unix:

            * If WIFEXITED(status) is true, return WEXITSTATUS(status).
            * If WIFSIGNALED(status) is true, return -WTERMSIG(status).
            * Otherwise, raise a ValueError.

            On Windows, return status shifted right by 8 bits.

            On Unix, if the process is being traced or if waitpid() was called with
            WUNTRACED option, the caller must first check if WIFSTOPPED(status) is true.
            This function must not be called if WIFSTOPPED(status) is true.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let status = try vm.cInt32(a[0])
                if taipan_wait_status(0, status) != 0 {
                    let code = taipan_wait_status(4, status)
                    if code < 0 { throw vm.raise(.valueError, "invalid WEXITSTATUS: \(code)") }
                    return vm.int32(code)
                }
                if taipan_wait_status(1, status) != 0 {
                    let number = taipan_wait_status(5, status)
                    if number <= 0 { throw vm.raise(.valueError, "invalid WTERMSIG: \(number)") }
                    return vm.int32(-number)
                }
                if taipan_wait_status(2, status) != 0 {
                    throw vm.raise(.valueError, "process stopped by delivery of signal \(taipan_wait_status(6, status))")
                }
                throw vm.raise(.valueError, "invalid wait status: \(status)")
            }
        }
    }
}
