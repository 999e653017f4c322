#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#else
#error "SQLite's header is missing: run `make setup` (Debian: apt-get install libsqlite3-dev; macOS: brew install sqlite)"
#endif
