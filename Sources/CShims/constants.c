// The tables of Constants/ by number.
#include "CShimsConstants.h"

const taipan_constant *taipan_constants(taipan_table table) {
    switch (table) {
    case taipan_table_posix: return taipan_posix_constants;
    case taipan_table_select: return taipan_select_constants;
    case taipan_table_fcntl: return taipan_fcntl_constants;
    case taipan_table_resource: return taipan_resource_constants;
    case taipan_table_termios: return taipan_termios_constants;
    case taipan_table_socket: return taipan_socket_constants;
    case taipan_table_locale: return taipan_locale_constants;
    case taipan_table_syslog: return taipan_syslog_constants;
    case taipan_table_sysconf: return taipan_sysconf_constants;
    case taipan_table_pathconf: return taipan_pathconf_constants;
    case taipan_table_confstr: return taipan_confstr_constants;
    case taipan_table_mmap: return taipan_mmap_constants;
    }
    return taipan_posix_constants;
}
