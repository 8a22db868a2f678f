// The whole numbers of Python's `resource` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<sys/resource.h>)
#include <sys/resource.h>
#endif

const taipan_constant taipan_resource_constants[] = {
#ifdef RLIMIT_AS
    {"RLIMIT_AS", (long long)RLIMIT_AS},
#endif
#ifdef RLIMIT_CORE
    {"RLIMIT_CORE", (long long)RLIMIT_CORE},
#endif
#ifdef RLIMIT_CPU
    {"RLIMIT_CPU", (long long)RLIMIT_CPU},
#endif
#ifdef RLIMIT_DATA
    {"RLIMIT_DATA", (long long)RLIMIT_DATA},
#endif
#ifdef RLIMIT_FSIZE
    {"RLIMIT_FSIZE", (long long)RLIMIT_FSIZE},
#endif
#ifdef RLIMIT_MEMLOCK
    {"RLIMIT_MEMLOCK", (long long)RLIMIT_MEMLOCK},
#endif
#ifdef RLIMIT_MSGQUEUE
    {"RLIMIT_MSGQUEUE", (long long)RLIMIT_MSGQUEUE},
#endif
#ifdef RLIMIT_NICE
    {"RLIMIT_NICE", (long long)RLIMIT_NICE},
#endif
#ifdef RLIMIT_NOFILE
    {"RLIMIT_NOFILE", (long long)RLIMIT_NOFILE},
#endif
#ifdef RLIMIT_NPROC
    {"RLIMIT_NPROC", (long long)RLIMIT_NPROC},
#endif
#ifdef RLIMIT_OFILE
    {"RLIMIT_OFILE", (long long)RLIMIT_OFILE},
#endif
#ifdef RLIMIT_RSS
    {"RLIMIT_RSS", (long long)RLIMIT_RSS},
#endif
#ifdef RLIMIT_RTPRIO
    {"RLIMIT_RTPRIO", (long long)RLIMIT_RTPRIO},
#endif
#ifdef RLIMIT_RTTIME
    {"RLIMIT_RTTIME", (long long)RLIMIT_RTTIME},
#endif
#ifdef RLIMIT_SIGPENDING
    {"RLIMIT_SIGPENDING", (long long)RLIMIT_SIGPENDING},
#endif
#ifdef RLIMIT_STACK
    {"RLIMIT_STACK", (long long)RLIMIT_STACK},
#endif
#ifdef RLIM_INFINITY
    {"RLIM_INFINITY", (long long)RLIM_INFINITY},
#endif
#ifdef RUSAGE_CHILDREN
    {"RUSAGE_CHILDREN", (long long)RUSAGE_CHILDREN},
#endif
#ifdef RUSAGE_SELF
    {"RUSAGE_SELF", (long long)RUSAGE_SELF},
#endif
#ifdef RUSAGE_THREAD
    {"RUSAGE_THREAD", (long long)RUSAGE_THREAD},
#endif
    {0, 0},
};
