#ifndef FORUM_CLINUX_H
#define FORUM_CLINUX_H

/* What the Glibc module does not export: epoll, eventfd, accept4, inotify, memmem, flock, and friends. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Swift imports neither the union member of epoll_event nor variadic functions. */
static inline int forum_epoll_control(int poller, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = { .events = events, .data = { .u64 = data } };
    return epoll_ctl(poller, operation, descriptor, &event);
}

static inline uint64_t forum_epoll_data(const struct epoll_event *event) { return event->data.u64; }

/* memmem and accept4 are GNU extensions that the importer hides without _GNU_SOURCE. */
void *memmem(const void *, size_t, const void *, size_t);
int accept4(int, struct sockaddr *, socklen_t *, int);

#endif
