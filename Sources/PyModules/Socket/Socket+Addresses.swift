// Socket addresses in and out, host names, getaddrinfo. CPython: getsockaddrarg, makesockaddr in Modules/socketmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    // MARK: Out

    func ipText(_ family: Int32, _ ip: UnsafePointer<UInt8>) throws(Raised) -> Value {
        var text = [CChar](repeating: 0, count: 64)
        if inet_ntop(family, ip, &text, 64) == nil { throw osError(errno) }
        return str(utf8: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    }

    func ipText(_ address: inout taipan_address) throws(Raised) -> Value {
        guard let ip = taipan_address_ip(&address) else { return .none }
        return try ipText(taipan_address_family(&address), ip)
    }

    /// An address as Python sees it; None if there is none.
    func addressValue(_ given: taipan_address, _ socketFamily: Int32) throws(Raised) -> Value {
        var address = given
        if address.length == 0 { return .none }
        let family = taipan_address_family(&address)
        switch family {
        case 2: return tuple(try ipText(&address), int32(taipan_address_port(&address)))
        case AF_INET6:
            return tuple(
                try ipText(&address), int32(taipan_address_port(&address)), int(Int(taipan_address_flow(&address))),
                int(Int(taipan_address_scope(&address))))
        case AF_UNIX:
            var length = 0
            let path = taipan_address_path(&address, &length)
            let view = UnsafeBufferPointer(start: path, count: length)
            // An abstract name begins with NUL and is bytes.
            if length > 0 && path[0] == 0 { return try bytes(Array(view)) }
            return try fileSystemText(Array(view.prefix { $0 != 0 }))
        case 16:
            var pid: UInt32 = 0, groups: UInt32 = 0
            taipan_address_netlink_parts(&address, &pid, &groups)
            return tuple(int(Int(pid)), int(Int(groups)))
        default:
            let all = withUnsafeBytes(of: address.words) { Array($0.prefix(Int(min(address.length, 128)))) }
            return tuple(int32(family), try bytes(Array(all.dropFirst(2))))
        }
    }

    // MARK: In

    /// A host name as a C string: str (IDNA if need be), bytes or bytearray.
    func hostName(_ value: Value) throws(Raised) -> Value {
        var name: Value
        if isStr(value) {
            if PyStr(value).isASCII {
                name = try encodeUTF8(PyStr(value))
            } else {
                do { name = try callMethod(value, intern("encode"), str("idna" as StaticString)) } catch {
                    clearRaised()
                    throw raise(.typeError, "encoding of hostname failed")
                }
                if !isBytes(name) { throw raise(.typeError, "encoding of hostname failed") }
            }
        } else if isBytes(value) {
            name = value
        } else if isByteArray(value) {
            name = try bytesFromBuffer(value)
        } else {
            throw raise(.typeError, "str, bytes or bytearray expected, not \(typeName(value))")
        }
        if PyBytes(name).view.contains(0) { throw raise(.typeError, "host name must not contain null character") }
        return name
    }

    /// Resolves a host: "" is any, "<broadcast>" is that. family 0: whatever comes first.
    func hostAddress(_ name: Value, _ family: Int32) throws(Raised) -> taipan_address {
        var address = taipan_address()
        let text = PyBytes(name).view
        if text.isEmpty {
            var list: UnsafeMutableRawPointer?
            let code = Int32(unlocked { taipan_getaddrinfo(nil, "0", family, Int32(2), 0, 1, &list).asInt }.value)
            if code != 0 { throw addressError(code) }
            defer { taipan_addrinfo_free(list) }
            return firstAddress(list)
        }
        if text.elementsEqual("255.255.255.255".utf8) || text.elementsEqual("<broadcast>".utf8) {
            if family != 2 && family != 0 { throw raise(.osError, "address family mismatched") }
            taipan_address_inet(&address, [255, 255, 255, 255], 0)
            return address
        }
        var ip = [UInt8](repeating: 0, count: 16)
        if family == 2 || family == 0, inet_pton(AF_INET, cString(name), &ip) > 0 {
            taipan_address_inet(&address, ip, 0)
            return address
        }
        if family == AF_INET6 || family == 0, !text.contains(0x25), inet_pton(AF_INET6, cString(name), &ip) > 0 {
            taipan_address_inet6(&address, ip, 0, 0, 0)
            return address
        }
        var list: UnsafeMutableRawPointer?
        let code = Int32(unlocked { taipan_getaddrinfo(cString(name), nil, family, 0, 0, 0, &list).asInt }.value)
        if code != 0 { throw addressError(code) }
        defer { taipan_addrinfo_free(list) }
        return firstAddress(list)
    }

    private func firstAddress(_ list: UnsafeMutableRawPointer?) -> taipan_address {
        var address = taipan_address()
        guard let list else { return address }
        var family: Int32 = 0, type: Int32 = 0, kind: Int32 = 0
        var name: UnsafePointer<CChar>?
        _ = taipan_addrinfo_next(list, &family, &type, &kind, &name, &address)
        return address
    }

    private func portNumber(_ value: Value, _ function: StaticString) throws(Raised) -> Int32 {
        let port = try cLongAsInt(value)
        if port < 0 || port > 0xFFFF { throw raise(.overflowError, "\(function)(): port must be 0-65535.") }
        return port
    }

    private func cLongAsInt(_ value: Value) throws(Raised) -> Int32 {
        let n = try cLong(value)
        if n > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        if n < Int(Int32.min) { throw raise(.overflowError, "signed integer is less than minimum") }
        return Int32(n)
    }

    /// An address argument for this socket.
    func socketAddress(_ socket: Value, _ value: Value, _ function: StaticString) throws(Raised) -> taipan_address {
        var address = taipan_address()
        switch socketFields(socket).pointee.family {
        case 2:
            guard isTuple(value) else { throw raise(.typeError, "\(function)(): AF_INET address must be tuple, not \(typeName(value))") }
            let parts = PyTuple(value)
            if parts.count != 2 { throw raise(.typeError, "AF_INET address must be a pair (host, port)") }
            let name = try hostName(parts[0])
            let port = try cLongAsInt(parts[1])
            var host = try hostAddress(name, 2)
            if port < 0 || port > 0xFFFF { throw raise(.overflowError, "\(function)(): port must be 0-65535.") }
            if let ip = taipan_address_ip(&host) { taipan_address_inet(&address, Array(UnsafeBufferPointer(start: ip, count: 4)), port) }
        case AF_INET6:
            guard isTuple(value) else { throw raise(.typeError, "\(function)(): AF_INET6 address must be tuple, not \(typeName(value))") }
            let parts = PyTuple(value)
            if parts.count < 2 || parts.count > 4 {
                throw raise(.typeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
            }
            let name = try hostName(parts[0])
            let port = try cLongAsInt(parts[1])
            let flow = parts.count > 2 ? try cFlags(parts[2]) : 0, scope = parts.count > 3 ? try cFlags(parts[3]) : 0
            var host = try hostAddress(name, AF_INET6)
            if port < 0 || port > 0xFFFF { throw raise(.overflowError, "\(function)(): port must be 0-65535.") }
            if flow > 0xFFFFF { throw raise(.overflowError, "\(function)(): flowinfo must be 0-1048575.") }
            if let ip = taipan_address_ip(&host) { taipan_address_inet6(&address, Array(UnsafeBufferPointer(start: ip, count: 16)), port, flow, scope) }
        case AF_UNIX:
            let path = isStr(value) ? try systemBytes(value) : try bytesFromBuffer(value)
            if taipan_address_unix(&address, PyBytes(path).bytes, PyBytes(path).count) != 0 { throw raise(.osError, "AF_UNIX path too long") }
        case 16:
            guard isTuple(value) else { throw raise(.typeError, "\(function)(): AF_NETLINK address must be tuple, not \(typeName(value))") }
            if PyTuple(value).count != 2 { throw raise(.typeError, "AF_NETLINK address must be a pair (pid, groups)") }
            taipan_address_netlink(&address, UInt32(bitPattern: try cLongAsInt(PyTuple(value)[0])), UInt32(bitPattern: try cLongAsInt(PyTuple(value)[1])))
        default: throw raise(.osError, "\(function)(): unsupported address family")
        }
        return address
    }

    // MARK: Names

    /// `getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)`.
    func addressInformation(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let family = try cInt32(a[2], default: 0), type = try cInt32(a[3], default: 0), kind = try cInt32(a[4], default: 0), flags = try cInt32(a[5], default: 0)
        var host = Value.null, service = Value.null
        if isStr(a[0]) {
            host = PyStr(a[0]).isASCII ? try encodeUTF8(PyStr(a[0])) : try callMethod(a[0], intern("encode"), str("idna" as StaticString))
        } else if isBytes(a[0]) {
            host = a[0]
        } else if !a[0].isNone {
            throw raise(.typeError, "getaddrinfo() argument 1 must be string or None")
        }
        if isInt(a[1]) {
            service = try bytes(Array(String(try cLong(a[1])).utf8))
        } else if isStr(a[1]) {
            service = try encodeUTF8(PyStr(a[1]))
        } else if isBytes(a[1]) {
            service = a[1]
        } else if !a[1].isNone {
            throw raise(.osError, "Int or String expected")
        }
        var list: UnsafeMutableRawPointer?
        let code = Int32(unlocked {
            taipan_getaddrinfo(host.isNull ? nil : cString(host), service.isNull ? nil : cString(service), family, type, kind, flags, &list).asInt
        }.value)
        if code != 0 { throw addressError(code) }
        defer { taipan_addrinfo_free(list) }
        let all = try newList()
        var next = list
        while let row = next {
            var family: Int32 = 0, type: Int32 = 0, kind: Int32 = 0
            var name: UnsafePointer<CChar>?
            var address = taipan_address()
            next = taipan_addrinfo_next(row, &family, &type, &kind, &name, &address)
            let entry = try newTuple(5)
            for i in 0..<5 { entry[i] = .none }
            entry[0] = int32(family)
            entry[1] = int32(type)
            entry[2] = int32(kind)
            entry[3] = try name.map { n throws(Raised) in try fileSystemText(c: n) } ?? emptyStr
            entry[4] = try addressValue(address, family)
            try all.append(self, entry.value)
        }
        return all.value
    }

    /// `getnameinfo(sockaddr, flags)`.
    func nameInformation(_ value: Value, _ flags: Value) throws(Raised) -> Value {
        let flags = try cInt32(flags)
        guard isTuple(value) else { throw raise(.typeError, "getnameinfo() argument 1 must be a tuple") }
        let parts = PyTuple(value)
        guard parts.count >= 2 && parts.count <= 4, isStr(parts[0]) else { throw raise(.typeError, "getnameinfo(): illegal sockaddr argument") }
        let host = try encodeUTF8(PyStr(parts[0])), port = try cLongAsInt(parts[1])
        let flow = parts.count > 2 ? try cFlags(parts[2]) : 0, scope = parts.count > 3 ? try cFlags(parts[3]) : 0
        if flow > 0xFFFFF { throw raise(.overflowError, "getnameinfo(): flowinfo must be 0-1048575.") }
        var list: UnsafeMutableRawPointer?
        // AI_NUMERICHOST: no name is looked up on the way in.
        let code = Int32(unlocked { taipan_getaddrinfo(cString(host), "\(port)", 0, Int32(2), 0, 4, &list).asInt }.value)
        if code != 0 { throw addressError(code) }
        defer { taipan_addrinfo_free(list) }
        var address = firstAddress(list)
        if taipan_address_family(&address) == 2 {
            if parts.count != 2 { throw raise(.osError, "IPv4 sockaddr must be 2 tuple") }
        } else if let ip = taipan_address_ip(&address) {
            taipan_address_inet6(&address, Array(UnsafeBufferPointer(start: ip, count: 16)), port & 0xFFFF, flow, scope)
        }
        var hostText = [CChar](repeating: 0, count: 1025), serviceText = [CChar](repeating: 0, count: 32)
        let result = Int32(unlocked { taipan_getnameinfo(&address, &hostText, 1025, &serviceText, 32, flags).asInt }.value)
        if result != 0 { throw addressError(result) }
        return tuple(
            try fileSystemText(hostText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }),
            try fileSystemText(serviceText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }))
    }

    /// (name, aliases, addresses).
    func hostEntry(name: Value?, _ given: taipan_address?) throws(Raised) -> Value {
        final class Answer {
            var name: [UInt8] = []
            var aliases: [[UInt8]] = []
            var addresses: [(Int32, [UInt8])] = []
        }
        if let name { _ = try hostAddress(name, 2) }
        let answer = Answer()
        let context = Unmanaged.passUnretained(answer).toOpaque()
        var address = given ?? taipan_address()
        let code = withUnsafePointer(to: &address) { address in
            unlocked {
                taipan_host_entry(
                    name.map { cString($0) }, given == nil ? nil : address, context,
                    { Unmanaged<Answer>.fromOpaque($0).takeUnretainedValue().name = Array(UnsafeRawBufferPointer(start: $1, count: strlen($1))) },
                    { Unmanaged<Answer>.fromOpaque($0).takeUnretainedValue().aliases.append(Array(UnsafeRawBufferPointer(start: $1, count: strlen($1)))) },
                    { Unmanaged<Answer>.fromOpaque($0).takeUnretainedValue().addresses.append(($1, Array(UnsafeBufferPointer(start: $2, count: $1 == 2 ? 4 : 16)))) }
                ).asInt
            }
        }.value
        if code != 0 { throw hostError(Int32(code)) }
        let aliases = try newList(), addresses = try newList()
        for alias in answer.aliases { try aliases.append(self, fileSystemText(alias)) }
        for (family, ip) in answer.addresses { try addresses.append(self, ipText(family, ip)) }
        return tuple(try fileSystemText(answer.name), aliases.value, addresses.value)
    }
}
