// `_socket.socket`: the type. Waiting and messages: Socket+Calls.swift. CPython: Modules/socketmodule.c.
import CShims
import PyPlatform
import PyRuntime

struct SocketLayout {
    var type: PyType
    var descriptor: Int32
    var family: Int32
    var kind: Int32
    var proto: Int32
    /// Nanoseconds; -1: blocking, 0: not blocking.
    var timeout: Int64
}

extension VM {
    func socketFields(_ socket: Value) -> UnsafeMutablePointer<SocketLayout> { socket.cast(SocketLayout.self) }

    /// A bare `_socket.socket` of an open descriptor.
    func newSocket(_ descriptor: Int32, _ family: Int32, _ type: Int32, _ proto: Int32) throws(Raised) -> Value {
        let made = newInstance(try socketState().socket)
        try fillSocket(made, descriptor, family, type, proto)
        return made
    }

    private func fillSocket(_ socket: Value, _ descriptor: Int32, _ family: Int32, _ type: Int32, _ proto: Int32) throws(Raised) {
        let fields = socketFields(socket)
        fields.pointee.descriptor = descriptor
        fields.pointee.family = family
        // SOCK_NONBLOCK and SOCK_CLOEXEC are no kinds.
        fields.pointee.kind = type & ~(0o4000 | 0o2000000)
        fields.pointee.proto = proto
        if type & 0o4000 != 0 {
            fields.pointee.timeout = 0
        } else {
            let timeout = try socketState().defaultTimeout
            fields.pointee.timeout = timeout
            if timeout >= 0 { try setBlockingMode(descriptor, false) }
        }
    }

    func setBlockingMode(_ descriptor: Int32, _ blocking: Bool) throws(Raised) {
        let flags = Int32(try quick(taipan_fcntl(descriptor, F_GETFL, 0)))
        try quick(taipan_fcntl(descriptor, F_SETFL, Int(blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)))
    }

    private func initializeSocket(_ socket: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) {
        var family = try cInt32(a[0], default: -1), type = try cInt32(a[1], default: -1), proto = try cInt32(a[2], default: -1)
        try audit("socket.__new__", tuple(socket, int(Int(family)), int(Int(type)), int(Int(proto))))
        var descriptor: Int32
        if !(a[3].isNull || a[3].isNone) {
            descriptor = try cInt32(a[3])
            if descriptor < 0 { throw raise(.valueError, "negative file descriptor") }
            let result = taipan_socket_nature(descriptor, &family, &type, &proto)
            if result < 0 { throw osError(errno) }
            var address = taipan_address()
            if taipan_getsockname(descriptor, &address) < 0 && (errno == EBADF || errno == ENOTSOCK) { throw osError(errno) }
        } else {
            if family == -1 { family = 2 }
            if type == -1 { type = 1 }
            if proto == -1 { proto = 0 }
            descriptor = -1
            let (f, t, p) = (family, type, proto)
            let result = unlocked { taipan_socket(f, t, p).asInt }
            if result.failed { throw osError(result.code) }
            descriptor = Int32(truncatingIfNeeded: result.value)
        }
        do throws(Raised) { try fillSocket(socket, descriptor, family, type, proto) } catch {
            close(descriptor)
            socketFields(socket).pointee.descriptor = -1
            throw error
        }
    }

