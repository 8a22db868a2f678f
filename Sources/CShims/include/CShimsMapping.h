// Mappings, named semaphores, shared memory. -1 or NULL is failure, the reason in errno.
#ifndef TAIPAN_CSHIMS_MAPPING_H
#define TAIPAN_CSHIMS_MAPPING_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// mmap(2); a negative descriptor maps no file.
void *_Nullable taipan_map(size_t size, int protection, int flags, int descriptor, int64_t offset);
/// mremap(2), which may move the mapping.
void *_Nullable taipan_remap(void *address, size_t old_size, size_t new_size);

/// A new semaphore; one of that name must not exist.
void *_Nullable taipan_semaphore_create(const char *name, unsigned value);
void *_Nullable taipan_semaphore_open(const char *name);
int taipan_semaphore_unlink(const char *name);
int taipan_semaphore_close(void *semaphore);
int taipan_semaphore_post(void *semaphore);
int taipan_semaphore_try(void *semaphore);
/// Negative nanoseconds: for ever.
int taipan_semaphore_wait(void *semaphore, int64_t nanoseconds);
int taipan_semaphore_value(void *semaphore);

int taipan_shared_open(const char *name, int flags, unsigned mode);
int taipan_shared_unlink(const char *name);

#pragma clang assume_nonnull end
#endif
