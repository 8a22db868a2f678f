// The whole numbers of Python's `select` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<poll.h>)
#include <poll.h>
#endif
#if __has_include(<sys/epoll.h>)
#include <sys/epoll.h>
#endif
#if __has_include(<limits.h>)
#include <limits.h>
#endif
#if __has_include(<linux/limits.h>)
#include <linux/limits.h>
#endif

const taipan_constant taipan_select_constants[] = {
#ifdef EPOLLERR
    {"EPOLLERR", (long long)EPOLLERR},
#endif
#ifdef EPOLLET
    {"EPOLLET", (long long)EPOLLET},
#endif
#ifdef EPOLLEXCLUSIVE
    {"EPOLLEXCLUSIVE", (long long)EPOLLEXCLUSIVE},
#endif
#ifdef EPOLLHUP
    {"EPOLLHUP", (long long)EPOLLHUP},
#endif
#ifdef EPOLLIN
    {"EPOLLIN", (long long)EPOLLIN},
#endif
#ifdef EPOLLMSG
    {"EPOLLMSG", (long long)EPOLLMSG},
#endif
#ifdef EPOLLONESHOT
    {"EPOLLONESHOT", (long long)EPOLLONESHOT},
#endif
#ifdef EPOLLOUT
    {"EPOLLOUT", (long long)EPOLLOUT},
#endif
#ifdef EPOLLPRI
    {"EPOLLPRI", (long long)EPOLLPRI},
#endif
#ifdef EPOLLRDBAND
    {"EPOLLRDBAND", (long long)EPOLLRDBAND},
#endif
#ifdef EPOLLRDHUP
    {"EPOLLRDHUP", (long long)EPOLLRDHUP},
#endif
#ifdef EPOLLRDNORM
    {"EPOLLRDNORM", (long long)EPOLLRDNORM},
#endif
#ifdef EPOLLWRBAND
    {"EPOLLWRBAND", (long long)EPOLLWRBAND},
#endif
#ifdef EPOLLWRNORM
    {"EPOLLWRNORM", (long long)EPOLLWRNORM},
#endif
#ifdef EPOLL_CLOEXEC
    {"EPOLL_CLOEXEC", (long long)EPOLL_CLOEXEC},
#endif
#ifdef PIPE_BUF
    {"PIPE_BUF", (long long)PIPE_BUF},
#endif
#ifdef POLLERR
    {"POLLERR", (long long)POLLERR},
#endif
#ifdef POLLHUP
    {"POLLHUP", (long long)POLLHUP},
#endif
#ifdef POLLIN
    {"POLLIN", (long long)POLLIN},
#endif
#ifdef POLLMSG
    {"POLLMSG", (long long)POLLMSG},
#endif
#ifdef POLLNVAL
    {"POLLNVAL", (long long)POLLNVAL},
#endif
#ifdef POLLOUT
    {"POLLOUT", (long long)POLLOUT},
#endif
#ifdef POLLPRI
    {"POLLPRI", (long long)POLLPRI},
#endif
#ifdef POLLRDBAND
    {"POLLRDBAND", (long long)POLLRDBAND},
#endif
#ifdef POLLRDHUP
    {"POLLRDHUP", (long long)POLLRDHUP},
#endif
#ifdef POLLRDNORM
    {"POLLRDNORM", (long long)POLLRDNORM},
#endif
#ifdef POLLWRBAND
    {"POLLWRBAND", (long long)POLLWRBAND},
#endif
#ifdef POLLWRNORM
    {"POLLWRNORM", (long long)POLLWRNORM},
#endif
    {0, 0},
};
