// The whole numbers of Python's `posix` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif
#if __has_include(<sys/types.h>)
#include <sys/types.h>
#endif
#if __has_include(<sys/stat.h>)
#include <sys/stat.h>
#endif
#if __has_include(<sys/wait.h>)
#include <sys/wait.h>
#endif
#if __has_include(<unistd.h>)
#include <unistd.h>
#endif
#if __has_include(<sysexits.h>)
#include <sysexits.h>
#endif
#if __has_include(<sched.h>)
#include <sched.h>
#endif
#if __has_include(<sys/resource.h>)
#include <sys/resource.h>
#endif
#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif
#if __has_include(<sys/random.h>)
#include <sys/random.h>
#endif
#if __has_include(<sys/eventfd.h>)
#include <sys/eventfd.h>
#endif
#if __has_include(<sys/xattr.h>)
#include <sys/xattr.h>
#endif
#if __has_include(<sys/statvfs.h>)
#include <sys/statvfs.h>
#endif
#if __has_include(<dlfcn.h>)
#include <dlfcn.h>
#endif
#if __has_include(<spawn.h>)
#include <spawn.h>
#endif
#if __has_include(<limits.h>)
#include <limits.h>
#endif
#if __has_include(<stdio.h>)
#include <stdio.h>
#endif
#if __has_include(<sys/uio.h>)
#include <sys/uio.h>
#endif
#if __has_include(<signal.h>)
#include <signal.h>
#endif
#if __has_include(<linux/limits.h>)
#include <linux/limits.h>
#endif

