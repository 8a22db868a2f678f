// Mappings, named semaphores and shared memory: calls that take variable arguments or that one system lacks.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CShimsMapping.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <time.h>

void *taipan_remap(void *address, size_t old_size, size_t new_size) {
#if defined(MREMAP_MAYMOVE)
    void *moved = mremap(address, old_size, new_size, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
#else
    (void)address, (void)old_size, (void)new_size;
    errno = ENOSYS;
    return NULL;
#endif
}

void *taipan_map(size_t size, int protection, int flags, int descriptor, int64_t offset) {
#if defined(MAP_ANONYMOUS)
    if (descriptor < 0) flags |= MAP_ANONYMOUS;
#else
    if (descriptor < 0) flags |= MAP_ANON;
#endif
    void *address = mmap(NULL, size, protection, flags, descriptor, (off_t)offset);
    return address == MAP_FAILED ? NULL : address;
}

void *taipan_semaphore_create(const char *name, unsigned value) {
    sem_t *made = sem_open(name, O_CREAT | O_EXCL, 0600, value);
    return made == SEM_FAILED ? NULL : made;
}

void *taipan_semaphore_open(const char *name) {
    sem_t *made = sem_open(name, 0);
    return made == SEM_FAILED ? NULL : made;
}

int taipan_semaphore_unlink(const char *name) { return sem_unlink(name); }
int taipan_semaphore_close(void *semaphore) { return sem_close(semaphore); }
int taipan_semaphore_post(void *semaphore) { return sem_post(semaphore); }
int taipan_semaphore_try(void *semaphore) { return sem_trywait(semaphore); }

int taipan_semaphore_wait(void *semaphore, int64_t nanoseconds) {
    if (nanoseconds < 0) return sem_wait(semaphore);
#if defined(__APPLE__)
    // No sem_timedwait: short sleeps, as CPython does there.
    while (sem_trywait(semaphore) < 0) {
        if (errno != EAGAIN) return -1;
        if (nanoseconds <= 0) {
            errno = ETIMEDOUT;
            return -1;
        }
        struct timespec pause = {0, nanoseconds < 10000000 ? (long)nanoseconds : 10000000};
        if (nanosleep(&pause, NULL) < 0) return -1;
        nanoseconds -= 10000000;
    }
    return 0;
#else
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += nanoseconds / 1000000000;
    deadline.tv_nsec += nanoseconds % 1000000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec++;
        deadline.tv_nsec -= 1000000000;
    }
    return sem_timedwait(semaphore, &deadline);
#endif
}

int taipan_semaphore_value(void *semaphore) {
    int value = 0;
#if !defined(__APPLE__)
    if (sem_getvalue(semaphore, &value) < 0) return -1;
#else
    if (sem_trywait(semaphore) < 0) return errno == EAGAIN ? 0 : -1;
    sem_post(semaphore);
    value = 1;
#endif
    return value < 0 ? 0 : value;
}

int taipan_shared_open(const char *name, int flags, unsigned mode) { return shm_open(name, flags, (mode_t)mode); }
int taipan_shared_unlink(const char *name) { return shm_unlink(name); }
