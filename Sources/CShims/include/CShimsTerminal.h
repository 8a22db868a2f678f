// termios and the locale, flattened to numbers and bytes.
#ifndef TAIPAN_CSHIMS_TERMINAL_H
#define TAIPAN_CSHIMS_TERMINAL_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// iflag, oflag, cflag, lflag, ispeed, ospeed; and the control characters.
typedef struct {
    uint64_t numbers[6];
    unsigned char characters[32];
    int character_count;
    int min_index, time_index;
} taipan_termios;

int taipan_tcgetattr(int descriptor, taipan_termios *attributes);
int taipan_tcsetattr(int descriptor, int when, const taipan_termios *attributes);

/// The lconv fields: texts 0...9 (decimal_point, thousands_sep, grouping, int_curr_symbol, currency_symbol,
/// mon_decimal_point, mon_thousands_sep, mon_grouping, positive_sign, negative_sign), numbers 0...7.
const char *taipan_localeconv_text(int which);
int taipan_localeconv_number(int which);

const char *_Nullable taipan_nl_langinfo(int key);

#pragma clang assume_nonnull end
#endif
