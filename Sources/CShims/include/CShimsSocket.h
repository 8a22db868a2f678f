// Sockets with addresses as plain bytes, so that Swift needs no sockaddr casts. Results as the system's, errno set.
#ifndef TAIPAN_CSHIMS_SOCKET_H
#define TAIPAN_CSHIMS_SOCKET_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A sockaddr of any family: `length` of the bytes count.
typedef struct {
    uint64_t words[16];
    uint32_t length;
} taipan_address;

int taipan_address_family(const taipan_address *address);
void taipan_address_clear(taipan_address *address);
/// ip in network order. port in host order.
void taipan_address_inet(taipan_address *address, const unsigned char *ip, int port);
void taipan_address_inet6(taipan_address *address, const unsigned char *ip, int port, uint32_t flow, uint32_t scope);
/// 0, or -1 if the path is too long.
int taipan_address_unix(taipan_address *address, const unsigned char *path, size_t length);
void taipan_address_netlink(taipan_address *address, uint32_t pid, uint32_t groups);
/// The IP bytes (4 or 16 of them) and numbers of an internet address.
const unsigned char *_Nullable taipan_address_ip(const taipan_address *address);
int taipan_address_port(const taipan_address *address);
uint32_t taipan_address_flow(const taipan_address *address);
uint32_t taipan_address_scope(const taipan_address *address);
void taipan_address_netlink_parts(const taipan_address *address, uint32_t *pid, uint32_t *groups);
/// The path bytes; 0 for an unnamed socket.
const unsigned char *taipan_address_path(const taipan_address *address, size_t *length);

int taipan_socket(int family, int type, int protocol);
int taipan_socketpair(int family, int type, int protocol, int *ends);
int taipan_accept(int socket, taipan_address *address);
int taipan_bind(int socket, const taipan_address *address);
int taipan_connect(int socket, const taipan_address *address);
int taipan_getsockname(int socket, taipan_address *address);
int taipan_getpeername(int socket, taipan_address *address);
long taipan_recv(int socket, void *buffer, size_t size, int flags, taipan_address *_Nullable from);
long taipan_send(int socket, const void *buffer, size_t size, int flags, const taipan_address *_Nullable to);
long taipan_recvmsg(int socket, void *vectors, int count, void *_Nullable control, size_t *control_size, int *flags, taipan_address *from);
long taipan_sendmsg(int socket, const void *vectors, int count, const void *_Nullable control, size_t control_size, int flags, const taipan_address *_Nullable to);
int taipan_getsockopt(int socket, int level, int option, void *value, uint32_t *size);
int taipan_setsockopt(int socket, int level, int option, const void *_Nullable value, uint32_t size);
int taipan_shutdown(int socket, int how);
int taipan_listen(int socket, int backlog);
/// Waits until the socket can be read (0), written (1) or is connected (2): 1, 0 at the time limit, -1.
int taipan_socket_wait(int socket, int what, int milliseconds);
/// The socket's own domain, type and protocol; -1 if it is none.
int taipan_socket_nature(int socket, int *family, int *type, int *protocol);

size_t taipan_cmsg_len(size_t size);
size_t taipan_cmsg_space(size_t size);
/// Writes a control message at `*at` of a zeroed buffer: 0, or -1 if there is no room.
int taipan_cmsg_put(void *buffer, size_t size, size_t *at, int level, int type, const void *_Nullable data, size_t count);
/// The message at `*at`: 1 and its parts, 0 at the end.
int taipan_cmsg_get(const void *buffer, size_t size, size_t *at, int *level, int *type, size_t *data, size_t *count);

/// getaddrinfo: 0 and a list to walk and free, or the EAI number. NULL host, service: none.
int taipan_getaddrinfo(const char *_Nullable host, const char *_Nullable service, int family, int type, int protocol, int flags, void *_Nullable *_Nonnull list);
void *_Nullable taipan_addrinfo_next(void *row, int *family, int *type, int *protocol, const char *_Nullable *_Nonnull name, taipan_address *address);
void taipan_addrinfo_free(void *_Nullable list);
int taipan_getnameinfo(const taipan_address *address, char *host, size_t host_size, char *service, size_t service_size, int flags);
const char *taipan_gai_strerror(int code);
/// AI_NUMERICHOST and the like that the module itself uses.
int taipan_eai_system(void);

int taipan_service_port(const char *name, const char *_Nullable protocol);
const char *_Nullable taipan_service_name(int port, const char *_Nullable protocol);
int taipan_protocol_number(const char *name);
/// Rows of (index, name); returns how many there are, -1 on error.
int taipan_interfaces(unsigned *indices, char *names, int limit);

/// Host entry by address (or name, address NULL): callbacks get aliases and addresses. 0 or h_errno.
int taipan_host_entry(const char *_Nullable name, const taipan_address *_Nullable address, void *context,
                      void (*canonical)(void *context, const char *name), void (*alias)(void *context, const char *name),
                      void (*found)(void *context, int family, const unsigned char *ip));
const char *taipan_host_error(int code);

#pragma clang assume_nonnull end
#endif
