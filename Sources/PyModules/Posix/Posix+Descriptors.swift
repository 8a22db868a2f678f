// `posix`: what works on descriptors. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    func definePosixDescriptors(_ m: ModuleBuilder) {
        m.defN("open($module, /, path, flags, mode=511, *, dir_fd=None)", """
            Open a file for low level IO.  Returns a file descriptor (integer).

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "open")
                let flags = try vm.cInt32(a[1]), mode = try vm.cInt32(a[2], default: 0o777), directory = try vm.directory(a[3])
                try vm.audit("open", vm.tuple(a[0], .none, vm.int(Int(flags))))
                return vm.int(try vm.system(path) { Int(taipan_open(directory, path.c, flags | O_CLOEXEC, mode)) })
            }
        }
        m.defN("close($module, /, fd)", "Close a file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0])
                // Never again after EINTR: the descriptor is closed already.
                let result = vm.unlocked { Int(close(descriptor)) }
                if result.failed && result.code != EINTR { throw vm.osError(result.code) }
                return .none
            }
        }
        m.def2("closerange($module, fd_low, fd_high, /)", "Closes all file descriptors in [fd_low, fd_high), ignoring errors.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let low = try vm.cInt32(a), high = try vm.cInt32(b)
                _ = vm.unlocked { Int(taipan_closefrom_range(low, high)) }
                return .none
            }
        }
        m.def1("dup($module, fd, /)", "Return a duplicate of a file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return vm.int(try vm.quick(taipan_fcntl(descriptor, F_DUPFD_CLOEXEC, 0)))
            }
        }
        m.defN("dup2($module, /, fd, fd2, inheritable=True)", "Duplicate file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let from = try vm.cInt32(a[0]), to = try vm.cInt32(a[1]), inheritable = try vm.cBool(a[2], default: true)
                if from < 0 || to < 0 {
                    errno = EBADF
                    throw vm.osError(errno)
                }
                return vm.int(try vm.system { Int(taipan_dup3(from, to, inheritable ? 1 : 0)) })
            }
        }
        m.def2("read($module, fd, length, /)", "Read from a file descriptor.  Returns a bytes object.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), count = try vm.cSize(b)
                if count < 0 { throw vm.osError(EINVAL) }
                if vm.idleDeadline(-1) >= 0, taipan_is_nonblocking(descriptor) == 0 { try vm.collectBeforeReading(descriptor) }
                return try vm.readBytes(count) { read(descriptor, $0, $1) }
            }
        }
        m.def3("pread($module, fd, length, offset, /)", """
            Read a number of bytes from a file descriptor starting at a particular offset.

            Read length bytes from file descriptor fd, starting at offset bytes from
            the beginning of the file.  The file offset remains unchanged.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), count = try vm.cInt32(b), offset = try vm.cLong(c)
                if count < 0 { throw vm.osError(EINVAL) }
                return try vm.readBytes(Int(count)) { pread(descriptor, $0, $1, off_t(offset)) }
            }
        }
        m.def2("write($module, fd, data, /)", "Write a bytes object to a file descriptor.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return try vm.writeBuffer(b) { write(descriptor, $0, $1) }
            }
        }
        m.def3("pwrite($module, fd, buffer, offset, /)", """
            Write bytes to a file descriptor starting at a particular offset.

            Write buffer to fd, starting at offset bytes from the beginning of
            the file.  Returns the number of bytes writte.  Does not change the
            current file offset.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                let offset = try vm.cLong(c)
                return try vm.writeBuffer(b) { pwrite(descriptor, $0, $1, off_t(offset)) }
            }
        }
        m.def2("readv($module, fd, buffers, /)", """
            Read from a file descriptor fd into an iterable of buffers.

            The buffers should be mutable buffers accepting bytes.
            readv will transfer data into each buffer until it is full
            and then move on to the next buffer in the sequence to hold
            the rest of the data.

            readv returns the total number of bytes read,
            which may be less than the total capacity of all the buffers.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return try vm.vectors(b, writable: true, "readv") { readv(descriptor, $0, $1) }
            }
        }
        m.def2("writev($module, fd, buffers, /)", """
            Iterate over buffers, and write the contents of each to a file descriptor.

            Returns the total number of bytes written.
            buffers must be a sequence of bytes-like objects.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return try vm.vectors(b, writable: false, "writev") { writev(descriptor, $0, $1) }
            }
        }
        m.defN("preadv($module, fd, buffers, offset, flags=0, /)", """
            Reads from a file descriptor into a number of mutable bytes-like objects.

            Combines the functionality of readv() and pread(). As readv(), it will
            transfer data into each buffer until it is full and then move on to the next
            buffer in the sequence to hold the rest of the data. Its fourth argument,
            specifies the file offset at which the input operation is to be performed. It
            will return the total number of bytes read (which can be less than the total
            capacity of all the objects).

            The flags argument contains a bitwise OR of zero or more of the following flags:

            - RWF_HIPRI
            - RWF_NOWAIT

            Using non-zero flags requires Linux 4.6 or newer.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0]), offset = try vm.cLong(a[2]), flags = try vm.cInt32(a[3], default: 0)
                return try vm.vectors(a[1], writable: true, "preadv2") { taipan_preadv(descriptor, $0, $1, Int64(offset), flags) }
            }
        }
        m.defN("pwritev($module, fd, buffers, offset, flags=0, /)", """
            Writes the contents of bytes-like objects to a file descriptor at a given offset.

            Combines the functionality of writev() and pwrite(). All buffers must be a sequence
            of bytes-like objects. Buffers are processed in array order. Entire contents of first
            buffer is written before proceeding to second, and so on. The operating system may
            set a limit (sysconf() value SC_IOV_MAX) on the number of buffers that can be used.
            This function writes the contents of each object to the file descriptor and returns
            the total number of bytes written.

            The flags argument contains a bitwise OR of zero or more of the following flags:

            - RWF_DSYNC
            - RWF_SYNC
            - RWF_APPEND

            Using non-zero flags requires Linux 4.7 or newer.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0]), offset = try vm.cLong(a[2]), flags = try vm.cInt32(a[3], default: 0)
                return try vm.vectors(a[1], writable: false, "pwritev2") { taipan_pwritev(descriptor, $0, $1, Int64(offset), flags) }
            }
        }
        m.def3("lseek($module, fd, position, how, /)", """
            Set the position of a file descriptor.  Return the new position.

            Return the new cursor position in number of bytes
            relative to the beginning of the file.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                let offset = try vm.cLong(b)
                let how = try vm.cInt32(c)
                let result = vm.unlocked { Int(lseek(descriptor, off_t(offset), how)) }
                if result.value < 0 { throw vm.osError(result.code) }
                return vm.int(result.value)
            }
        }
        m.def2("ftruncate($module, fd, length, /)", "Truncate a file, specified by file descriptor, to a specific length.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), length = try vm.cLong(b)
                try vm.system { Int(ftruncate(descriptor, off_t(length))) }
                return .none
            }
        }
        m.defN("fsync($module, /, fd)", "Force write of fd to disk.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                try vm.system { Int(fsync(descriptor)) }
                return .none
            }
        }
        m.defN("fdatasync($module, /, fd)", "Force write of fd to disk without forcing update of metadata.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                try vm.system { Int(fdatasync(descriptor)) }
                return .none
            }
        }
        m.def1("isatty($module, fd, /)", """
            Return True if the fd is connected to a terminal.

            Return True if the file descriptor is an open file descriptor
            connected to the slave end of a terminal.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return Value(isatty(descriptor) != 0)
            }
        }
        m.def0("pipe($module, /)", """
            Create a pipe.

            Returns a tuple of two file descriptors:
              (read_fd, write_fd)
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                var ends: [Int32] = [0, 0]
                try vm.quick(taipan_pipe(&ends, O_CLOEXEC))
                return vm.tuple(vm.int32(ends[0]), vm.int32(ends[1]))
            }
        }
        m.def1("pipe2($module, flags, /)", """
            Create a pipe with flags set atomically.

            Returns a tuple of two file descriptors:
              (read_fd, write_fd)

            flags can be constructed by ORing together one or more of these values:
            O_NONBLOCK, O_CLOEXEC.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let flags = try vm.cInt32(a)
                var ends: [Int32] = [0, 0]
                try vm.quick(taipan_pipe(&ends, flags))
                return vm.tuple(vm.int32(ends[0]), vm.int32(ends[1]))
            }
        }
        m.def1("get_blocking($module, fd, /)", """
            Get the blocking mode of the file descriptor.

            Return False if the O_NONBLOCK flag is set, True if the flag is cleared.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return Value(try vm.quick(taipan_fcntl(descriptor, F_GETFL, 0)) & Int(O_NONBLOCK) == 0)
            }
        }
        m.def2("set_blocking($module, fd, blocking, /)", """
            Set the blocking mode of the specified file descriptor.

            Set the O_NONBLOCK flag if blocking is False,
            clear the O_NONBLOCK flag otherwise.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), blocking = try vm.cInt32(b) != 0
                let flags = Int32(try vm.quick(taipan_fcntl(descriptor, F_GETFL, 0)))
                try vm.quick(taipan_fcntl(descriptor, F_SETFL, Int(blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)))
                return .none
            }
        }
        m.def1("get_inheritable($module, fd, /)", "Get the close-on-exe flag of the specified file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return Value(try vm.quick(taipan_fcntl(descriptor, F_GETFD, 0)) & Int(FD_CLOEXEC) == 0)
            }
        }
        m.def2("set_inheritable($module, fd, inheritable, /)", "Set the inheritable flag of the specified file descriptor.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), inheritable = try vm.cInt32(b) != 0
                try vm.setInheritable(descriptor, inheritable)
                return .none
            }
        }
        m.def3("lockf($module, fd, command, length, /)", """
            Apply, test or remove a POSIX lock on an open file descriptor.

              fd
                An open file descriptor.
              command
                One of F_LOCK, F_TLOCK, F_ULOCK or F_TEST.
              length
                The number of bytes to lock, starting at the current position.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), command = try vm.cInt32(b), length = try vm.cLong(c)
                try vm.system { Int(taipan_lockf(descriptor, command, Int64(length))) }
                return .none
            }
        }
        m.defN("sendfile($module, /, out_fd, in_fd, offset, count)", "Copy count bytes from file descriptor in_fd to file descriptor out_fd.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let out = try vm.cInt32(a[0]), source = try vm.cInt32(a[1]), count = try vm.cSize(a[3])
                if a[2].isNone { return vm.int(try vm.system { taipan_sendfile(out, source, nil, max(0, count)) }) }
                var offset = Int64(try vm.cLong(a[2]))
                if count < 0 { throw vm.raise(.overflowError, "Python int too large to convert to C size_t") }
                return vm.int(try vm.system { taipan_sendfile(out, source, &offset, count) })
            }
        }
        m.defN("copy_file_range($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)", """
            Copy count bytes from one file descriptor to another.

              src
                Source file descriptor.
              dst
                Destination file descriptor.
              count
                Number of bytes to copy.
              offset_src
                Starting offset in src.
              offset_dst
                Starting offset in dst.

            If offset_src is None, then src is read from the current position;
            respectively for offset_dst.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.copyRange(a, "copy_file_range", flags: .null) { taipan_copy_file_range($0, $1, $2, $3, $4, $5) } }
        }
        m.defN("splice($module, /, src, dst, count, offset_src=None, offset_dst=None,\n       flags=0)", """
            Transfer count bytes from one pipe to a descriptor or vice versa.

              src
                Source file descriptor.
              dst
                Destination file descriptor.
              count
                Number of bytes to copy.
              offset_src
                Starting offset in src.
              offset_dst
                Starting offset in dst.
              flags
                Flags to modify the semantics of the call.

            If offset_src is None, then src is read from the current position;
            respectively for offset_dst. The offset associated to the file
            descriptor that refers to a pipe must be None.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.copyRange(a, "splice", flags: a[5]) { taipan_splice($0, $1, $2, $3, $4, $5) } }
        }
        m.defN("posix_fadvise($module, fd, offset, length, advice, /)", """
            Announce an intention to access data in a specific pattern.

            Announce an intention to access data in a specific pattern, thus allowing
            the kernel to make optimizations.
            The advice applies to the region of the file specified by fd starting at
            offset and continuing for length bytes.
            advice is one of POSIX_FADV_NORMAL, POSIX_FADV_SEQUENTIAL,
            POSIX_FADV_RANDOM, POSIX_FADV_NOREUSE, POSIX_FADV_WILLNEED, or
            POSIX_FADV_DONTNEED.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0]), offset = try vm.cLong(a[1]), length = try vm.cLong(a[2]), advice = try vm.cInt32(a[3])
                try vm.adviceCall { taipan_fadvise(descriptor, Int64(offset), Int64(length), advice) }
                return .none
            }
        }
        m.def3("posix_fallocate($module, fd, offset, length, /)", """
            Ensure a file has allocated at least a particular number of bytes on disk.

            Ensure that the file specified by fd encompasses a range of bytes
            starting at offset bytes from the beginning and continuing for length bytes.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), offset = try vm.cLong(b), length = try vm.cLong(c)
                try vm.adviceCall { taipan_fallocate(descriptor, Int64(offset), Int64(length)) }
                return .none
            }
        }
        m.defN("eventfd($module, /, initval, flags=EFD_CLOEXEC)", "Creates and returns an event notification file descriptor.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let initial = try vm.cUnsigned(a[0]), flags = try vm.cInt32(a[1], default: O_CLOEXEC)
                return vm.int(try vm.quick(taipan_eventfd(initial, flags)))
            }
        }
        m.defN("eventfd_read($module, /, fd)", "Read eventfd value") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                var number: UInt64 = 0
                try vm.system { read(descriptor, &number, 8) }
                return vm.int(unsigned: number)
            }
        }
        m.defN("eventfd_write($module, /, fd, value)", "Write eventfd value.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                let value = try vm.index(a[1])
                if vm.isNegativeInt(value) { throw vm.raise(.valueError, "value must be positive") }
                var number = try vm.cUnsignedLong(value)
                try vm.system { write(descriptor, &number, 8) }
                return .none
            }
        }
        m.defN("memfd_create($module, /, name, flags=MFD_CLOEXEC)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let name = try vm.fsConverter(a[0]), flags = a[1].isNull ? 1 : try vm.cFlags(a[1])
                return vm.int(try vm.quick(UnsafeRawPointer(PyBytes(name).bytes).withMemoryRebound(to: CChar.self, capacity: 1) { taipan_memfd_create($0, flags) }))
            }
        }
        m.defN("device_encoding($module, /, fd)", """
            Return a string describing the encoding of a terminal's file descriptor.

            The file descriptor must be attached to a terminal.
            If the device is not a terminal, return None.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0])
                return isatty(descriptor) != 0 ? vm.str("UTF-8") : .none
            }
        }
        m.def1("ttyname($module, fd, /)", """
            Return the name of the terminal device connected to 'fd'.

              fd
                Integer file descriptor handle.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                var name = [CChar](repeating: 0, count: 1024)
                let error = ttyname_r(descriptor, &name, name.count)
                if error != 0 { throw vm.osError(error) }
                return try name.withUnsafeBufferPointer { p throws(Raised) in try vm.fileSystemText(c: p.baseAddress.unsafelyUnwrapped) }
            }
        }
        m.def0("ctermid($module, /)", "Return the name of the controlling terminal for this process.") { vm, _ in
            vm.guarded { () throws(Raised) in
                var name = [CChar](repeating: 0, count: 1024)
                if ctermid(&name) == nil { throw vm.osError(errno) }
                return try name.withUnsafeBufferPointer { p throws(Raised) in try vm.fileSystemText(c: p.baseAddress.unsafelyUnwrapped) }
            }
        }
        m.def1("tcgetpgrp($module, fd, /)", "Return the process group associated with the terminal specified by fd.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                return vm.int(try vm.quick(tcgetpgrp(descriptor)))
            }
        }
        m.def2("tcsetpgrp($module, fd, pgid, /)", "Set the process group associated with the terminal specified by fd.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), group = try vm.cInt32(b)
                try vm.quick(tcsetpgrp(descriptor, group))
                return .none
            }
        }
        m.def0("openpty($module, /)", """
            Open a pseudo-terminal.

            Return a tuple of (master_fd, slave_fd) containing open file descriptors
            for both the master and slave ends.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                var master: Int32 = -1, slave: Int32 = -1
                try vm.quick(taipan_openpty(&master, &slave))
                return vm.tuple(vm.int32(master), vm.int32(slave))
            }
        }
        m.defN("get_terminal_size($module, fd=<unrepresentable>, /)", """
            Return the size of the terminal window as (columns, lines).

            The optional argument fd (default standard output) specifies
            which file descriptor should be queried.

            If the file descriptor is not connected to a terminal, an OSError
            is thrown.

            This function will only be defined if an implementation is
            available for this system.

            shutil.get_terminal_size is the high-level function which should
            normally be used, os.get_terminal_size is the low-level implementation.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = a[0].isNull ? Int32(1) : try vm.cInt32(a[0])
                var columns: Int32 = 0, lines: Int32 = 0
                try vm.quick(taipan_login_tty_size(descriptor, &columns, &lines))
                return try vm.record(vm.posixState().terminalSize, vm.int32(columns), vm.int32(lines))
            }
        }
    }
}
