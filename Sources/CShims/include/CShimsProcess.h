// fork and exec, which Swift may not call: between them only async-signal-safe C may run.
#ifndef TAIPAN_CSHIMS_PROCESS_H
#define TAIPAN_CSHIMS_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/// What the child of `taipan_fork_exec` does before and at exec. Descriptors are -1 where there is none.
typedef struct {
    /// NULL-terminated argument vector; NULL-terminated list of paths to try; NULL-terminated environment, NULL to inherit.
    char *_Nullable const *_Nonnull arguments;
    char *_Nullable const *_Nonnull executables;
    char *_Nullable const *_Nullable environment;
    /// Directory to change to, NULL to stay.
    const char *_Nullable directory;
    /// Descriptors to keep, ascending.
    const int *_Nullable kept;
    int kept_count;
    int close_others;
    /// The child's ends become 0, 1 and 2; the parent's ends are closed in the child.
    int stdin_child, stdin_parent, stdout_parent, stdout_child, stderr_parent, stderr_child;
    /// Where the child writes "OSError:HEXERRNO:WHAT" if it cannot exec.
    int error_pipe_parent, error_pipe_child;
    int restore_signals, new_session;
    /// -1 to leave as it is.
    int64_t gid, uid, umask;
    const gid_t *_Nullable groups;
    /// -1 to leave the supplementary groups.
    int group_count;
    /// Called in the child just before exec, 0 on success; NULL for none.
    int (*_Nullable before_exec)(void *_Nullable context);
    void *_Nullable before_exec_context;
} taipan_spawn;

/// The process's argument count and vector, NULL where the C library does not tell.
int taipan_arguments(char *_Nullable const *_Nullable *_Nonnull values);

/// fork(2).
pid_t taipan_fork(void);
/// Forks and execs; returns the child's pid, or -1 with errno set when there is no child.
pid_t taipan_fork_exec(const taipan_spawn *spawn);

#pragma clang assume_nonnull end
#endif
