// `_socket`: the module. Addresses and names: Socket+Addresses.swift; the type: Socket+Type.swift. CPython: Modules/socketmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

final class SocketState {
    let socket: PyType
    let herror: RootID
    let gaierror: RootID
    /// Nanoseconds; -1: none.
    var defaultTimeout: Int64 = -1

    init(_ vm: VM) throws(Raised) {
        socket = vm.makeSocketType()
        herror = vm.addRoot(try vm.socketError("herror"))
        gaierror = vm.addRoot(try vm.socketError("gaierror"))
    }
}

extension Int32 {
    var asInt: Int { Int(self) }
}

/// A timeout in nanoseconds as Python sees it.
func timeoutValue(_ nanoseconds: Int64) -> Value {
    nanoseconds < 0 ? .none : Value(Double(nanoseconds) / 1e9)
}

extension VM {
    public func registerSocket() {
        registerModule("_socket") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                let state = try vm.socketState()
                m.attribute("__doc__", vm.str("Implementation module for socket operations.\n\nSee the socket module for documentation." as StaticString))
                vm.addConstants(m, taipan_table_socket)
                m.attribute("error", vm.exceptionType(.osError).value)
                m.attribute("herror", vm.root(state.herror))
                m.attribute("gaierror", vm.root(state.gaierror))
                m.attribute("timeout", vm.exceptionType(.timeoutError).value)
                m.attribute("has_ipv6", .true)
                m.attribute("socket", state.socket.value)
                m.attribute("SocketType", state.socket.value)
                vm.defineSocketFunctions(m)
            }
        }
    }

    func socketState() throws(Raised) -> SocketState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["_socket"] as? SocketState { return known }
        let made = try SocketState(self)
        services.table["_socket"] = made
        return made
    }

    fileprivate func socketError(_ name: StaticString) throws(Raised) -> Value {
        try newExceptionClass(name, module: "socket", base: .osError)
    }

    /// `gaierror` for an EAI number.
    func addressError(_ code: Int32) -> Raised {
        if code == taipan_eai_system() { return osError(errno) }
        do {
            let type = root(try socketState().gaierror)
            return raise(PyType(type), argsTuple: tuple(int32(code), str(String(cString: taipan_gai_strerror(code)))))
        } catch { return error }
    }

    func hostError(_ code: Int32) -> Raised {
        do {
            let type = root(try socketState().herror)
            return raise(PyType(type), argsTuple: tuple(int32(code), str(String(cString: taipan_host_error(code)))))
        } catch { return error }
    }

    func sixteenBits(_ value: Value, _ name: StaticString) throws(Raised) -> UInt16 {
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if n < 0 { throw raise(.overflowError, "\(name): can't convert negative Python int to C 16-bit unsigned integer") }
        if n > 0xFFFF { throw raise(.overflowError, "\(name): Python int too large to convert to C 16-bit unsigned integer") }
        return UInt16(n)
    }

    func thirtyTwoBits(_ value: Value) throws(Raised) -> UInt32 {
        guard isInt(value) else { throw raise(.typeError, "expected int, \(typeName(value)) found") }
        let n = try cUnsignedLong(value)
        guard let result = UInt32(exactly: n) else { throw raise(.overflowError, "int larger than 32 bits") }
        return result
    }

    /// A str argument as a C string.
    func networkName(_ value: Value, _ function: StaticString) throws(Raised) -> Value {
        guard isStr(value) else { throw raise(.typeError, "\(function)() argument must be str, not \(argumentTypeName(value))") }
        return try fileSystemBytes(value)
    }

    func interfaceList() throws(Raised) -> Value {
        var indices = [UInt32](repeating: 0, count: 256)
        var names = [CChar](repeating: 0, count: 256 * 64)
        let count = try quick(taipan_interfaces(&indices, &names, 256))
        let list = try newList()
        for i in 0..<count {
            let name = names[(i * 64)..<(i * 64 + 64)].prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            try list.append(self, tuple(int(Int(indices[i])), fileSystemText(Array(name))))
        }
        return list.value
    }

    private func defineSocketFunctions(_ m: ModuleBuilder) {
        m.def1("-close(integer, /)", """
            close(integer) -> None

            Close an integer socket file descriptor.  This is like os.close(), but for
            sockets; on some platforms os.close() won't work for socket file descriptors.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                let result = vm.unlocked { close(descriptor).asInt }
                if result.failed && result.code != ECONNRESET { throw vm.osError(result.code) }
                return .none
            }
        }
        m.def1("-dup(integer, /)", """
            dup(integer) -> integer

            Duplicate an integer socket file descriptor.  This is like os.dup(), but for
            sockets; on some platforms os.dup() won't work for socket file descriptors.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return vm.int(try vm.quick(taipan_fcntl(descriptor, F_DUPFD_CLOEXEC, 0)))
            }
        }
        m.def0("-getdefaulttimeout()", """
            getdefaulttimeout() -> timeout

            Returns the default timeout in seconds (float) for new socket objects.
            A value of None indicates that new socket objects have no timeout.
            When the socket module is first imported, the default is None.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in timeoutValue(try vm.socketState().defaultTimeout) }
        }
        m.def1("-setdefaulttimeout(timeout, /)", """
            setdefaulttimeout(timeout)

            Set the default timeout in seconds (float) for new socket objects.
            A value of None indicates that new socket objects have no timeout.
            When the socket module is first imported, the default is None.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                try vm.socketState().defaultTimeout = vm.timeoutArgument(a)
                return .none
            }
        }
        m.def0("-gethostname()", """
            gethostname() -> string

            Return the current host name.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.audit("socket.gethostname", vm.emptyTuple)
                var name = [CChar](repeating: 0, count: 1024)
                try vm.quick(gethostname(&name, name.count - 1))
                return try vm.fileSystemText(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
            }
        }
        m.def1("-sethostname(name, /)", """
            sethostname(name)

            Sets the hostname to name.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.fsConverter(a)
                try vm.quick(sethostname(cString(name), PyBytes(name).count))
                return .none
            }
        }
        m.def1("-gethostbyname(host, /)", """
            gethostbyname(host) -> address

            Return the IP address (a string of the form '255.255.255.255') for a host.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                var address = try vm.hostAddress(vm.hostName(a), 2)
                return try vm.ipText(&address)
            }
        }
        m.def1("-gethostbyname_ex(host, /)", """
            gethostbyname_ex(host) -> (name, aliaslist, addresslist)

            Return the true host name, a list of aliases, and a list of IP addresses,
            for a host.  The host argument is a string giving a host name or IP number.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.hostName(a)
                return try vm.hostEntry(name: name, nil)
            }
        }
        m.def1("-gethostbyaddr(host, /)", """
            gethostbyaddr(host) -> (name, aliaslist, addresslist)

            Return the true host name, a list of aliases, and a list of IP addresses,
            for a host.  The host argument is a string giving a host name or IP number.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let address = try vm.hostAddress(vm.hostName(a), 0)
                return try vm.hostEntry(name: nil, address)
            }
        }
        m.defN("-getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", """
            getaddrinfo(host, port [, family, type, proto, flags])
                -> list of (family, type, proto, canonname, sockaddr)

            Resolve host and port into addrinfo struct.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.addressInformation(a) }
        }
        m.def2("-getnameinfo(sockaddr, flags, /)", """
            getnameinfo(sockaddr, flags) --> (host, port)

            Get host and port for a sockaddr.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.nameInformation(a, b) }
        }
        m.defN("-getservbyname(servicename, protocolname=None, /)", """
            getservbyname(servicename[, protocolname]) -> integer

            Return a port number from a service name and protocol name.
            The optional protocol name, if given, should be 'tcp' or 'udp',
            otherwise any protocol will match.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.networkName(a[0], "getservbyname"), kind = a[1].isNull ? Value.null : try vm.networkName(a[1], "getservbyname")
                let port = taipan_service_port(cString(name), kind.isNull ? nil : cString(kind))
                if port < 0 { throw vm.raise(.osError, "service/proto not found") }
                return vm.int32(port)
            }
        }
        m.defN("-getservbyport(port, protocolname=None, /)", """
            getservbyport(port[, protocolname]) -> string

            Return the service name from a port number and protocol name.
            The optional protocol name, if given, should be 'tcp' or 'udp',
            otherwise any protocol will match.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let port = try vm.cInt32(a[0]), kind = a[1].isNull ? Value.null : try vm.networkName(a[1], "getservbyport")
                if port < 0 || port > 0xFFFF { throw vm.raise(.overflowError, "getservbyport: port must be 0-65535.") }
                guard let name = taipan_service_name(port, kind.isNull ? nil : cString(kind)) else { throw vm.raise(.osError, "port/proto not found") }
                return try vm.fileSystemText(c: name)
            }
        }
        m.def1("-getprotobyname(name, /)", """
            getprotobyname(name) -> integer

            Return the protocol number for the named protocol.  (Rarely used.)
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let number = taipan_protocol_number(cString(try vm.networkName(a, "getprotobyname")))
                if number < 0 { throw vm.raise(.osError, "protocol not found") }
                return vm.int32(number)
            }
        }
        m.def1("-htons(integer, /)", """
            htons(integer) -> integer

            Convert a 16-bit unsigned integer from host to network byte order.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(Int(try vm.sixteenBits(a, "htons").bigEndian)) }
        }
        m.def1("-ntohs(integer, /)", """
            ntohs(integer) -> integer

            Convert a 16-bit unsigned integer from network to host byte order.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(Int(try vm.sixteenBits(a, "ntohs").bigEndian)) }
        }
        m.def1("-htonl(integer, /)", """
            htonl(integer) -> integer

            Convert a 32-bit integer from host to network byte order.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(Int(try vm.thirtyTwoBits(a).bigEndian)) }
        }
        m.def1("-ntohl(integer, /)", """
            ntohl(integer) -> integer

            Convert a 32-bit integer from network to host byte order.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(Int(try vm.thirtyTwoBits(a).bigEndian)) }
        }
        m.def1("-inet_aton(string, /)", """
            inet_aton(string) -> bytes giving packed 32-bit IP representation

            Convert an IP address in string format (123.45.67.89) to the 32-bit packed
            binary format used in low-level network functions.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                var ip = in_addr()
                if inet_aton(cString(try vm.networkName(a, "inet_aton")), &ip) == 0 { throw vm.raise(.osError, "illegal IP address string passed to inet_aton") }
                return try vm.bytes(withUnsafeBytes(of: ip) { Array($0.prefix(4)) })
            }
        }
        m.def1("-inet_ntoa(packed_ip, /)", """
            inet_ntoa(packed_ip) -> ip_address_string

            Convert an IP address from 32-bit packed binary format to string format
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let bytes = try vm.bytesFromBuffer(a)
                if PyBytes(bytes).count != 4 { throw vm.raise(.osError, "packed IP wrong length for inet_ntoa") }
                return vm.str(PyBytes(bytes).view.map { String($0) }.joined(separator: "."))
            }
        }
        m.def2("-inet_pton(af, ip, /)", """
            inet_pton(af, ip) -> packed IP address string

            Convert an IP address from string format to a packed string suitable
            for use with low-level network functions.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let family = try vm.cInt32(a), text = try vm.networkName(b, "inet_pton")
                if family != 2 && family != AF_INET6 { throw vm.osError(EAFNOSUPPORT) }
                var ip = [UInt8](repeating: 0, count: 16)
                let result = inet_pton(family, cString(text), &ip)
                if result == 0 { throw vm.raise(.osError, "illegal IP address string passed to inet_pton") }
                if result < 0 { throw vm.osError(errno) }
                return try vm.bytes(Array(ip.prefix(family == 2 ? 4 : 16)))
            }
        }
        m.def2("-inet_ntop(af, packed_ip, /)", """
            inet_ntop(af, packed_ip) -> string formatted IP address

            Convert a packed IP address of the given family to string format.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let family = try vm.cInt32(a), bytes = try vm.bytesFromBuffer(b)
                if family != 2 && family != AF_INET6 { throw vm.raise(.valueError, "unknown address family \(family)") }
                if PyBytes(bytes).count != (family == 2 ? 4 : 16) { throw vm.raise(.valueError, "invalid length of packed IP address string") }
                return try vm.ipText(family, PyBytes(bytes).bytes)
            }
        }
        m.def0("-if_nameindex()", """
            if_nameindex()

            Returns a list of network interface information (index, name) tuples.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in try vm.interfaceList() }
        }
        m.def1("-if_nametoindex(if_name, /)", """
            if_nametoindex(if_name)

            Returns the interface index corresponding to the interface name if_name.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.fsConverter(a)
                let index = if_nametoindex(cString(name))
                if index == 0 { throw vm.raise(.osError, "no interface with this name") }
                return vm.int(Int(index))
            }
        }
        m.def1("-if_indextoname(if_index, /)", """
            if_indextoname(if_index)

            Returns the interface name corresponding to the interface index if_index.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let index = try vm.cUnsignedLong(a)
                var name = [CChar](repeating: 0, count: 256)
                if if_indextoname(UInt32(truncatingIfNeeded: index), &name) == nil { throw vm.osError(ENXIO) }
                return try vm.fileSystemText(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
            }
        }
        m.def1("-CMSG_LEN(length, /)", """
            CMSG_LEN(length) -> control message length

            Return the total length, without trailing padding, of an ancillary
            data item with associated data of the given length.  This value can
            often be used as the buffer size for recvmsg() to receive a single
            item of ancillary data, but RFC 3542 requires portable applications to
            use CMSG_SPACE() and thus include space for padding, even when the
            item will be the last in the buffer.  Raises OverflowError if length
            is outside the permissible range of values.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let length = try vm.cSize(a)
                if length < 0 || length > Int(Int32.max) - 16 { throw vm.raise(.overflowError, "CMSG_LEN() argument out of range") }
                return vm.int(taipan_cmsg_len(length))
            }
        }
        m.def1("-CMSG_SPACE(length, /)", """
            CMSG_SPACE(length) -> buffer size

            Return the buffer size needed for recvmsg() to receive an ancillary
            data item with associated data of the given length, along with any
            trailing padding.  The buffer space needed to receive multiple items
            is the sum of the CMSG_SPACE() values for their associated data
            lengths.  Raises OverflowError if length is outside the permissible
            range of values.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let length = try vm.cSize(a)
                if length < 0 || length > Int(Int32.max) - taipan_cmsg_space(1) { throw vm.raise(.overflowError, "CMSG_SPACE() argument out of range") }
                return vm.int(taipan_cmsg_space(length))
            }
        }
        m.defN("-socketpair(family=1, type=1, proto=0, /)", """
            socketpair([family[, type [, proto]]]) -> (socket object, socket object)

            Create a pair of socket objects from the sockets returned by the platform
            socketpair() function.
            The arguments are the same as for socket() except the default family is
            AF_UNIX if defined on the platform; otherwise, the default is AF_INET.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let family = try vm.cInt32(a[0], default: 1), type = try vm.cInt32(a[1], default: 1), kind = try vm.cInt32(a[2], default: 0)
                var ends: [Int32] = [0, 0]
                try vm.quick(taipan_socketpair(family, type, kind, &ends))
                return vm.tuple(try vm.newSocket(ends[0], family, type, kind), try vm.newSocket(ends[1], family, type, kind))
            }
        }
    }
}
