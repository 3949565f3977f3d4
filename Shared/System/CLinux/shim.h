#ifndef FORUM_CLINUX_H
#define FORUM_CLINUX_H

/* What the Glibc module does not export. Feature macros stay as they are: with _GNU_SOURCE the types that both
   modules see would differ. GNU extensions are declared by hand instead. */
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>

int accept4(int socket, struct sockaddr *peer, socklen_t *length, int flags);
void *memmem(const void *bytes, size_t count, const void *pattern, size_t pattern_count);
int pthread_setname_np(pthread_t thread, const char *name);

/* Swift cannot reach the union inside epoll_event. */
static inline int forum_epoll_control(int poller, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = { .events = events, .data = { .u64 = data } };
    return epoll_ctl(poller, operation, descriptor, &event);
}

static inline uint64_t forum_epoll_data(const struct epoll_event *event) { return event->data.u64; }

/* An enum in one libc and a macro in another; as plain numbers they are the same everywhere. */
enum {
    forum_socket_flags = SOCK_NONBLOCK | SOCK_CLOEXEC,
    forum_eventfd_flags = EFD_NONBLOCK | EFD_CLOEXEC,
    forum_epoll_flags = EPOLL_CLOEXEC,
    forum_no_signal = MSG_NOSIGNAL,
    forum_truncate = MSG_TRUNC,
};

#endif
