// posix_spawn with all its options.
#define _GNU_SOURCE 1
#include "CShimsPosix.h"

#include <errno.h>
#include <signal.h>
#include <sched.h>
#include <spawn.h>
#include <string.h>

static int fill_signals(sigset_t *set, const int *numbers, int count) {
    sigemptyset(set);
    for (int i = 0; i < count; i++)
        if (sigaddset(set, numbers[i]) < 0) return errno;
    return 0;
}

static int fill_attributes(posix_spawnattr_t *attributes, const taipan_spawn_options *options) {
    short flags = 0;
    int error = 0;
    sigset_t set;
    if (options->set_group) {
        if ((error = posix_spawnattr_setpgroup(attributes, options->group))) return error;
        flags |= POSIX_SPAWN_SETPGROUP;
    }
    if (options->reset_ids) flags |= POSIX_SPAWN_RESETIDS;
#ifdef POSIX_SPAWN_SETSID
    if (options->set_session) flags |= POSIX_SPAWN_SETSID;
#endif
    if (options->mask_count >= 0) {
        if ((error = fill_signals(&set, options->mask, options->mask_count))) return error;
        if ((error = posix_spawnattr_setsigmask(attributes, &set))) return error;
        flags |= POSIX_SPAWN_SETSIGMASK;
    }
    if (options->default_count >= 0) {
        if ((error = fill_signals(&set, options->defaults, options->default_count))) return error;
        if ((error = posix_spawnattr_setsigdefault(attributes, &set))) return error;
        flags |= POSIX_SPAWN_SETSIGDEF;
    }
#ifdef __linux__
    if (options->set_scheduler) {
        if ((error = posix_spawnattr_setschedpolicy(attributes, options->policy))) return error;
        flags |= POSIX_SPAWN_SETSCHEDULER;
    }
    if (options->set_priority) {
        struct sched_param parameter = {.sched_priority = options->priority};
        if ((error = posix_spawnattr_setschedparam(attributes, &parameter))) return error;
        flags |= POSIX_SPAWN_SETSCHEDPARAM;
    }
#endif
    return posix_spawnattr_setflags(attributes, flags);
}

static int fill_actions(posix_spawn_file_actions_t *actions, const taipan_spawn_options *options) {
    for (int i = 0; i < options->action_count; i++) {
        const taipan_spawn_action *row = &options->actions[i];
        int error = row->kind == 0 ? posix_spawn_file_actions_addopen(actions, row->descriptor, row->path, row->other, (mode_t)row->mode)
            : row->kind == 1 ? posix_spawn_file_actions_addclose(actions, row->descriptor)
            : posix_spawn_file_actions_adddup2(actions, row->descriptor, row->other);
        if (error) return error;
    }
    return 0;
}

int taipan_posix_spawn(int search, const char *path, char *const *arguments, char *const *environment,
                       const taipan_spawn_options *options, pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    if ((error = posix_spawnattr_init(&attributes))) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    if (!(error = fill_attributes(&attributes, options)) && !(error = fill_actions(&actions, options)))
        error = (search ? posix_spawnp : posix_spawn)(child, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
