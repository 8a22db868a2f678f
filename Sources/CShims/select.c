// select, poll and epoll: see CShimsPosix.h.
#define _GNU_SOURCE 1
#include "CShimsPosix.h"

#include <errno.h>
#include <stdlib.h>
#include <poll.h>
#include <string.h>
#include <sys/select.h>
#ifdef __linux__
#include <sys/epoll.h>
#endif

int taipan_epoll_create(int flags) {
#ifdef __linux__
    return epoll_create1(flags);
#else
    errno = ENOSYS;
    return -1;
#endif
}

int taipan_epoll_control(int epoll, int operation, int descriptor, uint32_t events) {
#ifdef __linux__
    struct epoll_event event;
    memset(&event, 0, sizeof event);
    event.events = events;
    event.data.fd = descriptor;
    return epoll_ctl(epoll, operation == 1 ? EPOLL_CTL_ADD : operation == 2 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, descriptor, &event);
#else
    errno = ENOSYS;
    return -1;
#endif
}

int taipan_epoll_wait(int epoll, taipan_epoll_event *events, int limit, int milliseconds) {
#ifdef __linux__
    struct epoll_event few[256], *rows = few;
    if (limit > 256) {
        rows = malloc(limit * sizeof *rows);
        if (!rows) {
            rows = few;
            limit = 256;
        }
    }
    int count = epoll_wait(epoll, rows, limit, milliseconds);
    for (int i = 0; i < count; i++) {
        events[i].events = rows[i].events;
        events[i].descriptor = rows[i].data.fd;
    }
    if (rows != few) {
        int code = errno;
        free(rows);
        errno = code;
    }
    return count;
#else
    errno = ENOSYS;
    return -1;
#endif
}

static void fill(fd_set *set, const uint64_t *bits, int count) {
    FD_ZERO(set);
    for (int i = 0; i < count; i++)
        if (bits[i / 64] >> (i % 64) & 1) FD_SET(i, set);
}

static void empty(const fd_set *set, uint64_t *bits, int count) {
    for (int i = 0; i < count; i++)
        if (!FD_ISSET(i, set)) bits[i / 64] &= ~(1ull << (i % 64));
}

int taipan_select(int count, uint64_t *read, uint64_t *write, uint64_t *except, int64_t seconds, int64_t microseconds) {
    fd_set sets[3];
    uint64_t *bits[3] = {read, write, except};
    for (int i = 0; i < 3; i++) fill(&sets[i], bits[i], count);
    struct timeval limit = {.tv_sec = seconds, .tv_usec = (int)microseconds};
    int result = select(count, &sets[0], &sets[1], &sets[2], seconds < 0 ? NULL : &limit);
    if (result >= 0)
        for (int i = 0; i < 3; i++) empty(&sets[i], bits[i], count);
    return result;
}

int taipan_poll(void *descriptors, unsigned long count, int milliseconds) { return poll(descriptors, (nfds_t)count, milliseconds); }
