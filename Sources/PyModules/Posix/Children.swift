// Making processes: fork with its hooks, exec, posix_spawn, waiting. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

/// NULL-terminated C strings for exec, freed with `free`.
struct ArgumentVector {
    var strings: [UnsafeMutablePointer<CChar>?] = []

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
        for i in 0..<bytes.count { copy[i] = CChar(bitPattern: bytes[i]) }
        copy[bytes.count] = 0
        strings.append(copy)
    }
    func free() { for string in strings { string?.deallocate() } }
    var terminated: [UnsafeMutablePointer<CChar>?] { strings + [nil] }
}

/// system(3): `VM` has a `system` of its own.
func runCommand(_ command: UnsafePointer<CChar>) -> Int32 { system(command) }

enum ForkHooks { case before, parent }

extension VM {
    // MARK: Fork

    func runForkHooks(_ which: ForkHooks) throws(Raised) {
        let state = try posixState()
        callForkHooks(root(which == .before ? state.before : state.afterInParent), reversed: which == .before)
    }

    private func callForkHooks(_ list: Value, reversed: Bool) {
        let hooks = PyList(list)
        let count = hooks.count
        for i in 0..<count where i < hooks.count {
            let hook = hooks[reversed ? count - 1 - i : i]
            do { _ = try call(hook) } catch { writeUnraisable(hook) }
        }
    }

    /// What must be put right in the new process before Python goes on.
    func afterForkInChild() throws(Raised) {
        afterFork()
        try release(importLock)
        callForkHooks(root(try posixState().afterInChild), reversed: false)
    }

    /// Runs the hooks and waits until no other thread imports: the new process would find a module half made.
    func prepareFork() throws(Raised) {
        try runForkHooks(.before)
        do { _ = try acquire(importLock, timeout: -1) } catch {
            try runForkHooks(.parent)
            throw error
        }
    }

    func afterForkInParent() throws(Raised) {
        try release(importLock)
        try runForkHooks(.parent)
    }

    func forkProcess() throws(Raised) -> Value {
        try prepareFork()
        let pid = taipan_fork(), code = errno
        if pid == 0 { try afterForkInChild() } else { try afterForkInParent() }
        if pid == -1 { throw osError(code) }
        return int(Int(pid))
    }

    func registerAtFork(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let names: [StaticString] = ["before", "after_in_child", "after_in_parent"]
        var given = false
        for i in 0..<3 where !a[i].isNull {
            given = true
            if type(of: a[i]).slots.call == nil { throw raise(.typeError, "'\(names[i])' must be callable, not \(typeName(a[i]))") }
        }
        if !given { throw raise(.typeError, "At least one argument is required.") }
        let state = try posixState()
        if !a[0].isNull { try PyList(root(state.before)).append(self, a[0]) }
        if !a[1].isNull { try PyList(root(state.afterInChild)).append(self, a[1]) }
        if !a[2].isNull { try PyList(root(state.afterInParent)).append(self, a[2]) }
        return .none
    }

    // MARK: Exec

    /// The arguments of a program: a tuple or list of paths.
    func argumentVector(_ value: Value, _ function: StaticString) throws(Raised) -> ArgumentVector {
        guard isTuple(value) || isList(value) else { throw raise(.typeError, "\(function)\(function.description.hasPrefix("posix") ? ":" : "()") \(function.description.hasPrefix("posix") ? "argv" : "arg 2") must be a tuple or list") }
        let items = PyTuple(try tupleFrom(value))
        if items.count < 1 {
            throw raise(.valueError, "\(function)\(function.description.hasPrefix("posix") ? ": argv must not be empty" : "() arg 2 must not be empty")")
        }
        var vector = ArgumentVector()
        do throws(Raised) {
            for i in 0..<items.count { vector.append(PyBytes(try fsConverter(items[i])).view) }
        } catch {
            vector.free()
            throw error
        }
        if PyBytes(try fsConverter(items[0])).count == 0 {
            vector.free()
            throw raise(.valueError, "\(function)\(function.description.hasPrefix("posix") ? ": argv first element cannot be empty" : "() arg 2 first element cannot be empty")")
        }
        return vector
    }

    /// A mapping of names to values as "NAME=value" strings.
    func environmentVector(_ mapping: Value) throws(Raised) -> ArgumentVector {
        let keys = try tupleFrom(callMethod(mapping, intern("keys"))), values = try tupleFrom(callMethod(mapping, intern("values")))
        if PyTuple(keys).count != PyTuple(values).count { throw raise(.runtimeError, "environment changed size") }
        var vector = ArgumentVector()
        do throws(Raised) {
            for i in 0..<PyTuple(keys).count {
                let key = try fsConverter(PyTuple(keys)[i]), value = try fsConverter(PyTuple(values)[i])
                let name = PyBytes(key).view
                if name.isEmpty || name.dropFirst().contains(0x3D) || name.first == 0x3D { throw raise(.valueError, "illegal environment variable name") }
                let entry = Array(name) + [0x3D] + Array(PyBytes(value).view)
                entry.withUnsafeBufferPointer { vector.append($0) }
            }
        } catch {
            vector.free()
            throw error
        }
        return vector
    }

