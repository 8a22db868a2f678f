#include "CShimsFaults.h"
#include "CShimsSignals.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static struct sigaction before[taipan_signal_limit];
static struct sigaction own[taipan_signal_limit];
static char installed[taipan_signal_limit];
static _Atomic(void *) interpreter;

int taipan_fault_catch(int number, void (*handler)(int), int chain) {
    if (number < 1 || number >= taipan_signal_limit) {
        errno = EINVAL;
        return -1;
    }
    struct sigaction action = {0};
    sigemptyset(&action.sa_mask);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | (chain ? SA_NODEFER : 0);
    own[number] = action;
    if (sigaction(number, &action, installed[number] ? NULL : &before[number]) < 0) return -1;
    installed[number] = 1;
    return 0;
}

int taipan_fault_release(int number) {
    if (number < 1 || number >= taipan_signal_limit || !installed[number]) return 0;
    installed[number] = 0;
    sigaction(number, &before[number], NULL);
    return 1;
}

void taipan_fault_forward(int number) {
    int saved = errno;
    sigaction(number, &before[number], NULL);
    errno = saved;
    raise(number);
    saved = errno;
    sigaction(number, &own[number], NULL);
    errno = saved;
}

void taipan_fault_set_context(void *context) { atomic_store(&interpreter, context); }
void *taipan_fault_context(void) { return atomic_load(&interpreter); }

void taipan_fault_read_null(void) {
    int *volatile pointer = NULL;
    (void)*(volatile int *)pointer;
}
