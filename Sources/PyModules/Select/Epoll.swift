// `select.epoll`, and the module's functions. CPython: Modules/selectmodule.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    func defineSelectFunctions(_ m: ModuleBuilder) {
        m.defN("select($module, rlist, wlist, xlist, timeout=None, /)", """
            Wait until one or more file descriptors are ready for some kind of I/O.

            The first three arguments are iterables of file descriptors to be waited for:
            rlist -- wait until ready for reading
            wlist -- wait until ready for writing
            xlist -- wait for an "exceptional condition"
            If only one kind of condition is required, pass [] for the other lists.

            A file descriptor is either a socket or file object, or a small integer
            gotten from a fileno() method call on one of those.

            The optional 4th argument specifies a timeout in seconds; it may be
            a floating point number to specify fractions of seconds.  If it is absent
            or None, the call will never time out.

            The return value is a tuple of three lists corresponding to the first three
            arguments; each contains the subset of the corresponding file descriptors
            that are ready.

            *** IMPORTANT NOTICE ***
            On Windows, only sockets are supported; on Unix, all file
            descriptors can be used.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.selectDescriptors(a) }
        }
        m.def0("poll($module, /)", """
            Returns a polling object.

            This object supports registering and unregistering file descriptors, and then
            polling them for I/O events.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in try vm.newPoll() }
        }
    }

    func epollDescriptor(_ object: Value) throws(Raised) -> Int32 {
        let layout = object.cast(EpollLayout.self)
        if !layout.pointee.isOpen { throw raise(.valueError, "I/O operation on closed epoll object") }
        return layout.pointee.descriptor
    }

    func epollControl(_ object: Value, _ operation: Int32, _ target: Value, _ events: UInt32) throws(Raised) {
        let epoll = try epollDescriptor(object), descriptor = try fileDescriptor(target)
        let result = unlocked { Int(taipan_epoll_control(epoll, operation, descriptor, events)) }
        if result.failed { throw osError(result.code) }
    }

    func epollWait(_ object: Value, _ timeout: Value, _ limit: Value) throws(Raised) -> Value {
        let epoll = try epollDescriptor(object)
        let given = try selectTimeout(timeout, number: "timeout must be an integer or None")
        let deadline = given.flatMap { $0 < 0 ? nil : $0.addingReportingOverflow(Clock.monotonic.now) }.map { $0.overflow ? Int64.max : $0.partialValue }
        var milliseconds = given.map { $0 < 0 ? -1 : ($0 + 999_999) / 1_000_000 } ?? -1
        if milliseconds > Int64(Int32.max) { throw raise(.overflowError, "timeout is too large") }
        var count = limit.isNull ? -1 : try cInt32(limit)
        if count == -1 { count = 1023 } else if count < 1 { throw raise(.valueError, "maxevents must be greater than 0, got \(count)") }
        var rows = [taipan_epoll_event](repeating: taipan_epoll_event(), count: Int(min(count, 1 << 18)))
        while true {
            let idle = idleDeadline(deadline ?? -1), collects = idle != deadline ?? -1
            let wait = Int32(collects ? max(0, (idle - Clock.monotonic.now + 999_999) / 1_000_000) : milliseconds)
            let result = unlocked { Int(taipan_epoll_wait(epoll, &rows, Int32(rows.count), wait)) }
            if result.failed {
                if result.code != EINTR { throw osError(result.code) }
                try handleSignals()
                if let deadline {
                    milliseconds = (deadline - Clock.monotonic.now + 999_999) / 1_000_000
                    if milliseconds < 0 { return try newList().value }
                }
                continue
            }
            if collects && result.value == 0 {
                let root = addRoot(object)
                collectAndFinalizeWhenIdle("poll")
                removeRoot(root)
                if let deadline { milliseconds = max(0, (deadline - Clock.monotonic.now + 999_999) / 1_000_000) }
                continue
            }
            let list = try newList()
            for row in rows.prefix(max(0, result.value)) { try list.append(self, tuple(int32(row.descriptor), int(Int(row.events)))) }
            return list.value
        }
    }

    func makeEpollType() -> PyType {
        let t = makeType("epoll", module: "select", size: MemoryLayout<EpollLayout>.size, trace: .leaf, flags: [])
        t.statesGetAttribute()
        t.doc("""
            select.epoll(sizehint=-1, flags=0)

            Returns an epolling object

            sizehint must be a positive integer or -1 for the default size. The
            sizehint is used to optimize internal data structures. It doesn't limit
            the maximum number of monitored events.
            """)
        t.new("-epoll(sizehint=-1, flags=0)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let hint = try vm.cInt32(a[0], default: -1), flags = try vm.cInt32(a[1], default: 0)
                if hint != -1 && hint <= 0 { throw vm.raise(.valueError, "negative sizehint") }
                if flags != 0 && flags != O_CLOEXEC { throw vm.raise(.osError, "invalid flags") }
                let made = vm.newInstance(PyType(cls))
                let descriptor = taipan_epoll_create(O_CLOEXEC)
                if descriptor < 0 { throw vm.osError(errno) }
                made.cast(EpollLayout.self).pointee.descriptor = descriptor
                made.cast(EpollLayout.self).pointee.isOpen = true
                return made
            }
        }
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(EpollLayout.self)
            if layout.pointee.isOpen { close(layout.pointee.descriptor) }
            layout.pointee.isOpen = false
        }
        t.getset("closed", "True if the epoll handler is closed", get: { _, v in Value(!v.cast(EpollLayout.self).pointee.isOpen) })
        t.def1("fromfd($type, fd, /)", "Create an epoll object from a given control fd.", .classMethod) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                let made = vm.newInstance(PyType(r))
                made.cast(EpollLayout.self).pointee.descriptor = descriptor
                made.cast(EpollLayout.self).pointee.isOpen = true
                return made
            }
        }
        t.def0("close($self, /)", """
            Close the epoll control file descriptor.

            Further operations on the epoll object will raise an exception.
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                let layout = r.cast(EpollLayout.self)
                if layout.pointee.isOpen {
                    layout.pointee.isOpen = false
                    let descriptor = layout.pointee.descriptor
                    let result = vm.unlocked { Int(close(descriptor)) }
                    if result.failed { throw vm.osError(result.code) }
                }
                return .none
            }
        }
        t.def0("fileno($self, /)", "Return the epoll control file descriptor.") { vm, r in
            vm.guarded { () throws(Raised) in vm.int32(try vm.epollDescriptor(r)) }
        }
        t.defN("modify($self, /, fd, eventmask)", """
            Modify event mask for a registered file descriptor.

              fd
                the target file descriptor of the operation
              eventmask
                a bit set composed of the various EPOLL constants
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                try vm.epollControl(r, 3, a[0], try vm.cUnsigned(a[1]))
                return .none
            }
        }
        t.defN("register($self, /, fd,\n         eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)", """
            Registers a new fd or raises an OSError if the fd is already registered.

              fd
                the target file descriptor of the operation
              eventmask
                a bit set composed of the various EPOLL constants

            The epoll interface supports all file descriptors that support poll.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                try vm.epollControl(r, 1, a[0], a[1].isNull ? 7 : try vm.cUnsigned(a[1]))
                return .none
            }
        }
        t.defN("unregister($self, /, fd)", """
            Remove a registered file descriptor from the epoll object.

              fd
                the target file descriptor of the operation
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                try vm.epollControl(r, 2, a[0], 0)
                return .none
            }
        }
        t.defN("poll($self, /, timeout=None, maxevents=-1)", """
            Wait for events on the epoll file descriptor.

              timeout
                the maximum time to wait in seconds (as float);
                a timeout of None or -1 makes poll wait indefinitely
              maxevents
                the maximum number of events returned; -1 means no limit

            Returns a list containing any descriptors that have events to report,
            as a list of (fd, events) 2-tuples.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.epollWait(r, a[0], a[1]) }
        }
        t.def0("__enter__($self, /)", "") { vm, r in
            vm.guarded { () throws(Raised) in
                _ = try vm.epollDescriptor(r)
                return r
            }
        }
        t.defN("__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", "") { vm, r, _ in
            vm.guarded { () throws(Raised) in try vm.callMethod(r, vm.intern("close")) }
        }
        readyType(t.type)
        return t.type
    }
}