    func executeProgram(_ program: Value, _ arguments: Value, _ environment: Value, _ name: StaticString) throws(Raised) {
        let path = try osPath(program, name, descriptor: name.description == "execve")
        let vector = try argumentVector(arguments, name)
        defer { vector.free() }
        if environment.isNull {
            let list = vector.terminated
            _ = list.withUnsafeBufferPointer { p in p.baseAddress.map { taipan_execve(path.c, $0, taipan_environment()) } }
            throw osError(errno)
        }
        if type(of: environment).slots.getItem == nil || isList(environment) || isTuple(environment) || isStr(environment) {
            throw raise(.typeError, "execve: environment must be a mapping object")
        }
        let variables = try environmentVector(environment)
        defer { variables.free() }
        let list = vector.terminated, others = variables.terminated
        list.withUnsafeBufferPointer { p in
            others.withUnsafeBufferPointer { q in
                guard let arguments = p.baseAddress, let environment = q.baseAddress else { return }
                _ = path.isDescriptor ? taipan_fexecve(path.descriptor, arguments, environment) : taipan_execve(path.c, arguments, environment)
            }
        }
        throw osError(errno, path)
    }

    // MARK: Spawn

    private func signalNumbers(_ given: Value) throws(Raised) -> [Int32] {
        var numbers: [Int32] = []
        let iterator = try iter(given)
        while let item = try next(iterator) {
            let n = try cLong(item)
            if n <= 0 || n > 64 { throw raise(.valueError, "signal number \(n) out of range") }
            numbers.append(Int32(n))
        }
        return numbers
    }

    private func fileActions(_ given: Value, _ paths: inout ArgumentVector) throws(Raised) -> [taipan_spawn_action] {
        var rows: [taipan_spawn_action] = []
        if given.isNull || given.isNone { return rows }
        let items: PyTuple
        do { items = PyTuple(try tupleFrom(given)) } catch {
            clearRaised()
            throw raise(.typeError, "file_actions must be a sequence or None")
        }
        for i in 0..<items.count {
            guard isTuple(items[i]), PyTuple(items[i]).count > 0 else {
                throw raise(.typeError, "Each file_actions element must be a non-empty tuple")
            }
            let row = PyTuple(items[i])
            let kind = try cLong(row[0])
            switch kind {
            case 0:
                guard row.count == 5 else { throw raise(.typeError, "A open file_action tuple must have 5 elements") }
                let path = try fsConverter(row[2])
                paths.append(PyBytes(path).view)
                rows.append(taipan_spawn_action(kind: 0, descriptor: try cInt32(row[1]), other: try cInt32(row[3]), mode: try cInt32(row[4]), path: paths.strings.last.flatMap { $0.map { UnsafePointer($0) } }))
            case 1:
                guard row.count == 2 else { throw raise(.typeError, "A close file_action tuple must have 2 elements") }
                rows.append(taipan_spawn_action(kind: 1, descriptor: try cInt32(row[1]), other: 0, mode: 0, path: nil))
            case 2:
                guard row.count == 3 else { throw raise(.typeError, "A dup2 file_action tuple must have 3 elements") }
                rows.append(taipan_spawn_action(kind: 2, descriptor: try cInt32(row[1]), other: try cInt32(row[2]), mode: 0, path: nil))
            default: throw raise(.typeError, "Unknown file_actions identifier")
            }
        }
        return rows
    }

    /// `posix_spawn(path, argv, env, /, *, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler)`.
    func spawnProcess(_ a: UnsafeMutablePointer<Value>, search: Bool, _ name: StaticString) throws(Raised) -> Value {
        let path = try osPath(a[0], name)
        let arguments = try argumentVector(a[1], name)
        defer { arguments.free() }
        if type(of: a[2]).slots.getItem == nil || isList(a[2]) || isTuple(a[2]) { throw raise(.typeError, "\(name): environment must be a mapping object") }
        let environment = try environmentVector(a[2])
        defer { environment.free() }
        var options = taipan_spawn_options()
        var paths = ArgumentVector()
        defer { paths.free() }
        let actions = try fileActions(a[3], &paths)
        if !a[4].isNull {
            options.set_group = 1
            options.group = try cInt32(a[4])
        }
        options.reset_ids = try cInt32(a[5], default: 0) != 0 ? 1 : 0
        options.set_session = try cInt32(a[6], default: 0) != 0 ? 1 : 0
        let mask = a[7].isNull ? nil : try signalNumbers(a[7]), defaults = a[8].isNull ? nil : try signalNumbers(a[8])
        if !a[9].isNull {
            guard isTuple(a[9]), PyTuple(a[9]).count == 2 else { throw raise(.typeError, "A scheduler tuple must have two elements") }
            let policy = PyTuple(a[9])[0]
            if !policy.isNone {
                options.set_scheduler = 1
                options.policy = try cInt32(policy)
            }
            options.set_priority = 1
            options.priority = try schedulerPriority(PyTuple(a[9])[1])
        }
        options.action_count = Int32(actions.count)
        options.mask_count = mask.map { Int32($0.count) } ?? -1
        options.default_count = defaults.map { Int32($0.count) } ?? -1
        var child: pid_t = 0
        var error: Int32 = 0
        let list = arguments.terminated, variables = environment.terminated, maskList = mask ?? [], defaultList = defaults ?? []
        actions.withUnsafeBufferPointer { actions in
            maskList.withUnsafeBufferPointer { mask in
                defaultList.withUnsafeBufferPointer { defaults in
                    list.withUnsafeBufferPointer { p in
                        variables.withUnsafeBufferPointer { q in
                            guard let arguments = p.baseAddress, let environment = q.baseAddress else { return }
                            options.actions = actions.baseAddress
                            options.mask = mask.baseAddress
                            options.defaults = defaults.baseAddress
                            error = taipan_posix_spawn(search ? 1 : 0, path.c, arguments, environment, &options, &child)
                        }
                    }
                }
            }
        }
        if error != 0 { throw osError(error, path) }
        return int(Int(child))
    }

