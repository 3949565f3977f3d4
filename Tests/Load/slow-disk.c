/* A disk that takes its time: preloaded, it makes each fsync and fdatasync last SYNC_MICROSECONDS longer.
   Virtual disks often acknowledge a flush in a tenth of a millisecond; disks that keep their word take
   longer, and that is when it counts how many writes share a flush. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void linger(void) {
    static long microseconds = -1;
    if (microseconds < 0) microseconds = getenv("SYNC_MICROSECONDS") ? atol(getenv("SYNC_MICROSECONDS")) : 0;
    struct timespec pause = {microseconds / 1000000, microseconds % 1000000 * 1000};
    if (microseconds > 0) nanosleep(&pause, 0);
}

int fsync(int file) {
    linger();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    linger();
    return (int)syscall(SYS_fdatasync, file);
}
