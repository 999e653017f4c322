// Counts the calls by which a process changes files below one folder, and ends the process or fails the call at a chosen one.
//
// Loaded with LD_PRELOAD; Linux with glibc. One lock is held around each call, so that at the end of the process exactly the calls
// counted so far have happened. What SQLite keeps in shared memory (`-shm`) is left alone: it is made anew after a crash.
//
//   FAULT_ROOT   the folder, absolute and without symbolic links; without it nothing is intercepted
//   FAULT_MODE   count   only counts (and logs)
//                before  ends the process with SIGKILL before the call
//                after   … after the call
//                torn    … after half of the bytes of a write; other calls as with `before`
//                power   … after the call, once every file is cut back to its length at its last flush
//                fail    lets the call fail
//                full    lets the first call that writes take half of its bytes, and every one after it fail
//   FAULT_AT     which call, from 1
//   FAULT_KEEP   power: how many per cent of what was not flushed are kept; default 0
//   FAULT_TIMES  fail: how many calls fail from there on; default 0, which is all of them
//   FAULT_ERRNO  fail, full: the error; default ENOSPC
//   FAULT_CALLS  names between commas; calls of other names are not counted; default all
//   FAULT_FILES  a text; calls on files whose path does not contain it are not counted; default all
//   FAULT_LOG    a file outside the folder that gets a line for each call: number, name, path, bytes

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { MODE_NONE, MODE_COUNT, MODE_BEFORE, MODE_AFTER, MODE_TORN, MODE_POWER, MODE_FAIL, MODE_FULL };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum mode mode = MODE_NONE;
static char root[PATH_MAX];
static size_t root_length;
static const char *wanted_calls, *wanted_files;
static long at, times, keep, counted;
static int error_number = ENOSPC, log_descriptor = -1;

// MARK: The system's own calls

#define REAL(result, name, ...)                                                                                        \
    static result (*real_##name)(__VA_ARGS__);                                                                         \
    static void find_##name(void) {                                                                                    \
        if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name);                                            \
    }

REAL(ssize_t, write, int, const void *, size_t)
REAL(ssize_t, pwrite, int, const void *, size_t, off_t)
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)
REAL(ssize_t, writev, int, const struct iovec *, int)
REAL(int, fsync, int)
REAL(int, fdatasync, int)
REAL(int, ftruncate, int, off_t)
REAL(int, ftruncate64, int, off64_t)
REAL(int, rename, const char *, const char *)
REAL(int, renameat, int, const char *, int, const char *)
REAL(int, unlink, const char *)
REAL(int, mkdir, const char *, mode_t)
REAL(int, open, const char *, int, ...)
REAL(int, open64, const char *, int, ...)
REAL(int, openat, int, const char *, int, ...)

static void find_all(void) {
    find_write(), find_pwrite(), find_pwrite64(), find_writev(), find_fsync(), find_fdatasync(), find_ftruncate();
    find_ftruncate64(), find_rename(), find_renameat(), find_unlink(), find_mkdir(), find_open(), find_open64();
    find_openat();
}

static long number(const char *name, long fallback) {
    const char *text = getenv(name);
    return text && *text ? strtol(text, NULL, 10) : fallback;
}

__attribute__((constructor)) static void begin(void) {
    static const char *names[] = {"", "count", "before", "after", "torn", "power", "fail", "full"};
    find_all();
    const char *folder = getenv("FAULT_ROOT"), *wanted = getenv("FAULT_MODE"), *log = getenv("FAULT_LOG");
    if (!folder || !wanted) return;
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    wanted_calls = getenv("FAULT_CALLS");
    wanted_files = getenv("FAULT_FILES");
    at = number("FAULT_AT", 0);
    times = number("FAULT_TIMES", 0);
    keep = number("FAULT_KEEP", 0);
    error_number = (int)number("FAULT_ERRNO", ENOSPC);
    if (log) log_descriptor = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (int index = MODE_COUNT; index <= MODE_FULL; index++)
        if (!strcmp(wanted, names[index])) mode = (enum mode)index;
}

// MARK: What would be left after a power failure

struct file {
    char path[PATH_MAX];
    off64_t flushed;
    struct file *next;
};
static struct file *files;

static struct file *known(const char *path) {
    for (struct file *file = files; file; file = file->next)
        if (!strcmp(file->path, path)) return file;
    return NULL;
}

// Remembers a file before it is changed for the first time: what it holds then counts as flushed.
static void remember(const char *path) {
    struct stat64 status;
    if (mode != MODE_POWER || known(path)) return;
    struct file *file = calloc(1, sizeof *file);
    if (!file) abort();
    snprintf(file->path, sizeof file->path, "%s", path);
    file->flushed = stat64(path, &status) == 0 ? status.st_size : 0;
    file->next = files;
    files = file;
}

