// The whole numbers of Python's `_socket` module, as far as this system's headers name them.
#define _GNU_SOURCE 1
#include "CShimsConstants.h"

#if __has_include(<sys/types.h>)
#include <sys/types.h>
#endif
#if __has_include(<sys/socket.h>)
#include <sys/socket.h>
#endif
#if __has_include(<netinet/in.h>)
#include <netinet/in.h>
#endif
#if __has_include(<netinet/tcp.h>)
#include <netinet/tcp.h>
#endif
#if __has_include(<netdb.h>)
#include <netdb.h>
#endif
#if __has_include(<arpa/inet.h>)
#include <arpa/inet.h>
#endif
#if __has_include(<sys/un.h>)
#include <sys/un.h>
#endif
#if __has_include(<net/if.h>)
#include <net/if.h>
#endif
#if __has_include(<linux/can.h>)
#include <linux/can.h>
#endif
#if __has_include(<linux/can/raw.h>)
#include <linux/can/raw.h>
#endif
#if __has_include(<linux/can/bcm.h>)
#include <linux/can/bcm.h>
#endif
#if __has_include(<linux/can/isotp.h>)
#include <linux/can/isotp.h>
#endif
#if __has_include(<linux/can/j1939.h>)
#include <linux/can/j1939.h>
#endif
#if __has_include(<linux/netlink.h>)
#include <linux/netlink.h>
#endif
#if __has_include(<linux/tipc.h>)
#include <linux/tipc.h>
#endif
#if __has_include(<linux/if_packet.h>)
#include <linux/if_packet.h>
#endif
#if __has_include(<linux/vm_sockets.h>)
#include <linux/vm_sockets.h>
#endif
#if __has_include(<linux/if_alg.h>)
#include <linux/if_alg.h>
#endif
#if __has_include(<linux/rds.h>)
#include <linux/rds.h>
#endif
#if __has_include(<linux/qrtr.h>)
#include <linux/qrtr.h>
#endif
#if __has_include(<sys/ioctl.h>)
#include <sys/ioctl.h>
#endif

