#include "CShimsSignals.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static atomic_int came[taipan_signal_limit];
static atomic_int any_came;
static _Atomic(uint32_t *) poll_word;
static atomic_uint poll_bit;
static atomic_int wakeup = -1;

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
        ssize_t ignored = write(descriptor, &byte, 1);
        (void)ignored;
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
