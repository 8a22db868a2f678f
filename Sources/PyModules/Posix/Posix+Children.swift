// `posix`: children, users, schedulers. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    func definePosixChildren(_ m: ModuleBuilder) {
        m.def0("fork($module, /)", """
            Fork a child process.

            Return 0 to child process and PID of child to parent process.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in try vm.forkProcess() }
        }
        m.def0("forkpty($module, /)", """
            Fork a new process with a new pseudo-terminal as controlling tty.

            Returns a tuple of (pid, master_fd).
            Like fork(), return pid of 0 to the child process,
            and pid of child to the parent process.
            To both, return fd of newly opened pseudo-terminal.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.prepareFork()
                var master: Int32 = -1
                let pid = taipan_forkpty(&master), code = errno
                if pid == 0 { try vm.afterForkInChild() } else { try vm.afterForkInParent() }
                if pid == -1 { throw vm.osError(code) }
                return vm.tuple(vm.int(Int(pid)), vm.int32(master))
            }
        }
        m.defN("register_at_fork($module, /, *, before=<unrepresentable>,\n                 after_in_child=<unrepresentable>,\n                 after_in_parent=<unrepresentable>)", """
            Register callables to be called when forking a new process.

              before
                A callable to be called in the parent before the fork() syscall.
              after_in_child
                A callable to be called in the child after fork().
              after_in_parent
                A callable to be called in the parent after fork().

            'before' callbacks are called in reverse order.
            'after_in_child' and 'after_in_parent' callbacks are called in order.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.registerAtFork(a) }
        }
        m.def2("execv($module, path, argv, /)", """
            Execute an executable path with arguments, replacing current process.

              path
                Path of executable file.
              argv
                Tuple or list of strings.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                try vm.executeProgram(a, b, .null, "execv")
                return .none
            }
        }
        m.defN("execve($module, /, path, argv, env)", """
            Execute an executable path with arguments, replacing current process.

              path
                Path of executable file.
              argv
                Tuple or list of strings.
              env
                Dictionary of strings mapping to strings.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.executeProgram(a[0], a[1], a[2], "execve")
                return .none
            }
        }
        m.defN("posix_spawn($module, path, argv, env, /, *, file_actions=(),\n            setpgroup=<unrepresentable>, resetids=False, setsid=False,\n            setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)", """
            Execute the program specified by path in a new process.

              path
                Path of executable file.
              argv
                Tuple or list of strings.
              env
                Dictionary of strings mapping to strings.
              file_actions
                A sequence of file action tuples.
              setpgroup
                The pgroup to use with the POSIX_SPAWN_SETPGROUP flag.
              resetids
                If the value is `true` the POSIX_SPAWN_RESETIDS will be activated.
              setsid
                If the value is `true` the POSIX_SPAWN_SETSID or POSIX_SPAWN_SETSID_NP will be activated.
              setsigmask
                The sigmask to use with the POSIX_SPAWN_SETSIGMASK flag.
              setsigdef
                The sigmask to use with the POSIX_SPAWN_SETSIGDEF flag.
              scheduler
                A tuple with the scheduler policy (optional) and parameters.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.spawnProcess(a, search: false, "posix_spawn") }
        }
        m.defN("posix_spawnp($module, path, argv, env, /, *, file_actions=(),\n             setpgroup=<unrepresentable>, resetids=False, setsid=False,\n             setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)", """
            Execute the program specified by path in a new process.

              path
                Path of executable file.
              argv
                Tuple or list of strings.
              env
                Dictionary of strings mapping to strings.
              file_actions
                A sequence of file action tuples.
              setpgroup
                The pgroup to use with the POSIX_SPAWN_SETPGROUP flag.
              resetids
                If the value is `True` the POSIX_SPAWN_RESETIDS will be activated.
              setsid
                If the value is `True` the POSIX_SPAWN_SETSID or POSIX_SPAWN_SETSID_NP will be activated.
              setsigmask
                The sigmask to use with the POSIX_SPAWN_SETSIGMASK flag.
              setsigdef
                The sigmask to use with the POSIX_SPAWN_SETSIGDEF flag.
              scheduler
                A tuple with the scheduler policy (optional) and parameters.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.spawnProcess(a, search: true, "posix_spawnp") }
        }
        m.defN("system($module, /, command)", "Execute the command in a subshell.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let command = try vm.fsConverter(a[0])
                return vm.int(vm.unlocked { Int(runCommand(cString(command))) }.value)
            }
        }
        m.def2("kill($module, pid, signal, /)", "Kill a process with a signal.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a), number = try vm.cInt32(b)
                try vm.quick(kill(pid, number))
                try vm.handleSignals()
                return .none
            }
        }
        m.def2("killpg($module, pgid, signal, /)", "Kill a process group with a signal.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let group = try vm.cInt32(a), number = try vm.cInt32(b)
                try vm.quick(killpg(group, number))
                return .none
            }
        }
        m.def0("wait($module, /)", """
            Wait for completion of a child process.

            Returns a tuple of information about the child process:
                (pid, status)
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                var status: Int32 = 0
                let pid = try vm.system { Int(waitpid(-1, &status, 0)) }
                return vm.tuple(vm.int(pid), vm.int32(status))
            }
        }
        m.def2("waitpid($module, pid, options, /)", """
            Wait for completion of a given child process.

            Returns a tuple of information regarding the child process:
                (pid, status)

            The options argument is ignored on Windows.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a), options = try vm.cInt32(b)
                var status: Int32 = 0
                let result = try vm.system { Int(waitpid(pid, &status, options)) }
                return vm.tuple(vm.int(result), vm.int32(status))
            }
        }
        m.defN("wait3($module, /, options)", """
            Wait for completion of a child process.

            Returns a tuple of information about the child process:
              (pid, status, rusage)
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.waitWithUsage(-1, vm.cInt32(a[0])) }
        }
        m.defN("wait4($module, /, pid, options)", """
            Wait for completion of a specific child process.

            Returns a tuple of information about the child process:
              (pid, status, rusage)
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.waitWithUsage(vm.cInt32(a[0]), vm.cInt32(a[1])) }
        }
        m.def3("waitid($module, idtype, id, options, /)", """
            Returns the result of waiting for a process or processes.

              idtype
                Must be one of be P_PID, P_PGID or P_ALL.
              id
                The id to wait on.
              options
                Constructed from the ORing of one or more of WEXITED, WSTOPPED
                or WCONTINUED and additionally may be ORed with WNOHANG or WNOWAIT.

            Returns either waitid_result or None if WNOHANG is specified and there are
            no children in a waitable state.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let kind = try vm.cInt32(a), id = try vm.cInt32(b), options = try vm.cInt32(c)
                var info = taipan_waitid_result()
                try vm.system { Int(taipan_waitid(kind, UInt32(bitPattern: id), &info, options)) }
                if info.pid == 0 { return .none }
                let items = try vm.pushStack(5)
                defer { vm.popStack(items) }
                items[0] = vm.int32(info.pid)
                items[1] = vm.ownerValue(UInt32(bitPattern: info.uid))
                items[2] = vm.int32(info.signo)
                items[3] = vm.int32(info.status)
                items[4] = vm.int32(info.code)
                return try vm.newStructSequence(vm.posixState().waitidResult, items, 5)
            }
        }
        m.defN("pidfd_open($module, /, pid, flags=0)", """
            Return a file descriptor referring to the process *pid*.

            The descriptor can be used to perform process management without races and
            signals.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a[0]), flags = a[1].isNull ? 0 : try vm.cFlags(a[1])
                return vm.int(try vm.quick(taipan_pidfd_open(pid, flags)))
            }
        }
        m.defN("getpgid($module, /, pid)", "Call the system call getpgid(), and return the result.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a[0])
                return vm.int(try vm.quick(getpgid(pid)))
            }
        }
        m.def0("getpgrp($module, /)", "Return the current process group id.") { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(getpgrp())) }
        }
        m.def1("getsid($module, pid, /)", "Call the system call getsid(pid) and return the result.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a)
                return vm.int(try vm.quick(getsid(pid)))
            }
        }
        m.def0("setsid($module, /)", "Call the system call setsid().") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.quick(setsid())
                return .none
            }
        }
        m.def2("setpgid($module, pid, pgrp, /)", "Call the system call setpgid(pid, pgrp).") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a), group = try vm.cInt32(b)
                try vm.quick(setpgid(pid, group))
                return .none
            }
        }
        m.def0("setpgrp($module, /)", "Make the current process the leader of its process group.") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.quick(setpgid(0, 0))
                return .none
            }
        }
        m.def1("setuid($module, uid, /)", "Set the current process's user id.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id = try vm.ownerID(a, "uid")
                try vm.quick(setuid(id))
                return .none
            }
        }
        m.def1("seteuid($module, euid, /)", "Set the current process's effective user id.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id = try vm.ownerID(a, "uid")
                try vm.quick(seteuid(id))
                return .none
            }
        }
        m.def1("setgid($module, gid, /)", "Set the current process's group id.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id = try vm.ownerID(a, "gid")
                try vm.quick(setgid(id))
                return .none
            }
        }
        m.def1("setegid($module, egid, /)", "Set the current process's effective group id.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id = try vm.ownerID(a, "gid")
                try vm.quick(setegid(id))
                return .none
            }
        }
        m.def2("setreuid($module, ruid, euid, /)", "Set the current process's real and effective user ids.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let real = try vm.ownerID(a, "uid"), effective = try vm.ownerID(b, "uid")
                try vm.quick(setreuid(real, effective))
                return .none
            }
        }
        m.def2("setregid($module, rgid, egid, /)", "Set the current process's real and effective group ids.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let real = try vm.ownerID(a, "gid"), effective = try vm.ownerID(b, "gid")
                try vm.quick(setregid(real, effective))
                return .none
            }
        }
        m.def3("setresuid($module, ruid, euid, suid, /)", "Set the current process's real, effective, and saved user ids.") { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let real = try vm.ownerID(a, "uid"), effective = try vm.ownerID(b, "uid"), saved = try vm.ownerID(c, "uid")
                try vm.quick(taipan_setresuid(real, effective, saved))
                return .none
            }
        }
        m.def3("setresgid($module, rgid, egid, sgid, /)", "Set the current process's real, effective, and saved group ids.") { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let real = try vm.ownerID(a, "gid"), effective = try vm.ownerID(b, "gid"), saved = try vm.ownerID(c, "gid")
                try vm.quick(taipan_setresgid(real, effective, saved))
                return .none
            }
        }
        m.def0("getresuid($module, /)", "Return a tuple of the current process's real, effective, and saved user ids.") { vm, _ in
            vm.guarded { () throws(Raised) in
                var ids: (UInt32, UInt32, UInt32) = (0, 0, 0)
                try vm.quick(taipan_getresuid(&ids.0, &ids.1, &ids.2))
                return vm.tuple(vm.ownerValue(ids.0), vm.ownerValue(ids.1), vm.ownerValue(ids.2))
            }
        }
        m.def0("getresgid($module, /)", "Return a tuple of the current process's real, effective, and saved group ids.") { vm, _ in
            vm.guarded { () throws(Raised) in
                var ids: (UInt32, UInt32, UInt32) = (0, 0, 0)
                try vm.quick(taipan_getresgid(&ids.0, &ids.1, &ids.2))
                return vm.tuple(vm.ownerValue(ids.0), vm.ownerValue(ids.1), vm.ownerValue(ids.2))
            }
        }
        m.def0("getgroups($module, /)", "Return list of supplemental group IDs for the process.") { vm, _ in
            vm.guarded { () throws(Raised) in
                var ids = [gid_t](repeating: 0, count: 65536)
                let count = try vm.quick(getgroups(65536, &ids))
                return try vm.ownerList(ids.prefix(count))
            }
        }
        m.def1("setgroups($module, groups, /)", "Set the groups of the current process to list.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.setGroups(a) }
        }
        m.def2("getgrouplist($module, user, group, /)", """
            Returns a list of groups to which a user belongs.

              user
                username to lookup
              group
                base group id of the user
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(a) else { throw vm.raise(.typeError, "getgrouplist() argument 1 must be str, not \(vm.argumentTypeName(a))") }
                let user = try vm.fsConverter(a), group = try vm.ownerID(b, "gid")
                var count: Int32 = 64
                while true {
                    var ids = [UInt32](repeating: 0, count: Int(count))
                    if taipan_getgrouplist(cString(user), group, &ids, &count) != -1 { return try vm.ownerList(ids.prefix(Int(max(0, count)))) }
                    if count <= ids.count { throw vm.osError(errno) }
                }
            }
        }
        m.def2("initgroups($module, username, gid, /)", """
            Initialize the group access list.

            Call the system initgroups() to initialize the group access list with all of
            the groups of which the specified username is a member, plus the specified
            group id.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let user = try vm.fsConverter(a), group = try vm.ownerID(b, "gid")
                try vm.quick(taipan_initgroups(cString(user), group))
                return .none
            }
        }
        m.def0("getlogin($module, /)", "Return the actual login name.") { vm, _ in
            vm.guarded { () throws(Raised) in
                guard let name = getlogin() else { throw vm.osError(errno == 0 ? ENOENT : errno) }
                return try vm.fileSystemText(c: name)
            }
        }
        m.def1("nice($module, increment, /)", "Add increment to the priority of process and return the new priority.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let increment = try vm.cInt32(a)
                errno = 0
                let value = nice(increment)
                if value == -1 && errno != 0 { throw vm.osError(errno) }
                return vm.int32(value)
            }
        }
        m.defN("getpriority($module, /, which, who)", "Return program scheduling priority.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let which = try vm.cInt32(a[0]), who = try vm.cInt32(a[1])
                let value = taipan_getpriority(which, who)
                if errno != 0 { throw vm.osError(errno) }
                return vm.int32(value)
            }
        }
        m.defN("setpriority($module, /, which, who, priority)", "Set program scheduling priority.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let which = try vm.cInt32(a[0]), who = try vm.cInt32(a[1]), priority = try vm.cInt32(a[2])
                try vm.quick(taipan_setpriority(which, who, priority))
                return .none
            }
        }
        m.def0("sched_yield($module, /)", "Voluntarily relinquish the CPU.") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.system { Int(sched_yield()) }
                return .none
            }
        }
        m.defN("sched_get_priority_max($module, /, policy)", "Get the maximum scheduling priority for policy.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let policy = try vm.cInt32(a[0])
                return vm.int(try vm.quick(sched_get_priority_max(policy)))
            }
        }
        m.defN("sched_get_priority_min($module, /, policy)", "Get the minimum scheduling priority for policy.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let policy = try vm.cInt32(a[0])
                return vm.int(try vm.quick(sched_get_priority_min(policy)))
            }
        }
        m.def1("sched_getscheduler($module, pid, /)", """
            Get the scheduling policy for the process identified by pid.

            Passing 0 for pid returns the scheduling policy for the calling process.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a)
                return vm.int(try vm.quick(taipan_sched_getscheduler(pid)))
            }
        }
        m.def3("sched_setscheduler($module, pid, policy, param, /)", """
            Set the scheduling policy for the process identified by pid.

            If pid is 0, the calling process is changed.
            param is an instance of sched_param.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a), policy = try vm.cInt32(b), priority = try vm.schedulerPriority(c)
                try vm.quick(taipan_sched_setscheduler(pid, policy, priority))
                return .none
            }
        }
        m.def1("sched_getparam($module, pid, /)", """
            Returns scheduling parameters for the process identified by pid.

            If pid is 0, returns parameters for the calling process.
            Return value is an instance of sched_param.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a)
                var priority: Int32 = 0
                try vm.quick(taipan_sched_getparam(pid, &priority))
                return try vm.call(vm.posixState().schedParam.value, vm.int32(priority))
            }
        }
        m.def2("sched_setparam($module, pid, param, /)", """
            Set scheduling parameters for the process identified by pid.

            If pid is 0, sets parameters for the calling process.
            param should be an instance of sched_param.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a), priority = try vm.schedulerPriority(b)
                try vm.quick(taipan_sched_setparam(pid, priority))
                return .none
            }
        }
        m.def1("sched_rr_get_interval($module, pid, /)", """
            Return the round-robin quantum for the process identified by pid, in seconds.

            Value returned is a float.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a)
                var interval = 0.0
                try vm.quick(taipan_sched_rr_interval(pid, &interval))
                return Value(interval)
            }
        }
        m.def1("sched_getaffinity($module, pid, /)", """
            Return the affinity of the process identified by pid (or the current process if zero).

            The affinity is returned as a set of CPU identifiers.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let pid = try vm.cInt32(a)
                var mask = [UInt8](repeating: 0, count: 1024)
                try vm.quick(taipan_sched_getaffinity(pid, &mask, mask.count))
                let set = vm.newSet()
                for cpu in 0..<mask.count * 8 where mask[cpu / 8] >> UInt8(cpu % 8) & 1 != 0 { try set.add(vm, Value(small: cpu)) }
                return set.value
            }
        }
        m.def2("sched_setaffinity($module, pid, mask, /)", """
            Set the CPU affinity of the process identified by pid to mask.

            mask should be an iterable of integers identifying CPUs.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.setAffinity(a, b) }
        }
        m.def0("times($module, /)", """
            Return a collection containing process timing information.

            The object returned behaves like a named tuple with these fields:
              (utime, stime, cutime, cstime, elapsed_time)
            All fields are floating point numbers.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in try vm.processTimes() }
        }
        m.def0("uname($module, /)", """
            Return an object identifying the current operating system.

            The object behaves like a named tuple with the following fields:
              (sysname, nodename, release, version, machine)
            """) { vm, _ in
            vm.guarded { () throws(Raised) in try vm.systemNames() }
        }
        m.def0("getloadavg($module, /)", """
            Return average recent system load information.

            Return the number of processes in the system run queue averaged over
            the last 1, 5, and 15 minutes as a tuple of three floats.
            Raises OSError if the load average was unobtainable.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                var loads: [Double] = [0, 0, 0]
                if getloadavg(&loads, 3) != 3 { throw vm.raise(.osError, "Load averages are unobtainable") }
                return vm.tuple(Value(loads[0]), Value(loads[1]), Value(loads[2]))
            }
        }
        m.defN("getrandom($module, /, size, flags=0)", "Obtain a series of random bytes.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let size = try vm.cSize(a[0]), flags = try vm.cInt32(a[1], default: 0)
                if size < 0 { throw vm.osError(EINVAL) }
                let room = try vm.newBytes(count: min(size, 1 << 25))
                let count = room.count
                let got = try vm.system { taipan_getrandom(room.bytes, count, UInt32(bitPattern: flags)) }
                if got == size { return room.value }
                return try vm.bytes(UnsafeBufferPointer(start: UnsafePointer(room.bytes), count: min(max(0, got), count)))
            }
        }
        m.def1("sysconf($module, name, /)", "Return an integer-valued system configuration variable.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.configurationName(a, taipan_table_sysconf)
                errno = 0
                let value = sysconf(name)
                if value == -1 && errno != 0 { throw vm.osError(errno) }
                return vm.int(value)
            }
        }
        m.def1("confstr($module, name, /)", "Return a string-valued system configuration variable.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.configurationName(a, taipan_table_confstr)
                errno = 0
                var buffer = [CChar](repeating: 0, count: 4096)
                let length = confstr(name, &buffer, buffer.count)
                if length == 0 {
                    if errno != 0 { throw vm.osError(errno) }
                    return .none
                }
                return try vm.fileSystemText(buffer.prefix(max(0, min(length, buffer.count) - 1)).map { UInt8(bitPattern: $0) })
            }
        }
    }
}
