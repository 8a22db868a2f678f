// `fcntl`. CPython: Modules/fcntlmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    public func registerFcntl() {
        registerModule("fcntl") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module performs file control and I/O control on file
                descriptors.  It is an interface to the fcntl() and ioctl() Unix
                routines.  File descriptors can be obtained with the fileno() method of
                a file or socket object.
                """ as StaticString))
            vm.addConstants(m, taipan_table_fcntl)
            vm.defineFcntl(m)
            return 0
        }
    }

    private func defineFcntl(_ m: ModuleBuilder) {
        m.defN("fcntl($module, fd, cmd, arg=0, /)", """
            Perform the operation `cmd` on file descriptor fd.

            The values used for `cmd` are operating system dependent, and are available
            as constants in the fcntl module, using the same names as used in
            the relevant C header files.  The argument arg is optional, and
            defaults to 0; it may be an int or a string.  If arg is given as a string,
            the return value of fcntl is a string of that length, containing the
            resulting value put in the arg buffer by the operating system.  The length
            of the arg string is not allowed to exceed 1024 bytes.  If the arg given
            is an integer or if none is specified, the result value is an integer
            corresponding to the return value of the fcntl call in the C code.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.fileControl(a) }
        }
        m.defN("ioctl($module, fd, request, arg=0, mutate_flag=True, /)", """
            Perform the operation `request` on file descriptor `fd`.

            The values used for `request` are operating system dependent, and are available
            as constants in the fcntl or termios library modules, using the same names as
            used in the relevant C header files.

            The argument `arg` is optional, and defaults to 0; it may be an int or a
            buffer containing character data (most likely a string or an array).

            If the argument is a mutable buffer (such as an array) and if the
            mutate_flag argument (which is only allowed in this case) is true then the
            buffer is (in effect) passed to the operating system and changes made by
            the OS will be reflected in the contents of the buffer after the call has
            returned.  The return value is the integer returned by the ioctl system
            call.

            If the argument is a mutable buffer and the mutable_flag argument is false,
            the behavior is as if a string had been passed.

            If the argument is an immutable buffer (most likely a string) then a copy
            of the buffer is passed to the operating system and the return value is a
            string of the same length containing whatever the operating system put in
            the buffer.  The length of the arg buffer in this case is not allowed to
            exceed 1024 bytes.

            If the arg given is an integer or if none is specified, the result value is
            an integer corresponding to the return value of the ioctl call in the C
            code.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.deviceControl(a) }
        }
        m.def2("flock($module, fd, operation, /)", """
            Perform the lock operation `operation` on file descriptor `fd`.

            See the Unix manual page for flock(2) for details (On some systems, this
            function is emulated using fcntl()).
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a), operation = try vm.cInt32(b)
                try vm.system { Int(flock(descriptor, operation)) }
                return .none
            }
        }
        m.defN("lockf($module, fd, cmd, len=0, start=0, whence=0, /)", """
            A wrapper around the fcntl() locking calls.

            `fd` is the file descriptor of the file to lock or unlock, and operation is one
            of the following values:

                LOCK_UN - unlock
                LOCK_SH - acquire a shared lock
                LOCK_EX - acquire an exclusive lock

            When operation is LOCK_SH or LOCK_EX, it can also be bitwise ORed with
            LOCK_NB to avoid blocking on lock acquisition.  If LOCK_NB is used and the
            lock cannot be acquired, an OSError will be raised and the exception will
            have an errno attribute set to EACCES or EAGAIN (depending on the operating
            system -- for portability, check for either value).

            `len` is the number of bytes to lock, with the default meaning to lock to
            EOF.  `start` is the byte offset, relative to `whence`, to that the lock
            starts.  `whence` is as with fileobj.seek(), specifically:

                0 - relative to the start of the file (SEEK_SET)
                1 - relative to the current buffer position (SEEK_CUR)
                2 - relative to the end of the file (SEEK_END)
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.lockRange(a) }
        }
    }

    /// The low 32 bits of an int, as C's `(unsigned int)` takes them.
    private func maskedInt(_ value: Value) throws(Raised) -> Int { Int(Int32(bitPattern: try cFlags(value))) }

    private func bufferArgument(_ value: Value) throws(Raised) -> [UInt8]? {
        if isStr(value) { return PyStr(value).utf8 }
        return try bufferBytes(value)
    }

    func fileControl(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let descriptor = try fileDescriptor(a[0]), command = try cInt32(a[1])
        if !a[2].isNull && !isInt(a[2]), var bytes = try bufferArgument(a[2]) {
            if bytes.count > 1024 { throw raise(.valueError, "fcntl string arg too long") }
            let count = bytes.count
            bytes += [UInt8](repeating: 0, count: 1024 - count)
            try system { bytes.withUnsafeMutableBytes { p in p.baseAddress.map { Int(taipan_fcntl_pointer(descriptor, command, $0)) } ?? -1 } }
            return try self.bytes(Array(bytes.prefix(count)))
        }
        let argument = a[2].isNull ? 0 : try maskedInt(a[2])
        return int(try system { Int(taipan_fcntl(descriptor, command, argument)) })
    }

    func deviceControl(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let descriptor = try fileDescriptor(a[0]), request = UInt(try cFlags(a[1]))
        if a[2].isNull || isInt(a[2]) {
            let argument = a[2].isNull ? 0 : try maskedInt(a[2])
            return int(try system { Int(taipan_ioctl(descriptor, request, argument)) })
        }
        let mutates = try cBool(a[3], default: true)
        if mutates && !isStr(a[2]), type(of: a[2]).slots.buffer != nil {
            var view = BufferView()
            var isWritable = true
            do { view = try acquireBuffer(a[2], writable: true) } catch {
                clearRaised()
                isWritable = false
            }
            if isWritable {
                defer { releaseBuffer(&view) }
                return try deviceControl(descriptor, request, into: view)
            }
        }
        guard var bytes = try bufferArgument(a[2]) else { return int(Int(try cInt32(a[2]))) }
        if bytes.count > 1024 { throw raise(.valueError, "ioctl string arg too long") }
        let count = bytes.count
        bytes += [UInt8](repeating: 0, count: 1025 - count)
        try system { bytes.withUnsafeMutableBytes { p in p.baseAddress.map { Int(taipan_ioctl_pointer(descriptor, request, $0)) } ?? -1 } }
        return try self.bytes(Array(bytes.prefix(count)))
    }

    /// Small buffers go through a copy with room behind: some drivers write more than they were given.
    private func deviceControl(_ descriptor: Int32, _ request: UInt, into view: BufferView) throws(Raised) -> Value {
        guard let start = view.bytes else { return int(try system { Int(taipan_ioctl(descriptor, request, 0)) }) }
        if view.count > 1024 { return int(try system { Int(taipan_ioctl_pointer(descriptor, request, start)) }) }
        var bytes = Array(view.byteView) + [UInt8](repeating: 0, count: 1025 - view.count)
        let result = try system { bytes.withUnsafeMutableBytes { p in p.baseAddress.map { Int(taipan_ioctl_pointer(descriptor, request, $0)) } ?? -1 } }
        let target = start.assumingMemoryBound(to: UInt8.self)
        for i in 0..<view.count { target[i] = bytes[i] }
        return int(result)
    }

    /// `lockf(fd, cmd, len=0, start=0, whence=0)`: flock's words for a record lock.
    func lockRange(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let descriptor = try fileDescriptor(a[0]), operation = try cInt32(a[1])
        var lock = flock()
        if operation == LOCK_UN {
            lock.l_type = Int16(F_UNLCK)
        } else if operation & LOCK_SH != 0 {
            lock.l_type = Int16(F_RDLCK)
        } else if operation & LOCK_EX != 0 {
            lock.l_type = Int16(F_WRLCK)
        } else {
            throw raise(.valueError, "unrecognized lockf argument")
        }
        if !a[2].isNull { lock.l_len = off_t(try cLong(a[2])) }
        if !a[3].isNull { lock.l_start = off_t(try cLong(a[3])) }
        lock.l_whence = Int16(truncatingIfNeeded: try cInt32(a[4], default: 0))
        let command = operation & LOCK_NB != 0 ? F_SETLK : F_SETLKW
        try system { withUnsafeMutablePointer(to: &lock) { Int(taipan_fcntl_pointer(descriptor, command, UnsafeMutableRawPointer($0))) } }
        return .none
    }
}