    func makeSocketType() -> PyType {
        let t = makeType("socket", module: "_socket", size: MemoryLayout<SocketLayout>.size, trace: .leaf)
        t.statesGetAttribute()
        t.doc("""
            socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object
            socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object

            Open a socket of the given type.  The family argument specifies the
            address family; it defaults to AF_INET.  The type argument specifies
            whether this is a stream (SOCK_STREAM, this is the default)
            or datagram (SOCK_DGRAM) socket.  The protocol argument defaults to 0,
            specifying the default protocol.  Keyword arguments are accepted.
            The socket is created as non-inheritable.

            When a fileno is passed in, family, type and proto are auto-detected,
            unless they are explicitly set.

            A socket object represents one endpoint of a network connection.

            Methods of socket objects (keyword arguments not allowed):

            _accept() -- accept connection, returning new socket fd and client address
            bind(addr) -- bind the socket to a local address
            close() -- close the socket
            connect(addr) -- connect the socket to a remote address
            connect_ex(addr) -- connect, return an error code instead of an exception
            dup() -- return a new socket fd duplicated from fileno()
            fileno() -- return underlying file descriptor
            getpeername() -- return remote address [*]
            getsockname() -- return local address
            getsockopt(level, optname[, buflen]) -- get socket options
            gettimeout() -- return timeout or None
            listen([n]) -- start listening for incoming connections
            recv(buflen[, flags]) -- receive data
            recv_into(buffer[, nbytes[, flags]]) -- receive data (into a buffer)
            recvfrom(buflen[, flags]) -- receive data and sender's address
            recvfrom_into(buffer[, nbytes, [, flags])
              -- receive data and sender's address (into a buffer)
            sendall(data[, flags]) -- send all data
            send(data[, flags]) -- send data, may not send all of it
            sendto(data[, flags], addr) -- send data to a given address
            setblocking(bool) -- set or clear the blocking I/O flag
            getblocking() -- return True if socket is blocking, False if non-blocking
            setsockopt(level, optname, value[, optlen]) -- set socket options
            settimeout(None | float) -- set or clear the timeout
            shutdown(how) -- shut down traffic in one or both directions

             [*] not available on all platforms!
            """)
        t.type.slots.new = { vm, cls, _, _, _ in
            let made = vm.newInstance(PyType(cls))
            made.cast(SocketLayout.self).pointee.descriptor = -1
            made.cast(SocketLayout.self).pointee.timeout = -1
            return made
        }
        t.initialize("-socket(family=-1, type=-1, proto=-1, fileno=None)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.initializeSocket(v, a)
                return .none
            }
        }
        t.type.slots.repr = { vm, v in
            let f = vm.socketFields(v).pointee
            return vm.str("<socket object, fd=\(f.descriptor), family=\(f.family), type=\(f.kind), proto=\(f.proto)>")
        }
        t.type.ref.pointee.flags.insert(.hasDel)
        t.type.slots.del = { vm, v in
            vm.guarded { () throws(Raised) in
                let fields = vm.socketFields(v)
                if fields.pointee.descriptor == -1 { return .none }
                do throws(Raised) { try vm.warn(.resourceWarning, "unclosed \(vm.reprText(v))", source: v) } catch { vm.writeUnraisable(v) }
                let descriptor = fields.pointee.descriptor
                fields.pointee.descriptor = -1
                if descriptor != -1 { close(descriptor) }
                return .none
            }
        }
        t.computedMember("family", "the socket family", get: { vm, v in vm.int32(vm.socketFields(v).pointee.family) })
        t.computedMember("type", "the socket type", get: { vm, v in vm.int32(vm.socketFields(v).pointee.kind) })
        t.computedMember("proto", "the socket protocol", get: { vm, v in vm.int32(vm.socketFields(v).pointee.proto) })
        t.getset("timeout", "the socket timeout", get: { vm, v in timeoutValue(vm.socketFields(v).pointee.timeout) })
        defineSocketMethods(t)
        readyType(t.type)
        return t.type
    }

    private func defineSocketMethods(_ t: TypeBuilder) {
        t.def0("-_accept()", """
            _accept() -> (integer, address info)

            Wait for an incoming connection.  Return a new socket file descriptor
            representing the connection, and the address of the client.
            For IP sockets, the address info is a pair (hostaddr, port).
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                var from = taipan_address()
                let made = try vm.socketCall(r, .read) { taipan_accept($0, &from).asInt }
                return vm.tuple(vm.int(made), try vm.addressValue(from, vm.socketFields(r).pointee.family))
            }
        }
        t.def1("-bind(address, /)", """
            bind(address)

            Bind the socket to a local address.  For IP sockets, the address is a
            pair (host, port); the host must refer to the local host. For raw packet
            sockets the address is a tuple (ifname, proto [,pkttype [,hatype [,addr]]])
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                var to = try vm.socketAddress(r, a, "bind")
                let descriptor = vm.socketFields(r).pointee.descriptor
                try vm.audit("socket.bind", vm.tuple(r, a))
                let result = vm.unlocked { taipan_bind(descriptor, &to).asInt }
                if result.failed { throw vm.osError(result.code) }
                return .none
            }
        }
        t.def0("-close()", """
            close()

            Close the socket.  It cannot be used after this call.
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                let fields = vm.socketFields(r)
                let descriptor = fields.pointee.descriptor
                if descriptor != -1 {
                    fields.pointee.descriptor = -1
                    // ECONNRESET says only that the peer was faster.
                    let result = vm.unlocked { close(descriptor).asInt }
                    if result.failed && result.code != ECONNRESET { throw vm.osError(result.code) }
                }
                return .none
            }
        }
        t.def1("-connect(address, /)", """
            connect(address)

            Connect the socket to a remote address.  For IP sockets, the address
            is a pair (host, port).
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let code = try vm.connectSocket(r, vm.socketAddress(r, a, "connect"), raising: true)
                if code != 0 { throw vm.osError(code) }
                return .none
            }
        }
        t.def1("-connect_ex(address, /)", """
            connect_ex(address) -> errno

            This is like connect(address), but returns an error code (the errno value)
            instead of raising an exception when an error occurs.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in vm.int32(try vm.connectSocket(r, vm.socketAddress(r, a, "connect_ex"), raising: false)) }
        }
        t.def0("-detach()", """
            detach()

            Close the socket object without closing the underlying file descriptor.
            The object cannot be used after this call, but the file descriptor
            can be reused for other purposes.  The file descriptor is returned.
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                let fields = vm.socketFields(r), descriptor = fields.pointee.descriptor
                fields.pointee.descriptor = -1
                return vm.int32(descriptor)
            }
        }
        t.def0("-fileno()", """
            fileno() -> integer

            Return the integer file descriptor of the socket.
            """) { vm, r in
            vm.guarded { () throws(Raised) in vm.int32(vm.socketFields(r).pointee.descriptor) }
        }
        t.def0("-getpeername()", """
            getpeername() -> address info

            Return the address of the remote endpoint.  For IP sockets, the address
            info is a pair (hostaddr, port).
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                var address = taipan_address()
                let fields = vm.socketFields(r), descriptor = fields.pointee.descriptor
                let result = vm.unlocked { taipan_getpeername(descriptor, &address).asInt }
                if result.failed { throw vm.osError(result.code) }
                return try vm.addressValue(address, fields.pointee.family)
            }
        }
        t.def0("-getsockname()", """
            getsockname() -> address info

            Return the address of the local endpoint. The format depends on the
            address family. For IPv4 sockets, the address info is a pair
            (hostaddr, port).
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                var address = taipan_address()
                let fields = vm.socketFields(r), descriptor = fields.pointee.descriptor
                let result = vm.unlocked { taipan_getsockname(descriptor, &address).asInt }
                if result.failed { throw vm.osError(result.code) }
                return try vm.addressValue(address, fields.pointee.family)
            }
        }
        t.defN("-getsockopt(level, option, buffersize=0, /)", """
            getsockopt(level, option[, buffersize]) -> value

            Get a socket option.  See the Unix manual for level and option.
            If a nonzero buffersize argument is given, the return value is a
            string of that length; otherwise it is an integer.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let level = try vm.cInt32(a[0]), option = try vm.cInt32(a[1]), size = try vm.cInt32(a[2], default: 0)
                let descriptor = vm.socketFields(r).pointee.descriptor
                if size == 0 {
                    var number: Int32 = 0, length: UInt32 = 4
                    try vm.quick(taipan_getsockopt(descriptor, level, option, &number, &length))
                    return vm.int32(number)
                }
                if size < 0 || size > 1024 { throw vm.raise(.osError, "getsockopt buflen out of range") }
                var bytes = [UInt8](repeating: 0, count: Int(size)), length = UInt32(size)
                try vm.quick(taipan_getsockopt(descriptor, level, option, &bytes, &length))
                return try vm.bytes(Array(bytes.prefix(Int(length))))
            }
        }
        t.defN("-setsockopt(level, option, value, optlen=0, /)", """
            setsockopt(level, option, value: int)
            setsockopt(level, option, value: buffer)
            setsockopt(level, option, None, optlen: int)

            Set a socket option.  See the Unix manual for level and option.
            The value argument can either be an integer, a string buffer, or
            None, optlen.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.setSocketOption(r, a) }
        }
        t.defN("-listen(backlog=128, /)", """
            listen([backlog])

            Enable a server to accept connections.  If backlog is specified, it must be
            at least 0 (if it is lower, it is set to 0); it specifies the number of
            unaccepted connections that the system will allow before refusing new
            connections. If not specified, a default reasonable value is chosen.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let backlog = a[0].isNull ? Int32(128) : max(0, try vm.cInt32(a[0])), descriptor = vm.socketFields(r).pointee.descriptor
                let result = vm.unlocked { taipan_listen(descriptor, backlog).asInt }
                if result.failed { throw vm.osError(result.code) }
                return .none
            }
        }
        t.defN("-recv(buffersize, flags=0, /)", """
            recv(buffersize[, flags]) -> data

            Receive up to buffersize bytes from the socket.  For the optional flags
            argument, see the Unix manual.  When no data is available, block until
            at least one byte is available or until the remote end is closed.  When
            the remote end is closed and all data is read, return the empty string.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let size = try vm.cSize(a[0]), flags = try vm.cInt32(a[1], default: 0)
                if size < 0 { throw vm.raise(.valueError, "negative buffersize in recv") }
                let room = try vm.newBytes(count: size)
                if size == 0 { return room.value }
                let got = try vm.socketCall(r, .read) { taipan_recv($0, room.bytes, size, flags, nil) }
                return got == size ? room.value : try vm.bytes(UnsafeBufferPointer(start: UnsafePointer(room.bytes), count: max(0, min(got, size))))
            }
        }
        t.defN("-recvfrom(buffersize, flags=0, /)", """
            recvfrom(buffersize[, flags]) -> (data, address info)

            Like recv(buffersize, flags) but also return the sender's address info.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let size = try vm.cSize(a[0]), flags = try vm.cInt32(a[1], default: 0)
                if size < 0 { throw vm.raise(.valueError, "negative buffersize in recvfrom") }
                let room = try vm.newBytes(count: size)
                var from = taipan_address()
                let got = try vm.socketCall(r, .read) { taipan_recv($0, room.bytes, size, flags, &from) }
                let data = try vm.bytes(UnsafeBufferPointer(start: UnsafePointer(room.bytes), count: max(0, min(got, size))))
                return vm.tuple(data, try vm.addressValue(from, vm.socketFields(r).pointee.family))
            }
        }
        t.defN("-recv_into(buffer, nbytes=0, flags=0)", """
            recv_into(buffer, [nbytes[, flags]]) -> nbytes_read

            A version of recv() that stores its data into a buffer rather than creating
            a new string.  Receive up to buffersize bytes from the socket.  If buffersize
            is not specified (or 0), receive up to the size available in the given buffer.

            See recv() for documentation about the flags.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let (got, _) = try vm.receiveInto(r, a, "recv_into", from: false)
                return vm.int(got)
            }
        }
        t.defN("-recvfrom_into(buffer, nbytes=0, flags=0)", """
            recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)

            Like recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                var (got, from) = try vm.receiveInto(r, a, "recvfrom_into", from: true)
                _ = taipan_address_family(&from)
                return vm.tuple(vm.int(got), try vm.addressValue(from, vm.socketFields(r).pointee.family))
            }
        }
        t.defN("-send(data, flags=0, /)", """
            send(data[, flags]) -> count

            Send a data string to the socket.  For the optional flags
            argument, see the Unix manual.  Return the number of bytes
            sent; this may be less than len(data) if the network is busy.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let flags = try vm.cInt32(a[1], default: 0)
                return try vm.withSocketBytes(a[0]) { start, count throws(Raised) in
                    vm.int(try vm.socketCall(r, .write) { taipan_send($0, start, count, flags, nil) })
                }
            }
        }
        t.defN("-sendall(data, flags=0, /)", """
            sendall(data[, flags])

            Send a data string to the socket.  For the optional flags
            argument, see the Unix manual.  This calls send() repeatedly
            until all data is sent.  If an error occurs, it's impossible
            to tell how much data has been sent.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let flags = try vm.cInt32(a[1], default: 0)
                return try vm.withSocketBytes(a[0]) { start, count throws(Raised) in
                    try vm.sendEverything(r, start, count, flags)
                    return .none
                }
            }
        }
        t.defV("-sendto(*args, **kwargs)", """
            sendto(data[, flags], address) -> count

            Like send(data, flags) but allows specifying the destination address.
            For IP sockets, the address is a pair (hostaddr, port).
            """) { vm, r, a, count, _ in
            vm.guarded { () throws(Raised) in
                if count < 2 || count > 3 { throw vm.raise(.typeError, "sendto() takes 2 or 3 arguments (\(count) given)") }
                let flags = count == 3 ? try vm.cInt32(a[1]) : 0
                let target = a[count - 1]
                return try vm.withSocketBytes(a[0]) { start, size throws(Raised) in
                    var to = try vm.socketAddress(r, target, "sendto")
                    return vm.int(try vm.socketCall(r, .write) { taipan_send($0, start, size, flags, &to) })
                }
            }
        }
        t.def1("-setblocking(flag, /)", """
            setblocking(flag)

            Set the socket to blocking (flag is true) or non-blocking (false).
            setblocking(True) is equivalent to settimeout(None);
            setblocking(False) is equivalent to settimeout(0.0).
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let blocking = try vm.cInt32(a) != 0
                try vm.setSocketTimeout(r, blocking ? -1 : 0)
                return .none
            }
        }
        t.def0("-getblocking()", """
            getblocking()

            Returns True if socket is in blocking mode, or False if it
            is in non-blocking mode.
            """) { vm, r in
            vm.guarded { () throws(Raised) in Value(vm.socketFields(r).pointee.timeout != 0) }
        }
        t.def1("-settimeout(timeout, /)", """
            settimeout(timeout)

            Set a timeout on socket operations.  'timeout' can be a float,
            giving in seconds, or None.  Setting a timeout of None disables
            the timeout feature and is equivalent to setblocking(1).
            Setting a timeout of zero is the same as setblocking(0).
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                try vm.setSocketTimeout(r, vm.timeoutArgument(a))
                return .none
            }
        }
        t.def0("-gettimeout()", """
            gettimeout() -> timeout

            Returns the timeout in seconds (float) associated with socket
            operations. A timeout of None indicates that timeouts on socket
            operations are disabled.
            """) { vm, r in
            vm.guarded { () throws(Raised) in timeoutValue(vm.socketFields(r).pointee.timeout) }
        }
        t.def1("-shutdown(flag, /)", """
            shutdown(flag)

            Shut down the reading side of the socket (flag == SHUT_RD), the writing side
            of the socket (flag == SHUT_WR), or both ends (flag == SHUT_RDWR).
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in
                let how = try vm.cInt32(a), descriptor = vm.socketFields(r).pointee.descriptor
                let result = vm.unlocked { taipan_shutdown(descriptor, how).asInt }
                if result.failed { throw vm.osError(result.code) }
                return .none
            }
        }
        t.defN("-recvmsg(bufsize, ancbufsize=0, flags=0, /)", """
            recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)

            Receive normal data (up to bufsize bytes) and ancillary data from the
            socket.  The ancbufsize argument sets the size in bytes of the
            internal buffer used to receive the ancillary data; it defaults to 0,
            meaning that no ancillary data will be received.  Appropriate buffer
            sizes for ancillary data can be calculated using CMSG_SPACE() or
            CMSG_LEN(), and items which do not fit into the buffer might be
            truncated or discarded.  The flags argument defaults to 0 and has the
            same meaning as for recv().

            The return value is a 4-tuple: (data, ancdata, msg_flags, address).
            The data item is a bytes object holding the non-ancillary data
            received.  The ancdata item is a list of zero or more tuples
            (cmsg_level, cmsg_type, cmsg_data) representing the ancillary data
            (control messages) received: cmsg_level and cmsg_type are integers
            specifying the protocol level and protocol-specific type respectively,
            and cmsg_data is a bytes object holding the associated data.  The
            msg_flags item is the bitwise OR of various flags indicating
            conditions on the received message; see your system documentation for
            details.  If the receiving socket is unconnected, address is the
            address of the sending socket, if available; otherwise, its value is
            unspecified.

            If recvmsg() raises an exception after the system call returns, it
            will first attempt to close any file descriptors received via the
            SCM_RIGHTS mechanism.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.receiveMessage(r, a) }
        }
        t.defN("-recvmsg_into(buffers, ancbufsize=0, flags=0, /)", """
            recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)

            Receive normal data and ancillary data from the socket, scattering the
            non-ancillary data into a series of buffers.  The buffers argument
            must be an iterable of objects that export writable buffers
            (e.g. bytearray objects); these will be filled with successive chunks
            of the non-ancillary data until it has all been written or there are
            no more buffers.  The ancbufsize argument sets the size in bytes of
            the internal buffer used to receive the ancillary data; it defaults to
            0, meaning that no ancillary data will be received.  Appropriate
            buffer sizes for ancillary data can be calculated using CMSG_SPACE()
            or CMSG_LEN(), and items which do not fit into the buffer might be
            truncated or discarded.  The flags argument defaults to 0 and has the
            same meaning as for recv().

            The return value is a 4-tuple: (nbytes, ancdata, msg_flags, address).
            The nbytes item is the total number of bytes of non-ancillary data
            written into the buffers.  The ancdata item is a list of zero or more
            tuples (cmsg_level, cmsg_type, cmsg_data) representing the ancillary
            data (control messages) received: cmsg_level and cmsg_type are
            integers specifying the protocol level and protocol-specific type
            respectively, and cmsg_data is a bytes object holding the associated
            data.  The msg_flags item is the bitwise OR of various flags
            indicating conditions on the received message; see your system
            documentation for details.  If the receiving socket is unconnected,
            address is the address of the sending socket, if available; otherwise,
            its value is unspecified.

            If recvmsg_into() raises an exception after the system call returns,
            it will first attempt to close any file descriptors received via the
            SCM_RIGHTS mechanism.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.receiveMessageInto(r, a) }
        }
        t.defN("-sendmsg(buffers, ancdata=(), flags=0, address=None, /)", """
            sendmsg(buffers[, ancdata[, flags[, address]]]) -> count

            Send normal and ancillary data to the socket, gathering the
            non-ancillary data from a series of buffers and concatenating it into
            a single message.  The buffers argument specifies the non-ancillary
            data as an iterable of bytes-like objects (e.g. bytes objects).
            The ancdata argument specifies the ancillary data (control messages)
            as an iterable of zero or more tuples (cmsg_level, cmsg_type,
            cmsg_data), where cmsg_level and cmsg_type are integers specifying the
            protocol level and protocol-specific type respectively, and cmsg_data
            is a bytes-like object holding the associated data.  The flags
            argument defaults to 0 and has the same meaning as for send().  If
            address is supplied and not None, it sets a destination address for
            the message.  The return value is the number of bytes of non-ancillary
            data sent.
            """) { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.sendMessage(r, a) }
        }
        t.defV("-sendmsg_afalg(*args, **kwargs)", """
            sendmsg_afalg([msg], *, op[, iv[, assoclen[, flags=MSG_MORE]]])

            Set operation mode, IV and length of associated data for an AF_ALG
            operation socket.
            """) { vm, r, a, count, keywords in
            vm.guarded { () throws(Raised) in
                _ = (r, a, count, keywords)
                throw vm.unimplemented("socket.sendmsg_afalg")
            }
        }
    }
}
