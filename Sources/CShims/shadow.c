// The shadow password database: see CShimsPosix.h.
#include "CShimsPosix.h"

#include <errno.h>
#include <stddef.h>

#ifdef __linux__
#include <shadow.h>

int taipan_shadow_exists(void) { return 1; }

static int fill(const struct spwd *from, taipan_shadow *row) {
    if (from == NULL) return 0;
    *row = (taipan_shadow){from->sp_namp, from->sp_pwdp,  from->sp_lstchg, from->sp_min,        from->sp_max,
                           from->sp_warn, from->sp_inact, from->sp_expire, (long)from->sp_flag};
    return 1;
}

int taipan_shadow_named(const char *name, taipan_shadow *row) {
    errno = 0;
    int found = fill(getspnam(name), row);
    return found || errno == 0 ? found : -1;
}

void taipan_shadow_begin(void) { setspent(); }
int taipan_shadow_next(taipan_shadow *row) { return fill(getspent(), row); }
void taipan_shadow_end(void) { endspent(); }
#else
int taipan_shadow_exists(void) { return 0; }
int taipan_shadow_named(const char *name, taipan_shadow *row) { errno = ENOSYS; return -1; }
void taipan_shadow_begin(void) {}
int taipan_shadow_next(taipan_shadow *row) { return 0; }
void taipan_shadow_end(void) {}
#endif
