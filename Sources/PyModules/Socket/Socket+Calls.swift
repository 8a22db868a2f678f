// Calls on sockets: waiting with a time limit, sending all, messages with ancillary data.
// CPython: sock_call_ex and the methods in Modules/socketmodule.c; PEP 475.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

enum SocketWait: Int32 { case read = 0, write = 1, connect = 2 }

extension VM {
    /// A timeout in nanoseconds, rounded up; None is -1.
    func timeoutArgument(_ value: Value) throws(Raised) -> Int64 {
        if value.isNone { return -1 }
        let timeout = try nanoseconds(value, rounding: .up)
        if timeout < 0 { throw raise(.valueError, "Timeout value out of range") }
        if timeout / 1_000_000 > Int64(Int32.max) { throw raise(.overflowError, "timeout doesn't fit into C timeval") }
        return timeout
    }

    func setSocketTimeout(_ socket: Value, _ timeout: Int64) throws(Raised) {
        let fields = socketFields(socket)
        fields.pointee.timeout = timeout
        try setBlockingMode(fields.pointee.descriptor, timeout < 0)
    }

    /// Waits for readiness; false at the deadline (nanoseconds, monotonic).
    private func waitReady(_ descriptor: Int32, _ what: SocketWait, _ deadline: Int64) throws(Raised) -> Bool {
        while true {
            let left = deadline - Clock.monotonic.now
            if left < 0 { return false }
            let idle = idleDeadline(deadline)
            let nap = idle == deadline ? left : max(0, idle - Clock.monotonic.now)
            let milliseconds = Int32(min(Int64(Int32.max), (nap + 999_999) / 1_000_000))
            let result = unlocked { taipan_socket_wait(descriptor, what.rawValue, milliseconds).asInt }
            if result.value > 0 { return true }
            if result.value == 0 {
                if idle == deadline { return false }
                collectAndFinalizeWhenIdle()
                continue
            }
            if result.code != EINTR { throw osError(result.code) }
            try handleSignals()
        }
    }

    private func raiseTimedOut() -> Raised { raise(.timeoutError, "timed out") }

    /// Runs `body` on the descriptor, waiting first if the socket has a timeout.
    func socketCall(_ socket: Value, _ what: SocketWait, deadline given: Int64? = nil, _ body: (Int32) -> Int) throws(Raised) -> Int {
        let timeout = socketFields(socket).pointee.timeout
        let deadline = given ?? Clock.monotonic.now &+ max(0, timeout)
        while true {
            let descriptor = socketFields(socket).pointee.descriptor
            if timeout < 0, what == .read { try collectBeforeReading(descriptor) }
            if timeout > 0, descriptor >= 0, try !waitReady(descriptor, what, deadline) { throw raiseTimedOut() }
            while true {
                let result = unlocked { body(descriptor) }
                if !result.failed { return result.value }
                if result.code == EINTR {
                    try handleSignals()
                    continue
                }
                // Ready, and yet it would block: somebody else took it.
                if timeout > 0 && (result.code == EWOULDBLOCK || result.code == EAGAIN) { break }
                throw osError(result.code)
            }
        }
    }

