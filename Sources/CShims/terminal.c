// See CShimsTerminal.h.
#define _GNU_SOURCE 1
#include "CShimsTerminal.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <termios.h>

int taipan_tcgetattr(int descriptor, taipan_termios *attributes) {
    struct termios mode;
    memset(attributes, 0, sizeof *attributes);
    if (tcgetattr(descriptor, &mode) < 0) return -1;
    attributes->numbers[0] = mode.c_iflag;
    attributes->numbers[1] = mode.c_oflag;
    attributes->numbers[2] = mode.c_cflag;
    attributes->numbers[3] = mode.c_lflag;
    attributes->numbers[4] = cfgetispeed(&mode);
    attributes->numbers[5] = cfgetospeed(&mode);
    attributes->character_count = NCCS < 32 ? NCCS : 32;
    for (int i = 0; i < attributes->character_count; i++) attributes->characters[i] = mode.c_cc[i];
    attributes->min_index = VMIN;
    attributes->time_index = VTIME;
    return 0;
}

int taipan_tcsetattr(int descriptor, int when, const taipan_termios *attributes) {
    struct termios mode;
    if (tcgetattr(descriptor, &mode) < 0) return -1;
    mode.c_iflag = (tcflag_t)attributes->numbers[0];
    mode.c_oflag = (tcflag_t)attributes->numbers[1];
    mode.c_cflag = (tcflag_t)attributes->numbers[2];
    mode.c_lflag = (tcflag_t)attributes->numbers[3];
    for (int i = 0; i < attributes->character_count && i < NCCS; i++) mode.c_cc[i] = attributes->characters[i];
    if (cfsetispeed(&mode, (speed_t)attributes->numbers[4]) < 0) return -1;
    if (cfsetospeed(&mode, (speed_t)attributes->numbers[5]) < 0) return -1;
    return tcsetattr(descriptor, when, &mode);
}

const char *taipan_localeconv_text(int which) {
    struct lconv *c = localeconv();
    const char *texts[] = {c->decimal_point, c->thousands_sep, c->grouping, c->int_curr_symbol, c->currency_symbol,
                           c->mon_decimal_point, c->mon_thousands_sep, c->mon_grouping, c->positive_sign, c->negative_sign};
    return which >= 0 && which < 10 && texts[which] ? texts[which] : "";
}

int taipan_localeconv_number(int which) {
    struct lconv *c = localeconv();
    int numbers[] = {c->int_frac_digits, c->frac_digits, c->p_cs_precedes, c->p_sep_by_space,
                     c->n_cs_precedes, c->n_sep_by_space, c->p_sign_posn, c->n_sign_posn};
    return which >= 0 && which < 8 ? numbers[which] : 127;
}

const char *taipan_nl_langinfo(int key) { return nl_langinfo((nl_item)key); }
