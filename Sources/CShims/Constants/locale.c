// The whole numbers of Python's `_locale` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<locale.h>)
#include <locale.h>
#endif
#if __has_include(<langinfo.h>)
#include <langinfo.h>
#endif

const taipan_constant taipan_locale_constants[] = {
#ifdef ABDAY_1
    {"ABDAY_1", (long long)ABDAY_1},
#endif
#ifdef ABDAY_2
    {"ABDAY_2", (long long)ABDAY_2},
#endif
#ifdef ABDAY_3
    {"ABDAY_3", (long long)ABDAY_3},
#endif
#ifdef ABDAY_4
    {"ABDAY_4", (long long)ABDAY_4},
#endif
#ifdef ABDAY_5
    {"ABDAY_5", (long long)ABDAY_5},
#endif
#ifdef ABDAY_6
    {"ABDAY_6", (long long)ABDAY_6},
#endif
#ifdef ABDAY_7
    {"ABDAY_7", (long long)ABDAY_7},
#endif
#ifdef ABMON_1
    {"ABMON_1", (long long)ABMON_1},
#endif
#ifdef ABMON_10
    {"ABMON_10", (long long)ABMON_10},
#endif
#ifdef ABMON_11
    {"ABMON_11", (long long)ABMON_11},
#endif
#ifdef ABMON_12
    {"ABMON_12", (long long)ABMON_12},
#endif
#ifdef ABMON_2
    {"ABMON_2", (long long)ABMON_2},
#endif
#ifdef ABMON_3
    {"ABMON_3", (long long)ABMON_3},
#endif
#ifdef ABMON_4
    {"ABMON_4", (long long)ABMON_4},
#endif
#ifdef ABMON_5
    {"ABMON_5", (long long)ABMON_5},
#endif
#ifdef ABMON_6
    {"ABMON_6", (long long)ABMON_6},
#endif
#ifdef ABMON_7
    {"ABMON_7", (long long)ABMON_7},
#endif
#ifdef ABMON_8
    {"ABMON_8", (long long)ABMON_8},
#endif
#ifdef ABMON_9
    {"ABMON_9", (long long)ABMON_9},
#endif
#ifdef ALT_DIGITS
    {"ALT_DIGITS", (long long)ALT_DIGITS},
#endif
#ifdef AM_STR
    {"AM_STR", (long long)AM_STR},
#endif
#ifdef CODESET
    {"CODESET", (long long)CODESET},
#endif
#ifdef CRNCYSTR
    {"CRNCYSTR", (long long)CRNCYSTR},
#endif
#ifdef DAY_1
    {"DAY_1", (long long)DAY_1},
#endif
#ifdef DAY_2
    {"DAY_2", (long long)DAY_2},
#endif
#ifdef DAY_3
    {"DAY_3", (long long)DAY_3},
#endif
#ifdef DAY_4
    {"DAY_4", (long long)DAY_4},
#endif
#ifdef DAY_5
    {"DAY_5", (long long)DAY_5},
#endif
#ifdef DAY_6
    {"DAY_6", (long long)DAY_6},
#endif
#ifdef DAY_7
    {"DAY_7", (long long)DAY_7},
#endif
#ifdef D_FMT
    {"D_FMT", (long long)D_FMT},
#endif
#ifdef D_T_FMT
    {"D_T_FMT", (long long)D_T_FMT},
#endif
#ifdef ERA
    {"ERA", (long long)ERA},
#endif
#ifdef ERA_D_FMT
    {"ERA_D_FMT", (long long)ERA_D_FMT},
#endif
#ifdef ERA_D_T_FMT
    {"ERA_D_T_FMT", (long long)ERA_D_T_FMT},
#endif
#ifdef ERA_T_FMT
    {"ERA_T_FMT", (long long)ERA_T_FMT},
#endif
#ifdef LC_CTYPE
    {"LC_CTYPE", (long long)LC_CTYPE},
#endif
#ifdef LC_TIME
    {"LC_TIME", (long long)LC_TIME},
#endif
#ifdef LC_COLLATE
    {"LC_COLLATE", (long long)LC_COLLATE},
#endif
#ifdef LC_MONETARY
    {"LC_MONETARY", (long long)LC_MONETARY},
#endif
#ifdef LC_MESSAGES
    {"LC_MESSAGES", (long long)LC_MESSAGES},
#endif
#ifdef LC_NUMERIC
    {"LC_NUMERIC", (long long)LC_NUMERIC},
#endif
#ifdef LC_ALL
    {"LC_ALL", (long long)LC_ALL},
#endif
#ifdef MON_1
    {"MON_1", (long long)MON_1},
#endif
#ifdef MON_10
    {"MON_10", (long long)MON_10},
#endif
#ifdef MON_11
    {"MON_11", (long long)MON_11},
#endif
#ifdef MON_12
    {"MON_12", (long long)MON_12},
#endif
#ifdef MON_2
    {"MON_2", (long long)MON_2},
#endif
#ifdef MON_3
    {"MON_3", (long long)MON_3},
#endif
#ifdef MON_4
    {"MON_4", (long long)MON_4},
#endif
#ifdef MON_5
    {"MON_5", (long long)MON_5},
#endif
#ifdef MON_6
    {"MON_6", (long long)MON_6},
#endif
#ifdef MON_7
    {"MON_7", (long long)MON_7},
#endif
#ifdef MON_8
    {"MON_8", (long long)MON_8},
#endif
#ifdef MON_9
    {"MON_9", (long long)MON_9},
#endif
#ifdef NOEXPR
    {"NOEXPR", (long long)NOEXPR},
#endif
#ifdef PM_STR
    {"PM_STR", (long long)PM_STR},
#endif
#ifdef RADIXCHAR
    {"RADIXCHAR", (long long)RADIXCHAR},
#endif
#ifdef THOUSEP
    {"THOUSEP", (long long)THOUSEP},
#endif
#ifdef T_FMT
    {"T_FMT", (long long)T_FMT},
#endif
#ifdef T_FMT_AMPM
    {"T_FMT_AMPM", (long long)T_FMT_AMPM},
#endif
#ifdef YESEXPR
    {"YESEXPR", (long long)YESEXPR},
#endif
#ifdef _DATE_FMT
    {"_DATE_FMT", (long long)_DATE_FMT},
#endif
#ifdef __linux__
    // Enumerators, and what no header here names.
    {"CHAR_MAX", 127LL},
#endif
    {0, 0},
};
