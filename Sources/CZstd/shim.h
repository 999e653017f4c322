#if __has_include(<zstd.h>)
#include <zstd.h>
#else
#error "Zstandard's header is missing: run `make setup` (Debian: apt-get install libzstd-dev; macOS: brew install zstd)"
#endif

#if ZSTD_VERSION_NUMBER < 10400
#error "Zstandard 1.4.0 or later is needed"
#endif
