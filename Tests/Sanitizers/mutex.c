// Tells the thread sanitizer what it cannot see of `Synchronization.Mutex`.
//
// Taking a mutex that is free, and giving one back that nobody waits for, is compiled into the code that does it, where the
// sanitizer sees it. Waiting is done by the kernel at the request of a library that is not compiled with the sanitizer: what
// one thread did before it gave the mutex to another then looks like a race. These stand before the library's own functions
// in programs that are run with this one preloaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

// Missing in programs without the sanitizer, such as those that start the one under test.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self
#define MUTEX "$s15Synchronization12_MutexHandleV"

typedef SWIFT void Lock(uint32_t thread, SELF);
typedef SWIFT bool TryLock(SELF);
typedef SWIFT void Unlock(SELF);

SWIFT void lock_slowly(uint32_t thread, SELF) __asm__(MUTEX "9_lockSlowyys6UInt32VF");
SWIFT bool try_lock_slowly(SELF) __asm__(MUTEX "12_tryLockSlowSbyF");
SWIFT void unlock_slowly(SELF) __asm__(MUTEX "11_unlockSlowyyF");

SWIFT void lock_slowly(uint32_t thread, SELF) {
    static Lock *real;
    if (!real) real = (Lock *)dlsym(RTLD_NEXT, MUTEX "9_lockSlowyys6UInt32VF");
    real(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT bool try_lock_slowly(SELF) {
    static TryLock *real;
    if (!real) real = (TryLock *)dlsym(RTLD_NEXT, MUTEX "12_tryLockSlowSbyF");
    bool isTaken = real(self);
    if (isTaken && __tsan_acquire) __tsan_acquire(self);
    return isTaken;
}

SWIFT void unlock_slowly(SELF) {
    static Unlock *real;
    if (!real) real = (Unlock *)dlsym(RTLD_NEXT, MUTEX "11_unlockSlowyyF");
    if (__tsan_release) __tsan_release(self);
    real(self);
}
