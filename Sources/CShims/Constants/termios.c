// The whole numbers of Python's `termios` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<termios.h>)
#include <termios.h>
#endif
#if __has_include(<sys/ioctl.h>)
#include <sys/ioctl.h>
#endif
#if __has_include(<linux/serial.h>)
#include <linux/serial.h>
#endif
#if __has_include(<asm/ioctls.h>)
#include <asm/ioctls.h>
#endif

const taipan_constant taipan_termios_constants[] = {
#ifdef B0
    {"B0", (long long)B0},
#endif
#ifdef B1000000
    {"B1000000", (long long)B1000000},
#endif
#ifdef B110
    {"B110", (long long)B110},
#endif
#ifdef B115200
    {"B115200", (long long)B115200},
#endif
#ifdef B1152000
    {"B1152000", (long long)B1152000},
#endif
#ifdef B1200
    {"B1200", (long long)B1200},
#endif
#ifdef B134
    {"B134", (long long)B134},
#endif
#ifdef B150
    {"B150", (long long)B150},
#endif
#ifdef B1500000
    {"B1500000", (long long)B1500000},
#endif
#ifdef B1800
    {"B1800", (long long)B1800},
#endif
#ifdef B19200
    {"B19200", (long long)B19200},
#endif
#ifdef B200
    {"B200", (long long)B200},
#endif
#ifdef B2000000
    {"B2000000", (long long)B2000000},
#endif
#ifdef B230400
    {"B230400", (long long)B230400},
#endif
#ifdef B2400
    {"B2400", (long long)B2400},
#endif
#ifdef B2500000
    {"B2500000", (long long)B2500000},
#endif
#ifdef B300
    {"B300", (long long)B300},
#endif
#ifdef B3000000
    {"B3000000", (long long)B3000000},
#endif
#ifdef B3500000
    {"B3500000", (long long)B3500000},
#endif
#ifdef B38400
    {"B38400", (long long)B38400},
#endif
#ifdef B4000000
    {"B4000000", (long long)B4000000},
#endif
#ifdef B460800
    {"B460800", (long long)B460800},
#endif
#ifdef B4800
    {"B4800", (long long)B4800},
#endif
#ifdef B50
    {"B50", (long long)B50},
#endif
#ifdef B500000
    {"B500000", (long long)B500000},
#endif
#ifdef B57600
    {"B57600", (long long)B57600},
#endif
#ifdef B576000
    {"B576000", (long long)B576000},
#endif
#ifdef B600
    {"B600", (long long)B600},
#endif
#ifdef B75
    {"B75", (long long)B75},
#endif
#ifdef B921600
    {"B921600", (long long)B921600},
#endif
#ifdef B9600
    {"B9600", (long long)B9600},
#endif
#ifdef BRKINT
    {"BRKINT", (long long)BRKINT},
#endif
#ifdef BS0
    {"BS0", (long long)BS0},
#endif
#ifdef BS1
    {"BS1", (long long)BS1},
#endif
#ifdef BSDLY
    {"BSDLY", (long long)BSDLY},
#endif
#ifdef CBAUD
    {"CBAUD", (long long)CBAUD},
#endif
#ifdef CBAUDEX
    {"CBAUDEX", (long long)CBAUDEX},
#endif
#ifdef CDSUSP
    {"CDSUSP", (long long)CDSUSP},
#endif
#ifdef CEOF
    {"CEOF", (long long)CEOF},
#endif
#ifdef CEOL
    {"CEOL", (long long)CEOL},
#endif
#ifdef CEOT
    {"CEOT", (long long)CEOT},
#endif
#ifdef CERASE
    {"CERASE", (long long)CERASE},
#endif
#ifdef CFLUSH
    {"CFLUSH", (long long)CFLUSH},
#endif
#ifdef CIBAUD
    {"CIBAUD", (long long)CIBAUD},
#endif
#ifdef CINTR
    {"CINTR", (long long)CINTR},
#endif
#ifdef CKILL
    {"CKILL", (long long)CKILL},
#endif
#ifdef CLNEXT
    {"CLNEXT", (long long)CLNEXT},
#endif
#ifdef CLOCAL
    {"CLOCAL", (long long)CLOCAL},
#endif
#ifdef CQUIT
    {"CQUIT", (long long)CQUIT},
#endif
#ifdef CR0
    {"CR0", (long long)CR0},
#endif
#ifdef CR1
    {"CR1", (long long)CR1},
#endif
#ifdef CR2
    {"CR2", (long long)CR2},
#endif
#ifdef CR3
    {"CR3", (long long)CR3},
#endif
#ifdef CRDLY
    {"CRDLY", (long long)CRDLY},
#endif
#ifdef CREAD
    {"CREAD", (long long)CREAD},
#endif
#ifdef CRPRNT
    {"CRPRNT", (long long)CRPRNT},
#endif
#ifdef CRTSCTS
    {"CRTSCTS", (long long)CRTSCTS},
#endif
#ifdef CS5
    {"CS5", (long long)CS5},
#endif
#ifdef CS6
    {"CS6", (long long)CS6},
#endif
#ifdef CS7
    {"CS7", (long long)CS7},
#endif
#ifdef CS8
    {"CS8", (long long)CS8},
#endif
#ifdef CSIZE
    {"CSIZE", (long long)CSIZE},
#endif
#ifdef CSTART
    {"CSTART", (long long)CSTART},
#endif
#ifdef CSTOP
    {"CSTOP", (long long)CSTOP},
#endif
#ifdef CSTOPB
    {"CSTOPB", (long long)CSTOPB},
#endif
#ifdef CSUSP
    {"CSUSP", (long long)CSUSP},
#endif
#ifdef CWERASE
    {"CWERASE", (long long)CWERASE},
#endif
#ifdef ECHO
    {"ECHO", (long long)ECHO},
#endif
#ifdef ECHOCTL
    {"ECHOCTL", (long long)ECHOCTL},
#endif
#ifdef ECHOE
    {"ECHOE", (long long)ECHOE},
#endif
#ifdef ECHOK
    {"ECHOK", (long long)ECHOK},
#endif
#ifdef ECHOKE
    {"ECHOKE", (long long)ECHOKE},
#endif
#ifdef ECHONL
    {"ECHONL", (long long)ECHONL},
#endif
#ifdef ECHOPRT
    {"ECHOPRT", (long long)ECHOPRT},
#endif
#ifdef EXTA
    {"EXTA", (long long)EXTA},
#endif
#ifdef EXTB
    {"EXTB", (long long)EXTB},
#endif
#ifdef FF0
    {"FF0", (long long)FF0},
#endif
#ifdef FF1
    {"FF1", (long long)FF1},
#endif
#ifdef FFDLY
    {"FFDLY", (long long)FFDLY},
#endif
#ifdef FIOASYNC
    {"FIOASYNC", (long long)FIOASYNC},
#endif
#ifdef FIOCLEX
    {"FIOCLEX", (long long)FIOCLEX},
#endif
#ifdef FIONBIO
    {"FIONBIO", (long long)FIONBIO},
#endif
#ifdef FIONCLEX
    {"FIONCLEX", (long long)FIONCLEX},
#endif
#ifdef FIONREAD
    {"FIONREAD", (long long)FIONREAD},
#endif
#ifdef FLUSHO
    {"FLUSHO", (long long)FLUSHO},
#endif
#ifdef HUPCL
    {"HUPCL", (long long)HUPCL},
#endif
#ifdef ICANON
    {"ICANON", (long long)ICANON},
#endif
#ifdef ICRNL
    {"ICRNL", (long long)ICRNL},
#endif
#ifdef IEXTEN
    {"IEXTEN", (long long)IEXTEN},
#endif
#ifdef IGNBRK
    {"IGNBRK", (long long)IGNBRK},
#endif
#ifdef IGNCR
    {"IGNCR", (long long)IGNCR},
#endif
#ifdef IGNPAR
    {"IGNPAR", (long long)IGNPAR},
#endif
#ifdef IMAXBEL
    {"IMAXBEL", (long long)IMAXBEL},
#endif
#ifdef INLCR
    {"INLCR", (long long)INLCR},
#endif
#ifdef INPCK
    {"INPCK", (long long)INPCK},
#endif
#ifdef IOCSIZE_MASK
    {"IOCSIZE_MASK", (long long)IOCSIZE_MASK},
#endif
#ifdef IOCSIZE_SHIFT
    {"IOCSIZE_SHIFT", (long long)IOCSIZE_SHIFT},
#endif
#ifdef ISIG
    {"ISIG", (long long)ISIG},
#endif
#ifdef ISTRIP
    {"ISTRIP", (long long)ISTRIP},
#endif
#ifdef IUCLC
    {"IUCLC", (long long)IUCLC},
#endif
#ifdef IXANY
    {"IXANY", (long long)IXANY},
#endif
#ifdef IXOFF
    {"IXOFF", (long long)IXOFF},
#endif
#ifdef IXON
    {"IXON", (long long)IXON},
#endif
#ifdef NCC
    {"NCC", (long long)NCC},
#endif
#ifdef NCCS
    {"NCCS", (long long)NCCS},
#endif
#ifdef NL0
    {"NL0", (long long)NL0},
#endif
#ifdef NL1
    {"NL1", (long long)NL1},
#endif
#ifdef NLDLY
    {"NLDLY", (long long)NLDLY},
#endif
#ifdef NOFLSH
    {"NOFLSH", (long long)NOFLSH},
#endif
#ifdef N_MOUSE
    {"N_MOUSE", (long long)N_MOUSE},
#endif
#ifdef N_PPP
    {"N_PPP", (long long)N_PPP},
#endif
#ifdef N_SLIP
    {"N_SLIP", (long long)N_SLIP},
#endif
#ifdef N_STRIP
    {"N_STRIP", (long long)N_STRIP},
#endif
#ifdef N_TTY
    {"N_TTY", (long long)N_TTY},
#endif
#ifdef OCRNL
    {"OCRNL", (long long)OCRNL},
#endif
#ifdef OFDEL
    {"OFDEL", (long long)OFDEL},
#endif
#ifdef OFILL
    {"OFILL", (long long)OFILL},
#endif
#ifdef OLCUC
    {"OLCUC", (long long)OLCUC},
#endif
#ifdef ONLCR
    {"ONLCR", (long long)ONLCR},
#endif
#ifdef ONLRET
    {"ONLRET", (long long)ONLRET},
#endif
#ifdef ONOCR
    {"ONOCR", (long long)ONOCR},
#endif
#ifdef OPOST
    {"OPOST", (long long)OPOST},
#endif
#ifdef PARENB
    {"PARENB", (long long)PARENB},
#endif
#ifdef PARMRK
    {"PARMRK", (long long)PARMRK},
#endif
#ifdef PARODD
    {"PARODD", (long long)PARODD},
#endif
#ifdef PENDIN
    {"PENDIN", (long long)PENDIN},
#endif
#ifdef TAB0
    {"TAB0", (long long)TAB0},
#endif
#ifdef TAB1
    {"TAB1", (long long)TAB1},
#endif
#ifdef TAB2
    {"TAB2", (long long)TAB2},
#endif
#ifdef TAB3
    {"TAB3", (long long)TAB3},
#endif
#ifdef TABDLY
    {"TABDLY", (long long)TABDLY},
#endif
#ifdef TCFLSH
    {"TCFLSH", (long long)TCFLSH},
#endif
#ifdef TCGETA
    {"TCGETA", (long long)TCGETA},
#endif
#ifdef TCGETS
    {"TCGETS", (long long)TCGETS},
#endif
#ifdef TCIFLUSH
    {"TCIFLUSH", (long long)TCIFLUSH},
#endif
#ifdef TCIOFF
    {"TCIOFF", (long long)TCIOFF},
#endif
#ifdef TCIOFLUSH
    {"TCIOFLUSH", (long long)TCIOFLUSH},
#endif
#ifdef TCION
    {"TCION", (long long)TCION},
#endif
#ifdef TCOFLUSH
    {"TCOFLUSH", (long long)TCOFLUSH},
#endif
#ifdef TCOOFF
    {"TCOOFF", (long long)TCOOFF},
#endif
#ifdef TCOON
    {"TCOON", (long long)TCOON},
#endif
#ifdef TCSADRAIN
    {"TCSADRAIN", (long long)TCSADRAIN},
#endif
#ifdef TCSAFLUSH
    {"TCSAFLUSH", (long long)TCSAFLUSH},
#endif
#ifdef TCSANOW
    {"TCSANOW", (long long)TCSANOW},
#endif
#ifdef TCSBRK
    {"TCSBRK", (long long)TCSBRK},
#endif
#ifdef TCSBRKP
    {"TCSBRKP", (long long)TCSBRKP},
#endif
#ifdef TCSETA
    {"TCSETA", (long long)TCSETA},
#endif
#ifdef TCSETAF
    {"TCSETAF", (long long)TCSETAF},
#endif
#ifdef TCSETAW
    {"TCSETAW", (long long)TCSETAW},
#endif
#ifdef TCSETS
    {"TCSETS", (long long)TCSETS},
#endif
#ifdef TCSETSF
    {"TCSETSF", (long long)TCSETSF},
#endif
#ifdef TCSETSW
    {"TCSETSW", (long long)TCSETSW},
#endif
#ifdef TCXONC
    {"TCXONC", (long long)TCXONC},
#endif
#ifdef TIOCCONS
    {"TIOCCONS", (long long)TIOCCONS},
#endif
#ifdef TIOCEXCL
    {"TIOCEXCL", (long long)TIOCEXCL},
#endif
#ifdef TIOCGETD
    {"TIOCGETD", (long long)TIOCGETD},
#endif
#ifdef TIOCGICOUNT
    {"TIOCGICOUNT", (long long)TIOCGICOUNT},
#endif
#ifdef TIOCGLCKTRMIOS
    {"TIOCGLCKTRMIOS", (long long)TIOCGLCKTRMIOS},
#endif
#ifdef TIOCGPGRP
    {"TIOCGPGRP", (long long)TIOCGPGRP},
#endif
#ifdef TIOCGSERIAL
    {"TIOCGSERIAL", (long long)TIOCGSERIAL},
#endif
#ifdef TIOCGSOFTCAR
    {"TIOCGSOFTCAR", (long long)TIOCGSOFTCAR},
#endif
#ifdef TIOCGWINSZ
    {"TIOCGWINSZ", (long long)TIOCGWINSZ},
#endif
#ifdef TIOCINQ
    {"TIOCINQ", (long long)TIOCINQ},
#endif
#ifdef TIOCLINUX
    {"TIOCLINUX", (long long)TIOCLINUX},
#endif
#ifdef TIOCMBIC
    {"TIOCMBIC", (long long)TIOCMBIC},
#endif
#ifdef TIOCMBIS
    {"TIOCMBIS", (long long)TIOCMBIS},
#endif
#ifdef TIOCMGET
    {"TIOCMGET", (long long)TIOCMGET},
#endif
#ifdef TIOCMIWAIT
    {"TIOCMIWAIT", (long long)TIOCMIWAIT},
#endif
#ifdef TIOCMSET
    {"TIOCMSET", (long long)TIOCMSET},
#endif
#ifdef TIOCM_CAR
    {"TIOCM_CAR", (long long)TIOCM_CAR},
#endif
#ifdef TIOCM_CD
    {"TIOCM_CD", (long long)TIOCM_CD},
#endif
#ifdef TIOCM_CTS
    {"TIOCM_CTS", (long long)TIOCM_CTS},
#endif
#ifdef TIOCM_DSR
    {"TIOCM_DSR", (long long)TIOCM_DSR},
#endif
#ifdef TIOCM_DTR
    {"TIOCM_DTR", (long long)TIOCM_DTR},
#endif
#ifdef TIOCM_LE
    {"TIOCM_LE", (long long)TIOCM_LE},
#endif
#ifdef TIOCM_RI
    {"TIOCM_RI", (long long)TIOCM_RI},
#endif
#ifdef TIOCM_RNG
    {"TIOCM_RNG", (long long)TIOCM_RNG},
#endif
#ifdef TIOCM_RTS
    {"TIOCM_RTS", (long long)TIOCM_RTS},
#endif
#ifdef TIOCM_SR
    {"TIOCM_SR", (long long)TIOCM_SR},
#endif
#ifdef TIOCM_ST
    {"TIOCM_ST", (long long)TIOCM_ST},
#endif
#ifdef TIOCNOTTY
    {"TIOCNOTTY", (long long)TIOCNOTTY},
#endif
#ifdef TIOCNXCL
    {"TIOCNXCL", (long long)TIOCNXCL},
#endif
#ifdef TIOCOUTQ
    {"TIOCOUTQ", (long long)TIOCOUTQ},
#endif
#ifdef TIOCPKT
    {"TIOCPKT", (long long)TIOCPKT},
#endif
#ifdef TIOCPKT_DATA
    {"TIOCPKT_DATA", (long long)TIOCPKT_DATA},
#endif
#ifdef TIOCPKT_DOSTOP
    {"TIOCPKT_DOSTOP", (long long)TIOCPKT_DOSTOP},
#endif
#ifdef TIOCPKT_FLUSHREAD
    {"TIOCPKT_FLUSHREAD", (long long)TIOCPKT_FLUSHREAD},
#endif
#ifdef TIOCPKT_FLUSHWRITE
    {"TIOCPKT_FLUSHWRITE", (long long)TIOCPKT_FLUSHWRITE},
#endif
#ifdef TIOCPKT_NOSTOP
    {"TIOCPKT_NOSTOP", (long long)TIOCPKT_NOSTOP},
#endif
#ifdef TIOCPKT_START
    {"TIOCPKT_START", (long long)TIOCPKT_START},
#endif
#ifdef TIOCPKT_STOP
    {"TIOCPKT_STOP", (long long)TIOCPKT_STOP},
#endif
#ifdef TIOCSCTTY
    {"TIOCSCTTY", (long long)TIOCSCTTY},
#endif
#ifdef TIOCSERCONFIG
    {"TIOCSERCONFIG", (long long)TIOCSERCONFIG},
#endif
#ifdef TIOCSERGETLSR
    {"TIOCSERGETLSR", (long long)TIOCSERGETLSR},
#endif
#ifdef TIOCSERGETMULTI
    {"TIOCSERGETMULTI", (long long)TIOCSERGETMULTI},
#endif
#ifdef TIOCSERGSTRUCT
    {"TIOCSERGSTRUCT", (long long)TIOCSERGSTRUCT},
#endif
#ifdef TIOCSERGWILD
    {"TIOCSERGWILD", (long long)TIOCSERGWILD},
#endif
#ifdef TIOCSERSETMULTI
    {"TIOCSERSETMULTI", (long long)TIOCSERSETMULTI},
#endif
#ifdef TIOCSERSWILD
    {"TIOCSERSWILD", (long long)TIOCSERSWILD},
#endif
#ifdef TIOCSER_TEMT
    {"TIOCSER_TEMT", (long long)TIOCSER_TEMT},
#endif
#ifdef TIOCSETD
    {"TIOCSETD", (long long)TIOCSETD},
#endif
#ifdef TIOCSLCKTRMIOS
    {"TIOCSLCKTRMIOS", (long long)TIOCSLCKTRMIOS},
#endif
#ifdef TIOCSPGRP
    {"TIOCSPGRP", (long long)TIOCSPGRP},
#endif
#ifdef TIOCSSERIAL
    {"TIOCSSERIAL", (long long)TIOCSSERIAL},
#endif
#ifdef TIOCSSOFTCAR
    {"TIOCSSOFTCAR", (long long)TIOCSSOFTCAR},
#endif
#ifdef TIOCSTI
    {"TIOCSTI", (long long)TIOCSTI},
#endif
#ifdef TIOCSWINSZ
    {"TIOCSWINSZ", (long long)TIOCSWINSZ},
#endif
#ifdef TOSTOP
    {"TOSTOP", (long long)TOSTOP},
#endif
#ifdef VDISCARD
    {"VDISCARD", (long long)VDISCARD},
#endif
#ifdef VEOF
    {"VEOF", (long long)VEOF},
#endif
#ifdef VEOL
    {"VEOL", (long long)VEOL},
#endif
#ifdef VEOL2
    {"VEOL2", (long long)VEOL2},
#endif
#ifdef VERASE
    {"VERASE", (long long)VERASE},
#endif
#ifdef VINTR
    {"VINTR", (long long)VINTR},
#endif
#ifdef VKILL
    {"VKILL", (long long)VKILL},
#endif
#ifdef VLNEXT
    {"VLNEXT", (long long)VLNEXT},
#endif
#ifdef VMIN
    {"VMIN", (long long)VMIN},
#endif
#ifdef VQUIT
    {"VQUIT", (long long)VQUIT},
#endif
#ifdef VREPRINT
    {"VREPRINT", (long long)VREPRINT},
#endif
#ifdef VSTART
    {"VSTART", (long long)VSTART},
#endif
#ifdef VSTOP
    {"VSTOP", (long long)VSTOP},
#endif
#ifdef VSUSP
    {"VSUSP", (long long)VSUSP},
#endif
#ifdef VSWTC
    {"VSWTC", (long long)VSWTC},
#endif
#ifdef VT0
    {"VT0", (long long)VT0},
#endif
#ifdef VT1
    {"VT1", (long long)VT1},
#endif
#ifdef VTDLY
    {"VTDLY", (long long)VTDLY},
#endif
#ifdef VTIME
    {"VTIME", (long long)VTIME},
#endif
#ifdef VWERASE
    {"VWERASE", (long long)VWERASE},
#endif
#ifdef XCASE
    {"XCASE", (long long)XCASE},
#endif
#ifdef XTABS
    {"XTABS", (long long)XTABS},
#endif
#ifdef __linux__
    // Enumerators, and what no header here names.
    {"VSWTCH", 7LL},
#endif
    {0, 0},
};
