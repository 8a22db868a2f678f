// System calls for PyModules/Posix: see CShimsPosix.h.
#define _GNU_SOURCE 1
#include "CShimsPosix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#else
#include <util.h>
#include <sys/xattr.h>
#endif

extern char **environ;

static int at(int directory) { return directory == TAIPAN_AT_FDCWD ? AT_FDCWD : directory; }

#ifndef __linux__
static int no_call(void) { errno = ENOSYS; return -1; }
#endif

char **taipan_environment(void) { return environ; }

int taipan_open(int directory, const char *path, int flags, int mode) { return openat(at(directory), path, flags, mode); }

int taipan_stat(int directory, const char *path, int follow, void *result) {
    if (directory == TAIPAN_AT_FDCWD) return follow ? stat(path, result) : lstat(path, result);
    return fstatat(directory, path, result, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

int taipan_access(int directory, const char *path, int mode, int effective, int follow) {
    if (directory == TAIPAN_AT_FDCWD && !effective && follow) return access(path, mode);
    return faccessat(at(directory), path, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

int taipan_chmod(int directory, const char *path, int mode, int follow) {
    if (directory == TAIPAN_AT_FDCWD && follow) return chmod(path, (mode_t)mode);
    return fchmodat(at(directory), path, (mode_t)mode, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

int taipan_chown(int directory, const char *path, uint32_t uid, uint32_t gid, int follow) {
    return fchownat(at(directory), path, uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

int taipan_mkdir(int directory, const char *path, int mode) {
    return directory == TAIPAN_AT_FDCWD ? mkdir(path, (mode_t)mode) : mkdirat(directory, path, (mode_t)mode);
}

int taipan_mkfifo(int directory, const char *path, int mode) {
#ifdef __linux__
    return mkfifoat(at(directory), path, (mode_t)mode);
#else
    return directory == TAIPAN_AT_FDCWD ? mkfifo(path, (mode_t)mode) : no_call();
#endif
}

int taipan_mknod(int directory, const char *path, int mode, uint64_t device) {
#ifdef __linux__
    return mknodat(at(directory), path, (mode_t)mode, (dev_t)device);
#else
    return directory == TAIPAN_AT_FDCWD ? mknod(path, (mode_t)mode, (dev_t)device) : no_call();
#endif
}

int taipan_unlink(int directory, const char *path, int is_directory) {
    if (directory == TAIPAN_AT_FDCWD) return is_directory ? rmdir(path) : unlink(path);
    return unlinkat(directory, path, is_directory ? AT_REMOVEDIR : 0);
}

int taipan_rename(int from_directory, const char *from, int to_directory, const char *to) {
    return renameat(at(from_directory), from, at(to_directory), to);
}

int taipan_link(int from_directory, const char *from, int to_directory, const char *to, int follow) {
    return linkat(at(from_directory), from, at(to_directory), to, follow ? AT_SYMLINK_FOLLOW : 0);
}

int taipan_symlink(const char *target, int directory, const char *path) { return symlinkat(target, at(directory), path); }

long taipan_readlink(int directory, const char *path, char *buffer, size_t size) {
    return readlinkat(at(directory), path, buffer, size);
}

int taipan_utimens(int directory, const char *path, const void *times, int follow) {
    return utimensat(at(directory), path, times, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}
int taipan_futimens(int descriptor, const void *times) { return futimens(descriptor, times); }

int taipan_fcntl(int descriptor, int command, long argument) { return fcntl(descriptor, command, argument); }
int taipan_fcntl_pointer(int descriptor, int command, void *argument) { return fcntl(descriptor, command, argument); }
int taipan_ioctl(int descriptor, unsigned long request, long argument) { return ioctl(descriptor, request, argument); }
int taipan_ioctl_pointer(int descriptor, unsigned long request, void *argument) { return ioctl(descriptor, request, argument); }

int taipan_dup3(int from, int to, int inheritable) {
    if (inheritable) return dup2(from, to);
#ifdef __linux__
    int result = dup3(from, to, O_CLOEXEC);
    if (result >= 0 || errno != EINVAL || from != to) return result;
    return dup2(from, to) < 0 || fcntl(to, F_SETFD, FD_CLOEXEC) < 0 ? -1 : to;
#else
    int result = dup2(from, to);
    return result < 0 || fcntl(to, F_SETFD, FD_CLOEXEC) < 0 ? -1 : result;
#endif
}

int taipan_pipe(int *ends, int flags) {
#ifdef __linux__
    return pipe2(ends, flags);
#else
    if (pipe(ends) < 0) return -1;
    for (int i = 0; i < 2; i++) {
        if (flags & O_CLOEXEC) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        if (flags & O_NONBLOCK) fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
#endif
}

int taipan_lockf(int descriptor, int command, int64_t length) { return lockf(descriptor, command, (off_t)length); }

int taipan_closefrom_range(int low, int high) {
    if (low < 0) low = 0;
    if (high <= low) return 0;
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)low, (unsigned)(high - 1), 0) == 0) return 0;
#endif
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit > 0 && high > limit) high = (int)limit;
    for (int i = low; i < high; i++) close(i);
    return 0;
}

long taipan_sendfile(int out, int in, int64_t *offset, size_t count) {
#ifdef __linux__
    off_t at = offset ? (off_t)*offset : 0;
    ssize_t result = sendfile(out, in, offset ? &at : NULL, count);
    if (offset) *offset = at;
    return result;
#else
    return no_call();
#endif
}

long taipan_copy_file_range(int in, int64_t *in_offset, int out, int64_t *out_offset, size_t count, unsigned flags) {
#ifdef __linux__
    return copy_file_range(in, (off64_t *)in_offset, out, (off64_t *)out_offset, count, flags);
#else
    return no_call();
#endif
}

long taipan_splice(int in, int64_t *in_offset, int out, int64_t *out_offset, size_t count, unsigned flags) {
#ifdef __linux__
    return splice(in, (off64_t *)in_offset, out, (off64_t *)out_offset, count, flags);
#else
    return no_call();
#endif
}

long taipan_preadv(int descriptor, const void *vectors, int count, int64_t offset, int flags) {
#ifdef __linux__
    return preadv2(descriptor, vectors, count, (off_t)offset, flags);
#else
    return no_call();
#endif
}

long taipan_pwritev(int descriptor, const void *vectors, int count, int64_t offset, int flags) {
#ifdef __linux__
    return pwritev2(descriptor, vectors, count, (off_t)offset, flags);
#else
    return no_call();
#endif
}

int taipan_eventfd(unsigned initial, int flags) {
#ifdef __linux__
    return eventfd(initial, flags);
#else
    return no_call();
#endif
}

int taipan_memfd_create(const char *name, unsigned flags) {
#ifdef __linux__
    return memfd_create(name, flags);
#else
    return no_call();
#endif
}

long taipan_getrandom(void *buffer, size_t size, unsigned flags) {
#ifdef __linux__
    return getrandom(buffer, size, flags);
#else
    return no_call();
#endif
}

int taipan_pidfd_open(int pid, unsigned flags) {
#if defined(__linux__) && defined(SYS_pidfd_open)
    return (int)syscall(SYS_pidfd_open, pid, flags);
#else
    errno = ENOSYS;
    return -1;
#endif
}

int taipan_fadvise(int descriptor, int64_t offset, int64_t length, int advice) {
#ifdef __linux__
    return posix_fadvise(descriptor, (off_t)offset, (off_t)length, advice);
#else
    return ENOSYS;
#endif
}

int taipan_fallocate(int descriptor, int64_t offset, int64_t length) {
#ifdef __linux__
    return posix_fallocate(descriptor, (off_t)offset, (off_t)length);
#else
    return ENOSYS;
#endif
}

uint64_t taipan_makedev(unsigned major, unsigned minor) { return (uint64_t)makedev(major, minor); }
unsigned taipan_major(uint64_t device) { return (unsigned)major(device); }
unsigned taipan_minor(uint64_t device) { return (unsigned)minor(device); }

#ifdef __linux__
long taipan_getxattr(const char *path, int descriptor, const char *name, void *value, size_t size, int follow) {
    if (!path) return fgetxattr(descriptor, name, value, size);
    return follow ? getxattr(path, name, value, size) : lgetxattr(path, name, value, size);
}
int taipan_setxattr(const char *path, int descriptor, const char *name, const void *value, size_t size, int flags, int follow) {
    if (!path) return fsetxattr(descriptor, name, value, size, flags);
    return follow ? setxattr(path, name, value, size, flags) : lsetxattr(path, name, value, size, flags);
}
int taipan_removexattr(const char *path, int descriptor, const char *name, int follow) {
    if (!path) return fremovexattr(descriptor, name);
    return follow ? removexattr(path, name) : lremovexattr(path, name);
}
long taipan_listxattr(const char *path, int descriptor, char *list, size_t size, int follow) {
    if (!path) return flistxattr(descriptor, list, size);
    return follow ? listxattr(path, list, size) : llistxattr(path, list, size);
}
#else
long taipan_getxattr(const char *path, int descriptor, const char *name, void *value, size_t size, int follow) { return no_call(); }
int taipan_setxattr(const char *path, int descriptor, const char *name, const void *value, size_t size, int flags, int follow) { return no_call(); }
int taipan_removexattr(const char *path, int descriptor, const char *name, int follow) { return no_call(); }
long taipan_listxattr(const char *path, int descriptor, char *list, size_t size, int follow) { return no_call(); }
#endif

int taipan_wait_status(int what, int status) {
    switch (what) {
    case 0: return WIFEXITED(status) != 0;
    case 1: return WIFSIGNALED(status) != 0;
    case 2: return WIFSTOPPED(status) != 0;
    case 3: return WIFCONTINUED(status) != 0;
    case 4: return WEXITSTATUS(status);
    case 5: return WTERMSIG(status);
    case 6: return WSTOPSIG(status);
    default: return WCOREDUMP(status) != 0;
    }
}

int taipan_waitid(int type, unsigned id, taipan_waitid_result *result, int options) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    int status = waitid((idtype_t)type, (id_t)id, &info, options);
    result->pid = info.si_pid;
    result->uid = (int32_t)info.si_uid;
    result->signo = info.si_signo;
    result->status = info.si_status;
    result->code = info.si_code;
    return status;
}

int taipan_execve(const char *path, char *const *arguments, char *const *environment) { return execve(path, arguments, environment); }

int taipan_fexecve(int descriptor, char *const *arguments, char *const *environment) {
#ifdef __linux__
    return fexecve(descriptor, arguments, environment);
#else
    return no_call();
#endif
}

pid_t taipan_forkpty(int *master) { return forkpty(master, NULL, NULL, NULL); }
int taipan_openpty(int *master, int *slave) {
    if (openpty(master, slave, NULL, NULL, NULL) < 0) return -1;
    fcntl(*master, F_SETFD, FD_CLOEXEC);
    fcntl(*slave, F_SETFD, FD_CLOEXEC);
    return 0;
}

int taipan_login_tty_size(int descriptor, int *columns, int *lines) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *lines = size.ws_row;
    return 0;
}

#ifdef __linux__
int taipan_getresuid(uint32_t *real, uint32_t *effective, uint32_t *saved) { return getresuid(real, effective, saved); }
int taipan_getresgid(uint32_t *real, uint32_t *effective, uint32_t *saved) { return getresgid(real, effective, saved); }
int taipan_setresuid(uint32_t real, uint32_t effective, uint32_t saved) { return setresuid(real, effective, saved); }
int taipan_setresgid(uint32_t real, uint32_t effective, uint32_t saved) { return setresgid(real, effective, saved); }
int taipan_getgrouplist(const char *user, uint32_t group, uint32_t *groups, int *count) { return getgrouplist(user, group, groups, count); }
int taipan_initgroups(const char *user, uint32_t group) { return initgroups(user, group); }
#else
int taipan_getresuid(uint32_t *real, uint32_t *effective, uint32_t *saved) { return no_call(); }
int taipan_getresgid(uint32_t *real, uint32_t *effective, uint32_t *saved) { return no_call(); }
int taipan_setresuid(uint32_t real, uint32_t effective, uint32_t saved) { return no_call(); }
int taipan_setresgid(uint32_t real, uint32_t effective, uint32_t saved) { return no_call(); }
int taipan_getgrouplist(const char *user, uint32_t group, uint32_t *groups, int *count) { return getgrouplist(user, (int)group, (int *)groups, count); }
int taipan_initgroups(const char *user, uint32_t group) { return initgroups(user, (int)group); }
#endif
int taipan_setgroups(int count, const uint32_t *groups) { return setgroups((size_t)count, groups); }

#ifdef __linux__
int taipan_sched_getscheduler(int pid) { return sched_getscheduler(pid); }
int taipan_sched_setscheduler(int pid, int policy, int priority) {
    struct sched_param parameter = {.sched_priority = priority};
    return sched_setscheduler(pid, policy, &parameter);
}
int taipan_sched_getparam(int pid, int *priority) {
    struct sched_param parameter;
    if (sched_getparam(pid, &parameter) < 0) return -1;
    *priority = parameter.sched_priority;
    return 0;
}
int taipan_sched_setparam(int pid, int priority) {
    struct sched_param parameter = {.sched_priority = priority};
    return sched_setparam(pid, &parameter);
}
int taipan_sched_rr_interval(int pid, double *seconds) {
    struct timespec interval;
    if (sched_rr_get_interval(pid, &interval) < 0) return -1;
    *seconds = (double)interval.tv_sec + 1e-9 * (double)interval.tv_nsec;
    return 0;
}
int taipan_sched_getaffinity(int pid, unsigned char *mask, size_t size) {
    memset(mask, 0, size);
    return (int)syscall(SYS_sched_getaffinity, pid, size, mask);
}
int taipan_sched_setaffinity(int pid, const unsigned char *mask, size_t size) {
    return (int)syscall(SYS_sched_setaffinity, pid, size, mask);
}
int taipan_prlimit(int pid, int resource, const uint64_t *new_limits, uint64_t *old_limits) {
    struct rlimit fresh, old;
    if (new_limits) {
        fresh.rlim_cur = new_limits[0];
        fresh.rlim_max = new_limits[1];
    }
    int result = prlimit(pid, resource, new_limits ? &fresh : NULL, &old);
    if (old_limits) {
        old_limits[0] = old.rlim_cur;
        old_limits[1] = old.rlim_max;
    }
    return result;
}
#else
int taipan_sched_getscheduler(int pid) { return no_call(); }
int taipan_sched_setscheduler(int pid, int policy, int priority) { return no_call(); }
int taipan_sched_getparam(int pid, int *priority) { return no_call(); }
int taipan_sched_setparam(int pid, int priority) { return no_call(); }
int taipan_sched_rr_interval(int pid, double *seconds) { return no_call(); }
int taipan_sched_getaffinity(int pid, unsigned char *mask, size_t size) { return no_call(); }
int taipan_sched_setaffinity(int pid, const unsigned char *mask, size_t size) { return no_call(); }
int taipan_prlimit(int pid, int resource, const uint64_t *new_limits, uint64_t *old_limits) {
    if (pid != 0) return no_call();
    struct rlimit limits;
    if (getrlimit(resource, &limits) < 0) return -1;
    if (old_limits) {
        old_limits[0] = limits.rlim_cur;
        old_limits[1] = limits.rlim_max;
    }
    if (!new_limits) return 0;
    limits.rlim_cur = new_limits[0];
    limits.rlim_max = new_limits[1];
    return setrlimit(resource, &limits);
}
#endif

int taipan_getpriority(int which, int who) {
    errno = 0;
    return getpriority(which, (id_t)who);
}
int taipan_setpriority(int which, int who, int priority) { return setpriority(which, (id_t)who, priority); }
int taipan_getrusage(int who, void *usage) { return getrusage(who, usage); }
