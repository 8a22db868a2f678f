// System calls that Swift's view of the C library lacks: variadic ones, macros, GNU and Linux only ones (ENOSYS elsewhere).
// Each returns what the call returns, errno set. `void *` stands for a struct of the system: naming one here would make Swift
// see two of it.
#ifndef TAIPAN_CSHIMS_POSIX_H
#define TAIPAN_CSHIMS_POSIX_H

#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

#define TAIPAN_AT_FDCWD (-100)

extern char *_Nullable *_Nonnull taipan_environment(void);

/// `directory` is TAIPAN_AT_FDCWD for none; `follow` 0 to look at links themselves.
int taipan_open(int directory, const char *path, int flags, int mode);
int taipan_stat(int directory, const char *path, int follow, void *result);
int taipan_access(int directory, const char *path, int mode, int effective, int follow);
int taipan_chmod(int directory, const char *path, int mode, int follow);
int taipan_chown(int directory, const char *path, uint32_t uid, uint32_t gid, int follow);
int taipan_mkdir(int directory, const char *path, int mode);
int taipan_mkfifo(int directory, const char *path, int mode);
int taipan_mknod(int directory, const char *path, int mode, uint64_t device);
int taipan_unlink(int directory, const char *path, int is_directory);
int taipan_rename(int from_directory, const char *from, int to_directory, const char *to);
int taipan_link(int from_directory, const char *from, int to_directory, const char *to, int follow);
int taipan_symlink(const char *target, int directory, const char *path);
long taipan_readlink(int directory, const char *path, char *buffer, size_t size);
/// times NULL: now.
int taipan_utimens(int directory, const char *path, const void *_Nullable times, int follow);
int taipan_futimens(int descriptor, const void *_Nullable times);

int taipan_fcntl(int descriptor, int command, long argument);
int taipan_fcntl_pointer(int descriptor, int command, void *argument);
int taipan_ioctl(int descriptor, unsigned long request, long argument);
int taipan_ioctl_pointer(int descriptor, unsigned long request, void *argument);
int taipan_dup3(int from, int to, int inheritable);
int taipan_pipe(int *ends, int flags);
/// How: a byte-range lock as lockf(3).
int taipan_lockf(int descriptor, int command, int64_t length);
int taipan_closefrom_range(int low, int high);
long taipan_sendfile(int out, int in, int64_t *_Nullable offset, size_t count);
long taipan_copy_file_range(int in, int64_t *_Nullable in_offset, int out, int64_t *_Nullable out_offset, size_t count, unsigned flags);
long taipan_splice(int in, int64_t *_Nullable in_offset, int out, int64_t *_Nullable out_offset, size_t count, unsigned flags);
long taipan_preadv(int descriptor, const void *vectors, int count, int64_t offset, int flags);
long taipan_pwritev(int descriptor, const void *vectors, int count, int64_t offset, int flags);
int taipan_eventfd(unsigned initial, int flags);
int taipan_memfd_create(const char *name, unsigned flags);
long taipan_getrandom(void *buffer, size_t size, unsigned flags);
int taipan_pidfd_open(int pid, unsigned flags);
int taipan_fadvise(int descriptor, int64_t offset, int64_t length, int advice);
int taipan_fallocate(int descriptor, int64_t offset, int64_t length);

uint64_t taipan_makedev(unsigned major, unsigned minor);
unsigned taipan_major(uint64_t device);
unsigned taipan_minor(uint64_t device);

/// path NULL: by descriptor. follow 0: the link itself.
long taipan_getxattr(const char *_Nullable path, int descriptor, const char *name, void *_Nullable value, size_t size, int follow);
int taipan_setxattr(const char *_Nullable path, int descriptor, const char *name, const void *value, size_t size, int flags, int follow);
int taipan_removexattr(const char *_Nullable path, int descriptor, const char *name, int follow);
long taipan_listxattr(const char *_Nullable path, int descriptor, char *_Nullable list, size_t size, int follow);

