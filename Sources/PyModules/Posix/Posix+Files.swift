// `posix`: what works on paths. CPython: Modules/posixmodule.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    func definePosixFiles(_ m: ModuleBuilder) {
        m.defN("stat($module, /, path, *, dir_fd=None, follow_symlinks=True)", """
            Perform a stat system call on the given path.

              path
                Path to be examined; can be string, bytes, a path-like object or
                open-file-descriptor int.
              dir_fd
                If not None, it should be a file descriptor open to a directory,
                and path should be a relative string; path will then be relative to
                that directory.
              follow_symlinks
                If False, and the last element of the path is a symbolic link,
                stat will examine the symbolic link itself instead of the file
                the link points to.

            dir_fd and follow_symlinks may not be implemented
              on your platform.  If they are unavailable, using them will raise a
              NotImplementedError.

            It's an error to use dir_fd or follow_symlinks when specifying path as
              an open file descriptor.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "stat", descriptor: true)
                let directory = try vm.directory(a[1]), follow = try vm.cBool(a[2], default: true)
                try vm.checkDescriptorOptions("stat", path, directory: directory, follow: follow)
                return try vm.statResult(path, directory: directory, follow: follow)
            }
        }
        m.defN("lstat($module, /, path, *, dir_fd=None)", """
            Perform a stat system call on the given path, without following symbolic links.

            Like stat(), but do not follow symbolic links.
            Equivalent to stat(path, follow_symlinks=False).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "lstat")
                return try vm.statResult(path, directory: try vm.directory(a[1]), follow: false)
            }
        }
        m.defN("fstat($module, /, fd)", """
            Perform a stat system call on the given file descriptor.

            Like stat(), but for an open file descriptor.
            Equivalent to os.stat(fd).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0])
                var status = stat()
                try vm.system { Int(fstat(descriptor, &status)) }
                return try vm.statResult(status)
            }
        }
        m.defN("access($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)", """
            Use the real uid/gid to test for access to a path.

              path
                Path to be tested; can be string, bytes, or a path-like object.
              mode
                Operating-system mode bitfield.  Can be F_OK to test existence,
                or the inclusive-OR of R_OK, W_OK, and X_OK.
              dir_fd
                If not None, it should be a file descriptor open to a directory,
                and path should be relative; path will then be relative to that
                directory.
              effective_ids
                If True, access will use the effective uid/gid instead of
                the real uid/gid.
              follow_symlinks
                If False, and the last element of the path is a symbolic link,
                access will examine the symbolic link itself instead of the file
                the link points to.

            dir_fd, effective_ids, and follow_symlinks may not be implemented
              on your platform.  If they are unavailable, using them will raise a
              NotImplementedError.

            Note that most operations will use the effective uid/gid, therefore this
              routine can be used in a suid/sgid environment to test if the invoking user
              has the specified access to the path.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "access")
                let mode = try vm.cInt32(a[1]), directory = try vm.directory(a[2])
                let effective = try vm.cBool(a[3], default: false), follow = try vm.cBool(a[4], default: true)
                return Value(!vm.unlocked { Int(taipan_access(directory, path.c, mode, effective ? 1 : 0, follow ? 1 : 0)) }.failed)
            }
        }
        m.defN("chdir($module, /, path)", """
            Change the current working directory to the specified path.

            path may always be specified as a string.
            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "chdir", descriptor: true)
                try vm.system(path) { Int(path.isDescriptor && path.descriptor != -1 ? fchdir(path.descriptor) : chdir(path.c)) }
                return .none
            }
        }
        m.defN("fchdir($module, /, fd)", """
            Change to the directory of the given file descriptor.

            fd must be opened on a directory, not a file.
            Equivalent to os.chdir(fd).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a[0])
                try vm.system { Int(fchdir(descriptor)) }
                return .none
            }
        }
        m.defN("chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)", """
            Change the access permissions of a file.

              path
                Path to be modified.  May always be specified as a str, bytes, or a path-like object.
                On some platforms, path may also be specified as an open file descriptor.
                If this functionality is unavailable, using it raises an exception.
              mode
                Operating-system mode bitfield.
              dir_fd
                If not None, it should be a file descriptor open to a directory,
                and path should be relative; path will then be relative to that
                directory.
              follow_symlinks
                If False, and the last element of the path is a symbolic link,
                chmod will modify the symbolic link itself instead of the file
                the link points to.

            It is an error to use dir_fd or follow_symlinks when specifying path as
              an open file descriptor.
            dir_fd and follow_symlinks may not be implemented on your platform.
              If they are unavailable, using them will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "chmod", descriptor: true)
                let mode = try vm.cInt32(a[1]), directory = try vm.directory(a[2]), follow = try vm.cBool(a[3], default: true)
                if path.isDescriptor && path.descriptor != -1 {
                    try vm.system(path) { Int(fchmod(path.descriptor, mode_t(truncatingIfNeeded: mode))) }
                    return .none
                }
                let result = vm.unlocked { Int(taipan_chmod(directory, path.c, mode, follow ? 1 : 0)) }
                if result.failed {
                    // The C library has no way to change a link's own mode.
                    if !follow && result.code == EOPNOTSUPP {
                        if directory != Int32(TAIPAN_AT_FDCWD) { throw vm.raise(.valueError, "chmod: cannot use dir_fd and follow_symlinks together") }
                        throw vm.raise(.notImplementedError, "chmod: follow_symlinks unavailable on this platform")
                    }
                    throw vm.osError(result.code, path)
                }
                return .none
            }
        }
        m.defN("fchmod($module, /, fd, mode)", """
            Change the access permissions of the file given by file descriptor fd.

            Equivalent to os.chmod(fd, mode).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0]), mode = try vm.cInt32(a[1])
                try vm.system { Int(fchmod(descriptor, mode_t(truncatingIfNeeded: mode))) }
                return .none
            }
        }
        m.defN("chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)", """
            Change the owner and group id of path to the numeric uid and gid.\\

              path
                Path to be examined; can be string, bytes, a path-like object, or open-file-descriptor int.
              dir_fd
                If not None, it should be a file descriptor open to a directory,
                and path should be relative; path will then be relative to that
                directory.
              follow_symlinks
                If False, and the last element of the path is a symbolic link,
                stat will examine the symbolic link itself instead of the file
                the link points to.

            path may always be specified as a string.
            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.
            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, chown will modify the symbolic link itself instead of the file the
              link points to.
            It is an error to use dir_fd or follow_symlinks when specifying path as
              an open file descriptor.
            dir_fd and follow_symlinks may not be implemented on your platform.
              If they are unavailable, using them will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "chown", descriptor: true)
                let uid = try vm.ownerID(a[1], "uid"), gid = try vm.ownerID(a[2], "gid")
                let directory = try vm.directory(a[3]), follow = try vm.cBool(a[4], default: true)
                try vm.checkDescriptorOptions("chown", path, directory: directory, follow: follow)
                let result = vm.unlocked { Int(path.isDescriptor && path.descriptor != -1 ? fchown(path.descriptor, uid, gid) : taipan_chown(directory, path.c, uid, gid, follow ? 1 : 0)) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("fchown($module, /, fd, uid, gid)", """
            Change the owner and group id of the file specified by file descriptor.

            Equivalent to os.chown(fd, uid, gid).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a[0]), uid = try vm.ownerID(a[1], "uid"), gid = try vm.ownerID(a[2], "gid")
                try vm.system { Int(fchown(descriptor, uid, gid)) }
                return .none
            }
        }
        m.defN("lchown($module, /, path, uid, gid)", """
            Change the owner and group id of path to the numeric uid and gid.

            This function will not follow symbolic links.
            Equivalent to os.chown(path, uid, gid, follow_symlinks=False).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "lchown")
                let uid = try vm.ownerID(a[1], "uid"), gid = try vm.ownerID(a[2], "gid")
                let result = vm.unlocked { Int(lchown(path.c, uid, gid)) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("chroot($module, /, path)", "Change root directory to path.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "chroot")
                try vm.system(path) { Int(chroot(path.c)) }
                return .none
            }
        }
        m.def0("getcwd($module, /)", "Return a unicode string representing the current working directory.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.workingDirectory(asBytes: false) }
        }
        m.def0("getcwdb($module, /)", "Return a bytes string representing the current working directory.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.workingDirectory(asBytes: true) }
        }
        m.defN("link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True)", """
            Create a hard link to a file.

            If either src_dir_fd or dst_dir_fd is not None, it should be a file
              descriptor open to a directory, and the respective path string (src or dst)
              should be relative; the path will then be relative to that directory.
            If follow_symlinks is False, and the last element of src is a symbolic
              link, link will create a link to the symbolic link itself instead of the
              file the link points to.
            src_dir_fd, dst_dir_fd, and follow_symlinks may not be implemented on your
              platform.  If they are unavailable, using them will raise a
              NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let from = try vm.osPath(a[0], "link", "src"), to = try vm.osPath(a[1], "link", "dst")
                let fromDirectory = try vm.directory(a[2]), toDirectory = try vm.directory(a[3]), follow = try vm.cBool(a[4], default: true)
                // link(2) itself does not follow; only an explicit choice or a directory asks linkat.
                let plain = fromDirectory == Int32(TAIPAN_AT_FDCWD) && toDirectory == Int32(TAIPAN_AT_FDCWD) && follow
                let result = vm.unlocked { Int(plain ? link(from.c, to.c) : taipan_link(fromDirectory, from.c, toDirectory, to.c, follow ? 1 : 0)) }
                if result.failed { throw vm.osError(result.code, from, to) }
                return .none
            }
        }
        m.defN("symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)", """
            Create a symbolic link pointing to src named dst.

            target_is_directory is required on Windows if the target is to be
              interpreted as a directory.  (On Windows, symlink requires
              Windows 6.0 or greater, and raises a NotImplementedError otherwise.)
              target_is_directory is ignored on non-Windows platforms.

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let from = try vm.osPath(a[0], "symlink", "src"), to = try vm.osPath(a[1], "symlink", "dst")
                _ = try vm.cBool(a[2], default: false)
                let directory = try vm.directory(a[3])
                let result = vm.unlocked { Int(taipan_symlink(from.c, directory, to.c)) }
                if result.failed { throw vm.osError(result.code, from, to) }
                return .none
            }
        }
        m.defN("readlink($module, /, path, *, dir_fd=None)", """
            Return a string representing the path to which the symbolic link points.

            If dir_fd is not None, it should be a file descriptor open to a directory,
            and path should be relative; path will then be relative to that directory.

            dir_fd may not be implemented on your platform.  If it is unavailable,
            using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "readlink")
                let directory = try vm.directory(a[1])
                var size = 1024
                while true {
                    var failure: Int32 = 0
                    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                        let result = vm.unlocked { buffer.baseAddress.map { taipan_readlink(directory, path.c, UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self), size) } ?? -1 }
                        if result.failed { failure = result.code }
                        count = max(result.value, 0)
                    }
                    if failure != 0 { throw vm.osError(failure, path) }
                    if bytes.count < size { return try vm.fileSystemResult(bytes, asBytes: path.isBytes) }
                    size *= 4
                }
            }
        }
        m.defN("mkdir($module, /, path, mode=511, *, dir_fd=None)", """
            Create a directory.

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.

            The mode argument is ignored on Windows. Where it is used, the current umask
            value is first masked out.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "mkdir")
                let mode = try vm.cInt32(a[1], default: 0o777), directory = try vm.directory(a[2])
                let result = vm.unlocked { Int(taipan_mkdir(directory, path.c, mode)) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("rmdir($module, /, path, *, dir_fd=None)", """
            Remove a directory.

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "rmdir"), directory = try vm.directory(a[1])
                let result = vm.unlocked { Int(taipan_unlink(directory, path.c, 1)) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("unlink($module, /, path, *, dir_fd=None)", """
            Remove a file (same as remove()).

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.unlinkFile(a, "unlink") }
        }
        m.defN("remove($module, /, path, *, dir_fd=None)", """
            Remove a file (same as unlink()).

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.unlinkFile(a, "remove") }
        }
        m.defN("rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)", """
            Rename a file or directory.

            If either src_dir_fd or dst_dir_fd is not None, it should be a file
              descriptor open to a directory, and the respective path string (src or dst)
              should be relative; the path will then be relative to that directory.
            src_dir_fd and dst_dir_fd, may not be implemented on your platform.
              If they are unavailable, using them will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.renameFile(a, "rename") }
        }
        m.defN("replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)", """
            Rename a file or directory, overwriting the destination.

            If either src_dir_fd or dst_dir_fd is not None, it should be a file
              descriptor open to a directory, and the respective path string (src or dst)
              should be relative; the path will then be relative to that directory.
            src_dir_fd and dst_dir_fd, may not be implemented on your platform.
              If they are unavailable, using them will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.renameFile(a, "replace") }
        }
        m.defN("truncate($module, /, path, length)", """
            Truncate a file, specified by path, to a specific length.

            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "truncate", descriptor: true), length = try vm.cLong(a[1])
                if path.isDescriptor && path.descriptor != -1 {
                    try vm.system { Int(ftruncate(path.descriptor, off_t(length))) }
                    return .none
                }
                let result = vm.unlocked { Int(truncate(path.c, off_t(length))) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("utime($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)", """
            Set the access and modified time of path.

            path may always be specified as a string.
            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.

            If times is not None, it must be a tuple (atime, mtime);
                atime and mtime should be expressed as float seconds since the epoch.
            If ns is specified, it must be a tuple (atime_ns, mtime_ns);
                atime_ns and mtime_ns should be expressed as integer nanoseconds
                since the epoch.
            If times is None and ns is unspecified, utime uses the current time.
            Specifying tuples for both times and ns is an error.

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, utime will modify the symbolic link itself instead of the file the
              link points to.
            It is an error to use dir_fd or follow_symlinks when specifying path
              as an open file descriptor.
            dir_fd and follow_symlinks may not be available on your platform.
              If they are unavailable, using them will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.changeTimes(a) }
        }
        m.defN("mkfifo($module, /, path, mode=438, *, dir_fd=None)", """
            Create a "fifo" (a POSIX named pipe).

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "mkfifo")
                let mode = try vm.cInt32(a[1], default: 0o666), directory = try vm.directory(a[2])
                try vm.system { Int(taipan_mkfifo(directory, path.c, mode)) }
                return .none
            }
        }
        m.defN("mknod($module, /, path, mode=384, device=0, *, dir_fd=None)", """
            Create a node in the file system.

            Create a node in the file system (file, device special file or named pipe)
            at path.  mode specifies both the permissions to use and the
            type of node to be created, being combined (bitwise OR) with one of
            S_IFREG, S_IFCHR, S_IFBLK, and S_IFIFO.  If S_IFCHR or S_IFBLK is set on mode,
            device defines the newly created device special file (probably using
            os.makedev()).  Otherwise device is ignored.

            If dir_fd is not None, it should be a file descriptor open to a directory,
              and path should be relative; path will then be relative to that directory.
            dir_fd may not be implemented on your platform.
              If it is unavailable, using it will raise a NotImplementedError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "mknod")
                let mode = try vm.cInt32(a[1], default: 0o600), device = a[2].isNull ? 0 : try vm.deviceNumber(a[2]), directory = try vm.directory(a[3])
                try vm.system { Int(taipan_mknod(directory, path.c, mode, device)) }
                return .none
            }
        }
        m.def1("major($module, device, /)", "Extracts a device major number from a raw device number.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let device = try vm.deviceNumber(a)
                return vm.int(Int(taipan_major(device)))
            }
        }
        m.def1("minor($module, device, /)", "Extracts a device minor number from a raw device number.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let device = try vm.deviceNumber(a)
                return vm.int(Int(taipan_minor(device)))
            }
        }
        m.def2("makedev($module, major, minor, /)", "Composes a raw device number from the major and minor device numbers.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let major = try vm.cInt32(a), minor = try vm.cInt32(b)
                return vm.int(unsigned: taipan_makedev(UInt32(bitPattern: major), UInt32(bitPattern: minor)))
            }
        }
        m.defN("statvfs($module, /, path)", """
            Perform a statvfs system call on the given path.

            path may always be specified as a string.
            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "statvfs", descriptor: true)
                var status = statvfs()
                let result = vm.unlocked { Int(path.isDescriptor && path.descriptor != -1 ? fstatvfs(path.descriptor, &status) : statvfs(path.c, &status)) }
                if result.failed { throw vm.osError(result.code, path) }
                return try vm.statvfsResult(status)
            }
        }
        m.def1("fstatvfs($module, fd, /)", """
            Perform an fstatvfs system call on the given fd.

            Equivalent to statvfs(fd).
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a)
                var status = statvfs()
                try vm.system { Int(fstatvfs(descriptor, &status)) }
                return try vm.statvfsResult(status)
            }
        }
        m.defN("pathconf($module, /, path, name)", """
            Return the configuration limit name for the file or directory path.

            If there is no limit, return -1.
            On some platforms, path may also be specified as an open file descriptor.
              If this functionality is unavailable, using it raises an exception.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "pathconf", descriptor: true), name = try vm.configurationName(a[1], taipan_table_pathconf)
                errno = 0
                let limit = path.isDescriptor && path.descriptor != -1 ? fpathconf(path.descriptor, name) : pathconf(path.c, name)
                if limit == -1 && errno != 0 { throw errno == EINVAL ? vm.osError(errno) : vm.osError(errno, path) }
                return vm.int(limit)
            }
        }
        m.def2("fpathconf($module, fd, name, /)", """
            Return the configuration limit name for the file descriptor fd.

            If there is no limit, return -1.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.cInt32(a), name = try vm.configurationName(b, taipan_table_pathconf)
                errno = 0
                let limit = fpathconf(descriptor, name)
                if limit == -1 && errno != 0 { throw vm.osError(errno) }
                return vm.int(limit)
            }
        }
        m.defN("fspath($module, /, path)", """
            Return the file system path representation of the object.

            If the object is str or bytes, then allow it to pass through as-is. If the
            object defines __fspath__(), then return the result of that method. All other
            types raise a TypeError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.fspath(a[0]) }
        }
        m.def1("umask($module, mask, /)", "Set the current numeric umask and return the previous umask.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let mask = try vm.cInt32(a)
                return Value(small: Int(umask(mode_t(truncatingIfNeeded: mask))))
            }
        }
        m.def0("sync($module, /)", "Force write of everything to disk.") { vm, _ in
            vm.guarded { () throws(Raised) in
                _ = vm.unlocked {
                    sync()
                    return 0
                }
                return .none
            }
        }
        m.defN("getxattr($module, /, path, attribute, *, follow_symlinks=True)", """
            Return the value of extended attribute attribute on path.

            path may be either a string, a path-like object, or an open file descriptor.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, getxattr will examine the symbolic link itself instead of the file
              the link points to.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.getExtendedAttribute(a) }
        }
        m.defN("setxattr($module, /, path, attribute, value, flags=0, *,\n         follow_symlinks=True)", """
            Set extended attribute attribute on path to value.

            path may be either a string, a path-like object,  or an open file descriptor.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, setxattr will modify the symbolic link itself instead of the file
              the link points to.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.setExtendedAttribute(a) }
        }
        m.defN("removexattr($module, /, path, attribute, *, follow_symlinks=True)", """
            Remove extended attribute attribute on path.

            path may be either a string, a path-like object, or an open file descriptor.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, removexattr will modify the symbolic link itself instead of the file
              the link points to.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let path = try vm.osPath(a[0], "removexattr", descriptor: true), name = try vm.osPath(a[1], "removexattr", "attribute")
                let follow = try vm.cBool(a[2], default: true)
                try vm.checkDescriptorOptions("removexattr", path, directory: Int32(TAIPAN_AT_FDCWD), follow: follow)
                let result = vm.unlocked { Int(taipan_removexattr(path.isDescriptor ? nil : path.c, path.descriptor, name.c, follow ? 1 : 0)) }
                if result.failed { throw vm.osError(result.code, path) }
                return .none
            }
        }
        m.defN("listxattr($module, /, path=None, *, follow_symlinks=True)", """
            Return a list of extended attributes on path.

            path may be either None, a string, a path-like object, or an open file descriptor.
            if path is None, listxattr will examine the current directory.
            If follow_symlinks is False, and the last element of the path is a symbolic
              link, listxattr will examine the symbolic link itself instead of the file
              the link points to.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.listExtendedAttributes(a) }
        }
        m.defN("listdir($module, /, path=None)", """
            Return a list containing the names of the files in the directory.

            path can be specified as either str, bytes, or a path-like object.  If path is bytes,
              the filenames returned will also be bytes; in all other circumstances
              the filenames returned will be str.
            If path is None, uses the path='.'.
            On some platforms, path may also be specified as an open file descriptor;\\
              the file descriptor must refer to a directory.
              If this functionality is unavailable, using it raises NotImplementedError.

            The list is in arbitrary order.  It does not include the special
            entries '.' and '..' even if they are present in the directory.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.listDirectory(a[0]) }
        }
        m.defN("scandir($module, /, path=None)", """
            Return an iterator of DirEntry objects for given path.

            path can be specified as either str, bytes, or a path-like object.  If path
            is bytes, the names of yielded DirEntry objects will also be bytes; in
            all other circumstances they will be str.

            If path is None, uses the path='.'.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.scanDirectory(a[0]) }
        }
    }
}