    // MARK: Users, schedulers, times

    func ownerList(_ ids: ArraySlice<UInt32>) throws(Raised) -> Value {
        let list = try newList(capacity: ids.count)
        for id in ids { try list.append(self, ownerValue(id)) }
        return list.value
    }

    func setGroups(_ groups: Value) throws(Raised) -> Value {
        guard isSequence(groups) else { throw raise(.typeError, "setgroups argument must be a sequence") }
        let items = PyTuple(try tupleFrom(groups))
        if items.count > 65536 { throw raise(.valueError, "too many groups") }
        var ids: [UInt32] = []
        for i in 0..<items.count {
            if !isInt(items[i]) { throw raise(.typeError, "groups must be integers") }
            ids.append(try ownerID(items[i], "gid"))
        }
        try quick(taipan_setgroups(Int32(ids.count), ids))
        return .none
    }

    func schedulerPriority(_ parameter: Value) throws(Raised) -> Int32 {
        guard parameter.isExactly(try posixState().schedParam) else { throw raise(.typeError, "must have a sched_param object") }
        return try cInt32(PyTuple(parameter)[0])
    }

    func setAffinity(_ pid: Value, _ given: Value) throws(Raised) -> Value {
        let pid = try cInt32(pid)
        var mask = [UInt8](repeating: 0, count: 1024)
        let iterator = try iter(given)
        while let item = try next(iterator) {
            if !isInt(item) { throw raise(.typeError, "expected an iterator of ints, but iterator yielded <class '\(typeName(item))'>") }
            let cpu = try cLong(item)
            if cpu < 0 { throw raise(.valueError, "negative CPU number") }
            if cpu > Int(Int32.max) - 1 { throw raise(.overflowError, "CPU number too large") }
            if cpu / 8 < mask.count { mask[cpu / 8] |= 1 << UInt8(cpu % 8) } else { throw osError(EINVAL) }
        }
        try quick(taipan_sched_setaffinity(pid, mask, mask.count))
        return .none
    }

    func waitWithUsage(_ pid: Int32, _ options: Int32) throws(Raised) -> Value {
        var status: Int32 = 0, usage = rusage()
        let result = try system { Int(wait4(pid, &status, options, &usage)) }
        return tuple(int(result), int32(status), try resourceUsage(usage))
    }

    func processTimes() throws(Raised) -> Value {
        var parts = tms()
        let elapsed = times(&parts)
        if elapsed == -1 { throw osError(errno) }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let items = try pushStack(5)
        defer { popStack(items) }
        items[0] = Value(Double(parts.tms_utime) / ticks)
        items[1] = Value(Double(parts.tms_stime) / ticks)
        items[2] = Value(Double(parts.tms_cutime) / ticks)
        items[3] = Value(Double(parts.tms_cstime) / ticks)
        items[4] = Value(Double(elapsed) / ticks)
        return try newStructSequence(posixState().timesResult, items, 5)
    }

    func systemNames() throws(Raised) -> Value {
        var names = utsname()
        try quick(uname(&names))
        let items = try pushStack(5)
        defer { popStack(items) }
        items.update(repeating: .none, count: 5)
        items[0] = try withUnsafeBytes(of: names.sysname) { p throws(Raised) in try fileSystemText(Array(p.prefix { $0 != 0 })) }
        items[1] = try withUnsafeBytes(of: names.nodename) { p throws(Raised) in try fileSystemText(Array(p.prefix { $0 != 0 })) }
        items[2] = try withUnsafeBytes(of: names.release) { p throws(Raised) in try fileSystemText(Array(p.prefix { $0 != 0 })) }
        items[3] = try withUnsafeBytes(of: names.version) { p throws(Raised) in try fileSystemText(Array(p.prefix { $0 != 0 })) }
        items[4] = try withUnsafeBytes(of: names.machine) { p throws(Raised) in try fileSystemText(Array(p.prefix { $0 != 0 })) }
        return try newStructSequence(posixState().unameResult, items, 5)
    }
}