const taipan_constant taipan_socket_constants[] = {
#ifdef AF_ALG
    {"AF_ALG", (long long)AF_ALG},
#endif
#ifdef AF_APPLETALK
    {"AF_APPLETALK", (long long)AF_APPLETALK},
#endif
#ifdef AF_ASH
    {"AF_ASH", (long long)AF_ASH},
#endif
#ifdef AF_ATMPVC
    {"AF_ATMPVC", (long long)AF_ATMPVC},
#endif
#ifdef AF_ATMSVC
    {"AF_ATMSVC", (long long)AF_ATMSVC},
#endif
#ifdef AF_AX25
    {"AF_AX25", (long long)AF_AX25},
#endif
#ifdef AF_BRIDGE
    {"AF_BRIDGE", (long long)AF_BRIDGE},
#endif
#ifdef AF_CAN
    {"AF_CAN", (long long)AF_CAN},
#endif
#ifdef AF_DECnet
    {"AF_DECnet", (long long)AF_DECnet},
#endif
#ifdef AF_ECONET
    {"AF_ECONET", (long long)AF_ECONET},
#endif
#ifdef AF_INET
    {"AF_INET", (long long)AF_INET},
#endif
#ifdef AF_INET6
    {"AF_INET6", (long long)AF_INET6},
#endif
#ifdef AF_IPX
    {"AF_IPX", (long long)AF_IPX},
#endif
#ifdef AF_IRDA
    {"AF_IRDA", (long long)AF_IRDA},
#endif
#ifdef AF_KEY
    {"AF_KEY", (long long)AF_KEY},
#endif
#ifdef AF_LLC
    {"AF_LLC", (long long)AF_LLC},
#endif
#ifdef AF_NETBEUI
    {"AF_NETBEUI", (long long)AF_NETBEUI},
#endif
#ifdef AF_NETLINK
    {"AF_NETLINK", (long long)AF_NETLINK},
#endif
#ifdef AF_NETROM
    {"AF_NETROM", (long long)AF_NETROM},
#endif
#ifdef AF_PACKET
    {"AF_PACKET", (long long)AF_PACKET},
#endif
#ifdef AF_PPPOX
    {"AF_PPPOX", (long long)AF_PPPOX},
#endif
#ifdef AF_QIPCRTR
    {"AF_QIPCRTR", (long long)AF_QIPCRTR},
#endif
#ifdef AF_RDS
    {"AF_RDS", (long long)AF_RDS},
#endif
#ifdef AF_ROSE
    {"AF_ROSE", (long long)AF_ROSE},
#endif
#ifdef AF_ROUTE
    {"AF_ROUTE", (long long)AF_ROUTE},
#endif
#ifdef AF_SECURITY
    {"AF_SECURITY", (long long)AF_SECURITY},
#endif
#ifdef AF_SNA
    {"AF_SNA", (long long)AF_SNA},
#endif
#ifdef AF_TIPC
    {"AF_TIPC", (long long)AF_TIPC},
#endif
#ifdef AF_UNIX
    {"AF_UNIX", (long long)AF_UNIX},
#endif
#ifdef AF_UNSPEC
    {"AF_UNSPEC", (long long)AF_UNSPEC},
#endif
#ifdef AF_VSOCK
    {"AF_VSOCK", (long long)AF_VSOCK},
#endif
#ifdef AF_WANPIPE
    {"AF_WANPIPE", (long long)AF_WANPIPE},
#endif
#ifdef AF_X25
    {"AF_X25", (long long)AF_X25},
#endif
#ifdef AI_ADDRCONFIG
    {"AI_ADDRCONFIG", (long long)AI_ADDRCONFIG},
#endif
#ifdef AI_ALL
    {"AI_ALL", (long long)AI_ALL},
#endif
#ifdef AI_CANONNAME
    {"AI_CANONNAME", (long long)AI_CANONNAME},
#endif
#ifdef AI_NUMERICHOST
    {"AI_NUMERICHOST", (long long)AI_NUMERICHOST},
#endif
#ifdef AI_NUMERICSERV
    {"AI_NUMERICSERV", (long long)AI_NUMERICSERV},
#endif
#ifdef AI_PASSIVE
    {"AI_PASSIVE", (long long)AI_PASSIVE},
#endif
#ifdef AI_V4MAPPED
    {"AI_V4MAPPED", (long long)AI_V4MAPPED},
#endif
#ifdef ALG_OP_DECRYPT
    {"ALG_OP_DECRYPT", (long long)ALG_OP_DECRYPT},
#endif
#ifdef ALG_OP_ENCRYPT
    {"ALG_OP_ENCRYPT", (long long)ALG_OP_ENCRYPT},
#endif
#ifdef ALG_SET_AEAD_ASSOCLEN
    {"ALG_SET_AEAD_ASSOCLEN", (long long)ALG_SET_AEAD_ASSOCLEN},
#endif
#ifdef ALG_SET_AEAD_AUTHSIZE
    {"ALG_SET_AEAD_AUTHSIZE", (long long)ALG_SET_AEAD_AUTHSIZE},
#endif
#ifdef ALG_SET_IV
    {"ALG_SET_IV", (long long)ALG_SET_IV},
#endif
#ifdef ALG_SET_KEY
    {"ALG_SET_KEY", (long long)ALG_SET_KEY},
#endif
#ifdef ALG_SET_OP
    {"ALG_SET_OP", (long long)ALG_SET_OP},
#endif
#ifdef CAN_BCM
    {"CAN_BCM", (long long)CAN_BCM},
#endif
#ifdef CAN_EFF_FLAG
    {"CAN_EFF_FLAG", (long long)CAN_EFF_FLAG},
#endif
#ifdef CAN_EFF_MASK
    {"CAN_EFF_MASK", (long long)CAN_EFF_MASK},
#endif
#ifdef CAN_ERR_FLAG
    {"CAN_ERR_FLAG", (long long)CAN_ERR_FLAG},
#endif
#ifdef CAN_ERR_MASK
    {"CAN_ERR_MASK", (long long)CAN_ERR_MASK},
#endif
#ifdef CAN_ISOTP
    {"CAN_ISOTP", (long long)CAN_ISOTP},
#endif
#ifdef CAN_J1939
    {"CAN_J1939", (long long)CAN_J1939},
#endif
#ifdef CAN_RAW
    {"CAN_RAW", (long long)CAN_RAW},
#endif
#ifdef CAN_RTR_FLAG
    {"CAN_RTR_FLAG", (long long)CAN_RTR_FLAG},
#endif
#ifdef CAN_SFF_MASK
    {"CAN_SFF_MASK", (long long)CAN_SFF_MASK},
#endif
#ifdef EAI_ADDRFAMILY
    {"EAI_ADDRFAMILY", (long long)EAI_ADDRFAMILY},
#endif
#ifdef EAI_AGAIN
    {"EAI_AGAIN", (long long)EAI_AGAIN},
#endif
#ifdef EAI_BADFLAGS
    {"EAI_BADFLAGS", (long long)EAI_BADFLAGS},
#endif
#ifdef EAI_FAIL
    {"EAI_FAIL", (long long)EAI_FAIL},
#endif
#ifdef EAI_FAMILY
    {"EAI_FAMILY", (long long)EAI_FAMILY},
#endif
#ifdef EAI_MEMORY
    {"EAI_MEMORY", (long long)EAI_MEMORY},
#endif
#ifdef EAI_NODATA
    {"EAI_NODATA", (long long)EAI_NODATA},
#endif
#ifdef EAI_NONAME
    {"EAI_NONAME", (long long)EAI_NONAME},
#endif
#ifdef EAI_OVERFLOW
    {"EAI_OVERFLOW", (long long)EAI_OVERFLOW},
#endif
#ifdef EAI_SERVICE
    {"EAI_SERVICE", (long long)EAI_SERVICE},
#endif
#ifdef EAI_SOCKTYPE
    {"EAI_SOCKTYPE", (long long)EAI_SOCKTYPE},
#endif
#ifdef EAI_SYSTEM
    {"EAI_SYSTEM", (long long)EAI_SYSTEM},
#endif
#ifdef INADDR_ALLHOSTS_GROUP
    {"INADDR_ALLHOSTS_GROUP", (long long)INADDR_ALLHOSTS_GROUP},
#endif
#ifdef INADDR_ANY
    {"INADDR_ANY", (long long)INADDR_ANY},
#endif
#ifdef INADDR_BROADCAST
    {"INADDR_BROADCAST", (long long)INADDR_BROADCAST},
#endif
#ifdef INADDR_LOOPBACK
    {"INADDR_LOOPBACK", (long long)INADDR_LOOPBACK},
#endif
#ifdef INADDR_MAX_LOCAL_GROUP
    {"INADDR_MAX_LOCAL_GROUP", (long long)INADDR_MAX_LOCAL_GROUP},
#endif
#ifdef INADDR_NONE
    {"INADDR_NONE", (long long)INADDR_NONE},
#endif
#ifdef INADDR_UNSPEC_GROUP
    {"INADDR_UNSPEC_GROUP", (long long)INADDR_UNSPEC_GROUP},
#endif
#ifdef IOCTL_VM_SOCKETS_GET_LOCAL_CID
    {"IOCTL_VM_SOCKETS_GET_LOCAL_CID", (long long)IOCTL_VM_SOCKETS_GET_LOCAL_CID},
#endif
#ifdef IPPORT_RESERVED
    {"IPPORT_RESERVED", (long long)IPPORT_RESERVED},
#endif
#ifdef IPPROTO_AH
    {"IPPROTO_AH", (long long)IPPROTO_AH},
#endif
#ifdef IPPROTO_DSTOPTS
    {"IPPROTO_DSTOPTS", (long long)IPPROTO_DSTOPTS},
#endif
#ifdef IPPROTO_EGP
    {"IPPROTO_EGP", (long long)IPPROTO_EGP},
#endif
#ifdef IPPROTO_ESP
    {"IPPROTO_ESP", (long long)IPPROTO_ESP},
#endif
#ifdef IPPROTO_FRAGMENT
    {"IPPROTO_FRAGMENT", (long long)IPPROTO_FRAGMENT},
#endif
#ifdef IPPROTO_GRE
    {"IPPROTO_GRE", (long long)IPPROTO_GRE},
#endif
#ifdef IPPROTO_HOPOPTS
    {"IPPROTO_HOPOPTS", (long long)IPPROTO_HOPOPTS},
#endif
#ifdef IPPROTO_ICMP
    {"IPPROTO_ICMP", (long long)IPPROTO_ICMP},
#endif
#ifdef IPPROTO_ICMPV6
    {"IPPROTO_ICMPV6", (long long)IPPROTO_ICMPV6},
#endif
#ifdef IPPROTO_IDP
    {"IPPROTO_IDP", (long long)IPPROTO_IDP},
#endif
#ifdef IPPROTO_IGMP
    {"IPPROTO_IGMP", (long long)IPPROTO_IGMP},
#endif
#ifdef IPPROTO_IP
    {"IPPROTO_IP", (long long)IPPROTO_IP},
#endif
#ifdef IPPROTO_IPIP
    {"IPPROTO_IPIP", (long long)IPPROTO_IPIP},
#endif
#ifdef IPPROTO_IPV6
    {"IPPROTO_IPV6", (long long)IPPROTO_IPV6},
#endif
#ifdef IPPROTO_MPTCP
    {"IPPROTO_MPTCP", (long long)IPPROTO_MPTCP},
#endif
#ifdef IPPROTO_NONE
    {"IPPROTO_NONE", (long long)IPPROTO_NONE},
#endif
#ifdef IPPROTO_PIM
    {"IPPROTO_PIM", (long long)IPPROTO_PIM},
#endif
#ifdef IPPROTO_PUP
    {"IPPROTO_PUP", (long long)IPPROTO_PUP},
#endif
#ifdef IPPROTO_RAW
    {"IPPROTO_RAW", (long long)IPPROTO_RAW},
#endif
#ifdef IPPROTO_ROUTING
    {"IPPROTO_ROUTING", (long long)IPPROTO_ROUTING},
#endif
#ifdef IPPROTO_RSVP
    {"IPPROTO_RSVP", (long long)IPPROTO_RSVP},
#endif
#ifdef IPPROTO_SCTP
    {"IPPROTO_SCTP", (long long)IPPROTO_SCTP},
#endif
#ifdef IPPROTO_TCP
    {"IPPROTO_TCP", (long long)IPPROTO_TCP},
#endif
#ifdef IPPROTO_TP
    {"IPPROTO_TP", (long long)IPPROTO_TP},
#endif
#ifdef IPPROTO_UDP
    {"IPPROTO_UDP", (long long)IPPROTO_UDP},
#endif
#ifdef IPPROTO_UDPLITE
    {"IPPROTO_UDPLITE", (long long)IPPROTO_UDPLITE},
#endif
#ifdef IPV6_CHECKSUM
    {"IPV6_CHECKSUM", (long long)IPV6_CHECKSUM},
#endif
#ifdef IPV6_DONTFRAG
    {"IPV6_DONTFRAG", (long long)IPV6_DONTFRAG},
#endif
#ifdef IPV6_DSTOPTS
    {"IPV6_DSTOPTS", (long long)IPV6_DSTOPTS},
#endif
#ifdef IPV6_HOPLIMIT
    {"IPV6_HOPLIMIT", (long long)IPV6_HOPLIMIT},
#endif
#ifdef IPV6_HOPOPTS
    {"IPV6_HOPOPTS", (long long)IPV6_HOPOPTS},
#endif
#ifdef IPV6_JOIN_GROUP
    {"IPV6_JOIN_GROUP", (long long)IPV6_JOIN_GROUP},
#endif
#ifdef IPV6_LEAVE_GROUP
    {"IPV6_LEAVE_GROUP", (long long)IPV6_LEAVE_GROUP},
#endif
#ifdef IPV6_MULTICAST_HOPS
    {"IPV6_MULTICAST_HOPS", (long long)IPV6_MULTICAST_HOPS},
#endif
#ifdef IPV6_MULTICAST_IF
    {"IPV6_MULTICAST_IF", (long long)IPV6_MULTICAST_IF},
#endif
#ifdef IPV6_MULTICAST_LOOP
    {"IPV6_MULTICAST_LOOP", (long long)IPV6_MULTICAST_LOOP},
#endif
#ifdef IPV6_NEXTHOP
    {"IPV6_NEXTHOP", (long long)IPV6_NEXTHOP},
#endif
#ifdef IPV6_PATHMTU
    {"IPV6_PATHMTU", (long long)IPV6_PATHMTU},
#endif
#ifdef IPV6_PKTINFO
    {"IPV6_PKTINFO", (long long)IPV6_PKTINFO},
#endif
#ifdef IPV6_RECVDSTOPTS
    {"IPV6_RECVDSTOPTS", (long long)IPV6_RECVDSTOPTS},
#endif
#ifdef IPV6_RECVHOPLIMIT
    {"IPV6_RECVHOPLIMIT", (long long)IPV6_RECVHOPLIMIT},
#endif
#ifdef IPV6_RECVHOPOPTS
    {"IPV6_RECVHOPOPTS", (long long)IPV6_RECVHOPOPTS},
#endif
#ifdef IPV6_RECVPATHMTU
    {"IPV6_RECVPATHMTU", (long long)IPV6_RECVPATHMTU},
#endif
#ifdef IPV6_RECVPKTINFO
    {"IPV6_RECVPKTINFO", (long long)IPV6_RECVPKTINFO},
#endif
#ifdef IPV6_RECVRTHDR
    {"IPV6_RECVRTHDR", (long long)IPV6_RECVRTHDR},
#endif
#ifdef IPV6_RECVTCLASS
    {"IPV6_RECVTCLASS", (long long)IPV6_RECVTCLASS},
#endif
#ifdef IPV6_RTHDR
    {"IPV6_RTHDR", (long long)IPV6_RTHDR},
#endif
#ifdef IPV6_RTHDRDSTOPTS
    {"IPV6_RTHDRDSTOPTS", (long long)IPV6_RTHDRDSTOPTS},
#endif
#ifdef IPV6_RTHDR_TYPE_0
    {"IPV6_RTHDR_TYPE_0", (long long)IPV6_RTHDR_TYPE_0},
#endif
#ifdef IPV6_TCLASS
    {"IPV6_TCLASS", (long long)IPV6_TCLASS},
#endif
#ifdef IPV6_UNICAST_HOPS
    {"IPV6_UNICAST_HOPS", (long long)IPV6_UNICAST_HOPS},
#endif
#ifdef IPV6_V6ONLY
    {"IPV6_V6ONLY", (long long)IPV6_V6ONLY},
#endif
#ifdef IP_ADD_MEMBERSHIP
    {"IP_ADD_MEMBERSHIP", (long long)IP_ADD_MEMBERSHIP},
#endif
#ifdef IP_DEFAULT_MULTICAST_LOOP
    {"IP_DEFAULT_MULTICAST_LOOP", (long long)IP_DEFAULT_MULTICAST_LOOP},
#endif
#ifdef IP_DEFAULT_MULTICAST_TTL
    {"IP_DEFAULT_MULTICAST_TTL", (long long)IP_DEFAULT_MULTICAST_TTL},
#endif
#ifdef IP_DROP_MEMBERSHIP
    {"IP_DROP_MEMBERSHIP", (long long)IP_DROP_MEMBERSHIP},
#endif
#ifdef IP_HDRINCL
    {"IP_HDRINCL", (long long)IP_HDRINCL},
#endif
#ifdef IP_MAX_MEMBERSHIPS
    {"IP_MAX_MEMBERSHIPS", (long long)IP_MAX_MEMBERSHIPS},
#endif
#ifdef IP_MULTICAST_IF
    {"IP_MULTICAST_IF", (long long)IP_MULTICAST_IF},
#endif
#ifdef IP_MULTICAST_LOOP
    {"IP_MULTICAST_LOOP", (long long)IP_MULTICAST_LOOP},
#endif
#ifdef IP_MULTICAST_TTL
    {"IP_MULTICAST_TTL", (long long)IP_MULTICAST_TTL},
#endif
#ifdef IP_OPTIONS
    {"IP_OPTIONS", (long long)IP_OPTIONS},
#endif
#ifdef IP_RECVOPTS
    {"IP_RECVOPTS", (long long)IP_RECVOPTS},
#endif
#ifdef IP_RECVRETOPTS
    {"IP_RECVRETOPTS", (long long)IP_RECVRETOPTS},
#endif
#ifdef IP_RECVTOS
    {"IP_RECVTOS", (long long)IP_RECVTOS},
#endif
#ifdef IP_RETOPTS
    {"IP_RETOPTS", (long long)IP_RETOPTS},
#endif
#ifdef IP_TOS
    {"IP_TOS", (long long)IP_TOS},
#endif
#ifdef IP_TRANSPARENT
    {"IP_TRANSPARENT", (long long)IP_TRANSPARENT},
#endif
#ifdef IP_TTL
    {"IP_TTL", (long long)IP_TTL},
#endif
#ifdef J1939_FILTER_MAX
    {"J1939_FILTER_MAX", (long long)J1939_FILTER_MAX},
#endif
#ifdef J1939_IDLE_ADDR
    {"J1939_IDLE_ADDR", (long long)J1939_IDLE_ADDR},
#endif
#ifdef J1939_MAX_UNICAST_ADDR
    {"J1939_MAX_UNICAST_ADDR", (long long)J1939_MAX_UNICAST_ADDR},
#endif
#ifdef J1939_NO_ADDR
    {"J1939_NO_ADDR", (long long)J1939_NO_ADDR},
#endif
#ifdef J1939_NO_NAME
    {"J1939_NO_NAME", (long long)J1939_NO_NAME},
#endif
#ifdef J1939_NO_PGN
    {"J1939_NO_PGN", (long long)J1939_NO_PGN},
#endif
#ifdef J1939_PGN_ADDRESS_CLAIMED
    {"J1939_PGN_ADDRESS_CLAIMED", (long long)J1939_PGN_ADDRESS_CLAIMED},
#endif
#ifdef J1939_PGN_ADDRESS_COMMANDED
    {"J1939_PGN_ADDRESS_COMMANDED", (long long)J1939_PGN_ADDRESS_COMMANDED},
#endif
#ifdef J1939_PGN_MAX
    {"J1939_PGN_MAX", (long long)J1939_PGN_MAX},
#endif
#ifdef J1939_PGN_PDU1_MAX
    {"J1939_PGN_PDU1_MAX", (long long)J1939_PGN_PDU1_MAX},
#endif
#ifdef J1939_PGN_REQUEST
    {"J1939_PGN_REQUEST", (long long)J1939_PGN_REQUEST},
#endif
#ifdef MSG_CMSG_CLOEXEC
    {"MSG_CMSG_CLOEXEC", (long long)MSG_CMSG_CLOEXEC},
#endif
#ifdef MSG_CONFIRM
    {"MSG_CONFIRM", (long long)MSG_CONFIRM},
#endif
#ifdef MSG_CTRUNC
    {"MSG_CTRUNC", (long long)MSG_CTRUNC},
#endif
#ifdef MSG_DONTROUTE
    {"MSG_DONTROUTE", (long long)MSG_DONTROUTE},
#endif
#ifdef MSG_DONTWAIT
    {"MSG_DONTWAIT", (long long)MSG_DONTWAIT},
#endif
#ifdef MSG_EOR
    {"MSG_EOR", (long long)MSG_EOR},
#endif
#ifdef MSG_ERRQUEUE
    {"MSG_ERRQUEUE", (long long)MSG_ERRQUEUE},
#endif
#ifdef MSG_FASTOPEN
    {"MSG_FASTOPEN", (long long)MSG_FASTOPEN},
#endif
#ifdef MSG_MORE
    {"MSG_MORE", (long long)MSG_MORE},
#endif
#ifdef MSG_NOSIGNAL
    {"MSG_NOSIGNAL", (long long)MSG_NOSIGNAL},
#endif
#ifdef MSG_OOB
    {"MSG_OOB", (long long)MSG_OOB},
#endif
#ifdef MSG_PEEK
    {"MSG_PEEK", (long long)MSG_PEEK},
#endif
#ifdef MSG_TRUNC
    {"MSG_TRUNC", (long long)MSG_TRUNC},
#endif
#ifdef MSG_WAITALL
    {"MSG_WAITALL", (long long)MSG_WAITALL},
#endif
#ifdef NETLINK_CRYPTO
    {"NETLINK_CRYPTO", (long long)NETLINK_CRYPTO},
#endif
#ifdef NETLINK_DNRTMSG
    {"NETLINK_DNRTMSG", (long long)NETLINK_DNRTMSG},
#endif
#ifdef NETLINK_FIREWALL
    {"NETLINK_FIREWALL", (long long)NETLINK_FIREWALL},
#endif
#ifdef NETLINK_IP6_FW
    {"NETLINK_IP6_FW", (long long)NETLINK_IP6_FW},
#endif
#ifdef NETLINK_NFLOG
    {"NETLINK_NFLOG", (long long)NETLINK_NFLOG},
#endif
#ifdef NETLINK_ROUTE
    {"NETLINK_ROUTE", (long long)NETLINK_ROUTE},
#endif
#ifdef NETLINK_USERSOCK
    {"NETLINK_USERSOCK", (long long)NETLINK_USERSOCK},
#endif
#ifdef NETLINK_XFRM
    {"NETLINK_XFRM", (long long)NETLINK_XFRM},
#endif
#ifdef NI_DGRAM
    {"NI_DGRAM", (long long)NI_DGRAM},
#endif
#ifdef NI_MAXHOST
    {"NI_MAXHOST", (long long)NI_MAXHOST},
#endif
#ifdef NI_MAXSERV
    {"NI_MAXSERV", (long long)NI_MAXSERV},
#endif
#ifdef NI_NAMEREQD
    {"NI_NAMEREQD", (long long)NI_NAMEREQD},
#endif
#ifdef NI_NOFQDN
    {"NI_NOFQDN", (long long)NI_NOFQDN},
#endif
#ifdef NI_NUMERICHOST
    {"NI_NUMERICHOST", (long long)NI_NUMERICHOST},
#endif
#ifdef NI_NUMERICSERV
    {"NI_NUMERICSERV", (long long)NI_NUMERICSERV},
#endif
#ifdef PACKET_BROADCAST
    {"PACKET_BROADCAST", (long long)PACKET_BROADCAST},
#endif
#ifdef PACKET_FASTROUTE
    {"PACKET_FASTROUTE", (long long)PACKET_FASTROUTE},
#endif
#ifdef PACKET_HOST
    {"PACKET_HOST", (long long)PACKET_HOST},
#endif
#ifdef PACKET_LOOPBACK
    {"PACKET_LOOPBACK", (long long)PACKET_LOOPBACK},
#endif
#ifdef PACKET_MULTICAST
    {"PACKET_MULTICAST", (long long)PACKET_MULTICAST},
#endif
#ifdef PACKET_OTHERHOST
    {"PACKET_OTHERHOST", (long long)PACKET_OTHERHOST},
#endif
#ifdef PACKET_OUTGOING
    {"PACKET_OUTGOING", (long long)PACKET_OUTGOING},
#endif
#ifdef PF_CAN
    {"PF_CAN", (long long)PF_CAN},
#endif
#ifdef PF_PACKET
    {"PF_PACKET", (long long)PF_PACKET},
#endif
#ifdef PF_RDS
    {"PF_RDS", (long long)PF_RDS},
#endif
#ifdef SCM_CREDENTIALS
    {"SCM_CREDENTIALS", (long long)SCM_CREDENTIALS},
#endif
#ifdef SCM_RIGHTS
    {"SCM_RIGHTS", (long long)SCM_RIGHTS},
#endif
#ifdef SHUT_RD
    {"SHUT_RD", (long long)SHUT_RD},
#endif
#ifdef SHUT_RDWR
    {"SHUT_RDWR", (long long)SHUT_RDWR},
#endif
#ifdef SHUT_WR
    {"SHUT_WR", (long long)SHUT_WR},
#endif
#ifdef SOCK_CLOEXEC
    {"SOCK_CLOEXEC", (long long)SOCK_CLOEXEC},
#endif
#ifdef SOCK_DGRAM
    {"SOCK_DGRAM", (long long)SOCK_DGRAM},
#endif
#ifdef SOCK_NONBLOCK
    {"SOCK_NONBLOCK", (long long)SOCK_NONBLOCK},
#endif
#ifdef SOCK_RAW
    {"SOCK_RAW", (long long)SOCK_RAW},
#endif
#ifdef SOCK_RDM
    {"SOCK_RDM", (long long)SOCK_RDM},
#endif
#ifdef SOCK_SEQPACKET
    {"SOCK_SEQPACKET", (long long)SOCK_SEQPACKET},
#endif
#ifdef SOCK_STREAM
    {"SOCK_STREAM", (long long)SOCK_STREAM},
#endif
#ifdef SOL_ALG
    {"SOL_ALG", (long long)SOL_ALG},
#endif
#ifdef SOL_CAN_BASE
    {"SOL_CAN_BASE", (long long)SOL_CAN_BASE},
#endif
#ifdef SOL_CAN_RAW
    {"SOL_CAN_RAW", (long long)SOL_CAN_RAW},
#endif
#ifdef SOL_IP
    {"SOL_IP", (long long)SOL_IP},
#endif
#ifdef SOL_RDS
    {"SOL_RDS", (long long)SOL_RDS},
#endif
#ifdef SOL_SOCKET
    {"SOL_SOCKET", (long long)SOL_SOCKET},
#endif
#ifdef SOL_TCP
    {"SOL_TCP", (long long)SOL_TCP},
#endif
#ifdef SOL_TIPC
    {"SOL_TIPC", (long long)SOL_TIPC},
#endif
#ifdef SOMAXCONN
    {"SOMAXCONN", (long long)SOMAXCONN},
#endif
#ifdef SO_ACCEPTCONN
    {"SO_ACCEPTCONN", (long long)SO_ACCEPTCONN},
#endif
#ifdef SO_BINDTODEVICE
    {"SO_BINDTODEVICE", (long long)SO_BINDTODEVICE},
#endif
#ifdef SO_BROADCAST
    {"SO_BROADCAST", (long long)SO_BROADCAST},
#endif
#ifdef SO_DEBUG
    {"SO_DEBUG", (long long)SO_DEBUG},
#endif
#ifdef SO_DOMAIN
    {"SO_DOMAIN", (long long)SO_DOMAIN},
#endif
#ifdef SO_DONTROUTE
    {"SO_DONTROUTE", (long long)SO_DONTROUTE},
#endif
#ifdef SO_ERROR
    {"SO_ERROR", (long long)SO_ERROR},
#endif
#ifdef SO_KEEPALIVE
    {"SO_KEEPALIVE", (long long)SO_KEEPALIVE},
#endif
#ifdef SO_LINGER
    {"SO_LINGER", (long long)SO_LINGER},
#endif
#ifdef SO_MARK
    {"SO_MARK", (long long)SO_MARK},
#endif
#ifdef SO_OOBINLINE
    {"SO_OOBINLINE", (long long)SO_OOBINLINE},
#endif
#ifdef SO_PASSCRED
    {"SO_PASSCRED", (long long)SO_PASSCRED},
#endif
#ifdef SO_PASSSEC
    {"SO_PASSSEC", (long long)SO_PASSSEC},
#endif
#ifdef SO_PEERCRED
    {"SO_PEERCRED", (long long)SO_PEERCRED},
#endif
#ifdef SO_PEERSEC
    {"SO_PEERSEC", (long long)SO_PEERSEC},
#endif
#ifdef SO_PRIORITY
    {"SO_PRIORITY", (long long)SO_PRIORITY},
#endif
#ifdef SO_PROTOCOL
    {"SO_PROTOCOL", (long long)SO_PROTOCOL},
#endif
#ifdef SO_RCVBUF
    {"SO_RCVBUF", (long long)SO_RCVBUF},
#endif
#ifdef SO_RCVLOWAT
    {"SO_RCVLOWAT", (long long)SO_RCVLOWAT},
#endif
#ifdef SO_RCVTIMEO
    {"SO_RCVTIMEO", (long long)SO_RCVTIMEO},
#endif
#ifdef SO_REUSEADDR
    {"SO_REUSEADDR", (long long)SO_REUSEADDR},
#endif
#ifdef SO_REUSEPORT
    {"SO_REUSEPORT", (long long)SO_REUSEPORT},
#endif
#ifdef SO_SNDBUF
    {"SO_SNDBUF", (long long)SO_SNDBUF},
#endif
#ifdef SO_SNDLOWAT
    {"SO_SNDLOWAT", (long long)SO_SNDLOWAT},
#endif
#ifdef SO_SNDTIMEO
    {"SO_SNDTIMEO", (long long)SO_SNDTIMEO},
#endif
#ifdef SO_TYPE
    {"SO_TYPE", (long long)SO_TYPE},
#endif
#ifdef SO_VM_SOCKETS_BUFFER_MAX_SIZE
    {"SO_VM_SOCKETS_BUFFER_MAX_SIZE", (long long)SO_VM_SOCKETS_BUFFER_MAX_SIZE},
#endif
#ifdef SO_VM_SOCKETS_BUFFER_MIN_SIZE
    {"SO_VM_SOCKETS_BUFFER_MIN_SIZE", (long long)SO_VM_SOCKETS_BUFFER_MIN_SIZE},
#endif
#ifdef SO_VM_SOCKETS_BUFFER_SIZE
    {"SO_VM_SOCKETS_BUFFER_SIZE", (long long)SO_VM_SOCKETS_BUFFER_SIZE},
#endif
#ifdef TCP_CONGESTION
    {"TCP_CONGESTION", (long long)TCP_CONGESTION},
#endif
#ifdef TCP_CORK
    {"TCP_CORK", (long long)TCP_CORK},
#endif
#ifdef TCP_DEFER_ACCEPT
    {"TCP_DEFER_ACCEPT", (long long)TCP_DEFER_ACCEPT},
#endif
#ifdef TCP_FASTOPEN
    {"TCP_FASTOPEN", (long long)TCP_FASTOPEN},
#endif
#ifdef TCP_INFO
    {"TCP_INFO", (long long)TCP_INFO},
#endif
#ifdef TCP_KEEPCNT
    {"TCP_KEEPCNT", (long long)TCP_KEEPCNT},
#endif
#ifdef TCP_KEEPIDLE
    {"TCP_KEEPIDLE", (long long)TCP_KEEPIDLE},
#endif
#ifdef TCP_KEEPINTVL
    {"TCP_KEEPINTVL", (long long)TCP_KEEPINTVL},
#endif
#ifdef TCP_LINGER2
    {"TCP_LINGER2", (long long)TCP_LINGER2},
#endif
#ifdef TCP_MAXSEG
    {"TCP_MAXSEG", (long long)TCP_MAXSEG},
#endif
#ifdef TCP_NODELAY
    {"TCP_NODELAY", (long long)TCP_NODELAY},
#endif
#ifdef TCP_NOTSENT_LOWAT
    {"TCP_NOTSENT_LOWAT", (long long)TCP_NOTSENT_LOWAT},
#endif
#ifdef TCP_QUICKACK
    {"TCP_QUICKACK", (long long)TCP_QUICKACK},
#endif
#ifdef TCP_SYNCNT
    {"TCP_SYNCNT", (long long)TCP_SYNCNT},
#endif
#ifdef TCP_USER_TIMEOUT
    {"TCP_USER_TIMEOUT", (long long)TCP_USER_TIMEOUT},
#endif
#ifdef TCP_WINDOW_CLAMP
    {"TCP_WINDOW_CLAMP", (long long)TCP_WINDOW_CLAMP},
#endif
#ifdef TIPC_ADDR_ID
    {"TIPC_ADDR_ID", (long long)TIPC_ADDR_ID},
#endif
#ifdef TIPC_ADDR_NAME
    {"TIPC_ADDR_NAME", (long long)TIPC_ADDR_NAME},
#endif
#ifdef TIPC_ADDR_NAMESEQ
    {"TIPC_ADDR_NAMESEQ", (long long)TIPC_ADDR_NAMESEQ},
#endif
#ifdef TIPC_CFG_SRV
    {"TIPC_CFG_SRV", (long long)TIPC_CFG_SRV},
#endif
#ifdef TIPC_CONN_TIMEOUT
    {"TIPC_CONN_TIMEOUT", (long long)TIPC_CONN_TIMEOUT},
#endif
#ifdef TIPC_CRITICAL_IMPORTANCE
    {"TIPC_CRITICAL_IMPORTANCE", (long long)TIPC_CRITICAL_IMPORTANCE},
#endif
#ifdef TIPC_DEST_DROPPABLE
    {"TIPC_DEST_DROPPABLE", (long long)TIPC_DEST_DROPPABLE},
#endif
#ifdef TIPC_HIGH_IMPORTANCE
    {"TIPC_HIGH_IMPORTANCE", (long long)TIPC_HIGH_IMPORTANCE},
#endif
#ifdef TIPC_IMPORTANCE
    {"TIPC_IMPORTANCE", (long long)TIPC_IMPORTANCE},
#endif
#ifdef TIPC_LOW_IMPORTANCE
    {"TIPC_LOW_IMPORTANCE", (long long)TIPC_LOW_IMPORTANCE},
#endif
#ifdef TIPC_MEDIUM_IMPORTANCE
    {"TIPC_MEDIUM_IMPORTANCE", (long long)TIPC_MEDIUM_IMPORTANCE},
#endif
#ifdef TIPC_PUBLISHED
    {"TIPC_PUBLISHED", (long long)TIPC_PUBLISHED},
#endif
#ifdef TIPC_SRC_DROPPABLE
    {"TIPC_SRC_DROPPABLE", (long long)TIPC_SRC_DROPPABLE},
#endif
#ifdef TIPC_SUBSCR_TIMEOUT
    {"TIPC_SUBSCR_TIMEOUT", (long long)TIPC_SUBSCR_TIMEOUT},
#endif
#ifdef TIPC_SUB_CANCEL
    {"TIPC_SUB_CANCEL", (long long)TIPC_SUB_CANCEL},
#endif
#ifdef TIPC_SUB_PORTS
    {"TIPC_SUB_PORTS", (long long)TIPC_SUB_PORTS},
#endif
#ifdef TIPC_SUB_SERVICE
    {"TIPC_SUB_SERVICE", (long long)TIPC_SUB_SERVICE},
#endif
#ifdef TIPC_TOP_SRV
    {"TIPC_TOP_SRV", (long long)TIPC_TOP_SRV},
#endif
#ifdef TIPC_WAIT_FOREVER
    {"TIPC_WAIT_FOREVER", (long long)TIPC_WAIT_FOREVER},
#endif
#ifdef TIPC_WITHDRAWN
    {"TIPC_WITHDRAWN", (long long)TIPC_WITHDRAWN},
#endif
#ifdef TIPC_ZONE_SCOPE
    {"TIPC_ZONE_SCOPE", (long long)TIPC_ZONE_SCOPE},
#endif
#ifdef VMADDR_CID_ANY
    {"VMADDR_CID_ANY", (long long)VMADDR_CID_ANY},
#endif
#ifdef VMADDR_CID_HOST
    {"VMADDR_CID_HOST", (long long)VMADDR_CID_HOST},
#endif
#ifdef VMADDR_PORT_ANY
    {"VMADDR_PORT_ANY", (long long)VMADDR_PORT_ANY},
#endif
#ifdef VM_SOCKETS_INVALID_VERSION
    {"VM_SOCKETS_INVALID_VERSION", (long long)VM_SOCKETS_INVALID_VERSION},
#endif
#ifdef __linux__
    // Enumerators, and what no header here names.
    {"ALG_OP_SIGN", 2LL},
    {"ALG_OP_VERIFY", 3LL},
    {"ALG_SET_PUBKEY", 6LL},
    {"CAN_BCM_CAN_FD_FRAME", 2048LL},
    {"CAN_BCM_RX_ANNOUNCE_RESUME", 256LL},
    {"CAN_BCM_RX_CHANGED", 12LL},
    {"CAN_BCM_RX_CHECK_DLC", 64LL},
    {"CAN_BCM_RX_DELETE", 6LL},
    {"CAN_BCM_RX_FILTER_ID", 32LL},
    {"CAN_BCM_RX_NO_AUTOTIMER", 128LL},
    {"CAN_BCM_RX_READ", 7LL},
    {"CAN_BCM_RX_RTR_FRAME", 1024LL},
    {"CAN_BCM_RX_SETUP", 5LL},
    {"CAN_BCM_RX_STATUS", 10LL},
    {"CAN_BCM_RX_TIMEOUT", 11LL},
    {"CAN_BCM_SETTIMER", 1LL},
    {"CAN_BCM_STARTTIMER", 2LL},
    {"CAN_BCM_TX_ANNOUNCE", 8LL},
    {"CAN_BCM_TX_COUNTEVT", 4LL},
    {"CAN_BCM_TX_CP_CAN_ID", 16LL},
    {"CAN_BCM_TX_DELETE", 2LL},
    {"CAN_BCM_TX_EXPIRED", 9LL},
    {"CAN_BCM_TX_READ", 3LL},
    {"CAN_BCM_TX_RESET_MULTI_IDX", 512LL},
    {"CAN_BCM_TX_SEND", 4LL},
    {"CAN_BCM_TX_SETUP", 1LL},
    {"CAN_BCM_TX_STATUS", 8LL},
    {"CAN_RAW_ERR_FILTER", (long long)CAN_RAW_ERR_FILTER},
    {"CAN_RAW_FD_FRAMES", (long long)CAN_RAW_FD_FRAMES},
    {"CAN_RAW_FILTER", (long long)CAN_RAW_FILTER},
    {"CAN_RAW_JOIN_FILTERS", (long long)CAN_RAW_JOIN_FILTERS},
    {"CAN_RAW_LOOPBACK", (long long)CAN_RAW_LOOPBACK},
    {"CAN_RAW_RECV_OWN_MSGS", (long long)CAN_RAW_RECV_OWN_MSGS},
    {"IPPORT_USERRESERVED", (long long)IPPORT_USERRESERVED},
    {"J1939_EE_INFO_NONE", (long long)J1939_EE_INFO_NONE},
    {"J1939_EE_INFO_TX_ABORT", (long long)J1939_EE_INFO_TX_ABORT},
    {"J1939_NLA_BYTES_ACKED", (long long)J1939_NLA_BYTES_ACKED},
    {"J1939_NLA_PAD", (long long)J1939_NLA_PAD},
    {"SCM_J1939_DEST_ADDR", (long long)SCM_J1939_DEST_ADDR},
    {"SCM_J1939_DEST_NAME", (long long)SCM_J1939_DEST_NAME},
    {"SCM_J1939_ERRQUEUE", (long long)SCM_J1939_ERRQUEUE},
    {"SCM_J1939_PRIO", (long long)SCM_J1939_PRIO},
    {"SOL_UDP", 17LL},
    {"SO_J1939_ERRQUEUE", (long long)SO_J1939_ERRQUEUE},
    {"SO_J1939_FILTER", (long long)SO_J1939_FILTER},
    {"SO_J1939_PROMISC", (long long)SO_J1939_PROMISC},
    {"SO_J1939_SEND_PRIO", (long long)SO_J1939_SEND_PRIO},
    {"TIPC_CLUSTER_SCOPE", (long long)TIPC_CLUSTER_SCOPE},
    {"TIPC_NODE_SCOPE", (long long)TIPC_NODE_SCOPE},
    {"UDPLITE_RECV_CSCOV", 11LL},
    {"UDPLITE_SEND_CSCOV", 10LL},
#endif
    {0, 0},
};