    /// 0 or the error number; raises what handlers raise, and the timeout if `raising`.
    func connectSocket(_ socket: Value, _ given: taipan_address, raising: Bool) throws(Raised) -> Int32 {
        var address = given
        let fields = socketFields(socket), descriptor = fields.pointee.descriptor, timeout = fields.pointee.timeout
        let first = unlocked { taipan_connect(descriptor, &address).asInt }
        if !first.failed { return 0 }
        if first.code == EINTR { try handleSignals() }
        let waits = (first.code == EINTR && timeout != 0) || (timeout > 0 && (first.code == EINPROGRESS || first.code == EWOULDBLOCK))
        if !waits { return first.code }
        let deadline = timeout < 0 ? Int64.max : Clock.monotonic.now &+ timeout
        if try !waitReady(descriptor, .connect, deadline) {
            if raising { throw raiseTimedOut() }
            return EWOULDBLOCK
        }
        var error: Int32 = 0, size: UInt32 = 4
        if taipan_getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) < 0 { return errno }
        return error == EISCONN ? 0 : error
    }

    /// The bytes of a buffer, held while `body` runs.
    func withSocketBytes(_ value: Value, _ body: (UnsafeRawPointer, Int) throws(Raised) -> Value) throws(Raised) -> Value {
        var view = try acquireContiguous(value)
        defer { releaseBuffer(&view) }
        var nothing: UInt8 = 0
        guard let start = view.bytes else { return try body(&nothing, 0) }
        return try body(UnsafeRawPointer(start), view.count)
    }

    func sendEverything(_ socket: Value, _ start: UnsafeRawPointer, _ count: Int, _ flags: Int32) throws(Raised) {
        let timeout = socketFields(socket).pointee.timeout
        let deadline = Clock.monotonic.now &+ max(0, timeout)
        var at = 0
        repeat {
            if timeout > 0 && at > 0 && Clock.monotonic.now > deadline { throw raiseTimedOut() }
            let from = at
            let sent = try socketCall(socket, .write, deadline: deadline) { taipan_send($0, start + from, count - from, flags, nil) }
            at += max(0, sent)
            try handleSignals()
        } while at < count
    }

    func receiveInto(_ socket: Value, _ a: UnsafeMutablePointer<Value>, _ name: StaticString, from wanted: Bool) throws(Raised) -> (Int, taipan_address) {
        var size = a[1].isNull ? 0 : try cSize(a[1])
        let flags = try cInt32(a[2], default: 0)
        var view: BufferView
        do throws(Raised) { view = try acquireBuffer(a[0], writable: true) } catch {
            if raisedMatches(.bufferError) || raisedMatches(.typeError) {
                clearRaised()
                throw raise(.typeError, "\(name)() argument 1 must be read-write bytes-like object, not \(argumentTypeName(a[0]))")
            }
            throw error
        }
        defer { releaseBuffer(&view) }
        if size < 0 { throw raise(.valueError, "negative buffersize in \(name)") }
        if size == 0 { size = view.count }
        if size > view.count { throw raise(.valueError, wanted ? "nbytes is greater than the length of the buffer" : "buffer too small for requested bytes") }
        var address = taipan_address()
        guard let start = view.bytes, size > 0 || wanted else { return (0, address) }
        let length = size
        let got = wanted
            ? try socketCall(socket, .read) { taipan_recv($0, start, length, flags, &address) }
            : try socketCall(socket, .read) { taipan_recv($0, start, length, flags, nil) }
        return (got, address)
    }

    func setSocketOption(_ socket: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let level = try cInt32(a[0]), option = try cInt32(a[1]), descriptor = socketFields(socket).pointee.descriptor
        if !a[3].isNull {
            guard a[2].isNone else { throw raise(.typeError, "setsockopt() argument 3 must be None, not \(argumentTypeName(a[2]))") }
            try quick(taipan_setsockopt(descriptor, level, option, nil, try cUnsigned(a[3])))
            return .none
        }
        if isInt(a[2]) {
            var number = try cInt32(a[2])
            try quick(taipan_setsockopt(descriptor, level, option, &number, 4))
            return .none
        }
        return try withSocketBytes(a[2]) { start, count throws(Raised) in
            try quick(taipan_setsockopt(descriptor, level, option, start, UInt32(truncatingIfNeeded: count)))
            return .none
        }
    }

    // MARK: Messages

    private func ancillaryList(_ control: [UInt64], _ size: Int) throws(Raised) -> Value {
        let list = try newList()
        let all = control.withUnsafeBytes { Array($0) }
        var at = 0, level: Int32 = 0, type: Int32 = 0, start = 0, count = 0
        while taipan_cmsg_get(control, size, &at, &level, &type, &start, &count) != 0 {
            if start > all.count || count > all.count - start { break }
            try list.append(self, tuple(int32(level), int32(type), bytes(Array(all[start..<(start + count)]))))
        }
        return list.value
    }

    private func receive(_ socket: Value, _ rows: [iovec], _ size: Value, _ flags: Value) throws(Raised) -> (Int, Value, Int32, Value) {
        let room = size.isNull ? 0 : try cSize(size), given = try cInt32(flags, default: 0)
        if room < 0 || room > Int(Int32.max) { throw raise(.valueError, "invalid ancillary data buffer length") }
        var control = [UInt64](repeating: 0, count: room / 8 + 1), controlSize = room, answered = given
        var from = taipan_address()
        var rows = rows
        let count = Int32(rows.count)
        let got = try socketCall(socket, .read) { descriptor in
            controlSize = room
            answered = given
            return control.withUnsafeMutableBytes { c in
                rows.withUnsafeMutableBytes { p in
                    guard let vectors = p.baseAddress ?? c.baseAddress else { return -1 }
                    return taipan_recvmsg(descriptor, vectors, count, room == 0 ? nil : c.baseAddress, &controlSize, &answered, &from)
                }
            }
        }
        let ancillary = try ancillaryList(control, min(controlSize, room))
        return (got, ancillary, answered, try addressValue(from, socketFields(socket).pointee.family))
    }

    func receiveMessage(_ socket: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let size = try cSize(a[0])
        if size < 0 { throw raise(.valueError, "negative buffer size in recvmsg()") }
        let room = try newBytes(count: size)
        let answer = try receive(socket, [iovec(iov_base: UnsafeMutableRawPointer(room.bytes), iov_len: size)], a[1], a[2])
        let data = try bytes(UnsafeBufferPointer(start: UnsafePointer(room.bytes), count: max(0, min(size, answer.0))))
        return tuple(data, answer.1, int32(answer.2), answer.3)
    }

    /// Holds the buffers of an iterable while `body` runs on their places.
    private func withVectors<T>(_ buffers: Value, writable: Bool, _ complaint: String, _ body: ([iovec]) throws(Raised) -> T) throws(Raised) -> T {
        let items: PyTuple
        do throws(Raised) { items = PyTuple(try tupleFrom(buffers)) } catch {
            if raisedMatches(.typeError) && type(of: buffers).slots.iter == nil {
                clearRaised()
                throw raise(.typeError, complaint)
            }
            throw error
        }
        let count = items.count
        let views = UnsafeMutablePointer<BufferView>.allocate(capacity: count + 1)
        let owners = try pushStack(count + 1)
        owners.update(repeating: .null, count: count + 1)
        var acquired = 0
        defer {
            for i in 0..<acquired { releaseBuffer(&views[i]) }
            popStack(owners)
            views.deallocate()
        }
        var rows: [iovec] = []
        for i in 0..<count {
            let view: BufferView
            do throws(Raised) { view = try acquireContiguous(items[i], writable: writable) } catch {
                if writable && (raisedMatches(.bufferError) || raisedMatches(.typeError)) {
                    clearRaised()
                    throw raise(.typeError, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers")
                }
                throw error
            }
            views.advanced(by: i).initialize(to: view)
            owners[i] = view.owner
            acquired += 1
            rows.append(iovec(iov_base: view.bytes, iov_len: view.count))
        }
        return try body(rows)
    }

    func receiveMessageInto(_ socket: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try withVectors(a[0], writable: true, "recvmsg_into() argument 1 must be an iterable") { rows throws(Raised) in
            let answer = try receive(socket, rows, a[1], a[2])
            return tuple(int(answer.0), answer.1, int32(answer.2), answer.3)
        }
    }

    func sendMessage(_ socket: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let flags = try cInt32(a[2], default: 0)
        return try withVectors(a[0], writable: false, "sendmsg() argument 1 must be an iterable") { rows throws(Raised) in
            var control: [UInt64] = []
            var controlSize = 0
            if !a[1].isNull { (control, controlSize) = try ancillaryData(a[1]) }
            var to = taipan_address()
            let hasAddress = !(a[3].isNull || a[3].isNone)
            if hasAddress { to = try socketAddress(socket, a[3], "sendmsg") }
            let count = Int32(rows.count)
            let size = controlSize
            let sent = try socketCall(socket, .write) { descriptor in
                rows.withUnsafeBytes { p in
                    control.withUnsafeBytes { c in
                        withUnsafePointer(to: &to) { to in
                            guard let vectors = p.baseAddress ?? UnsafeRawPointer(to) as UnsafeRawPointer? else { return -1 }
                            return taipan_sendmsg(descriptor, vectors, count, size == 0 ? nil : c.baseAddress, size, flags, hasAddress ? to : nil)
                        }
                    }
                }
            }
            return int(sent)
        }
    }

    private func ancillaryData(_ given: Value) throws(Raised) -> ([UInt64], Int) {
        let items: PyTuple
        do throws(Raised) { items = PyTuple(try tupleFrom(given)) } catch {
            if raisedMatches(.typeError) && type(of: given).slots.iter == nil {
                clearRaised()
                throw raise(.typeError, "sendmsg() argument 2 must be an iterable")
            }
            throw error
        }
        var messages: [(Int32, Int32, [UInt8])] = []
        var size = 0
        for i in 0..<items.count {
            let row = PyTuple(try tupleFrom(items[i]))
            if row.count != 3 { throw raise(.typeError, "[sendmsg() ancillary data items]() argument must be sequence of length 3, not \(row.count)") }
            let data = Array(PyBytes(try bytesFromBuffer(row[2])).view)
            messages.append((try cInt32(row[0]), try cInt32(row[1]), data))
            size += taipan_cmsg_space(data.count)
        }
        var control = [UInt64](repeating: 0, count: size / 8 + 1)
        var at = 0
        for (level, type, data) in messages {
            if taipan_cmsg_put(&control, size, &at, level, type, data, data.count) != 0 { throw raise(.osError, "ancillary data does not fit in calculated space") }
        }
        return (control, size)
    }
}
