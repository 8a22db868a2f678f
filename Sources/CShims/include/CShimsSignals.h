// Signal handlers: they only set flags (async-signal safety). Signals belong to the process, so this is the one state
// that does not hang from `vm`.
#ifndef TAIPAN_CSHIMS_SIGNALS_H
#define TAIPAN_CSHIMS_SIGNALS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

enum { taipan_signal_limit = 65 };

/// What to do with a signal.
typedef enum { taipan_signal_default = 0, taipan_signal_ignore = 1, taipan_signal_catch = 2 } taipan_signal_action;

/// Sets the action; 0, or -1 with errno set.
int taipan_signal_set(int number, taipan_signal_action action);
/// The action in force; -1 if somebody else's handler is installed or the number is none.
int taipan_signal_get(int number);
/// 1 if the signal came since the last call for it.
int taipan_signal_take(int number);
/// 1 if any signal came since the last call.
int taipan_signal_take_any(void);
/// Every signal ORs `bit` into `*word`, so that a running interpreter looks; NULL for none.
void taipan_signal_notify(uint32_t *_Nullable word, uint32_t bit);
/// Every signal writes its number as a byte to this descriptor, -1 for none. Returns the one before.
int taipan_signal_wakeup(int descriptor);
/// The errno of a failed write to that descriptor since the last call, 0 for none.
int taipan_signal_wakeup_error(void);
/// 1 if the descriptor is in non-blocking mode, 0 if not, -1 with errno set.
int taipan_is_nonblocking(int descriptor);

// Signal sets are words: bit n - 1 for signal n. Results as the system calls have them, errors in errno.

/// how: 0 block, 1 unblock, 2 set, 3 only ask.
int taipan_signal_mask(int how, uint64_t set, uint64_t *old);
int taipan_signal_pending(uint64_t *set);
/// All signals there are.
uint64_t taipan_signal_valid(void);
/// Waits for a signal of the set, at most `timeout` nanoseconds (negative: for ever). Its number or -1.
/// `info`: signo, code, errno, pid, uid, status, band.
int taipan_signal_await(uint64_t set, int64_t timeout, int64_t *info);
/// sigwait(3): the error number; the signal in `*number`.
int taipan_signal_sigwait(uint64_t set, int *number);
/// siginterrupt(3).
int taipan_signal_interrupts(int number, int interrupts);
/// pthread_kill(3): the error number.
int taipan_signal_thread(uintptr_t thread, int number);
/// pidfd_send_signal(2).
int taipan_signal_pidfd(int descriptor, int number, unsigned flags);

/// Makes the next `taipan_signal_take_any` answer 1.
void taipan_signal_again(void);
/// As if the signal had come.
void taipan_signal_trip(int number);

#pragma clang assume_nonnull end
#endif
