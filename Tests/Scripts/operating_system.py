# The operating system from Python: paths, descriptors, children, select, sockets, struct sequences.
import posix, select, time, _socket, errno, _stat, pwd, fcntl

def attempt(f, *args, **kw):
    try: print(f(*args, **kw))
    except Exception as error: print(type(error).__name__, error)

class Path:
    def __init__(self, r): self.r = r
    def __fspath__(self): return self.r

for p in (1.5, Path(3), Path(b"/no/such"), "a\0b", b"a\0b", "\ud800", "/no\udc80", -1): attempt(posix.stat, p)
attempt(posix.rename, "/no/1", b"/no/2")
attempt(posix.utime, "/", 3)
r, w = posix.pipe()
print(posix.write(w, b"hello"), posix.readv(r, [bytearray(2), bytearray(2)]), posix.read(r, 9))
print(select.select([r], [w], [], 0) == ([], [w], []), posix.get_inheritable(r), fcntl.fcntl(r, fcntl.F_GETFD))
pid = posix.fork()
if not pid: posix._exit(5)
print(posix.waitstatus_to_exitcode(posix.waitpid(pid, 0)[1]))
pid = posix.posix_spawn("/bin/sh", ["sh", "-c", "echo $A"], {b"A": "b"}, file_actions=[(posix.POSIX_SPAWN_DUP2, w, 1)])
posix.waitpid(pid, 0)
print(posix.read(r, 9))
a, b = _socket.socketpair()
a.sendmsg([b"x", b"y"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, (r).to_bytes(4, "little"))])
data, extra, flags, address = b.recvmsg(9, 100)
print(data, len(extra), flags, address)
b.settimeout(0.01)
attempt(b.recv, 1)
attempt(_socket.socket().bind, ("h", "p"))
print(_socket.inet_ntop(10, _socket.inet_pton(10, "::1")), _socket.htons(1))
s = posix.stat_result(range(12), {"st_rdev": 9})
print(s, s.st_ctime, s.st_rdev, s.st_mtime_ns, s.__reduce__()[1][0])
attempt(posix.stat_result, (1, 2))
print(time.struct_time(range(9)), time.asctime((2000, 1, 2, 3, 4, 5, 6, 7, 8)), time.strftime("%Y-%m-%d é", (2000, 1, 2, 3, 4, 5, 6, 7, 0)))
attempt(time.mktime, (1,))
attempt(time.sleep, -1)
print(_stat.filemode(0o104755), errno.errorcode[errno.ENOENT], pwd.getpwuid(0).pw_name)
# expect: TypeError stat: path should be string, bytes, os.PathLike or integer, not float
# expect: TypeError expected Path.__fspath__() to return str or bytes, not int
# expect: FileNotFoundError [Errno 2] No such file or directory: b'/no/such'
# expect: ValueError embedded null byte
# expect: ValueError stat: embedded null character in path
# expect: UnicodeEncodeError 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
# expect: FileNotFoundError [Errno 2] No such file or directory: '/no\udc80'
# expect: OSError [Errno 14] Bad address: -1
# expect: FileNotFoundError [Errno 2] No such file or directory: '/no/1' -> b'/no/2'
# expect: TypeError utime: 'times' must be either a tuple of two ints or None
# expect: 5 4 b'o'
# expect: True False 1
# expect: 5
# expect: b'b\n'
# expect: b'xy' 1 0 None
# expect: TimeoutError timed out
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: ::1 256
# expect: os.stat_result(st_mode=0, st_ino=1, st_dev=2, st_nlink=3, st_uid=4, st_gid=5, st_size=6, st_atime=7, st_mtime=8, st_ctime=9) 9 9 None (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
# expect: TypeError os.stat_result() takes an at least 10-sequence (2-sequence given)
# expect: time.struct_time(tm_year=0, tm_mon=1, tm_mday=2, tm_hour=3, tm_min=4, tm_sec=5, tm_wday=6, tm_yday=7, tm_isdst=8) Sun Jan  2 03:04:05 2000 2000-01-02 é
# expect: TypeError mktime(): illegal time tuple argument
# expect: ValueError sleep length must be non-negative
# expect: -rwsr-xr-x ENOENT root
