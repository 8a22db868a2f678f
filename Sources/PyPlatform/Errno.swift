// System errors by number, name and text. CPython: Modules/errnomodule.c, Objects/exceptions.c (OSError by errno).

/// A failed system call: the value of `errno` right after it.
public struct Errno: Error, Hashable, Sendable {
    public let code: Int32
    @inlinable public init(_ code: Int32) { self.code = code }

    /// The calling thread's `errno`.
    @inlinable public static var current: Errno { Errno(errno) }

    public static var invalidArgument: Errno { Errno(EINVAL) }

    /// A signal came (EINTR).
    public var isInterrupted: Bool { code == EINTR }

    /// A non-blocking descriptor has nothing now (EAGAIN).
    public var wouldBlock: Bool { code == EAGAIN || code == EWOULDBLOCK }

    /// `strerror` text, as `OSError.strerror` shows it.
    public var message: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "Unknown error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Calls `body` and throws `errno` where it answers -1.
@inlinable
@discardableResult
public func check<Result: SignedInteger>(_ body: () -> Result) throws(Errno) -> Result {
    let result = body()
    if result == -1 { throw Errno.current }
    return result
}

extension Errno {
    /// Every error name this system defines with its number: the rows of Python's `errno` module. A number may have two names.
    public static var names: [(name: StaticString, code: Int32)] {
        var rows: [(name: StaticString, code: Int32)] = []
        func row(_ name: StaticString, _ code: Int32) { rows.append((name, code)) }
        row("E2BIG", E2BIG)
        row("EACCES", EACCES)
        row("EADDRINUSE", EADDRINUSE)
        row("EADDRNOTAVAIL", EADDRNOTAVAIL)
        row("EAFNOSUPPORT", EAFNOSUPPORT)
        row("EAGAIN", EAGAIN)
        row("EALREADY", EALREADY)
        row("EBADF", EBADF)
        row("EBADMSG", EBADMSG)
        row("EBUSY", EBUSY)
        row("ECANCELED", ECANCELED)
        row("ECHILD", ECHILD)
        row("ECONNABORTED", ECONNABORTED)
        row("ECONNREFUSED", ECONNREFUSED)
        row("ECONNRESET", ECONNRESET)
        row("EDEADLK", EDEADLK)
        row("EDESTADDRREQ", EDESTADDRREQ)
        row("EDOM", EDOM)
        row("EDQUOT", EDQUOT)
        row("EEXIST", EEXIST)
        row("EFAULT", EFAULT)
        row("EFBIG", EFBIG)
        row("EHOSTDOWN", EHOSTDOWN)
        row("EHOSTUNREACH", EHOSTUNREACH)
        row("EIDRM", EIDRM)
        row("EILSEQ", EILSEQ)
        row("EINPROGRESS", EINPROGRESS)
        row("EINTR", EINTR)
        row("EINVAL", EINVAL)
        row("EIO", EIO)
        row("EISCONN", EISCONN)
        row("EISDIR", EISDIR)
        row("ELOOP", ELOOP)
        row("EMFILE", EMFILE)
        row("EMLINK", EMLINK)
        row("EMSGSIZE", EMSGSIZE)
        row("EMULTIHOP", EMULTIHOP)
        row("ENAMETOOLONG", ENAMETOOLONG)
        row("ENETDOWN", ENETDOWN)
        row("ENETRESET", ENETRESET)
        row("ENETUNREACH", ENETUNREACH)
        row("ENFILE", ENFILE)
        row("ENOBUFS", ENOBUFS)
        row("ENODATA", ENODATA)
        row("ENODEV", ENODEV)
        row("ENOENT", ENOENT)
        row("ENOEXEC", ENOEXEC)
        row("ENOLCK", ENOLCK)
        row("ENOLINK", ENOLINK)
        row("ENOMEM", ENOMEM)
        row("ENOMSG", ENOMSG)
        row("ENOPROTOOPT", ENOPROTOOPT)
        row("ENOSPC", ENOSPC)
        row("ENOSR", ENOSR)
        row("ENOSTR", ENOSTR)
        row("ENOSYS", ENOSYS)
        row("ENOTBLK", ENOTBLK)
        row("ENOTCONN", ENOTCONN)
        row("ENOTDIR", ENOTDIR)
        row("ENOTEMPTY", ENOTEMPTY)
        row("ENOTRECOVERABLE", ENOTRECOVERABLE)
        row("ENOTSOCK", ENOTSOCK)
        row("ENOTSUP", ENOTSUP)
        row("ENOTTY", ENOTTY)
        row("ENXIO", ENXIO)
        row("EOPNOTSUPP", EOPNOTSUPP)
        row("EOVERFLOW", EOVERFLOW)
        row("EOWNERDEAD", EOWNERDEAD)
        row("EPERM", EPERM)
        row("EPFNOSUPPORT", EPFNOSUPPORT)
        row("EPIPE", EPIPE)
        row("EPROTO", EPROTO)
        row("EPROTONOSUPPORT", EPROTONOSUPPORT)
        row("EPROTOTYPE", EPROTOTYPE)
        row("ERANGE", ERANGE)
        row("EREMOTE", EREMOTE)
        row("EROFS", EROFS)
        row("ESHUTDOWN", ESHUTDOWN)
        row("ESOCKTNOSUPPORT", ESOCKTNOSUPPORT)
        row("ESPIPE", ESPIPE)
        row("ESRCH", ESRCH)
        row("ESTALE", ESTALE)
        row("ETIME", ETIME)
        row("ETIMEDOUT", ETIMEDOUT)
        row("ETOOMANYREFS", ETOOMANYREFS)
        row("ETXTBSY", ETXTBSY)
        row("EUSERS", EUSERS)
        row("EWOULDBLOCK", EWOULDBLOCK)
        row("EXDEV", EXDEV)
        #if os(Linux)
        row("EADV", EADV)
        row("EBADE", EBADE)
        row("EBADFD", EBADFD)
        row("EBADR", EBADR)
        row("EBADRQC", EBADRQC)
        row("EBADSLT", EBADSLT)
        row("EBFONT", EBFONT)
        row("ECHRNG", ECHRNG)
        row("ECOMM", ECOMM)
        row("EDEADLOCK", EDEADLK)
        row("EDOTDOT", EDOTDOT)
        row("EISNAM", EISNAM)
        row("EKEYEXPIRED", EKEYEXPIRED)
        row("EKEYREJECTED", EKEYREJECTED)
        row("EKEYREVOKED", EKEYREVOKED)
        row("EL2HLT", EL2HLT)
        row("EL2NSYNC", EL2NSYNC)
        row("EL3HLT", EL3HLT)
        row("EL3RST", EL3RST)
        row("ELIBACC", ELIBACC)
        row("ELIBBAD", ELIBBAD)
        row("ELIBEXEC", ELIBEXEC)
        row("ELIBMAX", ELIBMAX)
        row("ELIBSCN", ELIBSCN)
        row("ELNRNG", ELNRNG)
        row("EMEDIUMTYPE", EMEDIUMTYPE)
        row("ENAVAIL", ENAVAIL)
        row("ENOANO", ENOANO)
        row("ENOCSI", ENOCSI)
        row("ENOKEY", ENOKEY)
        row("ENOMEDIUM", ENOMEDIUM)
        row("ENONET", ENONET)
        row("ENOPKG", ENOPKG)
        row("ENOTNAM", ENOTNAM)
        row("ENOTUNIQ", ENOTUNIQ)
        row("EREMCHG", EREMCHG)
        row("EREMOTEIO", EREMOTEIO)
        row("ERESTART", ERESTART)
        row("ERFKILL", ERFKILL)
        row("ESRMNT", ESRMNT)
        row("ESTRPIPE", ESTRPIPE)
        row("EUCLEAN", EUCLEAN)
        row("EUNATCH", EUNATCH)
        row("EXFULL", EXFULL)
        #endif
        return rows
    }
}
