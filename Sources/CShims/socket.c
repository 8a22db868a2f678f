// Sockets for PyModules/Socket: see CShimsSocket.h.
#define _GNU_SOURCE 1
#include "CShimsSocket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/netlink.h>
#endif

static struct sockaddr *raw(const taipan_address *address) { return (struct sockaddr *)(void *)address->words; }

void taipan_address_clear(taipan_address *address) { memset(address, 0, sizeof *address); }

int taipan_address_family(const taipan_address *address) { return address->length < sizeof(sa_family_t) ? -1 : raw(address)->sa_family; }

void taipan_address_inet(taipan_address *address, const unsigned char *ip, int port) {
    taipan_address_clear(address);
    struct sockaddr_in *in = (struct sockaddr_in *)(void *)address->words;
    in->sin_family = AF_INET;
    in->sin_port = htons((uint16_t)port);
    memcpy(&in->sin_addr, ip, 4);
    address->length = sizeof *in;
}

void taipan_address_inet6(taipan_address *address, const unsigned char *ip, int port, uint32_t flow, uint32_t scope) {
    taipan_address_clear(address);
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)(void *)address->words;
    in->sin6_family = AF_INET6;
    in->sin6_port = htons((uint16_t)port);
    in->sin6_flowinfo = htonl(flow);
    in->sin6_scope_id = scope;
    memcpy(&in->sin6_addr, ip, 16);
    address->length = sizeof *in;
}

int taipan_address_unix(taipan_address *address, const unsigned char *path, size_t length) {
    taipan_address_clear(address);
    struct sockaddr_un *un = (struct sockaddr_un *)(void *)address->words;
    int is_abstract = length == 0 || path[0] == 0;
#ifndef __linux__
    is_abstract = 0;
#endif
    if (length > sizeof un->sun_path || (!is_abstract && length >= sizeof un->sun_path)) return -1;
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, path, length);
    address->length = (uint32_t)(offsetof(struct sockaddr_un, sun_path) + length + (is_abstract ? 0 : 1));
    return 0;
}

void taipan_address_netlink(taipan_address *address, uint32_t pid, uint32_t groups) {
    taipan_address_clear(address);
#ifdef __linux__
    struct sockaddr_nl *nl = (struct sockaddr_nl *)(void *)address->words;
    nl->nl_family = AF_NETLINK;
    nl->nl_pid = pid;
    nl->nl_groups = groups;
    address->length = sizeof *nl;
#endif
}

void taipan_address_netlink_parts(const taipan_address *address, uint32_t *pid, uint32_t *groups) {
#ifdef __linux__
    const struct sockaddr_nl *nl = (const struct sockaddr_nl *)(const void *)address->words;
    *pid = nl->nl_pid;
    *groups = nl->nl_groups;
#else
    *pid = *groups = 0;
#endif
}

const unsigned char *taipan_address_ip(const taipan_address *address) {
    switch (taipan_address_family(address)) {
    case AF_INET: return (const unsigned char *)&((const struct sockaddr_in *)(const void *)address->words)->sin_addr;
    case AF_INET6: return (const unsigned char *)&((const struct sockaddr_in6 *)(const void *)address->words)->sin6_addr;
    default: return NULL;
    }
}

int taipan_address_port(const taipan_address *address) { return ntohs(((const struct sockaddr_in *)(const void *)address->words)->sin_port); }
uint32_t taipan_address_flow(const taipan_address *address) { return ntohl(((const struct sockaddr_in6 *)(const void *)address->words)->sin6_flowinfo); }
uint32_t taipan_address_scope(const taipan_address *address) { return ((const struct sockaddr_in6 *)(const void *)address->words)->sin6_scope_id; }

const unsigned char *taipan_address_path(const taipan_address *address, size_t *length) {
    const struct sockaddr_un *un = (const struct sockaddr_un *)(const void *)address->words;
    size_t start = offsetof(struct sockaddr_un, sun_path);
    *length = address->length > start ? address->length - start : 0;
    return (const unsigned char *)un->sun_path;
}

int taipan_socket(int family, int type, int protocol) {
#ifdef SOCK_CLOEXEC
    return socket(family, type | SOCK_CLOEXEC, protocol);
#else
    int made = socket(family, type, protocol);
    if (made >= 0) fcntl(made, F_SETFD, FD_CLOEXEC);
    return made;
#endif
}

