// What a waiting thread sleeps on. POSIX semaphores where they have time limits; elsewhere a mutex and a condition.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CShims.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#if defined(__APPLE__)

typedef struct { pthread_mutex_t mutex; pthread_cond_t condition; unsigned count; } parker;

void *taipan_parker_create(void) {
    parker *p = calloc(1, sizeof *p);
    if (!p) abort();
    pthread_mutex_init(&p->mutex, 0);
    pthread_cond_init(&p->condition, 0);
    return p;
}

void taipan_parker_free(void *raw) {
    parker *p = raw;
    pthread_cond_destroy(&p->condition);
    pthread_mutex_destroy(&p->mutex);
    free(p);
}

void taipan_parker_post(void *raw) {
    parker *p = raw;
    pthread_mutex_lock(&p->mutex);
    p->count++;
    pthread_cond_signal(&p->condition);
    pthread_mutex_unlock(&p->mutex);
}

int taipan_parker_wait(void *raw, int64_t deadline) {
    parker *p = raw;
    int result = 0;
    pthread_mutex_lock(&p->mutex);
    if (!p->count) {
        // A signal does not end the wait here: look up every 50 ms, as if one had come.
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t left = 50000000, until = deadline - ((int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
        int last = deadline >= 0 && until <= left;
        if (last) left = until > 0 ? until : 0;
        struct timespec span = {left / 1000000000, left % 1000000000};
        if (pthread_cond_timedwait_relative_np(&p->condition, &p->mutex, &span) == ETIMEDOUT) result = last ? 1 : 2;
    }
    if (p->count) {
        p->count--;
        result = 0;
    }
    pthread_mutex_unlock(&p->mutex);
    return result;
}

#else

#include <semaphore.h>

void *taipan_parker_create(void) {
    sem_t *semaphore = malloc(sizeof *semaphore);
    if (!semaphore || sem_init(semaphore, 0, 0) != 0) abort();
    return semaphore;
}

void taipan_parker_free(void *parker) {
    sem_destroy(parker);
    free(parker);
}

void taipan_parker_post(void *parker) { sem_post(parker); }

int taipan_parker_wait(void *parker, int64_t deadline) {
    int status;
    if (deadline < 0) {
        status = sem_wait(parker);
    } else {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 30)
        struct timespec moment = {deadline / 1000000000, deadline % 1000000000};
        status = sem_clockwait(parker, CLOCK_MONOTONIC, &moment);
#else
        struct timespec now, wall;
        clock_gettime(CLOCK_MONOTONIC, &now);
        clock_gettime(CLOCK_REALTIME, &wall);
        int64_t left = deadline - ((int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
        int64_t until = (int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec + (left > 0 ? left : 0);
        struct timespec moment = {until / 1000000000, until % 1000000000};
        status = sem_timedwait(parker, &moment);
#endif
    }
    if (status == 0) return 0;
    return errno == ETIMEDOUT ? 1 : 2;
}

#endif
