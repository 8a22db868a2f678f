// What Swift cannot say (DESIGN D13): the object word for @convention(c) types, stack bounds, register spilling,
// errno-like macros and signal handlers. A few dozen lines, no logic of its own.
#ifndef TAIPAN_CSHIMS_H
#define TAIPAN_CSHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include "CShimsFaults.h"
#include "CShimsProcess.h"
#include "CShimsSignals.h"
#include "CShimsConstants.h"
#include "CShimsPosix.h"
#include "CShimsSocket.h"
#include "CShimsTerminal.h"
#include "CShimsLibraries.h"
#include "CShimsMapping.h"

/// The number the kernel gives the calling thread (0 where the system has none).
uint64_t taipan_kernel_thread_id(void);

#pragma clang assume_nonnull begin

/// One Python object word, NaN-boxed (DESIGN D1). Extended in Swift with everything it can do.
typedef struct { uint64_t bits; } Value;

/// The interpreter a call runs in: the only context parameter. Points at the state that Swift lays out.
typedef struct { void *raw; } VM;

/// The collector's mark phase, as `trace` slots see it.
typedef struct { void *raw; } MarkerRef;

/// What a buffer provider exports. Valid until released; the owner keeps the memory in place meanwhile.
typedef struct {
    Value owner;
    void *_Nullable bytes;
    intptr_t count;      // bytes
    intptr_t itemSize;
    intptr_t readOnly;   // 0 or 1
    intptr_t tag;        // the exporter's
    Value format;        // str, or NULL for 'B'
    Value shape;         // tuple, or NULL: one dimension of count / itemSize
    Value strides;       // tuple, or NULL: contiguous
    intptr_t dimensions; // 0: not said, one
} BufferView;

/// The address of the running function's frame: how deep the native stack is.
static inline uintptr_t taipan_frame_address(void) { return (uintptr_t)__builtin_frame_address(0); }

/// The limits of the calling thread's native stack: low and high address; zeros if unknown.
void taipan_stack_bounds(uintptr_t *low, uintptr_t *high);

/// Calls `body` with the address below which lies nothing the caller owns, all callee-saved registers being in memory above it.
// Where the caller's machine frame lies: bounds[0] its lowest address, bounds[1] one past its locals (not what it saved for
// its caller). Both equal if that cannot be told.
void taipan_frame_bounds(uintptr_t *bounds);
void taipan_spill_registers(void *context, void (*body)(void *context, uintptr_t stack_pointer));

/// Calls `body` with an address above which lies nothing it needs, all callee-saved registers being empty: a scan of the native
/// stack from below up to there finds nothing of the caller's.
void taipan_call_detached(void *context, void (*body)(void *context, uintptr_t stack_end));

/// The system's number of the PEP 3151 error in this row (1 EPERM ... 19 ETIMEDOUT): see memory.c.
int taipan_errno(int row);

/// As malloc: NULL if there is no memory. (Swift's own allocation ends the process then.)
void *_Nullable taipan_allocate(size_t size);
/// For what `taipan_allocate` gave.
void taipan_free(void *_Nullable memory);
/// Ends the process with one line on standard error: no exception can be raised any more.
void taipan_out_of_memory(void) __attribute__((noreturn, cold));
/// Whether `size` more bytes of address space may be had. Asks in earnest only where the process has a limit (RLIMIT_AS).
int taipan_has_room(size_t size);

/// Zeroed pages, `size` a multiple of the alignment; NULL if there is no memory.
void *_Nullable taipan_map_aligned(size_t size, size_t alignment);
void taipan_unmap(void *address, size_t size);
/// Asks for large pages (2 MiB) where the system has them; a hint.
void taipan_prefer_large_pages(void *address, size_t size);

/// Stores the callee-saved registers of the caller in 16 words at `registers` and returns an address below everything
/// the caller owns: a thread about to wait puts its registers where the collector of another thread looks.
uintptr_t taipan_save_registers(uintptr_t *registers);

/// Poll flags are set by other threads and by signal handlers.
static inline void taipan_flags_add(uint32_t *flags, uint32_t bits) { __atomic_fetch_or(flags, bits, __ATOMIC_SEQ_CST); }
static inline uint32_t taipan_flags_take(uint32_t *flags) { return __atomic_exchange_n(flags, 0, __ATOMIC_SEQ_CST); }

/// What a thread sleeps on: a counting semaphore that a signal interrupts.
void *taipan_parker_create(void);
void taipan_parker_free(void *parker);
void taipan_parker_post(void *parker);
/// Waits for a post, no longer than until `deadline` in nanoseconds of the monotonic clock (negative: for ever).
/// 0 posted, 1 the time is over, 2 interrupted by a signal.
int taipan_parker_wait(void *parker, int64_t deadline);

#pragma clang assume_nonnull end
#endif
