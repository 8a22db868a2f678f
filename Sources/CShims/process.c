// CPython: Modules/_posixsubprocess.c does this job; the protocol on the error pipe is subprocess.py's.
#include "CShimsPosix.h"
#include "CShimsProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

pid_t taipan_fork(void) { return fork(); }

static int argument_count;
static char *const *argument_values;

#if defined(__APPLE__) || defined(__GLIBC__)
// These C libraries hand the arguments to initialisers. Swift would look for them in /proc/self/maps.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
    argument_count = count;
    argument_values = values;
}
#endif

int taipan_arguments(char *const **values) {
    *values = argument_values;
    return argument_count;
}

static int set_inheritable(int descriptor) {
    int flags = fcntl(descriptor, F_GETFD);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFD, flags & ~FD_CLOEXEC);
}

/// Puts `from` at `to` (0, 1 or 2), inheritable.
static int place(int from, int to) {
    if (from < 0) return 0;
    if (from == to) return set_inheritable(from);
    return dup2(from, to) < 0 ? -1 : 0;
}

/// Closes everything from 3 on but what is kept (ascending) and the error pipe.
static void close_others(const taipan_spawn *spawn) {
    int low = 3;
    for (int i = 0; i < spawn->kept_count; i++) {
        int descriptor = spawn->kept[i];
        if (descriptor < low) continue;
        taipan_closefrom_range(low, descriptor);
        low = descriptor + 1;
    }
    taipan_closefrom_range(low, 0x7FFFFFFF);
}

static void report(const taipan_spawn *spawn, const char *kind, int number, const char *what) {
    char text[64];
    char digits[16];
    int length = 0, count = 0;
    do { digits[count++] = "0123456789ABCDEF"[number & 15]; number >>= 4; } while (number && count < 16);
    for (const char *p = kind; *p; p++) text[length++] = *p;
    text[length++] = ':';
    while (count) text[length++] = digits[--count];
    text[length++] = ':';
    for (const char *p = what; *p; p++) text[length++] = *p;
    ssize_t ignored = write(spawn->error_pipe_child, text, (size_t)length);
    (void)ignored;
}

/// Everything before exec. 0, or -1 with errno set; `*what` names a failure that is not exec's.
static int prepare(const taipan_spawn *spawn, const char **kind) {
    int out = spawn->stdout_child, err = spawn->stderr_child;
    for (int i = 0; i < spawn->kept_count; i++)
        if (spawn->kept[i] != spawn->error_pipe_child && set_inheritable(spawn->kept[i]) < 0) return -1;
    if (spawn->stdin_parent >= 0) close(spawn->stdin_parent);
    if (spawn->stdout_parent >= 0) close(spawn->stdout_parent);
    if (spawn->stderr_parent >= 0) close(spawn->stderr_parent);
    close(spawn->error_pipe_parent);
    // The child's ends must not sit where another one is about to go.
    if (out == 0 && (out = dup(out)) < 0) return -1;
    while (err == 0 || err == 1)
        if ((err = dup(err)) < 0) return -1;
    if (place(spawn->stdin_child, 0) < 0 || place(out, 1) < 0 || place(err, 2) < 0) return -1;
    if (spawn->directory && chdir(spawn->directory) < 0) return -1;
    if (spawn->umask >= 0) umask((mode_t)spawn->umask);
    if (spawn->restore_signals) {
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
    }
    if (spawn->new_session) setsid();
    if (spawn->group_count >= 0 && setgroups((size_t)spawn->group_count, spawn->groups) < 0) return -1;
    if (spawn->gid >= 0 && setregid((gid_t)spawn->gid, (gid_t)spawn->gid) < 0) return -1;
    if (spawn->uid >= 0 && setreuid((uid_t)spawn->uid, (uid_t)spawn->uid) < 0) return -1;
    if (spawn->before_exec && spawn->before_exec(spawn->before_exec_context) != 0) {
        *kind = "SubprocessError";
        errno = 0;
        return -1;
    }
    if (spawn->close_others) close_others(spawn);
    return 0;
}

pid_t taipan_fork_exec(const taipan_spawn *spawn) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    const char *kind = "OSError";
    if (prepare(spawn, &kind) < 0) {
        report(spawn, kind, errno, errno ? "noexec" : "Exception occurred in preexec_fn.");
        _exit(255);
    }
    int saved = ENOENT;
    for (char *const *path = spawn->executables; *path; path++) {
        extern char **environ;
        execve(*path, spawn->arguments, spawn->environment ? spawn->environment : environ);
        if (errno != ENOENT && errno != ENOTDIR) saved = errno;
    }
    report(spawn, kind, saved, "");
    _exit(255);
}
