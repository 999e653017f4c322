#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#else
#error "SQLite's header is missing: run `make setup` (Debian: apt-get install libsqlite3-dev; macOS: brew install sqlite)"
#endif

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import.
static inline int csq_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
