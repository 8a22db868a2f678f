// What `posix` keeps per interpreter: its types (immortal) and the fork hooks (rooted).
import PyPlatform
import PyRuntime

final class PosixState {
    let statResult: PyType
    let statvfsResult: PyType
    let terminalSize: PyType
    let timesResult: PyType
    let unameResult: PyType
    let waitidResult: PyType
    let schedParam: PyType
    let directoryEntry: PyType
    let scandirIterator: PyType
    /// Lists of `register_at_fork` functions.
    let before: RootID
    let afterInParent: RootID
    let afterInChild: RootID

    init(_ vm: VM) throws(Raised) {
        statResult = vm.makeStatResult()
        statvfsResult = vm.makeStructSequence(
            "statvfs_result", module: "os",
            doc: """
                statvfs_result: Result from statvfs or fstatvfs.

                This object may be accessed either as a tuple of
                  (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),
                or via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.

                See os.statvfs for more information.
                """,
            fields: [
                ("f_bsize", ""), ("f_frsize", ""), ("f_blocks", ""), ("f_bfree", ""), ("f_bavail", ""), ("f_files", ""), ("f_ffree", ""),
                ("f_favail", ""), ("f_flag", ""), ("f_namemax", ""), ("f_fsid", ""),
            ], visible: 10)
        terminalSize = vm.makeStructSequence(
            "terminal_size", module: "os", doc: "A tuple of (columns, lines) for holding terminal window size",
            fields: [("columns", "width of the terminal window in characters"), ("lines", "height of the terminal window in characters")])
        timesResult = vm.makeStructSequence(
            "times_result", module: "posix",
            doc: """
                times_result: Result from os.times().

                This object may be accessed either as a tuple of
                  (user, system, children_user, children_system, elapsed),
                or via the attributes user, system, children_user, children_system,
                and elapsed.

                See os.times for more information.
                """,
            fields: [
                ("user", "user time"), ("system", "system time"), ("children_user", "user time of children"),
                ("children_system", "system time of children"), ("elapsed", "elapsed time since an arbitrary point in the past"),
            ])
        unameResult = vm.makeStructSequence(
            "uname_result", module: "posix",
            doc: """
                uname_result: Result from os.uname().

                This object may be accessed either as a tuple of
                  (sysname, nodename, release, version, machine),
                or via the attributes sysname, nodename, release, version, and machine.

                See os.uname for more information.
                """,
            fields: [
                ("sysname", "operating system name"), ("nodename", "name of machine on network (implementation-defined)"),
                ("release", "operating system release"), ("version", "operating system version"), ("machine", "hardware identifier"),
            ])
        waitidResult = vm.makeStructSequence(
            "waitid_result", module: "posix",
            doc: """
                waitid_result: Result from waitid.

                This object may be accessed either as a tuple of
                  (si_pid, si_uid, si_signo, si_status, si_code),
                or via the attributes si_pid, si_uid, and so on.

                See os.waitid for more information.
                """,
            fields: [("si_pid", ""), ("si_uid", ""), ("si_signo", ""), ("si_status", ""), ("si_code", "")])
        schedParam = vm.makeSchedParam()
        directoryEntry = vm.makeDirectoryEntry()
        scandirIterator = vm.makeScandirIterator()
        before = vm.addRoot(try vm.newList().value)
        afterInParent = vm.addRoot(try vm.newList().value)
        afterInChild = vm.addRoot(try vm.newList().value)
    }
}

extension VM {
    /// Made with the module, or when something else first needs one of its types.
    func posixState() throws(Raised) -> PosixState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["posix"] as? PosixState { return known }
        let made = try PosixState(self)
        services.table["posix"] = made
        return made
    }

    /// The system's constants for `sched_param(sched_priority)`.
    func makeSchedParam() -> PyType {
        let type = makeStructSequence(
            "sched_param", module: "posix", doc: "Currently has only one field: sched_priority\n\n  sched_priority\n    A scheduling parameter.",
            fields: [("sched_priority", "the scheduling priority")])
        let t = TypeBuilder(self, type)
        t.new("-__new__(sched_priority)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let items = try vm.pushStack(1)
                defer { vm.popStack(items) }
                items[0] = a[0]
                return try vm.newStructSequence(PyType(cls), items, 1)
            }
        }
        return type
    }
}
