// `select`: select, poll and epoll. CPython: Modules/selectmodule.c; PEP 475.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

struct PollLayout {
    var type: PyType
    /// dict: descriptor to events.
    var events: Value
    // Not a value:
    var isPolling: Bool
}

struct EpollLayout {
    var type: PyType
    var descriptor: Int32
    var isOpen: Bool
}

final class SelectState {
    let poll: PyType
    init(poll: PyType) { self.poll = poll }
}

extension VM {
    public func registerSelect() {
        registerModule("select") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module supports asynchronous I/O on multiple file descriptors.

                *** IMPORTANT NOTICE ***
                On Windows, only sockets are supported; on Unix, all file descriptors.
                """ as StaticString))
            vm.addConstants(m, taipan_table_select)
            m.attribute("error", vm.exceptionType(.osError).value)
            let services = vm.state.pointee.services.takeUnretainedValue()
            if services.table["select"] == nil { services.table["select"] = SelectState(poll: vm.makePollType()) }
            m.attribute("epoll", vm.makeEpollType().value)
            vm.defineSelectFunctions(m)
            return 0
        }
    }

    /// A timeout as nanoseconds, rounded up; nil: none.
    func selectTimeout(_ value: Value, number: String) throws(Raised) -> Int64? {
        if value.isNull || value.isNone { return nil }
        do { return try nanoseconds(value, rounding: .awayFromZero) } catch {
            if raisedMatches(.typeError) {
                clearRaised()
                throw raise(.typeError, number)
            }
            throw error
        }
    }

    // MARK: select

    private func descriptors(_ list: Value, _ bits: inout [UInt64], _ highest: inout Int) throws(Raised) -> (Value, [Int32]) {
        guard isSequence(list) || self.type(of: list).slots.iter != nil else { throw raise(.typeError, "arguments 1-3 must be sequences") }
        // `fileno()` may change the list: it is walked as it is then.
        let source = isList(list) ? list : try listFrom(list).value
        let items = try newList()
        var numbers: [Int32] = []
        while numbers.count < PyList(source).count {
            let item = PyList(source)[numbers.count]
            let descriptor = try fileDescriptor(item)
            try items.append(self, item)
            if descriptor >= 1024 { throw raise(.valueError, "filedescriptor out of range in select()") }
            bits[Int(descriptor) / 64] |= 1 << UInt64(Int(descriptor) % 64)
            highest = max(highest, Int(descriptor))
            numbers.append(descriptor)
        }
        return (items.value, numbers)
    }

    func selectDescriptors(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let limit = try selectTimeout(a[3], number: "timeout must be a float or None")
        if let limit, limit < 0 { throw raise(.valueError, "timeout must be non-negative") }
        let deadline = limit.map { $0.addingReportingOverflow(Clock.monotonic.now) }.map { $0.overflow ? Int64.max : $0.partialValue }
        var wanted = [[UInt64]](repeating: [UInt64](repeating: 0, count: 16), count: 3)
        var highest = -1
        let read = try descriptors(a[0], &wanted[0], &highest), write = try descriptors(a[1], &wanted[1], &highest)
        let except = try descriptors(a[2], &wanted[2], &highest)
        let count = Int32(highest + 1)
        var left = limit
        while true {
            var readBits = wanted[0], writeBits = wanted[1], exceptBits = wanted[2]
            let idle = idleDeadline(deadline ?? -1), collects = idle != deadline ?? -1
            let nap = collects ? max(0, idle - Clock.monotonic.now) : left
            let seconds = nap.map { $0 / 1_000_000_000 } ?? -1, rest = nap.map { ($0 % 1_000_000_000 + 999) / 1000 } ?? 0
            let result = unlocked { Int(taipan_select(count, &readBits, &writeBits, &exceptBits, seconds + rest / 1_000_000, rest % 1_000_000)) }
            if result.failed {
                if result.code != EINTR { throw osError(result.code) }
                try handleSignals()
                if let deadline {
                    let now = deadline - Clock.monotonic.now
                    if now >= 0 {
                        left = now
                        continue
                    }
                    return tuple(try newList().value, try newList().value, try newList().value)
                }
                continue
            }
            if collects && result.value == 0 {
                let roots = [addRoot(read.0), addRoot(write.0), addRoot(except.0)]
                collectAndFinalizeWhenIdle("select")
                for root in roots { removeRoot(root) }
                left = deadline.map { max(0, $0 - Clock.monotonic.now) }
                continue
            }
            return tuple(try ready(read, readBits), try ready(write, writeBits), try ready(except, exceptBits))
        }
    }

    private func ready(_ given: (Value, [Int32]), _ bits: [UInt64]) throws(Raised) -> Value {
        let list = try newList()
        for (i, descriptor) in given.1.enumerated() where bits[Int(descriptor) / 64] >> UInt64(Int(descriptor) % 64) & 1 != 0 {
            try list.append(self, PyList(given.0)[i])
        }
        return list.value
    }

    // MARK: poll

    func newPoll() throws(Raised) -> Value {
        let services = state.pointee.services.takeUnretainedValue()
        guard let known = services.table["select"] as? SelectState else { throw raise(.systemError, "select is not initialised") }
        let events = newDict()
        let made = newInstance(known.poll)
        made.cast(PollLayout.self).pointee.events = events.value
        return made
    }

    /// An unsigned short.
    func eventMask(_ value: Value) throws(Raised) -> Int {
        guard isInt(value) else { throw raise(.typeError, "an integer is required") }
        var fits = false
        let n = clampedInt(value, &fits)
        if n < 0 { throw raise(.valueError, "value must be positive") }
        if n > 65535 { throw raise(.overflowError, "Python int too large for C unsigned short") }
        return n
    }

    /// Milliseconds, rounded up; nil: no limit.
    private func milliseconds(_ value: Value, _ message: String) throws(Raised) -> Int64? {
        guard !(value.isNull || value.isNone) else { return nil }
        let thousandfold: Int64
        do { thousandfold = try nanoseconds(value, rounding: .awayFromZero) } catch {
            if raisedMatches(.typeError) {
                clearRaised()
                throw raise(.typeError, message)
            }
            throw error
        }
        return thousandfold
    }

    func pollDescriptors(_ object: Value, _ timeout: Value) throws(Raised) -> Value {
        let layout = object.cast(PollLayout.self)
        var limit: Int64 = -1
        if !(timeout.isNull || timeout.isNone) {
            // The argument counts milliseconds: "seconds" a thousand times smaller.
            let value = try milliseconds(timeout, "timeout must be an integer or None") ?? -1
            limit = value < 0 ? -1 : (value + 999_999_999) / 1_000_000_000
            if limit > Int64(Int32.max) { throw raise(.overflowError, "timeout is too large") }
        }
        if layout.pointee.isPolling { throw raise(.runtimeError, "concurrent poll() invocation") }
        var rows: [pollfd] = []
        var at = 0
        while let (key, mask) = PyDict(layout.pointee.events).next(&at) {
            rows.append(pollfd(fd: try cInt32(key), events: Int16(truncatingIfNeeded: try cLong(mask)), revents: 0))
        }
        layout.pointee.isPolling = true
        defer { object.cast(PollLayout.self).pointee.isPolling = false }
        let start = Clock.monotonic.now
        let deadline = limit < 0 ? -1 : start &+ limit * 1_000_000
        var left = limit
        while true {
            let idle = idleDeadline(deadline), collects = idle != deadline
            let now = collects ? max(0, (idle - Clock.monotonic.now + 999_999) / 1_000_000) : left
            let result = unlocked { rows.withUnsafeMutableBytes { p in Int(taipan_poll(p.baseAddress ?? UnsafeMutableRawPointer(layout), UInt(p.count / MemoryLayout<pollfd>.stride), Int32(truncatingIfNeeded: now))) } }
            if result.failed {
                if result.code != EINTR { throw osError(result.code) }
                try handleSignals()
                if limit >= 0 {
                    left = limit - (Clock.monotonic.now - start) / 1_000_000
                    if left < 0 { return try newList().value }
                }
                continue
            }
            if collects && result.value == 0 {
                let root = addRoot(object)
                collectAndFinalizeWhenIdle("poll")
                removeRoot(root)
                if limit >= 0 { left = max(0, limit - (Clock.monotonic.now - start) / 1_000_000) }
                continue
            }
            let list = try newList()
            for row in rows where row.revents != 0 {
                try list.append(self, tuple(int32(row.fd), Value(small: Int(UInt16(bitPattern: row.revents)))))
            }
            return list.value
        }
    }

    private func makePollType() -> PyType {
        let t = makeType("poll", module: "select", size: MemoryLayout<PollLayout>.size, trace: .words, fieldsEnd: 16, flags: .disallowInstantiation)
        t.defN("register($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)", """
            Register a file descriptor with the polling object.

              fd
                either an integer, or an object with a fileno() method returning an int
              eventmask
                an optional bitmask describing the type of events to check for
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                let events = a[1].isNull ? Int(POLLIN | POLLPRI | POLLOUT) : try vm.eventMask(a[1])
                try PyDict(r.cast(PollLayout.self).pointee.events).set(vm, vm.int32(descriptor), Value(small: events))
                return .none
            }
        }
        t.def2("modify($self, fd, eventmask, /)", """
            Modify an already registered file descriptor.

              fd
                either an integer, or an object with a fileno() method returning
                an int
              eventmask
                a bitmask describing the type of events to check for
            """) { vm, r, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a), events = try vm.eventMask(b)
                let dict = PyDict(r.cast(PollLayout.self).pointee.events)
                if try dict.get(vm, vm.int32(descriptor)).isNull { throw vm.osError(ENOENT) }
                try dict.set(vm, vm.int32(descriptor), Value(small: events))
                return .none
            }
        }
        t.def1("unregister($self, fd, /)", "Remove a file descriptor being tracked by the polling object.") { vm, r, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a)
                let old = try PyDict(r.cast(PollLayout.self).pointee.events).remove(vm, vm.int32(descriptor))
                if old.isNull { throw vm.raise(.keyError, value: vm.int32(descriptor)) }
                return .none
            }
        }
        t.defN("poll($self, timeout=None, /)", """
            Polls the set of registered file descriptors.

              timeout
                The maximum time to wait in milliseconds, or else None (or a negative
                value) to wait indefinitely.

            Returns a list containing any descriptors that have events or errors to
            report, as a list of (fd, event) 2-tuples.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.pollDescriptors(r, a[0]) }
        }
        readyType(t.type)
        return t.type
    }
}
