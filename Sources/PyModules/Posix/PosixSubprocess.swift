// `_posixsubprocess`: fork and exec for subprocess.py. The child's part is C: CShims/process.c. CPython: Modules/_posixsubprocess.c.
import CShims
import PyPlatform
import PyRuntime

/// What the child needs to call `preexec_fn`.
private struct BeforeExec {
    var vm: VM
    var function: Value
}

extension VM {
    public func registerPosixSubprocess() {
        registerModule("_posixsubprocess") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("A POSIX helper for the subprocess module." as StaticString))
            vm.definePosixSubprocess(m)
            return 0
        }
    }

    /// One of the further groups; what is none is a ValueError here.
    private func furtherGroup(_ value: Value) throws(Raised) -> UInt32 {
        do { return try ownerID(value, "gid") } catch {
            clearRaised()
            throw raise(.valueError, "invalid group id")
        }
    }

    private func definePosixSubprocess(_ m: ModuleBuilder) {
        m.defV("-fork_exec(*args, **kwargs)", """
            fork_exec(args, executable_list, close_fds, pass_fds, cwd, env,
                      p2cread, p2cwrite, c2pread, c2pwrite,
                      errread, errwrite, errpipe_read, errpipe_write,
                      restore_signals, call_setsid,
                      gid, groups_list, uid,
                      preexec_fn)

            Forks a child process, closes parent file descriptors as appropriate in the
            child and dups the few that are needed before calling exec() in the child
            process.

            If close_fds is true, close file descriptors 3 and higher, except those listed
            in the sorted tuple pass_fds.

            The preexec_fn, if supplied, will be called immediately before closing file
            descriptors and exec.
            WARNING: preexec_fn is NOT SAFE if your application uses threads.
                     It may trigger infrequent, difficult to debug deadlocks.

            If an error occurs in the child process before the exec, it is
            serialized and written to the errpipe_write fd per subprocess.py.

            Returns: the child process's PID.

            Raises: Only on an error in the parent process.

            """) { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "fork_exec() takes no keyword arguments") }
                if count != 21 { throw vm.raise(.typeError, "fork_exec() takes exactly 21 arguments (\(count) given)") }
                return try vm.forkAndExecute(a)
            }
        }
    }

    /// A sequence of bytes objects as C strings.
    private func byteStrings(_ value: Value) throws(Raised) -> ArgumentVector {
        var vector = ArgumentVector()
        let items = PyTuple(try tupleFrom(value))
        do throws(Raised) {
            for i in 0..<items.count {
                guard isBytes(items[i]) else { throw raise(.typeError, "expected bytes, \(typeName(items[i])) found") }
                if PyBytes(items[i]).view.contains(0) { throw raise(.valueError, "embedded null byte") }
                vector.append(PyBytes(items[i]).view)
            }
        } catch {
            vector.free()
            throw error
        }
        return vector
    }

    private func keptDescriptors(_ value: Value) throws(Raised) -> [Int32] {
        guard isTuple(value) else { throw raise(.typeError, "fork_exec() argument 4 must be tuple, not \(argumentTypeName(value))") }
        var kept: [Int32] = []
        for i in 0..<PyTuple(value).count {
            let item = PyTuple(value)[i]
            guard item.isSmallInt, let n = Int32(exactly: item.smallInt), n >= 0, n > (kept.last ?? -1) else {
                throw raise(.valueError, "bad value(s) in fds_to_keep")
            }
            kept.append(n)
        }
        return kept
    }

    func forkAndExecute(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let closes = try isTrue(a[2])
        let kept = try keptDescriptors(a[3])
        var numbers: [Int32] = []
        for i in 6...15 { numbers.append(try cInt32(a[i])) }
        let mask = try cInt32(a[19]), before = a[20]
        if closes && numbers[7] < 3 { throw raise(.valueError, "errpipe_write must be >= 3") }
        let executables = try byteStrings(a[1])
        defer { executables.free() }
        guard isTuple(a[0]) || isList(a[0]) || a[0].isNone || isSequence(a[0]) else { throw raise(.typeError, "argv must be a tuple") }
        var arguments = ArgumentVector()
        defer { arguments.free() }
        if !a[0].isNone {
            let items = PyTuple(try tupleFrom(a[0]))
            for i in 0..<items.count { arguments.append(PyBytes(try fsConverter(items[i])).view) }
        }
        let environment = a[5].isNone ? nil : try byteStrings(a[5])
        defer { environment?.free() }
        let directory = a[4].isNone ? Value.null : try fsConverter(a[4])
        let nothing: [UnsafeMutablePointer<CChar>?] = [nil]
        var options = nothing.withUnsafeBufferPointer { p in
            // The two lists are put in by `start`.
            let empty = p.baseAddress.unsafelyUnwrapped
            return taipan_spawn(
                arguments: empty, executables: empty, environment: nil, directory: nil, kept: nil, kept_count: 0, close_others: 0, stdin_child: -1,
                stdin_parent: -1, stdout_parent: -1, stdout_child: -1, stderr_parent: -1, stderr_child: -1, error_pipe_parent: -1,
                error_pipe_child: -1, restore_signals: 0, new_session: 0, gid: -1, uid: -1, umask: -1, groups: nil, group_count: -1,
                before_exec: nil, before_exec_context: nil)
        }
        options.gid = a[16].isNone ? -1 : Int64(try ownerID(a[16], "gid"))
        options.uid = a[18].isNone ? -1 : Int64(try ownerID(a[18], "uid"))
        options.umask = Int64(mask)
        options.group_count = -1
        var groups: [gid_t] = []
        if !a[17].isNone {
            guard isList(a[17]) else { throw raise(.typeError, "setgroups argument must be a list") }
            let items = PyTuple(try tupleFrom(a[17]))
            if items.count > 65536 { throw raise(.valueError, "too many groups") }
            for i in 0..<items.count {
                if !isInt(items[i]) { throw raise(.typeError, "groups must be integers") }
                groups.append(try furtherGroup(items[i]))
            }
            options.group_count = Int32(groups.count)
        }
        options.close_others = closes ? 1 : 0
        (options.stdin_child, options.stdin_parent, options.stdout_parent, options.stdout_child) = (numbers[0], numbers[1], numbers[2], numbers[3])
        (options.stderr_parent, options.stderr_child, options.error_pipe_parent, options.error_pipe_child) = (numbers[4], numbers[5], numbers[6], numbers[7])
        options.restore_signals = numbers[8]
        options.new_session = numbers[9]
        if !before.isNone { try prepareFork() }
        let result = start(options, arguments, executables, environment, directory, kept, groups, before)
        if !before.isNone { try afterForkInParent() }
        if result.failed { throw osError(result.code) }
        return int(result.value)
    }

    /// Lends all the arrays to C for the time of the call.
    private func start(
        _ given: taipan_spawn, _ arguments: ArgumentVector, _ executables: ArgumentVector, _ environment: ArgumentVector?, _ directory: Value,
        _ kept: [Int32], _ groups: [gid_t], _ before: Value
    ) -> SystemResult {
        var options = given
        var context = BeforeExec(vm: self, function: before)
        let argumentList = arguments.terminated, programs = executables.terminated, variables = environment?.terminated ?? [nil]
        return argumentList.withUnsafeBufferPointer { p in
            programs.withUnsafeBufferPointer { q in
                variables.withUnsafeBufferPointer { e in
                    kept.withUnsafeBufferPointer { k in
                        groups.withUnsafeBufferPointer { g in
                            withUnsafeMutablePointer(to: &context) { context in
                                guard let arguments = p.baseAddress, let programs = q.baseAddress else { return SystemResult(value: -1, code: EINVAL) }
                                options.arguments = arguments
                                options.executables = programs
                                options.environment = environment == nil ? nil : e.baseAddress
                                options.directory = directory.isNull ? nil : cString(directory)
                                options.kept = k.baseAddress
                                options.kept_count = Int32(k.count)
                                options.groups = g.baseAddress
                                if !before.isNone {
                                    options.before_exec_context = UnsafeMutableRawPointer(context)
                                    options.before_exec = { raw in
                                        guard let context = raw?.assumingMemoryBound(to: BeforeExec.self).pointee else { return -1 }
                                        do throws(Raised) {
                                            try context.vm.afterForkInChild()
                                            _ = try context.vm.call(context.function)
                                            return 0
                                        } catch {
                                            context.vm.clearRaised()
                                            return -1
                                        }
                                    }
                                }
                                // The lock is kept: the child must find the interpreter at rest.
                                let pid = taipan_fork_exec(&options)
                                return SystemResult(value: Int(pid), code: errno)
                            }
                        }
                    }
                }
            }
        }
    }
}
