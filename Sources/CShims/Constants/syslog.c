// The whole numbers of Python's `syslog` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<syslog.h>)
#include <syslog.h>
#endif

const taipan_constant taipan_syslog_constants[] = {
#ifdef LOG_ALERT
    {"LOG_ALERT", (long long)LOG_ALERT},
#endif
#ifdef LOG_AUTH
    {"LOG_AUTH", (long long)LOG_AUTH},
#endif
#ifdef LOG_AUTHPRIV
    {"LOG_AUTHPRIV", (long long)LOG_AUTHPRIV},
#endif
#ifdef LOG_CONS
    {"LOG_CONS", (long long)LOG_CONS},
#endif
#ifdef LOG_CRIT
    {"LOG_CRIT", (long long)LOG_CRIT},
#endif
#ifdef LOG_CRON
    {"LOG_CRON", (long long)LOG_CRON},
#endif
#ifdef LOG_DAEMON
    {"LOG_DAEMON", (long long)LOG_DAEMON},
#endif
#ifdef LOG_DEBUG
    {"LOG_DEBUG", (long long)LOG_DEBUG},
#endif
#ifdef LOG_EMERG
    {"LOG_EMERG", (long long)LOG_EMERG},
#endif
#ifdef LOG_ERR
    {"LOG_ERR", (long long)LOG_ERR},
#endif
#ifdef LOG_INFO
    {"LOG_INFO", (long long)LOG_INFO},
#endif
#ifdef LOG_KERN
    {"LOG_KERN", (long long)LOG_KERN},
#endif
#ifdef LOG_LOCAL0
    {"LOG_LOCAL0", (long long)LOG_LOCAL0},
#endif
#ifdef LOG_LOCAL1
    {"LOG_LOCAL1", (long long)LOG_LOCAL1},
#endif
#ifdef LOG_LOCAL2
    {"LOG_LOCAL2", (long long)LOG_LOCAL2},
#endif
#ifdef LOG_LOCAL3
    {"LOG_LOCAL3", (long long)LOG_LOCAL3},
#endif
#ifdef LOG_LOCAL4
    {"LOG_LOCAL4", (long long)LOG_LOCAL4},
#endif
#ifdef LOG_LOCAL5
    {"LOG_LOCAL5", (long long)LOG_LOCAL5},
#endif
#ifdef LOG_LOCAL6
    {"LOG_LOCAL6", (long long)LOG_LOCAL6},
#endif
#ifdef LOG_LOCAL7
    {"LOG_LOCAL7", (long long)LOG_LOCAL7},
#endif
#ifdef LOG_LPR
    {"LOG_LPR", (long long)LOG_LPR},
#endif
#ifdef LOG_MAIL
    {"LOG_MAIL", (long long)LOG_MAIL},
#endif
#ifdef LOG_NDELAY
    {"LOG_NDELAY", (long long)LOG_NDELAY},
#endif
#ifdef LOG_NEWS
    {"LOG_NEWS", (long long)LOG_NEWS},
#endif
#ifdef LOG_NOTICE
    {"LOG_NOTICE", (long long)LOG_NOTICE},
#endif
#ifdef LOG_NOWAIT
    {"LOG_NOWAIT", (long long)LOG_NOWAIT},
#endif
#ifdef LOG_ODELAY
    {"LOG_ODELAY", (long long)LOG_ODELAY},
#endif
#ifdef LOG_PERROR
    {"LOG_PERROR", (long long)LOG_PERROR},
#endif
#ifdef LOG_PID
    {"LOG_PID", (long long)LOG_PID},
#endif
#ifdef LOG_SYSLOG
    {"LOG_SYSLOG", (long long)LOG_SYSLOG},
#endif
#ifdef LOG_USER
    {"LOG_USER", (long long)LOG_USER},
#endif
#ifdef LOG_UUCP
    {"LOG_UUCP", (long long)LOG_UUCP},
#endif
#ifdef LOG_WARNING
    {"LOG_WARNING", (long long)LOG_WARNING},
#endif
    {0, 0},
};