const taipan_constant taipan_posix_constants[] = {
#ifdef CLD_CONTINUED
    {"CLD_CONTINUED", (long long)CLD_CONTINUED},
#endif
#ifdef CLD_DUMPED
    {"CLD_DUMPED", (long long)CLD_DUMPED},
#endif
#ifdef CLD_EXITED
    {"CLD_EXITED", (long long)CLD_EXITED},
#endif
#ifdef CLD_KILLED
    {"CLD_KILLED", (long long)CLD_KILLED},
#endif
#ifdef CLD_STOPPED
    {"CLD_STOPPED", (long long)CLD_STOPPED},
#endif
#ifdef CLD_TRAPPED
    {"CLD_TRAPPED", (long long)CLD_TRAPPED},
#endif
#ifdef EFD_CLOEXEC
    {"EFD_CLOEXEC", (long long)EFD_CLOEXEC},
#endif
#ifdef EFD_NONBLOCK
    {"EFD_NONBLOCK", (long long)EFD_NONBLOCK},
#endif
#ifdef EFD_SEMAPHORE
    {"EFD_SEMAPHORE", (long long)EFD_SEMAPHORE},
#endif
#ifdef EX_CANTCREAT
    {"EX_CANTCREAT", (long long)EX_CANTCREAT},
#endif
#ifdef EX_CONFIG
    {"EX_CONFIG", (long long)EX_CONFIG},
#endif
#ifdef EX_DATAERR
    {"EX_DATAERR", (long long)EX_DATAERR},
#endif
#ifdef EX_IOERR
    {"EX_IOERR", (long long)EX_IOERR},
#endif
#ifdef EX_NOHOST
    {"EX_NOHOST", (long long)EX_NOHOST},
#endif
#ifdef EX_NOINPUT
    {"EX_NOINPUT", (long long)EX_NOINPUT},
#endif
#ifdef EX_NOPERM
    {"EX_NOPERM", (long long)EX_NOPERM},
#endif
#ifdef EX_NOUSER
    {"EX_NOUSER", (long long)EX_NOUSER},
#endif
#ifdef EX_OK
    {"EX_OK", (long long)EX_OK},
#endif
#ifdef EX_OSERR
    {"EX_OSERR", (long long)EX_OSERR},
#endif
#ifdef EX_OSFILE
    {"EX_OSFILE", (long long)EX_OSFILE},
#endif
#ifdef EX_PROTOCOL
    {"EX_PROTOCOL", (long long)EX_PROTOCOL},
#endif
#ifdef EX_SOFTWARE
    {"EX_SOFTWARE", (long long)EX_SOFTWARE},
#endif
#ifdef EX_TEMPFAIL
    {"EX_TEMPFAIL", (long long)EX_TEMPFAIL},
#endif
#ifdef EX_UNAVAILABLE
    {"EX_UNAVAILABLE", (long long)EX_UNAVAILABLE},
#endif
#ifdef EX_USAGE
    {"EX_USAGE", (long long)EX_USAGE},
#endif
#ifdef F_LOCK
    {"F_LOCK", (long long)F_LOCK},
#endif
#ifdef F_OK
    {"F_OK", (long long)F_OK},
#endif
#ifdef F_TEST
    {"F_TEST", (long long)F_TEST},
#endif
#ifdef F_TLOCK
    {"F_TLOCK", (long long)F_TLOCK},
#endif
#ifdef F_ULOCK
    {"F_ULOCK", (long long)F_ULOCK},
#endif
#ifdef GRND_NONBLOCK
    {"GRND_NONBLOCK", (long long)GRND_NONBLOCK},
#endif
#ifdef GRND_RANDOM
    {"GRND_RANDOM", (long long)GRND_RANDOM},
#endif
#ifdef MFD_ALLOW_SEALING
    {"MFD_ALLOW_SEALING", (long long)MFD_ALLOW_SEALING},
#endif
#ifdef MFD_CLOEXEC
    {"MFD_CLOEXEC", (long long)MFD_CLOEXEC},
#endif
#ifdef MFD_HUGETLB
    {"MFD_HUGETLB", (long long)MFD_HUGETLB},
#endif
#ifdef NGROUPS_MAX
    {"NGROUPS_MAX", (long long)NGROUPS_MAX},
#endif
#ifdef O_ACCMODE
    {"O_ACCMODE", (long long)O_ACCMODE},
#endif
#ifdef O_APPEND
    {"O_APPEND", (long long)O_APPEND},
#endif
#ifdef O_ASYNC
    {"O_ASYNC", (long long)O_ASYNC},
#endif
#ifdef O_CLOEXEC
    {"O_CLOEXEC", (long long)O_CLOEXEC},
#endif
#ifdef O_CREAT
    {"O_CREAT", (long long)O_CREAT},
#endif
#ifdef O_DIRECT
    {"O_DIRECT", (long long)O_DIRECT},
#endif
#ifdef O_DIRECTORY
    {"O_DIRECTORY", (long long)O_DIRECTORY},
#endif
#ifdef O_DSYNC
    {"O_DSYNC", (long long)O_DSYNC},
#endif
#ifdef O_EXCL
    {"O_EXCL", (long long)O_EXCL},
#endif
#ifdef O_FSYNC
    {"O_FSYNC", (long long)O_FSYNC},
#endif
#ifdef O_LARGEFILE
    {"O_LARGEFILE", (long long)O_LARGEFILE},
#endif
#ifdef O_NDELAY
    {"O_NDELAY", (long long)O_NDELAY},
#endif
#ifdef O_NOATIME
    {"O_NOATIME", (long long)O_NOATIME},
#endif
#ifdef O_NOCTTY
    {"O_NOCTTY", (long long)O_NOCTTY},
#endif
#ifdef O_NOFOLLOW
    {"O_NOFOLLOW", (long long)O_NOFOLLOW},
#endif
#ifdef O_NONBLOCK
    {"O_NONBLOCK", (long long)O_NONBLOCK},
#endif
#ifdef O_PATH
    {"O_PATH", (long long)O_PATH},
#endif
#ifdef O_RDONLY
    {"O_RDONLY", (long long)O_RDONLY},
#endif
#ifdef O_RDWR
    {"O_RDWR", (long long)O_RDWR},
#endif
#ifdef O_RSYNC
    {"O_RSYNC", (long long)O_RSYNC},
#endif
#ifdef O_SYNC
    {"O_SYNC", (long long)O_SYNC},
#endif
#ifdef O_TMPFILE
    {"O_TMPFILE", (long long)O_TMPFILE},
#endif
#ifdef O_TRUNC
    {"O_TRUNC", (long long)O_TRUNC},
#endif
#ifdef O_WRONLY
    {"O_WRONLY", (long long)O_WRONLY},
#endif
#ifdef POSIX_FADV_DONTNEED
    {"POSIX_FADV_DONTNEED", (long long)POSIX_FADV_DONTNEED},
#endif
#ifdef POSIX_FADV_NOREUSE
    {"POSIX_FADV_NOREUSE", (long long)POSIX_FADV_NOREUSE},
#endif
#ifdef POSIX_FADV_NORMAL
    {"POSIX_FADV_NORMAL", (long long)POSIX_FADV_NORMAL},
#endif
#ifdef POSIX_FADV_RANDOM
    {"POSIX_FADV_RANDOM", (long long)POSIX_FADV_RANDOM},
#endif
#ifdef POSIX_FADV_SEQUENTIAL
    {"POSIX_FADV_SEQUENTIAL", (long long)POSIX_FADV_SEQUENTIAL},
#endif
#ifdef POSIX_FADV_WILLNEED
    {"POSIX_FADV_WILLNEED", (long long)POSIX_FADV_WILLNEED},
#endif
#ifdef PRIO_PGRP
    {"PRIO_PGRP", (long long)PRIO_PGRP},
#endif
#ifdef PRIO_PROCESS
    {"PRIO_PROCESS", (long long)PRIO_PROCESS},
#endif
#ifdef PRIO_USER
    {"PRIO_USER", (long long)PRIO_USER},
#endif
#ifdef RTLD_DEEPBIND
    {"RTLD_DEEPBIND", (long long)RTLD_DEEPBIND},
#endif
#ifdef RTLD_GLOBAL
    {"RTLD_GLOBAL", (long long)RTLD_GLOBAL},
#endif
#ifdef RTLD_LAZY
    {"RTLD_LAZY", (long long)RTLD_LAZY},
#endif
#ifdef RTLD_LOCAL
    {"RTLD_LOCAL", (long long)RTLD_LOCAL},
#endif
#ifdef RTLD_NODELETE
    {"RTLD_NODELETE", (long long)RTLD_NODELETE},
#endif
#ifdef RTLD_NOLOAD
    {"RTLD_NOLOAD", (long long)RTLD_NOLOAD},
#endif
#ifdef RTLD_NOW
    {"RTLD_NOW", (long long)RTLD_NOW},
#endif
#ifdef RWF_APPEND
    {"RWF_APPEND", (long long)RWF_APPEND},
#endif
#ifdef RWF_DSYNC
    {"RWF_DSYNC", (long long)RWF_DSYNC},
#endif
#ifdef RWF_HIPRI
    {"RWF_HIPRI", (long long)RWF_HIPRI},
#endif
#ifdef RWF_NOWAIT
    {"RWF_NOWAIT", (long long)RWF_NOWAIT},
#endif
#ifdef RWF_SYNC
    {"RWF_SYNC", (long long)RWF_SYNC},
#endif
#ifdef R_OK
    {"R_OK", (long long)R_OK},
#endif
#ifdef SCHED_BATCH
    {"SCHED_BATCH", (long long)SCHED_BATCH},
#endif
#ifdef SCHED_FIFO
    {"SCHED_FIFO", (long long)SCHED_FIFO},
#endif
#ifdef SCHED_IDLE
    {"SCHED_IDLE", (long long)SCHED_IDLE},
#endif
#ifdef SCHED_OTHER
    {"SCHED_OTHER", (long long)SCHED_OTHER},
#endif
#ifdef SCHED_RESET_ON_FORK
    {"SCHED_RESET_ON_FORK", (long long)SCHED_RESET_ON_FORK},
#endif
#ifdef SCHED_RR
    {"SCHED_RR", (long long)SCHED_RR},
#endif
#ifdef SEEK_DATA
    {"SEEK_DATA", (long long)SEEK_DATA},
#endif
#ifdef SEEK_HOLE
    {"SEEK_HOLE", (long long)SEEK_HOLE},
#endif
#ifdef SPLICE_F_MORE
    {"SPLICE_F_MORE", (long long)SPLICE_F_MORE},
#endif
#ifdef SPLICE_F_MOVE
    {"SPLICE_F_MOVE", (long long)SPLICE_F_MOVE},
#endif
#ifdef SPLICE_F_NONBLOCK
    {"SPLICE_F_NONBLOCK", (long long)SPLICE_F_NONBLOCK},
#endif
#ifdef ST_APPEND
    {"ST_APPEND", (long long)ST_APPEND},
#endif
#ifdef ST_MANDLOCK
    {"ST_MANDLOCK", (long long)ST_MANDLOCK},
#endif
#ifdef ST_NOATIME
    {"ST_NOATIME", (long long)ST_NOATIME},
#endif
#ifdef ST_NODEV
    {"ST_NODEV", (long long)ST_NODEV},
#endif
#ifdef ST_NODIRATIME
    {"ST_NODIRATIME", (long long)ST_NODIRATIME},
#endif
#ifdef ST_NOEXEC
    {"ST_NOEXEC", (long long)ST_NOEXEC},
#endif
#ifdef ST_NOSUID
    {"ST_NOSUID", (long long)ST_NOSUID},
#endif
#ifdef ST_RDONLY
    {"ST_RDONLY", (long long)ST_RDONLY},
#endif
#ifdef ST_RELATIME
    {"ST_RELATIME", (long long)ST_RELATIME},
#endif
#ifdef ST_SYNCHRONOUS
    {"ST_SYNCHRONOUS", (long long)ST_SYNCHRONOUS},
#endif
#ifdef ST_WRITE
    {"ST_WRITE", (long long)ST_WRITE},
#endif
#ifdef TMP_MAX
    {"TMP_MAX", (long long)TMP_MAX},
#endif
#ifdef WCONTINUED
    {"WCONTINUED", (long long)WCONTINUED},
#endif
#ifdef WEXITED
    {"WEXITED", (long long)WEXITED},
#endif
#ifdef WNOHANG
    {"WNOHANG", (long long)WNOHANG},
#endif
#ifdef WNOWAIT
    {"WNOWAIT", (long long)WNOWAIT},
#endif
#ifdef WSTOPPED
    {"WSTOPPED", (long long)WSTOPPED},
#endif
#ifdef WUNTRACED
    {"WUNTRACED", (long long)WUNTRACED},
#endif
#ifdef W_OK
    {"W_OK", (long long)W_OK},
#endif
#ifdef XATTR_CREATE
    {"XATTR_CREATE", (long long)XATTR_CREATE},
#endif
#ifdef XATTR_REPLACE
    {"XATTR_REPLACE", (long long)XATTR_REPLACE},
#endif
#ifdef XATTR_SIZE_MAX
    {"XATTR_SIZE_MAX", (long long)XATTR_SIZE_MAX},
#endif
#ifdef X_OK
    {"X_OK", (long long)X_OK},
#endif
#ifdef __linux__
    // Enumerators, and what no header here names.
    {"MFD_HUGE_16GB", 2281701376LL},
    {"MFD_HUGE_16MB", 1610612736LL},
    {"MFD_HUGE_1GB", 2013265920LL},
    {"MFD_HUGE_1MB", 1342177280LL},
    {"MFD_HUGE_256MB", 1879048192LL},
    {"MFD_HUGE_2GB", 2080374784LL},
    {"MFD_HUGE_2MB", 1409286144LL},
    {"MFD_HUGE_32MB", 1677721600LL},
    {"MFD_HUGE_512KB", 1275068416LL},
    {"MFD_HUGE_512MB", 1946157056LL},
    {"MFD_HUGE_64KB", 1073741824LL},
    {"MFD_HUGE_8MB", 1543503872LL},
    {"MFD_HUGE_MASK", 63LL},
    {"MFD_HUGE_SHIFT", 26LL},
    {"POSIX_SPAWN_CLOSE", 1LL},
    {"POSIX_SPAWN_DUP2", 2LL},
    {"POSIX_SPAWN_OPEN", 0LL},
    {"P_ALL", (long long)P_ALL},
    {"P_PGID", (long long)P_PGID},
    {"P_PID", (long long)P_PID},
    {"P_PIDFD", (long long)P_PIDFD},
#endif
    {0, 0},
};
