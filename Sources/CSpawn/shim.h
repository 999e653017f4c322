#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

// Declared by glibc only to programs that ask for GNU extensions, which Swift's modules of the system do not.
#if defined(__linux__)
int pipe2(int descriptors[2], int flags);
#endif
#if defined(__GLIBC__)
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#endif
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

// A pipe whose ends are closed in every program that is started; on macOS there is a moment in which they are not.
static inline int csp_pipe(int descriptors[2]) {
#if defined(__linux__)
    return pipe2(descriptors, O_CLOEXEC);
#else
    if (pipe(descriptors) != 0) return -1;
    fcntl(descriptors[0], F_SETFD, FD_CLOEXEC);
    fcntl(descriptors[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

// Asks for a larger pipe, where there is such a thing; it stays as it is when that is refused.
static inline void csp_enlarge_pipe(int descriptor, int bytes) {
#if defined(__linux__)
    fcntl(descriptor, 1031 /* F_SETPIPE_SZ */, bytes);
#else
    (void)descriptor;
    (void)bytes;
#endif
}

// Closes what this program has open beside what it means to hand on, whoever opened it.
static inline int csp_close_from(posix_spawn_file_actions_t *actions, int from) {
#if defined(__GLIBC__)
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
#else
    (void)actions;
    (void)from;
    return 0;
#endif
}

// A group of its own, no blocked signals, and the default action for all of them.
static inline short csp_spawn_flags(void) {
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    return flags;
}

// What this program was started with, as NAME=VALUE, ended by a null pointer; not to be kept beyond a change of it.
#if defined(__APPLE__)
#include <crt_externs.h>
static inline char **csp_environment(void) { return *_NSGetEnviron(); }
#else
extern char **environ;
static inline char **csp_environment(void) { return environ; }
#endif
