// Handlers for `faulthandler`: unlike those of `signal` they run code at once, in the thread that the signal hit.
#ifndef TAIPAN_CSHIMS_FAULTS_H
#define TAIPAN_CSHIMS_FAULTS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// Installs `handler`; what was there before is kept. 0, or -1 with errno set.
int taipan_fault_catch(int number, void (*handler)(int number), int chain);
/// Puts back what was there before `taipan_fault_catch`. 1 if something was installed.
int taipan_fault_release(int number);
/// Inside a handler: what was there before gets the signal too.
void taipan_fault_forward(int number);
/// Where handlers find their interpreter.
void taipan_fault_set_context(void *_Nullable context);
void *_Nullable taipan_fault_context(void);
/// Crashes, for tests: a read through NULL.
void taipan_fault_read_null(void);

#pragma clang assume_nonnull end
#endif
