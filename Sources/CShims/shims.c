#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CShims.h"

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

uint64_t taipan_kernel_thread_id(void) {
#if defined(__linux__)
    return (uint64_t)syscall(SYS_gettid);
#else
    return 0;
#endif
}
