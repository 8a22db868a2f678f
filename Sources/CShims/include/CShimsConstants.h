// Named whole numbers that only the C preprocessor knows. Each table ends with a row without name.
#ifndef TAIPAN_CSHIMS_CONSTANTS_H
#define TAIPAN_CSHIMS_CONSTANTS_H

#pragma clang assume_nonnull begin

typedef struct {
    const char *_Nullable name;
    long long value;
} taipan_constant;

extern const taipan_constant taipan_posix_constants[];
extern const taipan_constant taipan_select_constants[];
extern const taipan_constant taipan_fcntl_constants[];
extern const taipan_constant taipan_resource_constants[];
extern const taipan_constant taipan_termios_constants[];
extern const taipan_constant taipan_socket_constants[];
extern const taipan_constant taipan_locale_constants[];
extern const taipan_constant taipan_syslog_constants[];
extern const taipan_constant taipan_sysconf_constants[];
extern const taipan_constant taipan_pathconf_constants[];
extern const taipan_constant taipan_confstr_constants[];
extern const taipan_constant taipan_mmap_constants[];

typedef enum {
    taipan_table_posix,
    taipan_table_select,
    taipan_table_fcntl,
    taipan_table_resource,
    taipan_table_termios,
    taipan_table_socket,
    taipan_table_locale,
    taipan_table_syslog,
    taipan_table_sysconf,
    taipan_table_pathconf,
    taipan_table_confstr,
    taipan_table_mmap,
} taipan_table;

/// The rows of a table: Swift cannot see arrays without a size.
const taipan_constant *taipan_constants(taipan_table table);

#pragma clang assume_nonnull end
#endif
