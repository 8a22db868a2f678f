#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CShimsSignals.h"


#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

static atomic_int came[taipan_signal_limit];
static atomic_int any_came;
static _Atomic(uint32_t *) poll_word;
static atomic_uint poll_bit;
static atomic_int wakeup = -1;
static atomic_int wakeup_error;

void taipan_signal_trip(int number) {
    int saved = errno;
    if (number < 1 || number >= taipan_signal_limit) return;
    atomic_store(&came[number], 1);
    atomic_store(&any_came, 1);
    uint32_t *word = atomic_load(&poll_word);
    if (word) __atomic_fetch_or(word, atomic_load(&poll_bit), __ATOMIC_RELAXED);
    int descriptor = atomic_load(&wakeup);
    if (descriptor >= 0) {
        unsigned char byte = (unsigned char)number;
        if (write(descriptor, &byte, 1) < 0) atomic_store(&wakeup_error, errno);
    }
    errno = saved;
}

static void handler(int number) { taipan_signal_trip(number); }

int taipan_signal_set(int number, taipan_signal_action action) {
    if (number < 1 || number >= taipan_signal_limit) {
        errno = EINVAL;
        return -1;
    }
    struct sigaction new_action = {0};
    sigemptyset(&new_action.sa_mask);
    new_action.sa_handler = action == taipan_signal_catch ? handler : action == taipan_signal_ignore ? SIG_IGN : SIG_DFL;
    return sigaction(number, &new_action, NULL);
}

int taipan_signal_get(int number) {
    struct sigaction current;
    if (number < 1 || number >= taipan_signal_limit || sigaction(number, NULL, &current) < 0) return -1;
    if (current.sa_handler == SIG_DFL) return taipan_signal_default;
    if (current.sa_handler == SIG_IGN) return taipan_signal_ignore;
    return current.sa_handler == handler ? taipan_signal_catch : -1;
}

int taipan_signal_take(int number) {
    return number > 0 && number < taipan_signal_limit && atomic_exchange(&came[number], 0);
}

int taipan_signal_take_any(void) { return atomic_exchange(&any_came, 0); }

void taipan_signal_notify(uint32_t *word, uint32_t bit) {
    atomic_store(&poll_word, NULL);
    atomic_store(&poll_bit, bit);
    atomic_store(&poll_word, word);
}

int taipan_signal_wakeup(int descriptor) { return atomic_exchange(&wakeup, descriptor); }

void taipan_signal_again(void) { atomic_store(&any_came, 1); }

int taipan_signal_wakeup_error(void) { return atomic_exchange(&wakeup_error, 0); }

int taipan_is_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : (flags & O_NONBLOCK) != 0;
}

static sigset_t unpack(uint64_t bits) {
    sigset_t set;
    sigemptyset(&set);
    for (int n = 1; n < taipan_signal_limit; n++)
        if (bits >> (n - 1) & 1) sigaddset(&set, n);
    return set;
}

static uint64_t pack(const sigset_t *set) {
    uint64_t bits = 0;
    for (int n = 1; n < taipan_signal_limit; n++)
        if (sigismember(set, n) == 1) bits |= (uint64_t)1 << (n - 1);
    return bits;
}

int taipan_signal_mask(int how, uint64_t bits, uint64_t *old) {
    sigset_t set = unpack(bits), before;
    int kind = how == 0 ? SIG_BLOCK : how == 1 ? SIG_UNBLOCK : SIG_SETMASK;
    int error = how > 3 || how < 0 ? EINVAL : pthread_sigmask(kind, how == 3 ? NULL : &set, &before);
    if (error) {
        errno = error;
        return -1;
    }
    *old = pack(&before);
    return 0;
}

int taipan_signal_pending(uint64_t *bits) {
    sigset_t set;
    if (sigpending(&set) < 0) return -1;
    *bits = pack(&set);
    return 0;
}

uint64_t taipan_signal_valid(void) {
    sigset_t set;
    sigfillset(&set);
    return pack(&set);
}

int taipan_signal_await(uint64_t bits, int64_t timeout, int64_t *info) {
#if defined(__APPLE__)
    (void)bits, (void)timeout, (void)info;
    errno = ENOSYS;
    return -1;
#else
    sigset_t set = unpack(bits);
    siginfo_t found;
    struct timespec span = {timeout / 1000000000, timeout % 1000000000};
    int number = timeout < 0 ? sigwaitinfo(&set, &found) : sigtimedwait(&set, &found, &span);
    if (number < 0) return -1;
    info[0] = found.si_signo;
    info[1] = found.si_code;
    info[2] = found.si_errno;
    info[3] = found.si_pid;
    info[4] = found.si_uid;
    info[5] = found.si_status;
    info[6] = found.si_band;
    return number;
#endif
}

int taipan_signal_sigwait(uint64_t bits, int *number) {
    sigset_t set = unpack(bits);
    return sigwait(&set, number);
}

int taipan_signal_interrupts(int number, int interrupts) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0) return -1;
    if (interrupts) action.sa_flags &= ~SA_RESTART;
    else action.sa_flags |= SA_RESTART;
    return sigaction(number, &action, NULL);
}

int taipan_signal_thread(uintptr_t thread, int number) { return pthread_kill((pthread_t)thread, number); }

int taipan_signal_pidfd(int descriptor, int number, unsigned flags) {
#if defined(SYS_pidfd_send_signal)
    return (int)syscall(SYS_pidfd_send_signal, descriptor, number, NULL, flags);
#else
    (void)descriptor, (void)number, (void)flags;
    errno = ENOSYS;
    return -1;
#endif
}