int taipan_socketpair(int family, int type, int protocol, int *ends) {
#ifdef SOCK_CLOEXEC
    return socketpair(family, type | SOCK_CLOEXEC, protocol, ends);
#else
    if (socketpair(family, type, protocol, ends) < 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

int taipan_accept(int socket, taipan_address *address) {
    socklen_t length = sizeof address->words;
    taipan_address_clear(address);
#ifdef __linux__
    int made = accept4(socket, raw(address), &length, SOCK_CLOEXEC);
#else
    int made = accept(socket, raw(address), &length);
    if (made >= 0) fcntl(made, F_SETFD, FD_CLOEXEC);
#endif
    address->length = length;
    return made;
}

int taipan_bind(int socket, const taipan_address *address) { return bind(socket, raw(address), address->length); }
int taipan_connect(int socket, const taipan_address *address) { return connect(socket, raw(address), address->length); }
int taipan_listen(int socket, int backlog) { return listen(socket, backlog); }
int taipan_shutdown(int socket, int how) { return shutdown(socket, how); }

int taipan_getsockname(int socket, taipan_address *address) {
    socklen_t length = sizeof address->words;
    taipan_address_clear(address);
    int result = getsockname(socket, raw(address), &length);
    address->length = length;
    return result;
}

int taipan_getpeername(int socket, taipan_address *address) {
    socklen_t length = sizeof address->words;
    taipan_address_clear(address);
    int result = getpeername(socket, raw(address), &length);
    address->length = length;
    return result;
}

long taipan_recv(int socket, void *buffer, size_t size, int flags, taipan_address *from) {
    if (!from) return recv(socket, buffer, size, flags);
    socklen_t length = sizeof from->words;
    taipan_address_clear(from);
    long result = recvfrom(socket, buffer, size, flags, raw(from), &length);
    from->length = result < 0 ? 0 : length;
    return result;
}

long taipan_send(int socket, const void *buffer, size_t size, int flags, const taipan_address *to) {
    return to ? sendto(socket, buffer, size, flags, raw(to), to->length) : send(socket, buffer, size, flags);
}

long taipan_recvmsg(int socket, void *vectors, int count, void *control, size_t *control_size, int *flags, taipan_address *from) {
    struct msghdr message;
    memset(&message, 0, sizeof message);
    taipan_address_clear(from);
    message.msg_name = raw(from);
    message.msg_namelen = sizeof from->words;
    message.msg_iov = vectors;
    message.msg_iovlen = (size_t)count;
    message.msg_control = control;
    message.msg_controllen = *control_size;
    long result = recvmsg(socket, &message, *flags);
    *control_size = message.msg_controllen;
    *flags = message.msg_flags;
    from->length = result < 0 ? 0 : message.msg_namelen;
    return result;
}

long taipan_sendmsg(int socket, const void *vectors, int count, const void *control, size_t control_size, int flags, const taipan_address *to) {
    struct msghdr message;
    memset(&message, 0, sizeof message);
    if (to) {
        message.msg_name = raw(to);
        message.msg_namelen = to->length;
    }
    message.msg_iov = (struct iovec *)vectors;
    message.msg_iovlen = (size_t)count;
    message.msg_control = (void *)control;
    message.msg_controllen = control_size;
    return sendmsg(socket, &message, flags);
}

int taipan_getsockopt(int socket, int level, int option, void *value, uint32_t *size) {
    socklen_t length = *size;
    int result = getsockopt(socket, level, option, value, &length);
    *size = length;
    return result;
}

int taipan_setsockopt(int socket, int level, int option, const void *value, uint32_t size) {
    return setsockopt(socket, level, option, value, size);
}

int taipan_socket_wait(int socket, int what, int milliseconds) {
    struct pollfd row = {.fd = socket, .events = what == 0 ? POLLIN : what == 1 ? POLLOUT : POLLOUT | POLLERR};
    return poll(&row, 1, milliseconds);
}

int taipan_socket_nature(int socket, int *family, int *type, int *protocol) {
    taipan_address address;
    if (*family == -1) {
        if (taipan_getsockname(socket, &address) < 0) return -1;
        *family = raw(&address)->sa_family;
    }
    socklen_t size = sizeof *type;
    if (*type == -1 && getsockopt(socket, SOL_SOCKET, SO_TYPE, type, &size) < 0) return -1;
#ifdef SO_PROTOCOL
    size = sizeof *protocol;
    if (*protocol == -1 && getsockopt(socket, SOL_SOCKET, SO_PROTOCOL, protocol, &size) < 0) return -1;
#else
    if (*protocol == -1) *protocol = 0;
#endif
    return 0;
}

size_t taipan_cmsg_len(size_t size) { return CMSG_LEN(size); }
size_t taipan_cmsg_space(size_t size) { return CMSG_SPACE(size); }

int taipan_cmsg_put(void *buffer, size_t size, size_t *at, int level, int type, const void *data, size_t count) {
    size_t space = CMSG_SPACE(count);
    if (*at > size || space > size - *at) return -1;
    struct cmsghdr *header = (struct cmsghdr *)(void *)((char *)buffer + *at);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(count);
    if (count) memcpy(CMSG_DATA(header), data, count);
    *at += space;
    return 0;
}

int taipan_cmsg_get(const void *buffer, size_t size, size_t *at, int *level, int *type, size_t *data, size_t *count) {
    if (*at > size || size - *at < sizeof(struct cmsghdr)) return 0;
    struct cmsghdr *header = (struct cmsghdr *)(void *)((char *)buffer + *at);
    size_t length = (size_t)header->cmsg_len, start = CMSG_LEN(0);
    if (length < start) return 0;
    if (length > size - *at) length = size - *at;
    *level = header->cmsg_level;
    *type = header->cmsg_type;
    *data = *at + start;
    *count = length - start;
    *at += CMSG_SPACE(*count);
    return 1;
}

int taipan_getaddrinfo(const char *host, const char *service, int family, int type, int protocol, int flags, void **list) {
    struct addrinfo hints, *rows = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = family;
    hints.ai_socktype = type;
    hints.ai_protocol = protocol;
    hints.ai_flags = flags;
    int result = getaddrinfo(host, service, &hints, &rows);
    *list = rows;
    return result;
}

void *taipan_addrinfo_next(void *row, int *family, int *type, int *protocol, const char **name, taipan_address *address) {
    struct addrinfo *info = row;
    *family = info->ai_family;
    *type = info->ai_socktype;
    *protocol = info->ai_protocol;
    *name = info->ai_canonname;
    taipan_address_clear(address);
    address->length = info->ai_addrlen > sizeof address->words ? sizeof address->words : info->ai_addrlen;
    memcpy(address->words, info->ai_addr, address->length);
    return info->ai_next;
}

void taipan_addrinfo_free(void *list) { if (list) freeaddrinfo(list); }

int taipan_getnameinfo(const taipan_address *address, char *host, size_t host_size, char *service, size_t service_size, int flags) {
    return getnameinfo(raw(address), address->length, host, (socklen_t)host_size, service, (socklen_t)service_size, flags);
}

const char *taipan_gai_strerror(int code) { return gai_strerror(code); }
int taipan_eai_system(void) { return EAI_SYSTEM; }

int taipan_service_port(const char *name, const char *protocol) {
    struct servent *found = getservbyname(name, protocol);
    return found ? ntohs((uint16_t)found->s_port) : -1;
}

const char *taipan_service_name(int port, const char *protocol) {
    struct servent *found = getservbyport(htons((uint16_t)port), protocol);
    return found ? found->s_name : NULL;
}

int taipan_protocol_number(const char *name) {
    struct protoent *found = getprotobyname(name);
    return found ? found->p_proto : -1;
}

int taipan_interfaces(unsigned *indices, char *names, int limit) {
    struct if_nameindex *rows = if_nameindex();
    if (!rows) return -1;
    int count = 0;
    for (struct if_nameindex *row = rows; row->if_index && row->if_name && count < limit; row++, count++) {
        indices[count] = row->if_index;
        strncpy(names + count * 64, row->if_name, 63);
        names[count * 64 + 63] = 0;
    }
    if_freenameindex(rows);
    return count;
}

int taipan_host_entry(const char *name, const taipan_address *address, void *context, void (*canonical)(void *, const char *),
                      void (*alias)(void *, const char *), void (*found)(void *, int, const unsigned char *)) {
    struct hostent *entry = NULL;
    h_errno = 0;
    if (address) {
        int family = taipan_address_family(address);
        entry = gethostbyaddr(taipan_address_ip(address), family == AF_INET6 ? 16 : 4, family);
    } else if (name) {
        entry = gethostbyname(name);
    }
    if (!entry) return h_errno ? h_errno : HOST_NOT_FOUND;
    canonical(context, entry->h_name);
    for (char **row = entry->h_aliases; row && *row; row++) alias(context, *row);
    for (char **row = entry->h_addr_list; row && *row; row++) found(context, entry->h_addrtype, (const unsigned char *)*row);
    return 0;
}

const char *taipan_host_error(int code) { return hstrerror(code); }
