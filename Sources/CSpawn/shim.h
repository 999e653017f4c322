#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
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

// Starts a program in a group of its own, with no blocked signals and the default action for all of them.
// The words are its arguments and then its variables, each ended by a zero byte. Returns 0 or the number of an error.
static inline int csp_start(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions, char *words,
                            size_t argument_count, size_t variable_count) {
    char **pointers = calloc(argument_count + variable_count + 2, sizeof *pointers);
    if (pointers == NULL) return ENOMEM;
    char **variables = pointers + argument_count + 1;
    for (size_t index = 0; index < argument_count; index += 1, words += strlen(words) + 1) pointers[index] = words;
    for (size_t index = 0; index < variable_count; index += 1, words += strlen(words) + 1) variables[index] = words;
    posix_spawnattr_t attributes;
    int status = posix_spawnattr_init(&attributes);
    if (status == 0) {
        short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#if defined(__APPLE__)
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
        sigset_t signals;
        posix_spawnattr_setflags(&attributes, flags);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&attributes, &signals);
        status = posix_spawn(process, path, actions, &attributes, pointers, variables);
        posix_spawnattr_destroy(&attributes);
    }
    free(pointers);
    return status;
}

// What this program was started with, as NAME=VALUE, ended by a null pointer; not to be kept beyond a change of it.
#if defined(__APPLE__)
#include <crt_externs.h>
static inline char **csp_environment(void) { return *_NSGetEnviron(); }
#else
extern char **environ;
static inline char **csp_environment(void) { return environ; }
#endif