/// Wait statuses. What: 0 exited, 1 signaled, 2 stopped, 3 continued, 4 exit status, 5 term signal, 6 stop signal, 7 core.
int taipan_wait_status(int what, int status);
typedef struct { int32_t pid, uid, signo, status, code; } taipan_waitid_result;
int taipan_waitid(int type, unsigned id, taipan_waitid_result *result, int options);

int taipan_execve(const char *path, char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment);
int taipan_fexecve(int descriptor, char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment);
pid_t taipan_forkpty(int *master);
int taipan_openpty(int *master, int *slave);
int taipan_login_tty_size(int descriptor, int *columns, int *lines);

int taipan_getresuid(uint32_t *real, uint32_t *effective, uint32_t *saved);
int taipan_getresgid(uint32_t *real, uint32_t *effective, uint32_t *saved);
int taipan_setresuid(uint32_t real, uint32_t effective, uint32_t saved);
int taipan_setresgid(uint32_t real, uint32_t effective, uint32_t saved);
int taipan_getgrouplist(const char *user, uint32_t group, uint32_t *groups, int *count);
int taipan_initgroups(const char *user, uint32_t group);
int taipan_setgroups(int count, const uint32_t *_Nullable groups);

int taipan_sched_getscheduler(int pid);
int taipan_sched_setscheduler(int pid, int policy, int priority);
int taipan_sched_getparam(int pid, int *priority);
int taipan_sched_setparam(int pid, int priority);
int taipan_sched_rr_interval(int pid, double *seconds);
/// Processors as bits of `mask`, `size` bytes long; getting returns the bytes filled.
int taipan_sched_getaffinity(int pid, unsigned char *mask, size_t size);
int taipan_sched_setaffinity(int pid, const unsigned char *mask, size_t size);

int taipan_getpriority(int which, int who);
int taipan_setpriority(int which, int who, int priority);
int taipan_prlimit(int pid, int resource, const uint64_t *_Nullable new_limits, uint64_t *_Nullable old_limits);
int taipan_getrusage(int who, void *usage);

/// File actions: rows of (kind 0 open, 1 close, 2 dup2; fd; fd2 or flags; mode; path).
typedef struct { int kind, descriptor, other, mode; const char *_Nullable path; } taipan_spawn_action;
typedef struct {
    const taipan_spawn_action *_Nullable actions;
    int action_count;
    int set_group; int group;
    int reset_ids, set_session;
    const int *_Nullable mask; int mask_count;            // -1: leave
    const int *_Nullable defaults; int default_count;     // -1: leave
    int set_scheduler, policy, set_priority, priority;
} taipan_spawn_options;
/// posix_spawn or posix_spawnp: 0 or the error number.
int taipan_posix_spawn(int search, const char *path, char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment,
                       const taipan_spawn_options *options, pid_t *child);

/// epoll: events as pairs (events, descriptor). Operation 1 add, 2 delete, 3 modify.
int taipan_epoll_create(int flags);
int taipan_epoll_control(int epoll, int operation, int descriptor, uint32_t events);
typedef struct { uint32_t events; int32_t descriptor; } taipan_epoll_event;
int taipan_epoll_wait(int epoll, taipan_epoll_event *events, int limit, int milliseconds);
/// select(2) on sets given as bits, 1,024 each (16 words), seconds and microseconds; negative seconds: no limit.
int taipan_select(int count, uint64_t *read, uint64_t *write, uint64_t *except, int64_t seconds, int64_t microseconds);
int taipan_poll(void *descriptors, unsigned long count, int milliseconds);

/// A row of the shadow passwords; the texts are the system's, good until the next call. Numbers count days.
typedef struct {
    const char *_Nullable name;
    const char *_Nullable password;
    long changed, least, most, warning, inactive, expires, flag;
} taipan_shadow;
/// Whether the system has such.
int taipan_shadow_exists(void);
/// 1 found, 0 not, -1 with errno set.
int taipan_shadow_named(const char *name, taipan_shadow *row);
void taipan_shadow_begin(void);
/// 1 or 0: no more.
int taipan_shadow_next(taipan_shadow *row);
void taipan_shadow_end(void);

#pragma clang assume_nonnull end
#endif
