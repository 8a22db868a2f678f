// The whole numbers of Python's `mmap` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

const taipan_constant taipan_mmap_constants[] = {
#ifdef PROT_EXEC
    {"PROT_EXEC", (long long)PROT_EXEC},
#endif
#ifdef PROT_READ
    {"PROT_READ", (long long)PROT_READ},
#endif
#ifdef PROT_WRITE
    {"PROT_WRITE", (long long)PROT_WRITE},
#endif
#ifdef MAP_SHARED
    {"MAP_SHARED", (long long)MAP_SHARED},
#endif
#ifdef MAP_PRIVATE
    {"MAP_PRIVATE", (long long)MAP_PRIVATE},
#endif
#ifdef MAP_DENYWRITE
    {"MAP_DENYWRITE", (long long)MAP_DENYWRITE},
#endif
#ifdef MAP_EXECUTABLE
    {"MAP_EXECUTABLE", (long long)MAP_EXECUTABLE},
#endif
#ifdef MAP_ANON
    {"MAP_ANON", (long long)MAP_ANON},
#endif
#ifdef MAP_ANONYMOUS
    {"MAP_ANONYMOUS", (long long)MAP_ANONYMOUS},
#endif
#ifdef MAP_POPULATE
    {"MAP_POPULATE", (long long)MAP_POPULATE},
#endif
#ifdef MADV_NORMAL
    {"MADV_NORMAL", (long long)MADV_NORMAL},
#endif
#ifdef MADV_RANDOM
    {"MADV_RANDOM", (long long)MADV_RANDOM},
#endif
#ifdef MADV_SEQUENTIAL
    {"MADV_SEQUENTIAL", (long long)MADV_SEQUENTIAL},
#endif
#ifdef MADV_WILLNEED
    {"MADV_WILLNEED", (long long)MADV_WILLNEED},
#endif
#ifdef MADV_DONTNEED
    {"MADV_DONTNEED", (long long)MADV_DONTNEED},
#endif
#ifdef MADV_REMOVE
    {"MADV_REMOVE", (long long)MADV_REMOVE},
#endif
#ifdef MADV_DONTFORK
    {"MADV_DONTFORK", (long long)MADV_DONTFORK},
#endif
#ifdef MADV_DOFORK
    {"MADV_DOFORK", (long long)MADV_DOFORK},
#endif
#ifdef MADV_HWPOISON
    {"MADV_HWPOISON", (long long)MADV_HWPOISON},
#endif
#ifdef MADV_MERGEABLE
    {"MADV_MERGEABLE", (long long)MADV_MERGEABLE},
#endif
#ifdef MADV_UNMERGEABLE
    {"MADV_UNMERGEABLE", (long long)MADV_UNMERGEABLE},
#endif
#ifdef MADV_HUGEPAGE
    {"MADV_HUGEPAGE", (long long)MADV_HUGEPAGE},
#endif
#ifdef MADV_NOHUGEPAGE
    {"MADV_NOHUGEPAGE", (long long)MADV_NOHUGEPAGE},
#endif
#ifdef MADV_DONTDUMP
    {"MADV_DONTDUMP", (long long)MADV_DONTDUMP},
#endif
#ifdef MADV_DODUMP
    {"MADV_DODUMP", (long long)MADV_DODUMP},
#endif
#ifdef MADV_FREE
    {"MADV_FREE", (long long)MADV_FREE},
#endif
#ifdef MADV_NOSYNC
    {"MADV_NOSYNC", (long long)MADV_NOSYNC},
#endif
#ifdef MADV_AUTOSYNC
    {"MADV_AUTOSYNC", (long long)MADV_AUTOSYNC},
#endif
#ifdef MADV_NOCORE
    {"MADV_NOCORE", (long long)MADV_NOCORE},
#endif
#ifdef MADV_CORE
    {"MADV_CORE", (long long)MADV_CORE},
#endif
#ifdef MADV_PROTECT
    {"MADV_PROTECT", (long long)MADV_PROTECT},
#endif
#ifdef MADV_FREE_REUSABLE
    {"MADV_FREE_REUSABLE", (long long)MADV_FREE_REUSABLE},
#endif
#ifdef MADV_FREE_REUSE
    {"MADV_FREE_REUSE", (long long)MADV_FREE_REUSE},
#endif
    {0, 0},
};
