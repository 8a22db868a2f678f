// The whole numbers of Python's `fcntl` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif
#if __has_include(<sys/file.h>)
#include <sys/file.h>
#endif

const taipan_constant taipan_fcntl_constants[] = {
#ifdef DN_ACCESS
    {"DN_ACCESS", (long long)DN_ACCESS},
#endif
#ifdef DN_ATTRIB
    {"DN_ATTRIB", (long long)DN_ATTRIB},
#endif
#ifdef DN_CREATE
    {"DN_CREATE", (long long)DN_CREATE},
#endif
#ifdef DN_DELETE
    {"DN_DELETE", (long long)DN_DELETE},
#endif
#ifdef DN_MODIFY
    {"DN_MODIFY", (long long)DN_MODIFY},
#endif
#ifdef DN_MULTISHOT
    {"DN_MULTISHOT", (long long)DN_MULTISHOT},
#endif
#ifdef DN_RENAME
    {"DN_RENAME", (long long)DN_RENAME},
#endif
#ifdef FASYNC
    {"FASYNC", (long long)FASYNC},
#endif
#ifdef FD_CLOEXEC
    {"FD_CLOEXEC", (long long)FD_CLOEXEC},
#endif
#ifdef F_ADD_SEALS
    {"F_ADD_SEALS", (long long)F_ADD_SEALS},
#endif
#ifdef F_DUPFD
    {"F_DUPFD", (long long)F_DUPFD},
#endif
#ifdef F_DUPFD_CLOEXEC
    {"F_DUPFD_CLOEXEC", (long long)F_DUPFD_CLOEXEC},
#endif
#ifdef F_EXLCK
    {"F_EXLCK", (long long)F_EXLCK},
#endif
#ifdef F_GETFD
    {"F_GETFD", (long long)F_GETFD},
#endif
#ifdef F_GETFL
    {"F_GETFL", (long long)F_GETFL},
#endif
#ifdef F_GETLEASE
    {"F_GETLEASE", (long long)F_GETLEASE},
#endif
#ifdef F_GETLK
    {"F_GETLK", (long long)F_GETLK},
#endif
#ifdef F_GETLK64
    {"F_GETLK64", (long long)F_GETLK64},
#endif
#ifdef F_GETOWN
    {"F_GETOWN", (long long)F_GETOWN},
#endif
#ifdef F_GETPIPE_SZ
    {"F_GETPIPE_SZ", (long long)F_GETPIPE_SZ},
#endif
#ifdef F_GETSIG
    {"F_GETSIG", (long long)F_GETSIG},
#endif
#ifdef F_GET_SEALS
    {"F_GET_SEALS", (long long)F_GET_SEALS},
#endif
#ifdef F_NOTIFY
    {"F_NOTIFY", (long long)F_NOTIFY},
#endif
#ifdef F_OFD_GETLK
    {"F_OFD_GETLK", (long long)F_OFD_GETLK},
#endif
#ifdef F_OFD_SETLK
    {"F_OFD_SETLK", (long long)F_OFD_SETLK},
#endif
#ifdef F_OFD_SETLKW
    {"F_OFD_SETLKW", (long long)F_OFD_SETLKW},
#endif
#ifdef F_RDLCK
    {"F_RDLCK", (long long)F_RDLCK},
#endif
#ifdef F_SEAL_GROW
    {"F_SEAL_GROW", (long long)F_SEAL_GROW},
#endif
#ifdef F_SEAL_SEAL
    {"F_SEAL_SEAL", (long long)F_SEAL_SEAL},
#endif
#ifdef F_SEAL_SHRINK
    {"F_SEAL_SHRINK", (long long)F_SEAL_SHRINK},
#endif
#ifdef F_SEAL_WRITE
    {"F_SEAL_WRITE", (long long)F_SEAL_WRITE},
#endif
#ifdef F_SETFD
    {"F_SETFD", (long long)F_SETFD},
#endif
#ifdef F_SETFL
    {"F_SETFL", (long long)F_SETFL},
#endif
#ifdef F_SETLEASE
    {"F_SETLEASE", (long long)F_SETLEASE},
#endif
#ifdef F_SETLK
    {"F_SETLK", (long long)F_SETLK},
#endif
#ifdef F_SETLK64
    {"F_SETLK64", (long long)F_SETLK64},
#endif
#ifdef F_SETLKW
    {"F_SETLKW", (long long)F_SETLKW},
#endif
#ifdef F_SETLKW64
    {"F_SETLKW64", (long long)F_SETLKW64},
#endif
#ifdef F_SETOWN
    {"F_SETOWN", (long long)F_SETOWN},
#endif
#ifdef F_SETPIPE_SZ
    {"F_SETPIPE_SZ", (long long)F_SETPIPE_SZ},
#endif
#ifdef F_SETSIG
    {"F_SETSIG", (long long)F_SETSIG},
#endif
#ifdef F_SHLCK
    {"F_SHLCK", (long long)F_SHLCK},
#endif
#ifdef F_UNLCK
    {"F_UNLCK", (long long)F_UNLCK},
#endif
#ifdef F_WRLCK
    {"F_WRLCK", (long long)F_WRLCK},
#endif
#ifdef LOCK_EX
    {"LOCK_EX", (long long)LOCK_EX},
#endif
#ifdef LOCK_MAND
    {"LOCK_MAND", (long long)LOCK_MAND},
#endif
#ifdef LOCK_NB
    {"LOCK_NB", (long long)LOCK_NB},
#endif
#ifdef LOCK_READ
    {"LOCK_READ", (long long)LOCK_READ},
#endif
#ifdef LOCK_RW
    {"LOCK_RW", (long long)LOCK_RW},
#endif
#ifdef LOCK_SH
    {"LOCK_SH", (long long)LOCK_SH},
#endif
#ifdef LOCK_UN
    {"LOCK_UN", (long long)LOCK_UN},
#endif
#ifdef LOCK_WRITE
    {"LOCK_WRITE", (long long)LOCK_WRITE},
#endif
    {0, 0},
};