static void forget(const char *path) {
    for (struct file **link = &files; *link; link = &(*link)->next)
        if (!strcmp((*link)->path, path)) {
            struct file *file = *link;
            *link = file->next;
            free(file);
            return;
        }
}

static void note_length(const char *path, int is_flushed) {
    struct stat64 status;
    struct file *file = known(path);
    if (!file || stat64(path, &status) != 0) return;
    if (is_flushed || status.st_size < file->flushed) file->flushed = status.st_size;
}

static void cut_back(void) {
    struct stat64 status;
    for (struct file *file = files; file; file = file->next) {
        if (stat64(file->path, &status) != 0 || status.st_size <= file->flushed) continue;
        int descriptor = real_open64(file->path, O_WRONLY | O_CLOEXEC);
        if (descriptor < 0) continue;
        off64_t length = file->flushed + (status.st_size - file->flushed) * keep / 100;
        if (real_ftruncate64(descriptor, length) != 0) abort();
        real_fsync(descriptor);
    }
}

// MARK: Decisions

static void die(void) {
    if (mode == MODE_POWER) cut_back();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int is_below_root(const char *path) {
    size_t length = strlen(path);
    if (strncmp(path, root, root_length) != 0) return 0;
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static int path_of(int descriptor, char path[PATH_MAX]) {
    char link[64];
    struct stat64 status;
    if (mode == MODE_NONE || fstat64(descriptor, &status) != 0) return 0;
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    // The folder itself counts as well, for making its entries durable.
    return is_below_root(path) || ((size_t)length + 1 == root_length && !strncmp(path, root, (size_t)length));
}

static int is_wanted(const char *name, const char *path) {
    if (wanted_files && !strstr(path, wanted_files)) return 0;
    if (!wanted_calls) return 1;
    size_t length = strlen(name);
    for (const char *next = wanted_calls; (next = strstr(next, name)); next += length)
        if ((next == wanted_calls || next[-1] == ',') && (next[length] == ',' || next[length] == 0)) return 1;
    return 0;
}

enum verdict { GO_ON, FAIL, HALF };

// Called with the lock held, before the call.
static enum verdict before(const char *name, const char *path, size_t size, int is_write) {
    if (!is_wanted(name, path)) return GO_ON;
    counted++;
    if (log_descriptor >= 0) {
        char line[PATH_MAX + 80];
        int length = snprintf(line, sizeof line, "%ld %s %s %zu\n", counted, name, path + root_length - 1, size);
        if (length > 0) (void)!real_write(log_descriptor, line, (size_t)length);
    }
    remember(path);
    switch (mode) {
    case MODE_BEFORE:
        if (counted == at) die();
        break;
    case MODE_TORN:
        if (counted == at && !is_write) die();
        if (counted == at) return HALF;
        break;
    case MODE_FAIL:
        if (counted >= at && (times == 0 || counted < at + times)) return FAIL;
        break;
    case MODE_FULL:
        if (counted == at && is_write && size > 1) return HALF;
        if (counted >= at) return FAIL;
        break;
    default: break;
    }
    return GO_ON;
}

// Called with the lock held, after the call; `change` says what it did to the file.
enum change { CHANGED, FLUSHED, REMOVED };
static void after(const char *name, const char *path, enum change change) {
    if (change == REMOVED)
        forget(path);
    else
        note_length(path, change == FLUSHED);
    if (!is_wanted(name, path)) return;
    if (counted == at && (mode == MODE_AFTER || mode == MODE_TORN || mode == MODE_POWER)) die();
}

// MARK: The calls

// `count` is what the call writes: all of the bytes, or half of them.
#define WRITING(name, descriptor, size, call, plain)                                                                   \
    char path[PATH_MAX];                                                                                               \
    find_all();                                                                                                        \
    if (!path_of(descriptor, path)) return plain;                                                                      \
    pthread_mutex_lock(&lock);                                                                                         \
    ssize_t result = -1;                                                                                               \
    size_t count = size;                                                                                               \
    enum verdict verdict = before(name, path, size, 1);                                                                \
    if (verdict == HALF) count = (size) / 2;                                                                           \
    if (verdict != FAIL) result = call;                                                                                \
    int number = verdict == FAIL ? error_number : errno;                                                               \
    after(name, path, CHANGED);                                                                                        \
    pthread_mutex_unlock(&lock);                                                                                       \
    errno = number;                                                                                                    \
    return result;

ssize_t write(int descriptor, const void *bytes, size_t size) {
    WRITING("write", descriptor, size, real_write(descriptor, bytes, count), real_write(descriptor, bytes, size))
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
    WRITING("pwrite", descriptor, size, real_pwrite(descriptor, bytes, count, offset),
            real_pwrite(descriptor, bytes, size, offset))
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
    WRITING("pwrite", descriptor, size, real_pwrite64(descriptor, bytes, count, offset),
            real_pwrite64(descriptor, bytes, size, offset))
}

static size_t total(const struct iovec *parts, int count) {
    size_t size = 0;
    for (int index = 0; index < count; index++) size += parts[index].iov_len;
    return size;
}

static ssize_t write_parts(int descriptor, const struct iovec *parts, int number_of_parts, size_t count) {
    if (count == total(parts, number_of_parts)) return real_writev(descriptor, parts, number_of_parts);
    char *bytes = malloc(count), *end = bytes;
    if (!bytes) abort();
    for (int index = 0; index < number_of_parts && end < bytes + count; index++) {
        size_t rest = (size_t)(bytes + count - end);
        size_t length = parts[index].iov_len < rest ? parts[index].iov_len : rest;
        memcpy(end, parts[index].iov_base, length);
        end += length;
    }
    ssize_t result = real_write(descriptor, bytes, count);
    free(bytes);
    return result;
}

ssize_t writev(int descriptor, const struct iovec *parts, int number_of_parts) {
    WRITING("writev", descriptor, total(parts, number_of_parts), write_parts(descriptor, parts, number_of_parts, count),
            real_writev(descriptor, parts, number_of_parts))
}

#define OTHER(name, is_ours, size, change, call)                                                                       \
    find_all();                                                                                                        \
    if (!(is_ours)) return call;                                                                                       \
    pthread_mutex_lock(&lock);                                                                                         \
    int result = -1, number = error_number;                                                                            \
    if (before(name, path, size, 0) == GO_ON) {                                                                        \
        result = call;                                                                                                 \
        number = errno;                                                                                                \
        after(name, path, change);                                                                                     \
    }                                                                                                                  \
    pthread_mutex_unlock(&lock);                                                                                       \
    errno = number;                                                                                                    \
    return result;

#define ON_FILE(name, descriptor, size, change, call)                                                                  \
    char path[PATH_MAX];                                                                                               \
    OTHER(name, path_of(descriptor, path), size, change, call)

#define ON_PATH(name, change, call)                                                                                    \
    OTHER(name, mode != MODE_NONE && is_below_root(path), 0, change, call)

int fsync(int descriptor) { ON_FILE("fsync", descriptor, 0, FLUSHED, real_fsync(descriptor)) }
int fdatasync(int descriptor) { ON_FILE("fsync", descriptor, 0, FLUSHED, real_fdatasync(descriptor)) }

int ftruncate(int descriptor, off_t length) {
    ON_FILE("ftruncate", descriptor, (size_t)length, CHANGED, real_ftruncate(descriptor, length))
}

int ftruncate64(int descriptor, off64_t length) {
    ON_FILE("ftruncate", descriptor, (size_t)length, CHANGED, real_ftruncate64(descriptor, length))
}

int unlink(const char *path) { ON_PATH("unlink", REMOVED, real_unlink(path)) }
int mkdir(const char *path, mode_t permissions) { ON_PATH("mkdir", CHANGED, real_mkdir(path, permissions)) }
int rename(const char *path, const char *target) { ON_PATH("rename", REMOVED, real_rename(path, target)) }

int renameat(int folder, const char *path, int target_folder, const char *target) {
    ON_PATH("rename", REMOVED, real_renameat(folder, path, target_folder, target))
}

static mode_t permissions_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

// Only opening that may make a file is counted, and only by absolute paths, which is how this program opens its files.
static int creates(const char *path, int flags) { return mode != MODE_NONE && flags & O_CREAT && is_below_root(path); }

#define OPENING(call)                                                                                                  \
    va_list arguments;                                                                                                 \
    va_start(arguments, flags);                                                                                        \
    mode_t permissions = permissions_of(flags, arguments);                                                             \
    va_end(arguments);                                                                                                 \
    OTHER("open", creates(path, flags), 0, CHANGED, call)

int open(const char *path, int flags, ...) { OPENING(real_open(path, flags, permissions)) }
int open64(const char *path, int flags, ...) { OPENING(real_open64(path, flags, permissions)) }
int openat(int folder, const char *path, int flags, ...) { OPENING(real_openat(folder, path, flags, permissions)) }
