// What Swift cannot say (DESIGN D13): the object word for @convention(c) types, stack bounds, register spilling,
// errno-like macros and signal handlers. A few dozen lines, no logic of its own.
#ifndef TAIPAN_CSHIMS_H
#define TAIPAN_CSHIMS_H

#include <stdint.h>
#include "CShimsProcess.h"
#include "CShimsSignals.h"

/// The number the kernel gives the calling thread (0 where the system has none).
uint64_t taipan_kernel_thread_id(void);

#endif
